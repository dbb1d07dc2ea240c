"""Where an element of a derivative is zero: its formula, with the deltas that it holds read off."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from derivgen.derivation import Prose
from derivgen.engine import facts
from derivgen.engine.elements import element_lines, one_delta
from derivgen.engine.opening import opened
from derivgen.engine.working import Working, tidy
from derivgen.errors import ConstantVariable, Unsound
from derivgen.rules.rule import depends_on, variable_of
from derivgen.rules.sums import has_delta
from derivgen.terms.build import ONE, ZERO, is_zero, plus, times, total
from derivgen.terms.nodes import Delta, Derivative, El, Idx, Num, Plus, Position, Sum, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import replace_index, subterms

Deltas = tuple[Delta, ...]
Conditions = tuple[frozenset[frozenset[Position]], ...]
"""Ways in which something can differ from zero: pairs of positions that must agree."""


@dataclass(frozen=True)
class Pattern:
    """The formula of an element: a sum of terms, each with the deltas before it."""

    element: Derivative
    value: Term
    terms: tuple[tuple[Deltas, Term], ...]

    @property
    def conditions(self) -> Conditions:
        """The ways in which it can differ from zero, each a set of pairs that must agree; one that follows from another
        is left out."""
        found = [frozenset(frozenset((d.i, d.j)) for d in deltas) for deltas, _ in self.terms]
        kept = [c for c in found if not any(other < c for other in found)]
        return tuple(dict.fromkeys(kept))

    @property
    def always_zero(self) -> bool:
        return not self.terms

    @property
    def deltas(self) -> Deltas:
        """The deltas of every term."""
        first = self.terms[0][0] if self.terms else ()
        return tuple(d for d in first if all(d in deltas for deltas, _ in self.terms))

    @property
    def indicator(self) -> Term:
        """1 where the element can differ from zero, 0 elsewhere."""
        none = [plus([ONE, times([Num(-1), *deltas])]) if deltas else Num(0) for deltas, _ in self.terms]
        return plus([ONE, times([Num(-1), *none])])

    def where(self) -> dict[Idx, Position]:
        """The letters that the common deltas pin down, and what they are equal to; letters of the variable go first."""
        pinned: dict[Idx, Position] = {}
        for d in self.deltas:
            i, j = (pinned.get(p, p) if isinstance(p, Idx) else p for p in (d.i, d.j))
            if i == j:
                continue
            body, var = self.element.body.free, self.element.var.free
            first_goes = isinstance(i, Idx) and (not isinstance(j, Idx) or (i in var and j in body))
            gone, kept = (i, j) if first_goes else (j, i)
            assert isinstance(gone, Idx)
            pinned = {a: kept if b == gone else b for a, b in pinned.items()} | {gone: kept}
        return pinned


def pattern_of(work: Working, element: Derivative) -> Pattern:
    """The formula of an element, found here with its lines or in an earlier part."""
    if not depends_on(element.body, element.var):
        raise ConstantVariable(
            "what is differentiated does not contain the variable, so nothing is asked",
            hint="say how it depends on it, as in: where y = Ax",
        )
    known = work.earlier.get(element)
    if known is not None and (has_delta(known[0]) or known[0] == opened(known[0], work.fresh(element))):
        value, where = known
        work.line("put_in", element, value, ("found in ", where), left=element)
    else:
        first = len(work.lines)
        value = one_delta(work, element_lines(work, element, work.fresh(element)))
        value = tidy(work, value)
        if len(work.lines) == first and value != element:
            work.line("derivative_of_linear_form", element, value, ("read off",))
        work.start(first, element)
    found = Pattern(element, value, tuple(terms_of(value)))
    told_by_numbers(work, found)
    return found


def told_by_numbers(work: Working, pattern: Pattern) -> None:
    """The pairs of letters that, by its values, make the element zero where they differ are those read off."""
    if work.checker is None or pattern.always_zero:
        return
    free = letters(pattern.element)
    pairs = [(i, j) for k, i in enumerate(free) for j in free[k + 1 :] if i.size == j.size]
    for i, j in pairs:
        apart = times([plus([ONE, times([Num(-1), Delta(i, j)])]), pattern.element])
        if facts.agree(work, apart, ZERO) != all(frozenset((i, j)) in c for c in pattern.conditions):
            raise Unsound("the values of this element are zero elsewhere than its formula tells")


def terms_of(term: Term) -> list[tuple[Deltas, Term]]:
    """A formula as a sum of terms, each with its deltas apart."""
    if is_zero(term):
        return []
    match term:
        case Delta():
            return [((term,), ONE)]
        case Plus():
            return [t for part in term.args for t in terms_of(part)]
        case Times() if has_delta(term) and all(f.shape == SCALAR for f in term.args):
            out = []
            for choice in product(*(terms_of(f) for f in term.args)):
                deltas = tuple(dict.fromkeys(d for ds, _ in choice for d in ds))
                out.append((deltas, times(rest for _, rest in choice)))
            return out
        case Sum(body, index) if has_delta(term):
            return [apart(deltas, rest, index) for deltas, rest in terms_of(body)]
    return [((), term)]


def apart(deltas: Deltas, rest: Term, index: Idx) -> tuple[Deltas, Term]:
    """A term under a sum: deltas with the summed letter stay inside."""
    inside = [d for d in deltas if index in d.free]
    return tuple(d for d in deltas if index not in d.free), total(times([*inside, rest]), [index])


def unless(conditions: Conditions) -> tuple[str, Prose]:
    """ "i = j and k = l", plain and with its letters as formulas."""
    return between(conditions, "=", " and ", " or ")


def whenever(conditions: Conditions) -> Prose:
    """When none of the conditions holds: "whenever i ≠ j", "unless i = j and k = l or i = k"."""
    if len(conditions) > 1 and any(len(c) > 1 for c in conditions):
        return (" unless ", *unless(conditions)[1])
    return (" whenever ", *between(conditions, "≠", " or ", " and ")[1])


def between(conditions: Conditions, sign: str, inside: str, outside: str) -> tuple[str, Prose]:
    """Pairs of positions with a sign between the two, joined inside each condition and from one to the next."""
    plain: list[str] = []
    words: list[str | Idx] = []
    for n, condition in enumerate(conditions):
        pairs = sorted((sorted(pair, key=place_key) for pair in condition), key=lambda pair: list(map(place_key, pair)))
        plain.append(inside.join(f"{shown(a)} {sign} {shown(b)}" for a, b in pairs))
        for k, (a, b) in enumerate(pairs):
            words += [inside if k else outside if n else "", formula(a), f" {sign} ", formula(b)]
    return outside.join(plain), tuple(w for w in words if w != "")


def place_key(position: Position) -> tuple[bool, str]:
    return (isinstance(position, int), shown(position))


def shown(position: Position) -> str:
    return position.letter if isinstance(position, Idx) else str(position)


def formula(position: Position) -> str | Idx:
    return position if isinstance(position, Idx) else str(position)


def holds_only(work: Working, element: Derivative) -> Prose:
    """Which elements of the variable occur in what is differentiated: a row, a column, a single element."""
    variable, free = variable_of(element.var), element.body.free
    body = opened(element.body, work.fresh(element))
    found = [t for t in subterms(body) if isinstance(t, El) and t.term == variable]
    if len(set(found)) == 1 and found[0].free <= free:
        return (element.body, " holds only the element ", found[0])
    if 1 in variable.shape:
        return ()
    rows, cols = {t.i for t in found}, {t.j for t in found}
    for side, mine, other in (("row", rows, cols), ("column", cols, rows)):
        if len(mine) == 1 and mine <= free and not other & free:
            return (element.body, f" holds only the elements in {side} ", *map(formula, mine), " of ", variable)
    return ()


def at_nonzero(work: Working, pattern: Pattern) -> tuple[Derivative, Term]:
    """The element where its common deltas are one, and its value there; a line tells it."""
    pinned = pattern.where()
    question = replace_index(pattern.element, pinned)
    assert isinstance(question, Derivative)
    kept = [times([*(d for d in deltas if d not in pattern.deltas), rest]) for deltas, rest in pattern.terms]
    value = replace_index(plus(kept), pinned)
    if pinned:
        _, words = unless((frozenset(frozenset(p) for p in pinned.items()),))
        reason: Prose = ("with ", *words, " the delta is 1" if len(pinned) == 1 else " the deltas are 1")
        work.line("keep_nonzero", question, value, reason, left=question)
    return question, value


def letters(term: Term) -> list[Idx]:
    """The free letters of an element, in written order."""
    order = [a for t in subterms(term) for a in t.args if isinstance(a, Idx)]
    return [i for i in dict.fromkeys(order) if i in term.free]
