"""Hypothesis strategies for well-typed terms, in the form in which the reader builds them.

That form: a ``Plus`` has at least two terms and none of them is a ``Plus``; a ``Times`` stands in a ``Times`` only
where it is a closed block such as (x^T x); a number is the first factor and never 1; scalars come before the chain;
every binder has a letter of its own.
"""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from derivgen.terms.nodes import (
    Det,
    Diag,
    El,
    Fn,
    Frac,
    Gen,
    Had,
    Idx,
    Inv,
    Name,
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
from derivgen.terms.shapes import SCALAR, Shape

SCALARS = tuple(Sym(Name(letter)) for letter in ("s", "t", "alpha"))
N_VECTORS = tuple(Sym(Name(letter, "bold"), "n", 1) for letter in ("a", "b", "x"))
M_VECTORS = tuple(Sym(Name(letter, "bold"), "m", 1) for letter in ("c", "y"))
SQUARE = tuple(Sym(Name(letter, "bold"), "n", "n") for letter in ("A", "B"))
TALL = tuple(Sym(Name(letter, "bold"), "m", "n") for letter in ("W", "X"))
OTHER = (Sym(Name("C", "bold"), "m", "m"),)
SYMBOLS = (*SCALARS, *N_VECTORS, *M_VECTORS, *SQUARE, *TALL, *OTHER)
GENERIC = Name("f")

ENTIRE = ("exp", "sin", "cos", "tanh", "sigmoid", "arctan")
"""Functions that are defined everywhere and smooth."""

SHAPES: tuple[Shape, ...] = (SCALAR, ("n", 1), ("m", 1), (1, "n"), ("n", "n"), ("m", "n"), ("n", "m"))

Terms = st.SearchStrategy[Term]


def terms(depth: int = 3, generic: bool = True) -> Terms:
    """Terms of any shape without free indices."""
    return st.sampled_from(SHAPES).flatmap(lambda shape: of_shape(shape, depth, generic))


def scalars(depth: int = 3, generic: bool = True) -> Terms:
    return of_shape(SCALAR, depth, generic)


def columns(depth: int = 3, generic: bool = True) -> Terms:
    return of_shape(("n", 1), depth, generic)


def matrices(depth: int = 3, generic: bool = True) -> Terms:
    return of_shape(("m", "n"), depth, generic)


def elements(depth: int = 2) -> Terms:
    """Scalars with sums over elements; i (to n) and k (to m) may be free."""
    return _element_sum((Idx("i", "n"), Idx("k", "m")), depth)


@cache
def of_shape(shape: Shape, depth: int, generic: bool = True) -> Terms:
    """Terms of a shape, at most about ``depth`` operations deep."""
    if depth <= 0:
        return leaves(shape)
    return st.deferred(lambda: _compound(shape, depth, generic))


@cache
def _compound(shape: Shape, depth: int, generic: bool) -> Terms:
    choices: list[Terms] = [leaves(shape), _sum_of(shape, depth, generic), _product(shape, depth, generic)]
    return st.one_of([*choices, _function(shape, depth, generic), *_special(shape, depth, generic)])


def leaves(shape: Shape) -> Terms:
    found: list[Term] = [s for s in SYMBOLS if s.shape == shape]
    found += [Tp(s) for s in SYMBOLS if s.shape == shape[::-1] and shape != SCALAR]
    if shape[1] == 1 and shape != SCALAR:
        found.append(Ones(*shape))
    return st.sampled_from(found)


@st.composite
def _sum_of(draw: st.DrawFn, shape: Shape, depth: int, generic: bool) -> Term:
    parts = draw(st.lists(of_shape(shape, depth - 1, generic), min_size=2, max_size=3))
    flat = [t for p in parts for t in (p.args if isinstance(p, Plus) else (p,))]
    signs = draw(st.lists(st.sampled_from((1, 1, -1, 2, 3)), min_size=len(flat), max_size=len(flat)))
    return Plus(*(_coefficient(k, t) for k, t in zip(signs, flat, strict=True)))


def _coefficient(k: int, term: Term) -> Term:
    if k == 1 or isinstance(term, Num):
        return term
    if isinstance(term, Times):
        if isinstance(term.args[0], Num):
            return term
        closed = term.shape == SCALAR and any(f.shape != SCALAR for f in term.args)
        return Times(Num(k), *term.args) if not closed or _chains(term) == 1 else Times(Num(k), term)
    return Times(Num(k), term)


def _chains(term: Term) -> int:
    return int(any(f.shape != SCALAR for f in term.args))


@st.composite
def _product(draw: st.DrawFn, shape: Shape, depth: int, generic: bool) -> Term:
    """Scalars, then a chain that fits; factors that are products themselves are opened or closed blocks."""
    heads = draw(st.lists(_block(depth - 1, generic), min_size=int(shape == SCALAR), max_size=2))
    if shape == SCALAR and draw(st.booleans()):
        if len(heads) < 2:
            heads.append(draw(_block(depth - 1, generic)))
        return _joined(heads, [])
    if shape == SCALAR:
        size = draw(st.sampled_from(("n", "m")))
        inner = draw(st.sampled_from(((), ("n",), ("m",))))
        ends = [1, size, *inner, 1]
    else:
        ends = [shape[0], *draw(st.sampled_from((("n",), ("m",), ("n", "n"), ("m", "n")))), shape[1]]
    if any((r, c) == SCALAR for r, c in zip(ends, ends[1:], strict=False)):
        ends = [shape[0], shape[1]]
    chain = [draw(of_shape((r, c), depth - 1, generic)) for r, c in zip(ends, ends[1:], strict=False)]
    return _joined(heads, chain)


def _joined(heads: list[Term], chain: list[Term]) -> Term:
    opened: list[Term] = []
    for f in chain:
        if isinstance(f, Times):
            scalars_, rest = _parted(f)
            heads, opened = [*heads, *scalars_], [*opened, *rest]
        else:
            opened.append(f)
    numbers = [h for h in heads if isinstance(h, Num)][:1]
    factors = [*numbers, *(h for h in heads if not isinstance(h, Num)), *opened]
    if not factors:
        return SCALARS[0]
    return factors[0] if len(factors) == 1 else Times(*factors)


def _parted(term: Times) -> tuple[list[Term], list[Term]]:
    inside = list(term.args)
    return [f for f in inside if f.shape == SCALAR], [f for f in inside if f.shape != SCALAR]


def _block(depth: int, generic: bool) -> Terms:
    """A scalar factor: a number, or any scalar that is no product but a closed one."""

    def kept(t: Term) -> bool:
        return not isinstance(t, Times) or all(f.shape != SCALAR for f in t.args)

    return st.one_of(st.sampled_from((Num(2), Num(3), Num(5))), of_shape(SCALAR, depth, generic).filter(kept))


def _function(shape: Shape, depth: int, generic: bool) -> Terms:
    inner = of_shape(shape, depth - 1, generic)
    named = st.builds(Fn, st.sampled_from(ENTIRE), inner)
    return st.one_of(named, st.builds(lambda t: Gen(GENERIC, (0,), t), inner)) if generic else named


def _special(shape: Shape, depth: int, generic: bool) -> list[Terms]:
    rows, cols = shape
    out: list[Terms] = []
    if shape == SCALAR:
        square = of_shape(("n", "n"), depth - 1, generic)
        base = of_shape(SCALAR, depth - 1, generic).filter(lambda t: not isinstance(t, (Pow, Num, Fn, Gen)))
        vector = of_shape(("n", 1), depth - 1, generic)
        out += [
            st.builds(Pow, base, st.sampled_from((Num(2), Num(3)))),
            st.builds(Tr, square),
            st.builds(lambda v: Pow(Norm(v), Num(2)), vector),
            st.builds(lambda u, v: Frac(u, Plus(Num(2), Pow(v, Num(2)))), base, st.sampled_from(SCALARS)),
            st.builds(Det, st.sampled_from(SQUARE)),
            _element_sum((), depth),
        ]
        return out
    inner = of_shape(shape, depth - 1, generic).filter(lambda t: not isinstance(t, Had))
    out.append(st.builds(Had, inner, inner))
    if rows != cols and cols != 1:
        turned = of_shape((cols, rows), depth - 1, generic).filter(lambda t: not isinstance(t, Tp))
        out.append(st.builds(Tp, turned))
    if rows == cols:
        out.append(st.builds(Inv, leaves(shape)))
        out.append(st.builds(Diag, of_shape((rows, 1), depth - 1, generic)))
    return out


@st.composite
def _element_sum(draw: st.DrawFn, free: tuple[Idx, ...], depth: int) -> Term:
    """A sum over one or two letters of a product of elements that bear them."""
    i, j, k = Idx("p", "n"), Idx("q", "n"), Idx("r", "m")
    scope = [*free, *draw(st.sampled_from(((i,), (i, j), (i, k), (k,))))]
    bound_ = [s for s in scope if s not in free]
    factors: list[Term] = []
    for b in bound_:
        factors.append(draw(_element(b, scope)))
    for f in free:
        if draw(st.booleans()):
            factors.append(draw(_element(f, scope)))
    if len(factors) == 1 and draw(st.booleans()):
        factors.append(draw(_element(bound_[0], scope)))
    body = factors[0] if len(factors) == 1 else Times(*factors)
    for b in reversed(bound_):
        body = Sum(body, b)
    return body


def _element(letter: Idx, scope: list[Idx]) -> Terms:
    """An element of a symbol that bears a letter, the other letter from the scope."""
    others = [o for o in scope if o != letter] or [letter]
    found: list[Term] = []
    for s in SYMBOLS:
        rows, cols = s.shape
        if cols == 1 and rows == letter.size:
            found.append(El(s, letter, 1))
        elif cols != 1:
            found += [El(s, letter, o) for o in others if (rows, cols) == (letter.size, o.size)]
            found += [El(s, o, letter) for o in others if (rows, cols) == (o.size, letter.size)]
    elements_ = st.sampled_from(found)
    return st.one_of(elements_, st.builds(lambda e: Pow(e, Num(2)), elements_))
