"""What a user may choose from: the layouts and the methods."""

from __future__ import annotations

from derivgen.errors import InputError

LAYOUTS = ("denominator", "numerator", "jacobian")
METHODS = ("single-element", "explicit", "chain-rule", "shape-matching")


def require_known(layout: str | None, method: str | None) -> None:
    """Raises ``InputError`` for a layout or a method that there is not."""
    for what, given, known in (("layout", layout, LAYOUTS), ("method", method, METHODS)):
        if given is not None and given not in known:
            raise InputError(f"there is no {what} {given!r}", hint=f"choose from {', '.join(known)}")
