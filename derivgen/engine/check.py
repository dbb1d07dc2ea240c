"""Every line is put to the numbers: at unequal sizes, at equal ones, and at size one.

A line holds when both sides agree to one part in ten million (``TOLERANCE``) of their largest entry.  Where a side is
not finite, other samples are tried; where none helps the sizes are skipped and named, and a line that could not be
tried at two unequal sets of sizes is *undecided*, which is never shown as verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from derivgen.derivation import REFUTED, UNCHECKED, UNDECIDED, VERIFIED, Check, Goal, Problem
from derivgen.engine.sizes import (
    UNEQUAL,
    Sizing,
    least_sizes,
    more_sizings,
    rank_allows,
    sizes_in,
    sizings,
    symbols_in,
)
from derivgen.terms.nodes import Counter, Idx, Num, Relation, Sym, Term
from derivgen.terms.shapes import Size, show

if TYPE_CHECKING:
    from derivgen.engine.extremes.needs import Need
    from derivgen.terms.duals import Data
    from derivgen.terms.numbers import Evaluator

TOLERANCE = 1e-7
FLOOR = 1e-4
"""Entries below this count as this large: what rounding leaves of a zero is no difference."""
SEEDS = 2
"""How often the moods of the samples are gone through where nothing is finite."""
ENOUGH = 3
"""How many sets of sizes are looked for beyond the likeliest ones."""
HASTY = 4
"""How many samples are tried at sizes where an earlier line was not finite at any."""
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    "≥": lambda a, b: a >= b,
    "≤": lambda a, b: a <= b,
    "≠": lambda a, b: a != b,
}
WORDS = {">": "positive", "≥": "non-negative", "<": "negative", "≤": "non-positive", "≠": "nonzero"}
"""What a comparison of a symbol with zero says of the symbol."""


@dataclass
class _Point:
    """A set of sizes, with an evaluator for each sample that was needed there."""

    number: int
    kind: str
    sizing: Sizing
    evaluators: dict[int, Evaluator | None] = field(default_factory=dict)
    failed: bool = False
    """Whether a line was not finite here at any sample."""
    order: list[int] = field(init=False)
    """The samples in the order in which they are tried."""
    wanted: int = field(init=False)
    """How many of them must agree: one, and two where there are no sizes to vary."""
    shown: dict[str, int] = field(default_factory=dict)
    """The sizes under their plain names."""

    def __post_init__(self) -> None:
        from derivgen.terms.sampling import MOODS

        self.order = list(range(SEEDS * len(MOODS)))
        if self.number % 2:  # every other set of sizes begins with the sample of the opposite signs
            self.order[:2] = [1, 0]
        self.wanted = 1 if any(isinstance(s, str) for s in self.sizing) else 2


@dataclass(frozen=True)
class _Outcome:
    verdict: str
    error: float = 0.0
    word: str = ""
    """The witness of a difference, or why nothing could be said."""
    mood: str = ""


class Checker:
    """The numbers of one problem, or of its goals that have the same sizes; what lines share is computed once."""

    def __init__(
        self,
        problem: Problem | None = None,
        *,
        goals: Sequence[Goal] | None = None,
        seed: int = 0,
        tolerance: float = TOLERANCE,
    ) -> None:
        self.seed, self.tolerance = seed, tolerance
        self.relations: list[Relation] = []
        self.names: dict[str, str] = {}
        terms: list[Term] = []
        if problem is not None:
            chosen = problem.goals if goals is None else goals
            terms += [t for g in chosen for t in (g.question, g.claim) if t is not None]
            asked = frozenset[Any]().union(*(t.symbols for t in terms))
            self.relations = [
                _in_numbers(c) for c in problem.conditions
                if isinstance(c, Relation) and c.sign in COMPARISONS and (goals is None or c.symbols <= asked)
            ]  # fmt: skip
            self.names = {latex: plain for plain, latex in problem.sizes}
            terms += [s.term for s in problem.symbols if s.term is not None and (goals is None or s.term in asked)]
        self.needs: tuple[Need, ...] = ()
        """What an answer needs beyond the statement: samples respect it."""
        self.about_indices = [r for r in self.relations if r.free and not r.symbols]
        self.extra = self._signs()
        self.sizes: set[Size] = set()
        self.needed: dict[Size, int] = {}
        """The least that sizes may be, for the positions that are numbers."""
        self.symbols: set[Sym] = set()
        self.points: list[_Point] = []
        self.ruled_out: tuple[str, ...] = ()
        self.terms = terms
        self._prepare([*terms, *self.relations])

    def supposing(self, needs: Sequence[Need]) -> Checker:
        """A checker whose samples also fulfil these conditions."""
        if not needs:
            return self
        from copy import copy

        narrower = copy(self)
        narrower.needs = (*self.needs, *needs)
        narrower.relations = [*self.relations, *(n.relation for n in needs if n.relation is not None)]
        narrower.extra = narrower._signs()
        for symbol, word in (p for n in narrower.needs for p in n.properties):
            narrower.extra[symbol] = (*narrower.extra.get(symbol, ()), word)
        narrower.sizes, narrower.symbols, narrower.needed = set(self.sizes), set(self.symbols), dict(self.needed)
        narrower._prepare([*self.terms, *narrower.relations])
        return narrower

    # ------------------------------------------------------------------------------------------ asking
    def step(self, before: Term, after: Term) -> Check:
        """Whether two lines have the same value, for all values of their free indices."""
        if before.shape != after.shape:
            return Check(REFUTED, witness=f"the shape changes from {show(before.shape)} to {show(after.shape)}")
        from derivgen.terms.layouts import NoValue
        from derivgen.terms.numbers import NoElement, UnknownSize

        if not self.symbols:
            self._prepare([before, after])
        try:
            try:
                return self._compare(before, after)
            except (UnknownSize, NoElement):
                self._prepare([before, after])
                return self._compare(before, after)
        except NoValue as error:
            return Check(UNDECIDED, skipped=(str(error),))

    def answer(self, question: Term, answer: Term) -> Check:
        """Whether an answer is that of the question, which is evaluated by itself, without the derivation."""
        if question.shape != answer.shape:
            return Check(
                REFUTED, witness=f"the answer is {show(answer.shape)}, the question asks for {show(question.shape)}"
            )
        return self.step(question, answer)

    def shape(self, term: Term) -> Check:
        """Whether the values of a term have the shape that its type says, at all sizes that are tried."""
        from derivgen.terms.layouts import NoValue
        from derivgen.terms.numbers import UnknownSize

        tried: list[dict[str, int]] = []
        try:
            for point in self.points:
                evaluator = self._evaluator(point, point.order[0])
                if evaluator is None:
                    continue
                if evaluator.array(term, _indices(term)).shape[-2:] != evaluator.extent(term.shape):
                    return Check(REFUTED, (point.shown,), witness="the values have another shape")
                tried.append(point.shown)
        except UnknownSize:
            self._prepare([term])
            return self.shape(term)
        except NoValue as error:
            return Check(UNDECIDED, skipped=(str(error),))
        return Check(VERIFIED if tried else UNDECIDED, tuple(tried), 0.0)

    def meets(self, evaluator: Evaluator) -> bool:
        """Whether a draw of values meets the conditions of the statement, as far as they can be told for it."""
        return self._holds(evaluator)

    def everywhere(self, test: Callable[[Evaluator], str | None], within: Sequence[Term]) -> Check:
        """Whether a test holds at all sizes tried; it says what is wrong, "" for nothing, None for no value."""
        from derivgen.terms.layouts import NoValue
        from derivgen.terms.numbers import UnknownSize

        tried: list[dict[str, int]] = []
        unequal = 0
        try:
            for point in self.points:
                if point.kind == UNEQUAL and unequal == 2:
                    continue
                for attempt in point.order:
                    evaluator = self._evaluator(point, attempt)
                    fault = test(evaluator) if evaluator is not None else None
                    if fault:
                        return Check(REFUTED, (point.shown,), witness=self._told(point, fault))
                    if fault is not None:
                        tried.append(point.shown)
                        unequal += point.kind == UNEQUAL
                        break
        except UnknownSize:
            self._prepare(within)
            return self.everywhere(test, within)
        except NoValue as error:
            return Check(UNDECIDED, skipped=(str(error),))
        return Check(VERIFIED if tried else UNDECIDED, tuple(tried), 0.0)

    def sizes_differ(self) -> Check:
        """That sizes with different letters were given different numbers: what rests on generic sizes alone."""
        return Check(VERIFIED, tuple(p.shown for p in self.points if p.kind == UNEQUAL), 0.0)

    # --------------------------------------------------------------------------------------- preparing
    def _signs(self) -> dict[Sym, tuple[str, ...]]:
        extra: dict[Sym, tuple[str, ...]] = {}
        for r in self.relations:
            if isinstance(r.left, Sym) and r.right == Num(0):
                extra[r.left] = (*extra.get(r.left, ()), WORDS[r.sign])
        return extra

    def _prepare(self, terms: Sequence[Term]) -> None:
        """Points for all the sizes met so far, without those that the conditions exclude."""
        for t in terms:
            self.sizes |= sizes_in(t)
        self.symbols |= symbols_in(terms)
        for size, least in least_sizes(terms).items():
            self.needed[size] = max(least, self.needed.get(size, 1))
        ruled_out, self.points = [], []
        for kind, sizing in sizings(self.sizes, self.needed):
            why = rank_allows(self.symbols, sizing, self.extra) or self._size_conditions(sizing)
            if why:
                ruled_out.append(f"{self._at(sizing)}: {why}")
            else:
                self.points.append(_Point(len(self.points), kind, sizing, shown=self._shown(sizing)))
        self.ruled_out = tuple(ruled_out)
        if sum(p.kind == UNEQUAL for p in self.points) < 2 and ruled_out:
            self._look_further()

    def _look_further(self) -> None:
        """Other unequal sizes, where the conditions exclude the likeliest."""
        known = [p.sizing for p in self.points]
        for sizing in more_sizings(self.sizes, self.needed):
            why = rank_allows(self.symbols, sizing, self.extra) or self._size_conditions(sizing)
            if not why and sizing not in known:
                shown = self._shown(sizing)
                self.points.insert(len(known), _Point(len(self.points), UNEQUAL, sizing, shown=shown))
                known.append(sizing)
            if len(known) > ENOUGH:
                return

    def _size_conditions(self, sizing: Sizing) -> str | None:
        about_sizes = [r for r in self.relations if not r.symbols and not r.free]
        if not about_sizes:
            return None
        from derivgen.terms.numbers import Evaluator

        probe = Evaluator(sizing)
        for r in about_sizes:
            if not _truth(probe, r, []).all():
                return "the conditions on the sizes fail"
        return None

    def _evaluator(self, point: _Point, attempt: int) -> Evaluator | None:
        """The evaluator of a sample, None where the sample breaks a condition."""
        if attempt not in point.evaluators:
            from derivgen.terms.numbers import Evaluator
            from derivgen.terms.sampling import MOODS, Sampler

            turn, mood = divmod(attempt, len(MOODS))
            found = Evaluator(point.sizing, Sampler(self.seed + turn, MOODS[mood], self.extra))
            holds = self._holds(found) and all(n.allows(found) for n in self.needs)
            point.evaluators[attempt] = found if holds else None
        return point.evaluators[attempt]

    def _holds(self, evaluator: Evaluator) -> bool:
        from derivgen.terms.layouts import NoValue

        for r in self.relations:
            is_sign = r.left in self.extra and r.right == Num(0)  # samples are drawn with these signs
            if not r.symbols or is_sign:
                continue
            try:
                if not _truth(evaluator, r, _indices(r)).all():
                    return False
            except NoValue:
                continue
        return True

    # --------------------------------------------------------------------------------------- comparing
    def _compare(self, before: Term, after: Term) -> Check:
        tried: list[dict[str, int]] = []
        skipped = [] if len(self.points) > 3 and not self.needs else once_each(self.ruled_out)
        worst, unequal, moods = 0.0, 0, set()
        for point in self.points:
            if point.kind == UNEQUAL and unequal == 2:
                continue
            outcome = self._at_point(point, before, after)
            if outcome.verdict == REFUTED:
                verdict = UNDECIDED if any(isinstance(s, int) for s in point.sizing) else REFUTED
                return Check(verdict, (self._shown(point.sizing),), outcome.error, self._told(point, outcome.word))
            if outcome.verdict == UNDECIDED:
                skipped.append(self._told(point, outcome.word))
                continue
            tried.append(point.shown)
            worst = max(worst, outcome.error)
            unequal += point.kind == UNEQUAL
            moods.add(outcome.mood)
        needed = min(2, sum(p.kind == UNEQUAL for p in self.points))
        verdict = VERIFIED if unequal >= max(1, needed) else UNDECIDED
        if verdict == VERIFIED and "positive" in moods:
            skipped.append("tried with positive values only: it is not defined everywhere")
        return Check(verdict, tuple(tried), worst, None, tuple(skipped))

    def _at_point(self, point: _Point, before: Term, after: Term) -> _Outcome:
        """The first sample at which both sides are finite decides; where there are no sizes, a second one is tried."""
        wanted = point.wanted
        done: _Outcome | None = None
        allowed = False
        for attempt in point.order[:HASTY] if point.failed else point.order:
            evaluator = self._evaluator(point, attempt)
            allowed = allowed or evaluator is not None
            error = None if evaluator is None else self._difference(evaluator, before, after)
            if error is None or evaluator is None:
                continue
            if error > self.tolerance:
                return _Outcome(REFUTED, error, self._witness(evaluator, before, after))
            done = _Outcome(VERIFIED, max(error, done.error if done else 0.0), mood=evaluator.sampler.mood)
            wanted -= 1
            if not wanted:
                break
        point.failed = done is None
        return done or _Outcome(
            UNDECIDED, word=": not finite at any sample" if allowed else ": no sample fulfils the conditions"
        )

    def _difference(self, evaluator: Evaluator, before: Term, after: Term) -> float | None:
        masks = self._masks(before, after)
        if not masks:
            return evaluator.difference(before, after, FLOOR)
        from derivgen.terms.numbers import relative_difference

        indices = _indices(before, after)
        left, right = evaluator.array(before, indices), evaluator.array(after, indices)
        meant: Data | None = None
        for r in masks:
            truth = _truth(evaluator, r, indices)
            meant = truth if meant is None else meant & truth
        if meant is None or not meant.any():  # such as i ≠ j where n = 1: nothing is compared
            return None
        return relative_difference(left * meant, right * meant, FLOOR)

    def _masks(self, before: Term, after: Term) -> list[Relation]:
        """Conditions on the free indices, such as i ≠ j: where they fail the lines are not meant."""
        if not self.about_indices:
            return []
        free = before.free | after.free
        return [r for r in self.about_indices if r.free <= free]

    def _witness(self, evaluator: Evaluator, before: Term, after: Term) -> str:
        """Where the two sides differ most, and both values there."""
        import numpy as np

        indices = _indices(before, after)
        left, right = evaluator.array(before, indices), evaluator.array(after, indices)
        gap = np.abs(left - right)
        for r in self._masks(before, after):
            gap = np.where(_truth(evaluator, r, indices), gap, 0.0)
        place = np.unravel_index(int(gap.argmax()), gap.shape)
        where = "".join(f", {i.letter} = {at + 1}" for i, at in zip(indices, place, strict=False))
        row, col = (int(k) + 1 for k in place[-2:])
        entry = "" if before.is_scalar_term else f" in entry ({row}, {col})"
        return f"{where}: {left[place]:.6g} against {right[place]:.6g}{entry}"

    # ----------------------------------------------------------------------------------------- showing
    def _shown(self, sizing: Sizing) -> dict[str, int]:
        return {self.names.get(s, s): k for s, k in sizing.items() if isinstance(s, str)}

    def _at(self, sizing: Sizing) -> str:
        return ", ".join(f"{name} = {k}" for name, k in self._shown(sizing).items())

    def _told(self, point: _Point, words: str) -> str:
        """What was found, after the sizes at which it was; there need be none."""
        return f"{self._at(point.sizing)}{words}".removeprefix(": ")


def once_each(ruled_out: Iterable[str]) -> list[str]:
    """Sizes that were left out, the first for each reason."""
    found: dict[str, str] = {}
    for told in ruled_out:
        found.setdefault(told.partition(": ")[2], told)
    return list(found.values())


def _in_numbers(relation: Relation) -> Relation:
    """Index letters and numbers in a comparison as terms."""
    sides: list[Term] = []
    for side in (relation.left, relation.right):
        if isinstance(side, Idx):
            sides.append(Counter(side))
        else:
            sides.append(Num(side) if isinstance(side, int) else side)
    return Relation(relation.sign, *sides)


def _truth(evaluator: Evaluator, relation: Relation, indices: list[Idx]) -> Data:
    """Where a comparison holds, for all values of the indices."""
    left, right = (evaluator.array(t, indices) for t in relation.args[1:])
    truth: Data = COMPARISONS[relation.sign](left, right)
    return truth


def _indices(*terms: Term) -> list[Idx]:
    free = frozenset[Idx]().union(*(t.free for t in terms))
    return sorted(free, key=lambda i: (i.letter, str(i.size)))


def combine(checks: Iterable[Check]) -> Check:
    """The verdict of a whole derivation: as good as its worst line."""
    given = list(checks)
    if not given:
        return Check(UNCHECKED)
    for verdict in (REFUTED, UNDECIDED, UNCHECKED):
        bad = next((c for c in given if c.verdict == verdict), None)
        if bad is not None:
            return bad
    sizes = tuple(s for s in given[0].sizes if all(s in c.sizes for c in given))
    error = max((c.error or 0.0) for c in given)
    skipped = tuple(dict.fromkeys(s for c in given for s in c.skipped))
    return Check(VERIFIED, sizes, error, None, skipped)
