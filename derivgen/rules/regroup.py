"""From sums over indices back to products of matrices.

``lift`` reads a scalar term with free indices as an element of a matrix-level term, T[axes]; a sum of products is a
network with a factor per node and an index per edge, which ``Network.contract`` closes edge by edge.  The moves made on
the way are kept in words: they are the reason of the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from derivgen.rules.rule import Words
from derivgen.terms.build import ONE, chain_of, had, num, plus, times, total, tp
from derivgen.terms.nodes import (
    Col,
    Counter,
    Delta,
    Derivative,
    Diag,
    DiagOf,
    El,
    Extent,
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
    Tr,
)
from derivgen.terms.shapes import SCALAR, Size
from derivgen.terms.trees import indices, pick, replace_index, subterms

Axes = tuple[Idx, ...]


class NoMatrixForm(Exception):
    """The sums have no form as products of matrices; ``words`` says why."""

    def __init__(self, *words: object) -> None:
        super().__init__(" ".join(map(str, words)))
        self.words = words


@dataclass
class Moves:
    """What was done, in words, each sentence once."""

    layout: str = "denominator"
    told: list[Words] = field(default_factory=list)

    def tell(self, *words: object) -> None:
        if words not in self.told:
            self.told.append(words)


def has_sums(term: Term) -> bool:
    return any(isinstance(t, Sum) for t in subterms(term))


def regroup(term: Term, axes: Axes, moves: Moves) -> Term:
    """The matrix-level term T with T[axes] = term; axes () for a scalar, (i,) for a column, (i, j) for a matrix."""
    lifted, found = lift(term, moves)
    if not set(found) <= set(axes):
        extra = next(i for i in found if i not in axes)
        raise NoMatrixForm("the index ", extra, " is free")
    return orient(lifted, found, axes)


def orient(term: Term, axes: Axes, target: Axes) -> Term:
    """The term read with other axes: turned, or repeated along an axis that it lacks."""
    if axes == target:
        return term
    if len(axes) == 2:
        return plus(tp(t) for t in term.args) if isinstance(term, Plus) else tp(term)
    if not axes:
        sizes = [i.size for i in target]
        return times([term, Ones(sizes[0], sizes[1] if len(sizes) == 2 else 1)])
    if axes[0] == target[0]:
        return times([term, Ones(1, target[1].size)])
    return times([Ones(target[0].size, 1), tp(term)])


def lift(term: Term, moves: Moves) -> tuple[Term, Axes]:
    """A scalar term as an element of a matrix-level term."""
    if not term.free and not has_sums(term):
        return term, ()
    match term:
        case El() | Delta():
            return lift_element(term)
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
            return Gen(term.name, term.orders, *(orient(t, a, axes) for t, a in lifted)), axes
        case Counter(index):
            raise NoMatrixForm("the index ", index, " is used as a number")
    if not term.free:
        return term, ()
    raise NoMatrixForm("no matrix form for ", term)


def lift_element(term: Term) -> tuple[Term, Axes]:
    match term:
        case Delta(Idx() as i, Idx() as j):
            return Eye(i.size), (i, j)
        case El(inner, Idx() as i, Idx() as j):
            return (DiagOf(inner), (i,)) if i == j else (inner, (i, j))
        case El(inner, Idx() as i, j):
            return (inner if inner.shape[1] == 1 else Col(inner, j)), (i,)
        case El(inner, i, Idx() as j):
            return (tp(inner) if inner.shape[0] == 1 else Row(inner, i)), (j,)
    raise NoMatrixForm("no matrix form for ", term)


def lift_derivative(term: Derivative, moves: Moves) -> tuple[Term, Axes]:
    """An undetermined derivative dy_k/dx_i as an element of dy/dx in the layout of the question."""
    body, var = term.body, term.var
    up, above = lift_element(body) if isinstance(body, El) else (body, ())
    down, below = lift_element(var) if isinstance(var, El) else (var, ())
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
    lifted = [lift(t, moves) for t in terms]
    axes = max((a for _, a in lifted), key=len)
    if any(not set(a) <= set(axes) for _, a in lifted):
        union = {i for _, a in lifted for i in a}
        if len(union) > 2:
            raise NoMatrixForm("more than two indices are free")
        axes = tuple(dict.fromkeys(i for _, a in lifted for i in a))
    shaped = [orient(t, a, axes) for t, a in lifted]
    return plus(shaped, shaped[0].shape), axes


def index_sets(term: Plus) -> set[frozenset[Idx]]:
    return {t.free for t in term.args if t.free}


def lift_product(factors: list[Term], dummies: list[Idx], moves: Moves) -> tuple[Term, Axes]:
    """A product under sums, flattened into one network and contracted."""
    net = Network(dummies=list(dummies))
    queue = list(factors)
    done: list[Term] = []
    while queue:
        f = queue.pop(0)
        match f:
            case Times() if all(g.shape == SCALAR for g in f.args):
                queue[:0] = f.args
            case Times():
                scalars, chain = chain_of(f)
                queue[:0] = scalars
                done.append(times(chain))
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
            case Plus() if len(index_sets(f)) > 1:
                return lift_plus([total(times([*done, t, *queue]), net.dummies) for t in f.args], moves)
            case _:
                done.append(f)
    for position, f in enumerate(done):
        net.add(*lift(f, moves), position)
    return net.contract(moves)


@dataclass
class Node:
    term: Term
    axes: Axes
    position: int


@dataclass
class Network:
    """Factors joined by the indices that they share."""

    dummies: list[Idx]
    scalars: list[Term] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)

    def add(self, term: Term, axes: Axes, position: int) -> None:
        if not axes:
            self.scalars.append(term)
        else:
            self.nodes.append(Node(term, axes, position))

    def vectors(self, i: Idx) -> list[Node]:
        return [n for n in self.nodes if n.axes == (i,)]

    def matrices(self, i: Idx) -> list[Node]:
        return [n for n in self.nodes if len(n.axes) == 2 and i in n.axes]

    def replace(self, old: Iterable[Node], term: Term, axes: Axes) -> None:
        gone = list(old)
        position = min(n.position for n in gone)
        self.nodes = [n for n in self.nodes if all(n is not g for g in gone)]
        if axes:
            self.nodes.append(Node(term, axes, position))
            self.nodes.sort(key=lambda n: n.position)
        else:
            self.scalars.append(term)

    def contract(self, moves: Moves) -> tuple[Term, Axes]:
        while self.dummies:
            for move in (self.inner, self.apply, self.trace, self.multiply, self.row_sums):
                closed = next((d for d in self.dummies if move(d, moves)), None)
                if closed is not None:
                    self.dummies.remove(closed)
                    break
            else:
                raise NoMatrixForm("three factors meet at the summed index ", self.dummies[0])
        return self.close(moves)

    def inner(self, d: Idx, moves: Moves) -> bool:
        """A dummy met by vectors only: a size, a sum of elements, or an inner product."""
        if self.matrices(d):
            return False
        vectors = self.vectors(d)
        if not vectors:
            self.scalars.append(size_number(d.size))
        elif len(vectors) == 1:
            self.replace(vectors, times([Ones(1, d.size), vectors[0].term]), ())
            moves.tell("the sum over ", d, " adds up the elements of ", vectors[0].term)
        else:
            rest = had([v.term for v in vectors[1:]])
            self.replace(vectors, times([tp(vectors[0].term), rest]), ())
            moves.tell("the sum over ", d, " is an inner product")
        return True

    def apply(self, d: Idx, moves: Moves) -> bool:
        """A dummy met by one matrix and by vectors: a matrix times a vector."""
        matrices, vectors = self.matrices(d), self.vectors(d)
        if len(matrices) != 1 or not vectors:
            return False
        matrix, vector = matrices[0], had([v.term for v in vectors])
        if matrix.axes[1] == d:
            product, left = times([matrix.term, vector]), matrix.axes[0]
            moves.tell("the sum over ", d, " is a matrix times a vector")
        else:
            product, left = times([tp(matrix.term), vector]), matrix.axes[1]
            if not isinstance(matrix.term, Eye):
                turned(d, matrix, moves)
        self.replace([matrix, *vectors], product, (left,))
        return True

    def trace(self, d: Idx, moves: Moves) -> bool:
        """Two matrices on the same two indices: a trace if both indices are summed, else an element-wise product."""
        matrices = self.matrices(d)
        if len(matrices) != 2 or set(matrices[0].axes) != set(matrices[1].axes):
            return False
        first, second = matrices
        other = next(a for a in first.axes if a != d)
        if (
            other in self.dummies
            and not self.vectors(d)
            and not self.vectors(other)
            and len(self.matrices(other)) == 2
        ):
            right = second.term if second.axes == first.axes else tp(second.term)
            self.replace(matrices, Tr(times([tp(first.term), right])), ())
            moves.tell("the double sum over all elements is a trace")
            self.dummies.remove(other)
            return True
        right = second.term if second.axes == first.axes else tp(second.term)
        self.replace(matrices, had([first.term, right]), first.axes)
        moves.tell("equal indices: an element-wise product")
        return False

    def multiply(self, d: Idx, moves: Moves) -> bool:
        """A dummy between two matrices: their product, with a diagonal matrix between them if vectors sit there."""
        matrices, vectors = self.matrices(d), self.vectors(d)
        if len(matrices) != 2:
            return False
        first, second = matrices
        middle = [Diag(had([v.term for v in vectors]))] if vectors else []
        left = first.term if first.axes[1] == d else tp(first.term)
        right = second.term if second.axes[0] == d else tp(second.term)
        outer = (other_axis(first, d), other_axis(second, d))
        product = times([left, *middle, right])
        moves.tell("the sum over ", d, " is a matrix product")
        for node, side in ((first, 1), (second, 0)):
            if node.axes[side] != d and not isinstance(node.term, Eye | Diag):
                turned(d, node, moves, side)
        if outer[0] != outer[1]:
            self.replace([*matrices, *vectors], product, outer)
        elif outer[0] in self.dummies and not self.vectors(outer[0]) and len(self.matrices(outer[0])) == 2:
            self.replace([*matrices, *vectors], Tr(product), ())
            self.dummies.remove(outer[0])
            moves.tell("first and last index agree and are summed: a trace")
        else:
            self.replace([*matrices, *vectors], DiagOf(product), (outer[0],))
        return True

    def row_sums(self, d: Idx, moves: Moves) -> bool:
        """A dummy met by one matrix only: row or column sums."""
        matrices = self.matrices(d)
        if len(matrices) != 1 or self.vectors(d):
            return False
        node = matrices[0]
        matrix = node.term if node.axes[1] == d else tp(node.term)
        self.replace([node], times([matrix, Ones(d.size, 1)]), (other_axis(node, d),))
        moves.tell("the sum over ", d, " alone is a product with the ones vector")
        return True

    def close(self, moves: Moves) -> tuple[Term, Axes]:
        """What is left carries the free indices: an element-wise, outer or diagonal product."""
        axes: Axes = tuple(dict.fromkeys(a for n in self.nodes for a in n.axes))
        matrices = [n for n in self.nodes if len(n.axes) == 2]
        if len(axes) > 2:
            raise NoMatrixForm("more than two indices are free")
        if matrices:
            axes = matrices[0].axes
        if not axes:
            return times(self.scalars), ()
        if len(axes) == 1:
            if len(self.nodes) > 1:
                moves.tell("factors with the same index ", axes[0], " are multiplied element by element")
            return times([*self.scalars, had([n.term for n in self.nodes])]), axes
        i, j = axes
        on_i = [n.term for n in self.vectors(i)]
        on_j = [n.term for n in self.vectors(j)]
        if not matrices:
            moves.tell("one factor with ", i, ", one with ", j, ": an outer product")
            return times([*self.scalars, had(on_i), tp(had(on_j))]), axes
        return times([*self.scalars, self.weigh(matrices, axes, on_i, on_j, moves)]), axes

    def weigh(self, matrices: list[Node], axes: Axes, on_i: list[Term], on_j: list[Term], moves: Moves) -> Term:
        """Matrices on both free indices with vectors on either."""
        turned_all = [n.term if n.axes == axes else tp(n.term) for n in matrices]
        full = [t for t in turned_all if not isinstance(t, Eye)]
        if len(full) < len(turned_all):
            moves.tell("only the diagonal is left, where ", axes[0], " = ", axes[1])
            diagonal = [*on_i, *on_j, *(DiagOf(t) for t in full)]
            return Diag(had(diagonal)) if diagonal else Eye(axes[0].size)
        core = had(full)
        if len(full) > 1:
            moves.tell("equal indices: an element-wise product")
        if on_i and on_j:
            return had([times([had(on_i), tp(had(on_j))]), core])
        if on_i:
            moves.tell("a factor with ", axes[0], " scales the rows: a diagonal matrix from the left")
            return times([Diag(had(on_i)), core])
        if on_j:
            moves.tell("a factor with ", axes[1], " scales the columns: a diagonal matrix from the right")
            return times([core, Diag(had(on_j))])
        return core


def other_axis(node: Node, d: Idx) -> Idx:
    return node.axes[0] if node.axes[1] == d else node.axes[1]


def turned(d: Idx, node: Node, moves: Moves, side: int = 1) -> None:
    """Why a matrix is transposed: which index the sum runs over."""
    which = "first" if node.axes[0] == d else "second"
    wanted = "second" if side == 1 else "first"
    moves.tell(
        "the sum over ", d, f" runs over the {which} index of ", node.term, f", not the {wanted}, so it is transposed",
    )  # fmt: skip


def inverse_of(term: Term) -> Term:
    """1/u as a power, for an element-wise quotient."""
    match term:
        case Pow(base, Num() as exponent):
            return Pow(base, num(-exponent.value))
    return Pow(term, num(-1))


def size_number(size: Size) -> Term:
    return num(size) if isinstance(size, int) else Extent(size)
