"""Scalars multiplied out: polynomials in the elements of vectors and matrices, collected by the variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from derivgen.terms.build import num, plus, power, times
from derivgen.terms.nodes import El, Frac, Num, Plus, Pow, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import subterms

MOST_TERMS = 80
"""A polynomial with more terms than these is left as it is."""

Monomial = tuple[tuple[Term, int], ...]
"""The factors of a product with their powers, in the order of their first appearance."""
Polynomial = list[tuple[Fraction, Monomial]]


class TooLong(Exception):
    """Multiplied out the term would have too many terms."""


def polynomial(term: Term) -> Polynomial:
    """A scalar as a sum of products; what is no sum, product or power is a factor by itself."""
    match term:
        case Num():
            return [(Fraction(term.p, term.q), ())] if term.p else []
        case Plus():
            return [m for t in term.args for m in polynomial(t)]
        case Times() if all(f.shape == SCALAR for f in term.args):
            return multiplied(polynomial(f) for f in term.args)
        case Pow(base, Num(p, 1)) if p > 0:
            return multiplied([polynomial(base)] * p)
        case Frac(top, Num() as bottom) if bottom.p:
            return [(c * Fraction(bottom.q, bottom.p), m) for c, m in polynomial(top)]
    return [(Fraction(1), ((term, 1),))]


def multiplied(factors: Iterable[Polynomial]) -> Polynomial:
    out: Polynomial = [(Fraction(1), ())]
    for factor in factors:
        if len(out) * len(factor) > MOST_TERMS:
            raise TooLong
        out = [(a * b, joined(m, n)) for a, m in out for b, n in factor]
    return out


def joined(first: Monomial, second: Monomial) -> Monomial:
    powers = dict(first)
    for atom, exponent in second:
        powers[atom] = powers.get(atom, 0) + exponent
    return tuple(powers.items())


def elements_of(variables: Sequence[Term]) -> Callable[[Term], bool]:
    """Whether a scalar is one of the variables, or an element of one."""
    return lambda t: t in variables or (isinstance(t, El) and t.term in variables)


def degree(terms: Polynomial, is_variable: Callable[[Term], bool]) -> set[int]:
    """The degrees of the terms in the variables."""
    return {sum(e for atom, e in m if is_variable(atom)) for c, m in terms if c}


def parted(monomial: Monomial, is_variable: Callable[[Term], bool]) -> tuple[Monomial, Monomial]:
    """The factors that are coefficients, and those that are variables."""
    return (
        tuple(pair for pair in monomial if not is_variable(pair[0])),
        tuple(pair for pair in monomial if is_variable(pair[0])),
    )


def collected(terms: Polynomial, is_variable: Callable[[Term], bool], *, merge: bool = True) -> Term:
    """A polynomial in its variables, like terms together: (A_12 + A_21) x_1 x_2.

    ``merge`` False keeps equal coefficients apart: (A_11 + A_11) x_1.
    """
    groups: dict[frozenset[tuple[Term, int]], tuple[Monomial, list[tuple[Fraction, Monomial]]]] = {}
    for c, m in terms:
        coefficient, variables = parted(m, is_variable)
        groups.setdefault(frozenset(variables), (variables, []))[1].append((c, coefficient))
    parts: list[Term] = []
    for variables, coefficients in sorted(groups.values(), key=lambda group: not group[0]):
        kept = merged(coefficients) if merge else coefficients
        if not kept:
            continue
        factors = [power(atom, e) for atom, e in variables]
        if len(kept) == 1 or all(not m for _, m in kept):
            parts += [product(c, m, factors) for c, m in kept]
        else:
            parts.append(times([plus(product(c, m, []) for c, m in kept), *factors]))
    return plus(parts)


def is_collected(term: Term, is_variable: Callable[[Term], bool]) -> bool:
    """Whether a scalar is written as a sum of products already, no two of them alike."""
    parts = term.args if isinstance(term, Plus) else (term,)
    if any(isinstance(t, Plus) for part in parts for t in subterms(part)):
        return False
    terms = polynomial(term)
    return len({frozenset(parted(m, is_variable)[1]) for _, m in terms}) == len(terms)


def merged(terms: Polynomial) -> Polynomial:
    """Like terms added, in the order of their first appearance."""
    sums: dict[frozenset[tuple[Term, int]], tuple[Fraction, Monomial]] = {}
    for c, m in terms:
        held = sums.get(frozenset(m))
        sums[frozenset(m)] = (c + (held[0] if held else 0), held[1] if held else m)
    return [(c, m) for c, m in sums.values() if c]


def product(c: Fraction, m: Monomial, factors: list[Term]) -> Term:
    return times([num(c), *(power(atom, e) for atom, e in m), *factors])


def same(first: Polynomial, second: Polynomial) -> bool:
    """Whether two polynomials are equal."""
    return not merged([*first, *((-c, m) for c, m in second)])
