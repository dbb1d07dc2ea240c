"""A derivative by every entry of a variable, laid out as a matrix: the table of the conventions.

The perturbed entries are two labels of a value (see ``terms.duals``); no rule of index calculus is used.
"""

from __future__ import annotations

import numpy as np

from derivgen.terms import duals
from derivgen.terms.duals import COLS, ROWS, Array, Value
from derivgen.terms.shapes import SCALAR, Shape, is_vector

PERTURBED = 1_000_000
"""Labels from here on are axes of perturbations; index letters count from 0."""

Label = int | None
"""An axis of a perturbation; None where it has length one and has been dropped."""


class NoValue(Exception):
    """The term has no value here: it does not exist, for the reason given."""


def axes_of(bit: int) -> tuple[int, int]:
    """The labels of the row and column of a perturbed entry."""
    level = 2 * bit.bit_length()
    return PERTURBED + level, PERTURBED + level + 1


def drop(u: Value, label: Label) -> Value:
    """An axis of length one, given up."""
    return u if label is None else {m: duals.take(a, label, 0) for m, a in u.items()}


def lay_out(u: Value, r: Label, c: Label, body: Shape, var: Shape, layout: str, shape: tuple[int, int]) -> Value:
    """A derivative by all entries of a variable, as a matrix in a layout."""
    numerator = layout == "numerator"
    if body == SCALAR and r is c is None:
        return u
    if body == SCALAR:
        rows, cols = (c, r) if numerator else (r, c)
    elif var == SCALAR:
        u = drop(drop(u, r), c)
        if not is_vector(body):
            return {m: duals.arrange(a, ROWS, COLS, shape) for m, a in u.items()}
        along = ROWS if body[1] == 1 else COLS
        rows, cols = (None, along) if layout == "denominator" else (along, None)
    elif is_vector(body) and is_vector(var):
        along = ROWS if body[1] == 1 else COLS
        by, single = (r, c) if var[1] == 1 else (c, r)
        u = drop(u, single)
        rows, cols = (by, along) if layout == "denominator" and var[1] == 1 else (along, by)
    else:
        return compressed(u, r, c, body, numerator, shape)
    return {m: duals.arrange(a, rows, cols, shape) for m, a in u.items()}


def compressed(u: Value, r: Label, c: Label, body: Shape, numerator: bool, shape: tuple[int, int]) -> Value:
    """A vector by a matrix: dy_i/dX_ik, which must not depend on i, nor y_i on another row of X."""
    assert r is not None and c is not None
    own, other, axis = (r, c, ROWS) if body[1] == 1 else (c, r, COLS)
    out: Value = {}
    for m, a in u.items():
        if own not in a.axes:  # nothing moves
            out[m] = duals.arrange(a, None, None, shape) if not a.data.any() else a
            continue
        n = a.data.shape[a.axes.index(own)]
        diagonal = duals.open_axis(a, axis, own)
        first = duals.take(diagonal, own, 0)
        unit = np.eye(n)[:, :, None] if axis == ROWS else np.eye(n)[:, None, :]
        whole = duals.pair(np.multiply, first, Array((own,), unit))
        scale = max(1.0, float(np.abs(a.data).max()))
        if np.abs(duals.spread(whole, a.axes) - a.data).max() > 1e-9 * scale:
            raise NoValue("the derivative of this vector by a matrix has three indices and no compressed form")
        rows, cols = (None, other) if axis == ROWS else (other, None)
        out[m] = duals.arrange(first, *((cols, rows) if numerator else (rows, cols)), shape)
    return out
