"""Scalar calculus: a scalar by a scalar or by one element, by the rules or by the chain rule written out."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.derivation import Prose
from derivgen.engine.elements import element_lines, in_elements
from derivgen.engine.middle import has_only_middle
from derivgen.engine.names import with_its_names
from derivgen.engine.working import Working, reason_of, tidy
from derivgen.prose import listed
from derivgen.rules.network import Axes, Moves, NoMatrixForm
from derivgen.rules.regroup import has_sums, regroup
from derivgen.rules.textbook import textbook
from derivgen.terms.build import plus, times
from derivgen.terms.functions import WRITTEN_OUT
from derivgen.terms.nodes import (
    Derivative,
    Fn,
    Gen,
    Named,
    Num,
    Plus,
    Relation,
    Sym,
    Term,
    Times,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.taking import Taken
from derivgen.terms.trees import rebuild, subterms, unfold


def by_scalars(work: Working, question: Derivative, left: Term | None = None) -> Term:
    """A scalar by a scalar or by one element: the rules of calculus, then the textbook form."""
    if question in work.known:
        return work.known[question]
    if question in work.earlier:
        answer, where = work.earlier[question]
        work.line("put_in", question, answer, ("found in ", where), left=left or question)
        work.known[question] = answer
        return answer
    inner = question.body
    if isinstance(inner, Derivative):
        swapped = Derivative(Derivative(inner.body, question.var), inner.var)
        equal: Prose = ("the mixed second derivatives are equal where they are continuous",)
        if swapped in work.known:
            found = work.known[swapped]
            work.line("equal_mixed_partials", question, found, equal, left=question)
        elif swapped in work.earlier:
            found, where = work.earlier[swapped]
            work.line("equal_mixed_partials", question, found, (*equal, "; found in ", where), left=question)
        else:
            again = Derivative(first_again(work, inner), question.var)
            reason: Prose = (inner, " is differentiated again")
            work.line("differentiate_again", question, again, reason, left=left or question)
            found = _scalar_lines(work, again, None)
    elif isinstance(inner, Fn) and inner.name in WRITTEN_OUT and inner.arg == question.var:
        found = from_definition(work, question, inner, left or question)
    elif work.method == "chain-rule" and has_only_middle(question):
        from derivgen.engine.chain_rule import by_chain_rule

        found = by_chain_rule(work, question)
    else:
        found = _scalar_lines(work, question, left or question)
    work.known[question] = found
    return found


def from_definition(work: Working, question: Derivative, call: Fn, left: Term) -> Term:
    """The derivative of a function by itself: of its definition, and then written through the function."""
    from derivgen.engine.powers import combination, lines

    meaning = WRITTEN_OUT[call.name](call.arg)
    written = Derivative(meaning, question.var, question.layout)
    work.line("definition", question, written, (Relation("=", call, meaning),), left=left)
    found = _scalar_lines(work, written, None)
    powers = combination(call, [], found)
    return found if powers is None else lines(work, found, call, powers, meaning)


def first_again(work: Working, inner: Derivative) -> Term:
    """The first derivative that is differentiated again; one that an earlier goal has worked out is only put down."""
    if inner in work.shown and inner not in work.known and inner not in work.earlier:
        work.known[inner] = work.shown[inner]
        work.line("put_in", inner, work.shown[inner], ("as before",), left=inner)
    work.shown[inner] = by_scalars(work, inner)
    return work.shown[inner]


def _scalar_lines(work: Working, question: Derivative, left: Term | None) -> Term:
    fresh = work.fresh(question)
    first = len(work.lines)
    found = element_lines(work, question, fresh)
    if says_more(names_in(found)):
        found = with_its_names(work, found)
    if work.keep_sums:
        found = tidy(work, found)
    elif has_sums(found):
        found = regrouped_element(work, found)
    else:
        found = tidy(work, found)
    found = put_names_back(work, question, found)
    if left is not None:
        if first == len(work.lines):
            work.line("derivative_of_linear_form", question, found, ("read off",))
        work.start(first, left)
    return found


def regrouped_element(work: Working, found: Term) -> Term:
    """An element answer that still holds sums goes through its matrix form."""
    axes: Axes = tuple(sorted(found.free, key=lambda i: i.letter))
    moves = Moves(layout=work.layout)
    try:
        whole = textbook(regroup(found, axes, moves))
    except NoMatrixForm:
        return tidy(work, found)
    place = (axes[0] if axes else 1, axes[1] if len(axes) > 1 else 1)
    shown = textbook(in_elements(whole, Taken(Derivative(Num(0), Num(0)), place))) if axes else whole
    if shown != found:
        work.line("regroup_sums", found, shown, reason_of(moves, "the sums are products of matrices"))
    return shown


def flat(term: Term) -> Term:
    """A term with nested products and sums opened, as they are left by putting terms in for names."""
    changed = rebuild(term, flat)
    match changed:
        case Times():
            return times(changed.args)
        case Plus():
            return plus(changed.args, changed.shape)
    return changed


def is_left(term: Term) -> bool:
    """Whether it is f(x, y) or ∂z/∂x of quantities with a name, of which nothing more is known."""
    if isinstance(term, Gen):
        return True
    return isinstance(term, Derivative) and isinstance(term.body, Sym) and isinstance(term.var, Named)


def names_in(term: Term) -> list[Named]:
    """The scalars with a name, but for those in derivatives that are left as they are."""
    if isinstance(term, Named):
        return [term] if term.shape == SCALAR else []
    inner = () if is_left(term) else (a for a in term.args if isinstance(a, Term))
    found = {name for a in inner for name in names_in(a)}
    return sorted(found, key=lambda name: name.name)


def names_within(names: Sequence[Named]) -> list[Named]:
    """Names with those that stand in their definitions: all that is told when they are put back."""
    found = list(names)
    for name in found:  # grows while it is gone through
        found += [inner for inner in names_in(name.term) if inner not in found]
    return found


def without_names(term: Term) -> Term:
    """The term with its names opened, but for derivatives that are left as they are."""
    if isinstance(term, Named):
        return without_names(term.term)
    if not any(is_left(t) for t in subterms(term)):
        return unfold(term)
    return term if is_left(term) else rebuild(term, without_names)


def says_more(named: Sequence[Named]) -> bool:
    """Whether names stay in an answer: ŷ says more than w^T h + b."""
    return any(part.shape != SCALAR for name in named for part in subterms(name.term))


def put_names_back(work: Working, question: Derivative, found: Term) -> Term:
    """Scalar intermediates are replaced by what they stand for: the answer is asked in the variables themselves."""
    named = names_in(found)
    if not named or not isinstance(question.var, Sym) or question.var.shape != SCALAR:
        return found
    if says_more(named):
        return found
    plain = flat(without_names(found))
    work.line("put_back", found, plain, told_back(named))
    return tidy(work, plain)


def told_back(named: Sequence[Named]) -> Prose:
    """That names are replaced by what they stand for."""
    names = names_within(named)
    words = listed(Relation("=", s, s.term) for s in names)
    return (*words, " are put back" if len(names) > 1 else " is put back")
