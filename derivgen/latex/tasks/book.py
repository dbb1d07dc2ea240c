"""The tasks that a sentence may set, in the order in which their wordings are tried; nothing else."""

from __future__ import annotations

from derivgen.latex.phrases import Phrase, any_of
from derivgen.latex.tasks import (
    batches,
    blanks,
    cases,
    choices,
    comparing,
    counting,
    definitions,
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
    optimum,
    points,
    preferring,
    proofs,
    readings,
    table,
)
from derivgen.latex.tasks.kind import Kind
from derivgen.latex.tasks.manner import MANNERS

TASKS: tuple[Kind, ...] = (
    choices.KIND,
    batches.KIND,
    blanks.KIND,
    expressing.KIND,
    cases.KIND,
    comparing.KIND,
    judging.KIND,
    matching.KIND,
    optimum.KIND,
    earlier.KIND,
    evaluating.KIND,
    proofs.KIND,
    equations.KIND,
    points.KIND,
    readings.KIND,
    definitions.KIND,
    table.KIND,
    layouts.KIND,
    preferring.KIND,
    indices.KIND,
    counting.KIND,
    element.KIND,
    expanding.KIND,
)

BY_NAME: dict[str, Kind] = {kind.name: kind for kind in TASKS}

CUES = any_of(cue for kind in TASKS for phrase in kind.phrases for cue in phrase.cues)
"""What a sentence must hold to set a task at all: most sentences need not be looked at phrase by phrase."""

PHRASES: tuple[Phrase, ...] = (*(p for kind in TASKS for p in kind.phrases), *(p for m in MANNERS for p in m.phrases))
