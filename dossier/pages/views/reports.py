"""Show a report's page, the heart of the dossier, and the lists of reports."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup
from msgspec import Struct

from dossier.articles.differences import Change, compare
from dossier.content.addresses import list_address
from dossier.content.model import OriginalRef, Reliability
from dossier.language.arabic import Digits
from dossier.language.date_words import describe, describe_day
from dossier.language.dates import parse_edtf
from dossier.language.direction import isolate
from dossier.linking.linked import LinkedDossier, LinkedReport, Related, related
from dossier.pages.citations import Citations, article_in_words, cite
from dossier.pages.json_ld import list_json_ld, report_json_ld
from dossier.pages.views.claims import ClaimView, show_claim
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.names import short_name, source_of
from dossier.pages.views.text import PieceView, first_sentence, show_markdown, show_text
from dossier.pages.views.wording import (
    GENRES,
    RELIABILITIES,
    certainty_of,
    count,
    numeral,
)

PAGE_SIZE = 50
SHARED_SHOWN = 3  # names that two reports have in common
UNGRADED = "F"  # cannot be judged: said once, on the page of sources
UNKNOWN_DATE = "تاريخ النشر غير معروف"


class ReportCard(Struct, frozen=True, kw_only=True):
    """A report as lists show it: headline, outlet, date, one line, main actors."""

    href: str
    title: Markup
    source: Markup
    date: str
    genre: str
    line: Markup
    actors: tuple[Link, ...]


class CitationView(Struct, frozen=True, kw_only=True):
    """A report that this one relies on, or that relies on it."""

    link: Link
    certainty: str
    why: Markup


class RelatedView(Struct, frozen=True, kw_only=True):
    """A related report and the reason: the actors and events that both have; `found` is the same as it was found."""

    found: Related
    link: Link
    actors: tuple[Link, ...]
    events: tuple[Link, ...]


class NamedActor(Struct, frozen=True, kw_only=True):
    """An actor of a report, with how often they are named."""

    link: Link
    mentions: str


class OriginalView(Struct, frozen=True, kw_only=True):
    """What is known of the original; `pieces` are its text where a copy was taken up."""

    sha256: str
    headline: Markup | None
    url: str | None
    archived_url: str | None
    captured: str | None
    present: bool
    pieces: tuple[PieceView, ...]


class ChangeView(Struct, frozen=True, kw_only=True):
    """A paragraph that differs between two captures: where it stands, and its runs as pairs of kind and text."""

    where: str
    runs: tuple[tuple[str, Markup], ...]


class OtherView(Struct, frozen=True, kw_only=True):
    """A further capture; `changes` from the original to it, None where they cannot be compared."""

    anchor: str
    file: str | None
    original: OriginalView
    changes: tuple[ChangeView, ...] | None


class GradeView(Struct, frozen=True, kw_only=True):
    """How far an outlet can be relied on, in an editor's eyes, and whose interest it has; without a letter where nobody can judge."""

    outlet: Link
    letter: str | None
    words: str
    note: Markup | None
    interest: Markup | None


class ReportView(Struct, frozen=True, kw_only=True):
    """The page of a report, `/reports/<id>/`."""

    shell: Frame
    id: str
    title: Markup
    genre: str
    outlet: Link | None
    via: tuple[Link, ...]
    author: Markup | None
    author_name: str | None
    published: str
    published_basis: Markup | None
    grades: tuple[GradeView, ...]
    topics: tuple[str, ...]
    brief: Markup
    claims: tuple[ClaimView, ...]
    claims_summary: str
    pieces: tuple[PieceView, ...]
    seed_file: str
    seed_sha256: str
    original: OriginalView | None
    others: tuple[OtherView, ...]
    cites: tuple[CitationView, ...]
    cited_by: tuple[CitationView, ...]
    related: tuple[RelatedView, ...]
    actors: tuple[NamedActor, ...]
    citations: Citations
    citation: Markup
    article: str
    machine_date: str | None
    added: str | None
    revised: str | None


class PrintedReport(Struct, frozen=True, kw_only=True):
    """A report in the printed document."""

    id: str
    title: Markup
    genre: str
    outlet: Link | None
    via: tuple[Link, ...]
    published: str
    brief: Markup
    claims: tuple[ClaimView, ...]
    pieces: tuple[PieceView, ...]


def show_printed(site: LinkedDossier, report: str, to: Addresses) -> PrintedReport:
    """Return a report for a document of many. `report` is its id."""
    linked = site.reports[report]
    r = linked.report
    return PrintedReport(
        id=r.id,
        title=isolate(r.title),
        genre=GENRES[r.genre],
        outlet=_actor_link(site, to, r.outlet) if r.outlet else None,
        via=tuple(_actor_link(site, to, outlet) for outlet in r.via),
        published=_published(linked, to.digits),
        brief=show_markdown(site.briefs[report], site, to, heading=3, name=f"report-{r.id}"),
        claims=tuple(show_claim(site, f"{report}#{c.id}", to) for c in r.claims),
        pieces=show_text(linked.texts.seed, linked.texts.mentions.seed, to, "p", r.lang),
    )


def view_report(site: LinkedDossier, path: str, report: str) -> ReportView:
    """Return the view of one report's page. `report` is its id."""
    to = Addresses(path, site)
    linked = site.reports[report]
    r = linked.report
    digits = site.settings.digits
    taken_up = linked.texts.original is not None
    citations = cite(site, report)
    return ReportView(
        shell=make_shell(
            site,
            path,
            r.title,
            first_sentence(site.briefs[report]),
            og_type="article",
            json_ld=Markup(report_json_ld(site, report)),
        ),
        id=r.id,
        title=isolate(r.title),
        genre=GENRES[r.genre],
        outlet=_actor_link(site, to, r.outlet) if r.outlet else None,
        via=tuple(_actor_link(site, to, outlet) for outlet in r.via),
        author=isolate(r.author) if r.author else None,
        author_name=r.author,
        published=_published(linked, digits),
        published_basis=isolate(r.published_basis) if r.published_basis else None,
        grades=tuple(_grades(site, linked, to)),
        topics=r.topics,
        brief=show_markdown(site.briefs[report], site, to, heading=3, name=f"report-{r.id}"),
        claims=tuple(show_claim(site, f"{report}#{c.id}", to, original=taken_up) for c in r.claims),
        claims_summary=count(len(r.claims), "claim", digits),
        pieces=show_text(linked.texts.seed, linked.texts.mentions.seed, to, "p", r.lang),
        seed_file=r.seed,
        seed_sha256=linked.texts.seed.sha256,
        original=_original(linked, to),
        others=tuple(_others(linked, to)),
        cites=tuple(_citation(site, to, c.report, certainty_of("cites", c.certainty), c.why) for c in r.cites),
        cited_by=tuple(
            _citation(site, to, c.report, certainty_of("cites", c.certainty), c.why)
            for c in site.cited_by.get(linked.id, ())
        ),
        related=tuple(_related(site, to, found) for found in related(site, report)),
        actors=tuple(
            NamedActor(link=_actor_link(site, to, actor), mentions=numeral(number, digits))
            for actor, number in linked.counts.items()
        ),
        citations=citations,
        citation=isolate(citations.text),
        article=article_in_words(site, linked),
        machine_date=r.revised or r.added,
        added=_day(r.added, digits),
        revised=_day(r.revised, digits),
    )


def _published(linked: LinkedReport, digits: Digits) -> str:
    return describe_day(linked.published, digits) if linked.published else UNKNOWN_DATE


def _day(day: str | None, digits: Digits) -> str | None:
    return describe(parse_edtf(day), digits) if day else None


def _grades(site: LinkedDossier, linked: LinkedReport, to: Addresses) -> Iterator[GradeView]:
    """Yield the outlet and those whom it passes on, as far as somebody graded them."""
    r = linked.report
    for outlet in dict.fromkeys((*([r.outlet] if r.outlet else ()), *r.via)):
        given = site.actors[outlet].actor.reliability
        if given and given.letter != UNGRADED:
            yield show_grade(_actor_link(site, to, outlet), given)


def show_grade(outlet: Link, given: Reliability) -> GradeView:
    """Show what an editor thinks of an outlet."""
    return GradeView(
        outlet=outlet,
        letter=given.letter if given.letter != UNGRADED else None,
        words=RELIABILITIES[given.letter],
        note=isolate(given.note) if given.note else None,
        interest=isolate(given.interest) if given.interest else None,
    )


def _actor_link(site: LinkedDossier, to: Addresses, actor: str) -> Link:
    return Link(href=to.actor(actor), text=site.actors[actor].actor.name)


def _original(linked: LinkedReport, to: Addresses) -> OriginalView | None:
    ref = linked.report.original
    if ref is None:
        return None
    text = linked.texts.original
    pieces = show_text(text, linked.texts.mentions.original, to, "o", linked.report.lang) if text else ()
    return _described(ref, linked, pieces, present=text is not None)


def _described(
    ref: OriginalRef, linked: LinkedReport, pieces: tuple[PieceView, ...] = (), *, present: bool
) -> OriginalView:
    return OriginalView(
        sha256=ref.sha256,
        headline=isolate(ref.headline, linked.report.lang) if ref.headline else None,
        url=ref.url,
        archived_url=ref.archived_url,
        captured=ref.captured,
        present=present,
        pieces=pieces,
    )


def _others(linked: LinkedReport, to: Addresses) -> Iterator[OtherView]:
    """Yield the further captures, each with what differs in it from the original."""
    original = linked.texts.original
    for number, (ref, text) in enumerate(zip(linked.report.originals, linked.texts.others, strict=True), 1):
        changes = compare(original, text) if original and text else None
        yield OtherView(
            anchor=f"other-{number}",
            file=ref.file,
            original=_described(ref, linked, present=text is not None),
            changes=tuple(_change(change, linked.report.lang, to) for change in changes)
            if changes is not None
            else None,
        )


def _change(change: Change, lang: str, to: Addresses) -> ChangeView:
    before, after = (numeral(n, to.digits) if n else None for n in (change.before, change.after))
    where = f"الفقرة {before or after}"
    if change.before is None:
        where += "، زيدت"
    elif change.after is None:
        where += "، حُذفت"
    elif before != after:
        where += f"، وصارت {after}"
    return ChangeView(where=where, runs=tuple((run.kind, isolate(run.text, lang)) for run in change.runs))


def _citation(site: LinkedDossier, to: Addresses, report: str, certainty: str, why: str) -> CitationView:
    return CitationView(
        link=Link(href=to.report(report), text=short_name(site, report)), certainty=certainty, why=isolate(why)
    )


def _related(site: LinkedDossier, to: Addresses, found: Related) -> RelatedView:
    return RelatedView(
        found=found,
        link=Link(href=to.report(found.report), text=short_name(site, found.report)),
        actors=tuple(_actor_link(site, to, actor) for actor in found.actors[:SHARED_SHOWN]),
        events=tuple(Link(href=to.event(e), text=site.events[e].event.title) for e in found.events[:4]),
    )


def show_card(site: LinkedDossier, report: str, to: Addresses, *, actors: int = 5) -> ReportCard:
    """Return a report for a list, with at most `actors` of the actors that it names most."""
    linked = site.reports[report]
    r = linked.report
    return ReportCard(
        href=to.report(report),
        title=isolate(r.title),
        source=isolate(source_of(site, linked)),
        date=_published(linked, site.settings.digits),
        genre=GENRES[r.genre],
        line=isolate(first_sentence(site.briefs[report])),
        actors=tuple(_actor_link(site, to, actor) for actor in list(linked.counts)[:actors]),
    )


class ReportsView(Struct, frozen=True, kw_only=True):
    """One page of the list of reports, such as `/reports/page/2/`."""

    shell: Frame
    title: str
    total: str
    reports: tuple[ReportCard, ...]
    page: str
    newer: str | None
    older: str | None


def report_pages(site: LinkedDossier) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the addresses of the list of reports with the ids that each shows, newest first, `PAGE_SIZE` to a page."""
    ids = tuple(site.reports)
    for start in range(0, len(ids), PAGE_SIZE):
        number = start // PAGE_SIZE + 1
        yield list_address("reports", number), ids[start : start + PAGE_SIZE]


def view_reports(site: LinkedDossier, path: str, ids: tuple[str, ...], number: int, pages: int) -> ReportsView:
    """Return the view of one page of the list of reports. `number` counts from 1 to `pages`."""
    to = Addresses(path, site)
    digits = site.settings.digits
    title = "التقارير" if number == 1 else f"التقارير، صفحة {numeral(number, digits)}"
    return ReportsView(
        shell=make_shell(site, path, title, json_ld=Markup(list_json_ld(site, path, title, reports=ids))),
        title="التقارير",
        total=count(len(site.reports), "report", digits),
        reports=tuple(show_card(site, report, to) for report in ids),
        page=f"صفحة {numeral(number, digits)} من {numeral(pages, digits)}" if pages > 1 else "",
        newer=to.to(list_address("reports", number - 1)) if number > 1 else None,
        older=to.to(list_address("reports", number + 1)) if number < pages else None,
    )
