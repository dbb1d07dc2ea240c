"""A product under sums as a network: a factor per node, an index per edge, closed edge by edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from derivgen.rules.rule import Words
from derivgen.terms.build import entry, had, num, times, total, tp
from derivgen.terms.nodes import (
    Diag,
    DiagOf,
    El,
    Extent,
    Eye,
    Had,
    Idx,
    Named,
    Norm,
    Ones,
    Pow,
    Sym,
    Term,
    Tr,
)
from derivgen.terms.shapes import Size

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
    want: Axes = ()
    """The axes that are asked for, in order: what is built and told follows them where it can."""
    row: bool = False
    """Whether the result is a row: then a row need not be written as a column."""
    told: list[Words] = field(default_factory=list)
    last: list[Words] = field(default_factory=list)
    """What is done where the indices are dropped: said beside the line that drops them."""
    states: list[tuple[Term, int]] = field(default_factory=list)
    """The sums after each index that was closed while others were left, with the number of sentences until then."""

    networks: int = 0
    """How many products and terms were read: the states are those of the whole only where there is one."""

    def tell(self, *words: object) -> None:
        if words not in self.told:
            self.told.append(words)

    def tell_last(self, *words: object) -> None:
        if words not in self.last:
            self.last.append(words)


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
            self.merge_equal_pairs(moves)
            for move in (self.inner, self.apply, self.trace, self.multiply, self.row_sums):
                closed = next((d for d in self.dummies if move(d, moves)), None)
                if closed is not None:
                    self.dummies.remove(closed)
                    if self.dummies:
                        moves.states.append((self.as_term(), len(moves.told)))
                    break
            else:
                raise NoMatrixForm("three factors meet at the summed index ", self.dummies[0])
        return self.close(moves)

    def as_term(self) -> Term:
        """What is left to be summed, in elements."""
        places = [(*n.axes, 1)[:2] if len(n.axes) == 1 else n.axes for n in self.nodes]
        factors = [
            El(n.term, *place) if isinstance(n.term, Had) else entry(n.term, *place)
            for n, place in zip(self.nodes, places, strict=True)
        ]
        return total(times([*self.scalars, *factors]), self.dummies)

    def inner(self, d: Idx, moves: Moves) -> bool:
        """A dummy met by vectors only: a size, a sum of elements, or an inner product."""
        if self.matrices(d):
            return False
        vectors = self.vectors(d)
        if not vectors:
            self.scalars.append(size_number(d.size))
        elif len(vectors) == 1 and (root := squared(vectors[0].term)) is not None:
            self.replace(vectors, length_squared(root), ())
            kind = "an inner product" if isinstance(root, Sym | Named) else "a squared norm"
            moves.tell("the sum over ", d, f" of the squared elements is {kind}")
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
        if len(vectors) > 1:
            self.replace(vectors, vector, (d,))
            vectors = self.vectors(d)
            moves.tell(*same_index(d))
            moves.states.append((self.as_term(), len(moves.told)))
        if matrix.axes[1] == d:
            product, left = times([matrix.term, vector]), matrix.axes[0]
            moves.tell("the sum over ", d, " is a matrix times a vector")
        else:
            product, left = times([tp(matrix.term), vector]), matrix.axes[1]
            if moves.row and moves.want == (left,):
                moves.tell("the sum over ", d, " is a row vector times a matrix")
            elif not isinstance(matrix.term, Eye):
                turned(d, matrix, moves)
        self.replace([matrix, *vectors], product, (left,))
        return True

    def merge_equal_pairs(self, moves: Moves) -> None:
        """Matrices on the same two indices, unless the two are all there is: an element-wise product."""
        for first in self.nodes:
            twin = next((n for n in self.nodes if n is not first and is_twin(first, n)), None)
            if twin is not None and not self.closes(first, twin):
                self.replace([first, twin], had([first.term, aligned(twin, first)]), first.axes)
                moves.tell("equal indices: an element-wise product")
                return self.merge_equal_pairs(moves)
        return None

    def closes(self, first: Node, second: Node) -> bool:
        """Whether both indices of two matrices are summed and met by nothing else."""
        return all(i in self.dummies and not self.vectors(i) and len(self.matrices(i)) == 2 for i in first.axes)

    def trace(self, d: Idx, moves: Moves) -> bool:
        """Two matrices on the same two summed indices: a trace."""
        matrices = self.matrices(d)
        if len(matrices) != 2 or not is_twin(*matrices):
            return False
        first, second = matrices
        self.replace(matrices, Tr(times([tp(first.term), aligned(second, first)])), ())
        moves.tell("the double sum over all elements is a trace")
        self.dummies.remove(other_axis(first, d))
        return True

    def multiply(self, d: Idx, moves: Moves) -> bool:
        """A dummy between two matrices: their product, with a diagonal matrix between them if vectors sit there."""
        matrices, vectors = self.matrices(d), self.vectors(d)
        if len(matrices) != 2:
            return False
        first, second = matrices
        if moves.want == (other_axis(second, d), other_axis(first, d)):
            first, second = second, first
        middle = [Diag(had([v.term for v in vectors]))] if vectors else []
        left = first.term if first.axes[1] == d else tp(first.term)
        right = second.term if second.axes[0] == d else tp(second.term)
        outer = (other_axis(first, d), other_axis(second, d))
        product = times([left, *middle, right])
        told = len(moves.told)
        for node, side in ((first, 1), (second, 0)):
            if node.axes[side] != d and not isinstance(node.term, Eye | Diag):
                turned(d, node, moves, side)
        if len(moves.told) == told:
            moves.tell("the sum over ", d, " is a matrix product")
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
        other, root = other_axis(node, d), squared(node.term)
        if root is not None and other in self.dummies and len(self.matrices(other)) == 1 and not self.vectors(other):
            self.replace([node], Pow(Norm(root), num(2)), ())
            self.dummies.remove(other)
            moves.tell("the sum of all squared elements is a squared norm")
            return True
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
        if set(axes) == set(moves.want):
            axes = moves.want
        if not axes:
            return times(self.scalars), ()
        if len(axes) == 1:
            if len(self.nodes) > 1:
                moves.tell_last(*same_index(axes[0]))
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
        for n in matrices:
            if n.axes != axes:
                other_order(n.term, axes, moves)
        full = [t for t in turned_all if not isinstance(t, Eye)]
        if len(full) < len(turned_all):
            moves.tell("only the diagonal is left, where ", axes[0], " = ", axes[1])
            diagonal = [*on_i, *on_j, *(DiagOf(t) for t in full)]
            return Diag(had(diagonal)) if diagonal else Eye(axes[0].size)
        core = had(full)
        if len(full) > 1:
            moves.tell("equal indices: an element-wise product")
        if on_i and on_j:
            i, j = axes
            moves.tell("one factor with ", i, ", one with ", j, ": an outer product")
            moves.tell_last("equal indices: an element-wise product")
            return had([times([had(on_i), tp(had(on_j))]), core])
        if on_i:
            moves.tell("a factor with ", axes[0], " scales the rows: a diagonal matrix from the left")
            return times([Diag(had(on_i)), core])
        if on_j:
            moves.tell("a factor with ", axes[1], " scales the columns: a diagonal matrix from the right")
            return times([core, Diag(had(on_j))])
        return core


def same_index(i: Idx) -> Words:
    return ("factors with the same index ", i, " are multiplied element by element")


def is_twin(first: Node, second: Node) -> bool:
    return len(first.axes) == 2 and set(first.axes) == set(second.axes)


def aligned(node: Node, like: Node) -> Term:
    """The matrix of a node, read with the axes of another on the same two indices."""
    return node.term if node.axes == like.axes else tp(node.term)


def other_order(term: Term, axes: Axes, moves: Moves) -> None:
    """Why a matrix is transposed at the end: its indices come in the other order."""
    if not isinstance(term, Eye | Diag):
        moves.tell(
            "the element at (",
            axes[1],
            ", ",
            axes[0],
            ") of ",
            term,
            " stands at (",
            axes[0],
            ", ",
            axes[1],
            "): transposed",
        )


def squared(term: Term) -> Term | None:
    """The v of v ⊙ v."""
    return term.args[0] if isinstance(term, Had) and len(term.args) == 2 and term.args[0] == term.args[1] else None


def length_squared(root: Term) -> Term:
    """v^T v of a symbol, the squared norm of what is put together."""
    return times([tp(root), root]) if isinstance(root, Sym | Named) else Pow(Norm(root), num(2))


def other_axis(node: Node, d: Idx) -> Idx:
    return node.axes[0] if node.axes[1] == d else node.axes[1]


def turned(d: Idx, node: Node, moves: Moves, side: int = 1) -> None:
    """Why a matrix is transposed: which index the sum runs over."""
    which = "first" if node.axes[0] == d else "second"
    wanted = "second" if side == 1 else "first"
    moves.tell(
        "the sum over ", d, f" runs over the {which} index of ", node.term, f", not the {wanted}, so it is transposed",
    )  # fmt: skip


def size_number(size: Size) -> Term:
    return num(size) if isinstance(size, int) else Extent(size)
