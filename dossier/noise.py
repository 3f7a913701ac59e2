"""What captures of web pages bring along that is not the article: comment forms, "read also", source lines, repetitions.

Noise is marked, never deleted. The patterns are what news sites and their common software write, matched on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dossier.arabic import fold

Reason = Literal["form", "see-also", "source-line", "repeated"]
LONGEST_LINE = 200  # a longer line that begins like noise is an article's own sentence
SHORTEST_REPEATED = 40  # shorter lines recur in earnest

# Comment forms of WordPress in Arabic, French and English, and what stands around them.
FORMS = (
    r"اترك (?:تعليق|ردا?|رد)\w*(?: الغاء الرد)?", r"اضف (?:تعليق|رد)\w*", r"شارك(?:نا)? (?:ب?رايك|برايك)", r"لن يتم نشر عنوان بريدك",
    r"الحقول الالزاميه مشار اليها", r"(?:البريد الالكتروني|الاسم|الموقع الالكتروني|التعليق) ?\*", r"احفظ اسمي",
    r"votre adresse e-?mail ne sera pas publiee", r"les champs obligatoires", r"laisser un commentaire", r"enregistrer mon nom",
    r"your email address will not be published", r"required fields are marked", r"leave a (?:reply|comment)", r"save my name",
)  # fmt: skip
SEE_ALSO = (
    r"ا?قرا (?:ايضا|المزيد|كذلك)", r"ا?قراوا ايضا", r"شاهد (?:ايضا|المزيد)", r"(?:مواضيع|مقالات|اخبار) (?:ذات صله|متعلقه|مشابهه)",
    r"طالع ايضا", r"لقراءه المزيد", r"read (?:also|more)", r"see also", r"lire aussi", r"related (?:posts|articles)",
)  # fmt: skip
SOURCE_LINES = (r"المصدر ?[:؛/|–-]+", r"نقلا عن ?[:؛]+", r"source ?:+")


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"[\W_]*(?:" + "|".join(patterns) + ")")


PATTERNS: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    ("form", _any_of(FORMS)),
    ("see-also", _any_of(SEE_ALSO)),
    ("source-line", _any_of(SOURCE_LINES)),
)
_LINE = re.compile(r"[^\r\n]*\S")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Noise:
    """A span that is not the article, and why."""

    start: int
    end: int
    reason: Reason


def find_noise(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[Noise, ...]:
    """Noise in a text whose paragraphs have these spans, in order, without overlaps."""
    return tuple(sorted(_search(text, paragraphs), key=lambda noise: noise.start))


def _search(text: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[Noise]:
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


def _reason(line: str) -> Reason | None:
    if len(line) > LONGEST_LINE:
        return None
    folded = fold(line)
    return next((reason for reason, pattern in PATTERNS if pattern.match(folded)), None)
