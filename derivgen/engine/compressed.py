"""A vector by a matrix: the element formula, then the compressed form where it is legal."""

from __future__ import annotations

from derivgen.engine.elements import element_lines
from derivgen.engine.working import Working, tidy
from derivgen.errors import NoRule
from derivgen.rules.network import Moves
from derivgen.rules.regroup import regroup
from derivgen.rules.sums import scalar_factors
from derivgen.terms.build import entry, times, tp
from derivgen.terms.nodes import Delta, Derivative, El, Idx, Term
from derivgen.terms.trees import replace_index


def by_compression(work: Working, question: Derivative) -> Term:
    """A vector by a matrix: the element formula, then the compressed form where it is legal."""
    fresh = work.fresh(question)
    body, var = question.body, question.var
    column = body.shape[1] == 1
    i = fresh(body.shape[0] if column else body.shape[1])
    k, m = fresh(var.shape[0]), fresh(var.shape[1])
    element = Derivative(entry(body, i, 1) if column else entry(body, 1, i), El(var, k, m))
    known = found_before(work, element)
    if known is not None:
        element, (i, k, m) = known
    work.introduction = (
        body, " is a vector and ", var, " a matrix, so the derivative has three indices; its elements are ", element,
        *((". They are worked out first, then written in the compressed form.",) if known is None else (".",)),
    )  # fmt: skip
    first = len(work.lines)
    if known is None:
        found = element_lines(work, element, fresh)
        found = tidy(work, found)
        work.start(first, element)
    else:
        found, where = work.earlier[element]
        work.line("put_in", element, found, ("found in ", where), left=element)
    pinned = Delta(i, k) if column else Delta(i, m)
    factors = scalar_factors(found)
    same = next((f for f in factors if isinstance(f, Delta) and {f.i, f.j} == {pinned.i, pinned.j}), None)
    rest = times([f for f in factors if f is not same])
    kept = m if column else k
    if same is None or not rest.free <= {kept}:
        raise NoRule(
            "this derivative of a vector by a matrix has three indices and no compressed form",
            hint="ask for one element, as in dy_i/dX_kl",
        )
    moves = Moves(layout=work.layout)
    whole = regroup(rest, (kept,), moves)
    row = (not column) == (question.layout == "numerator")
    whole = tp(whole) if row else whole
    work.line(
        "compress",
        question,
        whole,
        (
            "zero unless ",
            i,
            " = ",
            k if column else m,
            ", and otherwise the same for every ",
            i,
            ": the values are kept once",
        ),
        left=question,
    )
    work.conclusion = (
        "This is the compressed form: it keeps the elements that can differ from zero, once. "
        "The full derivative has three indices; its element formula is given above.",
    )
    return tidy(work, whole)


def found_before(work: Working, element: Derivative) -> tuple[Derivative, tuple[Idx, Idx, Idx]] | None:
    """The element as an earlier part asked for it, with its letters."""
    old = letters_of(element)
    for question in work.earlier:
        new = letters_of(question)
        alike = len(old) == len(new) == len(set(new)) == 3
        if alike and replace_index(element, dict(zip(old, new, strict=True))) == question:
            assert isinstance(question, Derivative)
            return question, (new[0], new[1], new[2])
    return None


def letters_of(element: Term) -> tuple[Idx, ...]:
    """The i, j and k of dy_i/dX_jk."""
    match element:
        case Derivative(El(_, a, b), El(_, c, d)):
            return tuple(p for p in (a, b, c, d) if isinstance(p, Idx))
    return ()
