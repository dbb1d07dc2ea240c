"""What a goal asks besides working out a derivative: one record for each kind of task, read, worked out and shown.

The reader makes them (``latex/tasks``), the engine answers them (``engine/tasks``).
"""

from __future__ import annotations

from dataclasses import dataclass

from derivgen.notation.boxes import Box
from derivgen.terms.nodes import Derivative, Idx, Term
from derivgen.terms.shapes import Shape

Prose = tuple["str | Term | Idx | Box", ...]
"""Running text with mathematics in it: words are ``str``, everything else is set as a formula."""


@dataclass(frozen=True)
class Task:
    """The root; never made itself."""


@dataclass(frozen=True)
class Through(Task):
    """The answer to an earlier question, written through a function that the statement names, or several."""

    names: tuple[Term, ...]


@dataclass(frozen=True)
class Steepest(Task):
    """The direction in which a function changes fastest at a point: down, or up."""

    down: bool


@dataclass(frozen=True)
class Option:
    """Something to choose: its label, how it is written, its term, or why there is none."""

    label: str
    shown: Box
    term: Term | None
    fault: str = ""


@dataclass(frozen=True)
class Choose(Task):
    """Which options fit: have the shape of the question ("shape"), or its value ("value")."""

    options: tuple[Option, ...]
    criterion: str


@dataclass(frozen=True)
class Define(Task):
    """Which definition of the derivative the question needs; ``written``: it is to be written out by its elements.

    ``body`` and ``var`` are kept beside the question, which is one element where the whole has more than two indices.
    """

    body: Term
    var: Term
    written: bool = False


@dataclass(frozen=True)
class Tabulate(Task):
    """The table of the derivatives of a scalar, a vector and a matrix by a scalar, a vector and a matrix."""

    bodies: tuple[Term, Term, Term]
    variables: tuple[Term, Term, Term]


@dataclass(frozen=True)
class InLayout:
    """A formula read in one layout: the derivative that is spoken of, both sides, or the fault in its shapes.

    ``others`` are the other derivatives as they are written, with their shapes; ``needed`` is the shape that the
    derivative must have for the formula to fit; None where that is not settled.
    """

    layout: str
    derivative: Term
    others: tuple[tuple[Box, Shape], ...]
    left: Term | None
    right: Term | None
    needed: Shape | None = None
    fault: str = ""


@dataclass(frozen=True)
class FollowsLayout(Task):
    """Which layout a formula follows, told from the shapes and values that it has in each."""

    formula: Box
    readings: tuple[InLayout, ...]


@dataclass(frozen=True)
class OneElement(Task):
    """The question is one element of this derivative: its formula, and which element it is."""

    whole: Derivative


@dataclass(frozen=True)
class ZeroWhere(Task):
    """For which indices an element of a derivative is zero, whatever the values are."""


@dataclass(frozen=True)
class NonzeroWhere(Task):
    """An element of a derivative where it can differ from zero."""


@dataclass(frozen=True)
class FitsInto(Task):
    """How many indices the elements of a derivative need that can differ from zero, and that differ from each other.

    ``claimed`` is the number that the statement claims: 2 for a matrix, 1 for a vector; None where it asks.
    """

    claimed: int | None


@dataclass(frozen=True)
class Prefer(Task):
    """Why the derivative of the question is defined as one thing and not as another."""

    chosen: Term
    other: Term


@dataclass(frozen=True)
class CountIndices(Task):
    """How many indices an element of a derivative has: those of what is differentiated and those of the variable.

    A count is a number, or a letter where the statement leaves it open.
    """

    body: int | str
    var: int | str
