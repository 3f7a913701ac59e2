"""From the linked site to one frozen view per page: all decisions about what a page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from dossier.site import Site
from dossier.views.actors import view_actor, view_actors
from dossier.views.claims import view_claims
from dossier.views.events import view_event, view_events
from dossier.views.home import view_home
from dossier.views.integrity import view_integrity
from dossier.views.pages import view_content, view_moved, view_not_found, view_print, view_search
from dossier.views.reports import report_pages, view_report, view_reports


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """An HTML page to be made: its address, its template, and how to make the view that the template is given."""

    path: str
    template: str
    make_view: Callable[[], object]


def outline(site: Site) -> dict[str, Page]:
    """Every HTML page of the site by address. Views are made only when they are asked for."""
    return {page.path: page for page in _pages(site)}


def _page(template: str, path: str, view: Callable[..., object], site: Site, *rest: object) -> Page:
    return Page(path=path, template=f"pages/{template}.html", make_view=partial(view, site, path, *rest))


def _pages(site: Site) -> Iterator[Page]:
    yield _page("home", "/", view_home, site)
    lists = list(report_pages(site))
    for number, (path, ids) in enumerate(lists, 1):
        yield _page("reports", path, view_reports, site, ids, number, len(lists))
    for report in site.reports:
        yield _page("report", f"/reports/{report}/", view_report, site, report)
    yield _page("actors", "/actors/", view_actors, site)
    for actor in site.actors:
        yield _page("actor", f"/actors/{actor}/", view_actor, site, actor)
    yield _page("events", "/events/", view_events, site)
    for event in site.events:
        yield _page("event", f"/events/{event}/", view_event, site, event)
    yield _page("claims", "/claims/", view_claims, site)
    for page in site.pages:
        yield _page("content", f"/{page}/", view_content, site, page)
    yield _page("search", "/search/", view_search, site)
    yield _page("print", "/print/", view_print, site)
    yield _page("integrity", "/integrity/", view_integrity, site)
    yield _page("404", "/404.html", view_not_found, site)
    yield from _moved(site)


def _moved(site: Site) -> Iterator[Page]:
    """Former addresses of reports, actors and events."""
    for report in site.reports.values():
        for old in report.report.was:
            yield _page("moved", f"/reports/{old}/", view_moved, site, f"/reports/{report.id}/", report.report.title)
    for actor in site.actors.values():
        for old in actor.actor.was:
            yield _page("moved", f"/actors/{old}/", view_moved, site, f"/actors/{actor.id}/", actor.actor.name)
    for event in site.events.values():
        for old in event.event.was:
            yield _page("moved", f"/events/{old}/", view_moved, site, f"/events/{event.id}/", event.event.title)
