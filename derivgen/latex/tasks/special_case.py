"""An earlier answer under a further assumption: "what does it become when A is symmetric?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import letters
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.declare import SQUARE_ONLY
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Claims, Defines, claims
from derivgen.latex.phrases import Phrase
from derivgen.latex.sayings import ADJECTIVE_TABLE
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.sizes import unify
from derivgen.latex.tasks.kind import ANSWER, Found, Kind, again, questions_of
from derivgen.tasks import SpecialCase
from derivgen.terms.nodes import Sym, Term
from derivgen.terms.trees import substitute

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

IT = rf"(?:{ANSWER}|it|this|that|the (?:result|answer|formula|derivative|gradient|expression|hessian)|(?:this|your|the) (?:last |previous )?(?:result|answer))"

PHRASES = (
    Phrase(
        "what becomes of it", "goals", "case",
        again(rf"(?:what (?:does|do|will|would) {IT} (?:become|simplify to|reduce to|turn into|look like|amount to)|how does {IT} (?:simplify|change|look|reduce)|what (?:happens|changes|is (?:it|this|the result)|becomes)(?: (?:to|with|of) {IT})?|(?:simplify|specialise|specialize|reduce|rewrite|state) {IT}(?: further)?)(?: now)?,? (?:when|if|for|in (?:the )?case(?: that| of)?|where|under the assumption that|assuming(?: that)?|supposing(?: that)?|provided(?: that)?|given that|to(?! (?:parts? |questions? )?\()|once)\b"),
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. (a) Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{A}\\mathbf{x})$. (b) What does it become when $\\mathbf{A}$ is symmetric?",
         "Let $\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{z}\\in\\mathbb{R}^n$. (a) Find the gradient of $\\mathbf{z}^T\\mathbf{B}\\mathbf{z}$ with respect to $\\mathbf{z}$. (b) How does the answer to (a) simplify if $\\mathbf{B}$ is skew-symmetric?"),
        ("what ", "how ", "simplify", "speciali", "reduce", "rewrite", "state"),
    ),
)  # fmt: skip


ASKS = re.compile(
    r"\b(?:find|compute|calculate|determine|derive|differentiate|evaluate|give|state|obtain|show|prove|verify|what is)\b", re.I
)
SUPPOSED = frozenset(SQUARE_ONLY) - {"invertible"}


def mark_values(sentences: Sequence[Sentence]) -> None:
    """ "when A = I" defines nothing for the other parts; done before anything is declared."""
    asked = False
    for sentence in sentences:
        match = PHRASES[0].match(sentence.text) if sentence.slots else None
        sentence.supposes = match is not None and sentence.part is None and asked
        asked = asked or ASKS.search(sentence.text) is not None
        for slot in sentence.named(sentence.text[match.end() :]) if match is not None else ():
            if any(isinstance(f, Defines) and isinstance(f.left, sx.Symbol) for f in slot.facts):
                slot.facts, slot.subject = claims(slot.formula), ()


def ask(found: Found) -> Sequence[Ask]:
    behind = found.sentence.named(found.sentence.text[found.match.end() :])
    chains = [f.chain for s in behind for f in s.facts if isinstance(f, Claims)]
    values = tuple((c.sides[0], c.sides[-1]) for c in chains if isinstance(c.sides[0], sx.Symbol))
    if not values and not any(s.subject for s in behind):
        return []
    told = supposed(found, behind) if found.sentence.supposes else ()
    return [Ask("special-case", None, refers=found.refers, details=(values, told), span=found.span)]


def supposed(found: Found, slots: Sequence[Slot]) -> tuple[tuple[sx.Syntax, str], ...]:
    """The letters of which something is supposed in this sentence alone, with what that is."""
    words = found.sentence.text[found.match.end() - 1 :]
    props = [p for regex, p in ADJECTIVE_TABLE if p in SUPPOSED and regex.search(words)]
    letters_of = [n for s in slots for n in s.subject if isinstance(n, sx.Symbol | sx.Subscript)]
    for slot in slots:
        slot.used = True
    return tuple((node, prop) for node in letters_of for prop in props)


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    described = {e.name: frozenset(e.props) for (part, _), e in settler.scope.variants.items() if part == ask.part}
    values, told = ask.details
    for node, prop in told:
        letter = letters.full_name(settler.scope, node)
        if letter is not None:
            described[letter] = described.get(letter, frozenset()) | {prop}
    pairs = [(r.read(name), r.read(value), name.span) for name, value in values]
    for name, value, span in pairs:
        if not all(unify(a, b) for a, b in zip(name.shape, value.shape, strict=True)):
            raise errors.ShapeFault("the value is of another shape than the symbol", place=settler.scope.place(span))

    def build() -> Goal:
        goal = questions_of(settler, ask)[-1]
        changed: dict[Term, Term] = {
            s: Sym(s.name, *s.shape, tuple(sorted({*s.props, *described[s.name]})), *s.deps)
            for s in goal.question.symbols
            if isinstance(s, Sym) and described.get(s.name, frozenset()) - set(s.props)
        }
        changed |= {s: value.build() for name, value, _ in pairs if (s := name.build()) in goal.question.symbols}
        if not changed:
            raise settler.nothing_new(ask)
        if any(v in changed and not isinstance(changed[v], Sym) for v in goal.wrt):
            raise errors.Unsupported(
                "the variable itself is given a value: that is the derivative at a point",
                place=settler.scope.place(ask.span), hint="ask for the value at a point, as in: at $x=1$",
            )  # fmt: skip
        task = SpecialCase(goal.question, tuple(changed.items()))
        question = substitute(goal.question, changed)
        wrt = tuple(substitute(v, changed) for v in goal.wrt)
        place = settler.scope.place(ask.span)
        return replace(goal, question=question, wrt=wrt, part=ask.part, place=place, task=task, claim=None, form="")

    return build


KIND = Kind("special-case", PHRASES, ask, settle)
