"""Read pages to their words: each distinct piece of text between white space once, on however many pages it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from dossier.search.analyser import BETWEEN, WORD, fold
from dossier.search.documents import SearchDocument
from dossier.search.tables import NEIGHBOURS

_APART = "\0"  # parts pieces that are folded together
_find_words_and_ends = re.compile(f"{WORD}|{_APART}").findall
_find_feminine = re.compile(r"[^\W\d_]\w*ة(?!\w)").findall
_find_persian = re.compile(f"[^\\W\\d_]*[{''.join(NEIGHBOURS)}][^\\W\\d_]*").findall
_has_persian = re.compile(f"[{''.join(NEIGHBOURS)}]").search


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some pages.

    `texts` has one for each page: the words of its title and names, each by itself, then of its passages, with `BETWEEN` after
    each of these parts. `feminine` counts, of titles and passages, words that are written with ة, folded; `persian` are words as
    they are written with letters that Persian has.
    """

    texts: tuple[str, ...]
    feminine: tuple[tuple[str, int], ...]
    persian: frozenset[str]


class Reader:
    """Reads texts, and knows pieces that it has read."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}  # pieces between white space, and the words of each with spaces between

    def read(self, documents: Sequence[SearchDocument]) -> Words:
        """Return the words of some pages."""
        parts = [[text.replace(_APART, " ").split() for text in _parts(document)] for document in documents]
        names = [len(names_of(document)) for document in documents]
        shown = ((page[0], *page[number:]) for page, number in zip(parts, names, strict=True))  # a title is a name too
        written = Counter(chain.from_iterable(chain.from_iterable(shown)))
        named = chain.from_iterable(page[:number] for page, number in zip(parts, names, strict=True))
        self._learn({*written, *chain.from_iterable(named)} - self._known.keys())
        return Words(
            texts=tuple(map(self._joined, parts)),
            feminine=_feminine(written),
            persian=frozenset(w for piece in written if _has_persian(piece) for w in _find_persian(piece)),
        )

    def _joined(self, parts: Iterable[Iterable[str]]) -> str:
        known = self._known
        return " ".join([word for part in parts for word in (*map(known.__getitem__, part), BETWEEN)])

    def _learn(self, pieces: Iterable[str]) -> None:
        new = sorted(pieces)
        words = " ".join(_find_words_and_ends(fold(_APART.join(new)))).split(_APART)
        self._known.update(zip(new, (" ".join(found.split()) for found in words), strict=True))


def names_of(document: SearchDocument) -> tuple[str, ...]:
    """Return a page's title and names: an actor's page holds its title among its names."""
    return tuple(dict.fromkeys((document.title, *document.names)))


def _parts(document: SearchDocument) -> Iterable[str]:
    return *names_of(document), *(passage.text for passage in document.passages)


def _feminine(written: Counter[str]) -> tuple[tuple[str, int], ...]:
    found = Counter[str]()
    for piece, number in written.items():
        if "ة" in piece:
            for word in _find_feminine(piece):
                found[word] += number
    folded = Counter[str]()
    for word, number in found.items():
        folded[fold(word)] += number
    return tuple(sorted(folded.items()))
