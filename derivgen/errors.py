"""What can go wrong, told in the reader's words and with its place in the input.

One tree, two levels deep.  Every error has a message, a stable code (listed by ``derivgen errors``), a place where
one is known, a hint where there is one, and the exit code of the command line: 1 refused or unsound, 2 the input
is wrong, 3 a tool is missing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Half-open range of character offsets in the source text."""

    start: int
    end: int

    def join(self, other: Span) -> Span:
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True)
class Place:
    """A span inside a named text; line and column count from 1."""

    text: str
    span: Span
    source: str = "<text>"

    @property
    def line(self) -> int:
        return self.text.count("\n", 0, self.span.start) + 1

    @property
    def column(self) -> int:
        return self.span.start - (self.text.rfind("\n", 0, self.span.start) + 1) + 1

    def caret(self, width: int = 100) -> str:
        """The source line and a line of carets below it, cut to ``width`` characters around the span."""
        begin = self.text.rfind("\n", 0, self.span.start) + 1
        end = self.text.find("\n", self.span.start)
        row = self.text[begin : end if end >= 0 else len(self.text)].replace("\t", " ")
        at, length = self.span.start - begin, max(1, min(self.span.end, begin + len(row)) - self.span.start)
        if at > width - 20:
            cut = at - width // 3
            row, at = "…" + row[cut + 1 :], at - cut
        shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in row[:width])
        return f"    {shown}\n    {' ' * at}{'^' * max(1, min(length, width - at))}"


class DerivgenError(Exception):
    """The root: never raised itself."""

    code = "error"
    exit_code = 1

    def __init__(self, message: str, *, place: Place | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.place, self.hint = message, place, hint

    def at(self, place: Place) -> DerivgenError:
        """The same error with a place, where it had none."""
        self.place = self.place or place
        return self

    def __str__(self) -> str:
        lines = [self.message]
        if self.place:
            p = self.place
            lines = [f"{p.source}:{p.line}:{p.column}: {self.message}", p.caret()]
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


class InputError(DerivgenError):
    """The input cannot be read; ``code`` names the kind."""

    code = "input"
    exit_code = 2


class SyntaxFault(InputError):
    """The LaTeX does not parse: something is unbalanced, missing or in the wrong place."""

    code = "syntax"


class UnknownMacro(InputError):
    """A macro that is neither known nor defined in the statement."""

    code = "unknown-macro"


class ForbiddenMacro(InputError):
    """A macro that reads, writes or runs something, or changes how TeX reads; refused by name."""

    code = "forbidden-macro"


class Undeclared(InputError):
    """A symbol whose shape is not stated and does not follow from its use."""

    code = "undeclared"


class ShapeFault(InputError):
    """Shapes that do not fit."""

    code = "shape"


class IndexFault(InputError):
    """An index that does not fit its place."""

    code = "index"


class Ambiguous(InputError):
    """Two readings are possible; a declaration decides."""

    code = "ambiguous"


class ConstantVariable(InputError):
    """A derivative by something that is stated to be constant."""

    code = "constant"


class NoGoal(InputError):
    """No question was found in the statement."""

    code = "no-goal"


class MissingPart(InputError):
    """A part of the statement that is spoken of is not there, or has no answer to go on from."""

    code = "missing-part"


class EmptyInput(InputError):
    """There is nothing to read."""

    code = "empty"


class LayoutConflict(InputError):
    """Two layouts are named for one question."""

    code = "layout"


class EncodingFault(InputError):
    """The text is not UTF-8, or holds control characters."""

    code = "encoding"


class FileFault(InputError):
    """A file or folder cannot be read or written."""

    code = "file"


class LimitReached(InputError):
    """A stated limit of size, depth, expansion or memory was reached."""

    code = "limit"


class Unsupported(InputError):
    """Understood as mathematics that derivgen does not do."""

    code = "unsupported"


class Refused(DerivgenError):
    """Read, but not derived."""

    code = "refused"
    exit_code = 1


class NoRule(Refused):
    """No rule applies; the message shows where the derivation stopped."""

    code = "no-rule"


class NotDifferentiable(Refused):
    """The function has no derivative there, or none that is known."""

    code = "not-differentiable"


class Unsound(Refused):
    """A step or an answer disagreed with its numbers; nothing of it is printed."""

    code = "unsound"


class Undecided(Refused):
    """The numbers could not decide."""

    code = "undecided"


class FalseClaim(Refused):
    """The statement claims an answer that is not the answer; a counterexample is given."""

    code = "false-claim"


class OutOfTime(Refused):
    """The time limit was reached."""

    code = "time"


class InternalFault(Refused):
    """A fault of derivgen itself, caught at the last moment; please report it."""

    code = "internal"


class ToolMissing(DerivgenError):
    """A program that the chosen output needs is not installed."""

    code = "tool-missing"
    exit_code = 3
