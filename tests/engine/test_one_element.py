"""One element of a derivative, what goes on from it, and sums that are taken apart."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen import read, solve
from derivgen.terms.nodes import Diag, Ones, Sum
from derivgen.terms.trees import subterms
from tests.engine.values import facts_of, number, slopes, solved, told

FORM = r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. "
Q = r"$\frac{d(\mathbf{x}^T\mathbf{A}\mathbf{x})}{d\mathbf{x}}$"
RNG = np.random.default_rng(4)


@pytest.mark.parametrize(
    "wording",
    [
        "What is one element of {}? Specify its index as well.",
        "Give a general element of {} and state its index.",
        "Write down any one entry of {}. Give its index.",
        "Find a single component of {}. Which index does it have?",
        "Derive the general element of {}.",
        "What is the $i$-th element of {}?",
    ],
)
def test_one_element_and_its_index(wording: str) -> None:
    (found,) = solved(FORM + wording.format(Q))
    assert found.goal.kind == "element"
    assert not found.problem.unanswered
    facts = facts_of(found)
    assert (facts["index"], facts["range of i"]) == ("i", "1 to n")
    a, x = RNG.normal(size=(3, 3)), RNG.normal(size=3)
    wanted = slopes(lambda u: u @ a @ u, x)
    for i in range(3):
        np.testing.assert_allclose(number(found, {"A": a, "x": x, "i": i, "n": 3}), wanted[i], atol=1e-6)


def test_an_element_of_a_matrix_has_two_indices_in_their_order() -> None:
    statement = r"Let $B\in\mathbb{R}^{m\times n}$, $u\in\mathbb{R}^n$. Give one element of $\frac{d(Bu)}{du}$."
    b, u = RNG.normal(size=(2, 3)), RNG.normal(size=3)
    jacobian = slopes(lambda z: b @ z, u)
    for layout, wanted in (("denominator", jacobian.T), ("numerator", jacobian)):
        (found,) = solved(statement, layout=layout)
        assert facts_of(found)["index"] == "i, j"
        for i, j in np.ndindex(*wanted.shape):
            scope = {"B": b, "u": u, "i": i, "j": j, "m": 2, "n": 3}
            np.testing.assert_allclose(number(found, scope), wanted[i, j], atol=1e-6)


def test_the_index_may_be_given() -> None:
    (found,) = solved(FORM + f"Find the $k$-th element of {Q}.")
    assert facts_of(found)["index"] == "k"
    with pytest.raises(Exception, match="an element of this derivative has 1 indices, not 2"):
        read(FORM + f"Find the $(k,l)$ element of {Q}.")


PRODUCT = r"Let $\mathbf{u},\mathbf{v}\in\mathbb{R}^n$ be functions of $\mathbf{x}\in\mathbb{R}^m$. "
P = r"$\frac{d(\mathbf{u}^T\mathbf{v})}{d\mathbf{x}}$"


def test_a_later_part_goes_on_from_the_element() -> None:
    first, second = solved(
        PRODUCT + f"(a) What is one element of {P}? Give its index as well. (b) Use (a) to find {P}."
    )
    assert first.answer is not None and second.answer is not None
    assert isinstance(first.answer, Sum)
    assert [s.rule for s in second.steps] == ["take_element", "put_in", "regroup_sums", "put_together"]
    assert second.steps[1].after == first.answer
    assert second.answer.shape == ("m", 1)
    assert not first.problem.notes


@pytest.mark.parametrize("layout", ["denominator", "numerator", "jacobian"])
def test_a_product_rule_comes_without_diagonal_matrices(layout: str) -> None:
    (found,) = solved(PRODUCT + f"Find {P}.", layout=layout)
    for step in found.steps:
        assert not any(isinstance(t, Diag | Ones) for t in subterms(step.after))
    if layout == "numerator":
        assert "row vector times a matrix" in "".join(str(w) for s in found.steps for w in s.reason)


def test_a_sum_of_products_is_taken_apart() -> None:
    a, b = RNG.normal(size=(2, 3)), RNG.normal(size=(2, 3))
    u, v, w = RNG.normal(size=(3, 3))
    scope = {"A": a, "B": b, "u": u, "v": v, "w": w, "m": 2, "n": 3}
    start = r"Let $\mathbf{A},\mathbf{B}\in\mathbb{R}^{m\times n}$, $\mathbf{u},\mathbf{v},\mathbf{w}\in\mathbb{R}^n$. Write "
    for formula, wanted in (
        (r"$y_i=\sum_k(A_{ik}v_k+B_{ik}u_k)$", a @ v + b @ u),
        (r"$y_i=\sum_k(A_{ik}v_k+B_{ik}u_k)w_k$", a @ (v * w) + b @ (u * w)),
        (r"$y_i=\sum_k(A_{ik}v_k+B_{ik})$", a @ v + b.sum(axis=1)),
        (r"$y_i=\sum_k(u_kv_k+v_kw_k)A_{ik}$", a @ (u * v + v * w)),
        (r"$\sum_k(u_kv_k+v_kw_k)$", u @ v + v @ w),
        (r"$y_i=\sum_k(A_{ik}+B_{ik})w_k$", (a + b) @ w),
    ):
        (found,) = solved(start + formula + " without indices.")
        np.testing.assert_allclose(number(found, scope), wanted, atol=1e-9)
        assert found.answer is not None
        assert not any(isinstance(t, Diag) for t in subterms(found.answer))


def test_a_scalar_has_no_elements() -> None:
    with pytest.raises(Exception, match="this derivative is a scalar: it has no elements"):
        solution = solve(r"What is one element of $\frac{d}{dx}x^2$?")
        assert solution.error is not None
        raise solution.error


def test_the_words_name_the_index() -> None:
    (found,) = solved(FORM + f"What is one element of {Q}?")
    assert "-th element, with" in told(found)
