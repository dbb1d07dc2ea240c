"""A manual: many questions as one document with sections, contents, and links from the working to earlier answers.

A question is shown as ``document`` shows it; what is added here are the headings, the anchors, which are made of
positions and never of the user's text, and the links to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from derivgen.derivation import Passage, Problem, Solution
from derivgen.errors import DerivgenError, InputError
from derivgen.tasks import Cited
from derivgen.writers.document import legend, notation_of, problem_view
from derivgen.writers.formats import COLOURS
from derivgen.writers.pdf import tex_pdf, typst_pdf
from derivgen.writers.statements import statement
from derivgen.writers.styles import Style, html_style, latex_style, typst_style
from derivgen.writers.templating import filled
from derivgen.writers.views import Manual, Piece, ProblemView
from derivgen.writers.wording import LAYOUTS, prose

PAPERS = ("a4", "letter")
DEFAULT_LAYOUT = "denominator"
NOT_ANSWERED = "Not answered: "
Links = Callable[[str, str], str]
"""An anchor and words that are spelt already, to a link."""


@dataclass(frozen=True)
class Item:
    """A question of a manual: its number ("" for none), title and section, its solution, and its statement."""

    label: str
    title: str
    section: str
    solution: Solution
    text: str


def write_manual(
    items: Sequence[Item],
    to: str,
    *,
    title: str,
    paper: str = "a4",
    detail: int = 1,
    engine: str = "typst",
    templates: str | Path | None = None,
    colour: str = "none",
) -> str | bytes:
    """The questions in their order as one document in latex, typst, html (``str``) or pdf (``bytes``)."""
    if colour not in COLOURS or paper not in PAPERS:
        raise InputError(f"there is no colour {colour!r} or no paper {paper!r}")
    if to == "pdf" and engine == "typst":
        source = write_manual(
            items, "typst", title=title, paper=paper, detail=detail, templates=templates, colour=colour
        )
        return typst_pdf(str(source))
    if to == "pdf":
        source = write_manual(
            items, "latex", title=title, paper=paper, detail=detail, templates=templates, colour=colour
        )
        return tex_pdf(str(source), program=engine, contents=True)
    if to not in STYLES:
        raise InputError(f"a manual is not written as {to}", hint=f"there are pdf, {', '.join(STYLES)}")
    style, links = STYLES[to]()
    document = manual(items, replace(style, coloured=colour == "indices"), links, title, paper, detail)
    return filled(document, f"manual in {to}", templates)


# ------------------------------------------------------------------------------------------------- formats
def in_latex() -> tuple[Style, Links]:
    return latex_style(), lambda anchor, words: rf"\hyperref[{anchor}]{{{words}}}"


def in_typst() -> tuple[Style, Links]:
    return typst_style(), lambda anchor, words: f"#link(<{anchor}>)[{words}];"


def in_html() -> tuple[Style, Links]:
    from markupsafe import Markup

    return html_style(), lambda anchor, words: Markup('<a href="#{}">{}</a>').format(anchor, words)


STYLES = {"latex": in_latex, "typst": in_typst, "html": in_html}


# ------------------------------------------------------------------------------------------------ document
def manual(items: Sequence[Item], style: Style, links: Links, title: str, paper: str, detail: int) -> Manual:
    views: list[ProblemView] = []
    section, count = "", 0
    for number, item in enumerate(items):
        view = question(items, number, style, links, detail)
        if item.section and item.section != section:
            count += 1
            view = replace(view, section=style.words(item.section), section_anchor=f"s{count}")
        section = item.section
        views.append(view)
    solutions = [item.solution for item in items]
    return Manual(
        title=style.words(title),
        problems=tuple(views),
        legend=legend(solutions, style),
        paper=paper,
        about=style.words(about(solutions)),
        layout=style.words(layout(solutions)),
        missing=tuple(missing(items, style)),
    )


def question(items: Sequence[Item], number: int, style: Style, links: Links, detail: int) -> ProblemView:
    """One question with its number, title and anchors; one that could not be read shows its statement all the same."""
    item = items[number]
    solution = item.solution

    def link(words: Cited) -> str:
        home = number if words.problem is None else words.problem
        return links(anchor(items[home].solution, home, words.goal), style.words(words))

    view = problem_view(solution, replace(style, link=link), detail, 0)
    view = (
        replace(view, statement=unread(item, style))
        if solution.problem is None
        else for_readers(view, solution.problem, style)
    )
    parts = tuple(replace(p, anchor=anchor(solution, number, k), hint="") for k, p in enumerate(view.parts))
    return replace(
        view,
        title=style.words(item.title),
        label=style.words(item.label),
        anchor=f"q{number + 1}",
        parts=parts,
        hint="",
    )


def for_readers(view: ProblemView, problem: Problem, style: Style) -> ProblemView:
    """A question for those who did not write it: what each part says of its own is not read back, the usual
    layout stands under the title, and what was not answered is told apart from the notes."""
    style = replace(style, notation=notation_of(problem))
    names = [d.name for d in problem.definitions]
    defined = zip(view.definitions, names, strict=True)
    unanswered = [(n[0].removeprefix(NOT_ANSWERED), *n[1:]) for n in problem.unanswered if isinstance(n[0], str)]
    return replace(
        view,
        layout="" if not problem.layout_stated and problem.layout == DEFAULT_LAYOUT else view.layout,
        definitions=tuple(shown for shown, name in defined if names.count(name) == 1),
        notes=tuple(shown for shown, n in zip(view.notes, problem.notes, strict=True) if n not in problem.unanswered),
        unanswered=tuple(prose(words, style) for words in unanswered),
    )


def anchor(solution: Solution, number: int, goal: int) -> str:
    """The anchor of a part; a problem with one question is its own."""
    return f"q{number + 1}-{goal + 1}" if len(solution.derivations) > 1 else f"q{number + 1}"


def unread(item: Item, style: Style) -> tuple[Piece, ...]:
    """The statement as far as it can be set: typeset, else the words as they stand."""
    from derivgen.latex.passages import document_sentences

    try:
        passages = document_sentences(item.text, item.solution.source)[1]
    except DerivgenError:
        passages = (Passage("text", item.text),)
    return tuple(statement(passages, style))


# ------------------------------------------------------------------------------------------ under the title
def about(solutions: Sequence[Solution]) -> str:
    """How many questions there are, and how they were checked."""
    count = len(solutions)
    questions = "One question" if count == 1 else f"{count} questions"
    return f"{questions} with worked answers. What was checked, and at which sizes, stands under each answer."


def layout(solutions: Sequence[Solution]) -> str:
    """The layout of the derivatives, where most share it."""
    named = [d.layout for s in solutions for d in s.derivations]
    if not named:
        return ""
    most = max(dict.fromkeys(named), key=named.count)
    other = any(x != most for x in named)
    return f"Derivatives are in {LAYOUTS.get(most, most)}{', except where a question says otherwise' if other else ''}."


def missing(items: Sequence[Item], style: Style) -> list[tuple[str, str]]:
    """(anchor, name) of each question that is not answered in full."""
    short = [(n, item) for n, item in enumerate(items) if item.solution.status != "solved"]
    return [(f"q{n + 1}", style.words(item.label or item.title)) for n, item in short]
