"""`/sources/`: a row for every outlet and every article of an unknown one, computed from the reports themselves; and every speaker.

When it was published, whether it is first hand, whether its sources are named, whether our digest was written beside the original, and
whose interest an editor sees in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from markupsafe import Markup
from msgspec import Struct

from dossier.content.model import Claim
from dossier.language.date_words import describe_day
from dossier.language.direction import isolate
from dossier.linking.linked import LinkedDossier, LinkedReport
from dossier.linking.origins import ORIGIN_KINDS, merges, outlets_of, reference
from dossier.pages.json_ld import list_json_ld
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.names import short_name
from dossier.pages.views.remains import SpeakerRow, show_speakers
from dossier.pages.views.reports import UNGRADED, UNKNOWN_DATE
from dossier.pages.views.sourcing import count_kinds, origins_of
from dossier.pages.views.wording import ORIGIN_WORDS, RELIABILITIES, count, join_words, numeral, origins_in_words

ROWS_SHOWN = 300
REPORTS_SHOWN = 12  # of one outlet
TITLE = "المصادر"


class DatedReport(Struct, frozen=True, kw_only=True):
    """A report under its short name, with when its article came out, and how many origins its claims have; None without claims."""

    link: Link
    when: str
    origins: str | None


class SourceRow(Struct, frozen=True, kw_only=True):
    """An outlet with its reports here, or one article whose outlet is not known. `name` has no address where it is not."""

    name: Link
    grade: str | None
    reports: tuple[DatedReport, ...]
    more: str | None
    hand: tuple[str, ...]
    kinds: tuple[str, ...]
    checked: tuple[str, ...]
    interest: Markup | None


class SourcesView(Struct, frozen=True, kw_only=True):
    """`/sources/`. `graded` says whether anybody graded any of them; `cut` that there are more than are shown.

    `narrow` says how many reports have one origin, `single` names them; `speakers` are all who can be set aside, with what falls without each.
    """

    shell: Frame
    title: str
    rows: tuple[SourceRow, ...]
    graded: bool
    cut: bool
    narrow: str
    single: tuple[Link, ...]
    speakers: tuple[SpeakerRow, ...]


def view_sources(site: LinkedDossier, path: str) -> SourcesView:
    """Return the overview of sources."""
    to = Addresses(path, site)
    groups: dict[str, list[LinkedReport]] = {}
    for linked in site.reports.values():
        groups.setdefault(linked.report.outlet or f"#{linked.id}", []).append(linked)
    ordered = sorted(groups, key=lambda key: (-len(groups[key]), key))
    outlets = outlets_of(actor.actor for actor in site.actors.values())
    here = frozenset(linked.report.outlet for linked in site.reports.values())
    single = [r for r, linked in site.reports.items() if len(origins_of(site, _refs(linked))) == 1]
    return SourcesView(
        shell=make_shell(
            site,
            path,
            TITLE,
            "من أين جاءت التقارير، وهل مصادرها مسمّاة، وماذا يبقى من الملف إن وُضع قول واحد منها جانبًا.",
            json_ld=Markup(list_json_ld(site, path, TITLE, reports=site.reports)),
        ),
        title=TITLE,
        rows=tuple(_row(site, groups[key], outlets, here, to) for key in ordered[:ROWS_SHOWN]),
        graded=any(given.letter != UNGRADED for o in outlets if (given := site.actors[o].actor.reliability)),
        cut=len(ordered) > ROWS_SHOWN,
        narrow=f"{count(len(single), 'report', to.digits)} من {numeral(len(site.reports), to.digits)}",
        single=tuple(Link(href=to.report(r), text=short_name(site, r)) for r in single[:REPORTS_SHOWN]),
        speakers=show_speakers(site, to),
    )


def _row(
    site: LinkedDossier,
    reports: Sequence[LinkedReport],
    outlets: frozenset[str],
    here: frozenset[str | None],
    to: Addresses,
) -> SourceRow:
    """Tell of one outlet. `here` are the outlets of all reports."""
    outlet = reports[0].report.outlet
    actor = site.actors[outlet].actor if outlet else None
    given = actor.reliability if actor else None
    claims = [(linked, claim) for linked in reports for claim in linked.report.claims]
    return SourceRow(
        name=Link(href=to.actor(actor.id), text=actor.name)
        if actor
        else Link(href="", text=_unknown(site, reports[0])),
        grade=f"{given.letter}: {RELIABILITIES[given.letter]}" if given and given.letter != UNGRADED else None,
        reports=tuple(_dated(site, linked, to) for linked in islice(reports, REPORTS_SHOWN)),
        more=count(len(reports) - REPORTS_SHOWN, "report", to.digits) if len(reports) > REPORTS_SHOWN else None,
        hand=tuple(_hand(site, reports, claims, outlets, to)),
        kinds=tuple(_kinds(site, [ref for linked in reports for ref in _refs(linked)], to)),
        checked=tuple(_checked(site, reports, here, to)),
        interest=isolate(given.interest) if given and given.interest else None,
    )


def _dated(site: LinkedDossier, linked: LinkedReport, to: Addresses) -> DatedReport:
    when = describe_day(linked.published, to.digits) if linked.published else UNKNOWN_DATE
    return DatedReport(
        link=Link(href=to.report(linked.id), text=short_name(site, linked.id)),
        when=when,
        origins=origins_in_words(origins_of(site, _refs(linked)), to.digits) if linked.report.claims else None,
    )


def _refs(linked: LinkedReport) -> list[str]:
    return [reference(linked.id, claim.id) for claim in linked.report.claims]


def _unknown(site: LinkedDossier, linked: LinkedReport) -> str:
    """Name an article whose publisher is not known by what it passes on."""
    via = join_words([site.actors[outlet].actor.name for outlet in linked.report.via])
    return f"عرض لمادة {via}، لا يُعرف ناشره" if via else "نص لا يُعرف ناشره"


def _hand(
    site: LinkedDossier,
    reports: Sequence[LinkedReport],
    claims: Sequence[tuple[LinkedReport, Claim]],
    outlets: frozenset[str],
    to: Addresses,
) -> list[str]:
    """Say whom it passes on, and how many of its claims come by somebody else's report."""
    via = list(dict.fromkeys(outlet for linked in reports for outlet in linked.report.via))
    words = [f"ينقل عن {join_words([site.actors[outlet].actor.name for outlet in via])}" if via else "من مصدره"]
    passed_on = sum(_is_passed_on(linked, claim, outlets) for linked, claim in claims)
    if claims:
        words.append(f"{count(passed_on, 'claim', to.digits)} عبر وسيلة أخرى، من {numeral(len(claims), to.digits)}")
    return words


def _is_passed_on(linked: LinkedReport, claim: Claim, outlets: frozenset[str]) -> bool:
    """Tell whether another outlet stands in a claim's chain, or its report surely repeats another's."""
    others = {speaker.who for speaker in claim.said if speaker.who in outlets} - {linked.report.outlet}
    return bool(others) or any(merges(repeat) for repeat in claim.repeats)


def _kinds(site: LinkedDossier, refs: Sequence[str], to: Addresses) -> list[str]:
    """Count how many of its claims have origins of each kind: « غير مسمّى: 12 »."""
    found = count_kinds(site, refs)
    return [f"{ORIGIN_WORDS[kind]}: {numeral(found[kind], to.digits)}" for kind in ORIGIN_KINDS if found[kind]]


def _checked(
    site: LinkedDossier, reports: Sequence[LinkedReport], here: frozenset[str | None], to: Addresses
) -> list[str]:
    """Tell whether digests were written beside originals, and whether what these pass on is here too."""
    known = [linked for linked in reports if linked.report.original]
    words = ["لا مقال أصلي مسجّل"]
    if known:
        words = ["قوبل ملخّصه بالمقال الأصلي"]
    if known and len(known) < len(reports):
        words = [f"قوبل بالمقال الأصلي {count(len(known), 'report', to.digits)} من {numeral(len(reports), to.digits)}"]
    missing = [o for o in dict.fromkeys(o for linked in reports for o in linked.report.via) if o not in here]
    if missing:
        words.append(f"ولم يُقابل بما ينقله عن {join_words([site.actors[outlet].actor.name for outlet in missing])}")
    return words
