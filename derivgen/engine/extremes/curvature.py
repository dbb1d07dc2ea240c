"""Second-order lines: the Hessian and its form as a sum of squares, or the function about a point written out."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derivgen.derivation import Prose
from derivgen.engine.answers import answer_to
from derivgen.engine.extremes.definite import Quadratic, direction_product
from derivgen.engine.working import Working
from derivgen.rules.products import plain_product
from derivgen.rules.textbook import textbook
from derivgen.terms.build import negate, num, plus, times
from derivgen.terms.nodes import Derivative, Hessian, Name, Named, Plus, Sym, Term, Times, Tp
from derivgen.terms.trees import substitute, unfold

VECTORS, MATRICES, MULTIPLIERS = "zhdsvqpwr", "DHZESMPQR", ("lambda", "nu", "mu", "eta", "kappa", "rho")


def fresh_symbol(like: Term, taken: frozenset[str], letters: Iterable[str]) -> Sym:
    """A symbol of the shape of another, in its font, with a letter that the problem does not use."""
    letter = next((c for c in letters if c not in taken), "zeta")
    font = like.name.font if isinstance(like, Sym) else ""
    return Sym(Name(letter, font), *like.shape)


def letters_in(*terms: Term) -> frozenset[str]:
    """The letters of all symbols of some terms, and of their sizes."""
    found: set[str] = set()
    for t in terms:
        for s in t.symbols:
            found.add(s.name.letter)
            found |= {str(size) for size in s.shape}
            if isinstance(s, Named):
                found |= letters_in(s.term)
    return frozenset(found)


def hessian_lines(work: Working, objective: Term, unknown: Term, gradient: Term) -> Term:
    """The Hessian as the derivative of the gradient that was found above."""
    question = Hessian(objective, unknown, unknown)
    if question in work.earlier:
        found, where = work.earlier[question]
        work.line("put_in", question, found, ("found in ", where), left=question)
        return found
    second = Derivative(gradient, unknown, "denominator")
    work.line("differentiate_again", question, second, ("the gradient is differentiated again",), left=question)
    first = len(work.lines)
    introduction = work.introduction
    found = answer_to(work, second)
    work.introduction = introduction
    work.rename_left(first, second, question)
    return found


def form_line(work: Working, hessian: Term, form: Quadratic, z: Sym, sign: int) -> None:
    """z^T H z as a sum of squares, or its opposite."""
    left = Times(Tp(z), hessian, z)
    shown = signed(form.of(z), sign)
    if shown != plain_product(left) and any(s.left.root for s in form.squares):
        work.line("sum_of_squares", left, shown, squares_told(form, z), left=left)


def signed(term: Term, sign: int) -> Term:
    return term if sign > 0 else textbook(negate(term))


def squares_told(form: Quadratic, z: Sym) -> Prose:
    """Why the terms of the form are squares."""
    plain = [s for s in form.squares if s.left.middle is None]
    if not plain:
        return ("for every vector ", z)
    return ("for every vector ", z, "; the product of a column with itself is its squared length")


def expansion_line(
    work: Working, objective: Term, gradient: Term, unknown: Term, form: Quadratic, direction: Sym, sign: int
) -> None:
    """The function at U + D, written out: its value at U, the part that is linear in D, and the squares."""
    moved = substitute(unfold(objective), {unknown: Plus(unknown, direction)})
    squares = textbook(times([num(Fraction(sign, 2)), form.of(direction)]))
    after = plus([objective, direction_product(direction, gradient), squares])
    reason = ("multiplied out, for any matrix ", direction, "; the part that is linear in ", direction,
              " is its product with the gradient")  # fmt: skip
    work.line("second_order", moved, after, reason, left=moved)
