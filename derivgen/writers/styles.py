"""How a format spells words and formulas, and how wide its rows may be: one function for each format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from derivgen.notation.boxes import Box, Fraction, RowOf, Words
from derivgen.notation.pieces import Notation, is_tall
from derivgen.notation.present import DEFAULT, present
from derivgen.tasks import Cited
from derivgen.terms.nodes import Idx, Term
from derivgen.writers.breaking import Measure, broken, ems
from derivgen.writers.drawers import svg, tikz, typst_scene
from derivgen.writers.escapes import ascii_words, latex_words, plain, typst_string, typst_words
from derivgen.writers.roles import COLUMN, ROW, SUMMED
from derivgen.writers.scenes import Scene

TOUCHING = re.compile(r"([(\[]*)<math.*?</math>((?:[)\].,;:?!]|-\w+)*)", re.DOTALL)
LATEX_ROLES = {ROW: r"\rowindex", COLUMN: r"\columnindex", SUMMED: r"\summedindex"}
TYPST_ROLES = {ROW: "rowindex", COLUMN: "columnindex", SUMMED: "summedindex"}
"""What the templates call the looks of index letters."""
LEAST_SIZE = 0.55
"""No formula is set smaller than this."""
Spell = Callable[[str], str]
Set = Callable[[Box], str]


@dataclass(frozen=True)
class Style:
    """Widths are in the unit of ``measure``: of left sides, of whole lines without reason, of the whole page."""

    words: Spell
    inline: Set
    display: Set
    left_width: float
    line_width: float
    full_width: float
    measure: Measure = ems
    fold_depth: int = 0
    """How deep the substeps are given for the reader to unfold."""
    reasons: tuple[float, float] = (12.0, 12.0)
    """The least and the greatest width of the column of reasons."""
    page: float = 40.0
    """What formulas and reasons share."""
    glue: Callable[[Iterable[str]], str] = "".join
    notation: Notation = DEFAULT
    """That of the problem which is being set."""
    coloured: bool = False
    """Whether index letters are set apart by their roles."""
    rows: Callable[[Box], tuple[str, ...]] | None = None
    """The rows that one row of a line takes, where that may be more than one."""
    draw: Callable[[Scene, Set], str] | None = None
    """How a picture is drawn; None where it is told in lines of text."""
    full_height: float = 46.0
    """The greatest height of a picture, in ems."""
    shrink: Callable[[str, float], str] | None = None
    """A displayed formula set smaller by a factor, which is how one that cannot be broken is made to fit."""
    link: Callable[[Cited], str] | None = None
    """How words that name an earlier answer lead there; None where they are words like others."""

    def rows_of(self, box: Box, room: float) -> tuple[str, ...]:
        """The rows of a displayed formula: of a matrix in readable text several, else one that fits its room."""
        return (self.fitted(box, room),) if self.rows is None else self.rows(box)

    def present(self, term: Term | Idx | Box) -> Box:
        return present(term, self.notation)

    def fitted(self, box: Box, room: float) -> str:
        """A displayed formula, set smaller where it is wider than its room."""
        factor = room / max(self.measure(box), 1e-9)
        if self.shrink is None or factor >= 1:
            return self.display(box)
        return self.shrink(self.display(box), round(max(factor, LEAST_SIZE), 2))

    def broken(self, box: Box, width: float) -> tuple[Box, ...]:
        """The rows of a formula: the second and later ones are set in by two ems."""
        return broken(box, width - 2 * self.indent, width, self.measure)

    def width(self, items: Iterable[str | Term | Idx | Box]) -> float:
        """The width of running text that is not broken."""
        return sum(self.measure(Words(x) if isinstance(x, str) else self.present(x)) for x in items)

    @property
    def indent(self) -> float:
        return 1.0 if self.measure is ems else 2.0

    def join(self, items: Iterable[str | Box]) -> str:
        return self.glue(self.spelt(x) if isinstance(x, str) else self.inline(x) for x in items)

    def spelt(self, words: str) -> str:
        return self.link(words) if self.link is not None and isinstance(words, Cited) else self.words(words)


WHOLE, WHOLE_LINE = 12.0, 6.0
"""Up to these widths a formula in a sentence is not broken: one that is taller than a line, and one that is not."""


def is_whole(box: Box) -> bool:
    """Whether a formula in a sentence stays in one piece."""
    return isinstance(box, RowOf | Fraction) and ems(box) <= (WHOLE if is_tall(box) else WHOLE_LINE)


def latex_style() -> Style:
    from derivgen.latex.printer import latex

    return Style(
        words=latex_words,
        inline=lambda box: f"${latex(box, marks=LATEX_ROLES)}$",
        display=lambda box: latex(box, marks=LATEX_ROLES),
        left_width=10.5,
        line_width=26.0,
        full_width=38.0,
        reasons=(12.3, 18.0),
        page=38.4,
        draw=tikz,
        shrink=lambda shown, factor: rf"\scalebox{{{factor}}}{{$\displaystyle {shown}$}}",
    )


def typst_style() -> Style:
    from derivgen.notation.speech import spoken
    from derivgen.writers.typst_math import typst

    def formula(kind: str, box: Box) -> str:
        return f"#{kind}({typst_string(spoken(box))}, ${typst(box, marks=TYPST_ROLES)}$);"

    return Style(
        words=typst_words,
        inline=lambda box: formula("whole" if is_whole(box) else "inline", box),
        display=partial(formula, "shown"),
        left_width=10.5,
        line_width=26.0,
        full_width=39.0,
        reasons=(12.2, 16.5),
        page=40.0,
        draw=typst_scene,
        shrink=lambda shown, factor: f"#text(size: {factor}em)[{shown}];",
    )


def html_style() -> Style:
    from markupsafe import Markup, escape

    from derivgen.writers.mathml import mathml

    return Style(
        words=lambda words: escape(plain(words)),
        inline=lambda box: Markup(mathml(box)),
        display=lambda box: Markup(mathml(box, display=True)),
        left_width=11.0,
        line_width=27.0,
        full_width=42.0,
        fold_depth=4,
        draw=lambda scene, inline: Markup(svg(scene, inline)),
        shrink=lambda shown, factor: Markup(f'<span style="font-size: {factor}em">{shown}</span>'),
        glue=lambda items: Markup(TOUCHING.sub(kept_together, "".join(items))),
    )


def kept_together(found: re.Match[str]) -> str:
    """A formula and the signs that touch it, which a browser would part at the end of a line."""
    whole = found.group()
    return f'<span class="whole">{whole}</span>' if found.group(1) or found.group(2) else whole


def text_style(width: int = 100, ascii: bool = False) -> Style:
    from derivgen.writers.stacked_text import stacked
    from derivgen.writers.unicode_text import text

    def spelt(box: Box) -> str:
        return text(box, ascii=ascii)

    room = max(width, 40) - 6
    return Style(
        words=ascii_words if ascii else plain,
        inline=spelt,
        display=spelt,
        left_width=room * 0.28,
        line_width=room * 0.66,
        full_width=room - 2,
        measure=lambda box: float(len(stacked(box, ascii)[0])),
        rows=lambda box: stacked(box, ascii),
    )
