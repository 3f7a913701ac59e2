"""Put EDTF dates into Arabic words that say what the standard means by them, and no more.

An interval `a/b` lasts from a to b; of a set `[…]` one is meant, of `{…}` all. An open beginning is never called an end, marks of doubt
stay with the part that they mark, and what is unknown is called so.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dossier.language.arabic import Digits, to_digits
from dossier.language.dates import DateSpan, match_time

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
OPEN = ("", "..")
UNITS: Mapping[int, str] = {0: "سنة", 1: "شهر", 2: "يوم"}  # by how many hyphens a date has

_match_parts = re.compile(
    r"(?P<before_year>[?~%]?)(?P<year>[0-9X]{4})(?P<after_year>[?~%]?)"
    r"(?:-(?P<before_month>[?~%]?)(?P<month>[0-9X]{2})(?P<after_month>[?~%]?)"
    r"(?:-(?P<before_day>[?~%]?)(?P<day>[0-9X]{2})(?P<after_day>[?~%]?))?)?"
).fullmatch
# Each part as it is doubted: of nearness, and of truth.
_DOUBTS: Mapping[str, tuple[str, str]] = {
    "year": ("السنة تقريبية", "السنة غير مؤكدة"),
    "month": ("الشهر تقريبي", "الشهر غير مؤكد"),
    "day": ("اليوم تقريبي", "اليوم غير مؤكد"),
}


def describe(span: DateSpan, digits: Digits = "latn") -> str:
    """Say when something was: «من 11 إلى 31 يناير/كانون الثاني 2017» of what lasted, «يوم بين 1 و9 …» of a day that is not known.

    Months have both their names; `digits` is `latn` (0–9) or `arab` (٠–٩).
    """
    return _in_digits(_words(span.edtf, on_one_day=False), digits)


def describe_day(span: DateSpan, digits: Digits = "latn") -> str:
    """Say when something was that takes one day, as the publication of an article: an interval is then a day that is not known."""
    return _in_digits(_words(span.edtf, on_one_day=True), digits)


def _in_digits(words: str, digits: Digits) -> str:
    return to_digits(words, "arab") if digits == "arab" else words


@lru_cache(maxsize=4096)
def _words(text: str, *, on_one_day: bool) -> str:
    if text[:1] in ("[", "{"):
        return _set_words(text[1:-1].split(","), one=text[0] == "[")
    first, slash, last = text.partition("/")
    if not slash:
        return _date_words(text)
    if first in OPEN and last in OPEN:
        return "تاريخ غير محدد"
    if first in OPEN:
        return f"في موعد لا يتجاوز {_words(last, on_one_day=on_one_day)}"
    if last in OPEN:
        return f"{'في موعد لا يسبق' if on_one_day else 'منذ'} {_words(first, on_one_day=on_one_day)}"
    if on_one_day:
        return _one_between(first, last)
    return "من {} إلى {}".format(*_pair(first, last))


def _set_words(members: Sequence[str], *, one: bool) -> str:
    """Join members: «2015 أو 2017» where one of them is meant, «2015 و2017 معًا» where all are."""
    if len(members) == 2 and not any(".." in member for member in members):
        words: Sequence[str] = _pair(*members)
    else:
        words = [_member_words(member, one=one) for member in members]
    if one:
        return " أو ".join(words)
    return " و".join(words) + (" معًا" if len(words) > 1 else "")


def _member_words(member: str, *, one: bool) -> str:
    first, dots, last = member.partition("..")
    if not dots:
        return _date_words(member)
    if not first:
        return f"في موعد لا يتجاوز {_date_words(last)}" if one else f"كل {_unit(last)} حتى {_date_words(last)}"
    if not last:
        return f"في موعد لا يسبق {_date_words(first)}" if one else f"كل {_unit(first)} منذ {_date_words(first)}"
    if one:
        return _one_between(first, last)
    return "كل {} من {} إلى {}".format(_unit(first, last), *_pair(first, last))


def _one_between(first: str, last: str) -> str:
    """Say one of a range: «يوم بين 1 و9 يناير/كانون الثاني 2017»; of two that follow each other «1 أو 2 يناير/كانون الثاني 2017»."""
    if first == last:
        return _words(first, on_one_day=True)
    pair = _pair(first, last)
    if _follow_each_other(first, last):
        return "{} أو {}".format(*pair)
    return "{} بين {} و{}".format(_unit(first, last), *pair)


def _unit(*dates: str) -> str:
    """Name what dates of one kind are: years, months or days; «وقت» where they are of several kinds."""
    kinds = {date.count("-") if _match_parts(date) and not _is_season(date) else -1 for date in dates}
    return UNITS.get(kinds.pop(), "وقت") if len(kinds) == 1 else "وقت"


def _is_season(date: str) -> bool:
    found = _match_parts(date)
    return bool(found and found["month"] and found["month"].isdecimal() and int(found["month"]) > 12)


def _follow_each_other(first: str, last: str) -> bool:
    """Tell whether two plain dates are neighbouring years, months or days."""
    one, two = (
        [int(part) for part in date.split("-")] if re.fullmatch("[0-9-]+", date) else [] for date in (first, last)
    )
    if not one or len(one) != len(two) or (len(one) == 2 and max(one[1], two[1]) > 12):
        return False
    if len(one) == 3:
        return one[0] > 0 and datetime.date(*two) - datetime.date(*one) == datetime.timedelta(days=1)
    return two[0] - one[0] == 1 if len(one) == 1 else two[0] * 12 + two[1] - one[0] * 12 - one[1] == 1


def _pair(first: str, last: str) -> tuple[str, str]:
    """Put two dates into words; what plain ones of one year or month have in common is named once, with the second."""
    words = _words(first, on_one_day=False), _words(last, on_one_day=False)
    one, two = first.split("-"), last.split("-")
    plain = all(re.fullmatch("[0-9]{4}(-[0-9]{2}){1,2}", date) and not _is_season(date) for date in (first, last))
    if not plain or len(one) != len(two) or one[0] != two[0]:
        return words
    if len(one) == 2:
        return _month(one[1]), words[1]
    same = one[1] == two[1]
    return str(int(one[2])) if same else f"{int(one[2])} {_month(one[1])}", words[1]


def _date_words(text: str) -> str:
    """Say one date, and how sure each of its parts is."""
    moment = match_time(text)
    found = _match_parts(moment[1] if moment else text)
    assert found, "that a text is no date is an error of `parse_edtf`"
    words = _plain_words(found["year"], found["month"], found["day"])
    doubts = _doubts_of(found.groupdict())
    if len(set(doubts.values())) == 1:
        near, unsure = next(iter(doubts.values()))
        return f"{'حوالى ' if near else ''}{words}{' على الأرجح' if unsure else ''}"
    notes = [
        note for part, marked in doubts.items() for note, is_so in zip(_DOUBTS[part], marked, strict=True) if is_so
    ]
    return f"{words} ({'، '.join(notes)})"


def _doubts_of(parts: Mapping[str, str | None]) -> dict[str, tuple[bool, bool]]:
    """Tell of each part that is there whether it is approximate, and uncertain: a mark behind a part counts for all before it too."""
    names = [name for name in _DOUBTS if parts[name]]
    found = {}
    for place, name in enumerate(names):
        marks = (parts[f"before_{name}"] or "") + "".join(parts[f"after_{later}"] or "" for later in names[place:])
        found[name] = ("~" in marks or "%" in marks, "?" in marks or "%" in marks)
    return found


def _plain_words(year: str, month: str | None, day: str | None) -> str:
    if month is None:
        return _year_words(year)
    if month == "XX":
        return f"{'شهر' if day is None else 'يوم'} غير محدد من {_year_words(year)}"
    name = SEASON_WORDS[int(month)] if int(month) > 12 else _month(month)
    dated = f"{name} {year}" if year.isdecimal() else f"{name} من {_year_words(year)}"
    if day is None:
        return dated
    return f"يوم غير محدد من {dated}" if day == "XX" else f"{int(day)} {dated}"


def _year_words(year: str) -> str:
    if year.isdecimal():
        return year
    if year == "XXXX":
        return "سنة غير معروفة"
    if year[:3].isdecimal():
        return f"سنة من عقد {year[:3]}0"
    return f"سنة بين {year.replace('X', '0')} و{year.replace('X', '9')}"


def _month(written: str) -> str:
    return MONTH_WORDS[int(written) - 1]
