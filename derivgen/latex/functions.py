r"""Named functions with their arguments, and large operators with what they range over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen.latex import fences, symbols
from derivgen.latex import syntax as tree
from derivgen.latex.syntax import Syntax
from derivgen.latex.tokens import Token

if TYPE_CHECKING:
    from derivgen.latex.parse import Reader


def operator_name(reader: Reader, token: Token) -> Syntax:
    r"""``\operatorname{tr}``; spaces inside are dropped, so ``arg\,min`` is "argmin"."""
    start = reader.position - 1
    if reader.key != "{":
        reader.fault(f"\\{token.text} needs a name in braces", token)
    stop = reader.closing_brace(reader.position)
    inside = reader.tokens[reader.position + 1 : stop]
    name = "".join(t.text for t in inside if t.kind in ("letter", "words", "digit", "sign", "command"))
    name = name.removeprefix("mathrm").removeprefix("rm")
    if not name:
        reader.fault(f"\\{token.text} needs a name in braces", token)
    reader.position = stop + 1
    return function(reader, name, start)


def function_command(reader: Reader, token: Token) -> Syntax:
    name, start = token.text, reader.position - 1
    if name == "arg" and reader.key in ("\\min", "\\max"):
        name = "arg" + reader.take().text
    return function(reader, name, start)


def function(reader: Reader, spelling: str, start: int) -> Syntax:
    r"""A function's name with its scripts and its argument: ``\sin^2 x``, ``\log(…)``, ``\max_i x_i``."""
    name = symbols.SAME_FUNCTION.get(spelling, spelling)
    if spelling in symbols.OPTIMA and reader.key == "_":
        name = symbols.OPTIMA[spelling]
    if name in symbols.LIMIT_NAMES and reader.key in ("_", "^"):
        return large_named(reader, name, start)
    head = reader.scripts(tree.FunctionName(name, span=reader.span_from(start)), start)
    before = reader.position
    args = _arguments(reader)
    if not args:
        return head
    opening = reader.keys[before + (reader.keys[before] == "\\left")]
    fenced = {"(": "(", "[": "[", "\\{": "{", "\\lbrace": "{"}.get(opening, "")
    return tree.Call(head, args, fenced, span=reader.span_from(start))


def _arguments(reader: Reader) -> tuple[Syntax, ...]:
    r"""What a function is applied to: a fence, or the run of factors that follows, as in ``\log 3x``."""
    key = reader.key
    if key in ("(", "[", "\\{", "\\lbrace") or (key == "\\left" and _follows_left(reader) in ("(", "[", "\\{")):
        fenced = fences.fence(reader)
        return tree.items(fenced.body) if isinstance(fenced, tree.Fenced) else (fenced,)
    if not reader.begins_factor() or reader.key in (":", "\\cdot"):
        return ()
    start = reader.position
    factors = [reader.factor()]
    while reader.begins_factor() and not _ends_run(reader, factors):
        factors.append(reader.factor())
    if len(factors) > 1:
        return (tree.Product(tuple(factors), ("",) * (len(factors) - 1), span=reader.span_from(start)),)
    found = factors[0]
    return tree.items(found.body) if isinstance(found, tree.Fenced) and found.left == "(" else (found,)


def _follows_left(reader: Reader) -> str:
    return reader.keys[reader.position + 1]


def _ends_run(reader: Reader, factors: list[Syntax]) -> bool:
    r"""Whether the argument of a function without parentheses ends: at another function, a fence, ``e^…``, …"""
    key, following = reader.key, reader.keys[reader.position + 1]
    if isinstance(factors[-1], (tree.Call, tree.Fenced, tree.Large, tree.MaybeCall, tree.Leibniz, tree.Nabla)):
        return True
    if key in symbols.FENCES or key in ("\\left", "\\text", "\\nabla", "\\partial"):
        return True
    if key == "e" and following == "^":
        return True
    return key.startswith("\\") and key[1:] in RUN_ENDERS


RUN_ENDERS = symbols.FUNCTION_COMMANDS | symbols.LARGE.keys() | {"operatorname", "frac", "dfrac", "tfrac"}
"""Commands that the argument of a function without parentheses does not reach across."""


def large(reader: Reader, token: Token) -> Syntax:
    return large_named(reader, symbols.LARGE[token.text], reader.position - 1)


def large_named(reader: Reader, name: str, start: int) -> Syntax:
    r"""``\sum_{i=1}^n`` and the product that it adds up."""
    bounds: dict[str, Syntax] = {}
    while reader.key in ("_", "^"):
        mark = reader.take()
        if mark.text in bounds:
            reader.fault("a bound is given twice", mark)
        bounds[mark.text] = fences.argument(reader)
    return ranging(reader, name, bounds, start)


def ranging(reader: Reader, name: str, bounds: dict[str, Syntax], start: int) -> Syntax:
    """A large operator with its bounds, before its body; what is optimised may begin with a sign."""
    operator = reader.span_from(start)
    if name in symbols.LIMIT_NAMES and reader.key in ("-", "+"):
        return tree.Large(name, bounds.get("_"), bounds.get("^"), reader.sum(), span=reader.span_from(start))
    if not reader.begins_factor():
        reader.fault(f"nothing stands behind the {name}", operator, "an operand is missing")
    body = reader.circled()
    return tree.Large(name, bounds.get("_"), bounds.get("^"), body, span=reader.span_from(start))


def underset(reader: Reader, token: Token) -> Syntax:
    r"""``\underset{x}{\arg\min} f(x)``: an operator with what it ranges over below it."""
    start = reader.position - 1
    lower = fences.argument(reader)
    first = reader.position
    stop = reader.closing_brace(first) if reader.key == "{" else first
    inside = reader.tokens[first : stop + 1]
    word = "".join(t.text for t in inside if t.kind in ("letter", "words", "command")).replace(" ", "")
    for wrapper in ("operatorname", "mathrm", "text", "rm"):
        word = word.replace(wrapper, "")
    name = symbols.OPTIMA.get(word.lower().strip("*"), "")
    if not name:
        reader.fault(f"\\{token.text} does not fit here", token)
    reader.position = stop + 1
    return ranging(reader, name, {"_": lower}, start)
