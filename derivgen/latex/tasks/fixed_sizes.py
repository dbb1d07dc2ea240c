"""Sizes that are numbers for what one sentence asks: "in the 2 × 2 case"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.facts import Bare, Member
from derivgen.latex.phrases import Phrase
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.tasks.kind import Found, Manner

PHRASES = (
    Phrase(
        "in the case of a shape", "manner", "size",
        r"(?:\bin|\bfor|\bof|\bconsider|\btake) (?:the |a )?(?:special |simple |small )?(?:{shape:x}|(?P<rows>\d+) ?(?:by|-by-|×|x) ?(?P<cols>\d+))[- ](?:case|example|matri(?:x|ces))\b(?P<first> first)?",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Multiply out $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ in the $2\\times 2$ case.",
         "Let $\\mathbf{B}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Write out $\\mathbf{B}\\mathbf{x}$ for the 2 by 3 case."),
        ("case", "example", "matri"),
    ),
)  # fmt: skip


def with_sizes(found: Found, ask: Ask) -> Ask:
    """What is asked with sizes that are numbers, where the sentence that says so asks it, or asks nothing."""
    sizes = sizes_said(found)
    if not sizes or not concerns(found, ask):
        return ask
    letters = {letter for letter, _ in sizes}
    point = tuple(p for p in ask.point if not is_size(p, letters))
    first = ask.small_first or bool(found.group("first"))
    method = "explicit" if first else ask.method
    sizes = list(dict([*ask.sizes, *sizes]).items())
    return replace(ask, sizes=tuple(sizes), point=point, small_first=first, method=method)


def is_size(node: sx.Syntax, letters: set[str]) -> bool:
    """Whether what was taken for a point gives a size: n = 2, or 2 × 2."""
    if isinstance(node, sx.Product):
        return "×" in node.signs
    return isinstance(node, sx.Chain) and letter_of(node.sides[0]) in letters


def small_cases_first(asks: list[Ask]) -> list[Ask]:
    """What is asked for a small case first is asked for that, then as it stands."""
    out: list[Ask] = []
    for ask in asks:
        out.append(replace(ask, small_first=False))
        if ask.small_first:
            out.append(replace(ask, sizes=(), small_first=False, method=None))
    return out


def concerns(found: Found, ask: Ask) -> bool:
    here = found.sentence
    own = [a for a in found.asker.asks if a.part == here.part and within(a, here)]
    return not own or within(ask, here)


def within(ask: Ask, sentence: Sentence) -> bool:
    return any(s.span.start <= ask.span.start < s.span.end for s in sentence.slots)


def sizes_said(found: Found) -> list[tuple[str, int]]:
    """The letters of sizes with their numbers."""
    known = list(spaces(found.asker.sentences))
    groups = found.match.groupdict()
    rows, cols = groups.get("rows"), groups.get("cols")
    wanted = (int(rows), int(cols)) if rows and cols else None
    for slot in found.sentence.named(groups.get("shape")):
        wanted = shape_of(slot) or wanted
    first = next((s for s in known if len(s) == 2), None) or next(((s[0], s[0]) for s in known), None)
    if wanted is None or first is None or (first[0] == first[1] and wanted[0] != wanted[1]):
        return []
    return list(dict(zip(first, wanted, strict=True)).items())


def shape_of(slot: Slot) -> tuple[int, int] | None:
    for fact in slot.facts:
        match fact:
            case Bare(_, sx.Product((sx.Number(a), sx.Number(b)), ("×",))) if a.isdigit() and b.isdigit():
                return int(a), int(b)
    return None


def spaces(sentences: list[Sentence]) -> Iterator[list[str]]:
    """The letters in the spaces that symbols are declared in: [n] of R^n, [m, n] of R^{m × n}."""
    for sentence in sentences:
        for slot in sentence.slots:
            for fact in slot.facts:
                match fact:
                    case Member(_, _, sx.Space(_, nodes)) | Bare(_, sx.Product(nodes, ("×",))):
                        found = [letter for n in nodes if (letter := letter_of(n))]
                        if found:
                            yield found


def letter_of(node: object) -> str:
    return node.name.letter if isinstance(node, sx.Symbol) else ""


SIZES = Manner("sizes", PHRASES, with_sizes)
