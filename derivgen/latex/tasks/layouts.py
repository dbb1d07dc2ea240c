"""Which layout a formula follows: the formula is read in each, with gradients that are columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import letters
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.scope import Typed
from derivgen.latex.sentences import Slot
from derivgen.latex.sizes import Unknown, invent, resolve, show, unify
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.spoken import leibniz_in, sentences_before
from derivgen.latex.typeset import typeset
from derivgen.tasks import FollowsLayout, InLayout
from derivgen.terms.nodes import Derivative, Name
from derivgen.terms.shapes import Shape

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

LAYOUT = r"(?:denominator|numerator|jacobian)(?:[- ](?:layout|convention|form))?"
PHRASES = (
    Phrase(
        "which layout", "goals", "layout",
        r"\b(?:which|what)(?: of the (?:two |three )?| kind of | type of | )?(?:derivative |matrix[- ]calculus )?(?:layout|convention)s?\b[^.?]*",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^m$, $\\mathbf{y}\\in\\mathbb{R}^n$, $\\mathbf{y}=g(\\mathbf{x})$ and a scalar $z=f(\\mathbf{y})$. Which layout does $\\frac{\\partial\\mathbf{y}}{\\partial\\mathbf{x}}$ follow in $\\nabla_{\\mathbf{x}}z=\\left(\\frac{\\partial\\mathbf{y}}{\\partial\\mathbf{x}}\\right)^T\\nabla_{\\mathbf{y}}z$?",
         "Let $\\mathbf{y}\\in\\mathbb{R}^r$ be a function of $\\mathbf{x}\\in\\mathbb{R}^p$ and $\\mathbf{z}\\in\\mathbb{R}^n$ of $\\mathbf{y}$. In which layout is the formula $\\frac{d\\mathbf{z}}{d\\mathbf{x}}=\\frac{d\\mathbf{z}}{d\\mathbf{y}}\\frac{d\\mathbf{y}}{d\\mathbf{x}}$ written?"),
        ("layout", "convention"),
    ),
    Phrase(
        "denominator or numerator", "goals", "layout",
        rf"\b{LAYOUT},? (?:or|and not|rather than|versus|vs\.?)(?: (?:in|of|to|by|with|that of|the|is it))* {LAYOUT}\b[^.?]*",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^m$, $\\mathbf{y}\\in\\mathbb{R}^n$, $\\mathbf{y}=g(\\mathbf{x})$ and a scalar $z=f(\\mathbf{y})$. Does $\\frac{\\partial\\mathbf{y}}{\\partial\\mathbf{x}}$ in the formula $\\nabla_{\\mathbf{x}}z=\\left(\\frac{\\partial\\mathbf{y}}{\\partial\\mathbf{x}}\\right)^T\\nabla_{\\mathbf{y}}z$ follow the denominator layout or the numerator layout?",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times p}$, $\\mathbf{x}\\in\\mathbb{R}^p$. Is $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}=\\mathbf{A}$ in numerator or in denominator layout?"),
        ("layout", "convention"),
    ),
    Phrase(
        "does it follow", "goals", "layout",
        rf"^(?:and )?(?:does|do|is|are) [^.?]{{0,160}}\b(?:follow|obey|use|adopt|in|according to|conform to)s? (?:the )?{LAYOUT}(?=[ ?.,]|$)[^.?]*",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times p}$, $\\mathbf{x}\\in\\mathbb{R}^p$. A table says $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}=\\mathbf{A}$. Does this follow the denominator layout?",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times p}$, $\\mathbf{x}\\in\\mathbb{R}^p$. Is $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}=\\mathbf{A}^T$ in numerator layout?"),
        ("layout", "convention"),
    ),
)  # fmt: skip

Sides = tuple[sx.Syntax | None, sx.Syntax | None]

ASKS = re.compile(r"\?|^(?:explain|decide|determine|tell|state|say|find out|name|identify|give|check|argue)\b", re.I)
ORDINALS = ("first", "second", "third", "fourth", "fifth")
NTH = re.compile(
    rf"\b(?P<nth>{'|'.join(ORDINALS)}|last|latter|former) (?:\w+ )?(?:formula|equation|identity|display|expression|rule|line|one|form|version)\b",
    re.I,
)


# ----------------------------------------------------------------------------------------------------- asking
def ask(found: Found) -> Sequence[Ask] | None:
    sentence = found.sentence
    if not ASKS.search(sentence.text):
        return []
    derivative = next((d for s in sentence.slots for d in plain_derivatives(s)), None)
    formula = formula_of(found, derivative)
    if formula is None:
        return []
    for slot in sentence.slots:
        slot.used = True
    asked = Ask("layout of", formula, details=derivative, part=sentence.part, span=(derivative or formula).span)
    found.asker.asks.append(asked)
    return None


def formula_of(found: Found, derivative: sx.Syntax | None) -> sx.Chain | None:
    """The equation that is spoken of: in the sentence itself, by its number, or the last one with the derivative."""
    own = [e for s in found.sentence.slots for e in equations(s)]
    if own:
        return own[0]
    earlier = [(t, e) for t in sentences_before(found) for s in t.slots for e in equations(s)]
    numbered = NTH.search(found.sentence.text)
    if numbered is not None and numbered["nth"].lower() in ORDINALS:
        number = ORDINALS.index(numbered["nth"].lower())
        return earlier[number][1] if number < len(earlier) else None
    if numbered is not None and numbered["nth"].lower() == "former":
        return earlier[0][1] if earlier else None
    holding = [e for _, e in earlier if derivative is None or any(alike(d, derivative) for d in leibniz_in(e))]
    return holding[-1] if holding else None


def plain_derivatives(slot: Slot) -> Iterator[sx.Leibniz]:
    """Derivatives that a formula consists of."""
    for item in (i for row in slot.formula.rows for i in sx.items(row)):
        if isinstance(item, sx.Leibniz) and item.body is not None:
            yield item


def equations(slot: Slot) -> Iterator[sx.Chain]:
    """Equations with derivatives in them."""
    for item in (i for row in slot.formula.rows for i in sx.items(row)):
        if isinstance(item, sx.Chain) and "=" in item.signs and any(leibniz_in(item)):
            yield item


def alike(one: sx.Leibniz, other: sx.Syntax) -> bool:
    """The same derivative, however it is written."""
    return isinstance(other, sx.Leibniz) and (one.body, one.by) == (other.body, other.by)


# ---------------------------------------------------------------------------------------------------- settling
def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    assert isinstance(ask.body, sx.Chain)
    chain = ask.body
    at = chain.signs.index("=")
    sides = (chain.sides[at], chain.sides[at + 1])
    spoken = spoken_of(ask, settler)
    close_sizes(settler, chain)
    layouts = ("denominator", "numerator", "jacobian")
    made = [read_in(settler, ask, sides, spoken, layout) for layout in layouts]

    def build() -> Goal:
        readings = tuple(m() for m in made)
        question = readings[0].derivative
        wrt = (question.var,) if isinstance(question, Derivative) else ()
        goal = settler.goal("definition", question, wrt, ask)
        formula = typeset(chain)
        asked = ("Which layout does ", question, " follow in ", formula, "?")
        return replace(goal, task=FollowsLayout(formula, readings), asked=asked)

    return build


def spoken_of(ask: Ask, settler: Settler) -> sx.Leibniz:
    """The derivative whose layout is asked for; without a name the first one of a vector by a vector."""
    assert isinstance(ask.body, sx.Chain)
    inside = leibniz_in(ask.body)
    if isinstance(ask.details, sx.Leibniz):
        found = next((d for d in inside if alike(d, ask.details)), None)
        if found is None:
            raise errors.NoGoal(
                "this derivative does not occur in the formula", place=settler.scope.place(ask.span),
                hint="name a derivative that stands in the formula",
            )  # fmt: skip
        return found
    shaped = [(d, derivative_in(settler, ask, d, "denominator")) for d in inside]
    vectors = [d for d, t in shaped if 1 not in (resolve(t.shape[0]), resolve(t.shape[1]))]
    return (vectors or inside)[0]


def derivative_in(settler: Settler, ask: Ask, node: sx.Syntax, layout: str) -> Typed:
    reading = settler.reading(ask)
    settler.scope.layout = layout
    return reading.read(node)


def read_in(settler: Settler, ask: Ask, sides: Sides, spoken: sx.Leibniz, layout: str) -> Callable[[], InLayout]:
    """The formula in one layout: typed, or with the fault in its shapes."""
    derivative = derivative_in(settler, ask, spoken, layout)
    needed = needed_shape(settler, ask, sides, spoken, layout)
    written = [d for side in sides if side is not None for d in outermost(side) if not is_spoken(d, spoken)]
    others = [(typeset(d), derivative_in(settler, ask, d, layout)) for d in dict.fromkeys(written)]
    both: tuple[Typed, Typed] | None = None
    try:
        typed = both_sides(settler, ask, sides, layout)
        shapes = [[resolve(s) for s in t.shape] for t in typed]
        if shapes[0] == shapes[1]:
            both, fault = typed, ""
        else:
            fault = f"the left side is {show(typed[0].shape)}, the right side {show(typed[1].shape)}"
    except errors.ShapeFault as error:
        fault = in_shapes(error.message)

    def build() -> InLayout:
        beside = tuple((box, t.build().shape) for box, t in others)
        left, right = (both[0].build(), both[1].build()) if both is not None else (None, None)
        return InLayout(layout, derivative.build(), beside, left, right, needed, fault)

    return build


def outermost(node: sx.Syntax) -> Iterator[sx.Leibniz | sx.Nabla]:
    """The derivatives of a side, those inside of others left out."""
    if isinstance(node, (sx.Leibniz, sx.Nabla)) and node.body is not None:
        yield node
        return
    for child in sx.children(node):
        yield from outermost(child)


def is_spoken(node: sx.Leibniz | sx.Nabla, spoken: sx.Leibniz) -> bool:
    return isinstance(node, sx.Leibniz) and alike(node, spoken)


def in_shapes(message: str) -> str:
    """The fault of a product or a sum by the shapes alone, without the formulas."""
    shapes = re.findall(r" is (\S+×[^\s,]+)", message)
    unequal = re.search(r"\([^()]* ≠ [^()]*\)$", message)
    if len(shapes) != 2:
        return "the shapes differ"
    if unequal is None:
        return f"{shapes[0]} and {shapes[1]} cannot be added"
    return f"the product of {shapes[0]} and {shapes[1]} is not defined {unequal[0]}"


def both_sides(settler: Settler, ask: Ask, sides: Sides, layout: str) -> tuple[Typed, Typed]:
    reading = settler.reading(ask)
    settler.scope.layout = layout
    left, right = sides
    if left is None or right is None:
        raise reading.fault(errors.NoGoal, "a side of this formula is missing", ask.span)
    return reading.read(left), reading.read(right)


def needed_shape(settler: Settler, ask: Ask, sides: Sides, spoken: sx.Leibniz, layout: str) -> Shape | None:
    """The shape that the derivative must have: that of a matrix put in its place, found by making sizes equal."""
    scope, stand_in = settler.scope, Name("D", "bold", sub="wanted")
    scope.entry(stand_in, spoken.span).shape = shape = (Unknown(), Unknown())
    symbol = sx.Symbol(stand_in, span=spoken.span)
    try:
        left, right = both_sides(settler, ask, (put(sides[0], spoken, symbol), put(sides[1], spoken, symbol)), layout)
        fits = all(unify(a, b) for a, b in zip(left.shape, right.shape, strict=True))
    except errors.DerivgenError:
        fits = False
    finally:
        del scope.entries[stand_in]
    rows, cols = (resolve(s) for s in shape)
    if not fits or isinstance(rows, Unknown) or isinstance(cols, Unknown):
        return None
    return (rows, cols)


def put(node: sx.Syntax | None, old: sx.Leibniz, new: sx.Syntax) -> sx.Syntax | None:
    """A side with another symbol in the place of the derivative."""
    if node is None:
        return None
    if isinstance(node, sx.Leibniz) and alike(node, old):
        return new
    changed = {id(c): p for c in sx.children(node) if (p := put(c, old, new)) is not None and p is not c}
    return sx.swap_children(node, changed) if changed else node


def close_sizes(settler: Settler, chain: sx.Chain) -> None:
    """Sizes that the statement leaves open get letters of their own first: the readings must not make them equal."""
    scope = settler.scope
    for node in sx.walk(chain):
        name = letters.full_name(scope, node)
        entry = scope.find(name) if name is not None else None
        if entry is None and isinstance(node, sx.Symbol) and node.name.font in ("bold", "vec"):
            Reading(scope).read(node)
            entry = scope.find(node.name)
        for size in entry.shape or () if entry is not None else ():
            if isinstance(resolve(size), Unknown):
                letter = invent(set(scope.sizes) | {n.letter for n in scope.survey.bare} | scope.survey.letters)
                unify(size, letter)
                scope.sizes.setdefault(letter, node.span)


KIND = Kind("layout of", PHRASES, ask, settle)
