"""Index notation, both ways: sums as products of matrices, and an element of a product as sums."""

from __future__ import annotations

from derivgen.derivation import Prose
from derivgen.engine import facts
from derivgen.engine.elements import in_elements
from derivgen.engine.opening import elements_within, open_element, opened
from derivgen.engine.outer_sums import by_outer_products
from derivgen.engine.words import size_of, what_was_tidied
from derivgen.engine.working import Working, reason_at_end, reason_of_sums, said, tidy
from derivgen.errors import NoRule
from derivgen.notation.names import size_box
from derivgen.rules.network import Axes, Moves, NoMatrixForm
from derivgen.rules.normal import collected
from derivgen.rules.products import multiply_out
from derivgen.rules.regroup import regroup
from derivgen.rules.sums import sift
from derivgen.rules.textbook import textbook
from derivgen.terms.build import entry, plus, times, total, tp
from derivgen.terms.nodes import (
    Col,
    Delta,
    Derivative,
    El,
    Entries,
    Idx,
    Named,
    Norm,
    Num,
    Plus,
    Pow,
    Row,
    Sum,
    Sym,
    Term,
    Times,
    Tp,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.taking import Taken
from derivgen.terms.trees import Fresh, rebuild, subterms


def by_its_entries(work: Working, question: Term) -> Term:
    """A sum of vectors or matrices as the matrix of its entries; entries and scalars as they are."""
    if isinstance(question, Entries) or question.shape == SCALAR:
        return question
    fresh = work.fresh(question)
    i, j = (1 if size == 1 else fresh(size) for size in question.shape)
    return Entries(open_element(question, i, j, fresh), i, j)


def by_regrouping(work: Working, question: Term, target: Term | None) -> Term:
    """Sums over indices as a product of matrices."""
    whole_question = question if target is None else target
    asked = question
    outer = by_outer_products(work, question, whole_question)
    if outer is not None:
        return outer
    question = by_its_entries(work, question)
    if isinstance(question, Entries):
        body, place = question.body, (question.i, question.j)
        axes = tuple(p for p in place if isinstance(p, Idx))
        left: Term | None = entry(target, *place) if target is not None else body
    else:
        body, place, axes, left = question, (1, 1), (), target or question
    moves = Moves(layout=work.layout)
    within = elements_within(body)
    if within != body:
        work.line("take_element", body, within, ("an element of each vector is taken",), left=left)
        body, left = within, None
    try:
        whole = regroup(body, axes, moves)
    except NoMatrixForm as fault:
        apart = taken_apart(body, work.fresh(body))
        moves = Moves(layout=work.layout)
        try:
            whole = regroup(apart[-1][1] if apart else body, axes, moves)
        except NoMatrixForm:
            raise NoRule("these sums have no matrix form: " + " ".join(map(said, fault.words))) from None
        for move, now, *words in apart:
            work.line(move, body, now, tuple(words), left=left)
            body, left = now, None
    row = bool(axes) and not isinstance(place[0], Idx)
    whole = tp(whole) if row else whole
    work.introduction = what_is_free(asked, axes, target)
    taken = Taken(Derivative(Num(0), Num(0)), place)
    shown = in_elements(whole, taken) if axes else whole
    if shown != body:
        regrouped(work, body, shown, moves, left)
    if axes:
        work.line("put_together", question, whole, reason_at_end(moves, "without the indices"), left=whole_question)
    return tidy(work, whole)


def taken_apart(body: Term, fresh: Fresh) -> list[tuple[str, Term, str]]:
    """Squared norms as sums of squares, products of sums multiplied out: what has more than two indices at once."""
    summed = norms_as_sums(body, fresh)
    spread = multiplied_in_sums(summed)
    rounds = (
        ("squared_norm", summed, "a squared norm is the sum of the squares of the elements"),
        ("multiply_out", spread, "multiplied out, so that each term has a sum of its own"),
    )
    return [r for r, before in zip(rounds, (body, summed), strict=True) if r[1] != before]


def norms_as_sums(term: Term, fresh: Fresh) -> Term:
    if isinstance(term, Pow) and isinstance(term.base, Norm) and term.exponent == Num(2) and term.free:
        return opened(term, fresh)
    return rebuild(term, lambda t: norms_as_sums(t, fresh))


def multiplied_in_sums(term: Term) -> Term:
    if isinstance(term, Sum):
        spread = collected(multiply_out(multiplied_in_sums(term.body)), SCALAR)
        return plus(summed(part, term.index) for part in (spread.args if isinstance(spread, Plus) else (spread,)))
    return rebuild(term, multiplied_in_sums)


def summed(term: Term, index: Idx) -> Term:
    """The sum of a term, with its number before the sum."""
    factors = term.args if isinstance(term, Times) else (term,)
    numbers = [f for f in factors if isinstance(f, Num)]
    return times([*numbers, total(times([f for f in factors if not isinstance(f, Num)]), [index])])


def regrouped(work: Working, body: Term, shown: Term, moves: Moves, left: Term | None) -> None:
    """The lines from the sums to the product: one for each index that is closed."""
    now, told = body, 0
    whole = moves.told
    for state, count in moves.states if moves.networks == 1 else ():
        if state.free != body.free or state == now:
            continue
        moves.told = whole[told:count]
        work.line("regroup_sums", now, state, reason_of_sums(moves, "the sum is a product of matrices"), left=left)
        now, told, left = state, count, None
    moves.told = whole[told:]
    work.line("regroup_sums", now, shown, reason_of_sums(moves, "the sums are products of matrices"), left=left)


def what_is_free(asked: Term, axes: Axes, target: Term | None) -> Prose:
    """What the free indices tell about the result."""
    if not isinstance(asked, Entries):
        if asked.shape == SCALAR:
            return ("No index is free, so this is a scalar.",)
        place: Prose = ("(", axes[0], ", ", axes[1], ")") if len(axes) > 1 else (axes[0], "-th")
        result: Prose = ("No index is free, so this is the result itself, ", size_of(asked.shape))
        return (*result, "; its ", *place, " element is taken.")
    called: Prose = (" ", target) if target is not None else ()
    if len(axes) == 1:
        one: Prose = ("One index, ", axes[0], ", is free, so this is a vector", *called, " of length ")
        return (*one, size_box(axes[0].size), ".")
    two: Prose = ("Two indices are free, ", axes[0], " and ", axes[1], ", so this is a matrix", *called, ", ")
    return (*two, size_of((axes[0].size, axes[1].size)), ".")


def two_views(work: Working, found: Term) -> None:
    """How a transposed matrix times a vector comes about: the row that is turned, or the rows of the transpose."""
    seen = [
        (matrix.arg, vector)
        for t in subterms(found)
        if isinstance(t, Times) and len(t.args) == 2
        for matrix, vector in [t.args]
        if isinstance(matrix, Tp) and isinstance(vector, Sym | Named) and vector.shape[1] == 1
    ]
    for matrix, vector in dict.fromkeys(seen):
        whole = Times(Tp(matrix), vector)
        j = work.fresh(whole)(matrix.shape[1])
        element = El(whole, j, 1)
        row = Times(Tp(vector), Col(matrix, j))
        turned = Times(Tp(Row(Tp(matrix), j)), vector)
        for name, view in (("row", row), ("transpose", turned)):
            facts.establish(work, "view", name, (element, " = ", view), facts.equal(work, element, view))
        work.say(
            "Two ways to see ", whole, ". Its element ", j, " is ", row, ", the vector times column ", j, " of ",
            matrix, ": these are the elements of the row ", Times(Tp(vector), matrix), ", which is then turned. Or it "
            "is row ", j, " of ", Tp(matrix), " times ", vector, ", which is the product ", whole, " at once.",
        )  # fmt: skip


def by_expansion(work: Working, question: El) -> Term:
    """One element of a product, written as sums over entries."""
    fresh = work.fresh(question)
    opened = in_entries(question, fresh)
    work.line("write_as_sums", question, opened, ("products written as sums",), left=question)
    after = textbook(opened)
    if after != opened and not any(isinstance(t, Delta) for t in subterms(after)):
        work.line("textbook_form", opened, after, what_was_tidied(opened, after))
        return after
    return opened


def in_entries(term: Term, fresh: Fresh) -> Term:
    """A scalar term opened down to entries of symbols."""
    return sift(opened(term, fresh), fresh)
