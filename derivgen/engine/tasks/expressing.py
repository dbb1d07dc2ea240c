"""A derivative in terms of other derivatives: the chain rule, stopped where the statement wants it to stop."""

from __future__ import annotations

from dataclasses import replace

from derivgen.derivation import Goal, Graph, Prose
from derivgen.engine import facts, graphs
from derivgen.engine.answers import answer_to
from derivgen.engine.backward import by_arrows, one_way
from derivgen.engine.tasks.formal import explain, formal_chain, last_of
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.notation.names import plain_name
from derivgen.prose import listed
from derivgen.rules.normal import key
from derivgen.rules.rule import variable_of
from derivgen.tasks import InTerms
from derivgen.terms.build import plus, times
from derivgen.terms.nodes import Derivative, El, Entries, Name, Named, Sum, Sym, Term
from derivgen.terms.shapes import ShapeError
from derivgen.terms.trees import rebuild, replace_index, substitute, subterms, untransposed

LARGEST_SUM = 8


def in_terms(work: Working, goal: Goal) -> Term:
    task, question = goal.task, goal.question
    assert isinstance(task, InTerms)
    if not isinstance(question, Derivative):
        raise NoRule("only a derivative can be written through other derivatives")
    stopped = stopping(question, task.leaves)
    asked = substitute(question, stopped) if stopped else question
    work.against = asked
    assert isinstance(asked, Derivative)
    last = last_of(task.leaves)
    if last is not None:
        found = with_matrix(work, question, last, task.leaves)
        work.figures += pictures(question)
        return found
    work.keep_sums = task.blanks
    way = one_way(asked) if task.arrows else None
    found = answer_to(work, asked) if way is None else by_arrows(work, asked, way)
    if task.blanks:
        found = written_out(work, found)
    refuse_others(found, task.leaves)
    if found == asked:
        raise NoRule("in these derivatives the answer is the question itself", hint="name those along the way")
    if way is None:  # by the arrows the picture has been drawn
        work.figures += pictures(question)
    if task.blanks:
        tell_blanks(work, found, task.leaves)
    return found


def with_matrix(work: Working, question: Derivative, last: Derivative, leaves: tuple[Term, ...]) -> Term:
    """A chain that ends in a vector by a matrix: a product where that means something, else its elements."""
    others = tuple(leaf for leaf in leaves if leaf is not last)
    outer = stopping(question, others)
    outer = {name: symbol for name, symbol in outer.items() if name.name != whole(last)[0].name}
    asked = substitute(question, outer) if outer else question
    assert isinstance(asked, Derivative)
    vector = next(t for t in graphs.ordered(asked.body) if isinstance(t, Sym | Named) and t.name == whole(last)[0].name)
    leaf = Derivative(vector, asked.var, last.layout)
    top = graphs.cut(asked.body, vector) if isinstance(asked.body, Named) else asked.body
    by_vector = Derivative(top, vector, asked.layout)
    inner = names(by_vector) in {names(d) for d in others if isinstance(d, Derivative)}
    chain = by_vector if inner else answer_to(work.aside(), Derivative(asked.body, vector, asked.layout))
    asked = Derivative(top if inner else asked.body, asked.var, asked.layout)
    work.against = asked
    found, formula = formal_chain(work, asked, leaf, chain)
    product = ordered_product(leaf, chain, asked)
    value = answer_to(work.aside(), asked)
    rows, columns = (found.j, found.i) if asked.layout == "numerator" else (found.i, found.j)
    whole_matrix = Entries(formula, rows, columns)
    if found.same_for_all and product is not None:
        reason: Prose = ("the same ", leaf, " for every ", found.tied, ": an outer product")
        work.line("put_together", whole_matrix, product, reason, left=asked)
        return product
    explain(work, asked, found, product if product is not None else formula, value)
    work.value = value
    return whole_matrix


def ordered_product(leaf: Derivative, chain: Term, question: Derivative) -> Term | None:
    """The two factors in the order in which their shapes give that of the question."""
    for factors in ((chain, leaf), (leaf, chain)):
        try:
            product = times(factors)
        except ShapeError:
            continue
        if product.shape == question.shape:
            return product
    return None


def stopping(question: Derivative, leaves: tuple[Term, ...]) -> dict[Term, Term]:
    """Quantities that are not looked into: what stands above in a derivative that is to be left."""
    way = graphs.ordered(variable_of(question.body))
    on_the_way = {t.name: t for t in way if isinstance(t, Sym | Named)}
    cuts: dict[Term, Term] = {}
    for leaf in leaves:
        assert isinstance(leaf, Derivative)
        above, below = (on_the_way.get(t.name) for t in whole(leaf))
        refuse_off_the_way(leaf, names_inside(question))
        if isinstance(above, Named) and below is not None:
            cuts[above] = graphs.cut(above, below)
    # an undetermined function keeps the quantities that are stopped at, as they are now: those before it are cut first
    out: dict[Term, Term] = {}
    for name in (t for t in way if t in cuts):
        out[name] = substitute(cuts[name], out)
    return out


def names_inside(term: Term) -> set[Name]:
    """The names of all quantities that a term speaks of, in definitions and as what functions depend on."""
    found: set[Name] = set()
    open_terms: list[Term] = [term]
    while open_terms:
        for t in subterms(open_terms.pop()):
            if isinstance(t, Sym | Named) and t.name not in found:
                found.add(t.name)
                open_terms += [t.term] if isinstance(t, Named) else t.deps
    return found


def refuse_off_the_way(leaf: Derivative, known: set[Name]) -> None:
    """A derivative of, or by, a quantity that the question has nothing to do with can stand in no answer."""
    off = next((t for t in whole(leaf) if t.name not in known), None)
    if off is not None:
        raise NoRule(
            f"the answer cannot be written with this derivative: {plain_name(off.name)} is not on the way from the "
            "variable to what is differentiated",
            hint="name derivatives of quantities on the way, or define it",
        )


def whole(leaf: Derivative) -> tuple[Sym | Named, Sym | Named]:
    """The quantities of a derivative, without the elements that are taken of them."""
    above, below = variable_of(leaf.body), variable_of(untransposed(leaf.var))
    if not isinstance(above, Sym | Named) or not isinstance(below, Sym | Named):
        raise NoRule(
            "the chain rule leads to the derivative of an expression that has no name",
            hint="give it a name: where y = …",
        )
    return above, below


def names(leaf: Derivative) -> tuple[Name, Name]:
    above, below = whole(leaf)
    return above.name, below.name


def refuse_others(found: Term, leaves: tuple[Term, ...]) -> None:
    """An answer with other derivatives in it than were wanted is none."""
    wanted = {names(leaf) for leaf in leaves if isinstance(leaf, Derivative)}
    for t in subterms(found):
        if isinstance(t, Derivative) and names(t) not in wanted:
            raise NoRule(
                "the chain rule leads to another derivative than those that the answer is to be written in",
                hint="name the derivatives along the way, as in: in terms of dz/dy and dy/dx",
            )


def written_out(work: Working, found: Term) -> Term:
    """Sums over an index of a known length, term by term."""

    def spelt(term: Term) -> Term:
        if isinstance(term, Sum) and isinstance(term.index.size, int) and term.index.size <= LARGEST_SUM:
            body = spelt(term.body)
            return plus(replace_index(body, {term.index: k}) for k in range(1, term.index.size + 1))
        return rebuild(term, spelt)

    after = spelt(found)
    if after != found:
        work.line("write_out_sum", found, after, ("one term for each path",))
    return after


def stands(leaf: Derivative | None, k: int) -> bool:
    """Whether the number of the element above, or below, is written out in the statement."""
    return leaf is not None and place((leaf.body, leaf.var)[k]) is not None


def tell_blanks(work: Working, found: Term, leaves: tuple[Term, ...]) -> None:
    """Which numbers the blanks hold, in the order of the answer."""
    pairs: list[Derivative] = [t for t in subterms(found) if isinstance(t, Derivative)]
    given = {names(leaf): leaf for leaf in leaves if isinstance(leaf, Derivative)}
    spots = [(t, stands(given.get(names(d)), k)) for d in pairs for k, t in enumerate((d.body, d.var))]
    numbers = [str(at) for t, told in spots if not told and (at := place(t)) is not None]
    value = " ".join(numbers)
    words: Prose = ("the blanks hold ", ", ".join(numbers), " in this order")
    check = facts.equal(work, work.against, found) if work.against is not None else facts.NOT_CHECKED
    facts.establish(work, "blanks", value, words, check)
    filled = [d for d in pairs if place(d.body) is not None or place(d.var) is not None]
    if filled:
        work.say("With the blanks filled in: ", *listed(dict.fromkeys(filled)), ".")


def place(term: Term) -> int | None:
    """The number of an element."""
    if isinstance(term, El):
        return next((at for at in (term.i, term.j) if isinstance(at, int) and at_axis(term, at)), None)
    return None


def at_axis(term: El, at: int) -> bool:
    """Whether a position is one on an axis that is longer than one."""
    return (term.i == at and term.term.shape[0] != 1) or (term.j == at and term.term.shape[1] != 1)


def pictures(question: Derivative) -> list[Graph]:
    """The ways from the variable to what is differentiated."""
    top, start = whole(question)
    if start not in graphs.ordered(top):
        return []
    if key(untransposed(question.var)) == key(start):
        drawn = graphs.picture(start, top)
    else:
        drawn = graphs.network(start, top, element_paths(untransposed(question.var), top), ())
    ways = "the path gives the factors" if len(drawn.paths) == 1 else "each path gives a term"
    return [replace(drawn, caption=("From ", question.var, " to ", question.body, f": {ways} of the chain rule."))]


def element_paths(start: Term, top: Term) -> list[tuple[Term, ...]]:
    """The paths from an element through the quantities between, one element of each."""
    ways: list[tuple[Term, ...]] = []
    for way in graphs.paths(variable_of(start), top):
        found: list[tuple[Term, ...]] = [(start,)]
        for quantity in way[1:]:
            found = [(*w, e) for w in found for e in graphs.elements(quantity) or [quantity]]
        ways += found
    return ways
