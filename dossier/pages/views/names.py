"""Say what pages call a report: where it comes from, and the short name that references use."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.content.model import Speaker
from dossier.linking.linked import LinkedDossier, LinkedReport
from dossier.linking.survival import ANONYMOUS, UNSOURCED
from dossier.pages.views.wording import join_words, numeral

WITHOUT: Mapping[str, str] = {ANONYMOUS: "المصادر غير المسمّاة", UNSOURCED: "ما تقوله الوسائل بصوتها بلا مصدر"}
UNNAMED_OUTLET = "وسيلة غير معروفة"


def source_of(site: LinkedDossier, linked: LinkedReport) -> str:
    """Name the outlet, or whom an article of an unknown outlet passes on."""
    r = linked.report
    via = join_words([site.actors[outlet].actor.name for outlet in r.via])
    if r.outlet:
        return site.actors[r.outlet].actor.name + (f"، نقلًا عن {via}" if via else "")
    return f"{UNNAMED_OUTLET}، نقلًا عن {via}" if via else UNNAMED_OUTLET


def speaker_name(site: LinkedDossier, speaker: Speaker) -> str:
    """Name a speaker of a chain: an actor, with what the report says of how it speaks there, or the description of somebody who is none."""
    name = site.actors[speaker.who].actor.name if speaker.who else None
    return " ".join(filter(None, (name, f"({speaker.described})" if name and speaker.described else speaker.described)))


def short_name(site: LinkedDossier, report: str) -> str:
    """Return a report's short name; without one, its outlet and the year, where there is but one.

    An article of an unknown outlet is called « عن » whom it passes on, so that nobody takes it for that outlet's own.
    """
    linked = site.reports[report]
    r = linked.report
    if r.short:
        return r.short
    via = f"عن {site.actors[r.via[0]].actor.name}" if r.via else UNNAMED_OUTLET
    name = site.actors[r.outlet].actor.name if r.outlet else via
    return f"{name} {_year(linked, site)}".rstrip()


def _year(linked: LinkedReport, site: LinkedDossier) -> str:
    when = linked.published
    years = {(day or "")[:4] for day in (when.earliest, when.latest)} if when else set()
    return numeral(int(years.pop()), site.settings.digits) if len(years) == 1 and "" not in years else ""


def without(site: LinkedDossier, speaker: str) -> str:
    """Ask what remains without a speaker: an actor, or one of the kinds in `WITHOUT`."""
    return f"ماذا يبقى بلا {WITHOUT.get(speaker) or site.actors[speaker].actor.name}؟"


def who_is(site: LinkedDossier, actor: str) -> str:
    """Say in a line who that is, as names show it when they are pointed at; empty where the dossier does not say."""
    found = site.actors[actor].actor
    return f"{found.name}: {found.role}" if found.role else ""


def claim_number(claim: str, site: LinkedDossier) -> str:
    """Return a claim's number as references write it: « 7 » of `c7`."""
    return numeral(int(claim.removeprefix("c")), site.settings.digits)


def claim_name(site: LinkedDossier, ref: str) -> str:
    """Return a claim's name as references write it: «كونسورتيوم نيوز 2019، القول 8». `ref` is `<report>#<claim>`."""
    linked = site.claims[ref]
    return f"{short_name(site, linked.report)}، القول {claim_number(linked.claim.id, site)}"
