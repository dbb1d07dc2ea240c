"""Single elements: take one element, differentiate, regroup, put together."""

from __future__ import annotations

from derivgen.engine.known_elements import known_element
from derivgen.engine.names import with_its_names
from derivgen.engine.pushing import differentiate
from derivgen.engine.words import properties_used, what_is_asked
from derivgen.engine.working import Working, reason_at_end, reason_of, reason_of_sums, said, tidy
from derivgen.errors import NoRule
from derivgen.rules.factoring import factored
from derivgen.rules.network import Moves, NoMatrixForm
from derivgen.rules.normal import key
from derivgen.rules.products import plain_product
from derivgen.rules.regroup import has_sums, regroup
from derivgen.rules.textbook import textbook
from derivgen.terms.build import entry, plus, tp
from derivgen.terms.nodes import (
    Delta,
    Derivative,
    Entries,
    Plus,
    Term,
    Tp,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.taking import Taken, take_element
from derivgen.terms.trees import Fresh, subterms


def by_elements(work: Working, question: Derivative) -> Term:
    """A derivative with at most two indices: take one element, differentiate, regroup, put together."""
    found, taken = one_element(work, question)
    return put_together(work, question, found, taken)


def one_element(work: Working, question: Derivative) -> tuple[Term, Taken]:
    """The lines to a formula for a general element, and where it stands."""
    fresh = work.fresh(question)
    taken = take_element(question, fresh)
    known = known_element(work.earlier, taken)
    taken = known or taken
    if not work.introduction:
        work.introduction = what_is_asked(question, taken.element, taken.place)
    at = entry(question, *taken.place)
    work.line("take_element", at, taken.element, ("one element of the derivative",), left=at, detail=2)
    first = len(work.lines)
    if known is not None:
        found, where = work.earlier[known.element]
        work.line("put_in", known.element, found, ("found in ", where))
    else:
        found = with_its_names(work, element_lines(work, taken.element, fresh))
    found = one_delta(work, found)
    work.start(first, taken.element)
    return found, taken


def element_lines(work: Working, element: Derivative, fresh: Fresh) -> Term:
    found, steps = differentiate(element, fresh, inner_first=work.inner_first)
    work.add(*steps)
    return found


def one_delta(work: Working, found: Term) -> Term:
    """A delta that is left in several terms is taken out of them: what remains is the diagonal."""
    if has_sums(found) or deltas(found) < 2:
        return found
    forms = [textbook(found), *(factored(found, textbook) if isinstance(found, Plus) else [])]
    after = next((f for f in forms if deltas(f) == 1), None)
    if after is None:
        return found
    work.line("take_out_delta", found, after, ("the common factor is taken out",))
    return after


def deltas(term: Term) -> int:
    return sum(isinstance(t, Delta) for t in subterms(term))


def put_together(work: Working, question: Term, found: Term, taken: Taken) -> Term:
    """From the element to the whole: regroup the sums, drop the indices, tidy."""
    axes = taken.axes
    moves = Moves(layout=work.layout, row=taken.is_row)
    try:
        whole = regroup(found, tuple(axes), moves)
    except NoMatrixForm as fault:
        raise NoRule("the element formula has no matrix form: " + " ".join(map(said, fault.words))) from None
    if taken.is_row:
        whole = plus(tp(t) for t in whole.args) if isinstance(whole, Plus) else tp(whole)
    whole, final = in_order(whole)
    shown = in_elements(whole, taken)
    if has_sums(found) and shown != found:
        work.line("regroup_sums", found, shown, reason_of_sums(moves, "the sums are products of matrices"))
        reason = reason_at_end(moves, "this holds for every element")
    else:
        reason = reason_of(moves, "this holds for every element")
    if question.layout == "numerator" and len(axes) == 2 and question.body.shape == SCALAR:
        reason = (*reason, "; in numerator layout this element stands in row ", axes[0], ", column ", axes[1])
    work.line("put_together", Entries(found, *taken.place), whole, reason, left=question)
    return tidy(work, whole, final)


def in_order(term: Term) -> tuple[Term, Term]:
    """A regrouped term as it is shown first, and its textbook form: the same where only order differs."""
    parts = term.args if isinstance(term, Plus) else (term,)
    plain = plus((plain_product(t) for t in parts), term.shape)
    after = textbook(term)
    if properties_used(term, after):
        return term, after
    same = key(after) == key(plain) and not uses_symmetry(term, after)
    return (after if same else plain), after


def uses_symmetry(before: Term, after: Term) -> bool:
    return sum(isinstance(t, Tp) for t in subterms(before)) != sum(isinstance(t, Tp) for t in subterms(after))


def in_elements(whole: Term, taken: Taken) -> Term:
    """The element of a regrouped term, term by term."""
    terms = whole.args if isinstance(whole, Plus) else (whole,)
    shown = [entry(t, *taken.place) for t in terms]
    return Plus(*shown) if len(shown) > 1 else shown[0]
