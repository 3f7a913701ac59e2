"""`python -m tests.attack.undefended [NAME …]`: take the defence of each promise away, and see whether its tests notice.

The promises stand in `undefended.toml`: what is promised, the code that keeps it, what the code would be without, and the tests
that should fail then. Everything happens in copies of the repository; nothing of the working tree is touched.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

TABLE = Path(__file__).with_suffix(".toml")
NOT_NEEDED = (":!content", ":!docs", ":!seeds")  # no test of the table reads them
WORKERS = 2
DEADLINE = 300.0  # seconds for the tests of one promise, which need a few
HANGING = 30.0  # for those that are known to come to no end once the defence is gone
PATIENCE = "60"  # seconds after which they miss what never comes, which is what many wait for then
BASELINE = 1800.0  # for all tests of the table, with every defence in its place
FAILED = 1  # pytest's exit status where tests ran and failed; all higher ones mean that they could not be run


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A text of a file, which stands there once, and what stands in its place where nothing is defended."""

    file: str
    text: str
    instead: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """What is promised, at which point of the list of attacks, what takes the defence away, and the tests that should notice.

    There are several changes where one line of defence stands behind another. `hangs` says that the attack then never ends.
    """

    point: str
    name: str
    says: str
    changes: tuple[Change, ...]
    tests: tuple[str, ...]
    hangs: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the tests of a promise failed without its defence, and how that showed."""

    noticed: bool
    how: str


def read_promises() -> tuple[Promise, ...]:
    """All promises of the table."""
    return tuple(map(_promise, tomllib.loads(TABLE.read_text("utf-8"))["promise"]))


def _promise(row: dict[str, Any]) -> Promise:
    first = {name: row.pop(name) for name in ("file", "text", "instead")}
    changes = [first, *({**first, **other} for other in row.pop("also", ()))]
    return Promise(**{**row, "tests": tuple(row["tests"]), "changes": tuple(Change(**change) for change in changes)})


def wrong_text(change: Change, root: Path = ROOT) -> str:
    """Say what is wrong with the text of a change; nothing where it stands once in its file."""
    number = (root / change.file).read_text("utf-8").count(change.text)
    return "" if number == 1 else f"{change.file}: this stands there {number} times, not once: {change.text}"


def copy_repository(to: Path) -> None:
    """Copy what tests need of the working tree as it is, without what is ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".", *NOT_NEEDED],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


def run_tests(
    copy: Path, tests: Sequence[str], seconds: float, *options: str, **variables: str
) -> tuple[int | None, str]:
    """Run tests in a copy, with temporary files beside it; return pytest's exit status, None where it came to no end, and what it said."""
    (temporary := copy.parent / f"{copy.name}.tmp").mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTEST_ADDOPTS")}
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "--tb=no", "-p", "no:cacheprovider", *options, *tests]
    log = copy.parent / f"{copy.name}.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command, cwd=copy, env={**kept, **variables, "TMPDIR": str(temporary), "COLUMNS": "300"},
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
        ) as process,
    ):  # fmt: skip
        try:
            status: int | None = process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # it leads a group of its own: only what it began is in there
            status = None
    return status, log.read_text("utf-8", "replace")


def try_without(promise: Promise, whole: Path) -> Outcome:
    """Take the defence of a promise away in a copy of `whole`, and run its tests there."""
    if wrong := [said for change in promise.changes if (said := wrong_text(change, whole))]:
        return Outcome(False, wrong[0])
    copy = whole.parent / promise.name
    shutil.copytree(whole, copy)
    for change in promise.changes:
        path = copy / change.file
        path.write_text(path.read_text("utf-8").replace(change.text, change.instead), "utf-8")
    seconds = HANGING if promise.hangs else DEADLINE
    status, said = run_tests(copy, promise.tests, seconds, "-x", DOSSIER_PATIENCE=PATIENCE)
    # Attacks leave deep folders, and the library's own way recurses.
    subprocess.run(["rm", "-rf", copy, f"{copy}.tmp"], check=True)
    if status is None:
        return Outcome(True, f"no end within {seconds:.0f} s")
    failed = [line for line in said.splitlines() if line.startswith("FAILED ")]
    if status == FAILED and failed:
        return Outcome(True, failed[0].removeprefix("FAILED tests/"))
    return Outcome(False, "all tests passed" if status == 0 else f"the tests could not be run: {said[-300:]}")


def try_all(promises: Sequence[Promise], folder: Path) -> Mapping[str, Outcome]:
    """Try every promise in copies below a folder, after the same tests have passed with every defence there; tell each as it comes."""
    copy_repository(whole := folder / "whole")
    tests = list(dict.fromkeys(test for promise in promises for test in promise.tests))
    status, said = run_tests(whole, tests, BASELINE)
    if status != 0:
        sys.exit(f"tests of the table fail with every defence in its place:\n{said[-3000:]}")
    outcomes = {}
    with ThreadPoolExecutor(WORKERS) as threads:
        for promise, outcome in zip(promises, threads.map(partial(try_without, whole=whole), promises), strict=True):
            outcomes[promise.name] = outcome
            word = "noticed" if outcome.noticed else "NOT NOTICED"
            print(f"{word:12}{promise.point:3} {promise.name}: {outcome.how[:200]}", flush=True)
    return outcomes


def main() -> None:
    promises = {promise.name: promise for promise in read_promises()}
    names = sys.argv[1:] or list(promises)
    if unknown := [name for name in names if name not in promises]:
        sys.exit(f"no promise is called {unknown[0]}: the names stand in {TABLE.name}")
    with tempfile.TemporaryDirectory(prefix="dossier-undefended-") as folder:
        outcomes = try_all([promises[name] for name in names], Path(folder))
    tried, noticed = (Counter(promises[name].point for name in names if outcomes[name].noticed >= n) for n in (0, 1))
    print(" · ".join(f"{point}: {noticed[point]} of {tried[point]}" for point in sorted(tried)))
    print(f"{tried.total()} promises, {noticed.total()} noticed")
    sys.exit(noticed != tried)


if __name__ == "__main__":
    main()
