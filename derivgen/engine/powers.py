"""A scalar as a sum of powers of a function: found by numbers, then shown by lines.

Where the function is a fraction N/D, the lines show how: the numerator in N and D, the fraction split, the function
recognised.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from derivgen.derivation import Prose
from derivgen.engine.graphs import quantities
from derivgen.engine.working import Working, tidy
from derivgen.prose import listed
from derivgen.rules.normal import key
from derivgen.terms.build import num, plus, power, times
from derivgen.terms.nodes import Fn, Frac, Named, Num, Relation, Term, Times
from derivgen.terms.trees import substitute, subterms

RANGES = ((0, 1), (0, 2), (0, 3), (-1, 1), (-1, 2), (-2, 3))
"""The powers that are tried, from the lowest to the highest, shortest first."""
POINTS, RESIDUAL, LARGEST = 14, 1e-9, 64
DEGREE, LONGEST = 2, 8
"""Of the polynomials in other quantities; of the powers in a denominator."""

TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "sec", "csc", "cot"})

Combination = dict[int, Term]
"""Coefficients by powers: numbers, or polynomials in the other quantities."""


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
def lines(work: Working, answer: Term, name: Named | Fn, found: Combination, meaning: Term | None = None) -> Term:
    """The answer with the powers of a function, by its definition where it has one."""
    final = plus(times([c, power(name, j)]) for j, c in sorted(found.items()))
    meaning = name.term if isinstance(name, Named) else meaning
    if meaning is None:
        if final != answer:
            work.line("textbook_form", answer, final, ("written with ", name))
    else:
        if isinstance(meaning, Frac) and min(found) >= 0:
            answer = split_fraction(work, answer, meaning, found)
        elif isinstance(name, Named) and (written := substitute(final, {name: meaning})) != answer:
            work.line("textbook_form", answer, written, why_written(answer, written))
            answer = written
        work.line("recognise", answer, final, (Relation("=", name, meaning),))
    if len(found) > 1 and min(found) > 0:
        lowest, shared = min(found), shared_factors(list(found.values()))
        rest = plus(times([without(c, shared), power(name, j - lowest)]) for j, c in sorted(found.items()))
        taken = times([*shared, power(name, lowest), rest])
        work.line("textbook_form", final, taken, ("the common factor is taken out",))
        return taken
    return tidy(work, final)


def why_written(answer: Term, written: Term) -> Prose:
    """Why an answer may be written with other quantities, or in another form."""
    known = [t for t in dict.fromkeys(quantities(written)) if isinstance(t, Named) and t not in quantities(answer)]
    if known:
        return ("written with ", *listed(known))
    trigonometric = any(isinstance(t, Fn) and t.name in TRIGONOMETRIC for t in subterms(written))
    return ("a trigonometric identity",) if trigonometric else ("in another form",)


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
    last = work.lines[-1] if work.lines else None
    if last is not None and last.rule == "textbook_form" and last.left is None and key(last.before) == key(over):
        work.lines.pop()  # what was tidied is what is looked for
        now = over
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
