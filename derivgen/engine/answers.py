"""Which kind of question is asked, and questions that are made of others: Hessians, values at a point."""

from __future__ import annotations

from derivgen.engine.compressed import by_compression
from derivgen.engine.elements import by_elements
from derivgen.engine.explicit import by_components, is_explicit
from derivgen.engine.scalars import by_scalars
from derivgen.engine.working import Working, tidy
from derivgen.engine.written_out import by_writing_out, goes_on
from derivgen.rules.exact import lengths, listed_out
from derivgen.rules.textbook import textbook
from derivgen.terms.nodes import (
    At,
    Derivative,
    El,
    Hessian,
    Mat,
    Named,
    Sym,
    Term,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.taking import is_compressed
from derivgen.terms.trees import rebuild, substitute, subterms, unfold


def answer_to(work: Working, question: Term) -> Term:
    """The answer to any question of derivatives; one that an earlier part answered is taken from there."""
    if question in work.earlier:
        answer, where = work.earlier[question]
        work.line("put_in", question, answer, ("found in ", where), left=question)
        return answer
    if isinstance(question, Hessian):
        return by_components(work, question) if is_explicit(question) else by_hessian(work, question)
    if isinstance(question, Derivative):
        if is_explicit(question):
            return by_components(work, question)
        if is_compressed(question):
            return by_compression(work, question)
        if question.shape == SCALAR:
            return by_scalars(work, question)
        if isinstance(innermost(question.body), Derivative) and question.var.shape == SCALAR:
            return differentiated_again(work, question)
        written = by_writing_out(work, question) if work.method == "explicit" or goes_on(work, question) else None
        return by_elements(work, question) if written is None else written
    return by_parts(work, question)


def innermost(term: Term) -> Term:
    """What a name stands for."""
    while isinstance(term, Named):
        term = term.term
    return term


def differentiated_again(work: Working, question: Derivative) -> Term:
    """A second derivative of a curve: the first, worked out, and the derivative of that."""
    inner = innermost(question.body)
    first = answer_to(work, inner)
    second = Derivative(first, question.var, question.layout)
    if second.shape != question.shape or innermost(first) == inner:
        return by_elements(work, question)
    work.line("differentiate_again", question, second, (inner, " is differentiated again"), left=question)
    first_line = len(work.lines)
    found = answer_to(work, second)
    work.rename_left(first_line, second, question)
    return found


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
    first_line = len(work.lines)
    try:
        found = answer_to(work, second)
    finally:
        work.layout = layout
    work.rename_left(first_line, second, question)
    return found


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
    if (measured := lengths(put_in)) != put_in:
        reason = ("the norm is the square root of the sum of the squared entries",)
        work.line("length_of_listed", put_in, measured, reason)
        put_in = measured
    after = at_points(put_in)
    if after != put_in:
        work.line("evaluate", put_in, after, ("the point is put in",))
        if (listed := textbook(listed_out(after))) != after and isinstance(listed, Mat):
            return tidy(work, after, listed)
    return tidy(work, after)


def has_points(term: Term) -> bool:
    return any(isinstance(t, At) for t in subterms(term))


def at_points(term: Term) -> Term:
    """Every term at a point, with the values put in."""
    if isinstance(term, At):
        return elements_read_off(substitute(unfold(at_points(term.body)), dict(term.bindings)))
    return rebuild(term, at_points)


def elements_read_off(term: Term) -> Term:
    """An element of a vector that is given by its numbers is the number."""
    term = rebuild(term, elements_read_off)
    match term:
        case El(Mat() as listed, int(i), int(j)):
            return listed.entries[(i - 1) * listed.cols + (j - 1)]
    return term
