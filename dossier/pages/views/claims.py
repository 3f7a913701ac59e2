"""Show a claim wherever one stands: its chain, mode, date, origins, and the claims it is joined to or differs from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup
from msgspec import Struct

from dossier.content.model import Agreement, Claim, Difference, Repeat
from dossier.language.arabic import Digits
from dossier.language.date_words import describe
from dossier.language.dates import parse_edtf
from dossier.language.direction import isolate
from dossier.linking.linked import LinkedClaim, LinkedDossier, Ties, differing_from
from dossier.linking.origins import is_anonymous, kind_of, reference, strongest_kind
from dossier.linking.survival import doubted, passed_on
from dossier.pages.views.corrections import corrected
from dossier.pages.views.frame import Addresses, Link
from dossier.pages.views.names import claim_name, claim_number, short_name, speaker_name, who_is, without
from dossier.pages.views.sourcing import claim_origins
from dossier.pages.views.wording import (
    ASPECTS,
    CREDIBILITIES,
    MODES,
    ORIGIN_WORDS,
    certainty_of,
    count,
    elsewhere_in_words,
    numeral,
)

_SIDES = re.compile(r"(?<!\w)[وفبلك]?(?:هنا|هناك|هذا|هذه|ذاك|ذلك|تلك)(?!\w)")


class SpeakerView(Struct, frozen=True, kw_only=True):
    """One speaker in a chain; without an address where nobody is named. `kind` is the first one's, `who` tells who that is."""

    name: Markup
    href: str | None
    anonymous: bool
    kind: str
    who: str


class RelationView(Struct, frozen=True, kw_only=True):
    """How another claim is related to this one: what it does, where it stands, how sure that is, and why; `sided` as `tell_sides` says.

    `text` is none of a claim that agrees: it says the same, and there may be many.
    """

    verb: str
    href: str
    report: str
    text: Markup | None
    certainty: str
    why: Markup | None
    sided: str | None


class InheritedView(Struct, frozen=True, kw_only=True):
    """A disagreement that a claim takes over: one that it repeats is contradicted. `text` is what the other claim says."""

    source: Link
    aspect: str
    other: Link
    text: Markup
    certainty: str


class ClaimRow(Struct, frozen=True, kw_only=True):
    """A claim in few words: what is said, through whom it came, and where it stands. `differs` says what contradicts it.

    `report` is the report under its short name, `number` the claim's; `kind` that of its strongest origin.
    """

    id: str
    number: str
    href: str
    report: Link
    text: Markup
    chain: tuple[SpeakerView, ...]
    mode: str
    mode_label: str
    kind: str
    kind_words: str
    when: str | None
    origins: str
    differs: str | None
    corrected: Link | None


class ClaimView(Struct, frozen=True, kw_only=True):
    """A claim with all that is known of where it comes from."""

    id: str
    number: str
    href: str
    card: str | None
    report: Link
    text: Markup
    chain: tuple[SpeakerView, ...]
    mode: str
    mode_label: str
    when: str | None
    when_text: Markup | None
    origins: str
    credibility: str | None
    credibility_note: Markup | None
    paragraph: Link
    original: Link | None
    event: Link | None
    doubt: Link
    relations: tuple[RelationView, ...]
    elsewhere: str
    differences: tuple[RelationView, ...]
    inherited: tuple[InheritedView, ...]
    corrected: Link | None


def show_claim(site: LinkedDossier, ref: str, to: Addresses, *, original: bool = False) -> ClaimView:
    """Return a claim in full, for the page that `to` writes addresses for. `ref` is `<report>#<claim>`.

    `original` says that the text of the original is on the report's page, so that its paragraph can be linked to.
    """
    linked = site.claims[ref]
    claim = linked.claim
    digits = site.settings.digits
    event = site.events.get(claim.event) if claim.event else None
    return ClaimView(
        id=claim.id,
        number=claim_number(claim.id, site),
        href=to.claim(ref),
        card=to.card(ref),
        report=Link(href=to.report(linked.report), text=short_name(site, linked.report)),
        text=isolate(claim.text),
        chain=_chain(site, claim, to),
        mode=claim.mode,
        mode_label=MODES[claim.mode],
        when=describe(parse_edtf(claim.when), digits) if claim.when else None,
        when_text=isolate(claim.when_text, site.reports[linked.report].report.lang) if claim.when_text else None,
        origins=claim_origins(site, ref),
        credibility=_credibility(claim, digits),
        credibility_note=isolate(claim.credibility.note) if claim.credibility and claim.credibility.note else None,
        paragraph=Link(href=to.report(linked.report, f"p{claim.at}"), text=numeral(claim.at, digits)),
        original=_original(linked, to) if original else None,
        event=Link(href=to.event(event.id), text=event.event.title) if event else None,
        doubt=Link(href=to.source(doubted(claim)), text=without(site, doubted(claim))),
        relations=tuple(_relations(site, linked, to)),
        elsewhere=_elsewhere(linked, site.ties[ref], digits),
        differences=tuple(_differences(site, ref, to)),
        inherited=tuple(_inherited(site, ref, to)),
        corrected=corrected(site, ref, to),
    )


def show_row(site: LinkedDossier, ref: str, to: Addresses) -> ClaimRow:
    """Return a claim in few words, for a list of many. `ref` is `<report>#<claim>`."""
    linked = site.claims[ref]
    claim = linked.claim
    digits = site.settings.digits
    kind = strongest_kind(site.ties[ref].origins)
    return ClaimRow(
        id=claim.id,
        number=claim_number(claim.id, site),
        href=to.claim(ref),
        report=Link(href=to.report(linked.report), text=short_name(site, linked.report)),
        text=isolate(claim.text),
        chain=_chain(site, claim, to),
        mode=claim.mode,
        mode_label=MODES[claim.mode],
        kind=kind,
        kind_words=ORIGIN_WORDS[kind],
        when=describe(parse_edtf(claim.when), digits) if claim.when else None,
        origins=claim_origins(site, ref),
        differs=_disputed(site, ref),
        corrected=corrected(site, ref, to),
    )


def claim_link(site: LinkedDossier, ref: str, to: Addresses) -> Link:
    """Return a link to a claim under the name that references use."""
    return Link(href=to.claim(ref), text=claim_name(site, ref))


def _original(linked: LinkedClaim, to: Addresses) -> Link | None:
    at = linked.claim.original_at
    return Link(href=to.report(linked.report, f"o{at}"), text=numeral(at, to.digits)) if at else None


def _credibility(claim: Claim, digits: Digits) -> str | None:
    given = claim.credibility
    return f"{numeral(given.number, digits)}: {CREDIBILITIES[given.number]}" if given else None


def _chain(site: LinkedDossier, claim: Claim, to: Addresses) -> tuple[SpeakerView, ...]:
    return tuple(
        SpeakerView(
            name=isolate(speaker_name(site, speaker)),
            href=to.actor(speaker.who) if speaker.who else None,
            anonymous=is_anonymous(claim, position),
            kind="" if position else _kind_of_first(site, claim),
            who=who_is(site, speaker.who) if speaker.who else "",
        )
        for position, speaker in enumerate(claim.said)
    )


def _kind_of_first(site: LinkedDossier, claim: Claim) -> str:
    first = claim.said[0].who
    return kind_of(claim, (first,) if first and site.actors[first].actor.kind == "outlet" else ())


def _targets(links: Iterable[Repeat] | Iterable[Agreement] | Iterable[Difference]) -> list[str]:
    return [reference(link.report, link.claim) for link in links]


def _elsewhere(linked: LinkedClaim, ties: Ties, digits: Digits) -> str:
    return elsewhere_in_words(
        repeats=len(linked.claim.repeats),
        repeated_by=len(set(ties.repeated_by)),
        agreeing=len({*_targets(linked.claim.agrees), *ties.agreed_by}),
        digits=digits,
    )


def _relations(site: LinkedDossier, linked: LinkedClaim, to: Addresses) -> Iterator[RelationView]:
    """Yield the claims that this one repeats, that repeat it, and that agree with it, each once."""
    ties = site.ties[linked.ref]
    for repeat in linked.claim.repeats:
        yield _relation(site, "repeats", "يعيد ما في", reference(repeat.report, repeat.claim), repeat, to)
    for ref in dict.fromkeys(ties.repeated_by):
        for repeat in site.claims[ref].claim.repeats:
            if reference(repeat.report, repeat.claim) == linked.ref:
                yield _relation(site, "repeats", "يعيده", ref, repeat, to, pointing=True)
    for agreement in linked.claim.agrees:
        yield _relation(site, "agrees", "يوافقه", reference(agreement.report, agreement.claim), agreement, to)
    for ref in _others(ties.agreed_by, _targets(linked.claim.agrees)):
        for agreement in site.claims[ref].claim.agrees:
            if reference(agreement.report, agreement.claim) == linked.ref:
                yield _relation(site, "agrees", "يوافقه", ref, agreement, to, pointing=True)


def _contradictions(site: LinkedDossier, ref: str) -> Iterator[tuple[str, Difference, bool]]:
    """Yield the claims that differ from one, once for each aspect, with the difference and whether the other claim holds it."""
    own = ((reference(d.report, d.claim), d, False) for d in site.claims[ref].claim.differs)
    theirs = (
        (other, d, True)
        for other in dict.fromkeys(site.ties[ref].differed_by)
        for d in site.claims[other].claim.differs
        if reference(d.report, d.claim) == ref
    )
    seen: set[tuple[str, str]] = set()
    for other, difference, pointing in (*own, *theirs):
        if (other, difference.aspect) not in seen:
            seen.add((other, difference.aspect))
            yield other, difference, pointing


def _differences(site: LinkedDossier, ref: str, to: Addresses) -> Iterator[RelationView]:
    """Yield the claims that differ from one."""
    for other, difference, pointing in _contradictions(site, ref):
        verb = f"يخالفه في {ASPECTS[difference.aspect]}"
        yield _relation(site, "differs", verb, other, difference, to, pointing=pointing)


def _disputed_below(site: LinkedDossier, ref: str) -> Iterator[tuple[str, str, Difference]]:
    """Yield what differs from the claims that one repeats, surely or probably, and not from it by itself: theirs, the other, in what."""
    if not site.claims[ref].claim.repeats:
        return
    told = {ref, *differing_from(site, ref)}
    below, _ = passed_on(site, ref)
    for source in sorted(below - {ref}):
        for other, difference, _ in _contradictions(site, source):
            if other not in told:
                yield source, other, difference


def _inherited(site: LinkedDossier, ref: str, to: Addresses) -> Iterator[InheritedView]:
    for source, other, difference in _disputed_below(site, ref):
        yield InheritedView(
            source=claim_link(site, source, to),
            aspect=ASPECTS[difference.aspect],
            other=claim_link(site, other, to),
            text=isolate(site.claims[other].claim.text),
            certainty=certainty_of("differs", difference.certainty),
        )


def _disputed(site: LinkedDossier, ref: str) -> str | None:
    """Say in a few words that claims differ from one, else from one that it repeats."""
    differing = len(differing_from(site, ref))
    if differing:
        return count(differing, "difference", site.settings.digits)
    return "خلاف في ما يعيده" if any(_disputed_below(site, ref)) else None


def _others(pointing: Iterable[str], named: Iterable[str]) -> list[str]:
    known = set(named)
    return [ref for ref in dict.fromkeys(pointing) if ref not in known]


def tell_sides(why: str, here: str, there: str) -> str | None:
    """Say which claim is «here» and which «there» in a reason, which is written from the side of one; None where it has no such word."""
    return f"«هنا»: {here}؛ «هناك»: {there}" if _SIDES.search(why) else None


def _relation(
    site: LinkedDossier,
    kind: str,
    verb: str,
    other: str,
    relation: Repeat | Agreement | Difference,
    to: Addresses,
    *,
    pointing: bool = False,
) -> RelationView:
    """Return a relation as this claim's page shows it. `pointing` says that the other claim holds it, so that its reason is written from there."""
    linked = site.claims[other]
    return RelationView(
        verb=verb,
        href=to.claim(other),
        report=claim_name(site, other),
        text=isolate(linked.claim.text) if kind != "agrees" else None,
        certainty=certainty_of(kind, relation.certainty),
        why=isolate(relation.why) if relation.why else None,
        sided=tell_sides(relation.why or "", claim_name(site, other), "هذا القول") if pointing else None,
    )
