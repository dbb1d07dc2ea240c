"""Who answers which task; nothing else."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.derivation import Goal
from derivgen.engine.tasks.choosing import choose
from derivgen.engine.tasks.optimum import optimum
from derivgen.engine.tasks.steepest import steepest
from derivgen.engine.tasks.through import through
from derivgen.engine.working import Working
from derivgen.tasks import Choose, Optimum, Steepest, Task, Through
from derivgen.terms.nodes import Term

Worker = Callable[[Working, Goal], "Term | None"]
"""Works out a goal: writes lines, words and facts into the working; gives the answer where it is a term."""

WORKERS: dict[type[Task], Worker] = {
    Choose: choose,
    Optimum: optimum,
    Steepest: steepest,
    Through: through,
}
