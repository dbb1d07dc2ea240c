"""Shape matching: the factors of a derivative put into the order, and turned, as their shapes allow.

A guess that is held against the numbers.  Every order and every transposition of the factors is typed with the sizes
of the statement; where one product alone has the shape of the question, that is the candidate, and its value decides.
Where several fit, as with square factors, shapes do not tell them apart: the values do, and one element.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations, product

from derivgen.derivation import REFUTED, VERIFIED, Goal, Prose, Table
from derivgen.engine import facts
from derivgen.engine.answers import answer_to
from derivgen.engine.words import size_of, what_is_asked
from derivgen.engine.working import Working, tidy
from derivgen.errors import DerivgenError, NoRule
from derivgen.prose import listed, strung
from derivgen.rules.normal import key
from derivgen.rules.rule import depends_on, is_leaf
from derivgen.rules.textbook import textbook
from derivgen.terms.build import times, tp
from derivgen.terms.nodes import Derivative, Named, Sym, Term, Times
from derivgen.terms.shapes import SCALAR, Shape, ShapeError, show
from derivgen.terms.shapes import product as product_shape
from derivgen.terms.trees import rebuild, subterms, unfold, untransposed

MOST_FACTORS = 5
LONGEST_TABLE = 12
ELSEWHERE = "derive it from one element: --method single-element"


@dataclass(frozen=True)
class Candidate:
    """The factors in one order, some of them turned; why they have no product, or its shape."""

    factors: tuple[Term, ...]
    fault: str = ""
    shape: Shape = SCALAR

    def fits(self, wanted: Shape) -> bool:
        return not self.fault and self.shape == wanted


def by_matching(work: Working, question: Derivative, goal: Goal) -> Term:
    """The derivative as the one product of its factors that has its shape and its value."""
    given = list(goal.terms) or factors_of(question)
    wanted = question.shape
    found = candidates(given)
    fitting = [c for c in found if c.fits(wanted)]
    work.introduction = introduction(question, given)
    if not fitting:
        raise NoRule(
            f"no order and no transposition of these factors has the shape {show(wanted)} of the question",
            hint=ELSEWHERE,
        )
    facts.establish(work, "candidates", str(len(fitting)), counted(len(fitting), wanted), facts.by_sizes(work))
    if len(fitting) == 1:
        work.tables.append(table(found, wanted))
        chosen = only(work, question, fitting[0])
    else:
        chosen = decided(work, question, found, fitting)
    return written(work, question, chosen)


def introduction(question: Derivative, given: Sequence[Term]) -> Prose:
    words: Prose = what_is_asked(question, None, ())
    for k, factor in enumerate(given):
        words = (*words, " It is put together from " if k == 0 else ", ", factor, " (", size_of(factor.shape), ")")
    return (*words, ".")


# --------------------------------------------------------------------------------------------------- the factors
def factors_of(question: Derivative) -> list[Term]:
    """The derivatives along the chain from what is differentiated to the variable; of a product, its other factors."""
    body, x = question.body, untransposed(question.var)
    steps = chain_between(body, x)
    if len(steps) > 2:
        try:
            return [Derivative(u, v, question.layout or "denominator") for u, v in pairwise(steps)]
        except ShapeError as fault:
            raise NoRule(f"a factor of this chain is no matrix: {fault.message}", hint=ELSEWHERE) from None
    if isinstance(body, Sym):
        raise NoRule("this derivative is only known by its name here: there are no factors to match")
    return others_in(body, x)


def chain_between(body: Term, x: Term) -> list[Term]:
    """From what is differentiated to the variable, each depending on the next one alone."""
    steps = [body]
    while steps[-1] != x:
        below = directly_below(steps[-1], x)
        if len(below) > 1:
            raise NoRule(
                "it depends on its variable along several paths: the derivative is a sum of products, "
                "and matching shapes cannot see a sum",
                hint=ELSEWHERE,
            )
        steps += below or [x]
    return steps


def directly_below(term: Term, x: Term) -> list[Term]:
    """What a function depends on directly, as far as that is the variable or depends on it."""
    if isinstance(term, Sym):
        return [d for d in term.deps if depends_on(d, x)]
    inner = subterms(term.term if isinstance(term, Named) else term)
    return list(dict.fromkeys(t for t in inner if isinstance(t, Named | Sym) and depends_on(t, x)))


def others_in(body: Term, x: Term) -> list[Term]:
    """The other factors of a product that holds the variable once."""
    whole = unfold(body)
    parts = list(whole.args) if isinstance(whole, Times) else [whole]
    bare = [untransposed(p) for p in parts]
    moving = [k for k, p in enumerate(parts) if depends_on(p, x)]
    if not isinstance(whole, Times) and bare[0] != x:
        raise NoRule(
            "matching shapes cannot see operations that keep the shape, such as + and −, multiples and functions "
            "of each element",
            hint=ELSEWHERE,
        )
    if any(p.shape == SCALAR for p in parts):
        raise NoRule("matching shapes cannot see a multiple: it keeps the shape", hint=ELSEWHERE)
    if len(moving) != 1 or bare[moving[0]] != x:
        raise NoRule(
            "the variable stands in this product more than once: the derivative is a sum, "
            "and matching shapes cannot see a sum",
            hint=ELSEWHERE,
        )
    return [p for k, p in enumerate(parts) if k != moving[0]]


# ------------------------------------------------------------------------------------------------- the candidates
def candidates(given: Sequence[Term]) -> list[Candidate]:
    """Every order of the factors, and every way to turn them; scalars stand in front, where they may."""
    scalars = [f for f in given if f.shape == SCALAR]
    chain = [f for f in given if f.shape != SCALAR]
    if len(chain) > MOST_FACTORS:
        raise NoRule(f"shapes are matched for up to {MOST_FACTORS} factors, and here are {len(chain)}")
    found: dict[tuple[Term, ...], Candidate] = {}
    for turned in product((False, True), repeat=len(chain)):
        for order in permutations(range(len(chain))):
            factors = (*scalars, *(tp(chain[k]) if turned[k] else chain[k] for k in order))
            found.setdefault(factors, typed(factors))
    return list(found.values())


def typed(factors: tuple[Term, ...]) -> Candidate:
    try:
        return Candidate(factors, shape=product_shape(factors))
    except ShapeError as fault:
        return Candidate(factors, fault.message)


def counted(count: int, wanted: Shape) -> Prose:
    many = "one product has" if count == 1 else f"{count} products have"
    return (f"{many} the shape ", size_of(wanted), " of the question")


# ---------------------------------------------------------------------------------------------------- the tables
def table(found: Sequence[Candidate], wanted: Shape, values: Sequence[tuple[Candidate, bool]] = ()) -> Table:
    """The candidates with their shapes; of very many, those that fit and those with no factor turned."""
    shown = list(found)
    if len(shown) > LONGEST_TABLE:
        shown = [c for c in found if c.fits(wanted)][:LONGEST_TABLE]
    right = dict(values)
    head: tuple[Prose, ...] = (("product",), ("shapes",), ("fits ", size_of(wanted)))
    rows = [row_of(c, wanted) for c in shown]
    if values:
        head = (*head, ("value",))
        told = {True: "that of the derivative", False: "another"}
        rows = [(*r, (told[right[c]] if c in right else "",)) for r, c in zip(rows, shown, strict=True)]
    left_out = len(found) - len(shown)
    caption: Prose = (f"{left_out} other products are not shown.",) if left_out else ()
    return Table(head, tuple(rows), caption)


def row_of(candidate: Candidate, wanted: Shape) -> tuple[Prose, ...]:
    if candidate.fault:
        verdict: Prose = ("no: not defined",)
    elif candidate.shape == wanted:
        verdict = ("yes",)
    else:
        verdict = ("no: ", size_of(candidate.shape))
    return (juxtaposed(candidate.factors), shapes_of(candidate.factors), verdict)


def juxtaposed(factors: Sequence[Term]) -> Prose:
    """Factors side by side, whether they have a product or not."""
    return listed(factors, " ", " ")


def shapes_of(factors: Sequence[Term]) -> Prose:
    return listed((size_of(f.shape) for f in factors), " · ", " · ")


# ----------------------------------------------------------------------------------------------------- the choice
def only(work: Working, question: Derivative, candidate: Candidate) -> Candidate:
    """The one product with the right shape, if its value is right as well."""
    if work.checker is not None and facts.equal(work, question, times(candidate.factors)).verdict == REFUTED:
        raise NoRule(
            "one product of these factors has the shape of the question, but another value: "
            "matching shapes misleads here",
            hint=ELSEWHERE,
        )
    work.say(
        "Of all orders and transpositions only ", times(candidate.factors), " has the shape ", size_of(question.shape),
        ". Matching shapes is a guess and no proof",
        "; the numbers agree with it." if work.checker is not None else ".",
    )  # fmt: skip
    return candidate


def decided(work: Working, question: Derivative, found: Sequence[Candidate], fitting: Sequence[Candidate]) -> Candidate:
    """The product with the right value, where shapes leave several: told by numbers and by one element."""
    aside = work.aside()
    by_element = answer_to(aside, question)
    values = [(c, same_value(work, question, c, by_element)) for c in fitting]
    right = [c for c, same in values if same]
    work.tables.append(table(found, question.shape, values))
    work.say(*why_several(fitting))
    if not right:
        raise NoRule(
            f"{len(fitting)} products of these factors have the shape of the question, but none has its value: "
            "matching shapes misleads here",
            hint=ELSEWHERE,
        )
    chosen = right[0]
    work.add(*aside.lines)
    for candidate, same in values:
        whole = times(candidate.factors)
        check = facts.equal(work, question, whole) if same else facts.differ(work, question, whole)
        words: Prose = (whole, " is " if same else " is not ", question)
        facts.establish(work, "value", "equal" if same else "different", words, check)
    work.say(
        "The values decide: ", question, " is ", times(chosen.factors), ", as one element shows",
        ("; " + others(len(right) - 1) if len(right) > 1 else "") + ".",
    )  # fmt: skip
    return chosen


def others(count: int) -> str:
    return "another candidate has the same value" if count == 1 else f"{count} other candidates have the same value"


def same_value(work: Working, question: Derivative, candidate: Candidate, answer: Term) -> bool:
    """By numbers; where none are to be used, by the normal form of what one element gave."""
    whole = times(candidate.factors)
    if work.checker is not None:
        return facts.equal(work, question, whole).verdict == VERIFIED
    return bool(key(textbook(worked_out(work, whole))) == key(textbook(answer)))


def why_several(fitting: Sequence[Candidate]) -> Prose:
    words: Prose = (f"The shapes alone leave {len(fitting)} candidates.",)
    square = [f for f in dict.fromkeys(f for c in fitting for f in c.factors) if f.shape[0] == f.shape[1] != 1]
    if square:
        words = (
            *words, " A square factor fits in either place and turned as well, so square sizes break the method.",
        )  # fmt: skip
    return words


# ----------------------------------------------------------------------------------------------------- the answer
def written(work: Working, question: Derivative, chosen: Candidate) -> Term:
    """The product as a line, and its factors worked out where that can be done."""
    whole = times(chosen.factors)
    evaluated = worked_out(work, whole)
    shown = work.lines[-1].after if work.lines else None
    if shown != whole:
        work.line("match_shapes", question, whole, ("the shapes fit: ", *shapes_of(chosen.factors)), left=question)
    if evaluated == whole:
        return whole
    values = [(factor, worked_out(work, factor)) for factor in chosen.factors]
    words = strung(((factor, " = ", value) for factor, value in values if value != factor), last=", ")
    work.line("put_in", whole, evaluated, words)
    work.conclusion = ("The rule is ", question, " = ", whole, ", with ", *words, ".")
    return tidy(work, evaluated)


def worked_out(work: Working, term: Term) -> Term:
    """A product with those of its derivatives put in that can be worked out."""
    if isinstance(term, Derivative):
        if is_leaf(term):
            return term
        try:
            return answer_to(work.aside(), term)
        except DerivgenError:
            return term
    if not term.pending or isinstance(term, Sym | Named):
        return term
    changed = rebuild(term, lambda t: worked_out(work, t))
    return times(changed.args) if isinstance(changed, Times) else changed
