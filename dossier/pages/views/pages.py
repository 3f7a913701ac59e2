"""Show the remaining pages: hand-written ones, search, print, 404, and those that only lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from dossier.content.addresses import ACTORS, EVENTS, address_of
from dossier.language.arabic import sort_key
from dossier.language.direction import isolate
from dossier.linking.linked import LinkedDossier
from dossier.pages.json_ld import page_json_ld
from dossier.pages.views.disputes import DisputeView, show_dispute, weightiest_first
from dossier.pages.views.events import EventCard, show_event_card
from dossier.pages.views.explorer import DISPUTES_SHOWN
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.home import HomeView, view_home
from dossier.pages.views.remains import SpeakerRow, show_speakers
from dossier.pages.views.reports import PrintedReport, report_pages, show_printed
from dossier.pages.views.sourcing import METHOD, SourcingSummary, summarise_sourcing
from dossier.pages.views.text import show_markdown
from dossier.pages.views.wording import ACTOR_KINDS, numeral, shown_of

PRINTED_REPORTS = 200  # a document of more is of no use on paper
LISTED = 1_000  # longer lists are named by their pages


class ContentView(Struct, frozen=True, kw_only=True):
    """A hand-written page, such as `/about/`. Only that on the method has the figures of the dossier's sourcing."""

    shell: Frame
    title: Markup
    body: Markup
    sourcing: SourcingSummary | None


class SearchView(Struct, frozen=True, kw_only=True):
    """The page `/search/`: the form, and a plain list of everything for readers without JavaScript."""

    shell: Frame
    title: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


class PrintedActor(Struct, frozen=True, kw_only=True):
    """An actor in the printed document."""

    name: Markup
    latin: str | None
    kind: str
    role: str | None
    body: Markup


class PrintView(Struct, frozen=True, kw_only=True):
    """The page `/print/`: the whole dossier as one document. `cut` says how many of the reports it holds where it does not hold all."""

    shell: Frame
    home: HomeView
    disputes: tuple[DisputeView, ...]
    reports: tuple[PrintedReport, ...]
    cut: str | None
    events: tuple[EventCard, ...]
    actors: tuple[PrintedActor, ...]
    speakers: tuple[SpeakerRow, ...]
    pages: tuple[ContentView, ...]


class NotFoundView(Struct, frozen=True, kw_only=True):
    """The page that is shown for an address where nothing stands, `/404.html`."""

    shell: Frame
    title: str


class MovedView(Struct, frozen=True, kw_only=True):
    """A page at a former address, which leads to the one of today."""

    shell: Frame
    title: str
    target: Link


def view_content(site: LinkedDossier, path: str, page: str, heading: int = 2) -> ContentView:
    """Return the view of a hand-written page. `page` is its id, `heading` the level that its own headings begin with."""
    to = Addresses(path, site)
    content = site.pages[page]
    return ContentView(
        shell=make_shell(site, path, content.title, json_ld=Markup(page_json_ld(site, path, content.title))),
        title=isolate(content.title),
        body=show_markdown(content.body, site, to, heading=heading, name=f"page-{content.id}"),
        sourcing=summarise_sourcing(site) if page == METHOD and site.claims else None,
    )


def view_search(site: LinkedDossier, path: str) -> SearchView:
    """Return the view of the search page."""
    to = Addresses(path, site)
    actors = sorted(site.actors.values(), key=lambda a: sort_key(a.actor.name))
    groups = (
        ("التقارير", _reports(site, to)),
        ("الأطراف والأسماء", _listed(ACTORS, "كل الأسماء", [(to.actor(a.id), a.actor.name) for a in actors], to)),
        (
            "الأحداث",
            _listed(EVENTS, "كل الأحداث", [(to.event(e), site.events[e].event.title) for e in site.events], to),
        ),
        ("صفحات الملف", tuple(Link(href=to.to(address_of("pages", p)), text=site.pages[p].title) for p in site.pages)),
    )
    return SearchView(
        shell=make_shell(site, path, "البحث"),
        title="البحث في الملف",
        groups=tuple(group for group in groups if group[1]),
    )


def _reports(site: LinkedDossier, to: Addresses) -> tuple[Link, ...]:
    if len(site.reports) <= LISTED:
        return tuple(Link(href=to.report(r), text=site.reports[r].report.title) for r in site.reports)
    pages = enumerate(report_pages(site), 1)
    return tuple(Link(href=to.to(address), text=f"التقارير، صفحة {numeral(n, to.digits)}") for n, (address, _) in pages)


def _listed(address: str, text: str, links: Sequence[tuple[str, str]], to: Addresses) -> tuple[Link, ...]:
    if len(links) > LISTED:
        return (Link(href=to.to(address), text=text),)
    return tuple(Link(href=href, text=name) for href, name in links)


def view_print(site: LinkedDossier, path: str) -> PrintView:
    """Return the view of the whole dossier as one document. Links in it lead to the pages themselves."""
    to = Addresses(path, site)
    digits = site.settings.digits
    shown = list(site.reports)[:PRINTED_REPORTS]
    cut = shown_of(len(shown), len(site.reports), digits)
    return PrintView(
        shell=make_shell(site, path, f"{site.settings.title}: نسخة للطباعة"),
        home=view_home(site, path),
        disputes=tuple(show_dispute(site, dispute, to) for dispute in weightiest_first(site)[:DISPUTES_SHOWN]),
        reports=tuple(show_printed(site, report, to) for report in shown),
        cut=cut if len(shown) < len(site.reports) else None,
        events=tuple(show_event_card(site, event, to) for event in list(site.events)[:LISTED]),
        actors=tuple(actor for _, actor in printed_actors(site, to)),
        speakers=show_speakers(site, to),
        pages=tuple(view_content(site, path, page, heading=3) for page in site.pages),
    )


def printed_actors(site: LinkedDossier, to: Addresses) -> Iterator[tuple[str, PrintedActor]]:
    """Yield actors, with their ids, by name, as a document has them."""
    for a in sorted(site.actors.values(), key=lambda a: sort_key(a.actor.name))[:LISTED]:
        yield (
            a.id,
            PrintedActor(
                name=isolate(a.actor.name),
                latin=a.actor.latin,
                kind=ACTOR_KINDS[a.actor.kind][0],
                role=a.actor.role,
                body=show_markdown(a.actor.body, site, to, itself=a.id, heading=4, name=f"actor-{a.id}"),
            ),
        )


def view_not_found(site: LinkedDossier, path: str) -> NotFoundView:
    """Return the view of the page for an address where nothing stands."""
    return NotFoundView(shell=make_shell(site, path, "الصفحة غير موجودة"), title="الصفحة غير موجودة")


def view_moved(site: LinkedDossier, path: str, target: str, text: str) -> MovedView:
    """Return the view of a page at a former address. `target` is the address of today, `text` what stands there."""
    to = Addresses(path, site)
    return MovedView(
        shell=make_shell(site, path, text), title="انتقلت هذه الصفحة", target=Link(href=to.to(target), text=text)
    )
