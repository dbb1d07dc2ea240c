"""An equation that holds element by element, such as log p + c = 0, solved by the inverse function."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.engine.extremes.affine import depends, spread
from derivgen.engine.extremes.equations import Equations
from derivgen.engine.extremes.linear import Wish, solve_linear
from derivgen.engine.extremes.signs import nonzero, positive
from derivgen.errors import NoRule
from derivgen.rules.normal import Monomial, collected
from derivgen.rules.textbook import textbook
from derivgen.terms.build import ONE, chain_of, had, negate, num, plus, times
from derivgen.terms.nodes import Fn, Frac, Had, Num, Ones, Plus, Pow, Term, Times, Zero

NOT_SOLVED = (
    "the equation that the gradient is zero is not linear in the unknown, and no inverse function solves it: "
    "no closed form is known here"
)


def solve_elementwise(eqs: Equations, gradient: Term, unknown: Term, wish: Wish) -> Term:
    """The unknown from c·f(u) + rest = 0 with a function f that acts on each element."""
    terms = spread(gradient, unknown)
    lifted = without_reciprocals(terms, unknown)
    if lifted is not None:
        eqs.add("clear_factors", lifted, Zero(*unknown.shape), "multiplied element by element by ", unknown)
        return solve_linear(eqs, lifted, unknown, wish)
    moving = [t for t in terms if depends(t, unknown)]
    rest = [t for t in terms if not depends(t, unknown)]
    monos = [Monomial.of(t) for t in moving]
    kernels = {f for m in monos for f in m.chain}
    if len(kernels) != 1 or any(
        len(m.chain) != 1 or any(depends(p.base, unknown) for p in m.powers.values()) for m in monos
    ):
        raise NoRule(NOT_SOLVED)
    kernel = kernels.pop()
    if not isinstance(kernel, Fn) or kernel.arg != unknown or kernel.name not in ("exp", "log"):
        raise NoRule(NOT_SOLVED)
    weight = textbook(plus([scalar_part(m) for m in monos]))
    right = collected([negate(t) for t in rest], unknown.shape)
    if starts_minus(weight):
        weight, right = textbook(negate(weight)), textbook(negate(right))
    eqs.add("bring_over", times([weight, kernel]), right, "the terms without ", unknown, " go to the other side")
    if weight != ONE:
        eqs.need(nonzero(weight))
        right = textbook(times([Frac(ONE, weight), right]))
        eqs.add("divide_by", kernel, right, "divided by ", weight)
    return inverted(eqs, kernel, right, unknown)


def without_reciprocals(terms: Sequence[Term], unknown: Term) -> Term | None:
    """w ⊙ u^(−1) + v as w + v ⊙ u; None where the unknown does not stand so."""
    reciprocal = Pow(unknown, num(-1))
    out: list[Term] = []
    found = False
    for t in terms:
        scalars, chain = chain_of(t) if isinstance(t, Times) else ([], [t])
        if len(chain) != 1 or any(depends(s, unknown) for s in scalars):
            return None
        factors = list(chain[0].args) if type(chain[0]) is Had else [chain[0]]
        if reciprocal in factors:
            found = True
            factors.remove(reciprocal)
            body = had(factors) if factors else Ones(*unknown.shape)
        elif depends(t, unknown):
            return None
        else:
            body = unknown if type(chain[0]) is Ones else had([*factors, unknown])
        out.append(times([*scalars, body]))
    return plus(out, unknown.shape) if found and any(depends(t, unknown) for t in out) else None


def scalar_part(m: Monomial) -> Term:
    out = Monomial()
    out.coefficient, out.powers = m.coefficient, dict(m.powers)
    return out.term()


def starts_minus(term: Term) -> bool:
    return (isinstance(term, Num) and term.p < 0) or (isinstance(term, Times) and starts_minus(term.args[0]))


def inverted(eqs: Equations, kernel: Fn, right: Term, unknown: Term) -> Term:
    """The unknown from f(u) = right."""
    if kernel.name == "log":
        value = exponential(right)
        eqs.add("undo_function", unknown, value, "exponentials are taken, element by element")
        return value
    if positive(right) != ():
        proof = positive(right)
        if proof is None:
            raise NoRule("the right side is not seen to have positive elements, so it may have no logarithm")
        eqs.need(proof)
    value = Fn("log", right)
    eqs.add("undo_function", unknown, value, "logarithms are taken, element by element")
    return value


def exponential(arg: Term) -> Term:
    """exp(c 1 + v) as e^c exp(v)."""
    scalars: list[Term] = []
    others: list[Term] = []
    ones: Term | None = None
    for t in arg.args if isinstance(arg, Plus) else (arg,):
        factors, chain = chain_of(t) if isinstance(t, Times) else ([], [t])
        if len(chain) == 1 and type(chain[0]) is Ones:
            ones = chain[0]
            scalars.append(times(factors))
        else:
            others.append(t)
    if ones is None:
        return Fn("exp", arg)
    head = textbook(Fn("exp", plus(scalars)))
    return times([head, Fn("exp", plus(others, arg.shape)) if others else ones])
