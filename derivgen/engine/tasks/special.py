"""An earlier answer under a further assumption: put down with the symbols described further, and simplified."""

from __future__ import annotations

from derivgen.derivation import Goal
from derivgen.engine.answers import answer_to
from derivgen.engine.working import Working, tidy
from derivgen.tasks import SpecialCase
from derivgen.terms.nodes import Term
from derivgen.terms.trees import substitute


def special_case(work: Working, goal: Goal) -> Term:
    task, question = goal.task, goal.question
    assert isinstance(task, SpecialCase)
    work.against = question
    if task.general in work.earlier:
        answer, where = work.earlier[task.general]
    else:
        answer, where = answer_to(work.aside(), task.general), "the earlier part"
    before = substitute(answer, dict(task.symbols))
    work.line("put_in", question, before, ("found in ", where), left=question)
    return tidy(work, before)
