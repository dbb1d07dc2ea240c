r"""Values that a statement gives to unknown functions and their derivatives at points: ``g_u(3,4)=5``, ``f'(2)=3``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from derivgen import errors
from derivgen.latex import syntax as sx
from derivgen.latex.facts import States
from derivgen.latex.scope import Scope
from derivgen.latex.sentences import Sentence
from derivgen.latex.survey import index_letters
from derivgen.terms.build import num
from derivgen.terms.nodes import Gen, Name, Term

Given = tuple[Term, Term]


def given_partials(scope: Scope, sentences: Sequence[Sentence]) -> tuple[Given, ...]:
    """Each value with the number that it is said to be; the formulas that give them are accounted for."""
    found: list[Given] = []
    for sentence in sentences:
        for slot in sentence.slots:
            made = [g for f in slot.facts if isinstance(f, States) for g in read(scope, f.chain)]
            slot.used = slot.used or bool(made)
            for term, value in made:
                if any(t == term and v != value for t, v in found):
                    raise errors.Ambiguous(
                        "two values are given to the same derivative at the same point", place=scope.place(slot.span),
                        hint="leave one of them out",
                    )  # fmt: skip
            found += made
    return tuple(dict.fromkeys(found))


def read(scope: Scope, chain: sx.Chain) -> Iterator[Given]:
    if chain.signs != ("=",) or chain.sides[0] is None or chain.sides[1] is None:
        return
    value = number(chain.sides[1])
    match chain.sides[0]:
        case sx.MaybeCall(sx.Subscript(sx.Symbol(name), index), sx.Fenced("(", point)):
            by = index_letters(index)
        case sx.Product((sx.Leibniz(sx.Symbol(name), by_letters), sx.Fenced("(", point))):
            by = list(by_letters)
        case sx.MaybeCall(sx.Primed(sx.Symbol(name), count), sx.Fenced("(", point)):
            by = [sx.Number(str(count))]
        case sx.MaybeCall(sx.Symbol(name), sx.Fenced("(", point)):
            by = []
        case _:
            return
    at = [number(i) for i in sx.items(point)]
    if value is None or None in at:
        return
    orders = orders_of(scope, name, by, len(at))
    if orders is not None:
        yield Gen(name, orders, *(num(a) for a in at if a is not None)), num(value)


def orders_of(scope: Scope, name: Name, by: Sequence[sx.Syntax], count: int) -> tuple[int, ...] | None:
    """How often the function is differentiated by each argument, told by the letters that it is applied to."""
    if len(by) == 1 and isinstance(by[0], sx.Number):
        return (int(by[0].text),) if count == 1 else None
    calls = [sx.items(c.body) for c in scope.survey.calls.get(name, []) if isinstance(c, sx.Fenced)]
    for call in calls:
        if len(call) == count and all(v in call for v in by):
            return tuple(sum(v == a for v in by) for a in call)
    return None


def number(node: sx.Syntax) -> Fraction | None:
    match node:
        case sx.Number(text):
            return Fraction(text)
        case sx.Negative(arg):
            inner = number(arg)
            return -inner if inner is not None else None
        case sx.Fraction(top, below):
            a, b = number(top), number(below)
            return a / b if a is not None and b else None
    return None
