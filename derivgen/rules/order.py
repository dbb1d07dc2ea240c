"""The order of factors in a displayed line: numbers in front, equal factors as powers, letters before functions.

A derivative that is still to be taken, and a delta, stay where the rule put them.
"""

from __future__ import annotations

from fractions import Fraction

from derivgen.rules.normal import Key, Power, exponential, in_rank, key, powered
from derivgen.terms.build import num, times
from derivgen.terms.nodes import HOLDS_DELTA, Delta, Derivative, El, Mat, Named, Num, Plus, Pow, Sym, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild


def in_line_order(term: Term) -> Term:
    """The term with the factors of every product of scalars in order; derivatives are not entered."""
    if isinstance(term, (Derivative, Sym, Named, Num, El, Delta)):
        return term
    if term.derived is None:
        term.derived = {}
    found: Term | None = term.derived.get("line order")
    if found is None:
        found = rebuild(term, in_line_order)
        if isinstance(found, Times) and all(f.shape == SCALAR for f in found.args) and not is_in_order(found):
            found = ordered_product(found)
        term.derived["line order"] = found
    return found


def is_in_order(term: Times) -> bool:
    """Whether there is nothing to do: the common case, seen without building anything."""
    seen: set[Term] = set()
    sortable = not term.pending and not term.holds & HOLDS_DELTA
    for position, f in enumerate(term.args):
        if isinstance(f, Num | Times):
            if position or isinstance(f, Times):
                return False
            continue
        base = exponential(f.base if isinstance(f, Pow) else f)[0]
        if base in seen:
            return False
        seen.add(base)
    return not sortable or in_rank(list(term.args), base_of) == list(term.args)


def base_of(factor: Term) -> Term:
    return factor.base if isinstance(factor, Pow) else factor


def ordered_product(term: Times) -> Term:
    coefficient: Fraction | int = 1
    powers: dict[Key, Power] = {}
    for f in flat_factors(term):
        if isinstance(f, Num):
            coefficient *= f.value
        elif f.pending or f.holds & HOLDS_DELTA:
            powers[("kept", len(powers))] = Power(f, 1)
        else:
            base, exponent = (f.base, f.exponent.value) if is_numeric_power(f) else exponential(f)
            held = powers.setdefault(key(base), Power(base, 0))
            held.exponent += exponent
    factors = [powered(p.base, p.exponent) for p in powers.values() if p.exponent != 0]
    if not term.pending and not term.holds & HOLDS_DELTA:
        factors = in_rank(factors, lambda f: f.base if is_numeric_power(f) else f)
    after = times([num(coefficient), *factors])
    return term if after == term else after


def flat_factors(term: Times) -> list[Term]:
    out: list[Term] = []
    for f in term.args:
        out += flat_factors(f) if isinstance(f, Times) and all(g.shape == SCALAR for g in f.args) else [f]
    return out


def is_numeric_power(term: Term) -> bool:
    """A power whose exponents may be added: of anything but a sum under a root."""
    return isinstance(term, Pow) and isinstance(term.exponent, Num) and not isinstance(term.base, Plus | Mat)
