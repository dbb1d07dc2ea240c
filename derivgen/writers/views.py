"""What templates see: plain records whose strings are already spelt in the language of the format."""

from __future__ import annotations

from dataclasses import dataclass, field

from derivgen.records import Record
from derivgen.version import __version__


class Line(Record):
    """``left = right[0]``, continued in ``right[1:]``; ``left`` is empty where the line continues a chain."""

    number: str
    left: str
    head: tuple[str, ...]
    """The rows of a left side that is too wide for its column and stands above the right side; else nothing."""
    hanging: bool
    """The line, or the chain that it continues, began with such a left side: no column of left sides."""
    right: tuple[str, ...]
    reason: str
    check: str
    law: str = ""
    details: tuple[Line, ...] = ()
    width: float = 0.0
    """From the left edge of the formulas to the end of the widest row."""
    apart: bool = False
    """A row cannot be broken and takes the whole width of the page: the reason stands below."""
    room: float = 0.0
    """By how much a hanging line goes beyond the column of left sides (in the unit of the style)."""


class Option(Record):
    """Something to choose from: its formula in rows, whether it is right, and why."""

    label: str
    right: bool
    rows: tuple[str, ...]
    reason: str


class Table(Record):
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    widths: tuple[float, ...]
    """The widths of the columns, in the unit of the style; together no wider than the page."""


class Picture(Record):
    """A drawing in the language of the format (lines of text in the text format), and what stands below it."""

    drawing: str
    caption: str


class Grounds(Record):
    """Facts on which an answer in words rests, after how they were checked: "Checked at random points"."""

    checked: str
    facts: tuple[str, ...]


class Part(Record):
    headed: bool
    """Whether the question stands as a heading over its derivation: where the problem asks several."""
    label: str
    question: str
    """What is asked: a formula, or a few words."""
    introduction: str
    lines: tuple[Line, ...]
    reasons: float
    """The width of the column of reasons that the formulas leave, in the unit of the style."""
    answer: tuple[str, ...]
    shape: str
    conclusion: str
    conditions: tuple[str, ...]
    check: str
    stamp: str
    method: str
    layout: str
    refusal: str
    hint: str
    text: tuple[str, ...] = ()
    """The answer in words, a paragraph each."""
    options: tuple[Option, ...] = ()
    option_width: float = 0.0
    """The width of the widest option, in the unit of the style."""
    grounds: tuple[Grounds, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    anchor: str = ""
    """The name under which a link finds it, in a document that has links."""

    @property
    def answered(self) -> bool:
        """Whether there is an answer, as a formula or in words."""
        return bool(self.answer or self.text)


class Piece(Record):
    """A piece of the statement: a "run" of words and formulas, perhaps with the label of its part, an "option" of a
    list, a "display", "aligned", a "break".

    Of an aligned display ``lefts`` are what stands before the relations, ``rows`` the rest.
    """

    kind: str
    text: str = ""
    rows: tuple[str, ...] = ()
    label: str = ""
    lefts: tuple[str, ...] = ()


class Reading(Record):
    """A row of the read-back."""

    symbol: str
    what: str
    role: str
    space: str = ""


class ProblemView(Record):
    title: str
    statement: tuple[Piece, ...]
    layout: str
    readings: tuple[Reading, ...]
    definitions: tuple[str, ...]
    conditions: tuple[str, ...]
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
    stamp: str
    refusal: str
    hint: str
    anchor: str = ""
    label: str = ""
    """Its number, in a document whose problems have numbers of their own."""
    unanswered: tuple[str, ...] = ()
    """What is asked and was not understood, where it is told apart from the notes."""
    section: str = ""
    """The title of the section that it opens."""
    section_anchor: str = ""


@dataclass(frozen=True)
class Document:
    title: str
    problems: tuple[ProblemView, ...]
    version: str = __version__
    legend: str = ""
    """How index letters are set apart by their roles, where they are."""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def level(self) -> int:
        """The level of the headings of problems; the title has level 1."""
        return 2

    @property
    def pictured(self) -> bool:
        """Whether there is a picture, for which a format may need more than for words and formulas."""
        return any(part.pictures for problem in self.problems for part in problem.parts)


@dataclass(frozen=True)
class Manual(Document):
    """A document with sections, contents and links."""

    paper: str = "a4"
    about: str = ""
    """What is said under the title."""
    layout: str = ""
    missing: tuple[tuple[str, str], ...] = ()
    """(anchor, name) of what could not be derived."""

    @property
    def level(self) -> int:
        return 3 if any(problem.section for problem in self.problems) else 2
