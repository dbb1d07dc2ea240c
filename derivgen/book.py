"""Book answers: does what derivgen derives agree with the answer that a problem file carries?

Values are judged by value and shape, never by text: both NumPy expressions are evaluated at random points for two sets
of unequal sizes.  A choice is judged by its set of options, a proof by its sides having been verified, prose by the
facts that it must establish.  Nothing here knows the rules, or the interpreter behind the checks.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from derivgen.arrays import array_value
from derivgen.corpus import Entry, Expected
from derivgen.derivation import VERIFIED, Derivation, Solution
from derivgen.errors import InputError
from derivgen.face import solve
from derivgen.samples import SIZES, free_indices, sample, size_value

POINTS = 3
TOLERANCE = 1e-7


@dataclass(frozen=True)
class Result:
    """One book answer, met or not; ``what`` names layout and part, and what differs."""

    right: bool
    what: str
    part: str | None = None
    layout: str = "denominator"


def compare(entry: Entry, *, seconds: float | None = None) -> list[Result]:
    """Solve a problem file in each layout that it has answers for, and judge every part."""
    if not entry.expected:
        return [Result(False, "carries no book answer")]
    results = []
    for layout in entry.layouts:
        asked = None if layout == "denominator" else layout
        solution = solve(entry.text, source=entry.path.name, layout=asked, seconds=seconds)
        results += judged(entry, solution, layout)
    return results


def judged(entry: Entry, solution: Solution, layout: str) -> list[Result]:
    """The verdict on every part of a solution in a layout."""
    results = []
    for part, expected in entry.expected.items():
        if expected.values and layout not in expected.values:
            continue
        shown = f"{layout}, part ({part})" if part else layout
        trouble = trouble_with(solution, part, expected, layout)
        results.append(Result(not trouble, f"{shown}: {trouble}" if trouble else shown, part, layout))
    return results


def trouble_with(solution: Solution, part: str | None, expected: Expected, layout: str) -> str:
    """What is wrong with the answer to a part, in words; empty where it is that of the book."""
    if solution.error is not None:
        return solution.error.message
    found = [d for d in solution.derivations if d.goal.part == part]
    if not found:
        return "there is no such part"
    refused = next((d.error for d in found if d.error is not None), None)
    if refused is not None:
        return refused.message
    return (
        wrong_choices(found, expected)
        or wrong_facts(found, expected)
        or unproved(found, expected)
        or wrong_values(found, expected.values.get(layout, ()))
    )


def wrong_choices(found: Sequence[Derivation], expected: Expected) -> str:
    if expected.choices is None:
        return ""
    chosen = {c.label for d in found for c in d.choices if c.right}
    return "" if chosen == set(expected.choices) else f"chosen: {', '.join(sorted(chosen)) or 'nothing'}"


def wrong_facts(found: Sequence[Derivation], expected: Expected) -> str:
    facts = [f for d in found for f in d.facts]
    for name, value in expected.facts.items():
        held = [f for f in facts if f.name == name and f.value == value]
        if not held:
            others = [f.value for f in facts if f.name == name]
            return f"the fact {name} = {value} is missing" + (f"; found: {', '.join(others)}" if others else "")
        if any(f.check.verdict != VERIFIED for f in held):
            return f"the fact {name} = {value} was not verified"
    return ""


def unproved(found: Sequence[Derivation], expected: Expected) -> str:
    if not expected.proof:
        return ""
    good = all(d.goal.kind == "proof" and d.check.verdict == VERIFIED for d in found)
    return "" if good else "it was not proved"


def wrong_values(found: Sequence[Derivation], expected: Sequence[str]) -> str:
    if not expected:
        return ""
    if len(found) != len(expected):
        return f"{len(found)} answers, the book has {len(expected)}"
    return next((t for d, e in zip(found, expected, strict=True) if (t := judge(d, e))), "")


def judge(derivation: Derivation, expected: str) -> str:
    """What is wrong with a derivation's answer, in words; empty where it agrees with the expression."""
    found = expression(derivation)
    if not found:
        return "there is no answer with a value"
    if derivation.goal.kind == "shape":
        return "" if found == expected else f"the shape is {found}, the book says {expected}"
    try:
        points = itertools.product(sizes_for(derivation), range(POINTS))
        return next((t for sizes, seed in points if (t := differ(derivation, found, expected, sizes, seed))), "")
    except InputError as error:
        return error.message
    except ValueError as error:  # NumPy's own, where shapes of a product do not fit
        return f"{found}, {expected}: {error}"


def sizes_for(derivation: Derivation) -> Sequence[tuple[int, ...]]:
    """The sizes to compare at; where an answer exists only for some, as under a condition on a rank, those checked."""
    check = derivation.check
    if not check.skipped or not check.sizes:
        return SIZES
    names = [name for name, _ in derivation.problem.sizes]
    return [tuple(sizes.get(name, k + 2) for k, name in enumerate(names)) for sizes in check.sizes]


def expression(derivation: Derivation) -> str:
    from derivgen.writers.json_record import answer_record

    return str((answer_record(derivation) or {}).get("numpy") or "")


def differ(derivation: Derivation, found: str, expected: str, sizes: tuple[int, ...], seed: int) -> str:
    """Compare at one point where both are defined; free indices take every value."""
    for positive in (False, True):
        pairs = list(values(derivation, found, expected, sizes, seed, positive=positive))
        if all(np.isfinite(a).all() and np.isfinite(b).all() for a, b in pairs):
            break
    for ours, theirs in pairs:
        if ours.shape != theirs.shape:
            return f"{found} has the shape {ours.shape}, the book answer {theirs.shape}"
        if not np.allclose(ours, theirs, rtol=TOLERANCE, atol=TOLERANCE):
            return f"{found} differs from the book answer {expected}"
    return ""


def values(
    derivation: Derivation, found: str, expected: str, sizes: tuple[int, ...], seed: int, *, positive: bool
) -> Iterator[tuple[Any, Any]]:
    """Both expressions at a random point, for every value of the free indices."""
    bound, scope = sample(derivation, sizes, np.random.default_rng(seed), positive=positive)
    free = sorted(free_indices(derivation), key=lambda i: i.letter)
    for places in itertools.product(*(range(size_value(i.size, bound)) for i in free)):
        here = scope | {i.letter: place for i, place in zip(free, places, strict=True)}
        with np.errstate(all="ignore"):
            yield np.asarray(array_value(found, here)), np.asarray(array_value(expected, here))


def distance(derivation: Derivation, printed: str) -> float:
    """By how much a printed value differs from the answer, relative to its largest entry; NaN where shapes differ."""
    worst = 0.0
    for sizes, seed in itertools.product(sizes_for(derivation), range(POINTS)):
        for ours, theirs in values(derivation, expression(derivation), printed, sizes, seed, positive=True):
            if ours.shape != theirs.shape:
                return float("nan")
            worst = max(worst, float(np.abs(ours - theirs).max() / max(1e-12, np.abs(ours).max())))
    return worst
