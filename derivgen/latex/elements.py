"""Subscripts: labels told from elements, rows and columns of matrices, Kronecker deltas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import brackets
from derivgen.latex import syntax as sx
from derivgen.latex.families import handed_over, rows_of
from derivgen.latex.letters import full_name, read_name
from derivgen.latex.scope import IndexLetter, Typed, scalar
from derivgen.latex.sizes import Length, Unknown, is_scalar, resolve, show, unify
from derivgen.latex.survey import capital_of, index_letters, is_fixed, is_index, size_text
from derivgen.terms.nodes import Col, Delta, El, Entries, Idx, Name, Position, Row, Term

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading

Place = IndexLetter | int


def read_subscript(r: Reading, node: sx.Subscript) -> Typed:
    base, index = node.base, node.index
    if isinstance(base, sx.Fenced) and base.left == "‖":
        return brackets.norm_of(r, r.read(base.body), node, size_text(index))
    if isinstance(base, (sx.Symbol, sx.Superscript)):
        name = full_name(r, node)
        core = full_name(r, base)
        if core is not None and name is not None:
            return named_subscript(r, node, core, name)
    if isinstance(base, sx.Primed) and not r.scope.prime_transposes:
        name = full_name(r, node)
        if name is not None:
            return read_name(r, name, node.span)
    if isinstance(base, sx.Fenced) and runs_inside(base, index):
        found = entries(r, base, index, node.span)
        if found is not None:
            return found
    return element(r, r.read(base), index, node.span)


def runs_inside(base: sx.Fenced, index: sx.Syntax) -> bool:
    """Whether letters below a bracket stand below something in it too, as in ``[a_i b_j]_{i,j}``."""
    positions = index_letters(index)
    if base.left not in ("[", "(") or isinstance(base.body, sx.Tuple) or not all(is_index(p) for p in positions):
        return False
    below = [p for n in sx.walk(base.body) if isinstance(n, sx.Subscript) for p in index_letters(n.index)]
    return len(set(positions)) == len(positions) in (1, 2) and any(p in below for p in positions)


def entries(r: Reading, base: sx.Fenced, index: sx.Syntax, span: Span) -> Typed | None:
    """The vector or matrix of the entries in the bracket; None where a vector or matrix stands there already."""
    before = dict(r.bound)
    made = []
    for p in index_letters(index):
        if isinstance(p, sx.Symbol):
            made.append(r.bind(p.name.letter, Unknown()))
            r.bound[p.name.letter] = made[-1]
    body = r.read(base.body)
    r.bound = before
    if not is_scalar(body.shape):
        return None
    shape = (made[0].size, made[1].size if len(made) > 1 else 1)

    def build() -> Term:
        first, *rest = (sized(r, letter, span) for letter in made)
        return Entries(body.build(), first, rest[0] if rest else 1)

    return Typed(shape, build)


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
    if letter_runs(r, positions) and len(positions) == 1 and (core in scope.families or handed_over(r, core)):
        return row(r, rows_of(r, core, node) or no_family(r, node), positions[0])
    cousin = scope.cousin(core)
    if len(positions) == 2 and cousin == core and not scope.known(core) and core.letter.islower():
        cousin = capital(r, core) or cousin
    if is_element(r, cousin, core, positions) or is_defined_whole(r, cousin, positions):
        return element(r, read_name(r, cousin, node.span), node.index, node.span)
    if core.font not in ("bold", "vec") and all(p for p in positions) and letter_runs(r, positions):
        return element(r, read_name(r, core, node.span), node.index, node.span)
    if any(isinstance(p, sx.Symbol) and r.index(p.name.letter) is not None for p in positions):
        return row(r, rows_of(r, core, node) or no_family(r, node), positions[0])
    return read_name(r, name, node.span)


def no_family(r: Reading, node: sx.Subscript) -> NoReturn:
    """Vectors x_1, …, x_N that no matrix holds cannot be told apart from the elements of one."""
    hint = "say that they are the rows or columns of a matrix: with rows $\\mathbf{x}_i^T$"
    message = f"{r.scope.words(node.span)} runs with its index, but belongs to no declared vector or matrix"
    raise r.fault(errors.Unsupported, message, node.span, hint)


def capital(r: Reading, core: Name) -> Name | None:
    """The declared matrix whose entries lower-case letters stand for: ``b_{ij}`` of B."""
    for font in ("bold", ""):
        other = core._replace(letter=capital_of(core.letter), font=font)
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
    if not all(is_index(p) or is_fixed(p) or isinstance(p, (sx.Number, sx.Placeholder)) for p in positions):
        return False
    if positions == [sx.Number("0")]:
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


def is_defined_whole(r: Reading, name: Name, positions: list[sx.Syntax]) -> bool:
    """``y_i`` where y = Ax is a plain letter: its definition tells that it is a vector."""
    entry = r.scope.find(name)
    if entry is None or entry.meaning is None or entry.meaning.params or entry.kind != "symbol":
        return False
    return all(is_index(p) for p in positions) and not is_scalar(r.entry_typed(entry).shape)


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
            return r.free_index(name.letter)
        case sx.Number(text) if text.isdigit() and int(text):
            return int(text)
        case sx.Subscript() if is_fixed(node):
            return r.scope.fixed_index(size_text(node))
    raise r.fault(errors.IndexFault, f"{size_text(node)} cannot be read as an index", node.span)


def element(r: Reading, base: Typed, index: sx.Syntax, span: Span) -> Typed:
    """The element, row or column that a subscript picks."""
    positions = index_letters(index)
    rows, cols = (resolve(s) for s in base.shape)
    if is_scalar(base.shape):
        raise r.fault(errors.IndexFault, f"a subscript on the scalar {r.scope.words(span)}", span)
    if 1 in (rows, cols):
        if len(positions) != 1:
            raise r.fault(errors.IndexFault, f"{r.scope.words(span)}: a vector has one index only", span)
        place = position(r, positions[0])
        fit(r, place, rows if cols == 1 else cols, span)
        if cols == 1:
            return scalar(lambda: El(base.build(), at(place), 1))
        return scalar(lambda: El(base.build(), 1, at(place)))
    if len(positions) == 1 and isinstance(positions[0], sx.Number) and len(positions[0].text) == 2:
        positions = [sx.Number(c, span=index.span) for c in positions[0].text]
    if len(positions) != 2:
        raise r.fault(errors.IndexFault, f"{r.scope.words(span)}: an element of a matrix has two indices", span)
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
            raise r.fault(errors.IndexFault, message, span)
        return
    found = resolve(size)
    if isinstance(found, int) and place > found:
        raise r.fault(errors.IndexFault, f"there is no element {place} on an axis of length {found}", span)


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
