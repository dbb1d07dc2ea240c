"""Properties of matrices that are to be shown: "show that X^T X is symmetric and positive semidefinite"."""

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
from derivgen.latex.facts import Defines
from derivgen.latex.phrases import Phrase
from derivgen.latex.scope import require_square
from derivgen.latex.sizes import fixed
from derivgen.latex.tasks.judging import judged
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.tasks import Semidefinite
from derivgen.terms.build import times, tp
from derivgen.terms.nodes import Name, Sym

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

SHOW = r"(?:show|prove|verify|argue|establish|demonstrate|confirm|check|explain why|justify)"
PROPERTY = r"(?:skew-symmetric|anti-?symmetric|symmetric|idempotent|positive[- ]semi-?[- ]?definite|non-?negative[- ]definite|positive[- ]definite)"

PHRASES = (
    Phrase(
        "is a property", "goals", "property",
        rf"\b{SHOW}(?: that)?,?(?: for (?:any|every|all|each) [^.?!]*?,)?(?: (?:the |any |every )?(?:[\w-]+ )?(?:matrix|matrices|product)(?: of the form)?)? {{body:x}},? (?:is|are|must be)(?: both| always| also| a)* (?P<props>{PROPERTY}(?:(?:,? and|,)(?: also)?(?: is)?(?: a)? {PROPERTY})*)",
        ("Show that $\\mathbf{X}^T\\mathbf{X}$ is symmetric and positive semidefinite for $\\mathbf{X}\\in\\mathbb{R}^{n\\times p}$.",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$. Prove that the matrix $\\mathbf{A}+\\mathbf{A}^T$ is symmetric."),
        ("symmetric", "definite", "idempotent"),
    ),
    Phrase(
        "has it a property", "goals", "question",
        rf"^(?:and |but |so )?is (?:the )?(?:matrix |product )?{{body:x}}(?: always| necessarily| also)* (?P<props>{PROPERTY})\b",
        ("Let $\\mathbf{X}\\in\\mathbb{R}^{n\\times p}$. Is $\\mathbf{X}^T\\mathbf{X}$ symmetric?",
         "Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$ be symmetric. Is $\\mathbf{A}\\mathbf{B}$ always symmetric?"),
        ("symmetric", "idempotent"),
    ),
)  # fmt: skip

EACH = re.compile(PROPERTY, re.I)


def ask(found: Found) -> Sequence[Ask]:
    slots = found.sentence.named(found.group("body"))
    nodes = [n for s in slots for n in s.subject] or [f.left for s in slots for f in s.facts if isinstance(f, Defines)]
    if not nodes:
        return []
    for slot in slots:
        slot.used = True
    node, span = nodes[0], nodes[0].span
    whole = node if isinstance(node, (sx.Symbol, sx.Fenced)) else sx.Fenced("(", node, ")", span=span)
    asks: list[Ask] = []
    for word in EACH.findall(found.group("props")):
        kind = word.lower()
        if "definite" in kind:
            strict = "semi" not in kind and "neg" not in kind
            asks.append(Ask("property", node, details=(strict,), span=span))
        elif "idempotent" in kind:
            asks.append(Ask("equation", sx.Superscript(whole, sx.Number("2"), span=span), claim=node, span=span))
        else:
            claim = node if kind == "symmetric" else sx.Negative(whole, span=span)
            asks.append(Ask("equation", sx.Transpose(whole, span=span), claim=claim, span=span))
    return [judged("true", found.sentence.part, [("", chain_of(a))]) for a in asks] if found.says == "question" else asks


def chain_of(ask: Ask) -> sx.Chain:
    """The equation that an ask claims."""
    if ask.claim is None:
        raise errors.Unsupported("whether a matrix is definite is only shown, not decided", hint="ask to show that it is")
    return sx.Chain((ask.body, ask.claim), ("=",), span=ask.span)


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    assert ask.body is not None
    typed, scope = r.read(ask.body), settler.scope
    require_square(scope, typed, "definiteness", ask.span)
    taken = {n.letter for n in scope.survey.bare} | set(scope.sizes)
    letter = next((x for x in "vzuwxyaqr" if x not in taken), None)
    if letter is None:
        raise errors.Unsupported("every letter for a vector is taken", place=scope.place(ask.span))

    def build() -> Goal:
        matrix = typed.build()
        vector = Sym(Name(letter, "bold"), fixed(typed.shape[0]), 1)
        question = times([tp(vector), matrix, vector])
        goal = settler.goal("proof", question, (), ask)
        word = "definite" if ask.details[0] else "semidefinite"
        task = Semidefinite(matrix, vector, ask.details[0])
        return replace(goal, task=task, asked=("Show that ", matrix, f" is positive {word}."))

    return build


KIND = Kind("property", PHRASES, ask, settle)
