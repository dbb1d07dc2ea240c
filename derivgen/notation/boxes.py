"""Formulas as they stand on paper: what every writer of mathematics prints from.

A term is set as boxes once (``notation.present``), with its parentheses, fractions and accents decided; the LaTeX,
Typst, MathML and text printers only spell boxes.  The formulas of a statement are boxes too, so that they can be set
again without echoing their source.
"""

from __future__ import annotations

from derivgen.records import Record


class Box(Record):
    """The root; never built itself."""


class Letter(Box):
    r"""A letter or symbol name: "x", "theta", "ell", "infinity"; font "", "bold", "vec", "roman", "cal", "bb"."""

    letter: str
    font: str = ""


class Digits(Box):
    """A number in decimal digits."""

    digits: str


class Operator(Box):
    """A sign by its name: "+", "-", "=", "odot", "cdot", "times", "in", "to", "neq", "leq", "dots", "vdots", ","."""

    sign: str
    role: str = "binary"
    """"binary", "relation", "prefix", "punctuation", "ordinary": decides the space around it."""


class FunctionName(Box):
    """An upright function name: "log", "tr", "softmax"."""

    name: str


class Words(Box):
    """Upright words inside a formula."""

    text: str


class RowOf(Box):
    """Boxes side by side."""

    items: tuple[Box, ...]


class Scripts(Box):
    """A base with a subscript, a superscript, or both."""

    base: Box
    sub: Box | None = None
    sup: Box | None = None


class Accent(Box):
    """hat, tilde, bar, dot, ddot, vec, underline over (or under) a base."""

    accent: str
    base: Box


class Fraction(Box):
    num: Box
    den: Box


class Root(Box):
    arg: Box
    degree: Box | None = None


class Fenced(Box):
    """Delimiters that grow: "(", "[", "{", "|", "‖", "⌊", "⟨"; either may be "" (none)."""

    left: str
    body: Box
    right: str


class BigOp(Box):
    """A large operator with limits and its operand: "sum", "prod", "max", "min"."""

    name: str
    lower: Box | None
    upper: Box | None
    body: Box


class Grid(Box):
    """A matrix of boxes inside delimiters."""

    rows: tuple[tuple[Box, ...], ...]
    left: str = "["
    right: str = "]"


class Marked(Box):
    """A part that the line is about: highlighted where the writer can."""

    body: Box
    role: str = "moved"


class Space(Box):
    """A space: "thin", "medium", "quad"."""

    width: str = "thin"
