"""Where the engine may write: never through a link, never over what another hand put there, one process at a time."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dossier.engine.manifest import ADDRESS, read_manifest
from dossier.errors import MachineError, WrongUse

MANIFEST = ADDRESS.lstrip("/")
SIGNATURES = (f"{MANIFEST}.minisig", f"{MANIFEST}.minisig.tsr")  # what signing leaves beside the manifest
MARK = "dossier.json"  # stands in the manifest of every built site
SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # come by themselves where a folder is looked at
LARGEST_MANIFEST = 256 * 1024 * 1024
PRIVATE = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


class OutputRefused(WrongUse):
    """What would be replaced or written is not ours."""


@contextmanager
def in_words(out: Path) -> Iterator[None]:
    """Say what the machine refused, as a MachineError."""
    try:
        yield
    except OSError as error:
        raise MachineError(f"cannot write {out}: {error.strerror or error}") from error


def beside(out: Path, end: str) -> Path:
    """Return a name of ours in the folder of `out`, hidden: `.public.lock`."""
    return out.parent / f".{out.name}.{end}"


def check_place(out: Path, root: Path, inputs: Sequence[str]) -> None:
    """Refuse an output among the inputs of `root`, around it, or behind a link below it."""
    real, target = Path(os.path.realpath(root)), Path(os.path.realpath(out))
    for name in inputs:
        folder = Path(os.path.realpath(real / name))
        if folder.is_relative_to(real) and target.is_relative_to(folder):
            raise OutputRefused(f"{out} lies in {name}/, which is read: name another with --out")
    if real.is_relative_to(target):
        raise OutputRefused(f"{out} holds the dossier itself: name another with --out")
    written = Path(os.path.abspath(out))
    for base in (Path(os.path.abspath(root)), real):
        if written.is_relative_to(base):
            steps = [base / path for path in written.relative_to(base).parents][:-1]
            if link := next((path for path in steps if path.is_symlink()), None):
                raise OutputRefused(f"{link} is a link: remove it, or name another output with --out")


def check_replaceable(out: Path) -> None:
    """Refuse a folder that is neither new, nor empty, nor a built site with nothing beside it: it would be deleted."""
    with in_words(out):
        _check_folder(out, kind_of(out))


def _check_folder(out: Path, kind: int | None) -> None:
    if kind is None:
        return
    if not stat.S_ISDIR(kind):
        raise OutputRefused(f"{out} is not a folder: name another with --out")
    listed = _listed(out)
    for name in _files(str(out), ""):
        if listed is None:
            raise OutputRefused(
                f"{out} holds something else than a built site and would be deleted: name another with --out"
            )
        if name not in listed and name.rpartition("/")[2] not in SYSTEM_FILES:
            raise OutputRefused(
                f"{out} holds {name!r}, which no build wrote, and would be deleted: move it away, or name another with --out"
            )


def _listed(out: Path) -> frozenset[str] | None:
    """Return the files of a built site by its own manifest; None where it is none."""
    kind = kind_of(out / MANIFEST)
    if kind is None or not stat.S_ISREG(kind) or (out / MANIFEST).stat().st_size > LARGEST_MANIFEST:
        return None
    try:
        listed = read_manifest((out / MANIFEST).read_bytes())
    except ValueError:
        return None
    return frozenset((*listed, MANIFEST, *SIGNATURES)) if MARK in listed else None


def _files(folder: str, name: str) -> Iterator[str]:
    """Yield all that is no folder below a folder, by path; links are not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{name}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{path}/")
            else:
                yield path


def check_file(out: Path, is_ours: Callable[[Path], bool]) -> None:
    """Refuse to replace a file that is neither new, nor empty, nor ours."""
    with in_words(out):
        kind = kind_of(out)
        if kind is None:
            return
        if stat.S_ISDIR(kind):
            raise OutputRefused(f"{out} is a folder: name a file with --out")
        if not stat.S_ISREG(kind):
            raise OutputRefused(f"{out} is no ordinary file: name another with --out")
        if out.stat().st_size and not is_ours(out):
            raise OutputRefused(f"{out} is something else and would be lost: name another with --out")


def kind_of(path: Path) -> int | None:
    """Return what stands at a path, links not followed; None where nothing does."""
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def refuse_unless(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """Tell whether something of ours stands at a path. Refuse it where it is of another kind: a link, a pipe."""
    kind = kind_of(path)
    if kind is not None and not is_kind(kind):
        raise OutputRefused(f"{path} is in the way and is not ours: remove it")
    return kind is not None


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Let one process at a time write `out`; the lock goes with the process, however it ends.

    Raise MachineError where another has it. The lock's file is neither followed nor written into.
    """
    path = beside(out, "lock")
    refuse_unless(path, stat.S_ISREG)
    lock = os.open(path, os.O_RDWR | os.O_CREAT | PRIVATE, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = os.path.samestat(os.lstat(path), os.fstat(lock))
        except (BlockingIOError, FileNotFoundError):
            held = False
        if not held:  # another has it, or had it and removed it between our two steps
            raise MachineError(f"another build is writing {out}")
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(lock)
