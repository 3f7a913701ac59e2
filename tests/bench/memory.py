"""Seconds of a command, and the most memory that it and all its children hold together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.05  # seconds between two looks at memory


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, and megabytes of all processes together (proportional set size: shared pages count once)."""

    seconds: float
    megabytes: float


def run(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run a command to its end. Raise CalledProcessError where it fails.

    Python may keep what it compiles, as it does wherever people build: `PYTHONDONTWRITEBYTECODE` would have every build compile us anew.
    """
    begun = time.perf_counter()
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(
        command, env={**known, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        most = [0.0]
        over = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, most, over))
        watcher.start()
        status = process.wait()
        seconds = time.perf_counter() - begun
        over.set()
        watcher.join()
    if status:
        raise subprocess.CalledProcessError(status, command)
    return Cost(seconds, most[0])


def _watch(process: int, most: list[float], over: threading.Event) -> None:
    while not over.wait(PAUSE):
        most[0] = max(most[0], sum(map(_megabytes, _family(process))))


def _family(process: int) -> list[int]:
    """Return a process and all its children, as far as they are there."""
    found, waiting = [], [process]
    while waiting:
        found.append(waiting.pop())
        try:
            tasks = Path(f"/proc/{found[-1]}/task").iterdir()
            waiting += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:  # it has ended
            continue
    return found


def _megabytes(process: int) -> float:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except (OSError, IndexError):
        pass
    return 0.0
