"""A picture as shapes at places: what the drawers of the formats spell.

Lengths are in ems of the text around the picture, x runs to the right and y upwards.  A shape tells its ``kind``; how
a kind looks (colour, thickness, dashes) is for the templates to say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from derivgen.notation.boxes import Box
from derivgen.records import Record
from derivgen.writers.breaking import ems

Point = tuple[float, float]

AXIS = 0.25
"""How high the middle of a formula stands above its baseline."""
HEADS = {"edge": (0.52, 0.4)}
BOLD_HEAD = (0.68, 0.54)
"""Length and width of arrow heads: those of thin lines, and of all others."""
MARGIN, LABEL_HALF, SMALL = 0.15, 0.7, 0.8
"""What is left free round a picture; half the height of a label; the size of small ones."""


class Line(Record):
    """A line through points; kind: "edge", "way-1" … "way-4", "pane", "axis", "descent", "hidden"."""

    points: tuple[Point, ...]
    kind: str
    arrow: bool = False


class Area(Record):
    """A filled polygon, from dark (shade 0) to light (shade 1)."""

    points: tuple[Point, ...]
    shade: float


class Disc(Record):
    """A circle; kind: "node", "marked" (a node on a highlighted path), "start" (a dot)."""

    at: Point
    radius: float
    kind: str


class Label(Record):
    """A formula; align: which side of it stands at the place, "center", "left" or "right"."""

    at: Point
    box: Box
    align: str = "center"
    small: bool = False


Shape = Line | Area | Disc | Label


class Scene(Record):
    """The shapes in the order of drawing, and what the picture shows in words; drawn ``scale`` times as large."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    words: str
    scale: float = 1.0


def framed(shapes: Sequence[Shape], words: str) -> Scene:
    """The shapes moved so that the picture begins at (0, 0)."""
    points = [p for shape in shapes for p in corners(shape)]
    left, bottom = (min(p[k] for p in points) - MARGIN for k in (0, 1))
    right, top = (max(p[k] for p in points) + MARGIN for k in (0, 1))
    return Scene(right - left, top - bottom, tuple(moved(s, -left, -bottom) for s in shapes), words)


def corners(shape: Shape) -> Sequence[Point]:
    """Points between which a shape lies."""
    if isinstance(shape, Line | Area):
        return shape.points
    x, y = shape.at
    if isinstance(shape, Disc):
        return [(x - shape.radius, y - shape.radius), (x + shape.radius, y + shape.radius)]
    width = ems(shape.box) * (SMALL if shape.small else 1.0)
    left = x - {"left": 0.0, "center": width / 2, "right": width}[shape.align]
    return [(left, y - LABEL_HALF), (left + width, y + LABEL_HALF)]


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    match shape:
        case Line(points) | Area(points):
            return replace(shape, points=tuple((x + dx, y + dy) for x, y in points))
        case Disc((x, y)) | Label((x, y)):
            return replace(shape, at=(x + dx, y + dy))
    raise TypeError(f"not a shape: {shape!r}")


def fitted(scene: Scene, width: float, height: float) -> Scene:
    """The scene, made smaller where it would be wider or higher than the page."""
    scale = min(1.0, width / scene.width, height / scene.height)
    return replace(scene, scale=math.floor(scale * 100) / 100)


# ------------------------------------------------------------------------------------------------- geometry
def decimal(x: float) -> str:
    """A coordinate to a hundredth, the same on every machine."""
    text = f"{x:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def towards(a: Point, b: Point, distance: float) -> Point:
    """The point at a distance from a on the way to b."""
    length = math.dist(a, b) or 1.0
    return (a[0] + (b[0] - a[0]) * distance / length, a[1] + (b[1] - a[1]) * distance / length)


def beside(a: Point, b: Point, offset: float) -> tuple[Point, Point]:
    """The line from a to b moved to its left."""
    length = math.dist(a, b) or 1.0
    dx, dy = -(b[1] - a[1]) * offset / length, (b[0] - a[0]) * offset / length
    return (a[0] + dx, a[1] + dy), (b[0] + dx, b[1] + dy)


def pointed(line: Line) -> tuple[Point, ...]:
    """The points of a line whose last piece is at least as long as its arrow head, so that the head points along it."""
    end = line.points[-1]
    length, _ = HEADS.get(line.kind, BOLD_HEAD)
    kept = [p for p in line.points[:-1] if math.dist(p, end) > length]
    return (*(kept or line.points[:1]), end)


def head(line: Line) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """The line cut short, and the arrow head at its end, for formats that have no arrows."""
    length, width = HEADS.get(line.kind, BOLD_HEAD)
    *kept, before, end = pointed(line)
    base, neck = (towards(end, before, share * length) for share in (1.0, 0.8))
    left, right = beside(base, end, width / 2)[0], beside(base, end, -width / 2)[0]
    return (*kept, before, neck), (end, left, neck, right)


def smooth(points: Sequence[Point], pieces: int = 8) -> tuple[Point, ...]:
    """A curve through the points (Catmull and Rom), itself as a line through close points."""
    if len(points) < 3:
        return tuple(points)
    padded = [points[0], *points, points[-1]]
    out = [points[0]]
    for p, a, b, q in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        out += [catmull_rom(p, a, b, q, n / pieces) for n in range(1, pieces + 1)]
    return tuple(out)


def catmull_rom(p: Point, a: Point, b: Point, q: Point, t: float) -> Point:
    def along(k: int) -> float:
        return 0.5 * (
            2 * a[k]
            + (b[k] - p[k]) * t
            + (2 * p[k] - 5 * a[k] + 4 * b[k] - q[k]) * t * t
            + (3 * a[k] - p[k] - 3 * b[k] + q[k]) * t**3
        )

    return along(0), along(1)
