"""Derivatives written through functions that the statement names, in the sentence that asks for them or later."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen.terms.nodes import Relation
from derivgen.terms.numbers import Evaluator
from derivgen.terms.sampling import MOODS, Sampler
from tests.engine.solving import solved
from tests.engine.values import number


def logistic(t: float, k: float = 1.0) -> float:
    return float(1 / (1 + np.exp(-k * t)))


S = r"\frac{1}{1+e^{-t}}"
P = logistic(0.7)


@pytest.mark.parametrize(
    ("statement", "wanted"),
    [
        (rf"Let $s(t)={S}$. Find $s'(t)$ in terms of $s(t)$.", P * (1 - P)),
        (rf"Let $s(t)={S}$. Differentiate $s$ with respect to $t$, and write the result in terms of $s(t)$ only.", P * (1 - P)),
        (rf"Let $s(t)={S}$. Compute $s''(t)$ and express it through $s$ alone.", P * (1 - P) * (1 - 2 * P)),
        (rf"Let $r(t)=\log(1+e^t)$ and $s(t)={S}$. Compute $r'(t)$ and express it using $s$.", P),
        (rf"Let $r(t)=t\,s(t)$, where $s(t)={S}$. Find its derivative. Write your answer in terms of $t$ and $s(t)$ only.",
         P + 0.7 * P * (1 - P)),
        (r"Let $r(t)=-\log\sigma(t)$ where $\sigma(t)=1/(1+e^{-t})$ is the sigmoid. Find $r'(t)$ in terms of $\sigma(t)$.",
         P - 1),
    ],
)  # fmt: skip
def test_the_derivative_through_a_function(statement: str, wanted: float) -> None:
    first, second = solved(statement)
    for found in (first, second):
        np.testing.assert_allclose(number(found, {"t": 0.7}), wanted, atol=1e-9)
    assert "e^" not in str(second.answer) and "exp" not in second.goal.kind


def test_coefficients_may_hold_other_quantities() -> None:
    _, found = solved(
        r"Let $q(v)=\frac{1}{1+e^{-av}}$ with a constant $a$. Compute $q'(v)$ and write it in terms of $q$ and $a$."
    )
    h = logistic(0.4, 1.3)
    np.testing.assert_allclose(number(found, {"v": 0.4, "a": 1.3}), 1.3 * h * (1 - h), atol=1e-9)


@pytest.mark.parametrize("function", [r"\log(1+e^t)", r"s(t)^2", r"t^2 s(t)"])
def test_an_equation_given_as_a_reason_holds(function: str) -> None:
    _, found = solved(rf"Let $s(t)={S}$ and $r(t)={function}$. Compute $r'(t)$ and express it with $s$ and $t$.")
    equations = [p for step in found.steps for p in step.reason if isinstance(p, Relation) and p.sign == "="]
    assert equations
    for k, equation in enumerate(equations):
        evaluator = Evaluator({}, Sampler(k, MOODS[k % len(MOODS)]))
        np.testing.assert_allclose(evaluator.array(equation.left), evaluator.array(equation.right), rtol=1e-9)
