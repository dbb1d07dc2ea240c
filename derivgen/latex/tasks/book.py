"""The tasks that a sentence may set, in the order in which their wordings are tried; nothing else."""

from __future__ import annotations

from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks import choices, earlier, optimum, points
from derivgen.latex.tasks.kind import Kind
from derivgen.latex.tasks.manner import MANNERS

TASKS: tuple[Kind, ...] = (
    choices.KIND,
    optimum.KIND,
    earlier.KIND,
    points.KIND,
)

BY_NAME: dict[str, Kind] = {kind.name: kind for kind in TASKS}

PHRASES: tuple[Phrase, ...] = (*(p for kind in TASKS for p in kind.phrases), *(p for m in MANNERS for p in m.phrases))
