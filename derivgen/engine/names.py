"""Quantities with a name, put where their definitions stand: a_i for the tanh z_i of a = tanh(z)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivgen.engine.recalling import multiplied_out
from derivgen.engine.working import Working
from derivgen.prose import listed
from derivgen.rules.measure import measure
from derivgen.rules.normal import collected, key
from derivgen.rules.regroup import has_sums
from derivgen.rules.textbook import textbook
from derivgen.terms.build import entry, plus, times
from derivgen.terms.nodes import El, Entries, Frac, Idx, Named, Num, Plus, Position, Relation, Sym, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, replace_index, subterms


def with_its_names(work: Working, found: Term) -> Term:
    """A term that holds both a name and what the name stands for, with the name for both; with a line of its own."""
    after = found
    used: list[Term] = []
    for called, meaning in meanings(found):
        if isinstance(meaning, Sym | Named | El | Num):
            continue  # another name for the same
        before, after = after, put_names(after, [(called, meaning)])
        if after != before:
            used.append(Relation("=", called, meaning))
    if used:
        work.line("recognise", found, after, listed(used))
        shorter = cancelled(after)
        if measure(shorter) < measure(after):
            work.line("textbook_form", after, shorter, ("the fractions are cancelled and like terms collected",))
            return shorter
    return after


def cancelled(term: Term) -> Term:
    """The summands with their fractions cancelled, and then multiplied out where that is shorter: p - y in a loss."""
    fractions = any(isinstance(t, Frac) for t in subterms(term))
    if not fractions or not isinstance(term, Plus) or term.shape != SCALAR or has_sums(term):
        return rebuild(term, cancelled) if fractions else term
    parts = [textbook(fractions_alone(t)) for t in term.args]
    opened = collected([t for part in parts for t in multiplied_out(part)], SCALAR)
    return min((plus(parts), textbook(opened)), key=measure)


def meanings(found: Term) -> Iterator[tuple[Term, Term]]:
    """The scalars with a name, and the elements of vectors and matrices with one, each with what it stands for."""
    parts = list(dict.fromkeys(subterms(found)))
    for name in (t for t in parts if isinstance(t, Named)):
        if name.shape == SCALAR:
            yield name, name.term
            continue
        for i, j in dict.fromkeys((t.i, t.j) for t in parts if isinstance(t, El) and t.term.shape == name.shape):
            yield entry(name, i, j), opened(name.term, i, j)


def opened(term: Term, i: Position, j: Position) -> Term:
    """An element of what a name stands for; that of a vector given by its elements is the formula for them."""
    if not isinstance(term, Entries):
        return entry(term, i, j)
    moved = {a: b for a, b in ((term.i, i), (term.j, j)) if isinstance(a, Idx) and isinstance(b, Idx)}
    whole = len(moved) == sum(isinstance(a, Idx) for a in (term.i, term.j))
    return replace_index(term.body, moved) if whole else entry(term, i, j)


def put_names(term: Term, names: Iterable[tuple[Term, Term]]) -> Term:
    """The term with each name where what it stands for is written."""
    by = {key(meaning): called for called, meaning in names}
    called = set(by.values())

    def change(part: Term) -> Term:
        return part if part in called else by.get(key(part)) or rebuild(part, change)

    return change(term)


def fractions_alone(term: Term) -> Term:
    """The term with its fractions cancelled, before a sign is drawn into what they are multiplied by."""
    if not isinstance(term, Frac):
        return rebuild(term, fractions_alone)
    factors = list(term.num.args) if isinstance(term.num, Times) else [term.num]
    same = next((k for k, f in enumerate(factors) if isinstance(f, Term) and key(f) == key(term.den)), None)
    if same is None:
        return textbook(term)
    del factors[same]
    return textbook(times([f for f in factors if isinstance(f, Term)]))
