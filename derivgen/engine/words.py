"""Sentences of the engine: what is asked, and what a tidying step did."""

from __future__ import annotations

from math import gcd
from typing import Any

from derivgen.derivation import Goal
from derivgen.notation.boxes import Box, Operator, RowOf
from derivgen.notation.names import LAYOUT_NAMES, size_box
from derivgen.prose import listed, strung
from derivgen.rules.exact import exact_value
from derivgen.rules.normal import Monomial
from derivgen.rules.rule import Words
from derivgen.rules.textbook import textbook
from derivgen.tasks import Cited
from derivgen.terms import nodes
from derivgen.terms.build import is_symmetric
from derivgen.terms.nodes import (
    Derivative,
    Eye,
    Fn,
    Frac,
    Idx,
    Name,
    Named,
    Norm,
    Num,
    Plus,
    Pow,
    Relation,
    Sym,
    Term,
    Times,
    Tp,
)
from derivgen.terms.shapes import SCALAR, Shape, kind
from derivgen.terms.trees import subterms

NODE_NAMES: dict[type[Term], str] = {
    nodes.Inv: "an inverse matrix",
    nodes.Det: "a determinant",
    nodes.Mat: "an explicit matrix with a running index",
    nodes.MatPow: "a matrix power",
    nodes.Had: "an element-wise product",
    nodes.Times: "this product",
    nodes.Sum: "this sum",
}


def node_name(term: Term) -> str:
    return NODE_NAMES.get(type(term), "this term")


def size_of(shape: Shape) -> Box:
    """A shape as a formula: n × 1."""
    return RowOf((size_box(shape[0]), Operator("times"), size_box(shape[1])))


def kind_of(shape: Shape) -> str:
    return f"a {kind(shape)}"


def what_is_asked(question: Derivative, element: Term | None, place: tuple[object, ...]) -> Words:
    """The paragraph before the first line: kinds and shapes, the layout, and the element that will be taken."""
    body, var = question.body, question.var
    words: list[Any] = [body, *described(body), " and ", var, *described(var)]
    if question.shape == SCALAR:
        words.append(", so the derivative is a scalar")
    else:
        words += [f", so in {LAYOUT_NAMES[question.layout]} the derivative is ", size_of(question.shape)]
    letters = [p for p in place if isinstance(p, Idx)]
    if element is not None and len(letters) == 2:
        words += [", and its (", letters[0], ", ", letters[1], ") element is ", element]
    elif element is not None and letters:
        words += [", and its ", letters[0], "-th element is ", element]
    return (*words, ".")


def described(term: Term) -> Words:
    """`` is a column vector (n × 1)``."""
    if term.shape == SCALAR:
        return (" is a scalar",)
    return (f" is {kind_of(term.shape)} (", size_of(term.shape), ")")


MOST_VALUES = 6
"""More exact values than these are not told one by one."""


def what_was_tidied(before: Term, after: Term) -> Words:
    """The reason of a tidying line, told from the two sides."""
    told: list[Words] = []
    turned = list(dict.fromkeys(t.args[0] for t in subterms(before) if isinstance(t, Tp) and is_symmetric(t.args[0])))
    for s in turned:
        if isinstance(s, Sym | Named) and Tp(s) not in set(subterms(after)):
            told.append((s, " is symmetric: ", nodes.Relation("=", Tp(s), s)))
    told += properties_used(before, after)
    called = dict.fromkeys(Fn(t.name, textbook(t.arg)) for t in subterms(before) if isinstance(t, Fn))
    values = [(t, exact_value(t.name, t.arg)) for t in called]
    by_heart = [Relation("=", t, value) for t, value in values if value is not None]
    if 0 < len(by_heart) <= MOST_VALUES:
        told.append(listed(by_heart))
    recognised = count_of(after, "sigmoid") > count_of(before, "sigmoid")
    if recognised:
        u = Sym(Name("u"))
        growth = Fn("exp", u)
        told.append((Relation("=", Frac(growth, Plus(Num(1), growth)), Fn("sigmoid", u)),))
    circle = [t.arg for t in subterms(before) if isinstance(t, Fn) and t.name == "sin"]
    for u in dict.fromkeys(circle):
        both = {Fn(name, u) for name in ("sin", "cos")}
        if both <= set(subterms(before)) and not both & set(subterms(after)):
            recognised = True
            told.append((Relation("=", Plus(*(Pow(Fn(n, u), Num(2)) for n in ("sin", "cos"))), Num(1)),))
    sums = [t for t in subterms(before) if isinstance(t, Tp) and isinstance(t.arg, Plus)]
    if sums and not any(t in set(subterms(after)) for t in sums):
        told.append(("the transpose of a sum is the sum of the transposes",))
    kept = set(subterms(after))
    if any(isinstance(t, Frac) and t not in kept and can_be_cancelled(t) for t in subterms(before)):
        told.append(("the fraction is cancelled",))
    many, few = count_terms(before), count_terms(after)
    if isinstance(before, Plus) and not isinstance(after, Plus) and not recognised:
        told.append(("like terms are collected",) if few <= 1 else ("the common factor is taken out",))
    elif few < many and not recognised:
        told.append(("like terms are collected",))
    elif few > many:
        told.append(("multiplied out and collected",))
    if any(isinstance(t, Eye) for t in subterms(before)) and not any(isinstance(t, Eye) for t in subterms(after)):
        told.append(("a product with the identity changes nothing",))
    if not told:
        told.append(("simplified",))
    return strung(told, "; ", "; ")


def can_be_cancelled(fraction: Frac) -> bool:
    """Whether a factor or a number stands above and below the bar."""
    above, below = Monomial.of(fraction.num), Monomial.of(fraction.den)
    numbers = isinstance(above.coefficient, int) and isinstance(below.coefficient, int)
    alike = gcd(int(above.coefficient), int(below.coefficient)) if numbers else 1
    return alike > 1 or not above.powers.keys().isdisjoint(below.powers)


TOLD_PROPERTIES = frozenset({"orthogonal", "skew-symmetric", "unit"})


def properties_used(before: Term, after: Term) -> list[Words]:
    """The stated properties of matrices and vectors that a tidying line rests on."""
    if not any(isinstance(s, Sym) and not TOLD_PROPERTIES.isdisjoint(s.props) for s in before.symbols):
        return []
    left, right = set(subterms(before)), set(subterms(after))
    told: list[Words] = []
    for s in dict.fromkeys(t for t in subterms(before) if isinstance(t, Sym)):
        gone = Tp(s) in left and Tp(s) not in right
        if "orthogonal" in s.props and gone and s not in right:
            told.append((s, " is orthogonal: ", Relation("=", Times(Tp(s), s), Eye(s.shape[0]))))
        elif "skew-symmetric" in s.props and gone:
            told.append((s, " is skew-symmetric: ", Relation("=", Tp(s), Times(Num(-1), s))))
        elif "unit" in s.props and (gone or (Norm(s) in left and Norm(s) not in right)):
            told.append((s, " is a unit vector: ", Relation("=", Norm(s), Num(1))))
    return told


def count_of(term: Term, function: str) -> int:
    return sum(isinstance(t, Fn) and t.name == function for t in subterms(term))


def count_terms(term: Term) -> int:
    return sum(len(t.args) - 1 for t in subterms(term) if isinstance(t, Plus)) + 1


def place_of(cited: Goal, position: int, goal: Goal) -> Cited:
    """How a goal refers to an earlier one."""
    ordinals = ("the first question", "the second question", "the third question")
    if cited.part is not None:
        return Cited("the lines above" if cited.part == goal.part else f"({cited.part.strip('()')})", position)
    return Cited(ordinals[position] if position < len(ordinals) else "an earlier question", position)
