"""Formulas as they stand on paper: what every writer of mathematics prints from.

A term is set as boxes once (``notation.present``), with its parentheses, fractions and accents decided; the LaTeX,
Typst, MathML and text printers only spell boxes.  The formulas of a statement are boxes too, so that they can be set
again without echoing their source.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """The root; never built itself."""


@dataclass(frozen=True)
class Letter(Box):
    r"""A letter or symbol name: "x", "theta", "ell", "infinity"; font "", "bold", "vec", "roman", "cal", "bb"."""

    letter: str
    font: str = ""


@dataclass(frozen=True)
class Digits(Box):
    """A number in decimal digits."""

    digits: str


@dataclass(frozen=True)
class Operator(Box):
    """A sign by its name: "+", "-", "=", "odot", "cdot", "times", "in", "to", "neq", "leq", "dots", "vdots", ","."""

    sign: str
    role: str = "binary"
    """"binary", "relation", "prefix", "punctuation", "ordinary": decides the space around it."""


@dataclass(frozen=True)
class FunctionName(Box):
    """An upright function name: "log", "tr", "softmax"."""

    name: str


@dataclass(frozen=True)
class Words(Box):
    """Upright words inside a formula."""

    text: str


@dataclass(frozen=True)
class RowOf(Box):
    """Boxes side by side."""

    items: tuple[Box, ...]


@dataclass(frozen=True)
class Scripts(Box):
    """A base with a subscript, a superscript, or both."""

    base: Box
    sub: Box | None = None
    sup: Box | None = None


@dataclass(frozen=True)
class Accent(Box):
    """hat, tilde, bar, dot, ddot, vec, underline over (or under) a base."""

    accent: str
    base: Box


@dataclass(frozen=True)
class Fraction(Box):
    num: Box
    den: Box


@dataclass(frozen=True)
class Root(Box):
    arg: Box
    degree: Box | None = None


@dataclass(frozen=True)
class Fenced(Box):
    """Delimiters that grow: "(", "[", "{", "|", "‖", "⌊", "⟨"; either may be "" (none)."""

    left: str
    body: Box
    right: str


@dataclass(frozen=True)
class BigOp(Box):
    """A large operator with limits and its operand: "sum", "prod", "max", "min"."""

    name: str
    lower: Box | None
    upper: Box | None
    body: Box


@dataclass(frozen=True)
class Grid(Box):
    """A matrix of boxes inside delimiters."""

    rows: tuple[tuple[Box, ...], ...]
    left: str = "["
    right: str = "]"


@dataclass(frozen=True)
class Marked(Box):
    """A part that the line is about: highlighted where the writer can."""

    body: Box
    role: str = "moved"


@dataclass(frozen=True)
class Space(Box):
    """A space: "thin", "medium", "quad"."""

    width: str = "thin"
