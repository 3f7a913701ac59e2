"""Pages indexed in blocks: merged they are what they would be in one, an edit costs what it concerns, and no two pages have one name."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence

import cbor2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.engine import forks
from dossier.engine.forks import map_long
from dossier.engine.memo import Memo
from dossier.search import Passage, SearchDocument, Synonym, blocks, build, pages, vocabulary
from dossier.search.blocks import divide, merge
from dossier.search.build import build_index
from dossier.search.pagefind import MARKED, engine_files, index_block

TEXTS = {f"/reports/r{n}/": f"harbour{n % 3} boats{n} harbour{n % 3} quay " + "nets " * (n % 4) for n in range(30)}


def index(texts: Mapping[str, str]) -> dict[str, dict[str, list[int]]]:
    """Where each word stands, by word and page, read from the index as the browser reads it."""
    parted = divide(texts)
    indexed = [index_block([texts[url].split() for url in urls]) for urls in parted]
    urls = [url for part in parted for url in part]
    files, name = merge(indexed, urls, engine_files(), gzip.compress)
    _, pages, chunks, *_ = cbor2.loads(gzip.decompress(files[f"/pagefind/pagefind.{name}.pf_meta"])[len(MARKED) :])
    assert pages == [[f"unknown_{url}", len(texts[url].split())] for url in urls]
    found: dict[str, dict[str, list[int]]] = {}
    for first, last, chunk in chunks:
        [words] = cbor2.loads(gzip.decompress(files[f"/pagefind/index/{chunk}.pf_index"])[len(MARKED) :])
        assert (words[0][0], words[-1][0]) == (first, last)
        for word, entries, _ in words:
            number = 0
            for step, places, _ in entries:
                number += step
                found.setdefault(word, {})[urls[number]] = places
    assert [*found] == sorted(found)
    return found


def test_merged_blocks_are_what_one_block_is(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = index(TEXTS)
    assert set(whole["quay"]) == set(TEXTS)
    assert set(whole["boats7"]) == {"/reports/r7/"}
    monkeypatch.setattr(blocks, "PAGES", 8)
    monkeypatch.setattr(blocks, "CHUNK", 50)
    monkeypatch.setattr(blocks, "ENDS", 2)
    assert len(divide(TEXTS)) == 4
    assert index(TEXTS) == whole


def test_words_are_what_they_are_and_a_place_without_one_is_a_place() -> None:
    strange = ["<b>&amp;</b>", "中文", "e\u0301", "C++", "🙂", "-", "a.b"]
    block = index_block([["", *strange, "", "quay"], [], ["quay"]])
    assert block.words.splitlines() == [*strange, "quay"]
    assert block.pages == (10, 0, 1)
    stands = [*zip(*[iter(block.numbers)] * 4, strict=True)]
    assert stands[block.words.splitlines().index("quay")][:3] == (2, 0, 2)


def test_pages_without_a_word_are_pages() -> None:
    block = index_block([["", ""], []])
    assert (block.pages, block.words, block.standings) == ((2, 0), "", b"")


def document(number: int, text: str) -> SearchDocument:
    return SearchDocument(
        url=f"/reports/r{number}/", kind="report", title=f"تقرير {number}", passages=(Passage(anchor="", text=text),)
    )


def made(documents: Sequence[SearchDocument], memo: Memo) -> tuple[dict[str, bytes], dict[str, int]]:
    """Build an index, and count what was made for it, by step."""
    files = build_index(documents, (), {}, memo)
    return files, memo.made


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks and files of a few pages and words."""
    monkeypatch.setattr(blocks, "PAGES", 8)
    monkeypatch.setattr(blocks, "CHUNK", 200)
    monkeypatch.setattr(blocks, "ENDS", 2)
    monkeypatch.setattr(vocabulary, "PART", 8)
    monkeypatch.setattr(vocabulary, "BEGINS", 2)
    monkeypatch.setattr(build, "CARDS", 5)


def block_of(number: int, of: int = 30) -> int:
    urls = [f"/reports/r{n}/" for n in range(of)]
    return next(at for at, urls in enumerate(divide(urls)) if f"/reports/r{number}/" in urls)


@pytest.mark.usefixtures("small")
def test_after_an_edit_its_block_is_read_and_indexed_alone() -> None:
    documents = [document(n, f"رصيف {n} قارب") for n in range(30)]
    memo = Memo()
    _, all_made = made(documents, memo)
    edited = [*documents[:7], document(7, "رصيف 7 وفنار"), *documents[8:]]
    warm, later = made(edited, memo.next())
    of = block_of(7)
    assert {step: n for step, n in later.items() if step != "packed"} == {
        "vocabulary": 1,
        f"block-{of}/words": 1,
        f"block-{of}/index": 1,
    }
    assert later["packed"] < all_made["packed"] / 2
    assert warm == build_index(edited, (), {})


@pytest.mark.usefixtures("small")
def test_a_word_that_decides_on_words_elsewhere_has_their_blocks_indexed_too() -> None:
    """«بقفندر» on one page is cut once another page has «قفندر»."""
    there = next(n for n in range(30) if block_of(n) != block_of(7))
    documents = [document(n, f"رصيف {n} قارب" + (" بقفندر" if n == there else "")) for n in range(30)]
    memo = Memo()
    made(documents, memo)
    edited = [*documents[:7], document(7, "رصيف 7 قفندر"), *documents[8:]]
    warm, later = made(edited, memo.next())
    indexed = {step for step in later if step.endswith("/index")}
    assert indexed == {f"block-{block_of(7)}/index", f"block-{block_of(there)}/index"}
    assert {step for step in later if step.endswith("/words")} == {f"block-{block_of(7)}/words"}
    assert warm == build_index(edited, (), {})


@pytest.mark.usefixtures("small")
def test_a_word_that_becomes_common_has_the_blocks_that_hold_it_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MANY", 3)
    own = block_of(7)
    there = next(n for n in range(30) if block_of(n) != own)
    holding = [n for n in range(30) if block_of(n) == block_of(there)][:3]
    documents = [document(n, "فنار " * 6 if n in holding else "قارب") for n in range(30)]
    memo = Memo()
    made(documents, memo)
    edited = [*documents[:7], document(7, "فنار"), *documents[8:]]
    warm, later = made(edited, memo.next())
    assert {step for step in later if step.endswith("/index")} == {
        f"block-{own}/index",
        f"block-{block_of(there)}/index",
    }
    assert warm == build_index(edited, (), {})


@pytest.mark.usefixtures("small")
def test_a_name_of_a_common_word_has_the_blocks_that_hold_it_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its places are all indexed, which those of other common words are not."""
    monkeypatch.setattr(pages, "MANY", 3)
    largest = max(range(4), key=lambda block: sum(block_of(n) == block for n in range(30)))
    documents = [document(n, "فنار البحر " * 6 if block_of(n) == largest else "قارب") for n in range(30)]
    memo = Memo()
    made(documents, memo)
    name = (Synonym(kind="place", forms=("فنار البحر",), asked=("Lighthouse",)),)
    later = memo.next()
    assert build_index(documents, name, {}, later) == build_index(documents, name, {})
    assert {step for step in later.made if step.startswith("block-")} == {f"block-{largest}/index"}


@pytest.mark.usefixtures("small")
def test_what_forks_make_is_what_one_process_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "_processors", lambda: 3)
    documents = [document(n, f"رصيف {n} قارب والقارب") for n in range(30)]
    alone, shared = Memo(), Memo()
    assert build_index(documents, (), {}, shared, map_long) == build_index(documents, (), {}, alone)
    assert shared.made == alone.made
    assert build_index(documents, (), {}, shared.next(), map_long) == build_index(documents, (), {})


@pytest.mark.usefixtures("small")
def test_the_order_of_pages_changes_nothing() -> None:
    documents = [document(n, f"رصيف {n} قارب") for n in range(30)]
    assert build_index(documents[::-1], (), {}) == build_index(documents, (), {})


@pytest.mark.usefixtures("small")
def test_names_of_pages_differ_however_few_digits_tell_them_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "NAME", 1)
    monkeypatch.setattr(build, "TEXTS_TOGETHER", 0)
    files = build_index([document(n, f"رصيف {n}") for n in range(30)], (), {})
    assert len([path for path in files if path.startswith("/search-data/parts/texts/")]) == 30


@pytest.mark.usefixtures("small")
def test_texts_of_other_pages_are_where_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "TEXTS_TOGETHER", 0)
    documents = [document(n, f"رصيف {n} قارب") for n in range(30)]
    before = build_index(documents, (), {})
    after = build_index([*documents[:7], document(7, "رصيف 7 وفنار"), *documents[8:]], (), {})
    assert len({path for path in after if "/texts/" in path} - before.keys()) == 1


# Words that decide on each other: whether a clitic is cut, whether one is two.
TELLING = ["قفندر", "بقفندر", "وقفندر", "القفندر", "وبالقفندر", "قفندرها", "عبد", "الله", "عبدالله", "وعبدالله", "فنار", "بفنار", "گراج", "مدينة", "من", "على", "والوالد"]  # fmt: skip
SENTENCES = st.lists(st.sampled_from(TELLING), max_size=6).map(" ".join)
EDITS = st.lists(st.tuples(st.integers(0, 11), SENTENCES | st.none(), st.booleans()), min_size=1, max_size=4)


@pytest.mark.usefixtures("small")
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=st.lists(SENTENCES, min_size=12, max_size=12), edits=EDITS)
def test_whatever_is_edited_a_warm_index_is_a_cold_one(
    first: list[str], edits: list[tuple[int, str | None, bool]]
) -> None:
    """Pages change, come and go; one name is there or not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "PAGES", 4)
        patch.setattr(pages, "MANY", 3)
        texts: dict[int, str] = dict(enumerate(first))
        memo = Memo()
        for number, text, named in [(0, first[0], False), *edits]:
            texts = {at: kept for at, kept in texts.items() if at != number} | ({} if text is None else {number: text})
            documents = [document(at, kept) for at, kept in sorted(texts.items())]
            names = [Synonym(kind="person", forms=("عبد الله قفندر",), asked=("Qafandar",))] if named else []
            memo = memo.next()
            assert build_index(documents, names, {}, memo) == build_index(documents, names, {})
