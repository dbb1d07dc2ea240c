"""Answers in words, options with their reasons, facts with their checks, tables, headings in words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from derivgen.derivation import Check, Choice, Fact, Passage, Solution, Table
from derivgen.face import solve
from derivgen.tasks import Through
from derivgen.terms.nodes import Times, Tp
from derivgen.writers.formats import write
from derivgen.writers.notebook import notebook_html, notebook_latex

from . import examples, figured
from .test_documents import HOSTILE, PLAIN, Balance

OPTIONS = r"""Let $\mathbf{u},\mathbf{v}\in\mathbb{R}^n$ be functions of $\mathbf{x}\in\mathbb{R}^m$.
\begin{enumerate}
\item Which of these have the shape of $\frac{d(\mathbf{u}^T\mathbf{v})}{d\mathbf{x}}$?
\begin{itemize}
\item $\mathbf{u}\frac{d\mathbf{v}}{d\mathbf{x}}$
\item $\frac{d\mathbf{u}}{d\mathbf{x}}\mathbf{v}$
\end{itemize}
The options are typed with different sizes.
\item Find $\frac{d(\mathbf{u}^T\mathbf{v})}{d\mathbf{x}}$.
\end{enumerate}
"""
BOTH = (
    figured.derivation(goal=replace(examples.bilinear().derivations[0].goal, part="a")),
    figured.in_words(),
    figured.chosen(),
)


def shown(solution: Solution, to: str, **options: Any) -> str:
    out = write(solution, to, **options)
    assert isinstance(out, str)
    return out


def answer(derivation: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shown(figured.solution(derivation), "json"))["derivations"][0]["answer"]
    return found


# ------------------------------------------------------------------------------------------------- words and headings
@pytest.mark.parametrize("to", PLAIN)
def test_an_answer_in_words_is_shown_in_every_format(to: str) -> None:
    out = shown(figured.solution(*BOTH), to)
    for words in (
        "Each term has degree 1",
        "So it is.",
        "Option A.",
        "linear?",
        "Which equal",
        "a scalar by a matrix",
        "Shapes of",
    ):
        assert words in out


def test_words_follow_the_formula_of_the_same_answer() -> None:
    out = shown(figured.solution(figured.derivation(text=(("It has rank one.",),))), "text")
    assert "Answer\n  d(aᵀXb)/dX = abᵀ ∈ ℝ^(m×n)\n  It has rank one.\n" in out


def test_the_words_that_are_asked_head_their_part() -> None:
    out = shown(figured.solution(*BOTH), "text")
    assert "\n(a) d(aᵀXb)/dX\n" in out and "\n(b) Why is aᵀXb linear?\n" in out


def test_a_single_part_has_no_heading() -> None:
    assert "Why is" not in shown(figured.solution(figured.in_words()), "text")


def test_an_answer_that_is_not_the_question_has_the_left_side_of_its_lines() -> None:
    """A task may ask for something else than the value of its question: minus the gradient, say."""
    source = r"A slope has the height $h(x,y)=x^2-3y^2$ at $(x,y)$. The position is $(x,y)=(-1,0)$. In which direction does the ground fall most steeply?"
    out = shown(solve(source), "text")
    assert "  −∇h |_{x=−1,y=0} = [2; 0]" in out.partition("Answer")[2]
    assert "  ∇h |" not in out.partition("Answer")[2]


def test_an_answer_without_lines_of_its_own_stands_alone() -> None:
    goal = replace(examples.bilinear().derivations[0].goal, task=Through(()))
    out = shown(figured.solution(figured.derivation(goal=goal, steps=())), "text")
    assert "Answer\n  abᵀ ∈" in out


# ------------------------------------------------------------------------------------------------- options
@pytest.mark.parametrize("to", PLAIN)
def test_every_option_has_a_mark_that_is_not_colour(to: str) -> None:
    out = shown(figured.solution(figured.chosen()), to)
    right, wrong = {
        "text": ("A. ✓ abᵀ", "B. ✗ 2aᵀXb"),
        "latex": (r"\option{A.}{\isright}", r"\option{B.}{\iswrong}"),
        "typst": ("label: [#\"A.\";], right: true", "label: [#\"B.\";], right: false"),
        "html": ("<title>right</title>", "<title>wrong</title>"),
    }[to]  # fmt: skip
    assert right in out and wrong in out


def test_marks_in_ascii() -> None:
    out = shown(figured.solution(figured.chosen()), "text", ascii=True)
    assert out.isascii() and "A. [x] a b^T" in out and "B. [ ] 2a^T X b" in out


def test_options_keep_to_the_width_of_the_terminal() -> None:
    for width in (60, 80, 120):
        assert max(map(len, shown(figured.solution(*BOTH), "text", width=width).splitlines())) <= width


def test_what_was_chosen_from_is_checked_option_by_option() -> None:
    out = shown(figured.solution(figured.chosen()), "text")
    assert "Each option was checked at (m, n) = (2, 3), (3, 3), (1, 1)." in out


def test_options_of_the_statement_stand_in_a_list_of_their_own() -> None:
    out = shown(solve(OPTIONS), "text")
    assert "\n      1. u (dv/dx)\n      2. (du/dx) v\n  The options are typed with different sizes.\n  (b) Find" in out
    assert "\n  1. ✗ u (dv/dx)" in out and "\n  2. ✓ (du/dx) v" in out


@pytest.mark.parametrize(("label", "first", "second"), [
    ("", "1", "2"), ("[label=(\\Alph*)]", "A", "B"), ("[i.]", "i", "ii"),
])  # fmt: skip
def test_labels_of_options_agree_in_statement_and_answer(label: str, first: str, second: str) -> None:
    source = OPTIONS.replace("{itemize}\n", f"{{enumerate}}{label}\n", 1).replace("\\end{itemize}", "\\end{enumerate}")
    solution = solve(source)
    assert solution.problem is not None
    assert [p.content for p in solution.problem.passages if p.kind == "option"] == [first, second]
    assert [c.label for c in solution.derivations[0].choices] == [first, second]
    out = shown(solution, "text")
    assert f"      {first}. u (dv/dx)" in out and f"Option {second}." in out


def test_a_list_that_only_tells_something_has_bullets() -> None:
    source = r"Note: \begin{itemize}\item $\mathbf{A}\in\mathbb{R}^{n\times n}$; \item $\mathbf{x}\in\mathbb{R}^n$.\end{itemize} Find $\frac{d(\mathbf{A}\mathbf{x})}{d\mathbf{x}}$."
    out = shown(solve(source), "text")
    assert "      • A ∈ ℝ^(n×n);\n      • x ∈ ℝⁿ.\n  Find" in out


def test_a_displayed_option_stands_beside_its_label() -> None:
    out = shown(
        solve(
            OPTIONS.replace(
                r"\item $\mathbf{u}\frac{d\mathbf{v}}{d\mathbf{x}}$",
                r"\item \[\mathbf{u}\frac{d\mathbf{v}}{d\mathbf{x}}\]",
            )
        ),
        "text",
    )
    assert "\n      1. u (dv/dx)\n" in out


# ------------------------------------------------------------------------------------------------- facts
def test_facts_are_told_with_their_checks_those_checked_alike_together() -> None:
    out = shown(figured.solution(figured.in_words(text=())), "text")
    assert "Checked at (m, n) = (2, 3), (3, 3), (1, 1): aᵀXb is a scalar; every term has degree 1 in X." in out
    assert "Not checked: nobody looked at this." in out


def test_a_fact_that_is_established_twice_is_told_once() -> None:
    fact = Fact("a", "b", ("it holds",), Check("verified"))
    out = shown(figured.solution(figured.in_words(facts=(fact, fact), text=())), "text")
    assert out.count("it holds") == 1 and "Checked at random points: it holds." in out


def test_facts_that_paragraphs_tell_are_not_told_again() -> None:
    fact, other = Fact("a", "b", ("it holds",), Check("verified")), Fact("c", "d", ("so it is",), Check("verified", ({"n": 2},)))
    out = shown(figured.solution(figured.in_words(facts=(fact,))), "text")
    assert "it holds" not in out and "Checked at random points." in out
    out = shown(figured.solution(figured.in_words(facts=(fact, other))), "text")
    assert "What is said was checked at random points, for several sizes." in out


# ------------------------------------------------------------------------------------------------- tables
def test_a_table_of_the_terminal_is_wrapped_in_its_columns() -> None:
    out = shown(figured.solution(figured.in_words()), "text", width=70)
    rows = [row for row in out.splitlines() if "─" in row or "what" in row or "scalar by a" in row]
    assert len(rows) >= 3 and all(len(row) <= 70 for row in rows)


def test_wide_columns_of_a_table_give_way() -> None:
    from derivgen.writers.answers import table
    from derivgen.writers.styles import latex_style

    wide = Table((("a",), ("b",), ("c",)), ((("word " * 60,), ("short",), ("word " * 60,)),))
    widths = table(wide, latex_style()).widths
    assert sum(widths) + 1.2 * 3 <= latex_style().full_width * 1.06 and widths[1] < 5 < widths[0] == widths[2]


# ------------------------------------------------------------------------------------------------- json
def test_the_record_of_an_answer_in_words() -> None:
    found = answer(figured.in_words())
    assert list(found) == ["latex", "srepr", "numpy", "shape", "text", "choices", "facts"]
    assert [found[k] for k in ("latex", "srepr", "numpy", "shape", "choices")] == [None] * 5
    assert found["text"] == "Each term has degree 1 in $\\mathbf{X}$.\n\nSo it is."
    first = found["facts"][0]
    assert list(first) == ["text", "check", "name", "value"]
    assert (first["text"], first["name"], first["value"]) == (
        r"$\mathbf{a}^T\mathbf{X}\mathbf{b}$ is a scalar",
        "shape",
        "1×1",
    )
    assert first["check"]["verdict"] == "verified" and found["facts"][2]["check"]["verdict"] == "unchecked"


def test_the_record_of_a_choice() -> None:
    found = answer(figured.chosen())
    assert [(c["label"], c["right"]) for c in found["choices"]] == [("A", True), ("B", False)]
    assert all(list(c) == ["label", "right", "reason", "check"] for c in found["choices"])
    assert found["choices"][0]["reason"].startswith("the same value as $\\frac{d") and found["facts"] == []


def test_the_record_of_a_term_with_words() -> None:
    found = answer(figured.derivation(text=(("It has rank one.",),)))
    assert (
        found["latex"] == r"\mathbf{a}\mathbf{b}^T" and found["text"] == "It has rank one." and found["choices"] is None
    )


def test_no_answer_has_no_record() -> None:
    assert answer(figured.derivation(answer=None)) is None


# ------------------------------------------------------------------------------------------------- the formats
@pytest.mark.parametrize("to", PLAIN)
def test_words_of_the_user_are_only_shown(to: str) -> None:
    choice = Choice(HOSTILE, Times(figured.a, Tp(figured.b)), False, (HOSTILE,))
    made = figured.chosen(choices=(choice,), text=((HOSTILE,),), facts=(Fact("x", "y", (HOSTILE,)),), tables=(Table(((HOSTILE,),), (((HOSTILE,),),), (HOSTILE,)),))  # fmt: skip
    problem = replace(made.problem, passages=(Passage("option", HOSTILE), Passage("text", HOSTILE)))
    solution = replace(figured.solution(replace(made, problem=problem), BOTH[0]), problem=problem)
    out = shown(solution, to)
    assert "49" not in re.sub(r"base64,[^\"]*", "", out)
    assert "\x1b" not in out and "\x07" not in out and "\u202e" not in out
    if to == "latex":
        assert r"\input{" not in out and out.count(r"\end{document}") == 1
    if to == "html":
        assert "<script>" not in out


def test_html_is_balanced() -> None:
    parser = Balance()
    parser.feed(shown(figured.solution(*BOTH), "html"))
    assert parser.stack == [] and "table" in parser.seen


def test_typst_sets_answers_in_words() -> None:
    made = write([figured.solution(*BOTH), solve(OPTIONS)], "pdf")
    assert isinstance(made, bytes) and made.startswith(b"%PDF-")
    assert made == write([figured.solution(*BOTH), solve(OPTIONS)], "pdf")


@pytest.mark.tex
def test_pdflatex_sets_answers_in_words() -> None:
    made = write([figured.solution(*BOTH), solve(OPTIONS)], "pdf", engine="pdflatex")
    assert isinstance(made, bytes) and made.startswith(b"%PDF-")


def test_a_cell_of_a_notebook_shows_them_too() -> None:
    html, latex = notebook_html(figured.chosen()), notebook_latex(figured.chosen())
    parser = Balance()
    parser.feed(html)
    assert parser.stack == [] and "<title>right</title>" in html and "Option A." in html
    assert r"\text{A.}\ \checkmark" in latex and r"\text{B.}\ \times" in latex and r"\text{Option A.}" in latex
    assert r"\text{So it is.}" in notebook_latex(figured.in_words())
