"""Work done apart: in a process of its own that has everything this one has, so that a long task slows no edit down."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
NICENESS = 10


class ApartFailed(Exception):
    """The work ended in an error; the message is that error's."""


class Apart:
    """One piece of work at a time; `stop` ends it."""

    def __init__(self) -> None:
        self._process = 0

    def run(self, work: Callable[[], T]) -> T:
        """The result of `work`, done by a fork of this process. Waits without holding others up. Raises ApartFailed."""
        reading, writing = os.pipe()
        self._process = process = os.fork()
        if not process:
            os.close(reading)
            _work_and_end(work, writing)
        os.close(writing)
        with open(reading, "rb") as pipe:
            data = pipe.read()
        os.waitpid(process, 0)
        self._process = 0
        if not data:
            raise ApartFailed("it was ended")
        well, result = pickle.loads(data)
        if not well:
            raise ApartFailed(result)
        return result  # type: ignore[no-any-return]  # what `work` returned

    def stop(self) -> None:
        """Ends the work that is going on, if any."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)


def _work_and_end(work: Callable[[], object], writing: int) -> None:
    """In the fork: does the work, hands the result on and ends without the other process's farewells."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.nice(NICENESS)
        try:
            result: tuple[bool, object] = True, work()
        except Exception as error:
            result = False, str(error)
        with open(writing, "wb") as pipe:
            pickle.dump(result, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)
