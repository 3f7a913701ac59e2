"""Trace where claims come from: independent origins and their kinds, clusters of claims that say the same, and cycles.

The rules are those of the format (docs/format.md): a claim that repeats none has one origin, its first named speaker, else its own
report; one that repeats others has the union of theirs. Links that are only `possible` never merge anything. Everything here is
linear in claims and links, and iterative, so that a chain of ten thousand links needs no deeper stack than one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from dossier.content.model import Actor, Agreement, Claim, Repeat

OriginKind = Literal["named", "anonymous", "unsourced"]
# The strongest first: where claims of one key differ, the stronger kind counts.
ORIGIN_KINDS: tuple[OriginKind, ...] = ("named", "anonymous", "unsourced")


class Origin(Struct, frozen=True, order=True):
    """One independent origin, `actor:<id>` or `report:<id>`, and its kind.

    `named`: a person or body that is no outlet speaks under its name. `anonymous`: an outlet has a source and does not name it.
    `unsourced`: an outlet says it in its own voice and tells of no source.
    """

    key: str
    kind: OriginKind


class Cluster(Struct, frozen=True, kw_only=True):
    """Claims joined by `repeats` and `agrees`, in the order of the dossier; `reports` and `origins` are distinct."""

    claims: tuple[str, ...]
    reports: tuple[str, ...]
    origins: tuple[Origin, ...]


class Provenance(Struct, frozen=True, kw_only=True):
    """What is known of all claims: the origins of each, clusters, and the cycles that an editor has to break."""

    origins: Mapping[str, tuple[Origin, ...]]
    clusters: tuple[Cluster, ...]
    cluster_of: Mapping[str, Cluster]
    cycles: tuple[tuple[str, ...], ...]


def reference(report: str, claim: str) -> str:
    """Return a claim's name across the dossier: `<report>#<claim>`."""
    return f"{report}#{claim}"


def depth(claim: Claim) -> int:
    """Return how often a claim was passed on: the number of its speakers less one."""
    return len(claim.said) - 1


def merges(link: Repeat | Agreement) -> bool:
    """Return whether a link is sure enough to join origins and clusters."""
    return link.certainty != "possible"


def outlets_of(actors: Iterable[Actor]) -> frozenset[str]:
    """Return the ids of the actors that are outlets."""
    return frozenset(actor.id for actor in actors if actor.kind == "outlet")


def own_origin(report: str, claim: Claim, outlets: Container[str]) -> Origin:
    """Return the origin of a claim that repeats none; `outlets` are the ids of actors that are outlets."""
    named = next((speaker.who for speaker in claim.said if speaker.who), None)
    return Origin(f"actor:{named}" if named else f"report:{report}", kind_of(claim, outlets))


def kind_of(claim: Claim, outlets: Container[str]) -> OriginKind:
    """Tell how a claim's first speaker stands there. One who is only described, and last, is an article of an unknown outlet."""
    if is_anonymous(claim, 0):
        return "anonymous"
    first = claim.said[0].who
    return "unsourced" if first is None or first in outlets else "named"


def is_anonymous(claim: Claim, position: int) -> bool:
    """Tell whether a speaker of a claim is somebody whom the next one knows and does not name."""
    speaker = claim.said[position]
    return speaker.anonymous or (speaker.who is None and position < len(claim.said) - 1)


def strongest_kind(origins: Iterable[Origin]) -> OriginKind:
    """Return the kind of the strongest of a claim's origins."""
    return min((origin.kind for origin in origins), key=ORIGIN_KINDS.index)


def trace_claims(claims: Mapping[str, tuple[str, Claim]], own: Mapping[str, Origin]) -> Provenance:
    """Trace origins, clusters and cycles among claims, given by reference with their reports.

    `own` is the origin of each by itself. Links to claims that are not among them count for nothing.
    """
    repeats = repeated_among({ref: claim for ref, (_, claim) in claims.items()})
    ordered = tuple(components(repeats))
    origins = _spread(ordered, repeats, own)
    clusters = _join(claims, repeats, origins)
    cycles = tuple(tuple(sorted(c)) for c in ordered if len(c) > 1 or c[0] in repeats[c[0]])
    return Provenance(
        origins=origins,
        clusters=clusters,
        cluster_of={ref: cluster for cluster in clusters for ref in cluster.claims},
        cycles=tuple(sorted(cycles)),
    )


def repeated_among(claims: Mapping[str, Claim]) -> dict[str, tuple[str, ...]]:
    """Return for each claim those among `claims` (all by reference) that it repeats, surely or probably."""
    return {ref: tuple(t for t in _targets(claim.repeats) if t in claims) for ref, claim in claims.items()}


def _targets(links: Iterable[Repeat] | Iterable[Agreement]) -> Iterator[str]:
    return (reference(link.report, link.claim) for link in links if merges(link))


def components(graph: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield strongly connected components, what is repeated before what repeats it (Tarjan 1972, without recursion)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    open_: set[str] = set()
    for root in graph:
        if root in order:
            continue
        work = [(root, iter(graph[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        open_.add(root)
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    yield _pop_until(stack, open_, node)
            elif following not in order:
                order[following] = low[following] = len(order)
                stack.append(following)
                open_.add(following)
                work.append((following, iter(graph[following])))
            elif following in open_:
                low[node] = min(low[node], order[following])


def _pop_until(stack: list[str], open_: set[str], node: str) -> list[str]:
    component = []
    while True:
        top = stack.pop()
        open_.discard(top)
        component.append(top)
        if top == node:
            return component


def _spread(
    components: Iterable[Sequence[str]], repeats: Mapping[str, Sequence[str]], own: Mapping[str, Origin]
) -> dict[str, tuple[Origin, ...]]:
    """Carry origins from the repeated to the repeating. Claims that repeat each other in a circle, and nothing else, keep their own."""
    found: dict[str, frozenset[Origin]] = {}
    for component in components:
        inside = set(component)
        sources = {found[t] for ref in component for t in repeats[ref] if t not in inside}
        if not sources:
            shared = frozenset(own[ref] for ref in component)
        elif len(sources) == 1:
            (shared,) = sources
        else:
            shared = frozenset().union(*sources)
        for ref in component:
            found[ref] = shared
    ordered = {shared: distinct(shared) for shared in set(found.values())}
    return {ref: ordered[found[ref]] for ref in own}


def distinct(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Return each origin once, sorted by key, of the strongest kind that the key has in `origins`."""
    known: dict[str, OriginKind] = {}
    for origin in origins:
        known[origin.key] = min(known.get(origin.key, origin.kind), origin.kind, key=ORIGIN_KINDS.index)
    return tuple(Origin(key, kind) for key, kind in sorted(known.items()))


def _join(
    claims: Mapping[str, tuple[str, Claim]],
    repeats: Mapping[str, Sequence[str]],
    origins: Mapping[str, tuple[Origin, ...]],
) -> tuple[Cluster, ...]:
    parent = {ref: ref for ref in claims}

    def find(ref: str) -> str:
        while parent[ref] != ref:
            parent[ref] = parent[parent[ref]]
            ref = parent[ref]
        return ref

    for ref, (_, claim) in claims.items():
        for target in (*repeats[ref], *_targets(claim.agrees)):
            if target in parent:
                parent[find(ref)] = find(target)
    groups: dict[str, list[str]] = {}
    for ref in claims:
        groups.setdefault(find(ref), []).append(ref)
    return tuple(
        Cluster(
            claims=tuple(refs),
            reports=tuple(dict.fromkeys(claims[ref][0] for ref in refs)),
            origins=distinct(o for ref in refs for o in origins[ref]),
        )
        for refs in groups.values()
    )
