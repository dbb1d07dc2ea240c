r"""Letters and digits in their fonts, accents, upright words, and spaces such as ``\mathbb R^n``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import derivatives, fences, functions, scripts, symbols
from derivgen.latex import syntax as tree
from derivgen.latex.syntax import Syntax
from derivgen.latex.tokens import Token
from derivgen.terms.nodes import Name

if TYPE_CHECKING:
    from derivgen.latex.parse import Reader


def letter(reader: Reader, token: Token) -> Syntax:
    """A single letter in the font that holds here."""
    name = token.text
    if not reader.font and reader.tokens[reader.position].kind == "letter":
        spelt = _spelt_function(reader, token)
        if spelt:
            return functions.function(reader, spelt, reader.position - len(spelt))
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


def digit(reader: Reader, token: Token) -> Syntax:
    """A single digit, as an argument takes it."""
    if reader.font in ("bold", "bb", "vec") and token.text in "01":
        return tree.Symbol(Name(token.text, reader.font), span=token.span)
    return tree.Number(token.text, span=token.span)


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
    mark, behind = tokens[reader.position], tokens[min(reader.position + 1, len(tokens) - 1)]
    if mark.text == "e" and mark.kind == "letter" and behind.kind == "digit":
        power = f"10^{{{behind.text}}}"
        reader.fault(
            f"{text}e{behind.text} can be {text} times a power of ten, or a product with e",
            span, f"write {text}\\cdot {power}, or {text}\\,e\\cdot {behind.text}", errors.Ambiguous,
        )  # fmt: skip
    if reader.font in ("bold", "bb", "vec") and text in ("0", "1"):
        return tree.Symbol(Name(text, reader.font), span=span)
    return tree.Number(text if text[0] != "." else "0" + text, span=span)


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
    inside = fences.argument(reader)
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
        return functions.function(reader, word, start)
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
        script = _size(reader) if raised else scripts.index(reader)
        if raised:
            sizes = _sizes(script)
        else:
            sub = "".join(token.text for token in reader.tokens[begin : reader.position]).strip("{}")
    return tree.Space(word, sizes, sub, span=reader.span_from(start))


def _size(reader: Reader) -> Syntax:
    return scripts.lone_sign(reader) or fences.argument(reader)


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
    return _accented(symbols.ACCENTS[token.text], fences.argument(reader), reader.span_from(start))


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
    bracket = reader.keys[reader.position + 1] if key == "\\left" else key
    if bracket in ("[", "\\{", "\\lbrace") or (bracket == "(" and one.name.font == "bb"):
        before = reader.position
        fenced = fences.fence(reader)
        body = fenced.body if isinstance(fenced, tree.Fenced) else fenced
        if one.name.font == "bb" or isinstance(body, tree.Chain):
            return tree.Indicator(body, span=reader.span_from(start))
        reader.position = before
    if key == "_":
        before = reader.position
        reader.position += 1
        condition = scripts.index(reader)
        if isinstance(condition, tree.Fenced):
            condition = condition.body
        if isinstance(condition, tree.Chain):
            return tree.Indicator(condition, span=reader.span_from(start))
        reader.position = before
    return one


def words(reader: Reader, token: Token) -> Syntax:
    start = reader.position - 1
    return upright(reader, token.text.strip(), start)
