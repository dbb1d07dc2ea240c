"""What further variations brought to light: cases in words, sizes that are equal, derivatives in words, parts alone."""

from __future__ import annotations

import pytest

from derivgen.errors import FalseClaim, NoRule
from derivgen.face import read, solve
from tests.variations.oracle import expression
from tests.variations.test_what_kin_found import facts, worked


@pytest.mark.parametrize(
    "cases",
    (
        r"when $X$ is a $1\times 1$ matrix, when $X$ is an $n\times 1$ matrix and when $X$ is a $1\times n$ matrix",
        r"if $X$ has size $1\times 1$, if it is an $n\times 1$ matrix, and if $X$ is a $1\times n$ matrix",
        r"when $X$ is a scalar, when $X$ is a column vector with $n$ elements and when $X$ is a row vector of length $n$",
        r"when $X$ is a scalar, when it is a column vector and when $X$ is a row vector",
    ),
)
def test_cases_are_told_in_words(cases: str) -> None:
    found = worked(f"Let $y$ be a scalar function of $X$. Write out $dy/dX$ {cases}.").derivations
    shapes = [d.goal.question.shape for d in found]
    assert shapes == [(1, 1), ("n", 1), (1, "n")]


def test_a_matrix_declared_behind_another_is_no_case() -> None:
    problem = read(
        r"Let $B$ be a $q\times r$ matrix and the $q\times s$ matrix $C$ be constant, and $Z$ an $r\times s$ matrix. "
        r"Compute $\frac{d}{dZ}\lVert BZ-C\rVert_F^2$."
    )
    assert {s.latex: s.shape for s in problem.symbols} == {"B": ("q", "r"), "C": ("q", "s"), "Z": ("r", "s")}


@pytest.mark.parametrize(("n", "p", "square"), (("n", "n", "n"), ("2", "2", "2"), ("n", "p", "n")))
def test_a_table_does_not_count_a_vector_by_a_matrix_where_sizes_are_equal(n: str, p: str, square: str) -> None:
    (found,) = worked(
        rf"Let $y\in\mathbb{{R}}$, $\mathbf{{y}}\in\mathbb{{R}}^{n}$ and $\mathbf{{Y}}\in\mathbb{{R}}^{{{n}\times {n}}}$ depend "
        rf"on $x\in\mathbb{{R}}$, $\mathbf{{x}}\in\mathbb{{R}}^{p}$ or $\mathbf{{X}}\in\mathbb{{R}}^{{{square}\times {square}}}$. "
        r"Give the table of the derivatives of scalars, vectors and matrices by scalars, vectors and matrices."
    ).derivations
    known = facts(found)
    assert known["shape of vector by vector"] == f"{p}×{n}"
    assert known["indices of vector by matrix"] == "3"
    assert "shape of vector by matrix" not in known


@pytest.mark.parametrize(
    ("declared", "loss", "bound"),
    (
        (r"$\mathbf{y}\in\mathbb{R}^1$ and $\mathbf{X}\in\mathbb{R}^{1\times n}$", "", 1),
        (r"$\mathbf{y}\in\mathbb{R}^3$ and $\mathbf{X}\in\mathbb{R}^{3\times 5}$", "", 3),
        (r"$\mathbf{y}\in\mathbb{R}^3$ and $\mathbf{X}\in\mathbb{R}^{3\times 5}$", r"\frac{1}{2}", 3),
    ),
)
def test_an_optimum_that_is_not_unique_is_refused(declared: str, loss: str, bound: int) -> None:
    """There are many minimisers where a matrix has fewer rows than columns: the sizes show that."""
    (found,) = solve(
        rf"Let {declared}. Find the $\mathbf{{w}}$ that minimises $J(\mathbf{{w}})={loss}\lVert\mathbf{{X}}\mathbf{{w}}-\mathbf{{y}}\rVert^2$."
    ).derivations
    assert isinstance(found.error, NoRule)
    assert "there is no unique such point" in found.error.message
    assert found.error.message.endswith(f"is at most {bound}")


@pytest.mark.parametrize(("rows", "cols"), ((3, 5), (5, 3)))
def test_a_penalty_makes_it_unique(rows: int, cols: int) -> None:
    (found,) = worked(
        rf"Let $\mathbf{{X}}\in\mathbb{{R}}^{{{rows}\times {cols}}}$, $\mathbf{{y}}\in\mathbb{{R}}^{rows}$ and $\lambda>0$. Which $\mathbf{{w}}$ minimises "
        r"$\lVert\mathbf{X}\mathbf{w}-\mathbf{y}\rVert^2+\lambda\lVert\mathbf{w}\rVert^2$?"
    ).derivations
    assert found.answer is not None


CHAIN = (
    r"Let $\mathbf{u}\in\mathbb{R}^SIZE$, $\mathbf{w}\in\mathbb{R}^OTHER$, $\mathbf{w}=g(\mathbf{u})$ and a scalar $s=f(\mathbf{w})$. "
    r"A book has \[ \nabla_{\mathbf{u}}s=FORMULA. \] Derive the given formula in denominator layout and in numerator layout."
)
TURNED = r"\left(\frac{\partial\mathbf{w}}{\partial\mathbf{u}}\right)^T\nabla_{\mathbf{w}}s"
STRAIGHT = r"\frac{\partial\mathbf{w}}{\partial\mathbf{u}}\nabla_{\mathbf{w}}s"


def chain(formula: str, size: str, other: str) -> str:
    return CHAIN.replace("SIZE", size).replace("OTHER", other).replace("FORMULA", formula)


@pytest.mark.parametrize(("size", "other"), (("n", "m"), ("n", "n"), ("3", "3")))
@pytest.mark.parametrize(("formula", "holds"), ((TURNED, 1), (STRAIGHT, 0)))
def test_a_formula_of_one_layout_has_another_form_in_the_other(formula: str, holds: int, size: str, other: str) -> None:
    """Where the shapes fit in both layouts the values tell in which it is true."""
    found = worked(chain(formula, size, other)).derivations
    values = [facts(d)["formula"] for d in found]
    assert values[holds] == "holds" and values[1 - holds] == "another form"


@pytest.mark.parametrize("formula", (rf"2{TURNED}", rf"-{STRAIGHT}"))
def test_a_formula_that_is_true_in_no_layout_is_refused(formula: str) -> None:
    found = solve(chain(formula, "n", "n")).derivations
    assert all(isinstance(d.error, FalseClaim) for d in found)


PRODUCT = r"Let $\mathbf{c}=\mathbf{C}\mathbf{u}$ with $\mathbf{C}\in\mathbb{R}^{p\times q}$ and a constant $\mathbf{u}\in\mathbb{R}^q$. "


@pytest.mark.parametrize(("r", "s", "t"), (("r", "s", "t"), ("j", "k", "i"), ("a", "b", "c")))
def test_indices_are_those_of_the_statement(r: str, s: str, t: str) -> None:
    found = worked(
        rf"{PRODUCT}(a) For which ${r}$, ${s}$ and ${t}$ is $\frac{{dc_{r}}}{{dC_{{{s}{t}}}}}$ always zero? "
        r"(b) Suppose that only the other elements of $\frac{d\mathbf{c}}{d\mathbf{C}}$ are kept. Argue that they fit into a "
        r"matrix. (c) Argue that this matrix can be stored as one vector."
    ).derivations
    assert facts(found[0])["zero unless"] == f"{r} = {s}"
    assert facts(found[1])["free indices"] in (f"{r}, {t}", f"{s}, {t}")
    assert facts(found[2])["redundant index"] in (r, s)


@pytest.mark.parametrize(
    "asked",
    (
        "Find the derivative of $c_r$ with respect to $C_{st}$ where it can differ from zero.",
        "Differentiate $c_r$ with respect to $C_{st}$ where it can differ from zero.",
        "What is the partial derivative of $c_r$ with respect to $C_{st}$ when it is not zero?",
        "Compute the derivative of the element $c_r$ w.r.t. the element $C_{st}$ where it does not vanish.",
    ),
)
def test_a_derivative_in_words_is_one_to_a_task(asked: str) -> None:
    (found,) = worked(PRODUCT + asked).derivations
    assert expression(found) == "u[t]"


@pytest.mark.parametrize(
    "asked",
    (
        "For which $r,s,t$ is the derivative of $c_r$ with respect to $C_{st}$ always zero?",
        "When does the derivative of $c_r$ by $C_{st}$ vanish for every $\\mathbf{u}$?",
    ),
)
def test_a_derivative_in_words_is_asked_about(asked: str) -> None:
    (found,) = worked(PRODUCT + asked).derivations
    assert facts(found)["zero unless"] == "r = s"


@pytest.mark.parametrize(
    ("statement", "count"),
    (
        (r"Work out the following derivatives. $\frac{\partial f}{\partial x}$ and $\frac{\partial f}{\partial y}$ for $f(x,y)=x^y+y^x$", 2),
        (r"Find each of these. $\nabla h(s,t)$ where $h(s,t)=st^2+s^2t$.", 1),
        (r"Differentiate each of the following with respect to $z$. $z^2$. $z\sin z$.", 2),
        (r"Find the derivatives of the following functions. $f(x)=x^2$. $g(x)=\sin x$.", 2),
        (r"Let $\mathbf{B}\in\mathbb{R}^{n\times n}$ and $\mathbf{u}\in\mathbb{R}^n$. Write each of these without indices. $\sum_{i=1}^{n}B_{ij}u_i$", 1),
    ),
)  # fmt: skip
def test_what_is_asked_stands_in_a_sentence_of_its_own(statement: str, count: int) -> None:
    assert len(worked(statement).derivations) == count


@pytest.mark.parametrize("second", (r"the column vector $w$ with $m$ elements", r"the vector $w$ of length $m$"))
def test_a_vector_declared_behind_another_is_no_case(second: str) -> None:
    problem = read(
        rf"Let $c$ be a column vector with $q$ elements, {second}, where $w$ is a function of $c$. Find $\frac{{dw}}{{dc}}$."
    )
    assert len(problem.goals) == 1 and [s.latex for s in problem.symbols].count("c") == 1


@pytest.mark.parametrize(
    "asked",
    (
        r"Work out $\frac{ds}{d\mathbf{Q}}$ from one of its elements.",
        r"Work out the derivative of $s$ taken with respect to $\mathbf{Q}$ from one of its elements.",
        r"Find out how $s$ changes with $\mathbf{Q}$.",
    ),
)
def test_what_is_worked_out_is_no_definition(asked: str) -> None:
    (found,) = worked(
        r"Let the scalar $s$ be a function of $\mathbf{w}=\mathbf{Q}\mathbf{a}$, where $\mathbf{Q}\in\mathbb{R}^{p\times q}$ and "
        rf"$\mathbf{{a}}\in\mathbb{{R}}^q$ is constant. {asked}"
    ).derivations
    assert found.goal.kind == "derivative" and expression(found) == "np.outer(ds_dw, a)"


@pytest.mark.parametrize("asked", (r"$\frac{d(\mathbf{t}^T\mathbf{B})}{d\mathbf{t}}$",
                                   r"the derivative of $\mathbf{t}^T\mathbf{B}$ with respect to $\mathbf{t}$"))  # fmt: skip
@pytest.mark.parametrize("verb", ("Give me", "Write down", "Express", "State"))
def test_a_derivative_beside_rows_and_columns_is_no_product_to_read(verb: str, asked: str) -> None:
    (found,) = worked(
        r"Let $\mathbf{B}\in\mathbb{R}^{p\times n}$ be constant and $\mathbf{t}\in\mathbb{R}^p$. "
        rf"{verb} {asked}, where $d\mathbf y/d\mathbf x$ is defined for a row $\mathbf y$ as it is for a column."
    ).derivations
    assert found.goal.kind == "derivative" and expression(found) == "B"


@pytest.mark.parametrize(
    "asked",
    (
        "Take the derivative of $c_r$ with respect to $C_{st}$ where it can differ from zero.",
        "Compute the derivative with respect to $C_{st}$ of $c_r$ where it is not zero.",
        "Determine how $c_r$ changes with $C_{st}$ where the derivative can differ from zero.",
    ),
)
def test_more_derivatives_in_words(asked: str) -> None:
    (found,) = worked(PRODUCT + asked).derivations
    assert expression(found) == "u[t]"
