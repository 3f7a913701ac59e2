"""Warn of actors that no text names, aliases that no text holds, and aliases that two actors share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from dossier.articles.mentions import Mention, name_spans
from dossier.articles.source_text import SourceText
from dossier.content.findings import Finding
from dossier.content.model import Actor
from dossier.content.paths import file_of
from dossier.content.yaml_text import FieldPath
from dossier.engine.memo import Memo, digest_of
from dossier.language.arabic import fold
from dossier.language.characters import show
from dossier.linking.linked import LinkedDossier

Used = frozenset[tuple[str, str]]  # actor and the folded letters by which a text names it

ALIKE = 0.8  # of two spellings of one name: «الأمريكية», «الأميركية»
SHORTEST = 2  # letters of a name


def advise_on_actors(site: LinkedDossier, memo: Memo) -> Iterator[Finding]:
    """Yield warnings on the names of actors."""
    publishers = {name for r in site.reports.values() for name in (r.report.outlet, *r.report.via) if name}
    for actor in site.actors.values():
        # A newspaper need not name itself.
        if not actor.mentions and actor.id not in publishers:
            hint = "write into aliases how texts name it"
            if not (actor.about or actor.said or actor.published or actor.parts or actor.events):
                hint += ", or delete the file: nothing refers to it"
            yield _warn(actor.actor, ("name",), "no text names this actor", hint)
        yield from _doubtful(actor.actor)
    yield from _shared(site)
    if all(r.report.original is None or r.texts.original for r in site.reports.values()):
        yield from _unused(site, memo)  # else an original that is not here may hold it


def _warn(actor: Actor, path: FieldPath, message: str, hint: str) -> Finding:
    return Finding(file_of("actors", actor.id), path, message, hint, severity="warning")


def _doubtful(actor: Actor) -> Iterator[Finding]:
    """Find names that can hardly be meant as they stand."""
    for path, name in _named(actor):
        if len(_letters(name)) < SHORTEST:
            yield _warn(
                actor,
                path,
                f"{show(name)} is so short that it will be found where nobody is named",
                "write more of the name",
            )


def _letters(name: str) -> str:
    return "".join(fold(name).split())


def _named(actor: Actor) -> Iterator[tuple[FieldPath, str]]:
    yield ("name",), actor.name
    yield from ((("aliases", index), alias) for index, alias in enumerate(actor.aliases))


def _shared(site: LinkedDossier) -> Iterator[Finding]:
    owners: dict[str, list[str]] = {}
    for actor in site.actors.values():
        for letters in {_letters(name) for _, name in _named(actor.actor)}:
            owners.setdefault(letters, []).append(actor.id)
    for actor in site.actors.values():
        for path, name in _named(actor.actor):
            others = [other for other in owners[_letters(name)] if other != actor.id]
            if others and path != ("name",):
                message = f"{show(name)} names {', '.join(others)} too: it is linked to neither but where means says so"
                yield _warn(actor.actor, path, message, "write it under ambiguous instead, in each of them")


def _unused(site: LinkedDossier, memo: Memo) -> Iterator[Finding]:
    """Find aliases that no text holds, unless they are but another form of a name that one does."""
    used = frozenset().union(*(_used_in(site, report, memo) for report in site.reports), _used_by_hand(site, memo))
    for actor in site.actors.values():
        if not actor.mentions:
            continue  # said already, of the actor as a whole
        known: list[str] = []
        unknown: list[tuple[FieldPath, str]] = []
        for path, name in _named(actor.actor):
            letters = _letters(name)
            bare = letters.removeprefix("ال")  # «للجزائر» holds the name without its article
            if {(actor.id, letters), (actor.id, bare)} & used:
                known.append(name)
            elif path != ("name",):
                unknown.append((path, name))
        for path, name in unknown:
            if not any(_is_form_of(name, other) for other in known):
                hint = "mend it, move it to spellings, where it is only searched, or delete it"
                yield _warn(actor.actor, path, f"no text holds the alias {show(name)}", hint)


def _is_form_of(name: str, other: str) -> bool:
    """Return whether one name is the other with words added («ترامب», «دونالد ترامب»), or is spelt much like it."""
    words, others = set(fold(name).split()), set(fold(other).split())
    return words <= others or others <= words or SequenceMatcher(None, fold(name), fold(other)).ratio() >= ALIKE


def _used_in(site: LinkedDossier, report: str, memo: Memo) -> Used:
    texts = site.reports[report].texts
    found = _spelt(texts.seed, texts.mentions.seed, memo)
    return found | _spelt(texts.original, texts.mentions.original, memo) if texts.original else found


def _used_by_hand(site: LinkedDossier, memo: Memo) -> Used:
    """Find names in briefs, notes and claims: they are linked like those in seeds."""
    known = digest_of(sorted(site.names.entries))
    texts = (
        *site.briefs.values(),
        *(claim.claim.text for claim in site.claims.values()),
        *(a.actor.body for a in site.actors.values()),
        *(e.event.body for e in site.events.values()),
        *(page.body for page in site.pages.values()),
    )

    def find(text: str) -> Used:
        return frozenset((m.actor, _letters(text[m.start : m.end])) for m in name_spans(text, site.names))

    def recall(text: str) -> Used:
        return memo.get("advice/spelt by hand", (digest_of(text), known), lambda: find(text))

    return frozenset().union(*(recall(text) for text in texts if text))


def _spelt(source: SourceText, mentions: Sequence[Mention], memo: Memo) -> Used:
    def find() -> Used:
        spelt = {(m.actor, source.text[m.start : m.end]) for m in mentions}
        return frozenset((actor, _letters(text)) for actor, text in spelt)

    return memo.get("advice/spelt", (source.sha256, digest_of(mentions)), find)
