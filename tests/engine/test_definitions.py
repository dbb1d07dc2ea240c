"""Which definition of the derivative applies, what it says for given shapes, and the table of all of them."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen import errors, read, solve
from derivgen.derivation import Derivation
from derivgen.terms.nodes import Derivative, El, Entries, Idx, Mat
from tests.engine.values import facts_of, number, slopes, solved, told

SCALAR, COLUMN, ROW = "scalar by scalar", "scalar by column vector", "scalar by row vector"
BY = {
    SCALAR: "the derivative of a scalar by a scalar",
    COLUMN: "the derivative of a scalar by a column vector",
    ROW: "the derivative of a scalar by a row vector",
}
THREE = [(SCALAR, "1×1"), (COLUMN, "n×1"), (ROW, "1×n")]

CASES = (
    (
        r"For a scalar $y$ that depends on a matrix $\mathbf{X}$, write out the derivative $dy/d\mathbf{X}$ when "
        r"$\mathbf{X}\in\mathbb{R}^{1\times 1}$, when $\mathbf{X}\in\mathbb{R}^{n\times 1}$ and when "
        r"$\mathbf{X}\in\mathbb{R}^{1\times n}$. Which definition does each of them agree with?",
        THREE,
    ),
    (
        r"The scalar $s$ is a function of $W$. What is $\frac{ds}{dW}$ for $W\in\mathbb{R}^{1\times 1}$, "
        r"$\mathbb{R}^{n\times 1}$ and $\mathbb{R}^{1\times n}$? With which definitions do these agree?",
        THREE,
    ),
    (
        r"Let $L$ be a scalar function of $\mathbf{A}$. Specialise $\frac{\partial L}{\partial\mathbf{A}}$ for "
        r"$\mathbf{A}$ of size $1\times 1$, $n\times 1$ or $1\times n$, and name the definition that each agrees with.",
        THREE,
    ),
    (
        r"The scalar $y$ depends on $\mathbf{X}$. Write down $\frac{dy}{d\mathbf{X}}$ when $\mathbf{X}$ is a scalar, a "
        r"column vector or a row vector. Which of the definitions does it agree with each time?",
        THREE,
    ),
    (
        r"Suppose $\mathbf{W}\in\mathbb{R}^{m\times n}$ and $L$ is a scalar function of $\mathbf{W}$. Specialise "
        r"$\partial L/\partial\mathbf{W}$ to the cases $m=1$ and $n=1$.",
        [(ROW, "1×n"), (COLUMN, "m×1")],
    ),
    (
        r"For a scalar $y$ and a matrix $X$, write the derivative $dy/dX$ when (a) $X\in\mathbb{R}^{1\times1}$, "
        r"(b) $X\in\mathbb{R}^{n\times1}$, (c) $X\in\mathbb{R}^{1\times n}$. Which definition does each agree with?",
        THREE,
    ),
    (
        r"Let $\mathbf{X}\in\mathbb{R}^{1\times 1}$, $\mathbf{X}\in\mathbb{R}^{n\times 1}$ or "
        r"$\mathbf{X}\in\mathbb{R}^{1\times n}$, and let $y$ be a scalar function of $\mathbf{X}$. In each case, write "
        r"out $\frac{dy}{d\mathbf{X}}$. Name the definition that each agrees with.",
        THREE,
    ),
    (
        r"The scalar $y$ depends on $\mathbf{X}$. Write out $dy/d\mathbf{X}$ and name the definition it agrees with for "
        r"\begin{enumerate}\item $\mathbf{X}\in\mathbb{R}^{1\times1}$ \item $\mathbf{X}\in\mathbb{R}^{n\times1}$ \item "
        r"$\mathbf{X}\in\mathbb{R}^{1\times n}$\end{enumerate}",
        THREE,
    ),
    (
        r"The scalar $y$ depends on $\mathbf{X}$. In each of the following cases, write out $dy/d\mathbf{X}$. "
        r"\begin{itemize}\item $\mathbf{X}\in\mathbb{R}^{1\times1}$ \item $\mathbf{X}\in\mathbb{R}^{n\times1}$ \item "
        r"$\mathbf{X}\in\mathbb{R}^{1\times n}$\end{itemize} Which definition does each agree with?",
        THREE,
    ),
    (
        r"We defined $dy/d\mathbf{X}$ for a scalar $y$ and a matrix $\mathbf{X}\in\mathbb{R}^{m\times n}$. What does this "
        r"definition say for $\mathbf{X}\in\mathbb{R}^{1\times 1}$, for $\mathbf{X}\in\mathbb{R}^{n\times 1}$ and for "
        r"$\mathbf{X}\in\mathbb{R}^{1\times n}$? Are these the same as $dy/dx$ and $dy/d\mathbf{x}$?",
        THREE,
    ),
    (
        r"The scalar $t$ depends on $\mathbf{b}$. Write out $\frac{dt}{d\mathbf{b}}$ for $\mathbf{b}\in\mathbb{R}^{3}$ "
        r"and for $\mathbf{b}\in\mathbb{R}^{1\times 2}$.",
        [(COLUMN, "3×1"), (ROW, "1×2")],
    ),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "wanted"), CASES, ids=lambda v: str(v)[:50])
def test_a_definition_is_specialised_to_each_case(statement: str, wanted: list[tuple[str, str]]) -> None:
    found = solved(statement)
    assert [(facts_of(d)["definition"], facts_of(d)["shape"]) for d in found] == wanted
    for derivation, (name, _) in zip(found, wanted, strict=True):
        assert derivation.goal.kind == "definition"
        assert facts_of(derivation)["agrees"] == BY[name]
        in_place(derivation)
    assert not read(statement).unanswered


@pytest.mark.parametrize("layout", ["denominator", "numerator", "jacobian"])
def test_cases_follow_the_layout(layout: str) -> None:
    found = solved(CASES[0][0], layout=layout)
    turned = layout == "numerator"
    shapes = [d.answer.shape for d in found if d.answer is not None]
    assert shapes == [(1, 1), (1, "n") if turned else ("n", 1), ("n", 1) if turned else (1, "n")]
    for derivation in found:
        in_place(derivation)


def test_a_vector_may_be_differentiated_in_cases() -> None:
    statement = (
        r"Let $\mathbf{y}\in\mathbb{R}^m$ be a function of $\mathbf{x}\in\mathbb{R}^n$. Write out "
        r"$\frac{d\mathbf{y}}{d\mathbf{x}}$ when $n=1$, when $m=1$ and when $m=n=1$."
    )
    for layout, shapes in (("denominator", ["1×m", "n×1", "1×1"]), ("numerator", ["m×1", "1×n", "1×1"])):
        found = solved(statement, layout=layout)
        assert [facts_of(d)["shape"] for d in found] == shapes
        assert [facts_of(d)["definition"] for d in found] == ["column vector by scalar", COLUMN, SCALAR]
        for derivation in found:
            in_place(derivation)


def in_place(derivation: Derivation) -> None:
    """Every element of the answer is the derivative by the element of the variable that stands in its place."""
    answer, question = derivation.answer, derivation.goal.question
    assert isinstance(question, Derivative)
    turned = derivation.layout == "numerator"
    match answer:
        case Mat():
            for k, cell in enumerate(answer.entries):
                i, j = divmod(k, answer.cols)
                assert isinstance(cell, Derivative) and isinstance(cell.var, El)
                assert (cell.var.i, cell.var.j) == ((j + 1, i + 1) if turned else (i + 1, j + 1))
        case Entries(Derivative() as cell, i, j):
            one = cell.var if isinstance(cell.var, El) else cell.body
            assert isinstance(one, El)
            assert {p for p in (one.i, one.j) if isinstance(p, Idx)} == {p for p in (i, j) if isinstance(p, Idx)}
        case _:
            assert answer == question


def test_any_question_may_be_asked_in_cases() -> None:
    statement = (
        r"Find the derivative of $\operatorname{tr}(\mathbf{X}^T\mathbf{X})$ by $\mathbf{X}$ for "
        r"$\mathbf{X}\in\mathbb{R}^{n\times 1}$ and for $\mathbf{X}\in\mathbb{R}^{m\times n}$."
    )
    found = solved(statement)
    rng = np.random.default_rng(1)
    for derivation, shape in zip(found, ((3,), (2, 3)), strict=True):
        name = next(s.name for s in derivation.problem.symbols if len(s.shape) == len(shape))
        x = rng.normal(size=shape)
        wanted = slopes(lambda a: np.sum(a * a), x)
        np.testing.assert_allclose(number(derivation, {name: x, "m": 2, "n": 3}), wanted, atol=1e-6)


def test_sizes_may_have_values() -> None:
    (found,) = solved(
        r"Let $f(\mathbf{x})=\frac1n\sum_{i=1}^n x_i^2$ with $\mathbf{x}\in\mathbb{R}^n$. Find $\nabla f$ when $n=3$."
    )
    x = np.array([0.4, -1.2, 2.0])
    name = next(s.name for s in found.problem.symbols if s.shape == (3,))
    np.testing.assert_allclose(number(found, {name: x}), slopes(lambda a: np.sum(a * a) / 3, x), atol=1e-6)


def test_one_letter_with_two_shapes_is_still_an_error_elsewhere() -> None:
    with pytest.raises(errors.ShapeFault, match="declared as"):
        read(
            r"Let $X\in\mathbb{R}^{m\times n}$. Let $X\in\mathbb{R}^{n\times 2}$. Find $\frac{d}{dX}\operatorname{tr}(X^TX)$."
        )


# ---------------------------------------------------------------------------------------------- which definition
FORM = r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. "
D = r"$\frac{d(\mathbf{x}^T\mathbf{A}\mathbf{x})}{d\mathbf{x}}$"
WORDINGS = (
    "Which definition of the derivative do we need for {}?",
    "What kind of derivative is {}?",
    "Which definition of the derivative must be used to compute {}?",
    "Identify which of the definitions applies to {}.",
    "State the type of derivative that {} is.",
    "To compute {}, which definition do you need?",
    "For {}, decide which definition is the right one.",
    "By which definition is {} computed?",
    "Which definition applies when we take the derivative {}?",
    "Is {} the derivative of a scalar or of a vector?",
    "Under which definition does {} fall?",
    "Which derivative definition does {} require?",
)


@pytest.mark.parametrize("wording", WORDINGS)
def test_the_definition_is_named(wording: str) -> None:
    (found,) = solved(FORM + wording.format(D))
    assert found.goal.kind == "definition"
    assert facts_of(found) == {"definition": "scalar by vector", "shape": "n×1"}
    assert "the definition of the derivative of a scalar by a vector is needed" in told(found)


@pytest.mark.parametrize(
    ("statement", "name", "shape"),
    [
        (r"Let $A\in\mathbb{R}^{m\times n}$ and $x\in\mathbb{R}^n$. What kind of derivative is $\frac{d(Ax)}{dx}$?",
         "vector by vector", "n×m"),
        (r"Let $\mathbf{r}\in\mathbb{R}^3$ be a function of $t$. Which definition applies to $\frac{d\mathbf{r}}{dt}$?",
         "vector by scalar", "1×3"),
        (r"Let $\mathbf{Y}\in\mathbb{R}^{m\times n}$ be a function of $t$. What kind of derivative is "
         r"$\frac{d\mathbf{Y}}{dt}$?", "matrix by scalar", "m×n"),
        (r"Let $\mathbf{X}\in\mathbb{R}^{p\times q}$. Which definition is needed for "
         r"$\frac{d\operatorname{tr}(\mathbf{X}^T\mathbf{X})}{d\mathbf{X}}$?", "scalar by matrix", "p×q"),
        (r"Let $\mathbf{y}\in\mathbb{R}^m$, $\mathbf{x}\in\mathbb{R}^n$. What kind of derivative is "
         r"$\frac{d\mathbf{y}}{d\mathbf{x}^T}$?", "vector by row vector", "m×n"),
        (r"Let $\mathbf{X}\in\mathbb{R}^{m\times n}$, $\mathbf{v}\in\mathbb{R}^n$. What kind of derivative is "
         r"$\frac{d(\mathbf{X}\mathbf{v})}{d\mathbf{X}}$?", "vector by matrix", "1×n"),
        (r"In numerator layout, which definition is needed for $\frac{d(\mathbf{a}^T\mathbf{x})}{d\mathbf{x}}$, where "
         r"$\mathbf{a},\mathbf{x}\in\mathbb{R}^n$?", "scalar by vector", "1×n"),
    ],
)  # fmt: skip
def test_the_definition_follows_from_the_shapes(statement: str, name: str, shape: str) -> None:
    (found,) = solved(statement)
    assert facts_of(found)["definition"] == name
    assert facts_of(found)["shape"] == shape


def test_more_than_two_indices_have_no_definition_of_their_own() -> None:
    (found,) = solved(
        r"Let $\mathbf{Y}\in\mathbb{R}^{m\times n}$ be a function of $\mathbf{x}\in\mathbb{R}^p$. What kind of derivative "
        r"is $\frac{d\mathbf{Y}}{d\mathbf{x}}$?"
    )
    assert facts_of(found) == {"definition": "matrix by vector", "indices": "3"}


def test_the_derivative_itself_may_be_asked_beside_its_kind() -> None:
    for words in (f"What sort of derivative is {D}? Compute it.", f"Which definition do we need for {D}, and find it."):
        kind, derivative = solved(FORM + words)
        assert facts_of(kind)["definition"] == "scalar by vector"
        rng = np.random.default_rng(2)
        a, x = rng.normal(size=(3, 3)), rng.normal(size=3)
        wanted = (a + a.T) @ x
        np.testing.assert_allclose(number(derivative, {"A": a, "x": x, "n": 3}), wanted, atol=1e-6)


@pytest.mark.parametrize(
    "statement",
    [
        r"Let $A\in\mathbb{R}^{n\times n}$, $x\in\mathbb{R}^n$. For which type of matrices $A$ is $\frac{d(x^TAx)}{dx}$ "
        r"equal to $2Ax$?",
        r"Let $\mathbf{x}\in\mathbb{R}^n$. In which case is $\frac{d(\mathbf{x}^T\mathbf{x})}{d\mathbf{x}}$ zero?",
        r"Let $y=x^2$. Write out $\frac{dy}{dx}$.",
    ],
)
def test_other_questions_are_not_taken_for_it(statement: str) -> None:
    solution = solve(statement)
    assert all(d.goal.kind != "definition" for d in solution.derivations)


# ------------------------------------------------------------------------------------------------------ the table
LAYOUTS = {
    "denominator": ("p×1", "1×p", "m×q", "1×n", "p×n", "1×q", "m×1"),
    "numerator": ("1×p", "p×1", "q×m", "n×1", "n×p", "q×1", "1×m"),
    "jacobian": ("p×1", "1×p", "m×q", "n×1", "n×p", "1×q", "m×1"),
}
ROWS = (
    "scalar by vector", "scalar by row vector", "scalar by matrix", "vector by scalar", "vector by vector",
    "matrix times vector by matrix", "row vector times matrix by matrix",
)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "wording",
    [
        "Give the table of the nine kinds of derivative (scalar, vector, matrix by scalar, vector, matrix) and the shapes "
        "of those that are defined.",
        "Tabulate the derivatives of scalars, vectors and matrices with respect to scalars, vectors and matrices.",
        "What are the shapes of the derivatives of a scalar, a vector and a matrix by a scalar, a vector and a matrix?",
        "There are nine kinds of derivatives of scalars, vectors and matrices. List them with their shapes.",
    ],
)
def test_the_table_of_the_nine_kinds(layout: str, wording: str) -> None:
    for statement, options in ((wording, {"layout": layout}), (f"Use {layout} layout. {wording}", {})):
        (found,) = solved(statement, **options)
        facts = facts_of(found)
        assert tuple(facts[f"shape of {row}"] for row in ROWS) == LAYOUTS[layout]
        assert facts["shape of matrix by scalar"] == "r×s"
        assert [facts[f"indices of {k}"] for k in ("vector by matrix", "matrix by vector", "matrix by matrix")] == [
            "3", "3", "4",
        ]  # fmt: skip
        symbols, shapes = found.tables
        assert [len(row) for row in symbols.rows] == [4, 4, 4]
        assert len(shapes.rows) == 10
        assert "In general 6 of the nine" in told(found)


def test_the_table_uses_the_letters_and_sizes_of_the_statement() -> None:
    (found,) = solved(
        r"Let $\mathbf{x}\in\mathbb{R}^4$, $\mathbf{y}\in\mathbb{R}^k$ and $\mathbf{X}\in\mathbb{R}^{2\times 3}$. List the "
        "nine kinds of derivative and the shape of each."
    )
    facts = facts_of(found)
    assert facts["shape of vector by vector"] == "4×k"
    assert facts["shape of scalar by matrix"] == "2×3"


def test_a_table_of_partial_derivatives_is_another_matter() -> None:
    found = solved(r"Let $f(x,y)=x^2y$. Give the table of partial derivatives of $f$.")
    assert [d.goal.kind for d in found] == ["derivative", "derivative"]
