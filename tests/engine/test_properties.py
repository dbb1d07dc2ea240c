"""Properties of the engine: what it says is true, whatever the term, the layout and the order of the terms."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derivgen.derivation import VERIFIED, Goal, Problem
from derivgen.engine.derive import solve_problem
from derivgen.errors import ConstantVariable, NoRule, Undecided
from derivgen.latex.printer import latex
from derivgen.rules.normal import key
from derivgen.rules.textbook import textbook
from derivgen.terms.nodes import Derivative, Had, Plus, Term
from derivgen.terms.shapes import ShapeError
from tests.strategies import M_VECTORS, N_VECTORS, SCALARS, SQUARE, TALL, columns, scalars, terms

VARIABLES = (N_VECTORS[2], M_VECTORS[1], TALL[1], SQUARE[0], SCALARS[1])
LAYOUTS = ("denominator", "numerator", "jacobian")
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def problem(question: Term, layout: str) -> Problem:
    return Problem("", (), (), (), (), (Goal("derivative", question, layout=layout),), layout)


def answer_is_true_or_refused(body: Term, variable: Term, layout: str) -> Term | None:
    try:
        question = Derivative(body, variable, layout)
    except ShapeError:
        return None
    found = solve_problem(problem(question, layout)).derivations[0]
    if found.error is not None:
        assert isinstance(found.error, NoRule | ConstantVariable | Undecided), str(found.error)
        return None
    assert found.check.verdict == VERIFIED
    assert found.answer is not None and found.answer.shape == question.shape
    assert not any(step.reason == () for step in found.steps)
    return found.answer


@QUIET
@given(scalars(depth=3), st.sampled_from(VARIABLES), st.sampled_from(LAYOUTS))
def test_scalars_by_anything(body: Term, variable: Term, layout: str) -> None:
    answer_is_true_or_refused(body, variable, layout)


@QUIET
@given(columns(depth=3), st.sampled_from(VARIABLES), st.sampled_from(LAYOUTS))
def test_vectors_by_anything(body: Term, variable: Term, layout: str) -> None:
    answer_is_true_or_refused(body, variable, layout)


@pytest.mark.slow
@settings(QUIET, max_examples=1500)
@given(scalars(depth=4) | columns(depth=4), st.sampled_from(VARIABLES), st.sampled_from(LAYOUTS))
def test_larger_terms(body: Term, variable: Term, layout: str) -> None:
    answer_is_true_or_refused(body, variable, layout)


@QUIET
@given(scalars(depth=3), st.sampled_from(VARIABLES))
def test_deriving_twice_gives_the_same_bytes(body: Term, variable: Term) -> None:
    first, second = (
        solve_problem(problem(Derivative(body, variable), "denominator"), check=False).derivations[0] for _ in range(2)
    )
    assert [latex(s.after) for s in first.steps] == [latex(s.after) for s in second.steps]


@QUIET
@given(terms(depth=3))
def test_textbook_form_is_settled(term: Term) -> None:
    once = textbook(term)
    assert once.shape == term.shape
    assert once.free <= term.free
    assert textbook(once) == once


@QUIET
@given(terms(depth=2), terms(depth=2), terms(depth=2))
def test_the_key_forgets_the_order_of_terms(a: Term, b: Term, c: Term) -> None:
    if not a.shape == b.shape == c.shape:
        return
    assert key(Plus(a, b, c)) == key(Plus(c, a, b))
    assert key(Had(a, b, c)) == key(Had(b, c, a))
    assert key(textbook(Plus(a, b, c))) == key(textbook(Plus(c, b, a)))
