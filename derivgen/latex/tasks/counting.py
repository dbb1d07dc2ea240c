"""How many indices an element of a derivative has: of a scalar, vector, matrix or tensor by another one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.sentences import Sentence
from derivgen.latex.survey import size_text
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.spoken import derivatives_in, parts_of, sentences_before
from derivgen.tasks import CountIndices
from derivgen.terms.nodes import Derivative, Name, Sym, Term
from derivgen.terms.trees import LETTERS

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
MOST = len(LETTERS)
"""Most indices for which an element is written down."""
COUNT = rf"(?:(?:{'|'.join(WORDS)})\b|\d+|\x01.)"
THING = (
    rf"(?:(?:an? |the |some )?(?:(?:general|arbitrary|generic|constant|real) )*(?:(?:{COUNT}[- ]?(?:dimensional|D|way|index|mode|axis|th-order|order|rank)|(?:{'|'.join(ORDINALS[1:])})[- ](?:order|rank)|(?:rank|order)[- ]{COUNT}) )?"
    rf"(?:scalar|vector|matrix|tensor|array)(?: of (?:order|rank|dimension) {COUNT}| with {COUNT} (?:indices|axes|dimensions))?(?: \x01.)?|\x01.)"
)
HOW = r"(?:how many (?:free |different |independent |separate )?(?:ind(?:ices|exes)|variables|dimensions|subscripts|axes|index letters|free variables)|what is the number of (?:free )?(?:ind(?:ices|exes)|variables|dimensions))"
ENTRY = r"(?:(?:an?|one|each|every|any|the|single|general|typical)? ?)*(?:element|entry|component)s?"

PHRASES = (
    Phrase(
        "indices of a derivative", "goals", "count",
        rf"{HOW}[^.?\x01]{{0,120}}?(?:derivatives?|gradient|jacobian) of (?P<of>{THING}) (?:by|with respect to|w\.r\.t\.|wrt|in) (?P<by>{THING})",
        ("How many indices has an element of the full derivative of a 5-dimensional tensor $\\mathbf{T}$ by a matrix $\\mathbf{X}$?",
         "How many free variables does the derivative of a matrix with respect to a third-order tensor have?"),
        ("how many", "number of"),
    ),
    Phrase(
        "indices of this derivative", "goals", "count formula",
        rf"{HOW}[^.?\x01]{{0,120}}?(?:(?:{ENTRY}|derivative|it) (?:of|in)? ?(?:the )?(?:full |whole |uncompressed |na.ve )?(?:derivative )?)?{{body:x}}[^.?\x01]*",
        ("Let $\\mathbf{y}\\in\\mathbb{R}^m$ be a function of $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$. How many indices does an element of $\\frac{d\\mathbf{y}}{d\\mathbf{X}}$ have?",
         "Let $\\mathbf{Y}\\in\\mathbb{R}^{p\\times q}$ be a function of $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$. How many dimensions has the full derivative $\\frac{d\\mathbf{Y}}{d\\mathbf{X}}$?"),
        ("how many", "number of"),
    ),
    Phrase(
        "indices of what was spoken of", "goals", "count before",
        rf"{HOW}[^.?\x01]{{0,120}}\b(?:{ENTRY}|derivative|it|result|object|array|this|that)\b[^.?\x01]*",
        ("We take the derivative of a 4D tensor $T$ with respect to a vector $x$. How many indices does one element have?",
         "If we differentiate a matrix with respect to a matrix, how many indices does an element have?"),
        ("how many", "number of"),
    ),
    Phrase(
        "its element", "goals", "more",
        r"\b(?:name|write(?: down)?|give|state|show|what does|denote)\b[^.?\x01]{0,120}\b(?:element|entry|component)\b[^.?\x01]*",
        ("How many indices does the derivative of a matrix by a vector have? Write down a general element.",
         "How many indices has the derivative of a 3-dimensional tensor by a matrix? Name one element."),
        ("element", "entry", "component"),
    ),
)  # fmt: skip


PAIR = rf"(?:derivatives?|gradient|differentiat(?:e|ing))(?: of)? (?P<of>{THING}) (?:by|with respect to|w\.r\.t\.|wrt) (?P<by>{THING})"
TELLS = re.compile(r"(?:now |next )?(?:we|suppose|imagine|let us|assume|if|say|take)\b", re.I)
NAMED = re.compile(r"(?:scalar|vector|matrix|tensor|array)[^\x01]* \x01.$", re.I)
IS_THING = rf"(?P<who>\x01.) (?:is|be|denotes?|stands for) (?P<what>{THING})"


# ----------------------------------------------------------------------------------------------------- asking
def ask(found: Found) -> Sequence[Ask] | None:
    sentence = found.sentence
    if found.says == "more":
        earlier = any(a.kind == "count" and a.part == sentence.part for a in found.asker.asks)
        return None if earlier and not sentence.slots else []
    if found.says == "count formula":
        slots = sentence.named(found.group("body"))
        node = slots[0].formula.body if slots else None
        return of_formula(found, node) if isinstance(node, sx.Leibniz) else []
    if found.says == "count":
        return of_things(found, found.match, sentence)
    for earlier_one in (sentence, *reversed(sentences_before(found))):
        match = re.search(PAIR, earlier_one.text, re.I)
        if match is not None:
            return of_things(found, match, earlier_one)
        spoken = list(derivatives_in(earlier_one))
        if spoken:
            return of_formula(found, spoken[-1])
    return []


def of_things(found: Found, match: re.Match[str], sentence: Sentence) -> list[Ask]:
    """ "The derivative of a 5-dimensional tensor T by a matrix"."""
    pair = [counted(match[g], sentence) for g in ("of", "by")]
    if any(count is None for count, _ in pair):
        return []
    for slot in (*sentence.slots, *found.sentence.slots):
        slot.used = True
    if sentence is not found.sentence and TELLS.match(sentence.text):  # "we take the derivative of …" asks for none
        told = [n for s in sentence.slots for n in s.subject]
        found.asker.asks[:] = [a for a in found.asker.asks if a.body not in told]
    return [Ask("count", None, details=tuple(pair), span=found.span)]


def of_formula(found: Found, node: sx.Leibniz) -> list[Ask]:
    """ "… of dT/dX": letters that the statement calls tensors have as many indices as it says."""
    if node.body is None or len(node.by) != 1:
        return []
    for slot in found.sentence.slots:
        slot.used = True
    known = said_counts(found)
    if node.body in known:
        pair = tuple((known.get(n), n.name if isinstance(n, sx.Symbol) else None) for n in (node.body, node.by[0]))
        return [Ask("count", None, details=pair, span=node.span)] if all(c is not None for c, _ in pair) else []
    return [Ask("count", node, node.by, span=node.span)]


def said_counts(found: Found) -> dict[sx.Syntax, int | str]:
    """How many indices the statement gives to letters in words; none where it has no tensors."""
    counts: dict[sx.Syntax, int | str] = {}
    tensors = False
    for sentence in found.asker.sentences:
        for match in (*re.finditer(IS_THING, sentence.text, re.I), *re.finditer(THING, sentence.text, re.I)):
            text = match.groupdict().get("what") or match[0]
            who = sentence.named(match.groupdict().get("who") or text[-2:])
            count, _ = counted(text, sentence)
            if count is not None and who and len(who[0].subject) == 1:
                counts.setdefault(who[0].subject[0], count)
                tensors = tensors or "tensor" in text.lower() or "array" in text.lower()
    return counts if tensors else {}


def counted(text: str, sentence: Sentence) -> tuple[int | str | None, Name | None]:
    """How many indices a thing has, and its name: "a 5-dimensional tensor T" has five."""
    slots = sentence.named(text)
    bodies = [s.formula.body for s in reversed(slots)]
    name = next((b.name for b in bodies if isinstance(b, sx.Symbol) and NAMED.search(text)), None)
    low = text.lower()
    for word, count in (("scalar", 0), ("vector", 1), ("matrix", 2)):
        if word in low:
            return count, name
    number = re.search(
        rf"(?P<count>{COUNT})[- ]?(?:dimensional|d\b|way|index|mode|axis|th-order|order|rank|indices|axes|dimensions)|(?:order|rank|dimension)[- ](?P<last>{COUNT})",
        low,
    )
    nth = next((k for k, word in enumerate(ORDINALS) if word and re.search(rf"\b{word}[- ](?:order|rank)", low)), None)
    if number is None:
        return nth, name
    return value_of(number["count"] or number["last"], sentence), name


def value_of(text: str, sentence: Sentence) -> int | str | None:
    """A number in digits or words, or a letter that stands for one."""
    slots = sentence.named(text)
    written = size_text(slots[0].formula.body) if slots else text
    if written.isdigit():
        return int(written)
    return WORDS.index(written) if written in WORDS else written if slots else None


# ---------------------------------------------------------------------------------------------------- settling
def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    if isinstance(ask.body, sx.Leibniz):
        body, var = parts_of(r, ask.body)
        named = (core_of(ask.body.body), core_of(ask.body.by[0]))
    else:
        (first, one), (second, other) = ask.details
        named = (one or usual("Y", first), other or usual("X", second))

    def build() -> Goal:
        counts = (first, second) if ask.details else (axes(body()), axes(var()))
        question = element(named, counts)
        goal = settler.goal("prose", question, (question.var,), ask)
        asked = ("How many indices does an element such as ", question, " have?")
        return replace(goal, task=CountIndices(*counts), asked=asked)

    return build


def usual(letter: str, count: int | str) -> Name:
    """The letter for a thing that the statement does not name."""
    if not isinstance(count, int) or count > 2:
        return Name("T" if letter == "Y" else letter)
    return Name(letter if count == 2 else letter.lower())


def core_of(node: sx.Syntax | None) -> Name:
    while isinstance(node, (sx.Subscript, sx.Superscript, sx.Transpose)):
        node = node.base
    return node.name if isinstance(node, sx.Symbol) else Name("Y", "bold")


def axes(term: Term) -> int:
    return len(term.free) or sum(s != 1 for s in term.shape)


def element(named: tuple[Name, Name], counts: tuple[int | str, int | str]) -> Derivative:
    """One element, with its letters below, as dT_{ijk}/dX_{lp}; without letters where there is no telling how many."""
    letters = iter(LETTERS)
    if not all(isinstance(c, int) for c in counts) or sum(c for c in counts if isinstance(c, int)) > MOST:
        return Derivative(Sym(Name(named[0].letter)), Sym(Name(named[1].letter)))
    above, below = (" ".join(next(letters) for _ in range(c)) for c in counts if isinstance(c, int))
    return Derivative(scalar(named[0], above), scalar(named[1], below))


def scalar(name: Name, below: str) -> Sym:
    return Sym(Name(name.letter, "", name.accent, below)) if below else Sym(Name(name.letter))


KIND = Kind("count", PHRASES, ask, settle)
