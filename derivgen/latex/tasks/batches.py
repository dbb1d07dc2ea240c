"""The mean (or sum) of a loss over a batch of inputs: how its derivatives change."""

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
from derivgen.latex.facts import Listed
from derivgen.latex.phrases import Phrase
from derivgen.latex.scope import length_of
from derivgen.latex.sizes import fixed
from derivgen.latex.tasks.kind import Found, Kind, asked_formula, derivative_goal
from derivgen.tasks import Batch

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

PHRASES = (
    Phrase(
        "over a batch", "goals", "batch",
        r"(?:how (?:do|does|would|will|must|are)|what (?:becomes|happens|changes|do|does|would|will|is|are|should)|describe how|explain how|say how|show how|tell how|work out how|give|find|state|determine)(?: (?:of|to|with|in))? (?:the derivatives? |the gradients? )?{terms:xs}(?: \w+)*? ?(?:change|changes|become|becomes|look|differ|modified|adapted|now|then|in (?:this|that) (?:setting|case)|under (?:this|that) (?:setting|change)|for (?:this|the) (?:batch|loss|mean|sum))",
        ("Let $\\hat y=\\mathbf{w}^T\\mathbf{x}$ with $\\mathbf{w},\\mathbf{x}\\in\\mathbb{R}^n$, and $\\ell=(\\hat y-y)^2$. Now a batch of inputs $\\mathbf{x}_1,\\dots,\\mathbf{x}_B$ is given, and the losses are averaged. How does $\\frac{d\\ell}{d\\mathbf{w}}$ change?",
         "Let $\\ell=\\lVert\\mathbf{M}\\mathbf{x}\\rVert^2$ with $\\mathbf{M}\\in\\mathbb{R}^{m\\times n}$, $\\mathbf{x}\\in\\mathbb{R}^n$. The sum of the losses over a mini-batch $\\mathbf{x}_1,\\dots,\\mathbf{x}_N$ is used instead. Describe how $\\frac{d\\ell}{d\\mathbf{M}}$ changes."),
        ("how ", "what ", "give", "find", "state", "determine"),
    ),
)  # fmt: skip

BATCH = re.compile(
    r"\b(?:mini-?)?batch|\bset of (?:inputs|examples|samples|data|observations)|\b(?:several|many|all) (?:the )?(?:inputs|examples|samples)",
    re.I,
)
SUM = re.compile(r"\bsum\b|\btotal\b|\badded\b", re.I)
MEAN = re.compile(r"\bmean\b|\baverage\b|\baveraged\b", re.I)


def ask(found: Found) -> Sequence[Ask]:
    near = [s for s in found.asker.sentences if s.part == found.sentence.part]
    if not any(BATCH.search(s.text) for s in near):
        return []
    nodes = [n for s in found.sentence.named(found.group("terms")) for n in s.subject]
    if not nodes or not all(asked_formula(n) for n in nodes):
        return []
    listed = next((f for s in near for slot in s.slots for f in slot.facts if isinstance(f, Listed)), None)
    if listed is None:
        raise errors.NoGoal(
            "the batch is not listed: it is not said what is given several times, and how often",
            place=found.asker.place(found.span), hint="list it, as in $\\mathbf{x}_1,\\dots,\\mathbf{x}_B$",
        )  # fmt: skip
    for sentence in near:
        for slot in sentence.slots:
            slot.used = slot.used or any(isinstance(f, Listed) for f in slot.facts)
    found.nodes("terms")
    mean = any(MEAN.search(s.text) for s in near) or not any(SUM.search(s.text) for s in near)
    return [Ask("batch", n, details=(listed.first, listed.last, mean), span=n.span) for n in nodes]


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    first, last, mean = ask.details
    build = derivative_goal(settler, ask)
    if not isinstance(first, sx.Subscript) or not isinstance(last, sx.Subscript):
        raise errors.NoGoal("the batch is not listed by numbers", place=settler.scope.place(ask.span))
    single = settler.reading(ask).read(first.base)
    size = length_of(settler.scope, last.index)

    def made() -> Goal:
        return replace(build(), task=Batch(single.build(), fixed(size), mean))

    return made


KIND = Kind("batch", PHRASES, ask, settle)
