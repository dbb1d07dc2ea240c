"""Reading what is printed gives the term back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from derivgen.latex.printer import latex
from derivgen.terms.nodes import Derivative, Extent, Name, Ones, Sum, Sym, Term, Times
from derivgen.terms.trees import subterms
from tests import strategies
from tests.latex.reading import read_formula
from tests.notation.cases import CASES

UNREAD = {
    r"\mathbf{I}": "its size follows from nothing",
    r"\mathbf{1}": "its size follows from nothing",
    r"\mathbf{1}^T": "its size follows from nothing",
    r"\mathbf{0}": "its size follows from nothing",
    r"s \neq 0": "a statement, not an expression",
    r"s(-3)": "a number behind a symbol is moved in front",
    r"\nabla u": "the variables are told by the statement",
    r"\nabla(st)": "the variables are told by the statement",
    r"\nabla^2u": "the variables are told by the statement",
    r"\left.\frac{\partial u}{\partial s}\right|_{s=3,t=1}": "read as a goal, not inside a formula",
    r"\left.u\right|_{\mathbf{x}=\mathbf{0}}": "read as a goal, not inside a formula",
}
"""Printed forms that do not read back by themselves, each with its reason."""

RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def read_back(term: Term) -> Term:
    free = sorted(term.free, key=lambda index: index.letter)
    return read_formula(latex(term), strategies.SYMBOLS, [strategies.GENERIC], free)


def is_readable(term: Term) -> bool:
    """Whether its binders have letters of their own (the reader sees to that) and ones a length that follows."""
    binders = [t.args[1] for t in subterms(term) if isinstance(t, Sum)]
    return len(set(binders)) == len(binders) and not any(type(t) is Ones for t in subterms(term))


@RELAXED
@given(strategies.terms(depth=3).filter(is_readable))
def test_terms(term: Term) -> None:
    assert read_back(term) == term, latex(term)


@RELAXED
@given(strategies.elements().filter(is_readable))
def test_elements(term: Term) -> None:
    assert read_back(term) == term, latex(term)


def sizes_in(term: Term) -> list[str]:
    """Sizes that stand as numbers."""
    return [str(t.size) for t in subterms(term) if isinstance(t, Extent)]


SYMBOLS = {symbol for case in CASES for symbol in case[0].symbols if isinstance(symbol, Sym)}


@pytest.mark.parametrize("term, printed", [case[:2] for case in CASES if case[1] not in UNREAD], ids=str)
def test_every_node(term: Term, printed: str) -> None:
    free = sorted(term.free, key=lambda index: index.letter)
    scalars = [s for s in SYMBOLS if s.name not in {t.name for t in term.symbols}]
    assert read_formula(printed, [*term.symbols, *scalars], [Name("f")], free, sizes_in(term)) == term


BODIES = [case[0] for case in CASES if case[1] not in UNREAD]
SLOPE, FACTOR = Sym(Name("s")), Sym(Name("t"))


@pytest.mark.parametrize("body", BODIES, ids=latex)
def test_every_node_under_d(body: Term) -> None:
    """What is differentiated ends where it ends, alone and in the middle of a product."""
    slope = Derivative(body, SLOPE)
    terms = [slope, Times(slope, FACTOR)] if slope.shape == (1, 1) else [slope]
    for term in terms:
        free = sorted(term.free, key=lambda index: index.letter)
        scalars = [s for s in SYMBOLS if s.name not in {t.name for t in term.symbols}]
        assert read_formula(latex(term), [*term.symbols, *scalars], [Name("f")], free, sizes_in(term)) == term
