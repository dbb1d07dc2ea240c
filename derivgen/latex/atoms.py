r"""How a factor begins: one function for each kind of atom, and the table that says which key begins which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import derivatives, symbols
from derivgen.latex import syntax as tree
from derivgen.latex.stream import END
from derivgen.latex.syntax import Syntax
from derivgen.latex.tokens import Token
from derivgen.terms.nodes import Name

if TYPE_CHECKING:
    from derivgen.latex.parse import Reader


# ------------------------------------------------------------------------------------------ letters and digits
def letter(reader: Reader, token: Token) -> Syntax:
    """A single letter in the font that holds here."""
    name = token.text
    if not reader.font and reader.tokens[reader.position].kind == "letter":
        spelt = _spelt_function(reader, token)
        if spelt:
            return function(reader, spelt, reader.position - len(spelt))
    if not name.isascii():
        known = symbols.UNICODE_LETTERS.get(name)
        if known is None:
            reader.fault(f"{name} is no letter of a formula", token, "use a LaTeX command for it")
        name = known
    return tree.Symbol(Name(name, reader.font), span=token.span)


LONGEST = max(map(len, symbols.FUNCTIONS))


def _spelt_function(reader: Reader, token: Token) -> str:
    """A function's name typed in plain letters without a space, with a parenthesis behind it: ``tr(A)``, ``exp(x)``."""
    tokens, at, end, spelt = reader.tokens, reader.position, token.end, token.text
    while tokens[at].kind == "letter" and tokens[at].start == end and len(spelt) <= LONGEST:
        spelt += tokens[at].text
        end = tokens[at].end
        at += 1
    opens = reader.keys[at] == "(" or reader.keys[at : at + 2] == ["\\left", "("]
    if opens and spelt in symbols.FUNCTIONS:
        reader.position = at
        return spelt
    return ""


def named_letter(reader: Reader, token: Token) -> Syntax:
    return tree.Symbol(Name(symbols.LETTERS[token.text], reader.font), span=token.span)


def number(reader: Reader) -> Syntax:
    """Digits and a decimal point; in bold or blackboard bold the symbols 0 and 1."""
    start, tokens = reader.position, reader.tokens
    while tokens[reader.position].kind == "digit":
        reader.position += 1
    if reader.key == "." and tokens[reader.position + 1].kind == "digit":
        reader.position += 1
        while tokens[reader.position].kind == "digit":
            reader.position += 1
    text = "".join(token.text for token in tokens[start : reader.position])
    span = reader.span_from(start)
    if reader.font in ("bold", "bb", "vec") and text in ("0", "1"):
        return tree.Symbol(Name(text, reader.font), span=span)
    return tree.Number(text if text[0] != "." else "0" + text, span=span)


# ---------------------------------------------------------------------------------------- groups and arguments
def argument(reader: Reader) -> Syntax:
    """The argument of a command: a braced group, or one token."""
    token, key = reader.tokens[reader.position], reader.key
    if key == "{":
        return group(reader, token, take=True)
    if token.kind == "letter":
        reader.position += 1
        return letter(reader, token)
    if token.kind == "digit":
        reader.position += 1
        return tree.Number(token.text, span=token.span) if not reader.font else _digit(reader, token)
    if key in ATOMS:
        reader.position += 1
        reader.deeper()
        found = ATOMS[key](reader, token)
        reader.depth -= 1
        return found
    reader.fault("an argument is missing", token, "put it in braces")


def _digit(reader: Reader, token: Token) -> Syntax:
    if reader.font in ("bold", "bb", "vec") and token.text in "01":
        return tree.Symbol(Name(token.text, reader.font), span=token.span)
    return tree.Number(token.text, span=token.span)


def group(reader: Reader, token: Token, take: bool = False) -> Syntax:
    """What is inside braces; a font switch in them ends with them."""
    if take:
        reader.position += 1
    font, slash = reader.font, reader.slash
    reader.bars.append("}")
    inside = reader.sequence()
    if reader.key != "}":
        reader.stray()
    reader.position += 1
    reader.bars.pop()
    reader.font, reader.slash = font, slash
    return inside


def index(reader: Reader) -> Syntax:
    """A subscript: an argument, a lone sign, or ``i,:`` with its colons."""
    lone = _lone_sign(reader)
    if lone:
        return lone
    token = reader.tokens[reader.position]
    if token.kind == "words":
        reader.position += 1
        return tree.Words(token.text.strip(), span=token.span)
    font, reader.font = reader.font, ""
    inside = _leading_colon(reader) if reader.keys[reader.position : reader.position + 2] == ["{", ":"] else argument(reader)
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
    rest = group(reader, reader.tokens[start], take=True)
    return tree.Tuple((colon, *tree.items(rest)), span=reader.span_from(start))


def _lone_sign(reader: Reader) -> Syntax | None:
    """A script that is one sign, as in ``x^*``, ``R_+`` or ``x_{++}``."""
    start = reader.position
    stop = reader.closing_brace(start) if reader.key == "{" else start
    inside = reader.keys[start + 1 : stop] if stop > start else reader.keys[start : start + 1]
    if inside and all(key in symbols.SCRIPT_WORDS for key in inside):
        reader.position = stop + 1
        text = "".join(symbols.SCRIPT_WORDS[key] for key in inside)
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
        return Mark(tree.Negative(tree.Number("1", span=span), span=span), transpose=True)
    if flat and all(key in ("\\prime", "'") for key in flat):
        reader.position = stop + 1
        return Mark(primes=len(flat))
    lone = _lone_sign(reader)
    if lone:
        return Mark(lone, label=True)
    font, reader.font = reader.font, ""
    if len(flat) > 3 and flat[0] in ("(", "[") and flat[-1:] in symbols.TRANSPOSES and flat[-2] in (")", "]"):
        reader.position += 1
        label = fence(reader)
        reader.position, reader.font = stop + 1, font
        return Mark(label, transpose=True, label=True)
    exponent = argument(reader)
    reader.font = font
    if isinstance(exponent, tree.Fenced) and isinstance(exponent.body, (tree.Tuple, tree.Chain)):
        return Mark(exponent)
    return Mark(exponent, label=isinstance(exponent, tree.Fenced) and exponent.left in ("(", "[", "⟨"))


# ------------------------------------------------------------------------------------------------------ fences
def fence(reader: Reader) -> Syntax:
    r"""Anything between delimiters that pair up, plain or with ``\left`` and ``\right``."""
    start, key = reader.position, reader.key
    opener = reader.take()
    if key == "\\left":
        left, closer = _delimiter(reader, opener), "\\right"
    elif key == "|" and reader.key == "|" and reader.take():
        left, closer = "‖", "|"
    else:
        left, closer = symbols.FENCES[key]
    doubled = key == "|" and left == "‖"
    slash, reader.slash = reader.slash, -1
    reader.bars.append(closer)
    body = reader.sequence()
    reader.bars.pop()
    reader.slash = slash
    right = _close(reader, opener, left, closer)
    if doubled:
        if reader.key != "|":
            reader.fault("|| is never closed by ||", opener)
        reader.position += 1
    span = reader.span_from(start)
    if isinstance(body, tree.Matrix) and (body.left, body.right) == ("", ""):
        return replace(body, left=left, right=right, span=span)
    return tree.Fenced(left, body, right, span=span)


def _delimiter(reader: Reader, command: Token) -> str:
    key = reader.key
    if key not in symbols.DELIMITERS:
        reader.fault(f"\\{command.text} needs a delimiter behind it", command, "as in \\left( … \\right)")
    reader.position += 1
    return symbols.DELIMITERS[key]


def _close(reader: Reader, opener: Token, left: str, closer: str) -> str:
    key = reader.key
    shown = opener.text if opener.kind != "command" else "\\" + opener.text
    if closer == "\\right":
        if key != "\\right":
            reader.fault("\\left has no \\right", opener, "every \\left needs a \\right in the same formula")
        return _delimiter(reader, reader.take())
    if key == closer or symbols.CLOSING.get(key) == symbols.PARTNER[left]:
        reader.position += 1
        return symbols.PARTNER[left]
    if left in "([" and key in (")", "]"):
        reader.position += 1
        return key
    reader.fault(f"{shown} is never closed", opener)


# --------------------------------------------------------------------------------------------- fonts and accents
def font(reader: Reader, token: Token) -> Syntax:
    r"""``\mathbf{…}`` and its kin; upright letters together are a word, ``\mathbb R`` is a space."""
    start, chosen = reader.position - 1, symbols.FONTS[token.text]
    if chosen in ("roman", "bb") or reader.key == "{":
        word = _word(reader)
        if word and chosen == "bb" and word in "RNZQCS":
            return space(reader, word, start)
        if word and chosen == "roman":
            return upright(reader, word, start)
    outer, reader.font = reader.font, chosen or reader.font
    inside = argument(reader)
    reader.font = outer
    if isinstance(inside, tree.Symbol):
        inside = replace(inside, span=reader.span_from(start))
        if inside.name.letter == "1" and chosen in ("bold", "bb"):
            return conditional(reader, inside, start)
    return inside


def _word(reader: Reader) -> str:
    """Take the letters of the argument where it holds nothing else (for one letter, only if upright or bb)."""
    start = reader.position
    if reader.key != "{":
        token = reader.tokens[start]
        if token.kind == "letter":
            command = reader.tokens[start - 1].text
            if symbols.FONTS.get(command) in ("roman", "bb"):
                reader.position += 1
                return token.text
        return ""
    stop = reader.closing_brace(start)
    inside = reader.tokens[start + 1 : stop]
    command = reader.tokens[start - 1].text
    if not inside or symbols.FONTS.get(command) not in ("roman", "bb"):
        return ""
    if all(t.kind == "letter" or t.text in "-*" for t in inside):
        reader.position = stop + 1
        return "".join(t.text for t in inside)
    return ""


def upright(reader: Reader, word: str, start: int) -> Syntax:
    """An upright word: a function's name, the number e, a differential d, or a quantity's name."""
    if word in symbols.FUNCTIONS or word in symbols.SAME_FUNCTION:
        return function(reader, word, start)
    if word == "d" and (reader.begins_factor() or reader.key == "^"):
        return derivatives.differential(reader, start)
    if word == "e":
        return tree.Symbol(Name("e"), span=reader.span_from(start))
    return tree.Symbol(Name(word, "roman"), span=reader.span_from(start))


def space(reader: Reader, word: str, start: int) -> Syntax:
    r"""``\mathbb R^{m\times n}_{++}``."""
    sizes: tuple[Syntax, ...] = ()
    sub = ""
    while reader.key in ("^", "_"):
        raised = reader.take().text == "^"
        begin = reader.position
        script = _size(reader) if raised else index(reader)
        if raised:
            sizes = _sizes(script)
        else:
            sub = "".join(token.text for token in reader.tokens[begin : reader.position]).strip("{}")
    return tree.Space(word, sizes, sub, span=reader.span_from(start))


def _size(reader: Reader) -> Syntax:
    return _lone_sign(reader) or argument(reader)


def _sizes(script: Syntax) -> tuple[Syntax, ...]:
    r"""The sizes in ``m\times 2n``: the product cut at its crosses."""
    match script:
        case tree.Tuple(items):
            return items
        case tree.Product(factors, signs) if "×" in signs:
            cut: list[list[Syntax]] = [[factors[0]]]
            for sign, factor in zip(signs, factors[1:], strict=True):
                if sign == "×":
                    cut.append([factor])
                else:
                    cut[-1].append(factor)
            return tuple(
                c[0] if len(c) == 1 else tree.Product(tuple(c), ("",) * (len(c) - 1), span=script.span) for c in cut
            )
    return (script,)


def switch(reader: Reader, token: Token) -> Syntax:
    r"""``\bf`` holds to the end of its group."""
    reader.font = symbols.SWITCHES[token.text]
    return reader.sequence()


def accent(reader: Reader, token: Token) -> Syntax:
    r"""``\hat{\mathbf y}`` marks the letter; over more than a letter the accent stands by itself."""
    start = reader.position - 1
    return _accented(symbols.ACCENTS[token.text], argument(reader), reader.span_from(start))


def _accented(mark: str, body: Syntax, span: Span) -> Syntax:
    match body:
        case tree.Symbol(name) if mark == "vec" and not name.accent:
            return tree.Symbol(name._replace(font=name.font or "vec"), span=span)
        case tree.Symbol(name) if not name.accent:
            return tree.Symbol(name._replace(accent=mark), span=span)
        case tree.Subscript(base, index_):
            return tree.Subscript(_accented(mark, base, span), index_, span=span)
        case tree.Number("0" | "1" as digit) if mark == "vec":
            return tree.Symbol(Name(digit, "vec"), span=span)
    return tree.Accented(mark, body, span=span)


def conditional(reader: Reader, one: tree.Symbol, start: int) -> Syntax:
    r"""``\mathbb 1[x>0]``, ``\mathbf 1_{x>0}``: an indicator where a condition follows."""
    key = reader.key
    if one.name.font == "bb" and (key in ("[", "\\{", "(", "\\lbrace") or key == "\\left"):
        fenced = fence(reader)
        body = fenced.body if isinstance(fenced, tree.Fenced) else fenced
        return tree.Indicator(body, span=reader.span_from(start))
    if key == "_":
        before = reader.position
        reader.position += 1
        condition = index(reader)
        if isinstance(condition, tree.Fenced):
            condition = condition.body
        if isinstance(condition, tree.Chain):
            return tree.Indicator(condition, span=reader.span_from(start))
        reader.position = before
    return one


# ------------------------------------------------------------------------------------ functions and operators
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


def words(reader: Reader, token: Token) -> Syntax:
    start = reader.position - 1
    return upright(reader, token.text.strip(), start)


def function(reader: Reader, spelling: str, start: int) -> Syntax:
    r"""A function's name with its scripts and its argument: ``\sin^2 x``, ``\log(…)``, ``\max_i x_i``."""
    name = symbols.SAME_FUNCTION.get(spelling, spelling)
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
        fenced = fence(reader)
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
    if key in symbols.FENCES or key in ("\\left", "\\text", "\\nabla", "\\partial") or (key == "e" and following == "^"):
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
        bounds[mark.text] = argument(reader)
    operator = reader.span_from(start)
    if not reader.begins_factor():
        reader.fault(f"nothing stands behind the {name}", operator, "an operand is missing")
    body = reader.circled()
    return tree.Large(name, bounds.get("_"), bounds.get("^"), body, span=reader.span_from(start))


def root(reader: Reader, token: Token) -> Syntax:
    start = reader.position - 1
    degree = None
    if reader.key == "[":
        fenced = fence(reader)
        degree = fenced.body if isinstance(fenced, tree.Fenced) else None
    return tree.Root(argument(reader), degree, span=reader.span_from(start))


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
    inside = argument(reader)
    if "brace" in token.text and reader.key in ("_", "^"):
        reader.position += 1
        argument(reader)
    return inside


def substack(reader: Reader, token: Token) -> Syntax:
    return argument(reader)


def binomial(reader: Reader, token: Token) -> Syntax:
    start = reader.position - 1
    head = tree.FunctionName("binom", span=token.span)
    return tree.Call(head, (argument(reader), argument(reader)), span=reader.span_from(start))


ATOMS: dict[str, Callable[[Reader, Token], Syntax]] = (
    {"{": group, "\\left": lambda reader, token: _left(reader), "begin": matrix, "\\text": words}
    | {"\\" + name: named_letter for name in symbols.LETTERS}
    | {"\\" + name: font for name in symbols.FONTS}
    | {"\\" + name: switch for name in symbols.SWITCHES}
    | {"\\" + name: accent for name in symbols.ACCENTS}
    | {"\\" + name: function_command for name in symbols.FUNCTION_COMMANDS}
    | {"\\" + name: large for name in symbols.LARGE}
    | {"\\" + name: unwrapped for name in symbols.UNWRAPPED}
    | {"\\" + name: derivatives.fraction for name in ("frac", "dfrac", "tfrac", "cfrac")}
    | {key: dots for key in symbols.DOTS}
    | {"\\operatorname": operator_name, "\\operatorname*": operator_name, "\\sqrt": root}
    | {"\\nabla": derivatives.nabla, "\\partial": derivatives.partial}
    | {"\\substack": substack, "\\binom": binomial}
)
"""What begins a factor, by its key; letters, digits and fences are told by their kind."""


def _left(reader: Reader) -> Syntax:
    reader.position -= 1
    return fence(reader)
