"""Join two actors that are one: every file names the one that stays, which takes over names, former ids and note of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from yaml import SequenceNode

from dossier.commands.desk.renaming import (
    Plan,
    confirm_names,
    encoded,
    find_entry,
    references,
    renamed,
    texts_naming,
    yaml_of,
)
from dossier.content.edits import Edit, add_items, apply, field_lines, lists_in, remove_item, rename_place, set_field
from dossier.content.front_matter import parse_actor
from dossier.content.model import Actor
from dossier.content.paths import file_of, kind_of
from dossier.content.yaml_text import YamlValue
from dossier.engine.snapshot import Snapshot
from dossier.errors import ContentError, WrongUse
from dossier.language.arabic import fold

ONCE = frozenset({"via", "about", "part_of", "actors"})  # lists that name nobody twice
TAKEN_OVER = ("latin", "role", "wikidata", "reliability")  # where the one that stays has none
Names = Sequence[str]


def plan_merge(taken: Snapshot, old: str, into: str) -> Plan:
    """Plan to let an actor go for the sake of another. Raise WrongUse or ContentError."""
    for identity in (old, into):
        find_entry(taken, "actor", identity)
    if old == into:
        raise WrongUse("these are one and the same actor")
    gone, stays = file_of("actors", old), file_of("actors", into)
    files: dict[str, bytes | None] = {}
    notes: list[str] = []
    places = 0
    texts = dict(texts_naming(taken, old))
    for path, text in texts.items():
        found = references(path, text, "actor", old)
        if found:
            texts[path] = _replace(path, text, old, into)
            places += len(found)
            files[path] = encoded(taken, path, texts[path])
            notes += _twice(path, texts[path], into)
    text = texts.get(stays) or str(taken.files[stays].data, "utf-8-sig")
    joined, told = _join(text, texts[gone], old, into)
    files |= {stays: encoded(taken, stays, joined), gone: None}
    return Plan(files=files, places=places, notes=(*notes, *told))


def _replace(path: str, text: str, old: str, into: str) -> str:
    """Let a file name the other actor, and nobody twice where once is meant."""
    found = references(path, text, "actor", old)
    changed = apply(text, [rename_place(text, place, renamed(place, old, into)) for place in found])
    confirm_names(path, text, changed, found, old, into)
    while edit := _needless(path, changed, into):
        changed = apply(changed, [edit])
    return changed


def _needless(path: str, text: str, identity: str) -> Edit | None:
    """Return how to take out one item that a merge made needless; None where there is none."""
    source = yaml_of(path, text)
    itself = path == file_of("actors", identity)
    for steps, node in lists_in(source.root):
        values = _at(source.value, steps)
        if steps and isinstance(values, tuple):
            index = _place_of_needless(str(steps[-1]), values, identity, itself=itself)
            if index is not None:
                return _removed(path, text, node, index)
    return None


def _place_of_needless(name: str, values: tuple[YamlValue, ...], identity: str, *, itself: bool) -> int | None:
    if name in ONCE and identity in values:
        if itself and name == "part_of":
            return values.index(identity)
        if values.count(identity) > 1:
            return len(values) - 1 - values[::-1].index(identity)
    if name == "said":
        for index, (one, other) in enumerate(pairwise(values)):
            if _who(one) == _who(other) == identity:
                return index if one == {"who": identity} else index + 1 if other == {"who": identity} else None
    return None


def _who(speaker: YamlValue) -> YamlValue:
    return speaker.get("who") if isinstance(speaker, dict) else None


def _removed(path: str, text: str, node: SequenceNode, index: int) -> Edit:
    """Return how to take an item out. Raise WrongUse where its list is written so that it cannot be."""
    edit = remove_item(text, node, index)
    if _count(yaml_of(path, apply(text, [edit])).value) >= _count(yaml_of(path, text).value):
        raise WrongUse(f"{path} names both in a list that cannot be changed by itself: take one of them out there")
    return edit


def _count(value: YamlValue) -> int:
    """Return how many values there are in a value, itself counted."""
    if isinstance(value, tuple):
        return 1 + sum(map(_count, value))
    return 1 + sum(map(_count, value.values())) if isinstance(value, dict) else 1


def _at(value: YamlValue, steps: Sequence[str | int]) -> YamlValue:
    for step in steps:
        value = value[step]  # type: ignore[index]  # a path that was found in it
    return value


def _twice(path: str, text: str, identity: str) -> Iterator[str]:
    """Yield the claims in whose chain the actor stands more than once now."""
    value = yaml_of(path, text).value if kind_of(path) == "reports" else None
    claims = value.get("claims") if isinstance(value, dict) else ()
    for claim in claims if isinstance(claims, tuple) else ():
        said = claim.get("said") if isinstance(claim, dict) else ()
        if isinstance(claim, dict) and sum(_who(speaker) == identity for speaker in said or ()) > 1:  # type: ignore[union-attr]
            yield f"{path}: {claim.get('id')} is said by {identity} twice: look at its chain"


def _join(text: str, other: str, old: str, into: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of the actor that stays with what it takes over, and what to look at. `other` is the text of the one that goes."""
    stays, goes = _actor(into, text), _actor(old, other)
    for name, values in _lists(stays, goes).items():
        edit = add_items(text, name, values)
        text = apply(text, [edit] if edit else [])
    for name in TAKEN_OVER:
        if getattr(stays, name) is None and getattr(goes, name) is not None:
            edit = set_field(text, name, field_lines(other, name))
            text = apply(text, [edit] if edit else [])
    if goes.body:
        end = "\r\n" if "\r\n" in text else "\n"
        text = f"{text.rstrip()}{end}{end}{goes.body}{end}"
    return text, tuple(_left_out(stays, goes))


def _actor(identity: str, text: str) -> Actor:
    actor, problems = parse_actor(file_of("actors", identity), text.encode())
    if actor is None:
        raise ContentError(problems)
    return actor


def _lists(stays: Actor, goes: Actor) -> dict[str, Names]:
    """Return what is added to each list of the actor that stays: names that it has in no other form."""
    known = {fold(name) for name in (stays.name, *stays.aliases, *stays.ambiguous)}
    searched = known | {fold(name) for name in (*stays.spellings, stays.latin or "")}
    latin = (goes.latin,) if goes.latin and stays.latin else ()
    return {
        "aliases": _new((goes.name, *goes.aliases), known),
        "ambiguous": _new(goes.ambiguous, known),
        "spellings": _new((*latin, *goes.spellings), searched),
        "part_of": [whole for whole in goes.part_of if whole not in (stays.id, *stays.part_of)],
        "was": [former for former in (goes.id, *goes.was) if former not in (stays.id, *stays.was)],
    }


def _new(names: Names, known: set[str]) -> Names:
    return [name for name in names if fold(name) not in known]


def _left_out(stays: Actor, goes: Actor) -> Iterator[str]:
    path = file_of("actors", stays.id)
    for name in ("kind", *TAKEN_OVER):
        mine, theirs = getattr(stays, name), getattr(goes, name)
        if mine is not None and theirs is not None and mine != theirs and name != "latin":
            yield f"{path}: {name} stays as it is; {goes.id} had another: {theirs}"
    if goes.body and stays.body:
        yield f"{path}: the note of {goes.id} stands below its own now: make one of the two"
