"""Keep the first page short: how much of a list stands there, the rest being folded."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

TABLE_WORDS = 165  # of the rows of a table before the rest is folded
JUDGMENT_WORDS = 90  # of the titles of judgments


def words(*texts: str | None) -> int:
    """Count the words of texts, marked up or not."""
    return sum(len(text.split()) for text in texts if text)


def fitting(lengths: Iterable[int], most: int) -> int:
    """Tell how many of some things stand in `most` words together, given the words of each: at least one; all where but one would be left."""
    lengths = tuple(lengths)
    shown = max(1, sum(total <= most for total in accumulate(lengths)))
    return len(lengths) if shown + 1 >= len(lengths) else shown
