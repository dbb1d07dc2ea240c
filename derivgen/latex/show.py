"""A syntax tree as a compact s-expression, for tests and for looking."""

from __future__ import annotations

from dataclasses import fields

from derivgen.latex.syntax import Formula, Number, Symbol, Syntax
from derivgen.terms.nodes import Name

FONT_MARKS = {"": "", "bold": "!", "vec": ">", "roman": "'", "cal": "~", "bb": "$"}


def show(node: object) -> str:
    """``x_i^2`` is ``(Superscript (Subscript x i) 2)``; a bold x is ``!x``, one with a hat ``x.hat``."""
    match node:
        case Formula():
            return " ; ".join(show(row) for row in node.rows) + (f" {node.punctuation}" if node.punctuation else "")
        case Number(text):
            return text
        case Symbol(name):
            return _name(name)
        case Syntax():
            parts = [show(getattr(node, part.name)) for part in fields(node) if part.compare]
            return f"({type(node).__name__}{''.join(' ' + part for part in parts if part)})"
        case tuple():
            return "[" + " ".join(show(part) for part in node) + "]" if any(p != "" for p in node) else ""
        case False | None:
            return "-" if node is None else ""
    return "+" if node is True else repr(node) if isinstance(node, str) and not node.strip() else str(node)


def _name(name: Name) -> str:
    return FONT_MARKS[name.font] + name.letter + (f".{name.accent}" if name.accent else "")
