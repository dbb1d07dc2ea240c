"""Dots: vectors and matrices given by their first and last entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen.latex import syntax as sx
from derivgen.latex.letters import full_name, read_name
from derivgen.latex.scope import IndexLetter, Typed, length_of
from derivgen.latex.sizes import Length, fixed
from derivgen.terms.nodes import El, Entries, Name, Sum, Term

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading


def listing(r: Reading, body: sx.Tuple) -> Typed | None:
    r"""``(x_1, x_2, \dots, x_n)``: the vector whose k-th entry the items show; None where there are no dots."""
    spots = [k for k, item in enumerate(body.items) if isinstance(item, sx.Dots)]
    if len(spots) != 1 or spots[0] == 0 or spots[0] == len(body.items) - 1:
        return None
    found = running(r, body.items[0], body.items[-1])
    if found is None:
        return None
    inside, index, length = found

    def build() -> Term:
        term = inside.build()
        if isinstance(term, El) and term.args[1] == index.idx() and term.term.shape == (fixed(length), 1):
            return term.term
        return Entries(term, index.idx(), 1)

    return Typed((length, 1), build)


def running(r: Reading, first: sx.Syntax, last: sx.Syntax) -> tuple[Typed, IndexLetter, Length] | None:
    """What the first and the last of a run have in common, with an index in the place of the numbers."""
    letter = "k"
    pattern = generalise(first, last, sx.Symbol(Name(letter)))
    if pattern is None:
        return None
    node, top = pattern
    length = length_of(r.scope, top)
    index = r.bind(letter, length)
    before = dict(r.bound)
    r.bound[letter] = index
    inside = r.read(node)
    r.bound = before
    return inside, index, length


def dotted_sum(r: Reading, node: sx.Plus) -> Typed | None:
    r"""``a_1 + a_2 + \cdots + a_n``: a sum over an index; None where there are no dots, or no pattern."""
    if len(node.terms) < 3 or not isinstance(node.terms[-2], sx.Dots):
        return None
    *shown, _, last = node.terms
    for k, term in enumerate(shown[1:], start=2):
        step = generalise(shown[0], term, sx.Symbol(Name("k")))
        if step is None or step[1] != sx.Number(str(k)):
            return None
    found = running(r, shown[0], last)
    if found is None:
        return None
    inside, index, _ = found
    return Typed(inside.shape, lambda: Sum(inside.build(), index.idx()))


def generalise(
    first: sx.Syntax, last: sx.Syntax, marker: sx.Syntax, start: str = "1"
) -> tuple[sx.Syntax, sx.Syntax] | None:
    """The first item with its 1 turned into a letter, and what that 1 has become in the last item."""
    if first == last:
        return None
    if first == sx.Number(start):
        return marker, last
    if type(first) is not type(last):
        return None
    pairs = list(zip(sx.children(first), sx.children(last), strict=False))
    if len(list(sx.children(first))) != len(list(sx.children(last))):
        return None
    found: tuple[sx.Syntax, sx.Syntax] | None = None
    changed: dict[int, sx.Syntax] = {}
    for a, b in pairs:
        if a == b:
            continue
        one = generalise(a, b, marker, start)
        if one is None or (found is not None and found[1] != one[1]):
            return None
        changed[id(a)] = one[0]
        found = one
    return (sx.swap_children(first, changed), found[1]) if found else None


def dotted_grid(r: Reading, node: sx.Matrix) -> Typed | None:
    """A matrix with dots whose corners show the pattern of its entries, as ``a_{11} … a_{mn}``."""
    corner, right, below = node.rows[0][0], node.rows[0][-1], node.rows[-1][0]
    if corner is None or right is None or below is None:
        return None
    match corner, right, below:
        case sx.Subscript(base, _), sx.Subscript(base2, _), sx.Subscript(base3, _) if base == base2 == base3:
            found = full_name(r, base)
            if found is not None:
                return read_name(r, r.scope.cousin(found), corner.span)
    return None
