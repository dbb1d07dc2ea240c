"""A stationary point put to the numbers: the gradient vanishes there, and no point nearby lies lower (or higher).

Both are evaluated from the function itself, without the derivation.  Directions along which the conditions of the
problem stay fulfilled are found by their values alone.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from derivgen.derivation import UNCHECKED, Check
from derivgen.terms.nodes import Derivative, Hessian, Mat, Named, Norm, Num, Pow, Sym, Term, Times, Tp, Tr
from derivgen.terms.sampling import seed_of
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild

if TYPE_CHECKING:
    from derivgen.engine.check import Checker
    from derivgen.terms.numbers import Evaluator

FLAT = 1e-6
"""A gradient smaller than this part of the gradients nearby counts as zero."""
ROUNDING = 1e-9
DIRECTIONS, AXES = 6, 4
FAR, CLOSE = (1.0, 0.1, 0.01), (0.02, 0.005)
"""How far the points lie that are compared, relative to the point: for a convex function, and for others."""


@dataclass(frozen=True)
class Point:
    """A function, the unknowns with their values, and equations (as terms that are zero) that the unknowns fulfil."""

    objective: Term
    values: tuple[tuple[Term, Term], ...]
    equations: tuple[Term, ...] = ()

    @property
    def terms(self) -> list[Term]:
        return [self.objective, *(t for pair in self.values for t in pair), *self.equations]


def smooth(term: Term) -> Term:
    """A squared norm as a product: a norm has no derivative where it is zero, its square has."""
    match term:
        case Named(_, meaning) if meaning.shape == SCALAR:
            return smooth(meaning)
        case Pow(Norm(inner), Num(2, 1)):
            inner = smooth(inner)
            return Times(Tp(inner), inner) if inner.shape[1] == 1 else Tr(Times(Tp(inner), inner))
    return rebuild(term, smooth)


def vanishes(checker: Checker | None, point: Point) -> Check:
    """That the gradient is zero at the point: in all directions, or in those that the equations leave."""
    if checker is None:
        return Check(UNCHECKED)

    def test(evaluator: Evaluator) -> str | None:
        here, allowed = values_at(evaluator, point), directions(evaluator, point)
        if here is None:
            return None
        slope = gradient(evaluator, point, here)
        steps = [shifted(here, d, 0.3) for d in random_directions(point, here, 3)]
        around = [g for s in steps if finite(g := gradient(evaluator, point, s))]
        if not finite(slope) or not around:
            return None
        largest = max(float(abs(g).max(initial=0.0)) for g in around)
        if allowed is not None:
            slope = allowed @ slope
        left = float(abs(slope).max(initial=0.0))
        return "" if left <= FLAT * largest or left == 0 else f": the gradient there is {left:.3g}, and not zero"

    return checker.everywhere(test, point.terms)


def is_extreme(checker: Checker | None, point: Point, lowest: bool, everywhere: bool) -> Check:
    """That the function is not smaller (larger) at points around: at any distance, or close by only."""
    if checker is None:
        return Check(UNCHECKED)

    def test(evaluator: Evaluator) -> str | None:
        here, allowed = values_at(evaluator, point), directions(evaluator, point)
        if here is None:
            return None
        value = height(evaluator, point, here)
        seen = False
        for d in (*along_axes(here), *random_directions(point, here, DIRECTIONS)):
            step = d if allowed is None else allowed @ d
            for far in FAR if everywhere else CLOSE:
                there = shifted(here, step, far)
                other = height(evaluator, point, there)
                if not finite(value) or not finite(other) or not in_domain(there):
                    continue
                seen = True
                gain = (other - value) if lowest else (value - other)
                if gain < -ROUNDING * max(abs(value), abs(other)):
                    word = "smaller" if lowest else "larger"
                    return f": {value:.6g} at the point and {other:.6g} near it, which is {word}"
        return "" if seen else None

    return checker.everywhere(test, point.terms)


def is_definite(checker: Checker | None, objective: Term, unknown: Term, answer: Term, lowest: bool) -> Check:
    """That all eigenvalues of the Hessian at the point have one sign."""
    if checker is None:
        return Check(UNCHECKED)
    point = Point(objective, ((unknown, answer),))

    def test(evaluator: Evaluator) -> str | None:
        import numpy as np

        here = values_at(evaluator, point)
        if here is None:
            return None
        second = evaluator.array_at(Hessian(smooth(objective), unknown, unknown), here)
        if not finite(second):
            return None
        eigenvalues = np.linalg.eigvalsh((second + second.T) / 2) * (1 if lowest else -1)
        least = float(eigenvalues[0])
        return "" if least > ROUNDING * abs(eigenvalues).max() else f": the Hessian has the eigenvalue {least:.3g}"

    return checker.everywhere(test, point.terms)


# -------------------------------------------------------------------------------------------- values as arrays
def values_at(evaluator: Evaluator, point: Point) -> dict[Term, Any] | None:
    """The unknowns at the point, each as an array; None where the point is not finite or not in its domain."""
    found: dict[Term, Any] = {}
    for symbol, value in point.values:
        if isinstance(symbol, Mat) and isinstance(value, Mat):
            pairs = zip(symbol.entries, value.entries, strict=True)
            found.update({s: evaluator.array(v) for s, v in pairs})
        else:
            found[symbol] = evaluator.array(value)
    return found if all(finite(v) for v in found.values()) and in_domain(found) else None


def in_domain(values: Mapping[Term, Any]) -> bool:
    """Whether the unknowns have the signs that they were declared with."""
    for symbol, data in values.items():
        props = set(symbol.props) if isinstance(symbol, Sym) else set()
        if "positive" in props and not (data > 0).all():
            return False
        if props & {"nonnegative", "non-negative"} and not (data >= 0).all():
            return False
        if "between 0 and 1" in props and not ((data > 0) & (data < 1)).all():
            return False
    return True


def finite(data: Any) -> bool:
    import numpy as np

    return bool(np.isfinite(data).all())


def height(evaluator: Evaluator, point: Point, values: Mapping[Term, Any]) -> float:
    return float(evaluator.array_at(point.objective, values)[0, 0])


def gradient(evaluator: Evaluator, point: Point, values: Mapping[Term, Any]) -> Any:
    """The derivatives by all the unknowns, one after the other."""
    import numpy as np

    objective = smooth(point.objective)
    parts = [evaluator.array_at(Derivative(objective, s, "denominator"), values).ravel() for s in values]
    return np.concatenate(parts)


def shifted(values: Mapping[Term, Any], step: Any, far: float) -> dict[Term, Any]:
    """The unknowns moved along a direction that holds all of them one after the other."""
    out: dict[Term, Any] = {}
    at = 0
    for symbol, data in values.items():
        out[symbol] = data + far * step[at : at + data.size].reshape(data.shape)
        at += data.size
    return out


def random_directions(point: Point, values: Mapping[Term, Any], count: int) -> list[Any]:
    """Directions of the size of the point itself; of positive unknowns smaller than they are."""
    import numpy as np

    rng = random.Random(seed_of("nearby", len(point.values), count))
    sizes = np.concatenate([scale(s, v).ravel() for s, v in values.items()])
    return [sizes * np.array([rng.uniform(-1.0, 1.0) for _ in sizes]) for _ in range(count)]


def along_axes(values: Mapping[Term, Any]) -> list[Any]:
    """A step to either side in each of the first unknowns alone."""
    import numpy as np

    sizes = np.concatenate([scale(s, v).ravel() for s, v in values.items()])
    rows = np.diag(sizes)[:AXES]
    return [*rows, *(-rows)]


def scale(symbol: Term, data: Any) -> Any:
    import numpy as np

    signed = isinstance(symbol, Sym) and {"positive", "nonnegative", "between 0 and 1"} & set(symbol.props)
    return 0.9 * abs(data) if signed else np.full_like(data, max(0.1, float(abs(data).max())), dtype=float)


def directions(evaluator: Evaluator, point: Point) -> Any:
    """The projection onto the directions along which the (linear) equations stay fulfilled; None without equations."""
    import numpy as np

    if not point.equations:
        return None
    here = values_at(evaluator, point)
    if here is None:
        return None
    base = side(evaluator, point, here)
    count = sum(v.size for v in here.values())
    columns = []
    for k in range(count):
        unit = np.zeros(count)
        unit[k] = 1.0
        columns.append(side(evaluator, point, shifted(here, unit, 1.0)) - base)
    slopes = np.stack(columns, axis=1)
    projection: Sequence[Any] = np.eye(count) - np.linalg.pinv(slopes) @ slopes
    return projection


def side(evaluator: Evaluator, point: Point, values: Mapping[Term, Any]) -> Any:
    import numpy as np

    return np.concatenate([evaluator.array_at(e, values).ravel() for e in point.equations])


def fulfilled(checker: Checker | None, equation: Term, values: Sequence[tuple[Term, Term]]) -> Check:
    """That a condition, as a term that is zero, holds at the point: relative to its value at other points."""
    if checker is None:
        return Check(UNCHECKED)
    point = Point(equation, tuple(values), (equation,))

    def test(evaluator: Evaluator) -> str | None:
        here = values_at(evaluator, point)
        if here is None:
            return None
        left = float(abs(side(evaluator, point, here)).max())
        others = [shifted(here, d, 1.0) for d in random_directions(point, here, 3)]
        largest = max(float(abs(side(evaluator, point, o)).max()) for o in others)
        return "" if left <= FLAT * largest else f": the condition is missed by {left:.3g}"

    return checker.everywhere(test, point.terms)
