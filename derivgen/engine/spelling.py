"""Terms spelled out by their elements, and the operations on matrices carried out on them, one round at a time.

Where all sizes are small numbers a matrix is spelled out in full; where some are letters it is shown with dots.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from derivgen.engine.words import node_name
from derivgen.terms.build import chain_of, entry, is_symmetric, is_zero, num, plus, power, times
from derivgen.terms.dotted import SHORT, Dotted, Run, put_at, settled, write_out
from derivgen.terms.nodes import (
    Col,
    Det,
    Diag,
    DiagOf,
    Entries,
    Eye,
    Fn,
    Frac,
    Gen,
    Had,
    Idx,
    Inv,
    Mat,
    MatPow,
    Named,
    Norm,
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
    Tr,
)
from derivgen.terms.shapes import SCALAR, Shape, Size
from derivgen.terms.trees import Fresh, rebuild, subterms

LARGEST = 16
"""A matrix with more elements than these is not written out in full."""
Cell = Callable[[Position, Position], Term]


class NotWritten(Exception):
    """The term holds something that is not spelled out by elements."""


def in_full(*terms: Term) -> bool:
    """Whether all sizes are numbers so small that every element is written."""
    shapes = [t.shape for term in terms for t in subterms(term)]
    return all(isinstance(n, int) and n <= SHORT for shape in shapes for n in shape)


@dataclass
class Speller:
    """Spells out terms: ``full`` with all elements, else with dots; ``told`` is what the last round did."""

    fresh: Fresh
    full: bool
    told: list[str] = field(default_factory=list)
    letters: tuple[str, str] = ("i", "j")
    """The letters of the rows and the columns."""
    running: frozenset[str] = frozenset()
    """Those of them that an element being made bears: no sum in it may."""
    variable: Term | None = None
    """What is differentiated by: its elements are taken as independent of each other, also of a symmetric matrix."""

    # --------------------------------------------------------------------------------------- building blocks
    def matrix(self, shape: Shape, cell: Cell) -> Term:
        """The matrix of the elements that a function gives; the scalar itself where there is one only."""
        rows, cols = shape
        if shape == SCALAR:
            return cell(1, 1)
        if self.full:
            assert isinstance(rows, int) and isinstance(cols, int)
            if rows * cols > LARGEST:
                raise NotWritten("a matrix of this size")
            return Mat(rows, cols, *(settled(cell(i, j)) for i in range(1, rows + 1) for j in range(1, cols + 1)))
        i, j = (1 if n == 1 else Idx(letter, n) for letter, n in zip(self.letters, shape, strict=True))
        before, self.running = self.running, frozenset(p.letter for p in (i, j) if isinstance(p, Idx))
        made = cell(i, j)
        self.running = before
        return Dotted(made, i, j)

    def total(self, size: Size, term_at: Callable[[Position], Term]) -> Term:
        """A sum over an axis: its terms, or with dots; with the sign for sums where there is one inside already."""
        if size == 1:
            return term_at(1)
        if self.full:
            assert isinstance(size, int)
            return plus(term_at(k) for k in range(1, size + 1))
        k = self.fresh(size)
        while k.letter in self.running:
            k = self.fresh(size)
        body = term_at(k)
        return Sum(body, k) if any(isinstance(t, Sum) for t in subterms(body)) else write_out(body, k)

    def at(self, term: Term, i: Position, j: Position) -> Term:
        """An element of a matrix that is spelled out."""
        if isinstance(term, Mat):
            if not (isinstance(i, int) and isinstance(j, int)):
                raise NotWritten("an explicit matrix with a running index")
            return term.entries[(i - 1) * term.cols + (j - 1)]
        if isinstance(term, Dotted):
            return put_at(term.body, [(term.i, i), (term.j, j)])
        if is_scaled(term):
            return times([self.at(f, i, j) for f in term.args])
        return term

    # --------------------------------------------------------------------------------------------- spelling
    def spell(self, term: Term) -> Term:
        """Every matrix and vector in a term replaced by its elements; the operations between them stay."""
        if (isinstance(term, Mat) and self.full) or (isinstance(term, Sym) and term.shape == SCALAR):
            return term  # what a function that is not given depends on is no part of what is written
        if is_leaf(term):
            return self.matrix(term.shape, lambda i, j: self.entry_of(term, i, j))
        if isinstance(term, Named):
            return self.spell(term.term)
        match term:
            case Pow(Norm(arg), Num(2, 1)) if arg.shape == SCALAR:
                return Pow(self.spell(arg), num(2))
            case Norm(arg) if arg.shape == SCALAR:
                return Fn("abs", self.spell(arg))
        if term.shape != SCALAR and isinstance(term, Sum):
            raise NotWritten("a sum of matrices")
        return rebuild(term, self.spell)

    def entry_of(self, term: Term, i: Position, j: Position) -> Term:
        """An element; of a symmetric matrix the one above the diagonal for both, off a diagonal matrix's own zero."""
        if isinstance(term, Tp):
            return self.entry_of(term.arg, j, i)
        if term == self.variable:
            return entry(term, i, j)
        if isinstance(term, Sym) and "diagonal" in term.props and 1 not in term.shape:
            return times([entry(Eye(term.shape[0]), i, j), entry(term, i, i)])
        mirrored = isinstance(i, int) and isinstance(j, int) and i > j and is_symmetric(term)
        return entry(term, j, i) if mirrored else entry(term, i, j)

    def reduce(self, term: Term) -> Term:
        """One round: every operation whose matrices are spelled out is carried out, innermost first."""
        if isinstance(term, Mat | Dotted) or not holds_matrix(term):
            return term
        square = isinstance(term, Pow) and isinstance(term.base, Norm) and term.exponent == Num(2)
        inner = term.base.arg if square else None
        if inner is not None and inner.shape != SCALAR:
            done = self.reduce(inner)
            if done is not inner:
                return Pow(Norm(done), num(2))
            return self.tell("the squared norm is the sum of the squared elements", self.squares(inner))
        scaled = isinstance(term, Plus) and term.shape != SCALAR
        changed = rebuild(term, lambda t: t if scaled and is_scaled(t) else self.reduce(t))
        if changed is term:
            return self.operate(term)
        return plus(changed.args) if isinstance(changed, Plus) and changed.shape == SCALAR else changed

    def tell(self, words: str, term: Term) -> Term:
        if words not in self.told:
            self.told.append(words)
        return term

    def operate(self, term: Term) -> Term:
        """One operation on matrices that are spelled out."""
        match term:
            case Times():
                return self.multiply(term)
            case Plus():
                return self.tell("added element by element", self.each(term, lambda ts: plus(ts)))
            case Had():
                return self.tell("multiplied element by element", self.each(term, lambda ts: times(ts)))
            case Tp(arg):
                return self.tell("transposed", self.matrix(term.shape, lambda i, j: self.at(arg, j, i)))
            case Fn(name):
                return self.tell("the function is taken of every element", self.each(term, lambda ts: Fn(name, *ts)))
            case Gen():
                taken = self.each(term, lambda ts: Gen(term.name, term.orders, *ts))
                return self.tell("the function is taken of every element", taken)
            case Pow(base, exponent) if term.shape != SCALAR:
                raised = self.matrix(term.shape, lambda i, j: Pow(self.at(base, i, j), exponent))
                return self.tell("every element is raised to the power", raised)
            case Frac(top, bottom):
                return self.tell("every element is divided", self.matrix(
                    term.shape, lambda i, j: Frac(self.at(top, i, j), bottom)))  # fmt: skip
            case MatPow(base, n):
                return Times(*[base] * n)
        return self.of_one(term)

    def of_one(self, term: Term) -> Term:
        """Norms, traces, diagonals, determinants and inverses."""
        match term:
            case Norm(arg):
                return self.tell("the norm is the root of the sum of the squared elements",
                                 Pow(self.squares(arg), Num(1, 2)))  # fmt: skip
            case Tr(arg):
                found = self.total(arg.shape[0], lambda k: self.at(arg, k, k))
                return self.tell("the trace is the sum of the diagonal elements", found)
            case DiagOf(arg):
                return self.tell("the diagonal", self.matrix(term.shape, lambda i, j: self.at(arg, i, i)))
            case Diag(arg):
                spread = self.matrix(term.shape, lambda i, j: times([entry(Eye(term.shape[0]), i, j),
                                                                     self.at(arg, i, 1)]))  # fmt: skip
                return self.tell("the elements stand on the diagonal", spread)
            case Det(Mat(args=(2, 2, *_)) as arg):
                a, b, c, d = arg.entries
                cross = plus([times([a, d]), times([num(-1), b, c])])
                return self.tell("the determinant of a 2 × 2 matrix", cross)
            case Inv(Mat(args=(2, 2, *_)) as arg):
                a, b, c, d = arg.entries
                turned = Mat(2, 2, d, times([num(-1), b]), times([num(-1), c]), a)
                return self.tell("the inverse of a 2 × 2 matrix", Frac(turned, Det(arg)))
        raise NotWritten(node_name(term))

    def multiply(self, term: Times) -> Term:
        """The last two matrices of a product; the numbers before a single one."""
        scalars, chain = chain_of(term)
        if len(chain) == 1:
            (one,) = chain
            scaled = self.matrix(
                one.shape, lambda i, j: times([self.at(f, i, j) if f is one else f for f in term.args])
            )
            return self.tell("every element is multiplied", scaled)
        *before, a, b = chain
        size = a.shape[1]
        made = self.matrix(
            (a.shape[0], b.shape[1]),
            lambda i, j: self.total(size, lambda k: product(self.at(a, i, k), self.at(b, k, j))),
        )
        told = "each row of the first factor meets each column of the second"
        if size == 1:
            told = "each element of the first factor meets each of the second"
        elif a.shape[0] == 1 and b.shape[1] == 1:
            told = "the row meets the column"
        elif b.shape[1] == 1:
            told = "each row of the matrix meets the column"
        elif a.shape[0] == 1:
            told = "the row meets each column of the matrix"
        return self.tell(told, times([*scalars, *before, made]))

    def each(self, term: Term, made: Callable[[list[Term]], Term]) -> Term:
        parts = [t for t in term.args if isinstance(t, Term)]
        return self.matrix(term.shape, lambda i, j: made([self.at(t, i, j) for t in parts]))

    def squares(self, arg: Term) -> Term:
        rows, cols = arg.shape
        return self.total(rows, lambda i: self.total(cols, lambda j: power(self.at(arg, i, j), 2)))


def product(a: Term, b: Term) -> Term:
    return power(a, 2) if a == b and not is_zero(a) else times([a, b])


def is_leaf(term: Term) -> bool:
    """A matrix that is spelled out at once."""
    if term.shape == SCALAR:
        return False
    if isinstance(term, Tp):
        return is_leaf(term.arg)
    return isinstance(term, Sym | Row | Col | Eye | Ones | Mat | Entries)


def is_scaled(term: Term) -> bool:
    """Whether a term is a matrix that is spelled out with scalars before it, as the -b of a difference."""
    if not isinstance(term, Times) or term.shape == SCALAR:
        return False
    scalars = [f for f in term.args if f.shape == SCALAR]
    matrices = [f for f in term.args if f.shape != SCALAR]
    settled_all = not any(holds_matrix(f) for f in scalars)
    return settled_all and len(matrices) == 1 and isinstance(matrices[0], Mat | Dotted)


def holds_matrix(term: Term) -> bool:
    """Whether a matrix that is spelled out stands somewhere in a term."""
    return any(isinstance(t, Mat | Dotted) for t in subterms(term))


def with_signs(term: Term) -> Term:
    """Sums with dots written with the sign for sums."""
    changed = rebuild(term, with_signs)
    return Sum(changed.body, changed.index) if isinstance(changed, Run) else changed
