"""A linear equation for a vector or a matrix, solved line by line: A u = b, U B = C, A U B = C.

The terms without the unknown go to the right, the unknown is taken out, and its coefficient is removed by its inverse
or, where it is a scalar, by division.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from derivgen.engine.extremes import needs
from derivgen.engine.extremes.affine import Affine, Piece, affine, multiplied_out, same
from derivgen.engine.extremes.definite import Quadratic, quadratic, turned
from derivgen.engine.extremes.equations import Equations, by_factor, constant_factor, divided
from derivgen.engine.extremes.needs import listed
from derivgen.engine.extremes.signs import negative, nonzero, positive
from derivgen.errors import NoRule
from derivgen.rules.normal import collected
from derivgen.rules.textbook import textbook
from derivgen.terms.build import ONE, is_zero, negate, plus, times, zero
from derivgen.terms.nodes import Frac, Inv, Name, Num, Plus, Relation, Sym, Term, Times, Tp, Zero
from derivgen.terms.shapes import Size

SYLVESTER = (
    "the unknown stands between different matrices in several terms: such an equation (of Sylvester's kind) has no "
    "solution in products and inverses"
)


@dataclass(frozen=True)
class Wish:
    """What is to be made of a coefficient matrix that is not seen to have an inverse: that it is positive definite
    (sign 1), negative definite (−1) or invertible (0) becomes a condition.  ``z`` is the letter for any vector."""

    sign: int
    z: Name


def solve_linear(eqs: Equations, gradient: Term, unknown: Term, wish: Wish) -> Term:
    """The solution of gradient = 0 for an unknown in which the gradient is affine; raises where there is none."""
    whole = multiplied_out(gradient, unknown)
    terms = list(whole.args) if isinstance(whole, Plus) else [whole]
    factor = factor_of(terms, unknown)
    eqs.need(nonzero(factor))
    terms = [divided(t, factor) for t in terms]
    left = plus(terms, unknown.shape)
    words = list(by_factor(factor)) if factor != ONE else []
    if is_spread(gradient, factor, left):
        words += ["; multiplied out" if words else "multiplied out"]
    if words:
        eqs.add("clear_factors", left, zero(unknown.shape), *words)
    found = affine(left, unknown)
    assert found is not None
    sign = -1 if positive(factor) is None and negative(factor) is not None else 1
    return isolate(eqs, found, unknown, replace(wish, sign=sign * wish.sign))


def is_spread(gradient: Term, factor: Term, left: Term) -> bool:
    """Whether anything but the factor has changed."""
    plain = [divided(t, factor) for t in (gradient.args if isinstance(gradient, Plus) else (gradient,))]
    return plus(plain, left.shape) != left


def factor_of(terms: Sequence[Term], unknown: Term) -> Term:
    """What both sides are divided by: what all terms share, or the scalar before the only term with the unknown."""
    found = affine(plus(terms, unknown.shape), unknown)
    if found is None:
        raise NoRule("the gradient is not linear in the unknown, so the equation cannot be solved by an inverse matrix")
    if not found.pieces:
        raise NoRule("the gradient does not contain the unknown: it has the same value everywhere")
    if len(found.pieces) == 1 and (found.pieces[0].left or found.pieces[0].right):
        return found.pieces[0].scalar
    return constant_factor(terms, unknown)


def isolate(eqs: Equations, found: Affine, unknown: Term, wish: Wish) -> Term:
    """From Σ c A U B + rest = 0 to U = …"""
    pieces, first = found.pieces, found.pieces[0]
    right = collected([negate(t) for t in found.rest], unknown.shape)
    if found.rest and not all(map(is_zero, found.rest)):
        left = plus([p.around(unknown) for p in pieces])
        eqs.add("bring_over", left, right, *other_side(found.rest, right, unknown))
    if all(not p.left and not p.right for p in pieces):
        return divide(eqs, [p.scalar for p in pieces], unknown, right)
    if len(pieces) == 1:
        return undo(eqs, Side.of([p.left for p in pieces]), Side.of([p.right for p in pieces]), unknown, right, wish)
    weights = [p.scalar for p in pieces]
    if all(same(p.right, first.right) for p in pieces):
        before, after = Side.of([p.left for p in pieces], weights), Side.of([first.right])
    elif all(same(p.left, first.left) for p in pieces):
        before, after = Side.of([first.left]), Side.of([p.right for p in pieces], weights)
    else:
        raise NoRule(SYLVESTER)
    taken = times([*before.factors(unknown.shape[0]), unknown, *after.factors(unknown.shape[1])])
    eqs.add("take_out_unknown", taken, right, unknown, " is taken out")
    return undo(eqs, before, after, unknown, right, wish)


@dataclass(frozen=True)
class Side:
    """What stands on one side of the unknown: a sum of chains with weights; () for the identity alone."""

    chains: tuple[Piece, ...]

    @staticmethod
    def of(chains: Sequence[tuple[Term, ...]], weights: Sequence[Term] = (ONE,)) -> Side:
        if len(chains) == 1 and not chains[0]:
            return Side(())
        return Side(tuple(Piece(w, c) for w, c in zip(weights, chains, strict=True)))

    def factors(self, size: Size) -> list[Term]:
        return [self.matrix(size)] if self.chains else []

    def matrix(self, size: Size) -> Term:
        return collected([p.coefficient((size, size), True) for p in self.chains], (size, size))


def other_side(rest: Sequence[Term], right: Term, unknown: Term) -> tuple[Any, ...]:
    moved = [t for t in rest if not is_zero(t)]
    if len(moved) > 1:
        return ("the terms without ", unknown, " go to the right side")
    if starts_minus(moved[0]):
        return (right, " is added on both sides")
    return (moved[0], " is subtracted on both sides")


def starts_minus(term: Term) -> bool:
    return isinstance(term, Times) and isinstance(term.args[0], Num) and term.args[0].p < 0


def undo(eqs: Equations, before: Side, after: Side, unknown: Term, right: Term, wish: Wish) -> Term:
    """``before · U · after = right``: multiplied by the inverses."""
    inverses: list[list[Term]] = []
    words: list[Any] = []
    for side, size, word in zip((before, after), unknown.shape, ("left", "right"), strict=True):
        inverses.append([Inv(m) for m in side.factors(size)])
        if side.chains:
            matrix = side.matrix(size)
            words += [" and " if words else "multiplied ", f"from the {word} by the inverse of ", matrix]
            words += why_regular(eqs, side, matrix, wish)
    value = textbook(times([*inverses[0], right, *inverses[1]]))
    eqs.add("multiply_by_inverse", unknown, value, *words)
    return value


def why_regular(eqs: Equations, side: Side, matrix: Term, wish: Wish) -> list[Any]:
    """Why a coefficient has an inverse; conditions that this takes are noted."""
    z = Sym(wish.z, matrix.shape[0])
    for pieces, sign in ((side.chains, 1), (turned(side.chains), -1)):
        form = quadratic(pieces)
        if form is not None and not (wish.sign == 0 and supposes_sign(form)):
            return by_form(eqs, form, matrix, z, sign)
    wanted = matrix if wish.sign >= 0 else textbook(negate(matrix))
    missing = needs.definite(wanted) if wish.sign else needs.invertible(matrix)
    eqs.need([missing])
    return [", which exists under the condition that ", *listed([missing])]


def supposes_sign(form: Quadratic) -> bool:
    """Whether the form is positive only under conditions on signs, which an inverse does not need."""
    return any(n.relation is not None or any("definite" in word for _, word in n.properties) for n in form.needs)


def by_form(eqs: Equations, form: Quadratic, matrix: Term, z: Sym, sign: int) -> list[Any]:
    strict = form.strict
    eqs.need(strict if strict is not None else [*form.needs, needs.invertible(matrix)])
    if strict is None:
        return [", which exists under the condition that ", *listed([needs.invertible(matrix)])]
    ranks = [n for n in strict if n.relation is None]
    if isinstance(matrix, Sym):
        return [", which exists under the condition that ", *listed(ranks)] if ranks else [
            ", which exists: ", matrix, " is positive definite",
        ]  # fmt: skip
    shown = form.of(z) if sign > 0 else textbook(negate(form.of(z)))
    compared = [Relation("=", Times(Tp(z), matrix, z), shown), f" {'>' if sign > 0 else '<'} 0 for ", nonzero_vector(z)]
    if not ranks:
        return [", which exists: ", *compared]
    return [f", which exists {'exactly when ' if is_gram(form) else 'if '}", *listed(ranks), ": then ", *compared]


def nonzero_vector(z: Term) -> Relation:
    return Relation("≠", z, Zero(*z.shape))


def is_gram(form: Quadratic) -> bool:
    """Whether the matrix is M^T M with one symbol M, so that it is invertible exactly when M has full column rank."""
    one = form.squares[0]
    return len(form.squares) == 1 and one.left.middle is None and len(one.left.root) == 1


def divide(eqs: Equations, scalars: Sequence[Term], unknown: Term, right: Term) -> Term:
    """``c U = right`` with a scalar c."""
    scalar = collected(scalars, (1, 1))
    if scalar == ONE:
        return right
    if len(scalars) > 1:
        eqs.add("take_out_unknown", times([scalar, unknown]), right, unknown, " is taken out")
    proof = positive(scalar)
    if proof is None or proof:
        proof = nonzero(scalar)
    eqs.need(proof)
    value = textbook(times([Frac(ONE, scalar), right]))
    eqs.add("divide_by", unknown, value, "divided by ", scalar, *why_nonzero(scalar))
    return value


def why_nonzero(scalar: Term) -> tuple[Any, ...]:
    if isinstance(scalar, Num):
        return ()
    return (", which is positive",) if positive(scalar) == () else ()
