"""Index letters set apart by their roles: which letter plays which, and how the formats show it."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest

from derivgen.errors import InputError
from derivgen.face import solve
from derivgen.notation.boxes import Marked
from derivgen.notation.chosen import inside
from derivgen.notation.pieces import Notation
from derivgen.notation.present import present
from derivgen.terms.nodes import Derivative, El, Entries, Idx, Name, Sum, Sym, Times
from derivgen.writers.formats import write
from derivgen.writers.roles import COLUMN, ROW, SUMMED, roles_of

from . import examples
from .test_documents import Balance

SQUARE = Sym(Name("S", "bold"), "n", "n")
CASES = [
    (r"Let $\mathbf{a}\in\mathbb{R}^m$, $\mathbf{X}\in\mathbb{R}^{m\times n}$, $\mathbf{b}\in\mathbb{R}^n$. Find $\frac{d(\mathbf{a}^T\mathbf{X}\mathbf{b})}{d\mathbf{X}}$.",
     {"i": ROW, "j": COLUMN, "k": SUMMED, "l": SUMMED}),
    (r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$. Find $\frac{d(\mathbf{x}^T\mathbf{A}\mathbf{x})}{d\mathbf{x}}$.",
     {"i": ROW, "j": SUMMED, "k": SUMMED}),
    (r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. Write the vector $\mathbf{v}$ with $v_p=\sum_{q=1}^{n}A_{pq}x_q$ without indices.",
     {"p": ROW, "q": SUMMED}),
    (r"Let $\mathbf{A}\in\mathbb{R}^{m\times n}$. Find $\frac{d(\mathbf{A}\mathbf{x})}{d\mathbf{x}}$.",
     {"i": ROW, "j": COLUMN, "k": SUMMED}),
]  # fmt: skip


def shown(solution: Any, to: str, **options: Any) -> str:
    out = write(solution, to, **options)
    assert isinstance(out, str)
    return out


@pytest.mark.parametrize(("text", "roles"), CASES)
def test_roles_of_a_derivation(text: str, roles: dict[str, str]) -> None:
    derivation = solve(text).derivations[0]
    assert derivation.error is None and dict(roles_of(derivation)) == roles


def marks(term: Any, roles: tuple[tuple[str, str], ...] | None) -> list[tuple[Any, str]]:
    return [(b.body.letter, b.role) for b in inside(present(term, Notation(roles=roles))) if isinstance(b, Marked)]


def test_what_binds_a_letter_gives_it_its_role() -> None:
    i, j, k = (Idx(letter, "n") for letter in "ijk")
    product = Times(El(SQUARE, k, j), El(SQUARE, k, i))
    assert marks(Sum(product, k), ()) == [("k", SUMMED)] * 3
    whole = marks(Entries(Sum(product, k), i, j), ())
    assert whole.count(("i", ROW)) == 2 and whole.count(("j", COLUMN)) == 2 and whole.count(("k", SUMMED)) == 3
    assert marks(product, (("i", ROW),)) == [("i", ROW)]


def test_a_sum_goes_before_the_role_of_a_free_letter() -> None:
    i = Idx("i", "n")
    assert marks(Sum(El(SQUARE, i, i), i), (("i", ROW),)) == [("i", SUMMED)] * 3


def test_nothing_is_marked_unless_asked() -> None:
    k = Idx("k", "n")
    assert marks(Sum(El(SQUARE, k, k), k), None) == []


def test_marks_do_not_change_the_sign_of_a_derivative() -> None:
    """The author's d or ∂ is found by the variable as it is written, whatever marks it bears."""
    i = Idx("i", examples.M)
    by = El(examples.a, i, 1)
    signs = ((present(by), "d"),)
    term = Derivative(Times(by, by), by)
    plain = re.sub(
        r"Marked\(body=(Letter\(letter='i', font=''\)), role='row-index'\)",
        r"\1",
        repr(present(term, Notation(signs=signs, roles=(("i", ROW),)))),
    )
    assert plain == repr(present(term, Notation(signs=signs)))


LOOKS = {
    "latex": (r"a_{\rowindex{i}}b_{\columnindex{j}}", r"X_{\summedindex{k}\summedindex{l}}", "Index letters: $\\rowindex{i}$ row, $\\columnindex{j}$ column"),
    "typst": ("a_(rowindex(i)) b_(columnindex(j))", "X_(summedindex(k) summedindex(l))", '"Index letters: "'),
    "html": ('<mrow class="row-index"><mi>i</mi></mrow>', '<mrow class="summed-index"><mi>k</mi></mrow>', '<p class="legend">'),
}  # fmt: skip


@pytest.mark.parametrize("to", LOOKS)
def test_letters_and_legend_in_every_format(to: str) -> None:
    out = shown(examples.bilinear(), to, colour="indices")
    assert all(piece in out for piece in LOOKS[to])
    assert out.count("summed over") == 1


@pytest.mark.parametrize("to", [*LOOKS, "text", "json"])
def test_without_the_option_nothing_changes(to: str) -> None:
    plain = shown(examples.bilinear(), to)
    assert plain == shown(examples.bilinear(), to, colour="none")
    assert not re.search("rowindex|row-index|Index letters", plain)
    if to in ("text", "json"):
        assert plain == shown(examples.bilinear(), to, colour="indices")


def test_but_for_the_marks_the_formulas_are_the_same() -> None:
    def formulas(out: str) -> list[str]:
        bare = re.sub(r"\\(?:row|column|summed)index\{(\w)\}", r"\1", out.partition(r"\begin{document}")[2])
        return [re.sub(r"_\{(\w)\}", r"_\1", row) for row in bare.splitlines() if "Index letters" not in row]

    plain, marked = (shown(examples.bilinear(), "latex", colour=c) for c in ("none", "indices"))
    assert formulas(plain) == formulas(marked)


def test_html_is_balanced_and_typst_and_tex_set_it() -> None:
    parser = Balance()
    parser.feed(shown(examples.bilinear(), "html", colour="indices"))
    assert parser.stack == []
    made = write(examples.bilinear(), "pdf", colour="indices")
    assert isinstance(made, bytes) and made == write(examples.bilinear(), "pdf", colour="indices")


@pytest.mark.tex
def test_tex_sets_it() -> None:
    made = write([solve(text) for text, _ in CASES], "pdf", engine="pdflatex", colour="indices")
    assert isinstance(made, bytes) and made.startswith(b"%PDF-")


def test_an_unknown_colour_names_those_that_are() -> None:
    with pytest.raises(InputError) as caught:
        write(examples.bilinear(), "html", colour="red")
    assert caught.value.message == "there is no colour 'red'" and caught.value.hint == "there are none, indices"


@pytest.mark.parametrize("option", ["--colour", "--color"])
def test_the_option_of_the_command(option: str) -> None:
    text = r"\frac{d(\mathbf{x}^T\mathbf{x})}{d\mathbf{x}}"
    command = [sys.executable, "-m", "derivgen", "solve", "--latex", text, "--to", "latex", option, "indices"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert r"\rowindex{i}" in done.stdout
