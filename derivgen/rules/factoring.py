"""Common factors of a sum taken out: numbers, scalars, the ends of products; never so that an identity is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from derivgen.rules.normal import Monomial, Power, key
from derivgen.terms.build import had, plus
from derivgen.terms.nodes import (
    HOLDS_DIAG,
    Diag,
    Had,
    Plus,
    Term,
)
from derivgen.terms.shapes import SCALAR

Tidy = Callable[[Term], Term]


def merge_diagonals(term: Term) -> Term:
    """diag(u) + diag(v) is diag(u + v)."""
    if not isinstance(term, Plus) or not all(t.holds & HOLDS_DIAG for t in term.args):
        return term
    monos = [Monomial.of(t) for t in term.args]
    if not all(len(m.chain) == 1 and isinstance(m.chain[0], Diag) for m in monos):
        return term
    for m in monos:
        m.chain = [m.chain[0].args[0]]
    return Diag(plus([m.term() for m in monos]))


def factored(term: Plus, tidy: Tidy) -> list[Term]:
    """The sum with its common factors outside, with and without a common denominator."""
    out: list[Term] = []
    monos = [Monomial.of(t) for t in term.args]
    below = any(p.exponent < 0 for m in monos for p in m.powers.values())
    for denominators in (False, True) if below else (False,):
        result = _factor(term, [Monomial.of(t) for t in term.args] if denominators else monos, denominators, tidy)
        if result is not None and all(result != r for r in out):
            out.append(result)
    return out


def _factor(term: Plus, monos: list[Monomial], denominators: bool, tidy: Tidy) -> Term | None:
    """The sum of the monomials, which are used up, with what they share outside."""
    common = Monomial()
    common.shape = term.shape
    common.coefficient = _common_number([m.coefficient for m in monos])
    for k in dict.fromkeys(k for m in monos for k in m.powers):
        exponents = [m.powers[k].exponent if k in m.powers else 0 for m in monos]
        low = min(exponents)
        high = max(exponents)
        share = low if low > 0 or (low < 0 and denominators) else high if high < 0 else 0
        if share:
            base = next(m.powers[k].base for m in monos if k in m.powers)
            common.powers[k] = Power(base, share)
            for m in monos:
                m.times_power(k, base, -share)
    for m in monos:
        if common.coefficient != 1:
            m.coefficient = lowest(Fraction(m.coefficient) / common.coefficient)
    left, right = _common_ends(monos)
    if common.coefficient == 1 and not common.powers and not left and not right:
        return _factor_had(monos, term, tidy)
    terms = [m.term() for m in monos]
    inner = plus(terms, terms[0].shape)
    inner = (
        _factor_had([Monomial.of(t) for t in inner.args], inner, tidy) or inner if isinstance(inner, Plus) else inner
    )
    if left or right:
        inner = tidy(inner)
    if inner.shape == SCALAR:
        common.multiply(inner, 1)
        common.chain = [*left, *right]
    else:
        common.chain = [*left, inner, *right]
    return common.term()


def lowest(value: Fraction) -> Fraction | int:
    """A number as an integer where it is one: those are cheaper."""
    return value.numerator if value.denominator == 1 else value


def _common_number(values: Sequence[Fraction | int]) -> Fraction | int:
    top = reduce(gcd, (abs(v.numerator) for v in values))
    if all(v.denominator == 1 for v in values):
        return -top if values[0] < 0 else top
    bottom = reduce(lcm, (v.denominator for v in values))
    shared = (
        Fraction(top, bottom) if all(v.denominator == values[0].denominator for v in values) else Fraction(top, 1)
    )
    return -shared if values[0] < 0 else shared


def _common_ends(monos: list[Monomial]) -> tuple[list[Term], list[Term]]:
    """Chain factors shared at the left and at the right end; never the whole of one chain and not of another."""
    left: list[Term] = []
    right: list[Term] = []
    if any(not m.chain for m in monos):
        return left, right
    if len({tuple(key(f) for f in m.chain) for m in monos}) == 1:
        left = list(monos[0].chain)
        for m in monos:
            m.chain, m.shape = [], SCALAR
        return left, right
    while all(len(m.chain) > 1 for m in monos) and len({key(m.chain[0]) for m in monos}) == 1:
        left.append(monos[0].chain[0])
        for m in monos:
            del m.chain[0]
    while all(len(m.chain) > 1 for m in monos) and len({key(m.chain[-1]) for m in monos}) == 1:
        right.insert(0, monos[0].chain[-1])
        for m in monos:
            del m.chain[-1]
    return left, right


def _factor_had(monos: list[Monomial], whole: Term, tidy: Tidy) -> Term | None:
    """a ⊙ b + a ⊙ c as a ⊙ (b + c)."""
    if not all(len(m.chain) == 1 and isinstance(m.chain[0], Had) for m in monos):
        return None
    lists = [list(m.chain[0].args) for m in monos]
    shared: list[Term] = []
    for f in list(lists[0]):
        places = [next((k for k, g in enumerate(fs) if key(g) == key(f)), None) for fs in lists]
        if all(p is not None and len(fs) > 1 for p, fs in zip(places, lists, strict=True)):
            shared.append(f)
            for p, fs in zip(places, lists, strict=True):
                del fs[p]  # type: ignore[arg-type]
    if not shared:
        return None
    for m, fs in zip(monos, lists, strict=True):
        m.chain = [had(fs)]
    return had([*shared, tidy(plus([m.term() for m in monos], whole.shape))])
