"""Where a function is smallest, largest or stationary: its gradient, the equation that it is zero, and why that is it."""

from __future__ import annotations

from derivgen.derivation import Goal
from derivgen.engine.extremes.constrained import with_multiplier
from derivgen.engine.extremes.free import of_vector
from derivgen.engine.extremes.several import of_several
from derivgen.engine.extremes.single import of_scalar
from derivgen.engine.working import Working
from derivgen.errors import ConstantVariable, NoRule, Unsupported
from derivgen.notation.names import plain_name
from derivgen.tasks import Optimum
from derivgen.terms.nodes import Mat, Sym, Term
from derivgen.terms.shapes import SCALAR

TIED = ("symmetric", "skew-symmetric", "diagonal", "positive definite", "positive semidefinite", "orthogonal", "unit",
        "one-hot", "probability", "integer", "natural", "binary", "sign", "upper triangular", "lower triangular",
        "invertible")  # fmt: skip
"""Properties of an unknown that restrict it in a way that the gradient does not know of."""


def optimum(work: Working, goal: Goal) -> Term | None:
    task, objective = goal.task, goal.question
    assert isinstance(task, Optimum)
    unknown = task.variable
    refuse(objective, unknown)
    if isinstance(unknown, Mat):
        return of_several(work, goal, task)
    if task.equations:
        return with_multiplier(work, goal, task)
    assert isinstance(unknown, Sym)
    return of_scalar(work, goal, task) if unknown.shape == SCALAR else of_vector(work, goal, task)


def refuse(objective: Term, unknown: Term) -> None:
    """What cannot be an optimum, or is not one that a gradient finds."""
    if objective.shape != SCALAR:
        raise NoRule("only a scalar can be minimised or maximised")
    for symbol in unknown.entries if isinstance(unknown, Mat) else (unknown,):
        if not isinstance(symbol, Sym):
            raise NoRule("the unknown must be a symbol, not an expression")
        if symbol not in objective.symbols:
            raise ConstantVariable(
                f"what is to be optimised does not contain {plain_name(symbol.name)}, so nothing is asked",
                hint="say how it depends on it",
            )
        tied = [p for p in symbol.props if p in TIED and not (p == "invertible" and symbol.shape == SCALAR)]
        if tied:
            raise Unsupported(
                f"{plain_name(symbol.name)} is restricted ({tied[0]}): an optimum under such a restriction is not supported"
            )
