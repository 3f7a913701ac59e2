"""What only the whole dossier can tell. Most of it is in `test_invalid`, message by message."""

from __future__ import annotations

from hashlib import sha256

from dossier.commands.pipeline import compose
from dossier.content.parsing import assemble
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot, make_snapshot
from dossier.errors import ContentError, Problem
from dossier.linking.checks import check
from dossier.linking.entries import read_entries
from tests.unit.test_invalid import BASE

GOOD = {
    path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8") for path in BASE.rglob("*") if path.is_file()
}
REPORT = GOOD["content/reports/a.md"]


def check_all(files: Snapshot, memo: Memo) -> tuple[Problem, ...]:
    entries = read_entries(files, memo)
    dossier, _ = assemble(files, entries.reports, entries.problems, memo)
    return check(dossier, entries, files, memo)


def find_all(files: Snapshot) -> tuple[str, ...]:
    """What is said of a whole dossier once it is linked."""
    try:
        return tuple(map(str, compose(files, Memo()).warnings))
    except ContentError as error:
        return tuple(map(str, error.problems))


def test_paragraphs_of_an_original_are_counted_where_it_is_there() -> None:
    original = "أول\n\nثان\n\nثالث\n\nرابع\n".encode()
    head = f"original: {{sha256: {sha256(original).hexdigest()}}}\nclaims:\n"
    text = REPORT.replace("at: 1\n", "at: 1\n    original_at: 5\n").replace("claims:\n", head)
    files = {**GOOD, "content/reports/a.md": text}
    assert [str(problem) for problem in check_all(make_snapshot(files, {"a.txt": original}), Memo())] == [
        "content/reports/a.md:13:18: there is no paragraph 5: the original has 4 paragraphs (count from 1)"
    ]
    assert check_all(make_snapshot(files), Memo()) == ()


def test_what_did_not_change_is_not_looked_at_again() -> None:
    memo = Memo()
    assert check_all(make_snapshot(GOOD), memo) == ()
    assert (memo.made["reports"], memo.made["texts"]) == (1, 1)
    again = memo.next()
    assert check_all(make_snapshot(GOOD), again) == ()
    assert again.made == {}


def test_an_actor_that_went_is_missed_although_no_report_changed() -> None:
    memo = Memo()
    check_all(make_snapshot(GOOD), memo)
    files = make_snapshot({path: text for path, text in GOOD.items() if path != "content/actors/ali.md"})
    found = {(problem.file, problem.line) for problem in check_all(files, memo.next())}
    assert found == {("content/events/opening.md", 5), *(("content/reports/a.md", line) for line in (8, 9, 16))}


def test_claims_that_repeat_each_other_in_a_circle_are_named_where_the_first_repeats() -> None:
    sure = "certainty: certain, why: ينقل عنه"
    claim = "  - {{id: {}, text: قول, said: [{{who: ali}}], at: 1, mode: reported, repeats: [{{report: a, claim: {}, {}}}]}}\n"
    circle = REPORT.replace(
        "\n---\n\n", "\n" + claim.format("c2", "c3", sure) + claim.format("c3", "c2", sure) + "---\n\n"
    )
    line = circle.split("\n").index(claim.format("c2", "c3", sure).rstrip("\n")) + 1
    (found,) = find_all(make_snapshot({**GOOD, "content/reports/a.md": circle}))
    assert found.startswith(f"content/reports/a.md:{line}:")
    assert found.endswith(
        ": claims repeat each other in a circle: a#c2 → a#c3 → a#c2 (remove one of these `repeats`: somebody said it first)"
    )


def test_a_seed_that_is_named_with_other_characters_than_it_seems_is_explained() -> None:
    named = {path: text for path, text in GOOD.items() if path != "seeds/a.txt"}
    named |= {
        "content/reports/a.md": REPORT.replace("seed: a.txt", "seed: أخبار.txt"),
        "seeds/\u0627\u0654خبار.txt": "أول\n\nثان\n",
    }
    errors = [problem for problem in check_all(make_snapshot(named), Memo()) if problem.severity == "error"]
    assert [(problem.message, problem.hint[:36]) for problem in errors] == [
        ('the seed "seeds/أخبار.txt" is not there', "a file whose name looks the same is ")
    ]


def test_a_file_whose_name_is_no_id_is_named_where_its_id_is_sought() -> None:
    cites = REPORT.replace("claims:\n", "cites: [{report: sea-road, certainty: certain, why: يذكره}]\nclaims:\n", 1)
    files = {**GOOD, "content/reports/a.md": cites, "content/reports/Sea road.md": REPORT}
    found = [problem.hint for problem in check_all(make_snapshot(files), Memo()) if "sea-road" in problem.message]
    assert found == ["rename content/reports/Sea road.md to sea-road.md"]
