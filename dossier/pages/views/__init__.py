"""From the linked site to one frozen view per page: all decisions about what a page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from dossier.linking.linked import LinkedDossier
from dossier.pages.views.actors import view_actor, view_actors
from dossier.pages.views.claims import view_claims
from dossier.pages.views.events import view_event, view_events
from dossier.pages.views.home import view_home
from dossier.pages.views.integrity import view_integrity
from dossier.pages.views.pages import view_content, view_moved, view_not_found, view_print, view_search
from dossier.pages.views.reports import report_pages, view_report, view_reports
from dossier.pages.views.sources import view_sources

REPORT = "/reports/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """An HTML page to be made: its address, its template, and how to make the view that the template is given."""

    path: str
    template: str
    make_view: Callable[[], object]


class Outline(Mapping[str, Page]):
    """Every HTML page of a site by address. Pages of reports are found when they are asked for: there may be ten thousand.

    Views are made only when a page calls for its own.
    """

    def __init__(self, site: LinkedDossier) -> None:
        self._site = site
        self._front = {page.path: page for page in _front(site)}
        self._rest = {page.path: page for page in _rest(site)}

    def __getitem__(self, path: str) -> Page:
        found = self._front.get(path) or self._rest.get(path)
        if found:
            return found
        report = path.removeprefix(REPORT).removesuffix("/")
        if path != f"{REPORT}{report}/" or report not in self._site.reports:
            raise KeyError(path)
        return _page("report", path, view_report, self._site, report)

    def __iter__(self) -> Iterator[str]:
        return chain(self._front, (f"{REPORT}{report}/" for report in self._site.reports), self._rest)

    def __len__(self) -> int:
        return len(self._front) + len(self._site.reports) + len(self._rest)


def _page(template: str, path: str, view: Callable[..., object], site: LinkedDossier, *rest: object) -> Page:
    return Page(path=path, template=f"pages/{template}.html", make_view=partial(view, site, path, *rest))


def _front(site: LinkedDossier) -> Iterator[Page]:
    yield _page("home", "/", view_home, site)
    lists = list(report_pages(site))
    for number, (path, ids) in enumerate(lists, 1):
        yield _page("reports", path, view_reports, site, ids, number, len(lists))


def _rest(site: LinkedDossier) -> Iterator[Page]:
    yield _page("actors", "/actors/", view_actors, site)
    for actor in site.actors:
        yield _page("actor", f"/actors/{actor}/", view_actor, site, actor)
    yield _page("events", "/events/", view_events, site)
    for event in site.events:
        yield _page("event", f"/events/{event}/", view_event, site, event)
    yield _page("claims", "/claims/", view_claims, site)
    yield _page("sources", "/sources/", view_sources, site)
    for page in site.pages:
        yield _page("content", f"/{page}/", view_content, site, page)
    yield _page("search", "/search/", view_search, site)
    yield _page("print", "/print/", view_print, site)
    yield _page("integrity", "/integrity/", view_integrity, site)
    yield _page("404", "/404.html", view_not_found, site)
    yield from _moved(site)


def _moved(site: LinkedDossier) -> Iterator[Page]:
    """Former addresses of reports, actors and events."""
    for report in map(site.reports.__getitem__, site.moved):
        for old in report.report.was:
            yield _page("moved", f"/reports/{old}/", view_moved, site, f"/reports/{report.id}/", report.report.title)
    for actor in site.actors.values():
        for old in actor.actor.was:
            yield _page("moved", f"/actors/{old}/", view_moved, site, f"/actors/{actor.id}/", actor.actor.name)
    for event in site.events.values():
        for old in event.event.was:
            yield _page("moved", f"/events/{old}/", view_moved, site, f"/events/{event.id}/", event.event.title)
