"""The same formulas in other LaTeX: fonts, transposes, fractions, fences, and the marks around formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.variations.kin import Kin, NotApplicable
from tests.variations.operands import made
from tests.variations.source import closing, cut, on_mathematics

FIRST = (
    (r"\^T(?![A-Za-z])", r"^{\\top}"),
    (r"\\lVert(?![A-Za-z])", r"\\|"),
    (r"\\rVert(?![A-Za-z])", r"\\|"),
    (r"\\frac(?![A-Za-z])", r"\\dfrac"),
    (r"\\mathbf\{([a-z])\}", r"\\boldsymbol{\1}"),
    (r"\\log(?![A-Za-z])", r"\\ln"),
    (r"\\in\\mathbb\{R\}\^\{?n\}?(?![\\}])", r"\\in\\mathbb R^n"),
)
SECOND = (
    (r"\^T(?![A-Za-z])", r"^\\mathsf{T}"),
    (r"\\mathbf\{([A-Za-z])\}", r"\\bm{\1}"),
    (r"(?<!\{)e\^\{((?:[^{}]|\{[^{}]*\})*)\}", r"\\exp\\left(\1\\right)"),
    (r"\\dfrac", r"\\frac"),
    (r"\\operatorname\{tr\}", r"\\mathrm{tr}"),
    (r"\\odot", r"\\circ"),
    (r"\\dots", r"\\ldots"),
)


def noted_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    for how, rules in (("fonts and signs", FIRST), ("other fonts and signs", SECOND)):
        yield made("other notation", statement, on_mathematics(statement, changed(rules)), how=how)
    yield made("other notation", statement, on_mathematics(statement, round_d), how="d and partial")
    yield made("other notation", statement, on_mathematics(statement, inline), how="fractions in the line")
    yield made("other notation", statement, other_marks(statement), how="marks of formulas")
    yield made("other notation", statement, on_mathematics(statement, spaced), how="spaces and fences")


def changed(rules: tuple[tuple[str, str], ...]):  # type: ignore[no-untyped-def]
    def change(formula: str) -> str:
        for old, new in rules:
            formula = re.sub(old, new, formula)
        return formula

    return change


def round_d(formula: str) -> str:
    r"""``\frac{dy}{dx}`` with round d; where both stand side by side, neither is changed."""
    if "\\partial" in formula:
        return formula
    start = r"(\\d?frac\{)d(?=[A-Za-z\\(}}])".replace("}}", "}")
    formula = re.sub(start, r"\1\\partial ", formula)
    formula = re.sub(r"\}\{d(?=\\|[a-zA-Z])", r"}{\\partial ", formula)
    return re.sub(r"(?<![\\A-Za-z{])d(\\mathbf|[a-z])([^/ ]*)/d(?=\\|[a-z])", r"\\partial \1\2/\\partial ", formula)


def inline(formula: str) -> str:
    r"""``dy/dx`` for ``\frac{dy}{dx}``, where a letter stands above."""
    found = re.fullmatch(
        r"\\d?frac\{((?:d|\\partial)(?:\^2)?\s*(?:\\?[A-Za-z]+|\\\w+\{\\?\w+\}|\\hat\{\\mathbf\{\w\}\}))\}(\{.*\})([.,]?)",
        formula,
    )
    if not found or closing(found[2], 0) != len(found[2]) or found[2].count("partial") > 1:
        return formula
    return f"{found[1]}/{found[2][1:-1]}{found[3]}"


def spaced(formula: str) -> str:
    r"""Thin spaces after letters in bold, and fences that grow."""
    formula = re.sub(r"(\\mathbf\{[A-Za-z]\})(?=\\mathbf)", r"\1\\,", formula)
    if formula.count("(") == formula.count(")") and "\\left" not in formula and "\\lVert" not in formula:
        formula = formula.replace("(", "\\left(").replace(")", "\\right)")
    return formula


def other_marks(statement: str) -> str:
    out = ""
    for p in cut(statement):
        match p.kind:
            case "math":
                out += f"\\({p.text}\\)"
            case "display":
                out += f"\\begin{{equation*}}{p.text}\\end{{equation*}}"
            case _:
                out += p.text
    return out
