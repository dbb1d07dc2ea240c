"""Who answers which task; nothing else."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.derivation import Goal
from derivgen.engine.tasks.batching import batch
from derivgen.engine.tasks.choosing import choose
from derivgen.engine.tasks.comparing import compare
from derivgen.engine.tasks.expanding import multiply_out
from derivgen.engine.tasks.expressing import in_terms
from derivgen.engine.tasks.filling import fill
from derivgen.engine.tasks.judging import judge
from derivgen.engine.tasks.orders import either_order
from derivgen.engine.tasks.proving import prove
from derivgen.engine.tasks.readings import read_product
from derivgen.engine.tasks.special import special_case
from derivgen.engine.tasks.steepest import steepest
from derivgen.engine.tasks.through import through
from derivgen.engine.working import Working
from derivgen.tasks import (
    Batch,
    Choose,
    Compare,
    EitherOrder,
    Fill,
    InTerms,
    Judge,
    MultiplyOut,
    Prove,
    Readings,
    SpecialCase,
    Steepest,
    Task,
    Through,
)
from derivgen.terms.nodes import Term

Worker = Callable[[Working, Goal], "Term | None"]
"""Works out a goal: writes lines, words and facts into the working; gives the answer where it is a term."""

WORKERS: dict[type[Task], Worker] = {
    Batch: batch,
    Choose: choose,
    EitherOrder: either_order,
    Fill: fill,
    InTerms: in_terms,
    Prove: prove,
    SpecialCase: special_case,
    Compare: compare,
    Judge: judge,
    MultiplyOut: multiply_out,
    Readings: read_product,
    Steepest: steepest,
    Through: through,
}
