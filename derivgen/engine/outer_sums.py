"""Sums of outer products, such as Σ_i A_{i,:} A_{i,:}ᵀ, and what stands around them.

What does not bear the index is taken out of the sum; the element of the sum that is left tells which product it is.
"""

from __future__ import annotations

from derivgen.engine.opening import open_element
from derivgen.engine.words import size_of
from derivgen.engine.working import Working, reason_of, tidy
from derivgen.prose import listed
from derivgen.rules.calculus import STILL
from derivgen.rules.network import Moves, NoMatrixForm
from derivgen.rules.regroup import regroup
from derivgen.rules.textbook import textbook
from derivgen.terms.build import chain_of, entry, times
from derivgen.terms.nodes import Derivative, Idx, Num, Sum, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.taking import Taken


def flat_chain(term: Term) -> list[Term]:
    """The factors of a product of matrices, with closed products before it opened: (xᵀa)aᵀ is xᵀ, a, aᵀ."""
    if not isinstance(term, Times):
        return [term]
    scalars, chain = chain_of(term)
    if any(not isinstance(s, Times) or s.shape != SCALAR for s in scalars) or not chain:
        return []
    flat = [f for s in scalars for f in s.args if isinstance(f, Term)]
    if any(f.shape == SCALAR for f in flat) or (flat and (flat[-1].shape[1] != 1 or chain[0].shape[0] != 1)):
        return []
    return [*flat, *chain]


def by_outer_products(work: Working, question: Term, left: Term) -> Term | None:
    """A sum over one index of a product of vectors; None where it is of another kind."""
    if not isinstance(question, Sum) or question.shape == SCALAR or question.free:
        return None
    index, chain = question.index, flat_chain(question.body)
    bearing = [k for k, f in enumerate(chain) if index in f.free]
    if len(bearing) != 2 or bearing[1] != bearing[0] + 1:
        return None
    middle = Sum(Times(*(chain[k] for k in bearing)), index)
    if 1 in middle.shape:
        return None
    before, behind = chain[: bearing[0]], chain[bearing[1] + 1 :]
    work.introduction = ("No index is free, so this is the result itself, ", size_of(question.shape), ".")
    now = question
    if before or behind:
        out = times([*before, middle, *behind])
        still = (*listed([*before, *behind]), STILL[len(before) + len(behind) > 1], index)
        work.line("pull_out_of_sum", question, out, still, left=left)
        now = out
    whole = product_of(work, middle)
    if whole is None:
        return None
    after = times([*before, whole, *behind])
    if after != whole:
        work.line("put_in", now, after, (middle, " = ", whole, " is put in"), left=left)
    return tidy(work, after)


def product_of(work: Working, middle: Sum) -> Term | None:
    """The product of matrices that a sum of outer products is, by its (i, j) element."""
    fresh = work.fresh(middle)
    i, j = fresh(middle.shape[0]), fresh(middle.shape[1])
    body = open_element(middle, i, j, fresh)
    moves = Moves(layout=work.layout)
    try:
        whole = textbook(regroup(body, (i, j), moves))
    except NoMatrixForm:
        return None
    at = entry(middle, i, j)
    work.line("take_element", at, body, ("element (", i, ", ", j, ") of each outer product"), left=at)
    work.line("regroup_sums", body, shown(whole, i, j), reason_of(moves, "the sum is a product of matrices"))
    work.line("put_together", middle, whole, ("this holds for every element",), left=middle)
    return whole


def shown(whole: Term, i: Idx, j: Idx) -> Term:
    from derivgen.engine.elements import in_elements

    return in_elements(whole, Taken(Derivative(Num(0), Num(0)), (i, j)))
