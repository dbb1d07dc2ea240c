"""Statements solved for a test: every goal solved, every line verified, every answer held against NumPy."""

from __future__ import annotations

from derivgen.book import judge
from derivgen.derivation import VERIFIED, Derivation
from derivgen.engine.derive import solve_problem
from derivgen.latex.statement import read_problem


def solved(statement: str, layout: str | None = None, method: str | None = None) -> tuple[Derivation, ...]:
    """The derivations of a statement, all of them with an answer of which every line is verified."""
    found = solve_problem(read_problem(statement, layout=layout, method=method)).derivations
    assert found
    for derivation in found:
        assert derivation.error is None, f"{derivation.error}"
        assert derivation.check.verdict == VERIFIED, derivation.check
        assert all(fact.check.verdict == VERIFIED for fact in derivation.facts), derivation.facts
        assert all(choice.check.verdict == VERIFIED for choice in derivation.choices), derivation.choices
    return found


def refused(statement: str) -> str:
    """The message with which a statement is turned down: when it is read, or when it is worked out."""
    from derivgen.errors import DerivgenError

    try:
        solution = solve_problem(read_problem(statement))
    except DerivgenError as error:
        assert error.place is not None, error
        return error.message
    errors = [d.error for d in solution.derivations if d.error is not None]
    assert errors, [d.answer for d in solution.derivations]
    assert errors[0].place is not None, errors
    return errors[0].message


def meets(derivation: Derivation, expected: str) -> None:
    """Hold an answer against NumPy code, written by hand, at random points of several sizes."""
    assert judge(derivation, expected) == ""


def facts(derivation: Derivation) -> dict[str, object]:
    return {fact.name: fact.value for fact in derivation.facts}


def right(derivation: Derivation) -> set[str]:
    """The labels of the options that are right."""
    return {choice.label for choice in derivation.choices if choice.right}


