"""Why a derivative is defined in one way and not in another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import Found, Kind, derivative_goal
from derivgen.latex.tasks.spoken import by_matrix
from derivgen.tasks import Prefer

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

INSTEAD = r"(?:,? (?:rather than|instead of|and not|but not|not|over|to|as opposed to|in place of|compared (?:with|to)|in preference to|than|in contrast to|versus|vs\.?)|,)(?: (?:as|by|to be|with|it as|the|its transpose|transpose|column|row|vector|choice|simply|just|of|defining it|setting it|choosing))*"
AS = r"(?:,? (?:as|to be|by|equal to|to equal|is|to|be|with|as being|in the form|of the form|should be|being|simply))*(?: (?:the (?:row|column) (?:vector )?|the vector |the ))?"
WHY = r"\b(?:advantages?|benefits?|reasons?|arguments?|merits?|points?|good|speaks?|spoke|why|prefer(?:red|able)?|better|useful|virtue|gain(?:ed)?|sensible|makes sense|justif\w+|motivat\w+|convenient|natural)\b"

CUES = (
    "advantage",
    "benefit",
    "reason",
    "argument",
    "merit",
    "point",
    "good",
    "speak",
    "spoke",
    "why",
    "prefer",
    "better",
    "useful",
    "virtue",
    "gain",
    "sens",
    "justif",
    "motivat",
    "convenient",
    "natural",
)

PHRASES = (
    Phrase(
        "why defined as this and not as that", "goals", "prefer",
        rf"{WHY}[^.?\x01]{{0,120}}{{body:x}}{AS} ?{{chosen:x}}{INSTEAD} ?{{other:x}}[^.?]*",
        ("Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{v}\\in\\mathbb{R}^n$. What is one advantage of defining $\\frac{d(\\mathbf{X}\\mathbf{v})}{d\\mathbf{X}}$ as $\\mathbf{v}^T$ rather than $\\mathbf{v}$?",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{u}\\in\\mathbb{R}^m$. Why does it make sense to define $\\frac{d(\\mathbf{u}^T\\mathbf{X})}{d\\mathbf{X}}$ as $\\mathbf{u}$ and not as $\\mathbf{u}^T$?"),
        CUES,
    ),
    Phrase(
        "why is it defined so", "goals", "prefer",
        rf"{WHY}[^.?\x01]{{0,120}}{{body:x}} (?:is |are |be |being )?(?:defined|set|chosen|written|taken|put|given|stored|introduced|fixed){AS} ?{{chosen:x}}{INSTEAD} ?{{other:x}}[^.?]*",
        ("Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{u}\\in\\mathbb{R}^m$. Why is $\\frac{d(\\mathbf{u}^T\\mathbf{X})}{d\\mathbf{X}}$ defined as $\\mathbf{u}$ and not as $\\mathbf{u}^T$?",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{v}\\in\\mathbb{R}^n$. Explain why $\\frac{d(\\mathbf{X}\\mathbf{v})}{d\\mathbf{X}}$ is defined to be $\\mathbf{v}^T$ instead of $\\mathbf{v}$."),
        CUES,
    ),
    Phrase(
        "why this over that", "goals", "prefer",
        rf"{WHY}[^.?\x01]{{0,120}}{{chosen:x}}{INSTEAD} ?{{other:x}} (?:for|as|in|when|to)\b[^.?\x01]{{0,120}}{{body:x}}",
        ("Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{v}\\in\\mathbb{R}^n$. Why do we prefer $\\mathbf{v}^T$ over $\\mathbf{v}$ for $\\frac{d(\\mathbf{X}\\mathbf{v})}{d\\mathbf{X}}$?",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{u}\\in\\mathbb{R}^m$. What is the advantage of $\\mathbf{u}$ over $\\mathbf{u}^T$ as the value of $\\frac{d(\\mathbf{u}^T\\mathbf{X})}{d\\mathbf{X}}$?"),
        CUES,
    ),
    Phrase(
        "why this equation", "goals", "prefer equation",
        rf"{WHY}[^.?\x01]{{0,120}}{{body:x}}{INSTEAD} ?{{other:x}}[^.?]*",
        ("Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{v}\\in\\mathbb{R}^n$. Name an advantage of the definition $\\frac{d(\\mathbf{X}\\mathbf{v})}{d\\mathbf{X}}=\\mathbf{v}^T$ over $\\mathbf{v}$.",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{v}\\in\\mathbb{R}^n$. Why do we prefer $\\frac{d(\\mathbf{X}\\mathbf{v})}{d\\mathbf{X}}=\\mathbf{v}^T$ to $\\frac{d(\\mathbf{X}\\mathbf{v})}{d\\mathbf{X}}=\\mathbf{v}$?"),
        CUES,
    ),
    Phrase(
        "why defined so", "goals", "prefer alone",
        rf"\b(?:advantages?|benefits?|merits?|speaks?|prefer|gain|virtue|useful|sensible|sense|convenient|natural)\b[^.?\x01]{{0,80}}\b(?:defin\w+|set(?:ting)?|choos\w+|writ\w+|choice)\b[^.?\x01]{{0,40}}{{body:x}}(?:{AS} ?{{chosen:x}})?[^.?\x01]*(?=[.?]|$)",
        ("Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{v}\\in\\mathbb{R}^n$. What is one advantage of defining $\\frac{d(\\mathbf{X}\\mathbf{v})}{d\\mathbf{X}}$ as $\\mathbf{v}^T$ and not as its transpose?",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{u}\\in\\mathbb{R}^m$. What speaks for the definition $\\frac{d(\\mathbf{u}^T\\mathbf{X})}{d\\mathbf{X}}=\\mathbf{u}$?"),
        CUES,
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    node = only(found, "body")
    chosen = only(found, "chosen") if found.says != "prefer equation" else value_in(node)
    if isinstance(node, sx.Chain):
        node, chosen = node.sides[0], value_in(node)
    other = value_in(only(found, "other")) if found.says != "prefer alone" else turned(chosen)
    if not isinstance(node, sx.Leibniz) or not by_matrix(node) or chosen is None or other is None or chosen == other:
        return []
    for slot in found.sentence.slots:
        slot.used = True
    return [Ask("prefer", node, details=(chosen, other), span=node.span)]


def turned(node: sx.Syntax | None) -> sx.Syntax | None:
    """The transpose of what is preferred, where nothing else is named."""
    if node is None:
        return None
    return node.base if isinstance(node, sx.Transpose) else sx.Transpose(node, span=node.span)


def value_in(node: sx.Syntax | None) -> sx.Syntax | None:
    """The right side of an equation; anything else is itself."""
    return node.sides[1] if isinstance(node, sx.Chain) and node.signs == ("=",) else node


def only(found: Found, group: str) -> sx.Syntax | None:
    slots = found.sentence.named(found.group(group))
    return slots[0].formula.body if len(slots) == 1 else None


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    whole = derivative_goal(settler, ask)
    chosen, other = (settler.reading(ask).read(n) for n in ask.details)

    def build() -> Goal:
        goal, first, second = whole(), chosen.build(), other.build()
        asked = ("What speaks for defining ", goal.question, " as ", first, " and not as ", second, "?")
        return replace(goal, kind="prose", task=Prefer(first, second), asked=asked)

    return build


KIND = Kind("prefer", PHRASES, ask, settle)
