"""Dots in a statement: sums and columns by their first and last terms, and the room behind a line break."""

from __future__ import annotations

import pytest

from derivgen.engine.check import Checker
from derivgen.errors import DerivgenError
from derivgen.face import solve
from derivgen.latex.printer import latex
from derivgen.terms.nodes import Idx, Name, Sum, Sym
from tests.latex.reading import read_formula

W, X = (Sym(Name(letter, "bold"), "n", 1) for letter in "wx")

SUMS = [
    (r"x_1 + x_2 + \cdots + x_n", r"\sum_{k=1}^{n} x_k"),
    (r"x_1 + \dots + x_n", r"\sum_{k=1}^{n} x_k"),
    (r"w_1x_1^2 + w_2x_2^2 + w_3x_3^2 + \cdots + w_nx_n^2", r"\sum_{k=1}^{n} w_kx_k^2"),
    (r"2x_1 + 2x_2 + \ldots + 2x_n", r"\sum_{k=1}^{n} 2x_k"),
]


@pytest.mark.parametrize("written, meant", SUMS)
def test_sums_with_dots(written: str, meant: str) -> None:
    found = read_formula(written, [W, X])
    assert isinstance(found, Sum) and found.index == Idx("k", "n")
    assert latex(found) == meant
    assert Checker().answer(found, read_formula(meant, [W, X])).verdict == "verified"


@pytest.mark.parametrize("written", [r"x_1 + x_3 + \cdots + x_n", r"x_1 + w_2 + \cdots + x_n"])
def test_sums_without_a_pattern_are_refused(written: str) -> None:
    with pytest.raises(DerivgenError):
        read_formula(written, [W, X])


@pytest.mark.parametrize(
    "room",
    [r"\\[3pt]", r"\\[ 3 pt ]", r"\\[-.5ex]", r"\\*[2mm]", r"\\ [1em]", r"\\[0.5\baselineskip]", r"\\[\jot]", r"\\"],
)
def test_the_room_behind_a_line_break_is_no_product(room: str) -> None:
    (found,) = solve(
        rf"Let $\mathbf{{f}}=\begin{{bmatrix}} \frac{{x}}{{y}} {room} xy \end{{bmatrix}}$. Find $\frac{{\partial\mathbf{{f}}}}{{\partial x}}$."
    ).derivations
    assert found.answer is not None
    assert latex(found.answer) == r"\begin{bmatrix} \frac{1}{y} & y \end{bmatrix}"


def test_brackets_behind_a_line_break_that_hold_no_length_are_read() -> None:
    (found,) = solve(
        r"Let $\mathbf{f}=\begin{bmatrix} x \\ [x+1]y \end{bmatrix}$. Find $\frac{\partial\mathbf{f}}{\partial x}$."
    ).derivations
    assert found.answer is not None and latex(found.answer) == r"\begin{bmatrix} 1 & y \end{bmatrix}"


def test_a_definition_beside_the_goal_asks_for_nothing() -> None:
    (found,) = solve(
        r"Let $\mathbf{B}\in\mathbb{R}^{p\times n}$ be constant and $\mathbf{x}\in\mathbb{R}^p$. Find "
        r"$\frac{d(\mathbf{x}^T\mathbf{B})}{d\mathbf{x}}$, where $d\mathbf{y}/d\mathbf{x}$ is defined for a row $\mathbf{y}$ "
        r"as it is for a column."
    ).derivations  # fmt: skip
    assert found.answer is not None and latex(found.answer) == r"\mathbf{B}"
