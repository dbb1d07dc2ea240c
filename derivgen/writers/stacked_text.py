"""Matrices with dots in readable text: their rows under one another, the rest of the formula on the first row."""

from __future__ import annotations

from derivgen.notation.boxes import Box, Grid, Operator
from derivgen.writers.unicode_text import Printer, text

BELOW = "\v"
"""What a row begins with that goes on under the one before it, at the same column."""
WIDE = 40
"""A matrix wider than this on one line is set in rows, too."""
WIDEST = 64
"""One that is wider in rows is left on one line, which can be broken."""
SIGNS = (("⎡", "⎤"), ("⎢", "⎥"), ("⎣", "⎦"))
FIRST = 0xE000


def stacked(box: Box, ascii: bool = False) -> tuple[str, ...]:
    """The rows of a formula; one where it has no such matrix."""
    printer = _Stacker(ascii)
    line = printer.spell(box).strip()
    if not printer.blocks:
        return (text(box, ascii),)
    height = max(map(len, printer.blocks))
    rows = []
    for k in range(height):
        row, n = "", 0
        while n < len(line):
            at = ord(line[n]) - FIRST
            if 0 <= at < len(printer.blocks):
                block = printer.blocks[at]
                row += block[k] if k < len(block) else " " * len(block[0])
                n += len(block[0])
            else:
                row += line[n] if k == 0 else " "
                n += 1
        rows.append(row.rstrip())
    return (rows[0], *(BELOW + row for row in rows[1:]))


class _Stacker(Printer):
    """Spells on one line, with a run of private signs for each matrix that is set in rows."""

    def __init__(self, ascii_only: bool) -> None:
        super().__init__(ascii_only)
        self.blocks: list[list[str]] = []

    def spell(self, box: Box) -> str:
        if not isinstance(box, Grid) or len(box.rows) < 2 or self.depth or box.left != "[":
            return super().spell(box)
        flat = super().spell(box)
        if not has_dots(box) and len(flat) <= WIDE:
            return flat
        cells = [[text(cell, self.ascii) for cell in line] for line in box.rows]
        if any(c != c.strip() or ord(max(c, default=" ")) >= FIRST for line in cells for c in line):
            return flat
        rows = block(cells, self.ascii)
        if len(rows[0]) > WIDEST:
            return flat
        self.blocks.append(rows)
        return chr(FIRST + len(self.blocks) - 1) * len(self.blocks[-1][0])


def has_dots(grid: Grid) -> bool:
    return any(isinstance(cell, Operator) and cell.sign == "vdots" for line in grid.rows for cell in line)


def block(cells: list[list[str]], ascii: bool) -> list[str]:
    """The rows of a matrix, its columns centred."""
    signs = (("[", "]"),) * 3 if ascii else SIGNS
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    out = []
    for k, line in enumerate(cells):
        left, right = signs[0 if k == 0 else 2 if k == len(cells) - 1 else 1]
        inner = "  ".join(c.center(w) for c, w in zip(line, widths, strict=True))
        out.append(f"{left}{inner}{right}")
    return out
