"""Functions by their names: element by element, and those of whole vectors and matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.latex import syntax as sx
from derivgen.latex.scope import Typed, require_square, scalar
from derivgen.latex.sizes import fixed, is_scalar, resolve
from derivgen.terms.build import entry
from derivgen.terms.functions import FUNCTIONS
from derivgen.terms.nodes import (
    Det,
    Diag,
    DiagOf,
    El,
    Entries,
    Fn,
    Frac,
    Idx,
    Norm,
    Num,
    Ones,
    Plus,
    Sum,
    Term,
    Times,
    Tp,
    Tr,
)
from derivgen.terms.shapes import Size

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading

SYNONYMS = {
    "ln": "log", "lg": "log", "sgn": "sign", "logistic": "sigmoid", "sigm": "sigmoid", "heaviside": "step",
    "trace": "tr", "arsinh": "arcsinh", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "diagonal": "diag",
}  # fmt: skip
MATRIX_MEANING = frozenset({"exp", "log"})
KNOWN_BUT_MISSING = {
    "vec": "the vec operator", "softmax": "softmax", "rank": "the rank", "floor": "the floor function",
    "ceil": "the ceiling function", "logsumexp": "logsumexp", "kron": "the Kronecker product", "Re": "real parts",
}  # fmt: skip


RECIPROCALS = {"sech": "cosh", "csch": "sinh"}
"""Functions that are read as one over another."""


def named_function(r: Reading, name: str, node: sx.Call) -> Typed:
    name = SYNONYMS.get(name, name)
    if name in ("max", "min"):
        return rectifier(r, name, node)
    if len(node.args) != 1:
        raise r.fault(errors.Unsupported, f"{name} of {len(node.args)} arguments is not supported", node.span)
    arg = r.read(node.args[0])
    if name in FUNCTIONS:
        return elementary(r, name, arg, node)
    if name in RECIPROCALS and is_scalar(arg.shape):
        return scalar(lambda: Frac(Num(1), Fn(RECIPROCALS[name], arg.build())))
    return structural(r, name, arg, node)


def elementary(r: Reading, name: str, arg: Typed, node: sx.Call) -> Typed:
    if not is_scalar(arg.shape):
        square = name in MATRIX_MEANING and 1 not in (resolve(arg.shape[0]), resolve(arg.shape[1]))
        if square and not r.scope.elementwise and resolve(arg.shape[0]) == resolve(arg.shape[1]):
            hint = "say that it is applied element-wise"
            message = f"{name} of a square matrix: element by element, or the matrix function?"
            raise r.fault(errors.Ambiguous, message, node.span, hint)
        element_by_element(r, arg, node)
    return Typed(arg.shape, lambda: Fn(name, arg.build()))


def structural(r: Reading, name: str, arg: Typed, node: sx.Call) -> Typed:
    rows, cols = arg.shape
    match name:
        case "tr" | "det":
            require_square(r.scope, arg, "the trace" if name == "tr" else "the determinant", node.span)
            if is_scalar(arg.shape):
                return arg
            return scalar(lambda: trace(arg.build()) if name == "tr" else Det(arg.build()))
        case "diag":
            if resolve(cols) == 1:
                return Typed((rows, rows), lambda: Diag(arg.build()))
            if resolve(rows) == 1:
                return Typed((cols, cols), lambda: Diag(Tp(arg.build())))
            require_square(r.scope, arg, "the diagonal", node.span)
            return Typed((rows, 1), lambda: DiagOf(arg.build()))
        case "sum":
            return sum_of_entries(r, arg)
        case "norm":
            return scalar(lambda: Norm(arg.build()))
        case "transpose":
            return Typed((cols, rows), lambda: Tp(arg.build()))
        case "softplus":
            element_by_element(r, arg, node)
            one = (lambda: Num(1)) if is_scalar(arg.shape) else lambda: Ones(fixed(rows), fixed(cols))
            return Typed(arg.shape, lambda: Fn("log", Plus(one(), Fn("exp", arg.build()))))
        case "softmax" if resolve(cols) == 1:
            return Typed(arg.shape, lambda: softmax(arg.build(), fixed(rows)))
        case "logsumexp" if resolve(cols) == 1:
            return scalar(lambda: Fn("log", Times(Tp(Ones(fixed(rows), 1)), Fn("exp", arg.build()))))
        case "floor" | "ceil":
            raise r.fault(errors.NotDifferentiable, f"{KNOWN_BUT_MISSING[name]} has no derivative rule", node.span)
    words = KNOWN_BUT_MISSING.get(name, f"the function {name}")
    raise r.fault(
        errors.Unsupported, f"{words} is not supported", node.span, "define it in the statement, or rename it"
    )


def softmax(term: Term, size: Size) -> Term:
    """Exponentials divided by their sum: the vector of e^{z_i} / Σ_k e^{z_k}."""
    i, k = Idx("i", size), Idx("k", size)
    return Entries(Frac(Fn("exp", entry(term, i, 1)), Sum(Fn("exp", entry(term, k, 1)), k)), i, 1)


def trace(term: Term) -> Term:
    return Tr(term)


def rectifier(r: Reading, name: str, node: sx.Call) -> Typed:
    """``max(0, z)``; a maximum of other things is not supported."""
    kept = [a for a in node.args if not is_zero(a)]
    if name == "max" and len(node.args) == 2 and len(kept) == 1:
        arg = r.read(kept[0])
        return Typed(arg.shape, lambda: Fn("relu", arg.build()))
    raise r.fault(errors.Unsupported, f"{name} is supported as max(0, z) only", node.span)


def is_zero(node: sx.Syntax) -> bool:
    return node == sx.Number("0") or (isinstance(node, sx.Symbol) and node.name.letter == "0")


def exponential(r: Reading, arg: Typed, node: sx.Syntax) -> Typed:
    """``e^{…}``."""
    if not is_scalar(arg.shape):
        matrix = 1 not in (resolve(arg.shape[0]), resolve(arg.shape[1]))
        if matrix and not r.scope.elementwise:
            hint = "say that it is applied element-wise"
            raise r.fault(
                errors.Ambiguous,
                "e to the power of a matrix: element by element, or the matrix function?",
                node.span,
                hint,
            )
        element_by_element(r, arg, node)
    return Typed(arg.shape, lambda: Fn("exp", arg.build()))


def element_by_element(r: Reading, arg: Typed, node: sx.Syntax) -> None:
    """A function of scalars on a vector: noted unless the statement says it."""
    if not r.scope.elementwise and not is_scalar(arg.shape):
        r.scope.note("In ", node, " the function or power was taken element by element.")


def sum_of_entries(r: Reading, arg: Typed) -> Typed:
    """The sum of all entries."""
    rows, cols = arg.shape
    if is_scalar(arg.shape):
        return arg
    i = r.bind("i", rows if resolve(rows) != 1 else cols)
    if 1 in (resolve(rows), resolve(cols)):
        column = resolve(cols) == 1
        return scalar(lambda: Sum(El(arg.build(), i.idx() if column else 1, 1 if column else i.idx()), i.idx()))
    j = r.bind("j", cols)
    return scalar(lambda: Sum(Sum(El(arg.build(), i.idx(), j.idx()), j.idx()), i.idx()))
