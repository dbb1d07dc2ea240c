"""A normal form that is used only to compare and to collect: never printed.

``key`` forgets the order of sums, of element-wise and of scalar factors, the rotation of a trace and the transposition
of a scalar.  ``Monomial`` reads a term as coefficient × powers of scalars × a chain of matrices, and writes it again.
"""

from __future__ import annotations

from collections import Counter as Multiset
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from derivgen.terms import build
from derivgen.terms.build import MINUS, chain_of, holds_chain, num, plus, times
from derivgen.terms.nodes import (
    Const,
    Counter,
    Delta,
    Derivative,
    Det,
    El,
    Extent,
    Eye,
    Fn,
    Frac,
    Gen,
    Had,
    Named,
    Norm,
    Num,
    Ones,
    Plus,
    Pow,
    Sum,
    Sym,
    Term,
    Times,
    Tp,
    Tr,
)
from derivgen.terms.shapes import SCALAR

Key = Hashable
F = TypeVar("F")

LEAVES = (Sym, Named, Num, Const, Extent, Counter, Eye, Ones, Delta)


def tp(term: Term) -> Term:
    """The transpose, with declared symmetry used."""
    return build.tp(term, symmetric=True)


class Normal:
    """A key that hashes once."""

    __slots__ = ("hash", "parts")

    def __init__(self, parts: Hashable) -> None:
        self.parts, self.hash = parts, hash(parts)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Normal) and self.hash == other.hash and self.parts == other.parts


def key(term: Term) -> Key:
    """Equal for terms that differ only in order; something to hash and compare, nothing else."""
    if isinstance(term, LEAVES):
        return term
    if term.derived is None:
        term.derived = {}
    found: Key = term.derived.get("key")
    if found is None:
        found = term.derived["key"] = Normal(_parts(term))
    return found


def _parts(term: Term) -> Key:
    match term:
        case Plus():
            return ("+", _bag(key(t) for t in term.args))
        case Had():
            return ("had", _bag(key(t) for t in term.args))
        case Times() | Frac():
            return Monomial.of(term).key()
        case Fn("exp") if exponential(term)[1] != 1:
            return Monomial.of(term).key()
        case Pow(base, exponent):
            scalar = isinstance(exponent, Num) and term.shape == SCALAR
            return Monomial.of(term).key() if scalar else ("pow", key(base), key(exponent))
        case Tp(inner):
            return ("tp", key(inner))
        case Tr(inner):
            return _trace_key(inner)
        case Sum(body, index):
            return ("sum", key(body), index)
    return (type(term).__name__, *(key(a) if isinstance(a, Term) else a for a in term.args))


def _bag(keys: Iterable[Key]) -> Key:
    return frozenset(Multiset(keys).items())


def _trace_key(inner: Term) -> Key:
    scalars, chain = chain_of(inner) if isinstance(inner, Times) else ([], [inner])
    turned = [tp(f) for f in reversed(chain)]
    both = [tuple(key(f) for f in c) for c in (chain, turned)]
    turns = frozenset(c[k:] + c[:k] for c in both for k in range(len(c)))
    return ("tr", _bag(key(s) for s in scalars), turns)


@dataclass
class Power:
    base: Term
    exponent: Fraction | int


LARGEST_POWER = 64
"""The largest power of a number that is worked out; beyond it stays a power."""


def workable(exponent: Fraction | int) -> bool:
    """Whether a number is raised to this power at once."""
    return exponent.denominator == 1 and abs(exponent.numerator) <= LARGEST_POWER


class Monomial:
    """coefficient × Π base^exponent × chain; the chain is empty for a scalar."""

    __slots__ = ("chain", "coefficient", "powers", "shape")

    def __init__(self) -> None:
        self.coefficient: Fraction | int = 1
        self.powers: dict[Key, Power] = {}
        self.chain: list[Term] = []
        self.shape = SCALAR

    @staticmethod
    def of(term: Term) -> Monomial:
        if term.derived is None:
            term.derived = {}
        kept: Monomial | None = term.derived.get("monomial")
        if kept is None:
            kept = Monomial()
            kept.shape = term.shape
            kept.multiply(term, 1)
            term.derived["monomial"] = kept
        m = Monomial()  # one's own: monomials are worked on
        m.coefficient, m.powers, m.chain, m.shape = kept.coefficient, kept.powers.copy(), kept.chain.copy(), kept.shape
        return m

    def multiply(self, term: Term, exponent: Fraction | int) -> None:
        """Another factor, to a power."""
        if not isinstance(term, (Num, Frac, Times, Pow)):
            if term.shape == SCALAR:
                base, inner = exponential(term)
                self.raise_to(base, exponent * inner)
            else:
                self.chain.append(term)
            return
        match term:
            case Num() if workable(exponent) and (term.p or exponent > 0):
                value = term.value if exponent == 1 else Fraction(term.p, term.q) ** int(exponent)
                self.coefficient *= value
                return
            case Frac(top, bottom) if exponent.denominator == 1:  # a root of a quotient is not split
                self.multiply(top, exponent)
                self.multiply(bottom, -exponent)
                return
            case Times() if exponent == 1 and (term.shape != SCALAR or not holds_chain(term)):
                for f in term.args:
                    self.multiply(f, exponent)
                return
            case Times() if term.shape == SCALAR and exponent.denominator == 1:
                scalars, chain = chain_of(term)
                for f in scalars:
                    self.multiply(f, exponent)
                if chain:
                    self.raise_to(Times(*chain), exponent)
                return
            case Pow(base, Num() as n) if base.shape == SCALAR:
                inner = n.value
                odd_root = inner.denominator != 1 and exponent.numerator % 2
                if exponent.denominator == 1 or odd_root or is_positive_symbol(base):
                    self.multiply(base, exponent * inner)
                else:
                    self.raise_to(term, exponent)
                return
        if term.shape == SCALAR:
            self.raise_to(term, exponent)
        else:
            self.chain.append(term)

    def raise_to(self, base: Term, exponent: Fraction | int) -> None:
        k = closed_key(base)
        held = self.powers.get(k)
        if held is None:
            self.powers[k] = Power(base, exponent)
        elif held.exponent + exponent == 0:
            del self.powers[k]
        else:
            self.powers[k] = Power(held.base, held.exponent + exponent)

    def key(self) -> Key:
        return (self.coefficient, self.core())

    def core(self) -> Key:
        """What like terms share."""
        powers = frozenset((k, p.exponent) for k, p in self.powers.items())
        return (powers, tuple(key(f) for f in self.chain))

    def times_power(self, k: Key, base: Term, exponent: Fraction | int) -> None:
        held = self.powers.get(k)
        total = exponent + (held.exponent if held else 0)
        if total == 0:
            self.powers.pop(k, None)
        else:
            self.powers[k] = Power(held.base if held else base, total)

    def term(self) -> Term:
        """The product in written order: number, scalars, chain; negative powers below a fraction bar."""
        if self.coefficient == 0:
            return num(0) if self.shape == SCALAR else times([num(0), *self.chain])
        if not self.powers and isinstance(self.coefficient, int):
            return times(self.chain if self.coefficient == 1 else [num(self.coefficient), *self.chain])
        up = [powered(p.base, p.exponent) for p in self.ordered() if p.exponent > 0]
        down = [powered(p.base, -p.exponent) for p in self.ordered() if p.exponent < 0]
        c = self.coefficient
        sign = [MINUS] if c < 0 else []
        above, below = abs(c.numerator), c.denominator
        lead = [num(above)] if above != 1 else []
        if not down and below == 1:
            head = [num(c)] if c != 1 else []
            links = [f for f in up if isinstance(f, Derivative)] if ends_in_derivative(self.chain) else []
            return times([*head, *(f for f in up if f not in links), *self.chain, *links])
        bottom = times([*([num(below)] if below != 1 else []), *down])
        if self.chain and all(is_plain(d) for d in down):
            if not down and not up:
                return times([num(c), *self.chain])
            return times([*sign, Frac(times([*lead, *up]), bottom), *self.chain])
        top = times([*lead, *up, *self.chain])
        if not down and isinstance(top, Num):
            return num(c)
        return times([*sign, Frac(top, bottom)])

    def ordered(self) -> list[Power]:
        return in_rank(list(self.powers.values()), lambda p: p.base)


def in_rank(factors: list[F], base: Callable[[F], Term]) -> list[F]:
    """Factors in their order; an exponential stands before functions, but after a sum: e^x sin x, (1 + x)e^x."""
    kinds = {rank(base(f)) for f in factors}
    early = RANK_OF_FUNCTIONS in kinds and RANK_OF_SUMS not in kinds
    return sorted(factors, key=lambda f: 2.5 if early and is_exponential(base(f)) else rank(base(f)))


def is_exponential(term: Term) -> bool:
    return isinstance(term, Fn) and term.name == "exp"


def exponential(term: Term) -> tuple[Term, Fraction | int]:
    """e^x and 2 for e^{2x}: what an exponential is a whole power of; any other term to the power 1."""
    match term:
        case Fn("exp", Times() as inner) if term.shape == SCALAR:
            n = inner.args[0]
            if isinstance(n, Num) and n.q == 1 and abs(n.p) > 1:
                rest = inner.args[1:] if n.p > 0 else (MINUS, *inner.args[1:])
                return Fn("exp", times(rest)), abs(n.p)
    return term, 1


def ends_in_derivative(chain: list[Term]) -> bool:
    """Whether a derivative by a scalar goes on a chain rule in denominator layout: (dy/dx)(dz/dy)."""
    return bool(chain) and isinstance(last := chain[-1], Derivative) and last.layout == "denominator"


def is_plain(term: Term) -> bool:
    """A denominator short enough to stand before a chain as a factor of its own."""
    base = term.base if isinstance(term, Pow) else term
    return not isinstance(base, Plus | Times | Fn | Norm)


RANK_OF_FUNCTIONS, RANK_OF_SUMS = 3, 4


def rank(base: Term) -> int:
    """Where a scalar factor stands: symbols, norms and products, functions, sums, and exponentials last."""
    match base:
        case Num():
            return 0
        case Const() | Extent() | Counter() | Delta() | El():
            return 1
        case Norm() | Det() | Tr() | Times() | Pow():
            return 2
        case Fn(name):
            return 5 if name == "exp" else RANK_OF_FUNCTIONS
        case Gen():
            return RANK_OF_FUNCTIONS
        case Plus():
            return RANK_OF_SUMS
        case Sum():
            return 5
    return 1


def powered(base: Term, exponent: Fraction | int) -> Term:
    """A power as it is written: e^{2x} for the square of e^x."""
    match base:
        case Fn("exp", arg) if exponent != 1 and exponent.denominator == 1 and arg.shape == SCALAR:
            return Fn("exp", Monomial.of(times([num(exponent), arg])).term())
    return base if exponent == 1 else Pow(base, num(exponent))


def closed_key(base: Term) -> Key:
    """The key of a scalar; a closed chain equals its transpose."""
    if isinstance(base, Times) and holds_chain(base):
        chain = [f for f in base.args if f.shape != SCALAR]
        there = tuple(key(f) for f in chain)
        back = tuple(key(tp(f)) for f in reversed(chain))
        return ("dot", frozenset({there, back}))
    if isinstance(base, Times | Frac):
        return Monomial.of(base).key() if not isinstance(base, Times) or len(base.args) > 1 else key(base)
    if isinstance(base, Pow):
        return ("pow", key(base.base), key(base.exponent))
    return key(base)


def is_positive_symbol(term: Term) -> bool:
    """Whether a root of its square is itself: it is stated to be positive."""
    return isinstance(term, Sym) and "positive" in term.props


def fewest_transposes(chain: list[Term]) -> list[Term]:
    """A closed chain or its transpose, whichever has fewer transposes; as it is where they tie."""
    back = [tp(f) for f in reversed(chain)]
    return back if transposes(back) < transposes(chain) else chain


def transposes(chain: list[Term]) -> int:
    return sum(isinstance(f, Tp) for f in chain)


def collected(terms: Iterable[Term], shape: tuple[int | str, int | str]) -> Term:
    """Like terms added, in order of first appearance, a positive term first."""
    found: dict[Key, Monomial] = {}
    for t in terms:
        m = Monomial.of(t)
        k = m.core()
        if k in found:
            found[k].coefficient += m.coefficient
        else:
            found[k] = m
    kept = [m for m in found.values() if m.coefficient != 0]
    kept.sort(key=lambda m: len(m.chain) == 1 and isinstance(m.chain[0], Eye))
    if kept and kept[0].coefficient < 0:
        first = next((m for m in kept if m.coefficient > 0), None)
        if first is not None:
            kept.remove(first)
            kept.insert(0, first)
    return plus([m.term() for m in kept], shape)
