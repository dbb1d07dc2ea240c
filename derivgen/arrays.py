"""The value of a NumPy expression as text, such as ``(A + A.T) @ x``, without ``eval``.

The expression is parsed by ``ast`` and walked; only arithmetic, the helpers that docs/json.md lists, elements and sums
over ``range`` are known.  This is the independent reader of the expressions that derivgen writes.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from derivgen.errors import InputError

BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
}
UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {ast.USub: operator.neg, ast.UAdd: operator.pos}
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
NUMPY = (
    "exp log sqrt sin cos tan arcsin arccos arctan sinh cosh tanh abs sign maximum minimum where sum outer kron array "
    "diag trace eye ones zeros dot vdot transpose prod e pi stack concatenate atleast_2d full square reshape"
).split()


def softmax(x: Any) -> Any:
    shifted = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return shifted / np.sum(shifted, axis=-1, keepdims=True)


def norm(x: Any) -> Any:
    return np.sqrt(np.sum(np.asarray(x) ** 2))


def ones(*size: Any) -> Any:
    return np.ones(size[0] if len(size) == 1 else size)


def zeros(*size: Any) -> Any:
    return np.zeros(size[0] if len(size) == 1 else size)


HELPERS: dict[str, Any] = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softmax": softmax,
    "logsumexp": lambda x: np.log(np.sum(np.exp(x))),
    "logdet": lambda x: np.log(np.linalg.det(x)),
    "diag": np.diag,
    "tr": np.trace,
    "det": np.linalg.det,
    "inv": np.linalg.inv,
    "norm": norm,
    "eye": np.eye,
    "ones": ones,
    "zeros": zeros,
    "outer": np.outer,
    "kron": np.kron,
    "range": range,
    "sum": sum,
    "True": True,
    "False": False,
}


def array_value(expression: str, scope: Mapping[str, Any]) -> Any:
    """Evaluate with the names of ``scope`` and the helpers."""
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError as error:
        raise InputError(f"not an expression: {expression} ({error.msg})") from None
    return walk(tree.body, scope)


def walk(node: ast.expr, scope: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=int() | float() | None):
            return node.value
        case ast.Name(id=name) if name in scope:
            return scope[name]
        case ast.Name(id=name) if name in HELPERS:
            return HELPERS[name]
        case ast.Attribute(value=ast.Name(id="np"), attr=name) if name in NUMPY:
            return getattr(np, name)
        case ast.Attribute(value=base, attr="T"):
            return np.asarray(walk(base, scope)).T
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            return BINARY[type(op)](walk(left, scope), walk(right, scope))
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in UNARY:
            return UNARY[type(sign)](walk(operand, scope))
        case ast.Compare(left=left, ops=[relation], comparators=[right]):
            return COMPARE[type(relation)](walk(left, scope), walk(right, scope))
        case ast.Call(func=function, args=arguments, keywords=[]):
            return walk(function, scope)(*(walk(a, scope) for a in arguments))
        case ast.Subscript(value=base, slice=where):
            return walk(base, scope)[walk(where, scope)]
        case ast.Slice(lower=None, upper=None, step=None):
            return slice(None)
        case ast.Tuple(elts=items):
            return tuple(walk(item, scope) for item in items)
        case ast.List(elts=items):
            return [walk(item, scope) for item in items]
        case ast.GeneratorExp(elt=body, generators=loops) | ast.ListComp(elt=body, generators=loops):
            return [walk(body, inner) for inner in loop(loops, scope)]
    raise InputError(f"not allowed in an expression: {ast.unparse(node)}")


def loop(loops: list[ast.comprehension], scope: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The scopes that nested ``for … in range(…)`` run through."""
    scopes: list[Mapping[str, Any]] = [scope]
    for one in loops:
        if not isinstance(one.target, ast.Name):
            raise InputError(f"not allowed in an expression: {ast.unparse(one)}")
        name = one.target.id
        scopes = [
            {**outer, name: value}
            for outer in scopes
            for value in walk(one.iter, outer)
            if all(walk(test, {**outer, name: value}) for test in one.ifs)
        ]
    return scopes
