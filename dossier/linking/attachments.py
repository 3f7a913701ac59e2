"""Find pictures and attachments of `content/files/`: which of them texts show, and what is wrong with a file or with a link to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from dossier.content.findings import Finding
from dossier.content.model import Dossier, Report
from dossier.content.paths import FILES, KINDS, file_of
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot, SourceFile
from dossier.errors import nearest
from dossier.language.characters import printable, show
from dossier.language.markdown import links_and_pictures, own_file
from dossier.linking.entries import changed_pairs

# By ending, how a picture's bytes begin; a name that says what the bytes are not would be refused by browsers.
PICTURES: Mapping[str, bytes] = {
    "png": rb"\x89PNG\r\n\x1a\n", "jpg": rb"\xff\xd8\xff", "jpeg": rb"\xff\xd8\xff", "gif": rb"GIF8[79]a", "webp": rb"RIFF....WEBP",
    "avif": rb"....ftypavi[fs]",
}  # fmt: skip
# What readers may be given beside: nothing that a browser runs, as pages, vector pictures and scripts.
ATTACHMENTS = frozenset(
    {"pdf", "txt", "csv", "json", "zip", "docx", "xlsx", "odt", "ods", "mp3", "ogg", "mp4", "webm", "eml"}
)
LARGE = 2_000_000  # bytes of a picture
_is_name = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}").fullmatch
_may_mention = re.compile(r"files/|!\[").search


class FileLink(Struct, frozen=True):
    """A link to a file, or a picture, in a text: in which file, its address as written, where in the body, a picture's description."""

    file: str
    written: str
    place: tuple[int, int]
    description: str | None

    @property
    def name(self) -> str | None:
        """The file of `content/files/` that is meant; None of a picture elsewhere."""
        return own_file(self.written)


class _LinksOfReports(Struct, frozen=True):
    """Reports, and the links of those whose briefs name a file or picture."""

    reports: tuple[Report, ...]
    links: Mapping[str, tuple[FileLink, ...]]


def find_file_links(dossier: Dossier, memo: Memo) -> tuple[FileLink, ...]:
    """Return all that texts of the dossier say of files and pictures. Of reports only those that changed are asked."""
    of_reports = memo.revise("content/file-links", lambda last: _revise(last, dossier.reports))
    found = [link for links in of_reports.links.values() for link in links]
    for kind in KINDS:
        entries: Iterable[object] = () if kind == "reports" else getattr(dossier, kind)
        for entry in entries:
            found += _find_in(file_of(kind, entry.id), entry.body)  # type: ignore[attr-defined]
    return tuple(found)


def _revise(last: _LinksOfReports | None, reports: tuple[Report, ...]) -> _LinksOfReports:
    changed = changed_pairs(last.reports, reports) if last else None
    if last and changed == []:
        return last
    by_report = dict(last.links) if last and changed is not None else {}
    for _, before, _ in changed or ():
        by_report.pop(before.id, None)
    for report in reports if changed is None else [now for _, _, now in changed]:
        if links := _find_in(file_of("reports", report.id), report.body):
            by_report[report.id] = links
    return _LinksOfReports(reports, dict(sorted(by_report.items())))


def shown_files(links: Iterable[FileLink], snapshot: Snapshot) -> dict[str, SourceFile]:
    """Return the files of `content/files/` that are mentioned, by name."""
    names = sorted({link.name for link in links if link.name})
    return {name: snapshot.files[f"{FILES}{name}"] for name in names if f"{FILES}{name}" in snapshot.files}


def shown_by_drafts_alone(links: Sequence[FileLink], drafts: frozenset[str], snapshot: Snapshot) -> set[str]:
    """Return the paths of the files that are mentioned in files of `drafts` and nowhere else."""
    by_drafts, by_others = (
        {
            file.path
            for file in shown_files((link for link in links if (link.file in drafts) == is_draft), snapshot).values()
        }
        for is_draft in (True, False)
    )
    return by_drafts - by_others


def check_attachments(links: Iterable[FileLink], snapshot: Snapshot) -> Iterator[Finding]:
    """Find links to files that are not there, pictures that nobody described or that lie elsewhere, and files that cannot be published."""
    here = tuple(path.removeprefix(FILES) for path in snapshot.below(FILES))
    used = set()
    for link in links:
        used.add(link.name)
        for message, hint, is_error in _faults(link, here):
            yield Finding(link.file, (), message, hint, "error" if is_error else "warning", in_body=link.place)
    for name in here:
        yield from _check_file(snapshot.files[f"{FILES}{name}"], name, is_used=name in used)


def _faults(link: FileLink, here: tuple[str, ...]) -> Iterator[tuple[str, str, bool]]:
    """Yield what is wrong with a link, what to do, and whether it is an error."""
    name, description = link.name, link.description
    if name is None:
        if description is not None:
            message = f"the picture {show(link.written)} is shown as a link: pages load nothing from elsewhere"
            yield message, f"put the file into {FILES} and write ![what is to be seen](files/name.png)", False
        return
    if name not in here:
        yield (
            f"there is no file {show(FILES + name)}",
            printable(nearest(name, here)) or "put it there, or mend the name",
            True,
        )
    if description is not None and not description.strip():
        yield (
            "this picture has no description",
            "say between [ and ] what is to be seen: some readers only hear it",
            True,
        )
    if description is not None and _ending(name) not in PICTURES:
        yield (
            f"{show(name)} is no picture that pages show",
            f"write [words](files/{printable(name)}), or use {', '.join(PICTURES)}",
            True,
        )


def _check_file(file: SourceFile, name: str, *, is_used: bool) -> Iterator[Finding]:
    ending = _ending(name)
    if not _is_name(name):
        hint = "use lower-case Latin letters, digits, hyphens, underscores and dots, and no folders"
        yield Finding(file.path, (), f"{show(name)} cannot be the name of a file that is published", hint)
    elif ending not in PICTURES and ending not in ATTACHMENTS:
        hint = f"pictures are {', '.join(PICTURES)}, other files {', '.join(sorted(ATTACHMENTS))}"
        yield Finding(file.path, (), f"files that end with .{ending} are not published", hint)
    elif ending in PICTURES and not re.match(PICTURES[ending], file.data, re.DOTALL):
        yield Finding(
            file.path, (), f"the file is no {ending}, whatever its name says", "save it anew as a picture, or rename it"
        )
    elif not is_used:
        yield Finding(
            file.path, (), "no text shows this file", "write ![what is to be seen](files/…), or delete it", "warning"
        )
    elif ending in PICTURES and len(file.data) > LARGE:
        message = f"this picture has {len(file.data) / 1e6:.1f} MB"
        yield Finding(file.path, (), message, "make it smaller: many readers pay for each megabyte", "warning")


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _find_in(file: str, body: str) -> tuple[FileLink, ...]:
    if not _may_mention(body):
        return ()
    found = []
    for scheme, target, line, column, description in links_and_pictures(body):
        if description is not None or (not scheme and own_file(target)):
            found.append(FileLink(file, f"{scheme}:{target}" if scheme else target, (line, column), description))
    return tuple(found)
