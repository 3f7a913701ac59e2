"""Words to keys: folded, freed of clitics where the corpus shows what remains, and gathered into families."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from dossier.arabic import fold
from dossier.search.tables import ARTICLE_CLITICS, BROKEN_PLURALS, ENDINGS, SHORTEST_BASE, SINGLE_CLITICS

find_words = re.compile(r"\d+|[^\W\d_]+").findall
# How many times as common as what remains a word may be, by the letters that remain: short ones mislead («وزارة», «زاره»).
CERTAINTY = {3: 0.2, 4: 3}
MOST_RELATIVES = 12
PLAIN = 5  # letters after which a clitic with the article («واليونان») needs no other proof
SHORTEST_GLUED = 4


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return find_words(fold(text))


def strippings(word: str) -> Iterator[str]:
    """What may remain of a word when clitics are cut, in the order in which both build and browser try."""
    for clitic in ARTICLE_CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= SHORTEST_BASE:
            yield word[len(clitic) :]
    for clitic in SINGLE_CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= SHORTEST_BASE:
            yield word[len(clitic) :]


_PLURALS = frozenset(form for forms in BROKEN_PLURALS for form in forms)  # words that are known to be whole


class Analyser:
    """Keys of all words of a corpus. `uncut` are words of names, from which nothing but the article is ever cut."""

    def __init__(self, counts: Mapping[str, int], uncut: Iterable[str] = ()) -> None:
        self._counts = counts
        self._uncut = frozenset(uncut)
        self.key_of = {word: self._keys(word) for word in counts}
        self.keys = Counter[str]()
        for word, keys in self.key_of.items():
            for key in keys.split():
                self.keys[key] += counts[word]

    def _keys(self, word: str) -> str:
        """A word's key; the keys of both, with a space between, where two known words were glued («الأممالمتحدة»)."""
        parts = self._unglue(word)
        return " ".join(map(self._key, parts)) if parts else self._key(word)

    def _unglue(self, word: str) -> tuple[str, str] | None:
        """The parts of a rare word whose second part has an article of its own, both seen apart and more often."""
        own = self._counts[word]
        at = word.find("ال", SHORTEST_GLUED)
        while at > 0:
            for second in (at, at - 1 if word[at - 1] == "و" else at):
                left, right = word[:second], word[second:]
                if min(len(left), len(right)) >= SHORTEST_GLUED and min(self._counts.get(left, 0), self._counts.get(right, 0)) > own:
                    return left, right
            at = word.find("ال", at + 1)
        return self._unglue_names(word)

    def _unglue_names(self, word: str) -> tuple[str, str] | None:
        """Two names joined by و in one word («الجزائروموسكو»)."""
        at = word.find("و", SHORTEST_GLUED - 1)
        while at > 0:
            left, right = word[:at], word[at + 1 :]
            if left in self._uncut and right in self._uncut and len(right) >= SHORTEST_GLUED:
                return left, right
            at = word.find("و", at + 1)
        return None

    def _seen(self, base: str) -> int:
        return (base in _PLURALS) + self._counts.get(base, 0) + self._counts.get("ال" + base, 0) + self._counts.get("لل" + base, 0)

    def _key(self, word: str) -> str:
        while True:
            base = self._cut(word)
            if base is None:
                return word
            word = base

    def _cut(self, word: str) -> str | None:
        if word.startswith("ال") and len(word) >= SHORTEST_BASE + 2:
            return word[2:]
        if word in self._uncut or not word or word[0] not in "وفبلك":
            return None
        own = self._counts.get(word, 0)
        for clitic in ARTICLE_CLITICS[:-1]:
            base = word[len(clitic) :]
            if word.startswith(clitic) and len(base) >= SHORTEST_BASE and (self._seen(base) or len(base) >= PLAIN):
                return base
        for clitic in SINGLE_CLITICS:
            base = word[len(clitic) :]
            if not word.startswith(clitic) or len(base) < SHORTEST_BASE:
                continue
            seen = self._seen(base)
            if base in self._uncut or seen * CERTAINTY.get(len(base), own + 1) > own:
                return base
        return None

    def exceptions(self) -> dict[str, str]:
        """Words for which the browser, which knows only keys, would come to another key."""
        return {word: key for word, key in self.key_of.items() if guess(word, self.keys) != key}

    def families(self) -> dict[str, tuple[str, ...]]:
        """Keys of the same noun or name: feminine, nisba, plurals. The most common first, at most `MOST_RELATIVES`."""
        groups: dict[str, set[str]] = {}
        for key in self.keys:
            if not key.isdigit():
                groups.setdefault(_stem(key, self.keys), set()).add(key)
        relatives: dict[str, set[str]] = {}
        for group in groups.values():
            for key in group:
                relatives.setdefault(key, set()).update(group - {key})
        for forms in BROKEN_PLURALS:
            together = {key for form in forms for key in groups.get(_stem(form, self.keys), {form}) if key in self.keys}
            for form in (*forms, *together):  # a form that no text has leads to those that texts have
                relatives.setdefault(form, set()).update(together - {form})
        return {
            key: tuple(sorted(others, key=lambda k: (-self.keys[k], k))[:MOST_RELATIVES])
            for key, others in relatives.items()
            if others
        }


def guess(word: str, keys: Mapping[str, int]) -> str | None:
    """The key of a word by the keys alone, as the browser finds it."""
    if word in keys:
        return word
    return next((base for base in strippings(word) if base in keys), None)


def _stem(key: str, keys: Mapping[str, int]) -> str:
    """A key without its ending, where four letters or more remain, or three that are a key themselves."""
    for ending in ENDINGS:
        stem = key[: -len(ending)]
        if key.endswith(ending) and (len(stem) >= 4 or (len(stem) == 3 and (stem in keys or stem + "ه" in keys or stem + "ا" in keys))):
            return stem
    return key
