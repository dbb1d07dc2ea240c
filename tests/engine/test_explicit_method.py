"""Everything written out: the same answers as by single elements, and what the statement says about elements."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from derivgen.arrays import array_value
from derivgen.corpus import Entry, corpus_entries
from derivgen.derivation import Derivation, Problem
from derivgen.engine.check import Checker
from derivgen.face import solve
from derivgen.latex.printer import latex
from derivgen.terms.dotted import Dotted
from derivgen.terms.nodes import Mat
from derivgen.writers.numpy_code import numpy_expression, question_expression

LAYOUTS = ("denominator", "numerator", "jacobian")
SIZES = {"m": 3, "n": 2, "p": 4, "q": 2, "k": 3, "d": 2, "r": 3}


def one(statement: str, **options: Any) -> Derivation:
    (derivation,) = solve(statement, **options).derivations
    assert derivation.status == "solved", derivation.error
    assert derivation.check.verdict == "verified"
    assert all(step.check.verdict == "verified" for step in derivation.steps)
    return derivation


def rules(derivation: Derivation) -> list[str]:
    return [step.rule for step in derivation.steps]


def scope_of(problem: Problem, seed: int = 0) -> dict[str, Any]:
    """Random values for all symbols."""
    random = np.random.default_rng(seed)
    scope: dict[str, Any] = {name: SIZES[name] for name, _ in problem.sizes}
    for symbol in problem.symbols:
        shape = tuple(SIZES[s] if isinstance(s, str) else s for s in symbol.shape)
        value = random.normal(size=shape)
        scope[symbol.name] = value + value.T if "symmetric" in symbol.properties else value
    return scope


def slopes(expression: str, scope: dict[str, Any], name: str) -> Any:
    """Finite differences of an expression: its axes first, then those of the variable."""
    at, h = np.asarray(scope[name]), 1e-6
    out = []
    for place in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[place] = h
        above, below = (np.asarray(array_value(expression, {**scope, name: at + s})) for s in (step, -step))
        out.append((above - below) / (2 * h))
    return np.moveaxis(np.array(out).reshape(*at.shape, *out[0].shape), range(at.ndim), range(-at.ndim, 0))


# ------------------------------------------------------------------------------------------------- the method
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("entry", corpus_entries(), ids=lambda e: e.slug)
def test_the_same_answers_as_by_single_elements(entry: Entry, layout: str) -> None:
    plain = solve(entry.text, layout=layout)
    if plain.error is not None:
        pytest.skip(f"is not read: {plain.error.message}")
    written = solve(entry.text, layout=layout, method="explicit")
    assert written.problem is not None
    for a, b in zip(plain.derivations, written.derivations, strict=True):
        if b.status == "refused":
            assert a.error is not None and b.error is not None and a.error.code == b.error.code
            continue
        assert b.check.verdict == a.check.verdict
        if a.answer is not None and b.answer is not None and a.answer != b.answer and a.goal.kind != "shape":
            assert Checker(written.problem, goals=[b.goal]).answer(a.answer, b.answer).verdict == "verified"


BY_VECTORS = [
    r"Let $\mathbf{A}\in\mathbb{R}^{n\times p}$ be constant and $\mathbf{x}\in\mathbb{R}^p$. Find $\frac{d(\mathbf{A}\mathbf{x})}{d\mathbf{x}}$ by explicit expansion.",
    r"Let $\mathbf{K}\in\mathbb{R}^{3\times 2}$ be constant and $\mathbf{u}\in\mathbb{R}^2$. Derive $\frac{d(\mathbf{K}\mathbf{u})}{d\mathbf{u}}$ by multiplying everything out.",
    r"Let $\mathbf{B}\in\mathbb{R}^{p\times n}$ be constant and $\mathbf{x}\in\mathbb{R}^p$. Compute $\frac{d(\mathbf{x}^T\mathbf{B})}{d\mathbf{x}}$ explicitly.",
    r"Let $\mathbf{B}\in\mathbb{R}^{2\times 3}$ be constant and $\mathbf{x}\in\mathbb{R}^2$. Find $\frac{d(\mathbf{x}^T\mathbf{B})}{d\mathbf{x}}$ by writing out everything.",
    r"Let $A$ be a constant $2\times 3$ matrix, $x$ a column vector of length 3 and $y=Ax$. Derive $\frac{dy}{dx}$ by explicit multiplication.",
    r"Let $\mathbf{Q}\in\mathbb{R}^{2\times 2}$ be constant and $\mathbf{v}\in\mathbb{R}^2$. Multiply everything out to find $\frac{d}{d\mathbf{v}}\mathbf{v}^T\mathbf{Q}\mathbf{v}$.",
    r"Let $\mathbf{Q}\in\mathbb{R}^{n\times n}$ be constant and $\mathbf{v}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{v}}\mathbf{v}^T\mathbf{Q}\mathbf{v}$ by computing all its elements.",
    r"Let $\mathbf{S}\in\mathbb{R}^{2\times 2}$ be constant and symmetric and $\mathbf{v}\in\mathbb{R}^2$. Find $\frac{d}{d\mathbf{v}}\mathbf{v}^T\mathbf{S}\mathbf{v}$ by explicit expansion.",
    r"Let $\mathbf{M}\in\mathbb{R}^{2\times 3}$, $\mathbf{c}\in\mathbb{R}^2$ be constant and $\mathbf{u}\in\mathbb{R}^3$. Find the gradient of $\lVert\mathbf{M}\mathbf{u}-\mathbf{c}\rVert^2$ with respect to $\mathbf{u}$ by explicit expansion.",
    r"Let $\mathbf{W}\in\mathbb{R}^{m\times n}$ and $\mathbf{b}\in\mathbb{R}^m$ be constant, $\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}\sigma(\mathbf{W}\mathbf{x}+\mathbf{b})$ by explicit expansion, where $\sigma$ is the logistic function.",
    r"Let $\mathbf{U},\mathbf{V}\in\mathbb{R}^{m\times n}$ be constant and $\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}\left((\mathbf{U}\mathbf{x})\odot(\mathbf{V}\mathbf{x})\right)$ by explicit expansion.",
    r"Let $\mathbf{X}\in\mathbb{R}^{2\times 3}$, and let $\mathbf{a}\in\mathbb{R}^2$, $\mathbf{b}\in\mathbb{R}^3$ be constant. Find $\frac{d}{d\mathbf{X}}(\mathbf{a}^T\mathbf{X}\mathbf{b})$ by explicit expansion.",
    r"Let $\mathbf{X},\mathbf{M}\in\mathbb{R}^{2\times 2}$ with constant $\mathbf{M}$. Find $\frac{d}{d\mathbf{X}}\operatorname{tr}(\mathbf{X}^T\mathbf{M}\mathbf{X})$ by explicit expansion.",
    r"Let $\mathbf{x}\in\mathbb{R}^{6}$ and let $\mathbf{A}\in\mathbb{R}^{3\times 6}$ be constant. Find $\frac{d(\mathbf{A}\mathbf{x})}{d\mathbf{x}}$ by explicit expansion.",
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("statement", BY_VECTORS, ids=lambda s: s[-70:])
def test_what_is_written_out_is_the_derivative(statement: str, layout: str) -> None:
    found = one(statement, layout=layout)
    assert found.method == "explicit" and "write_out" in rules(found)
    problem = found.problem
    scope = scope_of(problem)
    name = next(s.name for s in problem.symbols if s.role == "variable")
    expected = slopes(question_expression(found.goal, problem), scope, name).squeeze()
    if expected.ndim == 2 and np.ndim(scope[name]) == 1 and layout == "denominator":
        expected = expected.T
    if layout == "numerator" and found.goal.question.body.shape == (1, 1):
        expected = np.atleast_2d(expected) if expected.ndim == 1 else expected.T
    assert found.answer is not None
    got = array_value(numpy_expression(found.answer, problem, layout=layout), scope)
    np.testing.assert_allclose(got, expected, rtol=1e-6, atol=1e-7)


def test_the_book_s_way_with_dots() -> None:
    found = one(BY_VECTORS[0])
    grids = [step.after for step in found.steps if isinstance(step.after, Dotted)]
    assert [grid.shape for grid in grids] == [("n", 1), ("n", 1), ("p", "n"), ("p", "n")]
    assert found.answer is not None and latex(found.answer) == r"\mathbf{A}^T"


def test_a_double_coefficient_is_split_into_two_products() -> None:
    found = one(BY_VECTORS[5])
    assert rules(found).count("split_elements") == 3
    assert "(Q_{11} + Q_{11})v_1" in latex(found.steps[rules(found).index("split_elements")].after)


def test_scalars_are_worked_as_always() -> None:
    found = one(r"Find $\frac{d}{dt}t^2\sin t$ by explicit expansion.")
    assert "write_out" not in rules(found)


# ---------------------------------------------------------------------------------- answers by their elements
LISTED = [
    (r"Let $\mathbf{x}\in\mathbb{R}^n$. Find $\nabla\lVert\mathbf{x}\rVert_2^2$ as a column of its elements.", "2*x"),
    (r"Let $\mathbf{z}\in\mathbb{R}^3$. Find $\nabla\lVert\mathbf{z}\rVert_2^2$ as a list of its elements.", "2*z"),
    (r"Let $\mathbf{w},\mathbf{x}\in\mathbb{R}^n$ with constant $\mathbf{w}$. Find $\nabla_{\mathbf{x}}(\mathbf{w}^T\mathbf{x})$ and write out its elements.", "w"),
    (r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$ be constant, $\mathbf{x}\in\mathbb{R}^n$. Find the gradient of $\lVert\mathbf{A}\mathbf{x}\rVert^2$ with respect to $\mathbf{x}$ as a list of its elements.", "2*A.T @ A @ x"),
    (r"Let $\mathbf{x}\in\mathbb{R}^n$. Find the Jacobian of $\mathbf{x}\odot\mathbf{x}$ with respect to $\mathbf{x}$ and list its entries.", "np.diag(2*x)"),
    (r"Let $\mathbf{x}\in\mathbb{R}^n$. Find the Hessian of $\mathbf{x}^T\mathbf{x}$ and list its entries.", "2*np.eye(n)"),
]  # fmt: skip


@pytest.mark.parametrize("statement, expected", LISTED)
def test_answers_by_their_elements(statement: str, expected: str) -> None:
    found = one(statement)
    assert isinstance(found.answer, Dotted | Mat)
    scope = scope_of(found.problem)
    got = array_value(numpy_expression(found.answer, found.problem), scope)
    np.testing.assert_allclose(got, array_value(expected.replace("np.diag", "diag").replace("np.eye", "eye"), scope))


@pytest.mark.parametrize("space", [r"\mathbb{R}^n", r"\mathbb{R}^3"])
def test_elements_as_one_symbol(space: str) -> None:
    statement = (
        rf"Let $\mathbf{{x}}\in{space}$. (a) Find $\nabla\lVert\mathbf{{x}}\rVert^2$ as a list of its elements. "
        r"(b) Express your answer to (a) with one variable only."
    )
    first, second = solve(statement).derivations
    assert isinstance(first.answer, Dotted | Mat)
    assert second.answer is not None and latex(second.answer) == r"2\mathbf{x}"
    assert rules(second) == ["put_in", "take_out_factor", "put_together"]
    assert first.check.verdict == second.check.verdict == "verified"


def test_a_part_after_a_common_verb_keeps_its_question() -> None:
    first, second = solve(
        r"Find each of these. \begin{enumerate}"
        r"\item $\nabla f(\mathbf{x})$ where $f(\mathbf{x})=\mathbf{w}^T\mathbf{x}$, $\mathbf{w},\mathbf{x}\in\mathbb{R}^n$, as a list of its elements"
        r"\item Express your answer to (a) with one variable only.\end{enumerate}"
    ).derivations  # fmt: skip
    assert isinstance(first.answer, Dotted)
    assert second.answer is not None and latex(second.answer) == r"\mathbf{w}"


# ------------------------------------------------------------------------------------------------ multiply out
PRODUCTS = [
    (r"Multiply out $\mathbf{x}^T\mathbf{A}\mathbf{x}$ for $\mathbf{x}\in\mathbb{R}^2$ and $\mathbf{A}\in\mathbb{R}^{2\times 2}$.", "x @ A @ x"),
    (r"Let $Q$ be a $3\times 3$ matrix and $u\in\mathbb{R}^3$. Expand $u^TQu$ in terms of the elements of $u$ and $Q$.", "u @ Q @ u"),
    (r"Evaluate $\mathbf{x}^T\mathbf{A}\mathbf{x}$ when $\mathbf{x}=[x_1,x_2]^T$ and the $(i,j)$-th element of $\mathbf{A}$ is $A_{ij}$.", "x @ A @ x"),
    (r"Let $\mathbf{W}\in\mathbb{R}^{3\times 2}$, $\mathbf{h}\in\mathbb{R}^2$, $\mathbf{b}\in\mathbb{R}^3$. Write $\mathbf{W}\mathbf{h}+\mathbf{b}$ out explicitly.", "W @ h + b"),
    (r"Let $\mathbf{x},\mathbf{y}\in\mathbb{R}^3$. Work out $\mathbf{x}\mathbf{y}^T$ explicitly.", "outer(x, y)"),
    (r"Let $\mathbf{A},\mathbf{B}\in\mathbb{R}^{2\times 2}$. Compute the product $\mathbf{A}\mathbf{B}$ entry by entry.", "A @ B"),
    (r"Let $\mathbf{A},\mathbf{B}\in\mathbb{R}^{2\times 2}$. Expand the trace of $\mathbf{A}\mathbf{B}$.", "tr(A @ B)"),
    (r"Let $\mathbf{A}\in\mathbb{R}^{2\times 2}$ and $\mathbf{x}\in\mathbb{R}^2$. Write out the product of $\mathbf{A}$ and $\mathbf{x}$.", "A @ x"),
    (r"Let $\mathbf{x}\in\mathbb{R}^2$, $\mathbf{A}\in\mathbb{R}^{2\times 2}$. The form $\mathbf{x}^T\mathbf{A}\mathbf{x}$ is given. Multiply it out.", "x @ A @ x"),
    (r"Let $\mathbf{A}\in\mathbb{R}^{2\times 2}$, $\mathbf{b},\mathbf{x}\in\mathbb{R}^2$. Expand $\lVert\mathbf{A}\mathbf{x}-\mathbf{b}\rVert^2$.", "norm(A @ x - b)**2"),
    (r"Let $\mathbf{A}\in\mathbb{R}^{2\times 2}$ be symmetric and $\mathbf{x}\in\mathbb{R}^2$. Expand $\mathbf{x}^T\mathbf{A}\mathbf{x}$.", "x @ A @ x"),
    (r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$, $\mathbf{x}\in\mathbb{R}^n$. Write out $\mathbf{A}\mathbf{x}$ in terms of its elements.", "A @ x"),
    (r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$, $\mathbf{x}\in\mathbb{R}^n$. Multiply out $\mathbf{x}^T\mathbf{A}\mathbf{x}$.", "x @ A @ x"),
    (r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. Expand $\mathbf{x}^T\mathbf{A}\mathbf{x}$ for the $2\times 2$ case.", "x @ A @ x"),
]  # fmt: skip


@pytest.mark.parametrize("statement, expected", PRODUCTS, ids=lambda s: s[-60:])
def test_products_multiplied_out(statement: str, expected: str) -> None:
    found = one(statement)
    assert found.goal.kind == "element" and found.answer is not None
    scope = scope_of(found.problem)
    got = array_value(numpy_expression(found.answer, found.problem), scope)
    np.testing.assert_allclose(got, array_value(expected, scope))


DEGREES = [
    (r"Multiply out $\mathbf{x}^T\mathbf{A}\mathbf{x}$ for $\mathbf{x}\in\mathbb{R}^2$ and $\mathbf{A}\in\mathbb{R}^{2\times 2}$. Why is it called quadratic?", ["2"]),
    (r"Expand $\mathbf{z}^T\mathbf{M}\mathbf{z}$ for $\mathbf{z}\in\mathbb{R}^n$ and $\mathbf{M}\in\mathbb{R}^{n\times n}$, and explain why it is called a quadratic form.", ["2"]),
    (r"Let $\mathbf{x},\mathbf{y}\in\mathbb{R}^2$ and $\mathbf{A}\in\mathbb{R}^{2\times 2}$. Expand $\mathbf{x}^T\mathbf{A}\mathbf{y}$. Why do you think this is called bilinear?", ["2"]),
    (r"Let $\mathbf{c},\mathbf{x}\in\mathbb{R}^3$ with constant $\mathbf{c}$. Write out $\mathbf{c}^T\mathbf{x}$. Why is it a linear function?", ["1"]),
    (r"Let $f(\mathbf{x})=\mathbf{x}^T\mathbf{A}\mathbf{x}+\mathbf{b}^T\mathbf{x}$ with $\mathbf{A}\in\mathbb{R}^{2\times 2}$ and $\mathbf{b},\mathbf{x}\in\mathbb{R}^2$. Expand $f(\mathbf{x})$ and explain why it is called quadratic.", ["2"]),
    (r"Let $\mathbf{x}\in\mathbb{R}^3$. Expand $\lVert\mathbf{x}\rVert^2$. What is its degree in the elements of $\mathbf{x}$?", ["2"]),
    (r"Let $\mathbf{u}\in\mathbb{R}^3$. Why is $\mathbf{u}^T\mathbf{u}$ called a quadratic form?", ["2"]),
]  # fmt: skip


@pytest.mark.parametrize("statement, degrees", DEGREES, ids=lambda s: str(s)[-60:])
def test_why_a_form_is_called_so(statement: str, degrees: list[str]) -> None:
    found = one(statement)
    assert [f.value for f in found.facts if f.name == "degree"] == degrees
    assert all(f.check.verdict == "verified" for f in found.facts) and found.text
    assert not found.problem.unanswered


def test_whether_a_word_fits() -> None:
    start = r"Let $\mathbf{a}\in\mathbb{R}^2$ be constant, $\mathbf{x}\in\mathbb{R}^2$. Expand "
    yes = one(start + r"$\mathbf{a}^T\mathbf{x}$. Is it linear in $\mathbf{x}$?")
    no = one(start + r"$(\mathbf{a}^T\mathbf{x})^2$. Is it linear in $\mathbf{x}$?")
    assert yes.text[0] == ("Yes.",) and no.text[0] == ("No, it is not linear.",)


def test_a_word_that_does_not_fit_is_refused() -> None:
    (found,) = solve(
        r"Multiply out $\mathbf{x}^T\mathbf{A}\mathbf{x}$ for $\mathbf{x}\in\mathbb{R}^2$ and $\mathbf{A}\in\mathbb{R}^{2\times 2}$. "
        r"Why is it called a cubic form?"
    ).derivations  # fmt: skip
    assert found.error is not None
    assert found.error.code == "false-claim"
    assert found.error.message == "this is not cubic: the degree in the elements of x is 2"


def test_a_later_part_goes_on_from_the_product() -> None:
    first, second = solve(
        r"Let $\mathbf{A}\in\mathbb{R}^{2\times 2}$ be constant and $\mathbf{x}\in\mathbb{R}^2$. "
        r"(a) Multiply out $\mathbf{x}^T\mathbf{A}\mathbf{x}$. (b) Find its gradient with respect to $\mathbf{x}$."
    ).derivations
    assert first.status == second.status == "solved"
    assert second.steps[0].rule == "put_in" and second.steps[0].reason == ("found in ", "(a)")
    assert second.steps[0].after == first.answer
    assert second.answer is not None and latex(second.answer) == r"(\mathbf{A} + \mathbf{A}^T)\mathbf{x}"


def test_a_product_and_its_gradient_in_one_sentence() -> None:
    kinds = [
        d.goal.kind
        for d in solve(
            r"Let $\mathbf{A}\in\mathbb{R}^{2\times 2}$ be constant and $\mathbf{x}\in\mathbb{R}^2$. "
            r"Expand $\mathbf{x}^T\mathbf{A}\mathbf{x}$ and find its gradient with respect to $\mathbf{x}$."
        ).derivations
    ]
    assert kinds == ["element", "derivative"]


def test_an_element_is_expanded_into_a_sum() -> None:
    found = one(r"Let $\mathbf{A},\mathbf{B}\in\mathbb{R}^{n\times n}$. Expand $(\mathbf{A}\mathbf{B})_{ij}$ as a sum.")
    assert found.goal.kind == "element" and found.answer is not None
    assert latex(found.answer) == r"\sum_{k=1}^{n} A_{ik}B_{kj}"


def test_the_degree_of_something_else_is_not_told() -> None:
    found = solve(
        r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. "
        r"Why is the gradient of $\mathbf{x}^T\mathbf{A}\mathbf{x}$ linear in $\mathbf{x}$?"
    )
    assert found.status == "error" and found.error is not None and found.error.code == "no-goal"


ORDINARY = [
    r"Let $\mathbf{x}\in\mathbb{R}^n$. Work out the gradient of $\mathbf{x}^T\mathbf{x}$.",
    r"Let $\mathbf{x}\in\mathbb{R}^n$. Write out $\frac{d}{d\mathbf{x}}(\mathbf{x}^T\mathbf{x})$ in full.",
    r"Let $\mathbf{x}\in\mathbb{R}^n$. Give the derivative of $\mathbf{x}^T\mathbf{x}$ in terms of the elements of $\mathbf{x}$.",
]


@pytest.mark.parametrize("statement", ORDINARY)
def test_ordinary_goals_are_left_alone(statement: str) -> None:
    assert one(statement).goal.kind == "derivative"
