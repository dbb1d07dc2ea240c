"""When a scalar is positive: seen from how it is made, with the conditions that this takes."""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.engine.extremes import needs
from derivgen.engine.extremes.needs import Need, once
from derivgen.rules.normal import tp
from derivgen.rules.textbook import textbook
from derivgen.terms.build import chain_of, negate
from derivgen.terms.nodes import (
    Const,
    Counter,
    Diag,
    El,
    Extent,
    Eye,
    Fn,
    Frac,
    Had,
    Inv,
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
    Zero,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import subterms, untransposed

POSITIVE = frozenset({"positive", "between 0 and 1", "natural"})
NONNEGATIVE = POSITIVE | {"nonnegative", "non-negative", "probability", "probabilities", "binary", "one-hot"}
NONZERO = POSITIVE | {"negative", "nonzero", "non-zero", "unit", "unit norm", "unit vector", "sign", "signs", "one-hot",
                      "probability", "probabilities"}  # fmt: skip
DEFINITE = frozenset({"positive definite", "symmetric positive definite"})
SEMIDEFINITE = DEFINITE | {"positive semidefinite"}
ROUNDING = 1e-9
ALWAYS = ("exp", "cosh", "sigmoid", "softplus")

Proof = tuple[Need, ...] | None
"""The conditions under which something holds: none for always; None where it is not seen to hold."""


def all_of(proofs: Iterable[Proof]) -> Proof:
    found: list[Need] = []
    for p in proofs:
        if p is None:
            return None
        found += p
    return once(found)


def positive(term: Term) -> Proof:
    """The conditions under which a term is positive: a scalar, or every element of a vector."""
    return signed(term, 1)


def negative(term: Term) -> Proof:
    return signed(term, -1)


def signed(term: Term, sign: int) -> Proof:
    """The conditions under which a term has this sign."""
    match term:
        case Num():
            return () if term.p * sign > 0 else None
        case Plus() | Times() | Frac() | Fn() if is_number(term):
            return () if value_of(term) * sign > 0 else None
        case Sym():
            return of_symbol(term, sign)
        case Named():
            return signed(term.term, sign)
        case Frac(top, bottom):
            found = all_of((signed(top, sign), signed(bottom, 1)))
            return found if found is not None else all_of((signed(top, -sign), signed(bottom, -1)))
        case Plus():
            return of_sum(term, sign)
        case Times() if term.shape == SCALAR:
            return of_product(term, sign)
        case Times() if sign > 0:
            scalars, chain = chain_of(term)
            return all_of((*(signed(s, 1) for s in scalars), signed(chain[0], 1))) if len(chain) == 1 else None
        case Sum(body):
            return signed(body, sign)
        case Pow(base, Num() as exponent) if exponent.q == 1 and exponent.p % 2:
            return signed(base, sign)
    return surely_positive(term) if sign > 0 else None


def is_number(term: Term) -> bool:
    """Whether a scalar holds neither letters nor sizes."""
    return (
        term.shape == SCALAR
        and not term.symbols
        and not term.free
        and not any(isinstance(t, Extent) for t in subterms(term))
    )


def value_of(term: Term) -> float:
    """The value of a number that is written out; zero where it is within rounding of it."""
    from derivgen.terms.numbers import Evaluator

    value = float(Evaluator({}).array(term)[0, 0])
    return value if abs(value) > ROUNDING else 0.0


def surely_positive(term: Term) -> Proof:
    """Of terms that are never negative."""
    match term:
        case Const() | Extent() | Counter():
            return ()
        case Ones():
            return None if isinstance(term, Zero) else ()
        case El(Sym() as holder):
            return () if POSITIVE & set(holder.props) else (needs.positive(term),)
        case Fn(name):
            return () if name in ALWAYS else None
        case Norm(inner):
            return nonzero(inner)
        case Pow(base, Num() as exponent):
            return nonzero(base) if exponent.q == 1 else positive(base)
        case Had():
            return all_of(positive(f) for f in term.args)
        case Tr(inner):
            return of_trace(inner)
    return None


def of_symbol(symbol: Sym, sign: int) -> Proof:
    """A declared sign decides; a positive scalar may be asked for, a negative one is not."""
    props = set(symbol.props)
    if props & {"negative", "non-positive", "nonpositive"}:
        return () if sign < 0 and "negative" in props else None
    if POSITIVE & props:
        return () if sign > 0 else None
    if sign < 0:
        return None
    if symbol.shape == SCALAR:
        return (needs.positive(symbol),)
    return (needs.has(symbol, "positive"),) if symbol.shape[1] == 1 else None


def of_sum(term: Plus, sign: int) -> Proof:
    """One term has the sign, and the others do not have the opposite one."""
    fixed = [t for t in term.args if sign < 0 or not nonnegative(t)]
    if fixed:
        proof = all_of(signed(t, sign) for t in fixed)
        return proof if proof is not None or not is_plain(term) else as_condition(term, sign)
    each = [p for t in term.args if (p := signed(t, sign)) is not None]
    return min(each, key=len) if each else None


def is_plain(term: Plus) -> bool:
    """Whether a sum is one of declared scalars and numbers, such as n − k: its sign is a condition one can state."""
    factors = [f for t in term.args for f in (t.args if isinstance(t, Times) else (t,))]
    return any(isinstance(f, Sym) for f in factors) and all(isinstance(f, Sym | Num) for f in factors)


def as_condition(term: Term, sign: int) -> Proof:
    """That a scalar has a sign, as a condition of its own."""
    return (needs.positive(term if sign > 0 else textbook(negate(term))),)


def of_product(term: Times, sign: int) -> Proof:
    scalars, chain = chain_of(term)
    proofs: list[Proof] = []
    for f in scalars:
        own, opposite = signed(f, 1), signed(f, -1)
        if own is None or (opposite == () and own):
            own, sign = opposite, -sign
        proofs.append(own)
    if chain:
        proofs.append(of_chain(chain))
    return all_of(proofs) if sign > 0 else None


def of_chain(chain: list[Term]) -> Proof:
    """A closed chain: a squared length, a form with a definite matrix, a sum of positive elements."""
    half, middle = halves(chain)
    if half is not None and half[-1].shape[1] == 1:
        return all_of((nonzero_product(half), () if middle is None else definite_factor(middle)))
    if len(chain) == 2:
        left = untransposed(chain[0])
        both = [positive(f) if not isinstance(f, Sym) or POSITIVE & set(f.props) else None for f in (left, chain[1])]
        if isinstance(chain[0], Ones) and type(chain[1]) is Had and is_square(chain[1]):
            return nonzero(chain[1].args[0])
        return all_of(both) if None not in both else as_condition(times_of(chain), 1)
    return None


def is_square(term: Had) -> bool:
    return len(term.args) == 2 and term.args[0] == term.args[1]


def of_trace(inner: Term) -> Proof:
    """tr(M^T M) is a squared length."""
    scalars, chain = chain_of(inner) if isinstance(inner, Times) else ([], [inner])
    half, middle = halves(chain)
    if half is None or middle is not None:
        return definite_factor(inner)
    return all_of((*(positive(s) for s in scalars), nonzero_product(half)))


def halves(chain: list[Term]) -> tuple[list[Term] | None, Term | None]:
    """M and S where a chain is M^T M or M^T S M; None for M where it is not, [] where it is S alone."""
    n = len(chain) // 2
    front, back = [tp(f) for f in reversed(chain[:n])], chain[len(chain) - n :]
    if front != back:
        return None, None
    return back, chain[n] if len(chain) % 2 else None


def definite_factor(term: Term) -> Proof:
    """The conditions under which a matrix factor is positive definite; None where it is not seen to be."""
    match term:
        case Eye():
            return ()
        case Sym() if DEFINITE & set(term.props):
            return ()
        case Sym() if "symmetric" in term.props and not SEMIDEFINITE & set(term.props):
            return (needs.has(term, "positive definite"),)
        case Named(_, meaning) | Inv(Named(_, meaning)):
            return definite_factor(meaning)
        case Inv(inner):
            return definite_factor(inner)
        case Diag(inner):
            return positive(inner)
        case Plus() | Times():
            return definite_sum(term)
    return None


def definite_sum(term: Term) -> Proof:
    """A sum of semidefinite matrices with a definite one among them."""
    strict: list[Proof] = []
    for t in term.args if isinstance(term, Plus) else (term,):
        scalars, chain = chain_of(t) if isinstance(t, Times) else ([], [t])
        half, middle = halves(chain)
        if half is None or not all(nonnegative(s) for s in scalars):
            return None
        if middle is not None and not semidefinite_factor(middle):
            return None
        inner = () if middle is None else definite_factor(middle)
        strict.append(all_of((*(positive(s) for s in scalars), full_rank(tuple(half)), inner)))
    found = [p for p in strict if p is not None and (not p or len(strict) == 1)]
    return min(found, key=len) if found else None


def semidefinite_factor(term: Term) -> bool:
    """Whether a matrix factor is positive semidefinite without any further condition."""
    match term:
        case Sym():
            return bool(SEMIDEFINITE & set(term.props))
        case Named(_, meaning):
            return semidefinite_factor(meaning)
        case Diag(inner):
            return nonnegative(inner)
    return definite_factor(term) == ()


def nonnegative(term: Term) -> bool:
    """Whether a term is never negative, without any further condition."""
    match term:
        case Num():
            return bool(term.p >= 0)
        case Named():
            return nonnegative(term.term)
        case Sym() | El(Sym()):
            holder = term.term if isinstance(term, El) else term
            return bool(NONNEGATIVE & set(holder.props))
        case Norm() | Pow(Norm()):
            return True
        case Pow(base, Num() as exponent):
            return (exponent.q == 1 and exponent.p % 2 == 0) or nonnegative(base)
        case Plus() | Had():
            square = type(term) is Had and is_square(term)
            return square or all(nonnegative(t) for t in term.args)
        case Frac(top, bottom):
            return nonnegative(top) and nonnegative(bottom)
        case Sum(body):
            return nonnegative(body)
        case Times() if term.shape == SCALAR:
            scalars, chain = chain_of(term)
            return all(nonnegative(s) for s in scalars) and (not chain or nonnegative_chain(chain))
        case Tr(Times() as inner):
            scalars, chain = chain_of(inner)
            half, middle = halves(chain)
            return half is not None and middle is None and all(nonnegative(s) for s in scalars)
    return positive(term) == ()


def nonnegative_chain(chain: list[Term]) -> bool:
    half, middle = halves(chain)
    if half is not None and half[-1].shape[1] == 1:
        return middle is None or semidefinite_factor(middle)
    left = untransposed(chain[0])
    return len(chain) == 2 and nonnegative(left) and nonnegative(chain[1])


# -------------------------------------------------------------------------------------------------- nonzero
def nonzero(term: Term) -> Proof:
    """The conditions under which a term is not zero."""
    if term.shape == SCALAR and isinstance(term, Times | Tr | Norm):
        own = positive(term)
        if nonnegative(term) or (own is not None and all(n.relation is None and n.is_rank for n in own)):
            return own
    match term:
        case Num():
            return () if term.p else None
        case Const() | Extent():
            return ()
        case Ones():
            return None if isinstance(term, Zero) else ()
        case Named():
            return nonzero(term.term)
        case Sym() if NONZERO & set(term.props):
            return ()
        case Tp(inner) | Norm(inner) | Pow(inner):
            return nonzero(inner)
        case Frac(top, bottom):
            return all_of((nonzero(top), nonzero(bottom)))
        case Times() if not any(f.shape != SCALAR for f in term.args):
            return all_of(nonzero(f) for f in term.args)
        case Fn(name) if name in ALWAYS:
            return ()
    if term.shape == SCALAR and () in (positive(term), negative(term)):
        return ()
    return (needs.nonzero(term),)


def nonzero_product(chain: list[Term]) -> Proof:
    """A product M v is not zero where M has full column rank and v is not zero."""
    if len(chain) == 1:
        return nonzero(chain[0])
    found = full_rank(tuple(chain[:-1]))
    return all_of((found, nonzero(chain[-1]))) if found is not None else (needs.nonzero(times_of(chain)),)


def times_of(chain: list[Term]) -> Term:
    return chain[0] if len(chain) == 1 else Times(*chain)


FULL = ("invertible", "nonsingular", "non-singular", "orthogonal", *DEFINITE)
COLUMNS = ("full column rank", "orthonormal columns", *FULL)
ROWS = ("full row rank", *FULL)


def full_rank(chain: tuple[Term, ...]) -> Proof:
    """The conditions under which a product of matrices has full column rank: each of its factors has."""
    return all_of(rank_of(f) for f in chain)


def rank_of(factor: Term) -> Proof:
    turned = isinstance(factor, Tp)
    inner = untransposed(factor)
    match inner:
        case Eye() | Inv():
            return ()
        case Diag(entries):
            return nonzero_entries(entries)
        case Named() if isinstance(inner.term, Sym | Tp):
            return rank_of(Tp(inner.term) if turned else inner.term)
        case Sym() if 1 not in inner.shape:
            if set(ROWS if turned else COLUMNS) & set(inner.props):
                return ()
            if inner.shape[0] == inner.shape[1]:
                return (needs.has(inner, "invertible"),)
            return (needs.has(inner, "full row rank" if turned else "full column rank"),)
    return None


def nonzero_entries(entries: Term) -> Proof:
    return () if positive(entries) == () else None
