"""An optimum of a function of a vector under a linear condition, by a Lagrange multiplier."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.derivation import Goal, Prose
from derivgen.engine import facts
from derivgen.engine.answers import answer_to
from derivgen.engine.extremes.affine import affine, depends
from derivgen.engine.extremes.curvature import MULTIPLIERS, VECTORS, fresh_symbol, letters_in
from derivgen.engine.extremes.equations import Equations, common_factor, divided
from derivgen.engine.extremes.free import second_order, solved
from derivgen.engine.extremes.implied import reduced
from derivgen.engine.extremes.linear import Wish, solve_linear
from derivgen.engine.extremes.nearby import Point, fulfilled, is_extreme, vanishes
from derivgen.engine.extremes.needs import Need, difference, listed
from derivgen.engine.extremes.scalar import kernel_value
from derivgen.engine.extremes.signs import nonzero, positive
from derivgen.engine.extremes.telling import SHAPED, SUPERLATIVE, Found, keep_sign, refuse_other, suppose
from derivgen.engine.working import Working
from derivgen.errors import NoRule, Unsupported
from derivgen.rules.network import Moves, NoMatrixForm
from derivgen.rules.normal import Monomial
from derivgen.rules.regroup import has_sums, regroup
from derivgen.rules.textbook import textbook
from derivgen.tasks import Optimum
from derivgen.terms.build import ONE, negate, num, plus, times, zero
from derivgen.terms.nodes import Derivative, Frac, Num, Plus, Relation, Sym, Term, Times, Tp
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, substitute, unfold

ONE_LINEAR = "an optimum is supported under one linear condition on a vector, such as a^T x = b or A x = b"


def with_multiplier(work: Working, goal: Goal, task: Optimum) -> Term:
    objective, unknown = goal.question, task.variable
    condition = one_linear(work, task, unknown)
    multiplier = fresh_multiplier(objective, unknown, condition)
    gradient = answer_to(work, Derivative(objective, unknown, "denominator"))
    product = (
        times([multiplier, condition.left]) if multiplier.shape == SCALAR else Times(Tp(multiplier), condition.left)
    )
    slope = answer_to(work, Derivative(product, unknown, "denominator"))
    work.introduction = what_is_sought(task.sense, objective, unknown, condition, multiplier)
    eqs = Equations()
    both = plus([gradient, slope])
    eqs.add("multiplier", both, zero(unknown.shape), "the gradient of the Lagrange function by ", unknown, " is zero")
    z = fresh_symbol(unknown, letters_in(objective, unknown, condition), VECTORS)
    kind, through = solved(eqs, both, unknown, task.sense, z)
    answer, value = put_in(eqs, condition, unknown, through, multiplier, z)
    eqs.needs = [m for n in eqs.needs for m in without_multiplier(n, multiplier, value)]
    eqs.need(keep_sign(unknown, answer))
    eqs.write(work, ((unknown, answer), (multiplier, value)))
    kind = second_order(work, objective, unknown, gradient, kind, task.sense, z)
    found = Found(objective, unknown, answer, kind, reduced(eqs.needs))
    establish(work, found, condition, task.sense)
    work.say(*told(found, condition, z))
    return answer


def one_linear(work: Working, task: Optimum, unknown: Term) -> Relation:
    """The only condition, with what holds the unknown on its left side; refused where it is not linear."""
    if len(task.equations) != 1 or not isinstance(unknown, Sym) or unknown.shape[1] != 1 or unknown.shape == SCALAR:
        raise Unsupported(ONE_LINEAR)
    left, right = task.equations[0].left, task.equations[0].right
    if depends(right, unknown):
        left, right = (
            (right, left) if not depends(left, unknown) else (plus([left, negate(right)], left.shape), zero(left.shape))
        )
    whole = without_sums(left)
    if whole.shape[1] != 1 or affine(whole, unknown) is None:
        raise Unsupported(ONE_LINEAR)
    if whole != left:
        work.line("regroup_sums", left, whole, ("the sum as a product of vectors",), left=left)
        left = whole
    return Relation("=", left, right)


def without_sums(term: Term) -> Term:
    """A scalar with its sums as products of vectors, where they can be written so."""
    if not has_sums(term):
        return term
    try:
        return textbook(regroup(term, (), Moves()))
    except NoMatrixForm:
        return term


def fresh_multiplier(objective: Term, unknown: Term, condition: Relation) -> Sym:
    taken = letters_in(objective, unknown, condition.left, condition.right)
    like = (
        Sym(unknown.args[0]._replace(font=""), *SCALAR)
        if condition.left.shape == SCALAR
        else Sym(unknown.args[0], *condition.left.shape)
    )
    return fresh_symbol(like, taken, MULTIPLIERS)


def what_is_sought(sense: str, objective: Term, unknown: Term, condition: Relation, multiplier: Sym) -> Prose:
    difference = (
        condition.left
        if condition.right == zero(condition.left.shape)
        else Plus(condition.left, negate(condition.right))
    )
    if multiplier.shape == SCALAR:
        added: Term = times([multiplier, difference])
    else:
        added = Times(Tp(multiplier), difference)
    word = SUPERLATIVE.get(sense)
    where = (
        ("Where ", objective, f" is {word} under the condition ")
        if word
        else ("Where ", objective, " is stationary under the condition ")
    )
    return (
        *where, condition, ", the gradient of the Lagrange function ", Plus(objective, added), " by ", unknown,
        " is the zero vector for some multiplier ", multiplier, ". This equation is solved for ", unknown,
        ", and the condition then gives ", multiplier, ".",
    )  # fmt: skip


def put_in(
    eqs: Equations, condition: Relation, unknown: Term, through: Term, multiplier: Sym, z: Sym
) -> tuple[Term, Term]:
    """The unknown and the multiplier, from the unknown written with the multiplier and the condition."""
    left = substitute(unfold(condition.left), {unknown: through})
    eqs.add("put_in", left, condition.right, unknown, " is put into the condition ", condition)
    whole = plus([left, negate(condition.right)], left.shape)
    if not depends(through, multiplier):
        raise NoRule("the condition does not decide the multiplier")
    if multiplier.shape == SCALAR:
        kernel, value, found = kernel_value(eqs, whole, multiplier)
    else:
        kernel = multiplier
        value = found = solve_linear(eqs, whole, multiplier, Wish(0, z.name))
    answer = cancelled(textbook(replaced(through, kernel, value)))
    eqs.add("put_in", unknown, answer, kernel, " is put in")
    return answer, found


def without_multiplier(need: Need, multiplier: Sym, value: Term) -> Sequence[Need]:
    """A condition on the multiplier as one on what it was found to be."""
    if need.relation is None or not depends(need.relation, multiplier):
        return (need,)
    told = textbook(substitute(difference(need.relation), {multiplier: value}))
    proof = nonzero(told) if need.relation.sign == "≠" else positive(told)
    if proof is None:
        raise NoRule("that the multiplier can be divided by could not be shown")
    return proof


def cancelled(term: Term) -> Term:
    """Fractions with the numbers cancelled that all terms above and the one below share."""
    changed = rebuild(term, cancelled)
    if not isinstance(changed, Frac) or not isinstance(changed.den, Times | Num):
        return changed
    factors = list(changed.num.args) if isinstance(changed.num, Times) else [changed.num]
    for k, f in enumerate(factors):
        if isinstance(f, Plus):
            number = num(Monomial.of(common_factor([*f.args, changed.den])).coefficient)
            if number != ONE:
                factors[k] = plus([divided(t, number) for t in f.args], f.shape)
                return Frac(times(factors), divided(changed.den, number))
    return changed


def replaced(term: Term, old: Term, new: Term) -> Term:
    if isinstance(old, Sym):
        return substitute(term, {old: new})
    return new if term == old else rebuild(term, lambda t: replaced(t, old, new))


# ------------------------------------------------------------------------------------------------ telling
def establish(work: Working, found: Found, condition: Relation, sense: str) -> None:
    suppose(work, found.needs)
    checker, sort = work.narrower, found.kind.sort
    equation = plus([condition.left, negate(condition.right)], condition.left.shape)
    values = ((found.unknown, found.answer),)
    point = Point(found.objective, values, (equation,))
    if not sort:
        refuse_other(work, point, sense)
    facts.establish(
        work, "condition", "fulfilled", (found.equation, " fulfils ", condition), fulfilled(checker, equation, values)
    )
    facts.establish(
        work, "stationary", "zero",
        ("the gradient of ", found.objective, " has no part along the points with ", condition),
        vanishes(checker, point),
    )  # fmt: skip
    if sort:
        word = "smaller" if sort == "minimum" else "larger"
        facts.establish(
            work, "extremum", sort,
            (found.objective, f" is nowhere {word} under the condition than at ", found.equation),
            is_extreme(checker, point, sort == "minimum", True),
        )  # fmt: skip


def told(found: Found, condition: Relation, z: Sym) -> Prose:
    """Why the point is the optimum: the function is convex, and the condition leaves a flat set of points."""
    kind = found.kind
    if not kind.sort:
        return (
            found.equation, " is the only point where the function is stationary under the condition; of what kind it "
            "is was not decided.",
        )  # fmt: skip
    curved, sign = SHAPED[kind.sort]
    about = list(found.needs)
    if kind.always:
        about = []
    elif kind.form is not None and kind.form.strict is not None:
        about = [n for n in about if n in kind.form.strict]
    others = [n for n in found.needs if n not in about]
    under = ("Under the condition that ", *listed(about), " the") if about else ("The",)
    last: Prose = (("Under the condition that ", *listed(others), ", ") if others else ("So ",)) + (found.equation,)
    head: Prose = (*under, f" Hessian is {sign} definite, so ", found.objective, f" is strictly {curved}. ")
    if kind.form is None:
        return (*head, "The condition is linear. ", *last, f" is the only {kind.sort} under it.")
    homogeneous = Relation("=", textbook(linear_part(condition.left, found.unknown, z)), zero(condition.left.shape))
    squares = textbook(times([Num(1, 2), kind.form.of(z)]))
    more = "larger" if kind.sort == "minimum" else "smaller"
    return (
        *head, "Every other point under the condition is ", Plus(found.unknown, z), " with ", homogeneous,
        ". The gradient is a multiple of that of the condition, so it has no part in this direction, and the value is "
        f"{more} by ", squares, ". ", *last,
        f" is the only {kind.sort} under the condition.",
    )  # fmt: skip


def linear_part(left: Term, unknown: Term, z: Sym) -> Term:
    """The side of a condition without its constants, with a direction for the unknown."""
    found = affine(left, unknown)
    assert found is not None
    return plus([p.around(z) for p in found.pieces], left.shape)
