"""Name everything that a dossier can refer to, so that people find its id by the words they know it by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from dossier.content.model import Actor, Claim, Dossier, Report
from dossier.content.paths import PLACES, file_of
from dossier.language.arabic import fold

KINDS = ("actors", "reports", "claims", "events", "places", "pages")


class Named(Struct, frozen=True, kw_only=True, dict=True):  # for what is made once
    """Something with an id: `kind` is one of `KINDS`; `name` are the words by which people know it, `others` further ones.

    `details` say more, by field; `note` is a few words of its text. A claim's id is `<report>#<claim>`, a place's its name.
    """

    kind: str
    id: str
    name: str
    file: str
    others: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words that it is found by, folded, without the Arabic article."""
        texts = (self.id, self.id.replace("-", " ").replace("#", " "), self.name, *self.others)
        return tuple(dict.fromkeys(form for text in texts for word in fold(text).split() for form in _forms(word)))

    def answers(self, sought: Iterable[str]) -> bool:
        """Tell whether each of some folded words, with the article or without it, begins one of its own."""
        return all(any(word.startswith(_forms(part)) for word in self.words) for part in sought)


def name_all(dossier: Dossier) -> dict[str, tuple[Named, ...]]:
    """Return everything by its kind, in the order of ids. The dossier may have problems: what could be read is named."""
    names = {actor.id: actor.name for actor in dossier.actors}
    return {
        "actors": tuple(_actor(actor) for actor in dossier.actors),
        "reports": tuple(_report(report, names) for report in dossier.reports),
        "claims": tuple(_claim(report, claim, names) for report in dossier.reports for claim in report.claims),
        "events": tuple(
            Named(
                kind="events",
                id=event.id,
                name=event.title,
                file=file_of("events", event.id),
                details=_details(when=event.when, place=event.place),
                note=event.body,
            )
            for event in dossier.events
        ),
        "places": tuple(
            Named(
                kind="places",
                id=place.name,
                name=place.name,
                file=PLACES,
                others=(*place.spellings, place.latin or ""),
                details=_details(latin=place.latin),
            )
            for place in dossier.places
        ),
        "pages": tuple(
            Named(kind="pages", id=page.id, name=page.title, file=file_of("pages", page.id)) for page in dossier.pages
        ),
    }


def find(known: Iterable[Named], question: str) -> Iterator[Named]:
    """Yield what answers all words of a question, however they are spelt; everything where there are none."""
    sought = fold(question).split()
    yield from (named for named in known if named.answers(sought))


def _forms(word: str) -> tuple[str, ...]:
    return (word, word[2:]) if word.startswith("ال") and len(word) > 3 else (word,)


def _details(**details: str | None) -> dict[str, str]:
    return {name: " ".join(value.split()) for name, value in details.items() if value}


def _actor(actor: Actor) -> Named:
    return Named(
        kind="actors",
        id=actor.id,
        name=actor.name,
        file=file_of("actors", actor.id),
        others=(*actor.aliases, *actor.ambiguous, *actor.spellings, actor.latin or ""),
        details=_details(kind=actor.kind, latin=actor.latin, role=actor.role),
        note=actor.body,
    )


def _report(report: Report, names: Mapping[str, str]) -> Named:
    outlet = names.get(report.outlet or "", report.outlet)
    return Named(
        kind="reports",
        id=report.id,
        name=report.title,
        file=file_of("reports", report.id),
        others=(report.short or "", outlet or ""),
        details=_details(short=report.short, outlet=outlet, published=report.published),
        note=report.body,
    )


def _claim(report: Report, claim: Claim, names: Mapping[str, str]) -> Named:
    chain = " ← ".join(names.get(speaker.who or "", speaker.described or speaker.who or "") for speaker in claim.said)
    return Named(
        kind="claims",
        id=f"{report.id}#{claim.id}",
        name=claim.text,
        file=file_of("reports", report.id),
        details=_details(mode=claim.mode, when=claim.when, said=chain),
    )
