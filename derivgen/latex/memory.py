"""What the sentences before have spoken of: what "it", "there" and "its gradient" refer to."""

from __future__ import annotations

import re

from derivgen.latex import asking, phrases
from derivgen.latex import syntax as sx
from derivgen.latex.asks import derivative_formula, is_expression, point_of
from derivgen.latex.facts import Bare, Defines, Maps, States
from derivgen.latex.sentences import Sentence, Slot

JACOBIAN = re.compile(r"jacobian(?![- ]layout)", re.I)
DIRECTION = re.compile(rf"direction (?:of )?(?:the )?(?:unit )?(?:vector )?(?P<direction>{phrases.SLOT})", re.I)
VERB = re.compile(rf"(?<![\w-])(?:{asking.GOAL_VERB})(?![\w])", re.I)
"""What makes a sentence a task."""
SPOKEN_OF = re.compile(
    rf"\b(?:gradient|derivative) of (?:the )?(?:[\w-]+ ){{0,2}}(?P<body>{phrases.SLOT}),? "
    r"(?:with respect to|w\.?r\.?t\.?|by) ",
    re.I,
)
"""What a derivative is told of; a later "gradient with respect to" is of the same."""
FORM = re.compile(
    rf"\b(?:re)?(?:write|express|put|bring) {phrases.SLOT} (?:as|in(?:to)? the form(?: of)?|like)(?: (?:a|an|the))*"
    r"(?: [\w-]+){0,3} $",
    re.I,
)
"""Words before the form that something is to be brought to: it is still spoken of."""
ASIDE = re.compile(r"\b(?:where|with|in which|here)\b(?!.*\b(?:let|define|consider|set|put|take)\b)", re.I)
"""What stands before a definition that only completes another."""


class Memory:
    """The half of the ``Asker`` that remembers."""

    names: list[sx.Syntax]
    component: tuple[sx.Syntax, sx.Syntax] | None
    expression: sx.Syntax | None
    defined: sx.Syntax | None
    jacobian_of: sx.Syntax | None
    point: tuple[sx.Syntax, ...]
    direction: sx.Syntax | None

    def remember_component(self, text: str, sentence: Sentence) -> None:
        match = asking.SUBJECTS[0].match(text)
        if match is None:
            return
        slots = sentence.named(match[0])
        body = sentence.slot(match["body"])
        for s in slots:
            s.used = True
        index = sentence.slot(match["index"]).formula.body
        node = body.formula.body
        if isinstance(node, sx.Chain) and isinstance(node.sides[-1], sx.Syntax):
            node = node.sides[-1]
        self.component = (index, node)

    def remember(self, sentence: Sentence) -> None:
        """What a later "it", "this" or "there" may refer to."""
        if JACOBIAN.search(sentence.text):
            for slot in sentence.slots:
                for fact in slot.facts:
                    if isinstance(fact, Maps):
                        self.jacobian_of = fact.names[0]
                    elif isinstance(fact, Bare) and isinstance(fact.node, (sx.Symbol, sx.MaybeCall)):
                        self.jacobian_of = self.jacobian_of or fact.node
        self.remember_slots(sentence.text, sentence)
        spoken = None if VERB.search(sentence.text) else SPOKEN_OF.search(sentence.text)
        if spoken is not None and sentence.slot(spoken["body"]).node is not None:
            self.expression = sentence.slot(spoken["body"]).node  # "the gradient of L with respect to y is g"
        for where in asking.AT_POINT.finditer(sentence.text):
            self.point = point_of(where, sentence) or self.point
        direction = DIRECTION.search(sentence.text)
        if direction is not None:
            slot = sentence.slot(direction["direction"])
            slot.used = True
            self.direction = slot.formula.body

    def remember_slots(self, text: str, sentence: Sentence) -> None:
        """What a sentence defines; what it adds behind "where" is not what it is about: f = x s(x), where s(x) = …"""
        main, end = None, 0
        for mark in re.finditer(phrases.SLOT, text):
            before = self.expression, self.defined
            self.remember_slot(sentence.slot(mark[0]))
            if before[0] is not None and FORM.search(text[: mark.start()]):
                self.expression, self.defined = before
            elif main is not None and ASIDE.search(text[end : mark.start()]):
                self.expression, self.defined = main
            elif before != (self.expression, self.defined):
                main, end = (self.expression, self.defined), mark.end()

    def remember_slot(self, slot: Slot) -> None:
        for fact in slot.facts:
            match fact:
                case Defines(_, _, sx.Number()):
                    continue  # a size or a point is not what "it" is
                case Defines(_, left, _):
                    self.expression = self.defined = left
                    self.names += [left] if left not in self.names else []
                case Bare(_, node) if is_expression(node) and derivative_formula(node) is None:
                    self.expression = node


def described(node: sx.Syntax, slots: list[Slot], sentence: Sentence) -> bool:
    """Whether a letter behind what is asked about is only described: "f(x) = x^T Q x, Q symmetric"."""
    if not isinstance(node, (sx.Symbol, sx.Subscript)):
        return False
    slot = next(s for s in slots if node in s.subject)
    mark = next(m for m in re.finditer(phrases.SLOT, sentence.text) if sentence.slot(m[0]) is slot)
    states = bool(slot.facts) and all(isinstance(f, States) for f in slot.facts)
    return states or phrases.compiled(" ?{props}").match(sentence.text, mark.end()) is not None
