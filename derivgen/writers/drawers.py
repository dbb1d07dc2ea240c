"""Scenes spelt as TikZ, as a call of the Typst template, and as SVG with MathML over it.

Coordinates are in ems.  What a kind of line or disc looks like stands in the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from derivgen.notation.boxes import Box
from derivgen.writers.escapes import typst_string
from derivgen.writers.scenes import (
    AXIS,
    HEADS,
    SMALL,
    Area,
    Disc,
    Label,
    Line,
    Point,
    Scene,
    Shape,
    decimal,
    head,
    pointed,
)

Spell = Callable[[Box], str]


# ------------------------------------------------------------------------------------------------- TikZ
def tikz(scene: Scene, inline: Spell) -> str:
    """A ``tikzpicture``, scaled where it would be too large."""
    rows = [f"  {tikz_shape(shape, inline)}" for shape in scene.shapes]
    body = "\n".join([r"\begin{tikzpicture}[x=1em,y=1em]", *rows, r"\end{tikzpicture}"])
    return body if scene.scale == 1 else f"\\scalebox{{{decimal(scene.scale)}}}{{{body}}}"


def tikz_shape(shape: Shape, inline: Spell) -> str:
    match shape:
        case Line(points, kind, arrow):
            tip = f", {'thin' if kind in HEADS else 'bold'} arrow" if arrow else ""
            places = " -- ".join(map(pair, pointed(shape) if arrow else points))
            return rf"\draw[line {kind}{tip}] {places};"
        case Area(points, shade):
            mix = f"areafar!{round(100 * shade)}!areanear"
            return rf"\filldraw[area, fill={mix}] {' -- '.join(map(pair, points))} -- cycle;"
        case Disc(at, radius, kind):
            return rf"\filldraw[disc {kind}] {pair(at)} circle[radius={decimal(radius)}];"
        case Label((x, y), box, align, small):
            anchor = {"center": "base", "left": "base west", "right": "base east"}[align]
            font = r", font=\footnotesize" if small else ""
            return rf"\node[anchor={anchor}, inner sep=0pt{font}] at {pair((x, y - AXIS))} {{{inline(box)}}};"
    raise TypeError(f"not a shape: {shape!r}")


def pair(point: Point) -> str:
    return f"({decimal(point[0])},{decimal(point[1])})"


# ------------------------------------------------------------------------------------------------- Typst
def typst_scene(scene: Scene, inline: Spell) -> str:
    """A call of the function ``scene`` of the template; y runs downwards."""
    rows = [f"  ({typst_shape(shape, scene.height, inline)})," for shape in scene.shapes]
    size = ", ".join(map(decimal, (scene.width, scene.height, scene.scale)))
    return "\n".join([f"#scene({size}, {typst_string(scene.words)},", *rows, ")"])


def typst_shape(shape: Shape, height: float, inline: Spell) -> str:
    def places(points: Iterable[Point]) -> str:
        return f"({', '.join(f'({decimal(x)}, {decimal(height - y)})' for x, y in points)})"

    match shape:
        case Line(_, kind, True):
            kept, tip = head(shape)
            return f'"line", "{kind}", {places(kept)}, {places(tip)}'
        case Line(points, kind):
            return f'"line", "{kind}", {places(points)}, ()'
        case Area(points, shade):
            return f'"area", {round(100 * shade)}, {places(points)}'
        case Disc((x, y), radius, kind):
            return f'"disc", "{kind}", {decimal(x)}, {decimal(height - y)}, {decimal(radius)}'
        case Label((x, y), box, align, small):
            size = SMALL if small else 1
            return f'"label", {align}, {size}, {decimal(x)}, {decimal(height - y + AXIS * size)}, [{inline(box)}]'
    raise TypeError(f"not a shape: {shape!r}")


# ------------------------------------------------------------------------------------------------- SVG
def svg(scene: Scene, inline: Spell) -> str:
    """An element of the role of an image: lines and areas as SVG, the formulas in their places over it."""
    width, height = decimal(scene.width), decimal(scene.height)
    drawn = "".join(piece for shape in scene.shapes for piece in svg_shape(shape, scene.height))
    labels = "".join(svg_label(s, scene.height, inline) for s in scene.shapes if isinstance(s, Label))
    # Where the window is narrower than the picture, its em shrinks, and with it everything in the picture.
    em = f"font-size:min({decimal(scene.scale)}em,calc((100vw - 3rem)/{width}))"
    size = f"{em};width:{width}em;height:{height}em"
    return (
        f'<div class="scene" role="img" aria-label="{escape(scene.words)}" style="{size}">'
        f'<svg viewBox="0 0 {width} {height}" aria-hidden="true">{drawn}</svg>{labels}</div>'
    )


def svg_shape(shape: Shape, height: float) -> Iterator[str]:
    def places(points: Iterable[Point]) -> str:
        return " ".join(f"{decimal(x)},{decimal(height - y)}" for x, y in points)

    match shape:
        case Line(_, kind, True):
            kept, tip = head(shape)
            yield f'<polyline class="line {kind}" points="{places(kept)}"/>'
            yield f'<polygon class="tip {kind}" points="{places(tip)}"/>'
        case Line(points, kind):
            yield f'<polyline class="line {kind}" points="{places(points)}"/>'
        case Area(points, shade):
            yield f'<polygon class="area" style="--shade:{round(100 * shade)}%" points="{places(points)}"/>'
        case Disc((x, y), radius, kind):
            centre = f'cx="{decimal(x)}" cy="{decimal(height - y)}"'
            yield f'<circle class="disc {kind}" {centre} r="{decimal(radius)}"/>'


def svg_label(label: Label, height: float, inline: Spell) -> str:
    x, y = label.at
    size = SMALL if label.small else 1.0
    place = f"left:{decimal(x / size)}em;top:{decimal((height - y) / size)}em"
    small = " small" if label.small else ""
    return f'<span class="label {label.align}{small}" style="{place}">{inline(label.box)}</span>'
