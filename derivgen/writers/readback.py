"""How a statement was understood, in plain lines: symbols, definitions, conditions, goals, notes."""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.derivation import Goal, Problem, Prose, Symbol
from derivgen.notation.boxes import Box
from derivgen.notation.present import meaning, present, present_prose
from derivgen.terms.nodes import At, Derivative, Hessian, Idx, Relation, Sym, Term
from derivgen.terms.shapes import SCALAR, kind
from derivgen.terms.trees import untransposed
from derivgen.writers.unicode_text import text
from derivgen.writers.wording import whose

ASCII_SIGNS = str.maketrans({"×": "x", "→": "->", "≠": "!=", "≤": "<=", "≥": ">=", "∈": "in"})


def readback(problem: Problem, *, ascii: bool = False) -> list[str]:
    """The read-back of a problem, line by line."""
    lines = [f"read  {problem.source}"]
    lines += columns([symbol_line(s) for s in problem.symbols])
    if problem.sizes:
        lines.append("  sizes " + ", ".join(name for name, _ in problem.sizes))
    asked = {goal.target.name for goal in problem.goals if isinstance(goal.target, Sym)}
    for definition in problem.definitions:
        if definition.symbol.args[0] in asked:
            continue
        params = ", ".join(formula(p, ascii) for p in definition.params)
        left = formula(definition.symbol, ascii) + (f"({params})" if params else "")
        lines.append(f"  {whose(definition, problem)}where {left} = {text(meaning(definition.term), ascii)}")
    for condition in problem.conditions:
        told = formula(condition, ascii) if isinstance(condition, Term) else prose(condition, ascii)
        lines.append("  given " + told)
    lines += [line for goal in problem.goals for line in goal_lines(goal, problem, ascii)]
    lines += ["  note  " + prose(note, ascii) for note in problem.notes]
    return [line.translate(ASCII_SIGNS) for line in lines] if ascii else lines


def columns(rows: Iterable[tuple[str, str, str]]) -> list[str]:
    """Rows of three cells, the first two set to one width."""
    table = list(rows)
    widths = [max((len(row[k]) for row in table), default=0) for k in range(2)]
    return [f"  {a:<{widths[0]}}   {b:<{widths[1]}}   {c}".rstrip() for a, b, c in table]


def symbol_line(symbol: Symbol) -> tuple[str, str, str]:
    return symbol.name, kind_of_shape(symbol), role(symbol)


def kind_of_shape(symbol: Symbol) -> str:
    """ "matrix m×n, symmetric"."""
    properties = [p for p in symbol.properties if p != "function"]
    if "function" in symbol.properties:
        return "function of scalars"
    shape = symbol.shape
    if not shape:
        words = "scalar"
    elif len(shape) == 1:
        words = f"vector {shape[0]}"
    else:
        words = f"{'row' if shape[0] == 1 else 'matrix'} {shape[0]}×{shape[1]}"
    return ", ".join([words, *properties])


def role(symbol: Symbol) -> str:
    term = symbol.term
    if isinstance(term, Sym) and term.deps:
        return "function of " + ", ".join(formula(d, False) for d in term.deps)
    if "function" in symbol.properties:
        return "differentiable"
    how = {"stated": " (stated)", "default": " (default)", "from its use": " (shape from its use)"}.get(symbol.why, "")
    return symbol.role + (how if symbol.role == "constant" or symbol.why != "stated" else "")


def goal_lines(goal: Goal, problem: Problem, ascii: bool) -> list[str]:
    """ "find d(a^T X b)/dX    scalar by matrix → m×n    denominator layout (default)", or the words of the goal."""
    part = f"({goal.part}) " if goal.part else ""
    if goal.asked:
        return [f"  {part}{prose(goal.asked, ascii)}"]
    word = {"shape": "shape of", "regroup": "without indices", "element": "element"}.get(goal.kind, "find")
    question = goal.question
    wanted = formula(question, ascii)
    if goal.target is not None:
        wanted = f"{formula(goal.target, ascii)} = {wanted}"
    pieces = [f"  {part}{word} {wanted}", shapes(goal)]
    if goal.claim is not None:
        pieces.append(f"claimed: {formula(goal.claim, ascii)}")
    if (isinstance(question, (Derivative, At)) and question.shape != SCALAR) or goal.kind == "shape":
        stated = problem.layout_stated or goal.layout != problem.layout
        pieces.append(f"{goal.layout} layout" + ("" if stated else " (default)"))
    return ["    ".join(p for p in pieces if p)]


def shapes(goal: Goal) -> str:
    """What is differentiated by what, and the shape of the result."""
    question = goal.question
    inner = question.args[0] if isinstance(question, At) else question
    result = f"{question.shape[0]}×{question.shape[1]}" if question.shape != SCALAR else "scalar"
    match inner:
        case Derivative(body, var):
            return f"{plain_kind(body)} by {plain_kind(untransposed(var))} → {result}"
        case Hessian():
            return f"second derivatives → {result}"
    return f"→ {result}"


def plain_kind(term: Term) -> str:
    return kind(term.shape).split()[-1]  # a column and a row are vectors


def formula(term: Term | Idx | Box | int, ascii: bool) -> str:
    if isinstance(term, Relation):
        return f"{formula(term.left, ascii)} {term.sign} {formula(term.right, ascii)}"
    if isinstance(term, int):
        return str(term)
    return text(present(term), ascii)


def prose(words: Prose, ascii: bool) -> str:
    return "".join(p if isinstance(p, str) else text(p, ascii) for p in present_prose(words))
