"""What an earlier question has answered already: said where it is seen, never taken for granted.

A question, or a derivative in its working, may be an earlier question with other symbols.  That is established by
matching the terms, sizes and assumptions included, and the earlier answer with these symbols put in is held against
the derivative by the numbers.  Only then a sentence says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import TYPE_CHECKING

from derivgen.derivation import VERIFIED, Derivation, Problem, Prose, Solution, Step
from derivgen.prose import listed
from derivgen.rules.measure import measure
from derivgen.rules.normal import collected
from derivgen.rules.products import plain_product
from derivgen.rules.rule import depends_on
from derivgen.tasks import Cited, InTerms, SpecialCase
from derivgen.terms.build import times, tp
from derivgen.terms.instances import Binding, Matcher, instance, instances, resized
from derivgen.terms.nodes import Derivative, El, Frac, Plus, Relation, Sym, Term, Times, Tp
from derivgen.terms.shapes import SCALAR, ShapeError
from derivgen.terms.trees import subterms, unfold

if TYPE_CHECKING:
    from derivgen.engine.check import Checker

LEAST = 1.9
"""How much there must be to read in a function before its derivative is worth recalling."""
MOST_TERMS = 8
"""Up to how many terms a function is multiplied out."""
MOST_RUNS = 200
"""How many ways of matching are tried for one derivative."""


@dataclass(frozen=True)
class Result:
    """A derivative that was found and verified, and how it is cited."""

    question: Derivative
    answer: Term
    cited: Cited


def results_of(solution: Solution, label: str, number: int) -> list[Result]:
    """What a solved problem leaves for later ones; ``number`` is its position in the document."""
    found: dict[Derivative, Result] = {}
    for position, d in enumerate(solution.derivations):
        question = d.goal.question
        answers = d.goal.task is None or isinstance(d.goal.task, SpecialCase | InTerms)
        if d.answer is None or not answers or d.check.verdict != VERIFIED or not isinstance(question, Derivative):
            continue
        if question.shape == d.answer.shape and not is_trivial(question):
            name = f"{label}({d.goal.part.strip('()')})" if d.goal.part else label
            found.setdefault(question, Result(question, d.answer, Cited(name, position, number)))
    return list(found.values())


def is_trivial(question: Derivative) -> bool:
    body = unfold(question.body)
    return question.var not in body.symbols or (not isinstance(body, Sym) and measure(body) < LEAST)


def recalled(solution: Solution, known: Sequence[Result]) -> Solution:
    """The solution with a sentence wherever one of the known results is met again."""
    if not known or solution.problem is None:
        return solution
    told: set[Term] = set()
    derivations = []
    for d in solution.derivations:
        sentences = list(remarks(solution.problem, d, known, told)) if d.check.verdict == VERIFIED else []
        spaced = tuple(x for sentence in sentences for x in (" ", *sentence))
        whole = (*d.conclusion, *spaced) if d.conclusion else spaced[1:]
        derivations.append(replace(d, conclusion=whole) if sentences else d)
    return replace(solution, derivations=tuple(derivations))


def remarks(problem: Problem, d: Derivation, known: Sequence[Result], told: set[Term]) -> Iterator[Prose]:
    """The sentences about one derivation: about its question, else about the derivatives that it met."""
    from derivgen.engine.check import Checker

    checker = Checker(problem, goals=[d.goal])
    question = d.goal.question
    if question in told:
        return
    whole = best(question, known, checker) if isinstance(question, Derivative) else None
    if whole is not None:
        told.add(question)
        yield ("This is the result of ", *whole, ".")
        return
    for lead, derivatives in inside(d):
        found = [(x, best(x, known, checker)) for x in dict.fromkeys(derivatives) if x not in told]
        met = [(x, words) for x, words in found if words is not None]
        told |= {x for x, _ in met}
        if met:
            yield (*lead, *(w for k, (x, words) in enumerate(met) for w in clause(x, words, not lead, k)), ".")


def clause(derivative: Derivative, words: Prose, whole: bool, position: int) -> Prose:
    """That a derivative, or the derivative of a term of the function, was found before."""
    if whole:
        return (" and the derivative " if position else "The derivative ", derivative, " is the result of ", *words)
    return (" and that of " if position else "the derivative of ", derivative.body, " is the result of ", *words)


def inside(d: Derivation) -> Iterator[tuple[Prose, list[Derivative]]]:
    """Derivatives of whole vectors and matrices in the working, then those of the terms of the function asked about."""
    question = d.goal.question
    yield (), [x for step in d.steps for x in derivatives_in(step) if x != question]
    if isinstance(question, Derivative) and question.body.shape == SCALAR and not isinstance(question.var, El):
        opened = collected(multiplied_out(unfold(question.body)), SCALAR)
        if isinstance(opened, Plus):
            moving = [without_constants(t, question.var) for t in opened.args if question.var in t.symbols]
            lead: Prose = ("Multiplied out, the function is ", opened, "; ")
            yield lead, [Derivative(t, question.var, question.layout) for t in moving]


def derivatives_in(step: Step) -> Iterator[Derivative]:
    for term in (step.left, step.before, step.after):
        for t in subterms(term) if term is not None else ():
            if isinstance(t, Derivative) and (t.var.shape, t.body.shape) != (SCALAR, SCALAR):
                yield t


def multiplied_out(term: Term) -> list[Term]:
    """The terms of a function with all its products of sums opened; the function alone where there would be many."""
    match term:
        case Plus():
            found = [t for part in term.args for t in multiplied_out(part)]
        case Tp(inner):
            found = [tp(t) for t in multiplied_out(inner)]
        case Times():
            found = [plain_product(times(choice)) for choice in product(*map(multiplied_out, term.args))]
        case Frac(num, den):
            found = [Frac(t, den) for t in multiplied_out(num)]
        case _:
            found = [term]
    return found if len(found) <= MOST_TERMS else [term]


def without_constants(term: Term, var: Term) -> Term:
    """A product without the scalars before it that do not move."""
    if isinstance(term, Frac) and not depends_on(term.den, var):
        return without_constants(term.num, var)
    if isinstance(term, Times):
        kept = [f for f in term.args if f.shape != SCALAR or depends_on(f, var)]
        return times(kept) if len(kept) > 1 else without_constants(kept[0], var)
    return term


def best(derivative: Derivative, known: Sequence[Result], checker: Checker) -> Prose | None:
    """The result whose assumptions say most, then the one that is nearest, then the first: its name and symbols."""
    found = [(rank(b), k, r, b) for k, r in enumerate(known) for b in ways(derivative, r)]
    for _, _, result, b in sorted(found, key=lambda f: f[:2]):
        if holds(derivative, result, b, checker):
            pairs = [Relation("=", resized(s, b), t) for s, t in symbols(b) if not same_name(s, t)]
            return (result.cited, *((" with ", *listed(pairs)) if pairs else ()))
    return None


def ways(derivative: Derivative, result: Result) -> Iterator[Binding]:
    """How a derivative is that of the result with other symbols."""
    pattern, var = result.question, derivative.var
    if pattern.layout != derivative.layout or not isinstance(pattern.var, Sym) or not isinstance(var, Sym):
        return
    body = unfold(derivative.body)
    if isinstance(body, Sym) != isinstance(unfold(pattern.body), Sym):
        return
    matcher = Matcher(var)
    sizes = matcher.shape(pattern.var.shape, var.shape, {})
    sizes = matcher.shape(pattern.body.shape, body.shape, sizes) if sizes is not None else None
    if sizes is not None:
        yield from islice(instances(pattern.body, body, {**sizes, pattern.var: var}, var), MOST_RUNS)


def rank(b: Binding) -> tuple[int, float]:
    said = sum(len(s.props) for s, _ in symbols(b))
    return -said, sum(measure(t) for _, t in symbols(b))


def symbols(b: Binding) -> list[tuple[Sym, Term]]:
    return [(s, t) for s, t in b.items() if isinstance(s, Sym)]


def same_name(s: Sym, t: Term) -> bool:
    return isinstance(t, Sym) and t.name == s.name


def holds(derivative: Derivative, result: Result, b: Binding, checker: Checker) -> bool:
    """Whether the earlier answer with the symbols put in has the value of the derivative."""
    try:
        answer = instance(result.answer, b)
    except ShapeError:
        return False
    return checker.answer(derivative, answer).verdict == VERIFIED
