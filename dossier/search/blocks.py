"""Index pages in blocks that are remembered by what they hold, and merge the blocks into one index as Pagefind writes it.

So the memory that Pagefind takes is bounded, and after an edit one block is indexed. Which block a page is of follows from its
address and the number of blocks alone; merged, the pages of a block follow those of the blocks before it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate

import cbor2

from dossier.engine.memo import Memo, digest_of
from dossier.search.pagefind import ENTRY, MARKED, Block, BlockPage, IndexedPage, index_block

PAGES = 700  # of a block, at most about so many
AT_ONCE = 2  # blocks
CHUNK = 72_000  # bytes of words that lie in one file, not yet packed: about as many as Pagefind has there
LANGUAGE = "unknown"


def index_pages(
    urls: Sequence[str], mark: Callable[[str], str], memo: Memo
) -> tuple[dict[str, bytes], str, dict[str, IndexedPage]]:
    """Index the texts of marked keys that `mark` gives for the addresses of pages.

    Return the index's files by address, its name, and for each page what Pagefind calls it and its number in the index.
    Raise MachineError where the binary is missing or fails.
    """
    parted = divide(urls)

    def make(number: int) -> Block:
        pages = {url: mark(url) for url in parted[number]}
        return memo.get(f"block-{number}", digest_of(pages), lambda: index_block(pages))

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return merge([*threads.map(make, sorted(parted))])


def divide(urls: Sequence[str]) -> dict[int, list[str]]:
    """Divide pages into blocks by number: a power of two of them, so that few pages more leave most blocks as they are."""
    number = 1
    while number * PAGES < len(urls):
        number *= 2
    parted: dict[int, list[str]] = {} if urls else {0: []}
    for url in sorted(urls):
        parted.setdefault(int(hashlib.sha256(url.encode()).hexdigest()[:8], 16) % number, []).append(url)
    return parted


def merge(blocks: Sequence[Block]) -> tuple[dict[str, bytes], str, dict[str, IndexedPage]]:
    """Merge blocks into one index: its files by address, its name, and each page's name and number by address."""
    starts = [0, *accumulate(len(block.pages) for block in blocks)]
    names = _name_apart([page for block in blocks for page in block.pages])
    pages = [(f"{LANGUAGE}_{name}", page.words) for name, page in names.items()]
    numbered = {page.url: IndexedPage(name, number) for number, (name, page) in enumerate(names.items())}
    files = dict(blocks[0].engine)
    chunks: list[tuple[str, str, str]] = []
    for words in _chunks(_merged(blocks, starts[:-1])):
        data = _packed(_head(4, 1) + _head(4, len(words)) + b"".join(data for _, data in words))
        name = f"{LANGUAGE}_{hashlib.sha256(data).hexdigest()[:10]}"
        chunks.append((words[0][0], words[-1][0], name))
        files[f"/pagefind/index/{name}.pf_index"] = data
    meta = _packed(cbor2.dumps([blocks[0].version, pages, chunks, [], [], []]))
    name = f"{LANGUAGE}_{hashlib.sha256(meta).hexdigest()[:15]}"
    files[f"/pagefind/pagefind.{name}.pf_meta"] = meta
    entry = json.loads(files[ENTRY])
    entry["languages"] = {LANGUAGE: {"hash": name, "wasm": None, "page_count": len(pages)}}
    files[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return files, name, numbered


def _name_apart(pages: Iterable[BlockPage]) -> dict[str, BlockPage]:
    """Return pages by name. In each block Pagefind has names apart; where two blocks have one, the later page gets another."""
    named: dict[str, BlockPage] = {}
    for page in pages:
        name, digest = page.name, hashlib.sha256(page.url.encode()).hexdigest()
        for length in range(1, len(digest)):
            if name not in named:
                break
            name = page.name + digest[:length]
        named[name] = page
    return named


def _merged(blocks: Sequence[Block], starts: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Yield each word with its entry in the index, in the order of words."""
    for word in sorted(set().union(*(block.words for block in blocks))):
        number, last, parts = 0, 0, []
        for start, block in zip(starts, blocks, strict=True):
            if found := block.words.get(word):
                number += found.pages
                parts += [b"\x83", _head(0, start + found.first - last), found.rest]
                last = start + found.last
        text = word.encode()
        yield word, b"".join((b"\x83", _head(3, len(text)), text, _head(4, number), *parts, b"\x80"))


def _chunks(words: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    chunk: list[tuple[str, bytes]] = []
    size = 0
    for word, data in words:
        chunk.append((word, data))
        size += len(data)
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _packed(data: bytes) -> bytes:
    return gzip.compress(MARKED + data, 9, mtime=0)


def _head(kind: int, size: int) -> bytes:
    """Return the head of a value as CBOR has it: a number (0), a text (3) or a list (4) of some size."""
    if size < 24:
        return bytes((kind << 5 | size,))
    length = 1 if size < 1 << 8 else 2 if size < 1 << 16 else 4
    return bytes((kind << 5 | 24 + length.bit_length() - 1,)) + size.to_bytes(length, "big")
