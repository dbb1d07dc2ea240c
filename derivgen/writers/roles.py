"""Which index letter plays which role in a derivation: row, column, or summed over.

What a sum binds is summed, what a matrix of entries binds is its row and its column; that the setter of terms sees by
itself.  Here the letters are told that stand free in the lines, and those that a reason speaks of outside their sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.derivation import Derivation, Goal, Step
from derivgen.notation.boxes import Box, Marked
from derivgen.notation.names import index_box
from derivgen.terms.nodes import Derivative, El, Entries, Idx, Position, Sum, Term
from derivgen.terms.trees import subterms

ROW, COLUMN, SUMMED = "row-index", "column-index", "summed-index"
ROLES = {ROW: "row", COLUMN: "column", SUMMED: "summed over"}
"""The roles, and what the legend calls them."""

Roles = tuple[tuple[str, str], ...]


def roles_of(derivation: Derivation) -> Roles:
    """The role of each index letter, the same in all lines of a derivation."""
    terms = [t for step in every_step(derivation.steps) for t in (step.left, step.before, step.after) if t is not None]
    found: dict[str, str] = {}
    for position, role in zip(free_positions(derivation.goal, terms), (ROW, COLUMN), strict=True):
        if isinstance(position, Idx):
            found[position.letter] = role
    for term in (derivation.goal.question, *terms):
        for part in subterms(term):
            if isinstance(part, Sum):
                found.setdefault(part.index.letter, SUMMED)
    return tuple(found.items())


def every_step(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from every_step(step.substeps)


def free_positions(goal: Goal, terms: Sequence[Term]) -> tuple[Position, Position]:
    """Where the element that is worked out stands: in the question, in what it is named, or in its variable."""
    wholes = (goal.question, goal.target)
    for term in (goal.question, *terms):
        match term:
            case Entries(_, i, j):
                return i, j
            case El(whole, i, j) if term == goal.question or whole in wholes:
                return i, j
    match goal.question:
        case Derivative(_, El(_, i, j)):
            return i, j
    for term in terms:
        match term:
            case Derivative(_, El(_, i, j)):
                return i, j
    return 1, 1


def legend_entries(derivations: Sequence[Derivation]) -> Iterator[tuple[Box, str]]:
    """For each role that occurs, the first letter that plays it, and the words of the role."""
    first: dict[str, str] = {}
    for derivation in derivations:
        for letter, role in roles_of(derivation):
            first.setdefault(role, letter)
    for role, words in ROLES.items():
        if role in first:
            yield Marked(index_box(first[role]), role), words
