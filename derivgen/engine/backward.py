"""The chain rule arrow by arrow, from the scalar at the end back to the variable: how a network is differentiated.

Each quantity on the way is named first, also what a function is applied to (u = Mx before a = f(u)), so that every
function is differentiated at its own argument.  An arrow is one line; how it comes about, element by element, is in its
substeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from derivgen.derivation import Graph, Prose, Step
from derivgen.engine import graphs
from derivgen.engine.answers import answer_to
from derivgen.engine.working import Working
from derivgen.prose import listed
from derivgen.rules.textbook import textbook
from derivgen.terms.nodes import Derivative, Fn, Gen, Name, Named, Relation, Sym, Term
from derivgen.terms.shapes import SCALAR
from derivgen.terms.trees import substitute, subterms

SPARE = "uvwstrqcdbe"
"""Letters for what a function is applied to."""


def one_way(question: Derivative) -> list[Named] | None:
    """The vectors between a variable and a scalar, last first, where there is one way only; None elsewhere."""
    top, var = question.body, question.var
    if not isinstance(top, Sym | Named) or question.body.shape != SCALAR or not isinstance(var, Sym | Named):
        return None
    ways = graphs.paths(var, top)
    if len(ways) != 1:
        return None
    middle = list(ways[0][1:-1])
    if not middle or not all(isinstance(t, Named) and t.shape != SCALAR for t in middle):
        return None
    return [t for t in reversed(middle) if isinstance(t, Named)]


def with_arguments(question: Derivative, way: Sequence[Named], taken: set[str]) -> tuple[Derivative, list[Named]]:
    """The question and its quantities, with a name for what each function is applied to."""
    out: list[Named] = []
    changed: dict[Term, Term] = {}
    for quantity in reversed(way):  # from the variable on
        meaning = substitute(quantity.term, changed) if changed else quantity.term
        inner = argument(meaning)
        if inner is not None:
            letter = next(c for c in SPARE if c not in taken)
            taken.add(letter)
            named = Named(Name(letter, "bold"), inner)
            out.append(named)
            meaning = applied(meaning, named)
        changed[quantity] = Named(quantity.name, meaning)
        out.append(changed[quantity])
    asked = substitute(question, changed) if changed else question
    assert isinstance(asked, Derivative)
    return asked, out[::-1]


def argument(meaning: Term) -> Term | None:
    """The compound term that a function is applied to element by element."""
    match meaning:
        case Gen() if len(meaning.operands) == 1 and not isinstance(meaning.operands[0], Sym | Named):
            return meaning.operands[0]
        case Fn(_, arg) if not isinstance(arg, Sym | Named):
            return arg
    return None


def applied(meaning: Term, arg: Term) -> Term:
    if isinstance(meaning, Gen):
        return Gen(meaning.name, meaning.orders, arg)
    assert isinstance(meaning, Fn)
    return Fn(meaning.name, arg)


def letters(question: Derivative) -> set[str]:
    return {s.name.letter for s in question.symbols if isinstance(s, Sym | Named)}


def by_arrows(work: Working, question: Derivative, way: Sequence[Named]) -> Term:
    """One line an arrow, then everything put in."""
    asked, quantities = with_arguments(question, way, letters(question) | {str(s) for s in work.avoid})
    top = asked.body
    work.introduction = introduction(asked, quantities)
    found: dict[Term, Term] = {}
    after: Term | None = None
    for quantity in [*quantities, asked.var]:
        line = arrow(work, asked, quantity, after)
        leaf = Derivative(top, quantity, asked.layout)
        if line is not None:
            found[leaf] = line
        after = quantity
    answer = found[asked]
    whole = answer
    while True:
        put_in = rebuild_leaves(whole, found, names_of(quantities))
        if put_in == whole:
            break
        whole = put_in
    if whole != answer:
        work.line("put_in", answer, textbook(whole), ("all of it put in",))
    work.figures.append(picture(asked, quantities))
    return textbook(whole)


def names_of(quantities: Sequence[Named]) -> dict[Term, Term]:
    """The names that were only given to arguments, with what they stand for."""
    return {q: q.term for q in quantities if argument(q.term) is None and not isinstance(q.term, Gen | Fn)}


def rebuild_leaves(term: Term, found: dict[Term, Term], names: dict[Term, Term]) -> Term:
    """The term with derivatives replaced by what was found for them, and argument names by their terms."""
    leaves = {t: found[t] for t in subterms(term) if isinstance(t, Derivative) and t in found}
    return replaced(term, leaves | names) if leaves or any(n in term.symbols for n in names) else term


def replaced(term: Term, mapping: dict[Term, Term]) -> Term:
    if term in mapping:
        return mapping[term]
    if isinstance(term, Sym | Named | Derivative):
        return term
    args = [replaced(a, mapping) if isinstance(a, Term) else a for a in term.args]
    return type(term)(*args)


def arrow(work: Working, asked: Derivative, quantity: Term, after: Term | None) -> Term | None:
    """The derivative by a quantity through the one behind it; None where it is the derivative that is left."""
    top = asked.body
    if after is None:
        aside = work.aside()
        first = Derivative(top, quantity, asked.layout)
        if isinstance(top, Sym):
            return None
        found = answer_to(aside, first)
        if found != first:
            work.line("chain_rule_through", first, found, (Relation("=", top, top.term),), left=first)
            return found
        return None
    through = Sym(top.name, 1, 1, (), *dict.fromkeys(graphs.reached(top, after)))
    first = Derivative(top, quantity, asked.layout)
    aside = work.aside()
    found = substitute(answer_to(aside, Derivative(through, quantity, asked.layout)), {through: top})
    assert isinstance(after, Named)
    words: Prose = (Relation("=", after, after.term), *arrow_words(after, element_shown(aside.lines, {through: top})))
    work.line("chain_rule_through", first, found, words, left=first)
    work.lines[-1] = replace(work.lines[-1], substeps=tuple(aside.lines))
    return found


def element_shown(lines: Sequence[Step], names: dict[Term, Term]) -> Relation | None:
    """The formula for an element that the lines of an arrow lead to, before it is made into products."""
    before = list(takewhile(lambda step: step.rule not in {"regroup_sums", "put_together"}, lines))
    if len(before) < 2 or before[0].rule != "take_element":
        return None
    return Relation("=", substitute(before[0].after, names), substitute(before[-1].after, names))


def arrow_words(after: Named, element: Relation | None) -> Prose:
    if element is not None:
        return (", so ", element)
    if isinstance(after.term, Gen | Fn):
        return (", element by element",)
    return (": chain rule",)


def introduction(asked: Derivative, quantities: Sequence[Named]) -> Prose:
    names = listed((Relation("=", q, q.term) for q in reversed(quantities)), last=", ")
    back: Prose = (". Then go back from ", asked.body, " to ", asked.var, ", arrow by arrow.")
    return ("Name the quantities on the way: ", *names, *back)


def picture(asked: Derivative, quantities: Sequence[Named]) -> Graph:
    nodes = (asked.var, *reversed(quantities), asked.body)
    edges = tuple((k, k + 1) for k in range(len(nodes) - 1))
    return Graph(nodes, edges, (tuple(range(len(nodes))),), ("Each arrow gives a factor of the chain rule.",))
