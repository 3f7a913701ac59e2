"""Actors and aliases that no text names, and aliases that two actors share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from dossier.arabic import fold
from dossier.findings import Finding
from dossier.mentions import name_spans
from dossier.model import Actor
from dossier.site import LinkedReport, Site

Warn = partial(Finding, severity="warning")


def advise_on_names(site: Site) -> Iterator[Finding]:
    """Names that do nothing, or less than they seem to."""
    written = _written(site)
    # Where an original is not at hand, it may be what an alias is for.
    complete = all(r.texts.original for r in site.reports.values() if r.report.original)
    for actor in site.actors.values():
        if not actor.mentions:
            used = actor.published or actor.said or actor.about
            hint = "add the name that they use to aliases" if used else "add the name that texts use to aliases, or delete the file"
            yield Warn(_file(actor.actor), ("name",), f'no text names "{actor.actor.name}"', hint)
        elif complete:
            yield from _unused_aliases(actor.actor, written)
    yield from _shared_aliases(site)


def _file(actor: Actor) -> str:
    return f"content/actors/{actor.id}.md"


def _letters(name: str) -> str:
    """A name as it is compared: folded, without spaces and article, which «لل» hides."""
    return "".join(fold(name).split()).removeprefix("ال")


def _written(site: Site) -> Mapping[str, set[str]]:
    """Names as texts and our own words have them, by actor."""
    pairs = {pair for linked in site.reports.values() for pair in _in_texts(linked)}
    pairs |= {(m.actor, text[m.start : m.end]) for text in _own_words(site) for m in name_spans(text, site.names)}
    names: dict[str, set[str]] = {}
    for actor, name in pairs:
        names.setdefault(actor, set()).add(_letters(name))
    return names


def _in_texts(linked: LinkedReport) -> Iterator[tuple[str, str]]:
    texts = linked.texts
    yield from ((m.actor, texts.seed.text[m.start : m.end]) for m in texts.seed_mentions)
    if texts.original:
        yield from ((m.actor, texts.original.text[m.start : m.end]) for m in texts.original_mentions)


def _own_words(site: Site) -> Iterator[str]:
    for linked in site.reports.values():
        yield linked.report.title
        yield linked.report.body
        yield from (claim.text for claim in linked.report.claims)
    yield from (linked.actor.body for linked in site.actors.values())
    yield from (linked.event.body for linked in site.events.values())
    yield from (page.body for page in site.pages.values())


def _unused_aliases(actor: Actor, written: Mapping[str, set[str]]) -> Iterator[Finding]:
    """What is a part of a longer name in use is used: «داعش» in «تنظيم داعش»."""
    names = written.get(actor.id, set())
    for index, alias in enumerate(actor.aliases):
        if fold(alias) != fold(actor.name) and not any(_letters(alias) in name for name in names):
            hint = "delete it, or move it to spellings if readers may type it"
            yield Warn(_file(actor), ("aliases", index), f'no text uses the alias "{alias}"', hint)


def _shared_aliases(site: Site) -> Iterator[Finding]:
    """The same name for two actors, which is linked only where `means` says whom it means."""
    bearers: dict[str, Actor] = {}
    for linked in site.actors.values():
        actor = linked.actor
        for path, name in ((("name",), actor.name), *((("aliases", n), alias) for n, alias in enumerate(actor.aliases))):
            other = bearers.setdefault(fold(name), actor)
            if other.id != actor.id:
                hint = 'list it under "ambiguous" of both, and settle it with "means" where texts use it'
                yield Warn(_file(actor), path, f'"{name}" is a name of "{other.id}" too', hint)
