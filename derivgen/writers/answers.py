"""The answer of a part as plain records: the formula, the words, the options with their reasons, the facts, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.derivation import UNCHECKED, VERIFIED, Check, Choice, Derivation, Prose, Table
from derivgen.notation.boxes import Box, Letter, Operator, RowOf, Scripts
from derivgen.notation.names import size_box
from derivgen.tasks import Fill, InTerms
from derivgen.terms.nodes import Term
from derivgen.terms.shapes import SCALAR, Shape
from derivgen.writers import views
from derivgen.writers.placing import EQUALS
from derivgen.writers.styles import Style
from derivgen.writers.wording import is_checked, prose, sizes_words

OPTION_SHARE = 0.5
"""The share of the page that the formulas of options may take beside their reasons."""
ANSWER_LEAD = 5.0
"""What stands beside the rows of an answer, its name and its shape, in the unit of indents."""
CELL_GAP = 1.2
"""What stands between two columns of a table, in the unit of indents."""


# ------------------------------------------------------------------------------------------------- formulas
def answer_rows(derivation: Derivation, style: Style) -> tuple[str, ...]:
    if derivation.answer is None:
        return ()
    if derivation.goal.kind == "shape":
        height, width = derivation.answer.shape
        return (style.display(RowOf((size_box(height), Operator("times"), size_box(width)))),)
    if derivation.answer == derivation.goal.question and derivation.text:
        return ()  # the words are the answer: the formula would only repeat the question
    room = style.full_width - ANSWER_LEAD * style.indent
    answer, equal = style.present(derivation.answer), left_side(derivation)
    if equal is None:
        return tuple(row for box in style.broken(answer, style.full_width) for row in style.rows_of(box, room))
    left = style.present(equal)
    whole = equation(left, answer)
    if style.measure(whole) <= style.full_width:
        return style.rows_of(whole, style.full_width)
    rows = style.broken(RowOf((EQUALS, answer)), style.full_width)
    return (style.display(left), *(row for box in rows for row in style.rows_of(box, room)))


def left_side(derivation: Derivation) -> Term | None:
    """What the answer is equal to: the question, or what the last lines say where a task asks for something else."""
    goal, steps = derivation.goal, derivation.steps
    if goal.target is not None:
        return goal.target
    if goal.task is None or isinstance(goal.task, InTerms | Fill):
        return goal.question
    if not steps or steps[-1].after != derivation.answer:
        return None
    return next((step.left for step in reversed(steps) if step.left is not None), None)


def answer_shape(derivation: Derivation, style: Style) -> str:
    """The space in which an answer that is not a scalar lives."""
    term = derivation.answer
    if term is None or term.shape == SCALAR or derivation.goal.kind == "shape":
        return ""
    return style.inline(RowOf((Operator("in", "relation"), space_box(term.shape))))


def space_box(shape: Shape) -> Box:
    rows, cols = shape
    power = size_box(rows) if cols == 1 else RowOf((size_box(rows), Operator("times"), size_box(cols)))
    return Scripts(Letter("R", "bb"), sup=power)


def equation(left: Box, right: Box) -> Box:
    return RowOf((left, EQUALS, right))


# ------------------------------------------------------------------------------------------------- options
def options(choices: Sequence[Choice], style: Style) -> tuple[views.Option, ...]:
    return tuple(option(c, style) for c in choices)


def option(choice: Choice, style: Style) -> views.Option:
    return views.Option(
        label=style.words(f"{choice.label}."),
        right=choice.right,
        rows=tuple(style.display(box) for box in option_rows(choice, style)),
        reason=prose(choice.reason, style),
    )


def option_rows(choice: Choice, style: Style) -> tuple[Box, ...]:
    return style.broken(style.present(choice.shown), style.full_width * OPTION_SHARE)


def option_width(choices: Sequence[Choice], style: Style) -> float:
    """The width of the widest formula among the options."""
    widths = (style.measure(box) for c in choices for box in option_rows(c, style))
    return round(1.06 * max(widths, default=0.0) + 0.4, 1)


# ------------------------------------------------------------------------------------------------- facts
def grounds(derivation: Derivation, style: Style) -> Iterator[views.Grounds]:
    """How the facts behind an answer in words were checked; those that no paragraph tells are told here."""
    facts = derivation.facts
    if derivation.text or derivation.choices:
        if facts and not is_checked(derivation):
            yield views.Grounds(style.words(all_checked_words([f.check for f in facts])), ())
        return
    said = (derivation.conclusion, *(step.reason for step in derivation.steps))
    told = [prose(words, style).lower() for words in said]
    alike: dict[str, list[str]] = {}
    for fact in facts:
        together = alike.setdefault(checked_words(fact.check), [])
        text = prose(fact.text, style).removesuffix(".")
        if text not in together and not any(text.lower() in words for words in told):
            together.append(text)
    for words, texts in alike.items():
        if texts:
            yield views.Grounds(style.words(words), tuple(texts))


def all_checked_words(checks: Sequence[Check]) -> str:
    """One line for all that is said."""
    words = dict.fromkeys(map(checked_words, checks))
    if len(words) == 1:
        return next(iter(words))
    bad = next((w for w in words if not w.startswith("Checked")), None)
    return bad or "What is said was checked at random points, for several sizes"


def checked_words(check: Check) -> str:
    if check.verdict == UNCHECKED:
        return "Not checked"
    if check.verdict != VERIFIED:
        return f"The check came out {check.verdict}"
    return f"Checked {sizes_words(check)}"


# ------------------------------------------------------------------------------------------------- tables
def table(shown: Table, style: Style) -> views.Table:
    return views.Table(
        head=tuple(prose(cell, style) for cell in shown.head),
        rows=tuple(tuple(prose(cell, style) for cell in row) for row in shown.rows),
        caption=prose(shown.caption, style),
        widths=fitted([max(style.width(c) for c in cells) for cells in columns_of(shown)], style),
    )


def columns_of(shown: Table) -> Iterator[tuple[Prose, ...]]:
    return zip(shown.head, *shown.rows, strict=True)


def fitted(widths: Sequence[float], style: Style) -> tuple[float, ...]:
    """The widths, the widest cut to the greatest common width with which all columns fit on the page."""
    room = style.full_width - CELL_GAP * style.indent * len(widths)
    most = max(widths, default=0.0)
    for count, width in enumerate(sorted(widths)):
        if width * (len(widths) - count) >= room:
            most = room / (len(widths) - count)
            break
        room -= width
    return tuple(round(1.04 * min(w, most) + 0.2, 1) for w in widths)
