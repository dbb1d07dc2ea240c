"""What depends on what, said in passing, and derivatives that have nothing to do with the question."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen.terms.nodes import Derivative, Num
from derivgen.terms.trees import subterms
from tests.engine.solving import refused, solved
from tests.engine.values import number

PRODUCT = r"Express $\frac{dq}{dr}$ in terms of $\frac{d\mathbf{a}}{dr}$ and $\frac{d\mathbf{b}}{dr}$."


@pytest.mark.parametrize(
    "words",
    [
        r"with $\mathbf{a},\mathbf{b}\in\mathbb{R}^k$ depending on $r\in\mathbb{R}$",
        r"where $\mathbf{a},\mathbf{b}\in\mathbb{R}^k$ both depend on $r\in\mathbb{R}$",
        r"with $\mathbf{a},\mathbf{b}\in\mathbb{R}^k$ and $r\in\mathbb{R}$",
    ],
)
def test_factors_that_depend_on_the_variable(words: str) -> None:
    (found,) = solved(rf"Let $q=\mathbf{{a}}^T\mathbf{{b}}$ {words}. " + PRODUCT)
    assert found.answer != Num(0)
    assert {t.body.name.letter for t in subterms(found.answer) if isinstance(t, Derivative)} == {"a", "b"}


def test_a_derivative_off_the_way() -> None:
    message = refused(
        r"Let $q=F(a)$ with $a=G(r)$. Find $\frac{dq}{dr}$ in terms of $\frac{dq}{dc}$ and $\frac{dc}{dr}$."
    )
    assert "c is not on the way from the variable to what is differentiated" in message


@pytest.mark.parametrize(
    "words",
    ["For each of the following functions find the gradient.", "Of each function below, determine the gradient:"],
)
def test_a_goal_behind_the_word_each(words: str) -> None:
    first, second = solved(
        words + r" \begin{enumerate}\item $f(s,t)=st^2$ \item $g(\mathbf{z})=\mathbf{k}^T\mathbf{z}$\end{enumerate}"
    )
    assert (first.goal.part, second.goal.part) == ("a", "b")
    np.testing.assert_allclose(np.ravel(number(first, {"s": 3.0, "t": 2.0})), (4, 12))


@pytest.mark.parametrize("letter", [r"\hat m", r"\tilde m"])
def test_an_estimate_stands_for_its_letter(letter: str) -> None:
    (found,) = solved(rf"The loss is $L(m)=\frac12\sum_{{i=1}}^n(z_i-m)^2$. Find ${letter}$ that minimises it.")
    z = np.array([1.0, 2.0, 6.0])
    np.testing.assert_allclose(number(found, {"z": z, "n": 3}), 3.0)
