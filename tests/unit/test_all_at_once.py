"""What is wrong is told all at once: one fault in a file hides no other, and errors hide no warnings."""

from __future__ import annotations

from pathlib import Path

from dossier.commands.build import find_problems
from tests.unit.test_drafts import BASE, lay_out


def told(tmp_path: Path, **changes: str) -> list[str]:
    files = {name.replace("__", "/") + ".md": text for name, text in changes.items()}
    return [f"{p.where} {p.severity[0]} {p.message}" for p in find_problems(lay_out(tmp_path, files))]


def test_a_fault_of_one_field_hides_no_other_of_its_file(tmp_path: Path) -> None:
    report = BASE["content/reports/a.md"].replace("title: تقرير قصير عن طريق", 'title: ""')
    report = (
        report.replace("outlet: paper", "outlet: papers")
        .replace("about: [ali]", "about: [sara]")
        .replace("a.txt", "b.txt")
    )
    assert told(tmp_path, content__reports__a=report)[:4] == [
        "content/reports/a.md:2:8 e title is empty",
        'content/reports/a.md:3:7 e the seed "seeds/b.txt" is not there',
        'content/reports/a.md:4:9 e "papers" is no id of an actor',
        'content/reports/a.md:9:13 e "sara" is no id of an actor',
    ]


def test_a_fault_of_a_claim_hides_none_of_the_next_and_moves_no_place(tmp_path: Path) -> None:
    more = "  - {id: c2, text: قول, said: [{who: nobody}], at: 1, mode: سؤال}\n  - {id: c3, text: قول, said: [{who: none}], at: 1, mode: reported}\n"
    report = BASE["content/reports/a.md"].replace("    event: opening\n", f"    event: opening\n{more}")
    said = told(tmp_path, content__reports__a=report)
    assert [line.split()[0] for line in said if " e " in line] == [
        "content/reports/a.md:14:38", "content/reports/a.md:14:61", "content/reports/a.md:15:38",
    ]  # fmt: skip


def test_errors_hide_no_warning_of_another_file(tmp_path: Path) -> None:
    said = told(
        tmp_path,
        content__actors__ali="---\nname: علي\nkind: persn\n---\n",
        content__pages__about="---\ntitle: عن الملف\n---\nقال «نعم ولم يغلق.\n",
    )
    assert any(" e kind must be one of" in line for line in said)
    assert "content/pages/about.md:4:5 w a quotation mark without its partner" in said


def test_what_could_not_be_read_is_not_called_missing(tmp_path: Path) -> None:
    broken = BASE["content/reports/a.md"].replace("mode: reported", "mode: خبر مهم")
    said = told(tmp_path, content__reports__a=broken)
    assert [line for line in said if " e " in line] == [next(line for line in said if "mode must be one of" in line)]
