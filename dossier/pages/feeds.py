"""Write feed and sitemap. Characters that XML refuses are dropped from what captured texts bring along."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from dossier.content.addresses import address_of
from dossier.language.markdown import plain_text
from dossier.linking.linked import LinkedDossier, LinkedReport

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWEST = 50
MAX_ADDRESSES = 50_000  # of one sitemap, by its protocol
NEVER = "1970-01-01"  # Atom wants a date; reports without one come last
_REFUSED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def without_controls(text: str) -> str:
    """Return a text without the characters that XML refuses (XML 1.0, section 2.2)."""
    return _REFUSED.sub("", text)


def atom_feed(site: LinkedDossier, url: str) -> bytes:
    """Return the feed of the `NEWEST` reports by the day they came in or changed (RFC 4287). `url` has no slash at its end."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "ar"})
    _add(feed, "title", site.settings.title)
    _add(feed, "id", f"{url}/")
    _add(feed, "updated", f"{site.updated or NEVER}T00:00:00Z")
    ElementTree.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{url}/feed.xml"})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{url}/"})
    author = ElementTree.SubElement(feed, "author")
    _add(author, "name", site.settings.publisher or site.settings.title)
    newest = sorted(site.reports.values(), key=lambda r: (_changed(r), r.id), reverse=True)[:NEWEST]
    for report in newest:
        _entry(feed, report, url)
    return _document(feed)


def _entry(feed: ElementTree.Element, report: LinkedReport, url: str) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    address = url + address_of("reports", report.id)
    _add(entry, "title", report.report.title)
    _add(entry, "id", address)
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    if report.report.added:
        _add(entry, "published", f"{report.report.added}T00:00:00Z")
    _add(entry, "updated", f"{_changed(report)}T00:00:00Z")
    _add(entry, "summary", plain_text(report.report.body) or report.report.title)


def _changed(report: LinkedReport) -> str:
    return report.report.revised or report.report.added or NEVER


def sitemap(url: str, pages: Sequence[str]) -> bytes:
    """Return the sitemap of the pages in folders, at most `MAX_ADDRESSES`. `url` has no slash at its end, `pages` are addresses."""
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP})
    for page in [page for page in pages if page.endswith("/")][:MAX_ADDRESSES]:
        _add(ElementTree.SubElement(root, "url"), "loc", url + page)
    return _document(root)


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = without_controls(text)


def _document(root: ElementTree.Element) -> bytes:
    body: bytes = ElementTree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"
