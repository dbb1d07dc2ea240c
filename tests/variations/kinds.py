"""All kinds of variation of a problem, and several of them one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from string import ascii_uppercase

from tests.variations.alone import alone_kin
from tests.variations.kin import Kin, NotApplicable
from tests.variations.manner import layout_kin, method_kin
from tests.variations.notation import noted_kin
from tests.variations.operands import added_kin, swapped_kin, transposed_kin
from tests.variations.order import ordered_kin
from tests.variations.plain import plain_kin
from tests.variations.renaming import renamed_kin, resized_kin
from tests.variations.wording import reworded_kin

Maker = Callable[[str], Iterator[Kin | NotApplicable]]
MAKERS: dict[str, Maker] = {
    "renamed": renamed_kin,
    "resized": resized_kin,
    "swapped": swapped_kin,
    "transposed": transposed_kin,
    "added": added_kin,
    "reworded": reworded_kin,
    "plain": plain_kin,
    "notation": noted_kin,
    "order": ordered_kin,
    "alone": alone_kin,
    "method": method_kin,
    "layout": layout_kin,
}
CHAINS = (
    (("renamed", "fresh"), ("plain", "declared in words"), ("reworded", "verbs 1")),
    (("renamed", "rotated"), ("resized", "unequal"), ("reworded", "phrases 2"), ("order", "question first")),
    (("renamed", "greek"), ("added", "factor"), ("notation", "marks of formulas")),
    (("added", "twice the same"), ("reworded", "phrases 1"), ("notation", "fonts and signs"), ("renamed", "fresh")),
    (("swapped", ""), ("reworded", "differentiate"), ("reworded", "suppose"), ("notation", "d and partial")),
    (("plain", "fonts dropped"), ("reworded", "phrases 1"), ("order", "roman labels"), ("notation", "in the line")),
    (("layout", "numerator"), ("renamed", "fresh"), ("swapped", ""), ("order", "declared behind")),
    (("layout", "numerator"), ("transposed", ""), ("reworded", "derivatives in words")),
    (("layout", "jacobian"), ("added", "factor"), ("plain", "declared in words")),
    (("method", "explicit"), ("resized", "unequal"), ("renamed", "rotated"), ("reworded", "verbs 2")),
    (("method", "element by element"), ("added", "term"), ("notation", "fonts and signs")),
)
"""Changes made one after the other; those that do not apply are left out, and two at least must."""


def kin_of(statement: str) -> list[Kin | NotApplicable]:
    """The variations of a statement, and why some could not be made."""
    single = [kin for maker in MAKERS.values() for kin in maker(statement)]
    return [*single, *(several(statement, chain) for chain in CHAINS), *alone_otherwise(single)]


def alone_otherwise(single: list[Kin | NotApplicable]) -> Iterator[Kin | NotApplicable]:
    """Parts on their own, in another layout and by another method."""
    for part in [k for k in single if isinstance(k, Kin) and k.kind == "a part alone"]:
        for maker in (layout_kin, method_kin):
            for kin in maker(part.text):
                yield after(part, kin) if isinstance(kin, Kin) else kin


def several(statement: str, chain: tuple[tuple[str, str], ...]) -> Kin | NotApplicable:
    whole, count = Kin("several changes", statement), 0
    if chain[0][0] in ("layout", "method") and not any(isinstance(k, Kin) for k in MAKERS[chain[0][0]](statement)):
        return NotApplicable("it is about no method and no layout")
    for maker, how in chain:
        found = (k for k in MAKERS[maker](whole.text) if isinstance(k, Kin) and how in f"{k.kind} {k.how}")
        kin = next(found, None)
        if kin is not None:
            whole, count = after(whole, kin), count + 1
    return whole if count > 1 else NotApplicable("two of these changes at least do not apply")


def after(first: Kin, second: Kin) -> Kin:
    """One change behind another, as one."""
    scale = None if first.scale is None or second.scale is None else first.scale * second.scale
    return replace(
        first,
        text=second.text,
        how=f"{first.how}{', ' if first.how else ''}{second.how or second.kind}",
        renamed=lambda formula: second.renamed(first.renamed(formula)),
        scale=scale,
        same_words=first.same_words and second.same_words,
        labels={**first.labels, **second.labels},
        turned=first.turned | {x for x in ascii_uppercase if first.renamed(x).strip() in second.turned},
        method=second.method or first.method,
        layout=second.layout or first.layout,
        told=second.told or first.told,
    )
