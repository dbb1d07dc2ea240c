"""Equalities without a derivative: the general element of both sides, written with sums, and that they are the same."""

from __future__ import annotations

from derivgen.derivation import VERIFIED, Prose
from derivgen.engine import facts
from derivgen.engine.indices import in_entries
from derivgen.engine.tasks.algebra import by_algebra
from derivgen.engine.working import Working
from derivgen.errors import FalseClaim, NoRule
from derivgen.rules.normal import key
from derivgen.rules.summands import same_terms
from derivgen.terms.build import entry
from derivgen.terms.nodes import El, Idx, Plus, Position, Sum, Term, Times, Tp
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import replace_index, subterms


def by_entries(work: Working, left: Term, right: Term) -> Term:
    """The lines that show two terms to be equal; they end with the right side."""
    check = facts.equal(work, left, right)
    if work.checker is not None and check.verdict != VERIFIED:
        raise FalseClaim(f"the equality does not hold: {check.witness or 'the two sides differ'}", hint="check it")
    fresh = work.fresh(left)
    rows, columns = left.shape
    place: tuple[Position, Position] = (1 if rows == 1 else fresh(rows), 1 if columns == 1 else fresh(columns))
    work.introduction = what_is_compared(left, place)
    sides = [entry(t, *place) if t.shape != SCALAR else t for t in (left, right)]
    sums = [in_entries(t, work.fresh(t)) for t in sides]
    if not same_terms(sums[0], sums[1], work.fresh(left)):
        work.introduction = ()
        if left.shape != SCALAR and by_algebra(work, left, right) is not None:
            return right
        raise NoRule(
            "the two sides agree at all points tried, but no proof by their elements was found",
            hint="ask whether it is true: that is answered by numbers",
        )
    for term, side, written in zip((left, right), sides, sums, strict=True):
        lines_of(work, El(term, *place) if term.shape != SCALAR else term, side, written)
    matched(work, sums[1], sums[0])
    same = "both sides are the same" if left.shape == SCALAR else "both sides have the same elements"
    facts.establish(work, "both sides", "equal", (same,), check)
    work.line("put_together", left, right, (same,), left=left)
    return right


def what_is_compared(left: Term, place: tuple[Position, Position]) -> Prose:
    if left.shape == SCALAR:
        return ("Both sides are numbers: each is written with sums over the elements. The left side first.",)
    letters = [p for p in place if isinstance(p, Idx)]
    called: Prose = ("(", letters[0], ", ", letters[1], ")") if len(letters) > 1 else (letters[0], "-th")
    return (
        "Two ", "matrices" if len(letters) > 1 else "vectors", " are equal when all their elements are: the ", *called,
        " element of each side is written with sums. The left side first, then the right side.",
    )  # fmt: skip


def lines_of(work: Working, at: Term, side: Term, sums: Term) -> None:
    """A side, of a transpose the element that is meant, written with sums."""
    if at != side and (side != sums or (isinstance(at, El) and isinstance(at.term, Tp))):
        turns = any(isinstance(t, Tp) for t in (at.term, *scaled(at.term))) if isinstance(at, El) else True
        why = "rows and columns change places in a transpose" if turns else "one element, term by term"
        work.line("take_element", at, side, (why,), left=at)
    if side != sums:
        summed = any(isinstance(t, Sum) for t in subterms(sums))
        reason = "products written as sums" if summed else "element by element"
        work.line("write_as_sums", side, sums, (reason,), left=side)


def scaled(term: Term) -> tuple[Term, ...]:
    """The factors and summands of a term."""
    return tuple(t for t in term.args if isinstance(t, Term)) if isinstance(term, Times | Plus) else ()


def matched(work: Working, sums: Term, wanted: Term) -> None:
    """The right side brought to the form of the left one: letters, factors, sums, in one line."""
    if sums == wanted:
        return
    named = with_letters_of(sums, wanted)
    several = any(isinstance(t, Plus) for term in (sums, wanted) for t in subterms(term))
    if named == wanted:
        reason = "a summed letter may have any name"
    elif key(named) == key(wanted):
        reason = f"numbers may be {'multiplied and added' if several else 'multiplied'} in any order"
    elif several:
        reason = "multiplied out, both are the same"
    else:
        reason = "numbers may be multiplied and added in any order"
    work.line("textbook_form", sums, wanted, (reason,))


def with_letters_of(term: Term, other: Term) -> Term:
    """The term with its outermost summed letters called as in another one."""
    if isinstance(term, Sum) and isinstance(other, Sum) and term.index.size == other.index.size:
        body = replace_index(term.body, {term.index: other.index})
        return Sum(with_letters_of(body, other.body), other.index)
    return term
