"""Blanks in a chain rule, to be filled from a list: dz/dx = d□/d□ · d□/d□."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Bare, equated
from derivgen.latex.phrases import Phrase
from derivgen.latex.sentences import Sentence
from derivgen.latex.tasks.kind import Found, Kind, asked_formula, derivative_goal
from derivgen.latex.tasks.sides import suppose_functions
from derivgen.tasks import Fill
from derivgen.terms.nodes import Term

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

PHRASES = (
    Phrase(
        "fill in the blanks", "goals", "blanks",
        r"(?:fill|complete|put|insert|write|enter|replace)(?:[ing]*)? (?:in |out |into |something (?:in|into) )?(?:each of |all )?(?:the |these |this |each |every )?(?:blanks?|boxes|box|gaps?|squares?|empty (?:boxes|places))|(?:what|which (?:letters|symbols|quantities)) (?:belongs?|stands?|goes|go) (?:in|into) (?:the |each )?(?:blanks?|boxes|gaps?|squares?)|(?:fill in|supply|complete|give|find) (?:the )?(?:missing|omitted) (?:parts?|symbols?|letters?|quantities|entries|terms?|factors?)|complete the (?:following )?(?:chain rule|formula|equation|product|following|expression|line|sum)|(?:fill|replace|complete) (?:it |this |that )?(?:in|out)?(?: with)? the (?:right|correct|appropriate|suitable) (?:symbols?|letters?|quantities|variables?)",
        ("Let $\\mathbf{y}\\in\\mathbb{R}^r$ be a function of $\\mathbf{x}\\in\\mathbb{R}^p$ and $z$ a scalar function of $\\mathbf{y}$. Fill in the blanks: $\\frac{dz}{d\\mathbf{x}}=\\frac{d\\Box}{d\\Box}\\frac{d\\Box}{d\\Box}$. Choose from $\\mathbf{x}$, $\\mathbf{y}$ and $z$.",
         "Here $w=\\sin u$, $u=t^2$. Which letters belong in the boxes of $\\frac{dw}{dt}=\\frac{d\\square}{d\\square}\\frac{d\\square}{d\\square}$? Choose from $t,u,w$."),
        ("blank", "box", "gap", "square", "empty", "complete", "missing", "omitted", "fill", "replace"),
    ),
)  # fmt: skip

LISTS = re.compile(
    r"\b(?:one of|among|from|only be|out of|are|is|choose|chosen|using|use|candidates?|options?|symbols?|letters?|quantities)\b"
    r"|\b(?:blanks?|boxes|gaps?|squares?)\b[^.]*?\b(?:with|by)\b",
    re.I,
)
FACTOR = re.compile(r"\bfactors?\b|\bfractions?\b|\bterms?\b|\bderivatives?\b", re.I)


def ask(found: Found) -> Sequence[Ask]:
    equation = next((n for s in (found.sentence, *found.following) for n in equations(s)), None)
    if equation is None:
        return []
    left, right = equation
    summands = [fractions(t) for t in (right.terms if isinstance(right, sx.Plus) else (right,))]
    numbered = [n for n in sx.walk(right) if isinstance(n, sx.Leibniz)]
    if all(is_numbered(n) for n in numbered) and numbered:
        found.sentence.slots[0].used = True
        return [Ask("in-terms", left, details=(tuple(dict.fromkeys(numbered)), True), span=left.span)]
    factors = tuple(f for f in summands if f is not None)
    if len(factors) < len(summands) or not any(isinstance(n, sx.Placeholder) for n in sx.walk(right)):
        return []
    candidates: list[sx.Syntax] = []
    required: list[sx.Syntax] = []
    for sentence in (found.sentence, *found.following):
        gather(sentence, candidates, required)
    return [Ask("fill", left, details=(factors, tuple(dict.fromkeys(candidates)), tuple(required)), span=left.span)]


def is_numbered(node: sx.Leibniz) -> bool:
    r"""Whether blanks stand only below the letters of a derivative, for numbers: the first ``\Box`` of dz/dy_\Box."""
    whole = any(isinstance(n, sx.Placeholder) for n in (node.body, *node.by))
    return not whole and any(isinstance(n, sx.Placeholder) for n in sx.walk(node))


def equations(sentence: Sentence) -> list[tuple[sx.Syntax, sx.Syntax]]:
    """Equations of a sentence with blanks on the right."""
    out = []
    for slot in sentence.slots:
        for sides in filter(None, map(equated, slot.facts)):
            if any(isinstance(n, sx.Placeholder) for n in sx.walk(sides[1])):
                slot.used = True
                out.append(sides)
    return out


def fractions(node: sx.Syntax) -> tuple[tuple[sx.Syntax | None, sx.Syntax | None], ...] | None:
    """What stands above and below in each factor, None for a blank; None where it is no product of derivatives."""
    parts = node.factors if isinstance(node, sx.Product) else (node,)
    out = []
    for part in parts:
        part = part.body if isinstance(part, sx.Fenced) else part
        if not isinstance(part, sx.Leibniz) or part.body is None or len(part.by) != 1:
            return None
        out.append((blank(part.body), blank(part.by[0])))
    return tuple(out)


def blank(node: sx.Syntax) -> sx.Syntax | None:
    return None if isinstance(node, sx.Placeholder) else node


def gather(sentence: Sentence, candidates: list[sx.Syntax], required: list[sx.Syntax]) -> None:
    """The quantities to choose from, and the factors that must be there."""
    for slot in sentence.slots:
        for fact in slot.facts:
            nodes = sx.items(fact.node) if isinstance(fact, Bare) else ()
            for node in nodes:
                node = node.body if isinstance(node, sx.Fenced) and node.left == "{" else node
                if asked_formula(node) is not None and FACTOR.search(sentence.text):
                    required.append(node)
                    slot.used = True
                elif LISTS.search(sentence.text) and asked_formula(node) is None:
                    candidates += [n for n in sx.items(node) if not isinstance(n, (sx.Words, sx.Placeholder))]
                    slot.used = True


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    factors, candidates, required = ask.details
    if asked_formula(ask.body) is None:
        raise errors.Unsupported(
            "blanks can be filled in a product of derivatives", place=settler.scope.place(ask.span)
        )
    build = derivative_goal(settler, ask)

    def read(node: sx.Syntax | None) -> Callable[[], Term | None]:
        if node is None:
            return lambda: None
        return settler.reading(ask).read(settler.vectors_for(node)).build

    suppose_functions(settler.scope, [sx.Chain((ask.body,), (), span=ask.span)])
    pairs = [[(read(a), read(b)) for a, b in product] for product in factors]
    listed = [read(n) for n in candidates]
    needed = [read(n) for n in required]

    def made() -> Goal:
        task = Fill(
            tuple(tuple((a(), b()) for a, b in product) for product in pairs),
            tuple(t for n in listed if (t := n())),
            tuple(t for n in needed if (t := n())),
        )
        return replace(build(), kind="blank", task=task)

    return made


KIND = Kind("fill", PHRASES, ask, settle)
