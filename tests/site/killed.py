"""Build a dossier again and again, killed at the first step that changes the disk, at the second, and so on to the last.

`python -m tests.site.killed ROOT` prints after each build a line: the step, and a digest of what stands in `ROOT/public`.
It is a process of its own, since it forks, and what forks may have no threads.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from pathlib import Path

from dossier.commands.build import build_site
from dossier.commands.unchanged import Order

STEPS = frozenset(("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.truncate", "ctypes.call_function"))
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def kill_at(last: int) -> None:
    """Have this process kill itself before the `last`-th step from now on."""
    steps = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if event in STEPS or writes:
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def digest_of_folder(folder: Path) -> str:
    """A digest of all files in a folder with their paths."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(f"{path.relative_to(folder)}\0".encode() + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()


def build_killed(root: Path, step: int) -> bool:
    """Build in a fork that ends at a step; tell whether it came to its own end."""
    process = os.fork()
    if not process:
        kill_at(step)
        build(root)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0


def build(root: Path) -> None:
    """Build, as the command does."""
    build_site(Order(root=root, out=root / "public", originals=None, url=None, search=False), lambda _: None)


def main(root: Path) -> None:
    """Print a line after each build."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # it does all by itself then, in one order
    well, step = False, 0
    while not well:
        step += 1
        well = build_killed(root, step)
        print(step, digest_of_folder(root / "public"), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
