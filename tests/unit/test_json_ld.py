"""JSON-LD of every kind of page: what schema.org itself allows, every claim with its chain, nothing surer than it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

import pytest

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, snapshot
from dossier.linking.linked import LinkedDossier
from dossier.pages.outline import Outline
from tests.conftest import ROOT

SCHEMA: Any = json.loads((ROOT / "tests/gold/schema-org.json").read_text("utf-8"))
SIMPLE = {
    "Text": r".+",
    "URL": r"https?://\S+",
    "Date": r"\d{4}(-\d{2}){0,2}",
    "DateTime": r"(?!)",
    "Language": r"(?!)",
}
REPORT = """---
title: '</script><b>خبر & نبأ'
seed: one.txt
outlet: site
via: [paper]
author: سلمى البحري
published: {published}
added: 2020-01-05
revised: 2020-02-06
genre: opinion
original: {{sha256: {sha}, headline: عنوان الموقع}}
claims:
  - {{id: c1, text: قيل كذا, said: [{{who: null, as: مصدر عسكري, anonymous: true}}, {{who: paper}}, {{who: salma}}, {{who: site}}], about: [marfa], at: 1, mode: hedged}}
  - {{id: c2, text: قيل غيره, said: [{{who: site}}], at: 1, mode: reported, repeats: [{{report: two, claim: c1, certainty: probable, why: ينقله}}]}}
  - {{id: c3, text: قالت المرفأ, said: [{{who: marfa}}, {{who: site}}], at: 1, mode: planned, event: talks,
     repeats: [{{report: two, claim: c1, certainty: possible, why: قد ينقله}}]}}
---
خلاصة.
"""
FILES = {
    "content/dossier.yaml": "title: ملف\nurl: https://example.org/d/\npublisher: مكتب الساحل\ndescription: وصف\n",
    "content/actors/site.md": "---\nname: موقع الرصيف\nkind: outlet\n---\n",
    "content/actors/paper.md": "---\nname: جريدة المرفأ\nlatin: Al-Marfa\nkind: outlet\n---\n",
    "content/actors/salma.md": "---\nname: سلمى البحري\nkind: person\nwikidata: Q79\nrole: كاتبة\naliases: [البحري]\n---\n",
    "content/actors/marfa.md": "---\nname: دولة المرفأ\nkind: state\n---\n",
    "content/events/talks.md": "---\ntitle: محادثات\nwhen: '2019-05'\nplace: صور\nactors: [salma]\n---\nقيل.\n",
    "content/places.yaml": "- {name: صور}\n",
    "content/pages/about.md": "---\ntitle: عن الملف\n---\nنص.\n",
    "content/pages/method.md": "---\ntitle: المنهج\n---\nنص.\n",
    "content/reports/one.md": REPORT.format(published="'2019-06-01'", sha="0" * 64),
    "content/reports/two.md": (
        "---\ntitle: خبر\nseed: two.txt\ngenre: digest\nvia: [paper]\ncites: [{report: one, certainty: certain, why: يذكره}]\n"
        "claims:\n  - {id: c1, text: قول العرض, said: [{who: null, as: عرض لا يُعرف ناشره}], at: 1, mode: reported}\n---\n"
    ),
    "seeds/one.txt": "نص عن سلمى البحري\n",
    "seeds/two.txt": "نص\n",
}


def site_of(**changes: str) -> LinkedDossier:
    return compose(make_snapshot({**FILES, **{k.replace("__", "/"): v for k, v in changes.items()}}), Memo()).site


@pytest.fixture(scope="module")
def site() -> LinkedDossier:
    return site_of()


def data_of(site: LinkedDossier, path: str) -> Any:
    view: Any = Outline(site)[path].make_view()
    return json.loads(view.shell.json_ld)


def all_data(site: LinkedDossier) -> Mapping[str, Any]:
    views: dict[str, Any] = {path: page.make_view() for path, page in Outline(site).items()}
    return {path: json.loads(view.shell.json_ld) for path, view in views.items() if view.shell.json_ld}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every node of some JSON-LD, however deep."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            yield part
            for inner in part.values():
                yield from nodes(inner)


def faults(node: Mapping[str, Any]) -> Iterator[str]:
    """What schema.org does not allow of one node: unknown types, properties out of place, values of another type."""
    kind = node.get("@type")
    if kind is None:
        if set(node) != {"@id"}:
            yield f"no type: {node}"
        return
    if kind not in SCHEMA["types"]:
        yield f"no such type: {kind}"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        known = SCHEMA["properties"].get(name)
        if known is None or not set(known["on"]) & set(SCHEMA["types"][kind]):
            yield f"{kind} has no {name}"
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, str):
                if not any(re.fullmatch(SIMPLE.get(simple, "(?!)"), part) for simple in known["of"]):
                    yield f"{kind}.{name} is no {known['of']}: {part}"
            elif "@type" in part and not set(known["of"]) & set(SCHEMA["types"].get(part["@type"], ())):
                yield f"{kind}.{name} may not be a {part['@type']}"


def check_all(site: LinkedDossier) -> None:
    found = all_data(site)
    assert {fault for data in found.values() for node in nodes(data) for fault in faults(node)} == set()
    assert all(data["@context"] == "https://schema.org" for data in found.values())
    claims = [node for data in found.values() for node in nodes(data) if node.get("@type") == "Claim"]
    assert len(claims) == len(site.claims)
    assert all(claim["author"]["name"] and claim["appearance"] and claim["firstAppearance"] for claim in claims)
    root = (site.url or "").rstrip("/")
    ids = [
        (urljoin(root + path, node["@id"]), node)
        for path, data in found.items()
        for node in nodes(data)
        if "@id" in node
    ]
    defined = {address for address, node in ids if "@type" in node}
    assert {address for address, node in ids if "@type" not in node} <= defined, "a pointer leads to nothing"


def test_every_page_kind_says_only_what_schema_org_allows(site: LinkedDossier) -> None:
    check_all(site)
    kinds = {path: data["@type"] for path, data in all_data(site).items()}
    assert kinds == {
        "/": "Collection", "/reports/": "CollectionPage", "/reports/one/": "Article", "/reports/two/": "Article",
        "/actors/": "CollectionPage", "/actors/site/": "NewsMediaOrganization", "/actors/paper/": "NewsMediaOrganization",
        "/actors/salma/": "Person", "/actors/marfa/": "Country", "/events/": "CollectionPage", "/events/talks/": "WebPage",
        "/claims/": "CollectionPage", "/sources/": "CollectionPage", "/about/": "AboutPage", "/method/": "WebPage",
        **{f"/sources/{who}/": "WebPage" for who in ("anonymous", "unsourced", "marfa", "paper", "salma", "site")},
    }  # fmt: skip


def test_a_whole_dossier_says_only_what_schema_org_allows() -> None:
    check_all(compose(snapshot(ROOT / "tests/example"), Memo()).site)


def test_a_check_that_finds_nothing_finds_what_is_wrong() -> None:
    wrong = {
        "@type": "Claim",
        "headlines": "x",
        "author": {"@type": "Country"},
        "startDate": "2019",
        "url": "no address",
    }
    assert sorted(faults(wrong)) == [
        "Claim has no headlines", "Claim has no startDate", "Claim.author may not be a Country",
        "Claim.url is no ['URL']: no address",
    ]  # fmt: skip


def test_a_claim_carries_its_chain_from_an_anonymous_source_to_this_article(site: LinkedDossier) -> None:
    claim = data_of(site, "/reports/one/")["hasPart"][0]
    assert claim["author"] == {"@type": "Person", "name": "مصدر غير مسمّى", "description": "مصدر عسكري"}
    paper = {"@type": "NewsMediaOrganization", "name": "جريدة المرفأ"}
    assert claim["firstAppearance"] == {"@type": "Article", "publisher": paper}
    assert claim["appearance"] == [
        {"@type": "Article", "publisher": paper},
        {"@type": "OpinionNewsArticle", "@id": "#article"},
    ]
    assert claim["description"] == "متحفَّظ فيه"
    assert (claim["@id"], claim["about"][0]["name"]) == ("#c1", "دولة المرفأ")


def test_who_says_it_is_its_author_and_what_it_surely_repeats_its_basis(site: LinkedDossier) -> None:
    _, repeating, state = data_of(site, "/reports/one/")["hasPart"]
    assert repeating["author"]["name"] == "موقع الرصيف"
    assert repeating["firstAppearance"]["@id"] == "#article"
    assert repeating["isBasedOn"] == [{"@id": "https://example.org/d/reports/two/#c1"}]
    assert (state["author"]["@type"], state["author"]["name"]) == ("GovernmentOrganization", "دولة المرفأ")
    assert "isBasedOn" not in state, "what may only possibly be repeated is no basis"
    (digest,) = data_of(site, "/reports/two/")["hasPart"]
    assert digest["author"] == {"@type": "Organization", "name": "وسيلة غير معروفة", "description": "عرض لا يُعرف ناشره"}


def test_our_page_is_not_the_article_that_it_is_based_on(site: LinkedDossier) -> None:
    data = data_of(site, "/reports/one/")
    assert (data["@type"], data["datePublished"], data["author"]["name"]) == ("Article", "2020-01-05", "مكتب الساحل")
    assert data["isBasedOn"] == {
        "@type": "OpinionNewsArticle",
        "@id": "#article",
        "headline": "عنوان الموقع",
        "inLanguage": "ar",
        "author": {"@type": "Person", "name": "سلمى البحري"},
        "publisher": {"@type": "NewsMediaOrganization", "name": "موقع الرصيف"},
        "datePublished": "2019-06-01",
        "isBasedOn": [
            {
                "@type": "NewsArticle",
                "publisher": {"@type": "NewsMediaOrganization", "name": "جريدة المرفأ", "alternateName": "Al-Marfa"},
            }
        ],
    }
    assert data_of(site, "/reports/two/")["citation"][0]["url"] == "https://example.org/d/reports/one/"


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("'2017-08-03'", "2017-08-03"),
        ("'2017'", "2017"),
        ("2017~", None),
        ("201X", None),
        ("'[2017..2018]'", None),
        ("null", None),
    ],
)
def test_an_article_is_dated_only_where_its_date_is_sure(published: str, expected: str | None) -> None:
    site = site_of(**{"content__reports__one.md": REPORT.format(published=published, sha="0" * 64)})
    assert data_of(site, "/reports/one/")["isBasedOn"].get("datePublished") == expected


def test_an_event_is_what_claims_speak_of(site: LinkedDossier) -> None:
    event = data_of(site, "/events/talks/")["mainEntity"]
    assert (event["name"], event["startDate"], event["location"]["name"]) == ("محادثات", "2019-05", "صور")
    assert "لا يؤكد" in event["description"]
    assert event["subjectOf"] == [{"@id": "https://example.org/d/reports/one/#c3"}]


def test_without_an_address_there_is_none_and_claims_still_have_theirs() -> None:
    bare = site_of(**{"content__dossier.yaml": "title: ملف\n"})
    assert not {"url"} & {name for data in all_data(bare).values() for node in nodes(data) for name in node}
    assert data_of(bare, "/reports/one/")["hasPart"][0]["@id"] == "#c1"


def test_it_is_safe_in_a_script_element(site: LinkedDossier) -> None:
    view: Any = Outline(site)["/reports/one/"].make_view()
    assert "<" not in view.shell.json_ld and "&" not in view.shell.json_ld
    assert json.loads(view.shell.json_ld)["headline"] == "</script><b>خبر & نبأ"


def test_an_actor_has_its_names_and_the_claims_that_speak_of_it(site: LinkedDossier) -> None:
    salma, marfa = (data_of(site, f"/actors/{actor}/") for actor in ("salma", "marfa"))
    assert (salma["alternateName"], salma["description"]) == (["البحري"], "كاتبة")
    assert (salma["sameAs"], salma["url"]) == (
        "https://www.wikidata.org/wiki/Q79",
        "https://example.org/d/actors/salma/",
    )
    assert marfa["subjectOf"] == [{"@id": "https://example.org/d/reports/one/#c1"}]
