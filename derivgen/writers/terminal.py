"""The derivation in a terminal: aligned equals signs, reasons at the side where there is room, else below."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from unicodedata import combining, east_asian_width

from derivgen.writers.stacked_text import BELOW
from derivgen.writers.views import Line, Option, Piece, Reading, Table

MARGIN, GAP, CONTINUED = 2, 3, 4
NARROW_REASON = 26
MOSTLY = 0.7
"""The share of lines with room for a reason at the side from which on the reasons stand there."""
BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass(frozen=True)
class Terminal:
    width: int = 100
    color: bool = False
    ascii: bool = False

    @property
    def filters(self) -> dict[str, Callable[..., str]]:
        found: list[Callable[..., str]] = [
            self.steps, self.readings, self.options, self.lined, self.indented, aligned, result, self.fill, self.bold,
            self.dim,
        ]  # fmt: skip
        return {made.__name__: made for made in found}

    def bold(self, text: str) -> str:
        return f"{BOLD}{text}{PLAIN}" if self.color and text else text

    def dim(self, text: str) -> str:
        return f"{DIM}{text}{PLAIN}" if self.color and text else text

    def fill(self, text: str, indent: int = MARGIN, hang: int = 0) -> str:
        """A paragraph wrapped at the width of the terminal."""
        first, rest = " " * indent, " " * (indent + hang)
        return "\n".join(wrapped(text, self.width, first, rest))

    def readings(self, rows: Sequence[Reading]) -> str:
        """The read-back as a table."""
        left = max((columns(r.space or r.symbol) for r in rows), default=0)
        middle = max((columns(r.what) for r in rows), default=0)
        return "\n".join(
            f"  {padded(r.space or r.symbol, left)}   {padded(r.what, middle)}   {r.role}".rstrip() for r in rows
        )

    def steps(self, lines: Sequence[Line]) -> str:
        """The lines of one part."""
        number = max((len(line.number) for line in lines), default=0)
        left = max((columns(line.left) for line in lines if not line.hanging), default=0)
        start = MARGIN + (number + 4 if number else 0)
        formulas = [formula_rows(line, left) for line in lines]
        widths = [start + max(map(columns, rows)) for rows in formulas]
        fitting = [w for w in widths if w + GAP + NARROW_REASON <= self.width]
        side = max(fitting, default=0) + GAP if len(fitting) >= MOSTLY * len(widths) else None
        return "\n".join(
            row for line, rows in zip(lines, formulas, strict=True) for row in self.line(line, rows, start, left, side)
        )

    def line(self, line: Line, rows: list[str], start: int, left: int, side: int | None) -> list[str]:
        tag = f"({line.number})" if line.number else ""
        lead = [" " * MARGIN + padded(tag, start - MARGIN)] + [" " * start] * (len(rows) - 1)
        shown = [a + b for a, b in zip(lead, rows, strict=True)]
        if side is None:
            under = " " * (start + CONTINUED)
            return [*shown, *map(self.dim, wrapped(f"({line.reason})", self.width, under, under))]
        return self.beside(shown, wrapped(line.reason, self.width - side, "", ""), side)

    def options(self, options: Sequence[Option]) -> str:
        """Options with their marks, and their reasons in a column of their own or below."""
        label = max(len(option.label) for option in options)
        marks = ("[ ]", "[x]") if self.ascii else ("✗", "✓")
        start = MARGIN + label + len(marks[0]) + 2
        widest = max(columns(row) for option in options for row in option.rows)
        side = start + widest + GAP
        rows = []
        for option in options:
            head = f"{' ' * MARGIN}{padded(option.label, label, end=True)} {marks[option.right]} "
            shown = [(" " * (start + CONTINUED) if n else head) + row for n, row in enumerate(option.rows)]
            if side + NARROW_REASON > self.width:
                under = " " * (start + CONTINUED)
                rows += [*shown, *map(self.dim, wrapped(option.reason, self.width, under, under))]
            else:
                rows += self.beside(shown, wrapped(option.reason, self.width - side, "", ""), side)
        return "\n".join(rows)

    def indented(self, text: str) -> str:
        """Lines that are wrapped one by one, as those of a picture told in words."""
        return "\n".join(self.fill(line, indent=2 * MARGIN, hang=CONTINUED) for line in text.splitlines())

    def lined(self, table: Table) -> str:
        """A table with its head underlined; where the page is too narrow its cells are wrapped."""
        widths = [max(map(columns, cells)) for cells in zip(table.head, *table.rows, strict=True)]
        if sum(widths) + GAP * (len(widths) - 1) > self.width - 2 * MARGIN:
            widths = [int(w) for w in table.widths]
        rule = "-" if self.ascii else "─"
        head = cells_of(table.head, widths)
        body = [line for row in table.rows for line in cells_of(row, widths)]
        lines = [*map(self.bold, head), rule * min(max(map(columns, [*head, *body])), self.width - 2 * MARGIN), *body]
        return "\n".join(" " * MARGIN + line for line in lines)

    def beside(self, shown: list[str], reasons: list[str], side: int) -> list[str]:
        """Reasons in the column at ``side``, from the first row on after which no formula reaches into it."""
        skip = max((n for n, row in enumerate(shown, 1) if columns(row) + GAP > side), default=0)
        count = max(len(shown), skip + len(reasons))
        texts = shown + [""] * (count - len(shown))
        column = [""] * skip + reasons + [""] * (count - skip - len(reasons))
        pairs = zip(texts, column, strict=True)
        return [f"{padded(a, side)}{self.dim(b)}" if b else a.rstrip() for a, b in pairs]


def aligned(piece: Piece) -> str:
    """The rows of an aligned display, their relations under one another."""
    left = max(map(columns, piece.lefts), default=0)
    pairs = zip(piece.lefts, piece.rows, strict=True)
    return "\n".join(f"    {padded(a, left, end=True)} {b}".rstrip() for a, b in pairs)


def cells_of(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The lines of one row of a table."""
    cells = [wrapped(cell, width, "", "") or [""] for cell, width in zip(row, widths, strict=True)]
    lines = zip_longest(*cells, fillvalue="")
    return [(" " * GAP).join(padded(c, w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines]


def formula_rows(line: Line, left: int) -> list[str]:
    """The rows of a line: ``left = right``, or a wide left side above its right side."""
    if line.hanging:
        head = [" " * (CONTINUED if n else 0) + row for n, row in enumerate(line.head)]
        return [*head, *set_in(line.right, 2, CONTINUED + 2)]
    first, *others = set_in(line.right, left + 1, left + CONTINUED)
    return [padded(line.left, left, end=True) + first[left:], *others]


def result(rows: Sequence[str], shape: str) -> str:
    """The rows of an answer; behind the last formula the space in which it lies."""
    last = max((n for n, row in enumerate(rows) if not row.startswith(BELOW)), default=0)
    told = [f"{row} {shape}" if shape and n == last else row for n, row in enumerate(rows)]
    return "\n".join(set_in(told, MARGIN, MARGIN + CONTINUED))


def set_in(rows: Sequence[str], first: int, rest: int) -> list[str]:
    """Rows set in, the first by its own measure; those that go on below another stand under it."""
    out: list[str] = []
    now = first
    for n, row in enumerate(rows):
        now = now if row.startswith(BELOW) else rest if n else first
        out.append(" " * now + row.removeprefix(BELOW))
    return out


def wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    rows = textwrap.wrap(
        text, max(width, len(rest) + 12), initial_indent=first, subsequent_indent=rest, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
    return [row.replace("\N{NO-BREAK SPACE}", " ") for row in rows]


def columns(text: str) -> int:
    """Columns that a text takes in a terminal: none for a combining mark, two for a wide character."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int, end: bool = False) -> str:
    space = " " * max(0, width - columns(text))
    return space + text if end else text + space
