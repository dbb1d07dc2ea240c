"""The check: what it verifies, what it refutes and with which witness, and where it says that it cannot tell."""

from __future__ import annotations

import pytest

from derivgen.derivation import REFUTED, UNCHECKED, UNDECIDED, VERIFIED, Check, Problem
from derivgen.engine.check import Checker, combine
from derivgen.engine.sizes import sizings
from derivgen.terms.functions import FUNCTIONS
from derivgen.terms.nodes import (
    Delta,
    Derivative,
    Det,
    El,
    Entries,
    Extent,
    Fn,
    Frac,
    Had,
    Idx,
    Inv,
    Name,
    Norm,
    Num,
    Plus,
    Pow,
    Relation,
    Sum,
    Sym,
    Term,
    Times,
    Tp,
    Tr,
)
from derivgen.writers.numpy_code import numpy_expression


def matrix(letter: str, rows: object = "n", cols: object = "n", *props: str) -> Sym:
    return Sym(Name(letter, "bold"), rows, cols, props)


x, y = matrix("x", "n", 1), matrix("y", "n", 1)
A, B, S, X = matrix("A"), matrix("B"), matrix("S", "n", "n", "symmetric"), matrix("X", "m", "n")
s, t = Sym(Name("s")), Sym(Name("t"))
i, j, k = (Idx(c, "n") for c in "ijk")
MINUS, TWO = Num(-1), Num(2)


def given(*conditions: Relation) -> Problem:
    return Problem("", (), (), (("n", "n"), ("m", "m")), (), (), conditions=conditions)


RIGHT: list[tuple[Term, Term]] = [
    (Derivative(Times(Tp(x), A, x), x), Times(Plus(A, Tp(A)), x)),
    (Derivative(Times(Tp(x), S, x), x), Times(TWO, S, x)),
    (Derivative(Tr(Times(Tp(X), X)), X, "numerator"), Times(TWO, Tp(X))),
    (Derivative(Fn("log", Det(A)), A), Tp(Inv(A))),
    (Derivative(Pow(Norm(x), Num(1)), x), Frac(x, Norm(x))),
    (Sum(Times(El(A, i, j), El(x, j, 1)), j), El(Times(A, x), i, 1)),
    (Entries(Times(El(x, i, 1), El(y, j, 1)), i, j), Times(x, Tp(y))),
    (Derivative(Sum(Pow(El(x, i, 1), TWO), i), El(x, k, 1)), Times(TWO, El(x, k, 1))),
]
WRONG: list[tuple[Term, Term]] = [
    (Derivative(Times(Tp(x), A, x), x), Times(TWO, A, x)),
    (Derivative(Tr(Times(A, B)), A), B),
    (Times(A, B), Times(B, A)),
    (Sum(Times(El(A, i, j), El(x, j, 1)), j), El(Times(Tp(A), x), i, 1)),
    (Pow(Pow(s, TWO), Num(1, 2)), s),
    (Had(x, y), Had(x, x)),
    (Fn("log", Det(A)), Fn("log", Times(TWO, Det(A)))),
]


@pytest.mark.parametrize("before, after", RIGHT, ids=range(len(RIGHT)))
def test_right_lines_are_verified(before: Term, after: Term) -> None:
    check = Checker().answer(before, after)
    assert check.verdict == VERIFIED and check.error is not None and check.error < 1e-9


@pytest.mark.parametrize("before, after", WRONG, ids=range(len(WRONG)))
def test_wrong_lines_are_refuted_with_a_witness(before: Term, after: Term) -> None:
    check = Checker().step(before, after)
    assert check.verdict == REFUTED and check.witness is not None and " against " in check.witness


def test_the_witness_names_sizes_indices_and_both_values() -> None:
    check = Checker(given()).step(El(Times(A, x), k, 1), El(Times(A, y), k, 1))
    assert check.sizes == ({"n": 3},)
    assert check.witness is not None and check.witness.startswith("n = 3, k = ")


def test_the_shape_is_part_of_the_answer() -> None:
    check = Checker().answer(Derivative(Times(Tp(x), y), x), Tp(y))
    assert (check.verdict, check.witness) == (REFUTED, "the answer is 1×n, the question asks for n×1")


def test_sizes_are_unequal_then_equal_then_one() -> None:
    check = Checker(given()).step(Times(X, x), Times(X, x))
    assert check.sizes == ({"m": 2, "n": 3}, {"m": 3, "n": 2}, {"m": 3, "n": 3}, {"m": 1, "n": 1})


def test_numbers_of_the_problem_are_avoided_and_large_ones_made_small() -> None:
    kinds = list(sizings({"n", 3, 1}))
    assert [sizing["n"] for _, sizing in kinds] == [4, 5, 2, 1]
    W = matrix("W", 784, 300)
    v = matrix("v", 300, 1)
    assert Checker().answer(Derivative(Pow(Norm(Times(W, v)), TWO), W), Times(TWO, W, v, Tp(v))).verdict == VERIFIED


def test_what_is_not_finite_is_tried_elsewhere_and_then_named() -> None:
    powers = Checker().step(Fn("log", Pow(s, TWO)), Times(TWO, Fn("log", s)))
    assert powers.verdict == VERIFIED and "positive" in powers.skipped[0]
    one_sided = Checker().step(Frac(s, Plus(s, Times(MINUS, s))), s)
    assert one_sided.verdict == UNDECIDED
    gram = Derivative(Fn("log", Det(Times(Tp(X), X))), X)
    check = Checker(given()).answer(gram, Times(TWO, X, Inv(Times(Tp(X), X))))
    assert check.verdict == VERIFIED
    assert any("m = 2, n = 3" in why for why in check.skipped)
    nowhere = Checker().step(Fn("log", Times(MINUS, Pow(s, TWO))), s)
    assert nowhere.verdict == UNDECIDED


def test_conditions_rule_out_sizes_and_samples() -> None:
    checker = Checker(given(Relation("≥", Extent("m"), Extent("n"))))
    check = checker.step(X, X)
    assert all(size["m"] >= size["n"] for size in check.sizes) and len(check.sizes) == 4
    root = Pow(Pow(s, TWO), Num(1, 2))
    assert Checker(given(Relation(">", s, Num(0)))).step(root, s).verdict == VERIFIED
    ordered = given(Relation(">", s, t))
    gap = Plus(s, Times(MINUS, t))
    assert Checker(ordered).step(Fn("abs", gap), gap).verdict == VERIFIED
    assert Checker(ordered).step(Fn("abs", s), s).verdict == REFUTED


def test_a_vector_by_a_matrix_without_compressed_form_is_not_decided() -> None:
    check = Checker().answer(Derivative(Times(A, A, x), A), Tp(Times(A, x)))
    assert check.verdict == UNDECIDED and "no compressed form" in check.skipped[0]


def test_the_same_seed_gives_the_same_check() -> None:
    one, two = (Checker(given()).step(*WRONG[0]) for _ in range(2))
    assert one == two
    assert Checker(given(), seed=5).step(*RIGHT[0]).verdict == VERIFIED


def test_a_derivation_is_as_good_as_its_worst_line() -> None:
    good = Check(VERIFIED, ({"n": 3}, {"n": 1}), 1e-12, None, ("n = 2: no",))
    less = Check(VERIFIED, ({"n": 3},), 1e-11)
    assert combine([good, less]) == Check(VERIFIED, ({"n": 3},), 1e-11, None, ("n = 2: no",))
    bad = Check(REFUTED, witness="n = 3: 1 against 2")
    assert combine([good, Check(UNDECIDED), bad]) == bad
    assert combine([]).verdict == UNCHECKED
    assert combine([good, Check()]).verdict == UNCHECKED


def test_lines_are_meant_only_where_the_indices_may_be() -> None:
    delta = Delta(i, j)
    assert Checker().step(delta, Num(0)).verdict == REFUTED
    assert Checker(given(Relation("≠", i, j))).step(delta, Num(0)).verdict == VERIFIED


def test_an_element_of_a_large_matrix() -> None:
    W, v = matrix("W", 784, 300), matrix("v", 300, 1)
    row = El(Times(W, v), 5, 1)
    assert Checker().answer(Derivative(row, El(W, 5, 7)), El(v, 7, 1)).verdict == VERIFIED


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_table_of_functions_agrees_with_the_numbers(name: str) -> None:
    assert Checker().answer(Derivative(Fn(name, s), s), FUNCTIONS[name].derivative(s)).verdict == VERIFIED
    assert numpy_expression(Fn(name, s))


def test_a_bound_other_than_zero_is_kept_by_the_samples() -> None:
    size = Fn("abs", Plus(s, MINUS))
    checker = Checker(given(Relation(">", s, Num(0)), Relation(">", s, Num(1))))
    assert checker.step(size, Plus(s, MINUS)).verdict == VERIFIED
    assert Checker(given(Relation(">", s, Num(0)))).step(size, Plus(s, MINUS)).verdict == REFUTED


def test_where_no_index_is_allowed_nothing_is_verified() -> None:
    apart = given(Relation("≠", i, j))
    at_one = [c for c in Checker(apart).step(Delta(i, j), Num(0)).sizes if c == {"n": 1}]
    assert not at_one
