"""Lists of things to choose from: what they are chosen by, and lists that are none."""

from __future__ import annotations

import pytest

from derivgen.derivation import Derivation
from tests.engine.solving import refused, solved


def listed(*options: str) -> str:
    return r" \begin{itemize}" + "".join(rf"\item ${o}$ " for o in options) + r"\end{itemize}"


def right(found: Derivation) -> list[str]:
    return [c.label for c in found.choices if c.right]


GIVEN = r"Let $\mathbf{K}\in\mathbb{R}^{p\times q}$, $\mathbf{z}\in\mathbb{R}^q$ and $\mathbf{c}\in\mathbb{R}^p$ with constant $\mathbf{c}$. "
SQUARE = r"\lVert\mathbf{K}\mathbf{z}-\mathbf{c}\rVert^2"
GRADIENTS = listed(
    r"2\mathbf{K}(\mathbf{K}\mathbf{z}-\mathbf{c})",
    r"2\mathbf{K}^T(\mathbf{K}\mathbf{z}-\mathbf{c})",
    r"2(\mathbf{K}\mathbf{z}-\mathbf{c})^T\mathbf{K}",
    r"\mathbf{0}",
)


@pytest.mark.parametrize(
    "wording",
    [
        "Which of these is the gradient of ${}$ with respect to $\\mathbf{{z}}$?",
        "Which one is the derivative of ${}$ by $\\mathbf{{z}}$?",
        "Select all that apply: $\\nabla_{{\\mathbf{{z}}}}{}$ equals",
        "Which of the following are equal to $\\nabla_{{\\mathbf{{z}}}}{}$?",
    ],
)
def test_a_derivative_named_in_words_or_by_its_formula(wording: str) -> None:
    (found,) = solved(GIVEN + wording.format(SQUARE) + GRADIENTS)
    assert right(found) == ["2"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("scalars", ["1"]),
        ("column vectors", ["2"]),
        ("row vectors", ["3"]),
        ("defined", ["1", "2", "3"]),
        ("well-defined", ["1", "2", "3"]),
    ],
)
def test_options_of_a_kind(words: str, wanted: list[str]) -> None:
    options = listed(
        r"\mathbf{c}^T\mathbf{K}\mathbf{z}",
        r"\mathbf{K}\mathbf{z}",
        r"\mathbf{z}^T\mathbf{K}^T",
        r"\mathbf{z}^T\mathbf{K}",
    )
    (found,) = solved(GIVEN + f"Which of these are {words}?" + options)
    assert right(found) == wanted


@pytest.mark.parametrize("words", ["the right shape for", "the shape of", "the correct dimensions to be"])
def test_the_right_shape_for_something(words: str) -> None:
    statement = (
        r"Let $\mathbf{p},\mathbf{q}\in\mathbb{R}^k$ depend on $\mathbf{s}\in\mathbb{R}^d$. Which of the following have "
        + words
        + r" $\frac{d(\mathbf{p}^T\mathbf{q})}{d\mathbf{s}}$?"
        + listed(r"\mathbf{q}\frac{d\mathbf{p}}{d\mathbf{s}}", r"\frac{d\mathbf{p}}{d\mathbf{s}}\mathbf{q}")
    )
    (found,) = solved(statement)
    assert right(found) == ["2"]


@pytest.mark.parametrize("words", ["Which of the following is symmetric?", "Mark the nicest of these."])
def test_a_list_that_nothing_is_made_of_is_no_silence(words: str) -> None:
    message = refused(GIVEN + words + listed(r"\mathbf{z}\mathbf{z}^T", r"\mathbf{z}^T\mathbf{z}"))
    assert "it was not understood what is asked about the items of this list" in message


def test_items_that_ask_are_no_options() -> None:
    found = solved(
        r"\begin{enumerate}\item Let $f(x,y)=xy^2$. \begin{enumerate}\item Find $\nabla f(x,y)$. "
        r"\item Find the Hessian of $f$.\end{enumerate} \item Let $g(t)=e^{2t}$. Find $g'(t)$.\end{enumerate}"
    )
    assert [(d.goal.part, d.goal.kind) for d in found] == [("a", "derivative"), ("a", "hessian"), ("b", "derivative")]


@pytest.mark.parametrize("words", ["True or false?", "Right or wrong?"])
def test_the_equality_may_stand_behind_the_question(words: str) -> None:
    (found,) = solved(
        words
        + r" $(\mathbf{R}\mathbf{S})^T=\mathbf{R}^T\mathbf{S}^T$ for $\mathbf{R},\mathbf{S}\in\mathbb{R}^{k\times k}$."
    )
    assert found.goal.kind == "statement" or found.facts
