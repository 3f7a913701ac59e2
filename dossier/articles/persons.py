"""Find persons in a text without knowing them: by given names, titles, offices, descent («بن») and by who is made to speak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dossier.articles import lexicon
from dossier.articles.words import Word, without_conjunctions

GIVEN = (lexicon.ARAB_GIVEN | lexicon.FOREIGN_GIVEN) - (lexicon.STOPS - {"علي", "امين"})
LONGEST_NAME = 7  # words
LONGEST_OFFICE = 9  # words between an office and the name of who holds it
_NO_NAME = lexicon.COMMON | lexicon.TITLES | lexicon.NAMING | lexicon.ADJECTIVES
_HOMOGRAPHS = {"علي": "علي", "فان": "فان", "باول": "باول"}  # as they are written where they are names
_JOINED = ("عبد", "ابو", "ابن")

_TITLES_AS_FAMILIES = frozenset({"القاضي", "الشيخ", "الحاج", "الامير", "الكاتب", "المفتي"})

WordSpan = tuple[int, int]  # counts words, the end exclusive


def find_persons(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield the words of every name of a person; those of two may overlap."""
    words = without_conjunctions(words, GIVEN)
    for start, end in _find(words):
        yield tuple(words[start:end])


def _find(words: Sequence[Word]) -> Iterator[WordSpan]:
    for at, word in enumerate(words):
        if end := _begun_by_a_given_name(words, at):
            yield at, end
        elif (word.folded in lexicon.TITLES and (span := _after_a_title(words, at + 1))) or (
            _is_nationality(word) and (span := _foreigner(words, at + 1))
        ):
            yield span
        if _is_speech(word) and (span := _speaker(words, at + 1)):
            yield span


def _is_given(word: Word, *, bare: bool = True) -> bool:
    forms = [word.folded] if bare else [form for form, _ in word.without_clitics()]
    if word.folded in _HOMOGRAPHS:
        return word.text == _HOMOGRAPHS[word.folded]
    return any(form in GIVEN for form in forms)


def is_family(word: Word) -> bool:
    """Tell whether a definite word may be a family's name: «المطيري», «الحمود»."""
    return (
        word.has_article
        and len(word.folded) >= 5
        and not word.folded.endswith(("ات", "ون", "ين"))
        and word.folded not in _REFUSED
    )


_REFUSED = lexicon.NOT_FAMILY | lexicon.TITLES | lexicon.NAMING | lexicon.DEFINITE_BODIES | lexicon.ADJECTIVES


def _is_plain(word: Word) -> bool:
    """Tell whether a word without its article may be a part of a name."""
    folded = word.folded
    if len(folded) < 3 or folded[0].isdigit() or not "\u0621" <= folded[0] <= "\u064a" or word.has_article:
        return False
    if folded in _NO_NAME or folded.startswith(("لل", "وال", "بال", "فال", "كال")):
        return False
    if folded in GIVEN:
        return True
    if folded[0] in "ويت" or word.text.endswith(("ًا", "اً", "ً", "ة", "ات", "ه", "ها", "هم", "نا")):
        return False
    return not any(form in _NO_NAME for form, cut in word.without_clitics() if cut)


def _begun_by_a_given_name(words: Sequence[Word], at: int) -> int | None:
    """Return where a name ends that begins with a given name, or with «عبد», «أبو» and another word; None where none does."""
    if _is_place(words, at):
        return None
    joined = words[at].folded in _JOINED and _follows(words, at + 1) and len(words[at + 1].folded) > 2
    if not joined and not _is_given(words[at]):
        return None
    if at and words[at].follows and (words[at - 1].folded in lexicon.JOINING or _is_given(words[at - 1], bare=False)):
        return None  # within a name
    end = _go_on(words, at + (2 if joined else 1), at)
    if words[at].folded == "علي" and end == at + 2 and not (is_family(words[at + 1]) or _is_given(words[at + 1])):
        return None  # «على» as some write it
    return end if end > at + (2 if joined else 1) else None


def _is_place(words: Sequence[Word], at: int) -> bool:
    """Tell whether a name is one of a street, a school or a town: «جامعة الملك عبدالعزيز», «محافظة رياض الخبراء»."""
    before = at - 1
    while before >= 0 and words[before + 1].follows and words[before].folded in lexicon.TITLES:
        before -= 1
    if before < 0 or not words[before + 1].follows:
        return False
    return any(form in lexicon.NAMED_AFTER for form, _ in words[before].without_clitics())


def _go_on(words: Sequence[Word], at: int, start: int) -> int:
    """Return where a name ends of which the first words are read."""
    others = 0
    while _follows(words, at) and at - start < LONGEST_NAME:
        word = words[at]
        if _is_joining(word) and _follows(words, at + 1):
            at += 2 if not _is_joining(words[at + 1]) else 1
            continue
        if word.folded in _TITLES_AS_FAMILIES and at - start > 1:
            return at + 1
        if is_family(word) and word.folded not in GIVEN:
            return at + 1
        if _is_given(word):
            at += 1
            continue
        if others or not _is_plain(word):
            break
        at, others = at + 1, others + 1
    return at


def _is_joining(word: Word) -> bool:
    return word.folded in lexicon.JOINING and word.text == _HOMOGRAPHS.get(word.folded, word.text)


def _follows(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].follows


def _after_a_title(words: Sequence[Word], at: int) -> WordSpan | None:
    """Return the name after a title and its adjectives; a family's name alone is enough there."""
    while _follows(words, at) and (
        words[at].folded in lexicon.TITLES or words[at].folded in lexicon.ADJECTIVES or _is_nationality(words[at])
    ):
        at += 1
    if not _follows(words, at) or words[at].folded in GIVEN | lexicon.JOINING:
        return None if not _follows(words, at) else _named(words, at)
    if _is_plain(words[at]):
        end = _go_on(words, at + 1, at)
        return (at, end) if end > at + 1 else None
    return None


def _named(words: Sequence[Word], at: int) -> WordSpan | None:
    end = _begun_by_a_given_name(words, at)
    return (at, end) if end else None


def _is_nationality(word: Word) -> bool:
    return word.folded.removeprefix("و") in lexicon.DEMONYMS


def _foreigner(words: Sequence[Word], at: int) -> WordSpan | None:
    """Return two words, or more with «فان» and the like, that look foreign after a nationality: «الهولندي روبن فان بيرسي»."""
    if not _follows(words, at) or not _is_plain(words[at]) or not _looks_foreign(words, at):
        return None
    end = _go_on(words, at + 1, at)
    return (at, end) if end > at + 1 else None


def _looks_foreign(words: Sequence[Word], at: int) -> bool:
    return _is_given(words[at]) or (_follows(words, at + 1) and all(looks_transcribed(words[i]) for i in (at, at + 1)))


def looks_transcribed(word: Word) -> bool:
    """Tell whether a word is spelt as foreign names are: long, with many long vowels, in no Arabic pattern."""
    folded = word.folded
    vowels = sum(letter in "اوي" for letter in folded)
    return (
        _is_plain(word)
        and len(folded) >= 5
        and vowels >= 2
        and folded[-1] != "ه"
        and not folded.startswith(("م", "ت", "ي", "ن", "است"))
    )


def _is_speech(word: Word) -> bool:
    return any(form in lexicon.SPEECH for form, cut in word.without_clitics() if cut == 0 or word.folded[0] in "وف")


def _speaker(words: Sequence[Word], at: int) -> WordSpan | None:
    """Return who speaks: «وقال كيري إن», or the last words of a long office: «أوضح الناطق … عيضة الهذلي أن»."""
    end = at
    while _follows(words, end) and end - at < LONGEST_OFFICE + 4 and words[end].folded not in lexicon.AFTER_SPEECH:
        end += 1
    closed = end < len(words) and (
        words[end].folded in lexicon.AFTER_SPEECH or words[end].gap.strip().startswith((":", "،"))
    )
    if not closed or end == at:
        return None
    if end == at + 1:
        return (at, end) if is_lone_name(words[at]) else None
    first, last = words[end - 2], words[end - 1]
    if (
        is_family(last)
        and last.folded.endswith("ي")
        and _is_plain(first)
        and first.folded not in lexicon.BODIES
        and end - at > 2
    ):
        return end - 2, end
    return None


def is_lone_name(word: Word) -> bool:
    """Tell whether a word may be a person's name by itself after a verb of speech."""
    if word.has_article:
        return is_family(word) and word.folded.endswith("ي") and not word.folded.endswith("يي")
    return _is_plain(word) and len(word.folded) >= 4 and not word.folded.endswith(("ه", "ات", "ون", "ين"))
