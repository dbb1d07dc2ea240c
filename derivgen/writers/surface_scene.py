"""A surface in space as a scene: seen from the side from which most of the way is seen, far cells drawn first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from derivgen.derivation import Surface
from derivgen.notation.boxes import Box, Digits, Operator, RowOf, Scripts
from derivgen.notation.speech import spoken
from derivgen.terms.nodes import Named
from derivgen.writers.breaking import ems
from derivgen.writers.scenes import Area, Disc, Label, Line, Point, Scene, Shape, framed
from derivgen.writers.styles import Style
from derivgen.writers.surfaces import CELLS, Place, Relief, relief

SIZE, TALL = 6.0, 1.15
"""Half a side of the square in ems; the height of the box in halves of a side."""
ELEVATION = math.radians(27)
DIRECTIONS = tuple(map(math.radians, (-60, -30, 30, 60, 120, 150, -150, -120)))
"""From where the surface may be looked at; the first is taken where others show no more of the way."""
LIGHT = (-0.35, -0.45, 0.82)
LOW, RISE, LAMBERT = 0.08, 0.5, 0.42
"""How light a cell is at the lowest point and in the shade; what height and light add."""
TICKS, CROWDED = 5, 0.6
NAME_WIDTH = 5.0
"""The widest formula that may stand at the axis of the heights."""
ABOVE = 0.02
"""By how much the surface must stand above a line of sight to hide what lies behind."""


@dataclass(frozen=True)
class View:
    """A relief seen from a direction; space has u and v from -1 to 1 and w from 0 to TALL."""

    relief: Relief
    direction: float

    def space(self, place: Place) -> Place:
        r, (low, high) = self.relief, self.relief.span
        x, y, z = place
        return (x - r.middle[0]) / r.half, (y - r.middle[1]) / r.half, TALL * (z - low) / (high - low)

    def flat(self, place: Place) -> Point:
        """A place of space on the paper, in ems."""
        u, v, w = place
        sine, cosine = math.sin(self.direction), math.cos(self.direction)
        across = -u * sine + v * cosine
        up = math.cos(ELEVATION) * w - math.sin(ELEVATION) * (u * cosine + v * sine)
        return SIZE * across, SIZE * up

    @property
    def towards(self) -> Place:
        """The direction to the eye."""
        level = math.cos(ELEVATION)
        return level * math.cos(self.direction), level * math.sin(self.direction), math.sin(ELEVATION)

    @property
    def near(self) -> tuple[float, float]:
        """The signs of u and v at the corner next to the eye."""
        return math.copysign(1, math.cos(self.direction)), math.copysign(1, math.sin(self.direction))

    def node(self, i: int, j: int) -> Place:
        low, high = self.relief.span
        w = TALL * (float(self.relief.heights[i, j]) - low) / (high - low)
        return 2 * i / CELLS - 1, 2 * j / CELLS - 1, w

    def ground(self, u: float, v: float) -> float:
        """The height of the surface at a place, between the nodes round it."""
        a, b = (u + 1) / 2 * CELLS, (v + 1) / 2 * CELLS
        i, j = min(int(a), CELLS - 1), min(int(b), CELLS - 1)
        s, t = a - i, b - j
        rows = [self.node(i + k, j)[2] * (1 - t) + self.node(i + k, j + 1)[2] * t for k in (0, 1)]
        return rows[0] * (1 - s) + rows[1] * s

    def sees(self, place: Place) -> bool:
        """Whether nothing of the surface stands between a place on it and the eye."""
        u, v, w = place
        du, dv, dw = self.towards
        for k in range(1, 4 * CELLS):
            t = k / CELLS
            if max(abs(u + t * du), abs(v + t * dv)) > 1:
                return True
            if self.ground(u + t * du, v + t * dv) > w + t * dw + ABOVE:
                return False
        return True


def surface_scene(surface: Surface, style: Style) -> Scene | None:
    found = relief(surface)
    if found is None:
        return None
    view = best_view(found)
    name = style.present(surface.height)
    names = [*map(style.present, surface.variables), name if fits_axis(surface, name) else None]
    shapes: list[Shape] = [*panes(view), *cells(view), *axes(view, names), *way(view)]
    return framed(shapes, described(surface, found, style))


def fits_axis(surface: Surface, name: Box) -> bool:
    return isinstance(surface.height, Named) or ems(name) <= NAME_WIDTH


def best_view(found: Relief) -> View:
    """The direction from which most of the way is seen."""
    views = [View(found, direction) for direction in DIRECTIONS]
    seen = [sum(view.sees(view.space(p)) for p in found.way) for view in views]
    most = max(seen)
    return next(view for view, count in zip(views, seen, strict=True) if count >= 0.97 * most)


# ------------------------------------------------------------------------------------------------- box and axes
def ticks(low: float, high: float) -> list[float]:
    """Round numbers in a range, at most TICKS of them."""
    power = 10.0 ** (math.floor(math.log10(high - low)) - 1)
    steps = (s * power for s in (1, 2, 2.5, 5, 10, 20, 25, 50, 100))
    step = next(s for s in steps if math.floor(high / s + 1e-9) - math.ceil(low / s - 1e-9) < TICKS)
    return [k * step for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def ranges(view: View) -> list[tuple[float, float]]:
    r = view.relief
    return [*((m - r.half, m + r.half) for m in r.middle), r.span]


def panes(view: View) -> Iterator[Line]:
    """The floor and the two walls behind, with a line at each tick."""
    (u, v), r = view.near, view.relief
    xs, ys, zs = (ticks(*bounds) for bounds in ranges(view))
    us, vs = ([(t - m) / r.half for t in along] for along, m in zip((xs, ys), r.middle, strict=True))
    ws = [view.space((0, 0, z))[2] for z in zs]
    strokes = [((a, -1.0, 0.0), (a, 1.0, 0.0)) for a in us] + [((-1.0, b, 0.0), (1.0, b, 0.0)) for b in vs]
    strokes += [((a, -v, 0.0), (a, -v, TALL)) for a in us] + [((-u, b, 0.0), (-u, b, TALL)) for b in vs]
    for w in (*ws, TALL):
        strokes += [((-1.0, -v, w), (1.0, -v, w)), ((-u, -1.0, w), (-u, 1.0, w))]
    strokes += [((-u, -v, 0.0), (-u, -v, TALL))]
    for a, b in strokes:
        yield Line((view.flat(a), view.flat(b)), "pane")


def axes(view: View, names: Sequence[Box | None]) -> Iterator[Shape]:
    """The edges in front with their ticks, numbers and names."""
    u, v = view.near
    edges = [((-1.0, v, 0.0), (1.0, v, 0.0)), ((u, -1.0, 0.0), (u, 1.0, 0.0))]
    left = min([(u, -v), (-u, v)], key=lambda corner: view.flat((*corner, 0.0))[0])
    edges.append(((*left, 0.0), (*left, TALL)))
    shared = view.flat((u, v, 0.0))
    for (start, end), bounds, name in zip(edges, ranges(view), names, strict=True):
        yield from axis(view.flat(start), view.flat(end), bounds, name, shared)


def axis(start: Point, end: Point, bounds: tuple[float, float], name: Box | None, shared: Point) -> Iterator[Shape]:
    """An axis from its lowest to its highest value; what is written stands on the side away from the middle.

    At the corner that it shares with another axis there is no number, which would run into that of the other.
    """
    upright = abs(end[0] - start[0]) < 1e-6
    yield Line((start, end), "axis")
    outward = (-1.0, 0.0) if upright else unit((end[1] - start[1], start[0] - end[0]))
    for value in ticks(*bounds):
        share = (value - bounds[0]) / (bounds[1] - bounds[0])
        at = (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
        yield Line((at, shifted(at, outward, 0.3)), "axis")
        align = "right" if upright else "left" if outward[0] > 0.5 else "right" if outward[0] < -0.5 else "center"
        if math.dist(at, shared) > CROWDED:
            yield Label(shifted(at, outward, 0.5 if upright else 0.75), number(value), align, small=True)
    if name is not None:
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        yield Label(shifted(end, (0, 1), 1.2) if upright else shifted(middle, outward, 2.4), name)


def unit(direction: Point) -> Point:
    """The direction of length one that points down the page."""
    length = math.hypot(*direction) or 1.0
    sign = -1.0 if direction[1] > 0 else 1.0
    return sign * direction[0] / length, sign * direction[1] / length


def shifted(point: Point, direction: Point, distance: float) -> Point:
    return point[0] + distance * direction[0], point[1] + distance * direction[1]


def number(value: float) -> Box:
    text = plain_number(value)
    sign = (Operator("-", "prefix"),) if text.startswith("-") else ()
    digits, _, power = text.lstrip("-").partition("e")
    ten = (Operator("cdot"), Scripts(Digits("10"), None, Digits(str(int(power))))) if power else ()
    return RowOf((*sign, Digits(digits), *ten))


def plain_number(value: float) -> str:
    return "0" if value == 0 else f"{value:.6g}"


# ------------------------------------------------------------------------------------------------- the surface
def cells(view: View) -> Iterator[Area]:
    """The cells, those far from the eye first."""
    found = []
    du, dv, _ = view.towards
    for i, j in product(range(CELLS), repeat=2):
        corners = [view.node(i + a, j + b) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
        depth = sum(u * du + v * dv for u, v, _ in corners)
        found.append((round(depth, 6), i, j, corners))
    for *_, corners in sorted(found):
        yield Area(tuple(map(view.flat, corners)), lightness(corners))


def lightness(corners: Sequence[Place]) -> float:
    """Light where the surface is high and where it is turned to the light."""
    (a, b, c, d) = corners
    p, q = ([y - x for x, y in zip(ends[0], ends[1], strict=True)] for ends in ((a, c), (b, d)))
    normal = (p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0])
    length = math.hypot(*normal) or 1.0
    lit = abs(sum(n * x for n, x in zip(normal, LIGHT, strict=True))) / length
    high = sum(w for *_, w in corners) / (4 * TALL)
    return round(min(1.0, LOW + RISE * high + LAMBERT * lit), 2)


def way(view: View) -> Iterator[Shape]:
    """The way over the surface, broken where it is behind it, with a dot where it starts and an arrow where it ends."""
    places = [view.space(p) for p in view.relief.way]
    seen = [view.sees(p) for p in places]
    runs = [[k for k, _ in run] for _, run in groupby(enumerate(seen), key=lambda item: item[1])]
    for run in runs:
        last = run[-1] == len(places) - 1
        points = [view.flat(places[k]) for k in (*run, *([] if last else [run[-1] + 1]))]
        if len(points) > 1:
            yield Line(tuple(points), "descent" if seen[run[0]] else "hidden", arrow=last)
    yield Disc(view.flat(places[0]), 0.3, "start")


# ------------------------------------------------------------------------------------------------- words
def described(surface: Surface, found: Relief, style: Style) -> str:
    """The picture read aloud."""
    x, y = (spoken(style.present(v)) for v in surface.variables)
    (x0, y0), half = found.middle, found.half
    over = [f"{name} from {plain_number(m - half)} to {plain_number(m + half)}" for name, m in ((x, x0), (y, y0))]
    ends = (found.way[0], found.way[-1])
    start, end = (f"({brief(a)}, {brief(b)}) at height {brief(c)}" for a, b, c in ends)
    kind = "descent" if surface.down else "ascent"
    return f"The graph as a surface over {' and '.join(over)}. The line of steepest {kind} leads from {start} to {end}."


def surface_text(surface: Surface, style: Style) -> list[str]:
    """Points of the way with their heights, as a line each."""
    found = relief(surface)
    if found is None or len(found.way) < 2:
        return []
    last = len(found.way) - 1
    chosen = [found.way[round(k * last / 4)] for k in range(5)]
    arrow = f" {style.inline(Operator('to', 'ordinary'))} "
    points = arrow.join(f"({brief(x)}, {brief(y)})" for x, y, _ in chosen)
    heights = arrow.join(brief(z) for *_, z in chosen)
    return [style.words(f"path: {points}"), style.words(f"height: {heights}")]


def brief(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "\N{MINUS SIGN}")
