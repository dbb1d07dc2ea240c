"""Book answers: does what derivgen derives agree with the answer that a problem file carries?

Judged by value and shape, never by text: both NumPy expressions are evaluated at random points for two sets of
unequal sizes.  Nothing here knows the rules, or the interpreter behind the checks.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from derivgen.arrays import array_value
from derivgen.corpus import Entry
from derivgen.derivation import Derivation, Problem, Symbol
from derivgen.face import solve
from derivgen.terms.nodes import Idx, Term
from derivgen.terms.shapes import Size

SIZES = ((3, 4, 2, 5, 6, 7), (4, 2, 5, 3, 7, 6))
"""Two ways to give unequal values to the symbolic sizes of a problem, in their order."""
POINTS = 3
TOLERANCE = 1e-7


def a_function(x: Any) -> Any:
    return np.sin(1.3 * x) + 0.2 * x**2


def its_derivative(x: Any) -> Any:
    return 1.3 * np.cos(1.3 * x) + 0.4 * x


def its_second_derivative(x: Any) -> Any:
    return 0.4 - 1.69 * np.sin(1.3 * x)


STAND_INS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("{}", a_function),
    ("{}_prime", its_derivative),
    ("{}_second", its_second_derivative),
)
"""What a function symbol of the statement, and its derivatives, are evaluated as."""

PROPERTIES: dict[str, Callable[[Any], Any]] = {
    "symmetric": lambda a: (a + a.T) / 2,
    "positive definite": lambda a: a @ a.T + np.eye(len(a)),
    "orthogonal": lambda a: np.linalg.qr(a)[0],
    "diagonal": lambda a: np.diag(np.diag(a)),
    "positive": lambda a: np.abs(a) + 0.3,
    "negative": lambda a: -np.abs(a) - 0.3,
    "nonzero": lambda a: a + np.where(a < 0, -0.3, 0.3),
}


@dataclass(frozen=True)
class Result:
    """One book answer, met or not; ``what`` names layout and part, and what differs."""

    right: bool
    what: str


def compare(entry: Entry, *, seconds: float | None = None) -> list[Result]:
    """Solve a problem file in each layout that it has answers for, and judge every part."""
    if not entry.answers:
        return [Result(False, "carries no book answer")]
    results = []
    for layout in entry.layouts:
        solution = solve(entry.text, source=entry.path.name, layout=layout, seconds=seconds)
        parts = {d.goal.part: d for d in solution.derivations}
        for (part, of_layout), expected in entry.answers.items():
            if of_layout == layout:
                shown = f"{layout}, part ({part})" if part else layout
                trouble = solution.error.message if solution.error else judge(parts.get(part), expected)
                results.append(Result(not trouble, f"{shown}: {trouble}" if trouble else shown))
    return results


def judge(derivation: Derivation | None, expected: str) -> str:
    """What is wrong with a derivation's answer, in words; empty where it agrees with the expression."""
    from derivgen.writers.json_record import answer_record

    if derivation is None:
        return "there is no such part"
    if derivation.error is not None or derivation.answer is None:
        return derivation.error.message if derivation.error else "there is no answer"
    found = str((answer_record(derivation) or {})["numpy"])
    if derivation.goal.kind == "shape":
        return "" if found == expected else f"the shape is {found}, the book says {expected}"
    for sizes, seed in itertools.product(SIZES, range(POINTS)):
        trouble = differ(derivation, found, expected, sizes, seed)
        if trouble:
            return trouble
    return ""


def differ(derivation: Derivation, found: str, expected: str, sizes: tuple[int, ...], seed: int) -> str:
    """Compare at one point; free indices take every value."""
    bound, scope = sample(derivation.problem, sizes, np.random.default_rng(seed))
    free = sorted(free_indices(derivation.answer), key=lambda i: i.letter)
    for values in itertools.product(*(range(size_value(i.size, bound)) for i in free)):
        here = scope | {i.letter: value for i, value in zip(free, values, strict=True)}
        ours, theirs = np.asarray(array_value(found, here)), np.asarray(array_value(expected, here))
        if ours.shape != theirs.shape:
            return f"{found} has the shape {ours.shape}, the book answer {theirs.shape}"
        if not np.allclose(ours, theirs, rtol=TOLERANCE, atol=TOLERANCE):
            return f"{found} differs from the book answer {expected}"
    return ""


def free_indices(answer: Term | None) -> frozenset[Idx]:
    return answer.free if answer is not None else frozenset()


def sample(problem: Problem, sizes: tuple[int, ...], random: Any) -> tuple[dict[str, int], dict[str, Any]]:
    """The sizes by their LaTeX names, and values for everything that the statement declares, by plain names."""
    latex = [latex for _, latex in problem.sizes]
    bound = dict(zip(latex, itertools.cycle(sizes), strict=False))
    scope: dict[str, Any] = {name: bound[latex] for name, latex in problem.sizes}
    for symbol in problem.symbols:
        if symbol.role == "function" or symbol.term is None:
            scope |= {form.format(symbol.name): stand_in for form, stand_in in STAND_INS}
        else:
            scope[symbol.name] = value_of(symbol, bound, random)
    return bound, scope


def value_of(symbol: Symbol, bound: Mapping[str, int], random: Any) -> Any:
    value = random.normal(size=tuple(size_value(size, bound) for size in symbol.shape))
    for word in symbol.properties:
        value = PROPERTIES.get(word, lambda a: a)(value)
    return value


def size_value(size: Size, bound: Mapping[str, int]) -> int:
    return size if isinstance(size, int) else bound[size]
