r"""Opening: an element of a compound term, one level at a time, and only where a derivative stands before it.

Factors that do not depend on the variable stay together, so that [CA]_{ki} is one factor; what the product rule leaves
behind stays closed.  This is why textbook forms come out without factoring.
"""

from __future__ import annotations

from derivgen.rules.rule import Phase, Words, depends_on, rule
from derivgen.terms.build import ONE, chain_of, entry, plus, times, total
from derivgen.terms.nodes import (
    Delta,
    Derivative,
    Diag,
    El,
    Entries,
    Fn,
    Frac,
    Gen,
    Had,
    Idx,
    Mat,
    MatPow,
    Named,
    Norm,
    Num,
    Plus,
    Position,
    Pow,
    Sum,
    Sym,
    Term,
    Times,
    Tr,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import Fresh, replace_index, subterms


def by(body: Term, like: Derivative) -> Term:
    """The derivative of another body by the same variable; dt/dt is 1 and d(ct)/dt is c at once, for a number c."""
    if body == like.var and isinstance(body, Sym | Named):
        return ONE
    match body:
        case Times((Num() as number, Sym() as last)) if last == like.var:
            return number
    return Derivative(body, like.var)


def runs(chain: list[Term], var: Term) -> list[Term]:
    """The factors of a chain, neighbours that do not depend on the variable multiplied together."""
    out: list[Term] = []
    still: list[Term] = []
    for f in powers_opened(chain, var):
        if depends_on(f, var):
            if still:
                out.append(times(still))
                still = []
            out.append(f)
        else:
            still.append(f)
    if still:
        out.append(times(still))
    return out


def powers_opened(chain: list[Term], var: Term) -> list[Term]:
    """The chain with X^2 written as X X where it depends on the variable."""
    out: list[Term] = []
    for f in chain:
        out += [f.base] * f.exponent if isinstance(f, MatPow) and depends_on(f, var) else [f]
    return out


def open_chain(chain: list[Term], i: Position, j: Position, var: Term, fresh: Fresh) -> Term:
    """Element (i, j) of a product as sums over the inner indices, constant neighbours kept together."""
    return chain_entries(runs(chain, var), i, j, fresh)


def chain_entries(parts: list[Term], i: Position, j: Position, fresh: Fresh) -> Term:
    """Element (i, j) of a product of the parts, an index between each two."""
    marks: list[Position] = [i]
    for part in parts[:-1]:
        size = part.shape[1]
        marks.append(1 if size == 1 else fresh(size))
    marks.append(j)
    factors = [entry(p, marks[k], marks[k + 1]) for k, p in enumerate(parts)]
    merged: list[Term] = []
    for f in factors:
        if merged and merged[-1] == f:
            merged[-1] = Pow(f, Num(2))
        else:
            merged.append(f)
    dummies = [m for m in marks[1:-1] if isinstance(m, Idx)]
    return total(times(merged), dummies)


@rule(
    law=r"[\mathbf{A}\mathbf{B}]_{ij} = \sum_{k} A_{ik} B_{kj}",
    reason="products written as sums",
    source="seed 3.3",
    phase=Phase.OPEN,
    examples={
        r"\frac{\partial}{\partial x_k}(\mathbf{a}^T\mathbf{x})": (
            r"\frac{\partial}{\partial x_k}\sum_{i=1}^{n} a_i x_i"
        ),
        r"\frac{\partial}{\partial x_k}(\mathbf{x}^T\mathbf{A}\mathbf{x})": (
            r"\frac{\partial}{\partial x_k}\sum_{i=1}^{n}\sum_{j=1}^{n} x_i A_{ij} x_j"
        ),
    },
    heads=(Times, (El, Times), (El, MatPow)),
)
def product_as_sums(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Times() as body, var):
            scalars, chain = chain_of(body)
            if not chain or not any(depends_on(f, var) for f in chain):
                return None
            return by(times([*scalars, open_chain(chain, 1, 1, var, fresh)]), term)
        case Derivative(El(Times() as inner, i, j), var):
            scalars, chain = chain_of(inner)
            opened = (
                open_chain(chain, i, j, var, fresh)
                if any(depends_on(f, var) for f in chain)
                else entry(times(chain), i, j)
            )
            return by(times([*scalars, opened]), term)
        case Derivative(El(MatPow(base, n), i, j), var):
            return by(open_chain([base] * n, i, j, var, fresh), term)
    return None


@rule(
    law=r"[\mathbf{A}+\mathbf{B}]_{ij} = A_{ij} + B_{ij}",
    reason="a sum is differentiated term by term, element by element",
    source="definition",
    phase=Phase.LINEAR,
    examples={
        r"\frac{\partial}{\partial x_k}[\mathbf{a}+\mathbf{x}]_i": r"\frac{\partial x_i}{\partial x_k}",
    },
    heads=((El, Plus), (El, Sum)),
)
def element_of_sum(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(El(Plus() as inner, i, j), var):
            return plus(by(entry(t, i, j), term) for t in inner.args if depends_on(t, var))
        case Derivative(El(Sum(body, index), i, j)):
            return by(Sum(entry(body, i, j), index), term)
    return None


@rule(
    law=r"[\mathbf{a}\odot\mathbf{b}]_i = a_i b_i",
    reason="taken element by element",
    source="seed 3.4.2",
    phase=Phase.OPEN,
    examples={
        r"\frac{\partial}{\partial x_k}[\mathbf{x}\odot\mathbf{a}]_i": r"\frac{\partial}{\partial x_k}(x_i a_i)",
        r"\frac{\partial}{\partial x_k}[\exp(\mathbf{x})]_i": r"\frac{\partial}{\partial x_k}e^{x_i}",
    },
    heads=((El, Had), (El, Fn), (El, Gen), (El, Pow), (El, Frac), (El, Diag)),
)
def element_wise(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(El(Had() as inner, i, j)):
            factors = [entry(f, i, j) for f in inner.args]
            if len(factors) > 1 and all(f == factors[0] for f in factors):
                return by(Pow(factors[0], Num(len(factors))), term)
            return by(times(factors), term)
        case Derivative(El(Fn(name, arg), i, j)):
            return by(Fn(name, entry(arg, i, j)), term)
        case Derivative(El(Gen() as g, i, j)):
            return by(Gen(g.name, g.orders, *(entry(a, i, j) for a in g.operands)), term)
        case Derivative(El(Pow(base, exponent), i, j)):
            return by(Pow(entry(base, i, j), exponent), term)
        case Derivative(El(Frac(top, bottom), i, j)):
            return by(Frac(entry(top, i, j), bottom), term)
        case Derivative(El(Diag(v), i, j)):
            return by(times([Delta(i, j), entry(v, i, 1)]), term)
    return None


@rule(
    law=r"[\,v_i\,]_i = v_i",
    reason="the element is given by its formula",
    source="definition",
    phase=Phase.OPEN,
    examples={},
    heads=((El, Entries), (El, Mat)),
)
def element_by_formula(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(El(Entries(body, a, b), i, j)):
            mapping = {old: new for old, new in ((a, i), (b, j)) if isinstance(old, Idx)}
            return by(replace_index(body, mapping), term)
        case Derivative(El(Mat() as m, int(i), int(j))):
            return by(m.entries[(i - 1) * m.cols + (j - 1)], term)
    return None


@rule(
    law=r"\operatorname{tr}\mathbf{M} = \sum_k M_{kk}",
    reason="the trace is the sum of the diagonal elements",
    source="definition",
    phase=Phase.OPEN,
    examples={
        r"\frac{\partial}{\partial X_{kl}}\operatorname{tr}(\mathbf{A}\mathbf{X})": (
            r"\frac{\partial}{\partial X_{kl}}\sum_{i=1}^{n}\sum_{j=1}^{n}A_{ij}X_{ji}"
        ),
    },
    heads=(Tr,),
)
def trace_as_sum(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Tr(inner), var):
            i = fresh(inner.shape[0])
            if isinstance(inner, Times):
                scalars, chain = chain_of(inner)
                body = open_chain(chain, i, i, var, fresh)
                return by(times([*scalars, Sum(body, i)]), term)
            if isinstance(inner, MatPow):
                return by(Sum(open_chain([inner.base] * inner.exponent, i, i, var, fresh), i), term)
            if isinstance(inner, Plus):
                return by(plus(Tr(t) for t in inner.args), term)
            return by(Sum(entry(inner, i, i), i), term)
    return None


def sum_of_elements(inner: Term, fresh: Fresh) -> tuple[Term, list[Idx]]:
    """A general element of a term and the letters that run over all of them."""
    i, j = (1 if size == 1 else fresh(size) for size in inner.shape)
    return entry(inner, i, j), [p for p in (i, j) if isinstance(p, Idx)]


@rule(
    law=r"\lVert\mathbf{v}\rVert^2 = \sum_k v_k^2",
    reason="the squared norm is the sum of the squared elements",
    source="seed 1.1",
    phase=Phase.OPEN,
    examples={
        r"\frac{\partial}{\partial x_k}\lVert\mathbf{x}\rVert_2^2": r"\frac{\partial}{\partial x_k}\sum_{i=1}^{n}x_i^2",
    },
    heads=(Pow,),
)
def squared_norm(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Pow(Norm(inner), Num(2, 1))):
            element, letters = sum_of_elements(inner, fresh)
            return by(total(Pow(element, Num(2)), letters), term)
    return None


def _definition(term: Term) -> Words:
    body = term.body.term if isinstance(term.body, El) else term.body
    return ("the definition of ", body)


@rule(
    law=r"y = f(x) \Rightarrow \partial y = \partial f(x)",
    reason="its definition is put in",
    source="definition",
    phase=Phase.OPEN,
    examples={},
    because=_definition,
    heads=(Named, (El, Named)),
)
def definition(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Named(_, meaning)):
            return by(apart(meaning, fresh), term)
        case Derivative(El(Named(_, meaning), i, j)):
            return by(entry(apart(meaning, fresh), i, j), term)
    return None


def apart(meaning: Term, fresh: Fresh) -> Term:
    """A definition whose bound letters are used nowhere else in the line; its own letters where they are free."""
    used = set() if fresh.term is None else {i for t in subterms(fresh.term) for i in t.args if isinstance(i, Idx)}
    return _renamed(meaning, used, fresh)


def _renamed(meaning: Term, used: set[Idx], fresh: Fresh) -> Term:
    match meaning:
        case Sum(body, index) if index in used:
            new = fresh(index.size)
            return Sum(_renamed(replace_index(body, {index: new}), used, fresh), new)
        case Sum(body, index):
            return Sum(_renamed(body, used, fresh), index)
    return meaning


@rule(
    law=r"\alpha \in \mathbb{R}^{1\times 1}",
    reason="a product that closes to a scalar",
    source="definition",
    phase=Phase.OPEN,
    examples={},
)
def scalar_element(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(El(inner, _, _)) if inner.shape == SCALAR:
            return by(inner, term)
    return None
