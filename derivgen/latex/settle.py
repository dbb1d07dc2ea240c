"""Goals typed: each thing asked becomes a term, once every letter has its shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import elements, letters
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, has_sum, index_below, is_number, is_primed
from derivgen.latex.at_point import at_point, of_length_one
from derivgen.latex.claimed import Claims
from derivgen.latex.elaborate import Reading, differentiated
from derivgen.latex.scope import Scope, Typed
from derivgen.latex.sizes import Unknown, is_scalar, resolve, show
from derivgen.latex.survey import index_letters, is_capital
from derivgen.latex.tasks.book import BY_NAME
from derivgen.latex.tasks.sides import suppose_functions, suppose_layers
from derivgen.latex.typeset import typeset
from derivgen.latex.variables import Variables, arguments_beside, cut_names, element_wise, with_variables
from derivgen.tasks import EitherOrder, Prove
from derivgen.terms import shapes
from derivgen.terms.nodes import (
    Derivative,
    Entries,
    Hessian,
    Mat,
    Name,
    Named,
    Sym,
    Term,
    Times,
    Tp,
)
from derivgen.terms.shapes import Size


@dataclass
class Ready:
    """A goal whose shapes are known and whose term is still to be built."""

    ask: Ask
    build: Callable[[], Goal]


class Settler(Claims, Variables):
    """Types the goals of one statement."""

    def __init__(self, scope: Scope, layout: str, method: str | None, stated: bool = False) -> None:
        super().__init__(scope)
        self.layout, self.method, self.stated = layout, method, stated
        self.claims: dict[Ask, Typed] = {}
        self.done: list[Goal] = []
        """The goals that have been built, for those that speak of them."""
        self.with_sizes: Callable[[Callable[[str], Size]], tuple[Settler, Callable[[], None]]] | None = None
        """Reads the statement with other sizes: for what is asked about sizes."""

    def prepare(self, asks: list[Ask]) -> None:
        """What the goals tell about letters, before any of them is typed."""
        suppose_layers(self.scope)
        for ask in asks:
            for old, new in ask.alike:
                first, entry = self.scope.find(old), self.scope.entry(new)
                if first is not None and not entry.depends and entry.meaning is None:
                    entry.depends = list(first.depends)
            self.scope.vectors |= self.gradient_letters(ask)
            self.scope.asked_letters |= {p.name.letter for v in ask.by for p in index_below(v)}

    def ready(self, ask: Ask) -> Ready:
        self.scope.part = ask.case or ask.part
        try:
            return Ready(ask, self.typed(ask, self.reading(ask)))
        finally:
            self.scope.part = None

    def reading(self, ask: Ask) -> Reading:
        """A reading of a formula in the layout of what is asked."""
        self.scope.layout = self.layout_of(ask)
        return Reading(self.scope)

    def expanded(self, ask: Ask) -> list[Ask]:
        """One goal for each parameter, where that is asked; one for each variable that is no scalar."""
        if ask.kind == "gradient" and ask.order == 1 and len(ask.by) > 1 and not all(map(self.is_number, ask.by)):
            return [replace(ask, by=(v,)) for v in ask.by]
        params = self.parameters(ask.body) if ask.each and ask.body is not None else ()
        return [replace(ask, by=(p,), each=False) for p in params] or [ask]

    def is_number(self, node: sx.Syntax) -> bool:
        """Whether a variable is a scalar, as far as the statement has told by now."""
        name = letters.full_name(self.scope, node)
        entry = self.scope.find(name) if name is not None else None
        if entry is not None and entry.shape is not None:
            return is_scalar(entry.shape)
        return name is None or name.font not in ("bold", "vec")

    def layout_of(self, ask: Ask) -> str:
        if ask.layout:
            return ask.layout
        return "numerator" if ask.kind.removeprefix("shape ") == "jacobian" else self.layout

    def nothing_new(self, ask: Ask) -> errors.DerivgenError:
        return errors.NoGoal(
            "the further assumption says nothing that the statement has not said of these symbols",
            place=self.scope.place(ask.span), hint="name a property, as in: when $\\mathbf{A}$ is symmetric",
        )  # fmt: skip

    def vectors_for(self, node: sx.Syntax) -> sx.Syntax:
        """A formula with the plain letters whose elements are spoken of as the vectors that they belong to."""
        if isinstance(node, sx.Symbol):
            whole = self.scope.cousin(node.name)
            return node if whole == node.name or self.scope.known(node.name) else sx.Symbol(whole, span=node.span)
        changed = {id(c): s for c in sx.children(node) if (s := self.vectors_for(c)) is not c}
        return sx.swap_children(node, changed) if changed else node

    def method_of(self, ask: Ask) -> str:
        """The command line goes before the statement."""
        return self.method or ask.method or "single-element"

    def typed(self, ask: Ask, r: Reading) -> Callable[[], Goal]:
        if ask.widened and ask.body is not None:
            self.scope.note("The derivative was taken to be that of all of ", ask.body, "; brackets would say so.")
        match ask.kind:
            case "regroup":
                return self.regroup(ask, r)
            case "element":
                return self.element(ask, r)
            case "directional":
                return self.directional(ask, r)
            case "combination":
                return self.combination(ask, r)
            case "shape":
                assert ask.body is not None
                body = r.read(ask.body)
                return lambda: self.goal("shape", body.build(), (), ask)
            case "shape derivative" | "shape gradient" | "shape hessian" | "shape jacobian":
                assert ask.body is not None
                suppose_functions(self.scope, [sx.Chain((sx.Leibniz(ask.body, ask.by),), (), span=ask.span)])
                asked = replace(ask, kind=ask.kind.removeprefix("shape "))
                inner = self.derivative(asked, r)
                return lambda: self.shape_of(inner(), asked)
        if ask.kind in BY_NAME:
            return BY_NAME[ask.kind].settle(ask, self, r)
        return self.derivative(ask, r)

    def shape_of(self, goal: Goal, ask: Ask) -> Goal:
        return self.goal("shape", goal.question, goal.wrt, ask)

    def goal(self, kind: str, question: Term, wrt: tuple[Term, ...], ask: Ask, target: Term | None = None) -> Goal:
        place = self.scope.place(ask.span) if ask.span.end else None
        layout, method = self.layout_of(ask), self.method_of(ask)
        made = Goal(kind, question, ask.part, layout, method, wrt, target, place, simplify=ask.simplify, form=ask.form)
        if ask.case is not None:
            words = (typeset(w) if isinstance(w, sx.Syntax) else w for w in self.scope.told[ask.case])
            made = replace(made, asked=(question, " for ", *words))
        if ask not in self.claims:
            return made
        claim = with_variables(self.claims[ask].build(), wrt)
        if claim.pending and kind in ("derivative", "element") and question.pending:
            return replace(made, kind="proof", task=Prove(claim))
        return replace(made, claim=claim)

    # ------------------------------------------------------------------------------------------- derivatives
    def derivative(self, ask: Ask, r: Reading) -> Callable[[], Goal]:
        body_node, by, order, kind = ask.body, ask.by, ask.order, ask.kind
        assert body_node is not None
        if kind == "jacobian":
            body_node, by = self.whole(body_node), tuple(self.whole(v) for v in by)
        if kind == "subscript":
            body_node, by = self.partial(body_node)
            kind, order, ask = "derivative", len(by), replace(ask, body=body_node)
        if not by and not self.scope.prime_transposes and is_primed(body_node):
            body_node, by, ask = self.primed(body_node, ask)
            order = len(by)
        r.around |= self.scope.asked_letters
        self.stand_in(ask)
        if ask.claim is not None and ask.body is not None:
            suppose_functions(self.scope, [sx.Chain((ask.body, ask.claim), ("=",), span=ask.span)])
        body = r.read(body_node)
        if not by:
            by = self.parameters(body_node) or self.guess(body_node, ask.span, kind)
            if kind == "derivative" and len(by) > 1:
                kind = "gradient"
            if order > 1 and len(by) == 1:
                by = by * order
        elif order > len(by) and len(by) == 1:
            by = by * order
        by = tuple(i for v in by for i in (sx.items(v.body) if isinstance(v, sx.Fenced) else (v,)))
        flat = tuple(n for v in by for n in self.spread(v, body_node))
        typed = [r.read(v) for v in flat]
        question, wrt = self.question(kind, body, flat, typed, ask, r)
        terms = [r.read(t) for t in ask.terms] if self.method_of(ask) == "shape-matching" else []
        free = bool(r.free)
        finished = self.at_point(question, ask, flat, r)
        try:
            self.claim(ask, question, r)
        except errors.ShapeFault as fault:
            if not self.may_turn(ask):
                raise
            return self.turned(ask, fault)
        if kind == "derivative" and self.claims_transpose(ask, question):
            return self.turned(ask, None)

        def build() -> Goal:
            variables = tuple(v.build() for v in wrt)
            self.check_variables(variables, flat)
            self.check_depends(body.build(), variables, ask)
            cut = (*variables, *arguments_beside(body.build(), variables))
            term = cut_names(finished.build(), cut)
            variables = tuple(cut_names(v, cut) for v in variables)
            if ask.point:
                return self.goal("evaluate", term, variables, ask)
            if isinstance(term, Hessian):
                return self.goal("hessian", term, variables, ask)
            made = self.goal("element" if free or element_wise(variables) else "derivative", term, variables, ask)
            return replace(made, terms=tuple(cut_names(t.build(), variables) for t in terms))

        return build

    def stand_in(self, ask: Ask) -> None:
        """A letter that takes the place of another one is a function of the same."""
        name, model = (letters.full_name(self.scope, n) if n is not None else None for n in (ask.body, ask.like))
        if name is None or model is None:
            return
        mine, other = self.scope.entry(name, ask.span), self.scope.find(model)
        if other is not None and mine.meaning is None and not mine.depends:
            mine.depends = list(other.depends)

    def question(
        self, kind: str, body: Typed, by: tuple[sx.Syntax, ...], typed: list[Typed], ask: Ask, r: Reading
    ) -> tuple[Typed, list[Typed]]:
        """The question's term, and the variables in the order in which they are listed."""
        scalars = all(is_scalar(v.shape) for v in typed)
        layout = r.scope.layout
        if kind == "hessian" or (kind == "gradient" and ask.order == 2):
            if not is_scalar(body.shape):
                raise r.fault(
                    errors.ShapeFault, f"a Hessian is that of a scalar, but the shape is {show(body.shape)}", ask.span
                )
            x = stacked(typed) if len(typed) > 1 and scalars else typed[0]
            y = typed[1] if len(typed) == 2 and not scalars else x
            if len(typed) == 1 and scalars:
                return nest(body, [typed[0], typed[0]], layout, r, ask), typed
            if not is_column(x) or not is_column(y):
                raise r.fault(
                    errors.Unsupported, "a Hessian by a matrix has four indices", ask.span, "ask for one element"
                )
            return Typed((x.shape[0], y.shape[0]), lambda: Hessian(body.build(), x.build(), y.build())), typed
        if len(typed) > 1 and scalars and (kind in ("gradient", "jacobian")):
            x = stacked(typed)
            return one(body, x, layout, r, ask), typed
        if len(typed) > 1 and not scalars:
            return self.second(body, by, typed, ask, r)
        return nest(body, typed, layout, r, ask), typed

    def second(
        self, body: Typed, by: tuple[sx.Syntax, ...], typed: list[Typed], ask: Ask, r: Reading
    ) -> tuple[Typed, list[Typed]]:
        """A second derivative by vectors: the Hessian, or a mixed block of it."""
        if len(typed) == 2 and is_scalar(body.shape):
            bases = [r.read(v.base) if isinstance(v, sx.Transpose) else t for v, t in zip(by, typed, strict=True)]
            if all(is_column(b) for b in bases):
                x, y = bases
                return Typed((x.shape[0], y.shape[0]), lambda: Hessian(body.build(), x.build(), y.build())), bases
        return differentiated(r, body, by, ask.span), typed

    def partial(self, node: sx.Syntax) -> tuple[sx.Syntax, tuple[sx.Syntax, ...]]:
        """``f_{xy}`` is ∂/∂y of ∂f/∂x: the letters are differentiated by from left to right; ``y''`` has no letter."""
        if isinstance(node, sx.Primed):
            Reading(self.scope).read(node.base)
            by = self.parameters(node.base) or self.guess(node.base, node.span, "derivative")
            return node.base, by * node.count
        args = None
        if isinstance(node, sx.MaybeCall):
            args = node.operand
            node = node.head
        assert isinstance(node, sx.Subscript)
        base: sx.Syntax = node.base if args is None else sx.MaybeCall(node.base, args, span=node.span)
        return base, tuple(reversed(index_letters(node.index)))

    def primed(self, node: sx.Syntax, ask: Ask) -> tuple[sx.Syntax, tuple[sx.Syntax, ...], Ask]:
        """``h'(t)``: the body h(t) and the variable, as often as there are primes; ``h'(1)`` is that at a point."""
        assert isinstance(node, (sx.MaybeCall, sx.Call)) and isinstance(node.head, sx.Primed)
        head = node.head
        call = sx.as_call(node) if isinstance(node, sx.MaybeCall) else node
        args = call.args if isinstance(call, sx.Call) else ()
        if len(args) == 1 and isinstance(args[0], (sx.Symbol, sx.Subscript)) and not is_number(args[0]):
            return sx.Call(head.base, args, span=node.span), (args[0],) * head.count, ask
        name = letters.full_name(self.scope, head.base)
        entry = self.scope.find(name) if name is not None else None
        if entry is not None and entry.meaning is not None and len(entry.meaning.params) == len(args) == 1:
            (param,) = entry.meaning.params
            point = sx.Chain((param, args[0]), ("=",), span=node.span)
            return head.base, (param,) * head.count, replace(ask, point=(point,))
        raise errors.Unsupported(
            "a derivative at this argument is not supported", place=self.scope.place(node.span), hint="write d/dx"
        )

    # ------------------------------------------------------------------------------------ points and directions
    def at_point(self, question: Typed, ask: Ask, by: tuple[sx.Syntax, ...], r: Reading) -> Typed:
        params = self.parameters(ask.body) if ask.body is not None else ()
        return at_point(question, ask, params or tuple(dict.fromkeys(by)), r)

    def directional(self, ask: Ask, r: Reading) -> Callable[[], Goal]:
        assert ask.body is not None and ask.direction is not None
        r.scope.layout = "denominator"
        along = of_length_one(r.scope, ask.direction, "unit" in ask.details)
        body, direction = r.read(ask.body), r.read(along)
        names = self.parameters(ask.body) or self.guess(ask.body, ask.span, "gradient")
        typed = [r.read(n) for n in names]
        x = stacked(typed) if len(typed) > 1 else typed[0]
        r.scope.agree(x.shape[0], direction.shape[0], ask.span, lambda: "the direction and the variable differ")
        question = Typed(
            (1, 1), lambda: Times(Tp(direction.build()), Derivative(body.build(), x.build(), "denominator"))
        )
        finished = self.at_point(question, ask, names, r)
        kind = "evaluate" if ask.point else "derivative"
        return lambda: self.goal(kind, finished.build(), tuple(t.build() for t in typed), ask)

    def combination(self, ask: Ask, r: Reading) -> Callable[[], Goal]:
        """A sum or product of derivatives, as it stands."""
        assert ask.body is not None
        question = r.read(ask.body)
        by = tuple(dict.fromkeys(v for n in sx.walk(ask.body) if isinstance(n, sx.Leibniz) for v in n.by))
        typed = [r.read(v) for v in by]
        self.claim(ask, question, r)
        finished = self.at_point(question, ask, by, r)
        kind = "evaluate" if ask.point else "element" if r.free else "derivative"
        return lambda: self.goal(kind, finished.build(), tuple(t.build() for t in typed), ask)

    # --------------------------------------------------------------------------------------- sums and entries
    def regroup(self, ask: Ask, r: Reading) -> Callable[[], Goal]:
        if ask.name is not None:
            return self.regroup_name(ask, r)
        assert ask.body is not None
        positions = self.positions(ask.index)
        for letter in positions:
            r.free_index(letter)
        body = r.read(ask.body)
        if ask.details == "free":
            positions = sorted(r.free)
            self.two_at_most(positions, ask)
        self.no_stray(r, set(positions), ask)
        if not positions:
            return lambda: self.goal("regroup", body.build(), (), ask)
        ats = [r.free[letter] for letter in positions]

        def build() -> Goal:
            place = [elements.sized(r, a, ask.span) for a in ats]
            term = Entries(body.build(), place[0], place[1] if len(place) > 1 else 1)
            if ask.details != "free":
                return self.goal("regroup", term, (), ask)
            target = Sym(self.unused("v" if len(place) == 1 else "M"), *term.shape)
            made = replace(self.goal("regroup", term, (), ask, target), asked=(term.body,))
            return replace(made, task=EitherOrder()) if len(place) > 1 else made

        return build

    def unused(self, letter: str) -> Name:
        """A bold letter for a result that the statement gives no name; with a prime where that letter is taken."""
        taken = {n.letter for n in self.scope.survey.bare} | {n.letter for n in self.scope.entries}
        return Name(letter, "bold", primes=1 if letter in taken else 0)

    def two_at_most(self, letters: list[str], ask: Ask) -> None:
        if len(letters) > 2:
            raise errors.IndexFault(
                f"{len(letters)} indices are free, {', '.join(letters)}: this is no element of a matrix",
                place=self.scope.place(ask.span), hint="sum over all but two of them",
            )  # fmt: skip

    def regroup_name(self, ask: Ask, r: Reading) -> Callable[[], Goal]:
        """The entity that the statement defines by its entries."""
        node = ask.name
        assert node is not None
        base = node.base if isinstance(node, sx.Subscript) else node
        core = letters.full_name(self.scope, base.head if isinstance(base, sx.MaybeCall) else base)
        whole = letters.full_name(self.scope, node)
        entry = self.scope.find(whole) if whole is not None else None
        if core in self.scope.rows:
            entry = self.scope.find(self.scope.rows[core][0])
        if (entry is None or entry.meaning is None) and core is not None:
            entry = self.scope.find(self.scope.cousin(core))
        if (entry is None or entry.meaning is None) and core is not None:
            entry = self.scope.find(core._replace(font="bold")) or self.scope.find(core)
        if entry is None or entry.meaning is None:
            raise errors.NoGoal("nothing is given by its entries here", place=self.scope.place(node.span))
        if not entry.meaning.indices and not has_sum(entry.meaning.body):
            raise errors.NoGoal("there are no sums or indices here", place=self.scope.place(node.span))
        typed = r.entry_typed(entry)
        found = entry

        def build() -> Goal:
            term = typed.build()
            assert isinstance(term, Named)
            target = Sym(found.name, *term.shape)
            return self.goal("vectorise" if ask.details == "vectorise" else "regroup", term.term, (), ask, target)

        return build

    def positions(self, index: sx.Syntax | None) -> list[str]:
        if index is None:
            return []
        node = index.body if isinstance(index, sx.Fenced) else index
        return [p.name.letter for p in index_letters(node) if isinstance(p, sx.Symbol)]

    def no_stray(self, r: Reading, allowed: set[str], ask: Ask) -> None:
        stray = next((letter for letter in r.free if letter not in allowed), None)
        if stray is not None:
            message = f"the index {stray} is free: it is neither summed over nor named as an index of the result"
            raise errors.IndexFault(message, place=self.scope.place(ask.span), hint=f"sum over {stray}, or name it")

    def element(self, ask: Ask, r: Reading) -> Callable[[], Goal]:
        """An element that is to be written as sums."""
        assert ask.body is not None
        if ask.index is None:
            whole = r.read(ask.body)
            return lambda: self.goal("element", whole.build(), (), ask)
        node = ask.index.body if isinstance(ask.index, sx.Fenced) else ask.index
        body = r.read(ask.body)
        typed = elements.element(r, body, node, ask.span)
        return lambda: self.goal("element", typed.build(), (), ask)


# -------------------------------------------------------------------------------------------------------- helpers
def stacked(typed: list[Typed]) -> Typed:
    """Scalars as one column."""
    return Typed((len(typed), 1), lambda: Mat(len(typed), 1, *(t.build() for t in typed)))


def is_column(typed: Typed) -> bool:
    return resolve(typed.shape[1]) == 1 and resolve(typed.shape[0]) != 1


def nest(body: Typed, by: list[Typed], layout: str, r: Reading, ask: Ask) -> Typed:
    for v in reversed(by):
        body = one(body, v, layout, r, ask)
    return body


def one(body: Typed, var: Typed, layout: str, r: Reading, ask: Ask) -> Typed:
    a: Any = (resolve(body.shape[0]), resolve(body.shape[1]))
    b: Any = (resolve(var.shape[0]), resolve(var.shape[1]))
    try:
        shape = shapes.derivative(a, b, layout)
    except shapes.ShapeError:
        check_declared(r.scope)
        told = f"the derivative of a {show(body.shape)} term by a {show(var.shape)} variable has more than two indices"
        raise errors.Unsupported(told, place=r.scope.place(ask.span), hint="ask for one element of it") from None
    return Typed(shape, lambda: Derivative(body.build(), var.build(), layout))


def check_declared(scope: Scope) -> None:
    """An undeclared capital whose shape nothing fixes is an error."""
    for entry in sorted(scope.entries.values(), key=lambda e: e.span.start):
        if entry.declared or entry.shape is None or entry.meaning is not None or not is_capital(entry.name):
            continue
        axes = [a for a in map(resolve, entry.shape) if isinstance(a, Unknown)]
        if len(axes) == 2 and all(a.uses == 1 for a in axes):
            letter = entry.name.letter
            raise errors.Undeclared(
                f"{letter} is not declared, and its shape does not follow from its use",
                place=scope.place(entry.span),
                hint=f"declare it, for example $\\mathbf{{{letter}}}\\in\\mathbb{{R}}^{{m\\times n}}$",
            )
