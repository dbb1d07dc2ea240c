"""Running text with mathematics in it is one tuple; how its pieces are put in a row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def strung(pieces: Iterable[Iterable[Any]], comma: str = ", ", last: str = " and ") -> tuple[Any, ...]:
    """Pieces of text in a row: ``a, b and c``."""
    given = list(pieces)
    words: list[Any] = []
    for k, piece in enumerate(given):
        words += [*([last if k == len(given) - 1 else comma] if k else ()), *piece]
    return tuple(words)


def listed(items: Iterable[Any], comma: str = ", ", last: str = " and ") -> tuple[Any, ...]:
    """Words or formulas in a row: ``a, b and c``."""
    return strung(((item,) for item in items), comma, last)


def capital(text: tuple[Any, ...]) -> tuple[Any, ...]:
    """The text as it begins a sentence."""
    first = text[0] if text else None
    return (first[:1].upper() + first[1:], *text[1:]) if isinstance(first, str) else text
