"""By what is differentiated: named variables, parameters of a function, or the one letter that is not constant."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import letters
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.scope import Entry, Scope
from derivgen.latex.sizes import is_scalar, resolve
from derivgen.latex.survey import spell
from derivgen.notation.names import name_box
from derivgen.terms.nodes import Col, El, Name, Named, Row, Sym, Term, Tp
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, substitute

USUAL = ("x", "X", "theta", "w", "W", "beta", "z", "u", "v", "y")
"""Letters that statements use for the variable, in this order, where they do not name it."""
PARAMETERS = frozenset({"w", "beta", "theta", "phi", "omega"})
"""Letters for what is fitted, where the statement does not declare them."""
COORDINATES = frozenset({"x", "y", "z", "u", "v", "w", "s", "t", "r", "theta", "phi", "varphi", "rho"})
"""Letters of scalar variables that a gradient without a named variable takes all together."""


class Variables:
    """Finds the variables of a goal in the scope of its statement."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def whole(self, node: sx.Syntax) -> sx.Syntax:
        """The vector whose elements a rule for J_ij names: the bold x of x_j."""
        if isinstance(node, sx.Symbol):
            return sx.Symbol(self.scope.cousin(node.name), span=node.span)
        return node

    def parameters(self, node: sx.Syntax) -> tuple[sx.Syntax, ...]:
        """The parameters of a function that the statement defines, or what an undetermined one depends on."""
        if isinstance(node, sx.MaybeCall) and isinstance(node.operand, sx.Fenced):
            items = sx.items(node.operand.body)
            if self.parameters(node.head) and all(isinstance(i, (sx.Symbol, sx.Subscript)) for i in items):
                return items
        if isinstance(node, sx.Call) and all(isinstance(i, (sx.Symbol, sx.Subscript)) for i in node.args):
            return node.args if self.parameters(node.head) else ()
        name = letters.full_name(self.scope, node)
        entry = self.scope.find(name) if name is not None else None
        if entry is None:
            return ()
        return entry.meaning.params if entry.meaning is not None else tuple(entry.depends)

    def spread(self, node: sx.Syntax, body: sx.Syntax) -> tuple[sx.Syntax, ...]:
        """``x`` in a Jacobian of f(x_1, x_2, x_3): the parameters that bear its letter."""
        if not isinstance(node, sx.Symbol):
            return (node,)
        params = self.parameters(body)
        known = self.scope.known(node.name) or node.name in self.scope.survey.bare
        family = tuple(
            p for p in params if isinstance(p, sx.Subscript) and isinstance(p.base, sx.Symbol)
            and p.base.name.letter == node.name.letter
        )  # fmt: skip
        return family if family and len(family) == len(params) and not known else (node,)

    def gradient_letters(self, ask: Ask) -> set[Name]:
        """The plain letter that a gradient, Hessian or Jacobian is taken by."""
        if ask.kind not in ("gradient", "hessian", "jacobian", "optimum") or ask.body is None:
            return set()
        by = ask.by or self.parameters(ask.body)
        return {v.name for v in by if isinstance(v, sx.Symbol) and not v.name.font} if len(by) == 1 else set()

    def guess(self, node: sx.Syntax, span: Span, kind: str) -> tuple[sx.Syntax, ...]:
        """The variable where the statement does not name it: the one letter that is not constant."""
        found = [e for e in self.entries_in(node) if not e.constant]
        vectors = [e for e in found if e.shape is not None and not is_scalar(e.shape)]
        columns = [e for e in vectors if e.shape is not None and resolve(e.shape[1]) == 1]
        together = kind in ("gradient", "hessian", "jacobian", "optimum") and not vectors and len(found) > 1
        if together and all(e.name.letter in COORDINATES for e in found):
            return tuple(self.spelled(e.name, span) for e in found)
        for group in (columns, vectors, found):
            if len(group) == 1:
                return (self.spelled(group[0].name, span),)
            usual = [e for e in group if e.name.letter in USUAL]
            if kind == "optimum":
                usual = [e for e in group if e.name.letter in PARAMETERS and not e.declared] or usual
            if len(usual) == 1:
                chosen = usual[0]
                self.scope.note("The variable is not named; ", name_box(chosen.name), " was taken.")
                return (self.spelled(chosen.name, span),)
            if group:
                names = " or ".join(e.name.letter for e in group)
                raise errors.Ambiguous(
                    f"by which variable is it to be differentiated: {names}?", place=self.scope.place(span),
                    hint="add “with respect to …”",
                )  # fmt: skip
        raise errors.Ambiguous("nothing here can be differentiated by", place=self.scope.place(span))

    def spelled(self, name: Name, span: Span) -> sx.Syntax:
        """A name as a formula again."""
        base = sx.Symbol(name._replace(sub="", sup="", primes=0), span=span)
        if not name.sub:
            return base
        index = sx.Number(name.sub, span=span) if name.sub.isdigit() else sx.Words(name.sub, span=span)
        return sx.Subscript(base, index, span=span)

    def entries_in(self, node: sx.Syntax) -> list[Entry]:
        """The symbols in a formula, looking through definitions."""
        scope, seen, queue, found = self.scope, set[Name](), [node], list[Entry]()
        while queue:
            for part in sx.walk(queue.pop()):
                name = letters.full_name(scope, part)
                if name is None:
                    continue
                for candidate in (name, scope.cousin(name)):
                    entry = scope.find(candidate)
                    if entry is None or candidate in seen:
                        continue
                    seen.add(candidate)
                    if entry.meaning is not None:
                        queue.append(entry.meaning.body)
                    elif entry.kind == "symbol" and entry.shape is not None:
                        found.append(entry)
        return sorted(found, key=lambda e: e.order)

    def check_variables(self, variables: tuple[Term, ...], nodes: tuple[sx.Syntax, ...]) -> None:
        """A variable must be a symbol, an element or a transpose of one, and not stated to be constant."""
        for term, node in zip(variables, nodes, strict=False):
            base = symbol_behind(term)
            if not isinstance(base, (Sym, Named)):
                words = self.scope.words(node.span)
                raise errors.SyntaxFault(
                    f"{words} cannot be differentiated by: it is not a symbol", place=self.scope.place(node.span)
                )
            entry = self.scope.find(base.name)
            if entry is not None and entry.constant:
                raise errors.ConstantVariable(
                    f"the statement calls {base.name.letter} constant, but asks for a derivative by it",
                    place=self.scope.place(node.span), hint="leave out “constant”, or name another variable",
                )  # fmt: skip

    def check_tied(self, body: Term, variables: tuple[Term, ...], ask: Ask) -> None:
        """Without the variable in it a term has derivative 0, unless an equation ties the two: y = Xb + e ties e."""
        mine, by = base_symbols(body), {symbol_behind(v) for v in variables}
        if not mine or mine & by:
            return
        for entry in list(self.scope.entries.values()):
            if entry.meaning is None or entry.built is not None:
                continue
            names = {letters.full_name(self.scope, n) for n in sx.walk(entry.meaning.body)}
            both = [s for s in mine if isinstance(s, Sym) and s.name in names]
            if both and any(isinstance(v, Sym) and v.name in names for v in by) and not both[0].args[4:]:
                letter, spelled = both[0].name.letter, spell(both[0].name)
                raise errors.Undeclared(
                    f"the equation for {entry.name.letter} ties {letter} to the variable, but does not define {letter}",
                    place=self.scope.place(entry.meaning.span), hint=f"solve it for {letter}: ${spelled}=\\ldots$",
                )  # fmt: skip

    def check_depends(self, body: Term, variables: tuple[Term, ...], ask: Ask) -> None:
        """A bare letter that nothing ties to the variable is no function of it: better said than answered with 0."""
        self.check_tied(body, variables, ask)
        if not isinstance(body, Sym) or body in [symbol_behind(v) for v in variables]:
            return
        if not any(symbol_behind(v) in body.symbols for v in variables):
            letter = body.name.letter
            raise errors.Undeclared(
                f"{letter} is to be differentiated, but the statement does not say what it is",
                place=self.scope.place(ask.span), hint=f"define it, or say of what {letter} is a function",
            )  # fmt: skip


def base_symbols(term: Term) -> set[Term]:
    """The symbols of a term, looking through definitions."""
    found: set[Term] = set()
    for symbol in term.symbols:
        found |= {symbol} | (base_symbols(symbol.term) if isinstance(symbol, Named) else set(symbol.args[4:]))
    return found


def symbol_behind(term: Term) -> Term:
    while isinstance(term, (Tp, El, Row, Col)):
        term = term.args[0]
    return term


def element_wise(variables: tuple[Term, ...]) -> bool:
    return any(isinstance(v, El) for v in variables)


def arguments_beside(body: Term, variables: tuple[Term, ...]) -> tuple[Term, ...]:
    """The y of f(x, y) where f is differentiated by x, and both have definitions: a variable of its own like x."""
    cut = [v for v in map(symbol_behind, variables) if isinstance(v, Named)]
    if not cut or not isinstance(body, Named):
        return ()
    beside = [s for s in body.term.symbols if isinstance(s, Named) and s not in cut and s.shape == SCALAR]
    return tuple(s for s in beside if not any(stands_in(v, s.term) for v in cut))


def stands_in(name: Term, term: Term) -> bool:
    """Whether a name stands in a term, or in what names in it are defined by."""
    return any(s == name or (isinstance(s, Named) and stands_in(name, s.term)) for s in term.symbols)


def cut_names(term: Term, variables: tuple[Term, ...]) -> Term:
    """A name that is differentiated by is a variable of its own here: its definition is forgotten."""
    named = {b: Sym(b.name, *b.shape) for b in map(symbol_behind, variables) if isinstance(b, Named)}
    return substitute(term, named) if named else term


def with_variables(claim: Term, variables: Sequence[Term]) -> Term:
    """A claim with the variables of the question for names that are defined elsewhere: the z of σ'(z), where z = Wx."""
    own = {v.name: v for v in variables if isinstance(v, Sym)}
    if not own:
        return claim

    def put(term: Term) -> Term:
        if isinstance(term, Named) and term.name in own and term.shape == own[term.name].shape:
            return own[term.name]
        return Named(term.name, put(term.term)) if isinstance(term, Named) else rebuild(term, put)

    return put(claim)
