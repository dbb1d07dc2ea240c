"""The moves of an equation for one scalar: what it is a polynomial in, and how that quantity is isolated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derivgen.engine.extremes.affine import depends
from derivgen.engine.extremes.equations import Equations, by_factor
from derivgen.engine.extremes.signs import nonzero, positive
from derivgen.errors import NoRule
from derivgen.rules.normal import Key, Monomial, Power
from derivgen.rules.textbook import textbook
from derivgen.terms.build import MINUS, ONE, TWO, ZERO, is_zero, negate, num, plus, times
from derivgen.terms.nodes import Frac, Num, Plus, Pow, Sym, Term, Times

NO_SOLUTION = "the derivative is not zero anywhere, so there is no stationary point"
NOT_ISOLATED = "the equation cannot be solved for the unknown in a closed form by isolating it"


@dataclass(frozen=True)
class Polynomial:
    """Σ coefficient · base^exponent, with exponents from 0 on."""

    base: Term
    coefficients: dict[Fraction, Term]

    @property
    def degree(self) -> Fraction:
        return max(self.coefficients)


def polynomial(terms: Sequence[Term], unknown: Sym) -> Polynomial | None:
    """The terms as a polynomial in the one quantity through which they hold the unknown."""
    monos = [Monomial.of(t) for t in terms]
    bases = {k: p.base for m in monos for k, p in moving(m, unknown).items()}
    if len(bases) != 1:
        return None
    k, base = next(iter(bases.items()))
    found: dict[Fraction, list[Term]] = {}
    for m in monos:
        power = m.powers.pop(k, None)
        exponent = Fraction(power.exponent) if power is not None else Fraction(0)
        found.setdefault(exponent, []).append(m.term())
    return Polynomial(base, {e: textbook(plus(ts)) for e, ts in found.items()})


def moving(m: Monomial, unknown: Sym) -> dict[Key, Power]:
    return {k: p for k, p in m.powers.items() if depends(p.base, unknown)}


def constant_part(m: Monomial, unknown: Sym) -> Term:
    rest = Monomial()
    rest.coefficient = m.coefficient
    rest.powers = {k: p for k, p in m.powers.items() if not depends(p.base, unknown)}
    return rest.term()


def denominators(terms: Sequence[Term]) -> list[tuple[Term, Fraction | int]]:
    """What stands below a fraction bar, with the lowest power; constants only where not all terms have them there."""
    monos = [Monomial.of(t) for t in terms]
    found: dict[Key, tuple[Term, Fraction | int]] = {}
    for m in monos:
        for k, p in m.powers.items():
            if p.exponent < found.get(k, (p.base, 0))[1]:
                found[k] = (p.base, p.exponent)
    return list(found.values())


def powered(base: Term, exponent: Fraction | int) -> Term:
    return base if exponent == 1 else Pow(base, num(Fraction(exponent)))


def summands(term: Term) -> list[Term]:
    return list(term.args) if isinstance(term, Plus) else [term]


def shared(terms: Sequence[Term], unknown: Sym) -> list[Term]:
    """The factors with the unknown that all terms share."""
    monos = [Monomial.of(t) for t in terms]
    out: list[Term] = []
    for k, p in moving(monos[0], unknown).items():
        low = min(m.powers[k].exponent if k in m.powers else 0 for m in monos)
        if low > 0:
            out.append(powered(p.base, low))
    return out if len(terms) > 1 else []


def isolated(eqs: Equations, leading: Term, power: Term, constant: Term, terms: Sequence[Term], unknown: Sym) -> Term:
    """From a·p + c = 0 to p = −c/a."""
    if len([t for t in terms if depends(t, unknown)]) > 1:
        eqs.add("take_out_unknown", plus([constant, times([leading, power])]), ZERO, power, " is taken out")
    flipped = starts_minus(leading)
    if flipped:
        leading, constant = textbook(negate(leading)), negate(constant)
    left, right = times([leading, power]), textbook(negate(constant))
    if is_zero(right):
        eqs.need(nonzero(leading))
        eqs.add("clear_factors", power, ZERO, *(by_factor(leading) if leading != ONE else ("",)))
        return ZERO
    eqs.add("bring_over", left, right, *crossing(left if flipped else constant, flipped, unknown))
    if leading == ONE:
        return right
    proof = positive(leading)
    eqs.need(proof if proof == () else nonzero(leading))
    value = textbook(Frac(right, leading))
    note = (", which is positive",) if proof == () and not isinstance(leading, Num) else ()
    eqs.add("divide_by", power, value, *by_factor(leading), *note)
    return value


def crossing(moved: Term, flipped: bool, unknown: Term) -> tuple[Any, ...]:
    """What is done on both sides: the one term that changes sides is added or subtracted."""
    if isinstance(moved, Plus):
        return (f"the terms {'with' if flipped else 'without'} ", unknown, " go to the other side")
    if flipped:
        return (moved, " is added on both sides")
    if starts_minus(moved):
        return (negate(moved), " is added on both sides")
    return (moved, " is subtracted on both sides")


def starts_minus(term: Term) -> bool:
    """Whether a coefficient is written with a minus sign in front."""
    first = term.args[0] if isinstance(term, Plus) else term
    if isinstance(first, Times):
        first = first.args[0]
    return isinstance(first, Num) and first.p < 0


def root_of(value: Term, exponent: Fraction) -> Term:
    """The real root: exact for numbers that have one."""
    if isinstance(value, Num) and value.p < 0:
        return negate(root_of(num(-value.value), exponent))
    inverse = 1 / exponent
    if isinstance(value, Num) and inverse.numerator == 1:
        n = inverse.denominator
        top, bottom = (round(v ** (1 / n)) for v in (value.p, value.q))
        if top**n == value.p and bottom**n == value.q:
            return num(Fraction(top, bottom))
    return textbook(Pow(value, num(inverse)))


def positive_root(eqs: Equations, by_exponent: dict[Fraction, Term], unknown: Sym) -> Term:
    """The positive root of a v² + b v + c with a > 0 > c."""
    a, b, c = (by_exponent.get(Fraction(k), ZERO) for k in (2, 1, 0))
    for x, y in ((a, negate(c)), (negate(a), c)):
        proofs = (positive(x), positive(y))
        if None not in proofs:
            for p in proofs:
                eqs.need(p)
            break
    else:
        raise NoRule(NOT_ISOLATED)
    sign = ONE if positive(a) is not None else MINUS
    under = textbook(plus([Pow(b, TWO), times([num(-4), a, c])]))
    top = plus([negate(b), times([sign, Pow(under, num(Fraction(1, 2)))])])
    value = Frac(top, times([TWO, a]))
    eqs.add("find_roots", unknown, value, "the root of the quadratic equation that is positive")
    return value
