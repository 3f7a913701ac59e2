"""Choose what of the site is searched: each page's own words, and the other names that readers may ask for."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.articles.source_text import SourceText
from dossier.content.addresses import address_of
from dossier.content.model import Claim
from dossier.language.markdown import plain_text
from dossier.linking.linked import LinkedActor, LinkedDossier, LinkedEvent, LinkedReport
from dossier.pages.views.names import speaker_name
from dossier.pages.views.wording import MODES
from dossier.search import Passage, SearchClaim, SearchDocument, Synonym


def documents(site: LinkedDossier) -> tuple[SearchDocument, ...]:
    """Return reports, actors, events and hand-written pages as they are indexed; never lists, quotations from other pages, or navigation."""
    return (
        *(_report(site, r) for r in site.reports.values()),
        *(_actor(a) for a in site.actors.values()),
        *(_event(e) for e in site.events.values()),
        *(
            SearchDocument(
                url=address_of("pages", page.id), kind="page", title=page.title, passages=tuple(_lines(page.body))
            )
            for page in site.pages.values()
        ),
    )


def _report(site: LinkedDossier, linked: LinkedReport) -> SearchDocument:
    r, texts = linked.report, linked.texts
    claims = (Passage(anchor=claim.id, text=claim.text) for claim in r.claims)
    return SearchDocument(
        url=address_of("reports", r.id),
        kind="report",
        title=r.title,
        passages=(
            *_lines(site.briefs[linked.id]),
            *claims,
            *_paragraphs(texts.seed, "p"),
            *(_paragraphs(texts.original, "o") if texts.original else ()),
        ),
        claims=tuple(_claim(site, claim) for claim in r.claims),
        actors=tuple(linked.counts),
        outlet=r.outlet,
        date=linked.published.earliest if linked.published else None,
    )


def _claim(site: LinkedDossier, claim: Claim) -> SearchClaim:
    """Who says a claim, the first speaker first, and how."""
    chain = " ← ".join(speaker_name(site, speaker) for speaker in claim.said)
    return SearchClaim(anchor=claim.id, chain=chain, mode=MODES[claim.mode])


def _paragraphs(source: SourceText, prefix: str) -> Iterator[Passage]:
    """Yield the pieces of paragraphs, without noise."""
    noise = {n.start for n in source.noise}
    for paragraph in source.paragraphs:
        if paragraph.start not in noise:
            for piece in paragraph.pieces:
                yield Passage(anchor=prefix + piece.anchor, text=source.text[piece.start : piece.end])


def _lines(markdown: str) -> Iterator[Passage]:
    return (Passage(anchor="", text=line) for line in plain_text(markdown).splitlines() if line.strip())


def _actor(linked: LinkedActor) -> SearchDocument:
    a = linked.actor
    return SearchDocument(
        url=address_of("actors", a.id),
        kind="actor",
        title=a.name,
        names=(a.name, *a.aliases),
        passages=tuple(_lines(a.body)),
        actors=(a.id,),
    )


def _event(linked: LinkedEvent) -> SearchDocument:
    e = linked.event
    return SearchDocument(
        url=address_of("events", e.id),
        kind="event",
        title=e.title,
        passages=tuple(_lines(e.body)),
        actors=e.actors,
        date=linked.when.earliest if linked.when else None,
    )


def synonyms_of(site: LinkedDossier) -> tuple[Synonym, ...]:
    """Return other spellings and Latin names of actors and places, each with the forms in which texts name them."""
    actors = (
        Synonym(
            kind=a.actor.kind,
            forms=(a.actor.name, *a.actor.aliases),
            asked=(*((a.actor.latin,) if a.actor.latin else ()), *a.actor.spellings),
            url=f"/actors/{a.actor.id}/",
        )
        for a in site.actors.values()
    )
    places = (
        Synonym(kind="place", forms=(p.name,), asked=(*((p.latin,) if p.latin else ()), *p.spellings))
        for p in site.places
    )
    words = (Synonym(kind="word", forms=(s.word,), asked=s.asked) for s in site.synonyms)
    return (*actors, *places, *words)
