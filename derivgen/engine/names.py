"""Quantities with a name, put where their definitions stand: a_i for the tanh z_i of a = tanh(z)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivgen.engine.working import Working
from derivgen.prose import listed
from derivgen.rules.normal import key
from derivgen.terms.build import entry
from derivgen.terms.nodes import El, Named, Num, Relation, Sym, Term
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, subterms


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
    return after


def meanings(found: Term) -> Iterator[tuple[Term, Term]]:
    """The scalars with a name, and the elements of vectors and matrices with one, each with what it stands for."""
    parts = list(dict.fromkeys(subterms(found)))
    for name in (t for t in parts if isinstance(t, Named)):
        if name.shape == SCALAR:
            yield name, name.term
            continue
        for i, j in dict.fromkeys((t.i, t.j) for t in parts if isinstance(t, El) and t.term.shape == name.shape):
            yield entry(name, i, j), entry(name.term, i, j)


def put_names(term: Term, names: Iterable[tuple[Term, Term]]) -> Term:
    """The term with each name where what it stands for is written."""
    by = {key(meaning): called for called, meaning in names}
    called = set(by.values())

    def change(part: Term) -> Term:
        return part if part in called else by.get(key(part)) or rebuild(part, change)

    return change(term)
