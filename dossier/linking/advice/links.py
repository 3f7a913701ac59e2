"""Warn of links in hand-written texts that lead nowhere once the site is built, whatever form Markdown allows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.content.findings import Finding
from dossier.content.paths import file_of
from dossier.errors import nearest
from dossier.language.characters import place_of, show
from dossier.language.markdown import ELSEWHERE, SCHEMES, all_links, find_html, own_file, stray_footnotes
from dossier.linking.linked import LinkedDossier

OURS = "write a link of ours as actor:<id>, report:<id>, event:<id> or claim:<report>#<claim>"
_SPACED = re.compile(rf"\]\(\s*(?:{'|'.join(SCHEMES)}):\s")


def advise_on_links(site: LinkedDossier) -> Iterator[Finding]:
    """Yield warnings on links of notes, briefs and pages. A link of ours (`actor:` …) to nothing is an error, found by `checks`."""
    for file, body in _bodies(site):
        if "](" in body or "]:" in body or "<" in body:
            for scheme, target, line, column in all_links(body):
                if hint := _fault(scheme, target, site):
                    written = f"{scheme}:{target}" if scheme else target
                    yield Finding(
                        file,
                        (),
                        f"the link {show(written)} leads nowhere",
                        hint,
                        severity="warning",
                        in_body=(line, column),
                    )


def advise_on_markdown(site: LinkedDossier) -> Iterator[Finding]:
    """Yield warnings on what Markdown will not show as it was meant: HTML, links with a space, and footnotes without their other half."""
    for file, body in _bodies(site):
        for found in _SPACED.finditer(body):
            message, hint = "a link with a space behind its colon is no link", "delete the space"
            yield Finding(file, (), message, hint, severity="warning", in_body=place_of(body, found.start()))
        for place in find_html(body) if "<" in body else ():
            hint = "Markdown has marks for emphasis, tables, footnotes and pictures; other HTML is left out here"
            yield Finding(file, (), "HTML is shown as it is written", hint, severity="warning", in_body=place)
        for name, is_text, place in stray_footnotes(body) if "[^" in body else ():
            message = (
                f"the footnote {show(name)} has a text and stands nowhere"
                if is_text
                else f"the footnote {show(name)} has no text"
            )
            hint = (
                f"write [^{name}] where it belongs"
                if is_text
                else f"write its text in a paragraph that begins with [^{name}]:"
            )
            yield Finding(file, (), message, hint, severity="warning", in_body=place)


def _bodies(site: LinkedDossier) -> Iterator[tuple[str, str]]:
    yield from ((file_of("reports", linked.id), site.briefs[linked.id]) for linked in site.reports.values())
    yield from ((file_of("actors", linked.id), linked.actor.body) for linked in site.actors.values())
    yield from ((file_of("events", linked.id), linked.event.body) for linked in site.events.values())
    yield from ((file_of("pages", page.id), page.body) for page in site.pages.values())


def _fault(scheme: str, target: str, site: LinkedDossier) -> str:
    """Return what to do about a link; an empty string where nothing is wrong."""
    if not scheme and own_file(target):
        return ""  # `attachments` looks after files
    if scheme:
        return "" if scheme in SCHEMES or scheme in ELSEWHERE else nearest(scheme, SCHEMES) or OURS
    path = target.partition("#")[0]
    if not path or path.startswith("/"):
        return "" if _is_page(path, site) else OURS
    known = {"actor": site.actors, "report": site.reports, "event": site.events}
    if path.startswith("www."):
        return f"write https://{path}"
    name = path.rstrip("/").rpartition("/")[2].removesuffix(".md")
    return next((f"write {kind}:{name}" for kind, entries in known.items() if name in entries), OURS)


def _is_page(path: str, site: LinkedDossier) -> bool:
    """Return whether a path is that of a page; True for other files, of which nothing is known here."""
    parts = path.strip("/").split("/")
    entries = {"actors": site.actors, "reports": site.reports, "events": site.events}.get(parts[0])
    return entries is None or len(parts) != 2 or parts[1] in entries
