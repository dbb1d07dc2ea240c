"""A manual: the questions of a document solved in their order, each with the answers of those before it known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from derivgen.derivation import Solution
from derivgen.documents.collecting import Question, from_name
from derivgen.errors import DerivgenError
from derivgen.face import solve
from derivgen.writers.manual import Item


def items(questions: Sequence[Question], **options: Any) -> Iterator[Item]:
    """The questions with their solutions; ``options`` are those of ``solve``."""
    from derivgen.engine.recalling import Result, results_of

    numbered = any(q.id for q in questions)
    known: list[Result] = []
    for position, q in enumerate(questions):
        label = q.id if numbered else str(position + 1)
        solution = solve(q.text, source=q.source, recall=known, **options)
        known += results_of(solution, label or q.title, position)
        yield Item(label, q.title, q.section, solution, q.text)


def failed(question: Question, error: DerivgenError) -> Solution:
    return Solution(source=question.source, problem=None, error=error)


def title_of(names: Sequence[str]) -> str:
    """A title for the document: the name of its folder."""
    path = Path(names[0])
    return from_name(path.resolve().name) if len(names) == 1 and path.is_dir() else "Worked derivations"
