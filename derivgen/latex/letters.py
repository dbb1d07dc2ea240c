"""Letters: symbols and their shapes, labels told from elements, rows and columns, vectors listed with dots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import syntax as sx
from derivgen.latex.scope import Entry, IndexLetter, Scope, Typed, leaf, scalar
from derivgen.latex.sizes import ONE_BY_ONE, Extents, Length, Unknown, is_scalar, resolve, show, unify
from derivgen.latex.survey import index_letters, is_capital, is_index, size_text
from derivgen.terms.nodes import (
    Col,
    Const,
    Counter,
    Delta,
    El,
    Entries,
    Extent,
    Eye,
    Idx,
    Name,
    Num,
    Ones,
    Position,
    Row,
    Term,
    Zero,
)

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading

CONSTANTS = {"e": "e", "pi": "pi"}
Place = IndexLetter | int


# ----------------------------------------------------------------------------------------------------- names
def is_labelled(exponent: sx.Syntax) -> bool:
    """Whether a superscript is a label: ``(i)``, ``[2]``, ``*``."""
    match exponent:
        case sx.Words():
            return True
        case sx.Fenced("[", _):
            return True
        case sx.Fenced("(", body):
            return isinstance(body, (sx.Symbol, sx.Number))
    return False


def full_name(r: Reading | Scope, node: sx.Syntax) -> Name | None:
    """The name that a symbol with label scripts makes, or None where it is not one."""
    match node:
        case sx.Symbol(name):
            return name
        case sx.Subscript(base, index):
            name = full_name(r, base)
            return name._replace(sub=size_text(index)) if name and not name.sub else None
        case sx.Superscript(base, exponent) if is_labelled(exponent):
            name = full_name(r, base)
            return name._replace(sup=size_text(exponent)) if name and not name.sup else None
        case sx.Primed(base, count):
            name = full_name(r, base)
            return name._replace(primes=count) if name else None
    return None


def is_euler(r: Reading, node: sx.Syntax) -> bool:
    return isinstance(node, sx.Symbol) and node.name.letter == "e" and node.name.font in ("", "roman") and not (
        r.scope.known(node.name) or node.name in r.params
    )


def is_declared_scalar(r: Reading, name: Name) -> bool:
    entry = r.scope.find(name)
    return entry is not None and entry.declared and entry.shape is not None and is_scalar(entry.shape)


def undecided(r: Reading, node: sx.Syntax) -> bool:
    """A plain lower-case letter about which nothing is known yet."""
    if isinstance(node, sx.Negative):
        node = node.arg
    if not isinstance(node, sx.Symbol) or node.name.font or node.name in r.params:
        return False
    name, scope = node.name, r.scope
    if r.index(name.letter) or name.letter in CONSTANTS or name in scope.survey.ranks or name in scope.survey.indexed:
        return False
    entry = scope.find(name)
    if name.letter in scope.sizes or (entry is not None and (entry.shape is not None or entry.meaning is not None)):
        return False
    return not is_capital(name)


def take_shape(r: Reading, node: sx.Syntax, shape: Extents) -> None:
    """An undecided letter takes the shape of the terms that it is added to."""
    if isinstance(node, sx.Negative):
        node = node.arg
    if isinstance(node, sx.Symbol):
        entry = r.scope.entry(node.name, node.span)
        entry.shape = shape


# ---------------------------------------------------------------------------------------------------- symbols
def read_symbol(r: Reading, node: sx.Symbol) -> Typed:
    return read_name(r, node.name, node.span)


def read_name(r: Reading, name: Name, span: Span) -> Typed:
    scope = r.scope
    if name in r.params:
        return r.params[name]
    entry = scope.find(name)
    if entry is not None and entry.kind == "identity":
        return identity(r, entry)
    if entry is None or not scope.known(name):
        special = special_letter(r, name)
        if special is not None:
            return special
    at = r.index(name.letter) if name == Name(name.letter) else None
    if at is not None:
        return scalar(lambda: Counter(at.idx()))
    size = size_text(sx.Symbol(name))
    if size in scope.sizes and not scope.known(name) and name.font in ("", "roman") and not name.sub:
        return leaf(Extent(size))
    entry = scope.entry(name, span)
    if entry.kind in ("function", "logistic") and entry.meaning is None:
        hint = f"write {name.letter}(…) with its argument"
        r.fail(errors.Ambiguous, f"the function {name.letter} stands without an argument", span, hint)
    return r.entry_typed(entry)


def special_letter(r: Reading, name: Name) -> Typed | None:
    """The ones vector, the zero vector, the identity, e and pi, where they are not declared as something else."""
    upright = name.font in ("", "roman") and not (name.sub or name.accent or name.primes)
    if name.letter == "1" and name.font in ("bold", "bb", "vec"):
        return ones(r, name)
    if name.letter == "0" and name.font in ("bold", "vec"):
        rows = Unknown()
        return Typed((rows, 1), lambda: Zero(now(rows), 1))
    if name.letter == "I" and (name.font in ("bold", "bb", "roman") or (upright and plain_identity(r))):
        return identity(r, None, name.sub)
    if name.letter in CONSTANTS and upright:
        return leaf(Const(CONSTANTS[name.letter]))
    return None


def plain_identity(r: Reading) -> bool:
    """Whether a plain I is the identity: where matrices are plain capitals."""
    return any(rank == "matrix" for rank in r.scope.survey.ranks.values()) or any(
        e.shape is not None and not is_scalar(e.shape) and is_capital(e.name) for e in r.scope.entries.values()
    )


def ones(r: Reading, name: Name) -> Typed:
    rows: Length = Unknown()
    if name.sub:
        rows = int(name.sub) if name.sub.isdigit() else name.sub
        if isinstance(rows, str):
            r.scope.sizes.setdefault(rows, sx.NOWHERE)
    else:
        r.scope.open_ones.append(rows)
    return Typed((rows, 1), lambda: Ones(now(rows), 1))


def identity(r: Reading, entry: Entry | None, sub: str = "") -> Typed:
    size: Length = Unknown()
    if sub:
        size = int(sub) if sub.isdigit() else sub
    elif entry is not None and entry.shape is not None:
        size = entry.shape[0]
    return Typed((size, size), lambda: Eye(now(size)))


def now(size: Length) -> int | str:
    found = resolve(size)
    if isinstance(found, Unknown):
        raise LookupError("a size was left open")
    return found


def symbol(r: Reading, entry: Entry) -> Typed:
    """A letter without a definition; its shape is decided by its kind of letter where nothing else tells."""
    if entry.shape is None:
        entry.shape = guess_shape(r, entry)
    return Typed(entry.shape, lambda: build_symbol(r, entry))


def build_symbol(r: Reading, entry: Entry) -> Term:
    from derivgen.latex.scope import symbol_term

    if entry.built is None:
        assert entry.shape is not None
        deps = tuple(r.child({}).read(d).build() for d in entry.depends)
        entry.built = symbol_term(entry, (now(entry.shape[0]), now(entry.shape[1])), deps)
    return entry.built


def guess_shape(r: Reading, entry: Entry) -> Extents:
    """The shape of an undeclared letter: bold is a hint, use is evidence; a bare plain capital tells nothing."""
    name, found = entry.name, r.scope.survey
    base = name._replace(sub="", sup="", primes=0)
    rank = found.ranks.get(base) if not name.sub else None
    if name.font in ("bold", "vec"):
        rank = "matrix" if is_capital(name) and name.font == "bold" else "vector"
    elif base in found.indexed and rank != "scalar" and not name.sub:
        rank = "matrix" if found.indexed[base] == 2 else "vector"
    if rank == "vector":
        return (r.scope.default_vector or Unknown(), 1)
    if rank == "matrix":
        default = r.scope.default_matrix
        return default if default is not None else (Unknown(), Unknown())
    if rank is None and is_capital(name) and name.font == "":
        plain_capital(r, entry)
    elif not entry.declared:
        entry.why, entry.loose = "default", True
    return ONE_BY_ONE


def plain_capital(r: Reading, entry: Entry) -> None:
    """A plain capital that nothing tells about is an error, unless the whole statement is about scalars."""
    found = r.scope.survey
    vectors = any(n.font in ("bold", "vec") for n in found.bare) or any(v != "scalar" for v in found.ranks.values())
    vectors = vectors or any(e.shape and not is_scalar(e.shape) for e in r.scope.entries.values())
    scalars = any(v == "scalar" for n, v in found.ranks.items() if is_capital(n))
    if scalars and not vectors:
        entry.why, entry.loose = "from its use", True
        return
    letter = entry.name.letter
    message = f"{letter} is not declared, and nothing tells whether it is a scalar or a matrix"
    hint = f"declare its shape, for example ${letter}\\in\\mathbb{{R}}^{{m\\times n}}$"
    r.fail(errors.Undeclared, message, entry.span, hint)


# --------------------------------------------------------------------------------------------------- elements
def read_subscript(r: Reading, node: sx.Subscript) -> Typed:
    base, index = node.base, node.index
    if isinstance(base, sx.Fenced) and base.left == "‖":
        from derivgen.latex.elaborate import norm_of

        return norm_of(r, r.read(base.body), node, size_text(index))
    if isinstance(base, (sx.Symbol, sx.Superscript)):
        name = full_name(r, node)
        core = full_name(r, base)
        if core is not None and name is not None:
            return named_subscript(r, node, core, name)
    if isinstance(base, sx.Primed) and not r.scope.prime_transposes:
        name = full_name(r, node)
        if name is not None:
            return read_name(r, name, node.span)
    return element(r, r.read(base), index, node.span)


def named_subscript(r: Reading, node: sx.Subscript, core: Name, name: Name) -> Typed:
    """``x_i``, ``W_1``: the symbol with that label where there is one, else an element where the shape allows it."""
    scope, positions = r.scope, index_letters(node.index)
    if name in r.params or (name in scope.entries and scope.known(name)):
        return read_name(r, name, node.span)
    if core.letter == "delta" and not core.font and len(positions) == 2 and not scope.known(core):
        return delta(r, positions)
    if core.letter in ("1", "I", "0") and core.font in ("bold", "bb"):
        return read_name(r, name, node.span)
    if core in r.params and not is_scalar(r.params[core].shape):
        return element(r, r.params[core], node.index, node.span)
    family = scope.rows.get(core)
    if family is not None and len(positions) == 1:
        return row(r, family, positions[0])
    cousin = scope.cousin(core)
    if len(positions) == 2 and cousin == core and not scope.known(core) and core.letter.islower():
        cousin = capital(r, core) or cousin
    if is_element(r, cousin, core, positions):
        return element(r, read_name(r, cousin, node.span), node.index, node.span)
    if core.font not in ("bold", "vec") and all(p for p in positions) and letter_runs(r, positions):
        return element(r, read_name(r, core, node.span), node.index, node.span)
    if any(isinstance(p, sx.Symbol) and r.index(p.name.letter) is not None for p in positions):
        words = scope.words(node.span)
        hint = "say that they are the rows or columns of a matrix: with rows $\\mathbf{x}_i^T$"
        r.fail(errors.Unsupported, f"{words} runs with its index, but belongs to no declared vector or matrix", node.span, hint)
    return read_name(r, name, node.span)


def capital(r: Reading, core: Name) -> Name | None:
    """The declared matrix whose entries lower-case letters stand for: ``b_{ij}`` of B."""
    for font in ("bold", ""):
        other = core._replace(letter=core.letter.upper(), font=font)
        if r.scope.has_axes(other):
            return other
    return None


def letter_runs(r: Reading, positions: list[sx.Syntax]) -> bool:
    """Whether one of the positions is a letter that runs: bound here, or by a sum or range somewhere."""
    running = r.scope.survey.letters
    return any(
        isinstance(p, sx.Symbol) and (r.index(p.name.letter) is not None or p.name.letter in running) for p in positions
    )


def is_element(r: Reading, cousin: Name, core: Name, positions: list[sx.Syntax]) -> bool:
    """Whether a subscript stands for positions in a known vector or matrix, and is no label."""
    scope = r.scope
    if not all(is_index(p) or isinstance(p, (sx.Number, sx.Placeholder)) for p in positions):
        return False
    if scope.has_axes(cousin):
        return True
    if cousin.letter != core.letter:
        return True
    entry = scope.find(cousin)
    if entry is not None and entry.shape is not None:
        return False
    if cousin.font in ("bold", "vec") and cousin in scope.survey.bare:
        return core.font != cousin.font or letter_runs(r, positions) or len(positions) == 2
    return cousin in scope.survey.bare and (letter_runs(r, positions) or len(positions) == 2)


def delta(r: Reading, positions: list[sx.Syntax]) -> Typed:
    i, j = (position(r, p) for p in positions)
    if isinstance(i, IndexLetter) and isinstance(j, IndexLetter):
        r.scope.agree(i.size, j.size, positions[0].span, lambda: "the indices of a Kronecker delta differ in size")
    return scalar(lambda: Delta(at(i), at(j)))


def at(place: Place) -> Position:
    return place if isinstance(place, int) else place.idx()


def sized(r: Reading, letter: IndexLetter, span: Span) -> Idx:
    """The index, or an error where nothing tells how far it runs."""
    try:
        return letter.idx()
    except LookupError:
        message = f"nothing tells how far the index {letter.shown} runs"
        raise errors.IndexFault(message, place=r.scope.place(span), hint="give the sum its bounds") from None


def position(r: Reading, node: sx.Syntax) -> Place:
    match node:
        case sx.Symbol(name) if is_index(node):
            if size_text(node) in r.scope.sizes and r.index(name.letter) is None and size_is_bound(r, name.letter):
                pass
            return r.free_index(name.letter)
        case sx.Number(text) if text.isdigit() and int(text):
            return int(text)
    r.fail(errors.IndexFault, f"{size_text(node)} cannot be read as an index", node.span)
    raise AssertionError


def size_is_bound(r: Reading, letter: str) -> bool:
    return letter in r.bound


def element(r: Reading, base: Typed, index: sx.Syntax, span: Span) -> Typed:
    """The element, row or column that a subscript picks."""
    positions = index_letters(index)
    rows, cols = (resolve(s) for s in base.shape)
    if is_scalar(base.shape):
        r.fail(errors.IndexFault, f"a subscript on the scalar {r.scope.words(span)}", span)
    if 1 in (rows, cols):
        if len(positions) != 1:
            r.fail(errors.IndexFault, f"{r.scope.words(span)}: a vector has one index only", span)
        place = position(r, positions[0])
        fit(r, place, rows if cols == 1 else cols, span)
        if cols == 1:
            return scalar(lambda: El(base.build(), at(place), 1))
        return scalar(lambda: El(base.build(), 1, at(place)))
    if len(positions) == 1 and isinstance(positions[0], sx.Number) and len(positions[0].text) == 2:
        positions = [sx.Number(c, span=index.span) for c in positions[0].text]
    if len(positions) != 2:
        r.fail(errors.IndexFault, f"{r.scope.words(span)}: an element of a matrix has two indices", span)
    return matrix_element(r, base, positions, span)


def matrix_element(r: Reading, base: Typed, positions: list[sx.Syntax], span: Span) -> Typed:
    rows, cols = base.shape
    first, second = positions
    if isinstance(second, sx.Placeholder):
        i = position(r, first)
        fit(r, i, rows, span)
        return Typed((cols, 1), lambda: Row(base.build(), at(i)))
    if isinstance(first, sx.Placeholder):
        j = position(r, second)
        fit(r, j, cols, span)
        return Typed((rows, 1), lambda: Col(base.build(), at(j)))
    i, j = position(r, first), position(r, second)
    fit(r, i, rows, span)
    fit(r, j, cols, span)
    return scalar(lambda: El(base.build(), at(i), at(j)))


def fit(r: Reading, place: Place, size: Length, span: Span) -> None:
    """A position lies on its axis: the letter runs to the size, the number is not beyond it."""
    if isinstance(place, IndexLetter):
        if not unify(place.size, size):
            a, b = (show((s, 1)).removesuffix("×1") for s in (place.size, size))
            message = f"the index {place.shown} runs to {a}, but that axis of {r.scope.words(span)} has length {b}"
            r.fail(errors.IndexFault, message, span)
        return
    found = resolve(size)
    if isinstance(found, int) and place > found:
        r.fail(errors.IndexFault, f"there is no element {place} on an axis of length {found}", span)


def row(r: Reading, family: tuple[Name, str], where: sx.Syntax) -> Typed:
    """``x_i`` as row (or column) i of a matrix, where the statement says so."""
    matrix, side = family
    base = read_name(r, matrix, where.span)
    place = position(r, where)
    rows, cols = base.shape
    if side == "row":
        fit(r, place, rows, where.span)
        return Typed((cols, 1), lambda: Row(base.build(), at(place)))
    fit(r, place, cols, where.span)
    return Typed((rows, 1), lambda: Col(base.build(), at(place)))


def read_primed(r: Reading, node: sx.Primed) -> Typed:
    """A prime: a transpose where the statement says so, a derivative of a defined function, or part of a name."""
    if r.scope.prime_transposes:
        from derivgen.latex.elaborate import transposed

        arg = r.read(node.base)
        return transposed(arg) if node.count % 2 else arg
    name = full_name(r, node)
    if name is not None:
        bare = name._replace(primes=0)
        entry = r.scope.find(bare)
        if entry is not None and entry.meaning is not None and entry.meaning.params:
            from derivgen.latex.calls import derivative_of

            return derivative_of(r, entry, node.count, entry.meaning.params, node.span)
        if entry is not None and entry.kind == "symbol" and entry.shape is not None and not is_scalar(entry.shape):
            hint = "write ^T, or say that a prime denotes transposition"
            r.fail(errors.Ambiguous, f"the prime on {bare.letter} may be a transpose or a name", node.span, hint)
        return read_name(r, name, node.span)
    r.fail(errors.Ambiguous, "this prime may be a transpose or a derivative", node.span, "write ^T for a transpose")
    raise AssertionError


# ----------------------------------------------------------------------------------------------------- listings
def listing(r: Reading, body: sx.Tuple) -> Typed | None:
    r"""``(x_1, x_2, \dots, x_n)``: the vector whose k-th entry the items show; None where there are no dots."""
    spots = [k for k, item in enumerate(body.items) if isinstance(item, sx.Dots)]
    if len(spots) != 1 or spots[0] == 0 or spots[0] == len(body.items) - 1:
        return None
    first, last = body.items[0], body.items[-1]
    letter = "k"
    marker = sx.Symbol(Name(letter))
    pattern = generalise(first, last, marker)
    if pattern is None:
        return None
    node, top = pattern
    from derivgen.latex.elaborate import length_of

    length = length_of(r.scope, top)
    index = r.bind(letter, length)
    before = dict(r.bound)
    r.bound[letter] = index
    inside = r.read(node)
    r.bound = before

    def build() -> Term:
        term = inside.build()
        if isinstance(term, El) and term.args[1] == index.idx() and term.term.shape == (now(length), 1):
            return term.term  # type: ignore[no-any-return]
        return Entries(term, index.idx(), 1)

    return Typed((length, 1), build)


def generalise(
    first: sx.Syntax, last: sx.Syntax, marker: sx.Syntax, start: str = "1"
) -> tuple[sx.Syntax, sx.Syntax] | None:
    """The first item with its 1 turned into a letter, and what that 1 has become in the last item."""
    if first == last:
        return None
    if first == sx.Number(start):
        return marker, last
    if type(first) is not type(last):
        return None
    pairs = list(zip(sx.children(first), sx.children(last), strict=False))
    if len(list(sx.children(first))) != len(list(sx.children(last))):
        return None
    found: tuple[sx.Syntax, sx.Syntax] | None = None
    changed: dict[int, sx.Syntax] = {}
    for a, b in pairs:
        if a == b:
            continue
        one = generalise(a, b, marker, start)
        if one is None or (found is not None and found[1] != one[1]):
            return None
        changed[id(a)] = one[0]
        found = one
    return (swap_children(first, changed), found[1]) if found else None


def swap_children(node: sx.Syntax, changed: dict[int, sx.Syntax]) -> sx.Syntax:
    def change(value: object) -> object:
        if isinstance(value, sx.Syntax):
            return changed.get(id(value), value)
        return tuple(change(v) for v in value) if type(value) is tuple else value

    fresh = {name: change(getattr(node, name)) for name in node.__dataclass_fields__ if name != "span"}
    return replace(node, **fresh)  # type: ignore[arg-type]


def dotted_grid(r: Reading, node: sx.Matrix) -> Typed | None:
    """A matrix with dots whose corners show the pattern of its entries, as ``a_{11} … a_{mn}``."""
    corner, right, below = node.rows[0][0], node.rows[0][-1], node.rows[-1][0]
    if corner is None or right is None or below is None:
        return None
    match corner, right, below:
        case sx.Subscript(base, _), sx.Subscript(base2, _), sx.Subscript(base3, _) if base == base2 == base3:
            found = full_name(r, base)
            if found is not None:
                return read_name(r, r.scope.cousin(found), corner.span)
    return None


def count_term(size: Length) -> Callable[[], Term]:
    """A size as a number."""

    def build() -> Term:
        found = now(size)
        return Num(found) if isinstance(found, int) else Extent(found)

    return build
