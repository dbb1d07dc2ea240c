"""A line that rests on a stated property says so."""

from __future__ import annotations

import pytest

from derivgen import solve

USES = [
    (r"Let $Q$ be an orthogonal $n\times n$ matrix and $\mathbf{x}\in\mathbb{R}^n$. Find the gradient "
     r"of $\|Q\mathbf{x}\|^2$.",
     "orthogonal"),
    (r"Let $K\in\mathbb{R}^{n\times n}$ be skew-symmetric. Compute the gradient of $\mathbf{x}^TK\mathbf{x}$ with respect to "
     r"$\mathbf{x}\in\mathbb{R}^n$.", "skew-symmetric"),
    (r"Let $S\in\mathbb{R}^{n\times n}$ be symmetric. Compute the gradient of $\mathbf{x}^TS\mathbf{x}$ with respect to "
     r"$\mathbf{x}\in\mathbb{R}^n$.", "symmetric"),
]  # fmt: skip


@pytest.mark.parametrize("statement, word", USES)
def test_a_property_is_named_where_it_is_used(statement: str, word: str) -> None:
    (derivation,) = solve(statement).derivations
    told = [" ".join(w for w in step.reason if isinstance(w, str)) for step in derivation.steps]
    assert any(word in reason for reason in told)
