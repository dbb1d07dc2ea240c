"""From sums over indices back to products of matrices.

``lift`` reads a scalar term with free indices as an element of a matrix-level term, T[axes]; a sum of products is a
network with a factor per node and an index per edge, which ``Network.contract`` closes edge by edge.  The moves made on
the way are kept in words: they are the reason of the line.
"""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.rules.elements import chain_entries
from derivgen.rules.network import Axes, Moves, Network, NoMatrixForm, other_order
from derivgen.terms.build import ONE, chain_of, entry, had, num, plus, times, total, tp
from derivgen.terms.nodes import (
    HOLDS_SUM,
    Col,
    Counter,
    Delta,
    Derivative,
    DiagOf,
    El,
    Eye,
    Fn,
    Frac,
    Gen,
    Idx,
    Num,
    Ones,
    Plus,
    Pow,
    Row,
    Sum,
    Term,
    Times,
)
from derivgen.terms.positions import FixedIdx
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import Fresh, indices, pick, replace_index


def has_sums(term: Term) -> bool:
    return bool(term.holds & HOLDS_SUM)


def regroup(term: Term, axes: Axes, moves: Moves) -> Term:
    """The matrix-level term T with T[axes] = term; axes () for a scalar, (i,) for a column, (i, j) for a matrix."""
    moves.want = axes
    lifted, found = lift(term, moves)
    if not set(found) <= set(axes):
        extra = next(i for i in found if i not in axes)
        raise NoMatrixForm("the index ", extra, " is free")
    return orient(lifted, found, axes, moves)


def orient(term: Term, axes: Axes, target: Axes, moves: Moves) -> Term:
    """The term read with other axes: turned, or repeated along an axis that it lacks."""
    if axes == target:
        return term
    if len(axes) == 2:
        other_order(term, target, moves)
        return plus(tp(t) for t in term.args) if isinstance(term, Plus) else tp(term)
    if not axes:
        sizes = [i.size for i in target]
        return times([term, Ones(sizes[0], sizes[1] if len(sizes) == 2 else 1)])
    missing = target[1] if axes[0] == target[0] else target[0]
    moves.tell("what is the same for all ", missing, " is an outer product with the ones vector")
    if missing == target[1]:
        return times([term, Ones(1, target[1].size)])
    return times([Ones(target[0].size, 1), tp(term)])


def lift(term: Term, moves: Moves) -> tuple[Term, Axes]:
    """A scalar term as an element of a matrix-level term."""
    if not term.free and not has_sums(term):
        return term, ()
    match term:
        case El() | Delta():
            return lift_element(term, moves)
        case Derivative():
            return lift_derivative(term, moves)
        case Plus():
            return lift_plus(list(term.args), moves)
        case Times():
            return lift_product([term], [], moves)
        case Sum() | Frac():
            return lift_product([term], [], moves)
        case Pow(base, exponent) if not exponent.free:
            inner, axes = lift(base, moves)
            squared = axes and exponent == num(2)
            return (had([inner, inner]) if squared else Pow(inner, exponent)), axes
        case Fn(name, arg):
            inner, axes = lift(arg, moves)
            return Fn(name, inner), axes
        case Gen():
            lifted = [lift(a, moves) for a in term.operands]
            axes = max((a for _, a in lifted), key=len)
            return Gen(term.name, term.orders, *(orient(t, a, axes, moves) for t, a in lifted)), axes
        case Counter(index):
            raise NoMatrixForm("the index ", index, " is used as a number")
    if not term.free:
        return term, ()
    raise NoMatrixForm("no matrix form for ", term)


def closed_as_sums(chain: list[Term], others: list[Term], dummies: list[Idx]) -> Term:
    """A closed product of rows such as x_k^T w, written as a sum: its free index is an edge of the network too."""
    used = {i.letter for t in (*chain, *others) for i in indices(t)} | {d.letter for d in dummies}
    return chain_entries(chain, 1, 1, Fresh(used))


def lift_element(term: Term, moves: Moves) -> tuple[Term, Axes]:
    match term:
        case El(Times() as inner, i, j) if inner.free:
            scalars, chain = chain_of(inner)
            used = {x.letter for x in indices(term)}
            return lift(times([*scalars, chain_entries(chain, i, j, Fresh(used))]), moves)
        case El(Plus() as inner, i, j) if inner.free:
            return lift(plus(entry(t, i, j) for t in inner.args), moves)
        case El(inner) if inner.free:
            raise NoMatrixForm("no matrix form for ", term)
        case El(inner, i, j) if not term.free:
            return term, ()
        case El(inner, Idx() as i, FixedIdx() as j):
            return Col(inner, j), (i,)
        case El(inner, FixedIdx() as i, Idx() as j):
            return Row(inner, i), (j,)
        case Delta(Idx() as i, Idx() as j):
            return Eye(i.size), (i, j)
        case El(inner, Idx() as i, Idx() as j):
            return (DiagOf(inner), (i,)) if i == j else (inner, (i, j))
        case El(inner, Idx() as i, j):
            return (inner if inner.shape[1] == 1 else Col(inner, j)), (i,)
        case El(inner, _, Idx() as j) if inner.shape[0] == 1:
            if isinstance(inner, Times) and not moves.row:
                moves.tell("the row ", inner, ", written as a column, is ", tp(inner))
            return tp(inner), (j,)
        case El(inner, i, Idx() as j):
            return Row(inner, i), (j,)
    raise NoMatrixForm("no matrix form for ", term)


def lift_derivative(term: Derivative, moves: Moves) -> tuple[Term, Axes]:
    """An undetermined derivative dy_k/dx_i as an element of dy/dx in the layout of the question."""
    body, var = term.body, term.var
    up, above = lift_element(body, moves) if isinstance(body, El) else (body, ())
    down, below = lift_element(var, moves) if isinstance(var, El) else (var, ())
    if len(above) + len(below) > 2:
        raise NoMatrixForm("the derivative of ", up, " by ", down, " has more than two indices")
    whole = Derivative(up, down, moves.layout)
    if len(above) == 2 or (not above and len(below) == 2):
        axes = above or below
        return (whole, axes) if moves.layout != "numerator" or above else (tp(whole), axes)
    if above and below:
        flipped = whole.shape != (below[0].size, above[0].size) or moves.layout != "denominator"
        return whole, (above + below if flipped and moves.layout != "denominator" else below + above)
    axes = above or below
    return (whole if whole.shape[1] == 1 else tp(whole)), axes


def lift_plus(terms: Sequence[Term], moves: Moves) -> tuple[Term, Axes]:
    moves.networks += len(terms)
    lifted = [lift(t, moves) for t in terms]
    axes = max((a for _, a in lifted), key=len)
    if any(not set(a) <= set(axes) for _, a in lifted):
        union = {i for _, a in lifted for i in a}
        if len(union) > 2:
            raise NoMatrixForm("more than two indices are free")
        axes = tuple(dict.fromkeys(i for _, a in lifted for i in a))
    if set(axes) == set(moves.want):
        axes = moves.want
    shaped = [orient(t, a, axes, moves) for t, a in lifted]
    return plus(shaped, shaped[0].shape), axes


def index_sets(term: Plus) -> set[frozenset[Idx]]:
    return {t.free for t in term.args if t.free}


def is_to_split(term: Plus, others: Sequence[Term], dummies: Sequence[Idx]) -> bool:
    """Whether a sum inside a product is taken apart before it is read: its terms have different indices, or one of them
    is a product over a summed index by itself, as in Σ_k (A_ik v_k + B_ik w_k), which is A v + B w."""
    sets = index_sets(term)
    if len(sets) > 1 or any(len(free) > 2 for free in sets):
        return True
    for d in dummies:
        beside = [f for f in others if d in f.free]
        if any(len(f.free) > 1 for f in beside):
            continue
        meeting = [[g for g in factors_of(t) if d in g.free] for t in term.args]
        if any(len(m) > 1 and (not beside or any(len(g.free) > 1 for g in m)) for m in meeting):
            return True
    return False


def factors_of(term: Term) -> tuple[Term, ...]:
    return term.args if isinstance(term, Times) else (term,)


def lift_product(factors: list[Term], dummies: list[Idx], moves: Moves) -> tuple[Term, Axes]:
    """A product under sums, flattened into one network and contracted."""
    net = Network(dummies=list(dummies))
    moves.networks += 1
    queue = list(factors)
    done: list[Term] = []
    while queue:
        f = queue.pop(0)
        match f:
            case Times() if all(g.shape == SCALAR for g in f.args):
                queue[:0] = f.args
            case Times():
                scalars, chain = chain_of(f)
                closed = times(chain)
                queue[:0] = [*scalars, closed_as_sums(chain, [*done, *queue], net.dummies)] if closed.free else scalars
                done.extend([] if closed.free else [closed])
            case Sum(body, index):
                if index in net.dummies or any(index in g.free for g in [*done, *queue]):
                    used = {i.letter for g in [body, *done, *queue] for i in indices(g)}
                    new = Idx(pick(used | {d.letter for d in net.dummies}), index.size)
                    body, index = replace_index(body, {index: new}), new
                net.dummies.append(index)
                queue.insert(0, body)
            case Frac(top, bottom) if f.free or has_sums(f):
                below = inverse_of(bottom) if bottom.free else Frac(ONE, lift(bottom, moves)[0])
                queue[:0] = [top, below] if top != ONE else [below]
            case Plus() if is_to_split(f, [*done, *queue], net.dummies):
                return lift_plus([total(times([*done, t, *queue]), net.dummies) for t in f.args], moves)
            case _:
                done.append(f)
    for position, f in enumerate(done):
        net.add(*lift(f, moves), position)
    return net.contract(moves)


def inverse_of(term: Term) -> Term:
    """1/u as a power, for an element-wise quotient."""
    match term:
        case Pow(base, Num() as exponent):
            return Pow(base, num(-exponent.value))
    return Pow(term, num(-1))
