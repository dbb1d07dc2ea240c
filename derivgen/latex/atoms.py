r"""How a factor begins: the table that says which key begins which kind of atom, and the kinds that are small."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.latex import derivatives, fences, fonts, functions, symbols
from derivgen.latex import syntax as tree
from derivgen.latex.stream import END
from derivgen.latex.syntax import Syntax
from derivgen.latex.tokens import Token

if TYPE_CHECKING:
    from derivgen.latex.parse import Reader


def root(reader: Reader, token: Token) -> Syntax:
    start = reader.position - 1
    degree = None
    if reader.key == "[":
        fenced = fences.fence(reader)
        degree = fenced.body if isinstance(fenced, tree.Fenced) else None
    return tree.Root(fences.argument(reader), degree, span=reader.span_from(start))


def matrix(reader: Reader, token: Token) -> Syntax:
    r"""``\begin{bmatrix} a & b \\ c & d \end{bmatrix}``."""
    start, name = reader.position - 1, token.text.rstrip("*")
    if name not in symbols.MATRICES:
        reader.fault(f"the environment {token.text} does not belong in a formula", token, kind=errors.UnknownMacro)
    if name == "array" and reader.key == "{":
        reader.position = reader.closing_brace(reader.position) + 1
    rows: list[tuple[Syntax | None, ...]] = []
    cells: list[Syntax | None] = []
    slash, reader.slash = reader.slash, -1
    reader.bars.append(END)
    while True:
        empty = reader.key in ("&", "\\\\", END)
        cells.append(None if empty else reader.sequence())
        key = reader.key
        if key == "&":
            reader.position += 1
            continue
        if key not in ("\\\\", END):
            reader.stray()
        if key == "\\\\" or len(cells) > 1 or cells[0] is not None:
            rows.append(tuple(cells))
        cells = []
        reader.position += 1
        if key == END:
            break
    reader.bars.pop()
    reader.slash = slash
    left, right = symbols.MATRICES[name]
    return tree.Matrix(tuple(rows), left, right, span=reader.span_from(start))


def dots(reader: Reader, token: Token) -> Syntax:
    key = reader.keys[reader.position - 1]
    return tree.Dots(symbols.DOTS[key], span=token.span)


def unwrapped(reader: Reader, token: Token) -> Syntax:
    inside = fences.argument(reader)
    if "brace" in token.text and reader.key in ("_", "^"):
        reader.position += 1
        fences.argument(reader)
    return inside


def substack(reader: Reader, token: Token) -> Syntax:
    return fences.argument(reader)


def blank(reader: Reader, token: Token) -> Syntax:
    r"""``\Box``: a blank to fill in, or a box to tick."""
    return tree.Placeholder("□", span=token.span)


def binomial(reader: Reader, token: Token) -> Syntax:
    start = reader.position - 1
    head = tree.FunctionName("binom", span=token.span)
    return tree.Call(head, (fences.argument(reader), fences.argument(reader)), span=reader.span_from(start))


def left(reader: Reader, token: Token) -> Syntax:
    r"""A fence from its ``\left``, which has been taken."""
    reader.position -= 1
    return fences.fence(reader)


ATOMS: Mapping[str, Callable[[Reader, Token], Syntax]] = (
    {"{": fences.group, "\\left": left, "begin": matrix, "\\text": fonts.words}
    | {"\\" + name: fonts.named_letter for name in symbols.LETTERS}
    | {"\\" + name: fonts.font for name in symbols.FONTS}
    | {"\\" + name: fonts.switch for name in symbols.SWITCHES}
    | {"\\" + name: fonts.accent for name in symbols.ACCENTS}
    | {"\\" + name: functions.function_command for name in symbols.FUNCTION_COMMANDS}
    | {"\\" + name: functions.large for name in symbols.LARGE}
    | {"\\" + name: unwrapped for name in symbols.UNWRAPPED}
    | dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"), derivatives.fraction)
    | dict.fromkeys(symbols.DOTS, dots)
    | {"\\operatorname": functions.operator_name, "\\operatorname*": functions.operator_name, "\\sqrt": root}
    | {"\\nabla": derivatives.nabla, "\\partial": derivatives.partial}
    | dict.fromkeys(("\\Box", "\\square"), blank)
    | {"\\underset": functions.underset, "\\substack": substack, "\\binom": binomial}
)
"""What begins a factor, by its key; letters, digits and fences are told by their kind."""
