"""Warn of reports that are not finished, claims that their paragraph does not bear out, and dates that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.articles.mentions import Mention
from dossier.articles.source_text import SourceText
from dossier.content.findings import Finding
from dossier.content.model import Claim, OriginalRef, ReportHead
from dossier.content.paths import SETTINGS, file_of
from dossier.content.scaffold import UNTITLED
from dossier.content.yaml_text import FieldPath
from dossier.language.arabic import fold
from dossier.language.dates import DateSpan, parse_edtf
from dossier.linking.linked import LinkedDossier, LinkedReport

# What is told of as past or present; plans, fears, conditions and opinions may look ahead.
TOLD = frozenset({"reported", "denied"})
_BEGINS_WITH_DAY = re.compile(r"\d{4}-\d{2}-\d{2}").match


def advise_on_reports(site: LinkedDossier) -> Iterator[Finding]:
    """Yield warnings on reports and their claims, and on a dossier that has no title yet."""
    if site.settings.title == UNTITLED:
        hint = "write the dossier's title"
        yield Finding(
            SETTINGS, ("title",), "the title is still the one that it was begun with", hint, severity="warning"
        )
    yield from _of_one_original(site)
    yield from _of_one_short_name(site)
    for linked in site.reports.values():
        report = linked.report
        original = report.original
        if report.title == report.id:
            yield _warn(report, ("title",), "the title is still the id", "write a headline of your own")
        elif original and report.title == original.headline:
            yield _warn(report, ("title",), "the title is the publisher's headline", "write one of your own")
        if not report.claims:
            hint = "write down what the article says, and who says it, as claims"
            yield _warn(report, ("title",), "this report has no claims", hint)
        yield from _dates(linked)
        yield from _relied_on(linked, site)
        for index, claim in enumerate(report.claims):
            yield from _claim_dates(linked, claim, index)
            if claim.about and not _is_borne_out(claim, linked, site):
                names = ", ".join(claim.about)
                message = f"paragraph {claim.at} names none of {names}, whom {claim.id} is about"
                hint = "mend at or about, or add the name that the paragraph uses to the aliases of its actor"
                yield _warn(report, ("claims", index, "at"), message, hint)


def _of_one_original(site: LinkedDossier) -> Iterator[Finding]:
    """Find reports of an article that another report is of already: their claims would count twice."""
    first: dict[str, str] = {}
    for linked in sorted(site.reports.values(), key=lambda linked: linked.id):
        report = linked.report
        known: list[tuple[FieldPath, OriginalRef]] = (
            [(("original", "sha256"), report.original)] if report.original else []
        )
        known += [(("originals", index, "sha256"), other) for index, other in enumerate(report.originals)]
        for path, original in known:
            if first.setdefault(original.sha256, linked.id) != linked.id:
                message = f'the report "{first[original.sha256]}" is of the same original'
                yield _warn(report, path, message, "keep one of the two, or mend the hash")


def _of_one_short_name(site: LinkedDossier) -> Iterator[Finding]:
    """Find reports whose short name another one has: references would not tell which is meant."""
    first: dict[str, str] = {}
    for linked in sorted(site.reports.values(), key=lambda linked: linked.id):
        short = linked.report.short
        if short and first.setdefault(short, linked.id) != linked.id:
            message = f'the report "{first[short]}" has the same short name'
            yield _warn(linked.report, ("short",), message, "give this one another")


def _warn(report: ReportHead, path: FieldPath, message: str, hint: str) -> Finding:
    return Finding(file_of("reports", report.id), path, message, hint, severity="warning")


def _dates(linked: LinkedReport) -> Iterator[Finding]:
    report, published = linked.report, linked.published
    if report.added and report.revised and report.revised < report.added:
        message = f"revised on {report.revised}, before it was added on {report.added}"
        yield _warn(report, ("revised",), message, "mend one of the two days")
    if published and published.earliest and report.added and published.earliest > report.added:
        message = f"published in {published.edtf}, after it was added on {report.added}"
        yield _warn(report, ("published",), message, "mend one of the two dates")
    day = _BEGINS_WITH_DAY(report.original.captured or "") if report.original else None
    if day and published and published.earliest and day[0] < published.earliest:
        message = f"captured on {day[0]}, before it was published in {published.edtf}"
        yield _warn(report, ("original", "captured"), message, "mend one of the two dates")


def _relied_on(linked: LinkedReport, site: LinkedDossier) -> Iterator[Finding]:
    """Find reports that this one relies on and that came out after it."""
    report, published = linked.report, linked.published
    reliances: list[tuple[FieldPath, str]] = [
        (("cites", index, "report"), cite.report) for index, cite in enumerate(report.cites)
    ]
    for number, claim in enumerate(report.claims):
        for index, link in enumerate(claim.repeats):
            reliances.append((("claims", number, "repeats", index, "report"), link.report))
    for path, other in reliances:
        later = site.reports[other].published
        if published and later and _ends_before(published, later):
            message = f'published in {published.edtf}, before "{other}" ({later.edtf}), which it relies on'
            yield _warn(report, path, message, "mend one of the two dates, or the reliance")


def _claim_dates(linked: LinkedReport, claim: Claim, index: int) -> Iterator[Finding]:
    published = linked.published
    if published and claim.when and claim.mode in TOLD and _ends_before(published, parse_edtf(claim.when)):
        message = f"{claim.id} is dated {claim.when}, after the article came out in {published.edtf}"
        hint = "mend one of the two dates, or write mode: planned"
        yield _warn(linked.report, ("claims", index, "when"), message, hint)


def _ends_before(one: DateSpan, other: DateSpan) -> bool:
    """Return whether the last day that one can mean lies before the first of the other."""
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _is_borne_out(claim: Claim, linked: LinkedReport, site: LinkedDossier) -> bool:
    """Return whether a claim's paragraph names somebody whom it is about, a part or the whole of them, or by an ambiguous name."""
    texts = linked.texts
    sought = {kin for actor in claim.about for kin in _kin(actor, site)}
    pairs = [(texts.seed, texts.mentions.seed, claim.at)]
    if texts.original and claim.original_at:
        pairs.append((texts.original, texts.mentions.original, claim.original_at))
    return any(_names_one(source, mentions, number, sought, site) for source, mentions, number in pairs)


def _kin(actor: str, site: LinkedDossier) -> Iterator[str]:
    yield actor
    yield from site.actors[actor].parts
    yield from site.actors[actor].actor.part_of


def _names_one(
    source: SourceText, mentions: tuple[Mention, ...], number: int, sought: set[str], site: LinkedDossier
) -> bool:
    paragraph = source.paragraphs[number - 1]
    if any(paragraph.start <= m.start < paragraph.end and m.actor in sought for m in mentions):
        return True
    letters = "".join(fold(source.text[paragraph.start : paragraph.end]).split())
    return any("".join(fold(n).split()) in letters for a in sought for n in site.actors[a].actor.ambiguous)
