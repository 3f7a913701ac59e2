"""Documents to the files of search: Pagefind's index of keys, and what the browser needs to ask it and to show what it finds."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, pairwise
from typing import Any

from msgspec import Struct

from dossier.engine.forks import Map
from dossier.engine.memo import Memo, digest_of, gc_paused
from dossier.search import roots
from dossier.search.analyser import Analyser, fold, words_of
from dossier.search.blocks import divide, merge
from dossier.search.documents import SearchDocument, Synonym
from dossier.search.lexicon import NAMES, WORDS, triples
from dossier.search.pagefind import engine_files
from dossier.search.pages import Indexed, Keys, Read, Shown
from dossier.search.reading import Reader
from dossier.search.tables import NEIGHBOURS, browser_tables
from dossier.search.vocabulary import keys_of, make_vocabulary, write_parts

FOLDER = "/search-data"
CODE = "cp1256"  # which is windows-1256
_UNCODED = re.compile("[^" + re.escape(bytes(range(256)).decode(CODE)) + "]")
CARDS = 500  # pages of a file of cards
TOGETHER = 64_000  # bytes of packed parts that lie within the tables
TEXTS_TOGETHER = 250_000  # bytes of texts, not yet packed, that lie in one file
LEVEL = 6  # of packing: another hundredth would cost as much again
NAME = 7  # digits of a page's name, as Pagefind has them
Pack = Callable[[bytes], bytes]


class _Page(Struct, frozen=True):
    """A page as the browser is told of it: its number in the index, its name, which is of its text, and that text."""

    number: int
    name: str
    text: bytes
    document: SearchDocument
    shown: Shown


class _Vocabulary(Struct, frozen=True):
    """What the browser must know of words: the first word of each part, the parts, and words that are words though no text has them."""

    firsts: Sequence[str]
    parts: Sequence[str]
    lexicon: Sequence[object]


@gc_paused(freeze=False)
def build_index(
    documents: Sequence[SearchDocument],
    synonyms: Sequence[Synonym],
    labels: Mapping[str, str],
    memo: Memo | None = None,
    each: Map = map,
) -> dict[str, bytes]:
    """Return all files of search by site address. `labels` are the names of actors by id, for facets. Raise MachineError.

    `each` does what takes long and can be done side by side, in forks where it may.
    """
    memo = Memo() if memo is None else memo
    blocks = _read(documents, memo, each)
    analyser = _analyse(blocks, synonyms)
    keys = Keys(analyser, blocks, _pairs(synonyms, analyser))
    vocabulary, indexed = _index(analyser, keys, blocks, synonyms, memo, each)
    pages, pack, ranks = list(_pages(blocks, indexed)), partial(_pack, memo), _by_frequency(documents)
    engine = memo.get("engine", "", engine_files)
    index, name = merge([one.block for one in indexed], (page.name for page in pages), engine, pack)
    parts: dict[str, object] = {f"words/{n}.gz": part for n, part in enumerate(vocabulary.parts)}
    parts |= _page_files(pages, ranks) | _claim_files(pages)
    parts |= {f"places/{n}.gz": places for n, places in enumerate(_places(keys.common, pages))}
    tables = {
        **browser_tables(),
        "index": name,
        "parts": vocabulary.firsts,
        "common": keys.common,
        "claimed": sorted(int(part[7:-3]) for part in parts if part.startswith("claims/")),
        "block": CARDS,
        "pages": len(pages),
        "size": round(sum(page.shown.size for page in pages) / max(1, len(pages)), 1),
        "labels": [[actor, labels.get(actor, actor)] for actor in ranks],
    }
    return index | dict(_published(tables, parts, {"lexicon.gz": vocabulary.lexicon}, pages, pack))


def _read(documents: Iterable[SearchDocument], memo: Memo, each: Map) -> list[Read]:
    """Read all pages, in blocks."""
    reader, by_url = Reader(), {document.url: document for document in documents}
    blocks = [tuple([by_url[url] for url in urls]) for urls in divide(by_url)]
    digests = [digest_of(block) for block in blocks]
    wanted = [(f"block-{number}/words", digest) for number, digest in enumerate(digests)]
    words = memo.get_each(wanted, lambda new: each(reader.read, [blocks[number] for number in new]))
    return list(map(Read, blocks, digests, words))


def _analyse(blocks: Sequence[Read], synonyms: Sequence[Synonym]) -> Analyser:
    texts = [text for block in blocks for text in block.words.texts]
    numbers = chain.from_iterable(zip(b.words.distinct.split(), b.words.numbers, strict=True) for b in blocks)
    return Analyser(texts, numbers, {word for s in synonyms for form in s.forms for word in words_of(form)})


def _index(
    analyser: Analyser, keys: Keys, blocks: Sequence[Read], synonyms: Sequence[Synonym], memo: Memo, each: Map
) -> tuple[_Vocabulary, list[Indexed]]:
    """Make the vocabulary and index all blocks; what each came to is remembered by what it depends on."""
    wanted = [(f"block-{number}/index", digest) for number, digest in enumerate(each(keys.digest_of, blocks))]
    whole = digest_of(([block.digest for block in blocks], synonyms))
    tasks: list[Callable[[], Any]] = [
        partial(_vocabulary, blocks, analyser, synonyms),
        *(partial(keys.index, block) for block in blocks),
    ]
    made, *indexed = memo.get_each(
        [("vocabulary", whole), *wanted], lambda new: each(lambda number: tasks[number](), new)
    )
    return made, indexed


def _vocabulary(blocks: Sequence[Read], analyser: Analyser, synonyms: Sequence[Synonym]) -> _Vocabulary:
    feminine, persian = Counter[str](), set[str]()
    for block in blocks:
        persian |= block.words.persian
        for word, number in block.words.feminine:
            feminine[analyser.key_of.get(word, "")] += number
    urls = (document.url for block in blocks for document in block.documents)
    numbers = {url: number for number, url in enumerate(urls)}
    lines = make_vocabulary(analyser, synonyms, feminine, numbers, _others(persian, analyser))
    lexicon = [" ".join(sorted(NAMES)), " ".join(sorted(WORDS - NAMES)), triples(analyser.keys), roots.browser_tables()]
    return _Vocabulary(*write_parts(lines), lexicon)


def _pages(blocks: Iterable[Read], indexed: Iterable[Indexed]) -> Iterator[_Page]:
    """Yield pages in the order of their numbers. Where two would have one name, the later gets a longer one."""
    named = set[str]()
    both = ((block.documents, one.shown) for block, one in zip(blocks, indexed, strict=True))
    pages = (page for documents, shown in both for page in zip(documents, shown, strict=True))
    for number, (document, shown) in enumerate(pages):
        text = _json(_text(document, shown)).encode()
        digest = hashlib.sha256(document.url.encode() + b"\0" + text).hexdigest()
        name = next(name for length in range(NAME, len(digest)) if (name := digest[:length]) not in named)
        named.add(name)
        yield _Page(number, name, text, document, shown)


def _text(document: SearchDocument, shown: Shown) -> dict[str, object]:
    """Return a page's title and text as written, and what aligns them with their keys: how many places its names have, and words that are not one key."""
    passages = [[p.anchor, p.text] for p in document.passages]
    return {"title": document.title, "skip": shown.names, "odd": shown.odd, "passages": passages}


def _published(
    tables: Mapping[str, object],
    parts: Mapping[str, object],
    lexicon: Mapping[str, object],
    pages: Sequence[_Page],
    pack: Pack,
) -> Iterator[tuple[str, bytes]]:
    """Yield files with their addresses. A small dossier has its parts within the tables, and all its texts in one file: few requests.

    A file of one text is called by what it holds, so that after an edit all others are where they were.
    """
    packed = {name: pack(_coded(_json(part))) for name, part in {**parts, **lexicon}.items()}
    inside = sum(len(packed[name]) for name in parts) <= TOGETHER
    one = sum(len(page.text) for page in pages) <= TEXTS_TOGETHER
    files = {name: packed[name] for name in (lexicon if inside else packed)}
    if one:
        files["texts.gz"] = pack(_coded(",".join(f'"{page.name}":{page.text.decode()}' for page in pages).join("{}")))
    else:
        yield from ((f"{FOLDER}/parts/texts/{page.name}.json", page.text) for page in pages)
    version = hashlib.sha256(b"".join(name.encode() + data for name, data in sorted(files.items()))).hexdigest()[:12]
    known = {**tables, "version": version, "together": one, **({"files": parts} if inside else {})}
    yield f"{FOLDER}/tables.gz", pack(_coded(_json(known)))
    yield from ((f"{FOLDER}/parts/{version}/{name}", data) for name, data in files.items())


def _page_files(pages: Sequence[_Page], ranks: Mapping[str, int]) -> dict[str, object]:
    """Return what pages are ordered and counted by, in blocks."""
    blocks = enumerate(_blocks(pages))
    return {
        f"cards/{n}.gz": _columns((*_card(page), *_facts(page.document, ranks)) for page in block)
        for n, block in blocks
    }


def _blocks(pages: Sequence[_Page]) -> Iterator[Sequence[_Page]]:
    return (pages[start : start + CARDS] for start in range(0, len(pages), CARDS))


def _claim_files(pages: Sequence[_Page]) -> dict[str, object]:
    """Return the claims of pages, by page, for each block that has any."""
    blocks = ({page.number: page.shown.claims for page in block if page.shown.claims} for block in _blocks(pages))
    return {f"claims/{n}.gz": claims for n, claims in enumerate(blocks) if claims}


def _places(common: Iterable[str], pages: Iterable[_Page]) -> Iterator[list[tuple[int, tuple[int, ...]]]]:
    """Yield all places of each common key as Pagefind writes them: pages as steps from one to the next, and so the places on each."""
    found: dict[str, list[tuple[int, tuple[int, ...]]]] = {key: [] for key in common}
    last = dict.fromkeys(found, 0)
    for page in pages:
        for key, places in page.shown.common.items():
            found[key].append((page.number - last[key], places))
            last[key] = page.number
    yield from found.values()


def _columns(rows: Iterable[tuple[object, ...]]) -> list[list[object]]:
    """Return a table by columns, which packs a quarter smaller than by rows."""
    return [list(column) for column in zip(*rows, strict=True)]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _coded(text: str) -> bytes:
    """Return JSON in the one-byte code for Arabic that browsers know, other characters escaped: a fifth smaller once it is packed."""
    return _UNCODED.sub(_escape, text).encode(CODE)


def _pack(memo: Memo, data: bytes) -> bytes:
    return memo.get("packed", hashlib.sha256(data).digest(), lambda: gzip.compress(data, LEVEL, mtime=0))


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]


def _pairs(synonyms: Sequence[Synonym], analyser: Analyser) -> frozenset[tuple[str, str]]:
    """Return keys that stand side by side in names."""
    return frozenset(pair for s in synonyms for form in s.forms for pair in pairwise(keys_of(form, analyser).split()))


def _card(page: _Page) -> tuple[object, ...]:
    """Return the address of a result, its kind and what it is ordered by. Its title stands with its text: both are asked for of results that are shown.

    Behind its kind are the spans of its title and names, in order of their positions, and its size.
    """
    d = page.document
    return d.url, d.kind, page.shown.spans, page.shown.size


def _facts(document: SearchDocument, ranks: Mapping[str, int]) -> tuple[object, ...]:
    """Return what results are counted and sorted by; actors and outlet as places in the list of labels."""
    d = document
    return d.date, None if d.outlet is None else ranks[d.outlet], [ranks[actor] for actor in d.actors]


def _by_frequency(documents: Sequence[SearchDocument]) -> dict[str, int]:
    """Return the place of each actor and outlet when those named on most pages come first."""
    used = Counter(actor for d in documents for actor in (*d.actors, *((d.outlet,) if d.outlet else ())))
    return {actor: place for place, actor in enumerate(sorted(used, key=lambda actor: (-used[actor], actor)))}


def _others(persian: Iterable[str], analyser: Analyser) -> dict[str, str]:
    """Return words that are written with letters of Persian, as others write them: «گراج» is «كراج» and «غراج»."""
    found = {}
    for word in sorted(persian):
        keys = analyser.key_of.get(fold(word), "")
        for at, letter in enumerate(word):
            for other in NEIGHBOURS.get(letter, ""):
                found[fold(word[:at] + other + word[at + 1 :])] = keys
    return {word: keys for word, keys in found.items() if keys}
