"""Intermediate variables: the scalars through which a function depends on a variable."""

from __future__ import annotations

from derivgen.rules.rule import depends_on
from derivgen.terms.nodes import Derivative, Named, Sym, Term
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import subterms


def middle_variables(question: Derivative) -> list[Named]:
    """The scalar intermediates in the definition of a function, through which it depends on the variable."""
    body = question.body
    if not isinstance(body, Named) or not isinstance(question.var, Sym) or question.var.shape != SCALAR:
        return []
    held = [t for t in subterms(body.term) if isinstance(t, Named) and depends_on(t, question.var)]
    return list(dict.fromkeys(t for t in held if t.shape == SCALAR))


def has_only_middle(question: Derivative) -> bool:
    """Whether a function depends on the variable through scalar intermediates alone: the chain rule is whole."""
    middle = middle_variables(question)
    return bool(middle) and question.var not in apart_from(question.body.args[1], middle)


def apart_from(term: Term, middle: list[Named]) -> set[Term]:
    """The symbols of a term, definitions looked into, but for those behind the intermediates."""
    if term in middle:
        return set()
    inner = {s for t in term.args if isinstance(t, Term) for s in apart_from(t, middle)}
    return inner | ({term} if isinstance(term, Sym) else set())
