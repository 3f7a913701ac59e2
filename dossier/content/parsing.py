"""Parse every file of `content/`: each report on its own, so that it can be kept, and all others together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from dossier.content.front_matter import PARSERS, Problems, parse_file, parse_report
from dossier.content.model import Dossier, Report, Settings
from dossier.content.paths import CONTENT, FILES, SETTINGS, kind_of
from dossier.content.references import References, collect_references
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot, SourceFile
from dossier.errors import Problem, in_order

NO_SETTINGS = Settings(title="?")


class ContentPaths(Struct, frozen=True, kw_only=True):
    """The files of `content/`: those of reports in the order of their ids, all others in order of path."""

    reports: tuple[str, ...]
    others: tuple[str, ...]


class ParsedReport(Struct, frozen=True, kw_only=True):
    """A report's file: the report and what it refers to, None where it has errors, and its problems."""

    report: Report | None
    refers: References | None
    problems: Problems


def parse_dossier(snapshot: Snapshot, memo: Memo | None = None) -> tuple[Dossier, Problems]:
    """Parse all files and return the dossier with their problems, in order of place.

    Where one is an error the dossier holds what could be read: it can be checked further, and must not be built.
    """
    memo = memo or Memo()
    reports = [parse_report_file(snapshot.files[path]) for path in content_paths(snapshot, memo).reports]
    read = tuple(parsed.report for parsed in reports if parsed.report)
    return assemble(snapshot, read, [problem for parsed in reports for problem in parsed.problems], memo)


def content_paths(snapshot: Snapshot, memo: Memo) -> ContentPaths:
    """Part the files of `content/` into reports and all others."""
    content = snapshot.below(CONTENT)
    return memo.get("content/paths", content, lambda: _divide(content))


def parse_report_file(file: SourceFile) -> ParsedReport:
    """Parse one report. Depends on its path and bytes alone."""
    report, problems = parse_report(file.path, file.data)
    return ParsedReport(report=report, refers=collect_references(report) if report else None, problems=problems)


def assemble(
    snapshot: Snapshot, reports: tuple[Report, ...], problems_of_reports: Iterable[Problem], memo: Memo
) -> tuple[Dossier, Problems]:
    """Parse all files but reports, and put the dossier together. The problems are of all files, in order of place."""
    paths = content_paths(snapshot, memo)
    values: dict[str, list[Any]] = {kind: [] for kind in PARSERS}
    problems = [*snapshot.problems, *problems_of_reports, *_check_files(paths)]
    for file in [snapshot.files[path] for path in paths.others]:
        if kind := kind_of(file.path):
            value, found = memo.get("content/files", (file.path, file.sha256), lambda file=file: parse_file(file))  # type: ignore[misc]
            problems += found
            if value is not None:
                values[kind].append(value)
    dossier = Dossier.model_construct(
        settings=next(iter(values["settings"]), NO_SETTINGS),
        reports=reports,
        actors=_by_id(values["actors"]),
        events=_by_id(values["events"]),
        places=next(iter(values["places"]), ()),
        synonyms=next(iter(values["synonyms"]), ()),
        pages=_by_id(values["pages"]),
        releases=next(iter(values["releases"]), ()),
    )
    return dossier, in_order(problems)


def _divide(paths: Iterable[str]) -> ContentPaths:
    reports: list[str] = []
    others: list[str] = []
    for path in paths:
        (reports if kind_of(path) == "reports" else others).append(path)
    return ContentPaths(reports=tuple(sorted(reports, key=lambda path: path.removesuffix(".md"))), others=tuple(others))


def _by_id(values: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(values, key=lambda value: value.id))


def _check_files(paths: ContentPaths) -> Iterator[Problem]:
    """Find files that are missing, and files that nobody will read."""
    if SETTINGS not in paths.others:
        close = next((path for path in paths.others if path.startswith("content/dossier.")), "")
        hint = f"rename {close}" if close else "write one with at least title: …"
        yield Problem(message="the dossier needs this file", file=SETTINGS, hint=hint)
    if not paths.reports:
        yield Problem(
            message="the dossier needs at least one report", file="content/reports", hint="write <id>.md there"
        )
    for path in paths.others:
        if kind_of(path) is None and not path.startswith(FILES):
            hint = "reports, actors, events and pages are <id>.md directly in the folder of their kind"
            yield Problem(message="this file is not read", file=path, hint=hint, severity="warning")
