"""The JSON record of a solution: the contract ``derivgen/1`` of docs/json.md, key by key."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

from sympy import srepr

from derivgen.derivation import Check, Choice, Derivation, Fact, Goal, Problem, Prose, Solution, Step, Symbol
from derivgen.errors import DerivgenError
from derivgen.latex.printer import latex
from derivgen.notation.names import plain_size
from derivgen.notation.present import meaning, present
from derivgen.terms.nodes import Term
from derivgen.terms.shapes import Size
from derivgen.terms.trees import untransposed
from derivgen.version import __version__
from derivgen.writers.answers import equation
from derivgen.writers.numpy_code import NoExpression, numpy_expression, question_expression

SCHEMA = "derivgen/1"
Record = dict[str, Any]


def json_lines(solutions: Sequence[Solution]) -> str:
    """One object for one solution, one object a line for several."""
    return "".join(f"{json.dumps(solution_record(s), ensure_ascii=False, allow_nan=False)}\n" for s in solutions)


def solution_record(solution: Solution) -> Record:
    return {
        "schema": SCHEMA,
        "version": __version__,
        "source": solution.source,
        "status": solution.status,
        "problem": problem_record(solution.problem) if solution.problem else None,
        "derivations": [derivation_record(d) for d in solution.derivations],
        "error": error_record(solution.error),
    }


# -------------------------------------------------------------------------------------------------- problem
def problem_record(problem: Problem) -> Record:
    return {
        "statement": problem.statement,
        "layout": problem.layout,
        "symbols": [symbol_record(s, problem) for s in problem.symbols],
        "sizes": [{"name": name, "latex": written} for name, written in problem.sizes],
        "definitions": [
            {"name": d.name, "latex": latex(equation(present(d.symbol), meaning(d.term)))} for d in problem.definitions
        ],
        "goals": [{"part": g.part, "kind": g.kind, "latex": latex(g.question)} for g in problem.goals],
        "notes": [words(note) for note in problem.notes],
    }


def symbol_record(symbol: Symbol, problem: Problem) -> Record:
    return {
        "name": symbol.name,
        "latex": symbol.latex,
        "shape": [size_name(size, problem) for size in symbol.shape],
        "role": symbol.role,
        "properties": list(symbol.properties),
        "declared": symbol.declared,
    }


def size_name(size: Size, problem: Problem) -> Size:
    """The plain name of a size, as the problem calls it."""
    if isinstance(size, int):
        return size
    return next((name for name, written in problem.sizes if written == size), plain_size(size))


# --------------------------------------------------------------------------------------------- derivations
def derivation_record(derivation: Derivation) -> Record:
    goal, problem = derivation.goal, derivation.problem
    return {
        "part": goal.part,
        "kind": goal.kind,
        "status": derivation.status,
        "method": derivation.method,
        "layout": derivation.layout,
        "question": {
            "latex": latex(goal.question),
            "numpy": question_numpy(goal, problem),
            "wrt": [variable_name(term, problem) for term in goal.wrt],
        },
        "answer": answer_record(derivation),
        "conditions": [words(c) if isinstance(c, tuple) else f"${latex(c)}$" for c in derivation.conditions],
        "steps": [step_record(s, i) for s, i in numbered(derivation.steps, goal.part)],
        "check": check_record(derivation.check),
        "error": error_record(derivation.error),
    }


def question_numpy(goal: Goal, problem: Problem) -> str | None:
    """What was differentiated, or else what was to be worked out, as NumPy where it can be said so."""
    try:
        return question_expression(goal, problem)
    except NoExpression:
        return None


def numpy_or_none(term: Term, problem: Problem, layout: str | None = None) -> str | None:
    try:
        return numpy_expression(term, problem, layout=layout)
    except NoExpression:
        return None


def variable_name(term: Term, problem: Problem) -> str:
    bare = untransposed(term)
    for symbol in problem.symbols:
        if symbol.term == bare:
            return symbol.name
    return numpy_or_none(bare, problem) or latex(bare)


def answer_record(derivation: Derivation) -> Record | None:
    """The answer as a term, as words, as options chosen from, or as several of these."""
    if derivation.answer is None and not derivation.text and not derivation.choices:
        return None
    return {
        **term_record(derivation),
        "text": "\n\n".join(map(words, derivation.text)) or None,
        "choices": [choice_record(c) for c in derivation.choices] or None,
        "facts": [fact_record(f) for f in derivation.facts],
    }


def term_record(derivation: Derivation) -> Record:
    goal, problem, answer = derivation.goal, derivation.problem, derivation.answer
    if answer is None:
        return dict.fromkeys(("latex", "srepr", "numpy", "shape"))
    shape = [size_name(size, problem) for size in answer.shape]
    is_shape = goal.kind == "shape"
    return {
        "latex": rf"{latex_size(answer.shape[0])} \times {latex_size(answer.shape[1])}" if is_shape else latex(answer),
        "srepr": srepr(answer),
        "numpy": f"({shape[0]}, {shape[1]})" if is_shape else value_numpy(derivation),
        "shape": shape,
    }


def value_numpy(derivation: Derivation) -> str | None:
    """The answer as NumPy; where it keeps derivatives that could be worked out, what they come to."""
    answer, problem, layout = derivation.answer, derivation.problem, derivation.goal.layout
    found = numpy_or_none(answer, problem, layout) if answer is not None else None
    if found is None and derivation.value is not None:
        return numpy_or_none(derivation.value, problem, layout)
    return found


def choice_record(choice: Choice) -> Record:
    return {
        "label": choice.label,
        "right": choice.right,
        "reason": words(choice.reason),
        "check": check_record(choice.check),
    }


def fact_record(fact: Fact) -> Record:
    return {"text": words(fact.text), "check": check_record(fact.check), "name": fact.name, "value": fact.value}


def latex_size(size: Size) -> str:
    return str(size)


def numbered(steps: Sequence[Step], prefix: str | None) -> Iterator[tuple[Step, str]]:
    for n, step in enumerate(steps, 1):
        yield step, f"{prefix}.{n}" if prefix else str(n)


def step_record(step: Step, number: str) -> Record:
    return {
        "id": number,
        "rule": step.rule,
        "reason": words(step.reason),
        "law": step.law or None,
        "source": step.source or None,
        "before": latex(step.before),
        "after": latex(step.after),
        "path": list(step.path),
        "check": check_record(step.check),
        "substeps": [step_record(s, i) for s, i in numbered(step.substeps, number)],
    }


def check_record(check: Check) -> Record:
    known = check.error is not None and math.isfinite(check.error)
    return {
        "verdict": check.verdict,
        "sizes": [dict(sizes) for sizes in check.sizes],
        "error": check.error if known else None,
        "witness": check.witness,
    }


# ------------------------------------------------------------------------------------------------ pieces
def words(prose: Prose) -> str:
    """Running text with its formulas as LaTeX between dollars."""
    return "".join(x if isinstance(x, str) else f"${latex(x)}$" for x in prose)


def error_record(error: DerivgenError | None) -> Record | None:
    if error is None:
        return None
    place = error.place
    return {
        "code": error.code,
        "message": error.message,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "span": [place.span.start, place.span.end] if place else None,
        "hint": error.hint,
    }
