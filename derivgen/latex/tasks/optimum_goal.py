"""The goal of an optimum: its objective, its variables and its conditions, read and typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import letters
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.scope import Typed
from derivgen.latex.sizes import fixed, is_scalar, show, unify
from derivgen.tasks import Optimum
from derivgen.terms.nodes import Mat, Name, Named, Relation, Sym, Term, Zero
from derivgen.terms.trees import substitute

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler


@dataclass(frozen=True)
class Wanted:
    """What is looked for; equations and comparisons that may be conditions; the name of the optimum; an equation that
    is claimed to hold there; and words that restrict something, each with the formula beside it."""

    sense: str
    conditions: tuple[sx.Chain, ...] = ()
    name: sx.Syntax | None = None
    equation: sx.Chain | None = None
    restricted: tuple[tuple[str, sx.Syntax | None], ...] = ()
    value: bool = False
    """Whether the value of the function is asked for."""
    under: bool = False
    """Whether words announce a condition."""


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    body_node, wanted = ask.body, ask.details
    assert body_node is not None and isinstance(wanted, Wanted)
    body = r.read(body_node)
    if not is_scalar(body.shape) and not all(unify(s, 1) for s in body.shape):
        told = f"what is to be optimised is {show(body.shape)}: only a scalar has a smallest or largest value"
        raise errors.ShapeFault(told, place=settler.scope.place(body_node.span))
    by = ask.by or settler.parameters(body_node) or settler.guess(body_node, ask.span, "optimum")
    by = tuple(n for v in by for n in settler.spread(v, body_node))
    typed = [r.read(v) for v in by]
    inside = {e.name for e in settler.entries_in(body_node)}
    for v in by:
        name = letters.full_name(settler.scope, v)
        if name is not None and not {name, settler.scope.cousin(name)} & inside and not settler.parameters(body_node):
            raise errors.ConstantVariable(
                f"{name.letter} does not stand in what is to be optimised", place=settler.scope.place(ask.span),
                hint="name a letter that does, as in: over $\\mathbf{w}$",
            )  # fmt: skip
    if len(typed) > 1 and not all(is_scalar(t.shape) for t in typed):
        raise errors.Unsupported(
            "an optimum by several vectors or matrices at once is not supported", place=settler.scope.place(ask.span),
            hint="ask for one of them, with the others fixed",
        )  # fmt: skip
    names = {n for v in by if (n := letters.full_name(settler.scope, v)) is not None}
    refuse_words(settler, ask, names, wanted)
    chains = on_variable(settler, wanted.conditions, names, len(typed) == 1 and is_scalar(typed[0].shape))
    equations = [typed_relation(settler, r, c) for c in chains]
    if wanted.under and not any(speaks_of(settler, c, names) for c in wanted.conditions):
        raise errors.Unsupported(
            "the statement names a condition that was not understood as an equation for the variable",
            place=settler.scope.place(ask.span), hint="write it as a formula: … subject to $\\mathbf{a}^T\\mathbf{x}=b$",
        )  # fmt: skip
    if ask.claim is not None:
        shape = (1, 1) if wanted.value else typed[0].shape if len(typed) == 1 else (len(typed), 1)
        settler.claim(ask, Typed(shape, lambda: Zero(*(fixed(s) for s in shape))), r)
    if wanted.name is not None and len(typed) == 1:
        agree_with_name(settler, wanted.name, typed[0])
    claimed = typed_relation(settler, r, wanted.equation) if wanted.equation is not None else None
    return lambda: built(settler, ask, wanted, body, typed, equations, claimed)


def built(
    settler: Settler, ask: Ask, wanted: Wanted, body: Typed, typed: Sequence[Typed],
    equations: Sequence[Callable[[], Relation]], claimed: Callable[[], Relation] | None,
) -> Goal:  # fmt: skip
    variables = [t.build() for t in typed]
    names = {v: Sym(v.name, *v.shape) for v in variables if isinstance(v, Named)}
    objective = substitute(body.build(), names)
    variables = [names.get(v, v) for v in variables]
    variable = variables[0] if len(variables) == 1 else Mat(len(variables), 1, *variables)
    settler.check_variables(tuple(variables), ask.by or (ask.body,) * len(variables))  # type: ignore[arg-type]
    relations = tuple(relation(e(), names) for e in equations)
    equal, bounds = (tuple(r for r in relations if (r.sign == "=") is same) for same in (True, False))
    claim = relation(claimed(), names) if claimed is not None else None
    task = Optimum(wanted.sense, variable, equal, claim, wanted.value, bounds)
    target = best_value(objective, wanted.sense) if wanted.value else target_of(settler, wanted, variable)
    goal = settler.goal("optimum", objective, tuple(variables), ask, target)
    return replace(goal, task=task, asked=asked(wanted.sense, objective, variable, relations, wanted.value))


def asked(
    sense: str, objective: Term, variable: Term, relations: Sequence[Relation], value: bool = False
) -> tuple[str | Term, ...]:
    """The question in a few words."""
    word = {"minimum": "Minimise ", "maximum": "Maximise ", "stationary": "Stationary points of "}[sense]
    if value:
        word = {"minimum": "Smallest value of ", "maximum": "Largest value of "}.get(
            sense, "Value at the stationary point of "
        )
    under: list[str | Term] = []
    for k, r in enumerate(relations):
        under += [" subject to " if not k else " and ", r]
    return (word, objective, " over ", variable, *under)


def relation(given: Relation, names: dict[Term, Term]) -> Relation:
    return Relation(given.sign, substitute(given.left, names), substitute(given.right, names)) if names else given


def target_of(settler: Settler, wanted: Wanted, variable: Term) -> Term:
    """What stands to the left of the answer: the name that the statement gives the optimum, or the variable."""
    name = letters.full_name(settler.scope, wanted.name) if wanted.name is not None else None
    return Sym(name, *variable.shape) if name is not None else variable


def best_value(objective: Term, sense: str) -> Term:
    """f_min: what stands to the left of the smallest value."""
    name = objective.name if isinstance(objective, Named) else Name("f")
    return Sym(name._replace(sub={"minimum": "min", "maximum": "max"}.get(sense, "s")))


# -------------------------------------------------------------------------------------------------- conditions
def speaks_of(settler: Settler, node: sx.Syntax, names: set[Name]) -> bool:
    """Whether a formula holds the variable, or an element of it."""
    for part in sx.walk(node):
        name = letters.full_name(settler.scope, part)
        if name is None:
            continue
        if name in names or settler.scope.cousin(name) in names:
            return True
        if isinstance(part, sx.Subscript):
            core = letters.full_name(settler.scope, part.base)
            if core is not None and (core in names or settler.scope.cousin(core) in names):
                return True
    return False


def on_variable(
    settler: Settler, chains: Sequence[sx.Chain], names: set[Name], is_number: bool
) -> list[sx.Chain]:  # fmt: skip
    """The equations that the variable must fulfil, and the bounds of a scalar; what else restricts it is refused."""
    out: list[sx.Chain] = []
    for chain in dict.fromkeys(chains):
        if not speaks_of(settler, chain, names):
            continue
        for left, sign, right in zip(chain.sides, chain.signs, chain.sides[1:], strict=False):
            if left is None or right is None or is_endless(left) or is_endless(right):
                continue
            pair = sx.Chain((left, right), (sign,), span=chain.span)
            if sign == "=" or not speaks_of(settler, pair, names):
                out += [pair] if sign == "=" else []
            elif is_number and (sign in ("≤", "≥") or (sign in ("<", ">") and not is_sign(pair))):
                out.append(pair)
            elif not is_sign(pair):
                raise errors.Unsupported(
                    "an optimum under an inequality is not supported", place=settler.scope.place(chain.span),
                    hint="conditions that are equations are: minimise … subject to a^T x = b",
                )  # fmt: skip
    return out


def is_endless(node: sx.Syntax) -> bool:
    inner = node.arg if isinstance(node, sx.Negative) else node
    return isinstance(inner, sx.Symbol) and inner.name.letter == "infty"


def is_sign(pair: sx.Chain) -> bool:
    """x > 0, x ≥ 0, x ≠ 0, 0 < x: what a letter itself is stated to be."""
    (left, right), sign = pair.sides, pair.signs[0]
    if left == sx.Number("0") and sign == "<":
        left, right, sign = right, left, ">"
    zero = right == sx.Number("0") or (isinstance(right, sx.Symbol) and right.name.letter == "0")
    if not zero or left is None or sign not in (">", "≥", "≠", "≻", "⪰"):
        return False
    return all(isinstance(n, (sx.Symbol, sx.Subscript, sx.Dots)) for n in sx.items(left))


def agree_with_name(settler: Settler, node: sx.Syntax, variable: Typed) -> None:
    """The name of an optimum has the shape of the variable."""
    name = letters.full_name(settler.scope, node)
    entry = settler.scope.find(name) if name is not None else None
    if entry is not None and entry.shape is not None and entry.meaning is None:
        for a, b in zip(entry.shape, variable.shape, strict=True):
            unify(a, b)


def refuse_words(settler: Settler, ask: Ask, names: set[Name], wanted: Wanted) -> None:
    """A restriction in words that no formula tells is never overlooked."""
    for word, beside in wanted.restricted:
        other = beside is not None and not speaks_of(settler, beside, names) and not speaks_of_body(beside, ask)
        if not other:
            raise errors.Unsupported(
                f"the statement restricts the variable (“{word}”): such an optimum is not supported",
                place=settler.scope.place(ask.span), hint="write the condition as an equation that is linear in the variable",
            )  # fmt: skip


def speaks_of_body(beside: sx.Syntax, ask: Ask) -> bool:
    return beside == ask.body


def typed_relation(settler: Settler, r: Reading, chain: sx.Chain) -> Callable[[], Relation]:
    """An equation or a comparison as a relation of terms; a 0 on its right is that of the left side's shape."""
    sign = chain.signs[0]
    left, right = chain.sides[0], chain.sides[1]
    assert left is not None and right is not None
    a = r.read(left)
    if right == sx.Number("0") and not is_scalar(a.shape):
        return lambda: Relation(sign, a.build(), Zero(*(fixed(s) for s in a.shape)))
    if letters.undecided(r, right):
        letters.take_shape(r, right, a.shape)
    b = r.read(right)
    for p, q in zip(a.shape, b.shape, strict=True):
        settler.scope.agree(p, q, chain.span, lambda: "the two sides of the condition differ")
    return lambda: Relation(sign, a.build(), b.build())
