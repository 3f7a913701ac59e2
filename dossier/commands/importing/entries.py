"""What an import brings: entries to be begun, rows of claims, and faults of the file with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from msgspec import Struct, field

from dossier.content.addresses import address_needed
from dossier.content.front_matter import near_id
from dossier.errors import Problem

MOST = 10_000  # rows, entities or references of one file
MOST_BYTES = 32 * 1024**2
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")


class NewEntry(Struct, frozen=True, kw_only=True):
    """An actor, event or report to be begun: values of its front matter, comments above fields, and its body. `seed` is a report's."""

    kind: str
    id: str
    values: Mapping[str, object]
    where: str
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: str = ""
    seed: str | None = None


class Row(Struct, frozen=True, kw_only=True):
    """A row of a table by the names of its columns; `place` names the cell of a column for people."""

    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]  # column → its letter
    sheet: str | None = None

    def place(self, column: str) -> str:
        """Return `sheet "claims", cell C7`; the row where the table has no such column."""
        letter = self.columns.get(column)
        cell = f"cell {letter}{self.number}" if letter else f"row {self.number}"
        return f'sheet "{self.sheet}", {cell}' if self.sheet else cell


class Import(Struct, frozen=True, kw_only=True):
    """All that a file brings; `left` says what of it is not taken in."""

    entries: tuple[NewEntry, ...] = ()
    claims: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    left: tuple[str, ...] = ()


def choose_id(kind: str, wanted: Iterable[str], taken: set[str], what: str) -> str:
    """Return the first of `wanted` that can be made an id, and that no entry before it has; else one made of a digest of `what`."""
    for name in wanted:
        identity = near_id(name)
        if identity and identity not in taken and address_needed(kind, identity) is None:
            taken.add(identity)
            return identity
    while (identity := f"{kind.rstrip('s')}-{sha256(what.encode()).hexdigest()[:8]}") in taken:
        what += " again"
    taken.add(identity)
    return identity


def as_markdown(text: str) -> str:
    """Write plain text so that Markdown shows it as it is."""
    return _MARKUP.sub(r"\\\1", text.strip())


def cleaned(values: Mapping[str, object]) -> dict[str, object]:
    """Leave out what says nothing."""
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}
