"""Letters: symbols and their shapes, labels told from elements, rows and columns, vectors listed with dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import syntax as sx
from derivgen.latex.scope import Entry, Scope, Typed, leaf, scalar, symbol_term, transposed
from derivgen.latex.sizes import ONE_BY_ONE, Extents, Length, Unknown, fixed, is_scalar
from derivgen.latex.survey import is_capital, size_text
from derivgen.terms.nodes import (
    Const,
    Counter,
    Extent,
    Eye,
    Name,
    Num,
    Ones,
    Term,
    Zero,
)

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading

CONSTANTS = {"e": "e", "pi": "pi"}
LOSSES = frozenset("LJE")
"""Plain capitals that are scalars where they are differentiated, though other plain capitals are matrices."""


# ----------------------------------------------------------------------------------------------------- names
def is_labelled(exponent: sx.Syntax) -> bool:
    """Whether a superscript is a label: ``(i)``, ``(k+1)``, ``[2]``, ``*``."""
    match exponent:
        case sx.Words():
            return True
        case sx.Fenced("[", _):
            return True
        case sx.Fenced("(", body):
            return isinstance(body, (sx.Symbol, sx.Number)) or is_stepped(body)
    return False


def is_stepped(node: sx.Syntax) -> bool:
    """A counter and a number of steps, ``k+1`` or ``l-1``, which in parentheses above a letter are no power."""
    match node:
        case sx.Plus((sx.Symbol(name), sx.Number() | sx.Negative(sx.Number()))):
            return name.letter in COUNTERS
    return False


COUNTERS = frozenset({"k", "l", "ell", "t", "tau", "s", "r", "i", "j", "K", "L", "T"})
"""Letters that count steps, layers and samples."""


def full_name(r: Reading | Scope | None, node: sx.Syntax) -> Name | None:
    """The name that a symbol with label scripts makes, or None where it is not one."""
    match node:
        case sx.Symbol(name):
            return name
        case sx.Subscript(base, index):
            core = full_name(r, base)
            return core._replace(sub=size_text(index)) if core and not core.sub else None
        case sx.Superscript(base, exponent) if is_labelled(exponent):
            core = full_name(r, base)
            return core._replace(sup=size_text(exponent)) if core and not core.sup else None
        case sx.Primed(base, count):
            core = full_name(r, base)
            return core._replace(primes=count) if core else None
    return None


def is_euler(r: Reading, node: sx.Syntax) -> bool:
    return (
        isinstance(node, sx.Symbol)
        and node.name.letter == "e"
        and node.name.font in ("", "roman")
        and not (r.scope.known(node.name) or node.name in r.params)
    )


def is_declared_scalar(r: Reading, name: Name) -> bool:
    entry = r.scope.find(name)
    return entry is not None and entry.declared and entry.shape is not None and is_scalar(entry.shape)


def is_declared_column(r: Reading, node: sx.Syntax) -> bool:
    """Whether a term of a sum is a letter that the statement declares as a vector."""
    name = full_name(r, node.arg if isinstance(node, sx.Negative) else node)
    entry = r.scope.find(name) if name is not None else None
    return bool(entry and entry.declared and entry.shape and not is_scalar(entry.shape) and entry.shape[1] == 1)


def undecided(r: Reading, node: sx.Syntax, capitals: bool = False) -> bool:
    """A plain letter about which nothing is known yet; a capital only where that is asked."""
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
    return capitals or not is_capital(name)


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
    counts = size in scope.sizes or size in scope.survey.sizes  # the m of 1/m before a sum that runs to m
    if counts and not scope.known(name) and name.font in ("", "roman") and not name.sub:
        stands = scope.size(size)
        return leaf(Extent(stands) if isinstance(stands, str) else Num(stands))
    entry = scope.entry(name, span)
    if entry.kind in ("function", "logistic") and entry.meaning is None:
        hint = f"write {name.letter}(…) with its argument"
        raise r.fault(errors.Ambiguous, f"the function {name.letter} stands without an argument", span, hint)
    return r.entry_typed(entry)


def special_letter(r: Reading, name: Name) -> Typed | None:
    """The ones vector, the zero vector, the identity, e and pi, where they are not declared as something else."""
    upright = name.font in ("", "roman") and not (name.sub or name.accent or name.primes)
    if name.letter == "1" and name.font in ("bold", "bb", "vec"):
        return ones(r, name)
    if name.letter == "0" and name.font in ("bold", "vec"):
        rows = Unknown()
        return Typed((rows, 1), lambda: Zero(fixed(rows), 1))
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
            rows = r.scope.size(rows)
    else:
        r.scope.open_ones.append(rows)
    return Typed((rows, 1), lambda: Ones(fixed(rows), 1))


def identity(r: Reading, entry: Entry | None, sub: str = "") -> Typed:
    size: Length = Unknown()
    if sub:
        size = int(sub) if sub.isdigit() else r.scope.size(sub)
    elif entry is not None and entry.shape is not None:
        size = entry.shape[0]
    return Typed((size, size), lambda: Eye(fixed(size)))


def symbol(r: Reading, entry: Entry) -> Typed:
    """A letter without a definition; its shape is decided by its kind of letter where nothing else tells."""
    if entry.shape is None:
        entry.shape = guess_shape(r, entry)
    if entry.depends and not entry.arguments:
        refuse_circle(r, entry, [entry])
        nodes, entry.depends = entry.depends, []
        entry.arguments = [r.child({}).read(d) for d in nodes]
        entry.depends = nodes
    return Typed(entry.shape, lambda: build_symbol(entry))


def refuse_circle(r: Reading, first: Entry, way: list[Entry]) -> None:
    """A letter that depends on itself, by way of others, has no derivative."""
    for node in way[-1].depends:
        name = full_name(r.scope, node)
        found = r.scope.find(name) if name is not None else None
        if found is first:
            names = [e.name.letter for e in way]
            told = ", and ".join(
                f"{a} is a function of {b}" for a, b in zip(names, [*names[1:], names[0]], strict=True)
            )
            raise r.fault(
                errors.Ambiguous, f"{names[0]} depends on itself: {told}", first.span,
                "leave one of the definitions out; the quantities must not lead back to themselves",
            )  # fmt: skip
        if found is not None and found not in way:
            refuse_circle(r, first, [*way, found])


def build_symbol(entry: Entry) -> Term:
    if entry.built is None:
        assert entry.shape is not None
        deps = tuple(a.build() for a in entry.arguments)
        entry.built = symbol_term(entry, (fixed(entry.shape[0]), fixed(entry.shape[1])), deps)
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
    if is_loss(r.scope, entry.name) or (scalars and not vectors):
        entry.why, entry.loose = "from its use", True
        return
    letter = entry.name.letter
    message = f"{letter} is not declared, and nothing tells whether it is a scalar or a matrix"
    hint = f"declare its shape, for example ${letter}\\in\\mathbb{{R}}^{{m\\times n}}$"
    raise r.fault(errors.Undeclared, message, entry.span, hint)


def is_loss(scope: Scope, name: Name) -> bool:
    """Whether a plain capital stands above in a derivative where vectors and matrices are bold, or is a usual loss."""
    bold = any(n.font in ("bold", "vec") for n in scope.survey.bare)
    return not name.font and name in scope.survey.differentiated and (bold or name.letter in LOSSES)


# --------------------------------------------------------------------------------------------------- elements


def read_primed(r: Reading, node: sx.Primed) -> Typed:
    """A prime: a transpose where the statement says so, a derivative of a defined function, or part of a name."""
    if r.scope.prime_transposes:
        arg = r.read(node.base)
        return transposed(arg) if node.count % 2 else arg
    name = full_name(r, node)
    if name is not None:
        bare = name._replace(primes=0)
        entry = r.scope.find(bare)
        if entry is not None and entry.meaning is not None and entry.meaning.params:
            from derivgen.latex.calls import derivative_of

            return derivative_of(r, entry, node.count, entry.meaning.params, node.span)
        if entry is not None and entry.meaning is None and len(entry.depends) == 1:
            base = sx.Symbol(bare, span=node.span)
            return r.read(sx.Leibniz(base, tuple(entry.depends) * node.count, span=node.span))
        if entry is not None and entry.kind == "symbol" and entry.shape is not None and not is_scalar(entry.shape):
            hint = "write ^T, or say that a prime denotes transposition"
            raise r.fault(errors.Ambiguous, f"the prime on {bare.letter} may be a transpose or a name", node.span, hint)
        return read_name(r, name, node.span)
    raise r.fault(
        errors.Ambiguous, "this prime may be a transpose or a derivative", node.span, "write ^T for a transpose"
    )


# ----------------------------------------------------------------------------------------------------- listings
