"""Sentences that set a task of the book, and what they say about how things are to be done."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from derivgen.errors import Place, Span
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.facts import Assigns, Defines
from derivgen.latex.sentences import Sentence
from derivgen.latex.tasks.book import TASKS
from derivgen.latex.tasks.kind import Found, Manner
from derivgen.latex.tasks.manner import MANNERS

if TYPE_CHECKING:
    from derivgen.latex.goals import Asker


class TaskReader:
    """The half of the ``Asker`` that knows the tasks."""

    sentences: list[Sentence]
    asks: list[Ask]
    unanswered: list[tuple[str | None, tuple[str | sx.Syntax, ...]]]
    names: list[sx.Syntax]
    expression: sx.Syntax | None
    manners: list[tuple[Found, Manner]]
    place: Callable[[Span], Place]
    layout: Callable[[Sentence], str | None]
    remember: Callable[[Sentence], None]

    def task(self, sentence: Sentence) -> bool:
        """Whether the sentence sets a task of the book; what it asks is noted."""
        for kind in TASKS:
            for phrase in kind.phrases:
                for match in phrase.matches(sentence.text):
                    made = kind.ask(self.found(match, sentence))
                    if made:
                        layout = self.layout(sentence)
                        self.asks += [
                            replace(a, kind=kind.name, part=sentence.part, layout=a.layout or layout) for a in made
                        ]
                        self.remember(sentence)
                        return True
        return False

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
                    self.manners.append((self.found(match, sentence), manner))

    def in_manner(self, ask: Ask) -> Ask:
        """What is asked, in the manner that its part or the whole statement wants."""
        for found, manner in self.manners:
            if found.sentence.part in (None, ask.part):
                ask = manner.change(found, ask)
        return ask

    def share_out(self) -> None:
        """What is asked before the parts is asked in each of them, where they only give what it is about."""
        parts = list(dict.fromkeys(s.part for s in self.sentences if s.part is not None))
        if not parts or not self.asks or any(a.part is not None for a in self.asks):
            return
        given = {s.part for s in self.sentences for t in s.slots for f in t.facts if isinstance(f, Defines)}
        if all(p in given for p in parts):
            self.asks = [replace(a, part=p) for p in parts for a in self.asks]

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

    def found(self, match: re.Match[str], sentence: Sentence) -> Found:
        return Found(match, sentence, cast("Asker", self))
