"""Link one report on its own: find the actors in its texts and collect its claims.

A part depends on one entry and the actors' names only, so it is kept while these are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossier.articles.mentions import Name, Names, Settled, compile_names, find_mentions
from dossier.content.model import Actor, Meaning, Report, head_of
from dossier.engine.memo import Memo, digest_of
from dossier.linking.entries import Entry, changed_pairs
from dossier.linking.linked import LinkedClaim, LinkedReport, Mentions, ReportTexts, Ties, span
from dossier.linking.origins import Cluster, distinct, own_origin, reference
from dossier.linking.survival import own_carriers


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One report linked on its own: itself, its brief, its claims by `<report>#<claim>`, and their ties where none points at another."""

    linked: LinkedReport
    brief: str
    claims: Mapping[str, LinkedClaim]
    ties: Mapping[str, Ties]


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a report's part depends on besides its entry: actors' names, which of them are outlets, and a digest of both."""

    names: Names
    outlets: frozenset[str]
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
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


def make_parts(entries: tuple[Entry, ...], names: Names, outlets: frozenset[str], memo: Memo) -> tuple[Part, ...]:
    """Link every report on its own, actors found in its texts. All entries must have a report and a seed.

    `outlets` are the ids of the actors that are outlets: who is one decides what kind of origin a claim has.
    """
    known = Known(names=names, outlets=outlets, digest=digest_of((sorted(names.entries.items()), sorted(outlets))))
    return memo.revise("content/parts", lambda last: _revise(last, entries, known, memo)).parts


def _revise(last: Parts | None, entries: tuple[Entry, ...], actors: Known, memo: Memo) -> Parts:
    if last and last.known != actors.digest:
        last = None
    if last and (changed := changed_pairs(last.entries, entries)) is not None:
        if not changed:
            return last
        parts = list(last.parts)
        for place, _, entry in changed:
            parts[place] = _link_entry(entry, actors, memo)
    else:
        known = dict(zip(map(id, last.entries), last.parts, strict=True)) if last else {}
        parts = [known.get(id(entry)) or _link_entry(entry, actors, memo) for entry in entries]
    return Parts(known=actors.digest, entries=entries, parts=tuple(parts))


def _link_entry(entry: Entry, actors: Known, memo: Memo) -> Part:
    memo.count("parts")
    report, seed, original = entry.report, entry.seed, entry.original
    assert report and seed, "that a report or its seed is missing is an error of `checks`"
    settled = tuple(_settled(m, m.at) for m in report.means)
    in_original = tuple(_settled(m, m.original_at) for m in report.means)
    texts = ReportTexts(
        seed=seed,
        mentions=Mentions(
            find_mentions(seed, actors.names, settled),
            find_mentions(original, actors.names, in_original) if original else (),
        ),
        original=original,
        others=entry.others,
    )
    return make_part(report, texts, actors.outlets)


def _settled(meaning: Meaning, paragraphs: tuple[int, ...]) -> Settled:
    return Settled(text=meaning.text, actor=meaning.actor, paragraphs=paragraphs)


def make_part(report: Report, texts: ReportTexts, outlets: frozenset[str]) -> Part:
    """Collect the claims of one report whose texts were searched for actors."""
    claims = {
        ref: LinkedClaim(ref=ref, report=report.id, claim=c)
        for c in report.claims
        if (ref := reference(report.id, c.id))
    }
    linked = LinkedReport(
        report=head_of(report),
        texts=texts,
        published=span(report.published),
        counts=_count(texts),
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


def _count(texts: ReportTexts) -> dict[str, int]:
    """Count how often each actor is named, most first."""
    found = Counter(m.actor for m in (*texts.mentions.seed, *texts.mentions.original))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
