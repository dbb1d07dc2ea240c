"""Sums, products, fractions and powers as boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen.notation.boxes import BigOp, Box, Digits, Fraction, FunctionName, Operator, Root, RowOf, Scripts
from derivgen.notation.calculus import derivative
from derivgen.notation.functions import bare_call, exponent_box, takes_power
from derivgen.notation.names import size_box
from derivgen.notation.pieces import (
    ATOM,
    FACTOR,
    HAD,
    PRODUCT,
    RELATION,
    SCRIPTED,
    SUM,
    Piece,
    at_least,
    ends_with_number,
    minus,
    parens,
    raised,
    row,
    starts_with_number,
)
from derivgen.terms.nodes import Derivative, Fn, Frac, Had, MatPow, Num, Plus, Pow, Relation, Sum, Term, Times
from derivgen.terms.shapes import SCALAR

if TYPE_CHECKING:
    from derivgen.notation.present import Setter

PLUS, MINUS = Operator("+"), Operator("-")
DOT = Operator("cdot")


# --------------------------------------------------------------------------------------------------------- sums
def plus(term: Plus, put: Setter) -> Piece:
    """A sum; a negative coefficient becomes the sign between two terms."""
    items: list[Box] = []
    for k, part in enumerate(term.args):
        opposite = negated(part) if k else None
        if opposite is not None:
            items += [MINUS, at_least(put(opposite), HAD)]
        elif k and isinstance(part, Times) and part.args[0] == Num(-1) and len(part.args) == 2:
            items += [MINUS, parens(put(part.args[1]).box)]
        else:
            items += [PLUS] if k else []
            items.append(_member(put(part), part, first=k == 0))
    return Piece(row(*items), SUM)


def _member(piece: Piece, part: Term, *, first: bool) -> Box:
    if isinstance(part, Plus) or (piece.level < HAD and not first):
        return parens(piece.box)
    return piece.box


def negated(term: Term) -> Term | None:
    """The term without its minus sign, where it has one: 2b of -2b."""
    match term:
        case Num(p, q) if p < 0:
            return Num(-p, q)
        case Times() if isinstance(term.args[0], Num) and term.args[0].p < 0:
            head, rest = term.args[0], term.args[1:]
            if head.p != -1 or head.q != 1:
                return Times(Num(-head.p, head.q), *rest)
            # A number after the sign, or a lone factor that is a product, would swallow it: no sign is taken out.
            if isinstance(rest[0], Num) or (len(rest) == 1 and isinstance(rest[0], Times)):
                return None
            return rest[0] if len(rest) == 1 else Times(*rest)
    return None


# ----------------------------------------------------------------------------------------------------- products
def times(term: Times, put: Setter) -> Piece:
    opposite = negated(term)
    if opposite is not None:
        piece = put(opposite)
        return Piece(minus(at_least(piece, PRODUCT)), SUM, piece.tail)
    factors = list(term.args)
    if isinstance(factors[0], Num) and factors[0] == Num(-1):
        body, tail = _juxtaposed(factors[1:], put)
        return Piece(minus(body), SUM, tail)
    body, tail = _juxtaposed(factors, put)
    return Piece(body, PRODUCT, tail)


def _juxtaposed(factors: list[Term], put: Setter) -> tuple[Box, bool]:
    items: list[Box] = []
    tail = False
    for k, factor in enumerate(factors):
        last = k == len(factors) - 1
        ends = last or (_is_function(factor) and _is_function(factors[k + 1]))
        piece = _factor(factor, put, last=ends)
        box = piece.box if k == 0 and _leads_into_a_row(factors) else at_least(piece, FACTOR, last=ends)
        if k and starts_with_number(box) and (ends_with_number(items[-1]) or isinstance(box, Digits)):
            items.append(DOT)
        items.append(box)
        tail = piece.tail and box is piece.box
    return row(*items), tail


def _factor(factor: Term, put: Setter, *, last: bool) -> Piece:
    """One factor; a function in the middle of a product keeps the parentheses round its argument, as one in front of
    another does not: sin(x)(1 + y), sin x cos x."""
    if not last:
        if isinstance(factor, Derivative):
            return derivative(factor, put, compact=True)
        if isinstance(factor, Fn):
            return bare_call(factor, put, bare=False)
        if isinstance(factor, Pow) and _function_power(factor):
            return _powered_function(factor, put, bare=False)
    return put(factor)


def _leads_into_a_row(factors: list[Term]) -> bool:
    """Whether x^T a stands before a row: (x^T a)a^T is read so without brackets too."""
    first, *rest = factors
    inner = isinstance(first, Times) and first.shape == SCALAR and all(f.shape != SCALAR for f in first.args)
    return inner and bool(rest) and rest[0].shape != SCALAR and rest[0].shape[0] == 1


def _is_function(term: Term) -> bool:
    base = term.base if isinstance(term, Pow) and _function_power(term) else term
    return isinstance(base, Fn) and base.name in TRIGONOMETRIC and base.is_scalar_term


def fraction(term: Frac, put: Setter) -> Piece:
    return Piece(Fraction(put(term.num).box, put(term.den).box), FACTOR)


def hadamard(term: Had, put: Setter) -> Piece:
    items: list[Box] = []
    for k, factor in enumerate(term.args):
        items += [Operator(put.notation.product)] if k else []
        items.append(at_least(put(factor), PRODUCT, last=k == len(term.args) - 1))
    return Piece(row(*items), HAD)


def sum_over(term: Sum, put: Setter) -> Piece:
    put = put.binding({term.index.letter: "summed-index"})
    index = put.index(term.index.letter)
    lower: Box = row(index, Operator("=", "relation"), Digits("1")) if put.notation.bounds else index
    upper = size_box(term.index.size) if put.notation.bounds else None
    return Piece(BigOp("sum", lower, upper, at_least(put(term.body), PRODUCT)), FACTOR, tail=True)


# ------------------------------------------------------------------------------------------------------- powers
def power(term: Pow, put: Setter) -> Piece:
    base, exponent = term.base, term.exponent
    if not term.is_scalar_term:
        sup = row(Operator(put.notation.product, "ordinary"), put(exponent).box)
        return Piece(raised(at_least(put(base), ATOM), sup), SCRIPTED)
    match exponent:
        case Num(1, 2):
            return Piece(Root(put(base).box), FACTOR)
        case Num(1, q) if q > 2:
            return Piece(Root(put(base).box, Digits(str(q))), FACTOR)
    if _function_power(term):
        return _powered_function(term, put)
    return Piece(raised(_power_base(base, put), exponent_box(exponent, put)), SCRIPTED)


def _power_base(base: Term, put: Setter) -> Box:
    piece = put(base)
    return piece.box if takes_power(base, piece) else at_least(piece, ATOM)


TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh"})


def _function_power(term: Pow) -> bool:
    """sin² x: only for the functions and the powers for which everybody writes it so."""
    exponent, base = term.exponent, term.base
    whole = isinstance(exponent, Num) and exponent.q == 1 and exponent.p >= 2
    return whole and isinstance(base, Fn) and base.name in TRIGONOMETRIC and term.is_scalar_term


def _powered_function(term: Pow, put: Setter, *, bare: bool = True) -> Piece:
    called = bare_call(term.base, put, bare=bare)
    assert isinstance(called.box, RowOf) and isinstance(called.box.items[0], FunctionName)
    name, *argument = called.box.items
    return Piece(RowOf((Scripts(name, None, put(term.exponent).box), *argument)), FACTOR, called.tail)


def matrix_power(term: MatPow, put: Setter) -> Piece:
    return Piece(raised(at_least(put(term.base), ATOM), Digits(str(term.exponent))), SCRIPTED)


# ---------------------------------------------------------------------------------------------------- relations
def relation(term: Relation, put: Setter) -> Piece:
    return Piece(row(put(term.left).box, Operator(term.sign, "relation"), put(term.right).box), RELATION)
