"""The statement of a problem, to be set again: paragraphs, displays, aligned lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from derivgen.derivation import Passage
from derivgen.notation.boxes import Box, Grid, Operator, RowOf, Space
from derivgen.writers.styles import Style
from derivgen.writers.views import Piece

BULLET = "•"


def statement(passages: Sequence[Passage], style: Style) -> Iterator[Piece]:
    """Neighbouring words and formulas joined to one run, so that a template can set them as a paragraph."""
    run: list[str | Box] = []
    kind, label = "run", ""
    for passage in (*passages, Passage("end")):
        if passage.kind in ("text", "math") or (kind == "option" and is_short(passage)):
            run.append(passage.content)
            continue
        if label or any(not isinstance(x, str) or x.strip() for x in run):
            yield Piece(kind, style.join(trimmed(run)), label=label)
        run, kind, label = [], "run", ""
        match passage.kind:
            case "display":
                yield display(passage.content, style)
            case "part":
                label = style.words(f"({str(passage.content).strip('().')})")
            case "option":
                kind, label = "option", style.words(f"{passage.content}." if passage.content else BULLET)
            case "break":
                yield Piece("break")


def is_short(passage: Passage) -> bool:
    """A displayed formula of one row, which in an option stands on the line of its label."""
    return passage.kind == "display" and not isinstance(passage.content, Grid)


def display(box: Box, style: Style) -> Piece:
    """A displayed formula, broken where it is too wide; the rows of an ``align`` as the author aligned them."""
    if not isinstance(box, Grid) or box.left or box.right:
        box = set_apart(box)
        return Piece("display", rows=tuple(style.display(part) for part in style.broken(box, style.full_width)))
    column = max(style.measure(row[0]) for row in box.rows)
    lefts: list[str] = []
    rows: list[str] = []
    for left, *right in box.rows:
        parts = style.broken(RowOf(tuple(right)), style.full_width - column)
        lefts += [style.display(left), *[""] * (len(parts) - 1)]
        rows += [style.display(part) for part in parts]
    return Piece("aligned", rows=tuple(rows), lefts=tuple(lefts))


def set_apart(box: Box) -> Box:
    """A displayed row with its equations a quad apart, where they are listed with commas."""
    if not isinstance(box, RowOf):
        return box
    items = list(box.items)
    for n, (item, following) in enumerate(pairwise(items), start=1):
        if isinstance(item, Operator) and item.sign == "," and following == Space("medium"):
            items[n] = Space("quad")
    return RowOf(tuple(items))


def trimmed(run: list[str | Box]) -> list[str | Box]:
    """The run without the blanks at its ends."""
    out: list[str | Box] = []
    for n, item in enumerate(run):
        if isinstance(item, str):
            item = item.lstrip() if n == 0 else item
            item = item.rstrip() if n == len(run) - 1 else item
        out.append(item)
    return out
