"""Events on a time line that runs right to left, one row for each, as bars from the earliest to the latest day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from dossier.arabic import to_digits

WIDTH, MARGIN, ROW, HEAD = 340, 12, 44, 26  # units of the viewBox; a phone shows about one for a pixel
SHORTEST_BAR = 7
YEARS_SHOWN = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEvent:
    """One row. Days are YYYY-MM-DD; None where that end is open."""

    href: str
    title: str
    when: str
    earliest: str | None
    latest: str | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to horizontal places: the first day at the right, the last at the left."""

    first: int
    last: int

    def place(self, day: int) -> float:
        """The place of a day, a proleptic ordinal."""
        share = (day - self.first) / max(1, self.last - self.first)
        return round(WIDTH - MARGIN - share * (WIDTH - 2 * MARGIN), 1)


def draw_timeline(events: Sequence[TimelineEvent], *, digits: Literal["latn", "arab"] = "latn") -> Markup:
    """The picture of at least one event with at least one known day."""
    scale = _scale(events)
    height = HEAD + ROW * len(events) + 6
    parts = [
        f'<svg class="chart-timeline" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="خط زمن الأحداث، من اليمين إلى اليسار">',
        _gradients(),
        *_axis(scale, height, digits),
        *(_row(event, index, scale) for index, event in enumerate(events)),
        "</svg>",
    ]
    return Markup("".join(parts))


def _ordinal(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()


def _scale(events: Sequence[TimelineEvent]) -> Scale:
    days = [_ordinal(day) for event in events for day in (event.earliest, event.latest) if day]
    first, last = datetime.date.fromordinal(min(days)), datetime.date.fromordinal(max(days))
    return Scale(datetime.date(first.year, 1, 1).toordinal(), datetime.date(last.year, 12, 31).toordinal())


def _gradients() -> str:
    """Bars that fade to both ends, to the past (right) or to the future (left)."""
    stops = {"both": (0.15, 1, 0.15), "past": (1, 1, 0), "future": (0, 1, 1)}
    return "<defs>" + "".join(
        f'<linearGradient id="fade-{name}">'
        + "".join(f'<stop class="chart-stop" offset="{at}" stop-opacity="{o}"/>' for at, o in zip((0, 0.5, 1), opacities, strict=True))
        + "</linearGradient>"
        for name, opacities in stops.items()
    ) + "</defs>"  # fmt: skip


def _axis(scale: Scale, height: int, digits: Literal["latn", "arab"]) -> Iterator[str]:
    first = datetime.date.fromordinal(scale.first).year
    last = datetime.date.fromordinal(scale.last).year
    step = max(1, -(-(last - first + 1) // YEARS_SHOWN))
    for year in range(first, last + 1, step):
        x = scale.place(datetime.date(year, 1, 1).toordinal())
        yield f'<line class="chart-grid" x1="{x}" x2="{x}" y1="18" y2="{height}"/>'
        anchor = "end" if year == first else "middle"
        yield f'<text class="chart-year" x="{x}" y="12" direction="ltr" text-anchor="{anchor}">{to_digits(str(year), digits)}</text>'


def _row(event: TimelineEvent, index: int, scale: Scale) -> str:
    y = HEAD + ROW * index
    start = scale.place(_ordinal(event.earliest) if event.earliest else scale.first)
    end = scale.place(_ordinal(event.latest) if event.latest else scale.last)
    left, width = min(start, end), max(SHORTEST_BAR, round(abs(start - end), 1))
    left = min(left, WIDTH - MARGIN - width)
    shape = f'<rect class="chart-bar" {_fill(event)}x="{left}" y="{y + 24}" width="{width}" height="10" rx="3"/>'
    label = escape(_shorten(event.title))
    return (
        f'<a href="{escape(event.href)}" aria-label="{escape(event.title)}: {escape(event.when)}">'
        f"<title>{escape(event.title)}: {escape(event.when)}</title>"
        f'<rect class="chart-hit" x="0" y="{y}" width="{WIDTH}" height="{ROW - 2}"/>'
        f'<text class="chart-label" x="{WIDTH - MARGIN}" y="{y + 16}" direction="rtl" text-anchor="start">{label}</text>'
        f"{shape}</a>"
    )


def _fill(event: TimelineEvent) -> str:
    if event.earliest is None:
        return 'fill="url(#fade-past)" '
    if event.latest is None:
        return 'fill="url(#fade-future)" '
    return 'fill="url(#fade-both)" ' if event.approximate or event.earliest != event.latest else ""


def _shorten(title: str, most: int = 46) -> str:
    if len(title) <= most:
        return title
    return title[:most].rsplit(" ", 1)[0] + "…"
