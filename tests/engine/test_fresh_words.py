"""Statements in words that were once misread: curves, samples numbered above, several gradients, two tasks at once."""

from __future__ import annotations

import pytest

from derivgen.latex.statement import read_problem
from derivgen.terms.nodes import Gen, Mat, Num, Times
from derivgen.terms.trees import subterms
from tests.engine.solving import meets, refused, solved

ANSWERS = (
    (r"Find $\frac{d}{dt}(\mathbf x(t)^T\mathbf A\mathbf x(t))$, where $\mathbf A\in\mathbb R^{n\times n}$ is symmetric.",
     ["(2*dx_dt@A@x)[0]"]),
    (r"Show that $\frac{d}{dt}(\mathbf u(t)^T\mathbf v(t))=\mathbf u'(t)^T\mathbf v(t)+\mathbf u(t)^T\mathbf v'(t)$.",
     ["(du_dt@v+dv_dt@u)[0]"]),
    (r"Let $J=\frac1m\sum_{i=1}^m(\theta_0+\theta_1x^{(i)}-y^{(i)})^2$. Find $\partial J/\partial\theta_0$ and "
     r"$\partial J/\partial\theta_1$.",
     ["2*np.sum(theta_0+theta_1*x-y)/np.sum(0*x+1)", "2*np.sum((theta_0+theta_1*x-y)*x)/np.sum(0*x+1)"]),
    (r"Let $J(\mathbf w)=\sum_{i=1}^N(\mathbf w^T\mathbf x^{(i)}-y^{(i)})^2$. Find $\nabla J(\mathbf w)$.", ["2*X.T@(X@w-y)"]),
    (r"Let $\hat y=\mathbf{w}^\top\mathbf{h}+b$ and $L=\frac12(\hat y-y)^2$. Derive the gradients of $L$ with respect to "
     r"$\mathbf{w}$, $b$ and $\mathbf{h}$.", ["(w@h+b-y)*h", "w@h+b-y", "(w@h+b-y)*w"]),
    (r"Let $f(x)=\frac{1}{2}x^2$ and $x=g(t)$. Express $\frac{df}{dt}$ in terms of $g$ and $g'$.", None),
    (r"Let $f(x_1,x_2)=3x_1^2-2x_1x_2$. Differentiate $f$ with respect to $x_1$.", ["6*x_1-2*x_2"]),
    (r"Let $a=x+y$, $b=xy$, $c=ab$, $L=c^2$. Compute $\partial L/\partial x$ by the chain rule.",
     ["2*x*y**2*(x+y)*(2*x+y)"]),
    (r"Write $\sum_{i=1}^n(a_i-b_i)^2$ without indices, where $\mathbf a,\mathbf b\in\mathbb R^n$.", ["np.sum((a-b)**2)"]),
    (r"Expand $(\mathbf A\mathbf x-\mathbf b)^T(\mathbf A\mathbf x-\mathbf b)$, where $\mathbf A\in\mathbb R^{m\times n}$.", ["np.sum((A@x-b)**2)"]),
    (r"Expand $\|\mathbf A\mathbf x-\mathbf b\|^2$ with $\mathbf A\in\mathbb R^{m\times n}$.", ["np.sum((A@x-b)**2)"]),
    (r"We are given $f(\mathbf w)=\sum_{n=1}^N(\mathbf w^\top\mathbf x_n-t_n)^2$. Using $\mathbf X$ whose $n$-th row is "
     r"$\mathbf x_n^\top$, rewrite $f$ as a squared norm and derive $\nabla f$.", ["np.sum((X@w-t)**2)", "2*X.T@(X@w-t)"]),
    (r"Find the rate of change of $f(x,y)=x^2y$ at $(1,2)$ in the direction of $(3,4)$.", ["16.0"]),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "codes"), ANSWERS)
def test_answers(statement: str, codes: list[str] | None) -> None:
    found = solved(statement)
    if codes is None:
        (derivation,) = found
        assert {t.orders for t in subterms(derivation.answer or Num(0)) if isinstance(t, Gen)} == {(0,), (1,)}
        return
    assert len(found) == len(codes)
    for derivation, code in zip(found, codes, strict=True):
        meets(derivation, code)


TWO = (
    (r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$ and $\mathbf{B}\in\mathbb{R}^{n\times m}$. Prove that "
     r"$\operatorname{tr}(\mathbf{A}\mathbf{B})=\operatorname{tr}(\mathbf{B}\mathbf{A})$ and then find "
     r"$\frac{\partial}{\partial\mathbf{A}}\operatorname{tr}(\mathbf{A}\mathbf{B})$.", 2),
    (r"Let $g(\mathbf{w})=\sum_{i=1}^{N}(y_i-\mathbf{w}^T\mathbf{x}_i)^2$. Express $g$ in matrix form using "
     r"$\mathbf{X}\in\mathbb{R}^{N\times d}$ with rows $\mathbf{x}_i^T$, and compute $\nabla g(\mathbf{w})$.", 2),
    (r"Let $\mathbf{y}=\mathbf{A}\mathbf{x}$, $\mathbf{A}\in\mathbb{R}^{m\times n}$. (i) Find $\partial\mathbf{y}/\partial\mathbf{x}$ in "
     r"numerator layout. (ii) What is it in denominator layout?", 2),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "count"), TWO)
def test_two_things_asked_are_two_goals(statement: str, count: int) -> None:
    assert len(solved(statement)) == count


def test_what_is_passed_over_is_told() -> None:
    statement = r"How many indices does the derivative of a matrix by a matrix have, and why can it not be written as a matrix?"
    (note,) = read_problem(statement).notes
    assert note[0] == "Not answered: "


def test_a_direction_whose_length_is_not_one_is_told() -> None:
    problem = read_problem(r"Find the directional derivative of $f(x,y)=xy$ at $(1,2)$ in the direction $(3,4)$.")
    assert any("not divided by its length" in str(note) for note in problem.notes)
    assert not read_problem(r"Find the directional derivative of $f(x,y)=xy$ at $(1,2)$ in the direction $(1,0)$.").notes


FORMS = (
    (r"Write $3x^2+4xy-y^2$ as $\mathbf z^T\mathbf A\mathbf z$ with a symmetric matrix $\mathbf A$.", [[3, 2], [2, -1]]),
    (r"Let $\mathbf x\in\mathbb R^3$. Express $x_1^2+4x_1x_3-2x_2x_3$ in the form $\mathbf x^T\mathbf Q\mathbf x$, $\mathbf Q$ symmetric.",
     [[1, 0, 2], [0, 0, -1], [2, -1, 0]]),
    (r"Find the symmetric matrix $\mathbf B$ such that $\mathbf u^T\mathbf B\mathbf u=2p^2+3pq$.", [[2, 1.5], [1.5, 0]]),
    (r"Let $q=(x+2y)^2$. Find the symmetric matrix of $q$.", [[1, 2], [2, 4]]),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "matrix"), FORMS)
def test_the_matrix_of_a_quadratic_form(statement: str, matrix: list[list[float]]) -> None:
    (derivation,) = solved(statement)
    assert isinstance(derivation.answer, Times)
    middle = derivation.answer.args[1]
    assert isinstance(middle, Mat)
    assert [float(e.value) for e in middle.entries if isinstance(e, Num)] == [c for row in matrix for c in row]


def test_no_quadratic_form_is_refused() -> None:
    assert refused(r"Find the symmetric matrix of the quadratic form $x^2+3y$.").startswith("this is no quadratic form")


def test_a_scalar_function_of_a_vector_is_no_vector() -> None:
    (derivation,) = solved(
        r"Let $y=g(u)$, $u=h(\mathbf x)$ with $\mathbf x\in\mathbb R^n$ and scalar functions $g,h$. Find $\nabla_{\mathbf x}y$."
    )
    assert derivation.answer is not None
    assert derivation.answer.shape == ("n", 1)


def test_one_depends_on_another_and_that_on_a_third() -> None:
    (derivation,) = solved(
        r"A function $z$ depends on $\mathbf y\in\mathbb R^m$ and $\mathbf y$ on $\mathbf x\in\mathbb R^n$. Find $\partial z/\partial x_i$ "
        r"by the chain rule."
    )
    assert derivation.steps[0].rule == "chain_rule_through"


def test_a_gradient_told_of_something_else_is_not_answered() -> None:
    statement = r"The gradient of $L$ with respect to $\mathbf y=\mathbf X\mathbf w$ is $\mathbf g$. What is the gradient with respect to $\mathbf w$?"
    assert "L is not declared" in refused(statement)
