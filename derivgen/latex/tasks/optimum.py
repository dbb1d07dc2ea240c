"""Where a function is smallest, largest or stationary: what a statement asks, describes and supposes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivgen.latex import asking, optima, phrases
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, derivative_formula
from derivgen.latex.facts import Bare, Condition, Defines, Member, States
from derivgen.latex.optima import FILLER, OPT, Optimal
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.optimum_goal import Wanted, settle
from derivgen.latex.tasks.optimum_phrases import ASKS, ASKS_FOR, FINDS, GRADIENT, INVERTIBLE, OVER, PHRASES

if TYPE_CHECKING:
    from derivgen.latex.goals import Asker

DESCRIBED = rf"(?:(?P<by>\x01.),? (?:that |which )?)?(?:\w+ )??(?P<word>{OPT}|minimi[sz]ation|maximi[sz]ation) (?:of )?{FILLER}(?P<body>\x01.)"
"""A sentence that says what is minimised, and asks nothing."""
NAMED = (
    r"\b(?P<word>(?:negative )?(?:log[- ])?likelihood|loss|cost|error|errors|energy|objective|criterion|risk|penalty|"
    r"sum of (?:the )?squares|residual|misfit|discrepancy|utility|profit|reward)\b"
    r"(?: function)?(?: (?:of|for) [^\x01.;?!]{0,40}?)?,?(?: is| be| reads| given by)* (?P<body>\x01.)"
)
"""A function with a name that tells whether it is to be small or large."""


# ------------------------------------------------------------------------------------------------- what is asked
def ask(found: Found) -> Sequence[Ask]:
    groups = found.match.re.groupindex.keys()
    if groups == {"formula"}:  # any formula: told first, without the other patterns
        return by_formula(found)
    if groups == {"by"}:
        return Asking(found).letter()
    says = next(p.says for p in PHRASES if p.regex is found.match.re)
    before = found.match[0][: found.match.start("word") - found.match.start()] if found.group("word") else ""
    if says != "set" and optima.says(OF_DERIVATIVE, before) and not optima.says(AND_MORE, before):
        return []
    if not optima.speaks_of(found.match[0]) and says not in ("set", "described"):
        return []
    reader = Asking(found)
    if says == "claim":
        return reader.claim()
    if says in ("described", "set"):
        return reader.earlier(says)
    return reader.direct()


OF_DERIVATIVE = r"\b(?:gradient|derivative|hessian|slope|jacobian|value of the)\b"
AND_MORE = r"\b(?P<kind>gradient|derivative|hessian)(?: vector| matrix)?,? (?:and|as well as) (?:also |hence |then )?(?:the |its )?$"
"""Words of "the gradient and the minimiser of f", up to the minimiser."""


@dataclass
class Asking:
    """A wording that asks for an optimum, and what the statement says around it."""

    found: Found

    @property
    def sentence(self) -> Sentence:
        return self.found.sentence

    @property
    def asker(self) -> Asker:
        return self.found.asker

    # ---------------------------------------------------------------------------------------- the kinds of wording
    def direct(self) -> list[Ask]:
        """The objective stands in the sentence, or is what was spoken of last."""
        formula = self.body_slot()
        inner = optima.optimal(formula.formula.body) if formula is not None else None
        if inner is not None:
            return self.made(inner)
        body = subject(formula) if formula is not None else self.spoken_of()
        if body is None or derivative_formula(body) is not None:
            return []
        sense = optima.sense_of(self.found.group("word"))
        by = self.inside(self.by(), body) or self.over(body)
        if not sense:
            return []
        made = self.made(Optimal(sense, by, body))
        both = optima.says(AND_MORE, self.found.match[0][: self.found.match.start("word") - self.found.match.start()])
        if both is not None:
            self.asker.asks.append(Ask(both["kind"].lower(), body, by, part=self.sentence.part, span=body.span))
        return made

    def claim(self) -> list[Ask]:
        """ "Show that the minimiser is …": the value, or an equation that it fulfils."""
        slot = self.sentence.slot(self.found.group("claim"))
        body = self.body_slot()
        if slot is body:
            return []
        value, equation = claimed(slot, re.search(r"satisf|fulfil", self.found.match[0]) is not None)
        by = tuple(letters_of(slot)) if value is not None and isinstance(slot.formula.body, sx.Chain) else ()
        if value is not None and derivative_formula(value) is not None:
            return []
        described, sense = self.described(), optima.sense_of(self.found.group("word"))
        if body is not None:
            inner = optima.optimal(body.formula.body)
            objective = inner or Optimal(sense, self.over(subject(body)), subject(body))
        elif described is not None:
            objective = described
        else:
            objective = Optimal(sense, self.over(self.spoken_of()), self.spoken_of())
        if not objective.by and by and is_inside(by[0], objective.body, self.asker.sentences):
            objective = replace(objective, by=by)
        if objective.body is None or not objective.sense:
            return []
        slot.used = True
        return self.made(objective, value, equation)

    def letter(self) -> list[Ask]:
        """ "Determine w", where w was said to minimise something."""
        about = any(optima.speaks_of(s.text) or by_operator(s) is not None for s in self.asker.sentences)
        if not about or not optima.says(ASKS_FOR, self.sentence.text[: self.found.match.start()]):
            return []
        described, by = self.described(), self.by()
        if described is None or described.body is None or len(by) != 1 or not self.is_variable(by[0], described):
            return []
        return self.made(described)

    def earlier(self, says: str) -> list[Ask]:
        """The objective was described before (or is described after): "Find the minimiser"."""
        described, by = self.described(), self.by()
        words = self.found.match[0]
        sense = optima.sense_of(self.found.group("word")) if says == "described" else ""
        if says == "set":
            slot = self.body_slot()
            body = subject(slot) if slot is not None else None
            if described is None:
                body = body if body is not None else self.spoken_of()
                return self.made(Optimal("stationary", by, body)) if body is not None else []
            return self.made(replace(described, by=described.by or by))
        if described is not None:
            fits = not sense or sense == described.sense or optima.says(optima.EITHER, words)
            chosen = replace(
                described, by=described.by or self.over(described.body) or by, sense=described.sense if fits else sense
            )
            return self.made(chosen)
        if not sense or not re.search(
            r"minim|maxim|extrem|stationary|critical|turning|vertex|likelihood|least", words, re.I
        ):
            return []
        body = self.spoken_of()
        return self.made(Optimal(sense, self.over(body) or self.inside(by, body), body)) if body is not None else []

    # ------------------------------------------------------------------------------------------------ the pieces
    def body_slot(self) -> Slot | None:
        named = self.sentence.named(self.found.group("body"))
        return named[0] if named else None

    def by(self) -> tuple[sx.Syntax, ...]:
        """The letters that the wording names, but for those that it calls given."""
        group = self.found.group("by")
        start = self.found.match.start("by") - self.found.match.start() if group else 0
        before = self.found.match[0][:start]
        if re.search(r"\b(?:given|fixed|for|constant|known)\s*$", before, re.I):
            return ()
        return tuple(n for s in self.sentence.named(group) for n in letters_of(s))

    def over(self, body: sx.Syntax | None) -> tuple[sx.Syntax, ...]:
        """ "… over x and y": the letters of what is optimised that stand behind such words."""
        return over(self.sentence, body, self.asker.sentences)

    def inside(self, by: tuple[sx.Syntax, ...], body: sx.Syntax | None) -> tuple[sx.Syntax, ...]:
        """The letters that stand in what is optimised; all of them where none does, which is told later."""
        return tuple(n for n in by if is_inside(n, body, self.asker.sentences)) or by

    def spoken_of(self) -> sx.Syntax | None:
        """What was defined or written last, before this sentence or in it."""
        for slot in self.sentence.slots:
            for fact in slot.facts:
                if isinstance(fact, Defines) and isinstance(fact.left, (sx.MaybeCall, sx.Call)):
                    return fact.left
        last = self.asker.defined or self.asker.expression
        return last if last is None or derivative_formula(last) is None else self.asker.expression

    def described(self) -> Optimal | None:
        """What other sentences say is minimised: by a formula, a verb, or the name of a loss."""
        heard = [s for s in self.asker.sentences if s.part in (None, self.sentence.part)]
        for reader in (by_operator, by_verb, by_name):
            for sentence in heard:
                objective = reader(sentence)
                if objective is not None:
                    return objective
        return None

    def is_variable(self, node: sx.Syntax, objective: Optimal) -> bool:
        """Whether a letter is the one that an optimum was described for."""
        if node in objective.by or node == objective.name:
            return True
        if objective.by:
            return False
        body = objective.body
        params = (
            sx.items(body.operand.body)
            if isinstance(body, sx.MaybeCall) and isinstance(body.operand, sx.Fenced)
            else ()
        )
        return node in params

    def made(self, objective: Optimal, claim: sx.Syntax | None = None, equation: sx.Chain | None = None) -> list[Ask]:
        derivatives_too(self.found)
        for slot in self.sentence.named(self.found.match[0]):
            slot.used = True
        value = optima.says(optima.VALUES, self.found.match[0]) is not None
        return asked_of(self.asker, self.sentence, replace(objective, claim=claim, equation=equation, value=value))


def asked_of(asker: Asker, sentence: Sentence, objective: Optimal) -> list[Ask]:
    """What is asked, with the conditions that stand anywhere in the part."""
    body = objective.body
    assert body is not None
    heard = [s for s in asker.sentences if s.part in (None, sentence.part)]
    account_for_parts(heard, body)
    if not objective.by:
        objective = replace(objective, by=of_a_set(heard, body))
    restricted = tuple(w for s in heard if s is sentence or describes(s) for w in unseen(s))
    wanted = Wanted(
        objective.sense, tuple(conditions(heard)), objective.name, objective.equation, restricted, objective.value,
        any(optima.says(optima.ANNOUNCED, s.text) for s in heard),
    )  # fmt: skip
    return [
        Ask("optimum", body, objective.by, part=sentence.part, details=wanted, claim=objective.claim, span=body.span)
    ]


def of_a_set(heard: Sequence[Sentence], body: sx.Syntax) -> tuple[sx.Syntax, ...]:
    """The letter of a set such as {x ∈ R^n : a^T x = b}, where it stands in what is optimised."""
    sets = [s for h in heard for s in h.slots if isinstance(s.formula.body, sx.Fenced) and s.formula.body.left == "{"]
    members = [n for s in sets for f in s.facts if isinstance(f, Member) for n in f.names]
    return tuple(dict.fromkeys(n for n in members if is_inside(n, body, heard)))


DERIVATIVE = r"gradient|derivative|differentia|hessian|jacobian|descent"


def described_only(asker: Asker) -> Sequence[Ask]:
    """A statement that says what is minimised, and asks for nothing, asks for the minimiser."""
    if any(optima.says(DERIVATIVE, s.text) for s in asker.sentences):
        return []
    for reader in (by_operator, by_verb):
        for sentence in asker.sentences:
            objective = reader(sentence)
            if objective is not None and objective.body is not None:
                return asked_of(asker, sentence, objective)
    return []


def account_for_parts(heard: Sequence[Sentence], body: sx.Syntax) -> None:
    """A formula that is a piece of what is optimised, as "fitted by Xθ", asks for nothing."""
    for sentence in heard:
        for match in phrases.compiled(INVERTIBLE).finditer(sentence.text):
            sentence.slot(match[1]).used = True
        for slot in sentence.slots:
            formula = optima.optimal(slot.formula.body)
            if formula is not None and formula.body == body:
                slot.used = True
    rights = [f.right for s in heard for t in s.slots for f in t.facts if isinstance(f, Defines)]
    pieces = {n for whole in (body, *rights) for n in sx.walk(whole)}
    for slot in (t for s in heard for t in s.slots):
        if all(isinstance(f, Bare) and f.node in pieces for f in slot.facts):
            slot.used = True


def by_formula(found: Found) -> list[Ask]:
    slot = found.sentence.slot(found.group("formula"))
    objective = optima.optimal(slot.formula.body)
    if objective is None or not optima.says(ASKS, found.sentence.text[: found.match.start()]):
        return []
    return Asking(found).made(objective)


def derivatives_too(found: Found) -> None:
    """ "Compute the gradient of J and the w that minimises it": the derivative is a question of its own."""
    text, match = found.sentence.text, found.match
    whole, asker = text[: match.start()], found.asker
    formulas = any(derivative_formula(n) is not None for s in found.sentence.named(whole) for n in s.subject)
    before = asker.first = len(asker.asks)
    if optima.says(GRADIENT, whole):
        asker.phrased(asking.GOALS, whole, found.sentence, ())
    elif formulas and optima.says(FINDS, whole):
        asker.formulas(whole, 0, found.sentence)
    asker.asks[before:] = [replace(a, part=found.sentence.part) for a in asker.asks[before:]]


# ------------------------------------------------------------------------------------------- what was described
def describes(sentence: Sentence) -> bool:
    return by_operator(sentence) is not None or by_verb(sentence) is not None


def by_operator(sentence: Sentence) -> Optimal | None:
    return next((o for s in sentence.slots if (o := optima.optimal(s.formula.body)) is not None), None)


def by_verb(sentence: Sentence) -> Optimal | None:
    for match in phrases.compiled(DESCRIBED).finditer(sentence.text):
        slot = sentence.slot(match["body"])
        body = subject(slot)
        if body is None or derivative_formula(body) is not None or (isinstance(body, sx.Symbol) and not slot.facts):
            continue
        by = tuple(n for s in sentence.named(match["by"]) for n in letters_of(s)) if match["by"] else ()
        over = next(
            (
                tuple(n for s in sentence.named(m["by"]) for n in letters_of(s))
                for m in phrases.compiled(OVER).finditer(sentence.text)
            ),
            (),
        )
        return Optimal(optima.sense_of(match["word"]), over or by, body)
    return None


def by_name(sentence: Sentence) -> Optimal | None:
    for match in phrases.compiled(NAMED).finditer(sentence.text):
        body = subject(sentence.slot(match["body"]))
        if body is not None and derivative_formula(body) is None:
            word = match["word"].lower()
            large = re.search(r"likelihood|utility|profit|reward", word) and "negative" not in word
            return Optimal("maximum" if large else "minimum", (), body)
    return None


def subject(slot: Slot) -> sx.Syntax | None:
    """What a formula speaks of: the left side of a definition, or itself."""
    nodes = [n for n in slot.subject if not isinstance(n, sx.Words)]
    return nodes[0] if nodes else None


def letters_of(slot: Slot) -> Iterator[sx.Syntax]:
    """The letters that a formula names: x, x ∈ R^n, (x, y), v > 0."""
    for node in slot.subject:
        items = sx.items(node.body) if isinstance(node, sx.Fenced) else (node,)
        for item in items:
            while isinstance(item, sx.MaybeCall) and not isinstance(item.head, sx.MaybeCall):
                item = item.head
            if isinstance(item, (sx.Symbol, sx.Subscript, sx.Superscript, sx.Accented)):
                yield item


def over(sentence: Sentence, body: sx.Syntax | None, heard: Sequence[Sentence]) -> tuple[sx.Syntax, ...]:
    for match in phrases.compiled(OVER).finditer(sentence.text):
        named = tuple(n for s in sentence.named(match["by"]) for n in letters_of(s))
        if re.match(r"in\b|among|as a", match[0], re.I):  # "in n steps" names no variable
            named = tuple(n for n in named if is_inside(n, body, heard))
        if named:
            return named
    return ()


def is_inside(letter: sx.Syntax, body: sx.Syntax | None, heard: Sequence[Sentence]) -> bool:
    """Whether a letter stands in what is optimised, definitions looked into."""
    head = body.head if isinstance(body, sx.MaybeCall) else body
    defined = [f for s in heard for t in s.slots for f in t.facts if isinstance(f, Defines)]
    rights = [f.right for f in defined if (f.left.head if isinstance(f.left, sx.MaybeCall) else f.left) == head]
    inside = {n for whole in (body, *rights) if whole is not None for n in sx.walk(whole)}
    plain = {(n.name.letter, n.name.accent) for n in inside if isinstance(n, sx.Symbol)}  # the p_k of a bold p
    return letter in inside or (isinstance(letter, sx.Symbol) and (letter.name.letter, letter.name.accent) in plain)


def claimed(slot: Slot, satisfies: bool) -> tuple[sx.Syntax | None, sx.Chain | None]:
    """The value that a formula gives the optimum, or an equation that is to hold there."""
    node = slot.formula.body
    if isinstance(node, sx.Chain) and node.signs[0] == "=" and node.sides[1] is not None:
        simple = isinstance(node.sides[0], (sx.Symbol, sx.Subscript, sx.Superscript, sx.Accented))
        if satisfies or not simple:
            return None, node
        return node.sides[1], None
    return node, None


# -------------------------------------------------------------------------------------------------- conditions
def conditions(heard: Sequence[Sentence]) -> Iterator[sx.Chain]:
    """Equations and comparisons that may be conditions on the variable."""
    for sentence in heard:
        claims = [
            s
            for p in optima.CLAIMS
            for m in phrases.compiled(p).finditer(sentence.text)
            for s in sentence.named(m["claim"])
        ]
        under = optima.under_words(sentence)
        for slot in sentence.slots:
            if any(slot is s for s in claims):
                continue
            behind = any(slot is s for s in under)
            for fact in slot.facts:
                match fact:
                    case States(_, chain) if "=" in chain.signs and not differentiates(chain):
                        yield chain
                    case Condition(_, chain):
                        yield chain
                    case Member(span, names, sx.Fenced(_, sx.Tuple((low, high)))) if len(names) == 1:
                        yield sx.Chain((low, names[0], high), ("≤", "≤"), span=span)
                    case Defines(span, left, right) if behind and optima.optimal(slot.formula.body) is None:
                        slot.used = True
                        yield sx.Chain((left, right), ("=",), span=span)
                    case Bare(_, sx.Fenced("{", sx.Chain(sides, signs))) if ":" in signs:
                        slot.used = True
                        at = signs.index(":") + 1
                        yield sx.Chain(sides[at:], signs[at:], span=fact.span)


def differentiates(chain: sx.Chain) -> bool:
    return any(isinstance(n, (sx.Leibniz, sx.Nabla)) for n in sx.walk(chain))


def unseen(sentence: Sentence) -> Iterator[tuple[str, sx.Syntax | None]]:
    """Words that restrict something, each with the formula beside it, where there is one."""
    text = sentence.text
    for match in phrases.compiled(optima.UNSEEN).finditer(text):
        behind = re.match(r"[^\x01.;,?!]{0,25}(\x01.)", text[match.end() :])
        before = re.search(r"(\x01.)[^\x01.;,?!]{0,15}$", text[: match.start()])
        beside = behind or before
        slot = sentence.slot(beside[1]) if beside is not None else None
        yield match[0], subject(slot) if slot is not None else None


KIND = Kind("optimum", PHRASES, ask, settle, described_only)
