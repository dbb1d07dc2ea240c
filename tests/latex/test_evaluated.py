"""Earlier answers at a point, directions in other words, and letters that lead back to themselves."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.solving import refused, solved
from tests.engine.values import number

GRADIENT = r"\begin{enumerate}\item Find $\nabla q(s,t)$ for $q(s,t)=s^2t$. \item WORDS \end{enumerate}"


@pytest.mark.parametrize(
    "words",
    [
        "Evaluate your answer to (a) at $(3,-1)$.",
        "Evaluate it at $s=3$, $t=-1$.",
        "What is its value at the point $(3,-1)$?",
        "Give the result for $s=3$ and $t=-1$.",
    ],
)
def test_an_earlier_answer_at_a_point(words: str) -> None:
    _, found = solved(GRADIENT.replace("WORDS", words))
    assert found.goal.part == "b"
    np.testing.assert_allclose(np.ravel(number(found, {})), (-6, 9))


def test_a_part_that_is_not_there() -> None:
    message = refused(GRADIENT.replace("WORDS", "Evaluate your answer to (d) at $(1,1)$."))
    assert "there is no derivative in part (d) before this one" in message


@pytest.mark.parametrize(
    ("statement", "wanted"),
    [
        (r"Find the direction of steepest ascent of $q(s,t)=st^2$ at $(2,1)$.", (1, 4)),
        (r"At the point $(2,1)$, find the direction of steepest descent of $q(s,t)=st^2$.", (-1, -4)),
        (r"For $q(s,t)=st^2$ name the direction in which $q$ increases fastest at $(2,1)$.", (1, 4)),
        (r"A ball lies on the surface $q=st^2$ at the point where $s=2$ and $t=1$. Which way will it roll?", (-1, -4)),
    ],
)
def test_the_direction_in_other_words(statement: str, wanted: tuple[float, ...]) -> None:
    (found,) = solved(statement)
    np.testing.assert_allclose(np.ravel(number(found, {})), wanted)


@pytest.mark.parametrize("words", ["applies to", "is needed for", "do we use for"])
def test_which_definition(words: str) -> None:
    (found,) = solved(
        rf"Which definition of the derivative {words} $\frac{{d(\mathbf{{K}}\mathbf{{z}})}}{{d\mathbf{{z}}}}$ "
        r"where $\mathbf{K}\in\mathbb{R}^{4\times 2}$ and $\mathbf{z}\in\mathbb{R}^2$?"
    )
    assert found.goal.kind == "definition"


@pytest.mark.parametrize(
    "statement",
    [
        r"Let $\mathbf{p}=f(\mathbf{q})$, $\mathbf{q}=g(\mathbf{p})$, $\mathbf{p},\mathbf{q}\in\mathbb{R}^k$, $s=h(\mathbf{p})$. "
        r"Express $\frac{ds}{d\mathbf{q}}$ in terms of $\frac{ds}{d\mathbf{p}}$ and $\frac{d\mathbf{p}}{d\mathbf{q}}$.",
        r"Let $p=f(q)$ and $q=g(r)$ and $r=h(p)$. Find $\frac{dp}{dq}$.",
    ],
)
def test_a_circle_is_refused(statement: str) -> None:
    message = refused(statement)
    assert "itself" in message
