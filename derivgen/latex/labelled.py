r"""Vectors with a label that are written by their elements: ``r_i^{(k+1)}``, ``x_i(t+1)``, ``b_j(o_{t+1})``.

What stands in parentheses behind an element, and does not run in its equation, labels the whole vector.  Such calls are
changed to ``[x^{(t+1)}]_i``; the statement is typeset as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from derivgen.latex import syntax as sx
from derivgen.latex.letters import full_name, is_labelled, is_stepped
from derivgen.latex.samples import summed
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.survey import index_letters, is_index, size_text
from derivgen.terms.nodes import Name


def rewrite(sentences: Sequence[Sentence]) -> list[tuple[sx.Syntax, sx.Syntax]]:
    """Change the formulas of the sentences; the first call of each letter, as it was written and as it is read."""
    found: dict[sx.Syntax, tuple[sx.Syntax, sx.Syntax]] = {}
    for sentence in sentences:
        for k, slot in enumerate(sentence.slots):
            rows = tuple(in_row(row, found) for row in slot.formula.rows)
            if any(a is not b for a, b in zip(rows, slot.formula.rows, strict=True)):
                sentence.slots[k] = Slot.of(replace(slot.formula, rows=rows), slot.span)
    every = [n for s in sentences for slot in s.slots for row in slot.formula.rows for n in sx.walk(row)]
    bold = {n.name.letter for n in every if isinstance(n, sx.Symbol) and n.name.font == "bold"}
    shared = {b.name.letter for b in found if isinstance(b, sx.Symbol)} & bold
    if shared:
        in_bold(sentences, shared)
    return list(found.values())


def in_row(row: sx.Syntax, found: dict[sx.Syntax, tuple[sx.Syntax, sx.Syntax]]) -> sx.Syntax:
    """An equation with its labelled elements; one that sums over nothing is left alone."""
    if isinstance(row, sx.Tuple):
        items = tuple(in_row(item, found) for item in row.items)
        return row if all(a is b for a, b in zip(items, row.items, strict=True)) else replace(row, items=items)
    over = set(summed([row]))
    if not isinstance(row, sx.Chain) or not over:
        return row
    args = [c.operand.body for c in calls(row) if isinstance(c.operand, sx.Fenced)]
    steps = {n for a in args if is_stepped(a) and isinstance(a, sx.Plus) for n in a.terms if isinstance(n, sx.Symbol)}
    running = over | {a.name.letter for a in args if isinstance(a, sx.Symbol) and is_index(a) and a not in steps}
    match row.sides[0]:
        case sx.MaybeCall(sx.Subscript() as element, sx.Fenced(_, arg)) if is_label(arg, steps, running):
            running |= {p.name.letter for p in own_letters(element)}
        case sx.Subscript() as element:
            running |= {p.name.letter for p in own_letters(element)}
    return changed(row, running, steps, found)


def calls(node: sx.Syntax) -> Iterator[sx.MaybeCall]:
    """Elements with something in parentheses behind them."""
    return (n for n in sx.walk(node) if isinstance(n, sx.MaybeCall) and isinstance(n.operand, sx.Fenced))


def own_letters(node: sx.Subscript) -> list[sx.Symbol]:
    return [p for p in index_letters(node.index) if isinstance(p, sx.Symbol) and is_index(p)]


def is_label(arg: sx.Syntax | None, steps: set[sx.Symbol], running: set[str]) -> bool:
    """Whether an argument only labels: a step t or t+1, or a letter with a label of its own such as o_t."""
    match arg:
        case sx.Symbol():
            return arg in steps
        case sx.Plus():
            return is_stepped(arg)
        case sx.Subscript(sx.Symbol(), index):
            return not any(isinstance(n, sx.Symbol) and n.name.letter in running for n in sx.walk(index))
    return False


def changed(
    node: sx.Syntax, running: set[str], steps: set[sx.Symbol], found: dict[sx.Syntax, tuple[sx.Syntax, sx.Syntax]]
) -> sx.Syntax:
    match node:
        case sx.MaybeCall(sx.Subscript(sx.Symbol() as base, index) as element, sx.Fenced(_, arg)):
            own = own_letters(element)
            runs = own and all(p.name.letter in running for p in own) and len(own) == len(index_letters(index))
            if runs and is_label(arg, steps, running):
                read = sx.Subscript(labelled(base, arg), index, span=node.span)
                found.setdefault(base, (node, read))
                return read
    inside = {id(c): s for c in sx.children(node) if (s := changed(c, running, steps, found)) is not c}
    return sx.swap_children(node, inside) if inside else node


def labelled(base: sx.Symbol, arg: sx.Syntax) -> sx.Superscript:
    """The vector with what stood behind its element as a label."""
    return sx.Superscript(base, sx.Words(f"({size_text(arg)})", span=arg.span), span=base.span)


def in_bold(sentences: Sequence[Sentence], letters: set[str]) -> None:
    r"""``b_j(o_t)`` where the statement speaks of the vector ``\mathbf b(o_t)``: the elements of that vector."""

    def put(node: sx.Syntax) -> sx.Syntax:
        match node:
            case sx.MaybeCall(sx.Symbol(Name(letter, "bold")) as base, sx.Fenced(_, arg)) if letter in letters:
                return labelled(base, arg)
            case sx.Superscript(sx.Symbol(name) as base, sx.Words(text)) if name.letter in letters and text[:1] == "(":
                return replace(node, base=replace(base, name=name._replace(font="bold")))
        inside = {id(c): s for c in sx.children(node) if (s := put(c)) is not c}
        return sx.swap_children(node, inside) if inside else node

    for sentence in sentences:
        for k, slot in enumerate(sentence.slots):
            rows = tuple(put(row) for row in slot.formula.rows)
            if any(a is not b for a, b in zip(rows, slot.formula.rows, strict=True)):
                sentence.slots[k] = Slot.of(replace(slot.formula, rows=rows), slot.span)


def wholes(sentences: Sequence[Sentence]) -> dict[Name, int]:
    """The labelled letters that are written by elements only, with the number of indices below them."""
    rows = [row for s in sentences for slot in s.slots for row in slot.formula.rows]
    running = {letter for row in rows for letter in summed([row])}
    for row in rows if running else ():
        first = row.sides[0] if isinstance(row, sx.Chain) else None
        if isinstance(first, sx.Subscript):
            running |= {p.name.letter for p in own_letters(first)}
        elif isinstance(first, sx.MaybeCall) and isinstance(first.operand, sx.Fenced) and is_index(first.operand.body):
            running |= {n.name.letter for n in (first.operand.body,) if isinstance(n, sx.Symbol)}
    found: dict[Name, int] = {}
    for n in (n for row in rows for n in sx.walk(row)):
        if not isinstance(n, sx.Subscript) or not isinstance(n.base, sx.Superscript):
            continue
        if not is_labelled(n.base.exponent):
            continue
        name, positions = full_name(None, n.base), index_letters(n.index)
        told = isinstance(n.base.exponent, sx.Words)  # a label that was made here
        if name is None or (name.font and not told) or not all(map(is_index, positions)) or len(positions) > 2:
            continue
        if any(p.name.letter in running for p in positions if isinstance(p, sx.Symbol)):
            found[name] = len(positions)
    used = {n.name for row in rows for n in sx.walk(row) if isinstance(n, sx.Symbol)}
    return {
        n: k for n, k in found.items() if n.font or not any(Name(n.letter, font) in used for font in ("bold", "vec"))
    }
