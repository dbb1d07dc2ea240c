"""Whether the primes of a statement transpose: told by where they stand, as in X'X, a'x and (y - Xb)'(y - Xb)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derivgen.latex import phrases
from derivgen.latex import syntax as sx
from derivgen.latex.scope import Scope
from derivgen.latex.sentences import Sentence, Slot
from derivgen.latex.survey import is_capital


def are_said_to_transpose(sentences: Sequence[Sentence]) -> bool:
    """Whether the statement says that a prime denotes the transpose."""
    return any(p.says == "prime" and p.match(s.text) for p in phrases.PROPERTIES for s in sentences)


def seem_to_transpose(roots: Sequence[sx.Syntax]) -> bool:
    """Whether primes stand where only a transpose makes sense, and nowhere on a function or a number."""
    nodes = [n for root in roots for n in sx.walk(root)]
    for node in nodes:
        match node:
            case sx.MaybeCall(sx.Primed(), _) | sx.Call(sx.Primed(), _) | sx.Primed(_, 2 | 3):
                return False
            case sx.Leibniz(_, by) if any(isinstance(v, sx.Primed) for v in by):
                return False
    whole = (n.base for n in nodes if isinstance(n, sx.Primed) and isinstance(n.base, sx.Fenced))
    return any(isinstance(n, sx.Product) and is_inner(n.factors, n.signs) for n in nodes) or any(map(is_matrix, whole))


def is_matrix(node: sx.Syntax) -> bool:
    """Whether brackets hold bold capitals and nothing else: (AB)'."""
    letters = [n.name for n in sx.walk(node) if isinstance(n, sx.Symbol)]
    return bool(letters) and all(is_capital(n) and n.font == "bold" for n in letters)


def is_inner(factors: tuple[sx.Syntax, ...], signs: tuple[str, ...]) -> bool:
    """Whether a product begins with a primed factor that would not fit as it stands: a'x, X'X, x'Ax, (y - Xb)'y."""
    for at, factor in enumerate(factors[:-1]):
        if not isinstance(factor, sx.Primed) or signs[at]:  # before a dot it is a derivative
            continue
        base, last = factor.base, factors[-1]
        if isinstance(base, sx.Fenced):
            if base == last or any(is_array(n) for n in sx.walk(base)):
                return True
        elif isinstance(base, sx.Symbol):
            again = base in factors[at + 1 :]
            wide = any(isinstance(f, sx.Symbol) and is_capital(f.name) for f in factors[at + 1 :])
            column = is_array(base) and not is_capital(base.name) and any(map(is_array, sx.walk(factors[at + 1])))
            if column or (again and (is_capital(base.name) or wide)):
                return True
    return False


def is_array(node: sx.Syntax) -> bool:
    """A letter that is set as a vector or a matrix."""
    return isinstance(node, sx.Symbol) and (node.name.font in ("bold", "vec") or is_capital(node.name))


def rewrite(sentences: Sequence[Sentence]) -> None:
    """The primes of the formulas as transposes."""
    for sentence in sentences:
        for k, slot in enumerate(sentence.slots):
            changed = tuple(map(transposed, slot.formula.rows))
            if any(a is not b for a, b in zip(changed, slot.formula.rows, strict=True)):
                sentence.slots[k] = Slot.of(replace(slot.formula, rows=changed), slot.span)


def transposed(node: sx.Syntax) -> sx.Syntax:
    changed = {id(c): s for c in sx.children(node) if (s := transposed(c)) is not c}
    found = sx.swap_children(node, changed) if changed else node
    return sx.Transpose(found.base, span=node.span) if isinstance(found, sx.Primed) and found.count == 1 else found


def settle(scope: Scope, said: bool, transposes: bool) -> None:
    """Tells the scope; what was only seen is said to the reader."""
    scope.prime_transposes = said or transposes
    if transposes and not said:
        scope.note("A prime was taken as the transpose.")
