"""The optimum of a function of one scalar: its derivative, the equation solved, and the second derivative."""

from __future__ import annotations

from derivgen import prose
from derivgen.derivation import Goal, Prose
from derivgen.engine import facts
from derivgen.engine.extremes.affine import spread
from derivgen.engine.extremes.equations import Equations
from derivgen.engine.extremes.implied import reduced
from derivgen.engine.extremes.isolating import polynomial
from derivgen.engine.extremes.judging import Domain, Judged, is_strict, judge
from derivgen.engine.extremes.nearby import Point, is_extreme, vanishes
from derivgen.engine.extremes.needs import listed
from derivgen.engine.extremes.scalar import solve_scalar
from derivgen.engine.extremes.signs import is_number, positive, value_of
from derivgen.engine.extremes.slopes import derivative, second_derivative
from derivgen.engine.extremes.telling import SHAPED, SUPERLATIVE, refuse_other, suppose, what_is_sought, why_zero
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.notation.names import plain_name
from derivgen.rules.textbook import textbook
from derivgen.tasks import Optimum
from derivgen.terms.build import ZERO, negate, plus
from derivgen.terms.nodes import Num, Relation, Sym, Term
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import substitute, unfold

BOUNDARY = (
    "the stationary point is not seen to lie within the bounds of a convex (concave) function: the optimum may be at a "
    "bound, and that is not worked out"
)
CLOSE = 1e-9
OTHERS = {"minimum": "minima", "maximum": "maxima"}
OTHER = {"minimum": "maximum", "maximum": "minimum"}


def of_scalar(work: Working, goal: Goal, task: Optimum) -> Term | None:
    objective, unknown = goal.question, task.variable
    assert isinstance(unknown, Sym)
    slope = derivative(work, objective, unknown)
    work.introduction = what_is_sought(task.sense, objective, unknown)
    domain = Domain.of(objective, unknown)
    eqs = Equations(positive=(unknown, "positive") in domain.supposed)
    eqs.add("stationary", slope, ZERO, *why_zero(task.sense, SCALAR))
    values = solve_scalar(eqs, slope, unknown)
    told = {p.right for p in eqs.pending if p.left == unknown}
    for value in values if len(values) > 1 else ():
        if value not in told:
            eqs.add("find_roots", unknown, value, "one of the solutions", values=((unknown, value),))
    eqs.write(work, ((unknown, values[0]),))
    second = second_derivative(work, objective, slope, unknown)
    judged = [judge(work, task.sense, second, domain, v) for v in values]
    if len(judged) > 1:
        return several(work, task, objective, domain, judged, eqs)
    inside = domain.at(values[0])
    if inside is None:
        raise NoRule(
            f"there is no stationary point where the function is defined: {plain_name(unknown.name)} would not be"
        )
    eqs.needs = list(reduced([*eqs.needs, *inside]))
    return only(work, task, objective, domain, judged[0], eqs, second)


def only(
    work: Working, task: Optimum, objective: Term, domain: Domain, point: Judged, eqs: Equations, second: Term
) -> Term:
    """The one stationary point: what it is, told and put to the numbers."""
    sense = task.sense
    if point.sort and sense == OTHER.get(point.sort):
        raise NoRule(f"there is no {sense}: the only stationary point is a {point.sort}")
    whole = bool(point.sort) and domain.is_whole
    within(task, point)
    supposed = reduced([*point.needs, *eqs.needs])
    suppose(work, supposed)
    if not point.sort:
        refuse_other(work, Point(objective, ((domain.unknown, point.value),)), sense)
    establish(work, objective, domain.unknown, point, whole)
    at = Relation("=", domain.unknown, point.value)
    if not point.sort:
        work.say(at, " is the only stationary point; the second derivative does not tell of what kind it is.")
        return point.value
    curved, sign = SHAPED[point.sort]
    head = (
        *(("Under the condition that ", *listed(supposed), " the") if supposed else ("The",)),
        " second derivative is ",
    )
    if point.curved:
        strict = is_strict(second, point.sort, domain)
        never = "negative" if sign == "positive" else "positive"
        work.say(
            *head, *((sign, *domain.where()) if strict else (f"nowhere {never}",)), ", so ", objective,
            f" is {curved}, and ", at, f" is its only {point.sort}.",
        )  # fmt: skip
    elif whole:
        work.say(
            *head, f"{sign} at ", at, f", so there is a {point.sort}. There is no other stationary point, so ",
            objective, f" has its {SUPERLATIVE[point.sort]} value there.",
        )  # fmt: skip
    else:
        work.say(*head, f"{sign} at ", at, f", so there is a local {point.sort}. It is the only stationary point.")
    return point.value


def within(task: Optimum, point: Judged) -> None:
    """A point between bounds is the optimum where the function is convex (concave); the bounds are not tried."""
    for bound in task.bounds:
        apart = [bound.left, negate(bound.right)] if bound.sign in (">", "≥") else [bound.right, negate(bound.left)]
        room = textbook(substitute(plus(apart), {task.variable: point.value}))
        inside = value_of(room) >= 0 if is_number(room) else positive(room) == ()
        if not inside or not point.curved:
            raise NoRule(BOUNDARY)


def establish(work: Working, objective: Term, unknown: Sym, judged: Judged, whole: bool) -> None:
    """The point put to the numbers."""
    point = Point(objective, ((unknown, judged.value),))
    at = Relation("=", unknown, judged.value)
    facts.establish(
        work,
        "stationary",
        "zero",
        ("the derivative of ", objective, " is zero at ", at),
        vanishes(work.narrower, point),
    )
    if judged.sort:
        word = "smaller" if judged.sort == "minimum" else "larger"
        where = "" if whole else "close by "
        facts.establish(
            work, "extremum", judged.sort, (objective, f" is {where}nowhere {word} than at ", at),
            is_extreme(work.narrower, point, judged.sort == "minimum", judged.curved),
        )  # fmt: skip


# ------------------------------------------------------------------------------------------ several points
def several(
    work: Working, task: Optimum, objective: Term, domain: Domain, judged: list[Judged], eqs: Equations
) -> Term | None:
    """Several stationary points: each told; where one of them is asked for, the best."""
    unknown, sense = domain.unknown, task.sense
    if task.bounds:
        raise NoRule(BOUNDARY)
    suppose(work, reduced([*eqs.needs, *(n for j in judged for n in j.needs)]))
    for j in judged:
        establish(work, objective, unknown, j, False)
        work.say(*told_of_one(unknown, j))
    wanted = [j for j in judged if j.sort == sense]
    if sense == "stationary":
        return None
    if not wanted:
        raise NoRule(f"there is no {sense}: none of the {len(judged)} stationary points is one")
    best = best_of(objective, unknown, wanted, sense) if reaches(objective, unknown, sense) else []
    at = prose.listed(Relation("=", unknown, j.value) for j in best or wanted)
    far: Prose = ("Far away ", objective, " grows" if sense == "minimum" else " falls", " without bound, so its ")
    if len(best) == 1:
        than = "the others" if len(wanted) > 1 else "elsewhere"
        word = "smaller" if sense == "minimum" else "larger"
        work.say(
            *far,
            f"{SUPERLATIVE[sense]} value is at one of these points: at ",
            *at,
            f", where it is {word} than at {than}.",
        )
        return best[0].value
    if best:
        work.say(*far, f"{SUPERLATIVE[sense]} value is taken at ", *at, ".")
        return None
    if len(wanted) == 1:
        work.say(
            *at, f" is the only local {sense}; whether ", objective, " goes beyond its value elsewhere is not decided."
        )
        return wanted[0].value
    work.say("There are several ", f"local {OTHERS[sense]}: at ", *at, ".")
    return None


def told_of_one(unknown: Sym, judged: Judged) -> Prose:
    at = Relation("=", unknown, judged.value)
    if not judged.sort:
        return ("At ", at, " the second derivative is zero or of unknown sign: of what kind the point is stays open.")
    return ("At ", at, f" the second derivative is {SHAPED[judged.sort][1]}: a local {judged.sort}.")


def reaches(objective: Term, unknown: Sym, sense: str) -> bool:
    """Whether the function is a polynomial with numbers that goes up (or down) on both sides."""
    if unknown.props or any(isinstance(s, Sym) and s != unknown for s in unfold(objective).symbols):
        return False
    terms = spread(unfold(objective), unknown)
    found = polynomial(terms, unknown)
    if found is None or found.base != unknown:
        return False
    lead = found.coefficients[found.degree]
    even = found.degree.denominator == 1 and found.degree.numerator % 2 == 0 and min(found.coefficients) >= 0
    return even and isinstance(lead, Num) and (lead.p > 0) == (sense == "minimum")


def best_of(objective: Term, unknown: Sym, points: list[Judged], sense: str) -> list[Judged]:
    """The points with the smallest (largest) value."""
    values = [value_of(substitute(unfold(objective), {unknown: j.value})) for j in points]
    best = min(values) if sense == "minimum" else max(values)
    return [j for j, v in zip(points, values, strict=True) if abs(v - best) <= CLOSE * max(1.0, abs(best))]
