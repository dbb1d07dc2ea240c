"""Vectors x_1, …, x_N under a sum, with no matrix in the statement that holds them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.solving import solved
from tests.engine.values import number, slopes

RNG = np.random.default_rng(11)
D, V = RNG.normal(size=(4, 3)), RNG.normal(size=3)
T = RNG.choice([-1.0, 1.0], size=4)


def squares(v: np.ndarray) -> float:
    return float(np.mean((D @ v - T) ** 2)) / 2


def logistic(v: np.ndarray) -> float:
    return float(np.mean(np.log(1 + np.exp(-T * (D @ v)))))


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        (r"Let $J=\frac{1}{2M}\sum_{m=1}^M(\mathbf{v}^T\mathbf{d}_m-t_m)^2$. Find $\frac{dJ}{d\mathbf{v}}$.", squares),
        (
            r"Let $J=\frac1M\sum_{m=1}^M e(\mathbf{d}_m,t_m)$ with $e(\mathbf{d},t)=\frac12(\mathbf{v}^T\mathbf{d}-t)^2$ "
            r"and $\mathbf{v}\in\mathbb{R}^p$. Find $\nabla_{\mathbf{v}}J$.",
            squares,
        ),
        (
            r"One example costs $c(\mathbf{v};\mathbf{d},t)=\log(1+e^{-t\mathbf{v}^T\mathbf{d}})$, and a batch "
            r"$J(\mathbf{v})=\frac1M\sum_{i=1}^M c(\mathbf{v};\mathbf{d}_i,t_i)$. What is $\nabla_{\mathbf{v}}J$?",
            logistic,
        ),
        (
            r"Let $\mathbf{d}_k\in\mathbb{R}^p$ and $J=\frac{1}{2M}\sum_{k=1}^M(t_k-\mathbf{d}_k^T\mathbf{v})^2$. "
            r"Find $\frac{dJ}{d\mathbf{v}}$.",
            squares,
        ),
    ],
)
def test_the_gradient_of_a_mean_over_numbered_vectors(statement: str, value: object) -> None:
    (found,) = solved(statement)
    assert any("were taken as the rows of a matrix" in str(n) for n in found.problem.notes)
    got = number(found, {"D": D, "v": V, "t": T, "M": 4})
    np.testing.assert_allclose(np.ravel(got), slopes(value, V), atol=1e-6)


def test_the_definition_for_one_example_keeps_its_own_number() -> None:
    (found,) = solved(
        r"Let $J=\sum_{m=1}^M e(\mathbf{d}_m,t_m)$ with $e(\mathbf{d},t)=(\mathbf{v}^T\mathbf{d}-t)^2$. Find $\nabla_{\mathbf{v}}J$."
    )
    assert {d.name for d in found.problem.definitions} == {"J", "e"}
