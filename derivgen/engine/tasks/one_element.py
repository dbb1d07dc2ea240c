"""One element of a derivative: its formula in sums, and which element it is."""

from __future__ import annotations

from derivgen.derivation import Goal, Prose
from derivgen.engine import facts
from derivgen.engine.elements import element_lines
from derivgen.engine.known_elements import letters_between
from derivgen.engine.words import what_is_asked
from derivgen.engine.working import Working, tidy
from derivgen.notation.boxes import Box
from derivgen.notation.names import size_box
from derivgen.rules.regroup import has_sums
from derivgen.tasks import OneElement
from derivgen.terms.build import entry
from derivgen.terms.nodes import Derivative, Idx, Term
from derivgen.terms.taking import Taken, is_compressed, take_element


def one_element(work: Working, goal: Goal) -> Term:
    """The general element; sums are left as they are."""
    task, question = goal.task, goal.question
    assert isinstance(task, OneElement) and isinstance(question, Derivative)
    work.against = question
    if is_compressed(task.whole):
        indices = tuple(sorted(question.free, key=lambda i: i.letter))
    else:
        taken = like(task.whole, question, work)
        indices = taken.axes
        work.introduction = what_is_asked(task.whole, question, taken.place)
        at = entry(task.whole, *taken.place)
        work.line("take_element", at, question, ("one element of the derivative",), left=at, detail=2)
    first = len(work.lines)
    found = element_lines(work, question, work.fresh(question))
    work.start(first, question)
    if not has_sums(found):
        found = tidy(work, found)
    told(work, question, found, indices)
    return found


def like(whole: Derivative, element: Derivative, work: Working) -> Taken:
    """The element as one of the whole: its place, in its own letters."""
    taken = take_element(whole, work.fresh(whole))
    mapping = letters_between(taken.element, element)
    place = tuple(mapping.get(p, p) if isinstance(p, Idx) else p for p in taken.place)
    return Taken(element, (place[0], place[1]))


def told(work: Working, question: Derivative, found: Term, indices: tuple[Idx, ...]) -> None:
    """The index of the element, and how far it runs."""
    letters = ", ".join(i.letter for i in indices)
    words: list[str | Idx | Box] = []
    for k, i in enumerate(indices):
        words += [" and " if k else "", i, " = 1, …, ", size_box(i.size)]
        bound: Prose = (i, " runs from 1 to ", size_box(i.size))
        facts.establish(work, f"range of {i.letter}", f"1 to {i.size}", bound, facts.have_shapes(work, question))
    which: Prose = (indices[0], "-th") if len(indices) == 1 else (f"({letters})",)
    facts.establish(
        work, "index", letters, ("this is the ", *which, " element, with ", *words), facts.equal(work, question, found)
    )
    work.say("This is the ", *which, " element, with ", *words, ".")
