"""Sizes while a statement is being read: known numbers and letters, and unknowns that are found by unification.

A shape is a pair of sizes.  An unknown is never 1: what is a scalar, a vector or a matrix is decided before its sizes.
"""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.terms.nodes import Term
from derivgen.terms.shapes import Size


class Unknown:
    """A size that is still to be found; ``known`` is set once by unification, ``uses`` counts what hangs on it."""

    __slots__ = ("known", "uses")

    def __init__(self) -> None:
        self.known: Length | None = None
        self.uses = 1


Length = Size | Unknown
Extents = tuple[Length, Length]

ONE_BY_ONE: Extents = (1, 1)

INVENTED = ("n", "m", "p", "q", "k", "l", "d", "r", "s", "h")
"""Letters for sizes that the statement leaves open, in the order in which they are given out."""


def resolve(size: Length) -> Length:
    """What a size stands for now: a number, a letter, or the unknown that represents its class."""
    while isinstance(size, Unknown) and size.known is not None:
        size = size.known
    return size


def unify(a: Length, b: Length) -> bool:
    """Make two sizes equal; False where they cannot be."""
    a, b = resolve(a), resolve(b)
    if a is b or (a == b and not isinstance(a, Unknown)):
        return True
    if isinstance(b, Unknown) and not isinstance(a, Unknown):
        a, b = b, a
    if isinstance(a, Unknown):
        if b == 1:
            return False
        if isinstance(b, Unknown):
            b.uses += a.uses
        a.known = b
        return True
    return False


def show(shape: Extents) -> str:
    """``m×n``, with a question mark for what is not known."""
    return "×".join("?" if isinstance(r, Unknown) else str(r) for r in map(resolve, shape))


def is_scalar(shape: Extents) -> bool:
    return resolve(shape[0]) == 1 and resolve(shape[1]) == 1


def fixed(size: Length) -> Size:
    """The size, where it has been found."""
    found = resolve(size)
    if isinstance(found, Unknown):
        raise LookupError("a size was left open")
    return found


def invent(taken: Iterable[str]) -> str:
    """A letter for a size that the statement leaves open."""
    used = set(taken)
    for letter in INVENTED:
        if letter not in used:
            return letter
    count = 1
    while f"n_{{{count}}}" in used:
        count += 1
    return f"n_{{{count}}}"


def sizes_in(term: Term) -> set[str]:
    """Every symbolic size in a term, looking through definitions."""
    found: set[str] = set()
    stack: list[object] = [term]
    seen: set[int] = set()
    while stack:
        top = stack.pop()
        if id(top) in seen or not hasattr(top, "args"):
            continue
        seen.add(id(top))
        shape = getattr(top, "shape", None) or ((top.size, 1) if hasattr(top, "size") else ())
        found |= {s for s in shape if isinstance(s, str)}
        stack.extend(top.args)
    return found
