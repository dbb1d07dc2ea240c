"""Lines of an equation being solved: noted as they come, and written down once the solution is known.

Each line ``left = right`` holds at the solution only, and is checked there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import Any

from derivgen.derivation import Prose
from derivgen.engine.extremes.affine import depends
from derivgen.engine.extremes.needs import Need, impossible
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.rules.factoring import lowest
from derivgen.rules.normal import Monomial, Power
from derivgen.rules.products import plain_product
from derivgen.terms.build import MINUS, ONE, times
from derivgen.terms.nodes import Frac, Num, Term, Times
from derivgen.terms.shapes import show

Values = tuple[tuple[Term, Term], ...]
"""Unknowns with their values."""


@dataclass(frozen=True)
class Pending:
    """A line that is still to be written; ``values`` where it does not hold at the solution of all the lines."""

    rule: str
    left: Term
    right: Term
    reason: Prose
    values: Values = ()


@dataclass
class Equations:
    """The lines so far, and the conditions that they need."""

    pending: list[Pending] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    positive: bool = False
    """Whether the unknown is known to be positive, by the function if not by its declaration."""

    def add(self, rule: str, left: Term, right: Term, *reason: Any, values: Values = ()) -> None:
        """A line, unless it repeats the one before."""
        last = self.pending[-1] if self.pending else None
        if last is None or (last.left, last.right) != (left, right):
            self.pending.append(Pending(rule, left, right, reason, values))

    def need(self, found: Sequence[Need] | None) -> None:
        for n in found or ():
            refuse_impossible(n)
        self.needs += [n for n in found or () if n not in self.needs]

    def write(self, work: Working, values: Values) -> None:
        """All lines into the working, each with the values that the unknowns have."""
        for p in self.pending:
            work.line(p.rule, p.left, p.right, p.reason, left=p.left, where=p.values or values)
        self.pending = []


def refuse_impossible(need: Need) -> None:
    """Where the sizes show that a matrix has no inverse, many points fulfil the equation, or none."""
    found = impossible(need)
    if found is None:
        return
    shape, most = found
    raise NoRule(
        f"there is no unique such point: it would take a matrix of full {'' if shape[0] == shape[1] else 'column '}"
        f"rank, but the rank of the {show(shape)} matrix in its equation is at most {most}",
        hint="more rows of data, or a term such as λ‖x‖² added, can make it unique",
    )


# ------------------------------------------------------------------------------------------- common factors
def common_factor(terms: Sequence[Term]) -> Term:
    """What all products of a sum share: a positive number, and scalars."""
    monos = [Monomial.of(t) for t in terms]
    numbers = [m.coefficient for m in monos]
    top = reduce(gcd, (abs(v.numerator) for v in numbers))
    common = Monomial()
    common.coefficient = lowest(Fraction(top, reduce(lcm, (v.denominator for v in numbers))))
    for k, p in monos[0].powers.items():
        exponents = [m.powers[k].exponent if k in m.powers else 0 for m in monos]
        shared = min(exponents) if min(exponents) > 0 else min(0, max(exponents))
        if shared:
            common.powers[k] = Power(p.base, shared)
    return common.term()


def constant_factor(terms: Sequence[Term], unknown: Term) -> Term:
    """What all products share and does not hold the unknown, with the sign of the first product that does."""
    common = Monomial.of(common_factor(terms))
    common.powers = {k: p for k, p in common.powers.items() if not depends(p.base, unknown)}
    first = next((t for t in terms if depends(t, unknown)), terms[0])
    if Monomial.of(first).coefficient < 0:
        common.coefficient = -common.coefficient
    return common.term()


def divided(term: Term, factor: Term) -> Term:
    """A product without a scalar factor."""
    return term if factor == ONE else plain_product(times([Frac(ONE, factor), term]))


def by_factor(factor: Term) -> tuple[Any, ...]:
    """ "divided by 2", "multiplied by N"."""
    if isinstance(factor, Num) and factor.p in (1, -1):
        return ("multiplied by ", Num(factor.p * factor.q))
    match factor:
        case Frac(Num(1, 1), bottom):
            return ("multiplied by ", bottom)
        case Times((Num(-1, 1), Frac(Num(1, 1), bottom))):
            return ("multiplied by ", times([MINUS, bottom]))
    return ("divided by ", factor)
