"""Random values for everything in the scope of a NumPy expression: symbols, sizes, functions, derivatives left open."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from derivgen.derivation import Derivation, Problem, Symbol
from derivgen.terms.nodes import Idx, Sym, Term
from derivgen.terms.positions import FixedIdx
from derivgen.terms.shapes import Size

SIZES = ((3, 4, 2, 5, 6, 7), (4, 2, 5, 3, 7, 6))
"""Two ways to give unequal values to the symbolic sizes of a problem, in their order."""
CROSSED = 0.3
"""How much the arguments of a function of several act on each other."""


def a_function(*args: Any) -> Any:
    crossed = CROSSED * np.prod(np.stack(args), axis=0) if args[1:] else 0
    return sum(np.sin(1.3 * x) + 0.2 * x**2 for x in args) + crossed


def its_derivative(*args: Any) -> Any:
    x = args[0]
    return 1.3 * np.cos(1.3 * x) + 0.4 * x + (CROSSED * np.prod(np.stack(args[1:]), axis=0) if args[1:] else 0)


def its_second_derivative(x: Any) -> Any:
    return 0.4 - 1.69 * np.sin(1.3 * x)


def by_the_second(x: Any, y: Any) -> Any:
    return its_derivative(y, x)


STAND_INS: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("{}", a_function),
    ("{}_prime", its_derivative),
    ("{}_second", its_second_derivative),
    ("{}_d1", its_derivative),
    ("{}_d2", by_the_second),
)
"""What a function symbol of the statement, and its derivatives, are evaluated as."""

PROPERTIES: dict[str, Callable[[Any], Any]] = {
    "symmetric": lambda a: (a + a.T) / 2,
    "positive definite": lambda a: a @ a.T + np.eye(len(a)),
    "orthogonal": lambda a: np.linalg.qr(a)[0],
    "diagonal": lambda a: np.diag(np.diag(a)),
    "positive": lambda a: np.abs(a) + 0.3,
    "negative": lambda a: -np.abs(a) - 0.3,
    "nonzero": lambda a: a + np.where(a < 0, -0.3, 0.3),
}


def sample(
    derivation: Derivation, sizes: tuple[int, ...], random: Any, *, positive: bool = False
) -> tuple[dict[str, int], dict[str, Any]]:
    """The sizes by their LaTeX names, and values for everything in scope, by plain names.

    ``positive``: all symbols are positive, for what is not defined everywhere.
    """
    from derivgen.writers.numpy_code import given_positions, open_derivatives

    problem = derivation.problem
    latex = [latex for _, latex in problem.sizes]
    bound = dict(zip(latex, itertools.cycle(sizes), strict=False))
    scope: dict[str, Any] = {name: bound[latex] for name, latex in problem.sizes}
    own = described(derivation)
    for symbol in problem.symbols:
        if symbol.role == "function" or symbol.term is None:
            scope |= {form.format(symbol.name): stand_in for form, stand_in in STAND_INS}
        else:
            words = (*own.get(symbol.term, symbol.properties), *(("positive",) if positive else ()))
            scope[symbol.name] = value_of(symbol, words, bound, random)
    scope |= alone(problem, derivation, scope)
    answer = derivation.value or derivation.answer
    for name, shape in open_derivatives(answer, problem, derivation.layout).items():
        scope[name] = random.normal(size=tuple(size_value(s, bound) for s in shape))
    for index in given_positions(answer):
        name = index.letter.replace("{", "").replace("}", "").replace("+", "p").replace("-", "m")
        scope[name] = index.at(size_value(index.size, bound)) - 1
    return bound, scope


def described(derivation: Derivation) -> dict[Term, tuple[str, ...]]:
    """The properties that symbols have in this part, where it describes them further."""
    mine = {(s.name, s.shape): s.props for s in derivation.goal.question.symbols if isinstance(s, Sym)}
    listed = [s.term for s in derivation.problem.symbols if isinstance(s.term, Sym)]
    return {s: mine[(s.name, s.shape)] for s in listed if (s.name, s.shape) in mine}


def alone(problem: Problem, derivation: Derivation, scope: Mapping[str, Any]) -> dict[str, Any]:
    """The symbols of this part under their own names, where another part has something else of that name."""
    from derivgen.notation.names import plain_name

    mine = {(s.name, s.shape) for s in derivation.goal.question.symbols if isinstance(s, Sym)}
    return {
        plain_name(s.term.name): scope[s.name]
        for s in problem.symbols
        if isinstance(s.term, Sym) and (s.term.name, s.term.shape) in mine
    }


def value_of(symbol: Symbol, properties: tuple[str, ...], bound: Mapping[str, int], random: Any) -> Any:
    value = random.normal(size=tuple(size_value(size, bound) for size in symbol.shape))
    for word in properties:
        value = PROPERTIES.get(word, lambda a: a)(value)
    return value


def size_value(size: Size, bound: Mapping[str, int]) -> int:
    return size if isinstance(size, int) else bound[size]


def free_indices(derivation: Derivation) -> frozenset[Idx]:
    answer = derivation.answer
    return frozenset(i for i in answer.free if not isinstance(i, FixedIdx)) if answer is not None else frozenset()
