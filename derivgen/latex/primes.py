"""Whether primes are transposes where the statement does not say so: (y - Xb)'W(y - Xb), X'X of a declared matrix."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.latex import syntax as sx
from derivgen.latex.facts import Member
from derivgen.latex.sentences import Sentence
from derivgen.terms.nodes import Name


def look_like_transposes(sentences: Sequence[Sentence]) -> bool:
    """A prime behind a sum in brackets, or on a declared matrix that is multiplied, is no derivative and no name.

    Where any function is primed, f'(x), nothing is guessed.
    """
    rows = [row for s in sentences for slot in s.slots for row in slot.formula.rows]
    nodes = [n for row in rows for n in sx.walk(row)]
    heads = [n.head for n in nodes if isinstance(n, sx.MaybeCall | sx.Call)]
    if any(isinstance(h, sx.Primed) and not isinstance(h.base, sx.Fenced) for h in heads):
        return False
    primed = [n for n in nodes if isinstance(n, sx.Primed)]
    if any(isinstance(n.base, sx.Fenced) and isinstance(n.base.body, sx.Plus) for n in primed):
        return True
    matrices = set(declared_matrices(sentences))
    inside = [f for n in nodes if isinstance(n, sx.Product) for f in n.factors[:-1]]
    return any(isinstance(f, sx.Primed) and isinstance(f.base, sx.Symbol) and f.base.name in matrices for f in inside)


def declared_matrices(sentences: Sequence[Sentence]) -> list[Name]:
    facts = [f for s in sentences for slot in s.slots for f in slot.facts if isinstance(f, Member)]
    return [
        n.name
        for f in facts
        if isinstance(f.space, sx.Space) and len(f.space.sizes) == 2
        for n in f.names
        if isinstance(n, sx.Symbol)
    ]
