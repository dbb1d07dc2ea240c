r"""The tokens of one formula, made ready for its parser: looks dropped, words joined, commands known.

A stream gives every token a *key*: the sign or letter itself, ``\name`` for a command, "\\text" for words, "" at the
end.  The grammar decides by keys alone and goes back to the tokens only for their text and place.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import NoReturn

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import symbols
from derivgen.latex.tokens import Source, Token, refine

MAX_DEPTH = 60
"""Deepest nesting of a formula: braces, fences, scripts and operators inside one another."""

END = "end"
CLOSERS = frozenset({"", "}", "&", "\\\\", "\\right", END} | set(symbols.CLOSING))
"""Keys at which any expression ends (bars end one by where they stand)."""


class Stream:
    """Tokens with keys, a position, and the faults that the grammar reports."""

    __slots__ = ("bars", "depth", "font", "keys", "no_slash", "position", "slash", "source", "tokens")

    def __init__(self, tokens: list[Token], source: Source, span: Span) -> None:
        self.source = source
        self.tokens = tokens
        self.tokens.append(Token("eof", "", span.end, span.end))
        self.keys = [_key(token) for token in self.tokens]
        self.position = 0
        self.depth = 0
        self.font = ""
        self.slash = -1
        """The slash of the inline derivative whose numerator is being read; it is no division."""
        self.no_slash = -1
        """Up to this position there is no slash ahead."""
        self.bars: list[str] = []
        """What the innermost fences are closed by, outermost first."""

    @property
    def key(self) -> str:
        return self.keys[self.position]

    def take(self) -> Token:
        token = self.tokens[self.position]
        self.position += 1
        return token

    def span_from(self, start: int) -> Span:
        """The span of the tokens from ``start`` to where the stream stands."""
        last = self.tokens[max(start, self.position - 1)]
        first = self.tokens[start]
        return Span(min(first.start, last.start), max(first.end, last.end))

    def fault(
        self,
        message: str,
        at: Token | Span | None = None,
        hint: str | None = None,
        kind: type[errors.InputError] = errors.SyntaxFault,
    ) -> NoReturn:
        self.source.fault(kind, message, at or self.tokens[self.position], hint)

    def closing_brace(self, opened: int) -> int:
        """The position of the brace that closes the one at ``opened``."""
        depth, at = 1, opened
        while depth:
            at += 1
            if at == len(self.keys):
                self.fault("a brace { is never closed", self.tokens[opened])
            depth += {"{": 1, "}": -1}.get(self.keys[at], 0)
        return at


def _key(token: Token) -> str:
    match token.kind:
        case "command":
            return "\\" + token.text
        case "words":
            return "\\text"
        case "begin" | "end" | "eof":
            return {"begin": "begin", "end": END, "eof": ""}[token.kind]
    return token.text


def prepare(tokens: tuple[Token, ...], source: Source) -> list[Token]:
    """Fine tokens of a formula with known commands only: words joined, spacing, labels and sizes dropped."""
    ready: list[Token] = []
    pending = _with_words(tokens)
    at, count = 0, len(pending)
    while at < count:
        token = pending[at]
        at += 1
        if token.kind != "command":
            ready.append(token)
            continue
        name = token.text
        if name in symbols.SIZED:
            side = symbols.SIZED[name]
            follower = pending[at] if at < count else token
            bar = {"|": "vert", "vert": "vert", "Vert": "Vert"}.get(follower.text)
            if follower.kind == "command" and follower.text == "|":
                bar = "Vert"
            if bar:
                ready.append(Token("command", side[0] + bar, follower.start, follower.end))
                at += 1
        elif name in symbols.DROPPED:
            pass
        elif name in symbols.DROPPED_WITH_ARGUMENT:
            at = _after_group(pending, at)
        elif name in symbols.COMMANDS:
            ready.append(token)
        else:
            unknown(source, token, symbols.COMMANDS)
    return _without_empty_groups(ready)


def unknown(source: Source, token: Token, known: frozenset[str]) -> NoReturn:
    """Refuse a macro by its name; the hint is the nearest known one."""
    near = difflib.get_close_matches(token.text, [k for k in known if len(k) > 1], 1, 0.75)
    hint = f"did you mean \\{near[0]}?" if near else f"define it with \\newcommand{{\\{token.text}}}{{…}}"
    source.fault(errors.UnknownMacro, f"unknown macro \\{token.text}", token, hint)


def _with_words(tokens: tuple[Token, ...]) -> list[Token]:
    r"""Refine a formula, with ``\text{…}`` as one token; formulas inside the words stand between them."""
    out: list[Token] = []
    begun = 0
    for at, token in enumerate(tokens):
        if at < begun or token.kind != "command" or token.text not in symbols.TEXT_COMMANDS:
            continue
        if at + 1 >= len(tokens) or tokens[at + 1].kind != "open":
            continue
        stop = _after_group(tokens, at + 1)
        out += refine(tokens[begun:at])
        out += _words(tokens[at + 2 : stop - 1], token)
        begun = stop
    return out + refine(tokens[begun:])


def _words(inside: Sequence[Token], command: Token) -> list[Token]:
    out: list[Token] = []
    text, in_math = "", False
    formula: list[Token] = []
    for token in inside:
        if token.kind == "math" or (token.kind == "command" and token.text in "()"):
            if in_math:
                out += refine(formula)
            elif text.strip():
                out.append(Token("words", text, command.start, token.start))
            text, formula, in_math = "", [], not in_math
        elif in_math:
            formula.append(token)
        elif token.kind in ("run", "sub", "sup", "tab"):
            text += token.text
        elif token.kind in ("space", "tie", "break") or token.kind == "command":
            text += " "
    if text.strip() or not out:
        end = inside[-1].end + 1 if inside else command.end
        out.append(Token("words", text, command.start, max(end, command.end)))
    return out


def _after_group(tokens: Sequence[Token], at: int) -> int:
    """The position after the braced group (or the single token) at ``at``."""
    if at >= len(tokens) or tokens[at].kind != "open":
        return at
    depth = 0
    for position in range(at, len(tokens)):
        depth += {"open": 1, "close": -1}.get(tokens[position].kind, 0)
        if depth == 0:
            return position + 1
    return len(tokens)


def _without_empty_groups(tokens: list[Token]) -> list[Token]:
    """Drop a ``{}`` that stands for nothing: one that is no argument and no script."""
    out: list[Token] = []
    for token in tokens:
        if token.kind == "close" and out and out[-1].kind == "open":
            before = out[-2].kind if len(out) > 1 else ""
            if before not in ("command", "sub", "sup", "close"):
                out.pop()
                continue
        out.append(token)
    return out
