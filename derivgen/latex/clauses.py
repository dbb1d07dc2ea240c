"""Sentences that ask for two things, one after the other: "show that A, and hence find B" is two sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from derivgen.latex import syntax as sx
from derivgen.latex.facts import Defines
from derivgen.latex.sentences import FIRST, MARK, Sentence, Slot

PROVE = r"(?:show|prove|verify|check|confirm|establish|demonstrate)\b"
FIND = r"(?:find|compute|calculate|determine|derive|evaluate|express|write|give|state|deduce|obtain|differentiate|conclude|show|prove|verify)\b"
AND = r"(?:,|;)?(?: and| then|;)+,? "
SO = r"(?:then |hence |thus |therefore |so |also |finally |(?:use|using) (?:this|it|that|the (?:result|identity|formula)|your (?:result|answer))(?: result| identity| formula| fact)?(?: to|,) )"
HENCE = re.compile(
    rf"\b{PROVE}[^.?!:]*?{MARK}.[^.?!:]*?(?P<join>{AND}{SO}*)(?P<tail>(?:{FIND}|(?<=hence )that\b|(?<=thus )that\b|(?<=therefore )that\b)(?! it\b))",
    re.I,
)
"""A proof, and what is to be done then."""
LIKEWISE = re.compile(
    rf"\bexpress\b[^.?!:]*?(?P<through> (?:in terms of|through|using|with) (?:the )?{MARK}.(?: (?:only|alone))?)"
    rf"(?P<join>{AND}{SO}*)(?P<tail>express\b[^.?!:]*?),? (?:likewise|similarly|in the same way|too|as well)(?P<end>[.?!]?)$",
    re.I,
)
"""A second thing to be expressed in the same terms."""


DO = (
    r"find|compute|calculate|determine|derive|differentiate|evaluate|give|state|show that|prove that|verify that|"
    r"(?:re)?write(?: down| out)?|express"
)
TASK = re.compile(rf"\b(?:{DO}|show|prove|verify|what|which)\b", re.I)
ITS = r"its (?:gradient|derivative|hessian|jacobian|partial)"
NEXT_TASK = re.compile(
    rf"(?:[,;] (?:and |then )?|,? and (?:then |hence |also |finally )?|,? then )(?=(?:{DO}) (?:[^.?!]*\x01|{ITS}))", re.I
)
"""Where a clause begins that sets another task."""
BACK = re.compile(
    rf"\b(?:it|(?!{ITS})its|this|them|their|these|those|results?|answers?|same|both|each|there|so|here)\b", re.I
)
"""Words that need the clause before."""
LAYOUT = r"(?:in|under|with|using) (?:the )?(?:numerator|denominator)[- ](?:layout|convention|notation)"
IN_EACH = re.compile(
    rf"(?P<first>\b{PROVE}[^.?!]*?(?:(?P<left>{MARK}.) (?:is|equals|is equal to|is given by|becomes) )?(?P<claim>{MARK}.),? {LAYOUT}),? "
    rf"(?:and|while|but|or|respectively)(?: that)?(?: it)?(?: (?:is|equals|becomes))?(?: (?:equal )?to)? "
    rf"(?P<other>{MARK}.),? (?P<layout>{LAYOUT})(?P<rest>,? (?:where|for|with|if|when|given|provided)\b.*)?(?P<end>[.?!]?)$",
    re.I,
)
"""A claim for each of two layouts."""
IN_IT = re.compile(
    rf"(?P<and>,? (?:and|while|but|whereas),?) (?P<layout>{LAYOUT}),? (?:that )?(?P<it>it (?:is|equals|becomes) (?:equal to )?{MARK}.)",
    re.I,
)
"""The other layout before the other claim: "while in numerator layout it is A"."""
BRACKETED = re.compile(rf"(?<={MARK}.) \((?:in )?(?:the )?(?P<name>numerator|denominator) layout\)", re.I)
AND_IN = re.compile(
    rf"^(?:and|or|what about|how about|and what about)(?: (?:what|how|is it|does it become|would it be|it))*,? (?P<layout>{LAYOUT}|the other layout)\W*$",
    re.I,
)
"""A question that repeats the one before for the other layout."""


ASIDE = re.compile(
    rf"\b(?P<verb>show|prove|verify|establish|confirm|demonstrate|check|deduce)(?P<aside>,? (?!that\b|how\b)[^.?!:;,{MARK}]{{2,60}}),?"
    r" that (?P<rest>.*?)(?P<end>[.?!]?)$",
    re.I,
)
"""How a proof goes, between its verb and what is proved."""
HOW = re.compile(
    r"^,? (?:directly|carefully|explicitly|formally|rigorously|briefly|(?:\w+ )?(?:by|in|using|with|from|via|through|working|comparing|element)\b.*)$",
    re.I,
)


def aside_last(text: str) -> str:
    """ "Prove, by comparing elements, that A" as "Prove that A, by comparing elements"."""
    found = ASIDE.search(text)
    if found is None or not HOW.match(found["aside"]):
        return text
    told = f"{found['verb']} that {found['rest']}, {found['aside'].lstrip(', ')}{found['end']}"
    return text[: found.start()] + told


def joined(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences, with one that only says "And in numerator layout?" put to the one before."""
    out: list[Sentence] = []
    for sentence in sentences:
        found = AND_IN.match(sentence.text)
        if out and found is not None and not sentence.slots and out[-1].part == sentence.part:
            out[-1].text = f"{out[-1].text.rstrip('.?! ')} and {found['layout']}?"
        else:
            out.append(sentence)
    return out


def for_each_layout(sentence: Sentence, found: re.Match[str]) -> Iterator[Sentence]:
    """A claim in one layout, then the other claim about the same left side in the other layout."""
    yield sentence.piece(f"{found['first']}{found['rest'] or ''}.")
    equation, other = sentence.slot(found["claim"]), sentence.slot(found["other"])
    body = sentence.slot(found["left"]).formula.body if found["left"] else equation.formula.body
    left = body.sides[0] if isinstance(body, sx.Chain) else body if found["left"] else None
    if left is not None:
        chain = sx.Chain((left, other.formula.body), ("=",), span=body.span.join(other.span))
        slot = Slot.of(sx.Formula((chain,), span=chain.span), chain.span)
        other.used = True
        text = f"Show that {MARK}{chr(FIRST)} {found['layout']}{found['end'] or '.'}"
        yield replace(sentence, text=text, slots=[slot], span=chain.span)


BETWEEN = re.compile(
    rf"(?<={MARK}.)(?P<aside>,? (?:with|where|for)(?: the)? (?P<told>{MARK}.),?)(?P<wrt> with respect to (?:the )?(?:\w+ )?{MARK}.)",
    re.I,
)
"""A definition between what is differentiated and the variable."""


def behind(found: re.Match[str], sentence: Sentence) -> str:
    told = sentence.slot(found["told"])
    aside = bool(told.facts) and isinstance(told.facts[0], Defines)
    return f"{found['wrt']}{found['aside']}" if aside else found[0]


def clauses(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence, or the two that it is made of."""
    sentence.text = aside_last(sentence.text)
    sentence.text = BETWEEN.sub(lambda found: behind(found, sentence), sentence.text)
    told = BRACKETED.sub(r" in \g<name> layout", IN_IT.sub(r"\g<and> \g<it> \g<layout>", sentence.text))
    if IN_EACH.search(told):
        sentence.text = told
    each = IN_EACH.search(sentence.text)
    if each is not None:
        head = sentence.text[: each.start()].strip()
        if head:
            yield sentence.piece(head)
        yield from for_each_layout(sentence, each)
        return
    again = LIKEWISE.search(sentence.text)
    if again is not None:
        told = again["tail"] + again["through"] + again["end"]
        yield sentence.piece(sentence.text[: again.start("join")] + ".")
        yield sentence.piece(told[:1].upper() + told[1:])
        return
    found = HENCE.search(sentence.text)
    if sentence.option is not None:
        yield sentence
        return
    if found is None:
        yield from tasks(sentence)
        return
    yield sentence.piece(sentence.text[: found.start("join")] + ".")
    tail = sentence.text[found.start("tail") :]
    tail = f"Show {tail}" if tail.startswith("that") else tail[:1].upper() + tail[1:]
    yield from clauses(sentence.piece(tail))


def tasks(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence, or its clauses where each sets a task with a formula of its own: "express … and find …"."""
    for cut in NEXT_TASK.finditer(sentence.text):
        first, second = sentence.text[: cut.start()], sentence.text[cut.end() :]
        if TASK.search(first) and sentence.named(first) and not BACK.search(second):
            yield sentence.piece(first)
            yield from tasks(sentence.piece(second[:1].upper() + second[1:]))
            return
    yield sentence
