"""Brackets: norms, absolute values and determinants, inner products, columns and explicit matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import listings, named_functions
from derivgen.latex import syntax as sx
from derivgen.latex.scope import Typed, require_square, scalar, transposed
from derivgen.latex.sizes import is_scalar, resolve, show
from derivgen.terms.nodes import Det, Fn, Mat, Norm, Times, Tp, Tr

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading


def read_fenced(r: Reading, node: sx.Fenced) -> Typed:
    body = node.body
    if node.left in "([{" and isinstance(body, sx.Tuple):
        return column(r, body, node.span) if node.left == "(" else transposed(column(r, body, node.span))
    match node.left:
        case "|":
            return bars(r, node)
        case "‖":
            return Typed((1, 1), norm_of(r, r.read(body), node).build)
        case "⟨" if isinstance(body, sx.Tuple) and len(body.items) == 2:
            return inner_product(r, body, node.span)
        case "⌊" | "⌈":
            word = "floor" if node.left == "⌊" else "ceiling"
            raise r.fault(errors.NotDifferentiable, f"the {word} function has no derivative rule", node.span)
    return r.read(body)


def bars(r: Reading, node: sx.Fenced) -> Typed:
    """``|x|``: the absolute value of a scalar, the determinant of a matrix, the norm of a vector."""
    arg = r.read(node.body)
    if is_scalar(arg.shape):
        return scalar(lambda: Fn("abs", arg.build()))
    if 1 in (resolve(arg.shape[0]), resolve(arg.shape[1])):
        r.scope.note(node, " of a vector was taken as its 2-norm.")
        return norm_of(r, arg, node)
    require_square(r.scope, arg, "the determinant", node.span)
    return scalar(lambda: Det(arg.build()))


def norm_of(r: Reading, arg: Typed, node: sx.Syntax, kind: str = "") -> Typed:
    vector = 1 in (resolve(arg.shape[0]), resolve(arg.shape[1]))
    if kind == "1" and vector:
        return named_functions.sum_of_entries(r, Typed(arg.shape, lambda: Fn("abs", arg.build())))
    if kind not in ("", "2", "F", "Fro") or (kind == "2" and not vector):
        raise r.fault(errors.Unsupported, f"the norm with the subscript {kind} is not supported", node.span)
    if not vector and not kind:
        r.scope.note(node, " was taken as the Frobenius norm.")
    return scalar(lambda: Norm(arg.build()))


def inner_product(r: Reading, body: sx.Tuple, span: Span) -> Typed:
    a, b = (r.read(item) for item in body.items)
    told = lambda: f"the inner product of {show(a.shape)} and {show(b.shape)}"  # noqa: E731
    r.scope.agree(a.shape[0], b.shape[0], span, told)
    r.scope.agree(a.shape[1], b.shape[1], span, told)
    if is_scalar(a.shape):
        return scalar(lambda: Times(a.build(), b.build()))
    if resolve(a.shape[1]) == 1:
        return scalar(lambda: Times(Tp(a.build()), b.build()))
    return scalar(lambda: Tr(Times(Tp(a.build()), b.build())))


def column(r: Reading, body: sx.Tuple, span: Span) -> Typed:
    """A column of scalars; dots between its items stand for a vector given entry by entry."""
    listed = listings.listing(r, body)
    if listed is not None:
        return listed
    cells = [r.read(item) for item in body.items]
    for cell, item in zip(cells, body.items, strict=True):
        if not is_scalar(cell.shape):
            raise r.fault(
                errors.Unsupported, f"a block of shape {show(cell.shape)} inside a matrix is not supported", item.span
            )
    return Typed((len(cells), 1), lambda: Mat(len(cells), 1, *(c.build() for c in cells)))


def read_matrix(r: Reading, node: sx.Matrix) -> Typed:
    rows = node.rows
    if node.left == "{":
        raise r.fault(errors.Unsupported, "definitions by cases are not supported", node.span)
    flat = [cell for row in rows for cell in row]
    if any(isinstance(cell, sx.Dots) for cell in flat):
        return dotted_matrix(r, node)
    if any(cell is None for cell in flat) or len({len(row) for row in rows}) != 1:
        raise r.fault(
            errors.SyntaxFault, "the rows of the matrix have different lengths, or a cell is empty", node.span
        )
    cells = [r.read(cell) for cell in flat if cell is not None]
    for cell, item in zip(cells, flat, strict=True):
        if not is_scalar(cell.shape) and item is not None:
            raise r.fault(
                errors.Unsupported, f"a block of shape {show(cell.shape)} inside a matrix is not supported", item.span
            )
    height, width = len(rows), len(rows[0])
    matrix = Typed((height, width), lambda: Mat(height, width, *(c.build() for c in cells)))
    if height == width == 1:
        matrix = cells[0]
    if node.left == "|":
        require_square(r.scope, matrix, "the determinant", node.span)
        return scalar(lambda: Det(matrix.build()))
    if node.left == "‖":
        return norm_of(r, matrix, node)
    return matrix


def dotted_matrix(r: Reading, node: sx.Matrix) -> Typed:
    rows = node.rows
    if len(rows) == 1 or all(len(row) == 1 for row in rows):
        cells = [cell for row in rows for cell in row if cell is not None]
        listed = listings.listing(r, sx.Tuple(tuple(cells), span=node.span))
        if listed is not None:
            return transposed(listed) if len(rows) == 1 else listed
    found = listings.dotted_grid(r, node)
    if found is None:
        raise r.fault(
            errors.Unsupported, "a matrix with dots whose pattern is not clear", node.span, "declare it by a letter"
        )
    return found
