"""Read each report with its texts: an entry is all that depends on the files of one report, kept while they are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from dossier.articles.captures import foreign_kind, read_original
from dossier.articles.source_text import SourceText, UnreadableText, read_text
from dossier.content.fences import find_conflict
from dossier.content.model import Report
from dossier.content.parsing import ParsedReport, content_paths, parse_report_file
from dossier.content.references import References
from dossier.engine.forks import Map
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot, SourceFile
from dossier.errors import Problem
from dossier.language.characters import warn_of_unwanted

T = TypeVar("T")
Counts = tuple[int, int | None]  # paragraphs of a seed, and of an original where it is there
Key = tuple[str, str]  # path and SHA-256 of a file


class Entry(Struct, frozen=True, kw_only=True):
    """A report's file and its texts, as far as they are there and can be read.

    `file`, `seed_file`, `original_file` and `other_files` say which files these were; `others` are further captures, in the report's
    order; `problems` are of the texts alone. `within` says
    that every paragraph that the report names is there.
    """

    file: str
    seed_file: Key | None
    original_file: Key | None
    other_files: tuple[Key | None, ...]
    parsed: ParsedReport
    seed: SourceText | None
    original: SourceText | None
    others: tuple[SourceText | None, ...]
    problems: tuple[Problem, ...]
    within: bool

    @property
    def report(self) -> Report | None:
        """The report, None where its file has errors."""
        return self.parsed.report

    @property
    def texts_of(self) -> tuple[Key | None, Key | None, tuple[Key | None, ...]]:
        """Which files the texts are of."""
        return self.seed_file, self.original_file, self.other_files

    @property
    def counts(self) -> Counts | None:
        """How many paragraphs there are; None where there is no seed to count in."""
        if self.seed is None:
            return None
        return len(self.seed.paragraphs), len(self.original.paragraphs) if self.original else None


class Entries(Struct, frozen=True, kw_only=True):
    """The entries of all reports' files, in the order of ids, and what follows from all of them together.

    `files` and `originals` are the SHA-256 of all that was there to be read, by path; `reports` those that could be read;
    `problems` are of reports and texts; `seeds` are the paths that reports name; `moved` are reports that once had another id.
    """

    files: Mapping[str, str]
    originals: Mapping[str, str]
    paths: tuple[str, ...]
    entries: tuple[Entry, ...]
    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
    seeds: tuple[str, ...]
    own_claims: frozenset[str]
    moved: tuple[Report, ...]


NONE_YET = Entries(
    files={}, originals={}, paths=(), entries=(), reports=(), problems=(), seeds=(), own_claims=frozenset(), moved=()
)


def changed_pairs(last: Sequence[T], now: Sequence[T]) -> list[tuple[int, T, T]] | None:
    """Return what is another object now: its place, what it was, what it is. None where the two are not of one length."""
    if len(last) != len(now):
        return None
    return [(place, *pair) for place, pair in enumerate(zip(last, now, strict=True)) if pair[0] is not pair[1]]


def read_entries(snapshot: Snapshot, memo: Memo, each: Map = map) -> Entries:
    """Read every report with its texts; those whose files are what they were come from the last run. `each` reads those that are new."""
    paths = content_paths(snapshot, memo).reports
    return memo.revise("content/entries", lambda last: _revise(last or NONE_YET, paths, snapshot, memo, each))


def _revise(last: Entries, paths: tuple[str, ...], snapshot: Snapshot, memo: Memo, each: Map) -> Entries:
    files = {path: file.sha256 for path, file in snapshot.files.items()}
    originals = {file.path: file.sha256 for file in snapshot.originals.values()}
    if (files, originals) == (last.files, last.originals):
        return last
    known = dict(zip(last.paths, last.entries, strict=True))
    changed = {path for path, digest in files.items() if last.files.get(path) != digest} | (last.files.keys() - files)
    if paths == last.paths and originals == last.originals and not any(path.startswith("seeds/") for path in changed):
        stale = [*(changed & known.keys())]  # the usual edit: nothing else has to be looked at
    else:
        stale = [path for path in paths if path not in known or not _is_current(known[path], path, snapshot)]
    new = [path for path in stale if path not in known]
    read = {path: _read_entry(path, snapshot, known[path]) for path in stale if path in known}
    read |= zip(new, each(lambda path: _read_entry(path, snapshot, None), new), strict=True)
    for path, entry in read.items():
        _count(memo, known.get(path), entry)
    return _sum_up(last, files, originals, paths, tuple([read.get(path) or known[path] for path in paths]))


def _count(memo: Memo, last: Entry | None, entry: Entry) -> None:
    """Count what had to be read anew of an entry."""
    if last is None or entry.file != last.file:
        memo.count("reports")
    if last is None or entry.texts_of != last.texts_of:
        memo.count("texts")


def _sum_up(
    last: Entries,
    files: Mapping[str, str],
    originals: Mapping[str, str],
    paths: tuple[str, ...],
    entries: tuple[Entry, ...],
) -> Entries:
    """Put entries together. What no changed entry has a share in is taken from `last`."""
    changed = changed_pairs(last.entries, entries)

    def keep(known: T, basis: Callable[[Entry], object], make: Callable[[], T]) -> T:
        same = changed is not None and all(basis(old) == basis(new) for _, old, new in changed)
        return known if same else make()

    reports = tuple([entry.report for entry in entries if entry.report])
    return Entries(
        files=files,
        originals=originals,
        paths=paths,
        entries=entries,
        reports=reports,
        problems=keep(last.problems, _problems_of, lambda: tuple(chain.from_iterable(map(_problems_of, entries)))),
        seeds=keep(last.seeds, _seed_of, lambda: tuple([f"seeds/{report.seed}" for report in reports])),
        own_claims=keep(last.own_claims, _claims_of, lambda: frozenset().union(*map(_claims_of, entries))),
        moved=keep(last.moved, _moved_of, lambda: tuple([report for report in reports if report.was])),
    )


def _problems_of(entry: Entry) -> tuple[Problem, ...]:
    return (*entry.parsed.problems, *entry.problems)


def _seed_of(entry: Entry) -> str | None:
    return entry.report.seed if entry.report else None


def _claims_of(entry: Entry) -> frozenset[str]:
    return entry.parsed.refers.own_claims if entry.parsed.refers else frozenset()


def _moved_of(entry: Entry) -> Report | None:
    return entry.report if entry.report and entry.report.was else None


def _is_current(entry: Entry, path: str, snapshot: Snapshot) -> bool:
    if entry.file != snapshot.files[path].sha256:
        return False
    report = entry.parsed.report
    if report is None:
        return True
    seed = snapshot.files.get(f"seeds/{report.seed}")
    if (seed.sha256 if seed else None) != (entry.seed_file and entry.seed_file[1]):
        return False
    if not (snapshot.originals or entry.original_file or any(entry.other_files)):
        return True
    found = _key(_find_original(report, snapshot)), tuple(map(_key, _find_others(report, snapshot)))
    return found == (entry.original_file, entry.other_files)


def _read_entry(path: str, snapshot: Snapshot, last: Entry | None) -> Entry:
    """Read one report and its texts. What `last` holds of files that did not change is taken from there."""
    file = snapshot.files[path]
    parsed = last.parsed if last and last.file == file.sha256 else parse_report_file(file)
    report = parsed.report
    seed_file = snapshot.files.get(f"seeds/{report.seed}") if report else None
    original_file = _find_original(report, snapshot) if report else None
    other_files = _find_others(report, snapshot) if report else ()
    keys = _key(seed_file), _key(original_file), tuple(map(_key, other_files))
    if last and last.texts_of == keys:
        seed, original, others, problems = last.seed, last.original, last.others, last.problems
    else:
        seed, original, others, problems = _read_texts(seed_file, original_file, other_files)
    return Entry(
        file=file.sha256,
        seed_file=_key(seed_file),
        original_file=_key(original_file),
        other_files=keys[2],
        parsed=parsed,
        seed=seed,
        original=original,
        others=others,
        problems=problems,
        within=_is_within(parsed.refers, seed, original),
    )


def _find_original(report: Report, snapshot: Snapshot) -> SourceFile | None:
    return snapshot.originals.get(report.original.sha256) if report.original else None


def _find_others(report: Report, snapshot: Snapshot) -> tuple[SourceFile | None, ...]:
    return tuple(snapshot.originals.get(ref.sha256) for ref in report.originals)


def _key(file: SourceFile | None) -> Key | None:
    return (file.path, file.sha256) if file else None


def _is_within(refers: References | None, seed: SourceText | None, original: SourceText | None) -> bool:
    """Return whether all paragraphs that a report names are there; True where they cannot be counted."""
    if refers is None or seed is None:
        return True
    last = refers.last_paragraph, refers.last_original_paragraph
    return last[0] <= len(seed.paragraphs) and (original is None or last[1] <= len(original.paragraphs))


def _read_texts(
    seed_file: SourceFile | None, original_file: SourceFile | None, other_files: Sequence[SourceFile | None]
) -> tuple[SourceText | None, SourceText | None, tuple[SourceText | None, ...], tuple[Problem, ...]]:
    problems: list[Problem] = list(warn_of_unwanted(seed_file.path, seed_file.data)) if seed_file else []

    def attempt(file: SourceFile | None, read: Callable[[SourceFile], SourceText]) -> SourceText | None:
        try:
            return read(file) if file else None
        except UnreadableText as error:
            problems.append(error.problem)
            return None

    seed = attempt(seed_file, _read_seed)
    original, *others = (
        attempt(file, lambda file: read_original(file.path, file.data)) for file in (original_file, *other_files)
    )
    return seed, original, tuple(others), tuple(problems)


def _read_seed(file: SourceFile) -> SourceText:
    if kind := foreign_kind(file.data):
        hint = "put the article's text there as UTF-8; `dossier intake` takes it out of a saved page"
        raise UnreadableText(
            Problem(message=f"the file is {kind}, not text", file=file.path, line=1, column=1, hint=hint)
        )
    if conflict := find_conflict(file.data.decode("utf-8", "replace")):
        line, message, hint = conflict
        raise UnreadableText(Problem(message=message, file=file.path, line=line, column=1, hint=hint))
    return read_text(file.path, file.data, noise=False)
