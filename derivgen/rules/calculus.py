r"""The rules of differentiation: read the laws and you have read the chapter.

Each pushes a derivative one level into a scalar term; the derivative stays at its factor's place.
"""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.prose import listed
from derivgen.rules.elements import by, sum_of_elements
from derivgen.rules.rule import Phase, Words, depends_on, is_leaf, rule, variable_of
from derivgen.terms.build import MINUS, ONE, TWO, negate, num, plus, times, total
from derivgen.terms.functions import FUNCTIONS
from derivgen.terms.nodes import (
    Delta,
    Derivative,
    El,
    Fn,
    Frac,
    Gen,
    Idx,
    Name,
    Named,
    Norm,
    Num,
    Plus,
    Pow,
    Relation,
    Sum,
    Sym,
    Term,
    Times,
)
from derivgen.terms.trees import Fresh

STILL = (" does not depend on ", " do not depend on ")
CHAIN_WITH = "chain rule, with "
KNOWN = "by "
ANY_LETTER = "u"
"""What the laws of known functions are written in."""


def do_not_depend(items: Iterable[Term], var: Term) -> Words:
    """``a_k and b_l do not depend on X``; nothing where there is nothing worth telling."""
    seen = list(dict.fromkeys(unsigned(t) for t in items if t.symbols))
    if not seen or len(seen) > 3:
        return ()
    return (*listed(seen), STILL[len(seen) > 1], variable_of(var))


def unsigned(term: Term) -> Term:
    """A term without its minus sign."""
    return times(term.args[1:]) if isinstance(term, Times) and term.args[0] == MINUS else term


def _still(term: Term) -> Words:
    body, var = term.body, term.var
    return do_not_depend([f for f in body.args if not depends_on(f, var)], var)


@rule(
    law=r"\partial c = 0",
    reason="the derivative of a constant is zero",
    source="seed 1.2",
    phase=Phase.LINEAR,
    examples={r"\frac{\partial}{\partial x_k}a_i": "0"},
    because=lambda term: do_not_depend([term.body], term.var),
)
def constant(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(body, var) if not depends_on(body, var):
            return num(0)
    return None


def _linear(term: Term) -> Words:
    body, var = term.args[0], term.args[1]
    if not isinstance(body, Plus):
        return ()
    still = [t for t in body.args if not depends_on(t, var)]
    numbers = [t for t in still if not t.symbols]
    if len(numbers) == len(still) == 1:
        return ("linearity; the derivative of ", unsigned(numbers[0]), " is zero")
    return do_not_depend(still, var)


@rule(
    law=r"\partial(u+v) = \partial u + \partial v",
    reason="linearity",
    source="seed 2.3.4",
    phase=Phase.LINEAR,
    examples={
        r"\frac{\partial}{\partial x_k}(x_i+a_i)": r"\frac{\partial x_i}{\partial x_k}",
        r"\frac{\partial}{\partial x_k}\sum_{i=1}^{n}x_i": r"\sum_{i=1}^{n}\frac{\partial x_i}{\partial x_k}",
    },
    because=_linear,
    heads=(Plus, Sum),
)
def linearity(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Plus() as body, var):
            return plus(by(t, term) for t in body.args if depends_on(t, var))
        case Derivative(Sum(body, index)):
            return Sum(by(body, term), index)
    return None


@rule(
    law=r"\partial(c\,u) = c\,\partial u",
    reason="linearity",
    source="seed 2.3.4",
    phase=Phase.LINEAR,
    examples={
        r"\frac{\partial}{\partial x_k}(a_i x_i)": r"a_i\frac{\partial x_i}{\partial x_k}",
        r"\frac{\partial}{\partial x_k}(a_i x_i b_j)": r"a_i\frac{\partial x_i}{\partial x_k}b_j",
    },
    because=_still,
    heads=(Times, Frac),
)
def pull_out_constant(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Times() as body, var):
            moving = [i for i, f in enumerate(body.args) if depends_on(f, var)]
            if len(moving) != 1 or body.args[moving[0]].shape != (1, 1):
                return None
            return times(by(f, term) if i == moving[0] else f for i, f in enumerate(body.args))
        case Derivative(Frac(top, bottom), var) if not depends_on(bottom, var):
            if not depends_on(top, var):
                return None
            return Frac(by(top, term), bottom)
    return None


@rule(
    law=r"\partial(uv) = (\partial u)\,v + u\,(\partial v)",
    reason="product rule",
    source="seed 3.4.1",
    phase=Phase.PRODUCT,
    examples={
        r"\frac{\partial}{\partial x_k}(x_i A_{ij} x_j)": (
            r"\frac{\partial x_i}{\partial x_k}A_{ij}x_j+x_i A_{ij}\frac{\partial x_j}{\partial x_k}"
        ),
    },
    heads=(Times,),
)
def product_rule(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Times() as body, var):
            factors = body.args
            moving = [i for i, f in enumerate(factors) if depends_on(f, var)]
            if len(moving) < 2 or any(f.shape != (1, 1) for f in factors):
                return None
            return plus(times(by(f, term) if i == m else f for i, f in enumerate(factors)) for m in moving)
    return None


@rule(
    law=r"\partial\frac{u}{v} = \frac{(\partial u)\,v - u\,\partial v}{v^2}",
    reason="quotient rule",
    source="calculus",
    phase=Phase.PRODUCT,
    examples={
        r"\frac{d}{dt}\frac{t}{1+t}": r"\frac{1+t-t\frac{d}{dt}(1+t)}{(1+t)^2}",
        r"\frac{d}{dt}\frac{1}{1+t}": r"-\frac{\frac{d}{dt}(1+t)}{(1+t)^2}",
    },
    heads=(Frac,),
)
def quotient_rule(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Frac(top, bottom), var) if depends_on(bottom, var):
            if not depends_on(top, var):
                return negate(Frac(times([top, by(bottom, term)]), Pow(bottom, TWO)))
            up = plus([times([by(top, term), bottom]), negate(times([top, by(bottom, term)]))])
            return Frac(up, Pow(bottom, TWO))
    return None


def exponent_less_one(exponent: Term) -> Term:
    if isinstance(exponent, Num):
        return num(exponent.value - 1)
    return plus([exponent, MINUS])


@rule(
    law=r"\partial\lVert\mathbf{u}\rVert^{2k} = k\,\lVert\mathbf{u}\rVert^{2k-2}\,\partial\lVert\mathbf{u}\rVert^2",
    reason="power rule for the squared norm",
    source="calculus",
    phase=Phase.CHAIN,
    examples={
        r"\frac{\partial}{\partial x_k}\lVert\mathbf{x}\rVert_2^4": (
            r"2\lVert\mathbf{x}\rVert_2^2\frac{\partial}{\partial x_k}\lVert\mathbf{x}\rVert_2^2"
        ),
    },
    heads=(Pow,),
)
def even_power_of_norm(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Pow(Norm() as norm, Num(p, 1))) if p > 2 and p % 2 == 0:
            return times([num(p // 2), Pow(norm, num(p - 2)), by(Pow(norm, TWO), term)])
    return None


@rule(
    law=r"\partial u^c = c\,u^{c-1}\,\partial u",
    reason="power rule",
    source="seed 1.2",
    phase=Phase.CHAIN,
    examples={
        r"\frac{d}{dt}t^3": r"3t^2",
        r"\frac{d}{dt}\sqrt{1+t}": r"\frac{1}{2}(1+t)^{-\frac{1}{2}}\frac{d}{dt}(1+t)",
    },
    heads=(Pow,),
)
def power_rule(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Pow(base, exponent), var) if not depends_on(exponent, var):
            less = exponent_less_one(exponent)
            lowered = base if less == ONE else Pow(base, less)
            return times([exponent, lowered, by(base, term)])
    return None


@rule(
    law=r"\partial c^u = c^u \log c\;\partial u",
    reason="exponential rule (the base does not depend on the variable)",
    source="seed 1.4.2a",
    phase=Phase.CHAIN,
    examples={r"\frac{\partial}{\partial t}s^t": r"s^t\log s"},
    heads=(Pow,),
)
def exponential_rule(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Pow(base, exponent) as body, var) if depends_on(exponent, var) and not depends_on(base, var):
            return times([body, Fn("log", base), by(exponent, term)])
    return None


@rule(
    law=r"\partial u^v = v\,u^{v-1}\,\partial u + u^v \log u\;\partial v",
    reason="power rule and exponential rule together: the base and the exponent both depend on the variable",
    source="calculus",
    phase=Phase.CHAIN,
    examples={r"\frac{d}{dt}t^t": r"t\,t^{t-1}+t^t\log t"},
    heads=(Pow,),
)
def general_power_rule(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Pow(base, exponent) as body, var) if depends_on(exponent, var) and depends_on(base, var):
            first = times([exponent, Pow(base, exponent_less_one(exponent)), by(base, term)])
            return plus([first, times([body, Fn("log", base), by(exponent, term)])])
    return None


def _function_law(term: Term) -> Words:
    body = term.args[0]
    if isinstance(body, Gen):
        return _arguments_told(body, term.var)
    if not isinstance(body, Fn):
        return ()
    u = Sym(Name(ANY_LETTER))
    law = Relation("=", Derivative(Fn(body.name, u), u), FUNCTIONS[body.name].derivative(u))
    return (KNOWN if body.arg == term.args[1] else CHAIN_WITH, law)


ORDINALS = ("first", "second", "third")


def _arguments_told(body: Gen, var: Term) -> Words:
    """What the derivatives of a function of several arguments are by; nothing where there is one argument."""
    moving = [k for k, arg in enumerate(body.operands) if depends_on(arg, var)]
    if len(body.operands) == 1 or any(body.orders) or max(moving) >= len(ORDINALS):
        return ()
    slopes = [Gen(body.name, tuple(int(m == k) for m in range(len(body.orders))), *body.operands) for k in moving]
    by_which = listed([f"the {ORDINALS[k]}" for k in moving])
    if len(moving) == 1:
        return ("chain rule; ", slopes[0], " is the derivative by ", *by_which, " argument")
    return ("chain rule; ", *listed(slopes), " are the derivatives by ", *by_which, " argument")


@rule(
    law=r"\partial f(u) = f'(u)\,\partial u",
    reason="chain rule",
    source="seed 2.2",
    phase=Phase.CHAIN,
    examples={
        r"\frac{d}{dt}e^{st}": r"e^{st}\frac{\partial(st)}{\partial t}",
        r"\frac{d}{dt}\cos t": r"-\sin t",
    },
    because=_function_law,
    heads=(Fn, Gen),
)
def chain_rule(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Fn(name, arg)):
            slope = FUNCTIONS[name].derivative(arg)
            if isinstance(slope, Frac) and slope.num == ONE:
                return Frac(by(arg, term), slope.den)
            return times([slope, by(arg, term)])
        case Derivative(Gen() as g, var):
            parts = []
            for k, arg in enumerate(g.operands):
                if depends_on(arg, var):
                    orders = tuple(o + (1 if m == k else 0) for m, o in enumerate(g.orders))
                    parts.append(times([Gen(g.name, orders, *g.operands), by(arg, term)]))
            return plus(parts)
    return None


def _through(term: Term) -> Words:
    body, var = term.body, term.var
    inner = body.term if isinstance(body, El) else body
    middle = [d for d in inner.deps if depends_on(d, var)]
    return ("chain rule: ", inner, " depends on ", variable_of(var), " through ", *listed(middle))


@rule(
    law=r"\frac{\partial z}{\partial x_i} = \sum_k \frac{\partial z}{\partial y_k}\frac{\partial y_k}{\partial x_i}",
    reason="chain rule through the intermediate variables",
    source="seed 2.2",
    phase=Phase.CHAIN,
    examples={},
    because=_through,
    heads=(Sym, (El, Sym)),
)
def chain_rule_through(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(body, var):
            inner = body.term if isinstance(body, El) else body
            if not isinstance(inner, Sym) or is_leaf(term):
                return None
            moving = [d for d in inner.deps if depends_on(d, var)]
            if any(d != e and depends_on(d, variable_of(e)) for d in moving for e in moving):
                return None  # one intermediate depends on another: ∂z/∂y would have two meanings
            parts = []
            for d in moving:
                element, letters = sum_of_elements(d, fresh)
                parts.append(total(times([Derivative(body, element), by(element, term)]), letters))
            return plus(parts) if parts else None
    return None


@rule(
    law=r"\partial\lVert\mathbf{u}\rVert = \frac{1}{\lVert\mathbf{u}\rVert}\sum_k u_k\,\partial u_k",
    reason="chain rule for the norm",
    source="Matrix Cookbook 129",
    phase=Phase.CHAIN,
    examples={
        r"\frac{\partial}{\partial x_k}\lVert\mathbf{x}\rVert_2": (
            r"\frac{1}{\lVert\mathbf{x}\rVert_2}\sum_{i=1}^{n}x_i\frac{\partial x_i}{\partial x_k}"
        ),
    },
    heads=(Norm,),
)
def norm_rule(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(Norm(inner) as norm):
            element, letters = sum_of_elements(inner, fresh)
            return times([Frac(ONE, norm), total(times([element, by(element, term)]), letters)])
    return None


def _same_entry(term: Term) -> Words:
    body, var = term.body, term.var
    if not isinstance(body, El):
        return ()
    pairs = [(a, b) for a, b in ((body.i, var.i), (body.j, var.j)) if isinstance(a, Idx) or isinstance(b, Idx)]
    if not pairs or any(a == b for a, b in pairs):
        return ()
    first, rest = pairs[0], pairs[1:]
    words: list[object] = [body, " is ", var, " only when ", first[0], " = ", first[1]]
    for a, b in rest:
        words += [" and ", a, " = ", b]
    return tuple(words)


@rule(
    law=r"\frac{\partial X_{kl}}{\partial X_{ij}} = \delta_{ki}\,\delta_{lj}",
    reason="an element depends only on itself",
    source="seed 3.2",
    phase=Phase.ENTRY,
    examples={
        r"\frac{\partial x_i}{\partial x_k}": r"\delta_{ik}",
        r"\frac{\partial A_{ij}}{\partial A_{kl}}": r"\delta_{ik}\delta_{jl}",
    },
    because=_same_entry,
    heads=(Sym, Named, (El, Sym), (El, Named)),
)
def entry_to_delta(term: Term, fresh: Fresh) -> Term | None:
    match term:
        case Derivative(body, var) if body == var:
            return ONE
        case Derivative(El(s, a, b), El(t, c, d)) if s == t:
            pairs = [(p, q) for p, q in ((a, c), (b, d)) if p != q]
            if any(isinstance(p, int) and isinstance(q, int) for p, q in pairs):
                return num(0)
            return times(Delta(p, q) for p, q in pairs)
    return None
