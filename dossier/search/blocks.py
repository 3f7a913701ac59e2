"""Index pages in blocks that are remembered by what they hold, and merge the blocks into one index as Pagefind writes it.

So the memory that Pagefind takes is bounded, and after an edit one block is indexed. Which block a page is of follows from its
address and the number of blocks alone; merged, the pages of a block follow those of the blocks before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from zlib import crc32

import cbor2
from msgspec import Struct, field

from dossier.search.pagefind import EMPTY, ENTRY, MARKED, PAGE, Block, head

PAGES = 500  # of a block, at most about so many
CHUNK = (
    60_000  # bytes of words that lie in one file, not yet packed, and some more: about as many as Pagefind has there
)
ENDS = 32  # a file ends behind one of so many words, so that those behind a word that has changed remain as they are
LANGUAGE = "unknown"


class _Standing(Struct):
    """On how many pages a word stands, the last of them, and where on all of them."""

    number: int = 0
    last: int = 0
    parts: list[bytes] = field(default_factory=list)


def divide(urls: Iterable[str]) -> list[list[str]]:
    """Divide pages into blocks, a power of two of them, so that few pages more leave most blocks as they are."""
    urls = sorted(urls)
    number = 1
    while number * PAGES < len(urls):
        number *= 2
    parted: dict[int, list[str]] = {}
    for url in urls:
        parted.setdefault(int(hashlib.sha256(url.encode()).hexdigest()[:8], 16) % number, []).append(url)
    return [urls for _, urls in sorted(parted.items())] or [[]]


def merge(
    blocks: Sequence[Block], names: Iterable[str], engine: Mapping[str, bytes], pack: Callable[[bytes], bytes]
) -> tuple[dict[str, bytes], str]:
    """Merge blocks into one index: its files by address, the engine's among them, and its name. Pages are called by `names`."""
    starts = [0, *accumulate(len(block.pages) for block in blocks)]
    sizes = (size for block in blocks for size in block.pages)
    pages = [(f"{LANGUAGE}_{name}", size) for name, size in zip(names, sizes, strict=True)]
    files = dict(engine)
    chunks: list[tuple[str, str, str]] = []
    for words in _chunks(_merged(blocks, starts[:-1])):
        data = pack(MARKED + head(4, 1) + head(4, len(words)) + b"".join(data for _, data in words))
        name = f"{LANGUAGE}_{hashlib.sha256(data).hexdigest()[:10]}"
        chunks.append((words[0][0], words[-1][0], name))
        files[f"/pagefind/index/{name}.pf_index"] = data
    meta = pack(MARKED + cbor2.dumps([blocks[0].version, pages, chunks, [], [], []]))
    name = f"{LANGUAGE}_{hashlib.sha256(meta).hexdigest()[:15]}"
    files[f"/pagefind/pagefind.{name}.pf_meta"] = meta
    entry = json.loads(files[ENTRY])
    entry["languages"] = {LANGUAGE: {"hash": name, "wasm": None, "page_count": len(pages)}}
    files[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return files, name


def _merged(blocks: Sequence[Block], starts: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Yield each word with its entry in the index, in the order of words."""
    found: dict[str, _Standing] = {}
    for start, block in zip(starts, blocks, strict=True):
        numbers, at = iter(block.numbers), 0
        for word, pages, first, last, end in zip(block.words.split("\n"), *[numbers] * 4, strict=False):
            standing = found.get(word)
            if standing is None:
                standing = found[word] = _Standing()
            step = head(0, start + first - standing.last)
            standing.parts += (PAGE, step, block.standings[at:end])
            standing.number += pages
            standing.last = start + last
            at = end
    for word in sorted(found):
        standing, text = found.pop(word), word.encode()
        parts = (PAGE, head(3, len(text)), text, head(4, standing.number), *standing.parts, EMPTY)
        yield word, b"".join(parts)


def _chunks(words: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    chunk: list[tuple[str, bytes]] = []
    size = 0
    for word, data in words:
        chunk.append((word, data))
        size += len(data)
        if size >= CHUNK and not crc32(word.encode()) % ENDS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
