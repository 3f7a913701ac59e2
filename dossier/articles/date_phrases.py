"""Find words of time in Arabic texts: leads for an editor who dates an article or a claim, never dates themselves.

Months in their Egyptian, Levantine and Maghrebi names and the Hijri ones, weekdays, years, days in figures, and what is told
from the day of writing: «أمس», «الشهر الماضي», «قبل ثلاثة أيام». Matched on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from dossier.articles.spans import Span, Taken
from dossier.language.arabic import TATWEEL, any_of, fold, fold_with_offsets
from dossier.language.date_words import MONTH_WORDS
from dossier.language.hijri import to_gregorian

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
SPANS = (
    "الأسبوع",
    "الشهر",
    "العام",
    "السنة",
    "اليوم",
    "القرن",
    "الصيف",
    "الشتاء",
    "الربيع",
    "الخريف",
    "العقد",
    "الموسم",
    "الفترة",
    "الفترات",
    "الربع",
    "النصف",
)
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
    "أمس", "أول أمس", "أول من أمس", "أمس الأول", "البارحة", "اليوم", "غدا", "غد", "يوم غد", "بعد غد", "الأمس", "الآن", "حتى الآن", "الوقت الحالي", "الوقت الراهن", "مؤخرا", "أخيرا", "حديثا", "حاليا", "قريبا", "آنذاك", "حينها",
)  # fmt: skip

ORDINALS = (
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر", "الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر",
    "السادس عشر", "السابع عشر", "الثامن عشر", "التاسع عشر", "العشرين", "العشرون", "الحادي والعشرين", "الثاني والعشرين", "الثالث والعشرين", "الرابع والعشرين", "الخامس والعشرين",
    "السادس والعشرين", "السابع والعشرين", "الثامن والعشرين", "التاسع والعشرين", "الثلاثين", "الثلاثون", "الحادي والثلاثين",
)  # fmt: skip
FEASTS = ("عيد الفطر", "عيد الأضحى", "عيد الفطر المبارك", "عيد الأضحى المبارك", "شهر رمضان المبارك", "شهر رمضان", "رأس السنة", "رأس السنة الميلادية", "رأس السنة الهجرية", "العيد الوطني", "اليوم الوطني", "موسم الحج")  # fmt: skip
ABOUT = ("نحو", "حوالي", "أكثر من", "ما يزيد على", "ما يقارب", "قرابة", "أقل من", "زهاء")
_MONTHS = [name for pair in MONTH_WORDS for name in pair.split("/")] + list(MAGHREBI_MONTHS)
_MONTH = any_of(_MONTHS)
_SURE_MONTH = any_of(set(_MONTHS) - set(AMBIGUOUS_MONTHS))
_PAIR = rf"{_MONTH}(?: ?[/\\(] ?| +){_MONTH}\)?"
_HIJRI = any_of(HIJRI_MONTHS)
_WHICH = any_of(WHICH)
_YEAR = r"(?:1[89]|20)\d\d(?!\d)(?: ?م(?!\w))?(?!\w|[.,]\d|[٪%])"
_HIJRI_YEAR = r"1[0-4]\d\d(?!\d) ?ه(?:ـ|جريه?)?(?!\w)"
_ORDINAL = any_of(ORDINALS)
_DAY = rf"(?:(?<!\d)[0-3]?\d|(?:اليوم +)?{_ORDINAL})"
_BEGUN = rf"(?:{any_of(PARTS_OF_A_TIME)} +)?"
_SPANS = any_of([*SPANS, *(span[1:] for span in SPANS)])  # after ل the article is written لـ
_PART = any_of(PARTS_OF_A_DAY)
_ABOUT = rf"(?:{any_of(ABOUT)} +)?"
_NUMBER = rf"(?:\d+|{any_of(COUNTS)})"
_QUARTER = r"(?:الربع|النصف) +(?:الاول|الثاني|الثالث|الرابع|الاخير)(?: +من +(?:(?:العام|عام|سنه|السنه) ?)?)?"
# A word may have clitics before it, which are left out of the phrase; none may go on after it.
_START, _END = r"(?<!\w)(?:[وف]?[بلك]?(?=\w{2}))??", r"(?!\w)"
_PATTERNS = tuple(
    re.compile(rf"{_START}(?P<phrase>{pattern}){_END}")
    for pattern in (
        r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: ?[مه])?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?: ?[مه])?",
        rf"{_BEGUN}(?:{_DAY} +(?:من +)?)?(?:شهر +)?(?:{_PAIR}|{_SURE_MONTH})(?: +(?:من +)?(?:(?:عام|سنه|العام) +)?{_YEAR})?(?: +{_WHICH}| +من +(?:هذا +)?(?:العام|السنه)(?: +{_WHICH})?)?",
        rf"{_BEGUN}(?:{_DAY} +(?:من +)?(?:شهر +)?|شهر +){_MONTH}(?: +{_YEAR})?(?: +{_WHICH})?",
        rf"{_MONTH} +(?:{_YEAR}|{_WHICH})",
        rf"{_BEGUN}(?:{_DAY} +(?:من +)?(?:شهر +)?|شهر +){_HIJRI}(?: +(?:(?:من +)?(?:عام|سنه|العام) +)?(?:{_HIJRI_YEAR}|\d{{4}}))?(?: +{_WHICH})?",
        rf"{_HIJRI} +(?:من +)?(?:(?:عام|سنه|العام) +)?(?:{_HIJRI_YEAR}|{_WHICH}|العام +{_WHICH})",
        rf"{_BEGUN}(?:(?:عام|العام|سنه|السنه) +)?{_HIJRI_YEAR}",
        rf"{_BEGUN}(?:عام|العام|سنه|السنه|عامي|سنوات|موسم|صيف|شتاء|ربيع|خريف) +{_YEAR}(?: *[-–/و] *{_YEAR})?",
        rf"(?:{_PART} +)?(?:ال)?(?:{_PART} +)?{any_of(WEEKDAYS)}(?: +وال\w+(?= +{_WHICH}))?(?: +{_WHICH})?",
        rf"(?:{_PART} +(?:ال)?)?(?:يوم +)?(?:امس|غد|غدا|البارحه|اليوم)(?: +الاول)?",
        rf"{_BEGUN}{_SPANS} +(?:قبل +)?{_WHICH}(?: +{_YEAR})?",
        rf"(?:هذا|هذه) +(?:{_SPANS}|الايام)|العام +الذي +(?:سبقه|يليه)|(?:مدار|طوال|خلال) +(?:العام|السنه)",
        rf"{_QUARTER}{_YEAR}|{_QUARTER}{_WHICH}|{_QUARTER}|الربع +المماثل(?: +(?:من|مع) +العام +{_WHICH})?",
        rf"القرن +{_ORDINAL}(?: +عشر)?|(?:الثمانينات|التسعينات|السبعينات|الستينات|الخمسينات|الاربعينات|العشرينات|الثلاثينات)",
        any_of(FEASTS),
        rf"(?:ب?حلول +)?الساعه +(?:\d[\d:.]*|\w+)(?: +(?:صباحا|مساء|ظهرا))?(?: +(?:بتوقيت|بالتوقيت) +\w+)?(?: +من +{_PART} +امس)?",
        rf"{_BEGUN}{any_of(MANY)} +(?:ال\w+ +)?(?:{_WHICH}|الاولي)(?: +من +(?:هذا +)?(?:العام|السنه)(?: +{_WHICH})?)?",
        rf"{any_of(PARTS_OF_A_TIME)} +(?:{_YEAR}|(?:هذا|هذه) +{_SPANS}|{_SPANS})",
        r"منذ +(?:وقت|زمن|فتره|مده) +\w+",
        r"ال(?:واحده|ثانيه|ثالثه|رابعه|خامسه|سادسه|سابعه|ثامنه|تاسعه|عاشره)(?: +عشره)? +(?:صباحا|مساء|ظهرا|عصرا|فجرا|ليلا)",
        rf"(?:قبل|منذ|بعد) +{_ABOUT}(?:{_NUMBER} +)?{any_of(UNITS)}(?: +(?:تقريبا|من +الان))?",
        rf"خلال +(?:{_NUMBER} +)?{any_of(UNITS)}",
        rf"منذ +{_DAY} +من +الشهر +{_WHICH}",
        rf"{any_of(ALONE)}(?! +(?:{_ORDINAL}|الوطني))",
        _YEAR,
    )
)


_APART = re.compile(r"(?:قبل|منذ|بعد|خلال|حتى) ")  # what begins so is another time


def find_date_phrases(text: str) -> tuple[Span, ...]:
    """Return where a text speaks of a time, in order, none within another: of two that overlap the longer counts."""
    folded, offsets = fold_with_offsets(text)
    found = {match.span("phrase") for pattern in _PATTERNS for match in pattern.finditer(folded)}
    taken = Taken()
    for span in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        taken.take(span)
    spans = [(offsets[start], offsets[end - 1] + 1) for start, end in _joined(taken.spans, folded)]
    # «1440هـ» ends with a tatweel, which folding drops.
    return tuple((start, end + (text[end : end + 1] == TATWEEL)) for start, end in spans)


_HIJRI_DAY = re.compile(
    rf"(?P<day>\d{{1,2}}|{_ORDINAL}) +(?:من +)?(?:شهر +)?(?P<month>{_HIJRI}) +(?:(?:من +)?(?:عام|سنه|العام) +)?(?P<year>\d{{4}})"
)
_HIJRI_FIGURES = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>1[0-4]\d\d)(?!\d)")
_HIJRI_NUMBERS = (1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 11, 12, 12)  # of HIJRI_MONTHS
_ORDINAL_NUMBERS = {
    fold(word): n for word, n in zip(ORDINALS, (*range(1, 20), 20, 20, *range(21, 30), 30, 30, 31), strict=True)
}


def convert_hijri(phrase: str) -> date | None:
    """Return the day that a Hijri date comes to as reckoned; None where a phrase holds none with day, month and year."""
    folded = " ".join(fold(phrase).split())
    match = _HIJRI_DAY.search(folded) or _HIJRI_FIGURES.search(folded)
    if match is None:
        return None
    months = dict(zip((fold(month) for month in HIJRI_MONTHS), _HIJRI_NUMBERS, strict=True))
    day = _ORDINAL_NUMBERS.get(match["day"]) or int(match["day"])
    try:
        return to_gregorian(int(match["year"]), months.get(match["month"]) or int(match["month"]), day)
    except ValueError:
        return None


def _joined(spans: Iterable[Span], folded: str) -> Iterator[Span]:
    """Join phrases with nothing but a space between them, or the second in brackets: «أمس الثلاثاء», «اليوم (الاثنين)»."""
    last: Span | None = None
    for span in spans:
        if last and folded[last[1] : span[0]].isspace() and not _APART.match(folded, span[0]):
            last = (last[0], span[1])
            continue
        if last and folded[last[1] : span[0]] == " (" and folded[span[1] : span[1] + 1] == ")":
            last = (last[0], span[1] + 1)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
