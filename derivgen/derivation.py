"""What a reader makes, what the engine makes, and all that a writer sees.

``Problem`` is a statement that has been understood; ``Goal`` one thing it asks; ``Derivation`` the worked and checked
answer to one goal, a sequence of ``Step``; ``Solution`` a problem with the derivations of all its goals.
Everything here is frozen and pickles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from derivgen.errors import DerivgenError, Place
from derivgen.notation.boxes import Box
from derivgen.tasks import Prose as Prose
from derivgen.tasks import Task
from derivgen.terms.nodes import Idx, Term
from derivgen.terms.shapes import Size

VERIFIED, REFUTED, UNDECIDED, UNCHECKED = "verified", "refuted", "undecided", "unchecked"


@dataclass(frozen=True)
class Check:
    """A verdict with the sizes that were tried, the largest relative error, and a witness where it was refuted."""

    verdict: str = UNCHECKED
    sizes: tuple[dict[str, int], ...] = ()
    error: float | None = None
    witness: str | None = None
    skipped: tuple[str, ...] = ()
    """Size sets left out, each with its reason ("n = 1: the condition m >= n fails")."""


@dataclass(frozen=True)
class Fact:
    """Something that was established on the way: what a prose answer rests on, with its check.

    ``name`` tells the kind of fact ("shape", "free indices", "zero unless", …) and ``value`` what was found, both in
    plain words that a program can compare; ``text`` is the same as a sentence, without its full stop.
    """

    name: str
    value: str
    text: Prose
    check: Check = field(default_factory=Check)


@dataclass(frozen=True)
class Choice:
    """An option of "select all that apply": whether it is right, the reason, and what was checked."""

    label: str
    shown: Term | Box
    right: bool
    reason: Prose
    check: Check = field(default_factory=Check)


@dataclass(frozen=True)
class Table:
    """A table of running text: a head and rows of cells."""

    head: tuple[Prose, ...]
    rows: tuple[tuple[Prose, ...], ...]
    caption: Prose = ()


@dataclass(frozen=True)
class Graph:
    """A picture of what is computed from what.

    nodes: the quantities (a ``Box`` for dots), each computed after those that lead to it; edges: pairs of positions in
    ``nodes``, from what goes in to what comes out; paths: runs of positions to be set off from the rest, each the
    path of one term of a chain rule; columns: the column of each node where the layers are known, else ().
    """

    nodes: tuple[Term | Box, ...]
    edges: tuple[tuple[int, int], ...]
    paths: tuple[tuple[int, ...], ...] = ()
    caption: Prose = ()
    columns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Surface:
    """A picture of a function of two variables as a surface, with the steepest way down (or up) from a point."""

    height: Term
    variables: tuple[Term, Term]
    start: tuple[float, float]
    down: bool = True
    caption: Prose = ()


@dataclass(frozen=True)
class Symbol:
    """A line of the read-back.

    ``name`` is the plain name of the conventions, ``shape`` () for a scalar, ("n",) for R^n, ("m", "n") for a
    matrix; ``role`` is "constant" or "variable"; ``term`` is None for a function symbol.
    """

    name: str
    latex: str
    shape: tuple[Size, ...]
    role: str
    properties: tuple[str, ...] = ()
    declared: bool = True
    term: Term | None = None
    why: str = ""
    """Where the shape or role comes from: "stated", "from its use", "default"."""


@dataclass(frozen=True)
class Definition:
    """``name = term``, as in "where y = Ax"; ``symbol`` is the ``Named`` term, ``params`` the x and y of f(x, y)."""

    name: str
    symbol: Term
    term: Term
    params: tuple[Term, ...] = ()
    part: str | None = None
    """The part that alone defines it so."""


@dataclass(frozen=True)
class Goal:
    r"""One thing that is asked.

    kind: "derivative", "element", "hessian", "regroup", "optimum", "shape", "evaluate", "proof", "choice", "blank",
    "definition", "prose", "vectorise" (those of docs/json.md).
    question: the term to be worked out: a ``Derivative``, ``Hessian`` or ``At`` for derivatives; for "regroup" an
    ``Entries`` (or a scalar) whose body holds the sums; for "shape" any term; for "element" a scalar with free
    indices: a ``Derivative`` by one element, or ``El(T, i, j)`` that is to be written as sums.
    wrt: the terms differentiated by, in the order in which the derivatives are taken.
    target: name of the left side where the statement gives one (M in "which matrix has the entries M_ij = ...").
    """

    kind: str
    question: Term
    part: str | None = None
    layout: str = "denominator"
    method: str = "single-element"
    wrt: tuple[Term, ...] = ()
    target: Term | None = None
    place: Place | None = None
    claim: Term | None = None
    """What the statement says the answer is ("show that the gradient is 2Ax"): to be verified, value and shape."""
    terms: tuple[Term, ...] = ()
    """What the answer is to be made of, where the statement says so ("in terms of …")."""
    task: Task | None = None
    """What is asked, where it is more than to work out the question."""
    asked: Prose = ()
    """The question in a few words, where it is not the formula of ``question`` alone."""
    simplify: bool = True
    """Whether the answer is to be put into the form of a textbook; not where the statement says to leave it."""
    form: str = ""
    """ "elements": the answer is to be written out by its elements."""


@dataclass(frozen=True)
class Passage:
    """A piece of the statement, to be typeset again: words, a formula, a displayed formula, or a part's label.

    kind: "text" (content str), "math", "display" (content Box), "part" (content is the label), "option" (something to
    choose; content is its label, empty for a bullet), "break".
    """

    kind: str
    content: Any = None


@dataclass(frozen=True)
class Problem:
    """A statement that has been understood."""

    statement: str
    passages: tuple[Passage, ...]
    symbols: tuple[Symbol, ...]
    sizes: tuple[tuple[str, str], ...]
    """(plain name, LaTeX) of every symbolic size."""
    definitions: tuple[Definition, ...]
    goals: tuple[Goal, ...]
    layout: str = "denominator"
    layout_stated: bool = False
    conditions: tuple[Term | Prose, ...] = ()
    """What the statement supposes: relations such as y ≠ 0, or words."""
    notes: tuple[Prose, ...] = ()
    """What was taken for granted, and what was not understood, one sentence each."""
    source: str = "<text>"
    given: tuple[tuple[Term, Term], ...] = ()
    """Unknown derivatives at points with the numbers that the statement gives them: g_u(3, 4) = 5."""

    @property
    def unanswered(self) -> tuple[Prose, ...]:
        """The notes that tell what is asked and was not understood."""
        return tuple(n for n in self.notes if n and isinstance(n[0], str) and n[0].startswith("Not answered"))


@dataclass(frozen=True)
class Step:
    """One line: ``before`` becomes ``after`` by a rule, for a reason.

    ``left`` is what stands to the left of the equals sign where a chain of lines begins; None continues the chain.
    ``path`` leads to the place in ``before`` that changed, ``substeps`` open the line up.  ``detail`` is the lowest
    level of detail at which the line is shown as a line of its own.  ``where`` gives values to symbols where the line
    is an equation that holds for these values only: ``left = after`` is then what is stated and checked.
    """

    rule: str
    before: Term
    after: Term
    reason: Prose
    path: tuple[int, ...] = ()
    left: Term | None = None
    binding: tuple[tuple[str, Term | Idx], ...] = ()
    law: str = ""
    source: str = ""
    detail: int = 1
    check: Check = field(default_factory=Check)
    substeps: tuple[Step, ...] = ()
    where: tuple[tuple[Term, Term], ...] = ()


@dataclass(frozen=True)
class Derivation:
    """The worked answer to one goal: all that a writer sees.

    status: "solved" or "refused" (then ``error`` says why, and ``steps`` holds what was reached before).  The answer
    is a term, or words (``text``, a paragraph each), or options chosen from (``choices``); what the words say is
    held by ``facts``.
    """

    problem: Problem
    goal: Goal
    status: str
    method: str
    layout: str
    steps: tuple[Step, ...] = ()
    answer: Term | None = None
    introduction: Prose = ()
    """What is asked: the shape of the question, the layout, the element that will be taken."""
    conclusion: Prose = ()
    """A sentence after the answer, where one is called for."""
    conditions: tuple[Term | Prose, ...] = ()
    check: Check = field(default_factory=Check)
    error: DerivgenError | None = None
    value: Term | None = None
    """The answer worked out further, where it keeps derivatives that could be: what programs compare."""
    text: tuple[Prose, ...] = ()
    choices: tuple[Choice, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Graph | Surface, ...] = ()

    def to_sympy(self, symbols: Mapping[str, Any] | None = None) -> Any:
        """The answer as an ordinary SymPy (matrix) expression; ``symbols`` gives objects of one's own by name."""
        from derivgen.terms.native import to_sympy

        if self.answer is None:
            raise self.error or ValueError("there is no answer")
        return to_sympy(self.answer, symbols)

    def _repr_html_(self) -> str:
        from derivgen.writers.notebook import notebook_html

        return notebook_html(self)

    def _repr_latex_(self) -> str:
        from derivgen.writers.notebook import notebook_latex

        return notebook_latex(self)


@dataclass(frozen=True)
class Solution:
    """A problem with the derivations of all its goals, or with the error that kept it from being read."""

    source: str
    problem: Problem | None
    derivations: tuple[Derivation, ...] = ()
    error: DerivgenError | None = None

    @property
    def status(self) -> str:
        """solved (all that is asked), partial (some), refused (read, but none), error (could not be read)."""
        if self.problem is None:
            return "error"
        solved = sum(d.status == "solved" for d in self.derivations)
        if solved == len(self.derivations) and solved and not self.problem.unanswered:
            return "solved"
        return "partial" if solved else "refused"
