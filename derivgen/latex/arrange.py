r"""What commas and relation signs mean together: lists, ranges and mappings.

``x, y \in S`` declares both; ``k = 1, \dots, n`` is one range; ``x = 1, y = 2`` are two relations.
"""

from __future__ import annotations

from derivgen.errors import Span
from derivgen.latex import syntax as tree
from derivgen.latex.syntax import Syntax

RELATED = (tree.Chain, tree.Mapping, tree.MapsTo)


def relation(sides: list[Syntax | None], signs: list[str], span: Span) -> Syntax:
    """A chain, or the mapping or assignment that its signs make."""
    match sides, signs:
        case [names, Syntax() as source, Syntax() as target], [":", "→"]:
            return tree.Mapping(names, source, target, span=span)
        case [Syntax() as source, Syntax() as target], ["→"] if _is_space(source) and _is_space(target):
            return tree.Mapping(None, source, target, span=span)
        case [Syntax() as arg, Syntax() as body], ["↦"]:
            return tree.MapsTo(arg, body, span=span)
        case [Syntax() as name, Syntax() as arg, Syntax() as body], [":", "↦"]:
            return tree.Chain((name, tree.MapsTo(arg, body, span=arg.span.join(body.span))), ("=",), span=span)
        case [Syntax() as left, None], [":"]:
            colon = tree.Placeholder(":", span=Span(span.end, span.end))
            return tree.Tuple((left, colon), span=span)
    return tree.Chain(tuple(sides), tuple(signs), span=span)


def _is_space(node: Syntax) -> bool:
    match node:
        case tree.Space():
            return True
        case tree.Product(factors, _):
            return all(_is_space(f) for f in factors)
    return False


def _is_name(node: Syntax) -> bool:
    """Whether a relation behind a comma may speak of this as well: a symbol with scripts, or dots."""
    while isinstance(node, (tree.Subscript, tree.Superscript, tree.Transpose, tree.Primed, tree.Accented)):
        node = node.body if isinstance(node, tree.Accented) else node.base
    return isinstance(node, (tree.Symbol, tree.Dots)) or (isinstance(node, tree.MaybeCall) and _is_name(node.head))


def arrange(found: list[Syntax], span: Span) -> Syntax:
    """The items of a list, with the names before a relation and the range behind it gathered into it."""
    if len(found) == 1:
        return found[0]
    if not any(isinstance(item, RELATED) for item in found):
        return tree.Tuple(tuple(found), span=span)
    out: list[Syntax] = []
    names: list[Syntax] = []
    at = 0
    while at < len(found):
        item = found[at]
        if isinstance(item, RELATED):
            count = _range_length(found, at + 1)
            if count and isinstance(item, tree.Chain):
                item = _with_range(item, found[at + 1 : at + 1 + count])
            kept = len(names)
            while kept and _is_name(names[kept - 1]):
                kept -= 1
            out += names[:kept]
            out.append(_with_names(item, names[kept:]) if names[kept:] else item)
            names = []
            at += 1 + count
            continue
        if isinstance(item, tree.Words):
            out += [*names, item]
            names = []
        else:
            names.append(item)
        at += 1
    out += names
    return out[0] if len(out) == 1 else tree.Tuple(tuple(out), span=span)


def _range_length(found: list[Syntax], start: int) -> int:
    r"""How many items from ``start`` go on a range: those before ``\dots``, the dots, and the one after them."""
    at = start
    while at < len(found) and not isinstance(found[at], (*RELATED, tree.Words)):
        if isinstance(found[at], tree.Dots):
            following = found[at + 1] if at + 1 < len(found) else None
            if isinstance(following, RELATED):
                return 0
            return at - start + (1 if following is None or isinstance(following, tree.Words) else 2)
        at += 1
    return 0


def _with_range(chain: tree.Chain, rest: list[Syntax]) -> Syntax:
    last = chain.sides[-1]
    if last is None:
        return chain
    items = (*tree.items(last), *rest)
    range_ = tree.Tuple(items, span=last.span.join(rest[-1].span))
    return tree.Chain((*chain.sides[:-1], range_), chain.signs, span=chain.span.join(rest[-1].span))


def _with_names(item: Syntax, names: list[Syntax]) -> Syntax:
    """Put the expressions listed before a relation on its left side."""
    span = names[0].span.join(item.span)

    def joined(first: Syntax | None) -> Syntax:
        items = (*names, *((first,) if first is not None else ()))
        return tree.Tuple(items, span=names[0].span.join(items[-1].span))

    match item:
        case tree.Chain(sides, signs):
            return tree.Chain((joined(sides[0]), *sides[1:]), signs, span=span)
        case tree.Mapping(first, source, target):
            return tree.Mapping(joined(first), source, target, span=span)
    return item
