"""Elements of derivatives that are known from before, whatever their letters."""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.terms.nodes import Derivative, Idx, Term
from derivgen.terms.taking import Taken
from derivgen.terms.trees import replace_index


def letters_between(one: Term, other: Term) -> dict[Idx, Idx]:
    """The free letters of a term, and those that stand in their places in another one of the same form."""
    found: dict[Idx, Idx] = {}
    for a, b in zip(one.args, other.args, strict=False):
        if isinstance(a, Idx) and isinstance(b, Idx):
            found[a] = b
        elif isinstance(a, Term) and isinstance(b, Term):
            found |= {k: v for k, v in letters_between(a, b).items() if k in a.free}
    return found


def known_element(earlier: Iterable[Term], taken: Taken) -> Taken | None:
    """The same element in the letters in which it was worked out before, where it was."""
    for question in earlier:
        if isinstance(question, Derivative) and len(question.free) == len(taken.element.free) > 0:
            mapping = letters_between(taken.element, question)
            if len(set(mapping.values())) == len(mapping) and replace_index(taken.element, mapping) == question:
                i, j = (mapping.get(p, p) if isinstance(p, Idx) else p for p in taken.place)
                return Taken(question, (i, j))
    return None
