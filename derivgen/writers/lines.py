"""Which steps become lines at a level of detail, and what stands to the left of their equals signs.

The substeps of a step are local: each rewrites the subterm at its path.  Opened in the main text they are put back
into the whole line; in a fold they are shown as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from derivgen.derivation import Check, Prose, Step
from derivgen.notation.boxes import Box
from derivgen.terms.nodes import Idx, Term
from derivgen.terms.trees import at, replace_at

ONE_BY_ONE, GROUPS, EVERY = 1, 2, 3
"""The levels of detail from which on every step is a line, a step gives way to its moves (runs of substeps by one
rule), and to every substep."""


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
    """The lines of a derivation at a level of detail; a step that is not shown hands its left side to the next line."""
    chosen = brief(steps) if detail < ONE_BY_ONE else steps
    flat = [piece for step in chosen for piece in opened(step, detail)]
    return tuple(numbered(flat, detail))


def brief(steps: Sequence[Step]) -> list[Step]:
    """The shortest telling: the first line that is worked on, and where each chain of lines arrives.

    A chain that only leads over to the left side of the next one is left out.
    """
    if not steps:
        return []
    heads = [n for n, step in enumerate(steps) if step.left is not None or n == 0]
    chains = [list(steps[start:end]) for start, end in pairwise([*heads, len(steps)])]
    over = [chain[-1].after == after[0].left for chain, after in pairwise(chains)] + [False]
    kept: list[Step] = []
    for chain, leads_over in zip(chains, over, strict=True):
        if not leads_over:
            written_out = [] if kept or len(chain) == 1 else [replace(chain[0], detail=0)]
            told = chain[len(written_out) :]
            left = None if written_out else chain[0].left
            kept += [*written_out, replace(merged(told), left=left, detail=0, substeps=())]
    return kept


def numbered(steps: Sequence[Step], detail: int) -> Iterator[Row]:
    waiting: Term | None = None
    first = True
    for n, step in enumerate(steps):
        waiting = step.left if step.left is not None else waiting
        if step.detail > detail and n < len(steps) - 1:
            continue
        left = waiting if waiting is not None or not first else step.before
        yield Row(left, step.after, step.reason, step.check, step.law, folded(step) if detail < GROUPS else ())
        waiting, first = None, False


# ------------------------------------------------------------------------------------------------- opening
def opened(step: Step, detail: int) -> list[Step]:
    """The step itself, or the lines that replace it at this level."""
    if detail < GROUPS:
        return [step]
    whole = in_place(step)
    if detail < EVERY:
        whole = [merged(list(run)) for _, run in groupby(whole, key=lambda s: s.rule)]
    if len(whole) < 2:
        return [step]
    return [replace(whole[0], left=step.left), *whole[1:]]


def in_place(step: Step) -> list[Step]:
    """The substeps as rewritings of the whole line; none where they do not lead from its beginning to its end."""
    lines: list[Step] = []
    now = step.before
    for part in step.substeps:
        for piece in in_place(part) or [part]:
            path = piece.path if piece is part else (*part.path, *piece.path)
            if not leads_to(now, path, piece.before):
                return []
            then = replace_at(now, path, piece.after)
            lines.append(replace(piece, before=now, after=then, left=None, path=path, substeps=(), detail=step.detail))
            now = then
    return lines if now == step.after else []


def leads_to(term: Term, path: tuple[int, ...], part: Term) -> bool:
    try:
        return at(term, path) == part
    except (IndexError, AttributeError):
        return False


def merged(run: list[Step]) -> Step:
    """Neighbouring moves by one rule as one line, with their reasons side by side, each once."""
    reasons = list(dict.fromkeys(clause for s in run for clause in clauses(s.reason)))
    together = [x for n, reason in enumerate(reasons) for x in (reason if n == 0 else ("; ", *reason))]
    return replace(run[-1], before=run[0].before, reason=tuple(together))


def clauses(reason: Prose) -> Iterator[Prose]:
    """A reason cut at its semicolons."""
    clause: list[str | Term | Idx | Box] = []
    for item in reason:
        first, *rest = item.split("; ") if type(item) is str else (item,)
        clause.append(first)
        for part in rest:
            yield tuple(x for x in clause if x != "")
            clause = [part]
    yield tuple(x for x in clause if x != "")


# ------------------------------------------------------------------------------------------------- folding
def folded(step: Step) -> tuple[Row, ...]:
    """The substeps that a reader may unfold; one alone would only repeat the line."""
    return tuple(local(step.substeps)) if len(step.substeps) > 1 else ()


def local(steps: Sequence[Step]) -> Iterator[Row]:
    last: Term | None = None
    for step in steps:
        left = step.before if step.before != last else None
        yield Row(left, step.after, step.reason, step.check, step.law, folded(step))
        last = step.after
