"""One step of gradient descent or ascent: the point, and a multiple of the gradient taken from it or added to it."""

from __future__ import annotations

from derivgen.derivation import Goal, Prose
from derivgen.engine.answers import answer_to
from derivgen.engine.working import Working, tidy
from derivgen.errors import NoRule
from derivgen.rules.exact import listed_out
from derivgen.rules.textbook import textbook
from derivgen.tasks import GradientStep
from derivgen.terms.build import MINUS, plus, times
from derivgen.terms.nodes import At, Derivative, Mat, Term
from derivgen.terms.trees import substitute


def gradient_step(work: Working, goal: Goal) -> Term:
    task, question = goal.task, goal.question
    assert isinstance(task, GradientStep)
    inner = question.body if isinstance(question, At) else question
    if not isinstance(inner, Derivative):
        raise NoRule("a step goes along a gradient, and there is none here")
    gradient = answer_to(work, question)
    start = substitute(inner.var, dict(question.bindings)) if isinstance(question, At) else inner.var
    sign = [MINUS] if task.down else []
    work.against = plus([start, times([*sign, task.rate, question])])
    now = plus([start, times([*sign, task.rate, gradient])])
    way: Prose = ("against the gradient",) if task.down else ("along the gradient",)
    work.line("put_in", work.against, now, ("a step ", *way, " of ", task.rate, " times its length"), left=work.against)
    listed = textbook(listed_out(now))
    if not isinstance(listed, Mat):
        listed = plus([start, times([*sign, textbook(times([task.rate, gradient]))])])
    answer = tidy(work, now, listed)
    work.introduction = (
        "A step of gradient ", "descent" if task.down else "ascent", " goes from the point ", *way, ", ",
        task.rate, " times as far as the gradient is long.",
    )  # fmt: skip
    if isinstance(question, At):
        work.say("The step leads from ", start, " to ", answer, ".")
    else:
        work.say("The step replaces ", start, " by ", answer, ".")
    return answer
