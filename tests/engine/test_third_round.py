"""Statements of a third round: proofs, choices, functions in terms of others, curves; values against NumPy."""

from __future__ import annotations

import pytest

from tests.engine.solving import facts, meets, refused, right, solved

R = r"\mathbb{R}"
HAT = rf"Let $\mathbf{{H}}=\mathbf{{X}}(\mathbf{{X}}^\top\mathbf{{X}})^{{-1}}\mathbf{{X}}^\top$ with $\mathbf{{X}}\in{R}^{{4\times 2}}$ of full column rank."

ANSWERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # letters that are written u(t) and used as u
    (r"Let $u(x)$ and $v(x)$ be functions. Show that $\frac{d}{dx}(u+v)=\frac{du}{dx}+\frac{dv}{dx}$.", ("du_dx + dv_dx",)),
    (rf"Let $\vec{{u}}(t),\vec{{v}}(t)\in{R}^n$. Prove that $\frac{{d}}{{dt}}(\vec{{u}}\cdot\vec{{v}})=\frac{{d\vec{{u}}}}{{dt}}\cdot\vec{{v}}"
     r"+\vec{u}\cdot\frac{d\vec{v}}{dt}$.", ("np.sum(du_dt*v) + np.sum(dv_dt*u)",)),
    (rf"If $\vec{{p}}(t)$ and $\vec{{q}}(t)$ are differentiable vector functions in ${R}^n$, prove that $\frac{{d}}{{dt}}(\vec{{p}}\cdot\vec{{q}})="
     r"\frac{d\vec{p}}{dt}\cdot\vec{q}+\vec{p}\cdot\frac{d\vec{q}}{dt}$.", ("np.sum(dp_dt*q) + np.sum(dq_dt*p)",)),
    (r"If $A(t)$ and $B(t)$ are differentiable matrices of sizes $m\times n$ and $n\times p$, prove that "
     r"$\frac{d}{dt}(AB)=\frac{dA}{dt}B+A\frac{dB}{dt}$.", ("dA_dt @ B + A @ dB_dt",)),
    # how a proof goes may stand before what it proves; a claim for each layout
    (rf"Prove, by comparing elements, that $\frac{{\partial}}{{\partial\mathbf{{x}}}}(\mathbf{{A}}\mathbf{{x}}+\mathbf{{b}})=\mathbf{{A}}$ in numerator "
     rf"layout, where $\mathbf{{A}}\in{R}^{{m\times n}}$, $\mathbf{{x}}\in{R}^n$ and $\mathbf{{b}}\in{R}^m$.", ("A",)),
    (r"Show that $\frac{\partial\mathbf{y}^\top\mathbf{A}\mathbf{x}}{\partial\mathbf{x}}$ equals $\mathbf{A}^\top\mathbf{y}$ in denominator layout and "
     r"$\mathbf{y}^\top\mathbf{A}$ in numerator layout. Here $\mathbf{A}$ is $m\times n$.", ("A.T @ y", "(y @ A)[None, :]")),
    (r"Show that $\frac{\partial\mathbf{a}^\top\mathbf{x}}{\partial\mathbf{x}}$ is $\mathbf{a}$ in denominator layout, while in numerator layout it is "
     r"$\mathbf{a}^\top$.", ("a", "a[None, :]")),
    # in terms of functions
    (r"The softplus function is $\zeta(x)=\ln(1+\exp(x))$. Find $\zeta'(x)$ and $\zeta''(x)$; give both in terms of $\sigma(x)$.",
     ("sigmoid(x)", "sigmoid(x)*(1 - sigmoid(x))") * 2),
    (r"Let $y=\sigma(wx+b)$ with the logistic function $\sigma$. Find $\partial y/\partial w$ in terms of $y$ and $x$.",
     ("x*sigmoid(w*x + b)*(1 - sigmoid(w*x + b))",) * 2),
    (r"Let $\mathbf{h}=\tanh(\mathbf{W}\mathbf{x}+\mathbf{b})$ be applied componentwise. Find the Jacobian of $\mathbf{h}$ with respect to $\mathbf{x}$ "
     r"in terms of $\mathbf{h}$.", ("np.diag(1 - np.tanh(W @ x + b)**2) @ W",) * 2),
    (r"Let $y=e^{-x^2}$. Find $y''$ in terms of $x$ and $y$.", ("(4*x**2 - 2)*np.exp(-x**2)",) * 2),
    (r"Show that $\frac{d}{dx}\tanh x=\operatorname{sech}^2 x$.", ("1/np.cosh(x)**2",)),
    (r"Given $p(x)=\exp\left(-\frac{(x-\mu)^2}{2s^2}\right)$, show $p'(x)=-\frac{x-\mu}{s^2}p(x)$.",
     ("-(x - mu)/s**2*np.exp(-(x - mu)**2/(2*s**2))",)),
    # primes that transpose
    (r"Let $\bm{a}$ be a constant $n$-vector. Show that $\nabla_{\bm{x}}(\bm{a}^\prime\bm{x})^2=2(\bm{a}^\prime\bm{x})\bm{a}$.", ("2*(a @ x)*a",)),
    (rf"Let $X$ be $N\times k$, $y$ an $N$-vector and $\beta\in{R}^k$. Show that $\frac{{\partial}}{{\partial\beta}}(y-X\beta)'(y-X\beta)=-2X'y+2X'X\beta$.",
     ("-2*X.T @ y + 2*X.T @ X @ beta",)),
    # directions
    (r"Find the derivative of $f(x,y)=e^{xy}$ at $(1,0)$ in the direction of the vector $\mathbf{v}=(3,4)$.", ("4",)),
    (r"Compute the derivative of $f(x,y)=e^{xy}$ at the point $(1,0)$ along the vector $(3,4)$ (normalise it first).", ("4/5",)),
    (r"Find the directional derivative of $f(x,y)=x^2y$ at $(1,2)$ along the unit vector in the direction of $(1,1)$.", ("5/np.sqrt(2)",)),
    (rf"Find the directional derivative of $f(\mathbf{{x}})=\mathbf{{x}}^T\mathbf{{A}}\mathbf{{x}}$ at $\mathbf{{x}}$ in the direction of the unit vector "
     rf"$\mathbf{{u}}$. $\mathbf{{A}}\in{R}^{{n\times n}}$ symmetric.", ("2*u @ A @ x",)),
    # curves
    (r"A particle moves along $\vec{r}(t)=(\cos t,\sin t,t)^T$. Find its velocity, its speed and its acceleration.",
     ("np.array([[-np.sin(t), np.cos(t), 1]])", "np.sqrt(2)", "np.array([[-np.cos(t), -np.sin(t), 0]])")),
    (r"Let $\mathbf{r}(t)=(t,t^2)^T$. Compute $\|\mathbf{r}'(t)\|$.", ("np.sqrt(1 + 4*t**2)",)),
    (r"The position of a particle is $\mathbf{r}(t)=(t^2,t^3)^T$. Find the velocity $\mathbf{v}=\frac{d\mathbf{r}}{dt}$ and the acceleration "
     r"$\mathbf{a}=\frac{d\mathbf{v}}{dt}$.", ("np.array([[2*t, 3*t**2]])", "np.array([[2, 6*t]])")),
    # a further assumption without parts
    (rf"Let $A\in{R}^{{n\times n}}$, $x\in{R}^n$. Find the gradient of $x^TAx$. What does it become if $A$ is symmetric?",
     ("(A + A.T) @ x", "2*A @ x")),
    (rf"Prove that $\nabla_X\operatorname{{tr}}(X^TAX)=(A+A^T)X$ for $X\in{R}^{{n\times p}}$ and $A\in{R}^{{n\times n}}$. Then state what becomes of it if "
     r"$A$ is symmetric.", ("(A + A.T) @ X", "2*A @ X")),
    # properties of matrices
    (f"{HAT} Show that $\\mathbf{{H}}$ is symmetric and idempotent.", ("X @ inv(X.T @ X) @ X.T",) * 2),
    (r"Prove that $\mathbf{A}-\mathbf{A}^T$ is skew-symmetric for any square $\mathbf{A}$.", ("A.T - A",)),
    (rf"Show: For every matrix $\mathbf{{M}}\in{R}^{{n\times n}}$ it holds $\mathbf{{x}}^T\mathbf{{M}}\mathbf{{x}}=\mathbf{{x}}^T\mathbf{{M}}^T\mathbf{{x}}$ "
     rf"for all $\mathbf{{x}}\in{R}^n$.", ("x @ M @ x",)),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), ANSWERS, ids=[str(k) for k in range(len(ANSWERS))])
def test_the_answers(statement: str, expected: tuple[str, ...]) -> None:
    found = solved(statement)
    assert len(found) == len(expected)
    for derivation, code in zip(found, expected, strict=True):
        meets(derivation, code)


DEFINITE = (
    (rf"Let $X\in{R}^{{N\times p}}$. Prove that $X^TX$ is symmetric and positive semi-definite.", "never negative"),
    (r"Let $X$ be an $N\times p$ matrix. Show that $X^{\prime}X$ is positive semidefinite.", "never negative"),
    (r"Show that the matrix $\mathbf{X}^\top\mathbf{X}+\lambda\mathbf{I}$ is positive definite for $\lambda>0$.", "positive"),
    (rf"Show that $\mathbf{{Z}}^T\mathbf{{Z}}$ is positive definite for $\mathbf{{Z}}\in{R}^{{n\times p}}$ of full column rank.", "positive"),
    (rf"Let $\mathbf{{C}}=\mathbf{{A}}^T\mathbf{{W}}\mathbf{{A}}$ with $\mathbf{{W}}$ symmetric positive definite, $\mathbf{{A}}\in{R}^{{m\times n}}$. Show "
     r"that $\mathbf{C}$ is symmetric and positive semidefinite.", "never negative"),
    (r"Show that $\mathbf{x}\mathbf{x}^T$ is positive semidefinite.", "never negative"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), DEFINITE, ids=[str(k) for k in range(len(DEFINITE))])
def test_what_is_definite(statement: str, expected: str) -> None:
    """The quadratic form is the sum of squares that the last line says (``solved`` holds it against the question)."""
    found = solved(statement)[-1]
    assert facts(found)["quadratic form"] == expected
    assert found.answer is not None


CHOICES = (
    (r"The derivative of $\tanh(3x)$ is: (i) $1-\tanh^2(3x)$ (ii) $3-3\tanh^2(3x)$ (iii) $3\,\mathrm{sech}(3x)$ (iv) None of these. Tick the correct option.",
     {"ii"}),
    (r"MCQ. If $f(x)=\ln(1+e^{-x})$ then $f'(0)$ is equal to (A) $1/2$ \qquad (B) $-1/2$ \qquad (C) $0$ \qquad (D) $\ln 2$", {"B"}),
    (rf"Let $A$ be $3\times 4$, $B$ be $4\times 2$ and $v\in{R}^2$. Which products are defined? a) $AB$ b) $BA$ c) $ABv$ d) $v^TB^T$ e) $A^TB$", {"a", "c", "d"}),
    (rf"Let $A$ be $3\times 4$, $B$ be $4\times 2$ and $v\in{R}^2$. Which of the products $AB$, $BA$, $ABv$, $A^TB$ are defined?", {"1", "3"}),
    (rf"For $\mathbf{{x}}\in{R}^n$ and $\mathbf{{A}}\in{R}^{{n\times n}}$, which of these are scalars?" "\n"
     r"1. $\mathbf{x}^T\mathbf{A}\mathbf{x}$" "\n" r"2. $\mathbf{x}\mathbf{x}^T$" "\n" r"3. $\operatorname{tr}(\mathbf{A})$", {"1", "3"}),
    (rf"Pick the gradient (denominator layout) of $\log\det\mathbf{{X}}$, $\mathbf{{X}}\in{R}^{{n\times n}}$ invertible: A) $\mathbf{{X}}^{{-1}}$; "
     r"B) $\mathbf{X}^{-\top}$; C) $\det(\mathbf{X})\mathbf{X}^{-\top}$; D) $1/\det\mathbf{X}$.", {"B"}),
    (rf"What is $\frac{{d}}{{d\mathbf{{x}}}}\mathbf{{x}}^T\mathbf{{x}}$ for $\mathbf{{x}}\in{R}^n$? (A) $\mathbf{{x}}$ (B) $2\mathbf{{x}}$ (C) $2\mathbf{{x}}^T$",
     {"B"}),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), CHOICES, ids=[str(k) for k in range(len(CHOICES))])
def test_the_choices(statement: str, expected: set[str]) -> None:
    (found,) = solved(statement)
    assert right(found) == expected


JUDGED = (
    (rf"True or false? Justify. For vectors $\mathbf{{u}},\mathbf{{v}}\in{R}^n$, $\mathbf{{u}}\mathbf{{v}}^T=\mathbf{{v}}\mathbf{{u}}^T$.", "False."),
    (r"State whether $\mathbf{A}\mathbf{B}=\mathbf{B}\mathbf{A}$ holds for all square matrices. Give reasons.", "False."),
    (rf"Which of the following equalities hold for all $\mathbf{{A}},\mathbf{{B}}\in{R}^{{n\times n}}$? \begin{{align}}"
     r"\operatorname{tr}(\mathbf{A}\mathbf{B})&=\operatorname{tr}(\mathbf{B}\mathbf{A})\\ \operatorname{tr}(\mathbf{A}\mathbf{B})&="
     r"\operatorname{tr}(\mathbf{A})\operatorname{tr}(\mathbf{B})\end{align}", "Equality 2 fails; equality 1 holds."),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), JUDGED, ids=["intermediate words", "state whether", "aligned"])
def test_what_is_judged(statement: str, expected: str) -> None:
    (found,) = solved(statement)
    assert any("".join(map(str, text)) == expected for text in found.text)


REFUSALS = (
    (r"Express the derivative of $\tanh(x)$ in terms of $g(x)$ only.", "an answer can be written through a function that the statement defines"),
    (rf"Show that $\mathbf{{X}}^T\mathbf{{X}}$ is positive definite for $\mathbf{{X}}\in{R}^{{n\times p}}$.",
     "nothing that is stated makes the quadratic form positive for every vector other than zero"),
    (rf"Show that $\mathbf{{A}}\mathbf{{B}}$ is symmetric for symmetric $\mathbf{{A}},\mathbf{{B}}\in{R}^{{n\times n}}$.", "the equality does not hold"),
    (r"Find the derivative of $f(x,y)=x^2y$ along the curve $x=\cos t$, $y=\sin t$.", "the statement asks for the derivative along a curve"),
    (r"Show that if $\|\vec{r}(t)\|$ is constant then $\vec{r}(t)\cdot\vec{r}'(t)=0$.",
     "the statement asks for a proof from a length that is constant"),
    (r"Find the derivative of $f(\mathbf{x})=\|\mathbf{x}\|^2$ at $\mathbf{x}$ in the direction of $\mathbf{d}$; normalise the direction.",
     "only a direction of whole numbers can be divided by its length"),
    (rf"Let $\mathbf{{W}}$ and $\mathbf{{W}}'$ be matrices with $\mathbf{{h}}=\mathbf{{W}}\mathbf{{x}}$, $\mathbf{{y}}=\mathbf{{W}}'\mathbf{{h}}$, "
     rf"$\mathbf{{W}}\in{R}^{{m\times n}}$, $\mathbf{{W}}'\in{R}^{{p\times m}}$. Find $\frac{{d\mathbf{{y}}}}{{d\mathbf{{x}}}}$.",
     "the prime on W may be a transpose or a name"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "message"), REFUSALS, ids=[str(k) for k in range(len(REFUSALS))])
def test_the_refusals(statement: str, message: str) -> None:
    assert refused(statement).startswith(message)
