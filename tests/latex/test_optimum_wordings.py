"""How an optimum is asked for: wordings, letters, formulas, conditions; and what must stay a derivative."""

from __future__ import annotations

import pytest

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex.statement import read_problem
from derivgen.tasks import Optimum
from derivgen.writers.readback import formula, prose, readback

AB = r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$ and $\mathbf{b}\in\mathbb{R}^m$. "
J = r"$J(\mathbf{x})=\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$"
N = r"$\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$"
X = r"$\mathbf{x}$"


def told(goal: Goal) -> str:
    return prose(goal.asked, False) if goal.asked else f"{goal.kind} {formula(goal.question, False)}"


LEAST_SQUARES = "Minimise ‖Ax − b‖₂² over x"
NAMED = "Minimise J over x"
WORDINGS = (
    (f"Find the {X} that minimises {N}.", LEAST_SQUARES),
    (f"Find {X} to minimise {N}.", LEAST_SQUARES),
    (f"Find the value of {X} minimizing {N}.", LEAST_SQUARES),
    (f"Determine the vector {X} which minimizes the squared error {N}.", LEAST_SQUARES),
    (f"Which {X} minimises {N}?", LEAST_SQUARES),
    (f"What {X} minimises {N}?", LEAST_SQUARES),
    (f"Minimise {N} over {X}.", LEAST_SQUARES),
    (f"Minimise {N} with respect to {X}.", LEAST_SQUARES),
    (f"Choose {X} so as to minimise {N}.", LEAST_SQUARES),
    (f"Find {X} so that {N} is as small as possible.", LEAST_SQUARES),
    (f"Find the {X} for which {N} is smallest.", LEAST_SQUARES),
    (f"For which {X} is {N} minimal?", LEAST_SQUARES),
    (f"For what {X} does {N} attain its minimum?", LEAST_SQUARES),
    (f"Find the minimiser of {N} over {X}.", LEAST_SQUARES),
    (f"What is the minimum of {N} over {X}?", LEAST_SQUARES),
    (f"The vector {X} minimises {N}. Determine {X}.", LEAST_SQUARES),
    (f"We look at the problem of minimising {N} over {X}. What is the minimiser?", LEAST_SQUARES),
    (f"We look at the problem of minimising {N} over {X}. Derive the closed-form solution.", LEAST_SQUARES),
    (r"Compute $\arg\min_{\mathbf{x}}\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$.", LEAST_SQUARES),
    (r"Solve $\min_{\mathbf{x}\in\mathbb{R}^n}\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$.", LEAST_SQUARES),
    (r"Solve \[\underset{\mathbf{x}\in\mathbb{R}^n}{\text{minimise}}\ \|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2.\]", LEAST_SQUARES),
    (r"Find $\mathbf{x}^*=\operatorname*{arg\,min}_{\mathbf{x}}\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$.", LEAST_SQUARES),
    (r"Let $\hat{\mathbf{x}}=\arg\min_{\mathbf{x}}\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$. Find $\hat{\mathbf{x}}$.", LEAST_SQUARES),
    (f"Find the {X} that minimises {J}.", NAMED),
    (f"Let {J}. Find the minimiser.", NAMED),
    (f"Let {J}. Find the minimiser of $J$.", NAMED),
    (f"Let {J}. Find the {X} that minimises it.", NAMED),
    (f"Let {J}. Find the optimal {X} by minimising $J$.", NAMED),
    (f"The loss is {J}. Find the optimal {X}.", NAMED),
    (f"The loss is {J}. Derive the least-squares solution.", NAMED),
    (f"Where is {J} smallest?", NAMED),
    (f"Determine the point at which {J} is minimal.", NAMED),
    (f"We want to minimise {J}.", NAMED),
    (f"Use calculus to find the minimum of {J}.", NAMED),
    (f"Set the gradient of {J} to zero and solve for {X}.", "Stationary points of J over x"),
    (f"Let {J}. Setting its gradient equal to zero, find {X}.", "Stationary points of J over x"),
    (f"Find the stationary points of {J}.", "Stationary points of J over x"),
    (f"Find all critical points of {J}.", "Stationary points of J over x"),
    (f"What is the smallest value of {J}?", "Smallest value of J over x"),
    (f"Minimise {N} over {X} subject to $\\mathbf{{1}}^T\\mathbf{{x}}=1$.", LEAST_SQUARES + " subject to 𝟏ᵀx = 1"),
    (f"Minimise {N} subject to the constraint $\\mathbf{{1}}^T\\mathbf{{x}}=1$ over {X}.", LEAST_SQUARES + " subject to 𝟏ᵀx = 1"),
    (f"Among all {X} with $\\mathbf{{1}}^T\\mathbf{{x}}=1$, which one minimises {N}?", LEAST_SQUARES + " subject to 𝟏ᵀx = 1"),
    (r"Solve \[\min_{\mathbf{x}}\ \|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2\quad\text{s.t.}\quad\mathbf{1}^T\mathbf{x}=1.\]",
     LEAST_SQUARES + " subject to 𝟏ᵀx = 1"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "wanted"), WORDINGS)
def test_wording_is_understood(statement: str, wanted: str) -> None:
    problem = read_problem(AB + statement)
    assert [told(g) for g in problem.goals] == [wanted]
    assert all(isinstance(g.task, Optimum) for g in problem.goals)
    assert not [n for n in problem.notes if "Not" in prose(n, False)]
    assert any(wanted in line for line in readback(problem))


OTHERS = (
    (r"Maximise $x(10-x)$.", "Maximise x(10 − x) over x"),
    (r"A rectangle has area $x(10-x)$. Which $x$ maximises the area?", "Maximise x(10 − x) over x"),
    (r"Find the value of $x$ at which $y=x^2-3x+2$ has a minimum.", "Minimise y over x"),
    (r"Find the turning point of $y=x^2-4x$.", "Stationary points of y over x"),
    (r"Let $\mathbf{x}\in\mathbb{R}^n$. The log-likelihood is $\ell(\lambda)=n\ln\lambda-\lambda\sum_ix_i$. Find the maximum-likelihood estimate of $\lambda$.",
     "Maximise ℓ over λ"),
    (r"Find the minimum of $f(x,y)=x^2+xy+y^2-3x$.", "Minimise f over [x; y]"),
    (r"Using a Lagrange multiplier, maximise $xy$ given the constraint $2x+y=4$.", "Maximise xy over [x; y] subject to 2x + y = 4"),
    (r"Minimise $x^2+4y^2$ subject to $y=2-x$.", "Minimise x² + 4y² over [x; y] subject to y = 2 − x"),
    (r"Find the maximum of $x(4-x)$ for $0\le x\le 4$.", "Maximise x(4 − x) over x subject to 0 ≤ x and x ≤ 4"),
    (r"Find the point of $\{\mathbf{x}\in\mathbb{R}^n:\mathbf{a}^T\mathbf{x}=1\}$ with the least $\|\mathbf{x}\|^2$: minimise $\|\mathbf{x}\|^2$.",
     "Minimise ‖x‖₂² over x subject to aᵀx = 1"),
    (r"Minimise $f(x)=x^2+3x$ in $n$ steps.", "Minimise f over x"),
    (r"Show that $x=1$ minimises $f(x)=x^2-2x$.", "Minimise f over x"),
    (r"Let $X\in\mathbb{R}^{n\times p}$ and $y\in\mathbb{R}^n$. We choose $\beta$ so as to minimise $S(\beta)=\|y-X\beta\|^2$. Assuming that $X^TX$ is "
     r"invertible, find $\beta$.", "Minimise S over β"),
    (r"Let $\mathbf{x}\in\mathbb{R}^n$. Maximise $-\frac n2\ln\sigma^2-\frac1{2\sigma^2}\sum_i(x_i-\mu)^2$ with respect to $\sigma^2$.",
     "Maximise −(n/2) log σ² − (1/(2σ²)) Σᵢ₌₁ⁿ (xᵢ − μ)² over σ²"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "wanted"), OTHERS)
def test_other_functions_and_letters(statement: str, wanted: str) -> None:
    assert [told(g) for g in read_problem(statement).goals] == [wanted]


DERIVATIVES = (
    f"Ridge regression minimises {J}. Compute $\\nabla J$.",
    f"The loss to be minimised is {J}. Find its gradient.",
    f"We want to minimise {J}. What is the gradient of $J$?",
    f"The optimal weights minimise {J}. Find $\\frac{{dJ}}{{d\\mathbf{{x}}}}$.",
    f"In order to minimise {J}, compute the gradient of $J$ with respect to {X}.",
    f"Let {J} be the objective of a minimisation problem. Differentiate $J$ with respect to {X}.",
    f"Minimisers of {N} are not asked for here; just compute the derivative of {N} with respect to {X}.",
    f"A stationary point of {J} has gradient zero. Find the gradient of $J$.",
)  # fmt: skip


@pytest.mark.parametrize("statement", DERIVATIVES)
def test_a_derivative_stays_a_derivative(statement: str) -> None:
    goals = read_problem(AB + statement).goals
    assert goals and all(g.kind == "derivative" and g.task is None for g in goals)


BOTH = (
    (f"Let {J}. Compute $\\nabla J$ and find the minimiser.", ["derivative dJ/dx", NAMED]),
    (f"Let {J}. Compute the gradient of $J$ and the {X} that minimises it.", ["derivative dJ/dx", NAMED]),
    (f"Find the gradient and the minimiser of {J}.", ["derivative dJ/dx", NAMED]),
    (f"Let {J}. (a) Compute $\\nabla J$. (b) Find the minimiser of $J$.", ["derivative dJ/dx", NAMED]),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "wanted"), BOTH)
def test_a_derivative_and_an_optimum(statement: str, wanted: list[str]) -> None:
    assert [told(g) for g in read_problem(AB + statement).goals] == wanted


UNREAD = (
    (r"Find the unit vector $\mathbf{x}$ that maximises $\mathbf{a}^T\mathbf{x}$, $\mathbf{a}\in\mathbb{R}^n$.", "restricts the variable (“unit vector”)"),
    (r"Minimise $\|\mathbf{x}-\mathbf{a}\|^2$ over all probability vectors $\mathbf{x}\in\mathbb{R}^n$.", "restricts the variable (“probability vectors”)"),
    (r"Minimise $\|\mathbf{x}-\mathbf{a}\|^2$ over integer vectors $\mathbf{x}\in\mathbb{Z}^n$.", "restricts the variable (“integer”)"),
    (AB + f"Minimise {N} over {X} subject to a budget.", "a condition that was not understood"),
    (AB + f"Minimise {N} over {X} subject to the constraint that the entries of {X} sum to one.", "restricts the variable (“sum to one”)"),
    (r"Minimise $\|\mathbf{x}\|^2$ over $\mathbf{x}\in\mathbb{R}^n$ subject to $\mathbf{a}^T\mathbf{x}\le 1$.", "under an inequality is not supported"),
    (r"Minimise $\|\mathbf{x}-\mathbf{y}\|^2$ over $\mathbf{x}\in\mathbb{R}^n$ and $\mathbf{y}\in\mathbb{R}^n$.", "by several vectors or matrices at once"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "message"), UNREAD)
def test_a_restriction_is_never_overlooked(statement: str, message: str) -> None:
    with pytest.raises(errors.Unsupported) as caught:
        read_problem(statement)
    assert message in caught.value.message and caught.value.place is not None


def test_what_is_optimised_must_be_a_scalar() -> None:
    with pytest.raises(errors.ShapeFault, match="only a scalar has a smallest or largest value"):
        read_problem(AB + r"Minimise $\mathbf{A}\mathbf{x}$ over $\mathbf{x}$.")


def test_the_name_of_an_optimum_stands_before_the_answer() -> None:
    problem = read_problem(AB + r"Find $\mathbf{x}^*=\arg\min_{\mathbf{x}}\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$.")
    (goal,) = problem.goals
    assert goal.target is not None and formula(goal.target, False) == "x*"
    assert [s.name for s in problem.symbols] == ["A", "b", "x"]


def test_a_square_is_a_letter_only_where_it_is_meant() -> None:
    names = {s.name for s in read_problem(r"Differentiate $\ln\sigma^2$ with respect to $\sigma^2$.").symbols}
    assert names == {"sigma_2"}
    names = {s.name for s in read_problem(r"Differentiate $\ln\sigma^2$ with respect to $\sigma$.").symbols}
    assert names == {"sigma"}
    assert {s.name for s in read_problem(r"Find the minimum of $x^2$.").symbols} == {"x"}
