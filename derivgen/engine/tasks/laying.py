"""Which layout a formula follows: the one in which its shapes fit, and where several do, in which it is true."""

from __future__ import annotations

import re

from derivgen.derivation import Goal, Prose
from derivgen.engine import facts
from derivgen.engine.words import size_of
from derivgen.engine.working import Working
from derivgen.errors import FalseClaim
from derivgen.notation.boxes import Box, Operator, RowOf
from derivgen.notation.names import LAYOUT_NAMES, size_box
from derivgen.prose import capital, strung
from derivgen.tasks import FollowsLayout, InLayout
from derivgen.terms.shapes import Shape, show

MIXED = "the layout in which gradients are columns and the derivative of a vector is in numerator layout"


def follows_layout(work: Working, goal: Goal) -> None:
    """Denominator and numerator layout are tried; where neither fits, the one that mixes them."""
    task = goal.task
    assert isinstance(task, FollowsLayout)
    tried = [r for r in task.readings if r.layout != "jacobian"]
    fitting = [r for r in tried if r.left is not None]
    for reading in tried:
        derivative, layout = reading.derivative, LAYOUT_NAMES[reading.layout]
        text: Prose = (f"in {layout} ", derivative, " is ", size_of(derivative.shape))
        check = facts.has_shape(work, derivative)
        facts.establish(work, f"shape in {layout}", show(derivative.shape), text, check)
    if len({r.needed for r in tried}) == 1 and tried[0].needed is not None:
        needed_told(work, tried[0], tried[0].needed)
    work.say(*strung((told(r) for r in tried), " ", " "))
    mixed = [r for r in task.readings if r.layout == "jacobian" and r.left is not None]
    if len(fitting) == 1:
        by_shape(work, task, fitting[0], tried)
    elif fitting:
        by_value(work, task, fitting)
    elif mixed:
        facts.establish(work, "layout", "jacobian", (f"it fits {MIXED}",), facts.by_sizes(work))
        work.say(f"It fits neither of the two. It does fit {MIXED}.")
        truth(work, task, mixed[0])
    else:
        facts.establish(work, "layout", "neither", ("the formula fits neither layout",), facts.by_sizes(work))
        work.say("The formula follows neither layout.")


def needed_told(work: Working, reading: InLayout, shape: Shape) -> None:
    """The shapes of the other factors, and the one that they leave for the derivative."""
    words = strung((other, " is ", size_of(its)) for other, its in reading.others)
    text: Prose = ("for the shapes to fit, ", reading.derivative, " must be ", size_of(shape))
    facts.establish(work, "needed shape", show(shape), text, facts.by_sizes(work))
    work.say(*words, *((", so ", *text) if words else capital(text)), ".")


def told(reading: InLayout) -> Prose:
    """What a reading in one layout comes to."""
    is_of: Prose = (" is ", size_of(reading.derivative.shape))
    fault: Prose = (", which fits.",)
    if reading.left is None:
        fault = (", which does not fit: ", *sizes_set(reading.fault), ".")
    return (f"In {LAYOUT_NAMES[reading.layout]} ", reading.derivative, *is_of, *fault)


COMPARED = re.compile(r"([^\s()]+)(×| ≠ )([^\s()]+)")


def sizes_set(text: str) -> Prose:
    """A message about shapes with its sizes as formulas: ``n×m``, ``m ≠ n``."""
    out: list[str | Box] = []
    at = 0
    for found in COMPARED.finditer(text):
        sign = Operator("times") if found[2] == "×" else Operator("neq", "relation")
        sizes = [size_box(int(s) if s.isdigit() else s) for s in (found[1], found[3])]
        out += [text[at : found.start()], RowOf((sizes[0], sign, sizes[1]))]
        at = found.end()
    return (*out, text[at:])


def by_shape(work: Working, task: FollowsLayout, reading: InLayout, tried: list[InLayout]) -> None:
    """Only one layout fits; whether the formula is true in it is put to the numbers too."""
    text: Prose = (reading.derivative, f" follows the {LAYOUT_NAMES[reading.layout]}")
    facts.establish(work, "layout", reading.layout, text, facts.by_sizes(work))
    work.say("So ", *text, ".")
    rows, cols = reading.derivative.shape
    if len({r.others for r in tried}) == 1 and rows != cols and 1 not in (rows, cols):
        sizes: Prose = (size_box(rows), " and ", size_box(cols))
        work.say("If ", *sizes, " were equal, both shapes would fit and could not tell the layouts apart.")
    truth(work, task, reading)


def truth(work: Working, task: FollowsLayout, reading: InLayout) -> None:
    """Whether the formula holds in the layout that its shapes allow."""
    left, right = reading.left, reading.right
    if work.checker is None or left is None or right is None:
        return
    if facts.agree(work, left, right):
        facts.establish(work, "formula", "holds", (task.formula, " holds there"), facts.equal(work, left, right))
        return
    check = facts.differ(work, left, right)
    facts.establish(work, "formula", "does not hold", (task.formula, " does not hold"), check)
    work.say("The values of its two sides do not agree, though: ", task.formula, " is not true in general.")


def by_value(work: Working, task: FollowsLayout, fitting: list[InLayout]) -> None:
    """The shapes fit in every layout: the values of the two sides decide."""
    work.say("The shapes fit in both layouts, so they cannot tell; the values of the two sides can.")
    if work.checker is None:
        work.say("They were not computed.")
        return
    sides = [(r, r.left, r.right) for r in fitting if r.left is not None and r.right is not None]
    true = [r for r, left, right in sides if facts.agree(work, left, right)]
    if not true:
        raise FalseClaim(
            "the two sides of the formula differ in every layout: it follows none", hint="check the formula"
        )
    for reading, left, right in sides:
        name = LAYOUT_NAMES[reading.layout]
        if reading not in true:
            check = facts.differ(work, left, right)
            facts.establish(work, f"formula in {name}", "false", (f"in {name} the two sides differ",), check)
        elif len(true) == 1:
            text: Prose = (reading.derivative, f" follows the {name}")
            facts.establish(work, "layout", reading.layout, text, facts.equal(work, left, right))
            work.say(f"In {name} they agree, in the other they do not. So ", *text, ".")
    if len(true) > 1:
        _, left, right = sides[0]
        text = (task.formula, " holds in both layouts")
        facts.establish(work, "layout", "either", text, facts.equal(work, left, right))
        work.say("They agree in both: ", *text, ".")
