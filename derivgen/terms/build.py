"""Builders for rules: they drop the zeros, units and nested products that a rule makes, and tidy nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derivgen.terms.nodes import (
    Col,
    Delta,
    Derivative,
    Diag,
    DiagOf,
    El,
    Eye,
    Fn,
    Frac,
    Gen,
    Had,
    Idx,
    Inv,
    Named,
    Num,
    Ones,
    Plus,
    Position,
    Pow,
    Row,
    Sum,
    Sym,
    Term,
    Times,
    Tp,
    Zero,
)
from derivgen.terms.shapes import SCALAR, Shape

ZERO, ONE, TWO, MINUS = Num(0), Num(1), Num(2), Num(-1)


def num(value: int | Fraction) -> Num:
    return Num(value) if isinstance(value, int) else Num(value.numerator, value.denominator)


def zero(shape: Shape) -> Term:
    return ZERO if shape == SCALAR else Zero(*shape)


def is_zero(term: Term) -> bool:
    return term.p == 0 if isinstance(term, Num) else type(term) is Zero


def plus(terms: Iterable[Term], shape: Shape = SCALAR) -> Term:
    """A sum without zero terms, flat; the zero of ``shape`` where nothing is left."""
    kept: list[Term] = []
    for t in terms:
        if isinstance(t, (Plus, Num, Zero)):
            if isinstance(t, Plus):
                kept.extend(t.args)
                continue
            if is_zero(t):
                continue
        kept.append(t)
    if not kept:
        return zero(shape)
    return kept[0] if len(kept) == 1 else Plus(*kept)


def times(factors: Iterable[Term]) -> Term:
    """A product without unit factors, nested products opened, signs in front; zero where a factor is zero.

    A closed chain such as x^T x stays a factor of its own, but for a number before it.
    """
    given = list(factors)
    for f in given:
        if isinstance(f, (Num, Times, Ones)):
            break
    else:  # nothing to drop and nothing to open
        return ONE if not given else given[0] if len(given) == 1 else Times(*given)
    kept: list[Term] = []
    negative = False
    for f in given:
        if isinstance(f, Num) and f.q == 1 and -1 <= f.p <= 1:
            if f.p == 0:
                return zero(Times(*given).shape)
            negative ^= f.p < 0
        elif isinstance(f, Times) and (f.shape != SCALAR or not holds_chain(f)):
            inner = f.args
            if inner[0] == MINUS:
                negative = not negative
                inner = inner[1:]
            kept.extend(inner)
        elif type(f) is Zero:
            return zero(Times(*given).shape)
        else:
            kept.append(f)
    if negative:
        first = next((k for k, f in enumerate(kept) if isinstance(f, Num)), None)
        kept.insert(0, MINUS if first is None else num(-kept.pop(first).value))
    if len(kept) > 1 and isinstance(kept[-1], Times) and all(isinstance(f, Num) for f in kept[:-1]):
        kept[-1:] = kept[-1].args
    if not kept:
        return ONE
    return kept[0] if len(kept) == 1 else Times(*kept)


def holds_chain(term: Term) -> bool:
    return any(f.shape != SCALAR for f in term.args if isinstance(f, Term))


def chain_of(term: Times) -> tuple[list[Term], list[Term]]:
    """The scalar factors and the matrix chain of a product."""
    scalars: list[Term] = []
    chain: list[Term] = []
    for f in term.args:
        (scalars if f.shape == SCALAR else chain).append(f)
    return scalars, chain


def negate(term: Term) -> Term:
    match term:
        case Num():
            return num(-term.value)
        case Times() if isinstance(term.args[0], Num):
            head = num(-term.args[0].value)
            return times([head, *term.args[1:]])
    return times([MINUS, term])


def had(factors: Iterable[Term]) -> Term:
    """An element-wise product, flat, without factors of ones."""
    kept: list[Term] = []
    ones: Term | None = None
    for f in factors:
        if isinstance(f, Had):
            kept.extend(f.args)
        elif type(f) is Ones:
            ones = f
        else:
            kept.append(f)
    if not kept and ones is not None:
        return ones
    return kept[0] if len(kept) == 1 else Had(*kept)


def total(body: Term, dummies: Iterable[Idx]) -> Term:
    """Nested sums, the first dummy outermost."""
    for d in reversed(list(dummies)):
        body = Sum(body, d)
    return body


def power(base: Term, exponent: Fraction | int) -> Term:
    """An element-wise power with a numeric exponent; the base itself for 1, one for 0."""
    if exponent == 1:
        return base
    if exponent == 0:
        return ONE if base.shape == SCALAR else Ones(*base.shape)
    return Pow(base, num(exponent))


def tp(term: Term, symmetric: bool = False) -> Term:
    """The transpose, pushed onto symbols through products, never into sums or functions.

    ``symmetric`` uses the declared symmetry of a matrix; without it the transpose is kept, to be explained.
    """
    match term:
        case Tp(inner):
            return inner
        case Eye() | Diag():
            return term
        case Sym() | Inv() | Named() if symmetric and is_symmetric(term):
            return term
        case Times():
            scalars, chain = chain_of(term)
            return times([*scalars, *(tp(f, symmetric) for f in reversed(chain))])
        case Frac(top, bottom) if top.shape != SCALAR:
            return Frac(tp(top, symmetric), bottom)
        case Ones(rows, cols):
            return type(term)(cols, rows)
        case Derivative(body, Tp(inner), layout) if body.shape == SCALAR:
            return Derivative(body, inner, layout)
    return term if term.shape == SCALAR else Tp(term)


def is_symmetric(term: Term) -> bool:
    match term:
        case Sym():
            return bool({"symmetric", "positive definite", "positive semidefinite", "diagonal"} & set(term.props))
        case Eye() | Diag():
            return True
        case Inv(inner):
            return is_symmetric(inner)
        case Named(_, meaning):
            return is_symmetric(meaning)
        case Times():
            chain = list(term.args)
            return all(tp(a, True) == b for a, b in zip(chain, reversed(chain), strict=True))
        case Ones(rows, cols):
            return bool(rows == cols)
    return False


def entry(term: Term, i: Position, j: Position) -> Term:
    """Element (i, j) of a term; transposes, units and element-wise operations are read off at once, products stay."""
    if term.shape == SCALAR:
        return term
    match term:
        case Tp(inner):
            return entry(inner, j, i)
        case Times():
            scalars, chain = chain_of(term)
            if scalars:
                return times([*scalars, entry(times(chain), i, j)])
        case Fn(name, arg):
            return Fn(name, entry(arg, i, j))
        case Gen():
            return Gen(term.name, term.orders, *(entry(a, i, j) for a in term.operands))
        case Pow(base, exponent):
            return Pow(entry(base, i, j), exponent)
        case Had():
            factors = [entry(f, i, j) for f in term.args]
            if all(f == factors[0] for f in factors):
                return Pow(factors[0], num(len(factors)))
            return times(factors)
        case Eye():
            return ONE if i == j else Delta(i, j)
        case Zero():
            return ZERO
        case Ones():
            return ONE
        case Row(inner, at):
            return entry(inner, at, i)
        case Col(inner, at):
            return entry(inner, i, at)
        case DiagOf(inner):
            return entry(inner, i, i)
    return El(term, i, j)
