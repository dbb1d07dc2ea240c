"""The words of an optimum: what is sought, and why the point that was found is what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derivgen.derivation import REFUTED, Prose
from derivgen.engine import facts
from derivgen.engine.extremes.definite import Quadratic
from derivgen.engine.extremes.nearby import Point, is_definite, is_extreme, vanishes
from derivgen.engine.extremes.needs import Need, listed, once
from derivgen.engine.extremes.signs import positive
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.rules.textbook import textbook
from derivgen.terms.build import num, times
from derivgen.terms.nodes import Relation, Sym, Term, Zero
from derivgen.terms.shapes import SCALAR, Shape

SUPERLATIVE = {"minimum": "smallest", "maximum": "largest"}
SHAPED = {"minimum": ("convex", "positive"), "maximum": ("concave", "negative")}


@dataclass(frozen=True)
class Kind:
    """What sort of point it is: "minimum", "maximum", or "" where that is not decided; the form that shows it, of the
    function or, for a maximum, of its opposite; None where that it has this sign is a condition."""

    sort: str
    form: Quadratic | None
    always: bool = False
    """Whether the Hessian was seen to be definite without a form, and without conditions."""

    @property
    def sign(self) -> int:
        return {"minimum": 1, "maximum": -1, "": 0}[self.sort]


@dataclass(frozen=True)
class Found:
    """A point with all that is known of it."""

    objective: Term
    unknown: Term
    answer: Term
    kind: Kind
    needs: tuple[Need, ...]

    @property
    def equation(self) -> Relation:
        return Relation("=", self.unknown, self.answer)


def zero_word(shape: Shape) -> str:
    return "zero" if shape == SCALAR else "the zero vector" if shape[1] == 1 else "the zero matrix"


def slope_word(shape: Shape) -> str:
    return "derivative" if shape == SCALAR else "gradient"


def what_is_sought(sense: str, objective: Term, unknown: Term) -> Prose:
    slope, zero = slope_word(unknown.shape), zero_word(unknown.shape)
    if sense == "stationary":
        return ("A stationary point of ", objective, f" is where its {slope} by ", unknown, f" is {zero}.")
    second = "second derivative tells" if unknown.shape == SCALAR else "second derivatives tell"
    return (
        "Where ", objective, f" is {SUPERLATIVE[sense]}, its {slope} by ", unknown, f" is {zero}. This equation is "
        "solved for ", unknown, f", and the {second} what kind of point it is.",
    )  # fmt: skip


def why_zero(sense: str, shape: Shape) -> tuple[Any, ...]:
    where = "a stationary point" if sense == "stationary" else f"a {sense}"
    return (f"at {where} the {slope_word(shape)} is {zero_word(shape)}",)


def suppose(work: Working, needs: Sequence[Need]) -> None:
    """The conditions of the answer, told with it and respected by the samples from here on."""
    work.conditions += [n.shown for n in once(needs) if n.shown not in work.conditions]
    if work.checker is not None:
        work.narrower = work.checker.supposing(once(needs))


def refuse_other(work: Working, point: Point, sense: str) -> None:
    """Where the second derivatives do not tell what kind a point is, the numbers may tell what it is not."""
    if sense == "stationary" or work.checker is None:
        return
    found = is_extreme(work.narrower or work.checker, point, sense == "minimum", False)
    if found.verdict == REFUTED:
        word = "smaller" if sense == "minimum" else "larger"
        raise NoRule(f"there is no {sense}: close to the only stationary point the function takes {word} values")


def keep_sign(unknown: Term, answer: Term) -> tuple[Need, ...]:
    """What the answer needs to have the positive elements that its unknown was declared with."""
    if not isinstance(unknown, Sym) or "positive" not in unknown.props:
        return ()
    proof = positive(answer)
    if proof is None:
        raise NoRule("the point where the gradient is zero is not seen to have positive elements, as was asked for")
    return proof


def establish(work: Working, found: Found, sense: str) -> None:
    """What was found, put to the numbers: the gradient is zero, and no other point is better."""
    suppose(work, found.needs)
    checker, sort = work.narrower, found.kind.sort
    point = Point(found.objective, ((found.unknown, found.answer),))
    if not sort:
        refuse_other(work, point, sense)
    slope = slope_word(found.unknown.shape)
    facts.establish(
        work, "stationary", "zero", (f"the {slope} of ", found.objective, " is zero at ", found.equation),
        vanishes(checker, point),
    )  # fmt: skip
    if sort:
        word = "smaller" if sort == "minimum" else "larger"
        facts.establish(
            work, "extremum", sort, (found.objective, f" is nowhere {word} than at ", found.equation),
            is_extreme(checker, point, sort == "minimum", True),
        )  # fmt: skip
    if sort and found.unknown.shape[1] == 1 and found.unknown.shape != SCALAR:
        sign = SHAPED[sort][1]
        facts.establish(
            work, "Hessian", f"{sign} definite", ("the Hessian of ", found.objective, f" is {sign} definite"),
            is_definite(checker, found.objective, found.unknown, found.answer, sort == "minimum"),
        )  # fmt: skip


def told_of_vector(found: Found, direction: Term) -> Prose:
    """Why a point of zero gradient is the minimum: by the Hessian, or by the function about the point."""
    kind, needs = found.kind, found.needs
    if not kind.sort:
        return (
            found.equation, " is the only stationary point. Of what kind it is depends on the Hessian, which is not "
            "known to be definite here.",
        )  # fmt: skip
    curved, sign = SHAPED[kind.sort]
    if found.unknown.shape[1] != 1:
        return told_of_matrix(found, direction)
    if kind.always:
        under = ("; under the condition that ", *listed(needs), ", ") if needs else (", and ",)
        return (
            f"The Hessian is {sign} definite, so ", found.objective, f" is strictly {curved}", *under, found.equation,
            f" is its only {kind.sort}.",
        )  # fmt: skip
    loose = [n for n in needs if kind.form is None or n not in kind.form.needs]
    if kind.form is not None and loose:
        return (
            f"The Hessian is {sign} semidefinite, so ", found.objective, f" is {curved}, and a point where the "
            f"gradient is zero is a {kind.sort}. Under the condition that ", *listed(loose), f" the Hessian is {sign} "
            "definite, and ", found.equation, f" is the only {kind.sort}.",
        )  # fmt: skip
    under = ("Under the condition that ", *listed(needs), " the") if needs else ("The",)
    return (
        *under, f" Hessian is {sign} definite, so ", found.objective, f" is strictly {curved}, and ", found.equation,
        f" is its only {kind.sort}.",
    )  # fmt: skip


def told_of_matrix(found: Found, direction: Term) -> Prose:
    """What is added to the value on the way to any other matrix."""
    kind = found.kind
    assert kind.form is not None
    squares = textbook(times([num(Fraction(1, 2)), kind.form.of(direction)]))
    adds = "adds" if kind.sort == "minimum" else "takes away"
    under = ("Under the condition that ", *listed(found.needs), " this") if found.needs else ("This",)
    return (
        "At ", found.equation, " the gradient is zero, so that going from there to any other matrix, by ", direction,
        f", {adds} ", squares, ", which is never negative. ", *under, " is positive for ",
        Relation("≠", direction, Zero(*direction.shape)), f", and the point is the only {kind.sort}.",
    )  # fmt: skip
