"""Sums over index letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.latex import elements
from derivgen.latex import syntax as sx
from derivgen.latex.scope import IndexLetter, Typed, length_of
from derivgen.latex.sizes import Length, Unknown
from derivgen.terms.nodes import Delta, Num, Plus, Sum, Term, Times

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading


def read_large(r: Reading, node: sx.Large) -> Typed:
    """Sums; products over a numeric range are written out."""
    if node.name != "sum":
        kind = {"prod": "products over an index", "int": "integrals", "lim": "limits"}.get(node.name, node.name)
        raise r.fault(errors.Unsupported, f"{kind} are not supported", node.span)
    letters_here, unequal = sum_letters(r, node)
    before = dict(r.bound)
    made = []
    for letter, size in letters_here:
        at = r.bind(letter, size)
        r.bound[letter] = at
        made.append(at)
    body = r.read(node.body)
    other = [(at, r.free_index(name)) for at, name in unequal_pairs(made, letters_here, unequal)]
    r.bound = before
    for at, away in other:
        r.scope.agree(at.size, away.size, node.span, lambda: "the two indices run to different sizes")

    def build() -> Term:
        term = body.build()
        for at, away in other:
            term = Times(Plus(Num(1), Times(Num(-1), Delta(at.idx(), away.idx()))), term)
        for at in reversed(made):
            term = Sum(term, elements.sized(r, at, node.span))
        return term

    return Typed(body.shape, build)


def unequal_pairs(
    made: list[IndexLetter], names: list[tuple[str, Length]], unequal: list[tuple[str, str]]
) -> list[tuple[IndexLetter, str]]:
    by_name = {letter: at for at, (letter, _) in zip(made, names, strict=True)}
    return [(by_name[a], b) for a, b in unequal if a in by_name]


def sum_letters(r: Reading, node: sx.Large) -> tuple[list[tuple[str, Length]], list[tuple[str, str]]]:
    """The letters below a sum sign with their sizes, and the pairs stated to be unequal."""
    lower, top = node.lower, node.upper
    size: Callable[[], Length] = (lambda: length_of(r.scope, top)) if top is not None else Unknown
    match lower:
        case None:
            raise r.fault(errors.Unsupported, "a sum needs its index below the sign", node.span)
        case sx.Chain((sx.Symbol(name), sx.Number("1")), ("=",)):
            return [(name.letter, size())], []
        case sx.Chain((sx.Symbol(a), sx.Symbol(b)), ("≠",)):
            return [(a.letter, size())], [(a.letter, b.letter)]
        case sx.Chain((sx.Tuple(names), sx.Number("1")), ("=",)):
            return [(n.name.letter, size()) for n in names if isinstance(n, sx.Symbol)], []
        case sx.Chain((sx.Symbol(name), sx.Tuple((sx.Number("1"), *_, last))), ("=",)):
            return [(name.letter, length_of(r.scope, last))], []
        case sx.Symbol(name):
            return [(name.letter, size())], []
        case sx.Tuple(names) if all(isinstance(n, sx.Symbol) for n in names):
            return [(n.name.letter, size()) for n in names if isinstance(n, sx.Symbol)], []
        case sx.Product(names) if all(isinstance(n, sx.Symbol) for n in names):
            return [(n.name.letter, size()) for n in names if isinstance(n, sx.Symbol)], []
    raise r.fault(errors.Unsupported, "a sum must run from 1", node.span, "write \\sum_{i=1}^{n}")
