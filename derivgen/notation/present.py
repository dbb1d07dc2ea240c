"""A term as it stands on paper: every node of the language set as boxes, in exactly the written order.

``present`` decides parentheses, signs, roots and fractions once; the printers only spell what it made.  What it sets
reads back to the same term (the reader's precedence: product before ⊙ before +).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from derivgen.notation import arithmetic, calculus, dots, functions, leaves
from derivgen.notation.boxes import Box, Digits, Fenced, Marked, Operator, RowOf
from derivgen.notation.names import index_box
from derivgen.notation.pieces import Notation, Piece
from derivgen.terms import dotted, nodes
from derivgen.terms.nodes import Idx, Term

COMMA = Operator(",", "punctuation")


class Setter:
    """Sets terms as pieces, in one notation; ``roles`` are those of the index letters in sight."""

    def __init__(self, notation: Notation, roles: Mapping[str, str] | None = None) -> None:
        self.notation = notation
        self.roles = dict(notation.roles or ()) if roles is None else roles

    def __call__(self, term: Term) -> Piece:
        return SETTERS[type(term)](term, self)

    def index(self, letter: str) -> Box:
        """An index letter, marked by its role where roles are shown."""
        role = self.roles.get(letter)
        return index_box(letter) if role is None else Marked(index_box(letter), role)

    def binding(self, roles: Mapping[str, str]) -> Setter:
        """The setter for what a sum or a matrix of entries binds letters in."""
        return self if self.notation.roles is None else Setter(self.notation, {**self.roles, **roles})

    @property
    def unmarked(self) -> Setter:
        """The setter for what is only compared."""
        return self if self.notation.roles is None else Setter(self.notation, {})


SETTERS: dict[type[Term], Callable[[Any, Setter], Piece]] = {
    nodes.Num: leaves.number,
    nodes.Const: leaves.constant,
    nodes.Extent: leaves.extent,
    nodes.Counter: leaves.counter,
    nodes.Sym: leaves.symbol,
    nodes.Named: leaves.symbol,
    nodes.Eye: leaves.identity,
    nodes.Ones: leaves.ones,
    nodes.Zero: leaves.ones,
    nodes.Delta: leaves.delta,
    nodes.El: leaves.element,
    nodes.Row: leaves.row_of_matrix,
    nodes.Col: leaves.column_of_matrix,
    nodes.Entries: leaves.entries,
    nodes.Mat: leaves.explicit_matrix,
    dotted.Dotted: dots.dotted_matrix,
    dotted.Run: dots.run,
    nodes.Plus: arithmetic.plus,
    nodes.Times: arithmetic.times,
    nodes.Frac: arithmetic.fraction,
    nodes.Had: arithmetic.hadamard,
    nodes.Pow: arithmetic.power,
    nodes.MatPow: arithmetic.matrix_power,
    nodes.Sum: arithmetic.sum_over,
    nodes.Relation: arithmetic.relation,
    nodes.Fn: functions.function,
    nodes.Gen: functions.generic,
    nodes.Tp: functions.transpose,
    nodes.Inv: functions.inverse,
    nodes.Det: functions.call,
    nodes.Tr: functions.call,
    nodes.Diag: functions.call,
    nodes.DiagOf: functions.call,
    nodes.Norm: functions.norm,
    nodes.Derivative: calculus.derivative,
    nodes.Hessian: calculus.hessian,
    nodes.At: calculus.at_point,
}

DEFAULT = Notation()


def present(term: Term | Idx | Box | int, notation: Notation = DEFAULT) -> Box:
    """The box of a term or of an index, a letter or a number; a box is left as it is."""
    if isinstance(term, Box):
        return term
    if isinstance(term, int):
        return Digits(str(term))
    if isinstance(term, Idx):
        return Setter(notation).index(term.letter)
    return Setter(notation)(term).box


def present_prose(prose: tuple[str | Term | Idx | Box, ...], notation: Notation = DEFAULT) -> tuple[str | Box, ...]:
    """Running text with every formula in it set as a box."""
    return tuple(part if isinstance(part, str) else present(part, notation) for part in prose)


def meaning(term: Term, notation: Notation = DEFAULT) -> Box:
    """The right side of a definition: of an undetermined function its name with what it is a function of."""
    if not isinstance(term, nodes.Sym) or not term.deps:
        return present(term, notation)
    first, *others = (present(d, notation) for d in term.deps)
    listed = RowOf((first, *(box for other in others for box in (COMMA, other)))) if others else first
    return RowOf((present(term, notation), Fenced("(", listed, ")")))
