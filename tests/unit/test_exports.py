"""What machines read: dossier.json to the letter, feeds, tables, citations, pictures, the typeface."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from dossier.charts.network import draw_network, network_edges
from dossier.charts.timeline import TimelineEvent, draw_timeline
from dossier.citations import cite, json_ld
from dossier.exports import export_files
from dossier.fonts import subset_font
from dossier.memo import Memo
from dossier.pipeline import compose
from dossier.site import Site, named_with, related
from dossier.sources import make_snapshot

FILES = {
    "content/dossier.yaml": "title: ملف\nurl: https://example.org/d\n",
    "content/actors/port.md": "---\nname: سلطة الميناء\nkind: organisation\naliases: [الميناء]\nwas: [harbour]\n---\nجهة.\n",
    "content/actors/union.md": "---\nname: نقابة البحارة\nkind: organisation\n---\n",
    "content/actors/paper.md": "---\nname: جريدة المرفأ\nkind: outlet\n---\n",
    "content/events/strike.md": '---\ntitle: إضراب\nwhen: "2019-05"\nactors: [union]\n---\n',
    "content/reports/one.md": (
        '---\ntitle: "خبر <أول> & آخر"\nseed: one.txt\noutlet: paper\npublished: "2019-05/2019-06"\nclaims:\n'
        "  - {id: c1, text: قيل إن الإضراب بدأ, said: [{who: null, as: بحار, anonymous: true}, {who: paper}], about: [union, port],"
        ' when: "2019-05", at: 1, mode: reported, event: strike}\n---\nخلا\u0007صة.\n'
    ),
    "content/reports/two.md": (
        "---\ntitle: خبر ثان\nseed: two.txt\ncites: [{report: one, certainty: probable, why: يذكره}]\nclaims:\n"
        "  - {id: c1, text: قيل إنه لم يبدأ, said: [{who: port}], about: [union], at: 1, mode: denied,"
        " differs: [{report: one, claim: c1, in: date, why: تاريخ آخر}]}\n---\n"
    ),
    "seeds/one.txt": "قالت نقابة البحارة لسلطة الميناء إنها ستضرب.\n",
    "seeds/two.txt": "نفى الميناء أن نقابة البحارة أضربت.\n",
}


@pytest.fixture(scope="module")
def site() -> Site:
    return compose(make_snapshot(FILES), Memo()).site


def export(site: Site, name: str) -> bytes:
    return export_files(site, ("/", "/reports/one/", "/404.html"))[name]()


def test_dossier_json_has_the_fields_of_the_format(site: Site) -> None:
    data = json.loads(export(site, "/dossier.json"))
    assert list(data) == ["title", "reports", "actors", "events"]
    report = next(r for r in data["reports"] if r["id"] == "one")
    assert set(report) == {
        "id", "url", "title", "outlet", "via", "author", "genre", "topics", "grade", "published", "seed", "original", "actors",
        "mentions", "noise", "cites", "cited_by", "related", "claims",
    }  # fmt: skip
    assert report["url"] == "/reports/one/"
    assert report["published"] == {"edtf": "2019-05/2019-06", "earliest": "2019-05-01", "latest": "2019-06-30"}
    assert report["actors"] == [{"id": "port", "mentions": 1}, {"id": "union", "mentions": 1}]
    assert report["mentions"] == {
        "seed": [{"start": 5, "end": 18, "actor": "union"}, {"start": 20, "end": 32, "actor": "port"}],
        "original": [],
    }
    assert report["cited_by"] == ["two"]
    (claim,) = report["claims"]
    assert claim["said"] == [{"who": None, "as": "بحار", "anonymous": True}, {"who": "paper", "anonymous": False}]
    assert (claim["origins"], claim["depth"], claim["when"]) == (["actor:paper"], 1, "2019-05")
    assert set(claim) == {
        "id", "text", "said", "about", "when", "at", "mode", "event", "repeats", "agrees", "differs", "origins", "depth",
    }  # fmt: skip
    assert data["events"][0]["when"] == {"edtf": "2019-05", "earliest": "2019-05-01", "latest": "2019-05-31"}
    port = next(a for a in data["actors"] if a["id"] == "port")
    assert (port["reports"], port["mentions"], port["claims"]) == (["one", "two"], 2, ["one#c1"])


def test_related_reports_say_what_they_share(site: Site) -> None:
    (found,) = related(site, "one")
    assert (found.report, found.actors, found.events) == ("two", ("port", "union"), ())
    assert found.score > 0
    assert named_with(site, "port") == (("union", 2),)


def test_a_disagreement_is_there_once_for_both(site: Site) -> None:
    (dispute,) = site.disputes
    assert (dispute.left, dispute.right, dispute.aspect) == ("two#c1", "one#c1", "date")
    assert site.claims["one#c1"].differed_by == ("two#c1",)


def test_feeds_are_valid_xml_whatever_a_title_holds(site: Site) -> None:
    feed = ElementTree.fromstring(export(site, "/feed.xml"))
    titles = [e.text for e in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert "خبر <أول> & آخر" in titles
    addresses = [e.text for e in ElementTree.fromstring(export(site, "/sitemap.xml")).iter() if e.tag.endswith("loc")]
    assert addresses == ["https://example.org/d/", "https://example.org/d/reports/one/"]


def test_tables_hold_what_their_package_describes(site: Site) -> None:
    package = json.loads(export(site, "/datapackage.json"))
    for resource in package["resources"]:
        rows = list(csv.DictReader(io.StringIO(export(site, "/" + resource["path"]).decode("utf-8-sig"))))
        assert [field["name"] for field in resource["schema"]["fields"]] == list(rows[0])
    relations = list(csv.DictReader(io.StringIO(export(site, "/relations.csv").decode("utf-8-sig"))))
    assert [(r["kind"], r["from"], r["to"], r["in"]) for r in relations] == [
        ("cites", "two", "one", ""),
        ("differs", "two#c1", "one#c1", "date"),
    ]


def test_former_addresses_are_redirected(site: Site) -> None:
    assert export(site, "/_redirects") == b"/actors/harbour/* /actors/port/ 301\n/* /404.html 404\n"


def test_citations_hold_no_precision_that_is_not_known(site: Site) -> None:
    found = cite(site, "two")
    assert "بلا تاريخ معروف" in found.text
    assert "issued" not in json.loads(found.csl_json)[0]
    assert found.ris.startswith("TY  - ELEC") and found.ris.endswith("ER  - ")
    assert found.bibtex.startswith("@online{two,")


def test_json_ld_cannot_end_its_script(site: Site) -> None:
    text = json_ld(site, "one")
    assert "<" not in text
    assert json.loads(text)["@type"] == "NewsArticle"


def test_the_network_weighs_origins_and_is_the_same_every_time(site: Site) -> None:
    edges = network_edges(site)
    assert [(e.left, e.right, len(e.origins)) for e in edges] == [("port", "union", 1)]
    drawn = draw_network(site, edges, lambda actor: f"{actor}/")
    assert drawn == draw_network(site, edges, lambda actor: f"{actor}/")
    assert 'href="port/"' in drawn.svg and "style=" not in drawn.svg and not drawn.cut


def test_the_timeline_runs_right_to_left_and_fades_where_uncertain() -> None:
    def event(title: str, earliest: str | None, latest: str | None) -> TimelineEvent:
        return TimelineEvent(href="x/", title=title, when="", earliest=earliest, latest=latest, approximate=False)

    svg = draw_timeline([event("قديم", "2010-01-01", "2010-01-01"), event("<جديد>", "2015-01-01", "2015-12-31"), event("مفتوح", None, "2012-01-01")])
    places = [float(bar.split('x="')[1].split('"')[0]) for bar in svg.split('class="chart-bar"')[1:]]
    assert places[0] > places[1]
    assert "url(#fade-both)" in svg and "url(#fade-past)" in svg
    assert "&lt;جديد&gt;" in svg and "style=" not in svg


def test_the_typeface_is_small_keeps_its_joined_forms_and_is_the_same_every_time() -> None:
    data = subset_font()
    assert len(data) <= 50_000
    assert data == subset_font()
    font = TTFont(io.BytesIO(data))
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina"} <= features
    assert ord("ج") in font.getBestCmap()
    with pytest.raises(ValueError, match="no font"):
        subset_font("Comic")
