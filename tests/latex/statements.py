r"""Statements in many wordings with what they mean: symbols (name, shape, role), goals, number of notes.

A goal is written "part kind layout shape by variables: the question as a NumPy expression".
"""

from __future__ import annotations

from typing import NamedTuple


class Meant(NamedTuple):
    statement: str
    symbols: str
    goals: tuple[str, ...]
    notes: int = 0


STATEMENTS: tuple[Meant, ...] = (
    Meant(
        (
            r"Suppose $\mathbf{Q}$ is a symmetric $n\times n$ matrix, $\mathbf{b}\in\mathbb{R}^n$ and "
            r"$c\in\mathbb{R}$. Find the gradient of "
            r"$q(\mathbf{x})=\tfrac12\mathbf{x}^\top\mathbf{Q}\mathbf{x}-\mathbf{b}^\top\mathbf{x}+c$."
        ),
        r"Q nxn constant; b n constant; c 1 constant; x n variable",
        (
            r"- derivative denominator nx1 by x: (1/2)*(x @ Q @ x) - b @ x + c",
        ),
    ),
    Meant(
        r"Differentiate \[ f(t)=\frac{\sin(2t)}{1+t^2} \] by $t$.",
        r"t 1 variable",
        (
            r"- derivative denominator 1x1 by t: np.sin(2*t)/(1 + t**2)",
        ),
    ),
    Meant(
        (
            r"Let $A$ be a $3\times 2$ matrix and let $x$ be a vector of length $2$. What is "
            r"$\dfrac{d(Ax)}{dx}$ in numerator layout?"
        ),
        r"A 3x2 constant; x 2 variable",
        (
            r"- derivative numerator 3x2 by x: A @ x",
        ),
    ),
    Meant(
        (
            r"Given $\mathbf{X}\in\mathbb{R}^{N\times d}$, $\mathbf{y}\in\mathbb{R}^N$ and "
            r"$\boldsymbol{\theta}\in\mathbb{R}^d$, let \[ "
            r"J(\boldsymbol\theta)=\frac{1}{N}\lVert\mathbf{X}\boldsymbol\theta-\mathbf{y}\rVert_2^2. \] "
            r"Compute $\nabla_{\boldsymbol\theta}J$ and the Hessian of $J$."
        ),
        r"X Nxd constant; y N constant; theta d variable",
        (
            r"- derivative denominator dx1 by theta: (1/N)*norm(X @ theta - y)**2",
            r"- hessian denominator dxd by theta: (1/N)*norm(X @ theta - y)**2",
        ),
    ),
    Meant(
        r"Let $f(x,y)=x^3y-\ln(xy)$ for $x,y>0$. Find $f_x$, $f_y$ and $f_{xy}$.",
        r"x 1 variable; y 1 variable",
        (
            r"- derivative denominator 1x1 by x: x**3*y - np.log(x*y)",
            r"- derivative denominator 1x1 by y: x**3*y - np.log(x*y)",
            r"- derivative denominator 1x1 by y, x: x**3*y - np.log(x*y)",
        ),
    ),
    Meant(
        r"Let $z=e^{xy}$. Find all first partial derivatives of $z$ with respect to $x$ and $y$.",
        r"x 1 variable; y 1 variable",
        (
            r"- derivative denominator 1x1 by x: np.exp(x*y)",
            r"- derivative denominator 1x1 by y: np.exp(x*y)",
        ),
    ),
    Meant(
        (
            r"Consider the function $g(\mathbf{w})=\log(1+e^{-\mathbf{w}^T\mathbf{x}})$ with fixed "
            r"$\mathbf{x}\in\mathbb{R}^d$. Determine its gradient."
        ),
        r"w d variable; x d constant",
        (
            r"- derivative denominator dx1 by w: np.log(1 + np.exp(-w @ x))",
        ),
    ),
    Meant(
        (
            r"Write $\sum_{i=1}^m\sum_{j=1}^n u_iA_{ij}v_j$ in matrix form, where $\mathbf{u}\in\mathbb{R}^m$,"
            r" $\mathbf{v}\in\mathbb{R}^n$ and $\mathbf{A}\in\mathbb{R}^{m\times n}$."
        ),
        r"u m constant; v n constant; A mxn constant",
        (
            r"- regroup denominator 1x1 by -: sum(sum(u[i]*A[i, j]*v[j] for j in range(n)) for i in range(m))",
        ),
    ),
    Meant(
        (
            r"The $(i,j)$ entry of a matrix is $\sum_{k}A_{ik}B_{jk}$, with $\mathbf{A}\in\mathbb{R}^{m\times "
            r"p}$ and $\mathbf{B}\in\mathbb{R}^{n\times p}$. Which matrix is it? Write it without indices."
        ),
        r"A mxp constant; B nxp constant",
        (
            (
            r"- regroup denominator mxn by -: np.array([[sum(A[i, k]*B[j, k] for k in range(p)) for j in "
            r"range(n)] for i in range(m)])"
        ),
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{x}\in\mathbb{R}^n$ and $\mathbf{A}\in\mathbb{R}^{n\times n}$. (a) Find "
            r"$\frac{\partial}{\partial\mathbf{x}}\mathbf{x}^T\mathbf{A}\mathbf{x}$. (b) Find "
            r"$\frac{\partial}{\partial\mathbf{A}}\mathbf{x}^T\mathbf{A}\mathbf{x}$."
        ),
        r"x n variable; A nxn variable",
        (
            r"a derivative denominator nx1 by x: x @ A @ x",
            r"b derivative denominator nxn by A: x @ A @ x",
        ),
    ),
    Meant(
        r"""Find the following derivatives for $\mathbf{a},\mathbf{x}\in\mathbb{R}^n$:
\begin{enumerate}
\item $\frac{d}{d\mathbf{x}}\mathbf{a}^T\mathbf{x}$
\item $\frac{d}{d\mathbf{x}}\|\mathbf{x}\|^2$
\end{enumerate}""",
        r"a n constant; x n variable",
        (
            r"a derivative denominator nx1 by x: a @ x",
            r"b derivative denominator nx1 by x: norm(x)**2",
        ),
    ),
    Meant(
        r"""Differentiate each of the following functions with respect to $x$:
\begin{enumerate}
\item $x^2\sin x$
\item $e^{-x^2}$
\item $\dfrac{x}{x+1}$
\end{enumerate}""",
        r"x 1 variable",
        (
            r"a derivative denominator 1x1 by x: x**2*np.sin(x)",
            r"b derivative denominator 1x1 by x: np.exp(-x**2)",
            r"c derivative denominator 1x1 by x: x/(x + 1)",
        ),
    ),
    Meant(
        r"What is $\frac{d}{d\mathbf{x}}\left(\mathbf{x}\odot\mathbf{x}\right)$, $\mathbf{x}\in\mathbb{R}^n$?",
        r"x n variable",
        (
            r"- derivative denominator nxn by x: x*x",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{h}=\tanh(\mathbf{W}_1\mathbf{x}+\mathbf{b}_1)$ and $s=\mathbf{w}_2^T\mathbf{h}$ "
            r"with $\mathbf{x}\in\mathbb{R}^d$, $\mathbf{W}_1\in\mathbb{R}^{h\times d}$. Find $\partial "
            r"s/\partial\mathbf{W}_1$ and $\partial s/\partial\mathbf{b}_1$."
        ),
        r"b_1 h variable; w_2 h constant; x d constant; W_1 hxd variable",
        (
            r"- derivative denominator hxd by W_1: w_2 @ np.tanh(W_1 @ x + b_1)",
            r"- derivative denominator hx1 by b_1: w_2 @ np.tanh(W_1 @ x + b_1)",
        ),
        1,
    ),
    Meant(
        r"Evaluate the derivative of $f(x)=x^3-2x$ at $x=2$.",
        r"x 1 variable",
        (
            r"- evaluate denominator 1x1 by x: x**3 - 2*x",
        ),
    ),
    Meant(
        r"Find $f'(1)$ for $f(x)=\sqrt{x}$.",
        r"x 1 variable",
        (
            r"- evaluate denominator 1x1 by x: np.sqrt(x)",
        ),
    ),
    Meant(
        r"Let $V=\pi r^2h$. How fast does $V$ change with $r$?",
        r"r 1 variable; h 1 constant",
        (
            r"- derivative denominator 1x1 by r: np.pi*r**2*h",
        ),
    ),
    Meant(
        r"Compute $\frac{\partial^2}{\partial x\partial y}\left(x^2y^3\right)$.",
        r"x 1 variable; y 1 variable",
        (
            r"- derivative denominator 1x1 by x, y: x**2*y**3",
        ),
    ),
    Meant(
        (
            r"Let $f:\mathbb{R}^n\to\mathbb{R}^m$ be given by $f(\mathbf{x})=\mathbf{A}\mathbf{x}+\mathbf{b}$,"
            r" where $\mathbf{A}\in\mathbb{R}^{m\times n}$. What is its Jacobian?"
        ),
        r"x n variable; b m constant; A mxn constant",
        (
            r"- derivative numerator mxn by x: A @ x + b",
        ),
    ),
    Meant(
        (
            r"Let $u$ and $v$ be differentiable functions of $x$. Derive the derivative of $u^2v$ with respect"
            r" to $x$ in terms of $u$, $v$, $\frac{du}{dx}$ and $\frac{dv}{dx}$."
        ),
        r"u 1 variable; v 1 variable; x 1 variable",
        (
            r"- derivative denominator 1x1 by x: u**2*v",
        ),
    ),
    Meant(
        (
            r"If $\mathbf{y}=\mathbf{A}\mathbf{x}$ and $z=\mathbf{y}^T\mathbf{y}$, where $\mathbf{A}$ is a "
            r"constant $m\times n$ matrix, find $dz/d\mathbf{x}$."
        ),
        r"x n variable; A mxn constant",
        (
            r"- derivative denominator nx1 by x: (A @ x) @ (A @ x)",
        ),
    ),
    Meant(
        (
            r"State the dimensions of $\mathbf{x}^T\mathbf{A}^T$ if $\mathbf{A}\in\mathbb{R}^{4\times 3}$ and "
            r"$\mathbf{x}\in\mathbb{R}^3$."
        ),
        r"A 4x3 constant; x 3 constant",
        (
            r"- shape denominator 1x4 by -: (x @ A.T)[None, :]",
        ),
    ),
    Meant(
        (
            r"Write the $i$-th component of $\mathbf{A}^T\mathbf{B}\mathbf{x}$ as a double sum, with "
            r"$\mathbf{A},\mathbf{B}\in\mathbb{R}^{m\times n}$ and $\mathbf{x}\in\mathbb{R}^n$."
        ),
        r"A mxn constant; B mxn constant; x n constant",
        (
            r"- element denominator 1x1 by -: (A.T @ B @ x)[i]",
        ),
    ),
    Meant(
        (
            r"Let $X$ be a real matrix of size $m\times n$. Find the derivative of $\operatorname{tr}(X^TX)$ "
            r"w.r.t. $X$."
        ),
        r"X mxn variable",
        (
            r"- derivative denominator mxn by X: tr(X.T @ X)",
        ),
    ),
    Meant(
        r"For $\mathbf{x}\in\mathbb{R}^n$ with $\mathbf{x}\neq\mathbf{0}$, find $\nabla\|\mathbf{x}\|$.",
        r"x n variable",
        (
            r"- derivative denominator nx1 by x: norm(x)",
        ),
    ),
    Meant(
        (
            r"Let $\phi(\mathbf{x})=\sum_{i=1}^n\sqrt{1+x_i^2}$. Find $\dfrac{\partial\phi}{\partial x_k}$ and"
            r" $\nabla\phi$."
        ),
        r"x n variable",
        (
            r"- element denominator 1x1 by x[k]: sum(np.sqrt(1 + x[i]**2) for i in range(n))",
            r"- derivative denominator nx1 by x: sum(np.sqrt(1 + x[i]**2) for i in range(n))",
        ),
    ),
    Meant(
        r"Let $p=\frac{nRT}{V}$. Compute $\partial p/\partial V$ and $\partial p/\partial T$.",
        r"n 1 constant; R 1 constant; T 1 variable; V 1 variable",
        (
            r"- derivative denominator 1x1 by V: n*R*T/V",
            r"- derivative denominator 1x1 by T: n*R*T/V",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{x},\mathbf{y}\in\mathbb{R}^n$. Show that "
            r"$\nabla_{\mathbf{x}}(\mathbf{x}\cdot\mathbf{y})=\mathbf{y}$."
        ),
        r"x n variable; y n constant",
        (
            r"- derivative denominator nx1 by x: x @ y",
        ),
    ),
    Meant(
        (
            r"The vectors $\mathbf{a}$ and $\mathbf{x}$ have $n$ entries each. Find "
            r"$\partial(\mathbf{a}^T\mathbf{x})^2/\partial\mathbf{x}$."
        ),
        r"a n constant; x n variable",
        (
            r"- derivative denominator nx1 by x: (a @ x)**2",
        ),
    ),
    Meant(
        (
            r"A function $f$ acts on each entry of a vector. With $\mathbf{z}=f(\mathbf{W}\mathbf{x})$, "
            r"$\mathbf{W}\in\mathbb{R}^{m\times n}$ and $\mathbf{x}\in\mathbb{R}^n$, what is "
            r"$\partial\mathbf{z}/\partial\mathbf{x}$?"
        ),
        r"f 1 constant; W mxn constant; x n variable",
        (
            r"- derivative denominator nxm by x: f(W @ x)",
        ),
    ),
    Meant(
        r"Let $\mathbf{r}(t)=\begin{bmatrix}\cos t\\ \sin t\end{bmatrix}$. Find $\mathbf{r}'(t)$.",
        r"t 1 variable",
        (
            r"- derivative denominator 1x2 by t: np.array([np.cos(t), np.sin(t)])",
        ),
    ),
    Meant(
        (
            r"Let $M_{ij}=x_iy_j$ with $\mathbf{x}\in\mathbb{R}^m$ and $\mathbf{y}\in\mathbb{R}^n$. Write "
            r"$\mathbf{M}$ without indices."
        ),
        r"x m constant; y n constant",
        (
            r"- regroup denominator mxn by -: np.array([[x[i]*y[j] for j in range(n)] for i in range(m)])",
        ),
    ),
    Meant(
        (
            r"Compute the Hessian of $\exp(-\tfrac12\|\mathbf{x}\|^2)$, where $\mathbf{x}$ is a vector with "
            r"$n$ components."
        ),
        r"x n variable",
        (
            r"- hessian denominator nxn by x: np.exp((-1/2)*norm(x)**2)",
        ),
    ),
    Meant(
        r"Let $\mathbf{x}=[x_1,x_2,\dots,x_n]^T$ and $f(\mathbf{x})=\sum_{i=1}^n i\,x_i^2$. Find $\nabla f$.",
        r"x n variable",
        (
            r"- derivative denominator nx1 by x: sum((i + 1)*x[i]**2 for i in range(n))",
        ),
    ),
    Meant(
        r"Find $\frac{d}{dx}\log_2 x$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: np.log(x)/np.log(2)",
        ),
    ),
    Meant(
        (
            r"Consider the loss $\ell(\mathbf{W})=\|\mathbf{Y}-\mathbf{X}\mathbf{W}\|_F^2$ where "
            r"$\mathbf{X}\in\mathbb{R}^{N\times d}$ and $\mathbf{Y}\in\mathbb{R}^{N\times k}$. Find its "
            r"gradient with respect to $\mathbf{W}$."
        ),
        r"W dxk variable; X Nxd constant; Y Nxk constant",
        (
            r"- derivative denominator dxk by W: norm(Y - X @ W)**2",
        ),
    ),
    Meant(
        r"""\documentclass{article}
\newcommand{\vx}{\mathbf{x}}
\DeclareMathOperator{\trace}{tr}
\begin{document}
\section*{Problem 3}
Let $\vx\in\mathbb{R}^n$ and $\mathbf{A}\in\mathbb{R}^{n\times n}$. Compute
\begin{align}
 \nabla_{\vx}\trace(\vx\vx^T\mathbf{A}).
\end{align}
\end{document}""",
        r"x n variable; A nxn constant",
        (
            r"- derivative denominator nx1 by x: tr(np.outer(x, x @ A))",
        ),
    ),
    Meant(
        r"Use the chain rule to find $dw/dt$ if $w=xy+z$, $x=\cos t$, $y=\sin t$, $z=t$.",
        r"t 1 variable",
        (
            r"- derivative denominator 1x1 by t: np.cos(t)*np.sin(t) + t",
        ),
    ),
    Meant(
        (
            r"Let $f(x,y,z)=xyz$. Find the directional derivative of $f$ at $(1,2,3)$ in the direction of "
            r"$(0,0,1)$."
        ),
        r"x 1 variable; y 1 variable; z 1 variable",
        (
            r"- evaluate denominator 1x1 by x, y, z: x*y*z",
        ),
    ),
    Meant(
        r"Find the second derivative of $y=\ln(\cos x)$ with respect to $x$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x, x: np.log(np.cos(x))",
        ),
    ),
    Meant(
        (
            r"Let $\ell=\frac12(\hat{y}-y)^2$ with $\hat{y}=\sigma(\mathbf{w}^T\mathbf{x}+b)$. Find "
            r"$\partial\ell/\partial\mathbf{w}$ and $\partial\ell/\partial b$, where "
            r"$\mathbf{w},\mathbf{x}\in\mathbb{R}^d$."
        ),
        r"y 1 constant; b 1 variable; w d variable; x d constant",
        (
            r"- derivative denominator dx1 by w: (1/2)*(sigmoid(w @ x + b) - y)**2",
            r"- derivative denominator 1x1 by b: (1/2)*(sigmoid(w @ x + b) - y)**2",
        ),
        1,
    ),
    Meant(
        (
            r"Let $\mathbf{x}$ be a row vector of length $n$ and let $\mathbf{B}\in\mathbb{R}^{n\times m}$. "
            r"Find $\frac{d(\mathbf{x}\mathbf{B})}{d\mathbf{x}}$."
        ),
        r"x 1xn variable; B nxm constant",
        (
            r"- derivative denominator mxn by x: (x[0] @ B)[None, :]",
        ),
    ),
    Meant(
        (
            r"Differentiate $\mathbf{x}^T\mathbf{A}\mathbf{x}$ with respect to $\mathbf{x}$. Here "
            r"$\mathbf{A}=\mathbf{A}^T$ is constant, of size $n\times n$."
        ),
        r"x n variable; A nxn constant",
        (
            r"- derivative denominator nx1 by x: x @ A @ x",
        ),
    ),
    Meant(
        (
            r"What is the shape of $\partial\mathbf{y}/\partial\mathbf{x}$ if $\mathbf{y}\in\mathbb{R}^3$ "
            r"depends on $\mathbf{x}\in\mathbb{R}^5$?"
        ),
        r"y 3 variable; x 5 variable",
        (
            r"- shape denominator 5x3 by x: y",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{a}_1,\mathbf{a}_2\in\mathbb{R}^n$. Find the gradient of "
            r"$(\mathbf{a}_1^T\mathbf{x})(\mathbf{a}_2^T\mathbf{x})$ with respect to $\mathbf{x}$."
        ),
        r"a_1 n constant; a_2 n constant; x n variable",
        (
            r"- derivative denominator nx1 by x: (a_1 @ x)*(a_2 @ x)",
        ),
    ),
    Meant(
        (
            r"Here $\mathbf{K}$ is a fixed $p\times p$ matrix. Please work out the derivative of "
            r"$\mathbf{z}^{\mathsf T}\mathbf{K}\mathbf{z}$ by $\mathbf{z}$."
        ),
        r"K pxp constant; z p variable",
        (
            r"- derivative denominator px1 by z: z @ K @ z",
        ),
    ),
    Meant(
        (
            r"We are given a constant vector $\mathbf{c}$ and a variable vector $\mathbf{x}$, both in "
            r"$\mathbb{R}^n$. Calculate $\frac{d}{d\mathbf{x}}(\mathbf{c}\odot\mathbf{x}\odot\mathbf{x})$ "
            r"using numerator layout."
        ),
        r"c n constant; x n variable",
        (
            r"- derivative numerator nxn by x: c*x*x",
        ),
    ),
    Meant(
        (
            r"Prove that $\nabla_{\mathbf{x}}\,\mathbf{x}^T\mathbf{x}=2\mathbf{x}$ for all "
            r"$\mathbf{x}\in\mathbb{R}^n$."
        ),
        r"x n variable",
        (
            r"- derivative denominator nx1 by x: x @ x",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf A$ be an invertible matrix of order $n$ and let $\mathbf{b}$ be a vector. What is "
            r"$\frac{d(\mathbf{A}^{-1}\mathbf{x}-\mathbf{b})}{d\mathbf{x}}$?"
        ),
        r"A nxn constant; b n constant; x n variable",
        (
            r"- derivative denominator nxn by x: inv(A) @ x - b",
        ),
    ),
    Meant(
        r"Let $y = x_1^2 + 3x_1x_2$. Find $\partial y/\partial x_1$ and $\partial y/\partial x_2$.",
        r"x_1 1 variable; x_2 1 variable",
        (
            r"- derivative denominator 1x1 by x_1: x_1**2 + 3*x_1*x_2",
            r"- derivative denominator 1x1 by x_2: x_1**2 + 3*x_1*x_2",
        ),
    ),
    Meant(
        r"Let $y = x_1^2 + 3x_1x_2$. Find $\nabla y$.",
        r"x_1 1 variable; x_2 1 variable",
        (
            r"- derivative denominator 2x1 by x_1, x_2: x_1**2 + 3*x_1*x_2",
        ),
    ),
    Meant(
        (
            r"Suppose $\mathbf{x} \in \mathbb{R}^2$ and $f(\mathbf{x}) = x_1^2 + 3x_1x_2$. Find $\nabla "
            r"f(\mathbf{x})$."
        ),
        r"x 2 variable",
        (
            r"- derivative denominator 2x1 by x: x[0]**2 + 3*x[0]*x[1]",
        ),
    ),
    Meant(
        r"Let $\mathbf{y}=f(\mathbf{x})$ where $f$ is applied element-wise. Find $d\mathbf{y}/d\mathbf{x}$.",
        r"x n variable; f 1 constant",
        (
            r"- derivative denominator nxn by x: f(x)",
        ),
        1,
    ),
    Meant(
        (
            r"For the data matrix $\mathbf{X}\in\mathbb{R}^{n\times p}$ and response "
            r"$\mathbf{y}\in\mathbb{R}^n$ the ridge loss is "
            r"$L(\boldsymbol\beta)=\|\mathbf{y}-\mathbf{X}\boldsymbol\beta\|^2+\lambda\|\boldsymbol\beta\|^2$ "
            r"with $\lambda>0$. Compute the gradient of $L$."
        ),
        r"X nxp constant; y n constant; beta p variable; lambda_ 1 constant",
        (
            r"- derivative denominator px1 by beta: norm(y - X @ beta)**2 + lambda_*norm(beta)**2",
        ),
    ),
    Meant(
        r"Let $a$ and $b$ be constants. Differentiate $a\sin(bx)$ with respect to $x$.",
        r"a 1 constant; b 1 constant; x 1 variable",
        (
            r"- derivative denominator 1x1 by x: a*np.sin(b*x)",
        ),
    ),
    Meant(
        r"Differentiate $x^x$ for $x>0$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: x**x",
        ),
    ),
    Meant(
        r"What is $\frac{\partial}{\partial\theta}\left(r\cos\theta\right)$?",
        r"r 1 constant; theta 1 variable",
        (
            r"- derivative denominator 1x1 by theta: r*np.cos(theta)",
        ),
    ),
    Meant(
        (
            r"Let $s=\operatorname{tr}(\mathbf{A}\mathbf{X}\mathbf{B})$ with $\mathbf{A}\in\mathbb{R}^{k\times"
            r" m}$, $\mathbf{X}\in\mathbb{R}^{m\times n}$, $\mathbf{B}\in\mathbb{R}^{n\times k}$. In numerator"
            r" layout, find $\frac{\partial s}{\partial\mathbf{X}}$. Then find $\frac{\partial "
            r"s}{\partial\mathbf{A}}$."
        ),
        r"A kxm variable; X mxn variable; B nxk constant",
        (
            r"- derivative numerator nxm by X: tr(A @ X @ B)",
            r"- derivative numerator mxk by A: tr(A @ X @ B)",
        ),
    ),
    Meant(
        (
            r"Consider $\mathbf{v}=\mathbf{A}\mathbf{x}$. What is $\frac{\partial v_i}{\partial x_j}$, if "
            r"$\mathbf{A}\in\mathbb{R}^{m\times n}$?"
        ),
        r"x n variable; A mxn constant",
        (
            r"- element denominator 1x1 by x[j]: (A @ x)[i]",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$, $\mathbf{B}\in\mathbb{R}^{n\times p}$. What is the "
            r"$(i,k)$-entry of $\mathbf{A}\mathbf{B}$, written as a sum?"
        ),
        r"A mxn constant; B nxp constant",
        (
            r"- element denominator 1x1 by -: (A @ B)[i, k]",
        ),
    ),
    Meant(
        (
            r"Express the sum $\sum_{i}\sum_j x_iA_{ij}x_j$ with matrices and vectors, i.e. without indices; "
            r"here $\mathbf{x}\in\mathbb{R}^n$ and $\mathbf{A}$ is a square matrix of size $n\times n$."
        ),
        r"x n constant; A nxn constant",
        (
            r"- regroup denominator 1x1 by -: sum(sum(x[i]*A[i, j]*x[j] for j in range(n)) for i in range(n))",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{u}(t)$ and $\mathbf{v}(t)$ be differentiable vector functions of $t$ with values in"
            r" $\mathbb{R}^n$. Find $\frac{d}{dt}(\mathbf{u}^T\mathbf{v})$."
        ),
        r"u n variable; v n variable; t 1 variable",
        (
            r"- derivative denominator 1x1 by t: u @ v",
        ),
    ),
    Meant(
        (
            r"Let $c_k=\sum_{i=1}^n a_ib_{ik}$, $k=1,\dots,m$. Write $\mathbf{c}$ with "
            r"$\mathbf{a}\in\mathbb{R}^n$ and $\mathbf{B}\in\mathbb{R}^{n\times m}$."
        ),
        r"a n constant; B nxm constant",
        (
            r"- regroup denominator mx1 by -: np.array([sum(a[i]*B[i, k] for i in range(n)) for k in range(m)])",
        ),
    ),
    Meant(
        r"Take the derivative of $\log\left(\sum_{i=1}^n e^{x_i}\right)$ with respect to $x_j$.",
        r"x n variable",
        (
            r"- element denominator 1x1 by x[j]: np.log(sum(np.exp(x[i]) for i in range(n)))",
        ),
    ),
    Meant(
        (
            r"Evaluate $\nabla f$ at $\mathbf{x}=\mathbf{1}$ for $f(\mathbf{x})=\mathbf{x}^T\mathbf{x}$, "
            r"$\mathbf{x}\in\mathbb{R}^3$."
        ),
        r"x 3 variable",
        (
            r"- evaluate denominator 3x1 by x: x @ x",
        ),
    ),
    Meant(
        r"Find the Jacobian matrix of $\mathbf{F}(x,y)=(x^2y,\;x+y)$.",
        r"x 1 variable; y 1 variable",
        (
            r"- derivative numerator 2x2 by x, y: np.array([x**2*y, x + y])",
        ),
    ),
    Meant(
        (
            r"Compute $\frac{d}{dt}\left(\mathbf{a}\cos t+\mathbf{b}\sin t\right)$ with constant "
            r"$\mathbf{a},\mathbf{b}\in\mathbb{R}^3$, in Jacobian layout."
        ),
        r"t 1 variable; a 3 constant; b 3 constant",
        (
            r"- derivative jacobian 3x1 by t: np.cos(t)*a + np.sin(t)*b",
        ),
    ),
    Meant(
        r"Let $w = f(x, y)$ with $x = r\cos\theta$ and $y=r\sin\theta$. Find $\partial w/\partial r$.",
        r"f 1 constant; r 1 variable; theta 1 constant",
        (
            r"- derivative denominator 1x1 by r: f(r*np.cos(theta), r*np.sin(theta))",
        ),
    ),
    Meant(
        (
            r"If $\alpha$ is a scalar and $\mathbf{A}$ an $m\times n$ matrix, find "
            r"$\frac{d(\alpha\mathbf{A}\mathbf{x})}{d\alpha}$."
        ),
        r"alpha 1 variable; A mxn constant; x n constant",
        (
            r"- derivative denominator 1xm by alpha: alpha*(A @ x)",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{x}\in\mathbb{R}^n$ and $\mathbf{y}=\mathbf{x}/\|\mathbf{x}\|$. Find "
            r"$d\mathbf{y}/d\mathbf{x}$."
        ),
        r"x n variable",
        (
            r"- derivative denominator nxn by x: x/norm(x)",
        ),
    ),
    Meant(
        r"Find $dy/dx$ where $y=\sinh^2(3x)+\arctan x$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: np.sinh(3*x)**2 + np.arctan(x)",
        ),
    ),
    Meant(
        r"The sigmoid is $\sigma(t)=\frac{1}{1+e^{-t}}$. Show that $\sigma'(t)=\sigma(t)(1-\sigma(t))$.",
        r"t 1 variable",
        (
            r"- derivative denominator 1x1 by t: 1/(1 + np.exp(-t))",
        ),
    ),
    Meant(
        r"Let $f(x) = \max(0, x)$. Find $f'(x)$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: np.maximum(0, x)",
        ),
    ),
    Meant(
        r"Let $\mathbf{g}=\nabla f$ with $f(\mathbf{x})=\mathbf{b}^T\mathbf{x}$. What is $\mathbf{g}$?",
        r"b n constant; x n variable",
        (
            r"- derivative denominator nx1 by x: b @ x",
        ),
        1,
    ),
    Meant(
        r"(a) Let $y=x^2$. Find $dy/dx$. (b) Let $y=\sin x$. Find $dy/dx$.",
        r"x 1 variable",
        (
            r"a derivative denominator 1x1 by x: x**2",
            r"b derivative denominator 1x1 by x: np.sin(x)",
        ),
    ),
    Meant(
        (
            r"Show that the gradient of $\mathbf{a}^\top\mathbf{X}^\top\mathbf{b}$ with respect to "
            r"$\mathbf{X}\in\mathbb{R}^{m\times n}$ is $\mathbf{b}\mathbf{a}^\top$."
        ),
        r"a n constant; b m constant; X mxn variable",
        (
            r"- derivative denominator mxn by X: a @ X.T @ b",
        ),
    ),
    Meant(
        (
            r"Find $\frac{\partial}{\partial \mathbf{X}} \mathbf{1}^T \mathbf{X} \mathbf{1}$ for $\mathbf{X} "
            r"\in \mathbb{R}^{m \times n}$."
        ),
        r"X mxn variable",
        (
            r"- derivative denominator mxn by X: ones(m) @ X @ ones(n)",
        ),
    ),
    Meant(
        (
            r"Let $A \in \mathbb{R}^{n \times n}$, $x \in \mathbb{R}^n$. Compute $\nabla_x (x^T A x)$ and "
            r"$\nabla_x^2 (x^T A x)$."
        ),
        r"A nxn constant; x n variable",
        (
            r"- derivative denominator nx1 by x: x @ A @ x",
            r"- hessian denominator nxn by x: x @ A @ x",
        ),
    ),
    Meant(
        r"Determine the partial derivatives of $f(x,y)=x/y$.",
        r"x 1 variable; y 1 variable",
        (
            r"- derivative denominator 1x1 by x: x/y",
            r"- derivative denominator 1x1 by y: x/y",
        ),
    ),
    Meant(
        r"With respect to $x$, differentiate $x\ln x$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: x*np.log(x)",
        ),
    ),
    Meant(
        r"Find the rate of change of $A=\pi r^2$ with respect to $r$.",
        r"r 1 variable",
        (
            r"- derivative denominator 1x1 by r: np.pi*r**2",
        ),
    ),
    Meant(
        r"Compute $d(\mathbf{A}\mathbf{x})/d\mathbf{x}$ where $\mathbf{A}$ has size $3\times 4$.",
        r"x 4 variable; A 3x4 constant",
        (
            r"- derivative denominator 4x3 by x: A @ x",
        ),
    ),
    Meant(
        (
            r"Let $f(\mathbf{x}) = \mathbf{c}^T\mathbf{x}$. Find the gradient $\nabla_{\mathbf{x}} "
            r"f(\mathbf{x})$ (denominator layout). All vectors are of length $n$."
        ),
        r"c n constant; x n variable",
        (
            r"- derivative denominator nx1 by x: c @ x",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf W\in\mathbb R^{k\times d}$, $\mathbf x\in\mathbb R^d$, and define the logits "
            r"$\mathbf z=\mathbf W\mathbf x$. For $\ell=\frac12\|\mathbf z-\mathbf t\|^2$, compute "
            r"$\frac{\partial \ell}{\partial \mathbf z}$ and $\frac{\partial \ell}{\partial \mathbf W}$."
        ),
        r"W kxd variable; x d constant; t k constant; z k variable",
        (
            r"- derivative denominator kx1 by z: (1/2)*norm(z - t)**2",
            r"- derivative denominator kxd by W: (1/2)*norm(W @ x - t)**2",
        ),
    ),
    Meant(
        r"Let $f(x)=x^2$ and $g(x)=\sin x$. Compute the derivative of $f(g(x))$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: np.sin(x)**2",
        ),
    ),
    Meant(
        (
            r"What does $\sum_{k=1}^n x_ky_k$ look like in vector notation, for "
            r"$\mathbf{x},\mathbf{y}\in\mathbb{R}^n$?"
        ),
        r"x n constant; y n constant",
        (
            r"- regroup denominator 1x1 by -: sum(x[k]*y[k] for k in range(n))",
        ),
    ),
    Meant(
        r"Find the fourth derivative of $\sin x$ with respect to $x$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x, x, x, x: np.sin(x)",
        ),
    ),
    Meant(
        r"Find the derivative of the square of $\sin x$ with respect to $x$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: np.sin(x)**2",
        ),
    ),
    Meant(
        r"Find the derivative of the inverse of $\mathbf{A}(t)\in\mathbb{R}^{n\times n}$ with respect to $t$.",
        r"A nxn variable; t 1 variable",
        (
            r"- derivative denominator nxn by t: inv(A)",
        ),
    ),
    Meant(
        r"Differentiate the product of $x^2$ and $\sin x$ with respect to $x$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: x**2*np.sin(x)",
        ),
    ),
    Meant(
        r"Differentiate $x^3\ln x$ twice with respect to $x$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x, x: x**3*np.log(x)",
        ),
    ),
    Meant(
        r"Let $y=x^2\cos x$. Find $y'$ and $y''$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: x**2*np.cos(x)",
            r"- derivative denominator 1x1 by x, x: x**2*np.cos(x)",
        ),
    ),
    Meant(
        r"Find $\frac{d}{dX} tr(AX)$ for $A\in\mathbb{R}^{n\times m}$, $X\in\mathbb{R}^{m\times n}$.",
        r"A nxm constant; X mxn variable",
        (
            r"- derivative denominator mxn by X: tr(A @ X)",
        ),
    ),
    Meant(
        r"Let $x\in\mathbb{R}^n$. Find $\frac{d(1^Tx)}{dx}$.",
        r"x n variable",
        (
            r"- derivative denominator nx1 by x: ones(n) @ x",
        ),
        1,
    ),
    Meant(
        r"Find the gradient of $f(x,y)=xy^2$ with respect to $(x,y)$.",
        r"x 1 variable; y 1 variable",
        (
            r"- derivative denominator 2x1 by x, y: x*y**2",
        ),
    ),
    Meant(
        (
            r"Let $f:\mathbb{R}^n\to\mathbb{R}$, $f(\mathbf{x})=\mathbf{a}^T\mathbf{x}$. Compute the gradient "
            r"of $f$."
        ),
        r"a n constant; x n variable",
        (
            r"- derivative denominator nx1 by x: a @ x",
        ),
        1,
    ),
    Meant(
        r"Find the gradient of $f:\mathbb{R}^n\to\mathbb{R},\; f(\mathbf{x})=\mathbf{x}^T\mathbf{x}$.",
        r"x n variable",
        (
            r"- derivative denominator nx1 by x: x @ x",
        ),
        1,
    ),
    Meant(
        (
            r"Compute the Jacobian $J_{\mathbf f}$ of $\mathbf{f}(\mathbf{x})=\mathbf{A}\mathbf{x}$, "
            r"$\mathbf{A}\in\mathbb{R}^{m\times n}$."
        ),
        r"x n variable; A mxn constant",
        (
            r"- derivative numerator mxn by x: A @ x",
        ),
    ),
    Meant(
        (
            r"Find $\nabla f$ for $f(\mathbf{x})=\mathbf{c}^T\mathbf{x}$ where $n$ is the dimension of "
            r"$\mathbf{x}$."
        ),
        r"c m constant; x m variable",
        (
            r"- derivative denominator mx1 by x: c @ x",
        ),
        1,
    ),
    Meant(
        r"(a) Find the derivative of $x^2$ with respect to $x$. (b) Is it convex?",
        r"x 1 variable",
        (
            r"a derivative denominator 1x1 by x: x**2",
        ),
        1,
    ),
    Meant(
        r"Find $\frac{d}{dx}x^n$.",
        r"x 1 variable; n 1 constant",
        (
            r"- derivative denominator 1x1 by x: x**n",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{x}\in\mathbb{R}^n$ and $p\ge 1$. Find the gradient of $\sum_{i=1}^n |x_i|^p$ with "
            r"respect to $\mathbf{x}$."
        ),
        r"x n variable; p 1 constant",
        (
            r"- derivative denominator nx1 by x: sum(np.abs(x[i])**p for i in range(n))",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{e}=\mathbf{y}-\mathbf{X}\boldsymbol{\beta}$ with $\mathbf{X}\in\mathbb{R}^{n\times "
            r"p}$. Find $\partial(\mathbf{e}^T\mathbf{e})/\partial\boldsymbol\beta$."
        ),
        r"y n constant; beta p variable; X nxp constant",
        (
            r"- derivative denominator px1 by beta: (y - X @ beta) @ (y - X @ beta)",
        ),
    ),
    Meant(
        r"Let $e\in\mathbb{R}^n$ and $A\in\mathbb{R}^{n\times n}$. Compute $\nabla_e(e^TAe)$.",
        r"e n variable; A nxn constant",
        (
            r"- derivative denominator nx1 by e: e @ A @ e",
        ),
    ),
    Meant(
        r"Differentiate $f(x)=\frac{1}{x}$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: 1/x",
        ),
    ),
    Meant(
        (
            r"Find the derivative of $\mathbf{x}^T\mathbf{A}\mathbf{x}$ with respect to the transpose of "
            r"$\mathbf{x}\in\mathbb{R}^n$, $\mathbf{A}\in\mathbb{R}^{n\times n}$."
        ),
        r"x n variable; A nxn constant",
        (
            r"- derivative denominator 1xn by x.T: x @ A @ x",
        ),
    ),
    Meant(
        r"Let $\mathbf{z}=\mathbf{x}+i\mathbf{y}$. Find $\frac{d}{d\mathbf x}\mathbf{z}^T\mathbf{z}$.",
        r"x n variable; i 1 constant; y n constant",
        (
            r"- derivative denominator nx1 by x: (x + i*y) @ (x + i*y)",
        ),
        1,
    ),
    Meant(
        r"Find $\partial^2 f/\partial x^2$ for $f(x,y)=\cos(xy)$.",
        r"x 1 variable; y 1 constant",
        (
            r"- derivative denominator 1x1 by x, x: np.cos(x*y)",
        ),
    ),
    Meant(
        (
            r"Let $D$ be the diagonal matrix $\operatorname{diag}(\mathbf{d})$ with "
            r"$\mathbf{d}\in\mathbb{R}^n$. Find $\frac{d(D\mathbf{x})}{d\mathbf{x}}$."
        ),
        r"d n constant; x n variable",
        (
            r"- derivative denominator nxn by x: diag(d) @ x",
        ),
    ),
    Meant(
        r"If $u=u(x)$ and $v=v(x)$ are differentiable, find $\frac{d}{dx}\frac{u}{v}$.",
        r"u 1 variable; x 1 variable; v 1 variable",
        (
            r"- derivative denominator 1x1 by x: u/v",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf A$ be $n \times n$. Find $\frac{\partial}{\partial "
            r"A_{ij}}\mathbf{x}^T\mathbf{A}\mathbf{x}$."
        ),
        r"A nxn variable; x n constant",
        (
            r"- element denominator 1x1 by A[i,j]: x @ A @ x",
        ),
    ),
    Meant(
        (
            r"What is $\frac{\partial}{\partial x_k}\left(\mathbf{a}^T\mathbf{x}\right)$ where "
            r"$\mathbf{a},\mathbf{x}\in\mathbb{R}^n$?"
        ),
        r"a n constant; x n variable",
        (
            r"- element denominator 1x1 by x[k]: a @ x",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{y}=\mathbf{A}\mathbf{x}$ and let $\ell=\ell(\mathbf{y})$ be a scalar. With "
            r"$\mathbf{A}\in\mathbb{R}^{m\times n}$, express $d\ell/d\mathbf{x}$ through $d\ell/d\mathbf{y}$."
        ),
        r"x n variable; ell 1 variable; A mxn constant",
        (
            r"- derivative denominator nx1 by x: ell",
        ),
    ),
    Meant(
        r"Let $C_1=3$ and $y=C_1x^2$. Find $dy/dx$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: 3*x**2",
        ),
    ),
    Meant(
        r"Let $T$ be the temperature with $T=x^2y$. Find $\partial T/\partial x$.",
        r"x 1 variable; y 1 constant",
        (
            r"- derivative denominator 1x1 by x: x**2*y",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{x}\in\mathbb{R}^n$ and $\mathbf{M}=\mathbf{x}\mathbf{x}^T$. Find $\frac{\partial "
            r"M_{ij}}{\partial x_k}$."
        ),
        r"x n variable",
        (
            r"- element denominator 1x1 by x[k]: np.outer(x, x)[i, j]",
        ),
    ),
    Meant(
        (
            r"The scalar function $g(\mathbf{u},\mathbf{v})=\mathbf{u}^T\mathbf{v}$ is given for "
            r"$\mathbf{u},\mathbf{v}\in\mathbb{R}^n$. Give both partial gradients $\nabla_{\mathbf{u}}g$ and "
            r"$\nabla_{\mathbf{v}}g$."
        ),
        r"u n variable; v n variable",
        (
            r"- derivative denominator nx1 by u: u @ v",
            r"- derivative denominator nx1 by v: u @ v",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{A}$ and $\mathbf{B}$ be fixed $n\times n$ matrices and let "
            r"$f(\mathbf{X})=\operatorname{tr}(\mathbf{A}\mathbf{X}\mathbf{B}\mathbf{X}^T)$. What is "
            r"$df/d\mathbf{X}$, if $\mathbf{X}$ is also $n\times n$?"
        ),
        r"A nxn constant; B nxn constant; X nxn variable",
        (
            r"- derivative denominator nxn by X: tr(A @ X @ B @ X.T)",
        ),
    ),
    Meant(
        (
            r"Take $\mathbf{y}=\mathbf{W}\mathbf{x}+\mathbf{b}$ with $\mathbf{W}$ of shape $m\times n$. Give "
            r"the derivative of $\mathbf{y}$ with respect to $\mathbf{x}$ and with respect to $\mathbf{b}$."
        ),
        r"x n variable; b m variable; W mxn constant",
        (
            r"- derivative denominator nxm by x: W @ x + b",
            r"- derivative denominator mxm by b: W @ x + b",
        ),
    ),
    Meant(
        r"Let $\mathbf{x}\in\mathbb{R}^n$. Find $\dfrac{\partial}{\partial\mathbf{x}}\,\mathbf{x}$.",
        r"x n variable",
        (
            r"- derivative denominator nxn by x: x",
        ),
    ),
    Meant(
        r"For constant $a$, $b$, $c$, differentiate $ax^2+bx+c$ with respect to $x$.",
        r"a 1 constant; b 1 constant; c 1 constant; x 1 variable",
        (
            r"- derivative denominator 1x1 by x: a*x**2 + b*x + c",
        ),
    ),
    Meant(
        r"Suppose $z=\ln(x^2+y^2)$, where $(x,y)\ne(0,0)$. Find $z_x$ and $z_y$, and then $z_{xx}+z_{yy}$.",
        r"x 1 variable; y 1 variable",
        (
            r"- derivative denominator 1x1 by x: np.log(x**2 + y**2)",
            r"- derivative denominator 1x1 by y: np.log(x**2 + y**2)",
            r"- derivative denominator 1x1 by x, y: np.log(x**2 + y**2)",
        ),
    ),
    Meant(
        r"Let $h(x)=\tan x$. Compute $h''(x)$.",
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x, x: np.tan(x)",
        ),
    ),
    Meant(
        r"Find $\dfrac{\partial^2 z}{\partial y^2}$ if $z=x\,e^{-y^2}$.",
        r"x 1 constant; y 1 variable",
        (
            r"- derivative denominator 1x1 by y, y: x*np.exp(-y**2)",
        ),
    ),
    Meant(
        r"Let $E=\frac12 mv^2$. How does $E$ change with $v$?",
        r"m 1 constant; v 1 variable",
        (
            r"- derivative denominator 1x1 by v: (1/2)*m*v**2",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf X\in\mathbb R^{n\times d}$ and $\mathbf w\in\mathbb R^d$; put $\mathbf "
            r"p=\sigma(\mathbf X\mathbf w)$, where $\sigma$ acts element-wise. Find $\partial\mathbf "
            r"p/\partial\mathbf w$."
        ),
        r"X nxd constant; w d variable",
        (
            r"- derivative denominator dxn by w: sigmoid(X @ w)",
        ),
        1,
    ),
    Meant(
        (
            r"We minimise $J(\mathbf{w})=\|\mathbf{X}\mathbf{w}-\mathbf{y}\|^2$ over "
            r"$\mathbf{w}\in\mathbb{R}^d$, where $\mathbf{X}\in\mathbb{R}^{N\times d}$, "
            r"$\mathbf{y}\in\mathbb{R}^N$. Compute the gradient of the objective."
        ),
        r"w d variable; X Nxd constant; y N constant",
        (
            r"- derivative denominator dx1 by w: norm(X @ w - y)**2",
        ),
    ),
    Meant(
        r"Let $\mathbf{x}\in\mathbb{R}^3$ and $f(\mathbf{x})=x_1x_2x_3$. Find the Hessian of $f$.",
        r"x 3 variable",
        (
            r"- hessian denominator 3x3 by x: x[0]*x[1]*x[2]",
        ),
    ),
    Meant(
        (
            r"Let $y=uv$, where $u=x^2$ and $v=\sin x$. Use the product rule to find $\frac{dy}{dx}$ in terms "
            r"of $x$."
        ),
        r"x 1 variable",
        (
            r"- derivative denominator 1x1 by x: x**2*np.sin(x)",
        ),
    ),
    Meant(
        (
            r"In what follows, $\mathbf{A}$ is $m\times n$, $\mathbf{x}$ is in $\mathbb{R}^n$ and $\mathbf{b}$"
            r" is in $\mathbb{R}^m$. Compute the derivative of $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|_1$ with "
            r"respect to $\mathbf{x}$."
        ),
        r"A mxn constant; x n variable; b m constant",
        (
            r"- derivative denominator nx1 by x: sum(np.abs(A @ x - b)[i] for i in range(m))",
        ),
    ),
    Meant(
        r"The loss for one example is $\ell=-y\log p-(1-y)\log(1-p)$ with $p=\sigma(z)$. Find $d\ell/dz$.",
        r"y 1 constant; z 1 variable",
        (
            r"- derivative denominator 1x1 by z: -y*np.log(sigmoid(z)) - (1 - y)*np.log(1 - sigmoid(z))",
        ),
        1,
    ),
    Meant(
        (
            r"Let $\mathbf{x},\boldsymbol{\mu}\in\mathbb{R}^d$ and $\boldsymbol{\Sigma}\in\mathbb{R}^{d\times "
            r"d}$ be symmetric positive definite. Find "
            r"$\nabla_{\mathbf{x}}\,(\mathbf{x}-\boldsymbol\mu)^T\boldsymbol\Sigma(\mathbf{x}-\boldsymbol\mu)$."
        ),
        r"x d variable; mu d constant; Sigma dxd constant",
        (
            r"- derivative denominator dx1 by x: (x - mu) @ Sigma @ (x - mu)",
        ),
    ),
    Meant(
        (
            r"Given a symmetric $\mathbf{H}\in\mathbb{R}^{n\times n}$ and $\mathbf{g}\in\mathbb{R}^n$, let "
            r"$m(\mathbf{p})=\mathbf{g}^T\mathbf{p}+\frac12\mathbf{p}^T\mathbf{H}\mathbf{p}$. Find $\nabla "
            r"m(\mathbf{p})$ and $\nabla^2m(\mathbf{p})$."
        ),
        r"H nxn constant; g n constant; p n variable",
        (
            r"- derivative denominator nx1 by p: g @ p + (1/2)*(p @ H @ p)",
            r"- hessian denominator nxn by p: g @ p + (1/2)*(p @ H @ p)",
        ),
    ),
    Meant(
        (
            r"Let $A$ be an $m \times n$ matrix and $x$ an $n$-dimensional vector. What are the dimensions of "
            r"$Ax$?"
        ),
        r"A mxn constant; x n constant",
        (
            r"- shape denominator mx1 by -: A @ x",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{y} = \mathbf{A}\mathbf{x}$, $\mathbf{A}\in\mathbb{R}^{m\times n}$. Write $y_i$ as a"
            r" sum."
        ),
        r"x n constant; A mxn constant",
        (
            r"- element denominator 1x1 by -: (A @ x)[i]",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{a}\in\mathbb{R}^n$. Which scalar is $\sum_{i=1}^n\sum_{j=1}^n a_ia_j$ in vector "
            r"notation?"
        ),
        r"a n constant",
        (
            r"- regroup denominator 1x1 by -: sum(sum(a[i]*a[j] for j in range(n)) for i in range(n))",
        ),
    ),
    Meant(
        (
            r"Let $t\in\mathbb{R}$, $\mathbf{x}(t)\in\mathbb{R}^n$ and $\mathbf{A}\in\mathbb{R}^{n\times n}$ "
            r"constant. Express $\frac{d}{dt}(\mathbf{x}^T\mathbf{A}\mathbf{x})$ in terms of $\mathbf{x}$ and "
            r"$\dot{\mathbf{x}}=\frac{d\mathbf{x}}{dt}$."
        ),
        r"t 1 variable; x n variable; A nxn constant",
        (
            r"- derivative denominator 1x1 by t: x @ A @ x",
        ),
    ),
    Meant(
        (
            r"Find the gradient with respect to $\mathbf{u}$ and with respect to $\mathbf{v}$ of "
            r"$\mathbf{u}^T\mathbf{A}\mathbf{v}$, where $\mathbf{A}\in\mathbb{R}^{m\times n}$."
        ),
        r"u m variable; v n variable; A mxn constant",
        (
            r"- derivative denominator mx1 by u: u @ A @ v",
            r"- derivative denominator nx1 by v: u @ A @ v",
        ),
    ),
    Meant(
        r"Let $f(x,y)=\sin(xy)$. Verify that $f_{xy}=f_{yx}$ by computing both.",
        r"x 1 variable; y 1 variable",
        (
            r"- derivative denominator 1x1 by y, x: np.sin(x*y)",
            r"- derivative denominator 1x1 by x, y: np.sin(x*y)",
        ),
    ),
    Meant(
        (
            r"Let $S(\mathbf{x})=\mathbf{1}^T\mathbf{x}$ and $P(\mathbf{x})=\mathbf{x}^T\mathbf{x}$ with "
            r"$\mathbf{x}\in\mathbb{R}^n$. Compute $\nabla(SP)$."
        ),
        r"x n variable",
        (
            r"- derivative denominator nx1 by x: (ones(n) @ x)*(x @ x)",
        ),
    ),
    Meant(
        (
            r"Let $k$ be a positive integer and $\mathbf{x}\in\mathbb{R}^n$. Compute the gradient of "
            r"$(\mathbf{x}^T\mathbf{x})^k$."
        ),
        r"k 1 constant; x n variable",
        (
            r"- derivative denominator nx1 by x: (x @ x)**k",
        ),
    ),
    Meant(
        r"(i) Differentiate $x^3$. (ii) Differentiate $\cos x$.",
        r"x 1 variable",
        (
            r"i derivative denominator 1x1 by x: x**3",
            r"ii derivative denominator 1x1 by x: np.cos(x)",
        ),
    ),
    Meant(
        (
            r"1. Find the derivative of $x^3$ with respect to $x$. 2. Find the derivative of $\cos x$ with "
            r"respect to $x$."
        ),
        r"x 1 variable",
        (
            r"1 derivative denominator 1x1 by x: x**3",
            r"2 derivative denominator 1x1 by x: np.cos(x)",
        ),
    ),
    Meant(
        r"Let $X\in\mathbb{R}^{m\times n}$. Find the derivative of $f(X)=\sum_{i,j}X_{ij}^2$.",
        r"X mxn variable",
        (
            r"- derivative denominator mxn by X: sum(sum(X[i, j]**2 for j in range(n)) for i in range(m))",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{W}\in\mathbb{R}^{m\times n}$ and $f(\mathbf{W})=\sum_{i=1}^m\sum_{j=1}^n W_{ij}\log"
            r" W_{ij}$, all $W_{ij}>0$. Compute $\partial f/\partial\mathbf{W}$."
        ),
        r"W mxn variable",
        (
            (
            r"- derivative denominator mxn by W: sum(sum(W[i, j]*np.log(W[i, j]) for j in range(n)) for i in "
            r"range(m))"
        ),
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{x}\in\mathbb{R}^n$ be given, "
            r"$\mathbf{y}=\operatorname{diag}(\mathbf{x})\mathbf{z}$. Find $d\mathbf{y}/d\mathbf{z}$."
        ),
        r"x n constant; z n variable",
        (
            r"- derivative denominator nxn by z: diag(x) @ z",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf y=(y_1,y_2)^T$ with $y_1=x_1^2+x_2$ and $y_2=x_1x_2$. Find the Jacobian of "
            r"$\mathbf{y}$ with respect to $\mathbf{x}=(x_1,x_2)^T$."
        ),
        r"x 2 variable",
        (
            r"- derivative numerator 2x2 by x: np.array([x[0]**2 + x[1], x[0]*x[1]])",
        ),
    ),
    Meant(
        (
            r"Let $D_{ij}=\|\mathbf{x}_i-\mathbf{x}_j\|^2$, where $\mathbf{x}_i^T$ are the rows of "
            r"$\mathbf{X}\in\mathbb{R}^{n\times d}$. Write $\mathbf{D}$ in matrix form."
        ),
        r"X nxd constant",
        (
            (
            r"- regroup denominator nxn by -: np.array([[norm(X[i] - X[j])**2 for j in range(n)] for i in "
            r"range(n)])"
        ),
        ),
    ),
    Meant(
        (
            r"For $z\in\mathbb{R}^k$ with $z\ne 0$, find the derivative of $\|z\|^3$ with respect to "
            r"$z$ and its Hessian."
        ),
        r"z k variable",
        (
            r"- derivative denominator kx1 by z: norm(z)**3",
            r"- hessian denominator kxk by z: norm(z)**3",
        ),
    ),
    Meant(
        (
            r"Let $g(\mathbf{u})=\log(1+\mathbf{u}^T\mathbf{u})$ with $\mathbf{u}\in\mathbb{R}^n$. "
            r"Compute $\nabla g$ and the Hessian."
        ),
        r"u n variable",
        (
            r"- derivative denominator nx1 by u: np.log(1 + u @ u)",
            r"- hessian denominator nxn by u: np.log(1 + u @ u)",
        ),
    ),
    Meant(
        r"Let $h(s,t)=s^2t^3$. Find the gradient and the Hessian of $h$, and evaluate both at $(2,1)$.",
        r"s 1 variable; t 1 variable",
        (
            r"- evaluate denominator 2x1 by s, t: s**2*t**3",
            r"- evaluate denominator 2x2 by s, t: s**2*t**3",
        ),
    ),
    Meant(
        r"Let $u(x,y)=e^x\sin y$. Find $u_{xx}$ and show that $u_{xx}+u_{yy}=0$.",
        r"x 1 variable; y 1 variable",
        (
            r"- derivative denominator 1x1 by x, x: np.exp(x)*np.sin(y)",
            r"- derivative denominator 1x1 by x, y: np.exp(x)*np.sin(y)",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{a},\mathbf{x}\in\mathbb{R}^n$. What is the gradient of "
            r"$(\mathbf{a}^T\mathbf{x})^2$ with respect to $\mathbf{x}$, and that of "
            r"$\mathbf{x}^T\mathbf{x}$?"
        ),
        r"a n constant; x n variable",
        (
            r"- derivative denominator nx1 by x: (a @ x)**2",
            r"- derivative denominator nx1 by x: x @ x",
        ),
    ),
    Meant(
        (
            r"Let $f(\mathbf{w})=\mathbf{w}^T\mathbf{w}$, $\mathbf{w}\in\mathbb{R}^d$. Find $\nabla "
            r"f$. When is $\nabla f=0$?"
        ),
        r"w d variable",
        (
            r"- derivative denominator dx1 by w: w @ w",
        ),
        1,
    ),
    Meant(
        r"Let $f(t)=t^3$. Find $f'(t)$ and sketch the graph of $f$.",
        r"t 1 variable",
        (
            r"- derivative denominator 1x1 by t: t**3",
        ),
        1,
    ),
    Meant(
        (
            r"Let $S$ be a symmetric $n\times n$ matrix and $v\in\mathbb{R}^n$. Show that the gradient"
            r" of $v^TSv$ with respect to $v$ is $2Sv$."
        ),
        r"S nxn constant; v n variable",
        (
            r"- derivative denominator nx1 by v: v @ S @ v",
        ),
    ),
    Meant(
        (
            r"Let $K\in\mathbb{R}^{n\times n}$, $K^T=-K$. Prove that the gradient of $x^TKx$ with "
            r"respect to $x\in\mathbb{R}^n$ vanishes."
        ),
        r"K nxn constant; x n variable",
        (
            r"- derivative denominator nx1 by x: x @ K @ x",
        ),
    ),
    Meant(
        (
            r"Let $M\in\mathbb{R}^{p\times q}$ and $x\in\mathbb{R}^q$. Show that "
            r"$\partial(Mx)/\partial x=M$."
        ),
        r"M pxq constant; x q variable",
        (
            r"- derivative numerator pxq by x: M @ x",
        ),
        1,
    ),
    Meant(
        (
            r"Let $P$, $Q$ and $R$ be matrices of sizes $m\times n$, $n\times p$ and $p\times m$. Find"
            r" $\frac{\partial}{\partial Q}\operatorname{tr}(PQR)$."
        ),
        r"P mxn constant; Q nxp variable; R pxm constant",
        (
            r"- derivative denominator nxp by Q: tr(P @ Q @ R)",
        ),
    ),
    Meant(
        (
            r"Let $r$ and $s$ be vectors of length $m$ and $n$ respectively and "
            r"$C\in\mathbb{R}^{m\times n}$. Find $\frac{\partial}{\partial s}r^TCs$."
        ),
        r"r m constant; s n variable; C mxn constant",
        (
            r"- derivative denominator nx1 by s: r @ C @ s",
        ),
    ),
    Meant(
        (
            r"Evaluate $\nabla_{\mathbf{z}}\,\mathbf{z}^T\mathbf{B}\mathbf{z}$ at $\mathbf{z}=(1,0)^T$"
            r" for $\mathbf{B}=\begin{bmatrix}2&1\\0&3\end{bmatrix}$."
        ),
        r"z 2 variable; B 2x2 constant",
        (
            r"- evaluate denominator 2x1 by z: z @ B @ z",
        ),
    ),
    Meant(
        (
            r"Find the gradient of $q(\mathbf{x})=\mathbf{x}^T\mathbf{x}$ at "
            r"$\mathbf{x}=\mathbf{x}_0$, $\mathbf{x}\in\mathbb{R}^n$."
        ),
        r"x_0 n constant; x n variable",
        (
            r"- evaluate denominator nx1 by x: x @ x",
        ),
    ),
    Meant(
        (
            r"Let $A,B$ be $n\times n$ matrices, $A$ symmetric and $B$ skew-symmetric, and "
            r"$\mathbf{x}\in\mathbb{R}^n$. Find the gradient of $\mathbf{x}^T(A+B)\mathbf{x}$ with "
            r"respect to $\mathbf{x}$."
        ),
        r"A nxn constant; B nxn constant; x n variable",
        (
            r"- derivative denominator nx1 by x: x @ (A + B) @ x",
        ),
    ),
    Meant(
        r"Let $W=W^T\in\mathbb{R}^{n\times n}$ and $x\in\mathbb{R}^n$. Find $\nabla_x (x^TWx)$.",
        r"W nxn constant; x n variable",
        (
            r"- derivative denominator nx1 by x: x @ W @ x",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{a}$ be a unit vector in $\mathbb{R}^n$ and $\mathbf{x}\in\mathbb{R}^n$. "
            r"Find $\nabla_{\mathbf{x}}(\mathbf{a}^T\mathbf{x})^2$."
        ),
        r"a n constant; x n variable",
        (
            r"- derivative denominator nx1 by x: (a @ x)**2",
        ),
    ),
    Meant(
        r"Let $X\in\mathbb{R}^{n\times n}$ be symmetric. Find $\frac{d}{dX}\operatorname{tr}(X^2)$.",
        r"X nxn variable",
        (
            r"- derivative denominator nxn by X: tr(np.linalg.matrix_power(X, 2))",
        ),
        1,
    ),
    Meant(
        (
            r"Write $d_{ij}=\sum_k p_{ik}q_{kj}$ in matrix form, where $P=(p_{ij})$ is $m\times r$ and"
            r" $Q=(q_{ij})$ is $r\times n$."
        ),
        r"P mxr constant; Q rxn constant",
        (
            (
                r"- regroup denominator mxn by -: np.array([[sum(P[i, k]*Q[k, j] for k in range(r)) for j "
                r"in range(n)] for i in range(m)])"
            ),
        ),
    ),
    Meant(
        'Given $z=e^{xy}$, find\n\\begin{itemize}\n\\item $\\partial z/\\partial x$;\n\\item $\\partial z/\\partial y$.\n\\end{itemize}',
        r"x 1 variable; y 1 variable",
        (
            r"a derivative denominator 1x1 by x: np.exp(x*y)",
            r"b derivative denominator 1x1 by y: np.exp(x*y)",
        ),
    ),
    Meant(
        (
            r"Find the Hessian of $\mathbf{x}\mapsto\exp(-\mathbf{x}^T\mathbf{x})$, "
            r"$\mathbf{x}\in\mathbb{R}^n$."
        ),
        r"x n variable",
        (
            r"- hessian denominator nxn by x: np.exp(-x @ x)",
        ),
    ),
    Meant(
        (
            r"Rewrite $s=\sum_i\sum_j u_iA_{ij}v_j$ using matrices and vectors, where "
            r"$u\in\mathbb{R}^m$, $v\in\mathbb{R}^n$."
        ),
        r"A mxn constant; u m constant; v n constant",
        (
            (
                r"- regroup denominator 1x1 by -: sum(sum(u[i]*A[i, j]*v[j] for j in range(n)) for i in "
                r"range(m))"
            ),
        ),
    ),
    Meant(
        r"Let $f(x)=\|Bx-c\|^2$ with $B\in\mathbb{R}^{m\times n}$. Compute the gradient of $f$.",
        r"x n variable; c m constant; B mxn constant",
        (
            r"- derivative denominator nx1 by x: norm(B @ x - c)**2",
        ),
    ),
    Meant(
        (
            r"The loss is $\ell(\theta)=(y-X\theta)^TW(y-X\theta)$, where $W$ is symmetric. Here $X$ "
            r"is $n\times p$, $y$ is $n\times 1$. Find $\partial\ell/\partial\theta$."
        ),
        r"theta p variable; W nxn constant; X nxp constant; y n constant",
        (
            r"- derivative denominator px1 by theta: (y - X @ theta) @ W @ (y - X @ theta)",
        ),
    ),
    Meant(
        (
            r"A vector $\mathbf{v}(t)=t^2\mathbf{a}+\mathbf{b}$ depends on the scalar $t$; "
            r"$\mathbf{a},\mathbf{b}\in\mathbb{R}^n$ are constant. Find $d\mathbf{v}/dt$."
        ),
        r"t 1 variable; a n constant; b n constant",
        (
            r"- derivative denominator 1xn by t: t**2*a + b",
        ),
    ),
    Meant(
        (
            r"Find $\frac{d}{dt}\,\mathbf{x}(t)^T\mathbf{x}(t)$ where $\mathbf{x}(t)\in\mathbb{R}^n$ "
            r"is differentiable."
        ),
        r"x n variable; t 1 variable",
        (
            r"- derivative denominator 1x1 by t: x @ x",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{u}(\mathbf{x})$ be a vector-valued function in $\mathbb{R}^m$ of "
            r"$\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d(\mathbf{u}^T\mathbf{u})}{d\mathbf{x}}$."
        ),
        r"u m variable; x n variable",
        (
            r"- derivative denominator nx1 by x: u @ u",
        ),
    ),
    Meant(
        (
            r"Let $w_1,\dots,w_n$ be positive numbers and $s=\sum_i\log w_i$. Find $\partial "
            r"s/\partial w_j$."
        ),
        r"w n variable",
        (
            r"- element denominator 1x1 by w[j]: sum(np.log(w[i]) for i in range(n))",
        ),
    ),
    Meant(
        r"Let $a,b\in\mathbb{R}^n$. Write $\sum_i a_i+\sum_i a_ib_i$ without indices.",
        r"a n constant; b n constant",
        (
            r"- regroup denominator 1x1 by -: sum(a[i] for i in range(n)) + sum(a[i]*b[i] for i in range(n))",
        ),
    ),
    Meant(
        (
            r"Let $x\in\mathbb{R}^n$ and $p_i=\frac{e^{x_i}}{\sum_j e^{x_j}}$. Find $\partial "
            r"p_i/\partial x_j$."
        ),
        r"x n variable",
        (
            (
                r"- element denominator 1x1 by x[j]: np.array([np.exp(x[i])/sum(np.exp(x[k]) for k in "
                r"range(n)) for i in range(n)])[i]"
            ),
        ),
    ),
    Meant(
        (
            r"Let $f(\mathbf{x})=\mathbf{x}^T\mathbf{x}$ and $g(\mathbf{x})=\mathbf{c}^T\mathbf{x}$ "
            r"for $\mathbf{c},\mathbf{x}\in\mathbb{R}^n$. Find the derivative of their product with "
            r"respect to $\mathbf{x}$."
        ),
        r"c n constant; x n variable",
        (
            r"- derivative denominator nx1 by x: (x @ x)*(c @ x)",
        ),
    ),
    Meant(
        r"Let $f(x,y)=x^2y$. Compute (1) $f_x$, (2) $f_y$ and (3) $f_{xy}$.",
        r"x 1 variable; y 1 variable",
        (
            r"1 derivative denominator 1x1 by x: x**2*y",
            r"2 derivative denominator 1x1 by y: x**2*y",
            r"3 derivative denominator 1x1 by y, x: x**2*y",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$, $\mathbf{x}\in\mathbb{R}^n$. Differentiate "
            r"$\mathbf{x}^T\mathbf{A}^{\odot 2}\mathbf{x}+\mathbf{x}^T\mathbf{x}^{\circ -1}$ with respect to $\mathbf{x}$."
        ),
        r"A nxn constant; x n variable",
        (
            r"- derivative denominator nx1 by x: x @ A**2 @ x + x @ (1/x)",
        ),
    ),
    Meant(
        r"Compute $\partial_1\partial_2^2 f(x,y)$ where $f(x,y)=x^2y^3$.",
        r"x 1 variable; y 1 variable",
        (
            r"- derivative denominator 1x1 by x, y, y: x**2*y**3",
        ),
    ),
    Meant(
        r"Find $\frac{d}{dt} \partial_1 g(t, t^2)$.",
        r"g 1 constant; t 1 variable",
        (
            r"- derivative denominator 1x1 by t: g_d1(t, t**2)",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{a},\mathbf{b}\in\mathbb{R}^n$ and $\mathbf{C}=[a_ib_j]_{i,j}$. Find the derivative of "
            r"$\operatorname{tr}(\mathbf{C})$ with respect to $\mathbf{a}$."
        ),
        r"a n variable; b n constant",
        (
            r"- derivative denominator nx1 by a: tr(np.array([[a[i]*b[j] for j in range(n)] for i in range(n)]))",
        ),
    ),
    Meant(
        (
            r"Let $\mathbf{a},\mathbf{x}\in\mathbb{R}^n$. Find the Jacobian of $[a_i x_i^2]_i$ with respect to "
            r"$\mathbf{x}$."
        ),
        r"a n constant; x n variable",
        (
            r"- derivative numerator nxn by x: np.array([a[i]*x[i]**2 for i in range(n)])",
        ),
    ),
)
