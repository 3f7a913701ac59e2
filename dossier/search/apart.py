"""Index in a process of its own, beside other work and behind it; what it is to index is sent to it.

Not a fork: where threads run, a fork may find a lock held for ever by a thread that it does not have.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from dossier.errors import DossierError
from dossier.search.build import build_index
from dossier.search.documents import Corpus

NICENESS = 10  # it is to hold up nobody
# Isolated, and away from the current folder, which may be a dossier of anybody's; modules are found where this process finds them.
_BEGIN = "import sys; sys.path[:] = {path!r}; from dossier.search.apart import answer_request; answer_request()"


class IndexingEnded(RuntimeError):
    """The process was ended, or has a fault; then the message is its traceback."""


class Indexer:
    """Indexes one corpus after the other, each in a process of its own, until it is stopped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def index(self, corpus: Corpus) -> Mapping[str, bytes]:
        """Wait for the index of a corpus and return its files by address.

        Raise the DossierError or OSError that `build_index` raised; IndexingEnded for any other, and after `stop`.
        """
        process = self._start()
        try:
            assert process.stdin and process.stdout
            with suppress(BrokenPipeError):
                pickle.dump(corpus, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
                process.stdin.flush()
            answer = process.stdout.read()  # its standard input stays open till then: by its end it learns of ours
        finally:
            self._end(process)
        if not answer:
            raise IndexingEnded("it was ended")
        made: Mapping[str, bytes] | Exception = pickle.loads(answer)
        if isinstance(made, Exception):
            raise made
        return made

    def stop(self) -> None:
        """End what is going on, and begin nothing any more."""
        with self._lock:
            self._stopped = True
            if self._process:
                self._process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        path = [place for place in (str(Path(__file__).parents[2]), *sys.path) if os.path.isabs(place)]
        with self._lock:
            if self._stopped:
                raise IndexingEnded("it was ended")
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _BEGIN.format(path=path)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/", start_new_session=True,
            )  # fmt: skip
            return self._process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._process = None
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]  # both are pipes
        process.wait()


def answer_request() -> None:
    """Read a corpus from standard input, in the process apart, and write its index or what went wrong to standard output."""
    os.nice(NICENESS)
    with open(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        corpus = pickle.load(sys.stdin.buffer)
        threading.Thread(target=_end_with_the_other, args=(sys.stdin.fileno(),), daemon=True).start()
        pickle.dump(_index_or_error(corpus), answers, protocol=pickle.HIGHEST_PROTOCOL)


def _index_or_error(corpus: Corpus) -> Mapping[str, bytes] | Exception:
    try:
        return build_index(corpus.documents, corpus.synonyms, corpus.labels)
    except (DossierError, OSError) as error:
        return error
    except Exception:
        return IndexingEnded(traceback.format_exc())


def _end_with_the_other(requests: int) -> None:
    """End this process and Pagefind's once whoever sent the request is gone.

    Read the descriptor itself: a thread that waits inside of `sys.stdin` holds its lock, and the interpreter cannot end.
    """
    os.read(requests, 1)
    os.killpg(os.getpgid(0), signal.SIGKILL)
