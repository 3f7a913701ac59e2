"""Find bodies in a text without knowing them: by the word for what they are, by quotation marks, and those that all know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossier.articles import lexicon
from dossier.articles.spans import Span
from dossier.articles.words import Word
from dossier.language.arabic import any_of, fold, fold_with_offsets

LONGEST_BODY = 6  # words after the one for what it is
LONGEST_QUOTED = 4
# Bodies whose name may be a bare word, without its article: «شركة زين», «شرطة جدة».
_TAKES_PROPER = frozenset(fold("""
شركة تنظيم حزب شبكة قناة صحيفة وكالة بنك مصرف جامعة نادي مدرسة مطعم بلدية مرور شرطة أمانة مجموعة بورصة فندق مستشفى حركة إذاعة جريدة مجلة موقع مؤسسة منظمة جماعة ميليشيا مليشيا سفارة حكومة تلفزيون كتلة جبهة كتائب منتخب إمارة دار فرقة غرفة
""").split())  # fmt: skip
_TAKES_TWO = frozenset(fold("وزارة هيئة لجنة غرفة مديرية كلية صندوق مركز مصلحة").split())
# A short name after «ب» or «ك» is another word: «كابل», «بحماس».
_KNOWN = re.compile(rf"(?<!\w)(?:[وف]?[بكل]?(?=\w{{5}}|\w+ )|[ول]?)(?P<name>{any_of(lexicon.KNOWN_BODIES)})(?!\w)")
_TO_AN_OUTLET = re.compile(r"(?<!\w)[وف]?لـ? ?[«“\"”](?P<name>[^«»“”\"\n]{2,25}?)[»”\"“]")
_QUOTED_LIST = re.compile(r"[»”\"“]? ?و? ?[«»“\"”](?P<name>[^«»“”\"\n]{2,30}?)[»”\"“«]")
_SHARE = re.compile(
    rf"(?<!\w){any_of(['سهم', 'شركة', 'لشركة', 'أسهم', 'شركتي', 'صحيفتي', 'صحيفة', 'وكالة', 'قناة', 'موقع', 'شبكة'])} ?(?:تلفزيون |ال\w+ )?(?=[«“\"])"
)
_SHORT_FORM = re.compile(r" ?[(«] ?(?P<name>[^()«»\n]{2,20}?) ?[)»]")


def find_bodies(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Yield where bodies are named, as spans of the text; they may overlap."""
    for at, word in enumerate(words):
        for form, cut in word.without_clitics():
            end = None
            if form in lexicon.BODIES:
                end = _named(words, at + 1, form)
            elif form in lexicon.DEFINITE_BODIES:
                end = _described(words, at + 1, form)
            if end:
                start = word.start + (cut if len(word.text) == len(word.folded) else 0)
                yield start, words[end - 1].end
                yield from _short_form(text, words[end - 1].end)
                break
    folded, offsets = fold_with_offsets(text)
    for match in (*_KNOWN.finditer(folded), *_TO_AN_OUTLET.finditer(folded)):
        if len(match["name"].split()) <= LONGEST_QUOTED:
            yield offsets[match.start("name")], offsets[match.end("name") - 1] + 1
    for low, high in _quoted(folded):
        yield offsets[low], offsets[high - 1] + 1


def _short_form(text: str, at: int) -> Iterator[Span]:
    """Yield what stands in brackets after a body, where it is a name too: «(ساما)»."""
    match = _SHORT_FORM.match(text, at)
    if match and len(match["name"].split()) <= 3 and not any(c.isdigit() for c in match["name"]):
        yield match.span("name")


def _quoted(folded: str) -> Iterator[Span]:
    """Yield quoted names after the word for what they are, and those that go on after the first: «سهم «أ» و«ب»»."""
    for share in _SHARE.finditer(folded):
        at = share.end()
        while (match := _QUOTED_LIST.match(folded, at)) and len(match["name"].split()) <= LONGEST_QUOTED:
            yield match.span("name")
            at = match.end()


def _named(words: Sequence[Word], at: int, body: str) -> int | None:
    """Return where the name of a body ends of which the word for what it is has been read."""
    if at >= len(words):
        return None
    first = words[at]
    if not first.follows:
        return None
    if first.has_article:
        end = _go_on(words, at, joined=body in _TAKES_TWO) if _is_part(first) else None
        return None if end == at + 1 and first.folded in lexicon.NO_BODY else end
    if not _is_bare(first):
        return None
    if at + 1 < len(words) and words[at + 1].follows and words[at + 1].has_article and _is_part(words[at + 1]):
        return _go_on(words, at + 1)
    if (
        body in _TAKES_PROPER
        and not first.text.endswith(("ة", "ًا", "اً", "ية", "ي"))
        and first.folded not in lexicon.BODIES
    ):
        return at + 1
    return None


def _is_part(word: Word) -> bool:
    """Tell whether a definite word may be a part of a body's name."""
    return (
        word.folded not in lexicon.STOPS
        and word.folded not in lexicon.TITLES
        and word.folded not in lexicon.NOT_FAMILY - _MAY
    )


_MAY = frozenset(fold("الدولي الوطني المحلي العالمي الرياضي العام السياسي الإعلامي الأمني الاقتصادي الثقافي العلمي العسكري المالي التجاري الأول الجديد الطبي الصناعي").split())  # fmt: skip


def _is_bare(word: Word) -> bool:
    folded = word.folded
    return (
        len(folded) >= 3
        and folded not in lexicon.STOPS | lexicon.SPEECH
        and not folded[0].isdigit()
        and folded not in lexicon.NO_BODY
        and not folded.startswith(("و", "ب", "ل", "فال"))
        and not word.text.endswith(("ه", "ها", "هم"))
    )


def _go_on(words: Sequence[Word], at: int, *, joined: bool = False) -> int:
    """Return where a name of definite words ends; with «ل» and, where `joined`, «و» between: «لحقوق الإنسان», «والآثار»."""
    start = at
    at += 1
    while at < len(words) and words[at].follows and at - start < LONGEST_BODY:
        word = words[at]
        if (word.has_article and _is_part(word)) or (
            word.folded.startswith(("وال", "لل") if joined else "لل")
            and len(word.folded) > 5
            and _is_part(word)
            and word.folded[1:] not in lexicon.STOPS | lexicon.TITLES
        ):
            at += 1
        elif (
            word.folded.startswith("ل")
            and not word.folded.startswith("لل")
            and len(word.folded) > 3
            and at + 1 < len(words)
            and words[at + 1].follows
            and words[at + 1].has_article
        ):
            at += 2
        else:
            break
    return at


def _described(words: Sequence[Word], at: int, body: str) -> int | None:
    """Return where a definite body's name ends, if an adjective after it makes it one: «الجيش العراقي»."""
    if at >= len(words) or not words[at].follows:
        return None
    first = words[at]
    if first.folded not in lexicon.NAMING and first.folded not in lexicon.DEMONYMS:
        return None
    end = at + 1
    while end < len(words) and words[end].follows and words[end].folded in lexicon.NAMING | lexicon.DEMONYMS:
        end += 1
    if end < len(words) and words[end].follows and words[end].folded.startswith("ل"):
        end = _go_on(words, end - 1)
    generic = body in lexicon.GENERIC_BODIES and not any(word.folded in lexicon.DEMONYMS for word in words[at:end])
    return None if generic and end == at + 1 else end
