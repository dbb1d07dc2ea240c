"""Questions over entries that are written out, such as a gradient by x, y, z: entry by entry."""

from __future__ import annotations

from derivgen.engine.scalars import by_scalars
from derivgen.engine.working import Working
from derivgen.errors import ShapeFault
from derivgen.terms.build import entry
from derivgen.terms.nodes import (
    Derivative,
    El,
    Hessian,
    Mat,
    Named,
    Sym,
    Term,
    Tp,
)
from derivgen.terms.shapes import SCALAR, Size, is_vector
from derivgen.terms.trees import subterms, unfold, untransposed

LONGEST = 9
"""How many elements there may be that are differentiated by one after the other."""


def by_components(work: Working, question: Term) -> Term:
    """A question over explicit entries, such as a gradient by x, y, z: entry by entry, then put together."""
    cells = component_questions(question)
    rows, cols = question.shape
    found: list[Term] = []
    for cell in cells:
        found.append(by_scalars(work, cell) if isinstance(cell, Derivative) else cell)
    whole = Mat(rows, cols, *found)
    work.line("stack", question, whole, ("the entries put together",), left=question)
    return whole


def component_questions(question: Term) -> list[Term]:
    """The scalar derivative in each place of an explicit question, row by row."""
    rows, cols = question.shape
    if not isinstance(rows, int) or not isinstance(cols, int):
        raise ShapeFault("an explicit question needs sizes that are numbers")
    out: list[Term] = []
    for i in range(1, rows + 1):
        for j in range(1, cols + 1):
            out.append(_component(question, i, j))
    return out


def _component(question: Term, i: int, j: int) -> Term:
    if isinstance(question, Hessian):
        return Derivative(Derivative(question.body, _pick(question.y, j)), _pick(question.x, i))
    assert isinstance(question, Derivative)
    body, var = question.body, question.var
    symbol = untransposed(var)
    if body.shape == SCALAR and not is_vector(symbol.shape) and symbol.shape != SCALAR:
        return Derivative(body, _pick2(var, j, i) if question.layout == "numerator" else _pick2(var, i, j))
    if body.shape == SCALAR:
        return Derivative(body, _pick(symbol, max(i, j)))
    if var.shape == SCALAR:
        if is_vector(body.shape):
            return Derivative(_pick(body, max(i, j)), var)
        return Derivative(_pick2(body, i, j), var)
    up, down = (j, i) if question.layout == "denominator" and not isinstance(var, Tp) else (i, j)
    return Derivative(_pick(body, up), _pick(symbol, down))


def _pick(term: Term, k: int) -> Term:
    place = (k, 1) if term.shape[1] == 1 else (1, k)
    return _pick2(term, *place)


def _pick2(term: Term, i: int, j: int) -> Term:
    while isinstance(term, Named):
        term = term.term
    if isinstance(term, Mat):
        return term.entries[(i - 1) * term.cols + (j - 1)]
    if isinstance(term, Tp):
        return _pick2(term.arg, j, i)
    return entry(term, i, j)


def is_explicit(question: Term) -> bool:
    """Whether a question ranges over entries that are written out."""
    if isinstance(question, Hessian):
        return isinstance(question.x, Mat) or by_single_letters(question.body, question.x, question.y)
    if not isinstance(question, Derivative):
        return False
    var = untransposed(question.var)
    body = question.body
    if body.shape == SCALAR and by_single_letters(body, var):
        return True
    while isinstance(body, Named | Tp):
        body = body.term if isinstance(body, Named) else body.arg
    return isinstance(var, Mat) or (isinstance(body, Mat) and body.shape != SCALAR)


def by_single_letters(body: Term, *variables: Term) -> bool:
    """Whether a function is given by the single elements x_1, x_2 of a short vector, or those of a small matrix: they
    are letters of their own."""
    short = all(isinstance(v, Sym) and size_of(v.shape[0]) * size_of(v.shape[1]) <= LONGEST for v in variables)
    return short and any(
        isinstance(t, El) and t.term in variables and isinstance(t.i, int) and isinstance(t.j, int)
        for t in subterms(unfold(body))
    )


def size_of(size: Size) -> int:
    return size if isinstance(size, int) else LONGEST + 1
