"""What reports bring to the linked dossier by themselves, whatever else is in it: each its part, a shelf of them its share.

A part depends on one report and its texts alone, so it can be kept by their digests: after an edit one part is made and one
share is summed up, and linking only puts shares together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from dossier.articles.mentions import Name, Names, Settled, compile_names, find_mentions
from dossier.articles.source_text import SourceText
from dossier.content.model import Actor, Meaning, Report
from dossier.content.references import links_of
from dossier.engine.memo import Memo, digest_of
from dossier.linking.linked import CitedBy, LinkedClaim, LinkedReport, ReportTexts, Ties, latest_day, span
from dossier.linking.origins import Cluster, distinct, own_origin, reference
from dossier.linking.texts import TextShelf

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One report's share: itself, its claims, and their ties where none points at another."""

    linked: LinkedReport
    claims: Mapping[str, LinkedClaim]
    ties: Mapping[str, Ties]


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What the reports of a shelf bring, in their order; references to claims are `<report>#<claim>`.

    `ties` are those of claims that stand alone; `tied` are the parts with claims that point at others; `cites` are
    citations by the report cited; `days` are the latest that each report can be of. `about`, `said` and `on` pair actors and events
    with claims. `dated`, `claimed`, `naming` and `tying` stand for the days, for these three together, for each report's actors and
    outlet, and for each claim's origin and relations.
    """

    reports: Mapping[str, LinkedReport]
    claims: Mapping[str, LinkedClaim]
    ties: Mapping[str, Ties]
    tied: tuple[Part, ...]
    cites: tuple[tuple[str, CitedBy], ...]
    days: Pairs
    about: Pairs
    said: Pairs
    on: Pairs
    dated: str
    claimed: str
    naming: str
    tying: str
    updated: str
    moved: tuple[str, ...]


def names_of(actors: Iterable[Actor]) -> Names:
    """How texts name actors: their names, their aliases, and the ambiguous ones that need settling."""
    found: list[Name] = []
    for actor in actors:
        found += (
            Name(actor=actor.id, text=text, ambiguous=False) for text in dict.fromkeys((actor.name, *actor.aliases))
        )
        found += (Name(actor=actor.id, text=text, ambiguous=True) for text in actor.ambiguous)
    return compile_names(found)


def find_shares(shelves: Iterable[TextShelf], names: Names, outlets: frozenset[str], memo: Memo) -> list[Share]:
    """What each shelf brings, actors found in its texts; `outlets` are the ids of actors that are outlets."""
    known = digest_of((sorted(names.entries.items()), sorted(outlets)))
    return [_find_share(texts, names, outlets, known, memo) for texts in shelves]


def _find_share(texts: TextShelf, names: Names, outlets: frozenset[str], known: str, memo: Memo) -> Share:
    entries, sources = texts.shelf.entries, texts.sources

    def rows() -> list[Hashable]:
        return [(e.report.id, e.digest, s.key, known) for e, s in zip(entries, sources, strict=True)]

    def find(place: int) -> Part:
        report = entries[place].report
        found = _find_actors(report, sources[place].seed, sources[place].original, names)
        return make_part(report, found, outlets)

    return memo.get_shelf("actors", texts.shelf.name, (texts.key, known), rows, find, sum_up)


def _find_actors(report: Report, seed: SourceText | None, original: SourceText | None, names: Names) -> ReportTexts:
    assert seed, "that a seed is missing is an error of `checks`"
    return ReportTexts(
        seed=seed,
        seed_mentions=find_mentions(seed, names, tuple(_settled(m, m.at) for m in report.means)),
        original=original,
        original_mentions=find_mentions(original, names, tuple(_settled(m, m.original_at) for m in report.means))
        if original
        else (),
    )


def _settled(meaning: Meaning, paragraphs: tuple[int, ...]) -> Settled:
    return Settled(text=meaning.text, actor=meaning.actor, paragraphs=paragraphs)


def make_part(report: Report, texts: ReportTexts, outlets: frozenset[str]) -> Part:
    """The part of one report; `outlets` are the ids of actors that are outlets."""
    claims = {
        ref: LinkedClaim(ref=ref, report=report.id, claim=c)
        for c in report.claims
        if (ref := reference(report.id, c.id))
    }
    linked = LinkedReport(
        report=report,
        texts=texts,
        published=span(report.published),
        counts=_count(texts),
        events=tuple(dict.fromkeys(claim.event for claim in report.claims if claim.event)),
    )
    return Part(linked=linked, claims=claims, ties={ref: _alone(claim, outlets) for ref, claim in claims.items()})


def sum_up(parts: Sequence[Part]) -> Share:
    """The share of a shelf."""
    reports = [part.linked.report for part in parts]
    claims = {ref: linked for part in parts for ref, linked in part.claims.items()}
    ties = {ref: alone for part in parts for ref, alone in part.ties.items()}
    about = tuple((actor, ref) for ref, c in claims.items() for actor in dict.fromkeys(c.claim.about))
    said = tuple(
        (actor, ref) for ref, c in claims.items() for actor in dict.fromkeys(s.who for s in c.claim.said if s.who)
    )
    on = tuple((c.claim.event, ref) for ref, c in claims.items() if c.claim.event)
    days = tuple((part.linked.id, latest_day(part.linked.published)) for part in parts)
    return Share(
        reports={part.linked.id: part.linked for part in parts},
        claims=claims,
        ties=ties,
        tied=tuple(part for part in parts if any(links_of(c.claim) for c in part.claims.values())),
        cites=tuple(
            (c.report, CitedBy(report=r.id, certainty=c.certainty, why=c.why)) for r in reports for c in r.cites
        ),
        days=days,
        about=about,
        said=said,
        on=on,
        dated=digest_of(days),
        claimed=digest_of((about, said, on)),
        naming=digest_of([(part.linked.id, part.linked.counts, part.linked.report.outlet) for part in parts]),
        tying=digest_of(
            [(ref, ties[ref].origins, c.claim.repeats, c.claim.agrees, c.claim.differs) for ref, c in claims.items()]
        ),
        updated=max(chain.from_iterable((r.revised or "", r.added or "") for r in reports), default=""),
        moved=tuple(r.id for r in reports if r.was),
    )


def _alone(linked: LinkedClaim, outlets: frozenset[str]) -> Ties:
    origins = distinct([own_origin(linked.report, linked.claim, outlets)])
    return Ties(origins=origins, cluster=Cluster(claims=(linked.ref,), reports=(linked.report,), origins=origins))


def _count(texts: ReportTexts) -> dict[str, int]:
    """How often each actor is named, most first."""
    found = Counter(m.actor for m in (*texts.seed_mentions, *texts.original_mentions))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
