"""Boxes spelt as Typst mathematics (what stands between the dollar signs).

Every sign is its Unicode character, every letter stands apart, fractions are calls, and commas inside are named, so
that nothing is read as an argument list, a shorthand or code.
"""

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

FUNCTIONS = frozenset({
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "csch", "deg", "det", "dim", "exp", "gcd",
    "inf", "ker", "lim", "ln", "log", "max", "min", "sec", "sech", "sin", "sinh", "sup", "tan", "tanh",
})  # fmt: skip
ACCENTS = {
    "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde", "bar": "macron", "overline": "overline",
    "dot": "dot", "ddot": "dot.double", "vec": "arrow", "underline": "underline", "check": "caron", "breve": "breve",
}  # fmt: skip
SIGNS = {",": "comma", ";": "semi", ":": "colon", "/": "slash", "'": "prime", "#": r"\#", "$": r"\$", "&": r"\&",
         "\\": "backslash", "_": r"\_", "^": r"\^", '"': r"\"", "~": r"\~", "@": r"\@"}  # fmt: skip
FENCES = {"‖": "‖", "|": "|", "⟨": "⟨", "⟩": "⟩"}
MATCHED = {("(", ")"), ("[", "]"), ("{", "}")}
GRID_FENCES = {"[": '"["', "(": '"("', "{": '"{"', "|": '"|"', "‖": '"||"', "": "#none"}
BIG = {"sum": "sum", "prod": "product", "int": "integral"}
SPACES = {"thin": "thin", "medium": "med", "quad": "quad", "qquad": "wide"}
FONTS = {"cal": "cal", "bb": "bb", "sans": "sans", "frak": "frak", "tt": "mono", "roman": "upright", "vec": "arrow"}


def typst(box: Box, *, marks: Mapping[str, str] | None = None) -> str:
    """The Typst source of a box, without dollar signs.  ``marks`` has a function for each role of marked parts."""
    return _Printer(marks or {}).spell(box)


def quoted(text: str) -> str:
    """A Typst string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


class _Printer:
    def __init__(self, marks: Mapping[str, str]) -> None:
        self.marks = marks

    def spell(self, box: Box) -> str:
        match box:
            case Letter(name, font):
                return spell_letter(name, font)
            case Digits(text):
                return text
            case Operator(sign):
                return _operator(sign)
            case FunctionName(name):
                return name if name in FUNCTIONS else f"op({quoted(name)})"
            case Words(text):
                return quoted(text)
            case RowOf(items):
                return " ".join(self.spell(item) for item in items)
            case Scripts(base, sub, sup):
                return self._scripts(base, sub, sup)
            case Accent(accent, base):
                return f"{ACCENTS.get(accent, 'hat')}({self.spell(base)})"
            case Fraction(num, den):
                return f"frac({self.spell(num)}, {self.spell(den)})"
            case Root(arg, None):
                return f"sqrt({self.spell(arg)})"
            case Root(arg, Box() as degree):
                return f"root({self.spell(degree)}, {self.spell(arg)})"
            case Fenced(left, body, right):
                return self._fenced(left, body, right)
            case BigOp(name, lower, upper, body):
                return self._big(name, lower, upper, body)
            case Grid(rows, left, _):
                lines = "; ".join(", ".join(self.spell(cell) or '""' for cell in line) for line in rows)
                return f"mat(delim: {GRID_FENCES.get(left, '#none')}, {lines})"
            case Marked(body, role):
                return f"{self.marks[role]}({self.spell(body)})" if role in self.marks else self.spell(body)
            case Space(width):
                return SPACES.get(width, "thin")
        raise TypeError(f"not a box: {box!r}")

    def _scripts(self, base: Box, sub: Box | None, sup: Box | None) -> str:
        below = self.spell(sub) if sub is not None else ""
        above = self.spell(sup) if sup is not None else ""
        inner = self.spell(base)
        if above and set(above.split()) == {"prime"}:
            inner, above = inner + "'" * above.count("prime"), ""
        if isinstance(base, RowOf | Scripts | Fraction | BigOp):
            return f"attach({inner}{f', b: {below}' if below else ''}{f', t: {above}' if above else ''})"
        return inner + _script("_", below) + _script("^", above)

    def _fenced(self, left: str, body: Box, right: str) -> str:
        inside = self.spell(body)
        if (left, right) in MATCHED:
            return f"{left}{inside}{right}"
        opening = f"\\{left}" if left in "([{" and left else left
        closing = f"\\{right}" if right in ")]}" and right else right
        return f"lr({opening} {inside} {closing})" if left else f"lr({inside} {closing})"

    def _big(self, name: str, lower: Box | None, upper: Box | None, body: Box) -> str:
        sign = BIG.get(name) or (name if name in FUNCTIONS else f"op({quoted(name)}, limits: #true)")
        sign += _script("_", self.spell(lower)) if lower is not None else ""
        sign += _script("^", self.spell(upper)) if upper is not None else ""
        return f"{sign} {self.spell(body)}"


def spell_letter(name: str, font: str) -> str:
    char = glyphs.letter(name).char
    inner = char if len(char) == 1 else quoted(char)
    if inner in SIGNS:
        inner = SIGNS[inner]
    if font == "bold":
        greek = name.lstrip("\\") in glyphs.GREEK
        return f"bold({inner})" if greek or char.isdigit() else f"upright(bold({inner}))"
    return f"{FONTS[font]}({inner})" if font in FONTS else inner


def _operator(sign: str) -> str:
    char = glyphs.operator(sign).char
    if char == "′":
        return "prime"
    return SIGNS.get(char) or (char if len(char) == 1 else quoted(char))


def _script(sign: str, text: str) -> str:
    if not text:
        return ""
    return sign + (text if len(text) == 1 and text.isalnum() and text.isascii() else f"({text})")
