"""What is packed comes back equal: our own frozen values, and whatever else is kept beside them."""

from __future__ import annotations

from array import array
from dataclasses import FrozenInstanceError, dataclass

import pytest
from msgspec import Struct

from dossier.content.model import Speaker
from dossier.engine.packing import ByNeed, names_of, pack, unpack


class Point(Struct, frozen=True):
    """Its fields bear the names that a maker could take for its own."""

    kind: str
    make: object
    new: tuple[object, ...] = ()


class Further(Point, frozen=True, kw_only=True):
    v0: int = 0


@dataclass(frozen=True)
class Open:
    value: object


class Rare(Struct, frozen=True):
    """Of which there are objects in one test alone: what is known of a class is known for good."""

    value: object


@dataclass(frozen=True, slots=True)
class Large(ByNeed):
    """Unpacked by need, with what is unpacked by need in it."""

    value: object
    more: Large | None = None


VALUES = (
    Point("a", None, (Point("b", 1), "c")),
    Further("a", "b", (), v0=7),
    Open(Point("a", 1)),
    Large(Point("a", 1), Large(2)),
    Speaker(who="bank"),
    {"x": [Point("a", 1)], 3: array("I", [1, 2])},
    Point,
)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_what_is_packed_comes_back(value: object) -> None:
    found = unpack(pack(value))
    assert found == value
    assert type(found) is type(value)


def test_one_object_stays_one() -> None:
    point = Point("a", None)
    one, other = unpack(pack((point, [point])))
    assert one is other[0]


def test_what_comes_back_is_frozen() -> None:
    point = unpack(pack(Point("a", None)))
    with pytest.raises(AttributeError, match="immutable"):
        point.kind = "b"


def test_no_field_is_looked_up_for_every_object(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class is looked at once for packing and once for unpacking, however many objects it has: that makes it fast."""
    looked: list[type] = []

    def count(kind: type) -> tuple[str, ...]:
        looked.append(kind)
        return names_of(kind)

    monkeypatch.setattr("dossier.engine.packing.names_of", count)
    values = [Rare(number) for number in range(100)]
    assert unpack(pack(values)) == values
    assert looked == [Rare, Rare]


def test_what_is_large_is_unpacked_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[bytes] = []

    def count(data: bytes) -> object:
        unpacked.append(data)
        return unpack(data)

    found = unpack(pack([Large(number) for number in range(5)]))
    monkeypatch.setattr("dossier.engine.packing.unpack", count)
    again = unpack(pack(found))  # what was not asked for is packed as it came
    assert not unpacked
    assert again[3].value == 3
    assert again[3].more is None
    assert len(unpacked) == 1
    assert again == found


def test_what_is_large_has_no_other_names() -> None:
    large = unpack(pack(Large(1)))
    with pytest.raises(AttributeError, match="volume"):
        _ = large.volume
    with pytest.raises(AttributeError, match="_packed"):
        getattr(Large(1), "_packed")  # noqa: B009  # mypy knows that there is none
    with pytest.raises(FrozenInstanceError):
        large.value = 2
