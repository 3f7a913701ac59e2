"""Pages are read to their words, whatever was read before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.search import Passage, SearchDocument
from dossier.search.analyser import BETWEEN, words_of
from dossier.search.reading import Reader


def page(*texts: str, title: str = "") -> SearchDocument:
    passages = tuple(Passage(anchor=f"p{number}", text=text) for number, text in enumerate(texts, 1))
    return SearchDocument(url="/a/", kind="page", title=title, passages=passages)


def test_pages_that_hold_nothing_new_are_read_too() -> None:
    reader = Reader()
    once = reader.read([page("مطر ثم شمس", title="غيم")])
    assert once.texts == (f"غيم {BETWEEN} مطر ثم شمس {BETWEEN}",)
    assert reader.read([page("مطر ثم شمس", title="غيم")]) == once
    assert reader.read([]).texts == ()


@pytest.mark.parametrize("before", [(), ("مطر", "\0", "é")])
@given(texts=st.lists(st.text(max_size=30), max_size=4))
def test_words_are_those_of_each_text_alone(before: tuple[str, ...], texts: list[str]) -> None:
    reader = Reader()
    reader.read([page(*before)])
    (read,) = reader.read([page(*texts)]).texts
    assert [part.split() for part in read.split(BETWEEN)] == [
        [],
        *map(words_of, (t.replace("\0", " ") for t in texts)),
        [],
    ]
