"""Show the dossier at a glance: judgments, what is not known, reports, actors, disagreements."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from dossier.content.addresses import judgment_address
from dossier.content.model import Judgment, Unknown
from dossier.language.arabic import split_sentences
from dossier.language.direction import isolate
from dossier.linking.confidence import origins_of_judgment
from dossier.linking.linked import LinkedDossier
from dossier.pages.json_ld import home_json_ld
from dossier.pages.views.brief import JUDGMENT_WORDS, TABLE_WORDS, fitting, words
from dossier.pages.views.claims import ClaimRow, show_row
from dossier.pages.views.disputes import DisputeView, show_dispute, weightiest_first
from dossier.pages.views.events import TimelineView, show_timeline
from dossier.pages.views.flow import FlowView, show_flow
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.reports import ReportCard, show_card
from dossier.pages.views.sourcing import Sourcing, show_sourcing
from dossier.pages.views.tables import TableView, fold, show_tables
from dossier.pages.views.wording import ACTOR_KINDS, CONFIDENCES, basis_in_words, count, numeral, origins_in_words

REPORTS_SHOWN = 12
ACTORS_SHOWN = 12
EVENTS_SHOWN = 8
DISPUTES_SHOWN = 1


class JudgmentView(Struct, frozen=True, kw_only=True):
    """A key judgment, or something unknown (then without confidence): in a line, and what unfolds; `origins` are those of what it says first.

    `sourcing` counts all that a judgment rests on, `page` leads to its map.
    """

    title: Markup
    text: Markup
    confidence: str | None
    level: str | None
    claims: tuple[ClaimRow, ...]
    summary: str
    origins: str
    sourcing: Sourcing | None = None
    page: str | None = None


class BackgroundView(Struct, frozen=True, kw_only=True):
    """Something beyond dispute, and where it can be looked up."""

    text: Markup
    sources: tuple[Link, ...]


class ActorCard(Struct, frozen=True, kw_only=True):
    """An actor among the main ones."""

    link: Link
    kind: str
    reports: str


class HomeView(Struct, frozen=True, kw_only=True):
    """The first page, `/`. The first `judgments_open` judgments stand open, the rest are folded under their number.

    `confidences` is the key of those that judgments have: the level and its word.
    """

    shell: Frame
    title: Markup
    lead: Markup
    description: Markup
    counts: tuple[str, ...]
    tables: tuple[TableView, ...]
    flow: FlowView | None
    background: tuple[BackgroundView, ...]
    glossary: tuple[tuple[Markup, Markup], ...]
    judgments: tuple[JudgmentView, ...]
    judgments_open: int
    confidences: tuple[tuple[str, str], ...]
    more_judgments: str | None
    unknowns: tuple[JudgmentView, ...]
    unknowns_number: str
    disputes: tuple[DisputeView, ...]
    more_disputes: str | None
    reports: tuple[ReportCard, ...]
    more_reports: str | None
    actors: tuple[ActorCard, ...]
    timeline: TimelineView | None


def view_home(site: LinkedDossier, path: str) -> HomeView:
    """Return the view of the first page."""
    to = Addresses(path, site)
    settings = site.settings
    digits = settings.digits
    shown = list(site.reports)[:REPORTS_SHOWN]
    events = _latest_events(site)
    judgments = tuple(_numbered(site, to, place) for place in range(len(settings.judgments)))
    judgments_open = fitting((words(judgment.title) for judgment in judgments), JUDGMENT_WORDS)
    disputes = weightiest_first(site)[:DISPUTES_SHOWN]
    hidden = len(site.disputes) - len(disputes)
    lead, rest = _first_and_rest(settings.description or "")
    return HomeView(
        shell=make_shell(site, path, settings.title, json_ld=Markup(home_json_ld(site))),
        title=isolate(settings.title),
        lead=isolate(lead),
        description=isolate(rest),
        counts=_counts(site),
        tables=tuple(fold(table, TABLE_WORDS) for table in show_tables(site, to)),
        flow=show_flow(site, to),
        background=tuple(
            BackgroundView(text=isolate(b.text), sources=tuple(Link(href=s.url, text=s.title) for s in b.sources))
            for b in settings.background
        ),
        glossary=tuple((isolate(term.term), isolate(term.text)) for term in settings.glossary),
        judgments=judgments,
        judgments_open=judgments_open,
        confidences=_key_of_confidences(settings.judgments),
        more_judgments=count(len(judgments) - judgments_open, "judgment", digits)
        if judgments[judgments_open:]
        else None,
        unknowns=tuple(_judgment(site, to, unknown) for unknown in settings.unknowns),
        unknowns_number=count(len(settings.unknowns), "question", digits),
        disputes=tuple(show_dispute(site, dispute, to) for dispute in disputes),
        more_disputes=numeral(hidden, digits) if hidden else None,
        reports=tuple(show_card(site, report, to, actors=4) for report in shown),
        more_reports=count(len(site.reports), "report", digits) if len(site.reports) > len(shown) else None,
        actors=_main_actors(site, to),
        timeline=show_timeline(site, to, events) if events else None,
    )


def _counts(site: LinkedDossier) -> tuple[str, ...]:
    digits = site.settings.digits
    numbers = (
        (len(site.reports), "report"), (len(site.claims), "claim"), (len(site.actors), "actor"), (len(site.events), "event")
    )  # fmt: skip
    return tuple(count(number, noun, digits) for number, noun in numbers if number)


def _first_and_rest(text: str) -> tuple[str, str]:
    """Part a plain text after its first sentence."""
    words = " ".join(text.split())
    end = next((end for _, end in split_sentences(words)), 0)
    return words[:end].strip(), words[end:].strip()


def _latest_events(site: LinkedDossier) -> tuple[str, ...]:
    return tuple(event for event, linked in site.events.items() if linked.when)[-EVENTS_SHOWN:]


def _key_of_confidences(judgments: Sequence[Judgment]) -> tuple[tuple[str, str], ...]:
    used = {judgment.confidence for judgment in judgments}
    return tuple((level, words.removeprefix("ثقة ")) for level, words in CONFIDENCES.items() if level in used)


def _judgment(site: LinkedDossier, to: Addresses, stated: Judgment | Unknown) -> JudgmentView:
    digits = site.settings.digits
    judgment = stated if isinstance(stated, Judgment) else None
    title, text = (judgment.title, stated.text) if judgment and judgment.title else _first_and_rest(stated.text)
    return JudgmentView(
        title=isolate(title),
        text=isolate(text),
        confidence=CONFIDENCES[judgment.confidence] if judgment else None,
        level=judgment.confidence if judgment else None,
        claims=tuple(show_row(site, ref, to) for ref in stated.claims),
        summary=basis_in_words(len(stated.claims), "judgment" if judgment else "unknown", digits)
        if stated.claims
        else "",
        origins=origins_in_words(origins_of_judgment(site, stated.claims), digits) if judgment else "",
    )


def _numbered(site: LinkedDossier, to: Addresses, place: int) -> JudgmentView:
    judgment = site.settings.judgments[place]
    page = to.to(judgment_address(place))
    return replace(_judgment(site, to, judgment), sourcing=show_sourcing(site, judgment, to), page=page)


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
