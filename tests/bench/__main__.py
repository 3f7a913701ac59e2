"""How fast, beside Hugo in the same run: a build, a server's start, and from an edit to the page.

    python -m tests.bench [--sizes 1000,10000] [--edits 15] [--no-builds]

An edit appends a word to a report's brief, for Hugo to the same report; the clock runs from the write until the page that is
asked for again and again shows it.
"""

from __future__ import annotations

import argparse
import http.client
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generate import generate
from tests.bench.hugo import write_hugo
from tests.conftest import ROOT

BUILD = (sys.executable, str(ROOT / "build.py"))
PAUSE = 0.004  # seconds between two looks
PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who is timed: how it serves and builds, where its reports lie, and what it keeps for its next start."""

    name: str
    serve: tuple[str, ...]
    folder: Path
    build: tuple[str, ...]
    caches: tuple[str, ...]
    kept: Path | None = None


def hugo() -> str:
    found = Path(sys.executable).with_name("hugo")
    return str(found) if found.exists() else shutil.which("hugo") or sys.exit("hugo is missing: run `make test-setup`")


def peers(folder: Path, number: int) -> tuple[Peer, Peer]:
    """The same reports for us and for Hugo."""
    ours, theirs = folder / f"ours-{number}", folder / f"hugo-{number}"
    generate(number, ours)
    write_hugo(ours, theirs)
    command = hugo()
    return (
        Peer("dossier", (*BUILD, "serve", "--root", str(ours), "--port"), ours, (*BUILD, "build", "--no-search", "--root", str(ours)), (".cache", "public"), ours / ".cache/memo"),
        Peer("hugo", (command, "server", "--source", str(theirs), "--port"), theirs, (command, "--quiet", "--source", str(theirs)), ("public", "resources")),
    )  # fmt: skip


@contextmanager
def serving(peer: Peer) -> Iterator[tuple[int, float]]:
    """A server's port, and the seconds until it showed a report."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    begun = time.perf_counter()
    with subprocess.Popen([*peer.serve, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, "/reports/r0/", b"<h1")
            yield port, time.perf_counter() - begun
        finally:
            process.terminate()


def wait_for(port: int, address: str, wanted: bytes) -> None:
    """Asks for a page until it holds what is wanted."""
    until = time.monotonic() + PATIENCE
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < until:
        try:
            connection.request("GET", address, headers={"Host": f"localhost:{port}"})
            if wanted in connection.getresponse().read():
                return
        except (OSError, http.client.HTTPException):
            connection.close()
        time.sleep(PAUSE)
    raise TimeoutError(f"{address} never showed {wanted!r}")


def edit(peer: Peer, port: int, number: int, edits: int) -> list[float]:
    """Seconds from write to page, of some edits of different reports."""
    chance = random.Random(number)
    times = []
    for n in range(edits):
        report = f"r{chance.randrange(number)}"
        path = peer.folder / f"content/reports/{report}.md"
        wait_for(port, f"/reports/{report}/", b"<h1")
        mark, text = f"نقطة{n}علامة", path.read_text("utf-8")
        begun = time.perf_counter()
        path.write_text(text.rstrip() + f"\n\n{mark}\n", "utf-8")
        wait_for(port, f"/reports/{report}/", mark.encode())
        times.append(time.perf_counter() - begun)
        time.sleep(0.4)
    return times


def wait_for_file(path: Path | None) -> None:
    """Waits until a server has kept what its next start will use."""
    until = time.monotonic() + PATIENCE
    while path and not path.exists() and time.monotonic() < until:
        time.sleep(0.5)


def timed(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def clear(peer: Peer) -> None:
    for name in peer.caches:
        shutil.rmtree(peer.folder / name, ignore_errors=True)


def measure(peer: Peer, number: int, edits: int, builds: bool) -> dict[str, float]:
    """Seconds by what was timed."""
    found: dict[str, float] = {}
    if builds:
        clear(peer)
        found["build, cold"] = timed(peer.build)
        found["build, warm"] = timed(peer.build)
    clear(peer)
    with serving(peer) as (port, start):
        found["server up, cold"] = start
        times = edit(peer, port, number, edits)
        found["edit to page, median"], found["edit to page, worst"] = statistics.median(times), max(times)
        wait_for_file(peer.kept)
    with serving(peer) as (_, start):
        found["server up, warm"] = start
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="1000,10000")
    options.add_argument("--edits", type=int, default=15)
    options.add_argument("--no-builds", action="store_true")
    chosen = options.parse_args()
    for number in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as name:
            ours, theirs = (
                measure(peer, number, chosen.edits, not chosen.no_builds) for peer in peers(Path(name), number)
            )
        print(f"\n{number} reports{'':<14}{'dossier':>10}{'hugo':>10}{'ratio':>8}")
        for what, seconds in ours.items():
            print(
                f"{what:<24}{seconds * 1000:>8.0f} ms{theirs[what] * 1000:>7.0f} ms{seconds / theirs[what]:>8.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
