"""Keep results by the values they were made from: a second build is cheap without a second way to build.

A key is all that a result depends on. Nothing is ever invalidated: another input is another key. What a run did not ask
for is forgotten with it.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from msgspec.msgpack import Encoder

T = TypeVar("T")
Results = dict[str, dict[Hashable, object]]  # by step, then by key
_WHOLE = "whole"  # the key of a step that has one result
_MISSING = object()
_encode = Encoder(enc_hook=repr).encode


class Memo:
    """Results of one run. `last` holds those of the run before; `made` counts, by step, what had to be made anew."""

    def __init__(self, last: Mapping[str, Mapping[Hashable, object]] | None = None) -> None:
        self._last = last if last is not None else {}
        self.results: Results = {}
        self.made: dict[str, int] = {}
        self.renewed: set[str] = set()

    def get(self, step: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return the result of `step` for `key`: of this run, of the last, or made now."""
        results = self.results.setdefault(step, {})
        found = results.get(key, _MISSING)
        if found is _MISSING:
            found = self._last.get(step, {}).get(key, _MISSING)
            if found is _MISSING:
                self.count(step)
                self.renewed.add(step)
                found = make()
            results[key] = found
        return found  # type: ignore[return-value]  # a step always makes one type

    def get_each(self, wanted: Sequence[tuple[str, Hashable]], make: Callable[[Sequence[int]], Iterable[T]]) -> list[T]:
        """Return the results of steps for their keys. What neither this run nor the last has, by its numbers, is made all at once."""
        new = [number for number, (step, key) in enumerate(wanted) if not self._has(step, key)]
        made = dict(zip(new, make(new) if new else (), strict=True))
        return [self.get(*one, partial(made.__getitem__, number)) for number, one in enumerate(wanted)]

    def _has(self, step: str, key: Hashable) -> bool:
        return key in self.results.get(step, {}) or key in self._last.get(step, {})

    def revise(self, step: str, make: Callable[[Any], T]) -> T:
        """Return `make(last)`, where `last` is what the step came to in the run before, None where there was none.

        `make` must come to the same whatever `last` is, and gives `last` itself back where nothing changed.
        """
        results = self.results.setdefault(step, {})
        last = results.get(_WHOLE) or self._last.get(step, {}).get(_WHOLE)
        found = make(last)
        if found is not last:
            self.renewed.add(step)
        results[_WHOLE] = found
        return found

    def count(self, step: str) -> None:
        """Count one result that was made anew."""
        self.made[step] = self.made.get(step, 0) + 1

    @classmethod
    def of(cls, results: Results) -> Memo:
        """Return the memo of a run that had these results, all of them new."""
        memo = cls()
        memo.results, memo.renewed = results, set(results)
        return memo

    def next(self) -> Memo:
        """Return a memo for the following run."""
        return Memo(self.results)

    def retry(self) -> Memo:
        """Return a memo for the run that follows one that ended early: with what either run had."""
        steps = {*self._last, *self.results}
        return Memo({step: {**self._last.get(step, {}), **self.results.get(step, {})} for step in steps})

    def only(self, *steps: str) -> Memo:
        """Return a memo for other runs, with what the run before had of these steps."""
        return Memo({step: self._last[step] for step in steps if step in self._last})

    def last_results(self, step: str) -> dict[Hashable, Any]:
        """Return what the run before had of a step, by key."""
        return dict(self._last.get(step, {}))

    def is_unchanged(self, step: str) -> bool:
        """Tell whether this run asked of a step exactly what the last one did."""
        return step not in self.renewed and len(self.results.get(step, {})) == len(self._last.get(step, {}))


def digest_of(value: object) -> str:
    """Return the SHA-256 of a frozen value as MessagePack has it: a short key that stands for a long value."""
    return hashlib.sha256(_encode(value)).hexdigest()


@contextmanager
def gc_paused(*, freeze: bool = True) -> Iterator[None]:
    """Look for no garbage while a dossier is read and linked, nor ever among what was made: millions of values that all stay.

    `freeze` is False where other things are alive meanwhile that will be garbage, such as connections.
    """
    gc.disable()
    try:
        yield
    finally:
        if freeze:
            gc.freeze()
        gc.enable()
