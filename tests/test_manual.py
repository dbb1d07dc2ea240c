"""The manual: contents, order, links that lead somewhere, refusals that are shown, nothing half-written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from derivgen import resources
from derivgen.cli import main
from derivgen.documents.collecting import Question, collected, from_name
from derivgen.documents.manual import solved_in_order
from derivgen.errors import DerivgenError, InputError
from derivgen.writers.manual import Item, write_manual

CORPUS = str(resources.corpus() / "matrix-calculus")
QUADRATIC = r"""% id = "1.2"
% title = "A quadratic form"
Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. (a) Find
$\frac{d}{d\mathbf{x}}\mathbf{x}^T\mathbf{A}\mathbf{x}$. (b) Simplify your answer to (a) when $\mathbf{A}$ is symmetric.
"""
LINEAR = r"""% id = "1.10"
% title = "A linear form"
Let $\mathbf{w},\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}\mathbf{w}^T\mathbf{x}$.
"""
SQUARES = r"""% id = "2.1"
Let $\mathbf{X}\in\mathbb{R}^{N\times d}$, $\mathbf{y}\in\mathbb{R}^N$, $\mathbf{t}\in\mathbb{R}^d$. Find the gradient of
$J(\mathbf{t})=\frac1N(\mathbf{X}\mathbf{t}-\mathbf{y})^T(\mathbf{X}\mathbf{t}-\mathbf{y})$ with respect to $\mathbf{t}$.
"""
REFUSED = r"""% id = "1.1"
% title = "A determinant"
Let $\mathbf{X}\in\mathbb{R}^{n\times n}$. Find $\frac{d}{d\mathbf{X}}\det\mathbf{X}$.
"""
UNREAD = r"""% id = "1.3"
% title = "Shapes that do not fit"
Let $\mathbf{A}\in\mathbb{R}^{3\times 4}$ and $\mathbf{x}\in\mathbb{R}^3$. Differentiate $\mathbf{A}\mathbf{x}$.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sections, numbers that are not in alphabetical order, one refusal and one statement that cannot be read."""
    top = tmp_path / "linear-algebra"
    for section, files in {
        "1-first-steps": {"a.tex": LINEAR, "b.tex": QUADRATIC, "c.tex": REFUSED, "d.tex": UNREAD},
        "2-least-squares": {"normal-equations.tex": SQUARES},
    }.items():
        (top / section).mkdir(parents=True)
        for name, text in files.items():
            (top / section / name).write_text(text, encoding="utf-8")
    return top


def solved(*texts: str) -> list[Item]:
    questions = [Question(t, f"{n}.tex", str(n), f"Question {n}") for n, t in enumerate(texts, 1)]
    return list(solved_in_order(questions, in_words=in_words))


def in_words(error: Exception) -> DerivgenError:
    raise error


def conclusions(items: Sequence[Item]) -> list[str]:
    return [plain("".join(map(str, d.conclusion))) for item in items for d in item.solution.derivations]


def manual(*args: str) -> int:
    """The command; the limit of memory would be that of all tests after it."""
    return main(["manual", *args, "--memory", "0"])


def plain(text: str) -> str:
    return " ".join(text.split())


def dead_links(html: str) -> set[str]:
    return set(re.findall(r'href="#([^"]*)"', html)) - set(re.findall(r' id="([^"]*)"', html))


# --------------------------------------------------------------------------------------------------- contents
def test_questions_come_by_section_and_number(folder: Path) -> None:
    found = collected([str(folder)])
    assert [q.id for q in found] == ["1.1", "1.2", "1.3", "1.10", "2.1"]
    assert [q.section for q in found] == ["1 First steps"] * 4 + ["2 Least squares"]
    assert found[-1].title == "Normal equations"  # made from the name of the file


def test_worked_texts_stand_where_their_numbers_are() -> None:
    ids = [q.id for q in collected([CORPUS])]
    assert ids.index("T2.2") < ids.index("2.3.1") < ids.index("2.3.9") < ids.index("2.3.10") < ids.index("T3.1")
    assert len(ids) == len(set(ids)) == 30


def test_a_file_named_twice_comes_once(folder: Path) -> None:
    one = str(folder / "1-first-steps" / "b.tex")
    assert [q.id for q in collected([one, str(folder), one])][0] == "1.2"
    assert len(collected([one, str(folder), one])) == 5


def test_files_without_metadata_are_numbered_and_named(tmp_path: Path) -> None:
    (tmp_path / "10-tenth_one.tex").write_text("% a comment: n = 3, not metadata\nDifferentiate $u^2$ by $u$.")
    (tmp_path / "9-ninth.tex").write_text("Differentiate $u^3$ by $u$.")
    items = list(solved_in_order(collected([str(tmp_path)]), in_words=in_words))
    assert [(i.label, i.title) for i in items] == [("1", "9 Ninth"), ("2", "10 Tenth one")]


@pytest.mark.parametrize(
    ("name", "title"),
    [("1-scalar-functions", "1 Scalar functions"), ("least_squares", "Least squares"), ("2.3-the_end", "2.3 The end")],
)
def test_titles_from_names(name: str, title: str) -> None:
    assert from_name(name) == title


def test_every_question_and_section_is_in_the_contents(folder: Path) -> None:
    html = str(write_manual(items_of(folder), "html", title="T"))
    contents = html[html.index("<nav") : html.index("</nav>")]
    for words in ("1 First steps", "2 Least squares", "A quadratic form", "Shapes that do not fit", "1.10"):
        assert words in contents
    assert contents.count("<ol>") == contents.count("</ol>") == 3
    assert contents.count("<li") == contents.count("</li>")


def items_of(folder: Path) -> list[Item]:
    return list(solved_in_order(collected([str(folder)]), in_words=in_words))


# --------------------------------------------------------------------------------------------------- links
def test_links_lead_somewhere_in_all_formats(folder: Path) -> None:
    items = items_of(folder)
    assert dead_links(str(write_manual(items, "html", title="T"))) == set()
    latex = str(write_manual(items, "latex", title="T"))
    asked = set(re.findall(r"\\hyperref\[([^]]*)\]|\\pageref\{([^}]*)\}", latex))
    there = set(re.findall(r"\\label\{(q[^}]*)\}|\\question\{(q[^}]*)\}", latex))
    assert {a or b for a, b in asked} <= {a or b for a, b in there}
    typst = str(write_manual(items, "typst", title="T"))
    assert set(re.findall(r"#link\(<([^>]*)>\)", typst)) <= set(re.findall(r" <([qs][-\d]+)>\n", typst))


def test_an_earlier_part_is_a_link(folder: Path) -> None:
    html = str(write_manual(items_of(folder), "html", title="T"))
    assert 'found in <a href="#q2-1">(a)</a>' in html  # in (b) of the second question


def test_single_solutions_have_no_links() -> None:
    from derivgen.writers.formats import write

    item = solved(QUADRATIC)[0]
    assert "href=" not in str(write(item.solution, "html"))
    assert "found in (a)" in str(write(item.solution, "text"))


# --------------------------------------------------------------------------------------------------- recalling
def recalls(*texts: str) -> str:
    from derivgen.writers.formats import write

    return " ".join(str(write(solved(*texts)[-1].solution, "text", width=400)).split())


def test_least_squares_recalls_the_quadratic_and_the_linear_form() -> None:
    shown = recalls(QUADRATIC, LINEAR, SQUARES)
    assert "the derivative of tᵀXᵀXt is the result of 1(b) with x = t and A = XᵀX" in shown
    assert "that of yᵀXt is the result of 2 with x = t and w = Xᵀy" in shown


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (r"Let $\mathbf{z}\in\mathbb{R}^k$ and $\mathbf{C}\in\mathbb{R}^{k\times k}$. "
         r"Find $\frac{d}{d\mathbf z}\mathbf z^T\mathbf C\mathbf z$.", "This is the result of 1(a) with x = z and A = C."),
        (r"Let $\mathbf{x}\in\mathbb{R}^k$ and $\mathbf{B},\mathbf{C}\in\mathbb{R}^{k\times k}$. "
         r"Find $\frac{d}{d\mathbf x}\mathbf x^T\mathbf B\mathbf C\mathbf x$.", "This is the result of 1(a) with A = BC."),
        (r"Let $\mathbf{x}\in\mathbb{R}^k$ and let $\mathbf{C}\in\mathbb{R}^{k\times k}$ be symmetric. "
         r"Find the Hessian of $\mathbf x^T\mathbf C\mathbf x$.", "The derivative d(xᵀCx)/dx is the result of 1(b) with A = C."),
    ],
)  # fmt: skip
def test_what_is_recalled(statement: str, words: str) -> None:
    assert words in recalls(QUADRATIC, statement)


@pytest.mark.parametrize(
    "statement",
    [
        # the same letters, another function
        r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}\mathbf{x}^T\mathbf{A}\mathbf{x}\,\mathbf{x}^T\mathbf{x}$.",
        # another layout
        r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x}\in\mathbb{R}^n$. In numerator layout, find $\frac{d}{d\mathbf{x}}\mathbf{x}^T\mathbf{A}\mathbf{x}$.",
        # what would stand for the constant moves
        r"Let $\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}\mathbf{x}^T\mathbf{x}\mathbf{x}^T\mathbf{x}$.",
        # two vectors where the pattern has one
        r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ and $\mathbf{x},\mathbf{y}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}\mathbf{y}^T\mathbf{A}\mathbf{x}$.",
    ],
)  # fmt: skip
def test_what_is_not_recalled(statement: str) -> None:
    assert "result of" not in recalls(QUADRATIC, statement)


def test_a_result_for_symmetric_matrices_is_not_used_for_others() -> None:
    symmetric = r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ be symmetric and $\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}\mathbf{x}^T\mathbf{A}\mathbf{x}$."
    general = symmetric.replace(" be symmetric", "")
    assert "result of 1" not in recalls(symmetric, general)
    assert "with A = BBᵀ" in recalls(
        symmetric,
        r"Let $\mathbf{B}\in\mathbb{R}^{n\times m}$ and $\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf x}\mathbf x^T\mathbf B\mathbf B^T\mathbf x$.",
    )


def test_nothing_is_recalled_unchecked() -> None:
    questions = [Question(t, "q", str(n), "t") for n, t in enumerate((QUADRATIC, QUADRATIC))]
    items = list(solved_in_order(questions, in_words=in_words, check=False))
    assert all("result of" not in c for c in conclusions(items))


def test_a_derivation_is_the_same_with_and_without_what_came_before() -> None:
    alone, after = solved(SQUARES)[-1].solution, solved(QUADRATIC, LINEAR, SQUARES)[-1].solution
    assert [d.steps for d in alone.derivations] == [d.steps for d in after.derivations]
    assert [d.answer for d in alone.derivations] == [d.answer for d in after.derivations]


# --------------------------------------------------------------------------------------------------- refusals
def test_refusals_are_shown_and_the_rest_goes_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "m.html"
    assert manual(str(folder), "-o", str(out)) == 2  # the worst: a statement that cannot be read
    told = capsys.readouterr().err
    assert "c.tex" in told and "d.tex" in told
    html = out.read_text(encoding="utf-8")
    refused = html[html.index('id="q1"') : html.index('id="q2"')]
    unread = html[html.index('id="q3"') : html.index('id="q4"')]
    assert "Not derived." in refused and "Not derived." in unread
    assert "Differentiate" in unread and "<math" in unread  # the statement stands there all the same
    assert "Hint" not in html  # hints are for the author, who has them on the terminal
    assert 'Not answered in full:</strong> <a href="#q1">1.1</a>, <a href="#q3">1.3</a>' in html
    assert "Least squares" in html and 'id="q5"' in html


def test_a_refusal_alone_exits_with_one(folder: Path) -> None:
    (folder / "1-first-steps" / "d.tex").unlink()
    assert manual(str(folder), "-o", str(folder / "m.typ")) == 1
    (folder / "1-first-steps" / "c.tex").unlink()
    assert manual(str(folder), "-o", str(folder / "m.typ")) == 0


def test_what_was_not_understood_is_told() -> None:
    text = r"Let $f(x)=x^2$. (a) Find $\frac{df}{dx}$. (b) Discuss the history of $f$."
    html = str(write_manual(solved(text), "html", title="T"))
    assert "<strong>Not answered:</strong> part (b)" in html and "Note. Not answered" not in html


# --------------------------------------------------------------------------------------------------- errors
def test_bad_inputs(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin.tex").write_bytes(b"Diff\xe9rentiate $u^2$")
    (tmp_path / "broken.tex").write_text('% id = "1\n% title = "x"\nDifferentiate $u^2$ by $u$.')
    (tmp_path / "again.tex").write_text(LINEAR)
    out = tmp_path / "out.html"
    out.write_text("old")
    cases = {
        (str(tmp_path / "empty"),): "holds no problem files (*.tex)",
        (str(tmp_path / "gone"),): "gone: no such file or folder",
        (str(tmp_path / "latin.tex"),): "latin.tex:1:5: byte 4 (0xE9) is not UTF-8",
        (str(tmp_path / "broken.tex"),): "broken.tex: the head of the problem file is not TOML",
        (str(folder), str(tmp_path / "again.tex")): "two problems have the id 1.10: ",
    }
    for names, message in cases.items():
        assert manual(*names, "-o", str(out)) == 2
        told = capsys.readouterr()
        assert message in told.err and told.err.count("\n") < 6 and told.out == ""
        assert out.read_text() == "old"
    assert manual(str(folder), "-o", str(tmp_path / "out.json")) == 2
    assert "this is not written as json\n  hint: there are pdf, latex, typst, html" in capsys.readouterr().err


def test_nothing_is_written_where_the_typesetter_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert manual(str(folder), "-o", str(folder / "m.pdf"), "--engine", "pdflatex") == 3
    assert sorted(p.name for p in folder.iterdir()) == ["1-first-steps", "2-least-squares"]


def test_an_unknown_format_paper_or_colour() -> None:
    for options in ({"to": "json"}, {"to": "html", "paper": "a5"}, {"to": "html", "colour": "pink"}):
        with pytest.raises(InputError):
            write_manual(solved(LINEAR), title="T", **options)  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------------- text of users
HOSTILE = r"""\input{/etc/passwd} #read("x") <script>alert(1)</script> {{ 7*7 }} << 7*7 >> <% raw %> $x$ %"""


def test_text_of_the_user_is_only_shown(tmp_path: Path) -> None:
    items = [Item(HOSTILE, HOSTILE, HOSTILE, solved(LINEAR)[0].solution, LINEAR)]
    for to in ("html", "latex", "typst"):
        made = str(write_manual(items, to, title=HOSTILE))
        assert "<script>alert" not in made.replace('"', "") or to == "typst"
        assert "49" not in re.sub(r"data:[^)]*|&#\d+;", "", made) or to == "html"
    assert bytes(write_manual(items, "pdf", title=HOSTILE)).startswith(b"%PDF-")  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------------- bytes
@pytest.mark.parametrize("to", ["pdf", "html", "latex"])
def test_two_processes_write_the_same_bytes(folder: Path, to: str) -> None:
    made = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "derivgen", "manual", str(folder), "--to", to],
            capture_output=True, timeout=120, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert done.returncode == 2
        made.append(done.stdout)
    assert len(made[0]) > 1000 and made[0] == made[1]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_paper(paper: str) -> None:
    made = write_manual(solved(LINEAR), "pdf", title="T", paper=paper)
    assert isinstance(made, bytes)
    assert {"a4": b"841.88", "letter": b"612 792"}[paper] in made


# --------------------------------------------------------------------------------------------------- the corpus
@pytest.fixture(scope="module")
def whole() -> list[Item]:
    return list(solved_in_order(collected([CORPUS]), in_words=in_words))


def test_the_corpus_has_no_dead_link(whole: list[Item]) -> None:
    html = str(write_manual(whole, "html", title="Matrix calculus"))
    assert dead_links(html) == set()
    assert len(re.findall('<article class="problem"', html)) == 30


@pytest.mark.slow
def test_the_corpus_is_set_in_time(whole: list[Item]) -> None:
    """The PDF costs less than 5 s more than the solving; the bound is generous for a busy machine."""
    began = time.monotonic()
    made = write_manual(whole, "pdf", title="Matrix calculus")
    assert isinstance(made, bytes) and made.startswith(b"%PDF-")
    assert time.monotonic() - began < 10


@pytest.mark.tex
@pytest.mark.slow
@pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
def test_tex_sets_the_corpus(whole: list[Item], program: str, tmp_path: Path) -> None:
    made = write_manual(whole, "pdf", title="Matrix calculus", engine=program)
    assert isinstance(made, bytes) and made == write_manual(whole, "pdf", title="Matrix calculus", engine=program)
    (tmp_path / "page.tex").write_text(str(write_manual(whole, "latex", title="Matrix calculus")), encoding="utf-8")
    tool = shutil.which(program)
    assert tool
    command = [tool, "-interaction=batchmode", "-halt-on-error", "-no-shell-escape", "page.tex"]
    for _ in range(2):
        subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=True)
    log = (tmp_path / "page.log").read_text(errors="replace")
    assert "undefined references" not in log and "Missing character" not in log
    wide = [row for row in log.splitlines() if row.startswith("Overfull \\hbox")]
    assert all(float(row.split("(")[1].split("pt")[0]) < 12 for row in wide), wide


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 500])
def test_the_browser_never_scrolls_sideways(whole: list[Item], width: int, tmp_path: Path) -> None:
    probe = "<script>onload=()=>{document.body.dataset.wide=document.documentElement.scrollWidth-innerWidth}</script></body>"
    page = tmp_path / "page.html"
    page.write_text(str(write_manual(whole, "html", title="T")).replace("</body>", probe), encoding="utf-8")
    browser = shutil.which("chromium")
    assert browser
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--window-size={width},900",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    found = re.search(rb'data-wide="(-?\d+)"', done.stdout)
    assert found and int(found[1]) <= 0
