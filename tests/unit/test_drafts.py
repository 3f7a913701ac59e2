"""Drafts: shown while one writes, left out of what is published, and nothing published refers to one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from dossier.commands.build import build_archive, find_problems
from dossier.commands.pipeline import Composition, compose, site_files
from dossier.commands.templates import TEMPLATES
from dossier.commands.unchanged import Order
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, read_templates
from dossier.errors import ContentError
from tests.conftest import ROOT

BASE = {
    path.relative_to(ROOT / "tests/invalid/base").as_posix(): path.read_text("utf-8")
    for path in (ROOT / "tests/invalid/base").rglob("*")
    if path.is_file()
}
DRAFT = {
    "content/reports/b.md": "---\ntitle: تقرير ثان\nseed: b.txt\ndraft: true\nclaims:\n"
    "  - {id: c1, text: يقول علي شيئًا, said: [{who: sara}], at: 1, mode: reported}\n---\n",
    "content/actors/sara.md": "---\nname: سارة\nkind: person\ndraft: true\n---\n",
    "content/pages/about.md": "---\ntitle: عن الملف\ndraft: true\n---\n",
    "seeds/b.txt": "قال علي وسارة شيئًا.\n",
}


def composed(changes: dict[str, str], *, drafts: bool = False) -> Composition:
    return compose(make_snapshot({**BASE, **changes}), Memo(), drafts=drafts)


def lay_out(root: Path, changes: dict[str, str]) -> Path:
    for name, text in {**BASE, **changes}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def test_a_site_without_drafts_is_what_it_would_be_had_they_never_been_written() -> None:
    with_drafts, without = composed(DRAFT), composed({})
    assert with_drafts.warnings == ()
    assert with_drafts.left_out == set(DRAFT)
    templates = read_templates(TEMPLATES)
    ours, theirs = (site_files(made.site, templates, Memo()) for made in (with_drafts, without))
    assert list(ours) == list(theirs)
    for address in ("/", "/dossier.json", "/actors/", "/reports/a/", "/print/"):
        assert ours[address]() == theirs[address]()


def test_where_drafts_are_asked_for_their_pages_say_so() -> None:
    made = site_files(composed(DRAFT, drafts=True).site, read_templates(TEMPLATES), Memo())
    for address in ("/reports/b/", "/actors/sara/", "/about/"):
        assert '<p class="draft">' in made[address]().decode()
    assert '<p class="draft">' not in made["/reports/a/"]().decode()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("content/reports/a.md", "about: [ali]", "about: [sara]", '"sara" is a draft'),
        ("content/reports/a.md", "(claim:a#c1)", "(claim:b#c1)", 'link: "b" is a draft'),
        ("content/dossier.yaml", '"a#c1"', '"b#c1"', '"b" is a draft'),
        ("content/events/opening.md", "[ali]", "[sara]", '"sara" is a draft'),
    ],
)
def test_what_is_published_refers_to_no_draft(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    changes = {**DRAFT, file: BASE[file].replace(old, new)}
    with pytest.raises(ContentError) as refused:
        composed(changes)
    assert f"{said}, and what refers to it is published" in str(refused.value)
    assert composed(changes, drafts=True).left_out == set()
    assert [p for p in find_problems(lay_out(tmp_path, changes)) if said in p.message]


def test_the_faults_of_a_draft_keep_nothing_back_and_are_told_all_the_same(tmp_path: Path) -> None:
    broken = {**DRAFT, "content/reports/b.md": DRAFT["content/reports/b.md"].replace("who: sara", "who: nobody")}
    assert composed(broken).warnings == ()
    assert [p.where for p in find_problems(lay_out(tmp_path, broken)) if "nobody" in p.message] == [
        "content/reports/b.md:6:49"
    ]


def test_an_archive_holds_no_file_of_a_draft(tmp_path: Path) -> None:
    root, out = lay_out(tmp_path / "d", DRAFT), tmp_path / "a.zip"
    built = build_archive(Order(root=root, out=out), lambda _: None, moment=1_000_000_000)
    assert built.notes == ("drafts left out: content/actors/sara.md, content/pages/about.md, content/reports/b.md",)
    names = zipfile.ZipFile(out).namelist()
    assert not [name for name in names for draft in DRAFT if name.endswith(draft)]
    assert [name for name in names if name.endswith("content/reports/a.md")]


def test_a_picture_that_a_draft_alone_shows_is_left_out_with_it() -> None:
    picture = {"content/files/map.png": "\x89PNG\r\n\x1a\n".encode("latin-1")}
    body = DRAFT["content/pages/about.md"] + "![خريطة](../files/map.png)\n"
    files: dict[str, bytes | str] = {**BASE, **DRAFT, "content/pages/about.md": body, **picture}
    made = compose(make_snapshot(files), Memo())
    assert made.warnings == ()
    assert "content/files/map.png" in made.left_out
    assert not made.site.files
    assert list(compose(make_snapshot(files), Memo(), drafts=True).site.files) == ["map.png"]
