"""Places where a law stops: a tidying or a sifting that would go one step too far."""

from __future__ import annotations

from fractions import Fraction

from derivgen.rules.normal import Monomial
from derivgen.rules.rule import is_leaf
from derivgen.rules.sums import peel, sifted
from derivgen.rules.textbook import textbook
from derivgen.terms.nodes import Delta, Derivative, El, Frac, Had, Idx, Name, Num, Pow, Sum, Sym, Times
from derivgen.terms.trees import Fresh

v = Sym(Name("v", "bold"), "n", 1)
a, b = Sym(Name("a")), Sym(Name("b"))
i, j, k = (Idx(c, "n") for c in "ijk")


def test_the_root_of_a_square_of_elements_is_not_the_element() -> None:
    root = Pow(Had(v, v), Num(1, 2))
    assert textbook(Had(root, v)) != textbook(Had(v, v))


def test_the_root_of_a_quotient_is_not_split() -> None:
    m = Monomial.of(Frac(a, b))
    m.multiply(Frac(a, b), Fraction(1, 2))
    assert any(isinstance(p.base, Frac) for p in m.powers.values())


def test_two_sums_over_one_letter_are_two_sums() -> None:
    inner = Sum(El(v, i, 1), i)
    assert peel(Sum(inner, i)) == ([i], inner)


def test_an_inner_sum_does_not_capture_a_letter_beside_it() -> None:
    beside = El(v, k, 1)
    inner = Sum(Times(Delta(j, k), El(v, k, 1)), k)
    result = sifted([j], Times(beside, inner), Fresh(frozenset("ijk")))
    assert result is None or k in result.free


def test_a_function_that_depends_twice_on_a_variable_is_no_leaf() -> None:
    x = Sym(Name("x"))
    y = Sym(Name("y"), 1, 1, (), x)
    assert is_leaf(Derivative(Sym(Name("z"), 1, 1, (), x), x))
    assert not is_leaf(Derivative(Sym(Name("z"), 1, 1, (), x, y), x))
