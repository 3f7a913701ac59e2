"""Find whom claims speak of together, weighed by the independent origins of those claims; draw one actor and who is nearest to them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import Origin, distinct
from dossier.pages.charts.labels import shorten

WIDTH, ROW = (
    330,
    44,
)  # what a phone of 360 pixels leaves, so that letters there are of the size that the style sheet says
NAME_LETTERS, WORDS_LETTERS = 32, 38
DOTS, MIDDLE = 236, 316  # horizontal places of the neighbours' dots and of the actor's own


class Edge(Struct, frozen=True, kw_only=True):
    """Two actors that the same claims are about, with the origins, claims and reports of these."""

    left: str
    right: str
    origins: tuple[Origin, ...]
    claims: tuple[str, ...]
    reports: tuple[str, ...]


class Neighbour(Struct, frozen=True, kw_only=True):
    """Somebody near an actor: the name, what joins them in words, and how many origins that has."""

    href: str
    name: str
    words: str
    origins: int


def network_edges(site: LinkedDossier) -> tuple[Edge, ...]:
    """Return all edges, those with most origins first.

    Two actors are joined by the claims that are about both; that a text names both does not count.
    """
    return _edges(site, site.claims)


def edges_of(site: LinkedDossier, actor: str) -> tuple[Edge, ...]:
    """Return the edges of one actor, who stands at the left of each, those with most origins first."""
    return _edges(site, site.actors[actor].about, actor)


def _edges(site: LinkedDossier, refs: Iterable[str], only: str | None = None) -> tuple[Edge, ...]:
    together: dict[tuple[str, str], list[str]] = {}
    for ref in refs:
        about = sorted(set(site.claims[ref].claim.about))
        pairs = (
            itertools.combinations(about, 2) if only is None else ((only, other) for other in about if other != only)
        )
        for pair in pairs:
            together.setdefault(pair, []).append(ref)
    edges = (_edge(site, pair, claims) for pair, claims in together.items())
    return tuple(sorted(edges, key=lambda e: (-len(e.origins), -len(e.claims), e.left, e.right)))


def _edge(site: LinkedDossier, pair: tuple[str, str], refs: Sequence[str]) -> Edge:
    return Edge(
        left=pair[0],
        right=pair[1],
        origins=distinct(origin for ref in refs for origin in site.ties[ref].origins),
        claims=tuple(refs),
        reports=tuple(dict.fromkeys(site.claims[ref].report for ref in refs)),
    )


def strongest_actors(edges: Sequence[Edge], number: int) -> tuple[str, ...]:
    """Return the actors whose edges have most origins together, at most `number`, the strongest first."""
    weight: dict[str, int] = {}
    for edge in edges:
        for actor in (edge.left, edge.right):
            weight[actor] = weight.get(actor, 0) + len(edge.origins)
    return tuple(sorted(weight, key=lambda actor: (-weight[actor], actor))[:number])


def by_pair(edges: Sequence[Edge]) -> Mapping[frozenset[str], Edge]:
    """Return edges by their two actors."""
    return {frozenset((edge.left, edge.right)): edge for edge in edges}


def draw_neighbours(name: str, neighbours: Sequence[Neighbour]) -> Markup:
    """Draw an actor and their neighbours as a fan: lines run beside the words and cross none. Empty where there is nobody."""
    if not neighbours:
        return Markup("")
    height = ROW * len(neighbours)
    rows = "".join(_row(neighbour, number, height / 2) for number, neighbour in enumerate(neighbours))
    return Markup(
        f'<svg class="ego" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="{escape(name)}: من تجمعه به أقوال واحدة">'
        f'{rows}<circle class="chart-node" cx="{MIDDLE}" cy="{height / 2:g}" r="9"/></svg>'
    )


def _row(neighbour: Neighbour, number: int, middle: float) -> str:
    y = ROW * number + ROW / 2
    half = (DOTS + MIDDLE) / 2
    words = f"{escape(neighbour.name)}: {escape(neighbour.words)}"
    return (
        f'<a href="{escape(neighbour.href)}" aria-label="{words}"><title>{words}</title>'
        f'<rect class="chart-hit" x="0" y="{y - ROW / 2:g}" width="{DOTS}" height="{ROW}"/>'
        f'<path class="chart-edge chart-edge-{min(neighbour.origins, 5)}" d="M{MIDDLE} {middle:g}C{half:g} {middle:g} {half:g} {y:g} {DOTS} {y:g}"/>'
        f'<circle class="chart-node" cx="{DOTS}" cy="{y:g}" r="5"/>'
        f'<text class="chart-name" x="{DOTS - 12}" y="{y - 3:g}" direction="rtl">{escape(shorten(neighbour.name, NAME_LETTERS))}</text>'
        f'<text class="chart-words" x="{DOTS - 12}" y="{y + 14:g}" direction="rtl">{escape(shorten(neighbour.words, WORDS_LETTERS))}</text></a>'
    )
