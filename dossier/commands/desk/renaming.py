"""Give an entry another id in every file that names it. Nothing here touches a disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from dossier.commands.pipeline import compose
from dossier.content.edits import Edit, add_items, apply, node_at, rename_place
from dossier.content.fences import split_front_matter
from dossier.content.front_matter import refuse_id
from dossier.content.id_fields import IdPlace, find_ids, start_of
from dossier.content.paths import CONTENT, KINDS, file_of, kind_of
from dossier.content.yaml_text import BrokenYaml, FieldPath, YamlText, YamlValue, read_yaml
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot
from dossier.errors import WrongUse, nearest
from dossier.language.characters import BOM
from dossier.language.markdown import links

Files = Mapping[str, bytes | None]


class Plan(Struct, frozen=True, kw_only=True):
    """What is to be changed: new bytes by path, None for a file that goes; how many `places` name another id; what to look at.

    `edits` are the same by the path of today, for editors that hold the files open; `moved` are the two paths of a renamed file.
    """

    files: Files
    places: int
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    moved: tuple[str, str] | None = None
    notes: tuple[str, ...] = ()


def plan_rename(taken: Snapshot, kind: str, old: str, new: str) -> Plan:
    """Plan to call an entry `new`, with `old` among its former ids. `kind` is one of `paths.RENAMED`. Raise WrongUse."""
    source, target = file_of(f"{kind}s", old), file_of(f"{kind}s", new)
    refuse_id(f"{kind}s", new)
    find_entry(taken, kind, old)
    if target in taken.files:
        join = f"; `dossier merge actor {old} {new}` joins the two" if kind == "actor" else ""
        raise WrongUse(f"{target} is there already: choose another id{join}")
    edits: dict[str, tuple[Edit, ...]] = {}
    files: dict[str, bytes | None] = {}
    places = 0
    for path, text in texts_naming(taken, old):
        found = references(path, text, kind, old)
        if path != source and not found:
            continue
        changes = [rename_place(text, place, renamed(place, old, new)) for place in found]
        changed = apply(text, changes)
        confirm_names(path, text, changed, found, old, new)
        if path == source:
            changes.append(_former_id(path, text, old, new))
            files[source], path = None, target
        edits[source if path == target else path] = tuple(changes)
        files[path] = encoded(taken, source if path == target else path, apply(text, changes))
        places += len(found)
    return Plan(files=files, places=places, edits=edits, moved=(source, target))


def confirm_plan(taken: Snapshot, plan: Plan, memo: Memo) -> None:
    """Check the dossier as it would be. Raise ContentError with its problems."""
    compose(taken.with_files(plan.files), memo, drafts=True)


def find_entry(taken: Snapshot, kind: str, identity: str) -> None:
    """Raise WrongUse where there is no entry of that id."""
    path = file_of(f"{kind}s", identity)
    if path not in taken.files:
        known = [other.rpartition("/")[2].removesuffix(".md") for other in taken.files if kind_of(other) == f"{kind}s"]
        close = nearest(identity, known)
        raise WrongUse(f"{path} is not there" + (f": {close}" if close else f": `dossier list {kind}s` names all"))


def texts_naming(taken: Snapshot, identity: str) -> Iterator[tuple[str, str]]:
    """Yield path and text, without a byte order mark, of each hand-written file in which an id may stand, or whose id it is."""
    sought = identity.encode()
    for path in taken.below(CONTENT):
        data = taken.files[path].data
        if kind_of(path) and (sought in data or path.endswith(f"/{identity}.md")):
            try:
                yield path, str(data.removeprefix(BOM), "utf-8")
            except UnicodeDecodeError:
                raise WrongUse(f"{path} is not UTF-8: `dossier check` says where") from None


def encoded(taken: Snapshot, path: str, text: str) -> bytes:
    """Return a file's new bytes, with a byte order mark where it had one."""
    return (BOM if taken.files[path].data.startswith(BOM) else b"") + text.encode()


def references(path: str, text: str, kind: str, identity: str) -> list[IdPlace]:
    """Return the places of a file that name an entry. A file that is no YAML has none: `check` refuses it."""
    try:
        return [place for place in find_ids(kind_of(path) or "", text) if names(place, kind, identity)]
    except BrokenYaml:
        return []


def names(place: IdPlace, kind: str, identity: str) -> bool:
    """Tell whether a place names an entry, or a claim of it."""
    if place.kind == "claim":
        return kind == "report" and place.value.partition("#")[0] == identity
    return place.kind == kind and place.value == identity


def renamed(place: IdPlace, old: str, new: str) -> str:
    """Return what stands at a place once an entry is called otherwise."""
    return new + place.value.removeprefix(old)


def confirm_names(path: str, before: str, after: str, places: list[IdPlace], old: str, new: str) -> None:
    """Make sure that exactly those places changed. Raise WrongUse where a text is written so that they cannot be."""
    changed = {place.path for place in places if place.path is not None}
    wanted = _with(yaml_of(path, before).value, changed, old, new)
    body, of_links = split_front_matter(after), split_front_matter(before)
    linked = sum(place.path is None for place in places)
    if yaml_of(path, after).value != wanted or (
        body and of_links and not _linked(of_links.body, body.body, linked, old, new)
    ):
        raise WrongUse(f"{path} names {old} in a way that cannot be changed by itself: write it out plainly there")


def yaml_of(path: str, text: str) -> YamlText:
    """Return the YAML of a hand-written file: of one with a body its front matter."""
    halves = split_front_matter(text) if kind_of(path) in KINDS else None
    return read_yaml(halves.head if halves else text)


def _with(value: YamlValue, changed: set[FieldPath], old: str, new: str, path: FieldPath = ()) -> YamlValue:
    """Return a value with another id at some paths."""
    if isinstance(value, tuple):
        return tuple(_with(item, changed, old, new, (*path, index)) for index, item in enumerate(value))
    if isinstance(value, dict):
        return {name: _with(item, changed, old, new, (*path, name)) for name, item in value.items()}
    return new + value.removeprefix(old) if isinstance(value, str) and path in changed else value


def _linked(before: str, after: str, number: int, old: str, new: str) -> bool:
    """Tell whether so many links of a Markdown text lead elsewhere now, from the old id to the new, and all others where they did."""
    pairs = list(zip(links(before), links(after), strict=False))
    differing = [(one[1], other[1]) for one, other in pairs if one[:2] != other[:2]]
    moved = all(other == new + one.removeprefix(old) for one, other in differing)
    return len(links(before)) == len(links(after)) and len(differing) == number and moved


def _former_id(path: str, text: str, old: str, new: str) -> Edit:
    """Put an id among the former ones; in the place of `new` where the entry once had that."""
    halves = split_front_matter(text)
    root = read_yaml(halves.head).root if halves else None
    former = node_at(root, ("was",))
    for item in former.value if former and isinstance(former.value, list) else ():
        if item.value == new:
            place = IdPlace(
                kind="former", value=new, start=start_of(text, item), end=item.end_mark.index, path=("was",)
            )
            return rename_place(text, place, old)
    edit = add_items(text, "was", [old])
    if edit is None:
        raise WrongUse(f"{path} has no list under was: `dossier check` says what is wrong")
    return edit
