"""A problem statement in LaTeX to a ``Problem``: document, sentences, declarations, goals, terms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from derivgen import errors
from derivgen.derivation import Definition, Goal, Problem, Prose, Symbol
from derivgen.latex import asking, entrycalls, labelled, letters, primes, samples, updates
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask, derivative_formula
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Bare
from derivgen.latex.given_partials import given_partials
from derivgen.latex.given_values import at_given_values
from derivgen.latex.goals import Asker
from derivgen.latex.passages import document_sentences, formula_sentence, given_sentences
from derivgen.latex.printer import latex
from derivgen.latex.references import tell_references
from derivgen.latex.resized import ready_for
from derivgen.latex.scope import Entry, Scope, Typed
from derivgen.latex.sentences import Sentence
from derivgen.latex.settle import Settler, check_declared
from derivgen.latex.sizes import Unknown, fixed, invent, is_scalar, resolve, show, sizes_in, unify
from derivgen.latex.squares import squares_as_letters
from derivgen.latex.steps import agree_on_sizes
from derivgen.latex.survey import is_index, survey
from derivgen.latex.tasks.equations import mark_proofs
from derivgen.latex.tasks.judging import mark_claims
from derivgen.latex.tasks.special_case import mark_values
from derivgen.latex.teller import Teller
from derivgen.latex.typeset import typeset
from derivgen.latex.variables import symbol_behind
from derivgen.notation.boxes import Box
from derivgen.notation.names import name_box, plain_name, plain_size, shape_box, unique_names
from derivgen.tasks import Batch
from derivgen.terms.nodes import Name, Named, Relation, Sym, Term, Zero
from derivgen.terms.shapes import SCALAR, ShapeError, Size

TIED = re.compile(asking.TIED, re.IGNORECASE)
TIED_ENTRIES = ("symmetric", "skew-symmetric", "diagonal", "positive definite", "positive semidefinite", "orthogonal")
"""Properties of a variable by which its entries depend on each other."""
GOAL_HINT = "a goal looks like: Find $\\frac{d}{d\\mathbf{x}}(\\ldots)$, or: Differentiate $…$ with respect to $…$."


def read_problem(
    text: str,
    *,
    source: str = "<text>",
    given: str | None = None,
    formula: bool = False,
    layout: str | None = None,
    method: str | None = None,
) -> Problem:
    """Read a statement; ``given`` adds declarations, ``formula`` reads the text as one bare formula."""
    declared = given_sentences(given) if given else []
    if formula:
        sentences, passages = formula_sentence(text, source)
    else:
        sentences, passages = document_sentences(text, source)
    reader = StatementReader(text, source, declared + sentences, layout, method)
    return replace(reader.problem(), passages=passages, source=source)


class StatementReader:
    """One statement on its way to a problem."""

    def __init__(
        self, text: str, source: str, sentences: list[Sentence], layout: str | None, method: str | None
    ) -> None:
        self.text, self.source, self.sentences = text, source, sentences
        self.layout_option, self.method = layout, method
        numbered = samples.rewrite(sentences)
        steps = labelled.rewrite(sentences)
        told = updates.rewrite(sentences)
        element_heads = entrycalls.rewrite(sentences)
        squares = squares_as_letters(sentences)
        roots = [row for s in sentences for slot in s.slots for row in slot.formula.rows]
        said, seen = primes.are_said_to_transpose(sentences), primes.seem_to_transpose(roots)
        if said or seen:
            primes.rewrite(sentences)
            roots = [row for s in sentences for slot in s.slots for row in slot.formula.rows]
        self.scope = Scope(text, source, survey(roots, said or seen))
        for written, read in steps:
            self.scope.note("The elements ", written, " are written ", read, ".")
        for name, axes in labelled.wholes(sentences).items():
            self.scope.entry(name).shape = (Unknown(), Unknown() if axes == 2 else 1)
        for written, read in numbered:
            self.scope.note("The samples ", written, " are written ", read, ".")
        primes.settle(self.scope, said, seen)
        self.scope.element_heads = element_heads
        self.scope.notes += [(words,) for words in told]
        for name in sorted(element_heads):
            self.scope.entry(name).shape = (Unknown(), 1)
        for name in squares:
            self.scope.entry(name).props.add("positive")
        self.order = {name: k for k, name in enumerate(self.scope.survey.bare)}

    def with_sizes(self, sized: Callable[[str], Size]) -> tuple[Settler, Callable[[], None]]:
        """The same statement read with other sizes, as far as its letters go; and what closes the sizes left open."""
        other = StatementReader(self.text, self.source, self.sentences, self.layout_option, self.method)
        other.scope.sized = sized
        Teller(other.scope, self.sentences).run()
        return Settler(other.scope, self.scope.layout, self.method), other.close_sizes

    def problem(self) -> Problem:
        scope = self.scope
        mark_claims(self.sentences)
        mark_proofs(self.sentences)
        mark_values(self.sentences)
        teller = Teller(scope, self.sentences)
        teller.run()
        asker = Asker(self.sentences, self.functions(), scope.place)
        asks = at_given_values(scope, asker.run())
        for part in asker.silent:
            scope.note(f"Not answered: part ({part}), which does not ask for a derivative.")
        for _, clause in asker.unanswered:
            scope.note("Not answered: ", *clause, ".")
        layout, stated = self.layout(asker)
        if not asks:
            self.no_goal()
        settler = Settler(scope, layout, self.method, stated or self.layout_option is not None)
        settler.with_sizes = self.with_sizes
        settler.prepare(asks)
        self.refuse_ties()
        ready = [ready_for(settler, self.overridden(b)) for a in asks for b in settler.expanded(a)]
        relations = self.conditions(teller)
        scope.layout = layout
        self.close_sizes()
        for r in ready:
            settler.done.append(self.built(r.build, r.ask))
        tell_references(scope, self.sentences)
        goals = tuple(settler.done)
        conditions = tuple(self.built_relation(r) for r in relations)
        self.tell_entries(goals)
        own = {g.layout for g in goals}
        if len(own) == 1 and layout not in own:  # "the Jacobian" names the layout of all goals
            layout, stated = own.pop(), True
        given = given_partials(scope, self.sentences)
        made = self.assemble(goals, layout, stated, tuple(c for c in conditions if c is not None))
        return replace(made, given=given)

    def tell_entries(self, goals: tuple[Goal, ...]) -> None:
        """That the entries of a symmetric variable are taken as independent is said."""
        for v in dict.fromkeys(symbol_behind(v) for g in goals for v in g.wrt):
            tied = [p for p in v.props if p in TIED_ENTRIES] if isinstance(v, Sym) else []
            if isinstance(v, Sym) and tied and v.shape != SCALAR:
                words = f" is {tied[0]}; in the derivative by it its entries are taken as independent of each other."
                self.scope.note(name_box(v.name), words)

    def functions(self) -> frozenset[Name]:
        """Letters that are functions or are defined, so that a letter below or a prime may stand for a derivative."""
        found = set(self.scope.survey.heads)
        found |= {e.name for e in self.scope.entries.values() if e.meaning and not e.meaning.indices}
        return frozenset(found)

    def overridden(self, ask: Ask) -> Ask:
        """The layout of the command line goes before the statement's."""
        return replace(ask, layout=None) if self.layout_option and ask.kind != "jacobian" else ask

    # -------------------------------------------------------------------------------------------------- layouts
    def layout(self, asker: Asker) -> tuple[str, bool]:
        whole = [(w, span) for w, part, span in asker.layouts if part is None]
        names = list(dict.fromkeys(w for w, _ in whole))
        stated = names[0] if names else None
        if len(names) > 1 and not all(a.layout for a in asker.asks):
            span = whole[-1][1]
            raise errors.LayoutConflict(
                f"two layouts are named, {names[0]} and {names[1]}: which one is meant?",
                place=self.scope.place(span), hint="name one layout",
            )  # fmt: skip
        if self.layout_option:
            if stated and stated != self.layout_option:
                self.scope.note(
                    f"The statement names {stated} layout; {self.layout_option} layout was asked for instead."
                )
            return self.layout_option, stated is not None
        return stated or "denominator", stated is not None

    def refuse_ties(self) -> None:
        """Entries tied to each other change the derivative: better refused than answered as if they were free."""
        for sentence in self.sentences:
            if sentence.slots and TIED.search(sentence.text):
                raise errors.Unsupported(
                    "a derivative by a variable with tied entries is not supported",
                    place=self.scope.place(sentence.slots[0].span), hint="leave the entries independent",
                )  # fmt: skip

    def no_goal(self) -> None:
        last = next((s.span for s in reversed(self.sentences) if s.slots), None)  # where a goal would be expected
        place = self.scope.place(last) if last is not None and last.end else None
        text = " ".join(s.text for s in self.sentences)[:20000]
        for pattern, task in asking.UNSUPPORTED:
            if re.search(pattern, text, re.I):
                told = f"the statement asks for {task}, which is not supported"
                raise errors.Unsupported(told, place=place, hint=GOAL_HINT)
        told = "no goal was found: the statement does not ask for a derivative"
        raise errors.NoGoal(told, place=place, hint=GOAL_HINT)

    # --------------------------------------------------------------------------------------------------- sizes
    def close_sizes(self) -> None:
        """Every size that is still open gets a letter, where the use of its symbol allows that."""
        scope = self.scope
        agree_on_sizes(scope)
        check_declared(scope)
        for ones in scope.open_ones:
            if isinstance(resolve(ones), Unknown) and scope.ones_length is not None:
                unify(ones, scope.ones_length)
        if scope.default_vector is not None and isinstance(resolve(scope.default_vector), Unknown):
            scope.default_vector = None
        for entry in (e for e in self.entries() if e.shape is not None and e.meaning is None):
            assert entry.shape is not None
            if scope.default_vector is not None and resolve(entry.shape[1]) == 1:
                unify(entry.shape[0], scope.default_vector)
            if any(isinstance(s, Unknown) for s in map(resolve, entry.shape)):
                self.invent(entry)

    def invent(self, entry: Entry) -> None:
        assert entry.shape is not None
        taken = set(self.scope.sizes) | {n.letter for n in self.scope.survey.bare} | self.scope.survey.letters
        pair = list(entry.shape)
        last = self.scope.survey.last_element(entry.name)
        if last > 1 and pair[1] == 1:
            unify(pair[0], last)
        if all(isinstance(resolve(s), Unknown) for s in pair) and resolve(pair[0]) is not resolve(pair[1]):
            taken_rows = invent(taken | {"n"}) if "m" not in taken else invent(taken)
            unify(pair[0], self.scope.size(taken_rows))
            self.scope.sizes.setdefault(taken_rows, entry.span)
            taken.add(taken_rows)
        for size in pair:
            if isinstance(resolve(size), Unknown):
                letter = invent(taken)
                unify(size, self.scope.size(letter))
                self.scope.sizes.setdefault(letter, entry.span)
                taken.add(letter)
        taken_as = (" is not stated; it was taken as ", shape_box(show(entry.shape)), ".")
        self.scope.note("The size of ", name_box(entry.name), *taken_as)

    def entries(self) -> list[Entry]:
        """The entries in the order in which their letters appear."""
        everything = [*self.scope.entries.values(), *self.scope.variants.values()]
        return sorted(everything, key=lambda e: (e.span.start, e.order))

    # ------------------------------------------------------------------------------------------------- building
    def built(self, build: Callable[[], Goal], ask: Ask) -> Goal:
        try:
            return build()
        except ShapeError as error:
            raise errors.ShapeFault(error.message, place=self.scope.place(ask.span)) from None
        except LookupError:
            raise errors.Undeclared(
                "the size of something in this goal is not known", place=self.scope.place(ask.span),
                hint="declare the shapes of its symbols",
            ) from None  # fmt: skip

    def conditions(self, teller: Teller) -> list[tuple[str, Typed, Typed] | Prose]:
        """Conditions as typed pairs of sides, one for each letter and sign; what cannot be typed is noted.

        A condition on a point such as (a, b) ≠ (0, 0) is kept as it stands.
        """
        found: list[tuple[str, Typed, Typed] | Prose] = []
        for chain in teller.conditions:
            if any(isinstance(s, sx.Fenced) and isinstance(s.body, sx.Tuple) for s in chain.sides):
                found.append((typeset(chain),))
                continue
            for k, sign in enumerate(chain.signs):
                left, right = chain.sides[k], chain.sides[k + 1]
                listed = any(isinstance(i, sx.Dots) for i in sx.items(left)) if left is not None else False
                if left is None or right is None or sign in ("≻", "⪰") or listed:  # w_1, …, w_n > 0 is a property
                    continue
                for item in sx.items(left):
                    found += self.condition(sign, item, right, chain)
        return found

    def condition(
        self, sign: str, left: sx.Syntax, right: sx.Syntax, chain: sx.Chain
    ) -> list[tuple[str, Typed, Typed]]:
        if any(self.is_range(side) for side in (left, right)):
            return []
        reading = Reading(self.scope)
        try:
            a, b = reading.read(left), reading.read(right)
            if reading.free:
                return []
            if not is_scalar(a.shape) and right == sx.Number("0"):
                b = Typed(a.shape, lambda: Zero(*(fixed(s) for s in a.shape)))
            elif not all(unify(p, q) for p, q in zip(a.shape, b.shape, strict=True)):
                raise LookupError("a condition between shapes that differ")
        except (errors.DerivgenError, LookupError):
            self.scope.note("Not understood as a condition: ", chain, ".")
            return []
        return [(sign, a, b)]

    def is_range(self, node: sx.Syntax) -> bool:
        """Whether a side of a comparison is an index letter, as in 1 ≤ i ≤ n: that tells how far it runs."""
        letter = node.name.letter if isinstance(node, sx.Symbol) and is_index(node) else ""
        indexed = letter in self.scope.survey.below | self.scope.survey.letters
        return indexed and not self.scope.known(Name(letter))

    def built_relation(self, item: tuple[str, Typed, Typed] | Prose) -> Term | Prose | None:
        sign, *sides = item
        pair = [s for s in sides if isinstance(s, Typed)]
        if not isinstance(sign, str) or len(pair) != 2:
            return tuple(p for p in item if not isinstance(p, Typed))
        try:
            return Relation(sign, pair[0].build(), pair[1].build())
        except (errors.DerivgenError, LookupError):
            return None

    # ------------------------------------------------------------------------------------------------- assembly
    def assemble(
        self, goals: tuple[Goal, ...], layout: str, stated: bool, conditions: tuple[Term | Prose, ...]
    ) -> Problem:
        variables = {b.name for g in goals for v in g.wrt if isinstance(b := symbol_behind(v), (Sym, Named))}
        symbols = self.symbols(variables | self.arguments(asked=bool(variables)))
        definitions = self.definitions()
        sizes = self.sizes(symbols, goals)
        names = unique_names([s.name for s in symbols] + [plain_size(s) for s in sizes])
        symbols = [replace(s, name=n) for s, n in zip(symbols, names, strict=False)]
        pairs = tuple(zip(names[len(symbols) :], sizes, strict=True))
        self.leftovers()
        notes = tuple(prose(n) for n in self.scope.notes)
        return Problem(
            self.text,
            (),
            tuple(symbols),
            pairs,
            tuple(definitions),
            goals,
            layout,
            stated,
            conditions,
            notes,
            self.source,
        )

    def arguments(self, *, asked: bool) -> set[Name]:
        """The letters of which something is declared to be a function: they vary, whether or not they are asked by.

        Of f(x, y) = ... only those vary that are asked by, where any are.
        """
        terms = [self.term_of(e) for e in self.entries() if e.kind == "symbol" and e.depends]
        plain = {e.name for e in self.entries() if e.meaning is None and not e.constant}
        taken = [] if asked else [n for e in self.entries() if e.meaning is not None for n in e.meaning.params]
        varying = {d.name for t in terms if isinstance(t, Sym) for d in t.deps if isinstance(d, Sym)}
        return (varying | {n.name for n in taken if isinstance(n, sx.Symbol)}) & plain

    def symbols(self, variables: set[Name]) -> list[Symbol]:
        """The letters of the read-back; one that several parts describe alike is listed once."""
        out: dict[object, Symbol] = {}
        for entry in self.entries():
            if entry.kind == "function" and entry.meaning is None:
                spelt = latex(name_box(entry.name))
                made = Symbol(
                    plain_name(entry.name), spelt, (), "constant", ("function",), entry.declared, None, entry.why
                )
                out.setdefault(entry.name, made)
                continue
            if entry.kind != "symbol" or entry.meaning is not None or entry.part is not None:
                continue
            term = self.term_of(entry)
            if term is None:
                continue
            role = "variable" if entry.name in variables or entry.depends else "constant"
            why = (
                "declared" if entry.declared and entry.why == "stated" else "default" if entry.loose else "from its use"
            )
            told = self.symbol(entry, term, role, "stated" if entry.constant else why)
            if self.stands_for_itself(entry):
                self.tell_difference(out.setdefault((entry.name, term.shape), told), told, entry)
        for name in variables:
            entry_or_none = self.scope.entries.get(name)
            if entry_or_none is not None and entry_or_none.meaning is not None and entry_or_none.typed is not None:
                term = Sym(name, *entry_or_none.typed.build().shape)
                out[name] = self.symbol(Entry(name, declared=True), term, "variable", "stated")
        return list(out.values())

    def stands_for_itself(self, entry: Entry) -> bool:
        """Whether some part sees this entry, and not only copies of it that describe the letter further."""
        copies = [part for part, name in self.scope.variants if name == entry.name]
        return entry.home is not None or not copies or set(copies) != set(self.scope.parts)

    def symbol(self, entry: Entry, term: Term, role: str, why: str) -> Symbol:
        shape = term.shape
        flat = () if shape == (1, 1) else (shape[0],) if shape[1] == 1 else shape
        spelt = latex(name_box(entry.name))
        return Symbol(plain_name(entry.name), spelt, flat, role, tuple(sorted(entry.props)), entry.declared, term, why)

    def tell_difference(self, first: Symbol, other: Symbol, entry: Entry) -> None:
        """What one part alone says of a letter is told with the part."""
        more = [p for p in other.properties if p not in first.properties]
        if more and entry.home is not None and "#" not in entry.home:
            self.scope.note(f"In part ({entry.home}), ", name_box(entry.name), f" is {' and '.join(more)}.")

    def term_of(self, entry: Entry) -> Term | None:
        """The symbol of an entry, where its shape is known by now."""
        try:
            term = letters.symbol(Reading(self.scope), entry).build()
        except (errors.DerivgenError, LookupError):
            return None
        return term

    def definitions(self) -> list[Definition]:
        found: list[Definition] = []
        for entry in self.entries():
            if entry.meaning is None or entry.kind not in ("symbol", "function"):
                continue
            self.scope.part = entry.home
            try:
                term = Reading(self.scope).entry_typed(entry).build()
            except (errors.DerivgenError, LookupError):
                if derivative_formula(entry.meaning.body) is None:
                    self.scope.note("Not understood: ", entry.meaning.body, ".")
                continue
            if isinstance(term, Named):
                found.append(Definition(plain_name(entry.name), term, term.term, self.parameters(entry), entry.home))
        self.scope.part = None
        return found

    def parameters(self, entry: Entry) -> tuple[Term, ...]:
        """The x and y of f(x, y) = …, as they stand in the right side."""
        nodes = entry.meaning.params if entry.meaning is not None else ()
        try:
            return tuple(Reading(self.scope).read(n).build() for n in nodes)
        except (errors.DerivgenError, LookupError):
            return ()

    def sizes(self, symbols: list[Symbol], goals: tuple[Goal, ...]) -> list[str]:
        """The symbolic sizes, in order of appearance."""
        used = {s for symbol in symbols for s in symbol.shape if isinstance(s, str)}
        used |= {s for g in goals for s in sizes_in(g.question)}
        used |= {g.task.size for g in goals if isinstance(g.task, Batch) and isinstance(g.task.size, str)}
        known = [s for s in self.scope.sizes if s in used]
        return known + sorted(used - set(known))

    def leftovers(self) -> None:
        """Formulas that no phrase has used, that are more than a letter and that stand in no other one, are noted."""
        slots = [slot for sentence in self.sentences for slot in sentence.slots]
        understood = {n for slot in slots if slot.used for row in slot.formula.rows for n in sx.walk(row)}
        for slot in (s for s in slots if not s.used):
            for fact in slot.facts:
                if isinstance(fact, Bare) and fact.node not in understood and self.matters(fact.node):
                    self.scope.note("Not understood: ", fact.node, ".")

    def matters(self, node: sx.Syntax) -> bool:
        if isinstance(node, (sx.Symbol, sx.Number, sx.FunctionName, sx.Space, sx.Words, sx.Placeholder)):
            return False
        if isinstance(node, sx.Product) and "×" in node.signs:
            return False
        if letters.full_name(self.scope, node) is not None:
            return False
        if isinstance(node, sx.Fenced) and all(isinstance(i, sx.Symbol) for i in sx.items(node.body)):
            return False
        if isinstance(node, sx.MaybeCall) and isinstance(node.head, sx.Symbol) and self.scope.known(node.head.name):
            return False
        return derivative_formula(node) is None or not isinstance(node, sx.Subscript)


def prose(pieces: tuple[str | sx.Syntax | Box, ...]) -> Prose:
    """A note with its formulas as boxes."""
    return tuple(typeset(p) if isinstance(p, sx.Syntax) else p for p in pieces)
