"""Pages indexed in blocks: merged they are what they would be in one, an edit costs one block, and no two pages have one name."""

from __future__ import annotations

import gzip
from dataclasses import replace

import cbor2
import pytest

from dossier.engine.memo import Memo
from dossier.search import blocks
from dossier.search.blocks import divide, index_pages, merge
from dossier.search.pagefind import MARKED, Block, IndexedPage, index_block

TEXTS = {f"/reports/r{n}/": f"harbour{n % 3} boats{n} harbour{n % 3} quay " + "nets " * (n % 4) for n in range(30)}


def standings(files: dict[str, bytes], name: str, numbered: dict[str, IndexedPage]) -> dict[str, dict[str, list[int]]]:
    """Where each word stands, by word and page, read from the index as the browser reads it."""
    _, pages, chunks, *_ = cbor2.loads(gzip.decompress(files[f"/pagefind/pagefind.{name}.pf_meta"])[len(MARKED) :])
    urls = {page.number: url for url, page in numbered.items()}
    assert [page.partition("_")[2] for page, _ in pages] == [numbered[urls[n]].name for n in range(len(pages))]
    found: dict[str, dict[str, list[int]]] = {}
    for first, last, chunk in chunks:
        [words] = cbor2.loads(gzip.decompress(files[f"/pagefind/index/{chunk}.pf_index"])[len(MARKED) :])
        assert (words[0][0], words[-1][0]) == (first, last)
        for word, entries, _ in words:
            number = 0
            for step, places, _ in entries:
                number += step
                found.setdefault(word, {})[urls[number]] = places
    return found


def index(texts: dict[str, str], memo: Memo | None = None) -> dict[str, dict[str, list[int]]]:
    files, name, numbered = index_pages(tuple(texts), texts.__getitem__, memo or Memo())
    return standings(files, name, numbered)


def test_merged_blocks_are_what_one_block_is(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = index(TEXTS)
    assert set(whole["quay"]) == set(TEXTS)
    monkeypatch.setattr(blocks, "PAGES", 8)
    monkeypatch.setattr(blocks, "CHUNK", 50)
    assert len(divide(tuple(TEXTS))) == 4
    assert index(TEXTS) == whole


def test_after_an_edit_one_block_is_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "PAGES", 8)
    memo = Memo()
    index(TEXTS, memo)
    assert sum(memo.made.values()) == 4
    edited = TEXTS | {"/reports/r7/": "another harbour"}
    later = memo.next()
    warm = index_pages(tuple(edited), edited.__getitem__, later)
    assert sum(later.made.values()) == 1
    assert warm == index_pages(tuple(edited), edited.__getitem__, Memo())


def test_the_order_of_pages_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "PAGES", 8)
    turned = tuple(reversed(TEXTS))
    assert index_pages(turned, TEXTS.__getitem__, Memo()) == index_pages(tuple(TEXTS), TEXTS.__getitem__, Memo())


def test_pages_of_two_blocks_that_have_one_name_get_two() -> None:
    first = index_block({"/reports/a/": "boats"})
    second = index_block({"/reports/b/": "boats quay"})
    alike: Block = replace(second, pages=(replace(second.pages[0], name=first.pages[0].name),))
    files, name, numbered = merge([first, alike])
    assert len({page.name for page in numbered.values()}) == 2
    assert set(standings(files, name, numbered)["boats"]) == {"/reports/a/", "/reports/b/"}
