"""Another body: factors and terms in another order, an operand transposed, a factor or a term added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tests.variations.kin import Kin, NotApplicable
from tests.variations.letters import letters_of
from tests.variations.source import Piece, closing, cut, formulas, join, on_mathematics, top_level

VECTOR = r"\\(?:mathbf|boldsymbol)\{\\?[a-z]+\}"
MATRIX = r"\\mathbf\{[A-Z]\}"
ELEMENTS = re.compile(r"([A-Za-z])_(?:\w|\{[a-z]+\})=")
ELEMENT = r"[A-Za-z]_(?:\{[a-z]+\}|[a-z])"


def swapped_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    letters = letters_of(statement)
    own = "".join(x for x in letters.lower if x not in letters.bold) or "\0"
    power = rf"[{own}](?:\^\d)?"
    rules = (
        (rf"({VECTOR})\^T({VECTOR})(?![_^])", r"\2^T\1"),
        (rf"({VECTOR})\\odot({VECTOR})(?![_^])", r"\2\\odot\1"),
        (rf"\\operatorname\{{tr\}}\(({MATRIX}(?:\^T)?)((?:{MATRIX}(?:\^T)?)+)\)", r"\\operatorname{tr}(\2\1)"),
        (rf"(?<![A-Za-z\\_^])({power})({power})(?![A-Za-z_(^])", r"\2\1"),
        (rf"(?<![A-Za-z\\])({ELEMENT})({ELEMENT})(?![_(^])", r"\2\1"),
        (r"\(([a-z])\+([a-z])\)", r"(\2+\1)"),
        (r"(?<==)([^-=+]+)\+([^-=+]+)(?=[.,]?$)", swap_terms),
    )

    def change(formula: str) -> str:
        if "\\in" in formula and "=" not in formula:
            return formula
        for pattern, new in rules:
            formula = re.sub(pattern, new, formula)
        return formula

    yield made("factors swapped", statement, on_mathematics(statement, change))


def swap_terms(found: re.Match[str]) -> str:
    whole, first, second = found[0], found[1], found[2]
    return (
        f"{second}+{first}" if top_level(whole).count("+") == 1 and len(top_level(first)) and balanced(first) else whole
    )


def balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("()", "{}", "[]"))


def transposed_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    """A constant matrix is declared the other way round, and its transpose stands where it stood."""
    declared = re.findall(rf"((?:{MATRIX},?)+)\\in\\mathbb\{{R\}}\^\{{(\w)\\times\s*(\w)\}}", statement)
    if ",:" in statement or ":," in statement:
        yield NotApplicable("it names rows and columns")
        return
    if not declared:
        yield NotApplicable("it declares no matrix in a space")
        return
    for names, _, _ in declared:
        letters = re.findall(r"\{([A-Z])\}", names)
        if any(re.search(rf"(?:d|partial ?|nabla_\{{)\\mathbf\{{{x}\}}", statement) for x in letters):
            yield NotApplicable("its matrices are differentiated by")
            continue
        text = on_mathematics(statement, lambda formula, letters=letters: transpose(formula, letters))
        yield made(
            "an operand transposed", statement, text, how=",".join(letters), turned=frozenset(letters), same_words=False
        )


def transpose(formula: str, letters: list[str]) -> str:
    own = "|".join(letters)
    space = re.sub(rf"({MATRIX}(?:,{MATRIX})*\\in\\mathbb\{{R\}}\^)\{{(\w)\\times\s*(\w)\}}",
                   lambda m: m[0] if not re.search(own, m[1]) else rf"{m[1]}{{{m[3]}\times {m[2]}}}", formula)  # fmt: skip
    if space != formula or re.fullmatch(rf"{MATRIX}(?:,{MATRIX})*", formula) or "\\in" in formula:
        return space
    formula = re.sub(rf"(?<![\\{{])({own})_\{{([a-z])((?:[a-z])(?:_\w|_\{{[^}}]*\}})?)\}}", r"\1_{\3\2}", formula)
    return re.sub(rf"\\mathbf\{{({own})\}}(\^T)?", lambda m: rf"\mathbf{{{m[1]}}}" + ("" if m[2] else "^T"), formula)


# ------------------------------------------------------------------------------------------- what is added
def added_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    if any(re.match(r"\\frac\{d[^=]*=", f) and "\\Box" not in f for f in formulas(statement)):
        yield NotApplicable("it says itself what the derivative is")
        return
    yield made("a factor added", statement, with_bodies(statement, times_three), scale=3)
    yield made("a term added", statement, with_bodies(statement, plus_term), scale=None)
    yield made("a term added", statement, with_bodies(statement, plus_twice), scale=3, how="twice the same")


def times_three(body: str, _: str) -> str:
    shown = top_level(body)
    return (
        f"3({body})" if re.search(r"[+-]|\\sum", shown) else f"3{body}" if not shown[0].isdigit() else f"3\\cdot {body}"
    )


def plus_term(body: str, arguments: str) -> str:
    """A term in the first argument, where the function names its arguments; a number has no shape to fit."""
    first = arguments.partition(",")[0]
    if not first:
        return body
    return f"{body}+5{first}" if re.fullmatch(r"[a-z]", first) else f"{body}+5{first}^T{first}"


def plus_twice(body: str, _: str) -> str:
    """The body and twice the body: what fits every shape."""
    if re.search(r"[+-]|\\sum", top_level(body)) or body[:1].isdigit():
        return body
    return f"{body}+2{body}"


def with_bodies(statement: str, change: object) -> str:
    """The statement with what is differentiated changed, wherever a formula shows it."""
    asked = set(re.findall(r"\\frac\{(?:d|\\partial)(?:\^2)?\s*(\\?[A-Za-z]+)\}", statement.replace("\\mathbf", "")))
    asked |= set(re.findall(r"\\nabla(?:\^2)?(?:_\w|_\{[^}]*\})?\s*(\\?[A-Za-z]+)", statement.replace("\\mathbf", "")))
    asked |= set(
        re.findall(r"\\frac\{(?:d|\\partial)(?:\^2)?\s*\\(?:mathbf|boldsymbol)\{(\\?[A-Za-z]+)\}\}", statement)
    )
    asked |= set(re.findall(r"\\partial (\w)/", statement))
    return join(Piece(p.kind, body_changed(p.text, asked, change)) if p.kind != "text" else p for p in cut(statement))


def body_changed(formula: str, asked: set[str], change: object) -> str:
    head = re.match(r"(\\?[a-zA-Z]+|\\(?:mathbf|boldsymbol)\{\\?[a-z]+\})(?:\(([^()]*)\)|_\w|_\{[a-z]+\})?=", formula)
    if (
        head
        and re.sub(r"\\(?:mathbf|boldsymbol)|[{}]", "", head[1]) in asked | set(ELEMENTS.findall(head[0]))
        and formula.count("=") == 1
    ):
        if "\\in" in formula or "\\qquad" in formula:
            return formula
        body = formula[head.end() :]
        if re.fullmatch(r"[a-z]\([^()]*\)[.,]?", body):
            return formula  # a function that nothing is said about: only its shape could tell what it gives
        stop = body[len(body.rstrip(" .,\n")) :]
        return head[0] + change(body.rstrip(" .,\n"), head[2] or "") + stop  # type: ignore[operator]
    if "=" in formula:
        return formula  # a claim about the derivative
    for opening in re.finditer(r"\\frac\{(?:d|\\partial)(\\left)?\(", formula):
        start = opening.end()
        end = closing(formula, start - 1)
        if end > 0 and not opening[1]:
            return (
                formula[:start]
                + change(formula[start : end - 1], "")
                + body_changed_rest(formula[end - 1 :], asked, change)
            )  # type: ignore[operator]
    whole = re.fullmatch(r"(\\frac\{(?:d|\\partial)\}\{(?:d|\\partial)[^}]*\}?\}(?:\\,)?)([^=]+)", formula)
    if whole and not whole[2].startswith("\\left"):
        return f"{whole[1]}\\left({change(whole[2], '')}\\right)"  # type: ignore[operator]
    return formula


def body_changed_rest(rest: str, asked: set[str], change: object) -> str:
    return rest[:1] + body_changed(rest[1:], asked, change)


def made(kind: str, statement: str, text: str, **how: object) -> Kin | NotApplicable:
    if text == statement:
        return NotApplicable("nothing in it can be changed so")
    return replace(Kin(kind, text), **how)  # type: ignore[arg-type]
