"""What only the whole dossier can tell. Most of it is in `test_invalid`, message by message."""

from __future__ import annotations

from dossier.checks import check, check_judgments
from dossier.front_matter import parse_dossier
from dossier.memo import Memo
from dossier.origins import Origin, trace
from dossier.sources import Snapshot, make_snapshot
from tests.unit.test_invalid import BASE

GOOD = {
    path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8") for path in BASE.rglob("*") if path.is_file()
}
COUNTS = {"a": (2, 4)}
REPORT = GOOD["content/reports/a.md"]
SETTINGS = GOOD["content/dossier.yaml"]


def judge(files: Snapshot) -> tuple[str, ...]:
    dossier, _ = parse_dossier(files)
    origins = trace(dossier.reports).origins
    return tuple(str(problem) for problem in check_judgments(dossier.settings, lambda ref: origins.get(ref, ()), files))


def test_paragraphs_of_an_original_are_counted_where_it_is_there() -> None:
    files = make_snapshot({**GOOD, "content/reports/a.md": REPORT.replace("at: 1\n", "at: 1\n    original_at: 5\n")})
    dossier, _ = parse_dossier(files)
    assert [str(problem) for problem in check(dossier, files, COUNTS)] == [
        "content/reports/a.md:12:18: there is no paragraph 5: the original has 4 paragraphs (count from 1)"
    ]
    assert check(dossier, files, {"a": (2, None)}) == ()


def test_control_characters_in_seeds_are_warned_of() -> None:
    files = make_snapshot({**GOOD, "seeds/a.txt": "قال\x07 علي\n\nنعم \u202e"})
    dossier, _ = parse_dossier(files)
    problems = check(dossier, files, COUNTS)
    assert [(str(problem), problem.severity) for problem in problems] == [
        ("seeds/a.txt:1:4: holds the control character U+0007 (delete it)", "warning"),
        ("seeds/a.txt:3:5: holds the bidi control U+202E (delete it)", "warning"),
    ]


def test_what_did_not_change_is_not_collected_again() -> None:
    files = make_snapshot(GOOD)
    dossier, _ = parse_dossier(files)
    memo = Memo()
    check(dossier, files, COUNTS, memo)
    assert memo.made == {"references": 1, "unwanted": 1}
    again = memo.next()
    assert check(dossier, files, COUNTS, again) == ()
    assert again.made == {}


def test_an_actor_that_went_is_missed_although_no_report_changed() -> None:
    memo = Memo()
    dossier, _ = parse_dossier(make_snapshot(GOOD), memo)
    check(dossier, make_snapshot(GOOD), COUNTS, memo)
    files = make_snapshot({path: text for path, text in GOOD.items() if path != "content/actors/ali.md"})
    later = memo.next()
    dossier, _ = parse_dossier(files, later)
    found = {(problem.file, problem.line) for problem in check(dossier, files, COUNTS, later)}
    assert found == {("content/events/opening.md", 5), *(("content/reports/a.md", line) for line in (8, 9, 16))}


def test_high_confidence_needs_a_second_origin() -> None:
    high = SETTINGS.replace("confidence: low", "confidence: high")
    assert judge(make_snapshot({**GOOD, "content/dossier.yaml": high})) == (
        "content/dossier.yaml:4:17: confidence is high, and all claims of this judgment have one origin "
        "(lower the confidence, or name a claim with another origin)",
    )
    second = (
        REPORT.replace("id: c1", "id: c2").replace("{who: ali}, {who: paper}", "{who: paper}").partition("claims:\n")[2]
    )
    report = REPORT.partition("\n---\n\n")[0] + "\n" + second
    both = {**GOOD, "content/reports/a.md": report, "content/dossier.yaml": high.replace('"a#c1"', '"a#c1", "a#c2"')}
    assert judge(make_snapshot(both)) == ()


def test_origins_are_counted_by_whom_they_are() -> None:
    dossier, _ = parse_dossier(make_snapshot({**GOOD, "content/dossier.yaml": SETTINGS.replace(": low", ": high")}))
    told = [Origin("actor:ali", anonymous=False), Origin("actor:ali", anonymous=True)]
    assert len(check_judgments(dossier.settings, lambda _: told, make_snapshot({}))) == 1
