"""Pack values for the disk and back, our frozen ones in half the time that `pickle` alone takes.

A frozen dataclass with slots is restored by a function that goes through its fields again for every object. Here each class is
looked at once, and restored by a function that knows its fields. What is `ByNeed` is packed by itself.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol

Maker = Callable[..., object]


class Writable(Protocol):
    """What bytes can be written to."""

    def write(self, data: bytes, /) -> object:
        """Take some more bytes."""


class ByNeed:
    """A frozen dataclass that is unpacked when a field of it is first asked for: most of what is kept never is.

    It must share no object with others that is told by its identity.
    """

    __slots__ = ("_packed",)

    if not TYPE_CHECKING:  # else it would pass for a class that has every name

        def __getattr__(self, name: str) -> object:
            """Fill in all fields; Python asks here for what has no value."""
            kind = type(self)
            if name not in kind.__dataclass_fields__:
                raise AttributeError(name, name=name, obj=self)
            for setter, value in zip(_setters_of(kind), unpack(self._packed), strict=True):
                setter(self, value)
            return object.__getattribute__(self, name)


def pack(value: object) -> bytes:
    """Return a value as bytes. Frozen values hold no circles: one that holds itself cannot be packed."""
    packed = io.BytesIO()
    pack_into(packed, value)
    return packed.getvalue()


def pack_into(file: Writable, value: object) -> None:
    """Write a value to a file as `pack` packs it, part by part."""
    _Packer(file, protocol=pickle.HIGHEST_PROTOCOL).dump(value)


def unpack(data: bytes) -> Any:
    """Return the value that was packed. It runs what the bytes say: only for what this user's own runs have packed."""
    return pickle.loads(data)


class _Packer(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:
        """Return how a value is made again: the maker of its class, and the values of its fields, or these packed."""
        kind = _kind_of(type(value))  # type: ignore[arg-type]  # mypy: a class is no object with a hash
        if kind is None:
            return NotImplemented
        if not issubclass(kind.kind, ByNeed):
            return kind, kind.values(value)
        known = getattr(value, "_packed", None)
        return kind, (pack(kind.values(value)) if known is None else known,)


class _Kind:
    """A class as it is packed; what unpacks becomes its maker. `values` gets the values of an object's fields."""

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind
        self.values = _getter_of(kind)

    def __reduce__(self) -> tuple[Callable[[type], Maker], tuple[type]]:
        return maker_of, (self.kind,)

    def __call__(self) -> None:
        """Be callable, as `pickle` wants of a maker."""


def _getter_of(kind: type[Any]) -> Callable[[object], tuple[object, ...]]:
    """Return what gets the values of an object's fields."""
    names = [field.name for field in fields(kind)]
    if len(names) > 1:  # of fewer, `attrgetter` makes no tuple
        return attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])


@cache
def _kind_of(kind: type[Any]) -> _Kind | None:
    parameters = getattr(kind, "__dataclass_params__", None)
    return _Kind(kind) if parameters and parameters.frozen and "__slots__" in vars(kind) else None


@cache
def maker_of(kind: type[Any]) -> Maker:
    """Return a function that makes an object of a frozen dataclass out of the values of its fields, or out of these packed."""
    packed = (ByNeed.__dict__["_packed"].__set__,)
    setters = packed if issubclass(kind, ByNeed) else _setters_of(kind)  # type: ignore[arg-type]  # the same
    values = ", ".join(f"v{number}" for number in range(len(setters)))
    lines = [f" set{number}(made, v{number})" for number in range(len(setters))]
    known: dict[str, Any] = {"new": object.__new__, "kind": kind}
    known |= {f"set{number}": setter for number, setter in enumerate(setters)}
    written = compile(
        "\n".join([f"def make({values}):", " made = new(kind)", *lines, " return made"]), kind.__name__, "exec"
    )
    exec(written, known)  # as dataclasses makes its own functions
    make: Maker = known["make"]
    return make


@cache
def _setters_of(kind: type[Any]) -> tuple[Callable[[object, object], None], ...]:
    return tuple(getattr(kind, field.name).__set__ for field in fields(kind))
