"""Matrices shown positive (semi)definite: the quadratic form as a sum of squared norms."""

from __future__ import annotations

from dataclasses import dataclass

from derivgen.derivation import Goal, Prose
from derivgen.engine import facts
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.prose import strung
from derivgen.rules.textbook import textbook
from derivgen.tasks import Semidefinite
from derivgen.terms.build import chain_of, plus, times, tp
from derivgen.terms.nodes import Eye, Norm, Num, Plus, Pow, Relation, Sym, Term, Times, Tp, Zero
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import unfold

TWO = Num(2)
WEIGHTS = {"positive definite": True, "positive semidefinite": False}


@dataclass(frozen=True)
class Piece:
    """A term c vᵀBᵀBv or c (Bv)ᵀW(Bv) of a quadratic form."""

    scale: tuple[Term, ...]
    image: Term
    weight: Term | None = None
    strict: bool = False
    """Whether it is positive for every v ≠ 0."""
    because: Prose = ()

    @property
    def opened(self) -> Term:
        middle = [self.weight] if self.weight is not None else []
        turned = textbook(tp(self.image))
        return times([*self.scale, turned, *middle, self.image])

    @property
    def closed(self) -> Term:
        if self.weight is not None:
            return Times(*self.scale, Tp(self.image), self.weight, self.image)
        return times([*self.scale, Pow(self.image if self.image.shape == SCALAR else Norm(self.image), TWO)])


def semidefinite(work: Working, goal: Goal) -> Term:
    task, question = goal.task, goal.question
    assert isinstance(task, Semidefinite)
    work.against = question
    vector, whole = task.vector, unfold(task.matrix)
    summands = whole.args if isinstance(whole, Plus) else (whole,)
    pieces = [piece_of(t, vector) for t in summands if isinstance(t, Term)]
    found = [p for p in pieces if p is not None]
    if len(found) < len(pieces):
        raise NoRule("the matrix was not recognised as a sum of products of a matrix with its transpose")
    strict = [p for p in found if p.strict]
    if task.strict and not strict:
        raise NoRule(
            "nothing that is stated makes the quadratic form positive for every vector other than zero",
            hint="state what that needs, as full column rank",
        )
    work.introduction = ("Take any vector ", vector, " and write the quadratic form as a sum of squares.")
    opened, closed = plus(p.opened for p in found), plus(p.closed for p in found)
    start = times([tp(vector), whole, vector])
    if opened != start:
        work.line("textbook_form", start, opened, ("multiplied out",), left=question)
    work.line("regroup_sums", opened, closed, reason_of(found), left=question if opened == start else None)
    conclude(work, task, found, strict, closed)
    return closed


def piece_of(term: Term, vector: Sym) -> Piece | None:
    """A summand of the matrix as a square, if it is one with a scale that is not negative."""
    scalars, chain = chain_of(term) if isinstance(term, Times) else ([], [term])
    signs = [sign_of(s) for s in scalars]
    if None in signs or not chain:
        return None
    positive = all(signs)
    half, odd = divmod(len(chain), 2)
    right = chain[half + odd :]
    if [textbook(tp(f)) for f in reversed(right)] != [textbook(f) for f in chain[:half]]:
        return None
    image = textbook(times([*right, vector]))
    if not odd:
        full = len(right) == 1 and "full column rank" in props_of(right[0])
        why: Prose = (right[0], " has full column rank, so ", Relation("≠", image, Zero(*image.shape)), " for ",
                      Relation("≠", vector, Zero(*vector.shape))) if full else ()  # fmt: skip
        return Piece(tuple(scalars), image, None, positive and full, why)
    middle = chain[half]
    if isinstance(middle, Eye):
        return Piece(tuple(scalars), image, None, positive and not right)
    weights = [WEIGHTS[p] for p in props_of(middle) if p in WEIGHTS]
    if not weights:
        return None
    return Piece(tuple(scalars), image, middle, positive and not right and any(weights))


def sign_of(scalar: Term) -> bool | None:
    """True for a positive factor, False for one that is not negative, None where neither is known."""
    if isinstance(scalar, Num):
        return True if scalar.value > 0 else None
    props = props_of(scalar)
    if isinstance(scalar, Pow) and scalar.exponent == TWO:
        return "nonzero" in props_of(scalar.base) or "positive" in props_of(scalar.base)
    return True if "positive" in props else False if "nonnegative" in props else None


def props_of(term: Term) -> frozenset[str]:
    return frozenset(term.props) if isinstance(term, Sym) else frozenset()


def reason_of(pieces: list[Piece]) -> Prose:
    """Why the line holds: a vector times itself is its squared norm."""
    if all(p.weight is not None for p in pieces):
        return ("the factors at both ends are put together",)
    if all(p.image.shape == SCALAR for p in pieces):
        return ("a number is its own transpose",)
    return ("a row times the column that it is the transpose of is a squared norm",)


def conclude(work: Working, task: Semidefinite, found: list[Piece], strict: list[Piece], closed: Term) -> None:
    """What follows: no term is negative, and one is positive where that is asked for."""
    zero, vector, matrix = Num(0), task.vector, task.matrix
    check = facts.equal(work, times([tp(vector), matrix, vector]), closed)
    form = times([tp(vector), matrix, vector])
    known: list[Prose] = [("a square is never negative",)] if any(p.weight is None for p in found) else []
    for p in found:
        if p.weight is not None:
            kind = "positive definite" if "positive definite" in props_of(p.weight) else "positive semidefinite"
            known.append((p.weight, f" is {kind}"))
        known += [(s, sign_word(s)) for s in p.scale if not isinstance(s, Num)]
    sign = Relation("≥", form, zero)
    never: Prose = ("Here ", *strung(known, ", ", " and "), ", so ", sign, " for every ", vector, ".")
    facts.establish(work, "quadratic form", "never negative", never, check)
    work.say(*never)
    if not task.strict:
        work.say("That is what positive semidefinite means.")
        return
    first = strict[0]
    nonzero: Prose = ("For ", Relation("≠", vector, Zero(*vector.shape)), " we have ")
    because = (*first.because, ", and then ") if first.because else nonzero
    positive: Prose = (*because, Relation(">", first.closed, zero), ", so ", Relation(">", form, zero), ".")
    facts.establish(work, "quadratic form", "positive", positive, check)
    work.say(*positive)
    work.say("That is what positive definite means.")


def sign_word(scalar: Term) -> str:
    return " is positive" if sign_of(scalar) else " is not negative"
