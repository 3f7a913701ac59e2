"""Draw events on a time line that runs right to left, one row for each, as bars from the earliest to the latest day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from markupsafe import Markup, escape

from dossier.language.arabic import to_digits
from dossier.pages.charts.labels import shorten, wrap

WIDTH, MARGIN, HEAD = 340, 12, 28  # units of the viewBox; a phone shows about one for a pixel
LINE, BAR, GAP = 18, 9, 16  # heights of a line of a label and of a bar, and what parts two rows
LABEL_LETTERS, WHEN_LETTERS = 50, 60  # what a line holds of titles and of dates, which are smaller
SHORTEST_BAR = 7
YEARS_SHOWN = 6
FIRST_DAY = "0001-01-01"  # of Python's calendar; EDTF has a year 0000


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
    """How days become horizontal places: the first day at the right, the last at the left. Days are proleptic ordinals."""

    first: int
    last: int

    def place(self, day: int) -> float:
        """Return the place of a day in units of the viewBox, rounded to a tenth. `day` is a proleptic ordinal."""
        share = (day - self.first) / max(1, self.last - self.first)
        return round(WIDTH - MARGIN - share * (WIDTH - 2 * MARGIN), 1)


def draw_timeline(events: Sequence[TimelineEvent], *, digits: Literal["latn", "arab"] = "latn") -> Markup:
    """Draw the events that have an earliest or a latest day, one row each, in the order given; the others are left out.

    Return empty markup where none has. `digits` are those of the years on the axis.
    """
    dated = [event for event in events if event.earliest or event.latest]
    if not dated:
        return Markup("")
    scale = _scale(dated)
    tops = list(accumulate((_height(event) for event in dated), initial=HEAD))
    height = tops[-1]
    parts = [
        f'<svg class="chart-timeline" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="خط زمن الأحداث، من اليمين إلى اليسار">',
        _gradients(),
        *_axis(scale, height, digits),
        *(_row(event, top, scale) for event, top in zip(dated, tops, strict=False)),
        "</svg>",
    ]
    return Markup("".join(parts))


def _ordinal(day: str) -> int:
    return datetime.date.fromisoformat(max(day, FIRST_DAY)).toordinal()


def _scale(events: Sequence[TimelineEvent]) -> Scale:
    days = [_ordinal(day) for event in events for day in (event.earliest, event.latest) if day]
    first, last = datetime.date.fromordinal(min(days)), datetime.date.fromordinal(max(days))
    return Scale(datetime.date(first.year, 1, 1).toordinal(), datetime.date(last.year, 12, 31).toordinal())


def _gradients() -> str:
    """Return bars' fillings that fade to both ends, to the past (right) or to the future (left)."""
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
        yield f'<text class="chart-year" x="{x}" y="12" direction="ltr" text-anchor="{anchor}">{_year(year, digits)}</text>'


def _year(year: int, digits: Literal["latn", "arab"]) -> str:
    return to_digits(f"{year:04}", digits)


def _height(event: TimelineEvent) -> int:
    return LINE * (len(wrap(event.title, LABEL_LETTERS)) + 1) + BAR + GAP


def _row(event: TimelineEvent, top: int, scale: Scale) -> str:
    name = f"{escape(event.title)}: {escape(event.when)}"
    lines = [
        *((line, "chart-label") for line in wrap(event.title, LABEL_LETTERS)),
        (shorten(event.when, WHEN_LETTERS), "chart-when"),
    ]
    texts = "".join(
        f'<text class="{kind}" x="{WIDTH - MARGIN}" y="{top + LINE * number - 3}" direction="rtl" text-anchor="start">{escape(line)}</text>'
        for number, (line, kind) in enumerate(lines, start=1)
    )
    return (
        f'<a href="{escape(event.href)}" aria-label="{name}"><title>{name}</title>'
        f'<rect class="chart-hit" x="0" y="{top}" width="{WIDTH}" height="{_height(event) - GAP // 2}"/>'
        f"{texts}{_bar(event, top + LINE * len(lines) + 4, scale)}</a>"
    )


def _bar(event: TimelineEvent, y: int, scale: Scale) -> str:
    """Draw a bar from the latest day, at the left, to the earliest; open ends reach the edge, and a single day can still be seen."""
    right = scale.place(_ordinal(event.earliest)) if event.earliest else float(WIDTH)
    left = scale.place(_ordinal(event.latest)) if event.latest else 0.0
    width = max(SHORTEST_BAR, round(right - left, 1))
    left = min(left, WIDTH - width)
    return f'<rect class="chart-bar" {_fill(event)}x="{left}" y="{y}" width="{width}" height="{BAR}" rx="3"/>'


def _fill(event: TimelineEvent) -> str:
    if event.earliest is None:
        return 'fill="url(#fade-past)" '
    if event.latest is None:
        return 'fill="url(#fade-future)" '
    return 'fill="url(#fade-both)" ' if event.approximate or event.earliest != event.latest else ""
