"""The first and the second derivative of a function of one scalar, in the form in which an equation is solved."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from derivgen.derivation import Prose
from derivgen.engine.answers import answer_to
from derivgen.engine.extremes.affine import TooLong, affine, depends, multiplied_out
from derivgen.engine.working import Working
from derivgen.rules.normal import Monomial, collected
from derivgen.rules.products import plain_product
from derivgen.rules.textbook import textbook
from derivgen.terms.build import TWO, ZERO, chain_of, is_zero, times
from derivgen.terms.nodes import Derivative, Frac, Had, Norm, Ones, Plus, Pow, Relation, Sym, Term, Times, Tp
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, subterms, unfold

EVEN = {"symmetric", "positive definite", "positive semidefinite"}


def derivative(work: Working, objective: Term, unknown: Sym) -> Term:
    """The derivative; where the unknown stands in products of matrices, these are multiplied out first."""
    question = Derivative(objective, unknown)
    plain = unfold(objective)
    if in_long_products(plain, unknown):
        try:
            after = multiplied_out(plain, unknown)
        except TooLong:
            after = plain
        if after != plain:
            work.line("multiply_out", objective, after, multiplied_words(plain), left=objective)
            first = len(work.lines)
            found = answer_to(work, Derivative(after, unknown))
            work.rename_left(first, Derivative(after, unknown), question)
            return found
    found = answer_to(work, question)
    short = lengths(found)
    if short != found:
        work.line("textbook_form", found, short, ("the sum of the squared elements is the squared length",))
    return short


def in_long_products(term: Term, unknown: Sym) -> bool:
    return any(
        isinstance(t, Times) and len(chain_of(t)[1]) > 2 and depends(t, unknown) for t in subterms(term)
    )  # fmt: skip


def multiplied_words(before: Term) -> Prose:
    used = [s for s in sorted(before.symbols, key=str) if isinstance(s, Sym) and s.shape[0] == s.shape[1] != 1]
    even = [s for s in used if EVEN & set(s.props)]
    if not even:
        return ("multiplied out",)
    return ("multiplied out; ", even[0], " is symmetric: ", Relation("=", Tp(even[0]), even[0]))


def lengths(term: Term) -> Term:
    """1^T (u ⊙ u) as ‖u‖², and 1^T (U ⊙ U) 1 as ‖U‖²."""
    if isinstance(term, Times):
        scalars, chain = chain_of(term)
        squares = [f for f in chain if isinstance(f, Had) and len(f.args) == 2 and f.args[0] == f.args[1]]
        single = len(squares) == 1 and term.shape == SCALAR
        if single and all(type(f) is Ones for f in chain if f is not squares[0]):
            return times([*map(lengths, scalars), square_of(squares[0].args[0])])
    return rebuild(term, lengths)


def without_sums_of_deviations(term: Term) -> Term:
    """Products that are zero when multiplied out, as 1^T (x − mean 1), left out."""
    if isinstance(term, Times) and term.shape == SCALAR and any(isinstance(f, Plus) for f in term.args):
        rows = product(*(f.args if isinstance(f, Plus) else (f,) for f in term.args))
        if is_zero(textbook(collected([plain_product(times(row)) for row in rows], SCALAR))):
            return ZERO
    return rebuild(term, without_sums_of_deviations)


def is_over_power(term: Term, unknown: Sym) -> bool:
    """Whether a term is a sum over a power of the unknown, which is easier to differentiate split."""
    if not isinstance(term, Frac) or not isinstance(term.num, Plus) or not depends(term.den, unknown):
        return False
    return all(p.base == unknown for p in Monomial.of(term.den).powers.values() if depends(p.base, unknown))


def square_of(term: Term) -> Term:
    """The squared length: u^T u of a symbol, ‖u‖² of anything longer."""
    return Times(Tp(term), term) if isinstance(term, Sym) and term.shape[1] == 1 else Pow(Norm(term), TWO)


def second_derivative(work: Working, objective: Term, slope: Term, unknown: Sym) -> Term:
    """The derivative of the derivative; one that is linear in the unknown, or a fraction over a power of it, is
    multiplied out first."""
    question = Derivative(Derivative(objective, unknown), unknown)
    simple = affine(slope, unknown) is not None or is_over_power(slope, unknown)
    plain = multiplied_out(slope, unknown) if simple else slope
    again = Derivative(plain, unknown)
    reason = "the derivative is differentiated again" + (", multiplied out" if plain != slope else "")
    work.line("differentiate_again", question, again, (reason,), left=question)
    first, introduction = len(work.lines), work.introduction
    found = answer_to(work, again)
    work.introduction = introduction
    if first < len(work.lines):
        work.lines[first] = replace(work.lines[first], left=None)
    short = lengths(found)
    if short != found:
        work.line("textbook_form", found, short, ("the sum of the squared elements is the squared length",))
    return short
