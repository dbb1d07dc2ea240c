"""What kind a stationary point of a function of one scalar is: by the sign of the second derivative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from derivgen.engine import domains
from derivgen.engine.extremes import needs
from derivgen.engine.extremes.affine import depends
from derivgen.engine.extremes.needs import Need, once
from derivgen.engine.extremes.signs import Proof, negative, nonnegative, nonzero, positive
from derivgen.engine.working import Working
from derivgen.rules.factoring import factored
from derivgen.rules.measure import measure
from derivgen.rules.normal import key
from derivgen.rules.textbook import textbook
from derivgen.terms.build import ONE, is_zero, negate, plus
from derivgen.terms.functions import FUNCTIONS
from derivgen.terms.nodes import At, Fn, Num, Plus, Relation, Sym, Term
from derivgen.terms.trees import substitute, subterms, unfold

BROKEN = ("tan", "sec", "csc", "cot")
"""Functions that are not defined everywhere."""


@dataclass(frozen=True)
class Judged:
    """A stationary point: its sort ("" where the second derivative does not tell), whether the function is convex or
    concave on the whole, and the conditions for it."""

    value: Term
    sort: str
    curved: bool
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Domain:
    """What the function supposes of its variable, each as a term that is positive or not zero."""

    unknown: Sym
    supposed: tuple[tuple[Term, str], ...]
    smooth: bool

    @staticmethod
    def of(objective: Term, unknown: Sym) -> Domain:
        plain = unfold(objective)
        supposed = tuple((t, kind) for t, kind in domains.needs(plain).items() if depends(t, unknown))
        return Domain(unknown, supposed, not any(is_rough(t) for t in subterms(plain)))

    def without_implied(self, proof: Proof) -> Proof:
        """A proof without the conditions that hold wherever the function is defined; none where one is left that
        speaks of the unknown."""
        if proof is None:
            return None
        kept = tuple(n for n in proof if not self.implies(n))
        return None if any(speaks_of(n, self.unknown) for n in kept) else kept

    def implies(self, need: Need) -> bool:
        if need.relation is None:
            return False
        told = key(textbook(needs.difference(need.relation)))
        for term, kind in self.supposed:
            exact, turned = told == key(textbook(term)), told == key(textbook(negate(term)))
            if (need.relation.sign == "≠" and (exact or turned)) or (exact and kind == "positive"):
                return True
        return False

    def at(self, value: Term) -> Proof:
        """What a value needs to lie in the domain, and to have the sign that the unknown was declared with."""
        wanted = [(substitute(t, {self.unknown: value}), kind) for t, kind in self.supposed]
        if {"positive", "between 0 and 1"} & set(self.unknown.props):
            wanted.append((value, "positive"))
        if "between 0 and 1" in self.unknown.props:
            wanted.append((plus([ONE, negate(value)]), "positive"))
        found: list[Need] = []
        for term, kind in wanted:
            short = textbook(term)
            forms = [short, *(factored(short, textbook) if isinstance(short, Plus) else [])]
            proofs = [positive(f) if kind == "positive" else nonzero(f) for f in forms]
            proof = min((p for p in proofs if p is not None), key=weight, default=None)
            if proof is None and negative(short) == ():
                return None
            found += proof if proof is not None else (needs.positive(short),)
        return once(found)

    @property
    def is_signed(self) -> bool:
        return bool({"positive", "negative", "between 0 and 1"} & set(self.unknown.props))

    @property
    def is_whole(self) -> bool:
        """Whether the function is smooth on one whole interval, so that nothing lies beyond a gap or a kink."""
        return self.smooth and all(
            kind == "positive" or positive(t) == () or (self.is_signed and t == self.unknown)
            for t, kind in self.supposed
        )

    def where(self) -> tuple[Any, ...]:
        """Where the function is looked at: "everywhere", "for all v > 0"."""
        if "positive" in self.unknown.props:
            return (" for all ", Relation(">", self.unknown, Num(0)))
        return (" wherever the function is defined" if self.supposed else " everywhere",)


def is_rough(term: Term) -> bool:
    """Whether a function has kinks, or gaps that its argument does not tell."""
    return isinstance(term, Fn) and (FUNCTIONS[term.name].kinks or term.name in BROKEN)


def weight(proof: Sequence[Need]) -> tuple[float, int]:
    """How much a reader has to take in."""
    shown = [n.relation for n in proof if n.relation is not None]
    return max((measure(r.left) for r in shown), default=0.0), len(proof)


def speaks_of(need: Need, unknown: Sym) -> bool:
    return need.relation is not None and depends(need.relation, unknown)


def is_strict(second: Term, sort: str, domain: Domain) -> bool:
    """Whether the second derivative is known never to be zero."""
    return domain.without_implied(positive(second) if sort == "minimum" else negative(second)) is not None


def judge(work: Working, sense: str, second: Term, domain: Domain, value: Term) -> Judged:
    """By the sign of the second derivative everywhere, or else at the point."""
    unknown = domain.unknown
    for sort, proof in (("minimum", positive(second)), ("maximum", negative(second))) if domain.is_whole else ():
        everywhere = domain.without_implied(proof)
        if everywhere == () or (everywhere and sort == sense):
            return Judged(value, sort, True, everywhere)
        if nonnegative(second if sort == "minimum" else textbook(negate(second))):
            return Judged(value, sort, True)
    there = second
    if depends(second, unknown):
        there = textbook(substitute(second, {unknown: value}))
        point = At(second, unknown, value)
        work.line("evaluate", point, there, ("the point is put into the second derivative",), left=point)
    for sort, proof in (("minimum", positive(there)), ("maximum", negative(there))):
        if proof == () or (proof and sort == sense):
            return Judged(value, sort, False, proof)
    if sense == "stationary" or is_zero(there):
        return Judged(value, "", False)
    wish = there if sense == "minimum" else textbook(negate(there))
    return Judged(value, sense, False, (needs.positive(wish),))
