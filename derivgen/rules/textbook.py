"""Textbook form: tidy products, like terms collected, common factors out front; the smallest form wins.

``textbook(term)`` works from the inside out.  A sum is tried as it is, factored, expanded, and expanded then factored;
``WEIGHTS`` decides which is smallest.  Nothing here makes an identity by factoring.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, isqrt, lcm

from derivgen.rules.normal import Key, Monomial, Power, collected, fewest_transposes, key
from derivgen.terms import build
from derivgen.terms.build import MINUS, ONE, chain_of, had, is_zero, num, plus, power, times, zero
from derivgen.terms.nodes import (
    Const,
    Delta,
    Diag,
    DiagOf,
    El,
    Entries,
    Extent,
    Eye,
    Fn,
    Frac,
    Had,
    Inv,
    Mat,
    MatPow,
    Named,
    Num,
    Ones,
    Plus,
    Pow,
    Sum,
    Sym,
    Term,
    Times,
    Tp,
    Tr,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild

WEIGHTS: dict[type[Term], float] = {
    Sym: 1.0, Named: 1.0, Extent: 1.0, El: 1.0, Tp: 0.4, Eye: 1.0, Ones: 1.0, Plus: 0.3, Frac: 0.3, Pow: 0.3, Fn: 0.5,
    Num: 0.35, Diag: 0.5,
}  # fmt: skip
SIGN = 0.1
"""What a minus sign costs."""
NESTED = 0.4
"""What a sum in parentheses costs beside other factors."""
EXPAND_LIMIT = 40

EXACT: dict[tuple[str, Term], Term] = {
    ("exp", num(0)): ONE,
    ("exp", ONE): Const("e"),
    ("log", ONE): num(0),
    ("sin", num(0)): num(0),
    ("cos", num(0)): ONE,
    ("tan", num(0)): num(0),
    ("tanh", num(0)): num(0),
    ("sinh", num(0)): num(0),
    ("cosh", num(0)): ONE,
    ("sigmoid", num(0)): num(Fraction(1, 2)),
}


def tp(term: Term) -> Term:
    """The transpose, with declared symmetry used."""
    return build.tp(term, symmetric=True)


def measure(term: Term) -> float:
    """How much there is to read."""
    if isinstance(term, Num):
        return SIGN if term == MINUS else WEIGHTS[Num]
    own = WEIGHTS.get(type(term), 0.2)
    if isinstance(term, Times):
        own += NESTED * sum(isinstance(f, Plus) for f in term.args)
    if isinstance(term, Plus):
        own *= len(term.args) - 1
    if isinstance(term, Sym | Named):
        return own
    return own + sum(measure(a) for a in term.args if isinstance(a, Term))


def textbook(term: Term) -> Term:
    """A term as a textbook would print it."""
    if isinstance(term, Sym | Named | Num):
        return term
    inner = rebuild(term, textbook)
    match inner:
        case Plus():
            return tidy_sum(inner)
        case Times() | Frac():
            return tidy_product(inner)
        case Pow():
            return tidy_power(inner)
        case Had():
            return tidy_had(inner)
        case Tp(arg):
            return tidy_transpose(arg)
        case Inv(Inv(arg)):
            return arg
        case Inv(Eye() as arg):
            return arg
        case Diag(Ones(rows, _)):
            return Eye(rows)
        case Diag(arg):
            return _scaled_out(arg, Diag)
        case DiagOf(Diag(arg)):
            return arg
        case Tr(Plus() as arg):
            return textbook(plus(Tr(t) for t in arg.args))
        case Tr(arg):
            return _scaled_out(arg, Tr)
        case Fn(name, arg):
            return EXACT.get((name, arg), inner)
        case MatPow(base, 1):
            return base
        case Sum(body, index) if index not in body.free:
            return textbook(times([num(index.size) if isinstance(index.size, int) else Extent(index.size), body]))
        case El(arg, i, j):
            return tidy_element(arg, i, j, inner)
    return inner


def _scaled_out(arg: Term, wrap: type[Term]) -> Term:
    """A linear function of one argument with the scalars taken out."""
    if isinstance(arg, Times):
        scalars, chain = chain_of(arg)
        if scalars and chain:
            return tidy_product(times([*scalars, wrap(times(chain))]))
    if isinstance(arg, Frac):
        return tidy_product(times([Frac(ONE, arg.den), wrap(arg.num)]))
    return wrap(arg)


def tidy_element(arg: Term, i: object, j: object, as_is: Term) -> Term:
    match arg:
        case Tp(inner):
            return El(inner, j, i)
        case Eye():
            return ONE if i == j else Delta(i, j)
        case Ones():
            return num(0) if is_zero(arg) else ONE
        case Entries():
            return as_is
    return as_is if arg.shape != SCALAR else arg


def tidy_power(term: Pow) -> Term:
    base, exponent = term.base, term.exponent
    if not isinstance(exponent, Num):
        return term
    if exponent == ONE:
        return base
    if base.shape != SCALAR:
        return tidy_had(Had(term, Ones(*term.shape)))
    if isinstance(base, Num) and exponent.q == 2 and base.p > 0:
        up, down = isqrt(base.p), isqrt(base.q)
        if up * up == base.p and down * down == base.q:
            return num(Fraction(up, down) ** exponent.p)
    return Monomial.of(term).term()


def tidy_transpose(arg: Term) -> Term:
    """A transpose goes into products and onto symbols; into a square sum only if none is gained by it."""
    match arg:
        case Mat():
            cells = (arg.entries[i * arg.cols + j] for j in range(arg.cols) for i in range(arg.rows))
            return Mat(arg.cols, arg.rows, *cells)
        case Plus() if arg.shape[0] == arg.shape[1]:
            turned = [tidy_transpose(t) for t in arg.args]
            if key(Plus(*turned)) == key(arg):
                return arg
            if sum(_turns(t) for t in turned) <= 1 + sum(_turns(t) for t in arg.args):
                return tidy_sum(Plus(*turned))
        case Times():
            return tidy_product(tp(arg))
        case Frac(top, bottom):
            return Frac(tidy_transpose(top), bottom)
        case Had() if arg.shape[0] != 1 and arg.shape[1] != 1:
            turned = [tp(f) for f in arg.args]
            if sum(map(_turns, turned)) <= 1 + sum(map(_turns, arg.args)):
                return Had(*turned)
    return tp(arg)


def _turns(term: Term) -> int:
    return isinstance(term, Tp) + sum(_turns(a) for a in term.args if isinstance(a, Term) and not isinstance(a, Sym))


# ------------------------------------------------------------------------------------------------- products
def tidy_product(term: Term) -> Term:
    """A product in order, or multiplied out where that is shorter."""
    plain = plain_product(term)
    if not isinstance(plain, Times | Frac):
        return plain
    parts = multiply_out(plain)
    if len(parts) == 1 or len(parts) > EXPAND_LIMIT:
        return plain
    spread = collected(parts, plain.shape)
    candidates = [plain, spread, *(factored(spread) if isinstance(spread, Plus) else [])]
    return min(candidates, key=measure)


def plain_product(term: Term) -> Term:
    """Numbers and scalars in front, units gone, diagonal matrices applied, a closed chain the shorter way round."""
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
        m.multiply(f, Fraction(1))
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
        if len(opened) == 2 and all(type(f) is Ones for f in opened):
            size = opened[1].shape[0]
            return [*scalars, num(size) if isinstance(size, int) else Extent(size)], []
    return scalars, opened


def join(a: Term, b: Term) -> Term | None:
    """Two neighbours in a chain as one factor, where that is shorter."""
    match a, b:
        case Mat(), Mat():
            return textbook(explicit_product(a, b))
        case Diag(u), Diag(v):
            return Diag(had([u, v]))
        case Diag(u), _ if b.shape[1] == 1:
            return tidy_had(Had(u, b))
        case _, Diag(v) if a.shape[0] == 1:
            return tp(tidy_had(Had(tp(a), v)))
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
        plus(times([a.entries[i * a.cols + k], b.entries[k * b.cols + j]]) for k in range(a.cols))
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
    added = Mat(rows, cols, *(plus(t.entries[k] for t in explicit) for k in range(rows * cols)))
    first = terms.index(explicit[0])
    rest = [t for t in terms if not isinstance(t, Mat)]
    return [*rest[:first], textbook(added), *rest[first:]]


def tidy_had(term: Had) -> Term:
    """Scalars taken out, ones dropped, equal factors as powers."""
    scalars: list[Term] = []
    powers: dict[Key, Power] = {}
    for f in _had_factors(term):
        if isinstance(f, Times):
            inner, chain = chain_of(f)
            scalars += inner
            f = times(chain)
        elif isinstance(f, Frac):
            scalars.append(Frac(ONE, f.den))
            f = f.num
        if is_zero(f):
            return zero(term.shape)
        if type(f) is Ones:
            continue
        whole, n = (
            (f.base, f.exponent.value) if isinstance(f, Pow) and isinstance(f.exponent, Num) else (f, Fraction(1))
        )
        for base in _had_factors(whole) if isinstance(whole, Had) else [whole]:
            powers.setdefault(key(base), Power(base, Fraction(0))).exponent += n
    factors: list[Term] = []
    for p in powers.values():
        if p.exponent == 2:
            factors += [p.base, p.base]
        elif p.exponent != 0:
            factors.append(power(p.base, p.exponent))
    if factors and all(isinstance(f, Tp) and f.shape[0] == 1 for f in factors):
        body: Term = tp(had([tp(f) for f in factors]))
    else:
        body = had(factors) if factors else Ones(*term.shape)
    return tidy_product(times([*scalars, body])) if scalars else body


def _had_factors(term: Had) -> list[Term]:
    out: list[Term] = []
    for f in term.args:
        out.extend(_had_factors(f) if isinstance(f, Had) else [f])
    return out


# ----------------------------------------------------------------------------------------------------- sums
def tidy_sum(term: Plus) -> Term:
    """The smallest of: collected, factored, expanded, expanded and factored."""
    base = merge_diagonals(collected(explicit_sum(term.args), term.shape))
    if not isinstance(base, Plus):
        return textbook(base) if isinstance(base, Diag) else base
    candidates = [base, *factored(base)]
    spread = expanded(base)
    if spread is not None:
        wide = merge_diagonals(collected(spread, term.shape))
        candidates += [wide, *(factored(wide) if isinstance(wide, Plus) else [])]
    return min(candidates, key=measure)


def merge_diagonals(term: Term) -> Term:
    """diag(u) + diag(v) is diag(u + v)."""
    if not isinstance(term, Plus):
        return term
    monos = [Monomial.of(t) for t in term.args]
    if not all(len(m.chain) == 1 and isinstance(m.chain[0], Diag) for m in monos):
        return term
    for m in monos:
        m.chain = [m.chain[0].args[0]]
    return Diag(plus([m.term() for m in monos]))


def factored(term: Plus) -> list[Term]:
    """The sum with its common factors outside, with and without a common denominator."""
    out: list[Term] = []
    for denominators in (False, True):
        result = _factor(term, denominators)
        if result is not None and all(result != r for r in out):
            out.append(result)
    return out


def _factor(term: Plus, denominators: bool) -> Term | None:
    monos = [Monomial.of(t) for t in term.args]
    common = Monomial()
    common.shape = term.shape
    common.coefficient = _common_number([m.coefficient for m in monos])
    for k in dict.fromkeys(k for m in monos for k in m.powers):
        exponents = [m.powers[k].exponent if k in m.powers else Fraction(0) for m in monos]
        low = min(exponents)
        high = max(exponents)
        share = low if low > 0 or (low < 0 and denominators) else high if high < 0 else Fraction(0)
        if share:
            base = next(m.powers[k].base for m in monos if k in m.powers)
            common.powers[k] = Power(base, share)
            for m in monos:
                m.times_power(k, base, -share)
    for m in monos:
        m.coefficient /= common.coefficient
    left, right = _common_ends(monos)
    if common.coefficient == 1 and not common.powers and not left and not right:
        return _factor_had(monos, term)
    inner = plus([m.term() for m in monos], monos[0].term().shape)
    inner = _factor_had([Monomial.of(t) for t in inner.args], inner) or inner if isinstance(inner, Plus) else inner
    if left or right:
        inner = textbook(inner)
    if inner.shape == SCALAR:
        common.multiply(inner, Fraction(1))
        common.chain = [*left, *right]
    else:
        common.chain = [*left, inner, *right]
    return common.term()


def _common_number(values: Sequence[Fraction]) -> Fraction:
    top = reduce(gcd, (abs(v.numerator) for v in values))
    bottom = reduce(lcm, (v.denominator for v in values))
    shared = (
        Fraction(top, bottom) if all(v.denominator == values[0].denominator for v in values) else Fraction(top, 1)
    )
    return -shared if values[0] < 0 else shared


def _common_ends(monos: list[Monomial]) -> tuple[list[Term], list[Term]]:
    """Chain factors shared at the left and at the right end; never the whole of one chain and not of another."""
    left: list[Term] = []
    right: list[Term] = []
    if any(not m.chain for m in monos):
        return left, right
    if len({tuple(key(f) for f in m.chain) for m in monos}) == 1:
        left = list(monos[0].chain)
        for m in monos:
            m.chain, m.shape = [], SCALAR
        return left, right
    while all(len(m.chain) > 1 for m in monos) and len({key(m.chain[0]) for m in monos}) == 1:
        left.append(monos[0].chain[0])
        for m in monos:
            del m.chain[0]
    while all(len(m.chain) > 1 for m in monos) and len({key(m.chain[-1]) for m in monos}) == 1:
        right.insert(0, monos[0].chain[-1])
        for m in monos:
            del m.chain[-1]
    return left, right


def _factor_had(monos: list[Monomial], whole: Term) -> Term | None:
    """a ⊙ b + a ⊙ c as a ⊙ (b + c)."""
    if not all(len(m.chain) == 1 and isinstance(m.chain[0], Had) for m in monos):
        return None
    lists = [list(m.chain[0].args) for m in monos]
    shared: list[Term] = []
    for f in list(lists[0]):
        places = [next((k for k, g in enumerate(fs) if key(g) == key(f)), None) for fs in lists]
        if all(p is not None and len(fs) > 1 for p, fs in zip(places, lists, strict=True)):
            shared.append(f)
            for p, fs in zip(places, lists, strict=True):
                del fs[p]  # type: ignore[arg-type]
    if not shared:
        return None
    for m, fs in zip(monos, lists, strict=True):
        m.chain = [had(fs)]
    return had([*shared, textbook(plus([m.term() for m in monos], whole.shape))])


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


def multiply_out(term: Term) -> list[Term]:
    m = Monomial.of(term)
    for k, p in m.powers.items():
        if isinstance(p.base, Plus) and p.exponent.denominator == 1 and 1 <= p.exponent <= 3:
            rest = Monomial.of(term)
            rest.times_power(k, p.base, Fraction(-1))
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
