"""Boxes with what parentheses need to know: how tightly a piece holds together, and what it would swallow."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

from derivgen.notation.boxes import (
    Accent,
    BigOp,
    Box,
    Digits,
    Fenced,
    Fraction,
    FunctionName,
    Grid,
    Letter,
    Operator,
    Root,
    RowOf,
    Scripts,
    Space,
    Words,
)

RELATION, SUM, HAD, PRODUCT, FACTOR, SCRIPTED, ATOM = range(7)
"""How tightly a piece holds: a sum (or a leading minus), an element-wise product, a product, one factor (a fraction,
a call, a large operator), a factor that has its superscript, an atom that may still take one."""


@dataclass(frozen=True)
class Notation:
    """The choices that are a matter of taste."""

    transpose: str = "T"
    """The sign of the transpose: "T", "top" or "prime"."""
    differential: str = "auto"
    """"d", "partial", or "auto": ∂ where there is more than one variable in sight."""
    sizes: bool = False
    """Whether ones, zeros and identities show their size."""
    bounds: bool = True
    """Whether a sum shows its bounds or the index alone."""
    signs: tuple[tuple[Box, str], ...] = ()
    """The sign of derivatives by a variable, for each variable: "d", "partial"; "nabla" or "nabla_sub" for gradients
    of scalars.  Goes before ``differential`` being "auto"."""
    log: str = "log"
    """The name of the natural logarithm."""
    product: str = "odot"
    """The sign of the element-wise product."""
    roles: tuple[tuple[str, str], ...] | None = None
    """What index letters are marked as where no sum and no matrix of entries binds them: "row-index", "column-index",
    "summed-index".  None: no index letter is marked."""

    @property
    def transposed(self) -> Box:
        """What stands above a transposed matrix."""
        return Operator("prime", "ordinary") if self.transpose == "prime" else Letter(self.transpose)


class Piece(NamedTuple):
    """``tail``: a factor that follows on the right would be read as part of it (a sum, sin x, d/dx …)."""

    box: Box
    level: int
    tail: bool = False


def row(*items: Box) -> Box:
    """Boxes side by side; rows inside are opened, so that the signs of a sum stand at one level."""
    flat: list[Box] = []
    for item in items:
        if isinstance(item, RowOf):
            flat.extend(item.items)
        else:
            flat.append(item)
    return flat[0] if len(flat) == 1 else RowOf(tuple(flat))


def parens(box: Box) -> Box:
    return Fenced("(", box, ")")


def at_least(piece: Piece, level: int, *, last: bool = True) -> Box:
    """The box, in parentheses where it holds less tightly than asked or would swallow what follows it."""
    if piece.level < level or (piece.tail and not last):
        return parens(piece.box)
    return piece.box


def raised(base: Box, sup: Box) -> Box:
    """The base with a superscript, beside the subscript where it has one: x_i^2."""
    if isinstance(base, Scripts) and base.sup is None:
        return Scripts(base.base, base.sub, sup)
    return Scripts(base, None, sup)


def minus(box: Box) -> Box:
    return row(Operator("-", "prefix"), box)


def starts_with_number(box: Box) -> bool:
    match box:
        case Digits():
            return True
        case RowOf(items):
            return starts_with_number(items[0])
        case Scripts(base):
            return starts_with_number(base)
        case Fraction(num):
            return starts_with_number(num)
    return False


def ends_with_number(box: Box) -> bool:
    match box:
        case Digits():
            return True
        case RowOf(items):
            return ends_with_number(items[-1])
        case Fraction(num, den):
            return isinstance(num, Digits) and isinstance(den, Digits)
    return False


def width(box: Box) -> float:
    """About how many letters wide the box is set."""
    match box:
        case Letter() | Operator() | Space():
            return 1.0
        case Digits(text) | FunctionName(text) | Words(text):
            return float(len(text))
        case Fraction(num, den):
            return max(width(num), width(den))
        case Scripts(base, sub, sup):
            return width(base) + 0.7 * max(width(sub) if sub else 0.0, width(sup) if sup else 0.0)
        case BigOp(_, lower, upper, body):
            return max(1.5, *(0.7 * width(b) for b in (lower, upper) if b)) + width(body)
        case Grid(rows):
            columns = max(len(r) for r in rows)
            return 1 + sum(1 + max(width(r[j]) for r in rows if j < len(r)) for j in range(columns))
        case Fenced(_, body):
            return 1.5 + width(body)
        case Accent(_, base) | Root(base):
            return 0.5 + width(base)
    return sum(width(child) for child in children(box))


def children(box: Box) -> tuple[Box, ...]:
    """The boxes directly inside."""
    found: list[Box] = []
    for field in fields(box):
        value = getattr(box, field.name)
        if isinstance(value, Box):
            found.append(value)
        elif isinstance(value, tuple):
            for item in value:
                found.extend(item if isinstance(item, tuple) else (item,))
    return tuple(found)


def is_tall(box: Box) -> bool:
    """Whether the box stands taller than a line: a fraction, a large operator, a matrix."""
    return isinstance(box, Fraction | BigOp | Grid) or any(is_tall(child) for child in children(box))
