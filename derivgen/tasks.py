"""What a goal asks besides working out a derivative: one record for each kind of task, read, worked out and shown.

The reader makes them (``latex/tasks``), the engine answers them (``engine/tasks``).
"""

from __future__ import annotations

from dataclasses import dataclass

from derivgen.notation.boxes import Box, Words
from derivgen.terms.nodes import Derivative, Idx, Name, Relation, Sym, Term
from derivgen.terms.shapes import Shape, Size

Prose = tuple["str | Term | Idx | Box", ...]
"""Running text with mathematics in it: words are ``str``, everything else is set as a formula."""


class Cited(str):
    """Words that name an earlier answer, "(a)" or "2.3.3(e)": a document may make a link of them.

    ``goal`` is the position of the goal in its problem, ``problem`` the number of the problem in the document, None
    for the problem in which the words stand.
    """

    goal: int
    problem: int | None

    def __new__(cls, words: str, goal: int, problem: int | None = None) -> Cited:
        self = super().__new__(cls, words)
        self.goal, self.problem = goal, problem
        return self

    def __reduce__(self) -> tuple[type[Cited], tuple[str, int, int | None]]:
        return Cited, (str(self), self.goal, self.problem)


@dataclass(frozen=True)
class Task:
    """The root; never made itself."""


@dataclass(frozen=True)
class Through(Task):
    """The answer to an earlier question, written through functions that the statement names; ``alone``: nothing else
    may stand in it but numbers and the other quantities among ``names``."""

    names: tuple[Term, ...]
    alone: bool = False


@dataclass(frozen=True)
class Determinant(Task):
    """The determinant of a Jacobian matrix of two or three functions."""


@dataclass(frozen=True)
class Steepest(Task):
    """The direction in which a function changes fastest at a point: down, or up."""

    down: bool
    unit: bool = False
    """Whether the direction is asked for as a vector of length one."""
    rate: bool = False
    """Whether it is also asked how fast."""


@dataclass(frozen=True)
class GradientStep(Task):
    """A step from a point, ``rate`` times its gradient: against it ("down"), or along it."""

    rate: Term
    down: bool


@dataclass(frozen=True)
class InTerms(Task):
    """A derivative written with other derivatives, which are left as they are; ``blanks``: in elements of theirs that
    are to be found."""

    leaves: tuple[Term, ...]
    blanks: bool = False
    arrows: bool = False
    """Whether it is to be worked out arrow by arrow: where a chain rule found before is evaluated."""


@dataclass(frozen=True)
class SpecialCase(Task):
    """An earlier question with symbols that are described further, or given: pairs of a symbol and what it becomes."""

    general: Term
    symbols: tuple[tuple[Term, Term], ...]


@dataclass(frozen=True)
class Batch(Task):
    """A loss taken over a batch: ``single`` is given ``size`` times, and the losses are averaged, or added."""

    single: Term
    size: Size
    mean: bool


@dataclass(frozen=True)
class EitherOrder(Task):
    """A matrix by its entries where the statement does not say which index is the row: both orders are answers."""


@dataclass(frozen=True)
class Prove(Task):
    """A formula to be proved: its right side, or why it is none in this layout; the question is its left side.

    ``elsewhere``: its two sides in the other layouts in which it is asked for as well.
    """

    right: Term | None
    fault: Prose = ()
    elsewhere: tuple[tuple[Term, Term], ...] = ()


@dataclass(frozen=True)
class Semidefinite(Task):
    """A matrix to be shown positive semidefinite, or definite (``strict``): its quadratic form of any vector."""

    matrix: Term
    vector: Sym
    strict: bool


@dataclass(frozen=True)
class Fill(Task):
    """Blanks in a sum of products of derivatives, to be filled from a list of quantities, where there is one.

    ``products`` holds, for each fraction of each product, what stands above and below, None where there is a blank.
    """

    products: tuple[tuple[tuple[Term | None, Term | None], ...], ...]
    candidates: tuple[Term, ...]
    required: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Option:
    """Something to choose: its label, how it is written, its term, or why there is none."""

    label: str
    shown: Box
    term: Term | None = None
    fault: Prose = ()

    @property
    def others(self) -> str:
        """What an option in words says of the others: "none", "all"; "" where it is a formula."""
        return self.shown.text.split()[0].lower() if isinstance(self.shown, Words) else ""


@dataclass(frozen=True)
class Choose(Task):
    """Which options fit: have the shape of the question ("shape"), its value ("value"), or are "a scalar", "a row",
    "a column" or "defined" at all."""

    options: tuple[Option, ...]
    criterion: str


@dataclass(frozen=True)
class Cut:
    """A way to read a product: by "elements", by "rows" or "columns" (of one factor, or of either), or "outer"."""

    way: str
    factor: Term | None = None


@dataclass(frozen=True)
class Readings(Task):
    """A product of two factors read in several ways; all of them where no cuts are named."""

    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True)
class MultiplyOut(Task):
    """A product written out by its elements; ``name``: what it is called, where its degree is asked about ("degree"
    where it is asked for); ``doubtful``: it is asked whether it is that."""

    name: str = ""
    doubtful: bool = False


Merges = tuple[tuple[str, ...], ...]
"""Sizes that must be equal: (("n", "p"),) is n = p."""


@dataclass(frozen=True)
class Side:
    """A side of an equation: how it is written, and its term, or why it has none.

    ``small`` is the term where all sizes are two, ``single`` where all are one: these may exist where the term with
    the sizes of the statement does not.  ``needs`` are the sizes that must be equal for it to be defined.
    """

    shown: Box
    term: Term | None
    fault: Prose = ()
    small: Term | None = None
    single: Term | None = None
    needs: Merges | None = None


@dataclass(frozen=True)
class Equation:
    """Sides that are claimed to be equal; ``fits``: which sizes must be equal for neighbours to have one shape."""

    sides: tuple[Side, ...]
    label: str = ""
    fits: tuple[Merges | None, ...] = ()


@dataclass(frozen=True)
class Judge(Task):
    """Which of the equalities hold.  ``asked``: "which" of them, whether all are "true", "why" they fail."""

    equations: tuple[Equation, ...]
    asked: str


@dataclass(frozen=True)
class Compare(Task):
    """Earlier answers held against each other, and against a formula.

    ``parts`` are the labels of the parts, none for the last two; ``formula`` is what they are compared with, an
    equation or one side; ``definition`` the derivative whose definition they may justify; ``caveat`` whether a
    caveat of the layout is asked for.
    """

    parts: tuple[str, ...] = ()
    formula: Equation | None = None
    definition: Term | None = None
    caveat: bool = False


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


@dataclass(frozen=True)
class QuadraticForm(Task):
    """A polynomial as x^T A x with a symmetric matrix, which the statement calls by a name or not."""

    matrix: Name | None = None


VALUES: tuple[type[Task], ...] = (MultiplyOut, OneElement)
"""Tasks whose answer is the value of their question: later parts may use it."""

IN_WORDS: tuple[type[Task], ...] = (ZeroWhere,)
"""Tasks that are answered in words, whose lines lead from the question to its value."""
