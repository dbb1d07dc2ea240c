"""What a sentence asks besides the goals that were found in it: to be told, never dropped."""

from __future__ import annotations

import re

from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, derivative_formula
from derivgen.latex.sentences import MARK, Sentence

TASK = re.compile(
    r"(?:^|(?<=[.;:?!,] )|(?<=\band )|(?<=\bthen )|(?<=\bhence )|(?<=\balso )|(?<=\(\w\) ))"
    r"(?:please |then |also |now |hence |finally |next |thus |therefore |use (?:this|it) to |by hand )*"
    r"(?P<verb>find|compute|calculate|determine|derive|evaluate|show|prove|verify|solve|minimi[sz]e|maximi[sz]e|sketch|"
    r"plot|draw|explain|argue|justify|why|discuss|classify|locate|describe|interpret|estimate|deduce|conclude|obtain|differentiate|integrate|"
    r"express|write|state|give|say|tabulate|decide|check|compare|approximate|"
    r"set (?:it|this|them|the \w+|\x01.) (?:equal )?to)\b",
    re.I,
)
"""Where a clause begins that asks for something."""

HARMLESS = re.compile(
    r"(?:explain|justify|argue|why|why not|discuss|check|verify|prove|show)"
    r"(?: (?:it|this|why|briefly|that))* ?(?:[.?!)]|$)|"
    r"\w+ (?:it |them |this |out |down |also |all |briefly |clearly )*"
    r"(?:(?:the|your|all|each|its|their|every|which|what) )*(?:final |resulting |intermediate )*"
    r"(?:answers?|results?|work(?:ing)?|steps?|shapes?|dimensions?|sizes?|layouts?|rules?|derivations?|reasons?|reasoning|"
    r"formulas?|expressions?|details|conventions?|assumptions?|ind(?:ex|ices)|everything|it|them|this|both|as|in|carefully)\b",
    re.I,
)
"""Clauses about the form of the answer, which ask for nothing more."""

RESTATING = ("evaluate", "give", "state", "write", "express")
"""Verbs that, without a formula, tell what to do with the answer."""

ANAPHORA = re.compile(r"^(?:and )?(?:which|what)\b[\w ]* (?:is|are) (?:it|this|that|they|these)\W*$", re.I)
"""A question for what was just described."""

QUESTION = re.compile(r"\b(?:what|which|when|where|why|how|who|is|are|does|do|can|for)\b", re.I)


ASIDE = re.compile(
    r"(?:,|;)? (?:and|but|then)(?: also| then| briefly| hence)? "
    r"(?P<clause>(?:explain|discuss|describe|interpret|justify|argue|sketch|draw|plot|why|how)\b[^.?!\x01]*)",
    re.I,
)
"""What a sentence asks behind a task, in words alone."""
TOLD_BY = frozenset({"judge", "compare", "prefer", "optimum", "expand"})
"""Tasks whose answers are explanations."""


def behind(sentence: Sentence, end: int, kind: str) -> list[tuple[str | sx.Syntax, ...]]:
    """The clauses behind a task that ask for more in words alone, and were not read."""
    found = ASIDE.finditer(sentence.text, end) if kind not in TOLD_BY else ()
    return [clause(m["clause"], sentence) for m in found if not HARMLESS.match(m["clause"])]


def unanswered(sentence: Sentence, made: list[Ask]) -> list[tuple[str | sx.Syntax, ...]]:
    """The clauses of a sentence that ask for something and have no goal."""
    text = sentence.text
    starts = list(TASK.finditer(text))
    if any(not a.at for a in made) and not any(m.start() == 0 for m in starts):
        return []
    if not starts:
        if ANAPHORA.search(text):
            return []
        asked = text.rstrip(" )").endswith("?") and QUESTION.search(text)
        return [clause(text, sentence)] if asked and not made else []
    found = []
    for k, start in enumerate(starts):
        stop = starts[k + 1].start() if k + 1 < len(starts) else len(text)
        if HARMLESS.match(text, start.start("verb")):
            continue
        if any(start.start() <= a.at < stop for a in made):
            found += passed_over(start, sentence, made)
            continue
        if k and made and start["verb"].lower() in RESTATING and MARK not in text[start.start() : stop]:
            continue
        found.append(clause(text[start.start() : stop], sentence))
    return found


FIRST = re.compile(r" (?:both )?(?:the values? of )?(?P<first>\x01.)(?:,| and)(?: (?:the )?(?P<next>\x01.))")
COMPUTES = ("compute", "calculate", "find", "determine", "evaluate", "give")


def passed_over(start: re.Match[str], sentence: Sentence, made: list[Ask]) -> list[tuple[str | sx.Syntax, ...]]:
    """The z of "compute z and ∂z/∂w": a letter whose value is asked for beside a derivative."""
    first = FIRST.match(sentence.text, start.end("verb")) if start["verb"].lower() in COMPUTES else None
    if first is None or derivative_formula(sentence.slot(first["next"]).formula.body) is None:
        return []
    node = sentence.slot(first["first"]).formula.body
    if not isinstance(node, sx.Symbol) or any(node in (a.body, a.name) and not a.by for a in made):
        return []
    return [(start["verb"].lower(), " ", node)]


def clause(text: str, sentence: Sentence) -> tuple[str | sx.Syntax, ...]:
    """A clause as words and formulas, without what only joins it to the next."""
    text = re.sub(r"(?:,|;|\band|\bthen|\bhence|\balso|[.?!])*\s*$", "", text).strip(" ,;:.?!")
    text = re.sub(r"(?:,? and|,? then|,)$", "", text)
    pieces: list[str | sx.Syntax] = []
    for words in re.split(f"({MARK}.)", text):
        if words.startswith(MARK):
            pieces.append(sentence.slot(words).formula.body)
        elif words:
            pieces.append(words)
    return tuple(pieces)
