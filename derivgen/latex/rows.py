r"""The rows of a display, and the punctuation that ends a formula."""

from __future__ import annotations

from derivgen.latex import symbols
from derivgen.latex.tokens import Token

PUNCTUATION = ".,;?"
"""Not the exclamation mark, which behind a formula is a factorial."""


def strip_punctuation(tokens: list[Token]) -> str:
    found = ""
    while tokens and (_is_gap(tokens[-1]) or (tokens[-1].kind == "sign" and tokens[-1].text in PUNCTUATION)):
        last = tokens.pop()
        if last.kind == "sign":
            found = last.text
    return found


def _is_gap(token: Token) -> bool:
    return token.kind == "command" and (token.text in ("quad", "qquad", "\\") or token.text == "")


def cut_rows(tokens: list[Token]) -> list[tuple[list[Token], str]]:
    r"""Cut a display at its ``\\``, each row with its punctuation; a row without a first cell goes on with the last.

    Every second ``&`` of a row stands between two formulas, unless a relation is next to it as in ``eqnarray``.
    """
    rows: list[list[Token]] = [[]]
    depth, tabs = 0, 0
    for token in tokens:
        kind = token.kind
        if kind in ("begin", "end") and token.text.rstrip("*") in symbols.ROWS:
            continue
        depth += {"open": 1, "begin": 1, "close": -1, "end": -1}.get(kind, 0)
        if depth == 0 and kind == "command" and token.text == "\\":
            rows.append([])
            tabs = 0
        elif depth == 0 and kind == "tab":
            tabs += 1
            if not rows[-1] and len(rows) > 1:
                rows.pop()
            elif tabs % 2 == 0 and not _relates(rows[-1][-1] if rows[-1] else token):
                rows[-1].append(Token("command", "quad", token.start, token.end))
        else:
            if not rows[-1] and len(rows) > 1 and _continues(token):
                rows.pop()
            rows[-1].append(token)
    endings = [strip_punctuation(row) for row in rows]
    return [(row, ending) for row, ending in zip(rows, endings, strict=True) if row]


def _relates(token: Token) -> bool:
    key = "\\" + token.text if token.kind == "command" else token.text
    return key in symbols.RELATIONS


def _continues(token: Token) -> bool:
    key = "\\" + token.text if token.kind == "command" else token.text
    return key in symbols.RELATIONS or key in ("+", "\\cdot", "\\times")
