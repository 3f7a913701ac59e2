"""Entries of one file that do not fit each other, each with its place: what the types of single fields cannot say.

They look at values as YAML gave them, since a file is told all that is wrong with it at once: whatever has another form
than it should is passed over, for the model complains of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dossier.content.model_faults import Complaint
from dossier.content.yaml_text import FieldPath, YamlValue
from dossier.errors import nearest
from dossier.language.characters import show

Written = Mapping[str, YamlValue]


def same_claims(written: Written) -> Iterator[Complaint]:
    """Find two claims of one report with one id."""
    hint = "give this one a number that no other has"
    yield from _repeated(_entries(written, "claims"), "id", ("claims",), "claims have the id", hint)


def misplaced_reliability(written: Written) -> Iterator[Complaint]:
    """Find a grade of reliability in the file of an actor that is no outlet."""
    kind = written.get("kind")
    if written.get("reliability") is not None and isinstance(kind, str) and kind != "outlet":
        message = f"reliability is for outlets, and this actor is of kind {show(kind)}"
        yield Complaint(("reliability",), message, "delete it here; a claim may have credibility", at_key=True)


def loose_cells(written: Written) -> Iterator[Complaint]:
    """Find cells of tables that stand in no row or column of theirs, or in one place with another; and ids that are there twice."""
    tables = _entries(written, "tables")
    yield from _repeated(tables, "id", ("tables",), "tables have the id", "give this one another")
    for number, table in enumerate(tables):
        where: FieldPath = ("tables", number)
        rows, columns = _entries(table, "rows"), _entries(table, "columns")
        yield from _repeated(rows, "actor", (*where, "rows"), "rows are of", "join the two")
        yield from _repeated(columns, "id", (*where, "columns"), "columns have the id", "give this one another")
        known = {"row": _values(rows, "actor"), "column": _values(columns, "id")}
        yield from _check_cells(_entries(table, "cells"), known, (*where, "cells"))


def _check_cells(
    cells: Sequence[Mapping[str, Any]], known: Mapping[str, Sequence[str]], where: FieldPath
) -> Iterator[Complaint]:
    places: dict[tuple[Any, Any], int] = {}
    for index, cell in enumerate(cells):
        for name, names in known.items():
            value = cell.get(name)
            if isinstance(value, str) and value not in names:
                hint = nearest(value, names) or f"its {name}s are {', '.join(names)}"
                yield Complaint((*where, index, name), f"the table has no {name} {show(value)}", hint)
        place = (cell.get("row"), cell.get("column"))
        if all(isinstance(part, str) for part in place) and places.setdefault(place, index) != index:
            message = f"row {show(place[0])} and column {show(place[1])} have a cell already, number {places[place] + 1} of the list"
            yield Complaint((*where, index, "row"), message, "join the two")


def _repeated(
    entries: Sequence[Mapping[str, Any]], name: str, where: FieldPath, what: str, hint: str
) -> Iterator[Complaint]:
    """Find entries of a list that have in a field what an earlier one has."""
    first: dict[str, int] = {}
    for index, entry in enumerate(entries):
        value = entry.get(name)
        if not isinstance(value, str):
            continue
        if first.setdefault(value, index) != index:
            message = f"two {what} {show(value)}; the first is number {first[value] + 1} of the list"
            yield Complaint((*where, index, name), message, hint)


def _entries(written: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the entries of a list, an empty one in the place of each that is no mapping."""
    found = written.get(name)
    return [entry if isinstance(entry, dict) else {} for entry in found] if isinstance(found, tuple) else []


def _values(entries: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    return [value for entry in entries if isinstance(value := entry.get(name), str)]
