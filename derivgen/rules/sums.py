r"""Sums and Kronecker deltas: a sum over an index that a delta pins down keeps one term."""

from __future__ import annotations

from derivgen.rules.rule import Phase, rule
from derivgen.terms.build import ONE, num, plus, times, total
from derivgen.terms.nodes import HOLDS_DELTA, Delta, Frac, Idx, Plus, Position, Sum, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import Fresh, rebuild, replace_index


def has_delta(term: Term) -> bool:
    return bool(term.holds & HOLDS_DELTA)


def scalar_factors(term: Term) -> list[Term]:
    """The factors of a product of scalars, nested products opened."""
    if isinstance(term, Times) and all(f.shape == SCALAR for f in term.args):
        return [g for f in term.args for g in scalar_factors(f)]
    return [term]


def peel(term: Term) -> tuple[list[Idx], Term]:
    """The letters of nested sums, outermost first, and what they sum."""
    letters: list[Idx] = []
    while isinstance(term, Sum) and term.index not in letters:  # a letter of its own: the inner sum is a factor n
        letters.append(term.index)
        term = term.body
    return letters, term


@rule(
    law=r"\sum_k \delta_{ki} f_k = f_i",
    reason="only the terms in which the indices agree are left",
    source="seed 3.2",
    phase=Phase.SIFT,
    examples={
        r"\sum_{i=1}^{n}\delta_{ik}A_{ij}": r"A_{kj}",
        r"\sum_{i=1}^{n}(\delta_{ik}a_i+\delta_{il}b_i)": r"a_k+b_l",
    },
)
def sift_delta(term: Term, fresh: Fresh) -> Term | None:
    if not isinstance(term, Sum) or not has_delta(term):
        return None
    return sifted(*peel(term), fresh)


def sifted(letters: list[Idx], body: Term, fresh: Fresh) -> Term | None:
    """The sum over the letters of a term without the deltas that they pin down; None where there is none."""
    if isinstance(body, Sum):
        more, summed = peel(body)
        if not set(more) & set(letters):
            letters, body = [*letters, *more], summed
    if not letters or not has_delta(body):
        return None
    if isinstance(body, Plus):
        return plus(_sifted_or_same(letters, t, fresh) for t in body.args)
    if isinstance(body, Frac) and isinstance(body.num, Plus) and body.den.free.isdisjoint(letters):
        inner = sifted(letters, body.num, fresh)
        return None if inner is None else Frac(inner, body.den)
    factors = scalar_factors(body)
    for k, f in enumerate(factors):
        above = scalar_factors(f.num if isinstance(f, Frac) else f)
        for m, g in enumerate(above):
            pinned = pinned_by(g, letters)
            if pinned:
                rest = times([*above[:m], *above[m + 1 :]])
                kept = Frac(rest, f.den) if isinstance(f, Frac) else rest
                return _pin(letters, [*factors[:k], kept, *factors[k + 1 :]], *pinned, fresh)
    for k, f in enumerate(factors):
        if isinstance(f, Plus) and any(_pins(t, letters) for t in f.args):
            split = [times([*factors[:k], t, *factors[k + 1 :]]) for t in f.args]
            return plus(_sifted_or_same(letters, t, fresh) for t in split)
        if isinstance(f, Sum) and has_delta(f):
            inner_letters, inner_body = peel(f)
            beside = frozenset[Idx]().union(*(g.free for m, g in enumerate(factors) if m != k))
            if not set(inner_letters) & (set(letters) | beside):
                merged = times([*factors[:k], inner_body, *factors[k + 1 :]])
                result = sifted([*letters, *inner_letters], merged, fresh)
                if result is not None:
                    return result
    return None


def pinned_by(term: Term, letters: list[Idx]) -> tuple[Idx, Position] | None:
    """The summed letter that a delta pins down, and what it is pinned to."""
    if not isinstance(term, Delta):
        return None
    pairs = ((term.i, term.j), (term.j, term.i))
    return next(((d, other) for d, other in pairs if isinstance(d, Idx) and d in letters), None)


def _pin(letters: list[Idx], factors: list[Term], dummy: Idx, other: Position, fresh: Fresh) -> Term:
    rest = [d for d in letters if d != dummy]
    body = replace_index(times(factors), {dummy: other})
    return _sifted_or_same(rest, body, fresh)


def _sifted_or_same(letters: list[Idx], body: Term, fresh: Fresh) -> Term:
    result = sifted(letters, body, fresh)
    return total(body, letters) if result is None else result


def _pins(term: Term, letters: list[Idx]) -> bool:
    return any(
        isinstance(f, Delta) and (f.i in letters or f.j in letters)
        for f in scalar_factors(term.num if isinstance(term, Frac) else term)
    )


def sift(term: Term, fresh: Fresh) -> Term:
    """All deltas that a sum pins down, everywhere in a term."""
    if not has_delta(term):
        return term
    if isinstance(term, Delta):
        return ONE if term.i == term.j else num(0) if _different(term) else term
    if isinstance(term, Sum):
        result = sift_delta(term, fresh)
        if result is not None:
            return sift(result, fresh) if result != term else result
    changed = rebuild(term, lambda t: sift(t, fresh))
    if changed is term:
        return term
    match changed:
        case Times():
            return times(changed.args)
        case Plus():
            return plus(changed.args)
    return changed


def _different(term: Delta) -> bool:
    return isinstance(term.i, int) and isinstance(term.j, int) and term.i != term.j
