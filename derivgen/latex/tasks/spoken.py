"""Derivatives that a statement speaks of: in the sentence, or in those before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derivgen.latex import syntax as sx
from derivgen.latex.elaborate import Reading
from derivgen.latex.scope import Scope
from derivgen.latex.sentences import Sentence
from derivgen.latex.survey import index_letters, is_capital
from derivgen.latex.tasks.kind import Found
from derivgen.terms.nodes import Derivative, El, Term
from derivgen.terms.taking import general_element
from derivgen.terms.trees import Fresh, letters_of


def leibniz_in(node: sx.Syntax) -> list[sx.Leibniz]:
    """The derivatives in a formula, outermost first."""
    return [n for n in sx.walk(node) if isinstance(n, sx.Leibniz) and n.body is not None]


def derivatives_in(sentence: Sentence) -> Iterator[sx.Leibniz]:
    for slot in sentence.slots:
        for row in slot.formula.rows:
            yield from leibniz_in(row)


def sentences_before(found: Found) -> list[Sentence]:
    at = next(k for k, s in enumerate(found.asker.sentences) if s is found.sentence)
    return found.asker.sentences[:at]


def last_spoken(found: Found) -> list[sx.Leibniz]:
    """The derivatives of the sentence, then those of the sentences before, the nearest first."""
    near = list(derivatives_in(found.sentence))
    return near + [d for s in reversed(sentences_before(found)) for d in reversed(list(derivatives_in(s)))]


def is_element(node: sx.Leibniz) -> bool:
    """dy_i/dX_{jk}: by a variable with letters below."""
    return any(isinstance(v, sx.Subscript) and len(index_letters(v.index)) > 0 for v in node.by)


def by_matrix(node: sx.Leibniz) -> bool:
    """By a letter that is written as a matrix, or by an element with two letters below."""
    for v in node.by:
        if isinstance(v, sx.Symbol) and is_capital(v.name):
            return True
        if isinstance(v, sx.Subscript) and len(index_letters(v.index)) == 2:
            return True
    return False


def parts_of(r: Reading, node: sx.Leibniz) -> tuple[Callable[[], Term], Callable[[], Term]]:
    """What is differentiated and by what, as terms; of an element dy_i/dX_jk these are elements."""
    assert node.body is not None
    body, var = r.read(node.body), r.read(node.by[0])
    return body.build, var.build


def element_of(body: Term, var: Term, scope: Scope) -> Derivative:
    """The general element of a derivative, with letters that the statement does not use otherwise."""
    if isinstance(body, El) or isinstance(var, El):
        return Derivative(body, var)
    return general_element(body, var, fresh_letters(scope, body, var))


def fresh_letters(scope: Scope, *terms: Term) -> Fresh:
    """Index letters that are neither scalars nor sizes of the statement."""
    scalars = {n.letter for n, e in scope.entries.items() if e.shape is not None and e.shape == (1, 1) and not n.font}
    avoid = scalars | set(scope.sizes)
    for term in terms:
        avoid |= letters_of(term)
    return Fresh(avoid)
