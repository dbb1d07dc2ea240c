"""Products in written order: scalars, chains of matrices that fit, and chains that close to a scalar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import calls, letters
from derivgen.latex import syntax as sx
from derivgen.latex.scope import Typed, same_shape
from derivgen.latex.sizes import Extents, is_scalar, resolve, show, unify
from derivgen.terms.nodes import Had, Num, Pow, Term, Times, Tp

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading

FACTORS = 2000
VECTOR_LETTERS = frozenset("uvwxyzb")


class Group:
    """A scalar factor, or a chain of matrices read so far."""

    def __init__(self, part: Typed) -> None:
        self.parts = [part]
        self.shape: Extents = part.shape
        self.turned = False
        """The chain is a column that a dot turns into a row."""
        self.row: Typed | None = None
        """The row behind the dot, which is turned into a column."""

    def dot(self, row: Typed) -> None:
        """The inner product with a row: that of a derivative by a number in the layout that makes it one."""
        self.row, self.turned = row, resolve(self.shape[0]) != 1
        self.shape = (1, 1)

    @property
    def is_chain(self) -> bool:
        return len(self.parts) > 1 or not is_scalar(self.parts[0].shape)

    def terms(self) -> list[Term]:
        if self.row is not None:
            first = [p.build() for p in self.parts]
            column = [Tp(first[0] if len(first) == 1 else Times(*first))] if self.turned else first
            return [*column, Tp(self.row.build())]
        if not self.turned:
            return [p.build() for p in self.parts]
        *first, last = [p.build() for p in self.parts]
        return [Tp(first[0] if len(first) == 1 else Times(*first)), last]


def flatten(r: Reading, node: sx.Product) -> list[tuple[str, sx.Syntax]]:
    """The factors with the sign before each; an application that is a product is opened."""
    found: list[tuple[str, sx.Syntax]] = []
    for sign, factor in zip(("", *node.signs), node.factors, strict=True):
        if isinstance(factor, sx.MaybeCall) and not calls.is_application(r, factor):
            product = sx.as_product(factor)
            found += [(sign, product.factors[0]), ("", product.factors[1])]
        else:
            found.append((sign, factor))
    return found


def read_product(r: Reading, node: sx.Product) -> Typed:
    factors = flatten(r, node)
    if len(factors) > FACTORS:
        raise r.fault(errors.LimitReached, f"a product of more than {FACTORS} factors", node.span)
    groups: list[Group] = []
    chain: Group | None = None
    previous: sx.Syntax | None = None
    for sign, factor in factors:
        if chain is not None and previous is not None:
            doubtful(r, previous, factor)
        part = r.read(factor)
        if is_scalar(part.shape):
            groups.append(Group(part))
            continue
        if chain is None:
            chain = Group(part)
            groups.append(chain)
        else:
            append(r, chain, part, sign, node, factor)
        if is_scalar(chain.shape):
            chain = None
        previous = factor
    open_chain = chain.shape if chain is not None else (1, 1)
    return Typed(open_chain, lambda: assemble(groups))


def append(r: Reading, chain: Group, part: Typed, sign: str, node: sx.Product, factor: sx.Syntax) -> None:
    """One more matrix at the right end of a chain."""
    (rows, cols), (part_rows, part_cols) = chain.shape, part.shape
    if sign == "×" and resolve(cols) == 1 == resolve(part_cols):
        raise r.fault(errors.Unsupported, "the cross product of vectors is not supported", factor.span)
    if sign == "·" and resolve(cols) == 1 == resolve(part_cols) and resolve(rows) != 1:
        if not unify(rows, part_rows):
            misfit(r, chain, part, node, factor)
        chain.parts.append(part)
        chain.turned, chain.shape = True, (1, 1)
        return
    if sign == "·" and resolve(part_rows) == 1 and resolve(part_cols) != 1 and lying(chain, factor):
        if not unify(cols if resolve(rows) == 1 else rows, part_cols):
            misfit(r, chain, part, node, factor)
        chain.dot(part)
        return
    outer = resolve(cols) == 1 == resolve(part_rows)
    if not outer and not unify(cols, part_rows):
        misfit(r, chain, part, node, factor)
    chain.parts.append(part)
    chain.shape = (rows, part_cols)


def lying(chain: Group, factor: sx.Syntax) -> bool:
    """Whether a dot before a row can only mean the inner product: behind another row, or before a derivative."""
    row = resolve(chain.shape[0]) == 1 and resolve(chain.shape[1]) != 1
    while isinstance(factor, sx.Fenced):
        factor = factor.body
    return row or (resolve(chain.shape[1]) == 1 and isinstance(factor, (sx.Leibniz, sx.Primed)))


def misfit(r: Reading, chain: Group, part: Typed, node: sx.Product, factor: sx.Syntax) -> None:
    left = r.scope.words(Span(node.span.start, factor.span.start))
    right = r.scope.words(factor.span)
    a, b = show(chain.shape), show(part.shape)
    inner = " ≠ ".join(show((size, 1)).removesuffix("×1") for size in (chain.shape[1], part.shape[0]))
    message = f"shapes do not fit: {left} is {a}, {right} is {b}, so their product is not defined ({inner})"
    hint = None
    if resolve(chain.shape[0]) == resolve(part.shape[0]):
        hint = f"with the left factor transposed it would be {show((chain.shape[1], part.shape[1]))}; was that meant?"
    raise r.fault(errors.ShapeFault, message, node.span, hint)


def assemble(groups: list[Group]) -> Term:
    """The factors in written order; chains are nested where there is more than one."""
    several = sum(g.is_chain for g in groups) > 1
    terms: list[Term] = []
    for group in groups:
        parts = group.terms()
        if several and len(parts) > 1:
            terms.append(Times(*parts))
        else:
            terms += parts
    return terms[0] if len(terms) == 1 else Times(*terms)


def is_wide(r: Reading, node: sx.Symbol) -> bool:
    """Whether a letter is a matrix that only a vector or a matrix can follow."""
    entry = r.scope.find(node.name)
    return entry is not None and entry.shape is not None and resolve(entry.shape[1]) != 1


def doubtful(r: Reading, previous: sx.Syntax, factor: sx.Syntax) -> None:
    """An undeclared plain letter right after a matrix: a scalar or a vector?"""
    if not isinstance(factor, sx.Symbol) or factor.name.font:
        return
    if not isinstance(previous, sx.Symbol) or previous.name.font or not letters.undecided(r, factor):
        return
    usual = factor.name.letter in VECTOR_LETTERS
    if factor.name in r.scope.vectors and (usual or is_wide(r, previous)):
        r.scope.survey.ranks.setdefault(factor.name, "vector")
        return
    if not usual:
        return
    letter = factor.name.letter
    hint = f"declare it, for example ${letter}\\in\\mathbb{{R}}^n$ or ${letter}\\in\\mathbb{{R}}$"
    message = f"{letter} stands after a matrix and may be a vector or a scalar: two readings"
    raise r.fault(errors.Ambiguous, message, factor.span, hint)


def read_circled(r: Reading, node: sx.Circled) -> Typed:
    """Element-wise products and quotients; the tensor sign of two vectors is their outer product."""
    parts = [r.read(f) for f in node.factors]
    if "⊗" in node.signs:
        return outer(r, parts, node)
    shape = next((p.shape for p in parts if not is_scalar(p.shape)), parts[0].shape)
    head = next((f for p, f in zip(parts, node.factors, strict=True) if p.shape is shape), node.factors[0])
    for part, factor in zip(parts, node.factors, strict=True):
        same_shape(r.scope, "element-wise product", (head, shape), (factor, part.shape))
    if "∘" in node.signs and is_scalar(shape):
        raise r.fault(errors.Unsupported, "the composition of functions is not supported", node.span, "write f(g(x))")

    def build() -> Term:
        factors = [parts[0].build()]
        for sign, part in zip(node.signs, parts[1:], strict=True):
            term = part.build()
            factors.append(Pow(term, Num(-1)) if sign == "⊘" else term)
        return Times(*factors) if is_scalar(shape) else Had(*factors)

    return Typed(shape, build)


def outer(r: Reading, parts: list[Typed], node: sx.Circled) -> Typed:
    if len(parts) == 2 and all(resolve(p.shape[1]) == 1 and resolve(p.shape[0]) != 1 for p in parts):
        r.scope.note("The tensor product of two vectors was taken as the outer product.")
        a, b = parts
        return Typed((a.shape[0], b.shape[0]), lambda: Times(a.build(), Tp(b.build())))
    raise r.fault(errors.Unsupported, "the Kronecker product is not supported", node.span)
