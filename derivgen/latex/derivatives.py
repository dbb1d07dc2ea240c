r"""Derivatives on paper: ``\frac{dy}{dx}``, ``\partial f/\partial x``, ``\nabla f``, recognised before division is.

A fraction is a derivative where its numerator begins with d or ∂ and its denominator with the same sign and a
variable behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen.latex import symbols
from derivgen.latex import syntax as tree
from derivgen.latex.stream import CLOSERS
from derivgen.latex.syntax import Syntax
from derivgen.latex.tokens import Token

if TYPE_CHECKING:
    from derivgen.latex.parse import Reader

BARRIERS = CLOSERS | {"+", "-", "\\pm", ",", ";", "\\text"} | symbols.QUADS | symbols.RELATIONS.keys()
"""Keys that an inline derivative's numerator does not reach across."""

MAX_REACH = 400
"""How many tokens the numerator of an inline derivative may have."""

OPENING = {"{", "(", "[", "\\{", "\\left", "\\lvert", "\\lVert", "\\langle", "begin"}
CLOSING = {"}", ")", "]", "\\}", "\\right", "\\rvert", "\\rVert", "\\rangle", "end"}


def sign_at(reader: Reader, at: int) -> tuple[str, int]:
    r"""The differential sign at a position ("d", "∂" or none) and the position behind it."""
    keys = reader.keys
    key = keys[at]
    if key == "\\partial":
        return "∂", at + 1
    if key == "d":
        return "d", at + 1
    if key == "\\mathrm" and keys[at + 1] == "d":
        return "d", at + 2
    if key in ("\\mathrm", "\\operatorname") and keys[at + 1 : at + 4] == ["{", "d", "}"]:
        return "d", at + 4
    if key == "{" and keys[at + 1 : at + 4] == ["\\rm", "d", "}"]:
        return "d", at + 4
    return "", at


# --------------------------------------------------------------------------------------------------- fractions
def fraction(reader: Reader, token: Token) -> Syntax:
    r"""``\frac``: a derivative or a quotient."""
    start, keys = reader.position - 1, reader.keys
    over = reader.position
    below = reader.closing_brace(over) + 1 if keys[over] == "{" else over + 1
    top, bottom = over + (keys[over] == "{"), below + (below < len(keys) and keys[below] == "{")
    if below < len(keys):
        above, sign = sign_at(reader, top)[0], sign_at(reader, bottom)
        if above and above == sign[0] and keys[below] == "{" and _begins_variable(reader, sign[1]):
            return _leibniz(reader, start, keys[over] == "{", above)
    slash, reader.slash = reader.slash, -1
    num = reader.argument()
    den = reader.argument()
    reader.slash = slash
    return tree.Fraction(num, den, span=reader.span_from(start))


def _begins_variable(reader: Reader, at: int) -> bool:
    token = reader.tokens[at]
    return (
        token.kind == "letter"
        or reader.keys[at] in ("{", "(")
        or (
            token.kind == "command" and reader.keys[at] not in BARRIERS and reader.keys[at] not in symbols.PRODUCT_SIGNS
        )
    )


def _leibniz(reader: Reader, start: int, braced: bool, sign: str) -> Syntax:
    """A derivative written as a fraction, from its numerator on."""
    reader.position += 1 if braced else 0
    _, reader.position = sign_at(reader, reader.position)
    order = _order(reader)
    slash, reader.slash = reader.slash, -1
    body: Syntax | None = None
    if braced:
        reader.bars.append("}")
        body = None if reader.key == "}" else reader.sum()
        _expect_brace(reader)
    reader.position += 1
    reader.bars.append("}")
    by = _variables(reader, sign, order, start)
    _expect_brace(reader)
    reader.slash = slash
    if body is None:
        return _applied(reader, start, by, sign, inline=False)
    return tree.Leibniz(body, by, sign, span=reader.span_from(start))


def _expect_brace(reader: Reader) -> None:
    if reader.key != "}":
        reader.stray()
    reader.position += 1
    reader.bars.pop()


def _order(reader: Reader) -> int:
    r"""The 2 of ``d^2``; 1 where none is written."""
    if reader.key != "^":
        return 1
    reader.position += 1
    exponent = reader.argument()
    if not isinstance(exponent, tree.Number) or not exponent.text.isdigit() or not 1 <= int(exponent.text) <= 20:
        reader.fault("the order of a derivative must be a number from 1 to 20", exponent.span)
    return int(exponent.text)


def _variables(reader: Reader, sign: str, order: int, start: int) -> tuple[Syntax, ...]:
    """What is differentiated by, in written order, repeated for powers."""
    by: list[Syntax] = []
    while len(by) < order or reader.key != "}":
        found, behind = sign_at(reader, reader.position)
        if found != sign:
            if not by or not found:
                break
            reader.fault("d and ∂ are mixed in one derivative")
        reader.position = behind
        variable = reader.scripted()
        if isinstance(variable, tree.Fenced) and variable.left == "(":
            variable = variable.body
        match variable:
            case tree.Superscript(base, tree.Number(count)) if count.isdigit() and int(count) <= 20:
                by += [base] * int(count)
            case _:
                by.append(variable)
        if len(by) >= order and reader.key not in ("\\partial", "d", "\\mathrm"):
            break
    if len(by) != order:
        reader.fault(
            f"the derivative is of order {order} above and of order {len(by)} below",
            reader.span_from(start),
            "the powers below must add up to the power above",
        )
    return tuple(by)


def _applied(reader: Reader, start: int, by: tuple[Syntax, ...], sign: str, inline: bool) -> Syntax:
    r"""``\frac{d}{dx}`` as an operator on the product that follows."""
    body: Syntax | None = None
    if reader.begins_factor():
        body = reader.circled()
    return tree.Leibniz(body, by, sign, True, inline, span=reader.span_from(start))


# --------------------------------------------------------------------------------------- derivatives in a line
def inline(reader: Reader) -> Syntax | None:
    r"""``dy/d\mathbf x`` where one begins here."""
    key = reader.key
    if key != "d" and key != "\\partial" and key != "\\mathrm":
        return None
    start = reader.position
    sign, behind = sign_at(reader, start)
    if not sign or reader.font:
        return None
    slash = _slash(reader, behind, sign)
    if slash < 0:
        return None
    outer = reader.slash
    reader.position, reader.slash = behind, slash
    order = _order(reader)
    body = None if reader.position == slash else reader.product()
    if reader.position != slash:
        reader.position, reader.slash = start, outer
        return None
    reader.position, reader.slash = slash + 1, outer
    fenced = reader.key == "("
    if fenced:
        reader.position += 1
    by = _variables(reader, sign, order, start)
    if fenced:
        if reader.key != ")":
            reader.fault("( is never closed", reader.tokens[slash + 1])
        reader.position += 1
    if body is None:
        return _applied(reader, start, by, sign, inline=True)
    return tree.Leibniz(body, by, sign, inline=True, span=reader.span_from(start))


def _slash(reader: Reader, at: int, sign: str) -> int:
    """The position of the slash of an inline derivative whose numerator begins at ``at``, or -1."""
    keys = reader.keys
    if at <= reader.no_slash:
        return -1
    depth, seen, here = 0, False, at
    for here in range(at, min(at + MAX_REACH, len(keys))):
        key = keys[here]
        seen = seen or key == "/"
        if key in OPENING:
            depth += 1
        elif key in CLOSING and depth:
            depth -= 1
        elif depth == 0:
            if key == "/":
                below, behind = sign_at(reader, here + (2 if keys[here + 1] == "(" else 1))
                return here if below == sign and _begins_variable(reader, behind) else -1
            if key in BARRIERS:
                break
    if not seen:
        reader.no_slash = here
    return -1


# ---------------------------------------------------------------------------------------- gradients and the like
def nabla(reader: Reader, token: Token) -> Syntax:
    r"""``\nabla_{\mathbf x}^2`` and the run of factors that it acts on."""
    start = reader.position - 1
    by: Syntax | None = None
    order = 1
    while reader.key in ("_", "^"):
        if reader.take().text == "_":
            by = reader.argument()
        else:
            power = reader.argument()
            if not isinstance(power, tree.Number) or power.text != "2":
                reader.fault("only \\nabla and \\nabla^2 can be read", power.span)
            order = 2
    body = _run(reader)
    return tree.Nabla(body, by, order, span=reader.span_from(start))


def _run(reader: Reader) -> Syntax | None:
    start = reader.position
    factors: list[Syntax] = []
    while reader.begins_factor() and reader.key not in ("\\cdot", ":"):
        factors.append(reader.factor())
    if len(factors) <= 1:
        return factors[0] if factors else None
    return tree.Product(tuple(factors), ("",) * (len(factors) - 1), span=reader.span_from(start))


def partial(reader: Reader, token: Token) -> Syntax:
    r"""``\partial_x f`` is an operator, ``\partial_1 f(x)`` is by an argument, ``\partial f`` alone a differential."""
    start = reader.position - 1
    if reader.key == "_":
        reader.position += 1
        by = reader.argument()
        order = _order(reader)
        if isinstance(by, tree.Number) and by.text.isdigit():
            return _numbered(reader, start, int(by.text), order)
        return _applied(reader, start, tree.items(by) * order, "∂", inline=True)
    return differential(reader, start, "∂")


def _numbered(reader: Reader, start: int, argument: int, order: int) -> Syntax:
    r"""``\partial_1^2 f(s, t)``: by the first argument."""
    if not reader.begins_factor():
        reader.fault("nothing stands behind ∂", reader.tokens[start], "an operand is missing")
    return tree.NumberedPartial(reader.factor(), argument, order, span=reader.span_from(start))


def differential(reader: Reader, start: int, sign: str = "d") -> Syntax:
    if not reader.begins_factor():
        reader.fault(f"nothing stands behind {sign}", reader.tokens[start], "an operand is missing")
    return tree.Differential(reader.factor(), sign, span=reader.span_from(start))
