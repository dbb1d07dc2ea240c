"""Derivations with everything written out, answers by their elements, products multiplied out and their degrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from derivgen import solve
from derivgen.derivation import Derivation
from derivgen.terms.dotted import Dotted
from derivgen.terms.nodes import Mat, Sym, Term
from derivgen.terms.numbers import Evaluator
from derivgen.terms.sampling import Sampler
from derivgen.terms.trees import subterms
from derivgen.writers.formats import write

Values = dict[str, Any]


def solved(statement: str, which: int = 0, **options: Any) -> Derivation:
    found = solve(statement, **options)
    assert found.error is None, found.error
    derivation = found.derivations[which]
    assert derivation.error is None, derivation.error
    assert derivation.check.verdict == "verified"
    assert all(step.check.verdict == "verified" for step in derivation.steps)
    return derivation


def agrees(derivation: Derivation, expected: Callable[[Values], Any], **sizes: int) -> None:
    """The answer against NumPy, at a sample."""
    assert derivation.answer is not None
    evaluator = Evaluator(sizes, Sampler(7))
    terms = [derivation.goal.question, derivation.answer]
    symbols = {s for t in terms for s in t.symbols if isinstance(s, Sym)}
    values = {s.name.letter: evaluator.array(s) for s in symbols}
    assert np.allclose(evaluator.array(derivation.answer), expected(values))


def rules(derivation: Derivation) -> list[str]:
    return [step.rule for step in derivation.steps]


def dotted(term: Term) -> bool:
    return any(isinstance(t, Dotted) for t in subterms(term))


QUADRATIC = (
    r"Let $\mathbf{A}\in\mathbb{R}^{2\times2}$ and $\mathbf{x}\in\mathbb{R}^2$. "
    r"Find $\frac{d}{d\mathbf{x}}(\mathbf{x}^T\mathbf{A}\mathbf{x})$ by explicit expansion."
)


# ------------------------------------------------------------------------------------------- the explicit method
def test_the_gradient_of_a_quadratic_form_is_split_into_two_products() -> None:
    found = solved(QUADRATIC)
    agrees(found, lambda v: (v["A"] + v["A"].T) @ v["x"])
    assert rules(found).count("split_elements") == 3
    assert isinstance(found.steps[0].after.args[0], Mat)


@pytest.mark.parametrize("given", [
    r"Let $B\in\mathbb{R}^{m\times k}$ and $w\in\mathbb{R}^k$. Find $\frac{d(Bw)}{dw}$ by explicit expansion.",
    r"Let $B\in\mathbb{R}^{m\times k}$ and $w\in\mathbb{R}^k$. Write everything out and find $\frac{d(Bw)}{dw}$.",
    r"Let $B\in\mathbb{R}^{m\times k}$, $w\in\mathbb{R}^k$ and $y=Bw$. Compute $\frac{dy}{dw}$ explicitly.",
])  # fmt: skip
def test_sizes_that_are_letters_have_dots(given: str) -> None:
    found = solved(given)
    agrees(found, lambda v: v["B"].T, m=3, k=2)
    assert dotted(found.steps[0].after)
    assert found.steps[-1].rule == "put_together" and dotted(found.steps[-1].before)
    assert str(found.introduction[0]).startswith("Everything is written out by its elements.")


CASES: list[tuple[str, Callable[[Values], Any], dict[str, int]]] = [
    (r"\mathbf{x}\in\mathbb{R}^p$, $\mathbf{B}\in\mathbb{R}^{p\times n}$. Find $\frac{d(\mathbf{x}^T\mathbf{B})}{d\mathbf{x}}",
     lambda v: v["B"], {"p": 2, "n": 4}),
    (r"\mathbf{x}\in\mathbb{R}^3$, $\mathbf{A}\in\mathbb{R}^{2\times 3}$. Find $\frac{d(\mathbf{A}\mathbf{x})}{d\mathbf{x}}",
     lambda v: v["A"].T, {}),
    (r"\mathbf{x}\in\mathbb{R}^3$, $\mathbf{A}\in\mathbb{R}^{2\times 3}$, $\mathbf{b}\in\mathbb{R}^2$. Find $\frac{d}{d\mathbf{x}}\lVert\mathbf{A}\mathbf{x}-\mathbf{b}\rVert^2",
     lambda v: 2 * v["A"].T @ (v["A"] @ v["x"] - v["b"]), {}),
    (r"\mathbf{x}\in\mathbb{R}^n$, $\mathbf{A}\in\mathbb{R}^{m\times n}$, $\mathbf{b}\in\mathbb{R}^m$. Find $\frac{d}{d\mathbf{x}}\lVert\mathbf{A}\mathbf{x}-\mathbf{b}\rVert^2",
     lambda v: 2 * v["A"].T @ (v["A"] @ v["x"] - v["b"]), {"m": 4, "n": 2}),
    (r"\mathbf{X}\in\mathbb{R}^{m\times n}$, $\mathbf{a}\in\mathbb{R}^m$, $\mathbf{b}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{X}}(\mathbf{a}^T\mathbf{X}\mathbf{b})",
     lambda v: v["a"] @ v["b"].T, {"m": 2, "n": 3}),
    (r"\mathbf{X}\in\mathbb{R}^{2\times 2}$. Find $\frac{d}{d\mathbf{X}}\operatorname{tr}(\mathbf{X}^2)",
     lambda v: 2 * v["X"].T, {}),
    (r"\mathbf{x}\in\mathbb{R}^2$, let $\mathbf{S}\in\mathbb{R}^{2\times 2}$ be symmetric. Find $\frac{d}{d\mathbf{x}}(\mathbf{x}^T\mathbf{S}\mathbf{x})",
     lambda v: 2 * v["S"] @ v["x"], {}),
    (r"\mathbf{r}\in\mathbb{R}^{1\times n}$, $\mathbf{M}\in\mathbb{R}^{n\times p}$. Find $\frac{d(\mathbf{r}\mathbf{M})}{d\mathbf{r}}",
     lambda v: v["M"].T, {"n": 2, "p": 3}),
    (r"\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}\sin(\mathbf{x})",
     lambda v: np.diag(np.cos(v["x"][:, 0])), {"n": 3}),
    (r"\mathbf{v}\in\mathbb{R}^n$, $a\in\mathbb{R}$. Find $\frac{d(a\mathbf{v})}{da}",
     lambda v: v["v"].T, {"n": 3}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected", "sizes"), CASES)
def test_the_explicit_method_agrees_with_numpy(
    given: str, expected: Callable[[Values], Any], sizes: dict[str, int]
) -> None:
    found = solved(f"Let ${given}$.", method="explicit")
    assert "write_out" in rules(found)
    agrees(found, expected, **sizes)
    plain = solved(f"Let ${given}$.")
    assert found.answer == plain.answer


def test_numerator_layout_is_the_transpose() -> None:
    given = r"Let $\mathbf{A}\in\mathbb{R}^{2\times 3}$ and $\mathbf{x}\in\mathbb{R}^3$. Find $\frac{d(\mathbf{A}\mathbf{x})}{d\mathbf{x}}$ in numerator layout."
    agrees(solved(given, method="explicit"), lambda v: v["A"])


def test_what_has_no_elements_is_worked_out_from_one_element_and_says_so() -> None:
    given = r"Let $\mathbf{A}\in\mathbb{R}^{3\times 3}$ and $\mathbf{x}\in\mathbb{R}^3$. Find $\frac{d}{d\mathbf{x}}(\mathbf{A}^{-1}\mathbf{x})$."
    found = solved(given, method="explicit")
    assert "write_out" not in rules(found)
    assert found.conclusion[0] == "This was not written out by its elements ("


def test_a_determinant_of_two_rows_is_written_out() -> None:
    found = solved(
        r"Let $\mathbf{X}\in\mathbb{R}^{2\times 2}$. Find $\frac{d}{d\mathbf{X}}\det\mathbf{X}$.", method="explicit"
    )
    agrees(found, lambda v: np.linalg.det(v["X"]) * np.linalg.inv(v["X"]).T)


# ----------------------------------------------------------------------------------------- answers by elements
def test_a_gradient_is_listed_by_its_elements_and_put_into_one_symbol() -> None:
    found = solve(
        r"Let $\mathbf{z}\in\mathbb{R}^k$. (a) Find $\nabla\lVert\mathbf{z}\rVert^2$ as a column of its elements. "
        r"(b) Express your answer to (a) with one variable only."
    ).derivations
    listed, whole = found
    assert isinstance(listed.answer, Dotted)
    agrees(listed, lambda v: 2 * v["z"], k=3)
    assert whole.answer is not None and not dotted(whole.answer)
    assert whole.steps[0].after == listed.answer
    agrees(whole, lambda v: 2 * v["z"], k=3)


def test_small_sizes_are_listed_in_full() -> None:
    found = solved(
        r"Let $\mathbf{A}\in\mathbb{R}^{2\times3}$, $\mathbf{x}\in\mathbb{R}^3$. "
        r"Find $\frac{d}{d\mathbf{x}}\lVert\mathbf{A}\mathbf{x}\rVert^2$ and write out its elements."
    )
    assert isinstance(found.answer, Mat)
    agrees(found, lambda v: 2 * v["A"].T @ v["A"] @ v["x"])


def test_has_the_entries_asks_for_no_list() -> None:
    found = solved(r"Which matrix has the entries $M_{ij}=p_iq_j$, where $\mathbf{p},\mathbf{q}\in\mathbb{R}^n$?")
    assert found.answer is not None and not dotted(found.answer)


# -------------------------------------------------------------------------------------------- multiplying out
def degree(found: Derivation) -> str:
    return next(f.value for f in found.facts if f.name == "degree")


@pytest.mark.parametrize(("task", "value"), [
    (r"Multiply out $\mathbf{u}^T\mathbf{M}\mathbf{u}$. Why is it called quadratic?", "2"),
    (r"Expand $\mathbf{u}^T\mathbf{M}\mathbf{u}$ in full. Why do you think this is a quadratic form?", "2"),
    (r"Why is $\mathbf{c}^T\mathbf{u}$ called linear, where $\mathbf{c}\in\mathbb{R}^2$ is constant?", "1"),
    (r"Write $(\mathbf{u}^T\mathbf{u})(\mathbf{c}^T\mathbf{u})$ out in full for constant $\mathbf{c}\in\mathbb{R}^2$. What is its degree?", "3"),
    (r"What is the degree of $\mathbf{c}^T\mathbf{u}$ in the elements of $\mathbf{u}$?", "1"),
    (r"Spell out $\lVert\mathbf{M}\mathbf{u}\rVert^2$. What is its degree as a polynomial in the elements of $\mathbf{u}$?", "2"),
])  # fmt: skip
def test_the_degree_is_counted_in_the_elements(task: str, value: str) -> None:
    found = solved(rf"Let $\mathbf{{M}}\in\mathbb{{R}}^{{2\times2}}$ and $\mathbf{{u}}\in\mathbb{{R}}^2$. {task}")
    assert degree(found) == value
    assert all(f.check.verdict == "verified" for f in found.facts)


def test_the_degree_for_any_size_and_a_bilinear_form() -> None:
    found = solved(
        r"Let $\mathbf{M}\in\mathbb{R}^{m\times n}$, $\mathbf{u}\in\mathbb{R}^m$ and $\mathbf{v}\in\mathbb{R}^n$. "
        r"Why is $\mathbf{u}^T\mathbf{M}\mathbf{v}$ called a bilinear form?"
    )
    assert degree(found) == "2"
    assert any("bilinear form" in part for part in found.text[0] if isinstance(part, str))


@pytest.mark.parametrize("case", ["for $n=2$", "in the $2\\times 2$ case", "when $n=2$", "in the 2 by 2 case"])
def test_a_size_may_be_a_number_for_one_question(case: str) -> None:
    found = solve(
        r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. "
        rf"Multiply out $\mathbf{{x}}^T\mathbf{{A}}\mathbf{{x}}$ {case}. Then find $\frac{{d}}{{d\mathbf{{x}}}}(\mathbf{{x}}^T\mathbf{{A}}\mathbf{{x}})$."
    ).derivations
    assert [{s.shape for s in d.goal.question.symbols} for d in found] == [{(2, 2), (2, 1)}, {("n", "n"), ("n", 1)}]
    agrees(found[0], lambda v: v["x"].T @ v["A"] @ v["x"])


def test_numbers_symmetric_and_diagonal_matrices() -> None:
    given = solved(
        r"Let $\mathbf{A}=\begin{bmatrix}1&2\\3&4\end{bmatrix}$ and $\mathbf{x}\in\mathbb{R}^2$. Multiply out $\mathbf{x}^T\mathbf{A}\mathbf{x}$."
    )
    agrees(given, lambda v: v["x"][0] ** 2 + 5 * v["x"][0] * v["x"][1] + 4 * v["x"][1] ** 2)
    diagonal = solved(
        r"Let $\mathbf{D}\in\mathbb{R}^{2\times 2}$ be diagonal and $\mathbf{x}\in\mathbb{R}^2$. Multiply out $\mathbf{x}^T\mathbf{D}\mathbf{x}$."
    )
    agrees(diagonal, lambda v: v["D"][0, 0] * v["x"][0] ** 2 + v["D"][1, 1] * v["x"][1] ** 2)


def test_an_inverse_is_refused() -> None:
    found = solve(
        r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. Multiply out $\mathbf{A}^{-1}\mathbf{x}$."
    ).derivations[0]
    assert found.error is not None
    assert found.error.message == "this is not written out by its elements: it holds an inverse matrix"


# ------------------------------------------------------------------------------------------------------ writers
def test_matrices_with_dots_are_written_in_all_formats() -> None:
    found = solve(CASES_DOTS)
    text = write([found], "text")
    assert "⎡A₁₁  ⋯  A₁ₙ⎤ ⎡x₁⎤" in text and "⎣Aₘ₁  ⋯  Aₘₙ⎦ ⎣xₙ⎦" in text
    assert r"\begin{bmatrix} A_{11} & {\cdots} & A_{1n} \\" in write([found], "latex")
    assert "⋮, ⋱, ⋮" in write([found], "typst")
    assert "⋱" in write([found], "html")


CASES_DOTS = (
    r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. "
    r"Find $\frac{d(\mathbf{A}\mathbf{x})}{d\mathbf{x}}$ by explicit expansion."
)


def test_a_small_case_comes_first_where_that_is_asked() -> None:
    found = solve(
        r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. "
        r"Find $\frac{d}{d\mathbf{x}}(\mathbf{x}^T\mathbf{A}\mathbf{x})$; expand for the $2\times 2$ case first."
    ).derivations
    assert [d.answer.shape for d in found if d.answer is not None] == [(2, 1), ("n", 1)]
    assert "split_elements" in rules(found[0]) and "split_elements" not in rules(found[1])


@pytest.mark.parametrize("given", [
    r"Evaluate $x^2+3x$ when $x=2$.",
    r"Let $f(x)=x^2$. Evaluate $f(x)$ for $x=3$.",
])  # fmt: skip
def test_the_value_of_a_scalar_is_nothing_to_multiply_out(given: str) -> None:
    assert not any(d.goal.task is not None for d in solve(given).derivations)


def test_what_would_be_too_long_is_worked_out_from_one_element() -> None:
    found = solved(
        r"Let $\mathbf{X},\mathbf{A},\mathbf{B}\in\mathbb{R}^{3\times 3}$. "
        r"Find $\frac{d}{d\mathbf{X}}\operatorname{tr}(\mathbf{A}\mathbf{X}\mathbf{B}\mathbf{X}^T)$ explicitly."
    )
    assert "that would be too long" in found.conclusion
    agrees(found, lambda v: v["A"].T @ v["X"] @ v["B"].T + v["A"] @ v["X"] @ v["B"])
