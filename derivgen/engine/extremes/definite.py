"""Whether the second-order part of a function is never negative: a sum of squares ‖MZN‖² with positive weights.

The linear part of a gradient, Σ c A Z B, gives the form Σ c tr(Z^T A Z B) in a direction Z: where A and B are of the
kind M^T M or M^T S M, each term is a squared length or a form with a definite matrix.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from derivgen.engine.extremes.affine import Piece
from derivgen.engine.extremes.needs import Need, once
from derivgen.engine.extremes.signs import (
    Proof,
    all_of,
    definite_factor,
    full_rank,
    halves,
    nonnegative,
    positive,
    semidefinite_factor,
)
from derivgen.rules.normal import tp
from derivgen.rules.products import plain_product
from derivgen.terms.build import TWO, negate, plus, times
from derivgen.terms.nodes import Eye, MatPow, Norm, Plus, Pow, Term, Times, Tp, Tr
from derivgen.terms.shapes import SCALAR


@dataclass(frozen=True)
class Half:
    """A matrix M^T S M by its half M and its middle S; None for the identity."""

    root: tuple[Term, ...]
    middle: Term | None

    @property
    def definite(self) -> Proof:
        return all_of((full_rank(self.root), () if self.middle is None else definite_factor(self.middle)))

    @property
    def semidefinite(self) -> Proof:
        if self.middle is None or semidefinite_factor(self.middle):
            return ()
        return definite_factor(self.middle)


@dataclass(frozen=True)
class Square:
    """One term of the form: a weight before the square of M Z N."""

    weight: Term
    left: Half
    right: Half

    def of(self, z: Term) -> Term:
        """The term, written with a direction z."""
        inner = times([*self.left.root, z, *(tp(f) for f in reversed(self.right.root))])
        if self.left.middle is None and self.right.middle is None:
            return times([self.weight, Pow(Norm(inner), TWO)])
        left = [] if self.left.middle is None else [self.left.middle]
        right = [] if self.right.middle is None else [self.right.middle]
        chain = times([tp(inner), *left, inner, *right])
        return times([self.weight, chain if z.shape[1] == 1 else Tr(chain)])


@dataclass(frozen=True)
class Quadratic:
    """A form that is never negative: its squares, what that needs, and what makes it positive for Z ≠ 0."""

    squares: tuple[Square, ...]
    needs: tuple[Need, ...]
    strict: Proof
    """None where no term alone makes it positive, so that the sum of their matrices must be invertible."""

    def of(self, z: Term) -> Term:
        return plus([s.of(z) for s in self.squares])


def half(chain: tuple[Term, ...]) -> Half | None:
    plain: list[Term] = []
    for f in chain:
        plain += [f.base] * f.exponent if isinstance(f, MatPow) else [] if isinstance(f, Eye) else [f]
    root, middle = halves(plain)
    return None if root is None else Half(tuple(root), middle)


def split_sums(piece: Piece) -> list[Piece]:
    """A coefficient that is one sum of matrices as several pieces."""
    match piece.left, piece.right:
        case (Plus() as inner,), _:
            parts = [replace(piece, left=(t,)) for t in inner.args]
        case _, (Plus() as inner,):
            parts = [replace(piece, right=(t,)) for t in inner.args]
        case _:
            return [piece]
    return [q for p in parts for q in split_sums(weighed(p))]


def weighed(piece: Piece) -> Piece:
    """The scalars of the chains before the piece."""
    scalars = [piece.scalar]
    sides: list[tuple[Term, ...]] = []
    for chain in (piece.left, piece.right):
        out: list[Term] = []
        for f in chain:
            inner = f.args if isinstance(f, Times) else (f,)
            scalars += [g for g in inner if g.shape == SCALAR]
            out += [g for g in inner if g.shape != SCALAR]
        sides.append(tuple(out))
    return Piece(plain_product(times(scalars)), *sides)


def quadratic(pieces: Iterable[Piece]) -> Quadratic | None:
    """The form of the linear part of a gradient; None where it is not seen to be without negative values."""
    squares: list[Square] = []
    needed: list[Need] = []
    strict: list[Proof] = []
    for piece in (q for p in pieces for q in split_sums(weighed(p))):
        left, right = half(piece.left), half(piece.right)
        if left is None or right is None:
            return None
        weight = () if nonnegative(piece.scalar) else positive(piece.scalar)
        semi = all_of((weight, left.semidefinite, right.semidefinite))
        if semi is None:
            return None
        squares.append(Square(piece.scalar, left, right))
        needed += semi
        strict.append(all_of((positive(piece.scalar), left.definite, right.definite)))
    return Quadratic(tuple(squares), once(needed), strictly(strict, needed))


def strictly(each: list[Proof], needed: list[Need]) -> Proof:
    """What makes the sum positive: one term without conditions of its own, or the only term with its conditions."""
    found = [p for p in each if p is not None and set(p) <= set(needed)]
    if found:
        return once(needed)
    return all_of([once(needed), each[0]]) if len(each) == 1 else None


def turned(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces of the opposite function."""
    return [replace(p, scalar=negate(p.scalar)) for p in pieces]


def direction_product(z: Term, other: Term) -> Term:
    """The inner product of two vectors or matrices of one shape."""
    return Times(Tp(z), other) if z.shape[1] == 1 else Tr(Times(Tp(z), other))
