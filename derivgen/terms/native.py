"""To and from ordinary SymPy; the only file that lets SymPy evaluate.

A matrix term becomes a matrix expression where SymPy has such a form, and otherwise a matrix of explicit entries.
SymPy counts positions from 0, so a free index i runs from 0 to n - 1 there and a number in an index is one less.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.diagonal import DiagMatrix, DiagonalOf
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.printing.conventions import split_super_sub

from derivgen.errors import Unsupported
from derivgen.terms import dotted, nodes
from derivgen.terms.nodes import Idx, Name, Num, Position, Term
from derivgen.terms.shapes import SCALAR, Size

ACCENTS = ("hat", "tilde", "bar", "dot", "ddot", "check", "breve", "vec")
FUNCTIONS: dict[str, Any] = {
    name: getattr(sympy, {"arcsin": "asin", "arccos": "acos", "arctan": "atan", "abs": "Abs"}.get(name, name))
    for name in (
        "exp", "log", "sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
        "abs", "sign",
    )
}  # fmt: skip
COMPOSED: dict[str, Callable[[Any], Any]] = {
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)),
    "relu": lambda u: sympy.Max(0, u),
    "step": lambda u: sympy.Heaviside(u, 0),
}
ASSUMPTIONS = {"positive": "positive", "negative": "negative", "nonzero": "nonzero", "integer": "integer"}
CONSTANTS = {"pi": sympy.pi, "e": sympy.E}


def to_sympy(term: Term, symbols: Mapping[str, Any] | None = None) -> Any:
    """The term in ordinary SymPy; ``symbols`` gives objects of one's own for names such as "x", "A" or "n"."""
    try:
        return _Outward(dict(symbols or {})).whole(term)
    except (TypeError, ValueError) as error:
        raise Unsupported(f"SymPy cannot hold this: {error}") from None


def from_sympy(expression: Any) -> Term:
    """A term from a SymPy expression, matrix expression or explicit matrix."""
    return _inward(sympy.sympify(expression, strict=True))


def sympy_name(name: Name) -> str:
    """The name in SymPy's spelling: ``theta``, ``yhat``, ``x_1``, ``W__2`` for a label above."""
    text = name.letter + name.accent + "'" * name.primes
    return text + (f"_{name.sub}" if name.sub else "") + (f"__{name.sup}" if name.sup else "")


# ---------------------------------------------------------------------------------------------- outward
class _Outward:
    def __init__(self, symbols: dict[str, Any]) -> None:
        self.symbols = symbols

    def whole(self, term: Term) -> Any:
        """A term by itself: x^T A x stays the 1×1 product that SymPy writes it as."""
        if term.shape == SCALAR and _closed(term):
            return self.matrix(term)
        return self.of(term)

    def of(self, term: Term) -> Any:
        printer = OUTWARD.get(type(term))
        if printer is None:
            raise Unsupported(f"{type(term).__name__} has no form in SymPy")
        return printer(self, term)

    def matrix(self, term: Term) -> Any:
        """A sum of closed products, as a matrix expression of shape 1×1."""
        if isinstance(term, nodes.Plus):
            return sympy.MatAdd(*(self.matrix(t) for t in term.args)).doit(deep=False)
        return sympy.MatMul(*(self.of(t) for t in term.args)).doit(deep=False)

    def size(self, size: Size) -> Any:
        if isinstance(size, int):
            return sympy.Integer(size)
        return self.symbols.get(size) or sympy.Symbol(size.lstrip("\\"), integer=True, positive=True)

    def index(self, at: Position) -> Any:
        if isinstance(at, int):
            return sympy.Integer(at - 1)
        return self.symbols.get(at.letter) or sympy.Symbol(at.letter, integer=True, nonnegative=True)

    def range(self, index: Idx) -> tuple[Any, Any, Any]:
        return (self.index(index), 0, self.size(index.size) - 1)


def _closed(term: Term) -> bool:
    """Whether a scalar is a product of matrices, or a sum of such."""
    if isinstance(term, nodes.Plus):
        return all(_closed(t) for t in term.args)
    return isinstance(term, nodes.Times) and any(f.shape != SCALAR for f in term.args)


def _symbol(o: _Outward, t: Any) -> Any:
    name = sympy_name(t.name)
    own = o.symbols.get(name)
    if own is not None:
        return own
    if t.shape == SCALAR:
        return sympy.Symbol(name, **{ASSUMPTIONS[p]: True for p in t.props if p in ASSUMPTIONS})
    return sympy.MatrixSymbol(name, o.size(t.shape[0]), o.size(t.shape[1]))


def _plus(o: _Outward, t: Any) -> Any:
    parts = [o.of(a) for a in t.args]
    return sympy.Add(*parts) if t.shape == SCALAR else sympy.MatAdd(*parts).doit(deep=False)


def _times(o: _Outward, t: Any) -> Any:
    factors = [o.of(f) for f in t.args]
    if all(f.shape == SCALAR for f in t.args):
        return sympy.Mul(*factors)
    scalars = [x for x, f in zip(factors, t.args, strict=True) if f.shape == SCALAR]
    chain = [x for x, f in zip(factors, t.args, strict=True) if f.shape != SCALAR]
    product = sympy.MatMul(*chain).doit(deep=False)
    if t.shape == SCALAR:
        return sympy.Mul(*scalars, MatrixElement(product, 0, 0))
    return sympy.MatMul(sympy.Mul(*scalars), product).doit(deep=False) if scalars else product


def _frac(o: _Outward, t: Any) -> Any:
    num, den = o.of(t.num), o.of(t.den)
    return num / den if t.shape == SCALAR else sympy.MatMul(1 / den, num).doit(deep=False)


def _pow(o: _Outward, t: Any) -> Any:
    base, exponent = o.of(t.base), o.of(t.exponent)
    return base**exponent if t.shape == SCALAR else sympy.HadamardPower(base, exponent)


def _applied(o: _Outward, t: Any, function: Callable[[Any], Any], arg: Term) -> Any:
    """A function of a scalar, or entry by entry of a matrix."""
    inner = o.of(arg)
    if arg.shape == SCALAR:
        return function(inner)
    u = sympy.Symbol("u")  # no Dummy: SymPy would call two equal functions different
    return ElementwiseApplyFunction(sympy.Lambda(u, function(u)), inner)


def _fn(o: _Outward, t: Any) -> Any:
    return _applied(o, t, FUNCTIONS.get(t.name) or COMPOSED[t.name], t.arg)


def _generic(o: _Outward, t: Any) -> Any:
    f = sympy.Function(sympy_name(t.name))
    if len(t.operands) == 1:
        return _applied(o, t, lambda u: _slope(f, t.orders, (u,)), t.operands[0])
    if t.shape != SCALAR:
        raise Unsupported("a generic function of several matrices has no form in SymPy")
    return _slope(f, t.orders, tuple(o.of(a) for a in t.operands))


def _slope(f: Any, orders: tuple[int, ...], args: tuple[Any, ...]) -> Any:
    if not any(orders):
        return f(*args)
    slots = [sympy.Dummy(f"xi_{k + 1}") for k in range(len(args))]
    taken = sympy.Derivative(f(*slots), *((s, k) for s, k in zip(slots, orders, strict=True) if k))
    return sympy.Subs(taken, slots, args)


def _entries(o: _Outward, t: Any) -> Any:
    rows, cols = (o.index(p) if isinstance(p, Idx) else sympy.Dummy("k") for p in (t.i, t.j))
    return sympy.FunctionMatrix(o.size(t.shape[0]), o.size(t.shape[1]), sympy.Lambda((rows, cols), o.of(t.body)))


def _row_of(o: _Outward, t: Any) -> Any:
    at = o.index(t.i)
    return sympy.Transpose(o.of(t.term)[at : at + 1, :])


def _derivative(o: _Outward, t: Any) -> Any:
    var = o.of(t.var)
    if (t.body.shape != SCALAR and t.var.shape != SCALAR) or t.layout == "numerator":
        raise Unsupported("SymPy has no such derivative that is still to be taken")
    return sympy.Derivative(o.of(t.body), var, evaluate=False)


def _norm(o: _Outward, t: Any) -> Any:
    inner = o.of(t.arg)
    if t.arg.shape == SCALAR:
        return sympy.Abs(inner)
    if t.arg.shape[1] == 1:
        return sympy.sqrt(MatrixElement(sympy.Transpose(inner) * inner, 0, 0))
    return sympy.sqrt(sympy.Trace(sympy.Transpose(inner) * inner))


def _of_matrix(make: Callable[[Any], Any], of_scalar: Callable[[Any], Any]) -> Callable[[_Outward, Any], Any]:
    return lambda o, t: (of_scalar if t.arg.shape == SCALAR else make)(o.of(t.arg))


def _itself(x: Any) -> Any:
    return x


OUTWARD: dict[type[Term], Callable[[_Outward, Any], Any]] = {
    nodes.Num: lambda o, t: sympy.Rational(t.p, t.q),
    nodes.Const: lambda o, t: CONSTANTS[t.name],
    nodes.Extent: lambda o, t: o.size(t.size),
    nodes.Counter: lambda o, t: o.index(t.index) + 1,
    nodes.Sym: _symbol,
    nodes.Named: lambda o, t: o.of(t.term),
    nodes.Eye: lambda o, t: sympy.Identity(o.size(t.size)),
    nodes.Ones: lambda o, t: sympy.OneMatrix(o.size(t.rows), o.size(t.cols)),
    nodes.Zero: lambda o, t: sympy.ZeroMatrix(o.size(t.rows), o.size(t.cols)),
    nodes.Delta: lambda o, t: sympy.KroneckerDelta(o.index(t.i), o.index(t.j)),
    nodes.El: lambda o, t: (
        o.of(t.term) if t.term.shape == SCALAR else MatrixElement(o.of(t.term), o.index(t.i), o.index(t.j))
    ),
    nodes.Row: _row_of,
    nodes.Col: lambda o, t: o.of(t.term)[:, o.index(t.j) : o.index(t.j) + 1],
    nodes.Entries: _entries,
    dotted.Dotted: _entries,
    nodes.Mat: lambda o, t: sympy.ImmutableMatrix(t.rows, t.cols, [o.of(e) for e in t.entries]),
    nodes.Plus: _plus,
    nodes.Times: _times,
    nodes.Frac: _frac,
    nodes.Had: lambda o, t: (sympy.Mul if t.shape == SCALAR else sympy.HadamardProduct)(*(o.of(a) for a in t.args)),
    nodes.Pow: _pow,
    nodes.MatPow: lambda o, t: sympy.MatPow(o.of(t.base), t.exponent),
    nodes.Fn: _fn,
    nodes.Gen: _generic,
    nodes.Tp: _of_matrix(sympy.Transpose, _itself),
    nodes.Inv: _of_matrix(sympy.Inverse, lambda x: 1 / x),
    nodes.Det: _of_matrix(sympy.Determinant, _itself),
    nodes.Tr: _of_matrix(sympy.Trace, _itself),
    nodes.Norm: _norm,
    nodes.Diag: _of_matrix(DiagMatrix, _itself),
    nodes.DiagOf: _of_matrix(DiagonalOf, _itself),
    nodes.Sum: lambda o, t: sympy.Sum(o.of(t.body), o.range(t.index)),
    dotted.Run: lambda o, t: sympy.Sum(o.of(t.body), o.range(t.index)),
    nodes.Derivative: _derivative,
}


# ----------------------------------------------------------------------------------------------- inward
def _inward(x: Any) -> Term:
    for kind, reader in INWARD:
        if isinstance(x, kind):
            return reader(x)
    for name, function in FUNCTIONS.items():
        if isinstance(x, function):
            return nodes.Fn(name, _inward(x.args[0]))
    raise Unsupported(f"the SymPy expression {type(x).__name__} cannot be read")


def _size_from(size: Any) -> Size:
    if isinstance(size, sympy.Integer):
        return int(size)
    if isinstance(size, sympy.Symbol):
        return str(size.name)
    raise Unsupported(f"the size {size} is neither a number nor a symbol")


def _name_from(text: str, font: str = "") -> Name:
    letter, above, below = split_super_sub(text)
    accent = next((a for a in ACCENTS if letter.endswith(a) and letter != a), "")
    return Name(letter.removesuffix(accent), font, accent, ",".join(below), ",".join(above))


def _from_symbol(x: Any) -> Term:
    props = tuple(sorted(word for word, name in ASSUMPTIONS.items() if getattr(x, f"is_{name}") and word != "nonzero"))
    return nodes.Sym(_name_from(x.name), 1, 1, props)


def _from_matrix_symbol(x: Any) -> Term:
    rows, cols = (_size_from(s) for s in x.shape)
    return nodes.Sym(_name_from(x.name, "bold" if (rows, cols) != SCALAR else ""), rows, cols)


def _from_sum(x: Any) -> Term:
    terms = x.as_ordered_terms() if isinstance(x, sympy.Add) else x.args
    return nodes.Plus(*(_inward(t) for t in terms))


def _from_product(x: Any) -> Term:
    """Numbers first; powers with a negative number go below a fraction line."""
    above: list[Term] = []
    below: list[Term] = []
    for f in x.args:
        base, exponent = f.as_base_exp() if isinstance(f, sympy.Expr) and not f.is_Matrix else (f, sympy.S.One)
        if isinstance(f, sympy.Rational):
            above += [Num(f.p)] if f.p != 1 else []
            below += [Num(f.q)] if f.q != 1 else []
        elif exponent.is_Rational and exponent < 0:
            below.append(_inward(base ** (-exponent)))
        else:
            above.append(_inward(f))
    if len(above) == 1 and len(x.args) == 2 and below and all(isinstance(t, Num) for t in (*above, *below)):
        return Num(above[0].p, below[0].p)
    top = _product_of(above)
    return nodes.Frac(top, _product_of(below)) if below else top


def _product_of(factors: list[Term]) -> Term:
    """One product: opened where that keeps its meaning, closed blocks kept where there is another chain."""
    chains = sum(f.shape != SCALAR for f in factors)
    flat: list[Term] = []
    for f in factors:
        inner = isinstance(f, nodes.Times) and (not _closed(f) or (chains == 0 and len(factors) == 1))
        flat.extend(f.args if inner else (f,))
    if not flat:
        return Num(1)
    return flat[0] if len(flat) == 1 else nodes.Times(*flat)


def _from_power(x: Any) -> Term:
    if x.exp.is_Rational and x.exp < 0:
        return nodes.Frac(Num(1), _inward(x.base ** (-x.exp)))
    return nodes.Pow(_inward(x.base), _inward(x.exp))


def _from_matrix_power(x: Any) -> Term:
    base = _inward(x.base)
    if base.shape == SCALAR:
        return nodes.Pow(base, _inward(x.exp))
    if not x.exp.is_Integer or x.exp == 0:
        raise Unsupported(f"the matrix power with exponent {x.exp} cannot be read")
    n = abs(int(x.exp))
    power = base if n == 1 else nodes.MatPow(base, n)
    return nodes.Inv(power) if x.exp < 0 else power


def _from_applied(x: Any) -> Term:
    return nodes.Gen(_name_from(x.func.__name__), (0,) * len(x.args), *(_inward(a) for a in x.args))


def _from_elementwise(x: Any) -> Term:
    u = sympy.Dummy("u")
    inner, body = _inward(x.expr), x.function(u)
    for name, function in FUNCTIONS.items():
        if body == function(u):
            return nodes.Fn(name, inner)
    if isinstance(body, AppliedUndef):
        return nodes.Gen(_name_from(body.func.__name__), (0,), inner)
    raise Unsupported(f"the element-wise function {x.function} cannot be read")


def _from_element(x: Any) -> Term:
    inner = _inward(x.parent)
    if inner.shape == SCALAR:
        return inner
    at = [_position_from(k, size) for k, size in zip((x.i, x.j), inner.shape, strict=True)]
    return nodes.El(inner, *at)


def _position_from(k: Any, size: Size) -> Position:
    if isinstance(k, sympy.Integer):
        return int(k) + 1
    if isinstance(k, sympy.Symbol):
        return Idx(str(k.name), size)
    raise Unsupported(f"the position {k} is neither a number nor a letter")


def _from_series(x: Any) -> Term:
    body = _inward(x.function)
    for letter, low, high in x.limits:
        if low != 0 or not isinstance(letter, sympy.Symbol):
            raise Unsupported("a sum must run over positions from 0")
        body = nodes.Sum(body, Idx(str(letter.name), _size_from(high + 1)))
    return body


def _from_explicit(x: Any) -> Term:
    return nodes.Mat(int(x.rows), int(x.cols), *(_inward(e) for e in x))


def _number(x: Any) -> Term:
    value = Fraction(int(x.p), int(x.q))
    return Num(value.numerator, value.denominator)


INWARD: tuple[tuple[Any, Callable[[Any], Term]], ...] = (
    (sympy.Rational, _number),
    (sympy.Float, lambda x: _number(sympy.Rational(str(x)))),
    (type(sympy.pi), lambda x: nodes.Const("pi")),
    (type(sympy.E), lambda x: nodes.Const("e")),
    (sympy.Symbol, _from_symbol),
    (sympy.MatrixSymbol, _from_matrix_symbol),
    (sympy.Identity, lambda x: nodes.Eye(_size_from(x.rows))),
    (sympy.ZeroMatrix, lambda x: nodes.Zero(*(_size_from(s) for s in x.shape))),
    (sympy.OneMatrix, lambda x: nodes.Ones(*(_size_from(s) for s in x.shape))),
    ((sympy.Add, sympy.MatAdd), _from_sum),
    ((sympy.Mul, sympy.MatMul), _from_product),
    (sympy.HadamardProduct, lambda x: nodes.Had(*(_inward(a) for a in x.args))),
    (sympy.HadamardPower, lambda x: nodes.Pow(_inward(x.base), _inward(x.exp))),
    (sympy.Inverse, lambda x: nodes.Inv(_inward(x.arg))),
    (sympy.MatPow, _from_matrix_power),
    (sympy.Pow, _from_power),
    (sympy.Transpose, lambda x: nodes.Tp(_inward(x.arg))),
    (sympy.Determinant, lambda x: nodes.Det(_inward(x.arg))),
    (sympy.Trace, lambda x: nodes.Tr(_inward(x.arg))),
    (DiagMatrix, lambda x: nodes.Diag(_inward(x.args[0]))),
    (DiagonalOf, lambda x: nodes.DiagOf(_inward(x.arg))),
    (ElementwiseApplyFunction, _from_elementwise),
    (MatrixElement, _from_element),
    (sympy.Sum, _from_series),
    (sympy.MatrixBase, _from_explicit),
    (AppliedUndef, _from_applied),
)
"""Which reader takes which class, the first that fits."""
