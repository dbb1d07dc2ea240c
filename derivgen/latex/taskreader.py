"""Sentences that set a task of the book, and what they say about how things are to be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from derivgen import errors
from derivgen.errors import Place, Span
from derivgen.latex import syntax as sx
from derivgen.latex.aloud import IN_WORDS, written
from derivgen.latex.asks import Ask
from derivgen.latex.facts import Assigns, Defines, Member
from derivgen.latex.phrases import Phrase
from derivgen.latex.sentences import Case, Sentence
from derivgen.latex.tasks.book import TASKS, wordings
from derivgen.latex.tasks.kind import Found, Manner
from derivgen.latex.tasks.manner import MANNERS
from derivgen.latex.unanswered import behind

if TYPE_CHECKING:
    from derivgen.latex.goals import Asker


class TaskReader:
    """The half of the ``Asker`` that knows the tasks."""

    sentences: list[Sentence]
    asks: list[Ask]
    unanswered: list[tuple[str | None, tuple[str | sx.Syntax, ...]]]
    names: list[sx.Syntax]
    cases: tuple[tuple[str | None, tuple[Case, ...]], ...] = ()
    """The cases that sentences have listed, with their parts, the last first."""
    expression: sx.Syntax | None
    manners: list[tuple[Found, Manner]]
    place: Callable[[Span], Place]
    layout: Callable[[Sentence], str | None]
    sentence: Callable[[Sentence], None]
    remember: Callable[[Sentence], None]

    def task(self, sentence: Sentence) -> bool:
        """Whether the sentence sets a task of the book, as it stands or with its derivatives written as formulas."""
        if self.task_in(sentence):
            return True
        if not IN_WORDS.search(sentence.text):
            return False
        before, used = len(self.asks), [slot.used for slot in sentence.slots]
        with written(sentence) as found:
            if found and self.task_in(sentence) and any(about(a, found) for a in self.asks[before:]):
                return True
            found.clear()
        del self.asks[before:]
        for slot, was in zip(sentence.slots, used, strict=True):
            slot.used = was
        return False

    def task_in(self, sentence: Sentence) -> bool:
        """Whether a wording of the book is found; what it asks is noted."""
        for kind, phrase in wordings(sentence.text):
            for match in phrase.matches(sentence.text):
                made = kind.ask(self.found(match, sentence, phrase))
                if made is None:
                    return True
                if made:
                    layout = self.layout(sentence) if all(a.layout is None for a in made) else None
                    asked = [replace(a, part=a.part or sentence.part, layout=a.layout or layout) for a in made]
                    self.asks += self.in_cases(asked, sentence)
                    self.remember(sentence)
                    self.unanswered += [(sentence.part, c) for c in behind(sentence, match.end(), kind.name)]
                    return True
        return False

    def in_cases(self, asks: Sequence[Ask], sentence: Sentence) -> list[Ask]:
        """What a sentence asks about a letter to which it, or one before, gives several shapes: once for each."""
        if sentence.cases:
            self.cases = ((sentence.part, sentence.cases), *self.cases)
        near = (c for part, c in self.cases if part in (None, sentence.part) and c[0].shapes)
        cases = sentence.cases or next(near, ())
        return [replace(a, case=c.label) for a in asks for c in cases if speaks_of(a, c)] or list(asks)

    def all_options_used(self) -> None:
        """Options that nothing was made of would be passed over: it must be told what they are to be chosen by."""
        for sentence in self.sentences:
            if sentence.option is not None and sentence.slots and not any(s.used for s in sentence.slots):
                raise errors.NoGoal(
                    "it was not understood what is asked about the items of this list",
                    place=self.place(sentence.slots[0].span),
                    hint="ask, as in: Which of these are equal to $…$? or: Which of these have the shape of $…$?",
                )

    def otherwise(self) -> None:
        """What is meant where nothing is asked, and no clause was left unanswered."""
        if self.asks or self.unanswered:
            return
        for kind in TASKS:
            made = kind.otherwise(cast("Asker", self)) if kind.otherwise is not None else ()
            if made:
                self.asks += [replace(a, kind=kind.name) for a in made]
                return

    def manner(self, sentence: Sentence) -> None:
        for manner in MANNERS:
            for phrase in manner.phrases:
                for match in phrase.matches(sentence.text):
                    self.manners.append((self.found(match, sentence, phrase), manner))

    def in_manner(self, ask: Ask) -> Ask:
        """What is asked, in the manner that its part or the whole statement wants."""
        own_first = sorted(self.manners, key=lambda pair: pair[0].sentence.part is None)
        for found, manner in own_first:
            if found.sentence.part in (None, ask.part):
                ask = manner.change(found, ask)
        return ask

    def share_out(self) -> None:
        """What is asked before the parts is asked in each of them, where they only give what it is about."""
        parts = list(dict.fromkeys(s.part for s in self.sentences if s.part is not None))
        self.share_by_method()
        if not parts or not self.asks or any(a.part is not None for a in self.asks):
            return
        given = {s.part for s in self.sentences for t in s.slots for f in t.facts if isinstance(f, Defines | Member)}
        if all(p in given for p in parts):
            self.asks = [replace(a, part=p) for p in parts for a in self.asks]

    def share_by_method(self) -> None:
        """ "Find dy/dx: (a) by one element, (b) by writing it out": one question for each part that names a method."""
        free = [a for a in self.asks if a.part is None]
        told = dict.fromkeys(f.sentence.part for f, m in self.manners if m.name == "method" and f.sentence.part)
        own = {a.part for a in self.asks if a.kind != "compare"}
        if len(free) != 1 or free[0].kind not in ("derivative", "gradient") or len(told) < 2 or own & told.keys():
            return
        compared = [replace(a, part=None) for a in self.asks if a.kind == "compare"]
        rest = [a for a in self.asks if a.part is not None and a.kind != "compare"]
        self.asks = [*(replace(free[0], part=p) for p in told), *rest, *compared]

    def asked_last(self) -> sx.Syntax | None:
        """The derivative that was asked for last, as a formula."""
        for ask in reversed(self.asks):
            if ask.kind in ("derivative", "shape derivative") and ask.body is not None and ask.by:
                return sx.Leibniz(ask.body, ask.by, span=ask.span)
            if ask.kind == "shape":
                return ask.body
        return self.expression

    def position(self) -> sx.Syntax | None:
        """Where one stands: ``(x, y) = (-1, 0)``, given anywhere in the statement."""
        for sentence in self.sentences:
            for slot in sentence.slots:
                for fact in slot.facts:
                    if isinstance(fact, Assigns):
                        slot.used = True
                        sides = (sx.Tuple(fact.left), sx.Tuple(fact.right))
                        return sx.Chain(tuple(sx.Fenced("(", s, ")") for s in sides), ("=",), span=fact.span)
        return None

    def names_something(self, node: sx.Syntax) -> bool:
        """Whether a formula is something that the statement has defined."""
        head = node.head if isinstance(node, sx.MaybeCall) else node
        return any(head == (n.head if isinstance(n, sx.MaybeCall) else n) for n in self.names)

    def mentions(self, node: sx.MaybeCall) -> bool:
        """Whether the letter that is applied stands anywhere else."""
        rows = (row for s in self.sentences for slot in s.slots for row in slot.formula.rows if row is not node)
        inside = (n for row in rows for n in sx.walk(row) if n is not node.head)
        return any(n == node.head for n in inside)

    def found(self, match: re.Match[str], sentence: Sentence, phrase: Phrase) -> Found:
        return Found(match, sentence, cast("Asker", self), phrase.says)


def about(ask: Ask, derivatives: Sequence[sx.Syntax]) -> bool:
    """Whether what is asked is asked of one of these derivatives."""
    return any(n in derivatives for root in (ask.body, ask.claim) if root is not None for n in sx.walk(root))


def speaks_of(ask: Ask, case: Case) -> bool:
    """Whether a formula of what is asked holds a letter of a case; values of sizes concern everything."""
    letters = [node for node, _ in case.shapes]
    inside = [n for root in (ask.body, *ask.by) if root is not None for n in sx.walk(root)]
    return not letters or not ask.by or any(n in letters for n in inside)
