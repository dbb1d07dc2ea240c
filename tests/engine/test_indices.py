"""The indices of a derivative: where it is zero, what it is elsewhere, what its elements fit into."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from derivgen import read, solve
from derivgen.arrays import array_value
from derivgen.terms.nodes import Entries, Named, Num
from derivgen.writers.numpy_code import numpy_expression
from tests.engine.values import facts_of, number, slopes, solved, told

XV = r"Let $\mathbf{y}=\mathbf{X}\mathbf{v}$ with $\mathbf{X}\in\mathbb{R}^{m\times n}$ and a constant vector $\mathbf{v}\in\mathbb{R}^n$. "
E = r"$\frac{dy_i}{dX_{jk}}$"
W = r"$\frac{d\mathbf{y}}{d\mathbf{X}}$"
RNG = np.random.default_rng(3)
X, V, U = RNG.normal(size=(2, 3)), RNG.normal(size=3), RNG.normal(size=2)

ZERO = (
    "For which $i$, $j$ and $k$ is {e} necessarily zero?",
    "For which $i,j,k$ is {e} always zero?",
    "For what values of $i$, $j$, $k$ must {e} be zero?",
    "When is {e} zero?",
    "Under which condition on the indices does {e} vanish?",
    "Which elements of {w} are always zero?",
    "For which indices is {e} identically equal to zero?",
    r"For which $i,j,k$ is $\frac{{dy_i}}{{dX_{{jk}}}}=0$?",
    "Determine all $(i,j,k)$ for which {e} is guaranteed to be $0$.",
    "State the condition for {e} to be zero.",
    "For which triples $(i,j,k)$ do we know that {e} is zero?",
    "Explain when {e} is necessarily zero.",
)
NONZERO = (
    "Find {e} where it can be nonzero.",
    "What is {e} when it is not zero?",
    "Find {e} for those indices for which it is not necessarily zero.",
    "Compute {e} in the case where it can differ from zero.",
    "Find the nonzero elements of {w}.",
    "What are the elements of {w} that are not always zero?",
    "Determine {e} whenever it need not vanish.",
)


@pytest.mark.parametrize("wording", ZERO)
def test_where_an_element_is_always_zero(wording: str) -> None:
    (found,) = solved(XV + wording.format(e=E, w=W))
    assert found.goal.kind == "prose"
    assert facts_of(found) == {"zero unless": "i = j"}
    assert "is zero whenever ≠" in told(found)
    full = slopes(lambda x: x @ V, X)
    for i, j, k in np.ndindex(*full.shape):
        assert i == j or abs(full[i, j, k]) < 1e-9


@pytest.mark.parametrize(
    ("statement", "condition"),
    [
        (r"Let $Y=AB$ with $A\in\mathbb{R}^{p\times m}$ and $B\in\mathbb{R}^{m\times n}$. For which $i,j,k,l$ is "
         r"$\frac{\partial Y_{ij}}{\partial B_{kl}}$ always zero?", "j = l"),
        (r"Let $Y=AB$ with $A\in\mathbb{R}^{p\times m}$ and $B\in\mathbb{R}^{m\times n}$. For which $i,j,k,l$ is "
         r"$\frac{\partial Y_{ij}}{\partial A_{kl}}$ always zero?", "i = k"),
        (r"Let $\mathbf{Z}=\mathbf{X}\odot\mathbf{B}$ with $\mathbf{X},\mathbf{B}\in\mathbb{R}^{m\times n}$. When is "
         r"$\frac{\partial Z_{ij}}{\partial X_{kl}}$ zero?", "i = k and j = l"),
        (r"Let $y=f(x)$ with $f$ applied element-wise to $x\in\mathbb{R}^n$. For which $i$ and $j$ is "
         r"$\frac{\partial y_i}{\partial x_j}$ zero?", "i = j"),
        (r"Let $\mathbf{y}=\mathbf{A}\mathbf{x}$ with $\mathbf{A}\in\mathbb{R}^{m\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. "
         r"For which $i,j$ is $\frac{\partial y_i}{\partial x_j}$ necessarily zero?", "nowhere"),
        (r"Let $\mathbf{X}\in\mathbb{R}^{n\times n}$, $\mathbf{v}\in\mathbb{R}^n$ constant and $\mathbf{y}=\mathbf{X}\mathbf{X}"
         r"\mathbf{v}$. For which $i,j,k$ is $\frac{dy_i}{dX_{jk}}$ always zero?", "nowhere"),
        (r"Let $\mathbf{X}\in\mathbb{R}^{m\times n}$, $\mathbf{u}\in\mathbb{R}^m$ constant. Which elements of "
         r"$\frac{d(\mathbf{u}^T\mathbf{X})}{d\mathbf{X}}$ are always zero?", "i = k"),
    ],
)  # fmt: skip
def test_other_derivatives_have_other_conditions(statement: str, condition: str) -> None:
    (found,) = solved(statement)
    assert facts_of(found) == {"zero unless": condition}


@pytest.mark.parametrize("wording", NONZERO)
def test_the_element_where_it_can_differ_from_zero(wording: str) -> None:
    (found,) = solved(XV + wording.format(e=E, w=W))
    assert found.goal.kind == "element"
    full = slopes(lambda x: x @ V, X)
    for i, k in np.ndindex(2, 3):
        scope = {"v": V, "X": X, "i": i, "k": k, "m": 2, "n": 3}
        np.testing.assert_allclose(number(found, scope), full[i, i, k], atol=1e-6)


def test_other_elements_where_they_can_differ_from_zero() -> None:
    a, b = RNG.normal(size=(2, 3)), RNG.normal(size=(3, 4))
    (found,) = solved(
        r"Let $Y=AB$ with $A\in\mathbb{R}^{p\times m}$ and $B\in\mathbb{R}^{m\times n}$. Find $\frac{\partial Y_{ij}}{\partial "
        r"B_{kl}}$ where it is not always zero."
    )
    full = slopes(lambda x: a @ x, b)
    for i, j, k in np.ndindex(2, 4, 3):
        scope = {"A": a, "B": b, "i": i, "j": j, "k": k, "p": 2, "m": 3, "n": 4}
        np.testing.assert_allclose(number(found, scope), full[i, j, k, j], atol=1e-6)


def test_both_may_be_asked_in_one_sentence() -> None:
    zero, other = solved(
        r"Let $X\in\mathbb{R}^{m\times n}$ and $Y=X^T$. When is $\frac{\partial Y_{ij}}{\partial X_{kl}}$ zero, and find "
        r"$\frac{\partial Y_{ij}}{\partial X_{kl}}$ where it is not zero."
    )
    assert facts_of(zero) == {"zero unless": "i = l and j = k"}
    assert other.answer == Num(1)


def test_a_sum_may_be_zero_in_several_ways() -> None:
    (found,) = solved(
        r"Let $X\in\mathbb{R}^{n\times n}$ and $Y=X+X^T$. For which indices is $\frac{\partial Y_{ij}}{\partial X_{kl}}$ zero?"
    )
    assert facts_of(found) == {"zero unless": "i = k and j = l or i = l and j = k"}
    full = slopes(lambda x: x + x.T, RNG.normal(size=(3, 3)))
    for i, j, k, l in np.ndindex(*full.shape):  # noqa: E741 - the letters of the statement
        assert ((i == k and j == l) or (i == l and j == k)) == (abs(full[i, j, k, l]) > 1e-9)


def test_what_does_not_contain_the_variable_is_refused() -> None:
    (found,) = solve(
        r"Let $\mathbf{a}\in\mathbb{R}^m$ and $\mathbf{X}\in\mathbb{R}^{m\times n}$. When is $\frac{\partial a_i}{\partial X_{jk}}$ "
        "zero?"
    ).derivations
    assert found.error is not None
    assert found.error.message == "what is differentiated does not contain the variable, so nothing is asked"


def test_where_a_function_happens_to_be_zero_is_another_question() -> None:
    for words in (r"Let $f(x)=x^2$. For which $x$ is $f'(x)$ zero?",
                  r"Let $f(\mathbf{x})=\sum_i(x_i-a_i)^2$ with $\mathbf{a},\mathbf{x}\in\mathbb{R}^n$. Find "
                  r"$\nabla f$. When is $\frac{\partial f}{\partial x_i}$ zero?"):  # fmt: skip
        assert all(g.task is None for g in read(words).goals)


# -------------------------------------------------------------------------------------------- matrices and vectors
KEPT = f"Suppose that only those elements of {W} are kept that can be nonzero. "
MATRIX = (
    "Argue that they fit into a matrix.",
    "Argue that they can be represented as a matrix.",
    "Explain why they can be stored in a two-dimensional array.",
    "Show that these form the entries of a matrix.",
    "Argue that a matrix is enough to hold them.",
    r"Why can they be arranged as an $m\times n$ matrix?",
    "Justify that the remaining elements fit in a 2D matrix.",
)
VECTOR = (
    "Argue that one vector suffices.",
    "Argue further that the matrix can be represented as a vector.",
    "Explain why a single vector is enough.",
    "Why can they be stored in a single vector?",
    "Show that all of them can be reduced to one vector.",
    "Explain why only one vector is needed.",
)


@pytest.mark.parametrize("wording", MATRIX)
def test_what_is_kept_fits_into_a_matrix(wording: str) -> None:
    (found,) = solved(XV + KEPT + wording)
    assert found.goal.kind == "prose"
    assert facts_of(found) == {"free indices": "i, k", "shape": "m×n"}
    assert not found.problem.unanswered
    matrix = next(s.left for s in found.steps if s.rule == "name_entries")
    assert matrix is not None
    (named,) = (s for s in matrix.symbols if isinstance(s, Named))
    assert isinstance(named.term, Entries)
    full = slopes(lambda x: x @ V, X)
    for i, k in np.ndindex(2, 3):
        value = array_value(numpy_expression(named.term.body, found.problem), {"v": V, "X": X, "i": i, "k": k})
        np.testing.assert_allclose(value, full[i, i, k], atol=1e-6)


@pytest.mark.parametrize("wording", VECTOR)
def test_what_is_kept_fits_into_a_vector(wording: str) -> None:
    (found,) = solved(XV + KEPT + wording)
    assert facts_of(found) == {"free indices": "i, k", "redundant index": "i", "vector": "v"}


def test_columns_may_be_the_same_instead_of_rows() -> None:
    matrix, vector = solved(
        r"Let $W\in\mathbb{R}^{p\times q}$ and let $z\in\mathbb{R}^p$ be constant. Consider $\frac{d(z^TW)}{dW}$. (a) Argue that "
        "its nonzero elements fit into a matrix. (b) Argue further that one vector is enough."
    )
    assert facts_of(matrix) == {"free indices": "j, i", "shape": "p×q"}
    assert facts_of(vector)["redundant index"] == "i"
    assert facts_of(vector)["vector"] == "z"
    assert "all columns are the same" in told(vector)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (r"Let $\mathbf{v}\in\mathbb{R}^n$ and $\mathbf{A}\in\mathbb{R}^{p\times m}$ be constant, $\mathbf{X}\in\mathbb{R}^{m"
         r"\times n}$ and $\mathbf{y}=\mathbf{A}\mathbf{X}\mathbf{v}$. Argue that the nonzero elements of " + W + " fit into a "
         "matrix.", "an element that can differ from zero has three indices, too many for a matrix"),
        (r"Let $\mathbf{a}\in\mathbb{R}^m$ and $\mathbf{x}\in\mathbb{R}^n$ be constant and $\mathbf{y}=\mathbf{a}\odot"
         r"\mathbf{X}\mathbf{x}$ with $\mathbf{X}\in\mathbb{R}^{m\times n}$. Argue that the nonzero elements of " + W +
         " fit into a vector.", "the value depends on both indices, i and k: no vector holds them all"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(statement: str, message: str) -> None:
    (found,) = solve(statement).derivations
    assert found.error is not None
    assert found.error.message == message


def test_free_indices_are_counted() -> None:
    (found,) = solved(XV + KEPT + "How many free indices are left?")
    assert facts_of(found) == {"free indices": "i, k"}


def test_the_parts_of_an_exercise_go_on_from_each_other() -> None:
    found = solved(
        XV + rf"\begin{{enumerate}}\item For which $i$, $j$ and $k$ is {E} always zero? \item Find {E} where it can differ from "
        rf"zero. \item Suppose that only those elements of {W} are kept. Argue that they fit into a matrix. \item Argue that "
        r"this matrix can be stored as one vector. \item Construct that vector so that $\frac{d\mathbf{y}}{d\mathbf{X}}="
        r"\mathbf{v}^T$. \item What speaks for defining $\frac{d(\mathbf{X}\mathbf{v})}{d\mathbf{X}}$ as $\mathbf{v}^T$ and "
        r"not as $\mathbf{v}$?\end{enumerate}"
    )  # fmt: skip
    assert [d.goal.part for d in found] == ["a", "b", "c", "d", "e", "f"]
    assert all(d.steps[0].rule == "put_in" for d in found[1:4])
    assert not found[0].problem.notes


# --------------------------------------------------------------------------------------------- the compressed form
@pytest.mark.parametrize(
    "wording",
    [
        "Construct the vector so that {}.",
        "Arrange this vector such that {}.",
        "Choose that vector in such a way that {}.",
        "Build the row vector for which {}.",
    ],
)
def test_a_vector_is_built_as_claimed(wording: str) -> None:
    (found,) = solved(XV + wording.format(r"$\frac{d\mathbf{y}}{d\mathbf{X}}=\mathbf{v}^T$"))
    full = slopes(lambda x: x @ V, X)
    np.testing.assert_allclose(number(found, {"v": V, "X": X, "m": 2, "n": 3}), full[0, 0][None, :], atol=1e-6)
    assert "This is what the statement claims" in "".join(w for w in found.conclusion if isinstance(w, str))


def test_a_wrong_claim_is_refused() -> None:
    (found,) = solve(XV + r"Construct the vector so that $\frac{d\mathbf{y}}{d\mathbf{X}}=2\mathbf{v}^T$.").derivations
    assert found.error is not None
    assert found.error.message.startswith("what the statement claims does not hold")


def prefer(
    chosen: str, other: str, words: str = "What is one advantage of defining {d} as {c} rather than {o}?"
) -> str:
    return words.format(d=r"$\frac{d(\mathbf{X}\mathbf{v})}{d\mathbf{X}}$", c=chosen, o=other)


ROW, COLUMN = r"$\mathbf{v}^T$", r"$\mathbf{v}$"


@pytest.mark.parametrize(
    "words",
    [
        "What is one advantage of defining {d} as {c} rather than {o}?",
        "What speaks for defining {d} as {c} and not as {o}?",
        "Why is {d} defined as {c} and not {o}?",
        "Give one reason for setting {d} to {c} instead of {o}.",
        "Describe an advantage of having {d} be {c} as opposed to {o}.",
        "Why might we prefer {c} over {o} for {d}?",
        "What do we gain by defining {d} as the row vector {c} and not as the column {o}?",
        "What is one advantage of defining {d} as {c}?",
        "What speaks for the choice of {d} as {c} and not its transpose?",
    ],
)
def test_one_row_speaks_for_the_definition(words: str) -> None:
    (found,) = solved(XV + prefer(ROW, COLUMN, words))
    assert facts_of(found) == {
        "special case": "a single row",
        "preferred option": "agrees",
        "other option": "does not agree",
    }
    full = slopes(lambda x: x @ V, X[:1])  # one row: a scalar by a row
    np.testing.assert_allclose(full[0], V[None, :], atol=1e-6)


def test_the_special_case_may_speak_against_the_preferred_option() -> None:
    (found,) = solved(XV + prefer(COLUMN, ROW))
    assert facts_of(found)["preferred option"] == "does not agree"
    assert facts_of(found)["other option"] == "agrees"
    assert "speaks for the other option" in told(found)
    (found,) = solved(XV + prefer(COLUMN, ROW), layout="numerator")
    assert facts_of(found)["preferred option"] == "agrees"


def test_one_column_speaks_for_the_other_compressed_form() -> None:
    (found,) = solved(
        r"Let $W\in\mathbb{R}^{4\times 3}$ and $z\in\mathbb{R}^4$. Why is $\frac{d(z^TW)}{dW}$ defined as $z$ and not as $z^T$?"
    )
    assert facts_of(found)["special case"] == "a single column"
    assert facts_of(found)["preferred option"] == "agrees"
    assert facts_of(found)["other option"] == "does not agree"


# ----------------------------------------------------------------------------------------------------- counting
@pytest.mark.parametrize(
    ("statement", "count", "letters"),
    [
        (r"How many indices has an element of the (full) derivative of a 5-dimensional tensor $\mathbf{T}$ by a matrix "
         r"$\mathbf{X}$?", "7", ("T", 5, "X", 2)),
        ("How many free variables does an element of the derivative of a five-dimensional tensor with respect to a matrix "
         "have?", "7", ("T", 5, "X", 2)),
        (r"Consider the derivative of a 5D tensor $\mathbf{T}$ with respect to a matrix $\mathbf{X}$. How many indices does "
         "one element have? Write down such an element.", "7", ("T", 5, "X", 2)),
        ("How many free indices has the derivative of a scalar with respect to a 3-dimensional tensor?", "3", ("y", 0, "X", 3)),
        ("How many dimensions does the derivative of a matrix by a matrix have?", "4", ("Y", 2, "X", 2)),
        ("How many indices does the derivative of a third-order tensor with respect to a tensor of order 4 have?", "7",
         ("T", 3, "X", 4)),
        (r"If $\mathbf{T}$ is a 5-dimensional tensor and $\mathbf{X}$ is a matrix, how many indices does an element of "
         r"$\frac{d\mathbf{T}}{d\mathbf{X}}$ have?", "7", ("T", 5, "X", 2)),
        (r"Let $\mathbf{Y}\in\mathbb{R}^{p\times q}$ be a function of $\mathbf{x}\in\mathbb{R}^n$. How many indices does an "
         r"element of $\frac{d\mathbf{Y}}{d\mathbf{x}}$ have?", "3", ("Y", 2, "x", 1)),
        (r"We take the derivative of a 4D tensor $T$ with respect to a vector $x$. How many indices does one element have?",
         "5", ("T", 4, "x", 1)),
        (r"How many indices are there in the full derivative of a $k$-dimensional tensor by a matrix?", "k + 2", None),
    ],
)  # fmt: skip
def test_indices_are_counted(statement: str, count: str, letters: tuple[Any, ...] | None) -> None:
    (found,) = solved(statement)
    assert found.goal.kind == "prose"
    assert facts_of(found) == {"indices": count}
    question: Any = found.goal.question
    if letters is not None:
        named = [(s.name.letter, len(s.name.sub.split())) for s in (question.body, question.var)]
        assert named == [letters[:2], letters[2:]]
