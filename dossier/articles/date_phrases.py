"""Find words of time in Arabic texts: leads for an editor who dates an article or a claim, never dates themselves.

Months in their Egyptian, Levantine and Maghrebi names and the Hijri ones, weekdays, years, days in figures, and what is told
from the day of writing: «أمس», «الشهر الماضي», «قبل ثلاثة أيام». Matched on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dossier.language.arabic import any_of, fold_with_offsets
from dossier.language.date_words import MONTH_WORDS

MAGHREBI_MONTHS = (
    "جانفي", "فيفري", "أفريل", "ماي", "جوان", "جويلية", "أوت", "غشت", "شتنبر", "نونبر", "دجنبر", "يوليوز", "ابريل", "أيلول",
)  # fmt: skip
HIJRI_MONTHS = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "ربيع الثاني", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال",
    "ذي القعدة", "ذو القعدة", "ذي الحجة", "ذو الحجة",
)  # fmt: skip
# Months that are also other words or names: they count only beside a day, a year or the word for month.
AMBIGUOUS_MONTHS = ("آب", "أوت", "ماي", "مارس", "تموز", "جوان", "أيار")
WEEKDAYS = ("الأحد", "الاثنين", "الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت")
PARTS_OF_A_DAY = ("مساء", "صباح", "فجر", "ظهر", "عصر", "ليل", "ليلة", "يوم", "نهار")
PARTS_OF_A_TIME = ("مطلع", "بداية", "أوائل", "أول", "منتصف", "أواسط", "أواخر", "نهاية", "آخر", "ختام", "خلال")
SPANS = ("الأسبوع", "الشهر", "العام", "السنة", "اليوم", "القرن", "الصيف", "الشتاء", "الربيع", "الخريف", "العقد")
MANY = ("الأيام", "الأسابيع", "الأشهر", "الشهور", "السنوات", "الأعوام", "الساعات", "العقود", "الفترة")
UNITS = (
    "يوم", "أيام", "يوما", "يومين", "أسبوع", "أسابيع", "أسبوعين", "شهر", "أشهر", "شهور", "شهرا", "شهرين", "سنة", "سنوات", "سنتين", "عام",
    "أعوام", "عاما", "عامين", "ساعة", "ساعات", "ساعتين", "عقد", "عقود", "عقدين",
)  # fmt: skip
COUNTS = ("ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر", "بضعة", "بضع", "عدة")  # fmt: skip
WHICH = (
    "الماضي", "الماضية", "الماضيين", "الجاري", "الجارية", "الحالي", "الحالية", "المقبل", "المقبلة", "القادم", "القادمة", "المنصرم", "المنصرمة",
    "الفائت", "الفائتة", "السابق", "السابقة", "الأخير", "الأخيرة", "نفسه", "نفسها", "ذاته",
)  # fmt: skip
ALONE = (
    "أمس", "أول أمس", "أول من أمس", "أمس الأول", "البارحة", "اليوم", "غدا", "مؤخرا", "أخيرا", "حديثا", "حاليا", "قريبا", "آنذاك", "حينها",
)  # fmt: skip

_MONTHS = [name for pair in MONTH_WORDS for name in pair.split("/")] + list(MAGHREBI_MONTHS)
_MONTH = any_of(_MONTHS)
_SURE_MONTH = any_of(set(_MONTHS) - set(AMBIGUOUS_MONTHS))
_PAIR = rf"{_MONTH}(?: ?[/\\(] ?| +){_MONTH}\)?"
_HIJRI = any_of(HIJRI_MONTHS)
_WHICH = any_of(WHICH)
_YEAR = r"(?:1[89]|20)\d\d(?!\d)(?:ه|م)?(?!\w|[.,]\d|[٪%])"
_DAY = r"(?<!\d)[0-3]?\d"
_BEGUN = rf"(?:{any_of(PARTS_OF_A_TIME)} +)?"
_SPANS = any_of(SPANS)
# A word may have clitics before it, which are left out of the phrase; none may go on after it.
_START, _END = r"(?<!\w)(?:[وف]?[بلك]?(?=\w{2}))??", r"(?!\w)"
_PATTERNS = tuple(
    re.compile(rf"{_START}(?P<phrase>{pattern}){_END}")
    for pattern in (
        r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}",
        rf"{_BEGUN}(?:{_DAY} +(?:من +)?)?(?:شهر +)?(?:{_PAIR}|{_SURE_MONTH})(?: +(?:من +)?(?:(?:عام|سنه|العام) +)?{_YEAR})?(?: +{_WHICH})?",
        rf"{_BEGUN}(?:{_DAY} +(?:من +)?(?:شهر +)?|شهر +){_MONTH}(?: +{_YEAR})?(?: +{_WHICH})?",
        rf"{_MONTH} +(?:{_YEAR}|{_WHICH})",
        rf"(?:{_DAY} +|شهر +){_HIJRI}(?: +\d{{4}})?(?: +{_WHICH})?",
        rf"{_BEGUN}(?:عام|العام|سنه|السنه|عامي|سنوات|صيف|شتاء|ربيع|خريف) +{_YEAR}(?: *[-–و] *{_YEAR})?",
        rf"(?:{any_of(PARTS_OF_A_DAY)} +)?(?:ال)?(?:{any_of(PARTS_OF_A_DAY)} +)?{any_of(WEEKDAYS)}(?: +{_WHICH})?",
        rf"{_BEGUN}{_SPANS} +(?:قبل +)?{_WHICH}",
        rf"{_BEGUN}{any_of(MANY)} +(?:ال\w+ +)?{_WHICH}",
        rf"(?:قبل|منذ|خلال|بعد) +(?:(?:\d+|{any_of(COUNTS)}) +)?{any_of(UNITS)}",
        any_of(ALONE),
        _YEAR,
    )
)


@dataclass(frozen=True, slots=True, order=True)
class DatePhrase:
    """Where a text speaks of a time; `start` and `end` count code points, end exclusive."""

    start: int
    end: int


def find_date_phrases(text: str) -> tuple[DatePhrase, ...]:
    """Return every phrase of time, in order, none within another: of two that overlap the longer counts."""
    folded, offsets = fold_with_offsets(text)
    spans = {match.span("phrase") for pattern in _PATTERNS for match in pattern.finditer(folded)}
    taken: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= low or high <= start for low, high in taken):
            taken.append((start, end))
    return tuple(DatePhrase(offsets[start], offsets[end - 1] + 1) for start, end in _joined(sorted(taken), folded))


def _joined(spans: Iterable[tuple[int, int]], folded: str) -> Iterator[tuple[int, int]]:
    """Join phrases with nothing but a space between them: «أمس الثلاثاء»."""
    last: tuple[int, int] | None = None
    for span in spans:
        if last and folded[last[1] : span[0]].isspace():
            last = (last[0], span[1])
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
