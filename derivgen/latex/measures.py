"""Sizes in words, and the lists of sizes that lists of letters share."""

from __future__ import annotations

import re

from derivgen import errors
from derivgen.latex import phrases
from derivgen.latex import syntax as sx
from derivgen.latex.declare import is_letter
from derivgen.latex.definitions import Definer
from derivgen.latex.facts import Listed, Member
from derivgen.latex.scope import length_of
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.sizes import Extents, Length

ONE_IS = re.compile(r"\x01.,? (?:(?:which|that) )?(?:is|remains|stays)\b", re.I)


class Measures(Definer):
    """Gives letters the shapes that a sentence states in words."""

    def nodes(
        self, match: re.Match[str], sentence: Sentence, group: str = "who", leading: bool = False
    ) -> list[sx.Syntax]:
        """The written names in a group of a match; of a mixed list, those next to the words."""
        found: list[sx.Syntax] = []
        text = match[group] or (match.groupdict().get("who2") if group == "who" else None) or ""
        slots = alike(sentence.named(text), leading)
        if group == "who" and ONE_IS.search(match[0]) and declare_by_themselves(slots):
            slots = slots[-1:]
        for slot in slots:
            slot.used = slot.used or all(is_letter(n) for n in slot.subject)
            found += () if isinstance(slot.facts[0] if slot.facts else None, Listed) else slot.subject
        return found

    def dims(self, text: str, sentence: Sentence) -> Extents | Length | None:
        """A size in words: "p × q", "n by n", "3 by 2", "n"."""
        slots = sentence.named(text)
        if len(slots) >= 2 and re.search(r"by|×|x", text):
            for s in slots[:2]:
                s.used = True
            return (length_of(self.scope, slots[0].formula.body), length_of(self.scope, slots[1].formula.body))
        if slots:
            body = slots[0].formula.body
            slots[0].used = True
            match body:
                case sx.Product((m, n), ("×",)):
                    return (length_of(self.scope, m), length_of(self.scope, n))
                case sx.Space():
                    return self.space_shape(body)
                case sx.Symbol() | sx.Number() | sx.Plus() | sx.Subscript() | sx.Product():
                    return length_of(self.scope, body)
            return None
        numbers = [int(n) for n in re.findall(r"\d+", text)]
        if len(numbers) == 2:
            return (numbers[0], numbers[1])
        return numbers[0] if numbers else None

    def on_dims(self, match: re.Match[str], sentence: Sentence) -> None:
        if not is_two(match["dim"], sentence):
            return
        dims = self.dims(match["dim"], sentence)
        for node in self.nodes(match, sentence):
            if isinstance(dims, tuple):
                self.declare(node, dims)

    def on_length(self, match: re.Match[str], sentence: Sentence) -> None:
        dims = self.dims(match["dim"], sentence)
        for node in self.nodes(match, sentence):
            if dims is not None and not isinstance(dims, tuple):
                self.declare(node, (dims, 1))

    def on_spread(self, match: re.Match[str], sentence: Sentence) -> None:
        """ "A and B are matrices of sizes m×n and n×p": the sizes in the order of the letters."""
        groups = match.groupdict()
        texts = [m[0] for m in phrases.compiled(phrases.DIM).finditer(match["dims"])]
        pairs = all(is_two(t, sentence) for t in texts)
        each = "respective" in match[0]
        noun = (groups.get("noun") or groups.get("after") or "").strip()
        if len([n for s in sentence.named(match["who"]) for n in s.subject]) < 2:
            return
        if (not pairs and (not each or noun == "matrices")) or not all(self.may_be_size(t, sentence) for t in texts):
            return
        found, nodes = [self.dims(t, sentence) for t in texts], self.nodes(match, sentence)
        self.spread.setdefault(id(sentence), []).append(match.span())
        if len(found) != len(nodes):
            raise errors.ShapeFault(
                f"{len(found)} sizes are stated for {len(nodes)} letters",
                place=self.scope.place(nodes[0].span.join(nodes[-1].span)), hint="give one size for each, in order",
            )  # fmt: skip
        for node, dims in zip(nodes, found, strict=True):
            self.declare(node, dims if isinstance(dims, tuple) else (dims, 1) if dims is not None else None)

    def may_be_size(self, text: str, sentence: Sentence) -> bool:
        """Whether a formula in a list of sizes is one, and not a letter that the sentence goes on with."""
        slots = sentence.named(text)
        if len(slots) != 1:
            return True
        body = slots[0].formula.body
        if isinstance(body, sx.Product) and "×" in body.signs:
            return True
        return isinstance(body, (sx.Number, sx.Symbol, sx.Plus, sx.Subscript)) and not any(
            self.scope.known(n.name) for n in sx.walk(body) if isinstance(n, sx.Symbol)
        )


def alike(slots: list[Slot], leading: bool = False) -> list[Slot]:
    """The end of a list that is of one kind: in "x, c ∈ Rⁿ and K is a matrix" only K is said to be one."""
    kinds = [type(s.facts[0]) if s.facts else None for s in slots]
    if leading:
        stop = 0
        while stop < len(slots) and kinds[stop] == kinds[0]:
            stop += 1
        return slots[:stop]
    first = len(slots)
    while first > 0 and kinds[first - 1] == kinds[-1]:
        first -= 1
    return slots[first:]


def declare_by_themselves(slots: list[Slot]) -> bool:
    """ "X ∈ R^{m×n} and v ∈ R^m is constant": declarations in a row, of which a verb in the singular means the last."""
    return len(slots) > 1 and all(s.facts and isinstance(s.facts[0], Member) for s in slots)


def is_two(text: str, sentence: Sentence) -> bool:
    """Whether a size in words has two lengths, or is a space."""
    slots = sentence.named(text)
    if len(slots) == 1:
        return isinstance(slots[0].formula.body, sx.Space) or (
            isinstance(slots[0].formula.body, sx.Product) and slots[0].formula.body.signs == ("×",)
        )
    return len(slots) == 2 or len(re.findall(r"\d+", text)) == 2
