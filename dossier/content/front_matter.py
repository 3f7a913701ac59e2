"""Turn one hand-written file into a value of the model, with every problem at its place.

Each file is parsed by itself, so that a result can be kept by the file's path and digest. `parsing` reads a whole
dossier; what only several files can tell, `linking.checks` finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, pairwise
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel, TypeAdapter, ValidationError

from dossier.content.addresses import address_needed
from dossier.content.entry_faults import loose_cells, misplaced_reliability, same_claims
from dossier.content.fences import begins_with_fence, find_conflict, split_front_matter
from dossier.content.model import Actor, ContentPage, Event, Place, Release, Report, Settings, Synonym
from dossier.content.model_faults import FROM_FILE, NOT_WRITTEN, Complaint, explain, unknown_field
from dossier.content.paths import kind_of
from dossier.content.yaml_text import BrokenYaml, FieldPath, YamlText, YamlValue, read_yaml
from dossier.engine.snapshot import SourceFile
from dossier.errors import Problem, WrongUse, has_errors, in_order
from dossier.language.characters import decode, drop_unwanted, name_of, show
from dossier.language.lookalikes import find_odd, plain

FOLDERS: Mapping[str, type[BaseModel]] = {"reports": Report, "actors": Actor, "events": Event, "pages": ContentPage}
MAX_PROBLEMS = 100

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE).fullmatch
is_id = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}").fullmatch
M = TypeVar("M", bound=BaseModel)
Problems = tuple[Problem, ...]
Parsed = tuple[BaseModel | tuple[Place, ...] | tuple[Synonym, ...] | tuple[Release, ...] | None, Problems]
_places = TypeAdapter(tuple[Place, ...])
_synonyms = TypeAdapter(tuple[Synonym, ...])
_releases = TypeAdapter(tuple[Release, ...])


class _Source(Struct, frozen=True, kw_only=True):
    """One file's text: its YAML (None where it is broken), what follows it, and the problems of reading it."""

    path: str
    yaml: YamlText | None
    body: str = ""
    problems: Problems = ()


def parse_file(file: SourceFile) -> Parsed:
    """Return the value of a file by the kind that its path says; None where it has errors. Depends on path and bytes alone."""
    return PARSERS[kind_of(file.path) or "pages"](file.path, file.data)


def parse_settings(path: str, data: bytes) -> tuple[Settings | None, Problems]:
    """Parse `content/dossier.yaml`; the value is None where it has errors, as for all kinds."""
    source = _read(path, data, with_body=False)
    value, further = _validate(source, Settings, {})
    problems = _sum_up(source, further)
    return (None if has_errors(problems) else value), problems


def parse_places(path: str, data: bytes) -> tuple[tuple[Place, ...] | None, Problems]:
    """Parse `content/places.yaml`; an empty file holds no places."""
    hint = Complaint((), "the places must be a list", "write each as - {name: …, latin: …}")
    return _parse_list(path, data, Place, _places, hint)


def parse_synonyms(path: str, data: bytes) -> tuple[tuple[Synonym, ...] | None, Problems]:
    """Parse `content/synonyms.yaml`; an empty file holds no synonyms."""
    hint = Complaint((), "the synonyms must be a list", "write each as - {word: …, asked: […]}")
    return _parse_list(path, data, Synonym, _synonyms, hint)


def parse_releases(path: str, data: bytes) -> tuple[tuple[Release, ...] | None, Problems]:
    """Parse `content/releases.yaml`, in which the oldest release stands first."""
    hint = Complaint(
        (), "the releases must be a list", "write each as - {date: …, claims: …}; `dossier release` does it"
    )
    releases, problems = _parse_list(path, data, Release, _releases, hint)
    for number, (earlier, later) in enumerate(pairwise(releases or ())):
        if later.date < earlier.date:
            message = f"the release of {later.date} stands below that of {earlier.date}"
            place = locate(data, (number + 1, "date"))
            return None, (*problems, _problem(path, place, message, "put the older first"))
    return releases, problems


def _parse_list(
    path: str, data: bytes, model: type[M], adapter: TypeAdapter[tuple[M, ...]], no_list: Complaint
) -> tuple[tuple[M, ...] | None, Problems]:
    """Parse a file that is one list; `no_list` is said of one that is none."""
    source = _read(path, data, with_body=False)
    if source.yaml is None:
        return None, source.problems
    if source.yaml.root is None:
        return (), source.problems
    try:
        entries = adapter.validate_python(source.yaml.value, strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        complaints = islice(explain(error, model), MAX_PROBLEMS)
        return None, _sum_up(source, [complaint if complaint.path else no_list for complaint in complaints])
    problems = _sum_up(source, [])
    return (None if has_errors(problems) else entries), problems


def parse_report(path: str, data: bytes) -> tuple[Report | None, Problems]:
    """Parse a report of `content/reports/`."""
    return _parse_entry(path, data, Report)


def parse_actor(path: str, data: bytes) -> tuple[Actor | None, Problems]:
    """Parse an actor of `content/actors/`."""
    return _parse_entry(path, data, Actor)


def parse_event(path: str, data: bytes) -> tuple[Event | None, Problems]:
    """Parse an event of `content/events/`."""
    return _parse_entry(path, data, Event)


def parse_page(path: str, data: bytes) -> tuple[ContentPage | None, Problems]:
    """Parse a page of `content/pages/`."""
    return _parse_entry(path, data, ContentPage)


PARSERS: Mapping[str, Callable[[str, bytes], Parsed]] = {
    "settings": parse_settings, "places": parse_places, "synonyms": parse_synonyms, "releases": parse_releases,
    "reports": parse_report, "actors": parse_actor, "events": parse_event, "pages": parse_page,
}  # fmt: skip


class Positions(Struct, frozen=True):
    """Where things stand in one hand-written file: for problems that come to light later."""

    yaml: YamlText | None
    body_line: int

    def of(self, path: FieldPath) -> tuple[int, int]:
        """Return line and column of the value at a path, or of the last key on the way to it."""
        return self.yaml.place(path) if self.yaml else (1, 1)

    def in_body(self, line: int, column: int) -> tuple[int, int]:
        """Return line and column in the file of a place in its body."""
        return self.body_line + line - 1, column


def find_positions(data: bytes) -> Positions:
    """Parse a file for the places in it; for one that cannot be parsed, everything is at its beginning."""
    text, _ = decode("", data)
    halves = split_front_matter(text) if text else None
    try:
        yaml = read_yaml(halves.head if halves else text or "")
    except BrokenYaml:
        yaml = None
    return Positions(yaml, halves.body_line if halves else 1)


def locate(data: bytes, path: FieldPath) -> tuple[int, int]:
    """Return line and column, from 1, of the value at a path of a file's YAML; of its parent's key where it is missing."""
    return find_positions(data).of(path)


def _parse_entry(path: str, data: bytes, model: type[M]) -> tuple[M | None, Problems]:
    """Parse a file whose name is its id."""
    folder, name = path.split("/")[-2:]
    identity = name.removesuffix(".md")
    source = _read(path, data, with_body=True)
    naming = _check_id(path, folder, identity)
    value, complaints = _validate(source, model, {"id": "x" if naming else identity, "body": source.body})
    problems = in_order((*_sum_up(source, complaints), *naming))
    return (None if has_errors(problems) else value), problems


def _check_id(path: str, folder: str, identity: str) -> Problems:
    fault = fault_of_id(folder, identity)
    if fault is None:
        return ()
    message, hint = fault
    close = near_id(identity) if identity.isascii() and not is_id(identity) else ""
    rename = f"{hint}; rename the file to {close}.md" if close else hint
    return (Problem(message=message, file=path, line=1, column=1, hint=rename),)


def fault_of_id(folder: str, identity: str) -> tuple[str, str] | None:
    """Say why a name cannot be the id of an entry of this folder, and what to do; None where it can."""
    if not is_id(identity):
        hint = "use lower-case Latin letters, digits, hyphens and underscores, 100 at most"
        return f"{show(identity)} cannot be an id", hint
    if is_device(identity):
        return f'no file can be called "{identity}" on Windows', "rename the file"
    if address := address_needed(folder, identity):
        return f'the id "{identity}" would take the address {address}, which the site needs itself', "rename the file"
    return None


def is_device(name: str) -> bool:
    """Tell whether Windows takes a file of this name for a device."""
    return _DEVICES(name) is not None


def near_id(name: str) -> str:
    """Return the nearest id to a name: lower case, other characters made hyphens; empty where nothing is left."""
    return re.sub(r"[^a-z0-9_-]+", "-", name.lower())[:100].strip("-_")


def refuse_id(folder: str, identity: str) -> None:
    """Refuse a name that cannot be an id, in the words of `check`. Raise WrongUse."""
    if fault := fault_of_id(folder, identity):
        raise WrongUse(f"{fault[0]} ({fault[1].replace('rename the file', 'choose another id')})")


def _read(path: str, data: bytes, *, with_body: bool) -> _Source:
    text, problems = decode(path, data)
    if text is None:
        return _Source(path=path, yaml=None, problems=problems)
    if conflict := find_conflict(text):
        return _Source(path=path, yaml=None, problems=(*problems, _problem(path, (conflict[0], 1), *conflict[1:])))
    halves = split_front_matter(text) if with_body else None
    if with_body and halves is None:
        return _Source(path=path, yaml=None, problems=(*problems, _no_front_matter(path, text)))
    try:
        yaml = read_yaml(halves.head if halves else text)
    except BrokenYaml as error:
        fault = error.fault
        broken = Problem(message=fault.message, file=path, line=fault.line, column=fault.column, hint=fault.hint)
        return _Source(path=path, yaml=None, problems=(*problems, broken))
    body = halves.body if halves else ""
    return _Source(path=path, yaml=yaml, body=drop_unwanted(body) if problems else body, problems=problems)


def _no_front_matter(path: str, text: str) -> Problem:
    """Say why no front matter was found: a line that only looks like `---`, or none."""
    for number, line in enumerate(text.splitlines(), 1):
        odd = find_odd(line)
        if odd and plain(line).strip() == "---":
            message = f'this line holds {name_of(odd[0])}, which cannot be seen, beside "---"'
            return _problem(path, (number, odd.start() + 1), message, "delete the line and write --- anew")
    if begins_with_fence(text):
        message, hint = "the front matter that opens here is never closed", 'put a line "---" below its last field'
    else:
        message, hint = 'the file must begin with a line "---"', 'put a line "---" above the fields, and one below them'
    return Problem(message=message, file=path, line=1, column=1, hint=hint)


def _validate(source: _Source, model: type[M], given: Mapping[str, str]) -> tuple[M | None, list[Complaint]]:
    """Return the file's value as `model`, completed by `given`; and what does not fit."""
    if source.yaml is None:
        return None, []
    written = source.yaml.value
    if not isinstance(written, dict):
        return None, [_no_mapping(written)]
    complaints = list(_further(written, model))
    try:
        value = model.model_validate({**written, **given}, strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        return None, [*complaints, *islice(explain(error, model), MAX_PROBLEMS)]
    return (None if complaints else value), complaints


def _no_mapping(written: YamlValue) -> Complaint:
    if written is None:
        return Complaint((), "there are no fields here", "write at least title: …")
    return Complaint((), "the fields must be a mapping", "write each in a line of its own as name: value")


def _further(written: Mapping[str, YamlValue], model: type[BaseModel]) -> Iterator[Complaint]:
    """Yield what the types cannot say: fields that the file's name sets, entries that do not fit each other."""
    for name in NOT_WRITTEN if model in FROM_FILE else ():
        if name in written:
            yield Complaint((name,), *unknown_field(model, name), at_key=True)
    if model is Report:
        yield from same_claims(written)
    elif model is Actor:
        yield from misplaced_reliability(written)
    elif model is Settings:
        yield from loose_cells(written)


def _sum_up(source: _Source, complaints: list[Complaint]) -> Problems:
    """Return all problems of a file, the first `MAX_PROBLEMS` where there are more: then it is broken in one way many times."""
    problems = list(source.problems)
    if source.yaml:
        for fault in source.yaml.faults:
            problems.append(_problem(source.path, (fault.line, fault.column), fault.message, fault.hint))
        for fault in source.yaml.comments:
            problems.append(
                replace(
                    _problem(source.path, (fault.line, fault.column), fault.message, fault.hint), severity="warning"
                )
            )
        for complaint in complaints:
            place = source.yaml.key_place if complaint.at_key else source.yaml.place
            problems.append(_problem(source.path, place(complaint.path), complaint.message, complaint.hint))
    ordered = in_order(problems)
    if len(ordered) < MAX_PROBLEMS:
        return ordered
    last = ordered[MAX_PROBLEMS - 1]
    more = _problem(source.path, (last.line, last.column), "there are more problems", "mend these first")
    return (*ordered[:MAX_PROBLEMS], more)


def _problem(path: str, place: tuple[int, int], message: str, hint: str = "") -> Problem:
    return Problem(message=message, file=path, line=place[0], column=place[1], hint=hint)
