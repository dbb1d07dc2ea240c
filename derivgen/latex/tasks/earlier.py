"""An earlier answer, to be written in other terms: through a function that the statement names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import ANSWER, PART, Found, Kind, again, asked_formula, names_derivative, questions_of
from derivgen.tasks import Through
from derivgen.terms.nodes import Name

if TYPE_CHECKING:
    from derivgen.latex.goals import Asker
    from derivgen.latex.sentences import Sentence
    from derivgen.latex.settle import Settler

WRITE = r"(?:express|write|give|rewrite|put|state)(?: \w+)?? "
ONLY = r"(?: (?:and )?(?:constants?|numbers)(?: only)?| only| alone| itself)*"
BY = r"(?:,? ?(?:(?:purely|solely|entirely|exclusively|completely|only|just|wholly) )?(?:using|in terms of|through|by means of|by|with|as an? (?:function|expression|polynomial) (?:of|in)))"

ALONE = re.compile(
    r"\b(?:purely|solely|entirely|exclusively|completely|wholly|only|alone|just|solely|constants?|numbers?|itself)\b",
    re.I,
)

DERIVATIVES = frozenset({"derivative", "gradient", "jacobian", "hessian", "subscript"})

SEVERAL = re.compile(r"\b(?:both|each|them|results|answers|derivatives)\b", re.I)

PHRASES = (
    Phrase(
        "the answer through", "goals", "through",
        rf"{WRITE}(?:{again(ANSWER + '|(?:part )?' + PART)}|it|this|that|both|each|them|(?:both |the |your )+(?:results|answers|derivatives)|the (?:result|answer|derivative)|(?:this|your|the) (?:last |previous )?(?:result|answer))(?: again| now)?"
        rf"{BY} (?:only |just |nothing (?:but|except|else than) )?(?:the )?(?:functions? |value )?{{names:xs}}{ONLY}",
        ("Let $g(t)=\\frac{1}{1+e^{-t}}$. (a) Find $\\frac{d}{dt}g(t)$. (b) Write the answer to (a) with $g(t)$ and numbers only.",
         "(a) Find $\\frac{dy}{dx}$ for $y=e^{3x}$. (b) Write the result in terms of $y$ alone."),
        ("express", "write", "give", "put", "state"),
    ),
    Phrase(
        "one variable", "goals", "whole",
        rf"{WRITE}(?:{ANSWER}|it|this|the (?:result|answer)|(?:this|your) (?:result|answer))(?:{BY} (?:only |just )?|,? as )(?:one|a single) (?:variable|symbol|vector|letter|matrix)(?: only)?",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$. (a) List the elements of $\\nabla\\lVert\\mathbf{x}\\rVert^2$. (b) Express your answer to (a) with one variable only.",
         "Let $\\mathbf{a},\\mathbf{x}\\in\\mathbb{R}^n$ with constant $\\mathbf{a}$. (a) Find $\\nabla_{\\mathbf{x}}(\\mathbf{a}^T\\mathbf{x})$. (b) Write it with a single vector."),
        ("one ", "single"),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    alone = ALONE.search(found.match[0]) is not None
    names = tuple(found.nodes("names"))
    refers = found.refers or (found.sentence.part if asked_before(found) else None)
    ask = Ask("through", None, refers=refers, details=(names, alone), span=found.span)
    asked = [a for a in found.asker.asks if a.part == found.sentence.part]
    if found.refers is None and len(asked) > 1 and SEVERAL.search(found.match[0]) and names:
        return [replace(ask, details=(names, alone, k)) for k, a in enumerate(asked) if a.kind in DERIVATIVES]
    return [ask]


def asked_before(found: Found) -> bool:
    """Whether the sentence itself asks for the derivative first: "find s'(x) and write it through s"."""
    head = found.sentence.text[: found.match.start()]
    made = len(found.asker.asks)
    if head.strip():
        first = replace(found.sentence, text=re.sub(r"(?:,|;|\band|\bthen|\balso| )+$", "", head) + ".")
        sentences = found.asker.sentences
        at = next((k for k, s in enumerate(sentences) if s is found.sentence), None)
        if at is not None:
            sentences[at] = first  # what looks for its place among the sentences finds it
        found.asker.sentence(first)
        if at is not None:
            sentences[at] = found.sentence
    return len(found.asker.asks) > made


IN_TERMS = Phrase(
    "in terms of functions", "goals", "through",
    r"in terms of (?:only )?(?:the )?(?:(?:function|sigmoid|logistic function|value)s? )?{names:xs}",
    ("Let $y=e^{x^2}$. Find $y'$ in terms of $x$ and $y$.", "Give $s'(x)$ in terms of $s(x)$ for $s(x)=\\tanh x$."),
    ("in terms of",),
)  # fmt: skip


def through_names(asker: Asker, asks: list[Ask], sentence: Sentence) -> list[Ask]:
    """Derivatives that a sentence asks for "in terms of" functions: each, and then the same through these."""
    match = IN_TERMS.match(sentence.text)
    if match is None or any(a.kind not in DERIVATIVES or a.claim is not None for a in asks):
        return asks
    nodes = [n for s in sentence.named(match["names"]) for n in s.subject if not isinstance(n, sx.Words)]
    if not any(is_function(asker, n) for n in nodes) or any(
        asked_formula(n) or names_derivative(asker, n) for n in nodes
    ):
        return asks
    alone = ALONE.search(sentence.text[match.start() :]) is not None
    span = sentence.named(match["names"])[0].span
    out: list[Ask] = []
    for ask in asks:
        out += [ask, Ask("through", None, refers=sentence.part, details=(tuple(nodes), alone), span=span)]
    return out


def is_function(asker: Asker, node: sx.Syntax) -> bool:
    """Whether a formula names a function: one of the statement, or one with a name of its own."""
    if isinstance(node, sx.MaybeCall):
        return asker.names_something(node) or node.head == sx.Symbol(Name("sigma")) or not asker.mentions(node)
    return asker.names_something(node) or isinstance(node, sx.Call)


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    nodes, alone, *which = ask.details
    names = [r.read(n) for n in nodes]

    def build() -> Goal:
        goal = questions_of(settler, ask)[which[0] if which else -1]
        place = settler.scope.place(ask.span)
        task = Through(tuple(n.build() for n in names), alone)
        return replace(goal, part=ask.part, place=place, task=task, claim=None, form="")

    return build


KIND = Kind("through", PHRASES, ask, settle)
