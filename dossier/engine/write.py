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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dossier.engine.manifest import file_of
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

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # linux/fs.h


class Staging:
    """A folder being filled; nothing in it is seen until it takes the old one's place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: set[Path] = set()

    def write(self, address: str, data: bytes) -> None:
        """Write one file by its address."""
        self._prepare(address).write_bytes(data)

    def take(self, address: str, folder: Path) -> None:
        """Take over one file from another folder by its address: linked, or copied where the file system cannot link."""
        path, known = self._prepare(address), folder / file_of(address)
        try:
            os.link(known, path, follow_symlinks=False)
        except OSError:
            shutil.copyfile(known, path, follow_symlinks=False)

    def _prepare(self, address: str) -> Path:
        path = self.folder / file_of(address)
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        return path


@contextmanager
def replacing(out: Path) -> Iterator[Staging]:
    """Yield a staging folder for `out`, which it replaces when the block ends well and leaves alone when it does not."""
    with in_words(out):
        check_replaceable(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with locked(out):
            _remove_leftovers(out)
            new = beside(out, "new")
            new.mkdir()
            try:
                yield Staging(new)
                flush(new)
                check_replaceable(out)  # somebody may have put a file there meanwhile
                _swap(new, out)
                flush_entry(out)
            finally:
                shutil.rmtree(new, ignore_errors=True)


@contextmanager
def replacing_file(out: Path, is_ours: Callable[[Path], bool], stale: tuple[Path, ...] = ()) -> Iterator[IO[bytes]]:
    """Yield a new file for `out`, which it replaces in one step when the block ends well.

    Raises OutputRefused where another hand's file is there. `stale` are files that tell of the old one and go before it does.
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

    Raises OutputRefused where a link leads out of `root`, and MachineError where it cannot be written; then nothing is left behind.
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
