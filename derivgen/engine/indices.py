"""Index notation, both ways: sums as products of matrices, and an element of a product as sums."""

from __future__ import annotations

from derivgen.engine.elements import in_elements
from derivgen.engine.opening import open_element, opened
from derivgen.engine.questions import Taken
from derivgen.engine.words import size_of, what_was_tidied
from derivgen.engine.working import Working, reason_of, said, tidy
from derivgen.errors import NoRule
from derivgen.notation.names import size_box
from derivgen.rules.network import Moves, NoMatrixForm
from derivgen.rules.regroup import regroup
from derivgen.rules.sums import sift
from derivgen.rules.textbook import textbook
from derivgen.terms.build import entry, tp
from derivgen.terms.nodes import (
    Delta,
    Derivative,
    El,
    Entries,
    Idx,
    Num,
    Term,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import Fresh, subterms


def by_its_entries(work: Working, question: Term) -> Term:
    """A sum of vectors or matrices as the matrix of its entries; entries and scalars as they are."""
    if isinstance(question, Entries) or question.shape == SCALAR:
        return question
    fresh = work.fresh(question)
    i, j = (1 if size == 1 else fresh(size) for size in question.shape)
    return Entries(open_element(question, i, j, fresh), i, j)


def by_regrouping(work: Working, question: Term, target: Term | None) -> Term:
    """Sums over indices as a product of matrices."""
    whole_question = question if target is None else target
    question = by_its_entries(work, question)
    if isinstance(question, Entries):
        body, place = question.body, (question.i, question.j)
        axes = tuple(p for p in place if isinstance(p, Idx))
        left: Term | None = entry(target, *place) if target is not None else None
    else:
        body, place, axes, left = question, (1, 1), (), target
    moves = Moves(layout=work.layout)
    try:
        whole = regroup(body, axes, moves)
    except NoMatrixForm as fault:
        raise NoRule("these sums have no matrix form: " + " ".join(map(said, fault.words))) from None
    row = bool(axes) and not isinstance(place[0], Idx)
    whole = tp(whole) if row else whole
    if len(axes) == 1:
        work.introduction = (
            "One index, ",
            axes[0],
            ", is free, so this is a vector of length ",
            size_box(axes[0].size),
            ".",
        )
    elif axes:
        work.introduction = (
            "Two indices are free, ",
            axes[0],
            " and ",
            axes[1],
            ", so this is a matrix, ",
            size_of((axes[0].size, axes[1].size)),
            ".",
        )
    else:
        work.introduction = ("No index is free, so this is a scalar.",) if question.shape == SCALAR else ()
    taken = Taken(Derivative(Num(0), Num(0)), place)
    shown = in_elements(whole, taken) if axes else whole
    if shown != body:
        work.line(
            "regroup_sums", body, shown, reason_of(moves, "the sums are products of matrices"), left=left or body
        )
    if axes:
        work.line("put_together", question, whole, ("without the indices",), left=whole_question)
    return tidy(work, whole)


def by_expansion(work: Working, question: El) -> Term:
    """One element of a product, written as sums over entries."""
    fresh = work.fresh(question)
    opened = in_entries(question, fresh)
    work.line("write_as_sums", question, opened, ("products written as sums",), left=question)
    after = textbook(opened)
    if after != opened and not any(isinstance(t, Delta) for t in subterms(after)):
        work.line("textbook_form", opened, after, what_was_tidied(opened, after))
        return after
    return opened


def in_entries(term: Term, fresh: Fresh) -> Term:
    """A scalar term opened down to entries of symbols."""
    return sift(opened(term, fresh), fresh)
