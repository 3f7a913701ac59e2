"""The files of search, from plain documents: always the same, only what is used, and nothing that a text may hold breaks them."""

from __future__ import annotations

import sys

import pytest

from dossier.errors import MachineError
from dossier.search import Passage, SearchDocument, Synonym
from dossier.search.build import build_index

HARBOUR = SearchDocument(
    url="/reports/harbour/",
    kind="report",
    title="ميناء الصيادين يفتح أبوابه",
    passages=(
        Passage(anchor="c1", text="يقول المدير إن الرصيف الجديد جاهز."),
        Passage(anchor="p1", text="وصلت القوارب إلى الرصيف فجرا، وعلى متنها شباك وسلال."),
    ),
    actors=("port-authority",),
    outlet="coast-paper",
    date="2019-05-02",
)
AUTHORITY = SearchDocument(
    url="/actors/port-authority/",
    kind="actor",
    title="هيئة الميناء",
    names=("هيئة الميناء", "سلطة الموانئ"),
    passages=(Passage(anchor="", text="تدير الهيئة الرصيف والمخازن."),),
    actors=("port-authority",),
)
NAMES = (
    Synonym(
        kind="organisation",
        forms=("هيئة الميناء", "سلطة الموانئ"),
        asked=("Port Authority",),
    ),
)
LABELS = {"port-authority": "هيئة الميناء", "coast-paper": "جريدة الساحل"}


def test_two_builds_give_the_same_bytes() -> None:
    assert build_index((HARBOUR, AUTHORITY), NAMES, LABELS) == build_index((HARBOUR, AUTHORITY), NAMES, LABELS)


def test_the_order_of_names_of_facets_changes_nothing() -> None:
    assert build_index((HARBOUR,), (), LABELS) == build_index((HARBOUR,), (), dict(reversed(LABELS.items())))


def test_files_are_those_of_the_engine_and_of_ours() -> None:
    files = build_index((HARBOUR, AUTHORITY), NAMES, LABELS)
    assert {path.split("/")[1] for path in files} == {"pagefind", "search-data"}
    assert "/pagefind/pagefind.js" in files
    assert not [path for path in files if path.endswith(".css") or "ui" in path.split("/")[-1] or "fragment" in path]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u064b\u0651", "<script>&amp;</body>", "\u202e\u2066", "ا" * 10_000, "و ال ب", "\x00\x0b", "🙂 e\u0301 ǅ 中文", "ـــ"],
)  # fmt: skip
def test_any_text_can_be_indexed(text: str) -> None:
    strange = SearchDocument(
        url="/reports/x/", kind="report", title=text, names=(text,), passages=(Passage(anchor="p1", text=text),)
    )
    name = Synonym(kind="person", forms=(text,), asked=(text,))
    assert build_index((strange, HARBOUR), (name,), LABELS)


def test_without_the_engine_the_machine_is_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pagefind_bin", "pagefind"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MachineError, match="--no-search"):
        build_index((HARBOUR,), (), LABELS)
