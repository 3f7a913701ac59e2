"""Do the work of `import`: read a file of another tool, check what it would write, and write it; overwrite nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from dossier.commands.importing.claims import add_claims, read_claims
from dossier.commands.importing.entries import MOST_BYTES, Import, NewEntry, Row
from dossier.commands.importing.ftm import read_entities
from dossier.commands.importing.references import read_bibtex, read_csl, read_ris
from dossier.commands.importing.tables import empty_table, read_table
from dossier.commands.new import begin_dossier
from dossier.commands.pipeline import compose
from dossier.content.front_matter import FOLDERS
from dossier.content.model import Dossier
from dossier.content.parsing import parse_dossier
from dossier.content.paths import file_of
from dossier.content.scaffold import front_matter_of
from dossier.engine.memo import Memo
from dossier.engine.snapshot import NO_TEXT, Snapshot, snapshot
from dossier.engine.write import create, replacing_file
from dossier.errors import ContentError, Problem, WrongUse, has_errors, reason_of


class _Change(Struct, frozen=True, kw_only=True):
    """A file to be written: its bytes, and those that are there, which must not have changed meanwhile.

    `sources` are the row and column that lines come from.
    """

    path: str
    data: bytes
    before: bytes | None = None
    sources: Mapping[int, tuple[Row, str]] = field(default_factory=dict)


def import_file(root: Path, file: Path, *, today: str) -> tuple[str, ...]:
    """Take in a file; return what was done, line by line. Raise ContentError with faults of the file, WrongUse where it cannot be taken in."""
    if NO_TEXT.search(file.name):
        raise WrongUse("its name holds characters that are no text: rename the file")
    data = _read(file)
    taken = snapshot(root)
    dossier, _ = parse_dossier(taken)
    found = _understand(file.name, data, dossier)
    if found.problems:
        raise ContentError(found.problems)
    changes, left, problems = _plan(file.name, found, taken, dossier, today)
    if problems:
        raise ContentError(problems)
    _check(file.name, taken, changes)
    lines = [line for change in changes for line in _write(root, change)]
    return (*lines, *left, *found.left, *(begin_dossier(root) if lines else ()), *_advice(found, lines))


def write_template(root: Path, file: Path) -> tuple[str, ...]:
    """Write an empty table of claims with the ids of a dossier to choose from. Raise WrongUse where a file is there."""
    dossier, _ = parse_dossier(snapshot(root))
    known = {
        "reports": [r.id for r in dossier.reports],
        "actors": [a.id for a in dossier.actors],
        "events": [e.id for e in dossier.events],
    }
    data = empty_table(file.name, known)
    try:
        with file.open("xb") as out:
            out.write(data)
    except FileExistsError:
        raise WrongUse(f"{file} is there already: name another file") from None
    except OSError as error:
        raise WrongUse(f"{file} cannot be written: {reason_of(error)}") from None
    return (f"{file}: written; fill in a row for each claim, then `dossier import {file.name}`",)


def _read(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise WrongUse(f"{file} is no file")
        if file.stat().st_size > MOST_BYTES:
            raise WrongUse(f"{file} is larger than {MOST_BYTES // 1024**2} MB: part it")
        return file.read_bytes()
    except OSError as error:
        raise WrongUse(f"{file} cannot be read: {reason_of(error)}") from None


def _understand(name: str, data: bytes, dossier: Dossier) -> Import:
    """Read a file by what it is: its ending, and for JSON how it begins."""
    ending = name.lower().rpartition(".")[2]
    if ending in ("xlsx", "csv", "tsv"):
        return read_table(name, data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUse(f"{name}: it is not UTF-8: export it again") from None
    if ending == "ris":
        return read_ris(name, text, dossier.actors)
    if ending == "bib":
        return read_bibtex(name, text, dossier.actors)
    if ending in ("json", "jsonl", "ndjson", "ijson", "csljson"):
        return read_csl(name, text, dossier.actors) if text.lstrip().startswith("[") else read_entities(name, text)
    raise WrongUse(
        f"{name}: what it holds cannot be told by its ending: FollowTheMoney and CSL-JSON end with .json, references with .ris or .bib, tables with .csv or .xlsx"
    )


def _plan(
    name: str, found: Import, taken: Snapshot, dossier: Dossier, today: str
) -> tuple[list[_Change], list[str], list[Problem]]:
    changes: list[_Change] = []
    left: list[str] = []
    for entry in found.entries:
        path = file_of(entry.kind, entry.id)
        if path in taken.files:
            left.append(f"{path}: is there already; left as it is")
            continue
        entry = _fitted(entry, dossier, found)
        changes += _files(entry, taken, today)
    reports = {report.id: report for report in dossier.reports}
    added, problems, kept = read_claims(name, found.claims, reports, (actor.id for actor in dossier.actors))
    for report, claims in added.items():
        path = file_of("reports", report)
        before = taken.files[path].data
        data, sources = add_claims(path, before, claims)
        changes.append(_Change(path=path, data=data, before=before, sources=sources))
    return changes, left + kept, problems


def _fitted(entry: NewEntry, dossier: Dossier, found: Import) -> NewEntry:
    """Leave out what would refer to nothing here: a place that is in no list, a whole that no actor is."""
    values, notes = dict(entry.values), dict(entry.notes)
    places = {place.name for place in dossier.places}
    if (place := values.get("place")) and place not in places:
        notes["place"] = (f"في الملف المستورد: {values.pop('place')}",)
    actors = {a.id for a in dossier.actors} | {e.id for e in found.entries if e.kind == "actors"}
    for name in ("part_of", "actors"):
        if isinstance(listed := values.get(name), list):
            values[name] = [actor for actor in listed if actor in actors]
    return replace(entry, values=values, notes=notes)


def _files(entry: NewEntry, taken: Snapshot, today: str) -> Iterator[_Change]:
    values: Mapping[str, object] = entry.values
    if entry.seed is not None:
        path = f"seeds/{entry.id}.txt"
        values = {"added": today, "revised": today, **values}
        if path not in taken.files:
            yield _Change(path=path, data=f"{entry.seed.strip()}\n".encode())
    text = front_matter_of(FOLDERS[entry.kind], values, entry.notes) + (f"\n{entry.body}\n" if entry.body else "")
    yield _Change(path=file_of(entry.kind, entry.id), data=text.encode())


def _check(name: str, taken: Snapshot, changes: Sequence[_Change]) -> None:
    """Refuse what `check` would refuse. Faults that are there already are no fault of the import."""
    new = set(_errors(taken.with_files({change.path: change.data for change in changes}))) - set(_errors(taken))
    written = {change.path: change for change in changes}
    if faults := [problem for problem in new if problem.file in written]:
        raise ContentError(_placed(name, fault, written[fault.file]) for fault in faults)


def _placed(name: str, fault: Problem, change: _Change) -> Problem:
    """Say of a fault where in the imported file it comes from."""
    if source := change.sources.get(fault.line):
        return replace(fault, file=f"{name}, {source[0].place(source[1])}", line=0, column=0)
    return replace(fault, file=f"{name}, for {fault.file}")


def _errors(taken: Snapshot) -> tuple[Problem, ...]:
    try:
        compose(taken, Memo())
    except ContentError as error:
        return tuple(problem for problem in error.problems if has_errors([problem]))
    return ()


def _write(root: Path, change: _Change) -> Iterator[str]:
    if change.before is None:
        if not create(root, change.path, change.data):
            raise WrongUse(f"{change.path} came into being meanwhile: import again")
        yield f"{change.path}: written"
        return
    with replacing_file(root / change.path, lambda path: path.read_bytes() == change.before) as file:
        file.write(change.data)
    yield f"{change.path}: claims added"


def _advice(found: Import, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        yield "nothing was written"
    elif any(entry.seed for entry in found.entries):
        yield "note: seeds hold what the references tell, title or abstract: write your own digests over them; then `dossier check`"
    else:
        yield "next: `dossier check`"
