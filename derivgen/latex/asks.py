"""Things asked, untyped, and the formulas that ask by themselves: derivatives, points, sums."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from derivgen.errors import Span
from derivgen.latex import syntax as sx
from derivgen.latex.facts import Assigns, Bare, Defines, Member, Runs
from derivgen.latex.sentences import Sentence
from derivgen.latex.survey import index_letters, is_index
from derivgen.terms.nodes import Name

ORDERS = {"second": 2, "second-order": 2, "third": 3, "third-order": 3, "fourth": 4, "fifth": 5, "sixth": 6}


@dataclass(frozen=True)
class Ask:
    """One thing asked, before its symbols are typed.

    kind: "derivative", "gradient", "hessian", "jacobian", "directional", "shape", "regroup", "element".
    """

    kind: str
    body: sx.Syntax | None
    by: tuple[sx.Syntax, ...] = ()
    part: str | None = None
    layout: str | None = None
    span: Span = sx.NOWHERE
    order: int = 1
    index: sx.Syntax | None = None
    point: tuple[sx.Syntax, ...] = ()
    direction: sx.Syntax | None = None
    name: sx.Syntax | None = None
    widened: bool = False
    """Whether an operator before a sum was taken to act on the whole sum."""
    each: bool = False
    """One goal for each parameter: "the partial derivatives of f(x, y)"."""
    at: int = 0
    """Where in its sentence it is asked."""
    claim: sx.Syntax | None = None
    """What the sentence says it is: "show that the gradient is 2Ax"."""
    alike: tuple[tuple[Name, Name], ...] = ()
    """Letters that take the place of others of an earlier question: "do the same for a scalar z"."""
    case: str | None = None
    """The label of the case that it is asked in."""
    refers: str | None = None
    """The label of the earlier part that is spoken of."""
    method: str | None = None
    terms: tuple[sx.Syntax, ...] = ()
    """What the answer is to be made of: "in terms of …"."""
    like: sx.Syntax | None = None
    """In whose place the body stands: "do the same for a scalar z"; what z is a function of is known from there."""
    simplify: bool = True
    form: str = ""
    """ "elements": the answer is to be written out by its elements."""
    sizes: tuple[tuple[str, int], ...] = ()
    """Sizes that are numbers here: "for n = 2"."""
    small_first: bool = False
    """Whether these sizes are only a first case: "expand for the 2 × 2 case first"."""
    details: Any = None
    """What a task (``latex/tasks``) has found, before its symbols are typed."""


def derivative_formula(node: sx.Syntax) -> Ask | None:
    """A formula that is a derivative by itself: dy/dx, ∇f, f'(x); or one at a point."""
    match node:
        case sx.AtPoint(body, where):
            inner = derivative_formula(body)
            return replace(inner, point=points(where), span=node.span) if inner else None
        case sx.Fenced(left, body) if left in ("(", "[", "{") and not isinstance(body, sx.Tuple):
            return derivative_formula(body)
        case sx.Leibniz(body, by) if body is not None:
            return Ask("derivative", body, by, span=node.span, order=len(by))
        case sx.NumberedPartial():
            return numbered(node)
        case sx.Nabla(body, by, order) if body is not None:
            kind = "hessian" if order == 2 else "gradient"
            return Ask(kind, body, sx.items(by) if by is not None else (), span=node.span)
        case sx.Plus(terms) if acts_on_all(terms[0], terms[1:]):
            first, others = terms[0], terms[1:]
            asked = derivative_formula(first) or operator_alone(first)
            if asked is None:
                return None
            return replace(asked, body=joined(operand(first), others, node.span), span=node.span, widened=True)
        case sx.MaybeCall(sx.Primed(), _) | sx.Call(sx.Primed(), _):
            return Ask("derivative", node, span=node.span)
        case sx.Primed(sx.Symbol(), _):
            return Ask("subscript", node, span=node.span)
        case sx.Subscript(sx.Symbol(), index) if not isinstance(index, sx.Number):
            return Ask("subscript", node, span=node.span)
        case sx.MaybeCall(sx.Subscript(), _):
            return Ask("subscript", node, span=node.span)
    return None


def acts_on_all(first: sx.Syntax, others: tuple[sx.Syntax, ...]) -> bool:
    """Whether an operator at the head of a sum, ``d/dx x^2 + 3x``, is meant for the whole sum: asked for alone, with
    no brackets that close its operand and no other derivative beside it."""
    match first:
        case sx.Leibniz(body, _, _, True):
            bounded = isinstance(body, sx.Fenced)
        case sx.Nabla(body):
            bounded = isinstance(body, (sx.Fenced, sx.Symbol, sx.MaybeCall, sx.Call))
        case _:
            return False
    return not bounded and not any(isinstance(n, (sx.Leibniz, sx.Nabla)) for t in others for n in sx.walk(t))


def operand(node: sx.Syntax) -> sx.Syntax | None:
    return node.body if isinstance(node, (sx.Leibniz, sx.Nabla)) else None


def operator_alone(node: sx.Syntax) -> Ask | None:
    """The operator of ``d/dx -x^2``, which has taken nothing yet."""
    match node:
        case sx.Leibniz(None, by):
            return Ask("derivative", None, by, span=node.span, order=len(by))
        case sx.Nabla(None, by, order):
            kind = "hessian" if order == 2 else "gradient"
            return Ask(kind, None, sx.items(by) if by is not None else (), span=node.span)
    return None


def joined(body: sx.Syntax | None, others: tuple[sx.Syntax, ...], span: Span) -> sx.Syntax:
    """The operand of the operator and the terms behind it as one."""
    terms = (body, *others) if body is not None else others
    return terms[0] if len(terms) == 1 else sx.Plus(terms, span=span)


def numbered(node: sx.Syntax) -> Ask | None:
    """``∂_1 ∂_2 f(x, y)`` as the derivative by the letters that stand in those places."""
    numbers: list[int] = []
    while isinstance(node, sx.NumberedPartial):
        numbers += [node.argument] * node.order
        node = node.body
    match node:
        case sx.MaybeCall(_, sx.Fenced(_, inside)) if min(numbers) >= 1 and max(numbers) <= len(sx.items(inside)):
            by = tuple(sx.items(inside)[k - 1] for k in numbers)
            if all(isinstance(v, (sx.Symbol, sx.Subscript)) for v in sx.items(inside)):
                return Ask("derivative", node, by, span=node.span, order=len(by))
    return None


def combination(node: sx.Syntax, is_partial: Callable[[sx.Syntax], bool]) -> Ask | None:
    """Sums and products of derivatives, as in x f_x + y f_y; letters below are spelled as ∂f/∂x."""
    kinds = (sx.Plus, sx.Product, sx.Negative, sx.Superscript, sx.Root, sx.Fenced)
    if derivative_formula(node) is not None or not isinstance(node, kinds):
        return None
    found: list[sx.Syntax] = []

    def spelled(part: sx.Syntax) -> sx.Syntax:
        if isinstance(part, sx.Leibniz) and part.body is not None:
            found.append(part)
            return part
        if isinstance(part, (sx.MaybeCall, sx.Call)) and isinstance(part.head, sx.Primed):
            found.append(part)
            return part
        if isinstance(part, sx.Subscript) and is_partial(part):
            found.append(part)
            return sx.Leibniz(part.base, tuple(reversed(index_letters(part.index))), span=part.span)
        changed = {id(c): s for c in sx.children(part) if (s := spelled(c)) is not c}
        return sx.swap_children(part, changed) if changed else part

    whole = spelled(node)
    return Ask("combination", whole, span=node.span) if found else None


def operated(words: str, nodes: tuple[sx.Syntax, ...], table: dict[str, str]) -> tuple[sx.Syntax, ...] | None:
    """What "the square of x", "the product of f and g" stand for; None where the words are not understood."""
    found = re.search(r"([\w ]+?) of$", words.strip())
    if found is None or not nodes:
        return nodes
    word = next((op for pattern, op in table.items() if re.search(rf"\b(?:{pattern})$", found[1], re.IGNORECASE)), None)
    span = nodes[0].span.join(nodes[-1].span)
    first = sx.Fenced("(", nodes[0], ")", span=nodes[0].span)
    match word:
        case "square" | "cube":
            return (sx.Superscript(first, sx.Number("2" if word == "square" else "3"), span=span),)
        case "tr" | "det" | "log" | "exp":
            return (sx.Call(sx.FunctionName(word), (nodes[0],), span=span),)
        case "norm":
            norm = sx.Fenced("‖", nodes[0], "‖", span=span)
            squared = re.search(r"squared", found[1], re.IGNORECASE)
            return (sx.Superscript(norm, sx.Number("2"), span=span) if squared else norm,)
        case "transpose":
            return (sx.Transpose(first, span=span),)
        case "inverse":
            return (sx.Superscript(first, sx.Negative(sx.Number("1")), span=span),)
        case "root":
            return (sx.Root(nodes[0], span=span),)
    return combined(word, nodes, span)


def combined(word: str | None, nodes: tuple[sx.Syntax, ...], span: Span) -> tuple[sx.Syntax, ...] | None:
    fenced = tuple(sx.Fenced("(", n, ")", span=n.span) for n in nodes)
    match word:
        case "product" if len(nodes) > 1:
            return (sx.Product(fenced, ("",) * (len(nodes) - 1), span=span),)
        case "sum" if len(nodes) > 1:
            return (sx.Plus(fenced, span=span),)
        case "difference" if len(nodes) == 2:
            return (sx.Plus((fenced[0], sx.Negative(fenced[1], span=span)), span=span),)
        case "quotient" if len(nodes) == 2:
            return (sx.Fraction(nodes[0], nodes[1], span=span),)
    return None


def points(where: sx.Syntax) -> tuple[sx.Syntax, ...]:
    return where.items if isinstance(where, sx.Tuple) else (where,)


def kind_of(groups: dict[str, str | None]) -> tuple[str, int]:
    """The kind of derivative that the words name, and its order."""
    kind = (groups.get("kind") or "derivative").lower().rstrip("s")
    kind = {"rate of change": "derivative", "slope": "derivative"}.get(kind, kind)
    rank = (groups.get("rank") or "").lower()
    return kind, next((n for word, n in ORDERS.items() if word in rank), 1)


def point_of(match: re.Match[str], sentence: Sentence) -> tuple[sx.Syntax, ...]:
    """The formulas after "at the point": (3, 1), (x, y) = (3, 1), x = 2; nothing where they are no point."""
    found: list[sx.Syntax] = []
    for slot in sentence.named(match["point"]):
        for fact in slot.facts if not slot.case else ():
            match fact:
                case Assigns(_, left, right):
                    found += [sx.Chain((a, b), ("=",), span=fact.span) for a, b in zip(left, right, strict=False)]
                case Defines(_, left, right) if is_value(right) or (is_at(match) and is_place(left, right)):
                    found.append(sx.Chain((left, right), ("=",), span=fact.span))
                case Bare(_, sx.Fenced("(", sx.Tuple(items)) as node) if all(is_number(i) for i in items):
                    found.append(node)
                case Bare(_, node) if is_number(node) and not (isinstance(node, sx.Product) and "×" in node.signs):
                    found.append(node)
                case Member() | Runs() if found:
                    break
                case _:
                    return ()
    return tuple(found)


def is_at(match: re.Match[str]) -> bool:
    return match[0][:2].lower() == "at"


def is_place(left: sx.Syntax, right: sx.Syntax) -> bool:
    """Whether ``x = x_0`` or ``x = a`` gives a place: one letter another, or its own with a label."""
    while isinstance(right, (sx.Subscript, sx.Superscript, sx.Primed)):
        right = right.base
    return isinstance(left, sx.Symbol) and isinstance(right, sx.Symbol)


def is_value(node: sx.Syntax) -> bool:
    return is_number(node) or is_vector_value(node)


def is_number(node: sx.Syntax) -> bool:
    """A number, a fraction or a multiple of π, without letters of the statement."""
    if isinstance(node, sx.Symbol):
        return node.name.letter in ("pi", "e")
    if isinstance(node, sx.Number):
        return True
    if isinstance(node, (sx.Negative, sx.Fraction, sx.Root, sx.Product, sx.Call, sx.Superscript, sx.Plus)):
        return all(is_number(c) or isinstance(c, sx.FunctionName) for c in sx.children(node))
    return False


def is_vector_value(node: sx.Syntax) -> bool:
    if isinstance(node, sx.Transpose):
        return is_vector_value(node.base)
    if isinstance(node, sx.Symbol):
        return node.name.letter in ("0", "1")
    if isinstance(node, sx.Fenced):
        return all(is_number(i) for i in sx.items(node.body))
    return isinstance(node, sx.Matrix) and all(c is not None and is_number(c) for row in node.rows for c in row)


def is_expression(node: sx.Syntax) -> bool:
    """More than a letter, a number, a size or a point."""
    if isinstance(node, sx.Fenced) and isinstance(node.body, sx.Tuple) and all(map(is_number, node.body.items)):
        return False
    if isinstance(node, (sx.Symbol, sx.Number, sx.Words, sx.FunctionName, sx.Space, sx.Subscript)):
        return False
    return not (isinstance(node, sx.Product) and "×" in node.signs)


def has_sum(node: sx.Syntax) -> bool:
    return any(isinstance(n, sx.Large) and n.name == "sum" for n in sx.walk(node))


def index_below(node: sx.Syntax) -> list[sx.Symbol]:
    """The index letters of a variable such as x_i, which no sum in the body may bear."""
    positions = index_letters(node.index) if isinstance(node, sx.Subscript) else []
    return [p for p in positions if isinstance(p, sx.Symbol) and is_index(p)]


def is_primed(node: sx.Syntax) -> bool:
    return isinstance(node, (sx.MaybeCall, sx.Call)) and isinstance(node.head, sx.Primed)


def is_second(ask: Ask) -> bool:
    """Whether second derivatives are asked for."""
    return ask.kind == "hessian" or ask.order == 2
