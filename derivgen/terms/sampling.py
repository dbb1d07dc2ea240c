"""Sample values for symbols, undetermined functions and generic functions; the same seed gives the same values.

A sample satisfies the declared properties and nothing more.  ``MOODS`` is the order in which samples are tried: at
first entries of either sign, because symmetric positive samples hide faults; the later ones serve functions that are
not defined everywhere.
"""

from __future__ import annotations

import math
import random
import zlib
from collections.abc import Callable, Sequence

import numpy as np

from derivgen.terms.duals import FUNCTIONS, Array, Data, Smooth, Value, add, apply
from derivgen.terms.nodes import Name, Sym

MOODS = ("general", "again", "positive", "unit", "large", "small", "negative")
RANGES: dict[str, tuple[float, float]] = {
    "general": (0.3, 1.4),
    "again": (0.2, 1.1),
    "positive": (0.4, 1.9),
    "unit": (0.15, 0.85),
    "large": (2.1, 3.4),
    "small": (0.05, 0.2),
    "negative": (-1.6, -0.3),
}
BOTH_SIGNS = ("general", "again", "small")

Draw = random.Random
Recipe = Callable[[Draw, int, int], Data]


def uniform(rng: Draw, rows: int, cols: int, low: float, high: float, signs: bool = False) -> Data:
    width = high - low
    flat = [low + width * rng.random() for _ in range(rows * cols)]
    if signs:
        flat = [x if rng.random() < 0.5 else -x for x in flat]
    return np.array(flat).reshape(rows, cols)


def general(rng: Draw, rows: int, cols: int) -> Data:
    return uniform(rng, rows, cols, 0.3, 1.4, signs=True)


def symmetric(rng: Draw, rows: int, cols: int) -> Data:
    a = general(rng, rows, cols)
    return np.tril(a) + np.tril(a, -1).T


def skew(rng: Draw, rows: int, cols: int) -> Data:
    a = np.tril(general(rng, rows, cols), -1)
    return a - a.T


def positive_definite(rng: Draw, rows: int, cols: int) -> Data:
    a = general(rng, rows, cols)
    return a @ a.T * 0.5 + 0.8 * np.eye(rows)


def invertible(rng: Draw, rows: int, cols: int) -> Data:
    """Diagonally heavy, so that it is well conditioned; the determinant may have either sign."""
    heavy = np.diag([rng.choice((-1.0, 1.0)) * (1.0 + 0.6 * rows) for _ in range(rows)])
    return uniform(rng, rows, cols, 0.1, 0.9, signs=True) + heavy


def positive_determinant(rng: Draw, rows: int, cols: int) -> Data:
    return uniform(rng, rows, cols, 0.1, 0.9, signs=True) + (1.0 + 0.6 * rows) * np.eye(rows)


def diagonal(rng: Draw, rows: int, cols: int) -> Data:
    return general(rng, rows, cols) * np.eye(rows, cols)


def orthogonal(rng: Draw, rows: int, cols: int) -> Data:
    n = max(rows, cols)
    q: Data = np.linalg.qr(general(rng, n, n) + np.eye(n))[0]
    return q[:rows, :cols]


def semi_orthogonal(rng: Draw, rows: int, cols: int) -> Data:
    """Orthonormal columns (rows ≥ cols)."""
    return orthogonal(rng, rows, cols)


def projection(rng: Draw, rows: int, cols: int) -> Data:
    q = orthogonal(rng, rows, rows)[:, : max(1, rows // 2)]
    out: Data = q @ q.T
    return out


def one_hot(rng: Draw, rows: int, cols: int) -> Data:
    """One 1: in a vector, or in each row of a matrix."""
    out: Data = np.array([np.eye(cols)[rng.randrange(cols)] for _ in range(rows)])
    return np.eye(rows)[:, [rng.randrange(rows)]] if cols == 1 else out


def unit_norm(rng: Draw, rows: int, cols: int) -> Data:
    a = general(rng, rows, cols)
    out: Data = a / np.sqrt((a * a).sum())
    return out


def probabilities(rng: Draw, rows: int, cols: int) -> Data:
    a = uniform(rng, rows, cols, 0.2, 1.0)
    out: Data = a / a.sum() if 1 in (rows, cols) else a / a.sum(axis=1, keepdims=True)
    return out


def sum_of_one(rng: Draw, rows: int, cols: int) -> Data:
    a = general(rng, rows, cols)
    out: Data = a + (1.0 - a.sum()) / a.size
    return out


def integers(rng: Draw, rows: int, cols: int) -> Data:
    return np.array([float(rng.randrange(2, 5)) for _ in range(rows * cols)]).reshape(rows, cols)


def signs(rng: Draw, rows: int, cols: int) -> Data:
    return np.array([rng.choice((-1.0, 1.0)) for _ in range(rows * cols)]).reshape(rows, cols)


def binary(rng: Draw, rows: int, cols: int) -> Data:
    return np.array([float(rng.randrange(2)) for _ in range(rows * cols)]).reshape(rows, cols)


def between(low: float, high: float, both: bool = False) -> Recipe:
    return lambda rng, rows, cols: uniform(rng, rows, cols, low, high, signs=both)


RECIPES: dict[str, Recipe] = {
    "one-hot": one_hot,
    "onehot": one_hot,
    "orthogonal": orthogonal,
    "orthonormal columns": semi_orthogonal,
    "projection": projection,
    "idempotent": projection,
    "positive definite": positive_definite,
    "symmetric positive definite": positive_definite,
    "positive semidefinite": positive_definite,
    "summing to 1": sum_of_one,
    "probability": probabilities,
    "probabilities": probabilities,
    "stochastic": probabilities,
    "skew-symmetric": skew,
    "antisymmetric": skew,
    "diagonal": diagonal,
    "symmetric": symmetric,
    "upper triangular": lambda rng, rows, cols: np.triu(general(rng, rows, cols)),
    "lower triangular": lambda rng, rows, cols: np.tril(general(rng, rows, cols)),
    "invertible": invertible,
    "nonsingular": invertible,
    "non-singular": invertible,
    "unit": unit_norm,
    "unit norm": unit_norm,
    "unit vector": unit_norm,
    "natural": integers,
    "integer": integers,
    "sign": signs,
    "signs": signs,
    "binary": binary,
    "positive": between(0.4, 1.9),
    "non-negative": between(0.4, 1.9),
    "nonnegative": between(0.4, 1.9),
    "negative": between(-1.9, -0.4),
    "non-positive": between(-1.9, -0.4),
    "nonpositive": between(-1.9, -0.4),
    "between 0 and 1": between(0.15, 0.85),
    "nonzero": between(0.4, 1.9, both=True),
    "non-zero": between(0.4, 1.9, both=True),
}
"""The property words with their samples; where a symbol has several, the first of this table counts."""

INVERTIBLE = ("invertible", "nonsingular", "non-singular")

SHAPED: dict[str, Callable[[Data], Data]] = {
    "symmetric": lambda d: (d + d.swapaxes(-1, -2)) / 2,
    "positive definite": lambda d: (d + d.swapaxes(-1, -2)) / 2,
    "diagonal": lambda d: d * np.eye(d.shape[-1]),
}
"""What an undetermined function with such a property may vary in."""


def seed_of(*parts: object) -> int:
    """A seed that is the same in every process."""
    return zlib.crc32("|".join(map(repr, parts)).encode())


def wavelets(name: Name, arity: int, seed: int, mood: str) -> tuple[float, tuple[tuple[float, ...], ...]]:
    """Offset, and (amplitude, phase, frequencies…) of two waves: a function with all its derivatives."""
    rng = random.Random(seed_of("function", tuple(name), arity, seed))
    offset = 0.3 if mood in BOTH_SIGNS else 3.0
    waves = tuple(
        (rng.uniform(0.6, 1.2), rng.uniform(0.0, 6.0), *(rng.uniform(0.5, 1.3) for _ in range(arity))) for _ in range(2)
    )
    return (-offset if mood == "negative" else offset), waves


class Sampler:
    """Sample values under one seed and mood; ``extra`` holds properties that the conditions add to symbols."""

    def __init__(self, seed: int = 0, mood: str = "general", extra: dict[Sym, tuple[str, ...]] | None = None) -> None:
        self.seed, self.mood, self.extra = seed, mood, extra or {}

    def symbol(self, symbol: Sym, rows: int, cols: int) -> Data:
        """A value for a symbol with its properties."""
        rng = random.Random(seed_of(tuple(symbol.name), symbol.shape, self.seed, self.mood))
        props = {*symbol.props, *self.extra.get(symbol, ())}
        if props:
            for word, recipe in RECIPES.items():
                if word in props:
                    if word in INVERTIBLE and self.mood != "general":
                        recipe = positive_determinant
                    return recipe(rng, rows, cols)
        low, high = RANGES[self.mood]
        if self.mood == "again":  # the other signs, other sizes
            first = Sampler(self.seed).symbol(symbol, rows, cols)
            return np.where(first > 0, -1.0, 1.0) * uniform(rng, rows, cols, low, high)
        data = uniform(rng, rows, cols, low, high, signs=self.mood in BOTH_SIGNS)
        square = symbol.shape[0] == symbol.shape[1] != 1
        if square and self.mood not in ("general", "again"):
            data = data + (np.eye(rows) if self.mood != "negative" else -np.eye(rows)) * (rows * high)
        return data

    def undetermined(self, symbol: Sym, rows: int, cols: int, deps: Sequence[Value]) -> Value:
        """A smooth function of what the symbol depends on: centre + ½ sin(phase + linear form)."""
        rng = random.Random(seed_of("undetermined", tuple(symbol.name), symbol.shape, self.seed, self.mood))
        angle: Value = {0: _bare(uniform(rng, rows, cols, -1.0, 1.0))}
        for dep in deps:
            p, q = dep[0].data.shape[-2:]
            form = uniform(rng, rows * cols, p * q, 0.3, 1.2, signs=True).reshape(rows, cols, p, q)
            angle = add(angle, {m: a._replace(data=_contract(a.data, form)) for m, a in dep.items()})
        wave = apply(FUNCTIONS["sin"], [angle])
        shaped = next((f for word, f in SHAPED.items() if word in symbol.props), lambda d: d)
        moving = {m: a._replace(data=shaped(a.data) * 0.35) for m, a in wave.items()}
        return add({0: _bare(self.symbol(symbol, rows, cols))}, moving)

    def generic(self, name: Name, orders: tuple[int, ...]) -> Smooth:
        """A concrete smooth function for a generic one, differentiated as often as ``orders`` says."""
        offset, waves = wavelets(name, len(orders), self.seed, self.mood)
        turn = sum(orders) * math.pi / 2

        def value(*args: Data) -> Data:
            out: Data = np.full((1, 1), 0.0 if any(orders) else offset)
            for amplitude, phase, *rates in waves:
                factor = amplitude * math.prod(w**k for w, k in zip(rates, orders, strict=True))
                angle = sum((w * a for w, a in zip(rates, args, strict=True)), np.zeros((1, 1)))
                out = out + factor * np.sin(angle + phase + turn)
            return out

        def slope(i: int, args: Sequence[Value]) -> Value:
            raised = tuple(k + (j == i) for j, k in enumerate(orders))
            return apply(self.generic(name, raised), args)

        return Smooth(value, slope)


def _bare(data: Data) -> Array:
    return Array((), data)


def _contract(data: Data, form: Data) -> Data:
    return np.tensordot(data, form, axes=([-2, -1], [2, 3]))
