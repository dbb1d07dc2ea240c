r"""Blanks to be filled in, however they are drawn: ``\underline{\quad}``, ``\_\_``, an empty ``\boxed``: a ``\Box``."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.latex.tokens import Token

DRAWN = frozenset({"underline", "boxed", "fbox", "framebox", "underbracket", "uline"})
"""Commands that draw something around nothing."""
NOTHING = frozenset(
    {"quad", "qquad", "hspace", "phantom", "hphantom", "vphantom", "enspace", "thinspace", ",", ";", ":", " ", "!", ""}
)
EMPTY = frozenset({"space", "tie", "break"})


def blanks_as_boxes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a box for every blank."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = at
        if token.kind == "command" and token.text in DRAWN:
            end = empty_group(tokens, at + 1)
        elif token.kind == "command" and token.text == "_":
            end = at + 1
            while end < len(tokens) and tokens[end].kind == "command" and tokens[end].text == "_":
                end += 1
        elif token.kind == "command" and token.text == "rule":
            end = group_end(tokens, group_end(tokens, at + 1))
        if end > at:
            out.append(Token("command", "Box", token.start, tokens[end - 1].end))
            at = end
        else:
            out.append(token)
            at += 1
    return out


def empty_group(tokens: Sequence[Token], at: int) -> int:
    """Behind a group at this place that holds only spaces; 0 where there is none."""
    end = group_end(tokens, at)
    if not end:
        return 0
    k = at + 1
    while k < end - 1:
        token = tokens[k]
        if token.kind == "command" and token.text in NOTHING:
            argued = token.text.endswith(("phantom", "hspace"))
            k = (argued and group_end(tokens, k + 1)) or k + 1
        elif token.kind in EMPTY or (token.kind == "run" and not token.text.strip()):
            k += 1
        elif (
            token.kind == "command"
            and token.text in ("text", "mbox", "textrm")
            and (inner := empty_group(tokens, k + 1))
        ):
            k = inner
        else:
            return 0
    return end


def group_end(tokens: Sequence[Token], at: int) -> int:
    """Behind the group that opens at this place; 0 where none does."""
    if not 0 < at < len(tokens) or tokens[at].kind != "open":
        return 0
    depth = 0
    for k in range(at, len(tokens)):
        depth += {"open": 1, "close": -1}.get(tokens[k].kind, 0)
        if not depth:
            return k + 1
    return 0
