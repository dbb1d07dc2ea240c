"""A loss over a batch: every quantity that depends on the example gets its index; the derivative is linear."""

from __future__ import annotations

from functools import partial

from derivgen.derivation import VERIFIED, Goal, Prose
from derivgen.engine import graphs
from derivgen.engine.answers import answer_to
from derivgen.engine.tasks.expressing import names, whole
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.prose import listed
from derivgen.tasks import Batch, Cited
from derivgen.terms.build import ONE, num, times
from derivgen.terms.nodes import (
    Derivative,
    El,
    Extent,
    Fn,
    Frac,
    Gen,
    Idx,
    Named,
    Plus,
    Relation,
    Sum,
    Sym,
    Term,
    Times,
)
from derivgen.terms.trees import Fresh, rebuild, subterms, untransposed


def batch(work: Working, goal: Goal) -> Term:
    """dℓ/dM = (1/B) Σ_i dℓ_i/dM, with what ℓ_i is."""
    task, question = goal.task, goal.question
    assert isinstance(task, Batch) and isinstance(question, Derivative)
    top, var = whole(question)
    if not named(task.single):
        raise NoRule("the examples of the batch are not one quantity, told apart by its index")
    if not isinstance(top, Named) or not any(s.name == single_name(task) for s in graphs.ordered(top) if named(s)):
        raise NoRule("what is differentiated does not depend on the examples of the batch")
    i = Fresh(work.avoid | {s.name.letter for s in question.symbols if named(s)})(task.size)
    data = data_of(top, task, var, work.variables)
    told = indexed_definitions(top, task, var, i, data)
    losses = Sym(top.name, task.size, 1, (), var)
    count = Extent(task.size) if isinstance(task.size, str) else num(task.size)
    summed: Term = Sum(El(losses, i, 1), i)
    total = Named(top.name, times([Frac(ONE, count), summed]) if task.mean else summed)
    asked = Derivative(total, var, question.layout)
    work.against = asked
    words = listed(told, last=", ")
    work.introduction = ("With an index for the example, ", *words, ", and ", Relation("=", total, total.term), ".")
    before = Derivative(total.term, var, question.layout)
    work.line("definition", asked, before, ("the definition of ", total), left=asked)
    inner: Term = Sum(Derivative(El(losses, i, 1), var, question.layout), i)
    after = times([Frac(ONE, count), inner]) if task.mean else inner
    work.line("linearity", before, after, ("linearity",))
    again(work, question, task, i, data, Derivative(El(losses, i, 1), var, question.layout))
    return after


def named(term: Term) -> bool:
    return isinstance(term, Sym | Named)


def single_name(task: Batch) -> object:
    return task.single.name


def depends_on_example(term: Term, task: Batch, var: Term) -> bool:
    """Whether a quantity differs from example to example: the input, what is computed from it, and other data."""
    if not named(term) or term == var:
        return False
    if term.name == single_name(task):
        return True
    return any(s.name == single_name(task) for s in term.symbols if named(s))


def with_index(term: Term, task: Batch, var: Term, i: Idx, data: set[Term]) -> Term:
    """A term with the index of the example on every quantity that has one."""
    if named(term) and (depends_on_example(term, task, var) or term in data):
        label = term.name._replace(sub=i.letter)
        return Sym(label, *term.shape)
    if named(term):
        return term
    return rebuild(term, lambda t: with_index(t, task, var, i, data))


def data_of(top: Named, task: Batch, var: Term, parameters: frozenset[Term]) -> set[Term]:
    """What is put in beside the example, the targets that belong to it: no matrices, nothing that is differentiated by,
    and nothing that enters before the loss, as a bias does."""
    on_the_way = [t for t in graphs.ordered(top) if depends_on_example(t, task, var)]
    early = {b for t in on_the_way if t != top for b in graphs.inputs(t)}
    predicted = {t.name.letter for t in on_the_way if isinstance(t, Named) and t.name.accent}
    found = {t for t in graphs.inputs(top) if named(t) and t.shape[1] == 1 and not graphs.inputs(t)}
    found -= {var, *parameters, *early, *on_the_way}
    meets = partial(meets_example, task=task, var=var)
    undetermined = isinstance(top.term, Sym) and bool(top.term.deps)
    return {t for t in found if undetermined or t.name.letter in predicted or meets(top.term, t)}


def meets_example(term: Term, target: Term, *, task: Batch, var: Term) -> bool:
    """Whether something is held against what is computed from the example: ŷ - y, y log ŷ; not λ in λ‖w‖², nor w in
    w^T x."""

    def moves(t: Term) -> bool:
        return any(depends_on_example(s, task, var) for s in t.symbols)

    for t in subterms(term):
        match t:
            case Plus() if any(f.symbols == {target} for f in t.args) and any(map(moves, t.args)):
                return True
            case Times() if any(untransposed(f) == target for f in t.args):
                if any(moves(f) and isinstance(untransposed(f), Fn | Named) for f in t.args):
                    return True
            case Gen() if target in t.operands and any(map(moves, t.operands)):
                return True
    return False


def indexed_definitions(top: Named, task: Batch, var: Term, i: Idx, data: set[Term]) -> list[Relation]:
    """The definitions on the way, each for the example with the index."""
    out = []
    for t in graphs.ordered(top):
        if isinstance(t, Named) and depends_on_example(t, task, var):
            meaning = t.term
            if isinstance(meaning, Sym) and meaning.deps:
                meaning = Sym(meaning.name, *meaning.shape, (), *meaning.deps)
            out.append(Relation("=", with_index(t, task, var, i, data), applied(meaning, task, var, i, data)))
    return out


def applied(meaning: Term, task: Batch, var: Term, i: Idx, data: set[Term]) -> Term:
    """A right side with indices; an unknown function is written with what it is a function of."""
    if isinstance(meaning, Sym) and meaning.deps and meaning.shape == (1, 1):
        args = [with_index(d, task, var, i, data) for d in meaning.deps]
        if len({a.shape for a in args}) == 1:
            return Gen(meaning.name, (0,) * len(args), *args)
    return with_index(meaning, task, var, i, data)


def again(work: Working, question: Derivative, task: Batch, i: Idx, data: set[Term], one: Term) -> None:
    """What each term is: the answer for a single example, found before or worked out here, with its index."""
    found, where = single_answer(work, question)
    words: Prose = ("Each ", one, " is found as for a single example")
    if found is None:
        work.say(*words, ".")
        return
    value = with_index(found, task, whole(question)[1], i, data)
    cited: Prose = (", in ", where) if where is not None else ()
    work.say(*words, *cited, ": ", Relation("=", one, value), ".")


def single_answer(work: Working, question: Derivative) -> tuple[Term | None, str | None]:
    """The derivative for a single example: as the last earlier part found it, or worked out aside."""
    if question in work.earlier:
        return work.earlier[question]
    for at, answered in reversed(list(enumerate(work.before))):
        asked, cited = answered.goal.question, answered.goal.part
        if cited is None or not isinstance(asked, Derivative) or names(asked) != names(question):
            continue
        value = answered.answer if answered.value is None else answered.value
        if answered.check.verdict == VERIFIED and value is not None and value.shape == question.shape:
            return value, Cited(f"({cited.strip('()')})", at)
    try:
        return answer_to(work.aside(), question), None
    except NoRule:
        return None, None
