"""Equalities to be judged: which of them fail, whether they are true, why they do not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Claims, Defines, States, claims
from derivgen.latex.phrases import SLOT, Phrase
from derivgen.latex.sentences import FIRST, Sentence, Slot
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.sides import read_equation, suppose
from derivgen.tasks import Judge

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

SIGN = r"(?:equalit(?:y|ies)|equations?|identit(?:y|ies)|equals? signs?|statements?|claims?|relations?|formulas?|lines?|steps?|rules?|ones?)"
OFTEN = r"(?: always| still| also| in general| generally| necessarily| really| actually| then| ever)*"
BAD = r"(?:(?:do|does|did|is|are|can|may|must|will|need)(?: ?n't|n’t| ?not)(?: in general| always| generally| be| necessarily)* ?(?:hold|true|correct|valid|right|work|an identity|so|the case|allowed|written|equal)?|cannot(?: be)?(?: hold| true| correct)?|fails?(?: to hold)?|(?:is|are|be) (?:in general |generally |always )?(?:wrong|false|incorrect|invalid|not)\b|break(?:s)?(?: down)?|go(?:es)? wrong|never holds?|no longer holds?)"
HOLD = rf"(?:{BAD}|hold(?:s)?|(?:is|are|be) (?:always |in general |generally )?(?:true|correct|valid|right|an identity|identities))"
LIST = rf"{{chain:x}}(?:(?:,? and|,|,? or) {SLOT})*"

PHRASES = (
    Phrase(
        "which equality", "goals", "which",
        rf"(?:which|what)(?: ones?)?(?: of)?(?: the| these| those| them| two| three| four| five| following| above| given| both)* ?(?:{SIGN})?(?: above| below| here| then| signs?)*(?: (?:in )?{LIST})?{OFTEN}(?: (?:does|do|can|must|will|would|is|are))?(?: not|n't)?{OFTEN} ?{HOLD}",
        ("Let $\\mathbf{z}\\in\\mathbb{R}^n$ be a function of $\\mathbf{y}\\in\\mathbb{R}^r$ and $\\mathbf{y}$ one of $\\mathbf{x}\\in\\mathbb{R}^p$. It is wrong to write $\\frac{d\\mathbf{z}}{d\\mathbf{x}}=\\frac{d\\mathbf{z}}{d\\mathbf{y}}\\frac{d\\mathbf{y}}{d\\mathbf{x}}=\\frac{d\\mathbf{y}}{d\\mathbf{x}}\\frac{d\\mathbf{z}}{d\\mathbf{y}}$. Which equality fails, and what is the reason?",
         "Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. Which of these equalities holds? \\begin{itemize}\\item $\\mathbf{A}\\mathbf{B}=\\mathbf{B}\\mathbf{A}$ \\item $\\operatorname{tr}(\\mathbf{A}\\mathbf{B})=\\operatorname{tr}(\\mathbf{B}\\mathbf{A})$\\end{itemize}",
         "Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. In $\\mathbf{A}\\mathbf{B}\\mathbf{A}=\\mathbf{A}^2\\mathbf{B}=\\mathbf{B}\\mathbf{A}^2$, which equality does not hold?"),
        ("which", "what"),
    ),
    Phrase(
        "why can we write", "goals", "why",
        rf"why (?:can|may|do|could|should|must|are|is)(?:n't|n’t)?(?: it that)? ?(?:we|one|you|i)?(?: not| never| allowed to| able to)* ?(?:write|say|have|conclude|claim|put)(?: that)? {LIST}",
        ("Let $y$ be a function of $u$ and $u$ one of $x$. Why can we write that $\\frac{dy}{dx}=\\frac{dy}{du}\\frac{du}{dx}=\\frac{du}{dx}\\frac{dy}{du}$?",
         "Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. Why may we not write $\\mathbf{A}\\mathbf{B}=\\mathbf{B}\\mathbf{A}$?"),
        ("why",),
    ),
    Phrase(
        "is it true that", "goals", "true",
        rf"(?:is it{OFTEN} (?:true|correct|right|the case|valid|legitimate|allowed)(?: that| to write| to say)?|true or false|right or wrong|(?:decide|judge|check|determine|find out|tell|say) (?:whether|if)|(?:can|may|could|should) (?:we|one|you){OFTEN}(?: not)? (?:write|say|conclude)(?: that)?|(?:do|does) (?:we{OFTEN} have|it{OFTEN} follow that|it hold that)"
        rf"|prove or disprove|disprove|(?:give|find) a counter-?example (?:to|for|of|against)|show by (?:a )?counter-?example that)(?: that)?[:,.]? (?:(?!if |whether )[a-z][\w-]*,? ){{0,8}}?{LIST}",
        ("Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. True or false: $(\\mathbf{A}\\mathbf{B})^T=\\mathbf{A}^T\\mathbf{B}^T$?",
         "Is it true that $\\operatorname{tr}(ABC)=\\operatorname{tr}(CAB)=\\operatorname{tr}(ACB)$ for square matrices $A$, $B$, $C$?",
         "Let $\\mathbf{x},\\mathbf{y}\\in\\mathbb{R}^n$. Can we write $\\mathbf{x}^T\\mathbf{y}=\\mathbf{y}^T\\mathbf{x}$?"),
        ("true", "right or", "whether", " if ", "can ", "may ", "could", "should", "have", "follow", "hold", "prove", "counter"),
    ),
    Phrase(
        "is it so", "goals", "true",
        rf"^(?:and |but |so )?(?:is|are) {LIST}{OFTEN}(?:,? (?:for|if|when|whatever) (?!which\b)[^?]*)?\?",
        ("Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. Is $(\\mathbf{A}\\mathbf{B})^T=\\mathbf{A}^T\\mathbf{B}^T$ in general?",
         "Let $\\mathbf{x},\\mathbf{y}\\in\\mathbb{R}^n$. Is $\\mathbf{x}\\mathbf{y}^T=\\mathbf{y}\\mathbf{x}^T$ for all vectors?"),
        ("is ", "are "),
    ),
    Phrase(
        "does it hold", "goals", "true",
        rf"\b(?:does|do|is|are)(?: the| an?)?(?: {SIGN})? {LIST}{OFTEN} (?:hold|true|correct|valid|right|an identity|satisfied|fail)",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$. Is $\\mathbf{A}^T\\mathbf{A}=\\mathbf{A}\\mathbf{A}^T$ always true?",
         "Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$. Does $\\mathbf{a}\\mathbf{b}^T=\\mathbf{b}\\mathbf{a}^T$ hold?"),
        ("true", "hold", "correct", "valid", "right", "identity", "fail", "satisf"),
    ),
    Phrase(
        "does one equal the other", "goals", "true",
        rf"(?:^|, )(?:but |and |so )?(?:does|do we have|is it so that|can one write|can we write|may we write|may one write|is){OFTEN} {LIST}(?=[,.;]? (?:for|where|if|when)\b|\?)",
        ("Does $\\mathbf{x}\\mathbf{x}^T=\\mathbf{x}^T\\mathbf{x}$ for $\\mathbf{x}\\in\\mathbb{R}^n$?",
         "Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. May we write $\\mathbf{A}\\mathbf{B}=\\mathbf{B}\\mathbf{A}$?"),
        ("does", "do we", "is ", "can ", "may "),
    ),
    Phrase(
        "is this true", "goals", "true",
        rf"{LIST}[:,.?]? ?(?:—|–|-)? ?\(?(?:true or false|right or wrong|correct\?|true\?|is (?:this|that|it){OFTEN} (?:true|correct|right|so|valid))",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$. $\\mathbf{A}^T\\mathbf{A}=\\mathbf{A}\\mathbf{A}^T$: true or false?",
         "Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$; $\\mathbf{a}^T\\mathbf{b}=\\mathbf{b}^T\\mathbf{a}$ (right or wrong?)."),
        ("true", "correct", "right"),
    ),
    Phrase(
        "is this so", "goals", "true",
        r"^(?:but |and |so )?(?:is|was|are) (?:this|that|it|these|they|the (?:student|claim|equation|statement|author))(?: claim| equation| statement| step)?(?: always| generally| in general| really)* (?:true|correct|right|so|valid|allowed|legitimate)[^.?\x01]*\?$",
        ("Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$. Somebody writes $\\mathbf{a}\\mathbf{b}^T=\\mathbf{b}\\mathbf{a}^T$. Is this correct?",
         "Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. A student claims that $\\mathbf{A}\\mathbf{B}=\\mathbf{B}\\mathbf{A}$. Is the student right?"),
        ("true", "correct", "right", "so", "valid", "allowed", "legitimate"),
    ),
    Phrase(
        "why is it wrong", "goals", "why",
        rf"(?:why|how come)(?: is| are| does| do| can| may| that)?(?: the| an?)?(?: {SIGN})? {LIST}[^.?\x01]*? ?(?:{BAD}|wrong|false|incorrect|invalid|fail|not)\b",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$ and $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$. Why is $\\frac{d(\\mathbf{x}^T\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}=2\\mathbf{A}\\mathbf{x}$ wrong for general $\\mathbf{A}$?",
         "Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. Explain why $(\\mathbf{A}+\\mathbf{B})^2=\\mathbf{A}^2+2\\mathbf{A}\\mathbf{B}+\\mathbf{B}^2$ does not hold."),
        ("why", "how come"),
    ),
    Phrase(
        "what is wrong with", "goals", "why",
        rf"(?:what is (?:wrong (?:with|in|about)|the (?:mistake|error|fault) in)|(?:find|spot|name|explain) the (?:mistake|error|fault)(?: in|:)|where is the (?:mistake|error|fault)(?: in|:)|correct)(?: the| this| an?| following| {SIGN})*:? {LIST}",
        ("Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$ be invertible. What is wrong with $(\\mathbf{A}\\mathbf{B})^{-1}=\\mathbf{A}^{-1}\\mathbf{B}^{-1}$?",
         "Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. Find the mistake in $(\\mathbf{A}+\\mathbf{B})(\\mathbf{A}-\\mathbf{B})=\\mathbf{A}^2-\\mathbf{B}^2$."),
        ("wrong", "mistake", "error", "fault", "correct"),
    ),
    Phrase(
        "is the gradient", "goals", "true",
        rf"(?:is it{OFTEN} (?:true|correct|right|the case|valid)(?: that| to say)?|true or false|right or wrong|(?:decide|judge|check|determine|find out|tell|say) (?:whether|if)|why is it (?:wrong|false|not true) that|prove or disprove|disprove)(?: that)?[:,.]? (?:the )?(?P<kind>derivative|gradient) of (?:the )?(?:[\w-]+ )??{{body:x}}(?:,? (?:with respect to|by|w\.r\.t\.) {{by:x}})?,? (?:is|equals|is equal to|is given by) {{claim:x}}",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{n\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Is it true that the gradient of $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ with respect to $\\mathbf{x}$ is $2\\mathbf{A}\\mathbf{x}$?",
         "Let $\\mathbf{x}\\in\\mathbb{R}^n$. True or false: the derivative of $\\mathbf{x}^T\\mathbf{x}$ by $\\mathbf{x}$ is $2\\mathbf{x}$."),
        ("derivative of", "gradient of"),
    ),
    Phrase(
        "true or false, each", "goals", "true",
        r"(?:true or false|right or wrong|(?:decide|judge|check|determine|say|state|tell|find out)[^.?\x01]{0,40} (?:whether|if|which)[^.?\x01]*? (?:true|false|holds?|correct|valid|right)[^.?\x01]*)[.:?]?$",
        ("Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. Decide for each of these whether it is true. (a) $\\mathbf{A}\\mathbf{B}=\\mathbf{B}\\mathbf{A}$ (b) $(\\mathbf{A}\\mathbf{B})^T=\\mathbf{B}^T\\mathbf{A}^T$",
         "Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$. True or false? (a) $\\mathbf{a}^T\\mathbf{b}=\\mathbf{b}^T\\mathbf{a}$ (b) $\\mathbf{a}\\mathbf{b}^T=\\mathbf{b}\\mathbf{a}^T$"),
        ("true", "right", "whether", " if ", "which"),
    ),
)  # fmt: skip

OF_LAYOUT = re.compile(r"\b(?:which|what) (?:[\w-]+ )?(?:layout|convention)s?\b", re.I)
"""A question for the layout in which an equation holds, and not whether it does."""

Where = list[tuple[Sentence, Slot]]


def mark_claims(sentences: Sequence[Sentence]) -> None:
    """Equations that the statement asks about say nothing about their letters; done before anything is declared."""
    for at, sentence in enumerate(sentences):
        for phrase in PHRASES if sentence.slots or len(sentences) > 1 else ():
            asks = sentence.option is None and not OF_LAYOUT.search(sentence.text)
            match = phrase.match(sentence.text) if asks else None
            spoken_of = asked_about(match, at, sentences) if match is not None else []
            for _, slot in spoken_of:
                slot.facts, slot.subject, slot.used = claims(slot.formula), (), True
            if spoken_of:
                break


GIVEN = re.compile(
    r"\b(?:for|with|where|if|when|given|let|since|because|suppose)(?: (?:that|we have|an?|the|\w+))? $", re.I
)


def given(sentence: Sentence, slot: Slot) -> bool:
    """Whether an equation stands behind words such as "for": it defines a letter, and is no claim."""
    at = next(k for k, other in enumerate(sentence.slots) if other is slot)
    before = sentence.text.partition(chr(FIRST + at))[0][:-1]
    names = any(isinstance(f, Defines) and isinstance(f.left, sx.Symbol) for f in slot.facts)
    return names and GIVEN.search(before) is not None


def asked_about(match: re.Match[str], at: int, sentences: Sequence[Sentence]) -> Where:
    """The equations that a wording means: in its sentence, in the options or parts behind it, or before it."""
    here = sentences[at]
    group = here.named(match.groupdict().get("chain"))
    mine = [s for s in here.slots if (s in group and is_equation(s)) or is_claim(s)]
    mine = [s for s in mine if not given(here, s)] or mine
    if mine:
        return [(here, s) for s in mine]
    if match.groupdict().get("chain"):
        return []
    behind = [s for s in sentences[at + 1 :] if s.option is not None or (here.part is None and s.part is not None)]
    found = [(s, slot) for s in behind for slot in s.slots if is_equation(slot)]
    if found:
        return found
    before = [s for s in sentences[:at] if s.part in (None, here.part) and s.option is None]
    for sentence in reversed(before):
        mine = [s for s in sentence.slots if is_claim(s)]
        if mine:
            return [(sentence, s) for s in mine]
    after = sentences[at + 1] if at + 1 < len(sentences) and not here.slots else here
    return [(after, s) for s in after.slots if is_claim(s)] if after is not here and after.part == here.part else []


def is_equation(slot: Slot) -> bool:
    """Whether a formula holds an equation between two or more terms."""
    return any(isinstance(f, Claims) for f in claims(slot.formula))


def is_claim(slot: Slot) -> bool:
    """Whether it is one that defines nothing: its left side is no name, or it has three sides and more."""
    long = any(isinstance(f, Claims) and len(f.chain.sides) > 2 for f in claims(slot.formula))
    return is_equation(slot) and (long or any(isinstance(f, (States, Claims)) for f in slot.facts))


# ------------------------------------------------------------------------------------------------------ the task
def ask(found: Found) -> Sequence[Ask]:
    if OF_LAYOUT.search(found.sentence.text):
        return []
    if "claim" in found.match.re.groupindex:
        return in_words(found)
    sentences = found.asker.sentences
    at = next(k for k, s in enumerate(sentences) if s is found.sentence)
    spoken_of = [(s, slot) for s, slot in asked_about(found.match, at, sentences) if is_marked(slot)]
    if not spoken_of:
        return []
    for slot in found.sentence.slots:
        slot.used = True
    says = next(p.says for p in PHRASES if p.regex.pattern == found.match.re.pattern)
    by_part: dict[str | None, list[tuple[str, sx.Chain]]] = {}
    for sentence, slot in spoken_of:
        part = sentence.part if sentence.option is None and found.sentence.part is None else found.sentence.part
        chains = [f.chain for f in slot.facts if isinstance(f, Claims)]
        by_part.setdefault(part, []).extend((sentence.option or "", c) for c in chains)
    return [asked_before(found, part, chains) or judged(says, part, chains) for part, chains in by_part.items()]


def in_words(found: Found) -> Sequence[Ask]:
    """ "Is it true that the gradient of f is g?"."""
    body, by, claim = (found.nodes(name) for name in ("body", "by", "claim"))
    if not body or not claim:
        return []
    span = body[0].span.join(claim[0].span)
    node = body[0] if isinstance(body[0], (sx.Symbol, sx.MaybeCall, sx.Fenced)) else sx.Fenced("(", body[0], ")")
    left = sx.Leibniz(node, tuple(by), span=body[0].span)
    return [judged("true", found.sentence.part, [("", sx.Chain((left, claim[0]), ("=",), span=span))])]


def judged(says: str, part: str | None, chains: Sequence[tuple[str, sx.Chain]]) -> Ask:
    first = chains[0][1]
    return Ask("judge", first, part=part, details=(says, tuple(chains)), span=first.span)


def asked_before(found: Found, part: str | None, chains: Sequence[tuple[str, sx.Chain]]) -> Ask | None:
    """The same equations asked about in an earlier sentence: "Why may we not write …?  Which equality fails?"."""
    asks = found.asker.asks
    return next((a for a in asks if a.kind == "judge" and a.part == part and a.body == chains[0][1]), None)


def is_marked(slot: Slot) -> bool:
    return any(isinstance(f, Claims) for f in slot.facts)


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    says, chains = ask.details
    chains = [(label, with_variable(settler, chain)) for label, chain in chains]
    suppose(settler.scope, [chain for _, chain in chains])
    readers = [read_equation(settler, ask, label, chain) for label, chain in chains]

    def build() -> Goal:
        equations = tuple(read() for read in readers)
        terms = [s.term for e in equations for s in e.sides if s.term is not None]
        if not terms:
            raise errors.ShapeFault(
                "no side of these equations is defined: their shapes do not fit", place=settler.scope.place(ask.span)
            )
        goal = settler.goal("choice" if any(e.label for e in equations) else "prose", terms[0], (), ask)
        words = (
            "Which of these equalities hold?"
            if len(equations) > 1 or len(equations[0].sides) > 2
            else "Does this hold: "
        )
        shown = () if words.endswith("?") else (equations[0].sides[0].shown, " = ", equations[0].sides[1].shown, "?")
        return replace(goal, task=Judge(equations, says), asked=(words, *shown))

    return build


def with_variable(settler: Settler, chain: sx.Chain) -> sx.Chain:
    """A derivative told in words by the variable that is meant, where it is not named."""
    match chain.sides[0]:
        case sx.Leibniz(body, ()) as left if body is not None:
            settler.reading(Ask("derivative", body)).read(body)
            by = settler.parameters(body) or settler.guess(body, left.span, "gradient")
            return sx.Chain((sx.Leibniz(body, by, span=left.span), *chain.sides[1:]), chain.signs, span=chain.span)
    return chain


KIND = Kind("judge", PHRASES, ask, settle)
