"""Why an equality holds, what is true in place of one that fails, and for what it would hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from derivgen.derivation import VERIFIED, Check, Prose
from derivgen.engine import facts
from derivgen.engine.answers import answer_to
from derivgen.engine.working import Working
from derivgen.errors import DerivgenError
from derivgen.prose import listed, strung
from derivgen.rules.products import multiply_out, plain_product
from derivgen.rules.textbook import textbook
from derivgen.tasks import Side
from derivgen.terms.build import plus, times, tp
from derivgen.terms.nodes import Derivative, Inv, MatPow, Plus, Sym, Term, Times, Tp, Tr
from derivgen.terms.shapes import SCALAR, ShapeError
from derivgen.terms.trees import substitute

FORMED = frozenset({"symmetric", "diagonal", "positive definite", "positive semidefinite", "skew-symmetric"})
"""Properties of a matrix that say how its entries mirror each other."""
CHAIN = frozenset({"chain_rule_through", "chain_rule"})


# -------------------------------------------------------------------------------------------------- why it holds
def why_it_holds(work: Working, left: Side, right: Side) -> Prose:
    """A reason in words, where one of a few is seen; that it holds was found by numbers."""
    if left.term is None or right.term is None:
        return ()
    if reordered(left.term, right.term) and all(f.shape == SCALAR for f in left.term.args):
        return ("the factors are numbers, and numbers commute",)
    if isinstance(left.term, Derivative) and CHAIN & rules_used(work, left.term):
        order = "" if right.term.shape == SCALAR else ", with the factors in the order in which their shapes fit"
        return (f"this is the chain rule{order}",)
    if moved_round(left.term, right.term):
        return ("a trace stays the same when the factors are moved round in a circle",)
    if left.term.shape == SCALAR and tp_of(left.term) == right.term:
        return ("a number is its own transpose",)
    return law_behind(work, left.term, right.term)


def law_behind(work: Working, left: Term, right: Term) -> Prose:
    """The law that turns the left side into the right one, where it is one of those that everybody knows by name."""
    value = worth(work, left)
    if value is None or textbook(value) != textbook(right):
        return ()
    match left:
        case Tp(Times()):
            return ("the transpose of a product is the product of the transposes in reverse order",)
        case Tp(Plus()):
            return ("the transpose of a sum is the sum of the transposes",)
        case Inv():
            return ("the inverse of a product is the product of the inverses in reverse order",)
        case Derivative():
            return ("this is what the derivative comes to",)
    return ("this is the left side multiplied out",)


def moved_round(left: Term, right: Term) -> bool:
    """Whether two traces of products have the same factors in the same circle."""
    match left, right:
        case Tr(Times(a)), Tr(Times(b)):
            return a != b and any(a[k:] + a[:k] == b for k in range(len(a)))
    return False


def tp_of(term: Term) -> Term | None:
    """The transpose of a closed product such as x^T y."""
    return times(tp(f) for f in reversed(term.args)) if isinstance(term, Times) else None


def rules_used(work: Working, question: Term) -> set[str]:
    """The rules by which a derivative is worked out."""
    aside = work.aside()
    try:
        answer_to(aside, question)
    except DerivgenError:
        return set()
    return {part.rule for line in aside.lines for part in (line, *line.substeps)}


def reordered(left: Term | None, right: Term | None) -> bool:
    """Whether two products have the same factors in another order."""
    if not isinstance(left, Times) or not isinstance(right, Times) or left == right:
        return False
    return Counter(left.args) == Counter(right.args)


# --------------------------------------------------------------------------------------------------- what is true
def in_its_place(work: Working, name: str, left: Side, right: Side) -> Prose:
    """What the left side is in truth, where that can be worked out and says something new."""
    value = worth(work, left.term) if left.term is not None else None
    if left.term is None or value is None or value == left.term:
        return ()
    check = facts.equal(work, left.term, value)
    if check.verdict != VERIFIED or (right.term is not None and facts.agree(work, value, right.term)):
        return ()
    words: Prose = (left.shown, " = ", value)
    facts.establish(work, f"{name}, instead", "holds", words, check)
    return ("In truth ", *words, ".")


def worth(work: Working, term: Term) -> Term | None:
    """A derivative worked out; a product multiplied out; a transpose or an inverse of a product, factor by factor."""
    if term.pending:
        try:
            return answer_to(work.aside(), term)
        except DerivgenError:
            return None
    match term:
        case Tp(Times() as product):
            return tp(product)
        case Tp(Plus() as total):
            return plus((tp(t) for t in total.args), term.shape)
        case Inv(Times() as product) if all(f.shape == term.shape for f in product.args):
            return times(Inv(f) for f in reversed(product.args))
        case MatPow(base, exponent):
            return multiplied_out(Times(*[base] * exponent))
        case Times():
            return multiplied_out(term)
    return None


def multiplied_out(product: Times) -> Term | None:
    """A product of sums as a sum of products."""
    if not any(isinstance(f, Plus) for f in product.args):
        return None
    return plus((plain_product(t) for t in multiply_out(product)), product.shape)


# ---------------------------------------------------------------------------------------------- when it would hold
def when_it_holds(work: Working, name: str, left: Side, right: Side) -> Prose:
    """For what the equality would hold: numbers, symmetric matrices, matrices that commute; all by their values."""
    told: list[Prose] = []
    numbers = agreement(left.single, right.single)
    if numbers.verdict == VERIFIED:
        order = reordered(left.small, right.small)
        because = ", because numbers commute; matrices do not" if order else ""
        words: Prose = (f"For numbers both sides are equal{because}",)
        facts.establish(work, f"{name} for numbers", "holds", words, numbers)
        told.append(words)
    pair = (left.term, right.term)
    if pair[0] is None or pair[1] is None or pair[0].shape != pair[1].shape:
        pair = (left.small, right.small)
    for symbols, prop in variants(*pair):
        changed = {s: with_property(s, prop) for s in symbols}
        check = agreement(*(substitute(t, changed) if t is not None else None for t in pair))
        if check.verdict == VERIFIED:
            words = told_variant(symbols, prop)
            facts.establish(work, f"{name} if {prop}", "holds", words, check)
            told.append(words)
            break
    return strung(((*words, ".") for words in told), " ", " ")


def agreement(left: Term | None, right: Term | None) -> Check:
    """Whether two terms are equal, by numbers of their own."""
    from derivgen.engine.check import Checker

    if left is None or right is None:
        return facts.NOT_CHECKED
    try:
        return Checker().answer(left, right)
    except ShapeError:
        return facts.NOT_CHECKED


def variants(left: Term | None, right: Term | None) -> Iterator[tuple[tuple[Sym, ...], str]]:
    """Square matrices of two terms with a property more: one of them symmetric, all of them, all diagonal."""
    symbols = {s for t in (left, right) if t is not None for s in t.symbols if isinstance(s, Sym)}
    square = sorted((s for s in symbols if s.shape[0] == s.shape[1] != 1 and not s.deps), key=lambda s: s.name)
    free = tuple(s for s in square if FORMED.isdisjoint(s.props))
    for s in free:
        yield (s,), "symmetric"
    if len(free) > 1:
        yield free, "symmetric"
    if free:
        yield free, "diagonal"


def with_property(symbol: Sym, prop: str) -> Sym:
    return Sym(symbol.name, *symbol.shape, tuple(sorted({*symbol.props, prop})), *symbol.deps)


def told_variant(symbols: tuple[Sym, ...], prop: str) -> Prose:
    if prop == "diagonal":
        return ("It holds for diagonal matrices, which commute",) if len(symbols) > 1 else (
            "It holds if ", symbols[0], " is diagonal",
        )  # fmt: skip
    return ("It holds if ", *listed(symbols), " is symmetric" if len(symbols) == 1 else " are symmetric")
