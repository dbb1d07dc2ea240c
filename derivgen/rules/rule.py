"""What a rule is: one idea that a lecturer would name, as data around one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from derivgen.terms.nodes import Derivative, El, Sym, Term
from derivgen.terms.trees import Fresh

Words = tuple[Any, ...]
"""A reason: words, and terms or indices between them."""

Head = type[Term] | tuple[type[Term], type[Term]]
"""The kind of a body: its class; for an element, (El, the class of what it is an element of)."""

Rewrite = Callable[[Term, Fresh], "Term | None"]


class Phase(IntEnum):
    """The order in which the lines of a derivation come: the lowest phase that applies anywhere is next."""

    OPEN = 1
    LINEAR = 2
    PRODUCT = 3
    CHAIN = 4
    ENTRY = 5
    SIFT = 6
    IDENTITY = 7


@dataclass(frozen=True)
class Rule:
    """A law with its name, its reason in a lecturer's words, its source, and examples that are its tests.

    ``function`` sees one term and a supply of unused index letters; it returns None where the law does not apply.
    ``because`` adds what is particular to this use ("a_k does not depend on X").
    """

    name: str
    law: str
    reason: str
    source: str
    phase: Phase
    function: Rewrite
    examples: Mapping[str, str] = field(default_factory=dict)
    because: Callable[[Term], Words] | None = None
    heads: tuple[Head, ...] = ()
    """The kinds of body under the derivative that the rule can apply to; empty: any."""

    def __call__(self, term: Term, fresh: Fresh) -> Term | None:
        return self.function(term, fresh)


def rule(
    *,
    law: str,
    reason: str,
    source: str,
    phase: Phase,
    examples: Mapping[str, str],
    because: Callable[[Term], Words] | None = None,
    heads: tuple[Head, ...] = (),
) -> Callable[[Rewrite], Rule]:
    """Declare a rule; it is registered nowhere: ``catalog.py`` lists the rules by hand."""

    def declare(function: Rewrite) -> Rule:
        return Rule(function.__name__, law, reason, source, phase, function, examples, because, heads)

    return declare


def variable_of(var: Term) -> Term:
    """The symbol that is varied: x for x, x_i and X_ij."""
    return var.term if isinstance(var, El) else var


def depends_on(term: Term, var: Term) -> bool:
    """Whether a term depends on the symbol behind a variable; looks through definitions."""
    return (var.term if isinstance(var, El) else var) in term.symbols


def is_leaf(term: Derivative) -> bool:
    """Whether a derivative stays as it is: that of an undetermined function by what it directly depends on."""
    body = term.args[0]
    if isinstance(body, El):
        body = body.args[0]
    if not isinstance(body, Sym) or len(body.args) <= 4:
        return False
    var = variable_of(term.var)
    return var in body.deps and not any(d != var and depends_on(d, var) for d in body.deps)
