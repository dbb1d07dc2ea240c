"""An earlier answer at a point: "evaluate your answer to (a) at (1, 2)"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import ANSWER, Found, Kind

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

IT = rf"(?:{ANSWER}|its values?|it|this|that|them|(?:the|your|this|that) (?:last |previous )?(?:results?|answers?))"
ONE = re.compile(
    r"\b(?:its? values?|it|this|that|(?:answer|result|solution|derivative|formula|expression))\b(?! (?:to|of|in|from|for) )",
    re.I,
)
"""Words that speak of one answer, the last."""
DERIVATIVES = ("derivative", "gradient", "hessian", "jacobian", "subscript", "combination")

PHRASES = (
    Phrase(
        "evaluate the answer", "goals", "evaluated",
        rf"(?:(?:evaluate|compute|calculate|find|give|state|determine|what (?:is|are|do you get for|does one get for))(?: the values? of)? {IT}|evaluate)"
        rf"(?: \w+)?? (?:at|when|for) (?:the )?(?:point )?(?:where )?{{at:x}}",
        ("(a) Find $\\nabla f(x,y)$ for $f(x,y)=x^2y$. (b) Evaluate your answer to (a) at $(1,3)$.",
         "(a) Find the derivative of $\\sin t$ with respect to $t$. (b) What is its value at $t=0$?",
         "Let $f(x,y)=xy^2$. Find $\\partial f/\\partial x$ and $\\partial f/\\partial y$. Then evaluate at $x=1$, $y=2$."),
        (" at ", " when ", " for "),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    """The question before, asked again at the point."""
    asker, part = found.asker, found.sentence.part
    if found.sentence.named(found.sentence.text[: found.match.start()]):
        return []
    _, point = asker.places(found.sentence.text, found.sentence)
    if not point:
        return []
    asked = [a for a in asker.asks if a.kind in DERIVATIVES and found.refers in (None, a.part)]
    if not asked and found.refers is not None:
        raise errors.MissingPart(
            f"there is no derivative in part ({found.refers}) before this one", place=asker.place(found.span),
            hint="name an earlier part, or ask for the derivative here",
        )  # fmt: skip
    if not asked:
        return []
    again = asked[-1:] if ONE.search(found.match[0]) else [a for a in asked if a.part == asked[-1].part]
    return [replace(a, part=part, point=point, claim=None, span=found.span) for a in again if not a.point]


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    return settler.derivative(ask, r)


KIND = Kind("evaluated", PHRASES, ask, settle)
