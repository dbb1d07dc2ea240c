"""The named functions: one row each, with how it is written, evaluated and differentiated.

A derivative is a term of the argument; ``domain`` is the sign that the argument needs ("" where any number will do),
``kinks`` says that there is a point where the function has no derivative.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derivgen.terms.nodes import Fn, Frac, Num, Plus, Pow, Term, Times


@dataclass(frozen=True)
class Function:
    latex: str
    numpy: str
    derivative: Callable[[Term], Term]
    law: str
    domain: str = ""
    kinks: bool = False


ONE, TWO, MINUS = Num(1), Num(2), Num(-1)


def _one_minus_square(t: Term) -> Term:
    return Plus(ONE, Times(MINUS, Pow(t, TWO)))


FUNCTIONS: dict[str, Function] = {
    "exp": Function(r"\exp", "np.exp", lambda u: Fn("exp", u), r"(e^u)' = e^u"),
    "log": Function(r"\log", "np.log", lambda u: Frac(ONE, u), r"(\log u)' = \frac{1}{u}", domain="positive"),
    "sin": Function(r"\sin", "np.sin", lambda u: Fn("cos", u), r"(\sin u)' = \cos u"),
    "cos": Function(r"\cos", "np.cos", lambda u: Times(MINUS, Fn("sin", u)), r"(\cos u)' = -\sin u"),
    "tan": Function(r"\tan", "np.tan", lambda u: Pow(Fn("sec", u), TWO), r"(\tan u)' = \sec^2 u"),
    "sec": Function(r"\sec", "1/np.cos", lambda u: Times(Fn("sec", u), Fn("tan", u)), r"(\sec u)' = \sec u \tan u"),
    "csc": Function(
        r"\csc", "1/np.sin", lambda u: Times(MINUS, Fn("csc", u), Fn("cot", u)), r"(\csc u)' = -\csc u \cot u"
    ),
    "cot": Function(r"\cot", "1/np.tan", lambda u: Times(MINUS, Pow(Fn("csc", u), TWO)), r"(\cot u)' = -\csc^2 u"),
    "arcsin": Function(
        r"\arcsin",
        "np.arcsin",
        lambda u: Frac(ONE, Pow(_one_minus_square(u), Num(1, 2))),
        r"(\arcsin u)' = \frac{1}{\sqrt{1-u^2}}",
        domain="unit",
    ),
    "arccos": Function(
        r"\arccos",
        "np.arccos",
        lambda u: Frac(MINUS, Pow(_one_minus_square(u), Num(1, 2))),
        r"(\arccos u)' = -\frac{1}{\sqrt{1-u^2}}",
        domain="unit",
    ),
    "arctan": Function(
        r"\arctan",
        "np.arctan",
        lambda u: Frac(ONE, Plus(ONE, Pow(u, TWO))),
        r"(\arctan u)' = \frac{1}{1+u^2}",
    ),
    "sinh": Function(r"\sinh", "np.sinh", lambda u: Fn("cosh", u), r"(\sinh u)' = \cosh u"),
    "cosh": Function(r"\cosh", "np.cosh", lambda u: Fn("sinh", u), r"(\cosh u)' = \sinh u"),
    "tanh": Function(r"\tanh", "np.tanh", lambda u: _one_minus_square(Fn("tanh", u)), r"(\tanh u)' = 1 - \tanh^2 u"),
    "sigmoid": Function(
        r"\sigma",
        "sigmoid",
        lambda u: Times(Fn("sigmoid", u), Plus(ONE, Times(MINUS, Fn("sigmoid", u)))),
        r"\sigma'(u) = \sigma(u)(1-\sigma(u))",
    ),
    "relu": Function(
        r"\operatorname{relu}",
        "relu",
        lambda u: Fn("step", u),
        r"\max(0,u)' = \mathbb{1}[u>0]",
        kinks=True,
    ),
    "step": Function(r"\mathbb{1}", "step", lambda u: Num(0), r"\mathbb{1}[u>0]' = 0", kinks=True),
    "abs": Function(
        r"\operatorname{abs}", "np.abs", lambda u: Fn("sign", u), r"|u|' = \operatorname{sign} u", kinks=True
    ),
    "sign": Function(r"\operatorname{sign}", "np.sign", lambda u: Num(0), r"\operatorname{sign}(u)' = 0", kinks=True),
}

WRITTEN_OUT: dict[str, Callable[[Term], Term]] = {
    "sigmoid": lambda u: Frac(ONE, Plus(ONE, Fn("exp", Times(MINUS, u)))),
    "tanh": lambda u: Frac(_exponentials(u, MINUS), _exponentials(u, ONE)),
}
"""Functions whose derivative, asked for by itself, is worked out and not looked up: by these definitions."""


def _exponentials(u: Term, sign: Term) -> Term:
    back = Fn("exp", Times(MINUS, u))
    return Plus(Fn("exp", u), back if sign == ONE else Times(MINUS, back))
