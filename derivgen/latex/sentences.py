"""Chunks to sentences: words with a mark for every formula, split at full stops and lettered parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from derivgen.errors import Span
from derivgen.latex import syntax as sx
from derivgen.latex.document import Chunk
from derivgen.latex.facts import Fact, facts, subject

MARK, FIRST = "\x01", 0xE000
"""A formula in a sentence: the mark, which no statement can hold, and a character that counts from the first."""
LONGEST = 3000
"""The longest sentence that is looked at in one piece: no one reads a longer one, and the wordings take their time."""

STOP = re.compile(r"(?<=[.?!])[)'\"”]*\s+(?=[A-Z\"“(])")
BEGINS = re.compile(r"\s+[\"“(]?[A-Z]")
ABBREVIATION = re.compile(
    r"(?:\b(?:i\.e|e\.g|cf|resp|w\.r\.t|vs|viz|eq|eqs|fig|sec|no|approx|etc)|\bw\. r\. t)\.$", re.IGNORECASE
)
PART = re.compile(
    r"(?<![\w\x01])(?<!\x01.)\((?P<letter>[a-h]|i{1,3}|iv|vi{0,3}|ix|[1-9])\)(?=\s|$)"
    r"|(?<![\w.,(])(?P<number>[1-9])[.)](?=\s|$)"
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
SERIES = (tuple("abcdefgh"), ROMAN, tuple("123456789"), tuple("ABCDEFGH"))
"""The labels of parts in running text, in their orders."""
PART_LABEL = re.compile(r"[(\[]?([A-Za-z]|[ivx]+|\d+)[)\].]*$")
ASKS = re.compile(
    r"\b(?:find|compute|calculate|determine|derive|differentiate|evaluate|obtain|show that|prove that|what (?:is|are))"
    r"\b[^.?!]*$",
    re.I,
)
"""What a bulleted list goes on, where its items are things asked."""
ASKED = re.compile(
    r"\s*(?:find|compute|calculate|determine|derive|differentiate|evaluate|obtain|show|prove|express)\b", re.I
)
"""How an item begins that is asked itself, and nothing to choose."""
CHOOSES = re.compile(
    r"\b(?:select|choose|tick|mark|check|pick|circle|cross|identify|indicate|underline|highlight) "
    r"(?:all|every|each|any|those|the|one)\b"
    r"|\bwhich (?:of|one|ones|are|is|options?|expressions?|products?|formulas?|terms?|matrices|quantities)\b"
    r"|\bmultiple[- ]choice\b|\bmcqs?\b"
    r"|\b(?:correct|right) (?:options?|answers?|choices?|alternatives?)\b"
    r"|\bwhether (?:or not )?(?:each|every|any) (?:one )?of\b"
    r"|\b(?:derivative|gradient|hessian|jacobian)\b[^.?!]* (?:is|equals|is equal to|is given by):?\s*$",
    re.I,
)
"""What a list goes on, where its items are things to choose from."""
WHAT_IS = re.compile(r"^[^.?!]*\bwhat (?:is|are)\b[^.?!]*\x01.[^.?!]*\?\s*$", re.I)
"""A question that capital letters answer."""
STATES = re.compile(r"\x01.[^.?!]*\b(?:is|are|equals?|is equal to|is given by|will be|becomes):?\s*$", re.I)
"""How a statement breaks off that options complete."""
EQUATIONS = re.compile(r"\b(?:statements?|equations?|equalit(?:y|ies)|identit(?:y|ies)|claims?|assertions?)\b", re.I)
"""What is judged part by part: it is no option."""
NEITHER = r"(?:none|all|neither|both|more than one) of (?:the )?(?:above|these|them|those|others?|options)\b"
"""An option that speaks of the others."""
CHOICE = re.compile(
    rf"(?:(?<![\w\x01])(?<!\x01.)\(|(?:(?<=\s)|^)(?=\w+[.)]))(?P<label>[A-Ha-h]|i{{1,3}}|iv|vi{{0,3}}|[1-9])[).]\s*(?=$|{NEITHER})",
    re.I,
)
"""The label of an option in running text: its formula follows."""
REFERENCE = re.compile(
    r"(?:\b(?:to|of|in|from|parts?|questions?|exercises?|use|using|by|compare|rewrite|express|recall|see|answer|result|under|for|with|than|like|as|"
    r"before|after|above|definition|equation|eq\.)|\([a-h]\),? (?:and|with|to|or)|\([a-h]\),) ?$",
    re.I,
)
"""What stands before "(a)" where an earlier part is spoken of, and none begins."""
PRIVATE = re.compile("[\ue000-\uf8ff]")
SPACES = re.compile(r"\s+")


@dataclass
class Slot:
    """One formula in a sentence."""

    formula: sx.Formula
    span: Span
    facts: tuple[Fact, ...] = ()
    subject: tuple[sx.Syntax, ...] = ()
    used: bool = False
    """Whether some phrase or the formula itself has said what it is for."""
    case: bool = False
    """Whether it gives the shape or the sizes of one case among several."""

    @property
    def node(self) -> sx.Syntax | None:
        """What the formula speaks of, or the first of it."""
        return self.subject[0] if self.subject else None

    @classmethod
    def of(cls, formula: sx.Formula, span: Span) -> Slot:
        found = facts(formula)
        return cls(formula, span, found, subject(found))


@dataclass(frozen=True)
class Case:
    """One of several shapes that a sentence gives to the same letters, or values that it gives to sizes."""

    label: str
    shapes: tuple[tuple[sx.Syntax, sx.Syntax], ...]
    """Letters with their spaces; a kind in words ("scalar", "column", "row") is a ``Words``."""
    values: tuple[tuple[str, int], ...] = ()


@dataclass
class Sentence:
    """A sentence: its words, its formulas, the part it belongs to."""

    text: str
    slots: list[Slot] = field(default_factory=list)
    part: str | None = None
    span: Span = sx.NOWHERE
    option: str | None = None
    """The label of the option that the sentence holds, where it stands in a list of things to choose from."""
    supposes: bool = False
    """Whether it asks what becomes of an answer under a further assumption, which holds nowhere else."""
    cases: tuple[Case, ...] = ()
    """The cases in which the sentence speaks of a letter."""

    def slot(self, mark: str) -> Slot:
        return self.slots[ord(mark[-1]) - FIRST]

    def named(self, found: str | None) -> list[Slot]:
        """The formulas in a piece of the text, in order."""
        return [self.slot(c) for c in found or "" if c >= "\ue000" and c <= "\uf8ff"]

    def cut(self) -> Iterator[Sentence]:
        """An endless sentence in pieces, cut between words."""
        text = self.text
        while text:
            end = len(text) if len(text) <= LONGEST else text.rfind(" ", 0, LONGEST) + 1 or LONGEST
            end -= text[end - 1] == MARK
            yield self.piece(text[:end])
            text = text[end:]

    def piece(self, text: str) -> Sentence:
        """A part of the text as a sentence of its own, with its formulas."""
        numbers = count(FIRST)
        own = "".join(chr(next(numbers)) if PRIVATE.match(c) else c for c in text)
        return replace(self, text=own, slots=self.named(text))


class Splitter:
    """Collects words and formulas, and cuts them into sentences."""

    def __init__(self) -> None:
        self.done: list[Sentence] = []
        self.now = Sentence("")
        self.part: str | None = None
        self.numbered = False
        """Whether the statement has numbers 1 and 2 that can be labels."""
        self.seen = sx.NOWHERE
        """Where the last words stood."""
        self.depth = 0
        """How many lists are open."""
        self.listed = False
        """Whether the items of the innermost list are things to choose from."""
        self.options_told = ""
        """The label of the last option in running text."""
        self.lead: Sentence | None = None
        """What stands before the first part inside a sentence: "Compute (a) … and (b) …"."""
        self.options: dict[int, str] = {}
        """The label of each item that is an option, by the position of its chunk; a bullet has none."""

    def flush(self) -> None:
        """End of a sentence."""
        text = SPACES.sub(" ", self.now.text).strip()
        if text:
            self.now.text = text
            self.now.span = self.now.slots[0].span.join(self.now.slots[-1].span) if self.now.slots else self.seen
            self.done += [self.now] if len(text) <= LONGEST else self.now.cut()
        self.now = Sentence("", part=self.part)

    def words(self, text: str, span: Span) -> None:
        """Running text: cut at full stops and at (a), (b)."""
        self.seen = span
        text = PRIVATE.sub("\ufffd", text)
        at = 0
        for cut in CHOICE.finditer(text):
            if self.begins_option(cut["label"], self.now.text + text[at : cut.start()]):
                self.running(text[at : cut.start()])
                self.flush()
                self.options_told = cut["label"]
                self.now = Sentence("", part=self.part, option=cut["label"])
                at = cut.end()
        self.running(text[at:])

    def begins_option(self, label: str, before: str) -> bool:
        """Whether an option comes next in running text: the first one behind words that ask to choose."""
        if self.options_told:
            return any(label in s and s.index(label) and s[s.index(label) - 1] == self.options_told for s in SERIES)
        before = re.split(r"(?<=[.?!])\s+", before.strip())[-1]
        said = [s.text for s in self.done[-1:] if s.part == self.part and not before] + [before]
        chooses = any(CHOOSES.search(text) for text in said) or self.breaks_off(before)
        chooses = chooses or (label == "A" and any(WHAT_IS.search(text) for text in said))
        return label in ("A", "a", "i", "1") and bool(chooses) and not EQUATIONS.search(" ".join(said))

    def breaks_off(self, before: str) -> bool:
        """Whether a statement breaks off that options complete: "the derivative is", and not "the function f(x) is"."""
        if not STATES.search(before) or ASKS.search(before) or not self.now.slots:
            return False
        names = isinstance(self.now.slots[-1].node, (sx.Symbol, sx.MaybeCall)) and "derivative" not in before
        called = self.now.slots[-1].node
        primed = isinstance(called, sx.MaybeCall) and isinstance(called.head, sx.Primed)
        return primed or not names or re.search(r"\b(?:gradient|jacobian|hessian|value)\b", before, re.I) is not None

    def running(self, text: str) -> None:
        """Running text without options."""
        at = 0
        for cut in PART.finditer(text):
            label = cut["letter"] or cut["number"]
            if not self.expects(label) or (self.depth and self.part is not None):
                continue
            if REFERENCE.search(self.now.text + text[at : cut.start()]):
                continue
            if label.isdigit() and not self.may_begin(text[at : cut.start()], cut[0]):
                continue
            self.plain(text[at : cut.start()])
            self.start_inline(label)
            at = cut.end()
        self.plain(text[at:])

    def expects(self, label: str) -> bool:
        """Whether a part with this label comes next in its series, or begins one."""
        if any(label == series[0] for series in SERIES):
            return True
        part = self.part or ""
        return any(label in s and s.index(label) and s[s.index(label) - 1] == part for s in SERIES)

    def may_begin(self, before: str, shown: str) -> bool:
        """Whether a number here can be the label of a part: in parentheses, at the start, or after a stop."""
        text = self.now.text + before
        if shown[0] == "(" or not self.numbered:
            return self.numbered
        stops = (".", "?", "!", ":", ";", ",", " and")
        return not text.strip() or text.rstrip().endswith(stops) or text.rstrip(" ").endswith("\n")

    def plain(self, text: str) -> None:
        if self.complete() and BEGINS.match(text):
            self.flush()
            self.lead = None
        at = 0
        for cut in STOP.finditer(text):
            piece = text[at : cut.start()]
            if ABBREVIATION.search(piece):
                continue
            self.now.text += piece
            self.flush()
            self.lead = None
            at = cut.end()
        self.now.text += text[at:]

    def complete(self) -> bool:
        """Whether what has been collected ends like a sentence."""
        text = self.now.text.rstrip(" )")
        return text.endswith((".", "?", "!")) and not ABBREVIATION.search(text)

    def start_inline(self, letter: str) -> None:
        """A part inside running text; words before it that ask for something are said again for it."""
        if self.lead is None:
            text = self.now.text.strip()
            if text and text[-1] not in ".?!:" and self.part is None:
                self.lead = Sentence(self.now.text, list(self.now.slots))
                self.now = Sentence("")
            else:
                self.flush()
        else:
            self.flush()
        self.part, self.options_told = letter, ""
        if self.lead is not None:
            self.now = Sentence(self.lead.text + " ", list(self.lead.slots), letter)
        else:
            self.now = Sentence("", part=letter)

    def formula(self, formula: sx.Formula, span: Span, display: bool) -> None:
        if self.complete() and self.now.text.endswith(" "):
            self.flush()
            self.lead = None
        self.now.text += MARK + chr(FIRST + len(self.now.slots))
        self.now.slots.append(Slot.of(formula, span))
        if formula.punctuation in (".", "?") or formula.punctuation.endswith((".", "?")):
            self.now.text += formula.punctuation
        elif display or formula.punctuation:
            self.now.text += formula.punctuation + " "

    def leads_in(self) -> bool:
        """Whether a bulleted list goes on a sentence that asks: "find", with what to find in the items."""
        if self.part is not None:
            return True
        return not self.complete() and ASKS.search(self.now.text) is not None

    def item(self, label: str, number: int) -> None:
        self.flush()
        self.lead = None
        self.options_told = ""
        found = PART_LABEL.match(label.strip())
        self.part = found[1].lower() if found else chr(ord("a") + (number - 1) % 26)
        self.now = Sentence("", part=self.part)

    def option(self, chunk: Chunk, at: int) -> None:
        """An item of a list of things to choose from."""
        self.flush()
        found = PART_LABEL.match(chunk.text.strip())
        shown = self.options[at] = found[1] if found else str(chunk.number)
        self.now = Sentence("", part=self.part, option=shown)

    def bullet(self, at: int) -> None:
        """An item of a list that only tells something."""
        self.flush()
        self.options[at] = ""

    def begin_list(self) -> None:
        """A list inside a part, or after words that ask to choose, holds options."""
        said = [s.text for s in self.done[-2:] if s.part == self.part] + [self.now.text]
        near = [text for text in said if text.strip()][-2:]
        self.depth += 1
        self.listed = self.depth > 1 or any(CHOOSES.search(text) for text in near)

    def end_list(self) -> None:
        self.flush()
        self.depth -= 1
        if self.depth < 1:
            self.part, self.lead = None, None
        self.listed = False
        self.now = Sentence("", part=self.part)


def split(pieces: Iterable[tuple[Chunk, sx.Formula | None]]) -> tuple[list[Sentence], dict[int, str]]:
    """The sentences of a statement, and which items are options; each chunk comes with its formula, where it is one."""
    splitter = Splitter()
    lists: list[str] = []
    pieces = list(pieces)
    words = " ".join(c.text if c.kind == "text" else "\x01" for c, _ in pieces)
    splitter.numbered = all(re.search(rf"\({k}\)|(?:^|[.?!:;,\n]|\band)\s*{k}[.)]\s", words) for k in "12")
    for at, (chunk, formula) in enumerate(pieces):
        match chunk.kind:
            case "text":
                splitter.words(chunk.text, chunk.span)
            case "math" | "display" if formula is not None:
                splitter.formula(formula, chunk.span, chunk.kind == "display")
            case "begin":
                lists.append(chunk.environment)
                splitter.begin_list()
            case "end":
                if lists:
                    lists.pop()
                splitter.end_list()
            case "item":
                if splitter.listed:
                    splitter.option(chunk, at)
                elif lists and lists[-1] == "itemize" and not chunk.text.strip() and not splitter.leads_in():
                    splitter.bullet(at)
                else:
                    splitter.item(chunk.text, chunk.number)
            case "break":
                pass
    splitter.flush()
    for sentence in splitter.done:
        if sentence.option is not None and ASKED.match(sentence.text):
            sentence.option = None
    return splitter.done, splitter.options
