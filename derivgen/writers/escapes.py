"""Words of the user in the languages of the formats: every special character is spelt so that it only shows."""

from __future__ import annotations

import re
import unicodedata

LATEX_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "\N{NO-BREAK SPACE}": "~",
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"\dots{}",
}  # fmt: skip

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "ς": "varsigma",
    "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "ϕ": "phi",
    "ϵ": "epsilon", "ϑ": "vartheta", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip

SIGNS = {
    "×": r"\times", "·": r"\cdot", "⋅": r"\cdot", "÷": r"\div", "±": r"\pm", "−": "-", "≠": r"\neq", "≤": r"\leq",
    "≥": r"\geq", "≈": r"\approx", "≡": r"\equiv", "∈": r"\in", "∉": r"\notin", "⊂": r"\subset", "∂": r"\partial",
    "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "√": r"\surd", "∞": r"\infty", "→": r"\to", "←": r"\leftarrow",
    "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "↦": r"\mapsto", "∘": r"\circ", "⊙": r"\odot", "⊗": r"\otimes",
    "⊤": r"\top", "∀": r"\forall", "∃": r"\exists", "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}",
    "ℓ": r"\ell", "‖": r"\|", "ᵀ": "{}^{T}", "′": "'", "⁻": "{}^{-}", "ⁿ": "{}^{n}", "²": "{}^{2}", "³": "{}^{3}",
    "¹": "{}^{1}", "°": r"{}^{\circ}", "⟨": r"\langle", "⟩": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor",
    "•": r"\bullet",
}  # fmt: skip

T1_LETTERS = (0x00C0, 0x017F)
"""Accented Latin letters, which every TeX font of ours has."""
T1_SIGNS = frozenset("¡¿£§«»‚„‹›©®€")

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
BLANK = re.compile(r"[ \t\r\n]+")


def plain(text: str) -> str:
    """Composed characters, no control characters or marks of direction, blanks run together."""
    return CONTROL.sub("", BLANK.sub(" ", unicodedata.normalize("NFC", text)))


def latex_words(text: str) -> str:
    """Words as LaTeX text; a character that no standard font has is shown as its number."""
    return "".join(map(latex_character, plain(text)))


def latex_character(c: str) -> str:
    if c in LATEX_SPECIAL:
        return LATEX_SPECIAL[c]
    if c.isascii() or c in T1_SIGNS or (T1_LETTERS[0] <= ord(c) <= T1_LETTERS[1] and c not in SIGNS):
        return c
    if c in GREEK:
        return rf"$\{GREEK[c]}$"
    if c in SIGNS:
        return f"${SIGNS[c]}$"
    return rf"\glyph{{{ord(c):X}}}"


def typst_string(text: str) -> str:
    """A Typst string literal."""
    escaped = plain(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def typst_words(text: str) -> str:
    """Words as Typst markup: a string, which Typst never reads as markup."""
    return f"#{typst_string(text)};" if text else ""


ASCII_SIGNS = {
    "×": "x", "·": "*", "⋅": "*", "−": "-", "≠": "!=", "≤": "<=", "≥": ">=", "≈": "~", "∈": "in", "∂": "d", "→": "->",
    "…": "...", "–": "-", "—": "--", "‘": "'", "’": "'", "“": '"', "”": '"', "ᵀ": "^T", "ℝ": "R", "∞": "inf",
    "∑": "sum", "√": "sqrt", "⊙": ".*", "ℓ": "ell", "′": "'", "²": "^2", "³": "^3", "•": "*",
}  # fmt: skip


def ascii_words(text: str) -> str:
    """Words for a terminal that knows ASCII alone."""
    out = []
    for c in plain(text):
        if c.isascii():
            out.append(c)
        elif c in ASCII_SIGNS:
            out.append(ASCII_SIGNS[c])
        elif c in GREEK:
            out.append(GREEK[c])
        else:
            out.append(unicodedata.normalize("NFKD", c).encode("ascii", "ignore").decode() or "?")
    return "".join(out)
