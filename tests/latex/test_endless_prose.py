"""Long prose is read in a time that grows with its length only, also where it has no full stops."""

from __future__ import annotations

import time

import pytest

from derivgen import face
from derivgen.latex.sentences import FIRST, LONGEST, MARK, Sentence

PROSE = (
    "the ",
    "a, ",
    "word",
    "well-",
    "find the matrix of which ",
    "(",
    "in , the vector and ",
    "1 ",
    "is symmetric ",
)


@pytest.mark.parametrize("piece", PROSE)
def test_a_sentence_without_end_is_read(piece: str) -> None:
    start = time.perf_counter()
    prose = (piece * 50_000)[:50_000]
    problem = face.read(rf"Let $x$ be a number. {prose}. Find $\frac{{d}}{{dx}}x^2$.")
    assert [g.wrt[0].shape for g in problem.goals] == [(1, 1)]
    assert time.perf_counter() - start < 10


def test_pieces_keep_their_formulas() -> None:
    marks = [MARK + chr(FIRST + k) for k in range(1500)]
    for text in ("x" + "".join(marks), " and ".join(marks)):
        sentence = Sentence(text, list(range(1500)))  # type: ignore[arg-type]
        pieces = list(sentence.cut())
        assert all(len(p.text) <= LONGEST for p in pieces)
        assert [slot for p in pieces for slot in p.named(p.text)] == list(range(1500))
        assert sum(len(p.text) for p in pieces) == len(text)
        assert all(ord(p.text[p.text.index(MARK) + 1]) == FIRST for p in pieces)
