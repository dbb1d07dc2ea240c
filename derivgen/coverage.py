"""A table of a source's exercises: solved, every step verified, the book's answer met, the source's fault noted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from derivgen.book import judged
from derivgen.corpus import Entry
from derivgen.derivation import VERIFIED, Derivation, Solution, Step
from derivgen.face import solve

HEAD = ("id", "solved", "steps verified", "answer", "fault of the source")


@dataclass(frozen=True)
class Row:
    """One exercise: its number, whether it is solved, verified and right, what is wrong, and the source's fault."""

    id: str
    solved: bool
    verified: bool
    right: bool
    trouble: str = ""
    fault: str = ""

    @property
    def good(self) -> bool:
        return self.solved and self.verified and self.right


def coverage(entries: Sequence[Entry], *, seconds: float | None = None) -> list[Row]:
    """A row for every exercise of the entries that have a number: a lettered part, a question, a worked text."""
    numbered = sorted((e for e in entries if e.id), key=lambda e: in_order(e.id))
    return [row for entry in numbered for row in rows_of(entry, seconds)]


def in_order(number: str) -> tuple[bool, list[int], str]:
    """2.3.10 behind 2.3.9, worked texts last."""
    return number.startswith("T"), [int(n) for n in re.findall(r"\d+", number)], number


def rows_of(entry: Entry, seconds: float | None) -> list[Row]:
    solution = solve(entry.text, source=entry.path.name, seconds=seconds)
    verdicts = {r.part: r for r in judged(entry, solution, "denominator")}
    for layout in entry.layouts:
        if layout != "denominator":
            other = solve(entry.text, source=entry.path.name, layout=layout, seconds=seconds)
            verdicts |= {r.part: r for r in judged(entry, other, layout) if not r.right}
    if entry.id.startswith("T"):  # a worked text counts as a whole
        wrong = [v for v in verdicts.values() if not v.right]
        told = wrong[0].what if wrong else ""
        right = bool(verdicts) and not wrong
        return [row(entry.id, solution.derivations, solution, right, told, ", ".join(entry.faults))]
    rows = []
    for part, verdict in verdicts.items():
        found = [d for d in solution.derivations if d.goal.part == part]
        expected = entry.expected[part]
        names = entry.rows if part is None and entry.rows else (f"{entry.id}{part or ''}",)
        for k, name in enumerate(names):
            own = found[k : k + 1] if len(names) > 1 else found
            told = "" if verdict.right else verdict.what
            rows.append(row(name, own, solution, verdict.right, told, expected.fault))
    return rows


def row(
    name: str, derivations: Sequence[Derivation], solution: Solution, right: bool, trouble: str, fault: str
) -> Row:
    unanswered = solution.problem is not None and bool(solution.problem.unanswered)
    solved = bool(derivations) and all(d.status == "solved" for d in derivations) and not unanswered
    verified = bool(derivations) and all(is_verified(d) for d in derivations)
    if unanswered and not trouble and solution.problem is not None:
        trouble = "".join(str(x) for x in solution.problem.unanswered[0] if isinstance(x, str))
    return Row(name, solved, verified, right, trouble, fault)


def is_verified(derivation: Derivation) -> bool:
    """Whether the answer, every line and every fact was verified; a shape rests on its types alone."""
    whole = derivation.check.verdict == VERIFIED or (derivation.goal.kind == "shape" and not derivation.steps)
    facts = [f.check for f in derivation.facts] + [c.check for c in derivation.choices]
    return whole and all(map(step_verified, derivation.steps)) and all(c.verdict == VERIFIED for c in facts)


def step_verified(step: Step) -> bool:
    return step.check.verdict == VERIFIED and all(map(step_verified, step.substeps))


def table(rows: Sequence[Row]) -> str:
    """The rows as a table for the terminal, and how many are good."""
    cells = [HEAD] + [
        (r.id, sign(r.solved), sign(r.verified), sign(r.right), r.fault + (f"  {r.trouble}" if r.trouble else ""))
        for r in rows
    ]
    widths = [max(len(c[k]) for c in cells) for k in range(len(HEAD) - 1)]
    lines = ["  ".join([*(c[k].ljust(widths[k]) for k in range(len(widths))), c[-1]]).rstrip() for c in cells]
    good = sum(r.good for r in rows)
    return "\n".join([*lines, "", f"{good} of {len(rows)}"]) + "\n"


def sign(good: bool) -> str:
    return "yes" if good else "NO"
