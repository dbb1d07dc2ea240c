"""What is known about each letter of a statement: its shape, its properties, its definition."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from derivgen import errors
from derivgen.errors import Place, Span
from derivgen.latex import syntax as sx
from derivgen.latex.sizes import ONE_BY_ONE, Extents, Length, Unknown, is_scalar, resolve, show, unify
from derivgen.latex.survey import Survey, is_capital, size_text
from derivgen.notation.boxes import Box
from derivgen.terms.nodes import Idx, Name, Sym, Term, Tp
from derivgen.terms.positions import FixedIdx
from derivgen.terms.shapes import Size

FONT = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|vec|mathrm|mathsf|mathit|operatorname|mathcal|text)\s*(?:\{([^{}]*)\}|([A-Za-z0-9]))"
)
TRANSPOSE = re.compile(r"\^\s*(?:\{\s*)?(?:\\(?:top|intercal)|\\math(?:sf|rm)\s*\{?T\}?)(?:\s*\})?")
GAP = re.compile(r"\\(?:[,;:! ]|left|right|[bB]igg?[lr]?(?![a-z])|quad)")


class Typed(NamedTuple):
    """A formula whose shape is known as far as it has been read; ``build`` makes the term once all sizes are found."""

    shape: Extents
    build: Callable[[], Term]


@dataclass
class IndexLetter:
    """An index letter while a formula is read; ``shown`` is the letter it bears in the term."""

    shown: str
    size: Length
    fixed: bool = False
    """Whether it is a given position, and does not run."""

    def idx(self) -> Idx:
        size = resolve(self.size)
        if isinstance(size, Unknown):
            raise LookupError(self.shown)
        return FixedIdx(self.shown, size) if self.fixed else Idx(self.shown, size)


@dataclass
class Meaning:
    """``y = Ax``, ``f(x, y) = …``, ``y_i = …``: parameters or index letters, and the right side."""

    body: sx.Syntax
    params: tuple[sx.Syntax, ...] = ()
    indices: tuple[sx.Syntax, ...] = ()
    ranges: dict[str, sx.Syntax] = field(default_factory=dict)
    span: Span = sx.NOWHERE


@dataclass
class Entry:
    """One letter of a statement."""

    name: Name
    kind: str = "symbol"
    """"symbol", "function" (of scalars, undetermined), "logistic", "identity" or "size"."""
    shape: Extents | None = None
    props: set[str] = field(default_factory=set)
    constant: bool = False
    declared: bool = False
    why: str = "from its use"
    depends: list[sx.Syntax] = field(default_factory=list)
    arguments: list[Typed] = field(default_factory=list)
    """What an undetermined function depends on, once that has been read."""
    meaning: Meaning | None = None
    typed: Typed | None = None
    span: Span = sx.NOWHERE
    order: int = 0
    loose: bool = False
    """Taken for a scalar, or of an open size, with nothing in the statement that says so."""
    built: Term | None = None
    part: str | None = None
    """The part whose definition it bears."""
    home: str | None = None
    """The part that spoke of it first; None for what stands before all parts."""
    views: dict[str, Typed] = field(default_factory=dict)
    """The definition as parts see it that declare one of its letters anew."""


class Scope:
    """All letters of a statement, and what else its sentences agree on."""

    def __init__(self, text: str, source: str, found: Survey) -> None:
        self.text, self.source, self.survey = text, source, found
        self.entries: dict[Name, Entry] = {}
        self.sizes: dict[str, Span] = {}
        self.variants: dict[tuple[str, Name], Entry] = {}
        """Letters as one lettered part declares, describes or defines them, and no other."""
        self.part: str | None = None
        """The part that is being read, or one of its cases: "b", "b#2", "#1"."""
        self.parts: list[str] = []
        """The labels of the parts, in their order."""
        self.values: dict[str, dict[str, int]] = {}
        """The values that sizes have in a case."""
        self.told: dict[str, tuple[str | sx.Syntax, ...]] = {}
        """The words for a case: "X ∈ R^{n×1}"."""
        self.rows: dict[Name, tuple[Name, str]] = {}
        """Row families: ``x`` (of x_i) -> (X, "row" or "column")."""
        self.families: dict[Name, Length] = {}
        """Letters with a running index that are declared as vectors, with their length: ``x`` of x_k ∈ R^d."""
        self.asked_letters: set[str] = set()
        """The index letters of the elements that goals differentiate by; no sum may bear them."""
        self.maps: dict[Name, int] = {}
        """Functions of vectors, or with vectors as values, by their ``f: X → Y``."""
        self.vectors: set[Name] = set()
        """Plain letters that are vectors where they stand behind a matrix: a gradient is taken by them."""
        self.notes: list[tuple[str | sx.Syntax | Box, ...]] = []
        self.prime_transposes = False
        self.elementwise = False
        self.layout = "denominator"
        self.element_heads: set[Name] = set()
        """Vectors whose elements are written like values of a function."""
        self.fixed: dict[str, IndexLetter] = {}
        """Given positions, such as the x_t of A_{j x_t}."""
        self.ones_length: Length | None = None
        self.open_ones: list[Length] = []
        self.default_vector: Length | None = None
        self.default_matrix: Extents | None = None
        self.sized: Callable[[str], Size] | None = None
        """What a written size stands for, where the statement is read with other sizes than its own."""

    # -- places and words
    def place(self, span: Span) -> Place:
        return Place(self.text, span, self.source)

    def note(self, *pieces: str | sx.Syntax | Box) -> None:
        """A sentence for the read-back: words and formulas."""
        if pieces not in self.notes:
            self.notes.append(pieces)

    def words(self, span: Span) -> str:
        """The source of a formula without its font commands, for a message in plain text."""
        return plain(" ".join(self.text[span.start : span.end].split()))

    def fixed_index(self, letter: str) -> IndexLetter:
        return self.fixed.setdefault(letter, IndexLetter(letter, Unknown(), fixed=True))

    def size(self, letter: str) -> Size:
        """A size by its letter: the number that it is in this case, or what it is tried to be."""
        value = self.value(letter)
        if value is not None:
            return value
        return letter if self.sized is None else self.sized(letter)

    # -- letters
    def entry(self, name: Name, span: Span = sx.NOWHERE) -> Entry:
        """The entry of a letter, made where there is none."""
        found = self.find(name)
        if found is None:
            found = self.entries[name] = Entry(name, span=span, order=len(self.entries), home=self.part)
        return found

    def find(self, name: Name) -> Entry | None:
        """The entry of a letter as the current part sees it: its own, that of the statement, or the last one before."""
        first = self.entries.get(name)
        if self.part is None or not self.variants:
            return first
        own, part = self.mine(name), self.part.partition("#")[0]
        if own is not None or first is None or first.home is None or first.home == part:
            return own or first
        before = self.parts[: self.parts.index(part)] if part in self.parts else self.parts
        earlier = [e for p in reversed(before) if (e := self.variants.get((p, name))) is not None]
        return earlier[0] if earlier else first

    def mine(self, name: Name) -> Entry | None:
        """The entry of a letter that the current part, or its case, has for itself."""
        if self.part is None:
            return None
        return self.variants.get((self.part, name)) or self.variants.get((self.part.partition("#")[0], name))

    def value(self, size: str) -> int | None:
        """The number that a size stands for in the current case."""
        return self.values.get(self.part or "", {}).get(size)

    def own(self, entry: Entry) -> Entry:
        """The entry as the current part may describe it further: a copy, where others know the letter already."""
        if self.part is None or entry.home == self.part or entry.shape is None or not entry.declared:
            return entry
        return self.fork(entry)

    def fork(self, entry: Entry, shape: Extents | None = None) -> Entry:
        """A copy of an entry that holds in the current part only."""
        assert self.part is not None
        mine = replace(
            entry, shape=shape or entry.shape, props=set(entry.props), depends=list(entry.depends), arguments=[],
            typed=None, built=None, views={}, home=self.part,
        )  # fmt: skip
        self.variants[(self.part, entry.name)] = mine
        return mine

    def everywhere(self, entry: Entry) -> None:
        """What a letter depends on holds in the parts that declare it with shapes of their own, too."""
        for (_, name), mine in self.variants.items():
            if name == entry.name:
                mine.depends = mine.depends or list(entry.depends)

    def inherit(self) -> None:
        """What the statement says of a letter outside of its parts holds in all of them."""
        for (_, name), mine in self.variants.items():
            first = self.entries.get(name)
            if first is not None and first.home is None:
                mine.props |= first.props
                mine.constant = mine.constant or first.constant
                mine.depends = mine.depends or list(first.depends)
        before = self.part
        for part in dict.fromkeys(part for part, _ in self.variants):
            self.follow(part)
        self.part = before

    def follow(self, part: str) -> None:
        """A function of letters that a part declares anew is another one there, too."""
        own = {name for where, name in self.variants if where == part}
        behind = [e for e in self.entries.values() if e.name not in own and e.meaning is None]
        found = [e for e in behind if any(isinstance(d, sx.Symbol) and d.name in own for d in e.depends)]
        self.part = part
        for entry in found:
            self.fork(entry)
        if found:
            self.follow(part)

    def sees_anew(self, node: sx.Syntax) -> bool:
        """Whether the current part declares or defines a letter of a formula anew."""
        if self.part is None or not self.variants:
            return False
        for n in sx.walk(node):
            for name in (n.name, self.cousin(n.name)) if isinstance(n, sx.Symbol) else ():
                if self.mine(name) is not None:
                    return True
                entry = self.entries.get(name)
                body = entry.meaning.body if entry is not None and entry.meaning is not None else node
                if body != node and self.sees_anew(body):
                    return True
        return False

    def known(self, name: Name) -> bool:
        found = self.find(name)
        return found is not None and (found.declared or found.meaning is not None or found.shape is not None)

    def cousin(self, name: Name) -> Name:
        """The vector or matrix whose elements a plain letter with a subscript stands for: ``x_i`` of a bold x."""
        if self.has_axes(name) or (name.font in ("bold", "vec") and name in self.survey.bare):
            return name
        for font in ("bold", "vec", ""):
            other = name._replace(font=font)
            if other != name and (self.has_axes(other) or (font and other in self.survey.bare)):
                return other
        return name

    def has_axes(self, name: Name) -> bool:
        """Whether a letter is known to be a vector or matrix."""
        found = self.find(name)
        if found is None:
            return False
        if found.shape is not None:
            return not is_scalar(found.shape)
        if found.meaning is not None:
            return bool(found.meaning.indices) or name.font in ("bold", "vec") or is_capital(name)
        return False

    def agree(self, a: Length, b: Length, span: Span, told: Callable[[], str]) -> None:
        """Two sizes must be equal; otherwise the shapes and the place are named."""
        if not unify(a, b):
            raise errors.ShapeFault(
                f"shapes do not fit: {told()}", place=self.place(span), hint="check the declared sizes"
            )

    def declare(self, name: Name, shape: Extents | None, span: Span, why: str = "stated") -> Entry:
        """A letter is given a shape by the statement; a second, different one is an error."""
        found = self.entry(name, span)
        others = self.part is not None and found.home != self.part
        if shape is not None and others and found.shape is not None and differ(found.shape, shape):
            found = self.fork(found, shape)
        if shape is not None:
            if found.shape is not None and not (unify(found.shape[0], shape[0]) and unify(found.shape[1], shape[1])):
                raise errors.ShapeFault(
                    f"shapes do not fit: {name.letter} is declared as {show(found.shape)} and as {show(shape)}",
                    place=self.place(span),
                )
            found.shape = found.shape or shape
        found.declared, found.why = True, why
        if not found.span.end:
            found.span = span
        return found


def as_declared(scope: Scope, entry: Entry, body: Typed, meaning: Meaning) -> Typed:
    """The right side of a definition, which must have the shape that its letter is declared with."""
    if entry.shape is not None:
        for a, b in zip(entry.shape, body.shape, strict=True):
            scope.agree(
                a, b, meaning.span,
                lambda: f"{entry.name.letter} is declared as {show(entry.shape or body.shape)}, "
                f"but its definition is {show(body.shape)}",
            )  # fmt: skip
    return body


def differ(one: Extents, other: Extents) -> bool:
    return [resolve(s) for s in one] != [resolve(s) for s in other]


def plain(latex: str) -> str:
    """LaTeX in fewer signs: fonts, sizes and spaces dropped, transposes short."""
    text = TRANSPOSE.sub("^T", latex)
    while True:
        bare = FONT.sub(lambda m: m[1] or m[2], text)
        if bare == text:
            break
        text = bare
    return " ".join(GAP.sub(" ", text).split())


def symbol_term(entry: Entry, shape: tuple[int | str, int | str], deps: tuple[Term, ...]) -> Sym:
    return Sym(entry.name, shape[0], shape[1], tuple(sorted(entry.props)), *deps)


def scalar(build: Callable[[], Term]) -> Typed:
    return Typed(ONE_BY_ONE, build)


def leaf(term: Term) -> Typed:
    return Typed(term.shape, lambda: term)


def length_of(scope: Scope, node: sx.Syntax) -> Length:
    """A written size: a number, or a letter that becomes known as a size."""
    if isinstance(node, sx.Number) and node.text.isdigit() and int(node.text) > 0:
        return int(node.text)
    if isinstance(node, (sx.Number, sx.Negative)):
        raise errors.ShapeFault("a size must be a positive whole number or a letter", place=scope.place(node.span))
    if isinstance(node, sx.Fenced):
        return length_of(scope, node.body)
    text = size_text(node)
    scope.sizes.setdefault(text, node.span)
    return scope.size(text)


def transposed(arg: Typed) -> Typed:
    if is_scalar(arg.shape):
        return arg
    return Typed((arg.shape[1], arg.shape[0]), lambda: Tp(arg.build()))


def require_square(scope: Scope, arg: Typed, what: str, span: Span) -> None:
    scope.agree(
        arg.shape[0], arg.shape[1], span,
        lambda: f"{what} needs a square matrix, but in {scope.words(span)} it is {show(arg.shape)}",
    )  # fmt: skip


def same_shape(scope: Scope, what: str, one: tuple[sx.Syntax, Extents], other: tuple[sx.Syntax, Extents]) -> None:
    """Two operands must have one shape; otherwise both are named with theirs."""
    (first, a), (second, b) = one, other
    words = scope.words

    def told() -> str:
        return f"{words(first.span)} is {show(a)}, {words(second.span)} is {show(b)}, so they have no {what}"

    scope.agree(a[0], b[0], second.span, told)
    scope.agree(a[1], b[1], second.span, told)
