"""Know what people write in the place of a word from a closed list: its Arabic, a plain English one, what a newsroom says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from dossier.language.arabic import fold

# By word of a list, what else is written for it; a word that stands in several lists (« رأي ») is sought among those allowed.
MEANT: Mapping[str, tuple[str, ...]] = {
    # modes
    "reported": ("إخبار", "خبر مؤكد", "مؤكد", "يقول", "قال", "stated", "said", "claimed", "fact", "confirmed", "report"),
    "hedged": ("متحفظ", "متحفظ فيه", "تحفظ", "محتمل", "ربما", "allegedly", "alleged", "possible", "uncertain", "maybe"),
    "conditional": ("مشروط", "شرطي", "شرط", "if"),
    "denied": ("منفي", "نفي", "ينفي", "denial", "refuted"),
    "feared": ("متخوف منه", "تخوف", "خوف", "خشية", "fear", "warning", "worry"),
    "opinion": ("رأي", "مقال رأي", "تعليق", "comment", "commentary", "editorial", "op-ed"),
    "planned": ("خطة", "نية", "وعد", "توقع", "مخطط", "plan", "promised", "expected", "forecast", "future"),
    # kinds of actors
    "person": ("شخص", "فرد", "رجل", "امرأة", "man", "woman", "individual", "politician", "people"),
    "state": ("دولة", "بلد", "country", "nation"),
    "government": ("حكومة", "وزارة", "بلدية", "محافظة", "جهاز حكومي", "ministry", "agency", "authority", "municipality"),
    "parliament": ("برلمان", "مجلس نواب", "مجلس النواب", "assembly", "council", "legislature"),
    "armed-force": ("قوة عسكرية", "جيش", "قوات", "army", "military", "navy", "police"),
    "armed-group": ("جماعة مسلحة", "ميليشيا", "فصيل", "militia", "rebels", "faction"),
    "intelligence": ("جهاز استخبارات", "استخبارات", "مخابرات", "spy", "secret-service"),
    "organisation": (
        "منظمة", "هيئة", "لجنة", "شركة", "مؤسسة", "جمعية", "نقابة", "company", "corporation", "business", "firm", "bank", "ngo", "union",
        "association", "organization",
    ),
    "party": ("حزب", "حركة", "movement", "political-party"),
    "institute": ("معهد", "مركز", "مركز أبحاث", "جامعة", "think-tank", "university", "research"),
    "outlet": ("وسيلة إعلام", "صحيفة", "جريدة", "إذاعة", "قناة", "موقع", "وكالة", "newspaper", "paper", "radio", "media", "website", "tv", "channel", "magazine"),
    # genres
    "news": ("خبر", "أخبار", "تقرير", "article", "story"),
    "digest": ("عرض", "ملخص", "نقل", "summary", "translation"),
    "interview": ("مقابلة", "حوار", "لقاء"),
    "analysis": ("تحليل", "feature", "explainer"),
    # how sure
    "certain": ("مؤكد", "مؤكدة", "sure", "yes", "high"),
    "probable": ("راجح", "مرجح", "مرجحة", "likely", "moderate"),
    "possible": ("ممكن", "ممكنة", "محتمل", "maybe", "perhaps", "low"),
    "low": ("منخفضة", "منخفض", "ضعيفة", "weak"),
    "moderate": ("متوسطة", "متوسط", "medium"),
    "high": ("عالية", "عال", "قوية", "strong"),
    # in what claims differ
    "date": ("تاريخ", "التاريخ", "زمن", "time", "when"),
    "actor": ("فاعل", "الفاعل", "شخص", "who"),
    "place": ("مكان", "المكان", "where", "location"),
    "object": ("موضوع", "الموضوع", "what", "subject"),
    "number": ("عدد", "العدد", "رقم", "figure", "amount"),
    "wording": ("صياغة", "الصياغة", "لفظ", "words"),
    # digits
    "latn": ("latin", "western", "لاتينية", "123"),
    "arab": ("arabic", "eastern", "عربية", "هندية", "١٢٣"),
}  # fmt: skip
# By what is written for a field, the fields that it may mean.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "date": ("published", "when"), "time": ("when",), "day": ("when", "published"), "source": ("outlet",), "publisher": ("outlet",),
    "newspaper": ("outlet",), "by": ("author", "said"), "writer": ("author",), "headline": ("title",), "heading": ("title",),
    "type": ("kind", "genre"), "category": ("kind", "genre"), "tags": ("topics",), "keywords": ("topics",), "language": ("lang",),
    "speaker": ("said",), "speakers": ("said",), "who": ("said",), "subject": ("about",), "paragraph": ("at",), "par": ("at",),
    "link": ("url",), "address": ("url",), "website": ("url",), "location": ("place",), "where": ("place",), "arabic": ("name",),
    "english": ("latin",), "description": ("role", "description"), "names": ("aliases",), "alias": ("aliases",), "reason": ("why",),
    "العنوان": ("title",), "الاسم": ("name",), "النوع": ("kind", "genre"), "التاريخ": ("when", "published"), "الوسيلة": ("outlet",),
    "المصدر": ("outlet",), "الكاتب": ("author",), "المكان": ("place",), "القول": ("text",), "النص": ("text",), "الفقرة": ("at",),
    "الملخص": ("seed",), "الأقوال": ("claims",), "القائل": ("said",), "السبب": ("why",), "الصفة": ("role",),
}  # fmt: skip


@cache
def _by_words() -> Mapping[str, tuple[str, ...]]:
    """By what is written, the words that it may mean: made when the first word is wrong."""
    found: dict[str, tuple[str, ...]] = {}
    for word, others in MEANT.items():
        for known in dict.fromkeys(map(fold, others)):
            found[known] = (*found.get(known, ()), word)
    return found


@cache
def _by_fields() -> Mapping[str, tuple[str, ...]]:
    return {fold(written): fields for written, fields in FIELDS.items()}


def find_meant(written: str, allowed: Iterable[str]) -> str | None:
    """Return the word of a list that somebody meant who wrote another; None where that cannot be told."""
    words = _by_words().get(fold(written.strip(" \"'").lower().replace("_", "-")), ())
    return next((word for word in allowed if word in words), None)


def find_field(written: str, fields: Iterable[str]) -> str | None:
    """Return the field that somebody meant who wrote another word; None where that cannot be told."""
    return next((field for field in _by_fields().get(fold(written), ()) if field in tuple(fields)), None)
