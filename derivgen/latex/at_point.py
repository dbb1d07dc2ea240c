"""Derivatives at a point: which letter has which value there."""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.scope import Scope, Typed
from derivgen.terms.nodes import At, Sym, Term
from derivgen.terms.trees import subterms, unfold

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading

Pair = tuple[sx.Syntax, sx.Syntax]


def at_point(question: Typed, ask: Ask, names: tuple[sx.Syntax, ...], r: Reading) -> Typed:
    """The question at the point of the ask; ``names`` are the letters that a bare point gives values to."""
    if not ask.point:
        return question
    pairs = [p for node in ask.point for p in pairs_of(node, names, ask, r) if p[0] != p[1]]  # "at x" is anywhere
    if not pairs:
        return question
    typed = [(r.read(a), r.read(b)) for a, b in pairs]
    for symbol, value in typed:
        for a, b in zip(symbol.shape, value.shape, strict=True):
            r.scope.agree(a, b, ask.span, lambda: "the point and the variable differ")

    def build() -> Term:
        term = question.build()
        flat = [t.build() for pair in typed for t in pair]
        inside = set(subterms(unfold(term)))
        for symbol in flat[::2]:
            if isinstance(symbol, Sym) and symbol not in inside and not declared(r, symbol, names):
                letter = symbol.name.letter
                raise r.fault(
                    errors.Undeclared, f"{letter} is given a value, but nothing that is asked depends on it",
                    ask.span, "name the letters of the question, as in: at $x=1$; or declare it",
                )  # fmt: skip
        return At(term, *flat)

    return Typed(question.shape, build)


def declared(r: Reading, symbol: Sym, names: tuple[sx.Syntax, ...]) -> bool:
    """Whether the statement knows a letter without the point: by a declaration, or as a parameter of the function."""
    entry = r.scope.find(symbol.name)
    return (entry is not None and entry.declared) or any(r.read(n).build() == symbol for n in names)


def pairs_of(node: sx.Syntax, names: tuple[sx.Syntax, ...], ask: Ask, r: Reading) -> Iterator[Pair]:
    match node:
        case sx.Chain((sx.Fenced(_, sx.Tuple(lefts)), sx.Fenced(_, sx.Tuple(rights))), ("=",)):
            yield from zip(lefts, rights, strict=True)
        case sx.Chain((sx.Symbol() as left, sx.Syntax() as right), ("=",)) if left not in names and (
            own := components(right, names)
        ):
            whole = r.scope.find(left.name) is not None  # the vector of which the variables are the elements
            yield from ((left, right),) if whole else own
        case sx.Chain((sx.Syntax() as left, sx.Syntax() as right), ("=",)):
            yield left, right
        case sx.Fenced(_, sx.Tuple(items)) if len(items) == len(names):
            yield from zip(names, items, strict=True)
        case _ if len(names) == 1:
            yield names[0], node
        case _:
            raise r.fault(errors.ShapeFault, f"the point does not fit {len(names)} variables", ask.span)


def components(right: sx.Syntax, names: tuple[sx.Syntax, ...]) -> tuple[Pair, ...]:
    """``w = (1, 2)`` where the variables are w_1 and w_2, and ``p = (1, 2)`` for x and y where p is only a name."""
    listed = entries(right)
    if len(names) < 2 or len(listed) != len(names):
        return ()
    return tuple(zip(names, listed, strict=True))


def entries(node: sx.Syntax) -> tuple[sx.Syntax, ...]:
    match node:
        case sx.Fenced(_, sx.Tuple(items)):
            return items
        case sx.Transpose(base=base):
            return entries(base)
        case sx.Fenced(_, sx.Syntax() as inner):
            return entries(inner)
        case sx.Matrix(rows=rows) if len(rows) == 1 or all(len(row) == 1 for row in rows):
            cells = [cell for row in rows for cell in row]
            return tuple(c for c in cells if c is not None) if None not in cells else ()
    return ()


def of_length_one(scope: Scope, direction: sx.Syntax, wanted: bool) -> sx.Syntax:
    """The direction that is meant: divided by its length where the statement says so, and otherwise as it stands."""
    entries = whole_numbers(scope, direction)
    if wanted and entries is None:
        raise errors.Unsupported(
            "only a direction of whole numbers can be divided by its length", place=scope.place(direction.span),
            hint="give a unit vector",
        )  # fmt: skip
    square = sum(k * k for k in entries or ())
    if entries is None or square in (0, 1):
        return direction
    if not wanted:
        scope.note("The direction ", direction, " was taken as it stands, not divided by its length.")
        return direction
    root = isqrt(square)
    length: sx.Syntax = sx.Number(str(root)) if root * root == square else sx.Root(sx.Number(str(square)))
    scope.note("The direction ", direction, " was divided by its length.")
    found = tuple(sx.Fraction(number(k), length) if k else number(k) for k in entries)
    return sx.Fenced("(", sx.Tuple(found), ")", span=direction.span)


def number(value: int) -> sx.Syntax:
    return sx.Number(str(value)) if value >= 0 else sx.Negative(sx.Number(str(-value)))


def whole_numbers(scope: Scope, direction: sx.Syntax) -> tuple[int, ...] | None:
    """The entries of a direction that lists whole numbers; a letter may stand for it."""
    match direction:
        case sx.Symbol(name) if (entry := scope.find(name)) is not None and entry.meaning is not None:
            return whole_numbers(scope, entry.meaning.body)
        case sx.Transpose(base) | sx.Fenced(_, sx.Matrix() as base):
            return whole_numbers(scope, base)
        case sx.Matrix(rows):
            items = tuple(item for row in rows for item in row)
        case sx.Fenced(_, sx.Tuple(items)):
            pass
        case _:
            return None
    found: list[int] = []
    for item in items:
        match item:
            case sx.Number(text) if text.isdigit():
                found.append(int(text))
            case sx.Negative(sx.Number(text)) if text.isdigit():
                found.append(-int(text))
            case _:
                return None
    return tuple(found)


def along_angle(node: sx.Syntax) -> sx.Syntax:
    """The direction (cos θ, sin θ) of an angle; of θ = π/6 with the value."""
    angle = node.sides[-1] if isinstance(node, sx.Chain) and node.sides[-1] is not None else node
    parts = tuple(sx.Call(sx.FunctionName(f), (angle,), span=node.span) for f in ("cos", "sin"))
    return sx.Fenced("(", sx.Tuple(parts), ")", span=node.span)
