"""Rows and columns that are given one by one, put together into a matrix; pairs of rows compared."""

from __future__ import annotations

import pytest

from tests.engine.solving import meets, solved

STATEMENTS = (
    (r"The new centres are $\mathbf{m}_k=\frac{\sum_{i=1}^{N}R_{ik}\mathbf{x}_i}{\sum_{i=1}^{N}R_{ik}}$, $k=1,\dots,K$. The rows "
     r"of $\mathbf{X}\in\mathbb{R}^{N\times d}$ are the $\mathbf{x}_i^T$, and $\mathbf{R}\in\mathbb{R}^{N\times K}$ has positive "
     r"entries. Write the matrix $\mathbf{M}\in\mathbb{R}^{K\times d}$ with rows $\mathbf{m}_k^T$ without sums.",
     "np.diag(1/np.sum(R, 0))@R.T@X"),
    (r"Let $\mathbf A\in\mathbb R^{m\times n}$ have columns $\mathbf a_j$ and let $\mathbf B\in\mathbb R^{n\times p}$. Let $\mathbf C$ "
     r"have columns $\mathbf c_k=\sum_{j=1}^n B_{jk}\mathbf a_j$. Write $\mathbf C$ in matrix form.", "A@B"),
    (r"The rows of $\mathbf{X}\in\mathbb{R}^{N\times d}$ are $\mathbf{x}_i^T$ and those of $\mathbf{Z}\in\mathbb{R}^{N\times h}$ are "
     r"$\mathbf{z}_i^T$. For $\mathbf W\in\mathbb R^{h\times d}$ and $\mathbf b\in\mathbb R^h$ a layer computes "
     r"$\mathbf z_i=\mathbf W\mathbf x_i+\mathbf b$. Vectorise this over the whole batch.", "X@W.T+b.T"),
    (r"Let $\mathbf{x}_i^T$ be the $i$-th row of $\mathbf{X}\in\mathbb{R}^{N\times d}$, and define the matrix $\mathbf H$ with rows "
     r"$\mathbf h_i^T=\tanh(\mathbf x_i^T\mathbf W)$, where $\mathbf W\in\mathbb R^{d\times k}$. Express $\mathbf H$ without indices.",
     "np.tanh(X@W)"),
    (r"Let $\mathbf P\in\mathbb R^{N\times d}$ have rows $\mathbf p_i^T$ and let $D_{ij}=\|\mathbf p_i-\mathbf p_j\|^2$. "
     r"Write the matrix $\mathbf D$ without loops.", "np.diag(P@P.T)[:, None]+np.diag(P@P.T)[None, :]-2*P@P.T"),
    (r"Let $\mathbf X\in\mathbb R^{N\times d}$ and $D_{ij}=\sum_{k=1}^d (X_{ik}+2X_{jk})^2$. Write $\mathbf D$ in matrix form.",
     "np.diag(X@X.T)[:, None]+4*np.diag(X@X.T)[None, :]+4*X@X.T"),
    (r"A kernel compares the rows $\mathbf{u}_i^T$ of $\mathbf{U}\in\mathbb{R}^{m\times d}$ with the rows $\mathbf{y}_j^T$ of "
     r"$\mathbf{Y}\in\mathbb{R}^{n\times d}$: $K_{ij}=(\mathbf{u}_i^T\mathbf{y}_j+c)^2$ for a scalar $c$. Vectorise the computation "
     r"of $\mathbf{K}\in\mathbb{R}^{m\times n}$; element-wise operations are allowed.", "(U@Y.T+c)**2"),
    (r"Let $\mathbf X\in\mathbb R^{N\times d}$ have rows $\mathbf x_i^T$ and let $K_{ij}=\exp(-\|\mathbf x_i-\mathbf x_j\|^2/2)$. "
     r"Compute $\mathbf K$ without a loop over $i$.", "np.exp(X@X.T-(np.diag(X@X.T)[:, None]+np.diag(X@X.T)[None, :])/2)"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "code"), STATEMENTS)
def test_rows_and_pairs_of_rows_become_matrices(statement: str, code: str) -> None:
    (derivation,) = solved(statement)
    meets(derivation, code)
