"""The tasks that a sentence may set, in the order in which their wordings are tried."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks import (
    batches,
    blanks,
    choices,
    comparing,
    counting,
    definitions,
    determinant,
    earlier,
    element,
    equations,
    evaluating,
    expanding,
    expressing,
    indices,
    judging,
    layouts,
    matching,
    motion,
    optimum,
    partials,
    points,
    preferring,
    proofs,
    properties,
    quadratic,
    readings,
    special_case,
    stepping,
    table,
)
from derivgen.latex.tasks.kind import Kind
from derivgen.latex.tasks.manner import MANNERS

TASKS: tuple[Kind, ...] = (
    choices.KIND,
    batches.KIND,
    blanks.KIND,
    expressing.KIND,
    special_case.KIND,
    comparing.KIND,
    judging.KIND,
    matching.KIND,
    determinant.KIND,
    optimum.KIND,
    earlier.KIND,
    evaluating.KIND,
    proofs.KIND,
    properties.KIND,
    equations.KIND,
    partials.KIND,
    stepping.KIND,
    quadratic.KIND,
    points.KIND,
    readings.KIND,
    definitions.KIND,
    table.KIND,
    layouts.KIND,
    preferring.KIND,
    indices.KIND,
    counting.KIND,
    motion.KIND,
    element.KIND,
    expanding.KIND,
)

BY_NAME: dict[str, Kind] = {kind.name: kind for kind in TASKS}

WORDINGS: tuple[tuple[Kind, Phrase], ...] = tuple((kind, phrase) for kind in TASKS for phrase in kind.phrases)

BY_CUE: dict[str, list[int]] = {
    cue: [at for at, (_, phrase) in enumerate(WORDINGS) if cue in phrase.cues]
    for cue in dict.fromkeys(cue for _, phrase in WORDINGS for cue in phrase.cues)
}
"""Which wordings a cue belongs to: most sentences hold few cues, and need not be looked at phrase by phrase."""

PHRASES: tuple[Phrase, ...] = (*(p for _, p in WORDINGS), *(p for m in MANNERS for p in m.phrases))


def wordings(text: str) -> Iterator[tuple[Kind, Phrase]]:
    """The wordings that may occur in a sentence, in their order."""
    low = text.lower()
    for at in sorted({at for cue, places in BY_CUE.items() if cue in low for at in places}):
        yield WORDINGS[at]
