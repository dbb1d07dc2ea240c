"""The author's notation, found in the formulas of a statement: d or ∂, ∇, T or ⊤ or ′, log or ln, ⊙ or ∘.

The answer is then written as the question was.  Where the statement shows nothing, the default stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from derivgen.notation.boxes import Box, Fraction, FunctionName, Letter, Operator, RowOf, Scripts
from derivgen.notation.pieces import Notation, children
from derivgen.notation.present import present
from derivgen.terms.nodes import At, Derivative, Gen, Had, Hessian, Mat, Sym, Term
from derivgen.terms.trees import subterms

DIFFERENTIALS: dict[Box, str] = {Letter("d"): "d", Letter("partial"): "partial", Letter("d", "roman"): "d"}
TRANSPOSES: dict[Box | None, str] = {Letter("T"): "T", Letter("top"): "top"}
HADAMARD, CIRCLE = ("odot", "⊙"), ("circ", "∘")


def chosen_notation(
    formulas: Sequence[Box], words: str, terms: Sequence[Term] = (), variables: Sequence[Term] = ()
) -> Notation:
    """The notation of a statement: its formulas, its words, and the terms and the variables that it speaks of.

    The terms come with what is asked first.
    """
    boxes = [box for formula in formulas for box in inside(formula)]
    parts = [part for term in terms for part in subterms(term)]
    wide = [v for v in variables if not v.is_scalar_term]
    signs = [pair for box in boxes for pair in (*quotients(box), *gradients(box, wide))]
    # An author who writes d even by x_1 writes it so by every element.
    always = all(sign == "d" for _, sign in signs) and any(isinstance(box, Scripts) for box, _ in signs)
    several = [(present(v), "partial") for v in partials(terms) if isinstance(v, Sym) or not always]
    return Notation(
        transpose=transpose(boxes, words, any(isinstance(p, Gen) for p in parts)),
        signs=tuple(dict.fromkeys([*signs, *several])),
        log=logarithm(boxes),
        product=product(boxes) if any(isinstance(p, Had) for p in parts) else "odot",
    )


def inside(box: Box) -> Iterator[Box]:
    """The box and all boxes in it, in the order of reading."""
    yield box
    for child in children(box):
        yield from inside(child)


# -------------------------------------------------------------------------------------------------- derivatives
def partials(terms: Iterable[Term]) -> Iterator[Term]:
    """The scalars by which one thing is differentiated, where there are several."""
    by: dict[Term, list[Term]] = {}
    for term in terms:
        match term.body if isinstance(term, At) else term:
            case Derivative(body, variable):
                by.setdefault(body, []).extend(variable.entries if isinstance(variable, Mat) else [variable])
            case Hessian(body, x, _) if isinstance(x, Mat):
                by.setdefault(body, []).extend(x.entries)
    for together in by.values():
        if len(set(together)) > 1:
            yield from (v for v in together if v.is_scalar_term)


def quotients(box: Box) -> Iterator[tuple[Box, str]]:
    """The variables under d or ∂ in a quotient of differentials, with that sign."""
    match box:
        case Fraction(num, RowOf(below)) if begins_with_sign(num):
            yield from signed(below)
        case RowOf(items):
            for k, item in enumerate(items):
                if isinstance(item, Operator) and item.sign == "/":
                    yield from signed(items[k + 1 : k + 3])


def begins_with_sign(box: Box) -> bool:
    match box:
        case RowOf((first, *_)):
            return begins_with_sign(first)
        case Scripts(base, None):
            return begins_with_sign(base)
    return box in DIFFERENTIALS


def signed(items: Sequence[Box]) -> Iterator[tuple[Box, str]]:
    """dx, or ∂x ∂y: each variable with its sign, without its power or transposition."""
    for sign, variable in pairwise(items):
        if sign in DIFFERENTIALS:
            yield bare(variable), DIFFERENTIALS[sign]


def bare(box: Box) -> Box:
    if isinstance(box, Scripts) and box.sup is not None:
        return box.base if box.sub is None else Scripts(box.base, box.sub)
    return box


def gradients(box: Box, wide: Sequence[Term]) -> Iterator[tuple[Box, str]]:
    """The variable of ∇_x; that of ∇ alone is the only vector or matrix that is asked for."""
    match box:
        case Scripts(Letter("nabla"), Box() as sub, None):
            yield sub, "nabla_sub"
        case RowOf((Letter("nabla"), *_)) if len(set(wide)) == 1:
            yield present(wide[0]), "nabla"


# ------------------------------------------------------------------------------------------------ other choices
def transpose(boxes: Sequence[Box], words: str, primes_taken: bool) -> str:
    """The first sign of a transposition; a prime where the words say so and no function bears one."""
    for box in boxes:
        if isinstance(box, Scripts) and box.sup in TRANSPOSES:
            return TRANSPOSES[box.sup]
    if primes_taken or "prime" not in words.lower() or "transpos" not in words.lower():
        return "T"
    return "prime" if any(isinstance(b, Scripts) and b.sup == Operator("prime", "ordinary") for b in boxes) else "T"


def logarithm(boxes: Sequence[Box]) -> str:
    names = {box.name for box in boxes if isinstance(box, FunctionName)}
    return "ln" if "ln" in names and "log" not in names else "log"


def product(boxes: Sequence[Box]) -> str:
    signs = {box.sign for box in boxes if isinstance(box, Operator)}
    return "circ" if signs & set(CIRCLE) and not signs & set(HADAMARD) else "odot"
