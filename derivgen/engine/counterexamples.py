"""Small whole numbers for which two terms differ: a counterexample that a reader can check by hand.

The terms have numbers as sizes.  Symbols are drawn as matrices of small whole numbers that have their stated
properties; undetermined functions are drawn as linear maps, whose derivatives can be any matrices; functions of one
variable are polynomials.  Both sides are then computed by the interpreter, derivatives by dual numbers.  Of the draws
that tell the sides apart the one with the smallest numbers is kept.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from derivgen.derivation import VERIFIED, Check
from derivgen.rules.rule import is_leaf
from derivgen.terms import duals
from derivgen.terms.build import num, plus, power, times
from derivgen.terms.duals import Array, Data, Smooth, Value
from derivgen.terms.layouts import NoValue
from derivgen.terms.nodes import Derivative, El, Gen, Mat, Name, Named, Relation, Sym, Term
from derivgen.terms.numbers import Evaluator
from derivgen.terms.sampling import INVERTIBLE, Sampler, seed_of
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import subterms, unfold

DRAWS = 160
APART = 1e-9
LARGEST, LONGEST = 999, 60
"""The largest number that is shown, and the largest denominator."""
RANGES = ((0, 1), (0, 1), (-1, 2), (-2, 3))
"""The whole numbers drawn from, in turn."""
WORDS_DRAWN = frozenset(
    {"symmetric", "skew-symmetric", "antisymmetric", "diagonal", "positive definite", "positive semidefinite",
     "invertible", "nonsingular", "non-singular", "positive", "nonnegative", "non-negative", "nonzero", "non-zero",
     "natural", "integer", "orthogonal"}
)  # fmt: skip
"""Properties for which matrices of whole numbers are drawn; with others the usual samples are taken."""


@dataclass(frozen=True)
class Counterexample:
    """What the letters are, and what both sides come to."""

    values: tuple[Relation, ...]
    left: Term
    right: Term
    check: Check


def counterexample(
    left: Term, right: Term, holds: Callable[[Evaluator], bool] = lambda evaluator: True
) -> Counterexample | None:
    """The smallest one found; ``holds`` tells whether a draw meets the conditions of the statement."""
    best: tuple[float, Evaluator, Data, Data] | None = None
    for draw in range(DRAWS):
        evaluator = Evaluator({}, WholeNumbers(draw))
        try:
            if not holds(evaluator):
                continue
            a, b = evaluator.array(left), evaluator.array(right)
            size = weight(evaluator, left, right) + 0.1 * float(np.abs(a).sum() + np.abs(b).sum())
        except (NoValue, np.linalg.LinAlgError):
            continue
        if a.shape != b.shape or not (np.isfinite(a).all() and np.isfinite(b).all()) or np.abs(a - b).max() < APART:
            continue
        if best is None or size < best[0]:
            best = (size, evaluator, a, b)
    return told(*best[1:], left, right) if best is not None else None


def told(evaluator: Evaluator, a: Data, b: Data, left: Term, right: Term) -> Counterexample | None:
    """A draw as equations; None where a number in it is too long to be shown."""
    sides = [written(a), written(b)]
    values = [(t, written(evaluator.array(t))) for t in letters_in(left, right)]
    if any(v is None for v in (*sides, *(v for _, v in values))):
        return None
    functions = [Relation("=", g, polynomial(evaluator, g)) for g in functions_in(left, right)]
    relations = tuple(Relation("=", t, v) for t, v in values if v is not None)
    assert sides[0] is not None and sides[1] is not None
    witness = f"the sides differ by {float(np.abs(a - b).max()):g}"
    check = Check(VERIFIED, error=0.0, witness=witness)
    return Counterexample((*relations, *functions), sides[0], sides[1], check)


# ------------------------------------------------------------------------------------------------- what is shown
def letters_in(*terms: Term) -> list[Term]:
    """What a reader must know to compute the sides: symbols, and derivatives of undetermined functions."""
    found: list[Term] = []
    stack = list(reversed(terms))
    while stack:
        top = stack.pop()
        if isinstance(top, Derivative) and undetermined(top.body):
            found += [top] if is_leaf(top) else []
        elif isinstance(top, Named):
            stack.append(top.term)
        elif isinstance(top, Sym):
            found.append(top)
            stack += reversed(top.deps)
        else:
            stack += [a for a in reversed(top.args) if isinstance(a, Term)]
    symbols = sorted({t for t in found if isinstance(t, Sym)}, key=lambda s: s.name)
    return [*symbols, *dict.fromkeys(t for t in found if not isinstance(t, Sym))]


def undetermined(term: Term) -> bool:
    inner = term.term if isinstance(term, El) else term
    return isinstance(inner, Sym) and bool(inner.deps)


def functions_in(*terms: Term) -> list[Term]:
    """The functions of one variable, as f(t)."""
    t = Sym(Name("t"))
    found = [g for term in terms for g in subterms(unfold(term)) if isinstance(g, Gen) and len(g.orders) == 1]
    return list(dict.fromkeys(Gen(g.name, (0,), t) for g in found))


def written(data: Data) -> Term | None:
    """An array as a number or a matrix of numbers."""
    cells = [Fraction(float(x)).limit_denominator(LONGEST) for x in data.ravel()]
    exact = np.array([float(c) for c in cells]).reshape(data.shape)
    if np.abs(exact - data).max() > APART or max(abs(c) for c in cells) > LARGEST:
        return None
    entries = [num(c) for c in cells]
    rows, cols = data.shape[-2:]
    return entries[0] if (rows, cols) == (1, 1) else Mat(rows, cols, *entries)


def weight(evaluator: Evaluator, *terms: Term) -> float:
    """How much there is to read in a draw."""
    arrays = [evaluator.array(t) for t in letters_in(*terms)]
    return float(sum(np.abs(a).sum() + 0.5 * (np.abs(a) > 1).sum() + (a < 0).sum() for a in arrays))


# ------------------------------------------------------------------------------------------------------ the draws
class WholeNumbers(Sampler):
    """Samples of small whole numbers; undetermined functions are linear, functions of one variable polynomials."""

    def __init__(self, draw: int) -> None:
        super().__init__(draw)
        self.low, self.high = RANGES[draw % len(RANGES)]

    def integers(self, *key: object, count: int) -> list[int]:
        rng = random.Random(seed_of(*key, self.seed))
        return [rng.randint(self.low, self.high) for _ in range(count)]

    def symbol(self, symbol: Sym, rows: int, cols: int) -> Data:
        props = set(symbol.props)
        if props - WORDS_DRAWN - {"square"}:
            return super().symbol(symbol, rows, cols)
        for attempt in range(40):
            drawn = self.integers(tuple(symbol.name), symbol.shape, attempt, count=rows * cols)
            data = shaped(np.array(drawn, dtype=float).reshape(rows, cols), props)
            if fits(data, props):
                return data
        return super().symbol(symbol, rows, cols)

    def undetermined(self, symbol: Sym, rows: int, cols: int, deps: Sequence[Value]) -> Value:
        """A linear map of what the symbol depends on."""
        total: Value = duals.constant(np.zeros((rows, cols)))
        for number, dep in enumerate(deps):
            p, q = dep[0].data.shape[-2:]
            drawn = self.integers(tuple(symbol.name), symbol.shape, number, count=rows * cols * p * q)
            form = np.array(drawn, dtype=float).reshape(rows, cols, p, q)
            moved = {m: Array(a.axes, np.tensordot(a.data, form, axes=([-2, -1], [2, 3]))) for m, a in dep.items()}
            total = duals.add(total, moved)
        return total

    def coefficients(self, name: Name) -> list[int]:
        """Of 1, t and t²."""
        return self.integers("function", tuple(name), count=3)

    def generic(self, name: Name, orders: tuple[int, ...]) -> Smooth:
        if len(orders) != 1:
            raise NoValue("functions of several variables are not drawn")
        return smooth(np.polynomial.Polynomial(self.coefficients(name)).deriv(orders[0]))


def smooth(polynomial: np.polynomial.Polynomial) -> Smooth:
    def slope(i: int, args: Sequence[Value]) -> Value:
        return duals.apply(smooth(polynomial.deriv()), args)

    return Smooth(lambda *args: polynomial(args[0]), slope)


def polynomial(evaluator: Evaluator, function: Term) -> Term:
    """The polynomial that a function is in a draw."""
    sampler = evaluator.sampler
    assert isinstance(function, Gen) and isinstance(sampler, WholeNumbers)
    t = function.operands[0]
    terms = [times([num(c), power(t, k)]) if k else num(c) for k, c in enumerate(sampler.coefficients(function.name))]
    return plus(reversed(terms), SCALAR)


def shaped(data: Data, props: set[str]) -> Data:
    """A square matrix made to have a property of its form."""
    if props & {"diagonal"}:
        return data * np.eye(*data.shape)
    if props & {"skew-symmetric", "antisymmetric"}:
        lower = np.tril(data, -1)
        return lower - lower.T
    if props & {"symmetric", "positive definite", "positive semidefinite"}:
        return np.tril(data) + np.tril(data, -1).T
    return data


def fits(data: Data, props: set[str]) -> bool:
    """Whether a draw has the properties that its form does not give."""
    return all(test(data) for word, test in TESTS.items() if word in props)


def eigenvalues(data: Data) -> Data:
    found: Data = np.linalg.eigvalsh(data)
    return found


TESTS: dict[str, Callable[[Data], bool]] = {
    "positive definite": lambda d: bool(eigenvalues(d).min() > APART),
    "positive semidefinite": lambda d: bool(eigenvalues(d).min() > -APART),
    **{word: lambda d: bool(abs(np.linalg.det(d)) > APART) for word in INVERTIBLE},
    "orthogonal": lambda d: bool(np.allclose(d @ d.T, np.eye(len(d)))),
    **{word: lambda d: bool((d > 0).all()) for word in ("positive", "natural")},
    **{word: lambda d: bool((d >= 0).all()) for word in ("nonnegative", "non-negative")},
    **{word: lambda d: bool((d != 0).all()) for word in ("nonzero", "non-zero")},
}
