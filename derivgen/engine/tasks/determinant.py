"""The determinant of a Jacobian matrix: the matrix first, then the determinant, multiplied out."""

from __future__ import annotations

from derivgen.derivation import Goal, Prose
from derivgen.engine.answers import answer_to
from derivgen.engine.working import Working, tidy
from derivgen.errors import NoRule
from derivgen.terms.build import MINUS, is_zero, num, plus, times
from derivgen.terms.nodes import Det, Mat, Term

COUNTED = ("first", "second", "third")


def determinant(work: Working, goal: Goal) -> Term:
    question = goal.question
    assert isinstance(question, Det)
    matrix = answer_to(work, question.arg)
    if not isinstance(matrix, Mat):
        raise NoRule("the Jacobian matrix is not written out, so its determinant is not multiplied out")
    work.introduction = ("First the Jacobian matrix, entry by entry; then its determinant.",)
    work.line("put_in", question, Det(matrix), ("the matrix found above",), left=question)
    if matrix.rows == 2:
        expanded, reason = by_crossing(matrix), "the main diagonal minus the other one"
    else:
        row = max(range(matrix.rows), key=lambda i: zeros(matrix, i))
        expanded, reason = along(matrix, row), f"expanded along the {COUNTED[row]} row"
    work.line("determinant", Det(matrix), expanded, (reason,))
    answer = tidy(work, expanded)
    words: Prose = ("An area" if matrix.rows == 2 else "A volume", " is changed by the factor |", answer, "|.")
    if not is_zero(answer):
        work.say(*words)
    return answer


def zeros(matrix: Mat, row: int) -> int:
    return sum(is_zero(e) for e in matrix.entries[row * matrix.cols : (row + 1) * matrix.cols])


def by_crossing(matrix: Mat) -> Term:
    """ad - bc."""
    a, b, c, d = matrix.entries
    return plus([times([a, d]), times([MINUS, b, c])])


def along(matrix: Mat, row: int) -> Term:
    """The sum over a row: each entry times what is left without its row and column, with the signs of a chessboard."""
    terms = []
    for k in range(matrix.cols):
        entry = matrix.entries[row * matrix.cols + k]
        if not is_zero(entry):
            sign = [MINUS] if (row + k) % 2 else []
            terms.append(times([*sign, entry, by_crossing(without(matrix, row, k))]))
    return plus(terms) if terms else num(0)


def without(matrix: Mat, row: int, col: int) -> Mat:
    kept = [
        matrix.entries[i * matrix.cols + k]
        for i in range(matrix.rows) if i != row
        for k in range(matrix.cols) if k != col
    ]  # fmt: skip
    return Mat(matrix.rows - 1, matrix.cols - 1, *kept)
