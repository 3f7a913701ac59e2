"""Reports without claims, claims that their paragraph does not support, and dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dossier.dates import parse_edtf
from dossier.findings import Finding
from dossier.model import Claim
from dossier.site import LinkedReport, Site, span

Warn = partial(Finding, severity="warning")
AHEAD = ("planned", "feared", "conditional")  # modes that speak of what may yet come


def advise_on_claims(site: Site) -> Iterator[Finding]:
    """What a second look at each report finds."""
    for linked in site.reports.values():
        file = f"content/reports/{linked.id}.md"
        if not linked.report.claims:
            yield Warn(file, ("title",), "the report makes no claims", "write down who says what, under claims")
        for index, claim in enumerate(linked.report.claims):
            yield from _unsupported(linked, claim, file, index)
            yield from _dated_ahead(linked, claim, file, index)
        yield from _impossible_days(linked, file)


def _unsupported(linked: LinkedReport, claim: Claim, file: str, index: int) -> Iterator[Finding]:
    """None of those whom a claim is about is named in its paragraph."""
    paragraphs = linked.texts.seed.paragraphs
    if not claim.about or claim.at > len(paragraphs):
        return
    here = paragraphs[claim.at - 1]
    named = {m.actor for m in linked.texts.seed_mentions if here.start <= m.start < here.end}
    if not named.intersection(claim.about):
        message = f"paragraph {claim.at} names none of those whom the claim is about"
        hint = f"it names {', '.join(sorted(named))}" if named else "it names nobody; is it another paragraph?"
        yield Warn(file, ("claims", index, "at"), message, hint)


def _dated_ahead(linked: LinkedReport, claim: Claim, file: str, index: int) -> Iterator[Finding]:
    when, published = span(claim.when), linked.published
    if claim.mode in AHEAD or not when or not published or not when.earliest or not published.latest:
        return
    if when.earliest > published.latest:
        message = f'the claim is dated "{claim.when}", after the article itself, "{published.edtf}"'
        yield Warn(file, ("claims", index, "when"), message, "mend one of the two, or the mode, if this was yet to come")


def _impossible_days(linked: LinkedReport, file: str) -> Iterator[Finding]:
    r, published = linked.report, linked.published
    if r.added and r.revised and r.revised < r.added:
        yield Warn(file, ("revised",), f'revised "{r.revised}" before it was added, "{r.added}"', "mend one of the two")
    if published and published.earliest and r.added and published.earliest > r.added:
        yield Warn(file, ("published",), f'published "{published.edtf}" after it was added here, "{r.added}"', "mend one of the two")
    captured = _captured(linked)
    if published and published.earliest and captured and published.earliest > captured:
        message = f'published "{published.edtf}" after it was captured, "{captured}"'
        yield Warn(file, ("published",), message, "mend one of the two")


def _captured(linked: LinkedReport) -> str | None:
    """The day of the capture, where it is written as one."""
    written = linked.report.original.captured if linked.report.original else None
    try:
        return parse_edtf(written).latest if written else None
    except ValueError:
        return None
