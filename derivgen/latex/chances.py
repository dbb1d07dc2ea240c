r"""Conditional probabilities, which say what a matrix means and are not calculated with: ``P_{ij}=\Pr(j\mid i)``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derivgen.latex.tokens import Source, Token

BARS = frozenset({"|", "mid", "vert"})
PLAIN = ((re.compile(r"\\(?:mid|vert)\b"), "|"), (re.compile(r"\\[A-Za-z]+\b|[{}\\]"), ""), (re.compile(r"\s+"), " "))
"""How a probability is shown: as words, without commands."""


def chances_as_words(tokens: Sequence[Token], source: Source) -> list[Token]:
    """The tokens of a formula with every Pr(… | …) as words."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        end = chance(tokens, at)
        if end:
            first, last = tokens[at], tokens[end - 1]
            text = source.text[first.start : last.end]
            for pattern, shown in PLAIN:
                text = pattern.sub(shown, text)
            letter = "" if "P" in text[:2] or "p" in text[:1] else "Pr"
            out.append(Token("words", letter + text.strip(), first.start, last.end))
            at = end
        else:
            out.append(tokens[at])
            at += 1
    return out


def chance(tokens: Sequence[Token], at: int) -> int:
    """Behind a conditional probability that begins here; 0 where none does."""
    token = tokens[at]
    if token.kind == "command" and token.text in ("mathbb", "mathrm", "operatorname"):
        close = next((k for k in range(at, min(at + 6, len(tokens))) if tokens[k].kind == "close"), 0)
        if not close or "".join(t.text for t in tokens[at + 2 : close]) not in ("P", "Pr", "p"):
            return 0
        at = close
    elif not (token.kind == "command" and token.text == "Pr") and not (token.kind == "letter" and token.text in "Pp"):
        return 0
    at += 1
    if at >= len(tokens) or tokens[at].text != "(":
        return 0
    depth, given = 0, False
    for k in range(at, len(tokens)):
        if tokens[k].kind == "sign":
            depth += {"(": 1, ")": -1}.get(tokens[k].text, 0)
        given = given or (depth == 1 and tokens[k].text in BARS)
        if not depth:
            return k + 1 if given else 0
    return 0
