"""All kinds of variation of a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.variations.kin import Kin, NotApplicable
from tests.variations.operands import added_kin, swapped_kin, transposed_kin
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
}


def kin_of(statement: str) -> list[Kin | NotApplicable]:
    """The variations of a statement, and why some could not be made."""
    return [kin for maker in MAKERS.values() for kin in maker(statement)]
