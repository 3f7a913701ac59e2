"""The remaining pages: hand-written ones, search, print, 404, and those that only lead elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dossier.arabic import sort_key
from dossier.markdown import isolate
from dossier.site import Site
from dossier.views.home import HomeView, view_home
from dossier.views.reports import ReportView, view_report
from dossier.views.shell import Addresses, Link, Shell, make_shell
from dossier.views.text import show_markdown

PRINTED_REPORTS = 200  # a document of more is of no use on paper: the list of reports takes their place


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentView:
    """`/about/`, `/method/`, …"""

    shell: Shell
    title: Markup
    body: Markup


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchView:
    """`/search/`: the form, and a plain list of everything for readers without JavaScript."""

    shell: Shell
    title: str
    action: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintView:
    """`/print/`: the whole dossier as one document."""

    shell: Shell
    home: HomeView
    reports: tuple[ReportView, ...]
    pages: tuple[ContentView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NotFoundView:
    """`/404.html`."""

    shell: Shell
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedView:
    """An address that leads to another."""

    shell: Shell
    title: str
    target: Link


def view_content(site: Site, path: str, page: str) -> ContentView:
    """A hand-written page."""
    to = Addresses(path, site)
    content = site.pages[page]
    return ContentView(
        shell=make_shell(site, path, content.title), title=isolate(content.title), body=show_markdown(content.body, site, to)
    )


def view_search(site: Site, path: str) -> SearchView:
    """The search page."""
    to = Addresses(path, site)
    actors = sorted(site.actors.values(), key=lambda a: sort_key(a.actor.name))
    groups = (
        ("التقارير", tuple(Link(href=to.report(r), text=site.reports[r].report.title) for r in site.reports)),
        ("الأسماء", tuple(Link(href=to.actor(a.id), text=a.actor.name) for a in actors)),
        ("الأحداث", tuple(Link(href=to.event(e), text=site.events[e].event.title) for e in site.events)),
        ("صفحات الملف", tuple(Link(href=to.to(f"/{p}/"), text=site.pages[p].title) for p in site.pages)),
    )
    return SearchView(
        shell=make_shell(site, path, "البحث"),
        title="البحث في الملف",
        action=to.to("/search/"),
        groups=tuple(group for group in groups if group[1]),
    )


def view_print(site: Site, path: str) -> PrintView:
    """The whole dossier as one document. Links in it lead to the pages themselves."""
    return PrintView(
        shell=make_shell(site, path, f"{site.settings.title}: نسخة للطباعة"),
        home=view_home(site, path),
        reports=tuple(view_report(site, path, report) for report in list(site.reports)[:PRINTED_REPORTS]),
        pages=tuple(view_content(site, path, page) for page in site.pages),
    )


def view_not_found(site: Site, path: str) -> NotFoundView:
    """What is shown for an address that is none."""
    return NotFoundView(shell=make_shell(site, path, "الصفحة غير موجودة"), title="الصفحة غير موجودة")


def view_moved(site: Site, path: str, target: str, text: str) -> MovedView:
    """A page at a former address."""
    to = Addresses(path, site)
    return MovedView(
        shell=make_shell(site, path, text), title="انتقلت هذه الصفحة", target=Link(href=to.to(target), text=text)
    )
