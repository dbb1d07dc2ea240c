r"""Characters to tokens that keep their place.

Two scans, each one compiled expression.  ``scan`` cuts a whole text coarsely (commands, braces, dollars, and runs of
everything else), which is all that prose needs; ``refine`` cuts the runs of a formula into letters and digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from derivgen import errors
from derivgen.errors import Place, Span

MAX_CHARACTERS = 4_000_000
"""Longest text that is read."""


class Token(NamedTuple):
    r"""kind: "command" (text without the backslash), "begin", "end" (text is the environment's name), "open", "close"
    (braces), "math" (``$`` or ``$$``), "tab" (&), "sub", "sup", "tie" (~), "param" (text is the digit), "break" (an
    empty line), "space", "run" (coarse), and after ``refine`` "letter", "digit", "sign", "prime"."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Source:
    """A text and its name, to give errors their place."""

    text: str
    name: str = "<text>"

    def place(self, start: int, end: int) -> Place:
        return Place(self.text, Span(start, end), self.name)

    def fault(
        self,
        kind: type[errors.InputError],
        message: str,
        at: Token | Span,
        hint: str | None = None,
    ) -> NoReturn:
        """Raise an error that points at a token or a span."""
        span = at.span if isinstance(at, Token) else at
        raise kind(message, place=self.place(span.start, span.end), hint=hint)


FORBIDDEN_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

COARSE = re.compile(
    r"""(?P<comment>%[^\n]*(?:\n[ \t]*(?![ \t]*\n))?)
    | (?P<break>\n[ \t\r]*\n\s*)
    | (?P<space>\s+)
    | (?P<begin>\\begin\s*\{\s*(?P<begun>[A-Za-z]+\*?)\s*\})
    | (?P<end>\\end\s*\{\s*(?P<ended>[A-Za-z]+\*?)\s*\})
    | (?P<command>\\(?:[A-Za-z@]+\*?|\\(?:\*?[ \t]*\[\s*-?[\d.]*\s*(?:pt|mm|cm|in|e[xm]|bp|pc|dd|cc|sp|mu
        |\\(?:baselineskip|jot|lineskip|parskip|(?:small|med|big)skipamount))\s*\])?|.))
    | (?P<open>\{) | (?P<close>\})
    | (?P<math>\$\$?)
    | (?P<tab>&) | (?P<sub>_) | (?P<sup>\^) | (?P<tie>~)
    | (?P<param>\#[1-9])
    | (?P<run>\#|[^\\${}&~_^%\#\n]+|\\)
    """,
    re.VERBOSE | re.DOTALL,
)

STARRED = frozenset({"operatorname*", "DeclareMathOperator*"})
"""Commands whose star is part of the name where it belongs to a formula; elsewhere a star is a star."""

UNICODE_SIGNS = {"−": "-", "–": "-", "’": "'", "′": "'", "⋅": "·"}
"""Signs that people paste, and what they stand for."""


def check_characters(source: Source) -> None:
    """Refuse what is no text: NUL, control characters, byte order marks inside, and texts beyond the limit."""
    if len(source.text) > MAX_CHARACTERS:
        raise errors.LimitReached(f"the text is longer than {MAX_CHARACTERS:,} characters")
    found = FORBIDDEN_CHARACTER.search(source.text)
    if found:
        code = f"U+{ord(found.group()):04X}"
        what = "a NUL character" if found.group() == "\0" else f"the control character {code}"
        source.fault(
            errors.EncodingFault,
            f"the text holds {what}",
            Span(found.start(), found.end()),
            "is this a LaTeX file saved as UTF-8 text?",
        )


def scan(text: str, offset: int = 0) -> list[Token]:
    """Cut a text into coarse tokens; comments are dropped.  Spans count from ``offset``."""
    tokens: list[Token] = []
    add, new = tokens.append, tuple.__new__
    for found in COARSE.finditer(text):
        kind = found.lastgroup or "run"
        start, end = found.span()
        if kind == "comment":
            continue
        value = found.group()
        if kind == "command":
            value = value[1:]
            if value[0] == "\\":  # the room behind a line break, \\[3pt], is not read
                value = "\\"
            if value.endswith("*") and len(value) > 1 and value not in STARRED:
                add(new(Token, ("command", value[:-1], start + offset, end - 1 + offset)))
                add(new(Token, ("run", "*", end - 1 + offset, end + offset)))
                continue
        elif kind == "begun" or kind == "begin":
            kind, value = "begin", found.group("begun")
        elif kind == "ended" or kind == "end":
            kind, value = "end", found.group("ended")
        elif kind == "param":
            value = value[1:]
        add(new(Token, (kind, value, start + offset, end + offset)))
    return tokens


def refine(tokens: Iterable[Token]) -> list[Token]:
    """The tokens of a formula, its runs cut into single letters, digits and signs; spaces and ties are dropped."""
    fine: list[Token] = []
    add, new = fine.append, tuple.__new__
    for token in tokens:
        kind = token.kind
        if kind == "run":
            start, own = token.start, token.end - token.start == len(token.text)
            for at, character in enumerate(token.text):
                if character.isspace():
                    continue
                character = UNICODE_SIGNS.get(character, character)
                kind = (
                    "letter" if character.isalpha()
                    else "digit" if character.isdecimal() and character.isascii()
                    else "prime" if character == "'"
                    else "sign"
                )  # fmt: skip
                if own:
                    add(new(Token, (kind, character, start + at, start + at + 1)))
                else:
                    add(new(Token, (kind, character, start, token.end)))
        elif kind not in ("space", "tie", "break"):
            add(token)
    return fine
