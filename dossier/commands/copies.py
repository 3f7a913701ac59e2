"""A copy of a site as it lies there, a folder or a ZIP: its files by path, and what in it is no honest file.

Nothing is unpacked, no link is followed, nothing is waited for, and what is read is bounded before it is read.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct

from dossier.engine.manifest import CHUNK
from dossier.errors import WrongUse

MAX_FILES, MAX_DEPTH = 1_000_000, 64
# A ZIP may unpack to this many times its own size, and this many bytes more: texts come to ten times.
MAX_RATIO, MAX_MORE = 100, 256 * 1024**2
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
ENCRYPTED, DESCRIPTOR, UTF8 = 0x1, 0x8, 0x800  # bits of an entry's flags
LOCAL, CENTRAL, END, END64 = 30, 46, 22, 56 + 20  # bytes of a ZIP's headers without names
KINDS = {
    stat.S_IFLNK: "a link", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device", stat.S_IFDIR: "a folder",
}  # fmt: skip
_UNSAFE = re.compile(r"^(?:[/~]|[A-Za-z]:)|(?:^|/)\.{0,2}(?:/|$)|[\\\0-\x1f\x7f]")


class NotACopy(WrongUse):
    """What was named is no copy of a site that can be checked."""


class Fault(Struct, frozen=True, kw_only=True, order=True):
    """Something in a copy that is no honest file, and why."""

    path: str
    reason: str


class Copy(Struct, frozen=True, kw_only=True):
    """Ordinary files by path with their sizes in bytes, a file's bytes in pieces, and the faults."""

    files: Mapping[str, int]
    faults: tuple[Fault, ...]
    chunks: Callable[[str], Iterator[bytes]]


def read_folder(root: Path) -> Copy:
    """Look through a folder. Links are neither followed nor read."""
    files: dict[str, int] = {}
    faults: list[Fault] = []
    pending = [("", 0)]
    while pending:
        name, depth = pending.pop()
        for path, status in _entries(root, name, faults):
            if stat.S_ISREG(status.st_mode):
                files[path] = status.st_size
            elif not stat.S_ISDIR(status.st_mode):
                faults.append(Fault(path=path, reason=f"is {_kind(status.st_mode)}, not an ordinary file"))
            elif depth == MAX_DEPTH:
                faults.append(Fault(path=path, reason=f"lies deeper than {MAX_DEPTH} folders and is not looked into"))
            else:
                pending.append((path, depth + 1))
        if len(files) + len(faults) + len(pending) > MAX_FILES:
            raise NotACopy(f"{root} holds more than {MAX_FILES:,} files: it is no copy of a site")
    faults += _twins(files)
    return Copy(files=files, faults=tuple(sorted(faults)), chunks=lambda path: _chunks(root / path))


def _entries(root: Path, name: str, faults: list[Fault]) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(root / name) as entries:
            for entry in entries:
                yield f"{name}/{entry.name}" if name else entry.name, entry.stat(follow_symlinks=False)
    except OSError as error:
        faults.append(Fault(path=name, reason=f"cannot be looked into: {error.strerror or error}"))


def _kind(mode: int) -> str:
    return KINDS.get(stat.S_IFMT(mode), "something else")


def _chunks(path: Path) -> Iterator[bytes]:
    with open_ordinary(path) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def open_ordinary(path: Path, *, follow: bool = False) -> IO[bytes]:
    """Open an ordinary file without waiting. Raise OSError for anything else."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(mode := os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"it is {_kind(mode)}, not an ordinary file")
    return open(descriptor, "rb")


@contextmanager
def opened_zip(path: Path) -> Iterator[Copy]:
    """Look through a ZIP. Raise NotACopy where it cannot be read, or would unpack to far more than it is."""
    try:
        with open_ordinary(path, follow=True) as file, zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_sizes(path, entries)
            yield _as_copy(archive, entries, [*_structure(file, archive, entries), *_unsound(entries)])
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as error:
        raise NotACopy(f"{path} is no ZIP that can be read: {error}") from error
    except OSError as error:
        raise NotACopy(f"{path} cannot be read: {error.strerror or error}") from error


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    size, unpacked = path.stat().st_size, sum(entry.file_size for entry in entries)
    if len(entries) > MAX_FILES:
        raise NotACopy(f"{path} holds more than {MAX_FILES:,} files: it is no copy of a site")
    if unpacked > MAX_RATIO * size + MAX_MORE:
        raise NotACopy(f"{path} has {size:,} bytes and would unpack to {unpacked:,}: it is not read")


def _as_copy(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], faults: list[Fault]) -> Copy:
    plain = {entry.filename: entry for entry in entries if not _is_folder(entry) and _is_ordinary(entry)}
    tops = {name.partition("/")[0] for name in plain if name.endswith("/bagit.txt") and name.count("/") == 1}
    top = f"{tops.pop()}/" if len(tops) == 1 else ""
    inside = {_below(top, name): entry for name, entry in plain.items()}

    def chunks(path: str) -> Iterator[bytes]:
        with archive.open(inside[path]) as file:
            while chunk := file.read(CHUNK):
                yield chunk

    files = {path: entry.file_size for path, entry in inside.items()}
    return Copy(files=files, faults=tuple(sorted(set(faults))), chunks=chunks)


def _below(top: str, name: str) -> str:
    return name.removeprefix(top) if name.startswith(top) else f"../{name}"


def _mode(entry: zipfile.ZipInfo) -> int:
    return entry.external_attr >> 16 if entry.create_system == 3 else 0


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith("/")  # the library's own way fails for an empty name


def _is_ordinary(entry: zipfile.ZipInfo) -> bool:
    return stat.S_IFMT(_mode(entry)) in (0, stat.S_IFREG)


def _unsound(entries: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    """Yield what is wrong with single entries, and with names that stand more than once."""
    for entry in entries:
        for reason in _reasons(entry):
            yield Fault(path=entry.orig_filename, reason=reason)
    for name, number in Counter(entry.filename for entry in entries).items():
        if number > 1:
            yield Fault(path=name, reason=f"stands {number} times in the ZIP")
    yield from _twins(entry.filename for entry in entries)


def _reasons(entry: zipfile.ZipInfo) -> Iterator[str]:
    name = entry.orig_filename
    if _is_folder(entry):
        if entry.file_size or stat.S_IFMT(_mode(entry)) not in (0, stat.S_IFDIR):
            yield "is called a folder and is none"
        name = name.removesuffix("/")
    elif not _is_ordinary(entry):
        yield f"is {_kind(_mode(entry))}, not an ordinary file"
    if _UNSAFE.search(name):  # an empty one too
        yield "has a name that may lead out of the folder that it is unpacked to"
    if entry.flag_bits & ENCRYPTED:
        yield "is encrypted"
    if entry.compress_type not in METHODS:
        yield "is packed in a way that is not read here"


def _twins(names: Iterable[str]) -> Iterator[Fault]:
    """Yield names that some systems take for one: they differ by case or by Unicode's normal form."""
    seen: dict[str, str] = {}
    for name in names:
        first = seen.setdefault(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()), name)
        if first != name:
            yield Fault(path=name, reason=f"is the same name as {first!r} on many systems")


def _structure(file: IO[bytes], archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    """Yield bytes that belong to no file: before, between and behind the files of a ZIP."""
    position = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < position:
            raise NotACopy(f"{entry.orig_filename!r} lies over another file of the ZIP: it is not read")
        if entry.header_offset > position:
            yield Fault(path=entry.orig_filename, reason="has bytes before it that belong to no file")
        position, name = _look_at(file, entry)
        if name != _name_of(entry):
            yield Fault(path=entry.orig_filename, reason="has another name before its data than in the list of files")
    directory: int = archive.start_dir  # where the list of files begins
    if directory != position:
        yield Fault(
            path=entries[-1].orig_filename if entries else "", reason="has bytes behind it that belong to no file"
        )
    length = directory + sum(map(_listed_length, entries)) + END
    size = file.seek(0, os.SEEK_END)
    if size not in (length, length + END64):
        yield Fault(path="", reason="the ZIP has bytes behind its end, or in its list of files, that belong to no file")


def _look_at(file: IO[bytes], entry: zipfile.ZipInfo) -> tuple[int, bytes]:
    """Return where an entry ends, and its name as it stands before its data."""
    file.seek(entry.header_offset)
    length, extra = struct.unpack("<26xHH", file.read(LOCAL))
    name = file.read(length)
    return _behind_sums(file, entry, int(entry.header_offset + LOCAL + length + extra + entry.compress_size)), name


def _behind_sums(file: IO[bytes], entry: zipfile.ZipInfo, end: int) -> int:
    """Return where an entry ends with the sums that may follow its data."""
    if not entry.flag_bits & DESCRIPTOR:
        return end
    file.seek(end)
    follows = file.read(24)
    numbers = struct.pack("<L", entry.CRC)
    for start in (b"PK\x07\x08", b""):
        for size in ("<LL", "<QQ"):
            try:
                descriptor = start + numbers + struct.pack(size, entry.compress_size, entry.file_size)
            except struct.error:  # too large for the short form
                continue
            if follows.startswith(descriptor):
                return end + len(descriptor)
    return end


def _name_of(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & UTF8 else "cp437")


def _listed_length(entry: zipfile.ZipInfo) -> int:
    return CENTRAL + len(_name_of(entry)) + len(entry.extra) + len(entry.comment)
