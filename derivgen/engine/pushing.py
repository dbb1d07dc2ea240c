"""The driver of a line: the lowest phase that applies anywhere is applied everywhere, and what was done is recorded.

A displayed line is one phase; its substeps are (rule, path, before, after) on the sub-terms.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from derivgen.derivation import Step
from derivgen.engine.opening import open_element
from derivgen.engine.words import node_name
from derivgen.errors import NoRule
from derivgen.prose import listed
from derivgen.rules.calculus import ANY_LETTER, CHAIN_WITH, KNOWN, STILL
from derivgen.rules.catalog import rules_for
from derivgen.rules.moves import BY_NAME
from derivgen.rules.order import in_line_order
from derivgen.rules.rule import Phase, Rule, Words, depends_on, is_leaf, variable_of
from derivgen.rules.sums import has_delta, sift, sift_delta
from derivgen.terms.build import is_zero, plus, times
from derivgen.terms.nodes import (
    Derivative,
    Diag,
    DiagOf,
    El,
    Entries,
    Fn,
    Frac,
    Had,
    Name,
    Named,
    Num,
    Plus,
    Relation,
    Sum,
    Sym,
    Term,
    Times,
    Tp,
    Tr,
)
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import Fresh, Path, letters_of, substitute

LINEAR_FORM = "derivative_of_linear_form"
IN_ORDER = "put_in_order"
DEFINITION = "definition"
THROUGH = "chain_rule_through"
BY_FORMULA = "element_by_formula"
LINE_LIMIT = 400
OTHER_LETTERS = "tswrqpz"
"""Letters for the argument of a known function where the usual one is taken."""
TOLD = 3
"""Reasons told in full beside one line."""


@dataclass
class Firing:
    """One use of a rule on a sub-term."""

    rule: str
    law: str
    source: str
    reason: Words
    path: Path
    before: Term
    after: Term
    inner: tuple[Step, ...] = ()

    def at(self, path: Path) -> Firing:
        """The same use of the rule, at a place."""
        return Firing(self.rule, self.law, self.source, self.reason, path, self.before, self.after, self.inner)

    def step(self) -> Step:
        return Step(
            rule=self.rule,
            before=self.before,
            after=self.after,
            reason=self.reason,
            path=self.path,
            law=self.law,
            source=self.source,
            detail=2,
            substeps=self.inner,
        )


@dataclass
class Line:
    """A term with derivatives still to be taken, and the rules that are ready to fire in it."""

    term: Term
    fresh: Fresh
    nested: bool = False
    inner_first: bool = False
    ready: dict[Term, Firing] = field(default_factory=dict)
    phases: dict[Term, Phase] = field(default_factory=dict)

    def pending(self) -> list[Derivative]:
        """The outermost derivatives that are still to be taken."""
        found: list[Derivative] = []
        stack = [self.term] if self.term.pending else []
        while stack:
            top = stack.pop()
            if isinstance(top, Derivative):
                if not is_leaf(top):
                    found.append(top)
            else:
                for a in top.args:
                    if isinstance(a, Term) and a.pending:
                        stack.append(a)
        return found

    def next_phase(self) -> Phase | None:
        """The lowest phase that applies, with the firings of all pending derivatives prepared."""
        waiting = self.pending()
        if not waiting:
            return None
        if not self.nested and all(d not in self.phases for d in waiting):
            self.fresh.within(self.term)
        for d in waiting:
            if d not in self.phases:
                self.prepare(d, lonely=d == self.term)
        return min(self.phases[d] for d in waiting)

    def prepare(self, d: Derivative, *, lonely: bool) -> None:
        """Find what a derivative does next; ``lonely``: the line holds nothing else, so nothing is read off."""
        if not lonely and is_linear_form(d):
            after, inner = differentiate(d, self.fresh, nested=True, inner_first=self.inner_first)
            linear = BY_NAME[LINEAR_FORM]
            told = read_off([linear_subject(d)], d.var)
            self.ready[d] = Firing(LINEAR_FORM, linear.law, linear.source, told, (), d, after, inner)
            self.phases[d] = Phase.ENTRY
            return
        rule, after = first_rule(d, self.fresh)
        if rule.name == THROUGH and self.inner_first:
            after = turned_round(after)
        because = in_free_letters(rule.because(d), self.fresh.avoid) if rule.because else ()
        self.ready[d] = Firing(rule.name, rule.law, rule.source, because or (rule.reason,), (), d, after)
        self.phases[d] = rule.phase

    def advance(self, phase: Phase) -> list[Firing]:
        """Fire everything of one phase, again and again until none is left."""
        fired: list[Firing] = []
        self.term = self._push(self.term, phase, (), fired)
        return fired

    def put_in_order(self) -> list[Firing]:
        """The factors of the line in the order in which they are written; nothing where they are."""
        before, self.term = self.term, in_line_order(self.term)
        if self.term == before:
            return []
        move = BY_NAME[IN_ORDER]
        return [Firing(IN_ORDER, move.law, move.source, (move.reason,), (), before, self.term)]

    def _push(self, term: Term, phase: Phase, path: Path, fired: list[Firing]) -> Term:
        if not term.pending:
            return term
        if isinstance(term, Derivative):
            if is_leaf(term):
                return term
            if term not in self.phases:
                self.prepare(term, lonely=not path)
            if self.phases[term] != phase:
                return term
            firing = self.ready[term]
            fired.append(firing.at(path))
            if len(fired) > LINE_LIMIT:
                raise NoRule("the derivation grows beyond its limit of steps in one line")
            return firing.after if firing.rule == LINEAR_FORM else self._push(firing.after, phase, path, fired)
        args = list(term.args)
        changed = False
        for k, a in enumerate(term.args):
            if isinstance(a, Term) and a.pending:
                args[k] = self._push(a, phase, (*path, k), fired)
                changed |= args[k] is not a
        return joined(term, args) if changed else term


def joined(term: Term, args: Sequence[object]) -> Term:
    """A node over changed arguments, without the zeros and units that the change left.

    The arguments of a sum, a product and a bar are terms, which the general type of ``args`` cannot say: the ignores.
    """
    match term:
        case Plus():
            return plus(args, term.shape)  # type: ignore[arg-type]
        case Times():
            return times(args)  # type: ignore[arg-type]
        case Sum() | Frac() if is_zero(args[0]):  # type: ignore[arg-type]
            return args[0]  # type: ignore[return-value]
    return type(term)(*args)


def turned_round(term: Term) -> Term:
    """A chain rule with the inner derivative first, as the factors stand in denominator layout."""
    match term:
        case Plus():
            return plus((turned_round(t) for t in term.args), term.shape)
        case Sum(body, index):
            return Sum(turned_round(body), index)
        case Times() if len(term.args) == 2:
            return Times(term.args[1], term.args[0])
    return term


def in_free_letters(words: Words, taken: Set[str]) -> Words:
    """The law of a known function in a letter that the statement does not use for something else."""
    if len(words) != 2 or words[0] not in (KNOWN, CHAIN_WITH) or ANY_LETTER not in taken:
        return words
    free = next((letter for letter in OTHER_LETTERS if letter not in taken), ANY_LETTER)
    return (words[0], substitute(words[1], {Sym(Name(ANY_LETTER)): Sym(Name(free))}))


def first_rule(d: Derivative, fresh: Fresh) -> tuple[Rule, Term]:
    for rule in rules_for(d.body):
        after = rule(d, fresh)
        if after is not None:
            return rule, after
    raise no_rule(d)


def no_rule(d: Derivative) -> NoRule:
    inner = d.body.term if isinstance(d.body, El) else d.body
    return NoRule(
        f"there is no rule yet for the derivative of {node_name(inner)}",
        hint="derivgen rules lists what can be differentiated",
    )


def degree(term: Term, var: Term) -> int:
    """0 constant, 1 affine, 2 anything else, in the symbol behind the variable."""
    if not depends_on(term, var):
        return 0
    if term == variable_of(var):
        return 1
    match term:
        case Sym():
            return 2
        case Named(_, meaning):
            return degree(meaning, var)
        case Plus():
            return max(degree(t, var) for t in term.args)
        case Times() | Had():
            return min(2, sum(degree(t, var) for t in term.args))
        case Frac(top, bottom):
            return 2 if depends_on(bottom, var) else degree(top, var)
        case Tp(inner) | Diag(inner) | DiagOf(inner) | Tr(inner) | El(inner) | Sum(inner) | Entries(inner):
            return degree(inner, var)
    return 2


def is_linear_form(d: Derivative) -> bool:
    """Whether a derivative is that of a compound term that is affine in the variable."""
    body = d.body
    inner = body.term if isinstance(body, El) else body
    if isinstance(inner, Sym | Num | Sum | Fn) or body == d.var or degree(inner, d.var) != 1:
        return False
    if isinstance(d.var, El):
        splits = isinstance(body, Plus | Frac)
        return not splits and not (isinstance(body, Times) and all(f.shape == SCALAR for f in body.args))
    product = (
        isinstance(body, Times) and d.var in body.args
    )  # its constant factors are pulled out, in words of their own
    return body.shape == SCALAR and not isinstance(body, Plus) and not product


def only_passes_sums(fired: list[Firing]) -> bool:
    """Whether a derivative merely went under summation signs: no line of its own."""
    return all(isinstance(f.before, Derivative) and isinstance(f.before.body, Sum) for f in fired)


def fold(fired: list[Firing]) -> Words:
    """The reasons of a line: each once, in order, joined by semicolons; reasons of one kind told together."""
    linear: dict[Term, dict[Term, None]] = {}
    for f in fired:
        if f.rule == LINEAR_FORM and isinstance(f.before, Derivative):
            linear.setdefault(variable_of(f.before.var), {})[linear_subject(f.before)] = None
    seen: list[Words] = []
    defined = any(f.rule == DEFINITION for f in fired)
    silent = {IN_ORDER, BY_FORMULA} if defined else {IN_ORDER}
    for f in [f for f in fired if f.rule not in silent] or fired:
        reason = f.reason
        if f.rule == LINEAR_FORM and isinstance(f.before, Derivative):
            subjects = list(linear[variable_of(f.before.var)])
            alone = element_told(f.before) if len(subjects) == 1 else None
            reason = read_off(subjects if alone is None else [alone], f.before.var)
        if reason not in seen:
            seen.append(reason)
    return told_in_short(told_together(seen))


def told_in_short(reasons: Sequence[Words]) -> Words:
    """Reasons joined by semicolons; where there are many, the reader is told that not all are given."""
    words: Words = ()
    for k, reason in enumerate(reasons[:TOLD]):
        words = (*words, "; ", *reason) if k else reason
    return (*words, "; the other terms likewise") if len(reasons) > TOLD else words


def told_together(reasons: list[Words]) -> list[Words]:
    """Reasons that begin or end alike as one: what does not depend on x, the functions of a chain rule."""
    out: list[Words] = []
    still = [r for r in reasons if len(r) > 1 and r[-2] in STILL]
    chain = [r for r in reasons if r and r[0] == CHAIN_WITH]
    laws = {law for c in chain for law in c[1:]}
    known = [r for r in reasons if r and r[0] == KNOWN and not laws.issuperset(r[1:])]
    for r in reasons:
        if r in known:
            if r is known[0]:
                out.append((KNOWN, *listed([law for c in known for law in c[1:]])))
            continue
        if r and r[0] == KNOWN:
            continue  # the chain rule is told with this law already
        if r in still:
            items = list(dict.fromkeys(t for s in still for t in s[:-2] if not isinstance(t, str)))
            merged = (*listed(items), STILL[len(items) > 1], r[-1])
            if r is still[0]:
                out.append(merged if len(items) <= 3 else ("linearity",))
        elif r in chain:
            if r is chain[0]:
                out.append((CHAIN_WITH, *listed([law for c in chain for law in c[1:]])))
        else:
            out.append(r)
    return out


def read_off(subjects: Sequence[Term], var: Term) -> Words:
    """Why derivatives need no line of their own."""
    are = " is linear in " if len(subjects) == 1 else " are linear in "
    named: Words = listed(subjects) if len(subjects) <= TOLD else ("the remaining factors",)
    shifted = any(has_constant(s.right if isinstance(s, Relation) else s, var) for s in subjects)
    up_to = " up to a constant" if shifted else ""
    return (*named, are, variable_of(var), f"{up_to}: the coefficients are read off")


def has_constant(term: Term, var: Term) -> bool:
    """Whether a term of first degree has a part without the variable."""
    if not depends_on(term, var):
        return isinstance(term, Term)
    match term:
        case Plus():
            return any(has_constant(t, var) for t in term.args)
        case Named(_, meaning):
            return has_constant(meaning, var)
        case Sym():
            return False
    return any(has_constant(t, var) for t in term.args if isinstance(t, Term) and depends_on(t, var))


def element_told(term: Term) -> Term | None:
    """The element of a product with a name as the sum that it is: y_k = Σ_l v_l X_{lk}; None where it is none."""
    body = term.args[0]
    if not isinstance(body, El) or not isinstance(body.term, Named) or not isinstance(body.term.term, Times):
        return None
    return Relation("=", body, open_element(body.term, body.i, body.j, Fresh(letters_of(term)).within(term)))


def linear_subject(term: Term) -> Term:
    """What is linear, as it is told: a name with its definition, or the term itself."""
    body = term.args[0]
    inner = body.term if isinstance(body, El) else body
    return Relation("=", inner, inner.term) if isinstance(inner, Named) else body


def line_step(before: Term, after: Term, fired: list[Firing]) -> Step:
    """A displayed line from the firings of one phase."""
    main = next((f for f in fired if not only_passes_sums([f])), fired[0])
    return Step(
        rule=main.rule,
        before=before,
        after=after,
        reason=fold(fired),
        path=main.path if len(fired) == 1 else (),
        law=main.law,
        source=main.source,
        substeps=tuple(f.step() for f in fired) if len(fired) > 1 or main.inner else (),
    )


def differentiate(
    term: Term, fresh: Fresh, *, nested: bool = False, inner_first: bool = False
) -> tuple[Term, tuple[Step, ...]]:
    """A scalar term with every derivative taken and every delta sifted, and the lines that lead there.

    ``inner_first``: a chain rule is written (∂y/∂x)(∂z/∂y), and not the other way round.
    """
    line = Line(term, fresh, nested, inner_first)
    steps: list[Step] = []
    held: list[Firing] = []
    before = line.term
    while True:
        phase = line.next_phase()
        if phase is None:
            break
        fired = line.advance(phase)
        held += [*fired, *line.put_in_order()]
        if only_passes_sums(fired) and line.pending():
            continue
        if line.term != before:
            steps.append(line_step(before, line.term, held))
        before, held = line.term, []
        if len(steps) > LINE_LIMIT:
            raise NoRule("the derivation grows beyond its limit of lines")
    if has_delta(line.term):
        before = line.term
        after = in_line_order(sift(before, fresh))
        if after != before:
            steps.append(
                Step(
                    rule=sift_delta.name,
                    before=before,
                    after=after,
                    reason=(sift_delta.reason,),
                    law=sift_delta.law,
                    source=sift_delta.source,
                )
            )
        line.term = after
    return line.term, tuple(steps)
