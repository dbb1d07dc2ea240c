"""Textbook form: tidy products, like terms collected, common factors out front; the smallest form wins.

``textbook(term)`` works from the inside out.  A sum is tried as it is, factored, expanded, and expanded then factored;
``WEIGHTS`` decides which is smallest.  Nothing here makes an identity by factoring.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from derivgen.rules.exact import exact
from derivgen.rules.factoring import factored, merge_diagonals
from derivgen.rules.identities import squares_to_one
from derivgen.rules.measure import measure
from derivgen.rules.normal import Monomial, collected, is_plain, key, tp
from derivgen.rules.products import EXPAND_LIMIT, expanded, explicit_sum, multiply_out, plain_product, tidy_had
from derivgen.terms.build import ONE, chain_of, is_zero, negate, num, plus, times
from derivgen.terms.nodes import (
    Delta,
    Diag,
    DiagOf,
    El,
    Entries,
    Extent,
    Eye,
    Fn,
    Frac,
    Had,
    Inv,
    Mat,
    MatPow,
    Named,
    Norm,
    Num,
    Ones,
    Plus,
    Pow,
    Sum,
    Sym,
    Term,
    Times,
    Tp,
    Tr,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, subterms


def textbook(term: Term) -> Term:
    """A term as a textbook would print it."""
    if isinstance(term, Sym | Named | Num):
        return term
    if term.derived is None:
        term.derived = {}
    found: Term | None = term.derived.get("textbook")
    if found is None:
        found = term.derived["textbook"] = settled(rebuild(term, textbook))
    return found


def settled(inner: Term) -> Term:
    """A node over tidy arguments, tidied."""
    match inner:
        case Plus():
            flat = plus(inner.args, inner.shape)
            return tidy_sum(flat) if isinstance(flat, Plus) else flat
        case Times() | Frac():
            return tidy_product(inner)
        case Pow():
            return tidy_power(inner)
        case Had():
            return tidy_had(inner)
        case Tp(arg):
            return tidy_transpose(arg)
        case Inv(Inv(arg)):
            return arg
        case Inv(Eye() as arg):
            return arg
        case Diag(Ones(rows, _)):
            return Eye(rows)
        case Diag(arg):
            return _scaled_out(arg, Diag)
        case DiagOf(Diag(arg)):
            return arg
        case Tr(Plus() as arg):
            return textbook(plus(Tr(t) for t in arg.args))
        case Tr(arg):
            return _scaled_out(arg, Tr)
        case Norm(Sym() as arg) if "unit" in arg.props:
            return ONE
        case Fn():
            return exact(inner)
        case MatPow(base, 1):
            return base
        case Sum(body, index) if index not in body.free:
            return textbook(times([num(index.size) if isinstance(index.size, int) else Extent(index.size), body]))
        case El(arg, i, j):
            return tidy_element(arg, i, j, inner)
    return inner


def _scaled_out(arg: Term, wrap: type[Term]) -> Term:
    """A linear function of one argument with the scalars taken out."""
    if isinstance(arg, Times):
        scalars, chain = chain_of(arg)
        if scalars and chain:
            return tidy_product(times([*scalars, wrap(times(chain))]))
    if isinstance(arg, Frac):
        return tidy_product(times([Frac(ONE, arg.den), wrap(arg.num)]))
    return wrap(arg)


def tidy_element(arg: Term, i: object, j: object, as_is: Term) -> Term:
    match arg:
        case Tp(inner):
            return El(inner, j, i)
        case Eye():
            return ONE if i == j else Delta(i, j)
        case Ones():
            return num(0) if is_zero(arg) else ONE
        case Entries():
            return as_is
    return as_is if arg.shape != SCALAR else arg


def tidy_power(term: Pow) -> Term:
    base, exponent = term.base, term.exponent
    if not isinstance(exponent, Num):
        return term
    if exponent == ONE:
        return base
    if base.shape != SCALAR:
        return tidy_had(Had(term, Ones(*term.shape)))
    if isinstance(base, Num) and exponent.q == 2 and base.p > 0:
        up, down = isqrt(base.p), isqrt(base.q)
        if up * up == base.p and down * down == base.q:
            return num(Fraction(up, down) ** exponent.p)
    return Monomial.of(term).term()


def tidy_transpose(arg: Term) -> Term:
    """A transpose goes into products and onto symbols; into a square sum only if none is gained by it."""
    match arg:
        case Sym() if "skew-symmetric" in arg.props:
            return negate(arg)
        case Mat():
            cells = (arg.entries[i * arg.cols + j] for j in range(arg.cols) for i in range(arg.rows))
            return Mat(arg.cols, arg.rows, *cells)
        case Plus() if arg.shape[0] == arg.shape[1]:
            turned = [tidy_transpose(t) for t in arg.args]
            if key(Plus(*turned)) == key(arg):
                return arg
            if sum(_turns(t) for t in turned) <= 1 + sum(_turns(t) for t in arg.args):
                return tidy_sum(Plus(*turned))
        case Times():
            return tidy_product(tp(arg))
        case Frac(top, bottom):
            return Frac(tidy_transpose(top), bottom)
        case Had() if arg.shape[0] != 1 and arg.shape[1] != 1:
            turned = [tp(f) for f in arg.args]
            if sum(map(_turns, turned)) <= 1 + sum(map(_turns, arg.args)):
                return Had(*turned)
    return tp(arg)


def _turns(term: Term) -> int:
    return isinstance(term, Tp) + sum(_turns(a) for a in term.args if isinstance(a, Term) and not isinstance(a, Sym))


def tidy_product(term: Term) -> Term:
    """A product in order, or multiplied out where that is shorter."""
    plain = plain_product(term)
    if not isinstance(plain, Times | Frac) or shifts_identity(plain) or is_single_fraction(plain):
        return plain
    parts = multiply_out(plain)
    if len(parts) == 1 or len(parts) > EXPAND_LIMIT:
        return plain
    spread = collected(parts, plain.shape)
    candidates = [plain, spread, *(factored(spread, textbook) if isinstance(spread, Plus) else [])]
    return min(candidates, key=measure)


def is_single_fraction(term: Term) -> bool:
    """Whether a term is a sum over a compound denominator, as the quotient rule leaves it: not to be split."""
    fraction = next((f for f in term.args if isinstance(f, Frac)), term) if isinstance(term, Times) else term
    if not isinstance(fraction, Frac) or is_plain(fraction.den):
        return False
    return any(isinstance(t, Plus) for t in subterms(fraction.num)) and not any(
        isinstance(t, Frac) for t in subterms(fraction.num)
    )


def shifts_identity(term: Term) -> bool:
    """Whether a product holds a factor such as A + I, which stays together."""
    factors = term.args if isinstance(term, Times) else ()
    chain = [f for f in factors if f.shape != SCALAR]
    return len(chain) > 1 and any(isinstance(f, Plus) and any(isinstance(t, Eye) for t in f.args) for f in chain)


def tidy_sum(term: Plus) -> Term:
    """The smallest of: collected, factored, expanded, expanded and factored."""
    base = merge_diagonals(collected(explicit_sum(term.args), term.shape))
    if not isinstance(base, Plus):
        return Diag(textbook(base.arg)) if isinstance(base, Diag) else base
    reduced = squares_to_one(base)
    if not isinstance(reduced, Plus):
        return reduced
    base = reduced
    candidates = [base, *factored(base, textbook)]
    spread = expanded(base)
    if spread is not None:
        wide = squares_to_one(merge_diagonals(collected(spread, term.shape)))
        candidates += [wide, *(factored(wide, textbook) if isinstance(wide, Plus) else [])]
    return min(candidates, key=measure)
