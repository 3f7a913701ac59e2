"""What machines read: dossier.json to the letter, feed and sitemap, tables with their package, redirects."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from dossier.commands.pipeline import Make, compose, site_files
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.linked import LinkedDossier
from dossier.pages.exports import report_record
from dossier.pages.feeds import MAX_ADDRESSES, entry_id, sitemap
from dossier.pages.moved import find_moved
from dossier.pages.outline import Outline

ATOM = "{http://www.w3.org/2005/Atom}"
SEED_ONE = "قالت نقابة البحارة لسلطة الميناء إنها ستضرب.\n"
ORIGINAL = "قالت نقابة البحارة أمس إنها ستضرب.\n\nاقرأ أيضا: أسعار السمك في الميناء\n"
SHA = hashlib.sha256(ORIGINAL.encode()).hexdigest()
REPORT_ONE = f"""---
title: خبر <أول> & آخر
seed: one.txt
added: 2020-01-05
revised: 2020-02-06
outlet: paper
via: [gazette]
author: سلمى البحري
published: "2019-05/2019-06"
genre: digest
short: الميناء 2019
lang: ar
topics: [الميناء]
was: [first]
original: {{sha256: "{SHA}", file: one.txt}}
claims:
  - {{id: c1, text: قيل إن الإضراب بدأ, said: [{{who: null, as: بحار, anonymous: true}}, {{who: paper}}], about: [union, port],
     when: "2019-05", when_text: الربيع, at: 1, original_at: 1, mode: reported, event: strike,
     credibility: {{number: 3, note: يرد في خبرين}}}}
---
خلاصة.
"""
REPORT_TWO = """---
title: خبر ثان
seed: two.txt
cites: [{report: one, certainty: probable, why: يذكره}]
claims:
  - {id: c1, text: قيل إنه لم يبدأ, said: [{who: port}], about: [union], at: 1, mode: denied,
     differs: [{report: one, claim: c1, in: date, certainty: certain, why: تاريخ آخر}]}
  - {id: c2, text: =نقل, said: [{who: gazette}, {who: port}], at: 1, mode: reported, event: strike,
     repeats: [{report: one, claim: c1, certainty: probable, why: ينقله}]}
  - {id: c3, text: شهد بمثله, said: [{who: null, as: صياد, anonymous: true}], at: 1, mode: hedged,
     agrees: [{report: one, claim: c1}]}
---
"""
FILES = {
    "content/dossier.yaml": (
        "title: ملف\nurl: https://example.org/d/\n"
        "judgments:\n  - {title: إضراب, text: قيل إن إضرابًا بدأ, confidence: low, claims: ['one#c1']}\n"
        "unknowns:\n  - {text: متى انتهى؟, claims: ['one#c1']}\n"
        "tables:\n  - id: who\n    title: من فعل ماذا\n    rows: [{actor: union, note: لم تُسأل}]\n"
        "    columns: [{id: strike, title: إضراب}]\n"
        "    cells: [{row: union, column: strike, text: بدأته, claims: ['one#c1', 'two#c1']}]\n"
    ),
    "content/actors/port.md": (
        "---\nname: سلطة الميناء\nlatin: Port Authority\nkind: organisation\naliases: [الميناء]\nspellings: [مينا]\nwas: [harbour]\n---\nجهة.\n"
    ),
    "content/actors/union.md": "---\nname: نقابة البحارة\nkind: organisation\n---\n",
    "content/actors/paper.md": "---\nname: جريدة المرفأ\nkind: outlet\nreliability: {letter: C, interest: للميناء}\n---\n",
    "content/actors/gazette.md": "---\nname: صحيفة الشراع\nkind: outlet\n---\n",
    "content/events/strike.md": '---\ntitle: إضراب\nwhen: "2019-05/.."\nactors: [union]\nwas: [halt]\n---\n',
    "content/events/talks.md": "---\ntitle: محادثات\n---\n",
    "content/reports/one.md": REPORT_ONE,
    "content/reports/two.md": REPORT_TWO,
    "seeds/one.txt": SEED_ONE,
    "seeds/two.txt": "نفى الميناء أن نقابة البحارة أضربت.\n",
}


@pytest.fixture(scope="module")
def site() -> LinkedDossier:
    return compose(make_snapshot(FILES, {"any-name.txt": ORIGINAL.encode()}), Memo()).site


@pytest.fixture(scope="module")
def data(site: LinkedDossier) -> Any:
    return json.loads(export(site, "/dossier.json"))


def exports_of(site: LinkedDossier) -> Mapping[str, Make]:
    return site_files(site, {"worker.js": b""}, Memo()).others


def export(site: LinkedDossier, name: str) -> bytes:
    return exports_of(site)[name]()


def rows(site: LinkedDossier, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(site, name).decode("utf-8-sig"), newline="")))


def by_id(records: list[Any], ident: str) -> Any:
    return next(r for r in records if r["id"] == ident)


def test_a_report_has_exactly_the_fields_of_the_format(data: Any, site: LinkedDossier) -> None:
    assert list(data) == ["title", "judgments", "unknowns", "tables", "reports", "actors", "events", "sources"]
    found = dict(by_id(data["reports"], "one"))
    related, claims = found.pop("related"), found.pop("claims")
    assert found == {
        "id": "one", "url": "/reports/one/", "title": "خبر <أول> & آخر", "short": "الميناء 2019", "lang": "ar", "outlet": "paper", "via": ["gazette"],
        "author": "سلمى البحري", "genre": "digest", "topics": ["الميناء"],
        "published": {"edtf": "2019-05/2019-06", "earliest": "2019-05-01", "latest": "2019-06-30"},
        "seed": {"file": "one.txt", "sha256": hashlib.sha256(SEED_ONE.encode()).hexdigest()},
        "original": {"sha256": SHA, "file": "one.txt", "present": True}, "originals": [],
        "actors": [{"id": "union", "mentions": 2}, {"id": "port", "mentions": 1}],
        "mentions": {
            "seed": [{"start": 5, "end": 18, "actor": "union"}, {"start": 20, "end": 32, "actor": "port"}],
            "original": [{"start": 5, "end": 18, "actor": "union"}],
        },
        "noise": {"original": [{"start": 36, "end": len(ORIGINAL) - 1, "reason": "see-also"}]},
        "cites": [], "cited_by": ["two"],
    }  # fmt: skip
    assert [set(r) for r in related] == [{"report", "score", "actors", "events"}]
    assert (related[0]["report"], related[0]["actors"], related[0]["events"]) == ("two", ["port", "union"], ["strike"])
    assert len(claims) == 1
    assert report_record(site, "one") == by_id(json.loads(export(site, "/dossier.json"))["reports"], "one")


def test_a_claim_has_exactly_the_fields_of_the_format(data: Any) -> None:
    assert by_id(data["reports"], "one")["claims"] == [{
        "id": "c1", "text": "قيل إن الإضراب بدأ", "about": ["union", "port"], "when": "2019-05", "when_text": "الربيع",
        "at": 1, "original_at": 1, "mode": "reported", "credibility": {"number": 3, "note": "يرد في خبرين"},
        "said": [{"who": None, "as": "بحار", "anonymous": True}, {"who": "paper", "anonymous": False}],
        "event": "strike", "repeats": [], "agrees": [], "differs": [], "depth": 1,
        "origins": [{"key": "actor:paper", "kind": "anonymous"}],
    }]  # fmt: skip


def test_relations_say_to_what_how_sure_and_why(data: Any) -> None:
    two = by_id(data["reports"], "two")
    assert two["cites"] == [{"report": "one", "certainty": "probable", "why": "يذكره"}]
    first, second, third = two["claims"]
    to = {"report": "one", "claim": "c1"}
    assert first["differs"] == [{**to, "in": "date", "certainty": "certain", "why": "تاريخ آخر"}]
    assert second["repeats"] == [{**to, "certainty": "probable", "why": "ينقله"}]
    assert third["agrees"] == [{**to, "certainty": "probable", "why": None}]
    assert [[(o["key"], o["kind"]) for o in c["origins"]] for c in two["claims"]] == [
        [("actor:port", "named")], [("actor:paper", "anonymous")], [("report:two", "anonymous")],
    ]  # fmt: skip
    assert [c["when"] for c in two["claims"]] == [None] * 3


def test_what_is_not_known_is_null(data: Any) -> None:
    two = by_id(data["reports"], "two")
    assert [two[name] for name in ("outlet", "author", "published", "original")] == [None] * 4
    assert (two["short"], two["lang"], two["claims"][0]["credibility"]) == (None, "ar", None)
    assert (two["via"], two["noise"], two["mentions"]["original"]) == ([], {"original": []}, [])


def test_actors_and_events_have_exactly_the_fields_of_the_format(data: Any) -> None:
    assert by_id(data["actors"], "port") == {
        "id": "port", "url": "/actors/port/", "name": "سلطة الميناء", "latin": "Port Authority", "kind": "organisation",
        "aliases": ["الميناء"], "reliability": None, "reports": ["one", "two"], "mentions": 2, "claims": ["one#c1"],
    }  # fmt: skip
    assert by_id(data["events"], "strike") == {
        "id": "strike", "url": "/events/strike/", "title": "إضراب", "actors": ["union"], "reports": ["one", "two"],
        "when": {"edtf": "2019-05/..", "earliest": "2019-05-01", "latest": None}, "claims": ["one#c1", "two#c2"],
    }  # fmt: skip
    assert by_id(data["events"], "talks")["when"] is None


def test_judgments_unknowns_and_tables_are_there(data: Any) -> None:
    assert data["judgments"] == [
        {"title": "إضراب", "text": "قيل إن إضرابًا بدأ", "confidence": "low", "claims": ["one#c1"], "supported": "low"}
    ]
    assert data["unknowns"] == [{"text": "متى انتهى؟", "claims": ["one#c1"]}]
    assert data["tables"] == [{
        "id": "who", "title": "من فعل ماذا", "note": None, "rows": [{"actor": "union", "note": "لم تُسأل"}],
        "columns": [{"id": "strike", "title": "إضراب"}],
        "cells": [{"row": "union", "column": "strike", "text": "بدأته", "claims": ["one#c1", "two#c1"]}],
    }]  # fmt: skip
    assert by_id(data["actors"], "paper")["reliability"] == {"letter": "C", "note": None, "interest": "للميناء"}


def test_sources_say_what_falls_without_each(data: Any) -> None:
    assert [source["id"] for source in data["sources"]] == ["anonymous", "unsourced", "gazette", "paper", "port"]
    assert by_id(data["sources"], "paper") == {
        "id": "paper", "url": "/sources/paper/", "falls": ["one#c1", "two#c2"], "stands_on_others": ["one#c1", "two#c2"],
        "judgments": {"all": [0], "some": []},
    }  # fmt: skip


def test_spans_count_code_points_of_the_text(data: Any) -> None:
    found = by_id(data["reports"], "one")["mentions"]
    assert [SEED_ONE[m["start"] : m["end"]] for m in found["seed"]] == ["نقابة البحارة", "سلطة الميناء"]
    assert [ORIGINAL[m["start"] : m["end"]] for m in found["original"]] == ["نقابة البحارة"]


def test_an_original_that_is_not_taken_up_is_known_and_not_present() -> None:
    without = compose(make_snapshot(FILES), Memo()).site
    record = report_record(without, "one")
    assert record["original"] == {"sha256": SHA, "file": "one.txt", "present": False}
    assert (record["noise"], record["mentions"]["original"]) == ({"original": []}, [])


def test_arabic_is_written_as_itself_and_the_same_every_time(site: LinkedDossier) -> None:
    again = compose(make_snapshot(dict(reversed(FILES.items())), {"b.txt": ORIGINAL.encode()}), Memo()).site
    for name in exports_of(site):
        assert export(site, name) == export(again, name)
    assert "نقابة البحارة" in export(site, "/dossier.json").decode()


def test_the_feed_is_xml_whatever_a_title_holds(site: LinkedDossier) -> None:
    unfit = site.settings.model_copy(update={"title": "م\x07ل\x00ف <\ufffe\ud800>"})
    feed = ElementTree.fromstring(export(replace(site, settings=unfit), "/feed.xml"))
    assert feed.findtext(f"{ATOM}title") == "ملف <>"


def test_an_entry_tells_when_its_report_came_in_and_when_it_changed(site: LinkedDossier) -> None:
    feed = ElementTree.fromstring(export(site, "/feed.xml"))
    entries = {entry.findtext(f"{ATOM}id"): entry for entry in feed.iter(f"{ATOM}entry")}
    one = entries[entry_id("reports", (*site.reports["one"].report.was, "one")[0])]
    assert (one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}summary")) == ("خبر <أول> & آخر", "خلاصة.")
    assert (one.findtext(f"{ATOM}published"), one.findtext(f"{ATOM}updated")) == (
        "2020-01-05T00:00:00Z",
        "2020-02-06T00:00:00Z",
    )


def test_the_feed_has_what_atom_requires(site: LinkedDossier) -> None:
    feed = ElementTree.fromstring(export(site, "/feed.xml"))
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        assert all(element.findtext(f"{ATOM}{tag}") for tag in ("id", "title", "updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "ملف"
    assert feed.findtext(f"{ATOM}updated") == "2020-02-06T00:00:00Z"
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "self": "https://example.org/d/feed.xml", "alternate": "https://example.org/d/",
    }  # fmt: skip


def test_the_sitemap_has_pages_and_neither_former_addresses_nor_404(site: LinkedDossier) -> None:
    places = [e.text for e in ElementTree.fromstring(export(site, "/sitemap.xml")).iter() if e.tag.endswith("loc")]
    assert {
        "https://example.org/d/",
        "https://example.org/d/reports/one/",
        "https://example.org/d/actors/port/",
    } <= set(places)
    assert not [p for p in places if p is None or p.endswith(("404.html", "/first/", "/harbour/", "/halt/"))]


def test_a_sitemap_keeps_to_the_protocols_limit() -> None:
    root = ElementTree.fromstring(sitemap("https://example.org", [f"/reports/r{n}/" for n in range(MAX_ADDRESSES + 5)]))
    assert len(root) == MAX_ADDRESSES


def test_without_an_address_there_is_neither_feed_nor_sitemap() -> None:
    bare = compose(make_snapshot(FILES | {"content/dossier.yaml": "title: ملف\n"}), Memo()).site
    assert not {"/feed.xml", "/sitemap.xml"} & set(exports_of(bare))
    assert b"Sitemap" not in export(bare, "/robots.txt")


def test_robots_are_told_where_the_sitemap_is(site: LinkedDossier) -> None:
    assert export(site, "/robots.txt").decode().splitlines()[-1] == "Sitemap: https://example.org/d/sitemap.xml"


def test_tables_hold_what_their_package_describes(site: LinkedDossier) -> None:
    package = json.loads(export(site, "/datapackage.json"))
    assert package["homepage"] == "https://example.org/d/"
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(rows(site, "/" + resource["path"])[0])
        assert all(field["description"] for field in fields)
        for field in fields:
            values = {row[field["name"]] for row in rows(site, "/" + resource["path"])} - {""}
            assert field["type"] != "integer" or all(value.isdecimal() for value in values)
            assert field["type"] != "boolean" or values <= {"true", "false"}
    claims = [row["ref"] for row in rows(site, "/claims.csv")]
    assert package["resources"][0]["schema"]["primaryKey"] == "ref" and len(claims) == len(set(claims)) == 4


def test_the_table_of_claims_tells_kinds_of_origins_apart(site: LinkedDossier) -> None:
    found = {r["ref"]: (r["first_speaker"], r["origins"], r["origin_kinds"]) for r in rows(site, "/claims.csv")}
    assert found == {
        "one#c1": ("anonymous", "actor:paper", "anonymous"),
        "two#c1": ("named", "actor:port", "named"),
        "two#c2": ("unsourced", "actor:paper", "anonymous"),
        "two#c3": ("anonymous", "report:two", "anonymous"),
    }


def test_every_relation_is_a_row(site: LinkedDossier) -> None:
    assert [(r["kind"], r["from"], r["to"], r["in"], r["certainty"]) for r in rows(site, "/relations.csv")] == [
        ("cites", "two", "one", "", "probable"), ("differs", "two#c1", "one#c1", "date", "certain"),
        ("repeats", "two#c2", "one#c1", "", "probable"), ("agrees", "two#c3", "one#c1", "", "probable"),
    ]  # fmt: skip


def test_no_spreadsheet_takes_a_cell_for_a_formula(site: LinkedDossier) -> None:
    texts = {row["ref"]: row["text"] for row in rows(site, "/claims.csv")}
    assert texts["two#c2"] == "'=نقل"


def test_former_addresses_are_redirected_even_where_a_page_stands_and_all_else_is_404(site: LinkedDossier) -> None:
    assert export(site, "/_redirects").decode().splitlines() == [
        "/reports/first/* /reports/one/ 301!", "/actors/harbour/* /actors/port/ 301!", "/events/halt/* /events/strike/ 301!",
        "/* /404.html 404",
    ]  # fmt: skip
    assert {moved.former for moved in find_moved(site)} <= set(Outline(site))
