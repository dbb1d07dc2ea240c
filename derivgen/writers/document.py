"""A solution as plain records whose strings are already spelt in the language of the format.

Nothing here knows a format: a ``Style`` spells words and formulas and says how wide a row may be.  All text of the
user passes through ``Style.words``, so a template cannot forget to escape it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from derivgen.derivation import UNCHECKED, Derivation, Goal, Problem, Solution
from derivgen.notation.boxes import Box
from derivgen.notation.chosen import chosen_notation
from derivgen.notation.pieces import Notation
from derivgen.notation.present import meaning
from derivgen.terms.nodes import Term
from derivgen.terms.shapes import SCALAR
from derivgen.writers.answers import answer_rows, answer_shape, equation, grounds, option_width, options, table
from derivgen.writers.lines import Row, shown_rows
from derivgen.writers.pictures import pictures
from derivgen.writers.placing import Placed, placed
from derivgen.writers.roles import legend_entries, roles_of
from derivgen.writers.statements import statement
from derivgen.writers.styles import Style
from derivgen.writers.views import Document, Line, Part, Piece, ProblemView
from derivgen.writers.wording import (
    LAYOUTS,
    check_words,
    condition,
    error_words,
    is_checked,
    layout_words,
    narrow,
    prose,
    reading,
    whose,
)

OVERWIDE = 1.2
"""A row that is so much wider than a line should be has its reason below."""
NUMBERS = 3.2
"""The width of the numbers of lines, in ems."""


# ------------------------------------------------------------------------------------------------- building
def document(solutions: Sequence[Solution], style: Style, detail: int = 1) -> Document:
    many = len(solutions) > 1
    views = tuple(problem_view(s, style, detail, n if many else 0) for n, s in enumerate(solutions, 1))
    title = "Worked derivations" if many else "Worked derivation"
    return Document(title, views, legend=legend(solutions, style))


def legend(solutions: Sequence[Solution], style: Style) -> str:
    """How the roles of index letters are shown: "Index letters: i row, j column, k summed over."."""
    if not style.coloured:
        return ""
    entries = list(legend_entries([d for s in solutions for d in s.derivations]))
    words = [x for n, (box, role) in enumerate(entries) for x in (", " if n else "", box, f" {role}")]
    return style.join(["Index letters: ", *words, "."]) if entries else ""


def problem_view(solution: Solution, style: Style, detail: int, number: int) -> ProblemView:
    title = f"Problem {number}" if number else "Problem"
    problem, error = solution.problem, solution.error
    refusal, hint = error_words(error, style)
    if problem is None:
        return ProblemView(style.words(title), (), "", (), (), (), (), (), "", refusal, hint)
    style = replace(style, notation=notation_of(problem))
    layouts = {d.layout for d in solution.derivations} or {problem.layout}
    parts = tuple(part_views(solution, style, detail, alike=len(layouts) == 1))
    return ProblemView(
        title=style.words(title),
        statement=tuple(statement(problem.passages, style)) or (Piece("run", style.words(problem.statement)),),
        layout=style.words(layout_words(problem, layouts.pop())) if len(layouts) == 1 else "",
        readings=tuple(reading(s, style) for s in problem.symbols),
        definitions=tuple(
            style.words(whose(d, problem))
            + style.inline(equation(style.present(d.symbol), meaning(d.term, style.notation)))
            for d in problem.definitions
        ),
        conditions=tuple(condition(c, style) for c in problem.conditions),
        notes=tuple(prose(n, style) for n in problem.notes),
        parts=parts,
        stamp=style.words("not checked") if any(p.stamp for p in parts) else "",
        refusal=refusal,
        hint=hint,
    )


def notation_of(problem: Problem) -> Notation:
    """The notation in which the statement is written."""
    return chosen_notation(
        [p.content for p in problem.passages if isinstance(p.content, Box)],
        problem.statement,
        [*(g.question for g in problem.goals), *(d.term for d in problem.definitions)],
        [v for g in problem.goals for v in g.wrt],
    )


def part_views(solution: Solution, style: Style, detail: int, *, alike: bool) -> Iterator[Part]:
    """The parts; lines of one letter, or of none, are numbered through; each part tells its own layout."""
    several = len(solution.derivations) > 1
    names = Counter(d.goal.part or "" for d in solution.derivations)
    count: Counter[str] = Counter()
    before: Part | None = None
    for derivation in solution.derivations:
        rows = shown_rows(derivation.steps, detail)
        name = derivation.goal.part or ""
        numbers = [f"{name}.{n}" if name else str(n) for n in range(count[name] + 1, count[name] + len(rows) + 1)]
        if len(rows) == 1 and names[name] == 1:
            numbers = [""]  # the only line of its part
        count[name] += len(rows)
        part = part_view(derivation, style, rows, numbers, several=several, alike=alike)
        same = before is not None and before.label == part.label and before.introduction == part.introduction
        yield replace(part, introduction="") if same else part  # what was said a moment ago is not said again
        before = part


def heading(goal: Goal) -> Term:
    """What stands over the lines of a goal: the name of the result where it has one, else the question."""
    named = goal.kind in ("regroup", "vectorise") and goal.target is not None
    return goal.target if named and goal.target is not None else goal.question


def part_view(
    derivation: Derivation, style: Style, rows: Sequence[Row], numbers: Sequence[str], *, several: bool, alike: bool
) -> Part:
    goal = derivation.goal
    name = goal.part or ""
    if style.coloured:
        style = replace(style, notation=replace(style.notation, roles=roles_of(derivation)))
    told = any(isinstance(words, str) and "layout" in words for words in derivation.introduction)
    matters = goal.question.shape != SCALAR and bool(derivation.steps)
    refusal, hint = error_words(derivation.error, style)
    shown = tuple(lines(rows, style, numbers))
    widest = max((line.width for line in shown if not line.apart), default=0.0)
    return Part(
        headed=several,
        label=style.words(f"({name})") if name else "",
        question=prose(goal.asked, style) or style.inline(style.present(heading(goal))),
        introduction=prose(derivation.introduction, style),
        lines=shown,
        reasons=round(min(max(style.page - 1.06 * widest, style.reasons[0]), style.reasons[1]), 1),
        answer=answer_rows(derivation, style),
        shape=answer_shape(derivation, style),
        conclusion=prose(derivation.conclusion, style),
        conditions=tuple(condition(c, style) for c in derivation.conditions),
        check=check_words(derivation, style, len(rows)) if is_checked(derivation) else "",
        stamp=style.words("not checked") if derivation.check.verdict == UNCHECKED and not derivation.error else "",
        method=style.words(derivation.method.replace("-", " ")),
        layout=style.words(LAYOUTS.get(derivation.layout, "")) if not alike and not told and matters else "",
        refusal=refusal,
        hint=hint,
        text=tuple(prose(paragraph, style) for paragraph in derivation.text),
        options=options(derivation.choices, style),
        option_width=option_width(derivation.choices, style),
        grounds=tuple(grounds(derivation, style)),
        tables=tuple(table(t, style) for t in derivation.tables),
        pictures=tuple(pictures(derivation, style)),
    )


# ------------------------------------------------------------------------------------------------- lines
def lines(rows: Sequence[Row], style: Style, numbers: Sequence[str], depth: int = 0) -> Iterator[Line]:
    """The displayed lines with their numbers."""
    for number, place in zip(numbers, placed(rows, style), strict=True):
        yield line(place, style, number, depth)


def line(place: Placed, style: Style, number: str, depth: int) -> Line:
    row, left, hanging = place.row, place.left, place.hanging
    head = style.broken(left, style.line_width) if left is not None and hanging else ()
    right = style.broken(place.right, style.line_width - (style.indent if hanging else place.column))
    set_in = (2 if hanging else 1) * style.indent if len(head) + len(right) > 1 else 0.0
    apart = style.shrink is not None and any(
        style.measure(box) > OVERWIDE * style.line_width for box in (*head, *right)
    )
    whole = style.page - NUMBERS - (style.indent if hanging else place.column) if apart else float("inf")
    inner = [f"{number or 1}.{n}" for n in range(1, len(row.details) + 1)]
    widest = set_in + max(style.measure(box) for box in (*head, *right))
    return Line(
        number=style.words(number),
        left=style.display(left) if left is not None else "",
        head=tuple(style.fitted(box, whole) for box in head),
        hanging=hanging,
        right=tuple(piece for box in right for piece in style.rows_of(box, whole)),
        reason=narrow(row.reason, style),
        check=style.words(row.check.verdict),
        law=row.law,
        details=tuple(lines(row.details, style, inner, depth + 1)) if depth < style.fold_depth else (),
        apart=apart,
        width=widest if hanging else widest + place.column,
        room=round(max(0.0, widest - place.column), 1) if hanging else 0.0,
    )
