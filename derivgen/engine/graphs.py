"""What is computed from what: the dependency graph behind a quantity, its paths, and pictures of both."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from derivgen.derivation import Graph, Prose
from derivgen.notation.boxes import Box, Operator
from derivgen.terms.build import entry
from derivgen.terms.nodes import El, Idx, Named, Sym, Term
from derivgen.terms.shapes import SCALAR, Shape, is_vector

MOST_NODES = 18
"""How many elements a picture may show one by one."""
DOTS = Operator("vdots", "ordinary")


def inputs(term: Term) -> tuple[Term, ...]:
    """The quantities that stand in the definition of one, or that an undetermined one is a function of."""
    if isinstance(term, Named):
        meaning = term.term
        if isinstance(meaning, Sym) and meaning.deps:
            return meaning.deps
        return tuple(dict.fromkeys(quantities(meaning)))
    return term.deps if isinstance(term, Sym) else ()


def quantities(term: Term) -> Iterator[Term]:
    """Names and symbols in a term, definitions not looked into."""
    if isinstance(term, Named | Sym):
        yield term
    else:
        for a in term.args:
            if isinstance(a, Term):
                yield from quantities(a)


def ordered(top: Term) -> list[Term]:
    """All quantities behind one, itself last, each after those that it is computed from."""
    done: list[Term] = []

    def visit(term: Term) -> None:
        for below in inputs(term):
            if below not in done:
                visit(below)
        done.append(term)

    visit(top)
    return list(dict.fromkeys(done))


def paths(start: Term, end: Term) -> list[tuple[Term, ...]]:
    """All ways from a quantity to one that depends on it."""
    if start == end:
        return [(end,)]
    return [(*way, end) for below in inputs(end) for way in paths(start, below)]


def cut(top: Named, at: Term) -> Sym:
    """A quantity as an undetermined function of another one on its way, and of what reaches it by other ways."""
    return Sym(top.name, top.shape[0], top.shape[1], (), *dict.fromkeys(reached(top, at)))


def reached(term: Term, at: Term) -> Iterator[Term]:
    """Where one arrives going down from a quantity and stopping at another."""
    for below in inputs(term):
        if below == at or not inputs(below):
            yield below
        elif at in below.symbols or at in ordered(below):
            yield from reached(below, at)
        else:
            yield below


# ----------------------------------------------------------------------------------------------------- pictures
def layered(body: Term, var: Term) -> Graph:
    """From one element of a variable through all elements of what lies between to what is differentiated.

    Of a vector of unknown length the first and the last element stand for all.
    """
    top = body.term if isinstance(body, El) else body
    start = var.term if isinstance(var, El) else var
    way = paths(start, top)[0]
    nodes: list[Term | Box] = [var]
    layers: list[list[int]] = [[0]]
    for quantity in way[1:-1]:
        own = elements(quantity) or ends(quantity)
        layers.append(list(range(len(nodes), len(nodes) + len(own))))
        nodes += own
    layers.append([len(nodes)])
    nodes.append(body)
    columns = tuple(c for c, layer in enumerate(layers) for _ in layer)
    edges = [
        (a, b)
        for left, right in itertools.pairwise(layers)
        for a in left
        for b in right
        if isinstance(nodes[a], Term) and isinstance(nodes[b], Term)
    ]
    caption: Prose = ("Every path from ", var, " to ", body, " gives a term; all are added.")
    return Graph(tuple(nodes), tuple(edges), (), caption, columns)


def ends(term: Term) -> list[Term | Box]:
    """The first and the last element, with dots between."""
    size = length(term.shape)
    if not isinstance(size, str):
        return [term]
    first = entry(term, 1, 1)
    last = El(term, Idx(size, size), 1) if term.shape[1] == 1 else El(term, 1, Idx(size, size))
    return [first, DOTS, last]


def picture(start: Term, end: Term, caption: Prose = ()) -> Graph:
    """The quantities from one to another, with every path between them."""
    ways = paths(start, end)
    nodes = [t for t in ordered(end) if any(t in way for way in ways)]
    at = {t: k for k, t in enumerate(nodes)}
    edges = dict.fromkeys((at[a], at[b]) for way in ways for a, b in itertools.pairwise(way))
    return Graph(tuple(nodes), tuple(edges), tuple(tuple(at[t] for t in way) for way in ways), caption)


def drawn_alike(one: Graph, other: Graph) -> bool:
    """Whether two pictures show the same, but for what they start from: once is enough for both."""
    return _outline(one) == _outline(other)


def _outline(graph: Graph) -> set[tuple[object, object]]:
    later = {b for _, b in graph.edges}
    called = [_called(n) if k in later else "start" for k, n in enumerate(graph.nodes)]
    return {(called[a], called[b]) for a, b in graph.edges}


def _called(node: Term | Box) -> object:
    """What is written at a node; the quantities of two parts may bear one name."""
    if isinstance(node, El):
        return _called(node.term), node.i, node.j
    return node.name if isinstance(node, Named | Sym) else node


def elements(term: Term) -> list[Term] | None:
    """The elements of a vector of a known length, a scalar as itself; None where they cannot be listed."""
    if term.shape == SCALAR:
        return [term]
    count = length(term.shape)
    if not isinstance(count, int):
        return None
    return [entry(term, k, 1) if term.shape[1] == 1 else entry(term, 1, k) for k in range(1, count + 1)]


def length(shape: Shape) -> object:
    return (shape[0] if shape[1] == 1 else shape[1]) if is_vector(shape) else None


def wired(top: Term, layers: Mapping[Term, list[Term]], marked: list[tuple[Term, ...]], caption: Prose) -> Graph:
    """A network element by element: every element of a quantity is computed from all elements of its inputs."""
    nodes: list[Term | Box] = []
    columns: list[int] = []
    depth: dict[Term, int] = {}
    for term in ordered(top):
        depth[term] = max((depth[b] + 1 for b in inputs(term)), default=0)
    last = max(depth.values())
    for term in ordered(top):
        if not inputs(term):  # what is only put in stands beside what it is put into
            users = [depth[t] for t in depth if term in inputs(t)]
            depth[term] = min(users, default=last) - 1
    for term, own in layers.items():
        nodes += own
        columns += [depth[term]] * len(own)
    at = {t: k for k, t in enumerate(nodes)}
    edges = [
        (at[a], at[b]) for term, own in layers.items() for below in inputs(term) for a in layers[below] for b in own
    ]  # fmt: skip
    ways = tuple(tuple(at[t] for t in way) for way in marked)
    return Graph(tuple(nodes), tuple(edges), ways, caption, tuple(columns))


def network(start: Term, top: Term, marked: list[tuple[Term, ...]], caption: Prose) -> Graph:
    """The network element by element where that is small enough, else quantity by quantity."""
    listed = {t: elements(t) for t in ordered(top)}
    layers = {t: own for t, own in listed.items() if own is not None}
    if len(layers) < len(listed) or sum(map(len, layers.values())) > MOST_NODES:
        return picture(start, top, caption)
    return wired(top, layers, marked, caption)
