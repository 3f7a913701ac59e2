"""What each report brings to the linked dossier by itself, whatever else is in it.

A part depends on one report and its texts alone, so it can be kept by their digests: after an edit one part is made, and
linking only puts parts together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dossier.memo import digest_of
from dossier.model import Claim, Report
from dossier.origins import Cluster, distinct, own_origin, reference
from dossier.references import links_of
from dossier.site import CitedBy, LinkedClaim, LinkedReport, ReportTexts, latest_day, span

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One report's share.

    `linked` and `claims` are as they are where no other report points here and no claim points anywhere; `clusters` are
    those in which each claim is alone. `cites` are citations by the report cited. `about`, `said` and `on` pair actors and
    events with claims; `claimed` stands for these three together. `tied` says that claims point at others; `newest` is the
    latest day that the report can be of.
    """

    id: str
    linked: LinkedReport
    claims: tuple[tuple[str, LinkedClaim], ...]
    clusters: tuple[Cluster, ...]
    cites: tuple[tuple[str, CitedBy], ...]
    about: Pairs
    said: Pairs
    on: Pairs
    claimed: str
    tied: bool
    newest: str
    updated: str


def make_part(report: Report, texts: ReportTexts) -> Part:
    """The share of one report."""
    published = span(report.published)
    refs = [(reference(report.id, claim.id), claim) for claim in report.claims]
    claims = [_link_alone(report.id, ref, claim) for ref, claim in refs]
    about = tuple((actor, ref) for ref, claim in refs for actor in dict.fromkeys(claim.about))
    said = tuple((actor, ref) for ref, claim in refs for actor in dict.fromkeys(s.who for s in claim.said if s.who))
    on = tuple((claim.event, ref) for ref, claim in refs if claim.event)
    return Part(
        id=report.id,
        linked=LinkedReport(
            report=report,
            texts=texts,
            published=published,
            counts=_count(texts),
            events=tuple(dict.fromkeys(event for event, _ in on)),
            cited_by=(),
        ),
        claims=tuple((claim.ref, claim) for claim in claims),
        clusters=tuple(claim.cluster for claim in claims),
        cites=tuple((c.report, CitedBy(report=report.id, certainty=c.certainty, why=c.why)) for c in report.cites),
        about=about,
        said=said,
        on=on,
        claimed=digest_of((about, said, on)),
        tied=any(links_of(claim) for claim in report.claims),
        newest=latest_day(published),
        updated=max((day for day in (report.revised, report.added) if day), default=""),
    )


def _link_alone(report: str, ref: str, claim: Claim) -> LinkedClaim:
    origins = distinct([own_origin(report, claim)])
    cluster = Cluster(claims=(ref,), reports=(report,), origins=origins)
    return LinkedClaim(ref=ref, report=report, claim=claim, origins=origins, cluster=cluster)


def _count(texts: ReportTexts) -> dict[str, int]:
    """How often each actor is named, most first."""
    found = Counter(m.actor for m in (*texts.seed_mentions, *texts.original_mentions))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
