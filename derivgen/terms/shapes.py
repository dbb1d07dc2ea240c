"""Shapes: pairs (rows, columns) of sizes; a size is a positive integer or the LaTeX name of a symbolic size.

A scalar is (1, 1) with the literal 1; a symbolic size is never 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

Size = int | str
Shape = tuple[Size, Size]

SCALAR: Shape = (1, 1)


class ShapeError(Exception):
    """Two shapes that do not fit; ``message`` is in the reader's words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def show(shape: Shape) -> str:
    """``(n, 1)`` as ``n×1``."""
    return f"{shape[0]}×{shape[1]}"


def is_scalar(shape: Shape) -> bool:
    return shape == SCALAR


def is_vector(shape: Shape) -> bool:
    """One axis of literal length 1, the other not: a column or a row."""
    return (shape[0] == 1) != (shape[1] == 1)


def kind(shape: Shape) -> str:
    """What a term of this shape is called."""
    if shape == SCALAR:
        return "scalar"
    if is_vector(shape):
        return "column vector" if shape[1] == 1 else "row vector"
    return "matrix"


class Shaped(Protocol):
    """Anything that has a shape."""

    @property
    def shape(self) -> Shape: ...


def same(what: str, operands: Sequence[Shaped]) -> Shape:
    """The common shape of the operands of a sum or of an element-wise product."""
    first = operands[0].shape
    for operand in operands:
        other = operand.shape
        if other is not first and other != first:
            raise ShapeError(f"{what} of {show(first)} and {show(other)}: the shapes differ")
    return first


def product(factors: Sequence[Shaped]) -> Shape:
    """The shape of a product: any number of scalars, and at most one chain of matrices whose neighbours fit."""
    first: Shape | None = None
    last: Shape = SCALAR
    for factor in factors:
        shape = factor.shape
        if shape is SCALAR or shape == SCALAR:
            continue
        if first is None:
            first = shape
        elif last[1] != shape[0]:
            raise ShapeError(f"product of {show(last)} and {show(shape)} is not defined ({last[1]} ≠ {shape[0]})")
        last = shape
    return SCALAR if first is None else (first[0], last[1])


def square(what: str, shape: Shape) -> Size:
    if shape[0] != shape[1]:
        raise ShapeError(f"{what} needs a square matrix, but its shape is {show(shape)}")
    return shape[0]


def derivative(body: Shape, var: Shape, layout: str) -> Shape:
    """The shape of d(body)/d(var): the table of the conventions, row by row."""
    flip = layout == "numerator"
    if body == SCALAR:
        return (var[1], var[0]) if flip else var
    if var == SCALAR:
        if not is_vector(body):
            return body
        n = body[0] if body[1] == 1 else body[1]
        return (1, n) if layout == "denominator" else (n, 1)
    if is_vector(body) and is_vector(var):
        n = body[0] if body[1] == 1 else body[1]
        if var[0] == 1:
            return (n, var[1])
        return (var[0], n) if layout == "denominator" else (n, var[0])
    if is_vector(body):
        if body[1] == 1 and body[0] == var[0]:
            compressed: Shape = (1, var[1])
        elif body[0] == 1 and body[1] == var[1]:
            compressed = (var[0], 1)
        else:
            raise ShapeError(
                f"the derivative of a {show(body)} vector by a {show(var)} matrix has three indices "
                "and no compressed form"
            )
        return (compressed[1], compressed[0]) if flip else compressed
    raise ShapeError(f"the derivative of a {show(body)} matrix by a {show(var)} variable has more than two indices")
