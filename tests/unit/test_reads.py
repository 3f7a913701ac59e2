"""What a page reads is noted, and what changed between two dossiers is told by value."""

from __future__ import annotations

from typing import cast

import pytest

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.linked import LinkedDossier
from dossier.pages.reads import Register, Watched, changed_since, values_of
from tests.unit.test_views import FILES

REPORT = "content/reports/"


def site_of(**changes: str | None) -> LinkedDossier:
    files = {**FILES, **{name.replace("__", "/"): text for name, text in changes.items()}}
    return compose(make_snapshot({path: text for path, text in files.items() if text is not None}), Memo()).site


def test_every_way_of_reading_is_noted() -> None:
    watched = Watched(site_of())
    site = cast("LinkedDossier", watched)
    report, actor = next(iter(site.reports)), next(iter(site.actors))
    assert watched.take_reads() == {("reports", "#"), ("actors", "#")}
    assert site.reports[report].id == report
    assert site.cited_by.get("none") is None
    assert actor in site.actors
    assert site.settings.title
    assert watched.take_reads() == {("reports", report), ("cited_by", "none"), ("actors", actor), ("settings", "*")}
    assert (len(site.claims), len(list(site.ties.values())), len(dict(site.events.items()))) == (3, 3, 1)
    assert watched.take_reads() == {("claims", "#"), ("ties", "*"), ("events", "*")}
    assert watched.take_reads() == frozenset()


def test_two_dossiers_of_the_same_files_do_not_differ() -> None:
    assert changed_since(values_of(site_of()), values_of(site_of())) == frozenset()


@pytest.mark.parametrize("path", sorted(path for path in FILES if path.endswith(".md")))
def test_a_word_more_in_a_file_changes_what_is_of_that_file_and_no_keys(path: str) -> None:
    before, after = site_of(), site_of(**{path: FILES[path] + "\nكلمة زائدة.\n"})
    changed = changed_since(values_of(before), values_of(after))
    _, folder, name = path.split("/")
    assert ("briefs" if folder == "reports" else folder, name.removesuffix(".md")) in changed
    assert "reports" not in {table for table, _ in changed}, "what shows no brief is not made again"
    assert not any(key == "#" for _, key in changed)


def test_pages_are_concerned_by_what_they_read_and_by_what_they_asked_for_in_vain() -> None:
    values = values_of(site_of())
    register = Register(values)
    first, second = list(cast("dict[str, object]", values["reports"]))[:2]
    pages = {
        "first": register.numbers([("reports", first)]),
        "second": register.numbers([("reports", second)]),
        "list": register.numbers([("reports", "#")]),
        "vain": register.numbers([("reports", "new")]),
    }
    assert register.concerned([("reports", first), ("reports", "*")], pages) == {"first"}
    assert register.concerned([("reports", "new"), ("reports", "#"), ("reports", "*")], pages) == {"list", "vain"}
    assert register.concerned([("settings", "*")], pages) == set()
    assert register.concerned([("settings", "*")], {"home": register.numbers([("settings", "*")])}) == {"home"}
