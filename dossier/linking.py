"""Everything linked: reports to actors and back, citations both ways, origins, disagreements.

`link_parts` only puts together what each report brings by itself (`parts`), so that it is cheap enough to be done anew after
every edit. Origins and clusters are traced among the claims of reports that relations join; all others stand alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from types import MappingProxyType

from dossier.memo import Memo
from dossier.mentions import Names
from dossier.model import Difference, Dossier, Event
from dossier.origins import Cluster, Provenance, reference, trace_claims
from dossier.parts import Pairs, Part, make_part
from dossier.site import (
    CitedBy,
    Dispute,
    LinkedActor,
    LinkedClaim,
    LinkedEvent,
    LinkedReport,
    ReportTexts,
    Site,
    oldest_first,
    span,
)

Grouped = dict[str, list[str]]


def link(dossier: Dossier, texts: Mapping[str, ReportTexts], *, names: Names, url: str | None) -> Site:
    """Links everything. `texts` is by report id, `names` are the actors' as they were sought in them.

    References must have been checked; `url` is where the site will be published.
    """
    return link_parts(dossier, [make_part(r, texts[r.id]) for r in dossier.reports], names=names, url=url)


def link_parts(dossier: Dossier, parts: Sequence[Part], *, names: Names, url: str | None, memo: Memo | None = None) -> Site:
    """The same from the parts of all reports, in the dossier's order."""
    joined = _joined(parts)
    provenance = trace_claims({ref: (p.id, c.claim) for p in parts if p.id in joined for ref, c in p.claims})
    claims = _link_claims(parts, joined, provenance)
    reports = _link_reports(parts)
    by_actor = _group_claims(parts, memo or Memo())
    return Site(
        settings=dossier.settings,
        url=url,
        reports=reports,
        actors=_link_actors(dossier, reports, by_actor[0], by_actor[1]),
        events=_link_events(dossier.events, claims, by_actor[2]),
        pages=MappingProxyType({page.id: page for page in dossier.pages}),
        places=dossier.places,
        claims=claims,
        clusters=tuple(_clusters(parts, joined, provenance)),
        disputes=_disputes(parts),
        cycles=provenance.cycles,
        names=names,
        updated=max((part.updated for part in parts), default="") or None,
    )


def _relations(parts: Iterable[Part]) -> Iterator[tuple[str, str, str]]:
    """All relations between claims: their kind, and the claims from and to which they go."""
    for part in parts:
        if part.tied:
            for ref, linked in part.claims:
                for kind in ("repeats", "agrees", "differs"):
                    for relation in getattr(linked.claim, kind):
                        yield kind, ref, reference(relation.report, relation.claim)


def _joined(parts: Iterable[Part]) -> set[str]:
    """The reports whose claims others point at, or whose claims point at others."""
    return {ref.partition("#")[0] for _, source, target in _relations(parts) for ref in (source, target)}


def _link_claims(parts: Sequence[Part], joined: set[str], provenance: Provenance) -> Mapping[str, LinkedClaim]:
    pointing: dict[str, Grouped] = {"repeats": {}, "agrees": {}, "differs": {}}
    for kind, source, target in _relations(parts):
        pointing[kind].setdefault(target, []).append(source)

    def tie(ref: str, claim: LinkedClaim) -> LinkedClaim:
        return LinkedClaim(
            ref=ref,
            report=claim.report,
            claim=claim.claim,
            origins=provenance.origins[ref],
            cluster=provenance.cluster_of[ref],
            repeated_by=tuple(pointing["repeats"].get(ref, ())),
            agreed_by=tuple(pointing["agrees"].get(ref, ())),
            differed_by=tuple(pointing["differs"].get(ref, ())),
        )

    shares = (part.claims if part.id not in joined else [(ref, tie(ref, c)) for ref, c in part.claims] for part in parts)
    return MappingProxyType(dict(chain.from_iterable(shares)))


def _clusters(parts: Iterable[Part], joined: set[str], provenance: Provenance) -> Iterator[Cluster]:
    """All clusters, in the order of their first claims."""
    for part in parts:
        if part.id not in joined:
            yield from part.clusters
        else:
            found = ((ref, provenance.cluster_of[ref]) for ref, _ in part.claims)
            yield from (cluster for ref, cluster in found if cluster.claims[0] == ref)


def _disputes(parts: Iterable[Part]) -> tuple[Dispute, ...]:
    found: dict[tuple[str, str, str], Dispute] = {}
    for part in parts:
        if part.tied:
            for ref, linked in part.claims:
                for difference in linked.claim.differs:
                    other = reference(difference.report, difference.claim)
                    pair = (min(ref, other), max(ref, other), difference.aspect)
                    found.setdefault(pair, _dispute(ref, other, difference))
    return tuple(found.values())


def _dispute(ref: str, other: str, difference: Difference) -> Dispute:
    return Dispute(left=ref, right=other, aspect=difference.aspect, certainty=difference.certainty, why=difference.why)


def _link_reports(parts: Sequence[Part]) -> Mapping[str, LinkedReport]:
    """Reports, newest first, unknown dates last, then by id: the order of `newest_first`."""
    cited_by: dict[str, list[CitedBy]] = {}
    for report, citation in chain.from_iterable(part.cites for part in parts):
        cited_by.setdefault(report, []).append(citation)
    ordered = sorted(sorted(parts, key=attrgetter("id")), key=attrgetter("newest"), reverse=True)
    linked = {part.id: part.linked for part in ordered}
    linked |= {report: replace(linked[report], cited_by=tuple(cites)) for report, cites in cited_by.items() if report in linked}
    return MappingProxyType(linked)


def _group_claims(parts: Sequence[Part], memo: Memo) -> tuple[Grouped, Grouped, Grouped]:
    """Claims by whom they are about, by who says them, and by the events they are on."""
    key = tuple([part.claimed for part in parts])
    return memo.get(
        "claims by actor",
        key,
        lambda: (_group(part.about for part in parts), _group(part.said for part in parts), _group(part.on for part in parts)),
    )


def _group(pairs: Iterable[Pairs]) -> Grouped:
    groups: Grouped = {}
    for key, value in chain.from_iterable(pairs):
        groups.setdefault(key, []).append(value)
    return groups


def _link_actors(
    dossier: Dossier, reports: Mapping[str, LinkedReport], about: Grouped, said: Grouped
) -> Mapping[str, LinkedActor]:
    naming: defaultdict[str, list[str]] = defaultdict(list)
    mentions: defaultdict[str, int] = defaultdict(int)
    published: defaultdict[str, list[str]] = defaultdict(list)
    for report, linked in reports.items():
        for actor, number in linked.counts.items():
            naming[actor].append(report)
            mentions[actor] += number
        if linked.report.outlet:
            published[linked.report.outlet].append(report)
    parts = _group([tuple((whole, actor.id) for actor in dossier.actors for whole in actor.part_of)])
    events = _group([tuple((actor, event.id) for event in dossier.events for actor in event.actors)])
    linked_actors = {
        actor.id: LinkedActor(
            actor=actor,
            reports=tuple(naming.get(actor.id, ())),
            mentions=mentions.get(actor.id, 0),
            about=tuple(about.get(actor.id, ())),
            said=tuple(said.get(actor.id, ())),
            published=tuple(published.get(actor.id, ())),
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
