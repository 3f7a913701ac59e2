"""Documents to the files of search: Pagefind's index of keys, and what the browser needs to ask it and to show what it finds."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dossier.engine.memo import Memo
from dossier.search import roots
from dossier.search.analyser import Analyser, fold, words_of
from dossier.search.blocks import index_pages
from dossier.search.documents import SearchDocument, Synonym
from dossier.search.lexicon import NAMES, WORDS, triples
from dossier.search.tables import END, NEIGHBOURS, STOP_WORDS, browser_tables
from dossier.search.vocabulary import keys_of, make_vocabulary, write_parts

FOLDER = "/search-data"
GAP = "-"  # a place in the text where no key is indexed
# A key on more pages than both tell is indexed in its first few places of each; where phrases ask for all, a file has them.
MANY, MUCH, ENOUGH = 500, 0.1, 4
CODE = "cp1256"  # which is windows-1256
_UNCODED = re.compile("[^" + re.escape(bytes(range(256)).decode(CODE)) + "]")
CARDS = 250  # pages of a file of cards
TOGETHER = 64_000  # bytes of packed parts that lie within the tables
TEXTS_TOGETHER = 250_000  # bytes of texts, not yet packed, that lie in one file
_find_persian = re.compile(f"[^\\W\\d_]*[{''.join(NEIGHBOURS)}][^\\W\\d_]*").findall
_find_feminine = re.compile(r"[^\W\d_]\w*ة(?!\w)").findall


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a page's parts: its title and names, each by itself, then its passages."""

    names: tuple[tuple[str, ...], ...]
    passages: tuple[tuple[str, ...], ...]

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        return *self.names, *self.passages


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it is indexed: Pagefind's name and number of it, its words, and its keys in order."""

    name: str
    number: int
    document: SearchDocument
    text: _Words
    keys: Sequence[str]


def build_index(
    documents: Sequence[SearchDocument],
    synonyms: Sequence[Synonym],
    labels: Mapping[str, str],
    memo: Memo | None = None,
) -> dict[str, bytes]:
    """All files of search by site address. `labels` are the names of actors by id, for facets. Raises MachineError."""
    one: dict[str, str] = {}  # each word is one string, on however many pages it stands
    texts = [_words(document, one) for document in documents]
    names = {word for s in synonyms for form in s.forms for word in words_of(form)}
    analyser = Analyser((part for text in texts for part in text.parts), names)
    keys = [_keys(text.parts, analyser) for text in texts]
    common, pairs = _common(keys), _pairs(synonyms, analyser)
    keys_by_url = {d.url: k for d, k in zip(documents, keys, strict=True)}
    many = frozenset(common)
    index, name, ids = index_pages(
        tuple(keys_by_url), lambda url: _marked(keys_by_url[url], many, pairs), Memo() if memo is None else memo
    )
    pages = sorted(
        (_Page(ids[d.url].name, ids[d.url].number, d, t, k) for d, t, k in zip(documents, texts, keys, strict=True)),
        key=lambda page: page.number,
    )
    numbers = {page.document.url: page.number for page in pages}
    firsts, words = write_parts(
        make_vocabulary(analyser, synonyms, _feminine(documents, analyser), numbers, _others(documents, analyser))
    )
    parts: dict[str, object] = {f"words/{n}.gz": part for n, part in enumerate(words)}
    ranks = _by_frequency(documents)
    parts |= _page_files(pages, ranks, analyser) | _claim_files(pages, analyser)
    parts |= {f"places/{n}.gz": places for n, places in enumerate(_places(common, pages).values())}
    lexicon: dict[str, object] = {
        "lexicon.gz": [
            " ".join(sorted(NAMES)),
            " ".join(sorted(WORDS - NAMES)),
            triples(analyser.keys),
            roots.browser_tables(),
        ]
    }
    tables = {
        **browser_tables(),
        "index": name,
        "parts": firsts,
        "common": common,
        "claimed": sorted(int(part[7:-3]) for part in parts if part.startswith("claims/")),
        "block": CARDS,
        "pages": len(pages),
        "size": _mean_size(texts),
        "labels": [[actor, labels.get(actor, actor)] for actor in ranks],
    }
    return {**index, **_published(tables, parts, lexicon, _texts(pages, analyser))}


def _published(
    tables: Mapping[str, object],
    parts: Mapping[str, object],
    lexicon: Mapping[str, object],
    texts: Mapping[str, object],
) -> dict[str, bytes]:
    """Files by address. A small dossier has its parts within the tables, and all its texts in one file: few requests."""
    inside = sum(len(_packed(part)) for part in parts.values()) <= TOGETHER
    one = sum(len(_json(text)) for text in texts.values()) <= TEXTS_TOGETHER
    files = {name: _packed(part) for name, part in (lexicon if inside else {**parts, **lexicon}).items()}
    files |= (
        {"texts.gz": _packed(texts)} if one else {f"texts/{page}.json": _json(text) for page, text in texts.items()}
    )
    version = hashlib.sha256(b"".join(name.encode() + data for name, data in sorted(files.items()))).hexdigest()[:12]
    known = {**tables, "version": version, "together": one, **({"files": parts} if inside else {})}
    return {
        f"{FOLDER}/tables.gz": _packed(known),
        **{f"{FOLDER}/parts/{version}/{name}": data for name, data in files.items()},
    }


def _page_files(pages: Sequence[_Page], ranks: Mapping[str, int], analyser: Analyser) -> dict[str, object]:
    """What is shown of pages and what they are ordered and counted by, in blocks."""
    blocks = enumerate(_blocks(pages))
    return {
        f"cards/{n}.gz": _columns((*_card(page, analyser), *_facts(page.document, ranks)) for page in block)
        for n, block in blocks
    }


def _blocks(pages: Sequence[_Page]) -> Iterator[Sequence[_Page]]:
    return (pages[start : start + CARDS] for start in range(0, len(pages), CARDS))


def _texts(pages: Sequence[_Page], analyser: Analyser) -> dict[str, object]:
    """Each page's text by its name."""
    return {page.name: _passages(page, analyser) for page in pages}


def _claim_files(pages: Sequence[_Page], analyser: Analyser) -> dict[str, object]:
    """The claims of pages, by page, for each block that has any."""
    blocks = ({p.number: _claims(p, analyser) for p in block if p.document.claims} for block in _blocks(pages))
    return {f"claims/{n}.gz": claims for n, claims in enumerate(blocks) if claims}


def _claims(page: _Page, analyser: Analyser) -> list[tuple[int, int, str, str, str]]:
    """Where each claim stands among a page's positions, from and to, its anchor, chain and mode."""
    claims = {claim.anchor: claim for claim in page.document.claims}
    found = []
    at = sum(_positions(name, analyser) for name in page.text.names)
    for passage, words in zip(page.document.passages, page.text.passages, strict=True):
        end = at + _positions(words, analyser)
        if claim := claims.get(passage.anchor):
            found.append((at, end, claim.anchor, claim.chain, claim.mode))
        at = end
    return found


def _mean_size(texts: Sequence[_Words]) -> float:
    return round(sum(map(_size, texts)) / max(1, len(texts)), 1)


def _columns(rows: Iterable[tuple[object, ...]]) -> list[list[object]]:
    """A table by columns, which packs a quarter smaller than by rows."""
    return [list(column) for column in zip(*rows, strict=True)]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _packed(value: object) -> bytes:
    """JSON in the one-byte code for Arabic that browsers know, other characters escaped: a fifth smaller once it is packed."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(_UNCODED.sub(_escape, text).encode(CODE), 9, mtime=0)


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]


def _words(document: SearchDocument, one: dict[str, str]) -> _Words:
    """A page's own words: title, names, text. An actor's page holds its title among its names."""

    def find(text: str) -> tuple[str, ...]:
        return tuple([one.setdefault(word, word) for word in words_of(text)])

    return _Words(
        names=tuple(find(name) for name in dict.fromkeys((document.title, *document.names))),
        passages=tuple(find(p.text) for p in document.passages),
    )


def _keys(parts: Iterable[Sequence[str]], analyser: Analyser) -> list[str]:
    """The keys of a page in order, with a gap after each part, which keeps phrases from going on from one into the next."""
    return [key for part in parts for word in (*part, "") for key in (analyser.keys_of[word] if word else (GAP,))]


def _marked(keys: Sequence[str], common: Container[str], names: Container[tuple[str, str]]) -> str:
    """The text that is indexed: keys with their end mark.

    A stop word leaves a gap in its place, and stands once at the end; a common key leaves one from its `ENOUGH`th place on,
    but in names of two words, which are looked for as phrases.
    """
    seen = Counter[str]()
    out = []
    for at, key in enumerate(keys):
        seen[key] += 1
        many = key in common and seen[key] > ENOUGH
        named = many and (
            (key, "".join(keys[at + 1 : at + 2])) in names or ("".join(keys[max(0, at - 1) : at]), key) in names
        )
        out.append(GAP if key == GAP or key in STOP_WORDS or (many and not named) else key + END)
    stops = (key + END for key in sorted(seen) if key in STOP_WORDS)
    return " ".join((*out, *stops)) if set(keys) - {GAP} else END  # Pagefind passes over what it finds empty


def _common(pages: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Keys that stand on so many pages that all their places would be a burden to everyone who asks for one."""
    number = Counter(key for keys in pages for key in set(keys) - STOP_WORDS - {GAP})
    return tuple(sorted(key for key, n in number.items() if n > max(MANY, len(pages) * MUCH)))


def _places(common: Sequence[str], pages: Iterable[_Page]) -> dict[str, list[tuple[int, list[int]]]]:
    """All places of common keys as Pagefind writes them: pages as steps from one to the next, and so the places on each."""
    found: dict[str, list[tuple[int, list[int]]]] = {key: [] for key in common}
    last = dict.fromkeys(common, 0)
    for page in pages:
        here: dict[str, list[int]] = {}
        for at, key in enumerate(page.keys):
            if key in found:
                here.setdefault(key, [0]).append(at)
        for key, places in here.items():
            found[key].append((page.number - last[key], [after - before for before, after in pairwise(places)]))
            last[key] = page.number
    return found


def _pairs(synonyms: Sequence[Synonym], analyser: Analyser) -> frozenset[tuple[str, str]]:
    """Keys that stand side by side in names."""
    return frozenset(pair for s in synonyms for form in s.forms for pair in pairwise(keys_of(form, analyser).split()))


def _positions(words: Sequence[str], analyser: Analyser) -> int:
    return 1 + sum(len(analyser.keys_of[word]) for word in words)


def _span(words: Iterable[str], analyser: Analyser) -> list[int]:
    """How many positions a name has, and how many of them stop words, where there are any."""
    keys = [key for word in words for key in analyser.keys_of[word]]
    stops = sum(key in STOP_WORDS for key in keys)
    return [len(keys), stops] if stops else [len(keys)]


def _card(page: _Page, analyser: Analyser) -> tuple[object, ...]:
    """What is shown of a result and what it is ordered by.

    Behind its kind are the spans of its title and names, in order of their positions, and its size.
    """
    d = page.document
    spans = [_span(name, analyser) for name in page.text.names]
    return d.url, d.title, d.kind, spans, _size(page.text)


def _facts(document: SearchDocument, ranks: Mapping[str, int]) -> tuple[object, ...]:
    """What results are counted and sorted by; actors and outlet as places in the list of labels."""
    d = document
    return d.date, None if d.outlet is None else ranks[d.outlet], [ranks[actor] for actor in d.actors]


def _by_frequency(documents: Sequence[SearchDocument]) -> dict[str, int]:
    """The place of each actor and outlet when those named on most pages come first."""
    used = Counter(actor for d in documents for actor in (*d.actors, *((d.outlet,) if d.outlet else ())))
    return {actor: place for place, actor in enumerate(sorted(used, key=lambda actor: (-used[actor], actor)))}


def _size(text: _Words) -> int:
    """How long a page is: twice the logarithm of its words."""
    return round(2 * math.log2(1 + sum(map(len, text.passages))))


def _others(documents: Sequence[SearchDocument], analyser: Analyser) -> dict[str, str]:
    """Words that are written with letters of Persian, as others write them: «گراج» is «كراج» and «غراج»."""
    written = {w for d in documents for text in (d.title, *(p.text for p in d.passages)) for w in _find_persian(text)}
    found = {}
    for word in sorted(written):
        keys = analyser.key_of.get(fold(word), "")
        for at, letter in enumerate(word):
            for other in NEIGHBOURS.get(letter, ""):
                found[fold(word[:at] + other + word[at + 1 :])] = keys
    return {word: keys for word, keys in found.items() if keys}


def _feminine(documents: Sequence[SearchDocument], analyser: Analyser) -> Counter[str]:
    """How often keys are written with ة."""
    written = Counter(
        w for d in documents for text in (d.title, *(p.text for p in d.passages)) for w in _find_feminine(text)
    )
    counted = Counter[str]()
    for word, number in written.items():
        counted[analyser.key_of.get(fold(word), "")] += number
    return counted


def _passages(page: _Page, analyser: Analyser) -> dict[str, object]:
    """A page's text as written, aligned with its keys: how many its title and names have, and words that are not one key,
    as (passage, word, keys); its title is passage -1.
    """
    odd = [
        (number, at, keys)
        for number, words in enumerate((page.text.names[0], *page.text.passages), start=-1)
        for at, word in enumerate(words)
        if (keys := len(analyser.keys_of[word])) != 1
    ]
    return {
        "skip": sum(_positions(name, analyser) for name in page.text.names),
        "odd": odd,
        "passages": [[p.anchor, p.text] for p in page.document.passages],
    }
