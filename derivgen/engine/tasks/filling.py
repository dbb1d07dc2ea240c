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
from derivgen.terms.build import plus, times
from derivgen.terms.nodes import Derivative, Entries, Name, Named, Sym, Term
from derivgen.terms.shapes import ShapeError
from derivgen.terms.taking import is_compressed

Pair = tuple[Name, Name]
Factors = Sequence[tuple[Term | None, Term | None]]
"""What stands above and below in each fraction of a product, None where there is a blank."""


def fill(work: Working, goal: Goal) -> Term:
    task, question = goal.task, goal.question
    assert isinstance(task, Fill) and isinstance(question, Derivative)
    if len(task.products) > 1:
        return fill_sum(work, goal)
    (factors,) = task.products
    chain = the_chain(question, task, factors)
    leaves = tuple(Derivative(above, below, question.layout) for below, above in pairwise(chain))
    order = in_order(leaves, factors, question)
    product = times(order)
    element = in_terms(work, replace(goal, task=InTerms(leaves)))
    work.figures = [graphs.picture(chain[0], chain[-1], ("The chain from ", chain[0], " to ", chain[-1], "."))]
    formal = any(is_compressed(d) for d in order) and isinstance(element, Entries)
    tell(work, list(zip(order, factors, strict=True)), element)
    path = arrows(chain)
    said: Prose = ("The factors are those of the path ", *path, "; their shapes give the order: ", product, ".")
    work.text.insert(0, said)
    if formal:
        work.against = None
        return product
    return element if isinstance(element, Entries) else product if times_equal(work, product, element) else element


def fill_sum(work: Working, goal: Goal) -> Term:
    """A sum of products: each product is one path from the variable to what is differentiated."""
    task, question = goal.task, goal.question
    assert isinstance(task, Fill) and isinstance(question, Derivative)
    top, start = whole(question)
    ways = [w for w in graphs.paths(start, top) if len(w) > 1]
    if len(ways) != len(task.products):
        count = f"{len(ways)} path{'s' if len(ways) != 1 else ''}"
        raise NoRule(
            f"the sum has {len(task.products)} terms, and {count} lead from the variable to what is differentiated"
        )
    for chosen in permutations(ways):
        found = [leaves_along(w, p, question) for w, p in zip(chosen, task.products, strict=True)]
        if all(f is not None for f in found):
            break
    else:
        raise NoRule("the blanks cannot be filled: what is written out fits no path from the variable")
    products = [f for f in found if f is not None]
    leaves = tuple(dict.fromkeys(d for p in products for d in p))
    element = in_terms(work, replace(goal, task=InTerms(leaves)))
    total = plus(times(p) for p in products)
    pairs = [
        (d, pair) for p, given in zip(products, task.products, strict=True) for d, pair in zip(p, given, strict=True)
    ]
    tell(work, pairs, element)
    work.say("Each term of the sum belongs to one path: ", *listed_paths(chosen), ".")
    return total if times_equal(work, total, element) else element


def listed_paths(ways: Sequence[tuple[Term, ...]]) -> Prose:
    return tuple(x for k, w in enumerate(ways) for x in ((", ", *arrows(w)) if k else arrows(w)))


def leaves_along(
    way: tuple[Term, ...], factors: Sequence[tuple[Term | None, Term | None]], question: Derivative
) -> tuple[Derivative, ...] | None:
    """The derivatives along a path in the order in which they are written, where they fit there."""
    if len(way) - 1 != len(factors):
        return None
    leaves = tuple(Derivative(above, below, question.layout) for below, above in pairwise(way))
    try:
        return in_order(leaves, factors, question)
    except NoRule:
        return None


def tell(work: Working, pairs: Sequence[tuple[Derivative, tuple[Term | None, Term | None]]], element: Term) -> None:
    """Which quantities the blanks hold, in their order."""
    held = [t for d, given in pairs for t, there in zip(whole(d), given, strict=True) if there is None]
    words: Prose = ("the blanks hold ", *listed(held), " in this order")
    against = work.against if work.against is not None else element
    names_held = " ".join(plain_name(t.name) for t in held)
    facts.establish(work, "blanks", names_held, words, facts.equal(work, against, element))
    work.text.append(("In the order in which they stand the blanks hold ", *listed(held, last=", "), "."))


def times_equal(work: Working, product: Term, element: Term) -> bool:
    return work.checker is None or facts.agree(work, element, product)


def arrows(chain: Sequence[Term]) -> Prose:
    """``M → a → ŷ → ℓ`` as words and formulas."""
    out: list[Any] = []
    for k, t in enumerate(chain):
        out += [" → ", t] if k else [t]
    return tuple(out)


def the_chain(question: Derivative, task: Fill, factors: Factors) -> tuple[Term, ...]:
    """The path with as many steps as there are factors, through candidates, with the factors that are given."""
    top, start = whole(question)
    known = {t.name for t in task.candidates if isinstance(t, Sym | Named)}
    ways: list[tuple[Term, ...]] = [w for w in graphs.paths(start, top) if start in graphs.ordered(top)]
    fitting = []
    for way in ways:
        for chosen in shortened(way, len(factors)):
            steps = {(b.name, a.name) for a, b in pairwise(chosen)}
            inside = not known or all(t.name in known for t in chosen)
            if inside and wanted(task, factors) <= steps:
                fitting.append(chosen)
    if not fitting:
        raise NoRule(
            "the blanks cannot be filled from this list: no chain of quantities in it leads from the variable to what "
            "is differentiated in that many steps",
            hint="name every quantity on the way, and give as many factors as there are steps",
        )
    return fitting[0]


def wanted(task: Fill, factors: Factors) -> set[Pair]:
    """The factors that must be there: those written out, and those that the statement requires."""
    out: set[Pair] = set()
    for above, below in factors:
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


def in_order(leaves: Sequence[Derivative], factors: Factors, question: Derivative) -> tuple[Derivative, ...]:
    """The factors in the order in which their shapes fit and what is written out stands in its place."""
    for order in permutations(reversed(leaves)):
        if not all(stands(d, pair) for d, pair in zip(order, factors, strict=True)):
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
