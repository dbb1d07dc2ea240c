"""Factors to be put into order by their shapes: "in which order", "arrange", "a product of"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase, compiled
from derivgen.latex.tasks.kind import Found, Kind, asked_formula, question_goal

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

BY_SHAPES = (
    r"(?:by|from|using|through|via|with)(?: the method of)? (?:(?:matching|comparing|fitting) (?:up )?(?:the |their |all )?(?:shapes|sizes|dimensions)"
    r"|(?:the )?(?:shape|dimension)[- ]matching|(?:the |their )?(?:shapes|sizes|dimensions)(?: alone)?)"
)
PRODUCT = r"{body:x} (?:can|may|must|should|could|will|is|has to)(?: be)? (?:represented|written|expressed|given|obtained|formed)? ?as (?:a|the|some) product of {factors:xs}"
"""What says, before it is asked for, of what a derivative is made."""

PHRASES = (
    Phrase(
        "the order of factors", "goals", "order",
        r"(?:find|determine|give|state|work out|what is|which is|tell)(?: out)? (?:the |in which )(?:right |correct |only |proper )?(?:order|arrangement)(?: and (?:the )?transposes?| and transpositions?)? (?:of |in which )(?:the )?(?:factors |matrices |derivatives )?{factors:xs}"
        r"(?: (?:in|for|to (?:give|get|obtain|form)|that gives?|so that (?:their product|the product|it|they) (?:is|gives?|equals?)|(?:must |have to |should )?(?:be multiplied|stand|appear|multiply)(?: to (?:give|get|obtain)| in| for))(?: the (?:chain rule|product|derivative|formula))?(?: for| of)? {body:x})",
        ("Let $\\mathbf{z}$ be a function of $\\mathbf{y}\\in\\mathbb{R}^r$ and $\\mathbf{y}$ one of $\\mathbf{x}\\in\\mathbb{R}^p$, with $\\mathbf{z}\\in\\mathbb{R}^n$. Find the order of $\\frac{d\\mathbf{z}}{d\\mathbf{y}}$ and $\\frac{d\\mathbf{y}}{d\\mathbf{x}}$ in $\\frac{d\\mathbf{z}}{d\\mathbf{x}}$ by matching shapes.",
         "Let $s$ be a function of $\\mathbf{u}\\in\\mathbb{R}^k$, and $\\mathbf{u}$ one of $\\mathbf{t}\\in\\mathbb{R}^q$. Determine the right order of $\\frac{ds}{d\\mathbf{u}}$ and $\\frac{d\\mathbf{u}}{d\\mathbf{t}}$ to give $\\frac{ds}{d\\mathbf{t}}$."),
        ("order", "arrangement"),
    ),
    Phrase(
        "in which order", "goals", "order",
        r"(?:in )?(?:which|what) order (?:must|do|does|should|can|have|has|will|are|shall)? ?(?:the )?(?:factors |matrices |derivatives )?{factors:xs} (?:to )?(?:be multiplied|multiply|multiplied|stand|appear|go|come|be taken|be written)"
        r"[^.?\x01]*?{body:x}",
        ("Let $\\mathbf{z}\\in\\mathbb{R}^n$ be a function of $\\mathbf{y}\\in\\mathbb{R}^r$, and $\\mathbf{y}$ a function of $\\mathbf{x}\\in\\mathbb{R}^p$. In which order must $\\frac{d\\mathbf{z}}{d\\mathbf{y}}$ and $\\frac{d\\mathbf{y}}{d\\mathbf{x}}$ be multiplied to give $\\frac{d\\mathbf{z}}{d\\mathbf{x}}$?",
         "Let $s$ depend on $\\mathbf{u}\\in\\mathbb{R}^k$, and let $\\mathbf{u}$ depend on $\\mathbf{t}\\in\\mathbb{R}^q$. What order do $\\frac{ds}{d\\mathbf{u}}$ and $\\frac{d\\mathbf{u}}{d\\mathbf{t}}$ stand in, so that their product is $\\frac{ds}{d\\mathbf{t}}$?"),
        ("order",),
    ),
    Phrase(
        "arrange the factors", "goals", "order",
        r"(?:arrange|order|combine|put together|assemble)(?: and transpose| and,? (?:if|where) (?:needed|necessary),? transpose)? (?:the )?(?:factors |matrices |derivatives )?{factors:xs} (?:in|into|to|so|such)[^.?\x01]*?(?:shape|size|dimension|product|chain rule|order)[^.?\x01]*?{body:x}",
        ("Let $\\mathbf{z}\\in\\mathbb{R}^n$ depend on $\\mathbf{y}\\in\\mathbb{R}^r$, and let $\\mathbf{y}$ depend on $\\mathbf{x}\\in\\mathbb{R}^p$. Arrange $\\frac{d\\mathbf{z}}{d\\mathbf{y}}$ and $\\frac{d\\mathbf{y}}{d\\mathbf{x}}$ into a product with the shape of $\\frac{d\\mathbf{z}}{d\\mathbf{x}}$.",
         "Let $s$ depend on $\\mathbf{u}\\in\\mathbb{R}^k$, and let $\\mathbf{u}$ depend on $\\mathbf{t}\\in\\mathbb{R}^q$. Combine $\\frac{ds}{d\\mathbf{u}}$ and $\\frac{d\\mathbf{u}}{d\\mathbf{t}}$ to a product of the shape of $\\frac{ds}{d\\mathbf{t}}$."),
        ("arrange", "order", "combine", "put together", "assemble"),
    ),
    Phrase(
        "the chain rule by shapes", "goals", "rule",
        rf"(?:derive|find|obtain|get|guess|determine|state|give|write(?: down)?|work out) (?:the|this|a|its) (?:[\w-]+ )?(?:chain rule|product|formula)(?: from above| in question| for it| here)?,? {BY_SHAPES}",
        ("Let $z$ be a function of $\\mathbf{y}=\\mathbf{A}\\mathbf{x}$ with $\\mathbf{A}\\in\\mathbb{R}^{r\\times p}$. Then $\\frac{dz}{d\\mathbf{x}}$ can be written as a product of $\\frac{dz}{d\\mathbf{y}}$ and $\\frac{d\\mathbf{y}}{d\\mathbf{x}}$. Derive the chain rule by matching the shapes.",
         "Let $s$ be a function of $\\mathbf{u}\\in\\mathbb{R}^k$, and $\\mathbf{u}$ a function of $\\mathbf{t}\\in\\mathbb{R}^q$. By the chain rule $\\frac{ds}{d\\mathbf{t}}$ is a product of two derivatives. (a) Find the chain rule from the shapes alone."),
        ("shape", "size", "dimension"),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    bodies, factors = found.nodes("body"), found.nodes("factors")
    if not bodies and not found.sentence.slots:
        bodies, factors = spoken_of_before(found)
    if not bodies or asked_formula(bodies[0]) is None:
        return []
    for slot in found.sentence.slots:
        slot.used = True
    body = bodies[0]
    return [Ask("match", body, method="shape-matching", terms=tuple(factors), span=body.span)]


def spoken_of_before(found: Found) -> tuple[list[sx.Syntax], list[sx.Syntax]]:
    """The derivative and its factors in a sentence before: "… can be written as a product of …"."""
    sentences = found.asker.sentences
    at = next(k for k, s in enumerate(sentences) if s is found.sentence)
    before = [s for s in sentences[:at] if s.part in (None, found.sentence.part)]
    for sentence in reversed(before):
        match = compiled(PRODUCT).search(sentence.text)
        if match is not None:
            told = Found(match, sentence, found.asker)
            return told.nodes("body"), told.nodes("factors")
    for sentence in reversed(before):
        for slot in reversed(sentence.slots):
            for node in slot.subject:
                if isinstance(node, sx.Leibniz) and node.body is not None:
                    slot.used = True
                    return [node], []
    return [], []


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    return question_goal(settler, ask)


KIND = Kind("match", PHRASES, ask, settle)
