"""Definitions: a letter, an element or a function on the left of an equals sign."""

from __future__ import annotations

import cmath
import math
import re

from derivgen.errors import Span
from derivgen.latex import asking, letters
from derivgen.latex import syntax as sx
from derivgen.latex.asks import is_at, is_place, is_value
from derivgen.latex.declare import Declarer
from derivgen.latex.facts import Defines, Runs
from derivgen.latex.optima import no_definitions
from derivgen.latex.scope import Entry, Meaning, differ, length_of
from derivgen.latex.sentences import Sentence
from derivgen.latex.sizes import ONE_BY_ONE, Unknown, is_scalar
from derivgen.latex.survey import index_letters, is_capital, is_index
from derivgen.notation.names import name_box
from derivgen.terms.nodes import Name


class Definer(Declarer):
    """Puts the definitions of a statement into the scope."""

    def definitions(self, sentence: Sentence) -> None:
        ranges = {c: f.top for s in sentence.slots for f in s.facts if isinstance(f, Runs) for c in f.letters}
        points = [(s, m) for m in asking.AT_POINT.finditer(sentence.text) for s in sentence.named(m["point"])]
        no_names = no_definitions(sentence)
        for slot in sentence.slots:
            for fact in slot.facts if not any(slot is s for s in no_names) else ():
                if isinstance(fact, Defines) and not any(slot is s and is_given(fact, m) for s, m in points):
                    slot.used = True
                    self.define(fact, ranges, sentence.part)

    def define(self, fact: Defines, ranges: dict[str, sx.Syntax], part: str | None) -> None:
        left, right, scope = fact.left, fact.right, self.scope
        match left:
            case sx.MaybeCall(head, sx.Fenced(_, body)):
                name = letters.full_name(scope, head)
                if name is not None and not isinstance(head, sx.Primed):
                    self.define_function(name, sx.items(body), right, fact.span, part)
                return
            case sx.Call(head, args):
                name = Name(head.name, "roman") if isinstance(head, sx.FunctionName) else letters.full_name(scope, head)
                if name is not None:
                    self.define_function(name, args, right, fact.span, part)
                return
            case sx.Primed():
                return
            case sx.Transpose(sx.Subscript() as row):
                self.define_rows(row, sx.Transpose(right, span=right.span), ranges, fact.span, part)
                return
            case sx.Subscript(base, index):
                if self.define_rows(left, right, ranges, fact.span, part):
                    return
                core = letters.full_name(scope, base)
                if core is not None and (of := scope.find(core)) is not None and of.meaning and of.meaning.params:
                    return
                if core is not None and self.is_indexed(core, index, right, ranges):
                    self.define_entries(core, index, right, ranges, fact.span, part)
                    return
        name = letters.full_name(scope, left)
        if name is None or isinstance(right, sx.PlusMinus):
            return
        if isinstance(right, sx.MaybeCall) and right.head == left:
            entry = self.declare(right, None)
            if entry is not None and entry.shape is None and not name.font and is_capital(name):
                entry.shape = ONE_BY_ONE  # F = F(u, v) is a function of its arguments, and no matrix
            return
        if self.own_entries(name, right, left.span) or self.is_mapped(name, right, left.span):
            return
        length = own_listing(name, right)
        if length is not None and not self.has_own_elements(name):
            scope.declare(name, (length_of(scope, length), 1), left.span)
            return
        if name.letter in scope.sizes and not name.font and not scope.known(name):
            return
        if isinstance(right, sx.Leibniz):
            self.suppose_function(right)
        self.put(name, Meaning(right, span=fact.span), left.span, part)

    def suppose_function(self, derivative: sx.Leibniz) -> None:
        """``G = dL/dZ`` of an L that nothing else is said about: L is a function of Z."""
        body = letters.full_name(self.scope, derivative.body) if derivative.body is not None else None
        if body is None or body in self.scope.survey.heads:
            return
        entry = self.scope.entry(body, derivative.span)
        if entry.meaning is not None or entry.depends or entry.kind != "symbol":
            return
        entry.depends = list(derivative.by)
        self.scope.note(name_box(body), " was taken as a function of ", *derivative.by, ".")

    def own_entries(self, name: Name, right: sx.Syntax, span: Span) -> bool:
        """``A = (a_{ij})`` says how the entries of A are written, and defines nothing."""
        while isinstance(right, (sx.Subscript, sx.Superscript)):
            right = right.base
        if not isinstance(right, sx.Fenced) or not isinstance(right.body, sx.Subscript):
            return False
        base, positions = right.body.base, index_letters(right.body.index)
        if not isinstance(base, sx.Symbol) or not all(is_index(p) for p in positions):
            return False
        if base.name.letter.lower() != name.letter.lower():
            return False
        entry = self.scope.find(name)
        shaped = entry is not None and entry.shape is not None
        self.scope.declare(name, None if shaped else (Unknown(), Unknown() if len(positions) == 2 else 1), span)
        return True

    def is_mapped(self, name: Name, right: sx.Syntax, span: Span) -> bool:
        """``y = g(x)`` of vectors of different lengths, or of a scalar and a vector: g is an unknown function of x.

        Where the statement has functions that act element by element, one whose value has the shape of x is such.
        """
        if not isinstance(right, sx.MaybeCall) or not isinstance(right.head, sx.Symbol):
            return False
        head, scope = right.head.name, self.scope
        known = scope.find(head)
        told = known is not None and known.kind == "function" and known.meaning is None and not scope.elementwise
        stands = head in scope.maps or head in scope.survey.standing
        unknown = not stands and (told or not (scope.known(head) or known))
        if not isinstance(right.operand, sx.Fenced) or not unknown:
            return False
        items = sx.items(right.operand.body)
        names = [letters.full_name(scope, i) for i in items]
        given = [e.shape for n in names if n is not None and (e := scope.find(n)) is not None and e.shape is not None]
        if len(given) != len(items) or all(is_scalar(s) for s in given):
            return False
        entry = scope.find(name)
        shape = entry.shape if entry is not None else None
        if shape is None and (name.font or (is_capital(name) and not letters.is_loss(scope, name))):
            return False
        if self.scope.elementwise and shape is not None and any(not differ(shape, s) for s in given):
            return False
        declared = scope.declare(name, shape or ONE_BY_ONE, span)
        declared.depends = declared.depends or list(items)
        return True

    def define_function(
        self, name: Name, params: tuple[sx.Syntax, ...], body: sx.Syntax, span: Span, part: str | None
    ) -> None:
        calls = self.scope.survey.calls.get(name, [])
        used = any(c != sx.Fenced("(", sx.Tuple(params) if len(params) > 1 else params[0], ")") for c in calls)
        if name.letter == "sigma" and len(params) == 1 and used and is_logistic(body, params[0]):
            entry = self.scope.entry(name, span)
            entry.kind, entry.declared, entry.why = "logistic", True, "stated"
            return
        self.put(name, Meaning(body, params, span=span), span, part)

    def has_own_elements(self, name: Name) -> bool:
        """Whether ``y_1`` of ``y = (y_1, y_2)`` is defined by itself."""
        first = sx.Subscript(sx.Symbol(Name(name.letter)), sx.Number("1"))
        return any(isinstance(f, Defines) and f.left == first for s in self.sentences for t in s.slots for f in t.facts)

    def is_indexed(self, core: Name, index: sx.Syntax, right: sx.Syntax, ranges: dict[str, sx.Syntax]) -> bool:
        positions = index_letters(index)
        if (core.font in ("bold", "vec") and core not in self.scope.element_heads) or not all(map(is_index, positions)):
            return False
        names = {p.name.letter for p in positions if isinstance(p, sx.Symbol)}
        if names & ranges.keys() or self.scope.has_axes(self.scope.cousin(core)):
            return True
        return any(
            isinstance(n, sx.Subscript) and any(i in positions for i in index_letters(n.index)) for n in sx.walk(right)
        )

    def define_entries(
        self, core: Name, index: sx.Syntax, body: sx.Syntax, ranges: dict[str, sx.Syntax], span: Span, part: str | None
    ) -> None:
        name = self.scope.cousin(core)
        if name == core and not core.font and any(n.font == "bold" for n in self.scope.survey.bare):
            name = core._replace(font="bold")
        positions = tuple(index_letters(index))
        if isinstance(body, (sx.Number, sx.PlusMinus)) and not isinstance(body, sx.Symbol):
            return
        self.scope.survey.letters.update(p.name.letter for p in positions if isinstance(p, sx.Symbol))
        self.put(name, Meaning(body, (), positions, ranges, span), span, part)

    def define_rows(
        self, left: sx.Subscript, right: sx.Syntax, ranges: dict[str, sx.Syntax], span: Span, part: str | None
    ) -> bool:
        """``m_k = …`` of the rows (columns) m_k of a matrix M defines M, element by element."""
        core, positions = letters.full_name(self.scope, left.base), index_letters(left.index)
        matrix, side = self.scope.rows.get(core, (None, "")) if core is not None else (None, "")
        if matrix is None or len(positions) != 1 or not is_index(positions[0]):
            return False
        letters_used = {n.name.letter for n in sx.walk(right) if isinstance(n, sx.Symbol)} | self.scope.sizes.keys()
        free = (sx.Symbol(Name(c)) for c in WITHIN if c not in letters_used)
        within = next(s for s in free if s != positions[0])
        element = sx.Subscript(sx.Fenced("[", right, "]", span=right.span), within, span=right.span)
        order = (positions[0], within) if side == "row" else (within, positions[0])
        self.scope.survey.letters |= {p.name.letter for p in order if isinstance(p, sx.Symbol)}
        self.put(matrix, Meaning(element, (), order, ranges, span), left.span, part)
        return True

    def put(self, name: Name, meaning: Meaning, span: Span, part: str | None) -> None:
        """Give a letter its definition; another one in another part holds for that part."""
        scope = self.scope
        entry = scope.entry(name, span)
        if entry.meaning is None:
            entry.meaning, entry.part = meaning, part
            entry.declared = True
            return
        if entry.meaning.body == meaning.body:
            return
        if part is not None and entry.part != part:
            variant = Entry(name, span=span, order=entry.order, declared=True, home=part)
            variant.meaning, variant.part = meaning, part
            scope.variants[(part, name)] = variant
            return
        if not meaning.indices and not entry.meaning.indices:
            scope.note(name_box(name), " is defined twice; the first definition was used.")


WITHIN = "jlpqrsuvwxyz"
"""Letters for the index that runs within a row."""


def own_listing(name: Name, right: sx.Syntax) -> sx.Syntax | None:
    r"""The length in ``\mathbf x = (x_1, …, x_n)^T``: the vector by its own elements, which defines nothing."""
    while isinstance(right, (sx.Transpose, sx.Fenced)):
        right = right.base if isinstance(right, sx.Transpose) else right.body
    cells: list[sx.Syntax | None] = list(right.items) if isinstance(right, sx.Tuple) else []
    if isinstance(right, sx.Matrix) and (len(right.rows) == 1 or all(len(row) == 1 for row in right.rows)):
        cells = [cell for row in right.rows for cell in row]
    if len(cells) < 2:
        return None
    first, last = cells[0], cells[-1]
    match first, last:
        case sx.Subscript(sx.Symbol(a), sx.Number("1")), sx.Subscript(sx.Symbol(b), top) if a == b:
            if a.letter == name.letter and a.font not in ("bold", "vec"):
                return top
        case sx.Subscript(a, sx.Number("1")), sx.Subscript(b, top) if a == b and letters.full_name(None, a) == name:
            return top
    return None


def is_given(fact: Defines, match: re.Match[str]) -> bool:
    """Whether an equation after "at" or "for" gives a point, and defines nothing."""
    return is_value(fact.right) or (is_at(match) and is_place(fact.left, fact.right))


def is_logistic(body: sx.Syntax, param: sx.Syntax) -> bool:
    """Whether a right side is 1/(1+e^{-t}), by its values."""
    try:
        return all(
            cmath.isclose(value_of(body, param, t), 1 / (1 + math.exp(-t)), rel_tol=1e-12) for t in (-1.3, 0.4, 2.1)
        )
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return False


def value_of(node: sx.Syntax, param: sx.Syntax, t: float) -> float:
    """A formula in one letter at a number; raises ``TypeError`` where it holds anything else."""
    if node == param:
        return t
    match node:
        case sx.Number(text):
            return float(text)
        case sx.Symbol(Name("e")):
            return math.e
        case sx.Plus(terms):
            return sum(value_of(a, param, t) for a in terms)
        case sx.Negative(arg):
            return -value_of(arg, param, t)
        case sx.Product(factors):
            return math.prod(value_of(f, param, t) for f in factors)
        case sx.Fraction(num, den):
            return value_of(num, param, t) / value_of(den, param, t)
        case sx.Superscript(base, exponent):
            return float(value_of(base, param, t) ** value_of(exponent, param, t))
        case sx.Call(sx.FunctionName("exp"), (arg,)):
            return math.exp(value_of(arg, param, t))
        case sx.Fenced(_, inner):
            return value_of(inner, param, t)
    raise TypeError("not a formula in one letter")
