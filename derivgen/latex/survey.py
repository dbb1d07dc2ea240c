"""What the use of a letter shows before anything is typed: transposed, subscripted, in a denominator, called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from derivgen.latex import syntax as sx
from derivgen.terms.nodes import Name

MATRIX_FUNCTIONS = frozenset({"tr", "det", "vec"})
VECTOR_FUNCTIONS = frozenset({"softmax", "logsumexp"})

RANGED = frozenset({"min", "max", "argmin", "argmax", "inf", "sup"})
"""Operators that range over letters of their own: the x ∈ R^n below a minimum is a variable, and no index."""


@dataclass
class Survey:
    """Every letter of a statement by its use; names are without label subscripts."""

    bare: dict[Name, sx.Symbol] = field(default_factory=dict)
    """Letters that stand free of subscripts and are not the head of an application, with their first place."""
    standing: set[Name] = field(default_factory=set)
    """Letters that stand so inside a longer formula, not just as a mention in a sentence."""
    heads: set[Name] = field(default_factory=set)
    ranks: dict[Name, str] = field(default_factory=dict)
    """"vector", "matrix" or "scalar", where the use of a plain letter shows it."""
    indexed: dict[Name, int] = field(default_factory=dict)
    """Letters with index letters below them, and how many."""
    counted: dict[Name, set[int]] = field(default_factory=dict)
    """The numbers below a letter, with 0 for an index that is none."""
    sizes: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)
    """Letters that run as an index somewhere."""
    below: set[str] = field(default_factory=set)
    """Letters that stand in a subscript somewhere."""
    differentiated: set[Name] = field(default_factory=set)
    """Letters that stand alone above in a derivative: y of dy/dx, f of df/dg."""
    variables: set[Name] = field(default_factory=set)
    """Letters that stand alone below: x of dy/dx, g of df/dg."""
    by: set[Name] = field(default_factory=set)
    """Letters by which anything is differentiated."""
    edges: dict[tuple[Name, Name], sx.Symbol] = field(default_factory=dict)
    """(y, x) for every dy/dx that stands somewhere, with its x."""
    calls: dict[Name, list[sx.Syntax]] = field(default_factory=dict)
    """What each letter is applied to."""
    primes: bool = False
    """Whether a prime denotes the transpose."""

    def last_element(self, name: Name) -> int:
        """The number of the last element of a vector, where its elements are spoken of by their numbers alone."""
        numbers = set[int]().union(*(self.counted.get(name._replace(font=f), set()) for f in (name.font, "")))
        return max(numbers) if numbers and 0 not in numbers else 0


def survey(roots: Iterable[sx.Syntax], primes: bool = False) -> Survey:
    found = Survey(primes=primes)
    for root in roots:
        mentioned = [item for item in sx.items(root) if isinstance(item, sx.Symbol)]
        if len(mentioned) == len(sx.items(root)):
            for item in mentioned:
                found.bare.setdefault(item.name, item)
        else:
            _visit(root, found)
    # A function may be differentiated, and by another one, under its name alone: df/dg where h(x) = f(g(x)).
    found.standing |= found.differentiated - found.heads
    found.standing |= found.variables - (found.heads & found.differentiated)
    return found


LATIN = {
    "alpha": "A", "beta": "B", "epsilon": "E", "varepsilon": "E", "zeta": "Z", "eta": "H", "iota": "I", "kappa": "K",
    "mu": "M", "nu": "N", "omicron": "O", "rho": "P", "varrho": "P", "tau": "T", "chi": "X",
}  # fmt: skip
"""Greek letters whose capitals are Latin letters to LaTeX."""


def capital_of(letter: str) -> str:
    """The capital of a letter: Φ of φ, X of x."""
    if len(letter) == 1:
        return letter.upper()
    return LATIN.get(letter) or letter.removeprefix("var").capitalize()


def is_capital(name: Name) -> bool:
    return name.letter[:1].isupper()


def index_letters(index: sx.Syntax) -> list[sx.Syntax]:
    r"""The positions in a subscript: ``ij``, ``i,j``, ``12``, ``i,:``; one that is neither is a label."""
    match index:
        case sx.Tuple(items):
            return list(items)
        case sx.Product(factors, signs) if not any(signs):
            return list(factors)
    return [index]


def is_index(node: sx.Syntax) -> bool:
    return isinstance(node, sx.Symbol) and node.name.letter.islower() and node.name == Name(node.name.letter)


def is_fixed(node: sx.Syntax) -> bool:
    """Whether a position is a letter with a label of its own, as the x_t of ``A_{j x_t}``: a given integer."""
    return isinstance(node, sx.Subscript) and is_index(node.base)


def _mark(node: sx.Syntax, found: Survey, rank: str = "") -> None:
    """The node shows itself to be a vector or a matrix, told by its letter where the use fits both."""
    if isinstance(node, sx.Fenced):
        node = node.body
    if isinstance(node, sx.Symbol):
        found.ranks.setdefault(node.name, rank or ("matrix" if is_capital(node.name) else "vector"))


def _mark_tail(node: sx.Syntax, found: Survey) -> None:
    """A sum in the place of a vector: its letters, and the letter that a matrix is applied to (the x of Ax - b)."""
    match node:
        case sx.Fenced("(" | "[", body):
            _mark_tail(body, found)
        case sx.Plus(terms):
            for t in terms:
                _mark_tail(t, found)
        case sx.Negative(arg):
            _mark_tail(arg, found)
        case sx.Symbol():
            _mark(node, found)
        case _:
            applied = applied_letter(node)
            if applied is not None:
                found.ranks.setdefault(applied.name, "vector")


def applied_letter(node: sx.Syntax) -> sx.Symbol | None:
    """The plain lower-case letter at the end of a product, right behind a capital: the x of Ax."""
    if isinstance(node, sx.Negative):
        node = node.arg
    if not isinstance(node, sx.Product) or len(node.factors) < 2:
        return None
    before, last = node.factors[-2:]
    while isinstance(before, (sx.Transpose, sx.Superscript)):
        before = before.base
    if not isinstance(before, sx.Symbol) or not is_capital(before.name) or not isinstance(last, sx.Symbol):
        return None
    return None if is_capital(last.name) or last.name.font else last


def _mark_scalars(node: sx.Syntax, found: Survey) -> None:
    """All letters of a product in the place of a scalar, where none of them is seen to be more."""
    match node:
        case sx.Symbol(name):
            found.ranks.setdefault(name, "scalar")
        case sx.Product(factors) if all(isinstance(f, (sx.Symbol, sx.Number)) for f in factors):
            for f in factors:
                _mark_scalars(f, found)
        case sx.Plus(terms):
            for t in terms:
                _mark_scalars(t, found)
        case sx.Superscript(base, _) if isinstance(base, sx.Symbol):
            found.ranks.setdefault(base.name, "scalar")


def _visit(node: sx.Syntax, found: Survey) -> None:
    """Record what a node shows, then what is inside it."""
    if isinstance(node, sx.Leibniz):
        found.by.update(n.name for n in node.by if isinstance(n, sx.Symbol))
    match node:
        case sx.Symbol(name):
            found.bare.setdefault(name, node)
            found.standing.add(name)
            return
        case sx.Primed(sx.Symbol(name) as core) if not found.primes:
            found.bare.setdefault(name, core)  # the derivative of a function, which shows no value
            return
        case sx.Subscript(base, index):
            _visit_subscript(base, index, found)
            return
        case sx.MaybeCall(head, operand):
            _visit_application(head, operand, found)
            return
        case sx.Mapping(names, source, target):
            for name_node in sx.items(names) if names is not None else ():
                if isinstance(name_node, sx.Symbol):
                    found.bare.setdefault(name_node.name, name_node)
            _visit(source, found)
            _visit(target, found)
            return
        case sx.Space(_, sizes):
            found.sizes.update(size_text(s) for s in sizes)
            return
        case sx.Leibniz(sx.Symbol() as body, by):
            _visit_derivative(body, by, found)
            return
        case sx.Large(name, lower, upper, _):
            if name not in RANGED or (isinstance(lower, sx.Symbol) and lower.name.letter in "ijkl"):
                _visit_bounds(lower, upper, found)
        case sx.Chain((sx.Symbol(name), sx.Tuple(items)), ("=",)) if any(isinstance(i, sx.Dots) for i in items):
            found.letters.add(name.letter)
            found.sizes.add(size_text(items[-1]))
        case _:
            _evidence(node, found)
    for child in sx.children(node):
        _visit(child, found)


def _evidence(node: sx.Syntax, found: Survey) -> None:
    """What an operation shows about the letters that it works on."""
    match node:
        case sx.Transpose(base):
            _mark_tail(base, found)
        case sx.Primed(base) if found.primes:
            _mark_tail(base, found)
        case sx.Call(head, args):
            core = head.base if isinstance(head, (sx.Superscript, sx.Subscript)) else head
            name = core.name if isinstance(core, sx.FunctionName) else ""
            for a in args:
                if name in MATRIX_FUNCTIONS:
                    _mark_product(a, found)
                elif name in VECTOR_FUNCTIONS:
                    _mark(a, found)
        case sx.Superscript(base, sx.Elementwise(_, "⊙")):
            _mark(base, found)
        case sx.Superscript(base, exponent):
            letter = isinstance(exponent, sx.Symbol) and exponent.name.letter.islower() and not exponent.name.font
            if letter or isinstance(exponent, sx.Plus) or (isinstance(base, sx.Symbol) and base.name == Name("e")):
                _mark_scalars(exponent, found)
        case sx.Fenced("‖", body):
            _mark_tail(body, found)
        case sx.Fenced("⟨", body):
            for item in sx.items(body):
                _mark(item, found)
        case sx.Circled(factors, signs) if "⊗" not in signs:
            for f in factors:
                _mark_tail(f, found)
        case sx.Fraction(_, den):
            _mark_scalars(den, found)


def _visit_derivative(body: sx.Symbol, by: tuple[sx.Syntax, ...], found: Survey) -> None:
    """A letter by letters: those that are functions elsewhere do not stand for themselves here."""
    for node in (body, *by):
        if isinstance(node, sx.Symbol):
            found.bare.setdefault(node.name, node)
    found.differentiated.add(body.name)
    for node in by:
        if isinstance(node, sx.Symbol):
            found.variables.add(node.name)
            found.edges.setdefault((body.name, node.name), node)
        else:
            _visit(node, found)


def _visit_application(head: sx.Syntax, operand: sx.Syntax, found: Survey) -> None:
    core = head.base if isinstance(head, sx.Primed) else head
    if isinstance(core, sx.Symbol):
        found.heads.add(core.name)
        found.calls.setdefault(core.name, []).append(operand)
    else:
        _visit(core, found)
    if isinstance(operand, sx.Transpose) and isinstance(operand.base, sx.Fenced) and isinstance(core, sx.Symbol):
        body = operand.base.body
        if isinstance(body, sx.Symbol) and not body.name.font:
            _mark(core, found)
            _visit(body, found)
            return
    _visit(operand, found)


def _mark_product(node: sx.Syntax, found: Survey) -> None:
    """Letters multiplied inside a trace or a determinant are matrices, where they are capitals."""
    match node:
        case sx.Symbol(name):
            if is_capital(name):
                found.ranks.setdefault(name, "matrix")
        case sx.Product(factors):
            for f in factors:
                _mark_product(f, found)
        case sx.Transpose(base) | sx.Superscript(base, _):
            _mark_product(base, found)
        case sx.Plus(terms):
            for t in terms:
                _mark_product(t, found)
        case sx.Negative(arg):
            _mark_product(arg, found)
        case sx.Fenced(_, body):
            _mark_product(body, found)


def _visit_subscript(base: sx.Syntax, index: sx.Syntax, found: Survey) -> None:
    positions = index_letters(index)
    found.below.update(p.name.letter for p in positions if isinstance(p, sx.Symbol))
    if isinstance(base, sx.Symbol):
        first = len(positions) == 1 and positions[0] == sx.Number("0")  # elements are counted from 1: a first value
        if not first and all(
            is_index(p) or is_fixed(p) or isinstance(p, (sx.Number, sx.Placeholder)) for p in positions
        ):
            count = len(positions)
            if isinstance(index, sx.Number) and len(index.text) == 2 and is_capital(base.name):
                count = 2
            found.indexed[base.name] = max(count, found.indexed.get(base.name, 0))
            number = int(index.text) if isinstance(index, sx.Number) and index.text.isdigit() else 0
            found.counted.setdefault(base.name, set()).add(number)
        return
    if not isinstance(base, sx.Fenced) or base.left != "‖":
        _visit(base, found)
        return
    _mark(base.body, found)
    _visit(base.body, found)


def _visit_bounds(lower: sx.Syntax | None, upper: sx.Syntax | None, found: Survey) -> None:
    heads = [lower.sides[0]] if isinstance(lower, sx.Chain) else [] if lower is None else [lower]
    for head in heads:
        for item in sx.items(head) if head is not None else ():
            if isinstance(item, sx.Symbol):
                found.letters.add(item.name.letter)
    if upper is not None:
        found.sizes.add(size_text(upper))


def size_text(node: sx.Syntax) -> str:
    """A size as written: "n", "3", "n+1", "n_x"."""
    match node:
        case sx.Number(text) | sx.Words(text):
            return text
        case sx.Symbol(name):
            return spell(name)
        case sx.Plus(terms):
            parts = [size_text(t) for t in terms]
            return parts[0] + "".join(p if p.startswith("-") else "+" + p for p in parts[1:])
        case sx.Negative(arg):
            return "-" + size_text(arg)
        case sx.Product(factors):
            return "".join(size_text(f) for f in factors)
        case sx.Subscript(base, index):
            return f"{size_text(base)}_{{{size_text(index)}}}"
        case sx.Fenced(left, body, right):
            return left + size_text(body) + right
        case sx.Superscript(base, exponent):
            return f"{size_text(base)}^{{{size_text(exponent)}}}"
        case sx.Primed(base, count):
            return size_text(base) + "'" * count
        case sx.Tuple(items):
            return ",".join(size_text(i) for i in items)
    return "?"


def spell(name: Name) -> str:
    """A letter in LaTeX; longer ones are commands."""
    core = name.letter if len(name.letter) == 1 else "\\" + name.letter
    return core if name.font != "roman" else name.letter
