"""Sines, cosines and tangents of multiples of π/6 and π/4: numbers that a textbook knows by heart."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from derivgen.rules.normal import Monomial
from derivgen.terms.build import num, power, times
from derivgen.terms.nodes import Const, Term

SQUARES: dict[Fraction, Fraction] = {
    Fraction(0): Fraction(0),
    Fraction(1, 6): Fraction(1, 4),
    Fraction(1, 4): Fraction(1, 2),
    Fraction(1, 3): Fraction(3, 4),
    Fraction(1, 2): Fraction(1),
}
"""The squares of the sines of angles up to a right one, by the angle over π."""

Root = tuple[int, Fraction]
"""A sign and a square: sign √square."""


FUNCTIONS = {"sin": (1, 0), "cos": (0, 1), "tan": (1, -1), "cot": (-1, 1), "sec": (0, -1), "csc": (-1, 0)}
"""Each function as sine to a power times cosine to a power."""


def at_angle(name: str, arg: Term) -> Term | None:
    """The exact value of a trigonometric function; None where it has none that is known by heart."""
    turn = over_pi(arg) if name in FUNCTIONS else None
    if turn is None:
        return None
    sign, square = 1, Fraction(1)
    for part, exponent in zip((sine_of(turn), sine_of(turn + Fraction(1, 2))), FUNCTIONS[name], strict=True):
        if part is None or (exponent < 0 and not part[1]):
            return None
        if exponent:
            sign, square = sign * part[0], square * part[1] ** exponent
    return root(sign, square)


def over_pi(arg: Term) -> Fraction | None:
    """The c of cπ."""
    held = Monomial.of(arg)
    found = [(p.base, p.exponent) for p in held.powers.values()]
    return Fraction(held.coefficient) if found == [(Const("pi"), 1)] and not held.chain else None


def sine_of(turn: Fraction) -> Root | None:
    """The sine of turn · π."""
    within = turn % 1
    square = SQUARES.get(min(within, 1 - within))
    return (1 if turn % 2 < 1 else -1, square) if square is not None else None


def root(sign: int, square: Fraction) -> Term:
    """sign √square with a whole number under the root: √3/2 for √(3/4)."""
    bottom = square.denominator
    inside = square.numerator * bottom
    outside = max(k for k in range(1, isqrt(inside) + 1) if inside % k**2 == 0) if inside else 0
    if outside**2 == inside:
        return num(Fraction(sign * outside, bottom))
    return times([num(Fraction(sign * outside, bottom)), power(num(inside // outside**2), Fraction(1, 2))])
