"""What a statement speaks of without having it: parts that do not exist, tables and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derivgen import errors
from derivgen.latex.scope import Scope
from derivgen.latex.sentences import Sentence

TO_PART = re.compile(
    r"\b(?:(?:results?|answers?|solutions?|formulas?|expressions?|derivatives?|parts?|questions?)(?: (?:of|to|in|from|for|obtained in|found in))?"
    r"(?: parts?| questions?)?|use|using|as in|like in|by) \((?P<label>[a-h])\)",
    re.I,
)
TO_SIGHT = re.compile(
    r"\b(?:(?:in|from|using|use|see|by|with|of|at|to) )?(?:the|this|that) (?:(?:following|given|accompanying|attached) )?"
    r"(?P<thing>table|figure|diagram|picture|plot|graph|sketch|listing|code)(?P<where> (?:above|below|opposite|on the (?:left|right|next page|previous page|board|slide)))",
    re.I,
)


def tell_references(scope: Scope, sentences: Sequence[Sentence]) -> None:
    """A part that is spoken of must be there; tables and figures outside of the statement are noted."""
    for told in out_of_sight(sentences):
        scope.note(told)
    known = {s.part for s in sentences if s.part is not None}
    for sentence in sentences:
        for found in TO_PART.finditer(sentence.text):
            if found["label"].lower() not in known:
                raise errors.MissingPart(
                    f"the statement has no part ({found['label']})",
                    place=scope.place(sentence.slots[0].span if sentence.slots else sentence.span),
                    hint="give the part that is spoken of as well, or leave the reference out",
                )


def out_of_sight(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Tables and figures that stand outside of the statement."""
    for sentence in sentences:
        for found in TO_SIGHT.finditer(sentence.text):
            yield f"The statement speaks of a {found['thing'].lower()}{found['where'].lower()}, which it does not hold."
