"""Conditions without those that follow from the others: 1^T w > 0 where w has positive elements."""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.engine.extremes.needs import Need, difference, once
from derivgen.engine.extremes.signs import nonzero, positive
from derivgen.terms.nodes import Sym, Term
from derivgen.terms.trees import substitute


def reduced(needs: Iterable[Need]) -> tuple[Need, ...]:
    given = once(needs)
    stronger: dict[Term, Term] = {}
    for symbol, word in (p for n in given for p in n.properties):
        stronger[symbol] = Sym(symbol.name, *symbol.shape, tuple(sorted({*symbol.props, word})), *symbol.deps)
    return tuple(n for n in given if not follows(n, stronger))


def follows(need: Need, stronger: dict[Term, Term]) -> bool:
    """Whether a relation holds by the properties that are asked for besides."""
    if need.relation is None or not stronger:
        return False
    told = substitute(difference(need.relation), stronger)
    return (nonzero(told) if need.relation.sign == "≠" else positive(told)) == ()
