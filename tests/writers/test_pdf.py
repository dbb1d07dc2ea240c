"""PDFs: the same bytes each time, tagged, within limits; TeX compiles what we print, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from derivgen.errors import DerivgenError, OutOfTime, ToolMissing
from derivgen.writers import pdf
from derivgen.writers.formats import write

from . import examples
from .test_documents import SOLUTIONS, hostile


def test_typst_makes_the_same_tagged_pdf_each_time() -> None:
    first = write(examples.bilinear(), "pdf")
    assert isinstance(first, bytes) and first.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in first and b"/MarkInfo" in first
    assert first == write(examples.bilinear(), "pdf")


def test_typst_gives_formulas_an_alternative_text() -> None:
    assert 'whole("bold capital X in blackboard capital R' in str(write(examples.bilinear(), "typst"))


def test_typst_that_never_ends_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises((OutOfTime, pdf.TypesettingFailed)):
        pdf.typst_pdf("#for i in range(100000) { for j in range(100000) { [x] } }", seconds=2)
    assert time.monotonic() - began < 6


def test_typst_reads_no_file() -> None:
    with pytest.raises(pdf.TypesettingFailed):
        pdf.typst_pdf('#read("/etc/passwd")')


def test_a_fault_is_one_line_in_words() -> None:
    with pytest.raises(pdf.TypesettingFailed) as caught:
        pdf.typst_pdf("#panic(1)")
    assert "\n" not in caught.value.message and caught.value.exit_code == 1


def test_a_missing_tex_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolMissing) as caught:
        write(examples.bilinear(), "pdf", engine="pdflatex")
    assert caught.value.exit_code == 3 and "apt install" in (caught.value.hint or "")


def test_an_unknown_engine() -> None:
    with pytest.raises(DerivgenError):
        write(examples.bilinear(), "pdf", engine="word")


@pytest.mark.tex
def test_pdflatex_sets_all_examples() -> None:
    made = write(SOLUTIONS, "pdf", engine="pdflatex")
    assert isinstance(made, bytes) and made.startswith(b"%PDF-")


@pytest.mark.tex
@pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
def test_latex_has_no_wide_boxes_or_missing_letters(program: str, tmp_path: Path) -> None:
    (tmp_path / "page.tex").write_text(str(write(SOLUTIONS, "latex")), encoding="utf-8")
    path = shutil.which(program)
    assert path
    command = [path, "-interaction=batchmode", "-halt-on-error", "-no-shell-escape", "page.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
    log = (tmp_path / "page.log").read_text(errors="replace")
    assert done.returncode == 0, log[-2000:]
    assert "Missing character" not in log
    wide = [row for row in log.splitlines() if row.startswith("Overfull \\hbox")]
    assert all(float(row.split("(")[1].split("pt")[0]) < 6 for row in wide), wide


@pytest.mark.tex
def test_pdflatex_sets_hostile_words() -> None:
    assert pdf.tex_pdf(str(write(hostile(), "latex"))).startswith(b"%PDF-")  # type: ignore[arg-type]


@pytest.mark.tex
@pytest.mark.parametrize("body", [r"\input{/etc/passwd}", r"\loop\iftrue\repeat", r"\undefined"])
def test_tex_is_kept_in_its_folder_and_its_time(body: str) -> None:
    source = "\\documentclass{article}\\begin{document}" + body + "x\\end{document}"
    with pytest.raises((pdf.TypesettingFailed, OutOfTime)):
        pdf.tex_pdf(source, seconds=4)


@pytest.mark.browser
def test_the_browser_draws_the_page(tmp_path: Path) -> None:
    page, picture = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text(str(write(SOLUTIONS, "html")), encoding="utf-8")
    browser = shutil.which("chromium")
    assert browser
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=60, check=True, cwd=tmp_path)
    assert picture.stat().st_size > 20_000
