"""How something is to be done: by which method, and in which form the answer is to be left."""

from __future__ import annotations

import re
from dataclasses import replace

from derivgen.latex.asks import Ask
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.both_layouts import LAYOUTS
from derivgen.latex.tasks.fixed_sizes import SIZES
from derivgen.latex.tasks.kind import Found, Manner

BY = r"(?:us(?:e|ing)|by|with|via|apply(?:ing)?|through|from|with the help of|by means of)(?: the| a| an)?"

METHODS = (
    Phrase(
        "from one element", "manner", "single-element",
        rf"{BY} (?:considering |taking |looking at |working out )?(?:only )?(?:one|single|each|every) (?:of (?:its|the) )?(?:element|entry|entries|elements|component|components)(?: at a time| first)?|element by element|entry by entry"
        r"|\b(?:single|one)[- ](?:element|entry|component) (?:method|approach|technique)",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$. By considering one element, find $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}$ for $\\mathbf{x}\\in\\mathbb{R}^n$.",
         "Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{x})$ element by element; $\\mathbf{x}\\in\\mathbb{R}^n$."),
        ("element", "entry", "component"),
    ),
    Phrase(
        "by the chain rule", "manner", "chain-rule",
        rf"{BY} (?:scalar |multivariable |two-variable |vector )?chain rule|by (?:summing|adding|a sum) (?:up )?over (?:all )?(?:the )?paths",
        ("Use the chain rule to find $\\frac{dw}{dt}$ for $w=uv$, $u=t^2$ and $v=\\sin t$.",
         "By the chain rule, find $\\frac{df}{dt}$ where $f=e^u$ and $u=t^2$."),
        ("chain rule", "paths"),
    ),
    Phrase(
        "by substitution", "manner", "substitution",
        r"\b(?:by|after|through)(?: first| directly)? (?:direct(?:ly)? )?substitut(?:ing|ion)\b(?: (?:first|directly|everything|them))*|\bsubstitut(?:e|ing) (?:first|directly)\b",
        ("Let $w=xy$, $x=t$, $y=t^2$. Find $\\frac{dw}{dt}$ by substituting first.",
         "Let $f=u^2$ and $u=\\sin t$. By direct substitution, find $\\frac{df}{dt}$."),
        ("substitut",),
    ),
    Phrase(
        "written out", "manner", "explicit",
        r"\bexplicitly\b|(?:by|with|us(?:e|ing)|via|through)(?: an?)? (?:explicit|writing|full)(?:ly)? (?:expansion|multiplication|computation|out|everything)(?: (?:everything|all|the)[^,.;]*)?|by multiplying (?:everything |all )?out|written out (?:in full|explicitly)|by (?:explicitly )?(?:expanding|writing out) [^.,;]*|(?:writ(?:e|ing)|multiply(?:ing)?) (?:everything|it all|all of it|it) out|expand(?:ing)? everything|by differentiating (?:each|every) (?:element|entry|component)|(?:by|through) (?:computing|working out|calculating|writing (?:out|down)|evaluating) (?:all|every) (?:of )?(?:the |its )?(?:elements?|entr(?:y|ies)|components?)",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times p}$ and $\\mathbf{x}\\in\\mathbb{R}^p$. Find $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}$ by explicit expansion.",
         "Explicitly compute $\\frac{d}{d\\mathbf{x}}(\\mathbf{x}^T\\mathbf{x})$ for $\\mathbf{x}\\in\\mathbb{R}^2$."),
        ("explicit", "writ", "multiply", "expand", "differentiating", "computing", "working", "calculating", "evaluating"),
    ),
    Phrase(
        "by matching shapes", "manner", "shape-matching",
        r"(?:by|us(?:e|ing)|with|through|via|apply(?:ing)?|from) (?:(?:a )?(?:matching|compar(?:ing|ison)|fitting|looking at)(?: up)? (?:of )?(?:the |their |all )?(?:shapes?|sizes?|dimensions?)|(?:the )?(?:method of )?(?:shape|dimension|size)[- ]matching|the shapes alone)"
        r"|match(?:ing)? (?:up )?(?:the|their|all) (?:shapes|sizes|dimensions)",
        ("Let $z$ be a function of $\\mathbf{y}\\in\\mathbb{R}^r$, and $\\mathbf{y}$ a function of $\\mathbf{x}\\in\\mathbb{R}^p$. Find $\\frac{dz}{d\\mathbf{x}}$ by matching shapes.",
         "Let $z$ be a function of $\\mathbf{y}\\in\\mathbb{R}^r$, and $\\mathbf{y}$ a function of $\\mathbf{x}\\in\\mathbb{R}^p$. Use shape matching; find $\\frac{dz}{d\\mathbf{x}}$ through shape matching."),
        ("shape", "size", "dimension"),
    ),
)  # fmt: skip

LEAVE = (
    Phrase(
        "unsimplified", "manner", "unsimplified",
        r"(?:leave|leaving|keep|keeping|give)[^.;]{0,40}(?:unsimplified|unreduced|as (?:it is|they are|it comes|it stands))|(?:do not|don't|need not|no need to|without) (?:be )?simplif(?:y|ied|ying)(?: (?:it|your|the)(?: answer| result)?)?|unsimplified",
        ("Find $\\frac{d}{dx}\\frac{x}{1+x}$ and leave the result unsimplified.", "Find $\\frac{d}{dx}(x+1)^2x$. Do not simplify."),
        ("simplif", "leave", "keep", "reduced"),
    ),
)  # fmt: skip

ELEMENTS = (
    Phrase(
        "by its elements", "manner", "elements",
        r"\b(?:as|in|by|with|through) (?:a )?(?:(?:list|column|vector|row) of )?(?:all )?(?:its|the|their) (?:elements|entries|components)(?! (?:alone|only))|(?:list|write out|spell out|write down)(?: all)? (?:the|its|their|all) (?:elements|entries|components)(?: of)?",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$. Find $\\nabla\\lVert\\mathbf{x}\\rVert_2^2$ as a column of its elements.",
         "Let $\\mathbf{a},\\mathbf{x}\\in\\mathbb{R}^n$. Find $\\frac{d}{d\\mathbf{x}}(\\mathbf{a}^T\\mathbf{x})$ and write out its elements."),
        ("elements", "entries", "components"),
    ),
)  # fmt: skip

TERMS = (
    Phrase(
        "in terms of", "manner", "terms",
        r"in terms of (?:only )?(?:the )?(?:\w+ )??{names:xs}",
        ("Let $z$ be a function of $\\mathbf{y}\\in\\mathbb{R}^r$, and $\\mathbf{y}$ of $\\mathbf{x}\\in\\mathbb{R}^p$. Find $\\frac{dz}{d\\mathbf{x}}$ in terms of $\\frac{dz}{d\\mathbf{y}}$ and $\\frac{d\\mathbf{y}}{d\\mathbf{x}}$.",
         "Let $z$ be a function of $y$ and $y$ one of $x$. Express $\\frac{dz}{dx}$ in terms of the derivatives $\\frac{dz}{dy}$ and $\\frac{dy}{dx}$."),
        ("in terms of",),
    ),
)  # fmt: skip


WAYS = re.compile(r"\b(?:in|by) (?:two|three|four|both|several|different|all)(?: different)? (?:ways|methods)\b", re.I)
"""Words that ask for one thing by each of several methods."""


def by_method(found: Found, ask: Ask) -> Ask:
    if ask.method and WAYS.search(found.sentence.text) and found.says not in ask.method.split("|"):
        return replace(ask, method=f"{ask.method}|{found.says}")
    return replace(ask, method=ask.method or found.says)


def by_each_method(asks: list[Ask]) -> list[Ask]:
    """What is asked by several methods is asked by one after the other."""
    return [replace(ask, method=m) for ask in asks for m in (ask.method.split("|") if ask.method else (None,))]


def in_terms(found: Found, ask: Ask) -> Ask:
    return ask if ask.terms else replace(ask, terms=tuple(found.nodes("names")))


MANNERS = (
    Manner("method", METHODS, by_method),
    Manner("unsimplified", LEAVE, lambda found, ask: replace(ask, simplify=False)),
    Manner("elements", ELEMENTS, lambda found, ask: replace(ask, form="elements")),
    Manner("terms", TERMS, in_terms),
    SIZES,
    LAYOUTS,
)
