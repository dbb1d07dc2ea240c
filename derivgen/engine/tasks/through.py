"""An earlier answer written through a function that the statement names: s' in s alone.

The answer is sought as a combination of whole powers of the function; where there is none, its definition is looked for
in the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.derivation import Goal, Prose
from derivgen.engine.answers import answer_to
from derivgen.engine.elements import by_elements
from derivgen.engine.graphs import quantities
from derivgen.engine.names import put_names
from derivgen.engine.powers import combination, lines
from derivgen.engine.spelling import Speller, in_full, is_leaf
from derivgen.engine.words import place_of
from derivgen.engine.working import Working, tidy
from derivgen.errors import NoRule
from derivgen.prose import listed
from derivgen.rules.textbook import textbook
from derivgen.tasks import Through
from derivgen.terms.build import chain_of, times
from derivgen.terms.nodes import Derivative, Entries, Fn, Named, Relation, Sym, Term, Times
from derivgen.terms.shapes import SCALAR


def through(work: Working, goal: Goal) -> Term:
    task = goal.task
    assert isinstance(task, Through)
    answer, where = earlier_answer(work, goal.question)
    work.against = goal.question
    if not task.names:
        return in_one_letter(work, goal, answer, where)
    functions = [n for n in task.names if isinstance(n, Named | Fn)]
    beside = task.names if task.alone or len(task.names) > 1 else quantities(answer)
    others = [t for t in dict.fromkeys(beside) if isinstance(t, Sym) and t.shape == SCALAR]
    inner = [f for f in functions if any(f in quantities(g.term) for g in functions if isinstance(g, Named))]
    functions.sort(key=lambda f: f in inner)  # what is defined through another one is put together last
    scalars = [*(f for f in functions[1:] if f.shape == SCALAR), *others]
    found = combination(functions[0], scalars, answer) if functions else None
    recognised = put_names(answer, [(f, f.term) for f in functions if isinstance(f, Named)])
    left_over = [t for t in dict.fromkeys(quantities(recognised)) if t not in task.names]
    if found is None and recognised == answer and not left_over and set(functions) <= set(quantities(answer)):
        work.line("put_in", goal.question, answer, ("found in ", where), left=goal.question)
        return answer
    if found is None and (recognised == answer or (task.alone and left_over)):
        raise no_form(functions, left_over if recognised != answer else [])
    work.line("put_in", goal.question, answer, ("found in ", where), left=goal.question)
    if found is not None:
        return lines(work, answer, functions[0], found)
    given = [f for f in functions if isinstance(f, Named)]
    meanings: Prose = listed((Relation("=", f, f.term) for f in given), last=", ")
    work.line("recognise", answer, recognised, meanings)
    return tidy(work, recognised)


def no_form(functions: Sequence[Term], left_over: Sequence[Term]) -> NoRule:
    if not functions:
        return NoRule("an answer can be written through a function that the statement defines")
    if left_over:
        return NoRule("the answer cannot be written through this function alone: more than numbers is left beside it")
    these = "these functions" if len(functions) > 1 else "this function"
    return NoRule(f"no combination of powers of {these} with numbers gives the answer")


def earlier_answer(work: Working, question: Term) -> tuple[Term, str]:
    """The answer of the part that is spoken of; worked out aside where that part was not."""
    if question in work.earlier:
        return work.earlier[question]
    return answer_to(work.aside(), question), "the earlier part"


def in_one_letter(work: Working, goal: Goal, answer: Term, where: str) -> Term:
    """A vector that was given by its elements, as one symbol with numbers."""
    whole = textbook(answer.term if isinstance(answer, Named) else answer)
    if isinstance(answer, Entries) or whole == answer:
        if not isinstance(goal.question, Derivative):
            raise NoRule("the earlier answer has no elements that could be put together")
        whole = by_elements(work.aside(), goal.question)
    for position, before in enumerate(work.before):
        listed = before.answer if before.goal.question == goal.question and before.goal.form else None
        if listed is not None and listed != whole:
            work.line(
                "put_in",
                goal.question,
                listed,
                ("found in ", place_of(before.goal, position, goal)),
                left=goal.question,
            )
            return one_symbol(work, goal.question, listed, whole)
    reason: Prose = ("the elements found in ", where, ", as one symbol")
    work.line("put_together", answer, whole, reason, left=goal.question)
    return whole


def one_symbol(work: Working, question: Term, listed: Term, whole: Term) -> Term:
    """From the list of the elements to the symbol: what is common to all of them is taken out before."""
    scalars, symbols = chain_of(whole) if isinstance(whole, Times) else ([], [whole])
    if len(symbols) != 1 or not is_leaf(symbols[0]):
        work.line("put_together", listed, whole, ("as one symbol",))
        return whole
    now = times([*scalars, Speller(work.fresh(whole), in_full(whole, question)).spell(symbols[0])])
    if now != listed:
        work.line("take_out_factor", listed, now, ("the common factor of all elements is taken out",))
    work.line("put_together", now, whole, ("these are the elements of ", symbols[0]))
    return whole
