"""Read the inputs, all in one place: walk a dossier's folders and return every file's bytes and SHA-256.

What is read is `content/`, `seeds/` (never `seeds/originals/`) and `templates/`; originals come from a folder of their
own and only when one is given. A link may lead to another file of the dossier, never out of it.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from dossier.errors import MachineError, Problem, in_order, reason_of

INPUTS = ("content", "seeds", "templates")
DATA = ("content", "seeds")  # what is read where nobody trusts the templates
ORIGINALS = "seeds/originals"
LARGEST_FILE = 64 * 1024 * 1024
# What one dossier may hold in all, far more than any has: beyond it reading ends with an error.
MAX_FILES, MAX_BYTES, MAX_DEPTH = 200_000, 2 * 1024**3, 32
# A file changed within this time of being read may change again without its times changing: it is read anew next time.
# Two seconds is the coarsest clock of a file system in use (FAT); git calls such entries "racily clean".
RACY_NS = 2_000_000_000

# Control characters, line ends, bidi embeddings and bytes that are no UTF-8: no name that people read may hold them.
NO_TEXT = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")

Stamp = tuple[int, ...]


class SourceFile(Struct, frozen=True, eq=False):
    """One file as it was read. `path` is relative to its root, with slashes; `sha256` is in lower-case hexadecimal.

    `stamp` is what the file system said of the file, None where it was too fresh to be relied on. `content` is None where
    an earlier run read the file, which is as it was; then it stands at `place`.
    """

    path: str
    content: bytes | None
    sha256: str
    size: int
    stamp: Stamp | None = None
    place: str = ""

    def __eq__(self, other: object) -> bool:
        """Tell whether it is the same file with the same bytes, whenever it was read."""
        return isinstance(other, SourceFile) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[str, str]:
        return self.path, self.sha256

    @property
    def data(self) -> bytes:
        """The file's bytes. Raise MachineError where they have to be read again and are others by now."""
        if self.content is not None:
            return self.content
        try:
            data, _ = _read_bytes(self.place)
        except OSError as error:
            raise MachineError(f"cannot read {self.path}: {reason_of(error)}") from error
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise MachineError(f"{self.path} was changed while the dossier was read: try again")
        return data

    def without_content(self) -> SourceFile:
        """Return the same to be kept for another run."""
        return self if self.content is None else replace(self, content=None)


class Snapshot(Struct, frozen=True, kw_only=True):
    """All inputs at one moment. `files` is by path, in order of path; `originals` by SHA-256, whatever their names.

    `problems` are files that could not be taken up: links out of the dossier, unreadable files, devices. `linked` says
    whether links were followed, so that one file may stand under several paths. `folders` are those that were read.
    """

    files: Mapping[str, SourceFile]
    originals: Mapping[str, SourceFile] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    linked: bool = False
    folders: tuple[str, ...] = INPUTS

    def below(self, folder: str) -> tuple[str, ...]:
        """Return the paths of the files below a folder, which is given with its last slash, in order."""
        paths = list(self.files)
        return tuple(paths[bisect_left(paths, folder) : bisect_left(paths, f"{folder}\U0010ffff")])

    def with_files(self, files: Mapping[str, bytes | None]) -> Snapshot:
        """Return the same with files that are on no disk yet in their places, by path; without those of None."""
        kept = {path: file for path, file in self.files.items() if path not in files}
        made = {path: _make(path, data) for path, data in files.items() if data is not None}
        return replace(self, files=dict(sorted((kept | made).items())))

    def without_content(self) -> Snapshot:
        """Return what was taken up, without the bytes: to be kept for another run."""
        return Snapshot(
            files={path: file.without_content() for path, file in self.files.items()},
            originals={digest: file.without_content() for digest, file in self.originals.items()},
            folders=self.folders,
        )


def snapshot(
    root: Path,
    originals: Path | None = None,
    previous: Snapshot | None = None,
    folders: tuple[str, ...] = INPUTS,
) -> Snapshot:
    """Read a dossier. Files that the file system calls unchanged since `previous` are not opened again.

    `originals` is a folder whose files are taken up as originals; a missing one holds none. Never raises for what it
    finds: what cannot be read is in `problems`.
    """
    problems: list[Problem] = []
    known = previous.files if previous else {}
    reader = _Reader(os.path.realpath(root), known, problems.append)
    found = sorted(_bounded(reader.read_all(*folders), problems.append), key=lambda file: file.path)
    return Snapshot(
        files={file.path: file for file in found},
        originals=_read_originals(originals, previous, problems.append),
        problems=in_order(problems),
        linked=bool(reader.links),
        folders=folders,
    )


def refresh(previous: Snapshot, root: Path, paths: Iterable[str]) -> Snapshot | None:
    """Read some files of a snapshot anew, by path below the root.

    Return None where only `snapshot` can tell what is there now: where a folder came or went, where links or problems are
    about, and for originals.
    """
    if previous.linked or previous.problems:
        return None
    problems: list[Problem] = []
    reader = _Reader(os.path.realpath(root), {}, problems.append)
    files = dict(previous.files)
    for path in sorted({path for path in paths if is_input(path, previous.folders)}):
        if f"{path}/".startswith(f"{ORIGINALS}/"):
            return None
        found = reader.read_one(path)
        if found is not None:
            files[path] = found
        elif not reader.is_gone(path) or any(other.startswith(f"{path}/") for other in files):
            return None
        else:
            files.pop(path, None)
    if problems:
        return None
    ordered = files if files.keys() <= previous.files.keys() else dict(sorted(files.items()))
    return Snapshot(files=ordered, originals=previous.originals, folders=previous.folders)


def is_input(path: str, folders: tuple[str, ...] = INPUTS) -> bool:
    """Whether a file of that path, relative to a dossier's root, would be read: by its name alone."""
    parts = path.split("/")
    return parts[0] in folders and not any(map(_is_hidden, parts))


def read_templates(folder: Path) -> dict[str, bytes]:
    """Return the project's own templates and assets, by path below `folder`. Raise OSError."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.name))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def make_snapshot(files: Mapping[str, bytes | str], originals: Mapping[str, bytes] | None = None) -> Snapshot:
    """Make a snapshot of files that are on no disk: by path, bytes or text."""
    pairs = {path: data.encode() if isinstance(data, str) else data for path, data in sorted(files.items())}
    taken = [_make(path, data) for path, data in sorted((originals or {}).items())]
    return Snapshot(
        files={path: _make(path, data) for path, data in pairs.items()},
        originals={file.sha256: file for file in reversed(taken)},
    )


def _make(path: str, data: bytes, stamp: Stamp | None = None, place: str = "") -> SourceFile:
    return SourceFile(path, data, hashlib.sha256(data).hexdigest(), len(data), stamp, place)


def _read_bytes(place: str) -> tuple[bytes, Stamp | None]:
    """Return the bytes of an ordinary file, and what the file system says of it, None where it may still be changing."""
    began = time.time_ns()
    # O_NONBLOCK: opening a named pipe must not wait for somebody to write into it.
    descriptor = os.open(place, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise OSError("it is no ordinary file")
        if before.st_size > LARGEST_FILE:
            raise OSError(f"it is larger than {LARGEST_FILE // 1024 // 1024} MB")
        data = file.read(LARGEST_FILE + 1)
        after = os.fstat(descriptor)
    settled = max(after.st_mtime_ns, after.st_ctime_ns) < began - RACY_NS and stamp_of(before) == stamp_of(after)
    return data, stamp_of(after) if settled else None


def _bounded(files: Iterable[SourceFile], report: Callable[[Problem], None]) -> Iterator[SourceFile]:
    """Files as they come, until they are more than one dossier may hold; that is a problem."""
    size = 0
    for number, file in enumerate(files, 1):
        size += file.size
        if number > MAX_FILES or size > MAX_BYTES:
            message = (
                f"with this file there are more than {MAX_FILES:,} files or {MAX_BYTES // 1024**2:,} MB in the dossier"
            )
            report(Problem(message=message, file=file.path, hint="keep in its folders only what belongs to it"))
            return
        yield file


class HeldOriginals(Mapping[str, SourceFile]):
    """The files under a folder of originals by SHA-256, to be compared and not taken up: nothing is read before it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._reader = _Reader(os.path.realpath(folder), {}, lambda _: None, everything=True)

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {file.sha256: file.path for file in self._reader.read_all("")}

    def __getitem__(self, digest: str) -> SourceFile:
        file = self._reader.read_one(self._paths[digest])
        if file is None or file.sha256 != digest:
            raise KeyError(digest)
        return file

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _read_originals(
    folder: Path | None, previous: Snapshot | None, report: Callable[[Problem], None]
) -> Mapping[str, SourceFile]:
    """Every file under the folder by its hash; of two with one, the first by path. Links out of it are passed over."""
    if folder is None:
        return {}
    known = {file.path: file for file in previous.originals.values()} if previous else {}
    reader = _Reader(os.path.realpath(folder), known, lambda _: None, everything=True)
    found = sorted(_bounded(reader.read_all(""), report), key=lambda file: file.path)
    return {file.sha256: file for file in reversed(found)}


class _Reader(Struct, frozen=True):
    """What reads below one root (a real path). `before` holds files read earlier; with `everything`, hidden ones too."""

    root: str
    before: Mapping[str, SourceFile]
    report: Callable[[Problem], None]
    everything: bool = False
    links: list[str] = field(default_factory=list)
    _folders: set[str] = field(default_factory=set)  # real paths: each is read once, however many links lead there
    _behind_links: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def read_all(self, *names: str) -> Iterator[SourceFile]:
        """Yield the files below some folders of the root, in no order; folders behind links last, by path."""
        for name in names:
            yield from self.read_folder(name)
        while self._behind_links:
            first = min(self._behind_links)
            self._behind_links.remove(first)
            yield from self._read_tree(*first)

    def read_one(self, path: str) -> SourceFile | None:
        """Read an ordinary file that no link leads to; return None for all else."""
        real = os.path.join(self.root, path)
        if NO_TEXT.search(path) or os.path.realpath(real) != real or not os.path.isfile(real):
            return None
        return next(self._read_file(path, real, lambda: os.stat(real)), None)

    def is_gone(self, path: str) -> bool:
        """Tell whether nothing is there any more."""
        return not os.path.lexists(os.path.join(self.root, path))

    def read_folder(self, name: str) -> Iterator[SourceFile]:
        """Yield the files below one folder of the root, in no order."""
        folder = os.path.join(self.root, name) if name else self.root
        if os.path.islink(folder):
            yield from self._follow(name, folder, ())
        elif os.path.isdir(folder):
            yield from self._read_tree(name, folder, (folder,))

    def _read_tree(self, name: str, folder: str, inside: tuple[str, ...]) -> Iterator[SourceFile]:
        """`inside` are the real paths of the folders that lead here, so that a circle of links ends."""
        if len(inside) > MAX_DEPTH:
            self._refuse(name, f"folders are nested deeper than {MAX_DEPTH} levels")
            return
        if folder in self._folders:
            self._refuse(name, "is a link to a folder that is read already", "remove the link")
            return
        self._folders.add(folder)
        try:
            entries = os.scandir(folder)
        except OSError as error:
            self._refuse(name, f"the folder cannot be read: {reason_of(error)}")
            return
        with entries:
            for entry in entries:
                if not self.everything and _is_hidden(entry.name):
                    continue
                path = f"{name}/{entry.name}" if name else entry.name
                if NO_TEXT.search(entry.name):
                    self._refuse(path, "the file's name holds characters that are no text", "rename the file")
                elif entry.is_symlink():
                    yield from self._follow(path, entry.path, inside)
                elif entry.is_dir():
                    if self.everything or path != ORIGINALS:
                        yield from self._read_tree(path, entry.path, (*inside, entry.path))
                else:
                    yield from self._read_file(path, entry.path, entry.stat)

    def _follow(self, path: str, link: str, inside: tuple[str, ...]) -> Iterator[SourceFile]:
        self.links.append(path)
        target = os.path.realpath(link)
        if not self._may_read(target):
            self._refuse(path, "is a link that leads out of the dossier", "put a copy of the file here instead")
        elif os.path.isdir(target):
            if target in inside:
                self._refuse(path, "is a link to a folder that it lies in", "remove the link")
            elif path != ORIGINALS:
                self._behind_links.append((path, target, (*inside, target)))
        elif os.path.exists(target):
            yield from self._read_file(path, target, lambda: os.stat(target))
        else:
            self._refuse(path, "is a link to a file that is not there", "remove the link or mend it")

    def _may_read(self, target: str) -> bool:
        """Tell whether a link may lead there: below the root, in nothing hidden, and not to the originals."""
        if not target.startswith(self.root + os.sep):
            return False
        below = target[len(self.root) + 1 :].replace(os.sep, "/")
        hidden = any(part.startswith(".") for part in below.split("/"))
        return self.everything or not (hidden or f"{below}/".startswith(f"{ORIGINALS}/"))

    def _read_file(self, path: str, real: str, status: Callable[[], os.stat_result]) -> Iterator[SourceFile]:
        read = self.before.get(path)
        try:
            if read is not None and read.stamp is not None and read.stamp == stamp_of(status()):
                yield read if read.place == real else replace(read, place=real)
            else:
                yield _make(path, *_read_bytes(real), place=real)
        except FileNotFoundError:
            return  # deleted since the folder was listed: as if it had never been there
        except OSError as error:
            self._refuse(path, f"the file cannot be read: {reason_of(error)}")

    def _refuse(self, path: str, message: str, hint: str = "") -> None:
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        shown = NO_TEXT.sub(lambda c: f"\\u{ord(c[0]):04x}", shown)
        self.report(Problem(message=message, file=shown, hint=hint))


def _is_hidden(name: str) -> bool:
    """Tell whether a name is an editor's or system's own: hidden, a backup, a lock."""
    return name.startswith((".", "#")) or name.endswith("~")


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what tells whether a file is another: times in ns, size, inode, device."""
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev)
