"""Folders for a while, away from every dossier; what runs that were ended left is cleared by the next."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def temporary_folder(purpose: str) -> Iterator[Path]:
    """Make a new folder `dossier-<purpose>-…` that ends with the block. A lock on it, which ends with the process, says that it is in use."""
    prefix = f"dossier-{purpose}-"
    _clear_abandoned(prefix)
    folder, lock = _make_locked(prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _make_locked(prefix: str) -> tuple[Path, int]:
    while True:
        folder = tempfile.mkdtemp(prefix=prefix)
        with suppress(FileNotFoundError, BlockingIOError):  # another run cleared it before we had the lock
            lock = os.open(folder, DIRECTORY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.stat(folder), os.fstat(lock)):
                    return Path(folder), lock
            except OSError:
                os.close(lock)
                raise
            os.close(lock)


def _clear_abandoned(prefix: str) -> None:
    """Remove this user's folders of the prefix that no process holds."""
    with suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if entry.name.startswith(prefix):
                with suppress(OSError):
                    _clear(entry.path)


def _clear(path: str) -> None:
    status = os.lstat(path)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        return
    lock = os.open(path, DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path)
    finally:
        os.close(lock)
