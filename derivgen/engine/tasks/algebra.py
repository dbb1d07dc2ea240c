"""Equalities of matrix expressions shown without elements: transposes moved inwards, inverses cancelled."""

from __future__ import annotations

from derivgen.derivation import Prose
from derivgen.engine.working import Working, tidy
from derivgen.prose import listed
from derivgen.rules.normal import key
from derivgen.rules.textbook import textbook
from derivgen.terms.build import plus
from derivgen.terms.nodes import Eye, Inv, MatPow, Plus, Relation, Term, Times, Tp
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, subterms, unfold


def by_algebra(work: Working, left: Term, right: Term) -> Term | None:
    """The lines from the left side to the right one; None where these laws do not lead there."""
    steps: list[tuple[str, Term, Term, Prose]] = []
    now = left
    for change in (put_in, turned, cancelled):
        after = change(now)
        if after != now:
            why: Prose = ("written out",) if change is put_in else reason_of(change is turned, now, after)
            steps.append(("textbook_form", now, after, why))
            now = after
    wanted = unfold(right)
    last = textbook(now)
    if key(last) != key(textbook(wanted)):
        return None
    for move, before, after, why in steps:
        work.line(move, before, after, why, left=left if before == left else None)
    if now != wanted:
        now = tidy(work, now)
    if now != right:
        work.line("put_together", now, right, ("this is the right side",))
    return right


def put_in(term: Term) -> Term:
    """Names and powers written out."""
    term = unfold(term)
    if isinstance(term, MatPow) and term.exponent == 2:
        return Times(term.base, term.base)
    return term


def turned(term: Term) -> Term:
    """Transposes moved to the single factors."""
    term = rebuild(term, turned)
    if not isinstance(term, Tp):
        return term
    match term.arg:
        case Times() as product:
            matrices = [turned(Tp(f)) for f in reversed(product.args) if f.shape != SCALAR]
            return Times(*(f for f in product.args if f.shape == SCALAR), *matrices)
        case Plus() as added:
            return plus([turned(Tp(t)) for t in added.args], term.shape)
        case Tp(inner):
            return inner
        case Inv(inner):
            return Inv(turned(Tp(inner)))
        case Eye():
            return term.arg
    return term


def cancelled(term: Term) -> Term:
    """Inverses next to what they are the inverses of, dropped."""
    term = rebuild(term, cancelled)
    if not isinstance(term, Times):
        return term
    factors = flat(term)
    for at, factor in enumerate(factors):
        if not isinstance(factor, Inv):
            continue
        inner = flat(factor.arg)
        after, before = factors[at + 1 : at + 1 + len(inner)], factors[max(at - len(inner), 0) : at]
        if after == inner:
            kept = [*factors[:at], *factors[at + 1 + len(inner) :]]
        elif before == inner:
            kept = [*factors[: at - len(inner)], *factors[at + 1 :]]
        else:
            continue
        return cancelled(Times(*kept)) if len(kept) > 1 else kept[0] if kept else Eye(factor.shape[0])
    return term


def flat(term: Term) -> list[Term]:
    """The factors of a product, products inside it opened."""
    if not isinstance(term, Times):
        return [term]
    return [f for t in term.args for f in flat(t)]


def reason_of(of_transposes: bool, before: Term, after: Term) -> Prose:
    if not of_transposes:
        gone = [t for t in dict.fromkeys(subterms(before)) if isinstance(t, Inv)]
        return tuple(listed([Relation("=", Times(t, *flat(t.arg)), Eye(t.shape[0])) for t in gone][:1]))
    told = []
    inside = [t.arg for t in subterms(before) if isinstance(t, Tp)]
    if any(isinstance(t, Times) for t in inside):
        told.append("the transpose of a product is the product of the transposes in reverse order")
    if any(isinstance(t, Plus) for t in inside):
        told.append("the transpose of a sum is the sum of the transposes")
    if any(isinstance(t, Inv) for t in subterms(after)):
        told.append("the transpose of an inverse is the inverse of the transpose")
    return ("; ".join(told) or "the transpose of a transpose is the matrix itself",)
