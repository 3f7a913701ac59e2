"""Read FollowTheMoney entities, one a line: persons and bodies become actors, events become events."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dossier.commands.importing.entries import MOST, Import, NewEntry, as_markdown, choose_id, cleaned
from dossier.content.model import Actor
from dossier.content.model_faults import choices
from dossier.errors import Problem
from dossier.pages.ftm import SCHEMAS

KINDS = frozenset(choices(Actor.model_fields["kind"].annotation))
# By schema; what names none of ours is the nearest that says least.
KIND_OF: Mapping[str, str] = {
    "Person": "person", "PublicBody": "government", "Organization": "organisation", "Company": "organisation",
    "LegalEntity": "organisation",
}  # fmt: skip
_BELONGING = {"Membership": ("member", "organization"), "UnknownLink": ("subject", "object")}
_ARABIC = re.compile(r"[\u0620-\u06ff]")
_QID = re.compile(r"Q[1-9][0-9]*")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def read_entities(file: str, text: str) -> Import:
    """Return the actors and events that lines of FollowTheMoney hold."""
    entities, problems = _parse(file, text)
    wholes = _wholes(entities)
    ids: dict[str, str] = {}
    taken: dict[str, set[str]] = {"actors": set(), "events": set()}
    for _, entity in entities:
        kind = "actors" if entity["schema"] in KIND_OF else "events"
        if entity["schema"] in KIND_OF or entity["schema"] == "Event":
            ids[entity["id"]] = choose_id(kind, _names_of_id(entity), taken[kind], entity["id"])
    entries = [
        _actor(f"{file}:{line}", entity, ids, wholes)
        if entity["schema"] in KIND_OF
        else _event(f"{file}:{line}", entity, ids)
        for line, entity in entities
        if entity["id"] in ids
    ]
    others: dict[str, int] = {}
    for _, entity in entities:
        if entity["id"] not in ids and entity["schema"] not in _BELONGING:
            others[entity["schema"]] = others.get(entity["schema"], 0) + 1
    left = tuple(f"{number} of schema {schema}: not taken in" for schema, number in sorted(others.items()))
    return Import(entries=tuple(entries), problems=problems, left=left)


def _parse(file: str, text: str) -> tuple[list[tuple[int, dict[str, Any]]], tuple[Problem, ...]]:
    entities: list[tuple[int, dict[str, Any]]] = []
    problems: list[Problem] = []
    by_id: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
        except (ValueError, RecursionError):
            entity = None
        if not _is_entity(entity):
            hint = 'each line is an entity with "id", "schema" and "properties", lists of texts'
            problems.append(
                Problem(message="this line is no entity of FollowTheMoney", file=file, line=number, column=1, hint=hint)
            )
        elif entity["id"] in by_id:  # another fragment of an entity that was there before
            for name, values in entity["properties"].items():
                known = by_id[entity["id"]]["properties"].setdefault(name, [])
                known += [value for value in dict.fromkeys(values) if value not in known]
        elif len(entities) == MOST:
            problems.append(
                Problem(
                    message=f"there are more than {MOST:,} entities",
                    file=file,
                    line=number,
                    column=1,
                    hint="part the file",
                )
            )
            break
        else:
            by_id[entity["id"]] = entity
            entities.append((number, entity))
    return entities, tuple(problems)


def _is_entity(entity: object) -> bool:
    if not isinstance(entity, dict) or not all(isinstance(entity.get(name), str) for name in ("id", "schema")):
        return False
    properties = entity.setdefault("properties", {})
    return isinstance(properties, dict) and all(
        isinstance(values, list) and all(isinstance(value, str) for value in values) for values in properties.values()
    )


def _wholes(entities: list[tuple[int, dict[str, Any]]]) -> dict[str, list[str]]:
    """Return what each belongs to, by the file's ids."""
    wholes: dict[str, list[str]] = {}
    for _, entity in entities:
        if ends := _BELONGING.get(entity["schema"]):
            for part in _all(entity, ends[0]):
                wholes.setdefault(part, []).extend(_all(entity, ends[1]))
    return wholes


def _names_of_id(entity: Mapping[str, Any]) -> Iterator[str]:
    """Yield what may be its id: what our own exports name so, its Latin names, and the file's id."""
    kind = "event" if entity["schema"] == "Event" else "actor"
    if entity["id"].startswith(f"{kind}-"):
        yield entity["id"].removeprefix(f"{kind}-")
    yield from (name for name in (*_all(entity, "alias"), *_all(entity, "name")) if not _ARABIC.search(name))
    yield entity["id"]


def _all(entity: Mapping[str, Any], name: str) -> list[str]:
    return [" ".join(value.split()) for value in entity["properties"].get(name, ()) if value.strip()]


def _first(entity: Mapping[str, Any], name: str) -> str | None:
    return next(iter(_all(entity, name)), None)


def _actor(where: str, entity: Mapping[str, Any], ids: Mapping[str, str], wholes: Mapping[str, list[str]]) -> NewEntry:
    names = _all(entity, "name")
    name = next((name for name in names if _ARABIC.search(name)), names[0] if names else "")
    others = [*(other for other in names if other != name), *_all(entity, "alias")]
    latin = next((other for other in others if not _ARABIC.search(other)), None)
    aliases = [other for other in dict.fromkeys(others) if other not in (latin, name)]
    kind = next(
        (word for word in _all(entity, "keywords") if word in KINDS and SCHEMAS[word] == entity["schema"]), None
    )
    belongs = [ids[whole] for whole in wholes.get(entity["id"], ()) if whole in ids and whole != entity["id"]]
    values = {
        "name": name, "latin": latin, "kind": kind or KIND_OF[entity["schema"]], "aliases": aliases,
        "spellings": _all(entity, "weakAlias"), "part_of": list(dict.fromkeys(belongs)),
        "wikidata": next((q for q in _all(entity, "wikidataId") if _QID.fullmatch(q)), None), "role": _first(entity, "summary"),
    }  # fmt: skip
    body = "\n\n".join(as_markdown(note) for note in entity["properties"].get("notes", ()))
    return NewEntry(kind="actors", id=ids[entity["id"]], values=cleaned(values), where=where, body=body)


def _event(where: str, entity: Mapping[str, Any], ids: Mapping[str, str]) -> NewEntry:
    span = [_first(entity, name) for name in ("startDate", "endDate")]
    when = _first(entity, "date") or ("/".join(day for day in span if day) if all(span) else None)
    plain = when if when and all(_DAY.fullmatch(day) for day in when.split("/")) else None
    place = _first(entity, "location")
    values = {
        "title": _first(entity, "name"), "when": plain, "place": place,
        "actors": [ids[actor] for actor in _all(entity, "involved") if actor in ids],
    }  # fmt: skip
    return NewEntry(kind="events", id=ids[entity["id"]], values=cleaned(values), where=where)
