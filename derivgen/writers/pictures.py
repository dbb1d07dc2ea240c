"""The figures of a derivation as what the templates see: a drawing, and what stands below it."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.derivation import Derivation, Graph, Surface
from derivgen.writers.graphs import graph_scene, graph_text
from derivgen.writers.scenes import Scene, fitted
from derivgen.writers.styles import Style
from derivgen.writers.views import Picture
from derivgen.writers.wording import prose


def pictures(derivation: Derivation, style: Style) -> Iterator[Picture]:
    """The figures in their order; one that cannot be drawn is left out."""
    for figure in derivation.figures:
        drawn = picture(figure, style)
        if drawn:
            yield Picture(drawn, prose(figure.caption, style))


def picture(figure: Graph | Surface, style: Style) -> str:
    """The drawing, or the lines of text that stand for it; nothing where there is nothing to show."""
    if isinstance(figure, Surface):
        return surface_picture(figure, style)
    if not figure.nodes:
        return ""
    return "\n".join(graph_text(figure, style)) if style.draw is None else drawn(graph_scene(figure, style), style)


def surface_picture(figure: Surface, style: Style) -> str:
    from derivgen.writers.surface_scene import surface_scene, surface_text  # these need NumPy, which others do not

    if style.draw is None:
        return "\n".join(surface_text(figure, style))
    scene = surface_scene(figure, style)
    return "" if scene is None else drawn(scene, style)


def drawn(scene: Scene, style: Style) -> str:
    assert style.draw is not None
    return style.draw(fitted(scene, style.full_width, style.full_height), style.inline)
