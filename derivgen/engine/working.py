"""The work on one question: lines that lead from the question to its answer.

``Working`` gathers lines; each function below works out one kind of question and returns its answer.  Checks are not
made here: ``derive`` checks every line when the working is done, and the question against the answer without indices.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from derivgen.derivation import Prose, Step
from derivgen.engine.pushing import differentiate
from derivgen.engine.questions import Taken, is_compressed, take_element
from derivgen.engine.words import size_of, what_is_asked, what_was_tidied
from derivgen.errors import NoRule, ShapeFault
from derivgen.notation.names import size_box
from derivgen.rules.normal import key
from derivgen.rules.regroup import Axes, Moves, NoMatrixForm, has_sums, regroup
from derivgen.rules.sums import scalar_factors
from derivgen.rules.textbook import plain_product, textbook
from derivgen.terms.build import entry, plus, times, tp
from derivgen.terms.nodes import (
    At,
    Delta,
    Derivative,
    El,
    Entries,
    Hessian,
    Idx,
    Mat,
    Named,
    Num,
    Plus,
    Relation,
    Sum,
    Sym,
    Term,
    Tp,
)
from derivgen.terms.shapes import SCALAR, ShapeError, is_vector
from derivgen.terms.trees import Fresh, letters_of, rebuild, substitute, subterms, unfold


@dataclass
class Working:
    """The lines so far, and what is said around them."""

    layout: str
    method: str
    avoid: frozenset[str]
    lines: list[Step] = field(default_factory=list)
    introduction: Prose = ()
    conclusion: Prose = ()
    conditions: list[Term | Prose] = field(default_factory=list)
    known: dict[Term, Term] = field(default_factory=dict)
    """Scalar derivatives that were worked out above: not worked out again."""

    def fresh(self, term: Term) -> Fresh:
        return Fresh(self.avoid | letters_of(term)).within(term)

    def add(self, *steps: Step) -> None:
        self.lines.extend(steps)

    def line(self, rule: str, before: Term, after: Term, reason: Prose, **more: object) -> None:
        self.lines.append(Step(rule=rule, before=before, after=after, reason=reason, **more))  # type: ignore[arg-type]

    def start(self, position: int, left: Term) -> None:
        """Put a left side before the line at a position, the first of a chain."""
        if position < len(self.lines):
            self.lines[position] = replace(self.lines[position], left=left)


def tidy(work: Working, term: Term, left: Term | None = None) -> Term:
    """The textbook form, with a line if anything changed."""
    after = textbook(term)
    if after != term:
        work.line("textbook_form", term, after, what_was_tidied(term, after), left=left)
    return after


# -------------------------------------------------------------------------------------------- single elements
def by_elements(work: Working, question: Derivative) -> Term:
    """A derivative with at most two indices: take one element, differentiate, regroup, put together."""
    fresh = work.fresh(question)
    taken = take_element(question, fresh)
    if question.shape == SCALAR:
        return by_scalars(work, question)
    if not work.introduction:
        work.introduction = what_is_asked(question, taken.element, taken.place)
    at = entry(question, *taken.place)
    work.line("take_element", at, taken.element, ("one element of the derivative",), left=None, detail=2)
    first = len(work.lines)
    found = element_lines(work, taken.element, fresh)
    work.start(first, taken.element)
    return put_together(work, question, found, taken)


def element_lines(work: Working, element: Derivative, fresh: Fresh) -> Term:
    found, steps = differentiate(element, fresh)
    work.add(*steps)
    return found


def put_together(work: Working, question: Term, found: Term, taken: Taken) -> Term:
    """From the element to the whole: regroup the sums, drop the indices, tidy."""
    axes = taken.axes
    moves = Moves(layout=work.layout)
    try:
        whole = regroup(found, tuple(axes), moves)
    except NoMatrixForm as fault:
        raise NoRule("the element formula has no matrix form: " + " ".join(map(_said, fault.words))) from None
    if taken.is_row:
        whole = tp(whole)
    whole = in_order(whole)
    shown = in_elements(whole, taken)
    if has_sums(found) and shown != found:
        work.line("regroup_sums", found, shown, _reason(moves, "the sums are products of matrices"))
        reason: Prose = ("this holds for every element",)
    else:
        reason = _reason(moves, "this holds for every element")
    work.line("put_together", Entries(found, *taken.place), whole, reason, left=question)
    return tidy(work, whole)


def in_order(term: Term) -> Term:
    """A regrouped term with numbers and scalars in front, where that is all that tidying would do."""
    parts = term.args if isinstance(term, Plus) else (term,)
    plain = plus((plain_product(t) for t in parts), term.shape)
    after = textbook(term)
    return after if key(after) == key(plain) and not uses_symmetry(term, after) else plain


def uses_symmetry(before: Term, after: Term) -> bool:
    return sum(isinstance(t, Tp) for t in subterms(before)) != sum(isinstance(t, Tp) for t in subterms(after))


def _said(word: object) -> str:
    return word.letter if isinstance(word, Idx) else str(word) if isinstance(word, str) else "a factor"


def _reason(moves: Moves, otherwise: str) -> Prose:
    words: list[Any] = []
    for k, sentence in enumerate(moves.told[:3]):
        words += ["; ", *sentence] if k else list(sentence)
    return tuple(words) or (otherwise,)


def in_elements(whole: Term, taken: Taken) -> Term:
    """The element of a regrouped term, term by term."""
    terms = whole.args if isinstance(whole, Plus) else (whole,)
    shown = [entry(t, *taken.place) for t in terms]
    return Plus(*shown) if len(shown) > 1 else shown[0]


# -------------------------------------------------------------------------------------------- scalar calculus
def by_scalars(work: Working, question: Derivative, left: Term | None = None) -> Term:
    """A scalar by a scalar or by one element: the rules of calculus, then the textbook form."""
    if question in work.known:
        return work.known[question]
    inner = question.body
    if isinstance(inner, Derivative):
        swapped = Derivative(Derivative(inner.body, question.var), inner.var)
        if swapped in work.known:
            found = work.known[swapped]
            work.line(
                "equal_mixed_partials", question, found, ("the mixed second derivatives are equal",), left=question
            )
        else:
            again = Derivative(by_scalars(work, inner), question.var)
            reason: Prose = (inner, " is differentiated again")
            work.line("differentiate_again", question, again, reason, left=left or question)
            found = _scalar_lines(work, again, None)
    else:
        found = _scalar_lines(work, question, left or question)
    work.known[question] = found
    return found


def _scalar_lines(work: Working, question: Derivative, left: Term | None) -> Term:
    fresh = work.fresh(question)
    first = len(work.lines)
    found = element_lines(work, question, fresh)
    if has_sums(found) or any(isinstance(t, Delta) for t in subterms(found)):
        found = regrouped_element(work, found)
    else:
        found = tidy(work, found)
    found = put_names_back(work, question, found)
    if left is not None:
        if first == len(work.lines):
            work.line("read_off", question, found, ("read off",))
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
        work.line("regroup_sums", found, shown, _reason(moves, "the sums are products of matrices"))
    return shown


def put_names_back(work: Working, question: Derivative, found: Term) -> Term:
    """Scalar intermediates are replaced by what they stand for: the answer is asked in the variables themselves."""
    named = sorted((s for s in found.symbols if isinstance(s, Named) and s.shape == SCALAR), key=lambda s: s.name)
    if not named or question.var.shape != SCALAR or isinstance(question.var, El):
        return found
    plain = unfold(found)
    words: list[Any] = []
    for k, s in enumerate(named):
        words += [" and "] if k else []
        words.append(Relation("=", s, s.term))
    work.line("put_back", found, plain, (*words, " are put back" if len(named) > 1 else " is put back"))
    return tidy(work, plain)


# --------------------------------------------------------------------------------------------- other questions
def by_components(work: Working, question: Term) -> Term:
    """A question over explicit entries, such as a gradient by x, y, z: entry by entry, then put together."""
    cells = component_questions(question)
    rows, cols = question.shape
    found: list[Term] = []
    for cell in cells:
        found.append(by_scalars(work, cell) if isinstance(cell, Derivative) else cell)
    whole = Mat(rows, cols, *found)
    work.line("stack", question, whole, ("the entries put together",), left=question)
    return whole


def component_questions(question: Term) -> list[Term]:
    """The scalar derivative in each place of an explicit question, row by row."""
    rows, cols = question.shape
    if not isinstance(rows, int) or not isinstance(cols, int):
        raise ShapeFault("an explicit question needs sizes that are numbers")
    out: list[Term] = []
    for i in range(1, rows + 1):
        for j in range(1, cols + 1):
            out.append(_component(question, i, j))
    return out


def _component(question: Term, i: int, j: int) -> Term:
    if isinstance(question, Hessian):
        return Derivative(Derivative(question.body, _pick(question.y, j)), _pick(question.x, i))
    assert isinstance(question, Derivative)
    body, var = question.body, question.var
    symbol = var.arg if isinstance(var, Tp) else var
    if body.shape == SCALAR:
        return Derivative(body, _pick(symbol, max(i, j)))
    if var.shape == SCALAR:
        if is_vector(body.shape):
            return Derivative(_pick(body, max(i, j)), var)
        return Derivative(_pick2(body, i, j), var)
    up, down = (j, i) if question.layout == "denominator" and not isinstance(var, Tp) else (i, j)
    return Derivative(_pick(body, up), _pick(symbol, down))


def _pick(term: Term, k: int) -> Term:
    place = (k, 1) if term.shape[1] == 1 else (1, k)
    return _pick2(term, *place)


def _pick2(term: Term, i: int, j: int) -> Term:
    while isinstance(term, Named):
        term = term.term
    if isinstance(term, Mat):
        return term.entries[(i - 1) * term.cols + (j - 1)]
    if isinstance(term, Tp):
        return _pick2(term.arg, j, i)
    return entry(term, i, j)


def is_explicit(question: Term) -> bool:
    """Whether a question ranges over entries that are written out."""
    if isinstance(question, Hessian):
        return isinstance(question.x, Mat)
    if not isinstance(question, Derivative):
        return False
    var = question.var.arg if isinstance(question.var, Tp) else question.var
    body = question.body
    while isinstance(body, Named | Tp):
        body = body.term if isinstance(body, Named) else body.arg
    return isinstance(var, Mat) or (isinstance(body, Mat) and body.shape != SCALAR)


def by_hessian(work: Working, question: Hessian) -> Term:
    """Two derivations: the gradient, regrouped and tidied, then its derivative."""
    first = Derivative(question.body, question.y, "denominator")
    work.introduction = (
        "The Hessian is the derivative of the gradient: first ", first, ", then its derivative by ", question.x, ".",
    )  # fmt: skip
    layout, work.layout = work.layout, "denominator"
    gradient = answer_to(work, first)
    second = Derivative(gradient, question.x, "denominator")
    work.line("differentiate_again", question, second, ("the gradient is differentiated again",), left=question)
    try:
        found = answer_to(work, second)
    finally:
        work.layout = layout
    return found


def by_compression(work: Working, question: Derivative) -> Term:
    """A vector by a matrix: the element formula, then the compressed form where it is legal."""
    fresh = work.fresh(question)
    body, var = question.body, question.var
    column = body.shape[1] == 1
    i = fresh(body.shape[0] if column else body.shape[1])
    k, m = fresh(var.shape[0]), fresh(var.shape[1])
    element = Derivative(entry(body, i, 1) if column else entry(body, 1, i), El(var, k, m))
    work.introduction = (
        body, " is a vector and ", var, " a matrix, so the derivative has three indices; its elements are ", element,
        ". They are worked out first, then written in the compressed form.",
    )  # fmt: skip
    first = len(work.lines)
    found = element_lines(work, element, fresh)
    found = tidy(work, found)
    work.start(first, element)
    pinned = Delta(i, k) if column else Delta(i, m)
    factors = scalar_factors(found)
    same = next((f for f in factors if isinstance(f, Delta) and {f.i, f.j} == {pinned.i, pinned.j}), None)
    rest = times([f for f in factors if f is not same])
    kept = m if column else k
    if same is None or not rest.free <= {kept}:
        raise NoRule(
            "this derivative of a vector by a matrix has three indices and no compressed form",
            hint="ask for one element, as in dy_i/dX_kl",
        )
    moves = Moves(layout=work.layout)
    whole = regroup(rest, (kept,), moves)
    row = (not column) == (question.layout == "numerator")
    whole = tp(whole) if row else whole
    work.line(
        "compress",
        question,
        whole,
        (
            "zero unless ",
            i,
            " = ",
            k if column else m,
            ", and otherwise the same for every ",
            i,
            ": the values are kept once",
        ),
        left=question,
    )
    work.conclusion = (
        "This is the compressed form: it keeps the elements that can differ from zero, once. "
        "The full derivative has three indices; its element formula is given above.",
    )
    return tidy(work, whole)


def answer_to(work: Working, question: Term) -> Term:
    """The answer to any question of derivatives."""
    if isinstance(question, Hessian):
        return by_components(work, question) if is_explicit(question) else by_hessian(work, question)
    if isinstance(question, Derivative):
        if is_explicit(question):
            return by_components(work, question)
        if is_compressed(question):
            return by_compression(work, question)
        if question.shape == SCALAR:
            return by_scalars(work, question)
        return by_elements(work, question)
    return by_parts(work, question)


def by_parts(work: Working, question: Term) -> Term:
    """A term that holds derivatives: each is worked out and put in, then points are put in, then all is tidied."""
    found: dict[Term, Term] = {}

    def solved(term: Term) -> Term:
        if not term.pending or isinstance(term, Sym | Named):
            return term
        if isinstance(term, Derivative | Hessian):
            if term not in found:
                found[term] = answer_to(work, term)
            return found[term]
        return rebuild(term, solved)

    put_in = solved(question)
    if put_in != question:
        work.line("put_in", question, put_in, ("the derivatives are put in",), left=question)
    elif has_points(question):
        work.start(len(work.lines), question)
    after = at_points(put_in)
    if after != put_in:
        work.line("evaluate", put_in, after, ("the point is put in",))
    return tidy(work, after)


def has_points(term: Term) -> bool:
    return any(isinstance(t, At) for t in subterms(term))


def at_points(term: Term) -> Term:
    """Every term at a point, with the values put in."""
    if isinstance(term, At):
        return substitute(unfold(at_points(term.body)), dict(term.bindings))
    return rebuild(term, at_points)


def by_regrouping(work: Working, question: Term, target: Term | None) -> Term:
    """Sums over indices as a product of matrices."""
    if isinstance(question, Entries):
        body, place = question.body, (question.i, question.j)
        axes = tuple(p for p in place if isinstance(p, Idx))
        left: Term | None = entry(target, *place) if target is not None else None
    else:
        body, place, axes, left = question, (1, 1), (), target
    moves = Moves(layout=work.layout)
    try:
        whole = regroup(body, axes, moves)
    except NoMatrixForm as fault:
        raise NoRule("these sums have no matrix form: " + " ".join(map(_said, fault.words))) from None
    row = bool(axes) and not isinstance(place[0], Idx)
    whole = tp(whole) if row else whole
    if len(axes) == 1:
        work.introduction = (
            "One index, ",
            axes[0],
            ", is free, so this is a vector of length ",
            size_box(axes[0].size),
            ".",
        )
    elif axes:
        work.introduction = (
            "Two indices are free, ",
            axes[0],
            " and ",
            axes[1],
            ", so this is a matrix, ",
            size_of((axes[0].size, axes[1].size)),
            ".",
        )
    else:
        work.introduction = ("No index is free, so this is a scalar.",) if question.shape == SCALAR else ()
    taken = Taken(Derivative(Num(0), Num(0)), place)
    shown = in_elements(whole, taken) if axes else whole
    if shown != body:
        work.line("regroup_sums", body, shown, _reason(moves, "the sums are products of matrices"), left=left or body)
    if axes:
        work.line("put_together", question, whole, ("without the indices",), left=target)
    return tidy(work, whole)


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
    from derivgen.engine.opening import opened

    result = opened(term, fresh)
    from derivgen.rules.sums import sift

    return sift(result, fresh)


__all__ = ["ShapeError", "Sum", "Working", "answer_to", "by_expansion", "by_regrouping", "tidy"]
