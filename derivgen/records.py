"""Frozen records that are cheap to define: ``dataclass(frozen=True)`` by inheritance, without compiling any code.

``dataclass`` writes and compiles six methods for each class, a third of a millisecond; the trees of syntax and of
boxes have some fifty classes, which every run would pay for.  Here the methods are written once and look their fields
up.  A record is a dataclass to ``fields``, ``replace`` and ``match``, and equal and printed as one.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record:
    """The base: annotations of a subclass are its fields; a default is a plain value, never made anew."""

    __match_args__: ClassVar[tuple[str, ...]] = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _needed: ClassVar[tuple[str, ...]] = ()
    _compared: ClassVar[attrgetter[Any] | None] = None

    def __init_subclass__(cls) -> None:
        dataclass(init=False, repr=False, eq=False)(cls)
        known = fields(cls)
        compared = [f.name for f in known if f.compare]
        cls._needed = tuple(f.name for f in known if f.default is MISSING)
        cls._compared = attrgetter(*compared) if compared else None

    def __init__(self, *args: Any, **given: Any) -> None:
        # A field that is not given keeps its default, which stands in the class.
        values, places = self.__dict__, self.__match_args__
        values.update(zip(places, args))  # noqa: B905 - lengths are judged below
        for name, value in given.items():
            if name in values or name not in self.__dataclass_fields__:
                raise TypeError(f"{type(self).__name__}() has no field {name!r}, or has it twice")
            values[name] = value
        if len(args) > len(places) or (len(args) < len(self._needed) and not values.keys() >= set(self._needed)):
            raise TypeError(f"{type(self).__name__}() takes {', '.join(self._needed)}, not {len(args)} values")

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        compared = self._compared
        return compared is None or bool(compared(self) == compared(other))

    def __hash__(self) -> int:
        return hash(self._compared and self._compared(self))

    def __repr__(self) -> str:
        shown = [f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr]
        return f"{type(self).__qualname__}({', '.join(shown)})"
