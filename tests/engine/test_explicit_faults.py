"""Faults of the explicit method that were mended, its reach over all statements, and wordings of multiplying out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from derivgen import solve
from derivgen.corpus import corpus_entries
from derivgen.derivation import Derivation
from derivgen.engine.check import Checker
from derivgen.engine.derive import solve_problem
from derivgen.errors import DerivgenError, Unsound
from derivgen.latex.asking import PHRASES as GOALS
from derivgen.latex.printer import latex
from derivgen.latex.statement import read_problem
from derivgen.latex.tasks.book import PHRASES as TASKS
from derivgen.limits import limited
from derivgen.terms.nodes import Sym
from derivgen.terms.numbers import Evaluator
from derivgen.terms.sampling import Sampler
from tests.latex.statements import STATEMENTS

SHARED = Path(__file__).parents[2] / ".." / "shared" / "problems" / "problems.jsonl"
Values = dict[str, Any]


def all_statements() -> Iterator[str]:
    yield from (entry.text for entry in corpus_entries())
    yield from (meant.statement for meant in STATEMENTS)
    yield from (example for phrase in (*GOALS, *TASKS) for example in phrase.examples)
    if SHARED.exists():
        yield from (json.loads(line)["statement"] for line in SHARED.read_text(encoding="utf-8").splitlines())


def agree(derivation: Derivation, expected: Callable[[Values], Any], **sizes: int) -> None:
    """The answer against NumPy, at a sample."""
    assert derivation.error is None, derivation.error
    assert derivation.check.verdict == "verified" and derivation.answer is not None
    evaluator = Evaluator(sizes, Sampler(5))
    terms = (derivation.goal.question, derivation.answer)
    values = {s.name.letter: evaluator.array(s) for t in terms for s in t.symbols if isinstance(s, Sym)}
    assert np.allclose(evaluator.array(derivation.answer), expected(values))


def same_as_plain(statement: str, layout: str | None) -> None:
    """By the explicit method every goal has the value that the default one finds, or is refused in words."""
    try:
        with limited(None):
            problem = read_problem(statement, method="explicit", layout=layout)
            plain = solve_problem(read_problem(statement, layout=layout)).derivations
    except DerivgenError:
        return
    with limited(None, deriving=True):
        written = solve_problem(problem).derivations
    for a, b in zip(plain, written, strict=True):
        if b.error is not None:
            assert not isinstance(b.error, Unsound), f"{statement}\n{b.error}"
            continue
        assert b.check.verdict == "verified", statement
        if a.answer is not None and b.answer is not None and a.answer != b.answer:
            assert Checker(problem, goals=[b.goal]).answer(a.answer, b.answer).verdict == "verified", statement


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["numerator", "jacobian"])
def test_every_statement_by_the_explicit_method_in_other_layouts(layout: str) -> None:
    for statement in all_statements():
        same_as_plain(statement, layout)


def test_every_statement_by_the_explicit_method() -> None:
    for statement in all_statements():
        same_as_plain(statement, None)


# ------------------------------------------------------------------------------------------------ mended faults
UNDETERMINED = [
    r"Let $z$ be a function of $\mathbf{y}\in\mathbb{R}^r$, and $\mathbf{y}$ a function of $\mathbf{x}\in\mathbb{R}^p$. Find $\frac{dz}{d\mathbf{x}}$.",
    r"Let $g$ be a function of $\mathbf{w}\in\mathbb{R}^2$, and $\mathbf{w}$ a function of $\mathbf{t}\in\mathbb{R}^3$. Find $\frac{dg}{d\mathbf{t}}$.",
    r"Let $\mathbf{y}=\mathbf{A}\mathbf{x}$ and let $\ell=\ell(\mathbf{y})$ be a scalar. With $\mathbf{A}\in\mathbb{R}^{m\times n}$, express $d\ell/d\mathbf{x}$ through $d\ell/d\mathbf{y}$.",
]  # fmt: skip


@pytest.mark.parametrize("statement", UNDETERMINED)
def test_undetermined_functions_by_their_elements(statement: str) -> None:
    (plain,) = solve(statement).derivations
    (found,) = solve(statement, method="explicit").derivations
    assert found.error is None and found.check.verdict == "verified"
    assert found.answer == plain.answer and "put_together" in [s.rule for s in found.steps]


@pytest.mark.parametrize(("body", "expected"), [
    (r"\operatorname{tr}(\mathbf{x}\mathbf{x}^T\mathbf{A})", lambda v: (v["A"] + v["A"].T) @ v["x"]),
    (r"\operatorname{tr}(\mathbf{A}\mathbf{x}\mathbf{x}^T)", lambda v: (v["A"] + v["A"].T) @ v["x"]),
    (r"\operatorname{tr}(\mathbf{x}\mathbf{a}^T\mathbf{A})", lambda v: v["A"].T @ v["a"]),
])  # fmt: skip
def test_no_sum_bears_a_letter_of_the_element(body: str, expected: Callable[[Values], Any]) -> None:
    statement = rf"Let $\mathbf{{x}},\mathbf{{a}}\in\mathbb{{R}}^n$, $\mathbf{{A}}\in\mathbb{{R}}^{{n\times n}}$. Find $\nabla_{{\mathbf{{x}}}}{body}$."
    (found,) = solve(statement, method="explicit").derivations
    agree(found, expected, n=3)
    assert "write_out" in [s.rule for s in found.steps]


@pytest.mark.parametrize("size", ["2", "n"])
@pytest.mark.parametrize(("body", "expected"), [
    (r"\operatorname{tr}(\mathbf{S}\mathbf{S})", lambda v: 2 * v["S"]),
    (r"\operatorname{tr}(\mathbf{S}\mathbf{A}\mathbf{S})", lambda v: (v["A"] @ v["S"] + v["S"] @ v["A"]).T),
    (r"\operatorname{tr}(\mathbf{A}\mathbf{S})", lambda v: v["A"].T),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["symmetric", "diagonal"])
def test_the_elements_of_a_variable_are_independent(
    size: str, body: str, expected: Callable[[Values], Any], kind: str
) -> None:
    space = rf"\mathbb{{R}}^{{{size}\times {size}}}"
    statement = rf"Let $\mathbf{{A}}\in{space}$ be constant, and let $\mathbf{{S}}\in{space}$ be {kind}. Find $\frac{{d}}{{d\mathbf{{S}}}}{body}$."
    (found,) = solve(statement, method="explicit").derivations
    agree(found, expected, **({"n": 3} if size == "n" else {}))


def test_what_is_merged_in_an_earlier_part_is_not_gone_on_from() -> None:
    _, second = solve(
        r"Let $\mathbf{S}\in\mathbb{R}^{2\times 2}$ be symmetric. (a) Expand $\operatorname{tr}(\mathbf{S}\mathbf{S})$. "
        r"(b) Find its derivative with respect to $\mathbf{S}$."
    ).derivations
    agree(second, lambda v: 2 * v["S"])


def test_scalars_before_a_matrix_are_carried_out_first() -> None:
    (found,) = solve(
        r"Let $\mathbf{a}$ be a fixed vector in $\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}(e^{\mathbf{a}^T\mathbf{x}}\mathbf{a}+\mathbf{x})$.",
        method="explicit",
    ).derivations  # fmt: skip
    agree(found, lambda v: np.exp(v["a"].T @ v["x"]) * v["a"] @ v["a"].T + np.eye(3), n=3)


def test_the_matrix_of_elements_in_numerator_layout_is_turned() -> None:
    entry = next(e for e in corpus_entries() if "chain-rule-through-a-row" in e.slug)
    found = solve(entry.text, layout="numerator", method="explicit").derivations
    assert all(d.error is None and d.check.verdict == "verified" for d in found)


# -------------------------------------------------------------------------------------------- elements and lists
def test_sums_over_products_are_written_in_scalars() -> None:
    (found,) = solve(
        r"Let $\mathbf{K}\in\mathbb{R}^{m\times n}$ be constant, $\mathbf{u}\in\mathbb{R}^n$. "
        r"Find the gradient of $\lVert\mathbf{K}\mathbf{u}\rVert^2$ with respect to $\mathbf{u}$ as a list of its elements."
    ).derivations
    agree(found, lambda v: 2 * v["K"].T @ v["K"] @ v["u"], m=2, n=3)
    assert found.steps[-1].rule == "put_together" and found.steps[-1].reason == ("all its elements",)
    assert found.answer is not None and r"[\mathbf" not in latex(found.answer)


def test_a_list_is_nothing_to_go_on_with() -> None:
    first, second = solve(
        r"Let $\mathbf{x}\in\mathbb{R}^n$ and $f=\mathbf{x}^T\mathbf{x}$. (a) List the elements of $\nabla f$. (b) Find the Hessian of $f$."
    ).derivations
    assert first.check.verdict == second.check.verdict == "verified"
    agree(second, lambda v: 2 * np.eye(3), n=3)


def test_one_character_needs_no_comma() -> None:
    (found,) = solve(
        r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$, $\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}\lVert\mathbf{A}\mathbf{x}\rVert^2$ by explicit expansion."
    ).derivations
    shown = " ".join(latex(s.after) for s in found.steps)
    assert "A_{1j}" in shown and "A_{1n}" in shown and "," not in shown


# -------------------------------------------------------------------------------------------- wordings
GIVEN = r"Let $\mathbf{A},\mathbf{B}\in\mathbb{R}^{2\times 2}$ and $\mathbf{x},\mathbf{y}\in\mathbb{R}^2$. "

WORDINGS: list[tuple[str, Callable[[Values], Any]]] = [
    (r"Write out the squared norm of $\mathbf{A}\mathbf{x}$.", lambda v: np.sum((v["A"] @ v["x"]) ** 2)),
    (r"Multiply out the sum of $\mathbf{A}\mathbf{x}$ and $\mathbf{y}$.", lambda v: v["A"] @ v["x"] + v["y"]),
    (r"Expand the inner product of $\mathbf{x}$ and $\mathbf{A}\mathbf{y}$.", lambda v: v["x"].T @ v["A"] @ v["y"]),
    (r"Consider $q=\mathbf{x}^T\mathbf{A}\mathbf{x}$. Expand this.", lambda v: v["x"].T @ v["A"] @ v["x"]),
    (r"Let $\mathbf{v}=\mathbf{A}\mathbf{x}$. Write it out in full.", lambda v: v["A"] @ v["x"]),
    (r"Let $\mathbf{v}=\mathbf{A}\mathbf{x}$. Write out $\mathbf{v}$ in full.", lambda v: v["A"] @ v["x"]),
    (r"Compute $\mathbf{A}\mathbf{x}$ and write the result in terms of the elements of $\mathbf{A}$ and $\mathbf{x}$.", lambda v: v["A"] @ v["x"]),
    (r"Work out $\mathbf{A}\mathbf{B}$ and give it by its entries.", lambda v: v["A"] @ v["B"]),
    (r"Express $\mathbf{x}\mathbf{y}^T$ in terms of the elements of $\mathbf{x}$ and $\mathbf{y}$.", lambda v: v["x"] @ v["y"].T),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), WORDINGS, ids=lambda w: str(w)[:50])
def test_wordings(words: str, expected: Callable[[Values], Any]) -> None:
    (found,) = solve(GIVEN + words).derivations
    assert found.goal.task is not None
    agree(found, expected)


def test_a_question_after_the_name_may_be_a_part_of_its_own() -> None:
    found = solve(
        GIVEN + r"(a) Multiply out $\mathbf{x}^T\mathbf{A}\mathbf{x}$. (b) Why is this called a quadratic form? "
        r"(c) Is it linear in $\mathbf{x}$? (d) Find its gradient with respect to $\mathbf{x}$."
    ).derivations
    assert [d.goal.part for d in found] == ["a", "b", "c", "d"]
    assert all(d.check.verdict == "verified" for d in found)
    assert [f.value for d in found for f in d.facts if f.name == "degree"] == ["2", "2"]
    assert found[2].text[0] == ("No, it is not linear.",)
    assert [d.steps[0].rule for d in found[1:]] == ["put_in"] * 3
    agree(found[3], lambda v: (v["A"] + v["A"].T) @ v["x"])


@pytest.mark.parametrize(("words", "value"), [
    (r"Is $\mathbf{x}^T\mathbf{A}\mathbf{x}$ a quadratic form?", "Yes."),
    (r"Write out $\mathbf{x}^T\mathbf{A}\mathbf{y}$. Is this a bilinear form?", "Yes."),
    (r"Write out $\mathbf{x}^T\mathbf{A}\mathbf{y}$. Is it linear in $\mathbf{x}$?", "Yes."),
    (r"Expand $\mathbf{x}^T\mathbf{A}\mathbf{x}+\mathbf{y}^T\mathbf{x}$ for constant $\mathbf{y}$. Is it homogeneous?", "No, it is not homogeneous."),
])  # fmt: skip
def test_whether_it_is_so(words: str, value: str) -> None:
    (found,) = solve(GIVEN + words).derivations
    assert found.error is None and found.check.verdict == "verified"
    assert found.text[0] == (value,)


@pytest.mark.parametrize(("words", "message"), [
    (r"Why is $\mathbf{x}^T\mathbf{A}\mathbf{x}$ called linear?", "this is not linear: the degree in the elements of x is 2"),
    (r"Expand $\mathbf{x}^T\mathbf{A}\mathbf{x}$ and explain why it is called a cubic form.", "this is not cubic: the degree in the elements of x is 2"),
    (r"Why is $(\mathbf{x}^T\mathbf{x})(\mathbf{y}^T\mathbf{x})$ bilinear in $\mathbf{x}$ and $\mathbf{y}$?", "this is not bilinear: the degree in the elements of x and y is 4"),
])  # fmt: skip
def test_a_word_that_is_false_is_refused(words: str, message: str) -> None:
    (found,) = solve(GIVEN + words).derivations
    assert found.error is not None and found.error.code == "false-claim"
    assert found.error.message == message


@pytest.mark.parametrize("words", [
    r"Find $\frac{d}{d\mathbf{x}}(\mathbf{x}^T\mathbf{A}\mathbf{x})$. Is it linear in $\mathbf{x}$?",
    r"Find the gradient of $\mathbf{x}^T\mathbf{A}\mathbf{x}$ with respect to $\mathbf{x}$. Write it out.",
    r"Work out the gradient of $\mathbf{x}^T\mathbf{x}$ with respect to $\mathbf{x}$.",
])  # fmt: skip
def test_what_is_asked_of_a_derivative_is_no_product(words: str) -> None:
    assert [d.goal.kind for d in solve(GIVEN + words).derivations] == ["derivative"]


def test_a_scalar_function_is_not_asked_about() -> None:
    found = solve(r"Let $f(x)=3x+2$. Is it linear in $x$?")
    assert found.error is not None and found.error.code == "no-goal"
