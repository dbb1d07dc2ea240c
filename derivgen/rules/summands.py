"""Scalars written with sums, taken apart into their terms: two are the same when their terms are, whatever the order of
factors and of sums and whatever the summed letters are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from derivgen.rules.normal import Monomial
from derivgen.terms.build import times
from derivgen.terms.nodes import Idx, Num, Plus, Pow, Sum, Term, Times
from derivgen.terms.trees import Fresh, rebuild, replace_index

MOST_SUMS = 5
"""Under how many sums a term is compared in every order of them."""
Letters = tuple[Idx, ...]


def same_terms(one: Term, other: Term, fresh: Fresh) -> bool:
    """Whether two scalars have the same terms; False also where that is not seen."""
    return _counted(one, fresh) == _counted(other, fresh)


def _counted(term: Term, fresh: Fresh) -> dict[object, Fraction]:
    found: dict[object, Fraction] = {}
    for letters, product in summands(term, fresh):
        if len(letters) > MOST_SUMS:
            return {term: Fraction(1)}
        forms = [Monomial.of(_renamed(product, order)) for order in permutations(letters)]
        sizes = frozenset(Counter(i.size for i in letters).items())
        core = frozenset(f.core() for f in forms), sizes
        found[core] = found.get(core, Fraction(0)) + Fraction(forms[0].coefficient)
    return {core: c for core, c in found.items() if c}


def summands(term: Term, fresh: Fresh) -> Iterator[tuple[Letters, Term]]:
    """The terms with the letters that are summed in each, every product multiplied out."""
    match term:
        case Plus():
            for t in term.args:
                yield from summands(t, fresh)
        case Sum(body, index):
            for letters, t in summands(body, fresh):
                yield (index, *letters), t
        case Times():
            first, *rest = term.args
            others = [*summands(_own_letters(times(rest), fresh), fresh)] if rest else [((), Num(1))]
            for letters, t in summands(first, fresh):
                yield from ((letters + more, times([t, u])) for more, u in others)
        case Pow(base, Num(count, 1)) if isinstance(base, Plus | Sum) and count > 1:
            yield from summands(times([_own_letters(base, fresh) for _ in range(count)]), fresh)
        case _:
            yield (), term


def _own_letters(term: Term, fresh: Fresh) -> Term:
    """A copy in which nothing is summed over a letter of the original."""
    if isinstance(term, Sum):
        own = fresh(term.index.size)
        return Sum(replace_index(_own_letters(term.body, fresh), {term.index: own}), own)
    return rebuild(term, lambda t: _own_letters(t, fresh))


def _renamed(product: Term, order: Letters) -> Term:
    return replace_index(product, {old: Idx(f"_{k}", old.size) for k, old in enumerate(order)})
