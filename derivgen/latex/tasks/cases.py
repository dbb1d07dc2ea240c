"""An earlier answer under a further assumption: "what does it become when A is symmetric?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import ANSWER, Found, Kind, again, questions_of
from derivgen.tasks import SpecialCase
from derivgen.terms.nodes import Sym
from derivgen.terms.trees import substitute

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

IT = rf"(?:{ANSWER}|it|this|that|the (?:result|answer|formula|derivative|gradient|expression|hessian)|(?:this|your|the) (?:last |previous )?(?:result|answer))"

PHRASES = (
    Phrase(
        "what becomes of it", "goals", "case",
        again(rf"(?:what (?:does|do|will|would) {IT} (?:become|simplify to|reduce to|turn into|look like|amount to)|how does {IT} (?:simplify|change|look|reduce)|what (?:happens|changes|is (?:it|this|the result)|becomes)(?: (?:to|with|of) {IT})?|(?:simplify|specialise|specialize|reduce|rewrite|state) {IT}(?: further)?)(?: now)?,? (?:when|if|for|in (?:the )?case(?: that| of)?|where|under the assumption that|assuming(?: that)?|supposing(?: that)?|provided(?: that)?|given that|to(?! (?:parts? |questions? )?\()|once)\b"),
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. (a) Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{A}\\mathbf{x})$. (b) What does it become when $\\mathbf{A}$ is symmetric?",
         "Let $\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{z}\\in\\mathbb{R}^n$. (a) Find the gradient of $\\mathbf{z}^T\\mathbf{B}\\mathbf{z}$ with respect to $\\mathbf{z}$. (b) How does the answer to (a) simplify if $\\mathbf{B}$ is skew-symmetric?"),
        ("what ", "how ", "simplify", "speciali", "reduce", "rewrite", "state"),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    behind = found.sentence.text[found.match.end() :]
    names = [n for s in found.sentence.named(behind) for n in s.subject]
    return [Ask("special-case", None, refers=found.refers, span=found.span)] if names else []


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    described = {e.name: frozenset(e.props) for (part, _), e in settler.scope.variants.items() if part == ask.part}

    def build() -> Goal:
        goal = questions_of(settler, ask)[-1]
        changed = {
            s: Sym(s.name, *s.shape, tuple(sorted({*s.props, *described[s.name]})), *s.deps)
            for s in goal.question.symbols
            if isinstance(s, Sym) and described.get(s.name, frozenset()) - set(s.props)
        }
        if not changed:
            raise settler.nothing_new(ask)
        task = SpecialCase(goal.question, tuple(changed.items()))
        question = substitute(goal.question, changed)
        wrt = tuple(substitute(v, changed) for v in goal.wrt)
        place = settler.scope.place(ask.span)
        return replace(goal, question=question, wrt=wrt, part=ask.part, place=place, task=task, claim=None)

    return build


KIND = Kind("special-case", PHRASES, ask, settle)
