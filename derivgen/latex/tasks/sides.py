"""The sides of an equation that is judged: read with the sizes of the statement, and with other sizes where those do
not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Prose
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.scope import Entry, Meaning, Scope, Typed
from derivgen.latex.sizes import Extents, Unknown, invent, resolve
from derivgen.latex.survey import is_capital
from derivgen.latex.typeset import typeset
from derivgen.notation.boxes import Box, Operator, RowOf
from derivgen.notation.names import name_box, shape_box, size_box
from derivgen.prose import listed, strung
from derivgen.tasks import Equation, Merges, Side
from derivgen.terms.nodes import Name, Term
from derivgen.terms.shapes import Size

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

MOST_SIZES = 4
"""How many sizes are tried in all ways to be equal."""
Sized = Callable[[str], Size]


# ----------------------------------------------------------------------------------------- what is taken for granted
def suppose(scope: Scope, chains: Sequence[sx.Chain]) -> None:
    """What equations show of letters that the statement does not declare: capitals are matrices, and dz/dy makes z a
    function of y."""
    for node in (n for chain in chains for n in sx.walk(chain)):
        if isinstance(node, sx.Symbol) and is_capital(node.name) and not node.name.font and is_open(scope, node.name):
            scope.survey.ranks.setdefault(node.name, "matrix")
    open_sizes(scope, chains)
    suppose_functions(scope, chains)


def suppose_functions(scope: Scope, chains: Sequence[sx.Chain]) -> None:
    """The dz/dy of a formula makes z a function of y, where the statement says nothing else of z."""
    edges = {e for chain in chains for n in sx.walk(chain) if (e := edge_of(n)) is not None}
    below: dict[Name, list[Name]] = {}
    for body, by in sorted(edges):
        if body != by:  # dx/dx says nothing of x
            below.setdefault(body, []).append(by)
    for chain in chains:
        same_function(scope, chain, below)
    for body, variables in below.items():
        if not is_undetermined(scope, body):
            continue
        direct = [v for v in variables if not any(leads(below, w, v) for w in variables if w != v)]
        entry = scope.entry(body)
        entry.depends = [sx.Symbol(v) for v in direct]
        scope.note(name_box(body), " was taken as a function of ", *listed(map(name_box, direct)), ".")


def suppose_layers(scope: Scope) -> None:
    """A loss L of which dL/dy is spoken of, where the statement defines y, is a function of y: of the last such y."""
    spoken: dict[Name, list[Name]] = {}
    for body, by in scope.survey.edges:
        spoken.setdefault(body, []).append(by)
    for body, variables in spoken.items():
        known = [v for v in variables if (e := scope.find(v)) is not None and (e.meaning is not None or e.depends)]
        last = [v for v in known if not any(w != v and within(scope, v, w) for w in known)]
        if not last or body in (*known, *scope.survey.heads) or not is_undetermined(scope, body):
            continue
        if any(within(scope, body, v) for v in variables):
            continue
        scope.entry(body).depends = [sx.Symbol(v) for v in last]
        scope.note(name_box(body), " was taken as a function of ", *listed(map(name_box, last)), ".")


def within(scope: Scope, name: Name, other: Name, seen: frozenset[Name] = frozenset()) -> bool:
    """Whether a letter stands in what another one is defined by, or is a function of."""
    entry = scope.find(other)
    if entry is None or other in seen:
        return False
    roots = [*entry.depends, *([entry.meaning.body] if entry.meaning is not None else [])]
    inside = {n.name for root in roots for n in sx.walk(root) if isinstance(n, sx.Symbol)}
    return name in inside or any(within(scope, name, n, seen | {other}) for n in inside)


def open_sizes(scope: Scope, chains: Sequence[sx.Chain]) -> None:
    """Each vector of a derivative has a size of its own where none is stated: a wrong product must not make them equal."""
    pairs = [e for chain in chains for n in sx.walk(chain) if (e := edge_of(n)) is not None]
    for name in dict.fromkeys(n for pair in reversed(pairs) for n in reversed(pair)):
        entry = scope.find(name)
        stated = entry is not None and (entry.shape is not None or entry.meaning is not None)
        if name.font not in ("bold", "vec") or is_capital(name) or stated:
            continue
        letter = invent(set(scope.sizes) | {n.letter for n in scope.survey.bare} | scope.survey.letters)
        scope.sizes.setdefault(letter, scope.survey.bare[name].span)
        scope.entry(name).shape = (scope.size(letter), 1)
        scope.note("The size of ", name_box(name), " is not stated; it was taken as ", shape_box(f"{letter}×1"), ".")


def is_open(scope: Scope, name: Name) -> bool:
    return not scope.known(name) and name not in scope.survey.heads and name.letter not in scope.sizes


def edge_of(node: sx.Syntax) -> tuple[Name, Name] | None:
    """(z, y) for dz/dy."""
    match node:
        case sx.Leibniz(sx.Symbol(body), (sx.Symbol(by),)) | sx.Nabla(sx.Symbol(body), sx.Symbol(by), 1):
            return body, by
    return None


def is_undetermined(scope: Scope, name: Name) -> bool:
    """Whether nothing says what a letter is a function of."""
    entry = scope.find(name)
    if name in scope.survey.heads:
        return False
    return entry is None or (entry.meaning is None and not entry.depends and entry.kind == "symbol")


def leads(below: dict[Name, list[Name]], start: Name, end: Name) -> bool:
    seen, queue = {start}, [start]
    while queue:
        for v in below.get(queue.pop(), ()):
            if v == end:
                return True
            if v not in seen:
                seen.add(v)
                queue.append(v)
    return False


def same_function(scope: Scope, chain: sx.Chain, below: dict[Name, list[Name]]) -> None:
    """``dh/dx = (df/dg)(dg/dx)`` makes h the function f of g: nothing else says what h is."""
    first = edge_of(chain.sides[0]) if chain.sides[0] is not None else None
    if first is None or not is_undetermined(scope, first[0]):
        return
    h, x = first
    others = [e for side in chain.sides[1:] if side is not None for n in sx.walk(side) if (e := edge_of(n)) is not None]
    tops = {b for b, _ in others} - {v for _, v in others}
    if h in {b for b, _ in others} or len(tops) != 1:
        return
    f = tops.pop()
    if not leads(below, f, x):
        return
    scope.entry(h).meaning = Meaning(sx.Symbol(f))
    del below[h]
    scope.note(name_box(h), " was taken as ", name_box(f), ", seen as a function of ", name_box(x), ".")


# -------------------------------------------------------------------------------------------------------- the sides
def read_equation(settler: Settler, ask: Ask, label: str, chain: sx.Chain) -> Callable[[], Equation]:
    nodes = [s for s in chain.sides if s is not None]
    read = [attempt(settler, ask, node) for node in nodes]

    def build() -> Equation:
        terms = [built(t) for t in read]
        small, single = (terms_at(settler, ask, chain, number) for number in (2, 1))
        needs: list[Merges | None] = [()] * len(nodes)
        fits: list[Merges | None] = [()] * (len(nodes) - 1)
        if any(t is None for t in terms) or len({t.shape for t in terms if t is not None}) > 1:
            needs, fits = conditions(settler, ask, chain)
        sides = [
            Side(typeset(node), term, () if term is not None else fault(settler, ask, node), a, b, need)
            for node, term, a, b, need in zip(nodes, terms, small, single, needs, strict=True)
        ]
        return Equation(tuple(sides), label, tuple(fits))

    return build


def attempt(settler: Settler, ask: Ask, node: sx.Syntax) -> Typed | None:
    """A side as its part reads it, where its shapes fit."""
    before, settler.scope.part = settler.scope.part, ask.part
    try:
        return settler.reading(ask).read(node)
    except errors.ShapeFault:
        return None
    finally:
        settler.scope.part = before


def built(typed: Typed | None) -> Term | None:
    try:
        return typed.build() if typed is not None else None
    except errors.ShapeFault:
        return None


def fault(settler: Settler, ask: Ask, node: sx.Syntax) -> Prose:
    """Which product or sum of a side is not defined, with the shapes of what stands in it."""
    for part in sx.walk(node):
        if not isinstance(part, sx.Product | sx.Plus) or attempt(settler, ask, part) is not None:
            continue
        members = part.factors if isinstance(part, sx.Product) else part.terms
        factors = [(f, attempt(settler, ask, f)) for f in members]
        if all(typed is not None for _, typed in factors):
            return strung((typeset(f), " is ", *shape_words(typed.shape)) for f, typed in factors if typed is not None)
    try:
        settler.reading(ask).read(node)
    except errors.ShapeFault as found:
        return (found.message.removeprefix("shapes do not fit: "),)
    return ()


def shape_words(shape: Extents) -> Iterator[Box | str]:
    rows, cols = (resolve(s) for s in shape)
    if isinstance(rows, Unknown) or isinstance(cols, Unknown):
        yield "a matrix"
    else:
        yield RowOf((size_box(rows), Operator("times"), size_box(cols)))


# ------------------------------------------------------------------------------------------------------ other sizes
def read_with(
    settler: Settler, ask: Ask, chain: sx.Chain, sized: Sized
) -> tuple[list[Typed | None], Callable[[], None]]:
    """The sides as they are read where the sizes of the statement are others."""
    assert settler.with_sizes is not None
    other, close = settler.with_sizes(sized)
    other.scope.part = ask.part
    suppose(other.scope, [chain])
    return [attempt(other, ask, node) for node in chain.sides if node is not None], close


def terms_at(settler: Settler, ask: Ask, chain: sx.Chain, number: int) -> list[Term | None]:
    """The sides with every size that is a letter equal to a number."""
    try:
        read, close = read_with(settler, ask, chain, lambda letter: number)
        close()
        return [built(t) for t in read]
    except (errors.DerivgenError, LookupError):
        return [None] * len(chain.sides)


def conditions(settler: Settler, ask: Ask, chain: sx.Chain) -> tuple[list[Merges | None], list[Merges | None]]:
    """Which sizes must be equal for each side to be defined, and for neighbours to have one shape: the fewest."""
    count = len(chain.sides)
    needs: list[Merges | None] = [None] * count
    fits: list[Merges | None] = [None] * (count - 1)
    sizes = sizes_of(settler, chain)
    for classes in partitions(sizes) if len(sizes) <= MOST_SIZES else ():
        stands = {letter: group[0] for group in classes for letter in group}
        merges = tuple(tuple(sorted(group)) for group in classes if len(group) > 1)
        try:
            read, _ = read_with(settler, ask, chain, lambda letter, stands=stands: stands.get(letter, letter))  # type: ignore[misc]
        except errors.DerivgenError:
            continue
        shapes = [None if t is None else tuple(resolve(s) for s in t.shape) for t in read]
        for k, shape in enumerate(shapes):
            if needs[k] is None and shape is not None:
                needs[k] = merges
            if k and fits[k - 1] is None and shape is not None and shape == shapes[k - 1]:
                fits[k - 1] = merges
    return needs, fits


def sizes_of(settler: Settler, chain: sx.Chain) -> list[str]:
    """The letters in the shapes of the letters of an equation, in order."""
    entries: list[Entry] = [e for side in chain.sides if side is not None for e in settler.entries_in(side)]
    found = [resolve(s) for e in entries for s in e.shape or ()]
    return list(dict.fromkeys(s for s in found if isinstance(s, str)))


def partitions(items: Sequence[str]) -> list[tuple[tuple[str, ...], ...]]:
    """All ways to put items into groups, those with the most groups first."""
    found: list[list[tuple[str, ...]]] = [[]]
    for item in items:
        found = [
            grown
            for groups in found
            for grown in [
                *([*groups[:k], (*groups[k], item), *groups[k + 1 :]] for k in range(len(groups))), [*groups, (item,)]
            ]
        ]  # fmt: skip
    return [tuple(groups) for groups in sorted(found, key=len, reverse=True)]
