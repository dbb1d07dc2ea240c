"""Products read in several ways: by their elements, by rows, by columns, as a sum of outer products."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import asking
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Bare, Defines
from derivgen.latex.phrases import SLOT, Phrase
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.spoken import derivatives_in
from derivgen.tasks import Cut, Readings

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

VERB = r"(?:write|read|express|expand|interpret|give|describe|view|show|explain|spell out|state|look at|present|formulate|cut|split|decompose|rewrite|what (?:are|is))"
SIDE = r"(?:rows?(?:[- ](?:view|wise|picture|forms?|formulas?|views|pictures))?|columns?(?:[- ](?:view|wise|picture|forms?|formulas?|views|pictures))?)(?!s| vector)"
OF = rf"(?: of (?:the (?:matrix |factor |first factor |second factor )?)?(?P<of>{SLOT}|it|both|each))?"
WAY = (
    r"(?:(?:by|in|with|through|over|along|using|into|as|from|in terms of|of|and|or|,) ?(?:(?:the|its|their|all|a|weighted|linear|sums?|sum|combinations?|of|single) )*"
    rf"{SIDE}(?: of (?:the (?:matrix |factor )?)?{SLOT})?"
    rf"|{SIDE} (?:by|for|after) {SIDE}|(?:row|column)[- ]?wise"
    r"|as (?:a |the )?sums? of outer products|(?:outer[- ]product|row|column) (?:form|view|picture|reading|expansion)s?)"
)
ELEMENTS = re.compile(
    r"(?:element|entry|component)(?:s|-?wise| by | formula)|(?:its|their|the|single|all) (?:elements|entries|components)",
    re.I,
)
SIDES = re.compile(
    rf"\b(?P<side>row|column)(?P<many>s?)\b(?! (?:vector|matri|times|space|rank)){OF}|(?P<outer>outer[- ]product)", re.I
)
DERIVATIVES = re.compile(r"derivative|gradient|jacobian|hessian|differentiat|chain rule|without ind|trace|norm", re.I)

PHRASES = (
    Phrase(
        "by rows and columns", "goals", "readings",
        rf"{VERB} [^.?\x01]{{0,200}}?(?:{{body:xs}}|product|\bit\b|them|these)[^.?]{{0,300}}?{WAY}",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times p}$ and $\\mathbf{v}\\in\\mathbb{R}^p$. Write the product $\\mathbf{A}\\mathbf{v}$ by its elements, by the rows of $\\mathbf{A}$ and by the columns of $\\mathbf{A}$.",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times p}$, $\\mathbf{u}\\in\\mathbb{R}^m$ and $\\mathbf{y}=\\mathbf{u}^T\\mathbf{A}$. Read this product element by element, by rows and by columns.",
         "Let $\\mathbf{P}\\in\\mathbb{R}^{m\\times p}$, $\\mathbf{Q}\\in\\mathbb{R}^{p\\times n}$. Express $\\mathbf{P}\\mathbf{Q}$ as a sum of outer products.",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{N\\times d}$. Write $\\mathbf{X}^T\\mathbf{X}$ as a sum over the rows of $\\mathbf{X}$."),
        ("row", "column", "outer"),
    ),
    Phrase(
        "the row view of", "goals", "readings",
        rf"{VERB}(?: down| out)? (?:the |a |both |each )*(?:[\w-]+ and )??{SIDE}(?:(?:,| and|,? or| by) (?:the |a )?{SIDE})* (?:of|for) (?:the )?(?:matrix |products? )?{{body:xs}}",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{2\\times 3}$ and $\\mathbf{x}\\in\\mathbb{R}^3$. Give the row view and the column view of $\\mathbf{A}\\mathbf{x}$.",
         "Let $\\mathbf{P}\\in\\mathbb{R}^{m\\times p}$, $\\mathbf{Q}\\in\\mathbb{R}^{p\\times n}$. What are the row and column forms of $\\mathbf{P}\\mathbf{Q}$?"),
        ("row", "column"),
    ),
    Phrase(
        "all readings", "goals", "readings",
        r"(?:all|the (?:different|various|several|two|three|four|five)|every|in how many)(?: different| possible| usual)* (?:ways?|readings?|views?|interpretations?|forms?) (?:(?:of|to|can|one can|in which|is|are) )*(?:(?:the|read|write|be|reading|writing|interpret|view|compute|product|matrix|each|these|following) )*{body:xs}",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times p}$ and $\\mathbf{v}\\in\\mathbb{R}^p$. Give all readings of the product $\\mathbf{A}\\mathbf{v}$.",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times p}$ and $\\mathbf{B}\\in\\mathbb{R}^{p\\times n}$. Describe the five ways to read $\\mathbf{A}\\mathbf{B}$."),
        ("way", "reading", "view", "interpretation", "form"),
    ),
    Phrase(
        "the elements of a product", "goals", "readings",
        r"(?:write|read|expand|give|spell out|state)(?: down| out)? (?:each|every|all|these|the)(?: of)?(?: the| these| following)* (?:matrix )?products?(?: {body:xs})? (?:by|in|through|from)? ?(?:(?:its|their|the|single) )*(?:elements|entries|components|element by element|entry by entry)",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times p}$ and $\\mathbf{v}\\in\\mathbb{R}^p$. Write the product $\\mathbf{A}\\mathbf{v}$ by its elements.",
         "Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$ and $\\mathbf{D}=\\mathbf{a}\\mathbf{b}^T$. Read the product element by element."),
        ("element", "entry", "entries", "component"),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    if DERIVATIVES.search(found.sentence.text) or any(True for _ in derivatives_in(found.sentence)):
        return []
    if any(p.match(found.sentence.text) for p in asking.REGROUP):
        return []  # "in matrix form, with X of rows x_i": the other way round
    cuts = cuts_in(found.sentence)
    given = [s for s in found.sentence.named(found.group("body")) if products_of(s)]
    asks = [Ask("readings", n, details=cuts, span=n.span) for s in given for n in products_of(s)]
    asks = asks or elsewhere(found, cuts)
    if asks:
        for slot in (*given, *found.sentence.slots):
            slot.used = True
    return asks


def products_of(slot: Slot) -> list[sx.Syntax]:
    """The products that a formula holds, those that it defines by their names."""
    out: list[sx.Syntax] = []
    for fact in slot.facts:
        match fact:
            case Defines(_, left, right) if is_product(right):
                out.append(left)
            case Bare(_, node) if is_product(node):
                out.append(node)
    return out


def is_product(node: sx.Syntax) -> bool:
    """Whether a formula is a product, and not one of sizes."""
    while isinstance(node, sx.Fenced) and not isinstance(node.body, sx.Tuple):
        node = node.body
    return isinstance(node, sx.Product) and "×" not in node.signs


def elsewhere(found: Found, cuts: object) -> list[Ask]:
    """The products of the sentence, of the parts that follow it, or else those of the statement before it; a letter
    that was defined as a product stands for it."""
    asker, here = found.asker, found.sentence
    named = [n for s in here.named(found.group("body")) for n in s.subject if asker.names_something(n)]
    if named:
        return [Ask("readings", n, details=cuts, span=n.span) for n in named]
    at = next(k for k, s in enumerate(asker.sentences) if s is here)
    groups: list[list[Sentence]] = [
        [here],
        [s for s in asker.sentences[at + 1 :] if s.part != here.part] if here.part is None else [],
        [s for s in asker.sentences[at + 1 :] if s.part == here.part][:1],
        [s for s in reversed(asker.sentences[:at]) if s.part in (None, here.part)],
    ]
    for group in groups:
        asks = []
        for sentence in group:
            for slot in sentence.slots:
                for node in products_of(slot):
                    slot.used = True
                    asks.append(Ask("readings", node, part=sentence.part, details=cuts, span=node.span))
        if asks:
            return asks
    return []


def cuts_in(sentence: Sentence) -> tuple[tuple[str, sx.Syntax | None], ...]:
    """The ways that a sentence names: elements, rows and columns (of what), outer products."""
    cuts: list[tuple[str, sx.Syntax | None]] = []
    if ELEMENTS.search(sentence.text):
        cuts.append(("elements", None))
    for match in SIDES.finditer(sentence.text):
        if match["outer"]:
            cuts.append(("outer", None))
            continue
        slots = sentence.named(match["of"])
        node = slots[0].node if slots else None
        cuts.append((f"{match['side'].lower()}s", node if not isinstance(node, sx.Product) else None))
    return tuple(cuts)


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    assert ask.body is not None
    typed = r.read(ask.body)
    cuts = [(way, r.read(node) if node is not None else None) for way, node in ask.details]

    def build() -> Goal:
        goal = settler.goal("element", typed.build(), (), ask)
        named = tuple(Cut(way, factor.build() if factor is not None else None) for way, factor in cuts)
        return replace(goal, task=Readings(named), asked=("Read the product ", goal.question, "."))

    return build


KIND = Kind("readings", PHRASES, ask, settle)
