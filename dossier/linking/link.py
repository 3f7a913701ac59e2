"""Everything linked: reports to actors and back, citations both ways, origins, disagreements.

`link_shares` only puts together what shelves of reports bring by themselves (`parts`), so that it is cheap enough to be done anew after
every edit. Origins and clusters are traced among the claims that relations join; all others stand alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from types import MappingProxyType

from dossier.articles.mentions import Names
from dossier.content.model import Difference, Dossier, Event
from dossier.engine.memo import Memo
from dossier.linking.linked import (
    CitedBy,
    Dispute,
    LinkedActor,
    LinkedClaim,
    LinkedDossier,
    LinkedEvent,
    LinkedReport,
    ReportTexts,
    Ties,
    oldest_first,
    span,
)
from dossier.linking.origins import Cluster, outlets_of, reference, trace_claims
from dossier.linking.parts import Pairs, Part, Share, make_part, sum_up

Grouped = dict[str, list[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Relations:
    """What relations make of the claims: the ties of each, clusters in the order of their first claims, disputes, circles."""

    ties: dict[str, Ties]
    clusters: tuple[Cluster, ...]
    disputes: tuple[Dispute, ...]
    cycles: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimGroups:
    """Claims by whom they are about, by who says them, and by the events they are on."""

    about: Grouped
    said: Grouped
    on: Grouped


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportGroups:
    """Reports, newest first, by whom they name and by their outlets; `mentions` counts how often each actor is named."""

    naming: Grouped
    mentions: Mapping[str, int]
    published: Grouped


def link(dossier: Dossier, texts: Mapping[str, ReportTexts], *, names: Names, url: str | None) -> LinkedDossier:
    """Links everything. `texts` is by report id, `names` are the actors' as they were sought in them.

    References must have been checked; `url` is where the site will be published.
    """
    outlets = outlets_of(dossier.actors)
    share = sum_up([make_part(report, texts[report.id], outlets) for report in dossier.reports])
    return link_shares(dossier, [share], names=names, url=url, memo=Memo())


def link_shares(
    dossier: Dossier, shares: Sequence[Share], *, names: Names, url: str | None, memo: Memo
) -> LinkedDossier:
    """The same from the shares of all reports, in the dossier's order."""
    reports = _order_reports(shares, memo)
    claims: dict[str, LinkedClaim] = {}
    for share in shares:
        claims.update(share.claims)
    outlets = outlets_of(dossier.actors)
    tying = (outlets, tuple([share.tying for share in shares]))
    web = memo.get("relations", tying, lambda: _relate(shares, claims, outlets))
    groups = _group_claims(shares, memo)
    return LinkedDossier(
        settings=dossier.settings,
        url=url,
        reports=reports,
        cited_by=_cited_by(shares),
        moved=tuple(chain.from_iterable(share.moved for share in shares)),
        actors=_link_actors(dossier, _group_reports(reports, shares, memo), groups),
        events=_link_events(dossier.events, claims, groups.on),
        pages=MappingProxyType({page.id: page for page in dossier.pages}),
        places=dossier.places,
        claims=MappingProxyType(claims),
        ties=MappingProxyType(web.ties),
        clusters=web.clusters,
        disputes=web.disputes,
        cycles=web.cycles,
        names=names,
        updated=max((share.updated for share in shares), default="") or None,
    )


def _order_reports(shares: Sequence[Share], memo: Memo) -> Mapping[str, LinkedReport]:
    """Reports, newest first, unknown dates last, then by id: the order of `newest_first`."""

    def order() -> list[str]:
        days = [pair for share in shares for pair in share.days]
        return [report for report, _ in sorted(days, key=itemgetter(1), reverse=True)]

    reports: dict[str, LinkedReport] = {}
    for share in shares:
        reports.update(share.reports)
    ordered = memo.get("order", tuple([share.dated for share in shares]), order)
    return MappingProxyType(dict(zip(ordered, map(reports.__getitem__, ordered), strict=True)))


def _relate(shares: Sequence[Share], claims: Mapping[str, LinkedClaim], outlets: frozenset[str]) -> Relations:
    """All that follows from relations between claims: nothing is traced but among those that they join."""
    tied = tuple(chain.from_iterable(share.tied for share in shares))
    pointing: dict[str, Grouped] = {"repeats": {}, "agrees": {}, "differs": {}}
    joined: set[str] = set()
    for kind, source, target in _relations(tied):
        pointing[kind].setdefault(target, []).append(source)
        joined |= {source, target}
    among = {ref: (linked.report, linked.claim) for ref, linked in claims.items() if ref in joined}
    provenance = trace_claims(among, outlets)
    ties = dict(chain.from_iterable(share.ties.items() for share in shares))
    for ref, origins in provenance.origins.items():
        ties[ref] = Ties(
            origins=origins,
            cluster=provenance.cluster_of[ref],
            repeated_by=tuple(pointing["repeats"].get(ref, ())),
            agreed_by=tuple(pointing["agrees"].get(ref, ())),
            differed_by=tuple(pointing["differs"].get(ref, ())),
        )
    return Relations(
        ties=ties,
        clusters=tuple(tie.cluster for ref, tie in ties.items() if tie.cluster.claims[0] == ref),
        disputes=_disputes(tied),
        cycles=provenance.cycles,
    )


def _relations(tied: Iterable[Part]) -> Iterator[tuple[str, str, str]]:
    """All relations between claims: their kind, and the claims from and to which they go."""
    for part in tied:
        for ref, linked in part.claims.items():
            for kind in ("repeats", "agrees", "differs"):
                for relation in getattr(linked.claim, kind):
                    yield kind, ref, reference(relation.report, relation.claim)


def _disputes(tied: Iterable[Part]) -> tuple[Dispute, ...]:
    found: dict[tuple[str, str, str], Dispute] = {}
    for part in tied:
        for ref, linked in part.claims.items():
            for difference in linked.claim.differs:
                other = reference(difference.report, difference.claim)
                pair = (min(ref, other), max(ref, other), difference.aspect)
                found.setdefault(pair, _dispute(ref, other, difference))
    return tuple(found.values())


def _dispute(ref: str, other: str, difference: Difference) -> Dispute:
    return Dispute(left=ref, right=other, aspect=difference.aspect, certainty=difference.certainty, why=difference.why)


def _cited_by(shares: Iterable[Share]) -> Mapping[str, tuple[CitedBy, ...]]:
    cited: dict[str, list[CitedBy]] = {}
    for report, citation in chain.from_iterable(share.cites for share in shares):
        cited.setdefault(report, []).append(citation)
    return MappingProxyType({report: tuple(cites) for report, cites in cited.items()})


def _group_claims(shares: Sequence[Share], memo: Memo) -> ClaimGroups:
    def group() -> ClaimGroups:
        about, said = _group(share.about for share in shares), _group(share.said for share in shares)
        return ClaimGroups(about=about, said=said, on=_group(share.on for share in shares))

    return memo.get("claims by actor", tuple([share.claimed for share in shares]), group)


def _group_reports(reports: Mapping[str, LinkedReport], shares: Sequence[Share], memo: Memo) -> ReportGroups:
    def group() -> ReportGroups:
        naming: defaultdict[str, list[str]] = defaultdict(list)
        mentions: defaultdict[str, int] = defaultdict(int)
        published: defaultdict[str, list[str]] = defaultdict(list)
        for report, linked in reports.items():
            for actor, number in linked.counts.items():
                naming[actor].append(report)
                mentions[actor] += number
            if linked.report.outlet:
                published[linked.report.outlet].append(report)
        return ReportGroups(naming=naming, mentions=mentions, published=published)

    return memo.get("reports by actor", tuple([share.naming + share.dated for share in shares]), group)


def _group(pairs: Iterable[Pairs]) -> Grouped:
    groups: Grouped = {}
    for key, value in chain.from_iterable(pairs):
        groups.setdefault(key, []).append(value)
    return groups


def _link_actors(dossier: Dossier, naming: ReportGroups, claims: ClaimGroups) -> Mapping[str, LinkedActor]:
    parts = _group([tuple((whole, actor.id) for actor in dossier.actors for whole in actor.part_of)])
    events = _group([tuple((actor, event.id) for event in dossier.events for actor in event.actors)])
    linked_actors = {
        actor.id: LinkedActor(
            actor=actor,
            reports=tuple(naming.naming.get(actor.id, ())),
            mentions=naming.mentions.get(actor.id, 0),
            about=tuple(claims.about.get(actor.id, ())),
            said=tuple(claims.said.get(actor.id, ())),
            published=tuple(naming.published.get(actor.id, ())),
            parts=tuple(parts.get(actor.id, ())),
            events=tuple(events.get(actor.id, ())),
        )
        for actor in dossier.actors
    }
    return MappingProxyType(linked_actors)


def _link_events(events: Sequence[Event], claims: Mapping[str, LinkedClaim], on: Grouped) -> Mapping[str, LinkedEvent]:
    linked = (
        LinkedEvent(
            event=event,
            when=span(event.when),
            claims=tuple(on.get(event.id, ())),
            reports=tuple(dict.fromkeys(claims[ref].report for ref in on.get(event.id, ()))),
        )
        for event in events
    )
    return MappingProxyType({event.id: event for event in oldest_first(linked)})
