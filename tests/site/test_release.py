"""The ledger of releases: every change of a claim shows, none is invented, and withdrawn words are nowhere."""

from __future__ import annotations

import html
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dossier.commands.pipeline import compose, site_files
from dossier.commands.release import release, write_releases
from dossier.commands.templates import TEMPLATES
from dossier.content.front_matter import parse_releases
from dossier.content.model import Release, Withdrawn
from dossier.content.paths import RELEASES
from dossier.engine.memo import Memo
from dossier.engine.snapshot import read_templates, snapshot
from dossier.errors import WrongUse
from dossier.linking.linked import LinkedDossier
from tests.conftest import ROOT

Claims = dict[str, dict[str, str]]
WORDS = [
    "قال",
    "المصدر",
    "إن",
    "الوفد",
    "وصل",
    "إلى",
    "المدينة",
    "مساء",
    "الخميس",
    "وغادرها",
    "فجرا",
    "بعد",
    "لقاء",
    "قصير",
    "لم",
    "تعلن",
    "نتائجه",
]
SECRET = "عبارة لا يجوز أن تظهر بعد اليوم"


def write(root: Path, claims: Claims, was: dict[str, list[str]] | None = None, brief: str = "موجز.") -> None:
    """Write a dossier whose reports have these claims, and nothing that was there before but the ledger."""
    for folder in ("content/reports", "seeds"):
        (root / folder).mkdir(parents=True, exist_ok=True)
        for path in (root / folder).iterdir():
            path.unlink()
    (root / "content/dossier.yaml").write_text("title: ملف\nurl: https://example.org/d/\n", "utf-8")
    for report, texts in claims.items():
        listed = "".join(
            f'  - {{id: {c}, text: "{text}", said: [{{who: null, as: مصدر}}], at: 1, mode: reported}}\n'
            for c, text in texts.items()
        )
        former = f"was: [{', '.join((was or {}).get(report, []))}]\n"
        head = (
            f'title: تقرير\nseed: {report}.txt\nadded: "2026-01-02"\n{former}claims:\n{listed}'
            if listed
            else f"title: تقرير\nseed: {report}.txt\n{former}"
        )
        (root / f"content/reports/{report}.md").write_text(f"---\n{head}---\n{brief}\n", "utf-8")
        (root / f"seeds/{report}.txt").write_text(f"نص {report}.\n", "utf-8")


def linked(root: Path) -> LinkedDossier:
    return compose(snapshot(root), Memo()).site


def page(root: Path, address: str) -> str:
    return site_files(linked(root), read_templates(TEMPLATES), Memo())[address]().decode()


def shown(root: Path) -> dict[str, tuple[str, str]]:
    """What the page of corrections shows: old and new words by anchor; a dash where there were none."""
    text = page(root, "/corrections/")
    found: dict[str, tuple[str, str]] = {}
    for item in re.findall(r'<li class="dispute" id="[^"]+">.*?</li>', text, re.DOTALL):
        anchor = re.findall(r'id="([^"]+)"', item)[0]
        sides = re.findall(r'<div class="side">(.*?)</div>', item, re.DOTALL)
        words = [re.findall(r'<p class="says">(.*?)</p>', side, re.DOTALL) for side in sides]
        old, new = (html.unescape(w[0]) if w else "-" for w in words)
        found[anchor] = (old, new)
    return found


def sentence(chance: random.Random) -> str:
    return " ".join(chance.sample(WORDS, 6)) + f" {chance.randrange(10**9)}"


def test_a_hundred_edits_all_show_and_none_is_invented(tmp_path: Path) -> None:
    chance = random.Random(19)
    claims: Claims = {f"r{n}": {f"c{k}": sentence(chance) for k in range(1, 5)} for n in range(4)}
    was: dict[str, list[str]] = {}
    write(tmp_path, claims)
    release(tmp_path, today="2026-01-01", note=None)
    expected: dict[str, tuple[str, str]] = {}
    moved: dict[str, str] = {}
    for number in range(100):
        day = f"2026-{2 + number // 28:02}-{1 + number % 28:02}"
        report = chance.choice(sorted(claims))
        kind = chance.choice(["reword", "reword", "reword", "remove", "add", "rename", "brief"])
        if kind == "rename":
            new = f"{report.split('x')[0]}x{number}"
            claims[new] = claims.pop(report)
            was[new] = [*was.pop(report, []), report]
            moved |= dict.fromkeys(was[new], new)
        elif kind == "add" or not claims[report]:
            claims[report][f"c{number + 100}"] = sentence(chance)
        elif kind in ("reword", "remove"):
            claim = chance.choice(sorted(claims[report]))
            old = claims[report].pop(claim)
            new = "-" if kind == "remove" else sentence(chance)
            if new != "-":
                claims[report][claim] = new
            expected[f"{report}|{claim}|{day}"] = (old, new)
        write(tmp_path, claims, was, brief=f"موجز {number}.")
        release(tmp_path, today=day, note=f"سبب {number}")
    today = {
        f"{moved.get(report, report)}-{claim}-{day}": words
        for key, words in expected.items()
        for report, claim, day in [key.split("|")]
    }
    assert len(today) > 40
    assert shown(tmp_path) == today


def test_a_corrected_claim_says_so_and_leads_to_the_correction(tmp_path: Path) -> None:
    write(tmp_path, {"a": {"c1": "قديم", "c2": "ثابت"}})
    release(tmp_path, today="2026-01-01", note=None)
    assert "صُحّح" not in page(tmp_path, "/reports/a/")
    write(tmp_path, {"a": {"c1": "جديد", "c2": "ثابت"}})
    release(tmp_path, today="2026-02-03", note="خطأ في النقل")
    report = page(tmp_path, "/reports/a/")
    assert report.count("../../corrections/#a-c1-2026-02-03") == 1
    assert 'id="a-c1-2026-02-03"' in page(tmp_path, "/corrections/")
    assert "خطأ في النقل" in page(tmp_path, "/corrections/")


def test_changes_of_one_day_have_addresses_of_their_own(tmp_path: Path) -> None:
    for words in ("أول", "ثان", "ثالث"):
        write(tmp_path, {"a": {"c1": words}})
        release(tmp_path, today="2026-01-01", note=None)
    assert shown(tmp_path) == {"a-c1-2026-01-01": ("أول", "ثان"), "a-c1-2026-01-01-2": ("ثان", "ثالث")}


def test_what_is_not_released_is_warned_of_and_nothing_is_written_twice(tmp_path: Path) -> None:
    write(tmp_path, {"a": {"c1": "قديم"}})
    release(tmp_path, today="2026-01-01", note=None)
    before = (tmp_path / RELEASES).read_bytes()
    assert "nothing changed" in release(tmp_path, today="2026-01-02", note=None)[0]
    assert (tmp_path / RELEASES).read_bytes() == before
    write(tmp_path, {"a": {"c1": "جديد"}})
    warnings = [w.message for w in compose(snapshot(tmp_path), Memo()).warnings]
    assert "1 claims changed since the release of 2026-01-01 (a#c1)" in warnings
    with pytest.raises(WrongUse, match="after today"):
        release(tmp_path, today="2025-12-31", note=None)


def everything(root: Path) -> dict[str, bytes]:
    """Every file of every output by name: site, search data, ZIP, with the ledger as it is passed on."""
    public, archive = root.parent / "public", root.parent / "a.zip"
    for args in (("build", "--out", public), ("archive", "--out", archive)):
        command = [sys.executable, ROOT / "build.py", args[0], "--root", root, *args[1:]]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    found = {str(path): path.read_bytes() for path in public.rglob("*") if path.is_file()}
    with zipfile.ZipFile(archive) as packed:
        found |= {name: packed.read(name) for name in packed.namelist()}
    return found


def test_withdrawn_words_are_nowhere_and_leave_their_reason(tmp_path: Path) -> None:
    root = tmp_path / "dossier"
    write(root, {"a": {"c1": SECRET, "c2": "ثابت"}})
    release(root, today="2026-01-01", note=None)
    assert any(SECRET.encode() in data for data in everything(root).values())
    with pytest.raises(WrongUse, match="no other words than today's"):
        release(root, today="2026-01-02", note=None, withdrawn=["a#c1"], reason="بطلب من ورد اسمه")
    write(root, {"a": {"c1": "قول معدّل", "c2": "ثابت"}}, brief=f"موجز فيه {SECRET} سهوًا.")
    release(root, today="2026-01-02", note=None)
    lines = release(root, today="2026-01-03", note=None, withdrawn=["a#c1"], reason="بطلب من ورد اسمه")
    assert "still stand in content/reports/a.md" in lines[1]
    write(root, {"a": {"c1": "قول معدّل", "c2": "ثابت"}})
    outputs = everything(root)
    rare = "يجوز"  # a word of it that stands nowhere else, for the search keeps words and not sentences
    for name, data in outputs.items():
        assert SECRET.encode() not in data, name
        assert "fonts" in name or rare.encode() not in data, name
    assert "بطلب من ورد اسمه" in outputs[str(tmp_path / "public/corrections/index.html")].decode()


def test_a_claim_that_was_taken_out_is_withdrawn_too(tmp_path: Path) -> None:
    write(tmp_path, {"a": {"c1": SECRET, "c2": "ثابت"}})
    release(tmp_path, today="2026-01-01", note=None)
    write(tmp_path, {"b": {"c2": "ثابت"}}, {"b": ["a"]})
    release(tmp_path, today="2026-01-02", note=None, withdrawn=["b#c1"], reason="ضرر")
    assert SECRET not in (tmp_path / RELEASES).read_text("utf-8")
    text = page(tmp_path, "/corrections/")
    assert "سُحبت هذه الكلمات: ضرر" in text
    assert "حُذف" in text
    with pytest.raises(WrongUse, match="no words of"):
        release(tmp_path, today="2026-01-03", note=None, withdrawn=["b#c9"], reason="ضرر")


def feed(root: Path, url: str) -> dict[str, str]:
    """Titles of the feed's entries by id."""
    site = compose(snapshot(root), Memo(), url=url).site
    tree = ElementTree.fromstring(site_files(site, read_templates(TEMPLATES), Memo())["/feed.xml"]())
    space = "{http://www.w3.org/2005/Atom}"
    return {e.findtext(f"{space}id", ""): e.findtext(f"{space}title", "") for e in tree.iter(f"{space}entry")}


def test_entries_of_the_feed_keep_their_ids_and_corrections_are_among_them(tmp_path: Path) -> None:
    write(tmp_path, {"a": {"c1": "قديم"}, "b": {}})
    release(tmp_path, today="2026-01-01", note=None)
    first = feed(tmp_path, "https://example.org/d/")
    assert len(first) == 2
    write(tmp_path, {"x": {"c1": "قديم"}, "b": {}}, {"x": ["a", "m"]})
    assert feed(tmp_path, "https://elsewhere.example/") == first
    write(tmp_path, {"x": {"c1": "جديد"}, "b": {}}, {"x": ["a", "m"]})
    release(tmp_path, today="2026-02-01", note=None)
    later = feed(tmp_path, "https://elsewhere.example/")
    assert first.items() <= later.items()
    assert [title for id, title in later.items() if id not in first] == ["تصحيح: وسيلة غير معروفة، القول 1"]


@pytest.mark.parametrize(
    "words",
    ['a "quote" \\ and: # hash', "سطر\u200fآخر", "- نعم", "null", "{withdrawn: no}", "'x'", "true", "\u0085x"],
)
def test_whatever_words_are_written_are_read_again(words: str) -> None:
    value = (
        Release(
            date="2026-01-01",
            note=words.strip(),
            claims={"a#c1": words.strip(), "a#c2": None, "b#c3": Withdrawn(withdrawn=words.strip())},
        ),
    )
    assert parse_releases(RELEASES, write_releases(value)) == (value, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x: 1", "the releases must be a list"),
        ('- {date: "2026-01-01"}', "a release needs claims"),
        ('- {date: "2026-01-01", claims: [a]}', "claims must be a mapping"),
        ('- {date: "2026-01-01", claims: {a: x}}', '"a" is not a claim'),
        ('- {date: "2026-01-01", claims: {a#c1: 5}}', "here stand a claim's words"),
        ('- {date: "2026-01-01", claims: {a#c1: {gone: x}}}', "here stand a claim's words"),
        ('- {date: "2026-01-02", claims: {}}\n- {date: "2026-01-01", claims: {}}', "stands below"),
    ],
)
def test_a_ledger_with_faults_is_refused_with_their_place(text: str, message: str) -> None:
    value, problems = parse_releases(RELEASES, f"{text}\n".encode())
    assert value is None
    assert message in problems[0].message
    assert problems[0].line >= 1
