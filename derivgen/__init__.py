"""derivgen: a LaTeX problem statement in, a worked, checked and typeset matrix-calculus derivation out.

    derivation = derivgen.derive(r"Find $\\frac{d}{dx} x\\sin x$.")
    print(derivgen.write(derivation, "latex"))

The names below are loaded when they are first used, so that ``import derivgen`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivgen.version import __version__

if TYPE_CHECKING:
    from derivgen.derivation import Check, Derivation, Goal, Problem, Solution, Step
    from derivgen.errors import DerivgenError
    from derivgen.face import derive, read, solve, write

WHERE = {
    "read": "derivgen.face",
    "derive": "derivgen.face",
    "solve": "derivgen.face",
    "write": "derivgen.face",
    "Problem": "derivgen.derivation",
    "Goal": "derivgen.derivation",
    "Step": "derivgen.derivation",
    "Check": "derivgen.derivation",
    "Derivation": "derivgen.derivation",
    "Solution": "derivgen.derivation",
    "DerivgenError": "derivgen.errors",
}

__all__ = [
    "Check",
    "Derivation",
    "DerivgenError",
    "Goal",
    "Problem",
    "Solution",
    "Step",
    "__version__",
    "derive",
    "read",
    "solve",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in WHERE:
        raise AttributeError(f"module 'derivgen' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
