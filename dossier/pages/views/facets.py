"""Sort claims by speaker, origin, mode and so on: an index that works as plain lists, whose values are also kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

from msgspec import Struct

from dossier.content.addresses import CLAIMS
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import Origin, strongest_kind
from dossier.pages.views.frame import Addresses, Link
from dossier.pages.views.names import claim_number, short_name
from dossier.pages.views.wording import MODES, ORIGIN_WORDS, numeral

ENTRIES_SHOWN = 100  # of one facet, those with most claims
FACETS: Mapping[str, str] = {
    "kind": "هل المصدر الأول مسمّى",
    "origin": "المصدر الأول",
    "speaker": "من قال أو نقل",
    "about": "عمّن",
    "event": "الحدث",
    "mode": "الصيغة",
    "report": "التقرير",
    "disputed": "الخلاف",
}
EVENT_FACETS: Mapping[str, str] = {"actor": "الطرف", "place": "المكان", "source": "التقرير"}
# Who speaks in their own voice and for sources that they do not name is one origin with two entries.
ORIGIN_PHRASES = {"named": "{}", "anonymous": "{}، عن غير مسمّى", "unsourced": "{}، بصوت الوسيلة بلا مصدر"}
DISPUTED = {"yes": "يخالفه قول آخر", "no": "لا خلاف عليه في الملف"}


class EntryView(Struct, frozen=True, kw_only=True):
    """A value of a facet: its anchor, its words, how many items have it, and which, in groups. `page` is where it is told of at length."""

    id: str
    value: str
    text: str
    page: str | None
    number: str
    items: tuple[tuple[str, tuple[Link, ...]], ...]


class FacetView(Struct, frozen=True, kw_only=True):
    """A facet with its values, those with most items first. `grouped` says that items stand in groups that have names."""

    name: str
    title: str
    grouped: bool
    entries: tuple[EntryView, ...]


def origin_key(origin: Origin) -> str:
    """Return an origin's name in addresses: `<actor>.anonymous`, `report.<report>.unsourced`."""
    scheme, _, identity = origin.key.partition(":")
    return f"{'report.' if scheme == 'report' else ''}{identity}.{origin.kind}"


def claim_anchor(ref: str) -> str:
    """Return a claim's anchor on the claims page, which no entry of the index has: `<report>-c7`."""
    return ref.replace("#", "-")


def entry_of(facet: str, value: str) -> str:
    """Return the anchor of a value in the index of claims."""
    return f"{facet}.{value}"


def explore(to: Addresses, **values: str) -> str:
    """Return the address of the claims that have all these values, by facet; its anchor is the first value's entry in the index."""
    facet, value = next(iter(values.items()))
    return f"{to.to(CLAIMS)}?{urlencode(values)}#{entry_of(facet, value)}"


def show_facets(site: LinkedDossier, to: Addresses, *, listed: bool) -> tuple[FacetView, ...]:
    """Return the index of claims. `listed` says that all of them are on the page, so that entries name them."""
    found: dict[str, dict[str, list[str]]] = {name: {} for name in FACETS}
    for ref in site.claims:
        for name, value in _values(site, ref):
            found[name].setdefault(value, []).append(ref)
    words = _words(site)
    return tuple(
        FacetView(
            name=name,
            title=FACETS[name],
            grouped=name != "report",
            entries=tuple(
                _entry(site, name, value, refs if listed else refs[:0], words[name](value), numeral(len(refs), to.digits), to)
                for value, refs in sorted(values.items(), key=lambda item: (-len(item[1]), item[0]))[:ENTRIES_SHOWN]
            ),
        )
        for name, values in found.items()
        if values
    )  # fmt: skip


def _values(site: LinkedDossier, ref: str) -> Iterator[tuple[str, str]]:
    linked, ties = site.claims[ref], site.ties[ref]
    claim = linked.claim
    yield "kind", strongest_kind(ties.origins)
    yield from (("origin", origin_key(origin)) for origin in ties.origins)
    yield from (("speaker", who) for who in dict.fromkeys(speaker.who for speaker in claim.said) if who)
    yield from (("about", actor) for actor in dict.fromkeys(claim.about))
    if claim.event:
        yield "event", claim.event
    yield "mode", claim.mode
    yield "report", linked.report
    yield "disputed", "yes" if claim.differs or ties.differed_by else "no"


def _words(site: LinkedDossier) -> Mapping[str, Callable[[str], str]]:
    """Return how the values of each facet are put into words."""
    kinds = {str(kind): words for kind, words in ORIGIN_WORDS.items()}

    def actor(value: str) -> str:
        return site.actors[value].actor.name

    def origin(value: str) -> str:
        identity, _, kind = value.rpartition(".")
        scheme, _, report = identity.partition(".")
        name = short_name(site, report) if scheme == "report" and report else actor(identity)
        return ORIGIN_PHRASES[kind].format(name)

    return {
        "kind": kinds.__getitem__,
        "origin": origin,
        "speaker": actor,
        "about": actor,
        "event": lambda value: site.events[value].event.title,
        "mode": MODES.__getitem__,
        "report": lambda value: short_name(site, value),
        "disputed": DISPUTED.__getitem__,
    }


def _entry(
    site: LinkedDossier, facet: str, value: str, refs: Sequence[str], text: str, number: str, to: Addresses
) -> EntryView:
    page = {"speaker": to.actor, "about": to.actor, "event": to.event, "report": to.report}.get(facet)
    by_report: dict[str, list[Link]] = {}
    for ref in refs:
        linked = site.claims[ref]
        link = Link(href=f"#{claim_anchor(ref)}", text=claim_number(linked.claim.id, site))
        by_report.setdefault(short_name(site, linked.report), []).append(link)
    return EntryView(
        id=entry_of(facet, value),
        value=value,
        text=text,
        page=page(value) if page else None,
        number=number,
        items=tuple((report, tuple(links)) for report, links in by_report.items()),
    )


def event_facets(site: LinkedDossier, to: Addresses) -> tuple[FacetView, ...]:
    """Return the index of events, by whom they and their claims are about, by place, and by report."""
    found: dict[str, dict[str, list[str]]] = {name: {} for name in EVENT_FACETS}
    for event, linked in site.events.items():
        about = (actor for ref in linked.claims for actor in site.claims[ref].claim.about)
        values = {"actor": (*linked.event.actors, *about), "place": (linked.event.place,), "source": linked.reports}
        for name, among in values.items():
            for value in dict.fromkeys(among):
                if value:
                    found[name].setdefault(value, []).append(event)
    return tuple(
        FacetView(
            name=name,
            title=EVENT_FACETS[name],
            grouped=False,
            entries=tuple(
                _event_entry(site, name, value, events, to)
                for value, events in sorted(values.items(), key=lambda item: (-len(item[1]), item[0]))[:ENTRIES_SHOWN]
            ),
        )
        for name, values in found.items()
        if values
    )


def _event_entry(site: LinkedDossier, facet: str, value: str, events: Sequence[str], to: Addresses) -> EntryView:
    texts = {
        "actor": lambda: site.actors[value].actor.name,
        "place": lambda: value,
        "source": lambda: short_name(site, value),
    }
    links = tuple(Link(href=f"#{event}", text=site.events[event].event.title) for event in events)
    return EntryView(
        id=entry_of(facet, value.replace(" ", "_")),
        value=value,
        text=texts[facet](),
        page=None,
        number=numeral(len(events), to.digits),
        items=(("", links),),
    )
