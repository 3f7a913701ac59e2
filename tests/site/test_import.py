"""`import`: what other tools hold comes in, what is there stays, and what would not pass `check` is refused by its place."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from dossier.commands.build import find_problems
from dossier.commands.importing.command import import_file, write_template
from dossier.content.parsing import parse_dossier
from dossier.engine.snapshot import snapshot
from dossier.errors import ContentError, WrongUse
from tests.conftest import run_build

REPORT = """---
title: تعلن بلدية المرفأ فتح السوق
seed: souq.txt
outlet: marfa-news
claims:
  - id: c1
    text: تقول «أخبار المرفأ» إن السوق سيفتح.
    said: [{who: marfa-news}]  # وحدها
    at: 1
    mode: planned
# ما يلي للتصحيح
topics: [سوق]
---

موجز.
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    files = {
        "content/dossier.yaml": "title: ملف السوق\n",
        "content/actors/marfa-news.md": "---\nname: أخبار المرفأ\nkind: outlet\n---\n",
        "content/reports/souq.md": REPORT,
        "seeds/souq.txt": "يفتح السوق.\n\nيعود التجار.\n",
    }
    for name, text in files.items():
        path = tmp_path / "root" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "root"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an import: the exit status that it leads to, and all it said."""

    status: int
    said: str


def take_in(root: Path, file: Path) -> Done:
    """Import a file as the command does, without a process for it."""
    try:
        return Done(0, "\n".join(import_file(root, file, today="2026-11-26")))
    except ContentError as error:
        return Done(1, str(error))
    except WrongUse as error:
        return Done(2, str(error))


def is_in_order(root: Path) -> bool:
    return not any(problem.severity == "error" for problem in find_problems(root))


def table(path: Path, *rows: dict[str, object]) -> Path:
    """A spreadsheet of claims, with a sheet before it that is none."""
    head = ("report", "claim", "text", "said", "about", "when", "at", "mode", "credibility", "event")
    book = openpyxl.Workbook()
    book.active.append(["ملاحظات"])
    sheet = book.create_sheet("أقوال")
    sheet.append(head)
    for row in rows:
        sheet.append([row.get(name) for name in head])
    book.save(path)
    return path


CLAIM = {
    "report": "souq",
    "text": "يقول تاجر إن التجار سيعودون.",
    "said": "تاجر; marfa-news",
    "about": "marfa-news",
    "at": 2,
    "mode": "hedged",
}


def test_our_own_exports_come_back_under_the_same_ids(site: Path, dossier: Path, tmp_path: Path) -> None:
    known = json.loads((site / "dossier.json").read_text("utf-8"))
    for number, references in enumerate(("citations.json", "citations.ris", "citations.bib")):
        root = tmp_path / str(number)
        (root / "content").mkdir(parents=True)
        (root / "content/dossier.yaml").write_text("title: عودة\n", "utf-8")
        (root / "seeds").mkdir()
        for seed in (dossier / "seeds").glob("*.txt"):
            (root / "seeds" / seed.name).write_bytes(seed.read_bytes())
        for name in ("entities.ftm.json", references, *(["claims.csv"] if number == 0 else [])):
            done = take_in(root, site / name)
            assert done.status == 0, done.said
        found, problems = parse_dossier(snapshot(root))
        assert not [problem for problem in problems if problem.severity == "error"]
        for kind, entries in (("actors", found.actors), ("events", found.events), ("reports", found.reports)):
            assert {entry.id for entry in entries} == {entry["id"] for entry in known[kind]}, (references, kind)
        assert {(a.id, a.name, a.kind, frozenset({a.latin, *a.aliases}) - {None}) for a in found.actors} == {
            (a["id"], a["name"], a["kind"], frozenset({a["latin"], *a["aliases"]}) - {None}) for a in known["actors"]
        }
        assert {report.title for report in found.reports} == {report["title"] for report in known["reports"]}
        if number == 0:
            claims = {(r.id, c.id, c.text, c.when, c.at, c.mode, c.about) for r in found.reports for c in r.claims}
            expected = {
                (r["id"], c["id"], c["text"], c["when"], c["at"], c["mode"], tuple(c["about"]))
                for r in known["reports"]
                for c in r["claims"]
            }
            assert claims == expected
            again = take_in(root, site / "claims.csv")
            assert again.said.count("is there already; left as it is") == len(expected)
            assert "nothing was written" in again.said


def test_claims_of_a_spreadsheet_stand_behind_those_that_are_there(small: Path, tmp_path: Path) -> None:
    done = take_in(small, table(tmp_path / "claims.xlsx", CLAIM, {**CLAIM, "claim": "c1", "text": "قول آخر"}))
    assert done.status == 0, done.said
    assert "souq#c1: is there already, with other words; left as it is" in done.said
    lines = (small / "content/reports/souq.md").read_text("utf-8").splitlines()
    assert [line for line in lines if line in REPORT.splitlines()] == REPORT.splitlines()  # no line of ours is changed
    (report,) = parse_dossier(snapshot(small))[0].reports
    assert [claim.id for claim in report.claims] == ["c1", "c2"]
    assert [speaker.who or speaker.described for speaker in report.claims[1].said] == ["تاجر", "marfa-news"]
    assert is_in_order(small)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"report": "suq"}, 'sheet "أقوال", cell A2: no report "suq" is here'),
        ({"mode": "sicher"}, 'sheet "أقوال", cell H2: '),
        ({"at": "ثانية"}, 'sheet "أقوال", cell G2: '),
        ({"at": 9}, 'sheet "أقوال", cell G2: there is no paragraph 9'),
        ({"about": "marfa-new"}, 'sheet "أقوال", cell E2: no actor "marfa-new" is here'),
        ({"event": "opening"}, 'sheet "أقوال", cell J2: '),
        ({"when": "الصيف"}, 'sheet "أقوال", cell F2: '),
        ({"text": None}, 'sheet "أقوال", cell C2: '),
        ({"said": None}, 'sheet "أقوال", cell D2: '),
    ],
)
def test_a_fault_is_told_by_sheet_and_cell_and_nothing_is_written(
    small: Path, tmp_path: Path, wrong: dict[str, object], said: str
) -> None:
    done = take_in(small, table(tmp_path / "claims.xlsx", {**CLAIM, **wrong}))
    assert done.status == 1
    assert f"claims.xlsx, {said}" in done.said
    assert (small / "content/reports/souq.md").read_text("utf-8") == REPORT


def test_the_template_offers_what_the_dossier_has_and_is_read_back(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "claims.xlsx"
    assert run_build("import", "--template", str(path), "--root", str(small)).returncode == 0
    assert run_build("import", "--template", str(path), "--root", str(small)).returncode == 2  # it is there
    book = openpyxl.load_workbook(path)
    sheet = book["claims"]
    columns = {cell.value: cell.column_letter for cell in sheet[1]}
    rules = {str(rule.sqref).split("2:")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    reports = [cell.value for cell in book["lists"][rules[columns["report"]].split("$")[1]]]
    assert reports[1] == "souq"
    assert {columns["mode"], columns["said"], columns["credibility"]} <= set(rules)
    for name, value in CLAIM.items():
        sheet[f"{columns[name]}2"] = value
    book.save(path)
    assert "claims added" in take_in(small, path).said
    written = tmp_path / "claims.csv"
    write_template(small, written)
    out = io.StringIO()
    csv.DictWriter(out, list(columns)).writerow({**CLAIM, "text": "يقول تاجر شيئًا آخر."})
    written.write_bytes(written.read_bytes() + out.getvalue().encode())
    assert "claims added" in take_in(small, written).said
    assert is_in_order(small)


ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/AB12CD34", "type": "article-newspaper", "title": "Market reopens", "container-title": "أخبار المرفأ",
        "author": [{"family": "Mansour", "given": "Salem"}], "issued": {"date-parts": [["2019", 6, 3]]}, "language": "en", "URL": "https://marfa.example/1",
        "abstract": "The market reopens in summer.",
    },
]  # fmt: skip
RIS = "TY  - NEWS\nTI  - Market reopens\nAU  - Mansour, Salem\nT2  - أخبار المرفأ\nDA  - 2019/06/03/\nUR  - https://marfa.example/1\nAB  - The market\n reopens in summer.\nER  - \n"


@pytest.mark.parametrize(("name", "text"), [("z.json", json.dumps(ZOTERO)), ("z.ris", RIS)])
def test_references_of_zotero_begin_reports(small: Path, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    done = take_in(small, tmp_path / name)
    assert done.status == 0, done.said
    assert "seeds hold what the references tell" in done.said
    (new,) = (report for report in parse_dossier(snapshot(small))[0].reports if report.id != "souq")
    assert (new.title, new.outlet, new.published) == ("Market reopens", "marfa-news", "2019-06-03")
    assert new.author and "Mansour" in new.author
    assert "https://marfa.example/1" in (small / f"content/reports/{new.id}.md").read_text("utf-8")
    assert (small / f"seeds/{new.id}.txt").read_text("utf-8") == "The market reopens in summer.\n"
    assert is_in_order(small)


def test_actors_come_from_a_table_and_from_entities_of_others(small: Path, tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text(
        "name;latin;kind;aliases\nبلدية المرفأ;Marfa Municipality;government;البلدية, بلدية\n", "utf-8"
    )
    assert take_in(small, tmp_path / "actors.csv").status == 0
    person = {
        "id": "NK-x1",
        "schema": "Person",
        "properties": {"name": ["Salem Mansour", "سالم المنصور"], "notes": ["[خطر](actor:nobody) <b>"]},
    }
    belongs = {"id": "m1", "schema": "Membership", "properties": {"member": ["NK-x1"], "organization": ["NK-x2"]}}
    whole = {"id": "NK-x2", "schema": "Company", "properties": {"name": ["شركة السوق"]}}
    lines = "\n".join(json.dumps(entity, ensure_ascii=False) for entity in (person, belongs, whole))
    (tmp_path / "entities.ftm.json").write_text(lines, "utf-8")
    assert take_in(small, tmp_path / "entities.ftm.json").status == 0
    actors = {actor.id: actor for actor in parse_dossier(snapshot(small))[0].actors}
    assert set(actors) == {"marfa-news", "marfa-municipality", "salem-mansour", "nk-x2"}
    assert (actors["salem-mansour"].name, actors["salem-mansour"].part_of) == ("سالم المنصور", ("nk-x2",))
    assert is_in_order(small)


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("x.docx", b"", 2, "cannot be told by its ending"),
        ("x.xlsx", b"PK\x03\x04 broken", 2, "its archive is broken"),
        ("x.csv", b"a,b\n1,2\n", 2, "has the columns of claims"),
        ("x.csv", "نص".encode("windows-1256"), 2, "not UTF-8"),
        ("x.csv", b"report,text,said,at,mode\n" + b"a,b,c,1,d\n" * 10_001, 2, "more than 10,000 rows"),
        ("x.json", b'{"id": 1}\n', 1, "no entity of FollowTheMoney"),
        ("x.json", b"[" * 100_000, 1, "no JSON"),
        ("x.json", b'["a"]', 1, "item 1 is no reference"),
        ("x.ris", b"TY  - NEWS\nTI  - a\n", 1, "has no end"),
        ("x.bib", b"nothing", 1, "no reference was found"),
        ("x.bib", b"@a{b" * 500_000, 1, "no reference was found"),
        ("x.bib", b"@a{b,t={" * 200_000, 1, "no title"),
        ("x.ris", b"TY  - NEWS\nAB  - a\n" + b"more of it\n" * 500_000 + b"ER  - \n", 1, "no title"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_in_a_sentence(
    small: Path, tmp_path: Path, name: str, data: bytes, status: int, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    done = take_in(small, tmp_path / name)
    assert (done.status, said in done.said) == (status, True), done.said
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


def test_fragments_are_one_entity_and_references_that_stand_twice_are_two(small: Path, tmp_path: Path) -> None:
    fragments = (
        {"id": "p1", "schema": "Person", "properties": {"name": ["سالم\u2028المنصور"]}},
        {"id": "p1", "schema": "Person", "properties": {"name": ["Salem Mansour"], "summary": ["تاجر"]}},
    )
    text = "\n".join(json.dumps(fragment, ensure_ascii=False) for fragment in fragments)
    (tmp_path / "e.ftm.json").write_text(text, "utf-8")
    done = take_in(small, tmp_path / "e.ftm.json")
    assert "content/actors/salem-mansour.md: written" in done.said
    twice = '@online{a, title = "خبر {في} سطر", year = 2019}\n@misc{a, title={خبر {في} سطر}, date = {2019-06}, note = {50\\% \\textbraceleft{}}}\n'
    (tmp_path / "t.bib").write_text(twice, "utf-8")
    done = take_in(small, tmp_path / "t.bib")
    assert done.status == 0, done.said
    new = [report for report in parse_dossier(snapshot(small))[0].reports if report.id != "souq"]
    assert sorted((report.title, report.published) for report in new) == [
        ("خبر في سطر", "2019"),
        ("خبر في سطر", "2019-06"),
    ]
