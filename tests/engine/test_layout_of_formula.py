"""Which layout a formula follows."""

from __future__ import annotations

import pytest

from derivgen import read, solve
from tests.engine.values import facts_of, solved, told

CHAIN = r"Let $\mathbf{x}\in\mathbb{R}^m$, $\mathbf{y}\in\mathbb{R}^n$, $\mathbf{y}=g(\mathbf{x})$ and a scalar $z=f(\mathbf{y})$. "
F = r"\nabla_{\mathbf{x}}z=\left(\frac{\partial\mathbf{y}}{\partial\mathbf{x}}\right)^T\nabla_{\mathbf{y}}z"
G = r"\nabla_{\mathbf{x}}z=\frac{\partial\mathbf{y}}{\partial\mathbf{x}}\nabla_{\mathbf{y}}z"
D = r"$\frac{\partial\mathbf{y}}{\partial\mathbf{x}}$"
WORDINGS = (
    f"Does {D} in the formula ${{}}$ follow the denominator layout or the numerator layout? Explain.",
    r"In the formula ${}$, is $\partial\mathbf{{y}}/\partial\mathbf{{x}}$ in denominator layout or in numerator layout?",
    f"Consider \\[ {{}}. \\] Decide whether {D} is taken in numerator or denominator layout, and explain why.",
    f"The rule ${{}}$ appears in a book. Which of the two layouts does the derivative {D} obey?",
    f"We are given ${{}}$. What layout is being used for {D} here? Justify your answer.",
    r"Consider ${}$. Is it in numerator layout or denominator layout?",
    r"Someone writes ${}$. Does this follow denominator layout?",
    f"State whether {D} follows the numerator-layout or denominator-layout convention in ${{}}$.",
)


@pytest.mark.parametrize("wording", WORDINGS)
def test_the_shapes_tell_the_layout(wording: str) -> None:
    for formula, layout, needed in ((F, "numerator", "n×m"), (G, "denominator", "m×n")):
        words = wording.replace("{{", "{").replace("}}", "}") if "{{" in wording else wording
        (found,) = solved(CHAIN + words.replace("${}$", f"${formula}$").replace("[ {}.", f"[ {formula}."))
        assert found.goal.kind == "definition"
        facts = facts_of(found)
        assert facts["layout"] == layout
        assert facts["needed shape"] == needed
        assert facts["shape in denominator layout"] == "m×n"
        assert facts["shape in numerator layout"] == "n×m"
        assert facts["formula"] == "holds"
        assert f"follows the {layout} layout" in told(found)
        assert "were equal, both shapes would fit" in told(found)


def test_a_formula_may_be_named_by_its_number() -> None:
    first = (
        r"\[ \frac{\partial z}{\partial x_i}=\sum_j\frac{\partial z}{\partial y_j}\frac{\partial y_j}{\partial x_i} \]"
    )
    statement = (
        r"A book states, for $\mathbf{x}\in\mathbb{R}^m$, $\mathbf{y}\in\mathbb{R}^n$, $\mathbf{y}=g(\mathbf{x})$ and a "
        rf"scalar $z=f(\mathbf{{y}})$, {first} and \[ {F} \] and \[ {G}. \] Does {D} in the {{}} formula follow the "
        "denominator layout or the numerator layout?"
    )
    for word, layout in (("second", "numerator"), ("third", "denominator"), ("last", "denominator")):
        (found,) = solved(statement.replace("{}", word))
        assert facts_of(found)["layout"] == layout


def test_square_shapes_are_told_apart_by_values() -> None:
    for formula, layout, other in ((F, "numerator", "denominator"), (G, "denominator", "numerator")):
        (found,) = solved(
            CHAIN.replace("^m", "^n") + f"Does {D} in ${formula}$ follow numerator or denominator layout?"
        )
        facts = facts_of(found)
        assert facts["layout"] == layout
        assert facts[f"formula in {other} layout"] == "false"
        assert "they cannot tell" in told(found)


@pytest.mark.parametrize(
    ("formula", "layout"),
    [
        (r"\frac{dz}{d\mathbf{x}}=\frac{dz}{d\mathbf{y}}\frac{d\mathbf{y}}{d\mathbf{x}}", "numerator"),
        (r"\frac{dz}{d\mathbf{x}}=\frac{d\mathbf{y}}{d\mathbf{x}}\frac{dz}{d\mathbf{y}}", "denominator"),
        (r"\frac{dz}{d\mathbf{x}}=\left(\frac{d\mathbf{y}}{d\mathbf{x}}\right)^T\frac{dz}{d\mathbf{y}}", "jacobian"),
        (r"\frac{dz}{d\mathbf{x}}=\frac{dz}{d\mathbf{y}}\left(\frac{d\mathbf{y}}{d\mathbf{x}}\right)^T", "neither"),
    ],
)
def test_a_whole_formula(formula: str, layout: str) -> None:
    (found,) = solved(CHAIN + f"Consider ${formula}$. Which layout does it follow?")
    assert facts_of(found)["layout"] == layout


def test_other_formulas_and_letters() -> None:
    table = r"Let $A\in\mathbb{R}^{n\times p}$ and $u\in\mathbb{R}^p$. A table says $\frac{d(Au)}{du}=%s$. Which layout is used?"
    for right, layout in (("A^T", "denominator"), ("A", "numerator")):
        (found,) = solved(table % right)
        assert facts_of(found)["layout"] == layout
    (found,) = solved(
        r"Let $A\in\mathbb{R}^{n\times n}$, $u\in\mathbb{R}^n$. Is $\frac{d(u^TAu)}{du}=2Au$ in denominator or numerator layout?"
    )
    assert facts_of(found)["layout"] == "denominator"
    assert facts_of(found)["formula"] == "does not hold"


def test_a_formula_that_is_false_in_every_layout_is_refused() -> None:
    solution = solve(
        r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$, $\mathbf{x}\in\mathbb{R}^n$. A book says "
        r"$\frac{d(\mathbf{A}\mathbf{x})}{d\mathbf{x}}=2\mathbf{A}$. Which layout does it follow?"
    )
    (found,) = solution.derivations
    assert found.error is not None
    assert found.error.message == "the two sides of the formula differ in every layout: it follows none"


def test_a_layout_that_is_only_named_is_still_followed() -> None:
    (goal,) = read(CHAIN + f"In numerator layout, what is the shape of {D}?").goals
    assert goal.layout == "numerator"
    assert goal.task is None


def test_an_unknown_function_of_vectors_makes_its_value_depend_on_them() -> None:
    (found,) = solved(CHAIN + r"What is the shape of $\frac{\partial\mathbf{y}}{\partial\mathbf{x}}$?")
    assert found.answer is not None
    assert found.answer.shape == ("m", "n")
    (found,) = solved(
        r"Let $f$ be applied element-wise, $\mathbf{x}\in\mathbb{R}^n$, $\mathbf{y}\in\mathbb{R}^n$ and "
        r"$\mathbf{y}=f(\mathbf{x})$. Find $\frac{d\mathbf{y}}{d\mathbf{x}}$."
    )
    assert found.answer is not None
    assert "Diag" in repr(found.answer)
