"""The explicit method: everything written out by its elements, multiplied out, differentiated element by element.

With sizes that are small numbers every element is written, and the result is regrouped into products of explicit
matrices; with letters for sizes the matrices have dots.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from derivgen.derivation import Prose, Step
from derivgen.engine.elements import by_elements, in_order
from derivgen.engine.polynomials import (
    Polynomial,
    TooLong,
    collected,
    elements_of,
    is_collected,
    merged,
    polynomial,
    same,
)
from derivgen.engine.pushing import differentiate
from derivgen.engine.spelling import LARGEST, NotWritten, Speller, in_full, with_signs
from derivgen.engine.words import what_is_asked
from derivgen.engine.working import Working, reason_of, tidy
from derivgen.errors import NoRule
from derivgen.rules.network import Moves, NoMatrixForm
from derivgen.rules.regroup import has_sums, regroup
from derivgen.rules.textbook import textbook
from derivgen.terms.build import is_symmetric, plus, tp
from derivgen.terms.dotted import Dotted, put_at
from derivgen.terms.nodes import (
    Delta,
    Derivative,
    El,
    Fn,
    Frac,
    Gen,
    Idx,
    Mat,
    Name,
    Named,
    Norm,
    Plus,
    Position,
    Relation,
    Sym,
    Term,
    Times,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.taking import Taken, take_element
from derivgen.terms.trees import rebuild, replace_index, subterms, unfold, untransposed

MANY = 9
"""A polynomial with more terms than these stays in its factors."""
HEAVY = 80
"""A line with more elements than these is not written."""
ALL = ("all partial derivatives",)
LETTERS = "yzwvuhq"
"""Letters for what is differentiated, where the statement has no name for it."""


def by_writing_out(work: Working, question: Derivative, *, listed: bool = False) -> Term | None:
    """A derivative with everything written out; None where it has no form with elements on paper.

    With ``listed`` the matrix of its elements is the answer, else it is put together again.
    """
    body = plain(question.body)
    small = in_full(body, question) and size_of_grid(question) <= LARGEST
    fresh = work.fresh(question)
    named = name_for(question, {s.left.name.letter for s in work.lines if isinstance(s.left, Named)})
    taken = take_element(Derivative(named, question.var, question.layout), fresh)
    places = work.fresh(question)
    letters = (places(1).letter, places(1).letter)
    speller = Speller(fresh, small, letters=letters, variable=untransposed(question.var))
    rehearsal = replace(work.aside(), introduction=work.introduction)
    before = multiplied_before(work, question.body)
    try:
        rounds = spelled_rounds(speller, body) if before is None else [(body, ()), before]
        if any(weight(t) > HEAVY for t, _ in rounds):
            raise TooLong
        work_through = in_numbers if small else in_letters
        made = work_through(rehearsal, question, taken, rounds, named)
        made = made if listed else together(rehearsal, question, taken, made)
    except (NotWritten, TooLong) as fault:
        if work.method != "explicit":
            return None
        because: Prose = (f"it holds {fault}",) if isinstance(fault, NotWritten) else ("that would be too long",)
        work.conclusion = (
            "This was not written out by its elements (",
            *because,
            "), but worked out from one of them.",
        )
        return None
    work.introduction = rehearsal.introduction
    work.add(*rehearsal.lines)
    return made


def goes_on(work: Working, question: Derivative) -> bool:
    """Whether an earlier part has multiplied out what is differentiated, so that its elements are at hand."""
    structured = is_symmetric(untransposed(question.var)) and question.var.shape != SCALAR  # its elements are merged
    return work.method == "single-element" and not structured and multiplied_before(work, question.body) is not None


def multiplied_before(work: Working, body: Term) -> tuple[Term, Prose] | None:
    """What a term was multiplied out to in an earlier part, and where."""
    whole = unfold(body)
    for question, (answer, where) in work.earlier.items():
        if not question.pending and unfold(question) == whole:
            return answer, ("found in ", where)
    return None


def plain(body: Term) -> Term:
    """The names replaced by their definitions, but for those that a function that is not given depends on."""
    match body:
        case Named():
            return plain(body.term)
        case Sym():
            return body
    return rebuild(body, plain)


def how_written(speller: Speller, body: Term) -> Prose:
    if not speller.full:
        return ("written with the elements",)
    told: list[Any] = []
    for s in symmetric_in(body, speller.variable):
        told += ["; ", s, " is diagonal" if "diagonal" in s.props else " is symmetric"]
    return ("written with all elements", *told)


def symmetric_in(term: Term, variable: Term | None) -> list[Sym]:
    """The symmetric matrices in a term of which two elements are written alike: not what is differentiated by."""
    matrices = (t for t in subterms(term) if isinstance(t, Sym) and t.shape != SCALAR and t != variable)
    return [t for t in dict.fromkeys(matrices) if is_symmetric(t)]


def weight(term: Term) -> int:
    """How many elements are written."""
    return sum(isinstance(t, El | Sym) and t.shape == SCALAR for t in subterms(term))


def size_of_grid(question: Derivative) -> int:
    rows, cols = question.shape
    return rows * cols if isinstance(rows, int) and isinstance(cols, int) else 0


Rounds = list[tuple[Term, Prose]]


def spelled_rounds(speller: Speller, body: Term) -> Rounds:
    """The body spelled out, then with one operation after the other carried out, each with its reason."""
    rounds: Rounds = [(body, ())]
    now = speller.spell(body)
    if now != body:
        rounds.append((now, how_written(speller, body)))
    while True:
        speller.told = []
        after = speller.reduce(now)
        if after == now:
            break
        rounds.append((after, ("; ".join(speller.told) or "a power is a product",)))
        now = with_signs(after)
        if now != after:
            rounds.append((now, ("with the sign for sums",)))
    return rounds


def name_for(question: Derivative, used: set[str]) -> Term:
    """A letter for what is differentiated: that of the statement, or a new one."""
    body = question.body
    if isinstance(body, Named | Sym):
        return body
    taken = used | {s.name.letter for s in question.symbols} | {s.name.letter.lower() for s in question.symbols}
    letter = next(c for c in (*LETTERS, "Q") if c not in taken)
    if body.shape == SCALAR:
        return Named(Name(letter), body)
    symbol = untransposed(question.var)
    font = symbol.name.font if isinstance(symbol, Sym | Named) and symbol.shape != SCALAR else "bold"
    return Named(Name(letter if 1 in body.shape else letter.upper(), font), body)


def element_at(element: Term, written: Term) -> Term:
    """The element of the matrix that is written out which a general element of the body is."""
    if not isinstance(written, Dotted | Mat) or not isinstance(element, El):
        return written
    if isinstance(written, Mat):
        return element
    return put_at(written.body, [(written.i, element.i), (written.j, element.j)])


# ------------------------------------------------------------------------------------------------ the first lines
def begin(work: Working, question: Derivative, taken: Taken, rounds: Rounds, named: Term) -> None:
    """What is differentiated, written out, under its name."""
    alone = isinstance(rounds[0][0], Sym) and len(rounds) == 2  # that a name has elements needs no line
    for k, (now, reason) in enumerate(rounds[1:] if not alone else ()):
        told = (*reason, ": ", named, " is ", question.body) if work.introduction and k == 0 else reason
        rule = "put_in" if reason[0] == "found in " else "write_out"
        work.line(rule, rounds[k][0], now, told, left=named if k == 0 else None)
    if work.introduction:
        return
    asked = what_is_asked(Derivative(named, question.var, question.layout), taken.element, taken.place)
    if named == question.body:
        work.introduction = ("Everything is written out by its elements. ", *asked)
    else:
        named_so = Relation("=", named, question.body)
        work.introduction = ("Everything is written out by its elements. Let ", named_so, ". ", *asked)


# ------------------------------------------------------------------------------------------------- letters, dots
def in_letters(work: Working, question: Derivative, taken: Taken, rounds: Rounds, named: Term) -> Term:
    """Sizes that are letters: one element is differentiated, and the matrix of all has dots."""
    begin(work, question, taken, rounds, named)
    general = taken.element
    element = Derivative(element_at(general.body, rounds[-1][0]), general.var)
    fresh = work.fresh(element)
    found, steps = differentiate(element, fresh, inner_first=work.inner_first)
    first = len(work.lines)
    if general != element:
        which = "the sum above" if question.body.shape == SCALAR else "one element of what stands above"
        work.line("take_element", general, element, (which,), left=general)
    work.add(*steps)
    work.start(first, general)
    grid = Dotted(general, *taken.place)
    work.line("write_out", question, grid, ALL, left=question)
    values = Dotted(found, *taken.place)
    work.line("put_in", grid, values, ("their values are put in",))
    return values


def together(work: Working, question: Derivative, taken: Taken, values: Term) -> Term:
    """From the matrix of the values back to matrices and vectors."""
    if isinstance(values, Dotted):
        return recognised(work, question, taken, values)
    return recognised_in_full(work, question, values)


def recognised(work: Working, question: Derivative, taken: Taken, values: Dotted) -> Term:
    """The matrix of the values as a product of matrices."""
    found = values.body
    moves = Moves(layout=work.layout, row=taken.is_row)
    try:
        whole = regroup(found, taken.axes, moves)
        reason = reason_of(moves, "these are its elements")
    except NoMatrixForm:
        return recognised_aside(work, question, values)
    if taken.is_row:
        whole = plus(tp(t) for t in whole.args) if isinstance(whole, Plus) else tp(whole)
    whole, final = in_order(whole)
    if not has_sums(found) and not any(isinstance(t, Delta) for t in subterms(found)):
        reason = ("these are the elements of ", whole)
    work.line("put_together", values, whole, reason)
    return tidy(work, whole, final)


def recognised_aside(work: Working, question: Derivative, values: Term) -> Term:
    """The matrix of the values as what the method of single elements finds."""
    whole, final = closed_form(work, question)
    work.line("put_together", values, whole, ("these are the elements of ", whole))
    return tidy(work, whole, final)


def closed_form(work: Working, question: Derivative) -> tuple[Term, Term]:
    """The answer by single elements, as it comes out of the sums and tidied."""
    aside = work.aside()
    final = by_elements(aside, question)
    whole = next((s.after for s in reversed(aside.lines) if s.rule == "put_together"), final)
    return whole, final


# ------------------------------------------------------------------------------------------------ small numbers
def in_numbers(work: Working, question: Derivative, taken: Taken, rounds: Rounds, named: Term) -> Term:
    """Small sizes: every element is multiplied out and differentiated, and the result is regrouped."""
    is_variable = elements_of([untransposed(question.var)])
    expanded = each_cell(rounds[-1][0], lambda t: multiplied_out(t, is_variable))
    if expanded != rounds[-1][0]:
        rounds = [*rounds, (expanded, ("multiplied out and collected",))]
    begin(work, question, taken, rounds, named)
    general = taken.element
    grid = filled(taken, question, lambda pairs: put_derivative(general, pairs))
    asked = filled(taken, question, lambda pairs: of_cell(general, expanded, pairs))
    work.line("write_out", question, grid, ALL, left=question)
    values, steps = differentiated(work, asked, is_variable)
    work.line("put_in", grid, values, ("each element is differentiated",))
    work.lines[-1] = replace(work.lines[-1], substeps=steps if len(steps) > 1 else ())
    return values


def recognised_in_full(work: Working, question: Derivative, values: Term) -> Term:
    """The matrix of all values as products of matrices, which are written in full before."""
    variable = untransposed(question.var)
    try:
        whole, final = closed_form(work, question)
    except NoRule:
        return values
    if symmetric_in(whole, variable):
        whole = final  # written out, a symmetric matrix and its transpose are the same
    now = regrouped(work, whole, values, variable)
    if now != whole:
        parts = tuple(t for t in subterms(whole) if isinstance(t, Sym))
        reason: Prose = ("these are the elements of ", whole) if parts else ("written as one matrix",)
        work.line("put_together", now, whole, reason)
    return tidy(work, whole, final)


def each_cell(term: Term, change: Callable[[Term], Term]) -> Term:
    """A scalar, or every element of an explicit matrix, changed."""
    if isinstance(term, Mat):
        return Mat(term.rows, term.cols, *map(change, term.entries))
    return change(term)


def multiplied_out(term: Term, is_variable: Callable[[Term], bool]) -> Term:
    """A scalar multiplied out and collected, where that is not too long."""
    if is_collected(term, is_variable) or any(isinstance(t, Fn | Gen | Norm) for t in subterms(term)):
        return term
    terms = merged(polynomial(term))
    return collected(terms, is_variable) if len(terms) <= MANY else term


def cells_of(term: Term) -> tuple[Term, ...]:
    return term.entries if isinstance(term, Mat) else (term,)


Pairs = list[tuple[Position, Position]]


def filled(taken: Taken, question: Derivative, cell: Callable[[Pairs], Term]) -> Term:
    """The matrix with one term in each place of the question."""
    rows, cols = question.shape
    assert isinstance(rows, int) and isinstance(cols, int)
    cells = [cell(list(zip(taken.place, (i, j), strict=True))) for i in range(1, rows + 1) for j in range(1, cols + 1)]
    return Mat(rows, cols, *cells)


def numbers_for(pairs: Pairs) -> dict[Idx, Position]:
    return {old: new for old, new in pairs if isinstance(old, Idx)}


def put_derivative(general: Derivative, pairs: Pairs) -> Term:
    return replace_index(general, numbers_for(pairs))


def of_cell(general: Derivative, expanded: Term, pairs: Pairs) -> Term:
    """The derivative in one place, of the element of the body that is multiplied out."""
    at = put_derivative(general, pairs)
    assert isinstance(at, Derivative)
    body = at.body
    if isinstance(expanded, Mat) and isinstance(body, El) and isinstance(body.i, int) and isinstance(body.j, int):
        return Derivative(expanded.entries[(body.i - 1) * expanded.cols + body.j - 1], at.var)
    return Derivative(expanded, at.var)


def differentiated(work: Working, asked: Term, is_variable: Callable[[Term], bool]) -> tuple[Term, tuple[Step, ...]]:
    """Every element differentiated and collected; the substeps are one for each."""
    found: list[Term] = []
    steps: list[Step] = []
    for cell in cells_of(asked):
        value, inner = differentiate(cell, work.fresh(cell), inner_first=work.inner_first)
        value = multiplied_out(textbook(value), is_variable)
        found.append(value)
        linear = inner[0] if inner else None
        if value != cell:
            law, source = (linear.law, linear.source) if linear else ("", "")
            steps.append(Step("put_in", cell, value, ("differentiated",), law=law, source=source, detail=2))
    assert isinstance(asked, Mat)
    return Mat(asked.rows, asked.cols, *found), tuple(steps)


def regrouped(work: Working, whole: Term, values: Term, variable: Term) -> Term:
    """From the matrix of values back to products of explicit matrices, where these give the same polynomials."""
    if any(isinstance(t, Fn | Gen | Norm | Frac) for t in subterms(whole)):
        return values
    is_variable = elements_of([variable])
    parts = whole.args if isinstance(whole, Plus) else (whole,)
    products: list[Term] = []
    results: list[Term] = []
    for part in parts:
        speller = Speller(work.fresh(part), True, variable=variable)
        try:
            rounds = spelled_rounds(speller, part)
        except NotWritten:
            return values
        products.append(last_product([t for t, _ in rounds[1:]]) if len(rounds) > 1 else part)
        results.append(each_cell(rounds[-1][0], lambda t: multiplied_out(t, is_variable)))
    sums = [[m for r in results for m in polynomial(cells_of(r)[k])] for k in range(len(cells_of(values)))]
    if not all(same(p, polynomial(v)) for p, v in zip(sums, cells_of(values), strict=True)):
        return values
    return regrouping_lines(work, values, sums, products, results, is_variable)


def last_product(rounds: list[Term]) -> Term:
    """The last state in which two matrices still stand side by side; the first one where none is a product."""
    for term in reversed(rounds):
        if any(isinstance(t, Times) and sum(f.shape != SCALAR for f in t.args) > 1 for t in subterms(term)):
            return term
    return rounds[0]


def regrouping_lines(
    work: Working,
    values: Term,
    sums: list[Polynomial],
    products: list[Term],
    results: list[Term],
    is_variable: Callable[[Term], bool],
) -> Term:
    """Each element split, the columns apart, each column as a product."""
    assert isinstance(values, Mat)
    now: Term = values
    if len(products) > 1:
        split = Mat(values.rows, values.cols, *(collected(p, is_variable, merge=False) for p in sums))
        if split != now:
            work.line("split_elements", now, split, ("each element is split into what belongs to each product",))
            now = split
        apart = Plus(*results)
        work.line("split_elements", now, apart, (f"as a sum of {called(values)}",))
        now = apart
    together = Plus(*products) if len(products) > 1 else products[0]
    if together != now:
        told = "each is a matrix times a vector" if len(products) > 1 else "this is a product"
        if not all(p.shape[1] == 1 or p.shape[0] == 1 for p in products):
            told = "each is a product" if len(products) > 1 else told
        work.line("split_elements", now, together, (told,))
        now = together
    return now


def called(values: Term) -> str:
    return "columns" if values.shape[1] == 1 else "rows" if values.shape[0] == 1 else "matrices"
