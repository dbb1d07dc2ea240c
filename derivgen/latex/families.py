"""Vectors x_1, …, x_N that the statement numbers and puts into no matrix: they are taken as the rows of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivgen.latex import syntax as sx
from derivgen.latex.scope import Entry, Meaning, Scope, Typed, leaf
from derivgen.latex.sizes import Unknown, resolve, unify
from derivgen.latex.survey import capital_of, is_capital
from derivgen.terms.nodes import Name, Sym

if TYPE_CHECKING:
    from derivgen.latex.elaborate import Reading


def rows_of(r: Reading, core: Name, node: sx.Syntax) -> tuple[Name, str] | None:
    """The matrix that holds them and "row"; None where the capital of their letter is in use."""
    scope = r.scope
    matrix = core._replace(letter=capital_of(core.letter))
    told = rows_of_data(scope, core, matrix)
    if told is not None:
        scope.note("The vectors ", node, " were taken as the rows of ", sx.Symbol(told[0]), ".")
        return told
    if matrix == core or matrix in scope.survey.bare or scope.find(matrix) is not None:
        return None
    entry = scope.entry(matrix, node.span)
    entry.shape, entry.declared, entry.why = (Unknown(), Unknown()), True, "the vectors of the statement"
    length = scope.families.get(core)
    if length is not None:
        unify(entry.shape[1], length)
    scope.rows[core] = (matrix, "row")
    scope.note("The vectors ", node, " were taken as the rows of a matrix ", sx.Symbol(matrix), ".")
    return scope.rows[core]


DATA = re.compile(
    r"\b(?:design|data|feature|input|sample|regressor|predictor|model) matrix\b|\bmatrix of (?:inputs|data)", re.I
)
"""What a matrix is called that holds one sample in each row."""


def rows_of_data(scope: Scope, core: Name, matrix: Name) -> tuple[Name, str] | None:
    """The declared design matrix X, whose rows are the samples x_n, by custom."""
    if matrix == core or not DATA.search(scope.text):
        return None
    for name in (matrix, matrix._replace(font="bold"), matrix._replace(font="")):
        entry = scope.find(name)
        if entry is None or not entry.declared or entry.shape is None or entry.meaning is not None:
            continue
        if any(resolve(s) == 1 for s in entry.shape):
            continue
        length = scope.families.get(core)
        if length is not None and not unify(entry.shape[1], length):
            return None
        scope.rows[core] = (name, "row")
        return scope.rows[core]
    return None


def handed_over(r: Reading, core: Name) -> bool:
    """Whether a bold letter is the parameter of a function that is applied to its numbered kin: ℓ(x) and ℓ(x_b)."""
    if core.font not in ("bold", "vec"):
        return False
    for name, operands in r.scope.survey.calls.items():
        entry = r.scope.find(name)
        params = entry.meaning.params if entry is not None and entry.meaning is not None else ()
        if any(isinstance(p, sx.Symbol) and p.name == core for p in params):
            inside = [item for o in operands for item in items_of(o)]
            if any(isinstance(i, sx.Subscript) and i.base == sx.Symbol(core) for i in inside):
                return True
    return False


def numbers_alone(scope: Scope, entry: Entry, meaning: Meaning) -> dict[Name, Typed]:
    """The y of ℓ(x, y) = … by itself, where ℓ is applied to y_b: a number, whatever the vector of all y_b is."""
    inside = {
        i.base for o in scope.survey.calls.get(entry.name, ()) for i in items_of(o) if isinstance(i, sx.Subscript)
    }
    names = [p.name for p in meaning.params if isinstance(p, sx.Symbol) and p in inside and not p.name.font]
    return {name: leaf(Sym(name)) for name in names if not is_capital(name)}


def items_of(operand: sx.Syntax) -> tuple[sx.Syntax, ...]:
    return sx.items(operand.body) if isinstance(operand, sx.Fenced) else sx.items(operand)
