"""A chain rule whose last factor is a vector by a matrix: element by element, and what may be made of it.

For a scalar ℓ that depends on a matrix N through a vector y, ∂ℓ/∂N_ij = Σ_k (∂y_k/∂N_ij)(∂ℓ/∂y_k).  Where N_ij
enters one element of y alone, one term is left.  Only where that element's derivative is the same for every i does
dy/dN mean one row, and the formula is a product of matrices; otherwise the product is formal, which is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from derivgen.derivation import Prose
from derivgen.engine import facts
from derivgen.engine.answers import answer_to
from derivgen.engine.pushing import differentiate
from derivgen.engine.working import Working
from derivgen.errors import NoRule
from derivgen.rules.sums import scalar_factors
from derivgen.rules.textbook import textbook
from derivgen.terms.build import entry, times, total
from derivgen.terms.nodes import Delta, Derivative, El, Fn, Gen, Idx, Named, Term
from derivgen.terms.taking import is_compressed
from derivgen.terms.trees import Fresh, replace_index


@dataclass(frozen=True)
class Last:
    """The derivative of a vector by a matrix at the end of a chain, by its elements.

    i and j run over the matrix; ``tied`` is the one of them that an element of the vector must share with the matrix
    entry for its derivative not to vanish; ``rest`` is the derivative then.
    """

    leaf: Derivative
    i: Idx
    j: Idx
    tied: Idx
    rest: Term
    running: Idx
    """A letter for an element of the vector."""

    @property
    def same_for_all(self) -> bool:
        """Whether the compressed form means something: the rest does not depend on the tied index."""
        return self.tied not in self.rest.free

    @property
    def element(self) -> Derivative:
        return Derivative(place(self.leaf.body, self.tied), El(self.leaf.var, self.i, self.j))


def place(vector: Term, at: Idx | int) -> Term:
    return entry(vector, at, 1) if vector.shape[1] == 1 else entry(vector, 1, at)


def last_of(leaves: tuple[Term, ...]) -> Derivative | None:
    """The derivative of a vector by a matrix among those that are to be left."""
    return next((d for d in leaves if isinstance(d, Derivative) and is_compressed(d)), None)


def read_elements(leaf: Derivative, fresh: Fresh) -> Last:
    """The element formula of a vector by a matrix: δ times a rest."""
    body, var = leaf.body, leaf.var
    column = body.shape[1] == 1
    i, j = fresh(var.shape[0]), fresh(var.shape[1])
    k = fresh(body.shape[0] if column else body.shape[1])
    found = textbook(differentiate(Derivative(place(body, k), El(var, i, j)), fresh)[0])
    factors = scalar_factors(found)
    for tied in (i, j):
        delta = next((f for f in factors if isinstance(f, Delta) and {f.i, f.j} == {k, tied}), None)
        if delta is not None:
            rest = times([f for f in factors if f is not delta])
            return Last(leaf, i, j, tied, replace_index(rest, {k: tied}), k)
    raise NoRule("every element of the vector depends on every element of the matrix: there is no shorter chain rule")


def formal_chain(work: Working, question: Derivative, leaf: Derivative, chain: Term) -> tuple[Last, Term]:
    """The lines for an element; ``chain`` is the derivative by the vector, as the statement wants it written."""
    fresh = work.fresh(question)
    last = read_elements(leaf, fresh)
    i, j, tied, y = last.i, last.j, last.tied, leaf.body
    k = last.running
    element = Derivative(question.body, El(leaf.var, i, j))
    work.introduction = (
        question.body, " depends on ", leaf.var, " through ", y, "; take one element, ", element, ".",
    )  # fmt: skip
    one = total(
        times([Derivative(place(y, k), El(leaf.var, i, j)), Derivative(question.body, place(y, k))]), [k]
    )  # fmt: skip
    words: Prose = ("chain rule: ", question.body, " depends on ", leaf.var, " through the elements of ", y)
    work.line("chain_rule_through", element, one, words, left=element)
    left = times([last.element, Derivative(question.body, place(y, tied))])
    reason: Prose = (place(y, k), " depends on ", El(leaf.var, i, j), " only when ", k, " = ", tied)
    work.line("sift_delta", one, left, reason)
    if chain != Derivative(question.body, y, chain.layout if isinstance(chain, Derivative) else ""):
        after = times([last.element, place(chain, tied)])
        reason = ("the vector chain rule, ", Derivative(question.body, y), " = ", chain)
        work.line("chain_rule_through", left, after, reason)
        left = after
    return last, left


def explain(work: Working, question: Derivative, last: Last, formula: Term, value: Term) -> None:
    """Why the product is formal only, and the product that is true."""
    leaf = last.leaf
    depends = facts.differ(
        work, last.rest, replace_index(last.rest, {last.tied: Fresh().within(last.rest)(last.tied.size)})
    ) if work.checker is not None and last.tied in last.rest.free else facts.NOT_CHECKED  # fmt: skip
    facts.establish(
        work, "depends on", str(last.tied.letter), (last.element, " = ", last.rest, " depends on ", last.tied), depends
    )  # fmt: skip
    work.say(
        "As a product of matrices, ", question, " = ", formula, " is formal only: ", last.element, " = ", last.rest,
        " depends on ", last.tied, " too, so ", leaf, " is no ", "row" if leaf.body.shape[1] == 1 else "column",
        " that serves for every ", last.tied, ". It is to be read element by element, as above.",
    )  # fmt: skip
    facts.establish(work, "value", "matrix form", (question, " = ", value), facts.equal(work, question, value))
    inner = inner_argument(leaf.body)
    if inner is not None:
        work.say("A product that holds is ", question, " = ", value, ": ", *through_argument(inner), ".")
    else:
        work.say("A product that holds is ", question, " = ", value, ".")


def inner_argument(vector: Term) -> Term | None:
    """The u of y = g(u), where a function acts element by element on something compound."""
    meaning = vector.term if isinstance(vector, Named) else vector
    match meaning:
        case Gen() if len(meaning.operands) == 1:
            return meaning.operands[0]
        case Fn(_, arg):
            return arg
    return None


def through_argument(inner: Term) -> Prose:
    """ "the chain goes through Na" """
    return ("the chain goes through ", inner, ", the argument of the function, at which its derivative is taken")


def worked_out(work: Working, question: Derivative) -> Term:
    """The derivative as a matrix, with only the derivative by the vector's function left."""
    return answer_to(work.aside(), question)
