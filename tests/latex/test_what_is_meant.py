"""What "its" refers to, and letters behind a goal that are only described."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.solving import solved
from tests.engine.values import number, slopes

RNG = np.random.default_rng(5)
M = RNG.normal(size=(3, 3))
M = M @ M.T + np.eye(3)
Z, B = RNG.normal(size=3), RNG.normal(size=3)


@pytest.mark.parametrize(
    "statement",
    [
        r"Let $r(t)=t\,s(t)$, where $s(t)=e^{2t}$. Find its derivative.",
        r"Let $r(t)=t\,s(t)$ with $s(t)=e^{2t}$; compute its derivative.",
        r"With $s(t)=e^{2t}$ let $r(t)=t\,s(t)$. What is its derivative?",
    ],
)
def test_its_is_what_the_sentence_is_about(statement: str) -> None:
    (found,) = solved(statement)
    np.testing.assert_allclose(number(found, {"t": 0.3}), np.exp(0.6) * 1.6, atol=1e-9)


@pytest.mark.parametrize(
    "words", [r"$\mathbf{M}$ symmetric", r"$\mathbf{M}=\mathbf{M}^T$", r"$\mathbf{M}$ symmetric positive definite"]
)
def test_a_letter_behind_the_goal_is_described(words: str) -> None:
    (found,) = solved(rf"Find the gradient of $g(\mathbf{{z}})=\mathbf{{z}}^T\mathbf{{M}}\mathbf{{z}}$, {words}.")
    np.testing.assert_allclose(np.ravel(number(found, {"M": M, "z": Z})), slopes(lambda z: z @ M @ z, Z), atol=1e-5)
    assert "M^T" not in str(found.answer)


def test_two_properties_in_a_row() -> None:
    (found,) = solved(
        r"Find the minimum of $g(\mathbf{z})=\frac12\mathbf{z}^T\mathbf{M}\mathbf{z}-\mathbf{b}^T\mathbf{z}$ ($\mathbf{M}$ symmetric positive definite)."
    )
    np.testing.assert_allclose(np.ravel(number(found, {"M": M, "b": B})), np.linalg.solve(M, B), atol=1e-9)
