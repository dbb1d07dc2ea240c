"""The reader of NumPy expressions: values, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen.arrays import array_value
from derivgen.errors import InputError

SCOPE = {"A": np.array([[1.0, 2.0], [3.0, 4.0]]), "x": np.array([1.0, -1.0]), "n": 2, "i": 1, "t": 0.5}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("(A + A.T) @ x", [2 - 5, 5 - 8]),
        ("x @ A @ x", 0.0),
        ("np.outer(x, x)", [[1, -1], [-1, 1]]),
        ("x[None, :]", [[1, -1]]),
        ("2*x[i]", -2.0),
        ("sum(A[k, k] for k in range(n))", 5.0),
        ("sum(A[j, k]*x[k] for j in range(n) for k in range(n) if j != k)", 1.0),
        ("(i+1)*(i == 1)", 2),
        ("np.exp(-t)/(1 + np.exp(-t))**2", np.exp(-0.5) / (1 + np.exp(-0.5)) ** 2),
        ("diag(x)", [[1, 0], [0, -1]]),
        ("np.where(x > 0, x, 0)", [1, 0]),
        ("eye(n) + ones(n, n)", [[2, 1], [1, 2]]),
    ],
)
def test_value(expression: str, value: object) -> None:
    assert np.allclose(array_value(expression, SCOPE), value)


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os')", "x.__class__", "np.linalg", "np.save('f', x)", "open('f')", "(lambda: 1)()", "y", "x +",
        "'text'", "[k for k, l in A]", "x if n else t", "f'{x}'", "np.exp(x=1)",
    ],
)  # fmt: skip
def test_refusal(expression: str) -> None:
    with pytest.raises(InputError):
        array_value(expression, SCOPE)
