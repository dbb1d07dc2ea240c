"""What a variation is: another text, and how the letters and the values of the original stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.variations.source import on_mathematics, tokens

Formula = Callable[[str], str]


def unchanged(formula: str) -> str:
    return formula


@dataclass(frozen=True)
class Kin:
    """A problem made from another one by a change that is the same for all problems.

    ``renamed`` turns a formula of the original into the kin's; ``scale`` is the factor between their derivatives, None
    where they are not multiples of each other; ``turned`` are the letters whose matrices are the transposes of the
    original's; ``same_words`` tells whether what the original says in words (facts, options) holds here as well;
    ``labels`` give the original's labels of parts; ``part`` is the only part of the original that was taken over;
    ``method`` and ``layout`` are what the derivation must have been done with, "" where they are the original's;
    ``told`` are the parts that the method is for, none where it is for all.
    """

    kind: str
    text: str
    renamed: Formula = unchanged
    how: str = ""
    scale: int | None = 1
    turned: frozenset[str] = field(default_factory=frozenset)
    same_words: bool = True
    labels: Mapping[str, str] = field(default_factory=dict)
    part: str | None = None
    method: str = ""
    layout: str = ""
    told: frozenset[str] = frozenset()


class NotApplicable(Exception):
    """The change does not make sense for this problem; the message tells why."""


def renaming(letters: Mapping[str, str], fonts: Mapping[str, str] | None = None) -> Formula:
    """Letters put in the place of others, one for one, in whatever font they stand."""
    fonts = fonts or {}

    def renamed(formula: str) -> str:
        changed = [
            t.renamed(letters.get(t.letter, t.letter), fonts.get(t.letter))
            if t.letter in letters or t.letter in fonts
            else t
            for t in tokens(formula)
        ]
        out = ""
        for t in changed:
            out += (" " if t.text[:1].isalpha() and re.search(r"\\[A-Za-z]+$", out) else "") + t.text
        return out

    return renamed


def rewritten(kind: str, statement: str, change: Formula, **how: object) -> Kin:
    text = on_mathematics(statement, change)
    if text == statement:
        raise NotApplicable("nothing in it can be changed so")
    return Kin(kind, text, renamed=change, **how)  # type: ignore[arg-type]
