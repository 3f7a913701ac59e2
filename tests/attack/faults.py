"""Faults of the machine, again and again: kills at chosen writes, a full disk, folders that may not be written, few descriptors, little memory.

`python -m tests.attack.faults kills 200` and so on; `make attack` runs them all.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dossier.commands.verify import verify
from tests.conftest import ROOT

from . import write_dossier

BUILD = (sys.executable, str(ROOT / "build.py"))
CALLS = "write,pwrite64,rename,renameat2,mkdir,unlink,unlinkat,rmdir,link,fsync,syncfs"
KILLED = "at a call"
PREVIEWED = 4  # seconds that a preview is watched, an edit after half of them
SENTENCES = ("Traceback", "Exception ignored")


def is_probe(path: Path) -> bool:
    """Tell whether a file is Python's own, by which its `tempfile` tries whether a folder can be written."""
    return path.is_file() and path.read_bytes() in (b"", b"blat")


@dataclass
class Tally:
    """What came of many runs: how each ended, and what was wrong."""

    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def check(self, holds: bool, what: str) -> None:
        if not holds:
            self.wrong.append(what)


class Place:
    """A dossier with a folder for temporary files and one for what is kept, all looked at after each fault."""

    def __init__(self, folder: Path) -> None:
        self.root = write_dossier(folder / "root")
        self.temporary, self.kept = folder / "tmp", folder / "kept"
        self.temporary.mkdir()
        self.environment = {
            **os.environ, "TMPDIR": str(self.temporary), "DOSSIER_CACHE": str(self.kept), "SOURCE_DATE_EPOCH": "1500000000",
        }  # fmt: skip
        self.edits = 0

    def run(self, *args: str, before: Sequence[str] = (), seconds: float = 600) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*before, *BUILD, *args, "--root", str(self.root)], env=self.environment, capture_output=True, text=True,
            check=False, timeout=seconds,
        )  # fmt: skip

    def edit(self) -> None:
        self.edits += 1
        (self.root / "content/dossier.yaml").write_text(f"title: عنوان {self.edits}\nurl: https://example.org/x/\n")

    def is_whole(self) -> bool:
        """Whether what stands there is one state, old or new."""
        site, archive = self.root / "public", self.root / "dist/dossier.zip"
        return all(not path.exists() or verify(path).whole for path in (site, archive))

    def leftovers(self) -> list[str]:
        beside = [p for p in (*self.root.iterdir(), *self.root.glob("dist/*")) if p.name.startswith(".")]
        kept = [p for p in self.kept.rglob("*") if p.is_file() and "." in p.name]
        temporary = [p for p in self.temporary.iterdir() if not is_probe(p)]
        return [path.name for path in (*beside, *temporary, *kept)]

    def mend(self) -> str:
        """Do what the next run of an editor does; say what it left, or why it failed."""
        for args in (("build",), ("archive",)):
            for _ in range(40):  # what a killed run had begun may hold the lock for a moment
                done = self.run(*args)
                if "another build is writing" not in done.stderr:
                    break
                time.sleep(0.25)
            if done.returncode:
                return f"{args}: {done.stderr[-300:]}"
        return ", ".join(self.leftovers())


def kills(number: int, seed: int = 1) -> Tally:
    """Kill a command at a random one of the calls that write, look at what stands there, and run the next, until so many kills were done."""
    draw, tally = random.Random(seed), Tally()
    done = 0
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        place.mend()
        calls = {command: _count_calls(place, command) for command in ("build", "archive", "serve")[:number]}
        for turn in range(3 * number):
            place.edit()
            command = ("build", "archive", "serve")[turn % len(calls)]
            at = draw.randint(1, calls[command])
            end = _kill(place, command, at)
            tally.ends[f"{command} {end}"] += 1
            tally.check(place.is_whole(), f"{command} killed at {at}: torn")
            left = place.mend()
            tally.check(not left, f"{command} killed at {at}: after the next run {left}")
            tally.check(place.is_whole(), f"{command} killed at {at}: not whole after the next run")
            done += end == KILLED
            if done == number:
                break
        tally.check(done == number, f"only {done} of {number} were killed")
    return tally


def _count_calls(place: Place, command: str) -> int:
    """Return how many of the calls that write the busiest process of a command makes."""
    place.edit()
    made = Counter(line.split(maxsplit=1)[0] for line in _traced(place, command, f"trace={CALLS}") if "(" in line)
    return max(made.values())


def _kill(place: Place, command: str, at: int) -> str:
    """Kill the first process that comes to its n-th call that writes; say whether one did."""
    log = _traced(place, command, f"trace={CALLS}", f"inject={CALLS}:signal=KILL:when={at}")
    return KILLED if any("killed by SIGKILL" in line for line in log) else "not reached"


def _traced(place: Place, command: str, *filters: str) -> list[str]:
    """Run a command to its end, or a preview for some seconds, and return the lines of strace, each with its process first."""
    log = place.root.parent / "strace"
    port = ("--port", "0") if command == "serve" else ()
    told = [word for one in filters for word in ("-e", one)]
    with subprocess.Popen(
        ["strace", "-f", "-qq", "-o", str(log), *told, *BUILD, command, "--root", str(place.root), *port],
        env=place.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        for wait in (PREVIEWED / 2, PREVIEWED / 2) if command == "serve" else (600,):
            try:
                process.wait(wait)
            except subprocess.TimeoutExpired:
                place.edit()
        if process.poll() is None:
            os.killpg(process.pid, 15)
    return log.read_text("utf-8", "replace").splitlines()


def _told(
    tally: Tally, place: Place, done: subprocess.CompletedProcess[str], what: str, before: Mapping[str, object]
) -> None:
    """Note how a run ended: well, or with a sentence and everything as it was."""
    tally.ends[f"{what}: {done.returncode}"] += 1
    tally.check(not any(sign in done.stderr for sign in SENTENCES), f"{what}: {done.stderr[-600:]}")
    tally.check(done.returncode in (0, 2, 3), f"{what}: ended with {done.returncode}")
    tally.check(done.returncode == 0 or bool(done.stderr.strip()), f"{what}: failed without a word")
    tally.check(place.is_whole(), f"{what}: torn")


def _again(number: int, what: str, prepare: Callable[[Place, int], Sequence[str]], commands: Sequence[str]) -> Tally:
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        place.mend()
        for turn in range(number):
            place.edit()
            command = commands[turn % len(commands)]
            done = place.run(*command.format(root=place.root).split(), before=prepare(place, turn))
            _told(tally, place, done, f"{what}, {command}", {})
            left = place.mend()
            tally.check(not left, f"{what}, {command}: after the next run {left}")
    return tally


def few_descriptors(number: int) -> Tally:
    """Run with between 8 and 64 descriptors."""
    return _again(
        number,
        "descriptors",
        lambda _, turn: ("prlimit", f"--nofile={64 - 7 * (turn % 9)}"),
        ("build", "archive", "check"),
    )


def little_memory(number: int) -> Tally:
    """Run with 60 to 150 MB of address space."""
    return _again(
        number,
        "memory",
        lambda _, turn: ("prlimit", f"--as={(150 - 9 * (turn % 11)) * 1_000_000}"),
        ("build", "archive", "check"),
    )


def _mounted(script: str) -> list[str]:
    """Run something after mounting, in a name space of its own."""
    alone = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    return [*alone, "sh", "-c", f'{script} && exec "$@"', "sh"]


def full_disk(number: int) -> Tally:
    """Write into a file system of a few hundred kilobytes: the output, temporary files, or what is kept."""

    def prepare(place: Place, turn: int) -> list[str]:
        folder = (place.root / "dist", place.temporary, place.kept)[turn // 3 % 3]
        folder.mkdir(exist_ok=True)
        return _mounted(f"mount -t tmpfs -o size={(64, 128, 256, 400)[turn % 4]}k none {folder}")

    return _again(number, "full disk", prepare, ("archive", "build --out {root}/dist/site", "build"))


def read_only(number: int) -> Tally:
    """Write where nothing may be written."""

    def prepare(place: Place, turn: int) -> list[str]:
        folder = (place.root, place.temporary, place.kept)[turn // 2 % 3]
        return _mounted(f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder}")

    return _again(number, "read-only", prepare, ("build", "archive"))


FAULTS: Mapping[str, Callable[[int], Tally]] = {
    "kills": kills, "descriptors": few_descriptors, "memory": little_memory, "full-disk": full_disk, "read-only": read_only,
}  # fmt: skip


def main() -> None:
    begun = time.monotonic()
    tally = FAULTS[sys.argv[1]](int(sys.argv[2])) if sys.argv[3:] == [] else kills(int(sys.argv[2]), int(sys.argv[3]))
    print(f"{sys.argv[1]}: {sum(tally.ends.values())} runs in {time.monotonic() - begun:.0f} s: {dict(tally.ends)}")
    for wrong in tally.wrong:
        print(f"WRONG {wrong}")
    sys.exit(bool(tally.wrong))


if __name__ == "__main__":
    main()
