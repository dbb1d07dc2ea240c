"""Boxes spelt as native MathML (MathML Core): what a browser lays out by itself."""

from __future__ import annotations

from html import escape

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
from derivgen.notation.pieces import is_tall

ACCENTS = {
    "hat": "ˆ", "widehat": "^", "tilde": "˜", "widetilde": "~", "bar": "¯", "overline": "‾", "dot": "˙", "ddot": "¨",
    "vec": "→", "check": "ˇ", "breve": "˘",
}  # fmt: skip
BIG = {"sum": "∑", "prod": "∏", "int": "∫"}
SPACES = {"thin": "0.167em", "medium": "0.278em", "quad": "1em", "qquad": "2em"}
BLACKBOARD = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
SCRIPT = {"B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ", "g": "ℊ", "o": "ℴ"}
FRAKTUR = {"C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"}
ALPHABETS = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE, {}),
    "bb": (0x1D538, 0x1D552, 0x1D7D8, BLACKBOARD),
    "cal": (0x1D49C, 0x1D4B6, None, SCRIPT),
    "frak": (0x1D504, 0x1D51E, None, FRAKTUR),
    "sans": (0x1D5A0, 0x1D5BA, 0x1D7E2, {}),
    "tt": (0x1D670, 0x1D68A, 0x1D7F6, {}),
}
"""Where capitals, small letters and digits of each alphabet begin in Unicode, and the letters that are elsewhere."""
PRIME, PRIMES = Operator("prime", "ordinary"), ("", "′", "″", "‴")
BOLD_CAPITAL_GREEK, BOLD_GREEK = 0x1D6A8, 0x1D736
BOLD_GREEK_VARIANTS = {"ϵ": "𝝐", "ϑ": "𝝑", "ϰ": "𝝒", "ϕ": "𝝓", "ϱ": "𝝔", "ϖ": "𝝕", "∂": "𝛛", "∇": "𝛁"}


def mathml(box: Box, *, display: bool = False, alternative: str = "") -> str:
    """A ``<math>`` element.  ``alternative`` is read aloud where MathML is not."""
    attributes = ' display="block"' if display else ""
    if alternative:
        attributes += f' alttext="{escape(alternative)}"'
    return f"<math{attributes}>{_grouped(box)}</math>"


def spell(box: Box) -> str:
    """The elements of a box; a row gives several side by side."""
    match box:
        case Letter(name, font):
            return _letter(name, font)
        case Digits(text):
            return f"<mn>{escape(text)}</mn>"
        case Operator(sign, role):
            return _operator(sign, role)
        case FunctionName(name):
            return f"<mi>{escape(name)}</mi>" if len(name) > 1 else f'<mi mathvariant="normal">{escape(name)}</mi>'
        case Words(text):
            return f"<mtext>{escape(_kept_spaces(text))}</mtext>"
        case RowOf(items):
            return _row(items)
        case Scripts(base, sub, sup):
            return _scripts(base, sub, sup)
        case Accent(accent, base):
            return _accented(accent, base)
        case Fraction(num, den):
            return f"<mfrac>{_grouped(num)}{_grouped(den)}</mfrac>"
        case Root(arg, None):
            return f"<msqrt>{spell(arg)}</msqrt>"
        case Root(arg, Box() as degree):
            return f"<mroot>{_grouped(arg)}{_grouped(degree)}</mroot>"
        case Fenced(left, body, right):
            tall = is_tall(body) or not left
            return f"<mrow>{_fence(left, 'prefix', tall)}{spell(body)}{_fence(right, 'postfix', tall)}</mrow>"
        case BigOp(name, lower, upper, body):
            return f"<mrow>{_big(name, lower, upper)}{_thin_before(body)}{spell(body)}</mrow>"
        case Grid(rows, left, right):
            return f"<mrow>{_fence(left, 'prefix', True)}{_table(rows)}{_fence(right, 'postfix', True)}</mrow>"
        case Marked(body, role):
            return f'<mrow class="{escape(role)}">{spell(body)}</mrow>'
        case Space(width):
            return f'<mspace width="{SPACES.get(width, SPACES["thin"])}"></mspace>'
    raise TypeError(f"not a box: {box!r}")


# -------------------------------------------------------------------------------------------------------- letters
def _letter(name: str, font: str) -> str:
    char = glyphs.letter(name).char
    if len(char) > 1:
        return f"<mi>{escape(char)}</mi>"
    if char == "∂":
        return "<mi>∂</mi>"
    if font == "vec":
        return f'<mover><mi>{escape(char)}</mi><mo stretchy="false">→</mo></mover>'
    if char.isdigit():
        return f"<mn>{styled(char, font)}</mn>"
    if not font:
        upright = ' mathvariant="normal"' if not char.isalpha() or char in "ΓΔΘΛΞΠΣΥΦΨΩℓ" else ""
        return f"<mi{upright}>{escape(char)}</mi>"
    if font == "roman":
        return f'<mi mathvariant="normal">{escape(char)}</mi>'
    return f"<mi>{escape(styled(char, font))}</mi>"


def styled(char: str, font: str) -> str:
    """The character of a bold, blackboard or script alphabet, where Unicode has one."""
    if font == "bold" and char in BOLD_GREEK_VARIANTS:
        return BOLD_GREEK_VARIANTS[char]
    if font == "bold" and "α" <= char <= "ω":
        return chr(BOLD_GREEK + ord(char) - ord("α"))
    if font == "bold" and "Α" <= char <= "Ω":
        return chr(BOLD_CAPITAL_GREEK + ord(char) - ord("Α"))
    if font not in ALPHABETS or not char.isascii():
        return char
    capitals, small, numerals, elsewhere = ALPHABETS[font]
    if char in elsewhere:
        return elsewhere[char]
    if char.isdigit():
        return chr(numerals + int(char)) if numerals else char
    return chr((capitals if char.isupper() else small) + ord(char.upper()) - ord("A")) if char.isalpha() else char


# ---------------------------------------------------------------------------------------------------------- signs
def _operator(sign: str, role: str) -> str:
    char = escape(glyphs.operator(sign).char)
    if role == "prefix":
        return f'<mo form="prefix">{char}</mo>'
    if role == "ordinary":
        return f'<mo lspace="0" rspace="0" stretchy="false">{char}</mo>'
    if role == "binary":
        return f'<mo form="infix" lspace="0.222em" rspace="0.222em">{char}</mo>'
    if role == "relation":
        return f'<mo form="infix" lspace="0.278em" rspace="0.278em" stretchy="false">{char}</mo>'
    return f'<mo separator="true" lspace="0" rspace="0.167em">{char}</mo>'


def _fence(char: str, form: str, grows: bool) -> str:
    """A delimiter; one that need not grow must not, since browsers then choose a wider glyph."""
    if not char:
        return ""
    stretchy = "true" if grows else "false"
    return f'<mo form="{form}" fence="true" stretchy="{stretchy}" lspace="0" rspace="0">{escape(char)}</mo>'


# -------------------------------------------------------------------------------------------------- constructions
def _grouped(box: Box) -> str:
    """One element: a row gets an ``<mrow>``."""
    return f"<mrow>{spell(box)}</mrow>" if isinstance(box, RowOf) and len(box.items) != 1 else spell(box)


def _row(items: tuple[Box, ...]) -> str:
    out: list[str] = []
    for k, item in enumerate(items):
        if k and _needs_thin_space(items[k - 1], item):
            out.append('<mspace width="0.167em"></mspace>')
        out.append(spell(item))
    return "".join(out)


def _needs_thin_space(left: Box, right: Box) -> bool:
    """A function name, a large operator or a fraction beside another keeps a little distance, as in TeX."""
    if isinstance(left, Operator | Space) or isinstance(right, Operator | Space):
        return False
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return True  # their bars would be one
    if _is_name(left):
        return not isinstance(right.base if isinstance(right, Scripts) else right, Fenced)
    return _is_name(right) or isinstance(right, BigOp)


def _is_name(box: Box) -> bool:
    return isinstance(box, FunctionName) or (isinstance(box, Scripts) and isinstance(box.base, FunctionName))


def _thin_before(body: Box) -> str:
    first = body.items[0] if isinstance(body, RowOf) else body
    return "" if isinstance(first, Fenced) else '<mspace width="0.167em"></mspace>'


def _scripts(base: Box, sub: Box | None, sup: Box | None) -> str:
    if isinstance(base, RowOf) and isinstance(base.items[-1], Fenced):
        return _row((*base.items[:-1], Scripts(base.items[-1], sub, sup)))
    inner = _grouped(base)
    if sup is not None and (count := _primes(sup)):
        # The character is raised already: as a superscript it would fly away.
        inner = f'<mrow>{inner}<mo lspace="0" rspace="0">{PRIMES[count]}</mo></mrow>'
        sup = None
    below = "" if sub is None else _small(sub)
    above = "" if sup is None else _small(sup)
    name = ("m" + ("sub" if below else "") + ("sup" if above else "")) if below or above else "mrow"
    return f"<{name}>{inner}{below}{above}</{name}>"


def _primes(sup: Box) -> int:
    marks = sup.items if isinstance(sup, RowOf) else (sup,)
    return len(marks) if len(marks) < len(PRIMES) and all(m == PRIME for m in marks) else 0


def _small(box: Box) -> str:
    """A script or a limit: its signs stand without the spaces of a formula on the line."""
    return _grouped(_tight(box))


def _tight(box: Box) -> Box:
    match box:
        case Operator(sign, "binary" | "relation"):
            return Operator(sign, "ordinary")
        case RowOf(items):
            return RowOf(tuple(_tight(item) for item in items))
        case Fenced(left, body, right):
            return Fenced(left, _tight(body), right)
    return box


def _accented(accent: str, base: Box) -> str:
    if accent == "underline":
        return f'<munder accentunder="true">{_grouped(base)}<mo stretchy="true">_</mo></munder>'
    wide = "true" if accent in ("widehat", "widetilde", "overline") else "false"
    return f'<mover accent="true">{_grouped(base)}<mo stretchy="{wide}">{ACCENTS.get(accent, "^")}</mo></mover>'


def _big(name: str, lower: Box | None, upper: Box | None) -> str:
    if name in BIG:
        sign = f'<mo largeop="true" movablelimits="true" lspace="0" rspace="0">{BIG[name]}</mo>'
    else:
        sign = f'<mo movablelimits="true" lspace="0" rspace="0">{escape(name)}</mo>'
    if lower is not None and upper is not None:
        return f"<munderover>{sign}{_small(lower)}{_small(upper)}</munderover>"
    if lower is not None:
        return f"<munder>{sign}{_small(lower)}</munder>"
    return f"<mover>{sign}{_small(upper)}</mover>" if upper is not None else sign


def _table(rows: tuple[tuple[Box, ...], ...]) -> str:
    lines = ("".join(f"<mtd>{_grouped(cell)}</mtd>" for cell in line) for line in rows)
    return "<mtable>" + "".join(f"<mtr>{line}</mtr>" for line in lines) + "</mtable>"


def _kept_spaces(text: str) -> str:
    """Spaces at the ends of ``<mtext>`` are trimmed by browsers unless they do not break."""
    body = text.strip(" ")
    if not body:
        return "\N{NO-BREAK SPACE}" * len(text)
    left, right = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return "\N{NO-BREAK SPACE}" * len(left) + body + "\N{NO-BREAK SPACE}" * len(right)
