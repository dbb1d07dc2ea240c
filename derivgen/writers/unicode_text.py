"""Boxes spelt on one line of readable text: ``xᵀAx``, ``Σᵢ₌₁ⁿ aᵢ xᵢ``, or plain ASCII: ``x^T A x``."""

from __future__ import annotations

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
from derivgen.writers.mathml import styled

SUPERSCRIPTS = dict(zip(
    "0123456789+−=()abcdefghijklmnoprstuvwxyzTV⊤βγδθιφχ′∗",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀⱽᵀᵝᵞᵟᶿᶥᵠᵡ′*", strict=True,
))  # fmt: skip
SUBSCRIPTS = dict(zip(
    "0123456789+−=()aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True,
))  # fmt: skip
COMBINING = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0305", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7", "underline": "\u0332",
    "check": "\u030c", "breve": "\u0306",
}  # fmt: skip
FENCES = {"‖": "||", "⟨": "<", "⟩": ">", "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")"}
BIG = {"sum": "Σ", "prod": "∏", "int": "∫"}
SPACES = {"thin": " ", "medium": " ", "quad": "  ", "qquad": "    "}
BINARY = ("binary", "relation")


def text(box: Box, ascii: bool = False) -> str:
    """The box on one line."""
    return Printer(ascii).spell(box).strip()


class Printer:
    def __init__(self, ascii_only: bool) -> None:
        self.ascii = ascii_only
        self.depth = 0

    def spell(self, box: Box) -> str:
        match box:
            case Letter(name, font):
                return self._letter(name, font)
            case Digits(digits):
                return digits
            case Operator(sign, role):
                return self._operator(sign, role)
            case FunctionName(name):
                return name
            case Words(words):
                return words if not self.ascii else words.encode("ascii", "replace").decode()
            case RowOf(items):
                return self._row(items)
            case Scripts(base, sub, sup):
                return self._scripts(base, sub, sup)
            case Accent(accent, base):
                return self._accented(accent, base)
            case Fraction(num, den):
                return f"{self._above(num)}/{self._below(den)}"
            case Root(arg, degree):
                return self._root(arg, degree)
            case Fenced(left, body, right):
                return self._fenced(left, body, right)
            case BigOp(name, lower, upper, body):
                return self._big(name, lower, upper, body)
            case Grid(rows, left, right):
                inside = "; ".join(", ".join(self.spell(cell) for cell in line) for line in rows)
                return f"{left or '['}{inside}{right or ']'}"
            case Marked(body):
                return self.spell(body)
            case Space(width):
                return SPACES.get(width, " ")
        raise TypeError(f"not a box: {box!r}")

    # ------------------------------------------------------------------------------------------- letters and signs
    def _letter(self, name: str, font: str) -> str:
        glyph = glyphs.letter(name)
        ones = (name, font) == ("1", "bold")  # which must not be taken for the number
        if self.ascii:
            return "ones" if ones else glyph.ascii
        return styled(glyph.char, font) if font == "bb" or ones else glyph.char

    def _operator(self, sign: str, role: str) -> str:
        glyph = glyphs.operator(sign)
        char = glyph.ascii if self.ascii else glyph.char
        if role in BINARY:
            return char if self.depth else f" {char} "
        return f"{char} " if role == "punctuation" and not self.depth else char

    def _accented(self, accent: str, base: Box) -> str:
        inner = self.spell(base)
        if self.ascii:
            return f"{inner}_{'bar' if accent == 'overline' else accent.removeprefix('wide')}"
        return inner[0] + COMBINING.get(accent, "\u0302") + inner[1:]

    # -------------------------------------------------------------------------------------------------------- rows
    def _row(self, items: tuple[Box, ...]) -> str:
        out = ""
        for k, item in enumerate(items):
            piece = self.spell(item)
            if isinstance(item, Fraction) and not _is_sign(item.num) and any(map(_is_operand, _beside(items, k))):
                piece = f"({piece})"
            if k and _is_minus(items[k - 1]) and _is_minus(first_of(item)):
                piece = f"({piece})"
            if k and _is_operand(items[k - 1]) and _is_operand(item) and self._apart(items[k - 1], item, out):
                out += " "
            out += piece if not out.endswith(" ") else piece.lstrip(" ")
        return out

    def _apart(self, left: Box, right: Box, written: str) -> bool:
        """Whether two neighbours of a product need a space between them to be told apart."""
        if isinstance(right, Fenced):
            return isinstance(left, Fraction)
        if isinstance(left, Scripts) and written.endswith(")"):
            return True
        if _is_sign(left):
            return isinstance(right, FunctionName) or (self.ascii and _is_nabla(left))
        if isinstance(left, Digits) and isinstance(right, Fraction) and _is_sign(right.num):
            return True
        if isinstance(left, Digits) and not _is_name(right):
            return self.ascii and len(self.spell(right).split("_")[0].split("^")[0]) > 1
        if self.ascii and self.depth and isinstance(left, Letter) and isinstance(right, Letter):
            return len(self.spell(left)) + len(self.spell(right)) > 2
        tall = isinstance(right, BigOp | Fraction | Root) or _is_name(right)
        if self.ascii or tall or isinstance(left, FunctionName | Fraction):
            return True
        subscripted = any(isinstance(b, Scripts) and b.sub is not None for b in (left, right))
        return subscripted or not (written[-1].isalpha() or written[-1] in "ᵀ′⁻¹²³⁴⁵⁶⁷⁸⁹⁰)]")

    def _fenced(self, left: str, body: Box, right: str) -> str:
        if self.ascii:
            left, right = FENCES.get(left, left), FENCES.get(right, right)
        return f"{left}{self.spell(body).strip()}{right if left or right in ')]}' else ' ' + right}"

    def _big(self, name: str, lower: Box | None, upper: Box | None, body: Box) -> str:
        sign = name if self.ascii else BIG.get(name, name)
        below = self._small(lower) if lower is not None else ""
        above = self._small(upper) if upper is not None else ""
        limits = self._raised_text(below, SUBSCRIPTS) + self._raised_text(above, SUPERSCRIPTS)
        if self.ascii or len(limits) != len(below) + len(above):
            limits = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
        return f"{sign}{limits} {self.spell(body)}"

    # ----------------------------------------------------------------------------------------------------- scripts
    def _scripts(self, base: Box, sub: Box | None, sup: Box | None) -> str:
        inner = self.spell(base)
        below, above = ("", "")
        if sub is not None:
            plain = self._small(sub)
            below = self._raised_text(plain, SUBSCRIPTS) or (f"_{plain}" if len(plain) == 1 else f"_{{{plain}}}")
        if sup is not None:
            plain = self._small(sup)
            simple = len(plain) == 1 or plain.isdigit()
            above = self._raised_text(plain, SUPERSCRIPTS) or (f"^{plain}" if simple else f"^({plain})")
            if plain.strip("'′") == "":
                return inner + plain + below
        return inner + below + above

    def _small(self, box: Box) -> str:
        self.depth += 1
        spelt = self.spell(box).strip()
        self.depth -= 1
        return spelt

    def _raised_text(self, plain: str, table: dict[str, str]) -> str:
        """The text in raised or lowered characters; empty where one of them does not exist."""
        if self.ascii or not all(c in table for c in plain):
            return ""
        return "".join(table[c] for c in plain)

    # --------------------------------------------------------------------------------------------------- fractions
    def _above(self, num: Box) -> str:
        spelt = self.spell(num)
        items = num.items if isinstance(num, RowOf) else (num,)
        loose = any(isinstance(b, BigOp | Fraction) or _is_sign_between(b) for b in items)
        return f"({spelt})" if loose else spelt

    def _below(self, den: Box) -> str:
        spelt = self.spell(den)
        if isinstance(den, BigOp | Fraction):
            return f"({spelt})"
        if isinstance(den, RowOf) and not (len(den.items) == 2 and _is_sign(den.items[0])):
            called = len(den.items) == 2 and _is_name(den.items[0]) and isinstance(den.items[1], Fenced)
            return spelt if called else f"({spelt})"
        return spelt

    def _root(self, arg: Box, degree: Box | None) -> str:
        inner, order = self.spell(arg), self.spell(degree) if degree else "2"
        if self.ascii:
            return f"sqrt({inner})" if order == "2" else f"root({order}, {inner})"
        sign = {"2": "√", "3": "∛", "4": "∜"}.get(order) or self._raised_text(order, SUPERSCRIPTS) + "√"
        return f"{sign}{inner}" if isinstance(arg, Letter | Digits) else f"{sign}({inner})"


def _beside(items: tuple[Box, ...], k: int) -> list[Box]:
    """The neighbours of an item, beyond the spaces."""
    before = [b for b in items[:k] if not isinstance(b, Space)][-1:]
    after = [b for b in items[k + 1 :] if not isinstance(b, Space)][:1]
    return [*before, *after]


def _is_name(box: Box) -> bool:
    """The name of a function, perhaps with a power: tanh, sin²."""
    return isinstance(box.base if isinstance(box, Scripts) else box, FunctionName)


def _is_operand(box: Box) -> bool:
    return not isinstance(box, Operator | Space)


def _is_sign(box: Box) -> bool:
    """d or ∂ or ∇, alone or with a power: what stands before a differentiated thing without a space."""
    if isinstance(box, Scripts):
        return box.sub is None and _is_sign(box.base)
    return isinstance(box, Letter) and box.letter in ("d", "partial", "nabla") and not box.font


def _is_nabla(box: Box) -> bool:
    base = box.base if isinstance(box, Scripts) else box
    return isinstance(base, Letter) and base.letter == "nabla"


def _is_minus(box: Box) -> bool:
    return isinstance(box, Operator) and box.sign == "-"


def first_of(box: Box) -> Box:
    """What a formula begins with: of a fraction on one line its numerator."""
    match box:
        case RowOf((first, *_)):
            return first_of(first)
        case Fraction(num, _):
            return first_of(num)
    return box


def _is_sign_between(box: Box) -> bool:
    return isinstance(box, Operator) and box.role in BINARY
