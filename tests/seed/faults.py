"""The faults of the seed document, each put to derivgen as it stands in print: what its own checks say of it.

A fault is shown by one of these: a printed value held against the answer at random points, a printed equation judged, a
printed question refused, rules that a derivation used; damage and conventions have nothing to compute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from derivgen.book import distance
from derivgen.corpus import Entry, corpus_entries
from derivgen.derivation import Derivation, Solution
from derivgen.face import solve
from derivgen.writers.readback import prose


@dataclass(frozen=True)
class Printed:
    """A printed value of an answer of the corpus, as NumPy."""

    id: str
    part: str | None
    value: str


@dataclass(frozen=True)
class Put:
    """A statement as it is printed, put to derivgen."""

    statement: str


@dataclass(frozen=True)
class Rules:
    """The rules that the derivation of a part uses."""

    id: str
    part: str


@dataclass(frozen=True)
class Fault:
    id: str
    where: str
    printed: str
    right: str
    evidence: Printed | Put | Rules | str


ROWS = r"Here $\mathbf{A}_{k,:}$ is the $k$-th row of $\mathbf{A}$ and $\mathbf{A}_{:,k}$ its $k$-th column, both as columns. "
GRADIENT = r"Let $\mathbf{x}\in\mathbb{R}^p$, let $\mathbf{y}\in\mathbb{R}^r$ be a function of $\mathbf{x}$ and $z$ a scalar function of $\mathbf{y}$. "

FAULTS = (
    Fault("A1", "1.4.2e", r"$\log(y)\,x^{\log y-1}$", r"$\log(y)\,x^{\log y-1}+2x$",
          Printed("1.4.2", "e", "np.log(y)*x**(np.log(y) - 1)")),
    Fault("A2", "1.4.4", r"$\nabla z$ for the function $h$", r"$\nabla h$",
          Put(r"Let $h(x,y)=x^2-3y^2$. Find $\nabla z$ at $(-1,0)$.")),
    Fault("A3", "2.2, 2.3.9c", r"columns up to $dy_k/dx_n$ for $\mathbf{x}\in\mathbb{R}^p$", r"up to $dy_k/dx_p$",
          Put(r"Let $\mathbf{x}\in\mathbb{R}^3$ and let $\mathbf{y}\in\mathbb{R}^2$ be a function of $\mathbf{x}$. "
              r"Find $\frac{\partial y_1}{\partial x_4}$.")),
    Fault("A4", "2.3.5", r"$\mathbf{y}\in\mathbb{R}^n$ with $\mathbf{X}\in\mathbb{R}^{m\times n}$; the minimum is not argued",
          r"$\mathbf{y}\in\mathbb{R}^m$; the Hessian $\frac2N\mathbf{X}^T\mathbf{X}$ is positive semidefinite",
          Put(r"Let $\mathbf{X}\in\mathbb{R}^{m\times n}$, $\boldsymbol{\theta}\in\mathbb{R}^n$ and $\mathbf{y}\in\mathbb{R}^n$. "
              r"Find the $\boldsymbol{\theta}$ that minimises $\lVert\mathbf{X}\boldsymbol{\theta}-\mathbf{y}\rVert^2$.")),
    Fault("A5", "2.3.6", r"$\frac{df}{dg}\frac{dg}{dx}=\frac{dg}{dx}\frac{df}{dx}$", r"$\frac{dg}{dx}\frac{df}{dg}$",
          Put(r"Let $h(x)=\sin(g(x))$ with $g(x)=x^2$. Is it true that $\frac{dh}{dx}=\frac{dg}{dx}\frac{dh}{dx}$?")),
    Fault("A6", "2.3.8c", r"blanks 1 or 2 in $d\ell/da_\Box$", r"$d\ell/db_\Box$: $\mathbf{a}$ has four elements",
          Put(r"Let $\mathbf{a}\in\mathbb{R}^4$, $\mathbf{b}=g(\mathbf{a})$ with $g:\mathbb{R}^4\to\mathbb{R}^2$ and "
              r"$\ell=h(\mathbf{b})$ with $h:\mathbb{R}^2\to\mathbb{R}$. Express $\frac{d\ell}{da_2}$ in terms of "
              r"$\frac{db_\Box}{da_\Box}$ and $\frac{d\ell}{da_\Box}$. Each blank is 1 or 2.")),
    Fault("A7", "2.3.9b", r"$\nabla_{\mathbf{x}}\mathbf{y}\in\mathbb{R}^n$", r"$\nabla_{\mathbf{y}}z\in\mathbb{R}^n$",
          Put(r"Let $\mathbf{x}\in\mathbb{R}^m$, and let $\mathbf{y}\in\mathbb{R}^n$ be a function of $\mathbf{x}$. "
              r"What is the shape of $\frac{d\mathbf{y}}{d\mathbf{x}}$?")),
    Fault("A8", "2.3.10b", r"stops at $\left(\frac{dz}{d\mathbf{x}}\right)^T$", r"$\frac{dz}{d\mathbf{x}}$",
          Put("Use the Jacobian layout. " + GRADIENT + r"Is it true that $\frac{dz}{d\mathbf{x}}="
              r"\left(\frac{dz}{d\mathbf{y}}\right)^T\frac{d\mathbf{y}}{d\mathbf{x}}$?")),
    Fault("A9", "3.3, item 3", r"$\mathbf{A}_{i,:}^Tv_i$", r"$\mathbf{A}_{i,:}^T\mathbf{v}$",
          Put(r"Let $\mathbf{A}\in\mathbb{R}^{m\times p}$ and $\mathbf{v}\in\mathbb{R}^p$. " + ROWS
              + r"Is it true that $(\mathbf{A}\mathbf{v})_i=\mathbf{A}_{i,:}^Tv_i$?")),
    Fault("A10", "3.3, item 4", r"$\mathbf{u}^T\mathbf{A}=\sum_ku_k\mathbf{A}_{k,:}$", r"$\sum_ku_k\mathbf{A}_{k,:}^T$",
          Put(r"Let $\mathbf{A}\in\mathbb{R}^{m\times p}$ and $\mathbf{u}\in\mathbb{R}^m$. " + ROWS
              + r"Is it true that $\mathbf{u}^T\mathbf{A}=\sum_{k=1}^{m}u_k\mathbf{A}_{k,:}$?")),
    Fault("A11", "3.3, item 5", r"$\sum_k\mathbf{A}_{:,p}\mathbf{B}_{p,:}^T$", r"$\sum_k\mathbf{A}_{:,k}\mathbf{B}_{k,:}^T$",
          Printed("T3.3", "e", "sum(np.outer(A[:, p - 1], B[p - 1]) for k in range(p))")),
    Fault("A12", "3.4.1b", r"$\mathbf{u},\mathbf{v}\in\mathbb{R}^m$", r"$\mathbb{R}^n$",
          Put(r"Let $\mathbf{v}\in\mathbb{R}^m$, and let $\mathbf{U}\in\mathbb{R}^{m\times n}$ be the derivative of a vector. "
              r"Find $\frac{d}{d\mathbf{v}}(\mathbf{U}\mathbf{v})$.")),
    Fault("A13", "3.4.1c", "the scalar chain rule", "the sum and the product rule", Rules("3.4.1", "c")),
    Fault("A14", "3.4.3d", r"$M_{ij}=v_i$", r"$M_{ij}=v_j$",
          Put(r"Let $\mathbf{v}\in\mathbb{R}^n$ and $\mathbf{M}=\mathbf{1}\mathbf{v}^T\in\mathbb{R}^{n\times n}$. "
              r"Is it true that $M_{ij}=v_i$?")),
    Fault("A15", "3.4.3e, f", r"$[v_1,\dots,v_n]^T=\mathbf{v}^T$", r"$[v_1,\dots,v_n]=\mathbf{v}^T$",
          Put(r"Let $\mathbf{v}\in\mathbb{R}^3$. Is it true that "
              r"$\begin{bmatrix}v_1&v_2&v_3\end{bmatrix}^T=\mathbf{v}^T$?")),
    Fault("A16", "3.4.5", r"$h:\mathbb{R}^m\to\mathbb{R}$ and $\ell=h(\hat{\mathbf{y}},\mathbf{y})$",
          r"$h:\mathbb{R}^m\times\mathbb{R}^m\to\mathbb{R}$",
          Put(r"Let $h:\mathbb{R}^m\to\mathbb{R}$, $\mathbf{y}\in\mathbb{R}^m$, and let $\hat{\mathbf{y}}\in\mathbb{R}^m$ be a "
              r"function of $\mathbf{x}\in\mathbb{R}^n$; $\ell=h(\hat{\mathbf{y}},\mathbf{y})$. Find $\frac{d\ell}{d\mathbf{x}}$.")),
    Fault("A17", "3.4.5a, c", r"$\frac{d\ell}{d\hat{\mathbf{y}}}\frac{d\hat{\mathbf{y}}}{d\mathbf{N}}$ with one row for all $i$",
          r"$\frac{d\ell}{d\mathbf{u}}\mathbf{a}^T$ with $\mathbf{u}=\mathbf{N}\mathbf{a}$; the printed line is formal",
          Printed("3.4.5", "a", "np.outer(dell_dy_hat, g_prime(N @ f(M @ x))[0]*f(M @ x))")),
    Fault("A18", "3.4.5b", r"$g'(\hat{\mathbf{y}})$", r"$g'(\mathbf{N}\mathbf{a})$",
          Printed("3.4.5", "b", "np.outer(g_prime(g(N @ f(M @ x)))*dell_dy_hat, f(M @ x))")),
    Fault("A19", "3.4.5d", r"$f'(\mathbf{a})$, $g'(\hat{\mathbf{y}})$", r"$f'(\mathbf{M}\mathbf{x})$, $g'(\mathbf{N}\mathbf{a})$",
          Printed("3.4.5", "d", "np.outer(f_prime(f(M @ x))*(N.T @ (g_prime(g(N @ f(M @ x)))*dell_dy_hat)), x)")),
    Fault("A20", "3.4.5c, d", r"$(\mathbf{N}^T)_{:,j}$ written as $\mathbf{N}_{:,j}$, sums over $\hat y_k$ to $p$",
          r"$\mathbf{N}_{j,:}$, sums to $m$",
          Put(r"Let $\mathbf{A}\in\mathbb{R}^{m\times p}$. " + ROWS + r"Is it true that $(\mathbf{A}^T)_{:,j}=\mathbf{A}_{:,j}$?")),
    Fault("A21", "3.4.5a", r"$\sum_pN_{kp}a_p$ with $\mathbf{N}\in\mathbb{R}^{m\times p}$", "another letter for the index",
          "The letter is a size and an index at once: a matter of letters, with nothing to compute."),
    Fault("A22", "3.4.7", r"$\sum_{i=1}^{N}$ over vectors of length $n$; in (d) an element equals a vector",
          r"$\sum_{i=1}^{n}$; $[\mathbf{A}^T\mathbf{B}\mathbf{x}]_i$",
          Put(r"Let $\mathbf{x}\in\mathbb{R}^n$ and $\mathbf{A}\in\mathbb{R}^{n\times n}$. "
              r"Write $\sum_{i=1}^{N}A_{ij}x_i$ without indices.")),
    Fault("A23", "1.2, 1.3", r"$\nabla f(x)$ for $f(x,y,z)$", r"$\nabla f(x,y,z)$",
          Put(r"Let $f(x,y,z)=xy+y^x+2z$. Find $\nabla f(x)$.")),
    Fault("C1", "3.1", "the derivative of an $n$-vector is something by $n$", r"not so for the compressed forms",
          Put(r"Let $\mathbf{X}\in\mathbb{R}^{m\times n}$ and $\mathbf{v}\in\mathbb{R}^n$. "
              r"What is the shape of $\frac{d(\mathbf{X}\mathbf{v})}{d\mathbf{X}}$?")),
    Fault("C2", "3.4.2b, c", r"that $\mathbf{y}$ does not depend on $\mathbf{x}$ is not said", "it is said",
          "A convention: our statement says it, and the answer is $\\partial_1f$."),
    Fault("C3", "3.4.6", r"$\mathbf{B}^T_{j,:}$ is a row of $\mathbf{B}^T$ here and a turned row of $\mathbf{B}$ in 3.3",
          r"$(\mathbf{B}^T)_{j,:}$", "A convention: the answer says which of the two is meant."),
    Fault("C4", "1.4.3c", r"$\nabla^2$ is the Hessian", "elsewhere it is the Laplacian",
          "A convention: the read-back calls the goal a Hessian."),
    Fault("O1", "1.4.1c, 1.4.4, 2.3.7a", "minus signs are lost", "as in the solutions", "Damage of the extraction."),
    Fault("O2", "2.1, 2.3.1, 2.3.10", "bold type is lost", "shapes are declared, not read from the type",
          "Damage of the extraction."),
    Fault("O3", "3.4.1b, option 7", r"$\frac{d\mathbf{u}}{d\mathbf{x}}\mathbf{v}+\frac{d\mathbf{v}}{d\mathbf{x}}$",
          r"$\ldots+\frac{d\mathbf{v}}{d\mathbf{x}}\mathbf{u}$",
          Put(r"Let $\mathbf{u},\mathbf{v}\in\mathbb{R}^n$ be functions of $\mathbf{x}\in\mathbb{R}^m$. Is it true that "
              r"$\frac{d(\mathbf{u}^T\mathbf{v})}{d\mathbf{x}}=\frac{d\mathbf{u}}{d\mathbf{x}}\mathbf{v}+\frac{d\mathbf{v}}{d\mathbf{x}}$?")),
    Fault("O4", "2.3.7", "a label, the table of partial derivatives and the lines with the secant are lost",
          "worked out anew", "Damage of the extraction."),
    Fault("O5", "figures 1 to 4", "the diagrams are lost", "drawn from the declared functions", "Damage of the extraction."),
    Fault("O6", "3.4.6, 1.4.1", "colours are lost, a remark is garbled", "colours by the roles of indices",
          "Damage of the extraction."),
)  # fmt: skip


@cache
def entries() -> dict[str, Entry]:
    return {entry.id: entry for entry in corpus_entries() if entry.id}


@cache
def solved(identity: str) -> Solution:
    return solve(entries()[identity].text)


def derivation_of(identity: str, part: str | None) -> Derivation:
    return next(d for d in solved(identity).derivations if d.goal.part == part)


def evidence(fault: Fault) -> str:
    """What derivgen's checks say of a fault, in a sentence."""
    match fault.evidence:
        case Printed(identity, part, value):
            away = distance(derivation_of(identity, part), value)
            return f"At random points the printed value differs from the answer by up to {away:.2g} of its largest entry."
        case Rules(identity, part):
            rules = dict.fromkeys(step.rule for step in derivation_of(identity, part).steps)
            return f"Rules of the derivation, each line verified: {', '.join(f'`{r}`' for r in rules)}."
        case Put(statement):
            return said(solve(statement))
    return fault.evidence


def said(solution: Solution) -> str:
    """The refusal of a statement, or the answer to it, in plain text."""
    if solution.error is not None:
        return f"Refused: {solution.error.message}."
    derivation = solution.derivations[0]
    if derivation.error is not None:
        return f"Refused: {derivation.error.message}."
    if derivation.goal.kind == "shape":
        rows, columns = derivation.goal.question.shape
        return f"It is {rows}×{columns}."
    return " ".join(prose(paragraph, False) for paragraph in derivation.text)


def table() -> Iterator[str]:
    yield "| id | where | printed | right | what derivgen's checks say |"
    yield "|---|---|---|---|---|"
    for fault in FAULTS:
        yield f"| {fault.id} | {fault.where} | {fault.printed} | {fault.right} | {evidence(fault)} |"
