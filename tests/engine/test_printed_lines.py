"""What stands beside and within a line, as a reader sees it: reasons for exactly this line, factors in their order."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from derivgen.derivation import Derivation, Step
from derivgen.rules.normal import key
from derivgen.rules.textbook import textbook
from derivgen.terms.nodes import Fn, Name, Num, Pow, Sym, Times
from derivgen.writers.styles import text_style
from derivgen.writers.wording import prose
from tests.engine.solving import meets, solved

STYLE = text_style(200)
U, V, W = r"\mathbf{u}", r"\mathbf{v}", r"\mathbf{w}"


def plain(text: str) -> str:
    """The text with one kind of d: which one is printed is a matter of the whole document."""
    return normalize("NFC", text).replace("∂", "d")


def shown(step: Step) -> str:
    return plain(STYLE.display(STYLE.present(step.after)))


def reason(step: Step) -> str:
    return plain(prose(step.reason, STYLE))


def said(derivation: Derivation) -> list[str]:
    return [plain(prose(paragraph, STYLE)) for paragraph in derivation.text]


# ------------------------------------------------------------------------------------------------- exponentials
def test_a_power_of_an_exponential_is_an_exponential() -> None:
    x, y = Sym(Name("x")), Sym(Name("y"))
    once, twice = Fn("exp", Times(x, y)), Fn("exp", Times(Num(2), x, y))
    assert textbook(Pow(once, Num(2))) == twice
    assert key(Pow(once, Num(2))) == key(twice) == key(Times(once, once))
    assert textbook(Times(twice, once)) == Fn("exp", Times(Num(3), x, y))


@pytest.mark.parametrize(
    ("formula", "expected", "answer"),
    [
        (r"\frac{d}{dx}(e^{x})^2", "2e²ˣ", "2*np.exp(2*x)"),
        (r"\frac{d}{dt}(e^{2t}e^{t})", "3e³ᵗ", "3*np.exp(3*t)"),
        (r"\frac{d}{dx}(x e^{x})", "(1 + x)eˣ", "(1 + x)*np.exp(x)"),
        (r"\frac{d}{ds}\frac{\sin s}{e^{3s}}", "(cos s − 3 sin s)/e³ˢ", "(np.cos(s) - 3*np.sin(s))/np.exp(3*s)"),
    ],
)
def test_exponentials_in_answers(formula: str, expected: str, answer: str) -> None:
    (found,) = solved(f"Find ${formula}$.")
    assert shown(found.steps[-1]) == expected
    meets(found, answer)


def test_an_exponential_stands_before_functions() -> None:
    (found,) = solved(r"Find $\frac{d}{dx}(e^{x}\sin x)$.")
    assert "eˣ sin x + eˣ cos x" in [shown(s) for s in found.steps]


def test_functions_side_by_side_need_no_brackets() -> None:
    (found,) = solved(r"Let $f(x) = x\sin x\cos x$. Find $\frac{df}{dx}$.")
    assert any("sin x cos x" in shown(s) for s in found.steps)


# ------------------------------------------------------------------------------------------------------ reasons
def test_the_law_of_a_function_avoids_the_letters_of_the_statement() -> None:
    for found in solved(
        r"Find $\frac{\partial f}{\partial x}$ by the chain rule, where $f(u,v)=u\log v$, $u=x\sin y$ and $v=x+y$."
    ):
        assert not any("d/du" in reason(s) for s in found.steps)
        assert any("d/dt log t = 1/t" in reason(s) for s in found.steps)
    (plain,) = solved(r"Find $\frac{d}{dx}\log(1+x)$.")
    assert "d/du log u = 1/u" in reason(plain.steps[0])


def test_a_law_is_told_once_beside_a_line() -> None:
    (found,) = solved(r"Find $\frac{d}{dx}\left(e^{x}-e^{-x}\right)$.")
    assert [reason(s).count("eᵘ = eᵘ") for s in found.steps] == [0, 1]


def test_a_constant_factor_of_the_variable_is_pulled_out_with_the_others() -> None:
    (found,) = solved(r"Let $f(x,y) = xy^2 + x^2y$. Find $\frac{\partial f}{\partial x}$.")
    assert [shown(s) for s in found.steps][1] == "y² + (dx²/dx) y"
    assert not any("read off" in reason(s) for s in found.steps)


def test_a_fraction_that_is_cancelled_is_told() -> None:
    (found,) = solved(r"Let $f(x,y) = e^{xy} + y\log 3x$. Find $\frac{\partial f}{\partial x}$.")
    assert reason(found.steps[-1]) == "the fraction is cancelled; the common factor is taken out"


def test_mixed_derivatives_are_equal_where_they_are_continuous() -> None:
    both = solved(
        r"Let $f(x,y)=\sin(xy)$. Find $\frac{\partial^2 f}{\partial x\partial y}$ and "
        r"$\frac{\partial^2 f}{\partial y\partial x}$."
    )
    assert reason(both[1].steps[0]).startswith("the mixed second derivatives are equal where they are continuous")


def test_the_derivative_by_an_argument_is_explained() -> None:
    (found,) = solved(
        r"Let $\mathbf{x},\mathbf{y}\in\mathbb{R}^n$, where $\mathbf{y}$ does not depend on $\mathbf{x}$. The function $f$ "
        r"is applied to numbers. Let $z_i=f(x_i,y_i)$. Find $\frac{d\mathbf{z}}{d\mathbf{x}}$."
    )
    reasons = [reason(s) for s in found.steps]
    assert "the definition of z" in reasons  # and not that an element is given by a formula
    assert any(r.endswith("is the derivative by the first argument") for r in reasons)


@pytest.mark.parametrize(("size", "a", "b"), [("n", "x", "y"), ("3", "p", "q")])
def test_element_wise_products_are_told_where_they_are_made(size: str, a: str, b: str) -> None:
    given = rf"Let $\mathbf{{{a}}},\mathbf{{{b}}}\in\mathbb{{R}}^{{{size}}}$ and $\mathbf{{A}}\in\mathbb{{R}}^{{{size}\times {size}}}$. "
    inside, outside = (
        solved(given + rf"Write $v_i=\sum_{{j=1}}^{{{size}}}{body}$ as a vector equation.")[0]
        for body in (rf"A_{{ij}}{a}_j{b}_j", rf"A_{{ij}}{a}_i{b}_j")
    )
    words = "multiplied element by element"
    assert [words in reason(s) for s in inside.steps] == [True, False, False]
    assert [words in reason(s) for s in outside.steps] == [False, True]
    meets(inside, f"A @ ({a}*{b})")
    meets(outside, f"{a}*(A @ {b})")


# ------------------------------------------------------------------------------------------------ the chain rule
CHAIN = (
    r"Let $\mathbf{x}\in\mathbb{R}^{p}$, $\mathbf{y}\in\mathbb{R}^{r}$ and $\mathbf{z}\in\mathbb{R}^{n}$, where "
    r"$\mathbf{z}$ is a function of $\mathbf{y}$ and $\mathbf{y}$ is a function of $\mathbf{x}$. Express "
    r"$\frac{d\mathbf{z}}{d\mathbf{x}}$ in terms of $\frac{d\mathbf{y}}{d\mathbf{x}}$ and $\frac{d\mathbf{z}}{d\mathbf{y}}$."
)


@pytest.mark.parametrize(
    ("layout", "expected"),
    [("denominator", "Σₖ₌₁ʳ (dyₖ/dxᵢ) (dzⱼ/dyₖ)"), ("numerator", "Σₖ₌₁ʳ (dzᵢ/dyₖ) (dyₖ/dxⱼ)")],
)
def test_the_factors_stand_as_in_the_matrix_product(layout: str, expected: str) -> None:
    (found,) = solved(CHAIN, layout=layout)
    assert expected in [shown(s) for s in found.steps]


def test_a_formula_of_the_statement_is_shown_in_its_own_order() -> None:
    (found,) = solved(
        r"Let $\mathbf{x}\in\mathbb{R}^m$, $\mathbf{y}\in\mathbb{R}^n$, $\mathbf{y}=g(\mathbf{x})$ and let $z=f(\mathbf{y})$ be a "
        r"scalar. Show that \[\frac{\partial z}{\partial x_i}=\sum_j\frac{\partial z}{\partial y_j}"
        r"\frac{\partial y_j}{\partial x_i}.\]"
    )
    assert shown(found.steps[-1]) == "Σⱼ₌₁ⁿ (dz/dyⱼ) (dyⱼ/dxᵢ)"


NET = (
    r"A network maps $\mathbf{x}\in\mathbb{R}^5$ to $\hat y\in\mathbb{R}$: its layers are $\mathbf{a}=f(\mathbf{x})$ and "
    r"$\hat y=h(\mathbf{a})$ with $f:\mathbb{R}^5\to\mathbb{R}^4$ and $h:\mathbb{R}^4\to\mathbb{R}$. The loss is "
    r"$\ell=L(y,\hat y)$ with the true value $y$. "
)


def test_a_derivative_by_a_scalar_goes_on_the_chain() -> None:
    (found,) = solved(
        NET + r"Express $\frac{d\ell}{d\mathbf{a}}$ in terms of $\frac{dh}{d\mathbf{a}}$ and $\frac{d\ell}{d\hat y}$."
    )
    assert shown(found.steps[-1]) == "(dh/da) (dℓ/dŷ)"


def test_blanks_are_told_by_the_terms_that_they_make() -> None:
    (found,) = solved(
        NET
        + r"Express $\frac{d\ell}{da_3}$ in terms of $\frac{dh}{da_\Box}$ and $\frac{d\ell}{d\hat y}$. Each blank is 1, 2, "
        r"3 or 4."
    )
    assert said(found) == ["With the blanks filled in: dh/da₃."]


# ------------------------------------------------------------------------------------------------------- layers
LAYERS = (
    r"Let $\mathbf{x}\in\mathbb{R}^n$ and $\mathbf{y}\in\mathbb{R}^m$. A network computes $\mathbf{a}=f(\mathbf{M}\mathbf{x})$, "
    r"$\hat{\mathbf{y}}=g(\mathbf{N}\mathbf{a})$ and $\ell=h(\hat{\mathbf{y}},\mathbf{y})$, with $\mathbf{M}\in\mathbb{R}^{p\times n}$, "
    r"$\mathbf{N}\in\mathbb{R}^{m\times p}$, $f,g:\mathbb{R}\to\mathbb{R}$ acting element-wise, and "
    r"$h:\mathbb{R}^m\times\mathbb{R}^m\to\mathbb{R}$. "
)


def test_each_arrow_is_explained_by_an_element() -> None:
    _, found = solved(
        LAYERS
        + r"(a) Fill in the blanks: $\frac{d\ell}{d\mathbf{M}}=\frac{d\Box}{d\Box}\frac{d\Box}{d\Box}\frac{d\Box}{d\Box}$. "
        r"Each blank is one of $\ell$, $\mathbf{a}$, $\hat{\mathbf{y}}$ and $\mathbf{M}$. "
        r"(b) Evaluate it, so that $\frac{d\ell}{d\hat{\mathbf{y}}}$ is the only derivative left."
    )
    assert [reason(s).partition(", so ")[2] for s in found.steps[:-1]] == [
        "dℓ/dvᵢ = g′(vᵢ) (dℓ/dŷᵢ)",
        "dℓ/daᵢ = Σⱼ₌₁ᵐ Nⱼᵢ (dℓ/dvⱼ)",
        "dℓ/duᵢ = f′(uᵢ) (dℓ/daᵢ)",
        "dℓ/dMᵢⱼ = xⱼ (dℓ/duᵢ)",
    ]


BATCH = (
    r"Now a batch of inputs $\mathbf{x}_1,\dots,\mathbf{x}_B$ is used, and the loss is the mean of the individual losses. How "
    r"does $\frac{d\ell}{d\mathbf{w}}$ change?"
)


def test_the_answer_for_one_example_is_written_out() -> None:
    (found,) = solved(
        r"Let $\mathbf{w},\mathbf{x}\in\mathbb{R}^n$, $\hat y=\mathbf{w}^T\mathbf{x}$ and $\ell=(\hat y-y)^2$. " + BATCH
    )
    assert said(found) == ["Each dℓᵢ/dw is found as for a single example: dℓᵢ/dw = 2(ŷᵢ − yᵢ) xᵢ."]


def test_the_answer_for_one_example_is_taken_from_an_earlier_part() -> None:
    _, found = solved(
        r"Let $\mathbf{w},\mathbf{x}\in\mathbb{R}^n$, $\hat y=\mathbf{w}^T\mathbf{x}$ and $\ell=(\hat y-y)^2$. "
        r"(a) Find $\frac{d\ell}{d\mathbf{w}}$. (b) " + BATCH
    )
    (text,) = said(found)
    assert text.startswith("Each dℓᵢ/dw is found as for a single example, in (a): dℓᵢ/dw = 2(")


# ------------------------------------------------------------------------------------------------- words of answers
def test_a_product_that_has_one_reading_is_answered_by_it() -> None:
    (found,) = solved(
        r"Let $\mathbf{a}\in\mathbb{R}^m$ and $\mathbf{b}\in\mathbb{R}^n$. Write the product $\mathbf{a}\mathbf{b}^T$ by its "
        r"elements, by rows and by columns."
    )
    assert said(found) == ["[abᵀ]ᵢⱼ = aᵢ bⱼ."]


def test_what_one_part_has_argued_the_next_does_not_repeat() -> None:
    matrix, vector = solved(
        r"Let $\mathbf{y}=\mathbf{X}\mathbf{v}$ with $\mathbf{X}\in\mathbb{R}^{m\times n}$ and a constant vector "
        r"$\mathbf{v}\in\mathbb{R}^n$. "
        r"(a) Suppose that only those elements of $\frac{d\mathbf{y}}{d\mathbf{X}}$ are kept that can differ from zero. Argue that "
        r"they fit into a matrix. (b) Argue that this matrix can be stored as one vector."
    )
    assert not set(said(matrix)) & set(said(vector))
    assert said(vector)[0].startswith("Mᵢₖ does not depend on i")


def test_a_named_product_is_shown_by_its_element_where_its_coefficients_are_read_off() -> None:
    (found,) = solved(
        r"Let the scalar $q$ be a function of the row vector $\mathbf{r}=\mathbf{c}^T\mathbf{Z}$, where "
        r"$\mathbf{Z}\in\mathbb{R}^{s\times t}$ and $\mathbf{c}\in\mathbb{R}^s$ is constant. Find $\frac{dq}{d\mathbf{Z}}$ from "
        r"one of its elements."
    )
    assert any(reason(s).startswith("rₖ = Σₗ₌₁ˢ cₗ Zₗₖ is linear in Z") for s in found.steps)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"u_i+\sum_{j=1}^{n}A_{ij}v_jw_j", "u + A @ (v*w)"),
        (r"u_i+\sum_{j=1}^{n}\sum_{k=1}^{n}A_{ki}B_{kj}w_j", "u + A.T @ B @ w"),
        (r"\sum_{j=1}^{n}(A_{ij}v_j+B_{ij}u_j)w_j", "A @ (v*w) + B @ (u*w)"),
    ],
)
def test_a_sum_in_a_sum_is_regrouped_in_one_line(formula: str, expected: str) -> None:
    (found,) = solved(
        rf"Get rid of the indices: $r_i={formula}$, with $\mathbf{{A}},\mathbf{{B}}\in\mathbb{{R}}^{{n\times n}}$ and "
        r"$\mathbf{u},\mathbf{v},\mathbf{w}\in\mathbb{R}^n$."
    )
    meets(found, expected)


def test_an_element_wise_exponential_is_no_power_of_another() -> None:
    (found,) = solved(
        r"Let $\mathbf{x}\in\mathbb{R}^n$ and $\mathbf{y}=\exp(2\mathbf{x})$, element by element. Find "
        r"$\frac{d\mathbf{y}}{d\mathbf{x}}$."
    )
    meets(found, "np.diag(2*np.exp(2*x))")


@pytest.mark.parametrize("size", ["2", "n"])
def test_a_name_alone_is_not_written_out_first(size: str) -> None:
    (found,) = solved(
        rf"Let $\mathbf{{x}}\in\mathbb{{R}}^{size}$. Find $\frac{{d\mathbf{{x}}}}{{d\mathbf{{x}}}}$ by explicit expansion."
    )
    assert "written with" not in " ".join(reason(s) for s in found.steps)
    meets(found, f"np.eye({size})")


MEAN = r" Now a batch of inputs $\mathbf{x}_1,\dots,\mathbf{x}_B$ is used, and the loss is the mean of the individual losses. "
W_ASKED, V_ASKED = (rf"How does $\frac{{d\ell}}{{d\mathbf{{{letter}}}}}$ change?" for letter in "Ww")
MATRIX = r" with $\mathbf{W}\in\mathbb{R}^{m\times n}$, $\mathbf{x}\in\mathbb{R}^n$ and $\mathbf{y},\mathbf{b}\in\mathbb{R}^m$."
VECTOR = r" with $\mathbf{w},\mathbf{x}\in\mathbb{R}^n$."


@pytest.mark.parametrize(
    ("given", "asked", "loss"),
    [
        (
            r"Let $\hat{\mathbf{y}}=g(\mathbf{W}\mathbf{x})$, where $g$ acts element-wise, and "
            r"$\ell=-\mathbf{y}^T\log\hat{\mathbf{y}}$" + MATRIX,
            W_ASKED,
            "ℓᵢ = −yᵢᵀ log(ŷᵢ)",
        ),
        (
            r"Let $\hat{\mathbf{y}}=\mathbf{W}\mathbf{x}$ and "
            r"$\ell=\|\hat{\mathbf{y}}-\mathbf{y}\|_2^2+\lambda\|\mathbf{W}\|_F^2$" + MATRIX,
            W_ASKED,
            "ℓᵢ = ‖ŷᵢ − yᵢ‖₂² + λ ‖W‖_F²",
        ),
        (
            r"Let $\mathbf{z}=\mathbf{W}\mathbf{x}+\mathbf{b}$ and $\ell=\frac12(\mathbf{z}-\mathbf{y})^T(\mathbf{z}-\mathbf{y})$"
            + MATRIX,
            W_ASKED,
            "ℓᵢ = (1/2) (zᵢ − yᵢ)ᵀ(zᵢ − yᵢ)",
        ),
        (r"Let $\ell=(\mathbf{w}^T\mathbf{x}-y)^2$" + VECTOR, V_ASKED, "ℓᵢ = (wᵀ xᵢ − yᵢ)²"),
        (
            r"Let $p=\sigma(\mathbf{w}^T\mathbf{x}+b)$ and $\ell=-y\log p-(1-y)\log(1-p)$" + VECTOR,
            V_ASKED,
            "ℓᵢ = −yᵢ log pᵢ − (1 − yᵢ) log(1 − pᵢ)",
        ),
    ],
)
def test_what_belongs_to_an_example_has_its_index(given: str, asked: str, loss: str) -> None:
    (found,) = solved(given + MEAN + asked)
    introduction = plain(prose(found.introduction, STYLE))
    assert plain(loss) + "," in introduction
    assert "bᵢ" not in introduction and "λᵢ" not in introduction


def test_a_chain_that_a_line_goes_through_is_drawn() -> None:
    (found,) = solved(
        r"Let the scalar $q$ be a function of the row vector $\mathbf{r}=\mathbf{c}^T\mathbf{Z}$, where "
        r"$\mathbf{Z}\in\mathbb{R}^{s\times t}$ and $\mathbf{c}\in\mathbb{R}^s$ is constant. Find $\frac{dq}{d\mathbf{Z}}$."
    )
    (graph,) = found.figures
    assert len(graph.nodes) == 3 and len(graph.edges) == 2  # type: ignore[union-attr]
    (plain_one,) = solved(
        r"Let $\mathbf{a},\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d(\mathbf{a}^T\mathbf{x})}{d\mathbf{x}}$."
    )
    assert not plain_one.figures
