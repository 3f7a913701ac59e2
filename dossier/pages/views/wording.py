"""Hold the words of the interface: counts in Arabic's six plural forms, and what kinds, modes and grades are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from babel import Locale

from dossier.language.arabic import to_digits
from dossier.linking.origins import Origin

_PLURAL = Locale("ar").plural_form
_FORMS = ("zero", "one", "two", "few", "many", "other")

# Forms in CLDR's order: zero, one, two, few (3–10), many (11–99), other (100, 101, …).
NOUNS: Mapping[str, tuple[str, ...]] = {
    "report": ("لا تقارير", "تقرير واحد", "تقريران", "{} تقارير", "{} تقريرا", "{} تقرير"),
    "claim": ("لا أقوال", "قول واحد", "قولان", "{} أقوال", "{} قولا", "{} قول"),
    "actor": ("لا أسماء", "اسم واحد", "اسمان", "{} أسماء", "{} اسما", "{} اسم"),
    "event": ("لا أحداث", "حدث واحد", "حدثان", "{} أحداث", "{} حدثا", "{} حدث"),
    "tie": ("لا صلات", "صلة واحدة", "صلتان", "{} صلات", "{} صلة", "{} صلة"),
    "mention": ("لا ذكر", "ذكر واحد", "ذكران", "{} مرات", "{} مرة", "{} مرة"),
    "origin": ("بلا أصل", "أصل واحد", "أصلان", "{} أصول", "{} أصلا", "{} أصل"),
    "passing": ("بلا ناقل", "عبر ناقل واحد", "عبر ناقلين", "عبر {} ناقلين", "عبر {} ناقلا", "عبر {} ناقل"),
    "difference": ("لا خلاف", "خلاف واحد", "خلافان", "{} خلافات", "{} خلافا", "{} خلاف"),
}
ACTOR_KINDS: Mapping[str, tuple[str, str]] = {  # one of a kind, and the heading over many
    "person": ("شخص", "أشخاص"),
    "state": ("دولة", "دول"),
    "government": ("حكومة أو جهاز حكومي", "حكومات وأجهزتها"),
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
    "reported": "خبر",
    "hedged": "بتحفّظ",
    "conditional": "مشروط",
    "denied": "منفي",
    "feared": "مخشيّ",
    "opinion": "رأي",
    "planned": "مزمع",
}
GENRES: Mapping[str, str] = {
    "news": "خبر صحفي",
    "opinion": "مقال رأي",
    "digest": "عرض لمادة وسيلة أخرى",
    "interview": "مقابلة",
    "analysis": "تحليل",
}
CERTAINTIES: Mapping[str, str] = {"certain": "مؤكد", "probable": "راجح", "possible": "ممكن"}
RELATIONS: Mapping[str, str] = {"cites": "اعتماد", "repeats": "نقل", "agrees": "اتفاق", "differs": "خلاف"}
CONFIDENCES: Mapping[str, str] = {"low": "ثقة منخفضة", "moderate": "ثقة متوسطة", "high": "ثقة عالية"}
ASPECTS: Mapping[str, str] = {
    "date": "التاريخ",
    "actor": "الفاعل",
    "place": "المكان",
    "object": "الموضوع",
    "number": "العدد",
    "wording": "الصياغة",
}
RELIABILITIES: Mapping[str, str] = {
    "A": "موثوق تماما",
    "B": "موثوق عادة",
    "C": "موثوق إلى حد ما",
    "D": "غير موثوق عادة",
    "E": "غير موثوق",
    "F": "لم يُقيَّم المصدر",
}
CREDIBILITIES: Mapping[int, str] = {
    1: "مؤكدة من مصادر أخرى",
    2: "راجحة الصحة",
    3: "ممكنة الصحة",
    4: "مشكوك فيها",
    5: "مستبعدة",
    6: "لم تُقيَّم المعلومة",
}
NOISE: Mapping[str, str] = {
    "form": "نموذج تعليق من الصفحة",
    "see-also": "سطر إحالة من الصفحة",
    "source-line": "سطر المصدر",
    "repeated": "فقرة مكررة في النسخة الملتقطة",
}


Digits = Literal["latn", "arab"]


@lru_cache(maxsize=4096)
def count(number: int, noun: str, digits: Digits = "latn") -> str:
    """Say how many of something, in words where Arabic has them: «تقريران», «3 تقارير», «لا تقارير». `noun` is a key of `NOUNS`."""
    return to_digits(NOUNS[noun][_FORMS.index(_PLURAL(number))].format(number), digits)


def numeral(number: int, digits: Digits) -> str:
    """Write a bare number in the dossier's digits."""
    return to_digits(str(number), digits)


def certainty_of(relation: str, certainty: str) -> str:
    """Say how sure a relation is: «نقل راجح», «خلاف مؤكد»."""
    return f"{RELATIONS[relation]} {CERTAINTIES[certainty]}"


def origins_in_words(origins: Sequence[Origin], digits: Digits) -> str:
    """Say how many independent origins there are, and how many are anonymous: «أصل واحد مجهول», «أصلان، أحدهما مجهول»."""
    total, anonymous = len(origins), sum(origin.anonymous for origin in origins)
    words = count(total, "origin", digits)
    if not anonymous:
        return words
    if anonymous == total:
        return words + {1: " مجهول", 2: " مجهولان"}.get(total, "، كلها مجهولة")
    if anonymous == 1:
        return words + ("، أحدهما مجهول" if total == 2 else "، أحدها مجهول")
    return f"{words}، {numeral(anonymous, digits)} منها مجهولة" if anonymous > 2 else f"{words}، اثنان منها مجهولان"


def join_words(words: Sequence[str]) -> str:
    """Join a list as Arabic does, each word after the first with its و: «أ وب»."""
    return " و".join(words)
