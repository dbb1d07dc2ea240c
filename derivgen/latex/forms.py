"""Goals other than derivatives: shapes, entries written as sums, sums written as products of matrices."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from derivgen.latex import asking
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, derivative_formula, has_sum
from derivgen.latex.facts import Bare, Defines, Fact, Member
from derivgen.latex.sentences import Sentence
from derivgen.latex.survey import index_letters, is_index

IN_TERMS = re.compile(
    r"(?:express|write|give|state) (?:the )?(?:[\w-]+ )??(?P<name>\x01.) (?:in terms of|using)"
    r"(?: only)?(?: the)?(?: [\w-]+)?? \x01",
    re.I,
)
"""A letter that is to be written through others."""
SEVERAL = re.compile(r"\b(?:both|all|each|these|the (?:two|three|four)) (?:of (?:the|these|them) ?)?\w*(?! \x01)", re.I)
"""Words that speak of everything that the statement gives by its entries."""


NAMED_TOGETHER = re.compile(r"\x01.,? (?:and|as well as) (?:the )?(?:\w+ )?\x01|\x01., \x01.")
"""Several letters that are to be written in one way: "write s and t as products"."""

VECTORISE = re.compile(r"\bupdat\w+|\brecur\w+|\bvectori[sz]\w+|\ball (?:of them )?at (?:once|the same time)", re.I)
"""Words that speak of formulas to be run for all elements together."""


SIMPLIFY = re.compile(r"^(?:simplify|evaluate|work out|compute|sift)\b|without (?:the |its )?sum|\bones\b", re.I)
"""Words after which an index may be left: the result is an element of something."""

SHAPE_OF_DERIVATIVE = re.compile(
    r"\b(?P<shape>(?:shapes?|dimensions?|sizes?)\b(?: and (?:the )?\w+)?"
    r"(?: (?:has|have|is|are|do|does|would|must))* ?(?:of|for)?) (?:[\w-]+ ){0,4}?"
    r"(?:derivative|gradient|hessian|jacobian)s?(?: matrix| vector)?"
    r"(?: of (?:\w+ )*\x01|,? (?:with respect to|by|taken) )",
    re.I,
)
"""A shape that is asked of a derivative told in words."""


class Forms:
    """Reads the sentences that ask for a shape, for an entry, or for a form without indices."""

    sentences: list[Sentence]
    asks: list[Ask]
    component: tuple[sx.Syntax, sx.Syntax] | None
    expression: sx.Syntax | None
    defined: sx.Syntax | None
    phrased: Callable[..., str]

    def shapes(self, text: str, sentence: Sentence) -> bool:
        of_derivative = SHAPE_OF_DERIVATIVE.search(text)
        if of_derivative is not None:
            made = len(self.asks)
            blank = " " * of_derivative.end("shape")
            self.phrased(asking.GOALS, blank + text[of_derivative.end("shape") :], sentence, ())
            self.asks[made:] = [replace(a, kind=f"shape {a.kind}") for a in self.asks[made:]]
            if len(self.asks) > made:
                return True
        found = False
        for phrase in asking.SHAPES:
            match = phrase.match(text)
            if match is None:
                continue
            for slot in sentence.named(match["body"]):
                slot.used = True
                for fact in slot.facts:
                    node = fact.node if isinstance(fact, Bare) else fact.left if isinstance(fact, Defines) else None
                    if node is not None:
                        inner = derivative_formula(node)
                        plain = Ask("shape", node, span=node.span)
                        named = inner is None or inner.kind == "subscript"
                        self.asks.append(
                            plain if named or inner is None else replace(inner, kind=f"shape {inner.kind}")
                        )
                        found = True
            if found:
                return True
        return False

    def elements(self, text: str, sentence: Sentence) -> bool:
        """ "Write the (i, j) entry of AB as a sum"."""
        match = next((m for p in asking.ELEMENTS if (m := p.match(text)) is not None), None)
        if match is None:
            return False
        body = sentence.slot(match["body"])
        for slot in sentence.named(match[0]):
            slot.used = True
        index = match.groupdict().get("index")
        if not body.subject or (index is None and not isinstance(body.subject[0], sx.Subscript)):
            return False
        where = sentence.slot(index).formula.body if index else None
        self.asks.append(Ask("element", body.subject[0], index=where, span=body.span))
        return True

    def regroup(self, text: str, sentence: Sentence) -> bool:
        """Sums over indices to be written as products of vectors and matrices."""
        wordings = [p for p in asking.REGROUP if p.match(text) or p.match(sentence.text)]
        if not wordings:
            return self.in_terms_of(sentence)
        given = by_entries(self.sentences if SEVERAL.search(text) else [sentence])
        if given:
            told = " ".join(s.text for s in self.sentences)
            details = "vectorise" if VECTORISE.search(told) else None
            self.asks += [Ask("regroup", None, name=fact.left, span=fact.span, details=details) for fact in given]
            for slot in sentence.slots:  # sums that stand beside them
                if len(slot.facts) == 1 and isinstance(bare := slot.facts[0], Bare) and has_sum(bare.node):
                    slot.used = True
                    self.asks.append(Ask("regroup", bare.node, span=bare.span))
            self.asks.sort(key=lambda a: a.span.start if a.kind == "regroup" else -1)
            return True
        found, free = False, "free" if SIMPLIFY.search(text) else None
        for slot in sentence.slots:
            for fact in slot.facts:
                if isinstance(fact, Bare) and has_sum(fact.node):
                    slot.used = True
                    if self.component is not None and self.component[1] == fact.node:
                        break
                    self.asks.append(Ask("regroup", fact.node, span=fact.span, details=free))
                    found = True
        if found or all(p.name == "simplify a sum" for p in wordings):
            return found
        before, indexed = len(self.asks), self.indexed()
        for slot in sentence.slots:
            for fact in slot.facts:
                for name in told_of(fact):
                    if isinstance(name, sx.Symbol) and name.name.letter in indexed:
                        slot.used = True
                        self.asks.append(Ask("regroup", None, name=name, span=fact.span))
                        if not NAMED_TOGETHER.search(text):
                            return True
        if len(self.asks) > before:
            return True
        if self.component is not None:
            index, body = self.component
            self.asks.append(Ask("regroup", body, index=index, span=body.span))
            return True
        target = self.defined or self.expression
        if target is None:
            return False
        self.asks.append(Ask("regroup", None, name=target, span=target.span))
        return True

    def in_terms_of(self, sentence: Sentence) -> bool:
        """ "Express K in terms of X", where K is given by its entries, K_ij = x_i^T x_j."""
        match = IN_TERMS.search(sentence.text)
        slot = sentence.slot(match["name"]) if match is not None else None
        if slot is None or not slot.subject or not isinstance(slot.subject[0], sx.Symbol):
            return False
        letter = slot.subject[0].name.letter
        lefts = [entity(f.left) for f in by_entries(self.sentences) if isinstance(f.left, sx.Subscript)]
        if not any(isinstance(n, sx.Symbol) and n.name.letter == letter for n in lefts):
            return False
        for named in sentence.slots:
            named.used = True
        self.asks.append(Ask("regroup", None, name=slot.subject[0], span=slot.span))
        return True

    def indexed(self) -> set[str]:
        """Letters that the statement defines, entry by entry or whole; M for the rows m_k."""
        found: set[str] = set()
        for sentence in self.sentences:
            for slot in sentence.slots:
                for fact in slot.facts:
                    if isinstance(fact, Defines) and not isinstance(fact.right, sx.Fenced):  # A = [a_ij] names entries
                        left = fact.left.base if isinstance(fact.left, sx.Transpose) else fact.left
                        if isinstance(left, sx.Subscript) and isinstance(left.base, sx.Symbol):
                            found |= {left.base.name.letter, left.base.name.letter.upper()}
                        if isinstance(left, sx.Symbol):
                            found.add(left.name.letter)
        return found


def told_of(fact: Fact) -> tuple[sx.Syntax, ...]:
    """What stands alone in a formula, be it with its space."""
    match fact:
        case Bare(_, node):
            return (node,)
        case Member(_, names):
            return names
    return ()


def by_entries(sentences: Sequence[Sentence]) -> list[Defines]:
    """What is defined entry by entry, or by a sum; a vector that is listed and defined so counts once."""
    found = [f for s in sentences for slot in s.slots for f in slot.facts if isinstance(f, Defines)]
    kept = [f for f in found if isinstance(f.left, sx.Subscript) or has_sum(f.right)]
    kept = [f for f in kept if not any(isinstance(n, sx.Dots) for n in sx.walk(f.right))] or kept
    first = {entity(f.left): f for f in reversed(kept)}
    return [f for f in kept if first[entity(f.left)] is f]


def entity(node: sx.Syntax) -> sx.Syntax:
    """The vector or matrix of an element: what stands before its last index."""
    return node.base if isinstance(node, sx.Subscript) and all(map(is_index, index_letters(node.index))) else node
