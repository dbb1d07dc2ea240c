"""Select all that apply: every option is typed with generic sizes, and compared by numbers where that is asked."""

from __future__ import annotations

from derivgen.derivation import VERIFIED, Choice, Goal, Prose
from derivgen.engine import facts
from derivgen.engine.words import size_of
from derivgen.engine.working import Working
from derivgen.prose import listed
from derivgen.tasks import Choose, Option
from derivgen.terms.nodes import Term
from derivgen.terms.shapes import show


def choose(work: Working, goal: Goal) -> None:
    task, question = goal.task, goal.question
    assert isinstance(task, Choose)
    options = [o for o in task.options if not o.others]
    if task.criterion == "shape":
        work.introduction = (question, " is ", size_of(question.shape), ". Each option is typed with these sizes.")
        facts.establish(
            work, "shape", show(question.shape), (question, " is ", size_of(question.shape)),
            facts.has_shape(work, question),
        )  # fmt: skip
        work.choices = [by_shape(work, o, question) for o in options]
    elif task.criterion == "value":
        work.choices = [by_value(work, o, question) for o in options]
    else:
        work.choices = [by_kind(work, o, task.criterion) for o in options]
    work.choices = [*work.choices, *(by_others(work, o, work.choices) for o in task.options if o.others)]
    right = [c for c in work.choices if c.right]
    work.say(*told(right))
    if task.criterion == "shape" and len(right) > 1 and question.pending:
        left_open(work, question, task)


def by_others(work: Working, option: Option, choices: list[Choice]) -> Choice:
    """ "None of the above", "all of these": judged by what the others came to."""
    right = [c.label for c in choices if c.right]
    every = len(right) == len(choices)
    fits = {"none": not right, "neither": not right, "all": every, "both": every}.get(option.others, len(right) > 1)
    one = f"option {''.join(right)} fits"
    reason = (
        "no other option fits" if not right else one if len(right) == 1 else f"options {''.join(listed(right))} fit"
    )
    return Choice(option.label, option.shown, fits, (reason,), facts.by_sizes(work))


def told(right: list[Choice]) -> Prose:
    """ "Options 7 and 8." """
    if not right:
        return ("None of the options fits.",)
    labels = [c.label for c in right]
    return (f"{'Option' if len(labels) == 1 else 'Options'} {''.join(listed(labels))}.",)


def by_shape(work: Working, option: Option, question: Term) -> Choice:
    term = option.term
    if term is None:
        return Choice(option.label, option.shown, False, ("not defined: ", *option.fault), facts.by_sizes(work))
    fits = term.shape == question.shape
    reason: Prose = ("defined, and ", size_of(term.shape), " as it should be" if fits else " instead")
    return Choice(option.label, option.shown, fits, reason, facts.has_shape(work, term))


def by_kind(work: Working, option: Option, kind: str) -> Choice:
    """Whether an option is "a scalar", "a row", "a column", or only "defined"."""
    term = option.term
    if term is None:
        return Choice(option.label, option.shown, False, ("not defined: ", *option.fault), facts.by_sizes(work))
    rows, cols = term.shape
    is_of = {"a scalar": rows == cols == 1, "a row": rows == 1 != cols, "a column": cols == 1 != rows, "defined": True}
    reason: Prose = ("defined, and ", size_of(term.shape))
    return Choice(option.label, option.shown, is_of[kind], reason, facts.has_shape(work, term))


def by_value(work: Working, option: Option, question: Term) -> Choice:
    term = option.term
    if term is None:
        return Choice(option.label, option.shown, False, ("not defined: ", *option.fault), facts.by_sizes(work))
    if term.shape != question.shape:
        reason: Prose = ("its shape is ", size_of(term.shape), ", that of ", question, " is ", size_of(question.shape))
        return Choice(option.label, option.shown, False, reason, facts.has_shape(work, term))
    same = facts.equal(work, question, term)
    if same.verdict == VERIFIED or work.checker is None:
        reason = ("the same value, at all sizes and points that were tried",)
        return Choice(option.label, option.shown, True, reason, same)
    found = facts.differ(work, question, term)
    reason = (f"differs: {found.witness or 'the values are not equal'}",)
    return Choice(option.label, option.shown, False, reason, found)


def left_open(work: Working, question: Term, task: Choose) -> None:
    """Shape alone leaves several options: said, and decided by the values where these decide."""
    fitting = [o for o in task.options if o.term is not None and o.term.shape == question.shape]
    same = [o for o in fitting if o.term is not None and facts.agree(work, question, o.term)]
    words: Prose = ("The shape alone does not decide between them.",)
    if len(same) == 1 and same[0].term is not None:
        value = (question, " itself is option ", same[0].label)
        facts.establish(work, "equal", same[0].label, value, facts.equal(work, question, same[0].term))
        words = (*words, " By its values ", *value, ".")
    work.say(*words)
