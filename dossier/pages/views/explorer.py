"""Show the claims page: who says what, where claims meet and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup

from dossier.language.direction import isolate
from dossier.linking.linked import LinkedDossier
from dossier.pages.json_ld import list_json_ld
from dossier.pages.views.claims import ClaimRow, show_row
from dossier.pages.views.disputes import DisputeView, show_dispute, topic_of, weightiest_first
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.names import short_name
from dossier.pages.views.wording import certainty_of, cluster_in_words, count

CLAIMS_SHOWN = 500  # of a larger dossier the page names the reports, which hold the rest
CLUSTERS_SHOWN = 150
DISPUTES_SHOWN = 150
CITATIONS_SHOWN = 150


@dataclass(frozen=True, kw_only=True, slots=True)
class ClusterView:
    """Claims that say the same: what they are about, and «3 تقارير، مصدر أول واحد، غير مسمّى»."""

    topic: Markup
    summary: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReliesView:
    """A report that relies on another, how surely, and why."""

    report: Link
    source: Link
    certainty: str
    why: Markup


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportClaims:
    """A report's claims that stand alone; in a large dossier only their number."""

    report: Link
    number: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimsView:
    """The page `/claims/`: which reports go back to which, disagreements, what several reports say, and the rest by report."""

    shell: Frame
    total: str
    citations: tuple[ReliesView, ...]
    disputes: tuple[DisputeView, ...]
    clusters: tuple[ClusterView, ...]
    reports: tuple[ReportClaims, ...]
    cut: bool


def _citations(site: LinkedDossier, to: Addresses) -> Iterator[ReliesView]:
    for report in site.reports.values():
        for cite in report.report.cites:
            yield ReliesView(
                report=Link(href=to.report(report.id), text=short_name(site, report.id)),
                source=Link(href=to.report(cite.report), text=short_name(site, cite.report)),
                certainty=certainty_of("cites", cite.certainty),
                why=isolate(cite.why),
            )


def view_claims(site: LinkedDossier, path: str) -> ClaimsView:
    """Return the view of the claims page."""
    to = Addresses(path, site)
    digits = site.settings.digits
    joined = sorted(
        (c for c in site.clusters if len(c.claims) > 1), key=lambda c: (-len(c.reports), -len(c.claims), c.claims)
    )
    return ClaimsView(
        shell=make_shell(
            site,
            path,
            "من قال ماذا",
            "كل قول في الملف ومن قاله، وكم مصدرًا أول له، ومن يخالفه.",
            json_ld=Markup(list_json_ld(site, path, "من قال ماذا", claims=site.claims)),
        ),
        total=count(len(site.claims), "claim", digits),
        citations=tuple(islice(_citations(site, to), CITATIONS_SHOWN)),
        disputes=tuple(show_dispute(site, dispute, to) for dispute in weightiest_first(site)[:DISPUTES_SHOWN]),
        clusters=tuple(
            ClusterView(
                topic=isolate(topic_of(site, c.claims)),
                summary=cluster_in_words(len(c.reports), c.origins, digits),
                claims=tuple(show_row(site, ref, to) for ref in c.claims),
            )
            for c in joined[:CLUSTERS_SHOWN]
        ),
        reports=tuple(_alone(site, to)),
        cut=len(joined) > CLUSTERS_SHOWN or len(site.disputes) > DISPUTES_SHOWN,
    )


def _alone(site: LinkedDossier, to: Addresses) -> Iterator[ReportClaims]:
    """Yield, by report, the claims that no other repeats or agrees with."""
    by_report: dict[str, list[str]] = {}
    for cluster in site.clusters:
        if len(cluster.claims) == 1:
            by_report.setdefault(site.claims[cluster.claims[0]].report, []).append(cluster.claims[0])
    shown = len(site.claims) <= CLAIMS_SHOWN
    for report in site.reports:
        refs = by_report.get(report, [])
        if refs:
            yield ReportClaims(
                report=Link(href=to.report(report), text=site.reports[report].report.title),
                number=count(len(refs), "claim", to.digits),
                claims=tuple(show_row(site, ref, to) for ref in refs) if shown else (),
            )
