"""An answer written out by its elements, with dots where the sizes are letters: [2x_1; ⋮; 2x_n]."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.derivation import Goal
from derivgen.engine.answers import answer_to
from derivgen.engine.elements import one_element
from derivgen.engine.explicit import is_explicit
from derivgen.engine.opening import open_element, opened
from derivgen.engine.polynomials import TooLong, collected, elements_of, merged, polynomial
from derivgen.engine.spelling import LARGEST, in_full
from derivgen.engine.working import Working, tidy
from derivgen.engine.written_out import by_writing_out
from derivgen.rules.regroup import has_sums
from derivgen.rules.sums import sift
from derivgen.rules.textbook import textbook
from derivgen.terms.build import plus
from derivgen.terms.dotted import Dotted, put_at
from derivgen.terms.nodes import Derivative, Mat, Position, Sum, Term
from derivgen.terms.shapes import SCALAR
from derivgen.terms.taking import is_compressed
from derivgen.terms.trees import Fresh, rebuild


def listed(work: Working, question: Term, variables: Sequence[Term]) -> Term:
    """The answer to a question by its elements: from the formula for one of them straight to the list."""
    if not isinstance(question, Derivative) or question in work.earlier or is_special(question):
        return answer_to(work, question)
    if work.method == "explicit":
        written = by_writing_out(work, question, listed=True)
        if written is not None:
            return written
    found, taken = one_element(work, question)
    spread = found if found.pending else sift(opened(found, work.fresh(found)), work.fresh(found))
    if spread != found:
        work.line("write_as_sums", found, spread, ("products written as sums",))
        found = spread
    found = found if has_sums(found) else tidy(work, found)
    whole = grid(found, taken.place, variables)
    work.line("put_together", question, whole, ("all its elements",), left=question)
    return whole


def is_list(question: Term, answer: Term | None) -> bool:
    """Whether an answer is the list of the elements of what was asked, and not a matrix of expressions."""
    return isinstance(answer, Dotted) or (
        isinstance(answer, Mat) and isinstance(question, Derivative) and not is_special(question)
    )


def is_special(question: Derivative) -> bool:
    """Whether a derivative has no general element: a scalar, one given by all its elements, one with three indices."""
    return question.shape == SCALAR or is_explicit(question) or is_compressed(question)


def by_its_elements(work: Working, goal: Goal, answer: Term) -> Term:
    """A derivative that was asked for so, as a column, a row or a matrix of scalars, with a line that says so."""
    if goal.task is not None or goal.kind == "shape" or not goal.question.pending:
        return answer
    if answer.shape == SCALAR or isinstance(answer, Mat | Dotted):
        return answer
    written = in_elements(answer, work.fresh(answer), goal.wrt)
    work.line("write_out", answer, written, ("written out by its elements",))
    return written


def in_elements(term: Term, fresh: Fresh, variables: Sequence[Term] = ()) -> Term:
    """The matrix of the elements of a term, in scalars; polynomials in the elements of the variables."""
    i, j = (1 if n == 1 else fresh(n) for n in term.shape)
    return grid(textbook(sift(open_element(term, i, j, fresh), fresh)), (i, j), variables)


def grid(body: Term, place: tuple[Position, Position], variables: Sequence[Term]) -> Term:
    """The matrix of a general element in all places, in full or with dots."""
    i, j = place
    rows, cols = (1 if isinstance(p, int) else p.size for p in place)
    if isinstance(rows, int) and isinstance(cols, int) and rows * cols <= LARGEST:
        full = in_full(body)
        places = [(r, c) for r in range(1, rows + 1) for c in range(1, cols + 1)]
        cells = [cell(put_at(body, [(i, r), (j, c)]), full, variables) for r, c in places]
        return Mat(rows, cols, *cells)
    return Dotted(body, i, j)


def cell(term: Term, full: bool, variables: Sequence[Term]) -> Term:
    """An element; its sums are added up where all sizes are small numbers."""
    if not full:
        return term
    added = textbook(sums_added(term))
    try:
        terms = merged(polynomial(added))
    except TooLong:
        return added
    return collected(terms, elements_of(variables) if variables else lambda t: True)


def sums_added(term: Term) -> Term:
    changed = rebuild(term, sums_added)
    if isinstance(changed, Sum) and isinstance(size := changed.index.size, int):
        return plus(put_at(changed.body, [(changed.index, k)]) for k in range(1, size + 1))
    return changed
