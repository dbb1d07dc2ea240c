"""Proofs that name what they prove, functions declared in passing, and questions for the layout."""

from __future__ import annotations

import pytest

from derivgen.terms.nodes import Derivative
from derivgen.terms.trees import subterms
from tests.engine.solving import solved

R = r"\mathbf{R}\in\mathbb{R}^{a\times b}$, $\mathbf{S}\in\mathbb{R}^{b\times c}$ and $\mathbf{T}\in\mathbb{R}^{c\times d}"


@pytest.mark.parametrize(
    "statement",
    [
        rf"Prove that matrix multiplication is associative: $(\mathbf{{R}}\mathbf{{S}})\mathbf{{T}}=\mathbf{{R}}(\mathbf{{S}}\mathbf{{T}})$ for ${R}$.",
        rf"Prove the rule for transposing a product: $(\mathbf{{R}}\mathbf{{S}})^T=\mathbf{{S}}^T\mathbf{{R}}^T$ for ${R}$.",
        rf"Verify the distributive law, that is $\mathbf{{R}}(\mathbf{{S}}+\mathbf{{S}})=\mathbf{{R}}\mathbf{{S}}+\mathbf{{R}}\mathbf{{S}}$, for ${R}$.",
    ],
)
def test_what_is_proved_may_be_named(statement: str) -> None:
    (found,) = solved(statement)
    assert found.goal.kind == "proof"


@pytest.mark.parametrize(
    "words",
    [
        r"where the scalar $c$ and the vector $\mathbf{p}\in\mathbb{R}^k$ depend on $\mathbf{z}\in\mathbb{R}^d$",
        r"where the number $c$ and the vector $\mathbf{p}\in\mathbb{R}^k$ are functions of $\mathbf{z}\in\mathbb{R}^d$",
        r"with $c\in\mathbb{R}$, $\mathbf{p}\in\mathbb{R}^k$ and $\mathbf{z}\in\mathbb{R}^d$",
    ],
)
@pytest.mark.parametrize("verb", ["Prove the product rule", "Show that", "Verify the identity"])
def test_both_factors_of_a_product_rule_depend(verb: str, words: str) -> None:
    d = r"\frac{{d{}}}{{d\mathbf{{z}}}}".format
    formula = d(r"(c\mathbf{p})") + "=" + d("c") + r"\mathbf{p}^T+c" + d(r"\mathbf{p}")
    (found,) = solved(f"{verb} ${formula}$ {words}.")
    named = {t.body for t in subterms(found.goal.question) if isinstance(t, Derivative)}
    assert named
    by_name = {s.name: s.role for s in found.problem.symbols}
    assert by_name["c"] == by_name["p"] == "variable"


@pytest.mark.parametrize(
    "words", ["In which layout is {} correct?", "In what layout does {} hold?", "Which layout makes {} true?"]
)
def test_the_layout_in_which_it_holds(words: str) -> None:
    formula = r"$\frac{d(\mathbf{c}^T\mathbf{z})}{d\mathbf{z}}=\mathbf{c}^T$"
    (found,) = solved(words.format(formula))
    assert "numerator" in [f.value for f in found.facts]


@pytest.mark.parametrize("words", ["in both layouts", "for each of the two layouts", "using both layout conventions"])
def test_what_is_asked_in_both_layouts(words: str) -> None:
    first, second = solved(
        rf"Let $\mathbf{{K}}\in\mathbb{{R}}^{{p\times q}}$. Find $\frac{{d(\mathbf{{K}}\mathbf{{z}})}}{{d\mathbf{{z}}}}$ {words}."
    )
    assert (first.goal.layout, second.goal.layout) == ("denominator", "numerator")
    assert first.answer.shape == ("q", "p") and second.answer.shape == ("p", "q")
