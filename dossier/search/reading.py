"""Read pages to their words: each distinct piece of text between white space once, on however many pages it stands."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from dossier.engine.packing import ByNeed
from dossier.search.analyser import BETWEEN, WORD, fold, sum_up
from dossier.search.documents import SearchDocument
from dossier.search.tables import NEIGHBOURS

_APART = "\0"  # parts pieces that are folded together
_find_words_and_ends = re.compile(f"{WORD}|{_APART}").findall
_find_feminine = re.compile(r"[^\W\d_]\w*ة(?!\w)").findall
_find_persian = re.compile(f"[^\\W\\d_]*[{''.join(NEIGHBOURS)}][^\\W\\d_]*").findall
_has_persian = re.compile(f"[{''.join(NEIGHBOURS)}]").search


@dataclass(frozen=True, slots=True)
class Words(ByNeed):
    """The words of some pages.

    `texts` has one for each page: the words of its title and names, each by itself, then of its passages, with `BETWEEN` after
    each of these parts. `distinct` are all of these once, with spaces between, and `numbers` say how often each stands there. `feminine` counts, of titles and passages, words that are written with ة, folded; `persian` are words as
    they are written with letters that Persian has.
    """

    texts: tuple[str, ...]
    distinct: str
    numbers: array[int]
    feminine: tuple[tuple[str, int], ...]
    persian: frozenset[str]


class Reader:
    """Reads texts, and knows pieces that it has read."""

    def __init__(self) -> None:
        self._known = {_APART: BETWEEN}  # pieces between white space, and the words of each with spaces between
        self._feminine: dict[
            str, list[str]
        ] = {}  # of these that have any, words with ة, folded, and words with letters of Persian
        self._persian: dict[str, list[str]] = {}

    def read(self, documents: Sequence[SearchDocument]) -> Words:
        """Return the words of some pages."""
        pages = [_pieces((*names_of(document), *(p.text for p in document.passages))) for document in documents]
        written = Counter(chain.from_iterable(pages))
        self._learn([piece for piece in written if piece not in self._known])
        for document in documents:
            written.subtract(_pieces(names_of(document)[1:]))
        texts = tuple([" ".join(map(self._known.__getitem__, page)) for page in pages])
        words = Counter(chain.from_iterable(map(str.split, texts)))
        feminine = self._feminine.keys() & written.keys()
        persian = [piece for piece in self._persian.keys() & written.keys() if written[piece] > 0]
        return Words(
            texts=texts,
            distinct=" ".join(words),
            numbers=array("I", words.values()),
            feminine=tuple(sorted(sum_up((w, written[p]) for p in feminine for w in self._feminine[p]).items())),
            persian=frozenset(chain.from_iterable(map(self._persian.__getitem__, persian))),
        )

    def _learn(self, pieces: Sequence[str]) -> None:
        if not pieces:  # pages may hold nothing but what was read before
            return
        words = " ".join(_find_words_and_ends(fold(_APART.join(pieces)))).split(_APART)
        self._known.update(zip(pieces, map(str.strip, words), strict=True))
        feminine = [piece for piece in pieces if "ة" in piece]
        self._feminine |= {piece: list(map(fold, _find_feminine(piece))) for piece in feminine}
        self._persian |= {piece: _find_persian(piece) for piece in filter(_has_persian, pieces)}


def names_of(document: SearchDocument) -> tuple[str, ...]:
    """Return a page's title and names: an actor's page holds its title among its names."""
    return tuple(dict.fromkeys((document.title, *document.names)))


def _pieces(parts: Iterable[str]) -> list[str]:
    """Return what stands between white space, and `_APART` behind each part."""
    return "".join([f"{part.replace(_APART, ' ')} {_APART} " for part in parts]).split()
