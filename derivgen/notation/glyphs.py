"""The signs of mathematics by name: one row each, with its spelling in every language that is printed.

Letters go by their LaTeX name without the backslash ("theta", "ell"), operators by that name or by the character
itself ("odot" or "⊙", "neq" or "≠").
"""

from __future__ import annotations

from typing import NamedTuple


class Glyph(NamedTuple):
    """LaTeX, the Unicode character, plain ASCII, and how it is read aloud."""

    latex: str
    char: str
    ascii: str
    spoken: str


TEX_ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
})  # fmt: skip

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ",
    "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω",
}  # fmt: skip

_LETTERS = {
    "ell": ("ℓ", "ell", "ell"),
    "infinity": ("∞", "inf", "infinity"),
    "infty": ("∞", "inf", "infinity"),
    "partial": ("∂", "d", "partial"),
    "nabla": ("∇", "grad", "nabla"),
    "hbar": ("ℏ", "hbar", "h bar"),
    "top": ("⊤", "T", "transpose"),
    "emptyset": ("∅", "{}", "the empty set"),
    "imath": ("ı", "i", "i"),
    "jmath": ("ȷ", "j", "j"),
    "Re": ("ℜ", "Re", "real part"),
    "Im": ("ℑ", "Im", "imaginary part"),
    "forall": ("∀", "for all", "for all"),
    "exists": ("∃", "exists", "there is"),
    "angle": ("∠", "angle", "angle"),
    "degree": ("°", "deg", "degrees"),
}

LETTERS: dict[str, Glyph] = {
    **{name: Glyph("\\" + name, char, *(name.removeprefix("var"),) * 2) for name, char in _GREEK.items()},
    **{name: Glyph("\\" + name, *row) for name, row in _LETTERS.items()},
    "infinity": Glyph(r"\infty", "∞", "inf", "infinity"),
    "degree": Glyph(r"^{\circ}", "°", "deg", "degrees"),
}
GREEK = frozenset(_GREEK)

OPERATORS: dict[str, Glyph] = {
    "+": Glyph("+", "+", "+", "plus"),
    "-": Glyph("-", "−", "-", "minus"),
    "=": Glyph("=", "=", "=", "equals"),
    "<": Glyph("<", "<", "<", "less than"),
    ">": Glyph(">", ">", ">", "greater than"),
    ",": Glyph(",", ",", ",", ","),
    ";": Glyph(";", ";", ";", ";"),
    ":": Glyph(":", ":", ":", "colon"),
    ".": Glyph(".", ".", ".", "."),
    "?": Glyph("?", "?", "?", "?"),
    "!": Glyph("!", "!", "!", "factorial"),
    "/": Glyph("/", "/", "/", "over"),
    "|": Glyph(r"\mid", "|", "|", "given"),
    "*": Glyph("*", "∗", "*", "star"),
    "(": Glyph("(", "(", "(", "("),
    ")": Glyph(")", ")", ")", ")"),
    "[": Glyph("[", "[", "[", "["),
    "]": Glyph("]", "]", "]", "]"),
    "'": Glyph("'", "′", "'", "prime"),
    "prime": Glyph("'", "′", "'", "prime"),
    "odot": Glyph(r"\odot", "⊙", ".*", "element-wise times"),
    "oslash": Glyph(r"\oslash", "⊘", "./", "element-wise over"),
    "circ": Glyph(r"\circ", "∘", "o", "circle"),
    "otimes": Glyph(r"\otimes", "⊗", "(x)", "Kronecker times"),
    "oplus": Glyph(r"\oplus", "⊕", "(+)", "direct sum"),
    "cdot": Glyph(r"\cdot", "⋅", "*", "times"),
    "times": Glyph(r"\times", "×", "x", "by"),
    "div": Glyph(r"\div", "÷", "/", "divided by"),
    "pm": Glyph(r"\pm", "±", "+-", "plus or minus"),
    "mp": Glyph(r"\mp", "∓", "-+", "minus or plus"),
    "in": Glyph(r"\in", "∈", "in", "in"),
    "notin": Glyph(r"\notin", "∉", "not in", "not in"),
    "subset": Glyph(r"\subset", "⊂", "subset of", "a subset of"),
    "subseteq": Glyph(r"\subseteq", "⊆", "subset of", "a subset of"),
    "cup": Glyph(r"\cup", "∪", "union", "union"),
    "cap": Glyph(r"\cap", "∩", "intersection", "intersection"),
    "setminus": Glyph(r"\setminus", "∖", "\\", "without"),
    "to": Glyph(r"\to", "→", "->", "to"),
    "mapsto": Glyph(r"\mapsto", "↦", "|->", "maps to"),
    "implies": Glyph(r"\implies", "⟹", "==>", "implies"),
    "iff": Glyph(r"\iff", "⟺", "<=>", "if and only if"),
    "Rightarrow": Glyph(r"\Rightarrow", "⇒", "=>", "implies"),
    "neq": Glyph(r"\neq", "≠", "!=", "is not"),
    "leq": Glyph(r"\leq", "≤", "<=", "at most"),
    "geq": Glyph(r"\geq", "≥", ">=", "at least"),
    "ll": Glyph(r"\ll", "≪", "<<", "much less than"),
    "gg": Glyph(r"\gg", "≫", ">>", "much greater than"),
    "succ": Glyph(r"\succ", "≻", ">", "is greater, as a matrix, than"),
    "succeq": Glyph(r"\succeq", "⪰", ">=", "is at least, as a matrix,"),
    "prec": Glyph(r"\prec", "≺", "<", "is less, as a matrix, than"),
    "preceq": Glyph(r"\preceq", "⪯", "<=", "is at most, as a matrix,"),
    "approx": Glyph(r"\approx", "≈", "~=", "is about"),
    "equiv": Glyph(r"\equiv", "≡", "==", "is identical to"),
    "coloneqq": Glyph(r":=", "≔", ":=", "is defined as"),
    "sim": Glyph(r"\sim", "∼", "~", "is distributed as"),
    "propto": Glyph(r"\propto", "∝", "prop. to", "is proportional to"),
    "perp": Glyph(r"\perp", "⊥", "_|_", "is perpendicular to"),
    "dots": Glyph(r"\dots", "…", "...", "and so on"),
    "cdots": Glyph(r"\cdots", "⋯", "...", "and so on"),
    "vdots": Glyph(r"\vdots", "⋮", ":", "and so on down"),
    "ddots": Glyph(r"\ddots", "⋱", "...", "and so on diagonally"),
    "dagger": Glyph(r"\dagger", "†", "+", "dagger"),
    "star": Glyph(r"\star", "⋆", "*", "star"),
    "□": Glyph(r"\square", "□", "[ ]", "blank"),
}

_ALIASES = {
    "ne": "neq", "le": "leq", "ge": "geq", "ldots": "dots", "dotsc": "dots", "dotsb": "cdots", "rightarrow": "to",
    "leqslant": "leq", "geqslant": "geq", "ast": "*", "mid": "|", ":=": "coloneqq", "colon": ":",
    "colonequals": "coloneqq", "defeq": "coloneqq", "longrightarrow": "to", "longmapsto": "mapsto",
    "Longrightarrow": "implies", "·": "cdot", "…": "dots", "Leftrightarrow": "iff", "−": "-",
}  # fmt: skip
_BY_CHAR = {glyph.char: name for name, glyph in OPERATORS.items() if glyph.char != name}


def operator(sign: str) -> Glyph:
    """The row of an operator, by name, by an alias or by its character; an unknown sign stands for itself."""
    sign = sign.lstrip("\\") or "\\"
    found = OPERATORS.get(sign) or OPERATORS.get(_ALIASES.get(sign, "")) or OPERATORS.get(_BY_CHAR.get(sign, ""))
    if found:
        return found
    if sign in LETTERS:
        return LETTERS[sign]
    return _unknown(sign)


def letter(name: str) -> Glyph:
    """The row of a letter; a letter outside the table stands for itself."""
    name = name.lstrip("\\")
    if name in LETTERS:
        return LETTERS[name]
    return Glyph(name, name, name, name) if name.isalnum() else _unknown(name)


def _unknown(sign: str) -> Glyph:
    """A sign outside the tables: itself, with what means something to TeX made harmless."""
    plain = sign.encode("ascii", "replace").decode()
    return Glyph(rf"\text{{{sign.translate(TEX_ESCAPES)}}}", sign, plain, sign)
