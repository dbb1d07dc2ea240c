"""Long formulas on several rows: where a formula may be broken, and which breaks look best.

A formula is opened into tokens (sums and wide parentheses are opened too), every place between two tokens has a
price, and the cheapest set of breaks that keeps each row within its width is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

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
    Marked,
    Operator,
    Root,
    RowOf,
    Scripts,
    Space,
    Words,
)
from derivgen.notation.pieces import is_tall

Measure = Callable[[Box], float]

ROLE_WIDTH = {"binary": 1.2, "relation": 1.35, "prefix": 0.78, "punctuation": 0.45, "ordinary": 0.55}
SPACE_WIDTH = {"thin": 0.17, "medium": 0.25, "quad": 1.0}
OPENED = 7.0
"""Parentheses narrower than this are never broken inside."""
DEPTH_PRICE, FACTOR_PRICE, OPERATOR_PRICE, ROW_PRICE, RAGGED, OVERFULL = 14.0, 30.0, 8.0, 10.0, 8.0, 1000.0
NEVER = float("inf")


# ------------------------------------------------------------------------------------------------- widths
def ems(box: Box) -> float:
    """The width of a formula in display style, in ems; an estimate, good to a tenth for formulas of some length."""
    match box:
        case Letter(letter, font):
            wide = letter.isupper() or letter in ("m", "w", "Omega", "Theta", "Phi", "Psi")
            return (0.78 if wide else 0.53) + (0.07 if font in ("bold", "bb") else 0.0)
        case Digits(digits):
            return 0.5 * len(digits)
        case Operator(_, role):
            return ROLE_WIDTH.get(role, 1.0)
        case FunctionName(text) | Words(text):
            return 0.5 * len(text) + 0.17
        case RowOf(items):
            return sum(map(ems, items))
        case Scripts(base, sub, sup):
            return ems(base) + 0.72 * max(ems(s) if s else 0.0 for s in (sub, sup)) + 0.05
        case Fraction(num, den):
            return max(ems(num), ems(den)) + 0.25
        case Root(arg, _):
            return ems(arg) + 0.9
        case Fenced(left, body, right):
            return ems(body) + 0.45 * (bool(left) + bool(right))
        case BigOp(_, lower, upper, body):
            return max(1.45, *(0.72 * ems(b) for b in (lower, upper) if b)) + 0.17 + ems(body)
        case Grid(rows, _, _):
            columns = zip(*rows, strict=False)
            return sum(max(map(ems, column)) + 1.0 for column in columns) + 0.5
        case Accent(_, body) | Marked(body, _):
            return ems(body)
        case Space(width):
            return SPACE_WIDTH.get(width, 0.2)
    return 1.0


# ------------------------------------------------------------------------------------------------- tokens
class Fence(Box):
    """One half of a pair of parentheses that has been opened; never printed itself."""

    sign: str
    opens: bool
    grows: bool = False
    """Whether what it encloses stands taller than a line."""


@dataclass(frozen=True)
class Token:
    box: Box
    depth: int
    head: bool = False
    """The sign of a sum: what follows belongs to it."""


def tokens(box: Box, measure: Measure, width: float, depth: int = 0) -> list[Token]:
    """A formula as the row of what stands in it: sums and wide parentheses opened, a too wide fraction as a product."""
    match box:
        case RowOf(items):
            return [t for item in items for t in tokens(item, measure, width, depth)]
        case Grid(rows, left, right) if measure is not ems and measure(box) > width:
            inner = tokens(one_row(rows), measure, width, depth + 1)
            return [Token(Fence(left or "[", True), depth), *inner, Token(Fence(right or "]", False), depth)]
        case Fraction(num, den) if measure(box) > width and measure(den) < width / 2:
            whole = num if isinstance(num, Fenced) else Fenced("(", num, ")")
            return [Token(Fraction(Digits("1"), den), depth), *tokens(whole, measure, width, depth)]
        case BigOp(name, lower, upper, body) if body != RowOf(()):
            sign = Token(BigOp(name, lower, upper, RowOf(())), depth, head=True)
            return [sign, *tokens(body, measure, width, depth + 1)]
        case Fenced(left, body, right) if left and right and measure(box) > OPENED:
            inner = tokens(body, measure, width, depth + 1)
            tall = is_tall(body)
            return [Token(Fence(left, True, tall), depth), *inner, Token(Fence(right, False, tall), depth)]
    return [Token(box, depth)]


def one_row(rows: tuple[tuple[Box, ...], ...]) -> Box:
    """A matrix as readable text has it on one line: its rows parted by semicolons."""
    items: list[Box] = []
    for n, cells in enumerate(rows):
        items += [Operator(";", "punctuation")] if n else []
        for k, cell in enumerate(cells):
            items += [Operator(",", "punctuation"), cell] if k else [cell]
    return RowOf(tuple(items))


def is_differential(box: Box) -> bool:
    """The sign d/dx or the like that stands in front of what it acts on."""
    if not isinstance(box, Fraction):
        return False
    num = box.num.base if isinstance(box.num, Scripts) else box.num
    num = num.items[0] if isinstance(num, RowOf) and len(num.items) == 1 else num
    name = num.letter if isinstance(num, Letter) else num.sign if isinstance(num, Operator) else ""
    return name in ("d", "partial", "∂")


def price(before: Token, after: Token) -> float:
    """What a break between two neighbours costs; infinite where none is allowed."""
    deep = DEPTH_PRICE * min(before.depth, after.depth)
    last, first = before.box, after.box
    if before.head or isinstance(last, FunctionName | Space) or is_differential(last):
        return NEVER
    if (isinstance(last, Fence) and last.opens) or (isinstance(first, Fence) and not first.opens):
        return NEVER
    if isinstance(last, Operator):
        return deep + OPERATOR_PRICE if last.sign == "," else deep if last.sign == ";" else NEVER
    if isinstance(first, Operator):
        if first.role == "relation" or (first.role == "binary" and first.sign in ("+", "-", "pm", "mp")):
            return deep
        return deep + OPERATOR_PRICE if first.role == "binary" else NEVER
    called = isinstance(first, Fence | Fenced) and isinstance(last, Letter | Scripts | Accent | Marked)
    if called or isinstance(first, Space | Words) or isinstance(last, Words):
        return NEVER
    return deep + FACTOR_PRICE


# ------------------------------------------------------------------------------------------------- breaking
def broken(box: Box, width: float, first: float | None = None, measure: Measure = ems) -> tuple[Box, ...]:
    """The rows of a formula, none wider than ``width`` where that can be had; ``first`` is the room in row one."""
    room = width if first is None else first
    if measure(box) <= room:
        return (box,)
    row = tokens(box, measure, width)
    widths = [measured(t, measure) for t in row]
    stretch = max(1.0, measure(box) / (sum(widths) or 1.0))  # the space between tokens, shared out
    cuts = best_cuts(row, [w * stretch for w in widths], width, room)
    bounds = [0, *cuts, len(row)]
    pieces = [row[a:b] for a, b in pairwise(bounds)]
    return tuple(closed(continued(pieces, n)) for n in range(len(pieces)))


def measured(token: Token, measure: Measure) -> float:
    return 0.45 if isinstance(token.box, Fence) else measure(token.box)


def best_cuts(row: list[Token], widths: list[float], width: float, first: float) -> list[int]:
    """Positions of the breaks: the least sum of prices and squared slack, found from the left."""
    n = len(row)
    total = [0.0]
    for w in widths:
        total.append(total[-1] + w)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(NEVER, 0)] * n
    for end in range(1, n + 1):
        toll = price(row[end - 1], row[end]) if end < n else 0.0
        if toll == NEVER:
            continue
        for start in range(end - 1, -1, -1):
            if best[start][0] == NEVER:
                continue
            slack = (first if start == 0 else width) - (total[end] - total[start])
            badness = OVERFULL * -slack if slack < 0 else (0.0 if end == n else RAGGED * (slack / width) ** 2)
            cost = best[start][0] + toll + badness + (ROW_PRICE if start else 0.0)
            if cost < best[end][0]:
                best[end] = (cost, start)
            if slack < -width:
                break
    cuts, at = [], n
    while at > 0:
        at = best[at][1]
        if at > 0:
            cuts.append(at)
    return cuts[::-1]


def continued(pieces: list[list[Token]], n: int) -> list[Token]:
    """The n-th row, begun with a product sign where it was broken between two factors.

    Empty words before a sign keep the space that a sign between two operands has.
    """
    piece = pieces[n]
    if n == 0 or (not isinstance(piece[0].box, Operator) and isinstance(pieces[n - 1][-1].box, Operator)):
        return piece
    nothing = Token(Words(""), piece[0].depth)
    if isinstance(piece[0].box, Operator):
        return [nothing, *piece]
    return [nothing, Token(Operator("cdot", "binary"), piece[0].depth), *piece]


def closed(piece: list[Token]) -> Box:
    """A row of tokens as a box: pairs of fences closed, single ones alone, with an invisible partner if they grow."""
    stack: list[tuple[Fence | None, list[Box]]] = [(None, [])]
    for token in piece:
        if not isinstance(token.box, Fence):
            stack[-1][1].append(token.box)
        elif token.box.opens:
            stack.append((token.box, []))
        else:
            left, inner = stack.pop()
            made = opened_rows(fenced(left, inner, token.box))
            if stack:
                stack[-1][1].extend(made)
            else:
                stack.append((None, made))
    while len(stack) > 1:
        left, inner = stack.pop()
        stack[-1][1].extend(opened_rows(fenced(left, inner, None)))
    return row_of(stack[0][1])


def opened_rows(box: Box) -> list[Box]:
    return list(box.items) if isinstance(box, RowOf) else [box]


def row_of(items: list[Box]) -> Box:
    """The boxes side by side, what follows the sign of a sum as its operand."""
    for n, item in enumerate(items[:-1]):
        if isinstance(item, BigOp) and item.body == RowOf(()):
            return row_of([*items[:n], replace(item, body=row_of(items[n + 1 :]))])
    return items[0] if len(items) == 1 else RowOf(tuple(items))


def fenced(left: Fence | None, inner: list[Box], right: Fence | None) -> Box:
    body = row_of(inner)
    if left and right:
        return Fenced(left.sign, body, right.sign)
    single = left or right
    if single is None:
        return body
    if single.grows:
        return Fenced(left.sign if left else "", body, right.sign if right else "")
    sign = Operator(single.sign, "ordinary")
    return RowOf((sign, *inner)) if left else RowOf((*inner, sign))
