"""Answers as numbers, and derivatives by differences, for tests that compare the two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from derivgen import solve
from derivgen.arrays import array_value
from derivgen.derivation import VERIFIED, Derivation
from derivgen.terms.nodes import Term
from derivgen.writers.numpy_code import numpy_expression

STEP = 1e-6


def solved(statement: str, **options: Any) -> tuple[Derivation, ...]:
    """The derivations of a statement, all of them solved and verified."""
    solution = solve(statement, **options)
    assert solution.error is None, solution.error
    for derivation in solution.derivations:
        assert derivation.error is None, derivation.error
        assert derivation.check.verdict == VERIFIED
    return solution.derivations


def facts_of(derivation: Derivation) -> dict[str, str]:
    return {f.name: f.value for f in derivation.facts}


def told(derivation: Derivation) -> str:
    """The words of an answer, without its formulas."""
    words = (w for paragraph in derivation.text for w in paragraph if isinstance(w, str))
    return " ".join(" ".join(words).split())


def number(derivation: Derivation, scope: dict[str, Any], term: Term | None = None) -> Any:
    """The value of an answer, or of another term, with the declared symbols and sizes in scope."""
    found = derivation.answer if term is None else term
    assert found is not None
    return array_value(numpy_expression(found, derivation.problem, layout=derivation.layout), scope)


def slopes(function: Callable[[Any], Any], at: Any) -> Any:
    """The full derivative by central differences: the axes of the value, then those of the variable."""
    at = np.asarray(at, dtype=float)
    base = np.asarray(function(at))
    out = np.zeros((*base.shape, *at.shape))
    for place in np.ndindex(*at.shape):
        step = np.zeros_like(at)
        step[place] = STEP
        out[(..., *place)] = (np.asarray(function(at + step)) - np.asarray(function(at - step))) / (2 * STEP)
    return out
