"""The real roots of a polynomial with rational coefficients: rational ones by trial, of a quadratic by formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import gcd, isqrt, lcm

from derivgen.engine.extremes.equations import Equations
from derivgen.errors import NoRule
from derivgen.terms.build import ZERO, num, plus, times
from derivgen.terms.nodes import Num, Plus, Pow, Term

LARGEST = 10_000
"""The largest number whose divisors are tried."""
NO_FORMULA = "the equation has no rational solution by which its degree could be lowered"


def numeric_roots(eqs: Equations, base: Term, coefficients: Mapping[int, Fraction | int]) -> list[Term]:
    """The values of the base at which the polynomial is zero, with a line that shows its factors."""
    degree = max(coefficients)
    rest = [Fraction(coefficients.get(k, 0)) for k in range(degree, -1, -1)]
    found: list[Term] = []
    factors: list[Term] = []
    while len(rest) > 2:
        root = next((r for r in candidates(rest) if value(rest, r) == 0), None)
        if root is None:
            break
        found.append(num(root))
        factors.append(plus([base, num(-root)]))
        rest = deflated(rest, root)
    if len(rest) > 3:
        raise NoRule(NO_FORMULA)
    found += quadratic(rest) if len(rest) == 3 else [num(-rest[1] / rest[0])]
    if factors:
        last = written(rest, base)
        told = ("; ", last, " has no real zero") if len(rest) == 3 and discriminant(rest) < 0 else ()
        eqs.add("find_roots", times([*factors, last]), ZERO, "factored", *told)
        if len(set(found)) == 1:
            eqs.add("find_roots", base, found[0], "a factor is zero" if not told else "so the first factor is")
    if not found:
        raise NoRule("the derivative is not zero anywhere, so there is no stationary point")
    return list(dict.fromkeys(found))


def candidates(rest: list[Fraction]) -> Iterator[Fraction]:
    """The numbers that can be rational roots."""
    scale = lcm(*(c.denominator for c in rest))
    whole = [int(c * scale) for c in rest]
    common = gcd(*whole)
    first, last = abs(whole[0] // common), abs(whole[-1] // common)
    if last == 0:
        yield Fraction(0)
        return
    if max(first, last) > LARGEST:
        return
    for p in divisors(last):
        for q in divisors(first):
            yield Fraction(p, q)
            yield Fraction(-p, q)


def divisors(n: int) -> list[int]:
    small = [k for k in range(1, isqrt(n) + 1) if n % k == 0]
    return [*small, *(n // k for k in reversed(small) if k * k != n)]


def value(coefficients: list[Fraction], x: Fraction) -> Fraction:
    out = Fraction(0)
    for c in coefficients:
        out = out * x + c
    return out


def deflated(coefficients: list[Fraction], root: Fraction) -> list[Fraction]:
    """The polynomial divided by x − root."""
    out: list[Fraction] = []
    carry = Fraction(0)
    for c in coefficients[:-1]:
        carry = carry * root + c
        out.append(carry)
    return out


def discriminant(rest: list[Fraction]) -> Fraction:
    a, b, c = rest
    return b * b - 4 * a * c


def quadratic(rest: list[Fraction]) -> list[Term]:
    a, b, _ = rest
    d = discriminant(rest)
    if d < 0:
        return []
    up, down = isqrt(d.numerator), isqrt(d.denominator)
    if up * up == d.numerator and down * down == d.denominator:
        root = Fraction(up, down)
        return [num(r) for r in dict.fromkeys(((-b + root) / (2 * a), (-b - root) / (2 * a)))]
    half = Pow(num(d / (4 * a * a)), num(Fraction(1, 2)))
    middle = -b / (2 * a)
    parts = [num(middle)] if middle else []
    return [plus([*parts, half]), plus([*parts, times([Num(-1), half])])]


def written(rest: list[Fraction], base: Term) -> Term:
    """The polynomial as a term."""
    top = len(rest) - 1
    terms = []
    for k, c in enumerate(rest):
        e = top - k
        power = [] if e == 0 else [base if e == 1 else Pow(base, num(e))]
        if c:
            terms.append(times([num(c), *power]) if power else num(c))
    return terms[0] if len(terms) == 1 else Plus(*terms)
