"""A product written out by its elements and multiplied out; its degree, which tells what it is called."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.derivation import Check, Goal, Prose
from derivgen.engine import facts
from derivgen.engine.polynomials import (
    Polynomial,
    TooLong,
    collected,
    degree,
    elements_of,
    is_collected,
    merged,
    polynomial,
)
from derivgen.engine.recalling import multiplied_out
from derivgen.engine.spelling import NotWritten, Speller, in_full
from derivgen.engine.words import size_of
from derivgen.engine.working import Working, tidy
from derivgen.engine.written_out import each_cell, spelled_rounds
from derivgen.errors import FalseClaim, NoRule
from derivgen.notation.names import plain_name
from derivgen.prose import capital, listed, strung
from derivgen.tasks import MultiplyOut
from derivgen.terms.build import plus, power, times
from derivgen.terms.dotted import Dotted
from derivgen.terms.nodes import El, Mat, Name, Named, Norm, Num, Plus, Pow, Sum, Sym, Term, Times, Tp
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, substitute, subterms, unfold

CALLED = {0: "constant", 1: "linear", 2: "quadratic", 3: "cubic", 4: "quartic"}
COUNTED = {0: "no factor", 1: "one factor", 2: "two factors", 3: "three factors", 4: "four factors"}


def multiply_out(work: Working, goal: Goal) -> Term:
    task, question = goal.task, goal.question
    assert isinstance(task, MultiplyOut)
    body = unfold(question)
    work.against = question
    if question in work.earlier:
        written, where = work.earlier[question]
        work.line("put_in", question, written, ("found in ", where), left=question)
    elif not task.name and (apart := by_matrices(work, question, body)) is not None:
        return apart
    else:
        written = spelled_out(work, goal, body)
    if task.name:
        tell_degree(work, goal, body, written, task)
    return written


def by_matrices(work: Working, question: Term, body: Term) -> Term | None:
    """A product of sums of vectors and matrices as a sum of products; None where no factor is such a sum."""
    if not any(isinstance(t, Plus) and t.shape != SCALAR for t in subterms(body)):
        return None
    left: Term | None = question
    match body:
        case Pow(Norm(inner), Num(2, 1)) if inner.shape[1] == 1:
            body = Times(Tp(inner), inner)
            reason = ("the squared norm is the product of the vector with itself",)
            work.line("squared_norm", question, body, reason, left=left)
            question, left = body, None
    terms = multiplied_out(body)
    if len(terms) < 2:
        return None
    spread = plus(terms, question.shape)
    work.line("multiply_out", question, spread, ("products of sums are multiplied out",), left=left)
    return tidy(work, spread)


def spelled_out(work: Working, goal: Goal, body: Term) -> Term:
    """The product with all its elements, multiplied out and collected, with the lines that lead there."""
    question = goal.question
    full = in_full(body)
    places = work.fresh(body)
    letters = (places(1).letter, places(1).letter)
    speller = Speller(places, full, letters=letters)
    try:
        rounds = spelled_rounds(speller, body)
    except NotWritten as fault:
        raise NoRule(
            f"this is not written out by its elements: it holds {fault}",
            hint="sums and products of matrices are, and their traces and norms",
        ) from None
    written = rounds[-1][0]
    if full:
        expanded = each_cell(written, lambda t: collected_by(t, goal.wrt))
        if expanded != written:
            rounds.append((expanded, ("multiplied out and collected",)))
            written = expanded
    if len(rounds) == 1:
        raise NoRule("there is nothing to be multiplied out here")
    work.introduction = introduction(question, body)
    for k, (now, reason) in enumerate(rounds[1:]):
        work.line("write_out", rounds[k][0], now, reason, left=question if k == 0 else None)
    return written


def collected_by(term: Term, variables: Sequence[Term]) -> Term:
    """A scalar multiplied out and collected by the elements of the variables; as it is where that is too long."""
    is_variable = elements_of(variables)
    try:
        return term if is_collected(term, is_variable) else collected(merged(polynomial(term)), is_variable)
    except TooLong:
        return term


def introduction(question: Term, body: Term) -> Prose:
    """The shapes of the letters, and that of the whole."""
    symbols = dict.fromkeys(t for t in subterms(body) if isinstance(t, Sym) and t.shape != SCALAR)
    words = strung(((s, " is ", size_of(s.shape)) for s in symbols), last=", ")
    what = "a scalar" if question.shape == SCALAR else size_of(question.shape)
    return (*words, ", so the product is ", what, ".") if words else ()


# ------------------------------------------------------------------------------------------------------ the degree
def without_sums(term: Term) -> Term:
    """A scalar with every sum replaced by its general term, which has the same degree."""
    changed = rebuild(term, without_sums)
    return changed.body if isinstance(changed, Sum) else changed


def tell_degree(work: Working, goal: Goal, body: Term, written: Term, task: MultiplyOut) -> None:
    """How many factors out of the elements of the variables each term has, and whether that is what it is called."""
    terms = terms_of(written)
    atoms = {atom for _, m in terms for atom, _ in m if not isinstance(atom, El | Sym)}
    if any(atom.symbols & set(goal.wrt) for atom in atoms):
        raise NoRule("this is no polynomial in the elements of the variable, so it has no degree")
    single = {v: degree(terms, elements_of([v])) for v in goal.wrt}
    alone = [v for v, found in single.items() if CALLED.get(max(found, default=0)) == task.name != "linear"]
    variables = tuple(alone) if len(alone) == 1 else goal.wrt
    found = degree(terms, elements_of(variables))
    highest = max(found, default=0)
    bilinear = len(variables) == 2 and highest == 2 and all(d == {1} for d in single.values())
    fits = is_called(task.name, found, list(single.values()))
    if not (fits or task.doubtful):
        raise FalseClaim(
            f"this is not {task.name}: the degree in the elements of {names_of(variables)} is {highest}",
            hint="leave the word out to see it multiplied out, and its degree",
        )
    many = COUNTED.get(highest, f"{highest} factors")
    if len(found) == 1:
        text: Prose = (f"every term has {many} out of the elements of ", *listed(variables))
        check = homogeneous(work, body, variables, highest)
    else:
        text = (f"the terms have at most {many} out of the elements of ", *listed(variables))
        check = facts.equal(work, goal.question, written)
    facts.establish(work, "degree", str(highest), text, check)
    if task.doubtful:
        work.say("Yes." if fits else f"No, it is not {task.name}.")
    kind = "bilinear" if bilinear else CALLED.get(highest, f"of degree {highest}")
    work.say(*capital(text), *conclusion(goal.question, kind, highest, found, bilinear))


def terms_of(written: Term) -> Polynomial:
    """The terms of all elements, each sum as its general term."""
    cells = written.entries if isinstance(written, Mat) else (written.body if isinstance(written, Dotted) else written,)
    return [m for c in cells for m in polynomial(without_sums(c))]


def is_called(name: str, found: set[int], single: list[set[int]]) -> bool:
    """Whether something may be called so: by the degrees of its terms, in all variables and in each alone."""
    match name:
        case "bilinear":
            return len(single) == 2 and all(d == {1} for d in single)
        case "linear":
            return found == {1} or any(d == {1} for d in single)
        case "affine":
            return max(found, default=0) <= 1
        case "homogeneous":
            return len(found) == 1
    return name == "degree" or CALLED.get(max(found, default=0)) == name


def names_of(variables: Sequence[Term]) -> str:
    return " and ".join(plain_name(v.name) for v in variables if isinstance(v, Sym | Named))


def conclusion(question: Term, kind: str, highest: int, found: set[int], bilinear: bool) -> Prose:
    """What it is called, and why."""
    if bilinear:
        return (", one of each: it is linear in each of them, a bilinear form." if question.shape == SCALAR
                else ", one of each: it is linear in each of them, bilinear.",)  # fmt: skip
    polynomial_of = f": it is a polynomial of degree {highest} in them"
    if question.shape != SCALAR:
        polynomial_of = f": its elements are polynomials of degree {highest} in them"
    named = kind if kind.startswith("of ") else f", which is called {kind}"
    named = "" if kind.startswith("of ") else named
    form = " form" if named and len(found) == 1 and question.shape == SCALAR and highest else ""
    article = f", which is called a {kind}{form}" if form else named
    return (f"{polynomial_of}{article}.",)


def homogeneous(work: Working, body: Term, variables: Sequence[Term], highest: int) -> Check:
    """That t times the variables gives t to the degree times the value."""
    t = Sym(Name("t", sub="0"), 1, 1, ("positive",))
    scaled = substitute(body, {v: times([t, v]) for v in variables})
    return facts.equal(work, scaled, times([power(t, highest), body]))
