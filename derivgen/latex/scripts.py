r"""What stands below and above a base: indices, exponents, transposes, labels and primes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import fences, symbols
from derivgen.latex import syntax as tree
from derivgen.latex.syntax import Syntax

if TYPE_CHECKING:
    from derivgen.latex.parse import Reader


def index(reader: Reader) -> Syntax:
    """A subscript: an argument, a lone sign, or ``i,:`` with its colons."""
    lone = lone_sign(reader)
    if lone:
        return lone
    braced = reader.keys[reader.position : reader.position + 3] == ["{", "\\text", "}"]
    token = reader.tokens[reader.position + braced]
    if token.kind == "words":
        reader.position += 3 if braced else 1
        return tree.Words(token.text.strip(), span=token.span)
    font, reader.font = reader.font, ""
    whole_column = reader.keys[reader.position : reader.position + 2] == ["{", ":"]
    inside = _leading_colon(reader) if whole_column else fences.argument(reader)
    reader.font = font
    if isinstance(inside, tree.Product) and any(isinstance(f, tree.Placeholder) for f in inside.factors):
        return tree.Tuple(inside.factors, span=inside.span)
    return inside


def _leading_colon(reader: Reader) -> Syntax:
    """``{:k}`` and ``{:,k}``: a whole column."""
    start = reader.position
    colon = tree.Placeholder(":", span=reader.tokens[start + 1].span)
    reader.position += 2
    while reader.key == ",":
        reader.position += 1
    reader.position -= 1
    rest = fences.group(reader, reader.tokens[start], take=True)
    return tree.Tuple((colon, *tree.items(rest)), span=reader.span_from(start))


def lone_sign(reader: Reader) -> Syntax | None:
    """A script that is one sign, as in ``x^*``, ``R_+`` or ``x_{++}``."""
    start = reader.position
    stop = reader.closing_brace(start) if reader.key == "{" else start
    inside = reader.keys[start + 1 : stop] if stop > start else reader.keys[start : start + 1]
    if inside and all(key in symbols.SCRIPT_WORDS for key in inside):
        reader.position = stop + 1
        text = "".join(symbols.SCRIPT_WORDS[key] for key in inside)
        if "†" in text:  # an adjoint or a pseudo-inverse: as a mere label its dependence would be lost
            place = reader.span_from(start)
            reader.fault("adjoints and pseudo-inverses cannot be read", place, kind=errors.Unsupported)
        return tree.Words(text, span=reader.span_from(start))
    return None


@dataclass(frozen=True)
class Mark:
    """What a superscript does to its base: a transpose, primes, or an exponent; a label goes inside a subscript."""

    exponent: Syntax | None = None
    transpose: bool = False
    letter: bool = False
    primes: int = 0
    label: bool = False

    def on(self, base: Syntax, span: Span) -> Syntax:
        if self.primes:
            return tree.Primed(base, self.primes, span=span)
        if self.exponent is not None:
            base = tree.Superscript(base, self.exponent, span=span)
        return tree.Transpose(base, self.letter, span=span) if self.transpose else base


def _elementwise(reader: Reader, stop: int) -> Syntax | None:
    r"""``{\odot2}``: a power of each element; the sign alone is a label."""
    start = reader.position
    sign = symbols.CIRCLED_SIGNS.get(reader.keys[start + 1], "") if stop > start + 2 else ""
    if sign not in ("⊙", "∘"):
        return None
    reader.position += 1
    exponent = fences.group(reader, reader.tokens[start], take=True)
    return tree.Elementwise(exponent, sign, span=reader.span_from(start))


def superscript(reader: Reader) -> Mark:
    """The superscript at this place, behind its ``^``."""
    start = reader.position
    stop = reader.closing_brace(start) if reader.key == "{" else start
    tokens, keys = reader.tokens[start : stop + 1], reader.keys
    flat = tuple(
        token.text.strip() if token.kind == "words" else key
        for token, key in zip(tokens, keys[start : stop + 1], strict=True)
        if key not in ("{", "}")
    )
    if len(flat) == 1 and stop == start and flat[0] in symbols.FONTS.keys() | {"\\mathsf", "\\mathrm"}:
        stop = start + 1 if keys[start + 1] != "{" else reader.closing_brace(start + 1)
        flat += tuple(key for key in keys[start + 1 : stop + 1] if key not in ("{", "}"))
    if flat in symbols.TRANSPOSES:
        reader.position = stop + 1
        return Mark(transpose=True, letter=symbols.TRANSPOSES[flat])
    if flat[:1] == ("-",) and flat[1:] in symbols.TRANSPOSES:
        reader.position = stop + 1
        span = reader.span_from(start)
        return Mark(tree.Negative(tree.Number("1", span=span), span=span), True, symbols.TRANSPOSES[flat[1:]])
    if flat and all(key in ("\\prime", "'") for key in flat):
        reader.position = stop + 1
        return Mark(primes=len(flat))
    lone = lone_sign(reader)
    if lone:
        return Mark(lone, label=True)
    font, reader.font = reader.font, ""
    if len(flat) > 3 and flat[0] in ("(", "[") and flat[-1:] in symbols.TRANSPOSES and flat[-2] in (")", "]"):
        reader.position += 1
        label = fences.fence(reader)
        reader.position, reader.font = stop + 1, font
        return Mark(label, transpose=True, label=True)
    exponent = _elementwise(reader, stop) or fences.argument(reader)
    reader.font = font
    if isinstance(exponent, tree.Fenced) and isinstance(exponent.body, (tree.Tuple, tree.Chain)):
        return Mark(exponent)
    return Mark(exponent, label=isinstance(exponent, tree.Fenced) and exponent.left in ("(", "[", "⟨"))
