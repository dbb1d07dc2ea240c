"""The four spellings of every node, and that the tools they are meant for accept them."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from derivgen.latex.printer import latex
from derivgen.notation.boxes import (
    Accent,
    BigOp,
    Box,
    Digits,
    Fenced,
    Fraction,
    Grid,
    Letter,
    Marked,
    Operator,
    RowOf,
    Words,
)
from derivgen.notation.chosen import DIFFERENTIALS, inside
from derivgen.notation.pieces import Notation
from derivgen.notation.present import present, present_prose
from derivgen.notation.speech import spoken
from derivgen.terms.nodes import NODES, At, Derivative, El, Eye, Idx, Name, Num, Ones, Sum, Sym, Times, Tp
from derivgen.terms.trees import subterms
from derivgen.writers.mathml import mathml
from derivgen.writers.typst_math import typst
from derivgen.writers.unicode_text import text
from tests.notation.cases import CASES

NAMES = [case[1] for case in CASES]

ODD: tuple[Box, ...] = (
    Words('a "quoted" $text$ \\ #eval _x_ <b> & c'),
    Operator("#"),
    Operator("$"),
    Operator("&"),
    Operator("\\"),
    Letter("frobnicate"),
    Letter('"'),
    Fenced("[", RowOf((Digits("0"), Operator(",", "punctuation"), Digits("1"))), ")"),
    Fenced("⟨", RowOf((Letter("a"), Operator(";", "punctuation"), Letter("b"))), "⟩"),
    Fenced("", Letter("x"), "|"),
    Fenced("{", Letter("x"), ""),
    BigOp("prod", Letter("i"), None, Letter("x")),
    BigOp("max", RowOf((Letter("x"), Operator("in", "relation"), Letter("C", "cal"))), None, Letter("x")),
    Grid(((Operator("cdots"), Operator("vdots")), (Operator("ddots"), RowOf(())))),
    Accent("underline", Letter("x", "bold")),
    Accent("overline", RowOf((Letter("x"), Letter("y")))),
    Marked(Letter("R", "bb")),
    *(Letter(letter, font) for letter in ("A", "h", "theta", "Sigma", "1", "ell") for font in
      ("", "bold", "vec", "roman", "cal", "bb", "sans", "frak", "tt")),
)  # fmt: skip


def test_the_table_has_every_node() -> None:
    seen = {type(t) for case in CASES for t in subterms(case[0])}
    # A named term is set like a symbol.
    assert {node.__name__ for node in NODES} - {node.__name__ for node in seen} <= {"Named", "Relation"}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_spelling(case: tuple) -> None:
    box = present(case[0])
    assert (latex(box), typst(box), text(box), text(box, ascii=True)) == case[1:]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_ascii_is_ascii_and_mathml_is_xml(case: tuple) -> None:
    box = present(case[0])
    assert text(box, ascii=True).isascii()
    ElementTree.fromstring(mathml(box, display=True, alternative=spoken(box)))
    assert spoken(box)


@pytest.mark.parametrize("box", ODD, ids=repr)
def test_odd_boxes_are_escaped(box: Box) -> None:
    ElementTree.fromstring(mathml(box))
    braces = latex(box).replace(r"\{", "").replace(r"\}", "")
    assert braces.count("{") == braces.count("}")
    assert text(box, ascii=True).isascii()
    spoken(box)


def test_typst_compiles_every_formula() -> None:
    typesetter = pytest.importorskip("typst")
    boxes = [present(case[0]) for case in CASES] + list(ODD)
    source = "\n\n".join(f"$ {typst(box)} $" for box in boxes)
    assert typesetter.compile(source.encode(), format="svg")


@pytest.mark.tex
def test_tex_compiles_every_formula(tmp_path: Path) -> None:
    boxes = [present(case[0]) for case in CASES] + list(ODD)
    lines = "\n\n".join(f"${latex(box)}$" for box in boxes)
    preamble = r"\documentclass{article}\usepackage{amsmath,amssymb}\begin{document}"
    (tmp_path / "all.tex").write_text(f"{preamble}\n{lines}\n" + r"\end{document}", encoding="utf-8")
    command = ["pdflatex", "-interaction=batchmode", "-halt-on-error", "-no-shell-escape", "all.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert run.returncode == 0, (tmp_path / "all.log").read_text(errors="replace")[-2000:]


def test_marked_parts() -> None:
    box = RowOf((Letter("a"), Marked(Letter("b"))))
    assert latex(box) == "ab"
    assert latex(box, marks={"moved": r"\moved"}) == r"a\moved{b}"
    assert typst(box, marks={"moved": "moved"}) == "a moved(b)"
    assert 'class="moved"' in mathml(box)


@pytest.mark.parametrize("notation, spelt", [
    (Notation(), r"\sum_{i=1}^{n} \mathbf{1}^T\mathbf{I}\mathbf{x}^T\frac{\partial s}{\partial x_i}"),
    (Notation(bounds=False), r"\sum_{i} \mathbf{1}^T\mathbf{I}\mathbf{x}^T\frac{\partial s}{\partial x_i}"),
    (Notation(sizes=True, transpose="top", differential="d"),
     r"\sum_{i=1}^{n} \mathbf{1}_n^{\top}\mathbf{I}_n\mathbf{x}^{\top}\frac{ds}{dx_i}"),
])  # fmt: skip
def test_notation(notation: Notation, spelt: str) -> None:
    x = Sym(Name("x", "bold"), 1, "n")
    i = Idx("i", "n")
    slope = Derivative(Sym(Name("s")), El(x, 1, i))
    term = Sum(Times(Ones(1, "n"), Eye("n"), Tp(x), slope), i)
    assert latex(term, notation) == spelt


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_what_stands_beside_d_holds_together(case: tuple) -> None:
    slope = Derivative(case[0], Sym(Name("s")))
    whole = present(Times(slope, Sym(Name("t"))) if slope.shape == (1, 1) else slope)
    for box in inside(whole):
        if isinstance(box, Fraction) and isinstance(box.num, RowOf) and box.num.items[0] in DIFFERENTIALS:
            assert not any(isinstance(b, Operator) for b in box.num.items)
            assert not isinstance(box.num.items[-1], BigOp)


def test_prose() -> None:
    x = Sym(Name("x", "bold"), "n", 1)
    parts = present_prose(("let ", x, " have the index ", Idx("i", "n")))
    assert [part if isinstance(part, str) else latex(part) for part in parts] == [
        "let ", r"\mathbf{x}", " have the index ", "i",
    ]  # fmt: skip


def test_spoken() -> None:
    x, i = Sym(Name("x", "bold"), "n", 1), Idx("i", "n")
    assert spoken(present(Sum(El(x, i, 1), i))) == "the sum over i from 1 to n of x sub i"
    assert spoken(present(Times(Tp(x), x))) == "bold x transpose bold x"
    s, t = Sym(Name("s")), Sym(Name("t"))
    slope = Derivative(El(x, i, 1), s)
    assert spoken(present(slope)) == "the derivative of x sub i by s,"
    assert spoken(present(Derivative(slope, s))) == "the second derivative of x sub i by s twice,"
    assert spoken(present(Derivative(Times(s, Tp(x), x), t))).startswith("the partial derivative by t of open paren")
    assert spoken(present(At(slope, s, Num(3)))) == "the derivative of x sub i by s, evaluated at s equals 3,"
