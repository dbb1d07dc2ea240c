"""An answer written out by its elements, with dots where the sizes are letters: [2x_1; ⋮; 2x_n]."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.derivation import Goal
from derivgen.engine.opening import open_element
from derivgen.engine.polynomials import TooLong, collected, elements_of, merged, polynomial
from derivgen.engine.spelling import LARGEST, in_full
from derivgen.engine.working import Working
from derivgen.rules.sums import sift
from derivgen.rules.textbook import textbook
from derivgen.terms.build import plus
from derivgen.terms.dotted import Dotted, put_at
from derivgen.terms.nodes import Mat, Sum, Term
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import Fresh, rebuild


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
    rows, cols = term.shape
    i, j = (1 if n == 1 else fresh(n) for n in term.shape)
    body = textbook(sift(open_element(term, i, j, fresh), fresh))
    if isinstance(rows, int) and isinstance(cols, int) and rows * cols <= LARGEST:
        full = in_full(body, term)
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
