"""Link one report on its own: find the actors in its texts and collect its claims.

A part depends on one entry and the actors' names only, so it is kept while these are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from dossier.articles.mentions import Name, Names, Settled, compile_names, find_mentions
from dossier.content.model import Actor, Meaning, Report, head_of
from dossier.engine.forks import Map
from dossier.engine.memo import Memo, digest_of
from dossier.linking.entries import Entry, changed_pairs
from dossier.linking.linked import LinkedClaim, LinkedReport, Mentions, ReportTexts, Ties, span
from dossier.linking.origins import Cluster, distinct, own_origin, reference
from dossier.linking.survival import own_carriers


class Part(Struct, frozen=True, kw_only=True):
    """One report linked on its own: itself, its brief, its claims by `<report>#<claim>`, and their ties where none points at another."""

    linked: LinkedReport
    brief: str
    claims: Mapping[str, LinkedClaim]
    ties: Mapping[str, Ties]


class KnownActors(Struct, frozen=True, kw_only=True):
    """What a report's part depends on besides its entry: actors' names, which of them are outlets, and a digest of both."""

    names: Names
    outlets: frozenset[str]
    digest: str


class Parts(Struct, frozen=True, kw_only=True):
    """The parts of all reports in the order of their entries; `known` stands for what was known of the actors."""

    known: str
    entries: tuple[Entry, ...]
    parts: tuple[Part, ...]


def compile_actor_names(actors: Iterable[Actor]) -> Names:
    """Compile how texts name actors: by names, aliases, and the ambiguous ones that need settling."""
    found: list[Name] = []
    for actor in actors:
        found += (
            Name(actor=actor.id, text=text, ambiguous=False) for text in dict.fromkeys((actor.name, *actor.aliases))
        )
        found += (Name(actor=actor.id, text=text, ambiguous=True) for text in actor.ambiguous)
    return compile_names(found)


def make_parts(
    entries: tuple[Entry, ...], names: Names, outlets: frozenset[str], memo: Memo, each: Map = map
) -> tuple[Part, ...]:
    """Link every report on its own, actors found in its texts. All entries must have a report and a seed.

    `each` looks through the texts of those that are new. `outlets` are the ids of the actors that are outlets: who is one decides what kind of origin a claim has.
    """
    known = KnownActors(
        names=names, outlets=outlets, digest=digest_of((sorted(names.entries.items()), sorted(outlets)))
    )
    return memo.revise("content/parts", lambda last: _revise(last, entries, known, memo, each)).parts


def _revise(last: Parts | None, entries: tuple[Entry, ...], actors: KnownActors, memo: Memo, each: Map) -> Parts:
    if last and last.known != actors.digest:
        last = None
    if last and changed_pairs(last.entries, entries) == []:
        return last
    known = dict(zip(map(id, last.entries), last.parts, strict=True)) if last else {}
    new = [entry for entry in entries if id(entry) not in known]
    for entry, found in zip(new, each(lambda entry: _find_actors(entry, actors.names), new), strict=True):
        memo.count("parts")
        known[id(entry)] = _link_entry(entry, found, actors.outlets)
    return Parts(known=actors.digest, entries=entries, parts=tuple([known[id(entry)] for entry in entries]))


def _find_actors(entry: Entry, names: Names) -> tuple[Mentions, dict[str, int]]:
    """Return the actors in a report's texts, and how often each is named."""
    report, seed, original = entry.report, entry.seed, entry.original
    assert report and seed, "that a report or its seed is missing is an error of `checks`"
    settled = tuple(_settled(m, m.at) for m in report.means)
    in_original = tuple(_settled(m, m.original_at) for m in report.means)
    mentions = Mentions(
        find_mentions(seed, names, settled), find_mentions(original, names, in_original) if original else ()
    )
    return mentions, count(mentions)


def _link_entry(entry: Entry, found: tuple[Mentions, dict[str, int]], outlets: frozenset[str]) -> Part:
    report, seed, (mentions, counts) = entry.report, entry.seed, found
    assert report and seed, "an entry whose texts were looked through has both"
    texts = ReportTexts(seed=seed, mentions=mentions, original=entry.original, others=entry.others)
    return make_part(report, texts, counts, outlets)


def _settled(meaning: Meaning, paragraphs: tuple[int, ...]) -> Settled:
    return Settled(text=meaning.text, actor=meaning.actor, paragraphs=paragraphs)


def make_part(report: Report, texts: ReportTexts, counts: Mapping[str, int], outlets: frozenset[str]) -> Part:
    """Collect the claims of one report whose texts were searched for actors. `counts` is how often each is named there."""
    claims = {
        ref: LinkedClaim(ref=ref, report=report.id, claim=c)
        for c in report.claims
        if (ref := reference(report.id, c.id))
    }
    linked = LinkedReport(
        report=head_of(report),
        texts=texts,
        published=span(report.published),
        counts=counts,
        events=tuple(dict.fromkeys(claim.event for claim in report.claims if claim.event)),
    )
    return Part(
        linked=linked,
        brief=report.body,
        claims=claims,
        ties={ref: _alone(claim, outlets) for ref, claim in claims.items()},
    )


def _alone(linked: LinkedClaim, outlets: frozenset[str]) -> Ties:
    origins = distinct([own_origin(linked.report, linked.claim, outlets)])
    cluster = Cluster(claims=(linked.ref,), reports=(linked.report,), origins=origins)
    return Ties(origins=origins, cluster=cluster, carriers=own_carriers(linked.claim, outlets))


def count(mentions: Mentions) -> dict[str, int]:
    """Count how often each actor is named, most first."""
    found = Counter(m.actor for m in (*mentions.seed, *mentions.original))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
