"""Work in forks: all of it is done once, faults come back, and nothing is left running."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.articles import extraction
from dossier.engine import forks
from dossier.engine.forks import NICENESS, Fork, ForkFailed, map_long, share_out
from dossier.errors import ContentError, Problem
from tests.conftest import ROOT

SLOW = r"""
import os, signal, time
from dossier.engine.forks import share_out

signal.signal(signal.SIGINT, signal.default_int_handler)  # which what starts the tests may have switched off

def work(mine):
    os.write(1, f"{os.getpid()}\n".encode())
    for _ in mine:
        time.sleep(0.02)  # there is always something left to do

share_out(range(100_000), work, lambda: None, processes=3)
"""


@pytest.mark.parametrize("number", [0, 1, 7, 5000])
def test_every_item_is_done_once_by_whoever_is_free(number: int) -> None:
    first, *parts = share_out(range(number), lambda mine: [*mine], lambda: [-1], processes=3)
    assert first == [-1]
    assert len(parts) == 3
    assert sorted(item for part in parts for item in part) == list(range(number))


def test_several_processes_work_at_once() -> None:
    meeting = multiprocessing.Barrier(3)  # which one alone would never pass

    def work(mine: Iterator[int]) -> int:
        first = next(mine)
        meeting.wait()
        return first

    assert sorted(share_out(range(60), work, lambda: -1, processes=3))[:2] == [-1, 0]


def test_forks_stand_behind_what_is_done_first() -> None:
    meeting = multiprocessing.Barrier(2)

    def work(mine: Iterator[int]) -> tuple[int, int]:
        next(mine)
        meeting.wait()
        return os.getpid(), os.nice(0)

    own = os.nice(0)
    _, here, there = share_out(range(60), work, lambda: (0, 0), processes=2)
    assert here == (os.getpid(), own)
    assert there[1] == min(19, own + NICENESS)


def test_two_items_that_take_long_are_done_at_once_and_each_as_soon_as_the_other() -> None:
    meeting = multiprocessing.Barrier(2)

    def work(item: int) -> tuple[int, int]:
        meeting.wait()
        return item, os.nice(0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forks, "_processors", lambda: 2)
        assert list(map_long(work, [1, 2])) == [(1, os.nice(0)), (2, os.nice(0))]


def fail(error: Exception) -> object:
    raise error


PROBLEM = Problem(message="wrong", file="content/reports/one.md", line=3, column=7, hint="mend it")


@pytest.mark.parametrize("error", [ContentError([PROBLEM]), OSError(28, "No space left on device", "x")])
def test_what_the_work_raised_is_raised_here(error: Exception) -> None:
    with pytest.raises(type(error)) as raised:
        Fork(lambda: fail(error)).result()
    assert str(raised.value) == str(error)
    if isinstance(raised.value, ContentError):
        assert raised.value.problems == (PROBLEM,)


def test_a_fault_of_the_code_brings_its_traceback() -> None:
    with pytest.raises(ForkFailed, match=r"(?s)in fail.*KeyError: 'nobody'"):
        Fork(lambda: fail(KeyError("nobody"))).result()


def wait_for_ever() -> None:
    reading, _ = os.pipe()  # into which nobody writes
    os.read(reading, 1)


def test_work_that_was_ended_says_so() -> None:
    apart = Fork(wait_for_ever)
    apart.stop()
    with pytest.raises(ForkFailed, match="it was ended"):
        apart.result()


def test_when_one_fails_all_end(monkeypatch: pytest.MonkeyPatch) -> None:
    me, fork = os.getpid(), os.fork
    forks: list[int] = []

    def fork_and_note() -> int:
        forks.append(fork())
        return forks[-1]

    monkeypatch.setattr(os, "fork", fork_and_note)

    def work(mine: Iterator[int]) -> None:
        for _ in mine:
            if os.getpid() == me:
                raise ContentError([PROBLEM])
            wait_for_ever()

    for helper in extraction._helpers:  # another test's, a child of this process too
        helper.stop()
    with pytest.raises(ContentError):
        share_out(range(1000), work, lambda: None, processes=3)
    assert len(forks) == 2
    for process in forks:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nobody_goes_on_when_the_founder_is_ended(ending: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "slow.py"
    script.write_text(SLOW, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        assert process.stdout
        workers = {int(process.stdout.readline()) for _ in range(3)}
        process.send_signal(ending)
        assert process.stdout.read() == ""  # ends when the last of them has gone
    assert process.pid in workers
    assert process.returncode
