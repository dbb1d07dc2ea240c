r"""A squared letter as a letter of its own: the variance σ², which statements estimate and differentiate by.

It is one where a sentence names it as a variable, and the letter stands nowhere without an even power.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivgen.latex import phrases
from derivgen.latex import syntax as sx
from derivgen.latex.facts import States
from derivgen.latex.sentences import Sentence, Slot
from derivgen.terms.nodes import Name

NAMED = (
    r"(?:with respect to|w\.?r\.?t\.?|over|estimat(?:e|es|or|ors) (?:of|for)|variance|parameters?|solve for|and|in|of|"
    r"the|which|find) "
    r"(?P<slot>\x01.)"
)
"""Words before a formula that names a variable."""


def squares_as_letters(sentences: list[Sentence]) -> set[Name]:
    """Rewrites the formulas of a statement; the names of the letters that stand for squares are given back."""
    wanted = {n.name for s in sentences for slot in named_alone(s) for n in squared(slot.formula.body)}
    wanted |= {n.name for s in sentences for slot in s.slots for n in arguments(slot)}
    nodes = [n for s in sentences for slot in s.slots for row in slot.formula.rows for n in sx.walk(row)]
    wanted = {name for name in wanted if is_variable(name, sentences) and always_even(name, nodes)}
    if not wanted:
        return set()
    for sentence in sentences:
        for k, slot in enumerate(sentence.slots):
            rows = tuple(rewritten(row, wanted) for row in slot.formula.rows)
            if rows != slot.formula.rows:
                sentence.slots[k] = Slot.of(replace(slot.formula, rows=rows), slot.span)
    return {letter_of(name) for name in wanted}


def letter_of(name: Name) -> Name:
    return name._replace(sup="2")


def named_alone(sentence: Sentence) -> Iterator[Slot]:
    for match in phrases.compiled(NAMED).finditer(sentence.text):
        yield sentence.slot(match["slot"])


def arguments(slot: Slot) -> Iterator[sx.Symbol]:
    """The squares among the arguments of a function that a formula defines: f(μ, σ²) = …"""
    for fact in slot.facts:
        if isinstance(fact, States) and isinstance(fact.chain.sides[0], sx.MaybeCall):
            yield from squared(fact.chain.sides[0].operand)


def squared(node: sx.Syntax) -> Iterator[sx.Symbol]:
    """The letters whose squares a formula lists: σ², or (μ, σ²)."""
    inner = node.body if isinstance(node, sx.Fenced) else node
    for item in sx.items(inner):
        if isinstance(item, sx.Superscript) and isinstance(item.base, sx.Symbol) and item.exponent == sx.Number("2"):
            yield item.base


def is_variable(name: Name, sentences: list[Sentence]) -> bool:
    """Whether the square stands for itself in one formula and inside a longer one in another."""
    alone = longer = False
    for slot in (t for s in sentences for t in s.slots):
        mine = [n for row in slot.formula.rows for n in sx.walk(row) if is_power(n, name)]
        if not mine:
            continue
        if any(n.name == name for n in arguments(slot)):
            return True
        if any(n.name == name for n in squared(slot.formula.body)):
            alone = True
        else:
            longer = True
    return alone and longer


def is_power(node: sx.Syntax, name: Name) -> bool:
    return isinstance(node, sx.Superscript) and isinstance(node.base, sx.Symbol) and node.base.name == name


def always_even(name: Name, nodes: list[sx.Syntax]) -> bool:
    """Whether the letter has an even power wherever it stands."""
    powers = [n for n in nodes if is_power(n, name) and isinstance(n, sx.Superscript)]
    even = [n for n in powers if isinstance(n.exponent, sx.Number) and n.exponent.text in ("2", "4", "6")]
    standing = sum(isinstance(n, sx.Symbol) and n.name == name for n in nodes)
    return len(even) == standing


def rewritten(node: sx.Syntax, names: set[Name]) -> sx.Syntax:
    if isinstance(node, sx.Superscript) and isinstance(node.base, sx.Symbol) and node.base.name in names:
        letter = sx.Symbol(letter_of(node.base.name), span=node.span)
        power = int(node.exponent.text) // 2 if isinstance(node.exponent, sx.Number) else 1
        return letter if power == 1 else sx.Superscript(letter, sx.Number(str(power)), span=node.span)
    changed = {id(c): n for c in sx.children(node) if (n := rewritten(c, names)) is not c}
    return sx.swap_children(node, changed) if changed else node
