"""Cases: one letter that a sentence gives several shapes, or sizes that it gives values.

"When X ∈ R^{1×1}, when X ∈ R^{n×1} and when X ∈ R^{1×n}", "for X of size 1×1, n×1 or 1×n", "when n = 1".  Each case is
a view of the scope in which the letters, and all that depends on them, have the shapes of the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise, takewhile

from derivgen.latex import letters, phrases
from derivgen.latex import syntax as sx
from derivgen.latex.facts import Bare, Member
from derivgen.latex.sayings import Sayings
from derivgen.latex.scope import Entry, Scope
from derivgen.latex.sentences import Case, Sentence, Slot
from derivgen.latex.sizes import ONE_BY_ONE, Extents, Unknown, resolve
from derivgen.terms.nodes import Name

KIND = r"(?:an? |the )?(?:single |only |just )*(?:scalar|number|(?:column |row )?vector|column|row)"
NEXT = (
    r"(?:,? (?:and|or|then|and then|and finally|finally)|,)"
    r"(?: (?:when|if|where|for) (?:it|this|the same|\x01.) (?:is|has)| of size| being| once)?"
)
THING = r"(?: (?:column |row )?(?:matri(?:x|ces)|vectors?|array|table))?"
SIZES = (
    r"{who:x},? (?:(?:{be}|has|have|having|takes|of) )?(?:of |the |an? )*(?:(?:sizes?|shapes?|dimensions?) )?"
    rf"(?P<list>\x01.{THING}(?:{NEXT}(?: an?| the)? \x01.(?!{THING} ?\x01){THING})+)"
)
LONG = r"(?: (?:with|of|having) (?:length |size )?\x01.(?: (?:elements|entries|components))?)?"
KINDS = rf"{{who:x}},? (?:{{be}}|as|becomes) (?P<list>{KIND}{LONG}(?:{NEXT} {KIND}(?!(?: vectors?)? ?\x01){LONG})+)"
BEFORE_VALUES = re.compile(
    r"\b(?:when(?:ever)?|if|for|(?:in|to) (?:the )?(?:special )?cases?(?: of| where| that| when| for)?|set(?:ting)?|"
    r"put(?:ting)?|tak(?:e|ing)) *$",
    re.I,
)
DECLARES = re.compile(
    r"(?:let|suppose|assume|given|we have|here)\b(?!.*\b(?:or|either|first|then|cases?|respectively|when|if|while)\b)",
    re.I,
)
"""A sentence that only declares: two spaces for one letter contradict each other in it."""
LONE = re.compile(rf"(?:when|for|if)? ?{phrases.SLOT}[.,;]?(?: (?:and|or))?", re.I)
AMONG_VALUES = re.compile(r",? *(?:and|or|with|then|and then)? *$", re.I)
JOINT = re.compile(r"^,? *(?:and|with) *$", re.I)


class CaseTeller(Sayings):
    """Finds the cases of a statement, and makes the views in which they hold."""

    def __init__(self, scope: Scope, sentences: list[Sentence]) -> None:
        super().__init__(scope, sentences)
        self.cases = 0
        """How many cases there are so far."""
        self.lengths: dict[Name, Unknown] = {}
        """The lengths of letters that are now a column, now a row."""

    def find_cases(self) -> None:
        """Before anything is declared: what is listed as cases is declared in each of them alone."""
        for sentence in self.sentences:
            found = self.listed_spaces(sentence) or self.listed_sizes(sentence) or self.listed_kinds(sentence)
            if found:
                sentence.cases = tuple(self.case(sentence, Case("", shapes)) for shapes in found)
        self.find_bullets()

    def find_bullets(self) -> None:
        """Sentences that hold nothing but a space for one letter, as items of a list: cases of what stands before."""
        for at, (sentence, behind) in enumerate(pairwise(self.sentences)):
            if not lone_space(behind) or lone_space(sentence):
                continue
            run = [s for s in takewhile(lone_space, self.sentences[at + 1 :]) if s.part == sentence.part]
            facts = [f for s in run for f in s.slots[0].facts if isinstance(f, Member)]
            if len(facts) > 1 and len({f.names for f in facts}) == 1 and len({f.space for f in facts}) == len(facts):
                set_aside(s.slots[0] for s in run)
                shapes = [tuple((n, f.space) for n in f.names) for f in facts]
                sentence.cases = tuple(self.case(sentence, Case("", s)) for s in shapes)

    def listed_spaces(self, sentence: Sentence) -> list[tuple[tuple[sx.Syntax, sx.Syntax], ...]]:
        """``X ∈ R^{1×1}``, ``X ∈ R^{n×1}``: more than one space for the same letters."""
        if DECLARES.match(sentence.text):
            return []
        spaces: dict[tuple[sx.Syntax, ...], dict[sx.Syntax, Slot]] = {}
        last: tuple[sx.Syntax, ...] = ()
        for slot in sentence.slots:
            for fact in slot.facts:
                match fact:
                    case Member(_, names, space):
                        last = names
                        spaces.setdefault(names, {}).setdefault(space, slot)
                    case Bare(_, sx.Space() as space) if last:
                        spaces[last].setdefault(space, slot)
        several = {names: found for names, found in spaces.items() if len(found) > 1}
        if len({len(found) for found in several.values()}) != 1:
            return []
        for found in several.values():
            set_aside(found.values())
        rows = zip(*several.values(), strict=True)
        return [tuple((n, s) for names, s in zip(several, row, strict=True) for n in names) for row in rows]

    def listed_sizes(self, sentence: Sentence) -> list[tuple[tuple[sx.Syntax, sx.Syntax], ...]]:
        """ "X of size 1×1, n×1 or 1×n"."""
        for match in phrases.compiled(SIZES).finditer(sentence.text):
            who = sentence.slot(match["who"])
            slots = [s for s in sentence.named(match["list"]) if s.subject != who.subject]
            sizes = [s.formula.body for s in slots]
            spaces = [sx.Space("R", s.factors) for s in sizes if isinstance(s, sx.Product) and s.signs == ("×",)]
            if len(who.subject) == 1 and len(spaces) == len(sizes) == len(set(sizes)):
                set_aside(slots)
                self.spread.setdefault(id(sentence), []).append(match.span())
                return [((who.subject[0], s),) for s in spaces]
        return []

    def listed_kinds(self, sentence: Sentence) -> list[tuple[tuple[sx.Syntax, sx.Syntax], ...]]:
        """ "X is a scalar, a column vector or a row vector"."""
        match = phrases.compiled(KINDS).search(sentence.text)
        if match is None:
            return []
        who, pieces = sentence.slot(match["who"]), list(re.finditer(KIND + LONG, match["list"], re.I))
        kinds = [kind_in(p[0], sentence.named(p[0])) for p in pieces]
        sizes = [s for p in pieces for s in sentence.named(p[0])]
        others = [s for s in sentence.named(match["list"]) if s.subject != who.subject and s not in sizes]
        if len(who.subject) != 1 or len(set(kinds)) != len(kinds) or others:
            return []
        set_aside(sizes)
        self.spread.setdefault(id(sentence), []).append(match.span())
        return [((who.subject[0], k),) for k in kinds]

    def listed_values(self, sentence: Sentence) -> list[dict[str, int]]:
        """ "when m = 1", "for n = 1 and for m = n = 1": values of sizes; those that "and" joins hold together."""
        found: list[dict[str, int]] = []
        going_on = apart = False
        for piece in re.finditer(rf"[^\x01]*({phrases.SLOT})", sentence.text):
            slot = sentence.slot(piece[1])
            values = self.values_in(slot)
            lead = piece[0][:-2]
            begins = BEFORE_VALUES.search(lead)
            if not values or not (begins or (going_on and AMONG_VALUES.fullmatch(lead))):
                going_on = False
                continue
            apart = "cases" in begins[0].lower() if begins else apart
            if begins or apart or not JOINT.match(lead) or values.keys() & found[-1].keys():
                found.append(values)
            else:
                found[-1] |= values
            set_aside([slot])
            going_on = True
        return found

    def values_in(self, slot: Slot) -> dict[str, int]:
        """The sizes of ``m = n = 1``; nothing where a letter is no size, or a value no number."""
        found: dict[str, int] = {}
        for item in (i for row in slot.formula.rows for i in sx.items(row)):
            if not isinstance(item, sx.Chain) or set(item.signs) != {"="}:
                return {}
            *names, value = item.sides
            if not isinstance(value, sx.Number) or not value.text.isdigit() or not int(value.text):
                return {}
            for name in names:
                if not isinstance(name, sx.Symbol) or not self.is_size(name.name):
                    return {}
                found[name.name.letter] = int(value.text)
        return found

    def case(self, sentence: Sentence, case: Case) -> Case:
        """A case with a label of its own: that of its part, and a number."""
        self.cases += 1
        return replace(case, label=f"{sentence.part or ''}#{self.cases}")

    # --------------------------------------------------------------------------------------------- the views
    def make_views(self) -> None:
        """Once everything is declared: in each case its letters, and what depends on them, are known anew."""
        for sentence in self.sentences:
            if not sentence.cases:
                values = self.listed_values(sentence)
                sentence.cases = tuple(self.case(sentence, Case("", (), tuple(v.items()))) for v in values)
            for case in sentence.cases:
                self.view(case)
        for part in self.scope.parts:
            self.follow({name for place, name in self.scope.variants if place == part}, part)
        for sentence in self.sentences:
            for node, _ in (pair for case in sentence.cases for pair in case.shapes):
                self.forget(node)

    def view(self, case: Case) -> None:
        scope = self.scope
        scope.part = case.label
        scope.values[case.label], scope.told[case.label] = dict(case.values), told(case)
        moved: set[Name] = set()
        for node, space in case.shapes:
            name = letters.full_name(scope, node)
            if name is None:
                continue
            base = scope.entries.get(name) or Entry(name, span=node.span, order=len(scope.entries))
            shape = self.shape_in(base, space)
            self.copy(base, shape, case.label)
            moved.add(name)
        values = scope.values[case.label]
        for name, entry in scope.entries.items():
            if entry.shape is not None and any(resolve(s) in values for s in entry.shape):
                rows, cols = (values.get(str(resolve(s)), s) for s in entry.shape)
                self.copy(entry, (rows, cols), case.label)
                moved.add(name)
        self.follow(moved, case.label)
        scope.part = None

    def follow(self, moved: set[Name], label: str) -> None:
        """What depends on letters that have another shape is another function too."""
        waiting = [e for name, e in self.scope.entries.items() if name not in moved and e.depends]
        while True:
            found = [e for e in waiting if any(letters.full_name(self.scope, d) in moved for d in e.depends)]
            if not found:
                return
            for entry in found:
                self.copy(entry, entry.shape, label)
                moved.add(entry.name)
            waiting = [e for e in waiting if e not in found]

    def copy(self, entry: Entry, shape: Extents | None, label: str) -> None:
        self.scope.variants[(label, entry.name)] = replace(
            entry, shape=shape, props=set(entry.props), depends=list(entry.depends), arguments=[], typed=None,
            built=None, views={}, declared=True, why="stated", home=label,
        )  # fmt: skip

    def shape_in(self, base: Entry, space: sx.Syntax) -> Extents | None:
        """The shape of a case: a space, or a kind in words with the sizes that the letter has."""
        if not isinstance(space, sx.Words):
            return self.space_shape(space)
        sizes = [s for s in base.shape or () if resolve(s) != 1]
        if space.text == "scalar":
            return ONE_BY_ONE
        if not sizes:
            sizes = [self.lengths.setdefault(base.name, Unknown())]
        return (1, sizes[-1]) if space.text == "row" else (sizes[0], 1)

    def forget(self, node: sx.Syntax) -> None:
        """A letter whose only shapes are those of the cases is not known outside of them."""
        name = letters.full_name(self.scope, node)
        entry = self.scope.entries.get(name) if name is not None else None
        if name is None or entry is None or entry.meaning is not None:
            return
        if entry.shape is None or any(isinstance(resolve(s), Unknown) for s in entry.shape):
            del self.scope.entries[name]


def told(case: Case) -> tuple[str | sx.Syntax, ...]:
    """A case in words: "X ∈ R^{n×1}", "m = 1 and n = 2"."""
    pieces: list[str | sx.Syntax] = []
    for node, space in case.shapes:
        pieces += [" and "] if pieces else []
        if isinstance(space, sx.Words):
            pieces += [node, f" a {space.text}{'' if space.text == 'scalar' else ' vector'}"]
        else:
            pieces.append(sx.Chain((node, space), ("∈",)))
    for size, value in case.values:
        pieces += [" and "] if pieces else []
        pieces.append(sx.Chain((sx.Symbol(Name(size)), sx.Number(str(value))), ("=",)))
    return tuple(pieces)


def set_aside(slots: Iterable[Slot]) -> None:
    """Formulas that give cases: they declare nothing for the whole statement."""
    for slot in slots:
        slot.case = slot.used = True


def lone_space(sentence: Sentence) -> bool:
    """Whether a sentence is nothing but ``X ∈ R^{n×1}``."""
    return LONE.fullmatch(sentence.text) is not None and all(isinstance(f, Member) for f in sentence.slots[0].facts)


def kind_in(words: str, sizes: list[Slot]) -> sx.Syntax:
    """A kind in words, or a space where its length is told."""
    kind = "row" if "row" in words.lower() else "scalar" if re.search(r"scalar|number", words, re.I) else "column"
    if not sizes or kind == "scalar":
        return sx.Words(kind)
    length, one = sizes[0].formula.body, sx.Number("1")
    return sx.Space("R", (length, one) if kind == "column" else (one, length))
