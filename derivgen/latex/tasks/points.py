"""The direction of steepest descent or ascent at a point."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.tasks import Steepest

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

FAST = r"(?:fastest|most (?:steeply|quickly|rapidly)|as (?:fast|quickly|steeply|rapidly) as possible|(?:the )?quickest|(?:the )?steepest|the fastest)"
DOWN = re.compile(
    r"\b(?:down\w*|descen\w+|descend\w*|fall\w*|drop\w*|decreas\w+|sink\w*|roll\w*|flow\w*|slid\w*|trickle\w*|run|decline\w*|lower\w*|minimi\w+|reduc\w+|lose\w*)\b",
    re.I,
)

UNIT = re.compile(
    r"\bunit(?:[- ]length)? (?:vector|direction)|\bnormali[sz]ed?\b|\bvector of (?:unit length|length (?:one|1))", re.I
)
"""Words that want the direction as a vector of length one."""

PHRASES = (
    Phrase(
        "steepest direction", "goals", "steepest",
        rf"(?:in )?(?:which|what) (?:direction|way) [^?.\x01]*?(?:{{body:x}}[^?.\x01]*?)?{FAST}[^?.]*",
        ("Let $h(x,y)=x^2+2y^2$. In which direction does $h$ fall fastest at $(1,1)$?",
         "The height is $h=4-x^2$. Standing at $x=1$, which direction should one take to go down as fast as possible?"),
        ("direction", "way"),
    ),
    Phrase(
        "direction of steepest", "goals", "steepest",
        r"directions? of (?:the )?(?:steepest|fastest|greatest|maximal?|most rapid) (?:descent|ascent|increase|decrease|growth)(?: of {words}{body:x})?"
        rf"|directions? (?:in|along) which (?:the )?(?:function |value of )?{{again:x}}[^?.\x01]*?{FAST}[^?.]*",
        ("Let $f(x,y)=xy$. Find the direction of steepest ascent of $f$ at $(2,1)$.",
         "Let $f(x,y)=x^2y$. What is the direction of steepest descent at the point $(1,1)$?"),
        ("direction",),
    ),
    Phrase(
        "greatest rate", "goals", "rate",
        r"(?:the )?(?:maximum|maximal|greatest|largest|highest|fastest) rate of (?:change|increase|ascent|growth)(?: of {words}{body:x})?"
        r"(?:[^.?]*? directions? (?:in|along|of) which [^.?]*| and (?:its|the) direction)?",
        ("Find the maximum rate of change of $f(x,y)=xy^2$ at $(2,1)$ and the direction in which it occurs.",
         "Let $g(x,y)=x^2y$. What is the greatest rate of increase of $g$ at the point $(1,1)$?"),
        (" rate",),
    ),
    Phrase(
        "where it rolls", "goals", "steepest",
        r"(?:in )?(?:which|what) (?:direction|way)(?: \([^)]*\))? (?:does|do|will|would|should) [^?.\x01]*?\b(?:roll|flow|slide|trickle|run)\b[^?.]*",
        ("A ball lies on the surface $z=3-x^2-y^2$ at the point where $x=1$ and $y=2$. In which direction does it start to roll?",
         "The ground has the height $h(x,y)=xy$. Which way will water flow at $(1,1)$?"),
        ("direction", "way"),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    asker = found.asker
    _, here = asker.places(found.sentence.text, found.sentence)
    asker.remember_slots(found.sentence.text, found.sentence)
    nodes = [n for n in [*found.nodes("body"), *found.nodes("again")] if asker.names_something(n)]
    body = nodes[0] if nodes else asker.defined or asker.expression
    point = here or asker.point or (asker.position(),)
    if body is None or not all(point):
        return []
    for slot in found.sentence.slots:
        slot.used = True
    for slot in (s for sentence in asker.sentences for s in sentence.slots):
        slot.used = slot.used or slot.formula.body in point
    down = DOWN.search(found.match[0]) is not None
    details = (down, UNIT.search(found.sentence.text) is not None, found.says == "rate")
    return [Ask("steepest", body, point=tuple(p for p in point if p is not None), details=details, span=body.span)]


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    assert ask.body is not None
    gradient = replace(ask, kind="gradient", point=without_value(ask.point, ask.body))
    build = settler.derivative(gradient, r)
    return lambda: replace(build(), kind="evaluate", task=Steepest(*ask.details))


def without_value(point: tuple[sx.Syntax, ...], body: sx.Syntax) -> tuple[sx.Syntax, ...]:
    """The point without the value of the function itself: the 1 of (x, y, h) = (-1, 0, 1)."""
    letter = body.head if isinstance(body, sx.MaybeCall) else body
    out: list[sx.Syntax] = []
    for node in point:
        match node:
            case sx.Chain((sx.Fenced(_, sx.Tuple(lefts)), sx.Fenced(_, sx.Tuple(rights))), ("=",)) if letter in lefts:
                keep = [k for k, left in enumerate(lefts) if left != letter]
                out += [sx.Chain((lefts[k], rights[k]), ("=",), span=node.span) for k in keep]
            case sx.Chain((left, _), ("=",)) if left == letter:
                continue
            case _:
                out.append(node)
    return tuple(out)


KIND = Kind("steepest", PHRASES, ask, settle)
