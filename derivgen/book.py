"""Book answers: does what derivgen derives agree with the answer that a problem file carries?

Values are judged by value and shape, never by text: both NumPy expressions are evaluated at random points for two sets
of unequal sizes.  A choice is judged by its set of options, a proof by its sides having been verified, prose by the
facts that it must establish.  Nothing here knows the rules, or the interpreter behind the checks.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

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
    for sizes, seed in itertools.product(SIZES, range(POINTS)):
        trouble = differ(derivation, found, expected, sizes, seed)
        if trouble:
            return trouble
    return ""


def expression(derivation: Derivation) -> str:
    from derivgen.writers.json_record import answer_record

    return str((answer_record(derivation) or {}).get("numpy") or "")


def differ(derivation: Derivation, found: str, expected: str, sizes: tuple[int, ...], seed: int) -> str:
    """Compare at one point; free indices take every value."""
    bound, scope = sample(derivation, sizes, np.random.default_rng(seed))
    free = sorted(free_indices(derivation), key=lambda i: i.letter)
    for values in itertools.product(*(range(size_value(i.size, bound)) for i in free)):
        here = scope | {i.letter: value for i, value in zip(free, values, strict=True)}
        try:
            ours, theirs = np.asarray(array_value(found, here)), np.asarray(array_value(expected, here))
        except InputError as error:
            return error.message
        if ours.shape != theirs.shape:
            return f"{found} has the shape {ours.shape}, the book answer {theirs.shape}"
        if not np.allclose(ours, theirs, rtol=TOLERANCE, atol=TOLERANCE):
            return f"{found} differs from the book answer {expected}"
    return ""


def distance(derivation: Derivation, printed: str) -> float:
    """By how much a printed value differs from the answer, relative to its largest entry; NaN where shapes differ."""
    found, worst = expression(derivation), 0.0
    for sizes, seed in itertools.product(SIZES, range(POINTS)):
        bound, scope = sample(derivation, sizes, np.random.default_rng(seed))
        free = sorted(free_indices(derivation), key=lambda i: i.letter)
        here = scope | {i.letter: size_value(i.size, bound) - 1 for i in free}
        ours, theirs = np.asarray(array_value(found, here)), np.asarray(array_value(printed, here))
        if ours.shape != theirs.shape:
            return float("nan")
        worst = max(worst, float(np.abs(ours - theirs).max() / max(1e-12, np.abs(ours).max())))
    return worst
