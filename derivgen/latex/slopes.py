"""Derivatives of functions under their names alone: df/dg and dg/dx, where h(x) = f(g(x))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen.latex import syntax as sx
from derivgen.latex.scope import Typed
from derivgen.terms.nodes import At, Derivative, Name

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading


def slope(r: Reading, node: sx.Leibniz) -> Typed | None:
    """``df/dg`` as f'(g(x)), and ``dg/dx`` as g'(x); None where f is not the name of a function of one variable."""
    if not isinstance(node.body, sx.Symbol) or len(node.by) != 1 or not isinstance(node.by[0], sx.Symbol):
        return None
    f, by = node.body, node.by[0]
    argument = argument_with(r, f.name, by.name)
    if argument is None:
        return None
    entry = r.scope.find(f.name)
    if entry is None or entry.kind == "function":
        return r.read(sx.Call(sx.Primed(f, 1, span=f.span), (argument,), span=node.span))
    if entry.meaning is None or len(entry.meaning.params) != 1 or entry.meaning.params[0] == by:
        return None
    body, var, at = r.entry_typed(entry), r.read(entry.meaning.params[0]), r.read(argument)
    layout = r.scope.layout
    return Typed(body.shape, lambda: At(Derivative(body.build(), var.build(), layout), var.build(), at.build()))


def argument_with(r: Reading, f: Name, by: Name) -> sx.Syntax | None:
    """What f is applied to in the statement, where that is the variable itself, or the function of that name."""
    found = r.scope.survey
    if f not in found.heads or f in found.standing or f in r.params:
        return None
    entry = r.scope.find(f)
    if entry is not None and entry.meaning is None and (entry.depends or entry.shape is not None):
        return None
    for operand in found.calls.get(f, ()):
        inside = operand.body if isinstance(operand, sx.Fenced) else None
        match inside:
            case sx.Symbol(name) if name == by:
                return inside
            case sx.MaybeCall(sx.Symbol(name), _) if name == by:
                return inside
    return None
