"""Formulas to untyped trees, faults with their places, and limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derivgen.errors import DerivgenError, InputError, Span
from derivgen.latex.document import read_document
from derivgen.latex.parse import parse_formula
from derivgen.latex.printer import latex
from derivgen.latex.show import show
from derivgen.latex.syntax import Formula, MaybeCall, Syntax, as_call, as_product, children, walk
from derivgen.latex.tokens import Source, scan
from derivgen.latex.typeset import typeset
from tests.latex.formulas import FAULTS, FORMULAS

PROBLEMS = Path(__file__).resolve().parents[2].parent / "shared" / "problems" / "problems.jsonl"


def parse(text: str) -> Formula:
    return parse_formula(tuple(scan(text)), Source(text), Span(0, len(text)))


def read(text: str) -> list[Formula]:
    """All formulas of a statement."""
    source = Source(text)
    return [parse_formula(c.tokens, source, c.span) for c in read_document(text) if c.tokens]


@pytest.mark.parametrize(("text", "expected"), FORMULAS)
def test_tree(text: str, expected: str) -> None:
    assert show(parse(text)) == expected


@pytest.mark.parametrize(("text", "_"), FORMULAS)
def test_spans_lie_inside_their_parent(text: str, _: str) -> None:
    def visit(node: Syntax, outer: Span) -> None:
        assert outer.start <= node.span.start <= node.span.end <= outer.end, node
        for child in children(node):
            visit(child, outer)

    for row in parse(text).rows:
        visit(row, Span(0, len(text)))


SAME_ON_PAPER = {"x_i'", "f'^2"}
"""Formulas whose tree tells more than print does: x_i' and x'_i look alike."""


@pytest.mark.parametrize(("text", "_"), [row for row in FORMULAS if row[0] not in SAME_ON_PAPER])
def test_set_again_and_read_again(text: str, _: str) -> None:
    """What ``typeset`` sets is read as the same tree: nothing of a statement changes its meaning in print."""
    for row in parse(text).rows:
        printed = latex(typeset(row))
        assert [show(r) for r in parse(printed).rows] == [show(row)], printed


@pytest.mark.parametrize(("text", "code", "column", "message"), FAULTS, ids=[row[0][:30] for row in FAULTS])
def test_fault(text: str, code: str, column: int, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    found = caught.value
    assert (found.code, found.message) == (code, message)
    assert found.place is not None
    assert found.place.column == column


def test_unknown_macro_is_told_from_a_typing_error() -> None:
    with pytest.raises(InputError) as caught:
        read(r"$\mathbff x$")
    assert caught.value.hint == r"did you mean \mathbf?"
    with pytest.raises(InputError) as caught:
        read(r"$\foo x$")
    assert caught.value.hint == r"define it with \newcommand{\foo}{…}"


def test_a_long_product_is_one_node() -> None:
    (formula,) = read("$" + "x y " * 1500 + "$")
    assert len(list(children(formula.rows[0]))) == 3000


@pytest.mark.parametrize(
    "opening", [r"\hat ", r"\mathbf ", r"\sum_i ", r"\frac{d}{dx}", r"\nabla ", r"\sin ", "x^{", r"\left(", "|", r"f("]
)
def test_no_input_is_too_deep_to_refuse(opening: str) -> None:
    with pytest.raises(InputError):
        read("$" + opening * 3000 + "$")


def test_both_readings_of_a_maybe_call() -> None:
    node = parse("f(x)^2").rows[0]
    assert isinstance(node, MaybeCall)
    assert show(as_call(node)) == "(Superscript (Call f [x]) 2)"
    assert show(as_product(node)) == "(Product [f (Superscript (Fenced ( x )) 2)])"


def test_walk_goes_outside_first_and_left_to_right() -> None:
    assert [type(n).__name__ for n in walk(parse("a+bc").rows[0])] == ["Plus", "Symbol", "Product", "Symbol", "Symbol"]


def test_stored_problems_are_set_again_and_read_again() -> None:
    if not PROBLEMS.exists():
        pytest.skip("../shared/problems is not present")
    for line in PROBLEMS.read_text(encoding="utf-8").splitlines():
        statement = json.loads(line)["statement"]
        for formula in read(statement):
            for row in formula.rows:
                printed = latex(typeset(row))
                try:
                    assert [show(r) for r in parse(printed).rows] == [show(row)], printed
                except DerivgenError as error:
                    pytest.fail(str(error))
