"""An earlier answer written through a function that the statement names: s' in s alone.

The answer is sought as a combination of whole powers of the function; where the function is a fraction N/D, the lines
show how: the numerator in N and D, the fraction split, the function recognised.  Where there is no such combination,
its definition is looked for in the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from derivgen.derivation import Goal, Prose
from derivgen.engine.answers import answer_to
from derivgen.engine.elements import by_elements
from derivgen.engine.graphs import quantities
from derivgen.engine.spelling import Speller, in_full, is_leaf
from derivgen.engine.words import place_of
from derivgen.engine.working import Working, tidy
from derivgen.errors import NoRule
from derivgen.prose import listed
from derivgen.rules.normal import key
from derivgen.rules.textbook import textbook
from derivgen.tasks import Through
from derivgen.terms.build import chain_of, num, plus, power, times
from derivgen.terms.nodes import Derivative, Entries, Fn, Frac, Named, Num, Relation, Sym, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, substitute, subterms

RANGES = ((0, 1), (0, 2), (0, 3), (-1, 1), (-1, 2), (-2, 3))
"""The powers that are tried, from the lowest to the highest, shortest first."""
POINTS, RESIDUAL, LARGEST = 14, 1e-9, 64
TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "sec", "csc", "cot"})
DEGREE, LONGEST = 2, 8
"""Of the polynomials in other quantities; of the powers in a denominator."""

Combination = dict[int, Term]
"""Coefficients by powers: numbers, or polynomials in the other quantities."""


def through(work: Working, goal: Goal) -> Term:
    task = goal.task
    assert isinstance(task, Through)
    answer, where = earlier_answer(work, goal.question)
    work.against = goal.question
    if not task.names:
        return in_one_letter(work, goal, answer, where)
    functions = [n for n in task.names if isinstance(n, Named | Fn)]
    beside = task.names if task.alone or len(task.names) > 1 else quantities(answer)
    others = [t for t in dict.fromkeys(beside) if isinstance(t, Sym) and t.shape == SCALAR]
    inner = [f for f in functions if any(f in quantities(g.term) for g in functions if isinstance(g, Named))]
    functions.sort(key=lambda f: f in inner)  # what is defined through another one is put together last
    scalars = [*(f for f in functions[1:] if f.shape == SCALAR), *others]
    found = combination(functions[0], scalars, answer) if functions else None
    recognised = replaced(answer, [f for f in functions if isinstance(f, Named)])
    left_over = [t for t in dict.fromkeys(quantities(recognised)) if t not in task.names]
    if found is None and (recognised == answer or (task.alone and left_over)):
        raise no_form(functions, left_over if recognised != answer else [])
    work.line("put_in", goal.question, answer, ("found in ", where), left=goal.question)
    if found is not None:
        return lines(work, answer, functions[0], found)
    given = [f for f in functions if isinstance(f, Named)]
    meanings: Prose = listed((Relation("=", f, f.term) for f in given), last=", ")
    work.line("recognise", answer, recognised, meanings)
    return tidy(work, recognised)


def replaced(answer: Term, functions: Sequence[Named]) -> Term:
    """The answer with the functions where their definitions stand."""
    by = {key(f.term): f for f in functions}

    def change(term: Term) -> Term:
        return by[key(term)] if key(term) in by else rebuild(term, change)

    return change(answer)


def no_form(functions: Sequence[Term], left_over: Sequence[Term]) -> NoRule:
    if not functions:
        return NoRule("an answer can be written through a function that the statement defines")
    if left_over:
        return NoRule("the answer cannot be written through this function alone: more than numbers is left beside it")
    these = "these functions" if len(functions) > 1 else "this function"
    return NoRule(f"no combination of powers of {these} with numbers gives the answer")


def earlier_answer(work: Working, question: Term) -> tuple[Term, str]:
    """The answer of the part that is spoken of; worked out aside where that part was not."""
    if question in work.earlier:
        return work.earlier[question]
    return answer_to(work.aside(), question), "the earlier part"


def in_one_letter(work: Working, goal: Goal, answer: Term, where: str) -> Term:
    """A vector that was given by its elements, as one symbol with numbers."""
    whole = textbook(answer.term if isinstance(answer, Named) else answer)
    if isinstance(answer, Entries) or whole == answer:
        if not isinstance(goal.question, Derivative):
            raise NoRule("the earlier answer has no elements that could be put together")
        whole = by_elements(work.aside(), goal.question)
    for position, before in enumerate(work.before):
        listed = before.answer if before.goal.question == goal.question and before.goal.form else None
        if listed is not None and listed != whole:
            work.line(
                "put_in",
                goal.question,
                listed,
                ("found in ", place_of(before.goal, position, goal)),
                left=goal.question,
            )
            return one_symbol(work, goal.question, listed, whole)
    reason: Prose = ("the elements found in ", where, ", as one symbol")
    work.line("put_together", answer, whole, reason, left=goal.question)
    return whole


def one_symbol(work: Working, question: Term, listed: Term, whole: Term) -> Term:
    """From the list of the elements to the symbol: what is common to all of them is taken out before."""
    scalars, symbols = chain_of(whole) if isinstance(whole, Times) else ([], [whole])
    if len(symbols) != 1 or not is_leaf(symbols[0]):
        work.line("put_together", listed, whole, ("as one symbol",))
        return whole
    now = times([*scalars, Speller(work.fresh(whole), in_full(whole, question)).spell(symbols[0])])
    if now != listed:
        work.line("take_out_factor", listed, now, ("the common factor of all elements is taken out",))
    work.line("put_together", now, whole, ("these are the elements of ", symbols[0]))
    return whole


# ------------------------------------------------------------------------------------------------ the search
def combination(name: Term, others: Sequence[Term], answer: Term) -> Combination | None:
    """Coefficients c_j with answer = Σ c_j name^j at all points tried; None where there are none.

    The coefficients are numbers, and where that is not enough polynomials in the other quantities.
    """
    import numpy as np

    values = samples([name, answer, *others])
    if values is None:
        return None
    s, wanted = values[0], values[1]
    for degree in range(DEGREE + 1 if others else 1):
        exponents = [e for e in product(range(degree + 1), repeat=len(others)) if sum(e) <= degree]
        beside = [np.prod([v**k for v, k in zip(values[2:], e, strict=True)], axis=0) for e in exponents]
        for low, high in RANGES:
            powers = range(low, high + 1)
            matrix = np.stack([s**j * m for j in powers for m in beside], axis=1)
            if not np.isfinite(matrix).all() or 2 * matrix.shape[1] > len(s):
                continue
            solution = np.linalg.lstsq(matrix, wanted, rcond=None)[0]
            numbers = [Fraction(float(c)).limit_denominator(LARGEST) for c in solution]
            exact = matrix @ np.array([float(c) for c in numbers])
            if np.abs(exact - wanted).max() <= RESIDUAL * max(1.0, np.abs(wanted).max()):
                return coefficients(powers, exponents, others, numbers)
    return None


def coefficients(
    powers: Sequence[int], exponents: Sequence[tuple[int, ...]], others: Sequence[Term], numbers: Sequence[Fraction]
) -> Combination:
    """The numbers found, as one polynomial in the other quantities for each power."""
    out: Combination = {}
    for k, j in enumerate(powers):
        mine = zip(exponents, numbers[k * len(exponents) : (k + 1) * len(exponents)], strict=True)
        parts = [times([num(c), *(power(t, n) for t, n in zip(others, e, strict=True) if n)]) for e, c in mine if c]
        if parts:
            out[j] = plus(parts)
    return out


def samples(terms: Sequence[Term]) -> Any | None:
    """Values of scalars at the same random points, a row for each of them."""
    import numpy as np

    from derivgen.terms.layouts import NoValue
    from derivgen.terms.numbers import Evaluator
    from derivgen.terms.sampling import MOODS, Sampler

    rows: list[tuple[float, ...]] = []
    for seed in range(POINTS if len(terms) == 2 else 4 * POINTS):
        evaluator = Evaluator({}, Sampler(seed, MOODS[seed % len(MOODS)]))
        try:
            values = tuple(float(evaluator.array(t)[0, 0]) for t in terms)
        except NoValue:
            return None
        if all(np.isfinite(v) for v in values):
            rows.append(values)
    return np.array(rows).T if len(rows) >= POINTS // 2 else None


# ------------------------------------------------------------------------------------------------- the lines
def lines(work: Working, answer: Term, name: Named | Fn, found: Combination) -> Term:
    final = plus(times([c, power(name, j)]) for j, c in sorted(found.items()))
    if isinstance(name, Fn):
        if final != answer:
            work.line("textbook_form", answer, final, ("written with ", name))
    else:
        meaning = name.term
        if isinstance(meaning, Frac) and min(found) >= 0:
            answer = split_fraction(work, answer, meaning, found)
        elif (written := substitute(final, {name: meaning})) != answer:
            trigonometric = any(isinstance(t, Fn) and t.name in TRIGONOMETRIC for t in subterms(written))
            known = [t for t in quantities(written) if isinstance(t, Named) and t not in quantities(answer)]
            reason: Prose = ("a trigonometric identity",) if trigonometric else ("in another form",)
            work.line(
                "textbook_form", answer, written, ("written with ", *listed(dict.fromkeys(known))) if known else reason
            )
            answer = written
        work.line("recognise", answer, final, (Relation("=", name, meaning),))
    if len(found) > 1 and min(found) > 0:
        lowest, shared = min(found), shared_factors(list(found.values()))
        rest = plus(times([without(c, shared), power(name, j - lowest)]) for j, c in sorted(found.items()))
        taken = times([*shared, power(name, lowest), rest])
        work.line("textbook_form", final, taken, ("the common factor is taken out",))
        return taken
    return tidy(work, final)


def factors_of(term: Term) -> list[Term]:
    return list(term.args) if isinstance(term, Times) else [term]


def shared_factors(coefficients: Sequence[Term]) -> list[Term]:
    """The quantities by which all coefficients are multiplied."""
    first, *rest = (factors_of(c) for c in coefficients)
    return [f for f in first if not isinstance(f, Num) and all(f in other for other in rest)]


def without(term: Term, factors: Sequence[Term]) -> Term:
    kept = factors_of(term)
    for factor in factors:
        kept.remove(factor)
    return times(kept)


def split_fraction(work: Working, answer: Term, meaning: Frac, found: Combination) -> Term:
    """The answer over the denominator of the function: the numerator in its terms, then the fraction split."""
    top, bottom = meaning.num, meaning.den
    degree = max(found)
    numerator = plus(times([c, raised(top, j), power(bottom, degree - j)]) for j, c in sorted(found.items()))
    over = Frac(numerator, power(bottom, degree))
    now = answer
    if now != over:
        work.line("rewrite_numerator", now, over, why_over(now, over, top, bottom))
        now = over
    parts = [part(c, j, top, bottom) for j, c in sorted(found.items())]
    split = plus(parts)
    if split != now and len(parts) > 1:
        work.line("split_fraction", now, split, ("the fraction is split and cancelled",))
        now = split
    return now


def why_over(now: Term, over: Frac, top: Term, bottom: Term) -> Prose:
    """Why a term is this fraction: by its numerator where the denominators agree, else multiplied out crosswise."""
    if not isinstance(now, Frac):
        return ("everything is brought over the denominator ", over.den)
    if now.den == over.den and top != Num(1):
        return ("the numerator is written with ", top, " and ", bottom)
    mine, wanted = exponent(now.den, bottom), exponent(over.den, bottom)
    if mine >= wanted > 0:
        return (Relation("=", now.num, times([over.num, *([power(bottom, mine - wanted)] if mine > wanted else [])])),)
    return (Relation("=", times([now.num, over.den]), times([over.num, now.den])),)


def exponent(den: Term, base: Term) -> int:
    """The power of the base that a denominator is."""
    return next((k for k in range(1, LONGEST) if den == power(base, k)), 0)


def part(c: Term, j: int, top: Term, bottom: Term) -> Term:
    """c (N/D)^j, written as a fraction."""
    if j == 0:
        return c
    return times([c, Frac(raised(top, j), power(bottom, j))])


def raised(top: Term, count: int) -> Term:
    return top if top == Num(1) else power(top, count)
