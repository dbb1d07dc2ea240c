"""What templates see: a solution as plain records whose strings are already spelt in the language of the format.

Nothing here knows a format: a ``Style`` spells words and formulas and says how wide a row may be.  All text of the
user passes through ``Style.words``, so a template cannot forget to escape it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from derivgen.derivation import UNCHECKED, Check, Derivation, Passage, Problem, Prose, Solution, Symbol
from derivgen.errors import DerivgenError
from derivgen.notation.boxes import Box, Letter, Operator, RowOf, Scripts
from derivgen.notation.names import size_box
from derivgen.notation.present import present
from derivgen.records import Record
from derivgen.terms.nodes import Derivative, Hessian, Idx, Term
from derivgen.terms.shapes import SCALAR, Shape
from derivgen.terms.trees import subterms
from derivgen.version import __version__
from derivgen.writers.breaking import ems
from derivgen.writers.lines import Row, shown_rows
from derivgen.writers.placing import EQUALS, Placed, placed
from derivgen.writers.styles import Style

LAYOUTS = {"denominator": "denominator layout", "numerator": "numerator layout",
           "jacobian": "Jacobian layout (column gradients, numerator Jacobians)"}  # fmt: skip
REASON_LETTERS = 24
"""Letters in a row of the column of reasons, at least."""


# ------------------------------------------------------------------------------------------------- records
class Line(Record):
    """``left = right[0]``, continued in ``right[1:]``; ``left`` is empty where the line continues a chain."""

    number: str
    left: str
    head: tuple[str, ...]
    """The rows of a left side that is too wide for its column and stands above the right side; else nothing."""
    hanging: bool
    """The line, or the chain that it continues, began with such a left side: no column of left sides."""
    right: tuple[str, ...]
    reason: str
    check: str
    law: str = ""
    details: tuple[Line, ...] = ()
    beside: bool = False
    """The formula has several rows, at least as many as the reason will take."""
    width: float = 0.0
    """From the left edge of the formulas to the end of the widest row."""
    room: float = 0.0
    """By how much a hanging line goes beyond the column of left sides (in the unit of the style)."""


class Part(Record):
    headed: bool
    """Whether the question stands as a heading over its derivation: where the problem asks several."""
    label: str
    question: str
    introduction: str
    lines: tuple[Line, ...]
    reasons: float
    """The width of the column of reasons that the formulas leave, in the unit of the style."""
    answer: tuple[str, ...]
    shape: str
    conclusion: str
    conditions: tuple[str, ...]
    check: str
    stamp: str
    method: str
    layout: str
    refusal: str
    hint: str


class Piece(Record):
    """A piece of the statement: kind "run" (words and formulas, perhaps under a part's label), "display" or "break"."""

    kind: str
    text: str = ""
    rows: tuple[str, ...] = ()
    label: str = ""


class Reading(Record):
    """A row of the read-back."""

    symbol: str
    what: str
    role: str
    space: str = ""


class ProblemView(Record):
    title: str
    statement: tuple[Piece, ...]
    layout: str
    readings: tuple[Reading, ...]
    definitions: tuple[str, ...]
    conditions: tuple[str, ...]
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
    stamp: str
    refusal: str
    hint: str


@dataclass(frozen=True)
class Document:
    title: str
    problems: tuple[ProblemView, ...]
    version: str = __version__
    extra: dict[str, str] = field(default_factory=dict)


# ------------------------------------------------------------------------------------------------- building
def document(solutions: Sequence[Solution], style: Style, detail: int = 1) -> Document:
    many = len(solutions) > 1
    views = tuple(problem_view(s, style, detail, n if many else 0) for n, s in enumerate(solutions, 1))
    title = "Worked derivations" if many else "Worked derivation"
    return Document(title, views)


def problem_view(solution: Solution, style: Style, detail: int, number: int) -> ProblemView:
    title = f"Problem {number}" if number else "Problem"
    problem, error = solution.problem, solution.error
    refusal, hint = error_words(error, style)
    if problem is None:
        return ProblemView(style.words(title), (), "", (), (), (), (), (), "", refusal, hint)
    several = len(solution.derivations) > 1
    parts = tuple(part_view(d, style, detail, labelled(problem), several) for d in solution.derivations)
    return ProblemView(
        title=style.words(title),
        statement=tuple(statement(problem.passages, style)) or (Piece("run", style.words(problem.statement)),),
        layout=style.words(layout_words(problem)),
        readings=tuple(reading(s, style) for s in problem.symbols),
        definitions=tuple(style.inline(equation(present(d.symbol), present(d.term))) for d in problem.definitions),
        conditions=tuple(condition(c, style) for c in problem.conditions),
        notes=tuple(prose(n, style) for n in problem.notes),
        parts=parts,
        stamp=style.words("not checked") if any(p.stamp for p in parts) else "",
        refusal=refusal,
        hint=hint,
    )


def labelled(problem: Problem) -> bool:
    return any(g.part is not None for g in problem.goals)


def part_view(derivation: Derivation, style: Style, detail: int, label: bool, several: bool) -> Part:
    goal, problem = derivation.goal, derivation.problem
    name = goal.part if label and goal.part is not None else ""
    refusal, hint = error_words(derivation.error, style)
    differs = derivation.layout != problem.layout and derivation.layout in LAYOUTS
    rows = shown_rows(derivation.steps, detail)
    shown = tuple(lines(rows, style, name))
    widest = max((line.width for line in shown), default=0.0)
    return Part(
        headed=several,
        label=style.words(f"({name})") if name else "",
        question=style.inline(present(goal.question)),
        introduction=prose(derivation.introduction, style),
        lines=shown,
        reasons=round(min(max(style.page - 1.06 * widest, style.reasons[0]), style.reasons[1]), 1),
        answer=answer_rows(derivation, style),
        shape=answer_shape(derivation, style),
        conclusion=prose(derivation.conclusion, style),
        conditions=tuple(condition(c, style) for c in derivation.conditions),
        check=check_words(derivation.check, style, len(rows)) if is_checked(derivation) else "",
        stamp=style.words("not checked") if derivation.check.verdict == UNCHECKED and not derivation.error else "",
        method=style.words(derivation.method.replace("-", " ")),
        layout=style.words(LAYOUTS[derivation.layout]) if differs else "",
        refusal=refusal,
        hint=hint,
    )


# ------------------------------------------------------------------------------------------------- lines
def lines(rows: Sequence[Row], style: Style, prefix: str, depth: int = 0) -> Iterator[Line]:
    """The displayed lines; their numbers run through the part, those of substeps through their step."""
    alone = len(rows) == 1 and depth == 0
    for n, place in enumerate(placed(rows, style), 1):
        number = f"{prefix}.{n}" if prefix else str(n)
        yield line(place, style, "" if alone else number, number, depth)


def line(place: Placed, style: Style, number: str, path: str, depth: int) -> Line:
    row, left, hanging = place.row, place.left, place.hanging
    head = style.broken(left, style.line_width) if left is not None and hanging else ()
    right = style.broken(place.right, style.line_width - (style.indent if hanging else place.column))
    set_in = (2 if hanging else 1) * style.indent if len(head) + len(right) > 1 else 0.0
    widest = set_in + max(style.measure(box) for box in (*head, *right))
    return Line(
        number=style.words(number),
        left=style.display(left) if left is not None else "",
        head=tuple(style.display(box) for box in head),
        hanging=hanging,
        right=tuple(style.display(box) for box in right),
        reason=prose(row.reason, style),
        check=style.words(row.check.verdict),
        law=row.law,
        details=tuple(lines(row.details, style, path, depth + 1)) if depth < style.fold_depth else (),
        beside=len(head) + len(right) > 1 + prose_length(row.reason) // REASON_LETTERS,
        width=widest if hanging else widest + place.column,
        room=round(max(0.0, widest - place.column), 1) if hanging else 0.0,
    )


# ------------------------------------------------------------------------------------------------- answers
def answer_rows(derivation: Derivation, style: Style) -> tuple[str, ...]:
    if derivation.answer is None:
        return ()
    goal = derivation.goal
    left = present(goal.target if goal.target is not None else goal.question)
    answer = present(derivation.answer)
    if goal.kind == "shape":
        height, width = derivation.answer.shape
        return (style.display(RowOf((size_box(height), Operator("times"), size_box(width)))),)
    whole = equation(left, answer)
    if style.measure(whole) <= style.full_width:
        return (style.display(whole),)
    rows = style.broken(RowOf((EQUALS, answer)), style.full_width)
    return (style.display(left), *(style.display(box) for box in rows))


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


# ------------------------------------------------------------------------------------------------- words
def prose(text: Prose, style: Style) -> str:
    return style.join(item if isinstance(item, str) else formula(item) for item in text)


def prose_length(text: Prose) -> int:
    """About how many letters a text takes in print."""
    widths = (len(x) if isinstance(x, str) else 2 * ems(formula(x)) for x in text)
    return int(sum(widths))


def formula(item: Term | Idx | Box) -> Box:
    return item if isinstance(item, Box) else present(item)


def condition(item: Term | Prose, style: Style) -> str:
    return style.inline(present(item)) if isinstance(item, Term) else prose(item, style)


def statement(passages: Sequence[Passage], style: Style) -> Iterator[Piece]:
    """Neighbouring words and formulas joined to one run, so that a template can set them as a paragraph."""
    run: list[str | Box] = []
    label = ""
    for passage in (*passages, Passage("end")):
        if passage.kind in ("text", "math"):
            run.append(passage.content)
            continue
        if label or any(not isinstance(x, str) or x.strip() for x in run):
            yield Piece("run", style.join(trimmed(run)), label=label)
        run, label = [], ""
        match passage.kind:
            case "display":
                rows = style.broken(passage.content, style.full_width)
                yield Piece("display", rows=tuple(style.display(box) for box in rows))
            case "part":
                label = style.words(f"({str(passage.content).strip('().')})")
            case "break":
                yield Piece("break")


def trimmed(run: list[str | Box]) -> list[str | Box]:
    """The run without the blanks at its ends."""
    out: list[str | Box] = []
    for n, item in enumerate(run):
        if isinstance(item, str):
            item = item.lstrip() if n == 0 else item
            item = item.rstrip() if n == len(run) - 1 else item
        out.append(item)
    return out


def layout_words(problem: Problem) -> str:
    """The layout of the answers, stated where it matters: where something else than a scalar by a scalar is asked."""
    asked = [t for g in problem.goals for t in subterms(g.question) if isinstance(t, Derivative | Hessian)]
    if not problem.layout_stated and all(t.shape == SCALAR for t in asked):
        return ""
    stated = "as stated" if problem.layout_stated else "default"
    words = LAYOUTS.get(problem.layout, problem.layout)
    return f"{words[0].upper()}{words[1:]} ({stated})"


def reading(symbol: Symbol, style: Style) -> Reading:
    shape = symbol.shape
    box = present(symbol.term) if symbol.term is not None else Letter(symbol.name)
    what = ["scalar", "vector", "matrix"][min(len(shape), 2)]
    if symbol.term is None and not shape and "function" in symbol.properties:
        what = ""
    sizes = [size_box(s) for s in shape]
    space: Box | None = None
    if sizes:
        power = sizes[0] if len(sizes) == 1 else RowOf((sizes[0], Operator("times"), sizes[1]))
        space = Scripts(Letter("R", "bb"), sup=power)
    why = symbol.why or ("" if symbol.declared else "from its use")
    role = f"{symbol.role} ({why})" if why else symbol.role
    if symbol.term is None:  # a function: neither constant nor variable
        role = why or "as stated"
    return Reading(
        symbol=style.inline(box),
        what=style.words(", ".join(filter(None, [what, *symbol.properties]))),
        role=style.words(role),
        space=style.inline(RowOf((box, Operator("in", "relation"), space))) if space is not None else "",
    )


def is_checked(derivation: Derivation) -> bool:
    """Whether there is an answer with values that were checked; a shape has none."""
    return derivation.answer is not None and derivation.goal.kind != "shape"


def check_words(check: Check, style: Style, count: int) -> str:
    """The honest line under an answer: at which sizes every line was seen to hold."""
    subject = "Each line holds" if count > 1 else "The line holds" if count else "The answer holds"
    if check.verdict == UNCHECKED:
        return style.words("Nothing here was checked.")
    if check.verdict != "verified":
        return style.words(f"The check came out {check.verdict}.")
    names = list(dict.fromkeys(name for sizes in check.sizes for name in sizes))
    if not names:
        return style.words(f"{subject} at random points.")
    tried = ", ".join(size_tuple([str(sizes.get(n, "–")) for n in names]) for sizes in check.sizes)
    words = f"{subject} at {size_tuple(names)} = {tried}."
    left_out = f" Left out: {'; '.join(check.skipped)}." if check.skipped else ""
    return style.words(words + left_out)


def size_tuple(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"({', '.join(items)})"


def error_words(error: DerivgenError | None, style: Style) -> tuple[str, str]:
    if error is None:
        return "", ""
    return style.words(error.message), style.words(error.hint or "")
