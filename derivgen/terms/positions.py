"""Positions that are given and not run through."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivgen.terms.nodes import Idx
from derivgen.terms.shapes import Size


class FixedIdx(Idx):
    """A given position, as the x_t of A_{j x_t}: an integer that the statement does not tell, and no sum runs over."""

    __slots__ = ()

    def __new__(cls, letter: str, size: Size) -> FixedIdx:
        self: FixedIdx = Basic.__new__(cls, letter, size)
        self.free = frozenset()
        return self

    def at(self, length: int) -> int:
        """The position, counted from 1, at which terms with it are evaluated."""
        return 1 + sum(map(ord, self.letter)) % length
