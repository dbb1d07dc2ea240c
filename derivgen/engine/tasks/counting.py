"""How many indices an element of a derivative has: those of what is differentiated, and those of the variable."""

from __future__ import annotations

from derivgen.derivation import REFUTED, VERIFIED, Check, Goal, Prose
from derivgen.engine import facts
from derivgen.engine.working import Working
from derivgen.tasks import CountIndices
from derivgen.terms.nodes import Derivative, Sym

MOST = 12
"""Up to so many indices a derivative is computed to count them."""
OPEN = 3
"""What is tried for a count that the statement leaves open."""
STEP = 1e-5


def count_indices(work: Working, goal: Goal) -> None:
    task, element = goal.task, goal.question
    assert isinstance(task, CountIndices) and isinstance(element, Derivative)
    total = added(task.body, task.var)
    such = "such as " if any(s.name.sub for s in (element.body, element.var) if isinstance(s, Sym)) else "of "
    text: Prose = (f"an element {such}", element, f" has {total} {'index' if total == '1' else 'indices'}")
    facts.establish(work, "indices", total, text, axes_counted(work, task))
    work.say(
        f"What is differentiated has {told(task.body)}, and the variable {told(task.var)}. Every entry of the one can "
        "be differentiated by every entry of the other, so ", *text, *sum_of(task), ".",
    )  # fmt: skip


def added(one: int | str, other: int | str) -> str:
    if isinstance(one, int) and isinstance(other, int):
        return str(one + other)
    return f"{one} + {other}"


def told(count: int | str) -> str:
    return "no index" if count == 0 else "1 index" if count == 1 else f"{count} indices"


def sum_of(task: CountIndices) -> Prose:
    if isinstance(task.body, int) and isinstance(task.var, int) and task.body and task.var:
        return (f": {task.body} + {task.var} = {task.body + task.var}",)
    return ()


def axes_counted(work: Working, task: CountIndices) -> Check:
    """A derivative by differences, of an array with so many axes of length two by another: an entry for each choice of
    all indices, and none that is zero in general."""
    if work.checker is None:
        return facts.NOT_CHECKED
    import numpy as np

    p = task.body if isinstance(task.body, int) else OPEN
    q = task.var if isinstance(task.var, int) else OPEN
    if p + q > MOST:
        return Check(VERIFIED)
    rng = np.random.default_rng(0)
    mixing, at = rng.normal(size=(2**p, 2**q)), rng.normal(size=2**q)
    rises = [np.sin(mixing @ (at + d)) - np.sin(mixing @ (at - d)) for d in STEP * np.eye(2**q)]
    moving = int(np.count_nonzero(np.abs(np.stack(rises)) > STEP**2))
    return Check(VERIFIED if moving == 2 ** (p + q) else REFUTED)
