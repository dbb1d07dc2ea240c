r"""The author's own macros: definitions are taken out of the tokens, calls are replaced, within limits.

``\newcommand``, ``\renewcommand``, ``\providecommand``, ``\DeclareMathOperator``, ``\DeclarePairedDelimiter``, ``\def``
of plain macros and ``\let``.  A token that came from a macro carries the span of the call.  Commands that read files,
write them, or change what characters mean are refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from derivgen import errors
from derivgen.latex.tokens import Source, Token

MAX_EXPANSIONS = 10_000
"""How many calls are replaced in one text."""
MAX_TOKENS = 200_000
"""How many tokens may wait to be read while macros are replaced."""

FORBIDDEN: frozenset[str] = frozenset(
    "input include includeonly InputIfFileExists IfFileExists subfile import subimport verbatiminput lstinputlisting "
    "openin openout read readline write immediate closein closeout newread newwrite csname endcsname catcode lccode "
    "uccode mathcode sfcode delcode escapechar endlinechar newlinechar directlua latelua luaexec luadirect special "
    "pdfliteral pdfextension pdfobj expandafter noexpand edef xdef futurelet afterassignment aftergroup loop repeat "
    "everypar everymath everydisplay everyjob begingroup endgroup bgroup egroup scantokens detokenize meaning jobname "
    "string ShellEscape uppercase lowercase output shipout batchmode scrollmode errorstopmode nonstopmode "
    "makeatletter makeatother write18 ExplSyntaxOn ExplSyntaxOff usetikzlibrary filecontents bibliography".split()
)

DEFINING: frozenset[str] = frozenset(
    "newcommand renewcommand providecommand DeclareRobustCommand DeclareMathOperator DeclareMathOperator* "
    "DeclarePairedDelimiter def gdef let".split()
)

INTERESTING = FORBIDDEN | DEFINING


@dataclass(frozen=True)
class Macro:
    """A body with the number of its arguments; ``default`` stands for the first where it is left out in brackets."""

    name: str
    count: int
    body: tuple[Token, ...]
    default: tuple[Token, ...] | None = None
    starred: bool = False


def expand(tokens: list[Token], source: Source) -> list[Token]:
    """The tokens with definitions taken out and calls replaced."""
    if not any(t.kind == "command" and t.text in INTERESTING for t in tokens) and not any(
        t.kind == "begin" and t.text.rstrip("*") in FORBIDDEN for t in tokens
    ):
        return tokens
    for token in tokens:
        if token.kind in ("command", "begin") and token.text.rstrip("*") in FORBIDDEN:
            source.fault(errors.ForbiddenMacro, f"\\{token.text} is not allowed in a problem statement", token)
    return Expander(tokens, source).run()


class Expander:
    """The tokens still to be read, last first, and the macros known so far."""

    def __init__(self, tokens: list[Token], source: Source) -> None:
        self.source = source
        self.pending = tokens[::-1]
        self.macros: dict[str, Macro] = {}
        self.expansions = 0

    def run(self) -> list[Token]:
        out: list[Token] = []
        pending, macros = self.pending, self.macros
        while pending:
            token = pending.pop()
            if token.kind != "command":
                out.append(token)
            elif token.text in macros:
                self.call(macros[token.text], token)
                if len(pending) + len(out) > MAX_TOKENS:
                    self.endless(token)
            elif token.text in DEFINING:
                self.define(token)
            else:
                out.append(token)
        return out

    def endless(self, call: Token) -> None:
        self.source.fault(
            errors.LimitReached,
            f"the macro \\{call.text} expands without end",
            call,
            f"at most {MAX_EXPANSIONS:,} calls and {MAX_TOKENS:,} tokens are expanded",
        )

    # ------------------------------------------------------------------------------------------- definitions
    def define(self, command: Token) -> None:
        kind = command.text
        if kind == "let":
            self.let(command)
            return
        self.skip_star()
        name = self.macro_name(command)
        if kind in ("def", "gdef"):
            macro = Macro(name, self.plain_parameters(command), self.group(command))
        elif kind.startswith("DeclareMathOperator"):
            macro = self.operator(name, kind.endswith("*"), command)
        elif kind == "DeclarePairedDelimiter":
            macro = self.delimiters(name, command)
        else:
            count = self.bracket()
            digits = "".join(t.text for t in count).strip() if count is not None else "0"
            if not digits.isdigit() or int(digits) > 9:
                self.source.fault(errors.SyntaxFault, "a macro has 0 to 9 arguments", command)
            default = self.bracket() if count is not None else None
            macro = Macro(name, int(digits), self.group(command), tuple(default) if default is not None else None)
        if any(t.kind == "param" and int(t.text) > macro.count for t in macro.body):
            self.source.fault(
                errors.SyntaxFault, f"\\{name} uses an argument that it does not have", command,
                f"\\{name} is defined with {macro.count} arguments",
            )  # fmt: skip
        if kind != "providecommand" or name not in self.macros:
            self.macros[name] = macro

    def let(self, command: Token) -> None:
        name = self.macro_name(command)
        token = self.next_token(command)
        if token.kind == "run" and token.text == "=":
            token = self.next_token(command)
        known = self.macros.get(token.text) if token.kind == "command" else None
        self.macros[name] = known or Macro(name, 0, (token,))

    def operator(self, name: str, starred: bool, command: Token) -> Macro:
        body = self.group(command)
        head = Token("command", "operatorname*" if starred else "operatorname", command.start, command.end)
        brace = Token("open", "{", command.start, command.end)
        return Macro(name, 0, (head, brace, *body, brace._replace(kind="close", text="}")))

    def delimiters(self, name: str, command: Token) -> Macro:
        left, right = self.group(command), self.group(command)
        start, end = command.start, command.end
        body = (
            Token("command", "left", start, end), *left,
            Token("param", "1", start, end),
            Token("command", "right", start, end), *right,
        )  # fmt: skip
        return Macro(name, 1, body, starred=True)

    def macro_name(self, command: Token) -> str:
        token = self.next_token(command)
        if token.kind == "open":
            token = self.next_token(command)
            closing = self.next_token(command)
            if closing.kind != "close":
                self.source.fault(errors.SyntaxFault, f"\\{command.text} needs the name of one macro", command)
        if token.kind != "command":
            self.source.fault(
                errors.SyntaxFault, f"\\{command.text} needs the name of a macro", command, "as in \\newcommand{\\R}{…}"
            )
        return token.text

    def plain_parameters(self, command: Token) -> int:
        count = 0
        while self.pending and self.pending[-1].kind == "param":
            count += 1
            if self.pending.pop().text != str(count):
                self.source.fault(errors.SyntaxFault, "the parameters of \\def must be #1, #2, … in order", command)
        if self.pending and self.pending[-1].kind not in ("open", "space"):
            self.source.fault(
                errors.Unsupported, "\\def with delimited arguments cannot be read", command, "use \\newcommand"
            )
        return count

    # --------------------------------------------------------------------------------------------- arguments
    def next_token(self, call: Token) -> Token:
        """The next token that is no space; of a run only its first character."""
        while self.pending and self.pending[-1].kind in ("space", "tie"):
            self.pending.pop()
        if not self.pending:
            self.source.fault(errors.SyntaxFault, f"the text ends inside \\{call.text}", call)
        token = self.pending.pop()
        if token.kind != "run":
            return token
        own = token.end - token.start == len(token.text)
        text = token.text.lstrip()
        skipped = len(token.text) - len(text)
        if not text:
            return self.next_token(call)
        start = token.start + skipped if own else token.start
        end = start + 1 if own else token.end
        if len(text) > 1:
            self.pending.append(Token("run", text[1:], end if own else token.start, token.end))
        return Token("run", text[0], start, end)

    def group(self, call: Token) -> tuple[Token, ...]:
        """An argument: a braced group without its braces, or one token."""
        token = self.next_token(call)
        if token.kind != "open":
            return (token,)
        inside: list[Token] = []
        depth = 1
        while depth:
            if not self.pending:
                self.source.fault(errors.SyntaxFault, f"an argument of \\{call.text} is never closed", call)
            token = self.pending.pop()
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
            inside.append(token)
        return tuple(inside[:-1])

    def bracket(self) -> list[Token] | None:
        """An optional argument in brackets, or None."""
        spaces: list[Token] = []
        while self.pending and self.pending[-1].kind == "space":
            spaces.append(self.pending.pop())
        if not self.pending or self.pending[-1].kind != "run" or not self.pending[-1].text.lstrip().startswith("["):
            self.pending += spaces[::-1]
            return None
        opening = self.next_token(self.pending[-1])
        inside: list[Token] = []
        depth = 0
        token = opening
        while token is opening or depth or token.kind != "run" or "]" not in token.text:
            if token is not opening:
                inside.append(token)
            if not self.pending:
                self.source.fault(errors.SyntaxFault, "a bracket [ is never closed", opening)
            token = self.pending.pop()
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
        before, _, after = token.text.partition("]")
        if before:
            inside.append(token._replace(text=before, end=token.start + len(before)))
        if after:
            self.pending.append(token._replace(text=after, start=token.end - len(after)))
        return inside

    def skip_star(self) -> None:
        if self.pending and self.pending[-1].kind == "run" and self.pending[-1].text.startswith("*"):
            token = self.pending.pop()
            if len(token.text) > 1:
                self.pending.append(token._replace(text=token.text[1:], start=token.start + 1))

    # ------------------------------------------------------------------------------------------------- calls
    def call(self, macro: Macro, call: Token) -> None:
        """Replace a call by its body; what waits to be read is last first."""
        self.expansions += 1
        if self.expansions > MAX_EXPANSIONS:
            self.endless(call)
        if macro.starred:
            self.skip_star()
        args: list[tuple[Token, ...]] = []
        if macro.default is not None:
            given = self.bracket()
            args.append(tuple(given) if given is not None else macro.default)
        while len(args) < macro.count:
            args.append(self.group(call))
        new, pending = tuple.__new__, self.pending
        for token in reversed(macro.body):
            if token.kind == "param":
                pending.extend(reversed(args[int(token.text) - 1]))
            else:
                pending.append(new(Token, (token.kind, token.text, call.start, call.end)))
