"""A variation held against its original: what is wrong with it, if anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from derivgen.derivation import Derivation, Solution
from derivgen.errors import Ambiguous, ShapeFault
from derivgen.face import solve
from tests.variations.kin import Kin
from tests.variations.oracle import compared, differences, names_differ, words_differ

SECONDS = 20.0
EQUAL = ("sizes made equal", "a size made one")
"""Kin whose shapes tell less, or other things, than the original's: other facts are found.  So it is where a factor
makes a claim of the statement false, and where rows have become columns."""


@cache
def original(statement: str) -> Solution:
    return solve(statement, seconds=SECONDS)


def good(derivation: Derivation) -> bool:
    """Solved, with every line verified; the shape of a formula rests on its types alone."""
    verified = derivation.check.verdict == "verified" or derivation.goal.kind == "shape"
    return derivation.status == "solved" and verified


def answered(solution: Solution) -> list[Derivation]:
    return [d for d in solution.derivations if good(d)]


def kinds(derivations: list[Derivation], kin: Kin) -> list[tuple[str | None, str]]:
    """The parts and what they ask; the Hessian by a vector of one element is a second derivative,
    and a regrouping may be called so by the task or by the form."""
    part = {d.goal.part: kin.labels.get(d.goal.part or "", d.goal.part) for d in derivations}
    one = kin.kind == "a size made one"
    return [(part[d.goal.part], "" if one else d.goal.kind.replace("vectorise", "regroup")) for d in derivations]


def trouble(statement: str, kin: Kin) -> tuple[list[str], int, int]:
    """What is wrong with the solution of a variation; how many goals were compared, and how many with differences."""
    one, other = original(statement), solve(kin.text, seconds=SECONDS)
    if other.problem is None:
        if "size" in kin.kind and isinstance(other.error, Ambiguous):
            return [], 0, 0  # equal sizes allow a second reading, and the product says so
        if kin.kind == "a size made one" and isinstance(other.error, ShapeFault) and "≠ ?" in other.error.message:
            return [], 0, 0  # a vector of no stated length is not taken for a number
        return [f"not read: {other.error.message if other.error else ''}"], 0, 0
    wanted = [d for d in answered(one) if kin.part in (None, d.goal.part)]
    found = list(other.derivations)
    if kin.kind == "a size made one" and any(d.error and "no unique" in d.error.message for d in found):
        return (
            [],
            0,
            0,
        )  # a matrix of one row has no full column rank: nothing singles a point out, and the product says so
    missing = len(other.problem.unanswered) - (len(one.problem.unanswered) if one.problem and not kin.part else 0)
    wrong = [f"({d.goal.part}) {d.error.message if d.error else d.check.verdict}" for d in found if not good(d)]
    if missing > 0:
        wrong.append("".join(str(x) for x in other.problem.unanswered[0]))
    if kinds(wanted, replace(kin, labels={})) != kinds([d for d in found if good(d)], kin):
        return [*wrong, f"goals {[(d.goal.part, d.goal.kind) for d in found]}"], 0, 0
    count, other_words = 0, kin.kind in EQUAL or "all two" in kin.how or kin.scale != 1 or kin.turned
    for a, b in zip(wanted, [d for d in found if good(d)], strict=True):
        wrong += [f"({a.goal.part}) {t}" for t in manner(a, b, kin) if t]
        values, slopes = compared(a, b, kin), differences(b)
        count += slopes is not None
        said = (
            words_differ(a, b, kin) if kin.same_words and kin.scale == 1 else "" if other_words else names_differ(a, b)
        )
        wrong += [f"({a.goal.part}) {t}" for t in (values, slopes, said) if t]
    return wrong, len(wanted), count


def manner(one: Derivation, other: Derivation, kin: Kin) -> Iterator[str]:
    """Whether it was done in the layout and by the method that the variation asks for, or else in the original's."""
    told = not kin.told or one.goal.part in kin.told
    layout, method = kin.layout or one.layout, (kin.method if told else "") or one.method
    if other.layout != layout:
        yield f"the layout is {other.layout}, not {layout}"
    if other.method != method:
        yield f"the method is {other.method}, not {method}"
