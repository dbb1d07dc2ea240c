"""latex2sympy2, in a child process, as an independent second opinion on scalar formulas of kinds that it reads rightly.

Why there alone: docs/cross-check.md.
"""

from __future__ import annotations

import importlib.util
import json
import math
import subprocess
import sys

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.version_info >= (3, 13) or importlib.util.find_spec("latex2sympy2") is None,
        reason="latex2sympy2 is a test extra for Python before 3.13",
    ),
]

FORMULAS = (
    r"x^{y}+y^{x}",
    r"x^{2}+3x y-y^{3}",
    r"\sin(y+\cos(x))",
    r"\frac{x-y}{x^{2}+y^{2}}",
    r"\sqrt{1+x^{4}}",
    r"\tan(\frac{x+y}{2})",
    r"\frac{1}{1+e^{-x}}",
    r"\frac{e^{x}-e^{-x}}{e^{x}+e^{-x}}",
    r"x\sin(y)+y\sin(x)",
    r"\tanh(3x)e^{-x}",
    r"\frac{1}{3}x^{2}y",
    r"\ln(x y)",
    r"-x^{2}-(y-1)^{2}",
)
POINT = {"x": 0.7, "y": 1.3}
CHILD = """
import json, sys
from latex2sympy2 import latex2sympy
formulas, point = json.load(sys.stdin)
values = []
for formula in formulas:
    expression = latex2sympy(formula)
    values.append(float(expression.subs({s: point[s.name] for s in expression.free_symbols}).evalf()))
print(json.dumps(values))
"""


@pytest.fixture(scope="module")
def opinions() -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input=json.dumps([FORMULAS, POINT]), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(FORMULAS, json.loads(done.stdout.splitlines()[-1]), strict=True))


@pytest.mark.parametrize("formula", FORMULAS)
def test_both_readers_see_the_same_value(formula: str, opinions: dict[str, float]) -> None:
    import derivgen
    from derivgen.arrays import array_value

    statement = rf"Let $x>0$ and $y>0$. Differentiate $t\left({formula}\right)$ with respect to $t$."
    record = json.loads(str(derivgen.write(derivgen.solve(statement), "json")))
    value = float(array_value(record["derivations"][0]["answer"]["numpy"], POINT))
    assert math.isclose(value, opinions[formula], rel_tol=1e-9)
