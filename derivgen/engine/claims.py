"""From an answer to the form in which the statement claims it: through the names that stand in the claim."""

from __future__ import annotations

from derivgen.derivation import Goal, Prose
from derivgen.engine import facts
from derivgen.engine.graphs import quantities
from derivgen.engine.tasks.through import combination, lines
from derivgen.engine.working import Working
from derivgen.prose import listed
from derivgen.rules.normal import key
from derivgen.rules.textbook import textbook
from derivgen.terms.build import num, times
from derivgen.terms.nodes import Fn, Frac, Named, Ones, Relation, Sym, Term, Times, Tp
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, substitute

ADD_UP = frozenset({"one-hot", "probability", "summing to 1"})
"""Properties of vectors whose elements add up to 1."""


def with_unit_sums(work: Working, answer: Term | None) -> Term | None:
    """An answer in which the sum of the elements of such a vector is put in."""
    if answer is None:
        return None
    met: list[Term] = []

    def put(term: Term) -> Term:
        inner = rebuild(term, put)
        if isinstance(inner, Times) and len(inner.args) == 2:
            first, last = (a.arg if isinstance(a, Tp) else a for a in inner.args)
            vector = next((t for t in (first, last) if isinstance(t, Sym) and ADD_UP & set(t.props)), None)
            if inner.shape == SCALAR and vector is not None and any(isinstance(t, Ones) for t in (first, last)):
                met.append(vector)
                return num(1)
        return inner

    after = textbook(put(answer))
    if not met or after == answer:
        return answer
    work.line("textbook_form", answer, after, ("the elements of ", met[0], " add up to 1"))
    return after


def led_to_claim(work: Working, goal: Goal, answer: Term | None) -> Term | None:
    """The answer as it is claimed, with the lines that lead there; as it was where its form is the claimed one, where
    the claim is no scalar in names of the statement, and where the claim is false, which is told elsewhere."""
    claim = goal.claim
    if claim is None or answer is None or goal.task is not None or claim.shape != SCALAR or answer.shape != SCALAR:
        return answer
    names = [t for t in dict.fromkeys(quantities(claim)) if isinstance(t, Named | Fn) and t.shape == SCALAR]
    begin = max((k for k, step in enumerate(work.lines) if step.left is not None), default=0)
    for k, step in enumerate(work.lines[begin:], begin):  # what was done behind the claimed form is dropped
        if same(step.after, claim):
            del work.lines[k + 1 :]
            return step.after
    if same(answer, claim) or not facts.agree(work, answer, claim):
        return answer
    if not names:
        return written_as(work, answer, claim)
    found = None
    if len(names) == 1:
        beside = [t for t in dict.fromkeys(quantities(claim)) if isinstance(t, Sym) and t.shape == SCALAR]
        found = combination(names[0], beside, answer)
    if found is not None:
        now = lines(work, answer, names[0], found)
        if not same(now, claim):
            work.line("textbook_form", now, claim, ("the same, as it is claimed",))
        return claim
    given = [n for n in names if isinstance(n, Named)]
    return from_the_claim(work, goal, given, answer, claim) if given else answer


def written_as(work: Working, answer: Term, claim: Term) -> Term:
    """The claim as one more form of the answer: of two fractions by multiplying crosswise."""
    reason: Prose = ("the same in another form",)
    if isinstance(answer, Frac) or isinstance(claim, Frac):
        (a, b), (c, d) = parts(answer), parts(claim)
        reason = (Relation("=", times([a, d]), times([c, b])),)
    work.line("textbook_form", answer, claim, reason)
    return claim


def parts(term: Term) -> tuple[Term, Term]:
    """Numerator and denominator."""
    return (term.num, term.den) if isinstance(term, Frac) else (term, num(1))


def from_the_claim(work: Working, goal: Goal, names: list[Named], answer: Term, claim: Term) -> Term:
    """The claim with its names replaced, brought to the answer: then both are the same."""
    spelt: Term = claim
    for name in names:
        spelt = substitute(spelt, {name: name.term})
    meanings: Prose = (*listed((Relation("=", n, n.term) for n in names), last=", "), " put in")
    work.line("put_back", claim, spelt, meanings, left=claim)
    if not same(spelt, answer):
        work.line("textbook_form", spelt, answer, ("brought to one form",))
    work.line("put_together", goal.question, claim, ("both sides are the same",), left=goal.question)
    return claim


def same(a: Term, b: Term) -> bool:
    return key(textbook(a)) == key(textbook(b))
