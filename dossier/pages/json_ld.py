"""Write JSON-LD in schema.org's vocabulary: what each page is, and of every claim who made it, who passed it on, and in which article.

Our pages are not the articles that they are about, and say so: a report's page is an `Article` based on one of `NewsArticle`'s kinds.
A claim's author is its first speaker, named or not; whoever only passes it on published a work in which it appears. Nothing is made
more precise or more certain than it is: dates stand only where they are plain ones, and modes go into descriptions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from dossier.content.addresses import address_of
from dossier.content.model import Claim, Genre
from dossier.language.dates import DateSpan
from dossier.linking.linked import LinkedDossier, LinkedReport
from dossier.linking.origins import is_anonymous, merges, reference
from dossier.pages.views.wording import MODES

Node = dict[str, Any]

ANONYMOUS = "مصدر غير مسمّى"
ARTICLE = "#article"  # on our page; ids are relative to it, as links are
UNKNOWN_OUTLET = "وسيلة غير معروفة"
MAX_ABOUT = 10  # actors that a page is about: whom it names most
MAX_PARTS = 200  # claims or reports that one page's data points at
IS_SURE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}").fullmatch
ARTICLES: Mapping[Genre, str] = {
    "news": "NewsArticle",
    "opinion": "OpinionNewsArticle",
    "digest": "NewsArticle",
    "interview": "NewsArticle",
    "analysis": "AnalysisNewsArticle",
}


def home_json_ld(site: LinkedDossier) -> str:
    """Return the dossier as a collection of its reports."""
    actors = sorted(site.actors.values(), key=lambda a: (-len(a.reports), a.id))
    return _in_script({
        **_dossier(site),
        "@context": "https://schema.org",
        "description": site.settings.description,
        "inLanguage": "ar",
        "publisher": _publisher(site),
        "dateModified": site.updated,
        "about": [_thing(site, a.id) for a in actors[:MAX_ABOUT] if a.reports],
        "hasPart": [_ours(site, report) for report in islice(site.reports, MAX_PARTS)],
    })  # fmt: skip


def report_json_ld(site: LinkedDossier, report: str) -> str:
    """Return our page on a report, the article that it is based on, and all its claims with their chains."""
    linked = site.reports[report]
    r = linked.report
    return _in_script({
        "@context": "https://schema.org",
        **_ours(site, report),
        "inLanguage": "ar",
        "isPartOf": _dossier(site),
        "author": _publisher(site),
        "publisher": _publisher(site),
        "datePublished": r.added,
        "dateModified": r.revised,
        "about": [_thing(site, actor) for actor in list(linked.counts)[:MAX_ABOUT]],
        "citation": [_ours(site, cite.report) for cite in r.cites],
        "isBasedOn": _article(site, linked),
        "hasPart": [_claim(site, linked, claim) for claim in r.claims],
    })  # fmt: skip


def actor_json_ld(site: LinkedDossier, actor: str) -> str:
    """Return a person, state or body, and the claims that speak of them."""
    linked = site.actors[actor]
    a = linked.actor
    return _in_script({
        "@context": "https://schema.org",
        **_thing(site, actor),
        "alternateName": [name for name in (a.latin, *a.aliases) if name],
        "description": a.role,
        "url": _address(site, address_of("actors", a.id)),
        "sameAs": f"https://www.wikidata.org/wiki/{a.wikidata}" if a.wikidata else None,
        "subjectOf": _pointers(site, linked.about),
    })  # fmt: skip


def event_json_ld(site: LinkedDossier, event: str) -> str:
    """Return a page on what claims say of an event. It is theirs: its date stands here only where it is a plain one."""
    linked = site.events[event]
    e = linked.event
    told: Node = {
        "@type": "Event",
        "name": e.title,
        "description": "حدث تتحدث عنه أقوال، ولا يؤكد الملف أنه وقع.",
        "startDate": _sure(linked.when),
        "location": {"@type": "Place", "name": e.place} if e.place else None,
        "about": [_thing(site, actor) for actor in e.actors],
        "subjectOf": _pointers(site, linked.claims),
    }
    return _in_script({**_page(site, "WebPage", address_of("events", e.id), e.title), "mainEntity": _known(told)})


def list_json_ld(
    site: LinkedDossier, path: str, name: str, claims: Iterable[str] = (), reports: Iterable[str] = ()
) -> str:
    """Return a page that lists claims (`<report>#<claim>`) or reports, or neither."""
    parts = [*_pointers(site, claims), *(_ours(site, report) for report in islice(reports, MAX_PARTS))]
    return _in_script({**_page(site, "CollectionPage", path, name), "hasPart": parts})


def page_json_ld(site: LinkedDossier, path: str, name: str) -> str:
    """Return a hand-written page."""
    return _in_script(_page(site, "AboutPage" if path == "/about/" else "WebPage", path, name))


def _page(site: LinkedDossier, kind: str, path: str, name: str) -> Node:
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "name": name,
        "inLanguage": "ar",
        "url": _address(site, path),
        "isPartOf": _dossier(site),
        "publisher": _publisher(site),
    }


def _dossier(site: LinkedDossier) -> Node:
    return _known({"@type": "Collection", "name": site.settings.title, "url": _address(site, "/")})


def _publisher(site: LinkedDossier) -> Node:
    return {"@type": "Organization", "name": site.settings.publisher or site.settings.title}


def _ours(site: LinkedDossier, report: str) -> Node:
    """Return our page on a report."""
    address = address_of("reports", report)
    return _known({"@type": "Article", "headline": site.reports[report].report.title, "url": _address(site, address)})


def _article(site: LinkedDossier, linked: LinkedReport) -> Node:
    """Return the article that our page is about; based on others' where it passes them on."""
    r = linked.report
    return _known({
        "@type": ARTICLES[r.genre],
        "@id": ARTICLE,
        "headline": r.original.headline if r.original else None,
        "url": r.original.url if r.original else None,
        "inLanguage": r.lang,
        "author": {"@type": "Person", "name": r.author} if r.author else None,
        "publisher": _thing(site, r.outlet) if r.outlet else None,
        "datePublished": _sure(linked.published),
        "isBasedOn": [{"@type": "NewsArticle", "publisher": _thing(site, outlet)} for outlet in r.via],
    })  # fmt: skip


def _claim(site: LinkedDossier, linked: LinkedReport, claim: Claim) -> Node:
    """Return a claim with its author, the work in which it first appeared as far as its chain tells, and all works that passed it on."""
    works = list(_works(site, linked, claim))
    return _known({
        "@type": "Claim",
        "@id": f"#{claim.id}",
        "text": claim.text,
        "description": MODES[claim.mode] if claim.mode != "reported" else None,
        "author": _speaker(site, claim, 0),
        "firstAppearance": works[0],
        "appearance": works,
        "isBasedOn": _pointers(site, (reference(x.report, x.claim) for x in claim.repeats if merges(x))),
        "about": [_named(site, actor) for actor in claim.about],
    })  # fmt: skip


def _works(site: LinkedDossier, linked: LinkedReport, claim: Claim) -> Iterator[Node]:
    """Yield the works of those who passed a claim on, the first first: an author's with the outlet behind it, the last this article."""
    author: Node | None = None
    for position, speaker in enumerate(claim.said[:-1]):
        is_outlet = speaker.who is not None and site.actors[speaker.who].actor.kind == "outlet"
        if is_outlet:
            yield _known({"@type": "Article", "author": author, "publisher": _speaker(site, claim, position)})
            author = None
        elif position:
            author = _speaker(site, claim, position)
    yield {
        "@type": ARTICLES[linked.report.genre],
        "@id": ARTICLE,
    }


def _speaker(site: LinkedDossier, claim: Claim, position: int) -> Node:
    speaker = claim.said[position]
    if speaker.who:
        thing = _named(site, speaker.who)  # a state speaks as a body: no country is an author in schema.org
        return {**thing, "@type": "GovernmentOrganization"} if thing["@type"] == "Country" else thing
    if is_anonymous(claim, position):
        return _known({"@type": "Person", "name": ANONYMOUS, "description": speaker.described})
    return _known({"@type": "Organization", "name": UNKNOWN_OUTLET, "description": speaker.described})


def _thing(site: LinkedDossier, actor: str) -> Node:
    a = site.actors[actor].actor
    kind = {"person": "Person", "state": "Country", "outlet": "NewsMediaOrganization"}.get(a.kind, "Organization")
    return {"@type": kind, "name": a.name, **({"alternateName": a.latin} if a.latin else {})}


def _named(site: LinkedDossier, actor: str) -> Node:
    """Return an actor by name and type alone, within a claim: pages of reports are full of them."""
    thing = _thing(site, actor)
    return {"@type": thing["@type"], "name": thing["name"]}


def _pointers(site: LinkedDossier, claims: Iterable[str]) -> list[Node]:
    """Return claims that stand on other pages, by their addresses alone: their chains are there."""
    found = islice(claims, MAX_PARTS)
    return [{"@id": _claim_id(site, *ref.split("#"))} for ref in found]


def _claim_id(site: LinkedDossier, report: str, claim: str) -> str:
    address = address_of("reports", report)
    return f"{_address(site, address) or address}#{claim}"


def _address(site: LinkedDossier, path: str) -> str | None:
    return f"{site.url.rstrip('/')}{path}" if site.url else None


def _sure(when: DateSpan | None) -> str | None:
    """Return a date that is one day, month or year and without doubt."""
    return when.edtf if when and IS_SURE(when.edtf) else None


def _known(node: Mapping[str, Any]) -> Node:
    """Return a node without what is not known."""
    return {name: value for name, value in node.items() if value}


def _in_script(data: Mapping[str, object]) -> str:
    """Write JSON that is safe within a script element."""
    text = json.dumps(_known(data), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")
