r"""Recurrences as they are often written: ``s'`` for a next state, ``r \leftarrow \ldots`` for a new value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeGuard

from derivgen.latex import syntax as sx
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.survey import index_letters, is_index
from derivgen.terms.nodes import Name

SPARE = "uqrpvw"
"""Letters for an index that is written with a prime, the first that the statement does not use."""
NEW = "new"


def rewrite(sentences: Sequence[Sentence]) -> list[str]:
    """Change the formulas of the sentences; what was changed, in words."""
    rows = [row for s in sentences for slot in s.slots for row in slot.formula.rows]
    told: list[str] = []
    primed = {n for row in rows for n in summed_with_prime(row)}
    used = {n.name.letter for row in rows for n in sx.walk(row) if isinstance(n, sx.Symbol)}
    free = [letter for letter in SPARE if letter not in used]
    stands = dict(zip(sorted(primed, key=repr), map(sx.Symbol, map(Name, free)), strict=False))
    if stands:
        put(sentences, lambda node: stands.get(node))
        for node, other in stands.items():
            if isinstance(node, sx.Primed) and isinstance(node.base, sx.Symbol):
                told.append(f"The index {node.base.name.letter}' is called {other.name.letter} here.")
    families = {h for row in rows for h in indexed_functions(row)}
    if families:
        put(sentences, lambda node: node.head if is_member(node, families) else None)
    if any(isinstance(n, sx.Chain) and n.signs == ("←",) for row in rows for n in sx.walk(row)):
        put(sentences, as_equation)
        told.append(f"What an arrow ← assigns is called by the letter with the mark “{NEW}”.")
    return told


def summed_with_prime(row: sx.Syntax) -> set[sx.Syntax]:
    """The primed letters that a formula sums over."""
    lowers = (n.lower for n in sx.walk(row) if isinstance(n, sx.Large) and n.lower is not None)
    heads = (low.sides[0] if isinstance(low, sx.Chain) else low for low in lowers)
    items = (i for head in heads if head is not None for i in sx.items(head))
    return {i for i in items if isinstance(i, sx.Primed) and is_index(i.base)}


def indexed_functions(row: sx.Syntax) -> set[sx.Syntax]:
    """The ℓ of ``ℓ_i(w) = (w^T x_i - y_i)^2``: a number for each i, which depends on w as its formula says."""
    if isinstance(row, sx.Tuple):
        return {h for item in row.items for h in indexed_functions(item)}
    match row:
        case sx.Chain((sx.MaybeCall(sx.Subscript(base, index), sx.Fenced(_, arg)), sx.Syntax() as right), ("=",)):
            below = {p for n in sx.walk(right) if isinstance(n, sx.Subscript) for p in index_letters(n.index)}
            return {base} if is_index(index) and index in below and not below & set(sx.items(arg)) else set()
    return set()


def is_member(node: sx.Syntax, families: set[sx.Syntax]) -> TypeGuard[sx.MaybeCall]:
    """Whether a formula is ``ℓ_i(w)`` of such a family."""
    match node:
        case sx.MaybeCall(sx.Subscript(base, index), sx.Fenced()):
            return base in families and (is_index(index) or isinstance(index, sx.Number))
    return False


def as_equation(node: sx.Syntax) -> sx.Syntax | None:
    """``r_i ← f(r)`` as the definition of the new values of r."""
    if isinstance(node, sx.Chain) and node.signs == ("←",) and isinstance(node.sides[0], sx.Syntax):
        return replace(node, sides=(renewed(node.sides[0]), node.sides[1]), signs=("=",))
    return None


def renewed(node: sx.Syntax) -> sx.Syntax:
    if isinstance(node, sx.Subscript):
        return replace(node, base=renewed(node.base))
    if isinstance(node, sx.MaybeCall):
        return replace(node, head=renewed(node.head))
    return sx.Superscript(node, sx.Words(NEW), span=node.span)


def put(sentences: Sequence[Sentence], change: Callable[[sx.Syntax], sx.Syntax | None]) -> None:
    def changed(node: sx.Syntax) -> sx.Syntax:
        own = change(node)
        if own is not None:
            return own
        inside = {id(c): s for c in sx.children(node) if (s := changed(c)) is not c}
        return sx.swap_children(node, inside) if inside else node

    for sentence in sentences:
        for k, slot in enumerate(sentence.slots):
            rows = tuple(changed(row) for row in slot.formula.rows)
            if any(a is not b for a, b in zip(rows, slot.formula.rows, strict=True)):
                sentence.slots[k] = Slot.of(replace(slot.formula, rows=rows), slot.span)
