"""Read captured files in a process of its own, which may use only so much time and memory.

They come from anywhere, and the libraries' time grows with the square of some of them. A file that costs too much ends that
process, and nothing else.
"""

from __future__ import annotations

import atexit
import base64
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
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import asdict, replace

from dossier.articles.article import Article, Note, NoteCode, Part, Unfit

MAX_PAGE = 8_000_000  # characters of HTML; an article's page has some 200,000
MAX_SECONDS = 20  # of the processor, for one file
MAX_MEMORY = 2 * 1024**3  # bytes of address space
PATIENCE = 180.0  # seconds, whatever the process does
_LENGTH = struct.Struct("<Q")
_BEGIN = "import sys; sys.path[:] = {path!r}; from dossier.articles.extraction import answer_requests; answer_requests({seconds}, {memory})"


class TooCostly(Exception):
    """A file that cannot be read within the limits, or at all; the message says why, `hint` what to do where its reader knows."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.hint = hint
        super().__init__(message)


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
        """Return the answer to a page. Raise TooCostly."""
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


def read_apart(reader: str, data: bytes) -> Article:
    """Return what a reader of `kinds` (module and function) makes of a file. Raise TooCostly beyond the limits, or where it cannot."""
    if not _helpers or not _helpers[0].is_ready:
        _helpers[:] = [_Helper()]
        atexit.register(_helpers[0].stop)
    answer = json.loads(_helpers[0].ask(reader.encode() + b"\n" + data))
    if "refused" in answer:
        raise TooCostly(answer["refused"], answer.get("hint"))
    notes = tuple(Note(*note) for note in answer.pop("notes"))
    return Article(notes=notes, parts=tuple(_part(**part) for part in answer.pop("parts")), **answer)


def _part(data: str, notes: list[tuple[NoteCode, str]], **said: str) -> Part:
    return Part(data=base64.b64decode(data), notes=tuple(Note(*note) for note in notes), **said)


def answer_requests(seconds: int, memory: int) -> None:
    """In the process apart: read pages from standard input and answer each, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open(os.dup(0), "rb") as requests, open(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        while length := requests.read(_LENGTH.size):
            _limit(seconds)
            reader, _, data = requests.read(_LENGTH.unpack(length)[0]).partition(b"\n")
            _answer(reader.decode(), data, answers)


def _limit(seconds: int) -> None:
    """Give this process so many seconds more; beyond them the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))


def _answer(reader: str, data: bytes, answers: BinaryIO) -> None:
    answer: dict[str, object]
    try:
        module, _, function = reader.partition(":")
        answer = _plain(getattr(import_module(f"dossier.articles.kinds.{module}"), function)(data))
    except MemoryError:
        answer = {"refused": "it takes too much memory"}
    except Unfit as error:
        answer = {"refused": error.args[0], "hint": error.args[1]}
    except ModuleNotFoundError as error:
        answer = {
            "refused": f"what reads it is not installed ({error.name})",
            "hint": "pip install '.[intake]' in the generator's folder",
        }
    except Exception as error:  # a library that was given anything may raise anything
        answer = {"refused": f"its reader failed ({type(error).__name__})"}
    written = json.dumps(answer).encode()
    answers.write(_LENGTH.pack(len(written)) + written)
    answers.flush()


def _plain(article: Article) -> dict[str, object]:
    """Return an article as JSON can hold it."""
    parts = [
        {**asdict(part), "data": base64.b64encode(part.data).decode(), "notes": [(n.code, n.value) for n in part.notes]}
        for part in article.parts
    ]
    return {**asdict(replace(article, parts=())), "notes": [(n.code, n.value) for n in article.notes], "parts": parts}
