"""The chain rule through intermediate variables, as a lecturer writes it.

First the formula, then each of its factors in one line, then the factors put in, then the intermediates replaced by
what they stand for.  A factor that an earlier question of the same problem has shown is not derived again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from derivgen.derivation import Graph, Prose, Step
from derivgen.engine import facts
from derivgen.engine.middle import middle_variables
from derivgen.engine.scalars import by_scalars, flat, names_in, told_back, without_names
from derivgen.engine.words import what_was_tidied
from derivgen.engine.working import Working
from derivgen.prose import listed
from derivgen.rules.catalog import IDENTITIES
from derivgen.rules.measure import measure
from derivgen.rules.normal import collected, key
from derivgen.rules.products import plain_product
from derivgen.rules.rule import Rule, depends_on
from derivgen.rules.textbook import textbook
from derivgen.terms.build import MINUS, is_zero, negate, plus, times
from derivgen.terms.nodes import Derivative, Named, Plus, Term, Times
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import Fresh, rebuild, replace_at, unfold

MUCH_SHORTER = 0.7
"""The textbook form of an answer is taken where it is this much shorter than the form in which it comes."""
BOOKKEEPING = ("definition", "put_in", "textbook_form", "put_in_order", "derivative_of_linear_form", "constant")
"""Rules that are not told where a whole calculation is told in one line, if there are others."""
MOST_CLAUSES = 3


def by_chain_rule(work: Working, question: Derivative) -> Term:
    """The chain rule written out, each of its factors, and all put together."""
    body, var = question.body, question.var
    assert isinstance(body, Named)
    middle = middle_variables(question)
    pairs = [(Derivative(body, m), Derivative(m, var)) for m in middle]
    formula = plus(times(pair) for pair in pairs)
    words: Prose = (body, " depends on ", var, " through ", *listed(middle), ": the chain rule")
    work.line("chain_rule_through", question, formula, words, left=question)
    work.figures.append(picture(body, middle, var))
    found: dict[Term, Term] = {}
    again: list[Term] = []
    for factor in [f for pair in pairs for f in pair]:
        if factor in work.shown:
            again.append(factor)
        else:
            work.shown[factor] = in_one_line(work, factor)
        found[factor] = work.shown[factor]
    put_in = plus(plain_product(times(found[f] for f in pair)) for pair in pairs)
    told: Prose = ("the factors are put in", *(("; ", *listed(again), " as before") if again else ()))
    work.line("put_in", formula, put_in, told, left=question)
    answer = finished(work, put_back(work, put_in))
    another_way(work, question, answer)
    return answer


def in_one_line(work: Working, factor: Derivative) -> Term:
    """A factor worked out, its calculation folded into one line."""
    first = len(work.lines)
    found = by_scalars(work, factor)
    steps = work.lines[first:]
    if len(steps) > 1:
        main = next((s for s in steps if s.rule not in BOOKKEEPING), steps[-1])
        whole = replace(main, before=factor, after=found, left=factor, path=(), substeps=tuple(steps))
        work.lines[first:] = [replace(whole, reason=in_short(steps))]
    return found


def in_short(steps: Sequence[Step]) -> Prose:
    """The reasons of a calculation in one clause or a few, each once."""
    telling = [s for s in steps if s.rule not in BOOKKEEPING] or [s for s in steps if s.rule != "definition"]
    reasons = list(dict.fromkeys(clause for s in telling for clause in clauses(s.reason)))
    if len(reasons) > MOST_CLAUSES:
        reasons = [r for r in reasons if r[0] != "linearity"][:MOST_CLAUSES]
    return tuple(x for n, reason in enumerate(reasons) for x in (reason if n == 0 else ("; ", *reason)))


def clauses(reason: Prose) -> Iterator[Prose]:
    """A reason cut at its semicolons."""
    clause: list[Any] = []
    for item in reason:
        first, *rest = item.split("; ") if type(item) is str else (item,)
        clause.append(first)
        for part in rest:
            yield tuple(x for x in clause if x != "")
            clause = [part]
    yield tuple(x for x in clause if x != "")


# ------------------------------------------------------------------------------------------- back to the variables
def put_back(work: Working, found: Term) -> Term:
    """Intermediates replaced by what they stand for."""
    named = names_in(found)
    if not named:
        return found
    plain = signs_opened(flat(without_names(found)))
    work.line("put_back", found, plain, told_back(named))
    return plain


def signs_opened(term: Term) -> Term:
    """A term with minus signs before sums taken into them, and equal factors of each term as powers."""
    changed = rebuild(term, signs_opened)
    match changed:
        case Times() if changed.shape == SCALAR and len(set(changed.args)) < len(changed.args):
            return collected([changed], SCALAR)
        case Times((first, Plus() as inner)) if first == MINUS:
            return plus(negate(t) for t in inner.args)
        case Plus():
            parts = plus(changed.args, changed.shape)
            if not isinstance(parts, Plus):
                return parts
            whole = collected(parts.args, parts.shape)
            alike = not isinstance(whole, Plus) or len(whole.args) < len(parts.args)  # left to a line of its own
            return plus((collected([t], parts.shape) for t in parts.args), parts.shape) if alike else whole
    return changed


def finished(work: Working, found: Term) -> Term:
    """The answer as it comes, by named identities, or in textbook form where that is much shorter."""
    found = by_identities(work, found)
    if not work.simplify:
        return found
    after = textbook(found)
    if key(after) != key(found) and measure(after) <= MUCH_SHORTER * measure(found):
        work.line("textbook_form", found, after, what_was_tidied(found, after))
        return by_identities(work, after)
    return found


def by_identities(work: Working, term: Term) -> Term:
    """Named identities, each a line, as long as they make the term shorter."""
    while True:
        better = next(improved(term), None)
        if better is None:
            return term
        law, now, after, reason = better
        work.line(law.name, term, now, reason)
        if after != now:
            work.line("textbook_form", now, after, what_was_tidied(now, after))
        term = after


def improved(term: Term) -> Iterator[tuple[Rule, Term, Term, Prose]]:
    """Laws with the terms that they lead to, as they come and tidied, where these are shorter."""
    for law in IDENTITIES:
        now, reason = term, tuple[Any, ...]()
        for path, part in reversed(list(places(term))):
            after = law(part, Fresh())
            if after is not None:
                now = replace_at(now, path, after)
                told = law.because(part) if law.because else ()
                reason = reason or (told or (law.reason,))
        if now != term:
            now = signs_opened(now)
            tidied = textbook(now)
            reason = (*reason, *left_over(term, now))
            after = tidied if measure(tidied) <= MUCH_SHORTER * measure(now) else now
            if measure(after) < measure(term):
                yield law, now, after, reason


def left_over(before: Term, after: Term) -> Prose:
    """What is said where terms of a sum became fewer."""
    if not isinstance(before, Plus) or (isinstance(after, Plus) and len(after.args) == len(before.args)):
        return ()
    return ("; the terms cancel",) if is_zero(after) else ("; like terms are collected",)


def places(term: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    """Every term inside with its path, outermost first."""
    yield path, term
    for k, a in enumerate(term.args):
        if isinstance(a, Term) and not isinstance(term, Named):
            yield from places(a, (*path, k))


def another_way(work: Working, question: Derivative, answer: Term) -> None:
    """Where the function itself becomes shorter by an identity, its derivative is plain: said, and checked."""
    body = question.body
    assert isinstance(body, Named)
    whole = flat(unfold(body.term))
    better = next(improved(whole), None)
    if better is None:
        return
    law, _, short, _ = better
    same = facts.equal(work, body, short)
    facts.establish(work, "another form", law.name, (body, " is ", short, f" by the {law.reason}"), same)
    aside = work.aside()
    plain = by_scalars(aside, Derivative(short, question.var)) if depends_on(short, question.var) else textbook(answer)
    derived = ("its derivative by ", question.var, " is ", plain)
    facts.establish(work, "same derivative", law.name, derived, facts.equal(work, plain, answer))
    work.say(
        "Another way: with the intermediates put in first, ", body, " is ", short, f" by the {law.reason}, and ",
        *derived, ".",
    )  # fmt: skip


def picture(body: Named, middle: Sequence[Named], var: Term) -> Graph:
    """What depends on what, from the variable to the function."""
    nodes = (var, *middle, body)
    last = len(nodes) - 1
    edges = [(0, k) for k in range(1, last)] + [(k, last) for k in range(1, last)]
    paths = tuple((0, k, last) for k in range(1, last))
    caption: Prose = ("Each path from ", var, " to ", body, " gives a term of the chain rule.")
    return Graph(nodes, tuple(edges), paths, caption, (0, *[1] * len(middle), 2))
