r"""Quantities without a name: "the derivative of an $m$-vector by an $n\times p$ matrix" is one of y by X."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from derivgen.latex import syntax as sx
from derivgen.latex.asking import WITH
from derivgen.latex.phrases import SLOT
from derivgen.latex.sentences import FIRST, MARK, PRIVATE, Sentence, Slot
from derivgen.terms.nodes import Name

ADJECTIVES = r"(?:(?:general|arbitrary|real|column|constant|square) )*"
LENGTH = rf"(?:(?P<size>{SLOT})(?:-| by |-by-| )(?:dimensional )?)"
BEHIND = (
    rf"(?: (?:of|with) (?:length|size|shape|dimensions?|order|type|entries)? ?(?P<behind>{SLOT})"
    rf"(?: (?:elements|entries|components))?| (?:in|from|of) (?P<space>{SLOT}))?"
)
QUANTITY = (
    rf"(?:an?|one|the) {ADJECTIVES}{LENGTH}?{ADJECTIVES}(?P<row>row )?(?P<noun>scalar|vector|matrix|number){BEHIND}"
)


def numbered(pattern: str, k: int) -> str:
    """The pattern with its groups under names of their own."""
    return re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{k}>", pattern)


KIND = r"(?P<kind>derivative|gradient|jacobian)(?: matrix)?"
OF_BY = re.compile(rf"\b{KIND} of {numbered(QUANTITY, 0)},? (?:{WITH}|by) {numbered(QUANTITY, 1)}", re.I)
LETTERS = {"scalar": ("y", "x"), "number": ("y", "x"), "vector": ("y", "x"), "matrix": ("Y", "X")}


def with_names(sentences: list[Sentence]) -> Iterator[Sentence]:
    """The sentences, with names for the quantities of which only kind and size are told."""
    letters = {n.name.letter for s in sentences for t in s.slots for r in t.formula.rows for n in sx.walk(r)
               if isinstance(n, sx.Symbol)}  # fmt: skip
    for sentence in sentences:
        found = OF_BY.search(sentence.text)
        sizes = [found[f"{g}{k}"] for g in ("size", "behind", "space") for k in (0, 1)] if found else []
        if found is None or not any(sizes) or letters & {"x", "y", "X", "Y"}:
            yield sentence
            continue
        yield from introduced(sentence, found)


def introduced(sentence: Sentence, found: re.Match[str]) -> Iterator[Sentence]:
    """A sentence that names the two quantities, and the sentence with their names."""
    told = [quantity(sentence, found, k) for k in (0, 1)]
    declared = [Slot.of(sx.Formula((f,), span=sentence.span), sentence.span) for f, _ in told]
    names = [Slot.of(sx.Formula((n,), span=sentence.span), sentence.span) for _, n in told]
    first, second = (f"{MARK}{chr(FIRST + k)}" for k in (0, 1))
    yield replace(sentence, text=f"Let {first} be a function of {second}.", slots=declared)
    before, after = sentence.text[: found.start()], sentence.text[found.end() :]
    head, tail = sentence.named(before), sentence.named(after)
    text = f"{before}{found['kind']} of {first} with respect to {second}{after}"
    numbers = count(FIRST)
    own = PRIVATE.sub(lambda _: chr(next(numbers)), text)
    yield replace(sentence, text=own, slots=[*head, *names, *tail])


def quantity(sentence: Sentence, found: re.Match[str], k: int) -> tuple[sx.Syntax, sx.Syntax]:
    """What declares the quantity, and its name."""
    noun = found[f"noun{k}"].lower()
    bold = noun in ("vector", "matrix")
    name = sx.Symbol(Name(LETTERS[noun][k], "bold" if bold else ""), span=sentence.span)
    mark = found[f"size{k}"] or found[f"behind{k}"] or found[f"space{k}"]
    if not mark or not bold:
        return name, name
    node = sentence.slot(mark).formula.body
    sentence.slot(mark).used = True
    if not isinstance(node, sx.Space):
        sizes = node.factors if isinstance(node, sx.Product) else (node,)
        if noun == "vector" and found[f"row{k}"] and len(sizes) == 1:
            sizes = (sx.Number("1"), *sizes)
        node = sx.Space("R", sizes, span=sentence.span)
    return sx.Chain((name, node), ("∈",), span=sentence.span), name
