"""Write files, all in one place: into a folder that is replaced whole or not at all.

A new folder is filled beside the old one and takes its place in one step, so that whoever reads the site, and whoever
kills the build, finds either the last site or the new one.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dossier.errors import MachineError, WrongUse

MARK = "dossier.json"  # what every built site holds: only such a folder is ever replaced
AT_FDCWD = -100
RENAME_EXCHANGE = 2  # linux/fs.h


class OutputRefused(WrongUse):
    """The output folder holds something else than a built site."""


def file_of(address: str) -> str:
    """Return the file of an address: `/reports/a/` is `reports/a/index.html`."""
    path = address.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


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
    """Yield a staging folder for `out`, which it replaces when the block ends well and leaves alone when it does not.

    Raises OutputRefused where `out` holds something else, MachineError where it cannot be written.
    """
    check_replaceable(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _remove_leftovers(out)
            new = out.parent / f".{out.name}.new"
            new.mkdir()
            try:
                yield Staging(new)
                _swap(new, out)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise MachineError(f"cannot write {out}: {error.strerror or error}") from error


@contextmanager
def replacing_file(out: Path) -> Iterator[IO[bytes]]:
    """Yield a new file for `out`, which it replaces in one step when the block ends well.

    Raises OutputRefused where `out` is a folder, MachineError where it cannot be written.
    """
    new = out.parent / f".{out.name}.{os.getpid()}"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.is_dir():
            raise OutputRefused(f"{out} is a folder: name a file with --out")
        try:
            with new.open("wb") as file:
                yield file
            new.replace(out)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise MachineError(f"cannot write {out}: {error.strerror or error}") from error


def check_replaceable(out: Path) -> None:
    """Refuse a folder that is neither new, nor empty, nor a built site: it would be deleted. Raises OutputRefused."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise OutputRefused(f"{out} is not a folder: name another with --out")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise OutputRefused(
            f"{out} holds something else than a built site and would be deleted: name another with --out"
        )


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Let one build at a time write into one folder; the lock goes with the process, however it ends."""
    path = out.parent / f".{out.name}.lock"
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = path.exists() and os.path.samestat(path.stat(), os.fstat(lock.fileno()))
        except BlockingIOError:
            held = False
        if not held:  # another build has it, or had it and removed it between our two steps
            raise MachineError(f"another build is writing {out}")
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _remove_leftovers(out: Path) -> None:
    """Remove what a killed build left; where it died between two renames, put the last site back."""
    old = out.parent / f".{out.name}.old"
    if old.is_dir() and not out.exists():
        old.rename(out)
    for left in (old, out.parent / f".{out.name}.new"):
        shutil.rmtree(left, ignore_errors=True)


def _swap(new: Path, out: Path) -> None:
    """Put `new` in the place of `out`: in one step where the system can exchange two folders, else in two renames."""
    if not out.exists():
        new.rename(out)
    elif not _exchange(new, out):
        old = out.parent / f".{out.name}.old"
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


def create(path: Path, data: bytes) -> bool:
    """Write a new file, and its folder where there is none; return False where something is there, which stays as it is.

    Raises MachineError where it cannot be written; then nothing is left behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"cannot write {path}: {error.strerror or error}") from error
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
    except OSError as error:
        raise MachineError(f"cannot write {path}: {error.strerror or error}") from error
    return True
