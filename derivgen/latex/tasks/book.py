"""The tasks that a sentence may set, in the order in which their wordings are tried; nothing else."""

from __future__ import annotations

from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks import (
    batches,
    blanks,
    cases,
    choices,
    comparing,
    earlier,
    expanding,
    expressing,
    judging,
    matching,
    points,
    proofs,
    readings,
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
    earlier.KIND,
    proofs.KIND,
    points.KIND,
    readings.KIND,
    expanding.KIND,
)

BY_NAME: dict[str, Kind] = {kind.name: kind for kind in TASKS}

PHRASES: tuple[Phrase, ...] = (*(p for kind in TASKS for p in kind.phrases), *(p for m in MANNERS for p in m.phrases))
