"""Turn EDTF (ISO 8601-2) dates into strict bounds. `date_words` puts them into words.

Reads years 0000–9999, months, days, seasons, unspecified digits, marks of doubt before or after any part, intervals and
sets (`[2017,2019..]`, `{2017,2018}`). Not read: years of another length, exponents, significant digits.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from dossier.language.characters import printable
from dossier.language.lookalikes import plain

# EDTF's seasons and parts of a year (ISO 8601-2, 4.8): first and last month; winter ends with its year.
SEASON_MONTHS: Mapping[int, tuple[int, int]] = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12), 25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 12),
    29: (9, 11), 30: (12, 12), 31: (3, 5), 32: (6, 8), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip
ENGLISH_MONTHS = calendar.month_name

match_date = re.compile(
    r"(?P<year>[0-9X]{4})"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<mark>[~?%]?)"
).fullmatch
match_time = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
).fullmatch
# One mark of doubt at most for each part of a date: behind it for all so far, before it for itself (ISO 8601-2, 8.4).
_with_marks = re.compile(r"(?:[?~%]?[0-9X]{4}|[0-9X]{4}[?~%])(?:-(?:[?~%]?[0-9X]{2}|[0-9X]{2}[?~%])){0,2}").fullmatch
_MARKS = re.compile("[?~%]")


class DateError(ValueError):
    """A text that is no EDTF date, or a date that cannot be. `hint` says how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


class DateSpan(Struct, frozen=True):
    """An EDTF date with the first and last day that it can mean, as YYYY-MM-DD; None where an interval is open."""

    edtf: str
    earliest: str | None
    latest: str | None
    approximate: bool = False
    uncertain: bool = False

    def overlaps(self, other: DateSpan) -> bool:
        """Tell whether some day lies in both spans; an open end reaches to any day."""
        starts_in_time = (self.earliest or "") <= (other.latest or "9999-12-31")
        return starts_in_time and (other.earliest or "") <= (self.latest or "9999-12-31")


class _Date(Struct, frozen=True):
    """The written parts of one date; `X` for an unspecified digit."""

    year: str
    month: str | None
    day: str | None
    mark: str


@lru_cache(maxsize=65_536)
def parse_edtf(text: str) -> DateSpan:
    """Return the bounds of an EDTF date, at most 100 characters long.

    Raise DateError, a ValueError whose message is for people. Results are kept: a dossier has few different dates.
    """
    sides = text.split("/")
    if len(sides) == 1:
        return _parse_date(text)
    if len(sides) > 2 or sides == ["", ""]:
        raise _no_date(text)
    first, last = (None if side in ("", "..") else _parse_date(side) for side in sides)
    if first and last and (first.earliest or "") > (last.latest or "9999"):
        raise DateError(f'the interval "{text}" ends before it begins', f'write "{sides[1]}/{sides[0]}"')
    closed = [side for side in (first, last) if side]
    return DateSpan(
        text,
        first.earliest if first else None,
        last.latest if last else None,
        any(side.approximate for side in closed),
        any(side.uncertain for side in closed),
    )


def _parse_date(text: str) -> DateSpan:
    found = match_date(text)
    if found is None:
        return _parse_rarely_used(text)
    date = _Date(found["year"], found["month"], found["day"], found["mark"])
    earliest, latest = _bounds(text, date)
    return DateSpan(text, earliest, latest, *_doubts(date.mark))


def _bounds(text: str, date: _Date) -> tuple[str, str] | tuple[None, None]:
    """Return the first and last day; none where nothing is known of the year."""
    found = _days_of(text, date)
    return (None, None) if date.year == "XXXX" else found


def _days_of(text: str, date: _Date) -> tuple[str, str]:
    low, high = date.year.replace("X", "0"), date.year.replace("X", "9")
    if date.month is None or date.month == "XX":
        if date.day not in (None, "XX"):
            message = f'"{text}" names a day and no month, which EDTF has and this project does not read'
            raise DateError(message, "write XX for the day too")
        return f"{low}-01-01", f"{high}-12-31"
    month = int(date.month)
    if month in SEASON_MONTHS and date.day is None:
        first, last = SEASON_MONTHS[month]
        return f"{low}-{first:02}-01", f"{high}-{last:02}-{_days(high, last):02}"
    if not 1 <= month <= 12:
        raise DateError(f'"{text}": there is no month {date.month}', _swapped(date))
    days = _days(high, month)
    if date.day is None or date.day == "XX":
        return f"{low}-{date.month}-01", f"{high}-{date.month}-{days:02}"
    leap_day = "X" in date.year and (month, date.day) == (2, "29")
    if not 1 <= int(date.day) <= days and not leap_day:
        raise DateError(f'"{text}" is no day: {ENGLISH_MONTHS[month]} {date.year} has {days} days')
    first_day = min(int(date.day), _days(low, month))
    return f"{low}-{date.month}-{first_day:02}", f"{high}-{date.month}-{min(int(date.day), days):02}"


def _days(year: str, month: int) -> int:
    # The year 0000 is a leap year in ISO 8601, like 2000.
    return calendar.monthrange(int(year) or 2000, month)[1]


def _swapped(date: _Date) -> str:
    """Return a hint, a better one where day and month stand the wrong way round."""
    if date.day and date.day.isdecimal() and 1 <= int(date.day) <= 12 and date.month and 1 <= int(date.month) <= 31:
        return f'did you mean "{date.year}-{date.day}-{date.month}"?'
    return "write it as year-month-day"


def _parse_rarely_used(text: str) -> DateSpan:
    """Parse what only level 2 has, and times of day."""
    if moment := match_time(text):
        day = _parse_date(moment[1])
        return DateSpan(text, day.earliest, day.latest)
    if text[:1] + text[-1:] in ("[]", "{}"):
        return _parse_set(text)
    without_marks = _MARKS.sub("", text)
    if not (_with_marks(text) and match_date(without_marks)):
        raise _no_date(text)
    bare = _parse_date(without_marks)
    return DateSpan(text, bare.earliest, bare.latest, *_doubts(text))


def _parse_set(text: str) -> DateSpan:
    """Parse one of several dates (`[…]`) or all of them (`{…}`); the span is from the first to the last."""
    members = text[1:-1].split(",")
    spans = [
        _parse_member(member, text, first=number == 0, last=number == len(members) - 1)
        for number, member in enumerate(members)
    ]
    lows, highs = [low for low, _ in spans], [high for _, high in spans]
    return DateSpan(
        text,
        None if None in lows else min(low for low in lows if low),
        None if None in highs else max(high for high in highs if high),
        *_doubts(text),
    )


def _parse_member(member: str, text: str, *, first: bool, last: bool) -> tuple[str | None, str | None]:
    """Parse `a`, `a..b`, `..b` (only the first of a set) or `a..` (only the last) into bounds."""
    start, dots, end = member.partition("..")
    is_open_inside = (not start and not first) or (dots and not end and not last)
    if not (start or end) or is_open_inside or "[" in member or "{" in member:
        raise _no_date(text)
    if not dots:
        only = _parse_date(start)
        return only.earliest, only.latest
    low, high = (_parse_date(start) if start else None), (_parse_date(end) if end else None)
    if low and high and (low.earliest or "") > (high.latest or ""):
        raise DateError(f'"{start}..{end}" ends before it begins', f"write {end}..{start}")
    return low.earliest if low else None, high.latest if high else None


def _doubts(text: str) -> tuple[bool, bool]:
    """Tell whether a date is marked approximate, and whether uncertain."""
    return "~" in text or "%" in text, "?" in text or "%" in text


ANY_FORM = 'write it as "2017", "2017-01", "2017-01-11" or "first/last"'
# What the standard has and this project does not: a pattern, what it is called, and how to write it here.
UNSUPPORTED = (
    (r"Y?-?[0-9]+(E[0-9]+)?S[0-9]+", "a year with significant digits", "write the years that it may be, as 1950/1959"),
    (r"Y-?[0-9]+(E[0-9]+)?|-[0-9X]{4}(-.*)?", "a year before 0000 or after 9999", "leave it out, and say it in words"),
    (r"[0-9]{4}-[0-9]{2}\^.+", "a season with a place", "write the season alone, as 2017-21"),
    (r"[?~%]?[0-9X]{4}[?~%]?-.*([0-9]X|X[0-9]).*", "a month or day with one unknown digit", "write XX, or first/last"),
)


def _no_date(text: str) -> DateError:
    for pattern, what, instead in UNSUPPORTED:
        if len(text) <= 40 and re.fullmatch(pattern, text):
            return DateError(f'"{text}" is {what}, which EDTF has and this project does not read', instead)
    hint = _mend(text) or ANY_FORM
    return DateError(f'"{_short(text)}" is no EDTF date', hint)


def _short(text: str) -> str:
    return printable(text if len(text) <= 40 else f"{text[:39]}…")


def _mend(text: str) -> str:
    """Return a hint for the ways in which people write dates that EDTF does not."""
    if len(text) > 40:
        return ""
    meant = plain(text).strip(" \"'«»")
    if found := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", meant):
        return f'did you mean "{found[1]}-{int(found[2]):02}-{int(found[3]):02}"?'
    if found := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", meant):
        return f'write year-month-day: "{found[3]}-{int(found[2]):02}-{int(found[1]):02}", if the day comes first here'
    if found := re.fullmatch(r"([0-9]{4})-([0-9])", meant):
        return f'did you mean "{found[1]}-0{found[2]}"?'
    if found := re.fullmatch(r"([0-9]{4})\s*(?:\.\.|-)\s*([0-9]{4})", meant):
        return f'did you mean "{found[1]}/{found[2]}"?'
    if meant != text and all(match_date(side) for side in meant.split("/")):
        return f'did you mean "{meant}"?'
    if found := re.fullmatch(r"(?:c\.|ca\.?|circa)\s*([0-9]{4})", meant):
        return f'did you mean "{found[1]}~"?'
    return ""
