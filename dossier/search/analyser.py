"""Words to keys: folded, parted where two were glued, and freed of clitics where the corpus shows what remains."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, groupby, pairwise

from dossier.language.arabic import FOLD, LETTER_VARIANTS
from dossier.language.arabic import fold as fold_text
from dossier.search.lexicon import UNCUT
from dossier.search.plurals import FAMILIES
from dossier.search.tables import (
    ARABIC,
    ARTICLE_CLITICS,
    ENDINGS,
    FURTHER_VARIANTS,
    GROUPED,
    ON,
    ON_LETTER,
    RESTORED,
    SHORTEST_BASE,
    SINGLE_CLITICS,
    STOP_WORDS,
    SYMBOL,
    SYMBOLS,
    WITHIN_LATIN,
)

WORD = rf"\d+|[{ARABIC}]+|(?:(?![{ARABIC}])[^\W\d_])+"
find_words = re.compile(WORD).findall
_ON = re.compile(ON)
_find_symbols = re.compile(SYMBOLS)
_find_grouped = re.compile(GROUPED)
_find_within_latin = re.compile(WITHIN_LATIN)
_further = str.maketrans(FURTHER_VARIANTS)
_may_be_special = re.compile(
    r"[\u0660-\u066c0-9'\u2018\u2019`\u00b4%+#$\u00a3\u20ac\u02b0-\u02ff\u2600-\u2b55\U0001f000-\U0001faff]"
).search
_ON_MARKED = rf"\1عل{ON_LETTER}"
_unfolded = re.compile("[^" + "".join(re.escape(chr(code)) for code in sorted(FOLD)) + "\x00-\x7f]")
SURE = 5  # a remainder of three letters must be so many times as common as the word it is cut from
LONG, PLAUSIBLE = 5, 0.1  # after «and» so many letters may be this much rarer: few words begin with و by nature
PLAIN = 4  # letters after which a clitic with the article («واليونان») needs no other proof
BEGIN_SO = ("والد", "بالغ", "بالون")  # but these begin so themselves
SHORTEST_GLUED = 4
CLITIC_LETTERS = frozenset("وفبلك")
_IN_PLURALS = frozenset(word for family in FAMILIES for word in family)  # known to be whole
APART = 0.1  # a word is two where they stand apart at least so many times as often as they are glued
MIN_GLUED = 5  # letters of a word that may be two
SHORTEST_HALF = 2  # letters of the first of these two; the second has one more
BETWEEN = "|"  # stands between parts of a text, among its words
WRITTEN_TOGETHER = frozenset(("ما", "لا", "يا", "ولا", "وما"))  # particles that are often glued to the next word


def fold(text: str) -> str:
    """Fold text of any script as `arabic.fold` does, with «على» told from «علي», symbols as words, and numbers and Latin names in one piece."""
    special = _may_be_special(text)
    if special:
        text = _find_symbols.sub(_code_of, _find_within_latin.sub("", text).replace("\u066a", "%"))
    folded = fold_text(_ON.sub(_ON_MARKED, text) if "ى" in text else text)
    if _unfolded.search(folded):
        folded = _unfolded.sub(_fold_rest, folded)
    folded = folded.translate(_further)
    return _find_grouped.sub(_drop_separators, folded) if special else folded


def _code_of(match: re.Match[str]) -> str:
    """Return what stands for a symbol: behind a Latin word a part of it, else a word of its own."""
    codes = "".join(SYMBOL + "".join(chr(ord("a") + int(digit, 16)) for digit in f"{ord(c):x}") for c in match.group())
    return codes if match.group()[0] in "+#" else f" {codes} "


def _drop_separators(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match.group())


def _fold_rest(match: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFKD", match.group()).lower()
    return "".join(LETTER_VARIANTS.get(p, p) for p in parts if unicodedata.category(p) not in ("Mn", "Cf", "Cs"))


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, in order."""
    return find_words(fold(text))


def _by_length(clitics: Iterable[str]) -> tuple[tuple[int, frozenset[str]], ...]:
    """Group clitics by their length; the tables have them so already, the longest first."""
    return tuple((length, frozenset(some)) for length, some in groupby(clitics, len))


_WITH_ARTICLE, _SINGLE = _by_length(ARTICLE_CLITICS[:-1]), _by_length(SINGLE_CLITICS)
_CLITICS = (*_by_length(ARTICLE_CLITICS), *_SINGLE)
_BEGINNINGS = frozenset(clitic[0] for clitic in (*ARTICLE_CLITICS, *SINGLE_CLITICS))


def strippings(word: str) -> Iterator[str]:
    """Yield what may remain of a word when clitics are cut, in the order in which both build and browser try."""
    if word[:1] not in _BEGINNINGS or word in UNCUT:
        return
    if word[0] in "وف" and word[1:] in STOP_WORDS:
        yield word[1:]
    for length, clitics in _CLITICS:
        if word[:length] in clitics and len(word) - length >= SHORTEST_BASE:
            yield word[length:]


@lru_cache(maxsize=1 << 17)
def is_whole(word: str) -> bool:
    """Tell whether a word begins by its nature with the letter of a clitic: it, or what it is a form of, is known to."""
    return word[:1] in CLITIC_LETTERS and (word in UNCUT or not UNCUT.isdisjoint(_bases(word)))


_is_compound = re.compile(
    "ات."
).match  # a plural with a pronoun, which looks like much else («لحياته» is none of «لحية»)


def _what_endings_lack() -> dict[str, frozenset[str]]:
    """Return what may have stood in the place of an ending, by ending."""
    found: dict[str, set[str]] = {}
    for kind, endings in ENDINGS.items():
        for ending in endings.split("|"):
            if ending and not _is_compound(ending):
                found.setdefault(ending, set()).add(RESTORED[kind])
    return {ending: frozenset(lacking) for ending, lacking in found.items()}


_LACKING = _what_endings_lack()
_LONGEST_ENDING = max(map(len, _LACKING))


def _bases(word: str) -> Iterator[str]:
    """Yield what a word may be a form of."""
    for length in range(1, min(_LONGEST_ENDING, len(word) - SHORTEST_BASE) + 1):
        for lacking in _LACKING.get(word[-length:], ()):
            yield word[:-length] + lacking


class Analyser:
    """Keys of all words of a corpus, given as the words of each text, with spaces between and `BETWEEN` where a part ends.

    `numbers` say how often each word stands there. `uncut` are words of names, from which nothing but the article is ever cut. `key_of` gives each word's key, or the keys of
    both, with a space between, where two known words were glued, and `keys_of` the same apart; `keys` counts them.
    """

    def __init__(self, texts: Iterable[str], numbers: Iterable[tuple[str, int]], uncut: Iterable[str] = ()) -> None:
        self._counts = sum_up(numbers)
        del self._counts[BETWEEN]
        self._uncut = frozenset(uncut)
        self._apart = self._seen_apart(texts)
        self.key_of = {word: self._keys(word) for word in self._counts}
        parts = {keys: tuple(keys.split()) for keys in self.key_of.values()}
        self.keys_of = {word: parts[keys] for word, keys in self.key_of.items()}
        self.keys = sum_up((key, self._counts[word]) for word, keys in self.keys_of.items() for key in keys)

    def _seen_apart(self, texts: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Return words that are as well written as two («عبدالله», «عبد الله»), with the two."""
        possible = frozenset(self._halves())
        pairs = Counter(chain.from_iterable(filter(possible.__contains__, pairwise(text.split())) for text in texts))
        counts = self._counts
        return {
            left + right: (left, right)
            for (left, right), number in sorted(pairs.items())
            if number >= APART * counts[left + right]
        }

    def _halves(self) -> Iterator[tuple[str, str]]:
        """Yield words that may stand apart or as one, with the one among the words."""
        counts = self._counts
        for word in counts:
            for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF if len(word) >= MIN_GLUED else 0):
                left, right = word[:at], word[at:]
                if left in counts and right in counts and left != "ال" and _may_part(left, right):
                    yield left, right

    def _keys(self, word: str) -> str:
        parts = self._apart.get(word) or self._unglue(word)
        return " ".join(map(self._key, parts)) if parts else self._key(word)

    def _unglue(self, word: str) -> tuple[str, str] | None:
        """Return the parts of a rare word whose second part has an article of its own, both seen apart and more often («الأممالمتحدة»)."""
        at = word.find("ال", SHORTEST_GLUED)
        own = self._counts[word] if at > 0 else 0
        while at > 0:
            for second in (at, at - 1 if word[at - 1] == "و" else at):
                left, right = word[:second], word[second:]
                if min(len(left), len(right)) >= SHORTEST_GLUED and min(self._counts[left], self._counts[right]) > own:
                    return left, right
            at = word.find("ال", at + 1)
        return self._unglue_names(word)

    def _unglue_names(self, word: str) -> tuple[str, str] | None:
        """Return two names joined by و in one word («الجزائروموسكو»)."""
        at = word.find("و", SHORTEST_GLUED - 1)
        while at > 0:
            left, right = word[:at], word[at + 1 :]
            if left in self._uncut and right in self._uncut and len(right) >= SHORTEST_GLUED:
                return left, right
            at = word.find("و", at + 1)
        return None

    def _seen(self, base: str) -> int:
        """Return how often what may remain of a word is seen alone, after an article or before a pronoun; once more where it is well known."""
        count = self._counts.get
        return (
            (base in _IN_PLURALS)
            + count(base, 0)
            + count("ال" + base, 0)
            + count("لل" + base, 0)
            + count(base + "ها", 0)
            + count(base + "هم", 0)
        )

    def _key(self, word: str) -> str:
        base = self._cut(word)
        return word if base is None else self._key(base) if base in self._counts else base

    def _cut(self, word: str) -> str | None:
        """Return what remains of a word when one run of clitics is cut; nothing where it has none."""
        if word[:1] not in _BEGINNINGS or word in STOP_WORDS:
            return None
        if word.startswith("ال"):
            return word[2:] if len(word) >= SHORTEST_BASE + 2 else None
        # What has been seen after an article begins with no clitic.
        counts = self._counts
        if (
            word[0] == "ا"
            or word in self._uncut
            or word in _IN_PLURALS
            or "ال" + word in counts
            or "لل" + word in counts
        ):
            return None
        if is_whole(word):
            return None
        if word[0] in "وف" and word[1:] in STOP_WORDS:
            return word[1:]
        return self._cut_with_article(word) or self._cut_single(word)

    def _cut_with_article(self, word: str) -> str | None:
        for length, clitics in _WITH_ARTICLE:
            if word[:length] in clitics and len(word) - length >= SHORTEST_BASE:
                base = word[length:]
                sure = len(base) >= PLAIN and not word.startswith(BEGIN_SO)
                if sure or self._seen(base):
                    return base
        return None

    def _cut_single(self, word: str) -> str | None:
        """Cut a conjunction or preposition, but only from a word that is rarer than what remains."""
        own = self._counts[word]
        for length, clitics in _SINGLE:
            base = word[length:]
            if word[:length] not in clitics or len(base) < SHORTEST_BASE:
                continue
            if base in self._uncut or self._seen(base) >= _certainty(word[:length], base) * max(own, 1):
                return base
        return None

    def find(self, word: str) -> str | None:
        """Return the keys of a word, be it one that the corpus has only with clitics."""
        return self.key_of.get(word) or guess(word, self.keys)

    def behind(self) -> Iterator[tuple[str, str]]:
        """Yield words that the corpus may have only with clitics, each with the clitics of a key that it may be behind."""
        counts = self._counts
        for key in self.keys:
            if key[:1] not in CLITIC_LETTERS or key in STOP_WORDS:
                continue
            named = key in self._uncut and not key.startswith("لل")
            if not ("ال" + key in counts or "لل" + key in counts or named or key in _IN_PLURALS or is_whole(key)):
                for base in strippings(key):
                    if base not in STOP_WORDS:
                        yield base, key[: len(key) - len(base)]

    def exceptions(self) -> dict[str, str]:
        """Return words for which the browser, which knows only keys, would come to another key."""
        return {word: key for word, key in self.key_of.items() if word != key and guess(word, self.keys) != key}


def sum_up(numbers: Iterable[tuple[str, int]]) -> Counter[str]:
    """Return the sum of all numbers of each word, in the order in which words come first."""
    found: dict[str, int] = {}
    known = found.get
    for word, number in numbers:
        found[word] = known(word, 0) + number
    return Counter(found)


def _may_part(left: str, right: str) -> bool:
    return left in WRITTEN_TOGETHER or not (left in STOP_WORDS or right in STOP_WORDS)


def _certainty(clitic: str, base: str) -> float:
    """Return how many times as common as a word what remains of it must be."""
    if clitic == "و" and len(base) >= LONG:
        return PLAUSIBLE
    return SURE if len(base) == SHORTEST_BASE else 1


def guess(word: str, keys: Mapping[str, int]) -> str | None:
    """Return the key of a word by the keys alone, as the browser finds it."""
    if word in keys:
        return word
    return next((base for base in strippings(word) if base in keys), None)
