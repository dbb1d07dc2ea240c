r"""Boxes spelt in LaTeX, with the commands of amsmath and amssymb alone."""

from __future__ import annotations

from collections.abc import Mapping

from derivgen.notation import glyphs
from derivgen.notation.boxes import (
    Accent,
    BigOp,
    Box,
    Digits,
    Fenced,
    Fraction,
    FunctionName,
    Grid,
    Letter,
    Marked,
    Operator,
    Root,
    RowOf,
    Scripts,
    Space,
    Words,
)
from derivgen.notation.pieces import Notation, is_tall
from derivgen.notation.present import DEFAULT, present
from derivgen.terms.nodes import Idx, Term

FUNCTIONS = frozenset({
    "exp", "log", "ln", "sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "coth", "det", "dim", "ker", "max", "min", "sup", "inf", "lim", "arg",
})  # fmt: skip
ACCENTS = {
    "hat": r"\hat", "widehat": r"\widehat", "tilde": r"\tilde", "widetilde": r"\widetilde", "bar": r"\bar",
    "overline": r"\overline", "dot": r"\dot", "ddot": r"\ddot", "vec": r"\vec", "underline": r"\underline",
    "check": r"\check", "breve": r"\breve",
}  # fmt: skip
FONTS = {
    "bold": r"\mathbf", "roman": r"\mathrm", "cal": r"\mathcal", "bb": r"\mathbb", "vec": r"\vec",
    "sans": r"\mathsf", "frak": r"\mathfrak", "tt": r"\mathtt",
}  # fmt: skip
FENCES = {
    "(": "(", ")": ")", "[": "[", "]": "]", "{": r"\{", "}": r"\}", "|": "|", "‖": r"\|",
    "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "⟨": r"\langle", "⟩": r"\rangle", "": ".",
}  # fmt: skip
BARS = {("|", "|"): (r"\lvert", r"\rvert"), ("‖", "‖"): (r"\lVert", r"\rVert")}
GRIDS = {("[", "]"): "bmatrix", ("(", ")"): "pmatrix", ("|", "|"): "vmatrix", ("‖", "‖"): "Vmatrix", ("", ""): "matrix"}
BIG = {"sum": r"\sum", "prod": r"\prod", "max": r"\max", "min": r"\min", "int": r"\int", "lim": r"\lim"}
SPACES = {"thin": r"\,", "medium": r"\;", "quad": r"\quad ", "qquad": r"\qquad "}


def latex(term: Term | Idx | Box, notation: Notation = DEFAULT, *, marks: Mapping[str, str] | None = None) -> str:
    r"""The LaTeX of a term or a box.  ``marks`` has a command of one argument for each role of marked parts."""
    return _Printer(marks or {}).spell(present(term, notation))


class _Printer:
    def __init__(self, marks: Mapping[str, str]) -> None:
        self.marks = marks
        self.depth = 0

    def spell(self, box: Box) -> str:
        match box:
            case Letter(name, font):
                return spell_letter(name, font)
            case Digits(text):
                return text
            case Operator(sign, role):
                return _spaced_operator(glyphs.operator(sign).latex, role, tight=self.depth > 0)
            case FunctionName(name):
                return "\\" + name if name in FUNCTIONS else rf"\operatorname{{{name.translate(glyphs.TEX_ESCAPES)}}}"
            case Words(text):
                return rf"\text{{{text.translate(glyphs.TEX_ESCAPES)}}}"
            case RowOf(items):
                return self._row(items)
            case Scripts(base, sub, sup):
                return self._scripts(base, sub, sup)
            case Accent(accent, base):
                return ACCENTS.get(accent, r"\hat") + "{" + self.spell(base) + "}"
            case Fraction(num, den):
                return rf"\frac{{{self.spell(num)}}}{{{self.spell(den)}}}"
            case Root(arg, degree):
                return rf"\sqrt{f'[{self.spell(degree)}]' if degree else ''}{{{self.spell(arg)}}}"
            case Fenced(left, body, right):
                return self._fenced(left, body, right)
            case BigOp(name, lower, upper, body):
                return self._big(name, lower, upper, body)
            case Grid(rows, left, right):
                return self._grid(rows, left, right)
            case Marked(body, role):
                return f"{self.marks[role]}{{{self.spell(body)}}}" if role in self.marks else self.spell(body)
            case Space(width):
                return SPACES.get(width, r"\,")
        raise TypeError(f"not a box: {box!r}")

    def _row(self, items: tuple[Box, ...]) -> str:
        parts = [self.spell(item) for item in items]
        for k, item in enumerate(items[1:]):
            if _is_function(items[k]) and not isinstance(item, Fenced):
                parts[k] += " "
        return join(parts)

    def _scripts(self, base: Box, sub: Box | None, sup: Box | None) -> str:
        below = f"_{_braced(self._small(sub))}" if sub is not None else ""
        above = ""
        if sup is not None:
            text = self._small(sup)
            above = text if text.strip("'") == "" else f"^{_braced(text)}"
        inner = self.spell(base)
        call = isinstance(base, RowOf) and isinstance(base.items[-1], Fenced)
        if isinstance(base, RowOf | Fraction | Scripts | BigOp) and not call:
            inner = f"{{{inner}}}"
        return inner + (above + below if above.startswith("'") else below + above)

    def _small(self, box: Box) -> str:
        self.depth += 1
        text = self.spell(box).strip()
        self.depth -= 1
        return text

    def _fenced(self, left: str, body: Box, right: str) -> str:
        inside = self.spell(body)
        if is_tall(body) or not (left and right):
            return join([rf"\left{FENCES.get(left, left)}", inside]) + join(["", rf"\right{FENCES.get(right, right)}"])
        if (left, right) in BARS:
            opening, closing = BARS[left, right]
            return join([opening, inside, closing])
        return join([FENCES.get(left, left), inside, FENCES.get(right, right)])

    def _big(self, name: str, lower: Box | None, upper: Box | None, body: Box) -> str:
        sign = BIG.get(name, rf"\operatorname*{{{name}}}")
        sign += f"_{{{self._small(lower)}}}" if lower is not None else ""
        sign += f"^{{{self._small(upper)}}}" if upper is not None else ""
        return f"{sign} {self.spell(body)}"

    def _grid(self, rows: tuple[tuple[Box, ...], ...], left: str, right: str) -> str:
        fractions = any(isinstance(cell, Fraction) for line in rows for cell in line)
        lines = (r" \\[3pt] " if fractions else r" \\ ").join(
            " & ".join(self.spell(cell) for cell in line) for line in rows
        )
        name = GRIDS.get((left, right))
        if name:
            return rf"\begin{{{name}}} {lines} \end{{{name}}}"
        return rf"\left{FENCES.get(left, left)}\begin{{matrix}} {lines} \end{{matrix}}\right{FENCES.get(right, right)}"


def spell_letter(name: str, font: str) -> str:
    glyph = glyphs.letter(name)
    if not font:
        known = len(glyph.latex) == 1 or glyph.latex[0] in "\\^"
        return glyph.latex if known else rf"\mathrm{{{glyph.latex}}}"
    if font == "bold" and glyph.latex.startswith("\\"):
        return rf"\boldsymbol{{{glyph.latex}}}"
    if font == "bb" and name.isdigit():
        return rf"\mathbf{{{name}}}"  # amssymb has no blackboard digits
    return FONTS.get(font, r"\mathrm") + "{" + glyph.latex + "}"


def _is_function(box: Box) -> bool:
    return isinstance(box, FunctionName) or (isinstance(box, Scripts) and isinstance(box.base, FunctionName))


def _spaced_operator(text: str, role: str, *, tight: bool) -> str:
    if text == "'" or tight:
        return text
    if role == "ordinary" and text not in ":.!?/|,;()[]" and text != "-":
        return f"{{{text}}}"
    if role in ("binary", "relation"):
        return f" {text} "
    return text + " " if role == "punctuation" and text in ",;" else text


def _braced(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"


def join(parts: list[str]) -> str:
    """The parts side by side, with a space where a command would run into a letter."""
    out = ""
    for part in parts:
        if not part:
            continue
        if out and part[0].isalpha() and _ends_in_command(out):
            out += " "
        if out.endswith(" ") and part.startswith(" "):
            part = part[1:]
        out += part
    return out.strip() if len(parts) > 1 else out


def _ends_in_command(text: str) -> bool:
    at = len(text)
    while at and text[at - 1].isalpha():
        at -= 1
    return at < len(text) and at > 0 and text[at - 1] == "\\"
