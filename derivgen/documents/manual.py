"""A manual: the questions of a document solved in their order, each with the answers of those before it known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from derivgen.derivation import Solution
from derivgen.documents.collecting import Question, from_name
from derivgen.errors import DerivgenError
from derivgen.face import solve
from derivgen.writers.manual import Item


def solved_in_order(
    questions: Sequence[Question], *, in_words: Callable[[Exception], DerivgenError], **options: Any
) -> Iterator[Item]:
    """The questions with their solutions; ``options`` are those of ``solve``.

    One that fails does not stop the others: ``in_words`` tells what went wrong.
    """
    from derivgen.engine.recalling import Result, results_of

    numbered = any(q.id for q in questions)
    known: list[Result] = []
    for position, q in enumerate(questions):
        label = q.id if numbered else str(position + 1)
        try:
            solution = solve(q.text, source=q.source, recall=known, **options)
        except Exception as error:  # noqa: BLE001 - one question that fails must not stop the others
            solution = Solution(source=q.source, problem=None, error=in_words(error))
        known += results_of(solution, label or q.title, position)
        yield Item(label, q.title, q.section, solution, q.text)


def title_of(names: Sequence[str]) -> str:
    """A title for the document: the name of its folder."""
    path = Path(names[0])
    return from_name(path.resolve().name) if len(names) == 1 and path.is_dir() else "Worked derivations"
