"""Pages by their keys: what of them is indexed, and where on them names, claims and common keys stand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from msgspec import Struct

from dossier.engine.memo import digest_of
from dossier.engine.packing import ByNeed
from dossier.search.analyser import BETWEEN, Analyser
from dossier.search.documents import SearchDocument
from dossier.search.pagefind import Block, index_block
from dossier.search.reading import Words, names_of
from dossier.search.tables import END, STOP_WORDS

GAP = "-"  # the key of a place where none is indexed
# A key on more pages than both tell is indexed in its first few places of each; where phrases ask for all, a file has them.
MANY, MUCH, ENOUGH = 500, 0.1, 4


class Read(Struct, frozen=True):
    """The pages of a block in their order, a digest of them, and their words."""

    documents: tuple[SearchDocument, ...]
    digest: str
    words: Words


class Shown(Struct, frozen=True, kw_only=True):
    """What of a page follows from its keys.

    `spans` are those of its title and names: how many places each has, and how many of them stop words, where there are any; `names` is
    how many places all have with a gap after each. `odd` are words that are not one key, as (passage, word, keys); its title is passage -1.
    `claims` are where each stands, from and to, its anchor, chain and mode.
    """

    spans: tuple[tuple[int, ...], ...]
    names: int
    size: int
    odd: tuple[tuple[int, int, int], ...]
    claims: tuple[tuple[int, int, str, str, str], ...]
    common: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Indexed(ByNeed):
    """A block's index, and what its pages show."""

    block: Block
    shown: tuple[Shown, ...]


class Keys:
    """What the keys of a corpus say of its pages. `named` are keys that stand side by side in names."""

    def __init__(self, analyser: Analyser, blocks: Sequence[Read], named: frozenset[tuple[str, str]]) -> None:
        self._keys_of = {**analyser.keys_of, BETWEEN: (GAP,)}
        self._key_of = analyser.key_of
        self._odd = frozenset(word for word, keys in analyser.keys_of.items() if len(keys) != 1)
        self._marked = {key: "" if key in STOP_WORDS else key + END for key in (*analyser.keys, GAP)} | {GAP: ""}
        self._named = named
        self.common = self._find_common(analyser.keys, blocks)

    def _find_common(self, numbers: Mapping[str, int], blocks: Sequence[Read]) -> tuple[str, ...]:
        """Return keys that stand on so many pages that all their places would be a burden to everyone who asks for one."""
        enough = max(MANY, sum(len(block.documents) for block in blocks) * MUCH)
        often = frozenset(key for key, number in numbers.items() if number > enough) - STOP_WORDS
        words = frozenset(word for word, keys in self._keys_of.items() if not often.isdisjoint(keys))
        pages = (words.intersection(text.split()) for block in blocks for text in block.words.texts)
        found = Counter(chain.from_iterable(often.intersection(self._keys(page)) for page in pages))
        return tuple(sorted(key for key, number in found.items() if number > enough))

    def digest_of(self, block: Read) -> str:
        """Return a digest of all that the index of a block depends on: its pages, the keys of their words, and which of them are common."""
        words = block.words.distinct.split()
        keys = " ".join([self._key_of.get(word, BETWEEN) for word in words])
        common = frozenset(self.common).intersection(keys.split())
        return digest_of((block.digest, keys, sorted(common), sorted(self._named_with(common))))

    def index(self, block: Read) -> Indexed:
        """Index a block."""
        texts, keys = block.words.texts, [self._keys(text.split()) for text in block.words.texts]
        common = frozenset(self.common).intersection(chain.from_iterable(keys))
        named = self._named_with(common)
        places = [_places(page, common) for page in keys]
        shown = tuple(map(self._show, block.documents, texts, places))
        return Indexed(index_block([self._mark(*page, named) for page in zip(keys, places, strict=True)]), shown)

    def _named_with(self, common: frozenset[str]) -> frozenset[tuple[str, str]]:
        return frozenset(pair for pair in self._named if not common.isdisjoint(pair))

    def _keys(self, words: Iterable[str]) -> list[str]:
        return list(chain.from_iterable(map(self._keys_of.__getitem__, words)))

    def _mark(
        self, keys: Sequence[str], common: Mapping[str, Sequence[int]], named: frozenset[tuple[str, str]]
    ) -> list[str]:
        """Return what is indexed of a page in its places: keys with their end mark, or nothing.

        A stop word leaves a gap in its place, and stands once at the end; a common key leaves one from its `ENOUGH`th place on,
        but in names of two words, which are looked for as phrases.
        """
        out = [*map(self._marked.__getitem__, keys)]
        for at in chain.from_iterable(places[ENOUGH:] for places in common.values()):
            if named.isdisjoint(pairwise(keys[max(0, at - 1) : at + 2])):
                out[at] = ""
        return [*out, *(key + END for key in sorted(STOP_WORDS.intersection(keys)))]

    def _show(self, document: SearchDocument, text: str, common: Mapping[str, Sequence[int]]) -> Shown:
        words = [part.split() for part in text.split(BETWEEN)[:-1]]
        number = len(names_of(document))
        names, passages = words[:number], words[number:]
        return Shown(
            spans=tuple(map(self._span, names)),
            names=sum(map(self._positions, names)),
            size=round(2 * math.log2(1 + sum(map(len, passages)))),
            odd=tuple(self._find_odd((names[0], *passages))),
            claims=tuple(self._find_claims(document, names, passages)),
            common={key: tuple([after - before for before, after in pairwise((0, *at))]) for key, at in common.items()},
        )

    def _find_odd(self, parts: Iterable[Sequence[str]]) -> Iterable[tuple[int, int, int]]:
        for number, words in enumerate(parts, start=-1):
            if not self._odd.isdisjoint(words):
                for at, word in enumerate(words):
                    if word in self._odd:
                        yield number, at, len(self._keys_of[word])

    def _positions(self, words: Sequence[str]) -> int:
        return 1 + (len(words) if self._odd.isdisjoint(words) else len(self._keys(words)))

    def _span(self, words: Iterable[str]) -> tuple[int, ...]:
        keys = self._keys(words)
        stops = sum(key in STOP_WORDS for key in keys)
        return (len(keys), stops) if stops else (len(keys),)

    def _find_claims(
        self, document: SearchDocument, names: Iterable[Sequence[str]], passages: Iterable[Sequence[str]]
    ) -> Iterable[tuple[int, int, str, str, str]]:
        claims = {claim.anchor: claim for claim in document.claims}
        if not claims:
            return
        at = sum(map(self._positions, names))
        for passage, words in zip(document.passages, passages, strict=True):
            end = at + self._positions(words)
            if claim := claims.get(passage.anchor):
                yield at, end, claim.anchor, claim.chain, claim.mode
            at = end


def _places(keys: Sequence[str], common: frozenset[str]) -> dict[str, list[int]]:
    """Return where each common key stands."""
    places: dict[str, list[int]] = {}
    if not common.isdisjoint(keys):
        for at, key in enumerate(keys):
            if key in common:
                places.setdefault(key, []).append(at)
    return places
