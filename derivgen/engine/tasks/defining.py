"""Which definition of the derivative applies, by the shapes of what is differentiated and of the variable."""

from __future__ import annotations

from derivgen.derivation import Goal, Prose
from derivgen.engine import facts
from derivgen.engine.explicit import component_questions
from derivgen.engine.words import described, kind_of, size_of
from derivgen.engine.working import Working
from derivgen.notation.names import LAYOUT_NAMES
from derivgen.tasks import Define
from derivgen.terms.dotted import Dotted
from derivgen.terms.nodes import Derivative, Idx, Mat, Term
from derivgen.terms.shapes import SCALAR, Shape, is_vector, show
from derivgen.terms.taking import general_element, take_element


def define(work: Working, goal: Goal) -> Term | None:
    """The definition by name, the shape that it gives, and where its elements stand."""
    task, question = goal.task, goal.question
    assert isinstance(task, Define) and isinstance(question, Derivative)
    body, var, exact = task.body, task.var, task.written
    told: Prose = (body, *described(body), " and ", var, *described(var))
    named = f"{kind(body.shape, exact)} by {kind(var.shape, exact)}"
    shapes = facts.have_shapes(work, body, var)
    name = named.removeprefix("a ").replace(" by a ", " by ")
    if (question.body.shape, question.var.shape) != (body.shape, var.shape):
        count = str(sum(s != 1 for s in (*body.shape, *var.shape)))
        words: Prose = (*told, ", so an element such as ", question, f" has {count} indices")
        facts.establish(work, "definition", name, words, shapes)
        facts.establish(work, "indices", count, words, shapes)
        work.say(*words, ". No matrix holds them all: this derivative is given by its elements.")
        return None
    needed = f"the definition of the derivative of {named}"
    calls_for: Prose = (*told, f", so {needed} is needed")
    facts.establish(work, "definition", name, calls_for, shapes)
    shape: Prose = (question, " is ", size_of(question.shape))
    facts.establish(work, "shape", show(question.shape), shape, facts.has_shape(work, question))
    if not task.written or is_compressed(question):
        work.say(*calls_for, ".")
        work.say(*elements_told(work, question))
        return None
    return written_out(work, question, told, needed)


def written_out(work: Working, question: Derivative, told: Prose, needed: str) -> Term:
    """The derivative by its elements, and the definition that it agrees with."""
    work.introduction = (*told, ".")
    work.against = question
    answer = by_entries(work, question)
    what = needed.removeprefix("the definition of ")
    if answer == question:
        agrees: Prose = (f"with its single entry it is {what}",)
    else:
        work.line("by_definition", question, answer, (needed,), left=question)
        agrees = (f"entry by entry it agrees with {what}",)
    facts.establish(work, "agrees", what, (question, ": ", *agrees), facts.equal(work, question, answer))
    work.say(question, " is ", *what_it_is(question.shape), "; ", *agrees, ".")
    return answer


def by_entries(work: Working, question: Derivative) -> Term:
    """All elements of a derivative, with dots where their number is a letter."""
    rows, cols = question.shape
    if question.shape == SCALAR:
        return question
    if isinstance(rows, int) and isinstance(cols, int):
        return Mat(rows, cols, *component_questions(question))
    taken = take_element(question, work.fresh(question))
    return Dotted(taken.element, *taken.place)


def what_it_is(shape: Shape) -> Prose:
    """ "a column (n × 1)"."""
    if shape == SCALAR:
        return ("a scalar",)
    return (f"{kind_of(shape).removesuffix(' vector')} (", size_of(shape), ")")


def elements_told(work: Working, question: Derivative) -> Prose:
    """The shape in the layout, and where each element stands."""
    if question.shape == SCALAR and question.var.shape == SCALAR:
        return ("The derivative is a scalar: the ordinary derivative.",)
    fresh = work.fresh(question)
    if is_compressed(question):
        element = general_element(question.body, question.var, fresh)
        return (
            "The full derivative has three indices: its elements are ", element, ". As a matrix it has a compressed ",
            f"form, which in {LAYOUT_NAMES[question.layout]} is ", size_of(question.shape), ".",
        )  # fmt: skip
    words: Prose = (f"In {LAYOUT_NAMES[question.layout]} the derivative is ", size_of(question.shape))
    if isinstance(question.var, Mat):
        return (*words, ", with one partial derivative for each variable.")
    taken = take_element(question, fresh)
    at = [p for p in taken.place if isinstance(p, Idx)]
    if len(at) == 2:
        return (*words, ", and its (", at[0], ", ", at[1], ") element is ", taken.element, ".")
    return (*words, ", and its ", at[0], "-th element is ", taken.element, ".")


def is_compressed(question: Derivative) -> bool:
    """A vector by a matrix: a form of its own, with fewer elements than the full derivative."""
    var = question.var.shape
    return is_vector(question.body.shape) and not is_vector(var) and var != SCALAR


def kind(shape: Shape, exact: bool) -> str:
    """The kind of a shape; a column is a vector where nothing is said of columns and rows."""
    word = kind_of(shape)
    return word if exact or word != "a column vector" else "a vector"
