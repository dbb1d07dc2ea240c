"""Pictures: where nodes stand, what the scenes hold, and how the formats draw them."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from derivgen.derivation import Graph, Surface
from derivgen.face import solve
from derivgen.notation.boxes import Words
from derivgen.terms.nodes import Fn, Num, Plus, Pow, Sym, Times
from derivgen.writers.formats import write
from derivgen.writers.graph_layout import columns_of, lay_out
from derivgen.writers.graphs import graph_scene
from derivgen.writers.notebook import notebook_html
from derivgen.writers.scenes import Area, Disc, Label, Line, Scene, decimal, fitted, head
from derivgen.writers.styles import html_style, latex_style, typst_style
from derivgen.writers.surface_scene import DIRECTIONS, View, best_view, surface_scene, ticks
from derivgen.writers.surfaces import heights_over, relief, squares

from . import examples, figured
from .figured import BOWL, HILL, SADDLE, square, x, y
from .test_documents import HOSTILE, Balance

DRAWN = ("latex", "typst", "html")


def shown(solution: Any, to: str, **options: Any) -> str:
    out = write(solution, to, **options)
    assert isinstance(out, str)
    return out


def scene_of(figure: Graph | Surface) -> Scene:
    style = latex_style()
    made = graph_scene(figure, style) if isinstance(figure, Graph) else surface_scene(figure, style)
    assert made is not None
    return made


# ------------------------------------------------------------------------------------------------- layout
def test_columns_are_longest_paths_and_sources_stand_beside_what_they_feed() -> None:
    # x, M -> u -> a; a, N -> v; the source N stands beside a.
    assert columns_of([(0, 2), (1, 2), (2, 3), (3, 5), (4, 5)], 6) == [0, 0, 1, 2, 2, 3]


def test_what_no_edge_touches_stands_in_the_column_of_the_node_before_it() -> None:
    assert columns_of([(0, 1), (0, 2), (0, 4)], 5) == [0, 1, 1, 1, 1]
    layout = lay_out(figured.dotted().edges, [1.0] * 6, 0.5)
    ys = [layout.heights[k] for k in (1, 2, 3, 4)]
    assert ys == sorted(ys, reverse=True), "the dots stay between y_2 and y_r"


def test_given_columns_are_kept() -> None:
    assert lay_out([(0, 1)], [1.0, 1.0], 0.5, (0, 3)).columns == (0, 3)


def test_an_order_with_fewer_crossings_is_found() -> None:
    edges = [(k, 7 - k) for k in range(4)]  # each of four leads to the opposite one
    layout = lay_out(edges, [1.0] * 8, 0.5)
    for (a, p), (b, q) in combinations(edges, 2):
        above, below = layout.heights[a] > layout.heights[b], layout.heights[p] > layout.heights[q]
        assert above == below, "no two edges cross"


def test_the_order_of_the_nodes_is_kept_where_nothing_is_gained() -> None:
    layout = lay_out(figured.network().edges, [1.0] * 13, 0.5)
    for column in set(layout.columns):
        heights = [h for h, c in zip(layout.heights, layout.columns, strict=True) if c == column]
        assert heights == sorted(heights, reverse=True)


def test_nodes_of_a_column_keep_their_distance() -> None:
    halves = [1.0, 0.5, 2.0, 1.0, 1.0]
    layout = lay_out([(0, 3), (1, 3), (2, 4)], halves, 0.5)
    for a, b in combinations(range(5), 2):
        if layout.columns[a] == layout.columns[b]:
            assert abs(layout.heights[a] - layout.heights[b]) >= halves[a] + halves[b] + 0.5 - 1e-9


def test_an_edge_over_a_column_passes_beside_its_nodes() -> None:
    layout = lay_out([(0, 1), (1, 2), (0, 2)], [0.7] * 3, 0.5)
    (passed,) = layout.passing[0, 2]
    assert abs(passed - layout.heights[1]) > 0.7


def test_what_leads_on_stays_on_one_level() -> None:
    edges = [(0, 2), (1, 2), (2, 3), (3, 5), (4, 5), (5, 6)]
    layout = lay_out(edges, [1.0] * 7, 0.5)
    spine = [layout.heights[k] for k in (2, 3, 5, 6)]
    assert max(spine) - min(spine) < 0.2


# ------------------------------------------------------------------------------------------------- scenes
GRAPHS = [f for f in figured.FIGURES if isinstance(f, Graph)]


@pytest.mark.parametrize("graph", GRAPHS)
def test_everything_lies_within_the_picture(graph: Graph) -> None:
    scene = scene_of(graph)
    for shape in scene.shapes:
        points = shape.points if isinstance(shape, Line | Area) else [shape.at]
        assert all(-0.01 <= px <= scene.width + 0.01 and -0.01 <= py <= scene.height + 0.01 for px, py in points)


@pytest.mark.parametrize("graph", GRAPHS)
def test_edges_end_at_the_borders_of_circles(graph: Graph) -> None:
    scene = scene_of(graph)
    discs = [s for s in scene.shapes if isinstance(s, Disc)]
    for line in (s for s in scene.shapes if isinstance(s, Line)):
        for p in line.points:
            assert all(math.dist(p, d.at) >= d.radius - 0.06 for d in discs)
        assert not discs or all(
            min(abs(math.dist(p, d.at) - d.radius) for d in discs) < 0.12 for p in (line.points[0], line.points[-1])
        )


def test_circles_of_a_network_do_not_touch() -> None:
    discs = [s for s in scene_of(figured.network()).shapes if isinstance(s, Disc)]
    assert len(discs) == 13
    assert all(math.dist(a.at, b.at) > a.radius + b.radius + 0.5 for a, b in combinations(discs, 2))


def test_a_chain_stands_without_circles_on_one_line() -> None:
    scene = scene_of(figured.chain())
    assert not any(isinstance(s, Disc) for s in scene.shapes)
    assert len({round(s.at[1], 6) for s in scene.shapes if isinstance(s, Label)}) == 1


def test_paths_differ_and_run_side_by_side_where_they_share_an_edge() -> None:
    ways = [s for s in scene_of(figured.network()).shapes if isinstance(s, Line) and s.kind.startswith("way")]
    assert sorted(s.kind for s in ways) == ["way-1"] * 3 + ["way-2"] * 3
    first, second = (
        max((s for s in ways if s.kind == kind), key=lambda s: s.points[0][0]) for kind in ("way-1", "way-2")
    )
    assert first.points[0][0] == pytest.approx(second.points[0][0])
    assert abs(first.points[0][1] - second.points[0][1]) > 0.3


def test_a_picture_is_never_wider_or_higher_than_the_page() -> None:
    long = Graph(tuple(figured.scalar("h", k) for k in range(40)), tuple(pairwise(range(40))))
    tall = Graph(tuple(figured.scalar("x", k) for k in range(41)), tuple((k, 40) for k in range(40)))
    for style in (latex_style(), typst_style(), html_style()):
        for graph in (long, tall):
            scene = fitted(graph_scene(graph, style), style.full_width, style.full_height)
            assert scene.scale < 1 and scene.width * scene.scale <= style.full_width
            assert scene.height * scene.scale <= style.full_height


def test_a_picture_is_told_in_words_for_those_who_do_not_see_it() -> None:
    words = scene_of(figured.network()).words
    assert words.startswith("A graph with arrows from x sub 1 and x sub 2 and")
    assert words.endswith("Highlighted: a sub 2, b sub 1, y hat, ell; a sub 2, b sub 2, y hat, ell.")


def test_an_arrow_head_points_along_the_last_long_piece() -> None:
    line = Line(((0, 0), (5, 0), (5, 0.01)), "way-1", arrow=True)
    kept, tip = head(line)
    assert kept[-1][0] < 5 and tip[0] == (5, 0.01) and all(abs(py) < 0.5 for _, py in tip)


def test_coordinates_have_two_decimals_and_no_negative_zero() -> None:
    assert [decimal(v) for v in (1.0, 0.126, -0.001, 2.5, -3.10)] == ["1", "0.13", "0", "2.5", "-3.1"]


# ------------------------------------------------------------------------------------------------- surfaces
def test_heights_are_those_of_the_function() -> None:
    found = heights_over(figured.saddle(), (0.5, -1.0), 2.0)
    assert found is not None
    side = np.linspace(-2, 2, found.shape[0])
    expected = (0.5 + side[:, None]) ** 2 - 3 * (-1.0 + side[None, :]) ** 2
    assert np.allclose(found, expected)


def test_the_way_down_a_bowl_is_straight_and_ends_at_the_bottom() -> None:
    found = relief(Surface(BOWL, (x, y), (-2.0, 2.0)))
    assert found is not None and (found.middle, found.half) == ((0.0, 0.0), 3.0)
    assert all(px == pytest.approx(-py) for px, py, _ in found.way)
    assert found.way[0] == (-2.0, 2.0, 8.0) and found.way[-1][2] < 1e-3
    assert all(a[2] > b[2] for a, b in pairwise(found.way))


def test_the_way_up_a_hill_rises_to_the_top() -> None:
    found = relief(Surface(HILL, (x, y), (1.2, -0.4), down=False))
    assert found is not None and found.way[-1][2] == pytest.approx(1.0, abs=1e-3)


def test_each_step_of_the_way_goes_along_the_gradient() -> None:
    found = relief(figured.saddle())
    other = relief(Surface(SADDLE, (x, y), (-1.0, 0.3)))
    assert found is not None and other is not None
    assert all(py == 0 for _, py, _ in found.way) and found.way[-1][0] == pytest.approx(0, abs=0.05)
    for (ax, ay, _), (bx, by, _) in pairwise(other.way[:30]):
        slope = np.array([2 * ax, -6 * ay])
        assert np.dot(-slope / np.linalg.norm(slope), [bx - ax, by - ay]) == pytest.approx(math.hypot(bx - ax, by - ay))


def test_a_square_without_values_gives_way_to_one_round_the_start() -> None:
    found = relief(Surface(Fn("log", Times(x, y)), (x, y), (2.0, 1.0)))
    assert found is not None and found.middle == (2.0, 1.0) and np.isfinite(found.heights).all()


def test_a_function_without_values_has_no_picture() -> None:
    nowhere = Surface(Fn("log", Plus(Num(-1), Times(Num(-1), square(x)))), (x, y), (1.0, 1.0))
    assert relief(nowhere) is None
    for to in ("text", *DRAWN):
        assert "tikzpicture" not in shown(figured.pictured(nowhere), to)


def test_a_start_at_a_pole_has_no_picture() -> None:
    pole = Surface(Pow(Plus(square(x), square(y)), Num(-1)), (x, y), (0.0, 0.0))
    assert relief(pole) is None and "nan" not in shown(figured.pictured(pole), "typst").partition("scene")[2]


def test_the_first_square_has_round_sides() -> None:
    assert [next(squares(start))[1] for start in ((1.0, 0.0), (-2.0, 2.0), (0.3, 0.1), (0.0, 0.0), (50.0, 1.0))] == [
        1.5,
        3,
        0.5,
        1.5,
        80,
    ]


def test_ticks_are_round_and_few() -> None:
    assert ticks(-1.5, 1.5) == [-1, 0, 1]
    assert ticks(0, 18) == [0, 5, 10, 15]
    for low, high in ((-0.013, 0.02), (3.2, 7.9), (-80000, 10000), (0, 1)):
        found = ticks(low, high)
        assert 2 <= len(found) <= 5 and all(low - 1e-9 <= t <= high + 1e-9 for t in found)


def test_the_surface_is_looked_at_from_where_the_way_is_seen() -> None:
    ridge = relief(Surface(Times(Num(-1), square(Plus(x, Times(Num(-1), y)))), (x, y), (0.2, -0.2)))
    assert ridge is not None
    best = best_view(ridge)
    seen = [sum(View(ridge, d).sees(View(ridge, d).space(p)) for p in ridge.way) for d in DIRECTIONS]
    assert sum(best.sees(best.space(p)) for p in ridge.way) >= 0.97 * max(seen)


def test_far_cells_are_drawn_before_near_ones() -> None:
    scene = scene_of(figured.saddle())
    areas = [s for s in scene.shapes if isinstance(s, Area)]
    assert len(areas) == 22 * 22 and all(0 <= a.shade <= 1 for a in areas)
    order = [type(s) for s in scene.shapes]
    assert order[-1] is Disc and order.index(Area) > order.index(Line), "panes first, the start last"


# ------------------------------------------------------------------------------------------------- the formats
def test_tikz_is_loaded_only_for_a_picture() -> None:
    assert r"\usepackage{tikz}" not in shown(examples.bilinear(), "latex")
    assert shown(figured.pictured(), "latex").count(r"\usepackage{tikz}") == 1
    assert ".scene" not in shown(examples.bilinear(), "html") and "#let scene" not in shown(
        examples.bilinear(), "typst"
    )


@pytest.mark.parametrize("to", DRAWN)
def test_a_picture_stands_before_the_lines_with_its_caption(to: str) -> None:
    out = shown(figured.solution(figured.derivation(figures=(figured.chain(),))), to)
    mark = {"latex": r"\begin{tikzpicture}", "typst": "#scene(", "html": 'role="img"'}[to]
    places = [out.index(words) for words in ("so in denominator layout", mark, " on.", "products written as sums")]
    assert places == sorted(places)


@pytest.mark.parametrize("to", ("text", *DRAWN))
def test_the_same_bytes_each_time(to: str) -> None:
    assert shown(figured.pictured(), to) == shown(figured.pictured(), to)


def test_pictures_in_words() -> None:
    out = unicodedata.normalize("NFC", shown(figured.pictured(), "text"))
    for row in (
        "    x → u → a → ŷ → ℓ\n    path: u → a → ŷ → ℓ\n    From u on.\n",
        "    x₁, x₂, x₃, x₄, x₅ → a₁, a₂, a₃, a₄ → b₁, b₂ → ŷ → ℓ\n    path 1: a₂ → b₁ → ŷ → ℓ\n    path 2: a₂ → b₂ → ŷ → ℓ\n",
        "    xᵢ → y₁, y₂, ..., yᵣ → zⱼ\n",
        "    path: (−1, 0) → (−0.75, 0) → (−0.5, 0) → (−0.25, 0) → (0, 0)\n    height: 1 → 0.56 → 0.25 → 0.06 → 0\n",
    ):
        assert unicodedata.normalize("NFC", row) in out
    assert shown(figured.pictured(), "text", ascii=True).isascii()


def test_html_pictures_are_balanced_and_have_alternative_texts() -> None:
    out = shown(figured.pictured(), "html")
    parser = Balance()
    parser.feed(out)
    assert parser.stack == [] and {"svg", "figure", "figcaption"} <= parser.seen
    assert out.count('role="img" aria-label="') == len(figured.FIGURES)
    notebook = Balance()
    notebook.feed(notebook_html(figured.pictured().derivations[1]))
    assert notebook.stack == [] and "svg" in notebook.seen


def test_the_steepest_way_of_a_problem_is_drawn() -> None:
    text = r"A slope has the height $h(x,y)=x^2-3y^2$ at $(x,y)$. The position is $(x,y)=(-1,0)$. In which direction does the ground fall most steeply?"
    assert r"\draw[line descent, bold arrow]" in shown(solve(text), "latex")


def test_typst_draws_all_pictures() -> None:
    made = write(figured.pictured(), "pdf")
    assert isinstance(made, bytes) and made.startswith(b"%PDF-") and made == write(figured.pictured(), "pdf")


@pytest.mark.tex
@pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
def test_tex_draws_all_pictures(program: str, tmp_path: Path) -> None:
    (tmp_path / "page.tex").write_text(shown(figured.pictured(), "latex"), encoding="utf-8")
    path = shutil.which(program)
    assert path
    command = [path, "-interaction=batchmode", "-halt-on-error", "-no-shell-escape", "page.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
    log = (tmp_path / "page.log").read_text(errors="replace")
    assert done.returncode == 0, log[-2000:]
    assert "Missing character" not in log and not re.search(r"Overfull \\hbox \((\d{2,})", log)


HOSTILE_GRAPH = Graph(
    (Words(HOSTILE), Sym(examples.a.name), Words("$\\input{x}$<b>")), ((0, 1), (1, 2)), ((0, 1),), (HOSTILE,)
)


@pytest.mark.parametrize("to", ("text", *DRAWN))
def test_words_of_the_user_in_a_picture_are_only_shown(to: str) -> None:
    out = shown(figured.pictured(HOSTILE_GRAPH), to)
    if to == "latex":
        assert r"\input{" not in out and out.count(r"\end{document}") == 1
    if to == "html":
        assert "<script>" not in out and "<b>" not in out


def test_typst_sets_hostile_words_in_a_picture() -> None:
    assert str(write(figured.pictured(replace(HOSTILE_GRAPH, nodes=HOSTILE_GRAPH.nodes)), "pdf")[:5]) == "b'%PDF-'"


@pytest.mark.browser
def test_the_browser_draws_the_pictures(tmp_path: Path) -> None:
    page, picture = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text(shown(figured.pictured(), "html"), encoding="utf-8")
    browser = shutil.which("chromium")
    assert browser
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--screenshot={picture}",
        "--window-size=1000,1800",
        page.as_uri(),
    ]
    subprocess.run(command, capture_output=True, timeout=60, check=True, cwd=tmp_path)
    assert picture.stat().st_size > 60_000
