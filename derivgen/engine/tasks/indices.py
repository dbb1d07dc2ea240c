"""The indices of a derivative: where it is zero, what it is elsewhere, and how many indices its elements need."""

from __future__ import annotations

from derivgen.derivation import Goal, Prose
from derivgen.engine import facts
from derivgen.engine.tasks.patterns import Pattern, at_nonzero, holds_only, letters, pattern_of, unless, whenever
from derivgen.engine.words import size_of
from derivgen.engine.working import Working
from derivgen.errors import FalseClaim, NoRule
from derivgen.notation.names import plain_name
from derivgen.prose import listed
from derivgen.rules.network import Moves, NoMatrixForm
from derivgen.rules.regroup import regroup
from derivgen.rules.textbook import textbook
from derivgen.tasks import FitsInto
from derivgen.terms.build import ZERO, times, tp
from derivgen.terms.nodes import Derivative, El, Entries, Idx, Name, Named, Ones, Sym, Term
from derivgen.terms.shapes import show

NAMES = ("M", "K", "N", "P", "Q", "S")
COUNTED = ("no index", "one index", "two indices", "three indices", "four indices")


# ------------------------------------------------------------------------------------------- zero, and not zero
def zero_where(work: Working, goal: Goal) -> None:
    """The deltas of the element formula say where it is zero, whatever the values are."""
    element = goal.question
    assert isinstance(element, Derivative)
    pattern = pattern_of(work, element)
    if pattern.always_zero:
        text: Prose = (element, " is zero for all indices")
        facts.establish(work, "zero unless", "never", text, facts.equal(work, element, ZERO))
        work.say(*text, ".")
        return
    only_there = facts.equal(work, element, times([pattern.indicator, element]))
    if any(not c for c in pattern.conditions):
        text = (element, " is always zero for no indices")
        facts.establish(work, "zero unless", "nowhere", text, facts.differ(work, element, ZERO))
        work.say("There are none: the formula of ", element, " has a term without a delta.")
        return
    plain, words = unless(pattern.conditions)
    facts.establish(work, "zero unless", plain, (element, " is zero unless ", *words), only_there)
    pinned = {p for c in pattern.conditions for pair in c for p in pair}
    others = [i for i in letters(element) if i not in pinned]
    free: Prose = (", for every ", *listed(others)) if others else ()
    work.say(element, " is zero", *whenever(pattern.conditions), *free, ".")
    holds = holds_only(work, element)
    if holds:
        work.say("The reason: ", *holds, ", so it does not change with any other.")


def nonzero_where(work: Working, goal: Goal) -> Term:
    """The element formula with the condition of its deltas put in."""
    element = goal.question
    assert isinstance(element, Derivative)
    pattern = pattern_of(work, element)
    if pattern.always_zero:
        raise NoRule("this element is zero for all indices")
    question, value = at_nonzero(work, pattern)
    work.against = work.question = question
    if question != element:
        _, words = unless(pattern.conditions)
        work.conclusion = ("Everywhere else, where ", *words, " does not hold, it is zero.")
    return value


# ------------------------------------------------------------------------------------- how many indices are left
def fits_into(work: Working, goal: Goal) -> None:
    """The elements that can differ from zero: their free indices are counted, those that change nothing are dropped."""
    task, element = goal.task, goal.question
    assert isinstance(task, FitsInto) and isinstance(element, Derivative)
    pattern = pattern_of(work, element)
    if pattern.always_zero:
        raise NoRule("all elements of this derivative are zero: nothing is kept")
    if len(pattern.conditions) > 1:
        raise NoRule("the elements that can differ from zero are of several kinds, with different indices")
    question, value = at_nonzero(work, pattern)
    kept = list(dict.fromkeys([*letters(question.var), *letters(question.body)]))
    counted(work, pattern, question, kept)
    if task.claimed is None:
        return
    if len(kept) > 2:
        raise FalseClaim(
            f"an element that can differ from zero has {COUNTED[len(kept)]}, too many for {a_kind(task.claimed)}",
            hint="the formula of one element shows which indices it needs",
        )
    if len(kept) == 2 and task.claimed == 2:
        as_matrix(work, question, value, kept)
    elif len(kept) == 2:
        as_vector(work, question, value, kept)
    else:
        work.say("With ", COUNTED[len(kept)], f" they fit into {a_kind(task.claimed)}.")


def counted(work: Working, pattern: Pattern, question: Derivative, kept: list[Idx]) -> None:
    """How many indices there are, and how many of them the deltas leave."""
    before = letters(pattern.element)
    holds = facts.equal(work, pattern.element, times([pattern.indicator, pattern.element]))
    names = ", ".join(i.letter for i in kept)
    text: Prose = (f"{COUNTED[len(kept)]} {'is' if len(kept) == 1 else 'are'} free: ", *listed(kept))
    facts.establish(work, "free indices", names, text, holds)
    if len(kept) < len(before):
        _, words = unless(pattern.conditions)
        said: list[Prose] = [
            (pattern.element, f" has {COUNTED[len(before)]}, but is zero unless ", *words, "."),
            ("What is kept is ", question, ", where ", *text, "."),
        ]
        if not all(any(p in d.text for d in work.before) for p in said):  # an earlier part has argued so already
            work.text += said
    else:
        work.say(pattern.element, f" has {COUNTED[len(before)]}, and is always zero for none of them.")


def as_matrix(work: Working, question: Derivative, value: Term, kept: list[Idx]) -> None:
    """Two indices: the rows and columns of a matrix."""
    matrix = named_matrix(work, value, kept)
    place = El(matrix, *kept)
    reason: Prose = ("one row for each ", kept[0], ", one column for each ", kept[1])
    work.line("name_entries", question, value, reason, left=place)
    shape: Prose = (matrix, " is ", size_of(matrix.shape))
    whole = facts.equal(work, Entries(question, *kept), Entries(value, *kept))
    facts.establish(work, "shape", show(matrix.shape), shape, whole)
    work.say("Two indices are those of a matrix: ", matrix, " with the entries ", place, " = ", value, ", which is ",
             size_of(matrix.shape), ".")  # fmt: skip


def as_vector(work: Working, question: Derivative, value: Term, kept: list[Idx]) -> None:
    """A matrix all of whose rows, or all of whose columns, are the same: one of them is enough."""
    matrix = named_matrix(work, value, kept)
    spare = [i for i in kept if i not in value.free]
    if not spare:
        raise FalseClaim(
            f"the value depends on both indices, {kept[0].letter} and {kept[1].letter}: no vector holds them all",
            hint="a vector is enough only where all rows or all columns are the same",
        )  # fmt: skip
    if len(spare) == 2:
        work.say(El(matrix, *kept), " = ", value, " depends on no index: a single number holds all elements.")
        return
    other = next(i for i in kept if i != spare[0])
    vector = column_of(work, value, other)
    rows_equal = spare[0] == kept[0]
    line = tp(vector) if rows_equal else vector
    whole = times([Ones(matrix.shape[0], 1), line] if rows_equal else [line, Ones(1, matrix.shape[1])])
    same = "rows" if rows_equal else "columns"
    work.line("put_together", Entries(question, *kept), whole, (f"the same in all {same}",), left=matrix)
    check = facts.equal(work, Entries(question, *kept), whole)
    text: Prose = (El(matrix, *kept), " does not depend on ", spare[0], f": all {same} are the same, ", line)
    facts.establish(work, "redundant index", spare[0].letter, text, check)
    facts.establish(work, "vector", plain(vector), ("the vector ", vector, " holds all that is needed"), check)
    work.say(*text, ". One of them is enough: the vector ", vector, " (", size_of(vector.shape), ") holds them all.")


def named_matrix(work: Working, value: Term, kept: list[Idx]) -> Named:
    """A letter for the matrix that the working does not use otherwise."""
    taken = work.avoid | {s.name.letter for s in value.symbols if isinstance(s, Sym | Named)}
    letter = next((n for n in NAMES if n not in taken), "M")
    return Named(Name(letter, "bold"), Entries(value, *kept))


def column_of(work: Working, value: Term, index: Idx) -> Term:
    """The vector whose entries a value with one index are."""
    try:
        return textbook(regroup(value, (index,), Moves(layout=work.layout)))
    except NoMatrixForm:
        return Entries(value, index, 1)


def plain(term: Term) -> str:
    return plain_name(term.name) if isinstance(term, Sym | Named) else "a vector"


def a_kind(count: int) -> str:
    return "a matrix" if count == 2 else "a vector"
