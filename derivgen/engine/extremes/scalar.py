"""An equation for one scalar, solved line by line by isolating it.

Denominators are cleared, factors that are never zero are divided out, and what is left is read as a polynomial in one
quantity: the unknown itself, or a function of it such as a logarithm, which is then undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from derivgen.engine.extremes import needs
from derivgen.engine.extremes.affine import TooLong, depends, spread
from derivgen.engine.extremes.equations import Equations, Values, by_factor, common_factor, divided
from derivgen.engine.extremes.roots import numeric_roots
from derivgen.engine.extremes.signs import ALWAYS, nonnegative, nonzero, positive
from derivgen.errors import NoRule
from derivgen.rules.normal import Key, Monomial, Power, collected, key
from derivgen.rules.products import plain_product
from derivgen.rules.textbook import textbook
from derivgen.terms.build import MINUS, ONE, TWO, ZERO, is_zero, negate, num, plus, times
from derivgen.terms.nodes import Fn, Frac, Num, Plus, Pow, Sym, Term, Times
from derivgen.terms.shapes import SCALAR

NO_SOLUTION = "the derivative is not zero anywhere, so there is no stationary point"
NOT_ISOLATED = "the equation cannot be solved for the unknown in a closed form by isolating it"
SIGNED = ("positive", "between 0 and 1")


@dataclass(frozen=True)
class Polynomial:
    """Σ coefficient · base^exponent, with exponents from 0 on."""

    base: Term
    coefficients: dict[Fraction, Term]

    @property
    def degree(self) -> Fraction:
        return max(self.coefficients)


def solve_scalar(eqs: Equations, term: Term, unknown: Sym) -> list[Term]:
    """All values of the unknown at which a scalar is zero; raises where they cannot be found."""
    try:
        found = zeros(eqs, term, unknown)
    except TooLong:
        raise NoRule(NOT_ISOLATED) from None
    inside = [v for v in dict.fromkeys(found) if may_be(v, unknown)]
    if not inside:
        raise NoRule(NO_SOLUTION + (f" with {unknown.name.letter} > 0" if found else ""))
    return inside


def may_be(value: Term, unknown: Sym) -> bool:
    """Whether a number lies where the unknown may lie."""
    if not isinstance(value, Num):
        return True
    if set(SIGNED) & set(unknown.props) and value.p <= 0:
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
    own = Equations()
    found = zeros(own, core, unknown)
    eqs.pending += [p if p.values else replace(p, values=((unknown, found[0]),)) for p in own.pending]
    eqs.need(own.needs)
    return found


def is_power(term: Term) -> bool:
    return isinstance(term, Pow) or (isinstance(term, Times) and any(isinstance(t, Pow) for t in term.args))


def moving(m: Monomial, unknown: Sym) -> dict[Key, Power]:
    return {k: p for k, p in m.powers.items() if depends(p.base, unknown)}


def stripped(eqs: Equations, term: Term, unknown: Sym) -> tuple[Term, list[Term]]:
    """A product as what is never zero where it is defined, and the factors that can be."""
    m = Monomial.of(term)
    cores: list[Term] = []
    for k, p in moving(m, unknown).items():
        if p.exponent > 0 and not never_zero(p.base, unknown):
            cores.append(p.base)
            m.times_power(k, p.base, -p.exponent)
    if m.coefficient < 0 and len(cores) == 1 and cores[0] != unknown:  # a sum keeps its sign
        m.coefficient, cores[0] = -m.coefficient, negate(cores[0])
    rest = {k: p for k, p in m.powers.items() if not depends(p.base, unknown)}
    constant = Monomial()
    constant.coefficient, constant.powers = m.coefficient, rest
    eqs.need(nonzero(constant.term()))
    return m.term(), cores


def never_zero(base: Term, unknown: Sym) -> bool:
    if base == unknown:
        return nonzero(unknown) == ()
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


def denominators(terms: Sequence[Term]) -> list[tuple[Term, Fraction | int]]:
    """What stands below a fraction bar, with the lowest power; constants only where not all terms have them there."""
    monos = [Monomial.of(t) for t in terms]
    found: dict[Key, tuple[Term, Fraction | int]] = {}
    for m in monos:
        for k, p in m.powers.items():
            if p.exponent < found.get(k, (p.base, 0))[1]:
                found[k] = (p.base, p.exponent)
    return list(found.values())


def powered(base: Term, exponent: Fraction | int) -> Term:
    return base if exponent == 1 else Pow(base, num(Fraction(exponent)))


def summands(term: Term) -> list[Term]:
    return list(term.args) if isinstance(term, Plus) else [term]


def shared(terms: Sequence[Term], unknown: Sym) -> list[Term]:
    """The factors with the unknown that all terms share."""
    monos = [Monomial.of(t) for t in terms]
    out: list[Term] = []
    for k, p in moving(monos[0], unknown).items():
        low = min(m.powers[k].exponent if k in m.powers else 0 for m in monos)
        if low > 0:
            out.append(powered(p.base, low))
    return out if len(terms) > 1 else []


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


def constant_part(m: Monomial, unknown: Sym) -> Term:
    rest = Monomial()
    rest.coefficient = m.coefficient
    rest.powers = {k: p for k, p in m.powers.items() if not depends(p.base, unknown)}
    return rest.term()


# ------------------------------------------------------------------------------------------- one quantity
def polynomial(terms: Sequence[Term], unknown: Sym) -> Polynomial | None:
    """The terms as a polynomial in the one quantity through which they hold the unknown."""
    monos = [Monomial.of(t) for t in terms]
    bases = {k: p.base for m in monos for k, p in moving(m, unknown).items()}
    if len(bases) != 1:
        return None
    k, base = next(iter(bases.items()))
    found: dict[Fraction, list[Term]] = {}
    for m in monos:
        power = m.powers.pop(k, None)
        exponent = Fraction(power.exponent) if power is not None else Fraction(0)
        found.setdefault(exponent, []).append(m.term())
    return Polynomial(base, {e: textbook(plus(ts)) for e, ts in found.items()})


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
    if set(by_exponent) <= {0, 1, 2} and base == unknown and set(SIGNED) & set(unknown.props):
        return [positive_root(eqs, by_exponent, unknown)]
    raise NoRule(NOT_ISOLATED)


def isolated(eqs: Equations, leading: Term, power: Term, constant: Term, terms: Sequence[Term], unknown: Sym) -> Term:
    """From a·p + c = 0 to p = −c/a."""
    if len([t for t in terms if depends(t, unknown)]) > 1:
        eqs.add("take_out_unknown", plus([constant, times([leading, power])]), ZERO, power, " is taken out")
    flipped = starts_minus(leading)
    if flipped:
        leading, constant = textbook(negate(leading)), negate(constant)
    left, right = times([leading, power]), textbook(negate(constant))
    if is_zero(right):
        eqs.need(nonzero(leading))
        eqs.add("clear_factors", power, ZERO, *(by_factor(leading) if leading != ONE else ("",)))
        return ZERO
    eqs.add("bring_over", left, right, *crossing(left if flipped else constant, flipped, unknown))
    if leading == ONE:
        return right
    proof = positive(leading)
    eqs.need(proof if proof == () else nonzero(leading))
    value = textbook(Frac(right, leading))
    note = (", which is positive",) if proof == () and not isinstance(leading, Num) else ()
    eqs.add("divide_by", power, value, *by_factor(leading), *note)
    return value


def crossing(moved: Term, flipped: bool, unknown: Term) -> tuple[Any, ...]:
    """What is done on both sides: the one term that changes sides is added or subtracted."""
    if isinstance(moved, Plus):
        return (f"the terms {'with' if flipped else 'without'} ", unknown, " go to the other side")
    if flipped:
        return (moved, " is added on both sides")
    if starts_minus(moved):
        return (negate(moved), " is added on both sides")
    return (moved, " is subtracted on both sides")


def starts_minus(term: Term) -> bool:
    """Whether a coefficient is written with a minus sign in front."""
    first = term.args[0] if isinstance(term, Plus) else term
    if isinstance(first, Times):
        first = first.args[0]
    return isinstance(first, Num) and first.p < 0


def rooted(eqs: Equations, base: Term, exponent: Fraction, value: Term, unknown: Sym) -> list[Term]:
    """The base from base^exponent = value."""
    if exponent == 1:
        return undone(eqs, base, value, unknown)
    signed = base == unknown and set(SIGNED) & set(unknown.props)
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


def root_of(value: Term, exponent: Fraction) -> Term:
    """The real root: exact for numbers that have one."""
    if isinstance(value, Num) and value.p < 0:
        return negate(root_of(num(-value.value), exponent))
    inverse = 1 / exponent
    if isinstance(value, Num) and inverse.numerator == 1:
        n = inverse.denominator
        top, bottom = (round(v ** (1 / n)) for v in (value.p, value.q))
        if top**n == value.p and bottom**n == value.q:
            return num(Fraction(top, bottom))
    return textbook(Pow(value, num(inverse)))


def positive_root(eqs: Equations, by_exponent: dict[Fraction, Term], unknown: Sym) -> Term:
    """The positive root of a v² + b v + c with a > 0 > c."""
    a, b, c = (by_exponent.get(Fraction(k), ZERO) for k in (2, 1, 0))
    for x, y in ((a, negate(c)), (negate(a), c)):
        proofs = (positive(x), positive(y))
        if None not in proofs:
            for p in proofs:
                eqs.need(p)
            break
    else:
        raise NoRule(NOT_ISOLATED)
    sign = ONE if positive(a) is not None else MINUS
    under = textbook(plus([Pow(b, TWO), times([num(-4), a, c])]))
    top = plus([negate(b), times([sign, Pow(under, num(Fraction(1, 2)))])])
    value = Frac(top, times([TWO, a]))
    eqs.add("find_roots", unknown, value, "the root of the quadratic equation that is positive")
    return value


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
