"""No code names an exercise, and no answer that a problem file carries has a part in its solution."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import derivgen
from derivgen.corpus import Entry, corpus_entries
from derivgen.face import solve
from derivgen.writers.json_record import solution_record
from tests.variations.source import PIECE, statement_of

PACKAGE = Path(derivgen.__file__).parent
ENTRIES = corpus_entries()
ANSWERS = re.compile(r"^% *(?:answer|numerator|jacobian|choices|facts|proof|seed_printed|fault|rows)\b.*$", re.M)
CITATION = re.compile(r"seed [\dT.]+[a-z]?(?:(?:, | and )(?:seed )?[\dT.]+[a-z]?)*")
"""Where a law comes from: shown beside it, and nothing else."""
RUN = 9
"""So many words of a statement in a row are not found in the package by chance."""


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.slug)
def test_deleting_the_answer_changes_nothing(entry: Entry) -> None:
    without = ANSWERS.sub(lambda line: "%" * len(line[0]), entry.text)  # of one length: errors tell their places
    assert without != entry.text
    assert record(without) == record(entry.text)


def record(text: str) -> bytes:
    """The solution as JSON, without the text of the problem file."""
    found = solution_record(solve(text, source="problem.tex", seconds=20.0))
    if found["problem"]:
        del found["problem"]["statement"]
    return json.dumps(found, ensure_ascii=False).encode()


def strings() -> Iterator[tuple[Path, int, str]]:
    """Every string of the package that is no docstring, and every name."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield path, node.lineno, node.value
            elif isinstance(node, ast.Name):
                yield path, node.lineno, node.id
    for path in sorted((*PACKAGE.rglob("*.j2"), *PACKAGE.parent.joinpath("templates").rglob("*.*"))):
        if path.suffix in (".j2", ".tex", ".typ", ".html", ".txt", ".css"):
            yield path, 0, path.read_text(encoding="utf-8")


FOUND = tuple(strings())


def test_the_package_was_walked() -> None:
    assert len(FOUND) > 10_000
    assert sum(CITATION.fullmatch(text) is not None for _, _, text in FOUND) > 10


def test_no_string_names_an_exercise() -> None:
    names = {e.slug.casefold() for e in ENTRIES} | {e.slug.rpartition("/")[2].casefold() for e in ENTRIES if e.id}
    titles = {e.title for e in ENTRIES if len(e.title.split()) > 2}
    numbers = re.compile("|".join(rf"(?<![\w.]){re.escape(e.id)}(?![\d.])" for e in ENTRIES if e.id))
    wrong = [
        (path.name, line, text[:60])
        for path, line, text in FOUND
        if any(name in text.casefold() for name in names)
        or any(title in text for title in titles)
        or (numbers.search(text) and not CITATION.fullmatch(text))
    ]
    assert not wrong


def test_no_comparison_reads_a_citation() -> None:
    """A citation is data that is shown: no branch looks at it."""
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            inside = ast.walk(node) if isinstance(node, ast.Compare | ast.match_case | ast.If) else ()
            tests = (node.test,) if isinstance(node, ast.If) else inside
            for part in tests:
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and CITATION.search(part.value):
                    wrong.append((path.name, part.lineno))
    assert not wrong


def test_no_string_holds_a_run_of_a_statement() -> None:
    """Neither patterns nor examples nor answers repeat the words of a problem."""
    runs = {run for e in ENTRIES for run in runs_of(PIECE.sub(" $ ", statement_of(e.text)))}
    wrong = [(p.name, n, sorted(common)[0]) for p, n, t in FOUND if (common := runs & runs_of(t))]
    assert not wrong


def runs_of(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z]+|\$", re.sub(r"\\\w+|\{\w+:?x?s?\}|\$[^$ ][^$]*\$", " $ ", text.lower()))
    return {r for k in range(len(words) - RUN + 1) if (r := tuple(words[k : k + RUN])).count("$") <= 1}
