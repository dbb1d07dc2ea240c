"""What a goal asks besides working out a derivative: one record for each kind of task, read, worked out and shown.

The reader makes them (``latex/tasks``), the engine answers them (``engine/tasks``).
"""

from __future__ import annotations

from dataclasses import dataclass

from derivgen.notation.boxes import Box
from derivgen.terms.nodes import Idx, Relation, Term

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
class Optimum(Task):
    """Where a function is smallest ("minimum"), largest ("maximum") or stationary ("stationary").

    ``equations`` are conditions on the variable: equations that it must fulfil.  ``claim`` is an equation that the
    statement says holds at the point; ``value`` asks for the smallest (largest) value instead of the point; ``bounds``
    are comparisons that a scalar variable must fulfil.
    """

    sense: str
    variable: Term
    equations: tuple[Relation, ...] = ()
    claim: Relation | None = None
    value: bool = False
    bounds: tuple[Relation, ...] = ()
