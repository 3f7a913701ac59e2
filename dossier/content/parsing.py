"""All files of a dossier to the model, the reports by shelves: runs of about sixteen in the order of their ids.

A shelf is what an edit costs: whatever is known of the others is taken as it is. A report begins a new one where the digest of
its path says so, whatever else is there (content-defined chunking), so that a report that comes or goes changes one shelf or
two.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from typing import Any

from dossier.content.front_matter import PARSERS, Problems, parse_file, parse_report
from dossier.content.model import Dossier, Report, Settings
from dossier.content.paths import SETTINGS, folder_of, kind_of
from dossier.content.references import References, collect_references, unite
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot, SourceFile
from dossier.errors import Problem, in_order

CONTENT, REPORTS = "content/", folder_of("reports")
BEGIN = 16  # of 256: how many digests of one byte begin a shelf
NO_SETTINGS = Settings(title="?")

Paths = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A report that could be read, the digest of its file, and what it refers to."""

    report: Report
    digest: str
    refers: References


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportShelf:
    """Reports that stand together, by id; `key` stands for all of their files.

    `names` are the ids of all its files, in lower case, `entries` those that could be read; `refers` is what they refer to
    together, `seeds` are the paths of their seeds, `originals` the hashes of theirs, `moved` those that once had another id.
    """

    name: str
    key: Hashable
    names: frozenset[str]
    entries: tuple[Entry, ...]
    problems: Problems
    refers: References
    seeds: tuple[str, ...]
    originals: tuple[str | None, ...]
    moved: tuple[Report, ...]


def parse_dossier(snapshot: Snapshot, memo: Memo | None = None) -> tuple[Dossier, Problems]:
    """The dossier with every problem of its files, one by one.

    Where one is an error the dossier holds what could be read: it can be checked further, and must not be built.
    """
    memo = memo or Memo()
    return put_together(snapshot, parse_reports(snapshot, memo), memo)


def parse_reports(snapshot: Snapshot, memo: Memo) -> list[ReportShelf]:
    """The reports of a dossier in shelves."""
    shelves, _ = _shelve(snapshot, memo)
    return [_parse_shelf(paths, [snapshot.files[path] for path in paths], memo) for paths in shelves]


def put_together(snapshot: Snapshot, shelves: Sequence[ReportShelf], memo: Memo) -> tuple[Dossier, Problems]:
    """The dossier of these shelves of reports and of all other files."""
    _, others = _shelve(snapshot, memo)
    parts: dict[str, list[Any]] = {kind: [] for kind in PARSERS}
    problems = [*snapshot.problems, *_check_files(others, bool(shelves))]
    for file in [snapshot.files[path] for path in others]:
        if kind := kind_of(file.path):
            value, found = memo.get("front matter", (file.path, file.sha256), lambda file=file: parse_file(file))  # type: ignore[misc]
            problems += found
            if value is not None:
                parts[kind].append(value)
    problems += chain.from_iterable(shelf.problems for shelf in shelves)
    dossier = Dossier.model_construct(
        settings=next(iter(parts["settings"]), NO_SETTINGS),
        reports=tuple(entry.report for shelf in shelves for entry in shelf.entries),
        actors=_by_id(parts["actors"]),
        events=_by_id(parts["events"]),
        places=next(iter(parts["places"]), ()),
        pages=_by_id(parts["pages"]),
    )
    return dossier, in_order(problems)


def cut(paths: Iterable[str]) -> tuple[tuple[Paths, ...], Paths]:
    """Files of `content/` by path: those of reports in shelves, each by id, and all others."""
    reports: list[str] = []
    others: list[str] = []
    for path in paths:
        (reports if kind_of(path) == "reports" else others).append(path)
    shelves: list[list[str]] = []
    for path in sorted(reports, key=lambda path: path.removesuffix(".md")):
        if not shelves or blake2b(path.encode(), digest_size=1).digest()[0] < BEGIN:
            shelves.append([])
        shelves[-1].append(path)
    return tuple(map(tuple, shelves)), tuple(others)


def _shelve(snapshot: Snapshot, memo: Memo) -> tuple[tuple[Paths, ...], Paths]:
    content = snapshot.below(CONTENT)
    return memo.get("shelves", content, lambda: cut(content))


def _parse_shelf(paths: Paths, files: Sequence[SourceFile], memo: Memo) -> ReportShelf:
    digests = tuple([file.sha256 for file in files])
    key = (paths, digests)

    def parse(place: int) -> tuple[Entry | None, Problems]:
        report, problems = parse_report(paths[place], files[place].data)
        return Entry(
            report=report, digest=digests[place], refers=collect_references(report)
        ) if report else None, problems

    def sum_up(parsed: Sequence[tuple[Entry | None, Problems]]) -> ReportShelf:
        entries = tuple(entry for entry, _ in parsed if entry)
        return ReportShelf(
            name=paths[0],
            key=key,
            names=frozenset(path.removeprefix(REPORTS).removesuffix(".md").lower() for path in paths),
            entries=entries,
            problems=tuple(chain.from_iterable(problems for _, problems in parsed)),
            refers=unite([entry.refers for entry in entries]),
            seeds=tuple(f"seeds/{entry.report.seed}" for entry in entries),
            originals=tuple(entry.report.original.sha256 if entry.report.original else None for entry in entries),
            moved=tuple(entry.report for entry in entries if entry.report.was),
        )

    return memo.get_shelf("reports", paths[0], key, lambda: tuple(zip(paths, digests, strict=True)), parse, sum_up)


def _by_id(values: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(values, key=lambda value: value.id))


def _check_files(others: Sequence[str], reports: bool) -> Iterator[Problem]:
    """Files that are missing, and files that nobody will read."""
    if SETTINGS not in others:
        close = next((path for path in others if path.startswith("content/dossier.")), "")
        hint = f"rename {close}" if close else "write one with at least title: …"
        yield Problem(message="the dossier needs this file", file=SETTINGS, hint=hint)
    if not reports:
        yield Problem(
            message="the dossier needs at least one report", file="content/reports", hint="write <id>.md there"
        )
    for path in others:
        if kind_of(path) is None:
            hint = "reports, actors, events and pages are <id>.md directly in the folder of their kind"
            yield Problem(message="this file is not read", file=path, hint=hint, severity="warning")
