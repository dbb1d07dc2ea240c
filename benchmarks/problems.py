r"""Problems that SymPy can also do, with letters that change from run to run, so that no cache of answers can help.

Each is a statement with slots and the same question in SymPy.  ``{v}``, ``{w}``, ``{u}`` are vectors, ``{P}``, ``{Q}``,
``{R}`` matrices, ``{a}``, ``{b}`` scalars, ``{n}``, ``{m}``, ``{p}`` sizes.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

VECTORS, MATRICES, SCALARS, SIZES = "xyzuvwabcg", "ABCMNPQSXY", "stxyzuvw", "nmpkqr"

COLUMN = r"\mathbf{{{0}}}\in\mathbb{{R}}^{{{1}}}"
MATRIX = r"\mathbf{{{0}}}\in\mathbb{{R}}^{{{1}\times {2}}}"


@dataclass(frozen=True)
class Letters:
    v: str
    w: str
    u: str
    P: str
    Q: str
    R: str
    a: str
    b: str
    n: str
    m: str
    p: str


@dataclass(frozen=True)
class Question:
    """``declare`` lists the symbols as (slot, rows, columns); no rows for a scalar, no columns for a vector."""

    name: str
    body: str
    wrt: str
    declare: tuple[tuple[str, ...], ...]
    native: Callable[[dict[str, Any]], Any]


def letters(rng: random.Random) -> Letters:
    return Letters(*rng.sample(VECTORS, 3), *rng.sample(MATRICES, 3), *rng.sample(SCALARS, 2), *rng.sample(SIZES, 3))


def statement(question: Question, names: Letters) -> str:
    table = vars(names)
    declared = []
    for slot, *size in question.declare:
        form = COLUMN if len(size) == 1 else MATRIX
        if size:
            declared.append("$" + form.format(table[slot], *(table[s] for s in size)) + "$")
    body = fill(question.body, table)
    scalar = not any(size for slot, *size in question.declare if slot == question.wrt)
    by = table[question.wrt] if scalar else rf"\mathbf{{{table[question.wrt]}}}"
    given = f"Let {', '.join(declared)}. " if declared else ""
    return rf"{given}Find $\frac{{\partial}}{{\partial {by}}}\left({body}\right)$."


def fill(body: str, table: dict[str, str]) -> str:
    for slot, letter in table.items():
        body = body.replace(f"<{slot}>", rf"\mathbf{{{letter}}}").replace(f"[{slot}]", letter)
    return body


def native(question: Question, names: Letters) -> tuple[Any, Any]:
    """The expression and the variable, as SymPy has them."""
    import sympy

    table = vars(names)
    sizes = {slot: sympy.Symbol(table[slot], integer=True, positive=True) for slot in "nmp"}
    scope: dict[str, Any] = {}
    for slot, *size in question.declare:
        if not size:
            scope[slot] = sympy.Symbol(table[slot], positive=True)
        else:
            rows, cols = sizes[size[0]], sizes[size[1]] if len(size) == 2 else 1
            scope[slot] = sympy.MatrixSymbol(table[slot], rows, cols)
    return question.native(scope), scope[question.wrt]


def trace(expression: Any) -> Any:
    import sympy

    return sympy.Trace(expression)


def fn(name: str, argument: Any) -> Any:
    import sympy

    return getattr(sympy, name)(argument)


def vec(slot: str, size: str = "n") -> tuple[str, ...]:
    return (slot, size)


def mat(slot: str, rows: str = "n", cols: str = "n") -> tuple[str, ...]:
    return (slot, rows, cols)


QUESTIONS: tuple[Question, ...] = (
    Question("linear form", "<w>^T<v>", "v", (vec("v"), vec("w")), lambda s: s["w"].T * s["v"]),
    Question("squared length", "<v>^T<v>", "v", (vec("v"),), lambda s: s["v"].T * s["v"]),
    Question("quadratic form", "<v>^T<P><v>", "v", (vec("v"), mat("P")), lambda s: s["v"].T * s["P"] * s["v"]),
    Question(
        "quadratic form plus linear form", "<v>^T<P><v>+<w>^T<v>", "v", (vec("v"), vec("w"), mat("P")),
        lambda s: s["v"].T * s["P"] * s["v"] + s["w"].T * s["v"],
    ),
    Question(
        "least squares", "(<P><v>-<w>)^T(<P><v>-<w>)", "v", (vec("v"), vec("w", "m"), mat("P", "m", "n")),
        lambda s: (s["P"] * s["v"] - s["w"]).T * (s["P"] * s["v"] - s["w"]),
    ),
    Question("bilinear form by x", "<v>^T<P><w>", "v", (vec("v"), vec("w", "m"), mat("P", "n", "m")),
             lambda s: s["v"].T * s["P"] * s["w"]),
    Question("Gram form", "<v>^T<P>^T<P><v>", "v", (vec("v"), mat("P", "m", "n")),
             lambda s: s["v"].T * s["P"].T * s["P"] * s["v"]),
    Question("two matrices", "<v>^T<P><Q><v>", "v", (vec("v"), mat("P", "n", "m"), mat("Q", "m", "n")),
             lambda s: s["v"].T * s["P"] * s["Q"] * s["v"]),
    Question("bilinear form by X", "<v>^T<P><w>", "P", (vec("v"), vec("w", "m"), mat("P", "n", "m")),
             lambda s: s["v"].T * s["P"] * s["w"]),
    Question("quadratic form by A", "<v>^T<P><v>", "P", (vec("v"), mat("P")), lambda s: s["v"].T * s["P"] * s["v"]),
    Question("a, X, X transposed, b", "<v>^T<P><P>^T<w>", "P", (vec("v"), vec("w"), mat("P", "n", "m")),
             lambda s: s["v"].T * s["P"] * s["P"].T * s["w"]),
    Question("a, X transposed, X, b", "<v>^T<P>^T<P><w>", "P", (vec("v", "m"), vec("w", "m"), mat("P", "n", "m")),
             lambda s: s["v"].T * s["P"].T * s["P"] * s["w"]),
    Question("trace of AX", r"\operatorname{tr}(<Q><P>)", "P", (mat("P", "n", "m"), mat("Q", "m", "n")),
             lambda s: trace(s["Q"] * s["P"])),
    Question("trace of AXB", r"\operatorname{tr}(<Q><P><R>)", "P",
             (mat("P", "n", "m"), mat("Q", "p", "n"), mat("R", "m", "p")), lambda s: trace(s["Q"] * s["P"] * s["R"])),
    Question("trace of X transposed X", r"\operatorname{tr}(<P>^T<P>)", "P", (mat("P", "n", "m"),),
             lambda s: trace(s["P"].T * s["P"])),
    Question("trace of X transposed AX", r"\operatorname{tr}(<P>^T<Q><P>)", "P", (mat("P", "n", "m"), mat("Q")),
             lambda s: trace(s["P"].T * s["Q"] * s["P"])),
    Question("trace of AXBX transposed", r"\operatorname{tr}(<Q><P><R><P>^T)", "P",
             (mat("P", "n", "m"), mat("Q"), mat("R", "m", "m")), lambda s: trace(s["Q"] * s["P"] * s["R"] * s["P"].T)),
    Question("trace of AX squared", r"\operatorname{tr}(<Q><P><Q><P>)", "P", (mat("P", "n", "m"), mat("Q", "m", "n")),
             lambda s: trace(s["Q"] * s["P"] * s["Q"] * s["P"])),
    Question("linear map", "<P><v>", "v", (vec("v"), mat("P", "m", "n")), lambda s: s["P"] * s["v"]),
    Question("row times a matrix", "<v>^T<P>", "v", (vec("v"), mat("P", "n", "m")), lambda s: s["v"].T * s["P"]),
    Question("two maps", "<P><Q><v>", "v", (vec("v"), mat("P", "m", "p"), mat("Q", "p", "n")),
             lambda s: s["P"] * s["Q"] * s["v"]),
    Question("sine of a sum", r"\sin([b]+\cos [a])", "a", (("a",), ("b",)),
             lambda s: fn("sin", s["b"] + fn("cos", s["a"]))),
    Question("exponential of a product", r"e^{[a][b]}+[b]\log(3[a])", "a", (("a",), ("b",)),
             lambda s: fn("exp", s["a"] * s["b"]) + s["b"] * fn("log", 3 * s["a"])),
    Question("quotient", r"\frac{[a]-[b]}{[a]^2+[b]^2}", "a", (("a",), ("b",)),
             lambda s: (s["a"] - s["b"]) / (s["a"] ** 2 + s["b"] ** 2)),
    Question("product with tanh", r"e^{-[a]}\tanh(3[a])", "a", (("a",),),
             lambda s: fn("exp", -s["a"]) * fn("tanh", 3 * s["a"])),
)  # fmt: skip
