"""Show an actor's page, and the list of all actors with the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct

from dossier.language.arabic import Digits, sort_key
from dossier.language.date_words import describe_day
from dossier.language.direction import isolate
from dossier.language.markdown import plain_text
from dossier.linking.linked import LinkedActor, LinkedDossier, named_with
from dossier.pages.json_ld import actor_json_ld, list_json_ld
from dossier.pages.views.claims import ClaimRow, show_row
from dossier.pages.views.events import EventCard, show_event_card
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.names import source_of, without
from dossier.pages.views.network import NeighboursView, NetworkView, show_neighbours, show_network
from dossier.pages.views.reports import UNKNOWN_DATE, GradeView, show_grade
from dossier.pages.views.tables import TableView, show_tables
from dossier.pages.views.text import naming_sentence, show_markdown
from dossier.pages.views.wording import (
    ACTOR_KINDS,
    besides,
    count,
    in_reports,
    times_named,
)

REPORTS_SHOWN = 100
CLAIMS_SHOWN = 300
CLAIMS_OPEN = 4  # of one speaker; the rest is folded, so that other speakers stay in sight


class NamingView(Struct, frozen=True, kw_only=True):
    """A report that names an actor, with the sentence that does."""

    link: Link
    source: Markup
    date: str
    sentence: Markup | None
    href: str
    mentions: str


class Companion(Struct, frozen=True, kw_only=True):
    """An actor that another is named with, and in how many reports."""

    link: Link
    reports: str


class SpeakerClaims(Struct, frozen=True, kw_only=True):
    """What one speaker says about an actor: the first claims, and the rest, which is folded."""

    speaker: Link | None
    number: str
    claims: tuple[ClaimRow, ...]
    rest: tuple[ClaimRow, ...]
    rest_number: str


class ActorView(Struct, frozen=True, kw_only=True):
    """The page of an actor, `/actors/<id>/`."""

    shell: Frame
    name: Markup
    latin: str | None
    kind: str
    role: str | None
    aliases: tuple[str, ...]
    spellings: tuple[str, ...]
    part_of: tuple[Link, ...]
    parts: tuple[Link, ...]
    wikidata: str | None
    grade: GradeView | None
    body: Markup
    tables: tuple[TableView, ...]
    summary: str
    about: tuple[SpeakerClaims, ...]
    about_number: str
    about_more: str | None
    said: SpeakerClaims | None
    doubt: Link | None
    published: tuple[Link, ...]
    events: tuple[EventCard, ...]
    reports: tuple[NamingView, ...]
    more_reports: str | None
    companions: tuple[Companion, ...]
    neighbours: NeighboursView | None


def view_actor(site: LinkedDossier, path: str, actor: str) -> ActorView:
    """Return the view of one actor's page. `actor` is the id."""
    to = Addresses(path, site)
    linked = site.actors[actor]
    a = linked.actor
    digits = site.settings.digits
    hidden = len(linked.reports) - REPORTS_SHOWN
    return ActorView(
        shell=make_shell(
            site,
            path,
            a.name,
            " ".join(plain_text(a.body).split()),
            og_type="profile",
            json_ld=Markup(actor_json_ld(site, actor)),
        ),
        name=isolate(a.name),
        latin=a.latin,
        kind=ACTOR_KINDS[a.kind][0],
        role=a.role,
        aliases=tuple(dict.fromkeys((*a.aliases, *a.ambiguous))),
        spellings=a.spellings,
        part_of=_links(site, to, a.part_of),
        parts=_links(site, to, linked.parts),
        wikidata=a.wikidata,
        grade=show_grade(Link(href="", text=a.name), a.reliability) if a.reliability else None,
        body=show_markdown(a.body, site, to, itself=actor),
        tables=show_tables(site, to, actor),
        summary=_summary(linked, digits),
        about=_by_speaker(site, to, linked.about[:CLAIMS_SHOWN]),
        about_number=count(len(linked.about), "claim", digits),
        about_more=besides(len(linked.about) - CLAIMS_SHOWN, "claim", digits)
        if len(linked.about) > CLAIMS_SHOWN
        else None,
        said=_speaker_claims(site, to, None, most_direct_first(site, linked.said, actor)[:CLAIMS_SHOWN])
        if linked.said
        else None,
        doubt=Link(href=to.source(actor), text=without(site, actor)) if linked.said else None,
        published=tuple(
            Link(href=to.report(r), text=site.reports[r].report.title) for r in linked.published[:REPORTS_SHOWN]
        ),
        events=tuple(show_event_card(site, event, to) for event in events_of(site, linked)),
        reports=tuple(_naming(site, to, actor, report) for report in linked.reports[:REPORTS_SHOWN]),
        more_reports=count(hidden, "report", digits) if hidden > 0 else None,
        companions=tuple(
            Companion(link=_links(site, to, (other,))[0], reports=count(n, "report", digits))
            for other, n in named_with(site, actor)
        ),
        neighbours=show_neighbours(site, actor, to),
    )


def _links(site: LinkedDossier, to: Addresses, actors: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(Link(href=to.actor(a), text=site.actors[a].actor.name) for a in actors)


def _by_speaker(site: LinkedDossier, to: Addresses, refs: tuple[str, ...]) -> tuple[SpeakerClaims, ...]:
    """Group claims by the first speaker that is named, those with most first; claims with nobody named come last.

    Within a group the nearest to its speaker stand first.
    """
    groups: dict[str | None, list[str]] = {}
    for ref in refs:
        groups.setdefault(next((s.who for s in site.claims[ref].claim.said if s.who), None), []).append(ref)
    speakers = sorted(groups, key=lambda who: (who is None, -len(groups[who]), who or ""))
    return tuple(_speaker_claims(site, to, who, most_direct_first(site, groups[who], who)) for who in speakers)


def most_direct_first(site: LinkedDossier, refs: Iterable[str], speaker: str | None) -> list[str]:
    """Claims by how often they were passed on after a speaker, then by their whole chain, then as the dossier has them.

    So an outlet's own report stands before whoever passes it on, although both chains may be of one length.
    """

    def distance(ref: str) -> tuple[int, int]:
        chain = [s.who for s in site.claims[ref].claim.said]
        return len(chain) - 1 - (chain.index(speaker) if speaker in chain else 0), len(chain)

    return sorted(refs, key=distance)


def _speaker_claims(site: LinkedDossier, to: Addresses, speaker: str | None, refs: Sequence[str]) -> SpeakerClaims:
    rows = tuple(show_row(site, ref, to) for ref in refs)
    shown = len(rows) if len(rows) <= CLAIMS_OPEN + 1 else CLAIMS_OPEN  # one alone is not worth folding
    return SpeakerClaims(
        speaker=_links(site, to, (speaker,))[0] if speaker else None,
        number=count(len(rows), "claim", to.digits),
        claims=rows[:shown],
        rest=rows[shown:],
        rest_number=count(len(rows) - shown, "claim", to.digits),
    )


def _summary(linked: LinkedActor, digits: Digits) -> str:
    return f"{times_named(linked.mentions, digits)} {in_reports(len(linked.reports), digits)}"


def events_of(site: LinkedDossier, linked: LinkedActor) -> tuple[str, ...]:
    """Return the ids of events that an actor takes part in, or that claims about them speak of, oldest first."""
    known = {*linked.events, *(site.claims[ref].claim.event for ref in linked.about)}
    return tuple(event for event in site.events if event in known)


def _naming(site: LinkedDossier, to: Addresses, actor: str, report: str) -> NamingView:
    linked = site.reports[report]
    found = naming_sentence(linked.texts.seed, linked.texts.mentions.seed, actor, linked.report.lang)
    return NamingView(
        link=Link(href=to.report(report), text=linked.report.title),
        source=isolate(source_of(site, linked)),
        date=describe_day(linked.published, site.settings.digits) if linked.published else UNKNOWN_DATE,
        sentence=found[0] if found else None,
        href=to.report(report, found[1] if found else ""),
        mentions=times_named(linked.counts[actor], site.settings.digits),
    )


class ActorRow(Struct, frozen=True, kw_only=True):
    """An actor in the list of all."""

    link: Link
    latin: str | None
    role: str | None
    reports: str


class ActorsView(Struct, frozen=True, kw_only=True):
    """The page `/actors/`: actors by kind, and whom claims join."""

    shell: Frame
    total: str
    kinds: tuple[tuple[str, str, tuple[ActorRow, ...]], ...]
    network: NetworkView | None


def view_actors(site: LinkedDossier, path: str) -> ActorsView:
    """Return the view of the list of all actors."""
    to = Addresses(path, site)
    digits = site.settings.digits
    by_kind: dict[str, list[LinkedActor]] = {}
    for linked in sorted(site.actors.values(), key=lambda a: sort_key(a.actor.name)):
        by_kind.setdefault(linked.actor.kind, []).append(linked)
    return ActorsView(
        shell=make_shell(
            site,
            path,
            "الأطراف والأسماء",
            "كل من تسمّيهم التقارير: أشخاص ودول وقوات ووسائل إعلام، ومن يُذكر مع من.",
            json_ld=Markup(list_json_ld(site, path, "الأطراف والأسماء")),
        ),
        total=count(len(site.actors), "actor", digits),
        kinds=tuple(
            (kind, ACTOR_KINDS[kind][1], tuple(_row(a, to, digits) for a in by_kind[kind]))
            for kind in ACTOR_KINDS
            if kind in by_kind
        ),
        network=show_network(site, to),
    )


def _row(linked: LinkedActor, to: Addresses, digits: Digits) -> ActorRow:
    a = linked.actor
    return ActorRow(
        link=Link(href=to.actor(a.id), text=a.name),
        latin=a.latin,
        role=a.role,
        reports=count(len(linked.reports), "report", digits),
    )
