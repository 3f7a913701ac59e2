"""Build a dossier again and again, killed at a step that changes the disk: at some of those that write files, and at each of the last.

`python -m tests.site.killed ROOT [twin]` prints after each build a line: the step, and a digest of what stands in `ROOT/public`.
It is a process of its own, since it forks, and what forks may have no threads.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from dossier.commands import keeping
from dossier.commands.build import build_site
from dossier.commands.unchanged import Order
from dossier.engine import forks

STEPS = frozenset(("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.truncate", "ctypes.call_function"))
LAST, EVERY = 30, 8  # steps: the folder takes its place, and what is kept is written; before that files are
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def kill_at(last: int) -> Callable[[], int]:
    """Have this process kill itself before the `last`-th step from now on. Return what tells the steps so far."""
    steps = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if event in STEPS or writes:
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    return lambda: steps


def digest_of_folder(folder: Path) -> str:
    """A digest of all files in a folder with their paths."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(f"{path.relative_to(folder)}\0".encode() + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()


def build_killed(root: Path, step: int) -> int:
    """Build in a fork that ends at a step; return the steps that it made where it came to its own end, else 0."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        steps = kill_at(step)
        build(root)
        os.write(writing, str(steps()).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as told:
        steps_made = int(told.read() or 0)
    os.waitpid(process, 0)
    return steps_made


def build(root: Path) -> None:
    """Build, as the command does."""
    build_site(Order(root=root, out=root / "public", originals=None, url=None, search=False), lambda _: None)


def main(root: Path) -> None:
    """Print a line after each build."""
    forks.MAX_PROCESSES = 1  # it does all by itself then, in one order
    with tempfile.TemporaryDirectory() as folder:
        steps = build_killed(Path(shutil.copytree(root, Path(folder) / "root")), 0)
    for step in (*range(1, steps - LAST, EVERY), *range(steps - LAST, steps + 1)):
        build_killed(root, step)
        print(step, digest_of_folder(root / "public"), flush=True)
    print(steps + 1, build_killed(root, 0) and digest_of_folder(root / "public"))


if __name__ == "__main__":
    if sys.argv[2:] == ["twin"]:
        keeping.SMALL = 0
    main(Path(sys.argv[1]))
