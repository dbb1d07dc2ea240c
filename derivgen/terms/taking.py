"""Which element of a derivative is taken: the table of layouts, row by row (docs/layouts.md)."""

from __future__ import annotations

from dataclasses import dataclass

from derivgen.terms.build import entry
from derivgen.terms.nodes import Derivative, Idx, Named, Position, Sym, Term
from derivgen.terms.shapes import SCALAR, Shape, Size, is_vector
from derivgen.terms.trees import Fresh, untransposed

Axes = tuple[Idx, ...]


@dataclass(frozen=True)
class Taken:
    """A general element of a question.

    element: the scalar derivative; place: its (row, column) in the question; axes: the letters in the order in which
    regrouping reads them (row, column).
    """

    element: Derivative
    place: tuple[Position, Position]

    @property
    def axes(self) -> Axes:
        return tuple(p for p in self.place if isinstance(p, Idx))

    @property
    def is_row(self) -> bool:
        return not isinstance(self.place[0], Idx) and isinstance(self.place[1], Idx)


def along(shape: Shape, at: Position) -> tuple[Position, Position]:
    """The place of element ``at`` in a column or a row."""
    return (at, 1) if shape[1] == 1 else (1, at)


def length(shape: Shape) -> Size:
    return shape[0] if shape[1] == 1 else shape[1]


def take_element(question: Derivative, fresh: Fresh) -> Taken:
    """A general element of a derivative of at most two indices, with the letters that its place has."""
    body, var, flip = question.body, question.var, question.layout == "numerator"
    symbol = untransposed(var)
    if body.shape == SCALAR and var.shape == SCALAR:
        return Taken(Derivative(body, var), (1, 1))
    if body.shape == SCALAR:
        return _scalar_by(question, body, symbol, flip, fresh)
    if var.shape == SCALAR:
        return _by_scalar(question, body, var, fresh)
    if not (is_vector(body.shape) and is_vector(var.shape)):
        raise ValueError("no element of two indices")
    i, j = fresh(question.shape[0]), fresh(question.shape[1])
    up, down = (j, i) if question.layout == "denominator" and var.shape[1] == 1 else (i, j)
    return Taken(Derivative(entry(body, *along(body.shape, up)), entry(symbol, *along(symbol.shape, down))), (i, j))


def _scalar_by(question: Derivative, body: Term, symbol: Term, flip: bool, fresh: Fresh) -> Taken:
    if is_vector(symbol.shape):
        i = fresh(length(symbol.shape))
        return Taken(Derivative(body, entry(symbol, *along(symbol.shape, i))), along(question.shape, i))
    rows, cols = symbol.shape
    i, j = fresh(rows), fresh(cols)
    return Taken(Derivative(body, entry(symbol, i, j)), (j, i) if flip else (i, j))


def _by_scalar(question: Derivative, body: Term, var: Term, fresh: Fresh) -> Taken:
    if is_vector(body.shape):
        i = fresh(length(body.shape))
        return Taken(Derivative(entry(body, *along(body.shape, i)), var), along(question.shape, i))
    i, j = fresh(body.shape[0]), fresh(body.shape[1])
    return Taken(Derivative(entry(body, i, j), var), (i, j))


def is_compressed(question: Derivative) -> bool:
    """The derivative of a vector by a matrix, in the compressed form of the conventions."""
    var = question.var
    return (
        is_vector(question.body.shape)
        and not is_vector(var.shape)
        and var.shape != SCALAR
        and isinstance(var, Sym | Named)
    )


def general_entry(term: Term, fresh: Fresh) -> Term:
    """An entry of a term with a letter for each of its axes."""
    rows, cols = term.shape
    i: Position = 1 if rows == 1 else fresh(rows)
    j: Position = 1 if cols == 1 else fresh(cols)
    return entry(term, i, j)


def general_element(body: Term, var: Term, fresh: Fresh) -> Derivative:
    """An entry of what is differentiated by an entry of the variable: up to four indices, in no layout."""
    return Derivative(general_entry(body, fresh), general_entry(untransposed(var), fresh))
