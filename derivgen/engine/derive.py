"""From a problem to its solution: each goal worked out, every line checked, the answer checked without indices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from derivgen.derivation import (
    REFUTED,
    UNCHECKED,
    UNDECIDED,
    VERIFIED,
    Check,
    Derivation,
    Goal,
    Graph,
    Problem,
    Prose,
    Solution,
    Step,
    Surface,
)
from derivgen.engine.answers import answer_to
from derivgen.engine.claims import ended_at_claim, in_claimed_form, with_unit_sums
from derivgen.engine.domains import told_once, with_conditions
from derivgen.engine.element_form import by_its_elements, is_list, listed
from derivgen.engine.given import tell_value
from derivgen.engine.graphs import drawn_alike
from derivgen.engine.indices import by_expansion, by_regrouping, two_views
from derivgen.engine.matching import by_matching
from derivgen.engine.words import place_of, size_of, what_is_asked
from derivgen.engine.working import Working
from derivgen.errors import ConstantVariable, DerivgenError, FalseClaim, NoRule, Undecided, Unsound
from derivgen.notation.names import plain_name
from derivgen.prose import strung
from derivgen.rules.network import NoMatrixForm
from derivgen.rules.rule import depends_on, variable_of
from derivgen.rules.textbook import textbook
from derivgen.tasks import IN_WORDS, VALUES, InTerms, MultiplyOut, Prove
from derivgen.terms.nodes import At, Derivative, El, Hessian, Mat, Named, Relation, Sym, Term, Times, Tp
from derivgen.terms.shapes import ShapeError
from derivgen.terms.trees import rebuild, subterms, unfold

if TYPE_CHECKING:
    from derivgen.engine.check import Checker


def solve_problem(problem: Problem, *, check: bool = True) -> Solution:
    """A problem with the derivations of all its goals, in their order."""
    checkers = checkers_of(problem) if check else [None] * len(problem.goals)
    earlier: dict[Term, tuple[Term, int]] = {}
    shown: dict[Term, Term] = {}
    derivations: list[Derivation] = []
    for position, (goal, checker) in enumerate(zip(problem.goals, checkers, strict=True)):
        known = {
            q: (a, place_of(derivations[at].goal, at, goal))
            for q, (a, at) in earlier.items()
            if may_be_cited(q, goal, derivations[at])
        }
        found = derive_goal(problem, goal, checker, known, shown, derivations)
        derivations.append(found)
        value = value_found(found)
        if value is not None and is_kept(goal):
            earlier[goal.question] = (value, position)
    return Solution(problem.source, problem, tuple(derivations))


def checkers_of(problem: Problem) -> Sequence[Checker | None]:
    """The numbers for each goal: goals in which the same sizes occur share theirs."""
    from derivgen.engine.check import Checker
    from derivgen.engine.sizes import sizes_in

    keys = [frozenset(sizes_in(g.question)) for g in problem.goals]
    alike = {k: [g for g, own in zip(problem.goals, keys, strict=True) if own == k] for k in keys}
    made = {k: Checker(problem, goals=goals) for k, goals in alike.items()}
    return [made[k] for k in keys]


def is_kept(goal: Goal) -> bool:
    """Whether later parts may take the answer from this one: of a derivative, or of what is multiplied out."""
    return isinstance(goal.task, MultiplyOut) or (goal.kind != "shape" and goal.question.pending)


def value_found(derivation: Derivation) -> Term | None:
    """What the question was worked out to be, for the parts that follow; also where the answer is in words."""
    task, steps = derivation.goal.task, derivation.steps
    if isinstance(task, IN_WORDS):
        return steps[-1].after if steps and steps[0].left == derivation.goal.question else None
    if derivation.goal.form == "elements" and steps and steps[-1].rule == "write_out":
        return steps[-1].before  # in one piece
    if derivation.goal.form == "elements" and is_list(derivation.goal.question, derivation.answer):
        return None  # a list of elements is no term to go on with
    return derivation.answer if task is None or isinstance(task, VALUES) else None


def may_be_cited(question: Term, goal: Goal, answered: Derivation) -> bool:
    """The same question by another method is asked for its way, and is worked out again."""
    return question != goal.question or answered.method == goal.method


def derive_goal(
    problem: Problem,
    goal: Goal,
    checker: Checker | None,
    earlier: Mapping[Term, tuple[Term, str]],
    shown: dict[Term, Term],
    before: Sequence[Derivation],
) -> Derivation:
    """The worked answer to one goal; a refusal carries its reason, and no line of an unfinished work."""
    work = Working(
        goal.layout, goal.method, letters_in_use(problem), earlier=earlier, shown=shown, before=tuple(before),
        variables=frozenset(v for g in problem.goals for v in g.wrt),
        checker=checker, simplify=goal.simplify, inner_first=goal.layout == "denominator" and not outer_first(goal),
    )  # fmt: skip
    try:
        if goal.task is None:
            refuse_constant(goal.question)
            work.against = goal.question
        answer = work_out(work, goal)
        if answer is not None and goal.form == "elements":
            answer = by_its_elements(work, goal, answer)
        if goal.task is None and answer == goal.question and goal.question.pending and goal.kind != "shape":
            raise NoRule("this derivative is only known by its name here: nothing more can be worked out")
        answer = with_unit_sums(work, with_names(work, problem, goal, answer))
        tell_value(work, problem.given, answer)
        if answer is not None and goal.claim is not None:
            answer = ended_at_claim(work, goal.claim, answer)
        work.lines, narrower = with_conditions(work.lines, goal.question, problem.conditions)
        solved = {symbol for line in work.lines for symbol, _ in line.where}  # of these nothing is supposed
        narrower = [c for c in narrower if not c.symbols & solved]
        work.conditions = told_once(work.conditions, narrower, problem.conditions)
        steps, verdict = checked(work, answer, checker)
        if answer is not None and goal.claim is not None:
            answer = judge_claim(work, goal.claim, answer, work.narrower or checker)
            steps += tuple(check_step(s, work.narrower or checker) for s in work.lines[len(steps) :] if checker)
    except DerivgenError as error:
        if goal.place is not None:
            error.at(goal.place)
        return Derivation(problem, goal, "refused", goal.method, goal.layout, error=error)
    return Derivation(
        problem=problem,
        goal=goal if work.question is None else narrowed(goal, work.question),
        status="solved",
        method=goal.method,
        layout=goal.layout,
        steps=steps,
        answer=answer,
        introduction=work.introduction,
        conclusion=work.conclusion,
        conditions=tuple(work.conditions),
        check=verdict,
        value=work.value,
        text=tuple(work.text),
        choices=tuple(work.choices),
        facts=tuple(work.facts),
        tables=tuple(work.tables),
        figures=tuple(new_figures(work)),
    )


def outer_first(goal: Goal) -> bool:
    """Whether the statement has a chain rule with the outer derivative first: then it is written so."""
    stated = goal.task.right if isinstance(goal.task, Prove) else goal.claim
    chains = [t for t in subterms(stated) if isinstance(t, Times)] if stated is not None else []
    pairs = [(a, b) for t in chains for a, b in pairwise(t.args)]
    links = [(a, b) for a, b in pairs if isinstance(a, Derivative) and isinstance(b, Derivative)]
    return any(variable_of(a.var) == variable_of(b.body) for a, b in links)


def new_figures(work: Working) -> Iterator[Graph | Surface]:
    """The pictures, without those that an earlier goal of this problem has shown."""
    shown = [f for d in work.before for f in d.figures if isinstance(f, Graph)]
    for figure in work.figures:
        if isinstance(figure, Surface) or not any(drawn_alike(figure, other) for other in shown):
            yield figure


def narrowed(goal: Goal, question: Term) -> Goal:
    """The goal with the question that was answered, as where only some elements were asked for."""
    return replace(goal, question=question, wrt=(question.var,) if isinstance(question, Derivative) else goal.wrt)


def with_names(work: Working, problem: Problem, goal: Goal, answer: Term | None) -> Term | None:
    """An answer with the names that the statement gives to derivatives: G for dL/dZ."""
    given = [d for d in problem.definitions if isinstance(d.term, Derivative) and d.term != goal.question]
    named = {d.term: d.symbol for d in given}
    if answer is None or not named or not isinstance(goal.task, InTerms | None):
        return answer

    def put(term: Term) -> Term:
        return named[term] if term in named else rebuild(term, put)

    called = put(answer)
    if called == answer:
        for d in (t for t in subterms(answer) if isinstance(t, Derivative) and isinstance(goal.task, InTerms)):
            symbol = next((s for t, s in named.items() if spoken(t) == spoken(d)), None)
            if symbol is not None:
                work.conclusion = (*work.conclusion, "Here ", d, " is ", symbol, ".")
                break
        return answer
    first = next(t for t in subterms(answer) if t in named)
    work.line("recognise", answer, called, (Relation("=", named[first], first),))
    return called


def spoken(derivative: Derivative) -> tuple[str, ...]:
    """The names of what is differentiated and of the variable."""
    return tuple(plain_name(t.name) for t in (derivative.body, derivative.var) if isinstance(t, Sym | Named))


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
    """Letters of scalar symbols, of vectors, of what is defined and of sizes: no new index may bear them."""
    scalars = {s.latex for s in problem.symbols if s.shape == ()}
    vectors = {b.name.letter for s in problem.symbols if len(s.shape) == 1 and isinstance(b := s.term, Sym | Named)}
    defined = {d.symbol.name.letter for d in problem.definitions if isinstance(d.symbol, Named)}
    return frozenset(scalars | vectors | defined | {latex for _, latex in problem.sizes})


def work_out(work: Working, goal: Goal) -> Term | None:
    question = goal.question
    try:
        if goal.task is not None:
            from derivgen.engine.tasks.catalog import WORKERS  # most problems only ask for a derivative

            return WORKERS[type(goal.task)](work, goal)
        match goal.kind:
            case "shape":
                work.introduction = shape_sentence(question)
                return question
            case "regroup" | "vectorise":
                found = by_regrouping(work, question, goal.target)
                if goal.kind == "vectorise":
                    two_views(work, found)
                return found
            case "element" if isinstance(question, El) and not question.pending:
                return by_expansion(work, question)
        if goal.method == "shape-matching" and isinstance(question, Derivative):
            return by_matching(work, question, goal)
        if goal.method == "substitution" and isinstance(question, Derivative):
            question = substituted(work, question)
        found = listed(work, question, goal.wrt) if goal.form == "elements" else answer_to(work, question)
        draw_chain(work, question)
        return found
    except NoMatrixForm as reason:
        raise NoRule("no matrix form: " + str(reason)) from None
    except ShapeError as error:
        from derivgen.errors import ShapeFault

        raise ShapeFault(error.message) from None


def draw_chain(work: Working, question: Term) -> None:
    """A picture of the quantities on the way, where a line went through them by the chain rule."""
    through = any(step.rule == "chain_rule_through" for step in work.lines)
    if not through or work.figures or not isinstance(question, Derivative):
        return
    if isinstance(question.body, Sym | Named) and isinstance(question.var, Sym | Named):
        from derivgen.engine.tasks.expressing import pictures

        work.figures += pictures(question)


def substituted(work: Working, question: Derivative) -> Derivative:
    """The question with everything put in first: the derivative of one formula in the variable."""
    formula = textbook(unfold(question.body))
    if formula == question.body:
        return question
    after = Derivative(formula, question.var, question.layout)
    work.line("put_back", question, after, ("everything is put in first",), left=question)
    return after


def shape_sentence(question: Term) -> Prose:
    """The shape of a question, told from the shapes of its parts."""
    if isinstance(question, Derivative):
        return what_is_asked(question, None, ())
    if isinstance(question, Hessian):
        return (
            "Its (i, j) element is the derivative by element i of ", question.x, " and element j of ", question.y,
            ", so its shape is ", size_of(question.shape), ".",
        )  # fmt: skip
    words = strung(((t, " is ", size_of(t.shape)) for t in question.args if isinstance(t, Term)), last=", ")
    return (*words, ", so the whole is " if words else "Its shape is ", size_of(question.shape), ".")


# -------------------------------------------------------------------------------------------------- checking
def judge_claim(work: Working, claim: Term, answer: Term, checker: Checker | None) -> Term:
    """What comes out, in the form that the statement claims; refused with a counterexample where it is not so."""
    gap = " " if work.conclusion else ""
    if checker is None:
        told: Prose = (f"{gap}Whether this is what the statement claims, ", claim, ", was not checked.")
        work.conclusion = (*work.conclusion, *told)
        return answer
    verdict = checker.answer(answer, claim)
    if verdict.verdict == REFUTED:
        raise FalseClaim(
            f"what the statement claims does not hold: {verdict.witness or 'the shapes differ'}",
            hint="before is what was derived, after what is claimed; leave out the claim to see the derivation",
        )
    if verdict.verdict != VERIFIED:
        undecided = (f"{gap}Whether this is what the statement claims, ", claim, ", could not be decided.")
        work.conclusion = (*work.conclusion, *undecided)
        return answer
    work.conclusion = (*work.conclusion, f"{gap}This is what the statement claims.")
    return in_claimed_form(work, answer, claim) if answer.shape == claim.shape and not claim.pending else answer


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
    held = [f.check for f in work.facts] + [c.check for c in work.choices]
    for verdict in held:
        settle(verdict, "what was found does not hold", "what was found")
    return steps, combine(verdicts or held)


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
