"""Earlier answers held against each other and against a formula, with what each derivation has used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.derivation import UNDECIDED, VERIFIED, Check, Derivation, Goal, Prose, Step
from derivgen.engine import facts
from derivgen.engine.answers import answer_to
from derivgen.engine.tasks.caveats import tell_caveat
from derivgen.engine.tasks.reasons import when_it_holds
from derivgen.engine.words import size_of
from derivgen.engine.working import Working
from derivgen.errors import DerivgenError, NoRule
from derivgen.notation.boxes import Box
from derivgen.tasks import Compare, Equation, Side
from derivgen.terms.build import MINUS, times, tp
from derivgen.terms.nodes import Derivative, Term
from derivgen.terms.trees import subterms, unfold

METHODS = {
    "single-element": "from single elements", "shape-matching": "by matching shapes", "chain-rule": "by the chain rule",
    "explicit": "by writing everything out", "substitution": "by substituting first",
}  # fmt: skip
EQUAL, TRANSPOSED, OPPOSITE, DIFFERENT = "equal", "transposes of each other", "opposite", "different"
WORDS = {EQUAL: "are equal", TRANSPOSED: "are transposes of each other", OPPOSITE: "differ in their sign"}


def compare(work: Working, goal: Goal) -> None:
    task = goal.task
    assert isinstance(task, Compare)
    found = answers(work, task)
    if len(found) > 1:
        how = how_found(work, found)
        work.text += [how] if how else []
    same = True
    for other in found[1:]:
        same = hold_together(work, found[0], other) and same
    if task.formula is not None:
        hold_against(work, found[0], task.formula)
    if task.definition is not None:
        judge_definition(work, found, task.definition, same)
    if task.caveat:
        tell_caveat(work, goal.layout, [d.goal.question for d in found])


def answers(work: Working, task: Compare) -> list[Derivation]:
    """The derivations whose answers are compared: of the parts named, or else the last ones."""
    solved = [d for d in work.before if d.answer is not None]
    if task.parts:
        found = []
        for label in task.parts:
            mine = [d for d in solved if d.goal.part == label]
            if not mine:
                raise NoRule(f"part ({label}) has no answer that could be compared")
            found.append(mine[-1])
        return found
    alone = task.formula is None and task.definition is None
    wanted = 0 if task.caveat and alone else 1 if task.formula is not None else 2
    if len(solved) < wanted:
        raise NoRule("there are no answers before this that could be compared")
    return solved[-wanted:] if wanted else []


def name_of(derivation: Derivation) -> str:
    return f"({derivation.goal.part})" if derivation.goal.part is not None else "the answer"


def answer_of(derivation: Derivation) -> Term:
    assert derivation.answer is not None
    return derivation.answer


# ---------------------------------------------------------------------------------------------- equal or not
def hold_together(work: Working, one: Derivation, other: Derivation) -> bool:
    """Whether two answers are equal; said and kept."""
    a, b = answer_of(one), answer_of(other)
    word, check = relation(work, a, b)
    names = f"The answers to {name_of(one)} and {name_of(other)}"
    if one.goal.part is None or other.goal.part is None:
        names = "The two answers"
    words: Prose = (names, ", ", a, " and ", b, ", ", *told(word, a, b)) if a != b else (names, " are the same, ", a)
    facts.establish(work, "answers", word, words, check)
    work.say(*words, ".")
    tell_when_equal(work, word, a, b)
    return word == EQUAL


def tell_when_equal(work: Working, word: str, a: Term, b: Term) -> None:
    """For what two different answers would be the same, as symmetric matrices."""
    if word == DIFFERENT and a.shape == b.shape:
        more = when_it_holds(work, "answers", Side(Box(), a), Side(Box(), b))
        work.text += [more] if more else []


def told(word: str, a: Term, b: Term) -> Prose:
    if word in WORDS:
        return (WORDS[word],)
    if a.shape != b.shape:
        return ("are different: their shapes are ", size_of(a.shape), " and ", size_of(b.shape))
    return ("are different",)


def relation(work: Working, a: Term, b: Term) -> tuple[str, Check]:
    """How two terms are related, by their values."""
    if work.checker is None:
        if unfold(a) == unfold(b):
            return EQUAL, facts.NOT_CHECKED
        raise NoRule("answers are compared by their values", hint="leave out --no-check")
    for word, changed in ((EQUAL, a), (TRANSPOSED, tp(a)), (OPPOSITE, times([MINUS, a]))):
        if changed.shape == b.shape and (word == EQUAL or changed != a):
            check = facts.equal(work, changed, b)
            if check.verdict == VERIFIED or (word == EQUAL and check.verdict == UNDECIDED):
                return word, check
    if a.shape != b.shape:
        return DIFFERENT, facts.has_shape(work, a)
    return DIFFERENT, facts.differ(work, a, b)


def hold_against(work: Working, derivation: Derivation, formula: Equation) -> None:
    """Whether a formula holds, and whether its value is the answer."""
    *lefts, right = formula.sides
    if right.term is None:
        words: Prose = (right.shown, " is not defined here", *((", for ", *right.fault) if right.fault else ()))
        facts.establish(work, "formula", "not defined", words, facts.by_sizes(work))
        work.say(*words, ".")
        return
    for left in lefts:
        tell_whether_it_holds(work, left, right)
    answer = answer_of(derivation)
    word, check = relation(work, answer, right.term)
    same = "the same formula" if unfold(answer) == unfold(right.term) else "the same in value"
    names: Prose = ("The answer", f" to {name_of(derivation)}" if derivation.goal.part else "", ", ", answer)
    words = (*names, ", and ", right.shown, " are ", same) if word == EQUAL else (
        *names, ", and ", right.shown, ", ", *told(word, answer, right.term),
    )  # fmt: skip
    facts.establish(work, "answer and formula", word, words, check)
    work.say(*words, ".")
    tell_when_equal(work, word, answer, right.term)


def tell_whether_it_holds(work: Working, left: Side, right: Side) -> None:
    if left.term is None or right.term is None or work.checker is None:
        return
    word, check = relation(work, left.term, right.term)
    value = "holds" if word == EQUAL else "fails"
    words: Prose = (left.shown, " = ", right.shown, " ", value)
    if word == TRANSPOSED:
        words = (*words, ": the sides are transposes of each other")
    facts.establish(work, "formula", value, words, check)
    if word != EQUAL:
        work.say(*words, ".")


# -------------------------------------------------------------------------------------------------- how found
def how_found(work: Working, found: Sequence[Derivation]) -> Prose:
    """By which method each answer was found, and by which rules."""
    by_method: dict[str, list[str]] = {}
    for derivation in found:
        rules = list(dict.fromkeys(step.rule for step in all_steps(derivation.steps)))
        method = METHODS.get(derivation.method, derivation.method.replace("-", " "))
        if derivation.method == "single-element" and "take_element" not in rules:
            method = "by the rules of calculus"
        if derivation.goal.part is not None:
            name = name_of(derivation)
            facts.establish(work, f"rules {name}", ", ".join(rules), (name, " was found ", method), derivation.check)
            by_method.setdefault(method, []).append(name)
    told = [f"{' and '.join(n)} {'was' if len(n) == 1 else 'were'} found {method}" for method, n in by_method.items()]
    return (", ".join(told) + ".",) if told else ()


def all_steps(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from all_steps(step.substeps)


# ------------------------------------------------------------------------------------------------ a definition
def judge_definition(work: Working, found: Sequence[Derivation], definition: Term, same: bool) -> None:
    """Whether answers justify a definition: one was found with it, another without it, and they agree."""
    if not isinstance(definition, Derivative):
        raise NoRule("what is to be justified is no definition of a derivative")
    state(work, definition)
    using = [d for d in found if uses(d, definition)]
    free = [d for d in found if d not in using]
    for derivation in found:
        used = derivation in using
        words: Prose = (name_of(derivation), " uses " if used else " does not use ", "the definition of ", definition)
        facts.establish(
            work, f"definition used in {name_of(derivation)}", "yes" if used else "no", words, derivation.check
        )
    circle = bool(using) and not free
    justified = same and bool(using) and bool(free)
    told_circle: Prose = (
        ("every derivation uses the definition",) if circle else ("no step of ", names(free), " uses it")
    )
    facts.establish(work, "circle", "yes" if circle else "no", told_circle, found[0].check)
    words = ("the definition of ", definition, " is justified" if justified else " is not justified by this")
    facts.establish(work, "justified", "yes" if justified else "no", words, found[0].check)
    work.say(*verdict(definition, using, free, same))


def state(work: Working, definition: Derivative) -> None:
    """What the definition says."""
    try:
        value = answer_to(work.aside(), definition)
    except DerivgenError:
        return
    check = facts.equal(work, definition, value)
    if value != definition and check.verdict == VERIFIED:
        facts.establish(work, "definition", "stated", (definition, " = ", value), check)


def verdict(definition: Derivative, using: Sequence[Derivation], free: Sequence[Derivation], same: bool) -> Prose:
    if not same:
        return ("Since the answers are not the same, they do not justify the definition of ", definition, ".")
    if not using:
        return ("No derivation uses the definition of ", definition, ", so their agreement says nothing about it.")
    if not free:
        return ("Every derivation uses the definition of ", definition, " already: to justify it so would be a circle.")
    return (
        names(using), " takes " if len(using) == 1 else " take ", definition, " from its definition; ", names(free),
        " does" if len(free) == 1 else " do", " without it, so nothing goes round in a circle. With this definition "
        "the rule comes out right, and that justifies it. It is no proof: a definition is chosen, not proved.",
    )  # fmt: skip


def names(found: Sequence[Derivation]) -> str:
    return " and ".join(name_of(d) for d in found)


def uses(derivation: Derivation, definition: Derivative) -> bool:
    """Whether the question or a line of a derivation holds the derivative that is defined."""
    terms = [derivation.goal.question, *derivation.goal.terms]
    for step in all_steps(derivation.steps):
        terms += [step.before, step.after, *([step.left] if step.left is not None else [])]
    body = unfold(definition.body)
    held = (t for term in terms for t in subterms(term) if isinstance(t, Derivative) and t.shape == definition.shape)
    return any(t.var == definition.var and unfold(t.body) == body for t in held)
