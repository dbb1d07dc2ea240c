r"""Names: as Python identifiers, and as boxes.

The plain name of a symbol is what JSON and NumPy expressions call it: fonts dropped, Greek spelt out, accents as
suffixes, labels joined with ``_`` (``\hat{\mathbf y}`` is ``y_hat``, ``\mathbf h_{t-1}`` is ``h_tm1``).
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable

from derivgen.notation.boxes import Accent, Box, Digits, Letter, Operator, RowOf, Scripts, Words
from derivgen.notation.glyphs import LETTERS, letter
from derivgen.terms.nodes import Name
from derivgen.terms.shapes import Size

ACCENT_SUFFIX = {
    "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde", "bar": "bar", "overline": "bar",
    "dot": "dot", "ddot": "ddot", "check": "check", "breve": "breve", "vec": "vec", "underline": "underline",
}  # fmt: skip

LAYOUT_NAMES = {"denominator": "denominator layout", "numerator": "numerator layout", "jacobian": "Jacobian layout"}

_PIECE = re.compile(
    r"([A-Za-z])_\{([^{}]*)\}|\\(?:text|mathrm|operatorname|textrm)\{([^{}]*)\}|\\([A-Za-z]+)|([0-9]+)|([A-Za-z]+)|(\S)"
)
_SIZE = re.compile(r"^(\\?[A-Za-z]+?)(?:_(?:\{(.*)\}|(.)))?('*)$")


def plain_name(name: Name) -> str:
    """The Python identifier of a name.

    >>> plain_name(Name("y", "bold", "hat")), plain_name(Name("h", "bold", "", "t-1")), plain_name(Name("lambda"))
    ('y_hat', 'h_tm1', 'lambda_')
    """
    parts = [_identifier(letter(name.letter).ascii if name.letter in ("infty", "infinity") else name.letter)]
    if name.accent:
        parts.append(ACCENT_SUFFIX.get(name.accent, _identifier(name.accent)))
    parts += [part for part in (_identifier(name.sub), _identifier(name.sup)) if part]
    parts += ["prime"] * name.primes
    joined = "_".join(part for part in parts if part) or "symbol"
    if joined[0].isdigit():
        joined = "_" + joined
    return joined + "_" if keyword.iskeyword(joined) else joined


def plain_size(size: str) -> str:
    r"""The Python identifier of a symbolic size given by its LaTeX name (``n``, ``n_1``, ``\ell``)."""
    found = _SIZE.match(size)
    base, sub, primes = (found[1], found[2] or found[3] or "", len(found[4])) if found else (size, "", 0)
    return plain_name(Name(base.lstrip("\\"), sub=sub, primes=primes))


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names with ``_2``, ``_3`` … appended where an earlier one is the same.

    >>> unique_names(["h", "x", "h"])
    ('h', 'x', 'h_2')
    """
    taken: set[str] = set()
    out: list[str] = []
    for name in names:
        unique, count = name, 2
        while unique in taken:
            unique, count = f"{name}_{count}", count + 1
        taken.add(unique)
        out.append(unique)
    return tuple(out)


def _identifier(text: str) -> str:
    for sign, word in (("-", "m"), ("+", "p"), ("*", "star"), (r"\star", "star"), (r"\prime", "prime")):
        text = text.replace(sign, word)
    text = re.sub(r"\\(?:text|mathrm|mathbf|operatorname|textrm)\b", "", text)
    return re.sub(r"[^A-Za-z0-9]", "", text)


# ------------------------------------------------------------------------------------------------------- boxes
def name_box(name: Name, *, plain: bool = False) -> Box:
    """A name as a box; ``plain`` drops the bold or the arrow, as for the elements of a vector."""
    base = letter_box(name.letter, "" if plain and name.font in ("bold", "vec") else name.font)
    if name.accent:
        base = Accent(name.accent, base)
    sub = label_box(name.sub) if name.sub else None
    primes: tuple[Box, ...] = (Operator("prime", "ordinary"),) * name.primes
    label: tuple[Box, ...] = (label_box(name.sup),) if name.sup else ()
    sup = (*primes, *label)
    if not sub and not sup:
        return base
    return Scripts(base, sub, (sup[0] if len(sup) == 1 else RowOf(sup)) if sup else None)


def letter_box(text: str, font: str = "") -> Box:
    text = text.lstrip("\\")
    if len(text) == 1 or text in LETTERS:
        return Digits(text) if text.isdigit() and not font else Letter(text, font)
    return Words(text) if font in ("", "roman") else Letter(text, font)


def label_box(text: str) -> Box:
    """A label such as ``1``, ``t-1``, ``(i)``, ``out``: letters one by one, words of three letters upright."""
    items: list[Box] = []
    for base, below, words, command, digits, letters, sign in _PIECE.findall(text):
        if base:
            items.append(Scripts(Letter(base), label_box(below), None))
        elif words:
            items.append(Words(words))
        elif command:
            items.append(letter_box(command))
        elif digits:
            items.append(Digits(digits))
        elif letters:
            items += [Words(letters)] if len(letters) > 2 else [Letter(c) for c in letters]
        else:
            items.append(Operator(sign, "punctuation" if sign in ",;" else "ordinary"))
    return items[0] if len(items) == 1 else RowOf(tuple(items))


def size_box(size: Size) -> Box:
    """A size as it stands in a bound or a shape: a number or its letter."""
    if isinstance(size, int):
        return Digits(str(size))
    found = _SIZE.match(size)
    if not found:
        return label_box(size)
    sub = found[2] or found[3] or ""
    return name_box(Name(found[1].lstrip("\\"), sub=sub, primes=len(found[4])))


def shape_box(shape: str) -> Box:
    """A shape in the letters of messages, ``m×3``, as a formula."""
    rows, cols = (size_box(int(size) if size.isdigit() else size) for size in shape.split("×"))
    return RowOf((rows, Operator("times"), cols))


def index_box(letter_name: str) -> Box:
    """An index letter, which may bear a number of its own (``i_{1}``)."""
    return size_box(letter_name)
