"""Find what captures of web pages bring along that is not the article: comment forms, "read also", source lines, repetitions.

Noise is marked, never deleted. The patterns are what news sites and their common software write. They are matched on folded text, so
they are written folded too (ى as ي, ة as ه, أ as ا), and the first kind of `PATTERNS` that fits wins. `tests/unit/test_noise.py` has a
line for what is noise and one for what only begins alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from dossier.articles.spans import Span
from dossier.language.arabic import fold

# A comment form; a link to other articles; a line that names the source; anything else that a page sets around an article, calls to follow
# or share it too; a paragraph that stood there before. A new reason needs its words in `articles/leads.py`.
Reason = Literal["form", "see-also", "source-line", "page", "repeated"]
# Most characters of a line of noise; a longer one that begins alike is an article's own sentence.
LONGEST_NOTE = 800  # the notes of a form may run together with the names of all its fields
LONGEST_LINE = 200
LONGEST_SOURCE = 80
SHORTEST_REPEATED = 40  # shorter lines recur in earnest

# Comment forms of WordPress in Arabic, French and English, and what stands around them.
NOTES = (
    r"لن يتم نشر عنوان بريدك", r"الحقول الالزاميه مشار اليها", r"احفظ اسمي",
    r"votre adresse (?:e.?mail|de messagerie) ne sera pas publiee", r"les champs obligatoires", r"enregistrer mon nom",
    r"your email address will not be published", r"required fields are marked", r"save my name",
)  # fmt: skip
FORMS = (
    r"اترك (?:تعليق|رد)\w*", r"اضف (?:تعليق|رد)\w*", r"شاركنا? ب?رايك", r"الغاء الرد$", r"لا توجد تعليقات\W*$", r"التعليقات مغلقه",
    r"التعليقات[\W\d]*$", r"(?:البريد الالكتروني|الاسم|الموقع الالكتروني|التعليق) ?\*",
    r"laisser un commentaire", r"annuler la reponse$", r"(?:commentaire|nom|e.?mail|adresse de messagerie|site web) ?\*",
    r"leave a (?:reply|comment)", r"cancel reply$", r"comments are closed", r"(?:comment|name|email|website) ?\*",
)  # fmt: skip
SEE_ALSO = (
    r"ا?قرا (?:ايضا|المزيد|كذلك|اكثر)", r"ا?قراوا ايضا", r"شاهد (?:ايضا|المزيد)", r"طالع ايضا", r"قد يهمك ايضا", r"لقراءه المزيد",
    r"(?:مواضيع|مقالات|اخبار) (?:ذات صله|ذات علاقه|متعلقه|مشابهه)",
    r"read (?:also|more)", r"see also", r"lire aussi", r"related (?:posts|articles)",
)  # fmt: skip
# What goes on after the mark as a sentence does is somebody's answer in an interview, not a source.
SOURCE_LINES = (r"(?:المصدر|نقلا عن|source) ?[:؛/|–-]+(?!(?:\W+\w+){5,}[.؟?!…]\W*$)", r"المصدر\W*$")
# What newspapers set around an article: links and counters, numbers to write to, how an agency ends a telegram.
PAGE_LINES = (
    r"رابط الخبر", r"(?:المزيد|لمشاهده المزيد)\W*$", r"انتهي\W*$", r"\d{1,2}:\d\d ?(?:ت م|جمت|gmt)\W*$", r"\d{5,6}\W+(?:stc|mobily|zain)\b",
    r"للتواصل (?:مع الكاتب )?(?:ارسل|ابدا)", r"تبدا بالرمز", r"لمراسله الكاتب", r"next previous\W*$", r"(?:عدد )?(?:المشاهدات|القراءات|الزيارات)\W*\d", r"(?:اخر تحديث|تاريخ النشر)\W*[:：]",
    r"تابعو?نا (?:علي(?! مدي)|عبر)",
    r"(?:تابعوا?|انضم(?:وا)? الي|اشتركو?ا? في) (?:صفح|قنا|حساب|مجموع)\w*نا (?:علي|في|عبر) (?:منصه |موقع |تطبيق )?"
    r"(?:فيس ?بوك|تويتر|اكس|ت[يل]+غرام|واتس ?اب|انست[غق]رام|يوتيوب|تيك ?توك)\b",
    r"شارك(?:وا)? (?:الخبر|المقال|علي|عبر|هذا)", r"(?:طباعه|ارسال لصديق|حجم الخط|نسخ الرابط|مشاركه)\W*$", r"(?:جميع )?الحقوق محفوظه", r"(?:الاكثر قراءه|الاكثر مشاهده|اعلان|وسوم|كلمات (?:دلاليه|مفتاحيه)|الكلمات المفتاحيه|هاشتاق)\W*(?::|$)",
    r"(?:اشترك|سجل) (?:في|ب)?(?: ?ال)?نشر(?:تنا|ه)", r"حمل(?:وا)? تطبيق", r"اقرا الخبر من المصدر", r"(?:تحميل|جاري التحميل)\W*$",
)  # fmt: skip
# The tags of an article that run on after its last sentence, as written: offsets count in the line itself.
_TAGS = re.compile(r"(?<=[.!؟»”\"])\s+(?P<tags>(?:سمات|الوسوم|وسوم|الكلمات الدلالية|كلمات دلالية)[: ]\s*\S.{0,150})$")


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"[\W_]*(?:" + "|".join(patterns) + ")")


PATTERNS: tuple[tuple[Reason, int, re.Pattern[str]], ...] = (
    ("form", LONGEST_NOTE, _any_of(NOTES)),
    ("form", LONGEST_LINE, _any_of(FORMS)),
    ("see-also", LONGEST_LINE, _any_of(SEE_ALSO)),
    ("source-line", LONGEST_SOURCE, _any_of(SOURCE_LINES)),
    ("page", LONGEST_LINE, _any_of(PAGE_LINES)),
)
_LINE = re.compile(r"[^\r\n]*\S")
_SPACES = re.compile(r"\s+")


class Noise(Struct, frozen=True, kw_only=True):
    """A span that is not the article, and why."""

    start: int
    end: int
    reason: Reason


def find_noise(text: str, paragraphs: Sequence[Span]) -> tuple[Noise, ...]:
    """Return the noise in a text whose paragraphs have these spans, in order, without overlaps."""
    return tuple(sorted(_search(text, paragraphs), key=lambda noise: noise.start))


def _search(text: str, paragraphs: Sequence[Span]) -> Iterator[Noise]:
    seen: set[str] = set()
    for start, end in paragraphs:
        body = _SPACES.sub(" ", fold(text[start:end]))
        if len(body) >= SHORTEST_REPEATED and body in seen:
            yield Noise(start=start, end=end, reason="repeated")
            continue
        seen.add(body)
        for line in _LINE.finditer(text, start, end):
            low = line.start() + len(line.group()) - len(line.group().lstrip())
            reason = _reason(text[low : line.end()])
            if reason:
                yield Noise(start=low, end=line.end(), reason=reason)
            elif tags := _TAGS.search(line.group()):
                yield Noise(start=line.start() + tags.start("tags"), end=line.end(), reason="page")


def _reason(line: str) -> Reason | None:
    if len(line) > LONGEST_NOTE:
        return None
    folded = fold(line)
    return next(
        (reason for reason, longest, pattern in PATTERNS if len(line) <= longest and pattern.match(folded)), None
    )
