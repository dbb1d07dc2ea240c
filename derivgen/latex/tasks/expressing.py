"""A derivative to be written in terms of others: dz/dx with dz/dy and dy/dx, perhaps with blanks for their indices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Defines
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.earlier import ALONE
from derivgen.latex.tasks.kind import (
    ANSWER,
    Found,
    Kind,
    asked_formula,
    derivative_goal,
    names_derivative,
    question_goal,
    questions_of,
)
from derivgen.latex.tasks.sides import suppose_functions
from derivgen.tasks import Fill, InTerms

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

WRITE = r"(?:express|(?:re)?write(?: down)?|give|find|state|what is|derive|obtain|determine|compute|calculate|work out|get|deduce|represent|put)"
IN_TERMS = r"(?:(?:purely|solely|entirely|exclusively|completely|only|just|wholly) )?(?:in terms of|as a (?:product|function|combination) of|through|by means of|using(?: only)?|with|by)"
IT = rf"(?:{ANSWER}|it|this|that|them|the (?:result|answer|derivative|product|chain|formula)|(?:this|your|the) (?:last |previous )?(?:result|answer))"
LEFT = r"(?:is|are|being|remains?|stays?)(?: now)? (?:the )?(?:only )?(?:derivatives?|factors?|unknowns?|thing|quantity)?(?: that (?:is|are|remains?|stays?))?(?: (?:left|not|un)(?: |-)?(?:evaluated|worked out|known|open|over|unevaluated)?)+"

PHRASES = (
    Phrase(
        "in terms of derivatives", "goals", "terms",
        rf"{WRITE}(?: a formula for| the chain rule for| an expression for)? (?:the )?(?:derivatives? )?{{body:xs}}(?: again)?(?: now)?,? {IN_TERMS} (?:the )?(?:derivatives? |gradients? )?{{terms:xs}}",
        ("Let $\\mathbf{y}\\in\\mathbb{R}^r$ be a function of $\\mathbf{x}\\in\\mathbb{R}^p$ and $z$ a scalar function of $\\mathbf{y}$. Express $\\frac{dz}{d\\mathbf{x}}$ in terms of $\\frac{dz}{d\\mathbf{y}}$ and $\\frac{d\\mathbf{y}}{d\\mathbf{x}}$.",
         "Here $w=uv$, $u=t^2$ and $v=\\sin t$. Write $\\frac{dw}{dt}$ through $\\frac{du}{dt}$ and $\\frac{dv}{dt}$."),
        (" in terms of", " through", " as a", " by means of", " using", " with", " by"),
    ),
    Phrase(
        "with one derivative left", "goals", "left",
        rf"(?:(?:evaluate|work out|compute|calculate|obtain|derive|rewrite|express|write|expand|simplify|find|give|determine|carry out)(?: out)? (?:{IT}|{{body:x}})(?: further| completely| fully| again)?,? ?)(?:so that|such that|until|with|where|leaving) (?:the only derivatives? (?:that (?:is|are) )?(?:left|not evaluated|unevaluated|remaining|still open|that (?:is|are) not evaluated)(?: (?:is|are|being))? )?(?:only )?{{terms:xs}}(?: {LEFT}| (?:is )?(?:left|unevaluated|as the only derivative)(?: unevaluated)?)?",
        ("Let $\\hat{\\mathbf{y}}=g(\\mathbf{N}\\mathbf{a})$ with $\\mathbf{N}\\in\\mathbb{R}^{m\\times p}$, where $g$ acts element-wise, and let $\\ell$ be a scalar function of $\\hat{\\mathbf{y}}$. (a) Express $\\frac{d\\ell}{d\\mathbf{a}}$ in terms of $\\frac{d\\ell}{d\\hat{\\mathbf{y}}}$ and $\\frac{d\\hat{\\mathbf{y}}}{d\\mathbf{a}}$. (b) Expand it until only $\\frac{d\\ell}{d\\hat{\\mathbf{y}}}$ is left.",
         "Let $s=\\tanh u$ with $u=\\mathbf{w}^T\\mathbf{x}$, $\\mathbf{w},\\mathbf{x}\\in\\mathbb{R}^n$, and let $L$ be a scalar function of $s$. Work out $\\frac{dL}{d\\mathbf{w}}$ so that the only derivative left is $\\frac{dL}{ds}$."),
        ("left", "evaluated", "only", "leaving"),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    said = found.sentence.named(found.group("terms"))
    kept = [s for s in said if not any(isinstance(f, Defines) for f in s.facts)]  # "u = Wx" tells what u is
    terms = [n for s in (kept if any(asked_formula(n) for s in kept for n in s.subject) else said) for n in s.subject]
    bodies = [n for s in found.sentence.named(found.group("body")) for n in s.subject]
    if found.group("body") and (not bodies or any(asked_formula(n) is None for n in bodies)):
        return []
    if terms and found.says == "terms" and not any(asked_formula(without_blanks(n)) for n in terms):
        return through_functions(found, bodies, terms)
    if not terms or not all(asked_formula(without_blanks(n)) for n in terms):
        return []
    found.nodes("terms")
    found.nodes("body")
    blanks = any(isinstance(n, sx.Placeholder) for t in terms for n in sx.walk(t))
    refers, details = found.refers, (tuple(terms), blanks)
    if len(bodies) > 1:
        return [Ask("in-terms", n, refers=refers, details=details, span=n.span) for n in bodies]
    return [Ask("in-terms", bodies[0] if bodies else None, refers=refers, details=details, span=found.span)]


def through_functions(found: Found, bodies: list[sx.Syntax], terms: list[sx.Syntax]) -> Sequence[Ask]:
    """ "Find s'(x) in terms of s(x)": the derivative, then the same through the functions that are named."""
    if not bodies or not any(found.asker.names_something(n) for n in terms):
        return []
    named = [names_derivative(found.asker, n) for n in terms]
    if all(named):  # in terms of δ = ∂E/∂z: the chain rule is stopped at z
        found.nodes("terms")
        found.nodes("body")
        leaves = tuple(n for n in named if n is not None)
        return [Ask("in-terms", n, details=(leaves, False), span=n.span) for n in bodies]
    if any(named) or len(bodies) != 1:
        return []
    inner = asked_formula(bodies[0])
    assert inner is not None
    found.nodes("terms")
    found.nodes("body")
    alone = ALONE.search(found.sentence.text[found.match.start() :]) is not None
    before = [
        a
        for a in found.asker.asks
        if (a.kind, a.body, a.by, a.order) == (inner.kind, inner.body, inner.by, inner.order)
    ]
    part = before[-1].part if before else found.sentence.part
    again = Ask("through", None, refers=part, details=(tuple(terms), alone), span=found.span)
    return [again] if before else [replace(inner, span=found.span), again]


def without_blanks(node: sx.Syntax) -> sx.Syntax:
    r"""``b_\Box`` as the whole of b."""
    if isinstance(node, sx.Subscript) and isinstance(node.index, sx.Placeholder):
        return node.base
    changed = {id(c): s for c in sx.children(node) if (s := without_blanks(c)) is not c}
    return sx.swap_children(node, changed) if changed else node


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    terms, blanks = ask.details
    if ask.body is not None and not blanks and settler.method_of(ask) == "shape-matching":
        return question_goal(settler, replace(ask, terms=tuple(terms)))
    suppose_functions(settler.scope, [sx.Chain((n,), (), span=n.span) for n in terms])
    build = derivative_goal(settler, ask) if asked_formula(ask.body) is not None else None
    leaves = [settler.reading(ask).read(settler.vectors_for(without_blanks(n))) for n in terms]

    def made() -> Goal:
        goal = build() if build is not None else questions_of(settler, ask)[-1]
        if build is not None and goal.method == "shape-matching" and not blanks:
            return replace(goal, terms=tuple(leaf.build() for leaf in leaves))
        arrows = build is None and isinstance(goal.task, InTerms | Fill)
        task = InTerms(tuple(leaf.build() for leaf in leaves), blanks, arrows)
        kind = "blank" if blanks else "element" if goal.question.free else "derivative"
        return replace(goal, kind=kind, part=ask.part, task=task, claim=None)

    return made


KIND = Kind("in-terms", PHRASES, ask, settle)
