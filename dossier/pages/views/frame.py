"""Make what every page has: its address and how others are reached from it, titles, navigation, and the foot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct

from dossier.content.addresses import (
    ACTORS,
    ATTACHED,
    CARDS,
    CLAIMS,
    EVENTS,
    HOME,
    NOT_FOUND,
    PICTURES,
    REPORTS,
    SEARCH,
    address_of,
    card_address,
    source_address,
)
from dossier.language.arabic import Digits
from dossier.language.date_words import describe
from dossier.language.dates import parse_edtf
from dossier.language.markdown import own_file
from dossier.linking.linked import LinkedDossier

MOST_CARDS, MOST_PICTURES = 5_000, 400
NAVIGATION = (
    (REPORTS, "التقارير"),
    (CLAIMS, "من قال ماذا"),
    (ACTORS, "الأطراف والأسماء"),
    (EVENTS, "خط الزمن"),
)


class Link(Struct, frozen=True, kw_only=True):
    """A link with its words; `current` where it leads to the page itself or to the part of the site that it is in."""

    href: str
    text: str
    current: bool = False


class Frame(Struct, frozen=True, kw_only=True):
    """The frame of a page. `root` leads from the page to the site's root; `canonical` is None without a published address."""

    path: str
    root: str
    site_title: str
    title: str
    description: str
    canonical: str | None
    og_type: str
    home: str
    search: str
    navigation: tuple[Link, ...]
    pages: tuple[Link, ...]
    publisher: str | None
    contact: str | None
    contact_href: str | None
    licence: str | None
    updated: str | None
    digits: Digits
    installable: bool
    draft: bool = False
    json_ld: Markup | None = None
    picture: str | None = None


def has_cards(site: LinkedDossier) -> bool:
    """Tell whether every claim has a card: a page each, which a dossier of very many claims would pay for with each build."""
    return len(site.claims) <= MOST_CARDS


def has_pictures(site: LinkedDossier) -> bool:
    """Tell whether reports, actors and claims have pictures of their own; those of a large dossier show the site's."""
    return len(site.reports) + len(site.actors) + len(site.claims) <= MOST_PICTURES


def picture_address(path: str) -> str:
    """Return the address of the picture of a page that has one of its own: `/pictures/reports/<id>.png`, `/pictures/site.png`."""
    return f"{PICTURES}{path.strip('/') or 'site'}.png"


def _picture(site: LinkedDossier, path: str) -> str | None:
    """Return where the picture is published that links to a page show; None where the site has no address."""
    if not site.url:
        return None
    kind, _, identity = path.strip("/").partition("/")
    entries: Mapping[str, object] = {"reports": site.reports, "actors": site.actors}.get(kind, {})
    own = (identity in entries or path.startswith(CARDS)) and has_pictures(site)
    return site.url.rstrip("/") + picture_address(path if own else HOME)


class Addresses:
    """How addresses are written on the page at `path`: relative, so that the site works under any path."""

    def __init__(self, path: str, site: LinkedDossier) -> None:
        self.path = path
        self.site = site
        self.digits = site.settings.digits
        if path == NOT_FOUND:  # served for any address, so it alone must know where the root is
            self.root = (urlsplit(site.url).path if site.url else "").rstrip("/") + "/"
        else:
            self.root = "../" * (path.count("/") - 1)

    def to(self, address: str) -> str:
        """Return the way from this page to an address of the site (`/reports/a/#c1`)."""
        return self.root + address.lstrip("/") or "./"

    def report(self, report: str, anchor: str = "") -> str:
        """Return the way to a report, or to a paragraph or claim of it."""
        address = address_of("reports", report)
        return f"#{anchor}" if address == self.path and anchor else self.to(address) + (f"#{anchor}" if anchor else "")

    def actor(self, actor: str) -> str:
        """Return the way to an actor."""
        return self.to(address_of("actors", actor))

    def event(self, event: str) -> str:
        """Return the way to an event."""
        return self.to(address_of("events", event))

    def source(self, speaker: str) -> str:
        """Return the way to the dossier with a speaker set aside: an actor, `anonymous` or `unsourced`."""
        return self.to(source_address(speaker))

    def claim(self, ref: str) -> str:
        """Return the way to a claim, by `<report>#<claim>`."""
        report, _, claim = ref.partition("#")
        return self.report(report, claim)

    def card(self, ref: str) -> str | None:
        """Return the way to a claim's card, by `<report>#<claim>`; None where the dossier is too large to have cards."""
        return self.to(card_address(*ref.split("#"))) if has_cards(self.site) else None

    def resolve(self, scheme: str, target: str) -> str | None:
        """Return the way to the target of an `actor:`, `report:`, `event:` or `claim:` link or a path in Markdown; None where it is none of ours."""
        if scheme == "" and (name := own_file(target)):
            return self.to(f"{ATTACHED}{name}") if name in self.site.files else None
        if scheme == "":
            return self.to(target) if target.startswith("/") and not target.startswith("//") else None
        if scheme == "claim":
            return self.claim(target) if target in self.site.claims else None
        known = {"actor": self.site.actors, "report": self.site.reports, "event": self.site.events}[scheme]
        return self.to(address_of(f"{scheme}s", target)) if target in known else None


def make_shell(
    site: LinkedDossier,
    path: str,
    title: str,
    description: str = "",
    *,
    og_type: str = "website",
    json_ld: Markup | None = None,
) -> Frame:
    """Return the frame of the page at `path`."""
    to = Addresses(path, site)
    settings = site.settings
    return Frame(
        path=path,
        root=to.root,
        site_title=settings.title,
        title=title,
        description=(description or settings.description or "")[:300],
        canonical=site.url.rstrip("/") + path if site.url else None,
        og_type=og_type,
        home=to.to(HOME),
        search=to.to(SEARCH),
        navigation=tuple(Link(href=to.to(a), text=text, current=path.startswith(a)) for a, text in NAVIGATION),
        pages=tuple(
            Link(href=to.to(address), text=page.title, current=path == address)
            for page, address in ((page, address_of("pages", page.id)) for page in site.pages.values())
        ),
        publisher=settings.publisher,
        contact=settings.contact,
        contact_href=_contact_href(settings.contact),
        licence=settings.licence,
        updated=describe(parse_edtf(site.updated), settings.digits) if site.updated else None,
        digits=settings.digits,
        installable=settings.installable,
        draft=_is_draft(site, path),
        json_ld=json_ld,
        picture=_picture(site, path),
    )


def _is_draft(site: LinkedDossier, path: str) -> bool:
    """Tell whether the page at an address is of a draft: it is there in a preview alone, or where it was asked for."""
    kind, _, identity = path.strip("/").rpartition("/")
    if kind == "reports":
        return identity in site.reports and site.reports[identity].report.draft
    if kind == "actors":
        return identity in site.actors and site.actors[identity].actor.draft
    if kind == "events":
        return identity in site.events and site.events[identity].event.draft
    return not kind and identity in site.pages and site.pages[identity].draft


def _contact_href(contact: str | None) -> str | None:
    if contact and re.fullmatch(r"https?://\S+", contact):
        return contact
    return f"mailto:{contact}" if contact and re.fullmatch(r"[^\s@:?&<>]+@[^\s@:?&<>]+", contact) else None
