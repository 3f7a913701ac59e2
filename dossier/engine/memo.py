"""Results by the values they were made from: what makes a second build cheap without a second way to build.

A key is all that a result depends on. Nothing is ever invalidated: another input is another key. What a run did not ask
for is forgotten with it.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")
S = TypeVar("S")
Results = dict[str, dict[Hashable, object]]  # by step, then by key
_MISSING = object()


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelved(Generic[T, S]):
    """What a step made of a shelf: a value for each row, and what they come to."""

    key: Hashable
    rows: tuple[Hashable, ...]
    values: tuple[T, ...]
    whole: S


class Memo:
    """Results of one run. `last` holds those of the run before; `made` counts, by step, what had to be made anew."""

    def __init__(self, last: Mapping[str, Mapping[Hashable, object]] | None = None) -> None:
        self._last = last or {}
        self.results: Results = {}
        self.made: dict[str, int] = {}
        self._new = False

    def get(self, step: str, key: Hashable, make: Callable[[], T]) -> T:
        """The result of `step` for `key`: of this run, of the last, or made now."""
        results = self.results.setdefault(step, {})
        found = results.get(key, _MISSING)
        if found is _MISSING:
            found = self._last.get(step, {}).get(key, _MISSING)
            if found is _MISSING:
                self._count(step, 1)
                found = make()
            results[key] = found
        return found  # type: ignore[return-value]  # a step always makes one type

    def get_shelf(
        self,
        step: str,
        name: str,
        key: Hashable,
        rows: Callable[[], Sequence[Hashable]],
        make: Callable[[int], T],
        sum_up: Callable[[tuple[T, ...]], S],
    ) -> S:
        """What the results for all rows of a shelf come to: those of the last run as they are where `key` is what it was.

        `key` stands for all that `sum_up` and the rows depend on; `rows` are the single results' keys. Where the shelf changed,
        only rows that it did not have are made, each by its place, and all are summed up again.
        """
        results: dict[Hashable, Any] = self.results.setdefault(step, {})
        last: Mapping[Hashable, Any] = self._last.get(step, {})
        found: Shelved[T, S] | None = results.get(name) or last.get(name)
        if found is None or found.key != key:
            known = dict(zip(found.rows, found.values, strict=True)) if found else {}
            asked = tuple(rows())
            self._count(step, sum(row not in known for row in asked))
            values = tuple(known[row] if row in known else make(place) for place, row in enumerate(asked))
            found = Shelved(key=key, rows=asked, values=values, whole=sum_up(values))
        results[name] = found
        return found.whole

    def _count(self, step: str, number: int) -> None:
        self._new = True
        if number:
            self.made[step] = self.made.get(step, 0) + number

    @classmethod
    def of(cls, results: Results) -> Memo:
        """The memo of a run that had these results."""
        memo = cls()
        memo.results = results
        return memo

    def next(self) -> Memo:
        """A memo for the following run."""
        return Memo(self.results)

    def retry(self) -> Memo:
        """A memo for the run that follows one that ended early: with what either run had."""
        steps = {*self._last, *self.results}
        return Memo({step: {**self._last.get(step, {}), **self.results.get(step, {})} for step in steps})

    def only(self, *steps: str) -> Memo:
        """A memo for other runs, with what the run before had of these steps."""
        return Memo({step: self._last[step] for step in steps if step in self._last})

    def known(self, step: str) -> dict[Hashable, Any]:
        """What the run before had of a step, by key."""
        return dict(self._last.get(step, {}))

    @property
    def unchanged(self) -> bool:
        """Whether this run asked for exactly what the last one did."""
        return not self._new and _sizes(self.results) == _sizes(self._last)


def _sizes(results: Mapping[str, Mapping[Hashable, object]]) -> dict[str, int]:
    return {step: len(by_key) for step, by_key in results.items() if by_key}


def digest_of(value: object) -> str:
    """SHA-256 of a frozen value's `repr`: a short key that stands for a long value."""
    return hashlib.sha256(repr(value).encode()).hexdigest()


def code_digest() -> str:
    """SHA-256 over the package's own files: another version of the code never reads this one's results."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent.parent  # the whole package, not this room
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


@contextmanager
def gc_paused() -> Iterator[None]:
    """For reading and linking, whose millions of values all stay: no garbage is looked for meanwhile, nor among them later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
