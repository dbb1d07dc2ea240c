"""A graph of what is computed from what as a scene, and as lines of text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from derivgen.derivation import Graph
from derivgen.notation.boxes import Box, Operator
from derivgen.notation.pieces import is_tall
from derivgen.notation.speech import spoken
from derivgen.writers.breaking import ems
from derivgen.writers.graph_layout import Layout, lay_out
from derivgen.writers.scenes import SMALL, Disc, Label, Line, Point, Scene, Shape, beside, framed, smooth, towards
from derivgen.writers.styles import Style

LARGEST_CIRCLE = 1.45
"""The greatest radius of a node that is drawn as a circle; wider labels stand without one."""
SMALLEST_CIRCLE = 0.92
PLAIN_HALF = 0.72
"""Half the height of a label without a circle."""
AROUND = 0.3
"""Between a label and its circle, or the ends of the edges at a plain label."""
ROW_GAP, PLAIN_ROW_GAP = 0.75, 0.55
SHORTEST = 1.5
"""The least distance between the nodes of two columns."""
APART = 0.34
"""Between two highlighted paths that share an edge."""
WAYS = 4
"""How many paths look different."""


@dataclass(frozen=True)
class Node:
    """A node with its place; a radius of 0 means a plain label."""

    box: Box
    at: Point
    half_width: float
    half_height: float
    radius: float = 0.0

    def border(self, other: Point) -> Point:
        """Where an edge to or from another point ends."""
        if self.radius:
            return towards(self.at, other, self.radius)
        dx, dy = abs(other[0] - self.at[0]), abs(other[1] - self.at[1])
        share = min(self.half_width / dx if dx else math.inf, self.half_height / dy if dy else math.inf)
        return towards(self.at, other, math.hypot(dx, dy) * min(share, 0.45))


def graph_scene(graph: Graph, style: Style) -> Scene:
    boxes = [style.present(node) for node in graph.nodes]
    circled = in_circles(graph, boxes)
    radius = max([SMALLEST_CIRCLE, *map(needed, boxes)]) if circled else 0.0
    halves = [radius if circled else half_height(box) for box in boxes]
    layout = lay_out(graph.edges, halves, ROW_GAP if circled else PLAIN_ROW_GAP, graph.columns)
    widths = [radius if circled else half_width(box) + AROUND for box in boxes]
    across = places_of_columns(layout, widths, 0.92 * style.full_width)
    nodes = [
        Node(box, (across[column], height), width, half, radius if circled and not is_dots(box) else 0.0)
        for box, column, height, width, half in zip(
            boxes, layout.columns, layout.heights, widths, halves, strict=True
        )
    ]  # fmt: skip
    labels = [Label(node.at, node.box) for node in nodes]
    shapes: list[Shape] = [*lines(graph, nodes, layout, across), *discs(graph, nodes), *labels]
    return framed(shapes, described(graph, boxes))


def in_circles(graph: Graph, boxes: Sequence[Box]) -> bool:
    """Circles round the nodes of a network; a chain of quantities, or long labels, stand without."""
    columns = lay_out(graph.edges, [0.0] * len(boxes), 1.0, graph.columns).columns
    several = any(columns.count(c) > 1 for c in set(columns))
    return several and all(needed(box) <= LARGEST_CIRCLE and not is_tall(box) for box in boxes)


def needed(box: Box) -> float:
    return 0.0 if is_dots(box) else half_width(box) + AROUND


def half_width(box: Box) -> float:
    """Half the width of a label; its fractions are small."""
    return ems(box) * (SMALL if is_tall(box) else 1.0) / 2


def half_height(box: Box) -> float:
    return 1.6 * PLAIN_HALF if is_tall(box) else PLAIN_HALF


def is_dots(box: Box) -> bool:
    return isinstance(box, Operator) and box.sign.endswith("dots")


def places_of_columns(layout: Layout, widths: Sequence[float], room: float) -> list[float]:
    """Where the columns stand: the further apart, the steeper their edges, but no wider than the page."""
    count = max(layout.columns, default=0) + 1
    columns = list(zip(widths, layout.columns, strict=True))
    half = [max((w for w, c in columns if c == at), default=0.4) for at in range(count)]
    tallest = max(layout.heights, default=0.0) - min(layout.heights, default=0.0)
    wished = min(2.0 + 0.32 * tallest, 5.5)
    free = (room - 2 * sum(half)) / max(count - 1, 1)
    gap = max(SHORTEST, min(wished, free))
    places = [half[0]]
    for a, b in pairwise(half):
        places.append(places[-1] + a + gap + b)
    return places


# ------------------------------------------------------------------------------------------------- shapes
def lines(graph: Graph, nodes: Sequence[Node], layout: Layout, across: Sequence[float]) -> Iterator[Line]:
    """The edges, those of highlighted paths last; where paths share an edge they run side by side."""
    on_ways: dict[tuple[int, int], list[int]] = {}
    for way, path in enumerate(graph.paths):
        for edge in pairwise(path):
            on_ways.setdefault(edge, []).append(way)
    for edge in layout.passing:
        if edge not in on_ways:
            yield Line(route(edge, nodes, layout, across), "edge", arrow=True)
    for edge, ways in on_ways.items():
        for k, way in enumerate(ways):
            offset = APART * (k - (len(ways) - 1) / 2)
            yield Line(route(edge, nodes, layout, across, offset), f"way-{way % WAYS + 1}", arrow=True)


def route(
    edge: tuple[int, int], nodes: Sequence[Node], layout: Layout, across: Sequence[float], offset: float = 0.0
) -> tuple[Point, ...]:
    """The points of an edge, from border to border."""
    start, end = nodes[edge[0]], nodes[edge[1]]
    first = layout.columns[edge[0]] + 1
    between = [(across[first + k], height) for k, height in enumerate(layout.passing.get(edge, ()))]
    chain = [start.at, *between, end.at]
    chain = [start.border(chain[1]), *between, end.border(chain[-2])]
    if len(chain) == 2 and offset:
        return beside(chain[0], chain[1], offset)
    return smooth([(x, y + offset) for x, y in chain])


def discs(graph: Graph, nodes: Sequence[Node]) -> Iterator[Disc]:
    marked = {node for path in graph.paths for node in path}
    for k, node in enumerate(nodes):
        if node.radius:
            yield Disc(node.at, node.radius, "marked" if k in marked else "node")


# ------------------------------------------------------------------------------------------------- words
def described(graph: Graph, boxes: Sequence[Box]) -> str:
    """The graph read aloud."""
    said = [spoken(box) for box in boxes]
    if not graph.edges:
        return f"Quantities: {', '.join(said)}."
    arrows = [" to ".join(" and ".join(said[n] for n in group) for group in pair) for pair in grouped(graph)]
    ways = [", ".join(said[n] for n in path) for path in graph.paths]
    marked = f" Highlighted: {'; '.join(ways)}." if ways else ""
    return f"A graph with arrows from {'; from '.join(arrows)}.{marked}"


def grouped(graph: Graph) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Nodes that lead to the same nodes together, in the order of the nodes, and what they lead to."""
    after: dict[int, list[int]] = {}
    for a, b in graph.edges:
        after.setdefault(a, []).append(b)
    found: dict[tuple[int, ...], list[int]] = {}
    for a in sorted(after):
        found.setdefault(tuple(sorted(set(after[a]))), []).append(a)
    return [(tuple(fro), to) for to, fro in found.items()]


def graph_text(graph: Graph, style: Style) -> list[str]:
    """Lines such as "x → a → b": what leads to what, runs of it joined, and then the highlighted paths."""
    names = [style.inline(style.present(node)) for node in graph.nodes]
    arrow = f" {style.inline(Operator('to', 'ordinary'))} "
    chains: list[list[tuple[int, ...]]] = []
    for fro, to in grouped(graph):
        chain = next((c for c in chains if c[-1] == fro), None)
        if chain is None:
            chains.append([fro, to])
        else:
            chain.append(to)
    rows = [arrow.join(listed(group, graph, names) for group in chain) for chain in chains]
    ways = [arrow.join(names[n] for n in path) for path in graph.paths]
    return [*rows, *(f"path {k}: {way}" if len(ways) > 1 else f"path: {way}" for k, way in enumerate(ways, 1))]


def listed(group: Sequence[int], graph: Graph, names: Sequence[str]) -> str:
    """The names of nodes, with the dots that stand between them."""
    touched = {node for edge in graph.edges for node in edge}
    dots = [k for k, box in enumerate(graph.nodes) if isinstance(box, Box) and is_dots(box) and k not in touched]
    between = [k for k in dots if min(group) < k < max(group)]
    return ", ".join("..." if k in between else names[k] for k in sorted([*group, *between]))
