"""What stands around a question about an optimum: what was said to be minimised, its letters, and its conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derivgen.latex import optima, phrases
from derivgen.latex import syntax as sx
from derivgen.latex.asks import derivative_formula
from derivgen.latex.facts import Bare, Condition, Defines, Member, States
from derivgen.latex.optima import FILLER, OPT, Optimal
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.tasks.optimum_phrases import INVERTIBLE, OVER

DESCRIBED = rf"(?:(?P<by>\x01.),? (?:that |which )?)?(?:\w+ )??(?P<word>{OPT}|minimi[sz]ation|maximi[sz]ation) (?:of )?{FILLER}(?P<body>\x01.)"
"""A sentence that says what is minimised, and asks nothing."""
NAMED = (
    r"\b(?P<word>(?:negative )?(?:log[- ])?likelihood|loss|cost|error|errors|energy|objective|criterion|risk|penalty|"
    r"sum of (?:the )?squares|residual|misfit|discrepancy|utility|profit|reward)\b"
    r"(?: function)?(?: (?:of|for) [^\x01.;?!]{0,40}?)?,?(?: is| be| reads| given by)* (?P<body>\x01.)"
)
"""A function with a name that tells whether it is to be small or large."""


# ------------------------------------------------------------------------------------------- what was described
def describes(sentence: Sentence) -> bool:
    return by_operator(sentence) is not None or by_verb(sentence) is not None


def by_operator(sentence: Sentence) -> Optimal | None:
    return next((o for s in sentence.slots if (o := optima.optimal(s.formula.body)) is not None), None)


def by_verb(sentence: Sentence) -> Optimal | None:
    for match in phrases.compiled(DESCRIBED).finditer(sentence.text):
        slot = sentence.slot(match["body"])
        body = subject(slot)
        if body is None or derivative_formula(body) is not None or (isinstance(body, sx.Symbol) and not slot.facts):
            continue
        by = tuple(n for s in sentence.named(match["by"]) for n in letters_of(s)) if match["by"] else ()
        over = next(
            (
                tuple(n for s in sentence.named(m["by"]) for n in letters_of(s))
                for m in phrases.compiled(OVER).finditer(sentence.text)
            ),
            (),
        )
        return Optimal(optima.sense_of(match["word"]), over or by, body)
    return None


def by_name(sentence: Sentence) -> Optimal | None:
    for match in phrases.compiled(NAMED).finditer(sentence.text):
        body = subject(sentence.slot(match["body"]))
        if body is not None and derivative_formula(body) is None:
            word = match["word"].lower()
            large = re.search(r"likelihood|utility|profit|reward", word) and "negative" not in word
            return Optimal("maximum" if large else "minimum", (), body)
    return None


def subject(slot: Slot) -> sx.Syntax | None:
    """What a formula speaks of: the left side of a definition, or itself."""
    nodes = [n for n in slot.subject if not isinstance(n, sx.Words)]
    return nodes[0] if nodes else None


def letters_of(slot: Slot) -> Iterator[sx.Syntax]:
    """The letters that a formula names: x, x ∈ R^n, (x, y), v > 0."""
    for node in slot.subject:
        items = sx.items(node.body) if isinstance(node, sx.Fenced) else (node,)
        for item in items:
            while isinstance(item, sx.MaybeCall) and not isinstance(item.head, sx.MaybeCall):
                item = item.head
            if isinstance(item, (sx.Symbol, sx.Subscript, sx.Superscript, sx.Accented)):
                yield item


def over(sentence: Sentence, body: sx.Syntax | None, heard: Sequence[Sentence]) -> tuple[sx.Syntax, ...]:
    for match in phrases.compiled(OVER).finditer(sentence.text):
        named = tuple(n for s in sentence.named(match["by"]) for n in letters_of(s))
        if re.match(r"in\b|among|as a", match[0], re.I):  # "in n steps" names no variable
            named = tuple(n for n in named if is_inside(n, body, heard))
        if named:
            return named
    return ()


def is_inside(letter: sx.Syntax, body: sx.Syntax | None, heard: Sequence[Sentence]) -> bool:
    """Whether a letter stands in what is optimised, definitions looked into."""
    head = body.head if isinstance(body, sx.MaybeCall) else body
    defined = [f for s in heard for t in s.slots for f in t.facts if isinstance(f, Defines)]
    rights = [f.right for f in defined if (f.left.head if isinstance(f.left, sx.MaybeCall) else f.left) == head]
    inside = {n for whole in (body, *rights) if whole is not None for n in sx.walk(whole)}
    plain = {(n.name.letter, n.name.accent) for n in inside if isinstance(n, sx.Symbol)}  # the p_k of a bold p
    return letter in inside or (isinstance(letter, sx.Symbol) and (letter.name.letter, letter.name.accent) in plain)


def claimed(slot: Slot, satisfies: bool) -> tuple[sx.Syntax | None, sx.Chain | None]:
    """The value that a formula gives the optimum, or an equation that is to hold there."""
    node = slot.formula.body
    if isinstance(node, sx.Chain) and node.signs[0] == "=" and node.sides[1] is not None:
        simple = isinstance(node.sides[0], (sx.Symbol, sx.Subscript, sx.Superscript, sx.Accented))
        if satisfies or not simple:
            return None, node
        return node.sides[1], None
    return node, None


# -------------------------------------------------------------------------------------------------- conditions
def conditions(heard: Sequence[Sentence]) -> Iterator[sx.Chain]:
    """Equations and comparisons that may be conditions on the variable."""
    for sentence in heard:
        claims = [
            s
            for p in optima.CLAIMS
            for m in phrases.compiled(p).finditer(sentence.text)
            for s in sentence.named(m["claim"])
        ]
        under = optima.under_words(sentence)
        for slot in sentence.slots:
            if any(slot is s for s in claims):
                continue
            behind = any(slot is s for s in under)
            for fact in slot.facts:
                match fact:
                    case States(_, chain) if "=" in chain.signs and not differentiates(chain):
                        yield chain
                    case Condition(_, chain):
                        yield chain
                    case Member(span, names, sx.Fenced(_, sx.Tuple((low, high)))) if len(names) == 1:
                        yield sx.Chain((low, names[0], high), ("≤", "≤"), span=span)
                    case Defines(span, left, right) if behind and optima.optimal(slot.formula.body) is None:
                        slot.used = True
                        yield sx.Chain((left, right), ("=",), span=span)
                    case Bare(_, sx.Fenced("{", sx.Chain(sides, signs))) if ":" in signs:
                        slot.used = True
                        at = signs.index(":") + 1
                        yield sx.Chain(sides[at:], signs[at:], span=fact.span)


def differentiates(chain: sx.Chain) -> bool:
    return any(isinstance(n, (sx.Leibniz, sx.Nabla)) for n in sx.walk(chain))


def unseen(sentence: Sentence) -> Iterator[tuple[str, sx.Syntax | None]]:
    """Words that restrict something, each with the formula beside it, where there is one."""
    text = sentence.text
    for match in phrases.compiled(optima.UNSEEN).finditer(text):
        behind = re.match(r"[^\x01.;,?!]{0,25}(\x01.)", text[match.end() :])
        before = re.search(r"(\x01.)[^\x01.;,?!]{0,15}$", text[: match.start()])
        beside = behind or before
        slot = sentence.slot(beside[1]) if beside is not None else None
        yield match[0], subject(slot) if slot is not None else None


def of_a_set(heard: Sequence[Sentence], body: sx.Syntax) -> tuple[sx.Syntax, ...]:
    """The letter of a set such as {x ∈ R^n : a^T x = b}, where it stands in what is optimised."""
    sets = [s for h in heard for s in h.slots if isinstance(s.formula.body, sx.Fenced) and s.formula.body.left == "{"]
    members = [n for s in sets for f in s.facts if isinstance(f, Member) for n in f.names]
    return tuple(dict.fromkeys(n for n in members if is_inside(n, body, heard)))


def account_for_parts(heard: Sequence[Sentence], body: sx.Syntax) -> None:
    """A formula that is a piece of what is optimised, as "fitted by Xθ", asks for nothing."""
    for sentence in heard:
        for match in phrases.compiled(INVERTIBLE).finditer(sentence.text):
            sentence.slot(match[1]).used = True
        for slot in sentence.slots:
            formula = optima.optimal(slot.formula.body)
            if formula is not None and formula.body == body:
                slot.used = True
    rights = [f.right for s in heard for t in s.slots for f in t.facts if isinstance(f, Defines)]
    pieces = {n for whole in (body, *rights) for n in sx.walk(whole)}
    for slot in (t for s in heard for t in s.slots):
        if all(isinstance(f, Bare) and f.node in pieces for f in slot.facts):
            slot.used = True
