"""Vectors of a recurrence: h_t and h_{t-1} are of one size, and one that is defined by its elements has theirs."""

from __future__ import annotations

import re

from derivgen.latex.scope import Scope
from derivgen.latex.sizes import Unknown, resolve, unify

STEP = re.compile(r"[a-z](?:[+-]1)?$|\d$")
"""The label of a time step."""


def agree_on_sizes(scope: Scope) -> None:
    """Close sizes that the statement leaves open where the steps of a recurrence tell them."""
    for name in scope.element_heads:
        whole = scope.entries.get(name._replace(font="bold"))
        mine = scope.entries.get(name)
        if whole is not None and whole.meaning is not None and mine is not None and not mine.declared:
            del scope.entries[name]
    steps = [e for e in scope.entries.values() if e.shape is not None and STEP.match(e.name.sub)]
    for entry in steps:
        for other in steps:
            alike = entry.name._replace(sub="") == other.name._replace(sub="")
            alike = alike and entry.meaning is other.meaning is None
            if alike and entry.shape is not None and other.shape is not None and entry is not other:
                for a, b in zip(entry.shape, other.shape, strict=True):
                    if isinstance(resolve(a), Unknown) and entry.name in scope.element_heads:
                        unify(a, b)
