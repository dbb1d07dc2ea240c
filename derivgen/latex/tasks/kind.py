"""What a task is to the reader: wordings that ask for it, and the two moves from a sentence to a goal.

``ask`` sees the match of a wording and gives what is asked, untyped; ``settle`` reads its formulas and gives what
builds the goal once all sizes are known.  ``book`` lists the tasks in the order in which they are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.errors import Span
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, derivative_formula
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import equated
from derivgen.latex.phrases import Phrase
from derivgen.latex.sentences import Sentence, Slot

if TYPE_CHECKING:
    from derivgen.latex.goals import Asker
    from derivgen.latex.settle import Settler

PART = r"\(?(?P<refers>[a-h]|i{1,3}|iv|vi{0,3}|ix|[1-9])\)"
"""A part spoken of: "(a)", "a)"."""
ANSWER = rf"(?:the |your |its )?(?:answers?|results?|solutions?|derivatives?|formulas?|expressions?) (?:to|of|in|from|for) (?:parts? |questions? )?{PART}"
"""The answer to an earlier part."""


def again(pattern: str) -> str:
    """A pattern that may speak of an earlier part in several places: the groups get names of their own."""
    pieces = pattern.split("(?P<refers>")
    return pieces[0] + "".join(f"(?P<refers{k or ''}>{piece}" for k, piece in enumerate(pieces[1:]))


@dataclass(frozen=True)
class Found:
    """A wording found in a sentence."""

    match: re.Match[str]
    sentence: Sentence
    asker: Asker
    says: str = ""
    """What the phrase says, where a task has wordings for more than one thing."""

    def group(self, name: str) -> str:
        return self.match.groupdict().get(name) or ""

    @property
    def refers(self) -> str | None:
        """The label of the part that is spoken of."""
        groups = self.match.groupdict()
        return next((text for name, text in groups.items() if name.startswith("refers") and text), None)

    def slots(self, name: str) -> list[Slot]:
        """The formulas of a group of the pattern, which are now accounted for."""
        found = self.sentence.named(self.group(name))
        for slot in found:
            slot.used = True
        return found

    def nodes(self, name: str) -> list[sx.Syntax]:
        """What the formulas of a group speak of."""
        return [n for s in self.slots(name) for n in s.subject if not isinstance(n, sx.Words)]

    @property
    def span(self) -> Span:
        """The formulas of the wording, or of its sentence: where a message points."""
        spans = [s.span for s in self.sentence.named(self.match[0])] or [s.span for s in self.sentence.slots]
        return spans[0] if spans else self.sentence.span

    @property
    def following(self) -> list[Sentence]:
        """The sentences behind this one in the same part."""
        sentences = self.asker.sentences
        at = next(k for k, s in enumerate(sentences) if s is self.sentence)
        return [s for s in sentences[at + 1 :] if s.part == self.sentence.part]


@dataclass(frozen=True)
class Kind:
    """A task: its name in an ``Ask``, its wordings, and how they become goals."""

    name: str
    phrases: tuple[Phrase, ...]
    ask: Callable[[Found], Sequence[Ask] | None]
    """What is asked; nothing where the wording does not mean this task after all, None where the sentence only says
    more about what was asked before."""
    settle: Callable[[Ask, Settler, Reading], Callable[[], Goal]]
    otherwise: Callable[[Asker], Sequence[Ask]] | None = None
    """What a statement means that describes a task and asks for nothing."""


@dataclass(frozen=True)
class Manner:
    """Words that ask for nothing, but say how to do what is asked in the same part, or in all."""

    name: str
    phrases: tuple[Phrase, ...]
    change: Callable[[Found, Ask], Ask]


def questions_of(settler: Settler, ask: Ask) -> list[Goal]:
    """The goals of the part that is spoken of, or of the last part before; an error where there is none."""
    if ask.refers is not None:
        found = [g for g in settler.done if g.part == ask.refers]
        if not found:
            raise errors.MissingPart(
                f"there is no answer to part ({ask.refers}) before this one", place=settler.scope.place(ask.span),
                hint="name an earlier part, or ask for the derivative here",
            )  # fmt: skip
        return found
    before = [g for g in settler.done if g.part != ask.part] or settler.done
    if not before:
        raise errors.MissingPart("there is no earlier answer to go on from", place=settler.scope.place(ask.span))
    return [g for g in before if g.part == before[-1].part]


def asked_formula(node: sx.Syntax | None) -> Ask | None:
    """A derivative, as it stands in a sentence that asks something about it."""
    found = derivative_formula(node) if node is not None else None
    return found if found is not None and found.kind != "subscript" else None


def names_derivative(asker: Asker, node: sx.Syntax) -> sx.Syntax | None:
    """The ∂J/∂z that δ names in δ = ∂J/∂z; None where the formula names no derivative."""
    facts = (f for sentence in asker.sentences for slot in sentence.slots for f in slot.facts)
    pairs = (sides for sides in map(equated, facts) if sides is not None)
    return next((sides[1] for sides in pairs if sides[0] == node and asked_formula(sides[1]) is not None), None)


def derivative_asked(settler: Settler, ask: Ask) -> Ask:
    """The derivative that a task speaks of, as if it alone were asked for."""
    found = asked_formula(ask.body)
    if found is None or found.body is None:
        raise errors.NoGoal("this is asked of a derivative, and none is spoken of", place=settler.scope.place(ask.span))
    return replace(
        found, part=ask.part, case=ask.case, layout=ask.layout, method=ask.method, terms=ask.terms, span=ask.span,
        simplify=ask.simplify,
    )  # fmt: skip


def derivative_goal(settler: Settler, ask: Ask) -> Callable[[], Goal]:
    """The goal to work out the derivative that a task speaks of."""
    found = derivative_asked(settler, ask)
    return settler.derivative(found, settler.reading(found))


def question_goal(settler: Settler, ask: Ask) -> Callable[[], Goal]:
    """The goal to work out a derivative, or the value of any other expression, that a task speaks of."""
    assert ask.body is not None
    if asked_formula(ask.body) is not None:
        return derivative_goal(settler, ask)
    typed = settler.reading(ask).read(ask.body)
    return lambda: settler.goal("shape", typed.build(), (), ask)
