"""How fast, beside Hugo in the same run: builds cold, unchanged and after one edit, a server's start, and from an edit to the page.

    python -m tests.bench [--sizes 100,1000,10000] [--edits 15] [--rounds 3] [--search] [--huge]

An edit appends a word to a report's brief, for Hugo to the same report; the clock runs from the write until the page that is
asked for again and again shows it. `--search` builds with the search index too, `--huge` adds 50,000 reports. Every figure is a
median of the rounds; what is printed beside it is the ratio that docs/performance.md has a mark for.
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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generate import generate
from tests.bench.hugo import write_hugo
from tests.bench.memory import Cost, run
from tests.conftest import ROOT

BUILD = (sys.executable, str(ROOT / "build.py"))
PAUSE = 0.004  # seconds between two looks
PATIENCE = 300.0
SETTLING = 2.5  # seconds after which a file's times can be relied on


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who is timed: how it serves and builds, where its reports lie, and what it keeps for its next start."""

    serve: tuple[str, ...]
    folder: Path
    build: tuple[str, ...]
    kept: tuple[Path, ...]
    environment: Mapping[str, str]


def hugo() -> str:
    found = Path(sys.executable).with_name("hugo")
    return str(found) if found.exists() else shutil.which("hugo") or sys.exit("hugo is missing: run `make test-setup`")


def peers(folder: Path, number: int) -> tuple[Peer, Peer]:
    """The same reports for us and for Hugo."""
    ours, theirs, cache = folder / "ours", folder / "hugo", folder / "kept"
    generate(number, ours)
    write_hugo(ours, theirs)
    command = hugo()
    us = Peer(
        (*BUILD, "serve", "--root", str(ours), "--port"), ours, (*BUILD, "build", "--no-search", "--root", str(ours)),
        (cache, ours / "public"), {"DOSSIER_CACHE": str(cache)},
    )  # fmt: skip
    them = Peer(
        (command, "server", "--source", str(theirs), "--port"), theirs, (command, "--quiet", "--source", str(theirs)),
        (theirs / "public", theirs / "resources"), {},
    )  # fmt: skip
    return us, them


@contextmanager
def serving(peer: Peer) -> Iterator[tuple[int, float]]:
    """A server's port, and the seconds until it showed a report."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    begun = time.perf_counter()
    with subprocess.Popen(
        [*peer.serve, str(port)],
        env=dict(peer.environment) or None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_for(port, "/reports/r0/", b"<h1")
            yield port, time.perf_counter() - begun
        finally:
            process.terminate()


def wait_for(port: int, address: str, wanted: bytes) -> None:
    """Ask for a page until it holds what is wanted."""
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


def append(peer: Peer, report: int, words: str) -> None:
    path = peer.folder / f"content/reports/r{report}.md"
    path.write_text(path.read_text("utf-8").rstrip() + f"\n\n{words}\n", "utf-8")


def edit(peer: Peer, port: int, number: int, edits: int) -> float:
    """The median of seconds from write to page, of some edits of different reports."""
    chance = random.Random(number)
    times = []
    for n in range(edits):
        report = chance.randrange(number)
        wait_for(port, f"/reports/r{report}/", b"<h1")
        mark = f"نقطة{n}علامة"
        begun = time.perf_counter()
        append(peer, report, mark)
        wait_for(port, f"/reports/r{report}/", mark.encode())
        times.append(time.perf_counter() - begun)
        time.sleep(0.4)
    return statistics.median(times)


def clear(peer: Peer) -> None:
    """Move aside what a peer keeps: ext4 looks for minutes past every inode that was just freed, where it makes a file."""
    for path in peer.kept:
        if path.exists():
            path.rename(Path(tempfile.mkdtemp(prefix="old-", dir=path.parent)) / path.name)


def build(peer: Peer, rounds: int, chance: random.Random, number: int, *more: str) -> dict[str, Cost]:
    """Costs of builds: cold, with nothing changed, and after an edit of one report."""
    costs: dict[str, list[Cost]] = {"cold": [], "nothing changed": [], "one report changed": []}
    command = tuple(word for word in peer.build if not (more and word == "--no-search"))
    for turn in range(rounds):
        clear(peer)
        costs["cold"].append(run(command, peer.environment))
        time.sleep(SETTLING)
        run(command, peer.environment)  # what was too fresh to be relied on is looked at
        costs["nothing changed"].append(run(command, peer.environment))
        append(peer, chance.randrange(number), f"كلمة {turn}")
        costs["one report changed"].append(run(command, peer.environment))
    return {what: median(found) for what, found in costs.items()}


def median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(c.seconds for c in costs), max(c.megabytes for c in costs))


def measure_server(peer: Peer, number: int, edits: int) -> dict[str, float]:
    """Seconds until a server shows a report without and with what it kept, and from an edit to the page."""
    clear(peer)
    with serving(peer) as (port, cold):
        to_page = edit(peer, port, number, edits)
        time.sleep(SETTLING)
    with serving(peer) as (_, warm):
        return {"server up, cold": cold, "server up, warm": warm, "edit to page, median": to_page}


def show(number: int, options: argparse.Namespace, folder: Path) -> None:
    us, them = peers(folder, number)
    chance = random.Random(number)
    ours, theirs = (build(peer, options.rounds, chance, number) for peer in (us, them))
    cold = ours["cold"].seconds
    print(f"\n{number:,} reports{'':<16}{'dossier':>10}{'MB':>7}{'hugo':>10}{'ratio to hugo':>15}{'to own cold':>13}")
    for what, cost in ours.items():
        other = theirs[what].seconds
        print(
            f"build, {what:<21}{cost.seconds:>8.2f} s{cost.megabytes:>7.0f}{other:>8.2f} s{cost.seconds / other:>15.2f}"
            f"{cost.seconds / cold:>13.3f}"
        )
    if options.search:
        for what, cost in build(us, 1, chance, number, "search").items():
            print(
                f"with search, {what:<15}{cost.seconds:>8.2f} s{cost.megabytes:>7.0f}{'':>25}{cost.seconds / cold:>13.3f}"
            )
    times, their_times = (measure_server(peer, number, options.edits) for peer in (us, them))
    for what, seconds in times.items():
        other = their_times[what]
        print(f"{what:<28}{seconds:>8.3f} s{'':>7}{other:>8.3f} s{seconds / other:>15.2f}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="100,1000,10000")
    options.add_argument("--edits", type=int, default=15)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--search", action="store_true")
    options.add_argument("--huge", action="store_true")
    chosen = options.parse_args()
    for number in [*map(int, chosen.sizes.split(",")), *([50_000] if chosen.huge else [])]:
        with tempfile.TemporaryDirectory() as name:
            show(number, chosen, Path(name))


if __name__ == "__main__":
    main()
