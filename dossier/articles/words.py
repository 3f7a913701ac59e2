"""Cut a text into words for the search for names: each folded, with its place and what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from dossier.language.arabic import fold

_WORD = re.compile(r"[\w\u064b-\u0652\u0640\u0670]+")
SHORTEST_KNOWN = 4  # letters left; fewer are as often another word
_CLITICS = re.compile(r"[وف]?[بكل]?")


class Word(Struct, frozen=True):
    """A word. `gap` is the raw text between it and the one before; `end` is exclusive."""

    text: str
    folded: str
    start: int
    end: int
    gap: str

    @property
    def follows(self) -> bool:
        """Tell whether only spaces within one line part it from the word before."""
        return bool(self.gap) and not self.gap.strip(" \t\u00a0")

    @property
    def has_article(self) -> bool:
        """Tell whether it begins with the definite article."""
        return self.folded.startswith("ال") and len(self.folded) > 3

    def without_clitics(self) -> Iterator[tuple[str, int]]:
        """Yield the folded word as it is and without each run of clitics, with how many letters were left off."""
        yield self.folded, 0
        if self.folded.startswith(("لل", "ولل", "فلل")):  # the article loses its alif after ل
            at = self.folded.index("لل")
            yield "ال" + self.folded[at + 2 :], at + 1
        for count in (1, 2):
            if len(self.folded) - count >= 3 and _CLITICS.fullmatch(self.folded[:count]):
                yield self.folded[count:], count


def cut(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order."""
    words, last = [], 0
    for match in _WORD.finditer(text):
        if folded := fold(match.group()):  # a tatweel or a vowel sign alone is no word
            words.append(Word(match.group(), folded, match.start(), match.end(), text[last : match.start()]))
            last = match.end()
    return tuple(words)


def without_conjunctions(words: Sequence[Word], known: AbstractSet[str]) -> tuple[Word, ...]:
    """Take «و», «ل» or «ب» off the words that are among the known ones without it; it parts them from the word before."""
    return tuple(_bare(word, known) for word in words)


def _bare(word: Word, known: AbstractSet[str]) -> Word:
    rest = word.folded[1:]
    if word.folded[0] not in "ولب" or len(rest) < SHORTEST_KNOWN or rest not in known or word.folded in known:
        return word
    return Word(word.text[1:], rest, word.start + 1, word.end, word.gap + word.text[0])
