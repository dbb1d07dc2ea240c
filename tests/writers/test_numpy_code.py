"""NumPy expressions against the interpreter: the same values, and the shapes that the conventions promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from derivgen.terms.nodes import (
    Col,
    Counter,
    Delta,
    Derivative,
    Det,
    Diag,
    DiagOf,
    El,
    Entries,
    Extent,
    Eye,
    Fn,
    Frac,
    Gen,
    Had,
    Idx,
    Inv,
    Mat,
    MatPow,
    Name,
    Named,
    Num,
    Ones,
    Plus,
    Pow,
    Row,
    Sum,
    Sym,
    Term,
    Times,
    Tp,
    Zero,
)
from derivgen.terms.numbers import Evaluator
from derivgen.writers.numpy_code import NoExpression, numpy_expression
from tests.strategies import GENERIC, SYMBOLS, elements, terms

SIZES = {"n": 3, "m": 2}
N = {s.name.letter: s for s in SYMBOLS}
x, a, b, y, A, X, s = (N[k] for k in ("x", "a", "b", "y", "A", "X", "s"))
i, k = Idx("i", "n"), Idx("k", "m")

HELPERS = {
    "np": np,
    "sigmoid": lambda u: 1 / (1 + np.exp(-u)),
    "diag": np.diag,
    "tr": np.trace,
    "det": np.linalg.det,
    "inv": np.linalg.inv,
    "norm": np.linalg.norm,
    "eye": np.eye,
    "ones": np.ones,
    "zeros": np.zeros,
    "sum": sum,
    "range": range,
}


def declared(value: np.ndarray, symbol: Sym) -> np.ndarray | float:
    if symbol.shape == (1, 1):
        return float(value[0, 0])
    return value[:, 0] if symbol.shape[1] == 1 else value


def evaluated(text: str, sizes: dict[str, int], evaluator: Evaluator, **more: object) -> np.ndarray:
    names = {sym.name.letter: declared(evaluator.array(sym), sym) for sym in SYMBOLS}
    for order, suffix in enumerate(("", "_prime", "_second")):
        smooth = evaluator.sampler.generic(GENERIC, (order,))
        names[GENERIC.letter + suffix] = lambda u, smooth=smooth: np.squeeze(smooth.value(np.atleast_2d(u))).reshape(
            np.shape(u)
        )
    scope = {**HELPERS, **names, **sizes, **more, "__builtins__": {}}
    with np.errstate(all="ignore"):
        return np.asarray(eval(text, scope))  # our own expression


def agrees(term: Term, sizes: dict[str, int]) -> None:
    evaluator = Evaluator(sizes)
    got = evaluated(numpy_expression(term), sizes, evaluator)
    expected = evaluator.array(term)
    if term.shape == (1, 1):
        expected = expected[0, 0]
    elif term.shape[1] == 1:
        expected = expected[:, 0]
    assert got.shape == expected.shape
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-9)


FIXED = [
    Times(Tp(x), A, x),
    Times(Tp(x), A),
    Times(x, Tp(a)),
    Times(x, Tp(a), A),
    Times(X, x, Tp(a), A, b, Tp(y)),
    Times(Num(2), Times(Tp(x), x), x),
    Times(Times(Tp(x), x), Times(Tp(a), b)),
    Plus(x, Times(Num(-1), a)),
    Plus(Times(Num(-1), x), Times(Num(-2), Plus(a, b))),
    Plus(x, Times(Num(-1), Plus(a, Times(Num(-1), b)))),
    Pow(Times(Num(-1), s), Num(2)),
    Times(Num(-1), Pow(s, Num(-1))),
    Times(s, Frac(Num(1), Plus(Num(2), Pow(s, Num(2))))),
    Frac(Times(Num(-1), x), Times(Num(2), s)),
    Frac(Frac(s, Num(2)), Frac(s, Num(3))),
    Frac(Times(A, x), Times(Tp(x), x)),
    Times(Num(1, 2), Pow(Times(Tp(x), x), Num(1, 2))),
    Pow(Plus(Num(2), Pow(s, Num(2))), Num(-3, 2)),
    Plus(A, Times(s, Eye("n")), Zero("n", "n"), Ones("n", "n")),
    Times(Tp(Ones("n", 1)), x),
    Times(Diag(x), A, DiagOf(A)),
    Times(Inv(A), Tp(Inv(A)), MatPow(A, 3)),
    Frac(Ones("n", 1), Extent("n")),
    Had(x, Plus(a, b), Fn("step", x)),
    Plus(Fn("step", x), Times(Num(-1), Fn("step", a))),
    Plus(Fn("relu", s), Fn("sec", s), Fn("csc", s), Fn("cot", s)),
    Gen(GENERIC, (1,), Times(A, x)),
    Gen(GENERIC, (2,), s),
    Row(X, 1),
    Tp(Row(X, 2)),
    Col(X, 2),
    Entries(Times(El(x, i, 1), Sum(Times(Counter(k), El(y, k, 1)), k)), i, 1),
    Entries(Plus(Delta(i, 2), El(X, k, i)), i, k),
    Entries(El(x, i, 1), 1, i),
    Mat(2, 2, s, Num(0), Times(Num(-1), s), Num(1)),
    Mat(2, 1, s, Num(0)),
    Named(Name("z", "bold"), Times(A, x)),
    El(Times(Tp(X), y), 2, 1),
    Times(Det(A), El(Tp(X), 3, 2)),
]


@pytest.mark.parametrize("sizes", [SIZES, {"n": 3, "m": 3}], ids=str)
@pytest.mark.parametrize("term", FIXED, ids=range(len(FIXED)))
def test_values_and_shapes(term: Term, sizes: dict[str, int]) -> None:
    agrees(term, sizes)


@settings(max_examples=150, deadline=None)
@given(terms(3))
def test_any_term(term: Term) -> None:
    agrees(term, SIZES)


@settings(max_examples=40, deadline=None)
@given(terms(2))
def test_any_term_at_size_one(term: Term) -> None:
    agrees(term, {"n": 1, "m": 1})


@settings(max_examples=60, deadline=None)
@given(elements())
def test_free_indices_count_from_zero(term: Term) -> None:
    evaluator = Evaluator(SIZES)
    expected = evaluator.array(term, [i, k])
    for p in range(3):
        for q in range(2):
            got = evaluated(numpy_expression(term), SIZES, evaluator, i=p, k=q)
            np.testing.assert_allclose(got, expected[p, q, 0, 0], rtol=1e-10)


@pytest.mark.parametrize(
    "term, text",
    [
        (Times(Tp(x), A, x), "x @ A @ x"),
        (Times(Plus(A, Tp(A)), x), "(A + A.T) @ x"),
        (Times(Num(2), Times(Tp(x), x), x), "2*(x @ x)*x"),
        (Times(a, Tp(b)), "np.outer(a, b)"),
        (Times(Tp(x), A), "(x @ A)[None, :]"),
        (Times(Num(-1), x), "-x"),
        (Plus(x, Times(Num(-2), a)), "x - 2*a"),
        (Fn("relu", s), "np.maximum(0, s)"),
    ],
)
def test_texts(term: Term, text: str) -> None:
    assert numpy_expression(term) == text


def test_undetermined_derivatives_go_by_name() -> None:
    u = Sym(Name("u", "bold"), "m", 1, (), x)
    assert numpy_expression(Times(Num(2), Derivative(u, x), u)) == "2*(du_dx @ u)"
    z = Sym(Name("z"), 1, 1, (), u)
    assert numpy_expression(Times(Derivative(u, x), Derivative(z, u))) == "du_dx @ dz_du"
    assert numpy_expression(Derivative(z, u, "numerator"), layout="numerator") == "dz_du[0][None, :]"
    with pytest.raises(NoExpression):
        numpy_expression(Derivative(Times(Tp(x), x), x))
