"""Count the work that something does, so that no test asks the clock: a busy machine counts the same."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

T = TypeVar("T")
CALLS = frozenset(("call", "c_call"))


class TooMuchWork(AssertionError):
    """More steps than were allowed."""


def count_steps(work: Callable[[], T], most: float = float("inf")) -> tuple[T, int]:
    """Do `work` and return its result and its steps: calls of functions, Python's own among them. Raises TooMuchWork beyond `most`."""
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal steps
        steps += event in CALLS
        if steps > most:
            sys.setprofile(None)
            raise TooMuchWork(f"more than {most:,.0f} steps")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        return work(), steps
    finally:
        sys.setprofile(before)


def growth(work: Callable[[int], object], size: int, factor: int = 10) -> float:
    """How many times the steps of `work(size)` those of `work(factor * size)` are: `factor` where they grow with the size."""
    once, more = (count_steps(lambda n=n: work(n))[1] for n in (size, factor * size))  # type: ignore[misc]
    assert once > size / 10, "what is done is not counted"
    return more / once
