"""Matrices and sums spelled out by their elements, with dots where the size is a letter: [A_11 ⋯ A_1n; ⋮ ⋱ ⋮; …].

They are the matrix of entries and the sum that they say, and are evaluated as these; only how they are shown differs.
"""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.terms.build import ONE, ZERO, plus, times
from derivgen.terms.nodes import Delta, Entries, Idx, Plus, Position, Sum, Term, Times
from derivgen.terms.positions import FixedIdx
from derivgen.terms.trees import rebuild, replace_index

SHORT = 4
"""Up to this many elements along an axis are shown all."""


class Dotted(Entries):
    """A matrix of entries shown with its elements: all on a short axis, the first and the last on a long one."""

    __slots__ = ()
    __match_args__ = ("body", "i", "j")


class Run(Sum):
    """A sum shown by its first terms and its last: a_1 + a_2 + ⋯ + a_n."""

    __slots__ = ()
    __match_args__ = ("body", "index")


class LastIdx(FixedIdx):
    """The last position of an axis, which is called as its size is: the n of x_n."""

    __slots__ = ()

    def at(self, length: int) -> int:
        return length


def shown_positions(at: Position, first: int = 1) -> list[Position | None]:
    """The positions that are shown of an axis; None stands for dots."""
    if not isinstance(at, Idx):
        return [at]
    size = at.size
    if isinstance(size, int):
        return [*range(1, size + 1)] if size <= SHORT else [*range(1, first + 1), None, size]
    return [*range(1, first + 1), None, LastIdx(size, size)]


def put_at(body: Term, pairs: Sequence[tuple[Position, Position]]) -> Term:
    """A body with positions put in for its index letters; deltas of positions that are known become numbers."""
    placed = replace_index(body, {old: new for old, new in pairs if isinstance(old, Idx)})
    return settled(placed)


def settled(term: Term) -> Term:
    """Deltas between the first positions and the last ones are decided: these are taken to be different."""
    match term:
        case Delta(i, j) if is_known(i) and is_known(j):
            return ONE if i == j else ZERO
    changed = rebuild(term, settled)
    if changed is term:
        return term
    match changed:
        case Times():
            return times(changed.args)
        case Plus():
            return plus(changed.args, changed.shape)
    return changed


def is_known(at: Position) -> bool:
    return isinstance(at, int | LastIdx)


def write_out(body: Term, index: Idx) -> Term:
    """A sum over one index with its terms shown: all of few, else the first ones and the last."""
    if isinstance(index.size, int) and index.size <= SHORT:
        return plus(put_at(body, [(index, k)]) for k in range(1, index.size + 1))
    return Run(body, index)
