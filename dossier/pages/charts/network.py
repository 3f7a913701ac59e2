"""Draw whom claims speak of together: actors as nodes, edges weighed by the independent origins of those claims."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import Origin, distinct
from dossier.pages.charts.layout import lay_out

WIDTH = 330  # what a phone of 360 pixels leaves, so that letters there are of the size that the style sheet says
MAX_ACTORS = 150
LETTER, LINE = 6.2, 18  # width of a letter and height of a label at the chart's font size, in units of the viewBox
ROOM = 24  # height that a node adds to the picture
EVEN = (
    0.6  # how far nodes are drawn from where forces leave them towards an even spacing: the middle is crowded otherwise
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """Two actors that the same claims are about, with the origins, claims and reports of these."""

    left: str
    right: str
    origins: tuple[Origin, ...]
    claims: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """The picture, and whether only the strongest ties are in it."""

    svg: Markup
    cut: bool


def network_edges(site: LinkedDossier) -> tuple[Edge, ...]:
    """Return all edges, those with most origins first.

    Two actors are joined by the claims that are about both; that a text names both does not count.
    """
    together: dict[tuple[str, str], list[str]] = {}
    for ref, linked in site.claims.items():
        for pair in itertools.combinations(sorted(set(linked.claim.about)), 2):
            together.setdefault(pair, []).append(ref)
    edges = (_edge(site, pair, refs) for pair, refs in together.items())
    return tuple(sorted(edges, key=lambda e: (-len(e.origins), -len(e.claims), e.left, e.right)))


def _edge(site: LinkedDossier, pair: tuple[str, str], refs: Sequence[str]) -> Edge:
    return Edge(
        left=pair[0],
        right=pair[1],
        origins=distinct(origin for ref in refs for origin in site.ties[ref].origins),
        claims=tuple(refs),
        reports=tuple(dict.fromkeys(site.claims[ref].report for ref in refs)),
    )


def draw_network(site: LinkedDossier, edges: Sequence[Edge], href: Callable[[str], str]) -> Network:
    """Draw the strongest edges, as many as join at most `MAX_ACTORS` actors.

    `edges` come strongest first, as from `network_edges`; `href` gives the address of an actor's page.
    """
    kept, cut = _strongest(edges)
    nodes = sorted({actor for edge in kept for actor in (edge.left, edge.right)})
    names = {node: site.actors[node].actor.name for node in nodes}
    height = max(300, ROOM * len(nodes))
    places = _place(nodes, kept, names, height)
    svg = "".join(
        (
            f'<svg class="chart-network" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="شبكة الأسماء: من تجمعهم أقوال واحدة">',
            *_lines(kept, places),
            *_nodes(nodes, names, places, kept, href),
            "</svg>",
        )
    )
    return Network(svg=Markup(svg), cut=cut)


def _strongest(edges: Sequence[Edge]) -> tuple[list[Edge], bool]:
    kept: list[Edge] = []
    actors: set[str] = set()
    for edge in edges:
        if len(actors | {edge.left, edge.right}) > MAX_ACTORS:
            return kept, True
        actors |= {edge.left, edge.right}
        kept.append(edge)
    return kept, False


def _place(
    nodes: Sequence[str], edges: Sequence[Edge], names: Mapping[str, str], height: int
) -> dict[str, tuple[int, int]]:
    """Place nodes, strong ties short, then spread them so that no two labels overlap."""
    number = {node: index for index, node in enumerate(nodes)}
    points = lay_out(len(nodes), [(number[e.left], number[e.right], 1 / len(e.origins) ** 0.5) for e in edges])
    widths = [max(24.0, LETTER * len(names[node]) + 8) for node in nodes]
    xs = _even(_fit([x for x, _ in points], 40, WIDTH - 40), 40, WIDTH - 40)
    ys = _even(_fit([y for _, y in points], 20, height - 20), 20, height - 20)
    radii = _radii(nodes, edges)
    heights = [2 * radii[node] + LINE for node in nodes]
    places = _spread(list(zip(xs, ys, strict=True)), widths, heights, height)
    return {node: (round(places[i][0]), round(places[i][1])) for node, i in number.items()}


def _fit(places: Sequence[float], low: float, high: float) -> list[float]:
    """Stretch places on one axis so that they reach from one end to the other."""
    first, last = min(places, default=low), max(places, default=high)
    stretch = (high - low) / (last - first) if last > first else 0.0
    return [low + (place - first) * stretch for place in places]


def _even(places: Sequence[float], low: float, high: float) -> list[float]:
    """Draw places on one axis towards an even spacing between two ends, in the order in which they lie."""
    order = sorted(range(len(places)), key=lambda i: (round(places[i], 3), i))
    step = (high - low) / max(1, len(places) - 1)
    evenly = {index: low + rank * step for rank, index in enumerate(order)}
    return [(1 - EVEN) * place + EVEN * evenly[i] for i, place in enumerate(places)]


def _spread(
    points: list[tuple[float, float]], widths: Sequence[float], heights: Sequence[float], height: int
) -> list[tuple[float, float]]:
    """Push apart nodes whose boxes (a dot and the label under it) overlap, a little at a time, within the picture."""
    for _ in range(400):
        moved = False
        for i, j in itertools.combinations(range(len(points)), 2):
            (x1, y1), (x2, y2) = points[i], points[j]
            over_x = (widths[i] + widths[j]) / 2 - abs(x1 - x2)
            over_y = (heights[i] + heights[j]) / 2 - abs(y1 - y2)
            if over_x <= 0 or over_y <= 0:
                continue
            moved = True
            if over_y <= over_x:
                push = (over_y / 2 + 0.1) * (1 if (y1, i) > (y2, j) else -1)
                points[i], points[j] = (x1, y1 + push), (x2, y2 - push)
            else:
                push = (over_x / 2 + 0.1) * (1 if (x1, i) > (x2, j) else -1)
                points[i], points[j] = (x1 + push, y1), (x2 - push, y2)
        points = [
            (min(max(x, w / 2 + 2), WIDTH - w / 2 - 2), min(max(y, 12.0), height - 12.0 - LINE))
            for (x, y), w in zip(points, widths, strict=True)
        ]
        if not moved:
            break
    return points


def _lines(edges: Sequence[Edge], places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for edge in reversed(edges):
        (x1, y1), (x2, y2) = places[edge.left], places[edge.right]
        weight = min(len(edge.origins), 5)
        yield f'<line class="chart-edge chart-edge-{weight}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _radii(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """Return the sizes of dots, by the number of their ties."""
    ties = Counter(actor for edge in edges for actor in (edge.left, edge.right))
    return {node: min(9, 3 + ties[node] // 3) for node in nodes}


def _nodes(
    nodes: Sequence[str],
    names: Mapping[str, str],
    places: Mapping[str, tuple[int, int]],
    edges: Sequence[Edge],
    href: Callable[[str], str],
) -> Iterator[str]:
    radii = _radii(nodes, edges)
    for node in nodes:
        x, y = places[node]
        radius = radii[node]
        yield (
            f'<a href="{escape(href(node))}"><circle class="chart-node" cx="{x}" cy="{y}" r="{radius}"/>'
            f'<text class="chart-name" x="{x}" y="{y + radius + LINE - 5}" text-anchor="middle" direction="rtl">{escape(names[node])}</text></a>'
        )
