"""Link everything: reports to actors and back, citations both ways, origins, disagreements.

Groupings follow from all parts together. They are kept from the last run while the parts that changed are equal in what each
depends on, so that an edit of one brief groups nothing anew. Origins and clusters are traced among the claims that relations
join; all others stand alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from dossier.articles.mentions import Names
from dossier.content.model import RELATIONS, Difference, Dossier, Event
from dossier.engine.snapshot import SourceFile
from dossier.linking.entries import changed_pairs
from dossier.linking.ledger import find_corrections, former_ids
from dossier.linking.linked import (
    CitedBy,
    Dispute,
    LinkedActor,
    LinkedClaim,
    LinkedDossier,
    LinkedEvent,
    LinkedReport,
    Ties,
    latest_day,
    oldest_first,
    span,
)
from dossier.linking.origins import Cluster, reference, trace_claims
from dossier.linking.parts import Part
from dossier.linking.survival import trace_carriers

NO_FILES: Mapping[str, SourceFile] = MappingProxyType({})
T = TypeVar("T")
Grouped = dict[str, list[str]]
Pairs = Iterable[tuple[str, str]]


class Relations(Struct, frozen=True, kw_only=True):
    """What relations make of the claims: the ties of each, clusters in the order of their first claims, disputes, circles.

    `falls` are the claims that fall without a speaker.
    """

    ties: Mapping[str, Ties]
    clusters: tuple[Cluster, ...]
    disputes: tuple[Dispute, ...]
    cycles: tuple[tuple[str, ...], ...]
    falls: Mapping[str, tuple[str, ...]]


class ClaimGroups(Struct, frozen=True, kw_only=True):
    """Claims by whom they are about, by who says them, and by the events they are on."""

    about: Grouped
    said: Grouped
    on: Grouped


class ReportGroups(Struct, frozen=True, kw_only=True):
    """Reports, newest first, by whom they name and by their outlets; `mentions` counts how often each actor is named."""

    naming: Grouped
    mentions: Mapping[str, int]
    published: Grouped


class Citations(Struct, frozen=True, kw_only=True):
    """Who cites each report, the reports that once had another id, and the last day on which one came in or changed."""

    cited_by: Mapping[str, tuple[CitedBy, ...]]
    moved: tuple[str, ...]
    updated: str | None


class Groupings(Struct, frozen=True, kw_only=True):
    """What follows from all parts together. `reports` are by id, newest first; claims are by `<report>#<claim>`."""

    parts: tuple[Part, ...]
    reports: Mapping[str, LinkedReport]
    briefs: Mapping[str, str]
    claims: Mapping[str, LinkedClaim]
    relations: Relations
    by_claims: ClaimGroups
    by_reports: ReportGroups
    citations: Citations


def link(
    dossier: Dossier, groupings: Groupings, *, names: Names, url: str | None, files: Mapping[str, SourceFile] = NO_FILES
) -> LinkedDossier:
    """Link a dossier whose references were checked.

    `names` are the actors' as they were sought, `url` is where the site will be, `files` what texts show of `content/files/`, by name.
    """
    claims, relations, citations = groupings.claims, groupings.relations, groupings.citations
    return LinkedDossier(
        settings=dossier.settings,
        url=url,
        reports=MappingProxyType(groupings.reports),
        briefs=MappingProxyType(groupings.briefs),
        cited_by=MappingProxyType(citations.cited_by),
        moved=citations.moved,
        actors=_link_actors(dossier, groupings.by_reports, groupings.by_claims),
        events=_link_events(dossier.events, claims, groupings.by_claims.on),
        pages=MappingProxyType({page.id: page for page in dossier.pages}),
        places=dossier.places,
        synonyms=dossier.synonyms,
        claims=MappingProxyType(claims),
        ties=MappingProxyType(relations.ties),
        clusters=relations.clusters,
        disputes=relations.disputes,
        cycles=relations.cycles,
        falls=MappingProxyType(relations.falls),
        names=names,
        updated=citations.updated,
        corrections=MappingProxyType(find_corrections(dossier.releases, former_ids(dossier.reports))),
        released=dossier.releases[0].date if dossier.releases else None,
        files=MappingProxyType(dict(files)),
    )


def group(parts: tuple[Part, ...], last: Groupings | None = None) -> Groupings:
    """Group what all parts bring, in the order of ids; what no changed part has a share in is taken from `last`."""
    changed = changed_pairs(last.parts, parts) if last else None

    def keep(known: Callable[[Groupings], T], basis: Callable[[Part], object], make: Callable[[], T]) -> T:
        same = changed is not None and all(basis(old) == basis(new) for _, old, new in changed)
        return known(last) if last and same else make()

    def claims_of() -> dict[str, LinkedClaim]:
        return dict(chain.from_iterable(part.claims.items() for part in parts))

    claims = keep(lambda last: last.claims, lambda part: list(part.claims.items()), claims_of)
    reports = keep(lambda last: last.reports, _place_of, lambda: _order(parts))
    briefs = keep(lambda last: last.briefs, _brief_of, lambda: {part.linked.id: part.brief for part in parts})
    reports = {**reports, **{new.linked.id: new.linked for _, _, new in changed or ()}}
    return Groupings(
        parts=parts,
        reports=reports,
        briefs=briefs,
        claims=claims,
        relations=keep(lambda last: last.relations, _relations_of, lambda: _relate(parts, claims)),
        by_claims=keep(lambda last: last.by_claims, _subjects_of, lambda: _group_claims(claims)),
        by_reports=keep(lambda last: last.by_reports, _names_of, lambda: _group_reports(reports)),
        citations=keep(lambda last: last.citations, _citations_of, lambda: _cite(parts)),
    )


def _place_of(part: Part) -> tuple[str, str]:
    return part.linked.id, latest_day(part.linked.published)


def _brief_of(part: Part) -> tuple[str, str]:
    return part.linked.id, part.brief


def _names_of(part: Part) -> object:
    return _place_of(part), list(part.linked.counts.items()), part.linked.report.outlet


def _relations_of(part: Part) -> object:
    tied = ((c.claim.repeats, c.claim.agrees, c.claim.differs) for c in part.claims.values())
    return list(part.ties.items()), list(tied)


def _subjects_of(part: Part) -> object:
    return [(ref, c.claim.about, [s.who for s in c.claim.said], c.claim.event) for ref, c in part.claims.items()]


def _citations_of(part: Part) -> object:
    report = part.linked.report
    return report.id, report.cites, bool(report.was), report.revised, report.added


def _order(parts: Iterable[Part]) -> dict[str, LinkedReport]:
    """Order reports by the latest day they can be of, newest first, unknown dates last, then by id."""
    ordered = sorted(parts, key=lambda part: latest_day(part.linked.published), reverse=True)
    return {part.linked.id: part.linked for part in ordered}


def _relate(parts: Sequence[Part], claims: Mapping[str, LinkedClaim]) -> Relations:
    """Trace all that follows from relations between claims: only among those that they join."""
    tied = [part for part in parts if any(_has_relations(linked) for linked in part.claims.values())]
    pointing: dict[str, Grouped] = {"repeats": {}, "agrees": {}, "differs": {}}
    joined: set[str] = set()
    for kind, source, target in _relations(tied):
        pointing[kind].setdefault(target, []).append(source)
        joined |= {source, target}
    among = {ref: (linked.report, linked.claim) for ref, linked in claims.items() if ref in joined}
    ties = dict(chain.from_iterable(part.ties.items() for part in parts))
    provenance = trace_claims(among, {ref: ties[ref].origins[0] for ref in among})
    carriers = trace_carriers(
        {ref: claim for ref, (_, claim) in among.items()}, {ref: ties[ref].carriers for ref in among}
    )
    for ref, origins in provenance.origins.items():
        ties[ref] = Ties(
            origins=origins,
            cluster=provenance.cluster_of[ref],
            carriers=carriers[ref],
            repeated_by=tuple(pointing["repeats"].get(ref, ())),
            agreed_by=tuple(pointing["agrees"].get(ref, ())),
            differed_by=tuple(pointing["differs"].get(ref, ())),
        )
    falls = _group((carrier, ref) for ref, tie in ties.items() for carrier in tie.carriers)
    return Relations(
        ties=ties,
        clusters=tuple(tie.cluster for ref, tie in ties.items() if tie.cluster.claims[0] == ref),
        disputes=_disputes(tied),
        cycles=provenance.cycles,
        falls={who: tuple(refs) for who, refs in falls.items()},
    )


def _has_relations(linked: LinkedClaim) -> bool:
    return bool(linked.claim.repeats or linked.claim.agrees or linked.claim.differs)


def _relations(tied: Iterable[Part]) -> Iterator[tuple[str, str, str]]:
    """Yield every relation between claims: its kind, and the claims from and to which it goes."""
    for part in tied:
        for ref, linked in part.claims.items():
            for kind in RELATIONS:
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


def _cite(parts: Sequence[Part]) -> Citations:
    cited: defaultdict[str, list[CitedBy]] = defaultdict(list)
    reports = [part.linked.report for part in parts]
    for report in reports:
        for cite in report.cites:
            cited[cite.report].append(CitedBy(report=report.id, certainty=cite.certainty, why=cite.why))
    return Citations(
        cited_by={report: tuple(cites) for report, cites in cited.items()},
        moved=tuple(report.id for report in reports if report.was),
        updated=max(chain.from_iterable((r.revised or "", r.added or "") for r in reports), default="") or None,
    )


def _group_claims(claims: Mapping[str, LinkedClaim]) -> ClaimGroups:
    named = [(ref, linked.claim) for ref, linked in claims.items()]
    return ClaimGroups(
        about=_group((actor, ref) for ref, claim in named for actor in dict.fromkeys(claim.about)),
        said=_group(
            (actor, ref) for ref, claim in named for actor in dict.fromkeys(s.who for s in claim.said if s.who)
        ),
        on=_group((claim.event, ref) for ref, claim in named if claim.event),
    )


def _group_reports(reports: Mapping[str, LinkedReport]) -> ReportGroups:
    naming: defaultdict[str, list[str]] = defaultdict(list)
    mentions: defaultdict[str, int] = defaultdict(int)
    published: defaultdict[str, list[str]] = defaultdict(list)
    for report, linked in reports.items():
        for actor, number in linked.counts.items():
            naming[actor].append(report)
            mentions[actor] += number
        if outlet := linked.report.outlet:
            published[outlet].append(report)
    return ReportGroups(naming=naming, mentions=mentions, published=published)


def _group(pairs: Pairs) -> Grouped:
    groups: Grouped = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _link_actors(dossier: Dossier, naming: ReportGroups, claims: ClaimGroups) -> Mapping[str, LinkedActor]:
    parts = _group((whole, actor.id) for actor in dossier.actors for whole in actor.part_of)
    events = _group((actor, event.id) for event in dossier.events for actor in event.actors)
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
