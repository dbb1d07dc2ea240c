"""Other letters, and other sizes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from tests.variations.kin import Kin, NotApplicable, renaming, rewritten
from tests.variations.letters import Letters, letters_of

POOLS = {
    "sizes": ("p", "q", "m", "r", "s", "n", "k"),
    "indices": ("r", "s", "t", "q"),
    "functions": ("q", "r", "u", "\\varphi", "\\psi", "p", "v", "g"),
    "lower": ("c", "u", "q", "b", "s", "z", "w", "p", "r", "a", "g", "y", "v", "x"),
    "capital": ("C", "Q", "H", "P", "K", "S", "G", "V", "M", "B", "Z"),
    "greek": ("\\gamma", "\\beta", "\\eta", "\\omega", "\\alpha"),
}
"""Letters to take, by what they are to stand for, in the order in which they are taken."""
GREEK = ("\\xi", "\\eta", "\\alpha", "\\omega", "\\gamma", "\\mu", "\\zeta", "\\beta", "\\rho", "\\theta", "\\kappa")
NUMBERS = ("3", "2", "4", "5", "6")


def used(letters: Letters) -> set[str]:
    return set(letters.bold) | set(letters.plain)


def fresh(letters: Letters) -> dict[str, str]:
    """Every letter becomes one that the statement does not use."""
    taken, mapping = used(letters) | {"d", "e", "T", "i"}, {}
    for name, pool in POOLS.items():
        for letter in getattr(letters, name):
            new = next((x for x in pool if x not in taken), None)
            if name == "sizes" and letter.isupper():
                new = next((x for x in ("K", "M", "L", "D", "N") if x not in taken), None)
            if new is not None:
                mapping[letter] = new
                taken.add(new)
    return mapping


def rotated(letters: Letters) -> dict[str, str]:
    """Every letter becomes the next one of its class: x is called y, and y is called x."""
    mapping: dict[str, str] = {}
    for name in POOLS:
        group = getattr(letters, name)
        if len(group) > 1:
            mapping |= dict(zip(group, group[1:] + group[:1], strict=True))
    return mapping


def greek(letters: Letters) -> dict[str, str]:
    taken = used(letters)
    free = (x for x in GREEK if x not in taken)
    return dict(zip(letters.lower, free, strict=False))


def awkward(letters: Letters) -> dict[str, str]:
    """Bold letters that mean something else in plain type: sizes, the differential, e, indices, T."""
    bold = letters.bold - letters.plain
    lower = (x for x in ("n", "d", "e", "i", "t", "m") if x not in letters.bold)
    capital = (x for x in ("T", "R", "N", "E", "D") if x not in used(letters))
    return {
        **dict(zip((x for x in letters.lower if x in bold), lower, strict=False)),
        **dict(zip((x for x in letters.capital if x in bold), capital, strict=False)),
    }


def renamed_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    letters = letters_of(statement)
    for how in (fresh, rotated, greek, awkward):
        yield attempt("symbols renamed", statement, how(letters), how.__name__)


def resized_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    """Sizes made numbers (unequal), all sizes the same letter, and one of them one."""
    sizes = letters_of(statement).sizes
    if not sizes:
        yield NotApplicable("it has no symbolic sizes")
        return
    yield attempt("sizes made numbers", statement, dict(zip(sizes, NUMBERS, strict=False)), "unequal")
    yield attempt("sizes made numbers", statement, dict(zip(sizes, itertools.cycle("2"), strict=False)), "all two")
    if len(sizes) > 1:
        yield attempt("sizes made equal", statement, dict.fromkeys(sizes, sizes[0]), "square")
    words = re.search(r"\b(?:rows?|columns?|elements?)\b", re.sub(r"\$[^$]*\$", "", statement))
    if re.search(r"(?<!nabla)_(?:\{[a-z]+\}|[ijk])", statement) or words:
        yield NotApplicable("it speaks of elements, rows or columns, and a single one has none")
        return
    if re.search(r"\\times\s*1\}|\{1\s*\\times", statement):
        yield NotApplicable("it tells shapes apart that would become one")
        return
    for size in sizes:
        yield attempt("a size made one", statement, {size: "1"}, size)


def attempt(kind: str, statement: str, mapping: dict[str, str], how: str) -> Kin | NotApplicable:
    try:
        words = kind == "symbols renamed" or how == "unequal"
        return rewritten(kind, statement, renaming(mapping), how=how, same_words=words)
    except NotApplicable as reason:
        return reason
