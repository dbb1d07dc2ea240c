"""The work on one question: lines that lead from the question to its answer.

``Working`` gathers the lines that the modules beside this one write, one kind of question each.  Checks are not made
here: ``derive`` checks every line when the working is done, and the question against the answer without indices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from derivgen.derivation import Choice, Derivation, Fact, Graph, Prose, Step, Surface, Table
from derivgen.engine.pushing import told_in_short
from derivgen.engine.words import what_was_tidied
from derivgen.notation.boxes import Box
from derivgen.rules.catalog import IDENTITIES, RULES
from derivgen.rules.moves import BY_NAME
from derivgen.rules.network import Moves
from derivgen.rules.sums import sift_delta
from derivgen.rules.textbook import textbook
from derivgen.terms.nodes import (
    Idx,
    Term,
)
from derivgen.terms.trees import Fresh, letters_of

if TYPE_CHECKING:
    from derivgen.engine.check import Checker

MOVE_LAWS = {name: (move.law, move.source) for name, move in BY_NAME.items()}
RULE_LAWS = {rule.name: (rule.law, rule.source) for rule in (*RULES, sift_delta, *IDENTITIES)}


@dataclass
class Working:
    """The lines so far, and what is said around them."""

    layout: str
    method: str
    avoid: frozenset[str]
    lines: list[Step] = field(default_factory=list)
    introduction: Prose = ()
    conclusion: Prose = ()
    conditions: list[Term | Prose] = field(default_factory=list)
    known: dict[Term, Term] = field(default_factory=dict)
    """Scalar derivatives that were worked out above: not worked out again."""
    earlier: Mapping[Term, tuple[Term, str]] = field(default_factory=dict)
    """Questions that an earlier part answered, with the answer and the name of the part."""
    shown: dict[Term, Term] = field(default_factory=dict)
    """Partial derivatives that a line of this problem has shown: one dictionary for all of its goals."""
    before: Sequence[Derivation] = ()
    """What was derived before, for tasks that speak of it."""
    variables: frozenset[Term] = frozenset()
    """What is differentiated by in any of the goals."""
    checker: Checker | None = None
    """The numbers, for what is established by them on the way; None where nothing is to be checked."""
    narrower: Checker | None = None
    """The numbers under the conditions that the answer needs; None where those of the problem are all."""
    simplify: bool = True
    inner_first: bool = False
    """Whether a chain rule is written (∂y/∂x)(∂z/∂y): the order of the factors in denominator layout."""
    keep_sums: bool = False
    """Whether sums in a scalar answer stay as they are, and are not made into products of matrices."""
    against: Term | None = None
    """What a task's answer must be equal to, evaluated by itself."""
    value: Term | None = None
    """The answer worked out, where it keeps derivatives that could be."""
    question: Term | None = None
    """What the answer is the value of, where the work has narrowed the question."""
    text: list[Prose] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    figures: list[Graph | Surface] = field(default_factory=list)

    def aside(self) -> Working:
        """A working for a side calculation: what it finds is used, its lines are shown only where they are added."""
        return replace(
            self, lines=[], introduction=(), conclusion=(), conditions=[], text=[], choices=[], facts=[], tables=[],
            figures=[], shown=dict(self.shown),
        )  # fmt: skip

    def say(self, *paragraph: str | Term | Idx | Box) -> None:
        """A paragraph of the answer in words."""
        self.text.append(paragraph)

    def fresh(self, term: Term) -> Fresh:
        return Fresh(self.avoid | letters_of(term)).within(term)

    def add(self, *steps: Step) -> None:
        self.lines.extend(steps)

    def line(
        self,
        rule: str,
        before: Term,
        after: Term,
        reason: Prose,
        *,
        left: Term | None = None,
        detail: int = 1,
        where: tuple[tuple[Term, Term], ...] = (),
    ) -> None:
        """A line of the engine's own: a move, or a rule used on the whole line."""
        law, source = MOVE_LAWS.get(rule) or RULE_LAWS[rule]
        self.lines.append(
            Step(rule, before, after, reason, left=left, law=law, source=source, detail=detail, where=where)
        )

    def rename_left(self, first: int, old: Term, new: Term) -> None:
        """From a position on, a left side by another name of the same thing."""
        self.lines[first:] = [replace(s, left=new) if s.left == old else s for s in self.lines[first:]]

    def start(self, position: int, left: Term) -> None:
        """Put a left side before the line at a position, the first of a chain."""
        if position < len(self.lines):
            self.lines[position] = replace(self.lines[position], left=left)


def tidy(work: Working, term: Term, after: Term | None = None) -> Term:
    """The textbook form (``after``, where it is known), with a line if anything changed."""
    if not work.simplify:
        return term
    after = textbook(term) if after is None else after
    if after != term:
        work.line("textbook_form", term, after, what_was_tidied(term, after))
    return after


def said(word: object) -> str:
    return word.letter if isinstance(word, Idx) else str(word) if isinstance(word, str) else "a factor"


def reason_of(moves: Moves, otherwise: str) -> Prose:
    """Why sums become products, where the indices are dropped at once as well."""
    return told_in_short([*moves.told, *moves.last]) or (otherwise,)


def reason_of_sums(moves: Moves, otherwise: str) -> Prose:
    """Why sums become products in a line that keeps its indices."""
    return told_in_short(moves.told) or (otherwise,)


def reason_at_end(moves: Moves, words: str) -> Prose:
    """Why the indices may be dropped in the line after."""
    return told_in_short([(words,), *moves.last])
