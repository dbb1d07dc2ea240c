"""Which steps become lines at a level of detail, and what stands to the left of their equals signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from derivgen.derivation import Check, Prose, Step
from derivgen.terms.nodes import Term

OPENING = 2
"""The level of detail from which a step gives way to its substeps."""


@dataclass(frozen=True)
class Row:
    """One line to be shown: ``left = after``, or ``= after`` in a chain."""

    left: Term | None
    after: Term
    reason: Prose
    check: Check
    law: str = ""
    details: tuple[Row, ...] = ()


def shown_rows(steps: Sequence[Step], detail: int) -> tuple[Row, ...]:
    """The lines of a derivation at a level of detail.

    A step that is not shown hands its left side to the next line.  From level 2 on a step with several substeps is
    replaced by those that are to be seen at this level.
    """
    flat = [piece for step in steps for piece in opened(step, detail)]
    return tuple(numbered(flat, detail))


def opened(step: Step, detail: int) -> list[Step]:
    """The step itself, or the substeps that replace it at this level."""
    if detail < OPENING or len(step.substeps) < 2:
        return [step]
    inner = [piece for s in step.substeps for piece in opened(s, detail)]
    seen = [s for s in inner if s.detail <= detail]
    if not seen or seen[-1].after != step.after:
        return [step]
    first = replace(seen[0], left=seen[0].left or step.left)
    return [first, *seen[1:]]


def numbered(steps: Sequence[Step], detail: int) -> Iterator[Row]:
    waiting: Term | None = None
    first = True
    for n, step in enumerate(steps):
        waiting = step.left if step.left is not None else waiting
        if step.detail > detail and n < len(steps) - 1:
            continue
        left = waiting if waiting is not None or not first else step.before
        yield Row(left, step.after, step.reason, step.check, step.law, details(step, detail))
        waiting, first = None, False


def details(step: Step, detail: int) -> tuple[Row, ...]:
    """The substeps that a reader may open; one alone would only repeat the line."""
    if detail >= OPENING or len(step.substeps) < 2:
        return ()
    return tuple(numbered([replace(s, detail=0) for s in step.substeps], detail))
