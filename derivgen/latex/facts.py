"""What a formula says by itself, whatever words stand around it: membership, definition, range, condition, point."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.errors import Span
from derivgen.latex import syntax as sx
from derivgen.latex.survey import RANGED, index_letters, is_index
from derivgen.records import Record

COMPARISONS = frozenset({"≠", "<", ">", "≤", "≥"})


class Fact(Record):
    """The root; never built itself."""

    span: Span


class Member(Fact):
    r"""``\mathbf x, \mathbf y \in \mathbb R^n``."""

    names: tuple[sx.Syntax, ...]
    space: sx.Syntax


class Maps(Fact):
    r"""``f, g: \mathbb R^n \to \mathbb R``."""

    names: tuple[sx.Syntax, ...]
    source: sx.Syntax
    target: sx.Syntax


class Defines(Fact):
    """``y = Ax``, ``f(x) = …``, ``y_i = …``."""

    left: sx.Syntax
    right: sx.Syntax


class Runs(Fact):
    r"""``i = 1, \ldots, n``."""

    letters: tuple[str, ...]
    top: sx.Syntax


class Condition(Fact):
    """``y ≠ 0``, ``λ > 0``."""

    chain: sx.Chain


class Assigns(Fact):
    """``(x, y) = (3, 1)``: a point."""

    left: tuple[sx.Syntax, ...]
    right: tuple[sx.Syntax, ...]


class JacobianRule(Fact):
    r"""``J_{ij} = \partial f_i/\partial x_j``: which index of the matrix belongs to what."""

    body: sx.Syntax
    by: sx.Syntax
    rows_are_body: bool
    name: sx.Syntax


class States(Fact):
    """Another equation: a stated derivative, a symmetry, a size."""

    chain: sx.Chain


class Claims(Fact):
    """An equation that a statement asks about: it declares and defines nothing."""

    chain: sx.Chain


class Listed(Fact):
    r"""``w_1, \dots, w_n``: a vector given by its entries."""

    first: sx.Syntax
    last: sx.Syntax


class Bare(Fact):
    """An expression."""

    node: sx.Syntax


def equated(fact: Fact) -> tuple[sx.Syntax, sx.Syntax] | None:
    """The first and the last side of an equation, whether it defines something or only states it."""
    match fact:
        case Defines(_, left, right):
            return left, right
        case States(_, sx.Chain((sx.Syntax() as left, *_, sx.Syntax() as right), signs)) if set(signs) == {"="}:
            return left, right
    return None


def facts(formula: sx.Formula) -> tuple[Fact, ...]:
    """All that a formula says, in written order."""
    return tuple(f for row in formula.rows for f in _row(row))


def claims(formula: sx.Formula) -> tuple[Fact, ...]:
    """What a formula says where its equations are asked about."""
    out: list[Fact] = []
    for row in formula.rows:
        for item in sx.items(row):
            if isinstance(item, sx.Chain) and set(item.signs) == {"="} and None not in item.sides:
                out.append(Claims(item.span, item))
            else:
                out += _row(item)
    return tuple(out)


def _row(row: sx.Syntax) -> Iterator[Fact]:
    items = sx.items(row)
    dotted = any(isinstance(i, sx.Dots) for i in items[1:-1]) and not any(isinstance(i, sx.Chain) for i in items)
    if dotted and isinstance(items[0], sx.Subscript):
        yield Listed(row.span, items[0], items[-1])
        return
    for item in items:
        if not isinstance(item, (sx.Words, sx.Dots)):
            yield from _item(item)
    for large in (n for n in sx.walk(row) if isinstance(n, sx.Large) and n.name in RANGED):
        if isinstance(large.lower, sx.Chain):
            yield from _chain(large.lower, large.lower.sides, large.lower.signs)


def _item(node: sx.Syntax) -> Iterator[Fact]:
    match node:
        case sx.Mapping(names, source, target) if names is not None:
            yield Maps(node.span, sx.items(names), source, target)
        case sx.Chain(sides, signs):
            yield from _chain(node, sides, signs)
        case sx.Fenced("{", sx.Chain((sx.Syntax() as left, sx.Space() as space, *_), ("∈", *_))):  # a set
            yield Bare(node.span, node)
            yield Member(node.span, sx.items(left), space)
        case _:
            yield Bare(node.span, node)


def _chain(node: sx.Chain, sides: tuple[sx.Syntax | None, ...], signs: tuple[str, ...]) -> Iterator[Fact]:
    left = sides[0]
    second = sides[1] if len(sides) > 1 else None
    if left is None or second is None:
        if second is not None:
            yield Bare(node.span, second)
        elif left is not None:
            yield Bare(node.span, left)
        return
    if signs[0] == "∈":
        yield Member(node.span, sx.items(left), second)
        if len(signs) > 1:
            yield from _chain(sx.Chain(sides[1:], signs[1:], span=node.span), sides[1:], signs[1:])
        return
    if all(s in COMPARISONS for s in signs) or signs[0] in ("≻", "⪰"):
        yield Condition(node.span, node)
        return
    if signs[0] in ("=", "≡") or (signs[0] == ":" and len(signs) > 1 and signs[1] == "="):
        yield _equation(node, left, sides[-1] if signs[0] == ":" and sides[-1] is not None else second)
        if len(signs) > 1 and signs[-1] in COMPARISONS:
            yield Condition(node.span, sx.Chain(sides[-2:], signs[-1:], span=node.span))
        if len(signs) > 1 and signs[-1] == "∈" and sides[-1] is not None:
            yield Member(node.span, (left,), sides[-1])
        return
    yield States(node.span, node)


def _equation(node: sx.Chain, left: sx.Syntax, right: sx.Syntax) -> Fact:
    if isinstance(right, sx.Tuple) and any(isinstance(i, sx.Dots) for i in right.items):
        letters = tuple(i.name.letter for i in sx.items(left) if isinstance(i, sx.Symbol))
        if letters:
            return Runs(node.span, letters, right.items[-1])
    if isinstance(left, sx.Fenced) and isinstance(left.body, sx.Tuple) and isinstance(right, sx.Fenced):
        return Assigns(node.span, left.body.items, sx.items(right.body))
    if isinstance(right, sx.Words):
        return States(node.span, node)
    turned = right.arg if isinstance(right, sx.Negative) else right
    if isinstance(turned, sx.Transpose) and turned.base == left:
        return States(node.span, node)
    rule = _jacobian_rule(node, left, right)
    if rule is not None:
        return rule
    return Defines(node.span, left, right) if definable(left) else States(node.span, node)


def definable(left: sx.Syntax) -> bool:
    """Whether a left side can be the name of something: a letter, an element, a function of letters."""
    match left:
        case sx.Symbol(name):
            return name.letter not in ("1", "0")
        case sx.Subscript(base, index):
            fine = all(is_index(p) or isinstance(p, (sx.Number, sx.Words)) for p in index_letters(index))
            return (
                isinstance(base, (sx.Symbol, sx.Superscript, sx.Subscript))
                and definable(base)
                and (fine or not isinstance(index, (sx.Tuple, sx.Placeholder)))
            )
        case sx.Superscript(base, exponent):
            return isinstance(exponent, (sx.Fenced, sx.Words)) and definable(base)
        case sx.MaybeCall(head, sx.Fenced("(", body)):
            return definable(head) and all(isinstance(i, (sx.Symbol, sx.Subscript)) for i in sx.items(body))
        case sx.Call(head, args):
            known = isinstance(head, sx.FunctionName)
            return (known or definable(head)) and all(isinstance(i, sx.Symbol) for i in args)
        case sx.Primed(base, _):
            return isinstance(base, sx.Symbol)
        case sx.Transpose(sx.Subscript(_, index) as row):  # the row m_k^T of a matrix
            return definable(row) and all(map(is_index, index_letters(index)))
    return False


def _jacobian_rule(node: sx.Chain, left: sx.Syntax, right: sx.Syntax) -> JacobianRule | None:
    match left, right:
        case (
            sx.Subscript(name, index),
            sx.Leibniz(sx.Subscript(body, sx.Symbol() as i), (sx.Subscript(by, sx.Symbol() as j),)),
        ):
            positions = index_letters(index)
            if positions == [i, j]:
                return JacobianRule(node.span, body, by, True, name)
            if positions == [j, i]:
                return JacobianRule(node.span, body, by, False, name)
    return None


def subject(found: tuple[Fact, ...]) -> tuple[sx.Syntax, ...]:
    """What a formula stands for when a sentence speaks of it: the letters declared, the left side defined, itself."""
    out: list[sx.Syntax] = []
    for fact in found:
        match fact:
            case Member(_, names, _) | Maps(_, names, _, _):
                out += names
            case Defines(_, left, _):
                out.append(left)
            case Listed(_, first, _):
                out.append(first)
            case Bare(_, node):
                out += sx.items(node)
            case Condition(_, chain) if isinstance(chain.sides[0], sx.Syntax) and not out:
                out.append(chain.sides[0])
            case States(_, chain) if isinstance(chain.sides[0], sx.Syntax) and not out:
                out.append(chain.sides[0])
    return tuple(out)
