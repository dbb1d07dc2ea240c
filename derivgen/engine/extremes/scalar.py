"""An equation for one scalar, solved line by line by isolating it.

Denominators are cleared, factors that are never zero are divided out, and what is left is read as a polynomial in one
quantity: the unknown itself, or a function of it such as a logarithm, which is then undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from derivgen.engine.extremes import needs
from derivgen.engine.extremes.affine import TooLong, depends, spread
from derivgen.engine.extremes.equations import Equations, Values, by_factor, common_factor, divided
from derivgen.engine.extremes.isolating import (
    NO_SOLUTION,
    NOT_ISOLATED,
    Polynomial,
    constant_part,
    denominators,
    isolated,
    moving,
    polynomial,
    positive_root,
    powered,
    root_of,
    shared,
    summands,
)
from derivgen.engine.extremes.roots import numeric_roots
from derivgen.engine.extremes.signs import ALWAYS, nonnegative, nonzero, positive
from derivgen.errors import NoRule
from derivgen.rules.normal import Monomial, collected, key
from derivgen.rules.products import plain_product
from derivgen.rules.textbook import textbook
from derivgen.terms.build import ONE, ZERO, is_zero, negate, num, plus, times
from derivgen.terms.nodes import Fn, Frac, Num, Plus, Pow, Sym, Term, Times
from derivgen.terms.shapes import SCALAR

SIGNED = ("positive", "between 0 and 1")


def solve_scalar(eqs: Equations, term: Term, unknown: Sym) -> list[Term]:
    """All values of the unknown at which a scalar is zero; raises where they cannot be found."""
    try:
        found = zeros(eqs, term, unknown)
    except TooLong:
        raise NoRule(NOT_ISOLATED) from None
    inside = [v for v in dict.fromkeys(found) if may_be(v, unknown, eqs.positive)]
    if not inside:
        raise NoRule(NO_SOLUTION + (f" with {unknown.name.letter} > 0" if found else ""))
    return inside


def may_be(value: Term, unknown: Sym, positive: bool) -> bool:
    """Whether a number lies where the unknown may lie."""
    if not isinstance(value, Num):
        return True
    if (positive or set(SIGNED) & set(unknown.props)) and value.p <= 0:
        return False
    return not ("between 0 and 1" in unknown.props and value.value >= 1)


def kernel_value(eqs: Equations, term: Term, unknown: Sym) -> tuple[Term, Term, Term]:
    """The quantity through which a term holds the unknown, its value where the term is zero, and the unknown's."""
    factor, cores = stripped(eqs, term, unknown)
    if len(cores) != 1:
        raise NoRule(NOT_ISOLATED)
    terms = cleared(eqs, term, cores[0], factor, unknown)
    poly = polynomial(terms, unknown)
    if poly is None or poly.degree != 1 or not set(poly.coefficients) <= {0, 1}:
        raise NoRule(NOT_ISOLATED)
    constant = poly.coefficients.get(Fraction(0), ZERO)
    value = isolated(eqs, poly.coefficients[Fraction(1)], poly.base, constant, terms, unknown)
    (found,) = undone(Equations(), poly.base, value, unknown)
    return poly.base, value, found


def zeros(eqs: Equations, term: Term, unknown: Sym) -> list[Term]:
    """Where a term is zero: where one of its factors is, or where a sum is, read as a polynomial."""
    factor, cores = stripped(eqs, term, unknown)
    if not cores:
        raise NoRule(NO_SOLUTION)
    if len(cores) > 1:
        eqs.add("find_roots", times(cores), ZERO, *words_of(factor, unknown), "one of the factors is zero")
        return [v for c in cores for v in branch(eqs, c, unknown)]
    if cores[0] == unknown:
        words = words_of(factor, unknown)
        if is_power(term):
            words.append("a power is zero only where its base is")
        elif words:
            words[-1] = words[-1].removesuffix("; ")
        eqs.add("find_roots", unknown, ZERO, *(words or ["one factor is zero"]))
        return [ZERO]
    terms = cleared(eqs, term, cores[0], factor, unknown)
    common = shared(terms, unknown)
    if common:
        left = plus(terms)
        core = times([*common, plus([divided(t, times(common)) for t in terms])])
        eqs.add("find_roots", core, ZERO, "the common factor is taken out")
        return zeros(eqs, core, unknown) if core != left else []
    poly = polynomial(terms, unknown)
    if poly is None:
        return by_exponentials(eqs, terms, unknown)
    return roots_of(eqs, poly, terms, unknown)


def branch(eqs: Equations, core: Term, unknown: Sym) -> list[Term]:
    """The zeros of one factor; the lines to them hold there only."""
    own = Equations(positive=eqs.positive)
    found = zeros(own, core, unknown)
    eqs.pending += [p if p.values else replace(p, values=((unknown, found[0]),)) for p in own.pending]
    eqs.need(own.needs)
    return found


def is_power(term: Term) -> bool:
    return isinstance(term, Pow) or (isinstance(term, Times) and any(isinstance(t, Pow) for t in term.args))


def stripped(eqs: Equations, term: Term, unknown: Sym) -> tuple[Term, list[Term]]:
    """A product as what is never zero where it is defined, and the factors that can be."""
    m = Monomial.of(term)
    cores: list[Term] = []
    for k, p in moving(m, unknown).items():
        if p.exponent > 0 and not never_zero(p.base, unknown, eqs.positive):
            cores.append(p.base)
            m.times_power(k, p.base, -p.exponent)
    if m.coefficient < 0 and len(cores) == 1 and cores[0] != unknown:  # a sum keeps its sign
        m.coefficient, cores[0] = -m.coefficient, negate(cores[0])
    rest = {k: p for k, p in m.powers.items() if not depends(p.base, unknown)}
    constant = Monomial()
    constant.coefficient, constant.powers = m.coefficient, rest
    eqs.need(nonzero(constant.term()))
    return m.term(), cores


def never_zero(base: Term, unknown: Sym, positive: bool) -> bool:
    if base == unknown:
        return positive or nonzero(unknown) == ()
    return isinstance(base, Fn) and base.name in ALWAYS


def words_of(factor: Term, unknown: Sym) -> list[Any]:
    """ "divided by 2; ", or nothing."""
    if factor == ONE:
        return []
    return [*by_factor(factor), ", which is not zero; " if depends(factor, unknown) and not below(factor) else "; "]


def below(factor: Term) -> bool:
    """Whether the factor is nothing but a denominator."""
    return bool(by_factor(factor)[0] == "multiplied by ")


def cleared(eqs: Equations, term: Term, core: Term, factor: Term, unknown: Sym) -> list[Term]:
    """The terms of the core without the unknown below a fraction bar, and without common numbers and constants.

    ``term`` is what stands in the line before: the factor times the core.
    """
    terms = summands(collected(spread(core, unknown), SCALAR))
    lift = times([powered(b, -e) for b, e in denominators(terms)])
    if lift != ONE:
        products = [q for t in terms for q in spread(plain_product(times([lift, t])), unknown)]
        terms = summands(collected(products, SCALAR))
    common = constant_part(Monomial.of(common_factor(terms)), unknown)
    eqs.need(nonzero(common))
    terms = [divided(t, common) for t in terms]
    left = plus(terms)
    whole = plain_product(times([factor, Frac(common, lift)]))
    words = words_of(whole, unknown)
    rescaled = [key(plain_product(times([Frac(lift, common), t]))) for t in summands(core)]
    if sorted(map(hash, rescaled)) != sorted(hash(key(t)) for t in terms):
        words += ["multiplied out"]
    elif words:
        words[-1] = words[-1].removesuffix("; ")
    if left != term:
        eqs.add("clear_factors" if whole != ONE else "multiply_out", left, ZERO, *(words or ["put in order"]))
    return terms


def by_exponentials(eqs: Equations, terms: Sequence[Term], unknown: Sym) -> list[Term]:
    """a e^u + b e^v = 0: e^(u − v) = −b/a."""
    monos = [Monomial.of(t) for t in terms]
    exponents = [[p.base for p in moving(m, unknown).values()] for m in monos]
    if len(monos) != 2 or any(len(e) != 1 or not isinstance(e[0], Fn) or e[0].name != "exp" for e in exponents):
        raise NoRule(NOT_ISOLATED)
    second = exponents[1][0]
    first_arg, second_arg = (e[0].args[1] for e in exponents)
    apart = textbook(plus([first_arg, negate(second_arg)]))
    parts = [constant_part(m, unknown) for m in monos]
    left = plus([times([parts[0], Fn("exp", apart)]), parts[1]])
    eqs.add("clear_factors", left, ZERO, "divided by ", second, ", which is not zero")
    return zeros(eqs, left, unknown)


# ------------------------------------------------------------------------------------------- one quantity
def roots_of(eqs: Equations, poly: Polynomial, terms: Sequence[Term], unknown: Sym) -> list[Term]:
    base, by_exponent = poly.base, poly.coefficients
    if len(by_exponent) == 2 and 0 in by_exponent:
        exponent = poly.degree
        leading = by_exponent[exponent]
        power = base if exponent == 1 else Pow(base, num(exponent))
        value = isolated(eqs, leading, power, by_exponent[Fraction(0)], terms, unknown)
        return rooted(eqs, base, exponent, value, unknown)
    if all(isinstance(c, Num) and e.denominator == 1 for e, c in by_exponent.items()):
        numbers = {int(e): c.value for e, c in by_exponent.items() if isinstance(c, Num)}
        return [r for v in numeric_roots(eqs, base, numbers) for r in undone(eqs, base, v, unknown)]
    if set(by_exponent) <= {0, 1, 2} and base == unknown and (eqs.positive or set(SIGNED) & set(unknown.props)):
        return [positive_root(eqs, by_exponent, unknown)]
    raise NoRule(NOT_ISOLATED)


def rooted(eqs: Equations, base: Term, exponent: Fraction, value: Term, unknown: Sym) -> list[Term]:
    """The base from base^exponent = value."""
    if exponent == 1:
        return undone(eqs, base, value, unknown)
    signed = base == unknown and (eqs.positive or set(SIGNED) & set(unknown.props))
    if exponent.numerator % 2 == 0 and isinstance(value, Num) and value.p < 0:
        raise NoRule(NO_SOLUTION)
    root = root_of(value, exponent)
    word = "the root is taken on both sides"
    if exponent.numerator % 2 or exponent.denominator != 1:
        if not isinstance(value, Num) and not nonnegative(value):
            eqs.need(positive(value) or (needs.positive(value),))
        eqs.add("undo_function", base, root, word)
        return undone(eqs, base, root, unknown)
    if not isinstance(value, Num) and not nonnegative(value):
        eqs.need(positive(value) or (needs.positive(value),))
    if signed:
        eqs.add("undo_function", base, root, word, "; ", unknown, " is positive")
        return [root]
    both = [root, negate(root)] if not is_zero(root) else [root]
    out: list[Term] = []
    for r in both:
        eqs.add("undo_function", base, r, word, values=known(base, unknown, r))
        out += undone(eqs, base, r, unknown)
    return out


def known(base: Term, unknown: Sym, value: Term) -> Values:
    return ((unknown, value),) if base == unknown else ()


# ----------------------------------------------------------------------------------------- functions undone
def undone(eqs: Equations, base: Term, value: Term, unknown: Sym) -> list[Term]:
    """The unknown from base = value."""
    if base == unknown:
        return [value]
    match base:
        case Fn("log", arg):
            return onwards(eqs, arg, textbook(Fn("exp", value)), unknown, "exponentials are taken")
        case Fn("exp", arg):
            if isinstance(value, Num) and value.p <= 0:
                raise NoRule(NO_SOLUTION)
            eqs.need(positive(value) if positive(value) is not None else (needs.positive(value),))
            return onwards(eqs, arg, textbook(Fn("log", value)), unknown, "logarithms are taken")
        case Fn("sigmoid", arg):
            rest = textbook(plus([ONE, negate(value)]))
            for v in (value, rest):
                eqs.need(positive(v) if positive(v) is not None else (needs.positive(v),))
            odds = textbook(Frac(value, rest))
            return onwards(eqs, arg, textbook(Fn("log", odds)), unknown, "the logistic function is undone")
        case Plus():
            return zeros(eqs, plus([base, negate(value)]) if not is_zero(value) else base, unknown)
    raise NoRule(NOT_ISOLATED)


def onwards(eqs: Equations, arg: Term, value: Term, unknown: Sym, word: str) -> list[Term]:
    eqs.add("undo_function", arg, value, word)
    if arg == unknown:
        return [value]
    return zeros(eqs, plus([arg, negate(value)]), unknown)
