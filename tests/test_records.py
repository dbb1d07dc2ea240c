"""Records behave as frozen dataclasses do."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from derivgen.records import Record


class Root(Record):
    """As in a tree: a place that is not compared."""

    place: int = field(default=0, compare=False, repr=False, kw_only=True)


class Pair(Root):
    left: object
    right: object = None


class Other(Root):
    left: object
    right: object = None


@dataclass(frozen=True)
class Model:
    """What ``Pair`` must behave as."""

    left: object
    right: object = None
    place: int = field(default=0, compare=False, repr=False, kw_only=True)


def test_a_record_is_what_the_dataclass_is() -> None:
    for make in (lambda c: c(1), lambda c: c(1, 2), lambda c: c(right=2, left=1), lambda c: c(1, place=3)):
        record, model = make(Pair), make(Model)
        assert (record.left, record.right, record.place) == (model.left, model.right, model.place)
        assert repr(record) == repr(model).replace("Model", "Pair")
        assert hash(record) == hash(model)
    assert {f.name for f in fields(Pair)} == {f.name for f in fields(Model)}
    assert Pair.__match_args__ == Model.__match_args__


def test_equality_is_by_kind_and_by_compared_fields() -> None:
    assert Pair(1, 2, place=5) == Pair(1, 2, place=6)
    assert Pair(1, 2) != Pair(2, 1)
    assert Pair(1, 2) != Other(1, 2)
    assert Root() == Root(place=1)
    assert hash(Pair(1)) == hash(Pair(1, place=9))


def test_copies() -> None:
    record = Pair(Pair(1), (2, 3), place=7)
    for made in (copy.copy(record), copy.deepcopy(record), pickle.loads(pickle.dumps(record)), replace(record)):
        assert made == record
        assert made.place == 7
    assert replace(record, right=0) == Pair(Pair(1), 0)
    match record:
        case Pair(Pair(inner), right):
            assert (inner, right) == (1, (2, 3))


def test_nothing_can_be_set() -> None:
    record = Pair(1)
    with pytest.raises(FrozenInstanceError):
        record.left = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del record.left


@pytest.mark.parametrize(
    "make",
    [
        lambda: Pair(),  # type: ignore[call-arg]
        lambda: Pair(1, 2, 3),  # type: ignore[call-arg, misc]
        lambda: Pair(1, left=1),  # type: ignore[misc]
        lambda: Pair(1, middle=1),  # type: ignore[call-arg]
        lambda: Pair(right=1),  # type: ignore[call-arg]
    ],
)
def test_wrong_fields(make: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        make()
