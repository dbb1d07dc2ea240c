"""Equations without a derivative that are to be shown: "prove that (AB)^T = B^T A^T"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Defines, States
from derivgen.latex.phrases import Phrase
from derivgen.latex.sentences import Sentence
from derivgen.latex.sizes import unify
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.sides import suppose
from derivgen.latex.typeset import typeset
from derivgen.tasks import Prove

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

ELEMENTS = r"(?: (?:element by element|element-?wise|entry by entry|entry-?wise|by (?:its |the |their )?(?:elements|entries|components)|from (?:the|their) (?:elements|entries))),?"
NAMED = r"(?:identity|equality|equation|relation|rule|formula|fact|property|claim)"

PHRASES = (
    Phrase(
        "prove an equality", "goals", "prove",
        rf"(?:show|prove|verify|establish|confirm|demonstrate|justify|check|deduce|derive)(?:,?{ELEMENTS})?(?: that)?(?::? for (?:all|any|every|each) [^.?!=]*?,? (?:it holds|there holds|we have|one has|holds)(?: that)?:?)?:?(?: (?:the|this|that|following|well-known|basic))*(?: {NAMED})?(?: (?!(?:of|the|gradient|derivative|hessian)\b)[\w'’-]+(?: (?:of|by|the|a))*){{0,8}}?(?:,? (?:that is|i\.e\.|namely),?)?(?: that)?:? {{chain:x}}",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{B}\\in\\mathbb{R}^{n\\times p}$. Prove that $(\\mathbf{A}\\mathbf{B})^T=\\mathbf{B}^T\\mathbf{A}^T$ element by element.",
         "Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$. Verify the identity $\\mathbf{a}^T\\mathbf{b}=\\operatorname{tr}(\\mathbf{b}\\mathbf{a}^T)$."),
        ("show", "prove", "verify", "establish", "confirm", "demonstrate", "justify", "check", "deduce", "derive"),
    ),
)  # fmt: skip


OF_A_SOLUTION = re.compile(
    r"\b(?:solutions?|minimi[sz]ers?|maximi[sz]ers?|optim\w+|points?|estimat\w+|eigenvectors?)(?: [\w-]+){0,3}?"
    r" (?:satisf\w+|fulfil\w*|solves?|obeys?)\b",
    re.I,
)
"""What holds at a solution only is no equality of two formulas."""
PROVEN = re.compile(
    r"\b(?:show|prove|verify|establish|confirm|demonstrate|justify|check|deduce|derive)\b[^.?!\x01]{0,60}(?P<chain>\x01.)",
    re.I,
)


def mark_proofs(sentences: Sequence[Sentence]) -> None:
    """An equation that is to be shown of something that is defined already defines nothing: t(x) = 2s(2x) - 1."""
    defined: list[sx.Syntax] = []
    for sentence in sentences:
        shown = {id(s) for m in PROVEN.finditer(sentence.text) for s in sentence.named(m["chain"])}
        for slot in sentence.slots:
            lefts = [f.left for f in slot.facts if isinstance(f, Defines)]
            if id(slot) in shown and lefts and head_of(lefts[0]) in defined:
                chains = [n for row in slot.formula.rows for n in sx.items(row) if isinstance(n, sx.Chain)]
                slot.facts, slot.subject = tuple(States(c.span, c) for c in chains), ()
            else:
                defined += [head_of(left) for left in lefts]


def head_of(node: sx.Syntax) -> sx.Syntax:
    return node.head if isinstance(node, sx.MaybeCall | sx.Call) else node


def ask(found: Found) -> Sequence[Ask]:
    if OF_A_SOLUTION.search(found.match[0]):
        return []
    slots = found.sentence.named(found.group("chain"))
    chains = [f.chain for s in slots for f in s.facts if isinstance(f, States) and set(f.chain.signs) == {"="}]
    if not chains or any(differentiates(found, n) for c in chains for n in sx.walk(c)):
        return []
    found.slots("chain")
    pairs = [(a, b) for c in chains for a, b in pairwise(c.sides) if a is not None and b is not None]
    return [Ask("equation", left, claim=right, span=left.span.join(right.span)) for left, right in pairs]


def differentiates(found: Found, node: sx.Syntax) -> bool:
    return isinstance(node, sx.Leibniz | sx.Nabla | sx.Primed) or found.asker.is_partial(node)


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    assert ask.body is not None and ask.claim is not None
    chain = sx.Chain((ask.body, ask.claim), ("=",), span=ask.span)
    suppose(settler.scope, [chain])
    left, right = r.read(ask.body), r.read(ask.claim)
    for a, b in zip(left.shape, right.shape, strict=True):
        unify(a, b)

    def build() -> Goal:
        terms = left.build(), right.build()
        if terms[0].shape != terms[1].shape:
            raise errors.ShapeFault("the two sides are of different shapes", place=settler.scope.place(ask.span))
        goal = settler.goal("proof", terms[0], (), ask)
        return replace(goal, task=Prove(terms[1]), asked=(typeset(chain),))

    return build


KIND = Kind("equation", PHRASES, ask, settle)
