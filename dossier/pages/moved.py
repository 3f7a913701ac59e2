"""Say where the former addresses of reports, actors and events lead today."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dossier.content.addresses import address_of
from dossier.linking.linked import LinkedDossier


class Moved(Struct, frozen=True, kw_only=True):
    """An entry that had another id once: its former address, its address of today, and its title or name."""

    former: str
    address: str
    title: str


def find_moved(site: LinkedDossier) -> Iterator[Moved]:
    """Yield every former address: those of reports in the order of their ids, then of actors, then of events."""
    reports = (site.reports[report].report for report in site.moved)
    entries = (
        *(("reports", report.was, report.id, report.title) for report in reports),
        *(("actors", linked.actor.was, linked.id, linked.actor.name) for linked in site.actors.values()),
        *(("events", linked.event.was, linked.id, linked.event.title) for linked in site.events.values()),
    )
    for kind, was, identity, title in entries:
        for former in was:
            yield Moved(former=address_of(kind, former), address=address_of(kind, identity), title=title)
