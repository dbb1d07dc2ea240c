"""The derivative of shares: exponentials divided by their sum, as softmax gives them."""

from __future__ import annotations

from derivgen.rules.elements import by
from derivgen.rules.rule import Phase, Words, rule
from derivgen.terms.build import MINUS, entry, plus, times
from derivgen.terms.nodes import Derivative, El, Entries, Fn, Frac, Idx, Named, Sum, Term
from derivgen.terms.trees import Fresh, replace_index


def _reason(term: Term) -> Words:
    return ("quotient rule; the quotients are elements of ", term.body.term, " again")


@rule(
    law=r"p_i = \frac{e^{a_i}}{\sum_k e^{a_k}} \Rightarrow "
    r"\partial p_i = p_i\left(\partial a_i - \sum_k p_k\,\partial a_k\right)",
    reason="quotient rule, with the quotients written as elements of the same vector again",
    because=_reason,
    source="problem set: cross-entropy",
    phase=Phase.OPEN,
    examples={},
    heads=((El, Named),),
)
def share_rule(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(El(Named(_, meaning) as p, i, 1)):
            found = exponent_of(meaning)
            if found is None:
                return None
            exponent, at = found
            k = fresh(p.shape[0])
            own, each = (by(replace_index(exponent, {at: now}), term) for now in (i, k))
            mean = Sum(times([entry(p, k, 1), each]), k)
            return times([entry(p, i, 1), plus([own, times([MINUS, mean])])])
    return None


def exponent_of(meaning: Term) -> tuple[Term, Idx] | None:
    """The a_i of ``e^{a_i} / Σ_k e^{a_k}``, and its i; None where a vector is not defined so."""
    while isinstance(meaning, Named):
        meaning = meaning.term
    match meaning:
        case Entries(Frac(Fn("exp", a), Sum(Fn("exp", b), k)), Idx() as i, 1):
            return (a, i) if replace_index(a, {i: k}) == b else None
    return None
