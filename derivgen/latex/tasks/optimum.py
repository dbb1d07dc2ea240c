"""Where a function is smallest, largest or stationary: what a statement asks, describes and supposes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivgen.latex import asking, optima
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, derivative_formula
from derivgen.latex.facts import Defines
from derivgen.latex.optima import Optimal
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.tasks.optimum_context import (
    account_for_parts,
    by_name,
    by_operator,
    by_verb,
    claimed,
    conditions,
    describes,
    is_inside,
    letters_of,
    of_a_set,
    over,
    subject,
    unseen,
)
from derivgen.latex.tasks.optimum_goal import Wanted, settle
from derivgen.latex.tasks.optimum_phrases import ASKS, ASKS_FOR, FINDS, GRADIENT, PHRASES

if TYPE_CHECKING:
    from derivgen.latex.goals import Asker


# ------------------------------------------------------------------------------------------------- what is asked
RATE = re.compile(r"(?:maximum|maximal|greatest|largest|highest|fastest) rate of", re.I)


def ask(found: Found) -> Sequence[Ask]:
    if RATE.search(found.sentence.text):
        return []  # a slope, and no extremum
    groups = found.match.re.groupindex.keys()
    if groups == {"formula"}:  # any formula: told first, without the other patterns
        return by_formula(found)
    if groups == {"by"}:
        return Asking(found).letter()
    says = next(p.says for p in PHRASES if p.regex is found.match.re)
    before = found.match[0][: found.match.start("word") - found.match.start()] if found.group("word") else ""
    if says != "set" and optima.says(OF_DERIVATIVE, before) and not optima.says(AND_MORE, before):
        return []
    if not optima.speaks_of(found.match[0]) and says not in ("set", "described", "this"):
        return []
    reader = Asking(found)
    if says == "this":
        return reader.judged()
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
        body = subject(formula) if formula is not None else self.spoken_of() or self.optimised_before()
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

    def judged(self) -> list[Ask]:
        """ "Show that this is a minimum": what was solved for is looked at again."""
        before = [a for a in self.asker.asks if a.kind == "optimum"]
        if not before:
            return []
        sense = optima.sense_of(self.found.group("word"))
        return [
            replace(before[-1], part=self.sentence.part, details=replace(before[-1].details, sense=sense), claim=None)
        ]

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
            equation = self.equation()
            by = () if equation is not None else by
            if described is None:
                body = body if body is not None else self.spoken_of()
                made = Optimal("stationary", by, body)
                return self.made(made, equation=equation) if body is not None else []
            return self.made(replace(described, by=described.by or by), equation=equation)
        if described is not None:
            fits = not sense or sense == described.sense or optima.says(optima.EITHER, words)
            chosen = replace(
                described, by=described.by or self.over(described.body) or by, sense=described.sense if fits else sense
            )
            return self.made(chosen)
        if optima.says(r"normal equations?", words):
            return self.after_gradient(())
        if not sense or not re.search(
            r"minim|maxim|extrem|stationary|critical|turning|vertex|likelihood|least", words, re.I
        ):
            return self.after_gradient(by)
        body = self.spoken_of()
        if body is None:
            return self.after_gradient(by)
        return self.made(Optimal(sense, self.over(body) or self.inside(by, body), body)) if body is not None else []

    def optimised_before(self) -> sx.Syntax | None:
        """What an earlier part asks for the optimum of."""
        return next((a.body for a in reversed(self.asker.asks) if a.kind == "optimum"), None)

    def after_gradient(self, by: tuple[sx.Syntax, ...]) -> list[Ask]:
        """ "Hence obtain the optimal w", where an earlier part asks for the gradient: it is set to zero."""
        before = [a for a in self.asker.asks if a.kind in ("derivative", "gradient") and a.order == 1 and not a.point]
        if (
            not before
            or before[-1].part == self.sentence.part
            or not optima.says(r"optim|best|normal eq|stationary|critical|minimi[sz]er", self.found.match[0])
        ):
            return []
        body = before[-1].body
        if isinstance(body, sx.MaybeCall) and isinstance(body.head, sx.Primed):  # J'(w) is the derivative of J(w)
            body = replace(body, head=body.head.base)
        return (
            self.made(Optimal("stationary", self.inside(by, body) or before[-1].by, body)) if body is not None else []
        )

    def equation(self) -> sx.Chain | None:
        """The equation that is to come out: "set the gradient to zero to derive A^T A x = A^T b"."""
        named = self.sentence.named(self.found.group("by"))
        chain = named[0].formula.body if named else None
        if not isinstance(chain, sx.Chain) or chain.signs != ("=",) or isinstance(chain.sides[0], sx.Symbol):
            return None
        return chain

    # ------------------------------------------------------------------------------------------------ the pieces
    def body_slot(self) -> Slot | None:
        named = self.sentence.named(self.found.group("body"))
        return named[0] if named else None

    def by(self) -> tuple[sx.Syntax, ...]:
        """The letters that the wording names, but for those that it calls given."""
        group = self.found.group("by")
        start = self.found.match.start("by") - self.found.match.start() if group else 0
        before = self.found.match[0][:start]
        if re.search(r"\b(?:given|fixed|(?<!solve )for|constant|known)\s*$", before, re.I):
            return ()
        if re.search(r"\b(?:assum\w+|provided|suppos\w+|if|when|given)\b[^\x01]*$", before, re.I):
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
    objective = replace(objective, by=tuple(without_hat(v, asker.sentences) for v in objective.by))
    wanted = Wanted(
        objective.sense, tuple(c for c in conditions(heard) if c != objective.equation), objective.name, objective.equation, restricted, objective.value,
        any(optima.says(optima.ANNOUNCED, s.text) for s in heard),
    )  # fmt: skip
    return [
        Ask("optimum", body, objective.by, part=sentence.part, details=wanted, claim=objective.claim, span=body.span)
    ]


def without_hat(node: sx.Syntax, sentences: Sequence[Sentence]) -> sx.Syntax:
    """The letter that an estimate stands for: "find the hat μ that minimises …", where only μ is in the formula."""
    if not isinstance(node, sx.Symbol) or not node.name.accent:
        return node
    plain = node.name._replace(accent="")
    rows = [row for s in sentences for slot in s.slots for row in slot.formula.rows]
    names = [n.name for row in rows for n in sx.walk(row) if isinstance(n, sx.Symbol)]
    alone = names.count(node.name) == 1 and plain in names
    return sx.Symbol(plain, span=node.span) if alone else node


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


KIND = Kind("optimum", PHRASES, ask, settle, described_only)
