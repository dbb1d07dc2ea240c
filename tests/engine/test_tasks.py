"""What a statement asks besides a derivative: several wordings of each task, held against NumPy written by hand."""

from __future__ import annotations

import pytest

from tests.engine.solving import facts, meets, refused, right, solved

R, N, M = r"\mathbb{R}", r"\mathbf{x}\in\mathbb{R}^n", r"\mathbf{A}\in\mathbb{R}^{n\times n}"

THROUGH = (
    (r"Let $g(t)=\frac{1}{1+e^{-t}}$. (a) Find $\frac{d}{dt}g(t)$. (b) Express your answer to (a) using only $g(t)$ "
     r"and constants.", "np.exp(-t)/(1+np.exp(-t))**2", {"g"}),
    (r"(a) Differentiate $y=\tanh(3x)$. (b) Rewrite the derivative in terms of $y$ alone.", "3/np.cosh(3*x)**2", {"y"}),
    (r"Let $f(x)=e^{-x^2/2}$. (a) Find $f'(x)$. (b) Write your answer to (a) with $f(x)$.", "-x*np.exp(-x**2/2)", {"f", "x"}),
    (r"Let $p(u)=\frac{u}{1+u}$. (a) Find $p'(u)$. (b) Give the result through $p(u)$.", "1/(1+u)**2", {"p"}),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected", "letters"), THROUGH)
def test_an_answer_is_written_through_a_function(statement: str, expected: str, letters: set[str]) -> None:
    first, second = solved(statement)
    meets(first, expected)
    meets(second, expected)
    assert second.answer is not None
    outermost = {str(q.name.letter) for q in leaves(second.answer)}
    assert outermost == letters


def leaves(term: object) -> list[object]:
    """The quantities that stand in a term as it is written: a name is one, whatever it is defined to be."""
    from derivgen.engine.graphs import quantities
    from derivgen.terms.nodes import Term

    assert isinstance(term, Term)
    return list(quantities(term))


def test_an_answer_that_needs_more_than_the_function_is_refused() -> None:
    statement = r"Let $f(x)=e^{-x^2/2}$. (a) Find $f'(x)$. (b) Express your answer to (a) using only $f(x)$ and constants."
    assert "alone" in refused(statement)


STEEPEST = (
    (r"Let $h(x,y)=x^2+3y^2$. In which direction does $h$ decrease fastest at $(1,-1)$?", "np.array([-2., 6.])"),
    (r"A hill has the height $z=10-x^2-2xy-3y^2$. You stand at $(x,y)=(1,0)$. Which way is steepest uphill?",
     "np.array([-2., -2.])"),
    (r"Let $T(x,y,z)=xyz$. Find the direction of steepest ascent at $(1,2,3)$.", "np.array([6., 3., 2.])"),
    (r"The cost is $c(u,v)=(u-v)^2$. At $(2,1)$, which direction makes the cost drop as quickly as possible?",
     "np.array([-2., 2.])"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), STEEPEST)
def test_the_direction_of_the_steepest_slope(statement: str, expected: str) -> None:
    (found,) = solved(statement)
    meets(found, expected)
    assert found.text


IN_TERMS = (
    r"Here $w=uv$, $u=t^2$ and $v=\sin t$. Write $\frac{dw}{dt}$ through $\frac{du}{dt}$ and $\frac{dv}{dt}$.",
    rf"Let $\mathbf{{b}}=g(\mathbf{{a}})$ with $\mathbf{{a}}\in{R}^k$ and $\mathbf{{b}}\in{R}^r$, and let $c=h(\mathbf{{b}})$ be a "
    r"scalar. Express $\frac{dc}{d\mathbf{a}}$ in terms of $\frac{d\mathbf{b}}{d\mathbf{a}}$ and $\frac{dc}{d\mathbf{b}}$.",
    rf"A net computes $\mathbf{{h}}=\mathbf{{W}}\mathbf{{x}}$ with $\mathbf{{W}}\in{R}^{{m\times n}}$, $\mathbf{{x}}\in{R}^n$, and a "
    r"scalar loss $J$ that is a function of $\mathbf{h}$. Express $\frac{dJ}{d\mathbf{W}}$ in terms of "
    r"$\frac{dJ}{d\mathbf{h}}$ and $\mathbf{x}$.",
)  # fmt: skip


@pytest.mark.parametrize("statement", IN_TERMS)
@pytest.mark.parametrize("layout", ["denominator", "numerator"])
def test_a_derivative_in_terms_of_others_keeps_them(statement: str, layout: str) -> None:
    (found,) = solved(statement, layout)
    assert found.answer is not None and found.answer.pending


BLANKS = (
    (rf"Let $\mathbf{{y}}\in{R}^r$ be a function of $\mathbf{{x}}\in{R}^p$ and $z$ a scalar function of $\mathbf{{y}}$. Fill in the "
     r"boxes using $\mathbf{x},\mathbf{y},z$: $\frac{dz}{d\mathbf{x}}=\frac{d\Box}{d\Box}\frac{d\Box}{d\Box}$.", 2),
    (r"Let $p=\sin q$, $q=r^2$ and $r=s+1$. Fill in the blanks with $p,q,r,s$: "
     r"$\frac{dp}{ds}=\frac{d\Box}{d\Box}\cdot\frac{d\Box}{d\Box}\cdot\frac{d\Box}{d\Box}$.", 3),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "factors"), BLANKS)
def test_blanks_are_filled_with_the_links_of_the_chain(statement: str, factors: int) -> None:
    from derivgen.terms.nodes import Derivative

    (found,) = solved(statement)
    assert found.answer is not None
    links = [t for t in found.answer.args if isinstance(t, Derivative)]
    assert len(links) == factors


def test_blanks_that_the_list_cannot_fill_are_refused() -> None:
    message = refused(r"Let $p=\sin q$ and $q=s^2$. Fill in the blanks with $p,s$: $\frac{dp}{ds}=\frac{d\Box}{d\Box}\frac{d\Box}{d\Box}$.")
    assert "blank" in message


def test_blanks_without_a_list_hold_what_is_on_the_way() -> None:
    text = r"Let $p=\sin q$ and $q=s^2$. Fill in the blanks: $\frac{dp}{ds}=\frac{d\Box}{d\Box}\frac{d\Box}{d\Box}$."
    (d,) = solved(text)
    assert facts(d)["blanks"] == "p q q s"


PROOFS = (
    r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$ and $\mathbf{B}\in\mathbb{R}^{n\times p}$. Prove that "
    r"$(\mathbf{A}\mathbf{B})^T=\mathbf{B}^T\mathbf{A}^T$ element by element.",
    rf"Let $f,g:{R}^p\to{R}$ be differentiable. Show that $\frac{{d(f(\mathbf{{z}})g(\mathbf{{z}}))}}{{d\mathbf{{z}}}}="
    r"g(\mathbf{z})\frac{df(\mathbf{z})}{d\mathbf{z}}+f(\mathbf{z})\frac{dg(\mathbf{z})}{d\mathbf{z}}$.",
    rf"Let $\mathbf{{u}},\mathbf{{v}}\in{R}^n$ be functions of $\mathbf{{x}}\in{R}^m$. Show that "
    r"$\frac{d(\mathbf{u}-2\mathbf{v})}{d\mathbf{x}}=\frac{d\mathbf{u}}{d\mathbf{x}}-2\frac{d\mathbf{v}}{d\mathbf{x}}$.",
    r"Prove that $\operatorname{tr}(\mathbf{A}\mathbf{B})=\operatorname{tr}(\mathbf{B}\mathbf{A})$ for "
    r"$\mathbf{A}\in\mathbb{R}^{m\times n}$ and $\mathbf{B}\in\mathbb{R}^{n\times m}$.",
    rf"Let $\mathbf{{a}},\mathbf{{b}}\in{R}^n$. Show that $\lVert\mathbf{{a}}+\mathbf{{b}}\rVert^2=\lVert\mathbf{{a}}\rVert^2"
    r"+2\mathbf{a}^T\mathbf{b}+\lVert\mathbf{b}\rVert^2$.",
    r"Verify that $(\mathbf{A}+\mathbf{B})\mathbf{x}=\mathbf{A}\mathbf{x}+\mathbf{B}\mathbf{x}$ for square $\mathbf{A}$.",
    r"Let $u,v\in\mathbb R^n$ be column vectors. Prove the identity $\operatorname{tr}(uv^T)=v^Tu$.",
    rf"Let ${M}$ and ${N}$. Prove that $\mathbf{{x}}^T\mathbf{{A}}\mathbf{{x}}=\mathbf{{x}}^T\mathbf{{A}}^T\mathbf{{x}}$.",
    r"Show that $\frac{\partial^2 f}{\partial x\partial y}=\frac{\partial^2 f}{\partial y\partial x}$ for $f(x,y)=x^2\sin(xy)$.",
)  # fmt: skip


@pytest.mark.parametrize("statement", PROOFS)
def test_both_sides_of_an_equality_are_worked_out(statement: str) -> None:
    for found in solved(statement):
        assert found.steps


def test_a_false_equality_is_refused_with_where_it_fails() -> None:
    message = refused(r"Prove that $(AB)^T=A^TB^T$ for square matrices $A$ and $B$.")
    assert message.startswith("the equality does not hold: ")


def test_an_equality_that_elements_do_not_prove_is_refused() -> None:
    message = refused(r"Prove that $(AB)^{-1}=B^{-1}A^{-1}$ for invertible matrices $A$ and $B$.")
    assert "no proof by their elements" in message


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        (r"(b) Simplify it for symmetric $\mathbf{A}$.", "2*A@x"),
        (r"(b) What does it become when $\mathbf{A}$ is symmetric?", "2*A@x"),
        (r"(b) What happens if $\mathbf{A}$ is skew-symmetric?", "0*x"),
        (r"(b) How does the answer to (a) simplify if $\mathbf{A}=\mathbf{I}$?", "2*x"),
    ],
)  # fmt: skip
def test_a_further_assumption_simplifies_the_answer(again: str, expected: str) -> None:
    statement = rf"Let ${M}$ and ${N}$. (a) Find the gradient of $\mathbf{{x}}^T\mathbf{{A}}\mathbf{{x}}$ with respect to $\mathbf{{x}}$. {again}"
    first, second = solved(statement)
    meets(first, "(A+A.T)@x")
    meets(second, expected)


@pytest.mark.parametrize("what", ["mean", "sum"])
def test_a_batch_sums_the_derivatives(what: str) -> None:
    statement = (
        r"Let $\ell=\lVert\mathbf{M}\mathbf{x}\rVert^2$ with $\mathbf{M}\in\mathbb{R}^{m\times n}$, $\mathbf{x}\in\mathbb{R}^n$. "
        r"(a) Find $\frac{d\ell}{d\mathbf{M}}$. "
        rf"(b) Now the {what} of the losses over a mini-batch $\mathbf{{x}}_1,\dots,\mathbf{{x}}_N$ is used instead. "
        r"How does $\frac{d\ell}{d\mathbf{M}}$ change?"
    )
    first, second = solved(statement)
    meets(first, "2*np.outer(M@x, x)")
    assert second.text or second.steps


CHOICES = (
    (r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$, $\mathbf{x}\in\mathbb{R}^n$. Which of these equal "
     r"$\frac{d}{d\mathbf{x}}\lVert\mathbf{A}\mathbf{x}\rVert^2$? \begin{itemize}\item $2\mathbf{A}\mathbf{A}^T\mathbf{x}$ "
     r"\item $2\mathbf{A}^T\mathbf{A}\mathbf{x}$ \item $\mathbf{A}^T\mathbf{A}\mathbf{x}$\end{itemize}", {"2"}),
    (r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$, $\mathbf{x}\in\mathbb{R}^n$. Tick all that have the dimensions of "
     r"$\frac{d}{d\mathbf{A}}\lVert\mathbf{A}\mathbf{x}\rVert$: \begin{enumerate}\item $\mathbf{A}$ \item $\mathbf{A}^T$ "
     r"\item $\mathbf{A}\mathbf{x}\mathbf{x}^T$ \end{enumerate}", {"1", "3"}),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), CHOICES)
def test_the_options_that_fit_are_chosen(statement: str, expected: set[str]) -> None:
    (found,) = solved(statement)
    assert right(found) == expected
    assert all(choice.reason for choice in found.choices)


def test_a_choice_without_options_is_refused() -> None:
    assert "option" in refused(
        r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. Select all options that equal "
        r"$\frac{d}{d\mathbf{x}}\lVert\mathbf{A}\mathbf{x}\rVert^2$."
    )


REGROUPED = (
    (r"Write $\gamma_t(j)=\sum_{k=1}^{S}\gamma_{t-1}(k)P_{kj}$ with $\gamma_t\in\mathbb{R}^S$ as a vector equation.", ""),
    (r"Vectorize: $m_i=\sum_{j=1}^n W_{ij}h_j c_i$.", ""),
    (r"Turn $C_{ij}=\sum_{k=1}^p A_{ki}B_{jk}$ into a matrix expression.", "A.T@B.T"),
)


@pytest.mark.parametrize(("statement", "expected"), REGROUPED)
def test_sums_become_products(statement: str, expected: str) -> None:
    (found,) = solved(statement)
    assert found.answer is not None and not found.answer.free
    if expected:
        meets(found, expected)


CHAINS = (
    (r"Use the chain rule to find $\frac{dw}{dt}$ for $w=u^2v$ with $u=\cos t$ and $v=e^{t}$.",
     ["-2*np.cos(t)*np.sin(t)*np.exp(t)+np.cos(t)**2*np.exp(t)"]),
    (r"By the chain rule, find $\frac{\partial z}{\partial s}$ and $\frac{\partial z}{\partial t}$ if $z=x\log y$, $x=s+t$, $y=st$.",
     ["np.log(s*t)+(s+t)/s", "np.log(s*t)+(s+t)/t"]),
    (r"Let $g(a,b)=a^2+b^2$, where $a=\sin\theta$ and $b=\cos\theta$. Use the chain rule for $\frac{dg}{d\theta}$.", ["0*theta"]),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), CHAINS)
def test_the_chain_rule_over_named_functions(statement: str, expected: list[str]) -> None:
    found = solved(statement)
    for derivation, code in zip(found, expected, strict=True):
        meets(derivation, code)


def test_facts_are_reported_by_name() -> None:
    (found,) = solved(r"Let $\mathbf{A},\mathbf{B}\in\mathbb{R}^{n\times n}$. Is it true that $\mathbf{A}\mathbf{B}=\mathbf{B}\mathbf{A}$?")
    assert facts(found)["equality 1"] == "fails"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (r"Let $\mathbf{x}\in\mathbb{R}^n$. (a) Find $\frac{d}{d\mathbf{x}}\lVert\mathbf{x}\rVert^2$. (b) Express your "
         r"answer to (d) in terms of $\mathbf{x}$ alone.", "there is no answer to part (d) before this one"),
        (r"Let $u=v+1$ and $v=u^2$. Find $\frac{du}{dx}$.", ""),
    ],
)  # fmt: skip
def test_what_refers_to_nothing_is_refused_with_its_place(statement: str, words: str) -> None:
    assert words in refused(statement)


UPSTREAM = (
    (r"Let $\mathbf{z}=\mathbf{V}\mathbf{h}+\mathbf{c}$ with $\mathbf{V}\in\mathbb{R}^{m\times n}$, $\mathbf{h}\in\mathbb{R}^n$, "
     r"$\mathbf{c}\in\mathbb{R}^m$, and let $\boldsymbol{\delta}=\frac{\partial J}{\partial\mathbf{z}}$ be the gradient of a scalar "
     r"cost $J$. (a) Express $\frac{\partial J}{\partial\mathbf{V}}$ by $\boldsymbol{\delta}$. "
     r"(b) Express $\frac{\partial J}{\partial\mathbf{h}}$ by $\boldsymbol{\delta}$.", ["np.outer(dJ_dz, h)", "V.T@dJ_dz"]),
    (r"A layer computes $\mathbf{Y}=\mathbf{A}\mathbf{B}$ for $\mathbf{A}\in\mathbb{R}^{k\times d}$, $\mathbf{B}\in\mathbb{R}^{d\times r}$. "
     r"Write $\mathbf{D}=\partial C/\partial\mathbf{Y}$ for the upstream gradient of a scalar $C$. Find $\partial C/\partial\mathbf{A}$.",
     ["dC_dY@B.T"]),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), UPSTREAM)
def test_a_gradient_that_has_a_name_is_called_by_it(statement: str, expected: list[str]) -> None:
    from derivgen.terms.nodes import Named

    for derivation, code in zip(solved(statement), expected, strict=True):
        meets(derivation, code)
        assert any(isinstance(t, Named) for t in leaves(derivation.answer))
