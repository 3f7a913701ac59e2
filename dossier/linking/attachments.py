"""Find pictures and attachments of `content/files/`: which of them texts show, and what is wrong with a file or with its mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from dossier.content.findings import Finding
from dossier.content.model import Dossier
from dossier.content.paths import FILES, KINDS, file_of
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot, SourceFile
from dossier.errors import nearest
from dossier.language.characters import printable, show
from dossier.language.markdown import links_and_pictures, own_file

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

Mention = tuple[
    str, int, int, str | None
]  # address as written, its line and column in the body, a picture's description


def shown_files(dossier: Dossier, snapshot: Snapshot, memo: Memo) -> dict[str, SourceFile]:
    """Return the files of `content/files/` that texts of the dossier show or link to, by name."""
    names = {
        name for _, body in _bodies(dossier) for mention in _mentions(body, memo) if (name := own_file(mention[0]))
    }
    return {name: snapshot.files[f"{FILES}{name}"] for name in sorted(names) if f"{FILES}{name}" in snapshot.files}


def check_attachments(dossier: Dossier, snapshot: Snapshot, memo: Memo) -> Iterator[Finding]:
    """Find mentions of files that are not there, pictures that nobody described or that lie elsewhere, and files that cannot be published."""
    here = tuple(path.removeprefix(FILES) for path in snapshot.below(FILES))
    used = set()
    for file, body in _bodies(dossier):
        for written, line, column, description in _mentions(body, memo):
            name = own_file(written)
            used.add(name)
            for message, hint, severity in _faults(written, name, description, here):
                yield Finding(file, (), message, hint, "error" if severity else "warning", in_body=(line, column))
    for name in here:
        yield from _check_file(snapshot.files[f"{FILES}{name}"], name, is_used=name in used)


def _faults(
    written: str, name: str | None, description: str | None, here: tuple[str, ...]
) -> Iterator[tuple[str, str, bool]]:
    """Yield what is wrong with a mention, what to do, and whether it is an error."""
    if name is None:
        if description is not None:
            message = f"the picture {show(written)} is shown as a link: pages load nothing from elsewhere"
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


def _bodies(dossier: Dossier) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        entries: Iterable[object] = getattr(dossier, kind)
        yield from ((file_of(kind, entry.id), entry.body) for entry in entries)  # type: ignore[attr-defined]


def _mentions(body: str, memo: Memo) -> tuple[Mention, ...]:
    """Return what a body says of files and pictures."""
    if not _may_mention(body):
        return ()
    return memo.get("content/mentioned", body, lambda: tuple(_find_mentions(body)))


def _find_mentions(body: str) -> Iterator[Mention]:
    for scheme, target, line, column, description in links_and_pictures(body):
        written = f"{scheme}:{target}" if scheme else target
        if description is not None or (not scheme and own_file(target)):
            yield written, line, column, description
