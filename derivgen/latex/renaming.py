"""A question asked again with one letter in the place of another ("do the same for a scalar z"), or declared anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.facts import Member
from derivgen.latex.sentences import Sentence, Slot
from derivgen.terms.nodes import Name

SIZED = re.compile(
    r"\x01. (?:square )?matri(?:x|ces)\b|\bvectors?\b.*\b(?:with|of) (?:(?:length|size|dimension) )?\x01."
)
"""Words that give letters their sizes."""


def formulas_of(ask: Ask) -> Iterator[sx.Syntax]:
    """The formulas of a question, also those that a task keeps."""
    stack: list[object] = [ask.body, ask.by, ask.claim, ask.details]
    while stack:
        top = stack.pop()
        if isinstance(top, sx.Syntax):
            yield top
        elif isinstance(top, tuple):
            stack += top


def namesake(ask: Ask, name: Name) -> Name | None:
    """The letter of a question that is written like another one, in another font."""
    found = {n.name for f in formulas_of(ask) for n in sx.walk(f) if isinstance(n, sx.Symbol)}
    return next((n for n in sorted(found) if n != name and n._replace(font="") == name._replace(font="")), None)


def renamed(ask: Ask, old: Name, new: Name) -> Ask:
    """The question with one letter in the place of another."""

    def change(value: Any) -> Any:
        if isinstance(value, sx.Symbol) and value.name == old:
            return sx.Symbol(new, span=value.span)
        if isinstance(value, sx.Syntax):
            changed = {id(c): s for c in sx.children(value) if (s := change(c)) is not c}
            return sx.swap_children(value, changed) if changed else value
        return tuple(map(change, value)) if isinstance(value, tuple) else value

    parts = {key: change(getattr(ask, key)) for key in ("body", "by", "claim", "details")}
    return replace(ask, **parts, alike=(*ask.alike, (old, new)))


def declared_anew(sentence: Sentence, slots: Sequence[Slot], last: Ask) -> bool:
    """Whether letters of the last question get other shapes: "for A ∈ …", "for vectors x with n elements"."""
    asked = {n.name for f in formulas_of(last) for n in sx.walk(f) if isinstance(n, sx.Symbol)}
    members = all(any(isinstance(f, Member) for f in s.facts) for s in slots)
    own = slots if members else sentence.slots
    found = [not asked.isdisjoint(n.name for n in s.subject if isinstance(n, sx.Symbol)) for s in own]
    return all(found) if members else any(found) and SIZED.search(sentence.text) is not None
