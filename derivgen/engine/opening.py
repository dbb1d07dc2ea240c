"""An element written out completely in entries of symbols: for questions that ask for sums instead of products."""

from __future__ import annotations

from derivgen.terms.build import chain_of, entry, plus, times, total
from derivgen.terms.nodes import (
    Delta,
    Diag,
    El,
    Entries,
    Fn,
    Frac,
    Had,
    Idx,
    MatPow,
    Named,
    Norm,
    Num,
    Plus,
    Position,
    Pow,
    Sum,
    Term,
    Times,
    Tr,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import Fresh, rebuild, replace_index


def opened(term: Term, fresh: Fresh) -> Term:
    """A scalar term with every element of a compound term and every closed product opened."""
    match term:
        case El(inner, i, j):
            return open_element(inner, i, j, fresh)
        case Times() if any(f.shape != SCALAR for f in term.args):
            scalars, chain = chain_of(term)
            return times([*(opened(s, fresh) for s in scalars), chain_as_sums(chain, 1, 1, fresh)])
        case Tr(inner):
            i = fresh(inner.shape[0])
            return Sum(open_element(inner, i, i, fresh), i)
        case Pow(Norm(inner), Num(2, 1)):
            i, j = (1 if s == 1 else fresh(s) for s in inner.shape)
            body = Pow(open_element(inner, i, j, fresh), Num(2))
            return total(body, [p for p in (i, j) if isinstance(p, Idx)])
    return rebuild(term, lambda t: opened(t, fresh) if t.shape == SCALAR else t)


def open_element(term: Term, i: Position, j: Position, fresh: Fresh) -> Term:
    match term:
        case Times():
            scalars, chain = chain_of(term)
            return times([*(opened(s, fresh) for s in scalars), chain_as_sums(chain, i, j, fresh)])
        case Plus():
            return plus(open_element(t, i, j, fresh) for t in term.args)
        case Had():
            return times(open_element(t, i, j, fresh) for t in term.args)
        case MatPow(base, n):
            return chain_as_sums([base] * n, i, j, fresh)
        case Diag(v):
            return times([Delta(i, j), open_element(v, i, 1, fresh)])
        case Fn(name, arg):
            return Fn(name, open_element(arg, i, j, fresh))
        case Pow(base, exponent) if term.shape != SCALAR:
            return Pow(open_element(base, i, j, fresh), exponent)
        case Frac(top, bottom):
            return Frac(open_element(top, i, j, fresh), bottom)
        case Sum(body, index):
            return Sum(open_element(body, i, j, fresh), index)
        case Named(_, meaning):
            return open_element(meaning, i, j, fresh)
        case Entries(body, a, b):
            return replace_index(body, {old: new for old, new in ((a, i), (b, j)) if isinstance(old, Idx)})
    found = entry(term, i, j)
    return (
        found
        if not isinstance(found, El) or found.term == term
        else open_element(found.term, found.i, found.j, fresh)
    )


def elements_within(term: Term) -> Term:
    """Elements of sums and fractions that run with an index, as sums and fractions of elements."""
    match term:
        case El(Sum(body, index), i, j) if term.term.free:
            return Sum(elements_within(entry(body, i, j)), index)
        case El(Frac(top, bottom), i, j) if term.term.free:
            return Frac(elements_within(entry(top, i, j)), bottom)
        case El(Plus() as inner, i, j) if inner.free:
            return plus(elements_within(entry(t, i, j)) for t in inner.args)
        case El(inner, i, j) if inner.free:
            found = entry(inner, i, j)
            return elements_within(found) if found != term else term
    return rebuild(term, elements_within)


def chain_as_sums(chain: list[Term], i: Position, j: Position, fresh: Fresh) -> Term:
    marks: list[Position] = [i]
    for factor in chain[:-1]:
        marks.append(1 if factor.shape[1] == 1 else fresh(factor.shape[1]))
    marks.append(j)
    factors = [open_element(f, marks[k], marks[k + 1], fresh) for k, f in enumerate(chain)]
    return total(times(factors), [m for m in marks[1:-1] if isinstance(m, Idx)])
