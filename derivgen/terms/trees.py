"""Walking and replacing: paths, substitution without capture, fresh index letters.

Substitution here is the only place where a bound letter is renamed; nobody else replaces by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from derivgen.terms.nodes import HOLDS_INDEX, Entries, Extent, Eye, Idx, Named, Num, Ones, Position, Sum, Sym, Term, Tp
from derivgen.terms.shapes import Size

Path = tuple[int, ...]

LETTERS = tuple("ijklpqrsuvabcdefgh")
"""Index letters in the order in which a lecturer reaches for them."""


def subterms(term: Term) -> Iterator[Term]:
    """The term and all terms below it, outermost first; definitions of names are not entered."""
    stack = [term]
    while stack:
        top = stack.pop()
        yield top
        if not isinstance(top, (Named, Sym)):
            for a in reversed(top.args):
                if isinstance(a, Term):
                    stack.append(a)


def at(term: Term, path: Path) -> Term:
    for step in path:
        term = term.args[step]
    return term


def replace_at(term: Term, path: Path, new: Term) -> Term:
    if not path:
        return new
    args: list[Any] = list(term.args)
    args[path[0]] = replace_at(args[path[0]], path[1:], new)
    return type(term)(*args)


def rebuild(term: Term, change: Callable[[Term], Term]) -> Term:
    """The term with ``change`` applied to each direct subterm; the same object where nothing changed."""
    new = [change(a) if isinstance(a, Term) else a for a in term.args]
    for a, b in zip(term.args, new, strict=True):
        if a is not b:
            return type(term)(*new)
    return term


def indices(term: Term) -> set[Idx]:
    """Every index in a term, bound or free."""
    found: set[Idx] = set()
    stack: list[Term] = [term]
    while stack:
        for a in stack.pop().args:
            if isinstance(a, Term):
                if a.holds & HOLDS_INDEX:
                    stack.append(a)
            elif isinstance(a, Idx):
                found.add(a)
    return found


def bound(term: Term) -> tuple[Idx, ...]:
    """The indices that the outermost node binds."""
    match term:
        case Sum(_, index):
            return (index,)
        case Entries(_, i, j):
            return tuple(p for p in (i, j) if isinstance(p, Idx))
    return ()


def replace_index(term: Term, mapping: Mapping[Idx, Position]) -> Term:
    """Free index letters replaced by other letters or numbers; binders that would capture one are renamed."""
    if not (term.free & mapping.keys()):
        return term
    binders = bound(term)
    if binders:
        inner = {k: v for k, v in mapping.items() if k in term.free}
        clash = [b for b in binders if b in inner.values()]
        if clash:
            used = {i.letter for i in indices(term)} | {v.letter for v in inner.values() if isinstance(v, Idx)}
            for b in clash:
                new = Idx(pick(used), b.size)
                used.add(new.letter)
                term = _rename_binder(term, b, new)
        return type(term)(replace_index(term.args[0], inner), *term.args[1:])
    args: list[Any] = []
    for a in term.args:
        if isinstance(a, Term):
            args.append(replace_index(a, mapping) if a.free else a)
        elif isinstance(a, Idx):
            args.append(mapping.get(a, a))
        else:
            args.append(a)
    return type(term)(*args)


def _rename_binder(term: Term, old: Idx, new: Idx) -> Term:
    body = replace_index(term.args[0], {old: new})
    return type(term)(body, *(new if a == old else a for a in term.args[1:]))


def substitute(term: Term, mapping: Mapping[Term, Term]) -> Term:
    """Symbols replaced by terms, looking into definitions; binders that would capture a free letter are renamed."""
    if term in mapping:
        return mapping[term]
    if not (term.symbols & mapping.keys()):
        return term
    arriving = {i for new in mapping.values() for i in new.free}
    for b in bound(term):
        if b in arriving:
            used = {i.letter for i in indices(term)} | {i.letter for i in arriving}
            term = _rename_binder(term, b, Idx(pick(used), b.size))
    args = [substitute(a, mapping) if isinstance(a, Term) else a for a in term.args]
    return type(term)(*args)


def resized(term: Term, old: Size, new: int) -> Term:
    """The term with one size replaced; an index that runs to 1 is the number 1."""
    match term:
        case Sum(body, index) if index.size == old and new == 1:
            return resized(replace_index(body, {index: 1}), old, new)
        case Extent(size) if size == old:
            return Num(new)
    sized = isinstance(term, Sym | Eye | Ones)
    args: list[Any] = []
    for a in term.args:
        if isinstance(a, Term):
            args.append(resized(a, old, new))
        elif isinstance(a, Idx):
            args.append(a if a.size != old else 1 if new == 1 else Idx(a.letter, new))
        else:
            args.append(new if sized and a == old else a)
    return type(term)(*args)


def unfold(term: Term) -> Term:
    """The term with every name replaced by its definition."""
    while True:
        named = {s: s.term for s in term.symbols if isinstance(s, Named)}
        if not named:
            return term
        term = substitute(term, named)


def pick(used: Iterable[str]) -> str:
    """The first index letter that is not used."""
    taken = set(used)
    for letter in LETTERS:
        if letter not in taken:
            return letter
    count = 1
    while True:
        for letter in LETTERS[:8]:
            if f"{letter}_{{{count}}}" not in taken:
                return f"{letter}_{{{count}}}"
        count += 1


class Fresh:
    """A supply of index letters that are used nowhere in the term being worked on."""

    def __init__(self, avoid: Iterable[str] = ()) -> None:
        self.avoid = set(avoid)
        self.term: Term | None = None
        self._used: set[str] | None = None

    def within(self, term: Term) -> Fresh:
        """Work on this term from now on: its letters are taken, letters no longer in it are free again."""
        self.term, self._used = term, None
        return self

    def __call__(self, size: Size) -> Idx:
        if self._used is None:
            self._used = set(self.avoid)
            if self.term is not None:
                self._used |= {i.letter for i in indices(self.term)}
        letter = pick(self._used)
        self._used.add(letter)
        return Idx(letter, size)


def letters_of(term: Term) -> set[str]:
    """Single letters that stand for a scalar symbol or a size in a term: no index should bear them."""
    found: set[str] = set()
    for s in term.symbols:
        found |= {str(size) for size in s.shape if isinstance(size, str)}
        if s.shape == (1, 1):
            found.add(s.name.letter)
        if isinstance(s, Named):
            found |= letters_of(s.term) | {i.letter for i in indices(s.term)}
    for t in subterms(term):
        if isinstance(t, Extent):
            found.add(str(t.size))
    return found


def untransposed(term: Term) -> Term:
    """x for x and for x^T."""
    return term.arg if isinstance(term, Tp) else term
