"""Hold the words of the interface: counts in Arabic's six plural forms and its cases, and what kinds, modes and grades are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from dossier.language.arabic import Digits, plural_form, to_digits
from dossier.linking.origins import ORIGIN_KINDS, Origin, OriginKind

Case = Literal["nominative", "genitive"]

# Forms in CLDR's order: zero, one, two, few (3–10), many (11–99), other (100, 101, …).
NOUNS: Mapping[str, tuple[str, ...]] = {
    "report": ("لا تقارير", "تقرير واحد", "تقريران", "{} تقارير", "{} تقريرًا", "{} تقرير"),
    "claim": ("لا أقوال", "قول واحد", "قولان", "{} أقوال", "{} قولًا", "{} قول"),
    "actor": ("لا أسماء", "اسم واحد", "اسمان", "{} أسماء", "{} اسمًا", "{} اسم"),
    "event": ("لا أحداث", "حدث واحد", "حدثان", "{} أحداث", "{} حدثًا", "{} حدث"),
    "tie": ("لا صلات", "صلة واحدة", "صلتان", "{} صلات", "{} صلة", "{} صلة"),
    "origin": ("بلا مصدر أول", "مصدر أول واحد", "مصدران أولان", "{} مصادر أولى", "{} مصدرًا أول", "{} مصدر أول"),
    "judgment": ("لا خلاصات", "خلاصة واحدة", "خلاصتان", "{} خلاصات", "{} خلاصة", "{} خلاصة"),
    "question": ("لا أسئلة", "سؤال واحد", "سؤالان", "{} أسئلة", "{} سؤالًا", "{} سؤال"),
    "difference": ("لا خلاف", "خلاف واحد", "خلافان", "{} خلافات", "{} خلافًا", "{} خلاف"),
}
# After a preposition or in construct: zero, which only a negation can precede («لا ذكر له في أي تقرير»), and two.
GENITIVES: Mapping[str, tuple[str, str]] = {
    "report": ("أي تقرير", "تقريرين"),
    "claim": ("أي قول", "قولين"),
    "tie": ("أي صلة", "صلتين"),
}
# How often, which stands in the accusative; it is the name that occurs, so that no gender is given to whom it names.
TIMES = (
    "لا يرد الاسم",
    "يرد الاسم مرة واحدة",
    "يرد الاسم مرتين",
    "يرد الاسم {} مرات",
    "يرد الاسم {} مرة",
    "يرد الاسم {} مرة",
)
OUTLETS = ("", "", "", "{} وسائل", "{} وسيلة", "{} وسيلة")  # one and two are whole phrases of their own
# «غيره»: besides one, two or more of them.
BESIDES = ("", "غيره", "غيرهما", "غيرها", "غيرها", "غيرها")
ACTOR_KINDS: Mapping[str, tuple[str, str]] = {  # one of a kind, and the heading over many
    "person": ("شخص", "أشخاص"),
    "state": ("دولة", "دول"),
    "government": ("حكومة أو جهاز حكومي", "حكومات وأجهزة حكومية"),
    "parliament": ("برلمان", "برلمانات"),
    "armed-force": ("قوة عسكرية", "قوات عسكرية"),
    "armed-group": ("جماعة مسلحة", "جماعات مسلحة"),
    "intelligence": ("جهاز استخبارات", "أجهزة استخبارات"),
    "organisation": ("منظمة", "منظمات"),
    "party": ("حزب", "أحزاب"),
    "institute": ("معهد", "معاهد"),
    "outlet": ("وسيلة إعلام", "وسائل إعلام"),
}
MODES: Mapping[str, str] = {
    "reported": "إخبار",
    "hedged": "متحفَّظ فيه",
    "conditional": "مشروط",
    "denied": "منفي",
    "feared": "متخوَّف منه",
    "opinion": "رأي",
    "planned": "نيّة أو وعد أو توقّع",
}
GENRES: Mapping[str, str] = {
    "news": "خبر",
    "opinion": "مقال رأي",
    "digest": "عرض لمادة وسيلة أخرى",
    "interview": "مقابلة",
    "analysis": "تحليل",
}
CERTAINTIES: Mapping[str, str] = {"certain": "مؤكد", "probable": "راجح", "possible": "ممكن"}
RELATIONS: Mapping[str, str] = {"cites": "اعتماد", "repeats": "إعادة", "agrees": "توافق", "differs": "خلاف"}
ORIGIN_WORDS: Mapping[OriginKind, str] = {"named": "مسمّى", "anonymous": "غير مسمّى", "unsourced": "بلا مصدر"}
CONFIDENCES: Mapping[str, str] = {"low": "ثقة منخفضة", "moderate": "ثقة متوسطة", "high": "ثقة عالية"}
ASPECTS: Mapping[str, str] = {
    "date": "التاريخ",
    "actor": "الفاعل",
    "place": "المكان",
    "object": "الموضوع",
    "number": "العدد",
    "wording": "الصياغة",
}
# Of the NATO Admiralty code: an outlet's letter, a claim's number.
RELIABILITIES: Mapping[str, str] = {
    "A": "موثوقة تمامًا",
    "B": "موثوقة عادة",
    "C": "موثوقة إلى حد ما",
    "D": "غير موثوقة عادة",
    "E": "غير موثوقة",
    "F": "لا يمكن الحكم على موثوقيتها",
}
CREDIBILITIES: Mapping[int, str] = {
    1: "تؤكده مصادر أخرى",
    2: "راجح الصحة",
    3: "ممكن الصحة",
    4: "مشكوك فيه",
    5: "مستبعد",
    6: "لا يمكن الحكم عليه",
}
NOISE: Mapping[str, str] = {
    "form": "نموذج تعليق من الصفحة",
    "see-also": "سطر إحالة من الصفحة",
    "source-line": "سطر المصدر",
    "page": "من هيكل الصفحة",
    "repeated": "فقرة مكررة في النسخة الملتقطة",
}


@lru_cache(maxsize=4096)
def count(number: int, noun: str, digits: Digits = "latn", case: Case = "nominative") -> str:
    """Say how many of something, in words where Arabic has them: «تقريران», «3 تقارير», «لا تقارير»; after «في»: «تقريرين»."""
    form = plural_form(number)
    if case == "genitive" and form in (0, 2):
        return GENITIVES[noun][form // 2]
    return _written(NOUNS[noun], number, digits)


def times_named(number: int, digits: Digits = "latn") -> str:
    """Say how often somebody is named: «يرد الاسم مرتين»."""
    return _written(TIMES, number, digits)


def besides(number: int, noun: str, digits: Digits = "latn") -> str:
    """Say how many more of something: «قول واحد غيره», «قولان غيرهما»."""
    return f"{count(number, noun, digits)} {BESIDES[plural_form(number)]}".rstrip()


def in_reports(number: int, digits: Digits = "latn") -> str:
    """Say in how many reports: «في تقريرين»."""
    return f"في {count(number, 'report', digits, 'genitive')}"


def resting_on(number: int, total: int, digits: Digits = "latn") -> str:
    """Say how many claims fall without a speaker: «يتوقف عليه قولان من 5»."""
    if not number:
        return f"لا يتوقف عليه أي قول من {numeral(total, digits)}"
    return f"{_doing('توقف عليه', number, digits)} من {numeral(total, digits)}"


def left_of(number: int, total: int, digits: Digits = "latn") -> str:
    """Say how many of some claims are left: «يبقى قولان من 5»."""
    if not number:
        return f"لا يبقى أي قول من {numeral(total, digits)}"
    return f"{_doing('بقى', number, digits)} من {numeral(total, digits)}"


def basis_in_words(number: int, of: Literal["judgment", "unknown"], digits: Digits = "latn") -> str:
    """Say «تقوم على قولين» of a judgment, «يتصل به قولان» of something unknown."""
    if of == "judgment":
        return f"{'' if number else 'لا '}تقوم على {count(number, 'claim', digits, 'genitive')}"
    return f"لا يتصل به {count(0, 'claim', digits, 'genitive')}" if not number else _doing("تصل به", number, digits)


def elsewhere_in_words(*, repeats: int, repeated_by: int, agreeing: int, digits: Digits = "latn") -> str:
    """Say what other claims do with one: «يعيد قولًا آخر، ويعيده قولان، وتوافقه 3 أقوال». `repeats` is how many it repeats."""
    words = (
        "يعيد قولًا آخر" if repeats == 1 else f"يعيد {count(repeats, 'claim', digits, 'genitive')}" if repeats else "",
        _doing("عيده", repeated_by, digits) if repeated_by else "",
        _doing("وافقه", agreeing, digits) if agreeing else "",
    )
    return "، و".join(word for word in words if word)


def strongest_of(number: int, total: int, digits: Digits = "latn") -> str:
    """Say «أقوى صلتين من 120»."""
    if not number:
        return "أقوى الصلات"
    ties = "صلة" if number == 1 else count(number, "tie", digits, "genitive")
    return f"أقوى {ties} من {numeral(total, digits)}"


def shown_of(number: int, total: int, digits: Digits = "latn") -> str:
    """Say «200 تقرير من 500»."""
    return f"{count(number, 'report', digits)} من {numeral(total, digits)}"


def _doing(verb: str, number: int, digits: Digits) -> str:
    """Make claims the subject of a verb, which is given without its first letter: «يعيده قولان», «تعيده 3 أقوال»."""
    return f"{'ت' if plural_form(number) == 3 else 'ي'}{verb} {count(number, 'claim', digits)}"


def _written(forms: Sequence[str], number: int, digits: Digits) -> str:
    return to_digits(forms[plural_form(number)].format(number), digits)


def numeral(number: int, digits: Digits) -> str:
    """Write a bare number in the dossier's digits."""
    return to_digits(str(number), digits)


def certainty_of(relation: str, certainty: str) -> str:
    """Say how sure a relation is: «إعادة راجحة», «خلاف مؤكد»."""
    feminine = "ة" if RELATIONS[relation].endswith("ة") else ""
    return f"{RELATIONS[relation]} {CERTAINTIES[certainty]}{feminine}"


# Origins that are all of one kind: one, two, more; and how many of several are of it.
_ALL_OF: Mapping[OriginKind, tuple[str, str, str]] = {
    "named": ("مصدر أول واحد، مسمّى", "مصدران أولان مسمّيان", "{}، كلها مسمّاة"),
    "anonymous": ("مصدر أول واحد، غير مسمّى", "مصدران أولان غير مسمّيين", "{}، كلها غير مسمّاة"),
    "unsourced": ("بصوت الوسيلة، بلا مصدر", "بصوت وسيلتين، بلا مصدر", "بصوت {}، بلا مصدر"),
}
_SOME_OF: Mapping[OriginKind, tuple[str, ...]] = {
    "named": ("", "واحد مسمّى", "اثنان مسمّيان", "{} مسمّاة", "{} مسمّى", "{} مسمّى"),
    "anonymous": ("", "واحد غير مسمّى", "اثنان غير مسمّيين", "{} غير مسمّاة", "{} غير مسمّى", "{} غير مسمّى"),
    "unsourced": ("", "واحد بصوت وسيلة بلا مصدر", "اثنان بصوت وسيلتين بلا مصدر", *["{} بصوت وسائل بلا مصدر"] * 3),
}


def origins_in_words(origins: Sequence[Origin], digits: Digits) -> str:
    """Say how many independent origins, and of what kinds: «مصدر أول واحد، غير مسمّى», «مصدران أولان: واحد مسمّى وواحد غير مسمّى»."""
    kinds = [origin.kind for origin in origins]
    words = count(len(kinds), "origin", digits)
    found = [kind for kind in ORIGIN_KINDS if kind in kinds]
    if len(found) == 1:
        several = _written(OUTLETS, len(kinds), digits) if found == ["unsourced"] else words
        return _ALL_OF[found[0]][min(len(kinds), 3) - 1].format(several)
    parts = join_words([_written(_SOME_OF[kind], kinds.count(kind), digits) for kind in found])
    return f"{words}: {parts}" if parts else words


def cluster_in_words(reports: int, origins: Sequence[Origin], digits: Digits) -> str:
    """Say «3 تقارير، مصدر أول واحد، غير مسمّى»."""
    return f"{count(reports, 'report', digits)}، {origins_in_words(origins, digits)}"


def join_words(words: Sequence[str]) -> str:
    """Join a list as Arabic does, each word after the first with its و: «أ وب»."""
    return " و".join(words)
