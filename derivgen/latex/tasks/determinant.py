r"""The determinant of a Jacobian matrix: ``\det\partial(x,y)/\partial(r,\theta)``, as it is asked in words or as a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asking import WRT
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.earlier import asked_before
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.tasks import Determinant
from derivgen.terms.nodes import At, Derivative, Det

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

ASKED = re.compile(
    r"\b(?:find|compute|calculate|determine|derive|evaluate|obtain|give|state|work out|what (?:is|are)|show that|express)\b",
    re.I,
)
OF = r"(?: of (?:the )?(?:(?:polar |spherical |cylindrical )?(?:coordinate )?(?:transformations?|maps?|mappings?|functions?|change of variables) )?{body:xs})?"

PHRASES = (
    Phrase(
        "Jacobian determinant", "goals", "determinant",
        r"(?:jacobian|functional) determinants?(?: {formula:x})?" + OF + WRT + "?",
        ("Let $x=r\\cos t$ and $y=r\\sin t$. Compute the Jacobian determinant of $(x,y)$ with respect to $(r,t)$.",
         "Let $u=x^2-y^2$, $v=2xy$. Find the Jacobian determinant $\\frac{\\partial(u,v)}{\\partial(x,y)}$."),
        ("determinant",),
    ),
    Phrase(
        "determinant of the Jacobian", "goals", "determinant",
        r"determinants? of (?:the |this |its )?jacobian(?:[- ]matrix)?(?: {formula:x})?" + OF + WRT + "?",
        ("Let $x=r\\cos t$ and $y=r\\sin t$. What is the determinant of the Jacobian matrix of $(x,y)$ with respect to $(r,t)$?",
         "Let $u=x+y$, $v=xy$. Find the determinant of the Jacobian of $(u,v)$ with respect to $(x,y)$."),
        ("determinant",),
    ),
    Phrase(
        "its determinant", "goals", "its",
        r"(?:(?:,|\band|\bthen|\balso|\bhence) )*(?:find |compute |calculate |determine |give |evaluate |derive )?(?:its|the|this|that) (?:matrix's )?determinants?\b(?! of)",
        ("Let $x=r\\cos t$, $y=r\\sin t$. Find the Jacobian matrix of $(x,y)$ with respect to $(r,t)$ and its determinant.",
         "Let $u=x+y$, $v=xy$. (a) Find the Jacobian matrix of $(u,v)$ with respect to $(x,y)$. (b) Compute its determinant."),
        ("determinant",),
    ),
    Phrase(
        "partial of several by several", "goals", "formula",
        r"(?:jacobian )?(?P<matrix>matrix )?{formula:x}",
        ("Let $x=r\\cos t$, $y=r\\sin t$. Compute $\\frac{\\partial(x,y)}{\\partial(r,t)}$.",
         "Let $u=x+y$, $v=xy$. Find $\\partial(u,v)/\\partial(x,y)$."),
        ("\x01",),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    """The Jacobian matrix whose determinant is asked for, named here or asked before."""
    if not ASKED.search(found.sentence.text):
        return []
    _, here = found.asker.places(found.sentence.text, found.sentence)
    return [a if a.point or not here else replace(a, point=here) for a in matrices(found)]


def matrices(found: Found) -> Sequence[Ask]:
    given = several_by_several(found)
    if found.says == "formula":
        if given is None:
            return []
        return [Ask("jacobian" if found.group("matrix") else "determinant", given.body, given.by, span=found.span)]
    if found.says == "its" and found.sentence.named(found.sentence.text[found.match.end() :]):
        return []
    if given is not None:
        return [Ask("determinant", given.body, given.by, span=found.span)]
    bodies = found.nodes("body")
    by = [*found.nodes("wrt"), *found.nodes("wrtby")]
    if bodies:
        body = bodies[0] if len(bodies) == 1 else sx.Fenced("(", sx.Tuple(tuple(bodies)), ")", span=bodies[0].span)
        return [Ask("determinant", body, tuple(by), span=body.span)]
    before = asked_before(found)
    asked = [a for a in found.asker.asks if a.kind in ("jacobian", "derivative") and found.refers in (None, a.part)]
    if not asked:
        return []
    part = found.sentence.part or asked[-1].part
    return [replace(asked[-1], kind="determinant", details="again" if before else None, part=part, span=found.span)]


def several_by_several(found: Found) -> sx.Leibniz | None:
    r"""``\frac{\partial(x,y)}{\partial(r,\theta)}`` in the sentence, where it stands alone or has a name."""
    for slot in found.slots("formula") if found.group("formula") else []:
        body = slot.formula.body
        sides = [s for s in body.sides if s is not None] if isinstance(body, sx.Chain) else [body]
        for side in (s.body if isinstance(s, sx.Fenced) and s.left == "|" else s for s in sides):
            if is_several(side):
                slot.used = True
                return replace(side, by=tuple(as_tuple(v) for v in side.by))
    return None


def is_several(node: sx.Syntax) -> TypeGuard[sx.Leibniz]:
    match node:
        case sx.Leibniz(sx.Fenced("(", sx.Tuple(), _), (by,), "∂"):
            return isinstance(by, sx.Tuple) or (isinstance(by, sx.Fenced) and isinstance(by.body, sx.Tuple))
    return False


def as_tuple(node: sx.Syntax) -> sx.Syntax:
    return sx.Fenced("(", node, ")", span=node.span) if isinstance(node, sx.Tuple) else node


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    matrix = replace(ask, kind="jacobian", layout="numerator", details=None)
    build = settler.derivative(matrix, settler.reading(matrix))

    def goal() -> Goal:
        made = build()
        inner = made.question.body if isinstance(made.question, At) else made.question
        rows, cols = made.question.shape
        if not isinstance(inner, Derivative) or rows != cols or rows == 1:
            raise errors.ShapeFault(
                f"the Jacobian matrix is {rows}×{cols}, so it has no determinant" if rows != cols else "there is one function and one variable only: no matrix",
                place=settler.scope.place(ask.span), hint="there must be as many functions as variables",
            )  # fmt: skip
        if not isinstance(rows, int) or rows > 3:
            raise errors.Unsupported(
                "the determinant of a Jacobian matrix is worked out for two or three functions",
                place=settler.scope.place(ask.span),
            )
        return replace(made, kind="evaluate", question=Det(made.question), task=Determinant())

    return goal


KIND = Kind("determinant", PHRASES, ask, settle)
