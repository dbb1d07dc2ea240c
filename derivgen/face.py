"""The face of the package: what ``import derivgen`` offers, and what the commands are made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derivgen.choices import require_known
from derivgen.derivation import Derivation, Problem, Solution
from derivgen.errors import DerivgenError, InputError, NoGoal
from derivgen.limits import limited

if TYPE_CHECKING:
    from derivgen.engine.recalling import Result


def read(
    text: str,
    *,
    given: str | None = None,
    latex: bool = False,
    layout: str | None = None,
    method: str | None = None,
    source: str = "<text>",
) -> Problem:
    """Understand a statement; with ``latex`` the text is a bare formula.  Raises ``InputError`` with its place."""
    from derivgen.latex.statement import read_problem

    require_known(layout, method)
    with limited(None):
        return read_problem(text, source=source, given=given, formula=latex, layout=layout, method=method)


def solve(
    text: str,
    *,
    given: str | None = None,
    latex: bool = False,
    layout: str | None = None,
    method: str | None = None,
    check: bool = True,
    seconds: float | None = None,
    source: str = "<text>",
    recall: Sequence[Result] = (),
) -> Solution:
    """Work out every goal of a statement; what goes wrong is told by ``.error`` and by each derivation's ``.error``.

    ``recall`` holds results of other problems: where one is met again, the derivation says so.
    """
    problem = None
    try:
        with limited(seconds):
            problem = read(text, given=given, latex=latex, layout=layout, method=method, source=source)
            with limited(None, deriving=True):
                solution = solve_read(problem, check=check)
                if recall:
                    from derivgen.engine.recalling import recalled

                    solution = recalled(solution, recall)
                return solution
    except DerivgenError as error:
        return Solution(source=source, problem=problem, error=error)


def solve_read(problem: Problem, *, check: bool = True) -> Solution:
    from derivgen.engine.derive import solve_problem

    return solve_problem(problem, check=check)


def derive(
    question: Any,
    *,
    wrt: Any = None,
    part: str | None = None,
    given: str | None = None,
    latex: bool = False,
    layout: str | None = None,
    method: str | None = None,
    check: bool = True,
) -> Derivation:
    r"""The derivation that answers one goal.

    ``question`` is a statement, a ``Problem``, or a SymPy (matrix) expression together with ``wrt``.  Of a statement
    with several parts one is chosen by its letter.  Raises ``DerivgenError`` where there is no answer.
    """
    require_known(layout, method)
    if isinstance(question, str):
        problem = read(question, given=given, latex=latex, layout=layout, method=method)
    elif isinstance(question, Problem):
        problem = question
    else:
        if isinstance(wrt, str):
            raise InputError(f"wrt={wrt!r} is text; the variable of a SymPy expression is a SymPy symbol")
        from derivgen.native_problem import problem_of

        problem = problem_of(question, wrt, layout=layout or "denominator", method=method or "single-element")
    with limited(None, deriving=True):
        return chosen(solve_read(one_goal(problem, part), check=check))


def one_goal(problem: Problem, part: str | None) -> Problem:
    """The problem with the goal of that letter alone."""
    from dataclasses import replace

    if part is None and len(problem.goals) == 1:
        return problem
    goals = tuple(g for g in problem.goals if part is not None and g.part == part.strip("() ."))
    if len(goals) == 1:
        return replace(problem, goals=goals)
    letters = [g.part or "?" for g in problem.goals]
    if part is None:
        raise NoGoal(
            f"the statement asks {len(letters)} things; derive answers one",
            hint=f"choose one with part= (there are {', '.join(letters)}), or use solve for all",
        )
    raise NoGoal(f"there is no single part {part!r}", hint=f"the parts are {', '.join(letters)}")


def chosen(solution: Solution) -> Derivation:
    if solution.error is not None:
        raise solution.error
    derivation = solution.derivations[0]
    if derivation.error is not None:
        raise derivation.error
    return derivation


def write(
    what: Derivation | Solution | Sequence[Solution],
    to: str = "text",
    *,
    detail: int = 1,
    templates: str | Path | None = None,
    **options: Any,
) -> str | bytes:
    """Show a derivation or solution as text, latex, typst, html, json (``str``) or pdf (``bytes``)."""
    from derivgen.writers.formats import write as write_solution

    if isinstance(what, Derivation):
        what = Solution(source=what.problem.source, problem=what.problem, derivations=(what,))
    if not isinstance(what, Solution) and not all(isinstance(s, Solution) for s in what):
        raise InputError("write takes a Derivation, a Solution or a sequence of Solutions")
    return write_solution(what, to, detail=detail, templates=templates, **options)
