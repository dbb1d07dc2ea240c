"""What a layout costs, computed from its shapes: a scalar that is no vector of length one, rows for gradients, …"""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.derivation import Prose, Table
from derivgen.engine import facts
from derivgen.engine.words import size_of
from derivgen.engine.working import Working
from derivgen.notation.names import LAYOUT_NAMES, size_box
from derivgen.terms import shapes
from derivgen.terms.nodes import Derivative, Term
from derivgen.terms.shapes import SCALAR, Shape, Size

MANY = ("n", "m", "k", "q")


def tell_caveat(work: Working, layout: str, questions: Sequence[Term]) -> None:
    """One caveat of a layout, and how the others fare."""
    p = variable_size(questions)
    n = next(letter for letter in MANY if letter != p)
    rows: list[tuple[Prose, ...]] = []
    for other in LAYOUT_NAMES:
        whole, one, scalar = (by_vector(body, p, other) for body in ((n, 1), (n, 1), SCALAR))
        one = at_one(one, n)
        same = one == scalar
        rows.append(
            ((LAYOUT_NAMES[other],), (size_of(whole),), (size_of(one),), (size_of(scalar),), ("yes" if same else "no",))
        )
        name = "scalar is a vector of length one" + ("" if other == layout else f", {LAYOUT_NAMES[other]}")
        words: Prose = (
            f"in {LAYOUT_NAMES[other]} the derivative of a vector of length one is ", size_of(one),
            ", that of a scalar ", size_of(scalar),
        )  # fmt: skip
        facts.establish(work, name, "yes" if same else "no", words, facts.by_sizes(work))
    head: tuple[Prose, ...] = (("",), ("vector",), ("of length one",), ("scalar",), ("the same",))
    caption: Prose = ("Derivatives by a vector of length ", size_box(p), ".")
    work.tables.append(Table(head, tuple(rows), caption))
    one, scalar = at_one(by_vector((n, 1), p, layout), n), by_vector(SCALAR, p, layout)
    work.say(*(apart(layout, one, scalar) if one != scalar else other_caveat(layout, p)))


def variable_size(questions: Sequence[Term]) -> Size:
    """The length of the vector that is differentiated by."""
    for question in questions:
        if isinstance(question, Derivative) and question.var.shape[1] == 1 != question.var.shape[0]:
            return question.var.shape[0]
    return "p"


def by_vector(body: Shape, p: Size, layout: str) -> Shape:
    return shapes.derivative(body, (p, 1), layout)


def at_one(shape: Shape, n: str) -> Shape:
    rows, cols = (1 if size == n else size for size in shape)
    return (rows, cols)


def apart(layout: str, one: Shape, scalar: Shape) -> Prose:
    return (
        f"The caveat: in {LAYOUT_NAMES[layout]} a scalar is not a vector of length one. The definition for vectors "
        "gives ", size_of(one), " for a vector of length one, the definition for scalars ", size_of(scalar),
        ". So a rule for vectors does not hold for scalars as it stands, and the chain rule of a scalar must be "
        "derived for itself.",
    )  # fmt: skip


def other_caveat(layout: str, p: Size) -> Prose:
    """A caveat of the layouts in which scalars and vectors go together."""
    scalar = by_vector(SCALAR, p, layout)
    if scalar != (p, 1):
        return (
            f"The caveat: in {LAYOUT_NAMES[layout]} the derivative of a scalar is a row, ", size_of(scalar),
            ", which has not the shape of the variable, ", size_of((p, 1)), ", and cannot be added to it.",
        )  # fmt: skip
    outer, inner, whole = (
        shapes.derivative(b, v, layout) for b, v in ((("n", 1), ("r", 1)), (("r", 1), (p, 1)), (("n", 1), (p, 1)))
    )
    return (
        f"The caveat: in {LAYOUT_NAMES[layout]} the factors of a chain rule stand in reverse, the inner derivative ",
        size_of(inner), " before the outer one ", size_of(outer), ", to give ", size_of(whole), ".",
    )  # fmt: skip
