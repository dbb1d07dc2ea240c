"""Where the nodes of a graph stand: columns from left to right, rows ordered so that few edges cross.

An edge that passes over columns holds a place in each of them, so that it does not run through a node.  Nothing here
knows what a node looks like, but for its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

SWEEPS = 6
"""How often the columns are gone through, there and back."""
INNER, OUTER, PASSING = 8.0, 0.1, 0.1
"""How firmly nodes that have something before and behind them, other nodes, and the places of passing edges hold to
where they want to stand, and how much they draw their neighbours."""
PLACE_GAP = 0.55
"""Between a passing edge and what is beside it."""

Edge = tuple[int, int]


@dataclass(frozen=True)
class Layout:
    """The column and the height of each node, and for each edge the heights in the columns that it passes."""

    columns: tuple[int, ...]
    heights: tuple[float, ...]
    passing: dict[Edge, tuple[float, ...]]


def lay_out(edges: Sequence[Edge], halves: Sequence[float], gap: float, columns: Sequence[int] = ()) -> Layout:
    """A layout for nodes of half the heights ``halves``, with ``gap`` between two of a column; top rows are first."""
    count = len(halves)
    edges = [e for e in dict.fromkeys(edges) if e[0] < e[1] < count]
    column = list(columns) if len(columns) == count else columns_of(edges, count)
    net = Net(edges, column, halves, gap)
    net.order()
    heights = net.heights()
    passing = {e: tuple(heights[p] for p in places) for e, places in net.places.items()}
    return Layout(tuple(column), tuple(heights[:count]), passing)


def columns_of(edges: Sequence[Edge], count: int) -> list[int]:
    """The longest path from a source; a source itself stands just before the first node that it leads to.

    What no edge touches, such as dots, stands below the node before it.
    """
    column = [0] * count
    for b in range(count):
        column[b] = max((column[a] + 1 for a, to in edges if to == b), default=0)
    starts, ends = {a for a, _ in edges}, {b for _, b in edges}
    for a in starts - ends:
        column[a] = min(column[b] for fro, b in edges if fro == a) - 1
    for lone in range(1, count):
        if lone not in starts | ends:
            column[lone] = column[lone - 1]
    return column


class Net:
    """The nodes and the places of passing edges, column by column."""

    def __init__(self, edges: Sequence[Edge], column: Sequence[int], halves: Sequence[float], gap: float) -> None:
        self.count, self.gap = len(halves), gap
        self.halves = list(halves)
        self.places: dict[Edge, list[int]] = {}
        self.rows: list[list[int]] = [[] for _ in range(max(column, default=0) + 1)]
        for node, at in enumerate(column):
            self.rows[at].append(node)
        self.before: dict[int, list[int]] = {}
        self.after: dict[int, list[int]] = {}
        for a, b in edges:
            chain = [a, *self.held(a, b, column), b]
            for left, right in pairwise(chain):
                self.after.setdefault(left, []).append(right)
                self.before.setdefault(right, []).append(left)

    def held(self, a: int, b: int, column: Sequence[int]) -> list[int]:
        """The places that an edge holds in the columns between its ends."""
        made = []
        for at in range(column[a] + 1, column[b]):
            made.append(len(self.halves))
            self.rows[at].append(len(self.halves))
            self.halves.append(0.0)
        self.places[a, b] = made
        return made

    # -------------------------------------------------------------------------------------------- order
    def order(self) -> None:
        """Each column by the mean row of its neighbours; an order is kept only where fewer edges cross."""
        best, least = [list(r) for r in self.rows], self.crossings()
        for sweep in range(SWEEPS):
            forwards = sweep % 2 == 0
            columns = range(1, len(self.rows)) if forwards else range(len(self.rows) - 2, -1, -1)
            beside = self.before if forwards else self.after
            for at in columns:
                self.sort(at, beside, at - 1 if forwards else at + 1)
            now = self.crossings()
            if now < least:
                best, least = [list(r) for r in self.rows], now
        self.rows = best

    def sort(self, at: int, beside: dict[int, list[int]], other: int) -> None:
        """By the mean row of the neighbours in another column; what has none there stays below what it was below."""
        place = {node: k for k, node in enumerate(self.rows[other])}
        means: dict[int, float] = {}
        last = -1.0
        for node in self.rows[at]:
            rows = [place[n] for n in beside.get(node, ()) if n in place]
            last = means[node] = sum(rows) / len(rows) if rows else last
        self.rows[at].sort(key=lambda node: means[node])

    def crossings(self) -> int:
        found = 0
        for left, right in pairwise(self.rows):
            place = {node: k for k, node in enumerate(right)}
            ends = [[place[n] for n in self.after.get(node, ()) if n in place] for node in left]
            found += sum(b < a for above, below in combinations(ends, 2) for a in above for b in below)
        return found

    # ------------------------------------------------------------------------------------------- heights
    def heights(self) -> list[float]:
        """Each node as near to the mean of its neighbours as the room in its column lets it; the middle is 0."""
        height = [0.0] * len(self.halves)
        for row in self.rows:
            for node, at in zip(row, self.spread(row, [0.0] * len(row)), strict=True):
                height[node] = at
        for sweep in range(2 * SWEEPS):
            for row in self.rows if sweep % 2 == 0 else self.rows[::-1]:
                wanted = [self.mean(node, height) for node in row]
                for node, at in zip(row, self.spread(row, wanted), strict=True):
                    height[node] = at
        top, bottom = max(height, default=0.0), min(height, default=0.0)
        return [h - (top + bottom) / 2 for h in height]

    def mean(self, node: int, height: Sequence[float]) -> float:
        beside = [*self.before.get(node, ()), *self.after.get(node, ())]
        pull = [(self.weight(n), height[n]) for n in beside]
        return sum(w * h for w, h in pull) / sum(w for w, _ in pull) if pull else height[node]

    def weight(self, node: int) -> float:
        if node >= self.count:
            return PASSING
        return INNER if node in self.before and node in self.after else OUTER

    def spread(self, row: Sequence[int], wanted: Sequence[float]) -> list[float]:
        """Heights from the top down, nearest to those wanted with the distances kept (pooled neighbours)."""
        offsets = [0.0]
        for a, b in pairwise(row):
            offsets.append(offsets[-1] + self.distance(a, b))
        pools: list[tuple[float, float, int]] = []  # mean of wanted height + offset, weight, number
        for node, want, offset in zip(row, wanted, offsets, strict=False):
            weight = self.weight(node)
            pool = (want + offset, weight, 1)
            while pools and pools[-1][0] < pool[0]:
                above = pools.pop()
                weight = above[1] + pool[1]
                pool = ((above[0] * above[1] + pool[0] * pool[1]) / weight, weight, above[2] + pool[2])
            pools.append(pool)
        means = [mean for mean, _, number in pools for _ in range(number)]
        return [mean - offset for mean, offset in zip(means, offsets, strict=False)]

    def distance(self, a: int, b: int) -> float:
        between = self.gap if a < self.count and b < self.count else PLACE_GAP
        return self.halves[a] + self.halves[b] + between
