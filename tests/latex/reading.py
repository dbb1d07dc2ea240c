"""Reads one formula with declared symbols: the round trip of the printer, without the sentences of a statement."""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.errors import Span
from derivgen.latex.document import math_tokens
from derivgen.latex.elaborate import Reading
from derivgen.latex.parse import parse_formula
from derivgen.latex.scope import Scope
from derivgen.latex.sizes import unify
from derivgen.latex.survey import survey
from derivgen.terms.nodes import Idx, Name, Sym, Term


def read_formula(
    text: str,
    symbols: Iterable[Sym],
    functions: Iterable[Name] = (),
    free: Iterable[Idx] = (),
    sizes: Iterable[str] = (),
) -> Term:
    """The term of a formula; index letters of ``free`` and ``sizes`` are what the surroundings would have said."""
    source, tokens = math_tokens(text)
    root = parse_formula(tokens, source, Span(0, len(text))).rows[0]
    scope = Scope(text, "<test>", survey([root]))
    for symbol in symbols:
        entry = scope.declare(symbol.name, symbol.shape, Span(0, 0))
        entry.props |= set(symbol.props)
    scope.elementwise = True
    scope.sizes |= dict.fromkeys(sizes, Span(0, 0))
    for name in functions:
        scope.entry(name).kind = "function"
    reading = Reading(scope)
    for index in free:
        unify(reading.free_index(index.letter).size, index.size)
    return reading.read(root).build()
