"""The optimum of a function of a vector or a matrix without conditions."""

from __future__ import annotations

from derivgen.derivation import Goal
from derivgen.engine.answers import answer_to
from derivgen.engine.extremes.affine import Affine, affine
from derivgen.engine.extremes.curvature import (
    MATRICES,
    VECTORS,
    expansion_line,
    form_line,
    fresh_symbol,
    hessian_lines,
    letters_in,
)
from derivgen.engine.extremes.definite import quadratic, turned
from derivgen.engine.extremes.elementwise import solve_elementwise
from derivgen.engine.extremes.equations import Equations
from derivgen.engine.extremes.implied import reduced
from derivgen.engine.extremes.linear import Wish, solve_linear
from derivgen.engine.extremes.signs import definite_sum
from derivgen.engine.extremes.telling import Found, Kind, establish, keep_sign, told_of_vector, what_is_sought, why_zero
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.rules.textbook import textbook
from derivgen.tasks import Optimum
from derivgen.terms.build import negate, zero
from derivgen.terms.nodes import Derivative, Sym, Term

OTHER = {"minimum": "maximum", "maximum": "minimum"}


def of_vector(work: Working, goal: Goal, task: Optimum) -> Term:
    objective, unknown = goal.question, task.variable
    assert isinstance(unknown, Sym)
    gradient = answer_to(work, Derivative(objective, unknown, "denominator"))
    work.introduction = what_is_sought(task.sense, objective, unknown)
    eqs = Equations()
    eqs.add("stationary", gradient, zero(unknown.shape), *why_zero(task.sense, unknown.shape))
    z = fresh_symbol(unknown, letters_in(objective, unknown), VECTORS)
    kind, answer = solved(eqs, gradient, unknown, task.sense, z)
    eqs.need(keep_sign(unknown, answer))
    eqs.write(work, ((unknown, answer),))
    direction = z if unknown.shape[1] == 1 else fresh_symbol(unknown, letters_in(objective, unknown), MATRICES)
    kind = second_order(work, objective, unknown, gradient, kind, task.sense, direction)
    found = Found(objective, unknown, answer, kind, reduced(eqs.needs))
    establish(work, found, task.sense)
    work.say(*told_of_vector(found, direction))
    return answer


def solved(eqs: Equations, gradient: Term, unknown: Term, sense: str, z: Sym) -> tuple[Kind | None, Term]:
    """The unknown from gradient = 0, and what kind of point it is where the gradient is linear in the unknown."""
    found = affine(gradient, unknown)
    if found is None:
        return None, solve_elementwise(eqs, gradient, unknown, Wish(0, z.name))
    kind = kind_of(found, sense)
    eqs.need(kind.form.needs if kind.form is not None else ())
    return kind, solve_linear(eqs, gradient, unknown, Wish(kind.sign, z.name))


def kind_of(found: Affine, sense: str) -> Kind:
    """What the second-order part of a quadratic function shows."""
    forms = {"minimum": quadratic(found.pieces), "maximum": quadratic(turned(found.pieces))}
    if sense == "stationary":
        sure = [k for k, f in forms.items() if f is not None and not f.needs]
        return Kind(sure[0], forms[sure[0]]) if sure else Kind("", None)
    opposite = forms[OTHER[sense]]
    if forms[sense] is None and opposite is not None and not opposite.needs:
        raise NoRule(no_such(sense))
    return Kind(sense, forms[sense])


def no_such(sense: str) -> str:
    word = "smaller" if sense == "minimum" else "larger"
    return (
        f"there is no {sense}: where the gradient is zero the function has a {OTHER[sense]}, and far from there it "
        f"takes ever {word} values"
    )


def second_order(
    work: Working, objective: Term, unknown: Sym, gradient: Term, kind: Kind | None, sense: str, z: Sym
) -> Kind:
    """The lines that show what kind of point it is."""
    if unknown.shape[1] != 1:
        if kind is None:
            raise NoRule("of what kind the stationary point is could not be shown")
        if kind.form is not None:
            expansion_line(work, objective, gradient, unknown, kind.form, z, kind.sign)
        return kind
    hessian = hessian_lines(work, objective, unknown, gradient)
    if kind is None:
        return by_hessian(hessian, sense)
    if kind.form is not None:
        form_line(work, hessian, kind.form, z, kind.sign)
    return kind


def by_hessian(hessian: Term, sense: str) -> Kind:
    """What a Hessian shows that is seen to be definite everywhere, or not seen to be."""
    sorts = {"minimum": hessian, "maximum": textbook(negate(hessian))}
    sure = [k for k, h in sorts.items() if definite_sum(h) == ()]
    if sure and sense == OTHER.get(sure[0]):
        raise NoRule(no_such(sense))
    return Kind(sure[0], None, True) if sure else Kind("", None)
