r"""The language: the closed set of written nodes.

Every node is a ``sympy.Basic`` whose constructor only stores its arguments and four facts derived from them, set
once: ``shape`` (rows, columns), ``free`` (the index letters not bound inside), ``symbols`` (every symbol it depends
on, looking through definitions) and ``pending`` (whether a derivative is still to be taken inside).  Nothing is
sorted, merged or evaluated: order, nesting and repetition are content.  A term that does not type-check cannot be
built: the constructor raises ``ShapeError``.

Nodes are rank-polymorphic: ``Plus``, ``Times``, ``Pow``, ``Fn``, ``Sum``, ``Derivative`` serve scalars, vectors and
matrices alike.  ``Fn``, ``Gen`` and ``Pow`` act element by element.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from sympy.core.basic import Basic

from derivgen.terms import shapes
from derivgen.terms.shapes import SCALAR, Shape, ShapeError, Size

NOTHING: frozenset[Any] = frozenset()
HOLDS_SUM, HOLDS_DELTA, HOLDS_INDEX, HOLDS_PLUS, HOLDS_DIAG, HOLDS_DOMAIN = 1, 2, 4, 8, 16, 32


class Name(NamedTuple):
    r"""A written name: letter ("x", "theta", "L"), font ("", "bold", "vec", "roman", "cal"), accent ("hat", …),
    label subscript ("1", "t-1", "o"), label superscript ("(i)", "[2]", "*"), number of primes."""

    letter: str
    font: str = ""
    accent: str = ""
    sub: str = ""
    sup: str = ""
    primes: int = 0


T = TypeVar("T")


if TYPE_CHECKING:

    class Arg(Generic[T]):
        """An argument of a node under its own name, or a run of arguments."""

        def __init__(self, at: int | slice) -> None: ...
        def __get__(self, node: Any, owner: type[Any] | None = None) -> T: ...

else:

    class Arg(property, Generic[T]):
        """The same as a property, which Python calls faster than a descriptor of our own."""

        def __init__(self, at: int | slice) -> None:
            super().__init__(lambda node: node._args[at])


class Written(Basic):
    """What nodes and index letters share: they are equal where class and arguments are."""

    __slots__ = ()

    args = Basic._args  # the slot itself, not a property around it

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if self.__class__ is not other.__class__:
            return False
        mine, theirs = self._mhash, other._mhash
        if (hash(self) if mine is None else mine) != (hash(other) if theirs is None else theirs):
            return False
        return bool(self._args == other._args)

    __ne__ = object.__ne__

    def __hash__(self) -> int:
        known: int | None = self._mhash  # type: ignore[has-type]
        if known is None:
            known = self._mhash = hash((self.__class__.__name__, self._args))  # type: ignore[misc]
        return known


class Idx(Written):
    """An index letter that runs from 1 to its size.  Not a term: it has no shape.  ``Idx("i", "n")``."""

    __slots__ = ("free",)

    free: frozenset[Idx]
    """Itself alone, as a node has its free letters."""

    def __new__(cls, letter: str, size: Size) -> Idx:
        self = Basic.__new__(cls, letter, size)
        self.free = frozenset((self,))
        return self

    letter = Arg[str](0)
    size = Arg[Size](1)

    def _sympyrepr(self, printer: Any) -> str:
        return f"Idx({self.letter!r}, {self.size!r})"


Position = Idx | int


class Term(Written):
    """A node of the language; see the module's docstring."""

    __slots__ = ("derived", "free", "holds", "pending", "shape", "symbols")

    shape: Shape
    free: frozenset[Idx]
    symbols: frozenset[Any]
    pending: bool
    holds: int
    """Which of ``HOLDS_SUM``, ``HOLDS_DELTA``, … occur inside, definitions of names not looked into; ``HOLDS_INDEX``
    where any letter does, definitions and bound letters included."""
    derived: dict[str, Any] | None
    """What the rules derive from a term once and look up again: its normal form, its textbook form."""

    holds_own: ClassVar[int] = 0
    settles: ClassVar[bool] = False
    """Whether ``settle`` does anything."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.settles = cls.settle is not Term.settle

    def __new__(cls, *args: Any) -> Self:
        self = object.__new__(cls)
        # What ``Basic.__new__`` does, without the call: thousands of nodes are made in a derivation.
        self._args, self._assumptions = args, cls.default_assumptions
        self._mhash = None  # type: ignore[assignment,misc]
        free, symbols, pending, holds = NOTHING, NOTHING, False, cls.holds_own
        for a in args:
            if isinstance(a, Term):
                if a.free:
                    free = free | a.free if free else a.free
                if a.symbols:
                    symbols = symbols | a.symbols if symbols else a.symbols
                if a.pending:
                    pending = True
                holds |= a.holds
            elif isinstance(a, Idx):
                free = free | a.free if free else a.free
                holds |= HOLDS_INDEX
        self.free, self.symbols, self.pending, self.holds, self.derived = free, symbols, pending, holds, None
        self.shape = cls.typed(*args)
        if cls.settles:
            self.settle()
        return self

    @staticmethod
    def typed(*args: Any) -> Shape:
        """The shape that the arguments give; raises ``ShapeError`` where they do not fit."""
        return SCALAR

    def settle(self) -> None:
        """Adjust the facts where the union over the arguments is not right (binders, symbols, derivatives)."""

    @property
    def is_scalar_term(self) -> bool:
        return self.shape == SCALAR

    def _sympyrepr(self, printer: Any) -> str:
        shown = ", ".join(printer._print(a) if isinstance(a, Basic) else repr(a) for a in self.args)
        return f"{type(self).__name__}({shown})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(repr(a) for a in self.args)})"

    __str__ = __repr__


# ---------------------------------------------------------------------------------------------------- leaves
class Num(Term):
    """A rational number in lowest terms; ``Num(1, 2)`` is one half."""

    __slots__ = ()
    __match_args__ = ("p", "q")

    def __new__(cls, p: int, q: int = 1) -> Self:
        if q != 1:
            value = Fraction(p, q)
            p, q = value.numerator, value.denominator
        return super().__new__(cls, p, q)

    p = Arg[int](0)
    q = Arg[int](1)

    @property
    def value(self) -> Fraction:
        """The number; an integer where it is one."""
        return self.args[0] if self.args[1] == 1 else Fraction(self.args[0], self.args[1])


class Const(Term):
    """A named number: ``pi`` or ``e``."""

    __slots__ = ()
    __match_args__ = ("name",)
    name = Arg[str](0)


class Extent(Term):
    """A symbolic size used as a number, as the N of 1/N: ``Extent("N")``."""

    __slots__ = ()
    __match_args__ = ("size",)
    size = Arg[Size](0)


class Counter(Term):
    """An index letter used as a number, as the i of sum_i i x_i."""

    __slots__ = ()
    __match_args__ = ("index",)
    index = Arg[Idx](0)


class Sym(Term):
    """A declared symbol: ``Sym(name, rows, cols, props, *depends_on)``.

    ``props`` is a sorted tuple of property words ("symmetric", "positive", …); the symbols after it are what an
    undetermined function such as u = u(x) depends on.
    """

    __slots__ = ()
    __match_args__ = ("name",)

    def __new__(cls, name: Name, rows: Size = 1, cols: Size = 1, props: tuple[str, ...] = (), *deps: Term) -> Sym:
        return super().__new__(cls, name, rows, cols, props, *deps)

    name = Arg[Name](0)
    props = Arg[tuple[str, ...]](3)
    deps = Arg[tuple[Term, ...]](slice(4, None))

    @staticmethod
    def typed(name: Name, rows: Size, cols: Size, props: Any, *deps: Term) -> Shape:
        return (rows, cols)

    def settle(self) -> None:
        self.symbols = self.symbols | {self}


class Named(Term):
    """A symbol with a definition: ``Named(name, term)``.  ``symbols`` looks through the definition."""

    __slots__ = ()
    __match_args__ = ("name", "term")
    name = Arg[Name](0)
    term = Arg[Term](1)

    @staticmethod
    def typed(name: Name, term: Term) -> Shape:
        return term.shape

    def settle(self) -> None:
        self.symbols = self.symbols | {self}
        self.pending = False
        self.holds &= HOLDS_INDEX


class Eye(Term):
    """The identity matrix of a size."""

    __slots__ = ()
    __match_args__ = ("size",)
    size = Arg[Size](0)

    @staticmethod
    def typed(size: Size) -> Shape:
        return (size, size)


class Ones(Term):
    """A matrix of ones."""

    __slots__ = ()
    __match_args__ = ("rows", "cols")
    rows = Arg[Size](0)
    cols = Arg[Size](1)

    @staticmethod
    def typed(rows: Size, cols: Size) -> Shape:
        return (rows, cols)


class Zero(Ones):
    """A vector or matrix of zeros (the number zero is ``Num(0)``)."""

    __slots__ = ()


class Delta(Term):
    """Kronecker's delta of two positions."""

    __slots__ = ()
    holds_own = HOLDS_DELTA
    __match_args__ = ("i", "j")
    i = Arg["Position"](0)
    j = Arg["Position"](1)


# ------------------------------------------------------------------------------------------ elements and back
class El(Term):
    """One element of any term: ``El(T, i, j)``, with the literal 1 on an axis of length 1."""

    __slots__ = ()
    __match_args__ = ("term", "i", "j")
    term = Arg[Term](0)
    i = Arg["Position"](1)
    j = Arg["Position"](2)

    @staticmethod
    def typed(term: Term, i: Position, j: Position) -> Shape:
        rows, cols = term.shape
        if (i._args[1] == rows if isinstance(i, Idx) else i == rows) and (
            j._args[1] == cols if isinstance(j, Idx) else j == cols
        ):
            return SCALAR
        for size, at in zip(term.shape, (i, j), strict=True):
            if isinstance(at, Idx):
                if at.size != size:
                    raise ShapeError(f"index {at.letter} runs to {at.size}, but that axis has length {size}")
            elif isinstance(size, int) and not 1 <= at <= size:
                raise ShapeError(f"there is no element {at} on an axis of length {size}")
        return SCALAR


class Row(Term):
    """Row i of a matrix, as a column vector."""

    __slots__ = ()
    __match_args__ = ("term", "i")
    term = Arg[Term](0)
    i = Arg["Position"](1)

    @staticmethod
    def typed(term: Term, i: Position) -> Shape:
        return (term.shape[1], 1)


class Col(Term):
    """Column j of a matrix."""

    __slots__ = ()
    __match_args__ = ("term", "j")
    term = Arg[Term](0)
    j = Arg["Position"](1)

    @staticmethod
    def typed(term: Term, j: Position) -> Shape:
        return (term.shape[0], 1)


class Entries(Term):
    """The matrix whose (i, j) entry is the body; i and j are bound.  A literal 1 stands for an axis of length 1."""

    __slots__ = ()
    __match_args__ = ("body", "i", "j")
    body = Arg[Term](0)
    i = Arg["Position"](1)
    j = Arg["Position"](2)

    @staticmethod
    def typed(body: Term, i: Position, j: Position) -> Shape:
        if body.shape != SCALAR:
            raise ShapeError(f"an entry must be a scalar, but its shape is {shapes.show(body.shape)}")
        return (i.size if isinstance(i, Idx) else 1, j.size if isinstance(j, Idx) else 1)

    def settle(self) -> None:
        self.free = self.body.free - {self.i, self.j}


class Mat(Term):
    """An explicit matrix, row by row: ``Mat(rows, cols, *entries)``; entries are scalars."""

    __slots__ = ()
    rows = Arg[int](0)
    cols = Arg[int](1)
    entries = Arg[tuple[Term, ...]](slice(2, None))

    @staticmethod
    def typed(rows: int, cols: int, *entries: Term) -> Shape:
        if len(entries) != rows * cols or any(e.shape != SCALAR for e in entries):
            raise ShapeError(f"an explicit {rows}×{cols} matrix needs {rows * cols} scalar entries")
        return (rows, cols)


# ------------------------------------------------------------------------------------------------ operations
class Plus(Term):
    """A sum of terms of one shape, in written order."""

    __slots__ = ()
    holds_own = HOLDS_PLUS
    __match_args__ = ("args",)

    @staticmethod
    def typed(*terms: Term) -> Shape:
        return shapes.same("sum", terms)


class Times(Term):
    """A product in written order: any number of scalars, and at most one chain of matrices that fit.

    A chain that closes to a scalar beside another chain, as in (a^T x) x, is a nested ``Times``.
    """

    __slots__ = ()
    __match_args__ = ("args",)

    @staticmethod
    def typed(*factors: Term) -> Shape:
        return shapes.product(factors)


class Frac(Term):
    """A written fraction; the denominator is a scalar."""

    __slots__ = ()
    holds_own = HOLDS_DOMAIN
    __match_args__ = ("num", "den")
    num = Arg[Term](0)
    den = Arg[Term](1)

    @staticmethod
    def typed(num: Term, den: Term) -> Shape:
        if den.shape != SCALAR:
            raise ShapeError(f"division by a {shapes.show(den.shape)} term")
        return num.shape


class Had(Term):
    """The element-wise (Hadamard) product."""

    __slots__ = ()
    __match_args__ = ("args",)

    @staticmethod
    def typed(*factors: Term) -> Shape:
        return shapes.same("element-wise product", factors)


class Pow(Term):
    """A power, element by element on vectors and matrices; the exponent is a scalar.  A root is a power 1/2."""

    __slots__ = ()
    holds_own = HOLDS_DOMAIN
    __match_args__ = ("base", "exponent")
    base = Arg[Term](0)
    exponent = Arg[Term](1)

    @staticmethod
    def typed(base: Term, exponent: Term) -> Shape:
        if exponent.shape != SCALAR:
            raise ShapeError("an exponent must be a scalar")
        return base.shape


class MatPow(Term):
    """A power of a square matrix with an integer exponent of at least 2: ``MatPow(A, 3)`` is A A A."""

    __slots__ = ()
    __match_args__ = ("base", "exponent")
    base = Arg[Term](0)
    exponent = Arg[int](1)

    @staticmethod
    def typed(base: Term, exponent: int) -> Shape:
        n = shapes.square(f"the power {exponent}", base.shape)
        return (n, n)


class Fn(Term):
    """A function of the table ``terms.functions``, applied element by element: ``Fn("exp", t)``."""

    __slots__ = ()
    holds_own = HOLDS_DOMAIN
    __match_args__ = ("name", "arg")
    name = Arg[str](0)
    arg = Arg[Term](1)

    @staticmethod
    def typed(name: str, arg: Term) -> Shape:
        return arg.shape


class Gen(Term):
    """An unspecified scalar function, applied element by element: ``Gen(name, orders, *args)``.

    ``orders`` tells how often it has been differentiated by each argument: f'(x) is ``Gen(f, (1,), x)``.
    """

    __slots__ = ()
    name = Arg[Name](0)
    orders = Arg[tuple[int, ...]](1)
    operands = Arg[tuple[Term, ...]](slice(2, None))

    @staticmethod
    def typed(name: Name, orders: tuple[int, ...], *args: Term) -> Shape:
        return shapes.same("element-wise function", args)


class Tp(Term):
    """The transpose."""

    __slots__ = ()
    __match_args__ = ("arg",)
    arg = Arg[Term](0)

    @staticmethod
    def typed(arg: Term) -> Shape:
        return (arg.shape[1], arg.shape[0])


class Inv(Term):
    """The inverse of a square matrix."""

    __slots__ = ()
    __match_args__ = ("arg",)
    arg = Arg[Term](0)

    @staticmethod
    def typed(arg: Term) -> Shape:
        n = shapes.square("the inverse", arg.shape)
        return (n, n)


class Det(Term):
    """The determinant."""

    __slots__ = ()
    __match_args__ = ("arg",)
    arg = Arg[Term](0)

    @staticmethod
    def typed(arg: Term) -> Shape:
        shapes.square("the determinant", arg.shape)
        return SCALAR


class Tr(Term):
    """The trace."""

    __slots__ = ()
    __match_args__ = ("arg",)
    arg = Arg[Term](0)

    @staticmethod
    def typed(arg: Term) -> Shape:
        shapes.square("the trace", arg.shape)
        return SCALAR


class Norm(Term):
    """The 2-norm of a vector, the Frobenius norm of a matrix."""

    __slots__ = ()
    __match_args__ = ("arg",)
    arg = Arg[Term](0)


class Diag(Term):
    """The diagonal matrix with a vector on its diagonal."""

    __slots__ = ()
    holds_own = HOLDS_DIAG
    __match_args__ = ("arg",)
    arg = Arg[Term](0)

    @staticmethod
    def typed(arg: Term) -> Shape:
        if arg.shape[1] != 1:
            raise ShapeError(f"diag of a {shapes.show(arg.shape)} term: a column vector is needed")
        return (arg.shape[0], arg.shape[0])


class DiagOf(Term):
    """The diagonal of a square matrix, as a column vector."""

    __slots__ = ()
    __match_args__ = ("arg",)
    arg = Arg[Term](0)

    @staticmethod
    def typed(arg: Term) -> Shape:
        return (shapes.square("the diagonal", arg.shape), 1)


class Sum(Term):
    """A sum over an index from 1 to its size; the index is bound: ``Sum(body, i)``."""

    __slots__ = ()
    holds_own = HOLDS_SUM
    __match_args__ = ("body", "index")
    body = Arg[Term](0)
    index = Arg[Idx](1)

    @staticmethod
    def typed(body: Term, index: Idx) -> Shape:
        return body.shape

    def settle(self) -> None:
        self.free = self.body.free - {self.index}


# ----------------------------------------------------------------------------------------------- derivatives
class Derivative(Term):
    """d(body)/d(var) in a layout.

    ``var`` is a symbol, an element or a transpose of one, or an explicit column of scalar symbols.  Scalar by
    scalar carries no layout (the empty word).  A vector by a matrix is the compressed form of the conventions:
    for a column y its k-th entry is dy_i/dX_ik, the same for every i.
    """

    __slots__ = ()
    __match_args__ = ("body", "var", "layout")

    def __new__(cls, body: Term, var: Term, layout: str = "denominator") -> Self:
        plain = body.shape == SCALAR and var.shape == SCALAR
        return super().__new__(cls, body, var, "" if plain else layout)

    body = Arg[Term](0)
    var = Arg[Term](1)
    layout = Arg[str](2)

    @staticmethod
    def typed(body: Term, var: Term, layout: str) -> Shape:
        return shapes.derivative(body.shape, var.shape, layout)

    def settle(self) -> None:
        self.pending = True


class Hessian(Term):
    """The matrix of second derivatives: entry (i, j) is d²f/dx_i dy_j.  ``Hessian(f, x, x)`` is the usual one."""

    __slots__ = ()
    __match_args__ = ("body", "x", "y")
    body = Arg[Term](0)
    x = Arg[Term](1)
    y = Arg[Term](2)

    @staticmethod
    def typed(body: Term, x: Term, y: Term) -> Shape:
        if body.shape != SCALAR:
            raise ShapeError(f"a Hessian is that of a scalar, but the shape is {shapes.show(body.shape)}")
        return (x.shape[0], y.shape[0])

    def settle(self) -> None:
        self.pending = True


class At(Term):
    """A term at a point: ``At(body, symbol, value, symbol, value, …)``."""

    __slots__ = ()
    body = Arg[Term](0)

    @property
    def bindings(self) -> tuple[tuple[Term, Term], ...]:
        return tuple(zip(self._args[1::2], self._args[2::2], strict=True))

    @staticmethod
    def typed(body: Term, *pairs: Term) -> Shape:
        for symbol, value in zip(pairs[::2], pairs[1::2], strict=True):
            shapes.same("a point", (symbol, value))
        return body.shape


class Relation(Term):
    """Two sides and a sign between them ("=", "≠", "<", ">", "≤", "≥", "∈"); for definitions, conditions, reasons."""

    __slots__ = ()
    __match_args__ = ("sign", "left", "right")
    sign = Arg[str](0)
    left = Arg["Any"](1)
    right = Arg["Any"](2)


NODES: tuple[type[Term], ...] = (
    Num, Const, Extent, Counter, Sym, Named, Eye, Ones, Zero, Delta, El, Row, Col, Entries, Mat,
    Plus, Times, Frac, Had, Pow, MatPow, Fn, Gen, Tp, Inv, Det, Tr, Norm, Diag, DiagOf, Sum,
    Derivative, Hessian, At, Relation,
)  # fmt: skip
