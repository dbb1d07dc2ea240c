"""Statements as various instructors would word them: every answer held against NumPy, nothing passed over."""

from __future__ import annotations

import pytest

from derivgen.latex.statement import read_problem
from tests.engine.solving import facts, meets, refused, right, solved

R = r"\mathbb{R}"
SIGMA = r"\sigma(x)=\frac{1}{1+e^{-x}}"

ANSWERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # a loss that only stands above in derivatives
    (rf"A layer computes $\mathbf{{z}}=\mathbf{{W}}\mathbf{{x}}+\mathbf{{b}}$ with $\mathbf{{W}}\in{R}^{{m\times n}}$. Given "
     r"$\boldsymbol\delta=\frac{\partial L}{\partial\mathbf{z}}$, find $\frac{\partial L}{\partial\mathbf{W}}$, "
     r"$\frac{\partial L}{\partial\mathbf{b}}$ and $\frac{\partial L}{\partial\mathbf{x}}$.",
     ("np.outer(dL_dz, x)", "dL_dz", "W.T @ dL_dz")),
    (rf"For a batch, $\mathbf{{Y}}=\mathbf{{X}}\mathbf{{W}}+\mathbf{{1}}\mathbf{{b}}^T$ with $\mathbf{{X}}\in{R}^{{B\times n}}$, "
     rf"$\mathbf{{W}}\in{R}^{{n\times m}}$, $\mathbf{{b}}\in{R}^m$. Given $\mathbf{{G}}=\partial J/\partial\mathbf{{Y}}$, find "
     r"$\partial J/\partial\mathbf{W}$ and $\partial J/\partial\mathbf{b}$.",
     ("X.T @ dJ_dY", "dJ_dY.T @ np.ones(B)")),
    (rf"A linear layer is $\mathbf{{u}}=\mathbf{{K}}\mathbf{{s}}$ with $\mathbf{{K}}\in{R}^{{3\times 4}}$, $\mathbf{{s}}\in{R}^4$, and "
     r"$\partial\ell/\partial\mathbf{u}$ is known. Determine $\partial\ell/\partial\mathbf{s}$.",
     ("K.T @ dell_du",)),
    # two things in one sentence
    (rf"Suppose ${SIGMA}$. Show that $\sigma'(x)=\sigma(x)(1-\sigma(x))$, and hence find $\sigma''(x)$.",
     ("np.exp(-x)/(1 + np.exp(-x))**2", "np.exp(-x)*(np.exp(-x) - 1)/(1 + np.exp(-x))**3")),
    (rf"The sigmoid is ${SIGMA}$. Express $\frac{{d}}{{dx}}\log\sigma(x)$ in terms of $\sigma(x)$, and express "
     r"$\frac{d}{dx}\log(1-\sigma(x))$ likewise.",
     ("1 - 1/(1 + np.exp(-x))",) * 2 + ("-1/(1 + np.exp(-x))",) * 2),
    (rf"Prove that for constant $\mathbf{{A}}\in{R}^{{m\times n}}$ and $\mathbf{{x}}\in{R}^n$ we have "
     r"$\frac{\partial\mathbf{A}\mathbf{x}}{\partial\mathbf{x}}=\mathbf{A}$ in numerator layout and $\mathbf{A}^\top$ in denominator layout.",
     ("A", "A.T")),
    # claims are reached
    (r"For $T(x)=\tan x$, show that the derivative can be written as $1+T(x)^2$.", ("1 + np.tan(x)**2",)),
    (r"Let $\phi(t)=\log(1+e^t)$. Show that its derivative is $\frac{1}{1+e^{-t}}$.", ("1/(1 + np.exp(-t))",)),
    # through several functions
    (rf"Given $f(x)=x\,\sigma(x)$ where ${SIGMA}$, find $f'(x)$ and write it in terms of $f(x)$ and $\sigma(x)$ only.",
     ("1/(1 + np.exp(-x)) + x*np.exp(-x)/(1 + np.exp(-x))**2",) * 2),
    (r"Let $s(x)=\sinh x$ and $c(x)=\cosh x$. Find the derivative of $s(x)/c(x)$ and express it using $c(x)$ only.",
     ("1/np.cosh(x)**2",) * 2),
    # at a point, a step, a direction
    (r"Let $f(x,y)=x^2+3y^2$. Perform one step of gradient descent on $f$ with step size $0.1$, starting at $(1,2)$.",
     ("np.array([0.8, 0.8])",)),
    (r"Starting at $\mathbf{x}_0=(1,2)^\top$, carry out one step of gradient descent on $f(\mathbf{x})=x_1^2+3x_2^2$ with step size 0.1.",
     ("np.array([0.8, 0.8])",)),
    (rf"Write down the gradient descent update for $f(\mathbf{{w}})=\frac12\|\mathbf{{X}}\mathbf{{w}}-\mathbf{{y}}\|^2$ with learning rate "
     rf"$\alpha$, where $\mathbf{{X}}\in{R}^{{N\times d}}$ and $\mathbf{{y}}\in{R}^N$.",
     ("w - alpha*X.T @ (X @ w - y)",)),
    (r"Perform one iteration of gradient ascent with learning rate $\eta$ on $J(\theta)=(\theta-3)^2$ from $\theta_0=1$.",
     ("1 - 4*eta",)),
    (r"Find the unit vector in the direction of steepest descent of $f(x,y)=3x+4y$ at $(1,1)$.", ("np.array([-0.6, -0.8])",)),
    (r"Find the direction of steepest ascent of $g(u,v)=e^{u}\cos v$ at $(0,\pi/2)$.", ("np.array([0, -1])",)),
    (rf"Let $f(\mathbf{{w}})=\|\mathbf{{w}}\|^2$ with $\mathbf{{w}}\in{R}^3$. Compute the gradient of $f$ at $\mathbf{{w}}=[1,-2,3]^T$.",
     ("np.array([2, -4, 6])",)),
    (r"Compute the directional derivative of $f(x,y)=x^2y$ at $(1,2)$ in the direction of $\mathbf{u}=(3/5,4/5)^T$.", ("16/5",)),
    # single elements of short vectors and small matrices
    (rf"Let $\mathbf{{x}}\in{R}^3$ and $f(\mathbf{{x}})=x_1x_2+x_3^2$. Find $\nabla f(\mathbf{{x}})$ and the Hessian.",
     ("np.array([x[1], x[0], 2*x[2]])", "np.array([[0, 1, 0], [1, 0, 0], [0, 0, 2]])")),
    (rf"Let $\mathbf{{X}}\in{R}^{{2\times 2}}$ and $f(\mathbf{{X}})=X_{{11}}X_{{22}}-X_{{12}}X_{{21}}$. Find $\frac{{df}}{{d\mathbf{{X}}}}$ in "
     r"denominator layout and in numerator layout.",
     ("np.array([[X[1, 1], -X[1, 0]], [-X[0, 1], X[0, 0]]])", "np.array([[X[1, 1], -X[0, 1]], [-X[1, 0], X[0, 0]]])")),
    # recurrences
    (r"In value iteration the values obey $v_{k+1}(s)=r(s)+\gamma\sum_{s'}P_{ss'}v_k(s')$. Vectorise this update.",
     ("r + gamma*P @ v_k",)),
    (rf"A linear RNN updates $h_t(i)=\sum_j W_{{ij}}h_{{t-1}}(j)+\sum_k U_{{ik}}x_t(k)$. Express the update without indices, for "
     rf"$\mathbf{{W}}\in{R}^{{H\times H}}$, $\mathbf{{U}}\in{R}^{{H\times D}}$.",
     ("W @ h_tm1 + U @ x_t",)),
    (r"A chain has the transition matrix $\mathbf{P}$ with $P_{ij}=\Pr(j\mid i)$, and $\pi_{t+1}(j)=\sum_i \pi_t(i)P_{ij}$. "
     "Rewrite the second formula in matrix notation.",
     ("P.T @ pi_t",)),
    # families of functions, softmax
    (rf"The loss of example $i$ is $\ell_i(\mathbf{{w}})=(\mathbf{{w}}^\top\mathbf{{x}}_i-y_i)^2$, $\mathbf{{w}}\in{R}^d$, and "
     r"$L=\sum_{i=1}^M\ell_i$. Find $\nabla_{\mathbf{w}}L$.",
     ("2*X.T @ (X @ w - y)",)),
    (rf"Let $\mathbf{{p}}=\mathrm{{softmax}}(\mathbf{{z}})$, $\mathbf{{z}}\in{R}^K$. Find the Jacobian of $\mathbf{{p}}$ with respect to $\mathbf{{z}}$.",
     ("np.diag(softmax(z)) - np.outer(softmax(z), softmax(z))",)),
    (rf"Let $\mathbf{{p}}=\mathrm{{softmax}}(\mathbf{{z}})$ and $L=-\sum_k y_k\log p_k$ with $\mathbf{{z}}\in{R}^K$ and a one-hot vector "
     rf"$\mathbf{{y}}\in{R}^K$. Find $\frac{{\partial L}}{{\partial\mathbf{{z}}}}$.",
     ("softmax(z) - y",)),
    (r"Derive the derivative of the cross-entropy $L=-\sum_{k=1}^K t_k\log y_k$ with $y_k=e^{a_k}/\sum_j e^{a_j}$ with respect to $a_j$, "
     r"given $\sum_k t_k=1$.",
     ("softmax(a)[j] - t[j]",)),
    # optima
    (rf"Where is the gradient of $g(\mathbf{{x}})=\|\mathbf{{x}}-\mathbf{{c}}\|^2$ zero ($\mathbf{{x}},\mathbf{{c}}\in{R}^n$)?", ("c",)),
    (r"Set the partial derivatives of $q(b)=\sum_{i=1}^N(wx_i+b-y_i)^2$ to zero and solve for $b$.", ("(np.ones(N) @ y - w*np.ones(N) @ x)/N",)),
    (rf"With $\mathbf{{W}}\in{R}^{{N\times N}}$ symmetric positive definite, find the minimiser of $(\mathbf{{y}}-\mathbf{{X}}\boldsymbol\beta)^\top"
     rf"\mathbf{{W}}(\mathbf{{y}}-\mathbf{{X}}\boldsymbol\beta)$, $\mathbf{{X}}\in{R}^{{N\times p}}$.",
     ("inv(X.T @ W @ X) @ X.T @ W @ y",)),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), ANSWERS, ids=[str(k) for k in range(len(ANSWERS))])
def test_the_answers(statement: str, expected: tuple[str, ...]) -> None:
    found = solved(statement)
    assert len(found) == len(expected)
    for derivation, code in zip(found, expected, strict=True):
        meets(derivation, code)


MORE = (
    (r"Suppose $x$ influences $u$ and $v$, and that both $u$ and $v$ influence $z$. Write $\frac{dz}{dx}$ as a sum over paths.",
     ("dz_du*du_dx + dz_dv*dv_dx",)),
    (r"The function $f$ satisfies $f(x,y)=xe^{y}$, and $x=s^2+t$, $y=st$. Tabulate $f_x$, $f_y$, $x_s$ and $y_t$ and hence find $\partial f/\partial s$.",
     ("np.exp(y)", "x*np.exp(y)", "2*s", "s", "(2*s + t*(s**2 + t))*np.exp(s*t)")),
    (r"Let $z=u^2v$ with $u=x+y$ and $v=xy$. (a) Make a table of the partial derivatives needed. (b) Use the chain rule to find $\partial z/\partial x$.",
     ("2*u*v", "u**2", "1 + 0*x", "y", "2*(x + y)*x*y + (x + y)**2*y")),
    (rf"Let $\mathbf{{z}}=\mathbf{{W}}\mathbf{{a}}$, $\mathbf{{W}}\in{R}^{{m\times n}}$, $\mathbf{{h}}=\tanh(\mathbf{{z}})$ (elementwise), $E=\tfrac12\|\mathbf{{h}}-\mathbf{{t}}\|^2$. "
     r"Write $\boldsymbol\delta=\partial E/\partial\mathbf{z}$. (a) Find $\boldsymbol\delta$. (b) Express $\partial E/\partial\mathbf{W}$ in terms of $\boldsymbol\delta$.",
     ("(np.tanh(z) - t)*(1 - np.tanh(z)**2)", "np.outer(dE_dz, a)")),
    (r"Given $u=x^2+y^2$ and $v=2xy$, and $F=F(u,v)$. Find $F_x$ and $F_y$ in terms of $F_u$ and $F_v$.",
     ("2*x*dF_du + 2*y*dF_dv", "2*y*dF_du + 2*x*dF_dv")),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), MORE, ids=["influences", "tabulate", "table", "delta", "subscripts"])
def test_more_answers(statement: str, expected: tuple[str, ...]) -> None:
    found = solved(statement)
    assert len(found) == len(expected)
    for derivation, code in zip(found, expected, strict=True):
        meets(derivation, code)


def test_a_definition_before_a_claim_is_none() -> None:
    (found,) = solved(r"True or false: for $\mathbf{y}=\mathbf{A}\mathbf{x}$, $\frac{\partial\mathbf{y}}{\partial\mathbf{x}}=\mathbf{A}$ in denominator layout.")
    assert any("False" in str(piece) for text in found.text for piece in text)


CHOICES = (
    (r"Choose the correct derivative of $x^2e^x$: (a) $2xe^x$; (b) $x^2e^x$; (c) $(x^2+2x)e^x$.", {"c"}),
    (rf"State whether each of the following has the shape of $\mathbf{{W}}\in{R}^{{m\times n}}$, where $\mathbf{{u}}\in{R}^m$ and $\mathbf{{v}}\in{R}^n$: "
     r"\begin{itemize} \item $\mathbf{u}\mathbf{v}^T$ \item $\mathbf{v}\mathbf{u}^T$ \item $\mathbf{W}\mathbf{v}\mathbf{v}^T$ \end{itemize}", {"1", "3"}),
    (rf"Given $A\in{R}^{{m\times n}}$, $B\in{R}^{{n\times m}}$ and $x\in{R}^n$, circle every expression that is defined: (A) $ABx$ (B) $BAx$ "
     r"(C) $x^TBA$ (D) $A+B^T$ (E) $x^TB$", {"B", "C", "D", "E"}),
    (rf"Let $\mathbf{{x}}\in{R}^n$. Which one of these is equal to $\frac{{d}}{{d\mathbf{{x}}}}(\mathbf{{x}}^T\mathbf{{x}})$? (a) $\mathbf{{x}}^T$ "
     r"(b) $2\mathbf{x}$ (c) $2\mathbf{x}^T$ (d) none of these", {"b"}),
    (rf"Let $\mathbf{{x}}\in{R}^n$. Which of the following equal $\frac{{d}}{{d\mathbf{{x}}}}(\mathbf{{x}}^T\mathbf{{x}})$? \begin{{enumerate}}"
     r"\item[A.] $3\mathbf{x}$ \item[B.] $\mathbf{x}$ \item[C.] none of the above \end{enumerate}", {"C"}),
    (rf"Multiple choice: the derivative of $\mathbf{{b}}^T\mathbf{{x}}$ with respect to $\mathbf{{x}}\in{R}^n$ (denominator layout, $\mathbf{{b}}$ "
     r"constant) is \begin{enumerate}\item $\mathbf{b}$ \item $\mathbf{b}^T$ \item $\mathbf{x}$ \item $\mathbf{0}$\end{enumerate}", {"1"}),
    (rf"Let $\ell=\|\mathbf{{X}}\mathbf{{w}}-\mathbf{{y}}\|^2$ with $\mathbf{{X}}\in{R}^{{N\times d}}$, $\mathbf{{w}}\in{R}^d$. Tick all the correct "
     r"expressions for the gradient $\nabla_{\mathbf{w}}\ell$. \begin{itemize}\item[$\square$] $2\mathbf{X}^T(\mathbf{X}\mathbf{w}-\mathbf{y})$ "
     r"\item[$\square$] $2(\mathbf{X}\mathbf{w}-\mathbf{y})\mathbf{X}$ \item[$\square$] $2\mathbf{X}^T\mathbf{X}\mathbf{w}-2\mathbf{X}^T\mathbf{y}$"
     r"\end{itemize}", {"1", "3"}),
    (rf"Which of these have the same shape as $\frac{{\partial z}}{{\partial\mathbf{{x}}}}$, where $z\in{R}$, $\mathbf{{x}}\in{R}^p$, $\mathbf{{y}}\in{R}^r$? "
     r"\begin{enumerate}\item[A.] $\frac{\partial\mathbf{y}}{\partial\mathbf{x}}\frac{\partial z}{\partial\mathbf{y}}$ "
     r"\item[B.] $\frac{\partial z}{\partial\mathbf{y}}\frac{\partial\mathbf{y}}{\partial\mathbf{x}}$ \item[C.] all of the above\end{enumerate}", {"A"}),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), CHOICES)
def test_the_choices(statement: str, expected: set[str]) -> None:
    (found,) = solved(statement)
    assert right(found) == expected


BLANKS = (
    (rf"Let $\ell=h(\mathbf{{y}})$, $\mathbf{{y}}=g(\mathbf{{x}})$ with $\mathbf{{x}}\in{R}^n$, $\mathbf{{y}}\in{R}^m$ and $h:{R}^m\to{R}$. Complete the "
     r"chain rule: $\frac{d\ell}{d\mathbf{x}}=\frac{d\Box}{d\Box}\frac{d\Box}{d\Box}$.", "y x ell y"),
    (r"Consider $z=f(u,v)$ where $u=u(x,y)$ and $v=v(x,y)$. Fill in the missing parts: $\frac{\partial z}{\partial x}=\frac{\partial z}{\partial u}"
     r"\frac{\partial\,\underline{\quad}}{\partial x}+\frac{\partial z}{\partial\,\underline{\hspace{1em}}}\frac{\partial v}{\partial x}$.", "u v"),
    (r"For scalars $y=f(u)$, $u=g(t)$, $t=h(x)$, complete the following: $\frac{dy}{dx}=\frac{dy}{d\_}\cdot\frac{d\_}{d\_}\cdot\frac{d\_}{dx}$.",
     "u u t t"),
    (rf"Let $\mathbf{{x}}\in{R}^2$, $\mathbf{{y}}=g(\mathbf{{x}})\in{R}^3$ and $z=f(\mathbf{{y}})\in{R}$. Fill in the blanks: $\frac{{\partial z}}{{\partial x_1}}="
     r"\frac{\partial z}{\partial y_{\square}}\frac{\partial y_{\square}}{\partial x_1}+\frac{\partial z}{\partial y_{\square}}\frac{\partial y_{\square}}"
     r"{\partial x_1}+\frac{\partial z}{\partial y_{\square}}\frac{\partial y_{\square}}{\partial x_1}$.", "1 1 2 2 3 3"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), BLANKS)
def test_the_blanks(statement: str, expected: str) -> None:
    (found,) = solved(statement)
    assert facts(found)["blanks"] == expected


SHAPES = (
    (r"What are the dimensions of $\partial L/\partial\mathbf{W}$ if $L$ is a scalar loss and $\mathbf{W}\in\mathbb{R}^{10\times 784}$?", ["(10, 784)"]),
    (rf"Let $f:{R}^n\to{R}^m$ and $g:{R}^m\to{R}$. State the shapes of $\frac{{df}}{{d\mathbf{{x}}}}$, $\frac{{dg}}{{df}}$ and $\frac{{dg}}{{d\mathbf{{x}}}}$.",
     ["(n, m)", "(m, 1)", "(n, 1)"]),
    (rf"Let $\mathbf{{A}}\in{R}^{{3\times 4}}$, $\mathbf{{x}}\in{R}^4$. What is the shape of $\frac{{\partial(\mathbf{{A}}\mathbf{{x}})}}{{\partial\mathbf{{x}}}}$ in "
     "denominator layout? And in numerator layout?", ["(4, 3)", "(3, 4)"]),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), SHAPES)
def test_the_shapes(statement: str, expected: list[str]) -> None:
    found = solved(statement)
    assert len(found) == len(expected)
    for derivation, shape in zip(found, expected, strict=True):
        meets(derivation, shape)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (r"Use the result of (c) to find $\frac{d}{dx}x^2$.", "the statement has no part (c)"),
        (rf"Let $\mathbf{{x}}\in{R}^n$ and $\mathbf{{x}}\in{R}^{{n\times n}}$. Find $\frac{{d(\mathbf{{x}}^T\mathbf{{x}})}}{{d\mathbf{{x}}}}$.",
         "shapes do not fit: x is declared as n×1 and as n×n"),
        (rf"Minimise $\|\mathbf{{X}}\mathbf{{w}}-\mathbf{{y}}\|^2$ over $\mathbf{{z}}$, $\mathbf{{X}}\in{R}^{{N\times d}}$.",
         "z does not stand in what is to be optimised"),
        (r"Let $f(x,y)=x^2-y^2$. Show that the gradient is zero only at the origin.",
         "the statement asks for a proof of where a derivative is zero, which is not supported"),
        (r"Do one gradient descent step for $f(x,y)=xy$ at $(1,1)$.", "the size of the step is not given"),
        (r"Do two steps of gradient descent for $f(x,y)=xy$ from $(1,1)$ with step size $1$.",
         "several steps of gradient descent are not supported"),
        (r"Let $s(x)=\frac{1}{1+e^{-x}}$ and $t(x)=\frac{e^x-e^{-x}}{e^x+e^{-x}}$. Verify that $t(x)=2s(2x)-1$.",
         "the two sides agree at all points tried, but no proof by their elements was found"),
    ],
)  # fmt: skip
def test_what_is_refused(statement: str, message: str) -> None:
    assert refused(statement) == message


def test_a_table_out_of_sight_is_told() -> None:
    notes = read_problem(r"Using the table above, find $\frac{d}{dx}(x^3)$.").notes
    assert ("The statement speaks of a table above, which it does not hold.",) in notes


def test_a_batch_in_other_words() -> None:
    statement = (
        rf"Let $\ell=h(\mathbf{{W}}\mathbf{{x}})$ with $\mathbf{{W}}\in{R}^{{m\times n}}$, $h:{R}^m\to{R}$. (a) Express $\frac{{d\ell}}{{d\mathbf{{W}}}}$ in terms of "
        r"$\frac{d\ell}{d\mathbf{u}}$, $\mathbf{u}=\mathbf{W}\mathbf{x}$. (b) If the loss is averaged over a mini-batch $\mathbf{x}_1,\dots,\mathbf{x}_B$, what "
        r"does $\frac{d\ell}{d\mathbf{W}}$ become?"
    )
    first, second = solved(statement)
    meets(first, "np.outer(dell_du, x)")
    assert type(second.goal.task).__name__ == "Batch"


def test_three_methods_named_are_used_in_turn() -> None:
    found = solved(rf"Find $\frac{{d\,\mathbf{{x}}^T\mathbf{{x}}}}{{d\mathbf{{x}}}}$ in two ways: by explicit expansion and by one element; $\mathbf{{x}}\in{R}^n$.")
    assert {d.method for d in found} == {"explicit", "single-element"}
    for derivation in found:
        meets(derivation, "2*x")


@pytest.mark.parametrize("layout", ["denominator", "numerator"])
@pytest.mark.parametrize("sizes", [r"2\times 3", r"2\times 2", r"3\times 1"])
def test_a_scalar_by_a_small_matrix_is_written_out_in_its_places(sizes: str, layout: str) -> None:
    (found,) = solved(rf"Let $y$ depend on $\mathbf{{X}}\in{R}^{{{sizes}}}$. Write out $\frac{{dy}}{{d\mathbf{{X}}}}$ in {layout} layout.")
    assert found.answer is not None


def test_a_minimum_is_shown_of_what_was_solved_for() -> None:
    found = solved(r"(a) Find the stationary point of $f(x,y)=x^2+xy+y^2-3x$. (b) Show that it is a minimum.")
    assert [d.goal.part for d in found] == ["a", "b"]
    meets(found[1], "np.array([2, -1])")


def test_by_the_chain_rule_and_by_substituting_first() -> None:
    found = solved(r"Let $w=xy$ with $x=t$ and $y=t^3$. Find $\frac{dw}{dt}$ (i) by the chain rule, (ii) by substituting first.")
    assert [d.method for d in found] == ["chain-rule", "substitution"]
    for derivation in found:
        meets(derivation, "4*t**3")


def test_entries_that_are_always_zero() -> None:
    (found,) = solved(r"Let $y_i=f(x_i)$ for $i=1,\dots,n$. Which entries of $\frac{\partial\mathbf{y}}{\partial\mathbf{x}}$ are always zero, and why?")
    assert any("i ≠ j" in str(piece) or "whenever" in str(piece) for text in found.text for piece in text)
