"""Values that the statement gives to unknown derivatives, put into the answer that holds them."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.engine.working import Working
from derivgen.prose import listed
from derivgen.rules.textbook import textbook
from derivgen.terms.nodes import Relation, Term
from derivgen.terms.trees import rebuild


def tell_value(work: Working, given: Sequence[tuple[Term, Term]], answer: Term | None) -> None:
    """ "With ∂₁ g(3, 4) = 5 and ∂₂ g(3, 4) = -1 this is 18." """
    values = dict(given)
    used: list[Term] = []

    def put(term: Term) -> Term:
        if term in values:
            used.append(term)
            return values[term]
        return rebuild(term, put)

    before, after = None, answer
    while after is not None and after != before:  # f'(g(1)) is f'(2), of which the value is given as well
        before, after = after, textbook(put(after))
    if after is not None and used:
        told = listed(Relation("=", t, values[t]) for t in dict.fromkeys(used))
        work.say("With ", *told, " this is ", after, ".")
