"""Which letters a statement uses, and for what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.variations.source import Token, formulas, tokens

SPACE = re.compile(r"\\mathbb\{R\}\^(?:\{([^}]*)\}|(\w))")
INDEX = ("i", "j", "k", "l")
KEPT = frozenset(("d", "T", "F", "\\sigma"))
"""Letters that mean something by themselves: the differential, the transpose, the Frobenius norm, the sigmoid."""


@dataclass(frozen=True)
class Letters:
    """The letters of a statement by what they stand for; a letter stands in one class only."""

    sizes: tuple[str, ...]
    indices: tuple[str, ...]
    functions: tuple[str, ...]
    lower: tuple[str, ...]
    capital: tuple[str, ...]
    greek: tuple[str, ...]
    bold: frozenset[str]
    plain: frozenset[str]


def letters_of(statement: str) -> Letters:
    maths = formulas(statement)
    runs = [tokens(m) for m in maths]
    all_tokens = [t for run in runs for t in run if t.letter]
    bold = {t.letter for t in all_tokens if t.font}
    plain = {t.letter for t in all_tokens if not t.font}
    kept = set(KEPT) - bold
    if "e" not in bold or "e^" in "".join(maths):
        kept.add("e")
    sizes = {t.letter for m in maths for a, b in SPACE.findall(m) for t in tokens(a or b) if t.letter}
    sizes -= bold | kept
    indices = {x for x in INDEX if x in plain} - bold - sizes
    functions = {a.letter for run in runs for a, b in called(run)} - bold - sizes - indices - kept
    others = (bold | plain) - kept - sizes - indices - functions
    order = {t.letter: n for n, t in reversed(list(enumerate(all_tokens)))}

    def listed(of: set[str]) -> tuple[str, ...]:
        return tuple(sorted(of, key=order.__getitem__))

    return Letters(
        sizes=listed(sizes),
        indices=listed(indices),
        functions=listed({x for x in functions if x.islower() and len(x) == 1}),
        lower=listed({x for x in others if x.islower() and len(x) == 1}),
        capital=listed({x for x in others | functions if x.isupper() and len(x) == 1}),
        greek=listed({x for x in others if len(x) > 1}),
        bold=frozenset(bold),
        plain=frozenset(plain),
    )


def called(run: list[Token]) -> list[tuple[Token, Token]]:
    """The plain letters right before a parenthesis, or before a colon."""
    return [(a, b) for a, b in zip(run, run[1:], strict=False) if a.letter and not a.font and b.text in ("(", ":")]
