r"""A statement as pieces of text and of mathematics, and the mathematics as tokens: a reader of the tests' own.

It knows nothing of derivgen: what is made with it is made from the LaTeX alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi rho sigma tau phi varphi chi psi omega ell"
).split()


PIECE = re.compile(r"\$(?P<math>[^$]+)\$|\\\[(?P<display>.*?)\\\]", re.S)
TOKEN = re.compile(
    r"""(?P<font>\\(?:mathbf|boldsymbol|mathcal)\s*(?:\{(?P<braced>\\?[A-Za-z]+)\}|(?P<bare>[A-Za-z])))
    | (?P<fixed>\\mathbb\s*[A-Z]|\\(?:mathbb|operatorname|text|mathrm|begin|end)\s*\{[^}]*\})
    | (?P<greek>\\(?:"""
    + "|".join(GREEK)
    + r""")(?![A-Za-z]))
    | (?P<command>\\(?:[A-Za-z]+|.))
    | (?P<letter>[A-Za-z])
    | (?P<other>.)""",
    re.X | re.S,
)


@dataclass(frozen=True)
class Piece:
    """A run of words, a formula between dollars, or a displayed one."""

    kind: str
    text: str

    def __str__(self) -> str:
        return {"text": "{}", "math": "${}$", "display": "\\[{}\\]"}[self.kind].format(self.text)


@dataclass(frozen=True)
class Token:
    """A letter with its font ("" for a plain one), or anything else (``letter`` is empty)."""

    text: str
    letter: str = ""
    font: str = ""

    def renamed(self, letter: str, font: str | None = None) -> Token:
        """The same font on another letter; what stands in braces never runs into the letter that follows."""
        font = self.font if font is None else font
        if font and letter.startswith("\\") and font == "mathbf":
            font = "boldsymbol"
        text = f"\\{font}{{{letter}}}" if font else f"{letter} " if letter.startswith("\\") else letter
        return Token(text, letter, font)


def statement_of(text: str) -> str:
    """The statement without the head of its file."""
    return re.sub(r"\A(?:%[^\n]*\n)*", "", text)


def cut(statement: str) -> list[Piece]:
    pieces, at = [], 0
    for found in PIECE.finditer(statement):
        pieces.append(Piece("text", statement[at : found.start()]))
        kind = found.lastgroup or ""
        pieces.append(Piece(kind, found[kind]))
        at = found.end()
    pieces.append(Piece("text", statement[at:]))
    return [p for p in pieces if p.text]


def join(pieces: Iterable[Piece]) -> str:
    return "".join(map(str, pieces))


def tokens(formula: str) -> list[Token]:
    found = []
    for m in TOKEN.finditer(formula):
        if m["font"]:
            found.append(Token(m[0], m["braced"] or m["bare"], re.match(r"\\([a-z]+)", m[0])[1]))  # type: ignore[index]
        elif m["greek"] or m["letter"]:
            found.append(Token(m[0], m[0]))
        else:
            found.append(Token(m[0]))
    return found


def on_mathematics(statement: str, change: Callable[[str], str]) -> str:
    """The statement with every formula changed."""
    return join(p if p.kind == "text" else replace(p, text=change(p.text)) for p in cut(statement))


def on_words(statement: str, change: Callable[[str], str]) -> str:
    return join(replace(p, text=change(p.text)) if p.kind == "text" else p for p in cut(statement))


def formulas(statement: str) -> list[str]:
    return [p.text for p in cut(statement) if p.kind != "text"]


def closing(text: str, at: int) -> int:
    """The position behind the bracket that closes the one at ``at``; -1 where there is none."""
    pairs = {"(": ")", "{": "}", "[": "]"}
    stack = []
    for k in range(at, len(text)):
        if text[k] in pairs:
            stack.append(pairs[text[k]])
        elif text[k] in ")}]":
            if not stack or stack.pop() != text[k]:
                return -1
            if not stack:
                return k + 1
    return -1


def top_level(text: str) -> str:
    """The text with everything inside brackets blanked, character for character."""
    shown, depth = [], 0
    for c in text:
        depth -= c in ")}]"
        shown.append(c if depth == 0 else " ")
        depth += c in "({["
    return "".join(shown)
