"""A derivation as a cell of a notebook: LaTeX for MathJax, or an HTML fragment with native MathML."""

from __future__ import annotations

from derivgen.derivation import Derivation, Solution
from derivgen.writers.document import document
from derivgen.writers.styles import html_style, latex_style
from derivgen.writers.templating import filled


def notebook_html(derivation: Derivation) -> str:
    return filled(document([solution_of(derivation)], html_style()), "notebook")


def notebook_latex(derivation: Derivation) -> str:
    """The lines in one aligned formula, each with its reason, and the answer in words; a refusal in words."""
    part = document([solution_of(derivation)], latex_style()).problems[0].parts[0]
    if part.refusal:
        return rf"$\text{{Not derived. {part.refusal}}}$"
    rows = []
    for line in part.lines:
        heads = [rf"&{row} \\" for row in line.head]
        right = [rf"{'' if n or line.head else line.left} &{row}" for n, row in enumerate(line.right)]
        right[0] += rf" & & \text{{{line.reason}}}"
        rows += [*heads, r" \\ ".join(right)]
    marks = {True: r"\checkmark", False: r"\times"}
    for option in part.options:
        first, *more = option.rows
        rows.append(rf"\text{{{option.label}}}\ {marks[option.right]}\ & {first} & & \text{{{option.reason}}}")
        rows += [rf"&\quad {row}" for row in more]
    rows = rows or [f"&{row}" for row in part.answer]
    rows += [rf"&\text{{{paragraph}}}" for paragraph in part.text]
    body = r" \\ ".join(rows)
    return rf"$\displaystyle \begin{{aligned}} {body} \end{{aligned}}$"


def solution_of(derivation: Derivation) -> Solution:
    return Solution(source=derivation.problem.source, problem=derivation.problem, derivations=(derivation,))
