"""A whole dossier read: its parts by id, with every problem; what did not change is not parsed again."""

from __future__ import annotations

from dossier.content.parsing import content_paths, parse_dossier
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.entries import read_entries
from tests.unit.test_front_matter import REPORT


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
    read_entries(make_snapshot(files), first)
    assert first.made == {"content/paths": 1, "reports": 2, "texts": 2}
    second = first.next()
    changed = {**files, "content/reports/b.md": REPORT.replace("ثان", "ثالث")}
    entries = read_entries(make_snapshot(changed), second)
    assert second.made == {"reports": 1}
    assert entries.reports[1].body.endswith("موجز ثالث.")


def test_reports_stand_in_the_order_of_their_ids_and_everything_else_apart() -> None:
    others = ["content/dossier.yaml", "content/reports/notes.txt", "content/reports/x/a.md"]
    reports = [f"content/reports/{name}.md" for name in ("a", "a-b", "ab")]
    paths = content_paths(make_snapshot(dict.fromkeys([*others, *reports], "")), Memo())
    assert (paths.reports, paths.others) == (tuple(reports), tuple(others))


def test_what_is_said_of_a_report_goes_with_it() -> None:
    files = {"content/dossier.yaml": "title: س", "content/reports/a.md": "---\n", "content/reports/b.md": REPORT}
    memo = Memo()
    _, problems = parse_dossier(make_snapshot(files), memo)
    assert [problem.file for problem in problems] == ["content/reports/a.md"]
    del files["content/reports/a.md"]
    dossier, problems = parse_dossier(make_snapshot(files), memo.next())
    assert (problems, [report.id for report in dossier.reports]) == ((), ["b"])
