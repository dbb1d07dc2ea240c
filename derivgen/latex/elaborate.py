"""Typing: a syntax tree becomes a term, with sizes found by unification.

``Reading`` reads one formula.  It works in two moves: ``read`` walks the tree once, makes sizes equal where they must
be and returns a ``Typed`` (a shape and a closure); the closures are called when all formulas of a statement have been
read, so that every size is known by then.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import brackets, calls, elements, letters, listings, named_functions, products, slopes, sums
from derivgen.latex import syntax as sx
from derivgen.latex.families import numbers_alone
from derivgen.latex.scope import (
    Entry,
    IndexLetter,
    Meaning,
    Scope,
    Typed,
    as_declared,
    length_of,
    require_square,
    same_shape,
    scalar,
    transposed,
)
from derivgen.latex.sizes import Extents, Length, Unknown, fixed, is_scalar, resolve, show
from derivgen.latex.survey import applied_letter
from derivgen.terms import shapes
from derivgen.terms.nodes import (
    Derivative,
    Entries,
    Fn,
    Frac,
    Hessian,
    Inv,
    MatPow,
    Name,
    Named,
    Num,
    Ones,
    Plus,
    Pow,
    Term,
    Times,
)

DEPTH = 200
SPARE_LETTERS = "ijklpqrsuvabcdegh"
HALF = Num(1, 2)
CONSTANT_NAMES = frozenset({Name("e"), Name("pi")})


class Reading:
    """One formula being read: its bound and free index letters, and the values given to parameters."""

    def __init__(self, scope: Scope, params: dict[Name, Typed] | None = None) -> None:
        self.scope = scope
        self.params = params or {}
        self.bound: dict[str, IndexLetter] = {}
        self.free: dict[str, IndexLetter] = {}
        self.used: set[str] = set()
        self.around: set[str] = set()
        """Index letters that run around the place where a definition is put in."""
        self.depth = 0

    # ------------------------------------------------------------------------------------------- entry points
    def read(self, node: sx.Syntax) -> Typed:
        reader = READERS.get(type(node))
        if reader is None:
            raise self.fault(errors.SyntaxFault, "this cannot stand inside an expression", node.span)
        self.depth += 1
        if self.depth > DEPTH:
            raise self.fault(errors.LimitReached, f"the formula is nested deeper than {DEPTH} levels", node.span)
        result = reader(self, node)
        self.depth -= 1
        return self.guarded(result, node.span)

    def guarded(self, typed: Typed, span: Span) -> Typed:
        """The same with errors of building told at their place."""

        def build() -> Term:
            try:
                return typed.build()
            except shapes.ShapeError as error:
                raise errors.ShapeFault(f"shapes do not fit: {error.message}", place=self.scope.place(span)) from None

        return Typed(typed.shape, build)

    def fault(
        self, kind: type[errors.DerivgenError], message: str, span: Span, hint: str | None = None
    ) -> errors.DerivgenError:
        """An error with its place, to be raised."""
        return kind(message, place=self.scope.place(span), hint=hint)

    def child(self, params: dict[Name, Typed]) -> Reading:
        """A reading of a definition's body with values for its parameters; index letters are its own."""
        inner = Reading(self.scope, params)
        inner.used, inner.depth = self.used, self.depth
        inner.around = self.around | set(self.free) | {at.shown for at in self.bound.values()}
        return inner

    # --------------------------------------------------------------------------------------------- index letters
    def index(self, letter: str) -> IndexLetter | None:
        return self.bound.get(letter) or self.free.get(letter)

    def bind(self, letter: str, size: Length) -> IndexLetter:
        """A new bound letter; where it runs already around this place, it is given another name."""
        shown = letter
        if shown in self.around or shown in self.free or any(at.shown == shown for at in self.bound.values()):
            found = self.scope.survey
            taken = self.used | self.around | set(self.free) | found.letters | found.below
            shown = next((c for c in SPARE_LETTERS if c not in taken), f"{letter}_{{{len(taken)}}}")
        self.used.add(shown)
        return IndexLetter(shown, size)

    def free_index(self, letter: str) -> IndexLetter:
        found = self.index(letter)
        if found is None:
            found = self.free[letter] = IndexLetter(letter, Unknown())
        return found

    # ------------------------------------------------------------------------------------------------ definitions
    def entry_typed(self, entry: Entry) -> Typed:
        """A letter as it stands: a symbol, or a name with its definition."""
        if entry.meaning is None:
            return letters.symbol(self, entry)
        part = self.scope.part
        anew = part is not None and self.scope.sees_anew(entry.meaning.body)
        found = entry.views.get(part) if anew and part is not None else entry.typed
        if found is None:
            found = self.definition_typed(entry, entry.meaning)
            if anew and part is not None:
                entry.views[part] = found
            else:
                entry.typed = found
        return found

    def definition_typed(self, entry: Entry, meaning: Meaning) -> Typed:
        """A name with its definition, read."""
        if entry.kind == "open":
            raise self.fault(errors.Ambiguous, f"{entry.name.letter} is defined by itself", meaning.span, CIRCLE)
        kind, entry.kind = entry.kind, "open"
        body = defined(self.scope, entry, meaning)
        entry.kind = kind
        memo: list[Term] = []

        def build() -> Term:
            if not memo:
                memo.append(Named(entry.name, body.build()))
            return memo[0]

        return Typed(body.shape, build)


CIRCLE = "its definition leads back to it; leave one of the definitions out"


def defined(scope: Scope, entry: Entry, meaning: Meaning) -> Typed:
    """The right side of a definition; with index letters on the left, the vector or matrix of its entries."""
    reading = Reading(scope)
    reading.around = set(scope.asked_letters)
    reading.params |= numbers_alone(scope, entry, meaning)
    axes: list[IndexLetter | int] = []
    for node in meaning.indices:
        if isinstance(node, sx.Symbol):
            letter = node.name.letter
            size: Length = Unknown()
            if letter in meaning.ranges:
                size = length_of(scope, meaning.ranges[letter])
            at = reading.free[letter] = IndexLetter(letter, size)
            axes.append(at)
    body = reading.read(meaning.body)
    known = {a.shown for a in axes if isinstance(a, IndexLetter)}
    stray = next((letter for letter in reading.free if letter not in known), None)
    if stray is not None:
        place = scope.place(meaning.body.span)
        message = f"the index {stray} on the right side does not occur on the left"
        raise errors.IndexFault(message, place=place, hint="sum over it, or name it on the left")
    if not axes:
        return as_declared(scope, entry, body, meaning)
    if not is_scalar(body.shape):
        raise errors.ShapeFault(
            f"an entry must be a scalar, but the right side is {show(body.shape)}", place=scope.place(meaning.body.span)
        )
    sizes = [a.size for a in axes if isinstance(a, IndexLetter)]
    shape: Extents = (sizes[0], sizes[1] if len(sizes) > 1 else 1)

    def build() -> Term:
        at = [a.idx() for a in axes if isinstance(a, IndexLetter)]
        return Entries(body.build(), at[0], at[1] if len(at) > 1 else 1)

    return as_declared(scope, entry, Typed(shape, build), meaning)


# ------------------------------------------------------------------------------------------------------ readers
def read_number(r: Reading, node: sx.Number) -> Typed:
    try:
        value = Fraction(node.text)
    except ValueError:
        raise r.fault(errors.SyntaxFault, f"{node.text} is not a number", node.span) from None
    return scalar(lambda: Num(value.numerator, value.denominator))


def read_plus(r: Reading, node: sx.Plus) -> Typed:
    """A sum of one shape; scalars beside vectors are multiplied by ones, with a note."""
    if (dotted := listings.dotted_sum(r, node)) is not None:
        return dotted
    parts: list[Typed | None] = []
    if any(letters.is_declared_column(r, term) for term in node.terms):
        r.scope.vectors |= {a.name for t in node.terms if (a := applied_letter(t)) is not None}
    for term in node.terms:
        open_letter = letters.undecided(r, term, capitals=True)
        parts.append(None if open_letter else r.read(term))
    shape = next((p.shape for p in parts if p is not None and not is_scalar(p.shape)), None)
    for k, term in enumerate(node.terms):
        if parts[k] is None:
            if shape is not None:
                letters.take_shape(r, term, shape)
            parts[k] = r.read(term)
    typed = [p for p in parts if p is not None]
    if shape is None:
        return scalar(lambda: Plus(*(p.build() for p in typed)))
    common = shape
    first = next(t for p, t in zip(typed, node.terms, strict=True) if not is_scalar(p.shape))
    for p, term in zip(typed, node.terms, strict=True):
        if is_scalar(p.shape):
            no_guess(r, node, term)
            r.scope.note("In ", node, " a scalar is added to a vector or matrix: it was taken times ones.")
        else:
            same_shape(r.scope, "sum", (first, common), (term, p.shape))
    return Typed(common, lambda: Plus(*(widen(p, common) for p in typed)))


def no_guess(r: Reading, node: sx.Plus, term: sx.Syntax) -> None:
    """A scalar beside a vector that is only taken for one: better asked than answered with ones."""
    guessed = [e for n in sx.walk(node) if isinstance(n, sx.Symbol) and (e := r.scope.find(n.name)) and is_guess(e)]
    if guessed and any(isinstance(n, sx.Symbol) and n.name not in CONSTANT_NAMES for n in sx.walk(term)):
        letter, a = guessed[0].name.letter, r.scope.words(term.span)
        message = f"{a} is a scalar, but {letter} was taken for a vector by its use, so they have no sum"
        hint = f"declare {letter}, for example ${letter}\\in\\mathbb{{R}}^n$"
        raise r.fault(errors.Ambiguous, message, node.span, hint)


def is_guess(entry: Entry) -> bool:
    """Whether a plain letter has the shape of a vector only by its use."""
    axes = entry.shape is not None and not is_scalar(entry.shape)
    return axes and not entry.declared and not entry.name.font and entry.meaning is None


def widen(part: Typed, shape: Extents) -> Term:
    """A term of the shape of its sum."""
    term = part.build()
    if not is_scalar(part.shape):
        return term
    ones = Ones(*(fixed(s) for s in shape))
    return ones if term == Num(1) else Times(term, ones)


def read_negative(r: Reading, node: sx.Negative) -> Typed:
    arg = r.read(node.arg)

    def build() -> Term:
        term = arg.build()
        if isinstance(term, Num):
            return Num(-term.p, term.q)
        if isinstance(term, Times) and not isinstance(node.arg, sx.Fenced):
            first = term.args[0]
            if isinstance(first, Num):
                return Times(Num(-first.p, first.q), *term.args[1:])
            return Times(Num(-1), *term.args)
        return Times(Num(-1), term)

    return Typed(arg.shape, build)


def read_fraction(r: Reading, node: sx.Fraction) -> Typed:
    num, den = r.read(node.num), r.read(node.den)
    if not is_scalar(den.shape):
        hint = "write the element-wise quotient with \\oslash" if num.shape[1] == den.shape[1] else None
        raise r.fault(
            errors.ShapeFault, f"shapes do not fit: division by a {show(den.shape)} term", node.den.span, hint
        )

    def build() -> Term:
        a, b = num.build(), den.build()
        if isinstance(a, Num) and isinstance(b, Num) and b.p and not (a.q != 1 or b.q != 1):
            return Num(a.p, b.p)
        return Frac(a, b)

    return Typed(num.shape, build)


def read_root(r: Reading, node: sx.Root) -> Typed:
    arg = r.read(node.arg)
    if not is_scalar(arg.shape):
        no_matrix_power(r, arg, node)
        named_functions.element_by_element(r, arg, node)
    if node.degree is None:
        return Typed(arg.shape, lambda: Pow(arg.build(), HALF))
    if isinstance(node.degree, sx.Number) and node.degree.text.isdigit() and int(node.degree.text):
        degree = int(node.degree.text)
        return Typed(arg.shape, lambda: Pow(arg.build(), Num(1, degree)))
    order = r.read(node.degree)
    return Typed(arg.shape, lambda: Pow(arg.build(), Frac(Num(1), order.build())))


def read_transpose(r: Reading, node: sx.Transpose) -> Typed:
    if node.letter and letters.is_declared_scalar(r, Name("T")):
        return read_superscript(r, sx.Superscript(node.base, sx.Symbol(Name("T")), span=node.span))
    if isinstance(node.base, sx.Fenced) and isinstance(node.base.body, sx.Tuple):
        return brackets.column(r, node.base.body, node.span)
    if node.base == sx.Number("1"):
        r.scope.note("The 1 with a transpose was taken as the vector of ones.")
        return transposed(letters.ones(r, Name("1", "bold")))
    return transposed(r.read(node.base))


def read_superscript(r: Reading, node: sx.Superscript) -> Typed:
    base, exponent = node.base, node.exponent
    name = letters.full_name(r, node)
    if name is not None and letters.is_labelled(exponent):
        return letters.read_name(r, name, node.span)
    if isinstance(exponent, sx.Elementwise):
        return element_power(r, base, exponent, node.span)
    if letters.is_euler(r, base):
        return named_functions.exponential(r, r.read(exponent), node)
    if isinstance(exponent, sx.Fenced) and isinstance(base, sx.Symbol) and exponent.left == "(":
        return read_superscript(r, sx.Superscript(base, exponent.body, span=node.span))
    arg = r.read(base)
    if isinstance(exponent, sx.Negative) and isinstance(exponent.arg, sx.Number) and exponent.arg.text.isdigit():
        return negative_power(r, arg, int(exponent.arg.text), node)
    if isinstance(exponent, sx.Number) and exponent.text.isdigit() and not is_scalar(arg.shape):
        return whole_power(r, arg, int(exponent.text), node)
    power = r.read(exponent)
    if not is_scalar(power.shape):
        raise r.fault(errors.ShapeFault, "shapes do not fit: an exponent must be a scalar", exponent.span)
    if not is_scalar(arg.shape):
        no_matrix_power(r, arg, node)
        named_functions.element_by_element(r, arg, node)
    return Typed(arg.shape, lambda: Pow(arg.build(), power.build()))


def element_power(r: Reading, base: sx.Syntax, exponent: sx.Elementwise, span: Span) -> Typed:
    r"""``x^{\odot2}``: a power of each element, said to be one; of a scalar, ∘ would be a repeated application."""
    arg, power = r.read(base), r.read(exponent.exponent)
    if not is_scalar(power.shape):
        raise r.fault(errors.ShapeFault, "shapes do not fit: an exponent must be a scalar", exponent.span)
    if is_scalar(arg.shape) and exponent.sign == "∘":
        hint = "declare the vector or matrix whose elements are raised to it"
        raise r.fault(errors.Unsupported, "a power with ∘ of what is not a vector or matrix", span, hint)
    return Typed(arg.shape, lambda: Pow(arg.build(), power.build()))


def no_matrix_power(r: Reading, arg: Typed, node: sx.Syntax) -> None:
    """A root or a symbolic power of a matrix is not its entries' root."""
    if not r.scope.elementwise and 1 not in (resolve(arg.shape[0]), resolve(arg.shape[1])):
        message = "this power of a matrix is not supported"
        raise r.fault(errors.Unsupported, message, node.span, "say that it is taken element-wise, if that is meant")


def negative_power(r: Reading, arg: Typed, power: int, node: sx.Superscript) -> Typed:
    if is_scalar(arg.shape):
        return scalar(lambda: Pow(arg.build(), Num(-power)))
    if resolve(arg.shape[1]) == 1 or resolve(arg.shape[0]) == 1:
        named_functions.element_by_element(r, arg, node)
        return Typed(arg.shape, lambda: Pow(arg.build(), Num(-power)))
    require_square(r.scope, arg, "the inverse", node.span)
    if power == 1:
        return Typed(arg.shape, lambda: Inv(arg.build()))
    return Typed(arg.shape, lambda: MatPow(Inv(arg.build()), power))


def whole_power(r: Reading, arg: Typed, power: int, node: sx.Superscript) -> Typed:
    """A power of a matrix or vector: the product of matrices, unless the statement works element by element."""
    if resolve(arg.shape[1]) == 1 or resolve(arg.shape[0]) == 1:
        named_functions.element_by_element(r, arg, node)
        return Typed(arg.shape, lambda: Pow(arg.build(), Num(power)))
    require_square(r.scope, arg, f"the power {power}", node.span)
    if power == 1:
        return arg
    if power == 0:
        raise r.fault(errors.Unsupported, "the power 0 of a matrix is not supported", node.span, "write the identity")
    return Typed(arg.shape, lambda: MatPow(arg.build(), power))


def read_indicator(r: Reading, node: sx.Indicator) -> Typed:
    match node.condition:
        case sx.Chain((sx.Syntax() as left, sx.Syntax() as right), (">" | "≥",)):
            small, big = right, left
        case sx.Chain((sx.Syntax() as left, sx.Syntax() as right), ("<" | "≤",)):
            small, big = left, right
        case _:
            raise r.fault(errors.Unsupported, "an indicator of this condition is not supported", node.span)
    if small == sx.Number("0"):
        arg = r.read(big)
    else:
        arg = read_plus(r, sx.Plus((big, sx.Negative(small, span=small.span)), span=node.condition.span))
    return Typed(arg.shape, lambda: Fn("step", arg.build()))


def read_leibniz(r: Reading, node: sx.Leibniz) -> Typed:
    """A derivative inside a formula, such as the du/dx of a stated form; taken right to left."""
    if node.body is None:
        raise r.fault(errors.SyntaxFault, "nothing is differentiated here", node.span)
    return slopes.slope(r, node) or differentiated(r, r.read(node.body), node.by, node.span)


def differentiated(r: Reading, body: Typed, by: tuple[sx.Syntax, ...], span: Span) -> Typed:
    variables = [r.read(v) for v in by]
    layout = r.scope.layout
    turned = by[-1]
    vectors = len(variables) == 2 and not any(is_scalar(v.shape) for v in variables)
    if vectors and is_scalar(body.shape) and isinstance(turned, sx.Transpose):
        y = r.read(turned.base)
        shape: Extents = (variables[0].shape[0], y.shape[0])
        return Typed(shape, lambda: Hessian(body.build(), variables[0].build(), y.build()))
    if len(variables) > 1 and not all(is_scalar(v.shape) for v in variables):
        raise r.fault(errors.Unsupported, "a higher derivative by vectors is read as a Hessian only", span)
    result = body
    for v in reversed(variables):
        result = one_derivative(r, result, v, layout, span)
    return result


def one_derivative(r: Reading, body: Typed, var: Typed, layout: str, span: Span) -> Typed:
    """The shape of the conventions' table, by unknown sizes."""
    try:
        shape = shapes.derivative(body.shape, var.shape, layout)  # type: ignore[arg-type]
    except shapes.ShapeError as error:
        raise errors.Unsupported(error.message.replace("Unknown", "?"), place=r.scope.place(span)) from None
    return Typed(shape, lambda: Derivative(body.build(), var.build(), layout))


def read_numbered_partial(r: Reading, node: sx.NumberedPartial) -> Typed:
    """``∂_1 f(s, t)``: of an unspecified function its own node, of any other the derivative by that letter."""
    numbers: list[int] = []
    body: sx.Syntax = node
    while isinstance(body, sx.NumberedPartial):
        numbers += [body.argument] * body.order
        body = body.body
    call = calls.applied(r, body)
    if call is None:
        hint = "write its arguments: \\partial_1 f(s,t)"
        raise r.fault(errors.Unsupported, "a numbered ∂ belongs before a function and its arguments", node.span, hint)
    if not all(1 <= k <= len(call.args) for k in numbers):
        raise r.fault(errors.IndexFault, f"there is no argument {max(numbers)} among {len(call.args)}", node.span)
    if calls.is_unspecified(r, call):
        typed = r.read(call)
        orders = tuple(numbers.count(k) for k in range(1, len(call.args) + 1))
        return Typed(typed.shape, lambda: calls.partial_of(typed.build(), orders))
    if len(set(call.args)) < len(call.args) or any(letters.full_name(r, a) is None for a in call.args):
        raise r.fault(errors.Unsupported, "a numbered ∂ of a function at an expression is not supported", node.span)
    return differentiated(r, r.read(call), tuple(call.args[k - 1] for k in numbers), node.span)


def read_nabla(r: Reading, node: sx.Nabla) -> Typed:
    if node.body is None or node.by is None:
        raise r.fault(errors.Unsupported, "a gradient inside a formula needs its variable below", node.span)
    body, by = r.read(node.body), r.read(node.by)
    if node.order == 2:
        return Typed((by.shape[0], by.shape[0]), lambda: Hessian(body.build(), by.build(), by.build()))
    layout = "denominator" if is_scalar(body.shape) and r.scope.layout == "numerator" else r.scope.layout
    return one_derivative(r, body, by, layout, node.span)  # a gradient in a formula is a column


Reader = Callable[[Reading, "sx.Syntax"], Typed]
READERS: dict[type[sx.Syntax], Callable[..., Typed]] = {
    sx.Number: read_number,
    sx.Symbol: letters.read_symbol,
    sx.Subscript: elements.read_subscript,
    sx.Superscript: read_superscript,
    sx.Transpose: read_transpose,
    sx.Primed: letters.read_primed,
    sx.Fenced: brackets.read_fenced,
    sx.Plus: read_plus,
    sx.Negative: read_negative,
    sx.Product: products.read_product,
    sx.Circled: products.read_circled,
    sx.Fraction: read_fraction,
    sx.Root: read_root,
    sx.Call: calls.read_call,
    sx.MaybeCall: calls.read_maybe_call,
    sx.FunctionName: calls.read_function_name,
    sx.Large: sums.read_large,
    sx.Indicator: read_indicator,
    sx.Matrix: brackets.read_matrix,
    sx.Leibniz: read_leibniz,
    sx.NumberedPartial: read_numbered_partial,
    sx.Nabla: read_nabla,
}
