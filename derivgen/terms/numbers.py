"""The value of a term at small sizes: a second opinion that shares no code with the rules.

Derivatives are taken by dual numbers at matrix level: every entry of the variable is perturbed, and what comes out is
laid out as the conventions say.  No rule of index calculus is used.  Values are kept per term, so an ``Evaluator``
that is asked for all the lines of a derivation computes what they share once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from derivgen.terms import dotted, duals, nodes
from derivgen.terms.duals import COLS, ROWS, Array, Data, Value
from derivgen.terms.layouts import Label, NoValue, axes_of, drop, lay_out
from derivgen.terms.nodes import Idx, Position, Term
from derivgen.terms.positions import FixedIdx
from derivgen.terms.sampling import Sampler
from derivgen.terms.shapes import SCALAR, Shape, Size


class NoElement(NoValue):
    """A position that is larger than its axis is long."""


class UnknownSize(NoValue):
    """A size that was given no number."""

    def __init__(self, size: Size) -> None:
        super().__init__(f"the size {size} has no number")
        self.size = size


class Scope:
    """What symbols stand for: the samples, and on top of them perturbations and substituted values."""

    __slots__ = ("bit", "children", "memo", "next_bit", "parent", "symbol", "value")

    def __init__(self, parent: Scope | None = None, symbol: Term | None = None, value: Value | None = None) -> None:
        self.parent, self.symbol, self.value = parent, symbol, value
        self.memo: dict[Term, Value] = {}
        self.children: dict[Term, Scope] = {}
        below: int = parent.next_bit if parent else 1
        self.bit: int = below if parent and value is None else 0
        self.next_bit: int = below << 1 if self.bit else below

    def perturbing(self, symbol: Term) -> Scope:
        child = self.children.get(symbol)
        if child is None:
            child = self.children[symbol] = Scope(self, symbol)
        return child


class Evaluator:
    """Values of terms at one set of sizes and one sample."""

    def __init__(self, sizes: Mapping[Size, int], sampler: Sampler | None = None) -> None:
        self.sizes = dict(sizes)
        self.sampler = sampler or Sampler()
        self.base = Scope()
        self.letters: dict[Idx, int] = {}

    # ------------------------------------------------------------------------------------------ asking
    def array(self, term: Term, indices: Sequence[Idx] = ()) -> Data:
        """The value as an array: an axis for each of the indices, then rows and columns."""
        with np.errstate(all="ignore"):
            a = self.value(term, self.base)[0]
            order = tuple(sorted(self.label(i) for i in indices))
            lengths = {self.label(i): self.size(i.size) for i in indices}
            data = np.broadcast_to(duals.spread(a, order), (*(lengths[x] for x in order), *self.extent(term.shape)))
            wanted = [order.index(self.label(i)) for i in indices]
            return data.transpose([*wanted, len(wanted), len(wanted) + 1])

    def array_at(self, term: Term, values: Mapping[Term, Data]) -> Data:
        """The value of a term without free indices where symbols have these values."""
        scope = self.base
        for symbol, data in values.items():
            scope = Scope(scope, symbol, duals.constant(data))
        with np.errstate(all="ignore"):
            data = self.value(term, scope)[0].data
        return np.broadcast_to(data, self.extent(term.shape))

    def difference(self, left: Term, right: Term, floor: float) -> float | None:
        """The largest difference of two terms, relative to their largest entry (to ``floor`` where that is smaller).

        None where one of them is not finite.
        """
        with np.errstate(all="ignore"):
            a, b = self.value(left, self.base)[0], self.value(right, self.base)[0]
            axes = duals.union(a.axes, b.axes)
            return relative_difference(duals.spread(a, axes), duals.spread(b, axes), floor)

    def size(self, size: Size) -> int:
        known = self.sizes.get(size)
        if known is not None:
            return known
        if isinstance(size, int):
            return size
        raise UnknownSize(size)

    def extent(self, shape: Shape) -> tuple[int, int]:
        return (self.size(shape[0]), self.size(shape[1]))

    def label(self, index: Idx) -> int:
        known = self.letters.get(index)
        if known is None:
            known = self.letters[index] = len(self.letters)
        return known

    # -------------------------------------------------------------------------------------- evaluation
    def value(self, term: Term, scope: Scope) -> Value:
        while scope.parent is not None and scope.symbol not in term.symbols:
            scope = scope.parent
        known = scope.memo.get(term)
        if known is None:
            known = scope.memo[term] = RULES[type(term)](self, term, scope)
        return known

    def parts(self, term: Any, scope: Scope) -> list[Value]:
        return [self.value(t, scope) for t in term.args if isinstance(t, Term)]

    def symbol(self, term: Any, scope: Scope) -> Value:
        """A symbol: what it is bound to, its definition or its sample, and the perturbations on it."""
        bits = []
        at: Scope | None = scope
        found: Value | None = None
        while at is not None and found is None:
            if at.symbol == term:
                found = at.value
                if found is None:
                    bits.append(at.bit)
            at = at.parent
        rows, cols = self.extent(term.shape)
        if found is None:
            found = self._unbound(term, scope, rows, cols)
        for bit in bits:
            r, c = axes_of(bit)
            unit = np.eye(rows * cols).reshape(rows, cols, rows, cols)
            found = duals.add(found, {bit: Array((r, c), unit)})
        return found

    def _unbound(self, term: Any, scope: Scope, rows: int, cols: int) -> Value:
        if isinstance(term, nodes.Named):
            return self.value(term.term, scope)
        if term.deps:
            return self.sampler.undetermined(term, rows, cols, [self.value(d, scope) for d in term.deps])
        known = self.base.memo.get(term)
        if known is None:
            known = self.base.memo[term] = duals.constant(self.sampler.symbol(term, rows, cols))
        return known

    def pick(self, u: Value, axis: int, at: Position) -> Value:
        """One row (or column) of a value; a letter becomes a label."""
        if isinstance(at, FixedIdx):
            at = at.at(self.size(at.size))
        if isinstance(at, Idx):
            label = self.label(at)
            return {m: duals.open_axis(a, axis, label) for m, a in u.items()}
        if u[0].data.shape[axis] == 1:
            return u
        if axis == ROWS:
            return duals.linear(u, lambda d: d[..., at - 1 : at, :])
        return duals.linear(u, lambda d: d[..., :, at - 1 : at])

    # ------------------------------------------------------------------------------------- derivatives
    def gradient(self, body: Callable[[Scope], Value], var: Any, scope: Scope) -> tuple[Value, Label, Label]:
        """The derivative of a body by every entry of a variable: a value with two labels more."""
        match var:
            case nodes.Sym() | nodes.Named():
                child = scope.perturbing(var)
                moved = {m ^ child.bit: a for m, a in body(child).items() if m & child.bit}
                moved.setdefault(0, Array((), np.zeros((1, 1))))
                return moved, *axes_of(child.bit)
            case nodes.Tp(inner):
                u, r, c = self.gradient(body, inner, scope)
                return u, c, r
            case nodes.El(inner, i, j):
                u, r, c = self.gradient(body, inner, scope)
                return self._at(self._at(u, r, i), c, j), None, None
            case nodes.Row(inner, i):
                u, r, c = self.gradient(body, inner, scope)
                return self._at(u, r, i), c, None
            case nodes.Col(inner, j):
                u, r, c = self.gradient(body, inner, scope)
                return self._at(u, c, j), r, None
            case nodes.Mat():
                return self._explicit(body, var, scope)
        raise NoValue(f"a derivative by {type(var).__name__} is not defined")

    def _at(self, u: Value, label: Label, position: Position) -> Value:
        if label is None:
            return u
        if isinstance(position, FixedIdx):
            position = position.at(self.size(position.size))
        if isinstance(position, Idx):
            new = self.label(position)
            return {m: duals.relabel(a, label, new) for m, a in u.items()}
        if any(label in a.axes and a.data.shape[a.axes.index(label)] < position for a in u.values()):
            raise NoElement(f"there is no element {position} at these sizes")
        return {m: duals.take(a, label, position - 1) for m, a in u.items()}

    def _explicit(self, body: Callable[[Scope], Value], var: Any, scope: Scope) -> tuple[Value, Label, Label]:
        """By an explicit matrix of scalar symbols: each in turn, stacked."""
        row, col = axes_of(scope.next_bit)
        out: Value = {}
        for k, entry in enumerate(var.entries):
            u, r, c = self.gradient(body, entry, scope)
            u = drop(drop(u, r), c)
            unit = np.zeros((var.rows, var.cols, 1, 1))
            unit[divmod(k, var.cols)] = 1.0
            out = duals.add(out, duals.multiply(u, {0: Array((row, col), unit)}))
        return out, row, col

    def derivative(self, term: Any, scope: Scope) -> Value:
        body, var, layout = term.body, term.var, term.layout
        u, r, c = self.gradient(lambda s: self.value(body, s), var, scope)
        return lay_out(u, r, c, body.shape, var.shape, layout, self.extent(term.shape))

    def hessian(self, term: Any, scope: Scope) -> Value:
        labels: list[Label] = []

        def inner(s: Scope) -> Value:
            u, r, c = self.gradient(lambda t: self.value(term.body, t), term.y, s)
            labels[:] = [r]
            return drop(u, c)

        u, r, c = self.gradient(inner, term.x, scope)
        shape = self.extent(term.shape)
        return {m: duals.arrange(a, r, labels[0], shape) for m, a in drop(u, c).items()}

    def at(self, term: Any, scope: Scope) -> Value:
        point = [(symbol, self.value(value, scope)) for symbol, value in term.bindings]
        for symbol, value in point:
            scope = Scope(scope, symbol, value)
        return self.value(term.body, scope)


def relative_difference(u: Data, v: Data, floor: float) -> float | None:
    apart = u - v
    if not np.count_nonzero(apart):  # quicker than any(); what is not a number counts
        return 0.0
    gap = largest(apart)
    if not math.isfinite(gap):
        return None
    return gap / max(floor, largest(u), largest(v))


def largest(data: Data) -> float:
    return float(np.maximum.reduce(np.abs(data), axis=None))


# --------------------------------------------------------------------------------------- one line per node
Rule = Callable[[Evaluator, Any, Scope], Value]


def _eye(e: Evaluator, t: Any, s: Scope) -> Value:
    return duals.constant(np.eye(e.size(t.size)))


def _delta(e: Evaluator, t: Any, s: Scope) -> Value:
    i, j = (p.at(e.size(p.size)) if isinstance(p, FixedIdx) else p for p in (t.i, t.j))
    size = next((e.size(p.size) for p in (i, j) if isinstance(p, Idx)), None)
    if size is None or i == j:
        return duals.number(float(i == j))
    return e.pick(e.pick(duals.constant(np.eye(size)), ROWS, i), COLS, j)


def _entries(e: Evaluator, t: Any, s: Scope) -> Value:
    rows, cols = (e.label(p) if isinstance(p, Idx) else None for p in (t.i, t.j))
    shape = e.extent(t.shape)
    return {m: duals.arrange(a, rows, cols, shape) for m, a in e.value(t.body, s).items()}


def _mat(e: Evaluator, t: Any, s: Scope) -> Value:
    out: Value = {}
    for k, u in enumerate(e.parts(t, s)):
        unit = np.zeros((t.rows, t.cols))
        unit[divmod(k, t.cols)] = 1.0
        out = duals.add(out, duals.multiply(u, duals.constant(unit)))
    return out


def _plus(e: Evaluator, t: Any, s: Scope) -> Value:
    first, *rest = e.parts(t, s)
    for u in rest:
        first = duals.add(first, u)
    return first


def _times(e: Evaluator, t: Any, s: Scope) -> Value:
    scalars: Value | None = None
    chain: Value | None = None
    for factor in t.args:
        u = e.value(factor, s)
        if factor.shape == SCALAR:
            scalars = u if scalars is None else duals.multiply(scalars, u)
        else:
            chain = u if chain is None else duals.product(np.matmul, chain, u)
    if scalars is None or chain is None:
        return chain or scalars or duals.number(1.0)
    return duals.multiply(scalars, chain)


def _had(e: Evaluator, t: Any, s: Scope) -> Value:
    first, *rest = e.parts(t, s)
    for u in rest:
        first = duals.multiply(first, u)
    return first


def _frac(e: Evaluator, t: Any, s: Scope) -> Value:
    return duals.multiply(e.value(t.num, s), duals.power(e.value(t.den, s), -1))


def _pow(e: Evaluator, t: Any, s: Scope) -> Value:
    base, exponent = e.value(t.base, s), t.exponent
    if isinstance(exponent, nodes.Num):
        return duals.power(base, exponent.p / exponent.q)
    if isinstance(t.base, nodes.Const) and t.base.name == "e":
        return duals.apply(duals.FUNCTIONS["exp"], [e.value(exponent, s)])
    return duals.general_power(base, e.value(exponent, s))


def _matpow(e: Evaluator, t: Any, s: Scope) -> Value:
    base = out = e.value(t.base, s)
    for _ in range(t.exponent - 1):
        out = duals.product(np.matmul, out, base)
    return out


def _fn(e: Evaluator, t: Any, s: Scope) -> Value:
    return duals.apply(duals.FUNCTIONS[t.name], [e.value(t.arg, s)])


def _gen(e: Evaluator, t: Any, s: Scope) -> Value:
    return duals.apply(e.sampler.generic(t.name, t.orders), [e.value(a, s) for a in t.operands])


def _diag(e: Evaluator, t: Any, s: Scope) -> Value:
    return duals.multiply(e.value(t.arg, s), duals.constant(np.eye(e.size(t.arg.shape[0]))))


def _diag_of(e: Evaluator, t: Any, s: Scope) -> Value:
    return duals.linear(e.value(t.arg, s), lambda d: np.diagonal(d, axis1=-2, axis2=-1)[..., None])


def _sum(e: Evaluator, t: Any, s: Scope) -> Value:
    """A nest of sums over a product: each index is summed out of the factors that bear it, never all at once."""
    dummies, body = [t.index], t.body
    while isinstance(body, nodes.Sum) and body.index not in dummies:
        dummies.append(body.index)
        body = body.body
    if not isinstance(body, nodes.Times) or body.shape != SCALAR or any(f.shape != SCALAR for f in _flat(body)):
        u = e.value(body, s)
        for d in dummies:
            u = duals.sum_label(u, e.label(d), e.size(d.size))
        return u
    factors = [e.value(f, s) for f in _flat(body)]
    for d in reversed(dummies):
        label, size = e.label(d), e.size(d.size)
        bearing: list[Value] = []
        others: list[Value] = []
        for u in factors:
            (bearing if bears(u, label) else others).append(u)
        factors = others
        merged = bearing[0] if bearing else duals.number(1.0)
        for u in bearing[1:]:
            merged = duals.multiply(merged, u)
        factors.append(duals.sum_label(merged, label, size))
    out = factors[0]
    for u in factors[1:]:
        out = duals.multiply(out, u)
    return out


def bears(u: Value, label: int) -> bool:
    """Whether any part of a value varies with a label."""
    return any(label in a.axes for a in u.values())


def _flat(product: Any) -> list[Term]:
    """The factors of a product of scalars, nested products opened."""
    out: list[Term] = []
    for f in product.args:
        if isinstance(f, nodes.Times) and all(g.shape == SCALAR for g in f.args):
            out.extend(_flat(f))
        else:
            out.append(f)
    return out


CONSTANTS = {"pi": math.pi, "e": math.e}

RULES: dict[type[Term], Rule] = {
    nodes.Num: lambda e, t, s: duals.number(t.p / t.q),
    nodes.Const: lambda e, t, s: duals.number(CONSTANTS[t.name]),
    nodes.Extent: lambda e, t, s: duals.number(float(e.size(t.size))),
    nodes.Counter: lambda e, t, s: {
        0: Array((e.label(t.index),), np.arange(1.0, e.size(t.index.size) + 1).reshape(-1, 1, 1))
    },
    nodes.Sym: Evaluator.symbol,
    nodes.Named: Evaluator.symbol,
    nodes.Eye: _eye,
    nodes.Ones: lambda e, t, s: duals.constant(np.ones(e.extent(t.shape))),
    nodes.Zero: lambda e, t, s: duals.constant(np.zeros(e.extent(t.shape))),
    nodes.Delta: _delta,
    nodes.El: lambda e, t, s: e.pick(e.pick(e.value(t.term, s), ROWS, t.i), COLS, t.j),
    nodes.Row: lambda e, t, s: duals.transposed(e.pick(e.value(t.term, s), ROWS, t.i)),
    nodes.Col: lambda e, t, s: e.pick(e.value(t.term, s), COLS, t.j),
    nodes.Entries: _entries,
    dotted.Dotted: _entries,
    nodes.Mat: _mat,
    nodes.Plus: _plus,
    nodes.Times: _times,
    nodes.Frac: _frac,
    nodes.Had: _had,
    nodes.Pow: _pow,
    nodes.MatPow: _matpow,
    nodes.Fn: _fn,
    nodes.Gen: _gen,
    nodes.Tp: lambda e, t, s: duals.transposed(e.value(t.arg, s)),
    nodes.Inv: lambda e, t, s: duals.inverse(e.value(t.arg, s)),
    nodes.Det: lambda e, t, s: duals.determinant(e.value(t.arg, s)),
    nodes.Tr: lambda e, t, s: duals.trace(e.value(t.arg, s)),
    nodes.Norm: lambda e, t, s: duals.norm(e.value(t.arg, s)),
    nodes.Diag: _diag,
    nodes.DiagOf: _diag_of,
    nodes.Sum: _sum,
    dotted.Run: _sum,
    nodes.Derivative: Evaluator.derivative,
    nodes.Hessian: Evaluator.hessian,
    nodes.At: Evaluator.at,
}
