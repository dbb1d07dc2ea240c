"""Blanks in a product of derivatives: the chain along which the factors lead from the variable to the quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, permutations
from typing import Any

from derivgen.derivation import Goal, Prose
from derivgen.engine import facts, graphs
from derivgen.engine.tasks.expressing import in_terms, names, whole
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.notation.names import plain_name
from derivgen.prose import listed
from derivgen.tasks import Fill, InTerms
from derivgen.terms.build import times
from derivgen.terms.nodes import Derivative, Entries, Name, Named, Sym, Term
from derivgen.terms.shapes import ShapeError
from derivgen.terms.taking import is_compressed

Pair = tuple[Name, Name]


def fill(work: Working, goal: Goal) -> Term:
    task, question = goal.task, goal.question
    assert isinstance(task, Fill) and isinstance(question, Derivative)
    chain = the_chain(question, task)
    leaves = tuple(Derivative(above, below, question.layout) for below, above in pairwise(chain))
    factors = in_order(leaves, task, question)
    product = times(factors)
    element = in_terms(work, replace(goal, task=InTerms(leaves)))
    work.figures = [graphs.picture(chain[0], chain[-1], ("The chain from ", chain[0], " to ", chain[-1], "."))]
    formal = any(is_compressed(d) for d in factors) and isinstance(element, Entries)
    told: list[str] = [plain_name(t.name) for d in factors for t in whole(d)]
    words: Prose = ("the blanks hold ", *listed([t for d in factors for t in whole(d)]), " in this order")
    against = work.against if work.against is not None else question
    facts.establish(work, "blanks", " ".join(told), words, facts.equal(work, against, element))
    path = arrows(chain)
    said: Prose = ("The factors are those of the path ", *path, "; their shapes give the order: ", product, ".")
    work.text.insert(0, said)
    if formal:
        work.against = None
        return product
    return element if isinstance(element, Entries) else product if times_equal(work, product, element) else element


def times_equal(work: Working, product: Term, element: Term) -> bool:
    return work.checker is None or facts.agree(work, element, product)


def arrows(chain: Sequence[Term]) -> Prose:
    """``M → a → ŷ → ℓ`` as words and formulas."""
    out: list[Any] = []
    for k, t in enumerate(chain):
        out += [" → ", t] if k else [t]
    return tuple(out)


def the_chain(question: Derivative, task: Fill) -> tuple[Term, ...]:
    """The path with as many steps as there are factors, through candidates, with the factors that are given."""
    top, start = whole(question)
    known = {t.name for t in task.candidates if isinstance(t, Sym | Named)}
    ways: list[tuple[Term, ...]] = [w for w in graphs.paths(start, top) if start in graphs.ordered(top)]
    fitting = []
    for way in ways:
        for chosen in shortened(way, len(task.factors)):
            steps = {(b.name, a.name) for a, b in pairwise(chosen)}
            inside = all(t.name in known for t in chosen)
            if inside and wanted(task) <= steps:
                fitting.append(chosen)
    if not fitting:
        raise NoRule(
            "the blanks cannot be filled from this list: no chain of quantities in it leads from the variable to what "
            "is differentiated in that many steps",
            hint="name every quantity on the way, and give as many factors as there are steps",
        )
    return fitting[0]


def wanted(task: Fill) -> set[Pair]:
    """The factors that must be there: those written out, and those that the statement requires."""
    out: set[Pair] = set()
    for above, below in task.factors:
        if isinstance(above, Sym | Named) and isinstance(below, Sym | Named):
            out.add((above.name, below.name))
    return out | {names(d) for d in task.required if isinstance(d, Derivative)}


def shortened(way: tuple[Term, ...], count: int) -> list[tuple[Term, ...]]:
    """The ways with that many steps that stop at some of the quantities of a longer one."""
    if len(way) - 1 == count:
        return [way]
    if len(way) - 1 < count:
        return []
    return list(
        dict.fromkeys(
            shorter for k in range(1, len(way) - 1) for shorter in shortened((*way[:k], *way[k + 1 :]), count)
        )
    )


def in_order(leaves: Sequence[Derivative], task: Fill, question: Derivative) -> tuple[Derivative, ...]:
    """The factors in the order in which their shapes fit and what is written out stands in its place."""
    for order in permutations(reversed(leaves)):
        if not all(stands(d, pair) for d, pair in zip(order, task.factors, strict=True)):
            continue
        try:
            if times(order).shape == question.shape:
                return order
        except ShapeError:
            continue
    raise NoRule("no order of these factors has the shape of the derivative in this layout")


def stands(leaf: Derivative, pair: tuple[Term | None, Term | None]) -> bool:
    """Whether a factor agrees with what is written out in its place."""
    return all(
        given is None or (isinstance(given, Sym | Named) and given.name == t.name)
        for given, t in zip(pair, whole(leaf), strict=True)
    )
