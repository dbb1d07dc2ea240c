"""What prose rests on: each fact is put to the numbers when it is established, and kept with its check."""

from __future__ import annotations

from derivgen.derivation import REFUTED, UNCHECKED, VERIFIED, Check, Fact, Prose
from derivgen.engine.working import Working
from derivgen.errors import Unsound
from derivgen.terms.nodes import Term

NOT_CHECKED = Check(UNCHECKED)


def equal(work: Working, left: Term, right: Term) -> Check:
    """That two terms have the same value, at all sizes tried."""
    return NOT_CHECKED if work.checker is None else work.checker.answer(left, right)


def agree(work: Working, left: Term, right: Term) -> bool:
    """Whether two terms are equal; what the numbers cannot decide counts as different."""
    return equal(work, left, right).verdict == VERIFIED


def differ(work: Working, left: Term, right: Term) -> Check:
    """That two terms are not equal: a difference that was found is the proof."""
    if work.checker is None:
        return NOT_CHECKED
    found = work.checker.answer(left, right)
    if found.verdict != REFUTED:
        raise Unsound("two terms that should differ do not")
    return Check(VERIFIED, found.sizes, found.error, found.witness)


def has_shape(work: Working, term: Term) -> Check:
    return NOT_CHECKED if work.checker is None else work.checker.shape(term)


def have_shapes(work: Working, *terms: Term) -> Check:
    """That all of these have the shapes of their types."""
    if work.checker is None:
        return NOT_CHECKED
    from derivgen.engine.check import combine

    return combine([work.checker.shape(t) for t in terms])


def by_sizes(work: Working) -> Check:
    """What follows from sizes being different letters, as that a product is not defined."""
    return NOT_CHECKED if work.checker is None else work.checker.sizes_differ()


def establish(work: Working, name: str, value: str, text: Prose, check: Check) -> Fact:
    """Keep a fact."""
    fact = Fact(name, value, text, check)
    work.facts.append(fact)
    return fact
