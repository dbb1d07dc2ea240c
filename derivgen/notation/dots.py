"""Matrices and sums with dots as boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen.notation.boxes import Box, Grid, Operator
from derivgen.notation.pieces import ATOM, PRODUCT, SUM, Piece, at_least, row
from derivgen.terms.dotted import Dotted, Run, put_at, shown_positions

if TYPE_CHECKING:
    from derivgen.notation.present import Setter

ACROSS, DOWN, ASLANT = (Operator(sign, "ordinary") for sign in ("cdots", "vdots", "ddots"))
PLUS = Operator("+", "binary")


def dotted_matrix(term: Dotted, put: Setter) -> Piece:
    """The first and the last elements, dots between."""
    rows, cols = shown_positions(term.i), shown_positions(term.j)
    lines: list[tuple[Box, ...]] = []
    for i in rows:
        cells: list[Box] = []
        for j in cols:
            if i is None or j is None:
                cells.append(DOWN if j is not None else ACROSS if i is not None else ASLANT)
            else:
                cells.append(put(put_at(term.body, [(term.i, i), (term.j, j)])).box)
        lines.append(tuple(cells))
    return Piece(Grid(tuple(lines)), ATOM)


def run(term: Run, put: Setter) -> Piece:
    """The first two terms and the last one, dots between."""
    items: list[Box] = []
    for k in shown_positions(term.index, first=2):
        items += [PLUS] if items else []
        items.append(ACROSS if k is None else at_least(put(put_at(term.body, [(term.index, k)])), PRODUCT))
    return Piece(row(*items), SUM)
