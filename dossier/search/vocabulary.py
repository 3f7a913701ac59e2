"""The browser's vocabulary: keys with their number, words whose key cannot be guessed, irregular plurals, other names.

It is written as sorted lines in parts of a few kilobytes, and each part is packed, so that a question fetches only the
parts in which its words would stand.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from zlib import crc32

from msgspec import Struct, field

from dossier.search.analyser import Analyser, words_of
from dossier.search.documents import Synonym
from dossier.search.latin import MARK, SHORTEST, SMALL_WORDS, skeletons
from dossier.search.plurals import FAMILIES, singulars_of
from dossier.search.tables import NAMES_IN_YA, PRONOUNS, STOP_WORDS

PART = 1100  # lines of a part, and some more
BEGINS = 128  # a part begins with one of so many words, so that those behind a new word remain as they are
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MOST_SHARED = len(DIGITS) - 1
_PLURALS = frozenset(plural for _, *plurals in FAMILIES for plural in plurals)  # whose singulars need no guess
PROPER = ("person", "state", "place", "outlet")  # kinds whose names are no common nouns


class Entry(Struct):
    """What is known of a word, beside how often it is a key and of which kind.

    The keys it stands for, its irregular relatives, the clitics behind which keys may be it; the names that it stands for and the
    pages of those called so; words that texts have in its place.
    """

    keys: str = ""
    related: set[str] = field(default_factory=set)
    behind: set[str] = field(default_factory=set)
    forms: dict[str, None] = field(default_factory=dict)
    pages: set[int] = field(default_factory=set)
    instead: set[str] = field(default_factory=set)

    def line(self, plain: str) -> str:
        """`3f ~مصادر >خليفه حفتر|حفتر`: the logarithm of the number, flags, then what there is of the rest."""
        parts = [plain]
        parts += [f"={self.keys}"] if self.keys else []
        parts += ["~" + " ".join(sorted(self.related))] if self.related else []
        parts += ["+" + " ".join(sorted(self.behind))] if self.behind else []
        parts += [">" + "|".join(self.forms)] if self.forms else []
        parts += ["@" + " ".join(map(str, sorted(self.pages)))] if self.pages else []
        parts += ["<" + "|".join(sorted(self.instead))] if self.instead else []
        return "\t".join(parts)


def make_vocabulary(
    analyser: Analyser,
    synonyms: Sequence[Synonym],
    feminine: Mapping[str, int],
    numbers: Mapping[str, int],
    others: Mapping[str, str],
) -> dict[str, str]:
    """Return the lines of all entries by word.

    `feminine` counts keys that are written with ة; `numbers` are those of pages by address; `others` are other spellings with the
    keys that they stand for.
    """
    named = frozenset(
        word for s in synonyms if s.kind in PROPER for form in s.forms for word in keys_of(form, analyser).split()
    )
    proper = NAMES_IN_YA | named
    plain = {
        key: _digit(number)
        + ("h" if key[-1] == "ه" and 2 * feminine.get(key, 0) < number else "")
        + ("p" if key in proper else "")
        for key, number in analyser.keys.items()
    }
    entries: dict[str, Entry] = {}
    for word, keys in analyser.exceptions().items():
        entries.setdefault(word, Entry()).keys = keys
    for one, other in _related(analyser, named):
        entries.setdefault(one, Entry()).related.add(other)
    for base, clitics in analyser.behind():
        entries.setdefault(base, Entry()).behind.add(clitics)
    for word, keys in others.items():
        entry = entries.setdefault(word, Entry())
        entry.keys = entry.keys or ("" if word in plain else keys)
    _add_names(entries, synonyms, analyser, numbers)
    lines = plain
    for word, entry in entries.items():
        lines[word] = entry.line(plain.get(word, _digit(0)))
    return lines


def _add_names(
    entries: dict[str, Entry], synonyms: Sequence[Synonym], analyser: Analyser, numbers: Mapping[str, int]
) -> None:
    """Add names with the pages of those called so, and words that texts have in the place of others."""
    names = [synonym for synonym in synonyms if synonym.kind != "word"]
    for text, form, url in _asked(names, analyser):
        entry = entries.setdefault(text, Entry())
        entry.forms[form] = None
        entry.pages |= {numbers[url]} if url in numbers else set()
    for synonym in synonyms:
        if synonym.kind == "word":
            for text in _with_articles(synonym.asked):
                entries.setdefault(text, Entry()).instead.update(" ".join(words_of(form)) for form in synonym.forms)


@cache
def _digit(number: int) -> str:
    """Return twice the logarithm of a number as one digit."""
    return DIGITS[min(35, round(2 * math.log2(number + 1)))]


def _with_articles(asked: Iterable[str]) -> Iterator[str]:
    """Yield words as they may be typed, folded: as they stand, with no article, and with one each."""
    for words in filter(None, map(words_of, asked)):
        bare = _without_article(words)
        yield from (
            " ".join(words),
            bare,
            *([" ".join("ال" + word for word in bare.split())] if not bare.isascii() else []),
        )


def keys_of(text: str, analyser: Analyser) -> str:
    """Return the keys of the words of a text that the corpus has."""
    return " ".join(keys for word in words_of(text) if (keys := analyser.find(word)))


def _related(analyser: Analyser, proper: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of one noun's forms, the second of each seen in the corpus. A name is no plural of anything."""
    keys = analyser.keys
    for family in FAMILIES:
        seen = [form for word in family for form in _with_pronouns(word) if form in keys and form not in proper]
        yield from ((one, other) for one in family for other in seen if one != other and one not in proper)
    for key in keys:
        if key in proper or key in STOP_WORDS or key in _PLURALS or not 4 <= len(key) <= 6:
            continue
        for singular, sure in singulars_of(key):
            if singular in keys and singular not in proper:
                yield from ((key, singular), (singular, key))
            elif sure and singular not in proper:
                yield singular, key


def _with_pronouns(word: str) -> Iterator[str]:
    """Yield a folded noun, and as it is before pronouns: «علاقة/علاقته», «حلفاء/حلفائه»."""
    yield word
    stems = (
        [word[:-1] + seat for seat in "ءيو"]
        if word.endswith("اء")
        else [word[:-1] + "ت" if word.endswith("ه") else word]
    )
    yield from (stem + pronoun for stem in stems for pronoun in PRONOUNS)


def _asked(synonyms: Sequence[Synonym], analyser: Analyser) -> Iterator[tuple[str, str, str]]:
    """Yield what readers may type, folded, and the same as keys, with the forms that texts have, each as its keys, and the bearer's page."""
    surnames = Counter(words[-1] for s in synonyms if s.kind == "person" for words in [words_of(s.forms[0])] if words)
    whole = {text for synonym in synonyms for text in _names(synonym)}
    for synonym in synonyms:
        forms = tuple(dict.fromkeys(keys_of(form, analyser) for form in synonym.forms if _in_corpus(form, analyser)))
        parts = (text for text in _parts_of_names(synonym, surnames) if text not in whole)
        asked = (*_names(synonym), *_skeletons(synonym), *forms, *parts)
        for text in dict.fromkeys(asked if forms else ()):
            yield from ((text, form, synonym.url) for form in forms)


def _in_corpus(form: str, analyser: Analyser) -> bool:
    words = words_of(form)
    return bool(words) and all(map(analyser.find, words))


def _names(synonym: Synonym) -> Iterator[str]:
    """Yield names as they may be typed, folded, with their articles and without."""
    for text in (*synonym.asked, *synonym.forms):
        words = words_of(text)
        if words:
            yield from dict.fromkeys((" ".join(words), _without_article(words)))


def _skeletons(synonym: Synonym) -> Iterator[str]:
    """Yield what is left of Latin names however they are spelt; of single words of them where these are names too."""
    for text in (*synonym.asked, *synonym.forms):
        words = words_of(text)
        single = [[word] for word in words if len(word) > SHORTEST and synonym.kind in PROPER]
        yield from (MARK + rest for some in (words, *single) for rest in skeletons(some))


def _parts_of_names(synonym: Synonym, surnames: Mapping[str, int]) -> Iterator[str]:
    """Yield words of Latin names, and a person's last name where nobody else has it. They count where nobody has them whole."""
    for text in (*synonym.asked, *synonym.forms):
        words = words_of(text)
        if len(words) > 1 and words[0].isascii():
            yield from (word for word in words if len(word) >= SHORTEST and word not in SMALL_WORDS)
        if len(words) > 1 and synonym.kind == "person" and surnames[words[-1]] == 1 and len(words[-1]) > SHORTEST:
            yield from (words[-1], _without_article(words[-1:]))


def _without_article(words: Iterable[str]) -> str:
    return " ".join(word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words)


def write_parts(lines: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the vocabulary in parts, and the first word of each. A line begins with how many letters it shares with the last."""
    firsts: list[str] = []
    parts: list[str] = []
    for chosen in _parted(sorted(lines)):
        firsts.append(chosen[0])
        coded = (f"{shared}\t{lines[word]}" for word, shared in zip(chosen, _front_coded(chosen), strict=True))
        parts.append("\n".join(coded))
    return firsts, parts


def _parted(words: Sequence[str]) -> Iterator[Sequence[str]]:
    start = 0
    for at, word in enumerate(words):
        if at - start >= PART and not crc32(word.encode()) % BEGINS:
            yield words[start:at]
            start = at
    if words:
        yield words[start:]


def _front_coded(words: Iterable[str]) -> Iterator[str]:
    last = ""
    for word in words:
        shared = 0
        for one, other in zip(last, word, strict=False):
            if one != other or shared == MOST_SHARED:
                break
            shared += 1
        yield DIGITS[shared] + word[shared:]
        last = word
