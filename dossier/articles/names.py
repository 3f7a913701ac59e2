"""Compile names for the search in texts: an automaton (Aho–Corasick) over all the forms in which they may be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import ahocorasick
from msgspec import Struct

from dossier.language.arabic import HOMOGRAPHS, fold

_FOLDED_HOMOGRAPHS = tuple(fold(word) for word in HOMOGRAPHS)


class Name(Struct, frozen=True, kw_only=True):
    """A way in which texts name an actor; an ambiguous one counts only where it is settled or a rule is sure."""

    actor: str
    text: str
    ambiguous: bool


class NameEntry(Struct, frozen=True):
    """A name as the automaton knows it.

    `name` is its letters, `letters` what is sought: the same, or what is written for it with ل before its article, of which
    `clitics` letters are not the name's. `homograph` says that it may be another word that folds alike.
    """

    name: str
    letters: str
    gaps: frozenset[int]
    actors: tuple[str, ...]
    ambiguous: bool
    clitics: int
    homograph: bool

    @property
    def has_article(self) -> bool:
        """Tell whether the name begins with the definite article."""
        return self.name.startswith("ال")


Occurrence = tuple[int, int, NameEntry]  # its first letter, the one after its last, and the name


class Names:
    """All names, compiled. `entries` are by their letters: folded, without spaces."""

    def __init__(self, entries: Iterable[NameEntry]) -> None:
        self.entries: dict[str, NameEntry] = {}
        for entry in entries:  # where two are written alike, the one whose own letters these are
            if entry.letters not in self.entries or not entry.clitics:
                self.entries[entry.letters] = entry
        self._automaton = ahocorasick.Automaton()
        for letters, entry in self.entries.items():
            self._automaton.add_word(letters, entry)
        if self.entries:
            self._automaton.make_automaton()

    def occurrences(self, letters: str) -> Iterator[Occurrence]:
        """Yield every place where a name's letters stand, names within names too. `letters` is folded text without spaces."""
        if self.entries:
            for last, entry in self._automaton.iter(letters):
                yield last + 1 - len(entry.letters), last + 1, entry


def compile_names(names: Iterable[Name]) -> Names:
    """Compile names into what is sought. One that two actors share is ambiguous, whatever it was called."""
    actors: dict[str, dict[str, bool]] = {}
    gaps: dict[str, frozenset[int]] = {}
    for name in names:
        words = fold(name.text).split()
        letters = "".join(words)
        if letters:
            actors.setdefault(letters, {}).setdefault(name.actor, name.ambiguous)
            gaps[letters] = gaps.get(letters, frozenset()) | _gaps(words)
    return Names(entry for letters, by in actors.items() for entry in _entries(letters, gaps[letters], by))


def _gaps(words: Sequence[str]) -> frozenset[int]:
    return frozenset(accumulate(map(len, words[:-1])))


def _entries(name: str, gaps: frozenset[int], actors: dict[str, bool]) -> Iterator[NameEntry]:
    """Yield the name itself; for one with an article also «لل…», where ل stands for it.

    For one that begins with «الل…» also «لل…», where nothing stands for the article.
    """
    ambiguous = len(actors) > 1 or any(actors.values())
    homograph = any(word.endswith(name) for word in _FOLDED_HOMOGRAPHS)
    yield NameEntry(name, name, gaps, tuple(actors), ambiguous, 0, homograph)
    if name.startswith("ال"):
        yield NameEntry(name, "لل" + name[2:], gaps, tuple(actors), ambiguous, 2, False)
    if name.startswith("الل"):
        shorter = frozenset(gap - 1 for gap in gaps)
        yield NameEntry(name, "لل" + name[3:], shorter, tuple(actors), ambiguous, 1, False)
