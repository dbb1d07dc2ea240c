"""Products tidied: scalars in front, units gone, diagonal matrices applied; and products multiplied out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derivgen.rules.normal import Key, Monomial, Power, collected, fewest_transposes, key, tp
from derivgen.terms.build import ONE, had, is_zero, num, power, times, zero
from derivgen.terms.nodes import (
    HOLDS_PLUS,
    Diag,
    Extent,
    Eye,
    Fn,
    Frac,
    Had,
    Inv,
    Mat,
    MatPow,
    Num,
    Ones,
    Plus,
    Pow,
    Sym,
    Term,
    Times,
    Tp,
)
from derivgen.terms.shapes import SCALAR

EXPAND_LIMIT = 40


def plain_product(term: Term) -> Term:
    """Numbers and scalars in front, units gone, diagonal matrices applied, a closed chain the shorter way round."""
    if term.derived is None:
        term.derived = {}
    found: Term | None = term.derived.get("plain")
    if found is None:
        found = term.derived["plain"] = _plain(term)
    return found


def _plain(term: Term) -> Term:
    if not isinstance(term, Times):
        return Monomial.of(term).term()
    scalars, chain = _flat(term)
    if any(is_zero(f) for f in (*scalars, *chain)):
        return zero(term.shape)
    extra, chain = clean_chain(chain)
    if term.shape == SCALAR and chain:
        return Monomial.of(times([*scalars, *extra, times(chain)])).term()
    m = Monomial()
    m.shape = term.shape
    for f in (*scalars, *extra):
        m.multiply(f, 1)
    m.chain = chain
    return m.term()


def _flat(term: Times) -> tuple[list[Term], list[Term]]:
    scalars: list[Term] = []
    chain: list[Term] = []
    for f in term.args:
        if f.shape == SCALAR:
            scalars.append(f)
        elif isinstance(f, Times):
            inner, more = _flat(f)
            scalars += inner
            chain += more
        elif isinstance(f, Frac):
            scalars.append(Frac(ONE, f.den))
            inner, more = _flat(Times(f.num))
            scalars += inner
            chain += more
        else:
            chain.append(f)
    return scalars, chain


def clean_chain(chain: list[Term]) -> tuple[list[Term], list[Term]]:
    """Identities dropped, diagonal matrices applied, inverses cancelled; scalars that come free, and the chain."""
    scalars: list[Term] = []
    if not chain:
        return scalars, chain
    outer = (chain[0].shape[0], chain[-1].shape[1])
    out: list[Term] = []
    for f in chain:
        if isinstance(f, Eye):
            continue
        out.append(f)
        while len(out) > 1:
            joined = join(out[-2], out[-1])
            if joined is None:
                break
            out[-2:] = [joined] if not isinstance(joined, Eye) else []
    if not out:
        return scalars, [] if outer == SCALAR else [Eye(outer[0])]
    opened: list[Term] = []
    for f in out:
        inner, more = _flat(f) if isinstance(f, Times) else ([], [f])
        scalars += inner
        opened += more
    if len(opened) == 1 and opened[0].shape == SCALAR:
        return [*scalars, opened[0]], []
    if outer == SCALAR:
        opened = fewest_transposes(opened)
        if len(opened) == 2 and isinstance(opened[1], Sym) and "unit" in opened[1].props and opened[0] == Tp(opened[1]):
            return scalars, []
        if len(opened) == 2 and all(type(f) is Ones for f in opened):
            size = opened[1].shape[0]
            return [*scalars, num(size) if isinstance(size, int) else Extent(size)], []
    return scalars, opened


def join(a: Term, b: Term) -> Term | None:
    """Two neighbours in a chain as one factor, where that is shorter."""
    match a, b:
        case Mat(), Mat():
            return explicit_product(a, b)
        case Diag(u), Diag(v):
            return Diag(had([u, v]))
        case Diag(u), _ if b.shape[1] == 1:
            return tidy_had(Had(u, b))
        case _, Diag(v) if a.shape[0] == 1:
            return tp(tidy_had(Had(tp(a), v)))
        case Tp(Sym() as own), Sym() if own == b and "orthogonal" in own.props:
            return Eye(b.shape[0])
        case Sym(), Tp(Sym() as own) if own == a and "orthogonal" in own.props:
            return Eye(a.shape[0])
        case Inv(inner), _ if inner == b:
            return Eye(b.shape[0])
        case _, Inv(inner) if inner == a:
            return Eye(a.shape[0])
        case Sym() | MatPow(), Sym() | MatPow() if a.shape[0] == a.shape[1]:
            one, p = (a.base, a.exponent) if isinstance(a, MatPow) else (a, 1)
            two, q = (b.base, b.exponent) if isinstance(b, MatPow) else (b, 1)
            return MatPow(one, p + q) if one == two else None
    return None


def explicit_product(a: Mat, b: Mat) -> Term:
    """The product of two matrices that are written out; a 1×1 product is a scalar."""
    cells = [
        collected([times([a.entries[i * a.cols + k], b.entries[k * b.cols + j]]) for k in range(a.cols)], SCALAR)
        for i in range(a.rows)
        for j in range(b.cols)
    ]
    return cells[0] if len(cells) == 1 else Mat(a.rows, b.cols, *cells)


def explicit_sum(terms: Sequence[Term]) -> list[Term]:
    """A list of terms with the written-out matrices among them added up."""
    explicit = [t for t in terms if isinstance(t, Mat)]
    if len(explicit) < 2:
        return list(terms)
    rows, cols = explicit[0].rows, explicit[0].cols
    added = Mat(rows, cols, *(collected([t.entries[k] for t in explicit], SCALAR) for k in range(rows * cols)))
    first = terms.index(explicit[0])
    rest = [t for t in terms if not isinstance(t, Mat)]
    return [*rest[:first], added, *rest[first:]]


def tidy_had(term: Had) -> Term:
    """Scalars taken out, ones dropped, equal factors as powers."""
    scalars: list[Term] = []
    powers: dict[Key, Power] = {}
    for f in _had_factors(term):
        if isinstance(f, Times | Frac):
            inner, chain = _flat(Times(f))
            scalars += inner
            f = times(chain)
        if is_zero(f):
            return zero(term.shape)
        if type(f) is Ones:
            continue
        whole, n = (f.base, f.exponent.value) if isinstance(f, Pow) and isinstance(f.exponent, Num) else (f, 1)
        splits = isinstance(whole, Had) and Fraction(n).denominator == 1  # the root of v ⊙ v is not v
        for base in _had_factors(whole) if isinstance(whole, Had) and splits else [whole]:
            powers.setdefault(key(base), Power(base, 0)).exponent += n
    factors: list[Term] = []
    for p in logistic(powers).values():
        if p.exponent == 2:
            factors += [p.base, p.base]
        elif p.exponent != 0:
            factors.append(power(p.base, p.exponent))
    if factors and all(isinstance(f, Tp) and f.shape[0] == 1 for f in factors):
        body: Term = tp(had([tp(f) for f in factors]))
    else:
        body = had(factors) if factors else Ones(*term.shape)
    return plain_product(times([*scalars, body])) if scalars else body


def logistic(powers: dict[Key, Power]) -> dict[Key, Power]:
    """The powers with e^u (1 + e^u)^(-1) written as σ(u)."""
    for k, p in powers.items():
        if isinstance(p.base, Plus) and p.exponent == -1 and len(p.base.args) == 2:
            one, growth = sorted(p.base.args, key=lambda t: isinstance(t, Fn))
            known = powers.get(key(growth)) if type(one) is Ones and isinstance(growth, Fn) else None
            if known is not None and known.exponent == 1 and isinstance(growth, Fn) and growth.name == "exp":
                value = Fn("sigmoid", growth.arg)
                rest = {q: v for q, v in powers.items() if q not in (k, key(growth))}
                return {key(value): Power(value, 1), **rest}
    return powers


def _had_factors(term: Had) -> list[Term]:
    out: list[Term] = []
    for f in term.args:
        out.extend(_had_factors(f) if isinstance(f, Had) else [f])
    return out


def multiply_out(term: Term) -> list[Term]:
    if not term.holds & HOLDS_PLUS:
        return [term]
    m = Monomial.of(term)
    for k, p in m.powers.items():
        if isinstance(p.base, Plus) and p.exponent.denominator == 1 and 1 <= p.exponent <= 3:
            rest = Monomial.of(term)
            rest.times_power(k, p.base, -1)
            return _spread(p.base.args, rest, None)
    for position, f in enumerate(m.chain):
        if isinstance(f, Plus):
            return _spread(f.args, m, position)
    return [term]


def _spread(parts: Sequence[Term], rest: Monomial, position: int | None) -> list[Term]:
    out: list[Term] = []
    for part in parts:
        if position is None:
            product = times([part, rest.term()])
        else:
            chain = [*rest.chain[:position], part, *rest.chain[position + 1 :]]
            scalars = Monomial()
            scalars.coefficient, scalars.powers = rest.coefficient, dict(rest.powers)
            product = times([scalars.term(), *chain])
        out += multiply_out(plain_product(product))
        if len(out) > EXPAND_LIMIT:
            break
    return out


def expanded(term: Plus) -> list[Term] | None:
    """All products of sums multiplied out; None where there are none, or where it would grow too long."""
    out: list[Term] = []
    changed = False
    for t in term.args:
        parts = multiply_out(t)
        changed = changed or len(parts) > 1
        out += parts
        if len(out) > EXPAND_LIMIT:
            return None
    return out if changed else None
