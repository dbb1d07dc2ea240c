"""How much there is to read in a term: of several equal forms the smallest is printed."""

from __future__ import annotations

from derivgen.terms.build import MINUS
from derivgen.terms.nodes import (
    Delta,
    Diag,
    El,
    Extent,
    Eye,
    Fn,
    Frac,
    Named,
    Num,
    Ones,
    Plus,
    Pow,
    Sym,
    Term,
    Times,
    Tp,
)
from derivgen.terms.trees import subterms

WEIGHTS: dict[type[Term], float] = {
    Sym: 1.0, Named: 1.0, Extent: 1.0, El: 1.0, Tp: 0.4, Eye: 1.0, Ones: 1.0, Plus: 0.3, Frac: 0.3, Pow: 0.3, Fn: 0.5,
    Num: 0.35, Diag: 0.5, Delta: 1.0,
}  # fmt: skip
SIGN = 0.1
"""What a minus sign costs."""
NESTED_FRACTION = 1.5
"""What a fraction inside a fraction costs."""
NESTED = 0.4
"""What a sum in parentheses costs beside other factors."""


def measure(term: Term) -> float:
    """How much there is to read."""
    if isinstance(term, Num):
        return SIGN if term == MINUS else WEIGHTS[Num]
    own = WEIGHTS.get(type(term), 0.2)
    if isinstance(term, Times):
        own += NESTED * sum(isinstance(f, Plus) for f in term.args)
    if isinstance(term, Frac) and any(isinstance(t, Frac) for a in (term.num, term.den) for t in subterms(a)):
        own += NESTED_FRACTION
    if isinstance(term, Plus):
        own *= len(term.args) - 1
    if isinstance(term, Sym | Named):
        return own
    return own + sum(measure(a) for a in term.args if isinstance(a, Term))
