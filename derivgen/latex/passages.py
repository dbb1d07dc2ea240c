"""A text as sentences to be read, and as passages to be shown again."""

from __future__ import annotations

from derivgen.derivation import Passage
from derivgen.errors import Span
from derivgen.latex import syntax as sx
from derivgen.latex.clauses import clauses, joined
from derivgen.latex.document import Chunk, math_tokens, read_document
from derivgen.latex.nameless import with_names
from derivgen.latex.parse import parse_formula
from derivgen.latex.sentences import Sentence, Slot, split
from derivgen.latex.tokens import Source
from derivgen.latex.typeset import typeset_formula


def document_sentences(text: str, source: str) -> tuple[list[Sentence], tuple[Passage, ...]]:
    origin = Source(text, source)
    pieces: list[tuple[Chunk, sx.Formula | None]] = []
    for chunk in read_document(text, source):
        math = chunk.kind in ("math", "display")
        pieces.append((chunk, parse_formula(chunk.tokens, origin, chunk.span) if math else None))
    whole, options = split(pieces)
    sentences = list(with_names([part for sentence in joined(whole) for part in clauses(sentence)]))
    told = enumerate(pieces)
    return sentences, tuple(passage(c, f, options.get(at)) for at, (c, f) in told if c.kind != "begin")


def passage(chunk: Chunk, formula: sx.Formula | None, option: str | None) -> Passage:
    if formula is not None:
        return Passage(chunk.kind, typeset_formula(formula))
    if chunk.kind == "item" and option is not None:
        return Passage("option", option)
    if chunk.kind == "item":
        return Passage("part", chunk.text or f"({chr(96 + max(1, chunk.number) % 27)})")
    return Passage("text", chunk.text) if chunk.kind == "text" else Passage("break")


def formula_sentence(text: str, source: str) -> tuple[list[Sentence], tuple[Passage, ...]]:
    """A bare formula: a derivative to be worked out."""
    origin, tokens = math_tokens(text, source)
    parsed = parse_formula(tokens, origin, Span(0, len(text)))
    slot = Slot.of(parsed, parsed.span)
    sentence = Sentence("Find \x01\ue000.", [slot])
    return [sentence], (Passage("display", typeset_formula(parsed)),)


def given_sentences(given: str) -> list[Sentence]:
    origin, tokens = math_tokens(given, "--given")
    if "$" in given or "\\(" in given:
        return document_sentences(given, "--given")[0]
    parsed = parse_formula(tokens, origin, Span(0, len(given)))
    return [Sentence("Let \x01\ue000.", [Slot.of(parsed, parsed.span)])]
