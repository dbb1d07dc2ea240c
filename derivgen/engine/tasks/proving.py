"""Formulas proved: both sides element by element, or the derivation that leads from one side to the other."""

from __future__ import annotations

from typing import Any

from derivgen.derivation import REFUTED, VERIFIED, Goal, Graph, Prose
from derivgen.engine import facts, graphs
from derivgen.engine.answers import answer_to
from derivgen.engine.elements import element_lines
from derivgen.engine.opening import opened
from derivgen.engine.tasks.equalities import by_entries
from derivgen.engine.working import Working
from derivgen.errors import FalseClaim, NoRule
from derivgen.rules.normal import key
from derivgen.rules.rule import variable_of
from derivgen.rules.textbook import textbook
from derivgen.tasks import Prove
from derivgen.terms.build import entry
from derivgen.terms.nodes import Derivative, El, Had, Idx, Named, Position, Sum, Sym, Term, Times, Tp
from derivgen.terms.shapes import SCALAR, is_vector
from derivgen.terms.taking import Taken, take_element
from derivgen.terms.trees import Fresh, rebuild, replace_index, subterms, unfold, untransposed


def prove(work: Working, goal: Goal) -> Term:
    task, question = goal.task, goal.question
    assert isinstance(task, Prove)
    work.against = question
    if task.right is not None and not question.pending and not task.right.pending:
        return by_entries(work, question, task.right)
    if task.right is not None and isinstance(question, Derivative) and side_by_side(question, task.right):
        return by_both_sides(work, question, task.right)
    answer = answer_to(work, question)
    if task.right is not None:
        answer = stopped_at(work, task.right) or answer
    work.figures += picture(question)
    if task.right is not None and task.right.pending and not same_form(answer, task.right):
        met = other_side(work, question, answer, task.right)
        if met is not None:
            return met
    return compared(work, question, answer, task)


def other_side(work: Working, question: Term, answer: Term, right: Term) -> Term | None:
    """The right side worked out too, where both sides come to the same; None where they are not seen to."""
    aside = work.aside()
    try:
        other = answer_to(aside, right)
    except NoRule:
        return None
    if other == right or not same_form(answer, other):
        return None
    work.add(*aside.lines)
    check = facts.equal(work, question, right)
    if work.checker is not None and check.verdict != VERIFIED:
        return None
    facts.establish(work, "both sides", "equal", ("both sides come to the same",), check)
    work.line("put_together", question, right, ("both sides come to the same",), left=question)
    work.conclusion = ("This is the formula that was to be shown.",)
    return right


def same_form(first: Term, second: Term) -> bool:
    """Whether two terms are the same but for their order, their names and the letters of their sums."""
    return key(with_own_letters(textbook(unfold(first)))) == key(with_own_letters(textbook(unfold(second))))


def stopped_at(work: Working, right: Term) -> Term | None:
    """The line that is the right side already, if there is one; what was done behind it is dropped."""
    wanted = key(with_own_letters(right))
    for k, step in enumerate(work.lines):
        if key(with_own_letters(step.after)) == wanted:
            del work.lines[k + 1 :]
            return step.after
    return None


def with_own_letters(term: Term, depth: int = 0) -> Term:
    """The term with its summed letters renamed in order, so that only their roles count."""
    if isinstance(term, Sum):
        own = Idx(f"_{depth}", term.index.size)
        return Sum(with_own_letters(replace_index(term.body, {term.index: own}), depth + 1), own)
    return rebuild(term, lambda t: with_own_letters(t, depth))


def side_by_side(question: Derivative, right: Term) -> bool:
    """Whether the right side is a sum of multiples of derivatives: its elements can be read off at once."""
    products = [t for t in subterms(right) if isinstance(t, Times | Had)]
    several = any(sum(f.pending for f in p.args if isinstance(f, Term)) > 1 for p in products)
    return question.shape != SCALAR and right.pending and not several and right.shape == question.shape


def by_both_sides(work: Working, question: Derivative, right: Term) -> Term:
    """The general element of the left side, then that of the right side, and that they are the same."""
    fresh = work.fresh(Times(question, Tp(right)) if question.shape != SCALAR else question)
    taken = take_element(question, fresh)
    letters: list[Any] = [x for k, i in enumerate(taken.axes) for x in ((", ", i) if k else (i,))]
    name: Prose = ("(", *letters, ")") if len(letters) > 1 else (*letters, "-th")
    work.introduction = (
        "Two ", "matrices" if len(taken.axes) > 1 else "vectors", " are equal when all their elements are: take the ",
        *name, " element of each side. The left side first, then the right side.",
    )  # fmt: skip
    first = len(work.lines)
    found = element_lines(work, taken.element, fresh)
    at = entry(question, *taken.place)
    work.line("take_element", at, taken.element, ("one element of the left side",), left=at, detail=2)
    work.lines.insert(first, work.lines.pop())
    work.start(first + 1 if len(work.lines) > first + 1 else first, taken.element)
    other = right_element(work, right, taken, fresh)
    same = key(found) == key(other)
    check = facts.equal(work, found, other)
    if not same and work.checker is not None and check.verdict != VERIFIED:
        raise FalseClaim("the two sides differ", hint="check the formula, or ask for the derivative")
    facts.establish(work, "both sides", "equal", ("both sides have the same elements",), check)
    work.line("put_together", question, right, ("both sides have the same elements",), left=question)
    return right


def right_element(work: Working, right: Term, taken: Taken, fresh: Fresh) -> Term:
    """The lines for the element of the right side."""
    at = El(right, *taken.place)
    spread = opened(entry(right, *taken.place), fresh)
    after = elements_of_derivatives(spread)
    if spread != at and spread != after:
        work.line("take_element", at, spread, ("one element of the right side, term by term",), left=at)
        work.line("take_element", spread, after, ("an element of a derivative is a derivative of elements",))
    else:
        work.line("take_element", at, after, ("one element of the right side",), left=at)
    return after


def elements_of_derivatives(term: Term) -> Term:
    """Elements of derivatives as derivatives of elements, as the layout says."""
    if isinstance(term, El) and isinstance(term.term, Derivative):
        return element_of(term.term, term.i, term.j)
    return rebuild(term, elements_of_derivatives)


def element_of(derivative: Derivative, i: Position, j: Position) -> Term:
    """Element (i, j) of a derivative: the inverse of ``take_element``."""
    body, var, layout = derivative.body, derivative.var, derivative.layout
    symbol = untransposed(var)
    if body.shape == SCALAR:
        rows, cols = (j, i) if layout == "numerator" else (i, j)
        if isinstance(var, Tp):
            rows, cols = cols, rows
        return Derivative(body, entry(symbol, rows, cols))
    if var.shape == SCALAR and not is_vector(body.shape):
        return Derivative(entry(body, i, j), var)
    if var.shape == SCALAR:
        along = max((i, j), key=lambda p: not isinstance(p, int))
        return Derivative(entry(body, along, 1) if body.shape[1] == 1 else entry(body, 1, along), var)
    if not (is_vector(body.shape) and is_vector(var.shape)):
        return El(derivative, i, j)
    up, down = (j, i) if layout == "denominator" and not isinstance(var, Tp) else (i, j)
    above = entry(body, up, 1) if body.shape[1] == 1 else entry(body, 1, up)
    return Derivative(above, entry(symbol, down, 1) if symbol.shape[1] == 1 else entry(symbol, 1, down))


def compared(work: Working, question: Term, answer: Term, task: Prove) -> Term:
    """What came out, held against the formula: the same, or what the formula is in this layout."""
    if task.right is None:
        return another_form(work, question, answer, "does not fit", task.fault)
    check = facts.equal(work, question, task.right)
    if check.verdict == REFUTED and any(facts.agree(work, left, right) for left, right in task.elsewhere):
        why = ("its shapes fit, but its two sides have different values",)
        return another_form(work, question, answer, "is not true", why)
    if work.checker is not None and check.verdict != VERIFIED:
        raise FalseClaim(
            f"the formula does not hold: {check.witness or 'the shapes differ'}",
            hint="check it, or ask for the derivative to see what is right",
        )
    same = key(with_own_letters(answer)) == key(with_own_letters(task.right))
    found: Prose = ("This is the formula that was to be shown",) if same else (
        "This is the formula, ", question, " = ", task.right,
    )  # fmt: skip
    facts.establish(work, "formula", "holds", found, check)
    work.conclusion = (*found, ".")
    return answer


def another_form(work: Working, question: Term, answer: Term, fails: str, why: Prose) -> Term:
    """What a formula of another layout is in this one."""
    work.say(
        "In this layout the formula is ", question, " = ", answer, f". As it was given it {fails} here: ", *why, ".",
    )  # fmt: skip
    facts.establish(work, "formula", "another form", (question, " = ", answer), facts.equal(work, question, answer))
    return answer


def picture(question: Term) -> list[Graph]:
    """The paths from the variable to what is differentiated."""
    if not isinstance(question, Derivative):
        return []
    top, start = variable_of(question.body), variable_of(question.var)
    if not isinstance(top, Sym | Named) or start not in graphs.ordered(top) or not graphs.inputs(top):
        return []
    if len(graphs.paths(start, top)[0]) < 3:
        return []
    return [graphs.layered(question.body, question.var)]
