r"""Numbers, symbols, units, elements and matrices as boxes.

An element of a bold symbol is its plain letter with the position as a subscript (X_ij); an element of anything else
stands in brackets ([Ax]_i).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen.notation.boxes import Box, Digits, Fenced, Fraction, Grid, Letter, Operator, Scripts
from derivgen.notation.names import index_box, name_box, size_box
from derivgen.notation.pieces import ATOM, FACTOR, SCRIPTED, SUM, Piece, minus, row
from derivgen.terms.nodes import (
    Col,
    Const,
    Counter,
    Delta,
    El,
    Entries,
    Extent,
    Eye,
    Idx,
    Mat,
    Name,
    Named,
    Num,
    Ones,
    Position,
    Row,
    Sym,
    Term,
    Zero,
)

if TYPE_CHECKING:
    from derivgen.notation.present import Setter

COMMA = Operator(",", "punctuation")
COLON = Operator(":", "ordinary")


def digits(value: int, denominator: int = 1) -> Box:
    """A number that is not negative."""
    return Digits(str(value)) if denominator == 1 else Fraction(Digits(str(value)), Digits(str(denominator)))


def number(term: Num, put: Setter) -> Piece:
    box = digits(abs(term.p), term.q)
    if term.p < 0:
        return Piece(minus(box), SUM)
    return Piece(box, ATOM if term.q == 1 else FACTOR)


def constant(term: Const, put: Setter) -> Piece:
    return Piece(Letter(term.name), ATOM)


def extent(term: Extent, put: Setter) -> Piece:
    return _named(size_box(term.size))


def counter(term: Counter, put: Setter) -> Piece:
    return Piece(put.index(term.index.letter), ATOM)


def symbol(term: Sym | Named, put: Setter) -> Piece:
    return _named(name_box(term.name))


def _named(box: Box) -> Piece:
    return Piece(box, SCRIPTED if isinstance(box, Scripts) and box.sup is not None else ATOM)


# -------------------------------------------------------------------------------------------------------- units
def identity(term: Eye, put: Setter) -> Piece:
    box: Box = Letter("I", "bold")
    return Piece(Scripts(box, size_box(term.size)) if put.notation.sizes else box, ATOM)


def ones(term: Ones | Zero, put: Setter) -> Piece:
    box: Box = Letter("0" if isinstance(term, Zero) else "1", "bold")
    if put.notation.sizes:
        sizes = [size_box(s) for s in (term.rows, term.cols) if s != 1]
        box = Scripts(box, row(sizes[0], Operator("times"), sizes[1]) if len(sizes) == 2 else sizes[0])
    if term.rows == 1 and isinstance(term, Ones) and not isinstance(term, Zero):
        sub = box.sub if isinstance(box, Scripts) else None
        return Piece(Scripts(Letter("1", "bold"), sub, put.notation.transposed), SCRIPTED)
    return Piece(box, ATOM)


def delta(term: Delta, put: Setter) -> Piece:
    return Piece(Scripts(Letter("delta"), positions([term.i, term.j], put)), ATOM)


# ----------------------------------------------------------------------------------------------------- elements
def positions(at: list[Position], put: Setter) -> Box:
    """Positions as a subscript; a comma stands where one of them has more than one character."""
    boxes = [position(p, put) for p in at]
    if len(boxes) == 1:
        return boxes[0]
    long = any(p > 9 if isinstance(p, int) else isinstance(index_box(p.letter), Scripts) for p in at)
    return row(boxes[0], COMMA, boxes[1]) if long else row(*boxes)


def element(term: El, put: Setter) -> Piece:
    inner = term.term
    at = [p for p, size in zip((term.i, term.j), inner.shape, strict=True) if size != 1] or [term.i]
    return Piece(Scripts(_holder(inner, put), positions(at, put)), ATOM)


def _holder(term: Term, put: Setter) -> Box:
    """What a position is attached to: the plain letter of a symbol, a matrix of numbers, or the term in brackets."""
    if isinstance(term, Mat):
        return put(term).box
    if isinstance(term, Sym | Named) and takes_subscript(term.name):
        return name_box(term.name, plain=True)
    return Fenced("[", put(term).box, "]")


def takes_subscript(name: Name) -> bool:
    return not (name.sub or name.sup or name.primes)


def row_of_matrix(term: Row, put: Setter) -> Piece:
    return _slice(term.term, row(position(term.i, put), COMMA, COLON), put)


def column_of_matrix(term: Col, put: Setter) -> Piece:
    return _slice(term.term, row(COLON, COMMA, position(term.j, put)), put)


def position(at: Position, put: Setter) -> Box:
    return Digits(str(at)) if isinstance(at, int) else put.index(at.letter)


def _slice(matrix: Term, sub: Box, put: Setter) -> Piece:
    if isinstance(matrix, Sym | Named) and takes_subscript(matrix.name):
        return Piece(Scripts(name_box(matrix.name), sub), ATOM)
    return Piece(Scripts(Fenced("[", put(matrix).box, "]"), sub), ATOM)


# ----------------------------------------------------------------------------------------------------- matrices
def entries(term: Entries, put: Setter) -> Piece:
    """``[a_i b_j]_{i,j}``: the comma tells the whole matrix from one element of a term."""
    roles = zip((term.i, term.j), ("row-index", "column-index"), strict=True)
    put = put.binding({p.letter: role for p, role in roles if isinstance(p, Idx)})
    running = [put.index(p.letter) for p in (term.i, term.j) if isinstance(p, Idx)]
    body = Fenced("[", put(term.body).box, "]")
    if not running:
        return Piece(body, ATOM)
    return Piece(Scripts(body, row(running[0], COMMA, *running[1:]) if len(running) > 1 else running[0]), ATOM)


def explicit_matrix(term: Mat, put: Setter) -> Piece:
    cells = [put(e).box for e in term.entries]
    return Piece(Grid(tuple(tuple(cells[k : k + term.cols]) for k in range(0, len(cells), term.cols))), ATOM)
