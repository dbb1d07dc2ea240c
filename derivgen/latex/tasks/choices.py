"""Select all that apply: options with the shape of something, or with its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import Found, Kind, question_goal
from derivgen.latex.tasks.sides import fault
from derivgen.latex.typeset import typeset
from derivgen.tasks import Choose, Option
from derivgen.terms.shapes import ShapeError

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

WHICH = r"(?:which|(?:select|choose|tick|mark|check|pick|find|name|give) (?:all|every|each|those|the ones?))"
THESE = r"(?: (?:of )?(?:(?:the|these|those|all) ?)*(?:following|below|options?|expressions?|answers?|formulas?|products?|candidates?|matrices|ones|them|terms)?)*"

PHRASES = (
    Phrase(
        "which have the shape", "goals", "shape",
        rf"{WHICH}{THESE} (?:that |which )?(?:has|have|are of|is of|share|with|of|can have|could have|fit|fits|match|matches) (?:the )?(?:same |right |correct |expected )?(?:shapes?|sizes?|dimensions?)"
        r"(?: (?:as|of|with) {words}{body:x}| as it)?",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Which of these are of the shape of $\\mathbf{A}\\mathbf{x}$? "
         "\\begin{itemize}\\item $\\mathbf{A}^T\\mathbf{x}$ \\item $2\\mathbf{A}\\mathbf{x}$\\end{itemize}",
         "Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$. Select all expressions that have the shape of $\\mathbf{a}\\mathbf{b}^T$: "
         "\\begin{itemize}\\item $\\mathbf{b}\\mathbf{a}^T$ \\item $\\mathbf{a}^T\\mathbf{b}$\\end{itemize}"),
        ("shape", "size", "dimension"),
    ),
    Phrase(
        "which are equal", "goals", "value",
        rf"{WHICH}{THESE} (?:that |which )?(?:is|are|equals?|gives?|coincides?|agrees?|has the (?:same )?value|have the (?:same )?value)(?: always| identically)?(?: (?:correct|right|true|equal|equivalent|identical|the same))?"
        r"(?: (?:to|as|of|with|for))? {words}{body:x}",
        ("Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. Which of the following are equal to $(\\mathbf{A}\\mathbf{B})^T$? "
         "\\begin{enumerate}\\item $\\mathbf{A}^T\\mathbf{B}^T$ \\item $\\mathbf{B}^T\\mathbf{A}^T$\\end{enumerate}",
         "Let $\\mathbf{x}\\in\\mathbb{R}^n$. Select all options that equal $\\frac{d}{d\\mathbf{x}}\\lVert\\mathbf{x}\\rVert_2^2$. "
         "\\begin{itemize}\\item $2\\mathbf{x}$ \\item $\\mathbf{x}+\\mathbf{x}$ \\item $\\mathbf{x}^T$\\end{itemize}"),
        ("which", "select", "choose", "tick", "mark", "check", "pick"),
    ),
)  # fmt: skip

LISTED = re.compile(r"\b(?:options?|alternatives?|choices|of (?:the following|these|those))\b", re.I)


def ask(found: Found) -> Sequence[Ask]:
    criterion = "shape" if found.match.re.pattern == PHRASES[0].regex.pattern else "value"
    nodes = found.nodes("body")
    options = options_in(found)
    body = nodes[0] if nodes else found.asker.asked_last()
    if body is None or (criterion == "value" and not options and not LISTED.search(found.match[0])):
        return []
    if not options:
        raise errors.NoGoal(
            "there is nothing to choose from: the list of options is missing",
            place=found.asker.place(found.span), hint="put the options into a list: \\begin{itemize}\\item $…$",
        )  # fmt: skip
    return [Ask("choose", body, details=(criterion, options), span=body.span)]


def options_in(found: Found) -> tuple[tuple[str, sx.Syntax], ...]:
    """The options: items of a list, or formulas behind boxes to tick, each with its label."""
    out: list[tuple[str, sx.Syntax]] = []
    for sentence in found.following:
        if sentence.option is not None and sentence.slots:
            sentence.slots[0].used = True
            out.append((sentence.option, sentence.slots[0].formula.body))
    if out:
        return tuple(out)
    behind = found.sentence.text[found.match.end() :]
    slots = [*found.sentence.named(behind), *(s for t in found.following for s in t.slots)]
    for slot in slots:
        for item in (i for row in slot.formula.rows for i in sx.items(row)):
            boxed = ticked(item)
            if boxed is not None:
                slot.used = True
                out.append((str(len(out) + 1), boxed))
    return tuple(out)


def ticked(node: sx.Syntax) -> sx.Syntax | None:
    r"""What stands behind a box to tick: the x of ``\Box x``."""
    match node:
        case sx.Product((sx.Placeholder("□"), *rest), signs):
            return rest[0] if len(rest) == 1 else sx.Product(tuple(rest), signs[1:], span=node.span)
        case sx.Plus((first, *rest)):
            head = ticked(first)
            return sx.Plus((head, *rest), span=node.span) if head is not None else None
    return None


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    criterion, written = ask.details
    build = question_goal(settler, ask)
    options = [read_option(settler, ask, label, node) for label, node in written]

    def made() -> Goal:
        goal = build()
        words = "have the shape of" if criterion == "shape" else "are equal to"
        task = Choose(tuple(o() for o in options), criterion)
        return replace(goal, kind="choice", task=task, asked=(f"Which options {words} ", goal.question, "?"))

    return made


def read_option(settler: Settler, ask: Ask, label: str, node: sx.Syntax) -> Callable[[], Option]:
    """An option; one that is no term at all, because its shapes do not fit, keeps the reason."""
    shown = typeset(node)
    try:
        typed = settler.reading(ask).read(node)
    except errors.ShapeFault:
        reason = fault(settler, ask, node)
        return lambda: Option(label, shown, None, reason)

    def build() -> Option:
        try:
            return Option(label, shown, typed.build())
        except (ShapeError, errors.ShapeFault):
            return Option(label, shown, None, fault(settler, ask, node))

    return build


KIND = Kind("choose", PHRASES, ask, settle)
