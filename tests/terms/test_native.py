"""To ordinary SymPy and back: the same values, by SymPy's own evaluation at explicit sizes."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings

from derivgen.errors import Unsupported
from derivgen.terms.native import from_sympy, to_sympy
from derivgen.terms.nodes import El, Fn, Gen, Idx, Name, Num, Plus, Pow, Sum, Sym, Term, Times, Tp
from derivgen.terms.numbers import Evaluator
from tests.strategies import SYMBOLS, terms

n, m = sympy.symbols("n m", integer=True, positive=True)
x, a = (sympy.MatrixSymbol(k, n, 1) for k in "xa")
A, B = (sympy.MatrixSymbol(k, n, n) for k in "AB")
s = sympy.Symbol("s")
SIZES = {"n": 2, "m": 3}


@pytest.mark.parametrize(
    "expression",
    [
        x.T * A * x,
        (A + A.T) * x,
        sympy.Trace(A * B * A.T),
        sympy.log(sympy.Determinant(A)),
        a * x.T * A.inv() + 2 * B**2 - sympy.Identity(n),
        sympy.HadamardProduct(A, B) * x,
        sympy.HadamardPower(x, 3) + sympy.HadamardPower(a, -1),
        s**2 * sympy.sin(s) / (1 + s) ** 2 - sympy.Rational(1, 2) * s + sympy.sqrt(s),
        sympy.Function("f")(s**2),
    ],
    ids=str,
)
def test_there_and_back(expression: sympy.Basic) -> None:
    back = to_sympy(from_sympy(expression), {"n": n, "m": m})
    assert sympy.simplify(back - expression) in (0, sympy.ZeroMatrix(*getattr(expression, "shape", (1, 1))))


def test_functions_entry_by_entry() -> None:
    term = Plus(Fn("exp", Sym(Name("x", "bold"), "n", 1)), Sym(Name("a", "bold"), "n", 1))
    back = from_sympy(to_sympy(term))
    assert isinstance(back, Plus) and set(back.args) == set(term.args)
    assert from_sympy(x.applyfunc(sympy.exp)) == term.args[0]


def test_names_keep_accents_and_labels() -> None:
    term = from_sympy(sympy.Symbol("yhat_1", positive=True))
    assert term == Sym(Name("y", "", "hat", "1"), 1, 1, ("positive",))
    assert to_sympy(term) == sympy.Symbol("yhat_1", positive=True)


def test_a_closed_product_stays_a_product() -> None:
    v, M = Sym(Name("x", "bold"), "n", 1), Sym(Name("A", "bold"), "n", "n")
    assert to_sympy(Times(Tp(v), M, v), {"n": n}) == x.T * A * x


def test_what_sympy_cannot_say_is_refused() -> None:
    with pytest.raises(Unsupported):
        from_sympy(sympy.KroneckerDelta(*sympy.symbols("i j")))
    with pytest.raises(Unsupported):
        from_sympy(sympy.Integral(s, s))


def explicit(term: Term) -> np.ndarray:
    """The value by SymPy alone: explicit matrices put in for the symbols."""
    evaluator = Evaluator(SIZES)
    made = to_sympy(term)
    values = {}
    for symbol in SYMBOLS:
        value = evaluator.array(symbol)
        name = to_sympy(symbol)
        values[name] = sympy.ImmutableMatrix(value) if symbol.shape != (1, 1) else sympy.Float(float(value[0, 0]), 20)
    sizes = {sympy.Symbol(k, integer=True, positive=True): v for k, v in SIZES.items()}
    made = made.subs(sizes)
    values = {(k.subs(sizes) if hasattr(k, "shape") else k): v for k, v in values.items()}
    made = made.subs(values).doit()
    if hasattr(made, "as_explicit"):
        made = made.as_explicit().doit()
    return np.array(sympy.Matrix([made]) if not made.is_Matrix else made).astype(float)


v, w, M, k, t = (
    *(Sym(Name(c, "bold"), "n", 1) for c in "xa"),
    Sym(Name("A", "bold"), "n", "n"),
    Idx("k", "n"),
    Sym(Name("s")),
)


@pytest.mark.parametrize(
    "term",
    [
        Times(Times(Tp(v), v), v),
        Plus(Times(Tp(v), M, v), Pow(t, Num(2))),
        Sum(Times(El(v, k, 1), El(M, k, 2)), k),
        Fn("sigmoid", Times(M, v)),
        Times(Num(2), Fn("exp", Times(Tp(v), w)), w),
    ],
    ids=range(5),
)
def test_values_are_those_of_the_interpreter(term: Term) -> None:
    np.testing.assert_allclose(explicit(term), Evaluator(SIZES).array(term), rtol=1e-9)


@settings(max_examples=25, deadline=None)
@given(terms(1, generic=False))
def test_back_from_sympy_the_value_is_the_same(term: Term) -> None:
    try:
        back = from_sympy(to_sympy(term))
    except Unsupported:
        assume(False)
    assert back.shape == term.shape
    np.testing.assert_allclose(Evaluator(SIZES).array(back), Evaluator(SIZES).array(term), rtol=1e-9, atol=1e-9)
    assert not isinstance(back, Gen)
