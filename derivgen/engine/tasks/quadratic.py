"""A polynomial of degree two as x^T A x: the symmetric matrix is read off its coefficients."""

from __future__ import annotations

from fractions import Fraction

from derivgen.derivation import Goal
from derivgen.engine.polynomials import Polynomial, collected, degree, elements_of, merged, parted, polynomial, product
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.rules.textbook import textbook
from derivgen.tasks import QuadraticForm
from derivgen.terms.build import entry, plus
from derivgen.terms.nodes import Derivative, Mat, Relation, Sym, Term, Times, Tp
from derivgen.terms.trees import subterms, unfold


def quadratic_form(work: Working, goal: Goal) -> Term:
    task, question = goal.task, goal.question
    assert isinstance(task, QuadraticForm)
    count = question.var.shape[0] if isinstance(question, Derivative) else None
    if not isinstance(question, Derivative) or not isinstance(count, int):
        raise NoRule("a quadratic form is read off a polynomial in letters, or in the elements of a short vector")
    body, vector = question.body, question.var
    letters = list(vector.entries) if isinstance(vector, Mat) else [entry(vector, i, 1) for i in range(1, count + 1)]
    terms = merged(polynomial(unfold(body)))
    other = degree(terms, elements_of(letters)) - {2}
    rest = {s for t in terms for atom, _ in t[1] if atom not in letters for s in subterms(atom)} & set(letters)
    if other or rest:
        told = f"it has a term of degree {min(other)}" if other else "it is no polynomial"
        raise NoRule(f"this is no quadratic form: {told}", hint="each term has two factors that are variables")
    matrix = Mat(len(letters), len(letters), *(half(terms, letters, a, b) for a in letters for b in letters))
    written = collected(terms, elements_of(letters))
    if written != body:
        work.line("write_out", body, written, ("multiplied out and collected",), left=body)
    form = Times(Tp(vector), matrix, vector)
    reason = (
        "the coefficients of the squares stand on the diagonal, half of each mixed coefficient on both sides of it",
    )
    work.line("quadratic_form", written, form, reason, left=body if written == body else None)
    work.against = body
    called = Relation("=", Sym(task.matrix, *matrix.shape), matrix) if task.matrix is not None else matrix
    work.say("The symmetric matrix is ", called, ".")
    return form


def half(terms: Polynomial, letters: list[Term], a: Term, b: Term) -> Term:
    """The coefficient of a², or half of that of ab."""
    wanted = [(a, 2)] if a == b else [(a, 1), (b, 1)]
    is_letter = elements_of(letters)
    share = Fraction(1) if a == b else Fraction(1, 2)
    found = []
    for c, m in terms:
        coefficient, variables = parted(m, is_letter)
        if dict(variables) == dict(wanted):
            found.append(product(c * share, coefficient, []))
    return textbook(plus(found))
