"""From a problem to its solution: each goal worked out, every line checked, the answer checked without indices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivgen.derivation import (
    REFUTED,
    UNCHECKED,
    UNDECIDED,
    VERIFIED,
    Check,
    Derivation,
    Goal,
    Problem,
    Prose,
    Solution,
    Step,
)
from derivgen.engine.answers import answer_to
from derivgen.engine.domains import told_once, with_conditions
from derivgen.engine.indices import by_expansion, by_regrouping
from derivgen.engine.tasks.catalog import WORKERS
from derivgen.engine.words import size_of, what_is_asked
from derivgen.engine.working import Working
from derivgen.errors import ConstantVariable, DerivgenError, FalseClaim, NoRule, Undecided, Unsound
from derivgen.notation.names import plain_name
from derivgen.rules.network import NoMatrixForm
from derivgen.rules.rule import depends_on, variable_of
from derivgen.terms.nodes import At, Derivative, El, Hessian, Mat, Named, Sym, Term, Tp
from derivgen.terms.shapes import ShapeError
from derivgen.terms.trees import subterms

if TYPE_CHECKING:
    from derivgen.engine.check import Checker


def solve_problem(problem: Problem, *, check: bool = True) -> Solution:
    """A problem with the derivations of all its goals, in their order."""
    checker = None
    if check:
        from derivgen.engine.check import Checker

        checker = Checker(problem)
    earlier: dict[Term, tuple[Term, str]] = {}
    derivations = []
    for position, goal in enumerate(problem.goals):
        found = derive_goal(problem, goal, checker, earlier)
        derivations.append(found)
        if found.answer is not None and goal.task is None and goal.kind != "shape" and goal.question.pending:
            earlier[goal.question] = (found.answer, part_name(goal, position))
    return Solution(problem.source, problem, tuple(derivations))


def part_name(goal: Goal, position: int) -> str:
    """How a later part refers to this one."""
    ordinals = ("the first question", "the second question", "the third question")
    if goal.part is not None:
        return f"({goal.part.strip('()')})"
    return ordinals[position] if position < len(ordinals) else "an earlier question"


def derive_goal(
    problem: Problem, goal: Goal, checker: Checker | None, earlier: Mapping[Term, tuple[Term, str]]
) -> Derivation:
    """The worked answer to one goal; a refusal carries its reason, and no line of an unfinished work."""
    work = Working(
        goal.layout, goal.method, letters_in_use(problem), earlier=earlier, checker=checker, simplify=goal.simplify
    )  # fmt: skip
    try:
        if goal.task is None:
            refuse_constant(goal.question)
            work.against = goal.question
        answer = work_out(work, goal)
        if goal.task is None and answer == goal.question and goal.question.pending and goal.kind != "shape":
            raise NoRule("this derivative is only known by its name here: nothing more can be worked out")
        work.lines, narrower = with_conditions(work.lines, goal.question, problem.conditions)
        solved = {symbol for line in work.lines for symbol, _ in line.where}  # of these nothing is supposed
        narrower = [c for c in narrower if not c.symbols & solved]
        work.conditions = told_once(work.conditions, narrower, problem.conditions)
        steps, verdict = checked(work, answer, checker)
        if answer is not None:
            judge_claim(work, goal, answer, work.narrower or checker)
    except DerivgenError as error:
        if goal.place is not None:
            error.at(goal.place)
        return Derivation(problem, goal, "refused", goal.method, goal.layout, error=error)
    return Derivation(
        problem=problem,
        goal=goal,
        status="solved",
        method=goal.method,
        layout=goal.layout,
        steps=steps,
        answer=answer,
        introduction=work.introduction,
        conclusion=work.conclusion,
        conditions=tuple(work.conditions),
        check=verdict,
        text=tuple(work.text),
        choices=tuple(work.choices),
        facts=tuple(work.facts),
        tables=tuple(work.tables),
        figures=tuple(work.figures),
    )


def refuse_constant(question: Term) -> None:
    """A question about something that does not contain its variable was read wrongly, or asked wrongly."""
    for term in subterms(question) if question.pending else ():
        if term.pending and isinstance(term, Derivative) and not isinstance(term.body, Derivative):
            symbol = term.var.arg if isinstance(term.var, Tp) else variable_of(term.var)
            variables = symbol.entries if isinstance(symbol, Mat) else (symbol,)
            named = [v for v in variables if isinstance(v, Sym | Named)]
            if named and not any(depends_on(term.body, v) for v in named):
                raise ConstantVariable(
                    f"what is differentiated does not contain {plain_name(named[0].name)}, so nothing is asked",
                    hint="say how it depends on it, as in: where y = Ax; or: u is a function of x",
                )


def letters_in_use(problem: Problem) -> frozenset[str]:
    """Letters of scalar symbols and of sizes: no new index may bear them."""
    scalars = {s.latex for s in problem.symbols if s.shape == ()}
    return frozenset(scalars | {latex for _, latex in problem.sizes})


def work_out(work: Working, goal: Goal) -> Term | None:
    question = goal.question
    try:
        if goal.task is not None:
            return WORKERS[type(goal.task)](work, goal)
        match goal.kind:
            case "shape":
                work.introduction = shape_sentence(question)
                return question
            case "regroup":
                return by_regrouping(work, question, goal.target)
            case "element" if isinstance(question, El) and not question.pending:
                return by_expansion(work, question)
        return answer_to(work, question)
    except NoMatrixForm as reason:
        raise NoRule("no matrix form: " + str(reason)) from None
    except ShapeError as error:
        from derivgen.errors import ShapeFault

        raise ShapeFault(error.message) from None


def shape_sentence(question: Term) -> Prose:
    """The shape of a question, told from the shapes of its parts."""
    if isinstance(question, Derivative):
        return what_is_asked(question, None, ())
    if isinstance(question, Hessian):
        return (
            "Its (i, j) element is the derivative by element i of ", question.x, " and element j of ", question.y,
            ", so its shape is ", size_of(question.shape), ".",
        )  # fmt: skip
    words: list[Any] = []
    for k, part in enumerate(t for t in question.args if isinstance(t, Term)):
        words += [", " if k else "", part, " is ", size_of(part.shape)]
    return (*words, ", so the whole is " if words else "Its shape is ", size_of(question.shape), ".")


# -------------------------------------------------------------------------------------------------- checking
def judge_claim(work: Working, goal: Goal, answer: Term, checker: Checker | None) -> None:
    """A statement that says what comes out is held against what came out: agreed, or refused with a counterexample."""
    if goal.claim is None:
        return
    if checker is None:
        told: Prose = ("Whether this is what the statement claims, ", goal.claim, ", was not checked.")
        work.conclusion = (*work.conclusion, *told)
        return
    verdict = checker.answer(answer, goal.claim)
    if verdict.verdict == REFUTED:
        raise FalseClaim(
            f"what the statement claims does not hold: {verdict.witness or 'the shapes differ'}",
            hint="before is what was derived, after what is claimed; leave out the claim to see the derivation",
        )
    agrees = verdict.verdict == VERIFIED
    work.conclusion = (*work.conclusion, "This is what the statement claims, ", goal.claim, ".") if agrees else (
        *work.conclusion, "Whether this is what the statement claims, ", goal.claim, ", could not be decided.",
    )  # fmt: skip


def checked(work: Working, answer: Term | None, checker: Checker | None) -> tuple[tuple[Step, ...], Check]:
    """Every line with its verdict, and the verdict of the whole; raises where a line or the answer is not verified."""
    if checker is None:
        return tuple(work.lines), Check(UNCHECKED)
    from derivgen.engine.check import combine

    narrower = work.narrower or checker
    general = [s if s.where else check_step(s, checker) for s in work.lines]
    steps = tuple(
        general
        if narrower is checker and not any(s.where for s in general)
        else (check_step(s, narrower) for s in general)
    )
    verdicts = [s.check for s in steps]
    if answer is not None and work.against is not None:
        whole = narrower.answer(work.against, answer)
        settle(whole, "the answer does not agree with the question", "the answer")
        verdicts.insert(0, whole)
    for held in [f.check for f in work.facts] + [c.check for c in work.choices]:
        settle(held, "what was found does not hold", "what was found")
        verdicts.append(held)
    return steps, combine(verdicts)


def check_step(step: Step, checker: Checker) -> Step:
    if step.where:
        point = [t for pair in step.where for t in pair]
        verdict = checker.step(At(step.left or step.before, *point), At(step.after, *point))
    else:
        verdict = checker.step(step.before, step.after)
    settle(verdict, f"the step by rule {step.rule} does not hold", f"the step by rule {step.rule}")
    inner = tuple(check_step(s, checker) for s in step.substeps)
    return replace(step, check=verdict, substeps=inner)


def settle(verdict: Check, refuted: str, what: str) -> None:
    if verdict.verdict == REFUTED:
        raise Unsound(f"{refuted}: {verdict.witness}", hint="nothing of it is printed; please report this")
    if verdict.verdict == UNDECIDED:
        raise Undecided(
            f"the numbers could not decide {what}: {verdict.witness or 'no sample was finite'}",
            hint="state the domain, as in x > 0, so that samples can respect it",
        )
    assert verdict.verdict == VERIFIED
