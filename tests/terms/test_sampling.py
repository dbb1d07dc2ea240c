"""Samples have the properties that they are declared with, and are the same in every run."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from derivgen.terms.nodes import Name, Sym
from derivgen.terms.sampling import MOODS, RECIPES, Sampler

PROPERTIES: dict[str, Callable[[np.ndarray], bool]] = {
    "symmetric": lambda a: np.array_equal(a, a.T),
    "skew-symmetric": lambda a: np.array_equal(a, -a.T),
    "positive definite": lambda a: np.array_equal(a, a.T) and bool((np.linalg.eigvalsh(a) > 0.1).all()),
    "invertible": lambda a: np.linalg.cond(a) < 50,
    "orthogonal": lambda a: np.allclose(a.T @ a, np.eye(len(a))),
    "projection": lambda a: np.allclose(a @ a, a) and np.allclose(a, a.T),
    "diagonal": lambda a: np.array_equal(a, np.diag(np.diag(a))),
    "upper triangular": lambda a: np.array_equal(a, np.triu(a)),
    "stochastic": lambda a: np.allclose(a.sum(axis=1), 1) and bool((a > 0).all()),
    "one-hot": lambda a: np.array_equal(a.sum(axis=1), np.ones(len(a))) and set(a.ravel()) <= {0.0, 1.0},
    "positive": lambda a: bool((a > 0).all()),
    "nonnegative": lambda a: bool((a >= 0).all()),
    "negative": lambda a: bool((a < 0).all()),
    "nonzero": lambda a: bool((a != 0).all()),
    "binary": lambda a: set(a.ravel()) <= {0.0, 1.0},
}


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("word", PROPERTIES)
def test_matrices_have_their_property(word: str, mood: str) -> None:
    symbol = Sym(Name("M", "bold"), "n", "n", (word,))
    for seed in range(3):
        assert PROPERTIES[word](Sampler(seed, mood).symbol(symbol, 4, 4))


def test_vectors() -> None:
    def sample(word: str) -> np.ndarray:
        return Sampler().symbol(Sym(Name("v", "bold"), "n", 1, (word,)), 5, 1)

    assert sorted(sample("one-hot").ravel()) == [0, 0, 0, 0, 1]
    assert np.isclose(np.linalg.norm(sample("unit")), 1)
    assert np.isclose(sample("probability").sum(), 1)


@pytest.mark.parametrize("word", RECIPES)
def test_every_recipe_serves_size_one(word: str) -> None:
    assert np.isfinite(Sampler().symbol(Sym(Name("M"), 1, 1, (word,)), 1, 1)).all()


def test_two_samples_differ_in_sign_and_repeat_themselves() -> None:
    symbol = Sym(Name("x", "bold"), "n", 1)
    general, again = (Sampler(0, mood).symbol(symbol, 6, 1) for mood in MOODS[:2])
    assert (general * again < 0).all()
    assert np.array_equal(general, Sampler().symbol(symbol, 6, 1))
    assert not np.array_equal(general, Sampler(1).symbol(symbol, 6, 1))
