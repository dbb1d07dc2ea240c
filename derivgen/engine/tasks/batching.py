"""A loss over a batch: every quantity that depends on the example gets its index; the derivative is linear."""

from __future__ import annotations

from derivgen.derivation import VERIFIED, Goal, Prose
from derivgen.engine import graphs
from derivgen.engine.answers import answer_to
from derivgen.engine.tasks.expressing import names, whole
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.prose import listed
from derivgen.rules.rule import depends_on
from derivgen.tasks import Batch, Cited
from derivgen.terms.build import ONE, num, times
from derivgen.terms.nodes import Derivative, El, Extent, Frac, Idx, Named, Relation, Sum, Sym, Term
from derivgen.terms.trees import Fresh, rebuild


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
    told = indexed_definitions(top, task, var, i)
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
    again(work, question, top, task, var, i, Derivative(El(losses, i, 1), var, question.layout))
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


def data_of(top: Named, task: Batch, var: Term) -> set[Term]:
    """What is put in beside the example: targets that belong to it, no parameters (matrices)."""
    found = [t for t in graphs.ordered(top) if not graphs.inputs(t) and t != var]
    users = {b for t in graphs.ordered(top) if depends_on_example(t, task, var) for b in graphs.inputs(t)}
    return {t for t in found if t in users and t.shape[1] == 1 and not weight(t, top, task)}


def weight(term: Term, top: Named, task: Batch) -> bool:
    """Whether an input stands in a product with what depends on the example: then it is a parameter."""
    from derivgen.terms.nodes import Times
    from derivgen.terms.trees import subterms

    for quantity in graphs.ordered(top):
        if isinstance(quantity, Named):
            for t in subterms(quantity.term):
                if isinstance(t, Times) and depends_on(t, term) and depends_on(t, task.single):
                    return True
    return False


def indexed_definitions(top: Named, task: Batch, var: Term, i: Idx) -> list[Relation]:
    """The definitions on the way, each for the example with the index."""
    data = data_of(top, task, var)
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
        from derivgen.terms.nodes import Gen

        args = [with_index(d, task, var, i, data) for d in meaning.deps]
        if len({a.shape for a in args}) == 1:
            return Gen(meaning.name, (0,) * len(args), *args)
    return with_index(meaning, task, var, i, data)


def again(work: Working, question: Derivative, top: Named, task: Batch, var: Term, i: Idx, one: Term) -> None:
    """What each term is: the answer for a single example, found before or worked out here, with its index."""
    found, where = single_answer(work, question)
    words: Prose = ("Each ", one, " is found as for a single example")
    if found is None:
        work.say(*words, ".")
        return
    value = with_index(found, task, var, i, data_of(top, task, var))
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
