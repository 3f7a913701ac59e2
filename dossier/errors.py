"""Hold what is wrong in a dossier: where, what was expected and how to mend it; and the exceptions that end a command.

A build gathers all problems before it gives up, so that an editor mends them in one go.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, kw_only=True):
    """One thing wrong in one file. `line` and `column` count from 1; 0 where the whole file is meant."""

    message: str
    file: str
    line: int = 0
    column: int = 0
    hint: str = ""
    severity: Severity = "error"

    @property
    def where(self) -> str:
        """Return `file:line:column`, or the file alone where the whole file is meant."""
        place = (self.file, self.line, self.column) if self.line else (self.file,)
        return ":".join(str(part) for part in place)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class DossierError(Exception):
    """Something that ends a command; the message is for people."""


class ContentError(DossierError):
    """A dossier's content has problems. `problems` holds all of them, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Problem, ...]]]:
        return ContentError, (self.problems,)  # so that another process can hand it on


class WrongUse(DossierError):
    """What was asked for cannot be: a taken id, a file that is not there. Nothing is wrong with the content."""


class MachineError(DossierError):
    """The machine failed the build: no Pagefind, a full disk, a folder that cannot be written."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file, line, column and message, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.file, p.line, p.column, p.message)))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any problem is more than a warning."""
    return any(problem.severity == "error" for problem in problems)


def nearest(name: str, candidates: Iterable[str]) -> str:
    """Return a hint that names the most similar candidate (« did you mean "…"? »), or "" where none is similar."""
    close = difflib.get_close_matches(name, list(candidates), n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else ""


def reason_of(error: OSError) -> str:
    """Return what the machine gives as the reason of a fault, as it stands within a sentence."""
    return (error.strerror or str(error)).lower()
