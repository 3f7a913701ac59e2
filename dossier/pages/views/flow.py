"""Show how claims came to the reports: from which origins, through whom, how many; as pictures and as a list that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from dossier.language.arabic import Digits
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import ORIGIN_KINDS, Origin
from dossier.pages.charts.flow import Flow, FlowNode, FlowRibbon, draw_flow
from dossier.pages.views.facets import explore, origin_key
from dossier.pages.views.frame import Addresses, Link
from dossier.pages.views.names import short_name
from dossier.pages.views.sourcing import are_parted, count_kinds, origins_of
from dossier.pages.views.wording import count

NODES_SHOWN = 13  # of a layer, as many as a phone is high for; the least are drawn together
CARRIERS_SHOWN = 6
REST = ""  # what is drawn together
FLOW_KINDS = {"named": "مسمّون", "anonymous": "غير مسمّين، عند", "unsourced": "بلا مصدر"}
COUNTED_KINDS = {"named": "مصدره الأول مسمّى", "anonymous": "غير مسمّى", "unsourced": "بلا مصدر"}
KIND_OF_ONE = {"named": "مسمّى", "anonymous": "مصادر غير مسمّاة", "unsourced": "بصوت الوسيلة، بلا مصدر"}
RESTS = {"origin": "مصادر أولى أخرى", "carrier": "ناقلون آخرون", "report": "تقارير أخرى"}

Way = tuple[Origin, str, str]  # origin (its key is REST where several are one), carriers joined by spaces, report


class KindView(Struct, frozen=True, kw_only=True):
    """How many claims have origins of a kind, each counted once."""

    kind: str
    words: str
    claims: str
    href: str


class OriginView(Struct, frozen=True, kw_only=True):
    """An origin in the list, with every way from it."""

    kind: str
    kind_words: str
    link: Link
    claims: str
    ways: tuple[Link, ...]


class FlowView(Struct, frozen=True, kw_only=True):
    """The flow of sources: counts by kind, both pictures, and the list.

    `parted` says how many origins there are where some are drawn twice, as voices and for those whom they do not name.
    """

    parted: str | None
    kinds: tuple[KindView, ...]
    wide: Markup
    tall: Markup
    origins: tuple[OriginView, ...]


def show_flow(site: LinkedDossier, to: Addresses) -> FlowView | None:
    """Return the flow of sources; None where the dossier has no claims."""
    ways = Counter(_ways(site))
    if not ways:
        return None
    drawn = _together(ways)
    flow = _flow(site, drawn, to)
    return FlowView(
        parted=count(len(origins_of(site, site.claims)), "origin", to.digits)
        if are_parted(site, site.claims)
        else None,
        kinds=tuple(_kinds(site, to)),
        wide=draw_flow(flow, tall=False),
        tall=draw_flow(flow, tall=True),
        origins=tuple(_listed(flow, to.digits)),
    )


def _kinds(site: LinkedDossier, to: Addresses) -> Iterator[KindView]:
    found = count_kinds(site, site.claims)
    for kind in ORIGIN_KINDS:
        if found[kind]:
            yield KindView(
                kind=kind,
                words=COUNTED_KINDS[kind],
                claims=count(found[kind], "claim", to.digits),
                href=explore(to, kind=kind),
            )


def _ways(site: LinkedDossier) -> Iterator[Way]:
    """Yield the way of every claim from each of its origins; carriers are outlets in its chain, its report's own left out."""
    for ref, linked in site.claims.items():
        own = site.reports[linked.report].report.outlet
        carriers = [
            s.who for s in linked.claim.said if s.who and s.who != own and site.actors[s.who].actor.kind == "outlet"
        ]
        for origin in site.ties[ref].origins:
            through = [c for c in carriers if origin.kind == "anonymous" or origin.key != f"actor:{c}"]
            yield origin, " ".join(dict.fromkeys(through)), linked.report


def _together(ways: Counter[Way]) -> Counter[Way]:
    """Draw the least of each layer together, so that all that is drawn can be told apart: of too many only half of what has room."""
    origins = _most([(way[0], n) for way, n in ways.items()], NODES_SHOWN)
    carriers = _most([(way[1], n) for way, n in ways.items() if way[1]], CARRIERS_SHOWN)
    reports = _most([(way[2], n) for way, n in ways.items()], NODES_SHOWN)
    drawn: Counter[Way] = Counter()
    for (origin, carrier, report), n in ways.items():
        drawn[
            origin if origin in origins else Origin(REST, origin.kind),
            carrier if not carrier or carrier in carriers else RESTS["carrier"],
            report if report in reports else REST,
        ] += n
    return drawn


def _most(found: Iterable[tuple[object, int]], shown: int) -> set[object]:
    totals: Counter[object] = Counter()
    for name, n in found:
        totals[name] += n
    ordered = sorted(totals, key=lambda name: (-totals[name], str(name)))
    return set(ordered if len(ordered) <= shown else ordered[: shown // 2])


def _flow(site: LinkedDossier, ways: Counter[Way], to: Addresses) -> Flow:
    reports = [*(r for r in site.reports if any(w[2] == r for w in ways)), *[REST for w in ways if w[2] == REST][:1]]
    origins = sorted({w[0] for w in ways}, key=lambda key: _rank(key, ways, reports))
    carriers = sorted({w[1] for w in ways if w[1]})
    nodes = (
        tuple(_origin_node(site, key, to) for key in origins),
        tuple(_carrier_node(site, key, to) for key in carriers),
        tuple(_report_node(site, key, to) for key in reports),
    )
    ribbons = (
        (origins.index(w[0]), carriers.index(w[1]) if w[1] else None, reports.index(w[2]), n) for w, n in ways.items()
    )
    name = "مسار الأقوال من مصادرها الأولى، عبر من نقلها، إلى التقارير"
    return Flow(
        origins=nodes[0],
        carriers=nodes[1],
        reports=nodes[2],
        ribbons=tuple(
            _ribbon(nodes, *ends, keys=(origins, carriers, reports), to=to) for ends in sorted(ribbons, key=str)
        ),
        kinds=FLOW_KINDS,
        name=name,
    )


def _rank(key: Origin, ways: Counter[Way], reports: Sequence[str]) -> tuple[int, float, str]:
    """Sort origins by kind, then by where their claims go, so that few ribbons cross."""
    places = [(reports.index(way[2]), n) for way, n in ways.items() if way[0] == key]
    mean = sum(place * n for place, n in places) / sum(n for _, n in places)
    return ORIGIN_KINDS.index(key.kind), mean, key.key


def _origin_node(site: LinkedDossier, key: Origin, to: Addresses) -> FlowNode:
    scheme, _, identity = key.key.partition(":")
    if key.key == REST:
        return FlowNode(label=RESTS["origin"], href=explore(to, kind=key.kind), kind=key.kind)
    name = site.actors[identity].actor.name if scheme == "actor" else short_name(site, identity)
    return FlowNode(label=name, href=explore(to, origin=origin_key(key)), kind=key.kind)


def _carrier_node(site: LinkedDossier, key: str, to: Addresses) -> FlowNode:
    if key == RESTS["carrier"]:
        return FlowNode(label=key, href=to.to("/claims/#facet-speaker"))
    outlets = key.split()
    label = " ←\N{NO-BREAK SPACE}".join(site.actors[outlet].actor.name for outlet in outlets)
    return FlowNode(label=label, href=explore(to, speaker=outlets[0]))


def _report_node(site: LinkedDossier, report: str, to: Addresses) -> FlowNode:
    if report == REST:
        return FlowNode(label=RESTS["report"], href=to.to("/reports/"))
    return FlowNode(label=short_name(site, report), href=to.report(report))


def _ribbon(
    nodes: tuple[Sequence[FlowNode], ...],
    origin: int,
    carrier: int | None,
    report: int,
    claims: int,
    *,
    keys: tuple[Sequence[Origin], Sequence[str], Sequence[str]],
    to: Addresses,
) -> FlowRibbon:
    through = f"، عبر {nodes[1][carrier].label}" if carrier is not None else ""
    words = f"{KIND_OF_ONE[nodes[0][origin].kind]}، {nodes[0][origin].label}{through}، إلى {nodes[2][report].label}"
    key = keys[0][origin]
    wanted = {"origin": origin_key(key)} if key.key != REST else {"kind": str(key.kind)}
    if keys[2][report] != REST:
        wanted["report"] = keys[2][report]
    if carrier is not None and keys[1][carrier] != RESTS["carrier"]:
        wanted["speaker"] = keys[1][carrier].split()[0]
    return FlowRibbon(
        origin=origin,
        carrier=carrier,
        report=report,
        claims=claims,
        href=explore(to, **wanted),
        name=f"{count(claims, 'claim', to.digits)}: {words}",
    )


def _listed(flow: Flow, digits: Digits) -> Iterator[OriginView]:
    for index, node in enumerate(flow.origins):
        ribbons = [ribbon for ribbon in flow.ribbons if ribbon.origin == index]
        yield OriginView(
            kind=node.kind,
            kind_words=KIND_OF_ONE[node.kind],
            link=Link(href=node.href, text=node.label),
            claims=count(sum(ribbon.claims for ribbon in ribbons), "claim", digits),
            ways=tuple(Link(href=r.href, text=_way_in_words(flow, r, digits)) for r in ribbons),
        )


def _way_in_words(flow: Flow, ribbon: FlowRibbon, digits: Digits) -> str:
    through = f"عبر {flow.carriers[ribbon.carrier].label} " if ribbon.carrier is not None else ""
    return f"{count(ribbon.claims, 'claim', digits)} {through}إلى {flow.reports[ribbon.report].label}"
