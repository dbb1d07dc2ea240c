"""The direction of steepest descent or ascent: the gradient at the point, turned round for a descent."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from derivgen.derivation import Goal, Prose, Surface
from derivgen.engine import facts
from derivgen.engine.answers import answer_to
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.rules.exact import listed_out
from derivgen.rules.textbook import textbook
from derivgen.tasks import Steepest
from derivgen.terms.build import MINUS, is_zero, negate, num, plus, power, times
from derivgen.terms.nodes import At, Derivative, Frac, Mat, Norm, Num, Pow, Sym, Term, Times, Tp

LARGEST = 10**6
"""Of the numbers whose square factors are looked for."""


def steepest(work: Working, goal: Goal) -> Term:
    task, question = goal.task, goal.question
    assert isinstance(task, Steepest)
    if not isinstance(question, At):
        raise NoRule("a function of these variables is not given, so there is no slope at this point")
    gradient = answer_to(work, question)
    if is_zero(gradient) or (isinstance(gradient, Mat) and all(is_zero(e) for e in gradient.entries)):
        raise NoRule("the gradient is zero at this point: no direction is steeper than the others")
    work.against, answer = question, gradient
    if task.down:
        work.against, answer = Times(MINUS, question), turned(gradient)
        work.line("opposite", work.against, answer, ("downhill is against the gradient",), left=work.against)
    work.introduction = (
        "A function grows fastest in the direction of its gradient",
        ", and falls fastest in the opposite direction." if task.down else ".",
    )  # fmt: skip
    if task.unit:
        answer = of_length_one(work, answer, question, task.down)
    rate = Times(Tp(answer), question)
    words: Prose = ("along it the function ", "falls" if task.down else "rises", " fastest")
    kind = "descent" if task.down else "ascent"
    wanted = square(work, question)
    if task.unit:
        wanted = Times(MINUS, Norm(question)) if task.down else Norm(question)
    facts.establish(work, "direction", kind, words, facts.equal(work, rate, wanted))
    work.say("The direction to take is ", answer, *in_words(answer, question), ".")
    if task.rate:
        length = length_of(work, question, gradient)
        work.say("The greatest rate of change, the length of the gradient, is ", length, ".")
    work.figures += picture(question, task)
    return answer


def length_of(work: Working, question: At, gradient: Term) -> Term:
    """The length of the gradient, with its line."""
    if not isinstance(gradient, Mat):
        return Norm(gradient)
    length = root(textbook(plus(power(e, 2) for e in gradient.entries)))
    work.line("put_in", Norm(question), length, ("the length of the gradient",), left=Norm(question))
    return length


def of_length_one(work: Working, answer: Term, question: At, down: bool) -> Term:
    """The direction divided by its length."""
    length: Term = Norm(answer)
    if isinstance(answer, Mat):
        length = root(textbook(plus(power(e, 2) for e in answer.entries)))
        work.line("put_in", Norm(answer), length, ("the length",), left=Norm(answer))
    first: Term = work.against if work.against is not None else question
    unit = times([Frac(num(1), Norm(question)), first])
    found = times([Frac(num(1), length), answer])
    work.line("put_in", unit, found, ("divided by its length",), left=unit)
    work.against = unit
    listed = textbook(listed_out(found))
    if listed != found:
        work.line("textbook_form", found, listed, ("entry by entry",))
    return listed


def root(square: Term) -> Term:
    """The square root, with the whole numbers taken out: 3√2 for √18."""
    outside = 1
    if isinstance(square, Num) and square.q == 1 and 0 < square.p < LARGEST:
        outside = max(k for k in range(1, isqrt(square.p) + 1) if square.p % (k * k) == 0)
        square = num(square.p // outside**2)
    inner = textbook(Pow(square, num(Fraction(1, 2))))
    return times([num(outside), inner]) if outside > 1 else inner


def turned(vector: Term) -> Term:
    """The opposite vector, entry by entry where it is written out."""
    if isinstance(vector, Mat):
        return Mat(vector.rows, vector.cols, *(textbook(negate(e)) for e in vector.entries))
    return textbook(negate(vector))


def square(work: Working, question: At) -> Term:
    """The rate of change along the answer: the squared length of the gradient, negative downhill."""
    length = Times(Tp(question), question)
    return Times(MINUS, length) if isinstance(work.against, Times) else length


def in_words(answer: Term, question: At) -> Prose:
    """Along which axis, where it is along one."""
    inner = question.body
    variables = inner.var.entries if isinstance(inner, Derivative) and isinstance(inner.var, Mat) else ()
    if not isinstance(answer, Mat) or len(variables) != len(answer.entries):
        return ()
    moving = [(v, e) for v, e in zip(variables, answer.entries, strict=True) if not is_zero(e)]
    if len(moving) != 1 or not isinstance(moving[0][1], Num):
        return ()
    variable, entry = moving[0]
    return (", straight towards ", "larger " if entry.p > 0 else "smaller ", variable)


def picture(question: At, task: Steepest) -> list[Surface]:
    """The surface with the path from the point, for a function of two scalar variables at a point of numbers."""
    inner = question.body
    if not isinstance(inner, Derivative) or not isinstance(inner.var, Mat) or len(inner.var.entries) != 2:
        return []
    values = dict(question.bindings)
    start = [values.get(v) for v in inner.var.entries]
    if not all(isinstance(s, Num) for s in start) or set(plain_symbols(inner.body)) - set(inner.var.entries):
        return []
    a, b = (float(s.value) for s in start if isinstance(s, Num))
    caption: Prose = ("The path of steepest ", "descent" if task.down else "ascent", " on the graph of ", inner.body)
    return [Surface(inner.body, inner.var.entries, (a, b), task.down, caption)]


def plain_symbols(term: Term) -> list[Term]:
    """The symbols that a term depends on, definitions looked through."""
    return [s for s in term.symbols if isinstance(s, Sym)]
