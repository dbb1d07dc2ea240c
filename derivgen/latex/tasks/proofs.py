"""Formulas of the statement that are to be derived or verified: "verify the first formula", in this layout or that."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal, Prose
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import equated
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import Found, Kind, asked_formula, derivative_goal
from derivgen.latex.tasks.sides import fault
from derivgen.latex.typeset import typeset
from derivgen.notation.names import LAYOUT_NAMES
from derivgen.tasks import Prove
from derivgen.terms.nodes import Term
from derivgen.terms.shapes import ShapeError

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

ORDINALS = {
    "first": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "last": -1,
    "former": 0,
    "latter": -1,
    "above": -1,
    "this": -1,
    "that": -1,
    "given": -1,
    "displayed": -1,
}
WHICH = "|".join(ORDINALS)
WHAT = r"(?:formulas?|equations?|identit(?:y|ies)|rules?|equalit(?:y|ies)|relations?|lines?|displays?|statements?|forms?|versions?)"

PHRASES = (
    Phrase(
        "prove a formula", "goals", "prove",
        rf"(?:show|prove|verify|derive|establish|confirm|justify|check|obtain|deduce)(?: that)? (?:(?:the|this|that|his|its) )?(?P<which>{WHICH})(?: of (?:these|the two|those|them))?(?: displayed| vector| matrix| scalar)? {WHAT}(?: (?:holds?|is (?:true|right|correct)))?[^.?!]*",
        ("Let $\\mathbf{y}\\in\\mathbb{R}^n$ be a function of $\\mathbf{x}\\in\\mathbb{R}^m$ and $z$ a scalar function of $\\mathbf{y}$. A book has $\\frac{\\partial z}{\\partial x_i}=\\sum_{j=1}^{n}\\frac{\\partial z}{\\partial y_j}\\frac{\\partial y_j}{\\partial x_i}$. Verify this formula.",
         "Let $\\mathbf{y}\\in\\mathbb{R}^n$ be a function of $\\mathbf{x}\\in\\mathbb{R}^m$ and $z$ a scalar function of $\\mathbf{y}$. We have $\\nabla_{\\mathbf{x}}z=\\left(\\frac{\\partial\\mathbf{y}}{\\partial\\mathbf{x}}\\right)^T\\nabla_{\\mathbf{y}}z$. Derive the given formula in numerator layout."),
        tuple(ORDINALS),
    ),
)  # fmt: skip

LAYOUT = re.compile(r"\b(denominator|numerator|jacobian)\b", re.I)


def ask(found: Found) -> Sequence[Ask]:
    known = equations(found)
    number = ORDINALS[found.group("which").lower()]
    if not known:
        return []
    if number >= len(known):
        raise errors.MissingPart(
            f"the statement has no {found.group('which').lower()} formula", place=found.asker.place(found.span)
        )
    left, right = known[number]
    layouts = [w.lower() for w in LAYOUT.findall(found.match[0])] or [None]
    return [Ask("prove", left, claim=right, layout=w, details=tuple(layouts), span=left.span) for w in layouts]


def equations(found: Found) -> list[tuple[sx.Syntax, sx.Syntax]]:
    """The equations with a derivative on the left that stand before this sentence."""
    out: list[tuple[sx.Syntax, sx.Syntax]] = []
    for sentence in found.asker.sentences:
        for slot in sentence.slots:
            for sides in filter(None, map(equated, slot.facts)):
                if asked_formula(sides[0]) is not None:
                    slot.used = True
                    out.append(sides)
        if sentence is found.sentence:
            break
    return out


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    build, right = sides(ask, settler)
    others = [sides(replace(ask, layout=w), settler) for w in ask.details if w != ask.layout]
    layout, told = ask.layout or settler.layout, ""
    if ask.layout:
        mixed = columns(ask, settler) != layout
        told = f", in {LAYOUT_NAMES[layout]}{' with gradients as columns' if mixed else ''}"

    def made() -> Goal:
        goal = build()
        term, fault = right()
        pairs = [(other().question, its()[0]) for other, its in others]
        elsewhere = tuple((left, its) for left, its in pairs if its is not None)
        asked = (typeset(sx.Chain((ask.body, ask.claim), ("=",))), told)
        return replace(goal, kind="proof", task=Prove(term, fault, elsewhere), asked=asked)

    return made


Sides = tuple[Callable[[], Goal], Callable[[], tuple[Term | None, Prose]]]


def sides(ask: Ask, settler: Settler) -> Sides:
    """The two sides of the formula in the layout asked for."""
    assert ask.body is not None and ask.claim is not None
    shown = replace(ask, layout=columns(ask, settler), claim=None)
    return derivative_goal(settler, shown), read_right(settler, shown, ask.claim)


def columns(ask: Ask, settler: Settler) -> str:
    """A gradient is a column: with numerator layout for the rest, that is the jacobian layout."""
    layout = ask.layout or settler.layout
    return "jacobian" if isinstance(ask.body, sx.Nabla) and layout == "numerator" else layout


def read_right(settler: Settler, ask: Ask, node: sx.Syntax) -> Callable[[], tuple[Term | None, Prose]]:
    """The right side in the layout asked for; without a term where its shapes do not fit there."""
    try:
        typed = settler.reading(ask).read(node)
    except errors.ShapeFault:
        words = fault(settler, ask, node)
        return lambda: (None, words)

    def build() -> tuple[Term | None, Prose]:
        try:
            return typed.build(), ()
        except (ShapeError, errors.ShapeFault):
            return None, fault(settler, ask, node)

    return build


KIND = Kind("prove", PHRASES, ask, settle)
