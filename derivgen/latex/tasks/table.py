"""The table of the nine kinds of derivative: scalar, vector and matrix by scalar, vector and matrix."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import letters
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.scope import Entry
from derivgen.latex.sizes import Unknown, resolve
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.spoken import sentences_before
from derivgen.tasks import Tabulate
from derivgen.terms.nodes import Derivative, Name, Sym, Term
from derivgen.terms.shapes import kind

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

BY = r"(?:by|with respect to|w\.r\.t\.|wrt|and)"
ANY = r"(?:\bw\.r\.t\.|[^.?])"
"""What goes on in a sentence: the full stops of w.r.t. do not end it."""
PHRASES = (
    Phrase(
        "table of derivatives", "goals", "table",
        rf"\b(?:tables?|overview|summary|chart|grid|list|tabulate|summari[sz]e|list|enumerate|collect|arrange|write down|give|state|show|name|make|draw up|fill in)\b{ANY}{{0,160}}\bderivatives?\b{ANY}*",
        ("Give the table of the nine kinds of derivative (scalar, vector, matrix by scalar, vector, matrix) and the shapes of those that are defined in denominator layout.",
         "Tabulate the derivatives of scalars, vectors and matrices with respect to scalars, vectors and matrices, in numerator layout."),
        ("derivative",),
    ),
    Phrase(
        "list them", "goals", "them",
        r"\b(?:list|tabulate|summari[sz]e|give|name|state|write down|collect|show|arrange) (?:all (?:of )?)?(?:them|these|those|each)\b[^.?]*",
        ("There are nine kinds of derivative of scalars, vectors and matrices. List them with their shapes.",
         "Scalars, vectors and matrices can be differentiated by each other in nine ways, which gives nine kinds of derivatives. Tabulate these in numerator layout."),
        ("them", "these", "those", "each"),
    ),
    Phrase(
        "which of the nine", "goals", "table",
        r"\b(?:which|what|how many)\b[^.?]{0,160}\b(?:nine|9|derivatives? of (?:an? )?scalars?,)[^.?]*",
        ("Which of the nine kinds of derivative of a scalar, vector or matrix by a scalar, vector or matrix are defined, and with which shapes?",
         "What are the shapes of the derivatives of a scalar, a vector and a matrix by a scalar, a vector and a matrix?"),
        ("derivative",),
    ),
)  # fmt: skip

KINDS = re.compile(r"\b(?:nine|9) (?:\w+ )?(?:kinds?|types?|sorts?|cases|combinations|definitions|derivatives)\b", re.I)
SHAPES_OF_NINE = (("x", ("p",)), ("y", ("n",)), ("X", ("m", "q")), ("Y", ("r", "s")))


def ask(found: Found) -> Sequence[Ask]:
    text = found.match[0].lower()
    if found.says == "them":
        text = " ".join(s.text for s in sentences_before(found)[-1:]).lower()
    by_each = re.search(r"\b(?:each other|one another)\b", text)
    often = [len(re.findall(rf"\b{word}", text)) for word in ("scalar", "vector", "matri")]
    if not (KINDS.search(text) or min(often) > 1 or (min(often) and by_each)):
        return []
    for slot in found.sentence.slots:
        slot.used = True
    return [Ask("table", None, span=found.span)]


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    entries = [e for e in settler.scope.entries.values() if e.declared and e.meaning is None and e.kind == "symbol"]
    typed = [letters.symbol(r, e) for e in entries if is_known(e)]

    def build() -> Goal:
        known = [t.build() for t in typed]
        pairs = [pair(known, like) for like in ("scalar", "vector", "matrix")]
        bodies, variables = tuple(zip(*pairs, strict=True))
        question = Derivative(bodies[1], variables[1], settler.layout_of(ask))
        goal = settler.goal("definition", question, (variables[1],), ask)
        asked = (
            "The derivatives of a scalar, a vector and a matrix by a scalar, a vector and a matrix, and their shapes.",
        )
        return replace(goal, task=Tabulate(bodies, variables), asked=asked)

    return build


def is_known(entry: Entry) -> bool:
    return entry.shape is not None and not any(isinstance(resolve(s), Unknown) for s in entry.shape)


def pair(known: list[Term], like: str) -> tuple[Term, Term]:
    """What is differentiated and by what, of one kind: what the statement has depend on something, and on what; where
    it says nothing of that, by custom y by x, else the first by the second; y and x where it has none."""
    fitting = [t for t in known if kind(t.shape).removeprefix("column ") == like and isinstance(t, Sym)]
    below = {d for t in known if isinstance(t, Sym) for d in t.deps}
    bodies = [t for t in fitting if t.deps]
    variables = [t for t in fitting if t in below]
    rest = [t for t in fitting if t not in bodies and t not in variables]
    rest.sort(key=lambda t: (t.name.letter.lower() == "x") - (t.name.letter.lower() == "y"))
    body = next(iter(bodies), None) or (rest.pop(0) if len(rest) > 1 and not variables else None)
    var = next(iter(variables), None) or (rest.pop(0) if rest else None)
    return (body or default("y", like), var or default("x", like))


def default(core: str, like: str) -> Term:
    if like == "scalar":
        return Sym(Name(core))
    name = Name(core.upper() if like == "matrix" else core, "bold")
    rows, *cols = dict(SHAPES_OF_NINE)[name.letter]
    return Sym(name, rows, cols[0] if cols else 1)


KIND = Kind("table", PHRASES, ask, settle)
