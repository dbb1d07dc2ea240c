"""A third round of statements as instructors word them: coordinates, numbers given, iterations, sheets, normal equations."""

from __future__ import annotations

import pytest

from derivgen.latex.statement import read_problem
from derivgen.terms.nodes import Num
from tests.engine.solving import meets, refused, solved

R = r"\mathbb{R}"
SPHERE = r"$x=\rho\sin\phi\cos\theta$, $y=\rho\sin\phi\sin\theta$, $z=\rho\cos\phi$"
POLAR = r"$x=r\cos t$, $y=r\sin t$"

ANSWERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # determinants of Jacobian matrices: asked for by themselves, beside the matrix, in a later part, as a formula
    (rf"Let {POLAR}. Compute the Jacobian determinant of $(x,y)$ with respect to $(r,t)$.", ("r",)),
    (rf"Let {POLAR}. Compute $\frac{{\partial(x,y)}}{{\partial(r,t)}}$.", ("r",)),
    (rf"Let {SPHERE}. Find the determinant of the Jacobian matrix of $(x,y,z)$ with respect to $(\rho,\phi,\theta)$.",
     ("rho**2*np.sin(phi)",)),
    (rf"Let {POLAR}. Find the Jacobian matrix of $(x,y)$ with respect to $(r,t)$ and its determinant.",
     ("np.array([[np.cos(t), -r*np.sin(t)], [np.sin(t), r*np.cos(t)]])", "r")),
    (r"Let $u=e^p\cos q$, $v=e^p\sin q$. (a) Find the Jacobian matrix of $(u,v)$ with respect to $(p,q)$. (b) Compute its determinant.",
     ("np.exp(p)*np.array([[np.cos(q), -np.sin(q)], [np.sin(q), np.cos(q)]])", "np.exp(2*p)")),
    (r"Let $u=x+y$, $v=xy$. Find the Jacobian determinant $J=\frac{\partial(u,v)}{\partial(x,y)}$ at $(1,2)$.", ("-1",)),
    (rf"Let {SPHERE}. Find $\left|\frac{{\partial(x,y,z)}}{{\partial(\rho,\phi,\theta)}}\right|$.", ("rho**2*np.sin(phi)",)),
    # what was found, evaluated: all of it
    (r"Let $f(x,y)=x^2y$. Find $\partial f/\partial x$ and $\partial f/\partial y$. Evaluate them at $(1,2)$.",
     ("2*x*y", "x**2", "4", "1")),
    (r"The nodes are $u=x+2y$ and $f=uy$. Work out $\frac{\partial f}{\partial x}$ and $\frac{\partial f}{\partial y}$. "
     r"Then evaluate at $x=0$, $y=1$.", ("y", "x + 4*y", "1", "4")),
    (r"Let $f(x,y)=x^2y$. Find $f_x$ and $f_y$ at $(1,2)$.", ("4", "1")),
    # numbers for the variables are the point
    (r"Let $z=wx+b$, $a=\sigma(z)$, $L=\frac12(a-y)^2$. With $w=0.5$, $x=2$, $b=-1$, $y=1$, do one forward and one backward "
     r"pass and give $\partial L/\partial w$ and $\partial L/\partial b$.", ("-1/4", "-1/8")),
    (r"Given $f=(x+y)z$ with $x=-2$, $y=5$, $z=-4$, use backpropagation to compute $\partial f/\partial x$ and $\partial f/\partial z$.",
     ("-4", "3")),
    (r"Let $w=\begin{bmatrix}1\\2\end{bmatrix}$, $x=\begin{bmatrix}3\\1\end{bmatrix}$, $y=4$ and $L=\frac12(w^\top x-y)^2$. Compute $\nabla_w L$.",
     ("np.array([3, 1])",)),
    (r"Let $f=x^2y$. (a) Find $\partial f/\partial x$. (b) Now let $x=1$, $y=2$. Compute $\partial f/\partial x$.", ("2*x*y", "4")),
    (r"Let $\eta=0.1$ and $w=1$, $L=(w-3)^2$. Perform one gradient descent step on $L$ with learning rate $\eta$.", ("1.4",)),
    (r"Let $a=3$. Find $\frac{d}{dx}(ax^2)$.", ("6*x",)),
    # iterations with a label
    (r"PageRank: $r_i^{(k+1)}=\frac{1-d}{n}+d\sum_{j=1}^n M_{ij}r_j^{(k)}$. Put the iteration into vector form.",
     ("(1 - d)/n + d*M @ r_k",)),
    (rf"The population obeys $x_i(t+1)=\sum_{{j=1}}^n A_{{ij}}x_j(t)+u_i(t)$ with $A\in{R}^{{n\times n}}$. Write the recursion in matrix notation.",
     ("A @ x_t + u_t",)),
    (r"A network computes $h_i^{(1)}=\sum_j W_{ij}^{(1)}x_j+b_i^{(1)}$. Write it in matrix form.", ("W_1 @ x + b_1",)),
    (r"The backward variables satisfy $\beta_t(i)=\sum_{j=1}^N a_{ij}b_j(o_{t+1})\beta_{t+1}(j)$. Express this with matrices and vectors.",
     ("a @ (b_otp1*beta_tp1)",)),
    (r"The forward recursion is $\alpha_t(j)=b_j(o_t)\sum_{i=1}^N\alpha_{t-1}(i)a_{ij}$. Write it in matrix form.",
     ("b_ot*(a.T @ alpha_tm1)",)),
    (rf"The recursion reads $\alpha_{{t+1}}(j)=b_j(o_{{t+1}})\sum_{{i=1}}^N\alpha_t(i)a_{{ij}}$. Write it in matrix form, with "
     rf"$\mathbf{{A}}=[a_{{ij}}]\in{R}^{{N\times N}}$ and $\mathbf{{b}}(o_{{t+1}})$ the vector of emission probabilities.",
     ("b_otp1*(A.T @ alpha_t)",)),
    (rf"Let $s_i=\sum_{{j}}A_{{i,j}}$ be the row sums of $A\in{R}^{{3\times 4}}$ and $t_j=\sum_iA_{{ij}}$ its column sums. Write $s$ and $t$ as "
     r"matrix-vector products.", ("A @ np.ones(4)", "A.T @ np.ones(3)")),
    (rf"Let $D_{{ij}}=\|x_i-x_j\|^2$ be the squared distances between the rows of $X\in{R}^{{n\times d}}$. Express $D$ in matrix form.",
     ("np.outer(np.diag(X @ X.T), np.ones(n)) + np.outer(np.ones(n), np.diag(X @ X.T)) - 2*X @ X.T",)),
    # losses
    (r"For labels $y_i\in\{0,1\}$ and $p_i=\sigma(\vec w^{\,T}\vec x_i)$ the loss is $J(\vec w)=-\frac1N\sum_{i=1}^N\left[y_i\log p_i"
     r"+(1-y_i)\log(1-p_i)\right]+\frac\lambda2\|\vec w\|^2$. Derive the gradient $\nabla_{\vec w}J$.",
     ("X.T @ (sigmoid(X @ w) - y)/N + lambda_*w",)),
    (rf"Let $\hat y=\sigma(w^\top x+b)$ with $w,x\in{R}^n$ and $b\in{R}$. For $L=-y\log\hat y-(1-y)\log(1-\hat y)$ find "
     r"$\partial L/\partial b$.", ("sigmoid(w @ x + b) - y",)),
    (rf"Let $X\in{R}^{{N\times d}}$, $W\in{R}^{{d\times c}}$, $b\in{R}^{{c}}$, and $Z=XW+\mathbf{{1}}b^\top$. The loss is "
     r"$L=\frac{1}{2N}\|Z-Y\|_F^2$. Find $\frac{\partial L}{\partial W}$ and $\frac{\partial L}{\partial b}$.",
     ("X.T @ (X @ W + b - Y)/N", "(X @ W + b - Y).T @ np.ones(N)/N")),
    (rf"A layer is $\mathbf{{z}}=\mathbf{{W}}\mathbf{{x}}+\mathbf{{b}}$ with $\mathbf{{W}}\in{R}^{{4\times3}}$, and $\ell=\|\mathbf{{z}}\|^2$. "
     r"\begin{enumerate}\item Compute $\partial\ell/\partial\mathbf{z}$. \item Conclude with $\partial\ell/\partial\mathbf{W}$ and "
     r"$\partial\ell/\partial\mathbf{b}$.\end{enumerate}", ("2*z", "2*np.outer(W @ x + b, x)", "2*(W @ x + b)")),
    # primes as transposes, functions of two numbers
    (rf"A linear autoencoder has $\hat{{x}}=W^\prime Wx$ with $W\in{R}^{{k\times n}}$, $x\in{R}^n$. Compute the derivative of "
     r"$\|x-\hat x\|^2$ with respect to $W$.",
     ("-2*(np.outer(W @ x, x - W.T @ W @ x) + np.outer(W @ (x - W.T @ W @ x), x))",)),
    # rows by custom, products through another letter
    (rf"Let $\mathbf{{X}}\in{R}^{{N\times D}}$ be the design matrix. The mean squared error is $E(\mathbf{{w}})=\frac{{1}}{{N}}\sum_{{n=1}}^{{N}}"
     r"(t_n-\mathbf{w}^T\mathbf{x}_n)^2$. Derive $\nabla E$.", ("-2*X.T @ (t - X @ w)/N",)),
    (rf"Let $K_{{ij}}=\mathbf{{x}}_i^\top\mathbf{{x}}_j$, where $\mathbf{{x}}_i^\top$ is the $i$th row of $\mathbf{{X}}\in{R}^{{n\times d}}$. "
     r"Express $\mathbf{K}$ in terms of $\mathbf{X}$.", ("X @ X.T",)),
    (r"A Markov chain has $\pi^{(t+1)}_j=\sum_{i}\pi^{(t)}_iP_{ij}$. Write the update as a row vector times a matrix.", ("P.T @ pi_t",)),
    (rf"Write out explicitly the product $\mathbf{{A}}\mathbf{{x}}$ for $\mathbf{{A}}\in{R}^{{2\times2}}$ and $\mathbf{{x}}\in{R}^2$.", ("A @ x",)),
    # sizes said of capitals, one question by two methods, the optimum behind J'
    (r"By writing out the entries explicitly for $2\times2$ matrices, verify that $\frac{\partial}{\partial X}\operatorname{tr}(AX)=A^T$.",
     ("A.T",)),
    (r"Let $J(\theta)=\frac1n\sum_i(\theta x_i-y_i)^2$. (a) Find $J'(\theta)$. (b) Hence find the optimal $\theta$.",
     ("2*x @ (theta*x - y)/n", "x @ y/(x @ x)")),
    # optima: the equation that comes out, the gradient before, what is only assumed
    (rf"Let $A\in{R}^{{m\times n}}$, $b\in{R}^m$. By setting the gradient of $\|Ax-b\|^2$ to zero, derive the normal equations $A^\top Ax=A^\top b$.",
     ("inv(A.T @ A) @ A.T @ b",)),
    (rf"Let $A\in{R}^{{m\times n}}$, $b\in{R}^m$. Derive the normal equations $A^\top Ax=A^\top b$ for minimising $\|Ax-b\|^2$.",
     ("inv(A.T @ A) @ A.T @ b",)),
    (rf"Let $A\in{R}^{{m\times n}}$, $b\in{R}^m$ and $f(x)=\|Ax-b\|^2$. (a) Find $\nabla f$. (b) Deduce the normal equations.",
     ("2*A.T @ (A @ x - b)", "inv(A.T @ A) @ A.T @ b")),
    (rf"Let $f(x)=\frac12x^TAx-b^Tx$ with symmetric $A\in{R}^{{n\times n}}$. (a) Find $\nabla f$. (b) Use (a) to find the stationary point, "
     r"assuming that $A$ is invertible.", ("A @ x - b", "inv(A) @ b")),
    (rf"Let $J(\mathbf w)=\|\mathbf X\mathbf w-\mathbf y\|^2+\lambda\|\mathbf w\|^2$, $\mathbf X\in{R}^{{N\times d}}$, $\lambda>0$. "
     r"(i) Find its gradient. (ii) Hence obtain the optimal $\mathbf w$.",
     ("2*X.T @ (X @ w - y) + 2*lambda_*w", "inv(X.T @ X + lambda_*np.eye(d)) @ X.T @ y")),
    (r"Show that the stationary point of $f(\mathbf{x})=\frac12\mathbf{x}^\top\mathbf{Q}\mathbf{x}-\mathbf{c}^\top\mathbf{x}$, "
     rf"$\mathbf{{Q}}\in{R}^{{n\times n}}$ symmetric positive definite, is $\mathbf{{x}}=\mathbf{{Q}}^{{-1}}\mathbf{{c}}$.", ("inv(Q) @ c",)),
    (r"Weighted least squares: minimise $S(\beta)=(y-X\beta)'W(y-X\beta)$, where $W$ is a symmetric positive definite $n\times n$ matrix, "
     r"$X$ is $n\times p$ with full column rank and $y$ is $n\times 1$. Derive the estimator $\hat\beta$.",
     ("inv(X.T @ W @ X) @ X.T @ W @ y",)),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), ANSWERS)
def test_answers(statement: str, expected: tuple[str, ...]) -> None:
    found = solved(statement)
    assert len(found) == len(expected), [d.goal.question for d in found]
    for derivation, value in zip(found, expected, strict=True):
        meets(derivation, value)


def test_a_function_of_two_numbers_is_no_function_of_a_vector() -> None:
    (found,) = solved(
        rf"Let $f:{R}^2\to{R}$ be differentiable and $F(r,t)=f(r\cos t,r\sin t)$. Find $\frac{{\partial F}}{{\partial r}}$."
    )
    assert found.answer is not None


REFUSED: tuple[tuple[str, str], ...] = (
    (r"Let $u=x+y$, $v=xy$. Find the Jacobian determinant of $(u,v)$ with respect to $(x,y,z)$.", "so it has no determinant"),
    (rf"Maximise $u^\top S u$ subject to $u^\top u=1$ where $S\in{R}^{{n\times n}}$ is symmetric. Show that the solution satisfies $Su=\lambda u$.",
     "such an optimum is not supported"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "message"), REFUSED)
def test_refused(statement: str, message: str) -> None:
    assert message in refused(statement)


def test_the_least_norm_solution_under_a_condition_with_undeclared_letters() -> None:
    (found,) = solved(rf"Minimise $\frac12\|x\|^2$ subject to $Ax=b$, where $A\in{R}^{{m\times n}}$ has full row rank.")
    assert found.answer is not None and found.answer.shape == ("n", 1)


def test_a_power_in_parentheses_is_no_label() -> None:
    (found,) = solved(r"Find $\frac{d}{dx}x^{(n+1)}$ for $x>0$.")
    meets(found, "(n + 1)*x**n")


def test_a_prime_that_was_taken_for_a_transpose_is_told() -> None:
    problem = read_problem(rf"Let $X\in{R}^{{n\times p}}$. Find the gradient of $(y-Xb)'(y-Xb)$ with respect to $b$.")
    assert any("prime" in str(part) for note in problem.notes for part in note)


GIVEN: tuple[tuple[str, str], ...] = (
    (r"Suppose $z=g(u,v)$, $u=x^2-y^2$, $v=2xy$, $g_u(3,4)=5$ and $g_v(3,4)=-1$. Evaluate $\partial z/\partial x$ at $(x,y)=(2,1)$.", "18"),
    (r"If $x=t^2$, $y=2t$ and $z=f(x,y)$ with $f_x(1,2)=3$, $f_y(1,2)=-4$, find $dz/dt$ at $t=1$.", "-2"),
    (r"Let $h(t)=f(g(t))$ with $g(1)=2$, $g'(1)=3$ and $f'(2)=5$. Find $h'(1)$.", "15"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "value"), GIVEN)
def test_given_values_of_unknown_derivatives_are_put_in(statement: str, value: str) -> None:
    (found,) = solved(statement)
    told = [part for paragraph in found.text for part in paragraph]
    assert told[-1] == "."
    assert told[-2] == Num(int(value), 1)


def test_two_values_for_one_derivative() -> None:
    statement = r"Let $z=g(x,y)$, $x=t$, $y=2t$, $g_x(1,2)=3$ and $g_x(1,2)=4$. Find $\frac{dz}{dt}$ at $t=1$."
    assert "two values" in refused(statement)


def test_one_question_by_two_methods_in_parts() -> None:
    first, second, compared = solved(
        rf"Find $\frac{{d}}{{d\mathbf{{x}}}}\mathbf{{x}}^T\mathbf{{A}}\mathbf{{x}}$, $\mathbf{{A}}\in{R}^{{n\times n}}$: (a) by the "
        r"single-element method, (b) by writing everything out. Compare both results."
    )
    assert (first.method, second.method) == ("single-element", "explicit")
    for found in (first, second):
        meets(found, "(A + A.T) @ x")
    assert compared.facts or compared.text


def test_a_value_that_is_asked_for_beside_a_derivative_is_not_passed_over() -> None:
    problem = read_problem(r"Let $w=2$, $x=3$, $z=wx$. Compute $z$ and $\partial z/\partial w$.")
    assert len(problem.unanswered) == 1


def test_a_sheet_whose_parts_go_on_from_a_function_without_a_name() -> None:
    found = solved(
        rf"(a) Show that for symmetric $A\in{R}^{{n\times n}}$, $\nabla(\frac12x^TAx-b^Tx)=Ax-b$. (b) Use (a) to find the stationary "
        r"point, assuming that $A$ is invertible. (c) Hence compute the minimum value when $A$ is positive definite."
    )
    for derivation, value in zip(found, ("A @ x - b", "inv(A) @ b", "-b @ inv(A) @ b/2"), strict=True):
        meets(derivation, value)
