r"""What a document is cut into; that its braces and environments pair up; the labels of list items."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex.tokens import Source, Token

MAX_DEPTH = 100
"""Deepest nesting of braces and environments in a text."""


@dataclass(frozen=True)
class Chunk:
    r"""kind: "text" (``text``), "math" and "display" (``tokens``), "begin" and "end" of a list (``environment``),
    "item" (``text`` is its label such as "(a)", "" where it has none; ``number`` counts from 1 in its list), "break"
    (a new paragraph).  ``places`` maps text to source: see ``offset``."""

    kind: str
    span: Span
    text: str = ""
    tokens: tuple[Token, ...] = ()
    environment: str = ""
    number: int = 0
    places: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def offset(self, at: int) -> int:
        """The place in the source of the character at ``at`` of the text."""
        if not self.places:
            return self.span.start
        begin, start = self.places[bisect_right(self.places, (at, 1 << 60)) - 1]
        return min(start + at - begin, self.span.end)

    def part(self, start: int, end: int) -> Span:
        """The span in the source of a slice of the text."""
        first = self.offset(start)
        return Span(first, max(first + 1, self.offset(end - 1) + 1)) if end > start else Span(first, first)


def check_balance(tokens: list[Token], source: Source) -> None:
    """Braces and environments must pair up, and not nest too deep."""
    opened: list[Token] = []
    for token in tokens:
        kind = token.kind
        if kind in ("open", "begin"):
            opened.append(token)
            if len(opened) > MAX_DEPTH:
                source.fault(errors.LimitReached, f"braces nest deeper than {MAX_DEPTH} levels", token)
        elif kind == "close":
            if not opened:
                source.fault(errors.SyntaxFault, "unbalanced braces: } closes nothing", token, "is a { missing?")
            if opened.pop().kind != "open":
                source.fault(errors.SyntaxFault, "unbalanced braces: } inside an environment closes nothing", token)
        elif kind == "end":
            _close_environment(opened, token, source)
    if opened:
        last = opened[-1]
        if last.kind == "open":
            source.fault(errors.SyntaxFault, "unbalanced braces: { is never closed", last, "is a } missing?")
        source.fault(errors.SyntaxFault, f"\\begin{{{last.text}}} has no \\end{{{last.text}}}", last)


def _close_environment(opened: list[Token], token: Token, source: Source) -> None:
    if not opened:
        source.fault(errors.SyntaxFault, f"\\end{{{token.text}}} has no \\begin{{{token.text}}} before it", token)
    begun = opened.pop()
    if begun.kind == "open":
        source.fault(errors.SyntaxFault, "unbalanced braces: { is never closed", begun, "is a } missing?")
    if begun.text != token.text:
        line = source.place(begun.start, begun.end).line
        source.fault(
            errors.SyntaxFault,
            f"\\begin{{{begun.text}}} of line {line} is closed by \\end{{{token.text}}}",
            token,
            "environments must close in the order in which they were opened",
        )


def plain(token: Token) -> str:
    """A token of a list's option as text; of the commands only those that count."""
    if token.kind in ("run", "space"):
        return token.text
    return "\\" + token.text if token.kind == "command" and token.text in ("alph", "arabic", "roman", "Alph") else ""


ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def counted_label(option: str, number: int) -> str:
    r"""The label that ``label=(\alph*)`` or the old ``[(a)]`` gives an item; none where the list does not say."""
    pattern = option.partition("label=")[2].partition(",")[0] or option.partition(",")[0]
    letter = chr(ord("a") + number - 1) if number <= 26 else str(number)
    roman = ROMAN[number - 1] if number <= len(ROMAN) else str(number)
    counters = (("\\alph", letter), ("\\Alph", letter.upper()), ("\\arabic", str(number)), ("\\roman", roman))
    for command, shown in counters:
        if command in pattern:
            return pattern.replace(command + "*", shown).replace(command, shown)
    if re.fullmatch(r"\W*[a1iA]\W*", pattern):
        styles = {"a": letter, "A": letter.upper(), "1": str(number), "i": roman}
        return re.sub("[a1iA]", lambda found: styles[found.group()], pattern)
    return ""
