"""Where a function is smallest, largest or stationary: its gradient is zero there, and why it is what was asked for."""

from __future__ import annotations

from dataclasses import replace

from derivgen.derivation import REFUTED, Goal
from derivgen.engine import facts
from derivgen.engine.extremes.constrained import with_multiplier
from derivgen.engine.extremes.free import of_vector
from derivgen.engine.extremes.several import of_several
from derivgen.engine.extremes.signs import positive
from derivgen.engine.extremes.single import of_scalar
from derivgen.engine.extremes.telling import SUPERLATIVE
from derivgen.engine.working import Working
from derivgen.errors import ConstantVariable, FalseClaim, NoRule, Unsupported
from derivgen.notation.names import plain_name
from derivgen.rules.textbook import textbook
from derivgen.tasks import Optimum
from derivgen.terms.build import plus, times
from derivgen.terms.nodes import At, Fn, Mat, Norm, Num, Pow, Sym, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import substitute, unfold

TIED = ("symmetric", "skew-symmetric", "diagonal", "positive definite", "positive semidefinite", "orthogonal", "unit",
        "one-hot", "probability", "integer", "natural", "binary", "sign", "upper triangular", "lower triangular",
        "invertible")  # fmt: skip
"""Properties of an unknown that restrict it in a way that the gradient does not know of."""


def optimum(work: Working, goal: Goal) -> Term | None:
    task, objective = goal.task, goal.question
    assert isinstance(task, Optimum)
    refuse(objective, task.variable)
    simpler, word = monotone(objective) if task.sense != "stationary" else (None, "")
    answer = worked_out(work, goal if simpler is None else replace(goal, question=simpler), task)
    if simpler is not None:
        work.introduction = (objective, f" is {SUPERLATIVE[task.sense]} where its {word} is. ", *work.introduction)
    if answer is not None and task.claim is not None:
        judge_equation(work, task, answer)
    return value_at(work, objective, task, answer) if task.value and answer is not None else answer


def worked_out(work: Working, goal: Goal, task: Optimum) -> Term | None:
    unknown = task.variable
    if task.bounds and (task.equations or unknown.shape != SCALAR):
        raise Unsupported("an optimum under an inequality is not supported")
    if isinstance(unknown, Mat):
        return of_several(work, goal, task)
    if task.equations:
        return with_multiplier(work, goal, task)
    assert isinstance(unknown, Sym)
    return of_scalar(work, goal, task) if unknown.shape == SCALAR else of_vector(work, goal, task)


def monotone(objective: Term) -> tuple[Term | None, str]:
    """A simpler function that is largest and smallest where the objective is, and how it comes from it: the square of a
    norm or a root, the logarithm of a product of powers; None for anything else."""
    match unfold(objective):
        case Norm() as norm:
            return Pow(norm, Num(2)), "square"
        case Pow(base, Num(1, 2)):
            return base, "square"
        case Times() as whole if whole.shape == SCALAR and any(is_likelihood(f) for f in whole.args):
            logs = [logarithm(f) for f in whole.args]
            return (plus([t for t in logs if t is not None]), "logarithm") if None not in logs else (None, "")
    return None, ""


def is_likelihood(factor: Term) -> bool:
    """p^k with a letter in the exponent."""
    return isinstance(factor, Pow) and not isinstance(factor.exponent, Num)


def logarithm(factor: Term) -> Term | None:
    """The logarithm of a factor that is positive where the product is looked at; None where it may not be."""
    match factor:
        case Pow(base, exponent):
            return times([exponent, Fn("log", base)])
        case Fn("exp", arg):
            return arg
        case Sym() | Num() if positive(factor) is not None:
            return Fn("log", factor)
    return None


def bindings(task: Optimum, answer: Term) -> list[Term]:
    """The unknowns with their values, one after the other."""
    if isinstance(task.variable, Mat) and isinstance(answer, Mat):
        return [t for pair in zip(task.variable.entries, answer.entries, strict=True) for t in pair]
    return [task.variable, answer]


def value_at(work: Working, objective: Term, task: Optimum, answer: Term) -> Term:
    """The value of the function at the point that was found."""
    pairs = bindings(task, answer)
    question = At(objective, *pairs)
    value = textbook(substitute(unfold(objective), dict(zip(pairs[::2], pairs[1::2], strict=True))))
    work.line("evaluate", question, value, ("the point is put in",), left=question)
    work.against = question
    return value


def judge_equation(work: Working, task: Optimum, answer: Term) -> None:
    """An equation that the statement claims for the point is put to the numbers there."""
    claim, pairs = task.claim, bindings(task, answer)
    assert claim is not None
    checker = work.narrower or work.checker
    if checker is None:
        work.say("Whether ", claim, " holds there, as the statement claims, was not checked.")
        return
    found = checker.answer(At(claim.left, *pairs), At(claim.right, *pairs))
    if found.verdict == REFUTED:
        raise FalseClaim(f"what the statement claims does not hold there: {found.witness or 'the shapes differ'}")
    facts.establish(work, "claim", "holds", (claim, " holds at the point"), found)
    work.say(claim, " holds there, as the statement claims.")


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
        bounded = [p for p in symbol.props if "negative" in p and symbol.shape != SCALAR]
        tied = bounded + [p for p in symbol.props if p in TIED and not (p == "invertible" and symbol.shape == SCALAR)]
        if tied:
            raise Unsupported(f"{plain_name(symbol.name)} is restricted ({tied[0]}): such an optimum is not supported")
