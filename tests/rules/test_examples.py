"""Every rule's examples: read, applied, compared with what is written beside them, and checked by numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from derivgen.derivation import VERIFIED, Problem
from derivgen.engine.check import Checker
from derivgen.latex.printer import latex
from derivgen.rules.catalog import IDENTITIES, RULES
from derivgen.rules.rule import Rule
from derivgen.rules.sums import sift_delta
from derivgen.terms.nodes import Idx, Name, Sym, Term
from derivgen.terms.trees import Fresh
from tests.latex.reading import read_formula

VECTORS = [Sym(Name(letter, "bold"), "n", 1) for letter in "abx"]
MATRICES = [Sym(Name(letter, "bold"), "n", "n") for letter in "ABX"]
SCALARS = [Sym(Name(letter), 1, 1, ("positive",)) for letter in "st"]
INDICES = [Idx(letter, "n") for letter in "ijkl"]
ALL = (*RULES, sift_delta, *IDENTITIES)
EXAMPLES = [(rule, before, after) for rule in ALL for before, after in rule.examples.items()]


def read(text: str, free: Iterable[Idx]) -> Term:
    return read_formula(text, [*VECTORS, *MATRICES, *SCALARS], free=free)


@pytest.mark.parametrize(("rule", "before", "after"), EXAMPLES, ids=lambda v: v.name if isinstance(v, Rule) else "")
def test_example(rule: Rule, before: str, after: str) -> None:
    summed = set(re.findall(r"\\sum_\{(\w)=", before))
    term = read(before, [i for i in INDICES if i.letter not in summed])
    wanted = read(after, term.free)
    result = rule(term, Fresh().within(term))
    assert result is not None, "the rule does not apply to its own example"
    assert latex(result) == latex(wanted)
    assert result.shape == term.shape
    assert result.free <= term.free
    empty = Problem(before, (), (), (), (), ())
    assert Checker(empty).step(term, result).verdict == VERIFIED


def test_every_rule_has_a_law_a_reason_and_a_source() -> None:
    assert all(rule.law and rule.reason and rule.source for rule in ALL)


def test_names_are_unique() -> None:
    assert len({rule.name for rule in ALL}) == len(ALL)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_a_rule_leaves_alone_what_it_is_not_for(rule: Rule) -> None:
    for term in (*VECTORS, *MATRICES, *SCALARS):
        assert rule(term, Fresh()) is None
