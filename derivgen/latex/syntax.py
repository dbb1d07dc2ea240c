r"""The untyped syntax tree of a formula: what stands on paper, before anything is known about its symbols.

``derivgen.latex.parse`` makes it, ``elaborate`` types it, ``typeset`` sets it again.  Whatever needs a declaration to
be told apart is one neutral node here: ``x(1+y)`` is a ``MaybeCall`` (product or application), ``W_1`` a
``Subscript`` (label or element), ``|X|`` a ``Fenced("|", …)`` (absolute value or determinant), ``A^{-1}`` a
``Superscript`` (inverse or power).  Equality ignores spans.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, fields, replace

from derivgen.errors import Span
from derivgen.records import Record
from derivgen.terms.nodes import Name

NOWHERE = Span(0, 0)


class Syntax(Record):
    """The root; never built itself."""

    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


# ---------------------------------------------------------------------------------------------------- leaves
class Number(Syntax):
    """Digits as they were typed: ``12``, ``0.5``."""

    text: str


class Symbol(Syntax):
    r"""A letter with font and accent, never with scripts or primes.

    ``\hat{\mathbf y}`` is ``Name("y", "bold", "hat")``; ``\mathrm{KL}`` is ``Name("KL", "roman")``; ``\mathbf 1``,
    ``\mathbf 0`` and ``\mathbb 1`` have the letters "1" and "0"; Greek is spelt: "theta", "Sigma", "varphi",
    "ell", "infinity".
    """

    name: Name


class FunctionName(Syntax):
    r"""An upright function name standing alone or as the head of a ``Call``: ``\log``, ``\operatorname{tr}``.

    Known names in ``\mathrm`` and ``\text`` are function names too; names are lower case ("Tr" is "tr"), "ln" stays.
    """

    name: str


class Words(Syntax):
    r"""``\text{for}``: words inside a formula; an item of its own in a ``Tuple``, or a subscript."""

    text: str


class Dots(Syntax):
    r"""``\ldots \cdots \vdots \ddots``: an item of a ``Tuple``, a term, a factor or a cell of a ``Matrix``.

    kind: "dots" (``\ldots``, ``\dots``), "cdots", "vdots", "ddots".
    """

    kind: str = "dots"


class Placeholder(Syntax):
    r"""The ``\cdot`` of ``f(\cdot)`` and ``[\cdot]_i``, the ``:`` of ``A_{i,:}``, and the blank ``\Box``; sign is
    "·", ":" or "□"."""

    sign: str = "·"


class Space(Syntax):
    r"""``\mathbb R^{m\times n}`` is ``Space("R", (m, n))``, ``\mathbb R^n`` ``Space("R", (n,))``, ``\mathbb R``
    ``Space("R", ())``; ``sub`` is the subscript of ``\mathbb R_{>0}`` or ``\mathbb S_{++}^n`` as text (">0")."""

    letter: str
    sizes: tuple[Syntax, ...] = ()
    sub: str = ""


# --------------------------------------------------------------------------------------- scripts and fences
class Subscript(Syntax):
    """``x_i``; the index of ``A_{ij}`` is a ``Product``, of ``A_{i,j}`` a ``Tuple``, of ``A_{12}`` a ``Number``.

    Under a superscript on the same base the subscript is the inner node: ``x_i^2`` and ``x^2_i`` are
    ``Superscript(Subscript(x, i), 2)``; only a label superscript (see there) goes inside.
    """

    base: Syntax
    index: Syntax


class Superscript(Syntax):
    r"""``x^2``, ``A^{-1}`` (exponent ``Negative(Number("1"))``), ``x^{(i)}`` and ``W^{[2]}`` (exponent ``Fenced``),
    ``x^*`` (exponent ``Words("*")``), ``x^\dagger`` (``Words("†")``).

    These bracketed and starred labels stand inside a subscript: ``x^{(i)}_j`` is ``Subscript(Superscript(x, …), j)``.
    The exponent of ``x^{\odot2}`` is an ``Elementwise``.  A transpose is a ``Transpose``, ``A^{-T}`` is
    ``Transpose(Superscript(A, -1))``.
    """

    base: Syntax
    exponent: Syntax


class Elementwise(Syntax):
    r"""The exponent of ``\mathbf x^{\odot2}`` and ``\mathbf A^{\circ-1}``: a power of each element; sign "⊙" or "∘"."""

    exponent: Syntax
    sign: str = "⊙"


class Transpose(Syntax):
    r"""``A^T``, ``A^\top``, ``A^{\mathsf T}``, ``A^{\mathrm T}``, ``A^\intercal``.  ``letter`` tells that it was
    a plain T, which is a power where T is a declared scalar."""

    base: Syntax
    letter: bool = False


class Primed(Syntax):
    """``f'``, ``x''``: a derivative, a transpose or another name, to be decided by the statement.  In written order
    with a subscript: ``x_i'`` is ``Primed(Subscript(x, i), 1)``, ``x'_i`` is ``Subscript(Primed(x, 1), i)``."""

    base: Syntax
    count: int = 1


class Accented(Syntax):
    r"""An accent over more than one letter: ``\overline{\mathbf{AB}}``."""

    accent: str
    body: Syntax


class Fenced(Syntax):
    r"""Delimiters around a body (a ``Tuple`` where there are commas): "(" ")", "[" "]", "{" "}" (set braces), "|" "|",
    "‖" "‖", "⌊" "⌋", "⌈" "⌉", "⟨" "⟩".  The norm ``\|x\|_2^2`` is ``Superscript(Subscript(Fenced("‖", x), 2), 2)``.
    Invisible braces leave no node."""

    left: str
    body: Syntax
    right: str


# ------------------------------------------------------------------------------------------------ operations
class Plus(Syntax):
    """``a - b + c`` is ``Plus((a, Negative(b), c))``."""

    terms: tuple[Syntax, ...]


class Negative(Syntax):
    """``-x``; a leading product is inside: ``-ab`` is ``Negative(Product((a, b)))``."""

    arg: Syntax


class PlusMinus(Syntax):
    r"""``\pm x``."""

    arg: Syntax


class Product(Syntax):
    r"""Factors side by side, and with ``\cdot`` or ``\times``; ``signs[k]`` stands before factor ``k + 1``: "" for
    juxtaposition, "·", "×", "*".  ``m\times n`` is ``Product((m, n), ("×",))``."""

    factors: tuple[Syntax, ...]
    signs: tuple[str, ...]


class Circled(Syntax):
    r"""``a\odot b\circ c``: binds looser than a product, tighter than a sum; signs "⊙", "∘", "⊗", "⊘"."""

    factors: tuple[Syntax, ...]
    signs: tuple[str, ...]


class Fraction(Syntax):
    r"""``\frac{a}{b}`` and, with ``inline``, ``a/b`` (``ab/cd`` is ``(ab/c) d``: left to right)."""

    num: Syntax
    den: Syntax
    inline: bool = False


class Root(Syntax):
    r"""``\sqrt{x}``, ``\sqrt[3]{x}``."""

    arg: Syntax
    degree: Syntax | None = None


class Call(Syntax):
    r"""A certain application: ``\sin y``, ``\log 3x``, ``\operatorname{tr}(AB)``, ``\max(a, b)``, ``f(x)`` where it
    is settled (``as_call``).

    ``head`` is a ``FunctionName``, maybe inside scripts: ``\sin^2 x`` is ``Call(Superscript(sin, 2), (x,))``;
    ``\max\{0,x\}`` and ``\max(0,x)`` have two arguments.
    """

    head: Syntax
    args: tuple[Syntax, ...]
    fence: str = field(default="(", compare=False)
    """The delimiter around the arguments, "" for none: only for setting the formula again."""


class MaybeCall(Syntax):
    """``f(x)``, ``x(1+y)``, ``f'(x)``, ``h_{t-1}(k)``, ``f(x)^2``: application or product, told by types.

    ``head`` is a ``Symbol``, maybe with ``Subscript``, ``Primed`` or a label superscript; ``operand`` is the
    ``Fenced("(", …)`` with the scripts that follow it.  ``as_call`` and ``as_product`` give the two readings.
    """

    head: Syntax
    operand: Syntax


class Large(Syntax):
    r"""``\sum_{i=1}^n body``: name "sum", "prod", "max", "min", "argmax", "argmin", "int", "lim", …

    ``lower`` is a ``Symbol`` (``\sum_i``), ``Chain`` (``i=1``, ``j\ne i``), ``Tuple`` (``i,j``) or None.  The body is
    the product that follows, ``\odot`` included, up to the next plus or minus sign or relation.
    """

    name: str
    lower: Syntax | None
    upper: Syntax | None
    body: Syntax


class Indicator(Syntax):
    r"""``\mathbb 1[x>0]``, ``\mathbb{1}\{x>0\}``, ``\mathbf 1_{x>0}``."""

    condition: Syntax


class Matrix(Syntax):
    r"""``bmatrix``, ``pmatrix``, ``array``, ``cases``: rows of cells, None for an empty cell; delimiters "[" "]",
    "(" ")", "|" "|", "‖" "‖", "{" "" (cases) or none."""

    rows: tuple[tuple[Syntax | None, ...], ...]
    left: str = "["
    right: str = "]"


# ----------------------------------------------------------------------------------------------- derivatives
class Leibniz(Syntax):
    r"""``\frac{dy}{dx}``, ``\partial f/\partial x_i``, ``\frac{d}{dx}(…)``, ``\partial_x f``.

    ``by`` lists the variables in written order, repeated for powers (``\partial s^2\,\partial t`` is (s, s, t)); a
    variable may be ``Transpose``.  ``operator``: the body stood behind the fraction: it is the product that follows
    (``\odot`` included), or None where nothing follows.  ``sign`` is "d" or "∂", ``inline`` tells ``dy/dx``.
    """

    body: Syntax | None
    by: tuple[Syntax, ...]
    sign: str = "d"
    operator: bool = False
    inline: bool = False


class NumberedPartial(Syntax):
    r"""``\partial_1^2 f(s, t)``: a derivative by an argument that is told by its number; the body is one factor."""

    body: Syntax
    argument: int
    order: int = 1


class Nabla(Syntax):
    r"""``\nabla f``, ``\nabla_{\mathbf x}(…)``, ``\nabla^2 f`` (order 2), ``\nabla_x^2``.  The body is the run of
    juxtaposed factors that follows, up to ``\cdot``, or None."""

    body: Syntax | None
    by: Syntax | None = None
    order: int = 1


class Differential(Syntax):
    r"""``\partial f`` or ``\mathrm{d}x`` outside of a fraction."""

    arg: Syntax
    sign: str = "d"


class AtPoint(Syntax):
    r"""``\frac{df}{dx}\Big|_{x=0}``: a value at a point; ``where`` is a ``Chain``, a ``Tuple`` of them, or a point."""

    body: Syntax
    where: Syntax


# ------------------------------------------------------------------------------------- relations and lists
class Chain(Syntax):
    r"""``a = b \le c``: ``signs[k]`` stands before side ``k + 1``: "=", "≠", "<", ">", "≤", "≥", "∈", "≈", "≡", "∝",
    "~", "→", "⊂", "⊥", ":" ("such that"), "≻", "⪰".

    ``\mathbf x,\mathbf y\in\mathbb R^n`` has the ``Tuple`` (x, y) on its left, ``k=1,\dots,n`` the ``Tuple`` (1, …, n)
    on its right.  A side is None where the formula begins or ends with the sign (``$=0$``).
    """

    sides: tuple[Syntax | None, ...]
    signs: tuple[str, ...]


class Mapping(Syntax):
    r"""``f,g:\mathbb R^n\to\mathbb R``: ``names`` is a ``Symbol`` or ``Tuple``, None in a bare
    ``\mathbb R^n\to\mathbb R``."""

    names: Syntax | None
    source: Syntax
    target: Syntax


class MapsTo(Syntax):
    r"""``x\mapsto x^2``."""

    arg: Syntax
    body: Syntax


class Tuple(Syntax):
    r"""Items between commas, semicolons, ``\quad`` or words: ``(a, b, c)`` is ``Fenced("(", Tuple(…), ")")``; at the
    top of a formula a list of expressions, chains and ``Words``."""

    items: tuple[Syntax, ...]


class Formula(Record):
    r"""A formula read whole: one row, or the rows of an ``align``; rows that go on with "= …" are joined to theirs.

    ``punctuation`` is what ended it: "", ".", ",", ";", "?"; ``endings`` is that of the rows before the last.
    """

    rows: tuple[Syntax, ...]
    punctuation: str = ""
    endings: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def body(self) -> Syntax:
        """The only row, or all rows as a ``Tuple``."""
        return self.rows[0] if len(self.rows) == 1 else Tuple(self.rows, span=self.span)


# ---------------------------------------------------------------------------------------------------- helpers
def items(node: Syntax) -> tuple[Syntax, ...]:
    """The items of a list; a single expression is a list of one."""
    return node.items if isinstance(node, Tuple) else (node,)


def children(node: Syntax) -> Iterator[Syntax]:
    """The syntax nodes directly inside."""
    for part in fields(node):
        if part.name != "span":
            yield from _inside(getattr(node, part.name))


def _inside(value: object) -> Iterator[Syntax]:
    if isinstance(value, Syntax):
        yield value
    elif type(value) is tuple:
        for item in value:
            yield from _inside(item)


def swap_children(node: Syntax, changed: dict[int, Syntax]) -> Syntax:
    """The node with some of its children replaced, told by identity."""

    def change(value: object) -> object:
        if isinstance(value, Syntax):
            return changed.get(id(value), value)
        return tuple(change(v) for v in value) if type(value) is tuple else value

    fresh = {name: change(getattr(node, name)) for name in node.__dataclass_fields__ if name != "span"}
    return replace(node, **fresh)  # type: ignore[arg-type]


def walk(node: Syntax) -> Iterator[Syntax]:
    """The node and all nodes inside, outside first, left to right."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(list(children(top))))


def as_call(node: MaybeCall) -> Syntax:
    """The reading as an application: ``f(x)^2`` is the square of ``f(x)``."""

    def put(operand: Syntax) -> Syntax:
        match operand:
            case Fenced(_, body, _):
                return Call(node.head, items(body), span=node.head.span.join(operand.span))
            case Subscript(base, _) | Superscript(base, _) | Transpose(base, _) | Primed(base, _):
                return replace(operand, base=put(base), span=node.span)
        raise TypeError(f"not the operand of a call: {operand!r}")

    return put(node.operand)


def as_product(node: MaybeCall) -> Product:
    """The reading as a product of two factors: ``x(1+y)^2`` is x times the square."""
    return Product((node.head, node.operand), ("",), span=node.span)
