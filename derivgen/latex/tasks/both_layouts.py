"""What is asked in both layouts: in denominator layout, then in numerator layout."""

from __future__ import annotations

from dataclasses import replace

from derivgen.latex.asks import Ask
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import Found, Manner

BOTH = "both"
ORDER = ("denominator", "numerator")

PHRASES = (
    Phrase(
        "in both layouts", "manner", "both",
        r"\b(?:in|for|under|with|using) (?:both|each|each of the two|the two|either)(?: of the)? (?:derivative )?(?:layouts?|(?:layout )?conventions?)\b",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Find $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}$ in both layouts.",
         "For each of the two layouts, find $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{x})$; $\\mathbf{x}\\in\\mathbb{R}^n$."),
        ("layout", "convention"),
    ),
    Phrase(
        "in one layout and in the other", "manner", "both",
        r"\b(?:in|for|under|with|using) (?:the )?(?P<one>denominator|numerator)(?:[- ](?:layout|convention|notation))?,?(?: and| and then| then| as well as|, and| and also)(?: in| for| under| with)?(?: the)? (?!(?P=one))(?:denominator|numerator)[- ](?:layout|convention|notation)",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Find $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}$ in denominator layout and in numerator layout.",
         "What is the shape of $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{x})$ in numerator layout, and in denominator layout? Here $\\mathbf{x}\\in\\mathbb{R}^n$."),
        ("numerator",),
    ),
)  # fmt: skip


def marked(found: Found, ask: Ask) -> Ask:
    return replace(ask, layout=ask.layout or BOTH)


def one_by_one(asks: list[Ask]) -> list[Ask]:
    """What is asked in both layouts is asked in the one, then in the other."""
    return [replace(ask, layout=layout) for ask in asks for layout in (ORDER if ask.layout == BOTH else (ask.layout,))]


LAYOUTS = Manner("both layouts", PHRASES, marked)
