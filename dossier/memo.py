"""Results by the values they were made from: what makes a second build cheap without a second way to build.

A key is all that a result depends on. Nothing is ever invalidated: another input is another key. What a run did not ask
for is forgotten with it.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Entry = tuple[str, Hashable]


class Memo:
    """Results of one run. `last` holds those of the run before; `made` counts, by step, what had to be made anew."""

    def __init__(self, last: Mapping[Entry, object] | None = None) -> None:
        self._last = last or {}
        self.results: dict[Entry, object] = {}
        self.made: dict[str, int] = {}

    def get(self, step: str, key: Hashable, make: Callable[[], T]) -> T:
        """The result of `step` for `key`: of this run, of the last, or made now."""
        entry = (step, key)
        if entry not in self.results:
            if entry in self._last:
                self.results[entry] = self._last[entry]
            else:
                self.made[step] = self.made.get(step, 0) + 1
                self.results[entry] = make()
        return self.results[entry]  # type: ignore[return-value]  # a step always makes one type

    def next(self) -> Memo:
        """A memo for the following run."""
        return Memo(self.results)

    @property
    def unchanged(self) -> bool:
        """Whether this run asked for exactly what the last one did."""
        return not self.made and len(self.results) == len(self._last)


def digest_of(value: object) -> str:
    """SHA-256 of a frozen value's `repr`: a short key that stands for a long value."""
    return hashlib.sha256(repr(value).encode()).hexdigest()


def code_digest() -> str:
    """SHA-256 over the package's own files: another version of the code never reads this one's results."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def load_memo(path: Path, code: str) -> Memo:
    """The memo that `save_memo` left; an empty one where there is none, or it is damaged or of other code."""
    try:
        with path.open("rb") as file:
            if file.readline().strip().decode("ascii") != code:
                return Memo()
            return Memo(pickle.load(file))
    except Exception:  # a damaged pickle may raise anything; a cache is never a reason to fail
        return Memo()


def save_memo(memo: Memo, path: Path, code: str) -> None:
    """Keeps a run's results for the next; in silence where the folder cannot be written."""
    if memo.unchanged:
        return
    new = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            file.write(code.encode("ascii") + b"\n")
            pickle.dump(memo.results, file, protocol=pickle.HIGHEST_PROTOCOL)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
