"""Who answers which task; nothing else."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.derivation import Goal
from derivgen.engine.tasks.batching import batch
from derivgen.engine.tasks.choosing import choose
from derivgen.engine.tasks.comparing import compare
from derivgen.engine.tasks.counting import count_indices
from derivgen.engine.tasks.defining import define
from derivgen.engine.tasks.definite import semidefinite
from derivgen.engine.tasks.determinant import determinant
from derivgen.engine.tasks.expanding import multiply_out
from derivgen.engine.tasks.expressing import in_terms
from derivgen.engine.tasks.filling import fill
from derivgen.engine.tasks.indices import fits_into, nonzero_where, zero_where
from derivgen.engine.tasks.judging import judge
from derivgen.engine.tasks.laying import follows_layout
from derivgen.engine.tasks.one_element import one_element
from derivgen.engine.tasks.optimum import optimum
from derivgen.engine.tasks.orders import either_order
from derivgen.engine.tasks.proving import prove
from derivgen.engine.tasks.quadratic import quadratic_form
from derivgen.engine.tasks.readings import read_product
from derivgen.engine.tasks.special import special_case
from derivgen.engine.tasks.specialising import prefer
from derivgen.engine.tasks.steepest import steepest
from derivgen.engine.tasks.stepping import gradient_step
from derivgen.engine.tasks.tabulating import tabulate
from derivgen.engine.tasks.through import through
from derivgen.engine.working import Working
from derivgen.tasks import (
    Batch,
    Choose,
    Compare,
    CountIndices,
    Define,
    Determinant,
    EitherOrder,
    Fill,
    FitsInto,
    FollowsLayout,
    GradientStep,
    InTerms,
    Judge,
    MultiplyOut,
    NonzeroWhere,
    OneElement,
    Optimum,
    Prefer,
    Prove,
    QuadraticForm,
    Readings,
    Semidefinite,
    SpecialCase,
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
    Batch: batch,
    Choose: choose,
    Compare: compare,
    CountIndices: count_indices,
    Define: define,
    Determinant: determinant,
    EitherOrder: either_order,
    Fill: fill,
    FitsInto: fits_into,
    FollowsLayout: follows_layout,
    GradientStep: gradient_step,
    InTerms: in_terms,
    Judge: judge,
    NonzeroWhere: nonzero_where,
    OneElement: one_element,
    Prefer: prefer,
    QuadraticForm: quadratic_form,
    Prove: prove,
    Semidefinite: semidefinite,
    MultiplyOut: multiply_out,
    Readings: read_product,
    SpecialCase: special_case,
    Optimum: optimum,
    Steepest: steepest,
    Tabulate: tabulate,
    Through: through,
    ZeroWhere: zero_where,
}
