"""Where a line stands: its left side in the column that the left sides share, or on a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from derivgen.notation.boxes import Box, Operator, RowOf
from derivgen.writers.lines import Row
from derivgen.writers.styles import Style

EQUALS = Operator("=", "relation")


@dataclass(frozen=True)
class Placed:
    """A line as boxes, with the width of the column of left sides; ``hanging`` where its chain does not use it."""

    row: Row
    left: Box | None
    right: Box
    hanging: bool = False
    column: float = 0.0


def placed(rows: Sequence[Row], style: Style) -> list[Placed]:
    """The lines with their chains placed: beside the column of left sides, or hanging under a wide left side."""
    found = [
        Placed(r, style.present(r.left) if r.left is not None else None, RowOf((EQUALS, style.present(r.after))))
        for r in rows
    ]
    heads = [n for n, p in enumerate(found) if p.left is not None]
    chains = [found[a:b] for a, b in pairwise([*heads, len(found)])]
    column = column_of(chains, style)
    hanging = [hangs(chain, column, style) for chain in chains]
    column = column_of([c for c, h in zip(chains, hanging, strict=True) if not h], style)
    return [replace(p, hanging=h, column=column) for c, h in zip(chains, hanging, strict=True) for p in c]


def column_of(chains: Sequence[Sequence[Placed]], style: Style) -> float:
    widths = [style.measure(chain[0].left) for chain in chains if chain[0].left is not None]
    return max((w for w in widths if w <= style.left_width), default=0.0)


def hangs(chain: Sequence[Placed], column: float, style: Style) -> bool:
    """Whether the left side of a chain stands on a row of its own: where it is too wide, or a break is saved by it."""
    left = style.measure(chain[0].left) if chain[0].left is not None else 0.0
    beside, below = style.line_width - column, style.line_width - style.indent
    saved = any(beside < style.measure(p.right) <= below for p in chain)
    return left > style.left_width or (left > style.left_width / 2 and saved)
