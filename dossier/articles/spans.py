"""Say where something stands in a text, and choose among spans that overlap."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

Span = tuple[int, int]  # where it begins and ends in code points, the end exclusive


class Taken:
    """Spans of which none overlaps another, in order."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self.spans: list[Span] = []
        for span in spans:
            self.take(span)

    def holds(self, span: Span) -> bool:
        """Tell whether a span lies within one of these."""
        at = bisect_left(self.spans, (span[0] + 1, 0)) - 1
        return at >= 0 and span[1] <= self.spans[at][1]

    def take(self, span: Span) -> bool:
        """Add a span, where it overlaps none; return whether it did not."""
        at = bisect_left(self.spans, span)
        if at < len(self.spans) and self.spans[at][0] < span[1]:
            return False
        if at and self.spans[at - 1][1] > span[0]:
            return False
        insort(self.spans, span)
        return True
