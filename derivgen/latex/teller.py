"""All that a statement declares, in order: formulas, phrases, definitions, checks."""

from __future__ import annotations

from derivgen.latex import phrases
from derivgen.latex.sayings import Sayings


class Teller(Sayings):
    """Puts what the statement says into the scope."""

    def run(self) -> None:
        for sentence in self.sentences:
            for slot in sentence.slots:
                for fact in slot.facts:
                    self.fact(fact, slot)
        for group in (phrases.DECLARATIONS, phrases.PROPERTIES):
            for sentence in self.sentences:
                for phrase in group:
                    self.phrase(phrase, sentence)
        for sentence in self.sentences:
            self.definitions(sentence)
        self.check_squares()
