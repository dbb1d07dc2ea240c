r"""A LaTeX document, or a bare statement, to chunks: running text, formulas, lists and their items, paragraphs.

The preamble gives its macros and is left out; formatting is unwrapped; every chunk knows its place in the source.
"""

from __future__ import annotations

import re
import unicodedata

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import text as words
from derivgen.latex.chunks import Chunk, check_balance, counted_label, plain
from derivgen.latex.macros import expand
from derivgen.latex.stream import unknown
from derivgen.latex.tokens import Source, Token, check_characters, scan

MAX_FORMULAS = 2_000
"""How many formulas a text may hold."""
MAX_MATHEMATICS = 60_000
"""How many characters the formulas of a text may have together."""
MAX_BRACKET = 60
"""How many tokens an optional argument may have."""

__all__ = ["Chunk", "Cutter", "math_tokens", "read_document"]


def read_document(text: str, name: str = "<text>") -> tuple[Chunk, ...]:
    """Cut a text into chunks; what is not LaTeX is refused with its place."""
    source = Source(text, name)
    check_characters(source)
    if not text.strip():
        hint = "write a problem in words, with $…$ around formulas"
        raise errors.EmptyInput("the problem statement is empty", hint=hint)
    tokens = scan(text)
    check_balance(tokens, source)
    chunks = tuple(Cutter(_body(expand(tokens, source)), source).run())
    if not any(c.kind in ("text", "math", "display") for c in chunks):
        raise errors.EmptyInput("the text holds no problem statement", place=source.place(0, 0))
    return chunks


def math_tokens(text: str, name: str = "<text>") -> tuple[Source, tuple[Token, ...]]:
    """A bare formula without dollars: its source and its tokens, checked and with its own macros replaced."""
    source = Source(text, name)
    check_characters(source)
    if not text.strip():
        raise errors.EmptyInput("the formula is empty")
    tokens = scan(text)
    check_balance(tokens, source)
    if len(text) > MAX_MATHEMATICS:
        raise errors.LimitReached(f"the formula has more than {MAX_MATHEMATICS:,} characters")
    found = [t for t in expand(tokens, source) if t.kind != "math" and not (t.kind == "command" and t.text in "[]()")]
    return source, tuple(found)


def _body(tokens: list[Token]) -> list[Token]:
    """What is between ``\\begin{document}`` and its end; everything where there is no document."""
    start = next((i for i, t in enumerate(tokens) if t.kind == "begin" and t.text == "document"), None)
    if start is None:
        return tokens
    stop = next(i for i, t in enumerate(tokens) if t.kind == "end" and t.text == "document")
    return tokens[start + 1 : stop]


class Cutter:
    """Tokens to chunks, one pass."""

    def __init__(self, tokens: list[Token], source: Source) -> None:
        self.tokens, self.source = tokens, source
        self.at = 0
        self.chunks: list[Chunk] = []
        self.lists: list[tuple[str, str]] = []
        self.counts: list[int] = []
        self.formulas = self.mathematics = 0
        self.pieces: list[tuple[str, int, int]] = []
        """Text not yet put into a chunk: words, and where they begin and end in the source."""

    def run(self) -> list[Chunk]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            match token.kind:
                case "run":
                    self.pieces.append((token.text, token.start, token.end))
                case "space" | "tie" | "tab":
                    self.pieces.append((" ", token.start, token.end))
                case "command":
                    self.command(token)
                case "math":
                    self.dollars(token)
                case "begin" | "end":
                    self.environment(token)
                case "break":
                    self.paragraph(token)
                case "sub" | "sup":
                    self.source.fault(
                        errors.SyntaxFault, f"{token.text} stands outside of a formula", token,
                        "put dollars around the formula",
                    )  # fmt: skip
                case "param":
                    self.source.fault(errors.SyntaxFault, f"#{token.text} stands outside of a macro", token)
        self.flush()
        return self.chunks

    # --------------------------------------------------------------------------------------------------- text
    def flush(self) -> None:
        """Put the waiting text into a chunk, its spaces collapsed."""
        pieces, self.pieces = self.pieces, []
        out: list[str] = []
        places: list[tuple[int, int]] = []
        length = 0
        for piece, start, end in pieces:
            own = end - start == len(piece)
            for found in re.finditer(r"\s+|---?|``|''|[^\s\-`']+|.", piece):
                part = dict(words.LIGATURES).get(found.group(), found.group())
                if part.isspace():
                    if out and out[-1] == " ":
                        continue
                    part = " " if part != "\N{THIN SPACE}" else part
                out.append(part)
                places.append((length, start + found.start() if own else start))
                length += len(part)
        text = "".join(out)
        if text.strip():
            self.chunks.append(Chunk("text", Span(pieces[0][1], pieces[-1][2]), text, places=tuple(places)))
        elif text and self.chunks and self.chunks[-1].kind in ("math", "text"):
            self.chunks.append(Chunk("text", Span(pieces[0][1], pieces[-1][2]), " ", places=tuple(places)))

    def paragraph(self, token: Token) -> None:
        self.flush()
        if self.chunks and self.chunks[-1].kind != "break":
            self.chunks.append(Chunk("break", token.span))

    def command(self, token: Token) -> None:
        name = token.text
        if name in words.FORMATTING and name not in words.BREAKS:
            return
        if name in ("(", "["):
            self.formula(token, {"(": ")", "[": "]"}[name], "math" if name == "(" else "display")
        elif name in words.ACCENTS and self.accent(token):
            pass
        elif name in words.CHARACTERS:
            self.pieces.append((words.CHARACTERS[name], token.start, token.end))
        elif name in words.ITEMS and self.lists:
            self.item(token)
        elif name in words.HEADINGS:
            self.heading(token)
        elif name in words.DROPPED_ARGUMENTS:
            self.drop(words.DROPPED_ARGUMENTS[name])
        elif name in words.BREAKS:
            self.paragraph(token)
        elif name == "ensuremath":
            self.ensured(token)
        elif name in (")", "]"):
            opening = {")": "(", "]": "["}[name]
            self.source.fault(errors.SyntaxFault, f"\\{name} has no \\{opening} before it", token)
        elif name == "item":
            self.source.fault(errors.SyntaxFault, "\\item stands outside of a list", token)
        else:
            self.unknown_command(token)

    def unknown_command(self, token: Token) -> None:
        from derivgen.latex.symbols import COMMANDS

        character = words.standard_character(token.text) if token.text not in COMMANDS else None
        if character is not None:
            self.pieces.append((character, token.start, token.end))
            return
        if token.text in COMMANDS:
            self.source.fault(
                errors.SyntaxFault, f"\\{token.text} stands outside of a formula", token,
                "put dollars around the formula",
            )  # fmt: skip
        unknown(self.source, token, words.FORMATTING | COMMANDS)

    def accent(self, token: Token) -> bool:
        """An accent and the letter behind it, as one character."""
        tokens, at = self.tokens, self.at
        while at < len(tokens) and tokens[at].kind in ("open", "space"):
            at += 1
        if at >= len(tokens):
            return False
        target = tokens[at]
        if target.kind == "command" and target.text in ("i", "j"):
            letter, rest = target.text, ""
        elif target.kind == "run":
            letter, rest = target.text[0], target.text[1:]
        else:
            return False
        composed = unicodedata.normalize("NFC", letter + words.ACCENTS[token.text])
        self.pieces.append((composed, token.start, target.start + 1))
        if rest:
            self.pieces.append((rest, target.start + 1, target.end))
        self.at = at + 1
        return True

    def heading(self, token: Token) -> None:
        self.skip_star()
        self.bracket()
        self.paragraph(token)
        stop = self.group_end(self.at)
        inside = Cutter(self.tokens[self.at : stop], self.source)
        self.chunks += inside.run()
        self.at = stop
        self.chunks.append(Chunk("break", token.span))

    def drop(self, count: int) -> None:
        self.skip_star()
        self.bracket()
        for _ in range(count):
            while self.at < len(self.tokens) and self.tokens[self.at].kind == "space":
                self.at += 1
            if self.at < len(self.tokens) and self.tokens[self.at].kind == "open":
                self.at = self.group_end(self.at)
            self.bracket()

    def skip_star(self) -> None:
        if self.at < len(self.tokens) and self.tokens[self.at].text == "*":
            self.at += 1

    def group_end(self, at: int) -> int:
        """The position behind the braced group at ``at``, or behind one token."""
        depth = 0
        for position in range(at, len(self.tokens)):
            depth += {"open": 1, "close": -1}.get(self.tokens[position].kind, 0)
            if depth == 0:
                return position + 1
        return len(self.tokens)

    def bracket(self) -> tuple[str, list[Token]] | None:
        """An optional argument in brackets: its text and its tokens; what is behind it stays."""
        at = self.at
        while at < len(self.tokens) and self.tokens[at].kind == "space":
            at += 1
        if at >= len(self.tokens) or self.tokens[at].kind != "run" or not self.tokens[at].text.startswith("["):
            return None
        inside: list[Token] = []
        depth, first = 0, True
        for position in range(at, min(at + MAX_BRACKET, len(self.tokens))):
            token = self.tokens[position]
            if not first and token.kind == "run" and "[" in token.text:
                return None
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
            cut = token.text.find("]") if token.kind == "run" and depth == 0 else -1
            text = token.text[1 if first else 0 : cut if cut >= 0 else None]
            inside.append(token._replace(text=text) if token.kind == "run" else token)
            first = False
            if cut >= 0:
                rest = token.text[cut + 1 :]
                self.at = position + 1
                if rest:
                    self.tokens[position] = token._replace(text=rest, start=token.end - len(rest))
                    self.at = position
                return "".join(plain(t) for t in inside), inside
        return None

    # ----------------------------------------------------------------------------------------------- formulas
    def dollars(self, token: Token) -> None:
        self.formula(token, token.text, "math" if token.text == "$" else "display")

    def formula(self, opening: Token, closing: str, kind: str) -> None:
        """The tokens up to the closing sign; dollars inside ``\\text`` belong to it."""
        start, depth, dollars = self.at, 0, opening.kind == "math"
        tokens, count = self.tokens, len(self.tokens)
        for at in range(start, count):
            token = tokens[at]
            found = token.kind
            if found == "open":
                depth += 1
            elif found == "close":
                depth -= 1
            elif found == "break" or (found in ("begin", "end") and token.text in words.LISTS):
                break
            elif depth <= 0 and token.text == closing and found == ("math" if dollars else "command"):
                self.add_formula(kind, tokens[start:at], Span(opening.start, token.end), "")
                self.at = at + 1
                return
        shown = opening.text if dollars else "\\" + opening.text
        self.source.fault(
            errors.SyntaxFault, f"the formula opened by {shown} is never closed", opening,
            f"is a {closing if dollars else chr(92) + closing} missing?",
        )  # fmt: skip

    def add_formula(self, kind: str, tokens: list[Token], span: Span, environment: str) -> None:
        self.flush()
        if all(t.kind in ("space", "break") for t in tokens):
            self.source.fault(errors.SyntaxFault, "the formula is empty", span)
        self.formulas += 1
        self.mathematics += sum(len(t.text) for t in tokens)
        if self.mathematics > MAX_MATHEMATICS:
            message = f"the formulas of the text have more than {MAX_MATHEMATICS:,} characters"
            self.source.fault(errors.LimitReached, message, span)
        if self.formulas > MAX_FORMULAS:
            self.source.fault(errors.LimitReached, f"the text holds more than {MAX_FORMULAS:,} formulas", span)
        self.chunks.append(Chunk(kind, span, tokens=tuple(tokens), environment=environment))

    def ensured(self, token: Token) -> None:
        stop = self.group_end(self.at)
        self.add_formula("math", self.tokens[self.at + 1 : stop - 1], token.span, "")
        self.at = stop

    # ------------------------------------------------------------------------------------------- environments
    def environment(self, token: Token) -> None:
        name = token.text.rstrip("*")
        if name in words.DISPLAYS and token.kind == "begin":
            self.display(token)
        elif name in words.LISTS:
            self.flush()
            if token.kind == "begin":
                option = self.bracket()
                self.lists.append((name, option[0] if option else ""))
                self.counts.append(0)
            elif self.lists:
                self.lists.pop()
                self.counts.pop()
            self.chunks.append(Chunk(token.kind, token.span, environment=name))
        elif name in words.OPTIONED:
            self.paragraph(token)
            if token.kind == "begin":
                self.drop({"minipage": 1, "tabular": 1}.get(name, 0))
        else:
            self.paragraph(token)

    def display(self, token: Token) -> None:
        start, depth = self.at, 0
        for at in range(start, len(self.tokens)):
            found = self.tokens[at]
            if found.text == token.text and found.kind in ("begin", "end"):
                if found.kind == "end" and depth == 0:
                    inside = self.tokens[start:at]
                    if token.text.startswith("alignat") and inside and inside[0].kind == "open":
                        inside = inside[self.group_end(start) - start :]
                    self.add_formula("display", inside, Span(token.start, found.end), token.text)
                    self.at = at + 1
                    return
                depth += 1 if found.kind == "begin" else -1
        self.source.fault(errors.SyntaxFault, f"\\begin{{{token.text}}} has no \\end{{{token.text}}}", token)

    def item(self, token: Token) -> None:
        self.flush()
        self.counts[-1] += 1
        given = self.bracket()
        label = given[0].strip() if given else counted_label(self.lists[-1][1], self.counts[-1])
        self.chunks.append(Chunk("item", token.span, label, environment=self.lists[-1][0], number=self.counts[-1]))
