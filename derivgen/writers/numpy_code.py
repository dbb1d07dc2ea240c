"""Terms as NumPy expressions that can be evaluated as they stand.

Columns and rows are 1-D inside an expression, scalars are 0-D; a row that is the whole answer becomes (1, n) at the
end.  Definitions are substituted; free indices count from 0.  docs/json.md tells which names are in scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from derivgen.derivation import Goal, Problem, Symbol
from derivgen.notation.names import plain_name, plain_size
from derivgen.terms import dotted, nodes
from derivgen.terms.nodes import Idx, Position, Term
from derivgen.terms.positions import FixedIdx
from derivgen.terms.shapes import SCALAR, Size, is_vector
from derivgen.terms.shapes import derivative as derivative_shape
from derivgen.terms.trees import indices, subterms

ADD, MUL, SIGN, POWER, ATOM = range(1, 6)
"""How tightly an expression holds together."""

FUNCTIONS: dict[str, str] = {
    name: f"np.{name}"
    for name in ("exp", "log", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "abs", "sign")
} | {"sigmoid": "sigmoid"}
RECIPROCALS = {"sec": "np.cos", "csc": "np.sin", "cot": "np.tan"}
PRIMES = ("", "_prime", "_second", "_third")
CONSTANTS = {"pi": "np.pi", "e": "np.e"}
RESERVED = frozenset(("np", "sum", "range", "sigmoid", "diag", "tr", "det", "inv", "norm", "eye", "ones", "zeros"))


class NoExpression(ValueError):
    """The term has no NumPy expression: it holds a derivative that was not taken."""


class Code(NamedTuple):
    text: str
    hold: int = ATOM

    def within(self, hold: int) -> str:
        """The text, in parentheses where it holds together less tightly than asked."""
        return self.text if self.hold >= hold else f"({self.text})"


def numpy_expression(term: Term, problem: Problem | None = None, *, layout: str | None = None) -> str:
    """The value of a term: a scalar, a 1-D array for a column, (1, n) for a row, or a 2-D array."""
    code = _Printer(problem, layout).code(term)
    if term.shape[0] == 1 and is_vector(term.shape):
        return f"{code.within(ATOM)}[None, :]"
    return code.text


def question_expression(goal: Goal, problem: Problem) -> str:
    """What a goal differentiates; for other goals the question itself."""
    return numpy_expression(asked(goal.question), problem, layout=goal.layout)


def open_derivatives(term: Term | None, problem: Problem, layout: str) -> dict[str, tuple[Size, ...]]:
    """The derivatives of undetermined functions in a term: their names, and the shapes of their arrays."""
    printer = _Printer(problem, layout)
    found: dict[str, tuple[Size, ...]] = {}
    for t in spelt_out(term) if term is not None else ():
        if not isinstance(t, nodes.Derivative):
            continue
        above, below = behind(t.body), behind(t.var)
        try:
            name = _undetermined(printer, above, below)
        except NoExpression:
            continue
        family = isinstance(t.body, nodes.El) and not isinstance(t.var, nodes.El) and below.shape != SCALAR
        matrix = family and not is_vector(below.shape)
        shape = (above.shape[0], *below.shape) if matrix else derivative_shape(above.shape, below.shape, printer.layout)
        found[name] = shape if matrix else () if shape == SCALAR else (shape[0],) if shape[1] == 1 else shape
    return found


def spelt_out(term: Term) -> Iterator[Term]:
    """A term's parts, those that a name in it stands for included."""
    for t in subterms(term):
        yield t
        if isinstance(t, nodes.Named):
            yield from spelt_out(t.term)


def behind(term: Term) -> Term:
    while isinstance(term, nodes.El | nodes.Tp):
        term = term.args[0]
    return term


def given_positions(term: Term | None) -> set[FixedIdx]:
    """The positions that are given by a letter of the statement."""
    return {i for i in indices(term) if isinstance(i, FixedIdx)} if term is not None else set()


def asked(question: Term) -> Term:
    """The term below the derivatives, wherever they stand in the question."""
    while question.pending:
        if isinstance(question, (nodes.Derivative, nodes.Hessian, nodes.At)):
            question = question.body
        else:
            question = next(t for t in question.args if isinstance(t, Term) and t.pending)
    return question


class _Printer:
    def __init__(self, problem: Problem | None, layout: str | None) -> None:
        self.layout = layout or (problem.layout if problem else "denominator")
        self.names: dict[Term, str] = {}
        self.sizes: dict[str, str] = {}
        self.alike: dict[object, Symbol] = {}
        """Symbols by name and shape: one that a part describes further has the same name."""
        if problem is not None:
            self.names = {s.term: s.name for s in problem.symbols if s.term is not None}
            self.names |= {d.symbol: d.name for d in problem.definitions}
            self.alike = {(s.term.name, s.term.shape): s for s in problem.symbols if isinstance(s.term, nodes.Sym)}
            self.sizes = {latex: plain for plain, latex in problem.sizes}
        self.taken = {*self.names.values(), *self.sizes.values(), *RESERVED}

    def code(self, term: Term) -> Code:
        printer = PRINTERS.get(type(term))
        if printer is None:
            raise NoExpression(f"{type(term).__name__} has no NumPy expression")
        return printer(self, term)

    def text(self, term: Term) -> str:
        return self.code(term).text

    def name(self, symbol: Any) -> str:
        alike = self.alike.get((symbol.name, symbol.shape))
        return self.names.get(symbol) or (alike.name if alike else plain_name(symbol.name))

    def is_flat(self, symbol: Any, otherwise: bool) -> bool:
        """Whether a symbol is declared with fewer than two axes."""
        alike = self.alike.get((symbol.name, symbol.shape))
        return len(alike.shape) < 2 if alike else otherwise

    def size(self, size: Size) -> str:
        return str(size) if isinstance(size, int) else self.sizes.get(size) or plain_size(size)

    def letter(self, index: Idx) -> str:
        plain = plain_size(index.letter)
        return plain + "_" if plain in self.taken else plain

    def position(self, at: Position) -> str:
        return self.letter(at) if isinstance(at, Idx) else str(at - 1)

    def loop(self, body: str, index: Idx) -> str:
        return f"{body} for {self.letter(index)} in range({self.size(index.size)})"


# ----------------------------------------------------------------------------------------------- leaves
def _num(p: _Printer, t: Any) -> Code:
    if t.q != 1:
        return Code(f"{t.p}/{t.q}", MUL if t.p > 0 else ADD)
    return Code(str(t.p), ATOM if t.p >= 0 else ADD)


def _symbol(p: _Printer, t: Any) -> Code:
    name = p.name(t)
    if t.shape == SCALAR:
        return Code(name if p.is_flat(t, True) else f"{name}[0, 0]")
    if is_vector(t.shape) and not p.is_flat(t, t.shape[1] == 1):
        return Code(f"{name}[:, 0]" if t.shape[1] == 1 else f"{name}[0]")
    return Code(name)


def _ones(p: _Printer, t: Any) -> Code:
    fill = "zeros" if isinstance(t, nodes.Zero) else "ones"
    rows, cols = (p.size(s) for s in t.shape)
    if is_vector(t.shape):
        return Code(f"{fill}({rows if t.shape[1] == 1 else cols})")
    return Code(f"{fill}(({rows}, {cols}))") if t.shape != SCALAR else Code("0" if fill == "zeros" else "1")


def _delta(p: _Printer, t: Any) -> Code:
    return Code(f"({p.position(t.i)} == {p.position(t.j)})")


# --------------------------------------------------------------------------------------------- elements
def _element(p: _Printer, t: Any) -> Code:
    return _pick(p, t.term, t.i, t.j)


def _pick(p: _Printer, term: Term, i: Position, j: Position) -> Code:
    if isinstance(term, nodes.Tp):
        return _pick(p, term.arg, j, i)
    if term.shape == SCALAR:
        return p.code(term)
    inner = p.code(term).within(ATOM)
    if is_vector(term.shape):
        return Code(f"{inner}[{p.position(i if term.shape[1] == 1 else j)}]")
    return Code(f"{inner}[{p.position(i)}, {p.position(j)}]")


def _row(p: _Printer, t: Any) -> Code:
    inner = p.code(t.term)
    if (is_vector(t.term.shape) and t.term.shape[0] == 1) or t.term.shape == SCALAR:
        return inner
    return Code(f"{inner.within(ATOM)}[{p.position(t.i)}]")


def _col(p: _Printer, t: Any) -> Code:
    inner = p.code(t.term)
    if t.term.shape[1] == 1:
        return inner
    if t.term.shape[0] == 1:
        return Code(f"{inner.within(ATOM)}[{p.position(t.j)}]")
    return Code(f"{inner.within(ATOM)}[:, {p.position(t.j)}]")


def _entries(p: _Printer, t: Any) -> Code:
    body = p.text(t.body)
    loops = [at for at in (t.j, t.i) if isinstance(at, Idx)]
    if not loops:
        return p.code(t.body)
    for at in loops:
        body = f"[{p.loop(body, at)}]"
    return Code(f"np.array({body})")


def _explicit(p: _Printer, t: Any) -> Code:
    entries = [p.text(e) for e in t.entries]
    if 1 in (t.rows, t.cols):
        return Code(f"np.array([{', '.join(entries)}])") if len(entries) > 1 else p.code(t.entries[0])
    rows = [f"[{', '.join(entries[k : k + t.cols])}]" for k in range(0, len(entries), t.cols)]
    return Code(f"np.array([{', '.join(rows)}])")


# ------------------------------------------------------------------------------------------- operations
def _plus(p: _Printer, t: Any) -> Code:
    out = ""
    for term in t.args:
        code = p.code(term)
        negative = code.text.startswith("-") and code.hold == ADD and not isinstance(term, nodes.Plus)
        if not out:
            out = code.text
        elif negative:
            out += f" - {code.text[1:]}"
        else:
            out += f" + {code.text}"
    return Code(out, ADD)


def _product(factors: list[Code]) -> Code:
    """Factors joined by ``*``; a leading minus one becomes a sign."""
    if not factors:
        return Code("1")
    sign = ""
    if factors[0].text == "-1" and len(factors) > 1:
        sign, factors = "-", factors[1:]
    if len(factors) == 1:
        return Code(f"-{factors[0].within(MUL)}", ADD) if sign else factors[0]
    first = factors[0].text if factors[0].text.lstrip("-").isdigit() else factors[0].within(SIGN)
    joined = "*".join([first, *(f.within(SIGN) for f in factors[1:])])
    return Code(sign + joined, ADD if sign or joined.startswith("-") else MUL)


def _times(p: _Printer, t: Any) -> Code:
    scalars = [p.code(f) for f in t.args if f.shape == SCALAR]
    chain = [f for f in t.args if f.shape != SCALAR]
    if not chain:
        return _product(scalars)
    # A one inside the chain cuts it: a (b^T C d) e^T is an outer product with a scalar between.
    pieces: list[list[Term]] = [[chain[0]]]
    for f in chain[1:]:
        if f.shape[0] == 1:
            pieces.append([f])
        else:
            pieces[-1].append(f)
    codes = [_matrix_product(p, piece) for piece in pieces]
    shapes = [(piece[0].shape[0], piece[-1].shape[1]) for piece in pieces]
    closed = [c for c, s in zip(codes, shapes, strict=True) if s == SCALAR]
    open_ = [c for c, s in zip(codes, shapes, strict=True) if s != SCALAR]
    if len(open_) == 2:
        open_ = [Code(f"np.outer({open_[0].text}, {open_[1].text})")]
    return _product([*scalars, *closed, *open_])


def _matrix_product(p: _Printer, factors: list[Term]) -> Code:
    if len(factors) == 1:
        return p.code(factors[0])
    return Code(" @ ".join(p.code(f).within(SIGN) for f in factors), MUL)


def _frac(p: _Printer, t: Any) -> Code:
    num, den = p.code(t.num), p.code(t.den)
    text = f"{num.text if num.hold == MUL and '@' not in num.text else num.within(SIGN)}/{den.within(SIGN)}"
    return Code(text, ADD if text.startswith("-") else MUL)


def _had(p: _Printer, t: Any) -> Code:
    return _product([p.code(f) for f in t.args])


def _pow(p: _Printer, t: Any) -> Code:
    base, exponent = p.code(t.base), t.exponent
    if exponent == nodes.Num(1, 2):
        return Code(f"np.sqrt({base.text})")
    if exponent == nodes.Num(-1):
        return Code(f"1/{base.within(SIGN)}", MUL)
    return Code(f"{base.within(ATOM)}**{p.code(exponent).within(ATOM)}", POWER)


def _function(p: _Printer, t: Any) -> Code:
    arg = p.code(t.arg)
    if t.name in FUNCTIONS:
        return Code(f"{FUNCTIONS[t.name]}({arg.text})")
    if t.name in RECIPROCALS:
        return Code(f"1/{RECIPROCALS[t.name]}({arg.text})", MUL)
    if t.name == "relu":
        return Code(f"np.maximum(0, {arg.text})")
    if t.name == "step":  # a float: arrays of truth values neither add nor subtract as numbers do
        return Code(f"1.0*({arg.within(ADD)} > 0)", MUL)
    raise NoExpression(f"the function {t.name} has no NumPy expression")


def _generic(p: _Printer, t: Any) -> Code:
    name = plain_name(t.name)
    if len(t.orders) == 1:
        order = t.orders[0]
        name += PRIMES[order] if order < len(PRIMES) else f"_d{order}"
    else:
        name += "".join(f"_d{k + 1}" * order for k, order in enumerate(t.orders))
    return Code(f"{name}({', '.join(p.text(a) for a in t.operands)})")


def _transpose(p: _Printer, t: Any) -> Code:
    inner = p.code(t.arg)
    if t.shape == SCALAR or is_vector(t.shape):
        return inner
    return Code(f"{inner.within(ATOM)}.T")


def _call(name: str, scalar: Callable[[Code], Code]) -> Callable[[_Printer, Any], Code]:
    """A function of a matrix, with what it is of a scalar."""

    def printer(p: _Printer, t: Any) -> Code:
        inner = p.code(t.arg)
        return scalar(inner) if t.arg.shape == SCALAR else Code(f"{name}({inner.text})")

    return printer


def _sum(p: _Printer, t: Any) -> Code:
    return Code(f"sum({p.loop(p.text(t.body), t.index)})")


def _derivative(p: _Printer, t: Any) -> Code:
    """A derivative of an undetermined function, by its name and in the layout of the goal."""
    body, var = t.body, t.var
    if isinstance(body, nodes.El) and isinstance(var, nodes.El):
        numerator = p.layout == "numerator"
        whole = _undetermined(p, body.term, var.term)
        if is_vector(body.term.shape) and is_vector(var.term.shape):
            at = [body.i if body.term.shape[1] == 1 else body.j, var.i if var.term.shape[1] == 1 else var.j]
            first, second = at if numerator or p.layout == "jacobian" else at[::-1]
            return Code(f"{whole}[{p.position(first)}, {p.position(second)}]")
    elif isinstance(var, nodes.El) and body.shape == SCALAR:
        lying = is_vector(var.term.shape) and var.term.shape[0] == 1  # by a row: the array lies as the row does
        return _element_of(p, _undetermined(p, body, var.term), var, (p.layout == "numerator") != lying)
    elif isinstance(body, nodes.El) and isinstance(body.term, nodes.Sym) and var.shape != SCALAR:
        one = p.position(body.i if body.term.shape[1] == 1 else body.j)
        columns = is_vector(var.shape) and p.layout == "denominator"
        return Code(f"{_undetermined(p, body.term, var)}[{':, ' if columns else ''}{one}]")
    elif isinstance(body, nodes.El) and var.shape == SCALAR:
        return _element_of(p, _undetermined(p, body.term, var), body, False, p.layout == "denominator")
    whole = _undetermined(p, body, var)
    if is_vector(t.shape) and t.shape[0] == 1:
        return Code(f"{whole}[0]")
    if t.shape != SCALAR and not is_vector(t.shape) and t.layout not in ("", p.layout):
        return Code(f"{whole}.T")
    return Code(whole)


def _element_of(p: _Printer, whole: str, element: Any, turned: bool, row: bool = False) -> Code:
    if is_vector(element.term.shape):
        at = p.position(element.i if element.term.shape[1] == 1 else element.j)
        return Code(f"{whole}[0, {at}]" if turned or row else f"{whole}[{at}]")
    i, j = (element.j, element.i) if turned else (element.i, element.j)
    return Code(f"{whole}[{p.position(i)}, {p.position(j)}]")


def _undetermined(p: _Printer, body: Term, var: Term) -> str:
    while isinstance(var, nodes.Tp):
        var = var.arg
    count, outer = 1, var
    while isinstance(body, nodes.Derivative) and body.var == outer:
        count, body = count + 1, body.body
    if not isinstance(body, nodes.Sym) or not isinstance(var, (nodes.Sym, nodes.Named)):
        raise NoExpression("a derivative that has not been taken has no NumPy expression")
    power = "" if count == 1 else str(count)
    return f"d{power}{p.name(body)}_d{p.name(var)}{power}"


def _no_sign(c: Code) -> Code:
    return c


PRINTERS: dict[type[Term], Callable[[_Printer, Any], Code]] = {
    nodes.Num: _num,
    nodes.Const: lambda p, t: Code(CONSTANTS[t.name]),
    nodes.Extent: lambda p, t: Code(p.size(t.size)),
    nodes.Counter: lambda p, t: Code(f"({p.letter(t.index)} + 1)"),
    nodes.Sym: _symbol,
    nodes.Named: lambda p, t: p.code(t.term),
    nodes.Eye: lambda p, t: Code(f"eye({p.size(t.size)})"),
    nodes.Ones: _ones,
    nodes.Zero: _ones,
    nodes.Delta: _delta,
    nodes.El: _element,
    nodes.Row: _row,
    nodes.Col: _col,
    nodes.Entries: _entries,
    dotted.Dotted: _entries,
    nodes.Mat: _explicit,
    nodes.Plus: _plus,
    nodes.Times: _times,
    nodes.Frac: _frac,
    nodes.Had: _had,
    nodes.Pow: _pow,
    nodes.MatPow: lambda p, t: Code(f"np.linalg.matrix_power({p.text(t.base)}, {t.exponent})"),
    nodes.Fn: _function,
    nodes.Gen: _generic,
    nodes.Tp: _transpose,
    nodes.Inv: _call("inv", lambda c: Code(f"1/{c.within(SIGN)}", MUL)),
    nodes.Det: _call("det", _no_sign),
    nodes.Tr: _call("tr", _no_sign),
    nodes.Norm: _call("norm", lambda c: Code(f"np.abs({c.text})")),
    nodes.Diag: _call("diag", _no_sign),
    nodes.DiagOf: _call("np.diagonal", _no_sign),
    nodes.Sum: _sum,
    dotted.Run: _sum,
    nodes.Derivative: _derivative,
}
