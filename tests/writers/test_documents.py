"""Text, LaTeX, Typst and HTML: what stands in them, at every level of detail, with hostile words."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from derivgen import solve
from derivgen.derivation import Passage
from derivgen.engine.derive import solve_problem
from derivgen.errors import FileFault, InputError
from derivgen.latex.statement import read_problem
from derivgen.writers.formats import FORMATS, write

from . import examples

ROWS = r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$. Find $\frac{d(\mathbf{x}^T\mathbf{A}\mathbf{x})}{d\mathbf{x}}$."
ALIGNED = r"Let \begin{align*} u &= s^2, \\ vw &= 3u. \end{align*} Find $\frac{du}{ds}$."
SOLUTIONS = (examples.bilinear(), examples.long_parts(), examples.scalar())
PLAIN = ("text", "latex", "typst", "html")


def shown(solution: object, to: str, **options: object) -> str:
    out = write(solution, to, **options)  # type: ignore[arg-type]
    assert isinstance(out, str)
    return out


def solved(text: str) -> object:
    return solve_problem(read_problem(text))


@pytest.mark.parametrize("to", PLAIN)
def test_every_format_shows_the_whole_document(to: str) -> None:
    out = shown(SOLUTIONS, to)
    for words in ("Problem 1", "Problem 3", "Denominator layout (default)", "products written as sums", "Answer",
                  "no rule applies", "not checked" if to != "text" else "NOT CHECKED"):  # fmt: skip
        assert words in out
    assert "outer_product" not in out, "rule names belong to the JSON record"
    assert out.endswith("\n")


@pytest.mark.parametrize("to", PLAIN)
def test_the_same_bytes_each_time(to: str) -> None:
    assert shown(SOLUTIONS, to) == shown(SOLUTIONS, to)


@pytest.mark.parametrize(("detail", "count"), [(0, 3), (1, 5), (2, 6), (3, 6)])
def test_detail_decides_which_lines_show(detail: int, count: int) -> None:
    out = shown(examples.bilinear(), "text", detail=detail)
    assert re.findall(r"^  \((\d+)\)", out, re.M) == [str(n + 1) for n in range(count)]


def test_a_left_side_moves_on_when_its_line_is_folded() -> None:
    out = shown(examples.bilinear(), "text", detail=0)
    assert re.search(r"∂/∂Xᵢⱼ .*\n?.*= aᵢ bⱼ", out)


def test_the_shortest_telling() -> None:
    """Detail 0: the first line written out, the element, the whole; a line that leads over to another is left out."""
    lefts = re.findall(r"^  \(\d\) +(.*?) ?=", shown(solved(ROWS), "text", detail=0), re.M)
    assert lefts == ["∂/∂xᵢ (xᵀAx)", "", "d(xᵀAx)/dx"]


def test_lines_are_numbered_through_where_parts_have_no_letters() -> None:
    out = shown(solved(r"Let $u = s^3$. Find $\frac{du}{ds}$. Then find $\frac{d}{ds}(su)$."), "text")
    numbers = [int(n) for n in re.findall(r"^  \((\d+)\)", out, re.M)]
    assert len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1))


def test_the_layout_is_that_of_the_goals() -> None:
    asked = r"The Jacobian of $\mathbf{f}$ has the entries $J_{ij}=\partial f_i/\partial x_j$. Find it for "
    asked += r"$\mathbf{f}(\mathbf{x}) = \mathbf{A}\mathbf{x}$ with $\mathbf{A}\in\mathbb{R}^{m\times n}$."
    out = shown(solved(asked), "text")
    assert "Numerator layout (as stated)" in out and "Denominator layout" not in out


@pytest.mark.parametrize("to", PLAIN)
def test_aligned_lines_stay_aligned(to: str) -> None:
    out = shown(solved(ALIGNED), to)
    if to == "text":
        assert "\n     u = s²,\n    vw = 3u.\n" in out
    marks = {"latex": r"u & = s^2, \\", "typst": "grid(columns: 2,", "html": '<table class="aligned"', "text": ","}
    assert marks[to] in out


def test_a_single_line_bears_no_number() -> None:
    assert "(1)" not in shown(examples.scalar(), "text")


def test_the_check_is_told_in_one_honest_line() -> None:
    assert "Each line holds at (m, n) = (2, 3), (3, 3), (1, 1)." in shown(examples.bilinear(), "text")
    assert "Left out: n = 2: nothing to see." in shown(examples.long_parts(), "text")


# ------------------------------------------------------------------------------------------------- hostile words
HOSTILE = (
    "\\input{/etc/passwd} \\end{document} $$ %x {{ 7*7 }} {% raw %} << 7*7 >> <% set x %> #panic(\"x\") *b* _i_ @ref // c "
    "<script>alert(1)</script> &amp; \x1b[31mred\x07 \u202eback ~^|\"'` \N{CJK UNIFIED IDEOGRAPH-5B57} Ωαβ é ﬁ"
)  # fmt: skip


def hostile() -> object:
    from dataclasses import replace

    solution = examples.bilinear()
    assert solution.problem is not None
    problem = replace(solution.problem, passages=(Passage("text", HOSTILE),), notes=((HOSTILE,),), statement=HOSTILE)
    derivation = replace(solution.derivations[0], problem=problem, introduction=(HOSTILE,))
    return replace(solution, problem=problem, derivations=(derivation,))


@pytest.mark.parametrize("to", PLAIN)
def test_words_of_the_user_are_only_shown(to: str) -> None:
    out = shown(hostile(), to)
    assert "49" not in re.sub(r"base64,[^\"]*", "", out)
    assert "\x1b" not in out and "\x07" not in out and "\u202e" not in out
    if to == "latex":
        assert r"\input{" not in out and out.count(r"\end{document}") == 1
    if to == "html":
        assert "<script>" not in out


def test_hostile_words_set_by_typst() -> None:
    pdf = write(hostile(), "pdf")  # type: ignore[arg-type]
    assert isinstance(pdf, bytes) and pdf.startswith(b"%PDF-")


# ------------------------------------------------------------------------------------------------- html
class Balance(HTMLParser):
    VOID = frozenset({"meta", "br", "link", "img", "col", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def test_html_is_one_balanced_file_without_scripts() -> None:
    out = shown(SOLUTIONS, "html")
    parser = Balance()
    parser.feed(out)
    assert parser.stack == []
    assert {"math", "details", "table"} <= parser.seen and "script" not in parser.seen
    assert not re.search(r"(src|href)=|url\(\"?(?!data:)", re.sub(r"url\(\"data:[^\"]*\"\)", "", out))
    assert len(out.encode()) < 700_000


# ------------------------------------------------------------------------------------------------- terminal
def test_text_keeps_to_the_width_of_the_terminal() -> None:
    for width in (60, 80, 100, 140):
        rows = shown(examples.bilinear(), "text", width=width).splitlines()
        assert max(map(len, rows)) <= width


def test_ascii_text_is_ascii() -> None:
    assert shown(SOLUTIONS, "text", ascii=True).isascii()


def test_color_only_when_asked() -> None:
    assert "\x1b" not in shown(SOLUTIONS, "text")
    assert "\x1b[1m" in shown(SOLUTIONS, "text", color=True)


# ------------------------------------------------------------------------------------------------- templates
def test_a_template_of_the_user_comes_first(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "document.txt").write_text("{{ document.problems[0].parts[0].answer[0] }}!\n")
    assert shown(examples.bilinear(), "text", templates=tmp_path) == "d(aᵀXb)/dX = abᵀ!\n"


@pytest.mark.parametrize("body", ["{{ nothing.here }}", "{% if %}", "{{ ''.__class__.__mro__ }}", "{% include 'no' %}"])
def test_a_faulty_template_is_an_error_in_words(tmp_path: Path, body: str) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "document.txt").write_text(body)
    with pytest.raises(InputError, match="template"):
        write(examples.bilinear(), "text", templates=tmp_path)


def test_no_folder_of_templates(tmp_path: Path) -> None:
    with pytest.raises(FileFault):
        write(examples.bilinear(), "text", templates=tmp_path / "none")


def test_an_unknown_format_names_those_that_are() -> None:
    with pytest.raises(InputError) as caught:
        write(examples.bilinear(), "docx")
    assert all(name in (caught.value.hint or "") for name in FORMATS)


@pytest.mark.parametrize("to", PLAIN)
def test_a_problem_that_could_not_be_read(to: str) -> None:
    assert "the shape of q is not known" in shown(examples.unread(), to)


# ------------------------------------------------------------------------------------------------- notebooks
def test_a_derivation_shows_itself_in_a_notebook() -> None:
    derivation = examples.bilinear().derivations[0]
    html = derivation._repr_html_()
    parser = Balance()
    parser.feed(html)
    assert parser.stack == [] and "<math" in html and "<html" not in html
    latex = derivation._repr_latex_()
    assert latex.startswith("$\\displaystyle \\begin{aligned}") and latex.count("\\\\") == 4


NETWORK = (
    r"Let $\mathbf{x}\in\mathbb{R}^n$. A network computes \[ \mathbf{a}=f(\mathbf{x}),\qquad \ell=h(\mathbf{a}), \] with "
    r"$f:\mathbb{R}\to\mathbb{R}$ acting element-wise and $h:\mathbb{R}^n\to\mathbb{R}$. Find $\frac{d\ell}{d\mathbf{x}}$."
)


def test_equations_in_a_row_of_a_display_are_set_apart() -> None:
    written = str(write(solve(NETWORK), "latex"))
    assert r"\mathbf{a} = f(\mathbf{x}), \quad \ell = h(\mathbf{a})" in written


def test_fractions_side_by_side_are_two_in_a_browser() -> None:
    written = str(write(solve(NETWORK), "html"))
    assert '</mfrac><mspace width="0.167em"></mspace><mfrac>' in written
    assert "</mfrac><mfrac>" not in written


def test_a_matrix_too_wide_for_the_page_is_set_smaller_in_a_browser() -> None:
    wide = r"Find $\nabla^2 f(x,y)$, where $f(x,y)=\sin(e^{xy})\cos(x+y)$."
    assert '<span style="font-size: 0.' in str(write(solve(wide), "html"))


def test_short_and_tall_formulas_in_a_sentence_stay_in_one_piece() -> None:
    written = str(write(solve(NETWORK), "typst"))
    assert '#whole("the derivative of' in written  # a fraction in the reason or the heading
    assert '#inline("bold x"' in written  # a single letter cannot be broken anyway


def test_sizes_in_a_message_about_shapes_are_formulas() -> None:
    from derivgen.engine.tasks.laying import sizes_set
    from derivgen.writers.styles import latex_style
    from derivgen.writers.wording import prose

    words = sizes_set("product of n×m and 3×1 is not defined (m ≠ 3)")
    assert prose(words, latex_style()) == r"product of $n \times m$ and $3 \times 1$ is not defined ($m \neq 3$)"


def test_parts_with_one_label_are_introduced_once() -> None:
    statement = (
        r"Let $\mathbf{x}\in\mathbb{R}^n$, $\hat y=\mathbf{w}^T\mathbf{x}+b$ and $\ell=(\hat y-y)^2$. Now a batch of inputs "
        r"$\mathbf{x}_1,\dots,\mathbf{x}_B$ is used, and the loss is the mean of the individual losses. How do "
        r"$\frac{d\ell}{d\mathbf{w}}$ and $\frac{d\ell}{db}$ change?"
    )
    solution = solve(statement)
    assert len(solution.derivations) == 2
    assert shown(solution, "text").count("With an index for the example") == 1
