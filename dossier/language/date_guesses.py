"""Guess which EDTF date somebody meant who wrote it in words or in another order: hints for editors, never facts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dossier.language.arabic import any_of, fold
from dossier.language.date_words import MONTH_WORDS
from dossier.language.lookalikes import plain

LONGEST = 60
_ENGLISH = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS: Mapping[str, int] = {
    **{fold(name): number for number, names in enumerate(MONTH_WORDS, 1) for name in names.split("/")},
    **{name: number for number, name in enumerate(_ENGLISH, 1)},
    **{name[:3]: number for number, name in enumerate(_ENGLISH, 1)},
    **{fold(name): number for name, number in (("حزيران", 6), ("جانفي", 1), ("فيفري", 2), ("أفريل", 4), ("ماي", 5), ("جوان", 6), ("جويلية", 7), ("أوت", 8))},
}  # fmt: skip
_SEASONS: Mapping[str, int] = {
    **{fold(word): number for word, number in (("ربيع", 21), ("صيف", 22), ("خريف", 23), ("شتاء", 24))},
    "spring": 21, "summer": 22, "autumn": 23, "winter": 24,
}  # fmt: skip
_ABOUT = any_of(map(fold, ("نحو", "حوالي", "قرابة", "تقريبا", "about", "around", "circa", "c.")))
_YEAR = r"(?P<year>[12][0-9]{3})"
_MONTH = rf"(?P<month>{any_of(_MONTHS)})(?: ?/ ?(?:{any_of(_MONTHS)}))?"
_FORMS = tuple(
    re.compile(form).fullmatch
    for form in (
        rf"(?:(?P<day>[0-3]?[0-9]) )?{_MONTH}(?: ?، ?| )(?:عام |سنه )?{_YEAR}",
        rf"{_MONTH} (?P<day>[0-3]?[0-9])(?: ?، ?| ?, ?| ){_YEAR}",
        rf"{_YEAR} {_MONTH}(?: (?P<day>[0-3]?[0-9]))?",
        rf"(?P<season>{any_of(_SEASONS)}) (?:عام |سنه )?{_YEAR}",
        rf"(?:عام |سنه |year )?{_YEAR}م?",
        rf"(?P<day>[0-3]?[0-9]) ?[-/.] ?(?P<number>[01]?[0-9]) ?[-/.] ?{_YEAR}م",
        rf"(?P<number>[01]?[0-9]) ?[-/.] ?{_YEAR}",
        rf"{_YEAR} ?[/.] ?(?P<number>[01]?[0-9])",
    )
)
_INTERVAL = re.compile(r"(?:من |بين )?(.+?) (?:الي|حتي|و|-|to|until) ?(.+)").fullmatch
_DOUBTED = re.compile(rf"(?P<before>(?:{_ABOUT}) )?(?P<date>.+?)(?P<after> (?:{_ABOUT}))?").fullmatch


def guess_date(text: str) -> str | None:
    """Return a date in EDTF that a text may mean, such as « مايو ٢٠١٧ », « 3 May 2017 » or « نحو عام 2017 »; None where none can be told."""
    if len(text) > LONGEST:
        return None
    words = " ".join(fold(plain(text.replace("،", " ")).strip(" \"'«»").lower()).split())
    found = _DOUBTED(words)
    doubt = "~" if found and (found["before"] or found["after"]) else ""
    if found and (date := _one(found["date"])):
        return date + doubt
    if between := _INTERVAL(words):
        return _join(between[1], between[2])
    return None


def _one(words: str) -> str | None:
    for form in _FORMS:
        if found := form(words):
            parts = found.groupdict()
            if season := parts.get("season"):
                return f"{parts['year']}-{_SEASONS[season]}"
            number = _MONTHS[parts["month"]] if parts.get("month") else int(parts.get("number") or 0)
            if number > 12 or int(parts.get("day") or 0) > 31:
                return None
            month = f"-{number:02}" if number else ""
            return f"{parts['year']}{month}" + (f"-{int(parts['day']):02}" if parts.get("day") else "")
    return None


def _join(first: str, last: str) -> str | None:
    """Join two dates to an interval; the first may leave out the year, which the last has."""
    end = _one(last)
    begin = (_one(first) or _one(f"{first} {end[:4]}")) if end else None
    return f"{begin}/{end}" if begin and end and begin <= end else None
