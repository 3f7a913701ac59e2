"""Show the timeline, and the page of an event."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from dossier.language.date_words import describe
from dossier.language.direction import isolate
from dossier.language.markdown import plain_text
from dossier.linking.linked import LinkedDossier
from dossier.pages.charts.timeline import draw_axis, draw_grid, draw_strip, scale_of
from dossier.pages.json_ld import event_json_ld, list_json_ld
from dossier.pages.views.claims import ClaimView, show_claim
from dossier.pages.views.facets import FacetView, event_facets
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.names import short_name
from dossier.pages.views.text import first_sentence, show_markdown
from dossier.pages.views.wording import count, in_reports

EVENTS_INDEXED = 500
UNKNOWN_WHEN = "تاريخ غير معروف"


class EventCard(Struct, frozen=True, kw_only=True):
    """An event as lists show it."""

    link: Link
    when: str
    place: str | None
    line: Markup
    summary: str


class EventView(Struct, frozen=True, kw_only=True):
    """The page of an event, `/events/<id>/`."""

    shell: Frame
    title: Markup
    when: str
    when_basis: Markup | None
    place: str | None
    body: Markup
    actors: tuple[Link, ...]
    claims: tuple[ClaimView, ...]
    reports: tuple[Link, ...]


class TimeRow(Struct, frozen=True, kw_only=True):
    """An event on the timeline: its words, and the mark of its date, empty where that is not known."""

    id: str
    card: EventCard
    strip: Markup


class TimelineView(Struct, frozen=True, kw_only=True):
    """Events under one axis of time, each with its mark. Axis and grid are empty where no date is known."""

    axis: Markup
    grid: Markup
    rows: tuple[TimeRow, ...]


class EventsView(Struct, frozen=True, kw_only=True):
    """The page `/events/`: the timeline, whose rows are the list, and its index by actor, place and source."""

    shell: Frame
    total: str
    facets: tuple[FacetView, ...]
    timeline: TimelineView


def show_event_card(site: LinkedDossier, event: str, to: Addresses) -> EventCard:
    """Return an event for a list. `event` is its id."""
    linked = site.events[event]
    digits = site.settings.digits
    return EventCard(
        link=Link(href=to.event(event), text=linked.event.title),
        when=describe(linked.when, digits) if linked.when else UNKNOWN_WHEN,
        place=linked.event.place,
        line=isolate(first_sentence(linked.event.body)),
        summary=f"{count(len(linked.claims), 'claim', digits)} {in_reports(len(linked.reports), digits)}",
    )


def view_event(site: LinkedDossier, path: str, event: str) -> EventView:
    """Return the view of one event's page. `event` is its id."""
    to = Addresses(path, site)
    linked = site.events[event]
    e = linked.event
    return EventView(
        shell=make_shell(
            site, path, e.title, " ".join(plain_text(e.body).split()), json_ld=Markup(event_json_ld(site, event))
        ),
        title=isolate(e.title),
        when=describe(linked.when, site.settings.digits) if linked.when else UNKNOWN_WHEN,
        when_basis=isolate(e.when_basis) if e.when_basis else None,
        place=e.place,
        body=show_markdown(e.body, site, to),
        actors=tuple(Link(href=to.actor(a), text=site.actors[a].actor.name) for a in e.actors),
        claims=tuple(show_claim(site, ref, to) for ref in linked.claims),
        reports=tuple(Link(href=to.report(r), text=short_name(site, r)) for r in linked.reports),
    )


def show_timeline(site: LinkedDossier, to: Addresses, events: tuple[str, ...]) -> TimelineView:
    """Return the timeline of the events with these ids, in this order."""
    linked = [site.events[event] for event in events]
    scale = scale_of(e.when for e in linked if e.when)
    return TimelineView(
        axis=draw_axis(scale, to.digits) if scale else Markup(""),
        grid=draw_grid(scale) if scale else Markup(""),
        rows=tuple(
            TimeRow(
                id=e.id,
                card=show_event_card(site, e.id, to),
                strip=draw_strip(e.when, scale) if e.when and scale else Markup(""),
            )
            for e in linked
        ),
    )


def view_events(site: LinkedDossier, path: str) -> EventsView:
    """Return the view of the timeline's page."""
    to = Addresses(path, site)
    return EventsView(
        shell=make_shell(
            site,
            path,
            "خط الزمن",
            "الأحداث التي تتحدث عنها التقارير، بتواريخها وما فيها من عدم يقين.",
            json_ld=Markup(list_json_ld(site, path, "خط الزمن")),
        ),
        total=count(len(site.events), "event", site.settings.digits),
        facets=event_facets(site, to) if len(site.events) <= EVENTS_INDEXED else (),
        timeline=show_timeline(site, to, tuple(site.events)),
    )
