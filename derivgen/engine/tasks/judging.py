"""Equalities judged one by one: true by numbers at all sizes, or false, with the reason and a counterexample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derivgen.derivation import REFUTED, VERIFIED, Check, Choice, Goal, Prose
from derivgen.engine import facts
from derivgen.engine.tasks.reasons import in_its_place, when_it_holds, why_it_holds
from derivgen.engine.words import size_of
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.notation.boxes import Operator, RowOf
from derivgen.notation.names import size_box
from derivgen.prose import listed, strung
from derivgen.tasks import Equation, Judge, Merges, Side

HOLDS, FAILS, UNDEFINED = "holds", "fails", "not defined"
BY_VALUES: Prose = ("the values agree at all sizes and points that were tried",)


@dataclass(frozen=True)
class Verdict:
    """What is found about two neighbours of an equation."""

    number: int
    left: Side
    right: Side
    value: str
    fits: Merges | None
    check: Check

    @property
    def name(self) -> str:
        return f"equality {self.number}"

    @property
    def shown(self) -> Prose:
        return (self.left.shown, " = ", self.right.shown)


def judge(work: Working, goal: Goal) -> None:
    task = goal.task
    assert isinstance(task, Judge)
    if work.checker is None:
        raise NoRule("equalities are judged by their values", hint="leave out --no-check")
    found = list(verdicts(work, task.equations))
    work.introduction = introduction(found)
    work.say(*in_short(task, [v for _, v in found]))
    for equation in task.equations:
        mine = [v for e, v in found if e is equation]
        faulty: list[Side] = []
        ends = true_ends(work, equation, mine)
        for verdict in mine:
            told = bool(ends) and verdict.left is equation.sides[0]
            explain(work, verdict, faulty, alone=len(found) == 1, told=told)
        for words in ends:
            work.say("What is true is ", *words, ".")
    if any(e.label for e in task.equations):
        work.choices = [choice(e, [v for f, v in found if f is e]) for e in task.equations]


def verdicts(work: Working, equations: Sequence[Equation]) -> Iterator[tuple[Equation, Verdict]]:
    number = 0
    for equation in equations:
        for k, (left, right) in enumerate(zip(equation.sides, equation.sides[1:], strict=False)):
            number += 1
            value, check = compared(work, left, right)
            fits = equation.fits[k] if k < len(equation.fits) else ()
            yield equation, Verdict(number, left, right, value, fits, check)


def compared(work: Working, left: Side, right: Side) -> tuple[str, Check]:
    """Whether two sides are equal; what the numbers cannot decide stays undecided in the check."""
    if left.term is None or right.term is None:
        return UNDEFINED, facts.by_sizes(work)
    if left.term.shape != right.term.shape:
        return FAILS, facts.has_shape(work, right.term)
    check = facts.equal(work, left.term, right.term)
    if check.verdict == REFUTED:
        return FAILS, Check(VERIFIED, check.sizes, check.error, check.witness)
    return HOLDS, check


# ------------------------------------------------------------------------------------------------------ the words
def introduction(found: Sequence[tuple[Equation, Verdict]]) -> Prose:
    """The equalities by their numbers, where there are several."""
    if len(found) == 1:
        return ()
    numbered = strung(((f"({v.number}) ", *v.shown) for _, v in found), last=", ")
    return ("The equalities are numbered: ", *numbered, ".")


def in_short(task: Judge, found: Sequence[Verdict]) -> Prose:
    good = [v.number for v in found if v.value == HOLDS]
    bad = [v.number for v in found if v.value != HOLDS]
    if len(found) == 1:
        if task.asked == "true":
            return ("True." if good else "False.",)
        return ("It holds." if good else "It does not hold.",)
    if task.asked == "true" and len(task.equations) == 1:
        return ("True: each of the equalities holds.",) if not bad else (f"False: {counted(bad)} {fail(bad)}.",)
    if not bad:
        return ("All of them hold.",)
    if not good:
        return ("None of them holds.",)
    return (f"{counted(bad)[0].upper()}{counted(bad)[1:]} {fail(bad)}; {counted(good)} {hold(good)}.",)


def counted(numbers: Sequence[int]) -> str:
    """ "equality 1", "equalities 1 and 3"."""
    return ("equality " if len(numbers) == 1 else "equalities ") + "".join(listed(map(str, numbers)))


def fail(numbers: Sequence[int]) -> str:
    return "fails" if len(numbers) == 1 else "fail"


def hold(numbers: Sequence[int]) -> str:
    return "holds" if len(numbers) == 1 else "hold"


def explain(work: Working, verdict: Verdict, faulty: list[Side], *, alone: bool, told: bool) -> None:
    """Paragraphs and facts for one equality; ``told``: what its left side is in truth is said elsewhere; ``faulty``:
    sides of which was said that they are not defined."""
    lead: Prose = () if alone else (f"({verdict.number}) ",)
    if verdict.value == HOLDS:
        reason = why_it_holds(work, verdict.left, verdict.right)
        words: Prose = (*verdict.shown, " holds: ", *(reason or BY_VALUES))
        facts.establish(work, verdict.name, HOLDS, words, verdict.check)
        work.say(*lead, *words, ".")
        return
    if verdict.value == UNDEFINED:
        words = undefined(verdict, faulty)
    elif verdict.left.term is not None and verdict.right.term is not None:
        words = (*verdict.shown, " fails", *shapes_apart(verdict))
    facts.establish(work, verdict.name, verdict.value, words, verdict.check)
    sides = (verdict.name, verdict.left, verdict.right)
    work.say(*lead, *words, ".", *with_equal_sizes(work, verdict))
    for more in (() if told else in_its_place(work, *sides), when_it_holds(work, *sides)):
        if more:
            work.say(*more)


def undefined(verdict: Verdict, faulty: list[Side]) -> Prose:
    """Which side is no term, and what would have to be equal; said once for each side."""
    words: Prose = (*verdict.shown, " fails")
    for side in (verdict.left, verdict.right):
        if side.term is not None:
            continue
        words = (*words, ": ", side.shown, " is not defined")
        if side in faulty:
            return (*words, ", as was said")
        faulty.append(side)
        words = (*words, ", for ", *side.fault) if side.fault else words
        words = (*words, ", and the product needs ", *merged(side.needs)) if side.needs else words
    both = verdict.fits
    if both and both not in (verdict.left.needs, verdict.right.needs):
        words = (*words, "; the two sides have one shape only if ", *merged(both))
    return words


def merged(merges: Merges | None) -> Prose:
    """Sizes that are equal: n = p."""
    equal = Operator("=", "relation")
    rows = [
        [x for n, s in enumerate(group) for x in ((equal,) if n else ()) + (size_box(s),)] for group in merges or ()
    ]
    return listed((RowOf(tuple(row)) for row in rows), " and ")


def shapes_apart(verdict: Verdict) -> Prose:
    left, right = verdict.left.term, verdict.right.term
    if left is None or right is None or left.shape == right.shape:
        return ()
    words: Prose = (": the left side is ", size_of(left.shape), " and the right side ", size_of(right.shape))
    return (*words, ", the same only if ", *merged(verdict.fits)) if verdict.fits else words


def with_equal_sizes(work: Working, verdict: Verdict) -> Prose:
    """A counterexample in small whole numbers, at sizes at which both sides are defined."""
    from derivgen.engine.counterexamples import counterexample

    left, right = verdict.left.small, verdict.right.small
    if left is None or right is None or left.shape != right.shape or left.free or right.free:
        return ()
    generic = verdict.left.term is not None and verdict.right.term is not None
    apart = verdict.value == UNDEFINED or (generic and verdict.left.term.shape != verdict.right.term.shape)  # type: ignore[union-attr]
    found = counterexample(left, right, work.checker.meets if work.checker is not None else lambda evaluator: True)
    if found is None:
        witness = verdict.check.witness
        return () if apart or not witness else (" The numbers differ: ", witness, ".")
    words: Prose = (
        "with ", *listed(found.values), ", the left side is ", found.left, " and the right side ", found.right,
    )  # fmt: skip
    name = f"{verdict.name} at equal sizes" if apart else f"{verdict.name}, counterexample"
    facts.establish(work, name, FAILS, words, found.check)
    return (" Even with all sizes equal it is false: " if apart else " For instance, ", *words, ".")


def true_ends(work: Working, equation: Equation, mine: Sequence[Verdict]) -> list[Prose]:
    """The first side and later ones that are equal to it, although the chain is broken between them."""
    if len(equation.sides) < 3 or all(v.value == HOLDS for v in mine):
        return []
    told: list[Prose] = []
    first = equation.sides[0]
    for side in equation.sides[2:]:
        if first.term is not None and side.term is not None and facts.agree(work, first.term, side.term):
            reason = why_it_holds(work, first, side)
            words: Prose = (first.shown, " = ", side.shown, *((": ", *reason) if reason else ()))
            facts.establish(work, "ends", HOLDS, words, facts.equal(work, first.term, side.term))
            told.append(words)
    return told


def choice(equation: Equation, mine: Sequence[Verdict]) -> Choice:
    """An equation as an option to choose: right where all of it holds."""
    right = all(v.value == HOLDS for v in mine)
    shown = RowOf(
        tuple(x for k, s in enumerate(equation.sides) for x in ((Operator("=", "relation"),) if k else ()) + (s.shown,))
    )
    bad = next((v for v in mine if v.value != HOLDS), mine[0])
    reason: Prose = ("the same value, at all sizes and points that were tried",) if right else (
        ("not defined",) if bad.value == UNDEFINED else ("the values differ",)
    )  # fmt: skip
    return Choice(equation.label, shown, right, reason, bad.check)
