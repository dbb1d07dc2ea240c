"""A matrix by its entries whose order of indices is left open: in the order of the alphabet, and in the other one."""

from __future__ import annotations

from derivgen.derivation import Goal
from derivgen.engine import facts
from derivgen.engine.indices import by_regrouping
from derivgen.engine.working import Working
from derivgen.rules.textbook import textbook
from derivgen.terms.nodes import Entries, Idx, Term, Tp


def either_order(work: Working, goal: Goal) -> Term:
    question = goal.question
    assert isinstance(question, Entries) and isinstance(question.i, Idx) and isinstance(question.j, Idx)
    work.against = question
    found = by_regrouping(work, question, goal.target)
    other = textbook(Tp(found))
    i, j = question.i, question.j
    turned = Entries(question.body, j, i)
    check = facts.equal(work, turned, other)
    facts.establish(work, "other order", "transpose", ("as element (", j, ", ", i, ") it is that of ", other), check)
    work.say("Here ", i, " was taken as the row. Taken as the element (", j, ", ", i, "), it is that of ", other, ".")
    return found
