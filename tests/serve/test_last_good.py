"""What the preview is made of, piece by piece: gathering changes, the last good site, news to open pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from dossier.commands import pipeline
from dossier.commands.serve.inputs import Inputs, read_inputs
from dossier.commands.serve.last_good import LastGood
from dossier.commands.serve.news import Shown, news, shown_now
from dossier.commands.serve.watch import LONGEST, Change, Debouncer
from dossier.engine.memo import Memo
from dossier.errors import Problem
from dossier.search.scripts import join_scripts

from .edits import PROJECT, Edit, apply, write_all

PAGE = "/reports/a/"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_all(tmp_path)
    return tmp_path


@pytest.fixture
def last_good(root: Path) -> LastGood:
    last_good = LastGood(Memo())
    assert last_good.take(read_inputs(root))
    return last_good


def edit(last_good: LastGood, root: Path, path: str, text: str) -> Inputs:
    """Has a file written and taken up."""
    apply(Edit(path, text), root)
    inputs = read_inputs(root)
    last_good.take(inputs)
    return inputs


def test_a_change_is_due_once_its_file_is_at_rest() -> None:
    gathering = Debouncer()
    assert gathering.wait(0.0) is None
    gathering.add(Change("/a", 0.05), now=1.0)
    assert gathering.wait(1.0) == pytest.approx(0.05)
    gathering.add(Change("/a", 0.002), now=1.01)  # closed: nothing more will come
    assert gathering.wait(1.01) == pytest.approx(0.002)
    assert gathering.wait(1.02) == 0
    assert gathering.take() == (frozenset({"/a"}), False)
    assert gathering.wait(1.02) is None


def test_changes_are_taken_together_and_wait_for_the_slowest_but_not_for_ever() -> None:
    gathering = Debouncer()
    gathering.add(Change("/a", 0.002), now=0.0)
    gathering.add(Change("/b", 0.05, folder=True), now=0.001)
    assert gathering.wait(0.01) == pytest.approx(0.041)
    for n in range(100):
        gathering.add(Change("/c", 0.05), now=n * 0.01)
    assert gathering.wait(LONGEST) == 0
    assert gathering.take() == (frozenset({"/a", "/b", "/c"}), True)
    gathering.add(Change("/d", 0.002), now=2.0)
    assert gathering.wait(2.0) == pytest.approx(0.002)
    assert gathering.take() == (frozenset({"/d"}), False)


def test_a_page_that_shows_what_is_there_hears_nothing(last_good: LastGood) -> None:
    _, shown, *_ = shown_now(last_good, PAGE)
    assert news(last_good, shown) == ([], shown)


def test_only_the_page_that_came_out_different_is_reloaded(last_good: LastGood, root: Path) -> None:
    pages = [shown_now(last_good, page)[1] for page in (PAGE, "/events/strike/")]
    edit(last_good, root, "seeds/a.txt", "نص آخر تماما.\n")
    (first, _), (second, _) = (news(last_good, shown) for shown in pages)
    assert (first, second) == ([("reload", None)], [])


def test_a_style_sheet_and_an_index_are_told_without_a_reload(last_good: LastGood) -> None:
    _, shown, *_ = shown_now(last_good, PAGE)
    messages, now = news(last_good, replace(shown, style="old", index="-1"))
    assert messages == [("style", shown.style), ("search", shown.index)]
    assert now == shown


def test_problems_are_told_once_and_taken_back_when_mended(last_good: LastGood, root: Path) -> None:
    _, shown, *_ = shown_now(last_good, PAGE)
    good = (root / "content/reports/a.md").read_text("utf-8")
    edit(last_good, root, "content/reports/a.md", "---\ntitel: x\n---\n")
    ((name, told),), later = news(last_good, shown)
    assert name == "problems"
    assert isinstance(told, dict) and "content/reports/a.md:2:1" in told["html"]
    assert news(last_good, later) == ([], later)
    edit(last_good, root, "content/reports/a.md", good)
    assert news(last_good, later) == ([("problems", {"html": "", "digest": shown.problems})], shown)


def test_scripts_are_joined_where_one_of_them_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    joined: list[object] = []

    def join(templates: Mapping[str, bytes]) -> dict[str, bytes]:
        joined.append(templates)
        return join_scripts(templates)

    monkeypatch.setattr(pipeline, "join_scripts", join)
    last_good = LastGood(Memo())
    last_good.take(read_inputs(root))
    edit(last_good, root, "seeds/a.txt", "كلمة.\n\nوأخرى.\n")
    assert len(joined) == 1
    own = (PROJECT / "assets/loader.js").read_text("utf-8") + "// a word\nlet word = 1;\n"
    edit(last_good, root, "templates/assets/loader.js", own)
    assert len(joined) == 2
    answer = last_good.answer("/assets/loader.js")
    assert answer
    assert b"let word" in answer.body


def test_a_page_that_went_is_told_so(last_good: LastGood, root: Path) -> None:
    _, shown, *_ = shown_now(last_good, "/actors/nobody/")
    assert shown.answer.startswith("404-")
    edit(last_good, root, "content/actors/nobody.md", "---\nname: لا أحد\nkind: person\n---\n")
    assert news(last_good, shown)[0] == [("reload", None)]
    assert news(last_good, Shown(page="/"))[0] == [("reload", None)]


def test_a_broken_template_is_seen_although_the_last_page_below_its_address_is_of_another(
    last_good: LastGood, root: Path
) -> None:
    text = (root / "content/reports/b.md").read_text("utf-8").replace("seed:", "was: [old-b]\nseed:")
    edit(last_good, root, "content/reports/b.md", text)
    assert not last_good.errors
    edit(last_good, root, "templates/pages/report.html", "{% if %}")
    assert [problem.file for problem in last_good.errors] == ["templates/pages/report.html"]


def test_the_strip_has_the_id_and_the_warnings_those_of_the_page_first(last_good: LastGood, root: Path) -> None:
    _, shown, _, strip = shown_now(last_good, PAGE)
    assert 'data-id="a"' in strip
    advice = tuple(Problem(message=m, file=f, severity="warning") for m, f in (("<b>", "content/x.md"), ("own", "content/reports/a.md")))  # fmt: skip
    last_good.take_advice(advice)
    ((name, told),), later = news(last_good, shown)
    assert name == "strip" and isinstance(told, dict)
    assert told["html"].index("own") < told["html"].index("&lt;b&gt;")
    assert news(last_good, later) == ([], later)
    last_good.take_advice(())
    assert news(last_good, later)[0] == [("strip", {"html": strip, "digest": shown.strip})]
    assert "data-id" not in shown_now(last_good, "/claims/")[3]
