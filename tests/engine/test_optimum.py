"""Minimisers, maximisers and stationary points: values against NumPy, conditions, kinds, refusals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from derivgen.derivation import REFUTED, VERIFIED, Derivation
from derivgen.engine.check import Checker
from derivgen.engine.derive import solve_problem
from derivgen.engine.extremes.nearby import Point, is_extreme, vanishes
from derivgen.latex.statement import read_problem
from derivgen.terms.build import num
from derivgen.terms.nodes import Name, Num, Plus, Pow, Sym, Term, Times
from derivgen.writers.numpy_code import numpy_expression, question_expression
from derivgen.writers.readback import prose

AB = r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$ and $\mathbf{b}\in\mathbb{R}^m$. "
RNG = np.random.default_rng(5)
SIZES = {"m": 5, "n": 3, "k": 4, "p": 2, "q": 4, "N": 6, "d": 3, "K": 4}


def scope(**given: Any) -> dict[str, Any]:
    """The names of the contract, and values of symbols."""
    own = {
        "np": np, "inv": np.linalg.inv, "norm": np.linalg.norm, "tr": np.trace, "eye": np.eye, "ones": np.ones,
        "zeros": np.zeros, "diag": np.diag, "outer": np.outer, "det": np.linalg.det,
        "sigmoid": lambda t: 1 / (1 + np.exp(-t)),
    }  # fmt: skip
    return own | SIZES | given


def value(expression: str, names: dict[str, Any]) -> Any:
    return np.asarray(eval(expression, dict(names)))


def solve(statement: str) -> Derivation:
    """The last answer to a statement."""
    return solve_problem(read_problem(statement)).derivations[-1]


def gaussian(*shape: int) -> Any:
    return RNG.normal(size=shape)


def definite(n: int) -> Any:
    a = gaussian(n, n)
    return a @ a.T + np.eye(n)


@dataclass(frozen=True)
class Case:
    """A statement, values for its symbols, the answer as NumPy, and the conditions that must be told."""

    statement: str
    given: dict[str, Any]
    expected: str
    unknown: str
    conditions: tuple[str, ...] = ()
    lowest: bool = True
    among: str = ""
    """A matrix whose null space holds the directions that a condition leaves."""
    options: dict[str, Any] = field(default_factory=dict)


A, B, b, y = gaussian(5, 3), gaussian(5, 4), gaussian(5), gaussian(3)
Q, x0, d0, c0 = definite(3), gaussian(3), gaussian(3), gaussian(3)
w5, x5 = np.abs(gaussian(5)) + 0.2, gaussian(5)

CASES = (
    # least squares: letters, sizes, bold or declared, sums over rows, weights
    Case(AB + r"Find the $\mathbf{x}$ that minimises $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$.",
         {"A": A, "b": b}, "np.linalg.lstsq(A, b, rcond=None)[0]", "x", ("A has full column rank",)),
    Case(r"Let $X\in\mathbb{R}^{m\times n}$ and $y\in\mathbb{R}^m$. Minimise $\frac1m(y-X\beta)^T(y-X\beta)$ over $\beta$.",
         {"X": A, "y": b}, "np.linalg.lstsq(X, y, rcond=None)[0]", "beta", ("X has full column rank",)),
    Case(r"Let $\mathbf{X}\in\mathbb{R}^{m\times n}$ have full column rank, $\mathbf{y}\in\mathbb{R}^m$. Compute "
         r"$\hat{\mathbf{w}}=\arg\min_{\mathbf{w}}\|\mathbf{y}-\mathbf{X}\mathbf{w}\|_2^2$.",
         {"X": A, "y": b}, "np.linalg.lstsq(X, y, rcond=None)[0]", "w"),
    Case(r"Let $\mathbf{X}\in\mathbb{R}^{m\times n}$ have rows $\mathbf{x}_i^T$ and $\mathbf{y}\in\mathbb{R}^m$. Which $\mathbf{w}$ "
         r"minimises $\sum_{i=1}^m(\mathbf{x}_i^T\mathbf{w}-y_i)^2$?",
         {"X": A, "y": b}, "np.linalg.lstsq(X, y, rcond=None)[0]", "w", ("X has full column rank",)),
    Case(r"Let $\mathbf{X}\in\mathbb{R}^{m\times n}$, $\mathbf{y}\in\mathbb{R}^m$ and let $\mathbf{v}\in\mathbb{R}^m$ have positive entries. "
         r"Minimise $(\mathbf{y}-\mathbf{X}\mathbf{w})^T\operatorname{diag}(\mathbf{v})(\mathbf{y}-\mathbf{X}\mathbf{w})$ over $\mathbf{w}$.",
         {"X": A, "y": b, "v": w5}, "inv(X.T @ np.diag(v) @ X) @ X.T @ np.diag(v) @ y", "w", ("X has full column rank",)),
    Case(r"Let $\mathbf{X}\in\mathbb{R}^{m\times n}$, $\mathbf{y}\in\mathbb{R}^m$ and let $\mathbf{V}$ be symmetric positive definite. "
         r"Minimise $(\mathbf{y}-\mathbf{X}\mathbf{w})^T\mathbf{V}^{-1}(\mathbf{y}-\mathbf{X}\mathbf{w})$ over $\mathbf{w}$.",
         {"X": A, "y": b, "V": definite(5)}, "inv(X.T @ inv(V) @ X) @ X.T @ inv(V) @ y", "w", ("X has full column rank",)),
    # ridge, smoothing, quadratic forms
    Case(AB + r"What is the minimiser of $f(\mathbf{x})=\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2+\lambda\|\mathbf{x}\|^2$, where $\lambda>0$?",
         {"A": A, "b": b, "lambda_": 0.7}, "inv(A.T @ A + lambda_*eye(n)) @ A.T @ b", "x"),
    Case(AB + r"What is the minimiser of $f(\mathbf{x})=\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2+\lambda\|\mathbf{x}\|^2$?",
         {"A": A, "b": b, "lambda_": 0.7}, "inv(A.T @ A + lambda_*eye(n)) @ A.T @ b", "x", ("λ > 0",)),
    Case(r"A signal $\mathbf{s}\in\mathbb{R}^n$ is smoothed by minimising $\|\mathbf{z}-\mathbf{s}\|^2+\mu\|\mathbf{D}\mathbf{z}\|^2$ over "
         r"$\mathbf{z}$ with $\mathbf{D}\in\mathbb{R}^{k\times n}$ and $\mu>0$. Give the minimiser.",
         {"s": c0, "D": gaussian(4, 3), "mu": 0.4}, "inv(eye(n) + mu*D.T @ D) @ s", "z"),
    Case(AB + r"Let $\mathbf{D}\in\mathbb{R}^{k\times n}$, $\mu>0$. Minimise $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2+\mu\|\mathbf{D}\mathbf{x}\|^2$.",
         {"A": A, "b": b, "D": gaussian(4, 3), "mu": 0.4}, "inv(A.T @ A + mu*D.T @ D) @ A.T @ b", "x", ("AᵀA + μDᵀD is invertible",)),
    Case(r"Let $\mathbf{Q}\in\mathbb{R}^{n\times n}$ be symmetric positive definite, $\mathbf{c}\in\mathbb{R}^n$. Where is "
         r"$\frac12\mathbf{x}^T\mathbf{Q}\mathbf{x}+\mathbf{c}^T\mathbf{x}$ minimal?",
         {"Q": Q, "c": c0}, "-np.linalg.solve(Q, c)", "x"),
    Case(r"Let $\mathbf{Q}\in\mathbb{R}^{n\times n}$ be symmetric, $\mathbf{c}\in\mathbb{R}^n$. Minimise "
         r"$\frac12\mathbf{x}^T\mathbf{Q}\mathbf{x}+\mathbf{c}^T\mathbf{x}$ over $\mathbf{x}$.",
         {"Q": Q, "c": c0}, "-np.linalg.solve(Q, c)", "x", ("Q is positive definite",)),
    Case(r"Let $\mathbf{Q}\in\mathbb{R}^{n\times n}$ and $\mathbf{c}\in\mathbb{R}^n$. Minimise "
         r"$\frac12\mathbf{x}^T\mathbf{Q}\mathbf{x}+\mathbf{c}^T\mathbf{x}$ over $\mathbf{x}$.",
         {"Q": Q + np.triu(gaussian(3, 3), 1) * 0.1, "c": c0}, "-2*np.linalg.solve(Q + Q.T, c)", "x", ("Q + Qᵀ is positive definite",)),
    Case(r"Which $\mathbf{w}\in\mathbb{R}^n$ maximises $\mathbf{c}^T\mathbf{w}-\frac12\mathbf{w}^T\mathbf{S}\mathbf{w}$ for symmetric positive "
         r"definite $\mathbf{S}$?",
         {"S": Q, "c": c0}, "np.linalg.solve(S, c)", "w", lowest=False),
    Case(r"Let $\mathbf{a},\mathbf{x}\in\mathbb{R}^n$. Minimise $(\mathbf{a}^T\mathbf{x}-\beta)^2+\|\mathbf{x}\|^2$ over $\mathbf{x}$.",
         {"a": c0, "beta": 1.3}, "beta*a/(1 + a @ a)", "x"),
    Case(r"Let $\mathbf{K}\in\mathbb{R}^{n\times n}$ be symmetric positive definite, $\mathbf{y}\in\mathbb{R}^n$, $\lambda>0$. Find $\boldsymbol\alpha$ "
         r"minimising $\|\mathbf{y}-\mathbf{K}\boldsymbol\alpha\|^2+\lambda\boldsymbol\alpha^T\mathbf{K}\boldsymbol\alpha$.",
         {"K": Q, "y": y, "lambda_": 0.3}, "np.linalg.solve(K + lambda_*eye(n), y)", "alpha"),
    Case(r"The points $\mathbf{x}_1,\dots,\mathbf{x}_N$ are the rows of an $N\times d$ matrix $\mathbf{X}$ and carry weights $w_1,\dots,w_N>0$. "
         r"Find $\mathbf{c}\in\mathbb{R}^d$ such that $\sum_{i=1}^Nw_i\|\mathbf{x}_i-\mathbf{c}\|^2$ is as small as possible.",
         {"X": gaussian(6, 3), "w": np.abs(gaussian(6)) + 0.1}, "np.average(X, axis=0, weights=w)", "c"),
    Case(AB + r"Find the $\mathbf{x}$ minimising $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|_2$.",
         {"A": A, "b": b}, "np.linalg.lstsq(A, b, rcond=None)[0]", "x", ("A has full column rank",)),
    # matrices
    Case(r"Find the $\mathbf{W}\in\mathbb{R}^{k\times n}$ minimising $\|\mathbf{W}\mathbf{A}-\mathbf{B}\|_F^2+\mu\|\mathbf{W}\|_F^2$ with "
         r"$\mathbf{A}\in\mathbb{R}^{n\times p}$, $\mathbf{B}\in\mathbb{R}^{k\times p}$, $\mu>0$.",
         {"A": gaussian(3, 2), "B": gaussian(4, 2), "mu": 0.5}, "B @ A.T @ inv(A @ A.T + mu*eye(n))", "W"),
    Case(r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$, $\mathbf{B}\in\mathbb{R}^{p\times q}$, $\mathbf{C}\in\mathbb{R}^{m\times q}$. Minimise "
         r"$\|\mathbf{A}\mathbf{X}\mathbf{B}-\mathbf{C}\|_F^2$ over $\mathbf{X}\in\mathbb{R}^{n\times p}$.",
         {"A": A, "B": gaussian(2, 4), "C": gaussian(5, 4)}, "np.linalg.pinv(A) @ C @ np.linalg.pinv(B)", "X",
         ("A has full column rank", "B has full row rank")),
    Case(r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ be symmetric positive definite, $\mathbf{B}\in\mathbb{R}^{n\times k}$. Find the "
         r"$\mathbf{X}\in\mathbb{R}^{n\times k}$ that minimises $\operatorname{tr}(\mathbf{X}^T\mathbf{A}\mathbf{X})-2\operatorname{tr}(\mathbf{B}^T\mathbf{X})$.",
         {"A": Q, "B": gaussian(3, 4)}, "np.linalg.solve(A, B)", "X"),
    # element by element
    Case(r"Let $\mathbf{b}\in\mathbb{R}^n$ have positive entries. Minimise $\sum_ie^{x_i}-\mathbf{b}^T\mathbf{x}$ over $\mathbf{x}\in\mathbb{R}^n$.",
         {"b": np.abs(c0) + 0.1}, "np.log(b)", "x"),
    Case(r"Minimise $\|\mathbf{x}-\mathbf{a}\|^2$ over $\mathbf{x}\in\mathbb{R}^n$ with positive entries.",
         {"a": np.abs(c0)}, "a", "x", ("a has positive elements",)),
    # one scalar
    Case(r"Given $\mathbf{x},\mathbf{d},\mathbf{c}\in\mathbb{R}^n$, $\mathbf{d}\neq\mathbf{0}$, and a symmetric positive definite "
         r"$\mathbf{Q}\in\mathbb{R}^{n\times n}$, for which step length $\alpha$ is $q(\mathbf{x}+\alpha\mathbf{d})$ minimal, where "
         r"$q(\mathbf{s})=\frac12\mathbf{s}^T\mathbf{Q}\mathbf{s}+\mathbf{c}^T\mathbf{s}$?",
         {"x": x0, "d": d0, "c": c0, "Q": Q}, "-(d @ (Q @ x + c))/(d @ Q @ d)", "alpha"),
    Case(r"Let $\mathbf{a},\mathbf{b}\in\mathbb{R}^n$. Find the scalar $t$ for which $\|\mathbf{a}-t\mathbf{b}\|_2$ is smallest.",
         {"a": x0, "b": c0}, "(a @ b)/(b @ b)", "t", ("b ≠ 0",)),
    Case(r"Let $X,Y\in\mathbb{R}^{m\times n}$, $X\ne 0$. Minimise $\|Y-\alpha X\|_F^2$ over the number $\alpha$.",
         {"X": A, "Y": gaussian(5, 3)}, "np.sum(X*Y)/np.sum(X*X)", "alpha"),
    Case(r"Let $x_1,\dots,x_m$ be real numbers. Find the $c$ that minimises $\sum_{i=1}^m(x_i-c)^2$.", {"x": x5}, "x.mean()", "c"),
    Case(r"Let $\mathbf{x}\in\mathbb{R}^m$. Which $v>0$ maximises $-\frac m2\ln v-\frac1{2v}\sum_{i=1}^m(x_i-\mu)^2$?",
         {"x": x5, "mu": 0.3}, "np.mean((x - mu)**2)", "v", ("x ≠ μ𝟏",), lowest=False),
    Case(r"Let $\mathbf{x}\in\mathbb{R}^m$. The log-likelihood is $\ell(\sigma^2)=-\frac m2\ln(2\pi\sigma^2)-\frac1{2\sigma^2}\sum_{i=1}^m(x_i-\mu)^2$. "
         r"Find the maximum likelihood estimate of $\sigma^2$.",
         {"x": x5, "mu": 0.3}, "np.mean((x - mu)**2)", "sigma_2", ("x ≠ μ𝟏",), lowest=False),
    Case(r"Maximise $k\ln p+(n-k)\ln(1-p)$ with respect to $p$, where $0<k<n$.",
         {"k": 2.0, "n": 5.0}, "k/n", "p", ("n > 0",), lowest=False),
    Case(r"Maximise $p^k(1-p)^{n-k}$ over $p$.", {"k": 2.0, "n": 5.0}, "k/n", "p", ("n − k > 0", "k > 0", "n > 0"), lowest=False),
    Case(r"Let $\mathbf{x}\in\mathbb{R}^m$ have positive entries. Maximise $m\ln\lambda-\lambda\sum_{i=1}^mx_i$ over $\lambda$.",
         {"x": w5}, "1/x.mean()", "lambda_", lowest=False),
    Case(r"Let $\sigma,\tau>0$, $\mathbf{x}\in\mathbb{R}^m$. Maximise $-\frac1{2\sigma^2}\sum_i(x_i-\mu)^2-\frac1{2\tau^2}\mu^2$ over $\mu$.",
         {"x": x5, "sigma": 0.8, "tau": 1.7}, "np.sum(x)/sigma**2/(m/sigma**2 + 1/tau**2)", "mu", lowest=False),
    Case(r"Find the maximum of $f(x)=xe^{-x}$.", {}, "1.0", "x", lowest=False),
    Case(r"For which $t$ is $f(t)=t\ln t$ smallest?", {}, "np.exp(-1)", "t"),
    Case(r"Let $a,b>0$. Minimise $ax+\frac bx$ over $x>0$.", {"a": 2.0, "b": 3.0}, "np.sqrt(b/a)", "x"),
    Case(r"Minimise $\frac12x^2-\ln x$.", {}, "1.0", "x"),
    Case(r"Minimise $\frac{x^4}4+\frac{x^2}2-2x$.", {}, "1.0", "x"),
    Case(r"Minimise $x^4-4x^3-2x^2+3$.", {}, "(3 + np.sqrt(13))/2", "x"),
    Case(r"Minimise $e^{2x}-4e^x$.", {}, "np.log(2)", "x"),
    Case(r"Minimise $\ln(1+e^x)-px$ over $x$ for $0<p<1$.", {"p": 0.3}, "np.log(p/(1 - p))", "x"),
    Case(r"Find the minimum of $ax^2+bx+c$ with respect to $x$.", {"a": 2.0, "b": 3.0, "c": 1.0}, "-b/(2*a)", "x", ("a > 0",)),
    # linear conditions
    Case(r"Find the point of $\{\mathbf{x}\in\mathbb{R}^n:\mathbf{a}^T\mathbf{x}=\beta\}$ closest to $\mathbf{p}$: minimise "
         r"$\frac12\|\mathbf{x}-\mathbf{p}\|^2$ subject to $\mathbf{a}^T\mathbf{x}=\beta$ ($\mathbf{a}\ne\mathbf{0}$).",
         {"a": c0, "beta": 0.7, "p": x0}, "p - (a @ p - beta)/(a @ a)*a", "x", among="a[None, :]"),
    Case(r"The portfolio of least variance solves $\min_{\mathbf{w}}\mathbf{w}^T\mathbf{S}\mathbf{w}$ subject to $\mathbf{1}^T\mathbf{w}=1$, where "
         r"$\mathbf{S}\in\mathbb{R}^{n\times n}$ is symmetric positive definite. Determine $\mathbf{w}$.",
         {"S": Q}, "np.linalg.solve(S, ones(n))/np.sum(inv(S))", "w", among="np.ones((1, n))"),
    Case(r"Let $\mathbf{C}\in\mathbb{R}^{p\times n}$ and $\mathbf{d}\in\mathbb{R}^p$. Minimise $\|\mathbf{x}\|^2$ subject to $\mathbf{C}\mathbf{x}=\mathbf{d}$.",
         {"C": gaussian(2, 3), "d": gaussian(2)}, "np.linalg.pinv(C) @ d", "x", ("C has full row rank",), among="C"),
    Case(AB + r"Minimise $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$ over all $\mathbf{x}\in\mathbb{R}^n$ with $\mathbf{1}^T\mathbf{x}=1$.",
         {"A": A, "b": b},
         "np.linalg.solve(np.block([[2*A.T @ A, np.ones((3, 1))], [np.ones((1, 3)), np.zeros((1, 1))]]), np.append(2*A.T @ b, 1.0))[:3]",
         "x", ("A has full column rank",), among="np.ones((1, n))"),
    Case(r"Among all $\mathbf{p}\in\mathbb{R}^K$ with positive entries and $\sum_{k=1}^Kp_k=1$, which one maximises the entropy "
         r"$-\sum_{k=1}^Kp_k\log p_k$?", {}, "np.full(4, 0.25)", "p", lowest=False, among="np.ones((1, K))"),
    Case(r"Let $\mathbf{s}\in\mathbb{R}^K$ and let $\mathbf{p}\in\mathbb{R}^K$ have positive entries. Maximise "
         r"$\mathbf{s}^T\mathbf{p}-\sum_kp_k\ln p_k$ over $\mathbf{p}$ subject to $\mathbf{1}^T\mathbf{p}=1$.",
         {"s": gaussian(4)}, "np.exp(s)/np.exp(s).sum()", "p", lowest=False, among="np.ones((1, K))"),
    Case(r"Let $\mathbf{w}\in\mathbb{R}^K$ have positive entries and let $\mathbf{p}\in\mathbb{R}^K$ have positive entries. Maximise "
         r"$\sum_kw_k\log p_k$ over $\mathbf{p}$ subject to $\sum_kp_k=1$.",
         {"w": np.abs(gaussian(4)) + 0.2}, "w/w.sum()", "p", lowest=False, among="np.ones((1, K))"),
)  # fmt: skip


def told(derivation: Derivation) -> tuple[str, ...]:
    return tuple(prose(c if isinstance(c, tuple) else (c,), False) for c in derivation.conditions)


@pytest.mark.parametrize("case", CASES, ids=lambda c: " ".join(c.statement.split())[-60:])
def test_the_optimum_agrees_with_numpy(case: Case) -> None:
    found = solve(case.statement)
    assert found.error is None, found.error
    assert found.check.verdict == VERIFIED
    assert all(s.check.verdict == VERIFIED for s in found.steps)
    assert {f.name for f in found.facts} >= {"stationary", "extremum"}
    assert all(f.check.verdict == VERIFIED for f in found.facts)
    assert found.answer is not None and found.goal.kind == "optimum"
    names = scope(**case.given)
    answer = value(numpy_expression(found.answer, found.problem), names)
    np.testing.assert_allclose(answer, value(case.expected, names), rtol=1e-9, atol=1e-12)
    assert set(case.conditions) == set(told(found))


@pytest.mark.parametrize("case", CASES, ids=lambda c: " ".join(c.statement.split())[-60:])
def test_no_point_nearby_is_better(case: Case) -> None:
    """The objective of ``question.numpy`` at the answer and around it, without any of the engine."""
    found = solve(case.statement)
    assert found.answer is not None
    names = scope(**case.given)
    objective = question_expression(found.goal, found.problem)
    best = value(numpy_expression(found.answer, found.problem), names)
    here = value(objective, names | {case.unknown: best})
    project = np.eye(best.size)
    if case.among:
        rows = value(case.among, names)
        project = project - np.linalg.pinv(rows) @ rows
    for _ in range(20):
        step = (project @ RNG.normal(size=best.size)).reshape(best.shape)
        there = value(objective, names | {case.unknown: best + 1e-3 * step})
        assert (there - here) * (1 if case.lowest else -1) >= -1e-12 * max(1.0, abs(here))


SEVERAL = (
    (r"Find the minimum of $f(x,y)=x^2+xy+y^2-3x$.", {}, [2, -1], ()),
    (r"Minimise $u^2+2v^2+3w^2-uv+w$ over $u$, $v$ and $w$.", {}, [0, 0, -1 / 6], ()),
    (r"Minimise $x^2+y^2$ subject to $x+y=1$.", {}, [0.5, 0.5], ()),
    (r"Find the maximum of $xy$ subject to $x+y=10$.", {}, [5, 5], ()),
    (r"Minimise $(x-a)^2+(y-b)^2$ over $x$ and $y$ subject to $x+y=c$.", {"a": 1.0, "b": 3.0, "c": 2.0}, [0, 2], ()),
    (r"Let $\mathbf{x},\mathbf{y}\in\mathbb{R}^m$. Minimise $\sum_{i=1}^m(y_i-a-bx_i)^2$ over $a$ and $b$.",
     {"x": x5, "y": b}, list(np.polyfit(x5, b, 1)[::-1]), ("m(xᵀx) − (𝟏ᵀx)² > 0",)),
    (r"Let $\mathbf{x}\in\mathbb{R}^m$. Find the $\mu$ and $\sigma^2$ that maximise $-\frac m2\ln\sigma^2-\frac1{2\sigma^2}\sum_{i=1}^m(x_i-\mu)^2$.",
     {"x": x5}, [x5.mean(), x5.var()], ("x ≠ (𝟏ᵀx/m) 𝟏",)),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "given", "expected", "conditions"), SEVERAL, ids=lambda v: str(v)[-40:])
def test_several_scalars(
    statement: str, given: dict[str, Any], expected: list[float], conditions: tuple[str, ...]
) -> None:
    found = solve(statement)
    assert found.error is None, found.error
    assert found.check.verdict == VERIFIED and found.answer is not None
    answer = value(numpy_expression(found.answer, found.problem), scope(**given))
    np.testing.assert_allclose(answer, expected, atol=1e-9)
    assert told(found) == conditions


KINDS = (
    (r"Determine the critical points of $f(x,y)=x^2-y^2-3x$.", "saddle point"),
    (r"Find the stationary points of $f(x)=x^3-3x$.", "local maximum"),
    (r"Find the stationary points of $f(x)=x^2e^{-x}$.", "local minimum"),
    (r"Let $\mathbf{Q}\in\mathbb{R}^{n\times n}$ be symmetric. Find the stationary point of $\frac12\mathbf{x}^T\mathbf{Q}\mathbf{x}-\mathbf{b}^T\mathbf{x}$.",
     "the only stationary point"),
    (AB + r"Find the stationary point of $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$.", "is the only minimum"),
    (r"Minimise $x^4-2x^2$.", "smallest value is taken at"),
    (r"Minimise $x^2+\frac1x$.", "local minimum"),
    (r"Find the minimum of $x^5-5x$.", "local minimum"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "words"), KINDS, ids=lambda v: str(v)[-40:])
def test_what_kind_of_point_is_told(statement: str, words: str) -> None:
    found = solve(statement)
    assert found.error is None, found.error
    assert found.check.verdict == VERIFIED
    assert any(words in prose(t, False) for t in found.text)


VALUES = (
    (r"Find the smallest value of $f(x)=x^2-6x$.", {}, "-9"),
    (r"What is the largest value that $t(1-t)$ takes?", {}, "0.25"),
    (r"Let $\mathbf{Q}\in\mathbb{R}^{n\times n}$ be symmetric positive definite. Find the minimum value of "
     r"$\frac12\mathbf{x}^T\mathbf{Q}\mathbf{x}-\mathbf{c}^T\mathbf{x}$ over $\mathbf{x}\in\mathbb{R}^n$.", {"Q": Q, "c": c0}, "-0.5*c @ inv(Q) @ c"),
    (r"Find the maximum value of $f(x)=x(4-x)$ on $x\in[0,4]$.", {}, "4"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "given", "expected"), VALUES, ids=lambda v: str(v)[-40:])
def test_the_value_itself(statement: str, given: dict[str, Any], expected: str) -> None:
    found = solve(statement)
    assert found.check.verdict == VERIFIED and found.answer is not None
    names = scope(**given)
    np.testing.assert_allclose(value(numpy_expression(found.answer, found.problem), names), value(expected, names))


REFUSED = (
    (r"Minimise $xe^{-x}$.", "NoRule", "there is no minimum: the only stationary point is a maximum"),
    (r"Minimise $x^3+y^2$ over $x$ and $y$.", "NoRule", "there is no minimum: close to the only stationary point"),
    (r"Minimise $x^2-y^2$ over $x$ and $y$.", "NoRule", "there is no minimum: the only stationary point is a saddle point"),
    (AB + r"Minimise $-\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$ over $\mathbf{x}$.", "NoRule", "there is no minimum: where the gradient is zero"),
    (r"Let $\mathbf{c}\in\mathbb{R}^n$. Minimise $\mathbf{c}^T\mathbf{x}$ over $\mathbf{x}$.", "NoRule", "the gradient does not contain the unknown"),
    (r"Minimise $3x+1$.", "NoRule", "the derivative is not zero anywhere"),
    (r"Maximise $\sin x$.", "NoRule", "cannot be solved for the unknown in a closed form"),
    (AB + r"Minimise $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|_1$ over $\mathbf{x}$.", "NoRule", "no closed form is known here"),
    (r"Let $\mathbf{A},\mathbf{B}\in\mathbb{R}^{n\times n}$. Minimise $\|\mathbf{A}\mathbf{X}-\mathbf{B}\|_F^2+\|\mathbf{X}\mathbf{A}\|_F^2$ over "
     r"$\mathbf{X}\in\mathbb{R}^{n\times n}$.", "NoRule", "of Sylvester's kind"),
    (r"Maximise $\mathbf{a}^T\mathbf{x}$ over $\mathbf{x}\in\mathbb{R}^n$ subject to $\|\mathbf{x}\|=1$.", "Unsupported", "x is restricted (unit)"),
    (r"Find the orthogonal matrix $\mathbf{W}\in\mathbb{R}^{n\times n}$ minimising $\|\mathbf{W}-\mathbf{B}\|_F^2$.", "Unsupported", "restricted (orthogonal)"),
    (r"Find the symmetric $\mathbf{W}\in\mathbb{R}^{n\times n}$ minimising $\|\mathbf{W}-\mathbf{B}\|_F^2$.", "Unsupported", "restricted (symmetric)"),
    (r"Minimise $\|\mathbf{x}-\mathbf{a}\|^2$ over $\mathbf{x}\ge\mathbf{0}$, with $\mathbf{a}\in\mathbb{R}^n$.", "Unsupported", "restricted (nonnegative)"),
    (r"Minimise $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$ over $\mathbf{x}\in\mathbb{R}^n$ with positive entries, where "
     r"$\mathbf{A}\in\mathbb{R}^{m\times n}$.", "NoRule", "not seen to have positive elements"),
    (r"Minimise $x^2+2x$ subject to $x\ge 0$.", "NoRule", "the optimum may be at a bound"),
    (r"Find the maximum of $x(4-x)$ on $x\in[0,1]$.", "NoRule", "the optimum may be at a bound"),
    (r"Minimise $\|\mathbf{x}\|^2$ over $\mathbf{x}\in\mathbb{R}^n$ subject to $\mathbf{x}^T\mathbf{B}\mathbf{x}=2$.", "Unsupported", "one linear condition"),
    (r"Show that $f(x)=x^2-2x$ has a minimum at $x=2$.", "FalseClaim", "what the statement claims does not hold"),
    (AB + r"Show that the minimiser of $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$ satisfies $\mathbf{A}^T\mathbf{A}\mathbf{x}=2\mathbf{A}^T\mathbf{b}$.",
     "FalseClaim", "what the statement claims does not hold there"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "kind", "message"), REFUSED, ids=lambda v: str(v)[-40:])
def test_what_has_no_answer_is_refused(statement: str, kind: str, message: str) -> None:
    found = solve(statement)
    assert found.status == "refused" and found.error is not None
    assert type(found.error).__name__ == kind
    assert message in found.error.message


CLAIMS = (
    r"Show that $f(x)=x^2-2x$ is minimised at $x=1$.",
    r"Let $\mathbf{x}\in\mathbb{R}^n$. Show that $\sum_{i=1}^n(x_i-c)^2$ is minimised by $c=\frac1n\sum_{i=1}^nx_i$.",
    AB + r"Show that the minimiser of $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$ is $\mathbf{x}=(\mathbf{A}^T\mathbf{A})^{-1}\mathbf{A}^T\mathbf{b}$.",
    AB + r"Show that the minimiser of $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$ satisfies $\mathbf{A}^T\mathbf{A}\mathbf{x}=\mathbf{A}^T\mathbf{b}$.",
    r"Show that the minimum value of $x^2-4x+7$ is $3$.",
)  # fmt: skip


@pytest.mark.parametrize("statement", CLAIMS)
def test_a_claim_that_holds_is_agreed_with(statement: str) -> None:
    found = solve(statement)
    assert found.error is None and found.check.verdict == VERIFIED
    said = " ".join(prose(t, False) for t in (*found.text, found.conclusion))
    assert "the statement claims" in said


def test_samples_respect_the_rank_that_an_answer_needs() -> None:
    found = solve(AB + r"Minimise $\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$ over $\mathbf{x}$.")
    assert found.check.sizes and all(s["m"] >= s["n"] for s in found.check.sizes)
    assert sum(s["m"] != s["n"] for s in found.check.sizes) >= 2
    assert any("cannot have full column rank" in s for s in found.check.skipped)


def test_an_earlier_part_is_used() -> None:
    statement = AB + (
        r"Let $J(\mathbf{x})=\|\mathbf{A}\mathbf{x}-\mathbf{b}\|^2$. (a) Compute $\nabla J$. (b) Find the minimiser of $J$."
    )
    solution = solve_problem(read_problem(statement))
    assert [d.status for d in solution.derivations] == ["solved", "solved"]
    assert any("found in (a)" in prose(s.reason, False) for s in solution.derivations[1].steps)


# ------------------------------------------------------------------------------------------------- the numbers
X = Sym(Name("x"))


def parabola(scale: Term) -> Term:
    return Times(scale, Pow(Plus(X, Num(-1)), Num(2)))


def test_a_point_that_is_no_minimum_is_refuted() -> None:
    checker = Checker()
    right, wrong = (Point(parabola(Num(1)), ((X, v),)) for v in (Num(1), Num(9, 10)))
    assert is_extreme(checker, right, True, True).verdict == VERIFIED
    assert is_extreme(checker, wrong, True, True).verdict == REFUTED
    assert is_extreme(checker, right, False, True).verdict == REFUTED


@pytest.mark.parametrize("size", [10**-9, 1, 10**9], ids=str)
def test_a_gradient_is_small_only_beside_those_nearby(size: float) -> None:
    """A function in other units has other gradients: what is zero is told by comparison."""
    scale = num(int(size)) if size >= 1 else Num(1, round(1 / size))
    checker = Checker()
    assert vanishes(checker, Point(parabola(scale), ((X, Num(1)),))).verdict == VERIFIED
    assert vanishes(checker, Point(parabola(scale), ((X, Num(999, 1000)),))).verdict == REFUTED
