"""The sentences of a document: layout, read-back, conditions, checks and refusals, in the words of a format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.derivation import UNCHECKED, VERIFIED, Check, Definition, Derivation, Problem, Prose, Symbol
from derivgen.errors import DerivgenError
from derivgen.notation.boxes import Box, Letter, Operator, RowOf, Scripts
from derivgen.notation.names import LAYOUT_NAMES, size_box
from derivgen.terms.nodes import Derivative, Hessian, Idx, Term
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import subterms
from derivgen.writers.breaking import ems
from derivgen.writers.styles import Style
from derivgen.writers.views import Reading

LAYOUTS = LAYOUT_NAMES | {"jacobian": "Jacobian layout (column gradients, numerator Jacobians)"}

MOST_SIZES, FEW_SIZES = 6, 3
"""How many choices of sizes are told: all where they are no more than the first, else as many as the second."""


def prose(text: Prose, style: Style) -> str:
    return style.join(item if isinstance(item, str) else style.present(item) for item in together(text))


def narrow(text: Prose, style: Style) -> str:
    """Prose for the column of reasons: a formula that is wider than the column is cut where a line may end."""
    width = style.reasons[0] if style.measure is ems else float("inf")
    items: list[str | Box] = []
    for item in together(text):
        box = item if isinstance(item, str) else style.present(item)
        wide = not isinstance(box, str) and style.measure(box) > width
        rows = style.broken(box, width) if wide and not isinstance(box, str) else (box,)
        items += [x for n, row in enumerate(rows) for x in ((" ", row) if n else (row,))]
    return style.join(items)


def together(text: Prose) -> Iterator[str | Term | Idx | Box]:
    """The text with the pair (i, j) kept on one line."""
    for n, item in enumerate(text):
        pair = item == ", " and 0 < n < len(text) - 1 and isinstance(text[n - 1], Idx) and isinstance(text[n + 1], Idx)
        yield ",\N{NO-BREAK SPACE}" if pair else item


def condition(item: Term | Prose, style: Style) -> str:
    return style.inline(style.present(item)) if isinstance(item, Term) else prose(item, style)


def layout_words(problem: Problem, layout: str) -> str:
    """The layout of the answers, stated where it matters: where something else than a scalar by a scalar is asked."""
    asked = [t for g in problem.goals for t in subterms(g.question) if isinstance(t, Derivative | Hessian)]
    if not layout or (not problem.layout_stated and all(t.shape == SCALAR for t in asked)):
        return ""
    stated = "as stated" if problem.layout_stated or layout != problem.layout else "default"
    words = LAYOUTS.get(layout, layout)
    return f"{words[0].upper()}{words[1:]} ({stated})"


def reading(symbol: Symbol, style: Style) -> Reading:
    shape = symbol.shape
    box = style.present(symbol.term) if symbol.term is not None else Letter(symbol.name)
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
    """Whether there are values that were checked in lines, an answer or options; a shape has none."""
    if derivation.error is not None:
        return False
    values = derivation.answer is not None and derivation.goal.kind != "shape"
    return bool(values or derivation.steps or derivation.choices)


def check_words(derivation: Derivation, style: Style, count: int) -> str:
    """The honest line under an answer: at which sizes every line was seen to hold."""
    check, options = derivation.check, derivation.answer is None and not derivation.steps
    subject = "Each option" if options else "Each line" if count > 1 else "The line" if count else "The answer"
    if check.verdict == UNCHECKED:
        return style.words("Nothing here was checked.")
    if check.verdict != VERIFIED:
        return style.words(f"The check came out {check.verdict}.")
    held = "was checked" if options or not any(check.sizes) else "holds"
    left_out = f" Left out: {'; '.join(check.skipped)}." if check.skipped and any(check.sizes) else ""
    return style.words(f"{subject} {held} {sizes_words(check)}.{left_out}")


def sizes_words(check: Check) -> str:
    """ "at (m, n) = (2, 3), (3, 3)", or "at random points" where there are no sizes."""
    names = list(dict.fromkeys(name for sizes in check.sizes for name in sizes))
    if not names:
        return "at random points"
    told = check.sizes if len(check.sizes) <= MOST_SIZES else check.sizes[:FEW_SIZES]
    tried = ", ".join(size_tuple([str(sizes.get(n, "–")) for n in names]) for sizes in told)
    more = f" and {len(check.sizes) - len(told)} more" if told != check.sizes else ""
    return f"at {size_tuple(names)} = {tried}{more}"


def whose(definition: Definition, problem: Problem) -> str:
    """ "(a) " before what part (a) calls by a name that other parts use for something else."""
    several = sum(d.name == definition.name for d in problem.definitions) > 1
    return f"({definition.part.strip('()')}) " if several and definition.part else ""


def size_tuple(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"({', '.join(items)})"


def error_words(error: DerivgenError | None, style: Style) -> tuple[str, str]:
    if error is None:
        return "", ""
    return style.words(error.message), style.words(error.hint or "")
