"""Note what the making of a page reads of the linked dossier, and tell which pages a change concerns.

A page's bytes follow from its templates, its arguments and the values it reads. `Watched` hands these values out and notes where they
stand, so that nothing that is read can be forgotten; `changed_since` compares two dossiers by value. A page is as it was where
nothing that it read is in what changed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from msgspec.structs import asdict

from dossier.linking.linked import LinkedDossier

Values = Mapping[str, object]  # a dossier's fields by name
TABLES = (
    "reports",
    "briefs",
    "cited_by",
    "actors",
    "events",
    "pages",
    "claims",
    "ties",
    "falls",
    "corrections",
    "files",
)
_ALL, _KEYS = "*", "#"  # every value of a table, and its keys in their order: no id is written so


def values_of(site: LinkedDossier) -> Values:
    """Return a dossier's fields, tables as plain dictionaries and names as what is sought: to be kept and compared."""
    values = asdict(site)
    return {
        **values,
        **{name: dict(values[name]) for name in TABLES},
        "names": site.names.entries,
        "files": {name: file.sha256 for name, file in site.files.items()},
    }


def changed_since(last: Values, now: Values) -> frozenset[tuple[str, str]]:
    """Return what differs between two dossiers: pairs of field and key; `*` where any value of it does, `#` where its keys do."""
    changed: set[tuple[str, str]] = set()
    for name, value in now.items():
        before = last.get(name)
        if name in TABLES:
            changed |= _differences(name, cast("dict[str, object]", before), cast("dict[str, object]", value))
        elif before is not value and before != value:
            changed.add((name, _ALL))
    return frozenset(changed)


def _differences(name: str, last: dict[str, object], now: dict[str, object]) -> set[tuple[str, str]]:
    missing = object()
    found = {(name, key) for key, value in now.items() if (old := last.get(key, missing)) is not value and old != value}
    found |= {(name, key) for key in last.keys() - now.keys()}
    if len(last) != len(now) or any(old != new for old, new in zip(last, now, strict=True)):
        found.add((name, _KEYS))
    if found:
        found.add((name, _ALL))
    return found


class Register:
    """A number for everything that can be read of a dossier: the same for the same ids in the same order."""

    def __init__(self, values: Values) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        for name, value in values.items():
            keys = (_ALL, _KEYS, *cast("dict[str, object]", value)) if name in TABLES else (_ALL,)
            for key in keys:
                self._numbers[name, key] = len(self._numbers)
        self._names = tuple(self._numbers)

    def numbers(self, reads: Iterable[tuple[str, str]]) -> array[int]:
        """Return what was read by numbers. What is not there (somebody asked in vain) counts as all keys of its table."""
        known = self._numbers
        return array("I", {known[read] if read in known else known[read[0], _KEYS] for read in reads})

    def names(self, numbers: array[int]) -> list[tuple[str, str]]:
        """Return what these numbers stand for."""
        return [self._names[number] for number in numbers]

    def concerned(self, changed: Iterable[tuple[str, str]], pages: Mapping[str, array[int]]) -> set[str]:
        """Return the pages that read anything of what changed."""
        known = self._numbers
        marks = bytearray(len(known))
        for read in changed:
            marks[known[read] if read in known else known[read[0], _KEYS]] = 1
        return {page for page, numbers in pages.items() if any(map(marks.__getitem__, numbers))}


class Watched:
    """A linked dossier that notes what is read of it, until it is asked for that. To be used as a `LinkedDossier`."""

    def __init__(self, site: LinkedDossier) -> None:
        self._site = site
        self._reads: set[tuple[str, str]] = set()
        for name in TABLES:
            setattr(self, name, _Table(name, getattr(site, name), self._reads))

    def __getattr__(self, name: str) -> object:
        self._reads.add((name, _ALL))
        return getattr(self._site, name)

    def take_reads(self) -> frozenset[tuple[str, str]]:
        """Return what was read since the last time."""
        taken = frozenset(self._reads)
        self._reads.clear()
        return taken


class _Table(Mapping[str, Any]):
    """A table of a dossier; each access is noted."""

    __slots__ = ("_name", "_reads", "_values")

    def __init__(self, name: str, values: Mapping[str, object], reads: set[tuple[str, str]]) -> None:
        self._name, self._values, self._reads = name, values, reads

    def __getitem__(self, key: str) -> Any:
        self._reads.add((self._name, key))
        return self._values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key, or `default`."""
        self._reads.add((self._name, key))
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._reads.add((self._name, str(key)))
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        self._reads.add((self._name, _KEYS))
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.add((self._name, _KEYS))
        return len(self._values)

    def values(self) -> Any:
        """Return all values."""
        self._reads.add((self._name, _ALL))
        return self._values.values()

    def items(self) -> Any:
        """Return all keys with their values."""
        self._reads.add((self._name, _ALL))
        return self._values.items()
