"""The table of the kinds of derivative, with shapes and elements computed from the layout."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.derivation import Goal, Prose, Table
from derivgen.engine import facts
from derivgen.engine.words import size_of
from derivgen.engine.working import Working
from derivgen.notation.boxes import Box, Fraction, Letter, RowOf
from derivgen.notation.names import LAYOUT_NAMES
from derivgen.notation.present import present
from derivgen.prose import capital
from derivgen.tasks import Tabulate
from derivgen.terms.build import tp
from derivgen.terms.nodes import Derivative, Idx, Name, Sym, Term, Times, Tp
from derivgen.terms.shapes import ShapeError, show
from derivgen.terms.taking import general_element, is_compressed, take_element
from derivgen.terms.trees import untransposed

KINDS = ("scalar", "vector", "matrix")


def tabulate(work: Working, goal: Goal) -> None:
    task = goal.task
    assert isinstance(task, Tabulate)
    work.introduction = ("The rows are what is differentiated, the columns by what.",)
    rows = [[cell(b, v, goal.layout) for v in task.variables] for b in task.bodies]
    heads: list[Prose] = [(f"by a {k}, ", v) for k, v in zip(KINDS, task.variables, strict=True)]
    sides: list[Prose] = [(f"{k} ", b) for k, b in zip(KINDS, task.bodies, strict=True)]
    symbols = tuple((side, *((c,) for c in row)) for side, row in zip(sides, rows, strict=True))
    work.tables.append(Table(((), *heads), symbols, ("The nine kinds of derivative",)))
    shown = tuple(row(work, name, d) for name, d in defined(task, goal.layout))
    layout = LAYOUT_NAMES[goal.layout]
    head: tuple[Prose, ...] = (("kind",), ("derivative",), ("shape",), ("element",))
    work.tables.append(Table(head, shown, (f"Those with a matrix form, in {layout}",)))
    told(work, task)


def cell(body: Term, var: Term, layout: str) -> Term | Box:
    """The symbol of a derivative; a plain quotient where it is none of two indices."""
    if indices(body, var) <= 2:
        return Derivative(of(body, var), var, layout)
    d = Letter("d")
    return Fraction(RowOf((d, present(body))), RowOf((d, present(var))))


def indices(body: Term, var: Term) -> int:
    """How many indices an element of a derivative has: a matrix has at most two, even where equal sizes would let a
    compressed form fit."""
    return sum(s != 1 for s in (*body.shape, *var.shape))


def of(body: Term, var: Term) -> Term:
    """What is differentiated as an undetermined function of the variable."""
    assert isinstance(body, Sym)
    behind = untransposed(var)
    return body if behind in body.deps else Sym(body.name, *body.shape, body.props, behind)


def defined(task: Tabulate, layout: str) -> Iterator[tuple[str, Derivative]]:
    """The derivatives that are matrices, by the table of the layout; of a vector by a matrix, the compressed forms."""
    for kind, body in zip(KINDS, task.bodies, strict=True):
        for by, var in zip(KINDS, task.variables, strict=True):
            for name, variable in ((by, var), ("row vector", tp(var))) if by == "vector" else ((by, var),):
                try:
                    question = Derivative(of(body, variable), variable, layout)
                except ShapeError:
                    continue
                # a matrix has at most two indices, even where equal sizes would let a compressed form fit
                if not is_compressed(question):
                    yield f"{kind} by {name}", question
    matrix = task.variables[2]
    after, before = (Sym(Name("v", "bold"), matrix.shape[1]), Sym(Name("v", "bold"), matrix.shape[0]))
    yield "matrix times vector by matrix", Derivative(Times(matrix, after), matrix, layout)
    yield "row vector times matrix by matrix", Derivative(Times(Tp(before), matrix), matrix, layout)


def row(work: Working, name: str, question: Derivative) -> tuple[Prose, ...]:
    """The symbol, the shape and the general element of one derivative, each shape put to the numbers."""
    shape = show(question.shape)
    text: Prose = (question, " is ", size_of(question.shape))
    facts.establish(work, f"shape of {name}", shape, text, facts.has_shape(work, question))
    if name.endswith("by matrix") and " times " in name:
        value = compressed(question)
        plain = "v^T" if isinstance(value, Tp) else "v"
        facts.establish(work, f"value of {name}", plain, (question, " is ", value), facts.equal(work, question, value))
        note: Prose = (value, " (compressed: the full derivative has three indices)")
        return (name,), (question,), (size_of(question.shape),), note
    return (name,), (question,), (size_of(question.shape),), element(work, question)


def compressed(question: Derivative) -> Term:
    """v^T for Xv, v for v^T X; transposed in numerator layout."""
    assert isinstance(question.body, Times)
    vector = next(f for f in question.body.args if f != question.var)
    value = tp(vector)
    return value if value.shape == question.shape else tp(value)


def element(work: Working, question: Derivative) -> Prose:
    taken = take_element(question, work.fresh(question))
    at = [p for p in taken.place if isinstance(p, Idx)]
    if not at:
        return (taken.element,)
    if len(at) == 1:
        return (at[0], "-th: ", taken.element)
    return ("(", at[0], ", ", at[1], "): ", taken.element)


def told(work: Working, task: Tabulate) -> None:
    """Which of the nine are matrices, and why the others are none."""
    missing: list[tuple[str, Derivative, int]] = []
    for kind, body in zip(KINDS, task.bodies, strict=True):
        for by, var in zip(KINDS, task.variables, strict=True):
            count = indices(body, var)
            if count > 2:
                one = general_element(of(body, var), var, work.fresh(body))
                missing.append((f"{kind} by {by}", one, count))
    words: Prose = (f"In general {9 - len(missing)} of the nine are scalars, vectors or matrices.",)
    for name, one, count in missing:
        kinds = name.replace(" by ", " by a ")
        text: Prose = (f"an element of the derivative of a {kinds}, ", one, f", has {count} indices")
        facts.establish(work, f"indices of {name}", str(count), text, facts.have_shapes(work, one))
        words = (*words, " ", *capital(text), ".")
    work.say(*words, " A vector by a matrix is written as a matrix only in a compressed form, as in the last two rows.")
