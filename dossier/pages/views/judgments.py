"""`/judgments/<number>/`: what a judgment rests on, as a picture and as a list, what contradicts it, and who carries all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from dossier.content.addresses import argdown_address, judgment_address
from dossier.content.model import Judgment
from dossier.language.direction import isolate
from dossier.linking.linked import LinkedDossier, differing_from
from dossier.linking.origins import ORIGIN_KINDS, Origin, OriginKind, strongest_kind
from dossier.pages.charts.evidence import ClaimNode, OriginNode, draw_evidence
from dossier.pages.json_ld import page_json_ld
from dossier.pages.views.claims import ClaimView, claim_link, show_claim
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.names import claim_number, short_name, without
from dossier.pages.views.sourcing import Sourcing, origins_of, show_sourcing
from dossier.pages.views.wording import CONFIDENCES, MODES, ORIGIN_WORDS, count, join_words, numeral

FOLDED_ABOVE = 30  # claims; of more those of one report and the same origins are one node
OUTSIDE_SHOWN = 20
SEVERAL_KINDS: Mapping[OriginKind, str] = {"named": "مسمّى", "anonymous": "عن غير مسمّى", "unsourced": "بصوتها"}


class OriginClaims(Struct, frozen=True, kw_only=True):
    """Claims of a judgment that go back to one origin in the same kind: those in an outlet's own voice stand apart from its sources'."""

    kind: str
    words: str
    claims: tuple[Link, ...]


class OriginView(Struct, frozen=True, kw_only=True):
    """One origin of a judgment, and the claims that go back to it, in full, by their own kinds."""

    name: str
    aside: Link
    ways: tuple[OriginClaims, ...]


class JudgmentPage(Struct, frozen=True, kw_only=True):
    """The page of one judgment. `origins` says in a list what `map` draws; `outside` are claims that contradict it."""

    shell: Frame
    number: str
    title: Markup
    text: Markup | None
    confidence: str
    level: str
    sourcing: Sourcing
    map: Markup
    folded: bool
    origins: tuple[OriginView, ...]
    claims: tuple[ClaimView, ...]
    outside: tuple[ClaimView, ...]
    argdown: str


def view_judgment(site: LinkedDossier, path: str, place: int) -> JudgmentPage:
    """Return the view of a judgment's page. `place` counts from 0."""
    to = Addresses(path, site)
    judgment = site.settings.judgments[place]
    number = numeral(place + 1, to.digits)
    outside = contradicting(site, judgment.claims)[:OUTSIDE_SHOWN]
    nodes = tuple(_nodes(site, judgment.claims, outside, to))
    return JudgmentPage(
        shell=make_shell(
            site,
            path,
            judgment.title or f"الخلاصة {number}",
            judgment.text,
            json_ld=Markup(page_json_ld(site, path, judgment.title or judgment.text)),
        ),
        number=number,
        title=isolate(judgment.title or judgment.text),
        text=isolate(judgment.text) if judgment.title else None,
        confidence=CONFIDENCES[judgment.confidence],
        level=judgment.confidence,
        sourcing=show_sourcing(site, judgment, to),
        map=draw_evidence(
            f"الخلاصة {number}", nodes, _origin_nodes(site, (*judgment.claims, *outside), to), "ما يخالفها"
        ),
        folded=len(judgment.claims) > FOLDED_ABOVE,
        origins=tuple(_by_origin(site, judgment.claims, to)),
        claims=tuple(show_claim(site, ref, to) for ref in judgment.claims),
        outside=tuple(show_claim(site, ref, to) for ref in outside),
        argdown=to.to(argdown_address(place)),
    )


def judgment_link(judgment: Judgment, place: int, to: Addresses) -> Link:
    """Return a link to a judgment's page. `place` counts from 0."""
    return Link(href=to.to(judgment_address(place)), text=judgment.title or judgment.text)


def contradicting(site: LinkedDossier, claims: Sequence[str]) -> tuple[str, ...]:
    """Return the claims that differ from one of these and are none of them."""
    known = frozenset(claims)
    return tuple(dict.fromkeys(other for ref in claims for other in differing_from(site, ref) if other not in known))


def _nodes(site: LinkedDossier, claims: Sequence[str], outside: Sequence[str], to: Addresses) -> Iterator[ClaimNode]:
    """Yield the claims by report, those of the judgment first; of very many, one for all of a report that have the same origins."""
    known = frozenset(claims)
    if len(known) > FOLDED_ABOVE:
        yield from _folded(site, claims, to)
        return
    reports = {report: place for place, report in enumerate(dict.fromkeys(site.claims[ref].report for ref in claims))}
    for ref in sorted(claims, key=lambda ref: reports[site.claims[ref].report]):
        yield _node(
            site, ref, to, against=[other for other in differing_from(site, ref) if other in known and other < ref]
        )
    for ref in outside:
        yield _node(site, ref, to, inside=False, against=[o for o in differing_from(site, ref) if o in known])


def _node(site: LinkedDossier, ref: str, to: Addresses, *, against: Sequence[str], inside: bool = True) -> ClaimNode:
    linked = site.claims[ref]
    number = f"القول {claim_number(linked.claim.id, site)}"
    report = short_name(site, linked.report)
    kind = strongest_kind(site.ties[ref].origins)
    return ClaimNode(
        id=ref,
        href=to.claim(ref),
        name=number,
        title=f"{report}، {number}، {MODES[linked.claim.mode]}، {ORIGIN_WORDS[kind]}: {linked.claim.text}",
        report=report,
        mode=linked.claim.mode,
        kind=kind,
        origins=tuple(origin.key for origin in site.ties[ref].origins),
        inside=inside,
        against=tuple(against),
    )


def _folded(site: LinkedDossier, claims: Sequence[str], to: Addresses) -> Iterator[ClaimNode]:
    groups: dict[str, dict[tuple[Origin, ...], list[str]]] = {}
    for ref in dict.fromkeys(claims):
        groups.setdefault(site.claims[ref].report, {}).setdefault(site.ties[ref].origins, []).append(ref)
    for report, by_origins in groups.items():
        for origins, refs in by_origins.items():
            number = count(len(refs), "claim", to.digits)
            modes = {site.claims[ref].claim.mode for ref in refs}
            yield ClaimNode(
                id=refs[0],
                href=to.report(report, "claims-title"),
                name=number,
                title=f"{short_name(site, report)}: {number}، {ORIGIN_WORDS[strongest_kind(origins)]}",
                report=short_name(site, report),
                mode=modes.pop() if len(modes) == 1 else "several",
                kind=strongest_kind(origins),
                origins=tuple(origin.key for origin in origins),
            )


def _origin_nodes(site: LinkedDossier, claims: Sequence[str], to: Addresses) -> tuple[OriginNode, ...]:
    found = {origin for ref in claims for origin in site.ties[ref].origins}
    return tuple(
        OriginNode(
            key=origin.key,
            href=_aside(origin, to),
            name=origin_name(site, origin),
            kind=origin.kind,
            kind_name=_kinds_in_words([kind for kind in ORIGIN_KINDS if Origin(origin.key, kind) in found]),
        )
        for origin in origins_of(site, claims)
    )


def _kinds_in_words(kinds: Sequence[OriginKind]) -> str:
    """Say in what kinds one origin comes: « غير مسمّى », « عن غير مسمّى وبصوتها »."""
    return ORIGIN_WORDS[kinds[0]] if len(kinds) == 1 else join_words([SEVERAL_KINDS[kind] for kind in kinds])


def origin_name(site: LinkedDossier, origin: Origin) -> str:
    """Return what an origin is called: an actor's name, or the short name of the report that names nobody."""
    kind, _, identity = origin.key.partition(":")
    return site.actors[identity].actor.name if kind == "actor" else short_name(site, identity)


def _aside(origin: Origin, to: Addresses) -> str:
    """Return the way to the dossier without an origin; a report that names nobody stands for its kind."""
    kind, _, identity = origin.key.partition(":")
    return to.source(identity if kind == "actor" else origin.kind)


def _by_origin(site: LinkedDossier, claims: Sequence[str], to: Addresses) -> Iterator[OriginView]:
    for origin in origins_of(site, claims):
        scheme, _, identity = origin.key.partition(":")
        yield OriginView(
            name=origin_name(site, origin),
            aside=Link(href=_aside(origin, to), text=without(site, identity if scheme == "actor" else origin.kind)),
            ways=tuple(_ways(site, origin.key, claims, to)),
        )


def _ways(site: LinkedDossier, key: str, claims: Sequence[str], to: Addresses) -> Iterator[OriginClaims]:
    for kind in ORIGIN_KINDS:
        mine = [ref for ref in claims if Origin(key, kind) in site.ties[ref].origins]
        if mine:
            yield OriginClaims(kind=kind, words=ORIGIN_WORDS[kind], claims=tuple(_links(site, mine, to)))


def _links(site: LinkedDossier, refs: Sequence[str], to: Addresses) -> Iterator[Link]:
    """Yield links to claims, each report named but once where several of its claims follow each other."""
    for before, ref in zip((None, *refs), refs, strict=False):
        linked = site.claims[ref]
        link = claim_link(site, ref, to)
        known = before is not None and site.claims[before].report == linked.report
        yield replace(link, text=f"القول {claim_number(linked.claim.id, site)}") if known else link
