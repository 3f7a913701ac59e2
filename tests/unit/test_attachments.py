"""Pictures and attachments of `content/files/`, tables and footnotes: shown where texts mean them, and told of where they cannot be."""

from __future__ import annotations

import pytest

from dossier.commands.onefile import make_one_file
from dossier.commands.pipeline import compose, site_files
from dossier.commands.templates import TEMPLATES
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, read_templates
from dossier.errors import ContentError
from dossier.linking.advice import advise
from dossier.pages.render import make_environment
from tests.unit.test_drafts import BASE

PNG = b"\x89PNG\r\n\x1a\n rest of a picture"
HEAD = "---\ntitle: عن الملف\n---\n"


def files_of(body: str, **files: bytes) -> dict[str, bytes | str]:
    attached = {f"content/files/{name.replace('__', '.')}": data for name, data in files.items()}
    return {**BASE, "content/pages/about.md": HEAD + body, **attached}


def said(body: str, **files: bytes) -> list[str]:
    snapshot = make_snapshot(files_of(body, **files))
    try:
        composition = compose(snapshot, Memo())
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return [str(p) for p in (*composition.warnings, *advise(composition.site, snapshot, Memo()))]


def test_a_picture_and_an_attachment_are_published_and_shown() -> None:
    body = "![خريطة الطريق](../files/map.png)\n\nوفي [السجل](files/register.pdf) المزيد.\n"
    files = files_of(body, map__png=PNG, register__pdf=b"%PDF-1.7")
    site = compose(make_snapshot(files), Memo()).site
    made = site_files(site, read_templates(TEMPLATES), Memo())
    page = made["/about/"]().decode()
    assert '<img src="../files/map.png" alt="خريطة الطريق" loading="lazy">' in page
    assert '<a href="../files/register.pdf">السجل</a>' in page
    assert (made["/files/map.png"](), made["/files/register.pdf"]()) == (PNG, b"%PDF-1.7")
    templates = read_templates(TEMPLATES)
    whole = make_one_file(site, templates, make_environment(templates), b"font").decode()
    assert 'src="data:image/png;base64,' in whole
    assert "register.pdf" not in whole


@pytest.mark.parametrize(
    ("body", "files", "expected"),
    [
        ("![](files/map.png)", {"map__png": PNG}, "content/pages/about.md:4:5: this picture has no description"),
        ("![خريطة](files/mapp.png)", {"map__png": PNG}, 'content/pages/about.md:4:10: there is no file "content/files/mapp.png" (did you mean "map.png"?)'),
        ("![خريطة](files/map.pdf)", {"map__pdf": b"%PDF"}, 'content/pages/about.md:4:10: "map.pdf" is no picture'),
        ("[خريطة](files/map.svg)", {"map__svg": b"<svg/>"}, "content/files/map.svg: files that end with .svg are not published"),
        ("![خريطة](files/map.png)", {"map__png": b"<html>"}, "content/files/map.png: the file is no png"),
        ("[خريطة](files/Map.png)", {"Map__png": PNG}, 'content/files/Map.png: "Map.png" cannot be the name'),
        ("نص", {"map__png": PNG}, "content/files/map.png: no text shows this file"),
        ("![خريطة](https://a.example/x.png)", {}, 'content/pages/about.md:4:10: the picture "https://a.example/x.png" is shown as a link'),
        ("نص <br> نص", {}, "content/pages/about.md:4:4: HTML is shown as it is written"),
        ("نص [علي](actor: ali)", {}, "content/pages/about.md:4:8: a link with a space behind its colon is no link"),
        ("نص[^1]", {}, 'content/pages/about.md:4:3: the footnote "1" has no text'),
        ("نص\n\n[^أ]: حاشية", {}, 'content/pages/about.md:6:1: the footnote "أ" has a text and stands nowhere'),
    ],
)  # fmt: skip
def test_what_would_not_show_is_told(body: str, files: dict[str, bytes], expected: str) -> None:
    assert [line for line in said(body, **files) if line.startswith(expected)], said(body, **files)


def test_tables_and_footnotes_are_shown() -> None:
    body = "| الجهة | المبلغ |\n|---|--:|\n| علي[^1] | 3 |\n\n[^1]: كما قال [علي](actor:ali) نفسه.\n"
    assert not [line for line in said(body) if "about.md" in line]
    site = compose(make_snapshot(files_of(body)), Memo()).site
    made = site_files(site, read_templates(TEMPLATES), Memo())
    for address in ("/about/", "/print/"):
        page = made[address]().decode()
        assert "<th>الجهة</th>" in page
        assert 'style="text-align' not in page
        assert 'id="fnref-page-about-1"' in page and 'href="#fn-page-about-1"' in page
        assert "كما قال" in page


def test_a_link_in_a_footnote_is_checked_at_its_place() -> None:
    body = "[^1]: كما قال [علي](actor:aly).\n\nنص[^1] و[علي](actor:ali).\n"
    assert said(body)[0].startswith('content/pages/about.md:4:21: link: "aly" is no id of an actor')
