"""Do the work of `intake`: a captured article becomes an original, a seed and the beginning of a report.

Nothing that is there is ever overwritten. What one file needs is decided before anything of it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from dossier.articles.article import NoteCode, Part
from dossier.articles.captures import TEXT, Capture, read_capture, unpack
from dossier.articles.leads import Leads, find_leads, notes_of
from dossier.articles.mentions import Names
from dossier.articles.source_text import UnreadableText, make_text
from dossier.commands.copies import open_ordinary
from dossier.commands.new import begin_dossier
from dossier.content.front_matter import near_id, refuse_id
from dossier.content.model import Actor, Report
from dossier.content.parsing import parse_dossier
from dossier.content.paths import file_of
from dossier.content.scaffold import NewFile, front_matter_of
from dossier.engine.snapshot import LARGEST_FILE, NO_TEXT, ORIGINALS, snapshot
from dossier.engine.write import create
from dossier.errors import Problem, WrongUse, reason_of
from dossier.linking.parts import compile_actor_names

WARNING = "the seed is the publisher's own text: write your own digest over it before you publish, or have leave to"
# Of how a file was read, what an editor should look at before anything else; all of it stands in the report.
TOLD: Mapping[NoteCode, str] = {
    "mended": "note: it had been read in a wrong encoding before it was saved, and was read anew ({})",
    "scanned-pages": "note: pages that are pictures without text: {}",
    "large-table": "note: a large table was left out ({} cells)",
    "digest-right": "the digest that the archive states is right: {}",
    "digest-wrong": "note: the digest that the archive states is not that of its bytes: {}",
    "attachments": "note: what is attached was not read: {}",
    "script-only": "note: the page shows its text by scripts; this is what it says of itself to machines",
    "cut": "note: the feed has a summary alone",
    "hidden-text": "note: the document holds hidden text",
}


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of one file: lines that say what was done, or why it was not."""

    file: str
    lines: tuple[str, ...]
    refused: bool = False


class _Dossier(Struct, frozen=True, kw_only=True):
    """What is there already. `originals` are paths below the root, by SHA-256."""

    root: Path
    actors: tuple[Actor, ...]
    names: Names
    reports: Mapping[str, str]
    originals: Mapping[str, str]


def take_in(root: Path, files: Sequence[Path], *, identity: str | None, today: str) -> Iterator[Outcome]:
    """Take files in, one after the other, and answer for each by itself. Raise WrongUse for one id and several files."""
    if identity is not None and len(files) > 1:
        raise WrongUse("--id names one report, and there are several files: take them in one by one")
    for file in files:
        try:
            yield from _take_all(root, file, identity, today)
        except (WrongUse, UnreadableText) as error:
            yield _refused(str(file), error)


def _take_all(root: Path, file: Path, identity: str | None, today: str) -> Iterator[Outcome]:
    """Take in a file, or each of the articles that it holds."""
    data = _read(file)
    parts = unpack(file.name, data)
    if parts is None:
        yield _take(root, str(file), Part(name=file.name, data=data), identity, today)
        return
    if not parts:
        raise WrongUse("the file holds no article")
    if identity is not None and len(parts) > 1:
        raise WrongUse(f"--id names one report, and the file holds {len(parts)} articles: leave it out")
    for part in parts:
        name = (
            f"{file.name.split('.')[0]}-{part.name}"
            if len(parts) > 1
            else f"{file.name.split('.')[0]}{Path(part.name).suffix}"
        )
        try:
            yield _take(root, f"{file}: {part.url or part.name}", replace(part, name=name), identity, today)
        except (WrongUse, UnreadableText) as error:
            yield _refused(f"{file}: {part.url or part.name}", error)


def _refused(file: str, error: WrongUse | UnreadableText) -> Outcome:
    said = _said(error.problem) if isinstance(error, UnreadableText) else str(error)
    return Outcome(file=file, lines=(said,), refused=True)


def _said(problem: Problem) -> str:
    place = f"{problem.line}:{problem.column}: " if problem.line else ""
    return f"{place}{problem.message} ({problem.hint})"


def _take(root: Path, shown: str, file: Part, identity: str | None, today: str) -> Outcome:
    digest = sha256(file.data).hexdigest()
    here = _look(root)
    if digest in here.reports:
        return Outcome(file=shown, lines=(f"taken in already: {here.reports[digest]}",))
    capture = _with_what_is_known(read_capture(file.name, file.data), file)
    if not capture.text.strip():
        raise WrongUse("the file holds no text: save the article's text into it")
    identity = identity or near_id(Path(file.name).stem) or f"article-{digest[:8]}"
    refuse_id("reports", identity)
    leads = find_leads(capture, make_text(file.name, digest, capture.text, noise=True), here.names)
    report = _begin_report(here, identity, file.name, digest, capture, leads, today)
    kept = here.originals.get(digest)
    original = NewFile(path=kept or f"{ORIGINALS}/{file.name}", data=file.data)
    seed = NewFile(path=f"seeds/{identity}.txt", data=capture.text.encode())
    lines = _write(root, (original, seed, report))
    create(root, f"{ORIGINALS}/.gitignore", b"*\n")  # originals are never published by mistake
    return Outcome(file=shown, lines=(*_told(capture, leads), *lines, *begin_dossier(root), *_next(identity)))


def _with_what_is_known(capture: Capture, file: Part) -> Capture:
    """Add what the archive or mailbox says of an article that lay in it."""
    return replace(
        capture,
        url=file.url or capture.url,
        captured=file.captured or capture.captured,
        notes=file.notes + capture.notes,
    )


def _read(file: Path) -> bytes:
    if NO_TEXT.search(file.name) or file.name.startswith((".", "#")) or file.name.endswith("~"):
        raise WrongUse("its name begins with . or #, ends with ~ or holds control characters: rename the file")
    try:
        with open_ordinary(file, follow=True) as opened:
            data = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise WrongUse(f"the file cannot be read: {reason_of(error)}") from None
    if len(data) > LARGEST_FILE:
        raise WrongUse(f"the file is larger than {LARGEST_FILE // 1024 // 1024} MB")
    return data


def _look(root: Path) -> _Dossier:
    """Read the dossier as it stands; problems of its files are for `check` to tell."""
    found = snapshot(root, root / ORIGINALS)
    dossier, _ = parse_dossier(found)
    return _Dossier(
        root=root,
        actors=dossier.actors,
        names=compile_actor_names(dossier.actors),
        reports={
            ref.sha256: file_of("reports", r.id)
            for r in dossier.reports
            for ref in (*r.originals, *([r.original] if r.original else []))
        },
        originals={digest: f"{ORIGINALS}/{file.path}" for digest, file in found.originals.items()},
    )


def _begin_report(
    here: _Dossier, identity: str, name: str, digest: str, capture: Capture, leads: Leads, today: str
) -> NewFile:
    labels = {actor.id: actor.name for actor in here.actors}
    original = {
        "sha256": digest,
        "file": name,
        "headline": leads.headline,
        "url": _address(capture),
        "captured": capture.captured,
    }
    values: dict[str, object] = {
        "title": leads.headline or identity,
        "seed": f"{identity}.txt",
        "added": today,
        "revised": today,
        "original": original,
    }
    text = front_matter_of(Report, values, notes_of(leads, capture, labels))
    return NewFile(path=file_of("reports", identity), data=text.encode())


def _address(capture: Capture) -> str | None:
    url = capture.url or ""
    return url if url.startswith(("https://", "http://")) and not any(c.isspace() for c in url) else None


def _write(root: Path, files: Sequence[NewFile]) -> tuple[str, ...]:
    """Write what is not there yet; all or nothing where something else is in its place."""
    there = {file.path: _bytes(root / file.path) for file in files}
    report = files[-1].path
    if there[report] is not None:
        raise WrongUse(f"{report} is there already: name another id with --id")
    for file in files:
        if there[file.path] not in (None, file.data):
            other = "rename the file" if file.path.startswith(f"{ORIGINALS}/") else "name another id with --id"
            raise WrongUse(f"{file.path} is there already and holds something else: {other}")
    lines = []
    for file in files:
        if there[file.path] is not None:
            lines.append(f"{file.path}: was there already, the same bytes")
        elif create(root, file.path, file.data):
            lines.append(f"{file.path}: written")
        else:
            raise WrongUse(f"{file.path} came into being meanwhile: run intake again")
    return tuple(lines)


def _bytes(path: Path) -> bytes | None:
    """Return what is there; None where nothing is. What is there and cannot be read counts as something else."""
    try:
        with open_ordinary(path, follow=True) as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return None
    except OSError:
        return b"\0"


def _told(capture: Capture, leads: Leads) -> Iterator[str]:
    what = capture.kind if capture.kind == TEXT else f"the article of {capture.kind}"
    length = f"{_count(len(leads.source.paragraphs), 'paragraph')}, {_count(len(capture.text), 'character')}"
    yield f"{what} in {capture.encoding}: {length}" if capture.encoding else f"{what}: {length}"
    yield from (TOLD[note.code].format(note.value) for note in capture.notes if note.code in TOLD)
    yield f"headline: {leads.headline}" if leads.headline else "no headline found: the title is the id for now"
    noise = sum(noise.reason != "repeated" for noise in leads.source.noise)
    found = (
        _count(len(leads.dates), "phrase", "of time"),
        _count(noise, "piece", "of noise"),
        _count(len(leads.actors), "actor", "of the dossier"),
        _count(len(leads.strangers), "name", "without a page"),
        _count(len(leads.defects), "fault", "of the capture"),
    )
    yield f"found, and written into the report as comments: {', '.join(found)}"


def _count(number: int, noun: str, of: str = "") -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'} {of}".rstrip()


def _next(identity: str) -> Iterator[str]:
    yield f"note: {WARNING}"
    yield f"next: read {file_of('reports', identity)}, write its title, then `dossier check`"
