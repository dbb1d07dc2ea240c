"""A problem from a SymPy (matrix) expression and what to differentiate it by, without any LaTeX in between."""

from __future__ import annotations

from typing import Any

from derivgen.derivation import Goal, Passage, Problem, Symbol
from derivgen.errors import ConstantVariable, NoGoal, ShapeFault
from derivgen.notation.boxes import RowOf
from derivgen.notation.names import plain_name, plain_size, unique_names
from derivgen.notation.present import present
from derivgen.terms.nodes import Derivative, Sym, Term
from derivgen.terms.shapes import Shape, ShapeError, Size


def problem_of(expression: Any, wrt: Any, *, layout: str, method: str) -> Problem:
    """``d(expression)/d(wrt)`` as a problem; raises where the two do not fit."""
    from derivgen.latex.printer import latex
    from derivgen.terms.native import from_sympy

    if wrt is None:
        raise NoGoal("a SymPy expression needs wrt=: what is it to be differentiated by?")
    body, variable = from_sympy(expression), from_sympy(wrt)
    if not isinstance(variable, Sym):
        raise ConstantVariable(f"{wrt} is no symbol to differentiate by")
    try:
        question = Derivative(body, variable, layout)
    except ShapeError as error:
        raise ShapeFault(error.message) from None
    sizes = sizes_of(question)
    goal = Goal("derivative", question, layout=layout, method=method, wrt=(variable,))
    return Problem(
        statement=f"$${latex(question)}$$",
        passages=(Passage("text", "Find "), Passage("display", RowOf((present(question),)))),
        symbols=symbols_of(body, variable),
        sizes=tuple(zip(unique_names(plain_size(s) for s in sizes), sizes, strict=True)),
        definitions=(),
        goals=(goal,),
        layout=layout,
        layout_stated=True,
        source="<sympy>",
    )


def symbols_of(body: Term, variable: Sym) -> tuple[Symbol, ...]:
    """The read-back: the variable, and the constants in the order of their names."""
    from derivgen.latex.printer import latex

    found = sorted({s for s in body.symbols if isinstance(s, Sym)} | {variable}, key=lambda s: plain_name(s.name))
    return tuple(
        Symbol(
            name=name,
            latex=latex(symbol),
            shape=shown_shape(symbol.shape),
            role="variable" if symbol == variable else "constant",
            properties=symbol.props,
            term=symbol,
            why="from SymPy",
        )
        for name, symbol in zip(unique_names(plain_name(s.name) for s in found), found, strict=True)
    )


def shown_shape(shape: Shape) -> tuple[Size, ...]:
    if shape == (1, 1):
        return ()
    return shape[:1] if shape[1] == 1 else shape


def sizes_of(term: Term) -> list[str]:
    """The symbolic sizes in a term, in the order of their names."""
    found = {size for symbol in term.symbols for size in symbol.shape if isinstance(size, str)}
    return sorted(found)
