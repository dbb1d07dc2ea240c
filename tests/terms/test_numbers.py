"""The interpreter against finite differences, which know nothing of dual numbers or of layouts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivgen.terms.layouts import NoValue
from derivgen.terms.nodes import (
    At,
    Delta,
    Derivative,
    Det,
    El,
    Entries,
    Fn,
    Gen,
    Had,
    Hessian,
    Idx,
    Inv,
    Mat,
    Name,
    Named,
    Norm,
    Num,
    Plus,
    Pow,
    Sum,
    Sym,
    Term,
    Times,
    Tp,
    Tr,
)
from derivgen.terms.numbers import Evaluator
from derivgen.terms.sampling import Sampler
from tests.strategies import ENTIRE, columns, matrices, scalars

SIZES = {"n": 3, "m": 2}
WEIGHTS = ((-2, 1 / 12), (-1, -2 / 3), (1, 2 / 3), (2, -1 / 12))
H = 2e-3


def vector(letter: str, size: str = "n") -> Sym:
    return Sym(Name(letter, "bold"), size, 1)


def matrix(letter: str, rows: str = "n", cols: str = "n") -> Sym:
    return Sym(Name(letter, "bold"), rows, cols)


x, y, a, b = vector("x"), vector("y"), vector("a"), vector("b")
c = vector("c", "m")
A, B, X = matrix("A"), matrix("B"), matrix("X", "m", "n")
s, t = Sym(Name("s")), Sym(Name("t"))
i, j, k = Idx("i", "n"), Idx("j", "n"), Idx("k", "n")


class Moved(Sampler):
    """The usual samples, with given shifts of some symbols."""

    def __init__(self, shifts: dict[Sym, np.ndarray]) -> None:
        super().__init__()
        self.shifts = shifts

    def symbol(self, symbol: Sym, rows: int, cols: int) -> np.ndarray:
        return super().symbol(symbol, rows, cols) + self.shifts.get(symbol, 0.0)


def shape_of(term: Term) -> tuple[int, int]:
    return tuple(SIZES.get(k, k) for k in term.shape)


def value(term: Term, shifts: dict[Sym, np.ndarray] | None = None) -> np.ndarray:
    return Evaluator(SIZES, Moved(shifts or {})).array(term)


def differences(body: Callable[[dict], np.ndarray], var: Sym) -> np.ndarray:
    """All derivatives, an axis pair for the variable and then one for the body."""
    rows, cols = shape_of(var)
    out = []
    for p in range(rows * cols):
        unit = np.zeros(rows * cols)
        unit[p] = H
        unit = unit.reshape(rows, cols)
        out.append(sum(w * body({var: step * unit}) for step, w in WEIGHTS) / H)
    return np.array(out).reshape(rows, cols, *out[0].shape)


def laid_out(body: Term, var: Sym, layout: str) -> np.ndarray:
    """The table of the conventions, read off the full array of derivatives."""
    full = differences(lambda shifts: value(body, shifts), var)
    if body.shape == (1, 1):
        out = full[:, :, 0, 0]
        return out.T if layout == "numerator" else out
    if var.shape == (1, 1):
        out = full[0, 0]
        if 1 not in body.shape:
            return out
        return out.reshape(1, -1) if layout == "denominator" else out.reshape(-1, 1)
    table = full.reshape(full.shape[0] * full.shape[1], -1)
    return table if layout == "denominator" else table.T


LAYOUTS = ("denominator", "numerator", "jacobian")
BODIES = [
    Times(Tp(x), A, x),
    Times(A, x),
    Had(x, Fn("exp", Times(A, x))),
    Tr(Times(B, A, B)),
    Fn("log", Pow(Det(A), Num(2))),
    Times(Tp(a), Inv(A), b),
    Pow(Norm(Plus(Times(A, x), b)), Num(2)),
    Times(Times(Tp(x), x), x),
    Gen(Name("f"), (0,), Times(A, x)),
    Gen(Name("g"), (1, 0), x, Times(B, x)),
    Times(s, x),
    Times(Pow(Fn("sin", s), Num(3)), A),
    Tp(Times(A, x)),
    Sum(Times(El(x, i, 1), El(A, i, i)), i),
    Times(X, x),
    Pow(Plus(Num(2), Pow(s, Num(2))), s),
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("var", [x, A, s], ids="xAs")
def test_derivatives_are_those_of_finite_differences(body: Term, var: Sym, layout: str) -> None:
    if var is A and body.shape != (1, 1) or var is x and 1 not in body.shape:
        pytest.skip("more than two indices")
    got = value(Derivative(body, var, layout))
    np.testing.assert_allclose(got, laid_out(body, var, layout), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_by_a_row(layout: str) -> None:
    gradient = laid_out(BODIES[0], x, "denominator")
    expected = gradient if layout == "numerator" else gradient.T
    np.testing.assert_allclose(value(Derivative(BODIES[0], Tp(x), layout)), expected, rtol=1e-7)
    jacobian = laid_out(Times(X, x), x, "numerator")
    np.testing.assert_allclose(value(Derivative(Times(X, x), Tp(x), layout)), jacobian, rtol=1e-7)


@pytest.mark.parametrize("f,p,q", [(BODIES[0], x, x), (Times(Tp(x), Fn("tanh", Times(A, Had(x, y)))), x, y)])
def test_hessians_and_mixed_blocks(f: Term, p: Sym, q: Sym) -> None:
    def inner(shifts: dict) -> np.ndarray:
        def body(more: dict) -> np.ndarray:
            both = dict(shifts)
            for key, shift in more.items():
                both[key] = both.get(key, 0.0) + shift
            return value(f, both)

        return differences(body, q)[:, 0, 0, 0]

    expected = differences(inner, p)[:, 0, :]
    np.testing.assert_allclose(value(Hessian(f, p, q)), expected, rtol=1e-5, atol=1e-6)
    nested = Entries(Derivative(Derivative(f, El(q, j, 1)), El(p, i, 1)), i, j)
    np.testing.assert_allclose(value(nested), value(Hessian(f, p, q)), rtol=1e-12)


def test_an_element_takes_its_letters_from_the_variable() -> None:
    f = BODIES[3]
    matrix_level = value(Derivative(f, A))
    np.testing.assert_allclose(value(Entries(Derivative(f, El(A, i, j)), i, j)), matrix_level)
    np.testing.assert_allclose(value(Derivative(f, El(A, 2, 3)))[0, 0], matrix_level[1, 2])
    np.testing.assert_allclose(value(Entries(Derivative(f, El(Tp(A), i, j)), i, j)), matrix_level.T)


def test_one_letter_on_both_sides() -> None:
    diagonal = Entries(Derivative(Fn("exp", El(x, i, 1)), El(x, i, 1)), i, 1)
    np.testing.assert_allclose(value(diagonal), np.exp(value(x)))
    delta = Entries(Derivative(El(x, i, 1), El(x, k, 1)), i, k)
    np.testing.assert_allclose(value(delta), value(Entries(Delta(i, k), i, k)))


def test_a_vector_by_a_matrix_is_compressed_only_where_it_may_be() -> None:
    np.testing.assert_allclose(value(Derivative(Times(X, x), X)), value(x).T)
    np.testing.assert_allclose(value(Derivative(Times(Tp(c), X), X)), value(c))
    np.testing.assert_allclose(value(Derivative(Times(X, x), X, "numerator")), value(x))
    for body in (Times(A, A, x), Fn("exp", Times(A, x))):
        with pytest.raises(NoValue, match="no compressed form"):
            value(Derivative(body, A))


def test_names_are_looked_through_and_may_be_differentiated_by() -> None:
    z = Named(Name("z", "bold"), Times(A, x))
    f = Times(Tp(z), z)
    np.testing.assert_allclose(value(Derivative(f, z)), 2 * value(z))
    np.testing.assert_allclose(value(Derivative(f, x)), 2 * value(Times(Tp(A), z)))
    np.testing.assert_allclose(value(Derivative(Plus(f, Times(Tp(x), x)), z)), 2 * value(z))


def test_the_chain_rule_holds_for_undetermined_functions() -> None:
    z = Named(Name("z", "bold"), Times(A, x))
    loss = Sym(Name("ell"), 1, 1, (), z)
    chained = Times(Tp(A), Derivative(loss, z))
    np.testing.assert_allclose(value(Derivative(loss, x)), value(chained))
    u = Sym(Name("u", "bold"), "n", 1, (), x)
    both = Times(Num(2), Derivative(u, x), u)
    np.testing.assert_allclose(value(Derivative(Times(Tp(u), u), x)), value(both))


def test_an_explicit_column_of_scalars_and_a_point() -> None:
    f = Times(Pow(s, Num(2)), Fn("sin", t))
    gradient = Derivative(f, Mat(2, 1, s, t))
    expected = Mat(2, 1, Derivative(f, s), Derivative(f, t))
    np.testing.assert_allclose(value(gradient), value(expected))
    hessian = Hessian(f, Mat(2, 1, s, t), Mat(2, 1, s, t))
    second = Mat(2, 2, *(Derivative(Derivative(f, q), p) for p in (s, t) for q in (s, t)))
    np.testing.assert_allclose(value(hessian), value(second))
    pair = Mat(2, 1, f, Times(s, t))
    np.testing.assert_allclose(
        value(Derivative(pair, Mat(2, 1, s, t))).T, value(Derivative(pair, Mat(2, 1, s, t), "numerator"))
    )
    np.testing.assert_allclose(value(At(Derivative(f, s), s, Num(3), t, s)), 6 * np.sin(value(s)))


@pytest.mark.parametrize("name", [*ENTIRE, "log", "tan", "sec", "csc", "cot", "arcsin", "arccos", "sinh", "cosh"])
def test_named_functions_up_to_the_third_derivative(name: str) -> None:
    def at(term: Term, shift: float) -> float:
        sampler = Moved({s: np.array([[shift]])})
        sampler.mood = "unit"
        return float(Evaluator({}, sampler).array(term)[0, 0])

    term: Term = Fn(name, s)
    for _ in range(3):
        slope = Derivative(term, s)
        expected = sum(w * at(term, step * H) for step, w in WEIGHTS) / H
        assert at(slope, 0.0) == pytest.approx(expected, rel=1e-6, abs=1e-6)
        term = slope


@settings(max_examples=60, deadline=None)
@given(st.one_of(scalars(3), columns(2)), st.sampled_from((x, s)))
def test_any_derivative_by_a_vector_or_scalar(body: Term, var: Sym) -> None:
    compare(body, var)


@settings(max_examples=30, deadline=None)
@given(scalars(2), st.sampled_from((A, X)))
def test_any_derivative_by_a_matrix(body: Term, var: Sym) -> None:
    compare(body, var)


@settings(max_examples=30, deadline=None)
@given(matrices(2))
def test_any_derivative_of_a_matrix_by_a_scalar(body: Term) -> None:
    compare(body, s)


def compare(body: Term, var: Sym) -> None:
    expected = laid_out(body, var, "denominator")
    scale = np.abs(value(body)).max() + np.abs(expected).max()
    if not np.isfinite(scale) or scale > 1e4:
        return
    np.testing.assert_allclose(value(Derivative(body, var)), expected, atol=1e-4 * (1 + scale))
