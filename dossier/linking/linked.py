"""Hold the linked dossier, from which every page is made: reports to actors and back, citations, origins, disagreements.

What only one page needs (its related reports, whom an actor is named with) is computed by a function here, when that page is made.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec import Struct

from dossier.articles.mentions import Mention, Names
from dossier.articles.source_text import SourceText
from dossier.content.model import Actor, Certainty, Claim, ContentPage, Event, Place, ReportHead, Settings, Synonym
from dossier.engine.packing import ByNeed
from dossier.engine.snapshot import SourceFile
from dossier.language.dates import DateSpan, parse_edtf
from dossier.linking.ledger import Correction
from dossier.linking.origins import Cluster, Origin

RELATED_SHOWN = 6
CANDIDATES_SEEN = 2_000


@dataclass(frozen=True, slots=True)
class Mentions(ByNeed):
    """The actors found in a report's texts."""

    seed: tuple[Mention, ...]
    original: tuple[Mention, ...] = ()


class ReportTexts(Struct, frozen=True, kw_only=True):
    """A report's texts with the actors found in them; `original` only where a copy was taken up.

    `others` are further captures of the article in the report's order, None where no copy is there.
    """

    seed: SourceText
    mentions: Mentions
    original: SourceText | None = None
    others: tuple[SourceText | None, ...] = ()


class CitedBy(Struct, frozen=True, kw_only=True):
    """A report that relies on this one."""

    report: str
    certainty: Certainty
    why: str


class LinkedReport(Struct, frozen=True, kw_only=True):
    """A report with its texts, its actors with their numbers of mentions, and the events of its claims.

    Its brief is apart, in `LinkedDossier.briefs`: what shows no brief is the same after it was edited.
    """

    report: ReportHead
    texts: ReportTexts
    published: DateSpan | None
    counts: Mapping[str, int]
    events: tuple[str, ...]

    @property
    def id(self) -> str:
        """The report's id."""
        return self.report.id


class Ties(Struct, frozen=True, kw_only=True):
    """How a claim stands among others: its origins, its cluster, and the claims that point at it, by `<report>#<claim>`.

    `carriers` are the speakers and weak kinds of origin without whom it falls (`linking.survival`).
    """

    origins: tuple[Origin, ...]
    cluster: Cluster
    carriers: tuple[str, ...] = ()
    repeated_by: tuple[str, ...] = ()
    agreed_by: tuple[str, ...] = ()
    differed_by: tuple[str, ...] = ()


class LinkedClaim(Struct, frozen=True, kw_only=True):
    """A claim and its report. How it stands among others is in `LinkedDossier.ties`; `ref` is `<report>#<claim>`."""

    ref: str
    report: str
    claim: Claim


class Dispute(Struct, frozen=True, kw_only=True):
    """Two claims that differ, listed once; `left` is the one that says so, and from whose side `why` is written."""

    left: str
    right: str
    aspect: str
    certainty: Certainty
    why: str


class LinkedActor(Struct, frozen=True, kw_only=True):
    """An actor with the reports that name them, the claims about them, and the claims of whose chain they are a speaker."""

    actor: Actor
    reports: tuple[str, ...]
    mentions: int
    about: tuple[str, ...]
    said: tuple[str, ...]
    published: tuple[str, ...]
    parts: tuple[str, ...]
    events: tuple[str, ...]

    @property
    def id(self) -> str:
        """The actor's id."""
        return self.actor.id


class LinkedEvent(Struct, frozen=True, kw_only=True):
    """An event with the claims on it and the reports that make them."""

    event: Event
    when: DateSpan | None
    claims: tuple[str, ...]
    reports: tuple[str, ...]

    @property
    def id(self) -> str:
        """The event's id."""
        return self.event.id


class Related(Struct, frozen=True, kw_only=True):
    """A related report and why: shared actors and events, the rarest first. `score` is the sum of their weights."""

    report: str
    score: float
    actors: tuple[str, ...]
    events: tuple[str, ...]


class LinkedDossier(Struct, frozen=True, kw_only=True):
    """The whole dossier, linked. Mappings are by id (claims and ties: by `<report>#<claim>`), in the order in which lists show them.

    `briefs` are the reports' own; `cited_by` holds the reports that others rely on, `moved` those that once had another id, in the order of their ids;
    `falls` holds the claims that fall without a speaker, by actor's id, `anonymous` and `unsourced`;
    `updated` is the last day (YYYY-MM-DD) on which a report came in or changed, `corrections` are what changed of
    claims after they were published, the newest first; `released` is the day since which a ledger of that is kept.
    """

    settings: Settings
    url: str | None
    reports: Mapping[str, LinkedReport]
    briefs: Mapping[str, str]
    cited_by: Mapping[str, tuple[CitedBy, ...]]
    moved: tuple[str, ...]
    actors: Mapping[str, LinkedActor]
    events: Mapping[str, LinkedEvent]
    pages: Mapping[str, ContentPage]
    places: tuple[Place, ...]
    synonyms: tuple[Synonym, ...]
    claims: Mapping[str, LinkedClaim]
    ties: Mapping[str, Ties]
    clusters: tuple[Cluster, ...]
    disputes: tuple[Dispute, ...]
    cycles: tuple[tuple[str, ...], ...]
    falls: Mapping[str, tuple[str, ...]]
    names: Names
    updated: str | None
    corrections: Mapping[str, tuple[Correction, ...]]
    released: str | None
    files: Mapping[str, SourceFile]


def span(edtf: str | None) -> DateSpan | None:
    """Return the bounds of an EDTF string that has been checked; None for None."""
    return parse_edtf(edtf) if edtf else None


def latest_day(published: DateSpan | None) -> str:
    """Return the latest day that a date can mean, YYYY-MM-DD, or its first where the end is open; an empty string where it is unknown."""
    return (published and (published.latest or published.earliest)) or ""


def oldest_first(events: Iterable[LinkedEvent]) -> list[LinkedEvent]:
    """Sort events by the earliest day they can be of, unknown dates last, then by id."""
    return sorted(events, key=lambda e: ((e.when and (e.when.earliest or e.when.latest)) or "9999", e.id))


def differing_from(site: LinkedDossier, ref: str) -> tuple[str, ...]:
    """Return the claims that differ from one, whichever of the two says so, each once. `ref` is `<report>#<claim>`."""
    own = (f"{d.report}#{d.claim}" for d in site.claims[ref].claim.differs)
    return tuple(dict.fromkeys((*own, *site.ties[ref].differed_by)))


def related(site: LinkedDossier, report: str) -> tuple[Related, ...]:
    """Return the reports that share most with one, best first, at most `RELATED_SHOWN`.

    An actor or event shared by few reports weighs more: log(1 + reports / reports that have it), the inverse document
    frequency of text retrieval. The rarest are followed first, and at most `CANDIDATES_SEEN` reports are looked at (where even
    the rarest is in more, its newest), so that the cost does not grow with the dossier.
    """
    here = _features(site, report)
    weights = {feature: math.log1p(len(site.reports) / len(having)) for feature, having in here.items()}
    scores: dict[str, float] = {}
    seen = 0
    for feature in sorted(here, key=lambda f: (-weights[f], f)):
        if seen and seen + len(here[feature]) > CANDIDATES_SEEN:
            break
        followed = here[feature][:CANDIDATES_SEEN]
        seen += len(followed)
        for other in followed:
            scores[other] = scores.get(other, 0.0) + weights[feature]
    scores.pop(report, None)
    least = sorted(scores.values())[-RELATED_SHOWN:][:1]  # what the last that is shown has: far fewer are then ordered
    best = sorted((-score, other) for other, score in scores.items() if score >= least[0]) if least else []
    return tuple(_explain(site, other, weights) for _, other in best[:RELATED_SHOWN])


def _features(site: LinkedDossier, report: str) -> dict[tuple[str, str], tuple[str, ...]]:
    linked = site.reports[report]
    actors = {("actor", a): site.actors[a].reports for a in linked.counts}
    return actors | {("event", e): site.events[e].reports for e in linked.events}


def _explain(site: LinkedDossier, other: str, weights: Mapping[tuple[str, str], float]) -> Related:
    linked = site.reports[other]
    shared = [f for f in weights if f[1] in (linked.counts if f[0] == "actor" else linked.events)]
    shared.sort(key=lambda f: (-weights[f], f))
    return Related(
        report=other,
        score=round(sum(weights[f] for f in shared), 3),
        actors=tuple(name for kind, name in shared if kind == "actor"),
        events=tuple(name for kind, name in shared if kind == "event"),
    )


def named_with(site: LinkedDossier, actor: str, limit: int = 12) -> tuple[tuple[str, int], ...]:
    """Return whom an actor is named with and in how many reports, most first, at most `limit`."""
    together = Counter(other for report in site.actors[actor].reports for other in site.reports[report].counts)
    del together[actor]
    return tuple(sorted(together.items(), key=lambda item: (-item[1], item[0]))[:limit])
