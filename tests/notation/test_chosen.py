"""An answer is written as its question was: the signs of a statement are found and kept."""

from __future__ import annotations

import pytest

from derivgen.latex.printer import latex
from derivgen.latex.statement import read_problem
from derivgen.notation.boxes import Letter
from derivgen.notation.pieces import Notation
from derivgen.writers.document import notation_of

DECLARED = r"Let $\mathbf{x},\mathbf{y}\in\mathbb{R}^n$ and let $\mathbf{A}\in\mathbb{R}^{n\times n}$ be constant. "


def notation(question: str) -> Notation:
    return notation_of(read_problem(DECLARED + question))


def question(text: str) -> str:
    problem = read_problem(DECLARED + text)
    return latex(problem.goals[0].question, notation_of(problem))


@pytest.mark.parametrize("asked, kept", [
    (r"Find $\frac{d(\mathbf{x}^T\mathbf{A}\mathbf{x})}{d\mathbf{x}}$.",
     r"\frac{d(\mathbf{x}^T\mathbf{A}\mathbf{x})}{d\mathbf{x}}"),
    (r"Find $\frac{\partial}{\partial\mathbf{x}}(\mathbf{x}^{\top}\mathbf{A}\mathbf{x})$.",
     r"\frac{\partial(\mathbf{x}^{\top}\mathbf{A}\mathbf{x})}{\partial\mathbf{x}}"),
    (r"Find $\nabla_{\mathbf{x}}(\mathbf{x}^T\mathbf{A}\mathbf{x})$.",
     r"\nabla_{\mathbf{x}}(\mathbf{x}^T\mathbf{A}\mathbf{x})"),
    (r"Compute $\nabla_{\mathbf{x}}\lVert\mathbf{A}\mathbf{x}\rVert^2$.",
     r"\nabla_{\mathbf{x}}\lVert\mathbf{A}\mathbf{x}\rVert_2^2"),
    (r"Find $dz/dt$ for $z = \ln t$.", r"\frac{dz}{dt}"),
    (r"Find $\partial z/\partial t$ for $z = \ln t$.", r"\frac{\partial z}{\partial t}"),
    (r"What is the gradient of $\mathbf{x}'\mathbf{A}\mathbf{x}$ with respect to $\mathbf{x}$, "
     r"where a prime denotes the transpose?", r"\frac{d(\mathbf{x}'\mathbf{A}\mathbf{x})}{d\mathbf{x}}"),
])  # fmt: skip
def test_the_question_keeps_its_signs(asked: str, kept: str) -> None:
    assert question(asked) == kept


def test_each_variable_keeps_its_own_sign() -> None:
    found = notation(r"With $z = s^2t$ find (a) $\frac{\partial z}{\partial s}$ and (b) $\frac{dz}{dt}$.")
    assert [sign for _, sign in found.signs][:2] == ["partial", "d"]


def test_logarithms() -> None:
    assert notation(r"Find $\frac{d}{ds}\ln s$.").log == "ln"
    assert notation(r"Find $\frac{d}{ds}\log s$.").log == "log"


def test_the_circle_is_kept_for_products_only() -> None:
    assert notation(r"With $\circ$ for the Hadamard product, find $\frac{d(\mathbf{x}\circ\mathbf{y})}{d\mathbf{x}}$."
                    ).product == "circ"  # fmt: skip
    assert notation(r"Find $\frac{d(\mathbf{x}\odot\mathbf{y})}{d\mathbf{x}}$.").product == "odot"


def test_primes_stay_with_functions() -> None:
    asked = r"Primes denote derivatives, $T$ transposes: find $\frac{d}{d\mathbf{x}}(\mathbf{x}^Tf(\mathbf{x}))$."
    assert notation(f"Let $f$ be differentiable and applied element by element. {asked}").transpose == "T"


def test_several_variables_of_one_function_have_partial_derivatives() -> None:
    problem = read_problem(r"Compute $\nabla T$ for $T(r, s) = rs^2$.")
    assert set(notation_of(problem).signs) == {(Letter("r"), "partial"), (Letter("s"), "partial")}
