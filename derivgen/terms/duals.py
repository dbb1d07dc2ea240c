"""Arrays with labelled axes, and dual numbers over them: the arithmetic of the interpreter.

An ``Array`` carries one axis per label (an index letter, or an axis of a perturbation), in the order of the labels,
and then always rows and columns.  An axis that is not there means: the same for every value of that label.

A ``Value`` is a polynomial in nilpotent units ε_1, ε_2, … (one per derivative being taken), as a dictionary from the
bit mask of the units to an Array; the key 0 is the plain value.  Distinct bits keep nested derivatives apart.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Data = NDArray[Any]
Operation = Callable[[Data, Data], Data]


class Array(NamedTuple):
    axes: tuple[int, ...]
    data: Data


Value = dict[int, Array]

ROWS, COLS = -2, -1
"""The two axes that every array has, as sources of ``arrange``."""
CONDITION = 1e10
"""A matrix with a larger condition number counts as singular: its inverse is not a number."""


# ------------------------------------------------------------------------------------------- labelled arrays
def spread(a: Array, axes: tuple[int, ...]) -> Data:
    """The data with an axis of length one for each label that it lacks; leading ones are left to broadcasting."""
    own, data = a
    if own == axes or not own:
        return data
    lengths, k, last = [], 0, len(own)
    for x in axes:
        if k < last and own[k] == x:
            lengths.append(data.shape[k])
            k += 1
        elif k:
            lengths.append(1)
    return data if len(lengths) == last else data.reshape(*lengths, *data.shape[-2:])


def union(left: tuple[int, ...], right: tuple[int, ...]) -> tuple[int, ...]:
    if left == right or not right:
        return left
    return tuple(sorted({*left, *right})) if left else right


def pair(op: Operation, a: Array, b: Array) -> Array:
    """A binary operation, labels matched."""
    left, right = a.axes, b.axes
    if left == right or not right:
        return Array(left, op(a.data, b.data))
    if not left:
        return Array(right, op(a.data, b.data))
    axes = tuple(sorted({*left, *right}))
    return Array(axes, op(spread(a, axes), spread(b, axes)))


def constant(data: Data) -> Value:
    return {0: Array((), data)}


def number(x: float) -> Value:
    return {0: Array((), np.full((1, 1), x))}


def arrange(a: Array, rows: int | None, cols: int | None, shape: tuple[int, int]) -> Array:
    """New rows and columns, each taken from a label, from ROWS or COLS, or (None) of length one.

    A label that the array lacks is repeated to the length that ``shape`` gives; rows or columns that are not used
    must have length one.
    """
    ndim = a.data.ndim
    place = {x: k for k, x in enumerate(a.axes)} | {ROWS: ndim - 2, COLS: ndim - 1}
    used = [place[x] for x in (rows, cols) if x is not None and x in place]
    kept = [x for x in a.axes if x not in (rows, cols)]
    order = [place[x] for x in kept] + used
    rest = [k for k in range(ndim) if k not in order]
    data = a.data.transpose(order + rest)
    lengths = [a.data.shape[place[x]] if x is not None and x in place else 1 for x in (rows, cols)]
    data = data.reshape(*data.shape[: len(kept)], *lengths)
    if tuple(lengths) != shape:
        data = np.broadcast_to(data, (*data.shape[:-2], *shape))
    return Array(tuple(kept), data)


def take(a: Array, label: int, at: int) -> Array:
    """One position of a label (counted from 0), which disappears."""
    if label not in a.axes:
        return a
    k = a.axes.index(label)
    return Array(a.axes[:k] + a.axes[k + 1 :], a.data[(slice(None),) * k + (at,)])


def relabel(a: Array, old: int, new: int) -> Array:
    """A label renamed; where the new one is there already, the diagonal of the two."""
    if old not in a.axes or old == new:
        return a
    k = a.axes.index(old)
    if new in a.axes:
        data = np.diagonal(a.data, axis1=k, axis2=a.axes.index(new))
        rest = tuple(x for x in a.axes if x not in (old, new))
        return sort_axes((*rest, new), np.moveaxis(data, -1, len(rest)))
    return sort_axes((*a.axes[:k], new, *a.axes[k + 1 :]), a.data)


def sort_axes(axes: tuple[int, ...], data: Data) -> Array:
    n = len(axes)
    order = sorted(range(n), key=axes.__getitem__) if n > 1 else [0]
    if order == list(range(n)):
        return Array(axes, data)
    return Array(tuple(axes[k] for k in order), data.transpose([*order, n, n + 1]))


def open_axis(a: Array, axis: int, label: int) -> Array:
    """Rows (or columns) turned into a label, leaving a length of one behind; the diagonal where the label is there."""
    ndim = a.data.ndim
    if label in a.axes:
        k = a.axes.index(label)
        data = np.diagonal(a.data, axis1=k, axis2=ndim + axis)
        data = np.moveaxis(data, -1, k)
        return Array(a.axes, data[..., None, :] if axis == ROWS else data[..., :, None])
    n = len(a.axes)
    at = bisect(a.axes, label)
    axes = (*a.axes[:at], label, *a.axes[at:])
    turned, left = (n, n + 1) if axis == ROWS else (n + 1, n)
    data = a.data.transpose(*range(at), turned, *range(at, n), left)
    return Array(axes, data[..., None, :] if axis == ROWS else data[..., None])


# -------------------------------------------------------------------------------------------------- algebra
def add(u: Value, v: Value) -> Value:
    out = dict(u)
    for mask, b in v.items():
        a = out.get(mask)
        out[mask] = b if a is None else pair(np.add, a, b)
    return out


def product(op: Operation, u: Value, v: Value) -> Value:
    """A bilinear product (entry by entry, or of matrices): ε² = 0."""
    if len(u) == 1 and len(v) == 1 and 0 in u and 0 in v:
        return {0: pair(op, u[0], v[0])}
    out: Value = {}
    for m, a in u.items():
        for n, b in v.items():
            if m & n:
                continue
            c = pair(op, a, b)
            out[m | n] = pair(np.add, out[m | n], c) if m | n in out else c
    return out


def multiply(u: Value, v: Value) -> Value:
    return product(np.multiply, u, v)


def linear(u: Value, f: Callable[[Data], Data]) -> Value:
    """A linear map of the rows and columns, the same for every label."""
    return {mask: Array(a.axes, f(a.data)) for mask, a in u.items()}


def scaled(u: Value, factor: float) -> Value:
    return linear(u, lambda d: d * factor)


def transposed(u: Value) -> Value:
    return linear(u, lambda d: d.swapaxes(-1, -2))


def total(u: Value) -> Value:
    """The sum of all entries of a matrix."""
    return linear(u, lambda d: d.sum(axis=(-2, -1), keepdims=True))


def sum_label(u: Value, label: int, size: int) -> Value:
    """The sum over a label; a part that lacks it is multiplied by the length."""

    def part(a: Array) -> Array:
        if label not in a.axes:
            return Array(a.axes, a.data * size)
        k = a.axes.index(label)
        return Array(a.axes[:k] + a.axes[k + 1 :], np.add.reduce(a.data, axis=k))

    return {mask: part(a) for mask, a in u.items()}


def split(*values: Value) -> tuple[int, list[Value], list[Value]]:
    """The highest unit ε of several values u = v + ε w, with the v and the w."""
    bit = 1 << (max(max(u, default=0) for u in values).bit_length() - 1)
    low = [{m: a for m, a in u.items() if not m & bit} for u in values]
    high = [{m ^ bit: a for m, a in u.items() if m & bit} for u in values]
    return bit, low, high


def join(bit: int, low: Value, high: Value) -> Value:
    return low | {m | bit: a for m, a in high.items()}


def plain(*values: Value) -> bool:
    return all(len(u) == 1 for u in values)


# ------------------------------------------------------------------------------------------------ functions
class Smooth(NamedTuple):
    """A function of numbers: its value, and its slope by each argument as a value of the arguments."""

    value: Callable[..., Data]
    slope: Callable[[int, Sequence[Value]], Value]


def apply(f: Smooth, args: Sequence[Value]) -> Value:
    """A function entry by entry: f(v + ε w) = f(v) + ε Σ f_i(v) w_i."""
    if plain(*args):
        axes: tuple[int, ...] = ()
        for u in args:
            axes = union(axes, u[0].axes)
        return {0: Array(axes, f.value(*(spread(u[0], axes) for u in args)))}
    bit, low, high = split(*args)
    moved: Value = {}
    for i, w in enumerate(high):
        if w:
            moved = add(moved, multiply(f.slope(i, low), w))
    return join(bit, apply(f, low), moved)


def power(u: Value, exponent: float) -> Value:
    """A constant power, entry by entry."""
    if exponent == 1:
        return u
    if exponent == 0:
        return {0: Array(u[0].axes, np.ones_like(u[0].data))}
    if plain(u):
        return {0: Array(u[0].axes, np.power(u[0].data, exponent))}
    bit, (low,), (high,) = split(u)
    return join(bit, power(low, exponent), multiply(scaled(power(low, exponent - 1), exponent), high))


def general_power(u: Value, e: Value) -> Value:
    """A power whose exponent varies: with the position, or with what is differentiated by."""
    if plain(e):
        if plain(u):
            return {0: pair(np.power, u[0], e[0])}
        bit, (low,), (high,) = split(u)
        slope = multiply(e, general_power(low, add(e, number(-1.0))))
        return join(bit, general_power(low, e), multiply(slope, high))
    return apply(FUNCTIONS["exp"], [multiply(e, apply(FUNCTIONS["log"], [u]))])


def inverse(u: Value) -> Value:
    """(v + ε w)⁻¹ = V − ε V w V with V = v⁻¹."""
    if plain(u):
        return {0: Array(u[0].axes, _inverse(u[0].data))}
    bit, (low,), (high,) = split(u)
    v = inverse(low)
    return join(bit, v, scaled(product(np.matmul, product(np.matmul, v, high), v), -1.0))


def _inverse(data: Data) -> Data:
    try:
        inv: Data = np.linalg.inv(data)
    except np.linalg.LinAlgError:
        return np.full_like(data, np.nan)
    grade = np.abs(data).max(axis=(-2, -1), keepdims=True) * np.abs(inv).max(axis=(-2, -1), keepdims=True)
    return np.where(grade < CONDITION, inv, np.nan)


def determinant(u: Value) -> Value:
    """det(v + ε w) = d + ε d tr(v⁻¹ w) with d = det v."""
    if plain(u):
        data = u[0].data
        det = np.linalg.det(data)[..., None, None]
        bound = np.prod(np.sqrt((data**2).sum(axis=-1, keepdims=True)), axis=-2, keepdims=True)
        # What rounding leaves of a singular matrix is no determinant.
        return {0: Array(u[0].axes, np.where(np.abs(det) > bound / CONDITION, det, 0.0))}
    bit, (low,), (high,) = split(u)
    det_low = determinant(low)
    slope = multiply(det_low, trace(product(np.matmul, inverse(low), high)))
    return join(bit, det_low, slope)


def trace(u: Value) -> Value:
    return linear(u, lambda d: np.trace(d, axis1=-2, axis2=-1)[..., None, None])


def norm(u: Value) -> Value:
    return power(total(multiply(u, u)), 0.5)


# ----------------------------------------------------------------------------------------- the named functions
def _named(name: str) -> Callable[[Value], Value]:
    return lambda u: apply(FUNCTIONS[name], [u])


def _minus(u: Value) -> Value:
    return scaled(u, -1.0)


def _plus_one(u: Value) -> Value:
    return add(u, number(1.0))


def _nothing(u: Value) -> Value:
    return linear({0: u[0]}, np.zeros_like)


def _sigmoid(d: Data) -> Data:
    return 1.0 / (1.0 + np.exp(-d))


_ROWS: dict[str, tuple[Callable[[Data], Any], Callable[[Value], Value]]] = {
    "exp": (np.exp, _named("exp")),
    "log": (np.log, lambda u: power(u, -1)),
    "sin": (np.sin, _named("cos")),
    "cos": (np.cos, lambda u: _minus(_named("sin")(u))),
    "tan": (np.tan, lambda u: _plus_one(power(_named("tan")(u), 2))),
    "sec": (lambda d: 1 / np.cos(d), lambda u: multiply(_named("sec")(u), _named("tan")(u))),
    "csc": (lambda d: 1 / np.sin(d), lambda u: _minus(multiply(_named("csc")(u), _named("cot")(u)))),
    "cot": (lambda d: 1 / np.tan(d), lambda u: _minus(_plus_one(power(_named("cot")(u), 2)))),
    "arcsin": (np.arcsin, lambda u: power(_plus_one(_minus(power(u, 2))), -0.5)),
    "arccos": (np.arccos, lambda u: _minus(power(_plus_one(_minus(power(u, 2))), -0.5))),
    "arctan": (np.arctan, lambda u: power(_plus_one(power(u, 2)), -1)),
    "sinh": (np.sinh, _named("cosh")),
    "cosh": (np.cosh, _named("sinh")),
    "tanh": (np.tanh, lambda u: _plus_one(_minus(power(_named("tanh")(u), 2)))),
    "sigmoid": (_sigmoid, lambda u: multiply(_named("sigmoid")(u), _plus_one(_minus(_named("sigmoid")(u))))),
    "relu": (lambda d: np.where(d > 0, d, 0.0), _named("step")),
    "step": (lambda d: np.where(d > 0, 1.0, 0.0), _nothing),
    "abs": (np.abs, _named("sign")),
    "sign": (np.sign, _nothing),
}


def _smooth(value: Callable[[Data], Any], slope: Callable[[Value], Value]) -> Smooth:
    return Smooth(value, lambda i, args: slope(args[0]))


FUNCTIONS: dict[str, Smooth] = {name: _smooth(*row) for name, row in _ROWS.items()}
