"""Run work in forks of this process, which have everything it has and hand back what they made."""

from __future__ import annotations

import os
import signal
import traceback
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

from dossier.engine.packing import pack, unpack
from dossier.errors import DossierError

T = TypeVar("T")
R = TypeVar("R")
MAX_PROCESSES = 4  # processes: each copies what it touches of this one's memory, at 10,000 reports 170 MB
TURNS = 2048  # steps that a list is shared out in; all must fit into a pipe
NICENESS = 10  # of forks beside what is done first: on a busy machine more would leave them nothing
FEW = 100  # items of which a fork would cost more than it does
_NUMBER = array("I").itemsize


class Map(Protocol):
    """Do the same work for each of some items, as `map` does and `map_in_forks`."""

    def __call__(self, work: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]:
        """Return what the work made of each item, in their order."""


class ForkFailed(RuntimeError):
    """The work was ended, or has a fault; then the message is the fork's traceback."""


class Fork(Generic[T]):
    """Work that a fork does from now on. Only for a process without other threads: a fork has the locks that they hold."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._reading, writing = os.pipe()
        self._process = os.fork()
        if not self._process:
            os.close(self._reading)
            _work_and_end(work, writing)
        os.close(writing)

    def result(self) -> T:
        """Wait for the work and return what it made.

        Raises the DossierError or OSError that it raised; ForkFailed for any other, and where it was ended.
        """
        with open(self._reading, "rb") as pipe:
            data = pipe.read()
        process, self._process = self._process, 0
        os.waitpid(process, 0)
        if not data:
            raise ForkFailed("it was ended")
        well, result = unpack(data)
        if not well:
            raise result
        return result  # type: ignore[no-any-return]  # what `work` returned

    def stop(self) -> None:
        """End the work if it is going on; `result` then raises ForkFailed."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)


def share_out(
    items: Sequence[T],
    work: Callable[[Iterator[T]], R],
    first: Callable[[], R],
    *,
    processes: int = 0,
    niceness: int = NICENESS,
) -> list[R]:
    """Run `first()` here and `work(items)` here and in forks; return `[first's result, one per process]`.

    Each item goes to exactly one process: whoever is free takes the next ones. Forks stand behind `first()`, by `niceness`: what it
    does alone is what all wait for in the end, and items are there whenever it leaves a processor free. `processes` is 0 for as many as there are
    processors, `MAX_PROCESSES` at most. Raises the first error of any; all have ended by then, and when this process is
    interrupted.
    """
    step = max(1, -(-len(items) // TURNS))
    turns, me = _turns(-(-len(items) // step)), os.getpid()

    def help_out() -> R:
        os.nice(niceness)
        return work(_taken(items, turns, step, me))

    helpers = [Fork(help_out) for _ in range((processes or _processors()) - 1)]
    try:
        made = [first(), work(_taken(items, turns, step, me))]
        while helpers:
            made.append(helpers.pop(0).result())
        return made
    finally:
        os.close(turns)
        for helper in helpers:
            helper.stop()
            with suppress(Exception):
                helper.result()


def map_in_forks(work: Callable[[T], R], items: Sequence[T], /, *, few: int = FEW, processes: int = 0) -> Iterable[R]:
    """Return what `work` makes of each item, in their order: where they are no `few`, made here and in forks, as by `share_out`."""
    if len(items) < few:
        return map(work, items)
    _, *parts = share_out(
        range(len(items)),
        lambda mine: {number: work(items[number]) for number in mine},
        lambda: {},
        processes=processes,
        niceness=0,
    )
    made = {number: result for part in parts for number, result in part.items()}
    return [made[number] for number in range(len(items))]


def map_long(work: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]:
    """Do the same for items of which each takes so long that two are many."""
    return map_in_forks(work, items, few=2)


def _processors() -> int:
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return min(MAX_PROCESSES, len(allowed))


def _turns(number: int) -> int:
    """Return a pipe with numbers from 0: who reads one has it alone."""
    reading, writing = os.pipe()
    os.write(writing, array("I", range(number)).tobytes())
    os.close(writing)
    return reading


def _taken(items: Sequence[T], turns: int, step: int, founder: int) -> Iterator[T]:
    """Yield the items whose turn it is, until there are none or the process that shared them out is gone."""
    while token := os.read(turns, _NUMBER):
        start = step * array("I", token)[0]
        for item in items[start : start + step]:
            if founder not in (os.getpid(), os.getppid()):
                raise ForkFailed("nobody waits for it")
            yield item


def _work_and_end(work: Callable[[], object], writing: int) -> None:
    """Do the work in the fork, hand the result on and end without the exit handlers of the other process."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        result: tuple[bool, object]
        try:
            result = True, work()
        except (DossierError, OSError) as error:
            result = False, error
        except Exception:
            result = False, ForkFailed(traceback.format_exc())
        with open(writing, "wb") as pipe:
            pipe.write(pack(result))
    finally:
        os._exit(0)
