"""What the variations brought to light, as statements of their own: letters, words and orders that once led astray."""

from __future__ import annotations

import pytest

from derivgen.derivation import Derivation, Solution
from derivgen.face import solve
from derivgen.tasks import Prove
from tests.variations.oracle import differences, expression

MATRIX = r"$\mathbf{A}\in\mathbb{R}^{m\times n}$"


def worked(statement: str, **how: str) -> Solution:
    solution = solve(statement, seconds=20.0, **how)  # type: ignore[arg-type]
    assert solution.status == "solved", solution.error or [d.error for d in solution.derivations]
    assert all(d.check.verdict == "verified" for d in solution.derivations)
    assert not any(differences(d) for d in solution.derivations)
    return solution


def facts(derivation: Derivation) -> dict[str, str]:
    return {f.name: f.value for f in derivation.facts}


@pytest.mark.parametrize("letters", ("hfg", "uvg", "pqr", "huv", "FGH", "gab", "wzs"))
def test_functions_have_any_letters(letters: str) -> None:
    h, f, g = letters
    (found,) = worked(
        rf"For scalar functions ${h}(x)={f}({g}(x))$ we may write \[ \frac{{d{h}}}{{dx}}=\frac{{d{f}}}{{d{g}}}"
        rf"\frac{{d{g}}}{{dx}}=\frac{{d{g}}}{{dx}}\frac{{d{f}}}{{d{g}}}. \] Is that right?"
    ).derivations
    assert set(facts(found).values()) == {"holds"}


@pytest.mark.parametrize(
    "words", ("is not a function of", "does not depend on", "is independent of", "is no function of")
)
def test_what_is_no_function_of_the_variable_is_constant(words: str) -> None:
    (found,) = worked(
        rf"Let $\mathbf{{w}},\mathbf{{x}}\in\mathbb{{R}}^n$, where $\mathbf{{w}}$ {words} $\mathbf{{x}}$. "
        r"Find $\frac{d}{d\mathbf{x}}(\mathbf{w}^T\mathbf{x})$."
    ).derivations
    assert expression(found) == "w"


@pytest.mark.parametrize(
    ("again", "shape"),
    (
        (r"Do the same for $\mathbf{A}\in\mathbb{R}^{n\times n}$", ("n", "n")),
        (r"Repeat this for $\mathbf{A}\in\mathbb{R}^{2\times 3}$ and $\mathbf{x}\in\mathbb{R}^3$", (3, 2)),
        (r"Do the same for the $n\times n$ matrix $\mathbf{A}$", ("n", "n")),
    ),
)
def test_the_same_is_asked_for_letters_declared_anew(again: str, shape: tuple[object, ...]) -> None:
    found = worked(
        rf"Let {MATRIX} and $\mathbf{{x}}\in\mathbb{{R}}^n$. "
        rf"(a) Find $\frac{{d(\mathbf{{A}}\mathbf{{x}})}}{{d\mathbf{{x}}}}$. (b) {again}."
    ).derivations
    assert [d.goal.part for d in found] == ["a", "b"]
    assert found[1].answer is not None and found[1].answer.shape == shape


CHAIN = (
    r"Let $\mathbf{t}$ be a function of $\mathbf{s}$ and $\mathbf{w}$ a function of $\mathbf{t}$. "
    r"(a) Let $\mathbf{s}\in\mathbb{R}^p$, $\mathbf{t}\in\mathbb{R}^r$ and $\mathbf{w}\in\mathbb{R}^n$. "
)


@pytest.mark.parametrize(
    "asked",
    (
        r"Compute $\frac{d\mathbf{w}}{d\mathbf{s}}$ in terms of $\frac{d\mathbf{w}}{d\mathbf{t}}$ and "
        r"$\frac{d\mathbf{t}}{d\mathbf{s}}$ by matching shapes",
        r"Find the derivative of $\mathbf{w}$ with respect to $\mathbf{s}$ by comparing the shapes",
        r"Calculate $\frac{d\mathbf{w}}{d\mathbf{s}}$ by shape matching",
    ),
)
@pytest.mark.parametrize("again", (r"$\mathbf{s},\mathbf{t},\mathbf{w}\in\mathbb{R}^n$",
                                   r"column vectors $\mathbf{s}$, $\mathbf{t}$ and $\mathbf{w}$ with $n$ elements"))  # fmt: skip
def test_shapes_are_matched_again(asked: str, again: str) -> None:
    first, second = worked(f"{CHAIN}{asked}. (b) Do the same for {again}.").derivations
    assert facts(first)["candidates"] == "1"
    assert facts(second)["candidates"] == "8"
    assert second.method == first.method == "shape-matching"


@pytest.mark.parametrize("layout", ("denominator", "numerator", "jacobian"))
def test_a_formal_chain_is_read_in_every_layout(layout: str) -> None:
    (found,) = worked(
        r"Let $\hat{\mathbf{y}}=g(\mathbf{N}\mathbf{a})$ with $\mathbf{N}\in\mathbb{R}^{m\times p}$, where $g$ acts "
        r"element-wise, and let $\ell$ be a scalar function of $\hat{\mathbf{y}}$. Express $\frac{d\ell}{d\mathbf{N}}$ in "
        r"terms of $\frac{d\ell}{d\hat{\mathbf{y}}}$ and $\frac{d\hat{\mathbf{y}}}{d\mathbf{N}}$.",
        layout=layout,
    ).derivations
    assert found.answer is not None
    assert found.answer.shape == (("p", "m") if layout == "numerator" else ("m", "p"))


@pytest.mark.parametrize(("layout", "place"), (("denominator", "[0, i]"), ("numerator", "[i]"), ("jacobian", "[0, i]")))
def test_an_element_by_a_row_lies_as_the_row_does(layout: str, place: str) -> None:
    (found,) = worked(
        r"Let $\mathbf{r}\in\mathbb{R}^{1\times n}$, $y=f(u)$ with $u$ a scalar function of $\mathbf{r}$. "
        r"Find $\frac{\partial y}{\partial r_i}$.",
        layout=layout,
    ).derivations
    assert f"du_dr{place}" in (expression(found) or "")


def test_the_gradient_by_one_element_is_a_list_of_one() -> None:
    found = worked(
        r"Let $\mathbf{x}\in\mathbb{R}^1$ and $f(\mathbf{x})=\lVert\mathbf{x}\rVert^2$. (a) Find $\nabla f(\mathbf{x})$ as a "
        r"list of its elements. (b) Express your answer to (a) with one variable only."
    ).derivations
    assert len(found) == 2


@pytest.mark.parametrize("said", (r"a batch of inputs $x_1,\dots,x_B$", r"the samples $x_1,\ldots,x_B$ of a batch"))
def test_several_inputs_are_not_the_elements_of_one(said: str) -> None:
    (found,) = worked(
        r"Let $x$ be a column vector with $n$ elements, $M$ a $p\times n$ matrix and $\ell=\lVert Mx\rVert^2$. "
        rf"Now {said} is used, and the losses are averaged. How does $\frac{{d\ell}}{{dM}}$ change?"
    ).derivations
    assert found.answer is not None


def test_a_letter_in_an_exponent_is_a_scalar_beside_a_vector_of_that_letter() -> None:
    found = worked(
        r"(a) Find $\frac{\partial f}{\partial x}$ for $f(x,y)=x^y+y^x$. (b) Find $\frac{\partial f}{\partial x_i}$ for "
        r"$f(\bm{x})=\lVert\bm{x}\rVert^2$, $\bm{x}\in\mathbb{R}^n$."
    ).derivations
    assert [d.goal.kind for d in found] == ["derivative", "element"]


def test_a_column_vector_is_no_column_to_read_by() -> None:
    (found,) = worked(
        r"Express $v_i=x_i\sum_{j=1}^{n}A_{ij}y_j$ in vector form, for the $m\times n$ matrix $A$, the column vector $x$ "
        r"with $m$ elements and the column vector $y$ with $n$ elements."
    ).derivations
    assert found.goal.kind == "regroup"


@pytest.mark.parametrize(
    "verb", ("Show that", "Explain why", "Justify that", "Establish that", "Demonstrate that", "Prove")
)
def test_what_is_to_be_shown_is_said_in_many_words(verb: str) -> None:
    (found,) = worked(
        r"Let $u,v:\mathbb{R}^n\to\mathbb{R}^m$ be differentiable and $\mathbf{x}\in\mathbb{R}^n$. "
        rf"{verb} $\frac{{d(u(\mathbf{{x}})+v(\mathbf{{x}}))}}{{d\mathbf{{x}}}}=\frac{{du(\mathbf{{x}})}}{{d\mathbf{{x}}}}+"
        r"\frac{dv(\mathbf{x})}{d\mathbf{x}}$."
    ).derivations
    assert found.goal.claim is not None or isinstance(found.goal.task, Prove)


@pytest.mark.parametrize(
    "words",
    (
        "Rewrite your answer to (i) in terms of nothing but",
        "Write the answer to (i) with",
        "Express the answer to (i) by",
    ),
)
def test_an_earlier_answer_is_no_further_assumption(words: str) -> None:
    found = worked(
        r"Let $g(t)=\frac{1}{1+e^{-t}}$. \begin{enumerate}\item[(i)] Find $\frac{d}{dt}g(t)$. "
        rf"\item[(ii)] {words} $g(t)$ and constants. \end{{enumerate}}"
    ).derivations
    assert [d.goal.part for d in found] == ["i", "ii"]


def test_parts_are_spoken_of_beyond_the_fifth() -> None:
    items = "".join(
        rf"\item[({n})] Find $\frac{{d}}{{dt}}t^{k}$. " for k, n in enumerate(("i", "ii", "iii", "iv", "v"), 2)
    )
    found = worked(
        rf"\begin{{enumerate}}{items}\item[(vi)] Find $\frac{{dy}}{{dt}}$ for $y=e^{{3t}}$. "
        r"\item[(vii)] Write the answer to (vi) in terms of $y$ alone. \end{enumerate}"
    ).derivations
    assert found[-1].goal.part == "vii" and expression(found[-1]) is not None


@pytest.mark.parametrize(
    "asked",
    ("What matrix has the entries", "Find the matrix with the entries", "Write down the matrix with the entries"),
)
def test_a_matrix_is_asked_for_by_its_entries(asked: str) -> None:
    (found,) = worked(
        rf"{asked} $M_{{ij}}=p_iQ_{{ij}}$, where $\mathbf{{p}}\in\mathbb{{R}}^m$ and $\mathbf{{Q}}\in\mathbb{{R}}^{{m\times n}}$?"
    ).derivations
    assert found.goal.kind == "regroup"


def test_an_expression_without_a_name_is_refused() -> None:
    solution = solve(
        r"Let the scalar $z$ be a function of the row vector $\mathbf{y}=\mathbf{v}^T\mathbf{X}$, where "
        r"$\mathbf{X}\in\mathbb{R}^{1\times n}$ and $\mathbf{v}\in\mathbb{R}^1$ is constant. Find $\frac{dz}{d\mathbf{X}}$ "
        r"in terms of $\frac{d\mathbf{y}}{d\mathbf{X}}$ and $\frac{dz}{d\mathbf{y}}$."
    )
    (found,) = solution.derivations
    assert found.error is not None
    assert found.error.message == "the chain rule leads to the derivative of an expression that has no name"
