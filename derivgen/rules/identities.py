r"""Identities between functions: those that a textbook uses without a word (sin² + cos² = 1), and those with a name.

A named identity is a rule: it sees one term, and the line that it makes tells its law and where it holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.rules.normal import Monomial, closed_key, collected, key
from derivgen.rules.rule import Phase, Words, rule
from derivgen.terms.build import MINUS, ONE, TWO, plus, power, times
from derivgen.terms.nodes import Fn, Frac, Name, Num, Plus, Pow, Relation, Sym, Term, Times
from derivgen.terms.trees import Fresh

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
    for k, held in Monomial.of(term).powers.items():
        if isinstance(held.base, Fn) and held.base.name == name and held.exponent >= 2:
            rest = Monomial.of(term)
            rest.times_power(k, held.base, -2)
            found.append((held.base.arg, rest))
    return found


# ------------------------------------------------------------------------------------------------- named ones
def _secant(term: Term) -> Words:
    w = Sym(Name("w"))
    return (Relation("=", Plus(ONE, Pow(Fn("tan", w), TWO)), Pow(Fn("sec", w), TWO)),)


def _squares_of(term: Term, name: str) -> Iterator[Fn]:
    """The functions of a name of which a square stands as a term of a sum."""
    for t in term.args if isinstance(term, Plus) else ():
        for held in Monomial.of(t).powers.values():
            if isinstance(held.base, Fn) and held.base.name == name and held.exponent == 2:
                yield held.base


@rule(
    law=r"1+\tan^2 u = \sec^2 u",
    reason="the secant is the reciprocal cosine",
    source="calculus",
    phase=Phase.IDENTITY,
    examples={r"1+\tan^2 t": r"\sec^2 t"},
    because=_secant,
    heads=(Plus,),
)
def secant_squared(term: Term, fresh: Fresh) -> Term | None:
    if not isinstance(term, Plus) or len(term.args) != 2:
        return None
    for constant, other in (term.args, term.args[::-1]):
        for square in _squares_of(term, "tan"):
            if key(other) == key(times([constant, Pow(square, TWO)])):
                return times([constant, Pow(Fn("sec", square.arg), TWO)])
    return None


def _one_over_cosine(term: Term) -> Words:
    w = Sym(Name("w"))
    below = Pow(Fn("cos", w), TWO)
    return (Relation("=", Plus(ONE, Frac(Pow(Fn("sin", w), TWO), below)), Frac(ONE, below)),)


@rule(
    law=r"1+\frac{\sin^2 u}{\cos^2 u} = \frac{1}{\cos^2 u}",
    reason="identity of the squares of sine and cosine",
    source="calculus",
    phase=Phase.IDENTITY,
    examples={r"1+\frac{\sin^2 t}{\cos^2 t}": r"\frac{1}{\cos^2 t}"},
    because=_one_over_cosine,
    heads=(Plus,),
)
def one_over_cosine_squared(term: Term, fresh: Fresh) -> Term | None:
    if not isinstance(term, Plus) or len(term.args) != 2:
        return None
    for constant, other in (term.args, term.args[::-1]):
        for square in _squares_of(term, "sin"):
            below = Pow(Fn("cos", square.arg), TWO)
            divided = any(p.base == below.base and p.exponent == -2 for p in Monomial.of(other).powers.values())
            if divided and key(other) == key(times([constant, Frac(Pow(square, TWO), below)])):
                return Frac(constant, below)
    return None


def tangents(term: Term) -> tuple[Term, Term, int] | None:
    """The u, v and sign of 1 − tan u tan v (sign 1) or 1 + tan u tan v (sign −1), in either order."""
    if not isinstance(term, Plus) or len(term.args) != 2 or ONE not in term.args:
        return None
    product = Monomial.of(next(t for t in term.args if t != ONE))
    found = [p.base for p in product.powers.values() if isinstance(p.base, Fn) and p.base.name == "tan"]
    if len(found) == len(product.powers) == 2 and product.coefficient in (1, -1):
        return found[0].arg, found[1].arg, -int(product.coefficient)
    return None


def _added(u: Term, v: Term, sign: int) -> Term:
    return plus([u, v if sign > 0 else times([MINUS, v])])


def _cosines(term: Term) -> tuple[Term, Term, int] | None:
    """The u, v and sign of a product of sec^k u sec^k v and (1 ∓ tan u tan v)^−k."""
    for held in Monomial.of(term).powers.values():
        found = tangents(held.base)
        if found is not None and held.exponent < 0:
            return found
    return None


def _cosine_words(term: Term) -> Words:
    *_, sign = _cosines(term) or (ONE, ONE, 1)
    a, b = Sym(Name("alpha")), Sym(Name("beta"))
    tangent = plus([ONE, times([Num(-sign), Fn("tan", a), Fn("tan", b)])])
    return (
        "addition theorem: ", Relation("=", Times(Fn("cos", a), Fn("cos", b), tangent), Fn("cos", _added(a, b, sign)))
    )  # fmt: skip


@rule(
    law=r"\frac{\sec u\,\sec v}{1-\tan u\tan v} = \sec(u+v)",
    reason="addition theorem of the cosine",
    source="calculus",
    phase=Phase.IDENTITY,
    examples={r"\frac{\sec s\sec t}{1-\tan s\tan t}": r"\sec(s+t)"},
    because=_cosine_words,
    heads=(Frac, Times),
)
def secant_of_sum(term: Term, fresh: Fresh) -> Term | None:
    found = _cosines(term) if isinstance(term, Frac | Times) else None
    if found is None:
        return None
    u, v, sign = found
    m = Monomial.of(term)
    below = next(p for p in m.powers.values() if tangents(p.base) == found)
    secants = [p for p in m.powers.values() if isinstance(p.base, Fn) and p.base.name == "sec"]
    pair = [p for p in secants if p.base.args[1] in (u, v) and p.exponent == -below.exponent]
    if len(pair) != 2:
        return None
    for p in (below, *pair):
        m.times_power(closed_key(p.base), p.base, -p.exponent)
    return times([m.term(), power(Fn("sec", _added(u, v, sign)), -below.exponent)])


@rule(
    law=r"\frac{\tan u+\tan v}{1-\tan u\tan v} = \tan(u+v)",
    reason="addition theorem of the tangent",
    source="calculus",
    phase=Phase.IDENTITY,
    examples={r"\frac{\tan s+\tan t}{1-\tan s\tan t}": r"\tan(s+t)"},
    heads=(Frac,),
)
def tangent_of_sum(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Frac(Plus((Fn("tan", u), Fn("tan", v))), bottom):
            found = tangents(bottom)
            if found is not None and {found[0], found[1]} == {u, v} and found[2] > 0:
                return Fn("tan", plus([u, v]))
    return None


def _logarithm(term: Term) -> Words:
    arg = term.args[1]
    kept = plain_factors(arg)
    law = Relation("=", term, logarithm_split(arg) or term)
    return (law, ", where ", Relation(">", kept[0], Num(0))) if len(kept) == 1 and kept[0].symbols else (law,)


def plain_factors(term: Term) -> list[Term]:
    """The factors of a product that are no exponential."""
    parts = term.args if isinstance(term, Times) else (term,)
    return [f for f in parts if not (isinstance(f, Fn) and f.name == "exp")]


def logarithm_split(arg: Term) -> Term | None:
    """log(u e^w) as log u + w; None where there is no exponential, or more than one other factor."""
    kept = plain_factors(arg)
    powers = [f.arg for f in (arg.args if isinstance(arg, Times) else ()) if isinstance(f, Fn) and f.name == "exp"]
    if not powers or len(kept) != 1:
        return None
    return plus([Fn("log", kept[0]), *powers])


@rule(
    law=r"\log(u\,e^{w}) = \log u + w",
    reason="logarithm of a product",
    source="calculus",
    phase=Phase.IDENTITY,
    examples={r"\log(s\,e^{t})": r"\log s+t"},
    because=_logarithm,
    heads=(Fn,),
)
def logarithm_of_product(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Fn("log", arg):
            return logarithm_split(arg)
    return None
