"""Numbers that a statement gives to the variables themselves: "with w = 0.5, x = 2, find ∂L/∂w" asks for a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derivgen.latex import letters
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, is_number, is_value
from derivgen.latex.scope import Entry, Scope
from derivgen.latex.sizes import ONE_BY_ONE, Unknown

DERIVATIVES = frozenset({"derivative", "gradient", "hessian", "jacobian", "subscript"})


def at_given_values(scope: Scope, asks: Sequence[Ask]) -> list[Ask]:
    """The derivatives at the numbers that are given, where their variables are among what has one.

    A letter that is differentiated by is no constant: its number is where the derivative is wanted.
    """
    asks = [with_rate(scope, a) if a.kind == "step" else a for a in asks]
    if len(asks) == 1 and asks[0].kind == "step" and not asks[0].point:
        return step_from(scope, asks[0])
    if not all(a.kind in DERIVATIVES and not a.point for a in asks):
        return list(asks)
    by = {letters.full_name(scope, v) for a in asks for v in variables(a)}
    valued = [e for e in scope.entries.values() if value_of(e) is not None]
    if not any(e.name in by for e in valued):
        return list(asks)
    used = [e for e in valued if e.name in by or is_number(e.meaning.body)]  # type: ignore[union-attr]
    used.sort(key=lambda e: (e.span.start, e.order))
    at = [(e.part, given(e)) for e in used]
    for e in used:
        free(e)
    return [replace(a, point=tuple(g for part, g in at if part in (None, a.part))) for a in asks]


def with_rate(scope: Scope, ask: Ask) -> Ask:
    """The step with the number that its size is said to be: 0.1 for η."""
    rate, *rest = ask.details
    entry = scope.entries.get(rate.name) if isinstance(rate, sx.Symbol) else None
    value = value_of(entry) if entry is not None else None
    return replace(ask, details=(value, *rest)) if value is not None and is_number(value) else ask


def step_from(scope: Scope, ask: Ask) -> list[Ask]:
    """A step of a function of one letter that has a number: it starts there."""
    meaning = (
        scope.entries[ask.body.name].meaning
        if isinstance(ask.body, sx.Symbol) and ask.body.name in scope.entries
        else None
    )
    inside = {n.name for n in sx.walk(meaning.body) if isinstance(n, sx.Symbol)} if meaning is not None else set()
    rates = {n.name for n in sx.walk(ask.details[0]) if isinstance(n, sx.Symbol)}
    starts = [e for e in scope.entries.values() if value_of(e) is not None and e.name in inside - rates]
    if len(starts) != 1:
        return [ask]
    point = given(starts[0])
    free(starts[0])
    return [replace(ask, point=(point,))]


def variables(ask: Ask) -> tuple[sx.Syntax, ...]:
    """What is differentiated by, whether it stands below a fraction or below the letter: f_x."""
    if ask.kind == "subscript" and isinstance(ask.body, sx.Subscript):
        return sx.items(ask.body.index)
    return tuple(i for v in ask.by for i in (sx.items(v.body) if isinstance(v, sx.Fenced) else (v,)))


def value_of(entry: Entry) -> sx.Syntax | None:
    """The number, or the vector or matrix of numbers, that a letter is."""
    meaning = entry.meaning
    if meaning is None or meaning.params or meaning.indices or not is_value(meaning.body):
        return None
    return None if isinstance(meaning.body, sx.Symbol) else meaning.body


def given(entry: Entry) -> sx.Chain:
    assert entry.meaning is not None
    name, span = entry.name, entry.span
    symbol: sx.Syntax = sx.Symbol(name._replace(sub="", sup="", primes=0), span=span)
    if name.sub:
        symbol = sx.Subscript(symbol, sx.Words(name.sub), span=span)
    if name.sup:
        symbol = sx.Superscript(symbol, sx.Words(name.sup), span=span)
    return sx.Chain((symbol, entry.meaning.body), ("=",), span=span)


def free(entry: Entry) -> None:
    """The letter as a variable of the shape that its value has."""
    assert entry.meaning is not None
    body, entry.meaning = entry.meaning.body, None
    entry.declared, entry.typed, entry.built, entry.part = True, None, None, None
    match body:
        case sx.Matrix(rows=rows):
            entry.shape = (len(rows), len(rows[0]))
        case sx.Transpose(base=sx.Matrix(rows=rows)):
            entry.shape = (len(rows[0]), len(rows))
        case _ if is_number(body):
            entry.shape = ONE_BY_ONE
        case _:
            entry.shape = (Unknown(), 1)
