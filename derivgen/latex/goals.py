"""What a statement asks for: sentences to untyped goals."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from derivgen import errors
from derivgen.errors import Place, Span
from derivgen.latex import asking, phrases
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, combination, derivative_formula, is_second, kind_of, operated, point_of
from derivgen.latex.at_point import along_angle
from derivgen.latex.facts import Bare, Defines, JacobianRule, Member, States
from derivgen.latex.forms import Forms
from derivgen.latex.listed import Listed
from derivgen.latex.memory import JACOBIAN, VERB, Memory, described
from derivgen.latex.renaming import declared_anew, namesake, renamed
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.taskreader import TaskReader
from derivgen.latex.tasks.both_layouts import PHRASES as BOTH_LAYOUTS
from derivgen.latex.tasks.both_layouts import one_by_one
from derivgen.latex.tasks.earlier import through_names
from derivgen.latex.tasks.fixed_sizes import small_cases_first
from derivgen.latex.tasks.kind import Found, Manner
from derivgen.latex.tasks.manner import by_each_method
from derivgen.latex.unanswered import unanswered
from derivgen.terms.nodes import Name

PROOF = re.compile(
    r"\b(?:show|prove|verify|establish|confirm|check|demonstrate|deduce|conclude|explain|justify|argue):? "
    r"(?:why|that|how|the (?:identity|formula|rule|result))?",
    re.I,
)
JOINED = re.compile(
    r"(?:,|\band|\bthen|\bas well as|\balso|\bhence|\bthus|\balong with|\btogether with|\bplus)(?: its?)? *$", re.I
)
AND = re.compile(r" *(?:,? and|,|,? as well as)\b", re.I)
DENOTES = re.compile(
    r"(?:let us |we |for short,? |also |now )*(?:write|put|denote|abbreviate|set)"
    r"(?: for short| also| as usual)? *\x01?$",
    re.I,
)
"""Words before an equation that gives a name to a derivative, and asks for nothing."""
IT = re.compile(
    r"\b(?:find|derive|give|compute|calculate|determine|evaluate|state|work out|express) (?:it|this|that|them)\b", re.I
)
IN_LAYOUT = re.compile(
    r"^(?:and |but |now )*"
    r"(?:what (?:is|are|would|does|do|becomes?|about|of)|how (?:does|do|would|about)|"
    r"(?:give|state|find|write) (?:it|this|that|them))\b[^\x01]*\blayout\b",
    re.I,
)
"""The same asked again in another layout."""
BY_WHAT = r"(?<=\x01.) (?:by|through|with|from) {xs}"
OWN_WORDS = re.compile(r"^.*?(?:\bof\b(?! change)|differentiat\w+)\s*", re.I)
WORDS_ONLY = (*asking.REGROUP, *(p for p in asking.GOALS if p.says in ("its", "their")))


class Asker(Memory, Forms, TaskReader, Listed):
    """Reads the sentences in order and remembers what "it" and "the same" refer to."""

    def __init__(self, sentences: list[Sentence], functions: frozenset[Name], place: Callable[[Span], Place]) -> None:
        self.sentences, self.functions, self.place = sentences, functions, place
        self.asks: list[Ask] = []
        self.first = 0
        self.layouts: list[tuple[str, str | None, Span]] = []
        self.rule: JacobianRule | None = None
        self.jacobian_of: sx.Syntax | None = None
        self.names: list[sx.Syntax] = []
        """What has been defined, in order."""
        self.component: tuple[sx.Syntax, sx.Syntax] | None = None
        self.expression: sx.Syntax | None = None
        self.defined: sx.Syntax | None = None
        self.silent: list[str] = []
        """Parts that ask for something else than a derivative."""
        self.template: Ask | None = None
        """A goal named before its parts: "Find the gradient of each of these"."""
        self.unanswered: list[tuple[str | None, tuple[str | sx.Syntax, ...]]] = []
        """Clauses that ask for something of which no goal was made, each with its part."""
        self.open_task = False
        self.left_open: list[tuple[str | None, tuple[str | sx.Syntax, ...]]] = []
        """Clauses of a sentence that a list may follow."""
        self.point: tuple[sx.Syntax, ...] = ()
        self.direction: sx.Syntax | None = None
        self.manners: list[tuple[Found, Manner]] = []
        """How things are to be done, with the sentences that say so."""

    def run(self) -> list[Ask]:
        for sentence in self.sentences:
            if sentence.option is None:
                self.sentence(sentence)
        if self.asks:
            self.unanswered += self.left_open
        self.otherwise()
        self.all_options_used()
        self.share_out()
        self.asks = one_by_one(by_each_method(small_cases_first([self.in_manner(a) for a in self.asks])))
        found = {a.part for a in self.asks}
        parts = dict.fromkeys(s.part for s in self.sentences if s.part is not None)
        self.silent = [p for p in parts if p not in found] if found & parts.keys() else []
        self.unanswered = [u for u in self.unanswered if u[0] not in self.silent]
        return list(dict.fromkeys(self.asks))

    # ---------------------------------------------------------------------------------------------- a sentence
    def sentence(self, sentence: Sentence) -> None:
        text = sentence.text
        self.manner(sentence)
        if self.task(sentence):
            return
        if not (sentence.slots or "layout" in text or text.endswith(":") or VERB.search(text)):
            if self.asks and text.rstrip(" )").endswith("?"):
                self.unanswered += [(sentence.part, c) for c in unanswered(sentence, [])]
            return
        layout = self.layout(sentence)
        if layout and self.asks and not sentence.slots and IN_LAYOUT.search(text):
            self.asks.append(replace(self.asks[-1], part=sentence.part, layout=layout, claim=None))
            return
        low = text.lower()
        for cue, aside in asking.ASIDES if sentence.slots else ():
            if cue in low:
                text = phrases.compiled(aside).sub(lambda m: self.blank(m, sentence), text)
        if "express" in text.lower():
            text = phrases.compiled(BY_WHAT).sub(lambda m: self.blank(m, sentence), text)
        verb = VERB.search(text)
        before = len(self.asks)
        for slot in sentence.slots:
            for fact in slot.facts:
                if isinstance(fact, JacobianRule):
                    self.rule = fact
        self.remember_component(text, sentence)
        if "their" in low:
            for slot in sentence.slots:
                self.remember_slot(slot)
        if verb is not None and (sentence.slots or any(p.match(text) for p in WORDS_ONLY)):
            self.asked(text, verb.start(), sentence)
        elif verb is not None and IT.search(text):
            self.again_it(text, sentence)
        elif sentence.part is not None and (self.open_task or self.template is not None):
            self.listed_part(text, sentence)
        elif sentence.part is None and verb is None and (self.open_task or self.template is not None):
            self.listed_alone(text, sentence)
        self.remember(sentence)
        listed = len(self.asks) > before and verb is None
        if sentence.part is None and not listed:
            self.open_task = len(self.asks) == before and (verb is not None or text.rstrip().endswith(":"))
            if self.open_task:
                self.remember_template(text, sentence)
        left = [(sentence.part, c) for c in unanswered(sentence, self.asks[before:])]
        if verb is not None and sentence.part is None:  # what was open is not what a list was for
            self.unanswered += self.left_open
            self.left_open = []
        if self.asks[before:]:
            self.left_open = []
        if self.open_task and sentence.part is None:
            self.left_open = left
        else:
            self.unanswered += left
        made = through_names(self, self.asks[before:], sentence)
        layout_here = layout if sentence.part is not None or made else None
        made = [replace(a, part=sentence.part, layout=a.layout or layout_here) for a in made]
        self.asks[before:] = self.in_cases(made, sentence)

    def blank(self, match: re.Match[str], sentence: Sentence) -> str:
        for slot in sentence.named(match[0]):
            slot.used = True
        return " " * len(match[0])

    def layout(self, sentence: Sentence) -> str | None:
        found, names = None, set[str]()
        if any(p.match(sentence.text) for p in BOTH_LAYOUTS):
            return None
        for phrase in asking.LAYOUTS:
            for match in phrase.matches(sentence.text):
                found = match["layout"].lower()
                for slot in sentence.slots:
                    slot.used = slot.used or derivative_formula(slot.formula.body) is not None
                first = sentence.slots[0].span if sentence.slots else sentence.span
                self.layouts.append((found, sentence.part, first))
                names.add(found)
        return found if len(names) == 1 else None

    # ------------------------------------------------------------------------------------------------- goals
    def asked(self, text: str, start: int, sentence: Sentence) -> None:
        """All goals of a sentence that asks for something."""
        self.refuse(text, sentence)
        if self.again(text, sentence) or self.shapes(text, sentence):
            return
        text, here = self.places(text, sentence)
        before = self.first = len(self.asks)
        text = self.phrased(asking.GOALS, text, sentence, here)
        self.formulas(text, start, sentence)
        text = self.phrased(asking.SECOND, text, sentence, here)
        if len(self.asks) == before:
            self.named_derivative(text, start, sentence)
        asked = [a if a.point or not here else replace(a, point=here) for a in self.asks[before:]]
        self.asks[before:] = sorted(asked, key=lambda a: a.at)
        if asked:
            return
        if not (self.elements(text, sentence) or self.regroup(text, sentence)) and (
            IT.search(text) or JACOBIAN.search(text)
        ):
            self.again_it(text, sentence)

    def places(self, text: str, sentence: Sentence) -> tuple[str, tuple[sx.Syntax, ...]]:
        """The values given to letters ("at x = 1 for A = …"), and the sentence without them."""
        here: tuple[sx.Syntax, ...] = ()
        for where in asking.AT_POINT.finditer(text):
            found = point_of(where, sentence)
            if found:
                here += found
                text = text[: where.start()] + " " * len(where[0]) + text[where.end() :]
                for slot in sentence.named(where["point"]):
                    slot.used = True
        return text, here

    def phrased(
        self, book: tuple[phrases.Phrase, ...], text: str, sentence: Sentence, here: tuple[sx.Syntax, ...]
    ) -> str:
        """The goals that phrases name; the sentence without them is given back."""
        for phrase in book:
            for match in phrase.matches(text):
                made = len(self.asks)
                if self.goal(phrase.says, match, sentence, here):
                    claim = self.claimed(match.start(), match.end(), sentence)
                    fresh = [replace(a, at=match.start(), claim=a.claim or claim) for a in self.asks[made:]]
                    self.asks[made:] = fresh
                    text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
        return text

    def claimed(self, start: int, end: int, sentence: Sentence) -> sx.Syntax | None:
        """What "show that the gradient of … is …" says the gradient is."""
        if not PROOF.search(sentence.text[:start]):
            return None
        found = phrases.compiled(asking.CLAIM).match(sentence.text, end)
        if found is None:
            return None
        if found["value"] is None:
            return sx.Number("0", span=sentence.slots[0].span if sentence.slots else sentence.span)
        slot = sentence.slot(found["value"])
        slot.used = True
        body = slot.formula.body
        left = (
            body.sides[0] if isinstance(body, sx.Chain) and slot.facts and isinstance(slot.facts[0], Defines) else None
        )
        return left if left is not None else body

    def refuse(self, text: str, sentence: Sentence) -> None:
        """Tasks that only look like a derivative."""
        for pattern, task in asking.REFUSED:
            if re.search(pattern, text, re.I):
                span = sentence.slots[0].span if sentence.slots else sentence.span
                raise errors.Unsupported(
                    f"the statement asks for {task}, which is not supported", place=self.place(span)
                )

    def goal(self, says: str, match: re.Match[str], sentence: Sentence, here: tuple[sx.Syntax, ...]) -> bool:
        groups = match.groupdict()
        if says == "directional":
            return self.directional(match, sentence, here)
        if says in ("second", "that of"):
            return self.another(says, match, sentence)
        if says == "its" and (
            len(self.asks) > self.first or any(derivative_formula(s.formula.body) for s in sentence.slots)
        ):
            return False
        if (
            says == "its"
            and self.asks
            and self.asks[-1].body == self.expression
            and self.asks[-1].part == sentence.part
        ):
            return False
        kind, order = kind_of(groups)
        wrt = groups.get("wrt") or groups.get("wrtby") or ""
        by = self.variables(wrt, sentence)
        order = 2 if groups.get("twice") else order
        bodies = self.both(groups["operation"]) if says == "their" else self.bodies(groups, sentence, match)
        if not bodies or (says == "derivative" and "body" in groups and not groups["body"]):
            return False
        for slot in sentence.named(match[0]):
            slot.used = True
        if says == "their" and not by and isinstance(last := self.names[-1], sx.MaybeCall):
            by = sx.items(last.operand.body) if isinstance(last.operand, sx.Fenced) else ()
        for given in bodies:
            body = given.body if isinstance(given, sx.MapsTo) else given
            by = by or (sx.items(given.arg) if isinstance(given, sx.MapsTo) else ())
            inner = derivative_formula(body)
            if inner is not None and inner.kind != "subscript" and not by:
                self.asks.append(inner)
                continue
            each = "partial" in (groups.get("rank") or "").lower() and not by and order == 1
            self.split_by(Ask(kind, body, by, span=body.span, order=order, each=each), groups.get("rank") or "")
            also = self.variables(groups.get("also") or "", sentence)
            if also:
                self.split_by(Ask(kind, body, also, span=body.span, order=order), groups.get("rank") or "")
        return True

    def another(self, says: str, match: re.Match[str], sentence: Sentence) -> bool:
        """ "… and its Hessian", "… and that of g": one more goal beside those of the sentence."""
        mine = self.asks[self.first :]
        if not mine:
            return False
        before = [a for a in mine if a.at < match.start()]
        near = max(before, key=lambda a: a.at) if before else min(mine, key=lambda a: a.at)
        groups = match.groupdict()
        if says == "that of":
            nodes = [n for s in sentence.named(groups["body"] or "") for n in s.subject if not isinstance(n, sx.Words)]
            if not before or not nodes:
                return False
            for slot in sentence.named(match[0]):
                slot.used = True
            self.asks += [replace(near, body=n, span=n.span, at=match.start()) for n in nodes]
            return True
        kind, order = kind_of(groups)
        by = tuple(dict.fromkeys(near.by)) if near.kind != "subscript" else ()
        fresh = replace(near, kind=kind, order=order, by=by, layout=None, claim=None, each=False)
        level = [is_second(a) for a in mine if a.body == near.body]
        joined = JOINED.search(match.string[: match.start()] + match[0][:4]) or AND.match(match.string, match.end())
        if near.kind in ("shape", "directional", "subscript") or is_second(fresh) in level or not joined:
            return False
        self.asks.append(fresh)
        return True

    def both(self, operation: str | None) -> list[sx.Syntax]:
        """ "Their product": that of the last two things defined."""
        last = tuple(self.names[-2:])
        found = operated(f"the {operation} of", last, asking.OPERATIONS) if len(last) == 2 else None
        return list(found or ())

    def bodies(self, groups: dict[str, str | None], sentence: Sentence, match: re.Match[str]) -> list[sx.Syntax]:
        named = groups.get("named")
        if named:
            formula = sentence.slot(named).formula.body
            inner = derivative_formula(formula)
            if inner is not None and inner.kind != "subscript":
                return [formula]
        if groups.get("body"):
            slots = sentence.named(groups["body"] or "")
            slots = [s for k, s in enumerate(slots) if not k or not s.facts or not isinstance(s.facts[0], Member)]
            nodes = [n for s in slots for n in s.subject if not isinstance(n, sx.Words)]
            heads = [n.head for n in nodes if isinstance(n, sx.MaybeCall)]
            nodes = [n for n in nodes if n not in heads]
            nodes = nodes[:1] + [n for n in nodes[1:] if not described(n, slots, sentence)]
            lead = OWN_WORDS.sub("", sentence.text[match.start() : match.start("body")], count=1)
            found = operated(lead, tuple(nodes), asking.OPERATIONS)
            if found is None:
                raise errors.Unsupported(
                    f"what is to be differentiated was not understood: “{lead.strip()} …”",
                    place=self.place(nodes[0].span), hint="write it as one formula",
                )  # fmt: skip
            return list(found)
        before = sentence.text[: match.start()]
        self.remember_slots(before, sentence)
        for slot in sentence.named(before):
            if slot.subject and slot.subject[0] is self.expression:
                slot.used = True
        return [self.expression] if self.expression is not None else []

    def variables(self, text: str, sentence: Sentence) -> tuple[sx.Syntax, ...]:
        """The letters after "with respect to"; what follows a declaration's comma is another matter."""
        slots = sentence.named(text)
        if slots and isinstance(slots[0].facts[0] if slots[0].facts else None, Member) and "," in text:
            slots = slots[:1]
        nodes = tuple(n for s in slots for n in s.subject)
        lead = sentence.text[: sentence.text.find(text)] if text else ""
        return tuple(sx.Transpose(n, span=n.span) for n in nodes) if lead.rstrip().endswith("transpose of") else nodes

    def split_by(self, ask: Ask, rank: str) -> None:
        """ "Partial derivatives with respect to x and y" are two goals, a gradient is one."""
        if len(ask.by) > 1 and ask.kind == "derivative" and ask.order == 1 and "mixed" not in rank.lower():
            for v in ask.by:
                self.asks.append(replace(ask, by=(v,)))
            return
        self.asks.append(ask)

    def directional(self, match: re.Match[str], sentence: Sentence, here: tuple[sx.Syntax, ...]) -> bool:
        groups = match.groupdict()
        if not groups.get("body") and self.expression is None:
            self.remember_slots(sentence.text[: match.start()], sentence)
        body = sentence.slot(groups["body"]).node if groups.get("body") else self.expression
        along = sentence.slot(groups["direction"]) if groups.get("direction") else None
        named = along is not None and bool(along.facts) and isinstance(along.facts[0], Defines)
        direction = self.direction if along is None else along.node if named else along.formula.body
        point = (sentence.slot(groups["point"]).formula.body,) if groups.get("point") else here or self.point
        if groups.get("angle"):
            direction = along_angle(sentence.slot(groups["angle"]).formula.body)
        if body is not None and direction is None and match[0].lower().startswith("directional"):
            hint = "add it, as in: in the direction of $(1,0)$"
            raise errors.MissingPart("the direction is not given", place=self.place(body.span), hint=hint)
        if body is None or direction is None or isinstance(direction, sx.MaybeCall):  # along a curve x(t)
            return False
        for slot in sentence.named(match[0]):
            slot.used = True
        told = ("unit",) if asking.NORMALISE.search(sentence.text) else ()
        self.asks.append(Ask("directional", body, span=body.span, point=point, direction=direction, details=told))
        return True

    def formulas(self, text: str, start: int, sentence: Sentence) -> None:
        """Derivative formulas that stand for themselves: "find dy/dx"."""
        proof = PROOF.search(text) is not None
        for place, mark in enumerate(text):
            if place < start or not "\ue000" <= mark <= "\uf8ff":
                continue
            slot = sentence.slot(mark)
            for fact in slot.facts:
                node = fact.node if isinstance(fact, Bare) else None
                claim: sx.Syntax | None = None
                if isinstance(fact, States) and fact.chain.signs[0] == "=" and (proof or fact.chain.sides[-1] is None):
                    node = fact.chain.sides[0]
                    claim = fact.chain.sides[-1] if set(fact.chain.signs) == {"="} else fact.chain.sides[1]
                if isinstance(fact, Defines) and proof and derivative_formula(fact.left) is not None:
                    self.both_sides(fact, slot, place)
                    continue
                if isinstance(fact, Defines) and derivative_formula(fact.right) is not None:
                    lead = text[: text.index(mark)].rstrip()
                    if DENOTES.match(lead) and not text[text.index(mark) + 1 :].strip(" .;,"):
                        continue  # "Write δ = ∂E/∂z." gives a name
                    node = fact.right if VERB.search(lead[-24:]) and not isinstance(fact.right, sx.Subscript) else None
                found = derivative_formula(node) if node is not None else None
                if node is not None and found is None:
                    found = combination(node, self.is_partial)
                if found is None or (found.kind == "subscript" and not self.is_partial(found.body)):
                    continue
                slot.used = True
                claim = claim or self.claimed(place, place + 1, sentence)
                self.asks.append(replace(found, at=place, claim=claim))

    def both_sides(self, fact: Defines, slot: Slot, place: int) -> None:
        """ "Show that f_xy = f_yx": each side that is a derivative is worked out."""
        right = derivative_formula(fact.right)
        both = right is not None and (right.kind != "subscript" or self.is_partial(right.body))
        for side in (fact.left, fact.right) if both else (fact.left,):
            found = derivative_formula(side)
            if found is not None and (found.kind != "subscript" or self.is_partial(found.body)):
                slot.used = True
                self.asks.append(replace(found, at=place, claim=None if both else fact.right))

    def named_derivative(self, text: str, start: int, sentence: Sentence) -> None:
        """ "What is g?" where the statement sets g to a derivative."""
        for slot in sentence.named(text[start:]):
            node = slot.formula.body
            for earlier in self.sentences if isinstance(node, sx.Symbol) else ():
                for other in earlier.slots:
                    for fact in other.facts:
                        found = (
                            derivative_formula(fact.right) if isinstance(fact, Defines) and fact.left == node else None
                        )
                        if found is not None and found.kind != "subscript":
                            slot.used = True
                            self.asks.append(found)
                            return

    def is_partial(self, node: sx.Syntax | None) -> bool:
        """``f_x`` and ``y'``: a function of the statement with a letter below, or with primes."""
        if isinstance(node, sx.Primed):
            return isinstance(node.base, sx.Symbol) and node.base.name in self.functions
        if isinstance(node, sx.MaybeCall):
            node = node.head
        return isinstance(node, sx.Subscript) and isinstance(node.base, sx.Symbol) and node.base.name in self.functions

    def again(self, text: str, sentence: Sentence) -> bool:
        """ "Do the same for …": the last goal with another formula or variable."""
        match = asking.AGAIN[0].match(text)
        if match is None or not self.asks:
            return False
        last = self.in_manner(self.asks[-1])
        slots = sentence.named(match[0])
        if slots and declared_anew(sentence, slots, last):
            self.asks.append(replace(last, span=slots[0].span))
            return True
        for slot in slots:
            slot.used = True
            for node in slot.subject:
                found = derivative_formula(node)
                if found is not None and (found.kind != "subscript" or self.is_partial(found.body)):
                    self.asks.append(found)
                elif isinstance(node, sx.Symbol) and (old := namesake(last, node.name)) is not None:
                    self.asks.append(renamed(last, old, node.name))
                elif isinstance(node, sx.Symbol) and last.by and any(isinstance(f, Bare) for f in slot.facts):
                    self.asks.append(replace(last, by=(node,), span=node.span))
                else:
                    self.asks.append(replace(last, body=node, span=node.span))
        return True

    def again_it(self, text: str, sentence: Sentence) -> None:
        """ "Find it": the Jacobian that was defined before, of the function named here."""
        defined = next((f.left for s in sentence.slots for f in s.facts if isinstance(f, Defines)), None)
        if self.rule is not None:
            rule = self.rule
            layout = "numerator" if rule.rows_are_body else "denominator"
            self.asks.append(Ask("jacobian", defined or rule.body, (rule.by,), span=rule.span, layout=layout))
        elif self.jacobian_of is not None or JACOBIAN.search(text):
            body = defined or self.jacobian_of
            if body is not None:
                self.asks.append(Ask("jacobian", body, span=body.span))
