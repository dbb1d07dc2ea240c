"""Every problem of the corpus: its head, its book answers in the layouts that it has, its golden derivation.

A golden file holds the problem and then, for each step, the rule, the path and the line in LaTeX, and what the answer
consists of besides: words, options, facts, pictures.  ``pytest --regold`` writes them anew; a person reads the
difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from derivgen.book import compare
from derivgen.corpus import Entry, corpus_entries
from derivgen.derivation import Derivation, Prose, Solution, Step
from derivgen.face import solve
from derivgen.latex.printer import latex

GOLDEN = Path(__file__).parent / "golden"
ENTRIES = corpus_entries()
CHAPTERS = {"scalars", "gradients", "vectors", "matrices", "indices", "shapes", "matrix-calculus"}
SECONDS = 20.0

each = pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.slug)


def test_corpus_covers_its_chapters() -> None:
    assert {entry.slug.partition("/")[0] for entry in ENTRIES} == CHAPTERS
    assert len(ENTRIES) >= 54
    names = [entry.slug.rpartition("/")[2] for entry in ENTRIES]
    assert len(set(names)) == len(names), "two problems of one name"


@each
def test_book_answer_is_met(entry: Entry) -> None:
    wrong = [result.what for result in compare(entry, seconds=SECONDS) if not result.right]
    assert not wrong


@each
def test_every_step_and_answer_is_verified(entry: Entry) -> None:
    for derivation in solve(entry.text, seconds=SECONDS).derivations:
        assert derivation.check.verdict == "verified" or derivation.goal.kind == "shape"
        for step in derivation.steps:
            assert step.check.verdict == "verified", step.rule
        for held in (*derivation.facts, *derivation.choices):
            assert held.check.verdict == "verified", held


@each
def test_golden_derivation(entry: Entry, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{entry.slug.replace('/', '--')}.txt"
    text = "\n".join(golden_lines(solve(entry.text, source=entry.path.name, seconds=SECONDS))) + "\n"
    if request.config.getoption("--regold"):
        path.write_text(text, encoding="utf-8")
        return
    assert path.exists(), "no golden file: run pytest --regold and read what it writes"
    assert text == path.read_text(encoding="utf-8")


def test_no_golden_file_without_its_problem() -> None:
    slugs = {entry.slug.replace("/", "--") for entry in ENTRIES}
    assert {path.stem for path in GOLDEN.glob("*.txt")} <= slugs


def golden_lines(solution: Solution) -> Iterator[str]:
    assert solution.problem is not None, solution.error
    yield from (line for line in solution.problem.statement.strip().splitlines() if not line.startswith("%"))
    for derivation in solution.derivations:
        yield ""
        yield from derivation_lines(derivation)


def derivation_lines(derivation: Derivation) -> Iterator[str]:
    goal = derivation.goal
    yield f"{f'({goal.part}) ' if goal.part else ''}{goal.kind}: {latex(goal.question)}"
    for step in derivation.steps:
        yield from step_lines(step, "  ")
    if derivation.answer is not None:
        yield f"answer: {latex(derivation.answer)}"
    yield from (f"text: {words(paragraph)}" for paragraph in (*derivation.text, derivation.conclusion) if paragraph)
    for choice in derivation.choices:
        yield f"option {choice.label} {'right' if choice.right else 'wrong'}: {words(choice.reason)}"
    yield from (f"fact {fact.name}: {fact.value}" for fact in derivation.facts)
    yield from (f"table: {len(table.rows)} rows, {words(table.caption)}" for table in derivation.tables)
    yield from (f"picture: {words(figure.caption)}" for figure in derivation.figures)
    if derivation.error is not None:
        yield f"error: {derivation.error.message}"


def words(prose: Prose) -> str:
    return "".join(item if isinstance(item, str) else f"${latex(item)}$" for item in prose)


def step_lines(step: Step, indent: str) -> Iterator[str]:
    yield f"{indent}{step.rule} at {'.'.join(map(str, step.path)) or 'top'}: {latex(step.after)}"
    for inner in step.substeps:
        yield from step_lines(inner, indent + "  ")
