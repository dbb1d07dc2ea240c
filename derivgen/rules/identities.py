"""Identities between functions that a textbook uses without a word: sin² + cos² = 1, cosh² − sinh² = 1."""

from __future__ import annotations

from derivgen.rules.normal import Monomial, collected
from derivgen.terms.nodes import Fn, Plus, Term

SQUARES_TO_ONE: tuple[tuple[str, str, int], ...] = (("cos", "sin", 1), ("cosh", "sinh", -1))
"""f² + sign·g² = 1, as (f, g, sign)."""


def squares_to_one(term: Term) -> Term:
    """A sum in which c f(u)² + sign·c g(u)² is replaced by c, wherever such a pair stands."""
    if not isinstance(term, Plus):
        return term
    for first, second, sign in SQUARES_TO_ONE:
        for p, one in enumerate(term.args):
            rest = without_square(one, first)
            for q, other in enumerate(term.args):
                twin = without_square(other, second) if rest and p != q else []
                for (u, a), (v, b) in ((x, y) for x in rest for y in twin):
                    if u == v and a.core() == b.core() and a.coefficient == sign * b.coefficient:
                        kept = [t for k, t in enumerate(term.args) if k not in (p, q)]
                        return squares_to_one(collected([*kept, a.term()], term.shape))
    return term


def without_square(term: Term, name: str) -> list[tuple[Term, Monomial]]:
    """For every factor name(u)² of a term: u, and the term without it."""
    found = []
    for k, power in Monomial.of(term).powers.items():
        if isinstance(power.base, Fn) and power.base.name == name and power.exponent >= 2:
            rest = Monomial.of(term)
            rest.times_power(k, power.base, -2)
            found.append((power.base.arg, rest))
    return found
