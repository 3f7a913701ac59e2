"""Write actors, events and articles as FollowTheMoney entities, one a line, for tools that trace networks.

What FollowTheMoney cannot hold is left out and not flattened: a claim with its chain, mode and origins. It is in /claims.trig and dossier.json.
An entity's id is its kind and its id here, so that it can be taken in again: `actor-khalifa-haftar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dossier.content.addresses import address_of
from dossier.content.model import Actor
from dossier.language.dates import DateSpan
from dossier.language.markdown import plain_text
from dossier.linking.linked import LinkedDossier

Entity = dict[str, Any]
# By kind of actor; what no schema names is the nearest that claims least.
SCHEMAS: Mapping[str, str] = {
    "person": "Person", "state": "PublicBody", "government": "PublicBody", "parliament": "PublicBody",
    "armed-force": "PublicBody", "armed-group": "Organization", "intelligence": "PublicBody",
    "organisation": "Organization", "party": "Organization", "institute": "Organization", "outlet": "Organization",
}  # fmt: skip
_ORGANISATIONS = frozenset({"PublicBody", "Organization"})
# By the codes of BCP 47 that dossiers use; FollowTheMoney has those of three letters (ISO 639-3).
LANGUAGES: Mapping[str, str] = {
    "ar": "ara", "en": "eng", "fr": "fra", "de": "deu", "it": "ita", "es": "spa", "ru": "rus", "tr": "tur", "he": "heb",
    "fa": "fas", "el": "ell", "pt": "por", "nl": "nld", "zh": "zho", "ku": "kur", "ur": "urd", "am": "amh",
}  # fmt: skip
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def _entity(kind: str, identity: str, schema: str, properties: Mapping[str, list[str] | str | None]) -> Entity:
    values = {name: [value] if isinstance(value, str) else value for name, value in properties.items() if value}
    return {"id": f"{kind}-{identity}", "schema": schema, "properties": values}


def actor_entities(site: LinkedDossier) -> Iterator[Entity]:
    """Yield every actor, and what each belongs to."""
    actors = {linked.id: linked.actor for linked in site.actors.values()}
    for actor in actors.values():
        yield _actor(site, actor)
        for whole in actor.part_of:
            yield _belonging(actor, actors[whole])


def _actor(site: LinkedDossier, actor: Actor) -> Entity:
    properties = {
        "name": actor.name,
        "alias": [*([actor.latin] if actor.latin else ()), *actor.aliases],
        "weakAlias": [*actor.spellings],
        "summary": actor.role,
        "notes": plain_text(actor.body).strip() or None,
        "wikidataId": actor.wikidata,
        "keywords": actor.kind,
        "sourceUrl": _url(site, "actors", actor.id),
    }
    return _entity("actor", actor.id, SCHEMAS[actor.kind], properties)


def _belonging(part: Actor, whole: Actor) -> Entity:
    known = SCHEMAS[whole.kind] in _ORGANISATIONS
    schema, ends = ("Membership", ("member", "organization")) if known else ("UnknownLink", ("subject", "object"))
    properties = {ends[0]: f"actor-{part.id}", ends[1]: f"actor-{whole.id}", "role": "جزء من"}
    return _entity("part", f"{part.id}-in-{whole.id}", schema, properties)


def event_entities(site: LinkedDossier) -> Iterator[Entity]:
    """Yield every event as it is told: whether it happened, its claims tell."""
    for linked in site.events.values():
        event = linked.event
        properties = {
            "name": event.title,
            "summary": "كما تحكيه التقارير",
            "location": event.place,
            "involved": [f"actor-{actor}" for actor in event.actors],
            "sourceUrl": _url(site, "events", event.id),
            **_dates(linked.when),
        }
        yield _entity("event", event.id, "Event", properties)


def _dates(span: DateSpan | None) -> dict[str, str | None]:
    """Return dates as far as they can be written without saying more: a plain one, or the two ends of a span."""
    if span is None:
        return {}
    if _DAY.fullmatch(span.edtf):
        return {"date": span.edtf}
    first, slash, last = span.edtf.partition("/")
    plain = bool(slash and _DAY.fullmatch(first) and _DAY.fullmatch(last))
    return {"startDate": first, "endDate": last} if plain else {}


def report_entities(site: LinkedDossier, report: str) -> Iterator[Entity]:
    """Yield an article and whom it names; of a date that is not plain nothing is said."""
    linked = site.reports[report]
    r = linked.report
    published = linked.published.edtf if linked.published and _DAY.fullmatch(linked.published.edtf) else None
    properties = {
        "title": (r.original and r.original.headline) or r.title,
        "name": r.title,
        "author": r.author,
        "publisher": site.actors[r.outlet].actor.name if r.outlet else None,
        "publishedAt": published,
        "language": LANGUAGES.get(r.lang.split("-")[0]),
        "keywords": [*r.topics],
        "sourceUrl": [
            *([r.original.url] if r.original and r.original.url else ()),
            *filter(None, [_url(site, "reports", report)]),
        ],
        "fileName": r.original.file if r.original else None,
    }
    yield _entity("report", report, "Article", properties)
    for actor in linked.counts:
        ends = {"document": f"report-{report}", "entity": f"actor-{actor}", "role": "يذكره"}
        yield _entity("mention", f"{report}-of-{actor}", "Documentation", ends)


def _url(site: LinkedDossier, kind: str, identity: str) -> str | None:
    return site.url.rstrip("/") + address_of(kind, identity) if site.url else None
