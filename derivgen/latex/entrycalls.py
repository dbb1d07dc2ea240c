r"""Elements written like values of a function: ``\alpha_t(j)`` for element j of a vector ``\boldsymbol\alpha_t``.

They are told by their argument, a letter that the same equation sums over or has below another letter.  The tree is
changed to the usual notation, ``[\boldsymbol\alpha_t]_j``; the statement is typeset as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from derivgen.latex import syntax as sx
from derivgen.latex.letters import full_name
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.survey import index_letters, is_index
from derivgen.terms.nodes import Name


def rewrite(sentences: Sequence[Sentence]) -> set[Name]:
    """Change the formulas of the sentences; the names of the vectors whose elements were written so."""
    rows = [row for s in sentences for slot in s.slots for row in slot.formula.rows]
    heads = {h for row in rows for h in heads_in(row)} - functions(rows)
    if not heads:
        return set()
    bold = {n.name.letter for row in rows for n in sx.walk(row) if isinstance(n, sx.Symbol) and n.name.font == "bold"}
    found: set[Name] = set()
    for sentence in sentences:
        for k, slot in enumerate(sentence.slots):
            changed = tuple(rewritten(row, heads, bold, found) for row in slot.formula.rows)
            if any(a is not b for a, b in zip(changed, slot.formula.rows, strict=True)):
                sentence.slots[k] = Slot.of(replace(slot.formula, rows=changed), slot.span)
    return found


def core(node: sx.Syntax) -> Name | None:
    """The name of a head without its label: α of α_{t-1}."""
    name = full_name(None, node)
    return name._replace(sub="") if name is not None else None


def calls(node: sx.Syntax) -> Iterator[tuple[Name, sx.Syntax]]:
    """Heads with their argument, where that is one letter or number."""
    for n in sx.walk(node):
        if isinstance(n, sx.MaybeCall) and isinstance(n.operand, sx.Fenced):
            head, arg = core(n.head), n.operand.body
            if head is not None and isinstance(arg, (sx.Symbol, sx.Number)):
                yield head, arg


def heads_in(row: sx.Syntax) -> set[Name]:
    """Heads of an equation that are applied to its index letters."""
    if not isinstance(row, sx.Chain):
        return {h for item in sx.items(row) if item is not row for h in heads_in(item)}
    running = set(index_names(row))
    found = {(h, arg.name.letter) for h, arg in calls(row) if isinstance(arg, sx.Symbol) and is_index(arg)}
    return {h for h, letter in found if letter in running}


def index_names(row: sx.Syntax) -> Iterator[str]:
    """Letters that an equation sums over, or has below another letter."""
    for n in sx.walk(row):
        if isinstance(n, sx.Large):
            lower = n.lower.sides[0] if isinstance(n.lower, sx.Chain) else n.lower
            yield from (i.name.letter for i in sx.items(lower) if isinstance(i, sx.Symbol)) if lower else ()
        elif isinstance(n, sx.Subscript):
            yield from (p.name.letter for p in index_letters(n.index) if isinstance(p, sx.Symbol))


def functions(rows: Iterable[sx.Syntax]) -> set[Name]:
    """Heads that are applied to something else than a letter or number somewhere, or declared as maps."""
    out: set[Name] = set()
    for row in rows:
        for n in sx.walk(row):
            if isinstance(n, sx.MaybeCall) and isinstance(n.operand, sx.Fenced):
                head = core(n.head)
                if head is not None and not isinstance(n.operand.body, (sx.Symbol, sx.Number)):
                    out.add(head)
            elif isinstance(n, sx.Mapping) and n.names is not None:
                out |= {i.name for i in sx.items(n.names) if isinstance(i, sx.Symbol)}
    return out


def rewritten(node: sx.Syntax, heads: set[Name], bold: set[str], found: set[Name]) -> sx.Syntax:
    if isinstance(node, sx.MaybeCall) and isinstance(node.operand, sx.Fenced):
        head, arg = core(node.head), node.operand.body
        if head in heads and isinstance(arg, (sx.Symbol, sx.Number)):
            base = in_bold(node.head) if head is not None and head.letter in bold else node.head
            name = full_name(None, base)
            if name is not None:
                found.add(name)
            return sx.Subscript(base, arg, span=node.span)
    changed = {id(c): s for c in sx.children(node) if (s := rewritten(c, heads, bold, found)) is not c}
    return sx.swap_children(node, changed) if changed else node


def in_bold(node: sx.Syntax) -> sx.Syntax:
    match node:
        case sx.Symbol(name):
            return replace(node, name=name._replace(font="bold"))
        case sx.Subscript(base, _) | sx.Superscript(base, _) | sx.Primed(base, _):
            return replace(node, base=in_bold(base))
    return node
