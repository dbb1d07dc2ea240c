"""Why a compressed derivative is defined as it is: a matrix of one row or column must give the known derivative."""

from __future__ import annotations

from derivgen.derivation import REFUTED, Goal, Prose
from derivgen.engine import facts
from derivgen.engine.answers import answer_to
from derivgen.engine.words import kind_of, size_of
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.notation.boxes import Box
from derivgen.notation.names import LAYOUT_NAMES
from derivgen.tasks import Prefer
from derivgen.terms.nodes import Derivative, Name, Named, Relation, Sym, Term, Tp
from derivgen.terms.shapes import SCALAR, ShapeError, is_vector
from derivgen.terms.trees import resized, substitute, unfold


def prefer(work: Working, goal: Goal) -> None:
    """The derivative is taken for a matrix of a single row (or column), and both options are held against it."""
    task, question = goal.task, goal.question
    assert isinstance(task, Prefer) and isinstance(question, Derivative)
    special = specialised(question, work)
    if special is None:
        raise NoRule("this derivative has no case of a single row or column to compare it with")
    line, single = special
    side = "row" if line.shape[0] == 1 else "column"
    work.say(
        "Let ", question.var, f" have a single {side}, ", Relation("=", question.var, line), ". Then ", single.body,
        " is a scalar, and ", single, f" is the derivative of a scalar by {kind_of(line.shape)}, which is defined "
        f"already: in {LAYOUT_NAMES[goal.layout]} it is ", size_of(single.shape), ".",
    )  # fmt: skip
    known = answer_to(work, single)
    work.introduction = ()
    value: Prose = (Relation("=", single, known),)
    facts.establish(work, "special case", f"a single {side}", value, facts.equal(work, single, known))
    judge(work, task, single, known)


def judge(work: Working, task: Prefer, single: Derivative, known: Term) -> None:
    """Which of the two options agrees with the special case, by shape and by value."""
    options = (task.chosen, task.other)
    agrees = [o.shape == single.shape and facts.equal(work, single, o).verdict != REFUTED for o in options]
    for name, option, fits in zip(("preferred option", "other option"), options, agrees, strict=True):
        if fits:
            told: Prose = (option, " agrees with the special case")
            facts.establish(work, name, "agrees", told, facts.equal(work, single, option))
        else:
            same = option.shape == single.shape
            check = facts.differ(work, single, option) if same else facts.have_shapes(work, single, option)
            facts.establish(work, name, "does not agree", (option, " does not agree with the special case"), check)
    work.say("It comes out as ", known, ". ", *verdict(agrees, task, single))


def verdict(agrees: list[bool], task: Prefer, single: Derivative) -> Prose:
    """What the special case says of the two options."""
    if agrees == [True, False]:
        return (
            "Defined as ", task.chosen, ", the derivative by a matrix contains this case; as ", task.other,
            *why_not(task.other, single), " it would not. So the definition generalises that for vectors.",
        )  # fmt: skip
    if agrees == [False, True]:
        return (
            "That is ", task.other, " and not ", task.chosen, *why_not(task.chosen, single),
            ": the special case speaks for the other option.",
        )  # fmt: skip
    return ("Both options agree with it: this case does not tell them apart.",) if all(agrees) else (
        "Neither of the two agrees with it.",
    )  # fmt: skip


def why_not(option: Term, single: Derivative) -> tuple[str | Box, ...]:
    """The shapes, where these differ."""
    if option.shape == single.shape:
        return ()
    return (" (", size_of(option.shape), ", not ", size_of(single.shape), ")")


def specialised(question: Derivative, work: Working) -> tuple[Term, Derivative] | None:
    """The variable as a single row or column, and the derivative of the scalar that is left; None where none is."""
    matrix, body = question.var, unfold(question.body)
    if not isinstance(matrix, Sym) or not is_vector(body.shape):
        return None
    rows, cols = matrix.shape
    single_row = body.shape[1] == 1
    vector = Sym(free_name(matrix.name, body, work), cols if single_row else rows)
    line = Tp(vector) if single_row else vector
    try:
        inner = substitute(body, {matrix: line})
    except ShapeError:
        gone = rows if single_row else cols
        inner = substitute(resized(body, gone, 1), {resized(matrix, gone, 1): line})
    return (line, Derivative(inner, line, question.layout)) if inner.shape == SCALAR else None


def free_name(name: Name, body: Term, work: Working) -> Name:
    """The small letter of a matrix, or another one where that is in use."""
    taken = work.avoid | {s.name.letter for s in body.symbols if isinstance(s, Sym | Named)}
    letter = next((n for n in (name.letter.lower(), "r", "s", "w", "z") if n not in taken), "x")
    return Name(letter, name.font)
