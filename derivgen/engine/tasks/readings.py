"""A product of two matrices read in all ways: element by element, by rows, by columns, as a sum of outer products.

A row that is cut out is written as a column, so that A_{i,:}^T is the row itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from derivgen.derivation import Goal, Prose
from derivgen.engine import facts
from derivgen.engine.words import size_of
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.tasks import Cut, Readings
from derivgen.terms.build import chain_of, entry, times, tp
from derivgen.terms.nodes import Col, El, Idx, Named, Position, Relation, Row, Sum, Term, Times, Tp
from derivgen.terms.shapes import SCALAR


@dataclass(frozen=True)
class Reading:
    """One way to read a product, ``left = right``; ``pieces`` are the rows and columns that it is read by."""

    move: str
    left: Term
    right: Term
    reason: Prose
    pieces: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Product:
    """A product of two factors, with scalars before it, and the letters of its indices: row, column, sum."""

    whole: Term
    scalars: tuple[Term, ...]
    first: Term
    second: Term
    i: Position = 1
    j: Position = 1
    k: Position = 1

    def scaled(self, term: Term) -> Term:
        return times([*self.scalars, term])

    def added(self, term: Term) -> Term:
        return self.scaled(Sum(term, self.k) if isinstance(self.k, Idx) else term)

    @property
    def element(self) -> Term:
        return self.whole if self.whole.shape == SCALAR else El(self.whole, self.i, self.j)


def read_product(work: Working, goal: Goal) -> Term:
    task, whole = goal.task, goal.question
    assert isinstance(task, Readings)
    product = opened(work, whole)
    cuts = [c if c.factor != whole else Cut(c.way) for c in task.cuts]
    found = [r for r in readings(product) if is_wanted(r, cuts)]
    found = found or [r for r in of_an_outer_product(product) if is_wanted(r, cuts)]
    if not found:
        raise NoRule("this product has no such reading", hint="its rows, columns and elements can be asked for")
    work.against = whole
    work.introduction = introduction(product, found)
    for r in found:
        work.line(r.move, r.left, r.right, r.reason, left=r.left)
    answer = whole.term if isinstance(whole, Named) else whole
    alone = Relation("=", found[0].left, found[0].right)
    ways: Prose = (answer, f" is read here in {len(found)} ways; all of them give the same")
    told: Prose = ways if len(found) > 1 else (alone,)
    facts.establish(work, "readings", str(len(found)), told, facts.has_shape(work, answer))
    work.say(*told, ".")
    if isinstance(product.i, Idx) and isinstance(product.j, Idx) and product.k == 1:
        work.conclusion = (
            "Its rows are multiples of ", product.second, " and its columns multiples of ", product.first, ".",
        )  # fmt: skip
    return answer


def opened(work: Working, whole: Term) -> Product:
    """The two factors of a product, with letters for its indices: i alone, or i and j, and k for the sum."""
    body = whole.term if isinstance(whole, Named) else whole
    if not isinstance(body, Times):
        raise NoRule("what is to be read by rows and columns is no product", hint="give a product of two factors")
    scalars, chain = chain_of(body)
    if len(chain) != 2:
        count = "one" if len(chain) == 1 else str(len(chain))
        raise NoRule(
            f"a product of two factors is read by rows and columns, and this one has {count}",
            hint="name the product of some of them, as in B = CD, and read that" if len(chain) > 2 else None,
        )
    first, second = chain
    (m, p), n = first.shape, second.shape[1]
    fresh = work.fresh(body)
    one, two, three = fresh(n if m == 1 else m), fresh(n), fresh(p)
    i: Position = 1 if m == 1 else one
    j: Position = 1 if n == 1 else one if m == 1 else two
    return Product(whole, tuple(scalars), first, second, i, j, 1 if p == 1 else three)


def is_wanted(reading: Reading, cuts: Sequence[Cut]) -> bool:
    """Whether the cuts that are asked for are all that a reading needs."""
    ways = {c.way for c in cuts}
    if not cuts or (reading.move == "sum_of_outer_products" and "outer" in ways):
        return True
    if not reading.pieces:
        return "elements" in ways
    needed = [(t.args[0], "rows" if isinstance(t, Row) else "columns") for t in reading.pieces]
    return all(any(c.way == way and c.factor in (None, term) for c in cuts) for term, way in needed)


# --------------------------------------------------------------------------------------------------- the readings
def readings(product: Product) -> Iterator[Reading]:
    """All readings; how many indices are free and whether one is summed over tells which there are."""
    yield by_elements(product)
    if product.k == 1 or product.whole.shape == SCALAR:
        return
    if product.j == 1:
        yield from of_a_column(product)
    elif product.i == 1:
        yield from of_a_row(product)
    else:
        yield from of_a_matrix(product)


def by_elements(product: Product) -> Reading:
    i, j, k = product.i, product.j, product.k
    body = times([entry(product.first, i, k), entry(product.second, k, j)])
    reason: Prose = ("each element of one factor times each of the other",)
    if isinstance(k, Idx):
        reason = ("the sum runs over the index that the factors share, ", k)
    return Reading("write_as_sums", product.element, product.added(body), reason)


def of_a_column(product: Product) -> Iterator[Reading]:
    """A matrix times a vector."""
    a, v, i, k = product.first, product.second, product.i, product.k
    piece = row(a, i)
    yield Reading(
        "cut_into_rows", product.element, product.scaled(times([tp(piece), v])),
        (a, " is cut into its rows: each meets all of ", v), (piece,),
    )  # fmt: skip
    piece = column(a, k)
    yield Reading(
        "cut_into_columns", product.whole, product.added(times([entry(v, k, 1), piece])),
        (a, " is cut into its columns: each is weighed by one element of ", v), (piece,),
    )  # fmt: skip


def of_a_row(product: Product) -> Iterator[Reading]:
    """A row times a matrix."""
    u, a, j, k = product.first, product.second, product.j, product.k
    piece = column(a, j)
    yield Reading(
        "cut_into_columns", product.element, product.scaled(times([u, piece])),
        (a, " is cut into its columns: each is met by all of ", u), (piece,),
    )  # fmt: skip
    piece = row(a, k)
    yield Reading(
        "cut_into_rows", product.whole, product.added(times([entry(u, 1, k), tp(piece)])),
        (a, " is cut into its rows: each is weighed by one element of ", u), (piece,),
    )  # fmt: skip


def of_a_matrix(product: Product) -> Iterator[Reading]:
    """A matrix times a matrix: both cut, one way and the other, then one of them."""
    a, b, i, j, k = product.first, product.second, product.i, product.j, product.k
    whole, scaled = product.whole, product.scaled
    left, right = row(a, i), column(b, j)
    yield Reading(
        "rows_times_columns", product.element, scaled(times([tp(left), right])),
        (a, " is cut into its rows and ", b, " into its columns: each row meets each column"), (left, right),
    )  # fmt: skip
    inner, outer = column(a, k), row(b, k)
    yield Reading(
        "sum_of_outer_products", whole, product.added(times([inner, tp(outer)])),
        (a, " is cut into its columns and ", b, " into its rows: a sum of outer products"), (inner, outer),
    )  # fmt: skip
    yield Reading(
        "cut_into_columns", Col(whole, j), scaled(times([a, right])),
        (b, " is cut into its columns: each is multiplied by ", a), (right,),
    )  # fmt: skip
    yield Reading(
        "cut_into_rows", Tp(Row(whole, i)), scaled(times([tp(left), b])),
        (a, " is cut into its rows: each is multiplied by ", b), (left,),
    )  # fmt: skip


def of_an_outer_product(product: Product) -> Iterator[Reading]:
    """A column times a row, read by rows or columns alone; the elements say the same at once."""
    i, j, whole = product.i, product.j, product.whole
    if not (isinstance(i, Idx) and isinstance(j, Idx) and product.k == 1):
        return
    a, b = product.first, product.second
    yield Reading(
        "cut_into_rows", Tp(Row(whole, i)), product.scaled(times([entry(a, i, 1), b])),
        ("each row is ", b, ", weighed by one element of ", a), (Row(whole, i),),
    )  # fmt: skip
    yield Reading(
        "cut_into_columns", Col(whole, j), product.scaled(times([entry(b, 1, j), a])),
        ("each column is ", a, ", weighed by one element of ", b), (Col(whole, j),),
    )  # fmt: skip


def row(term: Term, at: Position) -> Term:
    """A row as a column; a row of a transpose is a column of what is transposed."""
    if isinstance(term, Tp):
        return column(term.arg, at)
    return Row(term, at)


def column(term: Term, at: Position) -> Term:
    if isinstance(term, Tp):
        return row(term.arg, at)
    return Col(term, at)


# ---------------------------------------------------------------------------------------------------- the words
def introduction(product: Product, found: Sequence[Reading]) -> Prose:
    first, second = product.first, product.second
    words: Prose = (
        first, " is ", size_of(first.shape), " and ", second, " is ", size_of(second.shape), ", so the product is ",
        size_of(product.whole.shape), ".",
    )  # fmt: skip
    pieces = list(dict.fromkeys(p for r in found for p in r.pieces))
    told: list[Any] = []
    for piece in pieces:
        at = piece.args[1]
        which = f" is {'row' if isinstance(piece, Row) else 'column'} "
        told += [", " if told else " Here ", piece, which, at, " of ", piece.args[0]]
        told += [", written as a column"] if isinstance(piece, Row) else []
    return (*words, *told, ".") if told else words
