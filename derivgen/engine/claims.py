"""From the answer to the form in which the statement claims it: names put in, sums multiplied out, put in order."""

from __future__ import annotations

from derivgen.derivation import Prose
from derivgen.engine.names import put_names
from derivgen.engine.working import Working
from derivgen.prose import listed
from derivgen.rules.normal import key
from derivgen.rules.textbook import textbook
from derivgen.terms.build import MINUS, num, times
from derivgen.terms.functions import WRITTEN_OUT
from derivgen.terms.nodes import Fn, Frac, Named, Num, Ones, Plus, Relation, Sym, Term, Times, Tp
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import rebuild, subterms

ADD_UP = frozenset({"one-hot", "probability", "summing to 1"})
"""Properties of vectors whose elements add up to 1."""


def with_unit_sums(work: Working, answer: Term | None) -> Term | None:
    """An answer in which the sum of the elements of such a vector is put in."""
    if answer is None or not any(isinstance(s, Sym) and not ADD_UP.isdisjoint(s.props) for s in answer.symbols):
        return answer
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


def ended_at_claim(work: Working, claim: Term, answer: Term) -> Term:
    """What was done behind the claimed form is dropped, where the lines have led to it before."""
    begin = max((k for k, step in enumerate(work.lines) if step.left is not None), default=0)
    for k, step in enumerate(work.lines[begin:-1], begin):
        if key(step.after) == key(claim):
            del work.lines[k + 1 :]
            return step.after
    return answer


def in_claimed_form(work: Working, answer: Term, claim: Term) -> Term:
    """The answer written as the statement writes it, with the lines that lead there; both have the same value."""
    if not work.simplify or key(answer) == key(claim):
        return answer
    found = with_claimed_names(work, answer, claim)
    if found == claim:
        return claim
    work.line("claimed_form", found, claim, why_the_same(found, claim))
    return claim


def with_claimed_names(work: Working, answer: Term, claim: Term) -> Term:
    """The answer with the names and functions of the claim for what they stand for."""
    from derivgen.engine.powers import combination, lines

    names = [s for s in claim.symbols if isinstance(s, Named) and s not in answer.symbols]
    put = put_names(answer, [(n, n.term) for n in names])
    if put != answer:
        used = [n for n in names if n in put.symbols]
        work.line("recognise", answer, put, listed(Relation("=", n, n.term) for n in used))
    if key(textbook(put)) == key(textbook(claim)):
        return put
    functions = [*names, *dict.fromkeys(t for t in subterms(claim) if isinstance(t, Fn) and t.shape == SCALAR)]
    if put.shape != SCALAR or len(functions) != 1 or functions[0] in set(subterms(put)):
        return put
    others = [s for s in claim.symbols if isinstance(s, Sym) and s.shape == SCALAR and s not in names]
    found = combination(functions[0], others, put)
    if found is None:
        return put
    function = functions[0]
    written = WRITTEN_OUT.get(function.name) if isinstance(function, Fn) else None
    return lines(work, put, function, found, written(function.arg) if written and isinstance(function, Fn) else None)


QUOTIENTS = {
    "tan": ("sin", "cos"),
    "cot": ("cos", "sin"),
    "tanh": ("sinh", "cosh"),
    "sec": ("", "cos"),
    "csc": ("", "sin"),
}
"""Functions that are quotients of others; nothing stands for one."""


def why_the_same(found: Term, claim: Term) -> Prose:
    """Why two forms are equal: by the quotients and the definitions that one of them names, or by algebra."""
    ours = set(subterms(found))
    calls = dict.fromkeys(t for t in subterms(claim) if isinstance(t, Fn) and t.name in QUOTIENTS and t not in ours)
    quotients = [Relation("=", t, as_quotient(t)) for t in calls]
    names = sorted({s for s in claim.symbols ^ found.symbols if isinstance(s, Named)}, key=lambda s: s.name)
    if quotients or names:
        return listed([*quotients, *(Relation("=", n, n.term) for n in names)])
    if isinstance(found, Frac) or isinstance(claim, Frac):
        (a, b), (c, d) = parts(found), parts(claim)
        return (Relation("=", times([a, d]), times([c, b])),)
    if isinstance(claim, Plus) != isinstance(found, Plus):
        return ("multiplied out",) if isinstance(claim, Plus) else ("written as a product",)
    if isinstance(claim, Times) and claim.args[0] == MINUS:
        return ("the minus sign is taken out",)
    return ("in the form of the claim",)


def as_quotient(call: Fn) -> Term:
    top, bottom = QUOTIENTS[call.name]
    return Frac(Fn(top, call.arg) if top else Num(1), Fn(bottom, call.arg))


def parts(term: Term) -> tuple[Term, Term]:
    """Numerator and denominator."""
    return (term.num, term.den) if isinstance(term, Frac) else (term, Num(1))
