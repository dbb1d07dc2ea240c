"""All that a statement declares, in order: formulas, phrases, definitions, checks."""

from __future__ import annotations

import re

from derivgen.latex import curves, phrases
from derivgen.latex.cases import CaseTeller
from derivgen.latex.facts import Listed
from derivgen.latex.sayings import HANDLERS
from derivgen.latex.sentences import FIRST, Sentence, Slot

COPIES = re.compile(r"\b(?:inputs|samples|examples|observations|data(?: points)?|vectors|(?:mini-?)?batch) \x01$", re.I)
"""What stands before x_1, …, x_B where each of them is an x, and not an element of x."""


class Teller(CaseTeller):
    """Puts what the statement says into the scope."""

    def run(self) -> None:
        self.scope.parts = list(dict.fromkeys(s.part for s in self.sentences if s.part is not None))
        self.find_cases()
        for sentence in self.sentences:
            self.scope.part = sentence.part
            for slot in sentence.slots:
                for fact in slot.facts if not slot.case else ():
                    if not (isinstance(fact, Listed) and copies(sentence, slot)):
                        self.fact(fact, slot)
        mathematical = [s for s in self.sentences if s.slots]
        for group in (phrases.SPREAD, phrases.DECLARATIONS, phrases.PROPERTIES):
            for sentence in mathematical:
                for phrase in group:
                    self.phrase(phrase, sentence)
            for phrase in group:
                if not HANDLERS.get(phrase.says, ("", True))[1]:
                    for sentence in self.sentences:
                        if not sentence.slots:
                            self.phrase(phrase, sentence)
        for sentence in mathematical:
            self.scope.part = sentence.part
            self.definitions(sentence)
        self.scope.part = None
        curves.declare(self.scope, mathematical)
        self.make_views()
        self.scope.inherit()
        self.check_squares()


def copies(sentence: Sentence, slot: Slot) -> bool:
    """Whether a list gives several of a kind: "a batch of inputs x_1, …, x_B"."""
    at = next(k for k, other in enumerate(sentence.slots) if other is slot)
    return COPIES.search(sentence.text.partition(chr(FIRST + at))[0]) is not None
