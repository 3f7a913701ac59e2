"""A whole dossier read: its parts by id, and reports in shelves that stay what they are wherever nothing changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dossier.content.parsing import cut, parse_dossier, parse_reports
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from tests.unit.test_front_matter import REPORT

ids = st.sets(st.from_regex(r"[a-c][a-c0-9-]{0,6}", fullmatch=True), min_size=1, max_size=120)


def paths(names: set[str]) -> list[str]:
    return sorted(f"content/reports/{name}.md" for name in names)


def test_a_dossier_holds_its_parts_by_id_and_only_settings_and_a_report_are_needed() -> None:
    files = {"content/dossier.yaml": "title: س", "content/reports/b.md": REPORT, "content/reports/a-b.md": REPORT}
    dossier, problems = parse_dossier(make_snapshot(files))
    assert problems == ()
    assert [report.id for report in dossier.reports] == ["a-b", "b"]
    assert (dossier.settings.title, dossier.actors, dossier.places) == ("س", (), ())


def test_what_could_be_read_is_there_for_further_checks() -> None:
    files = {"content/dossier.yaml": "titel: س", "content/reports/a.md": REPORT, "content/reports/b.md": "---\n"}
    dossier, problems = parse_dossier(make_snapshot(files))
    assert [report.id for report in dossier.reports] == ["a"]
    assert [problem.file for problem in problems] == [
        "content/dossier.yaml",
        "content/dossier.yaml",
        "content/reports/b.md",
    ]


def test_unchanged_files_are_not_parsed_again() -> None:
    files = {"content/dossier.yaml": "title: س", "content/reports/a.md": REPORT, "content/reports/b.md": REPORT}
    first = Memo()
    parse_dossier(make_snapshot(files), first)
    assert first.made == {"shelves": 1, "reports": 2, "front matter": 1}
    second = first.next()
    dossier, _ = parse_dossier(make_snapshot({**files, "content/reports/b.md": REPORT.replace("ثان", "ثالث")}), second)
    assert second.made == {"reports": 1}
    assert dossier.reports[1].body.endswith("موجز ثالث.")


@given(ids)
def test_shelves_hold_each_report_once_by_id_and_everything_else_apart(names: set[str]) -> None:
    others = ["content/dossier.yaml", "content/reports/x/a.md", "content/reports/notes.txt"]
    shelves, rest = cut([*others, *paths(names)])
    assert [path for shelf in shelves for path in shelf] == [f"content/reports/{name}.md" for name in sorted(names)]
    assert rest == tuple(others)


@given(ids, st.from_regex(r"[a-c]{8}", fullmatch=True))
def test_a_report_that_comes_changes_one_shelf_or_parts_it(names: set[str], new: str) -> None:
    before, after = (set(cut(paths(n))[0]) for n in (names, {*names, new}))
    assert len(before - after) <= 1
    assert len(after - before) <= 2


def test_a_shelf_that_did_not_change_is_the_same_object() -> None:
    files = {"content/dossier.yaml": "title: س"} | {f"content/reports/r{n}.md": REPORT for n in range(60)}
    first = Memo()
    before = parse_reports(make_snapshot(files), first)
    after = parse_reports(
        make_snapshot({**files, "content/reports/r7.md": REPORT.replace("ثان", "ثالث")}), first.next()
    )
    assert len(before) == len(after) > 2
    assert sum(old is not new for old, new in zip(before, after, strict=True)) == 1


def test_what_is_said_of_a_shelf_goes_with_its_reports() -> None:
    files = {"content/dossier.yaml": "title: س", "content/reports/a.md": "---\n", "content/reports/b.md": REPORT}
    memo = Memo()
    _, problems = parse_dossier(make_snapshot(files), memo)
    assert [problem.file for problem in problems] == ["content/reports/a.md"]
    del files["content/reports/a.md"]
    dossier, problems = parse_dossier(make_snapshot(files), memo.next())
    assert (problems, [report.id for report in dossier.reports]) == ((), ["b"])
