"""Show the dossier at a glance: judgments, what is not known, reports, actors, disagreements."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dossier.language.markdown import isolate
from dossier.linking.linked import LinkedDossier
from dossier.pages.views.claims import ClaimRow, DisputeView, show_dispute, show_row, surest_first
from dossier.pages.views.events import EventCard, show_event_card, timeline
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.reports import ReportCard, show_card
from dossier.pages.views.wording import ACTOR_KINDS, CONFIDENCES, count

REPORTS_SHOWN = 12
ACTORS_SHOWN = 12
EVENTS_SHOWN = 8
DISPUTES_SHOWN = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgmentView:
    """A key judgment, or something unknown (then without confidence), with the claims it rests on."""

    text: Markup
    confidence: str | None
    level: str | None
    claims: tuple[ClaimRow, ...]
    summary: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorCard:
    """An actor among the main ones."""

    link: Link
    kind: str
    reports: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeView:
    """The first page, `/`."""

    shell: Frame
    title: Markup
    description: Markup
    counts: tuple[str, ...]
    judgments: tuple[JudgmentView, ...]
    unknowns: tuple[JudgmentView, ...]
    disputes: tuple[DisputeView, ...]
    more_disputes: str | None
    reports: tuple[ReportCard, ...]
    more_reports: str | None
    actors: tuple[ActorCard, ...]
    timeline: Markup | None
    events: tuple[EventCard, ...]


def view_home(site: LinkedDossier, path: str) -> HomeView:
    """Return the view of the first page."""
    to = Addresses(path, site)
    settings = site.settings
    digits = settings.digits
    shown = list(site.reports)[:REPORTS_SHOWN]
    events = _latest_events(site)
    hidden = len(site.disputes) - DISPUTES_SHOWN
    return HomeView(
        shell=make_shell(site, path, settings.title),
        title=isolate(settings.title),
        description=isolate(settings.description or ""),
        counts=_counts(site),
        judgments=tuple(
            _judgment(site, to, j.text, j.claims, CONFIDENCES[j.confidence], j.confidence) for j in settings.judgments
        ),
        unknowns=tuple(_judgment(site, to, u.text, u.claims, None, None) for u in settings.unknowns),
        disputes=tuple(show_dispute(site, dispute, to) for dispute in surest_first(site)[:DISPUTES_SHOWN]),
        more_disputes=count(hidden, "difference", digits) if hidden > 0 else None,
        reports=tuple(show_card(site, report, to, actors=4) for report in shown),
        more_reports=count(len(site.reports), "report", digits) if len(site.reports) > len(shown) else None,
        actors=_main_actors(site, to),
        timeline=timeline(site, to, events),
        events=tuple(show_event_card(site, event, to) for event in events),
    )


def _counts(site: LinkedDossier) -> tuple[str, ...]:
    digits = site.settings.digits
    numbers = (
        (len(site.reports), "report"), (len(site.claims), "claim"), (len(site.actors), "actor"), (len(site.events), "event")
    )  # fmt: skip
    return tuple(count(number, noun, digits) for number, noun in numbers if number)


def _latest_events(site: LinkedDossier) -> tuple[str, ...]:
    return tuple(event for event, linked in site.events.items() if linked.when)[-EVENTS_SHOWN:]


def _judgment(
    site: LinkedDossier, to: Addresses, text: str, claims: tuple[str, ...], confidence: str | None, level: str | None
) -> JudgmentView:
    return JudgmentView(
        text=isolate(text),
        confidence=confidence,
        level=level,
        claims=tuple(show_row(site, ref, to) for ref in claims),
        summary=count(len(claims), "claim", site.settings.digits) if claims else "",
    )


def _main_actors(site: LinkedDossier, to: Addresses) -> tuple[ActorCard, ...]:
    most = sorted(site.actors.values(), key=lambda a: (-len(a.reports), -a.mentions, a.id))[:ACTORS_SHOWN]
    return tuple(
        ActorCard(
            link=Link(href=to.actor(a.id), text=a.actor.name),
            kind=ACTOR_KINDS[a.actor.kind][0],
            reports=count(len(a.reports), "report", site.settings.digits),
        )
        for a in most
        if a.reports
    )
