r"""Samples numbered above, ``x^{(i)}``: where i is summed over or runs, it is the i-th of them, ``x_i``.

The tree is changed to the usual notation; the statement is typeset as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from derivgen.latex import syntax as sx
from derivgen.latex.facts import Runs
from derivgen.latex.sentences import Sentence, Slot

Found = dict[sx.Syntax, tuple[sx.Syntax, sx.Syntax]]
"""By the letter: a sample as it was written, and as it is read."""


def rewrite(sentences: Sequence[Sentence]) -> list[tuple[sx.Syntax, sx.Syntax]]:
    """Change the formulas of the sentences; the first of each letter, as it was written and as it is read."""
    slots = [slot for sentence in sentences for slot in sentence.slots]
    running = set(summed(row for slot in slots for row in slot.formula.rows))
    running |= {letter for slot in slots for fact in slot.facts if isinstance(fact, Runs) for letter in fact.letters}
    found: Found = {}
    for sentence in sentences if running else ():
        for k, slot in enumerate(sentence.slots):
            rows = tuple(numbered(row, running, found) for row in slot.formula.rows)
            if any(a is not b for a, b in zip(rows, slot.formula.rows, strict=True)):
                sentence.slots[k] = Slot.of(replace(slot.formula, rows=rows), slot.span)
    return list(found.values())


def summed(rows: Iterable[sx.Syntax]) -> Iterator[str]:
    """Letters that are summed over."""
    for row in rows:
        for n in sx.walk(row):
            if isinstance(n, sx.Large) and n.lower is not None:
                first = n.lower.sides[0] if isinstance(n.lower, sx.Chain) else n.lower
                yield from (i.name.letter for i in sx.items(first) if isinstance(i, sx.Symbol)) if first else ()


def numbered(node: sx.Syntax, running: set[str], found: Found) -> sx.Syntax:
    """The tree with x_i for x^{(i)} and [x_i]_j for x_j^{(i)}."""
    match node:
        case sx.Subscript(sx.Superscript() as inner, index) if (sample := sample_of(inner, running, found)) is not None:
            return sx.Subscript(sx.Fenced("[", sample, "]", span=inner.span), index, span=node.span)
        case sx.Superscript() if (sample := sample_of(node, running, found)) is not None:
            return sample
    changed = {id(c): s for c in sx.children(node) if (s := numbered(c, running, found)) is not c}
    return sx.swap_children(node, changed) if changed else node


def sample_of(node: sx.Superscript, running: set[str], found: Found) -> sx.Syntax | None:
    match node.exponent:
        case sx.Fenced("(", sx.Symbol(name) as index) if name.letter in running and isinstance(node.base, sx.Symbol):
            read = sx.Subscript(node.base, index, span=node.span)
            found.setdefault(node.base, (node, read))
            return read
    return None
