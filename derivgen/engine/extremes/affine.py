"""A term as a sum of products that hold an unknown at most once: c₁A₁UB₁ + c₂A₂UB₂ + … + what does not hold it.

Only what depends on the unknown is multiplied out; the rest of the term is kept as it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from derivgen.rules.normal import Monomial, collected, key, tp
from derivgen.rules.products import plain_product
from derivgen.terms.build import ONE, chain_of, had, num, plus, times
from derivgen.terms.nodes import (
    Diag,
    Extent,
    Eye,
    Frac,
    Had,
    Named,
    Norm,
    Num,
    Plus,
    Pow,
    Sum,
    Term,
    Times,
    Tp,
    Tr,
)
from derivgen.terms.shapes import SCALAR, Shape
from derivgen.terms.trees import rebuild

TOO_MANY = 60
"""Products beyond which a term is not multiplied out."""
LARGEST_POWER = 6


class TooLong(ValueError):
    """Multiplied out, the term would be longer than anyone reads."""


def depends(term: Term, unknown: Term) -> bool:
    return unknown in term.symbols


def without_names(term: Term, unknown: Term) -> Term:
    """The term with the names that hide the unknown replaced by what they stand for."""
    if not depends(term, unknown):
        return term
    if isinstance(term, Named):
        return without_names(term.term, unknown)
    return rebuild(term, lambda t: without_names(t, unknown))


# ------------------------------------------------------------------------------------------ multiplying out
def spread(term: Term, unknown: Term) -> list[Term]:
    """The products that a term is the sum of, as far as the unknown stands in sums."""
    if not depends(term, unknown):
        return [term]
    match term:
        case Named():
            return spread(term.term, unknown)
        case Plus():
            return [p for t in term.args for p in spread(t, unknown)]
        case Times():
            rows = product(*(spread(f, unknown) for f in term.args))
            return limited([plain_product(times(row)) for row in rows])
        case Frac(top, bottom):
            return [plain_product(times([Frac(ONE, bottom), p])) for p in spread(top, unknown)]
        case Tp(inner):
            return [plain_product(tp(p)) for p in spread(inner, unknown)]
        case Pow(Norm(inner), Num(2, 1)):
            square = Times(Tp(inner), inner) if inner.shape[1] == 1 else Tr(Times(Tp(inner), inner))
            return spread(square, unknown)
        case Pow(base, Num(n, 1)) if base.shape == SCALAR and 2 <= n <= LARGEST_POWER and is_sum(base, unknown):
            return spread(Times(*[base] * n), unknown)
        case Tr(inner):
            return [traced(p) for p in spread(inner, unknown)]
        case Sum(body, index):
            return [summed(p, Sum(p, index)) for p in spread(body, unknown)]
        case Had():
            rows = product(*(spread(f, unknown) for f in term.args))
            return limited([scaled(row) for row in rows])
    return [term]


def scaled(factors: Sequence[Term]) -> Term:
    """An element-wise product with the scalars of its factors in front."""
    scalars: list[Term] = []
    plain: list[Term] = []
    for f in factors:
        inner, chain = chain_of(f) if isinstance(f, Times) else ([], [f])
        scalars += inner
        plain.append(times(chain))
    return times([*scalars, had(plain)])


def is_sum(term: Term, unknown: Term) -> bool:
    return len(spread(term, unknown)) > 1


def limited(terms: list[Term]) -> list[Term]:
    if len(terms) > TOO_MANY:
        raise TooLong
    return terms


def traced(inner: Term) -> Term:
    """A trace with the scalars before it."""
    if not isinstance(inner, Times):
        return Tr(inner)
    scalars, chain = chain_of(inner)
    return plain_product(times([*scalars, Tr(times(chain))]))


def summed(body: Term, whole: Sum) -> Term:
    """A sum with what does not run before it."""
    index = whole.index
    factors = body.args if isinstance(body, Times) else (body,)
    still = [f for f in factors if index not in f.free]
    running = [f for f in factors if index in f.free]
    if not still:
        return whole
    size = num(index.size) if isinstance(index.size, int) else Extent(index.size)
    return plain_product(times([*still, Sum(times(running), index) if running else size]))


def multiplied_out(term: Term, unknown: Term) -> Term:
    """The term as a sum of products in the unknown, like terms collected."""
    return collected(spread(term, unknown), term.shape)


# -------------------------------------------------------------------------------------------------- reading
@dataclass(frozen=True)
class Piece:
    """``scalar · left · U · right``; an empty chain stands for the identity."""

    scalar: Term
    left: tuple[Term, ...] = ()
    right: tuple[Term, ...] = ()

    def around(self, middle: Term) -> Term:
        """The product with something in the place of the unknown."""
        return plain_product(times([self.scalar, times([*self.left, middle, *self.right])]))

    def coefficient(self, shape: Shape, left: bool) -> Term:
        """What stands on one side of the unknown, with the scalar; the identity where nothing does."""
        chain = self.left if left else self.right
        size = shape[0] if left else shape[1]
        return plain_product(times([self.scalar, *(chain or (Eye(size),))]))


@dataclass(frozen=True)
class Affine:
    """The products that hold the unknown, and those that do not."""

    pieces: tuple[Piece, ...]
    rest: tuple[Term, ...]


def affine(term: Term, unknown: Term) -> Affine | None:
    """A term read as affine in an unknown; None where it is not."""
    try:
        whole = multiplied_out(term, unknown)
    except TooLong:
        return None
    pieces: list[Piece] = []
    rest: list[Term] = []
    for t in whole.args if isinstance(whole, Plus) else (whole,):
        if not depends(t, unknown):
            rest.append(t)
            continue
        piece = piece_of(t, unknown)
        if piece is None:
            return None
        pieces.append(piece)
    return Affine(tuple(pieces), tuple(rest))


def piece_of(term: Term, unknown: Term) -> Piece | None:
    """One product as a piece; None where the unknown stands in it twice, or inside something else."""
    m = Monomial.of(term)
    moving = [k for k, p in m.powers.items() if depends(p.base, unknown)]
    chain = [g for f in m.chain for g in opened(f, unknown)]
    places = [n for n, f in enumerate(chain) if depends(f, unknown)]
    if len(moving) + len(places) != 1:
        return None
    if moving:
        power = m.powers.pop(moving[0])
        if power.exponent != 1:
            return None
        m.chain, m.shape = [], SCALAR
        return closed(power.base, chain, m.term(), unknown)
    at = places[0]
    m.chain, m.shape = [], SCALAR
    before, factor, after = chain[:at], chain[at], chain[at + 1 :]
    if factor != unknown:
        return None
    if after and unknown.shape[1] == 1:  # u (1^T w) is a multiple of u
        return Piece(plain_product(times([m.term(), times(after)])), tuple(before))
    return Piece(m.term(), tuple(before), tuple(after))


def opened(factor: Term, unknown: Term) -> list[Term]:
    """An element-wise product with a vector, w ⊙ Xu, as the factors diag(w), X, u."""
    if not isinstance(factor, Had) or not depends(factor, unknown) or factor.shape[1] != 1:
        return [factor]
    moving = [f for f in factor.args if depends(f, unknown)]
    if len(moving) != 1:
        return [factor]
    rest = had([f for f in factor.args if f is not moving[0]])
    inner = moving[0].args if isinstance(moving[0], Times) else (moving[0],)
    if any(f.shape == SCALAR for f in inner):
        return [factor]
    return [Diag(rest), *inner]


def closed(base: Term, chain: list[Term], scalar: Term, unknown: Term) -> Piece | None:
    """A scalar such as a^T u before a vector b: the piece b a^T u."""
    if base == unknown:
        return Piece(scalar, tuple(chain)) if not chain or chain[-1].shape[1] == 1 else None
    if not isinstance(base, Times) or unknown.shape[1] != 1 or (chain and chain[-1].shape[1] != 1):
        return None
    scalars, inner = chain_of(base)
    places = [n for n, f in enumerate(inner) if depends(f, unknown)]
    if len(places) != 1 or any(depends(s, unknown) for s in scalars):
        return None
    if isinstance(inner[places[0]], Tp):
        inner = [tp(f) for f in reversed(inner)]
    if inner[-1] != unknown:
        return None
    return Piece(plain_product(times([scalar, *scalars])), (*chain, *inner[:-1]))


def same(a: tuple[Term, ...], b: tuple[Term, ...]) -> bool:
    return [key(f) for f in a] == [key(f) for f in b]


def sum_of(terms: list[Term] | tuple[Term, ...], shape: Shape) -> Term:
    """Terms added as they stand."""
    return plus(terms, shape)
