"""Exact values of functions, as cos(π/2) = 0, and sums of vectors that are given by their entries."""

from __future__ import annotations

from fractions import Fraction

from derivgen.terms.build import ONE, num, plus, times
from derivgen.terms.nodes import Const, Fn, Frac, Mat, Num, Plus, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild

EXACT: dict[tuple[str, Term], Term] = {
    ("exp", num(0)): ONE,
    ("exp", ONE): Const("e"),
    ("log", ONE): num(0),
    ("log", Const("e")): ONE,
    ("tanh", num(0)): num(0),
    ("sinh", num(0)): num(0),
    ("cosh", num(0)): ONE,
    ("sigmoid", num(0)): num(Fraction(1, 2)),
}
SINES: dict[Fraction, Fraction] = {
    Fraction(0): Fraction(0), Fraction(1, 6): Fraction(1, 2), Fraction(1, 2): Fraction(1),
    Fraction(5, 6): Fraction(1, 2),
}  # fmt: skip
"""The sines of multiples of π between 0 and π that are fractions."""


def exact(term: Fn) -> Term:
    """The value of a function where it is known exactly; the term itself where it is not."""
    found = EXACT.get((term.name, term.arg))
    if found is not None:
        return found
    turns = half_turns(term.arg)
    if turns is None or term.name not in ("sin", "cos", "tan"):
        return term
    s, c = sine(turns), sine(turns + Fraction(1, 2))
    if term.name == "tan":
        return num(s / c) if s is not None and c else term
    value = s if term.name == "sin" else c
    return num(value) if value is not None else term


def sine(turns: Fraction) -> Fraction | None:
    turns %= 2
    found = SINES.get(turns % 1)
    return found if found is None or turns < 1 else -found


def half_turns(term: Term) -> Fraction | None:
    """The k of kπ."""
    match term:
        case Num(0, 1):
            return Fraction(0)
        case Const("pi"):
            return Fraction(1)
        case Frac(top, Num(p, q)) if (k := half_turns(top)) is not None:
            return k * Fraction(q, p)
        case Times((*numbers, last)) if all(isinstance(n, Num) for n in numbers):
            k = half_turns(last)
            for n in numbers:
                k = k * Fraction(n.p, n.q) if k is not None and isinstance(n, Num) else None
            return k
    return None


def listed_out(term: Term) -> Term:
    """Numbers times vectors that are given by their entries, and sums of such, entry by entry."""
    inner = rebuild(term, listed_out)
    match inner:
        case Plus() if all(isinstance(t, Mat) for t in inner.args):
            listed = [t for t in inner.args if isinstance(t, Mat)]
            return Mat(listed[0].rows, listed[0].cols, *map(plus, zip(*(m.entries for m in listed), strict=True)))
        case Times() if sum(isinstance(t, Mat) for t in inner.args) == 1 and all(
            isinstance(t, Mat) or t.shape == SCALAR for t in inner.args
        ):
            given = next(t for t in inner.args if isinstance(t, Mat))
            scale = [t for t in inner.args if t is not given]
            return Mat(given.rows, given.cols, *(times([*scale, e]) for e in given.entries))
    return inner
