"""What is drawn of a function of two variables: its heights over a square, and the steepest way from a point.

All numbers come from the interpreter of terms: the heights by putting a row of numbers in the place of each variable,
the way by small steps along the gradient that dual numbers give.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from derivgen.derivation import Surface
from derivgen.terms.layouts import NoValue
from derivgen.terms.nodes import At, Counter, Derivative, Idx, Num, Plus, Term, Times
from derivgen.terms.numbers import Evaluator

CELLS = 22
"""How many cells the surface has along each side."""
STEPS, HALVINGS = 60, 6
"""How many steps of the way half a side of the square takes; how often a last step that goes too far is halved."""
MOST_STEPS = 6 * STEPS
ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
SEEN = 0.06
"""The share of the heights over the square that the way must cross to be seen as going down."""

Data = np.ndarray[Any, np.dtype[np.float64]]
Place = tuple[float, float, float]


@dataclass(frozen=True)
class Relief:
    """Heights over the square of half the side ``half`` round ``middle`` (one row for each x), and the steepest way."""

    middle: tuple[float, float]
    half: float
    heights: Data
    way: tuple[Place, ...]

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest height; a flat surface is given some room."""
        low, high = float(self.heights.min()), float(self.heights.max())
        flat = high - low <= 1e-9 * max(abs(low), abs(high))
        return (low - 0.5, high + 0.5) if flat else (low, high)


def relief(surface: Surface) -> Relief | None:
    """The surface over the first square that shows it well; None where it has no values."""
    found = None
    for middle, half in squares(surface.start):
        heights = heights_over(surface, middle, half)
        if heights is None or not np.isfinite(heights).all():
            continue
        made = Relief(middle, half, heights, tuple(steepest_way(surface, middle, half)))
        low, high = made.span
        levels = [z for _, _, z in made.way]
        if not np.isfinite(levels).all():
            return None
        if max(levels) - min(levels) >= SEEN * (high - low):
            return made
        found = found or made
    return found


def squares(start: tuple[float, float]) -> Iterator[tuple[tuple[float, float], float]]:
    """Squares to try: round the origin with the start in it, then ever smaller ones round the start."""
    reach = max(map(abs, start)) or 1.0
    yield (0.0, 0.0), rounded(1.4 * reach)
    for k in range(1, 7):
        yield start, reach / 2**k


def rounded(length: float) -> float:
    """The next round number."""
    power: float = 10.0 ** math.floor(math.log10(length))
    return next(r * power for r in ROUND if r * power >= length * (1 - 1e-9))


# ------------------------------------------------------------------------------------------------- values
def exact(x: float) -> Num:
    value = Fraction(x).limit_denominator(10**9)
    return Num(value.numerator, value.denominator)


def heights_over(surface: Surface, middle: tuple[float, float], half: float) -> Data | None:
    p, q = Idx("p", "grid"), Idx("q", "grid")
    step = 2 * half / CELLS
    rows = [Plus(exact(m - half - step), Times(exact(step), Counter(i))) for m, i in zip(middle, (p, q), strict=True)]
    try:
        found = Evaluator({"grid": CELLS + 1}).array(at(surface.height, surface, *rows), [p, q])
    except NoValue:
        return None
    return np.asarray(found[:, :, 0, 0], dtype=float)


def at(term: Term, surface: Surface, x: Term, y: Term) -> Term:
    return At(term, surface.variables[0], x, surface.variables[1], y)


def value(term: Term, surface: Surface, x: float, y: float) -> float:
    return float(Evaluator({}).array(at(term, surface, exact(x), exact(y)))[0, 0])


def steepest_way(surface: Surface, middle: tuple[float, float], half: float) -> Iterator[Place]:
    """Steps of one length along (or against) the gradient, until the square or the slope ends."""
    slopes = [Derivative(surface.height, v) for v in surface.variables]
    sign = -1.0 if surface.down else 1.0
    x, y = surface.start
    z = value(surface.height, surface, x, y)
    yield x, y, z
    step, halved = half / STEPS, 0
    for _ in range(MOST_STEPS):
        dx, dy = (value(s, surface, x, y) for s in slopes)
        length = math.hypot(dx, dy)
        if not math.isfinite(length) or length == 0.0:
            return
        nx, ny = x + sign * step * dx / length, y + sign * step * dy / length
        nz = value(surface.height, surface, nx, ny)
        if max(abs(nx - middle[0]), abs(ny - middle[1])) > half:
            return
        if not sign * (nz - z) > 0:  # beyond the lowest (or highest) point
            step, halved = step / 2, halved + 1
            if halved > HALVINGS:
                return
            continue
        x, y, z = nx, ny, nz
        yield x, y, z
