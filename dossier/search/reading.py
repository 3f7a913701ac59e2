"""Read pages to their words: each distinct piece of text between white space once, on however many pages it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec import Struct

from dossier.search.analyser import BETWEEN, WORD, fold
from dossier.search.documents import SearchDocument
from dossier.search.tables import NEIGHBOURS

_APART = "\0"  # parts pieces that are folded together
_find_words_and_ends = re.compile(f"{WORD}|{_APART}").findall
_find_feminine = re.compile(r"[^\W\d_]\w*ة(?!\w)").findall
_find_persian = re.compile(f"[^\\W\\d_]*[{''.join(NEIGHBOURS)}][^\\W\\d_]*").findall
_has_persian = re.compile(f"[{''.join(NEIGHBOURS)}]").search


class Words(Struct, frozen=True):
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
        self._known = {_APART: BETWEEN}  # pieces between white space, and the words of each with spaces between

    def read(self, documents: Sequence[SearchDocument]) -> Words:
        """Return the words of some pages."""
        pages = [_pieces((*names_of(document), *(p.text for p in document.passages))) for document in documents]
        written = Counter(chain.from_iterable(pages))
        self._learn(written.keys() - self._known.keys())
        del written[_APART]
        for document in documents:
            written.subtract(_pieces(names_of(document)[1:]))
        return Words(
            texts=tuple(" ".join(map(self._known.__getitem__, page)) for page in pages),
            feminine=_feminine(written),
            persian=frozenset(w for piece in +written if _has_persian(piece) for w in _find_persian(piece)),
        )

    def _learn(self, pieces: Iterable[str]) -> None:
        new = list(pieces)
        if not new:  # pages may hold nothing but what was read before
            return
        words = " ".join(_find_words_and_ends(fold(_APART.join(new)))).split(_APART)
        self._known.update(zip(new, (" ".join(found.split()) for found in words), strict=True))


def names_of(document: SearchDocument) -> tuple[str, ...]:
    """Return a page's title and names: an actor's page holds its title among its names."""
    return tuple(dict.fromkeys((document.title, *document.names)))


def _pieces(parts: Iterable[str]) -> list[str]:
    """Return what stands between white space, and `_APART` behind each part."""
    return "".join([f"{part.replace(_APART, ' ')} {_APART} " for part in parts]).split()


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
