"""Derivatives, Hessians and evaluation at a point as boxes."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from derivgen.notation.boxes import Box, Digits, Fenced, Fraction, Letter, Operator, RowOf, Scripts, Space
from derivgen.notation.leaves import COMMA
from derivgen.notation.pieces import ATOM, FACTOR, SCRIPTED, Piece, at_least, is_tall, parens, raised, row, width
from derivgen.terms.nodes import At, Derivative, Det, Diag, DiagOf, Fn, Gen, Hessian, Mat, Sym, Term, Tp, Tr
from derivgen.terms.trees import untransposed

if TYPE_CHECKING:
    from derivgen.notation.present import Setter

SHORT_BODY = 14.0
"""Up to this width (in letters) what is differentiated stands in the numerator."""
THIN = Space("thin")
PARTIAL, D, NABLA = Letter("partial"), Letter("d"), Letter("nabla")
SIGNS = {"partial": PARTIAL, "d": D}


def derivative(term: Derivative, put: Setter, *, compact: bool = False) -> Piece:
    """A derivative; ``compact`` prefers the numerator to parentheses round the whole, as in mid-product."""
    if isinstance(term.var, Mat):
        return _by_tuple(term, term.var, put)
    gradient = _gradient_sign(term, put)
    if gradient is not None:
        return _nabla(gradient, term.body, put)
    variables: list[Term] = []
    body: Term = term
    while isinstance(body, Derivative) and (not variables or _is_plain(body)) and not isinstance(body.var, Mat):
        variables.append(body.var)
        body = body.body
        if not _is_plain(term):
            break
    sign = PARTIAL if len(set(variables)) > 1 else _differential(body, variables[0], put)
    below = _denominator(sign, variables, put)
    above = _order(sign, len(variables))
    return _quotient(above, below, body, put, in_numerator=compact or not _is_plain(term))


def _is_plain(term: Derivative) -> bool:
    """Scalar by scalar: only these are written as one derivative of higher order."""
    return bool(term.layout == "")


def _differential(body: Term, variable: Term, put: Setter) -> Box:
    """d where one variable is in sight, ∂ where there are more."""
    if put.notation.differential != "auto":
        return SIGNS[put.notation.differential]
    base = untransposed(variable)
    said = _said(base, put)
    if said:
        return SIGNS[said[0]]
    if not base.is_scalar_term:
        return PARTIAL if {sign for _, sign in put.notation.signs} == {"partial"} else D
    if not isinstance(base, Sym):
        signs = put.notation.signs
        always = all(s == "d" for _, s in signs) and any(isinstance(b, Scripts) for b, _ in signs)
        return D if always else PARTIAL
    others = {s for s in body.symbols if isinstance(s, Sym) and s.is_scalar_term and s != base and not s.deps}
    return PARTIAL if others else D


def _said(variable: Term, put: Setter, among: Container[str] = SIGNS) -> list[str]:
    """The signs that the author uses for derivatives by the variable, in the order of their use."""
    box = put.unmarked(variable).box if put.notation.signs else None
    return [sign for known, sign in put.notation.signs if known == box and sign in among]


def _gradient_sign(term: Derivative, put: Setter) -> Box | None:
    """∇ or ∇_x, where the author writes the derivative of a scalar by this vector or matrix so."""
    if term.var.is_scalar_term or not term.body.is_scalar_term or term.layout == "numerator":
        return None
    said = _said(term.var, put, ("nabla", "nabla_sub", *SIGNS))
    match said[:1]:
        case ["nabla"]:
            return NABLA
        case ["nabla_sub"]:
            return Scripts(NABLA, put(term.var).box)
    return None


def _order(sign: Box, count: int) -> Box:
    return sign if count == 1 else Scripts(sign, None, Digits(str(count)))


def _denominator(sign: Box, variables: list[Term], put: Setter) -> Box:
    """dx, or ∂x² ∂y with equal neighbours gathered."""
    items: list[Box] = []
    k = 0
    while k < len(variables):
        run = k
        while run < len(variables) and variables[run] == variables[k]:
            run += 1
        box = put(variables[k]).box
        items += [THIN] if k else []
        if run - k > 1:
            box = raised(parens(box) if _has_power(box) else box, Digits(str(run - k)))
        items += [sign, box]
        k = run
    return RowOf(tuple(items))


def _has_power(box: Box) -> bool:
    return isinstance(box, Scripts) and box.sup is not None


def _quotient(above: Box, below: Box, body: Term, put: Setter, *, in_numerator: bool) -> Piece:
    """∂f/∂x with a short body above the line, else ∂/∂x before it."""
    piece = put(body)
    box = piece.box
    if piece.level == ATOM and not is_tall(box) and width(box) <= SHORT_BODY:
        return Piece(Fraction(_beside(above, box), below), FACTOR)
    if isinstance(body, Gen) and len(body.orders) == 1:
        return Piece(Fraction(_beside(above, box), below), FACTOR)
    if in_numerator and not is_tall(box) and width(box) <= SHORT_BODY:
        return Piece(Fraction(_beside(above, box if _stands_beside_d(body, piece) else parens(box)), below), FACTOR)
    return Piece(row(Fraction(above, below), at_least(piece, FACTOR)), FACTOR, tail=True)


def _stands_beside_d(body: Term, piece: Piece) -> bool:
    """Whether ∂ before it needs no parentheses: a whole call, or anything with its superscript."""
    if piece.level == FACTOR:
        return isinstance(body, Fn | Tr | Det | Diag | DiagOf) and not piece.tail
    return piece.level > FACTOR


def _beside(sign: Box, body: Box) -> Box:
    """The sign and what is differentiated; a thin space parts ∂ from a bracket or from an e."""
    apart = isinstance(body, Scripts) and (isinstance(body.base, Fenced) or body.base == Letter("e"))
    return row(sign, THIN, body) if apart else row(sign, body)


# ---------------------------------------------------------------------------------------- gradients and Hessians
def _by_tuple(term: Derivative, variables: Mat, put: Setter) -> Piece:
    """By several scalars at once: the gradient ∇f, or ∂f/∂(x, y)."""
    if term.body.is_scalar_term and term.layout != "numerator":
        return _nabla(NABLA, term.body, put)
    below = row(PARTIAL, parens(_listed(variables, put)))
    return _quotient(PARTIAL, below, term.body, put, in_numerator=True)


def _listed(variables: Mat, put: Setter) -> Box:
    items: list[Box] = []
    for k, variable in enumerate(variables.entries):
        items += [COMMA] if k else []
        items.append(put(variable).box)
    return row(*items)


def _nabla(sign: Box, body: Term, put: Setter) -> Piece:
    piece = put(body)
    bare = piece.level >= SCRIPTED or isinstance(body, Gen) or _stands_beside_d(body, piece)
    follows = piece.box if bare else parens(piece.box)
    return Piece(row(sign, follows), FACTOR, tail=not isinstance(body, Gen) and not bare)


def hessian(term: Hessian, put: Setter) -> Piece:
    """∇²f, ∇²_x f, or ∂²f/∂x ∂yᵀ where the two variables differ."""
    if term.x == term.y:
        sub = None if isinstance(term.x, Mat) else put(term.x).box
        return _nabla(Scripts(NABLA, sub, Digits("2")), term.body, put)
    second: Term | None = None if isinstance(term.y, Mat) else Tp(term.y)
    last = parens(_listed(term.y, put)) if second is None else put(second).box
    first = parens(_listed(term.x, put)) if isinstance(term.x, Mat) else put(term.x).box
    below = RowOf((PARTIAL, first, THIN, PARTIAL, last))
    return _quotient(Scripts(PARTIAL, None, Digits("2")), below, term.body, put, in_numerator=True)


def at_point(term: At, put: Setter) -> Piece:
    items: list[Box] = []
    for k, (symbol, value) in enumerate(term.bindings):
        items += [COMMA] if k else []
        items += [put(symbol).box, Operator("=", "relation"), put(value).box]
    bar = Fenced("", at_least(put(term.body), FACTOR, last=True), "|")
    return Piece(Scripts(bar, row(*items)), SCRIPTED)
