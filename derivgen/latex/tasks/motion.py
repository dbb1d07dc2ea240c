"""Velocity, speed and acceleration: the derivatives of a position by the time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, combination, derivative_formula
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Bare, Defines
from derivgen.latex.phrases import Phrase
from derivgen.latex.sentences import Slot
from derivgen.latex.tasks.kind import Found, Kind, derivative_goal

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

FIND = r"(?:find|compute|calculate|determine|give|derive|obtain|state|work out|what (?:is|are)|write down)"

PHRASES = (
    Phrase(
        "velocity and acceleration", "goals", "motion",
        rf"\b{FIND}\b[^.?!]*\b(?:velocity|speed|acceleration|tangent vector)\b[^.?!]*",
        ("A particle moves along $\\vec{r}(t)=(\\cos t,\\sin t,t)^T$. Find its velocity, its speed and its acceleration.",
         "What is the velocity of $\\mathbf{p}(t)=(t,t^2)^T$ at $t=1$?"),
        ("velocity", "speed", "acceleration", "tangent vector"),
    ),
)  # fmt: skip

WHAT = re.compile(r"\b(?P<what>velocity|speed|acceleration|tangent vector)\b", re.I)


def ask(found: Found) -> Sequence[Ask]:
    curve = position(found)
    if curve is None:
        return []
    head, time = curve
    _, here = found.asker.places(found.sentence.text, found.sentence)
    for slot in found.sentence.slots:
        slot.used = True
    span = found.span
    asks: list[Ask] = []
    for word in WHAT.finditer(found.match[0]):
        what = word["what"].lower()
        node: sx.Syntax = sx.Leibniz(head, (time, time) if what == "acceleration" else (time,), span=span)
        if what == "speed":
            bars = "‖" if isinstance(head, sx.Symbol) and head.name.font in ("bold", "vec") else "|"
            node = sx.Fenced(bars, node, bars, span=span)
        made = derivative_formula(node) or combination(node, lambda _: False)
        if made is not None:
            asks.append(replace(made, span=span, point=here))
    return list(dict.fromkeys(asks))


def position(found: Found) -> tuple[sx.Syntax, sx.Symbol] | None:
    """The r and the t of the position r(t): that of the sentence, or the last one that was defined before."""
    sentences = found.asker.sentences
    at = next(k for k, s in enumerate(sentences) if s is found.sentence)
    for sentence in reversed(sentences[: at + 1]):
        for slot in sentence.slots:
            for node in calls(slot):
                argument = node.operand.body if isinstance(node.operand, sx.Fenced) else None
                if isinstance(node.head, sx.Symbol) and isinstance(argument, sx.Symbol):
                    return node.head, argument
    return None


def calls(slot: Slot) -> Iterator[sx.MaybeCall]:
    for fact in slot.facts:
        node = fact.left if isinstance(fact, Defines) else fact.node if isinstance(fact, Bare) else None
        if isinstance(node, sx.MaybeCall):
            yield node


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    return derivative_goal(settler, ask)


KIND = Kind("motion", PHRASES, ask, settle)
