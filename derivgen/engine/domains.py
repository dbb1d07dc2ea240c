"""Where a line needs a narrower domain than the question: the condition is told with the line.

The question's own logarithms, roots and denominators are part of the question; what a rule adds (the logarithm of the
exponential rule, the norm below the bar of the norm rule) is a condition, unless it was stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derivgen.derivation import Prose, Step
from derivgen.rules.calculus import unsigned
from derivgen.rules.normal import key
from derivgen.rules.textbook import textbook
from derivgen.terms.build import is_zero, negate, plus, times
from derivgen.terms.functions import FUNCTIONS
from derivgen.terms.nodes import (
    HOLDS_DOMAIN,
    El,
    Fn,
    Frac,
    Named,
    Norm,
    Num,
    Plus,
    Pow,
    Relation,
    Sym,
    Term,
    Times,
    Zero,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import unfold

Needs = dict[Term, str]
NO_NEEDS: Needs = {}
POSITIVE = frozenset({"positive"})
NONZERO = frozenset({"positive", "negative", "nonzero"})


def needs(term: Term) -> Needs:
    """What a term supposes of its parts: "positive" or "nonzero" for each scalar that could fail it."""
    if not term.holds & HOLDS_DOMAIN:
        return NO_NEEDS
    if term.derived is None:
        term.derived = {}
    held: Needs | None = term.derived.get("needs")
    if held is not None:
        return held
    found = own_needs(term)
    if not isinstance(term, Sym | Named):
        for a in term.args:
            if isinstance(a, Term):
                inner = needs(a)
                if inner:
                    found = stronger(inner, found) if found else inner
    term.derived["needs"] = found
    return found


def stronger(one: Needs, other: Needs) -> Needs:
    """Both; what must be positive must not only differ from zero."""
    return {**one, **other, **{t: k for found in (one, other) for t, k in found.items() if k == "positive"}}


def own_needs(term: Term) -> Needs:
    match term:
        case Fn(name, arg) if arg.shape == SCALAR and FUNCTIONS[name].domain == "positive":
            return {without_positive(arg): "positive"}
        case Frac(_, bottom):
            return dict.fromkeys(factors(bottom), "nonzero")
        case Pow(base, Num() as exponent) if exponent.p < 0 and exponent.q == 1 and base.shape == SCALAR:
            return {base: "nonzero"}
    return NO_NEEDS


def without_positive(term: Term) -> Term:
    """A product without its factors that are always positive: what has to be positive for the whole to be."""
    if not isinstance(term, Times):
        return term
    return times([f for f in term.args if not is_positive(f)])


def factors(term: Term) -> list[Term]:
    """The scalar factors of a denominator, without their powers."""
    if isinstance(term, Times) and all(f.shape == SCALAR for f in term.args):
        return [g for f in term.args for g in factors(f)]
    return factors(term.base) if isinstance(term, Pow) else [term]


def condition(term: Term, kind: str) -> Relation | None:
    """The condition in words of the notation; None where it cannot fail or needs no word."""
    match term:
        case Norm(Sym() as inner) if set(inner.props) & NONZERO:
            return None
        case Norm(Plus() as inner) if len(inner.args) == 2 and inner.args[1] == negate(unsigned(inner.args[1])):
            return Relation("≠", inner.args[0], unsigned(inner.args[1]))
        case Norm(inner):
            return Relation("≠", inner, Zero(*inner.shape))
        case Sym() if term.shape == SCALAR and not set(term.props) & (POSITIVE if kind == "positive" else NONZERO):
            return Relation(">" if kind == "positive" else "≠", term, Num(0))
        case El(Sym() as holder) if not set(holder.props) & (POSITIVE if kind == "positive" else NONZERO):
            return Relation(">" if kind == "positive" else "≠", term, Num(0))
        case Plus() | Times() | Fn() if kind == "positive" and not is_positive(term):
            return Relation(">", term, Num(0))
    return None


def is_positive(term: Term) -> bool:
    """Whether a scalar is seen to be positive: sums and products of what is."""
    match term:
        case Num():
            return term.p > 0
        case Sym() | El(Sym()):
            holder = term.term if isinstance(term, El) else term
            return bool(set(holder.props) & POSITIVE)
        case Fn(name):
            return name in ("exp", "cosh", "sigmoid", "softplus")
        case Plus() | Times():
            return all(is_positive(t) or (isinstance(term, Plus) and is_square(t)) for t in term.args) and any(
                is_positive(t) for t in term.args
            )
        case Pow(base, _):
            return is_positive(base)
        case Frac(top, bottom):
            return is_positive(top) and is_positive(bottom)
    return False


def is_square(term: Term) -> bool:
    return (
        isinstance(term, Pow) and isinstance(term.exponent, Num) and term.exponent.q == 1 and term.exponent.p % 2 == 0
    )


def with_conditions(lines: list[Step], question: Term, stated: Sequence[object]) -> tuple[list[Step], list[Relation]]:
    """The lines, each with the conditions that it is the first to need, and all of these conditions."""
    known = set(needs(unfold(question)).items())
    told: list[Relation] = []
    out: list[Step] = []
    for step in lines:
        reason = step.reason
        for need in needs(step.after).items():
            if need in known or (need[0], "positive") in known:
                continue
            known.add(need)
            new = condition(*need)
            if new is not None and new not in told and not is_stated(new, stated):
                told.append(new)
                reason = (*reason, "; for ", new)
        out.append(step if reason is step.reason else replace(step, reason=reason))
    return out, told


def is_stated(new: Relation, stated: Sequence[object]) -> bool:
    """Whether a condition was given in the statement, either way round."""
    return any(
        isinstance(c, Relation) and c.sign == new.sign and {c.left, c.right} == {new.left, new.right} for c in stated
    )


def told_once(
    needed: Sequence[Term | Prose], narrower: Sequence[Relation], stated: Sequence[object]
) -> list[Term | Prose]:
    """What an answer needs and what its lines need besides: nothing that was stated, and nothing that follows."""
    known = {key(d) for c in stated if isinstance(c, Relation) for d in (above(c),) if d is not None}
    out = [c for c in needed if not (isinstance(c, Relation) and (is_stated(c, stated) or is_known(c, known)))]
    positive = {c.left for c in out if isinstance(c, Relation) and c.sign == ">"}
    return [*out, *(c for c in narrower if c not in out and c.left not in positive and not is_known(c, known))]


def above(relation: Relation) -> Term | None:
    """What a strict comparison says is positive: 1 − p, of p < 1."""
    left, right = (relation.left, relation.right) if relation.sign == ">" else (relation.right, relation.left)
    if relation.sign not in ("<", ">") or not (isinstance(left, Term) and isinstance(right, Term)):
        return None
    return textbook(left if is_zero(right) else plus([left, negate(right)], left.shape))


def is_known(relation: Relation, known: set[object]) -> bool:
    """Whether something that is to be positive, or not zero, was said to be positive, or its opposite was."""
    told = above(relation if relation.sign == ">" else Relation(">", relation.left, relation.right))
    if told is None:
        return False
    return key(told) in known or (relation.sign == "≠" and key(textbook(negate(told))) in known)
