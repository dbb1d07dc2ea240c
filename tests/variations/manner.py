"""The same derivatives by another method, or in another layout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.variations.kin import Kin, NotApplicable
from tests.variations.operands import made
from tests.variations.source import formulas, on_words

OTHERS = re.compile(
    r"layout|Select|which of|Fill|\\Box|Show|Prove|Verify|Argue|Explain|Compare|table|shape of|shapes|"
    r"definition|Do the same|same|minimis|maximis|fall|steep|Use \(|answer|matrix form|vector form|"
    r"indices|only derivative|fails|Which|For which|Does|unsimplified|one variable|overview|Write|speaks"
)
"""Questions of other kinds: a method, or a layout, is not what they are about."""
FORMAL = re.compile(r"in terms of|through|chain rule|Express")
"""Questions that other derivatives answer: a layout arranges these, but no method works them out."""
METHODS = (
    ("explicit", "by explicit expansion"),
    ("explicit", "by writing out all elements"),
    ("single-element", "by considering one element"),
    ("single-element", "element by element"),
)
LEADS = (
    ("explicit", "By explicit expansion"),
    ("single-element", "Considering a single element"),
    ("chain-rule", "Using the chain rule"),
)
QUESTION = re.compile(r"(?:Find|Compute|Calculate|Determine|Derive)(?= \$\\(?:d?frac\{(?:d|\\partial)|nabla))")
SAID = re.compile(
    r"by (?:explicit expansion|considering one element|matching (?:the )?shapes)|from one of its elements|element by element"
)


def method_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    """What is asked by one method asked by another; what leaves it open, by each that always applies."""
    said = SAID.search(statement)
    if said and "matching" not in said[0]:
        for method, words in METHODS:
            text = on_words(statement, lambda t, words=words: SAID.sub(words, t))
            yield made("another method", statement, text, how=words, method=method, told=parts_with(SAID, statement))
        return
    if said or OTHERS.search(statement) or FORMAL.search(statement) or not derivatives(statement):
        yield NotApplicable("it asks for more than derivatives, or says how already")
        return
    for method, words in (METHODS[0], METHODS[3]):
        lead = f"Work everything out {words}. "
        yield Kin("another method", lead + statement, how=words, method=method)
    question = QUESTION.search(statement)
    for method, words in LEADS if question else ():
        before, behind = statement[: question.start()], statement[question.start() :]
        text = f"{before}{words}, {behind[0].lower()}{behind[1:]}"
        yield Kin("another method", text, how=words, method=method, told=parts_with(re.compile(words), text))


def parts_with(said: re.Pattern[str], statement: str) -> frozenset[str]:
    """The parts that say how something is to be done."""
    items = re.split(r"\\item(?:\[[^]]*\])?", statement)[1:]
    return frozenset(label for label, item in zip("abcdefgh", items, strict=False) if said.search(item))


def layout_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    """Derivatives in a layout that the statement names; what comes out is told by finite differences."""
    if OTHERS.search(statement) or not derivatives(statement):
        yield NotApplicable("it asks for more than derivatives, or names a layout itself")
        return
    for layout, words in (("numerator", "Use numerator layout. "), ("jacobian", "We use the Jacobian layout. "),
                          ("denominator", "All derivatives are in denominator layout. ")):  # fmt: skip
        yield Kin("another layout", words + statement, how=layout, layout=layout, same_words=False)
    behind = re.sub(r"(\$\\frac\{d[^$]*\$)\.(?=\s*$)", r"\1 in numerator layout.", statement)
    yield made("another layout", statement, behind, how="numerator behind", layout="numerator", same_words=False)


def derivatives(statement: str) -> bool:
    return any(re.search(r"\\d?frac\{(?:d|\\partial)|\\nabla", f) for f in formulas(statement))
