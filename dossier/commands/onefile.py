"""Put the whole dossier into one HTML file: it asks for nothing, reads in full without script, and finds its way with one.

It is made of the site's own pages: what stands in the main part of each becomes a leaf, and links between pages lead from leaf to leaf. A page
that has no leaf is linked to where it is published, or not at all.
"""

from __future__ import annotations

import base64
import html
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from mimetypes import guess_type
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

from dossier.content.addresses import ACTORS, CORRECTIONS, EVENTS, HOME, SOURCES, address_of
from dossier.engine.snapshot import SourceFile
from dossier.errors import MachineError, WrongUse
from dossier.linking.linked import LinkedDossier
from dossier.pages.outline import Outline, Page
from dossier.pages.render import STYLES, render, stylesheet
from dossier.pages.views.frame import Addresses, Frame, make_shell
from dossier.pages.views.pages import PrintedActor, printed_actors
from dossier.search.tables import browser_tables

MARK = b'<meta name="generator" content="dossier, one file">'
CEILING = 8_000_000  # bytes: what mail takes, and a phone opens
_MAIN = re.compile(rb'<main id="main"[^>]*>(.*)</main>', re.DOTALL)
_DATA = re.compile(
    rb'<script type="application/ld\+json">.*?</script>\n', re.DOTALL
)  # what machines read of a page on the web
_ATTRIBUTE = re.compile(r' (href|src|id|for|headers|aria-labelledby|aria-describedby|aria-controls)="([^"]*)"')
_PAINT = re.compile(r"url\(#([^)]+)\)")
_SCRIPTED = re.compile(r' data-script="[^"]*"')
_WORDS_EXPORT = re.compile(r"^export ", re.MULTILINE)
_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


class Leaf(Struct, frozen=True, kw_only=True):
    """What a page says: the id under which it stands in the file, its title, and its main part."""

    id: str
    title: Markup
    body: Markup


class ActorLeaf(Struct, frozen=True, kw_only=True):
    """An actor, with the id by which links reach it."""

    id: str
    actor: PrintedActor
    note: Markup


class OneFileView(Struct, frozen=True, kw_only=True):
    """The whole file; `style` and `script` are written into it as they are."""

    shell: Frame
    style: Markup
    leaves: tuple[Leaf, ...]
    actors: tuple[ActorLeaf, ...]
    script: Markup


def is_one_file(path: Path) -> bool:
    """Tell whether a file was written here, and may be replaced by another."""
    try:
        with path.open("rb") as file:
            return MARK in file.read(1000)
    except OSError:
        return False


def make_one_file(site: LinkedDossier, templates: Mapping[str, bytes], environment: Environment, font: bytes) -> bytes:
    """Return the file. Raise WrongUse where it would be larger than `CEILING`, MachineError where a page has no main part."""
    pages = Outline(site)
    read = list(_addresses(site, pages))
    places = Places(
        names={a: _name(a) for a in (*read, *(address_of("actors", actor) for actor in site.actors))},
        url=site.url,
        files=site.files,
    )
    inline = f'url("data:font/woff2;base64,{base64.b64encode(font).decode()}")'
    style = "".join(stylesheet(templates, sheet).decode() for sheet in STYLES).replace(
        'url("fonts/text.woff2")', inline
    )
    view = OneFileView(
        shell=make_shell(site, HOME, site.settings.title),
        style=Markup(style),
        leaves=tuple(_leaf(environment, pages[address], places) for address in read if address != ACTORS),
        actors=tuple(_actors(site, places)),
        script=Markup(_script(templates)),
    )
    made = render(environment, Page(path=HOME, template="onefile.html", make_view=lambda: view))
    if len(made) > CEILING:
        most = f"{CEILING / 1e6:.0f} MB is the most"
        raise WrongUse(f"one file of this dossier would have {len(made) / 1e6:.1f} MB, and {most}: archive it as a ZIP")
    return made


def _script(templates: Mapping[str, bytes]) -> str:
    """Return the script element: how search knows words, and the file's way about."""
    words = _WORDS_EXPORT.sub("", templates["assets/search/words.js"].decode())
    tables = json.dumps(browser_tables(), ensure_ascii=False).replace("<", "\\u003c")
    return (
        f"<script>\n(() => {{\n{words}\nconst TABLES = {tables};\n{templates['onefile.js'].decode()}}})();\n</script>"
    )


def _addresses(site: LinkedDossier, pages: Outline) -> Iterator[str]:
    """Yield the addresses of what becomes a leaf, in the order in which one reads; all actors are one leaf."""
    yield HOME
    yield from (address_of("reports", report) for report in site.reports)
    yield from (EVENTS, ACTORS, SOURCES)
    yield from (address for page in site.pages if (address := address_of("pages", page)) != CORRECTIONS)
    yield from (CORRECTIONS,) if CORRECTIONS in pages else ()


def _name(address: str) -> str:
    """Name a leaf by its address: `reports.a`; the first page is `home`."""
    return address.strip("/").replace("/", ".") or "home"


def _leaf(environment: Environment, page: Page, places: Places) -> Leaf:
    found = _MAIN.search(_DATA.sub(b"", render(environment, page)))
    if found is None:
        raise MachineError(
            f"the page {page.path} has no main part that could stand in one file: its template changes base.html"
        )
    body = places.within(page.path, found[1].decode())
    title = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    return Leaf(id=_name(page.path), title=Markup(re.sub(r"<[^>]+>", "", title[1] if title else "")), body=Markup(body))


def _actors(site: LinkedDossier, places: Places) -> Iterator[ActorLeaf]:
    for identity, actor in printed_actors(site, Addresses(HOME, site)):
        yield ActorLeaf(
            id=_name(address_of("actors", identity)), actor=actor, note=Markup(places.within(HOME, str(actor.body)))
        )


class Places(Struct, frozen=True, kw_only=True):
    """Where pages stand in the file: leaves and actors by address; `url` is where the rest is published, `files` what texts show."""

    names: Mapping[str, str]
    url: str | None
    files: Mapping[str, SourceFile]

    def within(self, path: str, body: str) -> str:
        """Return the HTML of the page at `path` with ids that are its own and links that lead from leaf to leaf."""
        own = _name(path)
        body = _SCRIPTED.sub("", _PAINT.sub(rf"url(#{own}--\1)", body))
        return _ATTRIBUTE.sub(lambda found: self._change(path, own, found[1], found[2]), body)

    def _change(self, path: str, own: str, attribute: str, value: str) -> str:
        if attribute == "href":
            target = self._lead(path, html.unescape(value))
            return f' href="{html.escape(target)}"' if target else ' class="nowhere"'
        if attribute == "src":
            file = self.files.get(html.unescape(value).rpartition("/")[2])
            return (
                f' src="data:{guess_type(file.path)[0]};base64,{base64.b64encode(file.data).decode()}"' if file else ""
            )
        return f' {attribute}="{" ".join(f"{own}--{part}" for part in value.split())}"'

    def _lead(self, path: str, link: str) -> str | None:
        """Return where a link leads in the file, or outside of it; None where it leads nowhere."""
        if _OUTSIDE.match(link):
            return link
        way, _, anchor = link.partition("#")
        way = way.partition("?")[0]
        address = posixpath.normpath(posixpath.join(path, way)) if way else path
        address = f"{address.rstrip('/')}/" if not way or way.endswith(("/", ".")) else address
        name = self.names.get(address)
        if name is None:
            near = self.names.get(EVENTS) if address.startswith(EVENTS) else None
            published = self.url.rstrip("/") + address + (f"#{anchor}" if anchor else "") if self.url else None
            return f"#{near}" if near else published
        return f"#{name}--{anchor}" if anchor and anchor != "main" else f"#{name}"
