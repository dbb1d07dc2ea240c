"""Which sizes a check tries: unequal ones, equal ones, and one, as far as the conditions allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice, permutations
from types import MappingProxyType
from typing import Any

from derivgen.terms.nodes import Col, Delta, El, Extent, Idx, Named, Row, Sym, Term
from derivgen.terms.shapes import Size
from derivgen.terms.trees import subterms

UNEQUAL, EQUAL, ONES = "unequal", "equal", "ones"
TOO_LARGE = 40
"""A number that is larger than this is tried as a smaller one: only its being different matters."""
RANK_WORDS: dict[str, Callable[[Any, Any], bool]] = {
    "full column rank": lambda rows, cols: rows >= cols,
    "orthonormal columns": lambda rows, cols: rows >= cols,
    "full row rank": lambda rows, cols: rows <= cols,
}

MOST_ORDERS = 5040

Sizing = dict[Size, int]


def sizes_in(term: Term) -> set[Size]:
    """Every size that a term mentions, those of its definitions included."""
    found: set[Size] = set()
    stack: list[Any] = [term]
    seen: set[int] = set()
    while stack:
        top = stack.pop()
        if id(top) in seen:
            continue
        seen.add(id(top))
        if isinstance(top, Idx):
            found.add(top.size)
        elif isinstance(top, Term):
            found.update(top.shape)
            if isinstance(top, Extent):
                found.add(top.size)
            stack.extend(a for a in top.args if isinstance(a, (Term, Idx)))
    return found


def least_sizes(terms: Iterable[Term]) -> dict[Size, int]:
    """The largest number that stands as an index of each axis, by its size: it may not become shorter than that."""
    found: dict[Size, int] = {}
    for t in (inner for term in terms for inner in subterms(term)):
        match t:
            case El(whole, i, j):
                pairs = [(whole.shape[0], i), (whole.shape[1], j)]
            case Row(whole, i):
                pairs = [(whole.shape[0], i)]
            case Col(whole, j):
                pairs = [(whole.shape[1], j)]
            case Delta(i, j):
                pairs = [(a.size, b) for a, b in ((i, j), (j, i)) if isinstance(a, Idx)]
            case _:
                continue
        for size, position in pairs:
            if isinstance(position, int):
                found[size] = max(position, found.get(size, 1))
    return found


def symbols_in(terms: Iterable[Term]) -> set[Sym]:
    """The declared symbols of terms, those of definitions included."""
    found: set[Sym] = set()
    for t in terms:
        for s in t.symbols:
            if isinstance(s, Named):
                found |= symbols_in([s.term])
            else:
                found.add(s)
    return found


def rank_allows(
    symbols: Iterable[Sym], sizing: Sizing, extra: Mapping[Sym, tuple[str, ...]] = MappingProxyType({})
) -> str | None:
    """Why a sizing cannot be: a matrix of full column rank with too few rows; None where it can.

    ``extra`` holds properties that conditions add to symbols.
    """
    for s in symbols:
        rows, cols = (sizing.get(size, size) for size in s.shape)
        for word, fits in RANK_WORDS.items():
            if word in (*s.props, *extra.get(s, ())) and not fits(rows, cols):
                return f"{s.name.letter} cannot have {word}"
    return None


def sizings(sizes: Iterable[Size], needed: Mapping[Size, int] = MappingProxyType({})) -> Iterator[tuple[str, Sizing]]:
    """Candidates with their kind, the likeliest first; the numbers that the problem itself fixes are avoided.

    ``needed`` holds the least that a size may be.
    """
    given = set(sizes)
    literal = {s for s in given if isinstance(s, int)}
    names = sorted(s for s in given if isinstance(s, str))
    large = sorted(s for s in literal if s > TOO_LARGE)
    first = max([2, *(needed.get(s, 1) for s in names)])
    numbers = [k for k in range(first, first + 2 + len(given) + len(literal)) if k not in literal]
    least = max([numbers[len(names)], *needed.values()])
    stand_ins: Sizing = {s: least + k for k, s in enumerate(large)}
    if not names:
        yield UNEQUAL, stand_ins
        return
    if len(names) == 1:
        for k in (*numbers[1:3], numbers[0]):
            yield UNEQUAL, stand_ins | {names[0]: k}
    else:
        for order in (*_orders(numbers[: len(names)]), *_orders(numbers[1 : len(names) + 1])):
            yield UNEQUAL, stand_ins | dict(zip(names, order, strict=True))
        yield EQUAL, stand_ins | dict.fromkeys(names, max(3, first))
    yield ONES, stand_ins | {s: needed.get(s, 1) for s in names}


def more_sizings(sizes: Iterable[Size], needed: Mapping[Size, int] = MappingProxyType({})) -> Iterator[Sizing]:
    """Every order of the first numbers, where conditions leave few of the likeliest."""
    given = set(sizes)
    literal = {s for s in given if isinstance(s, int)}
    names = sorted(s for s in given if isinstance(s, str))
    first = max([2, *(needed.get(s, 1) for s in names)])
    numbers = [k for k in range(first, first + 2 + len(given) + len(literal)) if k not in literal]
    least = max([numbers[len(names)], *needed.values()])
    stand_ins: Sizing = {s: least + k for k, s in enumerate(sorted(s for s in literal if s > TOO_LARGE))}
    for order in islice(permutations(numbers[: len(names)]), MOST_ORDERS):
        yield stand_ins | dict(zip(names, order, strict=True))


def _orders(numbers: list[int]) -> Iterator[tuple[int, ...]]:
    """Up to six orders, the given one and its reverse first."""
    first = [tuple(numbers), tuple(reversed(numbers))]
    yield from first
    left = 4
    for order in permutations(numbers) if len(numbers) < 7 else _rotations(numbers):
        if order not in first and left:
            left -= 1
            yield order


def _rotations(numbers: list[int]) -> Iterator[tuple[int, ...]]:
    for k in range(1, len(numbers)):
        yield tuple(numbers[k:] + numbers[:k])
