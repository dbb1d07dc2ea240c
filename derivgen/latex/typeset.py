r"""A formula of the statement as boxes, to be set again: the author's symbols, fonts and order, never the source.

What was left out of the tree (spaces, sizes of delimiters) is decided anew by the printers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from derivgen.latex import syntax as tree
from derivgen.latex.syntax import Formula, Syntax
from derivgen.notation import boxes
from derivgen.notation.boxes import Box, Letter, Operator, RowOf, Scripts
from derivgen.notation.names import name_box

COMMA = Operator(",", "punctuation")
PRIME = Operator("prime", "ordinary")
PARTNER = {"(": ")", "[": "]", "{": "}"}
WIDE = {"bar": "overline", "hat": "widehat", "tilde": "widetilde"}

SIGNS: dict[str, str] = {
    "≠": "neq", "≤": "leq", "≥": "geq", "∈": "in", "∉": "notin", "≈": "approx", "≡": "equiv", "∝": "propto",
    "~": "sim", "→": "to", "↦": "mapsto", "⊂": "subset", "⊆": "subseteq", "⊥": "perp", "≻": "succ", "⪰": "succeq",
    "≺": "prec", "⪯": "preceq", "⇒": "Rightarrow", "⇔": "iff", "≪": "ll", "≫": "gg", "·": "cdot", "×": "times",
    "⊙": "odot", "∘": "circ", "⊗": "otimes", "⊘": "oslash", "⊕": "oplus", "±": "pm", "†": "dagger", "…": "dots",
}  # fmt: skip


def typeset_rows(formula: Formula) -> tuple[Box, ...]:
    """The rows of a formula, with the punctuation that ended it on the last."""
    rows = [typeset(row) for row in formula.rows]
    if formula.punctuation:
        rows[-1] = _row([rows[-1], Operator(formula.punctuation, "punctuation")])
    return tuple(rows)


def typeset_formula(formula: Formula) -> Box:
    """A formula as one box; several rows become a grid whose second column begins with the relation."""
    if len(formula.rows) == 1:
        return typeset_rows(formula)[0]
    endings = [*formula.endings, *[""] * (len(formula.rows) - 1 - len(formula.endings)), formula.punctuation]
    return boxes.Grid(tuple(_cells(row, end) for row, end in zip(formula.rows, endings, strict=True)), "", "")


def _cells(row: Syntax, ending: str) -> tuple[Box, ...]:
    end = [Operator(ending, "punctuation")] if ending else []
    match row:
        case tree.Chain(sides, signs):
            first = sides[0]
            related = _related(sides, signs)[1 if first else 0 :]
            return (typeset(first) if first else RowOf(()), _row([*related, *end]))
    return (_row([typeset(row), *end]), RowOf(()))


def typeset(node: Syntax) -> Box:
    """Any syntax node as a box."""
    return SETTERS[type(node)](node)


def _row(items: Iterable[Box]) -> Box:
    flat: list[Box] = []
    for item in items:
        flat += item.items if isinstance(item, RowOf) else (item,)
    return flat[0] if len(flat) == 1 else RowOf(tuple(flat))


def _sign(sign: str, role: str) -> Operator:
    return Operator(SIGNS.get(sign, sign), role)


def _atom(node: Syntax) -> Box:
    """A node where only a factor may stand: sums that invisible braces held together get parentheses."""
    box = typeset(node)
    if isinstance(node, (tree.Plus, tree.Negative, tree.PlusMinus, tree.Circled, tree.Chain)):
        return boxes.Fenced("(", box, ")")
    return box


# ------------------------------------------------------------------------------------------ leaves and scripts
def _words(node: tree.Words) -> Box:
    if node.text and not node.text[0].isalpha():
        return _row([_sign(c, "ordinary") for c in node.text])
    return boxes.Words(node.text)


def _space(node: tree.Space) -> Box:
    base = Letter(node.letter, "bb")
    sizes = _joined([typeset(s) for s in node.sizes], Operator("times", "binary"))
    sub = _row([_letter_or_sign(c) for c in node.sub]) if node.sub else None
    return Scripts(base, sub, sizes) if node.sizes or sub else base


def _letter_or_sign(character: str) -> Box:
    if character.isdigit():
        return boxes.Digits(character)
    return Letter(character) if character.isalpha() else _sign(character, "ordinary")


def _joined(items: list[Box], between: Box) -> Box:
    out: list[Box] = []
    for k, item in enumerate(items):
        out += [between, item] if k else [item]
    return _row(out)


def _script(base: Box, sub: Box | None = None, sup: Box | None = None) -> Box:
    """Scripts on a base, joined to those it has where a place is free."""
    if isinstance(base, Scripts) and not (sub and base.sub) and not (sup and base.sup):
        return Scripts(base.base, sub or base.sub, sup or base.sup)
    if isinstance(base, Scripts) and sup and base.sup and not sub:
        return Scripts(base.base, base.sub, _row([base.sup, sup]))
    return Scripts(base, sub, sup)


def _subscript(node: tree.Subscript) -> Box:
    return _script(_atom(node.base), sub=typeset(node.index))


def _superscript(node: tree.Superscript) -> Box:
    base = _atom(node.base)
    powered = isinstance(base, Scripts) and base.sup is not None and not isinstance(base.sup, Operator)
    if powered and not isinstance(node.base, tree.Subscript):
        base = boxes.Fenced("(", base, ")")
    return _script(base, sup=typeset(node.exponent))


def _transpose(node: tree.Transpose) -> Box:
    sign = Letter("T") if node.letter else Letter("top")
    base = _atom(node.base)
    if isinstance(node.base, tree.Superscript) and isinstance(node.base.exponent, tree.Negative):
        exponent = _row([Operator("-", "prefix"), sign])
        return _script(_atom(node.base.base), sup=exponent)
    if isinstance(node.base, (tree.Transpose, tree.Superscript)) and not _is_label(node.base):
        base = boxes.Fenced("(", base, ")")
    return _script(base, sup=sign)


def _is_label(node: Syntax) -> bool:
    return isinstance(node, tree.Superscript) and isinstance(node.exponent, (tree.Fenced, tree.Words))


def _primed(node: tree.Primed) -> Box:
    return _script(_atom(node.base), sup=_row([PRIME] * node.count))


# -------------------------------------------------------------------------------------------------- operations
def _plus(node: tree.Plus) -> Box:
    out: list[Box] = []
    for k, term in enumerate(node.terms):
        match term:
            case tree.Negative(arg) if k:
                out += [Operator("-", "binary"), _term(arg)]
            case tree.PlusMinus(arg) if k:
                out += [Operator("pm", "binary"), _term(arg)]
            case _:
                out += [Operator("+", "binary")] if k else []
                out.append(typeset(term))
    return _row(out)


def _term(node: Syntax) -> Box:
    box = typeset(node)
    return boxes.Fenced("(", box, ")") if isinstance(node, (tree.Plus, tree.Negative)) else box


def _infix(node: tree.Product | tree.Circled) -> Box:
    put = _atom if isinstance(node, tree.Product) else _term
    out = [put(node.factors[0])]
    for sign, before, factor in zip(node.signs, node.factors, node.factors[1:], strict=False):
        if sign:
            out.append(_sign(sign, "binary"))
        elif isinstance(before, tree.Large) or isinstance(factor, tree.Leibniz):
            out.append(boxes.Space("thin"))
        out.append(put(factor))
    return _row(out)


def _fraction(node: tree.Fraction) -> Box:
    if node.inline:
        return _row([_atom(node.num), Operator("/", "ordinary"), _atom(node.den)])
    return boxes.Fraction(typeset(node.num), typeset(node.den))


def _call(node: tree.Call) -> Box:
    args = _joined([typeset(a) for a in node.args], COMMA)
    if node.fence:
        return _row([typeset(node.head), boxes.Fenced(node.fence, args, PARTNER[node.fence])])
    return _row([typeset(node.head), args])


def _large(node: tree.Large) -> Box:
    lower = typeset(node.lower) if node.lower else None
    upper = typeset(node.upper) if node.upper else None
    return boxes.BigOp(node.name, lower, upper, _term(node.body))


def _matrix(node: tree.Matrix) -> Box:
    rows = tuple(tuple(typeset(cell) if cell else RowOf(()) for cell in row) for row in node.rows)
    return boxes.Grid(rows, node.left, node.right)


# ------------------------------------------------------------------------------------------------- derivatives
def _leibniz(node: tree.Leibniz) -> Box:
    sign = Letter("partial" if node.sign == "∂" else "d")
    count = len(node.by)
    above: list[Box] = [Scripts(sign, None, boxes.Digits(str(count))) if count > 1 else sign]
    below: list[Box] = []
    for variable, group in groupby(node.by):
        repeated = len(list(group))
        box = typeset(variable) if not isinstance(variable, tree.Tuple) else boxes.Fenced("(", typeset(variable), ")")
        power = boxes.Digits(str(repeated)) if repeated > 1 else None
        below += [boxes.Space("thin")] if below else []
        below += [sign, _script(box, sup=power) if power else box]
    if node.body is not None and not node.operator:
        above.append(_atom(node.body) if not isinstance(node.body, tree.Plus) or node.inline else typeset(node.body))
    if node.inline:
        quotient = _row([*above, Operator("/", "ordinary"), *below])
    else:
        quotient = boxes.Fraction(_row(above), _row(below))
    if node.operator and node.body is not None:
        return _row([quotient, *_gap(node.body), _term(node.body)])
    return quotient


def _gap(body: Syntax) -> list[Box]:
    return [] if isinstance(body, tree.Fenced) and body.left in "([" else [boxes.Space("thin")]


def _numbered_partial(node: tree.NumberedPartial) -> Box:
    power = boxes.Digits(str(node.order)) if node.order > 1 else None
    return _row([Scripts(Letter("partial"), boxes.Digits(str(node.argument)), power), _atom(node.body)])


def _nabla(node: tree.Nabla) -> Box:
    sub = typeset(node.by) if node.by else None
    sup = boxes.Digits("2") if node.order == 2 else None
    sign: Box = Scripts(Letter("nabla"), sub, sup) if sub or sup else Letter("nabla")
    if node.body is None:
        return sign
    gap = _gap(node.body) if sub or sup else []
    return _row([sign, *gap, _term(node.body)])


def _differential(node: tree.Differential) -> Box:
    sign = Letter("partial") if node.sign == "∂" else Letter("d", "roman")
    return _row([sign, _atom(node.arg)])


def _at_point(node: tree.AtPoint) -> Box:
    return Scripts(boxes.Fenced("", typeset(node.body), "|"), typeset(node.where))


# --------------------------------------------------------------------------------------- relations and lists
def _related(sides: tuple[Syntax | None, ...], signs: tuple[str, ...]) -> list[Box]:
    out: list[Box] = []
    for k, side in enumerate(sides):
        out += [_sign(signs[k - 1], "relation")] if k else []
        out += [typeset(side)] if side else []
    return out


def _mapping(node: tree.Mapping) -> Box:
    names = [typeset(node.names), Operator(":", "relation")] if node.names else []
    return _row([*names, typeset(node.source), Operator("to", "relation"), typeset(node.target)])


def _tuple(node: tree.Tuple) -> Box:
    out: list[Box] = []
    spaced = any(isinstance(item, (tree.Chain, tree.Mapping)) for item in node.items)
    for k, item in enumerate(node.items):
        if isinstance(item, tree.Words) and item.text[:1].isalpha():
            out += [boxes.Space("medium")] if k else []
            out += [boxes.Words(item.text), boxes.Space("medium")]
            continue
        if k and not isinstance(node.items[k - 1], tree.Words):
            out += [COMMA, boxes.Space("medium")] if spaced else [COMMA]
        out.append(typeset(item))
    return _row(out)


SETTERS: dict[type[Syntax], Callable[[Any], Box]] = {
    tree.Number: lambda node: boxes.Digits(node.text),
    tree.Symbol: lambda node: name_box(node.name),
    tree.FunctionName: lambda node: boxes.FunctionName(node.name),
    tree.Words: _words,
    tree.Dots: lambda node: Operator(node.kind, "ordinary"),
    tree.Placeholder: lambda node: _sign(node.sign, "ordinary"),
    tree.Space: _space,
    tree.Subscript: _subscript,
    tree.Superscript: _superscript,
    tree.Elementwise: lambda node: _row([_sign(node.sign, "ordinary"), typeset(node.exponent)]),
    tree.Transpose: _transpose,
    tree.Primed: _primed,
    tree.Accented: lambda node: boxes.Accent(WIDE.get(node.accent, node.accent), typeset(node.body)),
    tree.Fenced: lambda node: boxes.Fenced(node.left, typeset(node.body), node.right),
    tree.Plus: _plus,
    tree.Negative: lambda node: _row([Operator("-", "prefix"), _term(node.arg)]),
    tree.PlusMinus: lambda node: _row([Operator("pm", "prefix"), _term(node.arg)]),
    tree.Product: _infix,
    tree.Circled: _infix,
    tree.Fraction: _fraction,
    tree.Root: lambda node: boxes.Root(typeset(node.arg), typeset(node.degree) if node.degree else None),
    tree.Call: _call,
    tree.MaybeCall: lambda node: _row([typeset(node.head), typeset(node.operand)]),
    tree.Large: _large,
    tree.Indicator: lambda node: _row([Letter("1", "bb"), boxes.Fenced("[", typeset(node.condition), "]")]),
    tree.Matrix: _matrix,
    tree.Leibniz: _leibniz,
    tree.NumberedPartial: _numbered_partial,
    tree.Nabla: _nabla,
    tree.Differential: _differential,
    tree.AtPoint: _at_point,
    tree.Chain: lambda node: _row(_related(node.sides, node.signs)),
    tree.Mapping: _mapping,
    tree.MapsTo: lambda node: _row([typeset(node.arg), Operator("mapsto", "relation"), typeset(node.body)]),
    tree.Tuple: _tuple,
}
"""How each node of the syntax is set."""
