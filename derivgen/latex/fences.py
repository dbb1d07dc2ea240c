r"""Arguments in braces, and anything between delimiters that pair up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.latex import symbols
from derivgen.latex import syntax as tree
from derivgen.latex.syntax import Syntax
from derivgen.latex.tokens import Token

if TYPE_CHECKING:
    from derivgen.latex.parse import Reader


def argument(reader: Reader) -> Syntax:
    """The argument of a command: a braced group, or one token."""
    token, key = reader.tokens[reader.position], reader.key
    if key == "{":
        return group(reader, token, take=True)
    if token.kind not in ("letter", "digit") and not reader.begins_atom():
        reader.fault("an argument is missing", token, "put it in braces")
    reader.deeper()
    found = reader.single()
    reader.depth -= 1
    return found


def group(reader: Reader, token: Token, take: bool = False) -> Syntax:
    """What is inside braces; a font switch in them ends with them."""
    if take:
        reader.position += 1
    font, slash = reader.font, reader.slash
    reader.bars.append("}")
    inside = reader.sequence()
    if reader.key != "}":
        reader.stray()
    reader.position += 1
    reader.bars.pop()
    reader.font, reader.slash = font, slash
    return inside


def fence(reader: Reader) -> Syntax:
    r"""Anything between delimiters that pair up, plain or with ``\left`` and ``\right``."""
    start, key = reader.position, reader.key
    opener = reader.take()
    if key == "\\left":
        left, closer = _delimiter(reader, opener), "\\right"
    elif key == "|" and reader.key == "|" and reader.take():
        left, closer = "‖", "|"
    else:
        left, closer = symbols.FENCES[key]
    doubled = key == "|" and left == "‖"
    slash, reader.slash = reader.slash, -1
    reader.bars.append(closer)
    body = reader.sequence()
    reader.bars.pop()
    reader.slash = slash
    right = _close(reader, opener, left, closer)
    if doubled:
        if reader.key != "|":
            reader.fault("|| is never closed by ||", opener)
        reader.position += 1
    span = reader.span_from(start)
    if isinstance(body, tree.Matrix) and (body.left, body.right) == ("", ""):
        return replace(body, left=left, right=right, span=span)
    return tree.Fenced(left, body, right, span=span)


def _delimiter(reader: Reader, command: Token) -> str:
    key = reader.key
    if key not in symbols.DELIMITERS:
        reader.fault(f"\\{command.text} needs a delimiter behind it", command, "as in \\left( … \\right)")
    reader.position += 1
    return symbols.DELIMITERS[key]


def _close(reader: Reader, opener: Token, left: str, closer: str) -> str:
    key = reader.key
    shown = opener.text if opener.kind != "command" else "\\" + opener.text
    if closer == "\\right":
        if key != "\\right":
            reader.fault("\\left has no \\right", opener, "every \\left needs a \\right in the same formula")
        return _delimiter(reader, reader.take())
    if key == closer or symbols.CLOSING.get(key) == symbols.PARTNER[left]:
        reader.position += 1
        return symbols.PARTNER[left]
    if left not in ("(", "[") or key not in (")", "]"):
        reader.fault(f"{shown} is never closed", opener)
    reader.position += 1
    return key
