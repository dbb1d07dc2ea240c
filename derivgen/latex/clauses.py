"""Sentences that ask for two things, one after the other: "show that A, and hence find B" is two sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from derivgen.latex.sentences import FIRST, MARK, PRIVATE, Sentence

PROVE = r"(?:show|prove|verify|check|confirm|establish|demonstrate)\b"
FIND = r"(?:find|compute|calculate|determine|derive|evaluate|express|write|give|state|deduce|obtain|differentiate|conclude|show|prove|verify)\b"
AND = r"(?:,|;)?(?: and| then|;)+,? "
SO = r"(?:then |hence |thus |therefore |so |also |finally |(?:use|using) (?:this|it|that|the (?:result|identity|formula)|your (?:result|answer))(?: result| identity| formula| fact)?(?: to|,) )"
HENCE = re.compile(
    rf"\b{PROVE}[^.?!:]*?{MARK}.[^.?!:]*?(?P<join>{AND}{SO}*)(?P<tail>(?:{FIND}|(?<=hence )that\b|(?<=thus )that\b|(?<=therefore )that\b)(?! it\b))",
    re.I,
)
"""A proof, and what is to be done then."""
LIKEWISE = re.compile(
    rf"\bexpress\b[^.?!:]*?(?P<through> (?:in terms of|through|using|with) (?:the )?{MARK}.(?: (?:only|alone))?)"
    rf"(?P<join>{AND}{SO}*)(?P<tail>express\b[^.?!:]*?),? (?:likewise|similarly|in the same way|too|as well)(?P<end>[.?!]?)$",
    re.I,
)
"""A second thing to be expressed in the same terms."""


def clauses(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence, or the two that it is made of."""
    again = LIKEWISE.search(sentence.text)
    if again is not None:
        told = again["tail"] + again["through"] + again["end"]
        yield piece(sentence, sentence.text[: again.start("join")] + ".")
        yield piece(sentence, told[:1].upper() + told[1:])
        return
    found = HENCE.search(sentence.text)
    if found is None or sentence.option is not None:
        yield sentence
        return
    yield piece(sentence, sentence.text[: found.start("join")] + ".")
    tail = sentence.text[found.start("tail") :]
    tail = f"Show {tail}" if tail.startswith("that") else tail[:1].upper() + tail[1:]
    yield from clauses(piece(sentence, tail))


def piece(sentence: Sentence, text: str) -> Sentence:
    """A part of a sentence, with its own formulas counted from the first."""
    slots = sentence.named(text)
    numbers = count(FIRST)
    own = PRIVATE.sub(lambda _: chr(next(numbers)), text)
    return replace(sentence, text=own, slots=slots, span=slots[0].span.join(slots[-1].span) if slots else sentence.span)
