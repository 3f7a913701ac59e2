"""The end of every command: whatever happened is said in a sentence, and what was said reaches its reader or is told to be lost."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from dossier.commands.speech import said
from dossier.errors import reason_of

MACHINE, INTERRUPTED = 3, 130  # exit statuses
SHOW = "DOSSIER_TRACEBACK"  # the environment's name for: show where a fault of the generator is


def open_standard_streams() -> None:
    """Open what of standard input, output and error is closed, or the next file that is opened would be taken for it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def end_in_words(work: Callable[[], int]) -> NoReturn:
    """Do the work of a command, which returns its exit status, and end the process; nothing ends in a traceback."""
    try:
        status = work()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:
        status = MACHINE
        _say_error(_in_words(error))
    lost = _flush()
    if lost and lost.errno != errno.EPIPE and not status:  # a reader who has gone knows that
        status = MACHINE
        _say_error(f"not all could be said: {lost.strerror}")
        _flush()
    if lost:
        os._exit(status)  # the interpreter would try again, and complain
    sys.exit(status)


def _in_words(error: Exception) -> str:
    if isinstance(error, MemoryError) or "failed to map segment" in str(error):
        return "there is not enough memory"
    if isinstance(error, OSError):
        named = f": {os.fsdecode(error.filename)!r}" if isinstance(error.filename, str | bytes) else ""
        return f"the machine failed: {reason_of(error)}{named}"
    if type(error).__name__ == "ForkFailed" and "\n" not in str(error):  # a name, since to load it takes time
        return f"a part of the work did not come to an end: {error}; is there memory enough?"
    if isinstance(error, ImportError):
        return f"a package cannot be loaded: {error}; install requirements.txt anew"
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        return "the machine failed: it gives no more threads"
    if os.environ.get(SHOW):
        return "".join(traceback.format_exception(error))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = " ".join(str(error).split())[-300:]
    return (
        f"a fault of the generator, {type(error).__name__}: {what} ({os.path.basename(frame.filename)}:{frame.lineno}); "
        f"please report it, with what {SHOW}=1 shows"
    )


def _say_error(text: str) -> None:
    line = f"error: {text}"
    with suppress(Exception):  # where the machine fails, the words may fail too
        line = f"{said('error')}: {said(text)}"
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{line}\n")


def _flush() -> OSError | None:
    lost = None
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError as error:
            lost = error
        except ValueError:  # it was closed
            pass
    return lost
