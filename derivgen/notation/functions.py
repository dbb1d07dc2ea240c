"""Functions, transposes, inverses and norms as boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen.notation.boxes import Box, Digits, Fenced, FunctionName, Letter, Operator, RowOf, Scripts
from derivgen.notation.leaves import COMMA, digits
from derivgen.notation.names import name_box
from derivgen.notation.pieces import ATOM, FACTOR, SCRIPTED, Piece, at_least, is_tall, minus, parens, raised, row, width
from derivgen.terms.nodes import (
    Const,
    Counter,
    Det,
    Diag,
    DiagOf,
    El,
    Extent,
    Fn,
    Frac,
    Gen,
    Inv,
    Named,
    Norm,
    Num,
    Sym,
    Term,
    Times,
    Tp,
    Tr,
)

if TYPE_CHECKING:
    from derivgen.notation.present import Setter

SLASH = Operator("/", "ordinary")
SHORT_EXPONENT = 16.0
"""Up to this width (in letters) an exponential is set as a power of e."""
CALLS: dict[type[Term], str] = {Det: "det", Tr: "tr", Diag: "diag", DiagOf: "diag"}


# ---------------------------------------------------------------------------------------------- named functions
def function(term: Fn, put: Setter) -> Piece:
    argument = term.arg
    match term.name:
        case "exp" if term.is_scalar_term:
            exponent = exponent_box(argument, put)
            if width(exponent) <= SHORT_EXPONENT and not _is_crowded(exponent):
                return Piece(Scripts(Letter("e"), None, exponent), SCRIPTED)
        case "sigmoid":
            return Piece(row(Letter("sigma"), parens(put(argument).box)), FACTOR)
        case "relu":
            inside = row(Digits("0"), COMMA, put(argument).box)
            return Piece(row(FunctionName("max"), parens(inside)), FACTOR)
        case "step":
            inside = row(put(argument).box, Operator(">", "relation"), Digits("0"))
            return Piece(row(Letter("1", "bb"), Fenced("[", inside, "]")), FACTOR)
        case "abs" if term.is_scalar_term:
            return Piece(Fenced("|", put(argument).box, "|"), ATOM)
    return bare_call(term, put)


def exponent_box(term: Term, put: Setter) -> Box:
    """An exponent; a fraction in it is set on one line: x^{3/2}, e^{-s/2}."""
    match term:
        case Num() if term.q != 1:
            box = row(digits(abs(term.p)), SLASH, digits(term.q))
            return minus(box) if term.p < 0 else box
        case Times((Num(-1, 1), Frac() as quotient)):
            return minus(exponent_box(quotient, put))
        case Frac(num, den):
            above, below = put(num), put(den)
            if not is_tall(above.box) and not is_tall(below.box):
                return row(at_least(above, FACTOR, last=False), SLASH, at_least(below, SCRIPTED))
    return put(term).box


def _is_crowded(exponent: Box) -> bool:
    """An exponent with a large operator or a tall fraction in it is unreadable as a superscript."""
    return is_tall(exponent) and width(exponent) > 6


def bare_call(term: Fn, put: Setter, *, bare: bool = True) -> Piece:
    """sin x or sin(x + y); ``bare`` False keeps the parentheses, as a function in mid-product needs them."""
    if term.name in ("sigmoid", "relu", "step", "abs") or (term.name == "exp" and term.is_scalar_term and bare):
        if term.name != "exp":
            return put(term) if not (term.name == "abs" and not term.is_scalar_term) else _call("abs", term.arg, put)
    elif term.name == "exp" and term.is_scalar_term:
        piece = put(term)
        if isinstance(piece.box, Scripts):
            return piece
    argument = term.arg
    if bare and term.is_scalar_term and _stands_bare(argument):
        return Piece(RowOf((_name(term.name, put), put(argument).box)), FACTOR, tail=True)
    return _call(term.name, argument, put)


def _stands_bare(argument: Term) -> bool:
    """An argument that needs no parentheses: one symbol, one number, one fenced thing."""
    if isinstance(argument, Num):
        return bool(argument.q == 1 and argument.p >= 0)
    if isinstance(argument, Fn):
        return bool(argument.name == "abs")
    return isinstance(argument, Sym | Named | El | Const | Counter | Extent | Norm | Det)


def _call(name: str, argument: Term, put: Setter) -> Piece:
    return Piece(row(_name(name, put), parens(put(argument).box)), FACTOR)


def _name(name: str, put: Setter) -> Box:
    return FunctionName(put.notation.log if name == "log" else name)


def call(term: Det | Tr | Diag | DiagOf, put: Setter) -> Piece:
    return _call(CALLS[type(term)], term.arg, put)


# -------------------------------------------------------------------------------------------- unnamed functions
def generic(term: Gen, put: Setter) -> Piece:
    """f(x), f'(x), f^{(4)}(x); of several arguments the derivatives are written ∂_1 f(x, y)."""
    inside: list[Box] = []
    for k, argument in enumerate(term.operands):
        inside += [COMMA] if k else []
        inside.append(put(argument).box)
    called = parens(row(*inside))
    if len(term.orders) == 1:
        return Piece(row(_primed(name_box(term.name), term.orders[0]), called), FACTOR)
    partials: list[Box] = []
    for k, order in enumerate(term.orders, start=1):
        if order:
            partials.append(Scripts(Letter("partial"), Digits(str(k)), Digits(str(order)) if order > 1 else None))
    return Piece(RowOf((*partials, name_box(term.name), called)), FACTOR)


def _primed(name: Box, order: int) -> Box:
    if order == 0:
        return name
    marks: Box
    if order <= 3:
        marks = row(*(Operator("prime", "ordinary"),) * order)
    else:
        marks = parens(Digits(str(order)))
    if isinstance(name, Scripts) and name.sup is None:
        return Scripts(name.base, name.sub, marks)
    return Scripts(parens(name) if isinstance(name, Scripts) else name, None, marks)


def takes_power(term: Term, piece: Piece) -> bool:
    """f(x)² needs no parentheses; log(x)² does."""
    plain_call = isinstance(term, Gen) and sum(term.orders) == 0
    return plain_call or (isinstance(term, Fn) and term.name == "sigmoid")


# --------------------------------------------------------------------------------------------------- transposes
def transpose(term: Tp, put: Setter) -> Piece:
    sup = put.notation.transposed
    inner = term.arg
    if isinstance(inner, Inv) and isinstance(sup, Letter):
        return Piece(raised(at_least(put(inner.arg), ATOM), minus(sup)), SCRIPTED)
    piece = put(inner)
    free = isinstance(inner, Gen | Fn) and piece.level == FACTOR and not piece.tail
    return Piece(raised(piece.box if free else at_least(piece, ATOM), sup), SCRIPTED)


def inverse(term: Inv, put: Setter) -> Piece:
    return Piece(raised(at_least(put(term.arg), ATOM), minus(Digits("1"))), SCRIPTED)


def norm(term: Norm, put: Setter) -> Piece:
    sub: Box = Digits("2") if 1 in term.arg.shape else Letter("F")
    return Piece(Scripts(Fenced("‖", put(term.arg).box, "‖"), sub), ATOM)
