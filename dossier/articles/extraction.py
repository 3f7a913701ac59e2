"""Take the article out of a saved page in a process of its own, which may use only so much time and memory.

Pages come from anywhere, and the library's time grows with the square of some of them. A page that costs too much ends that
process, and nothing else.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

MAX_PAGE = 8_000_000  # characters of HTML; an article's page has some 200,000
MAX_SECONDS = 20  # of the processor, for one page
MAX_MEMORY = 2 * 1024**3  # bytes of address space
PATIENCE = 180.0  # seconds, whatever the process does
_LENGTH = struct.Struct("<Q")
_BEGIN = "import sys; sys.path[:] = {path!r}; from dossier.articles.extraction import answer_requests; answer_requests({seconds}, {memory})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What a page says: its text, a paragraph a line, and what it says of itself."""

    text: str | None
    headline: str | None
    author: str | None
    published: str | None
    url: str | None


class TooCostly(Exception):
    """A page that cannot be read within the limits; the message says which one."""


class _Helper:
    """The process that reads pages, one after the other. It belongs to the process that started it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        path = [place for place in (str(Path(__file__).parents[2]), *sys.path) if os.path.isabs(place)]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _BEGIN.format(path=path, seconds=MAX_SECONDS, memory=MAX_MEMORY)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip
        assert self._process.stdin and self._process.stdout
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)

    @property
    def is_ready(self) -> bool:
        return self.owner == os.getpid() and self._process.poll() is None

    def ask(self, page: bytes) -> bytes:
        """Return the answer to a page. Raises TooCostly."""
        end = time.monotonic() + PATIENCE
        try:
            waiting = memoryview(_LENGTH.pack(len(page)) + page)
            while waiting:
                self._wait(end, writing=True)
                waiting = waiting[os.write(self._to, waiting) :]
            length = _LENGTH.unpack(b"".join(self._read(_LENGTH.size, end)))[0]
            return b"".join(self._read(length, end))
        except (BrokenPipeError, EOFError):
            raise TooCostly(self._why()) from None
        except TimeoutError:
            self.stop()
            raise TooCostly("it took too long") from None

    def _wait(self, end: float, *, writing: bool) -> None:
        reads, writes = ([], [self._to]) if writing else ([self._from], [])
        if not any(select.select(reads, writes, [], max(0.0, end - time.monotonic()))):
            raise TimeoutError

    def _read(self, size: int, end: float) -> Iterator[bytes]:
        while size:
            self._wait(end, writing=False)
            part = os.read(self._from, min(size, 1 << 16))
            if not part:
                raise EOFError
            size -= len(part)
            yield part

    def _why(self) -> str:
        code = self._process.wait()
        return f"it took more than {MAX_SECONDS} s" if code == -signal.SIGXCPU else f"its reader ended ({code})"

    def stop(self) -> None:
        """End the process, where it is this one's."""
        if self.owner == os.getpid():
            self._process.kill()
            self._process.wait()


_helpers: list[_Helper] = []  # one at most


def extract(html: str) -> Article:
    """Return what a page says. Raises TooCostly beyond the limits."""
    if len(html) > MAX_PAGE:
        raise TooCostly(f"it is longer than {MAX_PAGE:,} characters")
    if not _helpers or not _helpers[0].is_ready:
        _helpers[:] = [_Helper()]
        atexit.register(_helpers[0].stop)
    answer = json.loads(_helpers[0].ask(html.encode("utf-8", "replace")))
    if "refused" in answer:
        raise TooCostly(answer["refused"])
    return Article(**answer)


def answer_requests(seconds: int, memory: int) -> None:
    """In the process apart: read pages from standard input and answer each, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open(os.dup(0), "rb") as requests, open(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        while length := requests.read(_LENGTH.size):
            _limit(seconds)
            _answer(requests.read(_LENGTH.unpack(length)[0]).decode("utf-8", "replace"), answers)


def _limit(seconds: int) -> None:
    """Give this process so many seconds more; beyond them the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))


def _answer(html: str, answers: BinaryIO) -> None:
    try:
        answer: dict[str, object] = asdict(_read_page(html))
    except MemoryError:
        answer = {"refused": "it takes too much memory"}
    except Exception as error:  # a library that was given anything may raise anything
        answer = {"refused": f"its reader failed ({type(error).__name__})"}
    data = json.dumps(answer).encode()
    answers.write(_LENGTH.pack(len(data)) + data)
    answers.flush()


def _read_page(html: str) -> Article:
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # What the page says of itself, not years out of its footer.
    stated = {"extensive_search": False, "original_date": True}
    found = bare_extraction(
        html, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=stated
    )
    if found is None or isinstance(found, dict):
        return Article(text=None, headline=None, author=None, published=None, url=None)
    return Article(text=found.text, headline=found.title, author=found.author, published=found.date, url=found.url)
