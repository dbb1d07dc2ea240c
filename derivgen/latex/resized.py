"""A goal asked with sizes that are numbers: the statement is read again with them."""

from __future__ import annotations

from dataclasses import replace

from derivgen.derivation import Goal
from derivgen.latex.asks import Ask
from derivgen.latex.settle import Ready, Settler


def ready_for(settler: Settler, ask: Ask) -> Ready:
    """A goal that is asked, with the sizes that are numbers for it."""
    if not ask.sizes or settler.with_sizes is None:
        return settler.ready(ask)
    sizes: dict[str, int] = dict(ask.sizes)
    other, close = settler.with_sizes(lambda letter: sizes.get(letter, letter))
    other.done = settler.done
    other.prepare([ask])
    found = other.ready(replace(ask, sizes=()))

    def build() -> Goal:
        close()
        return found.build()

    return Ready(ask, build)
