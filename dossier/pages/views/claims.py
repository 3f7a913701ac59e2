"""Show a claim wherever one stands: its chain, mode, date, origins, and the claims it is joined to or differs from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup

from dossier.content.model import Agreement, Difference, Repeat, Speaker
from dossier.language.dates import describe, parse_edtf
from dossier.language.markdown import isolate
from dossier.linking.linked import Dispute, LinkedClaim, LinkedDossier, Ties
from dossier.linking.origins import Cluster, depth, reference
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.wording import (
    ASPECTS,
    CERTAINTIES,
    MODES,
    Digits,
    certainty_of,
    count,
    numeral,
    origins_in_words,
)

UNNAMED = "متحدث غير مسمّى"
CLAIMS_SHOWN = 500  # of a larger dossier the page names the reports, which hold the rest
CLUSTERS_SHOWN = 150
DISPUTES_SHOWN = 150
CITATIONS_SHOWN = 150


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeakerView:
    """One speaker in a chain; without an address where nobody is named."""

    name: Markup
    href: str | None
    anonymous: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RelationView:
    """How another claim is related to this one: what it does, where it stands, how sure that is, and why."""

    verb: str
    href: str
    report: str
    text: Markup
    certainty: str
    why: Markup | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimRow:
    """A claim in few words: what is said, through whom it came, and where it stands. `differs` counts who contradicts it."""

    id: str
    href: str
    report: Link
    text: Markup
    chain: tuple[SpeakerView, ...]
    mode: str
    mode_label: str
    when: str | None
    origins: str
    depth: str
    differs: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimView:
    """A claim with all that is known of where it comes from."""

    id: str
    href: str
    report: Link
    text: Markup
    chain: tuple[SpeakerView, ...]
    mode: str
    mode_label: str
    when: str | None
    when_text: str | None
    origins: str
    depth: str
    paragraph: Link
    original: Link | None
    event: Link | None
    relations: tuple[RelationView, ...]
    elsewhere: str
    differences: tuple[RelationView, ...]


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
        href=to.claim(ref),
        report=Link(href=to.report(linked.report), text=site.reports[linked.report].report.title),
        text=isolate(claim.text),
        chain=tuple(_speaker(site, speaker, to) for speaker in claim.said),
        mode=claim.mode,
        mode_label=MODES[claim.mode],
        when=describe(parse_edtf(claim.when), digits) if claim.when else None,
        when_text=claim.when_text,
        origins=origins_in_words(site.ties[ref].origins, digits),
        depth=count(depth(claim), "passing", digits),
        paragraph=Link(href=to.report(linked.report, f"p{claim.at}"), text=numeral(claim.at, digits)),
        original=_original(linked, to) if original else None,
        event=Link(href=to.event(event.id), text=event.event.title) if event else None,
        relations=tuple(_relations(site, linked, to)),
        elsewhere=_elsewhere(linked, site.ties[ref], digits),
        differences=tuple(_differences(site, linked, to)),
    )


def show_row(site: LinkedDossier, ref: str, to: Addresses) -> ClaimRow:
    """Return a claim in few words, for a list of many. `ref` is `<report>#<claim>`."""
    linked = site.claims[ref]
    claim = linked.claim
    digits = site.settings.digits
    differing = len({*_targets(claim.differs), *site.ties[ref].differed_by})
    return ClaimRow(
        id=claim.id,
        href=to.claim(ref),
        report=Link(href=to.report(linked.report), text=site.reports[linked.report].report.title),
        text=isolate(claim.text),
        chain=tuple(_speaker(site, speaker, to) for speaker in claim.said),
        mode=claim.mode,
        mode_label=MODES[claim.mode],
        when=describe(parse_edtf(claim.when), digits) if claim.when else None,
        origins=origins_in_words(site.ties[ref].origins, digits),
        depth=count(depth(claim), "passing", digits),
        differs=count(differing, "difference", digits) if differing else None,
    )


def _original(linked: LinkedClaim, to: Addresses) -> Link | None:
    at = linked.claim.original_at
    return Link(href=to.report(linked.report, f"o{at}"), text=numeral(at, to.digits)) if at else None


def _speaker(site: LinkedDossier, speaker: Speaker, to: Addresses) -> SpeakerView:
    anonymous = speaker.anonymous or speaker.who is None
    if speaker.who:
        return SpeakerView(
            name=isolate(site.actors[speaker.who].actor.name), href=to.actor(speaker.who), anonymous=anonymous
        )
    return SpeakerView(name=isolate(speaker.described or UNNAMED), href=None, anonymous=anonymous)


def _targets(links: Iterable[Repeat] | Iterable[Agreement] | Iterable[Difference]) -> list[str]:
    return [reference(link.report, link.claim) for link in links]


def _elsewhere(linked: LinkedClaim, ties: Ties, digits: Digits) -> str:
    """Say what other claims do with this one: «ينقل عن قول آخر، يعيده قولان، يوافقه قول واحد»."""
    agreeing = len({*_targets(linked.claim.agrees), *ties.agreed_by})
    repeating = len(set(ties.repeated_by))
    words = (
        "يعيد قولا آخر" if linked.claim.repeats else "",
        f"يعيده {count(repeating, 'claim', digits)}" if repeating else "",
        f"يوافقه {count(agreeing, 'claim', digits)}" if agreeing else "",
    )
    return "، ".join(word for word in words if word)


def _relations(site: LinkedDossier, linked: LinkedClaim, to: Addresses) -> Iterator[RelationView]:
    """Yield the claims that this one repeats, that repeat it, and that agree with it, each once."""
    ties = site.ties[linked.ref]
    for repeat in linked.claim.repeats:
        yield _relation(site, "repeats", "يعيد ما في", reference(repeat.report, repeat.claim), repeat, to)
    for ref in dict.fromkeys(ties.repeated_by):
        for repeat in site.claims[ref].claim.repeats:
            if reference(repeat.report, repeat.claim) == linked.ref:
                yield _relation(site, "repeats", "يعيده", ref, repeat, to)
    for agreement in linked.claim.agrees:
        yield _relation(site, "agrees", "يوافقه", reference(agreement.report, agreement.claim), agreement, to)
    for ref in _others(ties.agreed_by, _targets(linked.claim.agrees)):
        for agreement in site.claims[ref].claim.agrees:
            if reference(agreement.report, agreement.claim) == linked.ref:
                yield _relation(site, "agrees", "يوافقه", ref, agreement, to)


def _differences(site: LinkedDossier, linked: LinkedClaim, to: Addresses) -> Iterator[RelationView]:
    """Yield the claims that differ from this one, whichever of the two says so: once for each aspect."""
    seen: set[tuple[str, str]] = set()
    own = ((reference(d.report, d.claim), d) for d in linked.claim.differs)
    pointing = (
        (ref, d) for ref in dict.fromkeys(site.ties[linked.ref].differed_by) for d in site.claims[ref].claim.differs
    )
    for ref, difference in (*own, *((r, d) for r, d in pointing if reference(d.report, d.claim) == linked.ref)):
        if (ref, difference.aspect) not in seen:
            seen.add((ref, difference.aspect))
            yield _relation(site, "differs", f"يخالفه في {ASPECTS[difference.aspect]}", ref, difference, to)


def _others(pointing: Iterable[str], named: Iterable[str]) -> list[str]:
    known = set(named)
    return [ref for ref in dict.fromkeys(pointing) if ref not in known]


def _relation(
    site: LinkedDossier, kind: str, verb: str, other: str, relation: Repeat | Agreement | Difference, to: Addresses
) -> RelationView:
    linked = site.claims[other]
    return RelationView(
        verb=verb,
        href=to.claim(other),
        report=site.reports[linked.report].report.title,
        text=isolate(linked.claim.text),
        certainty=certainty_of(kind, relation.certainty),
        why=isolate(relation.why) if relation.why else None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ClusterView:
    """Claims that say the same: «3 تقارير، أصل واحد مجهول»."""

    summary: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeView:
    """Two claims that differ, side by side."""

    aspect: str
    certainty: str
    why: Markup
    sides: tuple[ClaimRow, ClaimRow]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReliesView:
    """A report that relies on another, how surely, and why."""

    report: Link
    source: Link
    certainty: str
    why: Markup


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportClaims:
    """A report's claims that stand alone; in a large dossier only their number."""

    report: Link
    number: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimsView:
    """The page `/claims/`: which reports go back to which, disagreements, what several reports say, and the rest by report."""

    shell: Frame
    total: str
    citations: tuple[ReliesView, ...]
    disputes: tuple[DisputeView, ...]
    clusters: tuple[ClusterView, ...]
    reports: tuple[ReportClaims, ...]
    cut: bool


def surest_first(site: LinkedDossier) -> list[Dispute]:
    """Sort disagreements by how sure they are, then as the dossier has them."""
    return sorted(site.disputes, key=lambda dispute: list(CERTAINTIES).index(dispute.certainty))


def show_dispute(site: LinkedDossier, dispute: Dispute, to: Addresses) -> DisputeView:
    """Return a disagreement for a list, its two claims side by side."""
    return DisputeView(
        aspect=ASPECTS[dispute.aspect],
        certainty=certainty_of("differs", dispute.certainty),
        why=isolate(dispute.why),
        sides=(show_row(site, dispute.left, to), show_row(site, dispute.right, to)),
    )


def summarise(cluster: Cluster, digits: Digits) -> str:
    """Say how many reports and origins a cluster has: «3 تقارير، أصل واحد مجهول»."""
    return f"{count(len(cluster.reports), 'report', digits)}، {origins_in_words(cluster.origins, digits)}"


def _citations(site: LinkedDossier, to: Addresses) -> Iterator[ReliesView]:
    for report in site.reports.values():
        for cite in report.report.cites:
            yield ReliesView(
                report=Link(href=to.report(report.id), text=report.report.title),
                source=Link(href=to.report(cite.report), text=site.reports[cite.report].report.title),
                certainty=certainty_of("cites", cite.certainty),
                why=isolate(cite.why),
            )


def view_claims(site: LinkedDossier, path: str) -> ClaimsView:
    """Return the view of the claims page."""
    to = Addresses(path, site)
    digits = site.settings.digits
    joined = sorted(
        (c for c in site.clusters if len(c.claims) > 1), key=lambda c: (-len(c.reports), -len(c.claims), c.claims)
    )
    return ClaimsView(
        shell=make_shell(site, path, "من قال ماذا", "كل قول في الملف ومن قاله، وكم أصلا مستقلا له، ومن يخالفه."),
        total=count(len(site.claims), "claim", digits),
        citations=tuple(islice(_citations(site, to), CITATIONS_SHOWN)),
        disputes=tuple(show_dispute(site, dispute, to) for dispute in surest_first(site)[:DISPUTES_SHOWN]),
        clusters=tuple(
            ClusterView(summary=summarise(c, digits), claims=tuple(show_row(site, ref, to) for ref in c.claims))
            for c in joined[:CLUSTERS_SHOWN]
        ),
        reports=tuple(_alone(site, to)),
        cut=len(joined) > CLUSTERS_SHOWN or len(site.disputes) > DISPUTES_SHOWN,
    )


def _alone(site: LinkedDossier, to: Addresses) -> Iterator[ReportClaims]:
    """Yield, by report, the claims that no other repeats or agrees with."""
    by_report: dict[str, list[str]] = {}
    for cluster in site.clusters:
        if len(cluster.claims) == 1:
            by_report.setdefault(site.claims[cluster.claims[0]].report, []).append(cluster.claims[0])
    shown = len(site.claims) <= CLAIMS_SHOWN
    for report in site.reports:
        refs = by_report.get(report, [])
        if refs:
            yield ReportClaims(
                report=Link(href=to.report(report), text=site.reports[report].report.title),
                number=count(len(refs), "claim", to.digits),
                claims=tuple(show_row(site, ref, to) for ref in refs) if shown else (),
            )
