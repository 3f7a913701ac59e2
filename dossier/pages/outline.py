"""List every HTML page of a site: its address, its template, and the view that fills it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain

from msgspec import Struct

from dossier.content.addresses import (
    ACTORS,
    CARDS,
    CLAIMS,
    CORRECTIONS,
    EVENTS,
    HOME,
    INTEGRITY,
    NOT_FOUND,
    PRINT,
    REPORTS,
    SEARCH,
    SOURCES,
    address_of,
    card_address,
    judgment_address,
    source_address,
)
from dossier.linking.linked import LinkedDossier
from dossier.linking.survival import speakers
from dossier.pages.moved import find_moved
from dossier.pages.views.actors import view_actor, view_actors
from dossier.pages.views.cards import view_card
from dossier.pages.views.corrections import view_corrections
from dossier.pages.views.events import view_event, view_events
from dossier.pages.views.explorer import view_claims
from dossier.pages.views.frame import has_cards
from dossier.pages.views.home import view_home
from dossier.pages.views.integrity import view_integrity
from dossier.pages.views.judgments import view_judgment
from dossier.pages.views.pages import view_content, view_moved, view_not_found, view_print, view_search
from dossier.pages.views.remains import view_remains
from dossier.pages.views.reports import report_pages, view_report, view_reports
from dossier.pages.views.sources import view_sources


class Page(Struct, frozen=True, kw_only=True):
    """An HTML page to be made: its address, its template, and how to make the view that the template is given.

    `arguments` are what the view is made of beside the dossier.
    """

    path: str
    template: str
    make_view: Callable[[], object]
    arguments: tuple[object, ...] = ()


class Outline(Mapping[str, Page]):
    """Every HTML page of a site by address. Views are made only when a page calls for its own.

    Pages of reports are not listed beforehand but found when they are asked for: there may be ten thousand.
    """

    def __init__(self, site: LinkedDossier) -> None:
        self._site = site
        self._front = {page.path: page for page in _front(site)}
        self._rest = {page.path: page for page in _rest(site)}

    def __getitem__(self, path: str) -> Page:
        """Return the page at an address. Raise KeyError where there is none."""
        found = self._front.get(path) or self._rest.get(path)
        if found:
            return found
        if path.startswith(CARDS):
            return self._card(path)
        report = path.removeprefix(REPORTS).removesuffix("/")
        if report not in self._site.reports or path != address_of("reports", report):
            raise KeyError(path)
        return _page("report", path, view_report, self._site, report)

    def __iter__(self) -> Iterator[str]:
        """Yield addresses: the first page and the lists of reports, reports, all others, then cards of claims."""
        reports = (address_of("reports", report) for report in self._site.reports)
        return chain(self._front, reports, self._rest, self._cards())

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._front) + len(self._site.reports) + len(self._rest) + sum(1 for _ in self._cards())

    def _cards(self) -> Iterator[str]:
        return (card_address(*ref.split("#")) for ref in self._site.claims) if has_cards(self._site) else iter(())

    def _card(self, path: str) -> Page:
        ref = "#".join(path.removeprefix(CARDS).split("/")[:2])
        if ref not in self._site.claims or path != card_address(*ref.split("#")) or not has_cards(self._site):
            raise KeyError(path)
        return _page("card", path, view_card, self._site, ref)


def _page(template: str, path: str, view: Callable[..., object], site: LinkedDossier, *rest: object) -> Page:
    return Page(
        path=path, template=f"pages/{template}.html", make_view=partial(view, site, path, *rest), arguments=rest
    )


def _front(site: LinkedDossier) -> Iterator[Page]:
    yield _page("home", HOME, view_home, site)
    lists = list(report_pages(site))
    for number, (path, ids) in enumerate(lists, 1):
        yield _page("reports", path, view_reports, site, ids, number, len(lists))


def _rest(site: LinkedDossier) -> Iterator[Page]:
    yield _page("actors", ACTORS, view_actors, site)
    for actor in site.actors:
        yield _page("actor", address_of("actors", actor), view_actor, site, actor)
    yield _page("events", EVENTS, view_events, site)
    for event in site.events:
        yield _page("event", address_of("events", event), view_event, site, event)
    yield _page("claims", CLAIMS, view_claims, site)
    yield _page("sources", SOURCES, view_sources, site)
    for speaker in speakers(site):
        yield _page("remains", source_address(speaker), view_remains, site, speaker)
    for place in range(len(site.settings.judgments)):
        yield _page("judgment", judgment_address(place), view_judgment, site, place)
    for page in site.pages:
        if (address := address_of("pages", page)) != CORRECTIONS:
            yield _page("content", address, view_content, site, page)
    if "corrections" in site.pages or site.released:
        yield _page("corrections", CORRECTIONS, view_corrections, site)
    yield _page("search", SEARCH, view_search, site)
    yield _page("print", PRINT, view_print, site)
    yield _page("integrity", INTEGRITY, view_integrity, site)
    yield _page("404", NOT_FOUND, view_not_found, site)
    for moved in find_moved(site):
        yield _page("moved", moved.former, view_moved, site, moved.address, moved.title)
