"""Derivatives in words: "the derivative of y with respect to x" is dy/dx to every task that speaks of a derivative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from derivgen.latex import phrases
from derivgen.latex import syntax as sx
from derivgen.latex.asking import WITH
from derivgen.latex.sentences import FIRST, MARK, Sentence, Slot

SPOKEN = (
    r"(?P<verb>differentiate )?(?:(?:the )?(?:first )?(?P<partial>partial )?derivative of )?"
    rf"(?:the (?:scalar |vector |matrix |function |element |entry )?)?{{body:x}},? "
    rf"(?:(?:taken )?{WITH}|by) (?:the (?:scalar |vector |matrix |variable |element |entry )?)?{{by:x}}"
)
CUE = re.compile(r"derivative of|differentiate", re.I)


@contextmanager
def written(sentence: Sentence) -> Iterator[bool]:
    """The sentence with the derivatives that it tells in words written as formulas; whether there are any.

    It is as it was afterwards, unless one of these formulas has been used.
    """
    text, count = sentence.text, len(sentence.slots)
    pairs: list[tuple[Slot, Slot, Slot]] = []

    def formula(match: re.Match[str]) -> str:
        body, by = sentence.slot(match["body"]), sentence.slot(match["by"])
        said = match["verb"] or "derivative" in match[0].lower()
        if not said or len(body.subject) != 1 or len(by.subject) != 1:
            return match[0]
        sign = "∂" if match["partial"] else "d"
        whole = sx.Leibniz(body.subject[0], by.subject, sign, span=body.span)
        slot = Slot.of(sx.Formula((whole,), by.formula.punctuation, span=body.span), body.span)
        sentence.slots.append(slot)
        pairs.append((slot, body, by))
        return f"{'find ' if match['verb'] else ''}{MARK}{chr(FIRST + len(sentence.slots) - 1)}"

    if CUE.search(text):
        sentence.text = phrases.compiled(SPOKEN).sub(formula, text)
    yield bool(pairs)
    if any(slot.used for slot, _, _ in pairs):
        for slot, body, by in pairs:
            body.used = by.used = slot.used
    else:
        sentence.text = text
        del sentence.slots[count:]
