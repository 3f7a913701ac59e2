"""Draw dates on a line of time that runs from right to left: a strip for each, under one axis.

A mark claims no more than its date. A day is a dot; what lasted is a bar; a date that is one day somewhere within bounds is a broken
line between them; one that is known from one side alone is a stroke with an open arrow, whose length means nothing. Places are
percentages, so that strips are as broad as the page lets them be.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from dossier.language.arabic import Digits, to_digits
from dossier.language.dates import DateSpan

RIGHT, LEFT = 94.0, 6.0  # percent, where the first and the last day lie: arrows have room beside them
MIDDLE = 10  # of a strip of 20 units
NARROW = 1.5  # percent: bounds that are nearer to each other cannot be told apart
YEARS_SHOWN = 6
FIRST_DAY = "0001-01-01"  # of Python's calendar; EDTF has a year 0000

Shape = Literal["day", "lasting", "within", "before", "after"]


class Scale(Struct, frozen=True):
    """How days become places in percent: the first day at the right, the last at the left. Days are proleptic ordinals."""

    first: int
    last: int

    def place(self, day: int) -> float:
        """Return the place of a day in percent, rounded to a hundredth. `day` is a proleptic ordinal."""
        share = (day - self.first) / max(1, self.last - self.first)
        return round(RIGHT - share * (RIGHT - LEFT), 2)


def scale_of(dates: Iterable[DateSpan]) -> Scale | None:
    """Return the scale from the first to the last year of these dates; None where none has a day."""
    days = [_ordinal(day) for date in dates for day in (date.earliest, date.latest) if day]
    if not days:
        return None
    first, last = datetime.date.fromordinal(min(days)), datetime.date.fromordinal(max(days))
    return Scale(datetime.date(first.year, 1, 1).toordinal(), datetime.date(last.year, 12, 31).toordinal())


def shape_of(date: DateSpan) -> Shape | None:
    """Tell what a date says: a day, something that lasted, one day within bounds, or a bound alone; None where it has no day."""
    if date.earliest is None or date.latest is None:
        return "after" if date.earliest else "before" if date.latest else None
    if date.earliest == date.latest:
        return "day"
    return "lasting" if "/" in date.edtf else "within"


def draw_axis(scale: Scale, digits: Digits = "latn") -> Markup:
    """Draw the years over the strips, the last one among them."""
    texts = "".join(
        f'<text class="time-year" x="{place:g}%" y="14" direction="ltr" text-anchor="middle">{to_digits(f"{year:04}", digits)}</text>'
        for year, place in _years(scale)
    )
    return Markup(f'<svg class="time-years" width="100%" height="20" aria-hidden="true">{texts}</svg>')


def draw_grid(scale: Scale) -> Markup:
    """Draw the lines of the years, as high as the list is."""
    lines = "".join(
        f'<line class="time-line" x1="{place:g}%" x2="{place:g}%" y1="0" y2="100%"/>' for _, place in _years(scale)
    )
    return Markup(f'<svg class="time-grid" width="100%" height="100%" aria-hidden="true">{lines}</svg>')


def draw_strip(date: DateSpan, scale: Scale) -> Markup:
    """Draw the mark of one date; empty where it has no day. The words beside it say the same, so it is hidden from screen readers."""
    shape = shape_of(date)
    if shape is None:
        return Markup("")
    places = [scale.place(_ordinal(day)) for day in (date.earliest, date.latest) if day]
    doubtful = " time-doubt" if date.approximate or date.uncertain else ""
    marks = "".join(_marks(shape, places[0], places[-1], doubtful))
    return Markup(f'<svg class="time-strip" width="100%" height="20" aria-hidden="true">{marks}</svg>')


def _ordinal(day: str) -> int:
    return datetime.date.fromisoformat(max(day, FIRST_DAY)).toordinal()


def _years(scale: Scale) -> Iterator[tuple[int, float]]:
    """Yield the years that are named, the last first, with their places: at even steps from the first to the last, both among them.

    Where no step divides the years between them, the last step is a longer one, by as little as can be.
    """
    first = datetime.date.fromordinal(scale.first).year
    last = datetime.date.fromordinal(scale.last).year
    span = last - first
    least = max(1, -(-span // (YEARS_SHOWN - 1)))
    step = min(range(least, 2 * least), key=lambda step: span % step / step)
    for year in dict.fromkeys((last, *reversed(range(first, last - step + 1, step)), first)):
        yield year, scale.place(datetime.date(year, 1, 1).toordinal())


def _marks(shape: Shape, right: float, left: float, doubtful: str) -> Iterator[str]:
    """Yield the elements of a mark between the places of its earliest and its latest day."""
    if shape == "day" or (shape == "within" and right - left < NARROW):
        kind = "time-day" if shape == "day" else "time-some-day"
        yield f'<circle class="{kind}{doubtful}" cx="{(right + left) / 2:g}%" cy="{MIDDLE}" r="5"/>'
    elif shape == "lasting":
        yield f'<line class="time-lasting{doubtful}" x1="{right:g}%" x2="{left:g}%" y1="{MIDDLE}" y2="{MIDDLE}"/>'
    elif shape == "within":
        yield f'<line class="time-within" x1="{right:g}%" x2="{left:g}%" y1="{MIDDLE}" y2="{MIDDLE}"/>'
        yield from (_stroke(place) for place in (right, left))
    else:
        arrow = "M0 10h20m-6-5 6 5-6 5" if shape == "before" else "M0 10h-20m6-5-6 5 6 5"
        yield _stroke(right)
        yield f'<svg x="{right:g}%" overflow="visible"><path class="time-open" d="{arrow}"/></svg>'


def _stroke(place: float) -> str:
    return f'<line class="time-bound" x1="{place:g}%" x2="{place:g}%" y1="{MIDDLE - 6}" y2="{MIDDLE + 6}"/>'
