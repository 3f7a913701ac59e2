"""Cards, pictures and files to take along: no claim leaves without its hedge and through whom it came."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dossier.commands.pipeline import compose, site_files
from dossier.commands.templates import TEMPLATES
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, read_templates
from dossier.linking.linked import LinkedDossier
from dossier.pages.charts.labels import letters
from dossier.pages.outline import Outline
from dossier.pages.pictures import FOOT, WIDTH, Words, _set, picture_files
from tests.unit.test_views import FILES, site_of, view

ROOT = Path(__file__).parents[2]


def made(site: LinkedDossier, address: str) -> bytes:
    return site_files(site, read_templates(TEMPLATES), Memo())[address]()


def texts(svg: str) -> list[tuple[int, str]]:
    return [
        (int(e.get("y", "")), "".join(e.itertext()).strip("\u202b\u202c"))
        for e in ElementTree.fromstring(svg).iter()
        if e.tag.endswith("text")
    ]


def test_a_card_has_words_chain_hedge_origins_and_the_way_to_the_report() -> None:
    html = made(site_of(), "/cards/one/c1/").decode()
    for needed in (
        "التقى سامي تاجرا",
        "بحار",
        "(قائل غير مسمّى)",
        "جريدة المرفأ",
        "متحفَّظ فيه",
        "مصدر أول واحد، غير مسمّى",
        "يخالفه غيره",
    ):
        assert needed in html, needed
    assert 'href="../../../reports/one/#c1"' in html and '<base target="_top">' in html and "<script" not in html


def test_only_claims_have_cards() -> None:
    outline = Outline(site_of())
    assert view(site_of(), "/cards/one/c2/").claim.card == "../../../cards/one/c2/"
    for address in ("/cards/one/c9/", "/cards/one/", "/cards/one/c1/x/", "/cards/none/c1/"):
        with pytest.raises(KeyError):
            outline[address]


def test_a_dossier_of_very_many_claims_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dossier.pages.views.frame.MOST_CARDS", 2)
    site = site_of()
    assert not [address for address in Outline(site) if address.startswith("/cards/")]
    assert view(site, "/reports/one/").claims[0].card is None


def test_every_page_with_a_picture_names_one_that_is_made() -> None:
    site = site_of()
    pictures = {
        f"https://press.example/files{address}" for address in picture_files(site, read_templates(TEMPLATES), Memo())
    }
    named = {address: view(site, address).shell.picture for address in Outline(site)}
    assert set(named.values()) == pictures
    assert named["/actors/sami/"].endswith("/pictures/actors/sami.png") and named["/events/"].endswith(
        "/pictures/site.png"
    )


def test_a_site_without_an_address_has_no_pictures() -> None:
    files = {**FILES, "content/dossier.yaml": "title: ملف\n"}
    site = compose(make_snapshot(files), Memo()).site
    assert view(site, "/").shell.picture is None and picture_files(site, read_templates(TEMPLATES), Memo()) == {}


def test_a_picture_is_a_png_of_the_size_that_sites_ask_for_and_kept_by_what_it_shows() -> None:
    memo = Memo()
    files = picture_files(site_of(), read_templates(TEMPLATES), memo)
    data = files["/pictures/cards/one/c1.png"]()
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", data[16:24]) == (1200, 630)
    assert files["/pictures/cards/one/c1.png"]() == data and memo.made["pictures"] == 1


def test_the_words_of_a_picture_never_lose_chain_or_hedge_and_stay_within() -> None:
    chain = "مصدر عسكري (قائل غير مسمّى) › " + " › ".join(["صحيفة ذات اسم طويل"] * 6)
    words = Words(
        kind="متحفَّظ فيه", title="قول طويل " * 60, lines=(chain, "مصدر أول واحد", "تقرير، القول 5"), large=False
    )
    lines = texts(_set(words, "ملف"))
    shown = " ".join(text for _, text in lines)
    assert shown.startswith("متحفَّظ فيه") and chain in shown and "مصدر أول واحد تقرير، القول 5" in shown and "…" in shown
    assert max(y for y, _ in lines[:-1]) <= FOOT and all(letters(text) * 0.47 * 32 <= WIDTH - 150 for _, text in lines)


def test_all_citations_lie_in_one_file_of_each_kind() -> None:
    site = site_of()
    assert [item["id"] for item in json.loads(made(site, "/citations.json"))] and len(
        json.loads(made(site, "/citations.json"))
    ) == 2
    assert made(site, "/citations.bib").count(b"@") == 2
    assert made(site, "/citations.ris").count(b"ER  -") == 2


def test_phones_and_browsers_find_their_icons() -> None:
    site = site_of()
    manifest = json.loads(made(site, "/site.webmanifest"))
    assert (manifest["name"], manifest["dir"]) == ("ملف الميناء", "rtl")
    files = site_files(site, read_templates(TEMPLATES), Memo())
    assert all(f"/{icon['src']}" in files for icon in manifest["icons"])
    assert made(site, "/favicon.ico")[:4] == b"\0\0\1\0"
