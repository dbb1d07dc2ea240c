"""What formulas declare by themselves: shapes, properties, listings, conditions; all into the scope."""

from __future__ import annotations

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import letters
from derivgen.latex import syntax as sx
from derivgen.latex.facts import Condition, Fact, JacobianRule, Listed, Maps, Member, Runs, States
from derivgen.latex.scope import Entry, Scope, length_of
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.sizes import ONE_BY_ONE, Extents, Unknown, is_scalar, resolve, show, unify
from derivgen.latex.survey import index_letters, is_index
from derivgen.terms.nodes import Name

SQUARE_ONLY = (
    "symmetric",
    "skew-symmetric",
    "positive definite",
    "positive semidefinite",
    "invertible",
    "orthogonal",
    "diagonal",
)


class Declarer:
    """Puts what formulas say by themselves into the scope."""

    def __init__(self, scope: Scope, sentences: list[Sentence]) -> None:
        self.scope, self.sentences = scope, sentences
        self.conditions: list[sx.Chain] = []
        self.rules: list[JacobianRule] = []
        self.square: list[tuple[Entry, str, Span]] = []
        self.spread: dict[int, list[tuple[int, int]]] = {}
        """Where sentences give a list of sizes to a list of letters."""

    # ------------------------------------------------------------------------------------------- formulas alone
    def fact(self, fact: Fact, slot: Slot) -> None:
        match fact:
            case Member(span, names, space):
                slot.used = True
                self.member(names, space, span)
            case Maps(_, names, source, target):
                slot.used = True
                self.maps(names, source, target)
            case Listed(span, first, last):
                self.listed(first, last, span)
            case Runs(_, running, top):
                slot.used = True
                self.scope.survey.letters.update(running)
                length_of(self.scope, top)
            case Condition(_, chain):
                slot.used = True
                self.conditions.append(chain)
                self.property_of(chain)
            case JacobianRule():
                slot.used = True
                self.rules.append(fact)
            case States(_, chain):
                slot.used = True
                self.symmetry(chain)
                self.sum_of_one(chain)

    def sum_of_one(self, chain: sx.Chain) -> None:
        """``Σ_k y_k = 1``."""
        match chain:
            case sx.Chain((sx.Large("sum", _, _, sx.Subscript(sx.Symbol(name), index)), sx.Number("1")), ("=",)):
                if is_index(index):
                    self.scope.entry(self.scope.cousin(name), chain.span).props.add("summing to 1")

    def member(self, names: tuple[sx.Syntax, ...], space: sx.Syntax, span: Span) -> None:
        shape = self.space_shape(space)
        if len(names) > 2 and isinstance(names[-2], sx.Dots):
            if shape is not None and is_scalar(shape):
                self.listed(names[0], names[-1], span)
            return
        for node in names:
            if isinstance(node, sx.Fenced):
                for item in sx.items(node.body):
                    self.declare(item, ONE_BY_ONE)
            else:
                self.declare(node, shape)
            if isinstance(space, sx.Space) and space.sub in (">0", "+", "++", ">"):
                self.add(node, "positive definite" if space.letter == "S" else "positive")

    def space_shape(self, space: sx.Syntax) -> Extents | None:
        match space:
            case sx.Space("S", sizes) if len(sizes) == 1:
                n = length_of(self.scope, sizes[0])
                return (n, n)
            case sx.Space(letter, sizes) if letter in "RCQZN":
                found = [length_of(self.scope, s) for s in sizes]
                return (found[0] if found else 1, found[1] if len(found) > 1 else 1)
            case sx.Superscript(sx.Fenced(), exponent):
                return (length_of(self.scope, exponent), 1)
            case sx.Fenced():
                return ONE_BY_ONE
        return None

    def declare(self, node: sx.Syntax, shape: Extents | None, why: str = "stated") -> Entry | None:
        """A written name gets a shape; what is not a name is left alone."""
        scope = self.scope
        if isinstance(node, sx.MaybeCall) and isinstance(node.operand, sx.Fenced):
            entry = self.declare(node.head, shape, why)
            if entry is not None and not entry.depends and entry.meaning is None:
                entry.depends = list(sx.items(node.operand.body))
            return entry
        if isinstance(node, sx.Transpose) and shape is not None:
            return self.declare(node.base, (shape[1], shape[0]), why)
        name = letters.full_name(scope, node)
        if name is not None and isinstance(node, sx.Subscript) and self.is_running(node):
            core = letters.full_name(scope, node.base)
            if core is not None and shape is not None and not is_scalar(shape):
                scope.families[core] = shape[0] if resolve(shape[1]) == 1 else shape[1]
            return None
        if name is None:
            return None
        if name.letter == "1" and name.font in ("bold", "bb", "vec"):
            if shape is not None:
                scope.ones_length = shape[0] if resolve(shape[0]) != 1 else shape[1]
            return None
        if name.letter == "0" and name.font in ("bold", "vec"):
            return None
        if self.is_size(name):
            if shape is not None and not is_scalar(shape):
                raise errors.Ambiguous(
                    f"{name.letter} is used as a size and as the name of a vector or matrix",
                    place=scope.place(node.span), hint="write one of them with another letter, or the matrix in bold",
                )  # fmt: skip
            return None
        return scope.declare(name, shape, node.span, why)

    def is_size(self, name: Name) -> bool:
        """Whether a plain letter is known as a size and as nothing else."""
        bare = name == Name(name.letter) and name not in self.scope.survey.indexed
        return (
            bare
            and (name.letter in self.scope.sizes or name.letter in self.scope.survey.sizes)
            and not self.scope.known(name)
        )

    def is_running(self, node: sx.Syntax) -> bool:
        r"""``x_i`` with a running letter is no name of its own."""
        if not isinstance(node, sx.Subscript):
            return False
        return all(
            isinstance(p, sx.Symbol) and p.name.letter in self.scope.survey.letters for p in index_letters(node.index)
        )

    def maps(self, names: tuple[sx.Syntax, ...], source: sx.Syntax, target: sx.Syntax) -> None:
        shape = self.space_shape(target)
        single = isinstance(source, sx.Space) and not source.sizes
        for node in names:
            name = letters.full_name(self.scope, node)
            if name is None:
                continue
            if shape is not None and is_scalar(shape) and (single or self.takes_numbers(name, source)):
                entry = self.scope.entry(name, node.span)
                entry.kind, entry.declared, entry.why = "function", True, "stated"
            else:
                spaces = source.factors if isinstance(source, sx.Product) and "×" in source.signs else (source,)
                self.scope.maps[name] = len(spaces)
                self.scope.declare(name, shape, node.span)

    def takes_numbers(self, name: Name, source: sx.Syntax) -> bool:
        """Whether f: R^2 → R is applied to two things wherever it is applied: a function of two numbers."""
        calls = self.scope.survey.calls.get(name, [])
        if not calls or not isinstance(source, sx.Space) or len(source.sizes) != 1:
            return False
        size = source.sizes[0]
        if not isinstance(size, sx.Number) or size.text not in ("2", "3", "4"):
            return False
        inside = [c.body for c in calls if isinstance(c, sx.Fenced)]
        return len(inside) == len(calls) and all(len(sx.items(i)) == int(size.text) for i in inside)

    def listed(self, first: sx.Syntax, last: sx.Syntax, span: Span) -> Entry | None:
        r"""``w_1, \dots, w_n``: a vector by its entries."""
        if not isinstance(first, sx.Subscript) or not isinstance(last, sx.Subscript) or first.index != sx.Number("1"):
            return None
        core = letters.full_name(self.scope, first.base)
        if core is None or core.font in ("bold", "vec"):
            return None
        name = self.scope.cousin(core)
        if name == core and any(n.font == "bold" and n.letter == core.letter for n in self.scope.survey.bare):
            name = core._replace(font="bold")
        return self.scope.declare(name, (length_of(self.scope, last.index), 1), span)

    def property_of(self, chain: sx.Chain) -> None:
        """Signs as properties: λ > 0 is positive, y ≠ 0 nonzero, A ≻ 0 positive definite."""
        for k, sign in enumerate(chain.signs):
            left, right = chain.sides[k], chain.sides[k + 1]
            if left is None or right is None:
                continue
            zero = right == sx.Number("0") or (isinstance(right, sx.Symbol) and right.name.letter == "0")
            words = {
                ">": "positive",
                "≠": "nonzero",
                "≥": "nonnegative",
                "≻": "positive definite",
                "⪰": "positive semidefinite",
            }
            if zero and sign in words:
                items = sx.items(left)
                if len(items) > 2 and isinstance(items[-2], sx.Dots):  # w_1, …, w_N > 0
                    self.listed(items[0], items[-1], chain.span)
                    items = items[:1]
                for item in items:
                    self.add(item, words[sign])
            if left == sx.Number("0") and sign == "<":
                self.add(right, "positive")

    def add(self, node: sx.Syntax, prop: str) -> None:
        if isinstance(node, sx.Subscript):
            core = letters.full_name(self.scope, node.base)
            whole = letters.full_name(self.scope, node)
            if whole is not None and whole in self.scope.entries:
                self.scope.entry(whole).props.add(prop)
            elif core is not None and prop == "positive":
                self.scope.own(self.scope.entry(self.scope.cousin(core), node.span)).props.add(prop)
            return
        name = letters.full_name(self.scope, node)
        if name is not None:
            entry = self.scope.own(self.scope.entry(name, node.span))
            entry.props.add(prop)
            if prop in SQUARE_ONLY:
                self.square.append((entry, prop, node.span))

    def symmetry(self, chain: sx.Chain) -> None:
        """Equations that state a property: A^T = A, K^T = -K, Q^TQ = I, a^Ta = 1."""
        if chain.signs[0] != "=":
            return
        match chain.sides[:2]:
            case (sx.Transpose(a), b) | (b, sx.Transpose(a)) if a == b:
                self.add(b, "symmetric")
            case (sx.Transpose(a), sx.Negative(b)) | (sx.Negative(b), sx.Transpose(a)) if a == b:
                self.add(b, "skew-symmetric")
            case (b, sx.Negative(sx.Transpose(a))) | (sx.Negative(sx.Transpose(a)), b) if a == b:
                self.add(a, "skew-symmetric")
            case (sx.Product((sx.Transpose(a), b)), sx.Symbol(Name("I"))) if a == b:
                self.add(b, "orthonormal columns")
            case (sx.Product((b, sx.Transpose(a))), sx.Symbol(Name("I"))) if a == b:
                self.add(b, "orthogonal")
            case (sx.Product((sx.Transpose(a), b)), sx.Number("1")) if a == b:
                self.add(b, "unit")
            case (sx.Fenced("‖", a), sx.Number("1")):
                self.add(a, "unit")

    # ----------------------------------------------------------------------------------------------- checks
    def check_squares(self) -> None:
        """Properties that only a square matrix can have; orthonormal columns of one make it orthogonal."""
        for entry in (*self.scope.entries.values(), *self.scope.variants.values()):
            shape = entry.shape
            if "orthonormal columns" in entry.props and shape and resolve(shape[0]) == resolve(shape[1]):
                entry.props = entry.props - {"orthonormal columns"} | {"orthogonal"}
        for entry, prop, span in self.square:
            if entry.shape is None:
                if entry.meaning is None and prop != "diagonal":
                    n = Unknown()
                    entry.shape, entry.declared = (n, n), True
                continue
            if is_scalar(entry.shape) and prop.startswith("positive"):
                continue
            if not unify(entry.shape[0], entry.shape[1]):
                raise errors.ShapeFault(
                    f"shapes do not fit: {entry.name.letter} is {show(entry.shape)}, but a {prop} matrix is square",
                    place=self.scope.place(span),
                )


def is_letter(node: sx.Syntax) -> bool:
    match node:
        case sx.Symbol():
            return True
        case sx.Subscript(base, _) | sx.Superscript(base, sx.Fenced()) | sx.Primed(base, _):
            return is_letter(base)
    return False
