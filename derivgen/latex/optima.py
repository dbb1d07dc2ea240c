r"""What speaks of minima and maxima: words, formulas such as ``\min_x f(x)``, and conditions beside them."""

# ruff: noqa: E501 - patterns read best on one line
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derivgen.latex import phrases
from derivgen.latex import syntax as sx
from derivgen.latex.asks import joined
from derivgen.latex.sentences import Sentence, Slot

SENSES = {
    "min": "minimum",
    "argmin": "minimum",
    "inf": "minimum",
    "max": "maximum",
    "argmax": "maximum",
    "sup": "maximum",
}
"""What the names of large operators look for."""

OPT = r"(?:minimi[sz]e[sd]?|minimi[sz]ing|maximi[sz]e[sd]?|maximi[sz]ing)\b"
SUPER = (
    r"(?:minimal|minimum|minimi[sz]ed|smallest|least|lowest|maximal|maximum|maximi[sz]ed|largest|greatest|highest|"
    r"as (?:small|low|little|large|big|great|high|close to zero) as possible|a minimum|a maximum|"
    r"(?:its|the|a|an) (?:minimum|maximum|(?:small|low|larg|great|high)est value|minimal value|maximal value|least value|extremum))"
)
POINT = (
    r"(?:(?:(?:global|unique|local|least[- ]squares|optimal|exact|closed[- ]form|analytic(?:al)?|ridge|regulari[sz]ed|all|the|its|any|"
    r"constrained|unconstrained|regression) )*"
    r"(?:minimi[sz]ers?|maximi[sz]ers?|minim(?:um|a)(?: points?)?(?![- ](?:value|norm))|maxim(?:um|a)(?: points?)?(?![- ](?:value|likelihood|a posteriori))|"
    r"optim(?:um|a|al (?:point|value|solution|parameters?|weights?|coefficients?|vector|matrix))|extrem(?:um|a)(?: points?)?|"
    r"stationary points?|critical points?|turning points?|vertex|arg ?min(?:imum)?|arg ?max(?:imum)?))"
)
ESTIMATE = (
    r"(?:(?:maximum[- ]likelihood|ML|MAP|least[- ]squares|ridge|best) (?:\w+ )?(?:estimate|estimator|solution|fit)s?)"
)
SHOW = r"(?:show|prove|verify|confirm|check|demonstrate)(?: that)?"
FILL = r"[^\x01.;?!]{0,90}?"
FILLER = (
    r"(?:(?!(?:with|by|respect|if|where|when|at|and|that|for|each|find|over|subject|given|in|among|under|on|of|as)\b)"
    r"[\w'’,()-]+:? ){0,9}?"
)
"""Words between a verb and its object."""

VALUES = (
    r"\b(?:minimum|minimal|maximum|maximal|smallest|least|largest|greatest|highest|lowest|optimal|extreme) values?\b"
)
CLAIM_OF_POINT = (
    rf"{SHOW} [^.;?!\x01]*?(?P<word>{VALUES}|{POINT}|{ESTIMATE}|optimal)(?: \x01.)?(?:{FILL} (?:of|for) {FILL}{{body:x}}(?:,? (?:with |for |where |and |in which )?\x01.)?)?"
    rf"{FILL} (?:is|are|equals|is given by|satisf(?:y|ies)|fulfils?|reads) {FILL}{{claim:x}}"
)
CLAIM_OF_VALUE = rf"{SHOW} {FILL}{{body:x}} (?:is|has|attains|takes)[^.;?!\x01]*? ?(?P<word>{SUPER}) (?:by|at|for|when|if|where){FILL}{{claim:x}}"
CLAIM_FIRST = rf"{SHOW} {FILL}{{claim:x}} (?:\w+ )??(?P<word>minimi[sz]es|maximi[sz]es){FILL}{{body:x}}"
NORMAL = r"\bnormal equations?:? {claim:x}"
"""What comes out, and no condition."""
CLAIMS = (CLAIM_OF_POINT, CLAIM_OF_VALUE, CLAIM_FIRST, NORMAL)

LARGEST = r"\b(?:maxim\w*|argmax|largest|greatest|highest|most|big|large|likelihood|biggest)\b"
SMALLEST = r"\b(?:minim\w*|argmin|smallest|least|lowest|closest|nearest|small|little|low|negative log)\b"
EITHER = r"stationary|critical|saddle|extrem|turning|vertex|optimum|optimal"

UNDER = (
    r"\b(?:subject to|s\.? ?t\.|such that|so that|under the (?:\w+ )?(?:constraints?|conditions?|restrictions?)|"
    r"(?:with|given|and) the (?:\w+ )?(?:constraints?|restrictions?)|constrained (?:to|by)|satisfying|fulfilling|satisfies|"
    r"satisfy|fulfils?|that lies? (?:on|in)|on the (?:hyper)?(?:plane|line)|hyperplane|subspace)\b"
)
"""Words behind which an equation is a condition, and defines nothing."""

ANNOUNCED = (
    r"\b(?:subject to|s\.? ?t\.(?= |$)|(?<!no )(?<!without )constraints?|constrained|Lagrange)\b(?! optimi[sz]ation)"
)
"""Words that announce a condition on the variable."""

UNSEEN = (
    r"\b(?:unit (?:vectors?|sphere|circle|ball|simplex|norm|length)|simplex|on the sphere|orthonormal|integers?(?:-valued)?|"
    r"whole numbers?|binary|(?:sum|sums|summing|add|adding) (?:up )?to (?:one|1)|stochastic|non-?negative|"
    r"probability (?:vectors?|distributions?)|at most|at least|no (?:more|less) than|inequality|bounded by|sparse|low[- ]rank|"
    r"(?:of|with|has|have) rank)\b"
)
"""Words that restrict a variable in a way that no formula may tell."""


@dataclass(frozen=True)
class Optimal:
    r"""``name = argmin_by body``: what is looked for, of what, by which letters; a value or an equation that is claimed of
    it, and whether its value is asked for."""

    sense: str
    by: tuple[sx.Syntax, ...]
    body: sx.Syntax | None
    name: sx.Syntax | None = None
    claim: sx.Syntax | None = None
    equation: sx.Chain | None = None
    value: bool = False


def says(pattern: str, words: str) -> re.Match[str] | None:
    """Where a pattern stands in some words."""
    return phrases.compiled(pattern).search(words)


def sense_of(words: str) -> str:
    """ "minimum", "maximum" or "stationary", as the words say; "" where they do not."""
    both = ((LARGEST, "maximum"), (SMALLEST, "minimum"))
    found = [(m.start(), s) for pattern, s in both for m in phrases.compiled(pattern).finditer(words)]
    if says(EITHER, words) and not re.search(r"minim|maxim", words, re.I):
        return "stationary"
    return min(found)[1] if found else ""


def speaks_of(text: str) -> bool:
    """Whether a sentence may be about an optimum at all."""
    low = text.lower()
    return any(cue in low for cue in CUES)


CUES = ("minim", "maxim", "optim", "extrem", "stationary", "critical point", "turning", "vertex", "smallest", "largest", "possible", "least",
        "lowest", "greatest", "highest", "argm", "arg m", "likelihood", "best", "closest", "nearest", "subject to")  # fmt: skip


# ---------------------------------------------------------------------------------------------- formulas
def optimal(node: sx.Syntax) -> Optimal | None:
    """A formula that asks for an optimum, alone or behind a name; what stands in a list beside it is left out."""
    match node:
        case sx.Tuple(items):
            return next((o for i in items if (o := optimal(i)) is not None), None)
        case sx.Chain(sides, signs) if signs[0] in ("=", "∈") and sides[1] is not None:
            inner = optimal(sides[1])
            return Optimal(inner.sense, inner.by, inner.body, sides[0]) if inner is not None else None
        case sx.Plus((first, *others)):
            inner = optimal(first)
            return Optimal(inner.sense, inner.by, joined(inner.body, tuple(others), node.span)) if inner else None
        case sx.Large(name, lower, None, body) if name in SENSES and lower is not None and names_variables(lower):
            return Optimal(SENSES[name], tuple(variables(lower)), body)
    return None


def names_variables(lower: sx.Syntax) -> bool:
    """Whether what stands below the operator are letters with their ranges, and no index such as i = 1."""
    return not (isinstance(lower, sx.Chain) and lower.signs[0] == "=") and bool(list(variables(lower)))


def variables(lower: sx.Syntax) -> Iterator[sx.Syntax]:
    match lower:
        case sx.Chain(sides) if sides[0] is not None:
            yield from variables(sides[0])
        case sx.Tuple(items):
            for item in items:
                yield from variables(item)
        case sx.Symbol() | sx.Subscript():
            yield lower


# ----------------------------------------------------------------------------- equations that define nothing
def no_definitions(sentence: Sentence) -> list[Slot]:
    """The formulas of a sentence about an optimum whose equations are claims or conditions, and define no letter."""
    text = sentence.text
    out = [s for s in sentence.slots if optimal(s.formula.body) is not None]
    if not speaks_of(text):
        return out
    for pattern in CLAIMS:
        for match in phrases.compiled(pattern).finditer(text):
            out += sentence.named(match["claim"])
    return out + under_words(sentence)


def under_words(sentence: Sentence) -> list[Slot]:
    """The formulas behind "subject to" and the like, up to the end of the clause."""
    text = sentence.text
    out: list[Slot] = []
    for word in phrases.compiled(UNDER).finditer(text):
        behind = re.match(rf"{FILL}(?P<slots>\x01.(?:(?:,? and |, |,)\x01.)*)", text[word.end() :])
        if behind is None:
            continue
        after = text[word.end() + behind.end() :]
        if word[0].lower() in ("such that", "so that") and re.match(rf"(?: [\w-]+){{0,4}} {SUPER}", after):
            continue  # "such that f(x) is minimal" is the question itself
        out += sentence.named(behind["slots"])
    return out
