"""Whether a term is another one with its symbols replaced: what makes a result that was found once usable again.

A pattern is a term whose symbols stand for any terms of the same kind: a symbol that is constant for terms that do not
move, sizes for sizes, index letters for index letters, a named function for a named function.  Sums and element-wise
products are matched in any order, and a constant matrix of the pattern may be a run of factors of a product.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import permutations
from typing import Any

from derivgen.terms.build import chain_of, is_symmetric, tp
from derivgen.terms.nodes import Extent, Eye, Had, Idx, Name, Ones, Plus, Sym, Term, Times, Tp
from derivgen.terms.shapes import Shape, Size
from derivgen.terms.trees import unfold

Binding = dict[Hashable, Any]
"""What the symbols, the sizes, the index letters and the function names of a pattern stand for."""
MOST_ORDERS = 4
"""Up to how many terms of a sum are tried in any order."""
SYMMETRIC = "symmetric"
SIZED = (Eye, Ones, Extent)


def instances(pattern: Term, term: Term, fixed: Binding, moving: Term) -> Iterator[Binding]:
    """The ways in which a term is an instance of a pattern, going on from what is fixed already.

    ``moving`` is the variable of the term: what stands for a constant of the pattern may not depend on it.
    """
    yield from Matcher(moving).match(unfold(pattern), unfold(term), fixed)


class Matcher:
    """Matches with one moving variable."""

    def __init__(self, moving: Term) -> None:
        self.moving = moving

    def match(self, pattern: Term, term: Term, b: Binding) -> Iterator[Binding]:
        if isinstance(pattern, Sym):
            yield from self.symbol(pattern, term, b)
        elif type(pattern) is not type(term):
            return
        elif isinstance(pattern, Times):
            yield from self.product(pattern, term, b)
        elif isinstance(pattern, Plus | Had) and len(pattern.args) <= MOST_ORDERS:
            if len(pattern.args) == len(term.args):
                for order in permutations(term.args):
                    yield from self.all(pattern.args, order, b)
        else:
            yield from self.all(pattern.args, term.args, b)

    def all(self, patterns: Sequence[Any], args: Sequence[Any], b: Binding) -> Iterator[Binding]:
        """Arguments one by one: terms, index letters, function names and sizes match, all else must be equal."""
        if len(patterns) != len(args):
            return
        if not patterns:
            yield b
            return
        for bound in self.argument(patterns[0], args[0], b):
            yield from self.all(patterns[1:], args[1:], bound)

    def argument(self, pattern: Any, arg: Any, b: Binding) -> Iterator[Binding]:
        if isinstance(pattern, Term) and isinstance(arg, Term):
            sizes = self.shape(pattern.shape, arg.shape, b)
            yield from self.match(pattern, arg, sizes) if sizes is not None else ()
        elif isinstance(pattern, Idx) and isinstance(arg, Idx):
            sizes = self.shape((pattern.size, 1), (arg.size, 1), b)
            named = None if sizes is None else renamed(pattern, arg, sizes)
            yield from () if named is None else (named,)
        elif isinstance(pattern, Name) and isinstance(arg, Name):
            named = renamed(pattern, arg, b)
            yield from () if named is None else (named,)
        elif pattern == arg:
            yield b

    # ------------------------------------------------------------------------------------------- symbols
    def symbol(self, pattern: Sym, term: Term, b: Binding) -> Iterator[Binding]:
        if pattern in b:
            if b[pattern] == term:
                yield b
            return
        sizes = self.shape(pattern.shape, term.shape, b)
        if sizes is None or not meets(pattern, term):
            return
        if pattern.deps:
            if isinstance(term, Sym) and term.deps:
                for bound in self.all(pattern.deps, term.deps, sizes):
                    yield {**bound, pattern: term}
        elif self.moving not in term.symbols and not term.pending and not term.free:
            yield {**sizes, pattern: term}

    def shape(self, pattern: Shape, shape: Shape, b: Binding) -> Binding | None:
        """The sizes of a pattern stand for sizes; a letter never for 1, which would be another kind of thing."""
        for p, s in zip(pattern, shape, strict=True):
            if isinstance(p, int):
                if p != s:
                    return None
            elif s == 1 or b.get(("size", p), s) != s:
                return None
            else:
                b = {**b, ("size", p): s}
        return b

    # ------------------------------------------------------------------------------------------- products
    def product(self, pattern: Times, term: Term, b: Binding) -> Iterator[Binding]:
        scalars, chain = chain_of(pattern)
        given, run = chain_of(term) if isinstance(term, Times) else ([], [term])
        if len(scalars) != len(given) or len(scalars) > MOST_ORDERS:
            return
        for order in permutations(given):
            for bound in self.all(scalars, order, b):
                yield from self.chain(chain, run, bound)

    def chain(self, pattern: Sequence[Term], run: Sequence[Term], b: Binding) -> Iterator[Binding]:
        """Factors in their order; a constant symbol, or its transpose, takes one factor or several."""
        if not pattern:
            if not run:
                yield b
            return
        first, most = pattern[0], len(run) - len(pattern) + 1
        turned = isinstance(first, Tp) and isinstance(first.arg, Sym)
        several = (isinstance(first, Sym) and not first.deps) or turned
        for count in range(1, (most if several else min(most, 1)) + 1):
            taken = run[0] if count == 1 else Times(*run[:count])
            if turned and not isinstance(taken, Tp):
                found = self.argument(first.args[0], tp(taken), b)
            else:
                found = self.argument(first, taken, b)
            for bound in found:
                yield from self.chain(pattern[1:], run[count:], bound)


def meets(pattern: Sym, term: Term) -> bool:
    """Whether what is said of a symbol of the pattern holds for what would stand for it."""
    own = term.props if isinstance(term, Sym) else ()
    return all(p in own or (p == SYMMETRIC and is_symmetric(term)) for p in pattern.props)


def renamed(old: Hashable, new: Hashable, b: Binding) -> Binding | None:
    """A name for a name, one to one."""
    if old in b:
        return b if b[old] == new else None
    taken = any(value == new for known, value in b.items() if type(known) is type(old))
    return None if taken else {**b, old: new}


# ---------------------------------------------------------------------------------------------- putting in
def instance(term: Term, b: Binding) -> Term:
    """A term with all that a pattern's symbols, sizes, letters and names stand for put in."""
    return Instance(b).of(unfold(term))


def resized(symbol: Sym, b: Binding) -> Sym:
    """A symbol of the pattern with the sizes of the instance, so that it can stand beside what it stands for."""
    rows, cols = (size_of(s, b) for s in symbol.shape)
    return Sym(symbol.name, rows, cols, symbol.props)


def size_of(size: Size, b: Binding) -> Size:
    found: Size = b.get(("size", size), size)
    return found


class Instance:
    """Puts a binding into terms."""

    def __init__(self, b: Binding) -> None:
        self.b = b

    def of(self, term: Term) -> Term:
        if isinstance(term, Sym):
            found: Term = self.b[term] if term in self.b else resized(term, self.b)
            return found
        if isinstance(term, SIZED):
            return type(term)(*(size_of(s, self.b) for s in term.args))
        return type(term)(*(self.argument(a) for a in term.args))

    def argument(self, arg: Any) -> Any:
        if isinstance(arg, Term):
            return self.of(arg)
        if isinstance(arg, Idx):
            return self.b.get(arg, Idx(arg.letter, size_of(arg.size, self.b)))
        return self.b.get(arg, arg) if isinstance(arg, Name) else arg
