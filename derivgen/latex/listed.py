"""Lists of things to do: what is asked before the parts, and parts that hold a formula alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from derivgen.latex import asking, phrases
from derivgen.latex.asks import Ask, kind_of
from derivgen.latex.facts import Bare, Defines
from derivgen.latex.sentences import MARK, Sentence, Slot

TEMPLATE = (
    rf"(?:differentiate|{asking.NOUNPHRASE} of)(?: each(?: of)?| all| both)?"
    rf"(?: the| these| following| functions?| expressions?)*(?:{asking.WRT_ONLY})?"
)

LONE = re.compile(rf"{phrases.SLOT}[.,;]?")
TEMPLATE_LAST = (
    rf"\b(?:each|all|every)\b[^.\x01]*?(?:,|:| )(?:{asking.GOAL_VERB}) (?:the |its |their |an? )*{asking.NOUNPHRASE}"
    rf"(?:{asking.WRT_ONLY})?(?! ?\x01| of)"
)
"""For each of the following functions, find the gradient."""


class Listed:
    """Reads a goal that is named before its parts, and asks it of each formula."""

    sentences: list[Sentence]
    asks: list[Ask]
    template: Ask | None
    formulas: Callable[[str, int, Sentence], None]

    def remember_template(self, text: str, sentence: Sentence) -> None:
        """ "Differentiate each of the following with respect to x:"."""
        match = phrases.compiled(TEMPLATE).search(text) or phrases.compiled(TEMPLATE_LAST).search(text)
        if match is None:
            if any(p.match(text) for p in asking.REGROUP):
                self.template = Ask("regroup", None)
            return
        groups = match.groupdict()
        kind, order = kind_of(groups)
        by = tuple(n for s in sentence.named(groups.get("wrt") or "") for n in s.subject)
        self.template = Ask(kind, None, by, order=order)

    def listed_part(self, text: str, sentence: Sentence) -> None:
        """A part that holds only a formula: what was asked before is asked of it."""
        before = len(self.asks)
        self.formulas(text, 0, sentence)
        if len(self.asks) > before or self.template is None:
            return
        for slot in sentence.slots[:1]:
            if self.template.kind == "regroup":
                self.listed_sum(slot)
                continue
            for node in slot.subject[:1]:
                slot.used = True
                self.asks.append(replace(self.template, body=node, span=node.span))

    def listed_alone(self, text: str, sentence: Sentence) -> None:
        """A sentence that begins with an expression, or is a function to be differentiated, in a statement without
        parts."""
        if any(s.part is not None for s in self.sentences) or not text.startswith(MARK):
            return
        lone = self.template is not None and self.template.kind == "derivative" and LONE.fullmatch(text)
        if any(isinstance(f, Bare) or (lone and isinstance(f, Defines)) for f in sentence.slots[0].facts):
            self.listed_part(text, sentence)

    def listed_sum(self, slot: Slot) -> None:
        """A part that holds only an expression with indices: those that are free are its places in the result."""
        for fact in slot.facts[:1]:
            if isinstance(fact, Bare):
                slot.used = True
                self.asks.append(Ask("regroup", fact.node, span=fact.span, details="free"))
            elif isinstance(fact, Defines):
                self.asks.append(Ask("regroup", None, name=fact.left, span=fact.span))
