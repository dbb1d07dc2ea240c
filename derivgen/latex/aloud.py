"""Derivatives in words: "the derivative of y with respect to x" is dy/dx to every task that speaks of a derivative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from derivgen.latex import phrases
from derivgen.latex import syntax as sx
from derivgen.latex.asking import WITH
from derivgen.latex.sentences import FIRST, MARK, Sentence, Slot

OF = r"(?:the (?:scalar |vector |matrix |function |element |entry |variable )?)?"
KIND = r"(?:the )?(?:first )?(?P<partial>partial )?derivative"
BY = rf"(?:(?:taken )?{WITH}|by)"
SPOKEN = (
    (rf"{KIND} of {OF}{{body:x}},? {BY} {OF}{{by:x}}", ""),
    (rf"{KIND},? {BY} {OF}{{by:x}},? of {OF}{{body:x}}", ""),
    (rf"(?:the )?(?P<gradient>gradient) of {OF}{{body:x}},? {BY} {OF}{{by:x}}", ""),
    (rf"how (?:fast )?{OF}{{body:x}} (?:changes|varies) with {OF}{{by:x}}", ""),
    (rf"differentiate {OF}{{body:x}},? {BY} {OF}{{by:x}}", "find "),
)
"""Wordings, and the verb that a formula in their place needs."""
IN_WORDS = re.compile(r"derivative|differentiate|gradient|how .*with", re.I)


@contextmanager
def written(sentence: Sentence) -> Iterator[list[sx.Syntax]]:
    """The sentence with the derivatives that it tells in words written as formulas, which are given.

    It is as it was afterwards, if they are taken out of the list.
    """
    text, count = sentence.text, len(sentence.slots)
    made: list[sx.Syntax] = []
    told: list[Slot] = []

    def formula(match: re.Match[str], verb: str) -> str:
        body, by = sentence.slot(match["body"]), sentence.slot(match["by"])
        if len(body.subject) != 1 or len(by.subject) != 1:
            return match[0]
        sign = "∂" if match.groupdict().get("partial") else "d"
        whole: sx.Syntax = sx.Leibniz(body.subject[0], by.subject, sign, span=body.span)
        if match.groupdict().get("gradient"):
            whole = sx.Nabla(body.subject[0], by.subject[0], span=body.span)
        told.extend((body, by))
        made.append(whole)
        sentence.slots.append(Slot.of(sx.Formula((whole,), by.formula.punctuation, span=body.span), body.span))
        return f"{verb}{MARK}{chr(FIRST + len(sentence.slots) - 1)}"

    for pattern, verb in SPOKEN:
        sentence.text = phrases.compiled(pattern).sub(partial(formula, verb=verb), sentence.text)
    yield made
    if made:
        for slot in (*told, *sentence.slots[count:]):
            slot.used = True
    else:
        sentence.text = text
        del sentence.slots[count:]
