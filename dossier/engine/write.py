"""Write files, all in one place: into a folder that is replaced whole or not at all.

A new folder is filled beside the old one and takes its place in one step, so that whoever reads the site, and whoever
kills the build, finds either the last site or the new one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Callable, Container, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from msgspec import Struct

from dossier.engine.manifest import digest, file_of
from dossier.engine.places import (
    PRIVATE,
    OutputRefused,
    beside,
    check_file,
    check_replaceable,
    in_words,
    locked,
    refuse_unless,
)
from dossier.engine.snapshot import Stamp, stamp_of

TWIN = "twin"  # the end of the name of the old folder, where it is kept
AT_FDCWD = -100
RENAME_EXCHANGE = 2  # linux/fs.h


class Former(Struct, frozen=True, kw_only=True):
    """The folder that is to be replaced, its files as they are known to be: SHA-256 and what the file system says of each, by path."""

    folder: Path
    digests: Mapping[str, str]
    stamps: Mapping[str, Stamp]


class Staging:
    """A folder being filled; nothing in it is seen until it takes the old one's place.

    Files that are as in the `former` folder are links to them, where the file system can link. `there` are the paths of those that
    the folder has already.
    """

    def __init__(self, folder: Path, former: Former | None = None, there: Set[str] = frozenset()) -> None:
        self.folder = folder
        self._former, self._there = former, there
        self._made = {""}  # folders by path, that itself among them

    def write(self, address: str, data: bytes) -> str:
        """Write one file by its address; return its SHA-256."""
        found, path = digest([data]), file_of(address)
        if self._former and self._former.digests.get(path) == found:
            self.take(path)
        else:
            target = self._prepare(path)
            if path in self._there:
                os.unlink(target)  # it is the former folder's as well: never written into
            with open(target, "xb") as file:
                file.write(data)
        return found

    def take(self, path: str) -> str:
        """Have a file of the former folder here too, by its path: linked, or copied where the file system cannot link.

        Return its SHA-256.
        """
        assert self._former, "nothing can be taken from nowhere"
        if path not in self._there:
            self._link(path, self._former)
        return self._former.digests[path]

    def untouched(self, digests: Mapping[str, str]) -> dict[str, Stamp]:
        """Return what the file system says of the files that were here before and are as they were. `digests` are of all that is here."""
        if not self._former:
            return {}
        before, stamps = self._former.digests, self._former.stamps
        return {path: stamps[path] for path in self._there if path in digests and digests[path] == before.get(path)}

    def leave_only(self, paths: Container[str]) -> None:
        """Remove what was there before and is none of these."""
        for path in sorted(path for path in self._there if path not in paths):
            target = self.folder / path
            target.unlink()
            with suppress(OSError):  # until one holds something
                for folder in target.relative_to(self.folder).parents[:-1]:
                    (self.folder / folder).rmdir()

    def _link(self, path: str, former: Former) -> None:
        target, known = self._prepare(path), os.path.join(former.folder, path)
        try:
            os.link(known, target, follow_symlinks=False)
        except FileExistsError:  # written twice: a copy would be written into whatever the first is a link to
            raise
        except OSError:
            shutil.copyfile(known, target, follow_symlinks=False)

    def _prepare(self, path: str) -> str:
        self._make(path.rpartition("/")[0])
        return os.path.join(self.folder, path)

    def _make(self, folder: str) -> None:
        """Make a folder, and first the one that it is in."""
        if folder not in self._made:
            self._make(folder.rpartition("/")[0])
            with suppress(FileExistsError):  # another process made it, or it is of the former build
                os.mkdir(os.path.join(self.folder, folder))
            self._made.add(folder)


@contextmanager
def replacing(out: Path, former: Former | None = None, *, twin: bool = False) -> Iterator[Staging]:
    """Yield a staging folder for `out`, which it replaces when the block ends well and leaves alone when it does not.

    With `twin` the old folder stays beside the new one, hidden, and is what the next is filled in: making and removing
    thousands of folders costs more than all else that a small change does.
    """
    with in_words(out):
        if former is None:  # else it is known
            check_replaceable(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with locked(out):
            _remove_leftovers(out)
            new, old = beside(out, "new"), beside(out, TWIN)
            try:
                yield Staging(new, former, _begin(new, old, former))
                flush(new)
                check_replaceable(out)  # somebody may have put a file there meanwhile
                _swap(new, out)
                flush_entry(out)
                if twin and new.exists():
                    new.rename(old)
            finally:
                shutil.rmtree(new, ignore_errors=True)


def _begin(new: Path, twin: Path, former: Former | None) -> Set[str]:
    """Begin a new folder; return the paths of what the twin, where there is one, has of the former folder."""
    if refuse_unless(twin, stat.S_ISDIR):
        twin.rename(new)
        there: set[str] = set()
        if former:
            with suppress(OSError):
                _settle(os.fspath(new), "", {path: stamp[-2:] for path, stamp in former.stamps.items()}, there)
                return there
        shutil.rmtree(new)
    new.mkdir()
    return frozenset()


def _settle(folder: str, name: str, inodes: Mapping[str, Stamp], there: set[str]) -> bool:
    """Remove all that is not the very file of that path; return whether anything is left. Nothing is believed of what is here."""
    with os.scandir(folder) as found:
        entries = list(found)
    left = False
    for entry in entries:
        path = f"{name}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if _settle(entry.path, f"{path}/", inodes, there):
                left = True
            else:
                os.rmdir(entry.path)
        elif stamp_of(entry.stat(follow_symlinks=False))[-2:] == inodes.get(path):
            there.add(path)
            left = True
        else:
            os.unlink(entry.path)
    return left


@contextmanager
def replacing_file(out: Path, is_ours: Callable[[Path], bool], stale: tuple[Path, ...] = ()) -> Iterator[IO[bytes]]:
    """Yield a new file for `out`, which it replaces in one step when the block ends well.

    Raise OutputRefused where another hand's file is there. `stale` are files that tell of the old one and go before it does.
    """
    with in_words(out):
        check_file(out, is_ours)
        out.parent.mkdir(parents=True, exist_ok=True)
        with locked(out):
            new = beside(out, "new")
            if refuse_unless(new, stat.S_ISREG):
                new.unlink()
            try:
                with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | PRIVATE, 0o666), "wb") as file:
                    yield file
                    file.flush()
                    os.fsync(file.fileno())
                check_file(out, is_ours)
                for path in stale:
                    path.unlink(missing_ok=True)
                new.replace(out)
                flush_entry(out)
            finally:
                new.unlink(missing_ok=True)


def _remove_leftovers(out: Path) -> None:
    """Remove what a killed build left; where it died between two renames, put the last site back."""
    old, new = beside(out, "old"), beside(out, "new")
    if refuse_unless(old, stat.S_ISDIR) and not out.exists():
        old.rename(out)
    for left in (old, new):
        if refuse_unless(left, stat.S_ISDIR):
            shutil.rmtree(left)


def flush(folder: Path) -> None:
    """Wait until what was written into a folder is on the disk: a swap must never outlive its files in a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(descriptor):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    except AttributeError:  # not Linux, or a C library without it
        os.sync()
    finally:
        os.close(descriptor)


def flush_entry(path: Path) -> None:
    """Wait until the name of a file or folder is on the disk."""
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _swap(new: Path, out: Path) -> None:
    """Put `new` in the place of `out`: in one step where the system can exchange two folders, else in two renames."""
    if not out.exists():
        new.rename(out)
    elif not _exchange(new, out):
        old = beside(out, "old")
        out.rename(old)
        new.rename(out)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(new: Path, out: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):  # not Linux, or a C library without it
        return False
    if renameat2(AT_FDCWD, os.fsencode(new), AT_FDCWD, os.fsencode(out), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):  # a kernel or file system that cannot
        return False
    raise OSError(code, os.strerror(code), str(out))


def create(root: Path, name: str, data: bytes) -> bool:
    """Write a new file below `root`, and its folder where there is none; return False where something is there, which stays as it is.

    Raise OutputRefused where a link leads out of `root`, and MachineError where it cannot be written; then nothing is left behind.
    """
    path = root / name
    with in_words(path):
        if not Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(root)):
            raise OutputRefused(f"{name}: a link leads out of the dossier here: remove it")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("xb") as file:
                try:
                    file.write(data)
                    file.flush()
                except OSError:
                    path.unlink(missing_ok=True)
                    raise
        except FileExistsError:
            return False
    return True
