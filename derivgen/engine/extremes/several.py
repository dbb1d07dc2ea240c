"""The optimum of a function of several scalars: one unknown after the other is isolated and put into the equations."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen import prose
from derivgen.derivation import Goal, Prose
from derivgen.engine import facts
from derivgen.engine.answers import answer_to
from derivgen.engine.extremes import needs as conditions
from derivgen.engine.extremes.affine import TooLong, affine, depends
from derivgen.engine.extremes.curvature import MULTIPLIERS, fresh_symbol, letters_in
from derivgen.engine.extremes.equations import Equations, Values, common_factor, divided
from derivgen.engine.extremes.implied import reduced
from derivgen.engine.extremes.nearby import Point, fulfilled, is_extreme, vanishes
from derivgen.engine.extremes.needs import Need, listed, once
from derivgen.engine.extremes.scalar import kernel_value
from derivgen.engine.extremes.signs import all_of, negative, positive
from derivgen.engine.extremes.slopes import lengths, without_sums_of_deviations
from derivgen.engine.extremes.telling import refuse_other, suppose
from derivgen.engine.working import Working
from derivgen.errors import NoRule, Unsupported
from derivgen.rules.textbook import textbook
from derivgen.tasks import Optimum
from derivgen.terms.build import ZERO, negate, plus, times
from derivgen.terms.nodes import Derivative, Hessian, Mat, Plus, Relation, Sym, Term
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import substitute, unfold

MOST = 4
NOT_ELIMINATED = (
    "the equations that the partial derivatives are zero cannot be solved one after the other for one unknown each"
)


def of_several(work: Working, goal: Goal, task: Optimum) -> Term:
    variable, objective = task.variable, goal.question
    assert isinstance(variable, Mat)
    unknowns: list[Term] = list(variable.entries)
    if len(unknowns) > MOST or len(task.equations) > 1 or any(e.left.shape != SCALAR for e in task.equations):
        raise Unsupported(f"an optimum of more than {MOST} scalars, or under several conditions, is not supported")
    whole, multiplier = objective, None
    constraint = None
    if task.equations:
        relation = task.equations[0]
        constraint = plus([relation.left, negate(relation.right)])
        multiplier = fresh_symbol(variable.entries[0], letters_in(objective, constraint), MULTIPLIERS)
        whole = Plus(objective, times([multiplier, constraint]))
    gradient = answer_to(work, Derivative(whole, variable, "denominator"))
    work.introduction = what_is_sought(task, objective, whole, variable, multiplier)
    eqs = Equations()
    slopes = list(gradient.entries) if isinstance(gradient, Mat) else [gradient]
    word = (
        f"at a {task.sense} every partial derivative is zero"
        if task.sense != "stationary"
        else "every partial derivative is zero"
    )
    for k, slope in enumerate(slopes):
        slopes[k] = short = lengths(slope)
        more = "; the sum of the squared elements is the squared length" if short != slope else ""
        eqs.add("stationary", short, ZERO, word + more)
    if constraint is not None and multiplier is not None:
        eqs.add("put_in", constraint, ZERO, "the condition")
        slopes, unknowns = [*slopes, constraint], [*unknowns, multiplier]
    values = eliminated(eqs, slopes, unknowns)
    answer = Mat(len(variable.entries), 1, *(values[v] for v in variable.entries))
    eqs.write(work, tuple(values.items()))
    settle(work, task, objective, variable, answer, eqs, constraint)
    return answer


def what_is_sought(task: Optimum, objective: Term, whole: Term, variable: Mat, multiplier: Term | None) -> Prose:
    names = prose.listed(variable.entries)
    if multiplier is not None:
        return (
            "Under the condition ", task.equations[0], " the partial derivatives of the Lagrange function ", whole,
            " by ", *names, " are zero for some multiplier ", multiplier,
            ". These equations and the condition are solved.",
        )  # fmt: skip
    head: Prose = ("Where ", objective, " is stationary, its partial derivatives by ")
    return (*head, *names, " are zero. These equations are solved.")


# --------------------------------------------------------------------------------------------- elimination
def eliminated(eqs: Equations, terms: Sequence[Term], unknowns: Sequence[Term]) -> dict[Term, Term]:
    """Each unknown from an equation that is linear in it, put into the others; then all values put back."""
    left, open_ = list(terms), list(unknowns)
    found: list[tuple[Term, Term]] = []
    while open_:
        term, unknown, value = next_solved(eqs, left, open_)
        left.remove(term)
        open_.remove(unknown)
        found.append((unknown, value))
        for k, t in enumerate(left):
            if depends(t, unknown):
                left[k] = substitute(unfold(t), {unknown: value})
                eqs.add("put_in", left[k], ZERO, unknown, " is put in")
    values: dict[Term, Term] = {}
    for unknown, value in reversed(found):
        final = textbook(substitute(value, values))
        if final != value:
            eqs.add("put_in", unknown, final, "what was found is put in")
        values[unknown] = final
    return values


def next_solved(eqs: Equations, terms: Sequence[Term], unknowns: Sequence[Term]) -> tuple[Term, Sym, Term]:
    """An equation with an unknown that can be isolated in it: first those with plain coefficients, then any other."""
    pairs = [(t, v) for v in unknowns for t in terms if depends(t, v) and isinstance(v, Sym)]
    for term, unknown in [*(p for p in pairs if is_linear(*p, unknowns)), *pairs]:
        trial = Equations()
        try:
            base, value, _ = kernel_value(trial, term, unknown)
        except (NoRule, TooLong):
            continue
        if base != unknown or any(
            n.relation is not None and depends(n.relation, v) for n in trial.needs for v in unknowns
        ):
            continue
        eqs.pending += trial.pending
        eqs.need(trial.needs)
        return term, unknown, value
    raise NoRule(NOT_ELIMINATED)


def is_linear(term: Term, unknown: Term, others: Sequence[Term]) -> bool:
    """Whether the unknown stands in a term linearly, with a coefficient that holds no unknown."""
    found = affine(term, unknown)
    return found is not None and not any(depends(p.scalar, v) for p in found.pieces for v in others)


# ------------------------------------------------------------------------------------------------ what kind
def settle(
    work: Working, task: Optimum, objective: Term, variable: Mat, answer: Mat, eqs: Equations, constraint: Term | None
) -> None:
    values: Values = tuple(zip(variable.entries, answer.entries, strict=True))
    hessian = answer_to(work, Hessian(objective, variable, variable))
    everywhere = not any(depends(hessian, v) for v in variable.entries)
    there = hessian if everywhere else textbook(substitute(hessian, dict(values)))
    assert isinstance(there, Mat)
    there = Mat(there.rows, there.cols, *(textbook(without_sums_of_deviations(lengths(e))) for e in there.entries))
    sort, needed, words = kind_of(there, task.sense)
    if constraint is not None and sort != task.sense:
        sort, needed, words = along(there, variable, constraint, task.sense)
    if sort not in ("", task.sense) and task.sense != "stationary":
        raise NoRule(f"there is no {task.sense}: the only stationary point is a {sort}")
    needed = reduced([*eqs.needs, *needed])
    suppose(work, needed)
    point = Point(objective, values, (constraint,) if constraint is not None else ())
    if not sort:
        refuse_other(work, point, task.sense)
    at = Relation("=", variable, answer)
    facts.establish(
        work, "stationary", "zero", ("the partial derivatives are zero at ", at), vanishes(work.narrower, point)
    )
    if constraint is not None:
        told = ("the condition holds at ", at)
        facts.establish(work, "condition", "fulfilled", told, fulfilled(work.narrower, constraint, values))
    if sort in ("minimum", "maximum"):
        word = "smaller" if sort == "minimum" else "larger"
        facts.establish(
            work, "extremum", sort, (objective, f" is nowhere {word} than at ", at),
            is_extreme(work.narrower, point, sort == "minimum", everywhere),
        )  # fmt: skip
    under = ("Under the condition that ", *listed(needed), ": ") if needed else ()
    work.say(
        *under,
        at,
        " is the only stationary point",
        *(() if constraint is None else (" under the condition",)),
        ". ",
        *words,
    )
    work.say(*verdict(sort, everywhere, objective))


def verdict(sort: str, everywhere: bool, objective: Term) -> Prose:
    if not sort:
        return ("Of what kind it is was not decided.",)
    if sort == "saddle point":
        return ("It is a saddle point: neither a minimum nor a maximum.",)
    if everywhere:
        return (objective, f" has its {'smallest' if sort == 'minimum' else 'largest'} value there.")
    return (f"It is a local {sort}.",)


def minors(hessian: Mat) -> list[Term]:
    """The leading minors of a symmetric matrix."""
    return [textbook(determinant(hessian, k)) for k in range(1, hessian.rows + 1)]


def determinant(matrix: Mat, size: int) -> Term:
    """The determinant of the upper left block, by its first row."""
    rows = [[matrix.entries[i * matrix.cols + j] for j in range(size)] for i in range(size)]
    return by_first_row(rows)


def by_first_row(rows: list[list[Term]]) -> Term:
    if len(rows) == 1:
        return rows[0][0]
    out: list[Term] = []
    for j, entry in enumerate(rows[0]):
        inner = by_first_row([row[:j] + row[j + 1 :] for row in rows[1:]])
        product = times([entry, inner])
        out.append(product if j % 2 == 0 else negate(product))
    return plus(out)


def kind_of(hessian: Mat, sense: str) -> tuple[str, tuple[Need, ...], Prose]:
    """The sort of point, what it needs, and the reason in words, by the leading minors."""
    found = minors(hessian)
    shown = prose.listed(found)
    for sort, proof in (
        ("minimum", all_of(positive(m) for m in found)),
        ("maximum", all_of(negative(m) if k % 2 == 0 else positive(m) for k, m in enumerate(found))),
    ):
        if proof == () or (proof is not None and sort == sense):
            sign = "positive" if sort == "minimum" else "in turn negative and positive"
            return sort, proof, ("The leading minors of the Hessian, ", *shown, f", are {sign}.")
    if len(found) == 2 and negative(found[1]) == ():
        return "saddle point", (), ("The determinant of the Hessian, ", found[1], ", is negative.")
    if sense != "stationary" and len(found) == 2:
        top = found[0] if sense == "minimum" else textbook(negate(found[0]))
        first = positive(top)
        if first is not None:
            last = positive(found[1])
            without = divided(found[1], common_factor(found[1].args)) if isinstance(found[1], Plus) else found[1]
            needed = once([*first, *(last if last is not None else (conditions.positive(textbook(without)),))])
            return sense, needed, ("The leading minors of the Hessian are ", *shown, ".")
    return "", (), ()


def along(hessian: Mat, variable: Mat, constraint: Term, sense: str) -> tuple[str, tuple[Need, ...], Prose]:
    """For two unknowns under a linear condition: the second derivative along the line that the condition leaves."""
    if hessian.rows != 2:
        return "", (), ()
    slopes = [affine(constraint, v) for v in variable.entries]
    if any(s is None or not s.pieces for s in slopes):
        return "", (), ()
    a, b = (plus([p.scalar for p in s.pieces]) for s in slopes if s is not None)
    direction = (b, negate(a))
    form = textbook(plus([
        times([direction[i], hessian.entries[2 * i + j], direction[j]]) for i in range(2) for j in range(2)
    ]))  # fmt: skip
    for sort, proof in (("minimum", positive(form)), ("maximum", negative(form))):
        if proof == () or (proof is not None and sort == sense):
            way = Mat(2, 1, *(textbook(d) for d in direction))
            sign = "positive" if sort == "minimum" else "negative"
            return (
                sort,
                proof,
                (
                    "Along the line of the condition, whose direction is ",
                    way,
                    ", the second derivative is ",
                    form,
                    f", which is {sign}.",
                ),
            )
    return "", (), ()
