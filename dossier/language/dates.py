"""Turn EDTF (ISO 8601-2) dates into strict bounds and into Arabic words.

Reads years 0000–9999, months, days, seasons, unspecified digits, marks of doubt before or after any part, intervals and
sets (`[2017,2019..]`, `{2017,2018}`). Not read: years of another length, exponents, significant digits.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dossier.language.arabic import to_digits
from dossier.language.characters import printable
from dossier.language.lookalikes import plain

# EDTF's seasons and parts of a year (ISO 8601-2, 4.8): first and last month; winter ends with its year.
SEASON_MONTHS: Mapping[int, tuple[int, int]] = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12), 25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 12),
    29: (9, 11), 30: (12, 12), 31: (3, 5), 32: (6, 8), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip
SEASON_WORDS: Mapping[int, str] = {
    21: "ربيع", 22: "صيف", 23: "خريف", 24: "شتاء", 25: "ربيع", 26: "صيف", 27: "خريف", 28: "شتاء",
    29: "ربيع", 30: "صيف", 31: "خريف", 32: "شتاء",
    33: "الربع الأول من", 34: "الربع الثاني من", 35: "الربع الثالث من", 36: "الربع الرابع من",
    37: "الثلث الأول من", 38: "الثلث الثاني من", 39: "الثلث الأخير من", 40: "النصف الأول من", 41: "النصف الثاني من",
}  # fmt: skip
# Both names of each month: those of Egypt and Libya, and those of the Levant and Iraq.
MONTH_WORDS = (
    "يناير/كانون الثاني", "فبراير/شباط", "مارس/آذار", "أبريل/نيسان", "مايو/أيار", "يونيو/حزيران",
    "يوليو/تموز", "أغسطس/آب", "سبتمبر/أيلول", "أكتوبر/تشرين الأول", "نوفمبر/تشرين الثاني", "ديسمبر/كانون الأول",
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class DateSpan:
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


@dataclass(frozen=True, slots=True)
class _Date:
    """The written parts of one date; `X` for an unspecified digit."""

    year: str
    month: str | None
    day: str | None
    mark: str


@lru_cache(maxsize=65_536)
def parse_edtf(text: str) -> DateSpan:
    """Return the bounds of an EDTF date, at most 100 characters long.

    Raises DateError, a ValueError whose message is for people. Results are kept: a dossier has few different dates.
    """
    sides = text.split("/")
    if len(sides) == 1:
        return _parse_date(text)
    if len(sides) > 2 or sides == ["", ""]:
        raise _no_date(text)
    first, last = (None if side in ("", "..") else _parse_date(side) for side in sides)
    if first and last and (first.earliest or "") > (last.latest or "9999"):
        raise DateError(f'the interval "{text}" ends before it begins', f"write {sides[1]}/{sides[0]}")
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


def _bounds(text: str, date: _Date) -> tuple[str, str]:
    low, high = date.year.replace("X", "0"), date.year.replace("X", "9")
    if date.month is None or date.month == "XX":
        if date.day not in (None, "XX"):
            raise DateError(f'"{text}" names a day and no month', "write XX for the day too")
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
        return f"did you mean {date.year}-{date.day}-{date.month}?"
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


def _no_date(text: str) -> DateError:
    hint = _mend(text) or "write it as 2017, 2017-01, 2017-01-11 or first/last"
    return DateError(f'"{_short(text)}" is no EDTF date', hint)


def _short(text: str) -> str:
    return printable(text if len(text) <= 40 else f"{text[:39]}…")


def _mend(text: str) -> str:
    """Return a hint for the ways in which people write dates that EDTF does not."""
    if len(text) > 40:
        return ""
    meant = plain(text).strip(" \"'")
    if found := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", meant):
        return f"did you mean {found[1]}-{int(found[2]):02}-{int(found[3]):02}?"
    if found := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", meant):
        return f"write year-month-day: {found[3]}-{int(found[2]):02}-{int(found[1]):02}, if the day comes first here"
    if found := re.fullmatch(r"([0-9]{4})-([0-9])", meant):
        return f"did you mean {found[1]}-0{found[2]}?"
    if found := re.fullmatch(r"([0-9]{4})\s*(?:\.\.|-)\s*([0-9]{4})", meant):
        return f"did you mean {found[1]}/{found[2]}?"
    if meant != text and all(match_date(side) for side in meant.split("/")):
        return f"did you mean {meant}?"
    if found := re.fullmatch(r"(?:c\.|ca\.?|circa)\s*([0-9]{4})", meant):
        return f"did you mean {found[1]}~?"
    return ""


def describe(span: DateSpan, digits: str = "latn") -> str:
    """Write a date in Arabic words, months by both their names. `digits` is `latn` (0–9) or `arab` (٠–٩)."""
    words = _describe(span)
    return to_digits(words, "arab") if digits == "arab" else words


def _describe(span: DateSpan) -> str:
    first, slash, last = span.edtf.partition("/")
    if not slash:
        return _words_of(span, first)
    if first in ("", "..") and last in ("", ".."):
        return "في تاريخ غير محدد"
    if first in ("", ".."):
        return f"حتى {_words_of(parse_edtf(last), last)}"
    if last in ("", ".."):
        return f"منذ {_words_of(parse_edtf(first), first)}"
    return f"بين {_shared_parts(first, last) or _both_sides(first, last)}"


def _both_sides(first: str, last: str) -> str:
    return f"{_words_of(parse_edtf(first), first)} و{_words_of(parse_edtf(last), last)}"


def _shared_parts(first: str, last: str) -> str | None:
    """Name two plain dates of one year with the year, and of one month with the month, once."""
    one, two = match_date(first), match_date(last)
    if one is None or two is None or one["mark"] or two["mark"] or one["year"] != two["year"]:
        return None
    months = [part["month"] for part in (one, two)]
    if any(month is None or not month.isdecimal() or int(month) > 12 for month in months):
        return None
    if one["day"] is None and two["day"] is None:
        return f"{_month(one['month'])} و{_month(two['month'])} {one['year']}"
    if not (one["day"] and two["day"] and one["day"].isdecimal() and two["day"].isdecimal()):
        return None
    start = str(int(one["day"])) if months[0] == months[1] else f"{int(one['day'])} {_month(one['month'])}"
    return f"{start} و{int(two['day'])} {_month(two['month'])} {two['year']}"


def _month(written: str) -> str:
    return MONTH_WORDS[int(written) - 1]


def _words_of(span: DateSpan, text: str) -> str:
    """Write one date, with how sure it is."""
    found = match_date(text)
    words = _plain_words(_Date(found["year"], found["month"], found["day"], "")) if found else None
    words = words or _words_of_bounds(span)
    if span.approximate:
        words = f"حوالى {words}"
    return f"{words} على الأرجح" if span.uncertain else words


def _plain_words(date: _Date) -> str | None:
    if "X" in date.year:
        decade = date.year.endswith("X") and date.year[:3].isdecimal() and not date.month
        return f"عقد {date.year[:3]}0" if decade else None
    if date.month is None:
        return date.year
    if date.month == "XX":
        return f"{'شهر' if date.day is None else 'يوم'} غير محدد من {date.year}"
    if int(date.month) > 12:
        return f"{SEASON_WORDS[int(date.month)]} {date.year}"
    month = f"{_month(date.month)} {date.year}"
    if date.day is None:
        return month
    return f"يوم غير محدد من {month}" if date.day == "XX" else f"{int(date.day)} {month}"


def _words_of_bounds(span: DateSpan) -> str:
    """Write the first and last day of a date that has no words of its own."""
    earliest, latest = (_day_words(day) if day else None for day in (span.earliest, span.latest))
    if earliest == latest:
        return earliest or "في تاريخ غير محدد"
    if earliest is None or latest is None:
        return f"منذ {earliest}" if earliest else f"حتى {latest}"
    low, high = str(span.earliest), str(span.latest)
    if low.endswith("-01-01") and high.endswith("-12-31"):
        return f"بين {low[:4]} و{high[:4]}"
    return f"بين {earliest} و{latest}"


def _day_words(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)} {_month(month)} {year}"
