"""Exact values of functions, as cos(π/2) = 0, and sums of vectors that are given by their entries."""

from __future__ import annotations

from fractions import Fraction

from derivgen.rules.angles import at_angle
from derivgen.rules.calculus import unsigned
from derivgen.terms.build import ONE, is_zero, num, plus, power, times
from derivgen.terms.nodes import Const, Mat, Norm, Num, Plus, Pow, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild

EXACT: dict[tuple[str, Term], Term] = {
    ("exp", num(0)): ONE,
    ("exp", ONE): Const("e"),
    ("log", ONE): num(0),
    ("log", Const("e")): ONE,
    ("sin", num(0)): num(0),
    ("cos", num(0)): ONE,
    ("tan", num(0)): num(0),
    ("tanh", num(0)): num(0),
    ("sinh", num(0)): num(0),
    ("cosh", num(0)): ONE,
    ("sigmoid", num(0)): num(Fraction(1, 2)),
}


def exact_value(name: str, arg: Term) -> Term | None:
    """The value of a function at an argument where it is known by heart."""
    return EXACT.get((name, arg)) or at_angle(name, arg)


def lengths(term: Term) -> Term:
    """The norms of vectors that are given by their entries, as square roots."""
    inner = rebuild(term, lengths)
    match inner:
        case Norm(Mat() as listed) if 1 in (listed.rows, listed.cols):
            return Pow(plus([power(unsigned(e), 2) for e in listed.entries if not is_zero(e)]), Num(1, 2))
    return inner


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
