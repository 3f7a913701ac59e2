"""Write feed and sitemap. Characters that XML refuses are dropped from what captured texts bring along."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from uuid import UUID, uuid5
from xml.etree import ElementTree

from dossier.content.addresses import CORRECTIONS, address_of
from dossier.content.model import Withdrawn, Words
from dossier.language.markdown import plain_text
from dossier.linking.ledger import Correction
from dossier.linking.linked import LinkedDossier, LinkedReport
from dossier.pages.views.corrections import name_of_claim, newest_first

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWEST = 50
_NAMESPACE = UUID("6c1f5c0e-2b0b-5e55-9d0c-9f6a3b8a7d14")  # of ours; it must never change
MAX_ADDRESSES = 50_000  # of one sitemap, by its protocol
NEVER = "1970-01-01"  # Atom wants a date; reports without one come last
_REFUSED = (
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # XML 1.0, section 2.2; compiled where a feed is made
)


def without_controls(text: str) -> str:
    """Return a text without the characters that XML refuses (XML 1.0, section 2.2)."""
    return re.sub(_REFUSED, "", text)


def atom_feed(site: LinkedDossier, url: str) -> bytes:
    """Return the feed of the `NEWEST` reports by the day they came in or changed (RFC 4287). `url` has no slash at its end."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "ar"})
    _add(feed, "title", site.settings.title)
    _add(feed, "id", f"{url}/")
    changed = [*map(_changed, site.reports.values()), *(c.date for c in newest_first(site)[:1])]
    _add(feed, "updated", f"{max(changed, default=NEVER)}T00:00:00Z")
    ElementTree.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{url}/feed.xml"})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{url}/"})
    author = ElementTree.SubElement(feed, "author")
    _add(author, "name", site.settings.publisher or site.settings.title)
    entries = [
        *((_changed(r), r.id, partial(_entry, feed, site, r, url)) for r in site.reports.values()),
        *((c.date, c.anchor, partial(_correction, feed, site, c, url)) for c in newest_first(site)[:NEWEST]),
    ]
    for _, _, add in sorted(entries, key=lambda entry: entry[:2], reverse=True)[:NEWEST]:
        add()
    return _document(feed)


def entry_id(kind: str, identity: str) -> str:
    """Return an id that neither an address of the site nor a new name changes (a UUID of version 5, RFC 9562)."""
    return f"urn:uuid:{uuid5(_NAMESPACE, f'{kind}/{identity}')}"


def _correction(feed: ElementTree.Element, site: LinkedDossier, correction: Correction, url: str) -> None:
    """Add a correction, with both words; of withdrawn ones the reason."""
    entry = ElementTree.SubElement(feed, "entry")
    _add(entry, "title", f"تصحيح: {name_of_claim(site, correction.ref)}")
    _add(entry, "id", entry_id("corrections", correction.anchor))
    address = f"{url}{CORRECTIONS}#{correction.anchor}"
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _add(entry, "updated", f"{correction.date}T00:00:00Z")
    words = (f"كان: {_in_words(correction.old, 'لم يكن هنا')}", f"صار: {_in_words(correction.new, 'حُذف')}")
    _add(entry, "summary", "\n".join((*words, *((correction.note,) if correction.note else ()))))


def _in_words(words: Words, none: str) -> str:
    return f"سُحبت ({words.withdrawn})" if isinstance(words, Withdrawn) else words or none


def _entry(feed: ElementTree.Element, site: LinkedDossier, report: LinkedReport, url: str) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    address = url + address_of("reports", report.id)
    _add(entry, "title", report.report.title)
    _add(entry, "id", entry_id("reports", (*report.report.was, report.id)[0]))
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    if report.report.added:
        _add(entry, "published", f"{report.report.added}T00:00:00Z")
    _add(entry, "updated", f"{_changed(report)}T00:00:00Z")
    _add(entry, "summary", plain_text(site.briefs[report.id]) or report.report.title)


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
