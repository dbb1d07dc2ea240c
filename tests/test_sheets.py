"""A sheet with several problems: each is a statement of its own, with its places and with what stands before them."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivgen.cli import main
from derivgen.documents.collecting import collected
from derivgen.documents.sheets import problems

SHEET = r"""\documentclass{article}
\newcommand{\R}{\mathbb{R}}
\begin{document}
\section*{Notation}
Vectors are columns; we use numerator layout.
\section*{Problem 1}
Let $b\in\R$. (a) Find $\frac{d}{db}b^2$. (b) Find $\frac{d}{db}\sin b$.
\section*{Problem 2: Least squares}
% \section*{Problem 3} is for next week
Let $b\in\R^m$ and $\mathbf A\in\R^{m\times n}$. (a) Find the gradient of $\|\mathbf A\mathbf x-b\|^2$ with respect to $\mathbf x$.
\end{document}
"""


def test_problems_are_cut_at_their_headings() -> None:
    first, second = problems(SHEET)
    assert (first.title, second.title) == ("Problem 1", "Problem 2: Least squares")
    assert len(first.text) == len(second.text) == len(SHEET)
    assert "numerator" in first.text
    assert "numerator" in second.text
    assert r"\sin b" not in second.text
    assert "Problem 1" not in first.text  # a heading that only counts
    assert "Least squares" in second.text


@pytest.mark.parametrize(
    "text",
    [
        r"Find $\frac{d}{dx}x^2$.",
        "\\section*{Problem 1}\nFind $\\frac{d}{dx}x^2$.",
        "\\section*{Problem 1}\nLet $f=x^2$.\n\\subsection*{1.1 Slope}\nFind $\\frac{df}{dx}$.\n\\subsection*{1.2 Again}\nFind $f''$.",
        "Let $f=x^2$.\n\\subsection*{Part 1}\nFind $\\frac{df}{dx}$.\n\\subsection*{Part 2}\nFind $\\frac{d^2f}{dx^2}$.",
        "\\section{Introduction}\nLet $f=x^2$.\n\\section{Goal}\nFind $\\frac{df}{dx}$.",
    ],
)
def test_one_problem_is_left_as_it_is(text: str) -> None:
    assert [s.text for s in problems(text)] == [text]


def test_environments_are_problems() -> None:
    text = "\\begin{exercise}\nFind $\\frac{d}{dx}x^2$.\n\\end{exercise}\nAnd:\n\\begin{exercise}\nFind $\\frac{d}{dx}x^3$.\n\\end{exercise}"
    first, second = problems(text)
    assert "x^3" not in first.text
    assert "x^2" not in second.text


def test_a_sheet_is_solved_problem_by_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.tex"
    sheet.write_text(SHEET)
    assert main(["solve", str(sheet), "--memory", "0"]) == 0
    shown = capsys.readouterr().out
    assert shown.index("Problem 1") < shown.index("Problem 2") < shown.index("‖Ax − b‖")


def test_places_in_a_sheet_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.tex"
    sheet.write_text(SHEET.replace(r"\mathbf x-b", r"\mathbf A-b"))
    assert main(["solve", str(sheet), "--memory", "0"]) != 0
    assert "sheet.tex:10:" in capsys.readouterr().err


def test_a_manual_has_the_problems_of_a_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "1-homework.tex"
    sheet.write_text(SHEET)
    assert [q.title for q in collected([str(sheet)])] == ["Problem 1", "Problem 2: Least squares"]
    assert {q.section for q in collected([str(sheet)])} == {"1 Homework"}
