"""The table of a source's exercises: every row of the seed is good, and a row that is not makes the command fail."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from derivgen.corpus import corpus_entries
from derivgen.coverage import Row, coverage

EXERCISES, WORKED_TEXTS = 76, 9
SECONDS = 60.0
"""For all rows, on one core."""

GOOD = '% id = "1.1"\n% title = "A power"\n% source = "calculus"\n% topics = ["powers"]\n% difficulty = 1\n% answer = "2*u"\nDifferentiate $u^2$ with respect to $u$.\n'


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return coverage([e for e in corpus_entries() if e.id])


def test_every_row_of_the_seed_is_good(rows: list[Row]) -> None:
    assert [row for row in rows if not row.good] == []


def test_every_exercise_and_every_worked_text_has_its_row(rows: list[Row]) -> None:
    names = [row.id for row in rows]
    assert len(names) == len(set(names)) == EXERCISES + WORKED_TEXTS
    assert sum(name.startswith("T") for name in names) == WORKED_TEXTS


def test_the_rows_are_solved_in_time() -> None:
    start = time.process_time()
    coverage([e for e in corpus_entries() if e.id])
    assert time.process_time() - start < SECONDS


def run(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "derivgen", "coverage", str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_command_tells_the_rows(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text(GOOD, encoding="utf-8")
    done = run(tmp_path)
    assert done.returncode == 0 and "1 of 1" in done.stdout


@pytest.mark.parametrize(
    ("change", "told"),
    [(("2*u", "3*u"), "differs from the book answer"), (("$u^2$", r"$\frac{u}{0}$"), "1.1"), (("u^2", "u^2 + )"), "1.1")],
)  # fmt: skip
def test_a_row_that_falls_short_makes_it_fail(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    (tmp_path / "a.tex").write_text(GOOD.replace(*change), encoding="utf-8")
    done = run(tmp_path)
    assert done.returncode != 0
    assert told in done.stdout and "0 of 1" in done.stdout
