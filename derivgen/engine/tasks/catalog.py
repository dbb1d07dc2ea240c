"""Who answers which task; nothing else."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.derivation import Goal
from derivgen.engine.tasks.choosing import choose
from derivgen.engine.tasks.counting import count_indices
from derivgen.engine.tasks.defining import define
from derivgen.engine.tasks.indices import fits_into, nonzero_where, zero_where
from derivgen.engine.tasks.laying import follows_layout
from derivgen.engine.tasks.one_element import one_element
from derivgen.engine.tasks.specialising import prefer
from derivgen.engine.tasks.steepest import steepest
from derivgen.engine.tasks.tabulating import tabulate
from derivgen.engine.tasks.through import through
from derivgen.engine.working import Working
from derivgen.tasks import (
    Choose,
    CountIndices,
    Define,
    FitsInto,
    FollowsLayout,
    NonzeroWhere,
    OneElement,
    Prefer,
    Steepest,
    Tabulate,
    Task,
    Through,
    ZeroWhere,
)
from derivgen.terms.nodes import Term

Worker = Callable[[Working, Goal], "Term | None"]
"""Works out a goal: writes lines, words and facts into the working; gives the answer where it is a term."""

WORKERS: dict[type[Task], Worker] = {
    Choose: choose,
    CountIndices: count_indices,
    Define: define,
    FitsInto: fits_into,
    FollowsLayout: follows_layout,
    NonzeroWhere: nonzero_where,
    OneElement: one_element,
    Prefer: prefer,
    Steepest: steepest,
    Tabulate: tabulate,
    Through: through,
    ZeroWhere: zero_where,
}

VALUES: tuple[type[Task], ...] = (OneElement,)
"""Tasks whose answer is the value of their question: later parts may use it."""

IN_WORDS: tuple[type[Task], ...] = (ZeroWhere,)
"""Tasks that are answered in words, whose lines lead from the question to its value."""
