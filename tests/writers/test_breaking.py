"""Long formulas: every row fits, nothing is lost, and no break changes what a formula says."""

from __future__ import annotations

import pytest

from derivgen.notation.boxes import BigOp, Box, Fenced, Fraction, Letter, Operator, RowOf, Words
from derivgen.writers.breaking import broken, ems
from derivgen.writers.unicode_text import text

PLUS, EQUALS = Operator("+", "binary"), Operator("=", "relation")


def letters(word: str) -> list[Box]:
    return [Letter(c) for c in word]


def total(count: int, size: int = 6) -> RowOf:
    items: list[Box] = [EQUALS]
    for n in range(count):
        items += ([PLUS] if n else []) + letters("abcdefgh"[:size])
    return RowOf(tuple(items))


def test_a_short_formula_is_left_alone() -> None:
    box = total(2)
    assert broken(box, 30.0) == (box,)


@pytest.mark.parametrize("count", [6, 9, 30])
def test_rows_fit_and_break_before_a_sign(count: int) -> None:
    rows = broken(total(count), 20.0)
    assert len(rows) > 1
    assert all(ems(row) <= 20.5 for row in rows)
    assert all(text(row).startswith("+") for row in rows[1:])
    assert "".join(text(r) for r in rows).replace(" ", "") == text(total(count)).replace(" ", "")


def test_parentheses_opened_on_one_row_and_closed_on_another() -> None:
    box = RowOf((Letter("k"), Fenced("(", RowOf(total(9).items[1:]), ")")))
    rows = broken(box, 20.0)
    assert len(rows) > 1
    assert text(rows[0]).startswith("k(") and text(rows[-1]).endswith(")")


def test_tall_parentheses_keep_growing() -> None:
    half = Fraction(Letter("a"), Letter("b"))
    inner = RowOf(tuple(x for _ in range(20) for x in (half, PLUS))[:-1])
    rows = broken(Fenced("[", inner, "]"), 20.0)
    assert isinstance(rows[0], Fenced) and rows[0].right == ""
    assert isinstance(rows[-1], Fenced) and rows[-1].left == ""


def test_a_derivative_sign_keeps_what_it_acts_on() -> None:
    partial = Fraction(Operator("partial", "ordinary"), RowOf((Operator("partial", "ordinary"), Letter("x"))))
    row = RowOf(tuple(x for _ in range(12) for x in (partial, *letters("abc"))))
    for piece in broken(row, 12.0):
        items = piece.items if isinstance(piece, RowOf) else (piece,)
        assert items[-1] != partial


def test_a_product_that_is_broken_says_so() -> None:
    rows = broken(RowOf(tuple(letters("abcdefghij" * 5))), 15.0)
    assert all(isinstance(row, RowOf) and row.items[:2] == (Words(""), Operator("cdot", "binary")) for row in rows[1:])


def test_a_sum_sign_is_not_left_behind() -> None:
    body = RowOf(tuple(letters("abcdefghij" * 4)))
    for row in broken(BigOp("sum", Letter("i"), None, body), 12.0):
        items = row.items if isinstance(row, RowOf) else (row,)
        assert not isinstance(items[-1], BigOp) or items[-1].body != RowOf(())
