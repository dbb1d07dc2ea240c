"""FORMATS: from the name of a format to its writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from derivgen.derivation import Solution
from derivgen.errors import InputError

if TYPE_CHECKING:
    from derivgen.writers.styles import Style
    from derivgen.writers.views import Document


@dataclass(frozen=True)
class Options:
    detail: int = 1
    engine: str = "typst"
    templates: str | Path | None = None
    color: bool = False
    width: int = 100
    ascii: bool = False
    colour: str = "none"
    """"indices": index letters are set apart by their roles, in the formats that have colours and fonts."""


COLOURS = ("none", "indices")
Writer = Callable[[Sequence[Solution], Options], "str | bytes"]


def write(
    solution: Solution | Sequence[Solution],
    to: str,
    *,
    detail: int = 1,
    engine: str = "typst",
    templates: str | Path | None = None,
    color: bool = False,
    width: int = 100,
    ascii: bool = False,
    colour: str = "none",
) -> str | bytes:
    """A solution, or several as one document, in a format: ``bytes`` for pdf, ``str`` for all others."""
    if to not in FORMATS:
        raise InputError(f"there is no format {to!r}", hint=f"there are {', '.join(FORMATS)}")
    if colour not in COLOURS:
        raise InputError(f"there is no colour {colour!r}", hint=f"there are {', '.join(COLOURS)}")
    solutions = [solution] if isinstance(solution, Solution) else list(solution)
    return FORMATS[to](solutions, Options(detail, engine, templates, color, width, ascii, colour))


def shown(solutions: Sequence[Solution], style: Style, options: Options) -> Document:
    """What the templates of the formats with colours see."""
    from derivgen.writers.document import document

    return document(solutions, replace(style, coloured=options.colour == "indices"), options.detail)


def write_latex(solutions: Sequence[Solution], options: Options) -> str:
    from derivgen.writers.styles import latex_style
    from derivgen.writers.templating import filled

    return filled(shown(solutions, latex_style(), options), "latex", options.templates)


def write_typst(solutions: Sequence[Solution], options: Options) -> str:
    from derivgen.writers.styles import typst_style
    from derivgen.writers.templating import filled

    return filled(shown(solutions, typst_style(), options), "typst", options.templates)


def write_html(solutions: Sequence[Solution], options: Options) -> str:
    from derivgen.writers.styles import html_style
    from derivgen.writers.templating import filled

    return filled(shown(solutions, html_style(), options), "html", options.templates)


def write_text(solutions: Sequence[Solution], options: Options) -> str:
    from derivgen.writers.document import document
    from derivgen.writers.styles import text_style
    from derivgen.writers.templating import filled
    from derivgen.writers.terminal import Terminal

    view = document(solutions, text_style(options.width, options.ascii), options.detail)
    return filled(view, "text", options.templates, **Terminal(options.width, options.color, options.ascii).filters)


def write_json(solutions: Sequence[Solution], options: Options) -> str:
    from derivgen.writers.json_record import json_lines

    return json_lines(solutions)


def write_pdf(solutions: Sequence[Solution], options: Options) -> bytes:
    from derivgen.writers.pdf import tex_pdf, typst_pdf

    if options.engine == "typst":
        return typst_pdf(write_typst(solutions, options))
    if options.engine in ("pdflatex", "lualatex"):
        return tex_pdf(write_latex(solutions, options), program=options.engine)
    raise InputError(f"there is no engine {options.engine!r}", hint="there are typst and pdflatex")


FORMATS: dict[str, Writer] = {
    "text": write_text,
    "latex": write_latex,
    "typst": write_typst,
    "pdf": write_pdf,
    "html": write_html,
    "json": write_json,
}
