"""One step of gradient descent or ascent: from a point that is given, or as a rule for any point."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import phrases
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, is_vector_value, point_of
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import SLOT, Phrase
from derivgen.latex.sentences import Sentence
from derivgen.latex.sizes import is_scalar
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.typeset import typeset
from derivgen.tasks import GradientStep

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

PHRASES = (
    Phrase(
        "gradient step", "goals", "step",
        r"(?:(?P<count>one|an?|a single|the (?:first|next)|first|single|1|two|three|four|five|[2-9]|several) )?(?:steps?|iterations?|updates?) of (?:plain |batch |full-batch |ordinary |vanilla |the )?(?:gradient|steepest)[- ](?P<way>descent|ascent)(?: method| algorithm)?(?:,? (?:on|for|to|of|applied to) (?:the )?(?:[\w-]+ ){0,3}?{body:x})?"
        r"|(?:(?P<many>two|three|four|five|[2-9]|several) )?gradient[- ](?P<direction>descent|ascent) (?:steps?|updates?|iterations?)(?: (?:rule|equation|formula|step))?(?:,? (?:on|for|to|of) (?:the )?(?:[\w-]+ ){0,3}?{again:x})?",
        ("Let $f(x,y)=x^2+3y^2$. Perform one step of gradient descent on $f$ with step size $0.1$, starting at $(1,2)$.",
         "Write down the gradient descent update for $f(\\mathbf{w})=\\lVert\\mathbf{w}\\rVert^2$ with learning rate $\\alpha$; $\\mathbf{w}\\in\\mathbb{R}^n$."),
        ("gradient", "steepest"),
    ),
)  # fmt: skip

RATE = re.compile(
    rf"(?:step[- ]?(?:size|length|width)s?|learning[- ]rates?|steps? of (?:size|length))(?: (?:of|is|be|equal to|equals|=|a|constant|fixed))* (?P<rate>{SLOT}|\d*\.?\d+(?:/\d+)?)",
    re.I,
)
START = (
    r"(?:start\w*|begin\w*|initiali[sz]\w+|initial (?:point|guess|value|iterate|position|weights?|parameters?)|current (?:point|position|iterate|value)|"
    r"from)(?: (?:at|from|with|in|by|is|are|to|of|the|point|vector|values?|guess|where|be|weights?|parameters?|origin))* "
    rf"(?P<point>{SLOT}(?:(?:, | and |, and ){SLOT})*)"
)


def ask(found: Found) -> Sequence[Ask]:
    asker, sentence = found.asker, found.sentence
    place = asker.place(found.span)
    if (found.group("count") or found.group("many")).lower() not in (
        "",
        "one",
        "a",
        "an",
        "a single",
        "the first",
        "the next",
        "first",
        "single",
        "1",
    ):
        raise errors.Unsupported(
            "several steps of gradient descent are not supported", place=place, hint="ask for one step"
        )
    asker.remember_slots(sentence.text, sentence)
    nodes = [n for n in [*found.nodes("body"), *found.nodes("again")] if asker.names_something(n)]
    functions = [n for n in asker.names if isinstance(n, sx.MaybeCall)]
    body = nodes[0] if nodes else functions[-1] if functions else asker.defined or asker.expression
    rate = next((r for s in near(found) if (r := rate_in(s)) is not None), None)
    if body is None:
        return []
    if rate is None:
        raise errors.MissingPart(
            "the size of the step is not given", place=place, hint="add it, as in: with step size $0.1$"
        )
    points = [p for s in near(found) if (p := start_in(s, body))]
    _, here = asker.places(sentence.text, sentence)
    for slot in sentence.slots:
        slot.used = True
    down = "ascent" not in (found.group("way") or found.group("direction")).lower()
    return [
        Ask(
            "step",
            body,
            point=tuple(unnamed(p, body) for p in here) or (points[0] if points else ()),
            details=(rate, down),
            span=body.span,
        )
    ]


def near(found: Found) -> list[Sentence]:
    """The sentence, then the others of its part and those before all parts."""
    part = found.sentence.part
    return [found.sentence, *(s for s in found.asker.sentences if s is not found.sentence and s.part in (None, part))]


def rate_in(sentence: Sentence) -> sx.Syntax | None:
    match = RATE.search(sentence.text)
    if match is None:
        return None
    if not match["rate"].startswith("\x01"):
        top, _, bottom = match["rate"].partition("/")
        return sx.Fraction(sx.Number(top), sx.Number(bottom)) if bottom else sx.Number(top)
    slot = sentence.slot(match["rate"])
    slot.used = True
    node = slot.formula.body
    sides = [s for s in node.sides if s is not None] if isinstance(node, sx.Chain) and "=" in node.signs else [node]
    return sides[-1] if isinstance(node, sx.Chain) and node.signs[-1] == "=" else slot.node or sides[0]


def start_in(sentence: Sentence, body: sx.Syntax) -> tuple[sx.Syntax, ...]:
    """Where the step starts: a point of values, whatever it is called."""
    for match in phrases.compiled(START).finditer(sentence.text):
        found = tuple(unnamed(p, body) for p in point_of(match, sentence))
        if found:
            for slot in sentence.named(match["point"]):
                slot.used = True
            return found
    return ()


def unnamed(node: sx.Syntax, body: sx.Syntax) -> sx.Syntax:
    """The values of x_0 = (1, 2): the name of a first point is none of the variables."""
    match node:
        case sx.Chain((sx.Subscript() | sx.Superscript(), sx.Syntax() as value), ("=",)) if is_vector_value(value):
            return value
        case sx.Chain((sx.Subscript(sx.Symbol() as base, sx.Number("0")), sx.Syntax() as value), ("=",)):
            return sx.Chain((base, value), ("=",), span=node.span)
    return node


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    body = ask.body
    assert body is not None
    rate, down = ask.details
    build = settler.derivative(replace(ask, kind="gradient"), r)
    typed = settler.reading(ask).read(rate)
    if not is_scalar(typed.shape):
        raise errors.ShapeFault("the size of a step is a number", place=settler.scope.place(ask.span))

    def made() -> Goal:
        goal = build()
        words = f"One step of gradient {'descent' if down else 'ascent'} on "
        kind = "evaluate" if ask.point else "derivative"
        return replace(goal, kind=kind, task=GradientStep(typed.build(), down), asked=(words, typeset(body)))

    return made


KIND = Kind("step", PHRASES, ask, settle)
