"""Show the claims page: who says what, where claims meet and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from markupsafe import Markup
from msgspec import Struct

from dossier.language.direction import isolate
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import Cluster, depth
from dossier.pages.json_ld import list_json_ld
from dossier.pages.views.claims import ClaimRow, show_row
from dossier.pages.views.disputes import BoardView, show_board, weightiest_first
from dossier.pages.views.facets import FacetView, claim_anchor, show_facets
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.names import short_name
from dossier.pages.views.wording import certainty_of, cluster_in_words, count

CLAIMS_SHOWN = 500  # of a larger dossier the page names the reports, which hold the rest
CLUSTERS_SHOWN = 150
DISPUTES_SHOWN = 150
CITATIONS_SHOWN = 150
TITLE = "من قال ماذا"


class ListedClaim(Struct, frozen=True, kw_only=True):
    """A claim in the list, with its anchor on this page. `headed` says that the heading over it has its words already."""

    anchor: str
    row: ClaimRow
    headed: bool = False


class ClusterView(Struct, frozen=True, kw_only=True):
    """Claims that say the same, the nearest to its source first: what is claimed, and «3 تقارير، مصدر أول واحد، غير مسمّى»."""

    heading: Markup
    summary: str
    claims: tuple[ListedClaim, ...]


class ReliesView(Struct, frozen=True, kw_only=True):
    """A report that relies on another, how surely, and why."""

    report: Link
    source: Link
    certainty: str
    why: Markup


class ReportClaims(Struct, frozen=True, kw_only=True):
    """A report's claims that stand alone; in a large dossier only their number."""

    report: Link
    number: str
    claims: tuple[ListedClaim, ...]


class ClaimsView(Struct, frozen=True, kw_only=True):
    """The page `/claims/`: the index of claims, disagreements, what several reports say, the rest, and which reports go back to which.

    `listed` says that all claims are on the page; of a larger dossier the reports' pages have them.
    """

    shell: Frame
    total: str
    listed: bool
    facets: tuple[FacetView, ...]
    board: BoardView | None
    clusters: tuple[ClusterView, ...]
    reports: tuple[ReportClaims, ...]
    citations: tuple[ReliesView, ...]
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
    listed = len(site.claims) <= CLAIMS_SHOWN
    disputes = weightiest_first(site)
    joined = sorted(
        (c for c in site.clusters if len(c.claims) > 1), key=lambda c: (-len(c.reports), -len(c.claims), c.claims)
    )
    return ClaimsView(
        shell=make_shell(
            site,
            path,
            TITLE,
            "كل قول في الملف ومن قاله، وكم مصدرًا أول له، ومن يخالفه.",
            json_ld=Markup(list_json_ld(site, path, TITLE, claims=site.claims)),
        ),
        total=count(len(site.claims), "claim", digits),
        listed=listed,
        facets=show_facets(site, to, listed=listed),
        board=show_board(site, disputes[:DISPUTES_SHOWN], to) if disputes else None,
        clusters=tuple(_cluster(site, cluster, to) for cluster in joined[: None if listed else CLUSTERS_SHOWN]),
        reports=tuple(_alone(site, to, listed=listed)),
        citations=tuple(islice(_citations(site, to), CITATIONS_SHOWN)),
        cut=len(site.disputes) > DISPUTES_SHOWN or (not listed and len(joined) > CLUSTERS_SHOWN),
    )


def _cluster(site: LinkedDossier, cluster: Cluster, to: Addresses) -> ClusterView:
    """Head claims by the event that they speak of, or else by the words of the one nearest to its source."""
    refs = sorted(cluster.claims, key=lambda ref: depth(site.claims[ref].claim))
    events = {site.claims[ref].claim.event for ref in refs}
    event = events.pop() if len(events) == 1 else None
    heading = site.events[event].event.title if event else site.claims[refs[0]].claim.text
    return ClusterView(
        heading=isolate(heading),
        summary=cluster_in_words(len(cluster.reports), cluster.origins, to.digits),
        claims=tuple(_listed(site, ref, to, headed=not event and ref == refs[0]) for ref in refs),
    )


def _listed(site: LinkedDossier, ref: str, to: Addresses, *, headed: bool = False) -> ListedClaim:
    return ListedClaim(anchor=claim_anchor(ref), row=show_row(site, ref, to), headed=headed)


def _alone(site: LinkedDossier, to: Addresses, *, listed: bool) -> Iterator[ReportClaims]:
    """Yield, by report, the claims that no other repeats or agrees with."""
    by_report: dict[str, list[str]] = {}
    for cluster in site.clusters:
        if len(cluster.claims) == 1:
            by_report.setdefault(site.claims[cluster.claims[0]].report, []).append(cluster.claims[0])
    for report in site.reports:
        refs = by_report.get(report, [])
        if refs:
            yield ReportClaims(
                report=Link(href=to.report(report), text=short_name(site, report)),
                number=count(len(refs), "claim", to.digits),
                claims=tuple(_listed(site, ref, to) for ref in refs) if listed else (),
            )
