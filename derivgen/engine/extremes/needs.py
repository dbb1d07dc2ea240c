"""What an answer needs and the statement did not say: each condition in words, and as the numbers must respect it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from derivgen.derivation import Prose
from derivgen.prose import strung
from derivgen.rules.calculus import unsigned
from derivgen.rules.normal import key
from derivgen.rules.textbook import textbook
from derivgen.terms.build import is_zero, negate, plus
from derivgen.terms.nodes import Inv, Named, Num, Plus, Relation, Sym, Term, Times, Tp, Zero
from derivgen.terms.shapes import SCALAR, Shape, Size

if TYPE_CHECKING:
    from derivgen.terms.numbers import Evaluator

LARGEST_CONDITION = 1e6
"""A matrix with a larger condition number counts as singular in a sample."""
LEAST_EIGENVALUE = 1e-3
"""Relative to the largest."""


@dataclass(frozen=True)
class Need:
    """A condition: how it is told, and the property of a symbol, the relation or the matrix that it speaks of."""

    shown: Relation | Prose
    properties: tuple[tuple[Sym, str], ...] = ()
    relation: Relation | None = None
    matrix: Term | None = None
    definite: bool = False
    """Whether the matrix must be positive definite, and not only invertible."""

    @property
    def is_rank(self) -> bool:
        return any("rank" in word or word == "invertible" for _, word in self.properties)

    def allows(self, evaluator: Evaluator) -> bool:
        """Whether a sample fulfils it, as far as a matrix is spoken of."""
        if self.matrix is None:
            return True
        import numpy as np

        value = evaluator.array(self.matrix)
        if not np.isfinite(value).all():
            return False
        if self.definite:
            eigenvalues = np.linalg.eigvalsh((value + value.T) / 2)
            return bool(eigenvalues[0] > LEAST_EIGENVALUE * max(1.0, eigenvalues[-1]))
        return bool(np.linalg.cond(value) < LARGEST_CONDITION)


def nonzero(term: Term) -> Need:
    other: Term = Num(0) if term.shape == SCALAR else Zero(*term.shape)
    if isinstance(term, Plus) and len(term.args) == 2 and term.args[1] != unsigned(term.args[1]):
        term, other = term.args[0], unsigned(term.args[1])
    relation = Relation("≠", other, term) if isinstance(term, Num) else Relation("≠", term, other)
    return Need(relation, relation=relation)


def positive(term: Term) -> Need:
    relation = Relation(">", term, Num(0))
    return Need(relation, relation=relation)


def has(symbol: Sym, word: str) -> Need:
    """A symbol with a property that the statement did not give it."""
    told = f" has {word}" if "rank" in word else f" is {word}"
    if word == "positive" and symbol.shape != SCALAR:
        told = " has positive elements"
    return Need((symbol, told), properties=((symbol, word),))


def invertible(matrix: Term) -> Need:
    if isinstance(matrix, Sym):
        return has(matrix, "invertible")
    return Need((matrix, " is invertible"), matrix=matrix)


def definite(matrix: Term) -> Need:
    if isinstance(matrix, Sym) and "symmetric" in matrix.props:
        return has(matrix, "positive definite")
    return Need((matrix, " is positive definite"), matrix=matrix, definite=True)


def impossible(need: Need) -> tuple[Shape, Size] | None:
    """The shape of a matrix whose rank is too small for the condition, whatever it holds, and the most that the rank
    can be; None where nothing is in the way."""
    ranked = [(s, s.shape[1 if word == "full column rank" else 0]) for s, word in need.properties if "full" in word]
    if need.matrix is not None:
        ranked.append((need.matrix, need.matrix.shape[0]))
    for matrix, wanted in ranked:
        most = rank_bound(matrix)
        if most == 1 != wanted or (isinstance(most, int) and isinstance(wanted, int) and most < wanted):
            return matrix.shape, most
    return None


def rank_bound(term: Term) -> Size | None:
    """The most that the rank can be, as far as the sizes tell: that of a product is at most each factor's."""
    match term:
        case Named():
            return rank_bound(term.term)
        case Tp(inner) | Inv(inner):
            return rank_bound(inner)
        case Times():
            bounds = [rank_bound(f) for f in term.args if f.shape != SCALAR]
        case Plus():
            bounds = [rank_bound(t) for t in term.args]
            return sum(b for b in bounds if isinstance(b, int)) if all(isinstance(b, int) for b in bounds) else None
        case _:
            bounds = list(term.shape)
    return min((b for b in bounds if isinstance(b, int)), default=None)


def once(needs: Iterable[Need]) -> tuple[Need, ...]:
    """The conditions without repetitions, and without those that others imply: a ≠ 0 beside a > 0."""
    given = tuple(dict.fromkeys(needs))
    above = [difference(n.relation) for n in given if n.relation is not None and n.relation.sign == ">"]
    keys = {key(textbook(t)) for d in above for t in (d, negate(d))}
    return tuple(
        n
        for n in given
        if n.relation is None or n.relation.sign == ">" or key(textbook(difference(n.relation))) not in keys
    )


def difference(relation: Relation) -> Term:
    left, right = relation.left, relation.right
    return left if is_zero(right) else plus([left, negate(right)], left.shape)


def told(need: Need) -> list[Any]:
    """The condition as a piece of a sentence."""
    return [need.shown] if isinstance(need.shown, Relation) else list(need.shown)


def listed(needs: Iterable[Need]) -> list[Any]:
    """Several conditions in a sentence: "a, b and c"."""
    return [*strung(told(n) for n in needs)]
